//! Setting right what an interrupted build left.

use std::fs;
use std::path::{Path, PathBuf};

use super::clean::clear_staging;
use super::disk::{Disk, hash_file};
use super::error::{Action, WriteError};
use super::files;
use super::guard::is_absent;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::old::scan;
use super::places::{MARKER, Places};

/// What was found and done.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    /// Whether an earlier build had been interrupted.
    pub interrupted: bool,
    /// Where strangers' files were moved to.
    pub kept: Vec<PathBuf>,
}

/// Brings the output folder to exactly the old or exactly the new website, and
/// removes the staging folder. The lock must be held.
///
/// # Errors
/// [`WriteError::NotOurs`] when the staging folder has no marker of ours;
/// [`WriteError::Unfinished`]; [`WriteError::ForeignFiles`]; I/O.
pub(super) fn recover(disk: &Disk, places: &Places) -> Result<Recovered, WriteError> {
    let not_ours = || WriteError::NotOurs {
        path: places.staging.clone(),
    };
    match fs::symlink_metadata(&places.staging) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => return Err(not_ours()),
        Err(e) if is_absent(&e) => return Ok(Recovered::default()),
        Err(e) => return Err(WriteError::io(Action::Read, &places.staging)(e)),
    }
    if is_empty(&places.staging) {
        disk.remove_dir(&places.staging)?;
        return Ok(Recovered {
            interrupted: true,
            kept: Vec::new(),
        });
    }
    if !is_marker(&places.marker) {
        return Err(not_ours());
    }
    files::resume(disk, places)?;
    if fs::symlink_metadata(&places.old).is_ok() {
        put_back(disk, places)?;
    }
    let kept = clear_staging(disk, places)?;
    Ok(Recovered {
        interrupted: true,
        kept,
    })
}

/// After the first of two renames the output folder is away. The new website
/// takes its place when it is complete, else the old one comes back.
fn put_back(disk: &Disk, places: &Places) -> Result<(), WriteError> {
    let output = &places.output;
    match fs::symlink_metadata(output) {
        // The second rename has happened: the old tree is left over.
        Ok(_) if Manifest::read(&output.join(MANIFEST_NAME))?.is_some() => return Ok(()),
        // A web server or a person made an empty folder meanwhile.
        Ok(meta) if meta.is_dir() && is_empty(output) => disk.remove_dir(output)?,
        Ok(_) => {
            scan(output, &Manifest::empty(), false)?;
            return Err(WriteError::NotAFolder {
                path: output.clone(),
            });
        }
        Err(e) if is_absent(&e) => {}
        Err(e) => return Err(WriteError::io(Action::Read, output)(e)),
    }
    let from = if is_complete(&places.new) {
        &places.new
    } else {
        &places.old
    };
    disk.rename(from, output)
}

/// Whether a tree is exactly what its manifest says. Reads all of it.
fn is_complete(tree: &Path) -> bool {
    let Ok(Some((manifest, _))) = Manifest::read(&tree.join(MANIFEST_NAME)) else {
        return false;
    };
    scan(tree, &manifest, true).is_ok()
        && manifest.files().iter().all(|file| {
            hash_file(&tree.join(&file.path)).is_ok_and(|found| found == (file.size, file.sha256))
        })
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Accepts the beginning of a marker as well: a build that was killed, or ran
/// out of space, just then.
fn is_marker(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() <= MARKER.len() as u64)
        && fs::read(path)
            .is_ok_and(|text| MARKER.as_bytes().starts_with(&text) || text.iter().all(|b| *b == 0))
}
