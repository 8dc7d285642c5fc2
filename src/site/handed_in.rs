//! The addresses of a year's items, as they are handed in.

use crate::site::address::Kind;

use super::Site;

/// The items of a year that have something published, each with the addresses
/// of its pages, from `/` inside the site.
pub fn addresses(site: &Site, year: u16) -> Vec<(String, Vec<String>)> {
    let Some(of_year) = site.years.get(&year) else {
        return Vec::new();
    };
    of_year
        .disclosures
        .iter()
        .filter_map(|disclosure| {
            let item = site.item(year, disclosure.item)?;
            let pages: Vec<&str> = disclosure
                .topics
                .iter()
                .filter_map(|i| of_year.topics.get(*i))
                .filter(|t| t.is_published())
                .map(|t| &*t.address)
                .collect();
            if pages.is_empty() {
                return None;
            }
            let mut all: Vec<String> = Vec::new();
            if disclosure.topics.len() > 1 {
                all.push(format!("/{}", disclosure.address));
            }
            for page in pages {
                all.push(format!("/{page}"));
                let below = site.routes.iter().filter(|route| {
                    matches!(route.kind, Kind::YearPage(..)) && is_below(&route.address, page)
                });
                all.extend(below.map(|route| format!("/{}", route.address)));
            }
            Some((item.id.to_string(), all))
        })
        .collect()
}

fn is_below(address: &str, page: &str) -> bool {
    address.len() > page.len() && address.starts_with(page)
}
