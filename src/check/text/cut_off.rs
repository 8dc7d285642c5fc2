//! Texts that stop in the middle of a sentence.

use crate::check::finding::{Found, finding};

use super::blocks::Block;
use super::{is_letter, leading};

/// Shorter texts are labels: `ลำดับที่`, `ประสานงานกับ`.
const LEAST_LETTERS: usize = 25;

pub fn check(blocks: &[Block], found: &mut Found) {
    for (number, block) in blocks.iter().enumerate() {
        let Some(last) = cut_off(&block.text).filter(|_| !block.leads_on) else {
            continue;
        };
        // `(๑) ก และ`, `(๒) ข` is how laws and minutes count up.
        let joins = JOINING.iter().any(|(word, _)| *word == last);
        let next = blocks.get(number + 1);
        if joins && next.is_some_and(|next| follows(block, next)) {
            continue;
        }
        found.push(
            finding(
                "cut-off-text",
                format!("ข้อความจบที่ “{last}” เหมือนขาดหายไปกลางประโยค"),
                format!("the text stops at “{last}”, in the middle of a sentence"),
            )
            .at(block.place_of_end(last)),
        );
    }
}

/// Whether a block goes on with another one: as an entry of its list, or as
/// one that is numbered or marked itself.
fn follows(block: &Block, next: &Block) -> bool {
    let text = next.text.trim_start();
    (block.list.is_some() && block.list == next.list)
        || text.starts_with(['-', '•', '–'])
        || leading(text).is_some()
}

/// Words that join, after which the next entry may go on, each with what makes
/// another word of it when it stands before.
const JOINING: &[(&str, &str)] = &[
    ("และ", ""),
    ("ซึ่ง", ""),
    ("เพื่อ", ""),
    ("โดย", "จัดทำ"),
    ("ระหว่าง", ""),
    ("เนื่องจาก", ""),
    ("รวมทั้ง", ""),
    ("พร้อมทั้ง", ""),
    ("ตลอดจน", ""),
    ("สำหรับ", ""),
    ("เกี่ยวกับ", ""),
];

/// Other words that can't end a text.
const OPEN: &[(&str, &str)] = &[
    ("จะ", ""),
    (
        "ความ",
        "ข้อ บท คู่ ใจ เนื้อ ตี แจ้ง กิน รูป เป็น ว่า เรียง ทนาย หมอ คดี ถ้อย ได้ ลูก ตัว ย่อ ถอด แปล \
         สรุป เก็บ",
    ),
    ("ระยะ", "ทุก เป็น ราย ละ สอง สาม หลาย ทั้ง เว้น รักษา ช่วง"),
    (
        "ของ",
        "สิ่ง ข้าว เข้า ให้ ส่ง ขาย ซื้อ เจ้า ยืม คืน นับ เก็บ แจก ขน รับ สอ เชียง วาง บรรทุก ฝาก ถือ ยก จัด \
         ย้าย ทิ้ง แลก",
    ),
    (
        "ที่",
        "พื้น หน้า สถาน คง เต็ม ท้อง ลำดับ ครั้ง เลข วัน แผน กับ เจ้า ทุก หลาย ถูก ผิด ย้าย ทั่ว \
         ประจำ ข้อ หมู่ ฉบับ บท ตาม นอก ใน คน อยู่ บาง เป็น มี ไม่ ลง ถึง ขึ้น ออก ต่าง หา จอง \
         ดู สร้าง เช่า วัด ไตรมาส รอบ ระยะ คู่ ตัว เคลื่อน เข้า แทน เนื้อ หนึ่ง สอง ละ ไล่ รังวัด รุก ได้",
    ),
];

/// The word at which a text stops though it can't end there.
fn cut_off(text: &str) -> Option<&str> {
    let text = text.trim_end();
    // A full stop, a bracket or `ฯลฯ` is an end.
    if !text.ends_with(is_letter) || text.chars().filter(|c| is_letter(*c)).count() < LEAST_LETTERS
    {
        return None;
    }
    JOINING.iter().chain(OPEN).find_map(|(word, not_after)| {
        let before = text.strip_suffix(word)?;
        // `60 ที่`, `แบ่งเป็น 3 ระยะ` count.
        let counts = before.trim_end().ends_with(|c: char| c.is_numeric());
        let is_other = counts || not_after.split_whitespace().any(|b| before.ends_with(b));
        (!is_other).then(|| &text[before.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::cut_off;

    const SOME: &str = "เทศบาลนำโปสเตอร์ไปติดไว้ทั่วทั้งตำบล";

    #[test]
    fn a_text_that_stops_before_its_end_is_found() {
        for (end, last) in [
            ("ในจุดที่", "ที่"),
            ("และ", "และ"),
            ("รวมทั้งโครงการอบรมระยะ", "ระยะ"),
            (" เพื่อ", "เพื่อ"),
            (" โดยจะ", "จะ"),
        ] {
            assert_eq!(cut_off(&format!("{SOME}{end}")), Some(last), "{end}");
        }
    }

    #[test]
    fn a_text_that_ends_is_not() {
        for end in [
            "ทุกพื้นที่",
            "ของเจ้าหน้าที่",
            "เป็นระยะ",
            "ทุกแห่ง",
            "ตามข้อความ",
            "และ…",
            " เช่น ป้าย ฯลฯ",
            "ส่งคืนเจ้าของ",
            "โดยเฉพาะ",
        ] {
            assert_eq!(cut_off(&format!("{SOME}{end}")), None, "{end}");
        }
        assert_eq!(cut_off("ลำดับที่และ"), None);
    }
}
