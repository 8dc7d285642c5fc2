//! What text is stored as. Copies from PDF and old fonts hold letters that
//! look right and are not: search, comparing and sorting need the real ones.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::digits::to_arabic;

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

// What a Thai letter can do wrong, by its offset from U+0E00.
const PLAIN: u8 = 0;
const VOWEL: u8 = 1;
const TONE: u8 = 2;
const OTHER_MARK: u8 = 3;
const E_VOWEL: u8 = 4;
const AM: u8 = 5;
const BAD: u8 = 6;
const DIGIT: u8 = 7;

const CLASSES: [u8; 128] = {
    let mut t = [PLAIN; 128];
    let mut i = 0;
    while i < 128 {
        t[i] = match i {
            0x31 | 0x34..=0x3A | 0x47 => VOWEL,
            0x48..=0x4C => TONE,
            0x4D => BAD,
            0x4E => OTHER_MARK,
            0x40 => E_VOWEL,
            0x33 => AM,
            0x50..=0x59 => DIGIT,
            _ => PLAIN,
        };
        i += 1;
    }
    t
};

/// Whether a text surely holds nothing to put right, and how many digits it
/// has. Looks at bytes only: Thai is E0 B8/B9 xx, and of those only marks after
/// marks, two เ or a bare ํ can be wrong. No digits are counted in a text that
/// is not clean.
pub fn look(text: &str) -> (bool, usize) {
    let mut rest = text.as_bytes();
    let (mut class, mut code) = (PLAIN, 0u8);
    let mut digits = 0;
    loop {
        match rest {
            [0xE0, b @ (0xB8 | 0xB9), c, tail @ ..] => {
                let now = (b & 1) << 6 | (c & 0x3F);
                let kind = CLASSES[usize::from(now & 0x7F)];
                match kind {
                    PLAIN => {}
                    DIGIT => digits += 1,
                    BAD => return (false, 0),
                    VOWEL if class == TONE || code == now => return (false, 0),
                    TONE if class == AM || code == now => return (false, 0),
                    OTHER_MARK | E_VOWEL if code == now => return (false, 0),
                    _ => {}
                }
                class = kind;
                code = if kind == PLAIN || kind == DIGIT {
                    0
                } else {
                    now
                };
                rest = tail;
            }
            [b, tail @ ..] if *b < 0x80 => {
                digits += usize::from(b.is_ascii_digit());
                class = PLAIN;
                code = 0;
                rest = tail;
            }
            [] => return (true, digits),
            [b, tail @ ..] => {
                class = PLAIN;
                code = 0;
                let skip = match b {
                    0xC2 if tail.first() == Some(&0xAD) => return (false, 0),
                    0xC2..=0xCB => 1,
                    0xE2 => {
                        match tail {
                            [0x80, 0x8B..=0x8D, ..] | [0x81, 0xA0, ..] => return (false, 0),
                            _ => {}
                        }
                        2
                    }
                    0xF0 => 3,
                    _ => return (false, 0),
                };
                rest = tail.get(skip..).unwrap_or_default();
            }
        }
    }
}

fn is_clean(text: &str) -> bool {
    look(text).0
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

/// A letter in lower case. Thai has no cases, and asking for them in the table
/// of all letters takes longer than the rest of the folding.
pub(super) enum Lower {
    One(Option<char>),
    Asked(std::char::ToLowercase),
}

impl Lower {
    pub(super) fn of(c: char) -> Lower {
        match c {
            '\0'..='\u{7F}' => Lower::One(Some(c.to_ascii_lowercase())),
            '\u{E00}'..='\u{E7F}' => Lower::One(Some(c)),
            _ => Lower::Asked(c.to_lowercase()),
        }
    }
}

impl Iterator for Lower {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Lower::One(c) => c.take(),
            Lower::Asked(letters) => letters.next(),
        }
    }
}

/// A key for comparing names that people spell in their own ways: spaces,
/// dots, letter case and kind of digits do not count.
pub fn fold_key(text: &str) -> String {
    let normal = normalise(text);
    to_arabic(&normal)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '\u{a0}' | '_' | '-' | '–'))
        .flat_map(Lower::of)
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
