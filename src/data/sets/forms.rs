//! Workbooks as staff know them: the rows with Thai headings, the yearly form
//! of sixteen columns, สขร.1.

use crate::content::ledger::Purchase;
use crate::site::Site;
use crate::site::ledgers::{MonthOfPurchases, Procurement};

use super::{Column, Field, Set, Sheet, Value};

fn column(heading: &str, width: u16) -> Column {
    Column {
        heading: heading.to_string(),
        width,
    }
}

/// A table as it is, with Thai headings and a line of totals.
pub fn rows(site: &Site, set: &Set) -> Sheet {
    let year = set.year.map_or_else(String::new, |y| format!(" ปี {y}"));
    let name: String = format!("{}{year}", set.title.th)
        .replace(['[', ']', ':', '*', '?', '/', '\\'], " ")
        .trim_matches('\'')
        .chars()
        .take(31)
        .collect();
    let as_of = set
        .as_of
        .map(|d| format!("ข้อมูล ณ {}", d.thai_long().replace('\u{a0}', " ")));
    let mut titles = vec![format!(
        "{}{year} {}",
        set.title.th, site.content.settings.agency.name.th
    )];
    titles.extend(as_of);
    Sheet {
        name: if name.trim().is_empty() {
            "ข้อมูล".into()
        } else {
            name
        },
        titles,
        columns: set
            .table
            .fields
            .iter()
            .map(|f: &Field| column(&f.th, f.width))
            .collect(),
        total: total(set),
        rows: set.table.rows.clone(),
        notes: Vec::new(),
    }
}

/// Adds up the fields that may be; none where nothing was added.
fn total(set: &Set) -> Option<Vec<Value>> {
    let mut any = false;
    let mut cells: Vec<Value> = set
        .table
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| {
            if !set.totals.contains(&&*field.name) || set.table.rows.is_empty() {
                return Value::Empty;
            }
            let mut sum = None;
            for row in &set.table.rows {
                sum = match (row.get(at), sum) {
                    (Some(Value::Money(n)), None) => Some(Value::Money(*n)),
                    (Some(Value::Integer(n)), None) => Some(Value::Integer(*n)),
                    (Some(Value::Money(n)), Some(Value::Money(s))) => {
                        Some(Value::Money(s.saturating_add(*n)))
                    }
                    (Some(Value::Integer(n)), Some(Value::Integer(s))) => {
                        Some(Value::Integer(s.saturating_add(*n)))
                    }
                    (_, sum) => sum,
                };
            }
            any |= sum.is_some();
            sum.unwrap_or_default()
        })
        .collect();
    if let Some(first) = cells.first_mut().filter(|c| c.is_empty()) {
        *first = "รวม".into();
    }
    any.then_some(cells)
}

fn money(amount: Option<&crate::fields::Written<crate::thai::Baht>>) -> Value {
    amount.map(|a| a.value).into()
}

/// The sixteen columns of the form that ITA asks for, headings and order as
/// in the form: “do not change the form”.
pub const ITA_COLUMNS: [(&str, u16); 16] = [
    ("ที่", 6),
    ("ปีงบประมาณ", 10),
    ("ชื่อหน่วยงาน", 22),
    ("อำเภอ", 14),
    ("จังหวัด", 14),
    ("กระทรวง", 18),
    ("ประเภทหน่วยงาน", 18),
    ("ชื่อรายการ", 40),
    ("วงเงินงบประมาณที่ได้รับจัดสรร", 18),
    ("แหล่งที่มาของงบประมาณ", 24),
    ("สถานะ", 15),
    ("วิธีการ", 16),
    ("ราคากลาง", 15),
    ("ราคาที่ตกลง", 15),
    ("ผู้ประกอบการที่ได้รับการคัดเลือก", 28),
    ("เลขที่โครงการ e-GP", 16),
];

/// The name of a place without the word for what it is, as the form has it in
/// the heading.
fn bare<'a>(name: &'a str, word: &str) -> &'a str {
    name.strip_prefix(word).unwrap_or(name).trim_start()
}

/// The yearly form, then สขร.1 of each month that has purchases or a statement
/// of none.
pub fn purchases(site: &Site, fy: u16) -> Vec<Sheet> {
    let Some(procurement) = site.procurement.get(&fy) else {
        return Vec::new();
    };
    let agency = &site.content.settings.agency;
    let district = agency
        .district
        .as_ref()
        .map(|d| bare(&d.th, "อำเภอ").to_string());
    let form = Sheet {
        name: format!("ITA {fy}"),
        titles: Vec::new(),
        columns: ITA_COLUMNS.iter().map(|(h, w)| column(h, *w)).collect(),
        rows: procurement
            .rows
            .iter()
            .enumerate()
            .map(|(at, r)| {
                vec![
                    (at + 1).into(),
                    fy.into(),
                    (&agency.name.th).into(),
                    district.clone().into(),
                    bare(&agency.province.th, "จังหวัด").into(),
                    agency.ministry.as_ref().map(|m| m.th.clone()).into(),
                    agency.kind.thai().into(),
                    (&r.item_name).into(),
                    money(r.allocated_budget.as_ref().or(r.purchase_budget.as_ref())),
                    r.budget_source.clone().into(),
                    r.status.clone().into(),
                    (&r.method).into(),
                    money(r.reference_price.as_ref()),
                    money(r.agreed_price.as_ref()),
                    r.supplier.clone().into(),
                    r.egp_project_no.clone().into(),
                ]
            })
            .collect(),
        ..Sheet::default()
    };
    let months = procurement
        .months
        .iter()
        .filter(|m| !m.rows.is_empty() || m.none.is_some())
        .map(|m| skr1(site, procurement, m));
    std::iter::once(form).chain(months).collect()
}

pub fn month(site: &Site, fy: u16, index: u8) -> Option<Sheet> {
    let procurement = site.procurement.get(&fy)?;
    let at = usize::from(index.checked_sub(1)?);
    Some(skr1(site, procurement, procurement.months.get(at)?))
}

/// แบบ สขร.1 (announcement of the Official Information Board on procurement
/// results): nine columns, one sheet a month.
fn skr1(site: &Site, procurement: &Procurement, month: &MonthOfPurchases) -> Sheet {
    let name = month.month.thai_long().replace('\u{a0}', " ");
    let rows: Vec<&Purchase> = month
        .rows
        .iter()
        .filter_map(|&i| procurement.rows.get(i))
        .collect();
    Sheet {
        name: format!("สขร.1 {}", month.month.thai_short().replace('\u{a0}', " ")),
        titles: vec![
            format!("สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน{name} (แบบ สขร.1)"),
            site.content.settings.agency.name.th.clone(),
        ],
        columns: [
            ("ลำดับที่", 8),
            ("งานที่จัดซื้อหรือจัดจ้าง", 40),
            ("วงเงินที่จะซื้อหรือจ้าง (บาท)", 16),
            ("ราคากลาง (บาท)", 16),
            ("วิธีซื้อหรือจ้าง", 16),
            ("รายชื่อผู้เสนอราคาและราคาที่เสนอ", 30),
            ("ผู้ได้รับการคัดเลือกและราคาที่ตกลงซื้อหรือจ้าง", 30),
            ("เหตุผลที่คัดเลือกโดยสรุป", 28),
            ("เลขที่และวันที่ของสัญญาหรือข้อตกลงในการซื้อหรือจ้าง", 26),
        ]
        .map(|(h, w)| column(h, w))
        .to_vec(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(at, r)| {
                let price = r.agreed_price.as_ref().map(|p| format!("{} บาท", p.value));
                let chosen: Vec<String> = r.supplier.iter().cloned().chain(price).collect();
                let date = r
                    .contract_date
                    .as_ref()
                    .map(|d| d.value.thai_short().replace('\u{a0}', " "));
                let contract: Vec<String> = r.contract_no.iter().cloned().chain(date).collect();
                vec![
                    r.no.clone().unwrap_or_else(|| (at + 1).to_string()).into(),
                    (&r.item_name).into(),
                    money(r.purchase_budget.as_ref().or(r.allocated_budget.as_ref())),
                    money(r.reference_price.as_ref()),
                    (&r.method).into(),
                    r.bidders.clone().into(),
                    chosen.join("\n").into(),
                    r.reason.clone().into(),
                    contract.join("\n").into(),
                ]
            })
            .collect(),
        total: (!rows.is_empty()).then(|| {
            let mut cells = vec![Value::Empty; 9];
            if let Some(cell) = cells.get_mut(1) {
                *cell = "รวมราคาที่ตกลง".into();
            }
            if let Some(cell) = cells.get_mut(6) {
                *cell = Value::Money(month.total);
            }
            cells
        }),
        notes: month
            .none
            .iter()
            .map(|(text, date)| match date {
                Some(date) => format!("{text} ({})", date.replace('\u{a0}', " ")),
                None => text.clone(),
            })
            .collect(),
    }
}
