//! The search page: a form for the script, and an index of items, topics,
//! units and pages that needs none.

use std::collections::BTreeMap;

use crate::diagnostic::Lang;
use crate::render::format::Page;
use crate::render::view::*;
use crate::site::address::{Kind, Route};
use crate::thai::{normalise, sort_key};

use super::disclosures::topic_title;
use super::parts::*;
use super::years::item_title;

/// With more entries, pages of a folder are left to the folder's own page.
const MANY: usize = 500;

pub fn search(page: &Page<'_>) -> PageView {
    let mut view = PageView {
        title: page.say("ค้นหา และดัชนี ก–ฮ", "Search, and index from A to Z"),
        crumbs: vec![home_crumb(page)],
        search: true,
        ..PageView::default()
    };
    view.sections.push(Section::Search(form(page)));
    view.sections.push(Section::Index {
        id: "index".into(),
        title: page.say("ดัชนี ก–ฮ", "Index from A to Z"),
        lead: page.say(
            "รายการ OIT เรื่อง หน่วยงาน และหน้าทั้งหมด เรียงตามตัวอักษร เรื่องที่มีหลายปีมีลิงก์ของแต่ละปี",
            "Items, topics, units and pages in alphabetical order; what stands in several years links to each",
        ),
        letters: letters(page),
    });
    view
}

fn form(page: &Page<'_>) -> Search {
    let site = page.site;
    let (other, label) = match page.lang {
        Lang::Th => ("en/search/", "Search in English"),
        Lang::En => ("search/", "ค้นหาในภาษาไทย"),
    };
    let items = site.content.catalogues.years.iter();
    let numbers = items
        .filter(|(year, _)| site.years.contains_key(*year))
        .flat_map(|(_, catalogue)| catalogue.items.iter().map(|i| i.id.number()));
    let mut items: Vec<u16> = numbers.collect();
    items.sort_unstable();
    items.dedup();
    Search {
        root: page.linker.root.clone(),
        script: page.linker.file(page.search_script),
        index: page
            .linker
            .file(&format!("assets/search/{}/", page.lang.id())),
        action: page.page_href("search/"),
        other: site.routes.contains(other).then(|| Link {
            title: label.into(),
            href: page.linker.page(other),
            external: false,
        }),
        years: site
            .years
            .keys()
            .rev()
            .map(|year| (*year, year_title(page, *year)))
            .collect(),
        items,
    }
}

/// A name and where it leads; several of one name are one entry.
struct Named {
    title: String,
    year: Option<u16>,
    address: String,
}

fn letters(page: &Page<'_>) -> Vec<IndexLetter> {
    let mut all = named(page);
    if all.len() > MANY {
        let top = |n: &Named| n.year.is_some() || folder_of(page, &n.address).is_none();
        all.retain(top);
    }
    let mut by_title: BTreeMap<(u8, String, String), Vec<Named>> = BTreeMap::new();
    for one in all {
        let key = sort_key(&one.title);
        by_title
            .entry((script_of(page.lang, &one.title), key, one.title.clone()))
            .or_default()
            .push(one);
    }
    let mut letters: Vec<IndexLetter> = Vec::new();
    for ((_, key, title), mut of_title) in by_title {
        let letter = first_letter(&title, &key);
        if letters.last().is_none_or(|l| l.letter != letter) {
            letters.push(IndexLetter {
                id: format!("index-{}", letters.len() + 1),
                letter,
                entries: Vec::new(),
            });
        }
        let Some(group) = letters.last_mut() else {
            continue;
        };
        of_title.sort_by_key(|n| std::cmp::Reverse(n.year));
        let years = of_title
            .iter()
            .filter_map(|n| {
                Some(Link {
                    title: page.digits(&n.year?.to_string()),
                    href: page.linker.page(&n.address),
                    external: false,
                })
            })
            .collect();
        // The name itself leads to the current year.
        let current = |n: &&Named| n.year == Some(page.site.current_year);
        if let Some(one) = of_title.iter().find(current).or(of_title.first()) {
            group.entries.push(IndexEntry {
                href: page.linker.page(&one.address),
                years,
                title,
            });
        }
    }
    letters
}

/// The page's own letters stand first, figures last.
fn script_of(lang: Lang, title: &str) -> u8 {
    match title.chars().find(|c| c.is_alphanumeric()) {
        Some('\u{0E01}'..='\u{0E4E}') => u8::from(lang == Lang::En),
        Some(c) if c.is_alphabetic() => u8::from(lang == Lang::Th),
        _ => 2,
    }
}

/// The consonant that a dictionary lists a name under, a capital, or `0–9`.
fn first_letter(title: &str, key: &str) -> String {
    let is_thai = |c: &char| ('\u{0E01}'..='\u{0E2E}').contains(c);
    match normalise(title).chars().find(|c| c.is_alphanumeric()) {
        Some('\u{0E01}'..='\u{0E4E}') => key.chars().find(is_thai).map(String::from),
        Some(c) if c.is_alphabetic() => Some(c.to_uppercase().collect()),
        _ => None,
    }
    .unwrap_or_else(|| "0–9".into())
}

fn named(page: &Page<'_>) -> Vec<Named> {
    let site = page.site;
    let of_route = |route: &Route| {
        Some(Named {
            title: title_of(page, route)?,
            year: match route.kind {
                Kind::YearPage(..) | Kind::Topic(..) | Kind::Item(..) => route.kind.year(),
                _ => None,
            },
            address: route.address.to_string(),
        })
    };
    let units = site.content.units.iter().map(|unit| Named {
        title: page.words(&unit.name),
        year: None,
        address: format!(
            "{}#unit-{}",
            site.in_language("contact/".into(), page.lang),
            unit.id
        ),
    });
    site.routes_of(page.lang)
        .filter_map(of_route)
        .chain(units)
        .filter(|n| !n.title.is_empty())
        .collect()
}

/// What an index calls a page; nothing of those that are listed elsewhere.
pub fn title_of(page: &Page<'_>, route: &Route) -> Option<String> {
    let site = page.site;
    match &route.kind {
        Kind::Topic(year, index) => {
            let topic = site.years.get(year)?.topics.get(*index)?;
            topic
                .is_published()
                .then(|| topic_title(page, *year, topic))
        }
        Kind::Item(year, index) => Some(item_title(page, site.item(*year, *index)?)),
        Kind::YearPage(year, index) => {
            let file = site.content.years.get(year)?.pages.get(*index)?;
            let key = format!("{year}/{}", file.key);
            let text = in_language(page, &key, Some(&file.page))?;
            Some(text_title(page, text, &file.key))
        }
        Kind::Free(index) => {
            let file = site.content.pages.get(*index)?;
            let text = in_language(page, &file.key, Some(&file.page))?;
            Some(text_title(page, text, &file.key))
        }
        // News and months are listed by date on their own pages.
        Kind::Home
        | Kind::News(_)
        | Kind::ProcurementMonth(..)
        | Kind::Search
        | Kind::Poster(_)
        | Kind::NotFound
        | Kind::Redirect(_) => None,
        Kind::YearIndex(_)
        | Kind::Progress(_)
        | Kind::Procurement(_)
        | Kind::Eit(_)
        | Kind::Contact
        | Kind::People
        | Kind::NewsList
        | Kind::Archive
        | Kind::Data => Some(super::view(page, route, &mut Vec::new()).title),
    }
}

/// The nearest page that lies above a page.
fn folder_of<'a>(page: &Page<'_>, address: &'a str) -> Option<&'a str> {
    let mut folder = address.strip_suffix('/')?;
    while let Some((above, _)) = folder.rsplit_once('/') {
        let with_slash = address.get(..=above.len())?;
        let is_page = |r: &Route| !matches!(r.kind, Kind::Redirect(_) | Kind::Home);
        if page.site.routes.get(with_slash).is_some_and(is_page) {
            return Some(with_slash);
        }
        folder = above;
    }
    None
}
