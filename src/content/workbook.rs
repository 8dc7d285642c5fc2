//! XLSX files of strangers: read cell by cell, within limits, and a damaged one
//! costs itself and not the run.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader as _, Xlsx};

use super::sheet::{Grid, MAX_COLUMNS, MAX_ROWS, file_problem, too_large};
use crate::diagnostic::{At, Diagnostic, Place, Say, nearest};
use crate::files::quietly;

/// What an XLSX may hold when unpacked, in bytes: a few kilobytes can unpack
/// to gigabytes.
pub const MAX_UNPACKED: u64 = 200 * 1024 * 1024;
const MAX_CELLS: usize = 4_000_000;

/// Reads one sheet of an XLSX: the named one, else the first that has cells.
pub fn read_xlsx(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Grid, Box<Diagnostic>> {
    // The library counts cells in 32 bits and panics beyond; a strange file
    // must cost itself, not the run.
    quietly(|| read_workbook(file, bytes, sheet)).unwrap_or_else(|| {
        Err(Box::new(file_problem(
            file,
            "ไฟล์ Excel นี้เสียหายหรือผิดรูปแบบจนอ่านไม่ได้ เปิดใน Excel แล้วบันทึกใหม่เป็น .xlsx".into(),
            "this workbook is damaged beyond reading; open it in a spreadsheet program and save it again as .xlsx".into(),
        )))
    })
}

/// Reads every sheet of an XLSX, hidden ones too; the reason where it can't.
pub fn read_all_sheets(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, Say> {
    let damaged = || {
        Say::new(
            "ไฟล์ Excel นี้เสียหายหรือผิดรูปแบบจนอ่านไม่ได้",
            "this workbook is damaged beyond reading",
        )
    };
    let read = || -> Result<Vec<Grid>, Box<Diagnostic>> {
        unpacked_size_is_sane(file, bytes)?;
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
            .map_err(|e: calamine::XlsxError| file_problem(file, e.to_string(), e.to_string()))?;
        let names = book.sheet_names();
        names
            .iter()
            .map(|name| read_sheet(file, &mut book, name))
            .collect()
    };
    match quietly(read) {
        Some(read) => read.map_err(|problem| problem.message),
        None => Err(damaged()),
    }
}

fn read_workbook(file: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Grid, Box<Diagnostic>> {
    unpacked_size_is_sane(file, bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| {
        file_problem(
            file,
            format!("เปิดไฟล์ Excel ไม่ได้ ({e}) ถ้าไฟล์มีรหัสผ่านหรือเป็น .xls เก่า ให้บันทึกใหม่เป็น .xlsx"),
            format!("this workbook can't be opened ({e}); if it has a password or is an old .xls, save it again as .xlsx"),
        )
    })?;
    let names = book.sheet_names();
    let chosen: Vec<String> = match sheet {
        Some(wanted) => match names.iter().find(|n| n.trim() == wanted.trim()) {
            Some(name) => vec![name.clone()],
            None => {
                let near = nearest(wanted, names.iter().map(String::as_str));
                return Err(Box::new(
                    file_problem(
                        file,
                        format!("ไม่มีแผ่นงานชื่อ “{wanted}” ในไฟล์นี้"),
                        format!("there is no sheet “{wanted}” in this workbook"),
                    )
                    .hint(match near {
                        Some(n) => Say::new(
                            format!("หมายถึง “{n}” หรือไม่"),
                            format!("did you mean “{n}”?"),
                        ),
                        None => Say::new(
                            format!("แผ่นงานที่มี: {}", names.join(", ")),
                            format!("its sheets are: {}", names.join(", ")),
                        ),
                    }),
                ));
            }
        },
        None => names,
    };
    let mut last = Grid::default();
    let filled = |grid: &Grid| {
        grid.rows
            .iter()
            .any(|r| r.iter().any(|c| !c.trim().is_empty()))
    };
    let mut chosen = chosen.into_iter();
    for name in chosen.by_ref() {
        last = read_sheet(file, &mut book, &name)?;
        if filled(&last) {
            break;
        }
    }
    for name in chosen {
        if filled(&read_sheet(file, &mut book, &name)?) {
            last.unread_sheets.push(name);
        }
    }
    Ok(last)
}

fn read_sheet(
    file: &str,
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Grid, Box<Diagnostic>> {
    let failed = |e: calamine::XlsxError| {
        file_problem(
            file,
            format!("อ่านแผ่นงาน “{name}” ไม่ได้: {e}"),
            format!("the sheet “{name}” can't be read: {e}"),
        )
    };
    let mut grid = Grid {
        sheet: Some(name.into()),
        ..Grid::default()
    };
    let mut count = 0usize;
    let mut cells = book.worksheet_cells_reader(name).map_err(failed)?;
    while let Some(cell) = cells.next_cell().map_err(failed)? {
        let (row, column) = cell.get_position();
        let text = cell_text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        count += 1;
        if row >= MAX_ROWS || column >= MAX_COLUMNS || count > MAX_CELLS {
            return Err(Box::new(too_large(file).at(Place {
                file: file.into(),
                at: At::Cell {
                    sheet: Some(name.into()),
                    row: row + 1,
                    column: column + 1,
                    text: text.into(),
                },
            })));
        }
        let (row, column) = (row as usize, column as usize);
        if grid.rows.len() <= row {
            grid.rows.resize_with(row + 1, Vec::new);
        }
        if let Some(cells) = grid.rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize_with(column + 1, String::new);
            }
            cells[column] = text;
        }
    }
    Ok(grid)
}

/// A cell as a person reads it; dates become `year-month-day` as stored, in
/// whichever era the clerk typed (the date reader tells them apart).
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => number_text(*n),
        DataRef::String(s) => s.clone(),
        DataRef::SharedString(s) => (*s).to_string(),
        DataRef::Bool(b) => b.to_string(),
        DataRef::DateTime(when) if when.is_datetime() => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(when) => number_text(when.as_f64()),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => s.clone(),
        DataRef::Error(e) => e.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Binary floats of money end in 0.30000000000000004; four decimals are more
/// than any form asks for.
fn number_text(n: f64) -> String {
    let rounded = format!("{n:.4}");
    let text = rounded.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-" {
        "0".into()
    } else {
        text.to_string()
    }
}

fn unpacked_size_is_sane(file: &str, bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
    let broken = |e: String| {
        file_problem(
            file,
            "ไฟล์นี้ไม่ใช่ไฟล์ Excel (.xlsx) ที่สมบูรณ์".to_string(),
            format!("this is not a whole Excel (.xlsx) file: {e}"),
        )
        .hint(Say::new(
            "ถ้าเป็นไฟล์ .xls เก่าหรือมีรหัสผ่าน ให้เปิดใน Excel แล้วบันทึกเป็น .xlsx ที่ไม่มีรหัสผ่าน",
            "if it is an old .xls or has a password, save it in Excel as .xlsx without one",
        ))
    };
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len().min(10_000) {
        let entry = archive.by_index(index).map_err(|e| broken(e.to_string()))?;
        // The size that an entry claims may lie; what comes out does not.
        let read = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink())
            .map_err(|e| broken(e.to_string()))?;
        if read > left {
            return Err(Box::new(file_problem(
                file,
                "ไฟล์นี้ขยายออกแล้วใหญ่ผิดปกติ (เกิน 200 เมกะไบต์) จึงไม่อ่าน".into(),
                "this file unpacks to over 200 megabytes, so it is not read".into(),
            )));
        }
        left -= read;
    }
    Ok(())
}
