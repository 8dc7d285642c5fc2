//! Items of one assessment year, and the elements that each demands.

use std::fmt;
use std::str::FromStr;

use crate::thai::Month;

use super::field_names;
use super::topic::TopicId;
use super::words::{Confidence, words};

/// The number of an item. It means nothing without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u16);

impl ItemId {
    pub const FIRST: ItemId = ItemId(1);

    /// `O1` to `O999`.
    pub fn new(number: u16) -> Option<ItemId> {
        (1..=999).contains(&number).then_some(ItemId(number))
    }

    pub fn number(self) -> u16 {
        self.0
    }

    /// The id as it stands in file names and addresses: `o18`.
    pub fn slug(self) -> String {
        format!("o{}", self.0)
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "O{}", self.0)
    }
}

/// What was written is no item number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnItemId;

impl fmt::Display for NotAnItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an item number is the letter O and a number, such as O18")
    }
}

impl std::error::Error for NotAnItemId {}

impl FromStr for ItemId {
    type Err = NotAnItemId;

    /// Reads `O18`, `o18`, `O๑๘`, `โอ18`, with or without a space.
    fn from_str(written: &str) -> Result<ItemId, NotAnItemId> {
        let digits = ["O", "o", "โอ"]
            .iter()
            .find_map(|letter| written.trim().strip_prefix(letter))
            .ok_or(NotAnItemId)?
            .trim_start();
        if digits.is_empty() || digits.chars().count() > 3 {
            return Err(NotAnItemId);
        }
        let mut number = 0u16;
        for c in digits.chars() {
            let digit = match c {
                '๐'..='๙' => u32::from(c) - u32::from('๐'),
                _ => c.to_digit(10).ok_or(NotAnItemId)?,
            };
            number = number * 10 + u16::try_from(digit).map_err(|_| NotAnItemId)?;
        }
        ItemId::new(number).ok_or(NotAnItemId)
    }
}

words! {
    /// The time that a disclosure must speak of, relative to the assessed
    /// fiscal year N.
    pub enum PeriodKind {
        /// Live or in force when assessed; no year of its own.
        Current = "current",
        /// Of year N, or a longer plan that covers N.
        Year = "year",
        /// October N-1 to March N.
        FirstHalf = "first-half",
        /// Year N-1.
        PreviousYear = "previous-year",
    }
}

impl PeriodKind {
    /// Whether a record of its fiscal year is asked for: of half a year only
    /// those of its months, and none without a month.
    pub fn asks_for(self, month: Option<Month>) -> bool {
        self != PeriodKind::FirstHalf || month.is_some_and(|m| m.fiscal_index() <= 6)
    }
}

/// One numbered item of a year, as the assessors look for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    /// Several when the year merges topics; the main one first.
    pub topics: Vec<TopicId>,
    pub title_th: String,
    pub title_en: String,
    /// The id of its [`super::Group`].
    pub group: String,
    pub period_kind: PeriodKind,
    /// Limits of the period, in words.
    pub period_note: Option<String>,
    /// The form in which it is usually published; empty when not known.
    pub publish_hint: String,
    /// Of the number and title.
    pub confidence_title: Confidence,
    pub confidence_elements: Confidence,
    /// Ids of [`super::Source`]s.
    pub sources: Vec<String>,
    pub note: Option<String>,
    pub elements: Vec<Element>,
}

impl Item {
    pub fn serves(&self, topic: &str) -> bool {
        self.topics.iter().any(|t| **t == *topic)
    }

    /// The elements that a page of this topic has to show.
    pub fn elements_of<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |e| e.serves(topic))
    }

    pub fn element(&self, id: &str) -> Option<&Element> {
        self.elements.iter().find(|e| e.id == id)
    }
}

/// One demand of an item. The same id under the same topic is the same demand
/// in every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub id: String,
    pub th: String,
    pub en: String,
    /// Any one of these can satisfy the element; the best comes first.
    pub evidence: Vec<Evidence>,
    /// The topics of the item that it serves: all of them unless it names some.
    pub topics: Vec<TopicId>,
    /// Its own, or the item's.
    pub period_kind: PeriodKind,
}

impl Element {
    pub fn serves(&self, topic: &str) -> bool {
        self.topics.iter().any(|t| **t == *topic)
    }

    /// A dated statement that there is nothing to report also counts.
    pub fn allows_none(&self) -> bool {
        self.evidence.contains(&Evidence::StatementNoneAllowed)
    }

    /// Nothing but a person's judgement can tell.
    pub fn only_review(&self) -> bool {
        !self.evidence.is_empty() && self.evidence.iter().all(|e| *e == Evidence::Review)
    }

    /// Applies only when there is nothing to report.
    pub fn only_none(&self) -> bool {
        !self.evidence.is_empty()
            && self
                .evidence
                .iter()
                .all(|e| *e == Evidence::StatementNoneAllowed)
    }

    /// The fields whose filling proves the element.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.evidence.iter().filter_map(|e| match e {
            Evidence::Field(id) => Some(id.as_str()),
            _ => None,
        })
    }
}

/// What can show that an element is there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// This field of [`field_names::FIELDS`] is filled in the page's data or is
    /// a column of its table.
    Field(String),
    /// A heading that the author marks as serving the element.
    Heading,
    /// A file so marked.
    File,
    /// A table so marked.
    Table,
    /// A link so marked.
    Link,
    /// A dated statement of none.
    StatementNoneAllowed,
    /// A person must judge.
    Review,
}

impl Evidence {
    /// The words of data files, besides `field:<name>`.
    pub const WORDS: &'static [&'static str] = &[
        "heading",
        "file",
        "table",
        "link",
        "statement-none-allowed",
        "review",
    ];

    /// Reads the word of a data file; a field must be a known one.
    pub fn read(written: &str) -> Option<Evidence> {
        if let Some(field) = written.strip_prefix("field:") {
            return field_names::field(field).map(|f| Evidence::Field(f.id.to_string()));
        }
        Some(match written {
            "heading" => Evidence::Heading,
            "file" => Evidence::File,
            "table" => Evidence::Table,
            "link" => Evidence::Link,
            "statement-none-allowed" => Evidence::StatementNoneAllowed,
            "review" => Evidence::Review,
            _ => return None,
        })
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Evidence::Field(id) => write!(f, "field:{id}"),
            Evidence::Heading => f.write_str("heading"),
            Evidence::File => f.write_str("file"),
            Evidence::Table => f.write_str("table"),
            Evidence::Link => f.write_str("link"),
            Evidence::StatementNoneAllowed => f.write_str("statement-none-allowed"),
            Evidence::Review => f.write_str("review"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_number_is_read_in_every_usual_writing() {
        for written in ["O18", "o18", "O๑๘", "โอ18", "โอ ๑๘", " O 18 ", "O018"] {
            let id: ItemId = written.parse().expect(written);
            assert_eq!((id.to_string(), id.slug()), ("O18".into(), "o18".into()));
        }
        for written in ["", "O", "18", "O0", "O1234", "O1a", "โอ", "OO1", "O-1"] {
            assert_eq!(written.parse::<ItemId>(), Err(NotAnItemId), "{written}");
        }
    }

    #[test]
    fn items_order_by_number() {
        let mut ids: Vec<ItemId> = ["O10", "O9", "O1"]
            .iter()
            .filter_map(|s| s.parse().ok())
            .collect();
        ids.sort();
        let names: Vec<String> = ids.iter().map(ItemId::to_string).collect();
        assert_eq!(names, ["O1", "O9", "O10"]);
    }

    #[test]
    fn evidence_prints_as_it_is_written() {
        for word in Evidence::WORDS.iter().chain(&["field:budget"]) {
            assert_eq!(Evidence::read(word).expect(word).to_string(), *word);
        }
        assert_eq!(Evidence::read("field:nothing"), None);
        assert_eq!(Evidence::read("Review "), None);
    }

    #[test]
    fn an_element_says_what_can_prove_it() {
        let element = |evidence: &[Evidence]| Element {
            id: "x".into(),
            th: String::new(),
            en: String::new(),
            evidence: evidence.to_vec(),
            topics: Vec::new(),
            period_kind: PeriodKind::Current,
        };
        let none = element(&[Evidence::StatementNoneAllowed]);
        assert!(none.allows_none() && none.only_none() && !none.only_review());
        let review = element(&[Evidence::Review]);
        assert!(review.only_review() && !review.allows_none());
        let both = element(&[Evidence::Review, Evidence::StatementNoneAllowed]);
        assert!(both.allows_none() && !both.only_none() && !both.only_review());
        assert!(!element(&[]).only_review() && !element(&[]).only_none());
    }
}
