//! The state of every required element of every item: the heart of what an
//! assessor looks for. An item scores 100 or 0.

use std::ops::RangeInclusive;

use crate::catalogue::{Confidence, Element, Evidence, Item, PeriodKind};
use crate::content::page::{NoneStatement, Page};
use crate::thai::{substance, year_mentions};

use super::address::{Address, Kind, Target};
use super::currency::{Sign, Weight, signs};
use super::prove::{Proof, contradicted, counts_some, period_fits, prove};
use super::vouch::{Fault, Objection, Vouched, vouched};
use super::{Site, TopicPage};

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
    /// What speaks against the places that the webmaster vouches for, where
    /// that decides.
    pub objections: Vec<Objection>,
}

/// How an item stands; its score follows from this alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// Every element is there, on pages of the right time.
    Published,
    /// Complete by a statement that there is nothing.
    NoneStated,
    /// It may be whole: only a person can tell, or the catalogue itself is not
    /// sure that what it lacks is asked for.
    Doubtful,
    /// It is all there, but of another time than is asked for.
    Outdated,
    Incomplete,
    Missing,
}

impl ItemState {
    /// In the order in which a reader meets them.
    pub const ALL: [ItemState; 6] = [
        ItemState::Published,
        ItemState::Doubtful,
        ItemState::Outdated,
        ItemState::Incomplete,
        ItemState::Missing,
        ItemState::NoneStated,
    ];

    /// The ids of [`ItemState::ALL`], as data names them.
    pub const IDS: [&'static str; 6] = {
        let mut ids = [""; 6];
        let mut at = 0;
        while at < ids.len() {
            ids[at] = ItemState::ALL[at].id();
            at += 1;
        }
        ids
    };

    pub const fn id(self) -> &'static str {
        match self {
            ItemState::Published => "published",
            ItemState::NoneStated => "none-stated",
            ItemState::Doubtful => "doubtful",
            ItemState::Outdated => "outdated",
            ItemState::Incomplete => "incomplete",
            ItemState::Missing => "missing",
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
    /// What tells that its pages are of another time.
    pub signs: Vec<Sign>,
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
pub fn judge(site: &Site, year: u16, index: usize, item: &Item, all: &[TopicPage]) -> Disclosure {
    let topics: Vec<usize> = (0..all.len())
        .filter(|i| all.get(*i).is_some_and(|t| t.item == index))
        .collect();
    let pages: Vec<&TopicPage> = topics.iter().filter_map(|i| all.get(*i)).collect();
    let checks: Vec<ElementCheck> = item
        .elements
        .iter()
        .enumerate()
        .map(|(i, element)| {
            let (state, objections) = judge_element(site, year, element, &pages);
            ElementCheck {
                element: i,
                state,
                objections,
            }
        })
        .collect();
    let advisory = item.confidence_elements == Confidence::Low;
    let signs: Vec<Sign> = topics
        .iter()
        .zip(&pages)
        .flat_map(|(at, topic)| signs(site, year, item, *at, topic))
        .map(|sign| Sign {
            // What period an item asks for is known as well as its elements.
            weight: if advisory && !sign.cause.is_beyond_doubt(year) {
                sign.weight.min(Weight::Doubtful)
            } else {
                sign.weight
            },
            ..sign
        })
        .collect();
    let address = match pages.as_slice() {
        [one] => one.address.clone(),
        _ => format!("{year}/{}/", item.id.slug()).into(),
    };
    let state = if pages.iter().all(|p| !p.is_published()) {
        ItemState::Missing
    } else {
        let whole = pages.iter().all(|p| p.is_published());
        lacking(whole, &checks, &signs, advisory).unwrap_or_else(|| {
            if pages.iter().any(|p| is_unread(site, year, p)) {
                ItemState::Doubtful
            } else if whole_page_is_none(site, year, &pages) {
                ItemState::NoneStated
            } else {
                ItemState::Published
            }
        })
    };
    Disclosure {
        item: index,
        address,
        state,
        checks,
        topics,
        advisory,
        signs,
    }
}

/// What keeps a published item from being complete. A topic without any page
/// is no doubtful element: an assessor who looks for it finds nothing.
fn lacking(
    has_every_topic: bool,
    checks: &[ElementCheck],
    signs: &[Sign],
    advisory: bool,
) -> Option<ItemState> {
    let any = |state: ElementState| checks.iter().any(|c| c.state == state);
    let heaviest = signs.iter().map(|s| s.weight).max();
    let lacks = any(ElementState::Missing);
    if !has_every_topic || (lacks && !advisory) {
        Some(ItemState::Incomplete)
    } else if heaviest == Some(Weight::Sure) {
        Some(ItemState::Outdated)
    } else if lacks || any(ElementState::Doubtful) || heaviest == Some(Weight::Doubtful) {
        Some(ItemState::Doubtful)
    } else {
        None
    }
}

/// Whether the file of a topic's page, which may hold anything, could not be
/// read as it was meant; that is told as an error.
fn is_unread(site: &Site, year: u16, topic: &TopicPage) -> bool {
    let page = site.topic_text(year, topic);
    page.is_some_and(|p| site.unread.contains(&p.file))
}

/// Every page of the item does nothing but state that there is none.
fn whole_page_is_none(site: &Site, year: u16, pages: &[&TopicPage]) -> bool {
    !pages.is_empty()
        && pages
            .iter()
            .all(|topic| !topic.has_data && states_none(site, year, topic))
}

/// Whether a topic's page states that there is none of it at all.
fn states_none(site: &Site, year: u16, topic: &TopicPage) -> bool {
    site.topic_text(year, topic)
        .is_some_and(|p| p.extras.none.iter().any(|n| n.element.is_none()))
}

/// What is vouched for counts while no record speaks against it. A vouch for a
/// place that shows nothing leaves a doubt even where a record proves the
/// element: somebody meant to show it there, and it isn't.
fn judge_element(
    site: &Site,
    year: u16,
    element: &Element,
    pages: &[&TopicPage],
) -> (ElementState, Vec<Objection>) {
    let serving: Vec<&TopicPage> = pages
        .iter()
        .copied()
        .filter(|p| p.serves(element) && p.is_published())
        .collect();
    if serving.is_empty() {
        return (ElementState::Missing, Vec::new());
    }
    let mut vouch = Vouched::default();
    for topic in &serving {
        let of_topic = vouched(site, year, topic, element);
        vouch.good.extend(of_topic.good);
        vouch.objections.extend(of_topic.objections);
    }
    let periods = serving
        .iter()
        .filter_map(|topic| another_period(site, year, topic, element));
    let periods: Vec<Objection> = periods.collect();
    let is_contradicted = !periods.is_empty()
        || serving
            .iter()
            .any(|topic| contradicts(site, year, topic, element));
    vouch.objections.extend(periods);
    // What a record opens need not be opened from the words as well.
    let weighs = |o: &Objection| o.fault != Fault::NoLink;
    // A damaged file or a place that is not there is still what a reader will
    // open, though another beside it is good.
    let leads_astray = |o: &Objection| matches!(o.fault, Fault::DeadFile(_) | Fault::NotThere);
    let astray = vouch.objections.iter().any(leads_astray);
    if !vouch.good.is_empty() && !is_contradicted && !astray {
        return (ElementState::Shown(vouch.good), Vec::new());
    }
    for topic in &serving {
        match stated_none(site, year, topic, element) {
            Some(Ok(state)) => return (state, Vec::new()),
            Some(Err(objection)) => vouch.objections.push(objection),
            None => {}
        }
    }
    let mut spots = Vec::new();
    let mut needless = false;
    for topic in &serving {
        match prove_any(site, year, topic, element) {
            Some(Proof::At(anchor)) => spots.push(here(topic, Some(anchor))),
            Some(Proof::Page(address, anchor)) => spots.push(Spot {
                target: Target::Page { address, anchor },
            }),
            Some(Proof::NotNeeded) => needless = true,
            None => {}
        }
    }
    let on_record = !spots.is_empty() || needless;
    if on_record && !is_contradicted && !vouch.objections.iter().any(weighs) {
        let state = if spots.is_empty() {
            ElementState::NotNeeded
        } else {
            ElementState::Shown(spots)
        };
        return (state, Vec::new());
    }
    // Who states that there is nothing leaves nothing to be judged.
    let empty = serving.iter().all(|t| states_none(site, year, t));
    let is_doubt = |o: &Objection| o.fault.is_doubt();
    let nothing_there = |o: &Objection| !o.fault.is_doubt() && o.fault != Fault::NotThere;
    // With a record that speaks against it, what was vouched for proves nothing.
    let is_proven = on_record || (!vouch.good.is_empty() && !is_contradicted);
    let state = if is_proven || vouch.objections.iter().any(is_doubt) {
        ElementState::Doubtful
    } else if vouch.objections.iter().any(nothing_there) {
        ElementState::Missing
    } else if element.evidence.contains(&Evidence::Review) && !empty {
        ElementState::Doubtful
    } else {
        ElementState::Missing
    };
    (state, vouch.objections)
}

/// The period in the head of a topic's page, where it is of the right year and
/// yet not the one that the element asks for.
fn another_period(
    site: &Site,
    year: u16,
    topic: &TopicPage,
    element: &Element,
) -> Option<Objection> {
    let page = site.topic_text(year, topic)?;
    let period = page.extras.period.as_ref()?;
    let asks = element.fields().any(|field| field == "period");
    // One of another year altogether makes the whole item out of date.
    let of_year = period.covers(Site::record_year(year, element.period_kind));
    (asks && of_year && period.problem.is_none() && !period_fits(period, element, year)).then(
        || Objection {
            fault: Fault::Period(period.raw.clone()),
            place: page.place(),
            row: None,
        },
    )
}

/// The same for each topic that a page covers.
fn contradicts(site: &Site, year: u16, topic: &TopicPage, element: &Element) -> bool {
    of_each(site, topic, element, |one| {
        contradicted(site, year, one, element).then_some(())
    })
    .is_some()
}

/// A page that covers several topics proves what each of them would.
fn prove_any(site: &Site, year: u16, topic: &TopicPage, element: &Element) -> Option<Proof> {
    of_each(site, topic, element, |one| prove(site, year, one, element))
}

fn of_each<T>(
    site: &Site,
    topic: &TopicPage,
    element: &Element,
    look: impl Fn(&TopicPage) -> Option<T>,
) -> Option<T> {
    if topic.covers.is_empty() {
        return look(topic);
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
            look(&one)
        })
}

pub(super) fn here(topic: &TopicPage, anchor: Option<String>) -> Spot {
    Spot {
        target: Target::Page {
            address: topic.address.to_string(),
            anchor,
        },
    }
}

/// Whether a place that `shows` names is there. One that is not was told, and
/// shows nothing.
pub(super) fn is_there(site: &Site, page: &Page, target: &Target) -> bool {
    let (address, anchor) = match target {
        Target::Same { anchor } => return super::has_anchor(page, anchor),
        Target::File { .. } | Target::Outside(_) => return true,
        Target::Page { address, anchor } => (address, anchor.as_deref()),
    };
    let Some(route) = site.routes.get(address) else {
        return false;
    };
    if let Kind::Topic(year, topic) = &route.kind {
        let topic = site.years.get(year).and_then(|y| y.topics.get(*topic));
        if !topic.is_some_and(TopicPage::is_published) {
            return false;
        }
    }
    // Pages that records make have places of their own; those are verified
    // when the pages are made.
    let only_text = match &route.kind {
        Kind::YearPage(..) | Kind::News(_) | Kind::Free(_) => true,
        Kind::Topic(year, topic) => site
            .years
            .get(year)
            .and_then(|y| y.topics.get(*topic))
            .is_some_and(|t| !t.has_data && t.covers.is_empty()),
        _ => false,
    };
    let text = super::link::page_of(site, &route.kind).filter(|_| only_text);
    match (anchor, text) {
        (Some(anchor), Some(text)) => super::has_anchor(text, anchor),
        _ => true,
    }
}

/// The element that asks for the statement itself.
const NONE_STATED: &str = "none-stated";

/// Words of a statement that leaves something out.
const OF_SOME: &[&str] = &[
    "นอกจาก",
    "ยกเว้น",
    "เว้นแต่",
    "อื่น",
    "เดือน",
    "ไตรมาส",
    "other",
    "except",
];

/// Whether a statement names years, and none of these.
fn speaks_of_others(text: &str, years: RangeInclusive<u16>) -> bool {
    let mut named = year_mentions(text).into_iter().peekable();
    named.peek().is_some()
        && named.all(|m| {
            years
                .clone()
                .all(|year| !(m.first..=m.last).contains(&year))
        })
}

/// A statement that there is none, or what speaks against it.
fn stated_none(
    site: &Site,
    year: u16,
    topic: &TopicPage,
    element: &Element,
) -> Option<Result<ElementState, Objection>> {
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
    let refused = |fault| {
        Some(Err(Objection {
            fault,
            place: none.place.clone(),
            row: None,
        }))
    };
    // `ไม่มีข้อมูล` is a poor statement, but one.
    let denies = none.text.contains("ไม่มี") || none.text.contains("ไม่ได้");
    if substance(&none.text).is_empty() && !denies {
        return refused(Fault::NoStatement(none.text.clone()));
    }
    let asked = Site::record_year(year, element.period_kind);
    if element.period_kind != PeriodKind::Current && speaks_of_others(&none.text, asked..=year) {
        return refused(Fault::NoneOfOther(none.text.clone()));
    }
    // Of some months there may be none, while there was one in another.
    let of_all = element.id == NONE_STATED
        && none.element.is_some()
        && !OF_SOME.iter().any(|word| none.text.contains(word))
        && counts_some(site, year, topic, None);
    if of_all {
        return refused(Fault::NoneButSome);
    }
    if counts_some(site, year, topic, Some(element)) {
        // Of a whole page that was told where pages and records were linked.
        let of_page = none.element.is_none();
        return if of_page {
            None
        } else {
            refused(Fault::NoneButSome)
        };
    }
    Some(Ok(ElementState::NoneStated {
        text: none.text.clone(),
        date: none.date.as_ref().map(super::link::ledgers::in_words),
        spot: here(topic, Some(format!("none-{}", index + 1))),
    }))
}
