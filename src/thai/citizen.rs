//! Numbers of persons: thirteen digits, the last of which checks the others
//! (Department of Provincial Administration; weights 13 to 2, modulo 11).
//! A first digit from 1 to 8 is a person; 0 is a juristic person, whose
//! number is public.

use std::borrow::Cow;

use super::digits::digit;

/// Whether thirteen ASCII digits are the number of a person.
pub fn is_citizen_number(digits: &str) -> bool {
    let values: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    if values.len() != 13 || digits.len() != 13 {
        return false;
    }
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return false;
    };
    let sum: u32 = values
        .iter()
        .take(12)
        .zip((2..=13).rev())
        .map(|(d, w)| d * w)
        .sum();
    (1..=8).contains(first) && (11 - sum % 11) % 10 == *last
}

/// The first five digits stay, the others become `x`; hyphens and spaces stay
/// where they are.
pub fn mask_citizen_numbers(text: &str) -> Cow<'_, str> {
    let digits = text
        .chars()
        .filter(|c| digit(*c).is_some())
        .take(13)
        .count();
    if digits < 13 {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut masked = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let starts = chars.get(i).is_some_and(|c| digit(*c).is_some());
        let alone = i == 0 || chars.get(i - 1).is_none_or(|c| digit(*c).is_none());
        if starts && alone {
            let run = number_run(&chars, i);
            if run.len() == 13 {
                let text: String = run
                    .iter()
                    .filter_map(|&at| chars.get(at).and_then(|c| digit(*c)))
                    .map(|d| char::from(b'0' + d))
                    .collect();
                if is_citizen_number(&text) {
                    masked.extend_from_slice(&run[5..]);
                }
            }
            // A run may begin within a longer group: `2568 1-1012-…`.
            i = match chars[i..].iter().position(|c| digit(*c).is_none()) {
                Some(len) => i + len,
                None => chars.len(),
            };
        } else {
            i += 1;
        }
    }
    if masked.is_empty() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        chars
            .iter()
            .enumerate()
            .map(|(at, c)| {
                if masked.binary_search(&at).is_ok() {
                    'x'
                } else {
                    *c
                }
            })
            .collect(),
    )
}

/// Places of digits that form one number from `start`: single hyphens and
/// spaces may part groups. Thirteen digits, then no further digit.
fn number_run(chars: &[char], start: usize) -> Vec<usize> {
    let mut places = Vec::new();
    let mut i = start;
    while let Some(&c) = chars.get(i) {
        if digit(c).is_some() {
            if places.len() == 13 {
                return Vec::new();
            }
            places.push(i);
            i += 1;
        } else if places.len() < 13
            && matches!(c, '-' | '–' | '\u{2011}' | ' ' | '\u{a0}')
            && chars.get(i + 1).is_some_and(|n| digit(*n).is_some())
        {
            i += 1;
        } else {
            break;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::testing::any_strings;
    use super::*;

    #[test]
    fn a_persons_number_is_masked_in_every_writing() {
        for (text, want) in [
            ("เลข 1000000000017 ค่ะ", "เลข 10000xxxxxxxx ค่ะ"),
            ("1-0000-00000-01-7", "1-0000-xxxxx-xx-x"),
            ("๑-๐๐๐๐-๐๐๐๐๐-๐๑-๗", "๑-๐๐๐๐-xxxxx-xx-x"),
            ("1 0000 00000 01 7", "1 0000 xxxxx xx x"),
        ] {
            assert_eq!(mask_citizen_numbers(text), want);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "0105536000315",
            "1000000000018",
            "67129012345",
            "12345678901234567",
            "1,000,000,000,017",
        ] {
            assert_eq!(mask_citizen_numbers(text), text);
        }
    }

    #[test]
    fn any_text_keeps_its_length() {
        any_strings(|text| {
            assert_eq!(
                mask_citizen_numbers(text).chars().count(),
                text.chars().count()
            );
        });
    }
}
