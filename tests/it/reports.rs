//! Printed reports of integrity measures: nothing that a report says is lost.

use std::collections::BTreeMap;

use crate::help::{built, folder, main_of, text};
use prongsai::diagnostic::Severity;
use prongsai::files::{Files, SitePath};

fn lines(report: &str, file: &str) -> Vec<String> {
    let files = folder(&format!("reports/{report}"));
    let bytes = files
        .read(&SitePath::new(file).expect("a path"))
        .expect("a file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    text.lines()
        .map(|l| {
            l.replace('\u{a0}', " ")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|l| !l.is_empty())
        .collect()
}

/// Every line of `cells.txt` stands on the pages of the report and of its
/// measures, as often as the printed ones say it.
#[track_caller]
fn every_cell_is_on_a_page(report: &str) {
    let built = built(folder(&format!("reports/{report}")));
    let errors: Vec<_> = built
        .diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let documents: Vec<String> = built
        .all_pages()
        .filter(|(path, _)| {
            path.ends_with("/integrity-measures/index.html")
                || path.ends_with("/integrity-measures-report/index.html")
        })
        .map(|(_, html)| text(main_of(html)))
        .collect();
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines(report, "cells.txt") {
        *wanted.entry(line).or_default() += 1;
    }
    assert!(
        wanted.len() > 50,
        "{report} has only {} cells",
        wanted.len()
    );
    let short: Vec<String> = wanted
        .iter()
        .filter_map(|(cell, &times)| {
            let shown: usize = documents
                .iter()
                .map(|t| t.matches(cell.as_str()).count())
                .sum();
            (shown < times).then(|| format!("{shown} of {times}: {cell}"))
        })
        .collect();
    assert!(
        short.is_empty(),
        "{report}: {} cells are missing\n{}",
        short.len(),
        short.join("\n")
    );
}

#[test]
fn every_cell_of_the_city_measures_is_on_a_page() {
    every_cell_is_on_a_page("city-measures");
}

#[test]
fn every_cell_of_the_evidence_district_report_is_on_a_page() {
    every_cell_is_on_a_page("evidence-district");
}

#[test]
fn every_cell_of_the_memo_district_report_is_on_a_page() {
    every_cell_is_on_a_page("memo-district");
}

#[test]
fn every_cell_of_the_pier_town_report_is_on_a_page() {
    every_cell_is_on_a_page("pier-town");
}

#[test]
fn every_cell_of_the_tick_town_report_is_on_a_page() {
    every_cell_is_on_a_page("tick-town");
}

#[test]
fn every_report_folder_has_a_test() {
    let source = include_str!("reports.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports");
    for entry in std::fs::read_dir(folder).expect("reports") {
        let name = entry.expect("an entry").file_name();
        let call = format!("every_cell_is_on_a_page(\"{}\")", name.to_string_lossy());
        assert!(source.contains(&call), "{call}");
    }
}

#[test]
fn a_number_of_a_person_in_a_report_is_on_no_page_but_its_mask_is() {
    let built = built(folder("reports/memo-district"));
    let numbers = lines("memo-district", "masked.txt");
    assert!(!numbers.is_empty());
    for number in numbers {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits.len(), 13, "{number}");
        for (path, bytes) in &built.outputs {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !text.contains(&number) && !text.contains(&digits),
                "{number} is in {path}"
            );
        }
        let mut seen = 0;
        let mask: String = number
            .chars()
            .map(|c| {
                seen += usize::from(c.is_ascii_digit());
                if c.is_ascii_digit() && seen > 5 {
                    'x'
                } else {
                    c
                }
            })
            .collect();
        let shown = built
            .all_pages()
            .any(|(_, html)| text(html).contains(&mask));
        assert!(shown, "{mask} is on no page");
    }
}
