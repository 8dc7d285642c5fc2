//! Items and their required elements.

use prongsai::check::Range;
use prongsai::files::MemoryFiles;
use prongsai::site::ItemState;

use super::{assert_breaks, check, check_years, example, shown};
use crate::help::{base, folder, swap};

fn but(change: impl FnOnce(&mut MemoryFiles)) -> MemoryFiles {
    let mut files = example();
    change(&mut files);
    files
}

#[test]
fn the_complete_year_of_the_example_has_no_finding() {
    let files = example();
    let checked = check_years(&files, &[2568]);
    let all: Vec<String> = checked.findings.iter().map(|f| shown(&files, f)).collect();
    assert!(all.is_empty(), "{all:#?}");
    let year = &checked.years[0];
    assert_eq!(year.complete(), year.items.len());
    assert_eq!(year.score, Range::WHOLE);
    assert!(year.next().is_empty());
}

#[test]
fn a_year_that_is_not_there_is_told() {
    let checked = check_years(&base(), &[2570]);
    assert!(checked.years.is_empty());
    assert!(
        checked
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "year-missing")
    );
}

#[test]
fn an_item_without_a_page_is_missing_with_the_file_that_it_would_be() {
    let broken = but(|files| {
        files.remove("content/2568/complaint-handling.md");
    });
    let checked = check(&broken);
    let lines: Vec<String> = checked.findings.iter().map(|f| shown(&broken, f)).collect();
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with("item-missing content/2568/complaint-handling.md O17")),
        "{lines:#?}"
    );
    let item = checked.years[0]
        .items
        .iter()
        .find(|i| i.code == "O17")
        .expect("there");
    assert_eq!(
        (item.state, item.score),
        (ItemState::Missing, Range::default())
    );
    assert!(item.gain > 0);
    assert_eq!(checked.years[0].next()[0].code, "O17");
}

#[test]
fn records_that_lack_something_are_told_instead_of_the_element() {
    let good = example();
    let people = "content/people.toml";
    let text = text_of(&good, people);
    // The first photograph belongs to the head.
    let photo = text
        .lines()
        .find(|l| l.starts_with("photo"))
        .expect("a photograph")
        .to_string();
    let person = text[..text.find(&photo).expect("there")]
        .rfind("[[person]]")
        .expect("a person");
    let at = text[..person].matches('\n').count() + 1;
    let broken = but(|files| swap(files, people, &photo, ""));
    let checked = check(&broken);
    let lines: Vec<String> = checked.findings.iter().map(|f| shown(&broken, f)).collect();
    assert!(
        lines
            .iter()
            .any(|l| l.starts_with(&format!("person-without-photo {people}:{at} "))),
        "{at}: {lines:#?}"
    );
    assert!(
        !lines.iter().any(|l| l.contains("element-missing")),
        "{lines:#?}"
    );
}

pub fn text_of(files: &MemoryFiles, path: &str) -> String {
    use prongsai::files::{Files, SitePath};
    let path = SitePath::new(path).expect("a path");
    String::from_utf8(files.read(&path).expect("there")).expect("UTF-8")
}

#[test]
fn settings_change_how_much_a_rule_matters_and_let_known_findings_pass() {
    let broken = but(|files| {
        files.remove("content/2568/complaint-handling.md");
    });
    let with = |settings: &str| {
        let mut files = broken.clone();
        let text = text_of(&files, "content/site.toml") + settings;
        files.put("content/site.toml", text);
        check(&files)
    };
    let severity = |checked: &prongsai::check::Checked| {
        checked
            .findings
            .iter()
            .find(|f| f.diagnostic.code == "item-missing")
            .map(|f| f.diagnostic.severity.id())
    };
    assert_eq!(severity(&with("")), Some("error"));
    let advice =
        "\n[[rule]]\ncode = \"item-missing\"\nseverity = \"advice\"\nreason = \"กำลังจัดทำ\"\n";
    assert_eq!(severity(&with(advice)), Some("advice"));
    let off = "\n[[rule]]\ncode = \"item-missing\"\nseverity = \"off\"\nreason = \"ไม่ใช้\"\n";
    assert_eq!(severity(&with(off)), None);
    let allow = "\n[[allow]]\ncode = \"item-missing\"\nfile = \"content/2568/complaint-handling.md\"\nreason = \"รอประกาศ\"\n";
    let allowed = with(allow);
    assert_eq!((severity(&allowed), allowed.allowed > 0), (None, true));
    let elsewhere = allow.replace("complaint-handling", "structure");
    let checked = with(&elsewhere);
    assert_eq!(severity(&checked), Some("error"));
    assert!(
        checked
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "unused-allowance")
    );
    let misspelt = with(&advice.replace("item-missing", "item-mising"));
    assert!(
        misspelt
            .findings
            .iter()
            .any(|f| f.diagnostic.code == "unknown-rule")
    );
}

#[test]
fn a_misspelt_rule_is_told_at_its_place() {
    let good = folder("it/base");
    let mut broken = good.clone();
    let text = text_of(&good, "content/site.toml");
    let line = text.matches('\n').count() + 3;
    broken.put(
        "content/site.toml",
        text + "\n[[rule]]\ncode = \"element-mising\"\nseverity = \"off\"\nreason = \"x\"\n",
    );
    assert_breaks(
        "unknown-rule",
        &format!("content/site.toml:{line}"),
        &good,
        &broken,
    );
}
