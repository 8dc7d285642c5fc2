//! Looking at a tree without following links.

use std::fs;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::error::{Action, WriteError};

/// Size and time of a file: as long as both are the same, so is the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stat {
    /// In bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970, UTC.
    pub mtime: i64,
}

impl Stat {
    /// The stat of a plain file; `None` when the path is absent or anything else.
    pub fn of(path: &Path) -> Option<Self> {
        fs::symlink_metadata(path)
            .ok()
            .filter(fs::Metadata::is_file)
            .map(|m| Self::from(&m))
    }

    fn from(meta: &fs::Metadata) -> Self {
        let nanos = |d: std::time::Duration| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX);
        let mtime = match meta.modified().map(|t| t.duration_since(UNIX_EPOCH)) {
            Ok(Ok(after)) => nanos(after),
            Ok(Err(before)) => -nanos(before.duration()),
            // No times on this system: never equal to a recorded one.
            Err(_) => i64::MIN,
        };
        Self {
            size: meta.len(),
            mtime,
        }
    }
}

/// Something below a folder that is no folder: its relative path joined by `/`,
/// and its stat when it is a plain file with a name in UTF-8. Other names are
/// given as far as they can be read.
pub(super) type Found = (String, Option<Stat>);

/// From how many folders on the work is shared out to threads.
const MANY: usize = 64;

/// Lists everything below `root` but folders, in no particular order. An absent
/// root has nothing below it.
///
/// # Errors
/// When a folder cannot be listed.
pub(super) fn walk(root: &Path) -> Result<Vec<Found>, WriteError> {
    let mut found = Vec::new();
    // Level by level, until there are enough folders to share out.
    let mut folders = vec![String::new()];
    while !folders.is_empty() && folders.len() < MANY {
        for folder in std::mem::take(&mut folders) {
            list(root, &folder, &mut found, &mut folders)?;
        }
    }
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
    if folders.is_empty() || threads < 2 {
        descend(root, folders, &mut found)?;
        return Ok(found);
    }
    let mut shares = vec![Vec::new(); threads];
    for (share, folder) in (0..threads).cycle().zip(folders) {
        if let Some(share) = shares.get_mut(share) {
            share.push(folder);
        }
    }
    std::thread::scope(|scope| {
        let work: Vec<_> = shares
            .into_iter()
            .map(|share| {
                scope.spawn(move || {
                    let mut found = Vec::new();
                    descend(root, share, &mut found).map(|()| found)
                })
            })
            .collect();
        for thread in work {
            match thread.join() {
                Ok(part) => found.extend(part?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(found)
    })
}

fn descend(
    root: &Path,
    mut folders: Vec<String>,
    found: &mut Vec<Found>,
) -> Result<(), WriteError> {
    while let Some(folder) = folders.pop() {
        list(root, &folder, found, &mut folders)?;
    }
    Ok(())
}

/// Lists one folder. What vanishes meanwhile was not there.
fn list(
    root: &Path,
    folder: &str,
    found: &mut Vec<Found>,
    folders: &mut Vec<String>,
) -> Result<(), WriteError> {
    let real = root.join(folder);
    let failed = || WriteError::io(Action::List, &real);
    let gone = |e: &io::Error| e.kind() == io::ErrorKind::NotFound;
    let entries = match fs::read_dir(&real) {
        Ok(entries) => entries,
        Err(e) if gone(&e) => return Ok(()),
        Err(e) => return Err(failed()(e)),
    };
    for entry in entries {
        let entry = entry.map_err(failed())?;
        let name = entry.file_name();
        let path = match folder {
            "" => name.to_string_lossy().into_owned(),
            _ => format!("{folder}/{}", name.to_string_lossy()),
        };
        if name.to_str().is_none() {
            found.push((path, None));
            continue;
        }
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(e) if gone(&e) => continue,
            Err(e) => return Err(failed()(e)),
        };
        if kind.is_dir() {
            folders.push(path);
        } else if kind.is_file() {
            match entry.metadata() {
                Ok(meta) => found.push((path, Some(Stat::from(&meta)))),
                Err(e) if gone(&e) => {}
                Err(e) => return Err(failed()(e)),
            }
        } else {
            found.push((path, None));
        }
    }
    Ok(())
}
