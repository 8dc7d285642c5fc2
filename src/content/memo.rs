//! The records of files as they were read before: the one step of loading that
//! is kept, as it is costly and pure. A record is used again only while every
//! file that was read for it has the same content, so that forgetting all of
//! this changes nothing.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::diagnostic::Diagnostic;
use crate::files::{Decoded, Digest, FileProblem, Files, Limits, Listing, SitePath};

use super::Record;

/// Empty for a single build; a preview keeps one from load to load.
#[derive(Default)]
pub struct Memo {
    kept: HashMap<SitePath, Arc<Kept>>,
}

/// Every file that was asked for, and its content then (`None`: not there).
pub(super) type Sources = Vec<(SitePath, Option<Digest>)>;

pub(super) struct Kept {
    pub from: Sources,
    pub record: Record,
    pub found: Vec<Diagnostic>,
}

impl Memo {
    /// The record of a file, where all that it was made from is as it was.
    pub(super) fn get(&self, files: &dyn Files, path: &SitePath) -> Option<&Arc<Kept>> {
        let kept = self.kept.get(path)?;
        let same = |(path, digest): &(SitePath, Option<Digest>)| files.digest(path) == *digest;
        kept.from.iter().all(same).then_some(kept)
    }

    /// Keeps these, and nothing else: what no load asks for any more is let go.
    pub(super) fn replace(&mut self, kept: impl IntoIterator<Item = (SitePath, Arc<Kept>)>) {
        let mut all = HashMap::with_capacity(self.kept.len());
        all.extend(kept);
        self.kept = all;
    }

    /// How many files are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}

/// A door that writes down which files were asked for.
pub(super) struct Noting<'f> {
    files: &'f dyn Files,
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    paths: Vec<SitePath>,
    /// Something was asked that no digest tells.
    more: bool,
}

impl<'f> Noting<'f> {
    pub fn new(files: &'f dyn Files) -> Noting<'f> {
        Noting {
            files,
            asked: Mutex::default(),
        }
    }

    fn note(&self, path: &SitePath) {
        if let Ok(mut asked) = self.asked.lock()
            && !asked.paths.contains(path)
        {
            asked.paths.push(path.clone());
        }
    }

    /// What a record was made from; nothing in a tree that knows no digests.
    pub fn sources(self, path: &SitePath) -> Option<Sources> {
        let asked = self.asked.into_inner().unwrap_or_default();
        if asked.more || self.files.digest(path).is_none() {
            return None;
        }
        let digest = |path: SitePath| (path.clone(), self.files.digest(&path));
        Some(asked.paths.into_iter().map(digest).collect())
    }
}

impl Files for Noting<'_> {
    fn list(&self) -> Listing {
        if let Ok(mut asked) = self.asked.lock() {
            asked.more = true;
        }
        self.files.list()
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        self.note(path);
        self.files.read(path)
    }

    fn disk_path(&self, path: &SitePath) -> Option<PathBuf> {
        self.note(path);
        self.files.disk_path(path)
    }

    fn digest(&self, path: &SitePath) -> Option<Digest> {
        self.note(path);
        self.files.digest(path)
    }

    fn limits(&self) -> Limits {
        self.files.limits()
    }

    fn read_text(&self, path: &SitePath) -> Result<Decoded, FileProblem> {
        self.note(path);
        self.files.read_text(path)
    }
}
