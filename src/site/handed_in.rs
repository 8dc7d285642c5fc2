//! The addresses of a year's items, as they are handed in.

use crate::site::address::Kind;

use super::refer::files_of;
use super::{Site, TopicPage};

/// The items of a year that have something published, each with the addresses
/// of its pages and of the files that they offer, from `/` inside the site: the
/// answer sheet names both.
pub fn addresses(site: &Site, year: u16) -> Vec<(String, Vec<String>)> {
    let Some(of_year) = site.years.get(&year) else {
        return Vec::new();
    };
    of_year
        .disclosures
        .iter()
        .filter_map(|disclosure| {
            let item = site.item(year, disclosure.item)?;
            let topics: Vec<&TopicPage> = disclosure
                .topics
                .iter()
                .filter_map(|i| of_year.topics.get(*i))
                .filter(|t| t.is_published())
                .collect();
            if topics.is_empty() {
                return None;
            }
            let mut all: Vec<String> = Vec::new();
            if disclosure.topics.len() > 1 {
                all.push(format!("/{}", disclosure.address));
            }
            for topic in topics {
                let page = &*topic.address;
                all.push(format!("/{page}"));
                let below = site.routes.iter().filter(|route| {
                    matches!(route.kind, Kind::YearPage(..)) && is_below(&route.address, page)
                });
                all.extend(below.map(|route| format!("/{}", route.address)));
                let text = site.topic_text(year, topic);
                for file in text.into_iter().flat_map(|page| files_of(site, year, page)) {
                    let file = format!("/{file}");
                    if !all.contains(&file) {
                        all.push(file);
                    }
                }
            }
            Some((item.id.to_string(), all))
        })
        .collect()
}

fn is_below(address: &str, page: &str) -> bool {
    address.len() > page.len() && address.starts_with(page)
}
