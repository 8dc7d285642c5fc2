//! Typed reading of a [`Table`]: each accessor remembers what was asked for,
//! turns a wrong value into a message at its place, and goes on.

use std::cell::RefCell;
use std::sync::Arc;

use super::{Node, Table, Value};
use crate::diagnostic::{At, Diagnostic, Place, Say, TO_FILL, nearest};
use crate::thai::{self, Baht, Date, Period};

/// Where readers leave what they found; shared by all readers of a file.
#[derive(Debug, Default)]
pub struct Findings(RefCell<Vec<Diagnostic>>);

impl Findings {
    pub fn push(&self, diagnostic: Diagnostic) {
        self.0.borrow_mut().push(diagnostic);
    }

    /// What holds for a whole table is told once, not for each of its rows.
    fn push_once(&self, diagnostic: Diagnostic) {
        let mut all = self.0.borrow_mut();
        if !all.contains(&diagnostic) {
            all.push(diagnostic);
        }
    }

    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0.into_inner()
    }
}

/// A value with the words it was written in: pages show `raw`, sums use
/// `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    pub raw: String,
    pub value: T,
}

/// Whether a value as a whole is an address on the web, an anchor or the path
/// of a file.
pub fn is_address(value: &str) -> bool {
    let value = value.trim();
    let ends_like_a_file = value.rsplit_once('.').is_some_and(|(_, end)| {
        matches!(end.len(), 2..=5) && end.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    value.starts_with("http://")
        || value.starts_with("https://")
        || value.starts_with(['#', '/'])
        || (!value.contains(char::is_whitespace) && (value.contains('/') || ends_like_a_file))
}

/// Reads one table. Dropping it without [`Fields::finish`] skips the report of
/// unknown names, so every reader ends with it.
pub struct Fields<'a> {
    table: &'a Table,
    file: Arc<str>,
    found: &'a Findings,
    asked: RefCell<Vec<&'static str>>,
    header: Option<&'a Header>,
}

/// The heading row of a spreadsheet: which fields have a column, and whether
/// there are columns that nobody knows.
#[derive(Clone, Debug)]
pub struct Header {
    pub keys: Vec<String>,
    /// The column of each, from 1.
    pub columns: Vec<u32>,
    pub has_unknown: bool,
    pub at: At,
    /// The usual heading of each field.
    pub names: Vec<(&'static str, &'static str)>,
}

impl Header {
    /// The usual heading of a field's column.
    fn name_of(&self, key: &'static str) -> &'static str {
        let of_key = self.names.iter().find(|(k, _)| *k == key);
        of_key.map_or(key, |(_, name)| name)
    }
}

impl<'a> Fields<'a> {
    pub fn new(table: &'a Table, file: impl Into<Arc<str>>, found: &'a Findings) -> Fields<'a> {
        Fields {
            table,
            file: file.into(),
            found,
            asked: RefCell::default(),
            header: None,
        }
    }

    /// For a row of a spreadsheet: a field without a column is the heading
    /// row's fault.
    #[must_use]
    pub fn under(mut self, header: &'a Header) -> Fields<'a> {
        self.header = Some(header);
        self
    }

    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    pub fn found(&self) -> &'a Findings {
        self.found
    }

    /// The place of this table: its header, or the row's first cell.
    pub fn place(&self) -> Place {
        self.place_of(&self.table.at)
    }

    /// The place of a field's value, or of the table where it is absent.
    pub fn place_at(&self, key: &str) -> Place {
        let at = self.table.get(key).map_or(&self.table.at, |n| &n.at);
        self.place_of(at)
    }

    pub fn place_of(&self, at: &At) -> Place {
        Place {
            file: self.file.clone(),
            at: at.clone(),
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// Whether this is a row of a spreadsheet that has no column for a field.
    pub fn lacks_column(&self, key: &str) -> bool {
        self.header
            .is_some_and(|h| !h.keys.iter().any(|k| k == key))
    }

    /// The cell of a field that this row of a spreadsheet leaves empty.
    pub fn place_of_blank(&self, key: &str) -> Option<Place> {
        let header = self.header.filter(|_| !self.has(key))?;
        let at = header.keys.iter().position(|k| k == key)?;
        let At::Cell { sheet, row, .. } = &self.table.at else {
            return None;
        };
        Some(self.place_of(&At::Cell {
            sheet: sheet.clone(),
            row: *row,
            column: *header.columns.get(at)?,
            text: "".into(),
        }))
    }

    /// Text, with what the eye can't see put right; empty counts as absent.
    pub fn text(&self, key: &'static str) -> Option<String> {
        let node = self.node(key)?;
        self.text_of(key, node)
    }

    pub fn require_text(&self, key: &'static str) -> String {
        let before = self.has(key);
        let text = self.text(key);
        if text.is_none() && (!before || self.is_empty_text(key)) {
            self.missing(key);
        }
        text.unwrap_or_default()
    }

    fn is_empty_text(&self, key: &str) -> bool {
        matches!(self.table.get(key).map(|n| &n.value),
            Some(Value::Text(t)) if t.trim().is_empty())
    }

    /// Says that a field which must be there is not.
    pub fn missing(&self, key: &'static str) {
        if let Some(header) = self.header.filter(|h| !h.keys.iter().any(|k| k == key)) {
            // A misspelt heading was told with what it should be.
            if !header.has_unknown {
                let name = header.name_of(key);
                self.found.push_once(
                    Diagnostic::error(
                        "missing-column",
                        Say::new(
                            format!("ตารางนี้ไม่มีคอลัมน์ “{name}”"),
                            format!("this table has no column “{name}” ({key})"),
                        ),
                    )
                    .at(self.place_of(&header.at))
                    .hint(Say::new(
                        format!("เพิ่มคอลัมน์ชื่อ “{name}” ในแถวหัวตาราง"),
                        format!("add a column named “{name}” or “{key}” to the heading row"),
                    )),
                );
            }
            return;
        }
        if let Some(header) = self.header {
            let name = header.name_of(key);
            self.found.push(
                Diagnostic::error(
                    "missing-field",
                    Say::new(
                        format!("แถวนี้ไม่มี “{name}”"),
                        format!("this row lacks “{name}” ({key})"),
                    ),
                )
                .at(self.place())
                .hint(Say::new(
                    format!("เติมเซลล์ในคอลัมน์ “{name}” หรือลบทั้งแถว"),
                    format!("fill the cell in the column “{name}”, or delete the row"),
                )),
            );
            return;
        }
        self.found.push(
            Diagnostic::error(
                "missing-field",
                Say::new(
                    format!("ขาดช่อง `{key}`"),
                    format!("the field `{key}` is missing"),
                ),
            )
            .at(self.place())
            .hint(Say::new("เพิ่มบรรทัด:", "add a line:").typing(&format!("{key} = \"{TO_FILL}\""))),
        );
    }

    /// Says that a part of the file, `[key]`, is not there.
    pub fn missing_table(&self, key: &'static str) {
        self.found.push(
            Diagnostic::error(
                "missing-field",
                Say::new(
                    format!("ไฟล์นี้ไม่มีส่วน [{key}]"),
                    format!("this file has no part [{key}]"),
                ),
            )
            .at(Place::file(self.file.clone()))
            .hint(
                Say::new(
                    "เพิ่มบรรทัดนี้ แล้วใส่ช่องของส่วนนี้ใต้บรรทัดนั้น:",
                    "add this line, with its fields below:",
                )
                .typing(&format!("[{key}]")),
            ),
        );
    }

    fn text_of(&self, key: &str, node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) | Value::Bare(text) => {
                // A person's 13-digit number never goes further than this, but
                // in an address: masked it would lead nowhere, so the check of
                // personal data stops it.
                let text = thai::normalise(text.trim());
                // A cell of a table may be quoted from a form with dots.
                if text == TO_FILL && self.header.is_none() {
                    self.unfilled(key, node);
                    return None;
                }
                let text = if is_address(&text) {
                    text
                } else {
                    thai::mask_citizen_numbers(&text).into_owned().into()
                };
                (!text.is_empty()).then(|| text.into_owned())
            }
            other => {
                self.wrong_kind(key, node, other, ("ข้อความ", "text"));
                None
            }
        }
    }

    /// A remedy was copied, and its `…` left in it.
    fn unfilled(&self, key: &str, node: &Node) {
        self.found.push(
            Diagnostic::error(
                "unfilled-field",
                Say::new(
                    format!("ช่อง `{key}` ยังเป็น … ซึ่งเว้นไว้ให้กรอก"),
                    format!("`{key}` still holds the … that was to be filled in"),
                ),
            )
            .at(self.place_of(&node.at)),
        );
    }

    fn wrong_kind(&self, key: &str, node: &Node, got: &Value, want: (&str, &str)) {
        let got = got.kind();
        self.found.push(
            Diagnostic::error(
                "wrong-kind",
                Say::new(
                    format!("ช่อง `{key}` ต้องเป็น{} แต่พบ{}", want.0, got.0),
                    format!("`{key}` takes {}, not {}", want.1, got.1),
                ),
            )
            .at(self.place_of(&node.at)),
        );
    }

    /// One text or a list of texts.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| self.text_of(key, item))
                .collect(),
            _ => self.text_of(key, node).into_iter().collect(),
        }
    }

    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Value::Bool(b) => Some(*b),
            Value::Text(t) | Value::Bare(t) => match t.trim() {
                "ใช่" | "ว่าง" | "true" | "yes" | "1" | "/" | "✓" | "x" => {
                    Some(true)
                }
                "ไม่" | "ไม่ใช่" | "false" | "no" | "0" | "" => Some(false),
                _ => {
                    self.wrong_kind(
                        key,
                        node,
                        &node.value,
                        ("ค่า true หรือ false", "true or false"),
                    );
                    None
                }
            },
            other => {
                self.wrong_kind(key, node, other, ("ค่า true หรือ false", "true or false"));
                None
            }
        }
    }

    /// A Thai or ISO date, Buddhist or Christian era.
    pub fn date(&self, key: &'static str) -> Option<Written<Date>> {
        self.parsed(key, "bad-date", |raw| {
            Date::parse(raw).map_err(|e| Say::new(e.th(), e.en()))
        })
    }

    /// A period in free words; what can't be read as dates stays as words.
    pub fn period(&self, key: &'static str) -> Option<Period> {
        let raw = self.text(key)?;
        let period = Period::read(&raw);
        if let Some(problem) = &period.problem {
            self.found.push(
                Diagnostic::warning("doubtful-period", Say::new(problem.th(), problem.en()))
                    .at(self.place_at(key)),
            );
        }
        Some(period)
    }

    /// An amount of money; `-` and an empty cell are no amount.
    pub fn baht(&self, key: &'static str) -> Option<Written<Baht>> {
        self.number(key, Baht::parse)
    }

    pub fn count(&self, key: &'static str) -> Option<Written<i64>> {
        self.number(key, thai::parse_count)
    }

    pub fn score(&self, key: &'static str) -> Option<Written<thai::Score>> {
        self.number(key, thai::Score::parse)
    }

    fn number<T>(
        &self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, thai::NumberError>,
    ) -> Option<Written<T>> {
        let node = self.node(key)?;
        let raw = self.text_of(key, node)?;
        match parse(&raw.replace('_', "")) {
            Ok(value) => Some(Written { raw, value }),
            Err(error) if error.is_empty() => None,
            Err(error) => {
                self.found.push(
                    Diagnostic::error("bad-number", Say::new(error.th(), error.en()))
                        .at(self.place_of(&node.at)),
                );
                None
            }
        }
    }

    pub fn year(&self, key: &'static str) -> Option<u16> {
        self.parsed(key, "bad-year", |raw| {
            thai::be_year(raw).ok_or_else(|| {
                Say::new(
                    format!("อ่านปี “{raw}” ไม่ออก ให้เขียนเป็น พ.ศ. สี่หลัก เช่น 2568"),
                    format!("“{raw}” is no year; write four digits, such as 2568"),
                )
            })
        })
        .map(|written| written.value)
    }

    fn parsed<T>(
        &self,
        key: &'static str,
        code: &'static str,
        parse: impl Fn(&str) -> Result<T, Say>,
    ) -> Option<Written<T>> {
        let node = self.node(key)?;
        let raw = self.text_of(key, node)?;
        match parse(&raw) {
            Ok(value) => Some(Written { raw, value }),
            Err(say) => {
                self.found
                    .push(Diagnostic::error(code, say).at(self.place_of(&node.at)));
                None
            }
        }
    }

    /// One of a fixed set of values; each may have several spellings, the
    /// first is the one that messages offer.
    pub fn choice<T: Copy>(&self, key: &'static str, all: &[(T, &[&str])]) -> Option<T> {
        let node = self.node(key)?;
        let raw = self.text_of(key, node)?;
        let folded = thai::fold_key(&raw);
        let hit = all
            .iter()
            .find(|(_, names)| names.iter().any(|n| thai::fold_key(n) == folded));
        if let Some((value, _)) = hit {
            return Some(*value);
        }
        let names = || all.iter().flat_map(|(_, names)| names.iter().copied());
        let offered: Vec<&str> = all.iter().filter_map(|(_, n)| n.first().copied()).collect();
        let mut diagnostic = Diagnostic::error(
            "unknown-value",
            Say::new(
                format!("ค่า “{raw}” ใช้กับช่อง `{key}` ไม่ได้"),
                format!("`{key}` can't be “{raw}”"),
            ),
        )
        .at(self.place_of(&node.at));
        diagnostic = diagnostic.hint(match nearest(&raw, names()) {
            Some(near) => Say::new(
                format!("หมายถึง \"{near}\" หรือไม่"),
                format!("did you mean \"{near}\"?"),
            ),
            None => Say::new(
                format!("ใช้ได้: {}", offered.join(", ")),
                format!("it can be: {}", offered.join(", ")),
            ),
        });
        self.found.push(diagnostic);
        None
    }

    /// A set of fields in braces or under `[key]`.
    pub fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Table(table) => Some(self.inner(table)),
            other => {
                self.wrong_kind(
                    key,
                    node,
                    other,
                    ("ชุดข้อมูลในวงเล็บ { }", "a set of fields in { }"),
                );
                None
            }
        }
    }

    /// `[[key]]`, or a list of sets of fields.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        let items: Vec<&'a Node> = match &node.value {
            Value::List(items) => items.iter().collect(),
            _ => vec![node],
        };
        items
            .into_iter()
            .filter_map(|item| match &item.value {
                Value::Table(table) => Some(self.inner(table)),
                other => {
                    self.wrong_kind(key, item, other, ("ชุดข้อมูล [[…]]", "sets of fields [[…]]"));
                    None
                }
            })
            .collect()
    }

    /// A table whose names are the webmaster's own (element ids, indicator
    /// numbers): the caller judges them.
    pub fn map(&self, key: &'static str) -> Vec<(&'a str, Place, &'a Node)> {
        let Some(node) = self.node(key) else {
            return Vec::new();
        };
        match &node.value {
            Value::Table(table) => table
                .entries
                .iter()
                .map(|e| (e.key.as_str(), self.place_of(&e.key_at), &e.node))
                .collect(),
            other => {
                self.wrong_kind(
                    key,
                    node,
                    other,
                    ("ชุดข้อมูลในวงเล็บ { }", "a set of fields in { }"),
                );
                Vec::new()
            }
        }
    }

    /// The text of a node that [`Fields::map`] or [`Fields::node`] gave.
    pub fn node_text(&self, key: &str, node: &Node) -> Option<String> {
        self.text_of(key, node)
    }

    /// Reads a table that stands inside a node of this file.
    pub fn inner(&self, table: &'a Table) -> Fields<'a> {
        Fields::new(table, self.file.clone(), self.found)
    }

    pub fn report(&self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Reports every field that no accessor asked for.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for entry in &self.table.entries {
            if asked.contains(&entry.key.as_str()) {
                continue;
            }
            let key = &entry.key;
            let mut diagnostic = Diagnostic::error(
                "unknown-field",
                Say::new(
                    format!("ไม่รู้จักช่อง `{key}`"),
                    format!("there is no field `{key}` here"),
                ),
            )
            .at(self.place_of(&entry.key_at));
            diagnostic = diagnostic.hint(match nearest(key, asked.iter().copied()) {
                Some(near) => Say::new(
                    format!("หมายถึง `{near}` หรือไม่"),
                    format!("did you mean `{near}`?"),
                ),
                None => {
                    let mut known: Vec<&str> = asked.to_vec();
                    known.sort_unstable();
                    known.dedup();
                    Say::new(
                        format!("ช่องที่ใช้ได้: {}", known.join(", ")),
                        format!("fields that can stand here: {}", known.join(", ")),
                    )
                }
            });
            self.found.push(diagnostic);
        }
    }
}
