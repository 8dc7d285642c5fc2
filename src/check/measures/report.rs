//! A report tells what was done about every measure, not again what was
//! planned.

use crate::catalogue::TopicKind;
use crate::content::measures::{Point, Status};
use crate::site::Site;
use crate::site::measures::{MeasuresDocument, RowView};
use crate::thai::{Date, normalise, only_tells_state};

use crate::content::FOLDER;

use super::similar::repeats;
use super::{Context, Finding, Found, finding, name_of, words};

pub fn check(context: &Context<'_>, document: &MeasuresDocument, found: &mut Found) {
    let site = context.site;
    left_out(site, document, found);
    let Some(file) = document.file(site) else {
        return;
    };
    for view in document.views(site) {
        let row = Row {
            name: name_of(file, view.own, view.measure),
            year: document.year,
            view,
        };
        repeats_plan(&row, found);
        still_plans(&row, found);
        only_status(&row, found);
        without_evidence(&row, found);
        late(&row, site.options.today, found);
    }
}

struct Row<'a> {
    view: RowView<'a>,
    name: String,
    year: u16,
}

impl Row<'_> {
    fn tell(&self, code: &'static str, th: String, en: String) -> Finding {
        finding(code, th, en)
            .at(self.view.own.place.clone())
            .of_year(self.year)
    }
}

/// Measures of the year that the report is on, without a row in it.
fn left_out(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some((year, left_out)) = document.left_out(site) else {
        return;
    };
    let measures = site
        .content
        .years
        .get(&year)
        .and_then(|y| y.measures.as_ref());
    let Some(file) = measures else {
        return;
    };
    for row in left_out.iter().filter_map(|index| file.rows.get(*index)) {
        let (name, of) = (name_of(file, row, None), document.year);
        let mut one = finding(
            "measure-without-report",
            format!("รายงานในโฟลเดอร์ {of} ไม่มีแถวของมาตรการ “{name}” ปี {year}"),
            format!("the report in folder {of} has no row on the measure “{name}” of {year}"),
        );
        if let Some(id) = &row.id {
            let file = format!("{FOLDER}/{of}/measures-report.toml");
            one = one.hint_typing(
                format!("เพิ่มท้ายไฟล์ {file} (status เป็น done, in-progress หรือ not-started ตามจริง):"),
                format!("add to the end of {file} (status is done, in-progress or not-started, as it is):"),
                &format!(
                    "[[report]]\nmeasure = \"{year}/{id}\"\nstatus = \"not-started\"\nresult = [\"…\"]"
                ),
            );
        }
        let item = site.years.get(&of).and_then(|y| {
            let topic = y
                .topics
                .iter()
                .find(|t| t.kind == TopicKind::MeasuresReport)?;
            site.item(of, topic.item)
        });
        let one = one.at(row.place.clone());
        found.push(match item {
            Some(item) => one.of_item(of, item.id.to_string()),
            None => one.of_year(of),
        });
    }
}

fn repeats_plan(row: &Row<'_>, found: &mut Found) {
    let (view, name) = (&row.view, &row.name);
    let (result, outcome) = (words(view.result()), words(view.outcome()));
    let plans = [view.steps(), view.approach()];
    if plans.iter().any(|plan| repeats(&words(plan), &result)) {
        found.push(row.tell(
            "result-repeats-plan",
            format!("ผลของ “{name}” เขียนเกือบเหมือนขั้นตอนที่วางแผนไว้"),
            format!("the result of “{name}” says nearly what was planned"),
        ));
    } else if repeats(&result, &outcome) {
        found.push(row.tell(
            "result-repeats-plan",
            format!("ผลลัพธ์ของ “{name}” เขียนเกือบเหมือนสรุปผลการดำเนินการ"),
            format!("the outcome of “{name}” says nearly what its result says"),
        ));
    }
}

/// A result that says no more than the status beside it.
fn only_status(row: &Row<'_>, found: &mut Found) {
    let (view, name) = (&row.view, &row.name);
    let texts = [
        (view.result(), "สรุปผล", "result"),
        (view.outcome(), "ผลลัพธ์", "outcome"),
    ];
    for (points, th, en) in texts {
        let text = words(points);
        if only_tells_state(&text) {
            let said = text.trim().replace('\n', " ");
            found.push(row.tell(
                "result-only-status",
                format!("{th}ของ “{name}” บอกเพียงว่า “{said}” ไม่บอกว่าทำอะไรและได้ผลอย่างไร"),
                format!(
                    "the {en} of “{name}” says only “{said}”, not what was done and what came of it"
                ),
            ));
            return;
        }
    }
}

fn still_plans(row: &Row<'_>, found: &mut Found) {
    let own = row.view.own;
    let Some(text) = own.result.iter().chain(&own.outcome).find_map(future_point) else {
        return;
    };
    let name = &row.name;
    let text = crate::content::markdown::shorten(&text, 60);
    found.push(row.tell(
        "result-still-plans",
        format!("ผลของ “{name}” ยังเขียนเป็นสิ่งที่ควรทำหรือจะทำ: “{text}”"),
        format!("the result of “{name}” still says what should or will be done: “{text}”"),
    ));
}

fn future_point(point: &Point) -> Option<String> {
    if is_future(&point.text) {
        return Some(point.text.clone());
    }
    point.points.iter().find_map(future_point)
}

/// How far from the start of a sentence its main verb is looked for, in
/// letters.
const REACH: usize = 30;
/// After these it is part of another word, or somebody else's words.
const NOT_AFTER: &[&str] = &["สม", "ที่", "อัน", "ตาม", "ว่า", "พอ", "เพื่อ", "ก่อน", "จน", "ให้"];
const NOT_BEFORE: &[&str] = &["แก่", "ค่า"];

/// Whether the main verb of a text is a wish or a plan.
fn is_future(text: &str) -> bool {
    let text = normalise(text);
    let text = text
        .trim_start_matches(|c: char| !c.is_alphabetic() || c.is_ascii())
        .trim_start_matches(|c: char| ('๐'..='๙').contains(&c) || c == '.' || c == ')' || c == ' ');
    ["เห็นควร", "จะดำเนินการ", "จะจัด", "ควร"].iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            let before = before.trim_end();
            before.chars().count() <= REACH
                && !NOT_AFTER.iter().any(|w| before.ends_with(w))
                && !NOT_BEFORE.iter().any(|w| after.starts_with(w))
        })
    })
}

fn without_evidence(row: &Row<'_>, found: &mut Found) {
    let (view, name) = (&row.view, &row.name);
    let narrative = view.narratives().next().is_some();
    if view.status() != Some(Status::Done) || !view.evidence().is_empty() || narrative {
        return;
    }
    found.push(row.tell(
        "done-without-evidence",
        format!("“{name}” แล้วเสร็จ แต่ไม่มีหลักฐานหรือคำบรรยายให้ดู"),
        format!("“{name}” is done, but there is neither evidence nor a text on it"),
    ));
}

/// Time is over, the measure is not done, and nothing says what comes next.
fn late(row: &Row<'_>, today: Date, found: &mut Found) {
    let (view, name) = (&row.view, &row.name);
    let open = matches!(view.status(), Some(Status::NotStarted | Status::InProgress));
    let explained = !view.recommendations().is_empty() || !view.note().is_empty();
    let ended = view
        .period()
        .filter(|p| p.problem.is_none())
        .and_then(|p| p.to)
        .filter(|to| *to < today);
    let (true, false, Some(to)) = (open, explained, ended) else {
        return;
    };
    found.push(row.tell(
        "measure-late",
        format!("“{name}” ครบกำหนด {} แล้ว แต่ยังไม่แล้วเสร็จ", to.thai_long()),
        format!("“{name}” was due by {} and is not done", to.english_long()),
    ));
}

#[cfg(test)]
mod tests {
    use super::is_future;

    #[test]
    fn a_wish_is_told_from_a_report() {
        for plan in [
            "๓. ควรมีที่ให้คะแนนความพอใจ",
            "- เทศบาลควรจัดให้มีช่องทาง",
            "เห็นควรดำเนินการต่อ",
            "1) จะดำเนินการในปีถัดไป",
        ] {
            assert!(is_future(plan), "{plan}");
        }
        for report in [
            "ติดป้ายครบ 12 หมู่บ้าน",
            "ร้อยละ 41 ตอบว่าควรเพิ่มป้าย",
            "ปรับปรุงตามที่เห็นสมควร",
            "ผลเป็นไปอย่างที่ควรจะเป็น",
            "แจ้งก่อนจะดำเนินการทุกครั้ง",
            "๑. มีคู่มือครบทุกกองแล้ว",
        ] {
            assert!(!is_future(report), "{report}");
        }
    }
}
