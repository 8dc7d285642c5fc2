//! Whether the pages of an item are of their time. An assessor gives nothing
//! for last year's page, however whole it is. A page tells its time by its
//! head, by its words, and by the rows, files and records that it shows.

mod head;
mod records;
mod words;

use crate::catalogue::{Item, PeriodKind};
use crate::thai::Date;

use super::{Site, TopicPage};

/// What tells that a page is of another time than its item asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The day in this field of the head is too early.
    Touched { key: &'static str, date: Date },
    /// A statement that there is none was made before the time began of which
    /// it speaks.
    NoneBefore { stated: Date, begins: Date },
    /// The head names another fiscal year.
    FiscalYear(u16),
    /// The fiscal year in the head lies outside the period in the head.
    OutsidePeriod(u16),
    /// The period in the head ends before the time that is asked for begins.
    Period(Date),
    /// It begins after the year.
    LaterPeriod(Date),
    /// The head says that the report is of this fiscal year, and what is asked
    /// for is the report on the one before, which is over.
    NotOver(u16),
    /// Its texts and tables speak of later years alone; the first of them.
    LaterText(u16),
    /// Every day in a column of a table lies before the time that is asked for;
    /// the fiscal year of the last one.
    Days { heading: String, year: u16 },
    /// It can't be read; told when the page was read.
    NoPeriod,
    /// The title names another year.
    Title { text: String, year: u16 },
    /// So does a heading.
    Heading { text: String, year: u16 },
    /// Its texts and tables speak of other years alone; the last of them.
    Text(u16),
    /// Every file that it shows is of another year by its name.
    File { path: String, year: u16 },
    /// Its file is that of another year, byte by byte.
    SameFile { path: String, other: String },
    /// It says what the page of the year before says; how much of it, in
    /// hundredths.
    SameText {
        file: std::sync::Arc<str>,
        share: u32,
    },
    /// So many months of the time that is asked for show no purchases, and no
    /// statement that there were none; told with the records.
    EmptyMonths(usize),
    /// The document of measures is of another year.
    Measures(u16),
    /// The measures' periods end before the document's year begins: so many
    /// of so many.
    MeasurePeriods { past: usize, all: usize },
    /// So many measures of the year that is reported on have no row.
    Unreported(usize),
}

impl Cause {
    /// The rule that tells of it, where one does.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Cause::Touched { .. } | Cause::NoneBefore { .. } => "stale-page",
            Cause::FiscalYear(_)
            | Cause::OutsidePeriod(_)
            | Cause::Period(_)
            | Cause::LaterPeriod(_)
            | Cause::NotOver(_)
            | Cause::LaterText(_)
            | Cause::Days { .. }
            | Cause::Title { .. }
            | Cause::Heading { .. }
            | Cause::Text(_)
            | Cause::File { .. } => "year-contradicts-folder",
            Cause::SameText { .. } | Cause::SameFile { .. } => "same-as-last-year",
            Cause::Measures(_) => "report-of-other-year",
            Cause::MeasurePeriods { .. } => "measure-of-other-year",
            Cause::EmptyMonths(_) => "month-without-purchases",
            Cause::Unreported(_) => "measure-without-report",
            Cause::NoPeriod => return None,
        })
    }

    /// Whether it tells against every period that an item with a period can
    /// ask for, so that it need not be known which one this item does.
    pub fn is_beyond_doubt(&self, year: u16) -> bool {
        match self {
            Cause::FiscalYear(own) => own + 1 < year,
            Cause::Period(end) => first_day(year.saturating_sub(1)).is_some_and(|d| *end < d),
            Cause::LaterPeriod(_) | Cause::Measures(_) | Cause::MeasurePeriods { .. } => true,
            _ => false,
        }
    }
}

/// How much a sign tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Worth a look; the item is judged without it.
    Told,
    /// Only a person can tell, so the item may score nothing.
    Doubtful,
    /// The page is surely of another time, and the item scores nothing.
    Sure,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// Index into the year's topics.
    pub topic: usize,
    pub cause: Cause,
    pub weight: Weight,
}

/// First day of a fiscal year, 1 October of the year before.
pub fn first_day(fiscal_year: u16) -> Option<Date> {
    Date::new(i32::from(fiscal_year) - 544, 10, 1)
}

/// Last day of a fiscal year.
pub fn last_day(fiscal_year: u16) -> Option<Date> {
    Date::new(i32::from(fiscal_year) - 543, 9, 30)
}

/// From when on things of a fiscal year are decided: 1 July before it.
fn decided_from(year: u16) -> Option<Date> {
    Date::new(i32::from(year) - 544, 7, 1)
}

/// The signs of one topic's page, those of most weight first.
pub fn signs(site: &Site, year: u16, item: &Item, index: usize, topic: &TopicPage) -> Vec<Sign> {
    let kinds = kinds(item, topic);
    let mut all = Vec::new();
    if let Some(page) = site.topic_text(year, topic) {
        all.extend(head::signs(site, year, item, topic, &kinds, page));
        all.extend(words::of_headings(year, item, &kinds, page));
        if earliest(year, &kinds).is_some() && !kinds.contains(&PeriodKind::Current) {
            all.extend(words::of_text(site, year, &kinds, topic, page));
            all.extend(records::of_page(site, year, &kinds, page));
        }
    }
    all.extend(records::signs(site, year, item, topic));
    // The head tells it already.
    if all
        .iter()
        .any(|(cause, _)| matches!(cause, Cause::NotOver(_)))
    {
        all.retain(|(cause, _)| !matches!(cause, Cause::LaterText(_)));
    }
    let allowed = |cause: &Cause| is_allowed(site, year, topic, cause);
    let mut all: Vec<Sign> = all
        .into_iter()
        .map(|(cause, weight)| Sign {
            topic: index,
            weight: if allowed(&cause) {
                Weight::Told
            } else {
                weight
            },
            cause,
        })
        .collect();
    all.sort_by_key(|s| std::cmp::Reverse(s.weight));
    all
}

/// Whether site.toml lets this pass on the page: who gave a reason has looked.
fn is_allowed(site: &Site, year: u16, topic: &TopicPage, cause: &Cause) -> bool {
    let Some(code) = cause.code() else {
        return false;
    };
    let page = site.topic_text(year, topic);
    site.content.settings.allowed.iter().any(|a| {
        let file = a.file.as_deref();
        // Measures and purchases are told in records of the year's folder.
        let in_folder =
            |f: &str, year: u16| f.starts_with(&format!("{}/{year}/", crate::content::FOLDER));
        let of_page = |f: &str| match cause {
            // Told at the measure, which stands in the folder of its year.
            Cause::Unreported(_) => in_folder(f, year) || in_folder(f, year.saturating_sub(1)),
            Cause::Measures(_) | Cause::MeasurePeriods { .. } | Cause::EmptyMonths(_) => {
                in_folder(f, year)
            }
            _ => page.is_some_and(|p| *p.file == *f),
        };
        a.code == code && a.fingerprint.is_none() && file.is_none_or(of_page)
    })
}

/// The times that the page of a topic must speak of: those of its elements,
/// as a merged item asks for a plan and for the report on it.
fn kinds(item: &Item, topic: &TopicPage) -> Vec<PeriodKind> {
    let mut kinds: Vec<PeriodKind> = Vec::new();
    let of_topic = item.elements.iter().filter(|e| topic.serves(e));
    for kind in of_topic.map(|e| e.period_kind) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if kinds.is_empty() {
        kinds.push(item.period_kind);
    }
    kinds
}

/// The earliest fiscal year whose documents serve.
fn earliest(year: u16, kinds: &[PeriodKind]) -> Option<u16> {
    let dated = kinds.iter().filter(|k| **k != PeriodKind::Current);
    dated.map(|kind| Site::record_year(year, *kind)).min()
}

/// The latest fiscal year whose documents serve.
fn latest(year: u16, kinds: &[PeriodKind]) -> Option<u16> {
    let dated = kinds.iter().filter(|k| **k != PeriodKind::Current);
    dated.map(|kind| Site::record_year(year, *kind)).max()
}

/// Whether a measure was over before the year of its document began.
pub fn ends_before(period: Option<&crate::thai::Period>, fiscal_year: u16) -> bool {
    let end = period.filter(|p| p.problem.is_none()).and_then(|p| p.to);
    end.zip(first_day(fiscal_year))
        .is_some_and(|(end, first)| end < first)
}
