//! What is said of the bytes of a text.

use super::{Problem, Severity};
use crate::files::decode::{DecodeFault, DecodeProblem};
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

pub(super) const SAVE_AS_TH: &str = "เปิดไฟล์แล้วเลือก “บันทึกเป็น” (Save As): ใน Notepad เลือกการเข้ารหัส (Encoding) เป็น UTF-8 ใน Excel เลือกชนิด “CSV UTF-8”";
pub(super) const SAVE_AS_EN: &str =
    "open it and choose Save As: in Notepad the encoding UTF-8, in Excel the type “CSV UTF-8”";
