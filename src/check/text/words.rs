//! The texts of content files that readers see, each with its place.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::judged::Sheet;
use crate::content::{Reread, TakenApart};
use crate::diagnostic::{At, Place};
use crate::fields::{Node, Table, Value};

/// A text as written in its file.
pub struct Words<'t> {
    pub text: &'t str,
    file: &'t Arc<str>,
    at: At,
}

impl Words<'_> {
    /// The place of some of its bytes; of a cell, the cell.
    pub fn place(&self, range: &Range<usize>) -> Place {
        match &self.at {
            At::Span(span) => {
                let start = span.range().start;
                Place::span(self.file.clone(), start + range.start..start + range.end)
            }
            at => Place {
                file: self.file.clone(),
                at: at.clone(),
            },
        }
    }
}

pub fn of_sheet(sheet: &Sheet) -> Vec<Words<'_>> {
    let mut words = Vec::new();
    for (row, cells) in sheet.grid.rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            // A cell without letters holds nothing that could be misspelt.
            if !text.is_ascii() || text.contains(' ') {
                words.push(Words {
                    text,
                    file: &sheet.file,
                    at: sheet.grid.at(row, column),
                });
            }
        }
    }
    words
}

pub fn of_text<'t>(text: &'t TakenApart<'_>) -> Vec<Words<'t>> {
    let mut words = Vec::new();
    of_fields(text, &text.fields, &mut words);
    let mut in_code = false;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => words.extend(written(text, range)),
            _ => {}
        }
    }
    words
}

fn of_fields<'t>(text: &'t Reread, table: &Table, words: &mut Vec<Words<'t>>) {
    // The glossary may list what would be a slip elsewhere.
    for entry in table.entries.iter().filter(|e| e.key != "glossary") {
        of_node(text, &entry.node, words);
    }
}

fn of_node<'t>(text: &'t Reread, node: &Node, words: &mut Vec<Words<'t>>) {
    match (&node.value, &node.at) {
        (Value::Text(_), At::Span(span)) => {
            let range = span.range();
            let Some(raw) = text.text.get(range.clone()) else {
                return;
            };
            let quotes = raw.len() - raw.trim_start_matches(['"', '\'']).len();
            let inside = raw.trim_matches(['"', '\'']);
            let start = range.start + quotes;
            words.extend(written(text, start..start + inside.len()));
        }
        (Value::List(items), _) => {
            for item in items {
                of_node(text, item, words);
            }
        }
        (Value::Table(table), _) => of_fields(text, table, words),
        _ => {}
    }
}

fn written(text: &Reread, range: Range<usize>) -> Option<Words<'_>> {
    Some(Words {
        text: text.text.get(range.clone())?,
        file: &text.file,
        at: At::Span(range.into()),
    })
}
