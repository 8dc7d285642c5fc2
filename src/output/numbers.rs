//! Numbers of persons in finished bytes: in words, in attributes, in encoded
//! addresses, and through letters set in bold. Pages are masked where they are
//! made; this sees what came past.

use std::collections::BTreeMap;

use crate::thai::{is_barcode, is_citizen_number};

/// The numbers that outputs show, by their paths.
pub type Numbers = BTreeMap<String, Vec<String>>;

/// Tags without attributes that stand within words.
const WITHIN: &[&[u8]] = &[
    b"<strong>",
    b"</strong>",
    b"<em>",
    b"</em>",
    b"<del>",
    b"</del>",
    b"<code>",
    b"</code>",
    b"</a>",
    b"<wbr>",
];
/// As many marks as may part two groups.
const WIDEST: usize = 5;
/// A word of nothing but 0–9 and a–f, and longer than this, is a digest.
const DIGEST: usize = 15;
const DIGITS: usize = 13;

/// What some bytes are to a number.
enum Step {
    Digit(u8),
    /// Part two groups.
    Mark,
    /// Seen by nobody.
    Nothing,
    Other,
}

/// What comes next, and how many bytes it has.
fn step(rest: &[u8]) -> (Step, usize) {
    match rest {
        [d @ b'0'..=b'9', ..] => (Step::Digit(*d), 1),
        [b' ' | b'-' | b'_' | b'\n' | b'\t' | b'\r', ..] => (Step::Mark, 1),
        [0xE0, 0xB9, d @ 0x90..=0x99, ..] => (Step::Digit(d - 0x90 + b'0'), 3),
        [0xC2, 0xA0, ..] => (Step::Mark, 2),
        [0xE2, 0x80, 0x90..=0x95, ..] | [0xE2, 0x88, 0x92, ..] => (Step::Mark, 3),
        [0xE2, 0x80, 0x80..=0x8A, ..] => (Step::Mark, 3),
        [0xC2, 0xAD, ..] => (Step::Nothing, 2),
        [0xE2, 0x80, 0x8B..=0x8D, ..] | [0xE2, 0x81, 0xA0, ..] | [0xEF, 0xBB, 0xBF, ..] => {
            (Step::Nothing, 3)
        }
        [b'%', ..] => escaped(rest),
        [b'<', ..] => match WITHIN.iter().find(|tag| rest.starts_with(tag)) {
            Some(tag) => (Step::Nothing, tag.len()),
            None => (Step::Other, 1),
        },
        _ => (Step::Other, 1),
    }
}

/// Bytes that an address writes as `%E0`.
fn escaped(rest: &[u8]) -> (Step, usize) {
    let byte = |at: usize| -> Option<u8> {
        let [b'%', high, low] = rest.get(at..at + 3)? else {
            return None;
        };
        let value = |c: &u8| char::from(*c).to_digit(16);
        u8::try_from(value(high)? * 16 + value(low)?).ok()
    };
    match byte(0) {
        Some(d @ b'0'..=b'9') => (Step::Digit(d), 3),
        Some(b' ' | b'-' | b'_') => (Step::Mark, 3),
        Some(first @ 0x80..) => {
            let decoded: Vec<u8> = [0, 3, 6].into_iter().map_while(byte).collect();
            match step(&decoded) {
                // The first of a letter's bytes; the others follow.
                (Step::Other, _) => (Step::Other, 3),
                (what, length) if first >= 0xC0 => (what, length * 3),
                _ => (Step::Other, 3),
            }
        }
        Some(0x20..) => (Step::Other, 3),
        _ => (Step::Other, 1),
    }
}

#[derive(Default)]
struct Run {
    digits: String,
    groups: Vec<usize>,
    /// Where the last group starts.
    start: usize,
    gap: usize,
    /// The last group goes on.
    open: bool,
}

/// Every number of a person, thirteen in a row or grouped as on the card.
pub fn numbers(bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = Run::default();
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        // Most of a page is nothing of the kind.
        if run.groups.is_empty() && !matches!(first, b'0'..=b'9' | 0xE0 | b'%') {
            at += 1;
            continue;
        }
        let (what, length) = step(&bytes[at..]);
        match what {
            Step::Digit(d) => {
                if !run.open {
                    run.groups.push(0);
                    run.start = at;
                    run.open = true;
                }
                run.gap = 0;
                run.digits.push(char::from(d));
                if let Some(last) = run.groups.last_mut() {
                    *last += 1;
                }
            }
            Step::Nothing => {}
            Step::Mark | Step::Other => {
                run.close(bytes, at, &mut found);
                run.gap += 1;
                if matches!(what, Step::Other) || run.gap > WIDEST {
                    run = Run::default();
                }
            }
        }
        at += length;
    }
    run.close(bytes, at, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

impl Run {
    /// Judges the group that ends here, with those before it.
    fn close(&mut self, bytes: &[u8], end: usize, found: &mut Vec<String>) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        let is_whole = self.groups.last() == Some(&DIGITS);
        let is_official = self.groups.ends_with(&[1, 4, 5, 2, 1]);
        if !is_whole && !is_official {
            return;
        }
        let digits = &self.digits[self.digits.len() - DIGITS..];
        let is_other = is_whole
            && (is_barcode(digits)
                || is_fraction(bytes, self.start, end)
                || is_digest(bytes, self.start, end));
        if is_citizen_number(digits) && !is_other {
            found.push(digits.to_string());
        }
    }
}

fn is_fraction(bytes: &[u8], start: usize, end: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let point = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'.');
    (point(start.checked_sub(1)) && digit(start.checked_sub(2)))
        || (point(Some(end)) && digit(Some(end + 1)))
}

fn is_digest(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_part = |b: &&u8| b.is_ascii_alphanumeric();
    let before = bytes[..start].iter().rev().take_while(is_part);
    let after = bytes
        .get(end..)
        .unwrap_or_default()
        .iter()
        .take_while(is_part);
    let around: Vec<u8> = before.chain(after).copied().collect();
    around.len() + end - start > DIGEST
        && !around.is_empty()
        && around.iter().all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_seen_in_every_writing_of_a_page() {
        for text in [
            "<td>1000000000017</td>",
            "id=\"ก-1000000000017\"",
            "1-0000-00000-01-7",
            "๑ ๐๐๐๐ ๐๐๐๐๐ ๐๑ ๗",
            "1-0000-<strong>00000</strong>-01-7",
            "1000<em>000000</em>017",
            "1-0000-\n00000-01-7",
            "href=\"%E0%B8%811000000000017.pdf\"",
            "%E0%B9%91000000000017",
            "1%200000%2000000%2001%207",
            "%31000000000017",
            "2568 1 0000 00000 01 7",
            "cid1000000000017",
            "10000\u{200b}00000017",
        ] {
            assert_eq!(numbers(text.as_bytes()), ["1000000000017"], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in [
            "<td>1</td><td>0000</td><td>00000</td><td>01</td><td>7</td>",
            "21000000000017",
            "13.1000000000017",
            "a1000000000017ff.css",
            "1000000000018",
            "8850000000041",
            "1-0000-xxxxx-xx-x",
            "%",
            "%E0%B9",
        ] {
            assert!(numbers(text.as_bytes()).is_empty(), "{text}");
        }
    }
}
