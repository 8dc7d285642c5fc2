//! Numbers and addresses of persons in a text, however they are written.

use std::ops::Range;

use crate::thai::{is_citizen_number, to_arabic};

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The digits alone, Arabic; or the address in small letters.
    pub value: String,
    /// As it may be shown.
    pub mask: String,
}

/// A run of digits with what parts its groups.
struct Run {
    range: Range<usize>,
    digits: String,
    groups: Vec<usize>,
    /// The longest part between two groups, in letters, and whether a line ends in one.
    widest: usize,
    breaks: bool,
}

impl Run {
    fn is(&self, groups: &[&[usize]]) -> bool {
        groups.contains(&self.groups.as_slice())
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\0'
    )
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '๐'..='๙' => to_arabic(c.encode_utf8(&mut [0; 4])).chars().next(),
        _ => None,
    }
}

/// As many letters as may part two groups: a PDF puts a dash between line ends.
const WIDEST: usize = 5;

/// Where digits stand close enough together to be one number of so many; most
/// texts have no such place, and nothing more is asked of them.
fn places(text: &str, least: usize) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let (mut start, mut end) = (0, 0);
    let (mut digits, mut gap) = (0, 0);
    for (at, c) in text.char_indices() {
        if digit(c).is_some() {
            if digits == 0 {
                start = at;
            }
            digits += 1;
            gap = 0;
            end = at + c.len_utf8();
        } else if digits > 0 && !is_invisible(c) {
            gap += 1;
            if gap > WIDEST || !is_separator(c) {
                if digits >= least {
                    places.push(start..end);
                }
                digits = 0;
                gap = 0;
            }
        }
    }
    if digits >= least {
        places.push(start..end);
    }
    places
}

/// Every run that starts at a group of digits and has as many digits as
/// `wanted`; one inside a longer number, a word or an address is none.
fn runs(text: &str, wanted: &[usize]) -> Vec<Run> {
    let least = wanted.iter().min().copied().unwrap_or(0);
    let mut found: Vec<Run> = Vec::new();
    for place in places(text, least) {
        // Two letters on each side tell whether it is a part of something.
        let before = text[..place.start]
            .chars()
            .rev()
            .filter(|c| !is_invisible(*c));
        let mut chars: Vec<(usize, char)> = before.take(2).map(|c| (place.start, c)).collect();
        chars.reverse();
        let first = chars.len();
        let inside = text[place.start..]
            .char_indices()
            .map(|(at, c)| (place.start + at, c))
            .filter(|(_, c)| !is_invisible(*c));
        let mut after = 0;
        chars.extend(inside.take_while(|(at, _)| {
            after += usize::from(*at >= place.end);
            after <= 2
        }));
        let mut at = first;
        while at < chars.len() {
            let is_start = digit(chars[at].1).is_some() && !joins_before(&chars, at);
            let taken = is_start.then(|| take(text, &chars, at, wanted)).flatten();
            at = taken.as_ref().map_or(at + 1, |(_, end)| *end);
            found.extend(
                taken
                    .map(|(run, _)| run)
                    .filter(|r| !is_in_address(text, &r.range)),
            );
        }
    }
    found
}

/// Whether what stands before makes it the rest of something longer.
fn joins_before(chars: &[(usize, char)], at: usize) -> bool {
    let before = |back: usize| {
        at.checked_sub(back)
            .and_then(|i| chars.get(i))
            .map(|(_, c)| *c)
    };
    match before(1) {
        Some(c) if digit(c).is_some() || c.is_ascii_alphabetic() => true,
        Some('_' | '#' | '%' | '=' | '@') => true,
        Some('-' | '.' | ',' | '/' | '+') => {
            before(2).is_some_and(|c| digit(c).is_some() || c.is_ascii_alphabetic())
        }
        _ => false,
    }
}

fn take(
    text: &str,
    chars: &[(usize, char)],
    start: usize,
    wanted: &[usize],
) -> Option<(Run, usize)> {
    let most = wanted.iter().max().copied().unwrap_or(0);
    let (mut digits, mut groups) = (String::new(), vec![0usize]);
    let (mut at, mut widest, mut breaks) = (start, 0, false);
    let mut best = None;
    loop {
        while let Some(d) = chars.get(at).and_then(|(_, c)| digit(*c)) {
            digits.push(d);
            if let Some(last) = groups.last_mut() {
                *last += 1;
            }
            at += 1;
        }
        if digits.len() > most {
            break;
        }
        let ends = match chars.get(at).map(|(_, c)| *c) {
            Some(c) if c.is_ascii_alphabetic() => false,
            Some('_' | '%' | '@') => false,
            Some('-' | '.' | ',' | '/') => {
                let after = chars.get(at + 1);
                after.is_none_or(|(_, c)| digit(*c).is_none())
            }
            _ => true,
        };
        if ends && wanted.contains(&digits.len()) {
            let from = chars[start].0;
            let to = chars[at - 1].0 + chars[at - 1].1.len_utf8();
            let run = Run {
                range: from..to,
                digits: digits.clone(),
                groups: groups.clone(),
                widest,
                breaks,
            };
            best = Some((run, at));
        }
        let gap = chars[at.min(chars.len())..]
            .iter()
            .take(WIDEST + 1)
            .take_while(|(_, c)| is_separator(*c))
            .count();
        let follows = chars
            .get(at + gap)
            .is_some_and(|(_, c)| digit(*c).is_some());
        if gap == 0 || gap > WIDEST || !follows {
            break;
        }
        widest = widest.max(gap);
        let from = chars[at].0;
        breaks |= text[from..chars[at + gap].0].contains('\n');
        at += gap;
        groups.push(0);
    }
    best
}

/// Whether the word around a place is an address on the web or a path.
fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '|');
    let from = text[..range.start].rfind(is_end).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let before = &text[from..range.start];
    before.contains("://") || before.starts_with("www.") || before.contains('?')
}

/// Numbers of persons. `loose` ones are grouped in a way of their own, and are
/// persons' only where the words around say so.
pub struct Citizen {
    pub hit: Hit,
    pub loose: bool,
    /// Thai goods carry numbers of the same length.
    pub barcode: bool,
}

/// Valid numbers of persons, and how many of that length there are in all.
pub fn citizens(text: &str) -> (Vec<Citizen>, usize) {
    let mut of_length = 0;
    let mut found = Vec::new();
    for run in runs(text, &[13]) {
        let official = run.is(&[&[1, 4, 5, 2, 1]]);
        let whole = run.groups.len() == 1;
        let loose = !official && !whole;
        if loose && (run.breaks || run.widest > 1) {
            continue;
        }
        if whole && matches!(run.digits.as_bytes().first(), Some(b'1'..=b'8')) {
            of_length += 1;
        }
        if !is_citizen_number(&run.digits) {
            continue;
        }
        let d = &run.digits;
        let mask = format!("{}-{}-*****-{}-*", &d[..1], &d[1..5], &d[10..12]);
        found.push(Citizen {
            barcode: whole && d.starts_with("885"),
            loose,
            hit: Hit {
                range: run.range,
                value: run.digits,
                mask,
            },
        });
    }
    (found, of_length)
}

/// Mobile numbers: 06, 08 or 09 and eight digits.
pub fn mobiles(text: &str) -> Vec<Hit> {
    runs(text, &[10])
        .into_iter()
        .filter(|run| {
            let known = run.is(&[
                &[10],
                &[3, 3, 4],
                &[3, 7],
                &[2, 4, 4],
                &[2, 8],
                &[3, 4, 3],
                &[2, 3, 5],
                &[1, 4, 5],
                &[1, 4, 4, 1],
            ]);
            let mobile = ["06", "08", "09"].iter().any(|p| run.digits.starts_with(p));
            // A page of a PDF gives each cell of a table a line of its own.
            known && mobile && !run.breaks && run.widest <= 3
        })
        .map(|run| Hit {
            mask: format!("{}x-xxx-x{}", &run.digits[..2], &run.digits[7..]),
            range: run.range,
            value: run.digits,
        })
        .collect()
}

/// Ten to twelve digits as banks write them; `true` where they are grouped so.
pub fn accounts(text: &str) -> Vec<(Hit, bool)> {
    runs(text, &[10, 11, 12])
        .into_iter()
        .filter(|run| !run.breaks && run.widest <= 3)
        .filter_map(|run| {
            let grouped = run.is(&[&[3, 1, 5, 1], &[3, 6, 1], &[3, 1, 6, 2], &[3, 2, 5, 2]]);
            if !grouped && run.groups.len() > 1 {
                return None;
            }
            let hit = Hit {
                mask: format!("xxx-x-xxx{}", &run.digits[run.digits.len() - 2..]),
                range: run.range,
                value: run.digits,
            };
            Some((hit, grouped))
        })
        .collect()
}

const FREE_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.th",
    "outlook.com",
    "outlook.co.th",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.co.th",
    "ymail.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
];

/// Addresses at hosts that give them to anybody.
pub fn private_emails(text: &str) -> Vec<Hit> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    memchr::memchr_iter(b'@', text.as_bytes())
        .filter_map(|at| {
            let before: usize = text[..at].chars().rev().take_while(|c| part(*c)).count();
            let after: usize = text[at + 1..].chars().take_while(|c| part(*c)).count();
            let start = at - before;
            let end = at
                + 1
                + text[at + 1..at + 1 + after]
                    .trim_end_matches(['.', '-'])
                    .len();
            let value = text.get(start..end)?.to_ascii_lowercase();
            let (name, host) = value.split_once('@')?;
            if name.is_empty() || !FREE_MAIL.contains(&host) {
                return None;
            }
            let first = name.get(..1)?;
            Some(Hit {
                range: start..end,
                mask: format!("{first}…@{host}"),
                value,
            })
        })
        .collect()
}

/// Words around a place, up to so many letters before and after, without
/// spaces and as search compares them: a PDF parts words and letters.
pub fn around(text: &str, range: &Range<usize>, before: usize, after: usize) -> String {
    let from = text[..range.start]
        .char_indices()
        .rev()
        .nth(before.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    let to = text[range.end..]
        .char_indices()
        .nth(after)
        .map_or(text.len(), |(at, _)| range.end + at);
    squeezed(&text[from..to])
}

/// In small letters, without spaces, dots and what nobody sees, ำ in one piece.
pub fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c) && *c != '.')
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace("\u{E4D}\u{E32}", "\u{E33}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let (all, _) = citizens(text);
        all.into_iter().map(|c| c.hit.value).collect()
    }

    #[test]
    fn a_number_of_a_person_is_found_in_every_writing() {
        for text in [
            "1000000000017",
            "เลข1000000000017ค่ะ",
            "1-0000-00000-01-7",
            "๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗",
            "1 0000 00000 01 7",
            "1\u{a0}0000\u{a0}00000\u{a0}01\u{a0}7",
            "1 - 0000 - 00000 - 01 - 7",
            "1\n-\n0000\n-\n00000\n-\n01\n-\n7",
            "10000\u{200b}00000017",
            "1–0000–00000–01–7.",
        ] {
            assert_eq!(found(text), ["1000000000017"], "{text}");
        }
    }

    #[test]
    fn what_is_longer_or_something_else_is_no_number_of_a_person() {
        for text in [
            "0105536000315",
            "1000000000018",
            "21000000000017",
            "10000000000175",
            "2-1-0000-00000-01-7",
            "1-0000-00000-01-7-2",
            "a1000000000017",
            "1000000000017ff",
            "https://example.go.th/news/1000000000017",
            "1,000,000,000,017",
            "100\n0000\n000017",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn mobiles_accounts_and_private_addresses() {
        let mobile = |t: &str| mobiles(t).into_iter().map(|h| h.mask).collect::<Vec<_>>();
        for text in [
            "081-000-0123",
            "08 1000 0123",
            "๐๘๑๐๐๐๐๑๒๓",
            "โทร.0810000123",
        ] {
            assert_eq!(mobile(text), ["08x-xxx-x123"], "{text}");
        }
        for text in [
            "0-2000-0123",
            "02 000 0123",
            "0810000123456",
            "1081000012",
            "08100001.23",
        ] {
            assert!(mobile(text).is_empty(), "{text}");
        }
        assert_eq!(accounts("123-4-56789-0").len(), 1);
        assert!(accounts("12/2568").is_empty());
        let mail = private_emails("ส่ง Somebody.X@GMAIL.com. หรือ office@example.go.th");
        assert_eq!(mail.len(), 1);
        assert_eq!(mail[0].mask, "s…@gmail.com");
    }

    #[test]
    fn words_are_found_through_the_spaces_of_a_pdf() {
        let text = "เลข ประจ ํ าตัว ประชาชน 1000000000017";
        let at = text.find('1').expect("there");
        assert!(around(text, &(at..text.len()), 100, 0).contains("ประจำตัวประชาชน"));
    }
}
