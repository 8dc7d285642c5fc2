//! Each record that can't be right is told, also beside another of its kind.

use super::{check_years, example, shown};
use crate::help::{read, swap};
use prongsai::files::MemoryFiles;

fn places(files: &MemoryFiles, code: &str) -> Vec<String> {
    let checked = check_years(files, &[2568]);
    let of_rule = checked
        .findings
        .iter()
        .filter(|f| f.diagnostic.code == code);
    let mut places: Vec<String> = of_rule
        .map(|f| {
            shown(files, f)
                .split(' ')
                .nth(1)
                .unwrap_or_default()
                .to_string()
        })
        .collect();
    places.sort();
    places
}

#[test]
fn every_purchase_for_nothing_is_told() {
    let mut files = example();
    let path = "content/2568/procurement.csv";
    swap(&mut files, path, "45000,43800", "45000,0");
    swap(&mut files, path, "96000,94350", "96000,0");
    let told = places(&files, "purchase-of-nothing");
    assert_eq!(told, [format!("{path}:A4"), format!("{path}:A5")]);
}

#[test]
fn a_month_is_asked_for_of_each_kind_of_complaints() {
    let mut files = example();
    let path = "content/2567/complaints.csv";
    let text = read(&files, path);
    let kept: String = text
        .split_inclusive('\n')
        .filter(|line| !line.starts_with("มี.ค. 2567"))
        .collect();
    files.put(path, kept);
    let told = places(&files, "month-without-complaints");
    assert_eq!(told, [format!("{path}:A10"), format!("{path}:A11")]);
}

#[test]
fn a_table_with_a_row_for_each_year_is_not_one_of_this_year() {
    let mut files = example();
    let path = "content/2568/complaint-statistics.md";
    swap(
        &mut files,
        path,
        "[[table]]",
        "[[table]]\nid = \"years\"\ntitle = \"ย้อนหลัง\"\ncolumns = [\"ปีงบประมาณ\", \"จำนวนเรื่องทั้งหมด\"]\nrows = [[\"2565\", \"2\"], [\"2566\", \"3\"], [\"2567\", \"1\"]]\n\n[[table]]",
    );
    assert!(places(&files, "table-differs-from-records").is_empty());
}
