//! Every problem is told in two languages.

use super::file_words::megabytes;
use super::*;
use crate::files::decode;
use crate::files::decode::DecodeFault;
use crate::files::names::NameFault;
use std::collections::BTreeSet;

fn text(kind: DecodeFault) -> FileFault {
    FileFault::Text(DecodeProblem {
        line: 7,
        column: 3,
        kind,
    })
}

fn name(fault: NameFault) -> FileFault {
    let name = "ชื่อ".to_owned();
    FileFault::Name(PathFault::Name { name, fault })
}

fn every_fault() -> Vec<FileFault> {
    vec![
        FileFault::Name(PathFault::Empty),
        FileFault::Name(PathFault::Absolute),
        FileFault::Name(PathFault::Outside),
        FileFault::Name(PathFault::Backslash),
        FileFault::Name(PathFault::EmptyPart),
        FileFault::Name(PathFault::Dots),
        FileFault::Name(PathFault::NotUnicode),
        FileFault::Name(PathFault::TooLong { units: 300 }),
        name(NameFault::Device),
        name(NameFault::Character(':')),
        name(NameFault::Character('\u{7}')),
        name(NameFault::End(' ')),
        name(NameFault::End('.')),
        name(NameFault::TooLong { bytes: 300 }),
        FileFault::Invisible,
        FileFault::Clash {
            other: "content/อื่น.md".to_owned(),
        },
        FileFault::Symlink,
        FileFault::NotAFile,
        FileFault::NotListed,
        FileFault::Missing,
        FileFault::Unreadable(Unreadable::NotFound),
        FileFault::Unreadable(Unreadable::Denied),
        FileFault::Unreadable(Unreadable::Busy),
        FileFault::Unreadable(Unreadable::Offline),
        FileFault::Unreadable(Unreadable::Other {
            th: "ไฟไหม้".to_owned(),
            en: "disk on fire".to_owned(),
        }),
        FileFault::ConflictCopy,
        FileFault::TooLarge {
            size: 5_000_001,
            limit: 5_000_000,
        },
        FileFault::TooDeep { limit: 32 },
        FileFault::TooMany { limit: 200_000 },
        text(DecodeFault::NotUtf8),
        text(DecodeFault::Mixed { lines: 1 }),
        text(DecodeFault::Mixed { lines: 3 }),
        text(DecodeFault::DoubtfulThai),
        text(DecodeFault::BadUtf16),
        text(DecodeFault::Utf16WithoutBom),
        text(DecodeFault::StillBeingSaved),
        text(DecodeFault::Binary { looks_like: None }),
        text(DecodeFault::Binary {
            looks_like: Some("PDF"),
        }),
        FileFault::Converted {
            encoding: Encoding::Windows874,
            sample: "สวัสดี".to_owned(),
        },
        FileFault::Garbled {
            line: 7,
            column: 3,
            meant: None,
        },
        FileFault::Garbled {
            line: 7,
            column: 3,
            meant: Some("สวัสดี".into()),
        },
        FileFault::LettersLost { line: 7, column: 3 },
    ]
}

fn is_thai(text: &str) -> bool {
    text.chars().any(super::super::names::is_thai)
}

#[test]
fn every_problem_speaks_two_languages_and_has_a_known_code() {
    let mut codes = BTreeSet::new();
    for fault in every_fault() {
        let problem = FileProblem::new("content/a.md", fault);
        codes.insert(problem.code());
        for thai in [problem.th(), problem.hint_th()] {
            assert!(is_thai(&thai), "{thai}");
            assert!(!thai.contains("  "), "{thai}");
        }
        for english in [problem.en(), problem.hint_en()] {
            let own = english.replace("ชื่อ", "").replace("content/อื่น.md", "");
            assert!(own.contains("สวัสดี") || !is_thai(&own), "{english}");
            assert!(english.len() > 10, "{english}");
        }
        assert_eq!(problem.to_string(), problem.en());
    }
    let all: BTreeSet<_> = CODES.iter().copied().collect();
    assert_eq!(codes, all);
    assert!(CODES.is_sorted());
}

#[test]
fn messages_name_both_files_the_line_and_the_words() {
    let clash = FileFault::Clash {
        other: "content/A.md".to_owned(),
    };
    let clash = FileProblem::new("content/a.md", clash);
    assert!(clash.th().contains("content/A.md") && clash.th().contains("content/a.md"));
    let mixed = FileProblem::new("a.csv", text(DecodeFault::Mixed { lines: 1 }));
    assert_eq!(
        mixed.th(),
        "“a.csv”: บรรทัดที่ 7 ใช้รหัสภาษาต่างจากบรรทัดอื่นในไฟล์เดียวกัน"
    );
    assert_eq!(
        mixed.position().map(|at| (at.line, at.column)),
        Some((7, 3))
    );
}

#[test]
fn what_was_read_well_may_still_be_worth_a_word() {
    let path = SitePath::new("content/a.md").expect("a good path");
    let plain = decode("ปกติ").expect("text");
    assert_eq!(FileProblem::about_text(&path, &plain), []);
    let wide: Vec<u8> = "\u{FEFF}งบ เธชเธงเธฑเธช"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let wide = decode(wide).expect("text");
    let problems = FileProblem::about_text(&path, &wide);
    let codes: Vec<_> = problems.iter().map(Problem::code).collect();
    assert_eq!(codes, ["file-encoding-converted", "file-garbled"]);
    assert!(problems.iter().any(|problem| problem.th().contains("งบ")));
}

#[test]
fn hostile_names_cannot_drive_the_terminal() {
    let problem = PathProblem::new(
        "a\u{1b}[2J",
        PathFault::Name {
            name: "a\u{1b}[2J".to_owned(),
            fault: NameFault::Character('\u{1b}'),
        },
    );
    assert!(!problem.th().contains('\u{1b}') && !problem.en().contains('\u{1b}'));
}

#[test]
fn sizes_are_rounded_up_so_that_too_large_looks_too_large() {
    assert_eq!(megabytes(5_000_000), "5");
    assert_eq!(megabytes(5_000_001), "5.1");
}

#[test]
fn each_fault_of_a_path_has_its_code_and_a_good_path_has_none() {
    let long_name = format!("{}.md", "ก".repeat(100));
    for (code, bad, good) in [
        ("path-absolute", "/files/a.pdf", "files/a.pdf"),
        ("path-backslash", "files\\a.pdf", "files/a.pdf"),
        ("path-dots", "files/./a.pdf", "files/a.pdf"),
        ("path-empty", "", "a.pdf"),
        ("file-name-too-long", long_name.as_str(), "ก.md"),
        ("file-name-reserved", "aux.md", "auxiliary.md"),
    ] {
        let problem = SitePath::new(bad).expect_err(bad);
        assert_eq!(problem.code(), code, "{bad}");
        assert!(SitePath::new(good).is_ok(), "{good}");
    }
    // Only a path that is followed from somewhere can lead out of the site.
    let outside = SitePath::root().join("../a.pdf").expect_err("../a.pdf");
    assert_eq!(outside.code(), "path-outside");
    assert!(SitePath::root().join("a.pdf").is_ok());
}
