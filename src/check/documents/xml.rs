//! The words of XML, of any of the office formats.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Passage, Spot};
use crate::files::decode;

/// The texts of a part; what ends a paragraph in any of the formats ends one
/// here, and all other tags are nothing, as one word may be in several.
pub fn paragraphs(xml: Vec<u8>) -> Result<Vec<String>, String> {
    let xml = text(xml)?;
    let mut reader = Reader::from_str(&xml);
    let mut all = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Text(words)) => text.push_str(&words),
            Ok(Event::CData(words)) => text.push_str(&words),
            Ok(Event::GeneralRef(name)) => text.push(letter(&name)),
            Ok(Event::Empty(tag) | Event::Start(tag)) => match tag.local_name().as_ref() {
                "ta" | "tab" | "br" | "s" | "line-break" => text.push(' '),
                "noBreakHyphen" => text.push('-'),
                _ => {}
            },
            Ok(Event::End(tag)) => {
                let ends = matches!(
                    tag.local_name().as_ref(),
                    "p" | "h"
                        | "comment"
                        | "definedName"
                        | "text"
                        | "title"
                        | "desc"
                        | "subject"
                        | "keywords"
                        | "description"
                        | "property"
                        | "v"
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

/// The names of those who made a document, of its part of properties.
pub fn authors(xml: Vec<u8>) -> Vec<String> {
    let xml = text(xml).unwrap_or_default();
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

/// The cells of an open spreadsheet (OpenDocument 1.3 part 3, section 9), with
/// the words of notes in them.
pub fn cells(xml: Vec<u8>) -> Result<Vec<Passage>, String> {
    let xml = text(xml)?;
    let mut reader = Reader::from_str(&xml);
    let mut cells = Vec::new();
    let (mut sheet, mut row, mut column) = (None::<std::sync::Arc<str>>, 0u32, 0u32);
    let (mut rows, mut columns) = (1u32, 1u32);
    let mut in_cell = false;
    let mut words = String::new();
    let mut heads: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|e| e.to_string())?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "table" => {
                    sheet = attribute(&tag, "name").map(Into::into);
                    (row, column, rows) = (0, 0, 0);
                    heads.clear();
                }
                "table-row" => {
                    row = row.saturating_add(rows);
                    rows = repeated(&tag, "number-rows-repeated");
                    (column, columns) = (0, 0);
                    row = row.max(1);
                }
                "table-cell" | "covered-table-cell" => {
                    column = column.saturating_add(columns).max(1);
                    columns = repeated(&tag, "number-columns-repeated");
                    in_cell = !is_empty;
                    words.clear();
                }
                "s" | "tab" | "line-break" => words.push(' '),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "p" => words.push('\n'),
                "table-row" => rows = rows.max(1),
                "table-cell" | "covered-table-cell" => {
                    in_cell = false;
                    let text = words.trim().to_string();
                    if text.is_empty() {
                        continue;
                    }
                    let at = column as usize;
                    if heads.len() <= at && at < 20_000 {
                        heads.resize(at + 1, String::new());
                    }
                    let head = heads.get(at).cloned().unwrap_or_default();
                    if head.is_empty()
                        && text.chars().any(char::is_alphabetic)
                        && let Some(head) = heads.get_mut(at)
                    {
                        head.clone_from(&text);
                    }
                    cells.push(Passage {
                        spot: Spot::Cell {
                            sheet: sheet.clone(),
                            row,
                            column,
                        },
                        text,
                        head,
                    });
                }
                _ => {}
            },
            Event::Text(text) if in_cell => words.push_str(&text),
            Event::GeneralRef(name) if in_cell => words.push(letter(&name)),
            Event::Eof => return Ok(cells),
            _ => {}
        }
    }
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name)
        .and_then(|n| n.parse().ok())
        .unwrap_or(1)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .filter_map(Result::ok)
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| a.value.to_string())
}

fn text(xml: Vec<u8>) -> Result<String, String> {
    decode(xml).map(|d| d.text).map_err(|_| "XML".to_string())
}

/// `&#50;`: a digit may be written so; other names part words.
fn letter(name: &BytesRef<'_>) -> char {
    name.resolve_char_ref().ok().flatten().unwrap_or(' ')
}
