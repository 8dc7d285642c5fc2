//! Items and topics: the checklist first, then what the topic shows.

use crate::catalogue::{Element, Item, TopicKind};
use crate::content::agency::Purpose;
use crate::content::markdown::HeadingIds;
use crate::content::page::Page as Text;
use crate::diagnostic::{Diagnostic, Lang};
use crate::render::format::Page;
use crate::render::html::escaped;
use crate::render::view::*;
use crate::site::address::Target;
use crate::site::address::{Kind, Route};
use crate::site::{ElementCheck, ElementState, ItemState, Site, TopicPage};

use super::agency::{channel_section, contact_facts, people_sections, text_view, units_table};
use super::parts::*;
use super::years::{former_numbers, item_title, state_word};
use super::{budget, complaints, measures, procurement};

/// The weather of the Thai Meteorological Department: what anybody may be
/// seen to read.
const EXIT: &str = "https://www.tmd.go.th/";

/// The required elements of an item with their state, those that `only`
/// serves when given.
fn checks<'s>(
    page: &Page<'s>,
    year: u16,
    index: usize,
    only: Option<&TopicPage>,
) -> Option<Vec<(&'s Element, Check)>> {
    let disclosure = page.site.years.get(&year)?.disclosures.get(index)?;
    let item = page.site.item(year, index)?;
    let topics = &page.site.years.get(&year)?.topics;
    let some = disclosure
        .topics
        .iter()
        .filter_map(|t| topics.get(*t))
        .any(|t| crate::site::prove::counts_some(page.site, year, t, None));
    let of_element = |check: &ElementCheck| {
        let element = item.elements.get(check.element)?;
        let serves = only.is_none_or(|t| t.serves(element));
        let one = || one_check(page, element, &check.state, disclosure.advisory, some);
        serves.then(|| (element, one()))
    };
    Some(disclosure.checks.iter().filter_map(of_element).collect())
}

fn checklist(
    page: &Page<'_>,
    year: u16,
    index: usize,
    only: Option<&TopicPage>,
) -> Option<Checklist> {
    let disclosure = page.site.years.get(&year)?.disclosures.get(index)?;
    let rows: Vec<Check> = checks(page, year, index, only)?
        .into_iter()
        .map(|(_, check)| check)
        .collect();
    let shown = rows
        .iter()
        .filter(|r| !matches!(r.state, "missing" | "incomplete" | "todo"))
        .count();
    Some(Checklist {
        summary: match page.lang {
            Lang::Th => format!(
                "แสดงแล้ว {} จาก {} ข้อ",
                page.count(shown),
                page.count(rows.len())
            ),
            Lang::En => format!("{} of {} shown", page.count(shown), page.count(rows.len())),
        },
        advisory: disclosure.advisory,
        rows,
    })
}

/// `some` tells that the records of the item count something: then a statement
/// of none is of the months without.
fn one_check(
    page: &Page<'_>,
    element: &Element,
    state: &ElementState,
    advisory: bool,
    some: bool,
) -> Check {
    let place = |target: &Target| match target {
        Target::Page { address, anchor } => {
            let address = match address == page.address {
                true => address.clone(),
                false => place_in_language(page, address, anchor.as_deref()),
            };
            if address == page.address {
                let anchor = anchor.clone().unwrap_or_else(|| "main".into());
                return CheckPlace {
                    href: page.linker.href(&Target::Same { anchor }),
                    on: None,
                };
            }
            CheckPlace {
                on: title_of(page, &address),
                href: page.linker.href(&Target::Page {
                    address,
                    anchor: anchor.clone(),
                }),
            }
        }
        other => CheckPlace {
            href: page.linker.href(other),
            on: None,
        },
    };
    let (id, word, mut places, note) = match state {
        ElementState::Shown(spots) => (
            "published",
            page.say("แสดงแล้ว", "Shown"),
            spots.iter().map(|s| place(&s.target)).collect(),
            None,
        ),
        ElementState::NoneStated { text, date, spot } => (
            "none-stated",
            none_word(page, some),
            vec![place(&spot.target)],
            Some(match date {
                Some(date) => format!("{text} ({date})"),
                None => text.clone(),
            }),
        ),
        ElementState::NotNeeded => (
            "none-stated",
            page.say("ไม่ต้องแสดง", "Not needed"),
            Vec::new(),
            None,
        ),
        ElementState::Doubtful if advisory => {
            ("todo", page.say("ควรตรวจ", "To check"), Vec::new(), None)
        }
        ElementState::Missing if advisory => {
            ("todo", page.say("ควรเพิ่ม", "Advised"), Vec::new(), None)
        }
        ElementState::Doubtful => (
            "incomplete",
            page.say("รอตรวจ", "To check"),
            Vec::new(),
            None,
        ),
        ElementState::Missing => ("missing", page.say("ยังไม่แสดง", "Missing"), Vec::new(), None),
    };
    places.sort_by_key(|p| p.on.is_some());
    Check {
        state: id,
        word,
        text: page.say(&element.th, &element.en),
        places,
        note,
    }
}

/// What another page is called where an element leads to it.
fn title_of(page: &Page<'_>, address: &str) -> Option<String> {
    let site = page.site;
    let route = site.routes.get(address)?;
    let title = match &route.kind {
        Kind::Home => page.say("หน้าแรก", "the home page"),
        _ => super::search::title_of(page, route)
            .unwrap_or_else(|| page.say("หน้าอื่น", "another page")),
    };
    let own = site.routes.get(page.address).and_then(|r| r.kind.year());
    Some(match route.kind.year().filter(|y| Some(*y) != own) {
        Some(year) => format!("{title} {}", year_title(page, year)),
        None => title,
    })
}

/// The English page of a place, where that page has the place too; else the
/// Thai one, which does.
fn place_in_language(page: &Page<'_>, address: &str, anchor: Option<&str>) -> String {
    let english = page.site.in_language(address.to_string(), page.lang);
    if english == address {
        return english;
    }
    let Some(anchor) = anchor else { return english };
    let text = page
        .site
        .routes
        .get(address)
        .and_then(|r| crate::site::link::page_of(page.site, &r.kind))
        .and_then(|t| t.file.strip_prefix("content/")?.strip_suffix(".md"))
        .and_then(|key| page.site.english(key));
    let own = text.is_some_and(|t| crate::site::anchors_of(t).iter().any(|a| a == anchor));
    if own || crate::site::prove::anchor::ALL.contains(&anchor) {
        english
    } else {
        address.to_string()
    }
}

/// `O18 · ปี 2568`, with the state of the item.
fn over(page: &Page<'_>, year: u16, index: usize, item: &Item) -> Over {
    let of_year = page.site.years.get(&year);
    let state = of_year
        .and_then(|y| y.disclosures.get(index))
        .map_or(ItemState::Missing, |d| d.state);
    Over {
        text: format!("{} · {}", item.id, year_title(page, year)),
        state: Some((state.id(), state_word(page, state))),
    }
}

/// The facts that stand on every page of an item.
fn item_facts(page: &Page<'_>, year: u16, item: &Item, topics: &[&str], link: bool) -> Vec<Fact> {
    let label = page.say(
        &format!("{} ปี {}", item.id, page.digits(&year.to_string())),
        &format!("{} of {ce}", item.id, ce = page.year(year)),
    );
    let address = if link {
        format!("{year}/{}/", item.id.slug())
    } else {
        format!("{year}/#{}", item.id.slug())
    };
    let mut facts = vec![page.fact("รายการ OIT", "OIT item", page.page_html(&address, &label))];
    let former = former_numbers(page, year, topics);
    if !former.is_empty() {
        facts.push(page.fact("เลขข้อในปีอื่น", "In other years", escaped(&former)));
    }
    facts
}

/// `หน้าแรก > รายการ OIT > ปี 2568 > O18 …`, for the form that the agency
/// hands in.
fn click_path(page: &Page<'_>, year: u16, item: &Item, last: Option<&str>) -> String {
    let mut parts = vec![
        page.say("หน้าแรก", "Home"),
        page.say(
            &format!(
                "การเปิดเผยข้อมูลสาธารณะ (OIT) ปี {}",
                page.digits(&year.to_string())
            ),
            &format!("Public disclosure (OIT) {ce}", ce = page.year(year)),
        ),
        format!("{} {}", item.id, item_title(page, item)),
    ];
    if let Some(last) = last
        && last != item_title(page, item)
    {
        parts.push(last.to_string());
    }
    parts.join(" › ")
}

/// How the year of a page stands, and the item that the page belongs to.
pub fn standing(page: &Page<'_>, route: &Route) -> Option<Standing> {
    let site = page.site;
    let year = route.kind.year().unwrap_or(site.current_year);
    let item = site.item_of(&route.kind).map(|(_, index)| index);
    let only = site.topic_of(&route.kind).map(|(_, topic)| topic);
    let of_year = site.years.get(&year)?;
    let complete = of_year.disclosures.iter().filter(|d| d.state.is_complete());
    let of_item = |index: usize| {
        let disclosure = of_year.disclosures.get(index)?;
        let item = site.item(year, index)?;
        Some(ItemStanding {
            code: item.id.to_string(),
            title: item_title(page, item),
            state: disclosure.state,
            word: state_word(page, disclosure.state),
            href: page.page_href(&disclosure.address),
            index,
            checks: checks(page, year, index, only)?
                .into_iter()
                .map(|(element, check)| (element.id.to_string(), check))
                .collect(),
        })
    };
    Some(Standing {
        year,
        label: year_title(page, year),
        complete: complete.count(),
        items: of_year.disclosures.len(),
        href: page.page_href(&format!("{year}/")),
        item: item.and_then(of_item),
    })
}

/// The click path of an item's or a topic's page.
pub fn click_path_of(page: &Page<'_>, route: &Route) -> Option<String> {
    let site = page.site;
    match &route.kind {
        Kind::Item(year, index) => Some(click_path(page, *year, site.item(*year, *index)?, None)),
        Kind::Topic(year, index) => {
            let topic = site.years.get(year)?.topics.get(*index)?;
            let item = site.item(*year, topic.item)?;
            let last = topic_title(page, *year, topic);
            Some(click_path(page, *year, item, Some(&last)))
        }
        _ => None,
    }
}

pub fn item(page: &Page<'_>, year: u16, index: usize) -> PageView {
    let Some(item) = page.site.item(year, index) else {
        return PageView::default();
    };
    let topics: Vec<&str> = item.topics.iter().map(|t| &**t).collect();
    let mut view = PageView {
        title: format!("{} {}", item.id, item_title(page, item)),
        crumbs: vec![home_crumb(page), year_crumb(page, year)],
        over: Some(over(page, year, index, item)),
        facts: item_facts(page, year, item, &topics, false),
        checklist: checklist(page, year, index, None),
        path: Some(click_path(page, year, item, None)),
        report: true,
        ..PageView::default()
    };
    let Some(of_year) = page.site.years.get(&year) else {
        return view;
    };
    if let Some(date) = crate::site::dates::item_updated(page.site, year, index) {
        let day = page.day(date);
        view.facts
            .push(page.fact("ปรับปรุงล่าสุด", "Last updated", page.time(&day)));
        view.updated = Some(day);
    }
    let tasks = of_year
        .topics
        .iter()
        .filter(|t| t.item == index)
        .map(|t| Task {
            title: topic_title(page, year, t),
            href: page.page_href(&t.address),
            about: Some(if t.is_published() {
                page.site
                    .topic(&t.topic)
                    .map_or_else(String::new, |x| page.say(&x.about_th, &x.about_en))
            } else {
                page.say("ยังไม่เผยแพร่", "Not published yet")
            }),
            external: false,
        })
        .collect();
    view.sections.push(Section::Tasks {
        id: "topics".into(),
        title: page.say("หน้าที่แสดงข้อมูลของข้อนี้", "Pages of this item"),
        items: tasks,
    });
    view
}

pub fn topic_title(page: &Page<'_>, year: u16, topic: &TopicPage) -> String {
    let catalogue = page
        .site
        .topic(&topic.topic)
        .map_or_else(String::new, |t| page.say(&t.title_th, &t.title_en));
    let catalogue = match page.site.item(year, topic.item) {
        Some(item) if !topic.covers.is_empty() => item_title(page, item),
        _ => catalogue,
    };
    match text_of(page, year, topic) {
        Some(text) => text_title(page, text, &catalogue),
        None => catalogue,
    }
}

fn text_of<'s>(page: &Page<'s>, year: u16, topic: &TopicPage) -> Option<&'s Text> {
    let site: &'s Site = page.site;
    let thai = site.topic_text(year, topic);
    let key = site
        .content
        .years
        .get(&year)?
        .pages
        .get(topic.page?)
        .map(|p| format!("{year}/{}", p.key))?;
    in_language(page, &key, thai).or(match page.lang {
        // A topic that records make has an English page without a text.
        Lang::En => None,
        Lang::Th => thai,
    })
}

pub fn topic(page: &Page<'_>, year: u16, index: usize, found: &mut Vec<Diagnostic>) -> PageView {
    let Some(topic) = page.site.years.get(&year).and_then(|y| y.topics.get(index)) else {
        return PageView::default();
    };
    let Some(item) = page.site.item(year, topic.item) else {
        return PageView::default();
    };
    let text = text_of(page, year, topic);
    let title = topic_title(page, year, topic);
    let merged = page
        .site
        .years
        .get(&year)
        .is_some_and(|y| y.topics.iter().filter(|t| t.item == topic.item).count() > 1);
    let mut crumbs = vec![home_crumb(page), year_crumb(page, year)];
    if merged {
        crumbs.push(crumb(
            item.id.to_string(),
            page.page_href(&format!("{year}/{}/", item.id.slug())),
        ));
    }
    let topics: Vec<&str> = if topic.covers.is_empty() {
        vec![&*topic.topic]
    } else {
        topic.covers.iter().map(|t| &**t).collect()
    };
    let mut view = PageView {
        description: text
            .map(|t| {
                t.description
                    .clone()
                    .unwrap_or_else(|| t.outline.summary.clone())
            })
            .filter(|d| !d.is_empty())
            .or_else(|| {
                page.site
                    .topic(&topic.topic)
                    .map(|t| page.say(&t.about_th, &t.about_en))
            })
            .unwrap_or_default(),
        crumbs,
        over: Some(over(page, year, topic.item, item)),
        facts: item_facts(page, year, item, &topics, merged),
        checklist: checklist(page, year, topic.item, Some(topic)),
        path: Some(click_path(page, year, item, Some(&title))),
        report: true,
        title,
        ..PageView::default()
    };
    let of_document = measures::of_topic(page, year, topic).and_then(|f| f.document.fiscal_year);
    let fiscal = match text {
        Some(text) => text.extras.fiscal_year.or(of_document).unwrap_or(year),
        None => of_document.unwrap_or_else(|| Site::record_year(year, item.period_kind)),
    };
    let fiscal = page.fact(
        "ปีงบประมาณ",
        "Fiscal year",
        escaped(&fiscal_year(page, fiscal)),
    );
    match text {
        Some(text) => text_facts(page, text, fiscal, &mut view),
        None => view.facts.push(fiscal),
    }
    if !topic.is_published() {
        let about = page
            .site
            .topic(&topic.topic)
            .map_or_else(String::new, |t| page.say(&t.about_th, &t.about_en));
        view.sections.push(Section::Notice {
            title: Some(page.say("ยังไม่เผยแพร่", "Not published yet")),
            html: format!(
                "<p>{}</p><p>{}</p>",
                page.say(
                    "หน่วยงานยังไม่ได้เผยแพร่ข้อมูลข้อนี้",
                    "This information has not been published yet."
                ),
                escaped(&about)
            ),
            warn: true,
        });
        return view;
    }
    let mut ids = HeadingIds::default();
    let words = text.and_then(|text| Section::text(prose(page, text, year, &mut ids, found)));
    // Who comes to report something finds the ways first.
    let ways_first = topic.kind == TopicKind::ComplaintChannels;
    let words = if ways_first {
        view.exit = Some(EXIT.into());
        words
    } else {
        view.sections.extend(words);
        None
    };
    data_sections(page, year, topic, item, &mut view, &mut ids, found);
    if let (Some(cover), Some(text)) = (&mut view.cover, text) {
        cover.signed = signed(page, text);
    }
    view.sections.extend(words);
    if let Some(text) = text {
        view.sections.extend(extras(page, text, found));
    }
    view.sections.extend(pages_under(page, year, &topic.topic));
    view
}

/// A period as it was written; in English by its first and last day.
fn period_html(page: &Page<'_>, period: &crate::thai::Period) -> String {
    match (page.lang, period.from, period.to) {
        (Lang::En, Some(from), Some(to)) if period.recurring.is_empty() => format!(
            "{} – {}",
            page.time(&page.day(from)),
            page.time(&page.day(to))
        ),
        _ => page.thai(&period.raw),
    }
}

/// Of what time a text speaks, from when it is and who signed it.
fn signed(page: &Page<'_>, text: &Text) -> Vec<Fact> {
    let extras = &text.extras;
    let period = extras.period.as_ref().map(|p| period_html(page, p));
    let date = extras.date.as_ref().map(|d| page.written_time(d));
    let role = extras.signed_by.as_ref().map(|r| page.thai(r));
    [
        period.map(|html| page.fact("ช่วงเวลา", "Period", html)),
        date.map(|html| page.fact("วันที่", "Date", html)),
        role.map(|html| page.fact("ผู้ลงนาม", "Signed by", html)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn text_facts(page: &Page<'_>, text: &Text, fiscal: Fact, view: &mut PageView) {
    let extras = &text.extras;
    if let Some(unit) = &extras.unit {
        view.facts
            .push(page.fact("หน่วยงานรับผิดชอบ", "Unit", page.unit_html(&unit.raw)));
    }
    view.published = extras.published.as_ref().map(|d| page.written_day(d));
    view.facts.push(fiscal);
    view.facts.extend(signed(page, text));
    if let Some(date) = &extras.published {
        view.facts
            .push(page.fact("เผยแพร่เมื่อ", "Published", page.written_time(date)));
    }
    if let Some(date) = &text.updated {
        view.facts
            .push(page.fact("ปรับปรุงล่าสุด", "Last updated", page.written_time(date)));
        view.updated = Some(page.written_day(date));
    }
}

/// What the records of a topic's kind show.
fn data_sections(
    page: &Page<'_>,
    year: u16,
    topic: &TopicPage,
    item: &Item,
    view: &mut PageView,
    ids: &mut HeadingIds,
    found: &mut Vec<Diagnostic>,
) {
    let kinds: Vec<(&str, TopicKind)> = if topic.covers.is_empty() {
        vec![(&*topic.topic, topic.kind)]
    } else {
        topic
            .covers
            .iter()
            .map(|t| {
                (
                    &**t,
                    page.site.topic(t).map_or(TopicKind::Prose, |x| x.kind),
                )
            })
            .collect()
    };
    for (id, kind) in kinds {
        match kind {
            TopicKind::People => view
                .sections
                .extend(people_sections(page, page.site.people_of(year))),
            TopicKind::Prose if id == "structure" => view.sections.extend(units_table(page)),
            TopicKind::Contact if id == "contact" => view.sections.push(Section::Facts {
                id: "contact".into(),
                title: page.say("ที่ตั้งและช่องทางติดต่อ", "Where we are and how to reach us"),
                facts: contact_facts(page),
            }),
            TopicKind::Contact => channel_list(
                page,
                Purpose::Opinion,
                "ช่องทางรับฟังความคิดเห็น",
                "Give your opinion",
                view,
            ),
            TopicKind::Faq => channel_list(
                page,
                Purpose::Question,
                "ช่องทางสอบถาม",
                "Ask an official",
                view,
            ),
            TopicKind::Social => channel_list(
                page,
                Purpose::Social,
                "สื่อสังคมออนไลน์ของหน่วยงาน",
                "Social media",
                view,
            ),
            TopicKind::EService => channel_list(
                page,
                Purpose::Service,
                "บริการออนไลน์",
                "Online services",
                view,
            ),
            TopicKind::News => news_of_topic(page, year, id, item, view),
            TopicKind::Budget => budget::budget(page, year, id, item, view),
            TopicKind::Procurement => procurement::purchases(page, year, id, item, view),
            TopicKind::ComplaintChannels => complaint_channels(page, view),
            TopicKind::ComplaintStatistics => complaints::complaints(page, year, item, view),
            TopicKind::Measures => measures::document(page, year, false, view, ids, found),
            TopicKind::MeasuresReport => measures::document(page, year, true, view, ids, found),
            _ => {}
        }
    }
}

fn channel_list(page: &Page<'_>, purpose: Purpose, th: &str, en: &str, view: &mut PageView) {
    let items = channels(page, purpose);
    if !items.is_empty() {
        view.sections
            .push(channel_section(page, "channels", th, en, items));
    }
}

/// Two plainly separate boxes, corruption first.
fn complaint_channels(page: &Page<'_>, view: &mut PageView) {
    let corruption = channels(page, Purpose::Corruption);
    let general = channels(page, Purpose::Complaint);
    let protects: Vec<String> = page
        .site
        .content
        .channels
        .iter()
        .filter(|c| c.purpose == Some(Purpose::Corruption))
        .filter_map(|c| c.protects.as_ref())
        .map(|p| page.words(p))
        .fold(Vec::new(), |mut all, p| {
            if !all.contains(&p) {
                all.push(p);
            }
            all
        });
    let left = if corruption.is_empty() {
        Vec::new()
    } else {
        vec![Section::Channels {
            id: "corruption".into(),
            title: page.say(
                "แจ้งเรื่องทุจริตและประพฤติมิชอบของเจ้าหน้าที่",
                "Report corruption of officials",
            ),
            strong: true,
            lead: Some(page.say(
                "เช่น เรียกรับเงิน ใช้ตำแหน่งเอื้อประโยชน์ นำของหลวงไปใช้ส่วนตัว",
                "Such as bribes, misuse of a post, private use of public property",
            )),
            items: corruption,
            protects,
        }]
    };
    let right = if general.is_empty() {
        Vec::new()
    } else {
        vec![Section::Channels {
            id: "general".into(),
            title: page.say("ร้องเรียนร้องทุกข์ทั่วไป", "General complaints"),
            strong: false,
            lead: Some(page.say(
                "เช่น ถนนชำรุด เหตุรำคาญ การให้บริการล่าช้า",
                "Such as broken roads, nuisances, slow service",
            )),
            items: general,
            protects: Vec::new(),
        }]
    };
    view.sections.push(Section::Pair { left, right });
}

fn news_of_topic(page: &Page<'_>, year: u16, topic: &str, item: &Item, view: &mut PageView) {
    let fiscal = Site::record_year(year, item.period_kind);
    let items: Vec<NewsEntry> = crate::site::prove::news_of(page.site, fiscal, topic)
        .filter_map(|n| {
            let file = page.site.content.news.get(n.page)?;
            Some(NewsEntry {
                day: page.day(n.date),
                title: text_title(page, &file.page, &file.key),
                href: page.page_href(&n.address),
                summary: Some(file.page.outline.summary.clone()).filter(|s| !s.is_empty()),
            })
        })
        .collect();
    if !items.is_empty() {
        view.sections.push(Section::News {
            id: "news".into(),
            title: Some(page.say(
                &format!("ข่าวในปีงบประมาณ {}", page.digits(&fiscal.to_string())),
                &format!("News of fiscal year {ce}", ce = page.year(fiscal)),
            )),
            items,
            more: Some(page.link(page.say("ข่าวและประกาศทั้งหมด", "All news (in Thai)"), "news/")),
        });
    }
}

/// Pages that lie in the topic's folder.
fn pages_under(page: &Page<'_>, year: u16, topic: &str) -> Option<Section> {
    let folder = page.site.content.years.get(&year)?;
    let prefix = format!("{topic}/");
    let items: Vec<Link> = folder
        .pages
        .iter()
        .filter(|f| f.key.starts_with(&prefix) && *f.key != *format!("{topic}/index"))
        .filter(|f| page.site.is_visible(&f.page))
        .map(|f| {
            page.link(
                text_title(page, &f.page, &f.key),
                &format!("{year}/{}/", f.key.strip_suffix("/index").unwrap_or(&f.key)),
            )
        })
        .collect();
    (!items.is_empty()).then(|| Section::Links {
        id: "pages".into(),
        title: page.say("หน้าย่อยของหัวข้อนี้", "Pages of this topic"),
        items,
    })
}

pub fn year_page(
    page: &Page<'_>,
    year: u16,
    index: usize,
    found: &mut Vec<Diagnostic>,
) -> PageView {
    let Some(file) = page
        .site
        .content
        .years
        .get(&year)
        .and_then(|f| f.pages.get(index))
    else {
        return PageView::default();
    };
    let key = format!("{year}/{}", file.key);
    let Some(text) = in_language(page, &key, Some(&file.page)) else {
        return PageView::default();
    };
    let mut view = text_view(page, text, &file.key, year, found);
    view.crumbs = vec![home_crumb(page), year_crumb(page, year)];
    let top = file.key.split('/').next().unwrap_or("");
    if let Some(topic) = page
        .site
        .topic_page(year, top)
        .filter(|_| file.key.contains('/'))
    {
        view.crumbs.push(crumb(
            topic_title(page, year, topic),
            page.page_href(&topic.address),
        ));
    }
    view
}
