//! Words for those who can't see a picture. Pictures without any are told
//! when the page is made.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::check::finding::{Found, finding};
use crate::content::{Reread, TakenApart};
use crate::diagnostic::Place;
use crate::fields::{Table, Value};
use crate::thai;

/// As they stand alone, without numbers.
const EMPTY: &[&str] = &[
    "image",
    "images",
    "img",
    "picture",
    "pic",
    "photo",
    "photograph",
    "figure",
    "graphic",
    "logo",
    "รูป",
    "รูปภาพ",
    "ภาพ",
    "ภาพถ่าย",
    "ภาพประกอบ",
    "รูปถ่าย",
    "รูปประกอบ",
    "ภาพกิจกรรม",
    "รูปกิจกรรม",
    "โลโก้",
    "alt",
    "alt text",
];

pub fn check(text: &TakenApart<'_>, found: &mut Found) {
    of_table(text, &text.fields, found);
    of_markdown(text, found);
}

fn of_table(text: &Reread, table: &Table, found: &mut Found) {
    let word = |key: &str| match table.get(key).map(|n| (&n.value, &n.at)) {
        Some((Value::Text(text), at)) => Some((text.as_str(), at)),
        _ => None,
    };
    if let (Some((path, _)), Some((alt, at))) = (word("path"), word("alt")) {
        judge(alt, path, None, text.place_at(at), found);
    }
    for entry in &table.entries {
        of_value(text, &entry.node.value, found);
    }
}

fn of_value(text: &Reread, value: &Value, found: &mut Found) {
    match value {
        Value::Table(table) => of_table(text, table, found),
        Value::List(nodes) => nodes.iter().for_each(|n| of_value(text, &n.value, found)),
        _ => {}
    }
}

fn of_markdown(text: &TakenApart<'_>, found: &mut Found) {
    let mut open: Option<(String, Range<usize>, String)> = None;
    // The picture just closed, until the words after it are known.
    let mut closed: Option<(String, Range<usize>, String)> = None;
    let mut block = String::new();
    let mut before = String::new();
    for (event, range) in text.events() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                open = Some((dest_url.to_string(), range, String::new()));
            }
            Event::End(TagEnd::Image) => {
                let Some((path, range, alt)) = open.take() else {
                    continue;
                };
                let around = if block.trim().is_empty() {
                    &before
                } else {
                    &block
                };
                let same = is_same(&alt, around);
                judge(
                    &alt,
                    &path,
                    same.then_some(around),
                    text.place(range.clone()),
                    found,
                );
                closed = (!same).then_some((path, range, alt));
            }
            Event::Text(words) | Event::Code(words) => match &mut open {
                Some((.., alt)) => alt.push_str(words),
                None => block.push_str(words),
            },
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => {
                let words = std::mem::take(&mut block);
                if words.trim().is_empty() {
                    continue;
                }
                if let Some((path, range, alt)) = closed.take()
                    && is_same(&alt, &words)
                    && !says_nothing(&alt, &path)
                {
                    judge(&alt, &path, Some(&words), text.place(range), found);
                }
                before = words;
            }
            _ => {}
        }
    }
}

fn is_same(alt: &str, words: &str) -> bool {
    !alt.trim().is_empty() && thai::fold_key(alt) == thai::fold_key(words)
}

fn judge(alt: &str, path: &str, same: Option<&String>, place: Place, found: &mut Found) {
    let said = alt.trim();
    // None at all is told when the page is made.
    if said.is_empty() {
        return;
    }
    let (th, en) = if says_nothing(said, path) {
        (
            format!("คำบรรยายภาพ “{said}” ไม่บอกว่าเห็นอะไรในภาพ"),
            format!("the alternative text “{said}” does not say what the picture shows"),
        )
    } else if same.is_some() {
        (
            format!("คำบรรยายภาพ “{said}” ซ้ำกับข้อความข้างภาพ โปรแกรมอ่านจอจะอ่านซ้ำสองครั้ง"),
            format!(
                "the alternative text “{said}” repeats the words beside the picture; a screen reader says them twice"
            ),
        )
    } else {
        return;
    };
    found.push(finding("poor-alt", th, en).at(place));
}

fn says_nothing(alt: &str, path: &str) -> bool {
    let key = thai::fold_key(alt.trim_matches(|c: char| !c.is_alphanumeric()));
    let bare = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let decoded = crate::site::refer::percent_decode(path);
    let name = decoded.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let lower = alt.trim().to_lowercase();
    // A name in words, such as “garbage truck”, may well be what is seen.
    let is_stem = key == thai::fold_key(stem) && !alt.trim().contains(' ') && alt.is_ascii();
    is_stem
        || [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"]
            .iter()
            .any(|end| lower.ends_with(end))
        || bare.is_empty()
        || EMPTY.iter().any(|empty| thai::fold_key(empty) == bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_show_nothing() {
        for (alt, path) in [
            ("image", "a.jpg"),
            ("รูปภาพ 1", "a.jpg"),
            ("IMG_1234", "files/IMG_1234.jpg"),
            ("board.jpg", "files/other.jpg"),
            ("(ภาพประกอบ)", "a.jpg"),
        ] {
            assert!(says_nothing(alt, path), "{alt}");
        }
        for (alt, path) in [
            ("ป้ายประกาศหน้าสำนักงาน", "a.jpg"),
            ("garbage truck", "garbage-truck.jpg"),
            ("รถขยะ", "รถขยะ.jpg"),
        ] {
            assert!(!says_nothing(alt, path), "{alt}");
        }
    }
}
