//! Tables as files: what stands beside each table, and the page of them all.

use crate::catalogue::TopicKind;
use crate::data::{Format, Set};
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, figure, head};
use crate::render::html::escaped;
use crate::render::view::*;
use crate::site::address::{Kind, Route};

use super::parts::*;

/// The files of a table, how current it is, and its other years.
pub fn links(page: &Page<'_>, slug: &str, year: Option<u16>) -> Option<DataLinks> {
    let set = page.data.get(slug, year)?;
    Some(DataLinks {
        part_of: None,
        updated: set.as_of.map(|d| page.day(d)),
        rows: rows(page, set),
        files: files(page, set),
        years: history(page, set),
    })
}

/// The files of a set of which the table beside them shows a part: they say
/// what they hold.
pub fn links_of_whole(page: &Page<'_>, slug: &str, year: Option<u16>) -> Option<DataLinks> {
    let whole = page.data.get(slug, year)?;
    let year = whole.year.map(|y| year_title(page, y)).unwrap_or_default();
    let title = page.words(&whole.title);
    let part_of = format!("{title} {year}").trim_end().to_string();
    Some(DataLinks {
        part_of: Some(part_of),
        ..links(page, slug, whole.year)?
    })
}

/// The same for a table of a page; `file` is the page's source.
pub fn links_of_page(page: &Page<'_>, file: &str, table: &str) -> Option<DataLinks> {
    let inside = file.strip_prefix("content/")?.strip_suffix(".md")?;
    let (inside, lang) = match inside.strip_prefix("en/") {
        Some(inside) => (inside, Lang::En),
        None => (inside, Lang::Th),
    };
    let (year, key) = match inside.split_once('/') {
        Some((year, key)) if crate::content::folder_year(year).is_some() => {
            (crate::content::folder_year(year), key)
        }
        _ => (None, inside),
    };
    links(page, &crate::data::page_slug(key, table, lang), year)
}

fn rows(page: &Page<'_>, set: &Set) -> String {
    let n = set.table.rows.len();
    match page.lang {
        Lang::Th => format!("{} แถว", page.count(n)),
        Lang::En => format!("{} {}", page.count(n), if n == 1 { "row" } else { "rows" }),
    }
}

fn files(page: &Page<'_>, set: &Set) -> Vec<DataFile> {
    page.data
        .files(set)
        .iter()
        .map(|file| DataFile {
            name: file.format.name(),
            title: page.words(&set.title),
            href: page.linker.file(&file.path),
            size: page.digits(&file_size(file.bytes.len() as u64)),
        })
        .collect()
}

/// Other years' pages of the same table, and all years in one file.
fn history(page: &Page<'_>, set: &Set) -> Vec<Link> {
    if set.year.is_none() {
        return Vec::new();
    }
    let mut links: Vec<Link> = page
        .data
        .years_of(&set.slug)
        .into_iter()
        .filter(|year| Some(*year) != set.year)
        .filter_map(|year| {
            let other = page.data.get(&set.slug, Some(year))?;
            let href = match &other.page {
                Some(address) => page_with_anchor(page, address),
                None => page.linker.file(&other.path(Format::Csv)),
            };
            Some(Link {
                title: year_title(page, year),
                href,
                external: false,
            })
        })
        .collect();
    if let Some(all) = page
        .data
        .get(&set.slug, None)
        .filter(|all| all.years.len() > 1)
    {
        links.push(Link {
            title: page.say("ทุกปีในไฟล์เดียว (CSV)", "all years in one file (CSV)"),
            href: page.linker.file(&all.path(Format::Csv)),
            external: false,
        });
    }
    links
}

/// A page in the reader's language, at a place of it.
fn page_with_anchor(page: &Page<'_>, address: &str) -> String {
    match address.split_once('#') {
        Some((path, anchor)) => {
            let address = page.site.in_language(path.to_string(), page.lang);
            // An English page may lack a table that its Thai one has.
            let place = if address == path {
                format!("#{anchor}")
            } else {
                String::new()
            };
            page.linker.page(&format!("{address}{place}"))
        }
        None => page.page_href(address),
    }
}

/// Tables that a page shows as cards: their files stand at its end.
pub fn beside(page: &Page<'_>, route: &Route) -> Option<Section> {
    let slugs: &[&str] = match &route.kind {
        Kind::People => &["people"],
        Kind::Contact => &["channels"],
        Kind::Topic(year, index) => {
            let topic = page.site.years.get(year)?.topics.get(*index)?;
            match topic.kind {
                _ if !topic.is_published() => &[],
                TopicKind::People => &["people"],
                TopicKind::ComplaintChannels
                | TopicKind::Faq
                | TopicKind::Social
                | TopicKind::EService
                | TopicKind::Contact => &["channels"],
                _ => &[],
            }
        }
        Kind::YearIndex(year) => {
            let set = page.data.get("elements", Some(*year))?;
            return Some(section(page, &[set]));
        }
        _ => &[],
    };
    let sets: Vec<&Set> = slugs
        .iter()
        .filter_map(|slug| page.data.get(slug, None))
        .collect();
    (!sets.is_empty()).then(|| section(page, &sets))
}

fn section(page: &Page<'_>, sets: &[&Set]) -> Section {
    Section::Data {
        id: "data".into(),
        title: page.say("ข้อมูลเปิด", "Open data"),
        items: sets
            .iter()
            .filter_map(|set| {
                Some(DataItem {
                    title: page.words(&set.title),
                    data: links(page, &set.slug, set.year)?,
                })
            })
            .collect(),
    }
}

/// Every table of the site with its files, newest year first.
pub fn index(page: &Page<'_>) -> PageView {
    let data = page.data;
    let count = data.sets().iter().filter(|s| !s.is_month()).count();
    let mut view = PageView {
        title: page.say("ข้อมูลเปิด", "Open data"),
        lead: Some(match page.lang {
            Lang::Th => format!(
                "ตารางของเว็บไซต์นี้ {} ตาราง ดาวน์โหลดไปใช้ต่อได้ทั้ง CSV, XLSX (Excel) และ JSON",
                page.count(count)
            ),
            Lang::En => format!(
                "The {} tables of this site, as CSV, XLSX (Excel) and JSON",
                page.count(count)
            ),
        }),
        crumbs: vec![home_crumb(page)],
        updated: data.newest().map(|d| page.day(d)),
        report: true,
        ..PageView::default()
    };
    if let Some(licence) = &page.site.content.settings.licence {
        view.facts
            .push(page.fact("เงื่อนไขการใช้", "Licence", page.words_html(licence)));
    }
    if let Some(date) = data.newest() {
        view.facts.push(page.fact(
            "ข้อมูลใหม่สุด ณ วันที่",
            "Newest data as of",
            page.time(&page.day(date)),
        ));
    }
    let of = |year: Option<u16>, of_page: bool| -> Vec<&Set> {
        data.sets()
            .iter()
            .filter(|s| s.year == year && s.is_of_page() == of_page && s.slug != "withdrawn")
            .filter(|s| is_for(page, s))
            .collect()
    };
    for year in data.years() {
        let mut sets = of(Some(year), false);
        sets.extend(of(Some(year), true));
        view.sections.push(Section::Table(table(
            page,
            &format!("y{year}"),
            &year_title(page, year),
            &sets,
        )));
    }
    let mut all = of(None, false);
    all.extend(of(None, true));
    view.sections.push(Section::Table(table(
        page,
        "all",
        &page.say("ทุกปีและทั้งหน่วยงาน", "All years, and the whole agency"),
        &all,
    )));
    view.sections.push(withdrawn(page));
    view.sections.push(machines(page));
    view
}

/// Whether a reader of this language is told of a table: of its own language,
/// or of the other where there is none in its own.
fn is_for(page: &Page<'_>, set: &Set) -> bool {
    let has_english = || {
        let slug = set.slug.replacen("tables/", "tables/en/", 1);
        page.data.get(&slug, set.year).is_some()
    };
    match (set.lang, page.lang) {
        (None, _) => true,
        (Some(Lang::Th), Lang::En) => !has_english(),
        (Some(of), reader) => of == reader,
    }
}

fn table(page: &Page<'_>, id: &str, title: &str, sets: &[&Set]) -> Table {
    let months: Vec<&&Set> = sets.iter().filter(|s| s.is_month()).collect();
    let mut rows_of: Vec<Row> = sets
        .iter()
        .filter(|s| !s.is_month())
        .map(|set| {
            let name = page.words_html(&set.title);
            let name = match &set.page {
                Some(address) => format!(
                    "<a href=\"{}\">{name}</a>",
                    escaped(&page_with_anchor(page, address))
                ),
                None => name,
            };
            let name = if set.years.len() > 1 {
                let first = set.years.first().copied().unwrap_or_default();
                let last = set.years.last().copied().unwrap_or_default();
                format!("{name} {}", page.digits(&format!("{first}–{last}")))
            } else {
                name
            };
            Row {
                cells: vec![
                    head(name),
                    cell(file_links(page, set)),
                    figure(page.count(set.table.rows.len())),
                    Cell {
                        html: set.as_of.map_or_else(
                            || page.say("ไม่ได้ระบุ", "not stated"),
                            |d| page.time(&page.day(d)),
                        ),
                        class: "when",
                        ..Cell::default()
                    },
                ],
                ..Row::default()
            }
        })
        .collect();
    if let Some(first) = months.first() {
        let links: Vec<String> = months
            .iter()
            .map(|set| {
                let month = set
                    .table
                    .rows
                    .first()
                    .and_then(|r| r.get(2))
                    .and_then(|v| match v {
                        crate::data::Value::Month(m) => Some(*m),
                        _ => None,
                    });
                let name = month.map_or_else(
                    || page.words(&set.title),
                    |m| match page.lang {
                        Lang::Th => page.digits(&m.thai_short()),
                        Lang::En => m.english_long(),
                    },
                );
                format!(
                    "<a href=\"{}\" class=\"nb\">{}</a>",
                    escaped(&page.linker.file(&set.path(Format::Xlsx))),
                    escaped(&name)
                )
            })
            .collect();
        rows_of.push(Row {
            cells: vec![
                head(page.say("สขร.1 รายเดือน (XLSX)", "Form SKR 1 by month (XLSX)")),
                cell(links.join(" · ")),
                figure(page.count(months.iter().map(|s| s.table.rows.len()).sum())),
                Cell {
                    html: first
                        .as_of
                        .map_or_else(String::new, |d| page.time(&page.day(d))),
                    class: "when",
                    ..Cell::default()
                },
            ],
            ..Row::default()
        });
    }
    Table {
        id: id.to_string(),
        title: Some(title.to_string()),
        caption: page.say(
            &format!("ตารางที่ดาวน์โหลดได้: {title}"),
            &format!("Tables to download: {title}"),
        ),
        columns: vec![
            page.column("ตาราง", "Table", "long"),
            page.column("ไฟล์", "Files", ""),
            page.column("แถว", "Rows", "n"),
            page.column("ข้อมูล ณ วันที่", "As of", "when"),
        ],
        groups: vec![RowGroup::of(rows_of)],
        ..Table::default()
    }
}

fn file_links(page: &Page<'_>, set: &Set) -> String {
    files(page, set)
        .into_iter()
        .map(|file| {
            format!(
                "<a href=\"{}\" class=\"nb\" aria-label=\"{} {} {}\">{} ({})</a>",
                escaped(&file.href),
                escaped(&file.title),
                file.name,
                escaped(&file.size),
                file.name,
                escaped(&file.size)
            )
        })
        .collect::<Vec<_>>()
        .join(" · ")
}

/// What was published and is no more.
fn withdrawn(page: &Page<'_>) -> Section {
    let all = &page.site.content.settings.open_data.withdrawn;
    let title = page.say("ข้อมูลที่ถอนออก", "Withdrawn data");
    if all.is_empty() {
        return Section::Prose {
            id: Some("withdrawn".into()),
            title: Some(title),
            parts: vec![Part::of(format!(
                "<p>{}</p>",
                page.say(
                    "หน่วยงานไม่ได้แจ้งว่าถอนข้อมูลใดออก",
                    "The agency has stated no withdrawal."
                )
            ))],
        };
    }
    let rows = all
        .iter()
        .map(|w| Row {
            cells: vec![
                Cell {
                    html: w
                        .date
                        .as_ref()
                        .map_or_else(String::new, |d| page.written_time(d)),
                    class: "when",
                    ..Cell::default()
                },
                head(page.words_html(&w.title)),
                cell(page.words_html(&w.reason)),
                cell(format!("<span class=\"url\">/{}</span>", escaped(&w.path))),
            ],
            ..Row::default()
        })
        .collect();
    Section::Table(Table {
        id: "withdrawn".into(),
        title: Some(title),
        caption: page.say(
            "สิ่งที่เคยเผยแพร่แล้วถอนออก พร้อมเหตุผล",
            "What was published and is no more, and why",
        ),
        columns: vec![
            page.column("วันที่ถอน", "Withdrawn on", "when"),
            page.column("เรื่อง", "What", "long"),
            page.column("เหตุผล", "Reason", "long"),
            page.column("ที่อยู่เดิม", "Former address", ""),
        ],
        groups: vec![RowGroup::of(rows)],
        data: links(page, "withdrawn", None),
        ..Table::default()
    })
}

/// The files that describe the tables to programs.
fn machines(page: &Page<'_>) -> Section {
    let file = |path: &str| page.linker.file(path);
    let mut items: Vec<(String, String)> = vec![
        (
            "prongsai.json".into(),
            page.say(
                "ดัชนีของเว็บไซต์: ปี รายการ สถานะ ที่อยู่ และไฟล์ทั้งหมด",
                "index of the site: years, items, states, addresses, files",
            ),
        ),
        (
            "data/datapackage.json".into(),
            page.say(
                "Data Package 2.0 ของตารางรวมทุกปี",
                "Data Package 2.0 of the tables over all years",
            ),
        ),
    ];
    for year in page.data.years() {
        items.push((
            format!("data/{year}/datapackage.json"),
            format!("Data Package 2.0, {}", year_title(page, year)),
        ));
        let releases = crate::data::describe::contracting_path(year);
        if page.data.paths().any(|p| p == releases) {
            items.push((releases, format!("OCDS 1.1.5, {}", year_title(page, year))));
        }
    }
    items.push(("data/catalog.jsonld".into(), "DCAT 3 (JSON-LD)".into()));
    items.push((
        "data/gdcatalog.xlsx".into(),
        page.say(
            "คำอธิบายชุดข้อมูลสำหรับระบบบัญชีข้อมูลภาครัฐ (GD Catalog)",
            "metadata for the government's data catalogue (GD Catalog)",
        ),
    ));
    items.push((
        "data/SHA256SUMS.txt".into(),
        page.say(
            "ค่า SHA-256 ของทุกไฟล์ (ตรวจด้วย sha256sum --check)",
            "SHA-256 of each file (for sha256sum --check)",
        ),
    ));
    items.push((
        "data/changes.xml".into(),
        page.say("ฟีดเมื่อข้อมูลเปลี่ยนหรือถูกถอน", "feed of changes and withdrawals"),
    ));
    if !page.site.procurement.is_empty() {
        items.push((
            "data/procurement.xml".into(),
            page.say("ฟีดการจัดซื้อจัดจ้าง", "feed of purchases"),
        ));
    }
    let list: String = items
        .into_iter()
        .map(|(path, about)| {
            format!(
                "<li><a href=\"{}\">{}</a> {}</li>",
                escaped(&file(&path)),
                escaped(path.strip_prefix("data/").unwrap_or(&path)),
                escaped(&about)
            )
        })
        .collect();
    Section::Prose {
        id: Some("machines".into()),
        title: Some(page.say("สำหรับโปรแกรม", "For programs")),
        parts: vec![Part::of(format!(
            "<p>{}</p><ul>{list}</ul>",
            page.say(
                "CSV เป็น UTF-8 ชื่อคอลัมน์ภาษาอังกฤษ วันที่แบบ ค.ศ. (2025-09-30) ตัวเลขไม่มีจุลภาค ช่องว่างคือไม่ทราบ ส่วน 0 คือศูนย์ ไฟล์ XLSX ใช้หัวตารางภาษาไทย",
                "CSV is UTF-8 with English column names, ISO dates and plain numbers; an empty cell is unknown, 0 is zero. XLSX has Thai headings."
            )
        ))],
    }
}
