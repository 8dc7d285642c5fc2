//! Records → the linked site: fiscal years, topics, routes, references, and
//! the state of every item.

mod aliases;
mod handed_in;
pub mod ledgers;
mod measures;
mod pages;
mod posters;
mod topics;

use crate::content::page::Page;
use crate::content::{Content, PageFile};
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Place, Say};
use crate::files::Files;
use crate::site::address::Kind;
use crate::site::{Loaded, Options, Site};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub fn link(
    files: Arc<dyn Files>,
    options: Options,
    content: Content,
    diagnostics: Diagnostics,
) -> Loaded {
    let base_url = options
        .base_url
        .clone()
        .unwrap_or_else(|| content.settings.base_url.clone());
    let newest = content.years.keys().next_back().copied();
    let current_year = content
        .settings
        .current_year
        .or(newest)
        .unwrap_or_else(|| options.today.fiscal_year());
    let mut site = Site {
        files,
        base_url: base_url.trim_end_matches('/').to_string(),
        current_year,
        years: BTreeMap::new(),
        budgets: BTreeMap::new(),
        procurement: BTreeMap::new(),
        complaints: BTreeMap::new(),
        news: Vec::new(),
        news_places: BTreeMap::new(),
        routes: crate::site::address::Routes::default(),
        unread: unread(&diagnostics),
        options,
        content,
    };
    let mut linker = Linker { found: diagnostics };
    linker.known_year(&site);
    linker.ledgers(&mut site);
    linker.news(&mut site);
    linker.fixed_routes(&mut site);
    linker.years(&mut site);
    linker.free_pages(&mut site);
    linker.english(&mut site);
    linker.measures(&mut site);
    linker.data_pages(&mut site);
    linker.posters(&mut site);
    linker.aliases(&mut site);
    linker.disclosures(&mut site);
    linker.handed_in(&site);
    linker.references(&site);
    Loaded {
        site,
        diagnostics: linker.found.sorted(),
    }
}

/// Files that a message of reading speaks of: what stands in them is not what
/// was meant, so it can't be taken for whole.
fn unread(diagnostics: &Diagnostics) -> BTreeSet<Arc<str>> {
    const CODES: &[&str] = &["toml-syntax", "file-garbled", "file-letters-lost"];
    diagnostics
        .iter()
        .filter(|d| CODES.contains(&d.code))
        .filter_map(|d| Some(d.place.as_ref()?.file.clone()))
        .collect()
}

struct Linker {
    found: Diagnostics,
}

impl Linker {
    fn known_year(&mut self, site: &Site) {
        let settings = &site.content.settings;
        if let (Some(year), Some(place)) = (settings.current_year, &settings.current_year_place)
            && !site.content.years.contains_key(&year)
        {
            self.found.push(
                Diagnostic::error(
                    "no-year",
                    Say::new(
                        format!("ไม่มีโฟลเดอร์ content/{year} สำหรับปีปัจจุบันที่ตั้งไว้"),
                        format!("there is no folder content/{year} for the current year"),
                    ),
                )
                .at(place.clone()),
            );
        }
    }

    pub(super) fn add(
        &mut self,
        site: &mut Site,
        address: &str,
        lang: Lang,
        kind: Kind,
        place: Option<Place>,
    ) {
        if let Err(taken) = site.routes.add(address, lang, kind) {
            let other = taken.kind;
            let mut diagnostic = Diagnostic::error(
                "same-address",
                Say::new(
                    format!("ที่อยู่ /{address} ถูกใช้โดยหน้าอื่นแล้ว"),
                    format!("the address /{address} already belongs to another page"),
                ),
            )
            .hint(match page_of(site, &other) {
                Some(page) => Say::new(
                    format!("เปลี่ยนชื่อไฟล์นี้ หรือไฟล์ {}", page.place().file),
                    format!("rename this file, or {}", page.place().file),
                ),
                None => Say::new(
                    format!("โปรแกรมสร้างหน้า /{address} เอง ให้เปลี่ยนชื่อไฟล์นี้"),
                    format!("the program makes the page /{address} itself; rename this file"),
                ),
            });
            if let Some(place) = place {
                diagnostic = diagnostic.at(place);
            }
            if let Some(page) = page_of(site, &other) {
                diagnostic = diagnostic.label(
                    page.place(),
                    Say::new("หน้าที่ใช้ที่อยู่นี้อยู่แล้ว", "this page has it"),
                );
            }
            self.found.push(diagnostic);
        }
    }

    /// Every reference in a field must lead somewhere.
    fn references(&mut self, site: &Site) {
        crate::site::refer_all::check(site, &mut self.found);
    }
}

/// The page that a route's text comes from, in Thai.
pub fn page_of<'s>(site: &'s Site, kind: &Kind) -> Option<&'s Page> {
    let of = |file: &'s PageFile| &*file.page;
    match kind {
        Kind::Home => site.content.home.as_deref(),
        Kind::Topic(year, index) => {
            let topic = site.years.get(year)?.topics.get(*index)?;
            site.topic_text(*year, topic)
        }
        Kind::YearPage(year, index) => site.content.years.get(year)?.pages.get(*index).map(of),
        Kind::News(index) => site.content.news.get(*index).map(of),
        Kind::Free(index) => site.content.pages.get(*index).map(of),
        _ => None,
    }
}
