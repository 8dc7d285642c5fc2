//! What the printed documents leave unsaid: a year, a number, an address.

use crate::check::text::leading;
use crate::content::measures::{MeasureRow, Point};
use crate::site::Site;
use crate::site::measures::MeasuresDocument;

use super::{Found, field, file_of, finding, name_of};

pub fn check(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    let year = document.year;
    for row in &file.rows {
        let name = name_of(file, row, None);
        // Where the year is written in full, `ม.ค. – ก.ย. 2568` is usual.
        if let Some(period) = &row.period
            && !has_full_year(&period.raw)
            && let Some(start) = period.guessed_start
        {
            let raw = &period.raw;
            found.push(
                finding(
                    "period-without-start-year",
                    format!("ระยะเวลา “{raw}” ของ “{name}” ไม่บอกปีที่เริ่ม"),
                    format!("the period “{raw}” of “{name}” does not say in which year it starts"),
                )
                .at(row.place.clone())
                .hint(
                    format!("เขียนปีไว้ทั้งสองข้าง ถ้าเริ่มปี {start} ให้เขียน {start} หลังเดือนแรก"),
                    format!("write a year on both sides; if it is {start}, write {start} after the first month"),
                )
                .of_year(year),
            );
        }
        for evidence in &row.evidence {
            if evidence.to.is_none() && evidence.path.is_none() {
                let title = &evidence.title;
                found.push(
                    finding(
                        "evidence-not-shown",
                        format!("หลักฐาน “{title}” ของ “{name}” มีแต่ชื่อ เปิดดูไม่ได้"),
                        format!(
                            "the evidence “{title}” of “{name}” is a name only; nobody can open it"
                        ),
                    )
                    .at(evidence.place.clone())
                    .of_year(year),
                );
            }
        }
    }
    for (name, points) in FIELDS {
        unnumbered(document, &file.rows, name, *points, found);
    }
    let number = file.memo.as_ref().and_then(|memo| memo.number.as_deref());
    if let Some(number) = number.filter(|number| number.trim_end().ends_with('/')) {
        found.push(
            finding(
                "memo-number-open",
                format!("เลขที่หนังสือ “{number}” ยังไม่มีเลขลำดับหลังเครื่องหมาย /"),
                format!("the number of the memo, “{number}”, has nothing after the /"),
            )
            .at(field(site, &file_of(document), &["memo", "number"]))
            .of_year(year),
        );
    }
}

fn has_full_year(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('๐'..='๙').contains(&c);
    text.split(|c| !is_digit(c))
        .any(|run| run.chars().count() == 4)
}

type Points = fn(&MeasureRow) -> &Vec<Point>;

const FIELDS: &[(&str, Points)] = &[
    ("steps", |row| &row.steps),
    ("result", |row| &row.result),
    ("outcome", |row| &row.outcome),
];
/// So many rows must number a single entry before one without is odd.
const LEAST_NUMBERED: usize = 3;

/// Rows whose one entry has no number where that of nearly all others has one.
fn unnumbered(
    document: &MeasuresDocument,
    rows: &[MeasureRow],
    name: &str,
    points: Points,
    found: &mut Found,
) {
    let has_number = |point: &Point| point.no.is_some() || leading(&point.text).is_some();
    let single = rows.iter().filter_map(|row| match points(row).as_slice() {
        [point] => Some((row, has_number(point))),
        _ => None,
    });
    let (with, without): (Vec<_>, Vec<_>) = single.partition(|(_, numbered)| *numbered);
    if with.len() < LEAST_NUMBERED || without.len() * 2 > with.len() {
        return;
    }
    for (row, _) in without {
        let count = with.len();
        found.push(
            finding(
                "number-left-out",
                format!("{name} ของแถวนี้ไม่มีเลขข้อ ขณะที่อีก {count} แถวมี"),
                format!("`{name}` of this row has no number, while {count} others have one"),
            )
            .at(row.place.clone())
            .of_year(document.year),
        );
    }
}
