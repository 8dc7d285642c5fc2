//! Purchases that can't be right: one written twice, a price of nothing or
//! above what was set for it, a contract of another month.

use std::collections::HashMap;

use crate::catalogue::Item;
use crate::content::ledger::Purchase;
use crate::fields::Written;
use crate::site::Site;
use crate::thai::{Baht, Month, fold_key};

use super::finding::{Finding, finding};

pub fn check(site: &Site, item: &Item, year: u16) -> Vec<Finding> {
    let fiscal = Site::record_year(year, item.period_kind);
    let Some(procurement) = site.procurement.get(&fiscal) else {
        return Vec::new();
    };
    let rows: Vec<&Purchase> = procurement
        .rows
        .iter()
        .filter(|r| item.period_kind.asks_for(r.month))
        .collect();
    let mut found = of_other_months(&rows);
    let mut first_of: HashMap<[String; 6], &Purchase> = HashMap::new();
    for row in rows {
        if let Some(first) = first_of.get(&told_apart(row)) {
            found.push(
                finding(
                    "repeated-purchase",
                    format!("“{}” มีสองแถวที่เหมือนกันทุกช่องสำคัญ", short(&row.item_name)),
                    format!(
                        "“{}” stands in two rows that say the same",
                        short(&row.item_name)
                    ),
                )
                .at(row.place.clone())
                .label(first.place.clone(), "อีกแถวหนึ่ง", "the other row"),
            );
        } else {
            first_of.insert(told_apart(row), row);
        }
        if is_cancelled(row) {
            continue;
        }
        found.extend(above_limit(row));
        if row.agreed_price.as_ref().is_some_and(|p| p.value.0 == 0) {
            found.push(
                finding(
                    "purchase-of-nothing",
                    format!("“{}” มีราคาที่ตกลงเป็น 0 บาท", short(&row.item_name)),
                    format!("the agreed price of “{}” is 0 baht", short(&row.item_name)),
                )
                .at(row.place.clone()),
            );
        }
    }
    found
}

fn is_cancelled(row: &Purchase) -> bool {
    row.status.as_deref().is_some_and(|s| s.contains("ยกเลิก"))
}

/// Words of a note on a price.
const EXPLAINS: &[&str] = &["ราคา", "วงเงิน", "งบประมาณ"];

/// An agreed price above the reference price, or above what may be spent,
/// which weighs more.
fn above_limit(row: &Purchase) -> Option<Finding> {
    let agreed = row.agreed_price.as_ref()?;
    let is_passed = |limit: &&Written<Baht>| limit.value.0 > 0 && agreed.value.0 > limit.value.0;
    let budget = row
        .purchase_budget
        .as_ref()
        .or(row.allocated_budget.as_ref());
    let (limit, th, en) = [
        (budget, "วงเงินงบประมาณ", "the budget"),
        (
            row.reference_price.as_ref(),
            "ราคากลาง",
            "the reference price",
        ),
    ]
    .into_iter()
    .find_map(|(limit, th, en)| Some((limit.filter(is_passed)?, th, en)))?;
    // Who explains it knows of it.
    let note = row.note.as_deref().unwrap_or_default();
    if EXPLAINS.iter().any(|word| note.contains(word)) {
        return None;
    }
    let (agreed, limit) = (agreed.value, limit.value);
    let name = short(&row.item_name);
    Some(
        finding(
            "price-above-limit",
            format!("“{name}” ตกลงราคา {agreed} บาท สูงกว่า{th} {limit} บาท"),
            format!("the agreed price of “{name}”, {agreed} baht, is above {en} of {limit} baht"),
        )
        .at(row.place.clone()),
    )
}

/// An agency that has more contracts than this share (one in so many) in other
/// months files its purchases by another day.
const FEW_OF: usize = 4;

/// Contracts that were not made in the month under which they stand.
fn of_other_months(rows: &[&Purchase]) -> Vec<Finding> {
    let both = rows.iter().filter_map(|row| {
        let day = row.contract_date.as_ref()?;
        Some((*row, row.month?, day))
    });
    let (mut all, mut found) = (0, Vec::new());
    for (row, month, day) in both {
        all += 1;
        if is_cancelled(row) || Month::of(day.value) == month {
            continue;
        }
        let name = short(&row.item_name);
        found.push(
            finding(
                "contract-of-other-month",
                format!(
                    "“{name}” อยู่ในเดือน{} แต่สัญญาลงวันที่ {}",
                    month.thai_long(),
                    day.value.thai_long()
                ),
                format!(
                    "“{name}” stands under {}, but its contract is of {}",
                    month.english_long(),
                    day.value.english_long()
                ),
            )
            .at(row.place.clone()),
        );
    }
    if found.len() * FEW_OF > all {
        found.clear();
    }
    found
}

/// What two purchases must differ in: the month, what was bought, from whom,
/// for how much, under which contract and project.
fn told_apart(row: &Purchase) -> [String; 6] {
    let text = |text: &Option<String>| text.as_deref().map(fold_key).unwrap_or_default();
    [
        row.month.map(|m| m.thai_long()).unwrap_or_default(),
        fold_key(&row.item_name),
        text(&row.supplier),
        row.agreed_price
            .as_ref()
            .map(|p| p.value.to_string())
            .unwrap_or_default(),
        text(&row.contract_no),
        text(&row.egp_project_no),
    ]
}

fn short(name: &str) -> String {
    crate::content::markdown::shorten(name, 60)
}
