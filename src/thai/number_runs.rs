//! Long numbers in a text, however their groups are parted: what numbers of
//! persons, telephones and accounts are found by.

use std::ops::Range;

use super::digits::digit;

/// Digits that belong together, with what parts their groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberRun {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Arabic.
    pub digits: String,
    /// How many digits each group has.
    pub groups: Vec<usize>,
    /// The widest part between two groups, in letters.
    pub widest: usize,
    /// A line ends between two groups.
    pub breaks: bool,
    /// A word, an underscore or a further number hangs on it: a part of a
    /// code, perhaps.
    pub joined: bool,
}

impl NumberRun {
    /// Whether its groups are of one of these lengths.
    pub fn is(&self, groups: &[&[usize]]) -> bool {
        groups.contains(&self.groups.as_slice())
    }
}

/// Letters that nobody sees; a PDF has NUL too.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\0'
    )
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// As many letters as may part two groups: a PDF puts a dash between line ends.
const WIDEST: usize = 5;
/// A word of nothing but 0–9 and a–f, and longer than this, is a digest.
const DIGEST: usize = 15;

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
        } else if digits > 0 && !is_unseen(c) {
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

/// Every run that starts at a group of digits, has as many digits as one of
/// `wanted` (the most where several fit) and is what `accepts` looks for: what
/// it refuses may begin with a number of another kind, as in `2568 1-0000-…`.
/// None is a part of a longer row of digits, of a decimal fraction or of a
/// digest.
pub fn number_runs(
    text: &str,
    wanted: &[usize],
    accepts: impl Fn(&NumberRun) -> bool,
) -> Vec<NumberRun> {
    let least = wanted.iter().min().copied().unwrap_or(0);
    let mut found: Vec<NumberRun> = Vec::new();
    for place in places(text, least) {
        let chars: Vec<(usize, char)> = text[place.clone()]
            .char_indices()
            .map(|(at, c)| (place.start + at, c))
            .filter(|(_, c)| !is_unseen(*c))
            .collect();
        let mut at = 0;
        while at < chars.len() {
            let is_start =
                digit(chars[at].1).is_some() && (at == 0 || digit(chars[at - 1].1).is_none());
            match is_start.then(|| take(text, &chars, at, wanted)).flatten() {
                Some((run, end)) if accepts(&run) => {
                    found.push(run);
                    at = end;
                }
                _ => at += 1,
            }
        }
    }
    found
}

fn take(
    text: &str,
    chars: &[(usize, char)],
    start: usize,
    wanted: &[usize],
) -> Option<(NumberRun, usize)> {
    let most = wanted.iter().max().copied().unwrap_or(0);
    let (mut digits, mut groups) = (String::new(), vec![0usize]);
    let (mut at, mut widest, mut breaks) = (start, 0, false);
    let mut best = None;
    loop {
        while let Some(d) = chars.get(at).and_then(|(_, c)| digit(*c)) {
            digits.push(char::from(b'0' + d));
            if let Some(last) = groups.last_mut() {
                *last += 1;
            }
            at += 1;
        }
        if digits.len() > most {
            break;
        }
        if wanted.contains(&digits.len()) {
            let (from, (last, c)) = (chars[start].0, chars[at - 1]);
            let range = from..last + c.len_utf8();
            if let Some(joined) = hangs(text, &range) {
                let run = NumberRun {
                    range,
                    digits: digits.clone(),
                    groups: groups.clone(),
                    widest,
                    breaks,
                    joined,
                };
                best = Some((run, at));
            }
        }
        let gap = chars[at..]
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
        breaks |= text[chars[at].0..chars[at + gap].0].contains('\n');
        at += gap;
        groups.push(0);
    }
    best
}

/// Whether something hangs on a number, before or after; `None` where the
/// number is none of its own.
fn hangs(text: &str, range: &Range<usize>) -> Option<bool> {
    let seen = |c: &char| !is_unseen(*c);
    let mut back = text[..range.start].chars().rev().filter(seen);
    let mut on = text[range.end..].chars().filter(seen);
    let (before, before2) = (back.next(), back.next());
    let (after, after2) = (on.next(), on.next());
    let is_digit = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let is_fraction =
        (before == Some('.') && is_digit(before2)) || (after == Some('.') && is_digit(after2));
    if is_digit(before) || is_digit(after) || is_fraction {
        return None;
    }
    if (is_letter(before) || is_letter(after)) && is_in_digest(text, range) {
        return None;
    }
    let holds = |c: Option<char>, next: Option<char>, marks: &str| {
        c.is_some_and(|c| marks.contains(c)) && (is_digit(next) || is_letter(next))
    };
    Some(
        is_letter(before)
            || is_letter(after)
            || before.is_some_and(|c| "_#%=@".contains(c))
            || after.is_some_and(|c| "_%@".contains(c))
            || holds(before, before2, "-.,/+")
            || (after.is_some_and(|c| "-.,/".contains(c)) && is_digit(after2)),
    )
}

fn is_in_digest(text: &str, range: &Range<usize>) -> bool {
    let is_part = |c: &char| c.is_ascii_alphanumeric();
    let before: Vec<char> = text[..range.start]
        .chars()
        .rev()
        .take_while(is_part)
        .collect();
    let after: Vec<char> = text[range.end..].chars().take_while(is_part).collect();
    let length = before.len() + range.len() + after.len();
    length > DIGEST && before.iter().chain(&after).all(char::is_ascii_hexdigit)
}
