//! The linked model: records joined by year, topic, item and route, with the
//! state of every required element. Immutable once made; rendering only reads.

pub mod address;
pub mod currency;
pub mod dates;
mod elements;
pub mod handed_in;
pub mod hosts;
pub mod ledgers;
pub mod link;
pub mod measures;
pub mod people;
pub mod prove;
pub mod refer;
mod refer_all;
pub mod vouch;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalogue::{Catalogue, Element, Item, PeriodKind, Topic, TopicId, TopicKind};
use crate::content::page::Page;
use crate::content::{Content, Memo};
use crate::diagnostic::{Diagnostics, Lang};
use crate::files::Files;
use crate::thai::Date;

use address::{Address, Kind, Route, Routes};
use elements::Disclosure;
pub use elements::{ElementCheck, ElementState, ItemState, Spot};
use ledgers::{Budget, Complaints, Procurement};
use measures::MeasuresDocument;
pub use refer_all::{anchors_of, has_anchor};

/// What a run is told beside the files: nothing else may change the output.
#[derive(Clone, Debug)]
pub struct Options {
    /// Pages marked as drafts are built too.
    pub drafts: bool,
    /// Another address than `site.toml` says, such as a preview host's.
    pub base_url: Option<String>,
    /// Links name `index.html`, so that the site opens from a folder.
    pub portable: bool,
    /// The day of the build: whether a survey is open, what is late.
    pub today: Date,
}

/// A topic's page in a year, with or without a text of its own.
#[derive(Clone, Debug)]
pub struct TopicPage {
    pub topic: TopicId,
    pub kind: TopicKind,
    /// Index of its item in the year's catalogue.
    pub item: usize,
    pub address: Address,
    /// Index into the year folder's `pages`.
    pub page: Option<usize>,
    /// Whether records alone make this page.
    pub has_data: bool,
    /// A page that covers the whole merged item serves several topics.
    pub covers: Vec<TopicId>,
}

impl TopicPage {
    pub fn is_published(&self) -> bool {
        self.page.is_some() || self.has_data
    }

    /// Whether an element is to be shown by this topic.
    pub fn serves(&self, element: &Element) -> bool {
        element.serves(&self.topic) || self.covers.iter().any(|c| element.serves(c))
    }
}

/// One assessment year.
#[derive(Debug)]
pub struct Year {
    pub year: u16,
    pub topics: Vec<TopicPage>,
    /// One for each item of the catalogue, in its order.
    pub disclosures: Vec<Disclosure>,
    pub measures: Option<MeasuresDocument>,
    pub report: Option<MeasuresDocument>,
}

#[derive(Debug)]
pub struct NewsItem {
    /// Index into `content.news`.
    pub page: usize,
    pub date: Date,
    pub address: Address,
}

/// Everything that can be rendered.
pub struct Site {
    pub files: Arc<dyn Files>,
    pub options: Options,
    pub content: Content,
    pub base_url: String,
    pub years: BTreeMap<u16, Year>,
    pub current_year: u16,
    /// By fiscal year.
    pub budgets: BTreeMap<u16, Budget>,
    pub procurement: BTreeMap<u16, Procurement>,
    pub complaints: BTreeMap<u16, Complaints>,
    /// Newest first.
    pub news: Vec<NewsItem>,
    /// Where in `news` each of `content.news` stands.
    pub news_places: BTreeMap<usize, usize>,
    pub routes: Routes,
    /// Content files whose text or head could not be read as it was meant.
    pub unread: std::collections::BTreeSet<Arc<str>>,
}

/// A loaded site and every message of loading it. There is a site whenever
/// the content folder could be listed, so that one run tells all problems.
pub struct Loaded {
    pub site: Site,
    pub diagnostics: Diagnostics,
}

/// Files → records → site: the one door for build, serve and check.
pub fn load(files: Arc<dyn Files>, options: Options) -> Loaded {
    load_again(files, options, &mut Memo::default())
}

/// The same, for one who loads again and again.
pub fn load_again(files: Arc<dyn Files>, options: Options, memo: &mut Memo) -> Loaded {
    let (content, diagnostics) = crate::content::read(files.as_ref(), memo);
    link::link(files, options, content, diagnostics)
}

impl Site {
    /// The path of the site on its host, as in `base_url`: `/` or `/sub/`.
    pub fn base_path(&self) -> String {
        let path = self
            .base_url
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'))
            .map_or("", |(_, path)| path.trim_matches('/'));
        if path.is_empty() {
            "/".into()
        } else {
            format!("/{path}/")
        }
    }

    pub fn catalogue(&self, year: u16) -> Option<&Catalogue> {
        self.content.catalogues.years.get(&year)
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.content.catalogues.topic(id)
    }

    pub fn item(&self, year: u16, index: usize) -> Option<&Item> {
        self.catalogue(year)?.items.get(index)
    }

    /// The text page of a topic.
    pub fn topic_text(&self, year: u16, topic: &TopicPage) -> Option<&Page> {
        let folder = self.content.years.get(&year)?;
        folder.pages.get(topic.page?).map(|p| &*p.page)
    }

    /// The English counterpart of a content file, by its key.
    pub fn english(&self, key: &str) -> Option<&Page> {
        let page = self.content.english.get(key)?;
        self.is_visible(page).then_some(page)
    }

    /// A piece of news by its index in `content.news`.
    pub fn news_item(&self, page: usize) -> Option<&NewsItem> {
        self.news.get(*self.news_places.get(&page)?)
    }

    pub fn is_visible(&self, page: &Page) -> bool {
        !page.draft || self.options.drafts
    }

    /// Every page of the content folder that is published, in both languages.
    pub fn pages_written(&self) -> impl Iterator<Item = &Page> {
        let content = &self.content;
        let of_years = content.years.values().flat_map(|year| &year.pages);
        let files = content.pages.iter().chain(&content.news).chain(of_years);
        files
            .map(|file| &*file.page)
            .chain(content.english.values().map(|page| &**page))
            .chain(content.home.as_deref())
            .filter(|page| self.is_visible(page))
    }

    /// The topic page that shows `topic` in `year`: its own, or the page of a
    /// merged item that covers it.
    pub fn topic_page(&self, year: u16, topic: &str) -> Option<&TopicPage> {
        self.years
            .get(&year)?
            .topics
            .iter()
            .find(|t| *t.topic == *topic || t.covers.iter().any(|c| **c == *topic))
    }

    /// The topic that a page is of: its own, or that of the folder it lies in.
    pub fn topic_of(&self, kind: &Kind) -> Option<(u16, &TopicPage)> {
        match kind {
            Kind::Topic(year, index) => Some((*year, self.years.get(year)?.topics.get(*index)?)),
            Kind::YearPage(year, index) => {
                let key = &self.content.years.get(year)?.pages.get(*index)?.key;
                let folder = key.split('/').next().unwrap_or_default();
                Some((*year, self.topic_page(*year, folder)?))
            }
            _ => None,
        }
    }

    /// The item that a page is of, by its index into the year's catalogue.
    pub fn item_of(&self, kind: &Kind) -> Option<(u16, usize)> {
        match kind {
            Kind::Item(year, index) => Some((*year, *index)),
            other => self.topic_of(other).map(|(year, topic)| (year, topic.item)),
        }
    }

    /// The unit that a text means, by its id or any of its spellings.
    pub fn unit(&self, written: &str) -> Option<&crate::content::agency::Unit> {
        let key = crate::thai::fold_key(written);
        self.content.units.iter().find(|u| {
            crate::thai::fold_key(&u.id) == key
                || crate::thai::fold_key(&u.name.th) == key
                || u.also.iter().any(|a| crate::thai::fold_key(a) == key)
        })
    }

    /// The people in office as a year's folder has them, else today's.
    pub fn people_of(&self, year: u16) -> &[crate::content::agency::Person] {
        self.content
            .years
            .get(&year)
            .and_then(|y| y.people.as_deref())
            .unwrap_or(&self.content.people)
    }

    pub fn routes_of(&self, lang: Lang) -> impl Iterator<Item = &Route> {
        self.routes
            .iter()
            .filter(move |r| r.lang == lang && !matches!(r.kind, Kind::Redirect(_)))
    }

    /// The records that a topic's page is made of, as a path in the content
    /// folder without the ending: `2567/procurement`, `channels`.
    pub fn records_of(&self, year: u16, topic: &TopicPage) -> Option<String> {
        let of = self
            .item(year, topic.item)
            .map_or(year, |item| Site::record_year(year, item.period_kind));
        let own_people = |y: &crate::content::YearFolder| y.people.is_some();
        match topic.kind {
            TopicKind::People if self.content.years.get(&year).is_some_and(own_people) => {
                Some(format!("{year}/people"))
            }
            TopicKind::People => Some("people".into()),
            TopicKind::Contact | TopicKind::Social | TopicKind::ComplaintChannels => {
                Some("channels".into())
            }
            TopicKind::Budget => Some(format!("{of}/budget")),
            TopicKind::Procurement => Some(format!("{of}/procurement")),
            TopicKind::ComplaintStatistics => Some(format!("{of}/complaints")),
            TopicKind::Measures => Some(format!("{year}/measures")),
            TopicKind::MeasuresReport => Some(format!("{year}/measures-report")),
            TopicKind::Prose if &*topic.topic == "structure" => Some("units".into()),
            _ => None,
        }
    }

    /// The fiscal year whose records an item of `year` shows.
    pub fn record_year(year: u16, period: PeriodKind) -> u16 {
        match period {
            PeriodKind::PreviousYear => year.saturating_sub(1),
            _ => year,
        }
    }
}
