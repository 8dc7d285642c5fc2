//! What a place is worth that the webmaster vouches for with `shows`: whether
//! something stands there, and whether an assessor would look there.
//!
//! A vouch lifts what no program can tell. It never makes something out of
//! nothing: a section of `-`, a table without rows, an empty file show
//! nothing. Where something stands but in an unlikely place, a person must
//! look.

use std::collections::BTreeMap;

use crate::catalogue::{Element, Evidence, TopicKind, heading_serves};
use crate::content::FOLDER;
use crate::content::agency::Reference;
use crate::content::markdown::{Part, TableOutline};
use crate::content::page::{Page, PageTable, TableSource};
use crate::content::sheet::Filling;
use crate::diagnostic::{Diagnostic, Lang, Place};
use crate::files::{Form, SitePath, form};
use crate::thai::{Substance, only_points, substance};

use super::address::{Kind, Target};
use super::elements::{Spot, here};
use super::hosts::{host, needs_login, path};
use super::refer::From;
use super::{Site, TopicPage, link, prove};

/// Why a place that is vouched for does not show its element for certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing stands there but these words, such as `-`.
    NoWords(String),
    /// Nothing but links to files that are empty, damaged or not there.
    DeadLinks,
    NoRows,
    /// The table has the field's column, and nothing in `blank` of its rows.
    NoValues {
        heading: String,
        blank: usize,
    },
    /// The file of this path is empty, or not what its name says.
    DeadFile(String),
    /// The picture is the agency's logo.
    Logo,
    /// Nothing is there at all; that is told where references are judged.
    NotThere,
    /// A statement that there is nothing, of these words, which state nothing.
    NoStatement(String),
    /// A statement that there is nothing, and records that show some.
    NoneButSome,
    /// A statement of these words, which speak of other years alone.
    NoneOfOther(String),
    /// The head of the page gives this period, which is not what is asked for.
    Period(String),
    // From here on something is there, and a person must see whether it is it.
    /// Words, and nothing among them that a reader can open.
    NoLink,
    /// Nothing to open but files to print and bring along.
    OnlyFiles,
    /// So many lines begin with a section of a law, which was not asked for.
    WholeAct(usize),
    OneWord(String),
    Outside(String),
    Login(&'static str),
    WholePage,
    OtherItem,
    /// News that do not say that they are of the topic.
    OtherNews(String),
    Picture,
    /// More elements at this place than it has room for.
    Crowded {
        elements: usize,
        room: usize,
    },
    /// No column of the table can hold the field.
    NoColumn(String),
    /// Marks such as `-` in this column, which may mean none or not known.
    Dashes {
        heading: String,
        rows: usize,
    },
}

impl Fault {
    /// Something is there, and only a person can tell.
    pub fn is_doubt(&self) -> bool {
        !matches!(
            self,
            Fault::NoWords(_)
                | Fault::DeadLinks
                | Fault::NoRows
                | Fault::NoValues { .. }
                | Fault::DeadFile(_)
                | Fault::Logo
                | Fault::NotThere
                | Fault::NoStatement(_)
                | Fault::NoneButSome
                | Fault::NoneOfOther(_)
                | Fault::Period(_)
        )
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub fault: Fault,
    pub place: Place,
    /// The table and row of the page's head where the fault is, for those who
    /// can find its line.
    pub row: Option<(usize, usize)>,
}

/// What one page's webmaster says of an element, sorted by worth.
#[derive(Debug, Default)]
pub struct Vouched {
    pub good: Vec<Spot>,
    pub objections: Vec<Objection>,
}

/// Elements that one section of text can show: problems are often told
/// together with what is proposed, more than two are not found there.
const ROOM_OF_SECTION: usize = 2;

/// Fields whose column a plan or report must fill in every row. Others, such
/// as problems, may well be left open in one.
const FILLED: &[&str] = &[
    "projects",
    "budget",
    "schedule",
    "progress",
    "spent",
    "result",
    "risk_event",
    "risk_level",
    "risk_measure",
    "total",
    "completed",
    "in_progress",
    "step_time",
    "fee",
    "documents",
];

/// Fields that one cell may tell for several rows, as merged cells do: their
/// column may not be empty from top to bottom.
const TOLD: &[&str] = &[
    "strategies",
    "goals",
    "indicators",
    "steps",
    "laws",
    "responsible",
    "service_channel",
    "how_to",
    "duration",
    "problems",
    "recommendations",
];

/// Fields that a table shows in a column of their own or not at all.
const IN_COLUMN: &[&str] = &[
    "budget",
    "schedule",
    "fee",
    "documents",
    "risk_level",
    "risk_measure",
];

/// The element that asks for an agency's own words instead of a law's.
const NOT_AN_ACT: &str = "not-whole-act";
/// Lines that begin with a section, as an act has them; who quotes where powers
/// come from has fewer.
const MANY_SECTIONS: usize = 15;

/// Words around links that only lead to them.
const WORDS_ABOUT_LINKS: usize = 40;

/// What the webmaster says in `shows`; where that is silent, anchors that bear
/// the element's id, which is the same word in another place.
pub fn vouched(site: &Site, year: u16, topic: &TopicPage, element: &Element) -> Vouched {
    let mut all = Vouched::default();
    let Some(page) = site.topic_text(year, topic) else {
        return all;
    };
    let view = View {
        site,
        year,
        topic,
        page,
        element,
    };
    let mut said = false;
    for shows in page.extras.shows.iter().filter(|s| s.element == element.id) {
        said = true;
        for reference in &shows.places {
            view.reference(reference, &mut all);
        }
    }
    if !said {
        let own = Target::Same {
            anchor: element.id.clone(),
        };
        let heading = page.outline.headings.iter().any(|h| h.id == element.id);
        let table = page.extras.tables.iter().any(|t| t.id == element.id);
        if heading || table {
            view.target(own, &page.place(), &mut all);
        }
    }
    all
}

struct View<'v> {
    site: &'v Site,
    year: u16,
    topic: &'v TopicPage,
    page: &'v Page,
    element: &'v Element,
}

/// A fault and where to tell it, where that is not at the reference.
struct Refused {
    fault: Fault,
    place: Option<Place>,
    row: Option<(usize, usize)>,
}

type Judged<T = ()> = Result<T, Box<Refused>>;

fn fault<T>(fault: Fault) -> Judged<T> {
    told_at(fault, None)
}

fn told_at<T>(fault: Fault, place: Option<Place>) -> Judged<T> {
    Err(Box::new(Refused {
        fault,
        place,
        row: None,
    }))
}

impl View<'_> {
    fn reference(&self, reference: &Reference, all: &mut Vouched) {
        let from = From {
            file: &self.page.file,
            year: self.year,
            lang: Lang::Th,
        };
        let target = self.site.resolve(reference, from).ok();
        let there = target.filter(|t| super::elements::is_there(self.site, self.page, t));
        match there {
            Some(target) => self.target(target, &reference.place, all),
            None => all.objections.push(Objection {
                fault: Fault::NotThere,
                place: reference.place.clone(),
                row: None,
            }),
        }
    }

    fn target(&self, target: Target, at: &Place, all: &mut Vouched) {
        match self.judge(&target) {
            Ok(()) => all.good.push(match target {
                Target::Same { anchor } => here(self.topic, Some(anchor)),
                target => Spot { target },
            }),
            Err(refused) => all.objections.push(Objection {
                fault: refused.fault,
                place: refused.place.unwrap_or_else(|| at.clone()),
                row: refused.row,
            }),
        }
    }

    fn accepts(&self, evidence: &Evidence) -> bool {
        self.element.evidence.contains(evidence)
    }

    fn judge(&self, target: &Target) -> Judged {
        match target {
            Target::Same { anchor } => {
                self.anchor(self.page, anchor)?;
                self.room(target, self.page, anchor)
            }
            Target::File { path } => self.file(path),
            Target::Outside(url) => match host(url) {
                Some(host) => match needs_login(&host, &path(url)) {
                    Some(service) => fault(Fault::Login(service)),
                    None if self.accepts(&Evidence::Link) => Ok(()),
                    None => fault(Fault::Outside(host)),
                },
                // mailto: and tel: are ways to reach somebody.
                None if self.accepts(&Evidence::Link) => Ok(()),
                None => fault(Fault::Outside(url.clone())),
            },
            Target::Page { address, anchor } => {
                let Some(route) = self.site.routes.get(address) else {
                    return fault(Fault::NotThere);
                };
                let of = self.of_page(&route.kind, anchor.as_deref())?;
                match (of, anchor) {
                    (Some(page), Some(anchor)) => {
                        self.anchor(page, anchor)?;
                        self.room(target, page, anchor)
                    }
                    (Some(page), None) => {
                        self.words(page, &page.outline.parts.iter().collect::<Vec<_>>(), true)
                    }
                    (None, _) => Ok(()),
                }
            }
        }
    }

    /// Whether an assessor would look on this page; the page, where what it
    /// says stands in a text.
    fn of_page(&self, kind: &Kind, anchor: Option<&str>) -> Judged<Option<&Page>> {
        let text = link::page_of(self.site, kind);
        match kind {
            Kind::Topic(..) | Kind::YearPage(..) => {
                let own = self.site.topic_of(kind);
                let same = own.is_some_and(|(year, topic)| {
                    year == self.year && topic.item == self.topic.item
                });
                let below = matches!(kind, Kind::YearPage(..));
                match (same, anchor) {
                    (false, _) => fault(Fault::OtherItem),
                    (true, None) if !below => fault(Fault::WholePage),
                    (true, _) => Ok(text),
                }
            }
            Kind::News(_) => {
                let fits = |topic: &str| {
                    self.topic.topic.as_ref() == topic
                        || self.topic.covers.iter().any(|c| **c == *topic)
                };
                let said = text.is_some_and(|p| p.extras.topics.iter().any(|t| fits(&t.raw)));
                if said || &*self.topic.topic == "news" {
                    Ok(text)
                } else {
                    fault(Fault::OtherNews(self.topic.topic.to_string()))
                }
            }
            Kind::Free(_) if anchor.is_some() || self.accepts(&Evidence::Link) => Ok(text),
            Kind::Procurement(_) | Kind::ProcurementMonth(..)
                if self.topic.kind == TopicKind::Procurement =>
            {
                Ok(None)
            }
            Kind::People | Kind::Contact | Kind::Progress(_) | Kind::Procurement(_)
                if anchor.is_some() =>
            {
                Ok(None)
            }
            Kind::People if self.topic.kind == TopicKind::People => Ok(None),
            Kind::Contact if self.accepts(&Evidence::Link) => Ok(None),
            Kind::Home | Kind::YearIndex(_) | Kind::Item(..) => fault(Fault::OtherItem),
            _ => fault(Fault::WholePage),
        }
    }

    fn file(&self, inside: &str) -> Judged {
        if is_dead(self.site, inside) {
            return fault(Fault::DeadFile(inside.to_string()));
        }
        if is_logo(self.site, inside) {
            return fault(Fault::Logo);
        }
        if is_picture(inside) && !self.accepts(&Evidence::File) {
            return fault(Fault::Picture);
        }
        Ok(())
    }

    /// A place on a page: a section, a table, or what records make there.
    fn anchor(&self, page: &Page, anchor: &str) -> Judged {
        if let Some(index) = page.extras.tables.iter().position(|t| t.id == anchor) {
            let table = &page.extras.tables[index];
            return self.table(index, table);
        }
        if let Some(at) = page.outline.headings.iter().position(|h| h.id == anchor) {
            let parts = section(page, at);
            return self.words(page, &parts, false);
        }
        if let Some(table) = page.outline.tables.iter().find(|t| t.id == anchor) {
            let has_rows = table.columns.iter().any(|(_, filling)| filling.rows > 0);
            return if has_rows {
                self.table_in_text(page, table)
            } else {
                fault(Fault::NoRows)
            };
        }
        let extras = &page.extras;
        let is_empty = match anchor {
            prove::anchor::FILES => {
                let live = |raw: &Reference| !self.leads_nowhere(page, &raw.raw, true);
                !extras.files.iter().any(|f| live(&f.path))
            }
            prove::anchor::LINKS => extras.links.is_empty(),
            prove::anchor::QUESTIONS => {
                let answered = |a: &str| !substance(a).is_empty();
                !extras.questions.iter().any(|q| answered(&q.answer))
            }
            prove::anchor::UNITS => self.site.content.units.is_empty(),
            prove::anchor::PEOPLE => self.site.people_of(self.year).is_empty(),
            _ => false,
        };
        if is_empty {
            fault(Fault::NoWords(String::new()))
        } else {
            Ok(())
        }
    }

    fn table(&self, index: usize, table: &PageTable) -> Judged {
        let grid = table.grid();
        let columns = grid.fillings();
        if !columns.iter().any(|(_, filling)| filling.rows > 0) {
            return told_at(Fault::NoRows, Some(table.place.clone()));
        }
        for field in self.element.fields() {
            let by_months = field == "schedule" && columns.iter().any(|(h, _)| is_time(h));
            let (column, fault, row) = match column_of(field, &columns) {
                Column::Open { at, fault, row } => (at, fault, row),
                Column::None if IN_COLUMN.contains(&field) && !by_months => {
                    let place = Some(table.place.clone());
                    return told_at(Fault::NoColumn(field.to_string()), place);
                }
                Column::None | Column::Filled => continue,
            };
            let place = Some(table.cell_place(row + 1, column));
            let is_here = matches!(table.source, TableSource::Here(_));
            let row = is_here.then_some((index, row));
            return Err(Box::new(Refused { fault, place, row }));
        }
        Ok(())
    }

    /// A table in running text: each field that has a column fills it.
    fn table_in_text(&self, page: &Page, table: &TableOutline) -> Judged {
        let columns: Vec<(&str, Filling)> = table
            .columns
            .iter()
            .map(|(heading, filling)| (heading.as_str(), filling.clone()))
            .collect();
        for field in self.element.fields() {
            if let Column::Open { fault, .. } = column_of(field, &columns) {
                let at = page.body.start + table.start;
                return told_at(fault, Some(Place::span(page.file.clone(), at..at + 1)));
            }
        }
        Ok(())
    }

    /// What parts of a text amount to together.
    fn words(&self, page: &Page, parts: &[&Part], whole_page: bool) -> Judged {
        let is_inside = |table: &&TableOutline| {
            let part = page.outline.parts.get(table.part);
            part.is_some_and(|p| parts.iter().any(|q| std::ptr::eq(*q, p)))
        };
        let mut has_rows = false;
        for table in page.outline.tables.iter().filter(is_inside) {
            if table.columns.iter().any(|(_, filling)| filling.rows > 0) {
                has_rows = true;
                self.table_in_text(page, table)?;
            }
        }
        let filled = |t: &PageTable| t.grid().fillings().iter().any(|(_, f)| f.rows > 0);
        let own_tables = whole_page && page.extras.tables.iter().any(filled);
        // News that bring their own summary are read no further.
        let unread = whole_page && parts.is_empty() && !page.outline.is_empty;
        let words: String = parts.iter().map(|p| p.words.as_str()).collect();
        let link_words: String = parts.iter().map(|p| p.link_words.as_str()).collect();
        let links: Vec<&str> = parts
            .iter()
            .flat_map(|p| p.links.iter().map(|l| &**l))
            .collect();
        let has_picture = parts.iter().any(|p| p.has_picture);
        let dead = !links.is_empty() && links.iter().all(|l| self.leads_nowhere(page, l, false));
        let live = !links.is_empty() && !dead;
        let place = || {
            let said = parts
                .iter()
                .find(|p| !p.words.is_empty() || !p.link_words.is_empty());
            let part = said.or(parts.first())?;
            let at = part.at.start + page.body.start..part.at.end + page.body.start;
            (!part.at.is_empty()).then(|| Place::span(page.file.clone(), at))
        };
        if self.element.id == NOT_AN_ACT {
            let sections = page.outline.parts.iter().map(|p| p.law_sections).sum();
            if sections >= MANY_SECTIONS {
                return told_at(Fault::WholeAct(sections), place());
            }
        }
        let is_file =
            |link: &&str| matches!(self.target_of(page, link, false), Ok(Target::File { .. }));
        if live && self.asks_for_link() && links.iter().all(is_file) && !has_way(&words) {
            return fault(Fault::OnlyFiles);
        }
        let enough = live || !self.asks_for_link();
        if (has_rows || own_tables) && enough || unread {
            return Ok(());
        }
        let short = words.trim().chars().count() <= WORDS_ABOUT_LINKS;
        if dead && short && !has_picture {
            return told_at(Fault::DeadLinks, place());
        }
        if short && !has_picture && !self.accepts(&Evidence::Link) {
            let outside =
                |link: &&&str| matches!(self.target_of(page, link, false), Ok(Target::Outside(_)));
            if !links.is_empty() && links.iter().filter(outside).count() == links.len() {
                let address = links.first().copied().unwrap_or_default();
                let host = host(address).unwrap_or_else(|| address.to_string());
                return told_at(Fault::Outside(host), place());
            }
        }
        if !live && self.asks_for_link() && !has_way(&words) {
            return told_at(Fault::NoLink, place());
        }
        let all = if live {
            format!("{words}{link_words}")
        } else {
            words
        };
        let said: String = all.trim().chars().take(60).collect();
        match substance(&all) {
            // The files of a page's head stand right below its text.
            Substance::Words
                if !live && only_points(&all) && !has_picture && page.extras.files.is_empty() =>
            {
                told_at(Fault::NoWords(said), place())
            }
            Substance::Words => Ok(()),
            _ if live && !substance(&link_words).is_empty() => Ok(()),
            Substance::Garbled => told_at(Fault::NoWords(said), place()),
            _ if has_picture && self.accepts(&Evidence::File) => Ok(()),
            _ if has_picture => told_at(Fault::Picture, place()),
            Substance::Word => told_at(Fault::OneWord(said), place()),
            // `ไม่มีข้อมูล` may be meant as the statement that is allowed here.
            Substance::Promise if self.element.allows_none() => {
                told_at(Fault::OneWord(said), place())
            }
            _ => told_at(Fault::NoWords(said), place()),
        }
    }

    /// Whether only something to open shows the element: an online channel, a
    /// form.
    fn asks_for_link(&self) -> bool {
        let is_link = |e: &Evidence| match e {
            Evidence::Link => true,
            Evidence::Field(field) => field.ends_with("_url"),
            _ => false,
        };
        self.accepts(&Evidence::Link) && self.element.evidence.iter().all(is_link)
    }

    /// Whether a link leads to a file that holds nothing, or to nothing.
    fn leads_nowhere(&self, page: &Page, raw: &str, is_field: bool) -> bool {
        match self.target_of(page, raw, is_field) {
            Ok(Target::File { path }) => is_dead(self.site, &path),
            Ok(_) => false,
            Err(_) => true,
        }
    }

    /// Where a page leads: what stands in a field is a reference, a link in
    /// running text is not.
    fn target_of(&self, page: &Page, raw: &str, is_field: bool) -> Result<Target, Box<Diagnostic>> {
        let from = From {
            file: &page.file,
            year: self.year,
            lang: Lang::Th,
        };
        let place = page.place();
        if is_field {
            let raw = raw.to_string();
            self.site.resolve(&Reference { raw, place }, from)
        } else {
            self.site.resolve_link(raw, &place, from)
        }
    }

    /// Whether the place has room for all that this page says it shows.
    fn room(&self, target: &Target, page: &Page, anchor: &str) -> Judged {
        let room = if let Some(table) = page.extras.tables.iter().find(|t| t.id == anchor) {
            table.grid().rows.first().map_or(0, Vec::len)
        } else if let Some(at) = page.outline.headings.iter().position(|h| h.id == anchor) {
            let (first, last) = section_range(page, at);
            let inside = page.outline.tables.iter();
            let columns = inside
                .filter(|t| (first..last).contains(&t.part))
                .map(|t| t.columns.len());
            columns.max().unwrap_or(0).max(ROOM_OF_SECTION)
        } else {
            return Ok(());
        };
        let from = From {
            file: &self.page.file,
            year: self.year,
            lang: Lang::Th,
        };
        let known = |id: &str| {
            let item = self.site.item(self.year, self.topic.item);
            item.is_some_and(|i| i.element(id).is_some())
        };
        let mut at_place: BTreeMap<&str, ()> = BTreeMap::new();
        for shows in self.page.extras.shows.iter().filter(|s| known(&s.element)) {
            let mut targets = shows.places.iter().map(|r| self.site.resolve(r, from));
            // Another place that shows it too leaves no doubt about this one.
            if shows.places.len() == 1 && targets.any(|t| t.as_ref() == Ok(target)) {
                at_place.insert(&shows.element, ());
            }
        }
        let elements = at_place.len();
        if elements > room.max(1) {
            fault(Fault::Crowded { elements, room })
        } else {
            Ok(())
        }
    }
}

/// The column of a field in a table.
enum Column {
    /// There is none, or the field need not have one.
    None,
    Filled,
    /// `row` is the first that is open, from 0 below the head.
    Open {
        at: usize,
        fault: Fault,
        row: usize,
    },
}

/// Of several columns that can hold the field, the one that is filled best.
fn column_of(field: &str, columns: &[(&str, Filling)]) -> Column {
    let is_filled = |f: &Filling| {
        if TOLD.contains(&field) {
            f.open(field) + f.dashes < f.rows
        } else {
            f.is_full(field)
        }
    };
    if !FILLED.contains(&field) && !TOLD.contains(&field) {
        return Column::None;
    }
    let best = columns
        .iter()
        .enumerate()
        .filter(|(_, (heading, _))| heading_serves(heading, field))
        .min_by_key(|(_, (_, f))| (!is_filled(f), f.open(field), f.dashes));
    let Some((at, (heading, best))) = best else {
        return Column::None;
    };
    let heading = (*heading).to_string();
    let fault = if !is_filled(best) {
        let blank = best.open(field) + best.dashes;
        Fault::NoValues { heading, blank }
    } else if best.dashes > 0 && FILLED.contains(&field) {
        let rows = best.dashes;
        Fault::Dashes { heading, rows }
    } else {
        return Column::Filled;
    };
    let row = best.first_blank.unwrap_or_default();
    Column::Open { at, fault, row }
}

/// The parts of a section: below its heading and those of deeper levels.
fn section_range(page: &Page, at: usize) -> (usize, usize) {
    let headings = &page.outline.headings;
    let level = headings.get(at).map_or(1, |h| h.level);
    let deeper = headings
        .iter()
        .skip(at + 1)
        .take_while(|h| h.level > level)
        .count();
    (at + 1, at + 2 + deeper)
}

fn section(page: &Page, at: usize) -> Vec<&Part> {
    let (first, last) = section_range(page, at);
    page.outline
        .parts
        .iter()
        .skip(first)
        .take(last - first)
        .collect()
}

/// An address in plain words, such as `line @thansommut` or an e-mail.
fn has_way(words: &str) -> bool {
    words.contains('@') || words.contains("http") || words.contains("www.")
}

/// Plans often show time as a column for each month.
fn is_time(heading: &str) -> bool {
    ["ต.ค", "ตุลาคม", "ไตรมาส", "เดือน", "พ.ศ."]
        .iter()
        .any(|word| heading.trim().starts_with(word))
}

fn is_picture(path: &str) -> bool {
    let end = path.rsplit('.').next().unwrap_or_default();
    matches!(
        end.to_ascii_lowercase().as_str(),
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "avif" | "bmp"
    )
}

pub fn is_logo(site: &Site, inside: &str) -> bool {
    let Some(logo) = &site.content.settings.agency.logo else {
        return false;
    };
    let from = From {
        file: &logo.place.file,
        year: site.current_year,
        lang: Lang::Th,
    };
    matches!(site.resolve(logo, from), Ok(Target::File { path }) if path == inside)
}

/// Whether an attachment holds nothing, or is not what its name says, so that
/// no program opens it.
pub fn is_dead(site: &Site, inside: &str) -> bool {
    let Ok(path) = SitePath::new(&format!("{FOLDER}/{inside}")) else {
        return true;
    };
    match site.content.listing.get(&path) {
        Some(entry) if entry.size == 0 => true,
        Some(_) => !matches!(form(site.files.as_ref(), &path), Ok(Form::AsNamed)),
        None => true,
    }
}
