//! The index of a year, the archive with its crosswalk, the EIT survey.

use crate::catalogue::Item;
use crate::diagnostic::Lang;
use crate::fields::Written;
use crate::render::format::{Page, cell, figure, head, tag};
use crate::render::html::escaped;
use crate::render::pictures::qr;
use crate::render::view::*;
use crate::site::address::Kind;
use crate::site::measures::recompute;
use crate::site::{ItemState, Year};
use crate::thai::{Date, Score};

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
            Lang::En => format!("Public disclosure (OIT) of assessment year B.E. {year}"),
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
    view.sections.push(Section::Filter {
        label: page.say("เลือกตามสถานะ", "Filter by state"),
        items: filter,
    });
    view.sections
        .push(Section::Table(items_table(page, year, of_year, catalogue)));
    view.sections
        .extend(result_table(page, year).map(Section::Table));
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
                    let updated = latest(page, year, of_year, d.item);
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
            });
        }
    }
    Table {
        id: "items".into(),
        title: None,
        caption: page.say(
            &format!(
                "รายการ OIT ปี {} จัดกลุ่มตามตัวชี้วัดย่อย",
                page.digits(&year.to_string())
            ),
            &format!("OIT items of {year} by sub-indicator"),
        ),
        columns: vec![
            page.column("ข้อ", "Item", "in"),
            page.column("รายการ", "What", "long"),
            page.column("สถานะ", "State", ""),
            page.column("ปรับปรุงล่าสุด", "Updated", ""),
            page.column("ไฟล์", "Files", ""),
        ],
        groups,
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

/// The newest date on any page of an item.
pub fn latest(page: &Page<'_>, year: u16, of_year: &Year, item: usize) -> Option<Date> {
    let site = page.site;
    of_year
        .topics
        .iter()
        .filter(|t| t.item == item)
        .flat_map(|t| {
            let text = site
                .topic_text(year, t)
                .and_then(|p| p.updated.as_ref())
                .map(|d| d.value);
            let data = t.has_data.then(|| data_date(page, year, t)).flatten();
            text.into_iter().chain(data)
        })
        .max()
}

fn data_date(page: &Page<'_>, year: u16, topic: &crate::site::TopicPage) -> Option<Date> {
    use crate::catalogue::TopicKind;
    let site = page.site;
    let item = site.item(year, topic.item)?;
    let record_year = crate::site::Site::record_year(year, item.period_kind);
    match topic.kind {
        TopicKind::Budget => site.budgets.get(&record_year)?.as_of,
        TopicKind::Procurement => site.procurement.get(&record_year)?.as_of,
        TopicKind::News => crate::site::prove::news_of(site, record_year, &topic.topic)
            .map(|n| n.date)
            .max(),
        _ => None,
    }
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
    for (address, th, en) in [
        (
            "progress/",
            "ความก้าวหน้าของมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
            "Progress of the integrity measures",
        ),
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
                &format!("OIT items of {other}"),
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
        groups: vec![RowGroup {
            heading: None,
            rows,
        }],
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
                &format!("{} in {other}", ids.join(", ")),
            ));
        }
    }
    parts.join(" · ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Survey {
    Unknown,
    NotYet,
    Open,
    Closed,
}

fn survey_state(page: &Page<'_>, eit: &crate::content::year::Eit) -> Survey {
    let today = page.site.options.today;
    match (&eit.opens, &eit.closes) {
        (Some(opens), _) if today < opens.value => Survey::NotYet,
        (_, Some(closes)) if today > closes.value => Survey::Closed,
        (_, Some(_)) => Survey::Open,
        _ => Survey::Unknown,
    }
}

fn on(page: &Page<'_>, date: Option<&Written<Date>>) -> String {
    date.map(|d| page.written_day(d).text).unwrap_or_default()
}

/// On the home page, only while the survey is open.
pub fn eit_notice(page: &Page<'_>) -> Option<Section> {
    let year = page.site.current_year;
    let eit = page.site.content.years.get(&year)?.record.eit.as_ref()?;
    if survey_state(page, eit) != Survey::Open {
        return None;
    }
    let until = on(page, eit.closes.as_ref());
    Some(Section::Notice {
        title: Some(page.say(
            &format!("ประเมินความโปร่งใสของหน่วยงานได้ถึง {until}"),
            &format!("Assess our transparency until {until}"),
        )),
        html: format!(
            "<p>{} {}</p>",
            page.say(
                "ผู้ที่เคยติดต่อราชการกับหน่วยงานตอบแบบวัดการรับรู้ (EIT) ได้โดยไม่ต้องบอกชื่อ",
                "Anyone who has dealt with this office can answer the EIT survey without giving a name."
            ),
            page.page_html(&format!("{year}/eit/"), &page.say("ไปยังแบบวัด EIT", "Go to the EIT survey"))
        ),
        warn: false,
    })
}

pub fn eit(page: &Page<'_>, year: u16) -> PageView {
    let mut view = PageView {
        title: page.say(
            &format!(
                "แบบวัดการรับรู้ของผู้มีส่วนได้เสียภายนอก (EIT) ปี {}",
                page.digits(&year.to_string())
            ),
            &format!("Survey of citizens (EIT), {year}"),
        ),
        crumbs: vec![home_crumb(page), year_crumb(page, year)],
        report: true,
        ..PageView::default()
    };
    let Some(eit) = page
        .site
        .content
        .years
        .get(&year)
        .and_then(|f| f.record.eit.as_ref())
    else {
        return view;
    };
    let state = survey_state(page, eit);
    let (opens, closes) = (on(page, eit.opens.as_ref()), on(page, eit.closes.as_ref()));
    let (id, text) = match state {
        Survey::Open => (
            "open",
            page.say(
                &format!("เปิดรับคำตอบถึง {closes}"),
                &format!("Open until {closes}"),
            ),
        ),
        Survey::NotYet => (
            "not-yet",
            page.say(
                &format!("ยังไม่เปิดรับคำตอบ จะเปิดวันที่ {opens}"),
                &format!("Not open yet: it opens on {opens}"),
            ),
        ),
        Survey::Closed => (
            "closed",
            page.say(
                &format!("ปิดรับคำตอบแล้วเมื่อ {closes}"),
                &format!("Closed on {closes}"),
            ),
        ),
        Survey::Unknown => (
            "unknown",
            page.say("ดูช่วงเวลาที่เปิดรับคำตอบในแบบวัด", "See the survey for its dates"),
        ),
    };
    view.lead = Some(if state == Survey::Closed {
        page.say(
            "แบบวัดของปีนี้ปิดรับคำตอบแล้ว ขอบคุณทุกท่านที่ร่วมตอบ",
            "The survey of this year is closed. Thank you to all who answered.",
        )
    } else {
        page.say(
            "ท่านที่เคยติดต่อหรือรับบริการจากหน่วยงานนี้ในปีนี้ ตอบได้โดยไม่ต้องบอกชื่อ",
            "If you have dealt with this office this year, you can answer without giving your name.",
        )
    });
    let mut facts = Vec::new();
    if let Some(date) = &eit.opens {
        facts.push(page.fact("เปิดรับ", "Opens", page.written_time(date)));
    }
    if let Some(date) = &eit.closes {
        facts.push(page.fact("ปิดรับ", "Closes", page.written_time(date)));
    }
    facts.push(page.fact(
        "ใครตอบได้",
        "Who can answer",
        page.say(
            "ประชาชน ผู้ประกอบการ และหน่วยงานที่เคยติดต่อราชการกับหน่วยงานนี้",
            "People, businesses and offices that have dealt with this office",
        ),
    ));
    facts.push(page.fact(
        "ผู้จัดทำแบบวัด",
        "Run by",
        page.say(
            "สำนักงาน ป.ป.ช. หน่วยงานไม่เห็นคำตอบรายบุคคล",
            "The NACC; this office does not see single answers",
        ),
    ));
    let label = page.say(
        "คิวอาร์โค้ดของแบบวัดการรับรู้ ที่อยู่เดียวกับข้อความด้านล่าง",
        "QR code of the survey; its address stands below",
    );
    view.sections.push(Section::Eit {
        url: eit.url.clone(),
        svg: qr(&eit.url, &label).unwrap_or_default(),
        state: id,
        state_text: text,
        facts,
    });
    view
}

/// The year's own result, once published, with what the scores add up to.
fn result_table(page: &Page<'_>, year: u16) -> Option<Table> {
    let record = &page.site.content.years.get(&year)?.record;
    let scores = record.result.as_ref()?;
    let catalogue = page.site.catalogue(year)?;
    let computed = recompute(catalogue, scores);
    let rows = catalogue
        .indicators
        .iter()
        .filter_map(|indicator| {
            let number: u8 = indicator.id.parse().ok()?;
            let (_, score) = scores.scores.iter().find(|(n, _)| *n == number)?;
            let name = page.say(&indicator.title_th, &indicator.title_en);
            Some(Row {
                cells: vec![
                    head(format!("{number}. {}", escaped(&name))),
                    cell(indicator.instrument.id().to_string()),
                    figure(page.digits(&score.raw)),
                ],
                ..Row::default()
            })
        })
        .collect();
    let total = scores.total.as_ref().map(|total| {
        let level = scores
            .level
            .as_ref()
            .map(|l| page.thai(l))
            .unwrap_or_default();
        vec![
            head(page.say("คะแนนรวม", "Total")),
            cell(level),
            figure(page.digits(&total.raw)),
        ]
    });
    let announced = record.announced.as_ref().map(|d| page.written_day(d).text);
    Some(Table {
        id: "result".into(),
        title: Some(page.say("ผลการประเมินของปีนี้", "Result of this year")),
        caption: page.say(
            &format!(
                "คะแนน ITA ปี {} ตามตัวชี้วัด{}",
                page.digits(&year.to_string()),
                announced
                    .map(|a| format!(" (ประกาศเมื่อ {a})"))
                    .unwrap_or_default()
            ),
            &format!("ITA scores of {year} by indicator"),
        ),
        columns: vec![
            page.column("ตัวชี้วัด", "Indicator", "long"),
            page.column("เครื่องมือ", "Instrument", "in"),
            page.column("คะแนน", "Score", "n"),
        ],
        groups: vec![RowGroup {
            heading: None,
            rows,
        }],
        total,
        note: computed.total.map(|t| {
            let shown = Score::from_ten_thousandths(t, 2).to_string();
            page.say(
                &format!("คำนวณจากคะแนนตัวชี้วัดได้ {}", page.digits(&shown)),
                &format!("Computed from the indicators: {shown}"),
            )
        }),
        ..Table::default()
    })
}
