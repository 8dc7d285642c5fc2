//! Texts that are nearly the same.

use std::collections::HashMap;

use crate::content::measures::MeasureRow;
use crate::site::Site;
use crate::site::measures::MeasuresDocument;
use crate::thai::fold_key;

use super::{Found, finding, name_of, words};

/// Shorter texts are alike by chance.
const LEAST_LETTERS: usize = 30;
/// Enough of a long text to know it by; the comparison takes the square.
const MOST_LETTERS: usize = 1_500;
const COPY: f64 = 0.85;
const ROW_COPY: f64 = 0.9;

/// What counts of a text: its letters and digits, without the numbers of
/// points.
fn bare(text: &str) -> Vec<char> {
    text.lines()
        .map(|line| line.trim_start_matches(|c: char| !c.is_alphabetic()))
        .flat_map(|line| fold_key(line).chars().collect::<Vec<_>>())
        .filter(|c| c.is_alphanumeric() || ('\u{0E30}'..='\u{0E4E}').contains(c))
        .take(MOST_LETTERS)
        .collect()
}

fn alike(a: &[char], b: &[char], least: f64) -> bool {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short <= LEAST_LETTERS || (short as f64) < least * long as f64 {
        return false;
    }
    if letters_apart(a, b) as f64 > (1.0 - least) * long as f64 {
        return false;
    }
    let distance = strsim::generic_levenshtein(&Letters(a), &Letters(b));
    1.0 - distance as f64 / long as f64 >= least
}

/// How many letters one of the texts has and the other has not: no fewer must
/// change. Tells most pairs apart without comparing them.
fn letters_apart(a: &[char], b: &[char]) -> usize {
    let mut counts: HashMap<char, isize> = HashMap::new();
    for c in a {
        *counts.entry(*c).or_default() += 1;
    }
    for c in b {
        *counts.entry(*c).or_default() -= 1;
    }
    let more: isize = counts.values().filter(|n| **n > 0).sum();
    let less: isize = counts.values().filter(|n| **n < 0).sum();
    more.max(-less).unsigned_abs()
}

struct Letters<'a>(&'a [char]);

impl<'a> IntoIterator for &'a Letters<'_> {
    type Item = &'a char;
    type IntoIter = std::slice::Iter<'a, char>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Whether a text says nearly what another one says.
pub fn repeats(a: &str, b: &str) -> bool {
    alike(&bare(a), &bare(b), COPY)
}

/// Whether two texts differ by a word at most.
pub fn nearly_same(a: &str, b: &str) -> bool {
    alike(&bare(a), &bare(b), ROW_COPY)
}

/// Rows that were made from one another and not finished.
pub fn near_copies(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    let texts: Vec<Vec<char>> = file.rows.iter().map(row_text).collect();
    for (later, text) in texts.iter().enumerate() {
        let first = texts[..later].iter().position(|t| alike(t, text, ROW_COPY));
        let (Some(first), Some(row)) = (first.and_then(|i| file.rows.get(i)), file.rows.get(later))
        else {
            continue;
        };
        let name = name_of(file, row, None);
        found.push(
            finding(
                "near-copy-row",
                format!("แถว “{name}” เกือบเหมือนอีกแถวทุกคำ"),
                format!("the row “{name}” is nearly the same as another one"),
            )
            .at(row.place.clone())
            .label(first.place.clone(), "แถวที่คล้ายกัน", "the row that it is like")
            .of_year(document.year),
        );
    }
}

fn row_text(row: &MeasureRow) -> Vec<char> {
    let lists = [
        &row.approach,
        &row.steps,
        &row.monitoring,
        &row.result,
        &row.outcome,
    ];
    let mut text = row.title.clone().unwrap_or_default();
    for list in lists {
        text.push('\n');
        text.push_str(&words(list));
    }
    bare(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_points_spaces_and_a_word_do_not_part_texts() {
        let plan = "๑. จัดทำคู่มือการให้บริการประชาชน\n๒. ติดไว้ที่จุดบริการทุกแห่ง";
        assert!(repeats(
            plan,
            "จัดทำคู่มือการให้บริการ ประชาชน ติดไว้ที่จุดบริการทุกแห่งแล้ว"
        ));
        assert!(!repeats(
            plan,
            "เวลารอเฉลี่ยลดจาก 25 นาทีเหลือ 12 นาที ผู้รับบริการพอใจมากขึ้น"
        ));
        assert!(!repeats("ติดป้ายแล้ว", "ติดป้ายแล้ว"), "too short to tell");
    }

    #[test]
    fn the_quick_look_never_parts_what_is_alike() {
        let a: Vec<char> = "ทบทวนแผนการใช้จ่ายงบประมาณประจำปี".chars().collect();
        let b: Vec<char> = "ทบทวนแผนใช้จ่ายงบประมาณประจำปีนี้".chars().collect();
        let distance = strsim::generic_levenshtein(&Letters(&a), &Letters(&b));
        assert!(letters_apart(&a, &b) <= distance);
    }
}
