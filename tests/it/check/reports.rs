//! What people and machines are shown of a check.

use unicode_width::UnicodeWidthStr;

use super::command::{check, on_disk};
use crate::help::{OnDisk, text};

/// Messages of many kinds: a syntax error, a very long line, a cell, a doubt.
fn mixed() -> OnDisk {
    let disk = on_disk();
    let long = "ข้อความยาวมากที่เขียนติดกันโดยไม่เว้นวรรคเหมือนที่ราชการเขียนกันทั่วไป".repeat(3);
    disk.write(
        "content/pages/long.md",
        format!("+++\ntitle = \"ยาว\"\n+++\n\n{long}[คลิกที่นี่](https://www.example.go.th/){long}\n"),
    );
    disk.write("content/units.toml", "[[unit]\nname = \"ก\"\n");
    disk
}

#[test]
fn every_line_fits_the_screen_and_no_thai_letter_is_parted_from_its_marks() {
    let disk = mixed();
    for lang in ["th", "en"] {
        let ran = check(&disk, &["--year", "all", "--lang", lang]);
        assert!(ran.stdout.lines().count() > 200);
        for line in ran.stdout.lines() {
            // A path is one word, to be copied; so is a line to be typed.
            let is_path = line.contains('▸') || line.contains("::");
            let is_typed = line.starts_with("          ") && line.contains(" = ");
            assert!(
                is_path || is_typed || line.width() <= 80,
                "{} {line}",
                line.width()
            );
            let first = line.trim_start().chars().next().unwrap_or(' ');
            let marks = '\u{0E34}'..='\u{0E3A}';
            assert!(
                !marks.contains(&first) && !('\u{0E47}'..='\u{0E4E}').contains(&first),
                "{line}"
            );
        }
        assert!(!ran.stdout.contains('\u{1b}'), "no colours into a pipe");
    }
}

#[test]
fn what_raises_the_score_most_is_one_list_by_gain_then_effort() {
    let disk = on_disk();
    let ran = check(&disk, &["--year", "2569"]);
    assert_eq!(ran.stdout.matches("What would raise it most").count(), 1);
    let after = ran
        .stdout
        .split("What would raise it most")
        .nth(1)
        .expect("a list");
    // Of two that lack as many, the one with more to look at comes later, which
    // a line does not tell.
    let rows: Vec<(f64, u32)> = after
        .lines()
        .skip(1)
        .take_while(|l| l.starts_with("  ") && l.contains('+'))
        .map(|l| {
            let words: Vec<&str> = l.split_whitespace().collect();
            let number = |w: &str| w.parse::<u32>().expect("a number");
            let at = words
                .iter()
                .rposition(|w| *w == "lacks")
                .expect("what it lacks");
            let gain = words[at + 2].trim_start_matches('+').parse::<f64>();
            (-gain.expect("a gain"), number(words[at + 1]))
        })
        .collect();
    assert_eq!(rows.len(), 5, "{after}");
    assert!(rows.is_sorted_by(|a, b| a <= b), "{rows:?}");
}

#[test]
fn the_last_line_tells_the_next_step() {
    let disk = on_disk();
    let last = |disk: &OnDisk, args: &[&str]| {
        let ran = check(disk, args);
        let at = ran.stdout.rfind("Next: ").expect("a next step");
        ran.stdout[at..]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let incomplete = last(&disk, &["--year", "2569"]);
    assert!(
        incomplete.contains("beginning with O22 in content/2569/"),
        "{incomplete}"
    );
    assert!(
        incomplete.contains("prongsai check --year 2569"),
        "{incomplete}"
    );
    let ready = last(&disk, &["--year", "2568"]);
    assert!(ready.contains("prongsai answers --year 2568"), "{ready}");
    disk.write("content/units.toml", "[[unit]\n");
    let broken = last(&disk, &["--year", "2569"]);
    assert!(
        broken.contains("beginning with content/units.toml"),
        "{broken}"
    );
}

#[test]
fn only_an_item_shows_that_item_alone_and_no_score() {
    let disk = on_disk();
    let ran = check(&disk, &["--year", "2569", "--only", "o๑๘"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert!(
        ran.stdout.contains("In progress"),
        "its elements: {}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("O17 "), "{}", ran.stdout);
    assert!(!ran.stdout.contains("21.05"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("expected score is left out"),
        "{}",
        ran.stdout
    );
    for word in ["ข้อ 18", "โอ๑๘", "18"] {
        let same = check(&disk, &["--year", "2569", "--only", word]);
        assert_eq!(same.stdout, ran.stdout, "{word}");
    }
    let family = check(&disk, &["--year", "2569", "--only", "personal"]);
    assert!(!family.stdout.contains("O1 "), "{}", family.stdout);
    assert!(!family.stdout.contains('─'), "no table: {}", family.stdout);
    let json = check(
        &disk,
        &["--year", "2569", "--only", "O6", "--format", "json"],
    )
    .json();
    assert_eq!(json["limited_to"][0], "O6");
    assert!(json["years"][0]["score"].is_null());
    assert_eq!(json["years"][0]["items"].as_array().map(Vec::len), Some(1));
    let html = check(
        &disk,
        &["--year", "2569", "--only", "O6", "--format", "html"],
    )
    .stdout;
    let page = text(&html);
    assert!(
        page.contains("Money spent on each") && !page.contains("21.05"),
        "{page}"
    );
    for (wrong, near) in [
        ("elemnts", "elements"),
        ("item-mising", "item-missing"),
        ("๐18", "O18"),
    ] {
        let ran = check(&disk, &["--year", "2569", "--only", wrong]);
        assert_eq!(ran.code, 2);
        let asked = format!("did you mean “{near}”");
        assert!(ran.stderr.contains(&asked), "{wrong}: {}", ran.stderr);
    }
}

#[test]
fn the_page_of_the_report_is_whole_and_accessible_in_both_languages() {
    let disk = mixed();
    for lang in ["th", "en"] {
        let html = check(
            &disk,
            &["--year", "2569", "--lang", lang, "--format", "html"],
        )
        .stdout;
        assert!(html.contains(&format!("<html lang=\"{lang}\">")));
        assert_eq!(html.matches("<h1").count(), 1);
        // All in one file.
        for outside in ["<link", "<script", "src=", "@import", "url("] {
            assert!(!html.contains(outside), "{outside}");
        }
        for part in [
            "<caption>",
            "scope=\"col\"",
            "scope=\"row\"",
            "<title>",
            "viewport",
        ] {
            assert!(html.contains(part), "{part}");
        }
        let page = text(&html);
        for words in [
            "content/2569/operation-annual-report.md",
            "content/units.toml:1",
            "+7.14",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        // Headings by item, in the order of items.
        let heads: Vec<u32> = html
            .split("<h3>O")
            .skip(1)
            .filter_map(|h| h.split(' ').next()?.parse().ok())
            .collect();
        assert!(heads.len() > 10 && heads.is_sorted(), "{heads:?}");
    }
}

/// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>:
/// data and values of properties escape their own separators.
#[test]
fn annotations_of_github_are_escaped() {
    let disk = on_disk();
    disk.write(
        "content/pages/50%, a:b.md",
        "+++\ntitle = \"ก\"\n+++\n\n[คลิกที่นี่](/contact/)\n",
    );
    let github = check(&disk, &["--only", "loading,reach", "--format", "github"]).stdout;
    assert!(github.contains("50%25"), "{github}");
    for line in github.lines() {
        let rest = line.strip_prefix("::").expect("a command");
        let (command, message) = rest.split_once("::").expect("a message");
        let (_, properties) = command.split_once(' ').expect("properties");
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').expect("name=value");
            assert!(["title", "file", "line", "col"].contains(&name), "{line}");
            assert!(!value.contains(':'), "{line}");
        }
        for text in [properties, message] {
            for after in text.split('%').skip(1) {
                let code = after.get(..2).unwrap_or_default();
                assert!(["25", "0D", "0A", "3A", "2C"].contains(&code), "{line}");
            }
        }
    }
    // A hint stands on a line of its own, in one annotation.
    assert!(github.contains("%0A"), "{github}");
}
