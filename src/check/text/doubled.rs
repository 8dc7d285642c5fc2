//! The same word twice in a row.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use crate::check::finding::{Found, finding};

use super::words::Words;
use super::{is_letter, is_whole};

pub fn check(words: &Words<'_>, found: &mut Found) {
    for range in doubled(words.text) {
        let twice = &words.text[range.clone()];
        found.push(
            finding(
                "doubled-word",
                format!("“{twice}” คำเดียวกันซ้ำสองครั้งติดกัน"),
                format!("“{twice}”: the same words twice in a row"),
            )
            .at(words.place(&range)),
        );
    }
}

/// The longest phrase that is compared, in pieces between spaces.
const LONGEST: usize = 4;

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '“' | '”' | '‘' | '’' | '…' | '–' | '—' | '•')
}

/// A piece that may be a word: letters, no digits, no sign that repeats it.
fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphabetic)
        && !piece
            .chars()
            .any(|c| c.is_numeric() || matches!(c, 'ๆ' | 'ฯ' | '@' | '/' | '\\'))
}

/// Places of a word or phrase that stands twice, and not three times, with
/// one space between.
fn doubled(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        let offset = line.as_ptr() as usize - text.as_ptr() as usize;
        let pieces: Vec<(usize, &str)> = line
            .split([' ', '\u{a0}'])
            .map(|piece| {
                (
                    offset + (piece.as_ptr() as usize - line.as_ptr() as usize),
                    piece,
                )
            })
            .collect();
        let mut at = 0;
        while at < pieces.len() {
            match longest(&pieces, at) {
                Some((length, end)) => {
                    found.push(pieces[at].0..end);
                    at += 2 * length;
                }
                None => {
                    found.extend(joined(&pieces, at));
                    found.extend(prefixed(pieces[at]));
                    found.extend(run_together(pieces[at]));
                    at += 1;
                }
            }
        }
    }
    found
}

/// Prefixes that make nouns, and stand once: `การการดำเนินงาน`. Only at the
/// start of a piece: คณะกรรมการการเลือกตั้ง is right, and so is การการันตี.
const PREFIXES: &[&str] = &["การ", "ความ"];

fn prefixed((start, piece): (usize, &str)) -> Option<Range<usize>> {
    let open = piece.trim_start_matches(|c: char| is_mark(c) || c.is_ascii_digit());
    let from = start + piece.len() - open.len();
    let prefix = PREFIXES.iter().find(|p| open.starts_with(**p))?;
    let after = open.strip_prefix(prefix)?.strip_prefix(prefix)?;
    let is_slip = after.is_empty()
        || after
            .chars()
            .next()
            .is_some_and(|c| ('ก'..='ฮ').contains(&c) || ('เ'..='ไ').contains(&c));
    is_slip.then_some(from..from + 2 * prefix.len())
}

/// Words that join, written to the end of the word before them.
const JOINING: &[&str] = &["เช่น", "ได้แก่", "และ", "หรือ", "เพื่อ", "โดย", "ซึ่ง"];

/// `หลากหลายเช่น เช่น`: Thai has no space before such a word.
fn joined(pieces: &[(usize, &str)], at: usize) -> Option<Range<usize>> {
    let (start, first) = pieces.get(at)?;
    let (second_start, second) = pieces.get(at + 1)?;
    let word = JOINING.iter().find(|w| *w == second)?;
    first.ends_with(word).then(|| {
        let from = start + first.len() - word.len();
        from..second_start + second.len()
    })
}

/// What ends one word and begins the next: `ห้องประชุมประชุมได้ 60 คน`.
const BOTH: &[&str] = &["บริการ", "ประชุม", "ทะเบียน", "มหาวิทยาลัย", "ประชาชน"];
/// `ใช้ใช้เงิน` is a slip, `รถที่ใช้ใช้น้ำมัน` is none.
const TWICE: &str = "ใช้ใช้";
const NOT_AFTER: &[&str] = &["ที่", "เหลือ", "ของ", "ผู้"];
/// The fewest letters of a phrase that is no chance, and the most compared.
const PHRASE: RangeInclusive<usize> = 6..=20;

/// `ใช้ใช้เงิน`, `ให้ตอบให้ตอบสนอง`: a phrase twice without a space.
fn run_together((start, piece): (usize, &str)) -> Option<Range<usize>> {
    if piece.is_ascii() {
        return None;
    }
    let verb = piece.find(TWICE).and_then(|at| {
        let before = &piece[..at];
        let is_right = NOT_AFTER.iter().any(|word| before.ends_with(word));
        (!is_right).then_some(start + at..start + at + TWICE.len())
    });
    verb.or_else(|| {
        let letters: Vec<(usize, char)> = piece.char_indices().collect();
        let place = |number: usize| letters.get(number).map_or(piece.len(), |(at, _)| *at);
        let phrase = |from: usize, length: usize| {
            let [a, b, c] = [0, 1, 2].map(|n| place(from + n * length));
            let first = &piece[a..b];
            // Not `งงงงงงงงงงงง`.
            let is_phrase = || first.chars().collect::<BTreeSet<_>>().len() > 2;
            let is_right = || {
                BOTH.iter()
                    .any(|word| word.repeat(3).contains(&piece[a..c]))
            };
            let third = piece[c..].starts_with(first) || piece[..a].ends_with(first);
            let is_slip = first.chars().all(is_letter) && is_phrase() && !is_right() && !third;
            (is_slip && is_whole(piece, &(a..b)) && is_whole(piece, &(b..c)))
                .then_some(start + a..start + c)
        };
        // A phrase stands twice where so many letters in a row are those so many
        // places on.
        let first_of = |length: usize| {
            let later = letters.get(length..)?;
            let mut same = 0;
            letters
                .iter()
                .zip(later)
                .enumerate()
                .find_map(|(at, (a, b))| {
                    same = if a.1 == b.1 { same + 1 } else { 0 };
                    (same >= length)
                        .then(|| phrase(at + 1 - length, length))
                        .flatten()
                })
        };
        let firsts = PHRASE.filter_map(first_of);
        firsts.min_by_key(|range| (range.start, range.end))
    })
}

/// How many pieces from here on stand twice, and where the second ends.
fn longest(pieces: &[(usize, &str)], at: usize) -> Option<(usize, usize)> {
    (1..=LONGEST).rev().find_map(|length| {
        let first = pieces.get(at..at + length)?;
        let second = pieces.get(at + length..at + 2 * length)?;
        let third = pieces.get(at + 2 * length).map(|p| p.1);
        let before = at.checked_sub(1).and_then(|i| pieces.get(i)).map(|p| p.1);
        let (last, same) = second.split_last().and_then(|(last, rest)| {
            let bare = last.1.trim_end_matches(is_mark);
            let firsts = first.split_last()?;
            let equal = firsts.1.iter().map(|p| p.1).eq(rest.iter().map(|p| p.1));
            Some((last.0 + bare.len(), equal && firsts.0.1 == bare))
        })?;
        // Almost always: the rest need not be asked.
        if !same {
            return None;
        }
        let letters: usize = first
            .iter()
            .map(|p| p.1.chars().filter(|c| c.is_alphabetic()).count())
            .sum();
        let is_plain = first.iter().all(|p| is_word(p.1))
            && !first
                .iter()
                .any(|p| p.1.ends_with(is_mark) || p.1.starts_with(is_mark));
        // Three in a row are a list of answers, not a slip.
        let more = third == Some(first[0].1) || before == first.last().map(|p| p.1);
        (is_plain && letters >= 3 && !more).then_some((length, last))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        doubled(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn a_word_or_phrase_twice_is_found() {
        assert_eq!(found("หลายทาง เช่น เช่น Website ฯลฯ"), ["เช่น เช่น"]);
        assert_eq!(found("หลากหลายเช่น เช่น Website"), ["เช่น เช่น"]);
        assert_eq!(found("see the the page."), ["the the"]);
        assert_eq!(
            found("แจ้ง สำนักปลัด เทศบาล สำนักปลัด เทศบาล."),
            ["สำนักปลัด เทศบาล สำนักปลัด เทศบาล"]
        );
    }

    #[test]
    fn a_prefix_twice_is_found_at_the_start_alone() {
        assert_eq!(found("ตรวจ การการดำเนินงาน แล้ว"), ["การการ"]);
        assert_eq!(found("1.ความความโปร่งใส"), ["ความความ"]);
        assert_eq!(found("นํ้า การการ ทำ"), ["การการ"]);
        for fine in [
            "คณะกรรมการการเลือกตั้ง",
            "โครงการการพัฒนา",
            "การการันตี",
            "การกระทำ",
        ] {
            assert!(found(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn a_phrase_twice_without_a_space_is_found() {
        assert_eq!(found("เรื่องการใช้ใช้เงิน"), ["ใช้ใช้"]);
        assert_eq!(found("ปรับงานให้ตอบให้ตอบสนอง"), ["ให้ตอบให้ตอบ"]);
        for fine in [
            "เส้นทางทางหลวง",
            "คณะกรรมการการเลือกตั้ง",
            "ใช้ให้เป็นประโยชน์",
            "หนองหนองบัว",
        ] {
            assert!(found(fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn what_is_said_twice_on_purpose_is_not() {
        for text in [
            "ต่าง ๆ ๆ",
            "หมู่ 1 1 บ้าน",
            "ผ่าน ผ่าน ผ่าน ไม่ผ่าน",
            "กองคลัง, กองคลัง",
            "ก ก",
            "- - -",
            "เช่น\nเช่น",
            "ที่ดิน ที่ดินสาธารณะ",
            "(ต่อ) (ต่อ)",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
