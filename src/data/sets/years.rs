//! The items of a year with their states, its result, and which item each
//! topic was in each year.

use crate::site::dates::item_updated;
use crate::site::{ElementState, ItemState, Site};
use crate::thai::Date;

use super::super::{Field, Kind, Set, Table, Value};
use super::{first_page, set, target_url, url};

const ITEMS: &[Field] = &[
    Field::new(
        "assessment_year_be",
        "ปี",
        "Assessment year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("item", "ข้อ", "Item", Kind::Text)
        .required()
        .wide(8),
    Field::new("group", "ตัวชี้วัดย่อย", "Sub-indicator", Kind::Text).wide(10),
    Field::new("title", "รายการ", "Title", Kind::Text)
        .required()
        .wide(40),
    Field::new("title_en", "รายการ (อังกฤษ)", "Title (English)", Kind::Text).wide(40),
    Field::new("state", "สถานะ", "State", Kind::Choice(&ItemState::IDS)).required(),
    Field::new(
        "elements_shown",
        "องค์ประกอบที่แสดงแล้ว",
        "Elements shown",
        Kind::Integer,
    )
    .required(),
    Field::new("elements", "องค์ประกอบทั้งหมด", "Elements", Kind::Integer).required(),
    Field::new("url", "ที่อยู่", "Address", Kind::Url)
        .required()
        .wide(50),
    Field::new("updated", "ปรับปรุงล่าสุด", "Updated", Kind::Date),
];

const ELEMENT_STATES: Kind =
    Kind::Choice(&["shown", "none-stated", "not-needed", "doubtful", "missing"]);

const ELEMENTS: &[Field] = &[
    Field::new(
        "assessment_year_be",
        "ปี",
        "Assessment year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("item", "ข้อ", "Item", Kind::Text)
        .required()
        .wide(8),
    Field::new("element", "รหัสองค์ประกอบ", "Element", Kind::Text)
        .required()
        .wide(20),
    Field::new("text", "องค์ประกอบ", "What is to be shown", Kind::Text)
        .required()
        .wide(44),
    Field::new(
        "text_en",
        "องค์ประกอบ (อังกฤษ)",
        "What is to be shown (English)",
        Kind::Text,
    )
    .wide(44),
    Field::new("state", "สถานะ", "State", ELEMENT_STATES).required(),
    Field::new("url", "ตำแหน่งที่แสดง", "Where it is shown", Kind::Url).wide(50),
    Field::new(
        "statement",
        "คำชี้แจงว่าไม่มี",
        "Statement that there is none",
        Kind::Text,
    ),
];

const RESULT: &[Field] = &[
    Field::new(
        "assessment_year_be",
        "ปี",
        "Assessment year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("kind", "ชนิด", "Kind", Kind::Choice(&["indicator", "total"])).required(),
    Field::new("indicator", "ตัวชี้วัด", "Indicator", Kind::Integer),
    Field::new("title", "ชื่อ", "Title", Kind::Text)
        .required()
        .wide(36),
    Field::new("title_en", "ชื่อ (อังกฤษ)", "Title (English)", Kind::Text).wide(36),
    Field::new(
        "instrument",
        "เครื่องมือ",
        "Instrument",
        Kind::Choice(&["IIT", "EIT", "OIT"]),
    ),
    Field::new("score", "คะแนน", "Score", Kind::Number).required(),
    Field::new("level", "ระดับผล", "Level", Kind::Text),
    Field::new("announced", "วันที่ประกาศผล", "Announced", Kind::Date),
];

const CROSSWALK: &[Field] = &[
    Field::new("topic", "รหัสเรื่อง", "Topic", Kind::Text).required(),
    Field::new("title", "เรื่อง", "Title", Kind::Text)
        .required()
        .wide(40),
    Field::new("title_en", "เรื่อง (อังกฤษ)", "Title (English)", Kind::Text).wide(40),
    Field::new(
        "assessment_year_be",
        "ปี",
        "Assessment year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("item", "ข้อ", "Item", Kind::Text)
        .required()
        .wide(8),
    Field::new("url", "หน้าของเรื่อง", "Page of the topic", Kind::Url).wide(50),
];

pub fn of_year(site: &Site, year: u16) -> Vec<Set> {
    let (Some(of_year), Some(catalogue)) = (site.years.get(&year), site.catalogue(year)) else {
        return Vec::new();
    };
    let mut items = Vec::new();
    let mut elements = Vec::new();
    let mut newest: Option<Date> = None;
    for disclosure in &of_year.disclosures {
        let Some(item) = catalogue.items.get(disclosure.item) else {
            continue;
        };
        let updated = item_updated(site, year, disclosure.item);
        newest = newest.max(updated);
        items.push(vec![
            year.into(),
            item.id.to_string().into(),
            (&item.group).into(),
            (&item.title_th).into(),
            (&item.title_en).into(),
            disclosure.state.id().into(),
            disclosure.satisfied().into(),
            disclosure.checks.len().into(),
            url(site, &disclosure.address).into(),
            updated.into(),
        ]);
        for check in &disclosure.checks {
            let Some(element) = item.elements.get(check.element) else {
                continue;
            };
            let (state, place, statement) = match &check.state {
                ElementState::Shown(spots) => ("shown", spots.first().map(|s| &s.target), None),
                ElementState::NoneStated { text, spot, .. } => {
                    ("none-stated", Some(&spot.target), Some(text.clone()))
                }
                ElementState::NotNeeded => ("not-needed", None, None),
                ElementState::Doubtful => ("doubtful", None, None),
                ElementState::Missing => ("missing", None, None),
            };
            elements.push(vec![
                year.into(),
                item.id.to_string().into(),
                (&element.id).into(),
                (&element.th).into(),
                (&element.en).into(),
                state.into(),
                place.and_then(|t| target_url(site, t)).into(),
                statement.into(),
            ]);
        }
    }
    let page = first_page(site, &[format!("{year}/")]);
    let mut sets = vec![
        Set {
            table: Table::of(ITEMS, items),
            key: &["assessment_year_be", "item"],
            as_of: newest,
            page: page.clone(),
            ..set(
                "items",
                Some(year),
                ("รายการ OIT และสถานะ", "OIT items and their states"),
                (
                    "ทุกข้อของปี สถานะ ที่อยู่ และวันที่ปรับปรุงล่าสุด",
                    "Every item of the year with its state, address and newest date",
                ),
            )
        },
        Set {
            table: Table::of(ELEMENTS, elements),
            key: &["assessment_year_be", "item", "element"],
            as_of: newest,
            page,
            ..set(
                "elements",
                Some(year),
                ("องค์ประกอบของแต่ละข้อ", "Required elements of each item"),
                (
                    "องค์ประกอบที่แต่ละข้อต้องแสดง และตำแหน่งที่แสดง",
                    "What each item has to show, and where it is shown",
                ),
            )
        },
    ];
    sets.extend(result(site, year));
    sets
}

fn result(site: &Site, year: u16) -> Option<Set> {
    let record = &site.content.years.get(&year)?.record;
    let scores = record.result.as_ref()?;
    let announced = record.announced.as_ref().map(|d| d.value);
    let catalogue = site.catalogue(year)?;
    let mut rows: Vec<Vec<Value>> = scores
        .scores
        .iter()
        .filter_map(|(n, score)| {
            let indicator = catalogue.indicator(&n.to_string())?;
            Some(vec![
                year.into(),
                "indicator".into(),
                (*n).into(),
                (&indicator.title_th).into(),
                (&indicator.title_en).into(),
                indicator.instrument.id().into(),
                score.value.into(),
                Value::Empty,
                announced.into(),
            ])
        })
        .collect();
    if let Some(total) = &scores.total {
        rows.push(vec![
            year.into(),
            "total".into(),
            Value::Empty,
            "คะแนนรวม".into(),
            "Total".into(),
            Value::Empty,
            total.value.into(),
            scores.level.clone().into(),
            announced.into(),
        ]);
    }
    (!rows.is_empty()).then(|| Set {
        table: Table::of(RESULT, rows),
        as_of: announced,
        page: first_page(site, &[format!("{year}/#result")]),
        ..set(
            "ita-result",
            Some(year),
            ("ผลการประเมิน ITA", "ITA result"),
            (
                "คะแนน ITA รายตัวชี้วัดและคะแนนรวมของปี",
                "The year's ITA scores by indicator, and in all",
            ),
        )
    })
}

pub fn crosswalk(site: &Site) -> Set {
    let catalogues = &site.content.catalogues;
    let mut rows = Vec::new();
    for topic in &catalogues.topics {
        for year in catalogues.years.keys() {
            let Some(item) = catalogues.item_of_topic(*year, &topic.id) else {
                continue;
            };
            let page = site.topic_page(*year, &topic.id).map(|t| &t.address);
            rows.push(vec![
                (&*topic.id).into(),
                (&topic.title_th).into(),
                (&topic.title_en).into(),
                (*year).into(),
                item.id.to_string().into(),
                page.map(|a| url(site, a)).into(),
            ]);
        }
    }
    Set {
        table: Table::of(CROSSWALK, rows),
        key: &["topic", "assessment_year_be"],
        page: first_page(site, &["archive/#crosswalk".to_string()]),
        ..set(
            "crosswalk",
            None,
            ("เรื่องเดียวกันอยู่ข้อใดในแต่ละปี", "Item of each topic in each year"),
            (
                "เลขข้อ OIT เปลี่ยนเกือบทุกปี ตารางนี้เทียบเรื่องเดียวกันข้ามปี",
                "Item numbers change nearly every year; this tells which is which",
            ),
        )
    }
}
