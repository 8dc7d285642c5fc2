//! One assessment year: its items, how it is scored, and when.

use std::sync::Arc;

use super::item::{Item, ItemId};
use super::words::{Confidence, words};
use crate::thai::Date;

/// The catalogue of one assessment year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// The assessed fiscal year, Buddhist Era.
    pub year: u16,
    pub item_count: usize,
    /// Whom it was seen applied to, in words.
    pub applies_to: String,
    /// Of the numbers and titles.
    pub status: Status,
    pub confidence_count: Confidence,
    pub note: String,
    pub scoring: Scoring,
    pub deadlines: Vec<Deadline>,
    pub indicators: Vec<Indicator>,
    pub groups: Vec<Group>,
    pub sources: Vec<Source>,
    /// In the order of their numbers.
    pub items: Vec<Item>,
    /// The site's file that gave or changed this year, if one did.
    pub site_file: Option<Arc<str>>,
}

impl Catalogue {
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.iter().find(|i| i.id == id)
    }

    pub fn item_of_topic(&self, topic: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.serves(topic))
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == id)
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.id == id)
    }

    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    pub fn items_of_group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |i| i.group == group)
    }

    pub fn groups_of_indicator<'a>(
        &'a self,
        indicator: &'a str,
    ) -> impl Iterator<Item = &'a Group> {
        self.groups.iter().filter(move |g| g.indicator == indicator)
    }
}

words! {
    /// How well numbers and titles of a year are known.
    pub enum Status {
        Confirmed = "confirmed",
        PartlyConfirmed = "partly-confirmed",
        Provisional = "provisional",
    }
}

words! {
    /// The three instruments of the assessment.
    pub enum InstrumentId {
        /// Perception survey of insiders.
        Iit = "IIT",
        /// Perception survey of outsiders.
        Eit = "EIT",
        /// Check of public disclosure.
        Oit = "OIT",
    }
}

/// One of the ten indicators. Match by id: the names drift in real documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    pub id: String,
    pub instrument: InstrumentId,
    pub title_th: String,
    pub title_en: String,
    /// Items under it; only indicators of OIT have any.
    pub item_count: Option<usize>,
    pub confidence: Confidence,
    pub sources: Vec<String>,
}

/// A sub-indicator: the items that are averaged together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub title_th: String,
    pub title_en: String,
    pub indicator: String,
    pub confidence: Confidence,
}

words! {
    /// What sort of thing supports a statement.
    pub enum SourceKind {
        LocalGovernment = "local-government",
        OtherAgency = "other-agency",
        Education = "education",
        Code = "code",
        /// A report of a local government that is kept as a file.
        Document = "document",
        /// Recollection that nothing confirms.
        Memory = "memory",
        Other = "other",
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub id: String,
    pub kind: SourceKind,
    /// The address, or where else it is found.
    pub reference: String,
    pub about: String,
}

words! {
    /// Who has to act by a deadline.
    pub enum Actor {
        Agency = "agency",
        Assessors = "assessors",
        Nacc = "nacc",
    }
}

/// A span of the assessment's calendar, first and last day included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub id: String,
    pub title_th: String,
    pub title_en: String,
    pub start: Date,
    pub end: Date,
    pub actor: Actor,
    pub confidence: Confidence,
    pub sources: Vec<String>,
    pub note: Option<String>,
}

/// How points become a total, and a total a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scoring {
    pub total_rule: TotalRule,
    pub instrument_rule: InstrumentRule,
    pub indicator_rule: IndicatorRule,
    pub group_rule: GroupRule,
    pub item_rule: ItemRule,
    pub level_rule: LevelRule,
    pub target_total: u8,
    pub note: String,
    pub sources: Vec<String>,
    pub confidence: ScoringConfidence,
    pub instruments: Vec<Instrument>,
    /// From best to worst: the first that fits holds.
    pub levels: Vec<Level>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoringConfidence {
    pub weights: Confidence,
    pub levels: Confidence,
    pub item_rule: Confidence,
    pub indicator_rule: Confidence,
    pub instrument_rule: Confidence,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    pub id: InstrumentId,
    pub title_th: String,
    pub title_en: String,
    /// Percent of the total.
    pub weight: u8,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub id: String,
    pub title_th: String,
    pub title_en: String,
    /// The total must reach this.
    pub min_total: u8,
    /// Each instrument must reach this too.
    pub min_each_instrument: Option<u8>,
}

words! {
    pub enum TotalRule {
        WeightedSumOfInstruments = "weighted-sum-of-instruments",
    }
}

words! {
    pub enum InstrumentRule {
        MeanOfIndicators = "mean-of-indicators",
    }
}

words! {
    /// Of OIT indicators; those of the surveys are given as scores.
    pub enum IndicatorRule {
        MeanOfGroups = "mean-of-groups",
    }
}

words! {
    pub enum GroupRule {
        MeanOfItems = "mean-of-items",
    }
}

words! {
    pub enum ItemRule {
        /// 100 when every element is there and of the right period, else 0.
        AllOrNothing = "all-or-nothing",
    }
}

words! {
    pub enum LevelRule {
        Total = "total",
        TotalAndEachInstrument = "total-and-each-instrument",
    }
}
