//! Published texts in which a blank of their template was not filled in.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Tag, TagEnd};
use rayon::prelude::*;

use crate::content::Reread;
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

pub fn check(context: &Context<'_>, found: &mut Found) {
    let agency = &context.site.content.settings.agency;
    let own_number = agency
        .phone
        .chars()
        .any(|c| c.is_numeric() && c != '0' && c != '๐');
    let of_texts = context.judged.texts.par_iter().map(|text| {
        let mut blanks = Blanks::new(own_number);
        of_text(text, &mut blanks);
        blanks.found
    });
    let of_sheets = context.judged.sheets.par_iter().map(|sheet| {
        let mut blanks = Blanks::new(own_number);
        of_sheet(sheet, &mut blanks);
        blanks.found
    });
    for one in of_texts.chain(of_sheets).collect::<Vec<Found>>() {
        found.merge(one);
    }
}

/// What one file is told: each blank once, however often it stands there.
struct Blanks {
    found: Found,
    seen: BTreeSet<String>,
    /// Whether the agency has a number that is not all zeros.
    own_number: bool,
}

impl Blanks {
    fn new(own_number: bool) -> Blanks {
        Blanks {
            found: Found::default(),
            seen: BTreeSet::new(),
            own_number,
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

fn of_text(text: &Reread, blanks: &mut Blanks) {
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
                heading = Some((level as u8, String::new()));
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
                    of_heading.push_str(&words);
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

fn of_fields(text: &Reread, table: &Table, blanks: &mut Blanks) {
    let seen = |key: &str| !UNSEEN.contains(&key);
    for entry in table.entries.iter().filter(|e| seen(&e.key)) {
        of_node(text, &entry.node, blanks);
    }
}

fn of_node(text: &Reread, node: &Node, blanks: &mut Blanks) {
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

fn of_sheet(sheet: &Sheet, blanks: &mut Blanks) {
    for (row, cells) in sheet.grid.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            blanks.look(cell, |_| Place {
                file: sheet.file.clone(),
                at: sheet.grid.at(row, column),
            });
        }
    }
}
