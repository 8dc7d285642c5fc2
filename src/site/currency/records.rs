//! What the rows, files and records of a page say of its time.

use crate::catalogue::{Item, PeriodKind, TopicKind};
use crate::content::FOLDER;
use crate::content::markdown::Traces;
use crate::content::page::Page;
use crate::content::sheet::is_total;
use crate::files::{Entry, SitePath};
use crate::thai::{Date, Month, substance};

use super::words::{LOOKS_BACK, years_in};
use super::{Cause, Weight, decided_from, earliest, ends_before, first_day};
use crate::site::refer::files_of;
use crate::site::{Site, TopicPage, prove};

/// What the tables and files of a page say.
pub(super) fn of_page(
    site: &Site,
    year: u16,
    kinds: &[PeriodKind],
    page: &Page,
) -> Vec<(Cause, Weight)> {
    let all = [
        days(year, kinds, page),
        files(year, kinds, page),
        same_file(site, year, page),
    ];
    all.into_iter().flatten().collect()
}

/// What the records of a topic say, with or without a text.
pub(super) fn signs(
    site: &Site,
    year: u16,
    item: &Item,
    topic: &TopicPage,
) -> Vec<(Cause, Weight)> {
    let all = [
        measures(site, year, topic),
        unreported(site, year, topic),
        empty_months(site, year, item, topic),
    ];
    all.into_iter().flatten().collect()
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
    if asked || !topic.has_data || !prove::shows_purchases(&topic.topic) {
        return None;
    }
    let fiscal_year = Site::record_year(year, item.period_kind);
    let purchases = site.procurement.get(&fiscal_year)?;
    let empty = purchases.empty_months(item.period_kind, site.options.today);
    let count = empty.count();
    (count > 0).then_some((Cause::EmptyMonths(count), Weight::Doubtful))
}
