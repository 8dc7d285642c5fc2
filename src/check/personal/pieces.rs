//! The words of a file in pieces that know where they stand.

use std::ops::Range;
use std::sync::Arc;

use crate::check::documents::{Passage, Spot};
use crate::content::sheet::read_csv;
use crate::diagnostic::{At, Place};
use crate::fields::{Node, Table, Value};
use crate::files::{Files, SitePath};

use super::numbers::{around, squeezed};

/// Words of a cell, a paragraph, a page, or a whole source.
pub struct Piece {
    pub text: String,
    /// Where it stands; a source has lines.
    spot: Option<Spot>,
    /// What stands before it and over it, squeezed.
    before: String,
}

/// A source: one piece.
pub fn of_text(files: &dyn Files, path: &SitePath) -> Vec<Piece> {
    let text = files.read_text(path).map(|d| d.text).unwrap_or_default();
    vec![Piece {
        text,
        spot: None,
        before: String::new(),
    }]
}

/// The cells of a table in text; as one text where it is no table.
pub fn of_csv(files: &dyn Files, path: &SitePath) -> Vec<Piece> {
    let Ok(decoded) = files.read_text(path) else {
        return Vec::new();
    };
    let Ok(grid) = read_csv(path.as_str(), &decoded.text) else {
        return of_text(files, path);
    };
    let mut heads: Vec<String> = Vec::new();
    let mut passages = Vec::new();
    for (row, cells) in (1..).zip(&grid.rows) {
        for (column, text) in cells.iter().enumerate() {
            if heads.len() <= column {
                heads.resize(column + 1, String::new());
            }
            passages.push(Passage {
                spot: Spot::Cell {
                    sheet: None,
                    row,
                    column: column as u32 + 1,
                },
                text: text.clone(),
                head: heads[column].clone(),
            });
            if heads[column].is_empty() && text.chars().any(char::is_alphabetic) {
                heads[column].clone_from(text);
            }
        }
    }
    of_document(passages)
}

/// How many letters of what stands before are remembered.
const BEFORE: usize = 100;

/// The passages of an attachment; a cell follows the cells of its row, words
/// follow words.
pub fn of_document(passages: Vec<Passage>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(passages.len());
    let mut tail = String::new();
    let mut last_row = None;
    for passage in passages {
        let row = match &passage.spot {
            Spot::Cell { sheet, row, .. } => Some((sheet.clone(), *row)),
            _ => None,
        };
        if row != last_row {
            tail.clear();
        }
        last_row = row;
        let before = format!("{}{tail}", squeezed(&passage.head));
        tail.push_str(&squeezed(&passage.text));
        if let Some((cut, _)) = tail.char_indices().rev().nth(BEFORE) {
            tail.drain(..cut);
        }
        pieces.push(Piece {
            text: passage.text,
            spot: Some(passage.spot),
            before,
        });
    }
    pieces
}

impl Piece {
    /// A file as a whole.
    pub fn whole() -> Piece {
        Piece {
            text: String::new(),
            spot: Some(Spot::Part("ชื่อไฟล์", "file name")),
            before: String::new(),
        }
    }

    /// The place of something in it, of which only `mask` may be shown.
    pub fn place(&self, file: &Arc<str>, start: usize, mask: &str) -> Place {
        let at = match &self.spot {
            Some(Spot::Cell { sheet, row, column }) => At::Cell {
                sheet: sheet.clone(),
                row: *row,
                column: *column,
                text: mask.into(),
            },
            Some(Spot::Line(line)) => At::Line {
                line: *line,
                column: 1 + letters(&self.text[..start]),
                text: mask.into(),
            },
            Some(Spot::Page(_) | Spot::Part(..)) => At::File,
            None => {
                let before = &self.text[..start];
                let line = before.rfind('\n').map_or(0, |n| n + 1);
                At::Line {
                    line: 1 + before.matches('\n').count() as u32,
                    column: 1 + letters(&before[line..]),
                    text: mask.into(),
                }
            }
        };
        Place {
            file: file.clone(),
            at,
        }
    }

    /// The place in words, where no line or cell can tell it.
    pub fn beside(&self) -> (String, String) {
        match &self.spot {
            Some(Spot::Page(page)) => (format!(" (หน้า {page})"), format!(" (page {page})")),
            Some(Spot::Part(th, en)) => (format!(" ({th})"), format!(" ({en})")),
            _ => Default::default(),
        }
    }

    /// What stands around a place, squeezed.
    pub fn words(&self, range: &Range<usize>, before: usize, after: usize) -> String {
        let near = around(&self.text, range, before, after);
        format!("{} {near}", self.before)
    }
}

fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1)
}

/// The values at a path of keys, through lists.
pub fn values<'t>(table: &'t Table, keys: &[&str]) -> Vec<&'t Node> {
    let Some((key, rest)) = keys.split_first() else {
        return Vec::new();
    };
    let Some(node) = table.get(key) else {
        return Vec::new();
    };
    if rest.is_empty() {
        return vec![node];
    }
    match &node.value {
        Value::Table(table) => values(table, rest),
        Value::List(items) => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Table(table) => Some(values(table, rest)),
                _ => None,
            })
            .flatten()
            .collect(),
        _ => Vec::new(),
    }
}
