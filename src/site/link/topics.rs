//! Which page serves which topic of a year, and the state of every item.

use crate::catalogue::{Element, ItemId, TopicKind};
use crate::content::agency::Reference;
use crate::content::page::Page;
use crate::diagnostic::{Diagnostic, Lang, Place, Say, nearest};
use crate::site::address::Kind;
use crate::site::elements::judge;
use crate::site::prove::{channels, purpose_of_topic, shows_purchases};
use crate::site::{Site, TopicPage, Year};
use std::collections::BTreeMap;

use super::Linker;

impl Linker {
    pub(super) fn years(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.content.years.keys().copied().collect();
        for year in years {
            if site.catalogue(year).is_none() {
                let known: Vec<String> = site
                    .content
                    .catalogues
                    .years
                    .keys()
                    .map(u16::to_string)
                    .collect();
                self.found.push(
                    Diagnostic::error(
                        "no-catalogue",
                        Say::new(
                            format!("ยังไม่มีรายการ OIT ของปี {year} (มีของปี {})", known.join(", ")),
                            format!(
                                "there is no OIT catalogue of {year} (there are those of {})",
                                known.join(", ")
                            ),
                        ),
                    )
                    .at(Place::file(format!("content/{year}")))
                    .hint(Say::new(
                        format!(
                            "เพิ่มไฟล์ content/{year}/catalogue.toml ที่ขึ้นต้นด้วย  extends = {}",
                            known.last().map_or("2569", String::as_str)
                        ),
                        format!(
                            "add content/{year}/catalogue.toml that begins with  extends = {}",
                            known.last().map_or("2569", String::as_str)
                        ),
                    )),
                );
                continue;
            }
            self.add(
                site,
                &format!("{year}/"),
                Lang::Th,
                Kind::YearIndex(year),
                None,
            );
            if site.content.settings.english {
                self.add(
                    site,
                    &format!("en/{year}/"),
                    Lang::En,
                    Kind::YearIndex(year),
                    None,
                );
            }
            self.topics(site, year);
        }
    }

    /// Which page serves which topic of a year.
    pub(super) fn topics(&mut self, site: &mut Site, year: u16) {
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        let mut covering: Vec<(usize, usize)> = Vec::new();
        let mut under: Vec<usize> = Vec::new();
        let folder_pages = site.content.years.get(&year).map_or(0, |f| f.pages.len());
        for index in 0..folder_pages {
            let Some(file) = site
                .content
                .years
                .get(&year)
                .and_then(|f| f.pages.get(index))
            else {
                continue;
            };
            if !site.is_visible(&file.page) {
                continue;
            }
            if is_blank(&file.page) && !records_fill(site, year, &file.key) {
                let place = file.page.place();
                self.found.push(
                    Diagnostic::warning(
                        "empty-page",
                        Say::new(
                            "หน้านี้ว่าง จึงนับว่ายังไม่เผยแพร่",
                            "this page is empty, so it counts as not published",
                        ),
                    )
                    .at(place)
                    .hint(how_to_fill(site, year, &file.key)),
                );
                continue;
            }
            let key = file
                .key
                .strip_suffix("/index")
                .unwrap_or(&file.key)
                .to_string();
            let top = key.split('/').next().unwrap_or(&key).to_string();
            let listed = site
                .catalogue(year)
                .and_then(|c| c.item_of_topic(&key))
                .is_some();
            if let Some(item) = &file.page.extras.item {
                match self.item_named(site, year, item) {
                    Some(item) => covering.push((index, item)),
                    None => continue,
                }
            } else if listed {
                let place = file.page.place();
                if let Some(first) = own.insert(key.clone(), index) {
                    self.twice(site, year, &key, first, place);
                }
            } else if key.contains('/')
                && site
                    .catalogue(year)
                    .and_then(|c| c.item_of_topic(&top))
                    .is_some()
            {
                under.push(index);
            } else if site.topic(&key).is_some() {
                let place = file.page.place();
                self.found.push(
                    Diagnostic::warning(
                        "topic-not-asked",
                        Say::new(
                            format!("หัวข้อ “{key}” ไม่อยู่ในรายการ OIT ของปี {year} หน้านี้ยังเผยแพร่ แต่ไม่มีเลขข้อ"),
                            format!("the OIT list of {year} does not ask for “{key}”; the page is published without an item number"),
                        ),
                    )
                    .at(place),
                );
                under.push(index);
            } else {
                let place = file.page.place();
                self.unknown_topic(site, year, &key, place);
            }
        }
        let Some(catalogue) = site.catalogue(year) else {
            return;
        };
        let mut pages: Vec<TopicPage> = Vec::new();
        let mut contradictions = Vec::new();
        for (index, item) in catalogue.items.iter().enumerate() {
            let cover = covering.iter().find(|(_, i)| *i == index);
            if let Some((page, _)) = cover {
                let key = site
                    .content
                    .years
                    .get(&year)
                    .and_then(|f| f.pages.get(*page))
                    .map_or_else(String::new, |p| {
                        p.key.strip_suffix("/index").unwrap_or(&p.key).to_string()
                    });
                let Some(main) = item.topics.first() else {
                    continue;
                };
                pages.push(TopicPage {
                    topic: main.clone(),
                    kind: site.topic(main).map_or(TopicKind::Prose, |t| t.kind),
                    item: index,
                    address: format!("{year}/{key}/").into(),
                    page: Some(*page),
                    has_data: false,
                    covers: item.topics.clone(),
                });
            }
            for topic in &item.topics {
                let page = own.get(&**topic).copied();
                if cover.is_some() && page.is_none() {
                    continue;
                }
                let kind = site.topic(topic).map_or(TopicKind::Prose, |t| t.kind);
                let mut topic_page = TopicPage {
                    topic: topic.clone(),
                    kind,
                    item: index,
                    address: format!("{year}/{topic}/").into(),
                    page,
                    has_data: false,
                    covers: Vec::new(),
                };
                topic_page.has_data = has_data(site, year, &topic_page, item.period_kind);
                let none = site
                    .topic_text(year, &topic_page)
                    .filter(|_| denies_none(site, year, &topic_page))
                    .and_then(|p| p.extras.none.iter().find(|n| n.element.is_none()));
                if let Some(none) = none {
                    contradictions.push(
                        Diagnostic::warning(
                            "none-but-some",
                            Say::new(
                                "หน้านี้ชี้แจงว่าไม่มี แต่มีข้อมูลในตารางของปีนั้น",
                                "this page states that there is nothing, but there are records",
                            ),
                        )
                        .at(none.place.clone())
                        .hint(Say::new(
                            "ลบ none ออก หรือระบุ element = \"…\" ว่าข้อใดที่ไม่มี",
                            "delete none, or say with element = \"…\" what there is none of",
                        )),
                    );
                }
                pages.push(topic_page);
            }
        }
        self.found.extend(contradictions);
        let routes: Vec<(String, Kind, Option<Place>)> = pages
            .iter()
            .enumerate()
            .map(|(i, t)| {
                let place = site.topic_text(year, t).map(Page::place);
                (t.address.to_string(), Kind::Topic(year, i), place)
            })
            .collect();
        for (address, kind, place) in routes {
            self.add(site, &address, Lang::Th, kind, place);
        }
        for index in under {
            let Some(file) = site
                .content
                .years
                .get(&year)
                .and_then(|f| f.pages.get(index))
            else {
                continue;
            };
            let key = file.key.strip_suffix("/index").unwrap_or(&file.key);
            let (address, place) = (format!("{year}/{key}/"), file.page.place());
            self.add(
                site,
                &address,
                Lang::Th,
                Kind::YearPage(year, index),
                Some(place),
            );
        }
        site.years.insert(
            year,
            Year {
                year,
                topics: pages,
                disclosures: Vec::new(),
                measures: None,
                report: None,
            },
        );
    }

    fn twice(&mut self, site: &Site, year: u16, key: &str, first: usize, place: Place) {
        let mut diagnostic = Diagnostic::error(
            "topic-twice",
            Say::new(
                format!("หัวข้อ “{key}” มีสองไฟล์ ({key}.md และ {key}/index.md)"),
                format!("the topic “{key}” has two files ({key}.md and {key}/index.md)"),
            ),
        )
        .at(place)
        .hint(Say::new(
            "รวมเนื้อหาไว้ไฟล์เดียว แล้วลบอีกไฟล์",
            "put the words into one and delete the other",
        ));
        let other = site
            .content
            .years
            .get(&year)
            .and_then(|f| f.pages.get(first));
        if let Some(other) = other {
            diagnostic = diagnostic.label(other.page.place(), Say::new("อีกไฟล์", "the other one"));
        }
        self.found.push(diagnostic);
    }

    pub(super) fn item_named(
        &mut self,
        site: &Site,
        year: u16,
        written: &Reference,
    ) -> Option<usize> {
        let catalogue = site.catalogue(year)?;
        let found = written
            .raw
            .parse::<ItemId>()
            .ok()
            .and_then(|id| catalogue.items.iter().position(|i| i.id == id));
        if found.is_none() {
            let last = catalogue
                .items
                .last()
                .map_or_else(String::new, |i| i.id.to_string());
            self.found.push(
                Diagnostic::error(
                    "unknown-item",
                    Say::new(
                        format!("ปี {year} ไม่มีข้อ “{}”", written.raw),
                        format!("there is no item “{}” in {year}", written.raw),
                    ),
                )
                .at(written.place.clone())
                .hint(Say::new(
                    format!("ปี {year} มีข้อ O1 ถึง {last}"),
                    format!("{year} has items O1 to {last}"),
                )),
            );
        }
        found
    }

    pub(super) fn unknown_topic(&mut self, site: &Site, year: u16, key: &str, place: Place) {
        let topics: Vec<&str> = site
            .catalogue(year)
            .into_iter()
            .flat_map(|c| c.items.iter().flat_map(|i| i.topics.iter().map(|t| &**t)))
            .collect();
        let mut diagnostic = Diagnostic::error(
            "unknown-topic",
            Say::new(
                format!("ไม่มีหัวข้อชื่อ “{key}” ในรายการ OIT ของปี {year}"),
                format!("“{key}” is no topic of the OIT list of {year}"),
            ),
        )
        .at(place);
        let of_item = site
            .catalogue(year)
            .zip(key.parse().ok())
            .and_then(|(c, id)| c.items.iter().find(|i| i.id == id));
        if let Some(item) = of_item {
            let pages = site.content.years.get(&year).map(|y| &y.pages);
            let has_page = |topic: &str| pages.is_some_and(|p| p.iter().any(|f| *f.key == *topic));
            let all = || item.topics.iter().map(|t| &**t);
            let mut names: Vec<String> = all()
                .filter(|topic| !has_page(topic))
                .map(|topic| format!("{topic}.md"))
                .collect();
            if names.is_empty() {
                names = all().map(|topic| format!("{topic}.md")).collect();
            }
            let (th, en) = (names.join(" หรือ "), names.join(" or "));
            self.found.push(diagnostic.hint(Say::new(
                format!("ไฟล์ของข้อ {} ตั้งชื่อตามหัวข้อ: เปลี่ยนชื่อเป็น {th}", item.id),
                format!(
                    "files of {} are named by their topics: rename it to {en}",
                    item.id
                ),
            )));
            return;
        }
        diagnostic = diagnostic.hint(match nearest(key, topics.iter().copied()) {
            Some(near) => Say::new(
                format!("ตั้งชื่อไฟล์เป็น {near}.md หรือไม่"),
                format!("did you mean {near}.md?"),
            ),
            None => Say::new(
                "ถ้าเป็นหน้าทั่วไปให้ย้ายไป content/pages/ ถ้าเป็นหน้าของข้อใดให้ใส่ item = \"O…\" ในส่วนหัว",
                "a free page goes into content/pages/; the page of an item says item = \"O…\" in its head",
            ),
        });
        self.found.push(diagnostic);
    }

    pub(super) fn disclosures(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.years.keys().copied().collect();
        for year in years {
            let (Some(catalogue), Some(of_year)) = (site.catalogue(year), site.years.get(&year))
            else {
                continue;
            };
            let disclosures = catalogue
                .items
                .iter()
                .enumerate()
                .map(|(index, item)| judge(site, year, index, item, &of_year.topics))
                .collect();
            if let Some(of_year) = site.years.get_mut(&year) {
                of_year.disclosures = disclosures;
            }
        }
    }
}

fn has_data(
    site: &Site,
    year: u16,
    topic: &TopicPage,
    period: crate::catalogue::PeriodKind,
) -> bool {
    let record_year = Site::record_year(year, period);
    match topic.kind {
        TopicKind::People => !site.people_of(year).is_empty(),
        TopicKind::Contact if &*topic.topic == "contact" => true,
        TopicKind::Contact | TopicKind::Faq | TopicKind::Social | TopicKind::EService => {
            purpose_of_topic(topic).is_some_and(|p| channels(site, p) > 0)
        }
        TopicKind::News => crate::site::prove::news_of(site, record_year, &topic.topic)
            .next()
            .is_some(),
        TopicKind::Budget => site
            .budgets
            .get(&record_year)
            .is_some_and(|b| match &*topic.topic {
                "spending-plan" => true,
                _ => b.total.known_quarters() > 0,
            }),
        TopicKind::Procurement => {
            shows_purchases(&topic.topic)
                && site.procurement.get(&record_year).is_some_and(|p| {
                    !p.rows.is_empty() || p.months.iter().any(|m| m.none.is_some())
                })
        }
        TopicKind::ComplaintChannels => {
            channels(site, crate::content::agency::Purpose::Corruption) > 0
        }
        TopicKind::ComplaintStatistics => site.complaints.contains_key(&record_year),
        TopicKind::Measures => site
            .content
            .years
            .get(&year)
            .is_some_and(|f| f.measures.is_some()),
        TopicKind::MeasuresReport => site
            .content
            .years
            .get(&year)
            .is_some_and(|f| f.report.is_some()),
        _ => false,
    }
}

/// Whether a page without words shows records all the same.
fn records_fill(site: &Site, year: u16, key: &str) -> bool {
    let key = key.strip_suffix("/index").unwrap_or(key);
    let item = site.catalogue(year).and_then(|c| c.item_of_topic(key));
    item.is_some_and(|item| {
        let topic = TopicPage {
            topic: key.into(),
            kind: site.topic(key).map_or(TopicKind::Prose, |t| t.kind),
            item: 0,
            address: format!("{year}/{key}/").into(),
            page: None,
            has_data: false,
            covers: Vec::new(),
        };
        has_data(site, year, &topic, item.period_kind)
    })
}

/// Whether records show some of what a page may say there is none of: those
/// that count complaints may well count none.
fn denies_none(site: &Site, year: u16, topic: &TopicPage) -> bool {
    match topic.kind {
        TopicKind::ComplaintStatistics | TopicKind::Procurement => {
            crate::site::prove::counts_some(site, year, topic, None)
        }
        _ => topic.has_data,
    }
}

/// What an empty page takes; “none” only where the item takes it for an answer.
fn how_to_fill(site: &Site, year: u16, key: &str) -> Say {
    let key = key.strip_suffix("/index").unwrap_or(key);
    let item = site.catalogue(year).and_then(|c| c.item_of_topic(key));
    if item.is_some_and(|i| i.elements.iter().all(Element::allows_none)) {
        return Say::new(
            "เขียนเนื้อหา หรือถ้าไม่มีข้อมูลให้เขียนในส่วนหัว:",
            "write its words, or where there is nothing, write in its head:",
        )
        .typing("none = { text = \"…\", date = \"…\" }");
    }
    Say::new(
        "เขียนเนื้อหา หรือแนบไฟล์ หัวข้อนี้ตอบว่าไม่มีไม่ได้",
        "write its words or attach a file; that there is none is no answer here",
    )
}

/// Nothing to read and nothing to download.
fn is_blank(page: &Page) -> bool {
    let extras = &page.extras;
    page.outline.is_empty
        && extras.none.is_empty()
        && extras.tables.is_empty()
        && extras.files.is_empty()
        && extras.links.is_empty()
        && extras.questions.is_empty()
        && extras.shows.is_empty()
}
