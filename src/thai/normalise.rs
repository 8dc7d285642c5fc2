//! What text is stored as. Copies from PDF and old fonts hold letters that
//! look right and are not: search, comparing and sorting need the real ones.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::digits::to_arabic;

fn is_tone(c: char) -> bool {
    ('\u{0E48}'..='\u{0E4B}').contains(&c) || c == '\u{0E4C}'
}

/// A vowel that stands above or below its consonant.
fn is_vowel_mark(c: char) -> bool {
    c == '\u{0E31}' || ('\u{0E34}'..='\u{0E3A}').contains(&c) || c == '\u{0E47}'
}

fn is_mark(c: char) -> bool {
    is_vowel_mark(c) || ('\u{0E48}'..='\u{0E4E}').contains(&c)
}

/// Letters that nobody sees: zero-width spaces and joiners, soft hyphens.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}'
    )
}

/// Glyphs that old Thai fonts kept in the private use area, Windows (F7xx)
/// and Macintosh (F88x), as text shapers map them.
fn from_private_use(c: char) -> Option<char> {
    Some(match c as u32 {
        0xF700 | 0xF89E => 'ฐ',
        0xF701 | 0xF885 => '\u{0E34}',
        0xF702 | 0xF886 => '\u{0E35}',
        0xF703 | 0xF887 => '\u{0E36}',
        0xF704 | 0xF888 => '\u{0E37}',
        0xF705 | 0xF70A | 0xF713 | 0xF88A..=0xF88C => '\u{0E48}',
        0xF706 | 0xF70B | 0xF714 | 0xF88D..=0xF88F => '\u{0E49}',
        0xF707 | 0xF70C | 0xF715 | 0xF890..=0xF892 => '\u{0E4A}',
        0xF708 | 0xF70D | 0xF716 | 0xF893..=0xF895 => '\u{0E4B}',
        0xF709 | 0xF70E | 0xF717 | 0xF896..=0xF898 => '\u{0E4C}',
        0xF70F | 0xF89A => 'ญ',
        0xF710 | 0xF884 => '\u{0E31}',
        0xF711 | 0xF899 => '\u{0E4D}',
        0xF712 | 0xF889 => '\u{0E47}',
        0xF718 | 0xF89B => '\u{0E38}',
        0xF719 | 0xF89C => '\u{0E39}',
        0xF71A | 0xF89D => '\u{0E3A}',
        _ => return None,
    })
}

/// Whether a text may hold something to put right. Looks at bytes only: Thai
/// is E0 B8/B9 xx, and of those only marks after marks, two เ or a bare ํ can
/// be wrong.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    // What stood before, if it was a mark or เ: its last two bytes.
    let mut before: u16 = 0;
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        if b < 0x80 {
            before = 0;
            i += 1;
            continue;
        }
        let (second, third) = (
            bytes.get(i + 1).copied().unwrap_or(0),
            bytes.get(i + 2).copied().unwrap_or(0),
        );
        if b == 0xE0 && (second == 0xB8 || second == 0xB9) {
            let code = u16::from(second & 1) << 6 | u16::from(third & 0x3F);
            // Offsets from U+0E00: 31, 34-3A, 47-4E are marks, 40 is เ.
            let mark =
                code == 0x31 || (0x34..=0x3A).contains(&code) || (0x47..=0x4E).contains(&code);
            if code == 0x4D {
                return false;
            }
            if mark {
                let tone_before = (0x48..=0x4C).contains(&before);
                let vowel = code < 0x48;
                if before == code || (tone_before && vowel) {
                    return false;
                }
                before = code;
            } else if code == 0x40 {
                if before == 0x40 {
                    return false;
                }
                before = code;
            } else if code == 0x33 && (0x48..=0x4C).contains(&before) {
                before = 0x33;
            } else {
                if before == 0x33 && mark {
                    return false;
                }
                before = if code == 0x33 { 0x33 } else { 0 };
            }
            i += 3;
            continue;
        }
        before = 0;
        match b {
            // Latin-1 and beyond up to U+02FF is composed unless a mark
            // follows (U+0300 on, CC/CD); U+00AD is C2 AD.
            0xC2 if second == 0xAD => return false,
            0xC2..=0xCB => i += 2,
            // General punctuation: E2 80/81 – only the invisible ones matter.
            0xE2 if (second == 0x80 && (0x8B..=0x8D).contains(&third))
                || (second == 0x81 && third == 0xA0) =>
            {
                return false;
            }
            0xE2 => i += 3,
            0xF0 => i += 4,
            _ => return false,
        }
    }
    // ำ followed by a tone mark is the one pair that the walk cannot see.
    !after_sara_am(text)
}

fn after_sara_am(text: &str) -> bool {
    text.match_indices('\u{0E33}')
        .any(|(at, m)| text[at + m.len()..].chars().next().is_some_and(is_tone))
}

/// NFC; ํ+า as ำ; เเ as แ; a tone mark after its vowel; repeated marks once;
/// invisible letters dropped; glyphs of old fonts mapped.
pub fn normalise(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let fixed = reorder(visible.map(|c| from_private_use(c).unwrap_or(c)));
    // Composing letters and marks of other scripts may bring marks together.
    let fixed: String = reorder(fixed.nfc());
    if fixed == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(fixed)
    }
}

fn reorder(chars: impl Iterator<Item = char>) -> String {
    let mut out: Vec<char> = Vec::new();
    let mut marks: Vec<char> = Vec::new();
    for c in chars {
        if is_mark(c) || c == '\u{0E33}' {
            marks.push(c);
            continue;
        }
        if c == '\u{0E32}' && marks.contains(&'\u{0E4D}') {
            marks.retain(|m| *m != '\u{0E4D}');
            marks.push('\u{0E33}');
            continue;
        }
        flush(&mut marks, &mut out);
        if c == 'เ' && out.last() == Some(&'เ') {
            out.pop();
            out.push('แ');
        } else {
            out.push(c);
        }
    }
    flush(&mut marks, &mut out);
    out.into_iter().collect()
}

/// Vowels first, then tones, then ำ; each once.
fn flush(marks: &mut Vec<char>, out: &mut Vec<char>) {
    let rank = |c: &char| match *c {
        c if is_vowel_mark(c) => 0,
        '\u{0E33}' => 2,
        _ => 1,
    };
    marks.sort_by_key(rank);
    marks.dedup();
    out.append(marks);
}

/// A key for comparing names that people spell in their own ways: spaces,
/// dots, letter case and kind of digits do not count.
pub fn fold_key(text: &str) -> String {
    let normal = normalise(text);
    to_arabic(&normal)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\u{a0}' | '_' | '-' | '–'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn broken_writings_are_put_right() {
        for (broken, right) in [
            ("ทํา", "ทำ"),
            ("นํ้า", "น้ำ"),
            ("น้ํา", "น้ำ"),
            ("เเละ", "และ"),
            ("ที่่", "ที่"),
            ("ท่ี", "ที่"),
            ("น้\u{200b}ำ", "น้ำ"),
            ("\u{f70a}", "\u{0E48}"),
            ("ก\u{f701}น", "กิน"),
            ("e\u{301}", "é"),
            ("น\u{0E33}\u{0E49}", "น้ำ"),
        ] {
            assert_eq!(normalise(broken), right, "{broken:?}");
        }
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in [
            "plain",
            "เทศบาลตำบลสมมุติ ปี ๒๕๖๘ – “ดี”",
            "น้ำ ที่ กี่ ผู้ เก่ง ฝั้น ซื้อ",
            "ก\u{a0}ข",
            "é",
            "😀",
        ] {
            assert!(matches!(normalise(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn twice_is_once() {
        any_strings(|text| {
            let once = normalise(text).into_owned();
            assert_eq!(normalise(&once), once, "{text:?}");
        });
    }

    #[test]
    fn spellings_of_a_unit_compare_equal() {
        assert_eq!(fold_key("สำนัก ปลัด "), fold_key("สํานักปลัด"));
        assert_eq!(fold_key("กอง ๒"), fold_key("กอง 2"));
    }
}
