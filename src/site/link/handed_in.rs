//! Addresses that were handed in must keep leading somewhere.

use crate::content::FOLDER;
use crate::content::agency::Reference;
use crate::diagnostic::{Diagnostic, Lang, Say, Severity, nearest};
use crate::files::SitePath;
use crate::site::Site;
use crate::site::address::{Kind, Route};
use crate::site::hosts::{host, path};

use super::Linker;

impl Linker {
    pub(super) fn handed_in(&mut self, site: &Site) {
        let mut found = Vec::new();
        for (year, folder) in &site.content.years {
            let Some(record) = &folder.handed_in else {
                continue;
            };
            if site.catalogue(*year).is_none() {
                continue;
            }
            found.extend(moved(site, record.website.as_ref()));
            for item in &record.items {
                for address in &item.addresses {
                    found.extend(self.handed_in_address(site, *year, &item.code, address));
                }
            }
        }
        self.found.extend(found);
    }

    fn handed_in_address(
        &self,
        site: &Site,
        year: u16,
        item: &str,
        written: &Reference,
    ) -> Option<Diagnostic> {
        let Some(inside) = written.raw.strip_prefix('/') else {
            return Some(
                Diagnostic::error(
                    "bad-address",
                    Say::new(
                        format!("ที่อยู่ที่ส่งแล้ว “{}” ต้องขึ้นต้นด้วย /", written.raw),
                        format!("the address handed in “{}” must begin with /", written.raw),
                    ),
                )
                .at(written.place.clone())
                .hint(Say::new(
                    "เขียนเฉพาะส่วนหลังชื่อเว็บไซต์ เช่น /2568/structure/",
                    "write only what follows the host, such as /2568/structure/",
                )),
            );
        };
        let path = inside.split(['#', '?']).next().unwrap_or(inside);
        let route = [path.to_string(), format!("{}/", path.trim_end_matches('/'))]
            .iter()
            .find_map(|address| site.routes.get(address));
        match route {
            Some(route) => {
                let shown = followed(site, route);
                if shown.is_some_and(|route| is_unpublished(site, route)) {
                    Some(unpublished(item, written))
                } else if matches!(route.kind, Kind::Redirect(_))
                    && shown.is_some_and(|route| leads_away(site, year, item, route))
                {
                    let to = shown.map_or("", |route| &route.address);
                    Some(elsewhere(item, written, to))
                } else {
                    None
                }
            }
            None if is_file(site, path) || self.is_unread(path) => None,
            None => Some(gone(site, item, written, path)),
        }
    }

    /// Whether the page's file is there but could not be read, which is told
    /// already.
    fn is_unread(&self, path: &str) -> bool {
        let page = path.trim_matches('/');
        let files = [
            format!("{FOLDER}/{page}.md"),
            format!("{FOLDER}/{page}/index.md"),
        ];
        self.found.iter().any(|d| {
            d.severity == Severity::Error
                && d.place
                    .as_ref()
                    .is_some_and(|p| files.iter().any(|f| **f == *p.file))
        })
    }
}

/// Redirects that follow each other are no more than this many.
const LONGEST_CHAIN: usize = 8;

/// The page that a reader of the route gets to see. `None` where redirects
/// lead out of the pages, to a file or another website.
fn followed<'s>(site: &'s Site, route: &'s Route) -> Option<&'s Route> {
    let mut route = route;
    for _ in 0..LONGEST_CHAIN {
        let Kind::Redirect(to) = &route.kind else {
            return Some(route);
        };
        let to = to.split('#').next().unwrap_or(to).trim_start_matches('/');
        route = site.routes.get(to)?;
    }
    None
}

/// Whether a page surely shows something else than the item: pages of another
/// item, and those that only lead on. A page of the webmaster's own may be its
/// archive.
fn leads_away(site: &Site, year: u16, code: &str, route: &Route) -> bool {
    let item = site.catalogue(year).and_then(|c| {
        let index = c.items.iter().position(|i| i.id.to_string() == code)?;
        Some((index, c.items.get(index)?))
    });
    let Some((index, item)) = item else {
        return false;
    };
    match &route.kind {
        Kind::Item(of, shown) => *of == year && *shown != index,
        Kind::Topic(..) | Kind::YearPage(..) => {
            site.topic_of(&route.kind).is_some_and(|(of, topic)| {
                let same = of == year && topic.item == index;
                !same && !item.serves(&topic.topic)
            })
        }
        Kind::Home | Kind::YearIndex(_) | Kind::Archive | Kind::Search | Kind::NotFound => true,
        _ => false,
    }
}

fn is_unpublished(site: &Site, route: &Route) -> bool {
    let (year, wanted): (u16, Box<dyn Fn(usize, usize) -> bool>) = match route.kind {
        Kind::Topic(year, topic) => (year, Box::new(move |index, _| index == topic)),
        Kind::Item(year, item) => (year, Box::new(move |_, of| of == item)),
        _ => return false,
    };
    let Some(of_year) = site.years.get(&year) else {
        return false;
    };
    let mut pages = of_year
        .topics
        .iter()
        .enumerate()
        .filter(|(index, topic)| wanted(*index, topic.item))
        .peekable();
    pages.peek().is_some() && pages.all(|(_, topic)| !topic.is_published())
}

/// Attachments keep their path.
fn is_file(site: &Site, path: &str) -> bool {
    SitePath::new(&format!("{FOLDER}/{path}")).is_ok_and(|path| {
        path.extension().is_some_and(|e| e != "md" && e != "toml")
            && site.content.listing.entries.iter().any(|e| e.path == path)
    })
}

fn gone(site: &Site, item: &str, written: &Reference, path: &str) -> Diagnostic {
    let known = site
        .routes
        .iter()
        .filter(|r| r.lang == Lang::Th && !matches!(r.kind, Kind::Redirect(_)))
        .map(|r| &*r.address);
    // A file was renamed to another file, a page to another page.
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    let files = site.content.listing.entries.iter();
    let files = files.filter_map(|e| e.path.strip_dir(FOLDER));
    let near = if is_file {
        nearest(path, files)
    } else {
        nearest(path, known.filter(|a| !a.is_empty()))
    };
    let raw = &written.raw;
    let to = near.map_or("…", |n| n.trim_end_matches('/'));
    Diagnostic::error(
        "handed-in-address-gone",
        Say::new(
            format!("ที่อยู่ของ {item} ที่ส่งให้ผู้ประเมินแล้ว {raw} ไม่มีในเว็บไซต์"),
            format!("{raw}, handed in for {item}, is not in the website any more"),
        ),
    )
    .at(written.place.clone())
    .hint(
        Say::new(
            "คืนชื่อไฟล์เดิม หรือเพิ่มท้ายไฟล์ content/redirects.toml:",
            "give the file its former name, or add to the end of content/redirects.toml:",
        )
        .typing(&format!("[[redirect]]\nfrom = \"{raw}\"\nto = \"{to}\"")),
    )
}

/// Assessors open what they were given, so the former host must still lead to
/// the website. A preview at another address is no move.
fn moved(site: &Site, then: Option<&Reference>) -> Option<Diagnostic> {
    let then = then?;
    let now = site.content.settings.base_url.trim_end_matches('/');
    let plain = |address: &str| {
        let address = address.trim_end_matches('/');
        let host = host(address).unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_string();
        (host, path(address))
    };
    if plain(now) == plain(&then.raw) {
        return None;
    }
    let raw = &then.raw;
    Some(
        Diagnostic::warning(
            "handed-in-website-moved",
            Say::new(
                format!("ที่อยู่ที่ส่งให้ผู้ประเมินแล้วอยู่ที่ {raw} แต่เว็บไซต์ย้ายไป {now}"),
                format!("the addresses were handed in at {raw}, but the website is at {now} now"),
            ),
        )
        .at(then.place.clone())
        .label(
            site.content
                .settings
                .base_url_place
                .clone()
                .unwrap_or_else(|| then.place.clone()),
            Say::new("ที่อยู่ปัจจุบัน", "where it is now"),
        ),
    )
}

fn elsewhere(item: &str, written: &Reference, to: &str) -> Diagnostic {
    let raw = &written.raw;
    Diagnostic::error(
        "handed-in-address-elsewhere",
        Say::new(
            format!("ที่อยู่ {raw} ของ {item} ที่ส่งให้ผู้ประเมินแล้ว พาไปที่ /{to} ซึ่งไม่ได้แสดงข้อนี้"),
            format!("{raw}, handed in for {item}, now leads to /{to}, which does not show the item"),
        ),
    )
    .at(written.place.clone())
    .hint(Say::new(
        format!("คืนไฟล์เดิม หรือแก้ to ใน content/redirects.toml ให้ไปหน้าที่แสดง {item} หรือหน้าที่เก็บเนื้อหาเดิมไว้"),
        format!("bring the file back, or let `to` in content/redirects.toml name the page that shows {item}, or one that keeps what stood there"),
    ))
}

fn unpublished(item: &str, written: &Reference) -> Diagnostic {
    let raw = &written.raw;
    Diagnostic::error(
        "handed-in-address-unpublished",
        Say::new(
            format!("หน้า {raw} ของ {item} ที่ส่งให้ผู้ประเมินแล้ว กลายเป็นหน้าที่ยังไม่เผยแพร่"),
            format!("{raw}, handed in for {item}, now shows nothing that is published"),
        ),
    )
    .at(written.place.clone())
    .hint(Say::new(
        "คืนไฟล์เนื้อหาของหน้านี้ หรือเอา draft = true ออก",
        "bring back the file of this page, or take away draft = true",
    ))
}
