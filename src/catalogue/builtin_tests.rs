//! The rules that the built-in data keep, whoever edits them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::builtin::{YEARS, read};
use super::*;

fn thai_text(text: &str) -> bool {
    text.chars().any(|c| ('\u{0E01}'..='\u{0E4E}').contains(&c))
}

fn repeated<T: Ord + Clone>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = BTreeSet::new();
    values
        .into_iter()
        .filter(|v| !seen.insert(v.clone()))
        .collect()
}

#[test]
fn the_data_are_read_without_a_message() {
    let (all, problems) = read();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    assert_eq!(all, Catalogues::builtin());
}

#[test]
fn the_known_counts_hold() {
    let all = Catalogues::builtin();
    let items: Vec<usize> = all.years.values().map(|c| c.items.len()).collect();
    let elements: Vec<usize> = all
        .years
        .values()
        .map(|c| c.items.iter().map(|i| i.elements.len()).sum())
        .collect();
    assert_eq!(items, [43, 43, 35, 28, 26]);
    assert_eq!(elements, [138, 142, 121, 135, 132]);
    assert_eq!(all.topics.len(), 53);
    let years: Vec<u16> = all.years.keys().copied().collect();
    assert_eq!(years, [2565, 2566, 2567, 2568, 2569]);
    assert!(all.years.values().all(|c| c.site_file.is_none()));
}

/// A site may leave out what the built-in data never do.
#[test]
fn nothing_is_left_out_or_said_without_need() {
    fn need(table: &toml::Table, place: &str, keys: &str) {
        for key in keys.split(' ') {
            assert!(table.contains_key(key), "{place} lacks {key}");
        }
    }
    fn rows<'a>(table: &'a toml::Table, key: &str) -> Vec<&'a toml::Table> {
        let list = table.get(key).and_then(toml::Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(toml::Value::as_table)
            .collect()
    }
    for (year, text) in YEARS {
        let file: toml::Table = text.parse().expect("TOML");
        let at = |what: &str| format!("{year} {what}");
        let head = file["catalogue"].as_table().expect("a table");
        need(
            head,
            &at("catalogue"),
            "fiscal_year item_count applies_to status confidence_count note",
        );
        let scoring = file["scoring"].as_table().expect("a table");
        need(scoring, &at("scoring"), "note sources confidence");
        let sure = scoring["confidence"].as_table().expect("a table");
        need(
            sure,
            &at("scoring"),
            "weights levels item_rule indicator_rule instrument_rule",
        );
        for i in rows(scoring, "instrument")
            .iter()
            .chain(&rows(scoring, "level"))
        {
            need(i, &at("scoring"), "title_th title_en");
        }
        for d in rows(&file, "deadline") {
            need(d, &at("deadline"), "title_en confidence sources");
        }
        for i in rows(&file, "indicator") {
            need(i, &at("indicator"), "title_en confidence sources");
            let oit = i["instrument"].as_str() == Some("OIT");
            assert_eq!(i.contains_key("item_count"), oit, "{year} {i:?}");
        }
        for g in rows(&file, "group") {
            need(g, &at("group"), "title_en confidence");
        }
        for s in rows(&file, "source") {
            need(s, &at("source"), "about");
        }
        for i in rows(&file, "item") {
            let place = at(i["id"].as_str().unwrap_or("?"));
            need(
                i,
                &place,
                "title_en publish_hint confidence_title confidence_elements sources element",
            );
            let merged = i["topics"].as_array().map_or(0, Vec::len) > 1;
            for e in rows(i, "element") {
                need(e, &place, "en");
                assert_eq!(e.contains_key("topics"), merged, "{place} {}", e["id"]);
                assert_ne!(
                    e.get("period_kind"),
                    Some(&i["period_kind"]),
                    "{place} {}",
                    e["id"]
                );
            }
        }
    }
    let topics: toml::Table = include_str!("data/topics.toml").parse().expect("TOML");
    for t in rows(&topics, "topic") {
        need(t, "topics", "title_en about_th about_en");
    }
}

#[test]
fn topics_are_told_apart_and_every_kind_is_used() {
    let topics = Catalogues::builtin().topics;
    for title in [
        |t: &Topic| t.title_th.clone(),
        |t: &Topic| t.title_en.clone(),
    ] {
        assert_eq!(repeated(topics.iter().map(title)), Vec::<String>::new());
    }
    for t in &topics {
        assert!(thai_text(&t.title_th) && thai_text(&t.about_th), "{}", t.id);
        assert!(
            t.about_en.ends_with('.') && !t.about_en.contains(". "),
            "{}",
            t.id
        );
    }
    for (kind, _) in TopicKind::ALL {
        assert!(topics.iter().any(|t| t.kind == *kind), "{}", kind.id());
        assert_eq!(TopicKind::from_id(kind.id()), Some(*kind));
    }
}

#[test]
fn items_are_numbered_without_gaps_and_grouped() {
    for (year, c) in &Catalogues::builtin().years {
        let numbers: Vec<u16> = c.items.iter().map(|i| i.id.number()).collect();
        let expected: Vec<u16> = (1..=43).take(c.item_count).collect();
        assert_eq!(numbers, expected, "{year}");
        assert_eq!(
            repeated(c.items.iter().map(|i| &i.title_th)),
            Vec::<&String>::new()
        );
        let ids: Vec<&str> = c.indicators.iter().map(|i| i.id.as_str()).collect();
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
        for indicator in &c.indicators {
            let items: usize = c
                .groups_of_indicator(&indicator.id)
                .map(|g| c.items_of_group(&g.id).count())
                .sum();
            assert_eq!(
                indicator.item_count.unwrap_or(0),
                items,
                "{year} {}",
                indicator.id
            );
        }
        for d in &c.deadlines {
            assert!(!d.sources.is_empty() && d.start <= d.end, "{year} {}", d.id);
        }
        for i in &c.items {
            assert!(!i.sources.is_empty(), "{year} {}", i.id);
            assert!(
                i.elements.iter().all(|e| thai_text(&e.th)),
                "{year} {}",
                i.id
            );
        }
    }
}

#[test]
fn every_source_is_listed_and_cited() {
    for (year, c) in &Catalogues::builtin().years {
        let cited: BTreeSet<&String> = (c.scoring.sources.iter())
            .chain(c.deadlines.iter().flat_map(|d| &d.sources))
            .chain(c.indicators.iter().flat_map(|i| &i.sources))
            .chain(c.items.iter().flat_map(|i| &i.sources))
            .collect();
        let listed: BTreeSet<&String> = c.sources.iter().map(|s| &s.id).collect();
        assert_eq!(cited, listed, "{year}");
    }
}

/// The same id under the same topic is the same demand in every year.
#[test]
fn elements_keep_their_meaning_from_year_to_year() {
    let all = Catalogues::builtin();
    let mut ids: HashMap<(&str, &str), &str> = HashMap::new();
    let mut evidence: HashMap<(&str, &str), &[Evidence]> = HashMap::new();
    for (year, c) in &all.years {
        for (item, e) in c
            .items
            .iter()
            .flat_map(|i| i.elements.iter().map(move |e| (i, e)))
        {
            for topic in &e.topics {
                let id = *ids.entry((topic, &e.th)).or_insert(&e.id);
                assert_eq!(id, e.id, "{year} {} {topic}", item.id);
                let shown = *evidence.entry((topic, &e.id)).or_insert(&e.evidence);
                assert_eq!(shown, e.evidence, "{year} {} {topic} {}", item.id, e.id);
            }
        }
    }
}

#[test]
fn evidence_asks_for_every_listed_field_and_no_other() {
    let all = Catalogues::builtin();
    let asked: HashSet<&str> = all
        .years
        .values()
        .flat_map(|c| &c.items)
        .flat_map(|i| &i.elements)
        .flat_map(Element::fields)
        .collect();
    let listed: HashSet<&str> = FIELDS.iter().map(|f| f.id).collect();
    assert_eq!(asked, listed);
}

/// How much of each year is confirmed, as `data/README.md` says it.
#[test]
fn the_readme_counts_what_is_confirmed() {
    let readme = include_str!("data/README.md");
    for (year, c) in &Catalogues::builtin().years {
        let elements: usize = c.items.iter().map(|i| i.elements.len()).sum();
        let spread = |of: fn(&Item) -> Confidence| {
            let mut counts: BTreeMap<Confidence, usize> = BTreeMap::new();
            c.items
                .iter()
                .for_each(|i| *counts.entry(of(i)).or_default() += 1);
            let n = |confidence| counts.get(&confidence).copied().unwrap_or(0);
            let [high, medium, low] =
                [Confidence::High, Confidence::Medium, Confidence::Low].map(n);
            format!("{high} / {medium} / {low}")
        };
        let row = format!(
            "| {year} | {} | {} | {elements} | {} | {} |",
            c.status.id(),
            c.items.len(),
            spread(|i| i.confidence_title),
            spread(|i| i.confidence_elements),
        );
        assert!(readme.contains(&row), "README.md lacks {row}");
    }
    for field in FIELDS {
        assert!(readme.contains(&format!("`{}`", field.id)), "{}", field.id);
    }
}

#[test]
fn the_files_are_plain_utf8_lines() {
    let other = [
        ("topics", include_str!("data/topics.toml")),
        ("crosswalk", include_str!("data/crosswalk.toml")),
    ];
    let years = YEARS.iter().map(|(_, text)| ("year", *text));
    for (name, text) in years.chain(other) {
        assert!(
            !text.starts_with('\u{feff}') && !text.contains('\r'),
            "{name}"
        );
        assert!(text.ends_with('\n'), "{name}");
        assert!(text.lines().all(|l| !l.ends_with([' ', '\t'])), "{name}");
        assert_eq!(thai::normalise(text), text, "{name}");
        assert_eq!(thai::mask_citizen_numbers(text), text, "{name}");
    }
}

#[test]
fn a_topic_is_found_by_what_people_write() {
    let all = Catalogues::builtin();
    for (written, id) in [
        ("structure", Some("structure")),
        ("strcture", Some("structure")),
        ("Complaint_Statistics", Some("complaint-statistics")),
        ("ข้อมูลผู้บริหาร", Some("executives")),
        ("ข้อมูลผู้บรหาร", Some("executives")),
        ("xyzzy", None),
        ("", None),
    ] {
        assert_eq!(all.nearest_topic(written), id, "{written}");
    }
}

#[test]
fn a_topic_leads_to_its_item_in_each_year() {
    let all = Catalogues::builtin();
    let item = all
        .item_of_topic(2568, "powers-and-duties")
        .expect("merged into O1");
    assert_eq!(item.id.to_string(), "O1");
    assert!(item.elements_of("powers-and-duties").count() < item.elements.len());
    let years = all.years_of_topic("procurement-monthly-summary");
    let years: Vec<String> = years.iter().map(|(y, i)| format!("{y} {i}")).collect();
    assert_eq!(years.len(), 3, "{years:?}");
    assert_eq!(all.item_of_topic(2569, "related-laws"), None);
    assert_eq!(all.item_of_topic(1, "structure"), None);
    assert_eq!(all.latest().map(|c| c.year), Some(2569));
}
