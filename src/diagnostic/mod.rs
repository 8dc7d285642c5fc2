//! What prongsai has to say about a webmaster's files: one type for every
//! message, in Thai and English, with the place it speaks of.
//!
//! Nothing here prints: the command line, the preview and the check each show
//! the same `Diagnostic` in their own way.

pub mod system;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The build stops: publishing this would lose or garble something.
    Error,
    /// The page is built, and somebody should look.
    Warning,
    /// Worth knowing; never counted.
    Advice,
}

impl Severity {
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

/// The two languages prongsai speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    Th,
    En,
}

impl Lang {
    pub fn id(self) -> &'static str {
        match self {
            Lang::Th => "th",
            Lang::En => "en",
        }
    }
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Say {
    pub th: String,
    pub en: String,
}

impl Say {
    pub fn new(th: impl Into<String>, en: impl Into<String>) -> Say {
        Say {
            th: th.into(),
            en: en.into(),
        }
    }

    /// A sentence and, below it, lines to be typed as they stand. A `"…"` in
    /// them is filled in by who types them; left as it is, it is refused.
    #[must_use]
    pub fn typing(self, lines: &str) -> Say {
        let lines: String = lines.lines().map(|l| format!("\n{TYPED}{l}")).collect();
        Say {
            th: self.th + &lines,
            en: self.en + &lines,
        }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Th => &self.th,
            Lang::En => &self.en,
        }
    }
}

/// Begins each line that is to be typed as it stands, as code in Markdown:
/// nothing breaks it, and TOML lets spaces before it be.
pub const TYPED: &str = "    ";

/// What a remedy leaves to be filled in.
pub const TO_FILL: &str = "…";

/// Where in a file something stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// Bytes of the decoded text.
    Span(SpanKey),
    /// A line and column, counted from 1, and how many letters are meant. Of
    /// the line only `text` may be shown, in which what a report must not
    /// repeat is masked letter by letter.
    Line {
        line: u32,
        column: u32,
        length: u32,
        text: Arc<str>,
    },
    /// A cell of a table: `row` and `column` count from 1, as a spreadsheet
    /// shows them. A CSV file has no `sheet`. `text` is the cell as read.
    Cell {
        sheet: Option<Arc<str>>,
        row: u32,
        column: u32,
        text: Arc<str>,
    },
}

/// `Range<usize>` with an order, so that diagnostics sort by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpanKey {
    pub start: u32,
    pub end: u32,
}

impl SpanKey {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for SpanKey {
    /// Text files are capped far below 4 GiB by the door that reads them.
    fn from(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        SpanKey {
            start: clamp(range.start),
            end: clamp(range.end),
        }
    }
}

/// A file and a place in it. `file` is the path inside the site folder,
/// joined by `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub file: Arc<str>,
    pub at: At,
}

impl Place {
    pub fn file(file: impl Into<Arc<str>>) -> Place {
        Place {
            file: file.into(),
            at: At::File,
        }
    }

    pub fn span(file: impl Into<Arc<str>>, range: Range<usize>) -> Place {
        Place {
            file: file.into(),
            at: At::Span(range.into()),
        }
    }
}

/// A column number as a spreadsheet names it: 1 is `A`, 27 is `AA`.
pub fn column_name(column: u32) -> String {
    let mut n = column.max(1);
    let mut name = Vec::new();
    while n > 0 {
        let rest = (n - 1) % 26;
        name.push(b'A' + rest as u8);
        n = (n - 1) / 26;
    }
    name.iter().rev().map(|&b| b as char).collect()
}

/// One message. `code` is stable and is what people search for; `labels` are
/// further places that the message speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static str,
    pub severity: Severity,
    pub message: Say,
    pub place: Option<Place>,
    pub labels: Vec<(Place, Say)>,
    pub hints: Vec<Say>,
}

impl Diagnostic {
    pub fn error(code: &'static str, message: Say) -> Diagnostic {
        Diagnostic::new(code, Severity::Error, message)
    }

    pub fn warning(code: &'static str, message: Say) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning, message)
    }

    pub fn advice(code: &'static str, message: Say) -> Diagnostic {
        Diagnostic::new(code, Severity::Advice, message)
    }

    fn new(code: &'static str, severity: Severity, message: Say) -> Diagnostic {
        Diagnostic {
            code,
            severity,
            message,
            place: None,
            labels: Vec::new(),
            hints: Vec::new(),
        }
    }

    #[must_use]
    pub fn at(mut self, place: Place) -> Diagnostic {
        self.place = Some(place);
        self
    }

    #[must_use]
    pub fn label(mut self, place: Place, text: Say) -> Diagnostic {
        self.labels.push((place, text));
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: Say) -> Diagnostic {
        self.hints.push(hint);
        self
    }
}

impl fmt::Display for Diagnostic {
    /// For logs and test failures; people see the rendered form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.severity.id(), self.code)?;
        if let Some(place) = &self.place {
            write!(f, " {}", place.file)?;
            match &place.at {
                At::File => {}
                At::Span(span) => write!(f, "@{}..{}", span.start, span.end)?,
                At::Line { line, column, .. } => write!(f, ":{line}:{column}")?,
                At::Cell {
                    sheet, row, column, ..
                } => {
                    if let Some(sheet) = sheet {
                        write!(f, " [{sheet}]")?;
                    }
                    write!(f, " {}{row}", column_name(*column))?;
                }
            }
        }
        write!(f, ": {}", self.message.en)
    }
}

/// Every message of a run, in the order of files and places.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(other);
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Sorted by file and place, so that a run prints the same whatever
    /// thread found what first; the same message at the same place once.
    #[must_use]
    pub fn sorted(mut self) -> Diagnostics {
        self.list.sort_by(|a, b| {
            (&a.place, a.severity, a.code, &a.message.en).cmp(&(
                &b.place,
                b.severity,
                b.code,
                &b.message.en,
            ))
        });
        self.list.dedup();
        self
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// The known name nearest to `written`, if it is near enough to be a slip:
/// at most a third of the letters differ.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| {
            let distance = strsim::damerau_levenshtein(&written, &name.to_lowercase());
            (distance, name)
        })
        .filter(|(distance, name)| {
            let longest = written.chars().count().max(name.chars().count());
            *distance * 3 <= longest.max(3)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_a_spreadsheet_names_them() {
        let names: Vec<_> = [1, 26, 27, 52, 53, 702, 703]
            .iter()
            .map(|&n| column_name(n))
            .collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_does_not() {
        assert_eq!(nearest("updatd", ["title", "updated"]), Some("updated"));
        assert_eq!(nearest("Title", ["title"]), Some("title"));
        assert_eq!(nearest("colour", ["title", "updated"]), None);
    }
}
