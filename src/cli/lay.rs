//! Text laid out for a screen: how wide it is, where a line may break, columns.

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use terminal_size::{Width, terminal_size_of};
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::TYPED;

/// Where the width can't be known: a file, a pipe.
const UNKNOWN: usize = 80;
/// Longer lines are hard to read; in narrower ones no table fits.
const WIDEST: usize = 100;
const NARROWEST: usize = 40;

/// What a stream shows: how many columns, and colours or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    pub width: usize,
    pub colour: bool,
}

impl Screen {
    /// A file or a pipe.
    pub const PLAIN: Screen = Screen {
        width: UNKNOWN,
        colour: false,
    };

    #[cfg(unix)]
    pub fn of<S: RawStream + std::os::fd::AsFd>(stream: &S) -> Screen {
        Screen::with(stream, terminal_size_of(stream).map(|(Width(w), _)| w))
    }

    #[cfg(windows)]
    pub fn of<S: RawStream + std::os::windows::io::AsHandle>(stream: &S) -> Screen {
        Screen::with(stream, terminal_size_of(stream).map(|(Width(w), _)| w))
    }

    fn with<S: RawStream>(stream: &S, width: Option<u16>) -> Screen {
        // A terminal that was not told its size says 0.
        let known = width.filter(|w| *w > 0 && stream.is_terminal());
        Screen {
            width: known.map_or(UNKNOWN, |w| usize::from(w).clamp(NARROWEST, WIDEST)),
            colour: AutoStream::choice(stream) != ColorChoice::Never,
        }
    }

    /// The text in a colour, where there are colours.
    pub fn paint(self, style: &str, text: &str) -> String {
        if self.colour {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }
}

/// Lines of at most `width` columns. Breaks at spaces and after ฯ and ๆ; a
/// longer run, as Thai sentences are, between clusters, best before a vowel
/// that begins a syllable. Lines to be typed are left whole.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        // What is to be typed is copied whole.
        if paragraph.starts_with(TYPED) {
            lines.push(paragraph.to_string());
            continue;
        }
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let mut piece = piece;
            while line.width() + piece.trim_end().width() > width {
                let alone = piece.trim_end().width() <= width;
                let room = width - line.trim_end().width().min(width);
                // A run too long for any line begins on this one, where a
                // fair part of it fits.
                let at = if alone || room < width / 3 {
                    0
                } else {
                    split_at(piece, room)
                };
                if at == 0 && line.is_empty() {
                    let at = split_at(piece, width).max(first_cluster(piece));
                    lines.push(piece[..at].trim_end().to_string());
                    piece = &piece[at..];
                    continue;
                }
                line.push_str(&piece[..at]);
                lines.push(line.trim_end().to_string());
                line.clear();
                piece = &piece[at..];
            }
            line.push_str(piece);
        }
        lines.push(line.trim_end().to_string());
    }
    lines
}

/// The same, with every line but the first moved in.
pub fn hanging(text: &str, width: usize, indent: usize) -> String {
    let space = " ".repeat(indent);
    wrap(text, width.saturating_sub(indent)).join(&format!("\n{space}"))
}

/// Parts after which a line may end.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len();
        let mut chars = rest.char_indices().peekable();
        let mut before = ' ';
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            // ฯลฯ is one word, ๆ goes with what it repeats, and what is to
            // be typed stays together: `shows = { id = "#place" }`.
            let ends = match c {
                ' ' => {
                    !matches!(next, Some(' ' | 'ๆ' | '=' | '{' | '}'))
                        && !matches!(before, '=' | '{')
                }
                'ๆ' => next != Some(' '),
                'ฯ' => !matches!(next, Some(' ' | 'ล')),
                _ => false,
            };
            before = c;
            if ends {
                end = at + c.len_utf8();
                break;
            }
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn first_cluster(text: &str) -> usize {
    crate::thai::clusters(text).next().map_or(0, str::len)
}

/// The byte at which as much as fits `width` ends; 0 where nothing does.
fn split_at(text: &str, width: usize) -> usize {
    const LOOK_BACK: usize = 12;
    let (mut end, mut used) = (0, 0);
    let mut syllable = None;
    for cluster in crate::thai::clusters(text) {
        if end > 0 && cluster.starts_with(['เ', 'แ', 'โ', 'ใ', 'ไ']) {
            syllable = Some((end, used));
        }
        // Marks of other scripts have no width and stay with their letter.
        used += cluster.width();
        if used > width {
            break;
        }
        end += cluster.len();
    }
    match syllable {
        Some((at, column)) if column + LOOK_BACK >= width && end < text.len() => at,
        _ => end,
    }
}

/// Cuts a text to a width on the screen, by letters with their marks.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_string();
    }
    let mut out = String::new();
    for cluster in crate::thai::clusters(text) {
        if out.width() + cluster.width() + 1 > width {
            break;
        }
        out.push_str(cluster);
    }
    out.push('…');
    out
}

/// Cut or filled to exactly `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let space = " ".repeat(width.saturating_sub(text.width()));
    text + &space
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_else_between_clusters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a\nb", 8), ["a", "b"]);
        assert_eq!(wrap("", 8), [""]);
        let long = "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานของรัฐทุกแห่ง";
        for width in 8..60 {
            let lines = wrap(long, width);
            assert!(lines.iter().all(|l| l.width() <= width), "{lines:?}");
            assert_eq!(lines.concat(), long);
            let marks = |c: char| matches!(c, 'ั' | 'า' | 'ำ' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}');
            assert!(
                lines
                    .iter()
                    .all(|l| !l.starts_with(marks) && !l.ends_with(['เ', 'แ', 'โ', 'ใ', 'ไ'])),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn what_repeats_or_shortens_stays_with_its_word() {
        let lines = wrap("ทำทุกเรื่องอื่น ๆ ตามที่กำหนดไว้", 16);
        assert!(lines.iter().all(|l| !l.starts_with('ๆ')), "{lines:?}");
        let lines = wrap("กรุงเทพฯและเมืองอื่นฯลฯ", 10);
        assert!(!lines.iter().any(|l| l.starts_with("ลฯ")), "{lines:?}");
        assert_eq!(wrap("กรุงเทพฯและเมืองพัทยา", 12)[0], "กรุงเทพฯ");
    }

    #[test]
    fn no_letter_is_lost_at_any_width() {
        let text = "ข้อ O18: shows = { in-progress = \"#กำลังดำเนินการ\" } e\u{301}té ๑๒๓ ฯลฯ";
        for width in 0..90 {
            let joined = wrap(text, width).concat().replace(' ', "");
            assert_eq!(joined, text.replace(' ', ""));
        }
    }
}
