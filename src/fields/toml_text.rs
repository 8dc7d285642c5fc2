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

/// A first line that opens no head as it stands, or a head that is not closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeadFault {
    /// `+++` opens it and nothing closes it. `meant` is a later line that was
    /// to be the closing one: `++`, `---`.
    Open {
        at: Range<usize>,
        meant: Option<Range<usize>>,
    },
    /// Its marks are `---`, as other programs write it, in YAML.
    Yaml { at: Range<usize> },
    /// The first line is nearly `+++`: `++`, `＋＋＋`, `+++ title = "…"`.
    Mark { at: Range<usize> },
    /// It begins with a field: the opening `+++` is missing.
    Bare { at: Range<usize> },
}

/// Finds the front matter. A file without one is all body; empty lines before
/// it are let be.
pub fn split_front_matter(text: &str) -> Result<FrontMatter, HeadFault> {
    let all_body = FrontMatter {
        toml: 0..0,
        body: 0..text.len(),
    };
    let mut lines = lines_with_places(text).skip_while(|(line, _)| visible(line).is_empty());
    let Some((first, at)) = lines.next() else {
        return Ok(all_body);
    };
    let at = at.start..at.start + first.trim_end().len();
    if first.trim() != "+++" {
        let next = lines.find(|(line, _)| !line.trim().is_empty());
        return match nearly(first) {
            Some('+') => Err(HeadFault::Mark { at }),
            // Three hyphens alone are a rule; nobody begins a page with one.
            Some(_) if first.trim() == "---" || next.is_some_and(|(l, _)| is_field(l)) => {
                Err(HeadFault::Yaml { at })
            }
            None if is_field(first) && first.contains('=') => Err(HeadFault::Bare { at }),
            _ => Ok(all_body),
        };
    }
    let start = lines_with_places(&text[at.end..])
        .nth(1)
        .map_or(text.len(), |(_, next)| at.end + next.start);
    let mut meant = None;
    for (line, place) in lines {
        if line.trim() == "+++" {
            return Ok(FrontMatter {
                toml: start..place.start,
                body: (place.end + newline_len(text, place.end))..text.len(),
            });
        }
        if meant.is_none() && nearly(line).is_some() && line.trim().len() < 12 {
            meant = Some(place.start..place.start + line.trim_end().len());
        }
    }
    Err(HeadFault::Open { at, meant })
}

/// Each line without its end, and where it stands.
fn lines_with_places(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = whole.trim_end_matches(['\n', '\r']);
        let place = at..at + line.len();
        at += whole.len();
        (line, place)
    })
}

/// A line without spaces and without characters that nobody sees.
fn visible(line: &str) -> String {
    let unseen = |c: &char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}');
    line.chars().filter(|c| !unseen(c)).collect()
}

/// The mark that a line was to be, `+` or `-`: it has nothing else, or three
/// of `+` before other words.
fn nearly(line: &str) -> Option<char> {
    let line = visible(line);
    let mark = |c: char| match c {
        '+' | '＋' | '﹢' | '➕' => Some('+'),
        '-' | '–' | '—' | '−' | '－' => Some('-'),
        _ => None,
    };
    let of = mark(line.chars().next()?)?;
    let count = line.chars().take_while(|c| mark(*c) == Some(of)).count();
    let whole = count == line.chars().count();
    // A lone hyphen, or a dash that an editor made of two, is no mark.
    let long = of == '+' || line.len() >= 3;
    (whole && long || of == '+' && count >= 3).then_some(of)
}

/// `name = …`, or `name: …` as YAML writes it.
fn is_field(line: &str) -> bool {
    let name = line.trim_start();
    let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '_');
    end.is_some_and(|end| {
        let rest = name[end..].trim_start();
        let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(": "));
        end > 1 && value.is_some_and(|v| !v.trim().is_empty() && !v.starts_with('='))
    })
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
        let open = |meant| HeadFault::Open { at: 0..3, meant };
        assert_eq!(split_front_matter("+++\na = 1\n"), Err(open(None)));
        assert_eq!(
            split_front_matter("+++\na = 1\n++\nข\n"),
            Err(open(Some(10..12)))
        );
        let late = "\n \n+++\na = 1\n+++\nข\n";
        let parts = split_front_matter(late).expect("closed");
        assert_eq!((&late[parts.toml], &late[parts.body]), ("a = 1\n", "ข\n"));
        assert_eq!(split_front_matter("+++\n+++").expect("closed").toml, 4..4);
    }

    #[test]
    fn a_first_line_that_was_to_be_a_mark_is_no_text() {
        for first in [
            "++",
            "+",
            "++++",
            "＋＋＋",
            "+++ title = \"ก\"",
            "\u{200b}+++",
        ] {
            let text = format!("{first}\ntitle = \"ก\"\n+++\n");
            let at = 0..first.len();
            assert_eq!(
                split_front_matter(&text),
                Err(HeadFault::Mark { at }),
                "{first}"
            );
        }
        for text in ["---\ntitle: ก\n---\n", "---\n", "———\ntitle: ก\n"] {
            let at = 0..text.lines().next().expect("a line").len();
            assert_eq!(
                split_front_matter(text),
                Err(HeadFault::Yaml { at }),
                "{text}"
            );
        }
        let bare = "title = \"ก\"\n+++\n";
        assert!(matches!(
            split_front_matter(bare),
            Err(HeadFault::Bare { .. })
        ));
        for text in [
            "+ ก\n+ ข\n",
            "- ก\n",
            "– ก\n",
            "—\nข\n",
            "title: ก\n",
            "a == b\n",
            "# ก\n\n---\n\n+++\n",
            "",
            "\n\n",
        ] {
            assert_eq!(split_front_matter(text).expect(text).body, 0..text.len());
        }
    }
}
