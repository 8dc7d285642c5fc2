//! How items follow each other through the years: for each topic its number
//! in each year, and what happened between years.

use std::collections::BTreeMap;

use super::item::ItemId;
use super::read_item::item_id;
use super::topic::TopicId;
use super::value::{Placed, confidence, did_you_mean, require, require_choice, unique};
use super::words::{Confidence, words};
use crate::diagnostic::{Diagnostic, Place, Say, nearest};
use crate::fields::Fields;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crosswalk {
    /// In the order of the topics.
    pub topics: Vec<TopicHistory>,
}

impl Crosswalk {
    pub fn of(&self, topic: &str) -> Option<&TopicHistory> {
        self.topics.iter().find(|t| *t.topic == *topic)
    }

    /// What happened to a topic, oldest first.
    pub fn relations(&self, topic: &str) -> &[Relation] {
        self.of(topic).map_or(&[], |t| &t.relations)
    }

    pub(super) fn read(root: &Fields<'_>, topics: &[TopicId]) -> Crosswalk {
        let topics = unique(root, root.tables("topic"), |f| {
            let id = topic(f, "id", topics);
            let items = read_items(f);
            let relations = f
                .tables("relation")
                .into_iter()
                .filter_map(|r| {
                    let relation = read_relation(&r, topics);
                    r.finish();
                    relation
                })
                .collect();
            id.map(|topic| {
                let history = TopicHistory {
                    topic: topic.clone(),
                    items,
                    relations,
                };
                (topic.to_string(), history)
            })
        });
        Crosswalk {
            topics: topics.into_iter().map(|t| t.value).collect(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicHistory {
    pub topic: TopicId,
    /// As the built-in catalogues have it. `Catalogues::years_of_topic` counts
    /// a site's own catalogues too.
    pub items: BTreeMap<u16, ItemId>,
    pub relations: Vec<Relation>,
}

/// One change between a year and the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The first assessment year in which it holds.
    pub year: u16,
    pub kind: RelationKind,
    /// The other topic; given exactly for the kinds that have one.
    pub target: Option<TopicId>,
    pub confidence: Confidence,
    pub note: String,
}

words! {
    pub enum RelationKind {
        Added = "added",
        Dropped = "dropped",
        Returned = "returned",
        /// The same topic with another demand, period, title or group.
        Changed = "changed",
        /// From then on in one item with the target.
        MergedInto = "merged_into",
        /// No longer in one item with the target.
        SplitFrom = "split_from",
        /// No item any more; the target comes nearest.
        ReplacedBy = "replaced_by",
    }
}

impl RelationKind {
    pub const fn has_target(self) -> bool {
        matches!(
            self,
            RelationKind::MergedInto | RelationKind::SplitFrom | RelationKind::ReplacedBy
        )
    }
}

fn read_items(f: &Fields<'_>) -> BTreeMap<u16, ItemId> {
    let mut items = BTreeMap::new();
    for (key, place, node) in f.map("items") {
        let year = key
            .parse::<u16>()
            .ok()
            .filter(|y| (2500..=2700).contains(y));
        let id = f.node_text("items", node).and_then(|value| {
            let place = f.place_of(&node.at);
            item_id(f, Placed { value, place })
        });
        match (year, id) {
            (Some(year), Some(id)) => {
                items.insert(year, id.value);
            }
            (None, _) => f.report(not_a_year(key, place)),
            (Some(_), None) => {}
        }
    }
    items
}

fn not_a_year(written: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        "bad-year",
        Say::new(
            format!("“{written}” ไม่ใช่ปี พ.ศ."),
            format!("“{written}” is no year of the Buddhist Era"),
        ),
    )
    .at(place)
}

pub(super) fn read_relation(f: &Fields<'_>, topics: &[TopicId]) -> Option<Relation> {
    if !f.has("year") {
        f.missing("year");
    }
    let year = f.year("year");
    let kind = require_choice(f, "kind", RelationKind::ALL);
    let target = if f.has("target") {
        topic(f, "target", topics)
    } else {
        f.node("target");
        None
    };
    let confidence = confidence(f, "confidence");
    let note = f.text("note").unwrap_or_default();
    let kind = kind?;
    if kind.has_target() != f.has("target") {
        f.report(
            Diagnostic::error(
                "relation-target",
                Say::new(
                    "`target` ต้องมีเมื่อเป็นการรวม การแยก หรือการแทนที่ และมีได้เฉพาะเมื่อนั้น",
                    "`target` belongs to a merger, a parting or a replacement, and only there",
                ),
            )
            .at(f.place_at("target")),
        );
    }
    Some(Relation {
        year: year?,
        kind,
        target,
        confidence,
        note,
    })
}

fn topic(f: &Fields<'_>, key: &'static str, topics: &[TopicId]) -> Option<TopicId> {
    let written = require(f, key)?;
    let found = topics.iter().find(|t| ***t == *written).cloned();
    if found.is_none() {
        let mut diagnostic = Diagnostic::error(
            "unknown-topic",
            Say::new(
                format!("ไม่มีหัวข้อ “{written}”"),
                format!("there is no topic “{written}”"),
            ),
        )
        .at(f.place_at(key));
        if let Some(near) = nearest(&written, topics.iter().map(|t| &**t)) {
            diagnostic = diagnostic.hint(did_you_mean(near));
        }
        f.report(diagnostic);
    }
    found
}
