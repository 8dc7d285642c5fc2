//! Pages of items: whether they bear a date, and one of the right time.

use crate::catalogue::{Item, PeriodKind};
use crate::content::page::Page;
use crate::site::Site;
use crate::thai::Date;

use super::{Found, field, finding, first_day, last_day};

/// A page that is to be current is looked over once a year, with some grace.
const CURRENT_DAYS: i64 = 400;

pub fn check(site: &Site, year: u16, found: &mut Found) {
    let Some(of_year) = site.years.get(&year) else {
        return;
    };
    for topic in &of_year.topics {
        let (Some(page), Some(item)) = (site.topic_text(year, topic), site.item(year, topic.item))
        else {
            continue;
        };
        let date = match (&page.updated, &page.extras.date) {
            (Some(updated), _) => Some(("updated", updated.value)),
            (None, Some(date)) => Some(("date", date.value)),
            (None, None) => None,
        };
        match date {
            None => found.push(
                finding(
                    "page-without-date",
                    format!("หน้าของ {} ไม่มีวันที่ปรับปรุง", item.id),
                    format!("the page of {} does not say when it was updated", item.id),
                )
                .at(page.place())
                .of_item(year, item.id.to_string()),
            ),
            Some((key, date)) => stale(site, year, item, page, (key, date), found),
        }
    }
}

fn stale(
    site: &Site,
    year: u16,
    item: &Item,
    page: &Page,
    (key, date): (&str, Date),
    found: &mut Found,
) {
    let Some(least) = least_date(site, year, item, page) else {
        return;
    };
    if date >= least {
        return;
    }
    found.push(
        finding(
            "stale-page",
            format!(
                "หน้าของ {} ปรับปรุงล่าสุด {} เก่าเกินไปสำหรับการประเมินปี {year}",
                item.id,
                date.thai_long()
            ),
            format!(
                "the page of {} was last updated on {}, too long ago for the assessment of {year}",
                item.id,
                date.english_long()
            ),
        )
        .at(field(site, &page.file, &[key]))
        .of_item(year, item.id.to_string()),
    );
}

/// The earliest day on which a page of this item can have been finished.
fn least_date(site: &Site, year: u16, item: &Item, page: &Page) -> Option<Date> {
    match item.period_kind {
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
