//! The words of a PDF, page by page.

use lopdf::{Dictionary, LoadOptions, Object};

use crate::files::quietly;

use super::{Document, Part, Passage, Spot};

const MAX_PAGES: usize = 2_000;
/// What one stream may unpack to.
const MAX_UNPACKED: usize = 64 * 1024 * 1024;
/// A file nested deeply asks for more than a worker of a thread pool has.
const STACK: usize = 64 * 1024 * 1024;

pub fn document(bytes: &[u8]) -> Document {
    let read = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || quietly(|| pages(bytes)))
            .ok()
            .and_then(|worker| worker.join().ok().flatten())
    });
    read.unwrap_or_else(|| {
        Document::unread(
            "ไฟล์ PDF นี้เสียหายหรือผิดรูปแบบจนอ่านไม่ได้",
            "this PDF is damaged beyond reading",
        )
    })
}

fn pages(bytes: &[u8]) -> Document {
    let options = LoadOptions::with_max_decompressed_size(MAX_UNPACKED);
    let pdf = match lopdf::Document::load_mem_with_options(bytes, options) {
        Ok(pdf) => pdf,
        Err(error) => {
            return Document::unread(
                "เปิดไฟล์ PDF ไม่ได้ ไฟล์อาจเสียหายหรือไม่ใช่ PDF",
                format!("this PDF can't be opened ({error})"),
            );
        }
    };
    if pdf.is_encrypted() {
        return Document::unread("ไฟล์ PDF นี้ตั้งรหัสผ่านไว้", "this PDF is protected by a password");
    }
    let mut document = Document {
        authors: author(&pdf).into_iter().collect(),
        ..Document::default()
    };
    let (besides, has_files) = besides(&pdf);
    let mut without_words = Vec::new();
    let all = pdf.get_pages();
    for (number, id) in all.iter().take(MAX_PAGES) {
        let chunks = pdf.extract_text_chunks_with_limit(&[*number], MAX_UNPACKED);
        let failed = chunks.iter().any(Result::is_err);
        let text: String = chunks.into_iter().filter_map(Result::ok).collect();
        let text = text.replace('\0', "");
        let is_picture =
            text.trim().is_empty() && pdf.get_page_images(*id).is_ok_and(|i| !i.is_empty());
        if failed || is_picture {
            without_words.push(number.to_string());
        }
        if !text.trim().is_empty() {
            document
                .passages
                .push(Passage::new(Spot::Page(*number), text));
        }
    }
    if all.len() > MAX_PAGES {
        without_words.push(format!("{}–{}", MAX_PAGES + 1, all.len()));
    }
    if document.passages.is_empty() {
        document.unread = Some(crate::diagnostic::Say::new(
            "PDF นี้ไม่มีตัวอักษรให้อ่าน (เป็นภาพสแกน)",
            "this PDF holds no text (a scan)",
        ));
    } else if !without_words.is_empty() {
        without_words.truncate(12);
        let pages = without_words.join(", ");
        document.unread = Some(crate::diagnostic::Say::new(
            format!("อ่านตัวอักษรไม่ได้ทุกหน้า: หน้า {pages}"),
            format!("not every page has text that can be read: {pages}"),
        ));
    }
    document.passages.extend(besides);
    if has_files && document.unread.is_none() {
        document.unread = Some(crate::diagnostic::Say::new(
            "มีไฟล์อื่นแนบอยู่ใน PDF นี้ ซึ่งไม่ได้เปิดอ่าน",
            "a file is attached to this PDF, which was not opened",
        ));
    }
    document
}

/// Words that stand on no page: what was filled into forms, notes of readers,
/// addresses of links, properties; and whether files are attached.
fn besides(pdf: &lopdf::Document) -> (Vec<Passage>, bool) {
    let mut passages = Vec::new();
    let mut has_files = false;
    let mut add = |part: Part, object: &Object| {
        let object = match object {
            Object::Reference(id) => pdf.get_object(*id).unwrap_or(object),
            object => object,
        };
        if let Ok(text) = lopdf::decode_text_string(object)
            && !text.trim().is_empty()
        {
            passages.push(Passage::new(Spot::Part(part), text));
        }
    };
    for object in pdf.objects.values() {
        let Ok(dictionary) = object.as_dict() else {
            continue;
        };
        has_files |= dictionary.has(b"EF");
        // The action of a link stands in it, or beside it (ISO 32000-1, 12.6.4.7).
        let action = dictionary.get(b"A").and_then(Object::as_dict);
        for of_link in action.iter().copied().chain([dictionary]) {
            if let Ok(address) = of_link.get(b"URI") {
                add(Part::Link, address);
            }
        }
        let is_note = dictionary.has(b"Rect") || dictionary.has(b"FT");
        for key in [&b"V"[..], b"Contents", b"TU"] {
            if let (true, Ok(value)) = (is_note, dictionary.get(key)) {
                add(Part::Form, value);
            }
        }
    }
    for object in pdf.objects.values() {
        // Entries of the outline (ISO 32000-1, table 153).
        let entry = object.as_dict().ok().filter(|d| d.has(b"Parent"));
        if let Some(Ok(title)) = entry.map(|d| d.get(b"Title")) {
            add(Part::Bookmark, title);
        }
    }
    if let Some(info) = info(pdf) {
        for key in [&b"Title"[..], b"Subject", b"Keywords"] {
            if let Ok(value) = info.get(key) {
                add(Part::Properties, value);
            }
        }
    }
    (passages, has_files)
}

fn info(pdf: &lopdf::Document) -> Option<&Dictionary> {
    match pdf.trailer.get(b"Info").ok()? {
        Object::Reference(id) => pdf.get_object(*id).ok()?.as_dict().ok(),
        object => object.as_dict().ok(),
    }
}

fn author(pdf: &lopdf::Document) -> Option<String> {
    let written = match info(pdf)?.get(b"Author").ok()? {
        Object::Reference(id) => pdf.get_object(*id).ok()?,
        object => object,
    };
    let author = lopdf::decode_text_string(written).ok()?;
    let author = author.trim().to_string();
    (!author.is_empty()).then_some(author)
}
