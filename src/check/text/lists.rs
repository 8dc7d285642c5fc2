//! Entries of lists that stand twice, that share a line, and what the pages
//! of a print left in the text.

use std::collections::HashMap;

use crate::check::finding::{Found, finding};
use crate::thai::to_arabic;

use super::blocks::Block;
use super::{is_letter, leading};

/// Shorter entries may stand twice: `กองคลัง`, `ไม่มี`.
const LEAST_LETTERS: usize = 15;

pub fn check(blocks: &[Block], found: &mut Found) {
    repeated(blocks, found);
    for block in blocks {
        run_in(block, found);
        leftovers(block, found);
    }
}

/// Entries of one list that say the same.
fn repeated(blocks: &[Block], found: &mut Found) {
    let mut first: HashMap<(usize, String), (usize, &Block)> = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        let Some(list) = block.list else { continue };
        let letters = block.text.chars();
        let letters = letters.filter(|c| is_letter(*c) || c.is_ascii_alphabetic());
        let key: String = letters.collect();
        // Numbers tell entries apart: ไตรมาสที่ ๑, ไตรมาสที่ ๒.
        let numbers: String = to_arabic(body(&block.text))
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        // A line to sign on stands there for each who signs.
        let is_form = block.text.contains("...") || block.text.contains('…');
        if key.chars().count() < LEAST_LETTERS || is_form {
            continue;
        }
        let before = first.insert((list, format!("{key} {numbers}")), (at, block));
        // A step may come again later.
        let is_step = leading(&block.text).is_some();
        let Some((_, before)) = before.filter(|(before, _)| !is_step || before + 1 == at) else {
            continue;
        };
        let short = crate::content::markdown::shorten(block.text.trim(), 60);
        found.push(
            finding(
                "repeated-entry",
                format!("“{short}” มีสองครั้งในรายการเดียวกัน"),
                format!("“{short}” stands twice in one list"),
            )
            .at(block.place.clone())
            .label(before.place.clone(), "ครั้งแรก", "the first"),
        );
    }
}

/// A text without the number that it begins with.
fn body(text: &str) -> &str {
    let text = text.trim_start();
    leading(text).map_or(text, |(_, written)| {
        text.trim_start_matches('(')
            .strip_prefix(written.as_str())
            .unwrap_or(text)
    })
}

/// `๑. ก ๒. ข` in one paragraph: entries that readers can't tell apart.
fn run_in(block: &Block, found: &mut Found) {
    let Some((1, written)) = leading(&block.text) else {
        return;
    };
    let mark = written.chars().next_back().unwrap_or('.');
    let is_thai = written.starts_with('๑');
    let next = if is_thai { '๒' } else { '2' };
    let second = format!("{next}{mark}");
    let text = body(&block.text);
    // `ตามข้อ ๒.` points to an entry and is none.
    let points = |before: &str| {
        let before = before.trim_end();
        ["ข้อ", "วรรค", "หมวด", "ส่วนที่", "ตาม", "มาตรา", "ที่"]
            .iter()
            .any(|w| before.ends_with(w))
    };
    let goes_on = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + second.len()..].chars().next();
        !points(&text[..at])
            && before.is_some_and(|c| c == ' ' || c == '\u{a0}')
            && after.is_some_and(|c| c == ' ' || is_letter(c))
    };
    if !text.match_indices(&second).any(|(at, _)| goes_on(at)) {
        return;
    }
    found.push(
        finding(
            "run-in-list",
            format!("ข้อ “{written}” และ “{second}” อยู่ในย่อหน้าเดียวกัน"),
            format!("the entries “{written}” and “{second}” stand in one paragraph"),
        )
        .at(block.place.clone()),
    );
}

/// What printed pages leave in a text: `(ต่อ)`, `^๑`.
fn leftovers(block: &Block, found: &mut Found) {
    let text = block.text.trim();
    // In minutes a matter goes on in the next meeting.
    let in_minutes = text.contains("วาระ") || text.contains("พิจารณา");
    let is_continued = !in_minutes && (text.ends_with("(ต่อ)") || text.ends_with("( ต่อ )"));
    let raised = text.match_indices('^').find_map(|(at, _)| {
        let mark = text[at + 1..].chars().next()?;
        // `วินาที^2` is a unit.
        let is_power = matches!(mark, '2' | '3');
        let number = (mark.is_ascii_digit() || ('๐'..='๙').contains(&mark)) && !is_power;
        let before = text[..at].chars().next_back();
        (number && before.is_some_and(is_letter)).then(|| format!("^{mark}"))
    });
    let left = raised.or_else(|| is_continued.then(|| "(ต่อ)".to_string()));
    let Some(left) = left else { return };
    found.push(
        finding(
            "print-leftover",
            format!("“{left}” ติดมาจากหน้าเอกสารที่พิมพ์"),
            format!("“{left}” is left over from printed pages"),
        )
        .at(block.place.clone()),
    );
}
