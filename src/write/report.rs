//! What a build did, for people and machines.

use std::path::PathBuf;

use super::error::WriteError;
use super::manifest::Manifest;
use super::registry::{Origin, Record};

/// How many paths a report lists.
const LISTED: usize = 1_000;

/// How the new website took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Applied {
    /// Nothing changed, so nothing was written.
    Nothing,
    /// All files are the same; only the manifest says something new (the digest
    /// of the inputs, or the version).
    ManifestOnly,
    /// The first website: the folder was moved to its place.
    Moved,
    /// The old and the new folder were exchanged.
    Exchanged,
    /// The old folder was renamed away and the new one to its place.
    Renamed,
    /// File by file.
    Files,
}

/// What a build changed.
#[derive(Debug)]
pub struct Report {
    /// How the new website took its place.
    pub applied: Applied,
    /// Files that are new or have another content.
    pub written: usize,
    /// Files that stayed, with their time.
    pub unchanged: usize,
    /// Files that the old website had and the new one has not.
    pub removed: usize,
    /// Size of the whole website without its manifest, in bytes.
    pub bytes: u64,
    /// Size of the files counted as written, in bytes.
    pub written_bytes: u64,
    /// The written files, sorted, at most 1,000.
    pub changed_paths: Vec<String>,
    /// The removed files, sorted, at most 1,000.
    pub removed_paths: Vec<String>,
    /// Written files whose content is that of the last build: someone had edited
    /// or removed them in the output folder. Sorted, at most 1,000.
    pub restored: Vec<String>,
    /// Folders beside the output folder to which strangers' files were moved
    /// that turned up in it during an exchange. Empty as a rule.
    pub kept: Vec<PathBuf>,
    /// An earlier build had been interrupted, and this one cleaned up after it.
    pub recovered: bool,
    /// The new website is in place, but something after that failed: tidying up,
    /// which the next build does, or the state file, without which the next build
    /// reads everything.
    pub unclean: Option<WriteError>,
}

impl Report {
    /// Counts what is new, what stayed and what goes. Nothing is applied yet.
    pub(super) fn new(
        records: &[Record],
        restored: Vec<String>,
        before: &Manifest,
        after: &Manifest,
    ) -> Self {
        let staged = || {
            records
                .iter()
                .filter(|r| matches!(r.origin, Origin::Staged(_)))
        };
        let gone = || before.files().iter().filter(|f| !after.lists(&f.path));
        let written = staged().count();
        Self {
            applied: Applied::Nothing,
            written,
            unchanged: records.len() - written,
            removed: gone().count(),
            bytes: records.iter().map(|r| r.size).sum(),
            written_bytes: staged().map(|r| r.size).sum(),
            changed_paths: staged().take(LISTED).map(|r| r.path.clone()).collect(),
            removed_paths: gone().take(LISTED).map(|f| f.path.clone()).collect(),
            restored: restored.into_iter().take(LISTED).collect(),
            kept: Vec::new(),
            recovered: false,
            unclean: None,
        }
    }
}
