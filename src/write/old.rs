//! The website that is in the output folder when a build begins.

use std::path::Path;

use super::disk::hash_file;
use super::error::WriteError;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::places::Places;
use super::state;
use super::walk::{Stat, walk};

/// How many strangers' files an error names.
const NAMED: usize = 10;

/// The old website: what its manifest says and what is really there.
#[derive(Debug)]
pub(super) struct Old {
    /// Empty when there is no website yet.
    pub manifest: Manifest,
    /// The manifest as it is on the disk.
    pub bytes: Option<Vec<u8>>,
    /// For each file of the manifest, what is there now.
    pub stats: Vec<Option<Stat>>,
    /// The stats that the state file records.
    recorded: Option<Vec<Stat>>,
}

/// Whether the old file can stand for the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Same {
    /// Yes: this file of the old manifest.
    Yes(usize),
    /// It should, but someone changed or removed it.
    Touched,
    /// No: there was none, or with another content.
    No,
}

impl Old {
    /// Looks at the output folder.
    ///
    /// # Errors
    /// [`WriteError::ForeignFiles`], [`WriteError::BadManifest`],
    /// [`WriteError::NotOurs`] for the state file, or I/O.
    pub fn look(places: &Places) -> Result<Self, WriteError> {
        let text = state::load(&places.state)?;
        let found = Manifest::read(&places.output.join(MANIFEST_NAME))?;
        let (manifest, bytes) = match found {
            Some((manifest, bytes)) => (manifest, Some(bytes)),
            None => (Manifest::empty(), None),
        };
        let stats = scan(&places.output, &manifest, bytes.is_some())?;
        let recorded = match (&text, &bytes) {
            (Some(text), Some(bytes)) => state::stats(text, &manifest, bytes),
            _ => None,
        };
        Ok(Self {
            manifest,
            bytes,
            stats,
            recorded,
        })
    }

    /// Whether there is a website of ours.
    pub fn exists(&self) -> bool {
        self.bytes.is_some()
    }

    /// Whether the state file says of every file what is there.
    pub fn well_recorded(&self) -> bool {
        self.recorded.as_ref().is_some_and(|recorded| {
            recorded
                .iter()
                .zip(&self.stats)
                .all(|(a, b)| Some(a) == b.as_ref())
        })
    }

    /// Whether the old file at this path has this content. Reads the file only
    /// when its size or time is not as recorded.
    ///
    /// # Errors
    /// When a file that had to be read cannot be.
    pub fn same(&self, output: &Path, path: &str, sha256: &[u8; 32]) -> Result<Same, WriteError> {
        let Some(at) = self.manifest.find(path) else {
            return Ok(Same::No);
        };
        let Some(listed) = self.manifest.files().get(at) else {
            return Ok(Same::No);
        };
        if listed.sha256 != *sha256 {
            return Ok(Same::No);
        }
        let Some(stat) = self.stats.get(at).copied().flatten() else {
            return Ok(Same::Touched);
        };
        if stat.size != listed.size {
            return Ok(Same::Touched);
        }
        let recorded = self.recorded.as_ref().and_then(|r| r.get(at));
        if recorded == Some(&stat) || hash_file(&output.join(path))?.1 == *sha256 {
            return Ok(Same::Yes(at));
        }
        Ok(Same::Touched)
    }

    /// Looks once more, just before the exchange: nothing strange may have come,
    /// and the files that stay (`kept`, places in the manifest) must be as they
    /// were.
    ///
    /// # Errors
    /// [`WriteError::ForeignFiles`], [`WriteError::OutputChanged`], or I/O.
    pub fn look_again(
        &self,
        places: &Places,
        mut kept: impl Iterator<Item = usize>,
    ) -> Result<(), WriteError> {
        let now = scan(&places.output, &self.manifest, self.exists())?;
        match kept.find(|&at| now.get(at) != self.stats.get(at)) {
            None => Ok(()),
            Some(at) => {
                let path = self.manifest.files().get(at).map(|f| f.path.clone());
                Err(WriteError::OutputChanged {
                    path: path.unwrap_or_default(),
                })
            }
        }
    }
}

/// The stats of the files of a manifest, where they are.
///
/// # Errors
/// [`WriteError::ForeignFiles`] when there is anything else, or I/O.
pub(super) fn scan(
    output: &Path,
    manifest: &Manifest,
    ours: bool,
) -> Result<Vec<Option<Stat>>, WriteError> {
    let mut stats = vec![None; manifest.files().len()];
    let mut strange = Vec::new();
    for (path, stat) in walk(output)? {
        match manifest.find(&path).and_then(|at| stats.get_mut(at)) {
            Some(slot) if stat.is_some() => *slot = stat,
            None if ours && stat.is_some() && path == MANIFEST_NAME => {}
            _ => strange.push(path),
        }
    }
    if strange.is_empty() {
        return Ok(stats);
    }
    let count = strange.len();
    strange.sort_unstable();
    strange.truncate(NAMED);
    Err(WriteError::ForeignFiles {
        output: output.to_path_buf(),
        files: strange,
        count,
        ours,
    })
}
