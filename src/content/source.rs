//! One file through the door: bytes → text or cells, each fault a message
//! with its place.

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Table, parse_toml, split_front_matter};
use crate::files::{FileProblem, Files, Problem, Severity, SitePath};

use super::sheet::{Grid, read_csv};
use super::workbook::read_xlsx;

/// A fault of the door, as a message. `text` gives the place where the fault
/// has a line.
pub fn file_diagnostic(problem: &FileProblem) -> Diagnostic {
    let say = Say::new(problem.th(), problem.en());
    let diagnostic = match problem.severity() {
        Severity::Error => Diagnostic::error(problem.code(), say),
        Severity::Warning => Diagnostic::warning(problem.code(), say),
    };
    let hint = Say::new(problem.hint_th(), problem.hint_en());
    let diagnostic = diagnostic.at(Place::file(problem.path.as_str()));
    if hint.th.is_empty() {
        diagnostic
    } else {
        diagnostic.hint(hint)
    }
}

/// Reads a text file; what had to be converted is told.
pub fn read_text(
    files: &dyn Files,
    path: &SitePath,
    found: &mut Vec<Diagnostic>,
) -> Option<String> {
    match files.read_text(path) {
        Ok(decoded) => {
            if decoded.mojibake || decoded.encoding.is_converted() {
                found.extend(
                    FileProblem::about_text(path, &decoded)
                        .iter()
                        .map(file_diagnostic),
                );
            }
            Some(decoded.text)
        }
        Err(problem) => {
            found.push(file_diagnostic(&problem));
            None
        }
    }
}

/// Reads and parses a TOML file.
pub fn read_toml(files: &dyn Files, path: &SitePath, found: &mut Vec<Diagnostic>) -> Option<Table> {
    let text = read_text(files, path, found)?;
    let (table, problems) = parse_toml(path.as_str(), &text, 0..text.len());
    found.extend(problems);
    Some(table)
}

/// A Markdown file in its two parts.
pub struct MarkdownFile {
    pub front: Table,
    pub text: String,
    pub body: std::ops::Range<usize>,
}

pub fn read_markdown(
    files: &dyn Files,
    path: &SitePath,
    found: &mut Vec<Diagnostic>,
) -> Option<MarkdownFile> {
    let text = read_text(files, path, found)?;
    if text.starts_with("---\n") || text.starts_with("---\r\n") {
        found.push(
            Diagnostic::error(
                "yaml-head",
                Say::new(
                    "ส่วนหัวของหน้าต้องอยู่ระหว่างบรรทัด +++ ไม่ใช่ ---",
                    "the head of a page stands between lines of +++, not ---",
                ),
            )
            .at(Place::span(path.as_str(), 0..3))
            .hint(Say::new(
                "เปลี่ยน --- ทั้งสองบรรทัดเป็น +++ และเขียนแต่ละช่องเป็น  ชื่อ = \"ค่า\"",
                "change both --- to +++ and write each field as  name = \"value\"",
            )),
        );
        return None;
    }
    let parts = match split_front_matter(&text) {
        Ok(parts) => parts,
        Err(open) => {
            found.push(
                Diagnostic::error(
                    "front-matter-open",
                    Say::new(
                        "ส่วนหัวของหน้าเปิดด้วย +++ แต่ไม่มี +++ ปิด",
                        "the head of the page opens with +++ but is never closed",
                    ),
                )
                .at(Place::span(path.as_str(), open))
                .hint(Say::new(
                    "ใส่บรรทัดที่มีแต่ +++ หลังข้อมูลส่วนหัว ก่อนเนื้อหา",
                    "put a line of +++ alone after the head, before the text",
                )),
            );
            return None;
        }
    };
    let (front, problems) = parse_toml(path.as_str(), &text, parts.toml);
    found.extend(problems);
    Some(MarkdownFile {
        front,
        text,
        body: parts.body,
    })
}

/// Reads a CSV or XLSX file as cells.
pub fn read_grid(
    files: &dyn Files,
    path: &SitePath,
    sheet: Option<&str>,
    found: &mut Vec<Diagnostic>,
) -> Option<Grid> {
    let grid = if path.extension().as_deref() == Some("xlsx") {
        match files.read(path) {
            Ok(bytes) => read_xlsx(path.as_str(), &bytes, sheet),
            Err(error) => {
                found.push(file_diagnostic(&FileProblem::from_io(path, &error)));
                return None;
            }
        }
    } else {
        let text = read_text(files, path, found)?;
        read_csv(path.as_str(), &text)
    };
    let grid = grid.map_err(|problem| found.push(*problem)).ok()?;
    if sheet.is_none() && !grid.unread_sheets.is_empty() {
        let (used, others) = (
            grid.sheet.as_deref().unwrap_or(""),
            grid.unread_sheets.join(", "),
        );
        found.push(
            Diagnostic::warning(
                "unread-sheet",
                Say::new(
                    format!("ใช้เฉพาะแผ่นงาน “{used}” แผ่นงานอื่นที่มีข้อมูลไม่ถูกอ่าน: {others}"),
                    format!("only the sheet “{used}” is used; others that hold something are not read: {others}"),
                ),
            )
            .at(Place::file(path.as_str()))
            .hint(Say::new(
                "รวมข้อมูลไว้ในแผ่นงานเดียว หรือลบแผ่นงานที่ไม่ใช้",
                "put the data into one sheet, or delete the others",
            )),
        );
    }
    Some(grid)
}
