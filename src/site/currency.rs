//! Whether the pages of an item are of their time. An assessor gives nothing
//! for last year's page, however whole it is.

use crate::catalogue::{Item, PeriodKind, TopicKind};
use crate::content::FOLDER;
use crate::content::markdown::{Traces, sentence};
use crate::content::page::Page;
use crate::content::sheet::is_total;
use crate::files::{Entry, SitePath};
use crate::thai::{Date, Month, substance, to_arabic};

use super::refer::files_of;
use super::{Site, TopicPage};

/// A page that is to be current is looked over once a year, with some grace.
const CURRENT_DAYS: i64 = 400;

/// Words that may stand beside another year: laws bear that of their making,
/// and a text may look back.
const LOOKS_BACK: &[&str] = &[
    "พระราช",
    "พ.ร.บ",
    "พรบ",
    "ระเบียบ",
    "ประมวล",
    "กฎ",
    "คำสั่ง",
    "ประกาศ",
    "มติ",
    "เทียบ",
    "ย้อนหลัง",
    "ตั้งแต่",
    "เริ่ม",
    "ก่อน",
    "ที่ผ่านมา",
    "เดิม",
    "ผลการประเมิน",
    "ผลคะแนน",
    "สถิติ",
    "ประวัติ",
];

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

/// The signs of one topic's page, those of most weight first.
pub fn signs(site: &Site, year: u16, item: &Item, index: usize, topic: &TopicPage) -> Vec<Sign> {
    let kinds = kinds(item, topic);
    let mut all = Vec::new();
    if let Some(page) = site.topic_text(year, topic) {
        all.extend(touched(site, year, &kinds, page));
        all.extend(none_before(year, item, topic, page));
        all.extend(declared(year, &kinds, page));
        all.extend(title(year, &kinds, page));
        all.extend(headings(year, item, &kinds, page));
        if earliest(year, &kinds).is_some() && !kinds.contains(&PeriodKind::Current) {
            all.extend(text(year, &kinds, page));
            all.extend(days(year, &kinds, page));
            all.extend(files(year, &kinds, page));
            all.extend(same_text(site, year, &kinds, topic, page));
            all.extend(same_file(site, year, page));
        }
    }
    all.extend(measures(site, year, topic));
    all.extend(unreported(site, year, topic));
    all.extend(empty_months(site, year, item, topic));
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

fn touched(site: &Site, year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    updated(site, year, kinds, page).or_else(|| dated(site, year, kinds, page))
}

/// A page that was touched in time may still show a document of another time.
fn dated(site: &Site, year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let date = page.extras.date.as_ref()?.value;
    let early = |kind: &PeriodKind| {
        *kind != PeriodKind::Current
            && least_date(site, year, *kind, page).is_some_and(|least| date < least)
    };
    let cause = Cause::Touched { key: "date", date };
    kinds.iter().all(early).then_some((cause, Weight::Doubtful))
}

/// Nobody knows that there is none before the time has begun.
fn none_before(year: u16, item: &Item, topic: &TopicPage, page: &Page) -> Option<(Cause, Weight)> {
    page.extras.none.iter().find_map(|none| {
        let stated = none.date.as_ref()?.value;
        let mut of = item.elements.iter().filter(|e| topic.serves(e));
        let kind = match &none.element {
            Some(id) => of.find(|e| e.id == *id)?.period_kind,
            None => item.period_kind,
        };
        let begins = first_day(Site::record_year(year, kind))?;
        let cause = Cause::NoneBefore { stated, begins };
        (kind != PeriodKind::Current && stated < begins).then_some((cause, Weight::Sure))
    })
}

fn updated(site: &Site, year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let (key, date) = match (&page.updated, &page.extras.date) {
        (Some(updated), _) => ("updated", updated.value),
        (None, Some(date)) => ("date", date.value),
        (None, None) => return None,
    };
    let weight = kinds
        .iter()
        .filter(|kind| least_date(site, year, **kind, page).is_some_and(|least| date < least))
        .map(|kind| match kind {
            // What stands there may hold for years.
            PeriodKind::Current => Weight::Doubtful,
            _ => Weight::Sure,
        })
        .max()?;
    Some((Cause::Touched { key, date }, weight))
}

/// The earliest day on which a page can have been finished.
fn least_date(site: &Site, year: u16, kind: PeriodKind, page: &Page) -> Option<Date> {
    match kind {
        // What stood there when its year ended is not older for being kept.
        PeriodKind::Current => {
            let seen = site.options.today.min(last_day(year)?);
            seen.add_days(-CURRENT_DAYS)
        }
        // Plans and budgets are decided in the months before their year; one
        // for several years may be older.
        PeriodKind::Year => {
            let covers = page.extras.period.as_ref().is_some_and(|p| p.covers(year));
            (!covers).then(|| decided_from(year))?
        }
        PeriodKind::FirstHalf | PeriodKind::PreviousYear => first_day(year),
    }
}

/// From when on things of a fiscal year are decided: 1 July before it.
fn decided_from(year: u16) -> Option<Date> {
    Date::new(i32::from(year) - 544, 7, 1)
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

/// What the head says of the document's own time.
fn declared(year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let (earliest, latest) = (earliest(year, kinds)?, latest(year, kinds)?);
    let extras = &page.extras;
    let period = extras.period.as_ref();
    if period.is_some_and(|p| p.problem.is_some()) {
        return Some((Cause::NoPeriod, Weight::Doubtful));
    }
    let serves = period.is_some_and(|p| (earliest..=latest).any(|y| p.covers(y)));
    let contradicts =
        |own: u16| period.is_some_and(|p| p.to.is_some() && p.from.is_some() && !p.covers(own));
    if let Some(own) = extras.fiscal_year {
        if own < earliest && (!serves || contradicts(own)) {
            return Some((Cause::FiscalYear(own), Weight::Sure));
        }
        if own > year && (!serves || contradicts(own)) {
            return Some((Cause::FiscalYear(own), Weight::Doubtful));
        }
        if own > latest && (!serves || contradicts(own)) {
            return Some((Cause::NotOver(own), Weight::Doubtful));
        }
        if serves && contradicts(own) {
            return Some((Cause::OutsidePeriod(own), Weight::Doubtful));
        }
    }
    if serves {
        return None;
    }
    let (from, end) = (period?.from?, period?.to?);
    if end < first_day(earliest)? {
        return Some((Cause::Period(end), Weight::Sure));
    }
    if from > last_day(year)? {
        return Some((Cause::LaterPeriod(from), Weight::Sure));
    }
    (from > last_day(latest)?).then_some((Cause::NotOver(year), Weight::Doubtful))
}

/// The Buddhist years that a text names.
fn years_in(text: &str) -> Vec<u16> {
    to_arabic(text)
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .filter(|year| (2540..2600).contains(year))
        .collect()
}

/// The year that a text names instead of the wanted one.
fn only_other(text: &str, year: u16, kinds: &[PeriodKind]) -> Option<u16> {
    let named = years_in(text);
    let (first, last) = (*named.iter().min()?, *named.iter().max()?);
    let spans = first <= year && year <= last;
    let looks_at_last_year = kinds
        .iter()
        .any(|k| matches!(k, PeriodKind::PreviousYear | PeriodKind::FirstHalf));
    let before = looks_at_last_year && named.contains(&(year - 1));
    // An announcement bears the year for which it is made.
    let of_year = ["ปีงบประมาณ", "ประจำปี"].iter().any(|w| text.contains(w));
    let looks_back = |w: &&&str| text.contains(**w) && !(of_year && **w == "ประกาศ");
    (!spans && !before && LOOKS_BACK.iter().find(looks_back).is_none()).then_some(last)
}

fn title(year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let text = page.title.clone()?;
    let other = only_other(&text, year, kinds)?;
    let dated = earliest(year, kinds).is_some();
    let weight = if dated && other < year {
        Weight::Sure
    } else {
        Weight::Doubtful
    };
    Some((Cause::Title { text, year: other }, weight))
}

fn headings(year: u16, item: &Item, kinds: &[PeriodKind], page: &Page) -> Vec<(Cause, Weight)> {
    let texts: Vec<&str> = page
        .outline
        .headings
        .iter()
        .map(|h| h.text.as_str())
        .collect();
    let dated = earliest(year, kinds).is_some();
    let weight = if says_year(page, year) || earliest(year, kinds).is_none() {
        Weight::Told
    } else {
        Weight::Doubtful
    };
    page.outline
        .headings
        .iter()
        .filter_map(|heading| {
            let text = &heading.text;
            // What is shown as an element of the year must be of that year.
            if dated
                && let Some(kind) = shown_as(item, page, &heading.id)
                && let Some(other) = only_other(text, year, &[kind]).filter(|y| *y < year)
            {
                let text = text.clone();
                return Some((Cause::Heading { text, year: other }, Weight::Doubtful));
            }
            let other = only_other(text, year, kinds)?;
            // The year before has its place in many pages, one after it in
            // outlooks.
            let wrong = other < year && (other + 1 < year || !knows(page, &texts, year));
            wrong.then(|| {
                let text = text.clone();
                (Cause::Heading { text, year: other }, weight)
            })
        })
        .collect()
}

/// The period of the element that the place with this id is said to show.
fn shown_as(item: &Item, page: &Page, id: &str) -> Option<PeriodKind> {
    let points = |raw: &str| raw.strip_prefix('#') == Some(id);
    let said = |element: &str| {
        let of = page.extras.shows.iter().find(|s| s.element == element);
        of.map_or(element == id, |s| s.places.iter().any(|p| points(&p.raw)))
    };
    let element = item.elements.iter().find(|e| said(&e.id))?;
    (element.period_kind != PeriodKind::Current).then_some(element.period_kind)
}

/// Whether all years that the page's words and tables name are over. A day in
/// the months in which a year is prepared tells nothing.
fn text(year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let (earliest, latest) = (earliest(year, kinds)?, latest(year, kinds)?);
    let (first, decided) = (first_day(earliest)?, decided_from(earliest)?);
    let mut of_heads = Traces::default();
    let tables = page.extras.tables.iter();
    let cells = tables.flat_map(|t| {
        let grid = t.grid().rows.iter().flatten();
        std::iter::once(&t.title.th).chain(grid)
    });
    for text in page.title.iter().chain(&page.description).chain(cells) {
        of_heads.years.extend(Traces::of_years(text));
    }
    let all = || page.outline.traces.years.iter().chain(&of_heads.years);
    // A report on a year that is over names it somewhere.
    if latest < year {
        let first = all().map(|(from, ..)| *from).min()?;
        if first > latest {
            return Some((Cause::LaterText(first), Weight::Doubtful));
        }
    }
    let mut last_other = None;
    for (from, to, month) in all() {
        let day = month.and_then(|m| Date::new(i32::from(*to) - 543, m, 1));
        let of_time = match day {
            Some(day) => Month::of(day).last_day() >= first,
            None => *to >= earliest,
        };
        if of_time {
            return None;
        }
        if day.is_none_or(|day| Month::of(day).last_day() < decided) {
            last_other = last_other.max(Some((*from).max(*to)));
        }
    }
    Some((Cause::Text(last_other?), Weight::Doubtful))
}

/// A column of a table in which every day or month is too early: last year's
/// rows below this year's head. What was decided in the months before a year
/// belongs to it.
fn days(year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let earliest = earliest(year, kinds)?;
    let (first, decided) = (first_day(earliest)?, decided_from(earliest)?);
    let looks_back = |text: &str| LOOKS_BACK.iter().any(|word| text.contains(word));
    // First and last day of what a cell says, where it names months.
    let span = |cell: &str| -> Option<(Date, Date)> {
        let named = Traces::of_years(cell);
        let months = named.iter().map(|(_, to, month)| {
            let first = Date::new(i32::from(*to) - 543, (*month)?, 1)?;
            Some((first, Month::of(first).last_day()))
        });
        let all: Vec<(Date, Date)> = months.collect::<Option<_>>()?;
        Some((
            all.iter().map(|d| d.0).min()?,
            all.iter().map(|d| d.1).max()?,
        ))
    };
    let of_column = |heading: &str, cells: &mut dyn Iterator<Item = &String>| {
        if looks_back(heading) {
            return None;
        }
        let mut all: Option<(Date, Date)> = None;
        for cell in cells.filter(|c| !substance(c).is_empty()) {
            let (from, to) = span(cell)?;
            let known = all.unwrap_or((from, to));
            all = Some((known.0.min(from), known.1.max(to)));
        }
        let (from, to) = all?;
        (to < first && from < decided).then(|| {
            let year = Month::of(to).fiscal_year();
            let heading = heading.to_string();
            (Cause::Days { heading, year }, Weight::Doubtful)
        })
    };
    let mut own = page
        .extras
        .tables
        .iter()
        .filter(|t| !looks_back(&t.title.th));
    let own = own.find_map(|table| {
        let (head, rows) = table.grid().rows.split_first()?;
        let rows: Vec<_> = rows.iter().filter(|row| !is_total(row)).collect();
        head.iter().enumerate().find_map(|(at, heading)| {
            of_column(heading, &mut rows.iter().filter_map(|row| row.get(at)))
        })
    });
    let in_text = || {
        let tables = page.outline.tables.iter();
        let mut tables = tables.filter(|t| !t.under.as_deref().is_some_and(looks_back));
        tables.find_map(|table| {
            table.header().iter().enumerate().find_map(|(at, heading)| {
                of_column(
                    heading,
                    &mut table.rows.iter().filter_map(|row| row.get(at)),
                )
            })
        })
    };
    own.or_else(in_text)
}

/// Whether every file of the page that names a year names another one. A file
/// in the folder of another year is of that year.
fn files(year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let earliest = earliest(year, kinds)?;
    let attached = page.extras.files.iter().map(|f| &f.path.raw);
    let shown = page.extras.shows.iter().flat_map(|s| &s.places);
    let is_file = |raw: &&String| raw.contains("files/") && !raw.contains("://");
    let mut other = None;
    for path in attached.chain(shown.map(|p| &p.raw)).filter(is_file) {
        let years = years_in(path);
        let Some(last) = years.iter().copied().max() else {
            continue;
        };
        if last >= earliest {
            return None;
        }
        other.get_or_insert((path, last));
    }
    let (path, year) = other?;
    let path = path.clone();
    Some((Cause::File { path, year }, Weight::Doubtful))
}

/// A file of the year's folder that is one of an earlier year's: an
/// announcement or report that was not made anew.
fn same_file(site: &Site, year: u16, page: &Page) -> Option<(Cause, Weight)> {
    // A plan for several years stands in each of them.
    let period = page.extras.period.as_ref();
    if period.is_some_and(|p| p.covers(year) && p.covers(year.saturating_sub(1))) {
        return None;
    }
    let entries = &site.content.listing.entries;
    let own = format!("{year}/");
    files_of(site, year, page).find_map(|path| {
        let file = SitePath::new(&format!("{FOLDER}/{path}")).ok()?;
        let size = site.content.listing.get(&file)?.size;
        if !path.starts_with(&own) || size == 0 {
            return None;
        }
        let of_other = |entry: &&Entry| {
            let other = entry.path.strip_dir(FOLDER).and_then(|p| p.split_once('/'));
            let of_year = other.and_then(|(folder, _)| folder.parse::<u16>().ok());
            entry.size == size && of_year.is_some_and(|other| other < year)
        };
        // Few files are as long as another; only those are read.
        let mut others = entries.iter().filter(of_other).peekable();
        others.peek()?;
        let bytes = site.files.read(&file).ok()?;
        let other = others.find(|e| site.files.read(&e.path).is_ok_and(|b| b == bytes))?;
        let other = other.path.to_string();
        Some((Cause::SameFile { path, other }, Weight::Doubtful))
    })
}

/// Letters of a text that are too few to know it by.
const FEW_LETTERS: u32 = 80;
/// Hundredths of a report's letters that may be those of the last one.
const REPORT_SHARE: u32 = 80;

/// Whether the page says again what that of the year before says. A plan or
/// an announcement may be renewed with the words that it had, so that of them
/// every one must be the same; a page whose records or files are new has new
/// things to show.
fn same_text(
    site: &Site,
    year: u16,
    kinds: &[PeriodKind],
    topic: &TopicPage,
    page: &Page,
) -> Option<(Cause, Weight)> {
    let before = year.checked_sub(1)?;
    let older = site.topic_page(before, &topic.topic)?;
    if topic.has_data || older.has_data {
        return None;
    }
    let older = site.topic_text(before, older)?;
    // A plan for several years stands in each of them.
    let period = page.extras.period.as_ref();
    if period.is_some_and(|p| p.covers(year) && p.covers(before)) {
        return None;
    }
    let name = |path: &str| path.rsplit('/').next().map(str::to_string);
    let names = |page: &Page| -> Vec<Option<String>> {
        let files = page.extras.files.iter();
        files.map(|f| name(&f.path.raw)).collect()
    };
    if !names(page).is_empty() && names(page) != names(older) {
        return None;
    }
    let (own, theirs) = (sentences(page), sentences(older));
    let all: u32 = own.iter().map(|(_, n)| u32::from(*n)).sum();
    let known = own.iter().filter(|s| theirs.contains(s));
    let same: u32 = known.map(|(_, n)| u32::from(*n)).sum();
    let report = kinds
        .iter()
        .all(|k| matches!(k, PeriodKind::PreviousYear | PeriodKind::FirstHalf));
    let least = if report { REPORT_SHARE } else { 100 };
    if all < FEW_LETTERS || same * 100 < all * least {
        return None;
    }
    let file = older.file.clone();
    let share = same * 100 / all;
    Some((Cause::SameText { file, share }, Weight::Doubtful))
}

fn sentences(page: &Page) -> Vec<(u64, u16)> {
    let tables = page.extras.tables.iter().flat_map(|t| &t.grid().rows);
    let rows = tables.filter_map(|row| sentence(&row.join("|")));
    let own = page.outline.traces.sentences.iter().copied();
    own.chain(rows).collect()
}

/// Whether the head says that the page is of this year.
fn says_year(page: &Page, year: u16) -> bool {
    let extras = &page.extras;
    extras.fiscal_year == Some(year) || extras.period.as_ref().is_some_and(|p| p.covers(year))
}

/// Whether the page says elsewhere that it is of its folder's year.
fn knows(page: &Page, headings: &[&str], year: u16) -> bool {
    let head = page.title.iter().chain(&page.description);
    let tables = page.extras.tables.iter().map(|t| &t.title.th);
    says_year(page, year)
        || head
            .chain(tables)
            .map(String::as_str)
            .chain(headings.iter().copied())
            .any(|text| years_in(text).contains(&year))
}

/// An assessment asks for the measures of its own year and for the report on
/// those of the year before, each within its year.
fn measures(site: &Site, year: u16, topic: &TopicPage) -> Option<(Cause, Weight)> {
    let of_year = site.years.get(&year)?;
    let document = match topic.kind {
        TopicKind::Measures => of_year.measures.as_ref(),
        TopicKind::MeasuresReport => of_year.report.as_ref(),
        _ => None,
    }?;
    let own = document.file(site)?.document.fiscal_year?;
    if own != year && own + 1 != year {
        return Some((Cause::Measures(own), Weight::Sure));
    }
    // Measures of the year before may have been decided late; a report on
    // them is what is asked for.
    if own != year && topic.kind == TopicKind::Measures {
        return Some((Cause::Measures(own), Weight::Doubtful));
    }
    let all = document.rows.len();
    let past = document
        .views(site)
        .filter(|view| ends_before(view.period(), own))
        .count();
    let weight = if past == all {
        Weight::Sure
    } else {
        Weight::Doubtful
    };
    (past > 0).then_some((Cause::MeasurePeriods { past, all }, weight))
}

/// A report that leaves a measure out is not one on the measures.
fn unreported(site: &Site, year: u16, topic: &TopicPage) -> Option<(Cause, Weight)> {
    if topic.kind != TopicKind::MeasuresReport {
        return None;
    }
    let report = site.years.get(&year)?.report.as_ref()?;
    let (_, left_out) = report.left_out(site)?;
    (!left_out.is_empty()).then_some((Cause::Unreported(left_out.len()), Weight::Doubtful))
}

/// Purchases are shown by month. Where an element asks for the months, it is
/// missing without this.
fn empty_months(site: &Site, year: u16, item: &Item, topic: &TopicPage) -> Option<(Cause, Weight)> {
    let asked = item
        .elements
        .iter()
        .any(|e| e.fields().any(|f| f == "month"));
    if asked || !topic.has_data || !super::prove::shows_purchases(&topic.topic) {
        return None;
    }
    let fiscal_year = Site::record_year(year, item.period_kind);
    let purchases = site.procurement.get(&fiscal_year)?;
    let empty = purchases.empty_months(item.period_kind, site.options.today);
    let count = empty.count();
    (count > 0).then_some((Cause::EmptyMonths(count), Weight::Doubtful))
}

/// Whether a measure was over before the year of its document began.
pub fn ends_before(period: Option<&crate::thai::Period>, fiscal_year: u16) -> bool {
    let end = period.filter(|p| p.problem.is_none()).and_then(|p| p.to);
    end.zip(first_day(fiscal_year))
        .is_some_and(|(end, first)| end < first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_another_year_is_known_by_its_years_alone() {
        let other = |text, kind| only_other(text, 2568, &[kind]);
        let kind = PeriodKind::Year;
        assert_eq!(other("แผนปฏิบัติการ ปี ๒๕๖๖", kind), Some(2566));
        assert_eq!(other("แผนปี 2567", kind), Some(2567));
        assert_eq!(other("แผนปี 2567", PeriodKind::FirstHalf), None);
        assert_eq!(other("แผนพัฒนา (2566–2570)", kind), None);
        assert_eq!(other("พระราชบัญญัติข้อมูลข่าวสาร 2540", kind), None);
        assert_eq!(other("เลขที่ 12566", kind), None);
        assert_eq!(other("ขั้นตอน", kind), None);
    }
}
