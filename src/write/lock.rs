//! One builder at a time.
//!
//! The lock is the system's own, on an open file: it ends with the process,
//! however that ends, so a lock file left by a kill blocks nobody.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::{Action, WriteError};

/// What our lock files contain; nothing else is ever removed.
const MARK: &[u8] = b"prongsai: a build holds this file while it runs\n";

/// A held lock; dropping it gives it up.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    disk: Disk,
    removable: bool,
}

impl Lock {
    /// Takes the lock, without waiting.
    ///
    /// # Errors
    /// [`WriteError::Busy`] when someone has it, [`WriteError::NotOurs`] when the
    /// path is something else than a plain file, or an I/O error.
    pub(super) fn take(path: &Path, disk: &Disk) -> Result<Self, WriteError> {
        // A builder that ends removes its file. Who opened that file just before
        // then locks a file without a name, and has to start again.
        for _ in 0..100 {
            if fs::symlink_metadata(path).is_ok_and(|m| !m.is_file()) {
                return Err(WriteError::NotOurs {
                    path: path.to_path_buf(),
                });
            }
            let failed = WriteError::io(Action::Lock, path);
            let mut file = match OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)
            {
                Ok(file) => file,
                Err(e) => return Err(failed(e)),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(WriteError::Busy {
                        lock: path.to_path_buf(),
                    });
                }
                Err(TryLockError::Error(e)) => return Err(failed(e)),
            }
            if !still_named(&file, path) {
                continue;
            }
            let removable = mark(&mut file);
            return Ok(Self {
                file,
                path: path.to_path_buf(),
                disk: disk.clone(),
                removable,
            });
        }
        Err(WriteError::Busy {
            lock: path.to_path_buf(),
        })
    }
}

/// Marks an empty file as ours. True when the file is ours: a longer file with
/// this name belongs to someone else (a `yarn.lock`), can be locked, and stays.
fn mark(file: &mut File) -> bool {
    let mut text = Vec::new();
    if file
        .take(MARK.len() as u64 + 1)
        .read_to_end(&mut text)
        .is_err()
    {
        return false;
    }
    // Part of the mark: a kill between making and marking, or a full disk.
    if text.is_empty() {
        return file.write_all(MARK).is_ok();
    }
    MARK.starts_with(&text)
}

#[cfg(unix)]
fn still_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(named)) => held.dev() == named.dev() && held.ino() == named.ino(),
        _ => false,
    }
}

/// Elsewhere the file is never removed, so its name stays with it.
#[cfg(not(unix))]
fn still_named(_: &File, _: &Path) -> bool {
    true
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while held: see `take` for the one who has it open already.
        if cfg!(unix) && self.removable {
            let _ = self.disk.remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}
