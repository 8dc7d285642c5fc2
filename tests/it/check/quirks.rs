//! The quirks of printed reports, each found in the site made of its report.

use prongsai::files::MemoryFiles;

use super::{check_years, shown};
use crate::help::folder;

#[track_caller]
fn found(report: &str, year: u16, wanted: &[(&str, &str)]) {
    let files: MemoryFiles = folder(&format!("reports/{report}"));
    let checked = check_years(&files, &[year]);
    let lines: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
    let missed: Vec<_> = wanted
        .iter()
        .filter(|(code, words)| {
            let is_it = |l: &&String| l.split(' ').next() == Some(code) && l.contains(words);
            !lines.iter().any(|l| is_it(&l))
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?} of {lines:#?}");
}

#[test]
fn the_pier_town_report_repeats_a_number_and_was_read_by_a_machine() {
    let all = [
        ("numbering-repeats", "“๒.”"),
        (
            "unit-name-varies",
            "“สำนักงานปลัด”, “สำนักปลัด”, “สำนักปลัดเทศบาล”",
        ),
        ("analysis-of-same-year", "2566"),
        ("misspelt-term", "“โคมบอร์ด”"),
        ("misspelt-term", "“ทูลรอบ”"),
        ("misspelt-term", "“สมาชิกสภาพนักงานทุกคน”"),
        ("cut-off-text", "“ระยะ”"),
    ];
    found("pier-town", 2566, &all);
}

#[test]
fn the_city_measures_leave_weak_indicators_alone_and_break_words() {
    let code = "weak-indicator-without-measure";
    let all = [
        (code, "80.75"),
        (code, "71.54"),
        ("analysis-of-same-year", "2565"),
        ("misspelt-term", "ในงบประมาณ พ.ศ.”"),
        ("law-of-other-year", "๒๕๖๒"),
        ("broken-word", "“การ ปฏิบัติงาน”"),
        ("monitoring-nearly-same", ""),
    ];
    found("city-measures", 2565, &all);
}

#[test]
fn the_memo_ends_before_it_begins_and_repeats_itself() {
    let all = [
        ("doubtful-period", "before it starts"),
        ("doubled-word", "เช่น เช่น"),
        ("doubled-word", "ให้ตอบให้ตอบ"),
        ("result-repeats-plan", "outcome"),
        ("result-still-plans", "result"),
        ("measure-is-question", "ของท่าน"),
        ("look-alike-letter", "Lao"),
        ("print-leftover", "^๑"),
        ("memo-number-open", "/"),
        ("number-left-out", "outcome"),
        ("number-left-out", "result"),
        ("misspelt-name", "“สมมุติบุรี”"),
        ("misspelt-term", "“องค์กรบริหารส่วนตำบล”"),
        ("misspelt-term", "กันน้อยเพียงใด”"),
    ];
    found("memo-district", 2567, &all);
}

#[test]
fn the_evidence_report_lost_its_pictures_and_stops_in_a_sentence() {
    let all = [
        ("empty-section", "ภาพวันประชุมเล่าแผน"),
        ("evidence-not-shown", "ประกาศผู้ชนะการเสนอราคา"),
        ("bold-as-heading", "กิจกรรม"),
        ("measure-without-field", "monitoring"),
        ("doubled-word", "“ใช้ใช้”"),
        ("repeated-entry", "กลุ่ม line"),
        ("mixed-digits", "“๓.” after “2.”"),
        ("run-in-list", "“๒.”"),
        ("broken-word", "“การ จัดซื้อจัดจ้าง”"),
        ("cut-off-text", "“ที่”"),
    ];
    found("evidence-district", 2566, &all);
}

#[test]
fn the_ticked_report_copies_a_row_and_shows_no_evidence() {
    let all = [
        ("near-copy-row", "การใช้ทรัพย์สิน"),
        ("done-without-evidence", ""),
        ("period-without-start-year", "“ก.พ. - ก.ย.๖๖”"),
        ("period-without-start-year", "“ก.พ...- ก.ย.๖๖”"),
        ("broken-word", "“การใช้ งบประมาณ”"),
        ("misspelt-term", "“รายงานการเจ้าหน้าที่”"),
        ("misspelt-term", "“คณะการทำงาน”"),
        ("misspelt-term", "“ยืม/คิน”"),
    ];
    found("tick-town", 2566, &all);
}
