//! Records → the linked site: fiscal years, topics, routes, references, and
//! the state of every item.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalogue::{ItemId, TopicKind};
use crate::content::agency::Reference;
use crate::content::page::Page;
use crate::content::{Content, PageFile};
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Place, Say, nearest};
use crate::files::Files;
use crate::thai::{Baht, Date};

use super::address::{Kind, Target};
use super::elements::{Disclosure, judge};
use super::ledgers::{Budget, Complaints, Procurement};
use super::measures::{JoinedRow, MeasuresDocument};
use super::prove::{channels, purpose_of_topic, shows_purchases};
use super::refer::From;
use super::{Loaded, NewsItem, Options, Site, TopicPage, Year};

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
        routes: super::address::Routes::default(),
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
    linker.aliases(&mut site);
    linker.disclosures(&mut site);
    linker.references(&site);
    Loaded {
        site,
        diagnostics: linker.found.sorted(),
    }
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

    fn add(
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
            .hint(Say::new(
                "เปลี่ยนชื่อไฟล์ของหน้าใดหน้าหนึ่ง",
                "rename the file of one of the two",
            ));
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

    /// Rows belong to fiscal years, whichever folder they stand in.
    fn ledgers(&mut self, site: &mut Site) {
        let mut budget: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        let mut purchases: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        let mut counts: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        for (&year, folder) in &mut site.content.years {
            for line in std::mem::take(&mut folder.budget) {
                budget
                    .entry(line.fiscal_year.unwrap_or(year))
                    .or_default()
                    .push(line);
            }
            for row in std::mem::take(&mut folder.purchases) {
                let of = row
                    .fiscal_year
                    .or(row.month.map(|m| m.fiscal_year()))
                    .unwrap_or(year);
                purchases.entry(of).or_default().push(row);
            }
            for row in std::mem::take(&mut folder.complaints) {
                let of = row.month.map_or(year, |m| m.fiscal_year());
                counts.entry(of).or_default().push(row);
            }
        }
        for (fy, lines) in budget {
            let mut budget = Budget::new(fy, lines);
            if let Some(folder) = site.content.years.get(&fy) {
                let record = &folder.record;
                budget.as_of = record.budget_as_of.as_ref().map(|d| d.value);
                budget.as_of_raw = record.budget_as_of.as_ref().map(|d| d.raw.clone());
                budget.ordinance.clone_from(&record.ordinance);
                if let Some((written, place)) = &record.budget_total {
                    self.check_total(written.value, budget.total.approved, place);
                }
            }
            site.budgets.insert(fy, budget);
        }
        for (fy, rows) in purchases {
            site.procurement.insert(fy, Procurement::new(fy, rows));
        }
        for (&year, folder) in &site.content.years {
            if folder.record.no_purchases.is_empty() && !site.procurement.contains_key(&year) {
                continue;
            }
            let procurement = site
                .procurement
                .entry(year)
                .or_insert_with(|| Procurement::new(year, Vec::new()));
            procurement.as_of = folder.record.procurement_as_of.as_ref().map(|d| d.value);
            procurement.as_of_raw = folder
                .record
                .procurement_as_of
                .as_ref()
                .map(|d| d.raw.clone());
            for none in &folder.record.no_purchases {
                let Some(month) = procurement
                    .months
                    .iter_mut()
                    .find(|m| Some(m.month) == none.month)
                else {
                    continue;
                };
                if month.rows.is_empty() {
                    month.none =
                        Some((none.text.clone(), none.date.as_ref().map(|d| d.raw.clone())));
                } else {
                    self.found.push(
                        Diagnostic::error(
                            "none-but-some",
                            Say::new(
                                format!(
                                    "ระบุว่าเดือน{}ไม่มีการจัดซื้อจัดจ้าง แต่ในตารางมี {} รายการ",
                                    month.month.thai_long(),
                                    month.rows.len()
                                ),
                                format!(
                                    "{} is said to have no purchases, but the table has {}",
                                    month.month.english_long(),
                                    month.rows.len()
                                ),
                            ),
                        )
                        .at(Place::file(format!("content/{year}/year.toml"))),
                    );
                }
            }
        }
        for (fy, rows) in counts {
            let folder = site.content.years.get(&fy);
            for row in &rows {
                if let (Some(received), Some(finished), Some(open)) =
                    (row.received, row.finished, row.in_progress)
                    && finished.saturating_add(open) != received
                {
                    self.found.push(
                            Diagnostic::warning(
                                "counts-differ",
                                Say::new(
                                    format!("รับ {received} เรื่อง แต่แล้วเสร็จ {finished} กับอยู่ระหว่างดำเนินการ {open} รวมกันไม่เท่ากัน"),
                                    format!("{received} received, but {finished} finished and {open} in progress don't add up to it"),
                                ),
                            )
                            .at(row.place.clone()),
                        );
                }
            }
            site.complaints.insert(
                fy,
                Complaints {
                    fiscal_year: fy,
                    rows,
                    as_of_raw: folder
                        .and_then(|f| f.record.complaints_as_of.as_ref())
                        .map(|d| d.raw.clone()),
                    counted: folder.and_then(|f| f.record.counted.clone()),
                },
            );
        }
    }

    fn check_total(&mut self, written: Baht, computed: i64, place: &Place) {
        if written.0 != computed {
            self.found.push(
                Diagnostic::error(
                    "total-differs",
                    Say::new(
                        format!("ยอดรวมที่เขียนไว้ {written} บาท ไม่ตรงกับยอดรวมจากตาราง {} บาท", Baht(computed)),
                        format!("the total is written as {written} baht, but the rows add up to {} baht", Baht(computed)),
                    ),
                )
                .at(place.clone())
                .hint(Say::new(
                    "แก้ตัวเลขในตารางหรือยอดรวมให้ตรงกัน หรือลบยอดรวมออก (prongsai รวมให้เอง)",
                    "correct a row or the total, or leave the total out (prongsai adds up itself)",
                )),
            );
        }
    }

    fn news(&mut self, site: &mut Site) {
        let mut items = Vec::new();
        for (index, file) in site.content.news.iter().enumerate() {
            if !site.is_visible(&file.page) {
                continue;
            }
            let name = file.key.strip_prefix("news/").unwrap_or(&file.key);
            let (date, slug) = match name.get(..10).map(Date::parse) {
                Some(Ok(date)) => (Some(date), name.get(11..).unwrap_or("")),
                _ => (None, name),
            };
            let date = file.page.extras.date.as_ref().map(|d| d.value).or(date);
            let Some(date) = date else {
                self.found.push(
                    Diagnostic::error(
                        "news-without-date",
                        Say::new("ข่าวนี้ไม่มีวันที่", "this piece of news has no date"),
                    )
                    .at(file.page.place())
                    .hint(Say::new(
                        format!("ตั้งชื่อไฟล์ให้ขึ้นต้นด้วยวันที่ เช่น 2568-01-31-{slug}.md หรือเพิ่ม date ในส่วนหัว"),
                        format!("begin the file's name with its date, such as 2568-01-31-{slug}.md, or give date in its head"),
                    )),
                );
                continue;
            };
            let slug = if slug.is_empty() { name } else { slug };
            let address = format!(
                "news/{:04}-{:02}-{:02}-{slug}/",
                date.year_be(),
                date.month(),
                date.day()
            );
            items.push(NewsItem {
                page: index,
                date,
                address: address.into(),
            });
        }
        items.sort_by(|a, b| (b.date, &a.address).cmp(&(a.date, &b.address)));
        for item in &items {
            let place = site.content.news.get(item.page).map(|p| p.page.place());
            let kind = Kind::News(item.page);
            let address = item.address.to_string();
            self.add(site, &address, Lang::Th, kind, place);
        }
        site.news_places = items
            .iter()
            .enumerate()
            .map(|(at, item)| (item.page, at))
            .collect();
        site.news = items;
    }

    fn fixed_routes(&mut self, site: &mut Site) {
        for (address, kind) in [
            ("", Kind::Home),
            ("contact/", Kind::Contact),
            ("news/", Kind::NewsList),
            ("archive/", Kind::Archive),
            ("404.html", Kind::NotFound),
        ] {
            self.add(site, address, Lang::Th, kind, None);
        }
        if !site.content.people.is_empty() {
            self.add(site, "people/", Lang::Th, Kind::People, None);
        }
        if site.content.settings.english {
            self.add(site, "en/", Lang::En, Kind::Home, None);
            self.add(site, "en/contact/", Lang::En, Kind::Contact, None);
            if !site.content.people.is_empty() {
                self.add(site, "en/people/", Lang::En, Kind::People, None);
            }
        }
    }

    fn years(&mut self, site: &mut Site) {
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
    fn topics(&mut self, site: &mut Site, year: u16) {
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
                own.insert(key, index);
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
                pages.push(topic_page);
            }
        }
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

    fn item_named(&mut self, site: &Site, year: u16, written: &Reference) -> Option<usize> {
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

    fn unknown_topic(&mut self, site: &Site, year: u16, key: &str, place: Place) {
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

    fn free_pages(&mut self, site: &mut Site) {
        for index in 0..site.content.pages.len() {
            let Some(file) = site.content.pages.get(index) else {
                continue;
            };
            if !site.is_visible(&file.page) {
                continue;
            }
            let key = file.key.strip_prefix("pages/").unwrap_or(&file.key);
            let key = key.strip_suffix("/index").unwrap_or(key);
            let (address, place) = (format!("{key}/"), file.page.place());
            if file.page.title.is_none()
                && file
                    .page
                    .outline
                    .headings
                    .first()
                    .is_none_or(|h| h.level != 1)
            {
                self.found.push(
                    Diagnostic::error(
                        "missing-field",
                        Say::new("หน้านี้ไม่มีชื่อเรื่อง", "this page has no title"),
                    )
                    .at(place.clone())
                    .hint(Say::new(
                        "เพิ่มส่วนหัว  +++  title = \"…\"  +++  ที่บรรทัดแรก",
                        "begin the file with a head:  +++  title = \"…\"  +++",
                    )),
                );
            }
            self.add(site, &address, Lang::Th, Kind::Free(index), Some(place));
        }
    }

    /// Each English page stands beside its Thai counterpart.
    fn english(&mut self, site: &mut Site) {
        if !site.content.settings.english {
            return;
        }
        let keys: Vec<String> = site.content.english.keys().cloned().collect();
        for key in keys {
            let Some(page) = site.english(&key) else {
                continue;
            };
            let place = page.place();
            let route = site
                .address_of_key(&key)
                .and_then(|a| site.routes.get(&a))
                .cloned();
            match route {
                Some(route) => {
                    if matches!(route.kind, Kind::Home | Kind::Contact | Kind::People) {
                        continue;
                    }
                    self.add(
                        site,
                        &format!("en/{}", route.address),
                        Lang::En,
                        route.kind,
                        Some(place),
                    );
                }
                None => self.found.push(
                    Diagnostic::error(
                        "english-alone",
                        Say::new(
                            format!("ไม่มีหน้าภาษาไทยที่คู่กับหน้านี้ (content/{key}.md)"),
                            format!("this English page has no Thai counterpart (content/{key}.md)"),
                        ),
                    )
                    .at(place),
                ),
            }
        }
    }

    fn measures(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.years.keys().copied().collect();
        for year in years {
            let Some(folder) = site.content.years.get(&year) else {
                continue;
            };
            let measures = folder.measures.as_ref().map(|file| MeasuresDocument {
                year,
                is_report: false,
                rows: (0..file.rows.len())
                    .map(|row| JoinedRow { row, measure: None })
                    .collect(),
            });
            let mut problems = Vec::new();
            let report = folder.report.as_ref().map(|file| MeasuresDocument {
                year,
                is_report: true,
                rows: file
                    .rows
                    .iter()
                    .enumerate()
                    .map(|(row, r)| JoinedRow {
                        row,
                        measure: r.measure.as_ref().and_then(|m| {
                            find_measure(site, year, m).or_else(|| {
                                problems.push(unknown_measure(site, year, m));
                                None
                            })
                        }),
                    })
                    .collect(),
            });
            for file in folder.measures.iter().chain(&folder.report) {
                problems.extend(repeated_ids(file));
            }
            self.found.extend(problems);
            if let Some(of_year) = site.years.get_mut(&year) {
                of_year.measures = measures;
                of_year.report = report;
            }
        }
    }

    /// Pages that records alone make.
    fn data_pages(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.years.keys().copied().collect();
        for year in years {
            let has_eit = site
                .content
                .years
                .get(&year)
                .is_some_and(|f| f.record.eit.is_some());
            if has_eit {
                self.add(
                    site,
                    &format!("{year}/eit/"),
                    Lang::Th,
                    Kind::Eit(year),
                    None,
                );
                if site.content.settings.english {
                    self.add(
                        site,
                        &format!("en/{year}/eit/"),
                        Lang::En,
                        Kind::Eit(year),
                        None,
                    );
                }
            }
            if site
                .years
                .get(&year)
                .is_some_and(|y| y.measures.is_some() || y.report.is_some())
            {
                self.add(
                    site,
                    &format!("{year}/progress/"),
                    Lang::Th,
                    Kind::Progress(year),
                    None,
                );
            }
        }
        let fiscal: Vec<(u16, Vec<(u8, String)>)> = site
            .procurement
            .values()
            .map(|p| {
                let months = p
                    .months
                    .iter()
                    .filter(|m| !m.rows.is_empty() || m.none.is_some())
                    .map(|m| (m.month.fiscal_index(), m.month.key()))
                    .collect();
                (p.fiscal_year, months)
            })
            .collect();
        for (fy, months) in fiscal {
            self.add(
                site,
                &format!("{fy}/procurement/"),
                Lang::Th,
                Kind::Procurement(fy),
                None,
            );
            for (index, key) in months {
                let address = format!("{fy}/procurement/{key}/");
                self.add(
                    site,
                    &address,
                    Lang::Th,
                    Kind::ProcurementMonth(fy, index),
                    None,
                );
            }
        }
    }

    /// Short addresses of items, former addresses of pages, the map of old
    /// addresses.
    fn aliases(&mut self, site: &mut Site) {
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

    fn disclosures(&mut self, site: &mut Site) {
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
                .map(|(index, item)| {
                    let (state, checks) = judge(site, year, index, item, &of_year.topics);
                    let topics: Vec<usize> = of_year
                        .topics
                        .iter()
                        .enumerate()
                        .filter(|(_, t)| t.item == index)
                        .map(|(i, _)| i)
                        .collect();
                    let address = match topics.as_slice() {
                        [one] => of_year.topics.get(*one).map(|t| t.address.clone()),
                        _ => None,
                    }
                    .unwrap_or_else(|| format!("{year}/{}/", item.id.slug()).into());
                    Disclosure {
                        item: index,
                        address,
                        state,
                        checks,
                        topics,
                        advisory: item.confidence_elements == crate::catalogue::Confidence::Low,
                    }
                })
                .collect();
            if let Some(of_year) = site.years.get_mut(&year) {
                of_year.disclosures = disclosures;
            }
        }
    }

    /// Every reference in a field must lead somewhere.
    fn references(&mut self, site: &Site) {
        super::refer_all::check(site, &mut self.found);
    }
}

/// The page that a route's text comes from, in Thai.
pub fn page_of<'s>(site: &'s Site, kind: &Kind) -> Option<&'s Page> {
    let of = |file: &'s PageFile| &file.page;
    match kind {
        Kind::Home => site.content.home.as_ref(),
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
        TopicKind::News => super::prove::news_of(site, record_year, &topic.topic)
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

/// The measure that a report names: of its own year, the year before, or the
/// year it says.
fn find_measure(site: &Site, year: u16, reference: &Reference) -> Option<(u16, usize)> {
    let (years, id): (Vec<u16>, &str) = match reference.raw.split_once('/') {
        Some((y, id)) => (vec![crate::thai::be_year(y)?], id),
        None => (vec![year, year.saturating_sub(1)], reference.raw.as_str()),
    };
    years.into_iter().find_map(|y| {
        let file = site.content.years.get(&y)?.measures.as_ref()?;
        let row = file.rows.iter().position(|r| r.id.as_deref() == Some(id))?;
        Some((y, row))
    })
}

fn unknown_measure(site: &Site, year: u16, reference: &Reference) -> Diagnostic {
    let known: Vec<String> = [year, year.saturating_sub(1)]
        .iter()
        .filter_map(|y| Some((y, site.content.years.get(y)?.measures.as_ref()?)))
        .flat_map(|(y, f)| {
            f.rows
                .iter()
                .filter_map(move |r| r.id.as_ref().map(|id| format!("{y}/{id}")))
        })
        .collect();
    let near = nearest(&reference.raw, known.iter().map(String::as_str)).or_else(|| {
        nearest(
            &reference.raw,
            known.iter().filter_map(|k| k.split('/').nth(1)),
        )
    });
    let mut diagnostic = Diagnostic::error(
        "unknown-measure",
        Say::new(
            format!("ไม่มีมาตรการรหัส “{}”", reference.raw),
            format!("there is no measure “{}”", reference.raw),
        ),
    )
    .at(reference.place.clone());
    if let Some(near) = near {
        diagnostic = diagnostic.hint(Say::new(
            format!("หมายถึง “{near}” หรือไม่"),
            format!("did you mean “{near}”?"),
        ));
    } else if !known.is_empty() {
        diagnostic = diagnostic.hint(Say::new(
            format!("มาตรการที่มี: {}", known.join(", ")),
            format!("there are: {}", known.join(", ")),
        ));
    }
    diagnostic
}

fn repeated_ids(file: &crate::content::measures::MeasuresFile) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut problems = Vec::new();
    for row in &file.rows {
        let Some(id) = &row.id else { continue };
        if let Some(other) = first.insert(id, &row.place) {
            problems.push(
                Diagnostic::error(
                    "repeated-id",
                    Say::new(
                        format!("รหัส “{id}” ใช้ซ้ำ แต่ละมาตรการต้องมีรหัสของตัวเอง"),
                        format!("the id “{id}” is used twice; each measure has its own"),
                    ),
                )
                .at(row.place.clone())
                .label(other.clone(), Say::new("ใช้ครั้งแรกที่นี่", "first used here")),
            );
        }
    }
    problems
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
