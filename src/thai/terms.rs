//! What search compares: a text folded to what its readers mean, cut into
//! terms that need no dictionary.
//!
//! Browsers disagree about Thai words with each other and with every segmenter
//! that a build could use; clusters are the same everywhere. The theme's
//! `search.js` folds and cuts a question by the same rules, held together by
//! `tests/search/terms.json`.

use std::fmt;

use super::normalise::{Lower, normalise};
use super::order::cluster_len;

/// What search compares of a text. Its text form is that of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term<'t> {
    /// Two neighbouring clusters, or the one cluster of a run.
    Clusters(&'t str),
    /// A word in other letters, or a number.
    Word(&'t str),
    /// Three neighbouring consonants, by their sound: finds what is spelt with
    /// other vowels. Marked by a leading `~`.
    Sounds([char; 3]),
}

impl fmt::Display for Term<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Clusters(text) | Term::Word(text) => f.write_str(text),
            Term::Sounds([a, b, c]) => write!(f, "~{a}{b}{c}"),
        }
    }
}

/// Letters of Thai runs and words, runs and words parted by line ends:
/// case, digits of either script, tone marks, ์, ็, ๆ and ฯ, ใ or ไ, blanks
/// and dots between Thai letters make no difference.
pub fn fold(text: &str) -> String {
    let normal = normalise(text);
    let mut out = String::with_capacity(normal.len());
    let mut chars = normal.chars().flat_map(Lower::of).peekable();
    let mut last = Class::Other;
    // A blank or dots were met after a Thai letter: the run may go on.
    let mut paused = false;
    while let Some(c) = chars.next() {
        let Some(c) = plain(c) else { continue };
        let class = class(c);
        match class {
            Class::Thai => {
                if last == Class::Word || (last == Class::Other && !paused) {
                    line_end(&mut out);
                }
                // ะะ and าา are slips of a finger.
                let doubled = matches!(c, 'ะ' | 'า') && !paused && out.ends_with(c);
                if !doubled {
                    out.push(c);
                }
            }
            Class::Word => {
                if last != Class::Word {
                    line_end(&mut out);
                }
                out.push(c);
            }
            Class::Other => {
                let between_digits = matches!(c, '.' | ',')
                    && last == Class::Word
                    && out.ends_with(|l: char| l.is_ascii_digit())
                    && chars
                        .peek()
                        .and_then(|n| plain(*n))
                        .is_some_and(|n| n.is_ascii_digit());
                if between_digits {
                    if c == '.' {
                        out.push(c);
                    }
                    continue;
                }
                paused = matches!(c, ' ' | '\u{a0}' | '.') && (last == Class::Thai || paused);
                last = Class::Other;
                continue;
            }
        }
        paused = false;
        last = class;
    }
    out
}

fn line_end(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Thai,
    Word,
    Other,
}

/// The letter that a letter counts as; `None` for marks that do not count.
fn plain(c: char) -> Option<char> {
    match c {
        '๐'..='๙' => char::from_u32(u32::from(c) - 0xE50 + 0x30),
        'ใ' => Some('ไ'),
        'ๅ' => Some('า'),
        // The Lao vowel that character recognition reads for the Thai one.
        '\u{0EB0}' => Some('ะ'),
        '\u{0E3A}' | '\u{0E46}'..='\u{0E4E}' | 'ฯ' => None,
        other => Some(other),
    }
}

fn class(c: char) -> Class {
    match c {
        '\u{0E01}'..='\u{0E45}' if c != '\u{0E3F}' => Class::Thai,
        '0'..='9' | 'a'..='z' => Class::Word,
        '\u{D7}' | '\u{F7}' => Class::Other,
        '\u{C0}'..='\u{E00}' | '\u{E80}'..='\u{1FFF}' | '\u{2C00}'..='\u{2DFF}' => Class::Word,
        '\u{3040}'..='\u{D7FF}' => Class::Word,
        _ => Class::Other,
    }
}

/// Calls `each` with every term of a text that [`fold`] made.
pub fn terms<'t>(folded: &'t str, mut each: impl FnMut(Term<'t>)) {
    for run in folded.split('\n').filter(|r| !r.is_empty()) {
        if !run.starts_with(|c| class(c) == Class::Thai) {
            each(Term::Word(run));
            continue;
        }
        let mut before: Option<&str> = None;
        let mut rest = run;
        while let Some(length) = cluster_len(rest) {
            if let Some(before) = before {
                // Neighbours in the run: one slice holds both.
                let start = run.len() - rest.len() - before.len();
                let end = run.len() - rest.len() + length;
                if let Some(pair) = run.get(start..end) {
                    each(Term::Clusters(pair));
                }
            }
            let (cluster, after) = rest.split_at(length);
            before = Some(cluster);
            rest = after;
            if before.is_some_and(|b| b.len() == run.len()) {
                each(Term::Clusters(run));
            }
        }
        let mut three = ['\0'; 3];
        for c in run.chars().filter_map(sound) {
            if three[2] == c {
                continue;
            }
            three = [three[1], three[2], c];
            if three[0] != '\0' {
                each(Term::Sounds(three));
            }
        }
    }
}

/// The consonant by which all of its sound are known.
fn sound(c: char) -> Option<char> {
    Some(match c {
        'ฃ' => 'ข',
        'ฅ' | 'ฆ' => 'ค',
        'ญ' => 'ย',
        'ฎ' | 'ฏ' | 'ต' => 'ด',
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ธ' => 'ท',
        'ณ' => 'น',
        'ป' => 'บ',
        'ภ' => 'พ',
        'ล' | 'ฬ' | 'ฤ' | 'ฦ' => 'ร',
        'ศ' | 'ษ' | 'ซ' => 'ส',
        'ก'..='ฮ' => c,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    fn of(text: &str, is_it: fn(&Term<'_>) -> bool) -> Vec<String> {
        let mut all = Vec::new();
        terms(&fold(text), |term| {
            if is_it(&term) {
                all.push(term.to_string());
            }
        });
        all
    }

    fn clusters(text: &str) -> Vec<String> {
        of(text, |term| matches!(term, Term::Clusters(_)))
    }

    fn sounds(text: &str) -> Vec<String> {
        of(text, |term| matches!(term, Term::Sounds(_)))
    }

    #[test]
    fn what_readers_mean_alike_folds_alike() {
        for (one, other) in [
            ("จัดซื้อ จัดจ้าง", "จัดซื้อจัดจ้าง"),
            ("๒๕๖๘", "2568"),
            ("O๔๒", "o42"),
            ("นํ้า", "น้ำ"),
            ("ป.ป.ช.", "ปปช"),
            ("ทรัพยสิน", "ทรัพย์สิน"),
            ("โปร่งไส", "โปร่งใส"),
            ("1,250,000.00", "1250000.00"),
            ("กองสาธารณสุขฯ", "กองสาธารณสุข"),
            ("เเผน", "แผน"),
            ("มาา", "มา"),
            ("ก\u{f701}น", "กิน"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn runs_end_where_other_letters_and_lines_begin() {
        assert_eq!(
            fold("ปี 2568 (O18) แผน\nงาน"),
            "ป\u{e35}\n2568\no18\nแผน\nงาน"
        );
        assert_eq!(fold("ข้อ 1.2, 3."), "ขอ\n1.2\n3");
        assert_eq!(clusters("แผนงาน"), ["แผน", "นงา", "งาน"]);
        assert_eq!(clusters("ปี"), ["ป\u{e35}"]);
    }

    #[test]
    fn other_vowels_sound_the_same() {
        let (right, wrong) = (sounds("จริยธรรม"), sounds("จริยะธรรม"));
        assert_eq!(right, wrong);
        assert_eq!(right, ["~จรย", "~รยท", "~ยทร", "~ทรม"]);
    }

    #[test]
    fn any_text_can_be_cut() {
        any_strings(|text| {
            terms(&fold(text), |term| assert!(!term.to_string().is_empty()));
        });
    }
}
