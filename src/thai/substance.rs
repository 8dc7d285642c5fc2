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

/// Without spaces and marks, as [`bare`] leaves them.
const PROMISES: &[&str] = &[
    "อยู่ระหว่างจัดทำ",
    "อยู่ระหว่างการจัดทำ",
    "อยู่ระหว่างจัดทำข้อมูล",
    "อยู่ระหว่างการจัดทำข้อมูล",
    "อยู่ระหว่างดำเนินการ",
    "อยู่ระหว่างการดำเนินการ",
    "อยู่ระหว่างดำเนินการจัดทำ",
    "อยู่ระหว่างดำเนินการจัดทำข้อมูล",
    "อยู่ระหว่างรวบรวมข้อมูล",
    "อยู่ระหว่างการรวบรวมข้อมูล",
    "อยู่ระหว่างปรับปรุง",
    "อยู่ระหว่างการปรับปรุง",
    "อยู่ระหว่างปรับปรุงข้อมูล",
    "กำลังจัดทำ",
    "กำลังจัดทำข้อมูล",
    "กำลังดำเนินการ",
    "กำลังปรับปรุง",
    "กำลังปรับปรุงข้อมูล",
    "รอข้อมูล",
    "รอดำเนินการ",
    "รอการดำเนินการ",
    "รอจัดทำ",
    "รอปรับปรุง",
    "รอเอกสาร",
    "รอลงข้อมูล",
    "รอประกาศ",
    "จะเพิ่มภายหลัง",
    "จะดำเนินการภายหลัง",
    "เพิ่มเติมภายหลัง",
    "ใส่ข้อมูลที่นี่",
    "ใส่ข้อความที่นี่",
    "พิมพ์ข้อความที่นี่",
    "ข้อความตัวอย่าง",
    "ไม่มีข้อมูล",
    "ไม่พบข้อมูล",
    "ยังไม่มีข้อมูล",
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
    "xxx",
    "xxxx",
    "loremipsum",
];

/// Words that may stand around a promise without saying more.
const POLITE: &[&str] = &["ขณะนี้", "ปัจจุบัน", "ค่ะ", "ครับ", "โปรดรอ", "กรุณารอ"];

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

fn is_promise(bare: &str) -> bool {
    let mut rest = bare;
    while let Some(less) = POLITE
        .iter()
        .find_map(|w| rest.strip_prefix(w).or_else(|| rest.strip_suffix(w)))
    {
        rest = less;
    }
    PROMISES.contains(&rest)
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
        ] {
            assert_eq!(substance(text), Substance::Words, "{text:?}");
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
}
