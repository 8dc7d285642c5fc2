//! What an assessor would mark and the records alone do not show: each break
//! of the example at its place, beside a legitimate twin that stays silent.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use prongsai::check::{Finding, rule};
use prongsai::diagnostic::Severity;
use prongsai::files::MemoryFiles;

use super::{check_on, example, pairs, shown};
use crate::help::{read, swap, xlsx};

const BUDGET: &str = "content/2568/budget.csv";
const PURCHASES: &str = "content/2568/procurement.csv";

/// All that the files alone are told.
fn findings(files: &MemoryFiles) -> Vec<Finding> {
    pairs::told(files, false)
}

/// What this rule tells of a site, in order.
fn told(files: &MemoryFiles, code: &str) -> Vec<String> {
    let all = findings(files);
    let of_rule = all.iter().filter(|f| f.diagnostic.code == code);
    of_rule.map(|f| shown(files, f)).collect()
}

/// The broken site is told this, at this place, and nothing else that the
/// example is not; how severe it is at worst.
#[track_caller]
fn assert_told(code: &str, place: &str, broken: &MemoryFiles) -> Severity {
    static GOOD: OnceLock<BTreeSet<String>> = OnceLock::new();
    let lines = |files: &MemoryFiles, all: &[Finding]| -> BTreeSet<String> {
        all.iter().map(|f| shown(files, f)).collect()
    };
    let good = GOOD.get_or_init(|| {
        let files = example();
        lines(&files, &findings(&files))
    });
    let all = findings(broken);
    let after = lines(broken, &all);
    let new: Vec<&String> = after.difference(good).collect();
    let begins = format!("{code} {place} ");
    assert!(
        new.iter().any(|l| l.starts_with(&begins)),
        "{begins}: {new:#?}"
    );
    let of_rule = |line: &&String| line.split(' ').next() == Some(code);
    assert!(new.iter().all(of_rule), "more than {code}: {new:#?}");
    assert!(rule(code).is_some(), "{code} is not explained");
    let severities = all.iter().map(|f| f.diagnostic.severity);
    severities.min().expect("a finding")
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
    for (columns, value, cell) in [
        (&[8, 9][..], "", "I2"),
        (&[9], "", "J2"),
        (&[8, 9, 10, 11], "0", "A2"),
        (&[9], "0", "A2"),
    ] {
        let broken = with_quarters(columns, value);
        let place = format!("{BUDGET}:{cell}");
        let severity = assert_told("spending-of-nothing", &place, &broken);
        assert_eq!(severity, Severity::Warning);
    }
    // One blank row is advice.
    let mut one = example();
    fill(&mut one, BUDGET, &[9], |row| (row == 5).then_some(""));
    let severity = assert_told("spending-of-nothing", &format!("{BUDGET}:J6"), &one);
    assert_eq!(severity, Severity::Advice);
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
    let severity = assert_told("month-without-complaints", &format!("{path}:A2"), &broken);
    assert_eq!(severity, Severity::Advice);
}

const PAGE: &str = "content/2568/complaint-handling.md";

/// The page with these lines at its end, and the line at which they begin.
fn with_lines(lines: &str) -> (MemoryFiles, usize) {
    let mut files = example();
    let text = read(&files, PAGE);
    let first = text.lines().count() + 2;
    files.put(PAGE, format!("{text}\n{lines}\n"));
    (files, first)
}

/// Each of these is told of the page, at the line where it begins.
#[track_caller]
fn told_of_page(code: &str, broken: &[&str]) {
    for lines in broken {
        let (files, first) = with_lines(lines);
        assert_told(code, &format!("{PAGE}:{first}"), &files);
    }
}

#[track_caller]
fn silent_of_page(code: &str, fine: &[&str]) {
    for lines in fine {
        let told = told(&with_lines(lines).0, code);
        assert!(told.is_empty(), "{lines}: {told:#?}");
    }
}

#[test]
fn a_blank_of_a_template_breaks_a_published_text() {
    told_of_page(
        "blank-to-fill",
        &[
            "เทศบาล [ระบุชื่อหน่วยงาน] ประกาศให้ทราบ",
            "ประกาศ ณ วันที่ ……………… 2568",
            "ตามคำสั่งที่ XX/XXXX ลงวันที่ 3 มกราคม 2568",
            "เป็นเงิน xxx บาท",
            "Lorem ipsum dolor sit amet",
        ],
    );
    silent_of_page(
        "blank-to-fill",
        &[
            "## แบบคำร้องทั่วไป\n\nข้าพเจ้า ……………… อยู่บ้านเลขที่ ………… หมู่ที่ …………",
            "## ตัวอย่างหนังสือ\n\n### ส่วนหัว\n\nที่ [ระบุเลขที่หนังสือ]",
            "```\nเขียนที่ ........................\n```",
            "แจ้งเป็นหนังสือ (ระบุชื่อ ที่อยู่ และวันเวลาที่เกิดเหตุ)",
            "โทรแจ้งผลที่หมายเลข 081-xxx-1234 ของผู้ร้อง",
        ],
    );
    let mut fields = example();
    swap(
        &mut fields,
        "content/2568/measures.toml",
        "prepared_by = \"",
        "prepared_by = \"[ระบุชื่อหน่วยงาน] ",
    );
    assert_told("blank-to-fill", "content/2568/measures.toml:5", &fields);
    let mut cells = example();
    swap(&mut cells, PURCHASES, "ใบสั่งจ้าง 1/2568", "XX/XXXX");
    assert_told("blank-to-fill", &format!("{PURCHASES}:O2"), &cells);
    // A workbook that a page shows as its table, not one that it offers.
    let mut workbook = example();
    let sheet = xlsx("อัตรา", &[&["รายการ", "บาท"], &["ค่าขอใช้น้ำ", "xxx"]]);
    workbook.put("content/2568/files/rates.xlsx", sheet);
    swap(
        &mut workbook,
        "content/2568/structure.md",
        "\n+++\n",
        "\n\n[[table]]\nid = \"rates\"\ntitle = \"อัตรา\"\npath = \"files/rates.xlsx\"\n+++\n",
    );
    assert_told(
        "blank-to-fill",
        "content/2568/files/rates.xlsx:[อัตรา] B2",
        &workbook,
    );
}

#[test]
fn a_number_of_zeros_breaks_a_page_of_who_has_a_number() {
    // The number of the example itself is made of zeros.
    silent_of_page("blank-to-fill", &["โทร. 00-0000-0000"]);
    let mut good = example();
    let site = read(&good, "content/site.toml").replace("0-0000-0000", "0-2000-0000");
    good.put("content/site.toml", site);
    let codes = |files: &MemoryFiles| {
        let told = told(files, "blank-to-fill");
        told.iter().any(|line| line.contains(PAGE))
    };
    assert!(!codes(&good));
    let text = read(&good, PAGE);
    good.put(PAGE, format!("{text}\nโทร. 00-0000-0000\n"));
    assert!(codes(&good));
}

#[test]
fn a_table_that_shows_as_text_breaks_a_page() {
    told_of_page(
        "table-as-text",
        &[
            "ลำดับ\tรายการ\tจำนวน\n1\tรับเรื่อง\t3\n2\tตอบเรื่อง\t2",
            "ลำดับ\tรายการ\n\n1\tรับเรื่อง\n\n2\tตอบเรื่อง",
            "| ลำดับ | รายการ |\n| 1 | รับเรื่อง |",
            "| ลำดับ | รายการ |\n|---|\n| 1 | รับเรื่อง |",
            "| ลำดับ | รายการ |\n\n|---|---|\n| 1 | รับเรื่อง |",
        ],
    );
    let (parted, first) =
        with_lines("## สรุป\n\n| ลำดับ | รายการ |\n|---|---|\n| 1 | รับเรื่อง |\n\n| 2 | ตอบเรื่อง |");
    let place = format!("{PAGE}:{}", first + 6);
    assert_told("table-as-text", &place, &parted);
    silent_of_page(
        "table-as-text",
        &[
            "1.\tรับเรื่อง\n2.\tตอบเรื่อง\n\n๑.\tรับเรื่อง\n\n๒.\tตอบเรื่อง",
            "หน้าแรก | ติดต่อ | แผนผัง",
            "## สรุป\n\n| ก | ข |\n|---|---|\n| 1 | 2 |\n\nข้อความ\n\n## อีกตาราง\n\nก | ข\n---|---\n1 | 2",
            "```\nก\tข\nค\tง\n| ก | ข |\n| 1 | 2 |\n```",
        ],
    );
}

#[test]
fn a_row_with_another_number_of_cells_breaks_its_table() {
    let head = "## สรุป\n\n| ลำดับ | รายการ | จำนวน |\n|---|---|---|\n";
    for row in ["| 1 | รับเรื่อง | 3 | เกิน |", "| 1 | รับเรื่อง |"]
    {
        let (files, first) = with_lines(&format!("{head}{row}"));
        let place = format!("{PAGE}:{}", first + 4);
        assert_told("row-of-other-length", &place, &files);
    }
    let fine = [
        "| งานสารบรรณ |\n| 1 | รับเรื่อง | 3 |",
        "| 1 | รับ \\| ตอบ | 3 |\n2 | ตอบ | 1",
        "| 1 | รับเรื่อง | |",
    ];
    let fine = fine.map(|rows| format!("{head}{rows}"));
    silent_of_page("row-of-other-length", &fine.each_ref().map(String::as_str));
}

#[test]
fn a_price_above_its_limit_breaks_a_purchase() {
    let place = format!("{PURCHASES}:A4");
    let row = "45000,45000,เงินรายได้และเงินอุดหนุนทั่วไป ตามเทศบัญญัติงบประมาณรายจ่าย,สิ้นสุดสัญญา,วิธีเฉพาะเจาะจง,45000,43800";
    for new in [
        row.replace(",43800", ",438000"),
        row.replace(",45000,43800", ",43000,43800"),
    ] {
        let mut broken = example();
        swap(&mut broken, PURCHASES, row, &new);
        assert_told("price-above-limit", &place, &broken);
    }
    let above = row
        .replace(",43800", ",438000")
        .replace("สิ้นสุดสัญญา", "ยกเลิก");
    let mut cancelled = example();
    swap(&mut cancelled, PURCHASES, row, &above);
    assert!(told(&cancelled, "price-above-limit").is_empty());
    let mut equal = example();
    swap(&mut equal, PURCHASES, row, &row.replace(",43800", ",45000"));
    assert!(told(&equal, "price-above-limit").is_empty());
}

#[test]
fn a_contract_of_another_month_breaks_its_row() {
    let mut broken = example();
    swap(
        &mut broken,
        PURCHASES,
        "ใบสั่งซื้อ 1/2568,7 ต.ค. 2567",
        "ใบสั่งซื้อ 1/2568,7 ธ.ค. 2567",
    );
    let place = format!("{PURCHASES}:A4");
    assert_told("contract-of-other-month", &place, &broken);
    // Who files by the day of the announcement has many.
    let mut by_other_day = example();
    let text = read(&by_other_day, PURCHASES);
    by_other_day.put(
        PURCHASES,
        text.replace(",พ.ย. 2567,", ",ต.ค. 2567,")
            .replace(",ก.พ. 2568,", ",ม.ค. 2568,")
            .replace(",มี.ค. 2568,", ",ม.ค. 2568,"),
    );
    assert!(told(&by_other_day, "contract-of-other-month").is_empty());
}

const MEASURES: &str = "content/2568/measures.toml";
const REPORT: &str = "content/2568/measures-report.toml";

#[test]
fn a_title_of_another_year_breaks_its_document() {
    let mut measures = example();
    swap(
        &mut measures,
        MEASURES,
        "ประจำปีงบประมาณ พ.ศ. 2568\"",
        "ประจำปีงบประมาณ พ.ศ. 2566\"",
    );
    assert_told(
        "year-contradicts-folder",
        &format!("{MEASURES}:2"),
        &measures,
    );
    let mut ordinance = example();
    let year = "content/2568/year.toml";
    swap(
        &mut ordinance,
        year,
        "ประจำปีงบประมาณ พ.ศ. 2568\"",
        "ประจำปีงบประมาณ พ.ศ. 2566\"",
    );
    let line = read(&ordinance, year)
        .lines()
        .position(|l| l.starts_with("ordinance ="))
        .expect("there")
        + 1;
    assert_told(
        "year-contradicts-folder",
        &format!("{year}:{line}"),
        &ordinance,
    );
    // Both years, or the result alone on which it rests.
    for title in [
        "มาตรการปี 2568 จากผลการประเมินปี 2566",
        "มาตรการจากการวิเคราะห์ผลการประเมินปี 2567",
        "มาตรการส่งเสริมความโปร่งใส",
    ] {
        let mut fine = example();
        let text = read(&fine, MEASURES);
        let old = text.lines().nth(1).expect("a title").to_string();
        swap(&mut fine, MEASURES, &old, &format!("title = \"{title}\""));
        assert!(told(&fine, "year-contradicts-folder").is_empty(), "{title}");
    }
}

#[test]
fn a_score_that_changed_places_breaks_the_analysis() {
    let mut broken = example();
    swap(
        &mut broken,
        MEASURES,
        "1 = 88.42, 2 = 79.65",
        "1 = 79.65, 2 = 88.42",
    );
    let line = read(&broken, MEASURES)
        .lines()
        .position(|l| l.starts_with("scores ="))
        .expect("there")
        + 1;
    assert_told(
        "score-of-other-result",
        &format!("{MEASURES}:{line}"),
        &broken,
    );
    let mut rounded = example();
    swap(&mut rounded, MEASURES, "1 = 88.42", "1 = 88.4");
    assert!(told(&rounded, "score-of-other-result").is_empty());
}

/// The report with the evidence of each row made anew from that of the first.
fn with_evidence(evidence: impl Fn(usize) -> String) -> MemoryFiles {
    let mut files = example();
    let text = read(&files, REPORT);
    let mut out = String::new();
    let mut row = 0;
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("evidence = [") {
            out.push_str(&format!("evidence = [{}]\n", evidence(row)));
            row += 1;
            inside = !line.trim_end().ends_with(']');
        } else if inside {
            inside = !line.starts_with(']');
        } else {
            out.push_str(line);
        }
    }
    assert!(row >= 3, "{row} rows");
    files.put(REPORT, out);
    files
}

#[test]
fn evidence_that_shows_no_measure_breaks_the_report() {
    let picture = |path: &str, title: &str| {
        format!(
            "{{ title = \"{title}\", path = \"{path}\", alt = \"จุดบริการร่วมพร้อมป้ายเวลามาตรฐาน\" }}"
        )
    };
    let counter = "files/evidence/service-counter.svg";
    let same = with_evidence(|row| picture(counter, &format!("ภาพที่ {row}")));
    assert_eq!(told(&same, "evidence-of-nothing").len(), 1);
    // Of their own beside it.
    let own = with_evidence(|row| {
        let board = "files/evidence/budget-board.svg";
        let more = if row == 1 {
            picture(board, "ป้าย")
        } else {
            String::new()
        };
        format!("{}, {more}", picture(counter, "ภาพ"))
    });
    assert!(told(&own, "evidence-of-nothing").is_empty());
    let mut logo = example();
    swap(&mut logo, REPORT, counter, "/files/logo.svg");
    let line = read(&logo, REPORT)
        .lines()
        .position(|l| l.contains("/files/logo.svg"))
        .expect("there")
        + 1;
    assert_told("evidence-of-nothing", &format!("{REPORT}:{line}"), &logo);
}

#[test]
fn a_period_without_time_or_a_status_against_its_result_breaks_its_row() {
    let period = read(&example(), MEASURES);
    let period = period
        .lines()
        .find(|l| l.starts_with("period ="))
        .expect("a period")
        .to_string();
    let mut broken = example();
    swap(
        &mut broken,
        MEASURES,
        &period,
        "period = \"ตามความเหมาะสม\"",
    );
    let of_period = told(&broken, "period-without-time");
    assert!(of_period[0].contains(MEASURES), "{of_period:#?}");
    assert!(told(&example(), "period-without-time").is_empty());
    let mut open = example();
    swap(
        &mut open,
        REPORT,
        "status = \"done\"",
        "status = \"not-started\"",
    );
    let of_status = told(&open, "not-started-with-result");
    assert!(of_status[0].contains(REPORT), "{of_status:#?}");
    let result = read(&open, REPORT);
    let start = result.find("result = [").expect("a result");
    let end = start + result[start..].find("\n]").expect("its end") + 2;
    let why = "result = [\"ยังไม่ได้จัด เพราะวิทยากรเลื่อนไปเดือนพฤษภาคม\"]";
    let told_why = format!("{}{why}{}", &result[..start], &result[end..]);
    let outcome = told_why[start..]
        .find("outcome = [")
        .map(|at| at + start)
        .expect("an outcome");
    let end = outcome + told_why[outcome..].find("]\n").expect("its end") + 2;
    open.put(
        REPORT,
        format!("{}{}", &told_why[..outcome], &told_why[end..]),
    );
    assert!(told(&open, "not-started-with-result").is_empty());
}

#[test]
fn an_address_of_the_survey_without_a_code_breaks_the_year() {
    let year = "content/2568/year.toml";
    let own = "https://survey.example.com/eit/thansommut-2568";
    let line = read(&example(), year)
        .lines()
        .position(|l| l.contains(own))
        .expect("there")
        + 1;
    for bare in [
        "https://itas.nacc.go.th/",
        "https://itas.nacc.go.th",
        "https://itas.nacc.go.th/go/eit/",
    ] {
        let mut broken = example();
        swap(&mut broken, year, own, bare);
        assert_told("eit-without-code", &format!("{year}:{line}"), &broken);
    }
    for whole in [
        "https://itas.nacc.go.th/go/eit/abc123",
        "https://survey.example.com/?id=7",
        "https://forms.gle/abc",
    ] {
        let mut fine = example();
        swap(&mut fine, year, own, whole);
        assert!(told(&fine, "eit-without-code").is_empty(), "{whole}");
    }
}

#[test]
fn a_link_of_a_mark_alone_breaks_what_it_is_to_open() {
    told_of_page("link-to-nowhere", &["ใช้[แบบแจ้งเรื่องออนไลน์](#)"]);
    silent_of_page(
        "link-to-nowhere",
        &["ใช้[แบบแจ้งเรื่องออนไลน์](https://forms.example.com/a#)"],
    );
    let mut channel = example();
    let url = "https://forms.example.com/thansommut/integrity";
    swap(
        &mut channel,
        "content/channels.toml",
        &format!("url = \"{url}\""),
        "url = \"#\"",
    );
    assert!(!told(&channel, "link-to-nowhere").is_empty());
}
