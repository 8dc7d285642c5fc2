//! The index of a year, the archive with its crosswalk.

use crate::catalogue::Item;
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, head, tag};
use crate::render::html::escaped;
use crate::render::view::*;
use crate::site::address::Kind;
use crate::site::dates::item_updated;
use crate::site::{ItemState, Year};
use crate::thai::Date;

use super::data::links;
use super::parts::*;

pub fn state_word(page: &Page<'_>, state: ItemState) -> String {
    match state {
        ItemState::Published => page.say("เผยแพร่แล้ว", "Published"),
        ItemState::Doubtful => page.say("รอตรวจ", "To be checked"),
        ItemState::Outdated => page.say("ข้อมูลไม่เป็นปัจจุบัน", "Out of date"),
        ItemState::Incomplete => page.say("ข้อมูลไม่ครบ", "Incomplete"),
        ItemState::Missing => page.say("ยังไม่เผยแพร่", "Not published"),
        ItemState::NoneStated => page.say("ไม่มีในปีนี้", "None this year"),
    }
}

fn count(year: &Year, state: ItemState) -> usize {
    year.disclosures.iter().filter(|d| d.state == state).count()
}

/// `จาก 28 รายการ เผยแพร่แล้ว 24 รายการ …`; states with none are left out.
pub fn state_sentence(page: &Page<'_>, year: &Year) -> String {
    let total = page.count(year.disclosures.len());
    let parts: Vec<String> = ItemState::ALL
        .iter()
        .filter(|s| count(year, **s) > 0)
        .map(|s| match page.lang {
            Lang::Th => format!(
                "{} {} รายการ",
                state_word(page, *s),
                page.count(count(year, *s))
            ),
            Lang::En => format!(
                "{} {}",
                page.count(count(year, *s)),
                state_word(page, *s).to_lowercase()
            ),
        })
        .collect();
    match page.lang {
        Lang::Th => format!("จาก {total} รายการ {}", parts.join(" ")),
        Lang::En => format!("Of {total} items: {}", parts.join(", ")),
    }
}

/// The sentence as a bar; the words stand beside it.
pub fn state_bar(id: &str, year: &Year) -> String {
    let parts = ItemState::ALL.map(|s| {
        let class = match s {
            ItemState::Published => "done",
            ItemState::NoneStated => "none",
            ItemState::Doubtful | ItemState::Outdated | ItemState::Incomplete => "doing",
            ItemState::Missing => "todo",
        };
        (class, count(year, s))
    });
    format!(
        "<div class=\"meter\">{}</div>",
        crate::render::pictures::stacked_bar(id, &parts, 20)
    )
}

pub fn item_title(page: &Page<'_>, item: &Item) -> String {
    page.say(&item.title_th, &item.title_en)
}

pub fn index(page: &Page<'_>, year: u16) -> PageView {
    let site = page.site;
    let mut view = PageView {
        title: match page.lang {
            Lang::Th => format!(
                "การเปิดเผยข้อมูลสาธารณะ (OIT) ปี {}",
                page.digits(&year.to_string())
            ),
            Lang::En => format!(
                "Public disclosure (OIT) of assessment year {}",
                page.year(year)
            ),
        },
        crumbs: vec![home_crumb(page)],
        report: true,
        ..PageView::default()
    };
    let (Some(of_year), Some(catalogue)) = (site.years.get(&year), site.catalogue(year)) else {
        return view;
    };
    let sentence = state_sentence(page, of_year);
    view.description.clone_from(&sentence);
    view.lead = Some(sentence);
    view.facts.push(Fact {
        label: page.say("ปีงบประมาณ", "Fiscal year"),
        html: escaped(&fiscal_year(page, year)),
    });
    let mut filter = vec![FilterEntry {
        id: Some("all".into()),
        title: format!(
            "{} {}",
            page.say("ทั้งหมด", "All"),
            page.count(of_year.disclosures.len())
        ),
        href: "#all".into(),
        current: false,
    }];
    filter.extend(
        ItemState::ALL
            .iter()
            .filter(|s| count(of_year, **s) > 0)
            .map(|s| FilterEntry {
                id: Some(s.id().into()),
                title: format!(
                    "{} {}",
                    state_word(page, *s),
                    page.count(count(of_year, *s))
                ),
                href: format!("#{}", s.id()),
                current: false,
            }),
    );
    view.sections.push(Section::Prose {
        id: None,
        title: None,
        parts: vec![Part::of(state_bar("state-bar", of_year))],
    });
    view.sections.push(Section::Filter {
        label: page.say("เลือกตามสถานะ", "Filter by state"),
        items: filter,
    });
    view.sections
        .push(Section::Table(items_table(page, year, of_year, catalogue)));
    view.sections.extend(super::scores::result(page, year));
    view.sections.push(other_pages(page, year));
    view
}

fn items_table(
    page: &Page<'_>,
    year: u16,
    of_year: &Year,
    catalogue: &crate::catalogue::Catalogue,
) -> Table {
    let mut groups = Vec::new();
    for group in &catalogue.groups {
        let rows: Vec<Row> = of_year
            .disclosures
            .iter()
            .filter_map(|d| {
                let item = catalogue.items.get(d.item)?;
                (item.group == group.id).then(|| {
                    let updated = item_updated(page.site, year, d.item);
                    let (files, words) = files_of(page, year, of_year, d.item);
                    Row {
                        id: Some(item.id.slug()),
                        class: d.state.id(),
                        cells: vec![
                            Cell {
                                html: item.id.to_string(),
                                class: "in",
                                ..Cell::default()
                            },
                            head(page.page_html(&d.address, &item_title(page, item))),
                            cell(tag(d.state.id(), &state_word(page, d.state))),
                            Cell {
                                html: updated
                                    .map_or_else(String::new, |d| page.time(&short(page, &d))),
                                class: "when",
                                ..Cell::default()
                            },
                            Cell {
                                html: match files {
                                    0 if words => page.say("หน้าเว็บ", "Web page"),
                                    0 => "–".into(),
                                    n => format!(
                                        "{} {}",
                                        page.count(n),
                                        page.say("ไฟล์", if n == 1 { "file" } else { "files" })
                                    ),
                                },
                                class: "in",
                                ..Cell::default()
                            },
                        ],
                    }
                })
            })
            .collect();
        if !rows.is_empty() {
            groups.push(RowGroup {
                heading: Some(format!(
                    "{} {}",
                    escaped(&group.id),
                    escaped(&page.say(&group.title_th, &group.title_en))
                )),
                rows,
                ..RowGroup::default()
            });
        }
    }
    Table {
        id: "items".into(),
        list: true,
        title: None,
        caption: page.say(
            &format!(
                "รายการ OIT ปี {} จัดกลุ่มตามตัวชี้วัดย่อย",
                page.digits(&year.to_string())
            ),
            &format!("OIT items of {ce} by sub-indicator", ce = page.year(year)),
        ),
        columns: vec![
            page.column("ข้อ", "Item", "in"),
            page.column("รายการ", "What", "long"),
            page.column("สถานะ", "State", ""),
            page.column("ปรับปรุงล่าสุด", "Updated", ""),
            page.column("ไฟล์", "Files", ""),
        ],
        groups,
        data: links(page, "items", Some(year)),
        ..Table::default()
    }
}

fn short(page: &Page<'_>, date: &Date) -> Day {
    let mut day = page.day(*date);
    if page.lang == Lang::Th {
        day.text = page.digits(&date.thai_short());
    }
    day
}

/// How many attachments an item has, and whether it has a page at all.
fn files_of(page: &Page<'_>, year: u16, of_year: &Year, item: usize) -> (usize, bool) {
    let topics = || of_year.topics.iter().filter(|t| t.item == item);
    let files = topics()
        .filter_map(|t| page.site.topic_text(year, t))
        .map(|p| {
            p.extras.files.len()
                + p.extras
                    .tables
                    .iter()
                    .filter(|t| matches!(t.source, crate::content::page::TableSource::File { .. }))
                    .count()
        })
        .sum();
    (files, topics().any(crate::site::TopicPage::is_published))
}

/// Pages of the year that are no item: progress, purchases, EIT, other years.
fn other_pages(page: &Page<'_>, year: u16) -> Section {
    let mut items = Vec::new();
    let progress = format!("{year}/progress/");
    if page.site.routes.contains(&progress) {
        items.push(page.link(super::progress::title(page, year), &progress));
    }
    for (address, th, en) in [
        (
            "procurement/",
            "การจัดซื้อจัดจ้างรายเดือน (สขร.1)",
            "Purchases by month",
        ),
        (
            "eit/",
            "แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก (EIT)",
            "Survey of citizens (EIT)",
        ),
    ] {
        let address = format!("{year}/{address}");
        if page.site.routes.contains(&address) {
            items.push(page.link(page.say(th, en), &address));
        }
    }
    let topics: Vec<(String, String)> = page
        .site
        .content
        .years
        .get(&year)
        .into_iter()
        .flat_map(|f| f.pages.iter().enumerate())
        .filter_map(|(index, file)| {
            let key = file.key.strip_suffix("/index").unwrap_or(&file.key);
            let address = format!("{year}/{key}/");
            let route = page.site.routes.get(&address)?;
            (route.kind == Kind::YearPage(year, index) && !key.contains('/'))
                .then(|| (address, text_title(page, &file.page, key)))
        })
        .collect();
    items.extend(
        topics
            .into_iter()
            .map(|(address, title)| page.link(title, &address)),
    );
    for other in page.site.years.keys().rev().filter(|y| **y != year) {
        items.push(page.link(
            page.say(
                &format!("รายการ OIT ปี {}", page.digits(&other.to_string())),
                &format!("OIT items of {ce}", ce = page.year(*other)),
            ),
            &format!("{other}/"),
        ));
    }
    items.push(page.link(
        page.say(
            "ทุกปีและเลขข้อที่เปลี่ยน",
            "All years and their item numbers (in Thai)",
        ),
        "archive/",
    ));
    Section::Links {
        id: "more".into(),
        title: page.say("หน้าอื่นของปีนี้และปีอื่น", "More of this year, and other years"),
        items,
    }
}

pub fn archive(page: &Page<'_>) -> PageView {
    let site = page.site;
    let mut view = PageView {
        title: page.say("ข้อมูลทุกปีและเลขข้อที่เปลี่ยน", "All years and their item numbers"),
        lead: Some(page.say(
            "เลขข้อ OIT เปลี่ยนเกือบทุกปี ที่อยู่ของหน้าเว็บตั้งตามเรื่อง จึงไม่เปลี่ยน",
            "Item numbers change nearly every year; addresses are named by topic, so they don't",
        )),
        crumbs: vec![home_crumb(page)],
        ..PageView::default()
    };
    let tasks = site
        .years
        .iter()
        .rev()
        .map(|(year, of_year)| Task {
            title: year_title(page, *year),
            href: page.page_href(&format!("{year}/")),
            about: Some(state_sentence(page, of_year)),
            external: false,
        })
        .collect();
    view.sections.push(Section::Tasks {
        id: "years".into(),
        title: page.say("ปีการประเมิน", "Assessment years"),
        items: tasks,
    });
    view.sections.extend(super::scores::over_years(page));
    view.sections.push(Section::Table(crosswalk(page)));
    view
}

/// Which item each topic was, in every year that has a catalogue.
fn crosswalk(page: &Page<'_>) -> Table {
    let site = page.site;
    let catalogues = &site.content.catalogues;
    let years: Vec<u16> = catalogues.years.keys().copied().collect();
    let mut columns = vec![page.column("เรื่อง", "Topic", "long")];
    columns.extend(years.iter().map(|y| Column {
        label: year_title(page, *y),
        class: "in",
    }));
    let rows = catalogues
        .topics
        .iter()
        .map(|topic| {
            let mut cells = vec![head(escaped(&page.say(&topic.title_th, &topic.title_en)))];
            cells.extend(years.iter().map(|year| {
                let id = catalogues
                    .item_of_topic(*year, &topic.id)
                    .map(|i| i.id.to_string());
                let html = match id {
                    None => "–".to_string(),
                    Some(id) => match site.topic_page(*year, &topic.id) {
                        Some(t) => format!(
                            "<a href=\"{}\" aria-label=\"{} {} {id}\">{id}</a>",
                            escaped(&page.page_href(&t.address)),
                            escaped(&topic.title_th),
                            year_title(page, *year)
                        ),
                        None => id,
                    },
                };
                Cell {
                    html,
                    class: "in",
                    ..Cell::default()
                }
            }));
            Row {
                id: None,
                class: "",
                cells,
            }
        })
        .collect();
    Table {
        id: "crosswalk".into(),
        title: Some(page.say("เรื่องเดียวกัน อยู่ข้อใดในแต่ละปี", "The same topic in each year")),
        caption: page.say(
            "เลขข้อ OIT ของแต่ละเรื่องในแต่ละปี",
            "OIT item of each topic in each year",
        ),
        columns,
        groups: vec![RowGroup::of(rows)],
        data: links(page, "crosswalk", None),
        ..Table::default()
    }
}

/// What each former number of a topic was: `O23 ในปี 2567`.
pub fn former_numbers(page: &Page<'_>, year: u16, topics: &[&str]) -> String {
    let catalogues = &page.site.content.catalogues;
    let mut parts = Vec::new();
    for (other, _) in catalogues.years.iter().rev().filter(|(y, _)| **y != year) {
        let mut ids: Vec<String> = topics
            .iter()
            .filter_map(|t| catalogues.item_of_topic(*other, t))
            .map(|i| i.id.to_string())
            .collect();
        ids.sort();
        ids.dedup();
        if !ids.is_empty() {
            parts.push(page.say(
                &format!("{} ในปี {}", ids.join(", "), page.digits(&other.to_string())),
                &format!("{} in {ce}", ids.join(", "), ce = page.year(*other)),
            ));
        }
    }
    parts.join(" · ")
}
