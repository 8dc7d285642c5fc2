//! The addresses of a year's items, as they are handed in.

use crate::diagnostic::Lang;
use crate::site::address::{Kind, Target};

use super::refer::From;
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
                for file in files(site, year, topic) {
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

/// The site's own files that a page offers or names as what shows an element.
fn files(site: &Site, year: u16, topic: &TopicPage) -> Vec<String> {
    let Some(page) = site.topic_text(year, topic) else {
        return Vec::new();
    };
    let from = From {
        file: &page.file,
        year,
        lang: Lang::Th,
    };
    let attached = page.extras.files.iter().map(|f| &f.path);
    let shown = page.extras.shows.iter().flat_map(|s| &s.places);
    attached
        .chain(shown)
        .filter_map(|reference| match site.resolve(reference, from) {
            Ok(Target::File { path }) => Some(path),
            _ => None,
        })
        .collect()
}

fn is_below(address: &str, page: &str) -> bool {
    address.len() > page.len() && address.starts_with(page)
}
