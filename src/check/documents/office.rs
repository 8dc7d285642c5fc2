//! Files of office programs: archives of XML.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Document, Passage, Spot, photo};
use crate::content::{MAX_UNPACKED, read_all_sheets};
use crate::diagnostic::Say;
use crate::files::decode;

/// More parts than any document of an office has.
const MAX_PARTS: usize = 10_000;

/// Every cell of every sheet, comments, and what documents have besides.
pub fn workbook(file: &str, bytes: &[u8]) -> Document {
    let mut document = parts(bytes, &|name| {
        let noted = name.starts_with("xl/comments")
            || name.starts_with("xl/threadedComments/")
            || name.starts_with("xl/drawings/drawing");
        let is_named = name == "xl/workbook.xml";
        if noted {
            Some(Spot::Part(
                "ในความเห็นหรือกล่องข้อความ",
                "in a comment or text box",
            ))
        } else {
            is_named.then_some(Spot::Part("ในชื่อที่ตั้งไว้", "in a defined name"))
        }
    });
    if document.unread.is_some() {
        return document;
    }
    match read_all_sheets(file, bytes) {
        Ok(sheets) => {
            for sheet in sheets {
                let mut heads: Vec<String> = Vec::new();
                for (row, cells) in (1..).zip(&sheet.rows) {
                    for (column, text) in cells.iter().enumerate() {
                        if text.trim().is_empty() {
                            continue;
                        }
                        // Words above numbers are their heading.
                        if heads.len() <= column {
                            heads.resize(column + 1, String::new());
                        }
                        document.passages.push(Passage {
                            spot: Spot::Cell {
                                sheet: sheet.sheet.clone(),
                                row,
                                column: column as u32 + 1,
                            },
                            text: text.clone(),
                            head: heads[column].clone(),
                        });
                        let is_word = text.chars().any(char::is_alphabetic);
                        if is_word && heads[column].is_empty() {
                            heads[column].clone_from(text);
                        }
                    }
                }
            }
        }
        Err(why) => document.unread = Some(why),
    }
    document
}

/// Texts, presentations, and the sheets of open formats.
pub fn document(bytes: &[u8]) -> Document {
    parts(bytes, &|name| {
        let inside = name.split('/').next_back().unwrap_or(name);
        Some(match name {
            "word/document.xml" | "content.xml" => Spot::Part("ในเนื้อความ", "in the text"),
            "styles.xml" => Spot::Part("ในหัวหรือท้ายกระดาษ", "in a header or footer"),
            _ if name.starts_with("ppt/slides/slide") => Spot::Part("ในสไลด์", "on a slide"),
            _ if name.starts_with("ppt/notesSlides/") => {
                Spot::Part("ในบันทึกของสไลด์", "in the notes of a slide")
            }
            _ if !name.starts_with("word/") => return None,
            _ if inside.starts_with("header") || inside.starts_with("footer") => {
                Spot::Part("ในหัวหรือท้ายกระดาษ", "in a header or footer")
            }
            _ if inside.starts_with("footnotes") || inside.starts_with("endnotes") => {
                Spot::Part("ในเชิงอรรถ", "in a footnote")
            }
            _ if inside.starts_with("comments") => Spot::Part("ในความเห็น", "in a comment"),
            _ => return None,
        })
    })
}

/// The words of a drawing.
pub fn drawing(bytes: Vec<u8>) -> Document {
    match paragraphs(bytes) {
        Ok(texts) => Document {
            passages: texts
                .into_iter()
                .map(|text| Passage::new(Spot::Part("ในภาพวาด", "in the drawing"), text))
                .collect(),
            ..Document::default()
        },
        Err(e) => Document::unread(
            format!("อ่านภาพวาดไม่ได้ ({e})"),
            format!("the drawing can't be read ({e})"),
        ),
    }
}

/// The words of those parts that have a spot, one passage a paragraph.
fn parts(bytes: &[u8], spot: &dyn Fn(&str) -> Option<Spot>) -> Document {
    let mut document = Document::default();
    let failed = |e: String| {
        Document::unread(
            format!("เปิดไฟล์ไม่ได้ อาจเสียหายหรือมีรหัสผ่าน ({e})"),
            format!("the file can't be opened; it may be damaged or have a password ({e})"),
        )
    };
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(e) => return failed(e.to_string()),
    };
    let mut left = MAX_UNPACKED;
    let mut unseen_picture = false;
    for index in 0..archive.len() {
        let mut part = match archive.by_index(index) {
            Ok(part) => part,
            Err(e) => return failed(e.to_string()),
        };
        let name = match part.name() {
            Ok(name) => name.to_string(),
            Err(e) => return failed(e.to_string()),
        };
        let lower = name.to_ascii_lowercase();
        let is_photo = [".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"]
            .iter()
            .any(|end| lower.ends_with(end));
        let is_properties = matches!(name.as_str(), "docProps/core.xml" | "meta.xml");
        let place = spot(&name);
        if !is_photo && !is_properties && place.is_none() {
            continue;
        }
        let mut inside = Vec::new();
        if let Err(e) = (&mut part).take(left + 1).read_to_end(&mut inside) {
            return failed(e.to_string());
        }
        let read = inside.len() as u64;
        if read > left || index >= MAX_PARTS {
            return Document::unread(
                "ไฟล์นี้ขยายออกแล้วใหญ่ผิดปกติ (เกิน 200 เมกะไบต์) จึงไม่อ่าน",
                "this file unpacks to over 200 megabytes, so it is not read",
            );
        }
        left -= read;
        if is_photo {
            match photo::location(&inside) {
                Some(told) => document.has_location |= told,
                None => unseen_picture = true,
            }
        } else if is_properties {
            document.authors = authors(inside);
        } else if let Some(place) = place {
            match paragraphs(inside) {
                Ok(texts) => document.passages.extend(
                    texts
                        .into_iter()
                        .map(|text| Passage::new(place.clone(), text)),
                ),
                Err(e) => return failed(e),
            }
        }
    }
    if unseen_picture && !document.has_location {
        document.unread = Some(Say::new(
            "อ่านข้อมูลที่ฝังในภาพบางภาพในเอกสารไม่ได้",
            "what is embedded in a picture of the document can't be read",
        ));
    }
    document
}

/// The texts of an XML part; what ends a paragraph in any of the formats ends
/// one here, and all other tags are nothing, as one word may be in several.
fn paragraphs(xml: Vec<u8>) -> Result<Vec<String>, String> {
    let xml = decode(xml).map_err(|_| "XML".to_string())?.text;
    let mut reader = Reader::from_str(&xml);
    let mut all = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(words)) => text.push_str(&words),
            Ok(Event::GeneralRef(name)) => text.push(letter(&name)),
            Ok(Event::Empty(tag) | Event::Start(tag)) => match tag.local_name().as_ref() {
                "ta" | "br" | "s" | "line-break" => text.push(' '),
                _ => {}
            },
            Ok(Event::End(tag)) => {
                let ends = matches!(
                    tag.local_name().as_ref(),
                    "p" | "h" | "comment" | "definedName" | "text" | "title" | "desc"
                );
                if ends && !text.trim().is_empty() {
                    all.push(std::mem::take(&mut text));
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) => return Err(e.to_string()),
        }
    }
    if !text.trim().is_empty() {
        all.push(text);
    }
    Ok(all)
}

/// `&#50;`: a digit may be written so; other names part words.
fn letter(name: &quick_xml::events::BytesRef<'_>) -> char {
    name.resolve_char_ref().ok().flatten().unwrap_or(' ')
}

fn authors(xml: Vec<u8>) -> Vec<String> {
    let xml = decode(xml).map(|d| d.text).unwrap_or_default();
    let mut reader = Reader::from_str(&xml);
    let mut all: Vec<String> = Vec::new();
    let mut of_author = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                of_author = matches!(
                    tag.local_name().as_ref(),
                    "creator" | "lastModifiedBy" | "initial-creator"
                );
            }
            Ok(Event::End(_)) => of_author = false,
            Ok(Event::Text(words)) if of_author => {
                let name = words.trim().to_string();
                if !name.is_empty() && !all.contains(&name) {
                    all.push(name);
                }
            }
            Ok(Event::Eof) | Err(_) => return all,
            Ok(_) => {}
        }
    }
}
