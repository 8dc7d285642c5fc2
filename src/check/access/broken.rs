//! Tables that are none: rows that show as text with bars or in one line, and
//! rows with more or fewer cells than their table has headings.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::finding::{Finding, Found, finding};
use crate::content::{Reread, TakenApart};
use crate::diagnostic::Severity;

/// Lines of text in which a table was meant.
const LINES: usize = 2;
/// Bars in a line without one at its start, which may part words of a menu.
const BARS: usize = 2;

pub fn check(text: &TakenApart<'_>, found: &mut Found) {
    // What stands in tables and code is no running text.
    let mut apart: Vec<Range<usize>> = Vec::new();
    let mut columns = 0;
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments.len();
                apart.push(range);
            }
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => apart.push(range),
            Event::End(TagEnd::TableRow) => found.extend(of_row(text, &range, columns)),
            _ => {}
        }
    }
    found.extend(of_lines(text, &apart));
}

/// A line of the text with its place.
struct Line<'t> {
    words: &'t str,
    at: Range<usize>,
}

fn lines<'t>(text: &'t Reread, apart: &[Range<usize>]) -> Vec<Line<'t>> {
    let body = text.text.get(text.body.clone()).unwrap_or_default();
    let mut start = text.body.start;
    let mut all = Vec::new();
    for line in body.split_inclusive('\n') {
        let words = line.trim_end();
        let at = start..start + words.len();
        start += line.len();
        let is_apart =
            |range: &Range<usize>| range.start < at.end.max(at.start + 1) && at.start < range.end;
        if !apart.iter().any(is_apart) {
            all.push(Line { words, at });
        } else {
            // It parts what stands before from what comes after.
            all.push(Line { words: "#", at });
        }
    }
    all
}

/// What keeps lines from being a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tabs,
    Bars,
}

/// Runs of lines with bars or tabs; blank lines between them part nothing, as
/// they are what breaks a table.
fn of_lines(text: &Reread, apart: &[Range<usize>]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut run: Vec<(Kind, Range<usize>)> = Vec::new();
    let mut after_table = false;
    let mut close = |run: &mut Vec<(Kind, Range<usize>)>, after_table: bool| {
        if let Some((kind, first)) = run.first()
            && (run.len() >= LINES || after_table && *kind == Kind::Bars)
        {
            found.push(as_text(*kind, run.len()).at(text.place(first.clone())));
        }
        run.clear();
    };
    let mut follows_table = false;
    for line in lines(text, apart) {
        if line.words.trim().is_empty() {
            continue;
        }
        let kind = kind_of(line.words);
        match kind {
            Some(kind) => {
                if run.last().is_some_and(|(last, _)| *last != kind) {
                    close(&mut run, after_table);
                }
                if run.is_empty() {
                    after_table = follows_table;
                }
                run.push((kind, line.at.clone()));
            }
            None => close(&mut run, after_table),
        }
        let is_table = |range: &&Range<usize>| range.contains(&line.at.start);
        let of_table = apart.iter().find(is_table);
        follows_table = of_table.is_some_and(|range| {
            let words = text.text.get(range.clone()).unwrap_or_default();
            words.trim_start().starts_with('|')
        });
    }
    close(&mut run, after_table);
    found
}

fn kind_of(line: &str) -> Option<Kind> {
    let words = without_marker(line);
    let bars = bars(words);
    if bars >= BARS && (words.starts_with('|') || !words.contains('[')) {
        return Some(Kind::Bars);
    }
    let is_cell = |cell: &str| !cell.trim().is_empty();
    let mut cells = words.split('\t').filter(|cell| is_cell(cell));
    (cells.next().is_some() && cells.next().is_some()).then_some(Kind::Tabs)
}

/// Bars that are meant as such: `\|` is a letter.
fn bars(line: &str) -> usize {
    let mut before = '\0';
    let mut count = 0;
    for c in line.chars() {
        count += usize::from(c == '|' && before != '\\');
        before = c;
    }
    count
}

/// A line without what makes it an item of a list or a quotation: after `1.`
/// that was pasted from a document stands a tab.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let end = line.find(|c: char| c.is_whitespace()).unwrap_or(line.len());
    let (marker, rest) = line.split_at(end);
    let is_number = |c: char| c.is_numeric() || matches!(c, '.' | ')' | '(' | '/');
    let ends = marker.ends_with(['.', ')']);
    let is_bullet = matches!(marker, "-" | "*" | "+" | "•" | "–" | "o" | "" | "●" | "▪");
    // One letter with a mark: `ก.`, `(ข)`.
    let letters = marker.chars().filter(|c| c.is_alphabetic()).count();
    let is_letter = letters == 1 && ends;
    if is_bullet || is_letter || ends && marker.chars().all(is_number) {
        rest.trim_start()
    } else {
        line
    }
}

fn as_text(kind: Kind, lines: usize) -> Finding {
    let one = match kind {
        Kind::Tabs => finding(
            "table-as-text",
            format!("ตาราง {lines} บรรทัดที่คั่นด้วยแท็บจะแสดงเป็นข้อความต่อกัน ไม่เป็นตาราง"),
            format!("a table of {lines} lines parted by tabs shows as running text"),
        ),
        Kind::Bars => finding(
            "table-as-text",
            "แถวที่คั่นด้วย | นี้แสดงเป็นข้อความ ไม่เป็นตาราง",
            "these rows parted by | show as text, not as a table",
        ),
    };
    match kind {
        Kind::Tabs => one.hint(
            "ใส่ | คั่นแต่ละช่อง และบรรทัด |---|---| ใต้หัวตาราง หรือบันทึกตารางเป็น .xlsx แล้วแสดงด้วย [[table]] path",
            "part the cells by | with a line |---|---| below the headings, or save it as .xlsx and show it with `path` of a [[table]]",
        ),
        Kind::Bars => one.hint(
            "ใต้แถวหัวตารางต้องมีบรรทัด |---|---| ที่มีจำนวนช่องเท่ากัน และระหว่างแถวต้องไม่มีบรรทัดว่าง",
            "below the headings stands a line |---|---| with as many cells, and no blank line parts the rows",
        ),
    }
}

/// A row whose cells are not as many as the headings. One cell alone heads a
/// group of rows.
fn of_row(text: &Reread, range: &Range<usize>, columns: usize) -> Option<Finding> {
    let rest = text.text.get(range.start..)?;
    let line = rest.lines().next()?.trim_end();
    let at = range.start..range.start + line.len();
    let inside = line.trim().trim_start_matches('>').trim_start();
    let first = usize::from(inside.starts_with('|'));
    let last = usize::from(inside.len() > 1 && inside.ends_with('|') && !inside.ends_with("\\|"));
    let cells = (bars(inside) + 1).checked_sub(first + last)?;
    if cells == columns || cells <= 1 {
        return None;
    }
    let mut one = finding(
        "row-of-other-length",
        format!("แถวนี้มี {cells} ช่อง แต่หัวตารางมี {columns} ช่อง"),
        format!("this row has {cells} cells, the headings are {columns}"),
    )
    .at(text.place(at));
    if cells < columns {
        one.diagnostic.severity = Severity::Advice;
    }
    Some(one)
}
