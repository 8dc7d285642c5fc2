//! Evidence that shows nothing of its measure: one picture for all of them, or
//! the agency's logo; and rows whose parts contradict each other.

use crate::content::measures::{Evidence, Status};
use crate::diagnostic::{Lang, Severity};
use crate::site::Site;
use crate::site::address::Target;
use crate::site::measures::{MeasuresDocument, RowView};
use crate::site::refer::From;
use crate::site::vouch::is_logo;
use crate::thai::{fold_key, is_placeholder};

use super::{Found, file_of, finding, name_of, words};

pub fn check(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    logos(site, document, found);
    one_for_all(document, document.views(site), found);
    for view in document.views(site) {
        // A measure of the year's own document is told there.
        let name = || name_of(file, view.own, view.measure);
        let period = view.own.period.as_ref().map(|p| p.raw.as_str());
        if let Some(raw) = period.filter(|raw| names_no_time(raw)) {
            found.push(
                finding(
                    "period-without-time",
                    format!("ระยะเวลาของ “{}” เขียนเพียง “{raw}” ไม่บอกว่าเมื่อใด", name()),
                    format!(
                        "the period of “{}” is only “{raw}”, which tells no time",
                        name()
                    ),
                )
                .at(view.own.place.clone())
                .of_year(document.year),
            );
        }
        if document.is_report && view.status() == Some(Status::NotStarted) && tells_work(&view) {
            found.push(
                finding(
                    "not-started-with-result",
                    format!("“{}” มีสถานะยังไม่ดำเนินการ แต่เขียนผลการดำเนินการไว้", name()),
                    format!("“{}” is not started, and yet has a result", name()),
                )
                .at(view.own.place.clone())
                .of_year(document.year),
            );
        }
    }
}

/// What is written for a time where none was set.
const NO_TIME: &[&str] = &[
    "ตามความเหมาะสม",
    "ตามสมควร",
    "ตามความจำเป็น",
    "ตามโอกาส",
    "ตามแต่โอกาส",
    "ตลอดไป",
    "ไม่กำหนด",
    "ไม่มีกำหนด",
];

fn names_no_time(raw: &str) -> bool {
    let key = fold_key(raw);
    NO_TIME.iter().any(|words| fold_key(words) == key)
}

/// Words of what was not done, or is yet to be.
const NOT_YET: &[&str] = &[
    "ยังไม่",
    "ไม่ได้",
    "ไม่สามารถ",
    "ไม่มี",
    "รอ",
    "จะ",
    "เลื่อน",
    "ยกเลิก",
    "อยู่ระหว่าง",
    "ชะลอ",
    "not ",
];

/// Whether the row's own result tells of something that was done.
fn tells_work(view: &RowView<'_>) -> bool {
    let text = words(&view.own.result) + &words(&view.own.outcome);
    !is_placeholder(&text) && !NOT_YET.iter().any(|word| text.contains(word))
}

fn logos(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let file = file_of(document);
    let from = From {
        file: &file,
        year: document.year,
        lang: Lang::Th,
    };
    let all = document.views(site).flat_map(|view| &view.own.evidence);
    for evidence in all {
        let Some(reference) = evidence.path.as_ref().or(evidence.to.as_ref()) else {
            continue;
        };
        let target = site.resolve(reference, from).ok();
        if matches!(target, Some(Target::File { path }) if is_logo(site, &path)) {
            found.push(
                finding(
                    "evidence-of-nothing",
                    format!("หลักฐาน “{}” คือตราของหน่วยงาน", evidence.title),
                    format!("the evidence “{}” is the agency's logo", evidence.title),
                )
                .at(reference.place.clone())
                .of_year(document.year),
            );
        }
    }
}

/// Fewer rows may well share what shows them.
const FEW_ROWS: usize = 3;

/// One picture or file is all that any row has to show.
fn one_for_all<'v>(
    document: &MeasuresDocument,
    views: impl Iterator<Item = RowView<'v>>,
    found: &mut Found,
) {
    let shown: Vec<&[Evidence]> = views
        .map(|view| view.own.evidence.as_slice())
        .filter(|all| !all.is_empty())
        .collect();
    let file = |evidence: &Evidence| {
        evidence
            .path
            .as_ref()
            .or(evidence.to.as_ref())
            .map(|r| r.raw.clone())
    };
    let mut all = shown.iter().flat_map(|of_row| of_row.iter());
    let Some(first) = all.next() else {
        return;
    };
    let Some(raw) = file(first) else {
        return;
    };
    if shown.len() < FEW_ROWS || !all.all(|e| file(e).as_deref() == Some(&*raw)) {
        return;
    }
    let count = shown.len();
    let mut one = finding(
        "evidence-of-nothing",
        format!("ทั้ง {count} มาตรการใช้หลักฐานเดียวกัน ({raw})"),
        format!("all {count} measures have the same evidence ({raw})"),
    )
    .at(first.place.clone())
    .of_year(document.year);
    // One document may well tell of all of them.
    if !first.is_picture() {
        one.diagnostic.severity = Severity::Advice;
    }
    found.push(one);
}
