//! Numbers of persons: thirteen digits, the last of which checks the others
//! (Department of Provincial Administration; weights 13 to 2, modulo 11).
//! A first digit from 1 to 8 is a person; 0 is a juristic person, whose
//! number is public.

use std::borrow::Cow;
use std::ops::Range;

use super::digits::digit;
use super::number_runs::{NumberRun, number_runs};

/// Whether thirteen ASCII digits are the number of a person.
pub fn is_citizen_number(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    if values.len() != 13 || digits.len() != 13 {
        return false;
    }
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return false;
    };
    let sum: u32 = values
        .iter()
        .take(12)
        .zip((2..=13).rev())
        .map(|(d, w)| d * w)
        .sum();
    (1..=8).contains(first) && (11 - sum % 11) % 10 == *last
}

/// Whether thirteen ASCII digits are the number on Thai goods: EAN-13 (GS1
/// General Specifications, section 7.9) with the prefix of Thailand. One in ten
/// of them would pass for the number of a person.
pub fn is_barcode(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = values
        .iter()
        .zip([1, 3].into_iter().cycle())
        .map(|(d, w)| d * w)
        .sum();
    values.len() == 13 && digits.starts_with("885") && sum.is_multiple_of(10)
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Thirteen digits in a row.
    Whole,
    /// As on the card: 1-4-5-2-1, by whatever parted.
    Official,
    /// In groups of its own, parted by single marks: a row of other numbers,
    /// perhaps.
    Loose,
}

/// The number of a person in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitizenNumber {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Thirteen, Arabic.
    pub digits: String,
    pub writing: Writing,
    /// A word or another number hangs on it.
    pub joined: bool,
}

impl Writing {
    fn of(run: &NumberRun) -> Option<Writing> {
        match run.groups.as_slice() {
            [_] => Some(Writing::Whole),
            [1, 4, 5, 2, 1] => Some(Writing::Official),
            _ if run.breaks || run.widest > 1 => None,
            _ => Some(Writing::Loose),
        }
    }
}

/// Every number of a person in a text, and how many numbers of thirteen digits
/// in a row begin like one, whatever their last digit: one of ten passes by
/// chance.
pub fn citizen_numbers(text: &str) -> (Vec<CitizenNumber>, usize) {
    let is_valid = |run: &NumberRun, writing: Writing| {
        let passes = is_citizen_number(&run.digits)
            && !(writing == Writing::Whole && is_barcode(&run.digits));
        passes || is_mistyped(text, run, writing)
    };
    let accepts =
        |run: &NumberRun| Writing::of(run).is_some_and(|w| w == Writing::Whole || is_valid(run, w));
    let mut alike = 0;
    let mut found = Vec::new();
    for run in number_runs(text, &[13], accepts) {
        let Some(writing) = Writing::of(&run) else {
            continue;
        };
        let is_like = writing == Writing::Whole && !run.digits.starts_with(['0', '9']);
        alike += usize::from(is_like);
        if is_valid(&run, writing) {
            found.push(CitizenNumber {
                range: run.range,
                digits: run.digits,
                writing,
                joined: run.joined,
            });
        }
    }
    (found, alike)
}

/// What words say of a number that follows them.
const PERSON: &[&str] = &["ประจำตัวประชาชน", "บัตรประชาชน"];

/// Whether a number that fails the check is that of a person all the same, with
/// a digit mistyped: the others still tell who it is. It is parted by hyphens as
/// on the card, or the words before it say so.
fn is_mistyped(text: &str, run: &NumberRun, writing: Writing) -> bool {
    if run.digits.starts_with(['0', '9']) {
        return false;
    }
    let written = text.get(run.range.clone()).unwrap_or_default();
    match writing {
        Writing::Official => {
            let marks = written.chars().filter(|c| digit(*c).is_none());
            marks.clone().count() == 4 && marks.clone().all(|c| matches!(c, '-' | '‐' | '‑' | '–'))
        }
        Writing::Whole => {
            let before = text.get(..run.range.start).unwrap_or_default();
            let near = before.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
            PERSON.iter().any(|words| before[near..].contains(words))
        }
        Writing::Loose => false,
    }
}

/// The first five digits stay, the others become `x`; what parts them stays
/// where it is, and the text has as many letters as before.
pub fn mask_citizen_numbers(text: &str) -> Cow<'_, str> {
    let (found, _) = citizen_numbers(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for number in found {
        masked.push_str(&text[end..number.range.start]);
        let mut seen = 0;
        masked.extend(text[number.range.clone()].chars().map(|c| {
            seen += usize::from(digit(c).is_some());
            if digit(c).is_some() && seen > 5 {
                'x'
            } else {
                c
            }
        }));
        end = number.range.end;
    }
    masked.push_str(&text[end..]);
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    const BARCODE: &str = "8850000000041";

    #[test]
    fn a_mistyped_number_is_one_where_its_form_or_the_words_before_say_so() {
        for text in [
            "1-1017-00230-70-7",
            "เลขประจำตัวประชาชน 1101700230707",
            "บัตรประชาชนเลขที่ ๑๑๐๑๗๐๐๒๓๐๗๐๗",
        ] {
            assert_eq!(citizen_numbers(text).0.len(), 1, "{text}");
            assert!(!mask_citizen_numbers(text).contains("707"), "{text}");
        }
        for text in [
            "1101700230707",
            "1 1017 00230 70 7",
            "0-1055-00230-70-7",
            "เลขประจำตัวผู้เสียภาษี 0105500230707",
        ] {
            assert_eq!(citizen_numbers(text).0.len(), 0, "{text}");
        }
    }

    #[test]
    fn the_number_on_goods_is_told_by_both_of_its_check_digits() {
        assert!(is_citizen_number(BARCODE) && is_barcode(BARCODE));
        assert!(!is_barcode("1000000000017") && !is_barcode("8850000000042"));
        // A person of that province, grouped as on the card.
        assert_eq!(citizen_numbers("8-8500-00000-04-1").0.len(), 1);
    }

    #[test]
    fn a_persons_number_is_masked_in_every_writing() {
        for (text, want) in [
            ("เลข 1000000000017 ค่ะ", "เลข 10000xxxxxxxx ค่ะ"),
            ("1-0000-00000-01-7", "1-0000-xxxxx-xx-x"),
            ("๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗", "๑-๐๐๐๐-xxxxx-xx-x"),
            ("1 0000 00000 01 7", "1 0000 xxxxx xx x"),
            ("1 - 0000 - 00000\n- 01 - 7", "1 - 0000 - xxxxx\n- xx - x"),
            ("2 1 0000 00000 01 7", "2 1 0000 xxxxx xx x"),
            ("2568 1-0000-00000-01-7", "2568 1-0000-xxxxx-xx-x"),
            ("1_0000_00000_01_7.pdf", "1_0000_xxxxx_xx_x.pdf"),
            ("10000\u{200b}00000017", "10000\u{200b}xxxxxxxx"),
            ("cid1000000000017", "cid10000xxxxxxxx"),
            ("5,1000000000017,x", "5,10000xxxxxxxx,x"),
        ] {
            assert_eq!(mask_citizen_numbers(text), want);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "0105536000315",
            "1000000000018",
            "67129012345",
            "12345678901234567",
            "1,000,000,000,017",
            "13.1000000000017",
            "1000000000017.50",
            "a1000000000017ff",
            // On Thai goods, and valid as both.
            BARCODE,
        ] {
            assert_eq!(mask_citizen_numbers(text), text);
        }
    }

    #[test]
    fn any_text_keeps_its_length() {
        any_strings(|text| {
            assert_eq!(
                mask_citizen_numbers(text).chars().count(),
                text.chars().count()
            );
        });
    }
}
