//! A year's deadlines: of year.toml, then of its catalogue.

use crate::catalogue::Actor;
use crate::content::FOLDER;
use crate::diagnostic::Place;
use crate::site::hosts::path;
use crate::site::{ItemState, Site};
use crate::thai::{Date, fold_key};

use super::{Found, field, finding, last_day};

/// Days before a deadline that are near.
const NEAR: i64 = 14;

/// One deadline of a year, whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub th: String,
    pub en: Option<String>,
    pub from: Option<Date>,
    pub to: Date,
    /// It is for the agency itself to act.
    pub ours: bool,
    pub place: Place,
    /// Where it comes from: the catalogue's id, or `year`.
    pub source: String,
}

/// The deadlines of a year by their last day. One that year.toml names like
/// the catalogue stands in its place.
pub fn of(site: &Site, year: u16) -> Vec<Due> {
    let file = format!("{FOLDER}/{year}/year.toml");
    let mut all = Vec::new();
    let own = site.content.years.get(&year).map(|y| &y.record.deadlines);
    for deadline in own.into_iter().flatten() {
        let Some(to) = &deadline.to else { continue };
        all.push(Due {
            th: deadline.title.th.clone(),
            en: deadline.title.en.clone(),
            from: deadline.from.as_ref().map(|d| d.value),
            to: to.value,
            ours: deadline.actor == "agency",
            place: deadline.place.clone(),
            source: "year".into(),
        });
    }
    let catalogue = site.catalogue(year);
    for deadline in catalogue.into_iter().flat_map(|c| &c.deadlines) {
        let key = fold_key(&deadline.title_th);
        if all.iter().any(|d| fold_key(&d.th) == key) {
            continue;
        }
        let place = catalogue
            .and_then(|c| c.site_file.clone())
            .map_or_else(|| Place::file(file.as_str()), Place::file);
        all.push(Due {
            th: deadline.title_th.clone(),
            en: Some(deadline.title_en.clone()),
            from: Some(deadline.start),
            to: deadline.end,
            ours: deadline.actor == Actor::Agency,
            place,
            source: deadline.id.clone(),
        });
    }
    all.sort_by(|a, b| (a.to, &a.th).cmp(&(b.to, &b.th)));
    all
}

pub fn check(site: &Site, year: u16, found: &mut Found) {
    let today = site.options.today;
    let all = of(site, year);
    for due in all.iter().filter(|d| d.ours) {
        let days = due.to.days_since_epoch() - today.days_since_epoch();
        if !(0..=NEAR).contains(&days) {
            continue;
        }
        let en = due.en.as_ref().unwrap_or(&due.th);
        found.push(
            finding(
                "deadline-near",
                format!("อีก {days} วันครบกำหนด “{}” ({})", due.th, due.to.thai_long()),
                format!("“{en}” is due in {days} days ({})", due.to.english_long()),
            )
            .at(due.place.clone())
            .of_year(year),
        );
    }
    past(site, year, &all, found);
    survey_address(site, year, found);
    survey(site, year, found);
}

/// Whether the year is past or its result known, so that nothing can change
/// any more.
fn is_over(site: &Site, year: u16) -> bool {
    if last_day(year).is_some_and(|last| last < site.options.today) {
        return true;
    }
    let record = site.content.years.get(&year).map(|y| &y.record);
    record.is_some_and(|r| match &r.announced {
        Some(day) => day.value <= site.options.today,
        None => r.result.is_some(),
    })
}

/// The day to hand in: a deadline of the agency that speaks of the
/// disclosure, else the last one.
fn handing_in(all: &[Due]) -> Option<&Due> {
    let names = |due: &&Due| {
        ["OIT", "เปิดเผยข้อมูล", "แบบตรวจ", "แบบวัดการเปิดเผย"]
            .iter()
            .any(|w| due.th.contains(w))
            && !due.th.contains("ชี้แจง")
    };
    let ours = || all.iter().filter(|d| d.ours);
    ours().rfind(names).or_else(|| ours().next_back())
}

fn past(site: &Site, year: u16, all: &[Due], found: &mut Found) {
    let Some(due) = handing_in(all) else { return };
    let handed_in = site
        .content
        .years
        .get(&year)
        .is_some_and(|y| y.handed_in.is_some());
    if due.to >= site.options.today || handed_in || is_over(site, year) {
        return;
    }
    let missing: Vec<String> = site
        .years
        .get(&year)
        .into_iter()
        .flat_map(|y| &y.disclosures)
        .filter(|d| d.state == ItemState::Missing)
        .filter_map(|d| site.item(year, d.item))
        .map(|i| i.id.to_string())
        .collect();
    if missing.is_empty() {
        return;
    }
    let list = missing.join(", ");
    let en = due.en.as_ref().unwrap_or(&due.th);
    found.push(
        finding(
            "deadline-past",
            format!(
                "เลยกำหนด “{}” ({}) แล้ว แต่ยังไม่มี {} ข้อ: {list}",
                due.th,
                due.to.thai_long(),
                missing.len()
            ),
            format!(
                "“{en}” was due by {}, and {} items are missing: {list}",
                due.to.english_long(),
                missing.len()
            ),
        )
        .at(due.place.clone())
        .of_year(year),
    );
}

/// Paths of the survey's host, or any, at which no agency's survey stands.
const NO_SURVEY: &[&str] = &[
    "",
    "go",
    "go/eit",
    "home",
    "login",
    "index.html",
    "index.php",
];

/// An address that leads to the start of a host, where nobody finds the survey
/// of this agency.
fn survey_address(site: &Site, year: u16, found: &mut Found) {
    let record = site.content.years.get(&year).map(|y| &y.record);
    let Some(eit) = record.and_then(|record| record.eit.as_ref()) else {
        return;
    };
    // A start page may lead on by what stands after its path.
    if eit.url.contains(['?', '#']) || !NO_SURVEY.contains(&path(&eit.url).trim_matches('/')) {
        return;
    }
    let file = format!("{FOLDER}/{year}/year.toml");
    found.push(
        finding(
            "eit-without-code",
            format!("ที่อยู่แบบสำรวจ EIT “{}” ไม่มีรหัสของหน่วยงาน", eit.url),
            format!(
                "the address of the EIT survey, “{}”, has no code of the agency",
                eit.url
            ),
        )
        .at(field(site, &file, &["eit", "url"]))
        .of_year(year),
    );
}

/// The survey of citizens, while the year is the current one.
fn survey(site: &Site, year: u16, found: &mut Found) {
    if year != site.current_year || is_over(site, year) {
        return;
    }
    let file = format!("{FOLDER}/{year}/year.toml");
    let Some(eit) = site
        .content
        .years
        .get(&year)
        .and_then(|y| y.record.eit.as_ref())
    else {
        found.push(
            finding(
                "eit-missing",
                format!("ปี {year} ยังไม่มีที่อยู่แบบสำรวจ EIT ประชาชนจึงตอบจากเว็บไซต์ไม่ได้"),
                format!("{year} has no address of the EIT survey, so citizens can't answer it from the website"),
            )
            .at(Place::file(file.as_str()))
            .hint_typing(
                format!("คัดลอกรหัสจากระบบ ITAS มาใส่แทน … ใน {file}:"),
                format!("copy the code from ITAS for … into {file}:"),
                "[eit]\ncode = \"…\"",
            )
            .of_year(year),
        );
        return;
    };
    if let Some(closes) = eit.closes.as_ref().filter(|d| d.value < site.options.today) {
        let one = finding(
            "eit-closed",
            format!("แบบสำรวจ EIT ปี {year} ปิดรับเมื่อ {}", closes.value.thai_long()),
            format!(
                "the EIT survey of {year} closed on {}",
                closes.value.english_long()
            ),
        )
        .at(field(site, &file, &["eit", "closes"]))
        .of_year(year);
        found.push(match closes.value.fiscal_year() {
            of if of < year => one.hint(
                format!("วันปิดเป็นของปี {of}: แก้ opens และ closes ใน {file} เป็นวันของปี {year}"),
                format!(
                    "that day is of {of}: correct `opens` and `closes` in {file} to days of {year}"
                ),
            ),
            _ => one,
        });
    }
}
