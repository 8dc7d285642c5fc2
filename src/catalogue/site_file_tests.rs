//! What a site can change, and what it is told when it slips.

use super::*;
use crate::diagnostic::{At, Diagnostic};

const FILE: &str = "content/2570/catalogue.toml";

fn site(year: u16, text: &str) -> (Catalogues, Vec<Diagnostic>) {
    let mut all = Catalogues::builtin();
    let problems = all.with_site_file(year, FILE, text);
    (all, problems)
}

/// Each message as its code and the text that it points at.
fn told(year: u16, text: &str) -> Vec<(&'static str, String)> {
    let (_, problems) = site(year, text);
    problems
        .iter()
        .map(|d| {
            assert!(!d.message.th.is_empty() && !d.message.en.is_empty());
            let place = d.place.as_ref().expect("a place");
            assert_eq!(&*place.file, FILE);
            let At::Span(span) = &place.at else {
                panic!("{d}");
            };
            (d.code, text[span.range()].to_string())
        })
        .collect()
}

fn id(number: u16) -> ItemId {
    ItemId::new(number).expect("a number")
}

const ITEM: &str = r#"
[[item]]
id = "O27"
topics = ["flood-report"]
title_th = "รายงานอุทกภัย"
group = "9"
period_kind = "year"
[[item.element]]
id = "flood-area"
th = "พื้นที่ที่ได้รับผลกระทบ"
evidence = ["table", "statement-none-allowed"]
"#;

const TOPIC: &str = r#"
[[topic]]
id = "flood-report"
title_th = "รายงานอุทกภัย"
kind = "statistics"
"#;

#[test]
fn a_new_year_extends_an_old_one() {
    let text = format!(
        "extends = 2569\ndrop = [\"O26\", \"o๒๕\"]\n{TOPIC}{ITEM}
[[item]]
id = \"โอ2\"
topics = [\"executives\"]
title_th = \"ผู้บริหาร\"
group = \"9\"
period_kind = \"current\"
[[item.element]]
id = \"head\"
th = \"ผู้บริหารสูงสุด\"
evidence = [\"field:head\"]
[[deadline]]
id = \"oit-answers\"
title_th = \"ส่งคำตอบ OIT\"
start = 2570-03-01
end = \"30 เมษายน 2570\"
actor = \"agency\"
"
    );
    let (all, problems) = site(2570, &text);
    assert_eq!(problems, []);
    let year = all.year(2570).expect("made");
    let base = all.year(2569).expect("kept");
    assert_eq!((year.item_count, base.item_count), (25, 26));
    assert_eq!(year.items.last().map(|i| i.id), Some(id(27)));
    assert!(year.item(id(25)).is_none() && year.item(id(26)).is_none());
    assert_eq!(year.item(id(2)).map(|i| i.elements.len()), Some(1));
    assert_eq!(year.item(id(3)), base.item(id(3)));
    assert_eq!(year.scoring, base.scoring);
    assert_eq!(year.status, Status::Provisional);
    assert_eq!(year.site_file.as_deref(), Some(FILE));
    assert_eq!(year.indicator("9").and_then(|i| i.item_count), Some(20));
    assert_eq!(year.indicator("10").and_then(|i| i.item_count), Some(5));
    assert_eq!(year.deadlines[0].start.iso(), "2027-03-01");
    assert_eq!(year.deadlines[0].end.iso(), "2027-04-30");
    assert_eq!(
        all.topic("flood-report").map(|t| t.kind),
        Some(TopicKind::Statistics)
    );
    assert_eq!(all.years_of_topic("flood-report"), [(2570, id(27))]);
    assert_eq!(all.latest().map(|c| c.year), Some(2570));
    assert_eq!(
        all.item_of_topic(2570, "flood-report").map(|i| i.id),
        Some(id(27))
    );
}

#[test]
fn the_same_year_can_be_corrected_and_extended_further() {
    let mut all = Catalogues::builtin();
    let before = all.year(2565).expect("built in").clone();
    let text = "extends = 2565\n[catalogue]\nnote = \"ตรวจแล้ว\"\n";
    assert_eq!(all.with_site_file(2565, FILE, text), []);
    let after = all.year(2565).expect("still there");
    assert_eq!(after.note, "ตรวจแล้ว");
    assert_eq!(
        (after.status, &after.deadlines),
        (before.status, &before.deadlines)
    );
    assert_eq!(after.items, before.items);

    let first = format!("extends = 2569\n{TOPIC}{ITEM}");
    assert_eq!(all.with_site_file(2570, FILE, &first), []);
    let second = format!("extends = 2570\n{TOPIC}");
    assert_eq!(all.with_site_file(2571, FILE, &second), []);
    assert_eq!(
        all.years_of_topic("flood-report"),
        [(2570, id(27)), (2571, id(27))]
    );
}

#[test]
fn a_whole_catalogue_takes_the_place_of_the_year() {
    let text = include_str!("data/2568.toml").replace("fiscal_year = 2568", "fiscal_year = 2570");
    let (all, problems) = site(2570, &text);
    assert_eq!(problems, []);
    let (new, old) = (all.year(2570).expect("made"), all.year(2568).expect("kept"));
    assert_eq!((&new.items, &new.scoring), (&old.items, &old.scoring));
}

#[test]
fn every_slip_is_told_at_its_place() {
    let extending = |rest: &str| told(2570, &format!("extends = 2569\n{rest}"));
    let one = |code, text: &str| vec![(code, text.to_string())];
    let item = |from: &str, to: &str| {
        assert!(ITEM.contains(from));
        extending(&format!("{TOPIC}{}", ITEM.replace(from, to)))
    };
    assert_eq!(
        extending("dropp = [\"O1\"]\n"),
        one("unknown-field", "dropp")
    );
    assert_eq!(
        extending("drop = [\"O99\"]\n"),
        one("unknown-item", "\"O99\"")
    );
    assert_eq!(
        extending("drop = [\"18\"]\n"),
        one("bad-item-number", "\"18\"")
    );
    assert_eq!(
        extending("[catalogue]\nfiscal_year = 2569\n"),
        one("catalogue-year", "2569")
    );
    assert_eq!(
        extending("[catalogue]\nitem_count = 27\n"),
        one("item-count", "27")
    );
    assert_eq!(
        extending("[catalogue]\nstatus = \"sure\"\n"),
        one("unknown-value", "\"sure\"")
    );
    assert_eq!(item("\"9\"", "\"9.1\""), one("unknown-group", "\"9.1\""));
    assert_eq!(
        item("\"year\"", "\"yaer\""),
        one("unknown-value", "\"yaer\"")
    );
    assert_eq!(
        item("\"table\"", "\"tabel\""),
        one("unknown-evidence", "\"tabel\"")
    );
    assert_eq!(
        item("\"table\"", "\"field:bugdet\""),
        one("unknown-evidence", "\"field:bugdet\"")
    );
    assert_eq!(
        item("group =", "source = \"x\"\ngroup ="),
        one("unknown-field", "source")
    );
    assert_eq!(
        item("group =", "sources = [\"x\"]\ngroup ="),
        one("unknown-source", "\"x\"")
    );
    assert_eq!(
        item("\"flood-report\"", "\"flood-repotr\"")[0].0,
        "unknown-topic"
    );
    assert_eq!(
        item("\"flood-area\"", "\"Flood Area\"")[0],
        one("bad-id", "\"Flood Area\"")[0]
    );
    assert_eq!(
        extending(&format!("{TOPIC}{TOPIC}")),
        one("duplicate-id", "\"flood-report\"")
    );
    assert_eq!(
        extending(&format!("{TOPIC}{ITEM}{ITEM}")),
        one("duplicate-id", "\"O27\"")
    );
    let group = "[[group]]\nid = \"x\"\ntitle_th = \"ก\"\nindicator = \"1\"\n";
    let codes: Vec<_> = extending(group).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["unknown-indicator", "empty-group"]);
    let twice = ITEM.replace("flood-report", "structure");
    assert_eq!(extending(&twice), one("topic-twice", "\"O27\""));
    let known = TOPIC.replace("flood-report", "structure");
    assert_eq!(extending(&known), one("duplicate-id", "\"structure\""));
    assert_eq!(told(2570, "extends = 2560\n"), one("unknown-year", "2560"));
    let late = "[[deadline]]\nid = \"x\"\ntitle_th = \"ก\"\nstart = 2570-05-01\nend = 2570-04-01\nactor = \"agency\"\n";
    assert_eq!(extending(late), one("deadline", "2570-04-01"));
    let past = "[[deadline]]\nid = \"x\"\ntitle_th = \"ก\"\nstart = 2569-05-01\nend = 2569-05-01\nactor = \"agency\"\n";
    assert_eq!(extending(past), one("deadline", "\"x\""));
}

#[test]
fn messages_suggest_what_was_meant() {
    let wrong = ITEM
        .replace("\"table\"", "\"budget\"")
        .replace("\"9\"", "\"8\"");
    let (_, problems) = site(2570, &format!("extends = 2569\n{TOPIC}{wrong}"));
    let hints: Vec<&str> = problems.iter().map(|d| d.hints[0].en.as_str()).collect();
    assert_eq!(
        hints,
        ["did you mean \"field:budget\"?", "it can be: 9, 10"]
    );
    assert!(problems[0].hints[0].th.contains("field:budget"));
}

#[test]
fn scoring_must_add_up() {
    let text = include_str!("data/2569.toml");
    let scoring =
        &text[text.find("[scoring]").expect("there")..text.find("[[indicator]]").expect("there")];
    let with = |from: &str, to: &str| {
        assert!(scoring.contains(from));
        let text = format!("extends = 2569\n{}", scoring.replacen(from, to, 1));
        let (all, problems) = site(2570, &text);
        let kept = all
            .year(2570)
            .map(|c| c.scoring == all.years[&2569].scoring);
        let codes: Vec<_> = problems.iter().map(|d| d.code).collect();
        (codes, kept)
    };
    assert_eq!(with("note =", "note ="), (vec![], Some(true)));
    assert_eq!(
        with("weight = 40", "weight = 41"),
        (vec!["scoring"], Some(true))
    );
    assert_eq!(with("weight = 40", "weight = 140").0, ["out-of-range"]);
    assert_eq!(with("min_total = 95", "min_total = 80").0, ["scoring"]);
    assert_eq!(
        with("target_total = 85", "target_total = 84").0,
        ["scoring"]
    );
    assert_eq!(with("\"OIT\"", "\"OITT\"").0, ["unknown-value"]);
    assert_eq!(with("-and-each-instrument", "").0, ["scoring"]);
}

#[test]
fn a_year_that_says_nothing_stays_as_it_was() {
    for text in [
        "",
        "# nothing\n",
        "[catalogue]\nfiscal_year = 2569\n",
        "extends = \"?\"\n",
    ] {
        let (all, problems) = site(2569, text);
        assert!(!problems.is_empty(), "{text}");
        assert_eq!(all, Catalogues::builtin(), "{text}");
    }
}

/// A file cut off anywhere, or with any line gone, is told and survived.
#[test]
fn no_broken_file_stops_the_reader() {
    let text =
        format!("extends = 2569\ndrop = [\"O26\"]\n[catalogue]\nitem_count = 26\n{TOPIC}{ITEM}");
    let cuts = (0..text.len()).filter(|&at| text.is_char_boundary(at));
    for at in cuts {
        let mut all = Catalogues::builtin();
        all.with_site_file(2570, FILE, &text[..at]);
        assert!(all.year(2569).is_some());
    }
    let lines: Vec<&str> = text.lines().collect();
    for gone in 0..lines.len() {
        let mut fewer = lines.clone();
        fewer.remove(gone);
        Catalogues::builtin().with_site_file(2570, FILE, &fewer.join("\n"));
    }
    for odd in [
        "item = 1\n",
        "item = [1]\n",
        "topic = \"x\"\n",
        "extends = [2569]\n",
        "drop = {}\n",
        "extends = 2569\n[[item]]\nelement = 3\nevidence = 1\n",
        "scoring = []\nextends = 2569\n",
    ] {
        assert!(!told(2570, odd).is_empty(), "{odd}");
    }
}
