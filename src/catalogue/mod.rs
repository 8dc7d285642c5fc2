//! What the assessment asks a local government to disclose, year by year.
//!
//! Items are renumbered every year, so everything hangs on [`Topic`]s, which
//! keep their meaning: a page serves a topic, and the [`Catalogue`] of a year
//! says under which item number the topic is asked for, if at all. The data
//! are in `data/`; a site can give its own (see `site_file.rs`).

mod agree;
mod builtin;
mod compose;
mod crosswalk;
mod field_list;
mod field_names;
mod item;
mod read;
mod read_item;
mod read_scoring;
mod site_file;
mod topic;
mod types;
mod value;
mod words;

#[cfg(test)]
mod builtin_tests;
#[cfg(test)]
mod crosswalk_tests;
#[cfg(test)]
mod site_file_tests;

use std::collections::BTreeMap;

pub use crosswalk::{Crosswalk, Relation, RelationKind, TopicHistory};
pub use field_names::{FIELDS, FieldName, field, heading_serves};
pub use item::{Element, Evidence, Item, ItemId, NotAnItemId, PeriodKind};
pub use topic::{Topic, TopicId, TopicKind};
pub use types::{
    Actor, Catalogue, Deadline, Group, GroupRule, Indicator, IndicatorRule, Instrument,
    InstrumentId, InstrumentRule, ItemRule, Level, LevelRule, Scoring, ScoringConfidence, Source,
    SourceKind, Status, TotalRule,
};
pub use words::Confidence;

use crate::diagnostic::nearest;
use crate::thai;

/// Every year that a site can publish for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogues {
    /// In the order of the file, those of the site last.
    pub topics: Vec<Topic>,
    /// By assessed fiscal year, Buddhist Era.
    pub years: BTreeMap<u16, Catalogue>,
    pub crosswalk: Crosswalk,
}

impl Catalogues {
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|t| *t.id == *id)
    }

    pub fn year(&self, year: u16) -> Option<&Catalogue> {
        self.years.get(&year)
    }

    /// The catalogue of the newest year.
    pub fn latest(&self) -> Option<&Catalogue> {
        self.years.values().next_back()
    }

    /// The item that asks for a topic in a year.
    pub fn item_of_topic(&self, year: u16, topic: &str) -> Option<&Item> {
        self.years.get(&year)?.item_of_topic(topic)
    }

    /// Every year that asks for a topic, oldest first, with the item's number
    /// there.
    pub fn years_of_topic(&self, topic: &str) -> Vec<(u16, ItemId)> {
        self.years
            .iter()
            .filter_map(|(year, c)| Some((*year, c.item_of_topic(topic)?.id)))
            .collect()
    }

    /// The topic that somebody most likely meant: by its title, or by an id
    /// with a slip in it.
    pub fn nearest_topic(&self, written: &str) -> Option<&str> {
        let folded = thai::fold_key(written.trim());
        let titled = self.topics.iter().find(|t| {
            [&t.title_th, &t.title_en]
                .iter()
                .any(|title| thai::fold_key(title) == folded)
        });
        if let Some(topic) = titled {
            return Some(&topic.id);
        }
        let id = written.trim().replace(['_', ' '], "-");
        if let Some(near) = nearest(&id, self.topics.iter().map(|t| &*t.id)) {
            return Some(near);
        }
        let titles = || {
            self.topics
                .iter()
                .flat_map(|t| [t.title_th.as_str(), t.title_en.as_str()])
        };
        let near = nearest(written.trim(), titles())?;
        self.topics
            .iter()
            .find(|t| t.title_th == near || t.title_en == near)
            .map(|t| &*t.id)
    }
}
