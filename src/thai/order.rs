//! Clusters and the order of a Thai dictionary.

use super::digits::digit;
use super::normalise::normalise;

fn is_consonant(c: char) -> bool {
    ('\u{0E01}'..='\u{0E2E}').contains(&c)
}

fn is_leading(c: char) -> bool {
    ('\u{0E40}'..='\u{0E44}').contains(&c)
}

fn is_mark(c: char) -> bool {
    c == '\u{0E31}'
        || ('\u{0E34}'..='\u{0E3A}').contains(&c)
        || ('\u{0E47}'..='\u{0E4E}').contains(&c)
}

fn is_following(c: char) -> bool {
    matches!(c, '\u{0E30}' | '\u{0E32}' | '\u{0E33}' | '\u{0E45}')
}

/// The parts of a text that never come apart: a consonant with the vowels
/// and marks around it, or any other character by itself.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let len = cluster_len(rest)?;
        let (cluster, after) = rest.split_at(len);
        rest = after;
        Some(cluster)
    })
}

pub(super) fn cluster_len(text: &str) -> Option<usize> {
    let mut chars = text.chars().peekable();
    let first = chars.next()?;
    let mut len = first.len_utf8();
    if is_leading(first) {
        match chars.peek() {
            Some(&c) if is_consonant(c) => {
                len += c.len_utf8();
                chars.next();
            }
            _ => return Some(len),
        }
    } else if !is_consonant(first) {
        return Some(len);
    }
    while let Some(&c) = chars.peek() {
        if !is_mark(c) {
            break;
        }
        len += c.len_utf8();
        chars.next();
    }
    if let Some(&c) = chars.peek()
        && is_following(c)
    {
        len += c.len_utf8();
    }
    Some(len)
}

/// A key whose order as text is the order of the Royal Institute dictionary:
/// a leading vowel after its consonant, tone marks only where all else is
/// equal, ฯ and ๆ without weight; runs of digits by their value.
pub fn sort_key(text: &str) -> String {
    let normal = normalise(text).to_lowercase();
    let chars: Vec<char> = normal.chars().collect();
    let mut primary = String::with_capacity(normal.len() + 8);
    let mut secondary = String::new();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if digit(c).is_some() {
            let run: String = chars[i..]
                .iter()
                .map_while(|c| digit(*c))
                .map(|d| char::from(b'0' + d))
                .collect();
            i += run.len();
            let value = run.trim_start_matches('0');
            // The longer number is the larger one.
            let weight = char::from_u32(0x30 + u32::try_from(value.len()).unwrap_or(40).min(40))
                .unwrap_or('0');
            primary.push(weight);
            primary.push_str(value);
            continue;
        }
        let next = chars.get(i + 1).copied();
        if is_leading(c) && next.is_some_and(is_consonant) {
            primary.extend(next);
            primary.push(c);
            i += 2;
            continue;
        }
        if matches!(c, 'ฯ' | 'ๆ') {
            i += 1;
            continue;
        }
        if ('\u{0E47}'..='\u{0E4C}').contains(&c) {
            secondary.push(c);
        } else {
            primary.push(c);
        }
        i += 1;
    }
    primary.push('\u{1}');
    primary.push_str(&secondary);
    primary
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn words_stand_as_in_a_dictionary() {
        let mut words = [
            "แม่",
            "เกม",
            "กา",
            "ไก่",
            "ก่า",
            "กอง 10",
            "กอง 2",
            "ขา",
            "เขา",
        ];
        words.sort_by_key(|w| sort_key(w));
        assert_eq!(
            words,
            [
                "กอง 2",
                "กอง 10",
                "กา",
                "ก่า",
                "เกม",
                "ไก่",
                "ขา",
                "เขา",
                "แม่"
            ]
        );
    }

    #[test]
    fn clusters_join_to_the_text() {
        let all: Vec<&str> = clusters("เก่งน้ำใจ ab").collect();
        assert_eq!(all, ["เก่", "ง", "น้ำ", "ใจ", " ", "a", "b"]);
        any_strings(|text| {
            assert_eq!(clusters(text).collect::<String>(), text);
            let _ = sort_key(text);
        });
    }
}
