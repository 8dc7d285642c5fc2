//! What webmasters get wrong, each put into a copy of a site that is right:
//! what they are told, and where.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test it` writes the texts anew.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::Value;

use crate::help::{OnDisk, TODAY};

enum Slip {
    /// In a file: these words, written so.
    Write(&'static str, &'static str, &'static str),
    /// A file more, or another in its place.
    Put(&'static str, Vec<u8>),
    Remove(&'static str),
}

struct Mistake {
    name: &'static str,
    slips: Vec<Slip>,
    code: &'static str,
    /// `error` or `warning`.
    severity: &'static str,
    file: &'static str,
    /// `line:column`, `cell`, `sheet cell`, or nothing where the file as a
    /// whole is meant.
    at: &'static str,
    /// Words of the hint, in Thai and in English.
    hint: (&'static str, &'static str),
}

fn error(
    name: &'static str,
    slip: Slip,
    code: &'static str,
    (file, at): (&'static str, &'static str),
    hint: (&'static str, &'static str),
) -> Mistake {
    Mistake {
        name,
        slips: vec![slip],
        code,
        severity: "error",
        file,
        at,
        hint,
    }
}

fn warning(
    name: &'static str,
    slip: Slip,
    code: &'static str,
    place: (&'static str, &'static str),
    hint: (&'static str, &'static str),
) -> Mistake {
    Mistake {
        severity: "warning",
        ..error(name, slip, code, place, hint)
    }
}

fn write(file: &'static str, from: &'static str, to: &'static str) -> Slip {
    Slip::Write(file, from, to)
}

fn put(file: &'static str, text: impl Into<Vec<u8>>) -> Slip {
    Slip::Put(file, text.into())
}

impl Slip {
    fn make(&self, disk: &OnDisk) {
        match self {
            Slip::Write(file, from, to) => disk.swap(&format!("content/{file}"), from, to),
            Slip::Put(file, bytes) => disk.write(&format!("content/{file}"), bytes),
            Slip::Remove(file) => {
                fs::remove_file(disk.path(&format!("content/{file}"))).expect("there");
            }
        }
    }
}

#[path = "mistakes_list.rs"]
mod list;

/// The rules of all mistakes, of which the site without them is the twin.
pub fn codes() -> Vec<&'static str> {
    list::all().iter().map(|m| m.code).collect()
}

/// The base site with mistakes, built once to see that it was right.
fn slipped(mistakes: &[&Mistake]) -> OnDisk {
    let disk = OnDisk::base();
    for slip in mistakes.iter().flat_map(|m| &m.slips) {
        slip.make(&disk);
    }
    disk
}

/// `line:column`, a cell with its sheet, or nothing.
fn place_of(found: &Value) -> String {
    let place = &found["place"];
    let text = |key: &str| place[key].as_str().map(str::to_string);
    match (
        place["line"].as_u64(),
        place["column"].as_u64(),
        text("sheet"),
        text("cell"),
    ) {
        (Some(line), Some(column), ..) => format!("{line}:{column}"),
        (_, _, Some(sheet), Some(cell)) => format!("{sheet} {cell}"),
        (_, _, None, Some(cell)) => cell,
        _ => String::new(),
    }
}

fn is_told(mistake: &Mistake, found: &Value) -> bool {
    let hint = |lang: &str, words: &str| {
        let hints = found["hints"].as_array().expect("hints");
        let message = found["message"][lang].as_str().unwrap_or_default();
        hints
            .iter()
            .filter_map(|h| h[lang].as_str())
            .chain([message])
            .any(|h| h.contains(words))
    };
    found["code"] == mistake.code
        && found["severity"] == mistake.severity
        && found["place"]["file"] == format!("content/{}", mistake.file)
        && place_of(found) == mistake.at
        && hint("th", mistake.hint.0)
        && hint("en", mistake.hint.1)
}

fn brief(found: &Value) -> String {
    format!(
        "{} [{}] {} {:?} {} | {}",
        found["severity"].as_str().unwrap_or_default(),
        found["code"].as_str().unwrap_or_default(),
        found["place"]["file"].as_str().unwrap_or_default(),
        place_of(found),
        found["message"]["en"].as_str().unwrap_or_default(),
        found["hints"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|h| format!("{} / {}", h["th"], h["en"]))
            .collect::<Vec<_>>()
            .join("; "),
    )
}

#[test]
fn the_site_that_mistakes_are_put_into_has_none() {
    let ran = OnDisk::base().run(&["build", "--format", "json", "--today", TODAY]);
    let json = ran.json();
    assert_eq!((ran.code, &json["outcome"]), (0, &Value::from("built")));
    assert_eq!(json["diagnostics"], Value::Array(Vec::new()));
}

/// One message each, at the right place, with what to write instead; and no
/// noise beside it.
#[test]
fn each_mistake_is_told_with_its_place_and_what_to_write() {
    let all = list::all();
    assert!(all.len() >= 20);
    let wrong: Vec<String> = all
        .par_iter()
        .flat_map_iter(|mistake| {
            let disk = slipped(&[mistake]);
            let ran = disk.run(&["build", "--format", "json", "--today", TODAY]);
            let json = ran.json();
            let found = json["diagnostics"].as_array().cloned().unwrap_or_default();
            let mut wrong = Vec::new();
            if !found.iter().any(|f| is_told(mistake, f)) {
                wrong.push(format!("not told as it should be: {}", mistake.name));
            }
            if found.len() != 1 {
                wrong.push(format!("{} messages: {}", found.len(), mistake.name));
            }
            let code = i32::from(mistake.severity == "error");
            if ran.code != code {
                wrong.push(format!("exit code {}: {}", ran.code, mistake.name));
            }
            if !wrong.is_empty() {
                wrong.extend(found.iter().map(|f| format!("    {}", brief(f))));
            }
            wrong
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn snapshots() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots")
}

/// Compared letter by letter, or written anew.
fn snapshot(name: &str, text: &str) {
    let path = snapshots().join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|v| v == "1") {
        fs::create_dir_all(snapshots()).expect("a folder");
        fs::write(&path, text).expect("written");
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if kept == text {
        return;
    }
    let line = kept.lines().zip(text.lines()).position(|(a, b)| a != b);
    let line = line.unwrap_or_else(|| kept.lines().count().min(text.lines().count()));
    let at = |text: &str| {
        text.lines()
            .skip(line.saturating_sub(3))
            .take(12)
            .collect::<Vec<_>>()
            .join("\n")
    };
    panic!(
        "{name} differs from line {}\n--- kept\n{}\n--- now\n{}\n",
        line + 1,
        at(&kept),
        at(text)
    );
}

/// As a webmaster reads them on the terminal.
fn told_in(lang: &str) -> String {
    let parts: Vec<String> = list::all()
        .par_iter()
        .map(|mistake| {
            let disk = slipped(&[mistake]);
            let args = ["build", "--lang", lang, "--today", TODAY];
            let ran = disk.run(&args);
            assert_eq!(ran.stdout, "", "{}", mistake.name);
            // How long it took is no part of what is told.
            let told: Vec<&str> = ran
                .stderr
                .lines()
                .filter(|l| !l.starts_with("built ") && !l.starts_with("สร้างเว็บไซต์แล้ว"))
                .map(str::trim_end)
                .collect();
            format!("### {}\n\n{}\n", mistake.name, told.join("\n").trim())
        })
        .collect();
    parts.join("\n")
}

#[test]
fn each_mistake_is_told_in_thai_as_the_snapshot_says() {
    snapshot("mistakes.th.txt", &told_in("th"));
}

#[test]
fn each_mistake_is_told_in_english_as_the_snapshot_says() {
    snapshot("mistakes.en.txt", &told_in("en"));
}

#[test]
fn no_snapshot_is_left_over() {
    let mut names: Vec<String> = fs::read_dir(snapshots())
        .expect("snapshots")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    assert_eq!(names, ["mistakes.en.txt", "mistakes.th.txt"]);
}

#[test]
fn all_mistakes_at_once_are_all_told_in_one_run_and_the_old_site_stays() {
    let disk = OnDisk::base();
    disk.build();
    let before = disk.public();
    let all = list::all();
    let together: Vec<&Mistake> = all.iter().filter(|m| list::together(m)).collect();
    assert!(together.len() >= 20, "{}", together.len());
    for slip in together.iter().flat_map(|m| &m.slips) {
        slip.make(&disk);
    }
    let ran = disk.run(&["build", "--format", "json", "--today", TODAY]);
    let json = ran.json();
    assert_eq!(ran.code, 1);
    assert_eq!(json["outcome"], "failed");
    let found = json["diagnostics"].as_array().expect("a list");
    // Lines shift when a file has two of them; code, file and hint stay.
    let missing: Vec<&str> = together
        .iter()
        .filter(|m| {
            !found
                .iter()
                .any(|f| f["code"] == m.code && f["place"]["file"] == format!("content/{}", m.file))
        })
        .map(|m| m.name)
        .collect();
    let told: Vec<String> = found.iter().map(brief).collect();
    assert!(
        missing.is_empty(),
        "not told: {missing:#?}\n{}",
        told.join("\n")
    );
    assert!(before == disk.public(), "the old site was touched");
    assert!(!disk.path("public.staging").exists());
}

fn told_of(disk: &OnDisk) -> Vec<String> {
    let ran = disk.run(&["build", "--format", "json", "--today", TODAY]);
    ran.json()["diagnostics"]
        .as_array()
        .into_iter()
        .flatten()
        .map(brief)
        .collect()
}

/// Five hundred rows would be five hundred messages.
#[test]
fn a_misspelt_column_is_told_once_and_not_for_every_row() {
    let disk = OnDisk::base();
    disk.swap(
        "content/2567/complaints.csv",
        "อยู่ระหว่างดำเนินการ",
        "อยู่ระหว่างดำเนินกา",
    );
    let told = told_of(&disk);
    assert!(
        told.iter().any(|t| t.contains("unknown-column")),
        "{told:#?}"
    );
    assert!(told.len() <= 2, "{told:#?}");
}

#[test]
fn an_amount_that_cannot_be_read_is_not_also_told_as_a_wrong_total() {
    let disk = OnDisk::base();
    disk.swap(
        "content/2568/budget.csv",
        "\"300,000.00\"",
        "\"3000,00.00\"",
    );
    let told = told_of(&disk);
    assert_eq!(told.len(), 1, "{told:#?}");
}

/// `B4` says it; a line and a column of the file beside it would be another
/// place.
#[test]
fn a_cell_is_named_as_the_spreadsheet_names_it_and_not_by_a_line_as_well() {
    let disk = OnDisk::base();
    disk.swap(
        "content/2568/procurement.csv",
        "3,เม.ย. 2568",
        "3,เม.บ. 2568",
    );
    let told = disk.run(&["build", "--today", TODAY]).stderr;
    let line = told
        .lines()
        .find(|l| l.contains("procurement.csv"))
        .expect("the place");
    assert!(
        line.trim_end().ends_with("content/2568/procurement.csv B4"),
        "{line}"
    );
}
