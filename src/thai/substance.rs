//! Whether words say anything: what officials type to keep a place open, and
//! what is left of words that went through the wrong encoding.

/// What a text amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Substance {
    /// Nothing, or nothing but marks: `-`, `...`, a space that does not break.
    Nothing,
    /// Words that promise the content instead of giving it.
    Promise,
    /// Letters that were lost (`????`), or Thai read in another encoding.
    Garbled,
    /// A word such as `ไม่มี`: it may be the whole answer, or none.
    Word,
    Words,
}

impl Substance {
    /// Nothing that a reader could take from it.
    pub fn is_empty(self) -> bool {
        self < Substance::Word
    }
}

/// Words that alone make a promise of what they stand with; without spaces and
/// marks, as [`bare`] leaves them.
const PROMISES: &[&str] = &[
    "อยู่ระหว่าง",
    "อยู่ในระหว่าง",
    "กำลัง",
    "รอ",
    "จะ",
    "ภายหลัง",
    "ขออภัย",
    "ขออภัยในความไม่สะดวก",
    "โปรดติดตาม",
    "เร็วนี้",
    "ใส่ข้อมูลที่นี่",
    "ใส่ข้อความที่นี่",
    "พิมพ์ข้อความที่นี่",
    "ข้อความตัวอย่าง",
    "ข้อมูลตัวอย่าง",
    "ไม่มีข้อมูล",
    "ไม่พบข้อมูล",
    "ยังไม่มีข้อมูล",
    "ทดสอบทดสอบ",
    "tba",
    "tbc",
    "tbd",
    "tobeannounced",
    "tobeadded",
    "tobeconfirmed",
    "comingsoon",
    "underconstruction",
    "inprogress",
    "todo",
    "na",
    "nodata",
    "testtest",
    "loremipsum",
];

/// Words that may stand with a promise without saying more: what is yet to be
/// done, to what, by whom, and what is polite.
const AROUND: &[&str] = &[
    "การ",
    "ดำเนินการ",
    "จัดทำ",
    "ทำ",
    "รวบรวม",
    "ปรับปรุง",
    "แก้ไข",
    "ตรวจสอบ",
    "พัฒนา",
    "พิจารณา",
    "นำเข้า",
    "นำ",
    "มา",
    "ลง",
    "เพิ่ม",
    "เพิ่มเติม",
    "เผยแพร่",
    "แจ้ง",
    "แจ้งให้ทราบ",
    "ทราบ",
    "ประกาศ",
    "ประกาศให้ทราบ",
    "อัปเดต",
    "อัพเดท",
    "เสร็จ",
    "แล้วเสร็จ",
    "ข้อมูล",
    "เอกสาร",
    "รายละเอียด",
    "เนื้อหา",
    "เว็บไซต์",
    "หน้าเว็บ",
    "ระบบ",
    "หน้านี้",
    "ส่วนนี้",
    "หัวข้อนี้",
    "นี้",
    "ของ",
    "ใน",
    "จาก",
    "และ",
    "ให้",
    "ต่อไป",
    "ต่อ",
    "โดยเร็ว",
    "เร็วที่สุด",
    "ภายใน",
    "วันนี้",
    "สัปดาห์หน้า",
    "เดือนหน้า",
    "ปีหน้า",
    "อีกครั้ง",
    "ก่อน",
    "ทาง",
    "เทศบาล",
    "อบต",
    "หน่วยงาน",
    "เจ้าหน้าที่",
    "ผู้ดูแล",
    "กรุณา",
    "โปรด",
    "มาณที่นี้",
    "ณที่นี้",
    "ขณะนี้",
    "ปัจจุบัน",
    "ค่ะ",
    "ครับ",
    "ทดสอบ",
    "test",
];

/// Letters (without the marks on them) below which a text is a word.
const WORD_LETTERS: usize = 6;

/// No promise is longer, in bytes. What a table holds is judged cell by cell,
/// so long texts are read no further.
const MOST_JUDGED: usize = 400;

/// What a text amounts to, judged by its words alone.
pub fn substance(text: &str) -> Substance {
    if is_garbled(text) {
        return Substance::Garbled;
    }
    let words = bare(text);
    if words.len() > MOST_JUDGED {
        return Substance::Words;
    }
    if words.is_empty() {
        return Substance::Nothing;
    }
    if is_promise(&words) {
        return Substance::Promise;
    }
    let letters = words.chars().filter(|c| !is_mark(*c)).count();
    if letters < WORD_LETTERS && !words.chars().any(char::is_numeric) {
        return Substance::Word;
    }
    Substance::Words
}

/// Whether a text keeps a place open instead of filling it: empty, marks
/// alone, or a promise.
pub fn is_placeholder(text: &str) -> bool {
    substance(text).is_empty()
}

/// Whether a text can be read as nothing but promises and words around them.
fn is_promise(bare: &str) -> bool {
    if is_one_letter(bare) || bare.starts_with("loremipsum") {
        return true;
    }
    let begins = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
    if !begins(PROMISES) && !begins(AROUND) {
        return false;
    }
    // Where a word may begin, and whether a promise stands before.
    let mut reached: Vec<Option<bool>> = vec![None; bare.len() + 1];
    reached[0] = Some(false);
    for at in 0..bare.len() {
        let Some(promised) = reached[at] else {
            continue;
        };
        let rest = &bare[at..];
        let mut go = |words: &[&str], promises: bool| {
            for word in words.iter().filter(|word| rest.starts_with(**word)) {
                let end = &mut reached[at + word.len()];
                *end = Some(end.unwrap_or(false) || promises);
            }
        };
        go(PROMISES, true);
        go(AROUND, promised);
    }
    reached[bare.len()] == Some(true)
}

/// How texts begin that send the reader elsewhere.
const POINTERS: &[&str] = &[
    "รายละเอียดตาม",
    "รายละเอียดดังแนบ",
    "ตามเอกสารแนบ",
    "ตามเอกสารที่แนบ",
    "ตามไฟล์แนบ",
    "ตามไฟล์ที่แนบ",
    "ตามสิ่งที่ส่งมาด้วย",
    "ดูไฟล์แนบ",
    "ดูเอกสารแนบ",
    "ดูรายละเอียดตาม",
    "ดูรายละเอียดใน",
    "ดูรายละเอียดได้ที่",
    "ดูรายละเอียดเพิ่มเติม",
    "ดาวน์โหลด",
    "คลิกที่นี่",
    "คลิกดู",
    "ติดต่อขอดู",
    "ติดต่อขอรับ",
    "ติดต่อขอทราบ",
    "ขอดูได้ที่",
    "ขอดูเอกสารได้ที่",
    "สามารถขอดู",
    "สามารถติดต่อขอ",
    "สอบถามได้ที่",
    "สอบถามรายละเอียด",
    "สอบถามเพิ่มเติม",
    "สอบถามข้อมูลเพิ่มเติม",
    "seeattach",
    "seetheattach",
    "seefile",
    "downloadhere",
    "clickhere",
    "availableattheoffice",
    "availableonrequest",
];

/// Longer texts say more than where to look.
const MOST_POINTING: usize = 120;

/// Whether a text does nothing but send the reader elsewhere: to an attachment
/// or an office. Where a link stands with it, that may be right.
pub fn only_points(text: &str) -> bool {
    if text.trim().chars().count() > MOST_POINTING {
        return false;
    }
    let words = bare(text);
    POINTERS.iter().any(|way| words.starts_with(way))
}

/// How far something is, and the words around that.
const STATES: &[&str] = &[
    "ดำเนินการ",
    "ดำเนินงาน",
    "ปฏิบัติ",
    "เรียบร้อย",
    "เสร็จสมบูรณ์",
    "เสร็จสิ้น",
    "เสร็จ",
    "สำเร็จ",
    "ครบถ้วน",
    "ครบ",
    "บรรลุ",
    "เป็นไป",
    "อยู่ระหว่าง",
    "กำลัง",
    "ตาม",
    "ที่",
    "กำหนดไว้",
    "กำหนด",
    "วางไว้",
    "แผนงาน",
    "แผน",
    "เป้าหมาย",
    "วัตถุประสงค์",
    "ระยะเวลา",
    "มาตรการ",
    "ขั้นตอน",
    "โครงการ",
    "กิจกรรม",
    "ทุกข้อ",
    "ทุก",
    "ทั้งหมด",
    "แล้ว",
    "ได้",
    "การ",
    "ไว้",
    "มี",
    "และ",
    "ดี",
    "ค่ะ",
    "ครับ",
    "done",
    "completed",
    "finished",
    "inprogress",
    "asplanned",
];

/// Whether a text says only how far something is (`ดำเนินการแล้วเสร็จ`), not
/// what was done or what came of it.
pub fn only_tells_state(text: &str) -> bool {
    let words = bare(text);
    if words.is_empty() || words.len() > MOST_JUDGED {
        return false;
    }
    // Where a word may begin.
    let mut reached = vec![false; words.len() + 1];
    reached[0] = true;
    for at in 0..words.len() {
        if reached[at] {
            for word in STATES.iter().filter(|word| words[at..].starts_with(**word)) {
                reached[at + word.len()] = true;
            }
        }
    }
    reached[words.len()]
}

/// `xxxxxx`, held down to have something there.
fn is_one_letter(bare: &str) -> bool {
    let mut letters = bare.chars();
    let first = letters.next();
    let more = letters.clone().count();
    more >= 2 && first.is_some_and(char::is_alphabetic) && letters.all(|c| Some(c) == first)
}

/// Letters and digits alone, in lower case; of a long text only the beginning.
fn bare(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            // Signs of omission count as letters in Unicode.
            'ฯ' | 'ๆ' | '๏' | '๚' | '๛' => {}
            // Without asking the table of all letters, which takes longer.
            '\u{0E01}'..='\u{0E3A}' | '\u{0E40}'..='\u{0E59}' => out.push(c),
            '\0'..='\u{7F}' if !c.is_ascii_alphanumeric() => {}
            '\0'..='\u{7F}' => out.push(c.to_ascii_lowercase()),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
        if out.len() > MOST_JUDGED {
            break;
        }
    }
    out
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}')
}

/// Letters that became question marks, or Thai of UTF-8 that was read as
/// Windows-1252 (`à¸‚à¹‰à¸\u{AD}`) or as Windows-874 (`เธเนเธญ`).
fn is_garbled(text: &str) -> bool {
    let (mut lost, mut hits, mut before) = (0, 0, '\0');
    for c in text.chars() {
        lost += usize::from(matches!(c, '?' | '\u{FFFD}'));
        hits += usize::from(matches!((before, c), ('à', '¸' | '¹') | ('เ', 'ธ' | 'น')));
        before = c;
    }
    if lost >= 3 {
        let is_kept = |c: &char| (c.is_alphanumeric() || is_mark(*c)) && !c.is_numeric();
        if lost > text.chars().filter(is_kept).count() {
            return true;
        }
    }
    // Real words have `เธ` and `เน` too, but never one in three letters.
    hits >= 3 && hits * 4 >= text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_place_open_is_no_text() {
        for text in ["", "-", "–", "...", "…", "\u{a0}", "____"] {
            assert_eq!(substance(text), Substance::Nothing, "{text:?}");
        }
        for text in [
            "อยู่ระหว่างจัดทำ",
            "อยู่ระหว่างดำเนินการ (จัดทำข้อมูล)",
            "(อยู่ระหว่างดำเนินการจัดทำข้อมูล)",
            "ขณะนี้อยู่ระหว่างการจัดทำข้อมูล ค่ะ",
            "รอข้อมูล",
            "TBA",
            "To be announced.",
            "ไม่มีข้อมูล",
            "N/A",
            "ขออภัยในความไม่สะดวก ขณะนี้อยู่ระหว่างการปรับปรุงข้อมูล",
            "อยู่ระหว่างการรวบรวมข้อมูลจากหน่วยงาน จะแจ้งให้ทราบภายหลัง",
            "จะนำข้อมูลมาเผยแพร่ภายหลัง",
            "ขออภัย ขณะนี้ยังไม่มีข้อมูล เจ้าหน้าที่จะนำข้อมูลลงให้เร็วที่สุด",
            "จะดำเนินการเผยแพร่ภายในเดือนหน้า",
            "ทดสอบ ทดสอบ ทดสอบ",
            "xxxxxxxxx",
            "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
        ] {
            assert_eq!(substance(text), Substance::Promise, "{text:?}");
        }
    }

    #[test]
    fn an_answer_of_one_word_is_a_word_and_no_placeholder() {
        for text in ["ไม่มี", "มี", "ok"] {
            assert_eq!(substance(text), Substance::Word, "{text:?}");
        }
        for text in [
            "กองช่าง",
            "7 วัน",
            "๑",
            "ปีงบประมาณ 2568 ไม่มีปัญหาและอุปสรรค",
            "โครงการอยู่ระหว่างดำเนินการ 3 โครงการ",
            "ไม่มีข้อมูลส่วนบุคคลในประกาศนี้",
            "แจ้งให้ทราบ",
            "รวบรวมเอกสาร",
            "รายงานผลภายใน 15 วัน",
        ] {
            assert_eq!(substance(text), Substance::Words, "{text:?}");
        }
    }

    #[test]
    fn words_that_only_lead_elsewhere_are_known_by_their_beginning() {
        for text in [
            "รายละเอียดตามไฟล์แนบ",
            "(รายละเอียดตามเอกสารแนบท้าย)",
            "ติดต่อขอดูได้ที่กองคลัง ในวันและเวลาราชการ",
            "คลิกที่นี่",
        ] {
            assert!(only_points(text), "{text:?}");
        }
        for text in ["ร้องเรียนได้ที่สำนักปลัด", "ติดต่อกองช่าง โทร. 0 2000 0000"]
        {
            assert!(!only_points(text), "{text:?}");
        }
    }

    #[test]
    fn letters_that_were_lost_say_nothing() {
        for text in [
            "?????? ???",
            "????????????????????? 2568",
            "à¸‚à¹‰à¸\u{AD}à¸¡à¸¹à¸¥",
            "เธเนเธญเธกเธนเธฅ",
            "\u{FFFD}\u{FFFD}\u{FFFD}",
        ] {
            assert_eq!(substance(text), Substance::Garbled, "{text:?}");
        }
        assert_eq!(substance("ทำได้หรือไม่??? ถามได้ที่กองช่าง"), Substance::Words);
        assert_eq!(substance("เธอเน้นเนื้อหาของเนินเขา"), Substance::Words);
    }

    #[test]
    fn a_state_is_told_from_a_result() {
        for state in [
            "ดำเนินการแล้ว",
            "ดำเนินการแล้วเสร็จ",
            "เป็นไปตามแผนที่กำหนดไว้",
            "- อยู่ระหว่างดำเนินการ",
            "บรรลุวัตถุประสงค์ตามเป้าหมาย",
            "Done",
        ] {
            assert!(only_tells_state(state), "{state}");
        }
        for result in [
            "",
            "ดำเนินการอบรมแล้ว 2 รุ่น",
            "ติดป้ายครบทุกแห่ง",
            "ครบ 12 หมู่บ้าน",
            "ร้อยละ 100",
            "ไม่ได้ดำเนินการ เพราะงบประมาณไม่พอ",
        ] {
            assert!(!only_tells_state(result), "{result}");
        }
    }
}
