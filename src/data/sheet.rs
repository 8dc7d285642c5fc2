//! Tables as files for spreadsheet programs: CSV and XLSX.

use std::borrow::Cow;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use unicode_width::UnicodeWidthStr;

use super::value::Value;

/// A sheet as staff hand it in: a title, headings, rows, perhaps a line of
/// totals.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Of the sheet: at most 31 letters, none of `[]:*?/\`.
    pub name: String,
    /// Lines above the table.
    pub titles: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
    pub total: Option<Vec<Value>>,
    /// Lines below the table.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub heading: String,
    /// In letters.
    pub width: u16,
}

/// RFC 4180 in UTF-8 with a byte order mark, which spreadsheet programs on
/// Windows need for Thai. A text that such a program would take for a formula
/// gets an apostrophe; numbers keep their minus.
pub fn csv<'a>(headings: impl Iterator<Item = &'a str>, rows: &[Vec<Value>]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    for (at, heading) in headings.enumerate() {
        if at > 0 {
            out.push(',');
        }
        cell(&mut out, heading, true);
    }
    out.push_str("\r\n");
    for row in rows {
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            cell(&mut out, &value.plain(), matches!(value, Value::Text(_)));
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn cell(out: &mut String, text: &str, is_text: bool) {
    let formula = is_text && text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.len() > 1;
    let safe = if formula { "'" } else { "" };
    if text.contains(['"', ',', '\n', '\r']) {
        out.push('"');
        out.push_str(safe);
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(safe);
        out.push_str(text);
    }
}

impl Sheet {
    pub fn csv(&self) -> Vec<u8> {
        csv(self.columns.iter().map(|c| c.heading.as_str()), &self.rows)
    }
}

/// A workbook: on each sheet the headings stay in sight and are repeated on
/// each printed page, cells wrap, A4 across. The same sheets give the same
/// bytes.
pub fn xlsx(title: &str, author: &str, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A workbook bears the time at which it was made: ours has none.
    let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_author(author)
            .set_creation_datetime(&never),
    );
    let look = Look::new();
    for sheet in sheets {
        write(book.add_worksheet(), sheet, &look)?;
    }
    book.save_to_buffer()
}

/// The letter that offices write with; Excel takes another where it lacks.
const FONT: &str = "TH SarabunPSK";

struct Look {
    title: Format,
    heading: Format,
    text: Format,
    integer: Format,
    money: Format,
    date: Format,
    bold: Format,
    bold_integer: Format,
    bold_money: Format,
}

impl Look {
    fn new() -> Look {
        let plain = Format::new().set_font_name(FONT).set_font_size(16);
        let boxed = plain
            .clone()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin);
        let bold = boxed.clone().set_bold();
        Look {
            title: plain.set_bold(),
            heading: boxed
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            integer: boxed.clone().set_num_format("0"),
            money: boxed.clone().set_num_format("#,##0.00"),
            // Buddhist years in Excel; the cell holds the day itself.
            date: boxed.clone().set_num_format("[$-107041E]d mmm yyyy;@"),
            bold_integer: bold.clone().set_num_format("0"),
            bold_money: bold.clone().set_num_format("#,##0.00"),
            text: boxed,
            bold,
        }
    }
}

fn write(sheet: &mut Worksheet, of: &Sheet, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name(&of.name)?;
    let mut row = 0u32;
    for title in &of.titles {
        sheet.write_string_with_format(row, 0, title, &look.title)?;
        sheet.set_row_height(row, LINE)?;
        row += 1;
    }
    let head = row;
    for (column, of) in (0u16..).zip(&of.columns) {
        sheet.set_column_width(column, f64::from(of.width))?;
        sheet.write_string_with_format(head, column, &of.heading, &look.heading)?;
    }
    let widths = || of.columns.iter().map(|column| column.width);
    let headings = of.columns.iter().map(|c| (Cow::from(&c.heading), c.width));
    set_height(sheet, head, headings)?;
    for values in &of.rows {
        row += 1;
        set_height(sheet, row, values.iter().map(Value::plain).zip(widths()))?;
        for (column, value) in (0u16..).zip(values) {
            put(sheet, row, column, value, look, false)?;
        }
    }
    if !of.rows.is_empty()
        && let Some(last) = u16::try_from(of.columns.len())
            .ok()
            .and_then(|n| n.checked_sub(1))
    {
        sheet.autofilter(head, 0, row, last)?;
    }
    if let Some(total) = &of.total {
        row += 1;
        set_height(sheet, row, total.iter().map(Value::plain).zip(widths()))?;
        for (column, value) in (0u16..).zip(total) {
            put(sheet, row, column, value, look, true)?;
        }
    }
    for note in &of.notes {
        row += 1;
        sheet.write_string_with_format(row, 0, note, &look.title)?;
        sheet.set_row_height(row, LINE)?;
    }
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.set_repeat_rows(head, head)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Height in points of a line of Thai with its marks, also in the larger letters
/// that programs take where the font lacks.
const LINE: f64 = 27.0;
/// The tallest row there can be (ECMA-376), in points.
const TALLEST: f64 = 409.0;

/// Lines that a text takes in a cell of so many letters' width. Thai breaks
/// where a program finds words and other letters may be wider, so a line is
/// reckoned as seven tenths full.
fn lines(text: &str, width: u16) -> usize {
    let room = usize::from(width).saturating_mul(7).div_euclid(10).max(1);
    text.lines()
        .map(|line| line.width().div_ceil(room).max(1))
        .sum::<usize>()
        .max(1)
}

/// Rows are as high as their longest cell: programs that trust the file do not
/// reckon it, and would cut lines off.
fn set_height<'t>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (Cow<'t, str>, u16)>,
) -> Result<(), XlsxError> {
    let most = cells.map(|(text, width)| lines(&text, width)).max();
    let height = LINE * most.unwrap_or(1) as f64;
    sheet.set_row_height(row, height.min(TALLEST))?;
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    look: &Look,
    is_total: bool,
) -> Result<(), XlsxError> {
    let pick = |plain, bold| if is_total { bold } else { plain };
    match value {
        Value::Empty => {
            sheet.write_blank(row, column, pick(&look.text, &look.bold))?;
        }
        Value::Integer(n) => {
            let format = pick(&look.integer, &look.bold_integer);
            sheet.write_number_with_format(row, column, *n as f64, format)?;
        }
        Value::Money(satang) => {
            let format = pick(&look.money, &look.bold_money);
            sheet.write_number_with_format(row, column, *satang as f64 / 100.0, format)?;
        }
        Value::Number(digits) => match digits.parse::<f64>() {
            Ok(n) => {
                let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len());
                let format = if decimals == 0 {
                    look.integer.clone()
                } else {
                    look.text
                        .clone()
                        .set_num_format(format!("0.{}", "0".repeat(decimals)))
                };
                sheet.write_number_with_format(row, column, n, &format)?;
            }
            Err(_) => {
                sheet.write_string_with_format(row, column, digits, &look.text)?;
            }
        },
        Value::Date(date) => {
            let year = u16::try_from(date.year_ce()).unwrap_or(1900);
            match ExcelDateTime::from_ymd(year, date.month(), date.day()) {
                Ok(day) => {
                    sheet.write_datetime_with_format(row, column, &day, &look.date)?;
                }
                // Before 1900 Excel knows no days.
                Err(_) => {
                    sheet.write_string_with_format(row, column, date.iso(), &look.text)?;
                }
            }
        }
        Value::Month(month) => {
            let text = month.thai_short().replace('\u{a0}', " ");
            sheet.write_string_with_format(row, column, text, &look.text)?;
        }
        Value::Flag(flag) => {
            let word = if *flag {
                "ใช่"
            } else {
                "ไม่ใช่"
            };
            sheet.write_string_with_format(row, column, word, &look.text)?;
        }
        Value::Text(text) => {
            // A cell holds so many characters (ECMA-376, Excel's limit).
            let text: String = text.chars().take(32_767).collect();
            sheet.write_string_with_format(row, column, &text, pick(&look.text, &look.bold))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let column = |heading: &str| Column {
            heading: heading.into(),
            width: 20,
        };
        Sheet {
            name: "ปี 2568".into(),
            titles: vec!["แบบตอบ".into()],
            columns: vec![column("ข้อ"), column("คำอธิบาย"), column("บาท")],
            rows: vec![
                vec![
                    "O1".into(),
                    "หนึ่ง, \"สอง\"\nสาม".into(),
                    Value::Money(-9_000_050),
                ],
                vec!["O2".into(), "=1+1".into(), Value::Empty],
            ],
            ..Sheet::default()
        }
    }

    #[test]
    fn csv_is_quoted_and_safe_from_formulas() {
        let text = String::from_utf8(sheet().csv()).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}ข้อ,คำอธิบาย,บาท\r\nO1,\"หนึ่ง, \"\"สอง\"\"\nสาม\",-90000.50\r\nO2,'=1+1,\r\n"
        );
    }

    #[test]
    fn a_workbook_has_every_cell_and_the_same_bytes_each_time() {
        let make = || xlsx("แบบตอบ", "อบต.", &[sheet()]).expect("a workbook");
        let bytes = make();
        assert_eq!(bytes, make());
        use calamine::Reader;
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("readable");
        let range = book.worksheet_range("ปี 2568").expect("the sheet");
        let cell = |row, column| range.get_value((row, column)).map(ToString::to_string);
        assert_eq!(cell(1, 1).as_deref(), Some("คำอธิบาย"));
        assert_eq!(cell(2, 1).as_deref(), Some("หนึ่ง, \"สอง\"\nสาม"));
        assert_eq!(cell(2, 2).as_deref(), Some("-90000.5"));
        assert_eq!(cell(3, 1).as_deref(), Some("=1+1"));
    }

    #[test]
    fn rows_are_as_high_as_their_longest_cell() {
        assert_eq!(lines("สั้น", 20), 1);
        assert_eq!(lines("", 20), 1);
        assert_eq!(lines("หนึ่ง\nสอง", 20), 2);
        assert_eq!(
            lines(&"ก".repeat(29), 20),
            3,
            "marks take no room, lines are not full"
        );
        assert_eq!(lines(&"กิ่".repeat(14), 20), 1);
        let bytes = xlsx("แบบตอบ", "อบต.", &[sheet()]).expect("a workbook");
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a workbook");
        let mut text = String::new();
        let mut part = book.by_name("xl/worksheets/sheet1.xml").expect("a sheet");
        std::io::Read::read_to_string(&mut part, &mut text).expect("text");
        // The title, the headings, a row of two lines, and one of one.
        let heights: Vec<&str> = text
            .split(" ht=\"")
            .skip(1)
            .filter_map(|t| t.split('"').next())
            .collect();
        assert_eq!(heights, ["27", "27", "54", "27"]);
    }
}
