//! Filling the staging folder.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::disk::{Disk, hash_file};
use super::error::WriteError;
use super::names;
use super::old::{Old, Same};
use super::places::Places;
use super::registry::{Origin, Record, Registry};
use super::walk::Stat;

/// From how many files on linking is shared out to threads.
const MANY: usize = 2_000;

/// A website in the making. Outputs come from many threads.
#[derive(Debug)]
pub(super) struct Stage {
    pub places: Places,
    pub disk: Disk,
    pub old: Old,
    registry: Mutex<Registry>,
}

impl Stage {
    pub fn new(places: Places, disk: Disk, old: Old) -> Self {
        Self {
            places,
            disk,
            old,
            registry: Mutex::default(),
        }
    }

    /// A thread that panicked leaves the lists whole: each change is one call.
    pub fn registry(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one output from memory.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let new_folder = self.claim(path)?;
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        let size = bytes.len() as u64;
        if self.keep(path, size, &sha256)? {
            return Ok(());
        }
        let target = self.places.new.join(path);
        self.in_folder(&target, new_folder, || self.disk.write_new(&target, bytes))?;
        self.staged(path, size, sha256, &target);
        Ok(())
    }

    /// Takes one output from a file.
    pub fn copy(
        &self,
        path: &str,
        source: &Path,
        known: Option<[u8; 32]>,
    ) -> Result<(), WriteError> {
        let new_folder = self.claim(path)?;
        let expected = match known {
            Some(sha256) => Some(sha256),
            None => self.likely_same(path, source)?,
        };
        if let Some(sha256) = expected {
            // The size comes with the hash.
            let listed = self.old.manifest.find(path);
            let size = listed
                .and_then(|at| self.old.manifest.files().get(at))
                .map_or(0, |f| f.size);
            if self.keep(path, size, &sha256)? {
                return Ok(());
            }
        }
        let target = self.places.new.join(path);
        let (size, sha256) =
            self.in_folder(&target, new_folder, || self.disk.copy_new(source, &target))?;
        if expected.is_some_and(|expected| expected != sha256) {
            let (path, source) = (path.to_owned(), source.to_path_buf());
            return Err(WriteError::SourceChanged { path, source });
        }
        self.staged(path, size, sha256, &target);
        Ok(())
    }

    /// The hash of a source whose size is that of the old output. With another
    /// size it has another hash, and need not be read twice.
    fn likely_same(&self, path: &str, source: &Path) -> Result<Option<[u8; 32]>, WriteError> {
        let Some(at) = self.old.manifest.find(path) else {
            return Ok(None);
        };
        let size = fs::metadata(source).map(|m| m.len()).ok();
        if size.is_none() || size != self.old.manifest.files().get(at).map(|f| f.size) {
            return Ok(None);
        }
        hash_file(source).map(|(_, sha256)| Some(sha256))
    }

    fn claim(&self, path: &str) -> Result<bool, WriteError> {
        names::check(path).map_err(|fault| WriteError::Name {
            path: path.to_owned(),
            fault,
        })?;
        self.registry().claim(path)
    }

    /// Records the output as unchanged, if it is. Its link into the new tree is
    /// made when it is known that a new tree is needed.
    fn keep(&self, path: &str, size: u64, sha256: &[u8; 32]) -> Result<bool, WriteError> {
        match self.old.same(&self.places.output, path, sha256)? {
            Same::Yes(at) => {
                self.record(path, size, *sha256, Origin::Kept(at));
                Ok(true)
            }
            Same::Touched => {
                self.registry().restored.push(path.to_owned());
                Ok(false)
            }
            Same::No => Ok(false),
        }
    }

    fn staged(&self, path: &str, size: u64, sha256: [u8; 32], target: &Path) {
        // Asked after the file was closed: some systems set the time only then.
        // A stat that fails is one that fits nothing, so the file is read again.
        let stat = Stat::of(target).unwrap_or(Stat {
            size,
            mtime: i64::MIN,
        });
        self.record(path, size, sha256, Origin::Staged(stat));
    }

    fn record(&self, path: &str, size: u64, sha256: [u8; 32], origin: Origin) {
        self.registry().records.push(Record {
            path: path.to_owned(),
            size,
            sha256,
            origin,
        });
    }

    /// Runs `make`, which makes the file `target`, with its folder made first
    /// when it is new. Another thread may have claimed the folder and not have
    /// made it yet: then it is made here.
    fn in_folder<T>(
        &self,
        target: &Path,
        new_folder: bool,
        make: impl Fn() -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        let folder = target.parent().unwrap_or(target);
        if new_folder {
            self.disk.create_dir_all(folder)?;
        }
        match make() {
            Err(e) if !new_folder && is_missing_folder(&e, target) => {
                self.disk.create_dir_all(folder)?;
                make()
            }
            done => done,
        }
    }

    /// Gives the unchanged files a name in the new tree as well, so that it is
    /// complete. They keep their time, and are copied only where links cannot be.
    ///
    /// # Errors
    /// I/O, or [`WriteError::OutputChanged`] when a copy has another content.
    pub fn link_kept(&self, records: &[Record]) -> Result<(), WriteError> {
        let kept: Vec<&Record> = records
            .iter()
            .filter(|r| matches!(r.origin, Origin::Kept(_)))
            .collect();
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
        if kept.len() < MANY || threads < 2 {
            return kept
                .into_iter()
                .try_for_each(|record| self.link_one(record));
        }
        // Neighbours share their folders, so each thread gets neighbours.
        let share = kept.len().div_ceil(threads);
        std::thread::scope(|scope| {
            let work: Vec<_> = kept
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || part.iter().try_for_each(|record| self.link_one(record)))
                })
                .collect();
            work.into_iter().try_for_each(|thread| match thread.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
        })
    }

    fn link_one(&self, record: &Record) -> Result<(), WriteError> {
        let from = self.places.output.join(&record.path);
        let to = self.places.new.join(&record.path);
        match self.in_folder(&to, false, || self.disk.link(&from, &to)) {
            Ok(()) => Ok(()),
            Err(_) => self.copy_kept(record, &from, &to),
        }
    }

    fn copy_kept(&self, record: &Record, from: &Path, to: &Path) -> Result<(), WriteError> {
        let (_, sha256) = self.in_folder(to, false, || self.disk.copy_new(from, to))?;
        if sha256 != record.sha256 {
            return Err(WriteError::OutputChanged {
                path: record.path.clone(),
            });
        }
        if let Ok(time) = fs::metadata(from).and_then(|m| m.modified()) {
            // The time is worth having, not worth failing for.
            let _ = self.disk.set_modified(to, time);
        }
        Ok(())
    }
}

/// True when a file could not be made because its folder is not there.
fn is_missing_folder(error: &WriteError, target: &Path) -> bool {
    matches!(error, WriteError::Io { path, error, .. }
        if path == target && error.kind() == io::ErrorKind::NotFound)
}
