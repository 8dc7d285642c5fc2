//! A content file opened again, for those who judge its words and where they
//! stand, not only its fields.

use std::ops::{Deref, Range};
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, TextMergeWithOffset};

use crate::diagnostic::{At, Place};
use crate::fields::{Table, parse_toml, split_front_matter};
use crate::files::{Files, SitePath};

use super::markdown::options;

/// A Markdown or TOML file: every field with its place, and its Markdown.
pub struct Reread {
    pub file: Arc<str>,
    /// The decoded text, in which all places count.
    pub text: String,
    pub fields: Table,
    /// Empty for a TOML file.
    pub body: Range<usize>,
}

/// Opens a file again. What is wrong with it was told when it was loaded, so
/// a file that can't be read is `None` without a word.
pub fn reread(files: &dyn Files, path: &SitePath) -> Option<Reread> {
    let text = files.read_text(path).ok()?.text;
    let (toml, body) = match path.extension().as_deref() {
        Some("toml") => (0..text.len(), text.len()..text.len()),
        Some("md") => {
            let parts = split_front_matter(&text).ok()?;
            (parts.toml, parts.body)
        }
        _ => return None,
    };
    let (fields, _) = parse_toml(path.as_str(), &text, toml);
    Some(Reread {
        file: path.as_str().into(),
        text,
        fields,
        body,
    })
}

impl Reread {
    /// The Markdown piece by piece, read as it is rendered; ranges count in
    /// the whole file.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let offset = self.body.start;
        let body = self.text.get(self.body.clone()).unwrap_or("");
        TextMergeWithOffset::new(Parser::new_ext(body, options()).into_offset_iter())
            .map(move |(event, range)| (event, range.start + offset..range.end + offset))
    }

    /// Takes its Markdown apart once, for all who read it.
    pub fn taken_apart(&self) -> TakenApart<'_> {
        TakenApart {
            source: self,
            events: self.events().collect(),
        }
    }

    pub fn place(&self, range: Range<usize>) -> Place {
        Place::span(self.file.clone(), range)
    }

    pub fn place_at(&self, at: &At) -> Place {
        Place {
            file: self.file.clone(),
            at: at.clone(),
        }
    }
}

/// A file with the pieces of its Markdown at hand.
pub struct TakenApart<'r> {
    source: &'r Reread,
    events: Vec<(Event<'r>, Range<usize>)>,
}

impl<'r> TakenApart<'r> {
    /// As [`Reread::events`].
    pub fn events(&self) -> impl Iterator<Item = (&Event<'r>, Range<usize>)> {
        self.events
            .iter()
            .map(|(event, range)| (event, range.clone()))
    }
}

impl Deref for TakenApart<'_> {
    type Target = Reread;

    fn deref(&self) -> &Reread {
        self.source
    }
}
