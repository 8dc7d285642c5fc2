//! Purchases: all rows of a year, each month's, and what they add up to.

use std::collections::BTreeMap;

use crate::content::ledger::{Category, Purchase};
use crate::site::Site;
use crate::site::ledgers::Procurement;

use super::super::{Book, Field, Kind, Set, Table, Value};
use super::{first_page, set};

const ROWS: &[Field] = &[
    Field::new("item_id", "รหัสรายการ", "Row id", Kind::Text)
        .required()
        .wide(15),
    Field::new(
        "fiscal_year_be",
        "ปีงบประมาณ",
        "Fiscal year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("month", "เดือน", "Month", Kind::Month),
    Field::new("title", "ชื่อรายการ", "What was bought", Kind::Text)
        .required()
        .wide(44),
    Field::new(
        "category",
        "ประเภท",
        "Category",
        Kind::Choice(&["goods", "works", "services"]),
    ),
    Field::new(
        "allocated_budget_thb",
        "วงเงินที่ได้รับจัดสรร (บาท)",
        "Allocated budget (baht)",
        Kind::Money,
    ),
    Field::new(
        "budget_thb",
        "วงเงินที่จะซื้อหรือจ้าง (บาท)",
        "Budget of the purchase (baht)",
        Kind::Money,
    ),
    Field::new(
        "budget_source",
        "แหล่งที่มาของงบประมาณ",
        "Source of the budget",
        Kind::Text,
    ),
    Field::new("status", "สถานะ", "Status", Kind::Text).wide(15),
    Field::new("method", "วิธีการ", "Method", Kind::Text)
        .required()
        .wide(18),
    Field::new(
        "reference_price_thb",
        "ราคากลาง (บาท)",
        "Reference price (baht)",
        Kind::Money,
    ),
    Field::new(
        "agreed_price_thb",
        "ราคาที่ตกลง (บาท)",
        "Agreed price (baht)",
        Kind::Money,
    ),
    Field::new(
        "bidders",
        "ผู้เสนอราคาและราคาที่เสนอ",
        "Bidders and their prices",
        Kind::Text,
    ),
    Field::new("supplier_name", "ผู้ได้รับการคัดเลือก", "Supplier", Kind::Text),
    Field::new("reason", "เหตุผลที่คัดเลือก", "Reason", Kind::Text),
    Field::new("contract_no", "เลขที่สัญญา", "Contract number", Kind::Text).wide(16),
    Field::new("contract_date", "วันที่ของสัญญา", "Contract date", Kind::Date),
    Field::new(
        "egp_project_no",
        "เลขที่โครงการ e-GP",
        "e-GP project number",
        Kind::Text,
    )
    .wide(15),
    Field::new("unit", "หน่วยงาน", "Unit", Kind::Text),
    Field::new("note", "หมายเหตุ", "Note", Kind::Text),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

const MONTHS: &[Field] = &[
    Field::new(
        "fiscal_year_be",
        "ปีงบประมาณ",
        "Fiscal year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("month", "เดือน", "Month", Kind::Month).required(),
    Field::new("purchases", "จำนวนรายการ", "Purchases", Kind::Integer),
    Field::new(
        "agreed_price_thb",
        "ราคาที่ตกลง (บาท)",
        "Agreed prices (baht)",
        Kind::Money,
    ),
    Field::new(
        "none_stated",
        "คำชี้แจงว่าไม่มี",
        "Statement that there were none",
        Kind::Text,
    )
    .wide(44),
    Field::new("none_stated_on", "วันที่ชี้แจง", "Stated on", Kind::Date),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

const METHODS: &[Field] = &[
    Field::new(
        "fiscal_year_be",
        "ปีงบประมาณ",
        "Fiscal year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("method", "วิธีการ", "Method", Kind::Text)
        .required()
        .wide(30),
    Field::new("purchases", "จำนวนรายการ", "Purchases", Kind::Integer).required(),
    Field::new(
        "agreed_price_thb",
        "ราคาที่ตกลง (บาท)",
        "Agreed prices (baht)",
        Kind::Money,
    )
    .required(),
    Field::new(
        "share_percent",
        "ร้อยละของมูลค่า",
        "Share of the value (%)",
        Kind::Number,
    ),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

/// Ids that stay when rows are added: the e-GP number where it is whole and
/// only this row has it, else the year and the row's place in it.
pub fn ids(procurement: &Procurement) -> Vec<String> {
    let number = |row: &Purchase| {
        let digits = crate::thai::to_arabic(row.egp_project_no.as_deref()?).into_owned();
        let is_whole = digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit());
        is_whole.then_some(digits)
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for digits in procurement.rows.iter().filter_map(number) {
        *seen.entry(digits).or_default() += 1;
    }
    procurement
        .rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            number(row)
                .filter(|digits| seen.get(digits) == Some(&1))
                .unwrap_or_else(|| format!("{}-{:04}", procurement.fiscal_year, at + 1))
        })
        .collect()
}

pub fn category(category: Category) -> &'static str {
    match category {
        Category::Goods => "goods",
        Category::Works => "works",
        Category::Services => "services",
    }
}

fn row(procurement: &Procurement, id: &str, r: &Purchase) -> Vec<Value> {
    let money = |b: &Option<crate::fields::Written<crate::thai::Baht>>| {
        Value::from(b.as_ref().map(|b| b.value))
    };
    vec![
        id.into(),
        procurement.fiscal_year.into(),
        r.month.into(),
        (&r.item_name).into(),
        r.category.map(category).into(),
        money(&r.allocated_budget),
        money(&r.purchase_budget),
        r.budget_source.clone().into(),
        r.status.clone().into(),
        (&r.method).into(),
        money(&r.reference_price),
        money(&r.agreed_price),
        r.bidders.clone().into(),
        r.supplier.clone().into(),
        r.reason.clone().into(),
        r.contract_no.clone().into(),
        r.contract_date.as_ref().map(|d| d.value).into(),
        r.egp_project_no
            .as_ref()
            .map(|e| crate::thai::to_arabic(e).into_owned())
            .into(),
        r.unit.clone().into(),
        r.note.clone().into(),
        procurement.as_of.into(),
    ]
}

pub fn all(site: &Site, procurement: &Procurement) -> Vec<Set> {
    let fy = procurement.fiscal_year;
    let ids = ids(procurement);
    let page = first_page(site, &[format!("{fy}/procurement/")]);
    let as_of = procurement.as_of;
    let mut sets = vec![
        Set {
            table: Table::of(
                ROWS,
                procurement
                    .rows
                    .iter()
                    .zip(&ids)
                    .map(|(r, id)| row(procurement, id, r))
                    .collect(),
            ),
            key: &["item_id"],
            as_of,
            page: page.clone(),
            book: Book::Purchases(fy),
            ..set(
                "procurement",
                Some(fy),
                ("รายการจัดซื้อจัดจ้าง", "Purchases"),
                (
                    "ทุกรายการจัดซื้อจัดจ้างของปีงบประมาณ ไฟล์ XLSX มีแบบ 16 คอลัมน์ และแบบ สขร.1 ทุกเดือน",
                    "Every purchase of the fiscal year; the workbook has the form of 16 columns, and form SKR 1 for each month",
                ),
            )
        },
        Set {
            table: Table::of(
                MONTHS,
                procurement
                    .months
                    .iter()
                    .map(|m| {
                        let said = site
                            .content
                            .years
                            .get(&fy)
                            .and_then(|y| {
                                y.record
                                    .no_purchases
                                    .iter()
                                    .find(|n| n.month == Some(m.month))
                            })
                            .filter(|_| m.none.is_some());
                        let known = !m.rows.is_empty() || said.is_some();
                        vec![
                            fy.into(),
                            m.month.into(),
                            known.then_some(m.rows.len()).into(),
                            if known {
                                Value::Money(m.total)
                            } else {
                                Value::Empty
                            },
                            said.map(|s| s.text.clone()).into(),
                            said.and_then(|s| s.date.as_ref()).map(|d| d.value).into(),
                            as_of.into(),
                        ]
                    })
                    .collect(),
            ),
            key: &["month"],
            totals: &["purchases", "agreed_price_thb"],
            as_of,
            page: page.as_ref().map(|p| format!("{p}#months")),
            ..set(
                "procurement-months",
                Some(fy),
                ("การจัดซื้อจัดจ้างรายเดือน", "Purchases by month"),
                (
                    "จำนวนและราคาที่ตกลงในแต่ละเดือน และคำชี้แจงของเดือนที่ไม่มีรายการ",
                    "How many purchases and for how much in each month, and the statements for months without any",
                ),
            )
        },
        Set {
            table: Table::of(
                METHODS,
                procurement
                    .methods()
                    .into_iter()
                    .map(|(method, count, sum)| {
                        vec![
                            fy.into(),
                            method.into(),
                            count.into(),
                            Value::Money(sum),
                            crate::thai::percent(sum, procurement.total()).into(),
                            as_of.into(),
                        ]
                    })
                    .collect(),
            ),
            key: &["fiscal_year_be", "method"],
            totals: &["purchases", "agreed_price_thb"],
            as_of,
            page: page.as_ref().map(|p| format!("{p}#methods")),
            ..set(
                "procurement-methods",
                Some(fy),
                ("การจัดซื้อจัดจ้างตามวิธี", "Purchases by method"),
                (
                    "จำนวนและราคาที่ตกลงตามวิธีจัดซื้อจัดจ้าง",
                    "How many purchases and for how much by each method",
                ),
            )
        },
    ];
    for month in procurement.months.iter().filter(|m| !m.rows.is_empty()) {
        let key = month.month.key();
        let name = month.month.thai_long().replace('\u{a0}', " ");
        let english = month.month.english_long().replace('\u{a0}', " ");
        let of_month = |i: &usize| {
            let row_of = procurement.rows.get(*i)?;
            Some(row(procurement, ids.get(*i)?, row_of))
        };
        sets.push(Set {
            table: Table::of(ROWS, month.rows.iter().filter_map(of_month).collect()),
            key: &["item_id"],
            as_of,
            page: first_page(site, &[format!("{fy}/procurement/{key}/")]),
            book: Book::Month(fy, month.month.fiscal_index()),
            ..set(
                &format!("procurement-{key}"),
                Some(fy),
                (
                    &format!("สขร.1 เดือน{name}"),
                    &format!("Form SKR 1, {english}"),
                ),
                (
                    "รายการจัดซื้อจัดจ้างของเดือน ไฟล์ XLSX เป็นแบบ สขร.1",
                    "The purchases of a month; the workbook is form SKR 1",
                ),
            )
        });
    }
    sets
}
