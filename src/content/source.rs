//! One file through the door: bytes → text or cells, each fault a message
//! with its place.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{HeadFault, Table, parse_toml, split_front_matter};
use crate::files::{FileProblem, Files, Problem, Severity, SitePath};

use super::agency::Reference;
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
            for problem in FileProblem::about_text(path, &decoded) {
                let mut told = file_diagnostic(&problem);
                if let Some(at) = problem.position() {
                    told.place = Some(Place::span(path.as_str(), at.span(&decoded.text)));
                }
                found.push(told);
            }
            Some(decoded.text)
        }
        Err(problem) => {
            found.push(file_diagnostic(&problem));
            None
        }
    }
}

/// The text that a measure refers to: its file, the whole of it, and where its
/// Markdown stands in that.
pub fn read_note(
    files: &dyn Files,
    reference: &Reference,
    found: &mut Vec<Diagnostic>,
) -> Option<(SitePath, String, Range<usize>)> {
    let file = SitePath::new(&reference.place.file).ok()?;
    let path = super::beside(&file, &reference.raw)?;
    let full = read_text(files, &path, found)?;
    match split_front_matter(&full) {
        Ok(parts) => {
            let body = parts.body;
            Some((path, full, body))
        }
        Err(fault) => {
            found.push(head_fault(&path, &full, fault));
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
    let parts = match split_front_matter(&text) {
        Ok(parts) => parts,
        Err(fault) => {
            found.push(head_fault(path, &text, fault));
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

/// What is wrong with the head of a page, with the lines to type instead.
pub fn head_fault(path: &SitePath, text: &str, fault: HeadFault) -> Diagnostic {
    let of = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or("").trim();
    let (code, at, message, hint) = match fault {
        HeadFault::Open { at, meant: None } => (
            "front-matter-open",
            at,
            Say::new(
                "ส่วนหัวของหน้าเปิดด้วย +++ แต่ไม่มี +++ ปิด",
                "the head of the page opens with +++ but is never closed",
            ),
            Say::new(
                "ใส่บรรทัดนี้หลังข้อมูลส่วนหัว ก่อนเนื้อหา:",
                "put this line after the head, before the text:",
            )
            .typing("+++"),
        ),
        HeadFault::Open {
            meant: Some(at), ..
        } => (
            "front-matter-open",
            at.clone(),
            Say::new(
                format!("ส่วนหัวของหน้าต้องปิดด้วย +++ แต่บรรทัดนี้เป็น {}", of(&at)),
                format!(
                    "the head of the page is closed by +++, but this line is {}",
                    of(&at)
                ),
            ),
            Say::new("พิมพ์บรรทัดนี้เป็น:", "write this line as:").typing("+++"),
        ),
        HeadFault::Yaml { at } => (
            "yaml-head",
            at,
            Say::new(
                "ส่วนหัวของหน้าต้องอยู่ระหว่างบรรทัด +++ ไม่ใช่ ---",
                "the head of a page stands between lines of +++, not ---",
            ),
            Say::new(
                "ที่นี่ใช้รูปแบบ TOML ไม่ใช่ YAML พิมพ์ส่วนหัวเป็น:",
                "the head is TOML here, not YAML; write it as:",
            )
            .typing(&from_yaml(text)),
        ),
        HeadFault::Mark { at } => {
            let first = of(&at);
            // What stands behind the mark goes on lines of its own.
            let rest = first
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .trim_end_matches(['+', '＋'])
                .trim_end();
            let mut lines = "+++".to_string();
            if !rest.is_empty() {
                lines = format!("{lines}\n{rest}");
                if first.ends_with(['+', '＋']) {
                    lines.push_str("\n+++");
                }
            }
            (
                "front-matter-mark",
                at.clone(),
                Say::new(
                    format!("บรรทัดแรกของหน้าต้องเป็น +++ เท่านั้น แต่พบ {first}"),
                    format!("the first line of a page is +++ alone, not {first}"),
                ),
                Say::new("พิมพ์บรรทัดแรกเป็น:", "write the first line as:").typing(&lines),
            )
        }
        HeadFault::Bare { at } => (
            "front-matter-mark",
            at,
            Say::new(
                "ส่วนหัวของหน้าไม่มี +++ นำหน้า จึงจะกลายเป็นข้อความบนหน้าเว็บ",
                "the head of the page has no +++ before it, so it would become text on the page",
            ),
            Say::new(
                "พิมพ์บรรทัดนี้เป็นบรรทัดแรกของไฟล์ และอีกครั้งหลังข้อมูลส่วนหัว:",
                "write this as the first line of the file, and once more after the head:",
            )
            .typing("+++"),
        ),
    };
    Diagnostic::error(code, message)
        .at(Place::span(path.as_str(), at))
        .hint(hint)
}

/// The head that YAML's would be in TOML, as far as its fields are simple.
fn from_yaml(text: &str) -> String {
    let inside = text.lines().map(str::trim).skip_while(|l| l.is_empty());
    let fields = inside
        .skip(1)
        .take_while(|l| !l.starts_with("---") && !l.starts_with('—'))
        .filter_map(|line| {
            if line.contains(" = ") {
                return Some(line.to_string());
            }
            let (key, value) = line.split_once(": ")?;
            let value = value.trim().trim_matches(['"', '\'']);
            let is_name = key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            let is_bare = matches!(value, "true" | "false")
                || value.chars().all(|c| c.is_ascii_digit() || c == '-');
            let simple = !value.is_empty() && !value.contains(['"', '\\', '[', '{', '|', '>']);
            (is_name && simple).then(|| {
                if is_bare {
                    format!("{key} = {value}")
                } else {
                    format!("{key} = \"{value}\"")
                }
            })
        })
        .collect::<Vec<_>>();
    let fields = if fields.is_empty() {
        "title = \"…\"".to_string()
    } else {
        fields.join("\n")
    };
    format!("+++\n{fields}\n+++")
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
