//! Replacing a website file by file, for places where folders cannot be moved:
//! a file is open under Windows, OneDrive holds the folder, the output folder is
//! a mount point.
//!
//! The journal stands from before the first change to after the last. While it
//! stands, the new tree in the staging folder has every changed file, so the
//! next build can complete the work at any point; a file that is in place
//! already is recognised by its content.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::clean::sweep;
use super::disk::{Disk, hash_file};
use super::error::WriteError;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::names::TEMP_NAME;
use super::places::Places;
use super::state::put_file;
use super::walk::walk;

/// One replacement of files, new or taken up again.
pub(super) struct Replacing<'a> {
    pub disk: &'a Disk,
    pub places: &'a Places,
    pub before: &'a Manifest,
    pub after: &'a Manifest,
    /// Whether an interrupted run is being completed.
    pub resumed: bool,
}

/// Writes the journal. From here on the replacement is completed, by this build
/// or by the next.
///
/// # Errors
/// I/O; then nothing has happened.
pub(super) fn open_journal(
    disk: &Disk,
    places: &Places,
    before: &Manifest,
) -> Result<(), WriteError> {
    put_file(disk, places, before.render().as_bytes(), &places.journal)?;
    disk.sync_dir(&places.staging)
}

/// Completes what an interrupted run left, if there is a journal. True when
/// there was.
///
/// # Errors
/// [`WriteError::Unfinished`] when it cannot be completed now.
pub(super) fn resume(disk: &Disk, places: &Places) -> Result<bool, WriteError> {
    let unfinished = |cause: WriteError| WriteError::Unfinished {
        output: places.output.clone(),
        cause: Box::new(cause),
    };
    let Some((before, _)) = Manifest::read(&places.journal).map_err(unfinished)? else {
        return Ok(false);
    };
    let list = places.new.join(MANIFEST_NAME);
    let after = Manifest::read(&list)
        .and_then(|found| found.ok_or(WriteError::BadManifest { path: list }))
        .map_err(unfinished)?
        .0;
    let mut staged: Vec<String> = walk(&places.new)
        .map_err(unfinished)?
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    staged.retain(|path| after.lists(path));
    let job = Replacing {
        disk,
        places,
        before: &before,
        after: &after,
        resumed: true,
    };
    job.run(staged).map_err(unfinished)?;
    Ok(true)
}

impl Replacing<'_> {
    /// Puts the staged files in place, then the manifest, and removes what only
    /// the old manifest lists. The journal must stand; it is removed at the end.
    ///
    /// # Errors
    /// I/O, or [`WriteError::ForeignFiles`] when a stranger's file stands where
    /// one of ours should go. The journal then still stands.
    pub fn run(&self, mut staged: Vec<String>) -> Result<(), WriteError> {
        let output = &self.places.output;
        if fs::symlink_metadata(output).is_err() {
            self.disk.create_dir(output)?;
        }
        if self.resumed {
            self.remove_if_there(&output.join(TEMP_NAME))?;
        }
        staged.sort_by_cached_key(|path| order(path));
        let mut ready = HashSet::new();
        for path in &staged {
            self.make_folders(path, &mut ready)?;
            self.install(path)?;
        }
        self.install(MANIFEST_NAME)?;
        self.remove_gone()?;
        self.disk.sync_tree(output)?;
        self.disk.remove_file(&self.places.journal)
    }

    /// Puts one file in place: first under another name in the output folder,
    /// then over the old file in one step.
    fn install(&self, path: &str) -> Result<(), WriteError> {
        let staged = self.places.new.join(path);
        let target = self.places.output.join(path);
        match fs::symlink_metadata(&target) {
            Err(_) => {}
            Ok(meta) if meta.is_file() => {
                if self.resumed && hash_file(&target)? == hash_file(&staged)? {
                    return Ok(());
                }
                let known =
                    self.before.lists(path) || (path == MANIFEST_NAME && is_manifest(&target));
                if !known {
                    return Err(self.strange(path));
                }
            }
            // Old files in a folder of the name that a file gets now.
            Ok(meta) if meta.is_dir() => {
                let prefix = format!("{path}/");
                let gone = |below: &str| self.is_gone(&format!("{prefix}{below}"));
                if !sweep(self.disk, &target, false, &gone)?.is_empty() {
                    return Err(self.strange(path));
                }
                self.disk.remove_dir(&target)?;
            }
            Ok(_) => return Err(self.strange(path)),
        }
        let temp = self.places.output.join(TEMP_NAME);
        if self.disk.link(&staged, &temp).is_err() {
            self.disk.copy_new(&staged, &temp)?;
            if let Ok(time) = fs::metadata(&staged).and_then(|m| m.modified()) {
                let _ = self.disk.set_modified(&temp, time);
            }
        }
        self.disk.rename(&temp, &target)
    }

    /// Makes the folders above a path. An old file that stands where a folder is
    /// needed goes; a stranger's, or a link, stays.
    fn make_folders(&self, path: &str, ready: &mut HashSet<String>) -> Result<(), WriteError> {
        for (at, _) in path.match_indices('/') {
            let folder = path.get(..at).unwrap_or_default();
            if ready.contains(folder) {
                continue;
            }
            let real = self.places.output.join(folder);
            match fs::symlink_metadata(&real) {
                Ok(meta) if meta.is_dir() => {}
                Ok(meta) if meta.is_file() && self.is_gone(folder) => {
                    self.disk.remove_file(&real)?;
                    self.disk.create_dir(&real)?;
                }
                Ok(_) => return Err(self.strange(folder)),
                Err(_) => self.disk.create_dir(&real)?,
            }
            ready.insert(folder.to_owned());
        }
        Ok(())
    }

    /// Removes the files that only the old manifest lists, and then the folders
    /// above them that are empty.
    fn remove_gone(&self) -> Result<(), WriteError> {
        let mut folders = HashSet::new();
        for file in self
            .before
            .files()
            .iter()
            .filter(|f| !self.after.lists(&f.path))
        {
            let parents: Vec<&str> = file
                .path
                .match_indices('/')
                .filter_map(|(at, _)| file.path.get(..at))
                .collect();
            let is_folder = |p: &&str| {
                fs::symlink_metadata(self.places.output.join(p)).is_ok_and(|m| m.is_dir())
            };
            // A folder that is a link now is not ours, nor is what it leads to.
            if !parents.iter().all(is_folder) {
                continue;
            }
            let real = self.places.output.join(&file.path);
            if fs::symlink_metadata(&real).is_ok_and(|m| m.is_file()) {
                self.disk.remove_file(&real)?;
            }
            folders.extend(parents);
        }
        let mut folders: Vec<&str> = folders.into_iter().collect();
        folders.sort_unstable_by_key(|folder| Reverse(folder.matches('/').count()));
        for folder in folders {
            let real = self.places.output.join(folder);
            if fs::read_dir(&real).is_ok_and(|mut entries| entries.next().is_none()) {
                self.disk.remove_dir(&real)?;
            }
        }
        Ok(())
    }

    fn is_gone(&self, path: &str) -> bool {
        self.before.lists(path) && !self.after.lists(path)
    }

    fn remove_if_there(&self, path: &Path) -> Result<(), WriteError> {
        if fs::symlink_metadata(path).is_ok() {
            self.disk.remove_file(path)?;
        }
        Ok(())
    }

    fn strange(&self, path: &str) -> WriteError {
        WriteError::ForeignFiles {
            output: self.places.output.clone(),
            files: vec![path.to_owned()],
            count: 1,
            ours: true,
        }
    }
}

/// What pages need comes before the pages; deep pages before the indexes that
/// lead to them; the home page last.
fn order(path: &str) -> (u8, Reverse<usize>, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let html = name
        .rsplit_once('.')
        .is_some_and(|(_, end)| end.eq_ignore_ascii_case("html"));
    let class = if !html {
        0
    } else if name.eq_ignore_ascii_case("index.html") {
        2
    } else {
        1
    };
    (class, Reverse(path.matches('/').count()), path.to_owned())
}

/// A manifest in the output folder is ours when it can be understood: the old
/// one, which lists everything but itself.
fn is_manifest(file: &Path) -> bool {
    matches!(Manifest::read(file), Ok(Some(_)))
}
