//! The manifest: the published list of every file of the website.
//!
//! It is what makes a file ours: only files that it lists are ever replaced or
//! deleted. It has no time and no path of the machine in it, so that the same
//! website gives the same manifest everywhere.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::error::{Action, WriteError};
use super::guard::is_absent;
use super::names;

/// The name of the manifest in the output folder.
pub const MANIFEST_NAME: &str = "prongsai-manifest.json";

/// The version of its format that we write and read.
const FORMAT: u32 = 1;

/// What the manifest says besides the list of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestInfo {
    /// A digest of all that the website was made from, in hex: when it is the
    /// same, a build may be skipped (see [`is_current`](super::is_current)).
    pub inputs: String,
    /// The name and version of the program.
    pub generator: String,
}

impl ManifestInfo {
    /// With this version of the program as the generator.
    #[must_use]
    pub fn new(inputs: impl Into<String>) -> Self {
        Self {
            inputs: inputs.into(),
            generator: concat!("prongsai ", env!("CARGO_PKG_VERSION")).into(),
        }
    }
}

/// One file of a website.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFile {
    /// Relative to the output folder, joined by `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Of the content.
    pub sha256: [u8; 32],
}

/// Every file of a website but the manifest itself, sorted by the bytes of the
/// path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    info: ManifestInfo,
    files: Vec<ManifestFile>,
}

impl Manifest {
    /// Puts the files in order.
    pub(super) fn new(info: ManifestInfo, mut files: Vec<ManifestFile>) -> Self {
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Self { info, files }
    }

    /// What there was before the first build.
    pub(super) fn empty() -> Self {
        Self::new(ManifestInfo::new(""), Vec::new())
    }

    /// The digest of the inputs, as it was given.
    #[must_use]
    pub fn inputs(&self) -> &str {
        &self.info.inputs
    }

    /// The program that made the website.
    #[must_use]
    pub fn generator(&self) -> &str {
        &self.info.generator
    }

    /// All files, sorted.
    #[must_use]
    pub fn files(&self) -> &[ManifestFile] {
        &self.files
    }

    /// The place of a path in [`Manifest::files`].
    #[must_use]
    pub fn find(&self, path: &str) -> Option<usize> {
        self.files
            .binary_search_by(|f| f.path.as_str().cmp(path))
            .ok()
    }

    pub(super) fn lists(&self, path: &str) -> bool {
        self.find(path).is_some()
    }

    /// The manifest as it is written: JSON, one line for each file.
    pub(super) fn render(&self) -> String {
        let mut out = String::with_capacity(256 + self.files.len() * 160);
        let _ = write!(out, "{{\"format\":{FORMAT},\n\"generator\":");
        string(&mut out, &self.info.generator);
        out.push_str(",\n\"inputs\":");
        string(&mut out, &self.info.inputs);
        out.push_str(",\n\"files\":[");
        for (i, file) in self.files.iter().enumerate() {
            out.push_str(if i == 0 {
                "\n{\"path\":"
            } else {
                ",\n{\"path\":"
            });
            string(&mut out, &file.path);
            let _ = write!(
                out,
                ",\"size\":{},\"sha256\":\"{}\"}}",
                file.size,
                hex(&file.sha256)
            );
        }
        out.push_str("\n]}\n");
        out
    }

    /// Understands a manifest. The names in it are checked like those of new
    /// outputs, so that a forged manifest leads nowhere outside the folder.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let raw: Raw<'_> = serde_json::from_slice(text).ok()?;
        if raw.format != FORMAT {
            return None;
        }
        let mut files = Vec::with_capacity(raw.files.len());
        for file in raw.files {
            names::check(&file.path).ok()?;
            let path = file.path.into_owned();
            files.push(ManifestFile {
                path,
                size: file.size,
                sha256: unhex(&file.sha256)?,
            });
        }
        let info = ManifestInfo {
            inputs: raw.inputs,
            generator: raw.generator,
        };
        let manifest = Self::new(info, files);
        let twice = manifest
            .files
            .windows(2)
            .any(|w| matches!(w, [a, b] if a.path == b.path));
        (!twice).then_some(manifest)
    }

    /// Reads the manifest of a tree, with its bytes. `None` when there is none.
    ///
    /// # Errors
    /// [`WriteError::BadManifest`] when it cannot be understood, or I/O.
    pub(super) fn read(file: &Path) -> Result<Option<(Self, Vec<u8>)>, WriteError> {
        let bad = || WriteError::BadManifest {
            path: file.to_path_buf(),
        };
        match fs::symlink_metadata(file) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(bad()),
            Err(e) if is_absent(&e) => return Ok(None),
            Err(e) => return Err(WriteError::io(Action::Read, file)(e)),
        }
        let bytes = fs::read(file).map_err(WriteError::io(Action::Read, file))?;
        let manifest = Self::parse(&bytes).ok_or_else(bad)?;
        Ok(Some((manifest, bytes)))
    }
}

#[derive(Deserialize)]
struct Raw<'a> {
    format: u32,
    generator: String,
    inputs: String,
    #[serde(borrow)]
    files: Vec<RawFile<'a>>,
}

#[derive(Deserialize)]
struct RawFile<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    size: u64,
    #[serde(borrow)]
    sha256: Cow<'a, str>,
}

/// Appends a JSON string. Names of outputs rarely need an escape.
fn string(out: &mut String, text: &str) {
    let plain = |c: char| c != '"' && c != '\\' && !c.is_control();
    out.push('"');
    if text.chars().all(plain) {
        out.push_str(text);
    } else {
        for c in text.chars() {
            if plain(c) {
                out.push(c);
            } else {
                let mut units = [0u16; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from(if n < 10 { b'0' + n } else { b'a' + n - 10 });
    bytes
        .iter()
        .flat_map(|b| [digit(b >> 4), digit(b & 15)])
        .collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let text = text.as_bytes();
    let value = |b: u8| match b {
        b'0'..=b'9' => Some(b - b'0'),
        b'a'..=b'f' => Some(b - b'a' + 10),
        _ => None,
    };
    let mut out = [0u8; 32];
    if text.len() != 64 {
        return None;
    }
    for (to, pair) in out.iter_mut().zip(text.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *to = (value(*high)? << 4) | value(*low)?;
    }
    Some(out)
}
