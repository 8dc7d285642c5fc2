//! Whether a number stands in an address: there no mask reaches it, as the
//! address would lead nowhere.

use std::ops::Range;

use crate::fields::is_address;

/// Whether the word around a place is an address on the web, the target of a
/// link, the id of a heading or a path.
pub fn is_in_address(text: &str, range: &Range<usize>) -> bool {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '|');
    let from = text[..range.start].rfind(is_end).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let before = &text[from..range.start];
    let is_quoted = text[..from].ends_with(['"', '\'']);
    let opens = |mark: &str, end: char| {
        before
            .rfind(mark)
            .is_some_and(|at| !before[at..].contains(end))
    };
    // Only what is quoted as a whole is a path: a slash stands in words too.
    let is_path = is_quoted && {
        let after = text[range.end..]
            .split(['"', '\'', '\n'])
            .next()
            .unwrap_or("");
        is_address(&text[from..range.end + after.len()])
    };
    // `](<a b.pdf>)`: with spaces in it.
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let is_bracketed = text[line..range.start]
        .rfind("](<")
        .is_some_and(|at| !text[line + at..range.start].contains('>'));
    is_path
        || is_bracketed
        || opens("](", ')')
        || opens("{#", '}')
        || opens("://", ')')
        || before.starts_with("www.")
        || before.starts_with("mailto:")
        || before.starts_with("tel:")
        || (before.contains('?') && before.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_an_address_is_told_from_one_in_words() {
        let judge = |text: &str| {
            let at = text.find("1000").expect("a number");
            is_in_address(text, &(at..at + 13))
        };
        for text in [
            "https://example.go.th/?id=1000000000017",
            "[ก](https://example.go.th/1000000000017)",
            "[ก](1000000000017.pdf)",
            "[ก](<ข 1000000000017.pdf>)",
            "## ก {#1000000000017}",
            "to = \"/1000000000017/\"",
            "path = \"files/1000000000017.pdf\"",
            "path = \"1000000000017.pdf\"",
            "www.example.go.th/1000000000017",
            "a?pid=1000000000017",
        ] {
            assert!(judge(text), "{text}");
        }
        for text in [
            "เลข 1000000000017",
            "name = \"1000000000017\"",
            "[ก](https://example.go.th)1000000000017",
            "<b>1000000000017</b>",
            "ที่ 5/1000000000017",
            "มีหรือไม่?1000000000017",
        ] {
            assert!(!judge(text), "{text}");
        }
    }
}
