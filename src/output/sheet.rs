//! A table as a file for spreadsheet programs: CSV and XLSX.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

/// A table of texts with Thai headings, as staff hand it in.
pub struct Sheet {
    /// Of the sheet: at most 31 letters, none of `[]:*?/\`.
    pub name: String,
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

pub struct Column {
    pub heading: String,
    /// In letters.
    pub width: u16,
}

impl Sheet {
    /// RFC 4180 in UTF-8 with a byte order mark, which spreadsheet programs on
    /// Windows need for Thai. A text that such a program would take for a
    /// formula gets an apostrophe.
    pub fn csv(&self) -> Vec<u8> {
        let mut out = String::from("\u{feff}");
        let headings = self.columns.iter().map(|c| c.heading.as_str());
        line(&mut out, headings);
        for row in &self.rows {
            line(&mut out, row.iter().map(String::as_str));
        }
        out.into_bytes()
    }

    /// A workbook of one sheet: a title, headings that stay in sight and are
    /// repeated on each printed page, wrapped cells, A4 across. The same table
    /// gives the same bytes.
    pub fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // A workbook bears the time at which it was made: ours has none.
        let never = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(
            &DocProperties::new()
                .set_title(&self.title)
                .set_creation_datetime(&never),
        );
        let sheet = book.add_worksheet();
        sheet.set_name(&self.name)?;
        let title = Format::new().set_bold().set_font_size(14);
        let heading = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin);
        let cell = Format::new()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border(FormatBorder::Thin);
        sheet.write_string_with_format(0, 0, &self.title, &title)?;
        for (column, of) in (0u16..).zip(&self.columns) {
            sheet.set_column_width(column, f64::from(of.width))?;
            sheet.write_string_with_format(1, column, &of.heading, &heading)?;
        }
        for (row, texts) in (2u32..).zip(&self.rows) {
            for (column, text) in (0u16..).zip(texts) {
                // A cell holds so many characters (ECMA-376, Excel's limit).
                let text: String = text.chars().take(32_767).collect();
                sheet.write_string_with_format(row, column, &text, &cell)?;
            }
        }
        sheet.set_freeze_panes(2, 0)?;
        sheet.set_repeat_rows(1, 1)?;
        sheet.set_landscape();
        sheet.set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0);
        book.save_to_buffer()
    }
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(',');
        }
        let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.len() > 1;
        let safe = if formula { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push('"');
            out.push_str(safe);
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(safe);
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
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
            title: "แบบตอบ".into(),
            columns: vec![column("ข้อ"), column("คำอธิบาย")],
            rows: vec![
                vec!["O1".into(), "หนึ่ง, \"สอง\"\nสาม".into()],
                vec!["O2".into(), "=1+1".into()],
            ],
        }
    }

    #[test]
    fn csv_is_quoted_and_safe_from_formulas() {
        let text = String::from_utf8(sheet().csv()).expect("UTF-8");
        assert_eq!(
            text,
            "\u{feff}ข้อ,คำอธิบาย\r\nO1,\"หนึ่ง, \"\"สอง\"\"\nสาม\"\r\nO2,'=1+1\r\n"
        );
    }

    #[test]
    fn a_workbook_has_every_cell_and_the_same_bytes_each_time() {
        let bytes = sheet().xlsx().expect("a workbook");
        assert_eq!(bytes, sheet().xlsx().expect("a workbook"));
        use calamine::Reader;
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("readable");
        let range = book.worksheet_range("ปี 2568").expect("the sheet");
        let cell = |row, column| range.get_value((row, column)).map(ToString::to_string);
        assert_eq!(cell(1, 1).as_deref(), Some("คำอธิบาย"));
        assert_eq!(cell(2, 1).as_deref(), Some("หนึ่ง, \"สอง\"\nสาม"));
        assert_eq!(cell(3, 1).as_deref(), Some("=1+1"));
    }
}
