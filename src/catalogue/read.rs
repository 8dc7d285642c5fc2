//! A catalogue file as it was written, before it meets the year it extends.

use super::item::{Item, ItemId};
use super::read_item::{item_id, read_items};
use super::read_scoring::read_scoring;
use super::topic::{Topic, TopicId, TopicKind};
use super::types::{
    Actor, Deadline, Group, Indicator, InstrumentId, Scoring, Source, SourceKind, Status,
};
use super::value::{
    Placed, Target, cited, confidence, number, placed_texts, reference, require, require_choice,
    require_date, require_slug, unique,
};
use super::words::Confidence;
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::Fields;

/// The `[catalogue]` section.
#[derive(Default)]
pub(super) struct Head {
    pub year: Option<Placed<u16>>,
    pub item_count: Option<Placed<usize>>,
    pub applies_to: Option<String>,
    pub status: Option<Status>,
    pub confidence_count: Option<Confidence>,
    pub note: Option<String>,
}

/// A year file as read. References to groups, indicators and sources can only
/// be judged once the inherited ones are known; they wait in `references`.
pub(super) struct Draft {
    pub place: Place,
    pub extends: Option<Placed<u16>>,
    pub dropped: Vec<Placed<ItemId>>,
    pub head: Option<Head>,
    pub scoring: Option<Scoring>,
    pub deadlines: Vec<Placed<Deadline>>,
    pub indicators: Vec<Placed<Indicator>>,
    pub groups: Vec<Placed<Group>>,
    pub sources: Vec<Placed<Source>>,
    pub items: Vec<Placed<Item>>,
    pub references: Vec<(Target, Placed<String>)>,
}

impl Draft {
    /// Reads everything but `[[topic]]`, which [`read_topics`] has read from
    /// the same `root` before.
    pub fn read(root: &Fields<'_>, topics: &[TopicId]) -> Draft {
        let mut references = Vec::new();
        let refs = &mut references;
        let extends = root.year("extends").map(|value| Placed {
            value,
            place: root.place_at("extends"),
        });
        let dropped = placed_texts(root, "drop")
            .into_iter()
            .filter_map(|text| item_id(root, text))
            .collect();
        let head = root.table("catalogue").map(read_head);
        let scoring = root.table("scoring").and_then(|f| read_scoring(f, refs));
        let deadlines = unique(root, root.tables("deadline"), |f| read_deadline(f, refs));
        let indicators = unique(root, root.tables("indicator"), |f| read_indicator(f, refs));
        let groups = unique(root, root.tables("group"), |f| read_group(f, refs));
        let sources = unique(root, root.tables("source"), read_source);
        let items = read_items(root, topics, refs);
        Draft {
            place: root.place(),
            extends,
            dropped,
            head,
            scoring,
            deadlines,
            indicators,
            groups,
            sources,
            items,
            references,
        }
    }
}

pub(super) fn read_topics(root: &Fields<'_>) -> Vec<Placed<Topic>> {
    unique(root, root.tables("topic"), |f| {
        let id = require_slug(f, "id");
        let title_th = f.require_text("title_th");
        let topic = Topic {
            id: id.as_deref().unwrap_or_default().into(),
            title_en: f.text("title_en").unwrap_or_else(|| title_th.clone()),
            title_th,
            kind: require_choice(f, "kind", TopicKind::ALL).unwrap_or(TopicKind::Prose),
            about_th: f.text("about_th").unwrap_or_default(),
            about_en: f.text("about_en").unwrap_or_default(),
        };
        id.map(|id| (id, topic))
    })
}

fn read_head(f: Fields<'_>) -> Head {
    let head = Head {
        year: f.year("fiscal_year").map(|value| Placed {
            value,
            place: f.place_at("fiscal_year"),
        }),
        item_count: number(&f, "item_count", 999).map(|value| Placed {
            value: usize::from(value),
            place: f.place_at("item_count"),
        }),
        applies_to: f.text("applies_to"),
        status: f.choice("status", Status::ALL),
        confidence_count: f.choice("confidence_count", Confidence::ALL),
        note: f.text("note"),
    };
    f.finish();
    head
}

fn read_deadline(
    f: &Fields<'_>,
    refs: &mut Vec<(Target, Placed<String>)>,
) -> Option<(String, Deadline)> {
    let id = require_slug(f, "id");
    let title_th = f.require_text("title_th");
    let title_en = f.text("title_en").unwrap_or_else(|| title_th.clone());
    let start = require_date(f, "start");
    let end = require_date(f, "end");
    let actor = require_choice(f, "actor", Actor::ALL).unwrap_or(Actor::Agency);
    let confidence = confidence(f, "confidence");
    let sources = cited(f, refs);
    let note = f.text("note");
    let (id, start, end) = (id?, start?, end?);
    if start > end {
        f.report(
            Diagnostic::error(
                "deadline",
                Say::new(
                    format!(
                        "วันสิ้นสุด {} มาก่อนวันเริ่ม {}",
                        end.thai_short(),
                        start.thai_short()
                    ),
                    format!(
                        "the end {} comes before the start {}",
                        end.iso(),
                        start.iso()
                    ),
                ),
            )
            .at(f.place_at("end")),
        );
    }
    let deadline = Deadline {
        id: id.clone(),
        title_th,
        title_en,
        start,
        end,
        actor,
        confidence,
        sources,
        note,
    };
    Some((id, deadline))
}

fn read_indicator(
    f: &Fields<'_>,
    refs: &mut Vec<(Target, Placed<String>)>,
) -> Option<(String, Indicator)> {
    let id = require(f, "id");
    let title_th = f.require_text("title_th");
    let indicator = Indicator {
        id: id.clone().unwrap_or_default(),
        instrument: require_choice(f, "instrument", InstrumentId::ALL).unwrap_or(InstrumentId::Oit),
        title_en: f.text("title_en").unwrap_or_else(|| title_th.clone()),
        title_th,
        item_count: number(f, "item_count", 999).map(usize::from),
        confidence: confidence(f, "confidence"),
        sources: cited(f, refs),
    };
    id.map(|id| (id, indicator))
}

fn read_group(f: &Fields<'_>, refs: &mut Vec<(Target, Placed<String>)>) -> Option<(String, Group)> {
    let id = require(f, "id");
    let title_th = f.require_text("title_th");
    let group = Group {
        id: id.clone().unwrap_or_default(),
        title_en: f.text("title_en").unwrap_or_else(|| title_th.clone()),
        title_th,
        indicator: reference(f, "indicator", Target::Indicator, refs),
        confidence: confidence(f, "confidence"),
    };
    id.map(|id| (id, group))
}

fn read_source(f: &Fields<'_>) -> Option<(String, Source)> {
    let id = require_slug(f, "id");
    let source = Source {
        id: id.clone().unwrap_or_default(),
        kind: require_choice(f, "kind", SourceKind::ALL).unwrap_or(SourceKind::Other),
        reference: f.require_text("ref"),
        about: f.text("about").unwrap_or_default(),
    };
    id.map(|id| (id, source))
}
