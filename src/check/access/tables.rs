//! Tables whose cells are read out with the headings of their columns.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::totals;
use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::check::judged::is_judged;
use crate::content::page::PageTable;
use crate::content::{Reread, TakenApart};
use crate::diagnostic::column_name;
use crate::files::SitePath;
use crate::render::markdown::is_figure;

/// Tables in running text.
pub fn check(text: &TakenApart<'_>, found: &mut Found) {
    let mut head: Vec<(String, Range<usize>)> = Vec::new();
    let mut rows: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    let mut in_head = false;
    let mut depth = 0usize;
    let mut after_table = false;
    for (event, range) in text.events() {
        if depth == 0
            && let Event::Start(tag) = &event
        {
            let is_table = matches!(tag, Tag::Table(_));
            if is_table && after_table {
                found.push(
                    finding(
                        "table-without-title",
                        "ตารางนี้ต่อจากตารางก่อนทันที ผู้อ่านไม่รู้ว่าเป็นตารางเรื่องอะไร",
                        "this table follows another at once; readers can't tell what it is about",
                    )
                    .at(text.place(first_line(text, &range))),
                );
            }
            after_table = is_table;
        }
        match event {
            Event::Start(tag) => {
                depth += 1;
                match tag {
                    Tag::TableHead => {
                        in_head = true;
                        head.clear();
                        rows.clear();
                    }
                    Tag::TableRow => rows.push((range, Vec::new())),
                    Tag::TableCell if in_head => head.push((String::new(), range)),
                    Tag::TableCell => {
                        if let Some((_, cells)) = rows.last_mut() {
                            cells.push(String::new());
                        }
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if *tag == TagEnd::TableHead {
                    in_head = false;
                    judge_head(text, &head, &range, found);
                }
                if *tag == TagEnd::Table {
                    judge_totals(text, &head, &rows, found);
                }
            }
            Event::Text(words) | Event::Code(words) if in_head => {
                if let Some((said, _)) = head.last_mut() {
                    said.push_str(words);
                }
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(cell) = rows.last_mut().and_then(|(_, cells)| cells.last_mut()) {
                    cell.push_str(words);
                }
            }
            Event::Rule => after_table = false,
            _ => {}
        }
    }
}

fn first_line(text: &Reread, range: &Range<usize>) -> Range<usize> {
    let of = text.text.get(range.clone()).unwrap_or_default();
    range.start..range.start + of.lines().next().map_or(0, str::len)
}

fn judge_head(
    text: &Reread,
    head: &[(String, Range<usize>)],
    range: &Range<usize>,
    found: &mut Found,
) {
    let row = || text.place(first_line(text, range));
    if head.iter().all(|(said, _)| said.trim().is_empty()) {
        found.push(without_header().at(row()));
        return;
    }
    if head.len() == 1 {
        found.push(single_column().at(row()));
    }
    // The corner above the names of rows has nothing to say.
    for (index, (said, cell)) in head.iter().enumerate().skip(1) {
        if said.trim().is_empty() {
            found.push(empty_cell(index).at(text.place(cell.clone())));
        }
    }
}

fn judge_totals(
    text: &Reread,
    head: &[(String, Range<usize>)],
    rows: &[(Range<usize>, Vec<String>)],
    found: &mut Found,
) {
    let head: Vec<String> = head.iter().map(|(said, _)| said.clone()).collect();
    let cells: Vec<&[String]> = rows.iter().map(|(_, cells)| cells.as_slice()).collect();
    for (row, _, differs) in totals::differing(&head, &cells) {
        if let Some((range, _)) = rows.get(row) {
            found.push(differs.at(text.place(first_line(text, range))));
        }
    }
}

/// Tables of pages: spreadsheets, and those written in the head of a page.
pub fn check_own(context: &Context<'_>, found: &mut Found) {
    let is_judged = |file: &str| SitePath::new(file).is_ok_and(|p| is_judged(context, &p));
    let pages = context.site.pages_written();
    for page in pages.filter(|page| is_judged(&page.file)) {
        for table in &page.extras.tables {
            own(table, found);
        }
    }
}

fn own(table: &PageTable, found: &mut Found) {
    let grid = table.grid();
    let Some(head) = grid.rows.first() else {
        return;
    };
    let cells: Vec<&[String]> = grid.rows[1..].iter().map(Vec::as_slice).collect();
    for (row, column, differs) in totals::differing(head, &cells) {
        found.push(differs.at(table.cell_place(row + 1, column)));
    }
    let rows = grid.rows.len() > 1;
    let filled = |cell: &&String| !cell.trim().is_empty();
    let mut words = head.iter().filter(filled).peekable();
    if rows && (words.peek().is_none() || words.all(|cell| is_figure(cell) && !is_year(cell))) {
        found.push(without_header().at(table.cell_place(0, 0)));
        return;
    }
    if head.len() == 1 {
        found.push(single_column().at(table.cell_place(0, 0)));
    }
    for (column, cell) in head.iter().enumerate().skip(1) {
        // A column without anything in it is a spreadsheet's margin.
        let used = (1..grid.rows.len()).any(|row| !grid.cell(row, column).trim().is_empty());
        if cell.trim().is_empty() && used {
            found.push(empty_cell(column).at(table.cell_place(0, column)));
        }
    }
}

/// Columns are often years.
fn is_year(cell: &str) -> bool {
    crate::thai::be_year(cell.trim()).is_some()
}

fn without_header() -> crate::check::Finding {
    finding(
        "table-without-header",
        "ตารางนี้ไม่มีหัวตาราง",
        "this table has no headings",
    )
}

fn single_column() -> crate::check::Finding {
    finding(
        "single-column-table",
        "ตารางนี้มีคอลัมน์เดียว ใช้เป็นรายการจะอ่านง่ายกว่า",
        "this table has one column; a list is easier to read",
    )
}

fn empty_cell(column: usize) -> crate::check::Finding {
    let name = column_name(column as u32 + 1);
    finding(
        "empty-header-cell",
        format!("คอลัมน์ที่ {} ({name}) ไม่มีชื่อหัวตาราง", column + 1),
        format!("column {} ({name}) has no heading", column + 1),
    )
}
