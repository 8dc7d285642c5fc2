//! The logic of measures and reports.

use prongsai::files::MemoryFiles;

use super::{assert_breaks, check, check_years, example, shown};
use crate::help::{SITE_TOML, folder, swap};

const MEASURES: &str = r#"[document]
title = "มาตรการ"
fiscal_year = 2568
analysed_year = 2567

[analysis]
total = 86.75
level = "ผ่าน"
scores = { 1 = 88.42, 2 = 79.65, 3 = 84.10, 4 = 77.85, 5 = 80.23, 6 = 84.36, 7 = 81.72, 8 = 83.52, 9 = 92.14, 10 = 93.75 }

[[measure]]
id = "inside"
indicators = [2, 3, 4, 5]
title = "ชี้แจงงบประมาณและทะเบียนทรัพย์สินแก่บุคลากร"
steps = ["ผู้อำนวยการกองคลังชี้แจงแก่พนักงานทุกคนปีละสองครั้ง"]
period = "ต.ค. 2567 – มี.ค. 2568"

[[measure]]
id = "outside"
indicators = [6, 7, 8]
title = "บอกผลการปรับปรุงแก่ประชาชนทุกชุมชน"
steps = ["ติดป้ายผลการปรับปรุงที่ตลาดสดและที่ทำการชุมชน"]
period = "ต.ค. 2567 – ก.ย. 2568"
"#;

const REPORT: &str = r#"[document]
title = "รายงานผล"
fiscal_year = 2568

[[report]]
measure = "inside"
status = "in-progress"
result = ["อบรมแล้ว 64 คน มีผู้ตอบแบบวัดความรู้ 58 คน"]
outcome = ["พนักงานรู้แผนใช้จ่ายร้อยละ 91"]
recommendations = ["ควรทำต่อในปี 2569"]

[[report]]
measure = "outside"
status = "done"
result = ["ป้าย 27 จุด เปลี่ยนทุกเดือนตั้งแต่มกราคม"]
outcome = ["ผู้ตอบร้อยละ 74 ทราบว่าเทศบาลแก้ไขอะไร"]
evidence = [{ title = "ภาพป้าย", url = "https://pictures.example/signs" }]
"#;

const FILE: &str = "content/2568/measures.toml";
const REPORT_FILE: &str = "content/2568/measures-report.toml";

fn good() -> MemoryFiles {
    let mut files = MemoryFiles::new();
    files.put("content/site.toml", SITE_TOML);
    files.put(FILE, MEASURES);
    files.put(REPORT_FILE, REPORT);
    files
}

fn but(path: &str, from: &str, to: &str) -> MemoryFiles {
    let mut files = good();
    swap(&mut files, path, from, to);
    files
}

fn line(text: &str, of: &str) -> usize {
    text[..text.find(of).expect("there")].matches('\n').count() + 1
}

#[track_caller]
fn breaks(code: &str, file: &str, at: &str, from: &str, to: &str) {
    let text = if file == FILE { MEASURES } else { REPORT };
    let place = format!("{file}:{}", line(text, at));
    assert_breaks(code, &place, &good(), &but(file, from, to));
}

#[test]
fn a_level_that_the_scores_do_not_reach_is_told() {
    breaks(
        "level-differs",
        FILE,
        "level =",
        "ผ่าน\"\nscores",
        "ผ่านดี\"\nscores",
    );
}

#[test]
fn the_level_of_a_years_result_is_compared_too() {
    let mut broken = example();
    swap(
        &mut broken,
        "content/2568/year.toml",
        "level = \"ผ่านดี\"",
        "level = \"ผ่าน\"",
    );
    assert_breaks(
        "level-differs",
        "content/2568/year.toml:38",
        &example(),
        &broken,
    );
}

#[test]
fn a_level_in_words_of_another_list_is_not_judged() {
    let files = but(FILE, "level = \"ผ่าน\"", "level = \"A\"");
    let checked = check(&files);
    assert!(!codes(&checked).contains(&"level-differs"));
}

fn codes(checked: &prongsai::check::Checked) -> Vec<&'static str> {
    checked.findings.iter().map(|f| f.diagnostic.code).collect()
}

#[test]
fn a_weak_indicator_asks_for_a_measure() {
    breaks(
        "weak-indicator-without-measure",
        FILE,
        "scores =",
        "[6, 7, 8]",
        "[6, 7]",
    );
}

#[test]
fn last_years_measures_are_not_those_of_this_year() {
    let code = "report-of-other-year";
    breaks(
        code,
        FILE,
        "fiscal_year",
        "fiscal_year = 2568",
        "fiscal_year = 2567",
    );
    breaks(
        code,
        FILE,
        "analysed_year",
        "analysed_year = 2567",
        "analysed_year = 2566",
    );
}

#[test]
fn a_question_of_the_survey_is_no_measure() {
    let titled = |title: &str| {
        let row = format!(
            "\n[[measure]]\nid = \"third\"\nindicators = [1]\ntitle = \"{title}\"\nresponsible = [\"กองคลัง\"]\nsteps = [\"อบรม\"]\nmonitoring = [\"รายงานทุกไตรมาส\"]\nperiod = \"ม.ค. 2568\"\n"
        );
        let mut files = MemoryFiles::new();
        files.put("content/site.toml", SITE_TOML);
        files.put(FILE, format!("{MEASURES}{row}"));
        files
    };
    assert_breaks(
        "measure-is-question",
        &format!("{FILE}:{}", MEASURES.lines().count() + 2),
        &titled("อบรมเจ้าหน้าที่เรื่องขั้นตอนบริการ"),
        &titled("เจ้าหน้าที่ให้ข้อมูลชัดเจนมากน้อยเพียงใด"),
    );
}

#[test]
fn the_target_of_the_year_counts_before_that_of_the_catalogue() {
    let mut broken = good();
    broken.put("content/2568/year.toml", "target = 90\n");
    let place = format!("{FILE}:{}", line(MEASURES, "scores ="));
    assert_breaks("weak-indicator-without-measure", &place, &good(), &broken);
}

#[test]
fn indicators_of_a_group_answer_for_its_measures() {
    let files = but(
        FILE,
        "[[measure]]\nid = \"outside\"\nindicators = [6, 7, 8]",
        "[[group]]\nid = \"eit\"\ntitle = \"EIT\"\nindicators = [6, 7, 8]\n\n[[measure]]\nid = \"outside\"\ngroup = \"eit\"",
    );
    assert!(!codes(&check(&files)).contains(&"weak-indicator-without-measure"));
}

#[test]
fn a_measure_that_the_report_leaves_out_is_told_where_it_stands() {
    let (start, end) = (
        REPORT
            .find("\n[[report]]\nmeasure = \"outside\"")
            .expect("there"),
        REPORT.len(),
    );
    let row = &REPORT[start..end];
    let place = format!("{FILE}:{}", line(MEASURES, "id = \"outside\"") - 1);
    assert_breaks(
        "measure-without-report",
        &place,
        &good(),
        &but(REPORT_FILE, row, ""),
    );
}

#[test]
fn a_result_like_its_plan_is_told() {
    breaks(
        "result-repeats-plan",
        REPORT_FILE,
        "[[report]]",
        "อบรมแล้ว 64 คน มีผู้ตอบแบบวัดความรู้ 58 คน",
        "1. ผู้อำนวยการกองคลังชี้แจงแก่พนักงาน ทุกคนปีละสองครั้งแล้ว",
    );
}

#[test]
fn an_outcome_like_its_result_is_told() {
    breaks(
        "result-repeats-plan",
        REPORT_FILE,
        "[[report]]\nmeasure = \"outside\"",
        "ผู้ตอบร้อยละ 74 ทราบว่าเทศบาลแก้ไขอะไร",
        "มีป้าย 27 จุด เปลี่ยนทุกเดือนตั้งแต่มกราคม",
    );
}

#[test]
fn a_result_that_still_plans_is_told() {
    breaks(
        "result-still-plans",
        REPORT_FILE,
        "[[report]]\nmeasure = \"outside\"",
        "ป้าย 27 จุด เปลี่ยนทุกเดือนตั้งแต่มกราคม",
        "๑. ควรติดป้ายเพิ่มในทุกชุมชน",
    );
}

#[test]
fn done_asks_for_evidence() {
    breaks(
        "done-without-evidence",
        REPORT_FILE,
        "[[report]]\nmeasure = \"outside\"",
        "evidence = [{ title = \"ภาพป้าย\", url = \"https://pictures.example/signs\" }]\n",
        "",
    );
}

#[test]
fn a_measure_past_its_time_says_what_comes_next() {
    breaks(
        "measure-late",
        REPORT_FILE,
        "[[report]]",
        "recommendations = [\"ควรทำต่อในปี 2569\"]\n",
        "",
    );
}

#[test]
fn a_row_copied_from_another_is_told() {
    let mut broken = good();
    let copy = MEASURES
        .split("[[measure]]")
        .nth(1)
        .expect("a measure")
        .replace("id = \"inside\"", "id = \"inside-again\"")
        .replace("ทุกคน", "ทุกกอง");
    broken.put(FILE, format!("{MEASURES}\n[[measure]]{copy}"));
    swap(
        &mut broken,
        REPORT_FILE,
        "[[report]]\nmeasure = \"outside\"",
        "[[report]]\nmeasure = \"inside-again\"\nstatus = \"in-progress\"\nresult = [\"แจกเอกสารแล้ว\"]\noutcome = [\"ยืมคืนตรงเวลา\"]\nrecommendations = [\"ทำต่อ\"]\n\n[[report]]\nmeasure = \"outside\"",
    );
    let place = format!("{FILE}:{}", MEASURES.matches('\n').count() + 2);
    // What the row lacks is told too, as it was of the row it copies.
    let told = |files: &MemoryFiles| -> Vec<String> {
        let all = check(files).findings;
        let copies = all.iter().filter(|f| f.diagnostic.code == "near-copy-row");
        copies.map(|f| shown(files, f)).collect()
    };
    assert!(told(&good()).is_empty());
    let copies = told(&broken);
    assert_eq!(copies.len(), 1, "{copies:#?}");
    assert!(
        copies[0].starts_with(&format!("near-copy-row {place} ")),
        "{copies:#?}"
    );
}

#[test]
fn a_document_of_another_year_is_told() {
    let code = "report-of-other-year";
    let year = "fiscal_year = 2568";
    breaks(code, REPORT_FILE, year, year, "fiscal_year = 2566");
    breaks(code, FILE, year, year, "fiscal_year = 2569");
    let analysed = "analysed_year = 2567";
    let mut good = good();
    // Scores of another year have other rules; only the year is meant here.
    swap(&mut good, FILE, "level = \"ผ่าน\"\n", "");
    let mut broken = good.clone();
    swap(&mut broken, FILE, analysed, "analysed_year = 2565");
    assert_breaks(code, &format!("{FILE}:4"), &good, &broken);
    let mut before = good.clone();
    swap(&mut before, REPORT_FILE, year, "fiscal_year = 2567");
    assert!(!codes(&check(&before)).contains(&code));
}

/// What is wrong in real reports is told, and nothing else.
#[test]
fn printed_reports_show_what_is_known_of_them() {
    let known: &[(&str, &[(&str, usize)])] = &[
        (
            "city-measures",
            &[
                ("weak-indicator-without-measure", 2),
                ("analysis-of-same-year", 1),
                ("monitoring-nearly-same", 1),
            ],
        ),
        ("evidence-district", &[("evidence-not-shown", 3)]),
        (
            "memo-district",
            &[
                ("result-repeats-plan", 9),
                ("result-still-plans", 3),
                ("measure-is-question", 6),
                ("analysis-of-same-year", 1),
                ("memo-number-open", 1),
                ("number-left-out", 3),
            ],
        ),
        (
            "pier-town",
            &[("analysis-of-same-year", 1), ("unit-name-varies", 1)],
        ),
        (
            "tick-town",
            &[
                ("done-without-evidence", 7),
                ("near-copy-row", 1),
                ("period-without-start-year", 7),
            ],
        ),
    ];
    for (report, expected) in known {
        let files = folder(&format!("reports/{report}"));
        let checked = check(&files);
        let of_families: Vec<_> = checked
            .findings
            .iter()
            .filter(|f| {
                let family = f.rule.map(|r| r.family.id());
                matches!(family, Some("measures" | "calendar"))
            })
            .collect();
        let lines: Vec<String> = of_families.iter().map(|f| shown(&files, f)).collect();
        let total: usize = expected.iter().map(|(_, n)| n).sum();
        assert_eq!(lines.len(), total, "{report}: {lines:#?}");
        for (code, count) in *expected {
            let of = lines.iter().filter(|l| l.split(' ').next() == Some(code));
            assert_eq!(of.count(), *count, "{report}: {lines:#?}");
        }
    }
}

#[test]
fn the_earlier_year_of_the_example_shows_its_gaps() {
    let checked = check_years(&example(), &[2567]);
    let found = codes(&checked);
    assert!(found.contains(&"measure-late"));
    assert!(found.contains(&"done-without-evidence"));
}

#[test]
fn what_a_printed_document_leaves_unsaid_is_told() {
    let head = "analysed_year = 2567";
    breaks(
        "analysis-of-same-year",
        FILE,
        head,
        head,
        "analysed_year = 2568",
    );
    let period = "period = \"ต.ค. 2567 – มี.ค. 2568\"";
    let row = "[[measure]]\nid = \"inside\"";
    breaks(
        "period-without-start-year",
        FILE,
        row,
        period,
        "period = \"ต.ค. - มี.ค.๖๘\"",
    );
    // In full it is how such periods are written.
    let files = but(FILE, period, "period = \"ต.ค. – มี.ค. 2568\"");
    let lines: Vec<String> = check(&files)
        .findings
        .iter()
        .map(|f| shown(&files, f))
        .collect();
    assert!(
        !lines.iter().any(|l| l.starts_with("period-without")),
        "{lines:#?}"
    );

    let evidence = ", url = \"https://pictures.example/signs\"";
    breaks(
        "evidence-not-shown",
        REPORT_FILE,
        "evidence = [",
        evidence,
        "",
    );
}

#[test]
fn a_memo_has_a_number_of_its_own() {
    let memo = |number: &str| {
        let text = format!(
            "\n[memo]\nnumber = \"{number}\"\nsubject = \"รายงานผล\"\n\n[[report]]\nmeasure = \"inside\""
        );
        but(REPORT_FILE, "\n[[report]]\nmeasure = \"inside\"", &text)
    };
    let place = format!("{REPORT_FILE}:6");
    assert_breaks(
        "memo-number-open",
        &place,
        &memo("สบ. 12345 / 67"),
        &memo("สบ. 12345 /"),
    );
}

/// Measures with a responsible unit, a supervision and a step each.
fn rows(all: &[(&str, &str, &str)]) -> MemoryFiles {
    let mut text =
        String::from("[document]\ntitle = \"มาตรการ\"\nfiscal_year = 2568\nanalysed_year = 2567\n");
    for (number, (unit, monitoring, step)) in all.iter().enumerate() {
        text += &format!(
            "[[measure]]\nid = \"m{number}\"\ntitle = \"เรื่องที่ {number}\"\nresponsible = \"{unit}\"\nmonitoring = [\"{monitoring}\"]\nsteps = [\"{step}\"]\n"
        );
    }
    let mut files = good();
    files.put(FILE, text);
    files
}

#[test]
fn one_thing_has_one_name_in_a_document() {
    let step = "ทำ";
    let telling = "เล่าผลในการประชุมหัวหน้าส่วนราชการทุกเดือน";
    let good = rows(&[("สำนักปลัดเทศบาล", telling, step), ("กองคลัง", telling, step)]);
    let broken = rows(&[
        ("สำนักปลัดเทศบาล", telling, step),
        ("สำนักงานปลัด", telling, step),
    ]);
    let same = rows(&[
        ("สำนักปลัดเทศบาล", telling, step),
        ("สำนักปลัด เทศบาล", telling, step),
    ]);
    let place = format!("{FILE}:11");
    assert_breaks("unit-name-varies", &place, &good, &broken);
    assert_breaks("unit-name-varies", &place, &same, &broken);

    let other = "เล่าผลในการประชุมหัวหน้าส่วนราชการเดือน";
    let unit = "กองคลัง";
    let good = rows(&[(unit, telling, step), (unit, telling, step)]);
    let broken = rows(&[(unit, telling, step), (unit, other, step)]);
    assert_breaks("monitoring-nearly-same", &place, &good, &broken);
    let first = format!("{telling} ไตรมาส 1");
    let second = format!("{telling} ไตรมาส 2");
    let quarters = rows(&[(unit, &first, step), (unit, &second, step)]);
    assert_breaks("monitoring-nearly-same", &place, &quarters, &broken);
}

#[test]
fn a_row_without_the_number_of_all_others_is_told() {
    let all = |last: &str| {
        let steps = ["๑. ก", "๑. ข", "๑. ค", last];
        rows(&steps.map(|step| ("กองคลัง", "ดู", step)))
    };
    let place = format!("{FILE}:23");
    assert_breaks("number-left-out", &place, &all("๑. ง"), &all("ง"));
    let few = rows(&[("กองคลัง", "ดู", "๑. ก"), ("กองคลัง", "ดู", "ข")]);
    let lines: Vec<String> = check(&few)
        .findings
        .iter()
        .map(|f| shown(&few, f))
        .collect();
    assert!(
        !lines.iter().any(|l| l.starts_with("number-left-out")),
        "{lines:#?}"
    );
}

/// A clerk knows a measure by words, not by the code of its group.
#[test]
fn a_measure_without_a_title_is_named_by_the_title_of_its_group() {
    let mut files = example();
    let measures = "content/2568/measures.toml";
    swap(
        &mut files,
        measures,
        "title = \"รักษาเวลามาตรฐานและความเท่าเทียมในการบริการ\"\n",
        "",
    );
    swap(
        &mut files,
        measures,
        "responsible = [\"กองคลัง\", \"สำนักปลัดเทศบาล\"]\n",
        "",
    );
    let found = check(&files).findings;
    let found: Vec<&str> = found
        .iter()
        .filter(|f| f.diagnostic.code == "measure-without-field")
        .map(|f| f.diagnostic.message.th.as_str())
        .collect();
    let group = "มาตรการ “การรับรู้ของผู้มีส่วนได้เสียภายใน (IIT)” ไม่มีผู้รับผิดชอบ (responsible)";
    assert_eq!(found, [group]);
}
