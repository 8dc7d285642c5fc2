//! The answers that the agency gives in ITAS for each item: has or has not,
//! the addresses, how to get there from the home page, and where each element
//! is. Ready to be copied or handed to whoever fills in the form.

use crate::data::{Column, Sheet};
use crate::diagnostic::{Lang, Severity};
use crate::render::Renderer;
use crate::render::links::encode_path;
use crate::site::address::Target;
use crate::site::currency::Weight;
use crate::site::{ElementState, ItemState, Site, Spot};

use super::blame::items;
use super::finding::Finding;
use super::rules::Family;

/// One item's answer, in Thai: the language of the form.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `O18`.
    pub code: String,
    pub title: String,
    /// มี or ไม่มี.
    pub has: bool,
    pub state: ItemState,
    /// Whole addresses, the item's own first.
    pub urls: Vec<String>,
    /// The click path of each address.
    pub paths: Vec<String>,
    /// Where each element is, a line each.
    pub explanation: Vec<String>,
    /// What is to be seen to before this is handed in, for the agency alone.
    pub before: Vec<String>,
}

/// The answers of a year; none for a year without a folder. What the check
/// found against an item stands with what is to be done before.
pub fn answers(renderer: &Renderer, year: u16, findings: &[Finding]) -> Vec<Answer> {
    let site = &renderer.site;
    let Some(of_year) = site.years.get(&year) else {
        return Vec::new();
    };
    let url = |address: &str| format!("{}/{}", site.base_url, encode_path(address));
    let mut all = Vec::new();
    for disclosure in &of_year.disclosures {
        let Some(item) = site.item(year, disclosure.item) else {
            continue;
        };
        // Who answers “has” with last year's page is marked down for it.
        let has = !matches!(disclosure.state, ItemState::Missing | ItemState::Outdated);
        let mut before = Vec::new();
        match disclosure.state {
            ItemState::Outdated => before.push("หน้าเป็นของปีอื่น ปรับให้เป็นของปีนี้ก่อนส่ง".to_string()),
            ItemState::Missing => before.push("ยังไม่มีหน้าของข้อนี้".to_string()),
            ItemState::Doubtful
                if disclosure
                    .signs
                    .iter()
                    .any(|s| s.weight == Weight::Doubtful) =>
            {
                before.push("ตรวจว่าเป็นข้อมูลของปีนี้ครบทุกช่วง".to_string());
            }
            _ => {}
        }
        let mut urls = Vec::new();
        let mut paths = Vec::new();
        let pages = disclosure
            .topics
            .iter()
            .filter_map(|i| of_year.topics.get(*i))
            .filter(|t| has && t.is_published());
        let own = std::iter::once(disclosure.address.clone()).filter(|_| has);
        for address in own.chain(pages.map(|t| t.address.clone())) {
            let whole = url(&address);
            if urls.contains(&whole) {
                continue;
            }
            if let Some(route) = site.routes.get(&address)
                && let Some(path) = renderer.click_path(route, Lang::Th)
            {
                paths.push(path);
            }
            urls.push(whole);
        }
        let explanation: Vec<String> = disclosure
            .checks
            .iter()
            .filter_map(|check| {
                let element = item.elements.get(check.element)?;
                let place = |spot: &Spot| place_of(&spot.target, &url);
                let where_ = match &check.state {
                    ElementState::Shown(spots) => spots.first().and_then(place).unwrap_or_default(),
                    ElementState::NoneStated { text, date, spot } => {
                        let date = date.as_ref().map(|d| format!(" ({d})")).unwrap_or_default();
                        let at = place(spot).unwrap_or_default();
                        format!("แจ้งว่าไม่มี: {text}{date} {at}")
                    }
                    ElementState::NotNeeded => return None,
                    ElementState::Doubtful => {
                        before.push(format!("ตรวจด้วยตาว่ามี: {}", element.th));
                        return None;
                    }
                    ElementState::Missing => {
                        if disclosure.state != ItemState::Missing {
                            before.push(format!("ยังขาด: {}", element.th));
                        }
                        return None;
                    }
                };
                Some(format!("{}: {}", element.th, where_.trim()))
            })
            .collect();
        let code = item.id.to_string();
        before.extend(against(site, year, &code, findings));
        all.push(Answer {
            code,
            title: item.title_th.clone(),
            has,
            state: disclosure.state,
            urls,
            paths,
            explanation,
            before,
        });
    }
    all
}

/// Errors and doubts of the check that stand against an item; its elements
/// are told by themselves.
fn against(site: &Site, year: u16, code: &str, findings: &[Finding]) -> Vec<String> {
    let is_against = |f: &&Finding| {
        let of_elements = f.rule.is_some_and(|rule| rule.family == Family::Elements);
        let item = (year, code.to_string());
        f.diagnostic.severity == Severity::Error
            && !of_elements
            && items(site, &[year], f).contains(&item)
    };
    let told = findings.iter().filter(is_against).map(|f| {
        let place = f.diagnostic.place.as_ref();
        let file = place.map(|p| format!(" ({})", p.file)).unwrap_or_default();
        format!("แก้: {}{file}", f.diagnostic.message.th)
    });
    told.collect()
}

fn place_of(target: &Target, url: &dyn Fn(&str) -> String) -> Option<String> {
    match target {
        Target::Page { address, anchor } => {
            let anchor = anchor.as_ref().map(|a| format!("#{}", encode_path(a)));
            Some(url(address) + &anchor.unwrap_or_default())
        }
        Target::File { path } => Some(url(path)),
        Target::Outside(address) => Some(address.clone()),
        Target::Same { .. } => None,
    }
}

/// The answers as a table for spreadsheet programs.
pub fn sheet(agency: &str, year: u16, answers: &[Answer]) -> Sheet {
    let column = |heading: &str, width| Column {
        heading: heading.into(),
        width,
    };
    Sheet {
        name: format!("OIT {year}"),
        titles: vec![format!(
            "คำตอบแบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT) ปี {year} {agency}"
        )],
        columns: vec![
            column("ข้อ", 6),
            column("รายการ", 34),
            column("มี/ไม่มี", 9),
            column("URL", 44),
            column("เส้นทางจากหน้าแรก", 44),
            column("คำอธิบาย (ตำแหน่งขององค์ประกอบ)", 60),
            column("ต้องทำก่อนส่ง (ไม่ต้องกรอกในระบบ)", 40),
        ],
        rows: answers
            .iter()
            .map(|answer| {
                vec![
                    (&answer.code).into(),
                    (&answer.title).into(),
                    if answer.has {
                        "มี"
                    } else {
                        "ไม่มี"
                    }
                    .into(),
                    answer.urls.join("\n").into(),
                    answer.paths.join("\n").into(),
                    answer.explanation.join("\n").into(),
                    answer.before.join("\n").into(),
                ]
            })
            .collect(),
        ..Sheet::default()
    }
}
