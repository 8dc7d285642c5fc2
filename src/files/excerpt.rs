//! A place in a file as people are shown it: the line, and what in it is meant.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{At, Place, column_name};
use crate::thai::mask_citizen_numbers;

use super::{Files, SitePath};

/// One line of a file, or one cell of a table, with the part that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// From 1; the row of a cell.
    pub line: usize,
    /// In letters, from 1; of a cell, its column.
    pub column: usize,
    /// The sheet and cell as a spreadsheet names them: `[แผ่น 1] B3`, `C7`.
    pub cell: Option<String>,
    /// The line without its end, or the first line of the cell.
    pub text: String,
    /// Bytes of `text`.
    pub mark: Range<usize>,
}

/// Reads sources once for all messages about them.
pub struct Sources<'f> {
    files: &'f dyn Files,
    texts: HashMap<Arc<str>, Option<Arc<str>>>,
}

impl<'f> Sources<'f> {
    pub fn new(files: &'f dyn Files) -> Sources<'f> {
        Sources {
            files,
            texts: HashMap::new(),
        }
    }

    fn text(&mut self, file: &Arc<str>) -> Option<Arc<str>> {
        if let Some(text) = self.texts.get(file) {
            return text.clone();
        }
        let text = SitePath::new(file)
            .ok()
            .and_then(|path| self.files.read_text(&path).ok())
            .map(|decoded| Arc::from(decoded.text));
        self.texts.insert(file.clone(), text.clone());
        text
    }

    /// What to show of a place; nothing where the file as a whole is meant, or
    /// can't be read.
    pub fn excerpt(&mut self, place: &Place) -> Option<Excerpt> {
        match &place.at {
            At::File => None,
            At::Line {
                line,
                column,
                length,
                text,
            } => {
                let byte = |letters: u32| {
                    let mut letter = text.char_indices().skip(letters as usize);
                    letter.next().map_or(text.len(), |(at, _)| at)
                };
                let start = column.saturating_sub(1);
                Some(Excerpt {
                    line: *line as usize,
                    column: *column as usize,
                    cell: None,
                    mark: byte(start)..byte(start.saturating_add(*length)),
                    text: text.to_string(),
                })
            }
            At::Cell {
                sheet,
                row,
                column,
                text,
            } => {
                let sheet = sheet
                    .as_ref()
                    .map(|s| format!("[{s}] "))
                    .unwrap_or_default();
                let text = text.lines().next().unwrap_or("");
                let text = mask_citizen_numbers(text).into_owned();
                Some(Excerpt {
                    line: *row as usize,
                    column: *column as usize,
                    cell: Some(format!("{sheet}{}{row}", column_name(*column))),
                    mark: 0..text.len(),
                    text,
                })
            }
            At::Span(span) => {
                let text = self.text(&place.file)?;
                let range = span.range();
                let start = floor(&text, range.start);
                let end = floor(&text, range.end.max(range.start));
                let first = text[..start].rfind('\n').map_or(0, |n| n + 1);
                // One line is shown, however much is meant.
                let last = text[start..].find('\n').map_or(text.len(), |n| start + n);
                let line = text[first..last].trim_end_matches('\r').to_string();
                let from = (start - first).min(line.len());
                let to = end.min(last).saturating_sub(first).min(line.len());
                let (line, mark) = masked(line, from..to.max(from));
                Some(Excerpt {
                    line: text[..first].matches('\n').count() + 1,
                    column: text[first..start].chars().count() + 1,
                    cell: None,
                    mark,
                    text: line,
                })
            }
        }
    }
}

/// The line as it may be shown: a message about anything else on it must not
/// spread the number of a person. Masking keeps letters, but a Thai digit has
/// more bytes than the mark that stands for it.
fn masked(line: String, mark: Range<usize>) -> (String, Range<usize>) {
    let shown = match mask_citizen_numbers(&line) {
        Cow::Borrowed(_) => return (line, mark),
        Cow::Owned(shown) => shown,
    };
    let same = |at: usize| {
        let letters = line.get(..at).map_or(0, |before| before.chars().count());
        shown
            .char_indices()
            .nth(letters)
            .map_or(shown.len(), |(at, _)| at)
    };
    let mark = same(mark.start)..same(mark.end);
    (shown, mark)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    #[test]
    fn a_place_is_its_line_with_a_mark_under_what_is_meant() {
        let files = MemoryFiles::from([("a.toml", "x = 1\r\nที่ = \"ผิด\"\r\n")]);
        let mut sources = Sources::new(&files);
        let from = "x = 1\r\nที่ = ".len();
        let place = Place::span("a.toml", from..from + "\"ผิด\"".len());
        let excerpt = sources.excerpt(&place).expect("there");
        assert_eq!((excerpt.line, excerpt.column), (2, 7));
        assert_eq!(excerpt.text, "ที่ = \"ผิด\"");
        assert_eq!(&excerpt.text[excerpt.mark], "\"ผิด\"");
        assert_eq!(sources.excerpt(&Place::file("a.toml")), None);
        assert_eq!(sources.excerpt(&Place::span("b.toml", 0..1)), None);
    }

    #[test]
    fn the_number_of_a_person_is_never_shown_and_the_mark_stays_in_place() {
        let line = "เลข ๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗ ชื่อ ผิด";
        let files = MemoryFiles::from([("a.md", line)]);
        let at = line.find("ผิด").expect("there");
        let place = Place::span("a.md", at..at + "ผิด".len());
        let excerpt = Sources::new(&files).excerpt(&place).expect("there");
        assert_eq!(excerpt.text, "เลข ๑-๐๐๐๐-xxxxx-xx-x ชื่อ ผิด");
        assert_eq!(&excerpt.text[excerpt.mark], "ผิด");
    }

    #[test]
    fn any_span_is_shown_without_a_panic() {
        let files = MemoryFiles::from([("a.md", "กข\nค")]);
        let mut sources = Sources::new(&files);
        for start in 0..14 {
            for end in 0..14 {
                let place = Place::span("a.md", start..end);
                let excerpt = sources.excerpt(&place).expect("there");
                assert!(excerpt.text.get(excerpt.mark).is_some());
            }
        }
    }

    #[test]
    fn a_cell_is_named_as_a_spreadsheet_names_it() {
        let files = MemoryFiles::new();
        let place = Place {
            file: "a.xlsx".into(),
            at: At::Cell {
                sheet: Some("แผ่น 1".into()),
                row: 3,
                column: 28,
                text: "สิบ\nล้าน".into(),
            },
        };
        let excerpt = Sources::new(&files).excerpt(&place).expect("there");
        assert_eq!(excerpt.cell.as_deref(), Some("[แผ่น 1] AB3"));
        assert_eq!(&excerpt.text[excerpt.mark], "สิบ");
    }
}
