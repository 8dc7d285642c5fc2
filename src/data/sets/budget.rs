//! Budget lines, and spending by plan group.

use crate::site::Site;
use crate::site::ledgers::{Amounts, Budget};

use super::super::{Field, Kind, Set, Table, Value};
use super::{set, topic_of_records};

const LINES: &[Field] = &[
    Field::new(
        "fiscal_year_be",
        "ปีงบประมาณ",
        "Fiscal year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("area", "ด้าน", "Area", Kind::Text),
    Field::new("plan_group", "แผนงาน", "Plan group", Kind::Text).required(),
    Field::new("work", "งาน", "Work", Kind::Text),
    Field::new("budget_type", "งบ", "Budget type", Kind::Text).wide(15),
    Field::new("item", "รายการ", "Item", Kind::Text)
        .required()
        .wide(44),
    Field::new("unit", "หน่วยงาน", "Unit", Kind::Text),
    Field::new(
        "approved_thb",
        "งบประมาณอนุมัติ (บาท)",
        "Approved (baht)",
        Kind::Money,
    )
    .required(),
    Field::new(
        "transfer_thb",
        "โอนเพิ่ม/ลด (บาท)",
        "Transferred (baht)",
        Kind::Money,
    ),
    Field::new(
        "adjusted_thb",
        "งบประมาณหลังโอน (บาท)",
        "After transfers (baht)",
        Kind::Money,
    )
    .required(),
    Field::new(
        "spent_q1_thb",
        "จ่ายจริงไตรมาส 1 (บาท)",
        "Spent in quarter 1 (baht)",
        Kind::Money,
    ),
    Field::new(
        "spent_q2_thb",
        "จ่ายจริงไตรมาส 2 (บาท)",
        "Spent in quarter 2 (baht)",
        Kind::Money,
    ),
    Field::new(
        "spent_q3_thb",
        "จ่ายจริงไตรมาส 3 (บาท)",
        "Spent in quarter 3 (baht)",
        Kind::Money,
    ),
    Field::new(
        "spent_q4_thb",
        "จ่ายจริงไตรมาส 4 (บาท)",
        "Spent in quarter 4 (baht)",
        Kind::Money,
    ),
    Field::new("spent_thb", "จ่ายจริงรวม (บาท)", "Spent (baht)", Kind::Money),
    Field::new("source", "แหล่งเงิน", "Source of money", Kind::Text),
    Field::new("note", "หมายเหตุ", "Note", Kind::Text),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

const SPENDING: &[Field] = &[
    Field::new(
        "fiscal_year_be",
        "ปีงบประมาณ",
        "Fiscal year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("area", "ด้าน", "Area", Kind::Text),
    Field::new("plan_group", "แผนงาน", "Plan group", Kind::Text)
        .required()
        .wide(36),
    Field::new(
        "approved_thb",
        "งบประมาณอนุมัติ (บาท)",
        "Approved (baht)",
        Kind::Money,
    )
    .required(),
    Field::new(
        "transfer_thb",
        "โอนเพิ่ม/ลด (บาท)",
        "Transferred (baht)",
        Kind::Money,
    )
    .required(),
    Field::new(
        "adjusted_thb",
        "งบประมาณหลังโอน (บาท)",
        "After transfers (baht)",
        Kind::Money,
    )
    .required(),
    Field::new(
        "spent_q1_thb",
        "จ่ายจริงไตรมาส 1 (บาท)",
        "Spent in quarter 1 (baht)",
        Kind::Money,
    ),
    Field::new(
        "spent_q2_thb",
        "จ่ายจริงไตรมาส 2 (บาท)",
        "Spent in quarter 2 (baht)",
        Kind::Money,
    ),
    Field::new(
        "spent_q3_thb",
        "จ่ายจริงไตรมาส 3 (บาท)",
        "Spent in quarter 3 (baht)",
        Kind::Money,
    ),
    Field::new(
        "spent_q4_thb",
        "จ่ายจริงไตรมาส 4 (บาท)",
        "Spent in quarter 4 (baht)",
        Kind::Money,
    ),
    Field::new("spent_thb", "จ่ายจริงรวม (บาท)", "Spent (baht)", Kind::Money),
    Field::new("left_thb", "คงเหลือ (บาท)", "Left (baht)", Kind::Money),
    Field::new("spent_percent", "ร้อยละที่ใช้จ่าย", "Spent (%)", Kind::Number),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

const MONEY: &[&str] = &[
    "approved_thb",
    "transfer_thb",
    "adjusted_thb",
    "spent_q1_thb",
    "spent_q2_thb",
    "spent_q3_thb",
    "spent_q4_thb",
    "spent_thb",
    "left_thb",
];

/// Nothing is known to be spent while no quarter is.
fn spent(amounts: &Amounts) -> Option<i64> {
    (amounts.quarters.iter().any(Option::is_some)).then(|| amounts.spent(4))
}

fn money(satang: Option<i64>) -> Value {
    satang.map_or(Value::Empty, Value::Money)
}

pub fn lines(site: &Site, budget: &Budget) -> Set {
    let fy = budget.fiscal_year;
    Set {
        table: Table::of(
            LINES,
            budget
                .lines
                .iter()
                .map(|line| {
                    let own = Amounts::of([line]);
                    let [q1, q2, q3, q4] = own.quarters.map(money);
                    vec![
                        fy.into(),
                        line.area.clone().into(),
                        (&line.plan_group).into(),
                        line.work.clone().into(),
                        line.budget_type.clone().into(),
                        (&line.item).into(),
                        line.unit.clone().into(),
                        line.approved.into(),
                        line.transfer.into(),
                        Value::Money(own.adjusted()),
                        q1,
                        q2,
                        q3,
                        q4,
                        money(spent(&own)),
                        line.source.clone().into(),
                        line.note.clone().into(),
                        budget.as_of.into(),
                    ]
                })
                .collect(),
        ),
        totals: MONEY,
        as_of: budget.as_of,
        page: topic_of_records(
            site,
            fy,
            &[
                "spending-plan",
                "spending-progress",
                "spending-annual-report",
            ],
        ),
        ..set(
            "budget",
            Some(fy),
            ("งบประมาณรายจ่ายและการใช้จ่าย", "Budget lines and spending"),
            (
                "รายการตามงบประมาณรายจ่ายประจำปี ยอดอนุมัติ ยอดโอน และยอดจ่ายจริงรายไตรมาส",
                "Each line of the year's budget: approved, transferred, and spent by quarter",
            ),
        )
    }
}

pub fn spending(site: &Site, budget: &Budget) -> Set {
    let fy = budget.fiscal_year;
    Set {
        table: Table::of(
            SPENDING,
            budget
                .groups
                .iter()
                .map(|group| {
                    let amounts = &group.amounts;
                    let [q1, q2, q3, q4] = amounts.quarters.map(money);
                    let paid = spent(amounts);
                    vec![
                        fy.into(),
                        group.area.clone().into(),
                        (&group.name).into(),
                        Value::Money(amounts.approved),
                        Value::Money(amounts.transfer),
                        Value::Money(amounts.adjusted()),
                        q1,
                        q2,
                        q3,
                        q4,
                        money(paid),
                        money(paid.map(|p| amounts.adjusted().saturating_sub(p))),
                        paid.and_then(|_| amounts.percent_spent(4)).into(),
                        budget.as_of.into(),
                    ]
                })
                .collect(),
        ),
        key: &["fiscal_year_be", "plan_group"],
        totals: MONEY,
        as_of: budget.as_of,
        page: topic_of_records(
            site,
            fy,
            &[
                "spending-annual-report",
                "spending-progress",
                "spending-plan",
            ],
        ),
        ..set(
            "spending",
            Some(fy),
            ("แผนและจ่ายจริงตามแผนงาน", "Budget and spending by plan group"),
            (
                "งบประมาณ ยอดโอน และยอดจ่ายจริงรายไตรมาส รวมตามแผนงาน",
                "Budget, transfers and spending by quarter, added up by plan group",
            ),
        )
    }
}
