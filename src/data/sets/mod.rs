//! The site's records → tables, a file for each family.

mod agency;
mod budget;
mod complaints;
mod forms;
mod measures;
pub mod pages;
pub mod procurement;
mod years;

use crate::content::agency::Words;
use crate::site::Site;
use crate::site::dates::page_updated;
use crate::thai::Date;

use super::{Book, Column, Field, Set, Sheet, Table, Value};

/// Every table but the histories.
pub fn all(site: &Site) -> Vec<Set> {
    let mut sets = Vec::new();
    for &year in site.years.keys() {
        sets.extend(years::of_year(site, year));
        sets.extend(measures::of_year(site, year));
    }
    for budget in site.budgets.values() {
        sets.push(budget::lines(site, budget));
        sets.push(budget::spending(site, budget));
    }
    for procurement in site.procurement.values() {
        sets.extend(procurement::all(site, procurement));
    }
    for complaints in site.complaints.values() {
        sets.push(complaints::counts(site, complaints));
    }
    sets.extend(agency::all(site));
    sets.push(years::crosswalk(site));
    sets.extend(pages::all(site));
    sets
}

/// The sheets of a table's workbook.
pub fn sheets(site: &Site, set: &Set) -> Vec<Sheet> {
    match set.book {
        Book::Rows => vec![forms::rows(site, set)],
        Book::Purchases(fy) => forms::purchases(site, fy),
        Book::Month(fy, index) => forms::month(site, fy, index).into_iter().collect(),
    }
}

fn words(th: &str, en: &str) -> Words {
    Words {
        th: th.to_string(),
        en: Some(en.to_string()),
    }
}

/// A table with its words; its rows, key and date are set by who makes it.
fn set(slug: &str, year: Option<u16>, title: (&str, &str), about: (&str, &str)) -> Set {
    Set {
        slug: slug.to_string(),
        year,
        title: words(title.0, title.1),
        about: words(about.0, about.1),
        table: Table::of(&[], Vec::new()),
        key: &[],
        totals: &[],
        as_of: None,
        page: None,
        book: Book::Rows,
        lang: None,
        years: Vec::new(),
    }
}

/// The first of these addresses that the site has.
fn first_page(site: &Site, addresses: &[String]) -> Option<String> {
    addresses
        .iter()
        .find(|a| site.routes.contains(a.split('#').next().unwrap_or(a)))
        .cloned()
}

/// The page of a topic that shows the records of a fiscal year.
fn topic_of_records(site: &Site, fy: u16, topics: &[&str]) -> Option<String> {
    [fy, fy.saturating_add(1)].into_iter().find_map(|year| {
        topics.iter().find_map(|topic| {
            let page = site.topic_page(year, topic)?;
            let item = site.item(year, page.item)?;
            let shows = Site::record_year(year, item.period_kind) == fy && page.is_published();
            shows.then(|| page.address.to_string())
        })
    })
}

/// When the words of a page were last brought up to date.
fn date_of_page(site: &Site, address: Option<&String>) -> Option<Date> {
    let address = address?.split('#').next()?;
    page_updated(site, &site.routes.get(address)?.kind)
}

fn english(words: &Words) -> Value {
    Value::from(words.en.clone())
}

/// The address of a page or file for those who are elsewhere.
pub fn url(site: &Site, path: &str) -> String {
    let (path, anchor) = match path.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (path, String::new()),
    };
    let path = crate::site::address::encode_path(path);
    format!("{}/{path}{anchor}", site.base_url)
}

/// Where a reference leads, as an address for those who are elsewhere.
fn target_url(site: &Site, target: &crate::site::address::Target) -> Option<String> {
    use crate::site::address::Target;
    match target {
        Target::Page { address, anchor } => Some(url(
            site,
            &anchor
                .as_ref()
                .map_or_else(|| address.clone(), |a| format!("{address}#{a}")),
        )),
        Target::File { path } => Some(url(site, path)),
        Target::Outside(address) => Some(address.clone()),
        Target::Same { .. } => None,
    }
}

fn reference_url(site: &Site, reference: &crate::content::agency::Reference) -> Option<String> {
    let from = crate::site::refer::From {
        file: &reference.place.file,
        year: site.current_year,
        lang: crate::diagnostic::Lang::Th,
    };
    target_url(site, &site.resolve(reference, from).ok()?)
}
