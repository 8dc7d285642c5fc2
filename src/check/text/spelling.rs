//! Words that are one slip away from a term of the field or a name of this
//! site, and slips that everybody makes. There is no general dictionary here:
//! text recognition mostly leaves real words, which a dictionary would pass.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::check::finding::{Found, finding};
use crate::diagnostic::Place;
use crate::site::Site;
use crate::thai::clusters;

use super::words::Words;
use super::{also_right, is_letter, is_whole, terms};

/// Shorter words have neighbours that are right, too.
const LEAST_LETTERS: usize = 9;
/// The names of one site are few.
const LEAST_LETTERS_OF_NAME: usize = 8;

/// Known words, by which others are seen to be misspelt.
pub struct Spelling {
    terms: &'static Known,
    names: Known,
    slips: &'static Slips,
}

impl Spelling {
    pub fn of(site: &Site) -> Spelling {
        Spelling {
            terms: Known::of_terms(),
            names: Known::new(names_of(site), [], LEAST_LETTERS_OF_NAME),
            slips: Slips::common(),
        }
    }

    /// Tells each slip of a file once, at its first place, with a count.
    pub fn check(&self, texts: &[Words<'_>], found: &mut Found) {
        let mut slips: BTreeMap<(&'static str, &str, &str), (Place, usize)> = BTreeMap::new();
        for words in texts {
            for (code, range, meant) in self.slips(words.text) {
                let (_, count) = slips
                    .entry((code, &words.text[range.clone()], meant))
                    .or_insert_with(|| (words.place(&range), 0));
                *count += 1;
            }
        }
        for ((code, written, meant), (place, count)) in slips {
            let (times_th, times_en) = match count {
                1 => Default::default(),
                n => (format!(" ({n} แห่งในไฟล์นี้)"), format!(" ({n} in this file)")),
            };
            let (th, en) = match code {
                NAME => (
                    "สะกดต่างหนึ่งตัวอักษรจากชื่อในเว็บไซต์นี้คือ",
                    "is one letter from a name of this site,",
                ),
                _ => ("น่าจะพิมพ์ผิดจาก", "is probably misspelt for"),
            };
            found.push(
                finding(
                    code,
                    format!("“{written}” {th} “{meant}”{times_th}"),
                    format!("“{written}” {en} “{meant}”{times_en}"),
                )
                .at(place)
                .hint(
                    format!("ถ้าพิมพ์ผิด ให้แก้เป็น “{meant}” ถ้าคำเดิมถูกอยู่แล้ว ให้เพิ่มใน glossary ของ site.toml"),
                    format!("if it is a slip, write “{meant}”; if the word is right, add it to `glossary` in site.toml"),
                ),
            );
        }
    }

    /// What a text misspells: the rule, the place and what is meant.
    fn slips<'s>(&'s self, text: &str) -> Vec<(&'static str, Range<usize>, &'s str)> {
        let names_here = OnceCell::new();
        let of = |code, slips: Vec<(Range<usize>, &'s str)>| {
            slips
                .into_iter()
                .map(move |(range, meant)| (code, range, meant))
        };
        let common = of(TERM, self.slips.find(text));
        let names = of(NAME, self.names.slips(text));
        // Places of one district may differ by a letter: หนองแวง, หนองแสง.
        let names = names.filter(|(_, range, meant)| look_alike(&text[range.clone()], meant));
        let terms = of(TERM, self.terms.slips(text));
        // A name may be nearly a term, and right; so may a word that the
        // webmaster lists.
        let is_name = |range: &Range<usize>| {
            is_within(range, names_here.get_or_init(|| self.names.places(text)))
        };
        let common = common.filter(|(_, range, _)| !is_name(range));
        let terms = terms.filter(|(_, range, _)| !is_name(range));
        let mut found: Vec<(&'static str, Range<usize>, &'s str)> = Vec::new();
        for one in common.chain(names).chain(terms) {
            let is_told = found
                .iter()
                .any(|(_, told, _)| told.start < one.1.end && one.1.start < told.end);
            if !is_told {
                found.push(one);
            }
        }
        found
    }
}

/// Consonants that the eye and text recognition take for each other.
const ALIKE: &[&str] = &[
    "ถภกฤฦ",
    "คดตศ",
    "ผฝพฟ",
    "ขชซฃ",
    "บปษ",
    "นมฉณ",
    "ทฑธหฆ",
    "ฎฏ",
    "ลสอ",
    "รธ",
    "จว",
    "ญณ",
];

/// Whether two words differ by no consonant, or by two that look alike.
fn look_alike(written: &str, meant: &str) -> bool {
    let is_consonant = |c: &char| ('ก'..='ฮ').contains(c);
    let consonants = |word: &str| -> Vec<char> { word.chars().filter(is_consonant).collect() };
    let (written, meant) = (consonants(written), consonants(meant));
    if written.len() != meant.len() {
        return true;
    }
    let mut pairs = written.iter().zip(&meant).filter(|(a, b)| a != b);
    pairs.all(|(a, b)| {
        ALIKE
            .iter()
            .any(|alike| alike.contains(*a) && alike.contains(*b))
    })
}

const NAME: &str = "misspelt-name";
const TERM: &str = "misspelt-term";

/// The names that a site has of itself, in runs without a space.
fn names_of(site: &Site) -> BTreeSet<String> {
    let settings = &site.content.settings;
    let agency = &settings.agency;
    let own = [
        Some(&agency.name),
        agency.district.as_ref(),
        Some(&agency.province),
    ];
    let units = site.content.units.iter().map(|unit| &unit.name);
    own.into_iter()
        .flatten()
        .chain(units)
        .map(|name| &name.th)
        .chain(&settings.glossary)
        .flat_map(|name| name.split(|c| !is_letter(c)))
        .filter(|run| !run.is_empty())
        .map(str::to_string)
        .collect()
}

/// Words, and where texts have one of them with one letter more, less, other,
/// or two that changed places. One slip leaves one half of a word whole: halves
/// are looked for, and only where one stands the other is compared.
struct Known {
    words: Vec<Word>,
    /// `None` where there are no words.
    found_by: Option<FoundBy>,
}

/// A word in two halves, cut between clusters.
struct Word {
    text: String,
    first: Vec<char>,
    second: Vec<char>,
    /// Letters of its first and of its last cluster.
    ends: (usize, usize),
}

impl Word {
    fn new(text: String) -> Word {
        let (first, second) = split(&text);
        let letters = |cluster: Option<&str>| cluster.map_or(0, |c| c.chars().count());
        let ends = (
            letters(clusters(first).next()),
            letters(clusters(second).last()),
        );
        // Read from its end, as the text before a second half is.
        let first = first.chars().rev().collect();
        let second = second.chars().collect();
        Word {
            first,
            second,
            ends,
            text,
        }
    }
}

struct FoundBy {
    whole: AhoCorasick,
    halves: AhoCorasick,
    /// For each half, the words and whether it is their first.
    of_half: Vec<Vec<(usize, bool)>>,
}

impl Known {
    /// The terms of the field, made once.
    fn of_terms() -> &'static Known {
        static TERMS: OnceLock<Known> = OnceLock::new();
        TERMS.get_or_init(|| {
            let terms = terms().map(|term| term.replace('·', ""));
            Known::new(terms, also_right().map(str::to_string), LEAST_LETTERS)
        })
    }

    /// Words of so many letters or more by which others are seen to be
    /// misspelt; `right` are known, and others are not compared with them.
    fn new(
        words: impl IntoIterator<Item = String>,
        right: impl IntoIterator<Item = String>,
        least: usize,
    ) -> Known {
        let words: Vec<Word> = words.into_iter().map(Word::new).collect();
        let right: Vec<String> = right.into_iter().collect();
        let mut of_half: BTreeMap<&str, Vec<(usize, bool)>> = BTreeMap::new();
        for (number, word) in words.iter().enumerate() {
            if word.text.chars().count() < least {
                continue;
            }
            let (first, second) = split(&word.text);
            of_half.entry(first).or_default().push((number, true));
            of_half.entry(second).or_default().push((number, false));
        }
        let all = words.iter().map(|word| &word.text).chain(&right);
        let whole = AhoCorasick::new(all).ok();
        let halves = AhoCorasick::new(of_half.keys()).ok();
        let found_by = whole.zip(halves).map(|(whole, halves)| FoundBy {
            whole,
            halves,
            of_half: of_half.values().cloned().collect(),
        });
        Known { words, found_by }
    }

    /// Where the known words of a text stand.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let hits = self.found_by.iter();
        hits.flat_map(|by| by.whole.find_overlapping_iter(text))
            .map(|hit| hit.range())
            .collect()
    }

    fn slips(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let Some(by) = self.found_by.as_ref().filter(|_| !text.is_ascii()) else {
            return Vec::new();
        };
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        let mut letters = Vec::new();
        for hit in by.halves.find_overlapping_iter(text) {
            for &(number, is_first) in &by.of_half[hit.pattern().as_usize()] {
                let word = &self.words[number];
                let range = if is_first {
                    slip(
                        text[hit.end()..].chars(),
                        &word.second,
                        word.ends.1,
                        &mut letters,
                    )
                    .map(|length| hit.start()..hit.end() + length)
                } else {
                    slip(
                        text[..hit.start()].chars().rev(),
                        &word.first,
                        word.ends.0,
                        &mut letters,
                    )
                    .map(|length| hit.start() - length..hit.end())
                };
                found.extend(range.map(|range| (range, word.text.as_str())));
            }
        }
        found.retain(|(range, _)| is_whole(text, range));
        // What is a known word as it stands, or part of one, is right.
        if !found.is_empty() {
            let known = self.places(text);
            found.retain(|(range, _)| !is_within(range, &known));
        }
        // The longest word tells most.
        found.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        found.dedup_by(|later, first| later.0.start < first.0.end);
        found
    }
}

fn is_within(range: &Range<usize>, others: &[Range<usize>]) -> bool {
    let mut others = others.iter();
    others.any(|other| other.start <= range.start && range.end <= other.end)
}

/// Two halves, cut between clusters.
fn split(word: &str) -> (&str, &str) {
    let letters = word.chars().count();
    let mut at = 0;
    for cluster in clusters(word) {
        if word[..at].chars().count() * 2 >= letters {
            break;
        }
        at += cluster.len();
    }
    word.split_at(at)
}

/// How many bytes of a text are a half of a word but for one slip. Where the
/// slip is in the cluster at its far end, of so many letters, the text must end
/// there: else the half is the end of another word (`สรุปงบประมาณ`).
/// `written` is room for its letters.
fn slip(
    text: impl Iterator<Item = char>,
    meant: &[char],
    far: usize,
    written: &mut Vec<char>,
) -> Option<usize> {
    written.clear();
    let most = meant.len() + 2;
    written.extend(text.take(most).take_while(|c| is_letter(*c)));
    let (at, count) = one_slip(written, meant)?;
    let is_far = at + far >= meant.len();
    if is_far && written.len() > count {
        return None;
    }
    Some(written.get(..count)?.iter().map(|c| c.len_utf8()).sum())
}

/// Where `written` leaves `meant`, and how many of its letters are `meant` but
/// for one slip. The last letter must be as meant.
fn one_slip(written: &[char], meant: &[char]) -> Option<(usize, usize)> {
    if written.starts_with(meant) {
        return None;
    }
    let same = written
        .iter()
        .zip(meant)
        .take_while(|(a, b)| a == b)
        .count();
    let (rest, wanted) = (&written[same..], &meant[same..]);
    let goes_on = |skipped: usize, of: usize| {
        let left = wanted.get(of..).filter(|left| !left.is_empty());
        left.is_some_and(|left| rest.get(skipped..).is_some_and(|r| r.starts_with(left)))
    };
    let turned = matches!((rest, wanted), ([a, b, ..], [c, d, ..]) if a == d && b == c);
    let length = if goes_on(1, 1) || (turned && (wanted.len() == 2 || goes_on(2, 2))) {
        meant.len()
    } else if goes_on(0, 1) {
        meant.len() - 1
    } else if goes_on(1, 0) {
        meant.len() + 1
    } else {
        return None;
    };
    Some((same, length))
}

/// Slips that are told wherever they stand.
struct Slips {
    meant: Vec<&'static str>,
    written: Option<AhoCorasick>,
}

impl Slips {
    fn common() -> &'static Slips {
        static SLIPS: OnceLock<Slips> = OnceLock::new();
        SLIPS.get_or_init(|| {
            let (written, meant): (Vec<&str>, Vec<&str>) = include_str!("slips.txt")
                .lines()
                .filter(|line| !line.starts_with('#'))
                .filter_map(|line| line.split_once('\t'))
                .unzip();
            let written = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(written);
            Slips {
                meant,
                written: written.ok(),
            }
        })
    }

    fn find(&self, text: &str) -> Vec<(Range<usize>, &'static str)> {
        if text.is_ascii() {
            return Vec::new();
        }
        let hits = self.written.iter().flat_map(|w| w.find_iter(text));
        hits.map(|hit| (hit.range(), self.meant[hit.pattern().as_usize()]))
            // The right word may begin with what is written for it.
            .filter(|(range, meant)| {
                let is_meant = meant.len() > range.len() && text[range.start..].starts_with(meant);
                is_whole(text, range) && !is_meant
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slips(text: &str) -> Vec<(String, String)> {
        let known = Known::of_terms();
        let found = known.slips(text).into_iter();
        found
            .map(|(range, meant)| (text[range].to_string(), meant.to_string()))
            .collect()
    }

    #[test]
    fn one_letter_more_less_or_other_is_a_slip() {
        for (written, meant) in [
            ("กาสมีส่วนร่วม", "การมีส่วนร่วม"),
            ("ประชาสัมพัธ์", "ประชาสัมพันธ์"),
            ("อินโฟกราฟฟิก", "อินโฟกราฟิก"),
            ("งบประมาณรายจา่ยประจำปี", "งบประมาณรายจ่ายประจำปี"),
        ] {
            let text = format!("และ{written}ของเรา");
            let found = slips(&text);
            let wanted = (written.to_string(), meant.to_string());
            assert!(found.contains(&wanted), "{found:?}");
        }
    }

    /// Words that are one letter from a term, and right.
    #[test]
    fn other_words_are_not_slips() {
        for text in [
            "ป้ายสรุปงบประมาณหน้าสำนักงาน",
            "ผู้ใช้บริการทุกคน",
            "วัฒนธรรมองค์การ",
            "การดำเนินงานและการดำเนินการ",
            "ประชาชนทั่วประเทศ",
            "ปฏิบัติหน้าที่อย่างเต็มที่",
        ] {
            assert_eq!(slips(text), [], "{text}");
        }
    }

    #[test]
    fn no_term_is_a_slip_of_another_and_no_slip_is_a_term() {
        for term in terms().map(|term| term.replace('·', "")) {
            assert_eq!(slips(&term), [], "{term}");
            assert_eq!(Slips::common().find(&term), [], "{term}");
        }
    }

    #[test]
    fn every_common_slip_is_told_and_what_is_meant_by_it_is_not() {
        for line in include_str!("slips.txt").lines() {
            let Some((written, meant)) = line.split_once('\t') else {
                assert!(line.is_empty() || line.starts_with('#'), "{line}");
                continue;
            };
            let found = Slips::common().find(written);
            assert!(
                found
                    .iter()
                    .any(|(range, _)| &written[range.clone()] == written),
                "{line}"
            );
            assert_eq!(Slips::common().find(meant), [], "{meant}");
        }
    }
}
