//! What an assessor would mark and the records alone do not show: each break
//! of the example at its place, beside a legitimate twin that stays silent.

use prongsai::diagnostic::Severity;
use prongsai::files::MemoryFiles;

use super::{DAY, assert_breaks, assert_breaks_on, check_on, check_years, example, shown};
use crate::help::{read, swap};

const BUDGET: &str = "content/2568/budget.csv";
const PURCHASES: &str = "content/2568/procurement.csv";

/// What this rule tells of a site, in order.
fn told(files: &MemoryFiles, code: &str) -> Vec<String> {
    let checked = check_years(files, &[2568]);
    let of_rule = checked
        .findings
        .iter()
        .filter(|f| f.diagnostic.code == code);
    of_rule.map(|f| shown(files, f)).collect()
}

/// The file with these columns filled anew in every row below the head.
fn fill(
    files: &mut MemoryFiles,
    path: &str,
    columns: &[usize],
    value: impl Fn(usize) -> Option<&'static str>,
) {
    let text = read(files, path);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (at, record) in reader.records().enumerate() {
        let record = record.expect("a row");
        let cells = record.iter().enumerate().map(|(column, cell)| {
            let new = (at > 0 && columns.contains(&column)).then(|| value(at));
            new.flatten().unwrap_or(cell)
        });
        writer.write_record(cells).expect("written");
    }
    files.put(path, writer.into_inner().expect("whole"));
}

fn with_quarters(columns: &[usize], value: &'static str) -> MemoryFiles {
    let mut files = example();
    fill(&mut files, BUDGET, columns, |_| Some(value));
    files
}

const CODE_SPENDING: &str = "spending-of-nothing";

#[test]
fn a_quarter_that_is_over_tells_what_was_paid() {
    let good = example();
    let breaks = |place: &str, broken: &MemoryFiles| {
        assert_breaks("spending-of-nothing", place, &good, broken);
    };
    breaks(&format!("{BUDGET}:I2"), &with_quarters(&[8, 9], ""));
    breaks(&format!("{BUDGET}:J2"), &with_quarters(&[9], ""));
    breaks(
        &format!("{BUDGET}:A2"),
        &with_quarters(&[8, 9, 10, 11], "0"),
    );
    breaks(&format!("{BUDGET}:A2"), &with_quarters(&[9], "0"));
    // One blank row is advice.
    let mut one = example();
    fill(&mut one, BUDGET, &[9], |row| (row == 5).then_some(""));
    breaks(&format!("{BUDGET}:J6"), &one);
    let checked = check_years(&one, &[2568]);
    assert_eq!(checked.worst(), Some(Severity::Advice));
}

#[test]
fn quarters_to_come_and_plans_without_quarters_are_let_be() {
    // The item asks for the first half.
    assert!(told(&with_quarters(&[10, 11], ""), CODE_SPENDING).is_empty());
    // A table without their columns is a plan; the page shows the spending.
    let mut plan = example();
    let text = read(&plan, BUDGET);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let kept = |record: &csv::StringRecord| -> Vec<String> {
        let cells = record.iter().enumerate();
        let cells = cells.filter(|(at, _)| !(8..12).contains(at));
        cells.map(|(_, cell)| cell.to_string()).collect()
    };
    writer
        .write_record(kept(reader.headers().expect("a head")))
        .expect("written");
    for record in reader.records() {
        writer
            .write_record(kept(&record.expect("a row")))
            .expect("written");
    }
    plan.put(BUDGET, writer.into_inner().expect("whole"));
    assert!(told(&plan, CODE_SPENDING).is_empty());
    // In January nobody can tell of the second quarter.
    let january = check_on(&with_quarters(&[9, 10, 11], ""), &[2568], "2568-01-20");
    let early = january
        .findings
        .iter()
        .any(|f| f.diagnostic.code == CODE_SPENDING);
    assert!(!early);
    // Works alone may be paid at the end.
    let mut works = example();
    works.put(
        BUDGET,
        "แผนงาน,รายการ,งบประมาณอนุมัติ,เบิกจ่ายไตรมาส 1,เบิกจ่ายไตรมาส 2\nแผนงานเคหะและชุมชน,ก่อสร้างถนน,500000,0,400000\nแผนงานเคหะและชุมชน,ก่อสร้างรางระบายน้ำ,300000,0,0\n",
    );
    assert!(told(&works, CODE_SPENDING).is_empty());
}

#[test]
fn a_table_of_spending_holds_some() {
    let path = "content/2568/files/spending-6-months-2568.csv";
    for value in ["", "0"] {
        let mut broken = example();
        fill(&mut broken, path, &[3, 4, 5, 6], |_| Some(value));
        let told = told(&broken, CODE_SPENDING);
        assert!(
            told.iter().any(|l| l.contains(&format!("{path}:D1"))),
            "{value:?}: {told:#?}"
        );
        let mut second = example();
        fill(&mut second, path, &[4], |_| Some(value));
        assert!(
            !super::breaks::told(&second, CODE_SPENDING).is_empty(),
            "{value:?}"
        );
    }
    // A column of the second half of the year may be open.
    let mut later = example();
    let text = read(&later, path).replace("รวมเบิกจ่าย 6 เดือน", "เบิกจ่ายไตรมาส 3");
    later.put(path, text);
    swap(
        &mut later,
        "content/2568/spending-progress.md",
        ", \"รวมเบิกจ่าย 6 เดือน (บาท)\"",
        "",
    );
    fill(&mut later, path, &[5], |_| Some(""));
    assert!(told(&later, CODE_SPENDING).is_empty());
}

#[test]
fn counts_of_one_month_are_told_of_the_others() {
    let path = "content/2567/complaints.csv";
    let mut broken = example();
    let text = read(&broken, path);
    let lines = text.split_inclusive('\n').enumerate();
    let kept: String = lines
        .filter(|(at, line)| *at == 0 || line.starts_with("ก.พ. 2567"))
        .map(|(_, line)| line)
        .collect();
    broken.put(path, kept);
    assert_breaks(
        "month-without-complaints",
        &format!("{path}:A2"),
        &example(),
        &broken,
    );
    let worst = check_years(&broken, &[2568]).worst();
    assert_eq!(worst, Some(Severity::Advice));
}
