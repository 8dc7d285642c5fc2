//! The quality of texts that were pasted from reports, scans and old
//! programs: letters that look right and are not, words that are misspelt,
//! broken or cut off, words and numbers that stand twice.

mod blocks;
mod broken;
mod cut_off;
mod doubled;
mod laws;
mod letters;
mod lists;
mod numbering;
mod spelling;
mod words;

use std::ops::Range;

use crate::content::TakenApart;

use super::finding::Found;
use super::judged::Sheet;
use words::Words;

pub(super) use numbering::leading;
pub use spelling::Spelling;

pub fn of_text(text: &TakenApart<'_>, spelling: &Spelling, found: &mut Found) {
    each_word(&words::of_text(text), spelling, found);
    let blocks = blocks::of_text(text);
    cut_off::check(&blocks, found);
    lists::check(&blocks, found);
    numbering::check(text, found);
}

pub fn of_sheet(sheet: &Sheet, spelling: &Spelling, found: &mut Found) {
    each_word(&words::of_sheet(sheet), spelling, found);
}

fn each_word(texts: &[Words<'_>], spelling: &Spelling, found: &mut Found) {
    letters::check(texts, found);
    spelling.check(texts, found);
    for text in texts {
        doubled::check(text, found);
        broken::check(text, found);
        laws::check(text, found);
    }
}

/// The terms of the field; a dot (·) stands where a space is as right as none.
fn terms() -> impl Iterator<Item = &'static str> {
    lines_of_terms().filter(|line| !line.starts_with('='))
}

/// Words that are right, though a letter away from a term.
fn also_right() -> impl Iterator<Item = &'static str> {
    lines_of_terms().filter_map(|line| line.strip_prefix('='))
}

fn lines_of_terms() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("terms.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Letters, vowels and tone marks that words are made of.
fn is_letter(c: char) -> bool {
    letters::is_thai(c) && !matches!(c, 'ฯ' | 'ๆ')
}

/// Whether a range begins and ends where clusters do.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let goes_on = |at: usize| {
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        next.is_some_and(
            |c| matches!(c, '\u{0E30}'..='\u{0E3A}' | '\u{0E45}' | '\u{0E47}'..='\u{0E4E}'),
        )
    };
    !goes_on(range.start) && !goes_on(range.end)
}
