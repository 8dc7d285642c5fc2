//! Spreadsheets: CSV and XLSX → rows whose cells know where they stand.

use std::sync::{Arc, LazyLock};

use crate::diagnostic::{At, Diagnostic, Place, Say, column_name, nearest};
use crate::fields::{Entry, Findings, Header, Node, Table, Value};
use crate::thai::{self, Baht, Substance};

/// A sheet cannot be larger: a 5 kB file may claim a cell at XFD1048576, and
/// the memory for what lies between would end the process.
pub(super) const MAX_ROWS: u32 = 100_000;
pub(super) const MAX_COLUMNS: u32 = 200;

/// The cells of one sheet as text, row by row. Row `i` of `rows` is row
/// `i + 1` of the sheet, below those left out `above`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    pub sheet: Option<Arc<str>>,
    pub rows: Vec<Vec<String>>,
    /// Rows of the sheet above the first of `rows`, such as titles.
    pub above: u32,
    /// Other sheets of the workbook that hold something.
    pub unread_sheets: Vec<String>,
}

/// How the cells of one column are filled, below its head. Rows with a single
/// filled cell of several head a group, those that begin with a word for a
/// total sum up; neither has to fill a column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filling {
    pub rows: usize,
    pub blank: usize,
    /// Cells with nothing but a mark, such as `-`.
    pub dashes: usize,
    /// Cells such as `อยู่ระหว่างดำเนินการ`, which tell how far something is, and
    /// nothing in a column of anything else.
    pub promises: usize,
    /// The first row that is not filled with words, from 0 below the head.
    pub first_blank: Option<usize>,
    /// Rows of any kind that were seen.
    seen: usize,
}

impl Filling {
    /// Every row has something in this column that can be the `field`, and not
    /// a mark in each.
    pub fn is_full(&self, field: &str) -> bool {
        self.rows > 0 && self.open(field) == 0 && self.dashes < self.rows
    }

    /// Rows in which the column holds nothing that can be the `field`.
    pub fn open(&self, field: &str) -> usize {
        if TELLS_HOW_FAR.contains(&field) {
            self.blank
        } else {
            self.blank + self.promises
        }
    }

    /// Takes one row into account, for each column of the table.
    pub fn count<'f>(cells: &[String], columns: impl Iterator<Item = &'f mut Filling>) {
        let filled = cells.iter().filter(|c| !c.trim().is_empty()).count();
        let first = cells.iter().map(|c| c.trim()).find(|c| !c.is_empty());
        let sums = first.is_some_and(|c| TOTALS.iter().any(|t| c.starts_with(t)));
        let heads_group = filled <= 1 && cells.len() > 2;
        let counts = filled > 0 && !sums && !heads_group;
        for (index, column) in columns.enumerate() {
            let row = column.seen;
            column.seen += 1;
            if !counts {
                continue;
            }
            column.rows += 1;
            let cell = cells.get(index).map_or("", |c| c.trim());
            let problem = match thai::substance(cell) {
                Substance::Nothing if !cell.is_empty() => &mut column.dashes,
                Substance::Nothing | Substance::Garbled => &mut column.blank,
                Substance::Promise => &mut column.promises,
                Substance::Word | Substance::Words => continue,
            };
            *problem += 1;
            column.first_blank.get_or_insert(row);
        }
    }
}

/// Fields in which `อยู่ระหว่างดำเนินการ` is the answer.
const TELLS_HOW_FAR: &[&str] = &["progress", "status", "result", "outcome"];

/// Words that a row of sums begins with.
const TOTALS: &[&str] = &["รวม", "ยอดรวม", "ผลรวม", "Total", "total"];

impl Grid {
    /// How the columns below the first row are filled.
    pub fn fillings(&self) -> Vec<(&str, Filling)> {
        let Some((head, rows)) = self.rows.split_first() else {
            return Vec::new();
        };
        let mut columns: Vec<(&str, Filling)> = head
            .iter()
            .map(|heading| (heading.as_str(), Filling::default()))
            .collect();
        for row in rows {
            Filling::count(row, columns.iter_mut().map(|(_, filling)| filling));
        }
        columns
    }

    pub fn at(&self, row: usize, column: usize) -> At {
        At::Cell {
            sheet: self.sheet.clone(),
            row: row as u32 + 1 + self.above,
            column: column as u32 + 1,
            text: self.cell(row, column).into(),
        }
    }

    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows
            .get(row)
            .and_then(|r| r.get(column))
            .map_or("", String::as_str)
    }
}

pub(super) fn file_problem(file: &str, th: String, en: String) -> Diagnostic {
    Diagnostic::error("bad-spreadsheet", Say::new(th, en)).at(Place::file(file))
}

/// Reads CSV text; the separator is the one that the first lines use most
/// (Excel writes `;` or tabs on some machines).
pub fn read_csv(file: &str, text: &str) -> Result<Grid, Box<Diagnostic>> {
    let head: String = text.lines().take(5).collect();
    let separator = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&s| (head.bytes().filter(|&b| b == s).count(), s == b','))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut lines = 0usize;
    for record in reader.records() {
        let record = record.map_err(|e| {
            file_problem(
                file,
                format!("อ่านไฟล์ CSV ไม่ได้: {e}"),
                format!("this CSV can't be read: {e}"),
            )
        })?;
        // The reader leaves out blank lines; positions must be those that a
        // spreadsheet shows, so the gap is put back.
        let line = record.position().map_or(0, csv::Position::line) as usize;
        while lines + 1 < line && rows.len() <= MAX_ROWS as usize {
            rows.push(Vec::new());
            lines += 1;
        }
        // A quoted cell may hold line ends: one row, several lines.
        lines += 1 + record
            .iter()
            .map(|c| c.matches('\n').count())
            .sum::<usize>();
        rows.push(record.iter().map(str::to_string).collect());
        if rows.len() > MAX_ROWS as usize {
            return Err(Box::new(too_large(file)));
        }
    }
    Ok(Grid {
        sheet: None,
        rows,
        ..Grid::default()
    })
}

pub(super) fn too_large(file: &str) -> Diagnostic {
    file_problem(
        file,
        format!(
            "ตารางใหญ่เกินไป (เกิน {MAX_ROWS} แถว หรือ {MAX_COLUMNS} คอลัมน์) ลบแถวและคอลัมน์ว่างที่จัดรูปแบบไว้ท้ายตาราง"
        ),
        format!(
            "the table is too large (over {MAX_ROWS} rows or {MAX_COLUMNS} columns); delete the formatted empty rows and columns after it"
        ),
    )
}

/// A column that a dataset knows: the name of the field, and the headings
/// that mean it (Thai and English, any spacing, with or without “(บาท)”).
pub struct Column {
    pub key: &'static str,
    pub names: &'static [&'static str],
}

impl Column {
    /// What forms and exported files hold beside the record: what the site says
    /// elsewhere, or adds up itself. Such columns are known and not read.
    pub const fn beside(names: &'static [&'static str]) -> Column {
        Column { key: "", names }
    }

    fn is_beside(&self) -> bool {
        self.key.is_empty()
    }
}

/// The columns that a record is read from.
fn read_of(columns: &[Column]) -> impl Iterator<Item = &Column> {
    columns.iter().filter(|c| !c.is_beside())
}

/// The heading row's column of each cell, where one is known.
type Map<'c> = Vec<Option<&'c Column>>;

/// A heading without its unit in brackets, for comparing.
fn heading_key(text: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    thai::fold_key(bare.trim_end_matches('*'))
}

fn find_column<'c>(columns: &'c [Column], heading: &str) -> Option<&'c Column> {
    let key = heading_key(heading);
    let full = thai::fold_key(heading);
    columns.iter().find(|c| {
        (!c.is_beside() && thai::fold_key(c.key) == key)
            || c.names.iter().any(|n| {
                let name = thai::fold_key(n);
                name == full || heading_key(n) == key
            })
    })
}

/// Turns the rows under the heading row into field tables. Titles above the
/// heading row are allowed, since forms have them; rows of totals are left
/// out, with a message, since prongsai computes totals itself.
pub fn rows_as_tables(
    file: &str,
    grid: &Grid,
    columns: &[Column],
    found: &Findings,
) -> Option<(Header, Vec<Table>)> {
    let Some((header_row, map)) = find_header(grid, columns) else {
        if grid
            .rows
            .iter()
            .all(|r| r.iter().all(|c| c.trim().is_empty()))
        {
            found.push(
                Diagnostic::warning(
                    "empty-table",
                    Say::new("ตารางนี้ว่าง ไม่มีข้อมูล", "this table is empty"),
                )
                .at(Place::file(file)),
            );
            return None;
        }
        let names: Vec<&str> = read_of(columns)
            .filter_map(|c| c.names.first().copied())
            .collect();
        found.push(
            Diagnostic::error(
                "no-header",
                Say::new(
                    "ไม่พบแถวหัวตารางที่รู้จัก",
                    "no row of known column names was found",
                ),
            )
            .at(Place {
                file: file.into(),
                at: grid.at(0, 0),
            })
            .hint(Say::new(
                format!("แถวแรกต้องเป็นชื่อคอลัมน์ เช่น {}", names.join(" | ")),
                format!(
                    "the first row names the columns, such as {}",
                    names.join(" | ")
                ),
            )),
        );
        return None;
    };
    report_unknown_columns(file, grid, header_row, &map, columns, found);
    let mut tables = Vec::new();
    for row in header_row + 1..grid.rows.len() {
        let entries: Vec<Entry> = map
            .iter()
            .enumerate()
            .filter_map(|(column, known)| {
                let known = known.filter(|c| !c.is_beside())?;
                let text = grid.cell(row, column).trim();
                (!text.is_empty()).then(|| Entry {
                    key: known.key.to_string(),
                    key_at: grid.at(header_row, column),
                    node: Node {
                        value: Value::Text(text.to_string()),
                        at: grid.at(row, column),
                    },
                })
            })
            .collect();
        if entries.is_empty() {
            report_stray_cells(file, grid, row, &map, found);
            continue;
        }
        if let Some(sum) = sum_row(grid, row) {
            if sum == Sum::All {
                check_sums(file, grid, header_row + 1..row, row, &map, found);
            }
            found.push(
                Diagnostic::warning(
                    "total-row",
                    Say::new(
                        "ข้ามแถวรวม: prongsai รวมยอดให้เองจากทุกแถว",
                        "the row of totals is left out: prongsai adds up the rows itself",
                    ),
                )
                .at(Place {
                    file: file.into(),
                    at: grid.at(row, first_filled(grid, row)),
                }),
            );
            continue;
        }
        let at = grid.at(row, first_filled(grid, row));
        tables.push(Table { entries, at });
    }
    let read = || {
        let known = map
            .iter()
            .zip(1u32..)
            .filter_map(|(c, at)| Some(((*c)?, at)));
        known.filter(|(c, _)| !c.is_beside())
    };
    let header = Header {
        columns: read().map(|(_, at)| at).collect(),
        keys: read().map(|(c, _)| c.key.to_string()).collect(),
        has_unknown: map
            .iter()
            .enumerate()
            .any(|(i, known)| known.is_none() && !grid.cell(header_row, i).trim().is_empty()),
        at: grid.at(header_row, first_filled(grid, header_row)),
        names: read_of(columns)
            .filter_map(|c| Some((c.key, *c.names.first()?)))
            .collect(),
    };
    Some((header, tables))
}

fn first_filled(grid: &Grid, row: usize) -> usize {
    grid.rows
        .get(row)
        .and_then(|cells| cells.iter().position(|c| !c.trim().is_empty()))
        .unwrap_or(0)
}

/// Sums of everything above, as forms end with.
const GRAND_TOTALS: &[&str] = &[
    "รวม",
    "รวมทั้งสิ้น",
    "รวมทั้งหมด",
    "รวมทั้งปี",
    "ยอดรวม",
    "ผลรวม",
    "total",
    "grandtotal",
];
/// How sums of a part begin.
const SUBTOTALS: &[&str] = &[
    "รวมเป็นเงิน",
    "รวมเงิน",
    "รวมแผนงาน",
    "รวมเดือน",
    "รวมงาน",
    "รวมงบ",
    "รวมไตรมาส",
    "รวมราคา",
    "รวมหมวด",
    "รวมด้าน",
    "รวมทุก",
    "รวมย่อย",
    "subtotal",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sum {
    All,
    Part,
}

/// Whether a row of a form or a page is a sum of others.
pub fn is_total(row: &[String]) -> bool {
    sum_of(row).is_some()
}

/// Whether it is the sum of all rows above, as forms end with.
pub fn is_grand_total(row: &[String]) -> bool {
    sum_of(row) == Some(Sum::All)
}

fn sum_row(grid: &Grid, row: usize) -> Option<Sum> {
    sum_of(grid.rows.get(row)?)
}

/// The words of sums, folded once: every cell of every table is asked.
static SUMS: LazyLock<Vec<(Sum, String)>> = LazyLock::new(|| {
    let all = GRAND_TOTALS.iter().map(|t| (Sum::All, thai::fold_key(t)));
    let parts = SUBTOTALS.iter().map(|t| (Sum::Part, thai::fold_key(t)));
    all.chain(parts).collect()
});

/// The words of a sum may stand in any column.
fn sum_of(row: &[String]) -> Option<Sum> {
    row.iter().filter(|cell| may_be_sum(cell)).find_map(|cell| {
        let words = thai::fold_key(cell);
        let is_it = |(sum, of): &&(Sum, String)| match sum {
            Sum::All => words == *of,
            Sum::Part => words.starts_with(of),
        };
        SUMS.iter().find(is_it).map(|(sum, _)| *sum)
    })
}

/// By the first letter, which is enough for nearly all cells.
fn may_be_sum(cell: &str) -> bool {
    let Some(first) = cell.chars().find(|c| c.is_alphanumeric()) else {
        return false;
    };
    let is_plain = first.is_ascii() || ('\u{0E01}'..='\u{0E5B}').contains(&first);
    !is_plain
        || SUMS
            .iter()
            .any(|(_, words)| words.starts_with(first.to_ascii_lowercase()))
}

/// A grand total must be what the rows above add up to.
fn check_sums(
    file: &str,
    grid: &Grid,
    rows: std::ops::Range<usize>,
    total: usize,
    map: &Map<'_>,
    found: &Findings,
) {
    let amount = |row: usize, column: usize| Baht::parse(grid.cell(row, column)).ok();
    let money = |c: &Column| {
        !matches!(
            c.key,
            "" | "no" | "egp_project_no" | "contract_no" | "fiscal_year"
        )
    };
    for (column, _) in map.iter().enumerate().filter(|(_, c)| c.is_some_and(money)) {
        let Some(written) = amount(total, column) else {
            continue;
        };
        let sum = rows
            .clone()
            .filter(|row| sum_row(grid, *row).is_none())
            .filter_map(|row| amount(row, column))
            .fold(0i64, |sum, b| sum.saturating_add(b.0));
        if sum != written.0 {
            found.push(
                Diagnostic::error(
                    "total-differs",
                    Say::new(
                        format!("แถวรวมเขียนไว้ {written} แต่รวมจากทุกแถวได้ {}", Baht(sum)),
                        format!("the row of totals says {written}, but the rows add up to {}", Baht(sum)),
                    ),
                )
                .at(Place {
                    file: file.into(),
                    at: grid.at(total, column),
                })
                .hint(Say::new(
                    "แก้ตัวเลขในตารางหรือแถวรวมให้ตรงกัน หรือลบแถวรวมออก (prongsai รวมให้เอง)",
                    "correct a row or the total, or delete the row of totals (prongsai adds up itself)",
                )),
            );
        }
    }
}

/// The first row in which at least two cells, and half of the filled ones,
/// are known column names.
fn find_header<'c>(grid: &Grid, columns: &'c [Column]) -> Option<(usize, Map<'c>)> {
    grid.rows
        .iter()
        .enumerate()
        .take(30)
        .find_map(|(index, row)| {
            let map: Map<'_> = row.iter().map(|cell| find_column(columns, cell)).collect();
            let known = map.iter().flatten().count();
            let filled = row.iter().filter(|c| !c.trim().is_empty()).count();
            (known >= 2 && known * 2 >= filled).then_some((index, map))
        })
}

fn report_unknown_columns(
    file: &str,
    grid: &Grid,
    header_row: usize,
    map: &Map<'_>,
    columns: &[Column],
    found: &Findings,
) {
    let is_at = |known: &Column| {
        let is_it = |c: &Option<&Column>| c.is_some_and(|c| c.key == known.key);
        map.iter().position(is_it)
    };
    for (column, known) in map.iter().enumerate() {
        let heading = grid.cell(header_row, column).trim();
        let place = || Place {
            file: file.into(),
            at: grid.at(header_row, column),
        };
        if let Some(known) = known {
            if let Some(first) = is_at(known).filter(|at| *at < column && !known.is_beside()) {
                found.push(
                    Diagnostic::error(
                        "repeated-column",
                        Say::new(
                            format!(
                                "คอลัมน์ “{heading}” หมายถึงข้อมูลเดียวกับคอลัมน์ {}",
                                column_name(first as u32 + 1)
                            ),
                            format!(
                                "the column “{heading}” means the same as column {}",
                                column_name(first as u32 + 1)
                            ),
                        ),
                    )
                    .at(place()),
                );
            }
            continue;
        }
        if heading.is_empty() {
            continue;
        }
        // What another column has already can't be meant.
        let free = || read_of(columns).filter(|c| is_at(c).is_none());
        let names = free().flat_map(|c| c.names.iter().copied().chain([c.key]));
        let mut diagnostic = Diagnostic::error(
            "unknown-column",
            Say::new(
                format!("ไม่รู้จักคอลัมน์ “{heading}”"),
                format!("there is no column “{heading}” in this kind of table"),
            ),
        )
        .at(place());
        diagnostic = diagnostic.hint(match nearest(heading, names) {
            Some(near) => Say::new(
                format!("หมายถึง “{near}” หรือไม่"),
                format!("did you mean “{near}”?"),
            ),
            None if free().next().is_none() => Say::new(
                "ตารางนี้มีครบทุกคอลัมน์แล้ว ย้ายข้อมูลไปไว้ในหมายเหตุ หรือลบคอลัมน์นี้",
                "the table has all its columns; move this into the notes, or delete the column",
            ),
            None => {
                let offered: Vec<&str> = free().filter_map(|c| c.names.first().copied()).collect();
                let offered = offered.join(" | ");
                Say::new(
                    format!("เปลี่ยนเป็นคอลัมน์ที่ตารางนี้ยังไม่มี: {offered}"),
                    format!("make it one that the table has not yet: {offered}"),
                )
            }
        });
        found.push(diagnostic);
    }
}

/// Cells beside the table, under no heading, would be lost without a word.
fn report_stray_cells(file: &str, grid: &Grid, row: usize, map: &Map<'_>, found: &Findings) {
    let Some(cells) = grid.rows.get(row) else {
        return;
    };
    let is_known = |column: usize| map.get(column).is_some_and(Option::is_some);
    let stray = |(column, cell): (usize, &String)| !cell.trim().is_empty() && !is_known(column);
    let Some(column) = cells.iter().enumerate().position(stray) else {
        return;
    };
    found.push(
        Diagnostic::warning(
            "stray-cell",
            Say::new(
                "เซลล์นี้อยู่นอกคอลัมน์ของตาราง จึงไม่ถูกเผยแพร่",
                "this cell stands under no column, so it is not published",
            ),
        )
        .at(Place {
            file: file.into(),
            at: grid.at(row, column),
        }),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column {
            key: "item_name",
            names: &["ชื่อรายการ"],
        },
        Column {
            key: "price",
            names: &["ราคากลาง (บาท)"],
        },
    ];

    fn read(text: &str) -> (Vec<Table>, Vec<Diagnostic>) {
        let found = Findings::default();
        let grid = read_csv("a.csv", text).expect("reads");
        let tables = rows_as_tables("a.csv", &grid, COLUMNS, &found);
        (tables.map(|(_, t)| t).unwrap_or_default(), found.into_vec())
    }

    #[test]
    fn headings_are_known_with_or_without_their_unit_and_under_a_title() {
        let (tables, problems) = read("รายงาน,\nชื่อ รายการ,ราคากลาง\nก,5\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].entries[1].key, "price");
    }

    #[test]
    fn a_message_names_the_cell_that_a_spreadsheet_shows() {
        let (_, problems) = read("item_name,price,ราคา\n\n\"ก\nข\",5\nรวม,5\n,,หลง\n");
        let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(
            shown[0].contains("unknown-column") && shown[0].contains("C1"),
            "{shown:?}"
        );
        assert!(
            shown[1].contains("total-row") && shown[1].contains("A4"),
            "{shown:?}"
        );
        assert!(
            shown[2].contains("stray-cell") && shown[2].contains("C5"),
            "{shown:?}"
        );
    }

    #[test]
    fn semicolons_and_tabs_are_separators_too() {
        for text in ["item_name;price\nก;5\n", "item_name\tprice\nก\t5\n"] {
            assert_eq!(read(text).0.len(), 1);
        }
    }
}
