//! What is said of a file.

use super::path_words::{path_code, path_en, path_hint_en, path_hint_th, path_th, shortened};
use super::text_words::{SAVE_AS_EN, SAVE_AS_TH};
use super::{FileFault, FileProblem, Problem, Severity, Unreadable};
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

pub(super) fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        rest => format!("{}.{rest}", tenths / 10),
    }
}
