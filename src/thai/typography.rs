//! Spaces that must not break a line: before ๆ, inside dates, between a
//! number and its unit.

use std::borrow::Cow;

use super::date::month_named;
use super::digits::digit;

const NBSP: char = '\u{a0}';

/// Replaces such spaces with no-break spaces; nothing else changes.
pub fn bind(text: &str) -> Cow<'_, str> {
    let worth = text.contains(' ') && text.chars().any(|c| c == 'ๆ' || digit(c).is_some());
    if !worth {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (i, word) in words.iter().enumerate() {
        out.push_str(word);
        if let Some(next) = words.get(i + 1) {
            out.push(if binds(word, next) { NBSP } else { ' ' });
        }
    }
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

fn is_number(word: &str) -> bool {
    word.chars().next_back().is_some_and(|c| digit(c).is_some())
        && word
            .chars()
            .all(|c| digit(c).is_some() || matches!(c, ',' | '.' | '('))
}

fn binds(word: &str, next: &str) -> bool {
    if next.starts_with('ๆ') {
        return !word.is_empty();
    }
    let number_next = next.chars().next().is_some_and(|c| digit(c).is_some());
    if number_next && (month_named(word).is_some() || word.ends_with("พ.ศ.")) {
        return true;
    }
    if !is_number(word) {
        return false;
    }
    let bare = next.trim_end_matches(|c: char| {
        !c.is_alphabetic() && !('\u{0E01}'..='\u{0E4E}').contains(&c) && c != '.'
    });
    month_named(bare).is_some()
        || ["บาท", "คน", "วัน", "ราย", "เรื่อง", "แห่ง", "พ.ศ."]
            .iter()
            .any(|u| next.starts_with(u))
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn dates_and_repetition_hold_together() {
        assert_eq!(
            bind("เมื่อ 31 มี.ค. 2568 และอื่น ๆ"),
            "เมื่อ 31\u{a0}มี.ค.\u{a0}2568 และอื่น\u{a0}ๆ"
        );
        assert_eq!(bind("จำนวน 1,200 บาท"), "จำนวน 1,200\u{a0}บาท");
        assert!(matches!(bind("ไม่มีอะไร เลย"), Cow::Borrowed(_)));
    }

    #[test]
    fn only_spaces_change() {
        any_strings(|text| assert_eq!(bind(text).replace(NBSP, " "), text.replace(NBSP, " ")));
    }
}
