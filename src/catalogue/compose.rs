//! One year's catalogue out of its file and, where it extends one, the
//! catalogue before it.

use std::sync::Arc;

use super::item::{Item, ItemId};
use super::read::Draft;
use super::types::{Catalogue, Scoring, Status};
use super::value::Placed;
use super::words::Confidence;
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::fields::Findings;

/// What a draft is built on.
pub(super) struct Ground<'a> {
    pub year: u16,
    /// The catalogue that the draft extends.
    pub base: Option<&'a Catalogue>,
    /// For a whole catalogue whose own scoring can't be read.
    pub scoring: Option<&'a Scoring>,
    pub site_file: Option<Arc<str>>,
    pub found: &'a Findings,
}

impl Ground<'_> {
    /// `None` when there is too little to make a year of.
    pub fn compose(&self, draft: Draft) -> Option<Catalogue> {
        let base = self.base;
        self.year_agrees(&draft);
        if base.is_none() {
            self.is_whole(&draft);
            if draft.items.is_empty() {
                return None;
            }
        }
        self.deadlines_in_year(&draft);
        let head = draft.head.unwrap_or_default();
        let here = base.is_some_and(|b| b.year == self.year);

        let inherited = self.without_dropped(&draft.dropped);
        let mut items = merge(inherited, &draft.items, |a, b| a.id == b.id);
        items.sort_by_key(|item| item.id);

        let mut groups = merge(
            base.map_or_else(Vec::new, |b| b.groups.clone()),
            &draft.groups,
            |a, b| a.id == b.id,
        );
        // A group that lost its items would count as a mean of nothing.
        groups.retain(|group| {
            draft.groups.iter().any(|g| g.value.id == group.id)
                || items.iter().any(|i| i.group == group.id)
        });
        let mut catalogue = Catalogue {
            year: self.year,
            item_count: items.len(),
            applies_to: head
                .applies_to
                .or_else(|| base.map(|b| b.applies_to.clone()))
                .unwrap_or_default(),
            // Carried to another year, a catalogue is an assumption.
            status: head.status.unwrap_or(match base {
                Some(base) if here => base.status,
                Some(_) => Status::Provisional,
                None => Status::Confirmed,
            }),
            confidence_count: head.confidence_count.unwrap_or(match base {
                Some(base) if here => base.confidence_count,
                Some(_) => Confidence::Low,
                None => Confidence::High,
            }),
            note: head
                .note
                .or_else(|| base.map(|b| b.note.clone()))
                .unwrap_or_default(),
            scoring: draft
                .scoring
                .or_else(|| base.map(|b| b.scoring.clone()))
                .or_else(|| self.scoring.cloned())?,
            // Days of one year say nothing of another.
            deadlines: merge(
                base.filter(|_| here)
                    .map_or_else(Vec::new, |b| b.deadlines.clone()),
                &draft.deadlines,
                |a, b| a.id == b.id,
            ),
            indicators: merge(
                base.map_or_else(Vec::new, |b| b.indicators.clone()),
                &draft.indicators,
                |a, b| a.id == b.id,
            ),
            groups,
            sources: merge(
                base.map_or_else(Vec::new, |b| b.sources.clone()),
                &draft.sources,
                |a, b| a.id == b.id,
            ),
            items,
            site_file: self.site_file.clone(),
        };
        self.references_hold(&draft.references, &catalogue);
        self.topics_once(&draft.items, &catalogue.items);
        self.groups_used(&draft.groups, &catalogue);
        self.count_agrees(head.item_count.as_ref(), &catalogue);
        self.count_indicators(&draft.indicators, &mut catalogue);
        Some(catalogue)
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// The inherited items, but for those that the file drops.
    fn without_dropped(&self, dropped: &[Placed<ItemId>]) -> Vec<Item> {
        let inherited: &[Item] = self.base.map_or(&[], |b| &b.items);
        for Placed { value, place } in dropped {
            if inherited.iter().any(|item| item.id == *value) {
                continue;
            }
            let range = match (inherited.first(), inherited.last()) {
                (Some(first), Some(last)) => Say::new(
                    format!("ข้อที่มีคือ {} ถึง {}", first.id, last.id),
                    format!("the items are {} to {}", first.id, last.id),
                ),
                _ => Say::new(
                    "`drop` ใช้ได้เมื่อไฟล์มี `extends` เท่านั้น",
                    "`drop` only works in a file with `extends`",
                ),
            };
            self.report(
                error(
                    "unknown-item",
                    format!("ไม่มีข้อ {value} ให้ตัดออก"),
                    format!("there is no item {value} to drop"),
                    place,
                )
                .hint(range),
            );
        }
        inherited
            .iter()
            .filter(|item| dropped.iter().all(|d| d.value != item.id))
            .cloned()
            .collect()
    }
}

pub(super) fn error(code: &'static str, th: String, en: String, place: &Place) -> Diagnostic {
    Diagnostic::error(code, Say::new(th, en)).at(place.clone())
}

/// The inherited list with what the file gives: the same id in the same
/// place, a new one at the end.
fn merge<T: Clone>(mut base: Vec<T>, given: &[Placed<T>], same: fn(&T, &T) -> bool) -> Vec<T> {
    for Placed { value, .. } in given {
        match base.iter_mut().find(|old| same(old, value)) {
            Some(old) => *old = value.clone(),
            None => base.push(value.clone()),
        }
    }
    base
}
