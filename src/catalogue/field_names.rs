//! Which field a table's column is, by the words of its heading.
//!
//! A table that has the column of an element's field shows that element.

use std::collections::HashMap;
use std::sync::OnceLock;

pub use super::field_list::FIELDS;
use crate::thai;

/// A field that evidence names, and what people call its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldName {
    pub id: &'static str,
    /// Usual Thai headings; the first is the one to offer.
    pub th: &'static [&'static str],
    pub en: &'static [&'static str],
}

/// The field of this id.
pub fn field(id: &str) -> Option<&'static FieldName> {
    FIELDS.iter().find(|field| field.id == id)
}

/// Whether a column of this heading can hold this field.
pub fn heading_serves(heading: &str, field: &str) -> bool {
    fields_of_heading(heading).contains(&field)
}

/// Every field that a heading can mean, the likeliest first: `ระยะเวลา` is the
/// time of a service as well as of a project, and `ปัญหา/ข้อเสนอแนะ` is two
/// columns in one.
fn fields_of_heading(heading: &str) -> Vec<&'static str> {
    if heading.len() > LONGEST_HEADING {
        return Vec::new();
    }
    let bare = without_brackets(heading);
    let names = names();
    let whole = key(&bare);
    if let Some(hits) = names.get(&whole) {
        return hits.iter().map(|hit| hit.field).collect();
    }
    let mut found: Vec<&'static str> = Vec::new();
    for part in parts(&bare) {
        let part = key(part);
        let hits = names.get(&part).or_else(|| begins_with(&part));
        for hit in hits.into_iter().flatten() {
            if !found.contains(&hit.field) {
                found.push(hit.field);
            }
        }
    }
    found
}

/// In bytes: a cell longer than this is no heading but a sentence.
const LONGEST_HEADING: usize = 600;

/// A name shorter than this says too little to be recognised by its beginning.
const SHORTEST_BEGINNING: usize = 7;

/// What may follow a name without changing what it means.
const GOES_ON: &[&str] = &[
    "ของ",
    "ตาม",
    "ใน",
    "ประจำ",
    "ปี",
    "ราย",
    "แต่ละ",
    "โครงการ",
    "หลัก",
    "ร่วม",
    "เพื่อ",
    "สำหรับ",
    "ด้าน",
    "จาก",
];

/// What makes another thing of it: a remaining budget is not the budget.
const TURNS: &[&str] = &[
    "เหลือ",
    "โอน",
    "ค้าง",
    "ลด",
    "เพิ่ม",
    "ผล",
    "จ่าย",
    "ร้อยละ",
    "ไม่",
    "สัญญา",
    "เดิม",
    "ต่าง",
    "ก่อน",
];

struct Hit {
    field: &'static str,
    /// Where the name stands in the field's list.
    rank: usize,
}

/// Every name, folded, with the fields that it can mean.
fn names() -> &'static HashMap<String, Vec<Hit>> {
    static NAMES: OnceLock<HashMap<String, Vec<Hit>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: HashMap<String, Vec<Hit>> = HashMap::new();
        for field in FIELDS {
            let id = field.id;
            let en = std::iter::once(id).chain(field.en.iter().copied());
            let spellings = field.th.iter().copied().enumerate().chain(en.enumerate());
            for (rank, name) in spellings {
                let hits = names.entry(key(&without_brackets(name))).or_default();
                if hits.iter().all(|hit| hit.field != id) {
                    hits.push(Hit { field: id, rank });
                }
            }
        }
        for hits in names.values_mut() {
            hits.sort_by_key(|hit| hit.rank);
        }
        names
    })
}

/// The longest name that a heading begins with, where what follows only says
/// more of the same: `ผู้รับผิดชอบโครงการ`.
fn begins_with(heading: &str) -> Option<&'static Vec<Hit>> {
    names()
        .iter()
        .filter(|(name, _)| {
            name.chars().count() >= SHORTEST_BEGINNING
                && heading.strip_prefix(name.as_str()).is_some_and(|rest| {
                    GOES_ON.iter().any(|word| rest.starts_with(word))
                        && !TURNS.iter().any(|word| rest.contains(word))
                })
        })
        .max_by_key(|(name, _)| name.len())
        .map(|(_, hits)| hits)
}

/// The text outside of brackets, where units and remarks stand.
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut bare = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// The columns that one heading joins.
fn parts(heading: &str) -> impl Iterator<Item = &str> {
    heading
        .split(['/', ',', ';', '+', '&', '\n'])
        .flat_map(|part| part.split("และ"))
        .flat_map(|part| part.split("หรือ"))
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" or "))
}

/// Letters alone, folded: no spaces, marks, running number, year or unit, and
/// no “or” and “and”, which a stroke stands for as often.
fn key(text: &str) -> String {
    let folded = thai::fold_key(text).replace("หรือ", "").replace("และ", "");
    let letters: String = folded
        .chars()
        .filter_map(|c| match c {
            'ฯ' | 'ๆ' => None,
            '๐'..='๙' => Some('0'),
            'ก'..='\u{0E4E}' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect();
    let digit = |c: char| c.is_ascii_digit();
    let letters = letters.trim_matches(digit);
    let bare = letters.strip_suffix("บาท").unwrap_or(letters);
    let bare = bare.strip_suffix("หน่วย").unwrap_or(bare);
    let bare = bare.trim_end_matches(digit);
    if bare.is_empty() { letters } else { bare }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a heading means first of all.
    fn field_of_heading(heading: &str) -> Option<&'static str> {
        fields_of_heading(heading).first().copied()
    }

    #[test]
    fn every_field_is_listed_once_and_finds_itself() {
        for (at, field) in FIELDS.iter().enumerate() {
            assert!(
                FIELDS[..at].iter().all(|f| f.id != field.id),
                "{}",
                field.id
            );
            assert!(!field.th.is_empty() && !field.en.is_empty(), "{}", field.id);
            for name in field.th.iter().chain(field.en) {
                assert!(heading_serves(name, field.id), "{name} of {}", field.id);
            }
            assert_eq!(field_of_heading(field.th[0]), Some(field.id));
            assert_eq!(field_of_heading(field.en[0]), Some(field.id));
            assert_eq!(field_of_heading(field.id), Some(field.id));
        }
    }

    #[test]
    fn headings_of_real_tables_are_recognised() {
        for (heading, field) in [
            ("งบประมาณ (บาท)", "budget"),
            ("งบประมาณ\n(บาท)", "budget"),
            (" 5. งบประมาณ ", "budget"),
            ("๕. งบประมาณ ปี ๒๕๖๘", "budget"),
            ("งบประมาณ 2568 (บาท)", "budget"),
            ("วงเงินงบประมาณ", "budget"),
            ("หน่วยงาน\nผู้รับผิดชอบ", "responsible"),
            ("ผู้รับผิดชอบโครงการ", "responsible"),
            ("ขั้นตอน/วิธีการปฏิบัติ", "steps"),
            ("ขั้นตอน / วิธีการ ปฏิบัติ", "steps"),
            ("ระยะเวลา", "duration"),
            ("ระยะเวลาดำเนินการ", "schedule"),
            ("มาตรการ/แนวทาง", "measures"),
            ("สรุปผลการดำเนินการ", "result"),
            ("ผลการดำเนินการตามมาตรการ", "result"),
            ("ผลลัพธ์/ความสำเร็จ", "outcome"),
            ("โครงการ/กิจกรรม/งาน", "projects"),
            ("วงเงินที่จะซื้อหรือจ้าง (บาท)", "purchase_budget"),
            ("ราคากลาง(บาท)", "reference_price"),
            ("วิธีซื้อ/จ้าง", "method"),
            ("เลขที่และวันที่ของสัญญาหรือข้อตกลงในการซื้อหรือจ้าง", "contract"),
            ("เลขที่โครงการ (e-GP)", "egp_project_no"),
            ("ชื่อ - สกุล", "name"),
            ("Responsible Unit", "responsible"),
        ] {
            assert_eq!(field_of_heading(heading), Some(field), "{heading}");
        }
    }

    #[test]
    fn a_joined_heading_is_every_column_that_it_joins() {
        for heading in [
            "ปัญหา อุปสรรค และข้อเสนอแนะ",
            "ปัญหา/ข้อเสนอแนะ",
            "ปัญหาและอุปสรรค/ข้อเสนอแนะ",
            "ปัญหา/อุปสรรค/ข้อเสนอแนะ",
        ] {
            assert!(heading_serves(heading, "problems"), "{heading}");
            assert!(heading_serves(heading, "recommendations"), "{heading}");
        }
        assert!(heading_serves("โทรศัพท์/โทรสาร", "fax"));
        assert!(heading_serves("ระยะเวลา", "schedule"));
        assert!(heading_serves("ระยะเวลา", "step_time"));
    }

    #[test]
    fn what_only_looks_alike_is_no_field() {
        for heading in [
            "",
            "ที่",
            "ลำดับ",
            "ลำดับที่",
            "หมายเหตุ",
            "(บาท)",
            "2568",
            "บาท",
            "((((",
            ")",
            "งบประมาณคงเหลือ",
            "งบประมาณตามแผนที่เหลือ",
            "งบประมาณโอนเพิ่ม",
            "ร้อยละ",
            "no.",
            "/",
        ] {
            assert_eq!(field_of_heading(heading), None, "{heading}");
        }
        assert_eq!(field_of_heading(&"งบประมาณ".repeat(100)), None);
    }
}
