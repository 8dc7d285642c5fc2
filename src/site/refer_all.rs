//! The round over every reference that stands in a field, so that one run
//! tells of each that leads nowhere. Links in running text are judged when
//! the page is rendered.

use crate::content::agency::Reference;
use crate::content::measures::MeasuresFile;
use crate::content::page::Page;
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Say, nearest};

use super::Site;
use super::address::Target;
use super::refer::From;

pub fn check(site: &Site, found: &mut Diagnostics) {
    let mut round = Round { site, found };
    let settings = &site.content.settings;
    for entry in settings.menu.iter().chain(&settings.quick) {
        round.resolve(&entry.to, site.current_year);
    }
    if let Some(logo) = &settings.agency.logo {
        round.picture(logo, site.current_year);
    }
    if let Some(map) = &settings.agency.map {
        round.resolve(map, site.current_year);
    }
    for person in &site.content.people {
        round.person(person, site.current_year);
    }
    for channel in &site.content.channels {
        if let Some(url) = &channel.url {
            round.resolve(url, site.current_year);
        }
        round.unit(channel.unit.as_ref());
    }
    for unit in &site.content.units {
        round.unit(unit.parent.as_ref());
    }
    for (&year, folder) in &site.content.years {
        for person in folder.people.iter().flatten() {
            round.person(person, year);
        }
        for file in &folder.pages {
            round.page(&file.page, year);
        }
        for file in folder.measures.iter().chain(&folder.report) {
            round.measures(file, year);
        }
    }
    let texts = site.content.pages.iter().chain(&site.content.news);
    for page in texts.map(|f| &f.page).chain(&site.content.home) {
        round.page(page, site.current_year);
    }
    for (key, page) in &site.content.english {
        let year = key.split('/').next().and_then(|y| y.parse().ok());
        round.page(page, year.unwrap_or(site.current_year));
    }
    for (&year, of_year) in &site.years {
        for topic in &of_year.topics {
            if let Some(page) = site.topic_text(year, topic) {
                round.shows(page, year, topic);
            }
        }
    }
}

struct Round<'s, 'd> {
    site: &'s Site,
    found: &'d mut Diagnostics,
}

impl Round<'_, '_> {
    fn resolve(&mut self, reference: &Reference, year: u16) -> Option<Target> {
        let from = From {
            file: &reference.place.file,
            year,
            lang: Lang::Th,
        };
        match self.site.resolve(reference, from) {
            Ok(target) => Some(target),
            Err(problem) => {
                self.found.push(*problem);
                None
            }
        }
    }

    /// What a page shows as a picture must be one.
    fn picture(&mut self, reference: &Reference, year: u16) {
        let Some(target) = self.resolve(reference, year) else {
            return;
        };
        self.found.extend(
            self.site
                .picture_problem(&target, &reference.raw, &reference.place),
        );
    }

    fn unit(&mut self, reference: Option<&Reference>) {
        let Some(reference) = reference else { return };
        if self.site.content.units.is_empty() || self.site.unit(&reference.raw).is_some() {
            return;
        }
        let names = self.site.content.units.iter().flat_map(|u| {
            u.also
                .iter()
                .map(String::as_str)
                .chain([u.id.as_str(), u.name.th.as_str()])
        });
        let mut diagnostic = Diagnostic::warning(
            "unknown-unit",
            Say::new(
                format!("ไม่มีหน่วยงานชื่อ “{}” ใน units.toml", reference.raw),
                format!("there is no unit “{}” in units.toml", reference.raw),
            ),
        )
        .at(reference.place.clone());
        diagnostic = diagnostic.hint(match nearest(&reference.raw, names) {
            Some(near) => Say::new(
                format!("หมายถึง “{near}” หรือไม่ ถ้าเป็นชื่อที่ใช้จริงให้เพิ่มใน also ของหน่วยงานนั้น"),
                format!("did you mean “{near}”? A spelling in use goes into that unit's `also`"),
            ),
            None => Say::new(
                "เพิ่มหน่วยงานนี้ใน units.toml หรือเพิ่มชื่อนี้ใน also ของหน่วยงานที่มีอยู่",
                "add the unit to units.toml, or this spelling to the `also` of one",
            ),
        });
        self.found.push(diagnostic);
    }

    fn person(&mut self, person: &crate::content::agency::Person, year: u16) {
        if let Some(photo) = &person.photo {
            self.photo(photo, year);
        }
        self.unit(person.unit.as_ref());
    }

    /// A file of nearly this name is most likely another person's picture.
    fn photo(&mut self, photo: &Reference, year: u16) {
        let from = From {
            file: &photo.place.file,
            year,
            lang: Lang::Th,
        };
        let mut problem = match self.site.resolve(photo, from) {
            Ok(target) => {
                let problem = self.site.picture_problem(&target, &photo.raw, &photo.place);
                self.found.extend(problem);
                return;
            }
            Err(problem) => problem,
        };
        let everybody = self.site.content.people.iter();
        let of_years = self.site.content.years.values();
        let proposes_another = everybody
            .chain(of_years.flat_map(|y| y.people.iter().flatten()))
            .filter_map(|p| p.photo.as_ref())
            .map(|other| other.raw.trim_start_matches('/'))
            .any(|other| problem.hints.iter().any(|hint| hint.th.contains(other)));
        if proposes_another {
            problem.hints = vec![Say::new(
                format!("ใส่ไฟล์ภาพของคนนี้ไว้ที่ {} หรือแก้ชื่อไฟล์ใน photo ให้ตรง", photo.raw),
                format!(
                    "put this person's picture at {}, or correct the name in `photo`",
                    photo.raw
                ),
            )];
        }
        self.found.push(*problem);
    }

    fn page(&mut self, page: &Page, year: u16) {
        let extras = &page.extras;
        self.unit(extras.unit.as_ref());
        for file in &extras.files {
            self.resolve(&file.path, year);
        }
        for link in &extras.links {
            self.resolve(&link.to, year);
        }
        if let Some((path, _)) = &extras.image {
            self.picture(path, year);
        }
        for topic in &extras.topics {
            if self.site.topic(&topic.raw).is_none() {
                let near = self.site.content.catalogues.nearest_topic(&topic.raw);
                let mut diagnostic = Diagnostic::error(
                    "unknown-topic",
                    Say::new(
                        format!("ไม่มีหัวข้อชื่อ “{}”", topic.raw),
                        format!("there is no topic “{}”", topic.raw),
                    ),
                )
                .at(topic.place.clone());
                if let Some(near) = near {
                    diagnostic = diagnostic.hint(Say::new(
                        format!("หมายถึง “{near}” หรือไม่"),
                        format!("did you mean “{near}”?"),
                    ));
                }
                self.found.push(diagnostic);
            }
        }
        for table in &extras.tables {
            let head = table.grid().rows.first();
            for (column, place) in &table.total {
                let known = head.is_some_and(|h| h.iter().any(|c| c.trim() == column.trim()));
                if !known && head.is_some() {
                    let near = nearest(column, head.into_iter().flatten().map(String::as_str));
                    let mut diagnostic = Diagnostic::error(
                        "unknown-column",
                        Say::new(
                            format!("ตารางนี้ไม่มีคอลัมน์ “{column}” ให้รวมยอด"),
                            format!("this table has no column “{column}” to add up"),
                        ),
                    )
                    .at(place.clone());
                    if let Some(near) = near {
                        diagnostic = diagnostic.hint(Say::new(
                            format!("หมายถึง “{near}” หรือไม่"),
                            format!("did you mean “{near}”?"),
                        ));
                    }
                    self.found.push(diagnostic);
                }
            }
        }
    }

    /// `shows` must name elements of the page's item, and places that exist.
    fn shows(&mut self, page: &Page, year: u16, topic: &super::TopicPage) {
        let Some(item) = self.site.item(year, topic.item) else {
            return;
        };
        let known: Vec<&str> = item.elements.iter().map(|e| e.id.as_str()).collect();
        let named = page
            .extras
            .shows
            .iter()
            .map(|s| (&s.element, &s.key_place))
            .chain(
                page.extras
                    .none
                    .iter()
                    .filter_map(|n| n.element.as_ref().map(|e| (e, &n.place))),
            );
        for (element, place) in named {
            if known.contains(&element.as_str()) {
                continue;
            }
            let mut diagnostic = Diagnostic::error(
                "unknown-element",
                Say::new(
                    format!("ข้อ {} ปี {year} ไม่มีองค์ประกอบ “{element}”", item.id),
                    format!("item {} of {year} has no element “{element}”", item.id),
                ),
            )
            .at(place.clone());
            diagnostic = diagnostic.hint(match nearest(element, known.iter().copied()) {
                Some(near) => Say::new(
                    format!("หมายถึง “{near}” หรือไม่"),
                    format!("did you mean “{near}”?"),
                ),
                None => Say::new(
                    format!("องค์ประกอบของข้อนี้: {}", known.join(", ")),
                    format!("its elements are: {}", known.join(", ")),
                ),
            });
            self.found.push(diagnostic);
        }
        for reference in page.extras.shows.iter().flat_map(|s| &s.places) {
            match self.resolve(reference, year) {
                Some(Target::Same { anchor }) => self.own_anchor(page, &anchor, reference),
                Some(target) if !super::elements::is_there(self.site, page, &target) => {
                    self.not_there(&target, reference);
                }
                _ => {}
            }
        }
    }

    /// A place on another page, or a page that shows nothing yet.
    fn not_there(&mut self, target: &Target, reference: &Reference) {
        let raw = &reference.raw;
        let place = match target {
            Target::Page { anchor, .. } => anchor.as_deref(),
            _ => None,
        };
        let say = match place {
            Some(place) => Say::new(
                format!("“{raw}” ไม่มีตำแหน่ง “#{place}” ให้ผู้ประเมินดู"),
                format!("“{raw}” has no place “#{place}” for an assessor to see"),
            ),
            None => Say::new(
                format!("หน้า “{raw}” ยังไม่มีเนื้อหา จึงยังไม่แสดงองค์ประกอบนี้"),
                format!("the page “{raw}” is still empty, so it shows nothing"),
            ),
        };
        self.found.push(
            Diagnostic::error("missing-anchor", say)
                .at(reference.place.clone())
                .hint(Say::new(
                    "เขียนเนื้อหาและใส่ {#ชื่อตำแหน่ง} ท้ายหัวข้อของหน้านั้น หรือแก้ตำแหน่งให้ถูก",
                    "write it and mark its heading there with {#name}, or name another place",
                )),
        );
    }

    fn own_anchor(&mut self, page: &Page, anchor: &str, reference: &Reference) {
        if has_anchor(page, anchor) {
            return;
        }
        let own = anchors_of(page);
        let mut diagnostic = Diagnostic::error(
            "missing-anchor",
            Say::new(
                format!("หน้านี้ไม่มีตำแหน่ง “#{anchor}”"),
                format!("there is no place “#{anchor}” on this page"),
            ),
        )
        .at(reference.place.clone());
        diagnostic = diagnostic.hint(match nearest(anchor, own.iter().map(String::as_str)) {
            Some(near) => Say::new(
                format!("หมายถึง “#{near}” หรือไม่"),
                format!("did you mean “#{near}”?"),
            ),
            None => Say::new(
                "พิมพ์หัวข้อที่แสดงองค์ประกอบนี้เป็น:",
                "write the heading that shows it as:",
            )
            .typing(&format!("## … {{#{anchor}}}")),
        });
        self.found.push(diagnostic);
    }

    fn measures(&mut self, file: &MeasuresFile, year: u16) {
        for row in &file.rows {
            for evidence in &row.evidence {
                if let Some(to) = &evidence.to {
                    self.resolve(to, year);
                }
                match &evidence.path {
                    Some(path) if evidence.is_picture() => self.picture(path, year),
                    Some(path) => {
                        self.resolve(path, year);
                    }
                    None => {}
                }
            }
            if let Some(narrative) = &row.narrative {
                self.narrative(narrative);
            }
        }
    }

    fn narrative(&mut self, reference: &Reference) {
        let path = crate::files::SitePath::new(&reference.place.file)
            .ok()
            .and_then(|file| crate::content::beside(&file, &reference.raw));
        let there = path
            .as_ref()
            .is_some_and(|p| self.site.content.listing.get(p).is_some());
        if !there {
            let near = path.and_then(|p| {
                self.site
                    .content
                    .listing
                    .same_key(&p)
                    .map(|e| e.path.to_string())
            });
            let near: Vec<&str> = near.iter().map(String::as_str).collect();
            self.found
                .push(crate::content::missing_file(reference, &near));
        }
    }
}

/// Whether a topic's page has a place: in its text, or where its records stand.
pub fn has_anchor(page: &Page, anchor: &str) -> bool {
    super::prove::anchor::ALL.contains(&anchor) || anchors_of(page).iter().any(|a| a == anchor)
}

/// Ids that a page's own text and tables have.
pub fn anchors_of(page: &Page) -> Vec<String> {
    let headings = page.outline.headings.iter().map(|h| h.id.clone());
    let tables = page.extras.tables.iter().map(|t| t.id.clone());
    let inline = page.outline.tables.iter().map(|t| t.id.clone());
    headings.chain(tables).chain(inline).collect()
}
