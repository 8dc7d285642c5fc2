//! The wrong year must not pass, and what is said to be ready must be so.

use prongsai::check::{Checked, Range};
use prongsai::files::MemoryFiles;
use prongsai::site::ItemState;

use super::{check, example, shown};
use crate::help::{OnDisk, swap};

const CONTRADICTS: &str = "year-contradicts-folder";
const GIFT: &str = "content/2568/no-gift-policy.md";
const STAFF: &str = "content/2568/hr-annual-report.md";
const PROGRESS: &str = "content/2568/operation-progress.md";
const MEASURES: &str = "content/2568/measures.toml";
const REPORT: &str = "content/2568/measures-report.toml";
const YEAR: &str = "content/2568/year.toml";
const BOUGHT: &str = "content/2568/procurement.csv";

fn but(path: &str, from: &str, to: &str) -> MemoryFiles {
    let mut files = example();
    swap(&mut files, path, from, to);
    files
}

fn text(files: &MemoryFiles, path: &str) -> String {
    use prongsai::files::{Files, SitePath};
    let bytes = files.read(&SitePath::new(path).expect("a path"));
    String::from_utf8(bytes.expect("there")).expect("UTF-8")
}

fn at(files: &MemoryFiles, path: &str, of: &str) -> String {
    let text = text(files, path);
    let at = text.find(of).unwrap_or_else(|| panic!("no {of:?}"));
    format!("{path}:{}", text[..at].matches('\n').count() + 1)
}

fn state(checked: &Checked, code: &str) -> ItemState {
    let year = checked.years.first().expect("a year");
    let item = year.items.iter().find(|i| i.code == code);
    item.expect("an item").state
}

/// The whole example, which has no finding, breaks this rule alone, at this
/// place, and the item stands so.
#[track_caller]
fn breaks(code: &str, broken: &MemoryFiles, place: &str, item: &str, stands: ItemState) {
    let checked = check(broken);
    let told: Vec<String> = checked.findings.iter().map(|f| shown(broken, f)).collect();
    let of_rule = |l: &String| l.starts_with(&format!("{code} "));
    assert!(told.iter().all(of_rule), "more than {code}: {told:#?}");
    assert!(
        told.iter()
            .any(|l| l.starts_with(&format!("{code} {place} "))),
        "not at {place}: {told:#?}"
    );
    assert!(prongsai::check::rule(code).is_some(), "{code} is not told");
    assert_eq!(state(&checked, item), stands);
    let year = checked.years.first().expect("a year");
    assert_ne!(year.score, Range::WHOLE, "the score claims all");
}

#[test]
fn the_whole_example_is_silent_and_scores_in_full() {
    let checked = check(&example());
    assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
    assert_eq!(checked.years.first().expect("a year").score, Range::WHOLE);
}

#[test]
fn a_head_that_contradicts_its_year_is_out_of_date() {
    let year = "fiscal_year = 2567";
    // The period is right; the year is not in it.
    let files = but(STAFF, year, "fiscal_year = 2566");
    let place = at(&files, STAFF, "fiscal_year");
    breaks(CONTRADICTS, &files, &place, "O15", ItemState::Outdated);
    let mut files = files;
    swap(
        &mut files,
        STAFF,
        "period = \"ต.ค. 2566 – ก.ย. 2567\"\n",
        "",
    );
    breaks(CONTRADICTS, &files, &place, "O15", ItemState::Outdated);
    let files = but(STAFF, year, "fiscal_year = 2568");
    breaks(CONTRADICTS, &files, &place, "O15", ItemState::Doubtful);
    let period = "period = \"ต.ค. 2567 – มี.ค. 2568\"";
    for wrong in ["ต.ค. 2566 – มี.ค. 2567", "ต.ค. 2568 – มี.ค. 2569"] {
        let files = but(PROGRESS, period, &format!("period = \"{wrong}\""));
        let place = at(&files, PROGRESS, "period");
        breaks(CONTRADICTS, &files, &place, "O6", ItemState::Outdated);
    }
    let files = but(PROGRESS, period, "period = \"มี.ค. 2568 – ต.ค. 2567\"");
    let place = at(&files, PROGRESS, "period");
    breaks("doubtful-period", &files, &place, "O6", ItemState::Doubtful);
}

#[test]
fn a_heading_that_is_an_element_is_of_its_year() {
    let files = but(GIFT, "## ใช้ในปี 2568", "## ใช้ในปี 2567");
    let place = at(&files, GIFT, "## ใช้ในปี");
    breaks(CONTRADICTS, &files, &place, "O21", ItemState::Doubtful);
}

#[test]
fn last_years_page_with_a_new_day_is_known_by_its_text() {
    let mut files = example();
    let old = text(&files, "content/2567/hr-annual-report.md")
        .replace("updated = 2566-11-24", "updated = 2567-11-27")
        .replace("fiscal_year = 2566", "fiscal_year = 2567")
        .replace("ต.ค. 2565 – ก.ย. 2566", "ต.ค. 2566 – ก.ย. 2567")
        .replace("ปี 2566", "ปี 2567");
    files.put(STAFF, old);
    let place = at(&files, STAFF, "อบรมบุคลากร");
    breaks(
        "same-as-last-year",
        &files,
        &place,
        "O15",
        ItemState::Doubtful,
    );
    // Whoever has looked says so with a reason.
    let site = text(&files, "content/site.toml");
    let allowed = "[[allow]]\ncode = \"same-as-last-year\"\nfile = \"content/2568/hr-annual-report.md\"\nreason = \"ผลเท่าเดิมจริง\"\n";
    files.put("content/site.toml", format!("{site}\n{allowed}"));
    let checked = check(&files);
    assert!(checked.findings.is_empty(), "{:#?}", checked.findings);
    assert_eq!(state(&checked, "O15"), ItemState::Published);
}

#[test]
fn a_page_that_speaks_of_other_years_alone_is_doubtful() {
    let files = but(
        STAFF,
        "ณ 30 กันยายน 2567 มีบุคลากร",
        "ณ 30 กันยายน 2567 ตามระเบียบ พ.ศ. 2540 และเทียบกับปี 2565 มีบุคลากร",
    );
    assert!(check(&files).findings.is_empty(), "looking back is honest");
    let mut files = example();
    let all = text(&files, STAFF);
    let (head, rest) = all.split_at(all.find("[[table]]").expect("a table"));
    let mut copied = head.replace("ปี 2567", "ปี 2566");
    copied.push_str(&rest.replace("2567", "2566"));
    files.put(STAFF, copied);
    let place = at(&files, STAFF, "description");
    breaks(CONTRADICTS, &files, &place, "O15", ItemState::Doubtful);
}

#[test]
fn files_of_another_year_are_told_where_they_are_named() {
    let mut files = example();
    let all = text(&files, GIFT).replace("no-gift-policy-2568.pdf", "no-gift-policy-2566.pdf");
    files.put(GIFT, all);
    let pdf = "content/2568/files/no-gift-policy-2568.pdf";
    let bytes = {
        use prongsai::files::{Files, SitePath};
        files
            .read(&SitePath::new(pdf).expect("a path"))
            .expect("there")
    };
    files.put("content/2568/files/no-gift-policy-2566.pdf", bytes);
    let place = at(&files, GIFT, "files = ");
    let told: Vec<String> = check(&files)
        .findings
        .iter()
        .map(|f| shown(&files, f))
        .collect();
    let line = told.iter().find(|l| l.starts_with(CONTRADICTS));
    assert!(
        line.is_some_and(|l| l.contains(&format!(" {place} "))),
        "{told:#?}"
    );
    assert_eq!(state(&check(&files), "O21"), ItemState::Doubtful);
}

#[test]
fn a_measure_of_an_earlier_year_is_told() {
    let period = "period = \"ม.ค. – ก.ย. 2568\"";
    let files = but(MEASURES, period, "period = \"ม.ค. – ก.ย. 2566\"");
    let all = text(&files, MEASURES);
    let before = &all[..all.find("ม.ค. – ก.ย. 2566").expect("there")];
    let head = before.rfind("[[measure]]").expect("a head");
    let place = format!("{MEASURES}:{}", all[..head].matches('\n').count() + 1);
    breaks(
        "measure-of-other-year",
        &files,
        &place,
        "O27",
        ItemState::Doubtful,
    );
    let files = but(REPORT, "fiscal_year = 2567", "fiscal_year = 2566");
    let place = at(&files, REPORT, "fiscal_year");
    breaks(
        "report-of-other-year",
        &files,
        &place,
        "O28",
        ItemState::Outdated,
    );
}

#[test]
fn a_group_that_is_not_there_and_empty_fields_are_told() {
    let files = but(MEASURES, "group = \"iit\"", "group = \"it\"");
    let place = at(&files, MEASURES, "group = \"it\"");
    breaks(
        "unknown-measure-group",
        &files,
        &place,
        "O27",
        ItemState::Doubtful,
    );
    for (path, from, to) in [
        (MEASURES, "period = \"ม.ค. – ก.ย. 2568\"", "period = \"-\""),
        (
            MEASURES,
            "responsible = [\"กองคลัง\", \"สำนักปลัดเทศบาล\"]",
            "responsible = [\"\"]",
        ),
    ] {
        let files = but(path, from, to);
        let place = at(&files, path, to);
        let told: Vec<String> = check(&files)
            .findings
            .iter()
            .map(|f| shown(&files, f))
            .collect();
        let of = |code: &str| told.iter().any(|l| l.starts_with(code));
        assert!(
            told.iter()
                .any(|l| l.starts_with(&format!("measure-empty-value {place} "))),
            "{told:#?}"
        );
        assert!(of("measure-without-field"), "{told:#?}");
        assert_eq!(state(&check(&files), "O27"), ItemState::Doubtful);
    }
}

#[test]
fn months_without_purchases_make_the_item_doubtful_and_stand_in_order() {
    let mut files = example();
    let kept: Vec<String> = text(&files, BOUGHT)
        .lines()
        .filter(|l| {
            !["ธ.ค. 2567", "ม.ค. 2568", "ก.พ. 2568"]
                .iter()
                .any(|m| l.contains(m))
        })
        .map(String::from)
        .collect();
    files.put(BOUGHT, kept.join("\n"));
    let checked = check(&files);
    assert_eq!(state(&checked, "O12"), ItemState::Doubtful);
    let months: Vec<&str> = checked
        .findings
        .iter()
        .filter(|f| f.diagnostic.code == "month-without-purchases")
        .map(|f| f.diagnostic.message.en.split(' ').next().expect("a month"))
        .collect();
    assert_eq!(
        months,
        [
            "December\u{a0}2024",
            "January\u{a0}2025",
            "February\u{a0}2025"
        ]
    );
    let mut stated = files.clone();
    let none = ["ธ.ค. 2567", "ม.ค. 2568", "ก.พ. 2568"]
        .map(|m| format!("\n[[procurement.none]]\nmonth = \"{m}\"\ntext = \"ไม่มีการจัดซื้อ\"\n"));
    let year = text(&files, YEAR);
    stated.put(YEAR, format!("{year}\n{}", none.concat()));
    assert_eq!(state(&check(&stated), "O12"), ItemState::Published);
}

#[test]
fn days_that_are_swapped_or_of_another_year_are_told() {
    let files = but(YEAR, "to = 2568-02-28", "to = 2567-12-28");
    let mut files = files;
    swap(
        &mut files,
        YEAR,
        "closes = 2568-04-30",
        "closes = 2567-12-30",
    );
    swap(&mut files, YEAR, "to = 2568-05-31", "to = 2586-05-31");
    let checked = check(&files);
    let told: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
    assert_eq!(told.len(), 3, "{told:#?}");
    for (code, of) in [
        ("ends-before-start", "to = 2567-12-28"),
        ("ends-before-start", "closes = 2567"),
        ("day-of-other-year", "to = 2586-05-31"),
    ] {
        let start = format!("{code} {} ", at(&files, YEAR, of));
        assert!(told.iter().any(|l| l.starts_with(&start)), "{told:#?}");
    }
}

fn on_disk() -> OnDisk {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let tree = crate::help::tree(&root).into_iter();
    OnDisk::new(tree.map(|(path, bytes)| (format!("content/{path}"), bytes)))
}

const TODAY: [&str; 2] = ["--today", "2569-01-15"];

#[test]
fn nothing_is_called_ready_while_an_item_is_not_whole() {
    let disk = on_disk();
    let ran = disk.run(&[&["check", "--lang", "en"], TODAY.as_slice()].concat());
    assert!(
        ran.stdout.contains("100.00") && ran.stdout.contains("ready: run"),
        "{}",
        ran.stdout
    );
    // A rule that is turned off says nothing, and changes nothing.
    disk.swap(GIFT, "## ใช้ในปี 2568", "## ใช้ในปี 2567");
    let site = std::fs::read_to_string(disk.path("content/site.toml")).expect("there");
    let off =
        "\n[[rule]]\ncode = \"year-contradicts-folder\"\nseverity = \"off\"\nreason = \"x\"\n";
    std::fs::write(disk.path("content/site.toml"), site.clone() + off).expect("written");
    for more in [&[][..], &["--only", "O21"]] {
        let ran = disk.run(&[&["check", "--lang", "en"], TODAY.as_slice(), more].concat());
        assert!(ran.stdout.contains("not ready: 1 item"), "{}", ran.stdout);
        assert!(!ran.stdout.contains("lacks 0"), "{}", ran.stdout);
    }
    // An error elsewhere keeps everything from being published.
    std::fs::write(disk.path("content/site.toml"), site).expect("written");
    disk.swap(GIFT, "## ใช้ในปี 2567", "## ใช้ในปี 2568");
    disk.swap("content/units.toml", "[[unit]]", "[[unit]]\nnam = \"x\"");
    let ran = disk.run(&[&["check", "--lang", "en"], TODAY.as_slice()].concat());
    assert!(
        ran.stdout.contains("until then nothing can be published"),
        "{}",
        ran.stdout
    );
}

#[test]
fn answers_do_not_claim_last_years_page_and_keep_states_apart() {
    let disk = on_disk();
    disk.swap(PROGRESS, "ต.ค. 2567 – มี.ค. 2568", "ต.ค. 2566 – มี.ค. 2567");
    disk.swap(GIFT, "## ใช้ในปี 2568", "## ใช้ในปี 2567");
    let ran = disk.run(&[&["answers", "--lang", "en"], TODAY.as_slice()].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("27 of 28") && ran.stderr.contains("2 need work"),
        "{}",
        ran.stderr
    );
    let csv = std::fs::read_to_string(disk.path("answers/answers-2568.csv")).expect("written");
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.as_bytes());
    let rows: Vec<Vec<String>> = rows
        .records()
        .map(|r| r.expect("a row").iter().map(String::from).collect())
        .collect();
    let row = |code: &str| {
        rows.iter()
            .find(|r| r.first().is_some_and(|c| c == code))
            .expect("a row")
    };
    assert_eq!(row("O6")[2], "ไม่มี");
    assert!(row("O6")[6].contains("ของปีอื่น") && row("O6")[3].is_empty());
    assert_eq!(row("O21")[2], "มี");
    assert!(!row("O21")[6].is_empty());
    assert_eq!(row("O1")[6], "");
}

fn codes(checked: &Checked) -> Vec<&'static str> {
    let codes = checked.findings.iter().map(|f| f.diagnostic.code);
    codes.collect()
}

#[test]
fn a_year_that_cannot_be_read_is_told_and_no_other_is_judged() {
    let site = "content/site.toml";
    for (year, cause) in [("\"2568x\"", "bad-year"), ("2570", "no-year")] {
        let files = but(
            site,
            "current_year = 2568",
            &format!("current_year = {year}"),
        );
        let checked = check(&files);
        let mut codes = codes(&checked);
        codes.sort_unstable();
        assert_eq!(codes, [cause, "year-unknown"]);
        assert!(checked.years.is_empty());
        // The year that is asked for is judged.
        let asked = super::check_years(&files, &[2568]);
        assert_eq!(asked.years.first().map(|y| y.year), Some(2568));
    }
}

#[test]
fn one_cause_is_told_once() {
    let mut files = example();
    for topic in ["structure", "executives", "contact", "e-service"] {
        let page = text(&files, &format!("content/2568/{topic}.md"));
        files.put(format!("content/2568 - Copy/{topic}.md"), page);
    }
    let moved = text(&files, BOUGHT).replace("ต.ค. 2567", "ต.ค. 2566");
    files.put(BOUGHT, moved);
    let checked = check(&files);
    let of = |code: &str| -> Vec<String> {
        let all = checked
            .findings
            .iter()
            .filter(|f| f.diagnostic.code == code);
        all.map(|f| shown(&files, f)).collect()
    };
    let folders = of("unknown-file");
    assert_eq!(folders.len(), 1, "{folders:#?}");
    assert!(
        folders[0].starts_with("unknown-file content/2568 - Copy ")
            && folders[0].contains("the 4 files"),
        "{folders:#?}"
    );
    let months = of("month-outside-year");
    assert_eq!(months.len(), 1, "{months:#?}");
    assert!(
        months[0].starts_with(&format!("month-outside-year {BOUGHT}:B2 "))
            && months[0].contains("more rows"),
        "{months:#?}"
    );
}

#[test]
fn an_early_day_of_the_check_is_told_once_and_a_mistyped_year_by_itself() {
    let day = "2568-02-15";
    let of = |files: &MemoryFiles| -> Vec<String> {
        let checked = super::check_on(files, &[], day);
        let all = checked
            .findings
            .iter()
            .filter(|f| f.diagnostic.code == "future-date");
        all.map(|f| shown(files, f)).collect()
    };
    assert_eq!(of(&example()).len(), 1);
    let page = "content/2568/structure.md";
    let files = but(page, "updated = 2567-10-15", "updated = 2587-10-15");
    let told = of(&files);
    assert_eq!(told.len(), 2, "{told:#?}");
    let place = at(&files, page, "updated");
    assert!(
        told.iter()
            .any(|l| l.starts_with(&format!("future-date {place} "))),
        "{told:#?}"
    );
}

#[test]
fn cells_reach_the_reports_of_other_programs() {
    let disk = on_disk();
    disk.swap(BOUGHT, "ต.ค. 2567", "ต.ค. 2657");
    let run = |format: &str| {
        let ran = disk.run(
            &[
                &["check", "--lang", "en", "--format", format],
                TODAY.as_slice(),
            ]
            .concat(),
        );
        ran.stdout
    };
    let github = run("github");
    assert!(
        github.contains(&format!("file={BOUGHT},line=2::B2: ")),
        "{github}"
    );
    let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).expect("JSON");
    let result = &sarif["runs"][0]["results"][0];
    let location = &result["locations"][0];
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "B2");
    assert!(
        result["message"]["text"]
            .as_str()
            .expect("a text")
            .starts_with("B2: ")
    );
}

#[test]
fn slips_of_typing_are_found() {
    let page = "content/2568/structure.md";
    let mut files = example();
    let all = text(&files, page);
    files.put(
        page,
        format!("{all}\nกฎหมายเเละระเบียบ\n\nการการดำเนินงานของคณะกรรมการการเลือกตั้ง\n"),
    );
    let checked = check(&files);
    let told: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    let place = |of: &str| at(&files, page, of);
    assert!(
        told.iter()
            .any(|l| l.starts_with(&format!("double-e {} ", place("กฎหมายเเละ")))),
        "{told:#?}"
    );
    assert!(
        told.iter()
            .any(|l| l.starts_with(&format!("doubled-word {} ", place("การการดำ")))),
        "{told:#?}"
    );
}
