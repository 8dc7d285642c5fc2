//! Short addresses of items, former addresses of pages, the map of old
//! addresses.

use crate::diagnostic::{Diagnostic, Lang, Place, Say};
use crate::site::address::{Kind, Target};
use crate::site::refer::From;
use crate::site::{Site, TopicPage};

use super::{Linker, page_of};

impl Linker {
    /// Short addresses of items, former addresses of pages, the map of old
    /// addresses.
    pub(super) fn aliases(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.years.keys().copied().collect();
        for year in years {
            let Some(catalogue) = site.catalogue(year) else {
                continue;
            };
            let mut short: Vec<(String, Kind)> = Vec::new();
            for (index, item) in catalogue.items.iter().enumerate() {
                let address = format!("{year}/{}/", item.id.slug());
                let topics: Vec<&TopicPage> = site
                    .years
                    .get(&year)
                    .into_iter()
                    .flat_map(|y| y.topics.iter().filter(|t| t.item == index))
                    .collect();
                let kind = match topics.as_slice() {
                    [one] => Kind::Redirect(one.address.to_string()),
                    _ => Kind::Item(year, index),
                };
                short.push((address, kind));
                for topic in topics {
                    for covered in &topic.covers {
                        let address = format!("{year}/{covered}/");
                        if !site.routes.contains(&address) {
                            short.push((address, Kind::Redirect(topic.address.to_string())));
                        }
                    }
                }
            }
            for (address, kind) in short {
                self.add(site, &address, Lang::Th, kind, None);
            }
        }
        let mut moved: Vec<(String, String, Place)> = Vec::new();
        for route in site.routes.iter() {
            let Some(page) = page_of(site, &route.kind).filter(|_| route.lang == Lang::Th) else {
                continue;
            };
            for alias in &page.extras.aliases {
                moved.push((
                    alias.raw.clone(),
                    route.address.to_string(),
                    alias.place.clone(),
                ));
            }
        }
        for redirect in &site.content.redirects {
            let from = From {
                file: &redirect.to.place.file,
                year: site.current_year,
                lang: Lang::Th,
            };
            match site.resolve(&redirect.to, from) {
                Ok(target) => {
                    let to = match target {
                        Target::Page {
                            address,
                            anchor: None,
                        } => address,
                        Target::Page {
                            address,
                            anchor: Some(a),
                        } => format!("{address}#{a}"),
                        Target::File { path } => path,
                        Target::Outside(url) => url,
                        Target::Same { anchor } => format!("#{anchor}"),
                    };
                    moved.push((redirect.from.clone(), to, redirect.place.clone()));
                }
                Err(problem) => self.found.push(*problem),
            }
        }
        for (from, to, place) in moved {
            match old_address(&from) {
                Some(address) if to != address && is_vacant(site, &address) => {
                    site.routes.replace(&address, Kind::Redirect(to));
                }
                Some(address) => self.add(site, &address, Lang::Th, Kind::Redirect(to), Some(place)),
                None => self.found.push(
                    Diagnostic::error(
                        "bad-address",
                        Say::new(
                            format!("ที่อยู่เดิม “{from}” ใช้ไม่ได้"),
                            format!("the old address “{from}” can't be kept"),
                        ),
                    )
                    .at(place)
                    .hint(Say::new(
                        "เขียนเฉพาะส่วนหลังชื่อเว็บไซต์ ขึ้นต้นด้วย / เช่น /page/contact.php",
                        "write only what follows the host, beginning with /, such as /page/contact.php",
                    )),
                ),
            }
        }
    }
}

/// The address of a topic that has no page any more: it may lead elsewhere.
fn is_vacant(site: &Site, address: &str) -> bool {
    let Some(Kind::Topic(year, index)) = site.routes.get(address).map(|r| &r.kind) else {
        return false;
    };
    let topic = site.years.get(year).and_then(|y| y.topics.get(*index));
    topic.is_some_and(|t| !t.is_published())
}

/// `/old/page.php?id=3` → the file that a static host would look for. A query
/// can't be told apart there, so it is left out.
fn old_address(from: &str) -> Option<String> {
    let path = from.split(['?', '#']).next().unwrap_or(from);
    let path = path.trim().trim_start_matches('/');
    if path.is_empty() || path.contains("://") || path.split('/').any(|p| p == ".." || p == ".") {
        return None;
    }
    crate::files::SitePath::new(path.trim_end_matches('/')).ok()?;
    let last = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path);
    if path.ends_with('/') {
        Some(path.to_string())
    } else if last.contains('.') {
        // A file name of the old site, whatever its extension: hosts serve a
        // folder of that name with its index.
        if last.ends_with(".html") || last.ends_with(".htm") {
            Some(path.to_string())
        } else {
            Some(format!("{path}/"))
        }
    } else {
        Some(format!("{path}/"))
    }
}
