//! Titles and headings that speak of another year than their folder.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::catalogue::PeriodKind;
use crate::content::markdown;
use crate::content::page::Page;
use crate::diagnostic::Place;
use crate::site::Site;
use crate::thai::to_arabic;

use super::{Finding, Found, field, finding, text_of};

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

pub fn check(site: &Site, year: u16, found: &mut Found) {
    let Some(of_year) = site.years.get(&year) else {
        return;
    };
    for topic in &of_year.topics {
        let (Some(page), Some(item)) = (site.topic_text(year, topic), site.item(year, topic.item))
        else {
            continue;
        };
        if let Some(one) = title(site, year, page, item.period_kind) {
            found.push(one.of_item(year, item.id.to_string()));
        }
        for one in headings(site, year, page, item.period_kind) {
            found.push(one.of_item(year, item.id.to_string()));
        }
    }
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
fn only_other(text: &str, year: u16, kind: PeriodKind) -> Option<u16> {
    let named = years_in(text);
    let (first, last) = (*named.iter().min()?, *named.iter().max()?);
    let spans = first <= year && year <= last;
    let before = matches!(kind, PeriodKind::PreviousYear | PeriodKind::FirstHalf)
        && named.contains(&(year - 1));
    (!spans && !before && !LOOKS_BACK.iter().any(|w| text.contains(w))).then_some(last)
}

fn told(year: u16, other: u16, text: &str) -> Finding {
    let text = markdown::shorten(text, 60);
    finding(
        "year-contradicts-folder",
        format!("“{text}” พูดถึงปี {other} แต่หน้านี้อยู่ในโฟลเดอร์ปี {year}"),
        format!("“{text}” speaks of {other}, but the page is in the folder of {year}"),
    )
}

fn title(site: &Site, year: u16, page: &Page, kind: PeriodKind) -> Option<Finding> {
    let title = page.title.as_ref()?;
    let other = only_other(title, year, kind)?;
    Some(told(year, other, title).at(field(site, &page.file, &["title"])))
}

fn headings(site: &Site, year: u16, page: &Page, kind: PeriodKind) -> Vec<Finding> {
    let texts: Vec<&str> = page
        .outline
        .headings
        .iter()
        .map(|h| h.text.as_str())
        .collect();
    // The year before has its place in many pages, one after it in outlooks.
    let wrong = |text: &str| {
        only_other(text, year, kind)
            .filter(|other| *other < year && (other + 1 < year || !knows(page, &texts, year)))
    };
    if !texts.iter().any(|text| wrong(text).is_some()) {
        return Vec::new();
    }
    let Some(text) = text_of(site, &page.file) else {
        return Vec::new();
    };
    places(&text, page.body.clone())
        .into_iter()
        .filter_map(|(heading, range)| {
            let other = wrong(&heading)?;
            let place = Place::span(page.file.clone(), range);
            Some(told(year, other, &heading).at(place))
        })
        .collect()
}

/// Whether the page says elsewhere that it is of its folder's year.
fn knows(page: &Page, headings: &[&str], year: u16) -> bool {
    let extras = &page.extras;
    let head = page.title.iter().chain(&page.description);
    let tables = extras.tables.iter().map(|t| &t.title.th);
    extras.fiscal_year == Some(year)
        || extras.period.as_ref().is_some_and(|p| p.covers(year))
        || head
            .chain(tables)
            .map(String::as_str)
            .chain(headings.iter().copied())
            .any(|text| years_in(text).contains(&year))
}

/// Headings with their place in the file.
fn places(text: &str, body: Range<usize>) -> Vec<(String, Range<usize>)> {
    let start = body.start;
    let Some(body) = text.get(body) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    let mut open: Option<(String, Range<usize>)> = None;
    for (event, range) in Parser::new_ext(body, markdown::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                let line = body.get(range.clone()).map_or(0, |t| t.trim_end().len());
                let from = start + range.start;
                open = Some((String::new(), from..from + line));
            }
            Event::End(TagEnd::Heading(_)) => all.extend(open.take()),
            Event::Text(words) | Event::Code(words) => {
                if let Some((heading, _)) = &mut open {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_another_year_is_known_by_its_years_alone() {
        let other = |text, kind| only_other(text, 2568, kind);
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
