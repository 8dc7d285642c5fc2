//! Files of office programs: archives of XML.

use super::archive::parts;
use super::xml::{authors, cells, paragraphs};
use super::{Document, Part, Passage, Spot, photo};
use crate::content::read_all_sheets;
use crate::diagnostic::Say;

/// Every cell of every sheet, comments, and what documents have besides.
pub fn workbook(bytes: &[u8]) -> Document {
    let mut document = read(bytes, true);
    if document.unread.is_some() && document.passages.is_empty() {
        return document;
    }
    match read_all_sheets("", bytes) {
        Ok(sheets) => {
            for sheet in sheets {
                if let Some(name) = &sheet.sheet {
                    let passage = Passage::new(Spot::Part(Part::SheetName), name.to_string());
                    document.passages.push(passage);
                }
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
    read(bytes, true)
}

/// The words of a drawing.
pub fn drawing(bytes: Vec<u8>) -> Document {
    match paragraphs(bytes) {
        Ok(texts) => Document {
            passages: passages(texts, Part::Drawing),
            ..Document::default()
        },
        Err(e) => Document::unread(
            format!("อ่านภาพวาดไม่ได้ ({e})"),
            format!("the drawing can't be read ({e})"),
        ),
    }
}

/// What a part of an archive is.
enum Role {
    Words(Part),
    /// A sheet, whose cells are read by another way.
    Sheet,
    /// Words or the cells of an open spreadsheet.
    OpenContent,
    Properties,
    Photo,
    /// A document within the document.
    Inner,
    /// Something in it that nothing here can read.
    Unknown,
}

fn role(name: &str) -> Option<Role> {
    let lower = name.to_ascii_lowercase();
    let inside = lower.rsplit('/').next().unwrap_or(&lower);
    let ends = |any: &[&str]| any.iter().any(|end| lower.ends_with(end));
    let starts = |any: &[&str]| any.iter().any(|start| lower.starts_with(start));
    if ends(&[".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic"]) {
        return Some(Role::Photo);
    }
    if lower.contains("/embeddings/") || starts(&["object "]) && ends(&["content.xml"]) {
        let can_open = ends(&[".xlsx", ".docx", ".pptx"]);
        return Some(if can_open {
            Role::Inner
        } else if ends(&["content.xml"]) {
            Role::OpenContent
        } else {
            Role::Unknown
        });
    }
    if !ends(&[".xml"]) {
        return None;
    }
    let words = |part| Some(Role::Words(part));
    match lower.as_str() {
        "docprops/core.xml" | "docprops/custom.xml" | "meta.xml" => Some(Role::Properties),
        "content.xml" => Some(Role::OpenContent),
        "word/document.xml" => words(Part::Words),
        "styles.xml" => words(Part::Margin),
        "xl/workbook.xml" => words(Part::DefinedName),
        _ if starts(&["xl/worksheets/sheet"]) => Some(Role::Sheet),
        _ if starts(&["xl/comments", "xl/threadedcomments/", "xl/drawings/drawing"]) => {
            words(Part::Comment)
        }
        _ if starts(&["xl/charts/", "word/charts/", "ppt/charts/"]) => words(Part::Drawing),
        _ if starts(&[
            "word/diagrams/data",
            "ppt/diagrams/data",
            "xl/diagrams/data",
        ]) =>
        {
            words(Part::Drawing)
        }
        _ if starts(&["ppt/slides/slide"]) => words(Part::Slide),
        _ if starts(&["ppt/notesslides/"]) => words(Part::SlideNotes),
        _ if starts(&["ppt/comments"]) => words(Part::Comment),
        _ if !starts(&["word/"]) => None,
        _ if inside.starts_with("header") || inside.starts_with("footer") => words(Part::Margin),
        _ if inside.starts_with("footnotes") || inside.starts_with("endnotes") => {
            words(Part::Footnote)
        }
        _ if inside.starts_with("comments") => words(Part::Comment),
        _ => None,
    }
}

/// The words of every part that has some. A document in it is read too, one
/// deep.
fn read(bytes: &[u8], is_outer: bool) -> Document {
    let mut document = Document::default();
    let mut unseen_picture = false;
    let mut unseen_part = false;
    let mut is_known = false;
    let mut take = |name: &str, inside: Vec<u8>| -> Result<(), String> {
        match role(name) {
            None => {}
            Some(Role::Words(part)) => {
                is_known = true;
                document
                    .passages
                    .extend(passages(paragraphs(inside)?, part));
            }
            Some(Role::Sheet) => {
                is_known = true;
                // The rest of a sheet is read cell by cell.
                if let Some(at) = memchr::memmem::find(&inside, b"<headerFooter") {
                    let end = b"</headerFooter>";
                    let part = &inside[at..];
                    let to = memchr::memmem::find(part, end).map_or(0, |at| at + end.len());
                    let texts = paragraphs(part[..to].to_vec())?;
                    document.passages.extend(passages(texts, Part::SheetMargin));
                }
            }
            Some(Role::OpenContent) => {
                is_known = true;
                if memchr::memmem::find(&inside, b"<office:spreadsheet").is_some() {
                    document.passages.extend(cells(inside)?);
                } else {
                    document
                        .passages
                        .extend(passages(paragraphs(inside)?, Part::Words));
                }
            }
            Some(Role::Properties) => {
                document.authors.extend(authors(inside.clone()));
                let texts = paragraphs(inside)?;
                document.passages.extend(passages(texts, Part::Properties));
            }
            Some(Role::Photo) => match photo::location(&inside) {
                Some(told) => document.has_location |= told,
                None => unseen_picture = true,
            },
            Some(Role::Inner) if is_outer => {
                let inner = if name.to_ascii_lowercase().ends_with(".xlsx") {
                    workbook_within(&inside)
                } else {
                    read(&inside, false)
                };
                unseen_part |= inner.unread.is_some();
                document.passages.extend(inner.passages);
                document.has_location |= inner.has_location;
            }
            Some(Role::Inner | Role::Unknown) => unseen_part = true,
        }
        Ok(())
    };
    if let Err(unread) = parts(bytes, &|name| role(name).is_some(), &mut take) {
        return *unread;
    }
    document.authors.sort();
    document.authors.dedup();
    document.unread = if !is_known {
        Some(Say::new(
            "ไฟล์นี้ไม่ใช่เอกสารที่สมบูรณ์ ไม่พบเนื้อความข้างใน",
            "this is not a whole document: no words were found inside",
        ))
    } else if unseen_part {
        Some(Say::new(
            "มีไฟล์อื่นฝังอยู่ในเอกสารนี้ ซึ่งเปิดอ่านไม่ได้",
            "a file embedded in this document can't be opened",
        ))
    } else if unseen_picture && !document.has_location {
        Some(Say::new(
            "อ่านข้อมูลที่ฝังในภาพบางภาพในเอกสารไม่ได้",
            "what is embedded in a picture of the document can't be read",
        ))
    } else {
        None
    };
    document
}

/// The data behind a chart.
fn workbook_within(bytes: &[u8]) -> Document {
    let mut document = read(bytes, false);
    match read_all_sheets("", bytes) {
        Ok(sheets) => {
            let cells = sheets.into_iter().flat_map(|s| s.rows).flatten();
            let texts = cells.filter(|c| !c.trim().is_empty()).collect();
            document.passages.extend(passages(texts, Part::Drawing));
        }
        Err(why) => document.unread = Some(why),
    }
    document
}

fn passages(texts: Vec<String>, part: Part) -> Vec<Passage> {
    let passage = |text| Passage::new(Spot::Part(part), text);
    texts.into_iter().map(passage).collect()
}
