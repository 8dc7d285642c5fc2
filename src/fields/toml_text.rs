//! TOML text → [`Table`], with every syntax error of the text.

use std::borrow::Cow;
use std::ops::Range;

use serde_spanned::Spanned;
use toml::de::{DeTable, DeValue};

use super::slips::{explain, first_of_twice, is_unquoted};
use super::{Entry, Node, Table, Value};
use crate::diagnostic::{At, Diagnostic, Place, Say};

/// Parses `text[range]` as TOML; positions count from the start of `text`.
/// A broken line costs that line, not the file.
pub fn parse_toml(file: &str, text: &str, range: Range<usize>) -> (Table, Vec<Diagnostic>) {
    let offset = range.start;
    let part = text.get(range.clone()).unwrap_or("");
    let dated = quote_leap_days(part);
    let (table, errors) = DeTable::parse_recoverable(&dated);
    let problems = first_causes(part, errors)
        .iter()
        .map(|error| syntax_error(file, text, offset, part, error))
        .collect();
    let source = Source { text, offset };
    let root_at = At::Span((offset..offset).into());
    (source.table(table.get_ref(), root_at), problems)
}

/// A bracket left open makes the parser stumble over every line below it:
/// of errors on one line or the next, the first is the cause. A text without
/// quotes is always a cause of its own.
fn first_causes(part: &str, mut errors: Vec<toml::de::Error>) -> Vec<toml::de::Error> {
    let start = |e: &toml::de::Error| e.span().map_or(0, |s| s.start);
    errors.sort_by_key(start);
    let line = |at: usize| {
        let at = floor_boundary(part, at);
        part[..at].matches('\n').count()
    };
    let mut last: Option<usize> = None;
    errors
        .into_iter()
        .filter(|error| {
            let here = line(start(error));
            let follows = last.is_some_and(|l| here <= l + 1);
            let own = last != Some(here) && is_unquoted(line_of(part, start(error))).is_some();
            last = Some(here);
            !follows || own
        })
        .collect()
}

struct Source<'t> {
    text: &'t str,
    offset: usize,
}

impl Source<'_> {
    fn at(&self, span: &Range<usize>) -> At {
        At::Span((span.start + self.offset..span.end + self.offset).into())
    }

    fn table(&self, table: &DeTable<'_>, at: At) -> Table {
        let mut entries: Vec<Entry> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_at: self.at(&key.span()),
                node: self.node(value),
            })
            .collect();
        // The parser's map is ordered by name; people expect the file's order.
        entries.sort_by(|a, b| a.key_at.cmp(&b.key_at));
        Table { entries, at }
    }

    fn node(&self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = value.span();
        let at = self.at(&span);
        let written = || {
            self.text
                .get(span.start + self.offset..span.end + self.offset)
                .unwrap_or("")
                .trim_matches('"')
                .to_string()
        };
        let value = match value.get_ref() {
            DeValue::String(text) if is_leap_marker(text, &span) => Value::Bare(written()),
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                Value::Bare(written())
            }
            DeValue::Boolean(b) => Value::Bool(*b),
            DeValue::Array(items) => Value::List(items.iter().map(|i| self.node(i)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table, at.clone())),
        };
        Node { value, at }
    }
}

/// `2567-02-29` is a real day of the Buddhist calendar (29 February 2024),
/// but TOML counts it as the Christian year 2567 and refuses it. It is handed
/// to the parser as a text of the same length, so that no position moves.
fn quote_leap_days(text: &str) -> Cow<'_, str> {
    if !text.contains("-02-29") {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            b'#' => i = line_end(bytes, i),
            quote @ (b'"' | b'\'') => i = string_end(bytes, i, quote),
            b'2' if is_leap_day(bytes, i) => {
                let digits: Vec<u8> = bytes[i..i + 10]
                    .iter()
                    .copied()
                    .filter(u8::is_ascii_digit)
                    .collect();
                out[i] = b'"';
                out[i + 1..i + 9].copy_from_slice(&digits);
                out[i + 9] = b'"';
                i += 10;
            }
            _ => i += 1,
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn is_leap_marker(text: &str, span: &Range<usize>) -> bool {
    // Eight digits between quotes that were ten letters in the file.
    span.len() == 10
        && text.len() == 8
        && text.ends_with("0229")
        && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_leap_day(bytes: &[u8], i: usize) -> bool {
    let boundary = |b: Option<&u8>| b.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-');
    bytes.len() >= i + 10
        && bytes[i..i + 4].iter().all(u8::is_ascii_digit)
        && &bytes[i + 4..i + 10] == b"-02-29"
        && boundary(bytes.get(i + 10))
        && (i == 0 || boundary(bytes.get(i - 1)))
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..]
        .iter()
        .position(|&b| b == b'\n')
        .map_or(bytes.len(), |n| from + n)
}

fn string_end(bytes: &[u8], from: usize, quote: u8) -> usize {
    let triple = [quote; 3];
    if bytes[from..].starts_with(&triple) {
        let mut i = from + 3;
        while i < bytes.len() {
            if quote == b'"' && bytes[i] == b'\\' {
                i += 2;
            } else if bytes[i..].starts_with(&triple) {
                return i + 3;
            } else {
                i += 1;
            }
        }
        return bytes.len();
    }
    let mut i = from + 1;
    while i < bytes.len() {
        match bytes[i] {
            b'\\' if quote == b'"' => i += 2,
            b'\n' => return i,
            b if b == quote => return i + 1,
            _ => i += 1,
        }
    }
    bytes.len()
}

/// The parser's English sentence, told as a clerk would be told.
fn syntax_error(
    file: &str,
    text: &str,
    offset: usize,
    part: &str,
    error: &toml::de::Error,
) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let start = floor_boundary(text, span.start + offset);
    let end = floor_boundary(text, (span.end + offset).max(start));
    let line = line_of(part, span.start);
    let (say, hint) = explain(error.message(), line);
    let mut diagnostic = Diagnostic::error("toml-syntax", say).at(Place::span(file, start..end));
    if let Some(first) = first_of_twice(error.message(), part, &span) {
        let first = Place::span(file, first.start + offset..first.end + offset);
        diagnostic = diagnostic.label(first, Say::new("กำหนดไว้ที่นี่แล้ว", "it is given here already"));
    }
    if let Some(hint) = hint {
        diagnostic = diagnostic.hint(hint);
    }
    diagnostic
}

fn line_of(text: &str, at: usize) -> &str {
    let at = floor_boundary(text, at.min(text.len()));
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    text.get(start..end).unwrap_or("")
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The parts of a Markdown file: TOML between two lines `+++`, then the body.
/// Ranges are bytes of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    pub toml: Range<usize>,
    pub body: Range<usize>,
}

/// Finds the front matter. A file without one is all body. `Err` holds the
/// place of an opening `+++` that is never closed.
pub fn split_front_matter(text: &str) -> Result<FrontMatter, Range<usize>> {
    let first = text.lines().next().unwrap_or("");
    if first.trim_end() != "+++" {
        return Ok(FrontMatter {
            toml: 0..0,
            body: 0..text.len(),
        });
    }
    let mut at = first.len() + newline_len(text, first.len());
    let start = at;
    while at < text.len() {
        let rest = &text[at..];
        let len = rest.find('\n').unwrap_or(rest.len());
        let line = &rest[..len];
        let next = (at + len + 1).min(text.len());
        if line.trim_end() == "+++" {
            return Ok(FrontMatter {
                toml: start..at,
                body: next..text.len(),
            });
        }
        at = next;
    }
    Err(0..first.trim_end().len())
}

fn newline_len(text: &str, at: usize) -> usize {
    let rest = &text.as_bytes()[at.min(text.len())..];
    if rest.starts_with(b"\r\n") {
        2
    } else {
        usize::from(rest.starts_with(b"\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(table: &Table, key: &str) -> String {
        match &table.get(key).expect("present").value {
            Value::Bare(text) | Value::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_buddhist_leap_day_is_read_and_moves_nothing() {
        let text = "a = 2567-02-29\nb = \"2567-02-29 #\" # 2567-02-29\nc = 1_000\n";
        let (table, problems) = parse_toml("x.toml", text, 0..text.len());
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(bare(&table, "a"), "2567-02-29");
        assert_eq!(bare(&table, "b"), "2567-02-29 #");
        assert_eq!(bare(&table, "c"), "1_000");
    }

    #[test]
    fn every_broken_line_is_reported_and_the_rest_is_read() {
        let text = "a = สวัสดี\nb = \"ดี\"\nc = [1, 2\nd = 3\n";
        let (table, problems) = parse_toml("x.toml", text, 0..text.len());
        assert!(problems.len() >= 2, "{problems:?}");
        assert_eq!(bare(&table, "b"), "ดี");
        assert!(problems[0].hints[0].en.contains("\"สวัสดี\""), "{problems:?}");
    }

    #[test]
    fn fields_keep_the_order_of_the_file() {
        const TEXT: &str = "z = 1\na = 2\n[m]\nq = 1\n";
        let (table, _) = parse_toml("x", TEXT, 0..TEXT.len());
        let keys: Vec<_> = table.entries.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["z", "a", "m"]);
    }

    #[test]
    fn front_matter_is_found_with_either_line_end() {
        let text = "+++\r\ntitle = \"ก\"\r\n+++\r\nเนื้อ\r\n";
        let parts = split_front_matter(text).expect("closed");
        assert_eq!(&text[parts.toml], "title = \"ก\"\r\n");
        assert_eq!(&text[parts.body], "เนื้อ\r\n");
        assert_eq!(split_front_matter("no\n").expect("none").body, 0..3);
        assert_eq!(split_front_matter("+++\na = 1\n"), Err(0..3));
    }
}
