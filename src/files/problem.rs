//! What can be wrong with files, in words for the person who saved them.
//!
//! The Thai text is written for a clerk: what is wrong, then what to do, with the names of menus
//! as they are on screen. The English text says the same to whoever helps from afar. Codes never
//! change once released: people search for them.

use std::error::Error;
use std::fmt;
use std::io;

use crate::diagnostic::system;

use super::decode::{
    DecodeFault, DecodeProblem, Decoded, Encoding, find_lost_letters, find_mojibake, mended,
};
use super::names::{NAME_BYTES, NameFault, shown};
use super::path::{PATH_UNITS, PathFault, PathProblem, SitePath};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing should be published before it is solved.
    Error,
    /// Somebody should look; the rest is sound without it.
    Warning,
}

/// What every problem of this room can say of itself.
pub trait Problem {
    /// A short name that never changes, one of [`CODES`].
    fn code(&self) -> &'static str;
    /// How much it weighs.
    fn severity(&self) -> Severity;
    /// What is wrong, in Thai.
    fn th(&self) -> String;
    /// What is wrong, in English.
    fn en(&self) -> String;
    /// What to do, in Thai.
    fn hint_th(&self) -> String;
    /// What to do, in English.
    fn hint_en(&self) -> String;
}

/// Every code of this room, sorted, for the list of codes and their explanations.
pub const CODES: &[&str] = &[
    "file-binary",
    "file-conflict-copy",
    "file-encoding",
    "file-encoding-converted",
    "file-encoding-mixed",
    "file-garbled",
    "file-ignored",
    "file-letters-lost",
    "file-missing",
    "file-name-clash",
    "file-name-invisible",
    "file-name-not-unicode",
    "file-name-reserved",
    "file-name-too-long",
    "file-special",
    "file-still-saving",
    "file-symlink",
    "file-too-deep",
    "file-too-large",
    "file-too-many",
    "file-unreadable",
    "path-absolute",
    "path-backslash",
    "path-dots",
    "path-empty",
    "path-outside",
];

/// Something wrong with one file or folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileProblem {
    /// Its path below the site, fit for printing. Not a [`SitePath`], since a name that cannot be
    /// one is among the problems.
    pub path: String,
    /// What is wrong with it.
    pub fault: FileFault,
}

/// What is wrong with a file or folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileFault {
    /// Its path or name cannot be used.
    Name(PathFault),
    /// Its name has characters that nobody sees.
    Invisible,
    /// It differs from another only in ways that Windows, macOS or a reader does not see.
    Clash {
        /// The other one.
        other: String,
    },
    /// It is a symbolic link.
    Symlink,
    /// It is neither a file nor a folder where one was expected.
    NotAFile,
    /// It is there, but hidden, temporary or outside of what prongsai reads.
    NotListed,
    /// It was asked for and is not there.
    Missing,
    /// It cannot be opened or read.
    Unreadable(Unreadable),
    /// It is the copy of a file that a sync program made when two people saved at once.
    ConflictCopy,
    /// It has more bytes than a text file may have.
    TooLarge {
        /// How many it has.
        size: u64,
        /// How many it may have.
        limit: u64,
    },
    /// It lies in more folders than it may.
    TooDeep {
        /// How many it may.
        limit: usize,
    },
    /// The tree holds more than is looked at; the listing is not complete.
    TooMany {
        /// How many are.
        limit: usize,
    },
    /// Its bytes are not text that can be trusted.
    Text(DecodeProblem),
    /// It was read, but from another encoding than UTF-8.
    Converted {
        /// Which.
        encoding: Encoding,
        /// The first words as they were understood.
        sample: String,
    },
    /// It was read, but its Thai had been converted twice before.
    Garbled {
        /// The first such line.
        line: usize,
        /// The character in it.
        column: usize,
        /// What the line would be, where all of it can be turned back.
        meant: Option<String>,
    },
    /// It was read, but its letters had been saved as question marks.
    LettersLost {
        /// The first such line.
        line: usize,
        /// The character in it.
        column: usize,
    },
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreadable {
    /// It is not there (any more).
    NotFound,
    /// This user may not.
    Denied,
    /// Another program keeps it for itself, as Excel does on Windows.
    Busy,
    /// It is in OneDrive or the like and not on this machine.
    Offline,
    /// What the system said.
    Other { th: String, en: String },
}

impl FileProblem {
    /// A problem with the file at a path, which may be any text.
    pub fn new(path: &str, fault: FileFault) -> Self {
        Self {
            path: shown(path).into_owned(),
            fault,
        }
    }

    /// A name that was found on disk and cannot be used.
    pub fn name(problem: PathProblem) -> Self {
        Self {
            path: problem.path,
            fault: FileFault::Name(problem.fault),
        }
    }

    /// What an error of [`Files::read`](super::Files::read) means.
    pub fn from_io(path: &SitePath, error: &io::Error) -> Self {
        Self::unreadable(path.as_str(), error)
    }

    /// What is worth a warning about a file that was read well.
    pub fn about_text(path: &SitePath, decoded: &Decoded) -> Vec<Self> {
        let mut problems = Vec::new();
        if decoded.encoding.is_converted() {
            let fault = FileFault::Converted {
                encoding: decoded.encoding,
                sample: decoded.converted_sample.clone().unwrap_or_default(),
            };
            problems.push(Self::new(path.as_str(), fault));
        }
        if decoded.mojibake
            && let Some(at) = find_mojibake(&decoded.text)
        {
            let (line, column) = (at.line, at.column);
            let text = decoded.text.lines().nth(line.saturating_sub(1));
            let meant = text.and_then(mended);
            let fault = FileFault::Garbled {
                line,
                column,
                meant,
            };
            problems.push(Self::new(path.as_str(), fault));
        } else if let Some(at) = find_lost_letters(&decoded.text) {
            let (line, column) = (at.line, at.column);
            let fault = FileFault::LettersLost { line, column };
            problems.push(Self::new(path.as_str(), fault));
        }
        problems
    }

    pub(super) fn unreadable(path: &str, error: &io::Error) -> Self {
        let refusal = error.get_ref().and_then(|inner| inner.downcast_ref());
        let fault = match refusal {
            Some(Refusal::Symlink) => FileFault::Symlink,
            Some(Refusal::NotAFile) => FileFault::NotAFile,
            Some(Refusal::NotListed) => FileFault::NotListed,
            None => FileFault::Unreadable(Unreadable::from(error)),
        };
        Self::new(path, fault)
    }

    /// The line and character that it is about, both from 1, where it is about one.
    pub fn position(&self) -> Option<super::Position> {
        let (line, column) = match &self.fault {
            FileFault::Text(problem) => (problem.line, problem.column),
            FileFault::Garbled { line, column, .. } | FileFault::LettersLost { line, column } => {
                (*line, *column)
            }
            _ => return None,
        };
        Some(super::Position { line, column })
    }
}

impl From<&io::Error> for Unreadable {
    fn from(error: &io::Error) -> Self {
        if cfg!(windows) {
            match error.raw_os_error() {
                // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
                Some(32 | 33) => return Self::Busy,
                // ERROR_CLOUD_FILE_*: the program is not running, no network, not signed in, time
                // is up, gave up.
                Some(362 | 382 | 386 | 388 | 389 | 398 | 404 | 426) => return Self::Offline,
                _ => {}
            }
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::ResourceBusy => Self::Busy,
            _ => {
                let why = system::why(error);
                let fit = |text: &str| shown(text).into_owned();
                Self::Other {
                    th: fit(&why.th),
                    en: fit(&why.en),
                }
            }
        }
    }
}

/// Why the door itself refuses a file; travels inside an `io::Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    Symlink,
    NotAFile,
    NotListed,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Symlink => "symbolic links are not followed",
            Self::NotAFile => "not a plain file",
            Self::NotListed => "not among the files of the site",
        })
    }
}

impl Error for Refusal {}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::NotListed => io::ErrorKind::NotFound,
            Refusal::Symlink | Refusal::NotAFile => io::ErrorKind::InvalidInput,
        };
        Self::new(kind, refusal)
    }
}

// ---------------------------------------------------------------------------------------------
// Words

impl Problem for PathProblem {
    fn code(&self) -> &'static str {
        path_code(&self.fault)
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn th(&self) -> String {
        path_th(&self.path, &self.fault)
    }

    fn en(&self) -> String {
        path_en(&self.path, &self.fault)
    }

    fn hint_th(&self) -> String {
        path_hint_th(&self.fault).to_owned()
    }

    fn hint_en(&self) -> String {
        path_hint_en(&self.fault).to_owned()
    }
}

fn path_code(fault: &PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "path-empty",
        PathFault::Absolute => "path-absolute",
        PathFault::Outside => "path-outside",
        PathFault::Backslash => "path-backslash",
        PathFault::EmptyPart | PathFault::Dots => "path-dots",
        PathFault::NotUnicode => "file-name-not-unicode",
        PathFault::Name { fault, .. } => match fault {
            NameFault::Device | NameFault::Character(_) | NameFault::End(_) => "file-name-reserved",
            NameFault::TooLong { .. } => "file-name-too-long",
        },
        PathFault::TooLong { .. } => "file-name-too-long",
    }
}

fn path_th(path: &str, fault: &PathFault) -> String {
    match fault {
        PathFault::Empty => "ยังไม่ได้ระบุชื่อไฟล์".to_owned(),
        PathFault::Absolute => format!("ที่อยู่ไฟล์ “{path}” ขึ้นต้นด้วย / ซึ่งใช้ในที่นี้ไม่ได้"),
        PathFault::Outside => format!("ที่อยู่ไฟล์ “{path}” ชี้ออกไปนอกโฟลเดอร์ของเว็บไซต์"),
        PathFault::Backslash => format!("ที่อยู่ไฟล์ “{path}” ใช้เครื่องหมาย \\ คั่นโฟลเดอร์"),
        PathFault::EmptyPart => format!("ที่อยู่ไฟล์ “{path}” มีเครื่องหมาย / เกินมา"),
        PathFault::Dots => format!("ที่อยู่ไฟล์ “{path}” มี . หรือ .. ซึ่งใช้ในที่นี้ไม่ได้"),
        PathFault::NotUnicode => {
            format!("ชื่อไฟล์ “{path}” อ่านไม่ออก เพราะไม่ได้บันทึกเป็นรหัสภาษามาตรฐาน (Unicode)")
        }
        PathFault::Name { name, fault } => {
            let name = shown(name);
            // Where the name is not the whole path, the reader needs both to find it.
            let at = if *name == *path {
                String::new()
            } else {
                format!("“{}”: ", shortened(path))
            };
            match fault {
                NameFault::Device => {
                    format!("{at}ชื่อ “{name}” เป็นชื่อที่ Windows สงวนไว้ใช้กับอุปกรณ์")
                }
                NameFault::Character(c) => {
                    format!(
                        "{at}ชื่อ “{name}” มีอักขระ {} ซึ่ง Windows ใช้ในชื่อไฟล์ไม่ได้",
                        character_th(*c)
                    )
                }
                NameFault::End(c) => {
                    format!(
                        "{at}ชื่อ “{name}” ลงท้ายด้วย{} ซึ่ง Windows จะตัดทิ้ง",
                        character_th(*c)
                    )
                }
                NameFault::TooLong { bytes } => format!(
                    "{at}ชื่อ “{}” ยาวเกินไป ({bytes} ไบต์ ใช้ได้ไม่เกิน {NAME_BYTES} ไบต์ หรืออักษรไทยราว 85 ตัว)",
                    shortened(&name)
                ),
            }
        }
        PathFault::TooLong { units } => format!(
            "ที่อยู่ไฟล์ “{}” ยาวเกินไป ({units} ตัวอักษร ใช้ได้ไม่เกิน {PATH_UNITS})",
            shortened(path)
        ),
    }
}

fn path_en(path: &str, fault: &PathFault) -> String {
    match fault {
        PathFault::Empty => "no file name is given".to_owned(),
        PathFault::Absolute => {
            format!("the path “{path}” begins with /, which cannot be used here")
        }
        PathFault::Outside => format!("the path “{path}” leads out of the site's folder"),
        PathFault::Backslash => format!("the path “{path}” separates folders with \\"),
        PathFault::EmptyPart => format!("the path “{path}” has a / too many"),
        PathFault::Dots => format!("the path “{path}” has . or .., which cannot be used here"),
        PathFault::NotUnicode => format!("the file name “{path}” is not Unicode"),
        PathFault::Name { name, fault } => {
            let name = shown(name);
            // Where the name is not the whole path, the reader needs both to find it.
            let at = if *name == *path {
                String::new()
            } else {
                format!("“{}”: ", shortened(path))
            };
            match fault {
                NameFault::Device => {
                    format!("{at}the name “{name}” is one that Windows reserves for a device")
                }
                NameFault::Character(c) => {
                    format!(
                        "{at}the name “{name}” has {}, which Windows cannot hold",
                        character_en(*c)
                    )
                }
                NameFault::End(c) => {
                    format!(
                        "{at}the name “{name}” ends with {}, which Windows cuts off",
                        character_en(*c)
                    )
                }
                NameFault::TooLong { bytes } => format!(
                    "{at}the name “{}” is too long ({bytes} bytes of at most {NAME_BYTES}, about 85 Thai letters)",
                    shortened(&name)
                ),
            }
        }
        PathFault::TooLong { units } => format!(
            "the path “{}” is too long ({units} characters of at most {PATH_UNITS})",
            shortened(path)
        ),
    }
}

fn path_hint_th(fault: &PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "ใส่ชื่อไฟล์ เช่น files/report-2567.pdf",
        PathFault::Absolute => "ลบเครื่องหมาย / ตัวแรกออก แล้วเขียนที่อยู่โดยเริ่มจากโฟลเดอร์ของเว็บไซต์",
        PathFault::Outside => "คัดลอกไฟล์เข้ามาไว้ในโฟลเดอร์ของเว็บไซต์ แล้วแก้ที่อยู่ให้ตรง",
        PathFault::Backslash => "เปลี่ยนเครื่องหมาย \\ เป็น / เช่น files/report-2567.pdf",
        PathFault::EmptyPart => "ลบเครื่องหมาย / ที่เกินออก",
        PathFault::Dots => "เขียนที่อยู่เต็มโดยไม่ใช้ . หรือ ..",
        PathFault::NotUnicode => "เปลี่ยนชื่อไฟล์ใหม่ (มักเกิดจากการแตกไฟล์ ZIP เก่าที่มีชื่อภาษาไทย)",
        PathFault::Name { fault, .. } => match fault {
            NameFault::Device => "เปลี่ยนชื่อไฟล์หรือโฟลเดอร์เป็นชื่ออื่น เช่น เติมคำข้างหน้า",
            NameFault::Character(_) => {
                "เปลี่ยนชื่อโดยใช้เฉพาะตัวอักษร ตัวเลข จุด ขีดกลาง (-) ขีดล่าง (_) หรือเว้นวรรค"
            }
            NameFault::End(_) => "เปลี่ยนชื่อโดยลบจุดหรือเว้นวรรคท้ายชื่อออก",
            NameFault::TooLong { .. } => "ตั้งชื่อให้สั้นลง แล้วใส่ชื่อเต็มไว้ในหัวเรื่องของหน้าแทน",
        },
        PathFault::TooLong { .. } => "ตั้งชื่อโฟลเดอร์และไฟล์ให้สั้นลง หรือลดจำนวนโฟลเดอร์ที่ซ้อนกัน",
    }
}

fn path_hint_en(fault: &PathFault) -> &'static str {
    match fault {
        PathFault::Empty => "give a file name, such as files/report-2567.pdf",
        PathFault::Absolute => "remove the first / and write the path from the site's folder on",
        PathFault::Outside => "copy the file into the site's folder and correct the path",
        PathFault::Backslash => "write / for \\, as in files/report-2567.pdf",
        PathFault::EmptyPart => "remove the / that is too many",
        PathFault::Dots => "write the whole path without . and ..",
        PathFault::NotUnicode => {
            "rename the file (old ZIP files with Thai names often unpack like this)"
        }
        PathFault::Name { fault, .. } => match fault {
            NameFault::Device => "rename the file or folder, for example with a word in front",
            NameFault::Character(_) => {
                "rename it with letters, digits, dots, - and _ or spaces only"
            }
            NameFault::End(_) => "rename it without the dot or space at the end",
            NameFault::TooLong { .. } => {
                "give it a shorter name; the full one can be the page title"
            }
        },
        PathFault::TooLong { .. } => "shorten the names of folders and file, or nest fewer folders",
    }
}

impl Problem for DecodeProblem {
    fn code(&self) -> &'static str {
        match self.kind {
            DecodeFault::NotUtf8
            | DecodeFault::DoubtfulThai
            | DecodeFault::BadUtf16
            | DecodeFault::Utf16WithoutBom => "file-encoding",
            DecodeFault::Mixed { .. } => "file-encoding-mixed",
            DecodeFault::StillBeingSaved => "file-still-saving",
            DecodeFault::Binary { .. } => "file-binary",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Error
    }

    fn th(&self) -> String {
        let Self { line, column, .. } = self;
        match &self.kind {
            DecodeFault::NotUtf8 => {
                format!("บรรทัดที่ {line} (ตัวอักษรที่ {column}) ไม่ได้บันทึกเป็นรหัสภาษา UTF-8 จึงอ่านไม่ออก")
            }
            DecodeFault::Mixed { lines: 1 } => {
                format!("บรรทัดที่ {line} ใช้รหัสภาษาต่างจากบรรทัดอื่นในไฟล์เดียวกัน")
            }
            DecodeFault::Mixed { lines } => format!(
                "บรรทัดที่ {line} และอีก {} บรรทัด ใช้รหัสภาษาต่างจากบรรทัดอื่นในไฟล์เดียวกัน",
                lines.saturating_sub(1)
            ),
            DecodeFault::DoubtfulThai => format!(
                "ไฟล์คล้ายจะเป็นภาษาไทยแบบเก่า (Windows-874) แต่บรรทัดที่ {line} ตัวอักษรที่ {column} มีสระหรือวรรณยุกต์ที่ไม่มีพยัญชนะรองรับ จึงไม่แน่ใจว่าอ่านถูกต้อง"
            ),
            DecodeFault::BadUtf16 => {
                format!("ไฟล์เป็น UTF-16 ที่เสียหาย ที่บรรทัดที่ {line} ตัวอักษรที่ {column}")
            }
            DecodeFault::Utf16WithoutBom => "ไฟล์คล้ายจะบันทึกเป็น UTF-16 ไม่ใช่ UTF-8".to_owned(),
            DecodeFault::StillBeingSaved => {
                format!("ไฟล์ยังไม่ครบ ขาดกลางตัวอักษรสุดท้ายในบรรทัดที่ {line} (โปรแกรมอื่นอาจกำลังบันทึกอยู่)")
            }
            DecodeFault::Binary {
                looks_like: Some(name),
            } => format!("ไฟล์นี้ไม่ใช่ข้อความ แต่น่าจะเป็นไฟล์ {name} ที่ถูกเปลี่ยนนามสกุล"),
            DecodeFault::Binary { looks_like: None } => {
                format!("ไฟล์นี้ไม่ใช่ข้อความ หรือเสียหาย (พบข้อมูลที่ไม่ใช่ตัวอักษรในบรรทัดที่ {line})")
            }
        }
    }

    fn en(&self) -> String {
        let Self { line, column, .. } = self;
        match &self.kind {
            DecodeFault::NotUtf8 => format!("line {line}, character {column} is not UTF-8"),
            DecodeFault::Mixed { lines: 1 } => {
                format!("line {line} is in another encoding than the other lines")
            }
            DecodeFault::Mixed { lines } => format!(
                "line {line} and {} more are in another encoding than the other lines",
                lines.saturating_sub(1)
            ),
            DecodeFault::DoubtfulThai => format!(
                "looks like Thai in Windows-874, but line {line}, character {column} is a vowel or tone mark without a consonant"
            ),
            DecodeFault::BadUtf16 => {
                format!("UTF-16 that is broken at line {line}, character {column}")
            }
            DecodeFault::Utf16WithoutBom => "looks like UTF-16, not UTF-8".to_owned(),
            DecodeFault::StillBeingSaved => {
                format!(
                    "ends inside the last letter of line {line}; another program may still be saving it"
                )
            }
            DecodeFault::Binary {
                looks_like: Some(name),
            } => format!("is not text; it seems to be a {name} file with another extension"),
            DecodeFault::Binary { looks_like: None } => {
                format!("is not text, or is damaged (line {line} has data that is no character)")
            }
        }
    }

    fn hint_th(&self) -> String {
        match &self.kind {
            DecodeFault::Mixed { .. } => {
                "มักเกิดจากการนำไฟล์สองไฟล์มาต่อกัน ลบบรรทัดนั้นแล้วพิมพ์ใหม่ในโปรแกรมที่บันทึกเป็น UTF-8"
            }
            DecodeFault::StillBeingSaved => {
                "รอสักครู่แล้วสั่งใหม่อีกครั้ง หากยังพบข้อความนี้อยู่ ให้เปิดไฟล์แล้วบันทึกใหม่เป็น UTF-8"
            }
            DecodeFault::Binary {
                looks_like: Some(_),
            } => "เปลี่ยนนามสกุลไฟล์กลับเป็นของเดิม หรือเปิดในโปรแกรมนั้นแล้วบันทึกเป็นข้อความหรือ CSV UTF-8",
            DecodeFault::Binary { looks_like: None } => {
                "เปิดดูว่าเป็นไฟล์ที่ต้องการหรือไม่ ถ้าเสียหายให้นำไฟล์สำรองมาวางแทน"
            }
            DecodeFault::NotUtf8
            | DecodeFault::DoubtfulThai
            | DecodeFault::BadUtf16
            | DecodeFault::Utf16WithoutBom => SAVE_AS_TH,
        }
        .to_owned()
    }

    fn hint_en(&self) -> String {
        match &self.kind {
            DecodeFault::Mixed { .. } => {
                "two files were probably joined; delete the line and type it again in a program that saves UTF-8"
            }
            DecodeFault::StillBeingSaved => {
                "wait a moment and try again; if this stays, open the file and save it again as UTF-8"
            }
            DecodeFault::Binary {
                looks_like: Some(_),
            } => "give it back its extension, or open it in its program and save it as text or CSV UTF-8",
            DecodeFault::Binary { looks_like: None } => {
                "see whether this is the file you mean; if it is damaged, put a backup in its place"
            }
            DecodeFault::NotUtf8
            | DecodeFault::DoubtfulThai
            | DecodeFault::BadUtf16
            | DecodeFault::Utf16WithoutBom => SAVE_AS_EN,
        }
        .to_owned()
    }
}

const SAVE_AS_TH: &str = "เปิดไฟล์แล้วเลือก “บันทึกเป็น” (Save As): ใน Notepad เลือกการเข้ารหัส (Encoding) เป็น UTF-8 ใน Excel เลือกชนิด “CSV UTF-8”";
const SAVE_AS_EN: &str =
    "open it and choose Save As: in Notepad the encoding UTF-8, in Excel the type “CSV UTF-8”";

impl Problem for FileProblem {
    fn code(&self) -> &'static str {
        match &self.fault {
            FileFault::Name(fault) => path_code(fault),
            FileFault::Invisible => "file-name-invisible",
            FileFault::Clash { .. } => "file-name-clash",
            FileFault::Symlink => "file-symlink",
            FileFault::NotAFile => "file-special",
            FileFault::NotListed => "file-ignored",
            FileFault::Missing => "file-missing",
            FileFault::Unreadable(_) => "file-unreadable",
            FileFault::ConflictCopy => "file-conflict-copy",
            FileFault::TooLarge { .. } => "file-too-large",
            FileFault::TooDeep { .. } => "file-too-deep",
            FileFault::TooMany { .. } => "file-too-many",
            FileFault::Text(problem) => problem.code(),
            FileFault::Converted { .. } => "file-encoding-converted",
            FileFault::Garbled { .. } => "file-garbled",
            FileFault::LettersLost { .. } => "file-letters-lost",
        }
    }

    fn severity(&self) -> Severity {
        match &self.fault {
            FileFault::Invisible
            | FileFault::Symlink
            | FileFault::NotAFile
            | FileFault::NotListed
            | FileFault::ConflictCopy
            | FileFault::Converted { .. } => Severity::Warning,
            FileFault::Name(_)
            | FileFault::Garbled { .. }
            | FileFault::LettersLost { .. }
            | FileFault::Clash { .. }
            | FileFault::Missing
            | FileFault::Unreadable(_)
            | FileFault::TooLarge { .. }
            | FileFault::TooDeep { .. }
            | FileFault::TooMany { .. }
            | FileFault::Text(_) => Severity::Error,
        }
    }

    fn th(&self) -> String {
        let path = &self.path;
        match &self.fault {
            FileFault::Name(fault) => path_th(path, fault),
            FileFault::Invisible => format!("ชื่อ “{path}” มีอักขระที่มองไม่เห็นปนอยู่"),
            FileFault::Clash { other } => {
                format!("“{other}” กับ “{path}” ชื่อเหมือนกันเกินไป Windows และ macOS จะถือว่าเป็นชื่อเดียวกัน")
            }
            FileFault::Symlink => {
                format!("“{path}” เป็นลิงก์ไปยังที่อื่น (symbolic link) จึงไม่ได้นำมาใช้")
            }
            FileFault::NotAFile => format!("“{path}” ไม่ใช่ไฟล์ธรรมดา จึงไม่ได้นำมาใช้"),
            FileFault::NotListed => {
                format!("“{path}” เป็นไฟล์ซ่อน ไฟล์ชั่วคราว หรืออยู่นอกโฟลเดอร์ที่ใช้ทำเว็บไซต์ จึงไม่ได้นำมาใช้")
            }
            FileFault::Missing => format!("ไม่พบ “{path}” ในโฟลเดอร์ของเว็บไซต์"),
            FileFault::Unreadable(why) => {
                let why = match why {
                    Unreadable::NotFound => "ไม่มีไฟล์นี้",
                    Unreadable::Denied => "ผู้ใช้นี้ไม่มีสิทธิ์อ่าน",
                    Unreadable::Busy => "โปรแกรมอื่นกำลังเปิดใช้อยู่",
                    Unreadable::Offline => "ไฟล์อยู่บนคลาวด์ (เช่น OneDrive) ยังไม่ได้อยู่ในเครื่อง",
                    Unreadable::Other { th, .. } => th,
                };
                format!("เปิดอ่าน “{path}” ไม่ได้: {why}")
            }
            FileFault::ConflictCopy => {
                format!("“{path}” เป็นสำเนาที่โปรแกรมซิงก์สร้างขึ้น เพราะมีการแก้ไขพร้อมกันสองที่ จึงไม่ได้นำมาใช้")
            }
            FileFault::TooLarge { size, limit } => format!(
                "“{path}” ใหญ่เกินไปสำหรับไฟล์ข้อความ ({} MB ใช้ได้ไม่เกิน {} MB)",
                megabytes(*size),
                megabytes(*limit)
            ),
            FileFault::TooDeep { limit } => {
                format!(
                    "“{}” อยู่ในโฟลเดอร์ซ้อนกันเกิน {limit} ชั้น จึงไม่ได้นำมาใช้",
                    shortened(path)
                )
            }
            FileFault::TooMany { limit } => {
                format!("มีไฟล์และโฟลเดอร์มากเกิน {limit} รายการ จึงอ่านได้ไม่ครบ (หยุดที่ “{path}”)")
            }
            FileFault::Text(problem) => format!("“{path}”: {}", problem.th()),
            FileFault::Converted { encoding, sample } => format!(
                "“{path}” บันทึกเป็น {} ไม่ใช่ UTF-8 จึงแปลงให้แล้ว อ่านได้ว่า “{sample}”",
                encoding.name()
            ),
            FileFault::Garbled { line, .. } => {
                format!("“{path}” บรรทัดที่ {line} เป็นภาษาต่างดาว เพราะเคยถูกแปลงรหัสภาษาผิดมาก่อน")
            }
            FileFault::LettersLost { line, .. } => {
                format!("“{path}” บรรทัดที่ {line} มีตัวอักษรกลายเป็น ???? เพราะเคยบันทึกด้วยรหัสที่ไม่มีอักษรไทย")
            }
        }
    }

    fn en(&self) -> String {
        let path = &self.path;
        match &self.fault {
            FileFault::Name(fault) => path_en(path, fault),
            FileFault::Invisible => format!("the name “{path}” has characters that nobody sees"),
            FileFault::Clash { other } => {
                format!("“{other}” and “{path}” are the same name to Windows and macOS")
            }
            FileFault::Symlink => format!("“{path}” is a symbolic link and was left out"),
            FileFault::NotAFile => format!("“{path}” is not a plain file and was left out"),
            FileFault::NotListed => format!(
                "“{path}” is hidden, temporary or outside of the site's folders and was left out"
            ),
            FileFault::Missing => format!("“{path}” is not in the site's folder"),
            FileFault::Unreadable(why) => {
                let why = match why {
                    Unreadable::NotFound => "there is no such file",
                    Unreadable::Denied => "this user may not",
                    Unreadable::Busy => "another program keeps it open",
                    Unreadable::Offline => "it is in the cloud (OneDrive), not on this machine",
                    Unreadable::Other { en, .. } => en,
                };
                format!("“{path}” cannot be read: {why}")
            }
            FileFault::ConflictCopy => format!(
                "“{path}” is a copy made by a sync program after two edits at once and was left out"
            ),
            FileFault::TooLarge { size, limit } => format!(
                "“{path}” is too large for a text file ({} MB of at most {} MB)",
                megabytes(*size),
                megabytes(*limit)
            ),
            FileFault::TooDeep { limit } => {
                format!(
                    "“{}” lies in more than {limit} folders and was left out",
                    shortened(path)
                )
            }
            FileFault::TooMany { limit } => {
                format!(
                    "there are more than {limit} files and folders; the rest was not read (stopped at “{path}”)"
                )
            }
            FileFault::Text(problem) => format!("“{path}”: {}", problem.en()),
            FileFault::Converted { encoding, sample } => format!(
                "“{path}” is {}, not UTF-8; it was converted and reads “{sample}”",
                encoding.name()
            ),
            FileFault::Garbled { line, .. } => {
                format!("“{path}”, line {line}: the Thai text had been converted wrongly before")
            }
            FileFault::LettersLost { line, .. } => format!(
                "“{path}”, line {line}: letters became ????, saved in an encoding that has no Thai"
            ),
        }
    }

    fn hint_th(&self) -> String {
        match &self.fault {
            FileFault::Name(fault) => path_hint_th(fault),
            FileFault::Invisible => "เปลี่ยนชื่อโดยพิมพ์ใหม่ทั้งหมด อย่าคัดลอกชื่อมาจากหน้าเว็บ",
            FileFault::Clash { .. } => "เปลี่ยนชื่อหนึ่งในสองให้ต่างกันชัดเจน หรือลบตัวที่ไม่ใช้ออก",
            FileFault::Symlink => "คัดลอกไฟล์หรือโฟลเดอร์จริงมาวางแทนลิงก์นี้",
            FileFault::NotAFile => "ตรวจดูว่าเป็นไฟล์หรือโฟลเดอร์ที่ต้องการหรือไม่ ถ้าไม่ใช่ให้ลบออก",
            FileFault::NotListed => {
                "ถ้าต้องการเผยแพร่ไฟล์นี้ ให้คัดลอกไว้ในโฟลเดอร์เนื้อหา และตั้งชื่อที่ไม่ขึ้นต้นด้วยจุด"
            }
            FileFault::Missing => "ตรวจตัวสะกดของชื่อ และตรวจว่าเปิดโปรแกรมในโฟลเดอร์ของเว็บไซต์",
            FileFault::Unreadable(why) => match why {
                Unreadable::NotFound => "ไฟล์อาจถูกลบ ย้าย หรือเปลี่ยนชื่อ ตรวจสอบแล้วสั่งใหม่อีกครั้ง",
                Unreadable::Denied => {
                    "ขอให้เจ้าของไฟล์หรือผู้ดูแลเครื่องให้สิทธิ์อ่าน หรือคัดลอกไฟล์มาบันทึกใหม่ด้วยตนเอง"
                }
                Unreadable::Busy => "ปิดไฟล์นี้ใน Word, Excel หรือโปรแกรมอื่น แล้วสั่งใหม่อีกครั้ง",
                Unreadable::Offline => {
                    "ต่ออินเทอร์เน็ต แล้วคลิกขวาที่โฟลเดอร์ของเว็บไซต์ เลือก “เก็บไว้ในอุปกรณ์นี้เสมอ” (Always keep on this device)"
                }
                Unreadable::Other { .. } => {
                    "ลองเปิดไฟล์ด้วยโปรแกรมอื่น ถ้าเปิดไม่ได้เช่นกัน ไฟล์หรือดิสก์อาจเสีย ให้นำไฟล์สำรองมาวางแทน"
                }
            },
            FileFault::ConflictCopy => "เปิดเทียบกับไฟล์ต้นฉบับ รวมส่วนที่ต้องการไว้ในไฟล์เดียว แล้วลบสำเนานี้",
            FileFault::TooLarge { .. } => {
                "แบ่งเป็นหลายไฟล์ หรือถ้าเป็นเอกสารแนบ ให้ใช้เป็นไฟล์แนบ (เช่น PDF) แทน"
            }
            FileFault::TooDeep { .. } => "ย้ายโฟลเดอร์ขึ้นมาให้ซ้อนกันน้อยลง",
            FileFault::TooMany { .. } => {
                "ตรวจดูว่ามีโฟลเดอร์อื่นหลงเข้ามาหรือไม่ เช่น ไฟล์สำรองหรือทั้งไดรฟ์ แล้วย้ายออก"
            }
            FileFault::Text(problem) => return problem.hint_th(),
            FileFault::Converted { .. } => {
                return format!("ตรวจดูว่าข้อความข้างต้นถูกต้อง แล้วบันทึกไฟล์ใหม่เป็น UTF-8: {SAVE_AS_TH}");
            }
            FileFault::Garbled { meant: Some(meant), .. } => {
                return format!("บรรทัดนี้น่าจะเป็น “{meant}” นำข้อความจากต้นฉบับมาวางใหม่ แล้วบันทึกเป็น UTF-8: {SAVE_AS_TH}");
            }
            FileFault::Garbled { .. } => {
                "นำข้อความจากต้นฉบับมาวางใหม่ การบันทึกเป็น UTF-8 ซ้ำอีกครั้งไม่ช่วยให้กลับมาอ่านได้"
            }
            FileFault::LettersLost { .. } => {
                return format!("ตัวอักษรเดิมหายแล้ว ต้องวางข้อความจากต้นฉบับหรือสำเนาเดิมใหม่ แล้วบันทึกเป็น UTF-8: {SAVE_AS_TH}");
            }
        }
        .to_owned()
    }

    fn hint_en(&self) -> String {
        match &self.fault {
            FileFault::Name(fault) => path_hint_en(fault),
            FileFault::Invisible => "type the name anew; do not copy it from a web page",
            FileFault::Clash { .. } => "rename one so that they clearly differ, or delete the one not used",
            FileFault::Symlink => "put the file or folder itself in the place of the link",
            FileFault::NotAFile => "see whether this is what you mean; if not, delete it",
            FileFault::NotListed => {
                "to publish it, copy it into the content folder under a name without a dot in front"
            }
            FileFault::Missing => "check the spelling, and that you are in the site's folder",
            FileFault::Unreadable(why) => match why {
                Unreadable::NotFound => "it may have been deleted, moved or renamed; check and try again",
                Unreadable::Denied => "ask its owner for the right to read it, or save a copy yourself",
                Unreadable::Busy => "close it in Word, Excel or other programs and try again",
                Unreadable::Offline => {
                    "connect to the internet, right-click the site's folder and choose “Always keep on this device”"
                }
                Unreadable::Other { .. } => {
                    "try to open it in another program; if that fails too, put a backup in its place"
                }
            },
            FileFault::ConflictCopy => {
                "compare it with the original, keep what you need in one file and delete this copy"
            }
            FileFault::TooLarge { .. } => "split it, or publish it as an attachment (such as PDF)",
            FileFault::TooDeep { .. } => "move the folder up so that fewer are nested",
            FileFault::TooMany { .. } => {
                "see whether a foreign folder got in, such as a backup or a whole drive, and move it away"
            }
            FileFault::Text(problem) => return problem.hint_en(),
            FileFault::Converted { .. } => {
                return format!("check that these words are right, then save the file as UTF-8: {SAVE_AS_EN}");
            }
            FileFault::Garbled { meant: Some(meant), .. } => {
                return format!("the line most likely was “{meant}”; paste the text again from its source and save it as UTF-8: {SAVE_AS_EN}");
            }
            FileFault::Garbled { .. } => {
                "paste the text again from its source; saving it as UTF-8 once more does not help"
            }
            FileFault::LettersLost { .. } => {
                return format!("the letters themselves are gone: paste the text again from its source or an older copy, and save it as UTF-8: {SAVE_AS_EN}");
            }
        }
        .to_owned()
    }
}

fn character_th(c: char) -> String {
    match c {
        ' ' => "เว้นวรรค".to_owned(),
        '.' => "จุด".to_owned(),
        c if c.is_control() => format!("ควบคุม U+{:04X}", u32::from(c)),
        c => c.to_string(),
    }
}

fn character_en(c: char) -> String {
    match c {
        ' ' => "a space".to_owned(),
        '.' => "a dot".to_owned(),
        c if c.is_control() => format!("the control character U+{:04X}", u32::from(c)),
        c => format!("the character {c}"),
    }
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

/// The beginning of a name that is too long to print.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

macro_rules! error_by_its_english_words {
    ($($name:ty),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.en())
            }
        }

        impl Error for $name {}
    )*};
}

error_by_its_english_words!(PathProblem, DecodeProblem, FileProblem);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::decode;
    use std::collections::BTreeSet;

    fn text(kind: DecodeFault) -> FileFault {
        FileFault::Text(DecodeProblem {
            line: 7,
            column: 3,
            kind,
        })
    }

    fn name(fault: NameFault) -> FileFault {
        let name = "ชื่อ".to_owned();
        FileFault::Name(PathFault::Name { name, fault })
    }

    fn every_fault() -> Vec<FileFault> {
        vec![
            FileFault::Name(PathFault::Empty),
            FileFault::Name(PathFault::Absolute),
            FileFault::Name(PathFault::Outside),
            FileFault::Name(PathFault::Backslash),
            FileFault::Name(PathFault::EmptyPart),
            FileFault::Name(PathFault::Dots),
            FileFault::Name(PathFault::NotUnicode),
            FileFault::Name(PathFault::TooLong { units: 300 }),
            name(NameFault::Device),
            name(NameFault::Character(':')),
            name(NameFault::Character('\u{7}')),
            name(NameFault::End(' ')),
            name(NameFault::End('.')),
            name(NameFault::TooLong { bytes: 300 }),
            FileFault::Invisible,
            FileFault::Clash {
                other: "content/อื่น.md".to_owned(),
            },
            FileFault::Symlink,
            FileFault::NotAFile,
            FileFault::NotListed,
            FileFault::Missing,
            FileFault::Unreadable(Unreadable::NotFound),
            FileFault::Unreadable(Unreadable::Denied),
            FileFault::Unreadable(Unreadable::Busy),
            FileFault::Unreadable(Unreadable::Offline),
            FileFault::Unreadable(Unreadable::Other {
                th: "ไฟไหม้".to_owned(),
                en: "disk on fire".to_owned(),
            }),
            FileFault::ConflictCopy,
            FileFault::TooLarge {
                size: 5_000_001,
                limit: 5_000_000,
            },
            FileFault::TooDeep { limit: 32 },
            FileFault::TooMany { limit: 200_000 },
            text(DecodeFault::NotUtf8),
            text(DecodeFault::Mixed { lines: 1 }),
            text(DecodeFault::Mixed { lines: 3 }),
            text(DecodeFault::DoubtfulThai),
            text(DecodeFault::BadUtf16),
            text(DecodeFault::Utf16WithoutBom),
            text(DecodeFault::StillBeingSaved),
            text(DecodeFault::Binary { looks_like: None }),
            text(DecodeFault::Binary {
                looks_like: Some("PDF"),
            }),
            FileFault::Converted {
                encoding: Encoding::Windows874,
                sample: "สวัสดี".to_owned(),
            },
            FileFault::Garbled {
                line: 7,
                column: 3,
                meant: None,
            },
            FileFault::Garbled {
                line: 7,
                column: 3,
                meant: Some("สวัสดี".into()),
            },
            FileFault::LettersLost { line: 7, column: 3 },
        ]
    }

    fn is_thai(text: &str) -> bool {
        text.chars().any(super::super::names::is_thai)
    }

    #[test]
    fn every_problem_speaks_two_languages_and_has_a_known_code() {
        let mut codes = BTreeSet::new();
        for fault in every_fault() {
            let problem = FileProblem::new("content/a.md", fault);
            codes.insert(problem.code());
            for thai in [problem.th(), problem.hint_th()] {
                assert!(is_thai(&thai), "{thai}");
                assert!(!thai.contains("  "), "{thai}");
            }
            for english in [problem.en(), problem.hint_en()] {
                let own = english.replace("ชื่อ", "").replace("content/อื่น.md", "");
                assert!(own.contains("สวัสดี") || !is_thai(&own), "{english}");
                assert!(english.len() > 10, "{english}");
            }
            assert_eq!(problem.to_string(), problem.en());
        }
        let all: BTreeSet<_> = CODES.iter().copied().collect();
        assert_eq!(codes, all);
        assert!(CODES.is_sorted());
    }

    #[test]
    fn messages_name_both_files_the_line_and_the_words() {
        let clash = FileFault::Clash {
            other: "content/A.md".to_owned(),
        };
        let clash = FileProblem::new("content/a.md", clash);
        assert!(clash.th().contains("content/A.md") && clash.th().contains("content/a.md"));
        let mixed = FileProblem::new("a.csv", text(DecodeFault::Mixed { lines: 1 }));
        assert_eq!(
            mixed.th(),
            "“a.csv”: บรรทัดที่ 7 ใช้รหัสภาษาต่างจากบรรทัดอื่นในไฟล์เดียวกัน"
        );
        assert_eq!(
            mixed.position().map(|at| (at.line, at.column)),
            Some((7, 3))
        );
    }

    #[test]
    fn what_was_read_well_may_still_be_worth_a_word() {
        let path = SitePath::new("content/a.md").expect("a good path");
        let plain = decode("ปกติ").expect("text");
        assert_eq!(FileProblem::about_text(&path, &plain), []);
        let wide: Vec<u8> = "\u{FEFF}งบ เธชเธงเธฑเธช"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let wide = decode(wide).expect("text");
        let problems = FileProblem::about_text(&path, &wide);
        let codes: Vec<_> = problems.iter().map(Problem::code).collect();
        assert_eq!(codes, ["file-encoding-converted", "file-garbled"]);
        assert!(problems.iter().any(|problem| problem.th().contains("งบ")));
    }

    #[test]
    fn hostile_names_cannot_drive_the_terminal() {
        let problem = PathProblem::new(
            "a\u{1b}[2J",
            PathFault::Name {
                name: "a\u{1b}[2J".to_owned(),
                fault: NameFault::Character('\u{1b}'),
            },
        );
        assert!(!problem.th().contains('\u{1b}') && !problem.en().contains('\u{1b}'));
    }

    #[test]
    fn sizes_are_rounded_up_so_that_too_large_looks_too_large() {
        assert_eq!(megabytes(5_000_000), "5");
        assert_eq!(megabytes(5_000_001), "5.1");
    }

    #[test]
    fn each_fault_of_a_path_has_its_code_and_a_good_path_has_none() {
        let long_name = format!("{}.md", "ก".repeat(100));
        for (code, bad, good) in [
            ("path-absolute", "/files/a.pdf", "files/a.pdf"),
            ("path-backslash", "files\\a.pdf", "files/a.pdf"),
            ("path-dots", "files/./a.pdf", "files/a.pdf"),
            ("path-empty", "", "a.pdf"),
            ("file-name-too-long", long_name.as_str(), "ก.md"),
            ("file-name-reserved", "aux.md", "auxiliary.md"),
        ] {
            let problem = SitePath::new(bad).expect_err(bad);
            assert_eq!(problem.code(), code, "{bad}");
            assert!(SitePath::new(good).is_ok(), "{good}");
        }
        // Only a path that is followed from somewhere can lead out of the site.
        let outside = SitePath::root().join("../a.pdf").expect_err("../a.pdf");
        assert_eq!(outside.code(), "path-outside");
        assert!(SitePath::root().join("a.pdf").is_ok());
    }
}
