//! Pages of items: whether they bear a date, and are of the right time. What
//! tells that one is not, the site itself found when it judged the item.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::catalogue::Item;
use crate::content::markdown;
use crate::content::page::Page;
use crate::diagnostic::{Place, Severity};
use crate::site::Site;
use crate::site::currency::{Cause, Sign, Weight};

use super::{Finding, Found, field, finding, text_of};

pub fn check(site: &Site, year: u16, found: &mut Found) {
    let Some(of_year) = site.years.get(&year) else {
        return;
    };
    for disclosure in &of_year.disclosures {
        let Some(item) = site.item(year, disclosure.item) else {
            continue;
        };
        for topic in &disclosure.topics {
            let page = of_year
                .topics
                .get(*topic)
                .and_then(|topic| site.topic_text(year, topic));
            let Some(page) = page else { continue };
            if page.updated.is_none() && page.extras.date.is_none() {
                found.push(undated(year, item, page));
            }
            let of_page = disclosure.signs.iter().filter(|s| s.topic == *topic);
            for (sign, place) in placed(site, page, of_page) {
                if let Some(one) = told(year, item, sign, place) {
                    found.push(one);
                }
            }
        }
    }
}

fn undated(year: u16, item: &Item, page: &Page) -> Finding {
    finding(
        "page-without-date",
        format!("หน้าของ {} ไม่มีวันที่ปรับปรุง", item.id),
        format!("the page of {} does not say when it was updated", item.id),
    )
    .at(page.place())
    .of_item(year, item.id.to_string())
}

fn told(year: u16, item: &Item, sign: &Sign, place: Place) -> Option<Finding> {
    let id = item.id;
    let of_other = |th: String, en: String| finding("year-contradicts-folder", th, en);
    let named = |text: &str, other: u16| {
        let text = markdown::shorten(text, 60);
        of_other(
            format!("“{text}” พูดถึงปี {other} แต่หน้านี้อยู่ในโฟลเดอร์ปี {year}"),
            format!("“{text}” speaks of {other}, but the page is in the folder of {year}"),
        )
    };
    let mut one = match &sign.cause {
        Cause::Touched { date, .. } => finding(
            "stale-page",
            format!(
                "หน้าของ {id} ปรับปรุงล่าสุด {} เก่าเกินไปสำหรับการประเมินปี {year}",
                date.thai_long()
            ),
            format!(
                "the page of {id} was last updated on {}, too long ago for the assessment of {year}",
                date.english_long()
            ),
        ),
        Cause::FiscalYear(own) => of_other(
            format!("หน้านี้เป็นของปีงบประมาณ {own} แต่อยู่ในโฟลเดอร์ปี {year}"),
            format!("the page is of fiscal year {own}, but in the folder of {year}"),
        ),
        Cause::Period(end) => of_other(
            format!(
                "ช่วงเวลาของหน้านี้สิ้นสุด {} ก่อนช่วงที่ {id} ปี {year} ต้องรายงาน",
                end.thai_long()
            ),
            format!(
                "its period ended on {}, before the time that {id} of {year} asks for",
                end.english_long()
            ),
        ),
        Cause::Title { text, year } | Cause::Heading { text, year } => named(text, *year),
        // Told with the document's other years.
        Cause::Measures(_) => return None,
    };
    if sign.weight == Weight::Sure {
        one.diagnostic.severity = Severity::Error;
    }
    Some(one.at(place).of_item(year, id.to_string()))
}

/// Signs of a page with their places in its file.
fn placed<'s>(
    site: &Site,
    page: &Page,
    signs: impl Iterator<Item = &'s Sign>,
) -> Vec<(&'s Sign, Place)> {
    // Equal headings stand in the order of the file.
    let mut headings: Option<Vec<(String, Range<usize>)>> = None;
    signs
        .map(|sign| {
            let name = match &sign.cause {
                Cause::Touched { key, .. } => key,
                Cause::FiscalYear(_) => "fiscal_year",
                Cause::Period(_) => "period",
                Cause::Title { .. } => "title",
                Cause::Measures(_) => "",
                Cause::Heading { text, .. } => {
                    let all = headings.get_or_insert_with(|| {
                        text_of(site, &page.file)
                            .map_or_else(Vec::new, |file| places(&file, page.body.clone()))
                    });
                    let at = all
                        .iter()
                        .position(|(heading, _)| heading.trim() == text.trim());
                    let place = match at.map(|at| all.remove(at)) {
                        Some((_, range)) => Place::span(page.file.clone(), range),
                        None => page.place(),
                    };
                    return (sign, place);
                }
            };
            (sign, field(site, &page.file, &[name]))
        })
        .collect()
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
