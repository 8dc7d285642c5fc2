//! Addresses that were handed in never go away unnoticed.

use super::{check, shown};
use crate::help::{OnDisk, base, built};

const RECORD: &str = "content/2568/handed-in.toml";
const GUIDE: &str = "content/2568/structure/units.md";

fn site() -> OnDisk {
    let disk = OnDisk::base();
    disk.write(
        GUIDE,
        "+++\ntitle = \"กองและฝ่าย\"\nupdated = 2568-01-10\n+++\n\nสำนักปลัด กองคลัง กองช่าง\n",
    );
    disk
}

#[test]
fn the_whole_round_of_handing_in() {
    let disk = site();
    disk.build();
    let ran = disk.run(&["freeze", "--year", "2568", "--date", "2568-04-30"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let record = std::fs::read_to_string(disk.path(RECORD)).expect("written");
    assert!(record.contains("date = 2568-04-30\n"), "{record}");
    for line in [
        "code = \"O1\"",
        "  \"/2568/structure/\",",
        "  \"/2568/structure/units/\",",
        // The answer sheet names the signed announcement too.
        "  \"/2568/files/no-gift.pdf\",",
    ] {
        assert!(record.lines().any(|l| l == line), "{line}\n{record}");
    }
    disk.build();
    let before = disk.public();

    // A second time by mistake changes nothing.
    let ran = disk.run(&["freeze", "--year", "2568"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("--again"), "{}", ran.stderr);
    assert_eq!(
        std::fs::read_to_string(disk.path(RECORD)).expect("there"),
        record
    );

    // A page that is renamed fails the build, at its line, and the old
    // website stays.
    let moved = "content/2568/structure/divisions.md";
    std::fs::rename(disk.path(GUIDE), disk.path(moved)).expect("renamed");
    let ran = disk.run(&["build"]);
    assert_eq!(ran.code, 1);
    let line = 1 + record
        .lines()
        .position(|l| l.contains("structure/units/"))
        .expect("there");
    assert!(
        ran.stderr.contains("handed-in-address-gone"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains(&format!("{RECORD}:{line}:3")),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("redirects.toml"), "{}", ran.stderr);
    assert_eq!(disk.public(), before);

    // A redirect makes it good.
    disk.swap(
        "content/redirects.toml",
        "[[redirect]]",
        "[[redirect]]\nfrom = \"/2568/structure/units/\"\nto = \"/2568/structure/divisions.md\"\n\n[[redirect]]",
    );
    let ran = disk.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = std::fs::read_to_string(disk.path("public/2568/structure/units/index.html"));
    assert!(page.expect("there").contains("structure/divisions"));

    // Handed in anew, with the day of the first time.
    let ran = disk.run(&[
        "freeze",
        "--year",
        "2568",
        "--date",
        "31 พ.ค. 2568",
        "--again",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let record = std::fs::read_to_string(disk.path(RECORD)).expect("written");
    assert!(
        record.contains("date = 2568-05-31\nearlier = [\"2568-04-30\"]\n"),
        "{record}"
    );
    assert!(record.contains("structure/divisions/"), "{record}");
    // The redirect is kept as well: assessors may have the former address.
    assert!(record.contains("structure/units/"), "{record}");
    disk.build();

    // One that leads nowhere any more is left out, and said.
    std::fs::remove_file(disk.path(moved)).expect("removed");
    disk.swap(
        "content/redirects.toml",
        "[[redirect]]\nfrom = \"/2568/structure/units/\"\nto = \"/2568/structure/divisions.md\"\n\n",
        "",
    );
    let ran = disk.run(&["freeze", "--year", "2568", "--again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for gone in ["O1 /2568/structure/units/", "O1 /2568/structure/divisions/"] {
        assert!(ran.stderr.contains(gone), "{gone}: {}", ran.stderr);
    }
    let record = std::fs::read_to_string(disk.path(RECORD)).expect("written");
    assert!(!record.contains("divisions"), "{record}");
    let left: Vec<_> = std::fs::read_dir(disk.path("content/2568"))
        .expect("a folder")
        .filter_map(|e| e.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn what_is_handed_in_first_must_be_whole() {
    let disk = site();
    let ran = disk.run(&["freeze", "--year", "2570"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let ran = disk.run(&["freeze", "--date", "เมื่อวาน"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    disk.swap("content/2568/structure.md", "updated =", "updatd =");
    let ran = disk.run(&["freeze"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("unknown-field"), "{}", ran.stderr);
    assert!(!disk.path(RECORD).exists());
}

#[test]
fn a_setting_can_not_hide_what_stops_a_build() {
    let disk = site();
    disk.write(RECORD, record("  \"/2568/gone/\",\n"));
    let settings = std::fs::read_to_string(disk.path("content/site.toml")).expect("there");
    for off in [
        "[[rule]]\ncode = \"handed-in-address-gone\"\nseverity = \"off\"\nreason = \"ย้ายแล้ว\"\n",
        "[[allow]]\ncode = \"handed-in-address-gone\"\nreason = \"ย้ายแล้ว\"\n",
    ] {
        disk.write("content/site.toml", format!("{settings}\n{off}"));
        assert_eq!(disk.run(&["build"]).code, 1);
        let ran = disk.run(&["check", "--lang", "en"]);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        assert!(
            ran.stdout.contains("error[handed-in-address-gone]"),
            "{}",
            ran.stdout
        );
    }
    assert!(
        disk.run(&["check", "--format", "json"])
            .stdout
            .contains("unused-allowance")
    );
}

#[test]
fn a_website_that_moves_after_handing_in_is_told() {
    let then = |website: &str| {
        let mut files = base();
        let kept = record("  \"/2568/structure/\",\n");
        let kept = kept.replace(
            "\n\n[[item]]",
            &format!("\nwebsite = \"{website}\"\n\n[[item]]"),
        );
        files.put(RECORD, kept);
        let checked = check(&files);
        let lines = checked.findings.iter().map(|f| shown(&files, f));
        lines
            .filter(|line| line.starts_with("handed-in-website-moved"))
            .collect::<Vec<_>>()
    };
    let host = "banthotsop.example/web";
    assert!(then(&format!("https://{host}")).is_empty());
    assert!(then(&format!("http://www.{host}/")).is_empty());
    for other in [
        "https://former.example.go.th".to_string(),
        format!("https://{host}/ita"),
    ] {
        let told = then(&other);
        assert_eq!(told.len(), 1, "{other}: {told:?}");
        assert!(
            told[0].starts_with(&format!("handed-in-website-moved {RECORD}:2 ")),
            "{told:?}"
        );
    }
}

fn record(addresses: &str) -> String {
    format!("date = 2568-04-30\n\n[[item]]\ncode = \"O1\"\naddresses = [\n{addresses}]\n")
}

fn told(addresses: &str) -> Vec<String> {
    let mut files = base();
    files.put(RECORD, record(addresses));
    let checked = check(&files);
    checked
        .findings
        .iter()
        .filter(|f| {
            f.diagnostic
                .place
                .as_ref()
                .is_some_and(|p| &*p.file == RECORD)
        })
        .map(|f| shown(&files, f))
        .collect()
}

#[test]
fn addresses_that_lead_somewhere_are_silent() {
    // A page, without its last stroke, the short address of an item, an
    // attachment, a former address.
    let fine = "\"/2568/structure/\",\n\"/2568/structure\",\n\"/2568/o1/\",\n\"/2568/files/no-gift.pdf\",\n\"/old-portal\",\n";
    assert_eq!(told(fine), [""; 0]);
}

#[test]
fn a_page_that_is_gone_or_unpublished_is_told_at_its_line() {
    let found = told(
        "  \"/2568/structure/\",\n  \"/2568/nothing/\",\n  \"/2568/contact-us.pdf\",\n  \"/2568/hr-annual-report/\",\n",
    );
    let starts = [
        format!("handed-in-address-gone {RECORD}:7 "),
        format!("handed-in-address-gone {RECORD}:8 "),
        format!("handed-in-address-unpublished {RECORD}:9 "),
    ];
    assert_eq!(found.len(), 3, "{found:#?}");
    for (line, start) in found.iter().zip(&starts) {
        assert!(line.starts_with(start), "{found:#?}");
    }
    for code in ["handed-in-address-gone", "handed-in-address-unpublished"] {
        let rule = prongsai::check::rule(code).expect("explained");
        assert_eq!(rule.family.id(), "frozen");
    }
}

#[test]
fn a_file_that_is_renamed_is_told_with_its_new_name() {
    let mut files = base();
    files.put(RECORD, record("\"/2568/files/no-gift.pdf\",\n"));
    assert!(files.rename(
        "content/2568/files/no-gift.pdf",
        "content/2568/files/no-gift-2568.pdf"
    ));
    crate::help::swap(
        &mut files,
        "content/2568/no-gift-policy.md",
        "no-gift.pdf",
        "no-gift-2568.pdf",
    );
    let checked = check(&files);
    let gone = checked
        .findings
        .iter()
        .find(|f| f.diagnostic.code == "handed-in-address-gone")
        .expect("told");
    // For whom it was handed in, which it says nothing against.
    assert_eq!(gone.item.as_deref(), Some("O1"));
    let hint = gone.diagnostic.hints.first().expect("a hint");
    assert!(
        hint.en.contains("to = \"2568/files/no-gift-2568.pdf\""),
        "{}",
        hint.en
    );
}

#[test]
fn a_draft_is_no_page_that_was_handed_in() {
    let mut files = base();
    files.put(RECORD, record("\"/2568/powers-and-duties/\",\n"));
    let codes = built(files.clone()).codes();
    assert!(
        !codes.contains(&"handed-in-address-unpublished"),
        "{codes:?}"
    );
    crate::help::swap(
        &mut files,
        "content/2568/powers-and-duties.md",
        "updated",
        "draft = true\nupdated",
    );
    let codes = built(files).codes();
    assert!(
        codes.contains(&"handed-in-address-unpublished"),
        "{codes:?}"
    );
}

#[test]
fn a_page_that_can_not_be_read_is_told_once() {
    let mut files = base();
    files.put(RECORD, record("\"/2568/structure/units/\",\n"));
    files.put("content/2568/structure/units.md", "+++\ntitle = \"x\"\n");
    let codes = built(files).codes();
    assert!(codes.contains(&"front-matter-open"), "{codes:?}");
    assert!(!codes.contains(&"handed-in-address-gone"), "{codes:?}");
}

#[test]
fn what_is_wrong_in_the_record_itself_is_told() {
    let mut files = base();
    files.put(
        RECORD,
        "dat = 2568-04-30\n\n[[item]]\ncode = \"O1\"\naddresses = [\"https://example.go.th/2568/\"]\n",
    );
    let codes = built(files).codes();
    for code in ["unknown-field", "missing-field", "bad-address"] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
}

#[test]
fn nobody_hands_in_on_a_day_that_cannot_be() {
    let disk = site();
    for day in ["2568-07-01", "2599-01-01", "2567-09-30", "2568-02-30"] {
        let ran = disk.run(&["freeze", "--year", "2568", "--date", day]);
        assert_eq!(ran.code, 2, "{day}: {}", ran.stderr);
        assert!(!disk.path(RECORD).exists(), "{day}");
    }
}

#[test]
fn a_topic_that_moved_away_is_cured_by_a_redirect_and_a_living_page_is_not_taken() {
    let disk = OnDisk::base();
    disk.build();
    let ran = disk.run(&["freeze", "--year", "2568", "--date", "2568-04-30"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let topic = "content/2568/complaint-handling.md";
    let text = std::fs::read_to_string(disk.path(topic)).expect("there");
    let redirects = std::fs::read_to_string(disk.path("content/redirects.toml")).expect("there");
    disk.write(
        "content/redirects.toml",
        format!("{redirects}\n[[redirect]]\nfrom = \"/2568/complaint-handling/\"\nto = \"/pages/handling.md\"\n"),
    );
    disk.write(
        "content/pages/handling.md",
        "+++\ntitle = \"การจัดการเรื่องร้องเรียน\"\nupdated = 2568-01-10\n+++\n\nรับเรื่องและตอบภายในสิบห้าวัน\n",
    );
    let ran = disk.run(&["build"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("same-address"), "{}", ran.stderr);
    std::fs::remove_file(disk.path(topic)).expect("gone");
    disk.build();
    let page = std::fs::read_to_string(disk.path("public/2568/complaint-handling/index.html"));
    assert!(page.expect("there").contains("handling/"), "{text}");
}
