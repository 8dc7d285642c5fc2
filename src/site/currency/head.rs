//! What the head of a page says of its time.

use crate::catalogue::{Item, PeriodKind};
use crate::content::page::Page;
use crate::thai::Date;

use super::{Cause, Weight, decided_from, earliest, first_day, last_day, latest};
use crate::site::{Site, TopicPage};

/// A page that is to be current is looked over once a year, with some grace.
const CURRENT_DAYS: i64 = 400;

pub(super) fn signs(
    site: &Site,
    year: u16,
    item: &Item,
    topic: &TopicPage,
    kinds: &[PeriodKind],
    page: &Page,
) -> Vec<(Cause, Weight)> {
    let all = [
        touched(site, year, kinds, page),
        none_before(year, item, topic, page),
        declared(year, kinds, page),
    ];
    all.into_iter().flatten().collect()
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
