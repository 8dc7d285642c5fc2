//! Published texts in which a blank of their template was not filled in.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::content::{Reread, TakenApart};
use crate::diagnostic::{Place, Severity};
use crate::fields::{Node, Table, Value};
use crate::thai::{Blank, blank_in};

use super::context::Context;
use super::finding::{Found, finding};
use super::judged::Sheet;

/// Headings and titles of what shows a form: there blanks are meant.
const OF_FORMS: &[&str] = &[
    "แบบฟอร์ม",
    "แบบคำ",
    "แบบขอ",
    "แบบแจ้ง",
    "แบบรายงาน",
    "แบบหนังสือ",
    "แบบใบ",
    "คำร้อง",
    "คำขอ",
    "ตัวอย่าง",
    "form",
    "sample",
    "template",
    "example",
];

/// Fields that no reader sees.
const UNSEEN: &[&str] = &["allow", "rule", "code", "path", "url", "map", "theme"];

/// What one file is told: each blank once, however often it stands there.
struct Blanks<'f> {
    found: &'f mut Found,
    seen: BTreeSet<String>,
    /// Whether the agency has a number that is not all zeros.
    own_number: bool,
}

impl<'f> Blanks<'f> {
    fn new(context: &Context<'_>, found: &'f mut Found) -> Blanks<'f> {
        let phone = &context.site.content.settings.agency.phone;
        Blanks {
            found,
            seen: BTreeSet::new(),
            own_number: phone
                .chars()
                .any(|c| c.is_numeric() && c != '0' && c != '๐'),
        }
    }

    fn look(&mut self, text: &str, place: impl Fn(std::ops::Range<usize>) -> Place) {
        // Few texts have a blank, so what else they are is asked then.
        let Some((range, kind)) = blank_in(text).filter(|_| !is_of_form(text)) else {
            return;
        };
        if kind == Blank::Zeros && !self.own_number {
            return;
        }
        let words = text.get(range.clone()).unwrap_or_default();
        if !self.seen.insert(words.to_string()) {
            return;
        }
        let words = crate::content::markdown::shorten(words, 40);
        let mut one = finding(
            "blank-to-fill",
            format!("“{words}” ยังไม่ได้เติมข้อความจริง"),
            format!("“{words}” was not filled in"),
        )
        .at(place(range));
        if kind != Blank::Certain {
            one.diagnostic.severity = Severity::Advice;
        }
        self.found.push(one);
    }
}

fn is_of_form(words: &str) -> bool {
    let words = words.to_lowercase();
    OF_FORMS.iter().any(|of| words.contains(of))
}

pub fn of_text(context: &Context<'_>, text: &TakenApart<'_>, found: &mut Found) {
    let blanks = &mut Blanks::new(context, found);
    of_fields(text, &text.fields, blanks);
    let title = match text.fields.get("title").map(|n| &n.value) {
        Some(Value::Text(title)) => title.as_str(),
        _ => "",
    };
    if is_of_form(title) {
        return;
    }
    // A form's sample may have headings of its own below its heading.
    let mut form: Option<u8> = None;
    let mut heading: Option<(u8, String)> = None;
    let mut in_code = false;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some((*level as u8, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, words)) = heading.take() {
                    if form.is_some_and(|of| level <= of) {
                        form = None;
                    }
                    if form.is_none() && is_of_form(&words) {
                        form = Some(level);
                    }
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Text(words) if !in_code => {
                if let Some((_, of_heading)) = &mut heading {
                    of_heading.push_str(words);
                }
                let written = text.text.get(range.clone()).unwrap_or_default();
                if form.is_none() {
                    blanks.look(written, |at| {
                        text.place(range.start + at.start..range.start + at.end)
                    });
                }
            }
            _ => {}
        }
    }
}

fn of_fields(text: &Reread, table: &Table, blanks: &mut Blanks<'_>) {
    let seen = |key: &str| !UNSEEN.contains(&key);
    for entry in table.entries.iter().filter(|e| seen(&e.key)) {
        of_node(text, &entry.node, blanks);
    }
}

fn of_node(text: &Reread, node: &Node, blanks: &mut Blanks<'_>) {
    match &node.value {
        Value::Text(words) => {
            blanks.look(words, |_| text.place_at(&node.at));
        }
        Value::List(nodes) => {
            for node in nodes {
                of_node(text, node, blanks);
            }
        }
        Value::Table(table) => of_fields(text, table, blanks),
        Value::Bare(_) | Value::Bool(_) => {}
    }
}

pub fn of_sheet(context: &Context<'_>, sheet: &Sheet, found: &mut Found) {
    let blanks = &mut Blanks::new(context, found);
    for (row, cells) in sheet.grid.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            blanks.look(cell, |_| Place {
                file: sheet.file.clone(),
                at: sheet.grid.at(row, column),
            });
        }
    }
}
