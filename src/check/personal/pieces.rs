//! The words of a file in pieces that know where they stand.

use std::ops::Range;
use std::sync::Arc;

use crate::check::documents::{Part, Passage, Spot};
use crate::content::sheet::read_csv;
use crate::diagnostic::{At, Place, Say};
use crate::fields::{Node, Table, Value};
use crate::files::{Files, Problem, SitePath};
use crate::thai::{citizen_numbers, clusters, is_unseen, to_arabic};

use super::contact_numbers::{accounts, mobiles, private_emails};
use super::words::{around, says, squeezed};

/// Words of a cell, a paragraph, a page, or a whole source.
pub struct Piece {
    pub text: String,
    /// Where it stands; a source has lines.
    spot: Option<Spot>,
    /// What stands before it and over it, squeezed.
    before: String,
    /// Joined from boxes of one digit each, which no mask finds.
    pub is_boxed: bool,
}

/// A source: one piece; why it can't be read.
pub fn of_text(files: &dyn Files, path: &SitePath) -> Result<Vec<Piece>, Say> {
    let decoded = files
        .read_text(path)
        .map_err(|problem| Say::new(problem.th(), problem.en()))?;
    Ok(vec![Piece {
        text: decoded.text,
        spot: None,
        before: String::new(),
        is_boxed: false,
    }])
}

/// The cells of a table in text; as one text where it is no table.
pub fn of_csv(files: &dyn Files, path: &SitePath) -> Result<Vec<Piece>, Say> {
    let whole = of_text(files, path)?;
    let text = whole.first().map_or("", |piece| piece.text.as_str());
    let Ok(grid) = read_csv(path.as_str(), text) else {
        return Ok(whole);
    };
    let mut heads: Vec<String> = Vec::new();
    let mut passages = Vec::new();
    for (row, cells) in (1..).zip(&grid.rows) {
        for (column, text) in cells.iter().enumerate() {
            if heads.len() <= column {
                heads.resize(column + 1, String::new());
            }
            passages.push(Passage {
                spot: Spot::Cell {
                    sheet: None,
                    row,
                    column: column as u32 + 1,
                },
                text: text.clone(),
                head: heads[column].clone(),
            });
            if heads[column].is_empty() && text.chars().any(char::is_alphabetic) {
                heads[column].clone_from(text);
            }
        }
    }
    Ok(of_document(passages))
}

/// How many letters are shown on either side of a place without lines.
const BESIDE: usize = 30;
/// How many letters of what stands before are remembered.
const BEFORE: usize = 100;

/// The passages of an attachment; a cell follows the cells of its row, words
/// follow words.
pub fn of_document(passages: Vec<Passage>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(passages.len());
    let mut tail = String::new();
    let mut last_row = None;
    for passage in passages {
        let row = match &passage.spot {
            Spot::Cell { sheet, row, .. } => Some((sheet.clone(), *row)),
            _ => None,
        };
        if row != last_row {
            tail.clear();
        }
        last_row = row;
        let before = format!("{}{tail}", squeezed(&passage.head));
        tail.push_str(&squeezed(&passage.text));
        if let Some((cut, _)) = tail.char_indices().rev().nth(BEFORE) {
            tail.drain(..cut);
        }
        pieces.push(Piece {
            text: passage.text,
            spot: Some(passage.spot),
            before,
            is_boxed: false,
        });
    }
    let boxed = in_boxes(&pieces);
    pieces.extend(boxed);
    pieces
}

/// Words that announce boxes for a number; a row of counts is none.
const BOXES: &[&str] = &[
    "เลขประจำตัว",
    "เลขบัตร",
    "เลขที่บัตร",
    "เลขประชาชน",
    "idnumber",
    "citizenid",
];
/// Digits of a person's number, and how its groups end.
const DIGITS: usize = 13;
const GROUPS: [usize; 4] = [1, 5, 10, 12];

/// Numbers whose digits stand one to a cell, or one to a line of a PDF, as
/// forms have boxes for them. Each is a piece of its own, at its first box.
fn in_boxes(pieces: &[Piece]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut run: Option<(Piece, String)> = None;
    let mut whole = |run: Option<(Piece, String)>| {
        let Some((mut piece, digits)) = run.filter(|(_, digits)| digits.len() == DIGITS) else {
            return;
        };
        for (at, digit) in digits.chars().enumerate() {
            if GROUPS.contains(&at) {
                piece.text.push('-');
            }
            piece.text.push(digit);
        }
        found.push(piece);
    };
    let row = |piece: &Piece| match &piece.spot {
        Some(Spot::Cell { sheet, row, .. }) => Some((sheet.clone(), *row)),
        _ => None,
    };
    let mut last_row = None;
    for piece in pieces {
        let is_page = matches!(piece.spot, Some(Spot::Page(_)));
        if row(piece) != last_row {
            whole(run.take());
        }
        last_row = row(piece);
        let mut above = piece.before.clone();
        let cells = if is_page {
            piece.text.split('\n').collect()
        } else {
            vec![piece.text.as_str()]
        };
        for cell in cells {
            let plain = to_arabic(cell.trim());
            let is_digit = plain.len() == 1 && plain.bytes().all(|b| b.is_ascii_digit());
            if is_digit {
                match &mut run {
                    Some((_, digits)) => digits.push_str(&plain),
                    None if says(&above, BOXES) => {
                        let first = Piece {
                            text: String::new(),
                            spot: piece.spot.clone(),
                            before: above.clone(),
                            is_boxed: true,
                        };
                        run = Some((first, plain.into_owned()));
                    }
                    None => {}
                }
            } else if !matches!(&*plain, "" | "-" | "–") {
                whole(run.take());
            }
            if is_page {
                above = squeezed(cell);
            }
        }
    }
    whole(run);
    found
}

impl Piece {
    /// A file as a whole.
    pub fn whole() -> Piece {
        Piece {
            text: String::new(),
            spot: Some(Spot::Part(Part::Name)),
            before: String::new(),
            is_boxed: false,
        }
    }

    /// The place of something in it; what a report must not repeat is masked
    /// in the words that are shown.
    pub fn place(&self, file: &Arc<str>, range: &Range<usize>) -> Place {
        let at = match &self.spot {
            Some(Spot::Cell { sheet, row, column }) => At::Cell {
                sheet: sheet.clone(),
                row: *row,
                column: *column,
                text: hidden(&self.text).into(),
            },
            Some(Spot::Line(line)) => self.line(*line, range),
            Some(Spot::Page(_) | Spot::Part(_)) => At::File,
            None => self.line(1, range),
        };
        Place {
            file: file.clone(),
            at,
        }
    }

    /// The line of a place, of a text whose first line has this number.
    fn line(&self, first: u32, range: &Range<usize>) -> At {
        let before = &self.text[..range.start];
        let from = before.rfind('\n').map_or(0, |n| n + 1);
        let shown = hidden(&self.text);
        // Masking keeps letters, not bytes.
        let skipped = self.text[..from].chars().count();
        let text: String = shown
            .chars()
            .skip(skipped)
            .take_while(|c| !matches!(c, '\n' | '\r'))
            .collect();
        let found = self.text[range.clone()].split('\n').next().unwrap_or("");
        At::Line {
            line: first + before.matches('\n').count() as u32,
            column: 1 + letters(&before[from..]),
            length: letters(found),
            text: text.into(),
        }
    }

    /// The place in words, where no line or cell can tell it.
    pub fn beside(&self, range: &Range<usize>) -> (String, String) {
        let (th, en) = match &self.spot {
            Some(Spot::Page(page)) => (format!("หน้า {page}"), format!("page {page}")),
            Some(Spot::Part(part)) => {
                let say = part.say();
                (say.th, say.en)
            }
            _ => return Default::default(),
        };
        if self.text.is_empty() {
            return (format!(" ({th})"), format!(" ({en})"));
        }
        let words = self.shown(range);
        (format!(" ({th}: “{words}”)"), format!(" ({en}: “{words}”)"))
    }

    /// A few words around a place on one line, masked.
    fn shown(&self, range: &Range<usize>) -> String {
        let start = self.text[..range.start].chars().count();
        let length = self.text[range.clone()].chars().count();
        let from = start.saturating_sub(BESIDE);
        let masked = hidden(&self.text);
        let mut at = 0;
        // Letters that belong together are shown together.
        let is_near = |cluster: &&str| {
            let here = at;
            at += cluster.chars().count();
            (from..start + length + BESIDE).contains(&here)
        };
        let text: String = clusters(&masked).filter(is_near).collect();
        let line: Vec<&str> = text.split_whitespace().collect();
        line.join(" ")
    }

    /// What stands around a place, squeezed.
    pub fn words(&self, range: &Range<usize>, before: usize, after: usize) -> String {
        let near = around(&self.text, range, before, after);
        format!("{} {near}", self.before)
    }
}

/// A text as a report may show it: every letter stands where it stood, and of
/// what a person could be known by most are an x.
fn hidden(text: &str) -> String {
    let numbers = citizen_numbers(text).0.into_iter().map(|n| (n.range, 5));
    let phones = mobiles(text).into_iter().map(|h| (h.range, 2));
    let accounts = accounts(text).into_iter().map(|(h, _)| (h.range, 0));
    let mail = private_emails(text).into_iter().map(|h| (h.range, 1));
    let mut hide: Vec<(Range<usize>, usize)> =
        numbers.chain(phones).chain(accounts).chain(mail).collect();
    hide.sort_by_key(|(range, _)| range.start);
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for (range, kept) in hide {
        if range.start < end {
            continue;
        }
        shown.push_str(&text[end..range.start]);
        let mut seen = 0;
        shown.extend(text[range.clone()].chars().map(|c| {
            let counts = c.is_alphanumeric() && !is_unseen(c);
            seen += usize::from(counts);
            if counts && seen > kept { 'x' } else { c }
        }));
        end = range.end;
    }
    shown.push_str(&text[end..]);
    shown
}

fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX - 1)
}

/// The values at a path of keys, through lists.
pub fn values<'t>(table: &'t Table, keys: &[&str]) -> Vec<&'t Node> {
    let Some((key, rest)) = keys.split_first() else {
        return Vec::new();
    };
    let Some(node) = table.get(key) else {
        return Vec::new();
    };
    if rest.is_empty() {
        return vec![node];
    }
    match &node.value {
        Value::Table(table) => values(table, rest),
        Value::List(items) => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Table(table) => Some(values(table, rest)),
                _ => None,
            })
            .flatten()
            .collect(),
        _ => Vec::new(),
    }
}
