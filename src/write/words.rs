//! What the errors say, in Thai for the clerk and in English.
//!
//! A message says what is wrong; what to do about it is in `hints.rs`.

use std::path::Path;

use crate::diagnostic::system;

use super::error::{Action, Refusal, Unsafe, WriteError};
use super::names::NameFault;

impl WriteError {
    /// What is wrong, in Thai. One sentence or two, without a full stop.
    #[must_use]
    pub fn message_th(&self) -> String {
        match self {
            Self::Interrupted => "หยุดตามคำสั่ง เว็บไซต์ชุดเดิมยังอยู่ครบ".into(),
            Self::Busy { .. } => "มีการสร้างเว็บไซต์ลงโฟลเดอร์เดียวกันนี้อยู่แล้วในขณะนี้".into(),
            Self::ForeignFiles {
                output,
                files,
                count,
                ours,
            } => {
                let named = some_of(files, *count, "และอีก", "ไฟล์");
                let output = show(output);
                if *ours {
                    format!("โฟลเดอร์ปลายทาง {output} มีไฟล์ที่ระบบไม่ได้สร้าง {count} ไฟล์: {named}")
                } else {
                    format!(
                        "โฟลเดอร์ปลายทาง {output} ไม่ใช่โฟลเดอร์ว่าง และไม่ใช่เว็บไซต์ที่ระบบนี้สร้างไว้ \
                         พบ {count} ไฟล์: {named}"
                    )
                }
            }
            Self::Unsafe { output, reason } => {
                format!(
                    "ใช้ {} เป็นโฟลเดอร์ปลายทางไม่ได้ เพราะ{}",
                    show(output),
                    unsafe_th(reason)
                )
            }
            Self::NotAFolder { path } => format!("{} ไม่ใช่โฟลเดอร์", show(path)),
            Self::NotOurs { path } => {
                format!("ระบบต้องใช้ชื่อ {} แต่มีสิ่งอื่นที่ระบบไม่ได้สร้างใช้ชื่อนี้อยู่", show(path))
            }
            Self::BadManifest { path } => {
                format!("อ่านบัญชีรายชื่อไฟล์ {} ไม่ได้ ไฟล์อาจเสียหายหรือถูกแก้ไข", show(path))
            }
            Self::Name { path, fault } => {
                format!(
                    "ใช้ชื่อไฟล์ \u{201c}{path}\u{201d} บนเว็บไซต์ไม่ได้ เพราะ{}",
                    fault_th(fault)
                )
            }
            Self::Duplicate { path } => format!("มีสองหน้าหรือสองไฟล์ที่จะใช้ชื่อเดียวกันคือ {path}"),
            Self::Clash { first, second } => format!(
                "ชื่อ {first} กับ {second} ซ้ำกันในคอมพิวเตอร์บางระบบ \
                 (ต่างกันเพียงตัวพิมพ์เล็กใหญ่หรือวิธีพิมพ์สระและวรรณยุกต์ หรือเป็นทั้งไฟล์และโฟลเดอร์)"
            ),
            Self::SourceChanged { source, .. } => {
                format!("ไฟล์ {} ถูกแก้ไขระหว่างที่กำลังสร้างเว็บไซต์", show(source))
            }
            Self::OutputChanged { path } => {
                format!("ไฟล์ {path} ในโฟลเดอร์ปลายทางถูกแก้ไขระหว่างที่กำลังสร้างเว็บไซต์")
            }
            Self::Incomplete { path } => {
                format!("เว็บไซต์ยังไม่ครบ เพราะสร้าง {path} ไม่สำเร็จ จึงยังใช้เว็บไซต์ชุดเดิม")
            }
            Self::Unfinished { output, cause } => format!(
                "เปลี่ยนไฟล์ในโฟลเดอร์ {} ได้เพียงบางส่วน: {}",
                show(output),
                cause.message_th()
            ),
            Self::Io {
                action,
                path,
                error,
            } => {
                let (what, path) = (action_th(*action), show(path));
                match Refusal::of(error) {
                    Refusal::Full => format!("พื้นที่ดิสก์เต็ม จึง{what} {path} ไม่ได้"),
                    Refusal::Denied => format!("ไม่มีสิทธิ์{what} {path}"),
                    Refusal::InUse => format!("{what} {path} ไม่ได้ เพราะโปรแกรมอื่นเปิดไฟล์นี้อยู่"),
                    Refusal::Other => {
                        format!("{what} {path} ไม่สำเร็จ: {}", system::why(error).th)
                    }
                }
            }
        }
    }

    /// What is wrong, in English.
    #[must_use]
    pub fn message_en(&self) -> String {
        match self {
            Self::Interrupted => "stopped; the website is as it was".into(),
            Self::Busy { .. } => "another build is writing to the same output folder".into(),
            Self::ForeignFiles {
                output,
                files,
                count,
                ours,
            } => {
                let named = some_of(files, *count, "and", "more");
                let output = show(output);
                if *ours {
                    format!(
                        "the output folder {output} has {count} file(s) that prongsai did not make: {named}"
                    )
                } else {
                    format!(
                        "the output folder {output} is neither empty nor a website made by \
                         prongsai; it has {count} file(s): {named}"
                    )
                }
            }
            Self::Unsafe { output, reason } => {
                format!(
                    "{} cannot be the output folder: {}",
                    show(output),
                    unsafe_en(reason)
                )
            }
            Self::NotAFolder { path } => format!("{} is not a folder", show(path)),
            Self::NotOurs { path } => {
                format!(
                    "prongsai needs the name {}, but something else has it",
                    show(path)
                )
            }
            Self::BadManifest { path } => {
                format!("the list of files {} is damaged or was edited", show(path))
            }
            Self::Name { path, fault } => {
                format!("\u{201c}{path}\u{201d} cannot be a file of a website: {fault}")
            }
            Self::Duplicate { path } => format!("two pages or files would both be {path}"),
            Self::Clash { first, second } => format!(
                "{first} and {second} are one name on some systems (they differ only in letter \
                 case or in how vowels and tones were typed, or one is a folder)"
            ),
            Self::SourceChanged { source, .. } => {
                format!(
                    "{} was changed while the website was being built",
                    show(source)
                )
            }
            Self::OutputChanged { path } => {
                format!("{path} in the output folder was changed while the website was being built")
            }
            Self::Incomplete { path } => {
                format!("the website is not complete: {path} failed; the old one stays")
            }
            Self::Unfinished { output, cause } => format!(
                "only some of the files in {} could be replaced: {}",
                show(output),
                cause.message_en()
            ),
            Self::Io {
                action,
                path,
                error,
            } => {
                let (what, path) = (action_en(*action), show(path));
                match Refusal::of(error) {
                    Refusal::Full => format!("the disk is full: could not {what} {path}"),
                    Refusal::Denied => format!("no permission to {what} {path}"),
                    Refusal::InUse => {
                        format!("could not {what} {path}: another program has it open")
                    }
                    Refusal::Other => format!("could not {what} {path} ({error})"),
                }
            }
        }
    }
}

/// A path as people write it, without the `\\?\` of Windows.
fn show(path: &Path) -> String {
    let text = path.display().to_string();
    match text.strip_prefix(r"\\?\") {
        Some(rest) => rest
            .strip_prefix(r"UNC\")
            .map_or(rest.to_owned(), |r| format!(r"\\{r}")),
        None => text,
    }
}

fn some_of(files: &[String], count: usize, and: &str, more: &str) -> String {
    let named = files.join(", ");
    match count.saturating_sub(files.len()) {
        0 => named,
        rest => format!("{named} {and} {rest} {more}"),
    }
}

fn unsafe_th(reason: &Unsafe) -> String {
    match reason {
        Unsafe::Source(path) => format!("เป็นโฟลเดอร์ต้นทาง ({})", show(path)),
        Unsafe::HoldsSource(path) => format!("มีไฟล์ต้นทางอยู่ข้างใน ({})", show(path)),
        Unsafe::InsideSource(path) => format!("อยู่ในโฟลเดอร์ต้นทาง ({})", show(path)),
        Unsafe::Home(_) => "เป็นโฟลเดอร์หลักของผู้ใช้ หรือมีโฟลเดอร์หลักอยู่ข้างใน".into(),
        Unsafe::Root => "เป็นทั้งไดรฟ์".into(),
        Unsafe::Git(_) => "เป็นที่เก็บของ git".into(),
    }
}

fn unsafe_en(reason: &Unsafe) -> String {
    match reason {
        Unsafe::Source(path) => format!("it is a source ({})", show(path)),
        Unsafe::HoldsSource(path) => format!("a source lies in it ({})", show(path)),
        Unsafe::InsideSource(path) => format!("it lies in a source folder ({})", show(path)),
        Unsafe::Home(_) => "it is or holds your home folder".into(),
        Unsafe::Root => "it is a whole drive".into(),
        Unsafe::Git(_) => "it is a git repository".into(),
    }
}

fn fault_th(fault: &NameFault) -> String {
    match fault {
        NameFault::Empty => "ชื่อว่างเปล่า".into(),
        NameFault::EmptySegment => "ขึ้นต้นหรือลงท้ายด้วย / หรือมี / ติดกัน".into(),
        NameFault::DotSegment => "มี . หรือ .. เป็นส่วนหนึ่งของที่อยู่".into(),
        NameFault::Character(c) if c.is_control() => {
            format!("มีอักขระควบคุมที่มองไม่เห็น (U+{:04X})", u32::from(*c))
        }
        NameFault::Character(c) => format!("มีอักขระ {c} ซึ่ง Windows ไม่อนุญาต"),
        NameFault::Trailing => "มีส่วนที่ลงท้ายด้วยจุดหรือช่องว่าง".into(),
        NameFault::Device(name) => format!("{name} เป็นชื่อที่ Windows สงวนไว้"),
        NameFault::LongSegment(bytes) => {
            format!("ชื่อยาวเกินไป ({bytes} ไบต์ ใช้ได้ไม่เกิน 255 ไบต์ หรืออักษรไทย 85 ตัว)")
        }
        NameFault::LongPath(units) => {
            format!("ที่อยู่รวมยาวเกินไป ({units} ตัวอักษร ใช้ได้ไม่เกิน 240)")
        }
        NameFault::Ours => "เป็นชื่อที่ระบบใช้เอง".into(),
    }
}

fn action_th(action: Action) -> &'static str {
    match action {
        Action::CreateFolder => "สร้างโฟลเดอร์",
        Action::Write => "เขียนไฟล์",
        Action::Read => "อ่าน",
        Action::List => "ดูรายชื่อไฟล์ใน",
        Action::Link => "สร้างลิงก์",
        Action::Move => "ย้ายไปที่",
        Action::Exchange => "สลับโฟลเดอร์",
        Action::Remove => "ลบ",
        Action::Sync => "บันทึกลงดิสก์ให้ครบที่",
        Action::Lock => "จองไฟล์",
    }
}

fn action_en(action: Action) -> &'static str {
    match action {
        Action::CreateFolder => "make the folder",
        Action::Write => "write",
        Action::Read => "read",
        Action::List => "list",
        Action::Link => "link",
        Action::Move => "move to",
        Action::Exchange => "exchange",
        Action::Remove => "remove",
        Action::Sync => "save to disk",
        Action::Lock => "lock",
    }
}
