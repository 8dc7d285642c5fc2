//! The texts of content files that readers see, each with its place.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::content::sheet::{Grid, read_csv};
use crate::content::{is_dataset, markdown, read_all_sheets};
use crate::diagnostic::{At, Place};
use crate::fields::{Table, Value, parse_toml, split_front_matter};
use crate::files::{Files, SitePath};

/// A text as written in its file.
pub struct Words {
    pub text: String,
    file: Arc<str>,
    at: At,
}

impl Words {
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

/// Every text of a file; nothing of attachments other than tables in text.
pub fn of_file(files: &dyn Files, path: &SitePath) -> Vec<Words> {
    let file: Arc<str> = path.as_str().into();
    match path.extension().as_deref() {
        Some("md") => markdown_words(files, path, &file),
        Some("toml") => {
            let Ok(decoded) = files.read_text(path) else {
                return Vec::new();
            };
            let text = decoded.text;
            let (table, _) = parse_toml(&file, &text, 0..text.len());
            let mut words = Vec::new();
            toml_words(&table, &text, &file, &mut words);
            words
        }
        Some("csv") => files
            .read_text(path)
            .ok()
            .and_then(|decoded| read_csv(&file, &decoded.text).ok())
            .map(|grid| grid_words(&grid, &file))
            .unwrap_or_default(),
        Some("xlsx") if is_dataset(path) => files
            .read(path)
            .ok()
            .and_then(|bytes| read_all_sheets(&file, &bytes).ok())
            .unwrap_or_default()
            .iter()
            .flat_map(|grid| grid_words(grid, &file))
            .collect(),
        _ => Vec::new(),
    }
}

fn grid_words(grid: &Grid, file: &Arc<str>) -> Vec<Words> {
    let mut words = Vec::new();
    for (row, cells) in grid.rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            // A cell without letters holds nothing that could be misspelt.
            if !text.is_ascii() || text.contains(' ') {
                words.push(Words {
                    text: text.clone(),
                    file: file.clone(),
                    at: grid.at(row, column),
                });
            }
        }
    }
    words
}

fn toml_words(table: &Table, text: &str, file: &Arc<str>, words: &mut Vec<Words>) {
    // The glossary may list what would be a slip elsewhere.
    for entry in table.entries.iter().filter(|e| e.key != "glossary") {
        node_words(&entry.node, text, file, words);
    }
}

fn node_words(node: &crate::fields::Node, text: &str, file: &Arc<str>, words: &mut Vec<Words>) {
    match (&node.value, &node.at) {
        (Value::Text(_), At::Span(span)) => {
            let range = span.range();
            let Some(raw) = text.get(range.clone()) else {
                return;
            };
            let quotes = raw.len() - raw.trim_start_matches(['"', '\'']).len();
            let inside = raw.trim_matches(['"', '\'']);
            let start = range.start + quotes;
            words.push(Words {
                text: inside.to_string(),
                file: file.clone(),
                at: At::Span((start..start + inside.len()).into()),
            });
        }
        (Value::List(items), _) => {
            for item in items {
                node_words(item, text, file, words);
            }
        }
        (Value::Table(table), _) => toml_words(table, text, file, words),
        _ => {}
    }
}

fn markdown_words(files: &dyn Files, path: &SitePath, file: &Arc<str>) -> Vec<Words> {
    let Ok(decoded) = files.read_text(path) else {
        return Vec::new();
    };
    let text = decoded.text;
    let Ok(parts) = split_front_matter(&text) else {
        return Vec::new();
    };
    let (front, _) = parse_toml(file, &text, parts.toml);
    let mut words = Vec::new();
    toml_words(&front, &text, file, &mut words);
    let body = text.get(parts.body.clone()).unwrap_or_default();
    let mut in_code = false;
    for (event, range) in Parser::new_ext(body, markdown::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => {
                let start = parts.body.start + range.start;
                let end = parts.body.start + range.end;
                words.push(Words {
                    text: text.get(start..end).unwrap_or_default().to_string(),
                    file: file.clone(),
                    at: At::Span((start..end).into()),
                });
            }
            _ => {}
        }
    }
    words
}
