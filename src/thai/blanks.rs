//! Blanks of a template that nobody filled in: `[ระบุชื่อหน่วยงาน]`, a line of
//! dots, `XX/XXXX`. What masks a number on purpose (`081-xxx-1234`) is none.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// How sure it is that words were to be put in the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// It says what is to be written there, or is known filler.
    Certain,
    /// Dots or letters such as `xxx`, which may stand there on purpose.
    Likely,
    /// Dots, as forms for print have them too.
    Dotted,
    /// A telephone number of zeros.
    Zeros,
}

/// What an instruction to a writer begins with, in brackets.
const ORDERS: &[&str] = &[
    "ระบุ",
    "โปรดระบุ",
    "ใส่ชื่อ",
    "ใส่ข้อ",
    "ใส่วัน",
    "ใส่เลข",
    "ใส่จำนวน",
    "ใส่ปี",
    "กรอก",
    "เติมชื่อ",
    "เติมข้อ",
    "เติมวัน",
    "ชื่อหน่วยงาน",
    "ชื่อเทศบาล",
    "ชื่อ อบต",
    "insert ",
    "fill in",
    "enter ",
    "your ",
    "name of agency",
    "agency name",
];

/// In round brackets only what an agency says of itself is meant for it;
/// other such words tell citizens what to write.
const OF_AGENCY: &[&str] = &[
    "ระบุชื่อหน่วย",
    "ระบุหน่วยงาน",
    "ระบุชื่อเทศบาล",
    "ระบุชื่อ อบต",
    "ระบุชื่ออบต",
    "ระบุชื่อองค์การ",
    "ระบุชื่อ อปท",
    "ระบุชื่อส่วนราชการ",
    "ระบุปีงบประมาณ",
    "ระบุ พ.ศ.",
    "ระบุพ.ศ.",
    "ระบุปี พ.ศ.",
    "ระบุ.",
    "ระบุ …",
    "ระบุ…",
    "ระบุ .",
];

/// What programs and templates fill a place with.
const FILLER: &[&str] = &[
    "lorem ipsum",
    "คลิกหรือแตะที่นี่เพื่อใส่ข้อความ",
    "คลิกที่นี่เพื่อใส่ข้อความ",
    "คลิกเพื่อเพิ่มข้อความ",
    "ใส่ข้อความที่นี่",
    "พิมพ์ข้อความที่นี่",
    "click here to enter text",
    "click or tap here to enter text",
    "click to add text",
];

/// Fewer ellipses, full stops or strokes in a row leave something out of a
/// sentence.
const ELLIPSES: usize = 3;
const STOPS: usize = 8;

/// The first blank of a text.
pub fn blank_in(text: &str) -> Option<(Range<usize>, Blank)> {
    let all = [
        filler(text),
        bracketed(text),
        letters(text),
        zeros(text),
        dots(text),
    ];
    all.into_iter()
        .flatten()
        .min_by_key(|(range, _)| range.start)
}

fn filler(text: &str) -> Option<(Range<usize>, Blank)> {
    static KNOWN: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).build(FILLER).ok()
    });
    let first = known.as_ref()?.find(text)?;
    Some((first.range(), Blank::Certain))
}

fn bracketed(text: &str) -> Option<(Range<usize>, Blank)> {
    for (at, open) in text.bytes().enumerate() {
        let (close, orders) = match open {
            b'[' => (']', ORDERS),
            b'<' => ('>', ORDERS),
            b'(' => (')', OF_AGENCY),
            _ => continue,
        };
        let inside = &text[at + 1..];
        let Some(end) = inside.find(close) else {
            continue;
        };
        let words = inside[..end]
            .trim()
            .trim_end_matches('\\')
            .to_ascii_lowercase();
        // A box to tick on a form: `อื่น ๆ (ระบุ…)`.
        let before = text[..at].trim_end().trim_end_matches(['ๆ', ' ']);
        let is_choice = before.ends_with("อื่น") || before.ends_with("อื่นๆ");
        let is_order = orders.iter().any(|order| words.starts_with(order));
        if is_order && !is_choice {
            let end = at + 1 + end + close.len_utf8();
            return Some((at..end, Blank::Certain));
        }
    }
    None
}

/// The longest runs of such letters, with where they begin.
fn runs(text: &str, is_part: fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split_inclusive(move |c| !is_part(c)).map(move |run| {
        let start = next;
        next += run.len();
        (start, run.trim_end_matches(|c| !is_part(c)))
    })
}

/// A word of letters x, and what a date or number has besides.
fn letters(text: &str) -> Option<(Range<usize>, Blank)> {
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '@' | '*');
    if !text.bytes().any(|b| matches!(b, b'x' | b'X')) {
        return None;
    }
    runs(text, is_part).find_map(|(from, word)| {
        let word = word.trim_end_matches(['.', '-', '_']);
        is_letters_for(word).then(|| (from..from + word.len(), Blank::Likely))
    })
}

/// Digits of a person's number, which a mask of letters may stand for.
const PERSONS_NUMBER: usize = 13;

fn is_letters_for(word: &str) -> bool {
    let is_x = |c: char| matches!(c, 'x' | 'X');
    let letters = word.chars().filter(|c| is_x(*c)).count();
    if letters < 2 || letters == PERSONS_NUMBER {
        return false;
    }
    let all = |test: &dyn Fn(char) -> bool| word.chars().all(test);
    let same_case = all(&|c| c != 'x') || all(&|c| c != 'X');
    // `xxx`, but not `xx` (of size) and `XXX` as a number of Rome alone.
    if all(&is_x) {
        return letters >= 3 && same_case;
    }
    let mut parts = word.split('/');
    let of_parts =
        |part: &str| !part.is_empty() && part.chars().all(|c| is_x(c) || c.is_ascii_digit());
    if word.contains('/') {
        return parts.clone().count() <= 3 && parts.all(of_parts);
    }
    // `25XX`: a year of this century.
    if word.len() == 4 && word.starts_with("25") {
        return letters == 2 && word[2..].chars().all(is_x);
    }
    // A telephone number of which nothing is said.
    let mut digits = word.chars().filter(char::is_ascii_digit);
    word.contains('-')
        && letters >= 6
        && digits.all(|c| c == '0')
        && word.chars().all(|c| is_x(c) || c == '0' || c == '-')
}

/// A telephone number of zeros; one of nine or ten digits.
fn zeros(text: &str) -> Option<(Range<usize>, Blank)> {
    if !text.bytes().any(|b| b == b'0') {
        return None;
    }
    runs(text, |c| c.is_ascii_digit() || c == '-').find_map(|(from, word)| {
        let count = word.bytes().filter(|b| *b == b'0').count();
        let only = word.bytes().all(|b| matches!(b, b'0' | b'-'));
        (only && (9..=10).contains(&count)).then(|| (from..from + word.len(), Blank::Zeros))
    })
}

/// A line of dots or strokes to write on. One that leads to a page number is
/// part of a list of contents, one that stands alone parts sections.
fn dots(text: &str) -> Option<(Range<usize>, Blank)> {
    let mut from = 0;
    while let Some(at) = text[from..].find(['.', '…', '_']).map(|at| at + from) {
        let is_dot = |c: char| matches!(c, '.' | '…' | '_');
        let end = text[at..]
            .find(|c| !is_dot(c))
            .map_or(text.len(), |n| at + n);
        let run = &text[at..end];
        let ellipses = run.chars().filter(|c| *c == '…').count();
        let long = ellipses >= ELLIPSES || run.chars().count() >= STOPS;
        let line = text[end..].lines().next().unwrap_or_default().trim();
        // A year is no page.
        let leads = (1..=3).contains(&line.chars().count()) && line.chars().all(char::is_numeric);
        let line_before = text[..at].rsplit('\n').next().unwrap_or_default();
        let alone = line.is_empty() && line_before.trim().is_empty();
        if long && !leads && !alone {
            return Some((at..end, Blank::Dotted));
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, Blank)> {
        blank_in(text).map(|(range, kind)| (&text[range], kind))
    }

    #[test]
    fn what_a_template_left_open_is_found() {
        for (text, blank, kind) in [
            (
                "ประกาศ [ระบุชื่อหน่วยงาน] เรื่อง",
                "[ระบุชื่อหน่วยงาน]",
                Blank::Certain,
            ),
            ("ของเทศบาล (ระบุชื่อเทศบาล)", "(ระบุชื่อเทศบาล)", Blank::Certain),
            ("โครงการ (ระบุ……)", "(ระบุ……)", Blank::Certain),
            ("Lorem ipsum dolor", "Lorem ipsum", Blank::Certain),
            ("ณ วันที่ ……………… 2568", "………………", Blank::Dotted),
            ("ลงชื่อ ..........", "..........", Blank::Dotted),
            ("ลงชื่อ __________ ผู้อนุมัติ", "__________", Blank::Dotted),
            ("จำนวน xxx บาท", "xxx", Blank::Likely),
            ("คำสั่งที่ XX/XXXX", "XX/XXXX", Blank::Likely),
            ("เลขที่ xx/2568", "xx/2568", Blank::Likely),
            ("ปีงบประมาณ พ.ศ. 25XX", "25XX", Blank::Likely),
            ("โทร. 0x-xxxx-xxxx", "0x-xxxx-xxxx", Blank::Likely),
            ("โทร. 0-0000-0000", "0-0000-0000", Blank::Zeros),
        ] {
            assert_eq!(found(text), Some((blank, kind)), "{text}");
        }
    }

    #[test]
    fn words_masks_and_forms_are_let_be() {
        for text in [
            "แจ้งเรื่องเป็นหนังสือ (ระบุชื่อ ที่อยู่ และวันเวลาที่เกิดเหตุ)",
            "อื่น ๆ (ระบุ……)",
            "[1] ดูมาตรา 50",
            "โทร. 081-xxx-1234",
            "เลขบัญชี xxx-x-x1234-x",
            "x-xxxx-xxxxx-xx-x",
            "เสื้อขนาด XL และ XXL",
            "นำเข้าไฟล์ .xlsx",
            "การประชุม ... และอื่น ๆ",
            "ฯลฯ ……",
            "บทที่ 1 บทนำ ............ 12",
            "...............",
            "0-2000-0000",
            "งบ 1,000,000 บาท",
            "https://example.go.th/xx/index.html",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
