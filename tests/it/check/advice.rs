//! A finding stands where the slip is, and what it advises is what to do.

use super::{check_as_asked, check_on, example, shown};
use crate::help::{read, swap};
use prongsai::check::{Finding, Request};
use prongsai::files::MemoryFiles;

/// The findings of a rule in the example after a slip: place, and message with
/// its advice.
fn told(code: &str, slip: impl Fn(&mut MemoryFiles)) -> Vec<(String, String)> {
    told_on(super::DAY, code, slip)
}

fn told_on(day: &str, code: &str, slip: impl Fn(&mut MemoryFiles)) -> Vec<(String, String)> {
    let mut files = example();
    slip(&mut files);
    let of_rule = |f: &&Finding| f.diagnostic.code == code;
    let checked = check_on(&files, &[2568], day);
    let told = checked.findings.iter().filter(of_rule);
    told.map(|f| {
        let place = shown(&files, f);
        let place = place.split(' ').nth(1).unwrap_or_default().to_string();
        let hints: Vec<&str> = f.diagnostic.hints.iter().map(|h| h.en.as_str()).collect();
        let said = format!("{}; {}", f.diagnostic.message.en, hints.join("; "));
        (place, said)
    })
    .collect()
}

#[track_caller]
fn assert_one(told: &[(String, String)], place: &str, words: &str) {
    let [(at, said)] = told else {
        panic!("{told:#?}")
    };
    assert_eq!(at, place);
    assert!(said.contains(words), "{said}");
}

#[test]
fn a_bare_date_in_a_head_gets_its_quotes() {
    for (bare, quoted) in [
        ("12 พ.ย. 2567", "updated = \"12 พ.ย. 2567\""),
        ("12/11/2567", "updated = \"12/11/2567\""),
    ] {
        let told = told("toml-syntax", |f| {
            let path = "content/2568/e-service.md";
            let text = read(f, path);
            let line = text.lines().find(|l| l.starts_with("updated"));
            let line = line.expect("a day").to_string();
            swap(f, path, &line, &format!("updated = {bare}"));
        });
        assert_one(&told, "content/2568/e-service.md:4", quoted);
    }
}

#[test]
fn an_address_without_its_at_is_told_at_its_line() {
    let own = "saraban@thansommut.example.go.th";
    let without = |f: &mut MemoryFiles| swap(f, "content/site.toml", own, &own.replace('@', "."));
    let at = "content/site.toml:20";
    assert_one(&told("bad-email", without), at, "no e-mail address");
    let missing = told("element-missing", without);
    assert!(missing[0].1.contains("mend the e-mail"), "{missing:?}");
    assert!(!missing[0].1.contains("email = "), "{missing:?}");
    let space = |f: &mut MemoryFiles| swap(f, "content/site.toml", own, &own.replace('@', "@ "));
    assert_one(&told("bad-email", space), at, own);
}

#[test]
fn a_link_that_writes_to_nobody_is_broken() {
    let link = |to: &'static str| {
        move |f: &mut MemoryFiles| {
            let page = read(f, "content/2568/contact.md");
            f.put(
                "content/2568/contact.md",
                format!("{page}\n[เขียนถึงเรา]({to})\n"),
            );
        }
    };
    for good in [
        "mailto:saraban@thansommut.example.go.th?subject=ถาม",
        "mailto:a@b.go.th,c@d.go.th",
        "mailto:?subject=x",
    ] {
        assert!(told("broken-link", link(good)).is_empty(), "{good}");
    }
    let dead = told("broken-link", link("mailto:saraban@thansommut"));
    assert!(dead[0].1.contains("no e-mail address"), "{dead:?}");
    let www = told("broken-link", link("www.example.go.th/form"));
    assert!(
        www[0].1.contains("https://www.example.go.th/form"),
        "{www:?}"
    );
}

#[test]
fn rows_of_another_year_are_no_empty_table() {
    let year = |path: &'static str| {
        move |f: &mut MemoryFiles| {
            let text = read(f, path);
            let mut lines = text.lines();
            let head = format!("{},ปีงบประมาณ\n", lines.next().unwrap_or_default());
            let rows: String = lines.map(|l| format!("{l},2567\n")).collect();
            f.put(path, head + &rows);
        }
    };
    let purchases = "content/2568/procurement.csv";
    let empty = told("empty-table", year(purchases));
    assert!(empty[0].1.contains("78 rows of 2567"), "{empty:?}");
    let total = told("total-differs", year("content/2568/budget.csv"));
    assert!(
        total[0].1.contains("content/2568/budget.csv has rows"),
        "{total:?}"
    );
}

#[test]
fn a_page_named_by_its_item_is_told_its_topics() {
    let renamed = |f: &mut MemoryFiles| {
        let page = read(f, "content/2568/structure.md");
        f.remove("content/2568/structure.md");
        f.put("content/2568/O1.md", page);
    };
    let at = "content/2568/O1.md";
    let unknown = told("unknown-topic", renamed);
    assert!(unknown[0].0.starts_with(at), "{unknown:?}");
    assert!(
        unknown[0].1.contains("rename it to structure.md"),
        "{unknown:?}"
    );
    assert!(told("unfit-name", renamed).is_empty());
}

#[test]
fn a_report_of_a_former_year_is_told_at_its_year() {
    let path = "content/2568/measures-report.toml";
    let told = told("measure-of-other-year", |f| {
        swap(f, path, "fiscal_year = 2567", "fiscal_year = 2568");
    });
    let of_report: Vec<_> = told.iter().filter(|(at, _)| at.starts_with(path)).collect();
    let [(at, said)] = of_report.as_slice() else {
        panic!("{told:#?}")
    };
    assert!(said.contains("all 7 measures"), "{said}");
    assert_eq!(*at, format!("{path}:3"));
    assert!(said.contains("fiscal_year = 2567"), "{said}");
}

#[test]
fn a_year_that_was_asked_for_is_judged_whatever_the_settings_say() {
    let wrong = |f: &mut MemoryFiles| {
        swap(
            f,
            "content/site.toml",
            "current_year = 2568",
            "current_year = 2558",
        );
    };
    assert_eq!(told("no-year", wrong).len(), 1);
    assert!(told("year-unknown", wrong).is_empty());
    let mut files = example();
    wrong(&mut files);
    let checked = check_as_asked(&files, &Request::default());
    let unknown = checked
        .findings
        .iter()
        .filter(|f| f.diagnostic.code == "year-unknown");
    assert_eq!(unknown.count(), 1);
}

#[test]
fn a_folder_of_a_year_in_another_era_is_told_its_name() {
    for name in ["2025", "ปี2568", "68"] {
        let told = told("unknown-file", |f| {
            f.put(format!("content/{name}/contact.md"), "ติดต่อ");
            f.put(format!("content/{name}/news.md"), "ข่าว");
            f.put(format!("content/{name}/structure.md"), "โครงสร้าง");
        });
        assert!(told[0].1.contains("rename it to 2568"), "{name}: {told:?}");
    }
}

#[test]
fn news_of_a_day_that_does_not_exist_is_told_why() {
    for (name, why) in [("2568-13-12-a", "no month 13"), ("2568-02-30-a", "28")] {
        let told = told("news-without-date", |f| {
            f.put(
                format!("content/news/{name}.md"),
                "+++\ntitle = \"ก\"\n+++\nข่าว\n",
            );
        });
        assert!(told[0].1.contains(why), "{told:?}");
        assert!(told[0].1.contains("YYYY-MM-DD-a.md"), "{told:?}");
    }
}

#[test]
fn a_survey_with_the_days_of_last_year_is_told_so() {
    let told = told_on("2568-06-15", "eit-closed", |f| {
        let path = "content/2568/year.toml";
        let text = read(f, path);
        let at = text.find("closes = ").expect("a day");
        let line = text[at..].lines().next().expect("a line").to_string();
        swap(f, path, &line, "closes = 2567-04-30");
    });
    assert!(told[0].1.contains("that day is of 2567"), "{told:?}");
}

#[test]
fn an_empty_cell_is_told_at_its_place() {
    let told = told("purchase-without-field", |f| {
        let path = "content/2568/procurement.csv";
        let text = read(f, path).replacen(",สิ้นสุดสัญญา,", ",,", 1);
        f.put(path, text);
    });
    assert_one(&told, "content/2568/procurement.csv:H2", "lacks the status");
}

#[test]
fn a_name_that_only_looks_the_same_is_told_as_that() {
    let told = told("broken-link", |f| {
        f.put("content/files/คํา.pdf", "%PDF-1.4");
        let page = read(f, "content/2568/contact.md");
        f.put(
            "content/2568/contact.md",
            format!("{page}\n[คำสั่ง](/files/คำ.pdf)\n"),
        );
    });
    assert!(told[0].1.contains("looks the same"), "{told:?}");
}
