//! Links whose words say nothing.

use crate::check::finding::{Found, finding};
use crate::thai;

use super::links::Link;

/// As they stand alone, without brackets, marks and numbers.
const EMPTY: &[&str] = &[
    "คลิก",
    "คลิ๊ก",
    "คลิ้ก",
    "คลิกที่นี่",
    "คลิ๊กที่นี่",
    "คลิกที่นี้",
    "คลิกดู",
    "คลิกอ่าน",
    "คลิกเพื่อดู",
    "คลิกเพื่ออ่าน",
    "คลิกดูรายละเอียด",
    "คลิกเพื่อดูรายละเอียด",
    "คลิกลิงก์",
    "กดที่นี่",
    "ที่นี่",
    "ดูที่นี่",
    "รายละเอียด",
    "ดูรายละเอียด",
    "ดูรายละเอียดเพิ่มเติม",
    "รายละเอียดเพิ่มเติม",
    "อ่านต่อ",
    "อ่านเพิ่มเติม",
    "ดูเพิ่มเติม",
    "เพิ่มเติม",
    "ดาวน์โหลด",
    "ดาวน์โหลดที่นี่",
    "ลิงก์",
    "ลิงค์",
    "ลิ้งค์",
    "ลิ้งก์",
    "ไฟล์",
    "ไฟล์แนบ",
    "เอกสาร",
    "เอกสารแนบ",
    "link",
    "here",
    "click",
    "click here",
    "read more",
    "more",
    "details",
    "detail",
    "view",
    "download",
    "download here",
    "file",
    "url",
];

pub fn check(links: &[Link], found: &mut Found) {
    for link in links {
        let Some(words) = &link.words else { continue };
        let said = words.text.trim();
        let (th, en) = if said.is_empty() {
            ("ลิงก์นี้ไม่มีข้อความ".into(), "this link has no words".into())
        } else if is_long_address(said) {
            (
                "ลิงก์นี้แสดงที่อยู่ยาวแทนชื่อ ผู้อ่านไม่รู้ว่าจะพบอะไร".into(),
                "this link shows a long address instead of a name".into(),
            )
        } else if says_nothing(said) {
            (
                format!("ลิงก์ชื่อ “{said}” ไม่บอกว่าจะพบอะไร"),
                format!("the link “{said}” does not say what it leads to"),
            )
        } else {
            continue;
        };
        found.push(finding("meaningless-link", th, en).at(words.place.clone()));
    }
}

/// An address with more than a host; a bare host is a name.
fn is_long_address(said: &str) -> bool {
    let lower = said.to_ascii_lowercase();
    let rest = ["https://", "http://", "www."]
        .iter()
        .find_map(|start| lower.strip_prefix(start));
    rest.is_some_and(|rest| {
        !said.contains(char::is_whitespace)
            && rest
                .split_once('/')
                .is_some_and(|(_, path)| !path.is_empty())
    })
}

fn says_nothing(said: &str) -> bool {
    let key = |text: &str| -> String {
        let text = thai::to_arabic(text).to_lowercase();
        let kept: String = text
            .chars()
            .map(|c| match c {
                '\u{0E01}'..='\u{0E4E}' => c,
                c if c.is_alphabetic() => c,
                _ => ' ',
            })
            .collect();
        thai::fold_key(kept.trim())
    };
    let said = key(said);
    EMPTY.iter().any(|empty| key(empty) == said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_say_nothing_are_known_in_any_dress() {
        for said in [
            "คลิกที่นี่",
            "(รายละเอียด)",
            "รายละเอียด 1",
            "»ดูรายละเอียด»",
            "Click here!",
            "ลิงก์ ๒",
        ] {
            assert!(says_nothing(said), "{said}");
        }
        for said in [
            "รายละเอียดโครงการ",
            "เอกสารแนบประกาศ",
            "อ่านข่าว",
            "LINE",
            "2568",
            "O12",
            "ขั้นตอนที่ 1",
        ] {
            assert!(!says_nothing(said), "{said}");
        }
    }

    #[test]
    fn a_host_is_a_name_and_a_long_address_is_not() {
        assert!(is_long_address("https://www.example.go.th/a?id=1"));
        assert!(!is_long_address("https://www.example.go.th/"));
        assert!(!is_long_address("www.example.go.th"));
    }
}
