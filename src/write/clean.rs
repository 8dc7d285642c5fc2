//! Removing what is ours, file by file, and moving aside what is not.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::{Action, WriteError};
use super::guard::is_absent;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::places::Places;

/// Removes the files below `root` for which `mine` holds, and every folder that
/// is empty then, but not `root` itself. Links are never followed, and are
/// removed only where `links` says so. Gives what stayed, as relative paths.
///
/// # Errors
/// At the first refusal; what was removed stays removed.
pub(super) fn sweep(
    disk: &Disk,
    root: &Path,
    links: bool,
    mine: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Vec<String>, WriteError> {
    let sweep = Sweep { disk, links, mine };
    sweep.folder(root, "", true)
}

/// From how many folders on the work is shared out to threads. Removing a folder
/// is mostly waiting for the disk.
const MANY: usize = 16;

/// How many threads then remove.
const THREADS: usize = 4;

/// Which files are removed.
struct Sweep<'a> {
    disk: &'a Disk,
    links: bool,
    mine: &'a (dyn Fn(&str) -> bool + Sync),
}

impl Sweep<'_> {
    fn folder(&self, folder: &Path, prefix: &str, share: bool) -> Result<Vec<String>, WriteError> {
        let failed = || WriteError::io(Action::List, folder);
        let (mut stayed, mut folders) = (Vec::new(), Vec::new());
        // Listed completely first: some systems skip entries while others go.
        let entries: Result<Vec<_>, _> = fs::read_dir(folder).and_then(Iterator::collect);
        for entry in entries.map_err(failed())? {
            let kind = entry.file_type().map_err(failed())?;
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            if kind.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if (kind.is_file() || self.links)
                && name.to_str().is_some()
                && (self.mine)(&path)
            {
                self.disk.remove_file(&entry.path())?;
            } else {
                stayed.push(path);
            }
        }
        if !share || folders.len() < MANY {
            stayed.extend(self.all(&folders, share)?);
            return Ok(stayed);
        }
        std::thread::scope(|scope| {
            let work: Vec<_> = folders
                .chunks(folders.len().div_ceil(THREADS))
                .map(|part| scope.spawn(move || self.all(part, false)))
                .collect();
            for thread in work {
                match thread.join() {
                    Ok(part) => stayed.extend(part?),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            Ok(stayed)
        })
    }

    fn all(&self, folders: &[(PathBuf, String)], share: bool) -> Result<Vec<String>, WriteError> {
        let mut stayed = Vec::new();
        for (folder, prefix) in folders {
            let below = self.folder(folder, prefix, share)?;
            if below.is_empty() {
                self.disk.remove_dir(folder)?;
            }
            stayed.extend(below);
        }
        Ok(stayed)
    }
}

/// Removes the staging folder. Strangers' files in it are moved to a folder
/// beside the output, whose path is given.
///
/// # Errors
/// At the first refusal. The marker goes last, so the next build goes on.
pub(super) fn clear_staging(disk: &Disk, places: &Places) -> Result<Vec<PathBuf>, WriteError> {
    let mut kept = Vec::new();
    for tree in [&places.new, &places.old] {
        kept.extend(clear_tree(disk, places, tree)?);
    }
    for file in [&places.journal, &places.draft] {
        if fs::symlink_metadata(file).is_ok() {
            disk.remove_file(file)?;
        }
    }
    let strange = fs::read_dir(&places.staging)
        .map_err(WriteError::io(Action::List, &places.staging))?
        .filter_map(Result::ok)
        .any(|entry| entry.path() != places.marker);
    if strange {
        let aside = move_aside(disk, places, &places.staging)?;
        if let Some(marker) = places.marker.file_name() {
            disk.remove_file(&aside.join(marker))?;
        }
        kept.push(aside);
        return Ok(kept);
    }
    if fs::symlink_metadata(&places.marker).is_ok() {
        disk.remove_file(&places.marker)?;
    }
    disk.remove_dir(&places.staging)?;
    Ok(kept)
}

/// Removes a tree in the staging folder: all of it while it has no manifest
/// (then it is a new tree in the making), else what its manifest lists.
fn clear_tree(disk: &Disk, places: &Places, tree: &Path) -> Result<Option<PathBuf>, WriteError> {
    match fs::symlink_metadata(tree) {
        Ok(meta) if meta.is_dir() => {}
        Ok(_) => return Ok(None),
        Err(e) if is_absent(&e) => return Ok(None),
        Err(e) => return Err(WriteError::io(Action::Read, tree)(e)),
    }
    let list = tree.join(MANIFEST_NAME);
    let stayed = match Manifest::read(&list) {
        Ok(None) => sweep(disk, tree, true, &|_| true)?,
        Ok(Some((manifest, _))) => sweep(disk, tree, false, &|path| manifest.lists(path))?,
        // Someone edited the manifest: nothing says what is ours.
        Err(WriteError::BadManifest { .. }) => return move_aside(disk, places, tree).map(Some),
        Err(e) => return Err(e),
    };
    // The list goes last, and only when nothing depends on it.
    let (lists, strange): (Vec<_>, Vec<_>) = stayed.iter().partition(|p| *p == MANIFEST_NAME);
    if !strange.is_empty() {
        let aside = move_aside(disk, places, tree)?;
        if !lists.is_empty() {
            disk.remove_file(&aside.join(MANIFEST_NAME))?;
        }
        return Ok(Some(aside));
    }
    if !lists.is_empty() {
        disk.remove_file(&list)?;
    }
    disk.remove_dir(tree)?;
    Ok(None)
}

/// Moves a folder to the first free name for strangers' files.
fn move_aside(disk: &Disk, places: &Places, folder: &Path) -> Result<PathBuf, WriteError> {
    let free = (1..10_000)
        .map(|n| places.kept(n))
        .find(|path| fs::symlink_metadata(path).is_err_and(|e| is_absent(&e)))
        .ok_or_else(|| WriteError::NotOurs {
            path: places.kept(1),
        })?;
    disk.rename(folder, &free)?;
    Ok(free)
}
