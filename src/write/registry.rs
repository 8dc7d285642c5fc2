//! The names of all outputs so far, so that no two are one file.

use std::collections::HashMap;

use super::error::WriteError;
use super::names::fold;
use super::walk::Stat;

/// One output that is ready.
#[derive(Debug)]
pub(super) struct Record {
    pub path: String,
    /// In bytes.
    pub size: u64,
    pub sha256: [u8; 32],
    pub origin: Origin,
}

/// Where the content of an output is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// In the output folder already: this file of the old manifest.
    Kept(usize),
    /// Written into the staging folder.
    Staged(Stat),
}

/// The outputs by folded name, and those that are ready.
#[derive(Debug, Default)]
pub(super) struct Registry {
    names: HashMap<Box<str>, Claim>,
    pub records: Vec<Record>,
    /// Outputs that should be unchanged but were edited or removed by someone.
    pub restored: Vec<String>,
    /// The first output that failed.
    pub failed: Option<String>,
}

#[derive(Debug)]
struct Claim {
    /// The name as it was given.
    spelling: Box<str>,
    /// For a folder, the first output in it.
    holds: Option<Box<str>>,
}

impl Claim {
    fn output(&self) -> String {
        self.holds.as_ref().unwrap_or(&self.spelling).to_string()
    }
}

impl Registry {
    /// Takes a name for an output. True when its folder has no other yet.
    ///
    /// # Errors
    /// [`WriteError::Duplicate`] or [`WriteError::Clash`].
    pub fn claim(&mut self, path: &str) -> Result<bool, WriteError> {
        let key = fold(path);
        let clash = |claim: &Claim| WriteError::Clash {
            first: claim.output(),
            second: path.to_owned(),
        };
        match self.names.get(key.as_str()) {
            Some(claim) if claim.holds.is_none() && *claim.spelling == *path => {
                return Err(WriteError::Duplicate {
                    path: path.to_owned(),
                });
            }
            Some(claim) => return Err(clash(claim)),
            None => {}
        }
        let mut new_folders = Vec::new();
        // Folding leaves the slashes where they are, so both names split alike.
        let keys = key
            .rmatch_indices('/')
            .map(|(at, _)| key.get(..at).unwrap_or_default());
        let names = path
            .rmatch_indices('/')
            .map(|(at, _)| path.get(..at).unwrap_or_default());
        for (key, name) in keys.zip(names) {
            match self.names.get(key) {
                // Those above it were compared when it was taken.
                Some(claim) if claim.holds.is_some() && *claim.spelling == *name => break,
                Some(claim) => return Err(clash(claim)),
                None => new_folders.push((key, name)),
            }
        }
        let is_new = !new_folders.is_empty();
        for (key, name) in new_folders {
            let claim = Claim {
                spelling: name.into(),
                holds: Some(path.into()),
            };
            self.names.insert(key.into(), claim);
        }
        self.names.insert(
            key.into(),
            Claim {
                spelling: path.into(),
                holds: None,
            },
        );
        Ok(is_new)
    }
}
