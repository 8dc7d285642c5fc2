//! Which names an output may have, and when two names are one file elsewhere.
//!
//! A website leaves the machine that built it: it is zipped, carried on a USB
//! stick, unpacked under Windows. So the rules are the strictest of all systems
//! and are the same everywhere.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::manifest::MANIFEST_NAME;

/// Longest name of one file or folder, in bytes of UTF-8 (the limit of ext4,
/// xfs, btrfs; 85 Thai letters).
pub const SEGMENT_BYTES: usize = 255;

/// Longest output path below the output folder, in UTF-16 units, which is how
/// Windows counts towards its 260.
pub const PATH_UNITS: usize = 240;

/// The name under which a new version of a file lies in the output folder for
/// the moment before it takes its place (file-by-file mode only).
pub const TEMP_NAME: &str = ".prongsai-new";

/// What is wrong with the name of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameFault {
    /// The whole name is empty.
    Empty,
    /// Starts or ends with `/`, or has `//`: not a relative path of plain names.
    EmptySegment,
    /// Has `.` or `..` as a segment.
    DotSegment,
    /// Has a character that Windows refuses, or a control character.
    Character(char),
    /// A segment ends with a dot or a space, which Windows drops silently.
    Trailing,
    /// A segment is a device under Windows (`con`, `nul`, `com1`...), also with
    /// an extension.
    Device(String),
    /// A segment has this many bytes, more than [`SEGMENT_BYTES`].
    LongSegment(usize),
    /// The path has this many UTF-16 units, more than [`PATH_UNITS`].
    LongPath(usize),
    /// The writer itself uses this name.
    Ours,
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "the name is empty"),
            Self::EmptySegment => {
                write!(
                    f,
                    "the name starts or ends with a slash or has two in a row"
                )
            }
            Self::DotSegment => write!(f, "the name has . or .. in it"),
            Self::Character(c) if c.is_control() => {
                write!(
                    f,
                    "the name has an invisible control character (U+{:04X})",
                    u32::from(*c)
                )
            }
            Self::Character(c) => write!(f, "the name has the character {c}"),
            Self::Trailing => write!(f, "a part of the name ends with a dot or a space"),
            Self::Device(name) => write!(f, "\u{201c}{name}\u{201d} is a device under Windows"),
            Self::LongSegment(bytes) => write!(
                f,
                "a part of the name is {bytes} bytes long, more than {SEGMENT_BYTES} \
                 (a Thai letter counts 3)"
            ),
            Self::LongPath(units) => {
                write!(
                    f,
                    "the path is {units} characters long, more than {PATH_UNITS}"
                )
            }
            Self::Ours => write!(f, "prongsai uses this name itself"),
        }
    }
}

/// Checks the name of one output: a relative path, parts joined by `/`.
///
/// # Errors
/// The first [`NameFault`] found, from the left.
pub fn check(path: &str) -> Result<(), NameFault> {
    if path.is_empty() {
        return Err(NameFault::Empty);
    }
    for segment in path.split('/') {
        check_segment(segment)?;
    }
    // A path of fewer bytes than the limit has fewer units as well.
    if path.len() > PATH_UNITS {
        let units = path.encode_utf16().count();
        if units > PATH_UNITS {
            return Err(NameFault::LongPath(units));
        }
    }
    if path.eq_ignore_ascii_case(MANIFEST_NAME)
        || path.split('/').any(|s| s.eq_ignore_ascii_case(TEMP_NAME))
    {
        return Err(NameFault::Ours);
    }
    Ok(())
}

fn check_segment(segment: &str) -> Result<(), NameFault> {
    if segment.is_empty() {
        return Err(NameFault::EmptySegment);
    }
    if segment == "." || segment == ".." {
        return Err(NameFault::DotSegment);
    }
    let refused =
        |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
    if let Some(c) = segment.chars().find(|&c| refused(c)) {
        return Err(NameFault::Character(c));
    }
    if segment.ends_with(['.', ' ']) {
        return Err(NameFault::Trailing);
    }
    if segment.len() > SEGMENT_BYTES {
        return Err(NameFault::LongSegment(segment.len()));
    }
    if is_device(segment) {
        return Err(NameFault::Device(segment.to_owned()));
    }
    Ok(())
}

/// True for the names that Windows keeps for devices, with any extension.
fn is_device(segment: &str) -> bool {
    let stem = segment
        .split('.')
        .next()
        .unwrap_or(segment)
        .trim_end_matches(' ');
    // The longest is `conout$`; every other name costs one comparison here.
    if stem.len() < 3 || stem.len() > 7 {
        return false;
    }
    let lower = stem.to_ascii_lowercase();
    match lower.as_str() {
        "con" | "prn" | "aux" | "nul" | "conin$" | "conout$" => true,
        other => other
            .strip_prefix("com")
            .or_else(|| other.strip_prefix("lpt"))
            .is_some_and(|n| {
                matches!(
                    n,
                    "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
                )
            }),
    }
}

/// The form in which two names are equal when some system takes them for one
/// file: NFC, without the difference of large and small letters.
///
/// Never NFKC: it would change `ำ` and merge names that every system keeps
/// apart.
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    // Upper and then lower case folds what has several small forms (ς σ, ß ss).
    let folded: String = name
        .nfc()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect();
    folded.nfc().collect()
}
