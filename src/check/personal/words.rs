//! The words around a place, as rules compare them.

use std::ops::Range;

use crate::thai::is_unseen;

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
        .filter(|c| !c.is_whitespace() && !is_unseen(*c) && *c != '.')
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace("\u{E4D}\u{E32}", "\u{E33}")
}

/// Whether squeezed words hold any of these. Where a PDF gave letters that
/// nobody can read, the consonants of a long word are enough.
pub fn says(words: &str, any: &[&str]) -> bool {
    if any.iter().any(|word| words.contains(word)) {
        return true;
    }
    if !words.contains(char::REPLACEMENT_CHARACTER) {
        return false;
    }
    let words = consonants(words);
    any.iter()
        .map(|word| consonants(word))
        .any(|word| word.chars().count() >= LONG && words.contains(&word))
}

/// As many consonants as say a word without its vowels.
const LONG: usize = 7;

fn consonants(text: &str) -> String {
    text.chars().filter(|c| ('ก'..='ฮ').contains(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_through_the_spaces_of_a_pdf() {
        let text = "เลข ประจ ํ าตัว ประชาชน 1000000000017";
        let at = text.find('1').expect("there");
        assert!(around(text, &(at..text.len()), 100, 0).contains("ประจำตัวประชาชน"));
    }

    #[test]
    fn a_word_is_found_though_a_pdf_lost_its_vowels() {
        let any = ["บัตรประชาชน", "ปชช"];
        assert!(says(&squeezed("บ ัตรประช \u{FFFD}ชน"), &any));
        assert!(!says("บตรปรชชน", &any));
        assert!(!says("ปชช\u{FFFD}", &["บัตรประชาชน"]));
    }
}
