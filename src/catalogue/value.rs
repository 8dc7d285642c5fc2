//! Values that several readers of the catalogue take in the same way.

use std::collections::HashMap;

use super::words::Confidence;
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::{Fields, Value};
use crate::thai::Date;

/// Something read, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub value: T,
    pub place: Place,
}

/// What a reference in a file must name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Group,
    Indicator,
    Source,
}

/// Reads each table of a list; of two with the same id the first holds, and
/// the second is reported.
pub(super) fn unique<T>(
    root: &Fields<'_>,
    tables: Vec<Fields<'_>>,
    mut read: impl FnMut(&Fields<'_>) -> Option<(String, T)>,
) -> Vec<Placed<T>> {
    let mut seen: HashMap<String, Place> = HashMap::new();
    let mut list = Vec::new();
    for f in tables {
        let place = f.place_at("id");
        if let Some((id, value)) = read(&f) {
            if let Some(first) = seen.get(&id) {
                root.report(duplicate(&id, place, first.clone()));
            } else {
                seen.insert(id, place.clone());
                list.push(Placed { value, place });
            }
        }
        f.finish();
    }
    list
}

pub(super) fn duplicate(id: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::error(
        "duplicate-id",
        Say::new(
            format!("`{id}` มีซ้ำสองครั้ง"),
            format!("`{id}` is given twice"),
        ),
    )
    .at(place)
    .label(first, Say::new("ครั้งแรกอยู่ที่นี่", "the first is here"))
}

/// Text that must be there; `None` after the message that it is not.
pub(super) fn require(f: &Fields<'_>, key: &'static str) -> Option<String> {
    Some(f.require_text(key)).filter(|text| !text.is_empty())
}

/// An id of lower-case letters, digits and single hyphens.
pub(super) fn require_slug(f: &Fields<'_>, key: &'static str) -> Option<String> {
    let id = require(f, key)?;
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if id.split('-').all(word) {
        return Some(id);
    }
    f.report(
        Diagnostic::error(
            "bad-id",
            Say::new(
                format!("รหัส “{id}” ใช้ไม่ได้"),
                format!("“{id}” can't be an id"),
            ),
        )
        .at(f.place_at(key))
        .hint(Say::new(
            "ใช้ตัวอักษร a-z ตัวเล็กและตัวเลข คั่นด้วยขีดกลาง เช่น flood-report",
            "use small letters a-z and digits, joined by hyphens, such as flood-report",
        )),
    );
    None
}

pub(super) fn require_choice<T: Copy>(
    f: &Fields<'_>,
    key: &'static str,
    all: &[(T, &[&str])],
) -> Option<T> {
    if !f.has(key) {
        f.missing(key);
    }
    f.choice(key, all)
}

/// A site states what it has read itself, so that nothing said means sure.
pub(super) fn confidence(f: &Fields<'_>, key: &'static str) -> Confidence {
    f.choice(key, Confidence::ALL).unwrap_or(Confidence::High)
}

/// A whole number from 0 to `most`.
pub(super) fn number(f: &Fields<'_>, key: &'static str, most: u16) -> Option<u16> {
    let written = f.count(key)?;
    let value = u16::try_from(written.value).ok().filter(|n| *n <= most);
    if value.is_none() {
        f.report(
            Diagnostic::error(
                "out-of-range",
                Say::new(
                    format!("`{key}` ต้องเป็นจำนวนเต็ม 0 ถึง {most}"),
                    format!("`{key}` takes a whole number from 0 to {most}"),
                ),
            )
            .at(f.place_at(key)),
        );
    }
    value
}

pub(super) fn require_date(f: &Fields<'_>, key: &'static str) -> Option<Date> {
    if !f.has(key) {
        f.missing(key);
    }
    f.date(key).map(|written| written.value)
}

/// Each text of a list, with its own place.
pub(super) fn placed_texts(f: &Fields<'_>, key: &'static str) -> Vec<Placed<String>> {
    let Some(node) = f.node(key) else {
        return Vec::new();
    };
    let nodes = match &node.value {
        Value::List(nodes) => nodes.iter().collect(),
        _ => vec![node],
    };
    nodes
        .into_iter()
        .filter_map(|node| {
            Some(Placed {
                value: f.node_text(key, node)?,
                place: f.place_of(&node.at),
            })
        })
        .collect()
}

/// The sources that a table cites.
pub(super) fn cited(f: &Fields<'_>, refs: &mut Vec<(Target, Placed<String>)>) -> Vec<String> {
    let texts = placed_texts(f, "sources");
    let ids = texts.iter().map(|t| t.value.clone()).collect();
    refs.extend(texts.into_iter().map(|t| (Target::Source, t)));
    ids
}

pub(super) fn reference(
    f: &Fields<'_>,
    key: &'static str,
    target: Target,
    refs: &mut Vec<(Target, Placed<String>)>,
) -> String {
    let value = f.require_text(key);
    if !value.is_empty() {
        let place = f.place_at(key);
        let value = value.clone();
        refs.push((target, Placed { value, place }));
    }
    value
}

pub(super) fn did_you_mean(near: &str) -> Say {
    Say::new(
        format!("หมายถึง \"{near}\" หรือไม่"),
        format!("did you mean \"{near}\"?"),
    )
}
