//! The writer: begin, put, finish.

use std::fs;
use std::path::{Path, PathBuf};

use super::clean::clear_staging;
use super::disk::{Disk, Durability};
use super::error::WriteError;
use super::files::{Replacing, open_journal};
use super::guard::{Guard, settle};
use super::lock::Lock;
use super::manifest::{MANIFEST_NAME, Manifest, ManifestFile, ManifestInfo};
use super::old::{Old, scan};
use super::places::{MARKER, Places};
use super::recover::{Recovered, recover};
use super::registry::{Origin, Record};
use super::report::{Applied, Report};
use super::staging::Stage;
use super::state;
use super::stop::{Writing, go_on};
use super::swap::{Stuck, Swap, folders};
use super::walk::Stat;

/// One build's way into the output folder. Outputs are given with
/// [`put`](Self::put) and [`copy`](Self::copy), from any number of threads;
/// [`finish`](Self::finish) makes them the website. Dropped without that, it
/// leaves the output folder as it was.
#[derive(Debug)]
pub struct Writer {
    stage: Stage,
    mode: Swap,
    recovered: Recovered,
    /// Whether the staging folder is to be removed at the end.
    tidy: bool,
    /// Goes after the staging folder: until here nobody else may begin.
    _lock: Lock,
    /// The last to go: now nothing lies about.
    _writing: Writing,
}

impl Writer {
    /// Takes the lock, completes or undoes what an interrupted build left, and
    /// checks that the output folder may be replaced. Folders above it are made.
    ///
    /// # Errors
    /// [`WriteError::Unsafe`], [`WriteError::Busy`], [`WriteError::ForeignFiles`],
    /// [`WriteError::NotOurs`], [`WriteError::BadManifest`],
    /// [`WriteError::Unfinished`], [`WriteError::Interrupted`], or I/O.
    pub fn begin(output: &Path, guard: &Guard, mode: Swap) -> Result<Self, WriteError> {
        Self::begin_with(output, guard, mode, Durability::Full)
    }

    /// Like [`begin`](Self::begin), with a choice of durability.
    ///
    /// # Errors
    /// The same.
    pub fn begin_with(
        output: &Path,
        guard: &Guard,
        mode: Swap,
        durability: Durability,
    ) -> Result<Self, WriteError> {
        Self::begin_on(Disk::new(durability), output, guard, mode)
    }

    pub(super) fn begin_on(
        disk: Disk,
        output: &Path,
        guard: &Guard,
        mode: Swap,
    ) -> Result<Self, WriteError> {
        let writing = Writing::begin()?;
        let places = Places::of(&settle(output, guard)?)?;
        if fs::symlink_metadata(places.parent()).is_err() {
            disk.create_dir_all(places.parent())?;
        }
        let lock = Lock::take(&places.lock, &disk)?;
        let recovered = recover(&disk, &places)?;
        let old = Old::look(&places)?;
        let stage = Stage::new(places, disk, old);
        let mut writer = Self {
            stage,
            mode,
            recovered,
            tidy: false,
            _lock: lock,
            _writing: writing,
        };
        let Stage { disk, places, .. } = &writer.stage;
        disk.create_dir(&places.staging)?;
        // From here on the folder is ours, and goes when anything fails.
        writer.tidy = true;
        let Stage { disk, places, .. } = &writer.stage;
        disk.write_new(&places.marker, MARKER.as_bytes())?;
        disk.create_dir(&places.new)?;
        Ok(writer)
    }

    /// Takes one output. `path` is relative to the output folder, joined by `/`.
    ///
    /// # Errors
    /// [`WriteError::Name`], [`WriteError::Duplicate`], [`WriteError::Clash`], or
    /// I/O. After an error the build can go on, to find more of them, but cannot
    /// be finished.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.noting(path, go_on().and_then(|()| self.stage.put(path, bytes)))
    }

    /// Takes one output from a file, which is read in pieces and copied, so that
    /// later changes of the source don't reach the website. With a known SHA-256
    /// an unchanged file isn't read at all.
    ///
    /// # Errors
    /// As for [`put`](Self::put), and [`WriteError::SourceChanged`] when the
    /// source no longer has the known content.
    pub fn copy(
        &self,
        path: &str,
        source: &Path,
        sha256_known: Option<[u8; 32]>,
    ) -> Result<(), WriteError> {
        let done = go_on().and_then(|()| self.stage.copy(path, source, sha256_known));
        self.noting(path, done)
    }

    fn noting<T>(&self, path: &str, done: Result<T, WriteError>) -> Result<T, WriteError> {
        if done.is_err() {
            self.stage
                .registry()
                .failed
                .get_or_insert_with(|| path.to_owned());
        }
        done
    }

    /// Makes what was put the website, all of it or nothing.
    ///
    /// # Errors
    /// [`WriteError::Incomplete`] when an output had failed;
    /// [`WriteError::ForeignFiles`] and [`WriteError::OutputChanged`] when someone
    /// was in the output folder meanwhile; I/O. The output folder is then as it
    /// was, except for [`WriteError::Unfinished`].
    pub fn finish(mut self, info: &ManifestInfo) -> Result<Report, WriteError> {
        go_on()?;
        let (mut records, mut restored) = {
            let mut registry = self.stage.registry();
            if let Some(path) = registry.failed.take() {
                return Err(WriteError::Incomplete { path });
            }
            (
                std::mem::take(&mut registry.records),
                std::mem::take(&mut registry.restored),
            )
        };
        records.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        restored.sort_unstable();
        let manifest = Manifest::new(info.clone(), records.iter().map(listed).collect());
        let text = manifest.render();
        self.stage
            .old
            .look_again(&self.stage.places, records.iter().filter_map(kept))?;

        let old = &self.stage.old;
        let mut report = Report::new(&records, restored, &old.manifest, &manifest);
        report.recovered = self.recovered.interrupted;
        report.kept.clone_from(&self.recovered.kept);
        let same = old.exists() && report.written == 0 && report.removed == 0;
        let same_text = old.bytes.as_deref() == Some(text.as_bytes());
        report.applied = if same && same_text {
            Applied::Nothing
        } else {
            self.apply(&records, &manifest, &text, same)?
        };
        self.settle(&records, &manifest, &text, &mut report);
        Ok(report)
    }

    /// Leaves the output folder as it was. Dropping the writer does the same.
    pub fn abandon(self) {
        drop(self);
    }

    /// Puts the new website in place. `same`: all files are there already, only
    /// the manifest is to be replaced, which is one step of its own.
    fn apply(
        &mut self,
        records: &[Record],
        manifest: &Manifest,
        text: &str,
        same: bool,
    ) -> Result<Applied, WriteError> {
        let Stage {
            places, disk, old, ..
        } = &self.stage;
        let whole = !same && self.mode != Swap::Files;
        if whole {
            self.stage.link_kept(records)?;
        }
        state::put_file(
            disk,
            places,
            text.as_bytes(),
            &places.new.join(MANIFEST_NAME),
        )?;
        disk.sync_tree(&places.staging)?;
        if whole {
            match folders(disk, places, self.mode, !old.exists()) {
                Ok(applied) => return Ok(applied),
                Err(Stuck { error, torn: true }) => {
                    self.tidy = false;
                    let (output, cause) = (self.stage.places.output.clone(), Box::new(error));
                    return Err(WriteError::Unfinished { output, cause });
                }
                // Someone has put something into the empty folder meanwhile.
                Err(_) if !old.exists() && scan(&places.output, &old.manifest, false).is_err() => {
                    scan(&places.output, &old.manifest, false)?;
                }
                Err(Stuck { error, .. }) if self.mode != Swap::Auto => return Err(error),
                Err(_) => {}
            }
        }
        open_journal(disk, places, &old.manifest)?;
        let before = &old.manifest;
        let job = Replacing {
            disk,
            places,
            before,
            after: manifest,
            resumed: false,
        };
        let staged = records
            .iter()
            .filter(|r| matches!(r.origin, Origin::Staged(_)));
        match job.run(staged.map(|r| r.path.clone()).collect()) {
            Ok(()) if same => Ok(Applied::ManifestOnly),
            Ok(()) => Ok(Applied::Files),
            Err(cause) => {
                self.tidy = false;
                let (output, cause) = (self.stage.places.output.clone(), Box::new(cause));
                Err(WriteError::Unfinished { output, cause })
            }
        }
    }

    /// After the new website is in place: the state file and the staging folder.
    /// Nothing here can make the build fail.
    fn settle(&mut self, records: &[Record], manifest: &Manifest, text: &str, report: &mut Report) {
        let Stage {
            places, disk, old, ..
        } = &self.stage;
        self.tidy = false;
        let nothing = report.applied == Applied::Nothing;
        let run = || -> Result<Vec<PathBuf>, WriteError> {
            if !nothing {
                // The exchange is on the disk before the old tree goes.
                disk.sync_dir(&places.staging)?;
                disk.sync_dir(places.parent())?;
            }
            if !(nothing && old.well_recorded()) {
                let stats = records.iter().map(|record| match record.origin {
                    Origin::Staged(stat) => stat,
                    Origin::Kept(at) => old.stats.get(at).copied().flatten().unwrap_or(Stat {
                        size: record.size,
                        mtime: i64::MIN,
                    }),
                });
                state::write(disk, places, manifest, text.as_bytes(), stats)?;
            }
            clear_staging(disk, places)
        };
        match run() {
            Ok(kept) => report.kept.extend(kept),
            Err(error) => report.unclean = Some(error),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let Stage { places, disk, .. } = &self.stage;
        // While the old tree or the journal is in there, the next build needs it.
        let needed = |path: &Path| fs::symlink_metadata(path).is_ok();
        if self.tidy && !needed(&places.old) && !needed(&places.journal) {
            // What cannot be removed now is removed by the next build.
            let _ = clear_staging(disk, places);
        }
    }
}

fn listed(record: &Record) -> ManifestFile {
    ManifestFile {
        path: record.path.clone(),
        size: record.size,
        sha256: record.sha256,
    }
}

fn kept(record: &Record) -> Option<usize> {
    match record.origin {
        Origin::Kept(at) => Some(at),
        Origin::Staged(_) => None,
    }
}
