//! Counts of complaints by month and kind. Never their words.

use crate::content::ledger::ComplaintKind;
use crate::site::Site;
use crate::site::ledgers::Complaints;

use super::super::{Field, Kind, Set, Table, Value};
use super::{set, topic_of_records};

const COUNTS: &[Field] = &[
    Field::new(
        "fiscal_year_be",
        "ปีงบประมาณ",
        "Fiscal year (B.E.)",
        Kind::Integer,
    )
    .required(),
    Field::new("month", "เดือน", "Month", Kind::Month).required(),
    Field::new(
        "kind",
        "ประเภท",
        "Kind",
        Kind::Choice(&["corruption", "general"]),
    )
    .required(),
    Field::new("received", "รับเรื่อง", "Received", Kind::Integer),
    Field::new("finished", "แล้วเสร็จ", "Finished", Kind::Integer),
    Field::new(
        "in_progress",
        "อยู่ระหว่างดำเนินการ",
        "In progress",
        Kind::Integer,
    ),
    Field::new("hidden", "ปกปิดจำนวน", "Counts hidden", Kind::Flag).required(),
    Field::new("note", "หมายเหตุ", "Note", Kind::Text),
    Field::new("as_of", "ข้อมูล ณ วันที่", "As of", Kind::Date),
];

pub fn counts(site: &Site, complaints: &Complaints) -> Set {
    let fy = complaints.fiscal_year;
    let any_hidden = complaints.hidden.contains(&true);
    Set {
        table: Table::of(
            COUNTS,
            complaints
                .shown()
                .map(|(r, hidden)| {
                    let count = |n: Option<i64>| Value::from(n.filter(|_| !hidden));
                    vec![
                        fy.into(),
                        r.month.into(),
                        match r.kind {
                            ComplaintKind::Corruption => "corruption",
                            ComplaintKind::General => "general",
                        }
                        .into(),
                        count(r.received),
                        count(r.finished),
                        count(r.in_progress),
                        hidden.into(),
                        // It may say what the hidden counts are.
                        r.note.clone().filter(|_| !hidden).into(),
                        complaints.as_of.into(),
                    ]
                })
                .collect(),
        ),
        key: &["month", "kind"],
        // The sum of what is shown would be less than what came.
        totals: if any_hidden {
            &[]
        } else {
            &["received", "finished", "in_progress"]
        },
        as_of: complaints.as_of,
        page: topic_of_records(site, fy, &["complaint-statistics"]),
        ..set(
            "complaints",
            Some(fy),
            ("สถิติเรื่องร้องเรียน", "Complaint counts"),
            (
                "จำนวนเรื่องร้องเรียนรายเดือน แยกเรื่องทุจริตและเรื่องทั่วไป เดือนที่ไม่มีเรื่องเป็น 0",
                "Complaints by month, of corruption and general; months without any are 0",
            ),
        )
    }
}
