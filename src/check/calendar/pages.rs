//! Pages of items: whether they bear a date, and are of the right time. What
//! tells that one is not, the site itself found when it judged the item.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::catalogue::Item;
use crate::content::markdown;
use crate::content::page::{Page, TableSource};
use crate::diagnostic::{Place, Severity};
use crate::site::Site;
use crate::site::currency::{Cause, Sign, Weight};
use crate::thai::year_mentions;

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
    .hint_typing(
        "เพิ่มในส่วนหัวของหน้า โดยใส่วันที่ปรับปรุงจริงแทน …:",
        "add to the head of the page, with the day of its last change for …:",
        "updated = \"…\"",
    )
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
        Cause::NoneBefore { stated, begins } => finding(
            "stale-page",
            format!(
                "คำชี้แจงว่าไม่มีของ {id} ลงวันที่ {} ก่อนช่วงที่ต้องชี้แจงจะเริ่ม ({})",
                stated.thai_long(),
                begins.thai_long()
            ),
            format!(
                "that there is none of {id} was stated on {}, before the time began that is asked for ({})",
                stated.english_long(),
                begins.english_long()
            ),
        )
        .hint(
            "เขียนคำชี้แจงของช่วงนี้ แล้วแก้ date ใน none เป็นวันที่ชี้แจง",
            "state it for this time, and put the day of the statement into `date` of none",
        ),
        Cause::FiscalYear(own) => of_other(
            format!("หน้านี้เป็นของปีงบประมาณ {own} แต่อยู่ในโฟลเดอร์ปี {year}"),
            format!("the page is of fiscal year {own}, but in the folder of {year}"),
        ),
        Cause::OutsidePeriod(own) => of_other(
            format!("fiscal_year = {own} อยู่นอกช่วงเวลา period ของหน้านี้เอง"),
            format!("fiscal_year = {own} lies outside the page's own period"),
        ),
        Cause::LaterPeriod(from) => of_other(
            format!(
                "ช่วงเวลาของหน้านี้เริ่ม {} หลังสิ้นปีงบประมาณ {year}",
                from.thai_long()
            ),
            format!(
                "its period begins on {}, after the fiscal year {year}",
                from.english_long()
            ),
        ),
        Cause::NotOver(own) => of_other(
            format!(
                "{id} ปี {year} ถามรายงานของปีงบประมาณ {} ซึ่งสิ้นสุดแล้ว แต่หน้านี้เป็นของปี {own}",
                year.saturating_sub(1)
            ),
            format!(
                "{id} of {year} asks for the report on fiscal year {}, which is over, but the page is of {own}",
                year.saturating_sub(1)
            ),
        ),
        Cause::LaterText(other) => of_other(
            format!(
                "{id} ปี {year} ถามรายงานของปีงบประมาณ {} แต่หน้านี้ไม่พูดถึงปีนั้นเลย (พูดถึงปี {other} เป็นปีแรก)",
                year.saturating_sub(1)
            ),
            format!(
                "{id} of {year} asks for the report on fiscal year {}, but the page never names that year (the first that it names is {other})",
                year.saturating_sub(1)
            ),
        ),
        Cause::Days { heading, year: other } => of_other(
            format!(
                "วันเดือนปีทุกแถวในคอลัมน์ “{}” เป็นของปีงบประมาณ {other} หรือก่อนหน้านั้น แต่หน้านี้อยู่ในโฟลเดอร์ปี {year}",
                markdown::shorten(heading, 60)
            ),
            format!(
                "every day in the column “{}” is of fiscal year {other} or before, but the page is in the folder of {year}",
                markdown::shorten(heading, 60)
            ),
        ),
        Cause::Text(other) => of_other(
            format!("หน้าของ {id} พูดถึงแต่ปีอื่น (ล่าสุดปี {other}) ทั้งที่อยู่ในโฟลเดอร์ปี {year}"),
            format!(
                "the page of {id} speaks of other years alone (the last is {other}), but is in the folder of {year}"
            ),
        ),
        Cause::File { path, year: other } => of_other(
            format!(
                "ไฟล์ “{}” เป็นของปี {other} ตามชื่อ แต่หน้านี้อยู่ในโฟลเดอร์ปี {year}",
                markdown::shorten(path, 60)
            ),
            format!(
                "the file “{}” is of {other} by its name, but the page is in the folder of {year}",
                markdown::shorten(path, 60)
            ),
        ),
        Cause::SameText { file, share } => finding(
            "same-as-last-year",
            format!("ข้อความของ {id} ร้อยละ {share} เหมือนหน้าของปีก่อนทุกคำ ({file})"),
            format!("{share} % of the text of {id} is that of the year before ({file})"),
        ),
        Cause::SameFile { path, other } => finding(
            "same-as-last-year",
            format!("ไฟล์ {path} ของ {id} เป็นไฟล์เดียวกับของปีอื่นทุกไบต์ ({other})"),
            format!("the file {path} of {id} is that of another year, byte by byte ({other})"),
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
        // Told where the period was read, and with the measures.
        Cause::NoPeriod
        | Cause::EmptyMonths(_)
        | Cause::Unreported(_)
        | Cause::Measures(_)
        | Cause::MeasurePeriods { .. } => return None,
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
                Cause::NoneBefore { .. } => "none",
                Cause::FiscalYear(_) | Cause::OutsidePeriod(_) => "fiscal_year",
                Cause::NotOver(_) if page.extras.fiscal_year.is_some() => "fiscal_year",
                Cause::Period(_) | Cause::LaterPeriod(_) | Cause::NotOver(_) | Cause::NoPeriod => {
                    "period"
                }
                Cause::Title { .. } => "title",
                Cause::EmptyMonths(_)
                | Cause::Unreported(_)
                | Cause::Measures(_)
                | Cause::MeasurePeriods { .. } => "",
                Cause::Days { heading, .. } => {
                    let found = column_in_file(page, heading);
                    let in_text = || line_of(site, page, |text| found_at(text, heading));
                    return (sign, found.unwrap_or_else(in_text));
                }
                Cause::Text(year) | Cause::LaterText(year) => {
                    let place = line_of(site, page, |text| of_year(text, *year));
                    return (sign, place);
                }
                Cause::SameText { .. } => {
                    let known = |text: &str| {
                        let mut start = 0;
                        text.split_inclusive('\n').find_map(|line| {
                            let at = start..start + line.trim_end().len();
                            start += line.len();
                            let words = page.outline.traces.sentences.first();
                            (words.is_some() && markdown::sentence(line).as_ref() == words)
                                .then_some(at)
                        })
                    };
                    return (sign, line_of(site, page, known));
                }
                Cause::File { path, .. } | Cause::SameFile { path, .. } => {
                    let all = page.extras.files.iter().map(|f| &f.path);
                    let shown = page.extras.shows.iter().flat_map(|s| &s.places);
                    let mut all = all.chain(shown);
                    // A reference is typed from its folder, or from the root.
                    let place = all
                        .find(|r| path.ends_with(r.raw.trim_start_matches('/')))
                        .map(|r| r.place.clone());
                    return (sign, place.unwrap_or_else(|| page.place()));
                }
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

/// The heading of a column of this name, in a spreadsheet that the page shows.
fn column_in_file(page: &Page, heading: &str) -> Option<Place> {
    page.extras.tables.iter().find_map(|table| {
        let TableSource::File { file, grid, .. } = &table.source else {
            return None;
        };
        let at = grid.rows.first()?.iter().position(|h| h == heading)?;
        Some(Place {
            file: file.as_ref()?.as_str().into(),
            at: grid.at(0, at),
        })
    })
}

fn found_at(text: &str, words: &str) -> Option<Range<usize>> {
    let at = text.find(words)?;
    Some(at..at + words.len())
}

/// A line of the page's file; the file alone where there is no such line, as
/// the words may stand in a spreadsheet.
fn line_of(site: &Site, page: &Page, find: impl Fn(&str) -> Option<Range<usize>>) -> Place {
    let text = text_of(site, &page.file);
    match text.as_deref().and_then(find) {
        Some(range) => Place::span(page.file.clone(), range),
        None => page.place(),
    }
}

/// The first line that speaks of a year; those of keys that are dates are
/// told by themselves.
fn of_year(text: &str, year: u16) -> Option<Range<usize>> {
    const DATES: &[&str] = &[
        "updated",
        "date",
        "published",
        "period",
        "fiscal_year",
        "files",
    ];
    let is_date = |line: &str| DATES.iter().any(|key| line.starts_with(key));
    year_mentions(text)
        .into_iter()
        .filter(|m| !text.get(m.line.clone()).is_some_and(is_date))
        .find(|m| m.first == year || m.last == year)
        .map(|m| m.line)
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
