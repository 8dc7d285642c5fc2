//! PDF files: whether a reader, a search and a screen reader find words in
//! them.

use lopdf::{Document, Error, LoadOptions, Object};
use rayon::prelude::*;

use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::diagnostic::Place;
use crate::files::Entry;

use super::files::published;

/// Larger ones are not opened.
const LARGEST: u64 = 40_000_000;
/// A few kilobytes may claim to hold gigabytes.
const INFLATED: usize = 64_000_000;
/// Deeply nested objects are read by recursion.
const STACK: usize = 64 << 20;

const BROKEN: Pdf = Pdf::Unread(
    "อ่านโครงสร้าง PDF ไม่ออก",
    "the PDF's structure could not be read",
);

/// What a PDF file is like.
#[derive(Debug, PartialEq, Eq)]
enum Pdf {
    Readable { title: bool, language: bool },
    NoWords,
    Locked,
    Unread(&'static str, &'static str),
}

pub fn check(context: &Context<'_>, found: &mut Found) {
    let files: Vec<&Entry> = published(context)
        .filter(|e| e.path.extension().as_deref() == Some("pdf"))
        .collect();
    let read: Vec<(&Entry, Pdf)> = files
        .into_par_iter()
        .map(|entry| (entry, read(context, entry)))
        .collect();
    for (entry, pdf) in read {
        judge(entry, &pdf, found);
    }
}

fn judge(entry: &Entry, pdf: &Pdf, found: &mut Found) {
    let mut push = |code, th: &str, en: &str| {
        found.push(finding(code, th, en).at(Place::file(entry.path.as_str())));
    };
    match pdf {
        Pdf::Readable { title, language } => {
            if !title {
                push(
                    "pdf-without-title",
                    "PDF นี้ไม่มีชื่อเรื่องในคุณสมบัติของไฟล์",
                    "this PDF has no title among its properties",
                );
            }
            if !language {
                push(
                    "pdf-without-language",
                    "PDF นี้ไม่บอกว่าเป็นภาษาใด",
                    "this PDF does not tell its language",
                );
            }
        }
        Pdf::NoWords => push(
            "scanned-pdf",
            "PDF นี้เป็นภาพสแกน ไม่มีตัวหนังสือให้ค้นหาหรืออ่านออกเสียง",
            "this PDF is a scan: it holds no text to search or to read aloud",
        ),
        Pdf::Locked => push(
            "encrypted-pdf",
            "ต้องใช้รหัสผ่านจึงจะเปิด PDF นี้ได้",
            "this PDF opens only with a password",
        ),
        Pdf::Unread(th, en) => found.not_checked(entry.path.as_str(), *th, *en),
    }
}

fn read(context: &Context<'_>, entry: &Entry) -> Pdf {
    if entry.size > LARGEST {
        return Pdf::Unread(
            "ไฟล์ PDF ใหญ่เกินกว่าจะเปิดตรวจ",
            "the PDF is too large to look into",
        );
    }
    match context.site.files.read(&entry.path) {
        Ok(bytes) => apart(bytes),
        Err(_) => Pdf::Unread("เปิดไฟล์ไม่ได้", "the file could not be opened"),
    }
}

/// On a stack of its own: a file from anywhere must not end the check.
fn apart(bytes: Vec<u8>) -> Pdf {
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || std::panic::catch_unwind(|| look(&bytes)).unwrap_or(BROKEN))
        .ok()
        .and_then(|thread| thread.join().ok())
        .unwrap_or(BROKEN)
}

fn look(bytes: &[u8]) -> Pdf {
    let options = LoadOptions::with_max_decompressed_size(INFLATED);
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(Error::InvalidPassword) => return Pdf::Locked,
        Err(_) => return BROKEN,
    };
    if document.is_encrypted() && !document.was_encrypted() {
        return Pdf::Locked;
    }
    if document.page_iter().next().is_none() {
        return BROKEN;
    }
    match has_words(&document) {
        None => Pdf::Unread(
            "เนื้อหาใน PDF ใหญ่เกินกว่าจะตรวจ",
            "what the PDF holds is too large to look into",
        ),
        Some(false) => Pdf::NoWords,
        Some(true) => Pdf::Readable {
            title: has_title(&document),
            language: has_language(&document),
        },
    }
}

/// Whether any page, or any form that pages draw, shows text. `None` when it
/// is too much to look at.
fn has_words(document: &Document) -> Option<bool> {
    let mut left = INFLATED;
    for page in document.page_iter() {
        let content = document.get_page_content_with_limit(page, left).ok()?;
        if shows_text(&content) {
            return Some(true);
        }
        left = left.saturating_sub(content.len());
    }
    for object in document.objects.values() {
        let Ok(stream) = object.as_stream() else {
            continue;
        };
        let subtype = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if subtype.is_ok_and(|name| name == b"Form") {
            let content = match stream.is_compressed() {
                true => stream.decompressed_content_with_limit(left).ok(),
                false => Some(stream.content.clone()),
            };
            let Some(content) = content else { continue };
            if shows_text(&content) {
                return Some(true);
            }
            left = left.saturating_sub(content.len());
        }
    }
    Some(false)
}

/// Looks for the operators that show text (`Tj`, `TJ`, `'`, `"`) after a
/// string that is not empty.
fn shows_text(content: &[u8]) -> bool {
    let after_string = |at: usize| {
        let before = content.get(..at).unwrap_or_default().trim_ascii_end();
        let string = matches!(before.last(), Some(b')' | b'>' | b']'));
        let empty = [&b"()"[..], b"<>", b"[]"]
            .iter()
            .any(|e| before.ends_with(e));
        string && !empty
    };
    let ends = |at: usize| {
        content.get(at).is_none_or(|b| {
            b.is_ascii_whitespace() || matches!(b, b'(' | b'[' | b'<' | b'/' | b'E')
        })
    };
    memchr::memchr_iter(b'T', content).any(|at| {
        matches!(content.get(at + 1), Some(b'j' | b'J')) && ends(at + 2) && after_string(at)
    }) || memchr::memchr2_iter(b'\'', b'"', content).any(|at| {
        let apart = at > 0 && content[at - 1].is_ascii_whitespace();
        (apart || content.get(at.wrapping_sub(1)) == Some(&b')'))
            && ends(at + 1)
            && after_string(at)
    })
}

fn has_title(document: &Document) -> bool {
    let info = document.trailer.get(b"Info").ok();
    let title = info
        .and_then(|info| document.dereference(info).ok())
        .and_then(|(_, info)| info.as_dict().ok())
        .and_then(|info| info.get(b"Title").ok())
        .and_then(|title| document.dereference(title).ok())
        .and_then(|(_, title)| title.as_str().ok())
        .map(words_of);
    if title.is_some_and(|title| is_title(&title)) {
        return true;
    }
    // Newer programs write it into the document's metadata alone.
    let metadata = document
        .catalog()
        .and_then(|catalog| catalog.get(b"Metadata"))
        .and_then(|metadata| document.dereference(metadata))
        .and_then(|(_, metadata)| metadata.as_stream());
    let Ok(metadata) = metadata else { return false };
    let bytes = match metadata.is_compressed() {
        true => metadata
            .decompressed_content_with_limit(1_000_000)
            .unwrap_or_default(),
        false => metadata.content.clone(),
    };
    let text = String::from_utf8_lossy(&bytes);
    let Some((_, title)) = text.split_once("<dc:title") else {
        return false;
    };
    let title = title.split("</dc:title>").next().unwrap_or_default();
    let inner = title
        .split("<rdf:li")
        .nth(1)
        .and_then(|t| t.split_once('>'));
    inner.is_some_and(|(_, t)| is_title(t.split('<').next().unwrap_or_default()))
}

fn words_of(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Programs that have no title put the name of the file there.
fn is_title(title: &str) -> bool {
    let title = title.trim().to_lowercase();
    !title.is_empty()
        && title != "untitled"
        && !title.starts_with("microsoft word - ")
        && !title.starts_with("microsoft excel - ")
        && !title.starts_with("microsoft powerpoint - ")
}

fn has_language(document: &Document) -> bool {
    document
        .catalog()
        .and_then(|catalog| catalog.get(b"Lang"))
        .and_then(|lang| document.dereference(lang))
        .and_then(|(_, lang)| lang.as_str())
        .is_ok_and(|lang| !words_of(lang).trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_by_operators_after_strings() {
        for content in [
            "BT /F1 12 Tf (x) Tj ET",
            "BT [(x) 3 (y)]TJ ET",
            "BT <0E01>Tj ET",
            "BT (x) ' ET",
            "BT 1 2 (x) \" ET",
        ] {
            assert!(shows_text(content.as_bytes()), "{content}");
        }
        for content in [
            "q 1 0 0 1 0 0 cm /Im0 Do Q",
            "BT () Tj ET",
            "/Tj Do",
            "it's",
            "",
        ] {
            assert!(!shows_text(content.as_bytes()), "{content}");
        }
    }

    #[test]
    fn what_is_no_pdf_is_told_and_does_no_harm() {
        for bytes in [&b""[..], b"%PDF-1.7\n", &[b'['; 100_000]] {
            assert!(matches!(apart(bytes.to_vec()), Pdf::Unread(..)));
        }
    }
}
