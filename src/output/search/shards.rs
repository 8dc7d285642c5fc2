//! Terms and their postings as text, in shards of a few kilobytes.
//!
//! A shard is `term postings|term postings|…`. A posting is one number, or two
//! where a page has the term in other parts than the first: the distance to
//! the page before times eight, plus twice the level, plus one when the parts
//! follow, as bits. Numbers are written by five bits, the lowest first, in
//! letters of base 64 whose sixth bit says that more follow.

/// How a term stands in a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    #[default]
    Once,
    /// Some times for the length of the page.
    Again,
    /// Often, or in a heading.
    Often,
    Title,
}

impl Level {
    /// By how much of a page of so many terms it is: the saturation of BM25
    /// (k1 = 1.2, b = 0.5, an average of 600 terms).
    pub fn of(times: usize, length: usize) -> Level {
        // In hundredths, as no rounding may depend on the machine.
        let weight = times * 220 * 100 / (times * 100 + 60 + length / 10);
        match weight {
            0..110 => Level::Once,
            110..160 => Level::Again,
            _ => Level::Often,
        }
    }
}

impl Level {
    const ALL: [Level; 4] = [Level::Once, Level::Again, Level::Often, Level::Title];
}

/// How a term stands in a page and in which of its parts: the level in two
/// bits, above them a bit for each part. A large site has millions of these.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing(u32);

impl Standing {
    /// `parts` are bits, of which there are at most thirty.
    pub fn new(level: Level, parts: u32) -> Standing {
        Standing(parts << 2 | level as u32)
    }

    fn level(self) -> Level {
        Level::ALL[(self.0 & 3) as usize]
    }

    fn parts(self) -> u32 {
        self.0 >> 2
    }
}

/// That a page has a term.
#[derive(Clone, Copy, Debug, Default)]
pub struct Posting {
    pub page: u32,
    pub standing: Standing,
}

/// Size of a shard in letters, unless one term alone is longer: a question
/// needs about eight of them.
const SHARD: usize = 2_000;
/// About the most shards, as the browser keeps the first term of each.
const MOST_SHARDS: usize = 1_500;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The letter of a number below 64.
pub fn letter(number: usize) -> char {
    char::from(LETTERS.get(number).copied().unwrap_or(b'_'))
}

fn number(out: &mut String, mut number: usize) {
    loop {
        let low = number & 31;
        number >>= 5;
        if number == 0 {
            out.push(letter(low));
            return;
        }
        out.push(letter(low | 32));
    }
}

fn postings(out: &mut String, all: &[Posting]) {
    let mut before = 0;
    for posting in all {
        let (level, parts) = (posting.standing.level(), posting.standing.parts());
        let first_only = parts == 1;
        let distance = (posting.page - before) as usize;
        number(
            out,
            distance * 8 + level as usize * 2 + usize::from(!first_only),
        );
        if !first_only {
            number(out, parts as usize);
        }
        before = posting.page;
    }
}

/// The first term of each shard, and the shards. Terms are in order, pages of
/// each too.
pub fn shards(terms: &[(String, &[Posting])]) -> (Vec<String>, Vec<String>) {
    let (mut starts, mut bodies) = (Vec::new(), Vec::<String>::new());
    let mut written = String::new();
    // A little more than two letters a posting.
    let letters: usize = terms.iter().map(|(t, all)| t.len() + 2 * all.len()).sum();
    let size = SHARD.max(letters / MOST_SHARDS);
    for (term, all) in terms {
        written.clear();
        postings(&mut written, all);
        let full = |body: &String| body.len() + term.len() + written.len() > size;
        match bodies.last_mut().filter(|body| !full(body)) {
            Some(body) => body.push('|'),
            None => {
                starts.push(term.to_string());
                bodies.push(String::new());
            }
        }
        if let Some(body) = bodies.last_mut() {
            body.push_str(term);
            body.push(' ');
            body.push_str(&written);
        }
    }
    (starts, bodies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_written_as_told() {
        let of = |page, level, parts| Posting {
            page,
            standing: Standing::new(level, parts),
        };
        let mut out = String::new();
        postings(
            &mut out,
            &[
                of(0, Level::Once, 1),
                of(3, Level::Title, 1),
                of(4, Level::Once, 0b101),
                of(1004, Level::Again, 1),
            ],
        );
        // 0; 24+6=30; 8+1=9, 5; 8002 = 7·32² + 26·32 + 2.
        assert_eq!(out, "AeJFi6H");
    }

    #[test]
    fn a_shard_ends_when_it_is_full() {
        let posting = Posting {
            page: 1,
            standing: Standing::new(Level::Once, 1),
        };
        let terms: Vec<(String, &[Posting])> = (0..3000)
            .map(|n| (format!("{n:04}"), std::slice::from_ref(&posting)))
            .collect();
        let (starts, bodies) = shards(&terms);
        assert_eq!(starts.len(), bodies.len());
        assert!(starts.len() > 2);
        assert!(bodies.iter().all(|b| b.len() <= SHARD + 1));
        assert!(
            bodies
                .iter()
                .zip(&starts)
                .all(|(b, s)| b.starts_with(s.as_str()))
        );
    }

    #[test]
    fn levels_follow_the_share_of_a_page() {
        assert_eq!(Level::of(1, 2000), Level::Once);
        assert_eq!(Level::of(1, 30), Level::Again);
        assert_eq!(Level::of(9, 300), Level::Often);
    }
}
