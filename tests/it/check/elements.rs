//! Items and their required elements.

use prongsai::check::Range;
use prongsai::files::{Files, MemoryFiles};
use prongsai::site::ItemState;

use super::{assert_breaks, check, check_years, example, shown};
use crate::help::{base, folder, swap};

fn but<T>(change: impl FnOnce(&mut MemoryFiles) -> T) -> MemoryFiles {
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
    use prongsai::files::SitePath;
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

/// State and score of an item of 2568, which the terminal, the page, the bar
/// and the answers all show.
#[track_caller]
fn standing(files: &MemoryFiles, item: &str) -> (ItemState, u8) {
    let checked = check(files);
    let of_year = &checked.years[0];
    let of_item = of_year
        .items
        .iter()
        .find(|i| i.code == item)
        .expect("there");
    let built = crate::help::built(files.clone());
    assert_eq!(
        built.state(2568, item),
        of_item.state,
        "page and check differ"
    );
    let score = match (of_item.score.low, of_item.score.high) {
        (0, 0) => 0,
        (0, _) => 50,
        _ => 100,
    };
    let total = of_year.score;
    assert_eq!(total == Range::WHOLE, score == 100, "{total}");
    assert_eq!(total.is_certain(), score != 50, "{total}");
    (of_item.state, score)
}

#[test]
fn a_page_that_is_surely_too_old_scores_nothing() {
    let page = "content/2568/spending-progress.md";
    let old = but(|f| swap(f, page, "updated = 2568-04-10", "updated = 2567-04-10"));
    assert_eq!(standing(&old, "O6"), (ItemState::Outdated, 0));
    let built = crate::help::built(old);
    let words = built.text("2568/spending-progress/index.html");
    assert!(words.contains("สถานะ ข้อมูลไม่เป็นปัจจุบัน"), "{words}");
    // What is to be current may hold for years: a person must look.
    let page = "content/2568/powers-and-duties.md";
    let old = but(|f| swap(f, page, "updated = 2567-10-15", "updated = 2565-10-15"));
    assert_eq!(standing(&old, "O1"), (ItemState::Doubtful, 50));
    // So it is where the catalogue itself is not sure of the period.
    let page = "content/2568/hr-annual-report.md";
    let old = but(|f| {
        let text = text_of(f, page);
        let line = text
            .lines()
            .find(|l| l.starts_with("updated"))
            .expect("there");
        swap(f, page, line, "updated = 2566-01-10");
    });
    assert_eq!(standing(&old, "O15"), (ItemState::Doubtful, 50));
    // A plan is older than the report on it that the same item asks for.
    let page = "content/2568/operation-plan.md";
    let plan = but(|f| {
        let text = text_of(f, page);
        let line = text
            .lines()
            .find(|l| l.starts_with("updated"))
            .expect("there");
        swap(f, page, line, "updated = 2567-09-12");
    });
    assert_eq!(standing(&plan, "O6"), (ItemState::Published, 100));
}

#[test]
fn a_page_of_another_year_scores_nothing() {
    let page = "content/2568/public-participation.md";
    let head = |line: &str| {
        but(|f| {
            let text = text_of(f, page);
            let rest: Vec<&str> = text
                .lines()
                .filter(|l| !l.starts_with("period") && !l.starts_with("fiscal_year"))
                .collect();
            let text = rest
                .join("\n")
                .replacen("+++\n", &format!("+++\n{line}\n"), 1);
            f.put(page, text);
        })
    };
    assert_eq!(
        standing(&head("fiscal_year = 2568"), "O20"),
        (ItemState::Published, 100)
    );
    for wrong in [
        "fiscal_year = 2566",
        "period = \"1 ตุลาคม 2565 – 30 กันยายน 2566\"",
        "title = \"การมีส่วนร่วมของประชาชน ปี 2566\"",
    ] {
        assert_eq!(
            standing(&head(wrong), "O20"),
            (ItemState::Outdated, 0),
            "{wrong}"
        );
    }
    // A heading alone may look back: a person must see.
    let text = text_of(&head(""), page);
    let heading = text
        .lines()
        .find(|l| l.starts_with("## "))
        .expect("a heading");
    let title = heading.split(" {#").next().expect("a title");
    let mut files = head("");
    swap(&mut files, page, title, "## ผลปี 2566");
    assert_eq!(standing(&files, "O20"), (ItemState::Doubtful, 50));
}

#[test]
fn a_place_that_is_not_there_shows_nothing() {
    let page = "content/2568/powers-and-duties.md";
    let said = "\"not-whole-act\" = \"#not-whole-act\"";
    for (wrong, code) in [
        ("\"#nix\"", "missing-anchor"),
        ("\"\"", "missing-anchor"),
        ("[]", "missing-anchor"),
        ("\"#\"", "missing-anchor"),
        ("\"nothing\"", "broken-link"),
        ("\"files/nix.pdf\"", "broken-link"),
        ("\"structure#nix\"", "missing-anchor"),
    ] {
        let broken = but(|f| swap(f, page, said, &format!("\"not-whole-act\" = {wrong}")));
        assert_eq!(
            standing(&broken, "O1"),
            (ItemState::Doubtful, 50),
            "{wrong}"
        );
        let checked = check(&broken);
        let codes: Vec<_> = checked.findings.iter().map(|f| f.diagnostic.code).collect();
        assert!(codes.contains(&code), "{wrong}: {codes:?}");
        assert!(codes.contains(&"element-doubtful"), "{wrong}: {codes:?}");
    }
    // One good place of several may show the element; while the other leads
    // nowhere, the item is not whole.
    let some = but(|f| {
        swap(
            f,
            page,
            said,
            "\"not-whole-act\" = [\"#nix\", \"#own-powers\"]",
        )
    });
    assert_eq!(standing(&some, "O1"), (ItemState::Doubtful, 50));
    let checked = check(&some);
    let codes: Vec<_> = checked.findings.iter().map(|f| f.diagnostic.code).collect();
    assert_eq!(codes, ["missing-anchor", "element-doubtful"]);
}

#[test]
fn a_merged_item_that_lacks_a_topic_is_never_complete() {
    // News alone carry the topic: nobody says that they show its elements.
    let by_news = but(|f| f.remove("content/2568/no-gift-culture.md"));
    assert_eq!(standing(&by_news, "O21"), (ItemState::Doubtful, 50));
    let built = crate::help::built(by_news.clone());
    let state = "สถานะ รอตรวจ";
    for page in ["o21", "no-gift-policy", "no-gift-culture"] {
        let words = built.text(&format!("2568/{page}/index.html"));
        assert!(words.contains(state), "{page}: {words}");
    }
    // Without them the whole topic is absent, which is no doubt.
    let absent = but(|f| {
        f.remove("content/2568/no-gift-culture.md");
        let news: Vec<String> = f
            .list()
            .entries
            .iter()
            .map(|e| e.path.to_string())
            .filter(|p| p.starts_with("content/news/") || p.starts_with("content/en/"))
            .collect();
        for file in news {
            if text_of(f, &file).contains("no-gift-culture") {
                f.remove(&file);
            }
        }
    });
    assert_eq!(standing(&absent, "O21"), (ItemState::Incomplete, 0));
}

#[test]
fn one_sentence_does_not_show_what_only_a_person_can_see() {
    let page = "content/2568/structure.md";
    let one = but(|f| {
        f.put(
            page,
            "+++\nupdated = 2567-10-15\n+++\n\nเทศบาลแบ่งงานเป็นส่วนราชการ\n",
        );
    });
    assert_eq!(standing(&one, "O1"), (ItemState::Doubtful, 50));
    let without_posts = but(|f| {
        f.put(page, "+++\nupdated = 2567-10-15\nshows = { both-sides = \"#units\" }\n+++\n\nเทศบาลแบ่งงานเป็นส่วนราชการ\n");
    });
    assert_eq!(standing(&without_posts, "O1"), (ItemState::Published, 100));
    let mut nameless = without_posts;
    let units = text_of(&nameless, "content/units.toml");
    let head = units
        .lines()
        .find(|l| l.starts_with("head = "))
        .expect("a head");
    swap(&mut nameless, "content/units.toml", head, "");
    assert_eq!(standing(&nameless, "O1"), (ItemState::Doubtful, 50));
}

#[test]
fn every_month_of_a_list_of_purchases_is_there_or_stated() {
    let code = "month-without-purchases";
    let year = "content/2568/year.toml";
    let said = "[[procurement.none]]\nmonth = \"เม.ย. 2568\"\ntext = \"เดือนเมษายน 2568 ไม่มีการจัดซื้อจัดจ้าง\"\ndate = 2568-05-02\n";
    let list = "content/2568/procurement.csv";
    // The first half is asked for, whatever the rest of the year does.
    let later = but(|f| swap(f, year, said, ""));
    let codes = |files: &MemoryFiles| -> Vec<&str> {
        let checked = check(files);
        checked.findings.iter().map(|f| f.diagnostic.code).collect()
    };
    assert!(!codes(&later).contains(&code));
    let text = text_of(&example(), list);
    let of_january = |l: &&str| l.contains(",ม.ค. 2568,");
    let rest: Vec<&str> = text.lines().filter(|l| !of_january(l)).collect();
    let before = rest
        .iter()
        .rposition(|l| l.contains(",ธ.ค. 2567,"))
        .expect("December");
    let broken = but(|f| {
        f.put(list, rest.join("\n"));
    });
    let stated = but(|f| {
        f.put(list, rest.join("\n"));
        swap(
            f,
            year,
            "[[procurement.none]]",
            "[[procurement.none]]\nmonth = \"ม.ค. 2568\"\ntext = \"ไม่มี\"\ndate = 2568-02-02\n\n[[procurement.none]]",
        );
    });
    assert_breaks(code, &format!("{list}:A{}", before + 1), &stated, &broken);
}

#[test]
fn none_is_proposed_only_where_it_is_an_answer() {
    let hint_of = |topic: &str, code: &str| {
        let files = but(|f| f.remove(&format!("content/2568/{topic}.md")));
        let checked = check(&files);
        let one = checked
            .findings
            .iter()
            .find(|f| f.diagnostic.code == code)
            .expect("a finding");
        one.diagnostic.hints[0].en.clone()
    };
    assert!(hint_of("received-benefits-report", "item-missing").contains("none = {"));
    assert!(!hint_of("complaint-handling", "item-missing").contains("none = {"));
    assert!(hint_of("powers-and-duties", "topic-missing").contains("item = \"O1\""));
}

/// A record that lacks something is told at its own place.
#[test]
fn each_lack_of_a_person_is_told_at_the_person() {
    let people = "content/people.toml";
    let good = example();
    let text = text_of(&good, people);
    let person = 1 + text
        .lines()
        .position(|l| l == "[[person]]")
        .expect("a person");
    let first: Vec<&str> = text.split("[[person]]").collect();
    let own = first[1];
    for (keys, code) in [
        (vec!["photo = "], "person-without-photo"),
        (vec!["phone = ", "email = "], "person-without-contact"),
    ] {
        let less: Vec<&str> = own
            .lines()
            .filter(|l| !keys.iter().any(|k| l.starts_with(k)))
            .collect();
        let broken = but(|f| {
            let new = text.replacen(own, &(less.join("\n") + "\n\n"), 1);
            f.put(people, new);
        });
        assert_breaks(code, &format!("{people}:{person}"), &good, &broken);
    }
}

#[test]
fn a_topic_without_its_page_is_told() {
    let file = "content/2568/powers-and-duties.md";
    let codes = |files: &MemoryFiles| -> Vec<String> {
        let checked = check(files);
        checked.findings.iter().map(|f| shown(files, f)).collect()
    };
    let broken = but(|f| f.remove(file));
    let told = codes(&broken);
    assert!(
        told.iter()
            .any(|l| l.starts_with(&format!("topic-missing {file} O1"))),
        "{told:#?}"
    );
    assert!(codes(&example()).is_empty());
}

/// Words that keep a place open are no way to reach an office.
#[test]
fn the_contacts_of_the_agency_are_ways_to_reach_it() {
    let site = "content/site.toml";
    let line = |key: &str| {
        let files = example();
        let text = text_of(&files, site);
        let line = text.lines().find(|l| l.starts_with(key)).expect(key);
        line.to_string()
    };
    for (key, value) in [
        ("phone = ", "-"),
        ("phone = ", "กำลังปรับปรุง"),
        ("email = ", "-"),
        ("address = ", "-"),
        ("map = ", "https://www.google.com/maps"),
    ] {
        let broken = but(|f| swap(f, site, &line(key), &format!("{key}\"{value}\"")));
        let checked = check(&broken);
        let item = checked.years[0].items.iter().find(|i| i.code == "O3");
        let state = item.expect("there").state;
        assert_eq!(state, ItemState::Incomplete, "{key}{value}");
    }
}
