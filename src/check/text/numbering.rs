//! Printed numbers of lists, groups and measures that repeat or jump.

use crate::check::finding::{Found, finding};
use crate::content::Reread;
use crate::diagnostic::At;
use crate::fields::{Node, Table, Value};
use crate::thai::to_arabic;

/// Lists of tables whose `no` is printed.
const NUMBERED: &[&str] = &[
    "group",
    "measure",
    "report",
    "issue",
    "points",
    "approach",
    "steps",
    "monitoring",
    "result",
    "outcome",
    "recommendations",
];
/// Where one of these changes, numbers start anew.
const PARTS: &[&str] = &["group", "instrument", "indicators"];
/// A larger number is a year or an amount, a larger step another numbering.
const LARGEST: u32 = 200;
const LARGEST_STEP: u32 = 5;

/// An entry with a printed number.
struct Numbered<'t> {
    number: u32,
    written: String,
    at: &'t At,
}

pub fn check(text: &Reread, found: &mut Found) {
    lines(text, found);
    of_table(text, &text.fields, found);
}

fn of_table(text: &Reread, table: &Table, found: &mut Found) {
    for entry in &table.entries {
        of_node(text, &entry.key, &entry.node, found);
    }
}

fn of_node(text: &Reread, key: &str, node: &Node, found: &mut Found) {
    match &node.value {
        Value::Table(table) => of_table(text, table, found),
        Value::List(items) => {
            of_list(text, key, items, found);
            for item in items {
                of_node(text, key, item, found);
            }
        }
        _ => {}
    }
}

fn of_list(text: &Reread, key: &str, items: &[Node], found: &mut Found) {
    let mut parts: Vec<Vec<Numbered<'_>>> = vec![Vec::new()];
    let mut last_part = None;
    for item in items {
        let one = match &item.value {
            Value::Text(text) => leading(text).map(|(number, written)| Numbered {
                number,
                written,
                at: &item.at,
            }),
            Value::Table(table) if NUMBERED.contains(&key) => {
                let part: Vec<String> = PARTS.iter().map(|p| plain(table.get(p))).collect();
                if last_part.as_ref().is_some_and(|last| *last != part) {
                    parts.push(Vec::new());
                }
                last_part = Some(part);
                table.get("no").and_then(|no| {
                    let written = plain(Some(no));
                    let (number, _) = leading(&format!("{} ", with_dot(&written)))?;
                    Some(Numbered {
                        number,
                        written,
                        at: &no.at,
                    })
                })
            }
            _ => None,
        };
        match one {
            Some(one) => {
                if let Some(part) = parts.last_mut() {
                    part.push(one);
                }
            }
            // What has no number may belong to the one before it or not.
            None => parts.push(Vec::new()),
        }
    }
    for part in &parts {
        judge(text, part, found);
    }
}

fn plain(node: Option<&Node>) -> String {
    match node.map(|n| &n.value) {
        Some(Value::Text(text) | Value::Bare(text)) => text.trim().to_string(),
        Some(Value::List(items)) => items.iter().map(|i| plain(Some(i)) + " ").collect(),
        _ => String::new(),
    }
}

fn with_dot(number: &str) -> String {
    let bare = number.trim_end_matches(['.', ')']).trim_start_matches('(');
    format!("{bare}.")
}

/// The number at the start of a text, and as it is written: `๑.`, `2)`, `(3)`.
pub(in crate::check) fn leading(text: &str) -> Option<(u32, String)> {
    let text = text.trim_start();
    let open = text.strip_prefix('(').unwrap_or(text);
    let is_digit = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c);
    let digits: String = open.chars().take_while(|c| is_digit(*c)).collect();
    let rest = open.get(digits.len()..)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    // `1.1` is a step below, `1.5 ล้าน` an amount.
    if rest[1..].starts_with(is_digit) {
        return None;
    }
    let number: u32 = to_arabic(&digits).parse().ok()?;
    (1..=LARGEST)
        .contains(&number)
        .then(|| (number, format!("{digits}{mark}")))
}

fn judge(text: &Reread, part: &[Numbered<'_>], found: &mut Found) {
    // Markdown may number every entry with 1.
    if part.windows(2).all(|pair| pair[0].number == pair[1].number) {
        return;
    }
    mixed(text, part, found);
    for pair in part.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let (code, th, en) = if now.number == before.number {
            ("numbering-repeats", "ซ้ำกับลำดับก่อนหน้า", "stands twice")
        } else if now.number > before.number + 1 && now.number - before.number <= LARGEST_STEP {
            ("numbering-jumps", "ข้ามลำดับ", "leaves a gap")
        } else {
            continue;
        };
        let (written, last) = (&now.written, &before.written);
        found.push(
            finding(
                code,
                format!("ลำดับ “{written}” {th} (ก่อนหน้าคือ “{last}”)"),
                format!("the number “{written}” {en} (after “{last}”)"),
            )
            .at(text.place_at(now.at)),
        );
    }
}

/// A list that goes on in the other kind of digits.
fn mixed(text: &Reread, part: &[Numbered<'_>], found: &mut Found) {
    let is_thai = |one: &Numbered<'_>| one.written.contains(|c| ('๐'..='๙').contains(&c));
    let goes_on = |pair: &&[Numbered<'_>]| {
        pair[1].number == pair[0].number + 1 && is_thai(&pair[0]) != is_thai(&pair[1])
    };
    let Some([before, now]) = part.windows(2).find(goes_on) else {
        return;
    };
    let (written, last) = (&now.written, &before.written);
    found.push(
        finding(
            "mixed-digits",
            format!("ลำดับ “{written}” ต่อจาก “{last}” เป็นเลขคนละแบบ"),
            format!("the number “{written}” after “{last}” is in other digits"),
        )
        .at(text.place_at(now.at)),
    );
}

/// Lines of a Markdown text that follow each other and start with a number.
fn lines(text: &Reread, found: &mut Found) {
    let mut places: Vec<(u32, String, At)> = Vec::new();
    let mut at = text.body.start;
    let mut in_code = false;
    let flush = |places: &mut Vec<(u32, String, At)>, found: &mut Found| {
        let part: Vec<Numbered<'_>> = places
            .iter()
            .map(|(number, written, at)| Numbered {
                number: *number,
                written: written.clone(),
                at,
            })
            .collect();
        judge(text, &part, found);
        places.clear();
    };
    let body = text.text.get(text.body.clone()).unwrap_or_default();
    for line in body.split_inclusive('\n') {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        let is_indented = line.starts_with([' ', '\t']);
        match leading(line).filter(|_| !in_code && !is_indented) {
            Some((number, written)) => {
                let end = at + written.len();
                places.push((number, written, At::Span((at..end).into())));
            }
            // Below an entry stands what belongs to it.
            None if line.trim().is_empty() || is_indented => {}
            None => flush(&mut places, found),
        }
        at += line.len();
    }
    flush(&mut places, found);
}
