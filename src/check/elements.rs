//! Every item of the year against its required elements.

use std::collections::BTreeMap;

use crate::catalogue::{Element, Item, TopicKind};
use crate::content::FOLDER;
use crate::diagnostic::{Place, Say, Severity};
use crate::fields::split_front_matter;
use crate::site::prove::{absent_records, shows_purchases};
use crate::site::{ElementState, ItemState, Site, TopicPage};

use super::context::Context;
use super::finding::{Finding, Found, finding};
use super::{objections, places, records};

pub fn check(context: &Context<'_>, found: &mut Found) {
    for &year in &context.years {
        check_year(context, year, found);
    }
}

fn check_year(context: &Context<'_>, year: u16, found: &mut Found) {
    let site = context.site;
    let Some(of_year) = site.years.get(&year) else {
        found.push(missing_year(context, year).of_year(year));
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
        let hollow = hollow_tables(context, year, item, &pages);
        if !hollow.is_empty() {
            for one in hollow {
                found.push(one.of_item(year, item.id.to_string()));
            }
            continue;
        }
        for topic in pages.iter().filter(|t| !t.is_published()) {
            found.push(missing_topic(context, year, item, topic, &pages));
        }
        for month in unstated_months(context, year, item, &pages) {
            found.push(month.of_item(year, item.id.to_string()));
        }
        let mut of_records: BTreeMap<String, Vec<Unshown<'_>>> = BTreeMap::new();
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
            let mut causes = records::causes(context, year, element, &serving);
            let told = |o| objections::told(context, item, element, o);
            causes.extend(check.objections.iter().filter_map(told));
            if causes.is_empty() {
                let absent = |t: &&TopicPage| absent_records(site, year, t, element);
                let unshown = Unshown {
                    element,
                    finding: one(context, year, item, element, &serving, code),
                    severity,
                };
                match serving.iter().find_map(absent) {
                    Some(file) => of_records.entry(file).or_default().push(unshown),
                    None => found.push(unshown.finding),
                }
            }
            for mut cause in causes {
                cause.diagnostic.severity = severity;
                found.push(cause.of_item(year, item.id.to_string()));
            }
        }
        for (file, unshown) in of_records {
            found.extend(without_records(year, item, &file, unshown));
        }
    }
}

/// An element that nothing shows, and what is told of it.
struct Unshown<'s> {
    element: &'s Element,
    finding: Finding,
    severity: Severity,
}

/// Elements that a message names; of more it tells how many.
const MOST_NAMED: usize = 3;

/// One file of records would show all of these: it is told once, and not each
/// of them.
fn without_records(year: u16, item: &Item, file: &str, unshown: Vec<Unshown<'_>>) -> Vec<Finding> {
    let count = unshown.len();
    let Some(severity) = unshown
        .iter()
        .map(|u| u.severity)
        .min()
        .filter(|_| count > 1)
    else {
        return unshown.into_iter().map(|u| u.finding).collect();
    };
    let named = |word: fn(&Element) -> &str| {
        let some: Vec<&str> = unshown
            .iter()
            .take(MOST_NAMED)
            .map(|u| word(u.element))
            .collect();
        some.join("; ")
    };
    let (more_th, more_en) = match count.saturating_sub(MOST_NAMED) {
        0 => Default::default(),
        more => (format!(" และอีก {more} ข้อ"), format!(" and {more} more")),
    };
    let path = format!("{FOLDER}/{file}");
    // Measures are written as TOML alone.
    let (kinds_th, kinds_en) = match file.ends_with(".csv") {
        true => (
            " (เป็น .csv, .xlsx หรือ .toml ก็ได้)",
            " (.csv, .xlsx or .toml)",
        ),
        false => ("", ""),
    };
    let mut one = finding(
        "records-missing",
        format!(
            "ไม่มีไฟล์ {path} หรือไม่มีแถวที่อ่านได้ {} จึงไม่แสดงองค์ประกอบ {count} ข้อ: {}{more_th}",
            item.id,
            named(|e| &e.th)
        ),
        format!(
            "there is no {path}, or no row of it can be read, so {} shows {count} elements less: {}{more_en}",
            item.id,
            named(|e| &e.en)
        ),
    )
    .hint(
        format!("ใส่ข้อมูลในไฟล์ {path}{kinds_th} ถ้าตารางหรือไฟล์แนบในหน้านี้แสดงครบแล้ว ให้บอกตำแหน่งด้วย shows"),
        format!("put the records into {path}{kinds_en}; if a table or an attachment of the page shows them, name it with `shows`"),
    )
    .of_item(year, item.id.to_string());
    if let Some(place) = unshown
        .into_iter()
        .find_map(|u| u.finding.diagnostic.place.clone())
    {
        one = one.at(place);
    }
    one.diagnostic.severity = severity;
    vec![one]
}

fn missing_year(context: &Context<'_>, year: u16) -> Finding {
    let site = context.site;
    let folder = format!("{FOLDER}/{year}");
    let entries = site.files.list().entries;
    let there = entries
        .iter()
        .any(|e| e.path.as_str().starts_with(&format!("{folder}/")));
    if !there {
        return finding(
            "year-missing",
            format!("ไม่มีข้อมูลของปี {year} (โฟลเดอร์ {folder})"),
            format!("there is nothing of {year} (folder {folder})"),
        );
    }
    if site.catalogue(year).is_some() {
        return finding(
            "year-missing",
            format!("โฟลเดอร์ {folder} ยังไม่มีหน้าใดที่อ่านได้"),
            format!("the folder {folder} has no page yet that can be read"),
        )
        .at(Place::file(folder));
    }
    let known = site.content.catalogues.latest().map_or(0, |c| c.year);
    let say = Say::new(
        format!("ใช้ prongsai รุ่นใหม่ที่มีรายการของปี {year} หรือสร้าง {folder}/catalogue.toml ต่อจากปีล่าสุดที่มี:"),
        format!("use a newer prongsai that knows {year}, or write {folder}/catalogue.toml on the base of the newest list:"),
    )
    .typing(&format!("extends = {known}"));
    finding(
        "year-missing",
        format!("มีโฟลเดอร์ {folder} แล้ว แต่โปรแกรมยังไม่มีรายการ OIT ของปี {year}"),
        format!("the folder {folder} is there, but the program has no OIT list of {year}"),
    )
    .at(Place::file(format!("{folder}/catalogue.toml")))
    .hint(say.th, say.en)
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

/// Tables that are there and hold no row: told once, instead of each element
/// that their rows would show.
fn hollow_tables(
    context: &Context<'_>,
    year: u16,
    item: &Item,
    pages: &[&TopicPage],
) -> Vec<Finding> {
    let site = context.site;
    let entries = site.files.list().entries;
    let mut found: Vec<Finding> = Vec::new();
    for topic in pages {
        let of = Site::record_year(year, item.period_kind);
        let (stem, rows) = match topic.kind {
            TopicKind::Procurement if shows_purchases(&topic.topic) => (
                "procurement",
                site.procurement.get(&of).map_or(0, |p| p.rows.len()),
            ),
            TopicKind::ComplaintStatistics => (
                "complaints",
                site.complaints.get(&of).map_or(0, |c| c.rows.len()),
            ),
            _ => continue,
        };
        if rows > 0 {
            continue;
        }
        let is_it = |path: &&str| {
            ["csv", "xlsx", "toml"]
                .iter()
                .any(|e| **path == format!("{FOLDER}/{of}/{stem}.{e}"))
        };
        let Some(file) = entries.iter().map(|e| e.path.as_str()).find(is_it) else {
            continue;
        };
        let stated = stem == "procurement"
            && site.procurement.get(&of).is_some_and(|p| {
                p.empty_months(item.period_kind, site.options.today)
                    .next()
                    .is_none()
            });
        let place = Place::file(file);
        let told = found
            .iter()
            .any(|f| f.diagnostic.place.as_ref() == Some(&place));
        if !stated && !told {
            let one = match of_other_year(site, file) {
                Some((count, other)) => finding(
                    "empty-table",
                    format!("{}: ไฟล์ {file} มี {count} แถวของปีงบประมาณ {other} แต่ไม่มีแถวของปี {of}", item.id),
                    format!("{}: {file} has {count} rows of {other} in its column of fiscal years, and none of {of}", item.id),
                )
                .hint(
                    format!("แก้คอลัมน์ปีงบประมาณเป็น {of} หรือย้ายไฟล์ไปไว้ใน {FOLDER}/{other}"),
                    format!("correct the column of fiscal years to {of}, or move the file to {FOLDER}/{other}"),
                ),
                None => finding(
                    "empty-table",
                    format!(
                        "{}: ไฟล์ {file} ยังไม่มีรายการ องค์ประกอบที่แสดงจากไฟล์นี้จึงขาดทั้งหมด",
                        item.id
                    ),
                    format!(
                        "{}: {file} has no row yet, so every element that it would show is missing",
                        item.id
                    ),
                ),
            };
            let mut one = one.at(place);
            one.diagnostic.severity = Severity::Error;
            found.push(one);
        }
    }
    found
}

/// How many rows of a file are of another fiscal year, and of which.
fn of_other_year(site: &Site, file: &str) -> Option<(usize, u16)> {
    let purchases = site.procurement.iter().map(|(year, p)| {
        let rows = p.rows.iter().filter(|r| *r.place.file == *file);
        (rows.count(), *year)
    });
    let lines = site.budgets.iter().map(|(year, b)| {
        let lines = b.lines.iter().filter(|l| *l.place.file == *file);
        (lines.count(), *year)
    });
    purchases.chain(lines).max().filter(|(count, _)| *count > 0)
}

/// The file in which a topic is written, or would be.
pub fn file_of(context: &Context<'_>, year: u16, topic: &TopicPage) -> Place {
    match context.site.topic_text(year, topic) {
        Some(text) => Place::file(text.file.clone()),
        None => Place::file(format!("{FOLDER}/{year}/{}.md", topic.topic)),
    }
}

/// What stands in the way of a page whose file, or one like it, is there.
fn in_the_way(context: &Context<'_>, file: &str) -> Option<Say> {
    let site = context.site;
    let entries = site.files.list().entries;
    let has = |path: &str| entries.iter().any(|e| e.path.as_str() == path);
    if has(file) {
        let mut pages = site.content.years.values().flat_map(|y| y.pages.iter());
        let page = pages.find(|p| &*p.page.file == file);
        return Some(match page {
            Some(page) if !site.is_visible(&page.page) => Say::new(
                format!("ไฟล์ {file} เป็นฉบับร่าง ลบบรรทัด draft = true ในส่วนหัวเมื่อพร้อมเผยแพร่"),
                format!(
                    "{file} is a draft; delete the line draft = true in its head to publish it"
                ),
            ),
            Some(_) => Say::new(
                format!("ไฟล์ {file} ยังไม่มีเนื้อหา เขียนเนื้อหาให้ครบทุกองค์ประกอบ"),
                format!("{file} has no content yet; write it with every element"),
            ),
            None => Say::new(
                format!("มีไฟล์ {file} แล้ว แต่อ่านไม่ได้ แก้ตามข้อความอื่นของไฟล์นี้ก่อน"),
                format!(
                    "{file} is there but can't be read; mend what its other messages tell first"
                ),
            ),
        });
    }
    let stem = file.trim_end_matches("md");
    let other = entries.iter().map(|e| e.path.as_str()).find(|path| {
        let end = path.strip_prefix(stem).unwrap_or("").to_ascii_lowercase();
        matches!(
            end.as_str(),
            "md.txt"
                | "txt"
                | "docx"
                | "doc"
                | "odt"
                | "rtf"
                | "pdf"
                | "html"
                | "markdown"
                | "md.docx"
        )
    })?;
    let text = other.ends_with("txt") || other.ends_with("markdown");
    Some(if text {
        Say::new(
            format!("เปลี่ยนชื่อไฟล์ {other} เป็น {file} (ใน Windows ให้เปิดแสดงนามสกุลของชื่อไฟล์ก่อน)"),
            format!("rename {other} to {file} (in Windows, show file name extensions first)"),
        )
    } else {
        Say::new(
            format!(
                "{other} ไม่ใช่หน้าเว็บ คัดลอกเนื้อหาจากไฟล์นั้นไปวางใน {file} หรือย้ายไปไว้ในโฟลเดอร์ files แล้วแนบในหน้านั้น"
            ),
            format!(
                "{other} is no page; copy its text into {file}, or move it into the folder files and attach it there"
            ),
        )
    })
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
    if let Some(say) = in_the_way(context, file) {
        return finding.hint(say.th, say.en).at(place);
    }
    let finding = if item.elements.iter().all(Element::allows_none) {
        let none = Say::new(
            format!("สร้าง {file} หรือถ้าไม่มีจริงให้เขียนในไฟล์นั้น:"),
            format!("write {file}; where there truly is nothing, write in it:"),
        )
        .typing("+++\nnone = { text = \"…\", date = \"…\" }\n+++");
        finding.hint(none.th, none.en)
    } else {
        finding.hint(
            format!("สร้าง {file} แล้วแสดงองค์ประกอบให้ครบ ข้อนี้ตอบว่าไม่มีไม่ได้"),
            format!("write {file} with every element; that there is none is no answer here"),
        )
    };
    finding.at(place)
}

fn missing_topic(
    context: &Context<'_>,
    year: u16,
    item: &Item,
    topic: &TopicPage,
    pages: &[&TopicPage],
) -> Finding {
    let (th, en) = context.site.topic(&topic.topic).map_or_else(
        || (topic.topic.to_string(), topic.topic.to_string()),
        |t| (t.title_th.clone(), t.title_en.clone()),
    );
    let place = file_of(context, year, topic);
    let file = &place.file;
    let say = in_the_way(context, file).unwrap_or_else(|| {
        let say = Say::new(format!("สร้างไฟล์ {file}"), format!("write {file}"));
        let other = pages.iter().find(|t| t.is_published() && t.page.is_some());
        let Some(other) = other.map(|t| file_of(context, year, t).file) else {
            return say;
        };
        Say::new(
            format!(
                "{}\nหรือถ้าหน้า {other} ครอบคลุมทั้งข้อแล้ว ให้ใส่ในส่วนหัวของหน้านั้น:",
                say.th
            ),
            format!(
                "{}\nor, if {other} covers the whole item, write in its head:",
                say.en
            ),
        )
        .typing(&format!("item = \"{}\"", item.id))
    });
    finding(
        "topic-missing",
        format!("{} ยังขาดหน้า “{th}”", item.id),
        format!("{} lacks the page “{en}”", item.id),
    )
    .of_item(year, item.id.to_string())
    .hint(say.th, say.en)
    .at(place)
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
    if let Some(say) = of_agency(context.site, element, serving) {
        let place = places::field(context.site, SITE_FILE, &["agency"]);
        return one.at(place).hint(say.th, say.en);
    }
    let id = &element.id;
    let Some(topic) = serving.first() else {
        return one;
    };
    let place = file_of(context, year, topic);
    let shown = places::text_of(context.site, &place.file);
    let mut say = match shown.as_deref().map(|text| shows_with(text, id)) {
        // The program makes the page from data; its head needs a file.
        None => Say::new(
            format!(
                "เมื่อแสดงแล้ว ให้บอกตำแหน่งในไฟล์ {} (สร้างไฟล์ถ้ายังไม่มี):",
                place.file
            ),
            format!(
                "once it is shown, name its place in {} (a new file):",
                place.file
            ),
        )
        .typing(&format!("+++\n{}\n+++", shows_of(id, ""))),
        Some(Shows::None(line)) => Say::new(
            "เมื่อแสดงแล้ว ให้บอกตำแหน่งในส่วนหัวของหน้า:",
            "once it is shown, name its place in the head of the page:",
        )
        .typing(&line),
        Some(Shows::OneLine(line)) => Say::new(
            "เมื่อแสดงแล้ว ให้บอกตำแหน่งในส่วนหัวของหน้า โดยแก้บรรทัด shows เป็น:",
            "once it is shown, name its place in the head of the page: make its line shows",
        )
        .typing(&line),
        Some(Shows::Table(line)) => Say::new(
            "เมื่อแสดงแล้ว ให้บอกตำแหน่งใต้บรรทัด [shows] ในส่วนหัวของหน้า:",
            "once it is shown, name its place below the line [shows] in the head of the page:",
        )
        .typing(&line),
    };
    one = one.at(place);
    let heading = Say::new(
        format!("{}\nและพิมพ์หัวข้อที่แสดงเป็น:", say.th),
        format!("{}\nand write the heading that shows it as:", say.en),
    )
    .typing(&format!("## … {{#{id}}}"));
    say = heading;
    if element.allows_none() {
        let none = Say::new(
            format!("{}\nหรือถ้าไม่มีจริง ให้เขียนท้ายส่วนหัวแทน:", say.th),
            format!(
                "{}\nor, if there is none, write at the end of the head instead:",
                say.en
            ),
        );
        say = none.typing(&format!(
            "[[none]]\nelement = \"{id}\"\ntext = \"…\"\ndate = \"…\""
        ));
    }
    one.hint(say.th, say.en)
}

const SITE_FILE: &str = "content/site.toml";

/// What the page of contacts shows of the agency stands in site.toml.
fn of_agency(site: &Site, element: &Element, serving: &[&TopicPage]) -> Option<Say> {
    let of_contact = serving.iter().any(|t| t.kind == TopicKind::Contact);
    let field = element
        .fields()
        .find(|f| matches!(*f, "address" | "phone" | "email" | "map"))
        .filter(|_| of_contact)?;
    // It is there, and no address.
    if field == "email" && site.content.settings.agency.email.is_some() {
        return Some(Say::new(
            format!("แก้อีเมลใต้บรรทัด [agency] ใน {SITE_FILE} ให้เป็น ชื่อ@โดเมน"),
            format!("mend the e-mail below the line [agency] in {SITE_FILE}: name@domain"),
        ));
    }
    let say = Say::new(
        format!("เพิ่มใต้บรรทัด [agency] ใน {SITE_FILE}:"),
        format!("add below the line [agency] in {SITE_FILE}:"),
    );
    Some(say.typing(&format!("{field} = \"…\"")))
}

/// The line that names a place, and how it goes with what the head says yet.
enum Shows {
    None(String),
    OneLine(String),
    Table(String),
}

fn shows_of(id: &str, others: &str) -> String {
    format!("shows = {{ {others}{id} = \"#{id}\" }}")
}

fn shows_with(text: &str, id: &str) -> Shows {
    let head = split_front_matter(text).map_or(0..0, |parts| parts.toml);
    let mut lines = text.get(head).unwrap_or("").lines().map(str::trim);
    let Some(line) = lines.find(|l| {
        let name = l.split(['=', ']']).next().unwrap_or("");
        matches!(name.trim(), "shows" | "[shows")
    }) else {
        return Shows::None(shows_of(id, ""));
    };
    let inside = line
        .split_once('{')
        .and_then(|(_, rest)| rest.rsplit_once('}'))
        .map(|(inside, _)| inside.trim().trim_end_matches(','));
    match inside {
        Some("") => Shows::OneLine(shows_of(id, "")),
        Some(inside) => {
            // A place that was left empty is filled in.
            let others: Vec<&str> = parts_of(inside)
                .into_iter()
                .filter(|p| p.split('=').next().map(|k| k.trim().trim_matches('"')) != Some(id))
                .collect();
            let others: String = others.iter().map(|p| format!("{p}, ")).collect();
            Shows::OneLine(shows_of(id, &others))
        }
        None => Shows::Table(format!("{id} = \"#{id}\"")),
    }
}

/// The fields of an inline table; a comma in quotes or brackets parts nothing.
fn parts_of(inside: &str) -> Vec<&str> {
    let (mut quoted, mut depth) = (false, 0i32);
    inside
        .split(|c| {
            match c {
                '"' => quoted = !quoted,
                '[' if !quoted => depth += 1,
                ']' if !quoted => depth -= 1,
                _ => {}
            }
            c == ',' && !quoted && depth == 0
        })
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}
