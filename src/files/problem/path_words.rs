//! What is said of a path.

use super::{Problem, Severity};
use crate::files::names::{NAME_BYTES, NameFault, shown};
use crate::files::path::{PATH_UNITS, PathFault, PathProblem};
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

pub(super) fn path_code(fault: &PathFault) -> &'static str {
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

pub(super) fn path_th(path: &str, fault: &PathFault) -> String {
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

pub(super) fn path_en(path: &str, fault: &PathFault) -> String {
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

pub(super) fn path_hint_th(fault: &PathFault) -> &'static str {
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

pub(super) fn path_hint_en(fault: &PathFault) -> &'static str {
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

/// The beginning of a name that is too long to print.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}
