//! Thai digits (๐–๙, U+0E50–U+0E59), Buddhist years and grouping.

use std::borrow::Cow;

/// Years written with two digits are of this century: ๖๘ is 2568.
const CENTURY: u16 = 2500;
/// The Buddhist era is 543 years ahead of the Christian era.
pub(super) const BE: u16 = 543;

/// The value of a Thai or Arabic digit.
pub(super) fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '๐'..='๙' => Some((u32::from(c) - 0xE50) as u8),
        _ => None,
    }
}

/// The digit of the same value in the other script, as told by `want`.
fn redigit(text: &str, want: impl Fn(char) -> Option<char>) -> Option<String> {
    let (first, _) = text.char_indices().find(|&(_, c)| want(c).is_some())?;
    let (before, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    out.extend(rest.chars().map(|c| want(c).unwrap_or(c)));
    Some(out)
}

/// Thai digits as Arabic ones; nothing else changes.
pub fn to_arabic(text: &str) -> Cow<'_, str> {
    let want = |c| match c {
        '๐'..='๙' => digit(c).map(|d| char::from(b'0' + d)),
        _ => None,
    };
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    redigit(text, want).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Arabic digits as Thai ones; nothing else changes.
pub fn to_thai(text: &str) -> Cow<'_, str> {
    let want = |c: char| match c {
        '0'..='9' => char::from_u32(0xE50 + u32::from(c) - 0x30),
        _ => None,
    };
    redigit(text, want).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A Buddhist year from a number of so many written digits: two digits are
/// 25xx; of four, 2400 and later is Buddhist, 1800–2200 Christian.
pub(super) fn be_from_number(number: u64, digits: usize) -> Option<u16> {
    let number = u16::try_from(number).ok()?;
    match (digits, number) {
        (2, _) => Some(CENTURY + number),
        (4, 2400..) => Some(number),
        (4, 1800..=2200) => Some(number + BE),
        _ => None,
    }
}

/// Reads a year as Buddhist: `2568`, `๒๕๖๘`, `พ.ศ. ๒๕๖๘`, `ปีงบประมาณ 2568`,
/// `68` (25xx), `2025` (Christian).
pub fn be_year(text: &str) -> Option<u16> {
    const WORDS: [&str; 10] = [
        "ประจำ",
        "ปีงบประมาณ",
        "งบประมาณ",
        "ปี",
        "พ.ศ.",
        "พ.ศ",
        "พศ.",
        "พศ",
        "ค.ศ.",
        "B.E.",
    ];
    let text = to_arabic(text);
    let mut rest = text.trim();
    while let Some(shorter) = WORDS.iter().find_map(|w| rest.strip_prefix(w)) {
        rest = shorter.trim_start();
    }
    let digits = rest.len();
    if !rest.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits, 2 | 4) {
        return None;
    }
    be_from_number(rest.parse().ok()?, digits)
}

/// A whole number with a comma before every three digits: `12,345`.
pub fn group_digits(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn digits_change_and_nothing_else() {
        assert_eq!(to_arabic("ข้อ ๑๒/๒๕๖๘ ก"), "ข้อ 12/2568 ก");
        assert_eq!(to_thai("ข้อ 12/2568 ก"), "ข้อ ๑๒/๒๕๖๘ ก");
        assert!(matches!(to_arabic("ไม่มีเลข 12"), Cow::Borrowed(_)));
        assert!(matches!(to_thai("ไม่มีเลข ๑๒"), Cow::Borrowed(_)));
        any_strings(|s| {
            assert_eq!(to_arabic(&to_thai(s)), to_arabic(s));
            assert_eq!(to_thai(&to_arabic(s)), to_thai(s));
            let _ = be_year(s);
        });
    }

    #[test]
    fn years() {
        for (text, want) in [
            ("2568", Some(2568)),
            ("๒๕๖๘", Some(2568)),
            ("พ.ศ. ๒๕๖๘", Some(2568)),
            ("พ.ศ.๒๕๖๖", Some(2566)),
            ("ปี ๒๕๖๖", Some(2566)),
            ("ประจำปี ๒๕๖๖", Some(2566)),
            ("ปีงบประมาณ พ.ศ. ๒๕๖๗", Some(2567)),
            (" 68 ", Some(2568)),
            ("2025", Some(2568)),
            ("2300", None),
            ("256", None),
            ("25680", None),
            ("", None),
            ("ปีหน้า", None),
        ] {
            assert_eq!(be_year(text), want, "{text}");
        }
    }

    #[test]
    fn grouping() {
        assert_eq!(group_digits(0), "0");
        assert_eq!(group_digits(999), "999");
        assert_eq!(group_digits(-1000), "-1,000");
        assert_eq!(group_digits(12_345), "12,345");
        assert_eq!(group_digits(i64::MIN), "-9,223,372,036,854,775,808");
    }
}
