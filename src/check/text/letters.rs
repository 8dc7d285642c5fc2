//! Letters that look right and are not.

use std::ops::Range;

use crate::check::finding::{Found, finding};
use crate::diagnostic::Place;

use super::words::Words;

/// What is told once a file, at its first place, with a count.
const ONCE: &[Once] = &[
    Once {
        code: "private-use-glyph",
        find: private_use,
        th: "อักขระของฟอนต์เก่าที่เครื่องอื่นอ่านไม่ออก",
        en: "glyphs of an old font that other machines can't read",
    },
    Once {
        code: "split-sara-am",
        find: split_am,
        th: "สระอำที่พิมพ์เป็นสองตัว (  ํ กับ า)",
        en: "ำ written as two letters ( ํ and า)",
    },
    Once {
        code: "swapped-marks",
        find: swapped,
        th: "วรรณยุกต์กับสระสลับลำดับกัน",
        en: "a tone mark before its vowel",
    },
    Once {
        code: "double-e",
        find: double_e,
        th: "สระแอที่พิมพ์เป็นสระเอสองตัว (เ เ)",
        en: "แ written as two letters (เ and เ)",
    },
    Once {
        code: "zero-width",
        find: zero_width,
        th: "อักขระที่มองไม่เห็นแทรกอยู่ในข้อความ",
        en: "letters that nobody sees, within words",
    },
];

struct Once {
    code: &'static str,
    find: fn(&str) -> Vec<Range<usize>>,
    th: &'static str,
    en: &'static str,
}

pub fn check(texts: &[Words<'_>], found: &mut Found) {
    for rule in ONCE {
        let mut first: Option<Place> = None;
        let mut count = 0;
        for words in texts.iter().filter(|w| !w.text.is_ascii()) {
            let hits = (rule.find)(words.text);
            count += hits.len();
            if let (None, Some(hit)) = (&first, hits.first()) {
                first = Some(words.place(hit));
            }
        }
        if let Some(place) = first {
            found.push(
                finding(
                    rule.code,
                    format!("{} ({count} แห่งในไฟล์นี้)", rule.th),
                    format!("{} ({count} in this file)", rule.en),
                )
                .at(place),
            );
        }
    }
    for words in texts.iter().filter(|w| !w.text.is_ascii()) {
        for (range, script_th, script_en) in look_alikes(words.text) {
            let letter = &words.text[range.clone()];
            found.push(
                finding(
                    "look-alike-letter",
                    format!("“{letter}” เป็นอักษร{script_th} ปนอยู่ในคำ"),
                    format!("“{letter}” within a word is {script_en}"),
                )
                .at(words.place(&range)),
            );
        }
    }
}

pub(super) fn is_thai(c: char) -> bool {
    ('ก'..='\u{0E3A}').contains(&c) || ('เ'..='\u{0E4E}').contains(&c)
}

fn is_tone(c: char) -> bool {
    ('\u{0E48}'..='\u{0E4C}').contains(&c)
}

fn is_vowel_mark(c: char) -> bool {
    c == '\u{0E31}' || ('\u{0E34}'..='\u{0E3A}').contains(&c) || c == '\u{0E47}'
}

/// Each letter with its neighbours.
fn with_neighbours(text: &str) -> impl Iterator<Item = (usize, Option<char>, char, Option<char>)> {
    let mut before = None;
    text.char_indices().map(move |(at, c)| {
        let after = text[at + c.len_utf8()..].chars().next();
        let one = (at, before, c, after);
        before = Some(c);
        one
    })
}

/// Whether a text has one of these bytes at all: most texts don't, and need
/// not be read letter by letter.
fn has(text: &str, is_lead: impl Fn(u8) -> bool) -> bool {
    text.bytes().any(is_lead)
}

fn private_use(text: &str) -> Vec<Range<usize>> {
    if !has(text, |b| matches!(b, 0xEE | 0xEF | 0xF3 | 0xF4)) {
        return Vec::new();
    }
    text.char_indices()
        .filter(|(_, c)| {
            matches!(*c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
        })
        .map(|(at, c)| at..at + c.len_utf8())
        .collect()
}

/// ํ and า, with or without a tone mark between them.
fn split_am(text: &str) -> Vec<Range<usize>> {
    text.match_indices('\u{0E4D}')
        .filter_map(|(at, nikhahit)| {
            let rest = &text[at + nikhahit.len()..];
            let after = rest.trim_start_matches(is_tone);
            let end = at + nikhahit.len() + (rest.len() - after.len()) + 'า'.len_utf8();
            after.starts_with('า').then_some(at..end)
        })
        .collect()
}

fn swapped(text: &str) -> Vec<Range<usize>> {
    // Two Thai letters in UTF-8: a tone mark and a vowel mark, ำ and a tone.
    let tone = |b: &[u8]| matches!(b, [0xE0, 0xB9, 0x88..=0x8C]);
    let mark = |b: &[u8]| matches!(b, [0xE0, 0xB8, 0xB1 | 0xB4..=0xBA] | [0xE0, 0xB9, 0x87]);
    let am = |b: &[u8]| b == "ำ".as_bytes();
    let suspect = text
        .as_bytes()
        .windows(6)
        .any(|w| (tone(&w[..3]) && mark(&w[3..])) || (am(&w[..3]) && tone(&w[3..])));
    if !suspect {
        return Vec::new();
    }
    with_neighbours(text)
        .filter(|(_, before, c, _)| {
            let after_tone = is_vowel_mark(*c) && before.is_some_and(is_tone);
            let after_am = is_tone(*c) && *before == Some('ำ');
            after_tone || after_am
        })
        .map(|(at, before, c, _)| at - before.map_or(0, char::len_utf8)..at + c.len_utf8())
        .collect()
}

/// No Thai word has two เ in a row.
fn double_e(text: &str) -> Vec<Range<usize>> {
    let twice = text.match_indices("เเ");
    twice.map(|(at, both)| at..at + both.len()).collect()
}

fn zero_width(text: &str) -> Vec<Range<usize>> {
    if !has(text, |b| matches!(b, 0xC2 | 0xE2 | 0xEF)) {
        return Vec::new();
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_thai(c));
    with_neighbours(text)
        .filter(|(_, before, c, after)| {
            let invisible = matches!(
                c,
                '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
            );
            invisible && (is_letter(*before) || is_letter(*after))
        })
        .map(|(at, _, c, _)| at..at + c.len_utf8())
        .collect()
}

fn script(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        '\u{0E80}'..='\u{0EFF}' => ("ลาว", "Lao"),
        '\u{1780}'..='\u{17FF}' => ("เขมร", "Khmer"),
        '\u{1000}'..='\u{109F}' => ("พม่า", "Burmese"),
        '\u{0400}'..='\u{052F}' => ("ซีริลลิก", "Cyrillic"),
        '\u{0370}'..='\u{03FF}' => ("กรีก", "Greek"),
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            ("แบบเต็มความกว้าง", "full-width")
        }
        _ => return None,
    })
}

/// One or two foreign letters within a word, or at its end: more of them are a
/// word of their own. A sign such as µ or π stands at the end of a word too.
fn look_alikes(text: &str) -> Vec<(Range<usize>, &'static str, &'static str)> {
    let mut found = Vec::new();
    // Greek and Cyrillic, Lao beside Thai, Khmer and Burmese, full width.
    let mut pairs = text.as_bytes().windows(2);
    if !pairs.any(|w| matches!(w, [0xCD..=0xD4 | 0xE1 | 0xEF, _] | [0xE0, 0xBA | 0xBB])) {
        return found;
    }
    let mut rest = 0;
    while let Some((at, names)) = text[rest..]
        .char_indices()
        .find_map(|(i, c)| script(c).map(|names| (rest + i, names)))
    {
        let run: String = text[at..]
            .chars()
            .take_while(|c| script(*c) == Some(names))
            .collect();
        let end = at + run.len();
        let of_word = |c: Option<char>| c.is_some_and(|c| is_thai(c) || c.is_ascii_alphabetic());
        let (before, after) = (
            of_word(text[..at].chars().next_back()),
            of_word(text[end..].chars().next()),
        );
        let is_sign = matches!(names.1, "Greek" | "Cyrillic");
        let is_within = if is_sign {
            before && after
        } else {
            before || after
        };
        if run.chars().count() <= 2 && is_within {
            found.push((at..end, names.0, names.1));
        }
        rest = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_letters_are_told_in_words_only() {
        for text in ["กาຣ", "ปຣะชุม", "ຣาชการ", "กаข", "oрen", "กＡ"]
        {
            assert_eq!(look_alikes(text).len(), 1, "{text}");
        }
        for text in [
            "ภาษาລາວ",
            "ภาษาลาว ລາວ",
            "ค่า π",
            "ขนาด 5 μm",
            "รังสีβ",
            "Россия",
            "กข",
        ] {
            assert!(look_alikes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn marks_in_the_wrong_order() {
        assert_eq!(split_am("ทํา น้ํา นํ้า ทำ").len(), 3);
        assert_eq!(swapped("ท่ี นำ้ ที่ น้ำ").len(), 2);
        assert_eq!(zero_width("ก\u{200b}ข \u{200b} 👩\u{200d}💻").len(), 1);
        assert_eq!(private_use("ท\u{f70a}า").len(), 1);
    }
}
