//! What the words of a page say of its time.

use crate::catalogue::{Item, PeriodKind};
use crate::content::markdown::{Traces, sentence};
use crate::content::page::Page;
use crate::thai::{Date, Month, to_arabic};

use super::{Cause, Weight, decided_from, earliest, first_day, latest};
use crate::site::{Site, TopicPage};

/// Words that may stand beside another year: laws bear that of their making,
/// and a text may look back.
pub(super) const LOOKS_BACK: &[&str] = &[
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

/// What the title and the headings say.
pub(super) fn of_headings(
    year: u16,
    item: &Item,
    kinds: &[PeriodKind],
    page: &Page,
) -> Vec<(Cause, Weight)> {
    let title = title(year, kinds, page).into_iter();
    title.chain(headings(year, item, kinds, page)).collect()
}

/// What all other words say.
pub(super) fn of_text(
    site: &Site,
    year: u16,
    kinds: &[PeriodKind],
    topic: &TopicPage,
    page: &Page,
) -> Vec<(Cause, Weight)> {
    let words = text(year, kinds, page).into_iter();
    words
        .chain(same_text(site, year, kinds, topic, page))
        .collect()
}

/// The Buddhist years that a text names.
pub(super) fn years_in(text: &str) -> Vec<u16> {
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
