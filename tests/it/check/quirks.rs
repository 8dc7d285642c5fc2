//! The quirks of printed reports, each found in the site made of its report.

use prongsai::files::MemoryFiles;

use super::{check_years, shown};
use crate::help::folder;

#[track_caller]
fn found(report: &str, year: u16, wanted: &[(&str, &str)]) {
    let files: MemoryFiles = folder(&format!("reports/{report}"));
    let checked = check_years(&files, &[year]);
    let lines: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
    for (code, words) in wanted {
        let is_it = |l: &&String| l.split(' ').next() == Some(code) && l.contains(words);
        assert!(
            lines.iter().any(|l| is_it(&l)),
            "{code} {words}: {lines:#?}"
        );
    }
}

#[test]
fn the_pier_town_report_repeats_a_number() {
    found("pier-town", 2566, &[("numbering-repeats", "“๒.”")]);
}

#[test]
fn the_city_measures_leave_weak_indicators_alone() {
    let code = "weak-indicator-without-measure";
    found("city-measures", 2565, &[(code, "80.75"), (code, "71.54")]);
}

#[test]
fn the_memo_ends_before_it_begins_and_repeats_itself() {
    let all = [
        ("doubtful-period", "before it starts"),
        ("doubled-word", "เช่น เช่น"),
        ("result-repeats-plan", "outcome"),
        ("result-still-plans", "result"),
        ("measure-is-question", "ของท่าน"),
        ("look-alike-letter", "Lao"),
    ];
    found("memo-district", 2567, &all);
}

#[test]
fn the_evidence_report_lost_its_pictures() {
    let all = [
        ("empty-section", "ภาพวันประชุมเล่าแผน"),
        ("bold-as-heading", "กิจกรรม"),
        ("measure-without-field", "monitoring"),
    ];
    found("evidence-district", 2566, &all);
}

#[test]
fn the_ticked_report_copies_a_row_and_shows_no_evidence() {
    let all = [
        ("near-copy-row", "การใช้ทรัพย์สิน"),
        ("done-without-evidence", ""),
    ];
    found("tick-town", 2566, &all);
}
