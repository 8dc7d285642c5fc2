//! How many clicks lead from the home page to each item.

use std::collections::{BTreeMap, VecDeque};

use crate::check::context::{Context, Links};
use crate::check::elements::file_of;
use crate::check::finding::{Found, finding};
use crate::site::address::{self, Kind};

/// More than these, and a reader gives up.
const CLICKS: u32 = 3;

pub fn check(context: &Context<'_>, found: &mut Found) {
    // Without a theme there are no pages to click through.
    if context.pages.links.is_empty() {
        return;
    }
    let site = context.site;
    let passes = |page: &str| {
        let address = page.strip_suffix("index.html").unwrap_or(page);
        site.routes
            .get(address)
            .is_some_and(|r| matches!(r.kind, Kind::Redirect(_)))
    };
    // The index of all pages is no way that leads to one.
    let ends = |page: &str| {
        let address = page.strip_suffix("index.html").unwrap_or(page);
        let route = site.routes.get(address);
        route.is_some_and(|r| r.kind == Kind::Search)
    };
    let clicks = clicks(&context.pages.links, "index.html", passes, ends);
    for &year in &context.years {
        let Some(of_year) = site.years.get(&year) else {
            continue;
        };
        for topic in of_year.topics.iter().filter(|t| t.is_published()) {
            let Some(item) = site.item(year, topic.item) else {
                continue;
            };
            let page = address::file_of(&topic.address);
            let one = match clicks.get(page.as_str()) {
                None => finding(
                    "unreachable-item",
                    format!("ไม่มีทางคลิกจากหน้าแรกไปถึงหน้า /{}", topic.address),
                    format!("no clicks lead from the home page to /{}", topic.address),
                ),
                Some(n) if *n > CLICKS => finding(
                    "far-from-home",
                    format!("ต้องคลิก {n} ครั้งจากหน้าแรกจึงถึงหน้า /{}", topic.address),
                    format!(
                        "it takes {n} clicks from the home page to /{}",
                        topic.address
                    ),
                ),
                Some(_) => continue,
            };
            found.push(
                one.of_item(year, item.id.to_string())
                    .at(file_of(context, year, topic)),
            );
        }
    }
}

/// Clicks from `home` to each page that can be reached; a page that `passes`
/// the reader on by itself costs none, one that `ends` the way leads nowhere.
fn clicks<'l>(
    links: &'l Links,
    home: &'l str,
    passes: impl Fn(&str) -> bool,
    ends: impl Fn(&str) -> bool,
) -> BTreeMap<&'l str, u32> {
    let mut clicks = BTreeMap::from([(home, 0)]);
    let mut next = VecDeque::from([home]);
    while let Some(page) = next.pop_front() {
        if ends(page) {
            continue;
        }
        let here = clicks.get(page).copied().unwrap_or_default();
        let free = passes(page);
        let there = here + u32::from(!free);
        for to in links.get(page).into_iter().flatten() {
            if clicks.get(to.as_str()).is_some_and(|known| *known <= there) {
                continue;
            }
            clicks.insert(to, there);
            if free {
                next.push_front(to);
            } else {
                next.push_back(to);
            }
        }
    }
    clicks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_counts_and_redirects_are_free() {
        let links: Links = [
            ("index.html", vec!["a", "r"]),
            ("a", vec!["b"]),
            ("b", vec!["c", "all"]),
            ("r", vec!["c"]),
            ("all", vec!["e"]),
            ("c", vec!["index.html", "d"]),
            ("alone", vec!["a"]),
        ]
        .into_iter()
        .map(|(page, to)| (page.into(), to.into_iter().map(String::from).collect()))
        .collect();
        let found = clicks(
            &links,
            "index.html",
            |page| page == "r",
            |page| page == "all",
        );
        assert_eq!(found.get("c"), Some(&1));
        assert_eq!(found.get("d"), Some(&2));
        assert_eq!(found.get("b"), Some(&2));
        assert_eq!(found.get("all"), Some(&3));
        assert_eq!(found.get("e"), None);
        assert_eq!(found.get("alone"), None);
    }
}
