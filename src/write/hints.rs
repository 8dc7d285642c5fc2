//! What a clerk should do about an error, in Thai and in English.

use super::error::{Refusal, WriteError};

impl WriteError {
    /// What to do about it, in Thai.
    #[must_use]
    pub fn hint_th(&self) -> &'static str {
        match self {
            Self::Interrupted => "",
            Self::Busy { .. } => "รอให้การสร้างครั้งก่อนเสร็จ หรือปิดหน้าต่างที่กำลังทำงานอยู่ แล้วสั่งใหม่อีกครั้ง",
            Self::ForeignFiles { ours: true, .. } => {
                "ระบบจะไม่ลบไฟล์ที่ไม่ได้สร้างเอง ถ้าต้องการให้ไฟล์อยู่บนเว็บไซต์ ให้ย้ายไปไว้ในโฟลเดอร์ content/files \
                 ถ้าไม่ใช้แล้ว (เช่น .DS_Store, Thumbs.db, desktop.ini) ให้ลบออกเอง แล้วสั่งใหม่"
            }
            Self::ForeignFiles { .. } => {
                "เลือกโฟลเดอร์ปลายทางใหม่ที่ว่าง หรือย้ายไฟล์เดิมไปเก็บที่อื่นก่อน แล้วสั่งใหม่"
            }
            Self::Unsafe { .. } => "ตั้งโฟลเดอร์ปลายทางเป็นโฟลเดอร์ใหม่สำหรับเว็บไซต์โดยเฉพาะ เช่น public",
            Self::NotAFolder { .. } => "เปลี่ยนชื่อหรือย้ายสิ่งนั้นออก หรือเลือกโฟลเดอร์ปลายทางอื่น",
            Self::NotOurs { .. } => "เปลี่ยนชื่อหรือย้ายสิ่งนั้นไปที่อื่น แล้วสั่งใหม่",
            Self::BadManifest { .. } => {
                "เปลี่ยนชื่อโฟลเดอร์ปลายทางเดิมเก็บไว้ แล้วสั่งสร้างใหม่ ระบบจะสร้างให้ครบทุกไฟล์ \
                 (ถ้าเว็บไซต์สร้างด้วยโปรแกรมรุ่นใหม่กว่า ให้ปรับรุ่นโปรแกรมก่อน)"
            }
            Self::Name { .. } => "ตั้งชื่อไฟล์หรือชื่อย่อ (slug) ใหม่ ให้สั้นและไม่มีอักขระพิเศษ",
            Self::Duplicate { .. } | Self::Clash { .. } => "เปลี่ยนชื่ออันใดอันหนึ่งให้ต่างกันชัดเจน",
            Self::SourceChanged { .. } => "บันทึกและปิดไฟล์นั้น แล้วสั่งใหม่",
            Self::OutputChanged { .. } => {
                "อย่าแก้ไขไฟล์ในโฟลเดอร์ปลายทางโดยตรง ให้แก้ที่เนื้อหาต้นทาง แล้วสั่งใหม่"
            }
            Self::Incomplete { .. } => "แก้ปัญหาที่แจ้งไว้ก่อนหน้านี้ แล้วสั่งใหม่",
            Self::Unfinished { .. } => {
                "ปิดโปรแกรมที่เปิดไฟล์ในโฟลเดอร์ปลายทาง หรือแก้ปัญหาข้างต้น แล้วสั่งใหม่ \
                 ระบบจะทำส่วนที่เหลือให้เสร็จ"
            }
            Self::Io { error, .. } => match Refusal::of(error) {
                Refusal::Full => "ลบไฟล์ที่ไม่ใช้เพื่อเพิ่มพื้นที่ว่าง แล้วสั่งใหม่ เว็บไซต์ชุดเดิมยังอยู่ครบ",
                Refusal::Denied => {
                    "ตรวจสอบว่าบัญชีผู้ใช้มีสิทธิ์เขียนในโฟลเดอร์ปลายทางและโฟลเดอร์ที่อยู่เหนือขึ้นไป \
                     ไฟล์ไม่ได้ตั้งเป็นอ่านอย่างเดียว และไม่มีโปรแกรมอื่นเปิดอยู่"
                }
                Refusal::InUse => "ปิดโปรแกรมที่เปิดไฟล์นี้อยู่ (หรือหยุดซิงก์ชั่วคราว) แล้วสั่งใหม่",
                Refusal::Other => {
                    "ตรวจสอบว่าดิสก์หรือไดรฟ์เครือข่ายยังใช้งานได้ แล้วสั่งใหม่ \
                     ถ้ายังไม่สำเร็จ ให้เลือกโฟลเดอร์ปลายทางในเครื่องนี้"
                }
            },
        }
    }

    /// What to do about it, in English.
    #[must_use]
    pub fn hint_en(&self) -> &'static str {
        match self {
            Self::Interrupted => "",
            Self::Busy { .. } => {
                "wait until the other build ends, or close its window; then try again"
            }
            Self::ForeignFiles { ours: true, .. } => {
                "prongsai never deletes them: move what belongs to the website into the content/files \
                 folder, delete what does not (.DS_Store, Thumbs.db, desktop.ini), and try again"
            }
            Self::ForeignFiles { .. } => {
                "choose an empty output folder, or move the files somewhere else first"
            }
            Self::Unsafe { .. } => "choose a new folder for the website alone, such as public",
            Self::NotAFolder { .. } => "rename or move it, or choose another output folder",
            Self::NotOurs { .. } => "rename or move it, and try again",
            Self::BadManifest { .. } => {
                "rename the old output folder and build again: every file is made anew (if a newer \
                 version of prongsai made the website, update prongsai first)"
            }
            Self::Name { .. } => "choose a short file name or slug without special characters",
            Self::Duplicate { .. } | Self::Clash { .. } => "rename one of them",
            Self::SourceChanged { .. } => "save and close the file, and try again",
            Self::OutputChanged { .. } => {
                "don't edit files in the output folder: edit the content, and try again"
            }
            Self::Incomplete { .. } => "correct the problems reported before, and try again",
            Self::Unfinished { .. } => {
                "close the programs that have files of the output folder open, or correct the \
                 problem above, and try again: the rest is done then"
            }
            Self::Io { error, .. } => match Refusal::of(error) {
                Refusal::Full => "free some space and try again; the old website is complete",
                Refusal::Denied => {
                    "check that you may write to the output folder and the folder above it, that \
                     nothing is read-only, and that no other program has it open"
                }
                Refusal::InUse => {
                    "close the program that has it open, or pause syncing; then try again"
                }
                Refusal::Other => {
                    "check that the disk or network drive works and try again; if that fails, \
                     choose an output folder on this computer"
                }
            },
        }
    }
}
