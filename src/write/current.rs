//! Whether a build is needed at all.

use std::fs;
use std::path::Path;

use super::error::WriteError;
use super::guard::resolve;
use super::manifest::{MANIFEST_NAME, Manifest};
use super::old::scan;
use super::places::Places;
use super::state;

/// The manifest of the website in an output folder; `None` when there is none
/// that can be understood.
#[must_use]
pub fn previous(output: &Path) -> Option<Manifest> {
    Manifest::read(&output.join(MANIFEST_NAME))
        .ok()
        .flatten()
        .map(|(manifest, _)| manifest)
}

/// Whether the output folder holds exactly the website that these inputs give:
/// the manifest names them, every file has the size and time that it was written
/// with, and there is no other file. Contents are not read; nothing is changed
/// and no lock is taken.
///
/// `inputs` must cover everything that the website depends on, the version of
/// the program included.
///
/// # Errors
/// When the output folder cannot be looked at. Whatever a build would repair or
/// complain of gives `false`.
pub fn is_current(output: &Path, inputs: &str) -> Result<bool, WriteError> {
    let places = Places::of(&resolve(output)?)?;
    // An interrupted build, or one that runs now.
    if fs::symlink_metadata(&places.staging).is_ok() {
        return Ok(false);
    }
    let (manifest, bytes) = match Manifest::read(&places.output.join(MANIFEST_NAME)) {
        Ok(Some(found)) => found,
        Ok(None) | Err(WriteError::BadManifest { .. }) => return Ok(false),
        Err(e) => return Err(e),
    };
    if manifest.inputs() != inputs {
        return Ok(false);
    }
    let recorded = match state::load(&places.state) {
        Ok(text) => text.and_then(|text| state::stats(&text, &manifest, &bytes)),
        Err(WriteError::NotOurs { .. }) => None,
        Err(e) => return Err(e),
    };
    let Some(recorded) = recorded else {
        return Ok(false);
    };
    match scan(&places.output, &manifest, true) {
        Ok(now) => Ok(now
            .iter()
            .zip(&recorded)
            .all(|(now, then)| now.as_ref() == Some(then))),
        Err(WriteError::ForeignFiles { .. }) => Ok(false),
        Err(e) => Err(e),
    }
}
