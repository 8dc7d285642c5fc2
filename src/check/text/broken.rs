//! Words that a line end of the print broke, and a space joined again.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::check::finding::{Found, finding};
use crate::content::markdown::shorten;

use super::words::Words;
use super::{is_letter, terms};

pub fn check(words: &Words<'_>, found: &mut Found) {
    for range in broken(words.text) {
        let written = shorten(&words.text[range.clone()], MOST_LETTERS);
        let meant: String = written.chars().filter(|c| !is_space(*c)).collect();
        found.push(
            finding(
                "broken-word",
                format!("“{written}” มีเว้นวรรคอยู่กลางคำ"),
                format!("“{written}”: a space within a word"),
            )
            .at(words.place(&range))
            .hint(
                format!("ถ้าเป็นคำเดียวกัน ให้พิมพ์ติดกันเป็น “{meant}”"),
                format!("if it is one word, write it without the space: “{meant}”"),
            ),
        );
    }
}

/// So much of what follows is enough to find the place.
const MOST_LETTERS: usize = 24;

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}')
}

/// What makes a noun of the word that follows: nothing by itself.
const PREFIXES: &[&str] = &["การ", "ความ", "ผู้"];
/// Before such a prefix a word ends; after other letters `การ` may be the end
/// of a word (โครงการ, วิชาการ).
const BEFORE: &[&str] = &[
    "และ",
    "หรือ",
    "ด้าน",
    "ใน",
    "เพื่อ",
    "ของ",
    "ช่องทาง",
    "ข้อมูล",
    "ผล",
    "รายงานผล",
    "ระบบ",
    "วิธี",
    "มี",
    "ให้",
];
/// Words that begin like that and are whole.
const WHOLE: &[&str] = &["วิธีการ", "พิธีการ", "ให้การ", "ของผู้", "และผู้", "มีความ"];

/// Where a space stands within a word: each range holds what is before it and
/// what is after.
fn broken(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() || !text.contains(is_space) {
        return Vec::new();
    }
    let mut found = terms_with_spaces(text);
    for range in after_prefixes(text) {
        let is_told = |one: &Range<usize>| one.start < range.end && range.start < one.end;
        if !found.iter().any(is_told) {
            found.push(range);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

fn after_prefixes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(is_space) {
        let (before, after) = (&text[..at], &text[at..]);
        let after = after.trim_start_matches(is_space);
        // One space, and a word on its other side.
        if text.len() - at - after.len() > 2 || !after.starts_with(|c: char| is_letter(c)) {
            continue;
        }
        let piece_from = before.rfind(|c: char| !is_letter(c)).map_or(0, |i| {
            i + before[i..].chars().next().map_or(0, char::len_utf8)
        });
        let piece = &before[piece_from..];
        let Some(prefix) = PREFIXES.iter().find(|p| piece.ends_with(**p)) else {
            continue;
        };
        let lead = &piece[..piece.len() - prefix.len()];
        let stands = lead.is_empty() || BEFORE.iter().any(|b| lead.ends_with(b));
        if !stands || WHOLE.iter().any(|w| piece.ends_with(w)) {
            continue;
        }
        let word = after.find(|c: char| !is_letter(c)).unwrap_or(after.len());
        let end = text.len() - after.len() + word;
        found.push(at - prefix.len()..end);
    }
    found
}

/// What may stand after a space within a term.
const AFTER_SPACE: &[&str] = &["และ", "หรือ", "ประจำ", "เทศบาล", "องค์การ"];

fn terms_with_spaces(text: &str) -> Vec<Range<usize>> {
    // The text without spaces between letters, where they were left out, and
    // how many bytes up to there.
    let mut joined = String::with_capacity(text.len());
    let mut gaps: Vec<(usize, usize)> = Vec::new();
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let is_between = is_space(c) && is_letter(last) && next.is_some_and(is_letter);
        if is_between {
            gaps.push((joined.len(), at + c.len_utf8() - joined.len()));
        } else {
            joined.push(c);
        }
        last = c;
    }
    if gaps.is_empty() {
        return Vec::new();
    }
    let place = |at: usize| {
        let before = gaps.partition_point(|(gap, _)| *gap <= at);
        at + before.checked_sub(1).map_or(0, |last| gaps[last].1)
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    let (known, dots) = known();
    for hit in known.iter().flat_map(|k| k.find_iter(&joined)) {
        let range = place(hit.start())..place(hit.end() - 1) + 1;
        // After `การ` the letters before it decide: `after_prefixes`.
        let prefix = PREFIXES
            .iter()
            .find(|p| joined[hit.start()..].starts_with(**p));
        let after_prefix = prefix.map(|p| hit.start() + p.len());
        let may_break = |at: usize| {
            after_prefix == Some(at)
                || dots[hit.pattern().as_usize()].contains(&(at - hit.start()))
                || AFTER_SPACE.iter().any(|w| joined[at..].starts_with(w))
        };
        let is_broken = gaps
            .iter()
            .map(|(gap, _)| *gap)
            .filter(|gap| (hit.start() + 1..hit.end()).contains(gap))
            .any(|gap| !may_break(gap));
        if is_broken {
            found.push(range);
        }
    }
    found
}

/// The terms, and for each how many bytes stand before its dots.
fn known() -> &'static (Option<AhoCorasick>, Vec<Vec<usize>>) {
    static KNOWN: OnceLock<(Option<AhoCorasick>, Vec<Vec<usize>>)> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let dots = |term: &str| {
            let found = term.match_indices('·').enumerate();
            found.map(|(n, (at, dot))| at - n * dot.len()).collect()
        };
        let bare: Vec<String> = terms().map(|term| term.replace('·', "")).collect();
        let known = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(bare);
        (known.ok(), terms().map(dots).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::broken;

    fn found(text: &str) -> Vec<&str> {
        broken(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn a_space_within_a_word_is_found() {
        assert_eq!(found("ลดขั้นตอนการ ปฏิบัติงาน ลง"), ["ขั้นตอนการ ปฏิบัติงาน"]);
        assert_eq!(found("ในการ ปฏิบัติงาน"), ["การ ปฏิบัติงาน"]);
        assert_eq!(found("ช่องทางการ เผยแพร่ข่าว"), ["การ เผยแพร่ข่าว"]);
        assert_eq!(found("๑. การ ลงข่าว"), ["การ ลงข่าว"]);
        assert_eq!(found("ลงในเว็บ ไซต์แล้ว"), ["เว็บ ไซต์"]);
        assert_eq!(found("ผู้ บริหาร"), ["ผู้ บริหาร"]);
    }

    #[test]
    fn a_space_between_words_is_right() {
        for fine in [
            "การจัดซื้อ จัดจ้าง",
            "ข้อมูล ข่าวสาร",
            "โครงการ พัฒนาเด็ก",
            "วิธีการ ปฏิบัติงาน",
            "ผู้อำนวยการ กองคลัง",
            "กองสาธารณสุข และสิ่งแวดล้อม",
            "สำนักปลัด เทศบาล",
            "การ 5 ส",
            "ความ",
            "ราชการ บริหารส่วนท้องถิ่น",
        ] {
            assert!(found(fine).is_empty(), "{fine}: {:?}", found(fine));
        }
    }
}
