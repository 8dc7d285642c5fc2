//! Home, contact, people, news, free pages, 404.

use crate::content::agency::{Person, Purpose, Role, Side};
use crate::content::markdown::HeadingIds;
use crate::diagnostic::{Diagnostic, Lang};
use crate::render::format::{Page, cell, head};
use crate::render::html::escaped;
use crate::render::images::Slot;
use crate::render::pictures::part_bar;
use crate::render::tested;
use crate::render::view::*;
use crate::site::NewsItem;
use crate::site::address::Kind;

use super::parts::*;
use super::years::state_sentence;

pub fn home(page: &Page<'_>, found: &mut Vec<Diagnostic>) -> PageView {
    let site = page.site;
    let agency = &site.content.settings.agency;
    let text = in_language(page, "index", site.content.home.as_deref());
    let fallback = match page.lang {
        Lang::Th => format!("ข้อมูลสาธารณะของ{}", agency.name.th),
        Lang::En => format!("Public information of {}", page.words(&agency.name)),
    };
    let mut view = PageView {
        title: text.map_or_else(|| fallback.clone(), |t| text_title(page, t, &fallback)),
        lead: agency.motto.as_ref().map(|m| page.words_html(m)),
        description: text.map(|t| t.outline.summary.clone()).unwrap_or_default(),
        ..PageView::default()
    };
    let mut ids = HeadingIds::default();
    let mut words = Vec::new();
    if let Some(text) = text {
        // What comes before the first heading welcomes; the rest has its
        // place below what people come for.
        for mut part in prose(page, text, site.current_year, &mut ids, found) {
            if !words.is_empty() {
                words.push(part);
            } else if let Some(at) = part.html.find("<h2") {
                let below = part.html.split_off(at);
                let data = part.data.take();
                words.push(Part { html: below, data });
                if !part.html.trim().is_empty() {
                    view.intro.push(part);
                }
            } else {
                view.intro.push(part);
            }
        }
        view.updated = text.updated.as_ref().map(|d| page.written_day(d));
    }
    let quick: Vec<Task> = site
        .content
        .settings
        .quick
        .iter()
        .filter_map(|q| {
            let target = page.target(&q.to)?;
            Some(Task {
                title: page.words(&q.title),
                href: page.linker.href(&target),
                about: q.about.as_ref().map(|a| page.words(a)),
                external: matches!(target, crate::site::address::Target::Outside(_)),
            })
        })
        .collect();
    if !quick.is_empty() {
        view.sections.push(Section::Tasks {
            id: "often".into(),
            title: page.say("เรื่องที่ประชาชนมาทำบ่อย", "What people come for"),
            items: quick,
        });
    }
    view.sections.extend(super::eit::eit_notice(page));
    view.sections.push(Section::Pair {
        left: year_block(page),
        right: budget_block(page),
    });
    view.sections.push(Section::Pair {
        left: news_block(page),
        right: complaint_block(page),
    });
    view.sections.extend(Section::text(words));
    view
}

fn year_block(page: &Page<'_>) -> Vec<Section> {
    let year = page.site.current_year;
    let Some(of_year) = page.site.years.get(&year) else {
        return Vec::new();
    };
    let html = format!(
        "<p>{}</p>{}<p>{}</p>",
        state_sentence(page, of_year),
        super::years::state_bar("oit-bar", of_year),
        page.page_html(
            &format!("{year}/"),
            &page.say("ดูรายการเปิดเผยข้อมูลทั้งหมด", "See every disclosure item")
        )
    );
    // The next year is published bit by bit while this one is assessed.
    let later = page.site.years.range(year.saturating_add(1)..);
    let later: String = later
        .map(|(next, of_year)| {
            let link = page.page_html(
                &format!("{next}/"),
                &page.say(
                    &format!("รายการเปิดเผยข้อมูล{}", year_title(page, *next)),
                    &format!("Disclosure items of {}", year_title(page, *next)),
                ),
            );
            format!("<p>{link} {}</p>", state_sentence(page, of_year))
        })
        .collect();
    let html = html + &later;
    let title = match page.lang {
        Lang::Th => format!("การเปิดเผยข้อมูล (OIT) ปี {}", page.digits(&year.to_string())),
        Lang::En => format!("Public disclosure (OIT), {ce}", ce = page.year(year)),
    };
    vec![Section::Prose {
        id: Some("oit".into()),
        title: Some(title),
        parts: vec![Part::of(html)],
    }]
}

fn budget_block(page: &Page<'_>) -> Vec<Section> {
    let Some(budget) = page
        .site
        .budgets
        .range(..=page.site.current_year)
        .next_back()
        .map(|(_, b)| b)
    else {
        return Vec::new();
    };
    let (spent, whole) = (budget.total.spent(4), budget.total.adjusted());
    let percent = page.percent(budget.total.percent_spent(4));
    let finding = match page.lang {
        Lang::Th => format!(
            "ใช้แล้วร้อยละ {percent} ของงบประมาณ {} ล้านบาท",
            page.millions(whole)
        ),
        Lang::En => format!("{percent} % of {} million baht spent", page.millions(whole)),
    };
    let as_of = budget.as_of.map(|d| page.time(&page.day(d)));
    let mut html = format!("<p>{}", escaped(&finding));
    if let Some(as_of) = as_of {
        html.push_str(&page.say(" ข้อมูล\u{a0}ณ\u{a0}", ", as of "));
        html.push_str(&as_of);
    }
    html.push_str("</p>");
    html.push_str(&part_bar(spent, whole, 20));
    if let Some(address) = page.site.dataset_address(budget.fiscal_year, "budget") {
        html.push_str(&format!(
            "<p>{}</p>",
            page.page_html(&address, &page.say("ดูตามแผนงาน", "See by plan group"))
        ));
    }
    let title = match page.lang {
        Lang::Th => format!(
            "การใช้งบประมาณ ปี {}",
            page.digits(&budget.fiscal_year.to_string())
        ),
        Lang::En => format!("Budget of fiscal year {}", page.year(budget.fiscal_year)),
    };
    vec![Section::Prose {
        id: Some("budget".into()),
        title: Some(title),
        parts: vec![Part::of(html)],
    }]
}

fn news_block(page: &Page<'_>) -> Vec<Section> {
    let items: Vec<NewsEntry> = page
        .site
        .news
        .iter()
        .take(5)
        .filter_map(|n| news_entry(page, n))
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Section::News {
        id: "latest".into(),
        title: Some(page.say("ข่าวและประกาศล่าสุด", "Latest announcements")),
        items,
        more: Some(page.link(page.say("ข่าวและประกาศทั้งหมด", "All news (in Thai)"), "news/")),
    }]
}

fn news_entry(page: &Page<'_>, item: &NewsItem) -> Option<NewsEntry> {
    let file = page.site.content.news.get(item.page)?;
    let english = page
        .site
        .english(&file.key)
        .filter(|_| page.lang == Lang::En);
    let text = english.unwrap_or(&file.page);
    Some(NewsEntry {
        day: page.day(item.date),
        title: text_title(page, text, &file.key),
        href: page.page_href(&item.address),
        summary: text
            .description
            .clone()
            .or_else(|| (!text.outline.summary.is_empty()).then(|| text.outline.summary.clone())),
    })
}

fn complaint_block(page: &Page<'_>) -> Vec<Section> {
    let site = page.site;
    let mut html = format!(
        "<p>{}</p><ul>",
        page.say(
            "แจ้งเรื่องทุจริตของเจ้าหน้าที่ได้โดยไม่ต้องบอกชื่อ แยกจากเรื่องร้องเรียนทั่วไป",
            "Report corruption of officials without giving your name, separately from general complaints"
        )
    );
    let topic = site
        .topic_page(site.current_year, "complaint-channels")
        .filter(|t| t.is_published());
    for (purpose, anchor, th, en) in [
        (
            Purpose::Corruption,
            "corruption",
            "แจ้งเรื่องทุจริตและประพฤติมิชอบ",
            "Report corruption",
        ),
        (
            Purpose::Complaint,
            "general",
            "ร้องเรียนร้องทุกข์ทั่วไป",
            "General complaint",
        ),
    ] {
        let there = topic.filter(|_| crate::site::prove::channels(site, purpose) > 0);
        if let Some(topic) = there {
            let address = format!("{}#{anchor}", topic.address);
            let english = site.in_language(topic.address.to_string(), page.lang);
            let in_thai = page.lang == Lang::En && *english == *topic.address;
            html.push_str(&format!(
                "<li>{}{}</li>",
                page.page_html(&address, &page.say(th, en)),
                if in_thai { " (in Thai)" } else { "" }
            ));
        }
    }
    html.push_str(&format!(
        "<li>{} {}</li></ul>",
        page.say("โทรศัพท์", "Telephone"),
        page.phone_html(&site.content.settings.agency.phone)
    ));
    vec![Section::Notice {
        title: Some(page.say(
            "พบการทุจริตหรือเดือดร้อน บอกเรา",
            "Tell us about corruption or trouble",
        )),
        html,
        warn: false,
    }]
}

/// The office's own facts; also shown on the topic page of contact.
pub fn contact_facts(page: &Page<'_>) -> Vec<Fact> {
    let agency = &page.site.content.settings.agency;
    let mut address = page.words_html(&agency.address);
    let part = |words: &crate::content::agency::Words| page.words_html(words);
    if let Some(district) = &agency.district
        && !agency.address.th.contains(&district.th)
    {
        address.push(' ');
        address.push_str(&part(district));
    }
    if !agency.address.th.contains(&agency.province.th) {
        address.push(' ');
        address.push_str(&part(&agency.province));
    }
    if let Some(code) = agency
        .postcode
        .as_ref()
        .filter(|c| !agency.address.th.contains(*c))
    {
        address.push(' ');
        address.push_str(&escaped(code));
    }
    let mut facts = vec![
        page.fact("ที่อยู่", "Address", address),
        page.fact("โทรศัพท์", "Telephone", page.phone_html(&agency.phone)),
    ];
    if let Some(fax) = &agency.fax {
        facts.push(page.fact("โทรสาร", "Fax", escaped(fax)));
    }
    if let Some(email) = &agency.email {
        facts.push(page.fact("อีเมล", "E-mail", page.email_html(email)));
    }
    if let Some(hours) = &agency.hours {
        facts.push(page.fact("เวลาทำการ", "Hours", page.words_html(hours)));
    }
    if let Some(map) = &agency.map {
        facts.push(page.fact(
            "แผนที่",
            "Map",
            page.link_html(
                map,
                &page.say(
                    "เปิดแผนที่ตั้งสำนักงาน (เว็บไซต์ภายนอก)",
                    "Open the map of the office (another website)",
                ),
            ),
        ));
    }
    facts
}

/// A position as written, in English as the people in it have it.
fn position(page: &Page<'_>, written: &str) -> String {
    let people = &page.site.content.people;
    match people.iter().find(|p| p.position.th == written) {
        Some(person) => page.words_html(&person.position),
        None => page.thai(written),
    }
}

pub fn units_table(page: &Page<'_>) -> Option<Section> {
    let units = &page.site.content.units;
    if units.is_empty() {
        return None;
    }
    let rows = units
        .iter()
        .map(|u| {
            let duties = match page.lang {
                Lang::En if !u.duties_en.is_empty() => {
                    u.duties_en.iter().map(|d| escaped(d)).collect::<Vec<_>>()
                }
                _ => u.duties.iter().map(|d| page.thai(d)).collect(),
            };
            let list = match duties.as_slice() {
                [] => String::new(),
                [one] => one.clone(),
                many => format!(
                    "<ul>{}</ul>",
                    many.iter()
                        .map(|d| format!("<li>{d}</li>"))
                        .collect::<String>()
                ),
            };
            let mut contact: Vec<String> = u.phone.iter().map(|p| page.phone_html(p)).collect();
            contact.extend(u.email.iter().map(|e| page.email_html(e)));
            contact.extend(u.location.iter().map(|l| page.words_html(l)));
            Row {
                id: Some(format!("unit-{}", u.id)),
                cells: vec![
                    head(page.words_html(&u.name)),
                    cell(
                        u.head
                            .as_ref()
                            .map(|h| position(page, h))
                            .unwrap_or_default(),
                    ),
                    cell(list),
                    cell(contact.join("<br>")),
                ],
                ..Row::default()
            }
        })
        .collect();
    Some(Section::Table(Table {
        id: "units".into(),
        title: Some(page.say("ส่วนราชการภายใน", "Internal units")),
        caption: page.say(
            "ส่วนราชการ หัวหน้า หน้าที่ และช่องทางติดต่อ",
            "Units, their heads, duties and contacts",
        ),
        columns: vec![
            page.column("ส่วนราชการ", "Unit", ""),
            page.column("หัวหน้า", "Head", ""),
            page.column("หน้าที่", "Duties", "long"),
            page.column("ติดต่อ", "Contact", ""),
        ],
        groups: vec![RowGroup::of(rows)],
        data: super::data::links(page, "units", None),
        ..Table::default()
    }))
}

pub fn contact(page: &Page<'_>) -> PageView {
    let name = page.words(&page.site.content.settings.agency.name);
    let mut view = PageView {
        title: match page.lang {
            Lang::Th => format!("ติดต่อ{name}"),
            Lang::En => format!("Contact {name}"),
        },
        crumbs: vec![home_crumb(page)],
        report: true,
        ..PageView::default()
    };
    vouched(page, &Kind::Contact, &mut view);
    view.sections.push(Section::Facts {
        id: "contact".into(),
        title: page.say("ที่ตั้งและช่องทางติดต่อ", "Where we are and how to reach us"),
        facts: contact_facts(page),
    });
    for (purpose, id, th, en) in [
        (
            Purpose::Question,
            "questions",
            "ถามตอบกับเจ้าหน้าที่",
            "Ask an official",
        ),
        (
            Purpose::Contact,
            "channels",
            "ช่องทางติดต่ออื่น",
            "Other ways to contact us",
        ),
        (Purpose::Social, "social", "สื่อสังคมออนไลน์", "Social media"),
    ] {
        let items = channels(page, purpose);
        if !items.is_empty() {
            view.sections.push(channel_section(page, id, th, en, items));
        }
    }
    view.sections.extend(units_table(page));
    view
}

pub fn channel_section(
    page: &Page<'_>,
    id: &str,
    th: &str,
    en: &str,
    items: Vec<ChannelCard>,
) -> Section {
    Section::Channels {
        id: id.into(),
        title: page.say(th, en),
        strong: false,
        lead: None,
        items,
        protects: Vec::new(),
    }
}

pub fn people(page: &Page<'_>) -> PageView {
    let mut view = PageView {
        title: page.say("ผู้บริหารและบุคลากร", "Executives and officials"),
        crumbs: vec![home_crumb(page)],
        report: true,
        ..PageView::default()
    };
    vouched(page, &Kind::People, &mut view);
    view.sections
        .extend(people_sections(page, &page.site.content.people));
    view
}

/// Both sides, each in the groups that the webmaster made.
pub fn people_sections(page: &Page<'_>, people: &[Person]) -> Vec<Section> {
    let mut sections = Vec::new();
    for (side, id, th, en) in [
        (Side::Political, "people", "ฝ่ายการเมือง", "Political side"),
        (
            Side::Permanent,
            "permanent",
            "ฝ่ายข้าราชการประจำ",
            "Permanent officials",
        ),
    ] {
        let of_side: Vec<&Person> = people.iter().filter(|p| p.side == Some(side)).collect();
        if of_side.is_empty() {
            continue;
        }
        let mut groups: Vec<PeopleGroup> = Vec::new();
        for person in of_side {
            let title = group_title(page, person);
            match groups.iter_mut().find(|g| g.title == title) {
                Some(group) => group.people.push(person_view(page, person)),
                None => groups.push(PeopleGroup {
                    title,
                    people: vec![person_view(page, person)],
                }),
            }
        }
        sections.push(Section::People {
            id: id.into(),
            title: page.say(th, en),
            groups,
        });
    }
    // The anchor `people` must stand even when one side is empty.
    if let Some(Section::People { id, .. }) = sections.first_mut() {
        *id = "people".into();
    }
    sections
}

fn group_title(page: &Page<'_>, person: &Person) -> Option<String> {
    if let Some(group) = &person.group {
        return Some(page.words(group));
    }
    let words = match (person.side, person.role) {
        (Some(Side::Political), Role::Council) => ("สภา", "Council"),
        (Some(Side::Political), _) => ("คณะผู้บริหาร", "Executives"),
        (_, Role::Head | Role::Deputy) => ("ผู้บริหารฝ่ายประจำ", "Permanent executives"),
        _ => ("หัวหน้าส่วนราชการและเจ้าหน้าที่", "Heads of units and officials"),
    };
    Some(page.say(words.0, words.1))
}

fn person_view(page: &Page<'_>, person: &Person) -> PersonView {
    let mut lines = Vec::new();
    if let Some(acting) = &person.acting {
        lines.push(page.words_html(acting));
    }
    if let Some(unit) = &person.unit {
        lines.push(page.unit_html(&unit.raw));
    }
    if let Some(since) = &person.since {
        let word = if person.vacant {
            page.say("ว่างตั้งแต่ ", "Vacant since ")
        } else {
            page.say("ดำรงตำแหน่งตั้งแต่ ", "In office since ")
        };
        lines.push(format!("{word}{}", page.written_time(since)));
    }
    if let Some(until) = &person.until {
        lines.push(format!(
            "{}{}",
            page.say("ถึง ", "until "),
            page.written_time(until)
        ));
    }
    lines.extend(person.phone.iter().map(|p| page.phone_html(p)));
    lines.extend(person.email.iter().map(|e| page.email_html(e)));
    lines.extend(person.note.iter().map(|n| page.words_html(n)));
    let who = person.name.as_ref().unwrap_or(&person.position);
    let alt = format!(
        "{}{}",
        page.say("ภาพถ่าย ", "Photograph of "),
        page.words(who)
    );
    PersonView {
        name: person.name.as_ref().map(|n| page.words(n)),
        position: page.words(&person.position),
        photo: person
            .photo
            .as_ref()
            .and_then(|p| page.picture(p, Slot::Portrait, &alt)),
        lines,
        vacant: person.vacant,
    }
}

pub fn news_list(page: &Page<'_>) -> PageView {
    let mut view = PageView {
        title: page.say("ข่าวและประกาศ", "News and announcements"),
        crumbs: vec![home_crumb(page)],
        ..PageView::default()
    };
    let mut years: Vec<u16> = page.site.news.iter().map(|n| n.date.year_be()).collect();
    years.dedup();
    for year in years {
        let items = page
            .site
            .news
            .iter()
            .filter(|n| n.date.year_be() == year)
            .filter_map(|n| news_entry(page, n))
            .collect();
        view.sections.push(Section::News {
            id: format!("y{year}"),
            title: Some(year_title(page, year)),
            items,
            more: None,
        });
    }
    if view.sections.is_empty() {
        view.sections.push(Section::Notice {
            title: None,
            html: format!("<p>{}</p>", page.say("ยังไม่มีข่าว", "There is no news yet.")),
            warn: false,
        });
    }
    view
}

pub fn news(page: &Page<'_>, index: usize, found: &mut Vec<Diagnostic>) -> PageView {
    let Some(file) = page.site.content.news.get(index) else {
        return PageView::default();
    };
    let Some(text) = in_language(page, &file.key, Some(&file.page)) else {
        return PageView::default();
    };
    let mut view = text_view(page, text, &file.key, page.site.current_year, found);
    view.crumbs = vec![
        home_crumb(page),
        crumb(page.say("ข่าวและประกาศ", "News"), page.page_href("news/")),
    ];
    if let Some(item) = page.site.news_item(index) {
        let day = page.day(item.date);
        view.facts
            .insert(0, page.fact("ประกาศเมื่อ", "Published", page.time(&day)));
        view.published = Some(day.clone());
        view.updated.get_or_insert(day);
    }
    if let Some((path, alt)) = &text.extras.image
        && let Some(html) = page.picture(path, Slot::Wide, alt)
    {
        view.sections.insert(0, Section::Picture { html });
    }
    view
}

/// A page of words: title, facts, text, extras.
pub fn text_view(
    page: &Page<'_>,
    text: &crate::content::page::Page,
    fallback: &str,
    year: u16,
    found: &mut Vec<Diagnostic>,
) -> PageView {
    let mut ids = HeadingIds::default();
    let mut view = PageView {
        title: text_title(page, text, fallback),
        description: text
            .description
            .clone()
            .unwrap_or_else(|| text.outline.summary.clone()),
        updated: text.updated.as_ref().map(|d| page.written_day(d)),
        report: true,
        ..PageView::default()
    };
    if let Some(unit) = &text.extras.unit {
        view.facts
            .push(page.fact("หน่วยงานรับผิดชอบ", "Unit", page.unit_html(&unit.raw)));
    }
    if let Some(updated) = &text.updated {
        view.facts
            .push(page.fact("ปรับปรุงล่าสุด", "Last updated", page.written_time(updated)));
    }
    let words = prose(page, text, year, &mut ids, found);
    view.sections.extend(Section::text(words));
    view.sections.extend(extras(page, text, found));
    view
}

pub fn free(page: &Page<'_>, index: usize, found: &mut Vec<Diagnostic>) -> PageView {
    let Some(file) = page.site.content.pages.get(index) else {
        return PageView::default();
    };
    let Some(text) = in_language(page, &file.key, Some(&file.page)) else {
        return PageView::default();
    };
    let mut view = text_view(page, text, &file.key, page.site.current_year, found);
    view.crumbs = vec![home_crumb(page)];
    view.crumbs.extend(parents(page, &file.key));
    if *file.key == *tested::STATEMENT {
        view.sections.extend(tested::section(page));
    }
    let children = children(page, &file.key);
    if !children.is_empty() {
        view.sections.push(Section::Links {
            id: "pages".into(),
            title: page.say("หน้าในหมวดนี้", "Pages in this section"),
            items: children,
        });
    }
    view
}

/// The index pages of the folders that a page lies in.
fn parents(page: &Page<'_>, key: &str) -> Vec<Crumb> {
    let mut crumbs = Vec::new();
    let own = key.strip_suffix("/index").unwrap_or(key);
    let parts: Vec<&str> = own.split('/').collect();
    for end in 2..parts.len() {
        let Some(folder) = parts.get(1..end) else {
            continue;
        };
        let address = format!("{}/", folder.join("/"));
        let Some(crate::site::address::Kind::Free(index)) =
            page.site.routes.get(&address).map(|r| &r.kind)
        else {
            continue;
        };
        if let Some(file) = page.site.content.pages.get(*index) {
            crumbs.push(crumb(
                text_title(page, &file.page, &file.key),
                page.page_href(&address),
            ));
        }
    }
    crumbs
}

/// What stands in the folder of an index page.
fn children(page: &Page<'_>, key: &str) -> Vec<Link> {
    let Some(folder) = key.strip_suffix("/index") else {
        return Vec::new();
    };
    let prefix = format!("{folder}/");
    let pages = &page.site.content.pages;
    // Keys are in the order of the files, so a folder's pages stand together.
    let from = pages.partition_point(|p| *p.key < *prefix);
    pages
        .iter()
        .skip(from)
        .take_while(|p| p.key.starts_with(&prefix))
        .filter(|p| *p.key != *key && page.site.is_visible(&p.page))
        .filter(|p| {
            let rest = p.key.strip_prefix(&prefix).unwrap_or("");
            !rest.contains('/') || (rest.ends_with("/index") && rest.matches('/').count() == 1)
        })
        .map(|p| {
            let bare = p.key.strip_prefix("pages/").unwrap_or(&p.key);
            let bare = bare.strip_suffix("/index").unwrap_or(bare);
            page.link(text_title(page, &p.page, &p.key), &format!("{bare}/"))
        })
        .collect()
}

pub fn not_found(page: &Page<'_>) -> PageView {
    let year = page.site.current_year;
    let mut items = vec![
        page.link(page.say("หน้าแรก", "Home"), ""),
        page.link("ค้นหาในเว็บไซต์นี้".into(), "search/"),
        page.link("ข้อมูลทุกปี".into(), "archive/"),
        page.link("ติดต่อหน่วยงาน".into(), "contact/"),
    ];
    let index = format!("{year}/");
    if page.site.routes.contains(&index) {
        let title = format!("รายการเปิดเผยข้อมูลปี {}", page.digits(&year.to_string()));
        items.insert(1, page.link(title, &index));
    }
    let mut view = PageView {
        title: "ไม่พบหน้านี้".into(),
        lead: Some("ที่อยู่อาจพิมพ์ผิด หรือหน้านี้ย้ายไปแล้ว".into()),
        not_found: true,
        ..PageView::default()
    };
    view.sections.push(Section::Links {
        id: "ways".into(),
        title: "ไปต่อที่".into(),
        items,
    });
    let english = if page.site.content.settings.english {
        format!(
            " Go to the <a href=\"{}\">English home page</a>.",
            page.linker.page("en/")
        )
    } else {
        String::new()
    };
    view.sections.push(Section::Prose {
        id: None,
        title: None,
        parts: vec![Part::of(format!("<section lang=\"en\"><h2>Page not found</h2><p>The address may be mistyped, or the page has moved.{english}</p></section>"))],
    });
    view
}
