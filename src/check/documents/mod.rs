//! What attachments hold, for rules to look into: words, authors, and where a
//! picture was taken.
//!
//! These are files of strangers: a few kilobytes can ask for gigabytes. The
//! program reads them in a child process of its own, within limits of memory
//! and time (see [`apart`]); a damaged one costs itself alone, and what can't
//! be read says so: it is never clean.

pub mod apart;
mod archive;
mod office;
mod pdf;
mod photo;
mod xml;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Say, system};
use crate::files::{Digest, Entry, Files, Problem, digest, quietly};

pub use apart::rest;

/// The largest attachment that is looked into, in bytes.
const MAX_BYTES: u64 = 100 * 1024 * 1024;

/// A part of a document that has neither pages nor lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Name,
    Properties,
    Words,
    Margin,
    Footnote,
    Comment,
    DefinedName,
    SheetName,
    SheetMargin,
    Slide,
    SlideNotes,
    Drawing,
    Form,
    Bookmark,
    Link,
}

impl Part {
    pub fn say(self) -> Say {
        let (th, en) = match self {
            Part::Name => ("ชื่อไฟล์", "file name"),
            Part::Properties => ("ในคุณสมบัติของไฟล์", "in the properties of the file"),
            Part::Words => ("ในเนื้อความ", "in the text"),
            Part::Margin => ("ในหัวหรือท้ายกระดาษ", "in a header or footer"),
            Part::Footnote => ("ในเชิงอรรถ", "in a footnote"),
            Part::Comment => ("ในความเห็นหรือกล่องข้อความ", "in a comment or text box"),
            Part::DefinedName => ("ในชื่อที่ตั้งไว้", "in a defined name"),
            Part::SheetName => ("ในชื่อแผ่นงาน", "in the name of a sheet"),
            Part::SheetMargin => (
                "ในหัวหรือท้ายกระดาษของแผ่นงาน",
                "in the header or footer of a sheet",
            ),
            Part::Slide => ("ในสไลด์", "on a slide"),
            Part::SlideNotes => ("ในบันทึกของสไลด์", "in the notes of a slide"),
            Part::Drawing => ("ในภาพวาด", "in the drawing"),
            Part::Bookmark => ("ในบุ๊กมาร์กของ PDF", "in a bookmark of the PDF"),
            Part::Link => ("ในที่อยู่ของลิงก์ใน PDF", "in the address of a link of the PDF"),
            Part::Form => (
                "ในช่องกรอกหรือความเห็นของ PDF",
                "in a form field or note of the PDF",
            ),
        };
        Say::new(th, en)
    }
}

/// Where in an attachment some words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    Cell {
        sheet: Option<Arc<str>>,
        row: u32,
        column: u32,
    },
    Line(u32),
    Page(u32),
    Part(Part),
}

/// Words that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub spot: Spot,
    pub text: String,
    /// The head of the column, for a cell.
    pub head: String,
}

impl Passage {
    fn new(spot: Spot, text: String) -> Passage {
        Passage {
            spot,
            text,
            head: String::new(),
        }
    }
}

/// An attachment as far as it could be read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Document {
    pub passages: Vec<Passage>,
    /// Who wrote it, as its properties tell.
    pub authors: Vec<String>,
    /// A picture that tells where it was taken.
    pub has_location: bool,
    /// Why it, or a part of it, could not be read.
    pub unread: Option<Say>,
    /// Of its bytes, where it is a picture.
    pub digest: String,
}

impl Document {
    fn unread(th: impl Into<String>, en: impl Into<String>) -> Document {
        Document {
            unread: Some(Say::new(th, en)),
            ..Document::default()
        }
    }
}

/// What a file is, by the end of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Workbook,
    Office,
    Pdf,
    Photo,
    /// Its words stand between tags full of numbers.
    Drawing,
    Text,
    /// May hold words that nothing here can read.
    Closed,
}

fn kind(extension: &str) -> Option<Kind> {
    Some(match extension {
        "xlsx" | "xlsm" | "xltx" | "xltm" => Kind::Workbook,
        "docx" | "docm" | "dotx" | "dotm" | "pptx" | "pptm" | "ppsx" | "odt" | "ott" | "ods"
        | "ots" | "odp" | "otp" => Kind::Office,
        "pdf" => Kind::Pdf,
        "jpg" | "jpeg" | "png" | "webp" | "tif" | "tiff" | "heic" | "heif" | "avif" => Kind::Photo,
        "svg" => Kind::Drawing,
        "txt" | "htm" | "html" | "json" | "xml" | "rtf" => Kind::Text,
        "doc" | "xls" | "ppt" | "xlsb" | "zip" | "rar" | "7z" => Kind::Closed,
        _ => return None,
    })
}

/// What was read before, by its content. A preview judges the site after each
/// edit, and attachments hardly ever change.
#[derive(Default)]
struct Memo {
    documents: HashMap<(Digest, String), Arc<Document>>,
    bytes: usize,
}

static MEMO: LazyLock<Mutex<Memo>> = LazyLock::new(Mutex::default);
/// As many letters as are kept.
const MOST_KEPT: usize = 32 * 1024 * 1024;

/// Looks into an attachment; `None` for kinds that hold no words.
pub fn read(files: &dyn Files, entry: &Entry) -> Option<Arc<Document>> {
    let extension = entry.path.extension().unwrap_or_default();
    kind(&extension)?;
    // Only a tree that knows its digests is looked at again and again.
    let key = files.digest(&entry.path).map(|digest| (digest, extension));
    if let Some(key) = &key
        && let Ok(memo) = MEMO.lock()
        && let Some(document) = memo.documents.get(key)
    {
        return Some(document.clone());
    }
    let document = Arc::new(look(files, entry)?);
    if let Some(key) = key
        && let Ok(mut memo) = MEMO.lock()
    {
        let size = |p: &Passage| p.text.len() + p.head.len() + size_of::<Passage>();
        let bytes = document.passages.iter().map(size).sum::<usize>() + 256;
        if memo.bytes + bytes > MOST_KEPT {
            *memo = Memo::default();
        }
        memo.bytes += bytes;
        memo.documents.insert(key, document.clone());
    }
    Some(document)
}

fn look(files: &dyn Files, entry: &Entry) -> Option<Document> {
    let path = &entry.path;
    let kind = kind(&path.extension().unwrap_or_default())?;
    if entry.size > MAX_BYTES {
        return Some(Document::unread(
            "ไฟล์ใหญ่เกิน 100 เมกะไบต์",
            "the file is larger than 100 megabytes",
        ));
    }
    if matches!(kind, Kind::Closed) {
        return Some(Document::unread(
            "ไฟล์ชนิดนี้โปรแกรมเปิดอ่านไม่ได้ บันทึกใหม่เป็น .docx .xlsx หรือ .pdf จะตรวจได้",
            "files of this kind can't be opened here; saved as .docx, .xlsx or .pdf they can be checked",
        ));
    }
    if matches!(kind, Kind::Text) {
        return Some(match files.read_text(path) {
            Ok(decoded) => lines(&decoded.text),
            Err(problem) => Document::unread(problem.th(), problem.en()),
        });
    }
    let bytes = match files.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let why = system::why(&error);
            return Some(Document::unread(
                format!("อ่านไฟล์ไม่ได้: {}", why.th),
                format!("the file can't be read: {}", why.en),
            ));
        }
    };
    let mark = matches!(kind, Kind::Photo).then(|| digest(&bytes).to_string());
    let mut document = apart::open(kind, bytes);
    document.digest = mark.unwrap_or_default();
    Some(document)
}

/// Opens a file of a stranger, here and now.
fn open(kind: Kind, bytes: Vec<u8>) -> Document {
    let look = move || match kind {
        Kind::Workbook => office::workbook(&bytes),
        Kind::Office => office::document(&bytes),
        Kind::Pdf => pdf::document(&bytes),
        Kind::Drawing => office::drawing(bytes),
        Kind::Photo => photo::picture(&bytes),
        Kind::Text | Kind::Closed => Document::default(),
    };
    quietly(look).unwrap_or_else(|| {
        Document::unread(
            "ไฟล์นี้เสียหายหรือผิดรูปแบบจนอ่านไม่ได้",
            "this file is damaged beyond reading",
        )
    })
}

fn lines(text: &str) -> Document {
    Document {
        passages: text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty())
            .map(|(line, number)| Passage::new(Spot::Line(number), line.to_string()))
            .collect(),
        ..Document::default()
    }
}
