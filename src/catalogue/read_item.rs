//! `[[item]]` and its elements.

use std::collections::HashMap;

use super::field_names;
use super::item::{Element, Evidence, Item, ItemId, PeriodKind};
use super::topic::TopicId;
use super::value::{
    Placed, Target, cited, confidence, did_you_mean, duplicate, placed_texts, reference, require,
    require_choice, require_slug, unique,
};
use crate::diagnostic::{Diagnostic, Place, Say, nearest};
use crate::fields::Fields;

pub(super) fn read_items(
    root: &Fields<'_>,
    topics: &[TopicId],
    refs: &mut Vec<(Target, Placed<String>)>,
) -> Vec<Placed<Item>> {
    unique(root, root.tables("item"), |f| read_item(f, topics, refs))
}

/// The number that `text` stands for, or a message at its place.
pub(super) fn item_id(f: &Fields<'_>, text: Placed<String>) -> Option<Placed<ItemId>> {
    let Placed { value, place } = text;
    match value.parse() {
        Ok(value) => Some(Placed { value, place }),
        Err(_) => {
            f.report(
                Diagnostic::error(
                    "bad-item-number",
                    Say::new(
                        format!("“{value}” ไม่ใช่เลขข้อ"),
                        format!("“{value}” is no item number"),
                    ),
                )
                .at(place)
                .hint(Say::new(
                    "เขียนเป็นตัว O ตามด้วยตัวเลข เช่น O18",
                    "write the letter O and a number, such as O18",
                )),
            );
            None
        }
    }
}

fn read_item(
    f: &Fields<'_>,
    topics: &[TopicId],
    refs: &mut Vec<(Target, Placed<String>)>,
) -> Option<(String, Item)> {
    let id = require(f, "id").and_then(|value| {
        let place = f.place_at("id");
        item_id(f, Placed { value, place })
    });
    let own = known_topics(f, topics);
    if own.is_none() {
        f.missing("topics");
    }
    let own = own.unwrap_or_default();
    let title_th = f.require_text("title_th");
    let period_kind = require_choice(f, "period_kind", PeriodKind::ALL);
    let period_kind = period_kind.unwrap_or(PeriodKind::Current);
    let item = Item {
        id: id.as_ref().map_or(ItemId::FIRST, |id| id.value),
        title_en: f.text("title_en").unwrap_or_else(|| title_th.clone()),
        title_th,
        group: reference(f, "group", Target::Group, refs),
        period_kind,
        period_note: f.text("period_note"),
        publish_hint: f.text("publish_hint").unwrap_or_default(),
        confidence_title: confidence(f, "confidence_title"),
        confidence_elements: confidence(f, "confidence_elements"),
        sources: cited(f, refs),
        note: f.text("note"),
        elements: unique(f, f.tables("element"), |e| {
            read_element(e, &own, period_kind)
        })
        .into_iter()
        .map(|element| element.value)
        .collect(),
        topics: own,
    };
    id.as_ref()?;
    unserved(f, &item);
    Some((item.id.to_string(), item))
}

fn read_element(
    f: &Fields<'_>,
    of_item: &[TopicId],
    of_period: PeriodKind,
) -> Option<(String, Element)> {
    let id = require_slug(f, "id");
    let th = f.require_text("th");
    let element = Element {
        id: id.clone().unwrap_or_default(),
        en: f.text("en").unwrap_or_else(|| th.clone()),
        th,
        evidence: read_evidence(f),
        topics: known_topics(f, of_item).unwrap_or_else(|| of_item.to_vec()),
        period_kind: f
            .choice("period_kind", PeriodKind::ALL)
            .unwrap_or(of_period),
    };
    id.map(|id| (id, element))
}

fn read_evidence(f: &Fields<'_>) -> Vec<Evidence> {
    let texts = placed_texts(f, "evidence");
    if texts.is_empty() {
        f.missing("evidence");
    }
    let mut list = Vec::new();
    for text in once_each(f, texts) {
        match Evidence::read(&text.value) {
            Some(evidence) => list.push(evidence),
            None => f.report(unknown_evidence(&text.value).at(text.place)),
        }
    }
    list
}

fn unknown_evidence(written: &str) -> Diagnostic {
    let fields: Vec<String> = field_names::FIELDS
        .iter()
        .map(|field| format!("field:{}", field.id))
        .collect();
    let known = Evidence::WORDS
        .iter()
        .copied()
        .chain(fields.iter().map(String::as_str));
    let forgot = field_names::field(written).map(|field| format!("field:{}", field.id));
    let near = forgot.as_deref().or_else(|| nearest(written, known));
    Diagnostic::error(
        "unknown-evidence",
        Say::new(
            format!("ไม่รู้จักหลักฐาน “{written}”"),
            format!("“{written}” is no known evidence"),
        ),
    )
    .hint(match near {
        Some(near) => did_you_mean(near),
        None => {
            let words = Evidence::WORDS.join(", ");
            Say::new(
                format!("ใช้ได้: {words} หรือ field: ตามด้วยชื่อช่อง เช่น field:budget"),
                format!("it can be: {words}, or field: and a name, such as field:budget"),
            )
        }
    })
}

/// The topics named, or `None` where none is. What isn't among `known` is
/// reported and left out.
fn known_topics(f: &Fields<'_>, known: &[TopicId]) -> Option<Vec<TopicId>> {
    let texts = placed_texts(f, "topics");
    if texts.is_empty() {
        return None;
    }
    let mut list = Vec::new();
    for text in once_each(f, texts) {
        match known.iter().find(|t| ***t == *text.value) {
            Some(topic) => list.push(topic.clone()),
            None => {
                let names = known.iter().map(|t| &**t);
                f.report(unknown_topic(&text.value, names, known.len()).at(text.place));
            }
        }
    }
    Some(list)
}

fn unknown_topic<'a>(
    written: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    count: usize,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "unknown-topic",
        Say::new(
            format!("ใช้หัวข้อ “{written}” ที่นี่ไม่ได้"),
            format!("there is no topic “{written}” here"),
        ),
    );
    match nearest(written, known.clone()) {
        Some(near) => diagnostic.hint(did_you_mean(near)),
        None if (1..=8).contains(&count) => {
            let names: Vec<&str> = known.collect();
            let names = names.join(", ");
            diagnostic.hint(Say::new(
                format!("ใช้ได้: {names}"),
                format!("it can be: {names}"),
            ))
        }
        None => diagnostic.hint(Say::new(
            "หากเป็นหัวข้อใหม่ของเว็บไซต์นี้ ให้เพิ่ม [[topic]] ก่อน",
            "for a new topic of this site, add a [[topic]] first",
        )),
    }
}

/// Leaves out and reports what a list repeats.
fn once_each(f: &Fields<'_>, texts: Vec<Placed<String>>) -> Vec<Placed<String>> {
    let mut seen: HashMap<String, Place> = HashMap::new();
    let mut list = Vec::with_capacity(texts.len());
    for text in texts {
        if let Some(first) = seen.get(&text.value) {
            f.report(duplicate(&text.value, text.place, first.clone()));
        } else {
            seen.insert(text.value.clone(), text.place.clone());
            list.push(text);
        }
    }
    list
}

/// A topic that no element serves would pass without anything shown.
fn unserved(f: &Fields<'_>, item: &Item) {
    for topic in &item.topics {
        if item.elements_of(topic).next().is_none() {
            f.report(
                Diagnostic::warning(
                    "topic-without-element",
                    Say::new(
                        format!("ข้อ {} ไม่มีองค์ประกอบของหัวข้อ `{topic}`", item.id),
                        format!("{} has no element of its topic `{topic}`", item.id),
                    ),
                )
                .at(f.place_at("id"))
                .hint(Say::new(
                    "เพิ่ม [[item.element]] อย่างน้อยหนึ่งรายการ",
                    "add at least one [[item.element]]",
                )),
            );
        }
    }
}
