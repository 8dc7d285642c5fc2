//! The state of every required element of every item: the heart of what an
//! assessor looks for. An item scores 100 or 0.

use crate::catalogue::{Confidence, Element, Item};
use crate::content::page::NoneStatement;

use super::address::{Address, Target};
use super::prove::{Proof, prove};
use super::refer::From;
use super::{Site, TopicPage};
use crate::diagnostic::Lang;

/// A place where an element is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub target: Target,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ElementState {
    /// It stands at these places.
    Shown(Vec<Spot>),
    /// The page says that there is nothing, and the catalogue allows that.
    NoneStated {
        text: String,
        date: Option<String>,
        spot: Spot,
    },
    /// It applies only when there is nothing to report, and there is.
    NotNeeded,
    /// A page is there, but only a person can tell; nobody vouches for it.
    Doubtful,
    Missing,
}

impl ElementState {
    pub fn is_satisfied(&self) -> bool {
        !matches!(self, ElementState::Doubtful | ElementState::Missing)
    }
}

#[derive(Debug)]
pub struct ElementCheck {
    /// Index into the item's elements.
    pub element: usize,
    pub state: ElementState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// Every element that counts is there.
    Published,
    Incomplete,
    Missing,
    /// Complete by a statement that there is nothing.
    NoneStated,
}

impl ItemState {
    pub fn id(self) -> &'static str {
        match self {
            ItemState::Published => "published",
            ItemState::Incomplete => "incomplete",
            ItemState::Missing => "missing",
            ItemState::NoneStated => "none-stated",
        }
    }

    pub fn is_complete(self) -> bool {
        matches!(self, ItemState::Published | ItemState::NoneStated)
    }
}

/// An item of a year as this site answers it.
#[derive(Debug)]
pub struct Disclosure {
    /// Index into the catalogue's items.
    pub item: usize,
    /// The item's own page, or its topic's where it has one.
    pub address: Address,
    pub state: ItemState,
    pub checks: Vec<ElementCheck>,
    /// Indexes into the year's topics, in the order of the item.
    pub topics: Vec<usize>,
    /// Whether missing elements only advise.
    pub advisory: bool,
}

impl Disclosure {
    pub fn satisfied(&self) -> usize {
        self.checks
            .iter()
            .filter(|c| c.state.is_satisfied())
            .count()
    }
}

/// Judges an item by its topics' pages and records.
pub fn judge(
    site: &Site,
    year: u16,
    index: usize,
    item: &Item,
    topics: &[TopicPage],
) -> (ItemState, Vec<ElementCheck>) {
    let pages: Vec<&TopicPage> = topics.iter().filter(|t| t.item == index).collect();
    let checks: Vec<ElementCheck> = item
        .elements
        .iter()
        .enumerate()
        .map(|(i, element)| ElementCheck {
            element: i,
            state: judge_element(site, year, item, element, &pages),
        })
        .collect();
    let advisory = item.confidence_elements == Confidence::Low;
    let state = if pages.iter().all(|p| !p.is_published()) {
        ItemState::Missing
    } else if pages.iter().any(|p| !p.is_published()) {
        // One of the topics of a merged item has nothing at all.
        ItemState::Incomplete
    } else if !advisory && checks.iter().any(|c| !c.state.is_satisfied()) {
        ItemState::Incomplete
    } else if whole_page_is_none(site, year, &pages) {
        ItemState::NoneStated
    } else {
        ItemState::Published
    };
    (state, checks)
}

/// Every page of the item does nothing but state that there is none.
fn whole_page_is_none(site: &Site, year: u16, pages: &[&TopicPage]) -> bool {
    !pages.is_empty()
        && pages.iter().all(|topic| {
            !topic.has_data
                && site
                    .topic_text(year, topic)
                    .is_some_and(|p| p.extras.none.iter().any(|n| n.element.is_none()))
        })
}

fn judge_element(
    site: &Site,
    year: u16,
    item: &Item,
    element: &Element,
    pages: &[&TopicPage],
) -> ElementState {
    let serving: Vec<&TopicPage> = pages
        .iter()
        .copied()
        .filter(|p| element.serves(&p.topic) || p.covers.iter().any(|c| element.serves(c)))
        .filter(|p| p.is_published())
        .collect();
    if serving.is_empty() {
        return ElementState::Missing;
    }
    let mut spots = Vec::new();
    for topic in &serving {
        spots.extend(vouched(site, year, topic, element));
    }
    if !spots.is_empty() {
        return ElementState::Shown(spots);
    }
    for topic in &serving {
        if let Some(state) = stated_none(site, year, topic, element) {
            return state;
        }
    }
    let mut needless = false;
    for topic in &serving {
        match prove_any(site, year, item, topic, element) {
            Some(Proof::At(anchor)) => spots.push(here(topic, Some(anchor))),
            Some(Proof::Page(address, anchor)) => spots.push(Spot {
                target: Target::Page { address, anchor },
            }),
            Some(Proof::NotNeeded) => needless = true,
            None => {}
        }
    }
    if !spots.is_empty() {
        return ElementState::Shown(spots);
    }
    if needless {
        return ElementState::NotNeeded;
    }
    let can_be_judged = element
        .evidence
        .iter()
        .any(|e| matches!(e, crate::catalogue::Evidence::Review));
    if can_be_judged {
        ElementState::Doubtful
    } else {
        ElementState::Missing
    }
}

/// A page that covers several topics proves what each of them would.
fn prove_any(
    site: &Site,
    year: u16,
    item: &Item,
    topic: &TopicPage,
    element: &Element,
) -> Option<Proof> {
    if topic.covers.is_empty() {
        return prove(site, year, item, topic, element);
    }
    topic
        .covers
        .iter()
        .filter(|covered| element.serves(covered))
        .find_map(|covered| {
            let one = TopicPage {
                topic: covered.clone(),
                kind: site.topic(covered).map_or(topic.kind, |t| t.kind),
                covers: Vec::new(),
                ..topic.clone()
            };
            prove(site, year, item, &one, element)
        })
}

fn here(topic: &TopicPage, anchor: Option<String>) -> Spot {
    Spot {
        target: Target::Page {
            address: topic.address.to_string(),
            anchor,
        },
    }
}

/// What the webmaster says in `shows`, and anchors that bear the element's id.
fn vouched(site: &Site, year: u16, topic: &TopicPage, element: &Element) -> Vec<Spot> {
    let Some(page) = site.topic_text(year, topic) else {
        return Vec::new();
    };
    let from = From {
        file: &page.file,
        year,
        lang: Lang::Th,
    };
    let mut spots: Vec<Spot> = page
        .extras
        .shows
        .iter()
        .filter(|s| s.element == element.id)
        .flat_map(|s| &s.places)
        .filter_map(|reference| site.resolve(reference, from).ok())
        // A place that is not there was told, and shows nothing.
        .filter(|target| match target {
            Target::Same { anchor } => super::has_anchor(page, anchor),
            _ => true,
        })
        .map(|target| match target {
            Target::Same { anchor } => here(topic, Some(anchor)),
            target => Spot { target },
        })
        .collect();
    let heading = page.outline.headings.iter().any(|h| h.id == element.id);
    let table = page.extras.tables.iter().any(|t| t.id == element.id);
    if spots.is_empty() && (heading || table) {
        spots.push(here(topic, Some(element.id.clone())));
    }
    spots
}

fn stated_none(
    site: &Site,
    year: u16,
    topic: &TopicPage,
    element: &Element,
) -> Option<ElementState> {
    if !element.allows_none() {
        return None;
    }
    let page = site.topic_text(year, topic)?;
    let (index, none): (usize, &NoneStatement) = page
        .extras
        .none
        .iter()
        .enumerate()
        .find(|(_, n)| n.element.as_ref().is_none_or(|e| *e == element.id))?;
    Some(ElementState::NoneStated {
        text: none.text.clone(),
        date: none.date.as_ref().map(super::link::ledgers::in_words),
        spot: here(topic, Some(format!("none-{}", index + 1))),
    })
}
