//! The state file: what the files of the output looked like as we wrote them.
//!
//! It lies beside the output folder and is not published. A file whose size and
//! time are still the recorded ones need not be read again; without the state
//! file, everything is read once.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::disk::Disk;
use super::error::{Action, WriteError};
use super::guard::is_absent;
use super::manifest::{Manifest, hex};
use super::places::Places;
use super::walk::Stat;

/// How every version of the file begins.
const HEAD: &str = "prongsai-state ";

/// The version that we write and read.
const VERSION: &str = "1";

/// Reads the state file as it is. `None` when there is none, or only what a
/// power cut makes of one.
///
/// # Errors
/// [`WriteError::NotOurs`] when the file is not a state file, or I/O.
pub(super) fn load(path: &Path) -> Result<Option<String>, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => {
            return Err(WriteError::NotOurs {
                path: path.to_path_buf(),
            });
        }
        Err(e) if is_absent(&e) => return Ok(None),
        Err(e) => return Err(WriteError::io(Action::Read, path)(e)),
    }
    let bytes = fs::read(path).map_err(WriteError::io(Action::Read, path))?;
    if bytes.iter().all(|b| *b == 0) {
        return Ok(None);
    }
    if !bytes.starts_with(HEAD.as_bytes()) {
        return Err(WriteError::NotOurs {
            path: path.to_path_buf(),
        });
    }
    Ok(String::from_utf8(bytes).ok())
}

/// The recorded stats, in the order of the files of the manifest. `None` when
/// the state file belongs to another manifest.
pub(super) fn stats(text: &str, manifest: &Manifest, manifest_bytes: &[u8]) -> Option<Vec<Stat>> {
    let mut lines = text.lines();
    if lines.next()? != head(manifest_bytes) {
        return None;
    }
    let mut stats = Vec::with_capacity(manifest.files().len());
    for file in manifest.files() {
        let mut parts = lines.next()?.splitn(3, ' ');
        let size = parts.next()?.parse().ok()?;
        let mtime = parts.next()?.parse().ok()?;
        if parts.next()? != file.path {
            return None;
        }
        stats.push(Stat { size, mtime });
    }
    lines.next().is_none().then_some(stats)
}

fn head(manifest_bytes: &[u8]) -> String {
    format!("{HEAD}{VERSION} {}", hex(&Sha256::digest(manifest_bytes)))
}

/// Writes the state file for a manifest, through the staging folder. The stats
/// come in the order of its files.
///
/// # Errors
/// I/O; the old state file then still stands and no longer fits, which costs
/// one reading of everything at the next build.
pub(super) fn write(
    disk: &Disk,
    places: &Places,
    manifest: &Manifest,
    manifest_bytes: &[u8],
    stats: impl Iterator<Item = Stat>,
) -> Result<(), WriteError> {
    let mut text = head(manifest_bytes);
    text.push('\n');
    for (file, stat) in manifest.files().iter().zip(stats) {
        let _ = writeln!(text, "{} {} {}", stat.size, stat.mtime, file.path);
    }
    put_file(disk, places, text.as_bytes(), &places.state)
}

/// Writes a whole small file, so that it is there completely or not at all.
pub(super) fn put_file(
    disk: &Disk,
    places: &Places,
    bytes: &[u8],
    to: &Path,
) -> Result<(), WriteError> {
    if fs::symlink_metadata(&places.draft).is_ok() {
        disk.remove_file(&places.draft)?;
    }
    disk.write_new(&places.draft, bytes)?;
    disk.sync_file(&places.draft)?;
    disk.rename(&places.draft, to)
}
