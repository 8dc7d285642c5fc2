//! The paragraphs, entries and cells of content files: what is read as one.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::content::TakenApart;
use crate::diagnostic::{At, Place};
use crate::fields::{Node, Table, Value};

/// A paragraph, an entry of a list, a field.
pub struct Block {
    /// Its words, without marks of emphasis.
    pub text: String,
    pub place: Place,
    /// The byte of the file after its last word, where it is known.
    pub end: Option<usize>,
    /// The list whose entry it is, by a number of its own in the file.
    pub list: Option<usize>,
    /// Whether a list or a table follows, which ends its sentence.
    pub leads_on: bool,
}

/// The blocks of a Markdown or TOML file.
pub fn of_text(text: &TakenApart<'_>) -> Vec<Block> {
    let mut reader = Reader {
        source: text,
        lists: 0,
        blocks: Vec::new(),
    };
    reader.table(&text.fields);
    reader.markdown();
    reader.blocks
}

struct Reader<'t> {
    source: &'t TakenApart<'t>,
    lists: usize,
    blocks: Vec<Block>,
}

impl Block {
    /// The place of the words at its end.
    pub fn place_of_end(&self, words: &str) -> Place {
        match self.end {
            Some(end) => Place::span(
                self.place.file.clone(),
                end.saturating_sub(words.len())..end,
            ),
            None => self.place.clone(),
        }
    }
}

impl Reader<'_> {
    fn table(&mut self, table: &Table) {
        for entry in &table.entries {
            self.node(&entry.node, None, false);
        }
    }

    fn node(&mut self, node: &Node, list: Option<usize>, leads_on: bool) {
        match &node.value {
            Value::Text(text) if !text.is_ascii() => self.blocks.push(Block {
                text: text.clone(),
                place: self.source.place_at(&node.at),
                end: self.end_of(node),
                list,
                leads_on,
            }),
            Value::List(items) => {
                self.lists += 1;
                let own = self.lists;
                for item in items {
                    self.node(item, Some(own), false);
                }
            }
            Value::Table(table) => {
                let has_points = table.get("points").is_some();
                for entry in &table.entries {
                    // `{ no, text, points }` is an entry with what hangs below it.
                    let is_text = entry.key == "text";
                    let list = list.filter(|_| is_text);
                    self.node(&entry.node, list, is_text && has_points);
                }
            }
            _ => {}
        }
    }

    /// Where the words of a field end, before its quotes.
    fn end_of(&self, node: &Node) -> Option<usize> {
        let At::Span(span) = &node.at else {
            return None;
        };
        let raw = self.source.text.get(span.range())?;
        Some(span.range().start + raw.trim_end_matches(['"', '\'']).len())
    }

    fn markdown(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut is_entry = false;
        let mut text = String::new();
        let mut span: Option<Range<usize>> = None;
        let mut in_code = false;
        for (event, range) in self.source.events() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Text(words) | Event::Code(words) if !in_code => {
                    text.push_str(words);
                    let start = span.as_ref().map_or(range.start, |s| s.start);
                    span = Some(start..range.end);
                }
                Event::SoftBreak | Event::HardBreak => text.push('\n'),
                Event::Start(Tag::List(_) | Tag::Table(_)) => {
                    self.close(&mut text, &mut span, open.last().filter(|_| is_entry));
                    if let Some(last) = self.blocks.last_mut() {
                        last.leads_on = true;
                    }
                    self.lists += 1;
                    open.push(self.lists);
                }
                Event::Start(Tag::Item) => is_entry = true,
                Event::End(end) => {
                    let is_block = matches!(
                        end,
                        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell
                    );
                    if is_block {
                        let list = open.last().filter(|_| is_entry);
                        if self.close(&mut text, &mut span, list) {
                            is_entry = false;
                        }
                    }
                    if matches!(end, TagEnd::List(_) | TagEnd::Table) {
                        open.pop();
                        is_entry = false;
                    }
                }
                _ => {}
            }
        }
    }

    /// Ends a block; whether there was one.
    fn close(
        &mut self,
        text: &mut String,
        span: &mut Option<Range<usize>>,
        list: Option<&usize>,
    ) -> bool {
        let text = std::mem::take(text);
        let Some(span) = span.take() else {
            return false;
        };
        self.blocks.push(Block {
            text,
            end: Some(span.end),
            place: self.source.place(span),
            list: list.copied(),
            leads_on: false,
        });
        true
    }
}
