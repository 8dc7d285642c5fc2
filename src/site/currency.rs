//! Whether the pages of an item are of their time. An assessor gives nothing
//! for last year's page, however whole it is.

use crate::catalogue::{Item, PeriodKind, TopicKind};
use crate::content::page::Page;
use crate::thai::{Date, to_arabic};

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
    /// The head names another fiscal year.
    FiscalYear(u16),
    /// The period in the head ends before the time that is asked for begins.
    Period(Date),
    /// The title names another year.
    Title { text: String, year: u16 },
    /// So does a heading.
    Heading { text: String, year: u16 },
    /// The document of measures is of another year.
    Measures(u16),
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
        all.extend(declared(year, &kinds, page));
        all.extend(title(year, &kinds, page));
        all.extend(headings(year, &kinds, page));
    }
    all.extend(measures(site, year, topic));
    let mut all: Vec<Sign> = all
        .into_iter()
        .map(|(cause, weight)| Sign {
            topic: index,
            cause,
            weight,
        })
        .collect();
    all.sort_by_key(|s| std::cmp::Reverse(s.weight));
    all
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
            (!covers).then(|| Date::new(i32::from(year) - 544, 7, 1))?
        }
        PeriodKind::FirstHalf | PeriodKind::PreviousYear => first_day(year),
    }
}

/// The earliest fiscal year whose documents serve.
fn earliest(year: u16, kinds: &[PeriodKind]) -> Option<u16> {
    let dated = kinds.iter().filter(|k| **k != PeriodKind::Current);
    dated.map(|kind| Site::record_year(year, *kind)).min()
}

/// What the head says of the document's own time.
fn declared(year: u16, kinds: &[PeriodKind], page: &Page) -> Option<(Cause, Weight)> {
    let earliest = earliest(year, kinds)?;
    let extras = &page.extras;
    let period = extras.period.as_ref().filter(|p| p.problem.is_none());
    if period.is_some_and(|p| (earliest..=year).any(|y| p.covers(y))) {
        return None;
    }
    if let Some(own) = extras.fiscal_year {
        return if own < earliest {
            Some((Cause::FiscalYear(own), Weight::Sure))
        } else {
            (own > year).then_some((Cause::FiscalYear(own), Weight::Doubtful))
        };
    }
    let end = period?.to?;
    (end < first_day(earliest)?).then_some((Cause::Period(end), Weight::Sure))
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
    (!spans && !before && !LOOKS_BACK.iter().any(|w| text.contains(w))).then_some(last)
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

fn headings(year: u16, kinds: &[PeriodKind], page: &Page) -> Vec<(Cause, Weight)> {
    let texts: Vec<&str> = page
        .outline
        .headings
        .iter()
        .map(|h| h.text.as_str())
        .collect();
    let weight = if says_year(page, year) || earliest(year, kinds).is_none() {
        Weight::Told
    } else {
        Weight::Doubtful
    };
    texts
        .iter()
        .filter_map(|text| {
            let other = only_other(text, year, kinds)?;
            // The year before has its place in many pages, one after it in
            // outlooks.
            let wrong = other < year && (other + 1 < year || !knows(page, &texts, year));
            wrong.then(|| {
                let text = (*text).to_string();
                (Cause::Heading { text, year: other }, weight)
            })
        })
        .collect()
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
/// those of the year before.
fn measures(site: &Site, year: u16, topic: &TopicPage) -> Option<(Cause, Weight)> {
    let folder = site.content.years.get(&year)?;
    let file = match topic.kind {
        TopicKind::Measures => folder.measures.as_ref(),
        TopicKind::MeasuresReport => folder.report.as_ref(),
        _ => None,
    }?;
    let own = file.document.fiscal_year?;
    (own != year && own + 1 != year).then_some((Cause::Measures(own), Weight::Sure))
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
