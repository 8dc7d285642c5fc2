//! Every item of the year against its required elements.

use crate::catalogue::{Element, Item};
use crate::content::FOLDER;
use crate::diagnostic::{Place, Severity};
use crate::site::prove::shows_purchases;
use crate::site::{ElementState, ItemState, Site, TopicPage};

use super::context::Context;
use super::finding::{Finding, Found, finding};
use super::records;

pub fn check(context: &Context<'_>, found: &mut Found) {
    for &year in &context.years {
        check_year(context, year, found);
    }
}

fn check_year(context: &Context<'_>, year: u16, found: &mut Found) {
    let site = context.site;
    let Some(of_year) = site.years.get(&year) else {
        found.push(
            finding(
                "year-missing",
                format!("ไม่มีข้อมูลของปี {year} (โฟลเดอร์ {FOLDER}/{year})"),
                format!("there is nothing of {year} (folder {FOLDER}/{year})"),
            )
            .of_year(year),
        );
        return;
    };
    for disclosure in &of_year.disclosures {
        let Some(item) = site.item(year, disclosure.item) else {
            continue;
        };
        let pages: Vec<&TopicPage> = disclosure
            .topics
            .iter()
            .filter_map(|i| of_year.topics.get(*i))
            .collect();
        if disclosure.state == ItemState::Missing {
            found.push(missing_item(context, year, item, &pages));
            continue;
        }
        for topic in pages.iter().filter(|t| !t.is_published()) {
            found.push(missing_topic(context, year, item, topic));
        }
        for month in unstated_months(context, year, item, &pages) {
            found.push(month.of_item(year, item.id.to_string()));
        }
        for check in &disclosure.checks {
            let Some(element) = item.elements.get(check.element) else {
                continue;
            };
            let serving: Vec<&TopicPage> = pages
                .iter()
                .copied()
                .filter(|t| t.is_published() && t.serves(element))
                .collect();
            let (code, severity) = match (&check.state, disclosure.advisory) {
                // Told for its whole topic.
                (ElementState::Missing, _) if serving.is_empty() => continue,
                (ElementState::Missing | ElementState::Doubtful, true) => {
                    ("element-advised", Severity::Advice)
                }
                (ElementState::Missing, false) => ("element-missing", Severity::Error),
                (ElementState::Doubtful, false) => ("element-doubtful", Severity::Warning),
                (
                    ElementState::Shown(_)
                    | ElementState::NoneStated { .. }
                    | ElementState::NotNeeded,
                    _,
                ) => continue,
            };
            // The record that lacks something is where it is mended.
            let causes = records::causes(context, year, element, &serving);
            if causes.is_empty() {
                found.push(one(context, year, item, element, &serving, code));
            }
            for mut cause in causes {
                cause.diagnostic.severity = severity;
                found.push(cause.of_item(year, item.id.to_string()));
            }
        }
    }
}

/// A list of purchases is monthly even where no element of the item speaks of
/// months. There an empty month makes the item doubtful.
fn unstated_months(
    context: &Context<'_>,
    year: u16,
    item: &Item,
    pages: &[&TopicPage],
) -> Vec<Finding> {
    let asked = |e: &Element| e.fields().any(|f| f == "month");
    let shown = |t: &&TopicPage| t.has_data && shows_purchases(&t.topic);
    if item.elements.iter().any(asked) || !pages.iter().any(shown) {
        return Vec::new();
    }
    let fiscal_year = Site::record_year(year, item.period_kind);
    let mut found = records::empty_months(context.site, fiscal_year, item.period_kind);
    for one in &mut found {
        one.diagnostic.severity = Severity::Warning;
    }
    found
}

/// The file in which a topic is written, or would be.
pub fn file_of(context: &Context<'_>, year: u16, topic: &TopicPage) -> Place {
    match context.site.topic_text(year, topic) {
        Some(text) => Place::file(text.file.clone()),
        None => Place::file(format!("{FOLDER}/{year}/{}.md", topic.topic)),
    }
}

fn missing_item(context: &Context<'_>, year: u16, item: &Item, pages: &[&TopicPage]) -> Finding {
    let finding = finding(
        "item-missing",
        format!("{} {} ยังไม่เผยแพร่", item.id, item.title_th),
        format!("{} {} is not published", item.id, item.title_en),
    )
    .of_item(year, item.id.to_string());
    let Some(topic) = pages.first() else {
        return finding;
    };
    let place = file_of(context, year, topic);
    let file = &place.file;
    let finding = if item.elements.iter().all(Element::allows_none) {
        finding.hint(
            format!("สร้าง {file} หรือถ้าไม่มีจริงให้เขียนในไฟล์นั้นว่า none = {{ text = \"…\", date = … }}"),
            format!("write {file}; where there truly is nothing, say in it none = {{ text = \"…\", date = … }}"),
        )
    } else {
        finding.hint(
            format!("สร้าง {file} แล้วแสดงองค์ประกอบให้ครบ ข้อนี้ตอบว่าไม่มีไม่ได้"),
            format!("write {file} with every element; that there is none is no answer here"),
        )
    };
    finding.at(place)
}

fn missing_topic(context: &Context<'_>, year: u16, item: &Item, topic: &TopicPage) -> Finding {
    let (th, en) = context.site.topic(&topic.topic).map_or_else(
        || (topic.topic.to_string(), topic.topic.to_string()),
        |t| (t.title_th.clone(), t.title_en.clone()),
    );
    finding(
        "topic-missing",
        format!("{} ยังขาดหน้า “{th}”", item.id),
        format!("{} lacks the page “{en}”", item.id),
    )
    .of_item(year, item.id.to_string())
    .at(file_of(context, year, topic))
    .hint(
        format!(
            "สร้างไฟล์ {}.md หรือถ้าหน้าใดครอบคลุมทั้งข้อแล้ว ให้ใส่ item = \"{}\" ในส่วนหัวของหน้านั้น",
            topic.topic, item.id
        ),
        format!(
            "write {}.md; where one page covers the whole item, say item = \"{}\" in its head",
            topic.topic, item.id
        ),
    )
}

fn one(
    context: &Context<'_>,
    year: u16,
    item: &Item,
    element: &Element,
    serving: &[&TopicPage],
    code: &'static str,
) -> Finding {
    let (th, en) = match code {
        "element-missing" => ("ขาดองค์ประกอบ", "lacks"),
        "element-doubtful" => ("ต้องให้คนตรวจว่ามี", "needs a person to see"),
        _ => ("ควรมี", "should have"),
    };
    let mut one = finding(
        code,
        format!("{} {th}: {}", item.id, element.th),
        format!("{} {en}: {}", item.id, element.en),
    )
    .of_item(year, item.id.to_string());
    if let Some(topic) = serving.first() {
        one = one.at(file_of(context, year, topic));
    }
    let id = &element.id;
    let mut th = format!("เมื่อแสดงแล้ว ให้บอกตำแหน่งในส่วนหัวของหน้า: shows = {{ {id} = \"#ชื่อตำแหน่ง\" }}");
    let mut en = format!(
        "once it is shown, name its place in the head of the page: shows = {{ {id} = \"#place\" }}"
    );
    if element.allows_none() {
        th.push_str(&format!(
            " หรือถ้าไม่มีจริง: none = {{ element = \"{id}\", text = \"…\", date = … }}"
        ));
        en.push_str(&format!(
            "; or if there is none: none = {{ element = \"{id}\", text = \"…\", date = … }}"
        ));
    }
    one.hint(th, en)
}
