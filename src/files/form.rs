//! Whether a file is what its name says, by its first bytes.

use std::io;

use super::{Files, SitePath};

/// As far as the signature of any kind lies from the start; a PDF may have
/// other bytes before its own (ISO 32000-1 annex H, note 13).
const START: usize = 1024;

/// What the first bytes of a file tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// What its name says, or a kind that has no signature.
    AsNamed,
    /// No byte at all, or nothing but zeros.
    Empty,
    /// Something else than its name says.
    Other,
}

/// Looks at the start of a file.
pub fn form(files: &dyn Files, path: &SitePath) -> io::Result<Form> {
    let start = files.read_start(path, START)?;
    if start.iter().all(|byte| *byte == 0) {
        return Ok(Form::Empty);
    }
    let as_named = match path.extension().as_deref() {
        Some("pdf") => memchr::memmem::find(&start, b"%PDF-").is_some(),
        Some("docx" | "docm" | "dotx" | "xlsx" | "xlsm" | "xltx" | "pptx" | "pptm" | "ppsx") => {
            is_zip(&start) || is_ole(&start)
        }
        Some("odt" | "ods" | "odp" | "zip" | "epub") => is_zip(&start),
        // Browsers go by the bytes, not by which of these the name says.
        Some("jpg" | "jpeg" | "png" | "gif" | "webp" | "bmp" | "avif" | "heic" | "heif") => {
            is_picture(&start)
        }
        Some("svg") => std::str::from_utf8(text_of(&start)).is_ok_and(|text| text.contains('<')),
        _ => true,
    };
    Ok(if as_named { Form::AsNamed } else { Form::Other })
}

/// The start may end inside a letter.
fn text_of(start: &[u8]) -> &[u8] {
    match std::str::from_utf8(start) {
        Err(e) if e.error_len().is_none() => start.get(..e.valid_up_to()).unwrap_or(start),
        _ => start,
    }
}

fn is_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// An office file behind a password, or of the nineties.
fn is_ole(start: &[u8]) -> bool {
    start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

fn is_picture(start: &[u8]) -> bool {
    const SIGNATURES: &[&[u8]] = &[b"\xFF\xD8\xFF", b"\x89PNG\r\n", b"GIF8", b"BM"];
    SIGNATURES.iter().any(|s| start.starts_with(s))
        || (start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP"))
        || start.get(4..8) == Some(b"ftyp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    #[test]
    fn a_file_is_known_by_its_first_bytes() {
        let mut files = MemoryFiles::new();
        let mut of = |name: &str, bytes: &[u8]| {
            files.put(name, bytes.to_vec());
            form(&files, &SitePath::new(name).expect("a path")).expect("read")
        };
        assert_eq!(of("a.pdf", b"%PDF-1.7\n"), Form::AsNamed);
        assert_eq!(of("a.pdf", b"\n\n%PDF-1.4"), Form::AsNamed);
        assert_eq!(of("a.pdf", b"hello"), Form::Other);
        assert_eq!(of("a.pdf", b""), Form::Empty);
        assert_eq!(of("a.pdf", &[0; 300]), Form::Empty);
        assert_eq!(of("a.docx", b"PK\x03\x04rest"), Form::AsNamed);
        assert_eq!(of("a.docx", b"<html>"), Form::Other);
        assert_eq!(of("a.png", b"\xFF\xD8\xFF\xE0"), Form::AsNamed);
        assert_eq!(of("a.jpg", b"<svg>"), Form::Other);
        assert_eq!(of("a.svg", b"<svg/>"), Form::AsNamed);
        assert_eq!(of("a.csv", b"a,b"), Form::AsNamed);
    }
}
