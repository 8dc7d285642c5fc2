//! The commands themselves: exit codes, forms of the report, explanations,
//! answers.

use std::fs;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

use super::example;
use crate::help::{OnDisk, Ran};

pub fn on_disk() -> OnDisk {
    use prongsai::files::Files;
    let files = example();
    let all: Vec<(String, Vec<u8>)> = files
        .list()
        .entries
        .iter()
        .map(|e| (e.path.to_string(), files.read(&e.path).expect("there")))
        .collect();
    OnDisk::new(all)
}

pub fn check(disk: &OnDisk, args: &[&str]) -> Ran {
    // The day on which the example is all in the past.
    let mut all = vec!["check", "--today", "2569-01-15"];
    all.extend(args);
    disk.run(&all)
}

#[test]
fn exit_codes_say_how_it_went() {
    let disk = on_disk();
    assert_eq!(check(&disk, &[]).code, 0);
    assert_eq!(check(&disk, &["--strict"]).code, 0);
    let missing = check(&disk, &["--year", "2569"]);
    assert_eq!(missing.code, 1, "{}", missing.stderr);
    assert_eq!(
        check(&disk, &["--year", "2569", "--fail-on", "never"]).code,
        0
    );
    assert_eq!(check(&disk, &["--year", "2569", "--only", "O1,O2"]).code, 0);
    assert_eq!(check(&disk, &["--year", "2569", "--only", "o7"]).code, 1);
    assert_eq!(check(&disk, &["--year", "68-69"]).code, 2);
    assert_eq!(check(&disk, &["--root", "nowhere"]).code, 2);
    let empty = tempfile::tempdir().expect("a folder");
    let root = empty.path().to_string_lossy().into_owned();
    assert_eq!(check(&disk, &["--root", &root]).code, 2);
    // A misspelt name would find nothing, which looks like all is well.
    for wrong in ["O99x", "elemnts", "item-mising", "O7 O8x", "", " , "] {
        let ran = check(&disk, &["--year", "2569", "--only", wrong]);
        assert_eq!(ran.code, 2, "{wrong}");
    }
    assert_eq!(
        check(&disk, &["--year", "2569", "--only", "O1, O7"]).code,
        1
    );
    for (right, code) in [
        ("O7 O8", 1),
        ("ข้อ ๑", 0),
        ("structure", 0),
        ("ข้อมูลส่วนบุคคล", 0),
    ] {
        let ran = check(&disk, &["--year", "2569", "--only", right]);
        assert_eq!(ran.code, code, "{right}: {}", ran.stderr);
    }
    for years in ["2568,2567", "ALL"] {
        assert_ne!(check(&disk, &["--year", years]).code, 2, "{years}");
    }
    assert_eq!(check(&disk, &["--strict", "--fail-on", "never"]).code, 2);
    // What is to be run next asks for the same years.
    for years in ["2570", "2569,2568"] {
        let ran = check(&disk, &["--year", years]);
        let again = format!("--year {years}");
        let line = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(line.contains(&again), "{}", ran.stdout);
    }
    // No report takes the place of a source.
    for inside in ["content/site.toml", "content/new.json", "themes/x.html"] {
        assert_eq!(check(&disk, &["--output", inside]).code, 2, "{inside}");
    }
    for inside in ["content", "public", "public/2568"] {
        assert_eq!(
            disk.run(&["answers", "--output", inside]).code,
            2,
            "{inside}"
        );
    }
    // As programs mean it, and no file of that name.
    let shown = check(
        &disk,
        &["--year", "2568", "--output", "-", "--calendar", "-"],
    );
    assert!(shown.stdout.contains("BEGIN:VCALENDAR"), "{}", shown.stdout);
    assert!(shown.stdout.contains("100.00"), "{}", shown.stdout);
    assert!(!disk.path("-").exists());
    assert!(
        fs::read_to_string(disk.path("content/site.toml"))
            .expect("there")
            .contains("[agency]")
    );
    // A site that does not load is judged as far as it goes.
    disk.write("content/units.toml", "[[unit]\n");
    let broken = check(&disk, &[]);
    assert_eq!(broken.code, 1);
    assert!(broken.stdout.contains("toml-syntax"), "{}", broken.stdout);
    assert!(!disk.path("public").exists(), "nothing is written");
}

#[test]
fn the_table_fits_the_screen_in_both_languages() {
    let disk = on_disk();
    for lang in ["th", "en"] {
        let ran = check(&disk, &["--year", "all", "--lang", lang]);
        let table: Vec<&str> = ran
            .stdout
            .lines()
            .filter(|l| l.starts_with('O') && l.contains('/'))
            .collect();
        assert!(table.len() > 50, "{}", ran.stdout);
        for line in &table {
            assert!(line.width() <= 80, "{} {line}", line.width());
        }
        // States stand under each other.
        let at: std::collections::BTreeSet<usize> = table
            .iter()
            .filter_map(|l| Some(l[..l.find(['✓', '✗', '?'])?].width()))
            .collect();
        assert_eq!(at.len(), 1, "{at:?}");
    }
}

#[test]
fn machines_get_forms_that_they_can_read() {
    let disk = on_disk();
    let run = |format: &str| check(&disk, &["--year", "2569", "--format", format]);
    let json = run("json").json();
    let count = json["findings"].as_array().expect("a list").len();
    assert!(count > 10);
    assert_eq!(json["years"][0]["year"], 2569);
    assert_eq!(json["counts"]["error"].as_u64().map(|n| n > 10), Some(true));
    let sarif = run("sarif").json();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), count);
    let rules = &sarif["runs"][0]["tool"]["driver"]["rules"];
    for result in results {
        let known = rules
            .as_array()
            .expect("rules")
            .iter()
            .any(|r| r["id"] == result["ruleId"]);
        assert!(known, "{result}");
    }
    let github = run("github").stdout;
    assert_eq!(github.lines().count(), count);
    assert!(github.lines().all(|l| l.starts_with("::error ")
        || l.starts_with("::warning ")
        || l.starts_with("::notice ")));
    let html = run("html").stdout;
    assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
    // Into a file.
    let ran = check(&disk, &["--format", "html", "--output", "report.html"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(
        fs::read_to_string(disk.path("report.html"))
            .expect("written")
            .contains("100.00")
    );
}

#[test]
fn every_rule_is_explained_and_a_misspelt_one_is_helped() {
    let disk = OnDisk::base();
    let all = disk.run(&["explain", "--lang", "en"]).stdout;
    assert!(all.lines().count() > 100, "{all}");
    for code in all.lines().filter_map(|l| l.split(' ').next()) {
        let ran = disk.run(&["explain", code]);
        assert_eq!(ran.code, 0, "{code}");
        for part in ["Why:", "What to do:", "Source:", "Bad:", "Good:"] {
            assert!(ran.stdout.contains(part), "{code}: {}", ran.stdout);
        }
    }
    let ran = disk.run(&["explain", "warning[stale-page]", "item-missing"]);
    assert_eq!(ran.code, 0);
    for code in ["stale-page", "item-missing"] {
        assert!(ran.stdout.contains(code), "{}", ran.stdout);
    }
    let ran = disk.run(&["explain", "o18"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("check --only O18"), "{}", ran.stderr);
    let ran = disk.run(&["explain", "item-mising"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("item-missing"), "{}", ran.stderr);
}

/// `UPDATE_SNAPSHOTS=1` writes them anew.
#[test]
fn the_reference_pages_are_those_of_the_rules() {
    for (lang, name) in [("th", "docs/rules.th.md"), ("en", "docs/rules.md")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let ran = OnDisk::base().run(&["explain", "--markdown", "--lang", lang]);
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&path, &ran.stdout).expect("written");
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == ran.stdout,
            "{name} is old: UPDATE_SNAPSHOTS=1 writes it anew"
        );
    }
}

/// Every code that the program can say has its rule.
#[test]
fn no_message_is_without_an_explanation() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut missing = Vec::new();
    let mut seen = 0;
    for (name, bytes) in crate::help::tree(&root) {
        if !name.ends_with(".rs") {
            continue;
        }
        let text = String::from_utf8(bytes).expect("UTF-8");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for start in [
            "Diagnostic::error(",
            "Diagnostic::warning(",
            "Diagnostic::advice(",
            "finding(",
        ] {
            for after in text.split(start).skip(1) {
                let Some(code) = after
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|a| a.split('"').next())
                else {
                    continue;
                };
                seen += 1;
                if prongsai::check::rule(code).is_none() {
                    missing.push(format!("{code} ({name})"));
                }
            }
        }
    }
    assert!(seen > 80, "{seen}");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn answers_are_written_for_people_and_spreadsheets() {
    let disk = on_disk();
    let ran = disk.run(&["answers", "--year", "2568"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("28 of 28"), "{}", ran.stderr);
    let csv = fs::read_to_string(disk.path("answers/answers-2568.csv")).expect("written");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 28);
    for row in &rows {
        assert_eq!(&row[2], "มี");
        let urls: Vec<&str> = row[3].lines().collect();
        assert!(!urls.is_empty());
        assert_eq!(
            urls.len(),
            row[4].lines().count(),
            "a path for each address"
        );
        assert!(
            urls.iter()
                .all(|u| u.starts_with("https://thansommut.example.go.th/2568/"))
        );
        assert!(row[4].starts_with("หน้าแรก › "));
        assert!(!row[5].contains("ยังไม่มี"), "{row:?}");
    }
    // The same, twice: a second run replaces the files.
    let first = fs::read(disk.path("answers/answers-2568.xlsx")).expect("written");
    assert_eq!(disk.run(&["answers", "--year", "2568"]).code, 0);
    assert_eq!(
        fs::read(disk.path("answers/answers-2568.xlsx")).expect("written"),
        first
    );
    // What the clerk wrote into a file is never lost.
    disk.write("answers/answers-2568.csv", "ข้อความของฉัน");
    let again = disk.run(&["answers", "--year", "2568"]);
    assert!(
        again.stderr.contains("answers-2568-1.csv"),
        "{}",
        again.stderr
    );
    let kept = fs::read_to_string(disk.path("answers/answers-2568-1.csv")).expect("kept");
    assert_eq!(kept, "ข้อความของฉัน");
    assert_eq!(disk.run(&["answers", "--year", "2568"]).code, 0);
    assert!(!disk.path("answers/answers-2568-2.csv").exists());
    let incomplete = disk.run(&["answers", "--year", "2569", "--output", "other"]);
    assert_eq!(incomplete.code, 0);
    let csv = fs::read_to_string(disk.path("other/answers-2569.csv")).expect("written");
    assert!(csv.contains(",ไม่มี,"));
    assert_eq!(disk.run(&["answers", "--year", "2580"]).code, 2);
    // Every address is a page of the built site.
    disk.build();
    for row in rows {
        for url in row[3].lines() {
            let inside = url.trim_start_matches("https://thansommut.example.go.th/");
            let page = disk.path("public").join(inside).join("index.html");
            assert!(page.is_file(), "{url}");
        }
    }
}

/// What only the finished pages show is to be done before, too.
#[test]
fn answers_tell_what_the_check_finds_against_an_item() {
    let disk = on_disk();
    let page = "content/2568/structure.md";
    let text = fs::read_to_string(disk.path(page)).expect("there");
    disk.write(
        page,
        format!("{text}\n[แผนผัง](http://localhost/chart.html)\n"),
    );
    let ran = disk.run(&["answers", "--year", "2568"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("1 need work"), "{}", ran.stderr);
    let csv = fs::read_to_string(disk.path("answers/answers-2568.csv")).expect("written");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|r| r.expect("a row"));
    let before: Vec<(String, String)> = rows
        .filter(|row| !row[6].is_empty())
        .map(|row| (row[0].to_string(), row[6].to_string()))
        .collect();
    let [(item, told)] = before.as_slice() else {
        panic!("{before:?}")
    };
    assert_eq!(item, "O1");
    assert!(
        told.starts_with("แก้: ") && told.ends_with(&format!("({page})")),
        "{told}"
    );
}

/// Whatever rule quotes it, in whatever form: never the number itself.
#[test]
fn no_form_of_the_report_holds_a_number_of_a_person() {
    let disk = on_disk();
    let number = "1100123456786";
    disk.write(
        "content/pages/note.md",
        format!("+++\ntitle = \"บันทึก\"\n+++\n\nเลขประจำตัวประชาชน {number}\n\n![{number}](/files/logo.svg)\n"),
    );
    disk.write(&format!("content/files/{number}.csv"), "ก,ข\n1,2\n");
    for format in ["human", "json", "sarif", "github", "html"] {
        let ran = check(
            &disk,
            &[
                "--format",
                format,
                "--only",
                "personal,reach,access,loading",
            ],
        );
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains("1-1001-*****"), "{format}: {all}");
        assert!(!all.contains(number), "{format}: {all}");
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_that_is_closed_is_no_fault() {
    let disk = on_disk();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_prongsai"))
        .args(["check", "--format", "json", "--today", "2569-01-15"])
        .current_dir(disk.path(""))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let ran = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
    assert_eq!(ran.status.code(), Some(0));
}
