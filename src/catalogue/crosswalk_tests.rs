//! The crosswalk tells of the same years as the year files.

use std::collections::{BTreeSet, HashMap};

use super::*;

type Places<'a> = HashMap<&'a str, BTreeMap<u16, ItemId>>;

fn places(all: &Catalogues) -> Places<'_> {
    let of = |t: &Topic| all.years_of_topic(&t.id).into_iter().collect();
    all.topics.iter().map(|t| (&*t.id, of(t))).collect()
}

fn at(places: &Places<'_>, topic: &str, year: u16) -> Option<ItemId> {
    places.get(topic)?.get(&year).copied()
}

/// Both on one item in that year.
fn shared(places: &Places<'_>, a: &str, b: &str, year: u16) -> bool {
    at(places, a, year).is_some() && at(places, a, year) == at(places, b, year)
}

#[test]
fn topics_and_numbers_are_those_of_the_year_files() {
    let all = Catalogues::builtin();
    let places = places(&all);
    let topics: Vec<&TopicId> = all.topics.iter().map(|t| &t.id).collect();
    let told: Vec<&TopicId> = all.crosswalk.topics.iter().map(|t| &t.topic).collect();
    assert_eq!(topics, told);
    for t in &all.crosswalk.topics {
        assert_eq!(Some(&t.items), places.get(&*t.topic), "{}", t.topic);
        assert!(!t.items.is_empty(), "{} is on no item", t.topic);
        let years: Vec<u16> = t.relations.iter().map(|r| r.year).collect();
        assert!(years.is_sorted(), "{}", t.topic);
        assert!(
            t.relations.iter().all(|r| !r.note.is_empty()),
            "{}",
            t.topic
        );
    }
}

#[test]
fn relations_tell_what_happened() {
    use RelationKind::*;
    let all = Catalogues::builtin();
    let places = places(&all);
    for t in &all.crosswalk.topics {
        let topic = &*t.topic;
        for year in 2566..=2569 {
            let now = at(&places, topic, year);
            let before = at(&places, topic, year - 1);
            let ever = t.items.keys().any(|y| *y < year);
            let here: Vec<&Relation> = t.relations.iter().filter(|r| r.year == year).collect();
            let has = |kind| here.iter().any(|r| r.kind == kind);
            let place = format!("{topic} {year}");
            assert_eq!(has(Added), now.is_some() && !ever, "{place}");
            assert_eq!(
                has(Returned),
                now.is_some() && ever && before.is_none(),
                "{place}"
            );
            let gone = before.is_some() && now.is_none();
            assert_eq!(has(Dropped) || has(ReplacedBy), gone, "{place}");
            assert!(
                !has(Changed) || now.is_some() && before.is_some(),
                "{place}"
            );
            for r in here {
                let Some(target) = r.target.as_deref() else {
                    assert!(!r.kind.has_target(), "{place}");
                    continue;
                };
                assert_ne!(target, topic);
                let together = shared(&places, topic, target, year);
                let were = shared(&places, topic, target, year - 1);
                let fits = match r.kind {
                    MergedInto => together && !were,
                    SplitFrom => were && !together,
                    ReplacedBy => at(&places, target, year).is_some(),
                    Added | Dropped | Returned | Changed => false,
                };
                assert!(fits, "{place} {} {target}", r.kind.id());
            }
        }
        assert!(
            t.relations.iter().all(|r| (2566..=2569).contains(&r.year)),
            "{topic}"
        );
    }
}

/// Topics that share an item hang together by mergers of that year and by
/// having shared one before; and the same backwards for partings.
#[test]
fn every_new_sharing_and_every_parting_has_its_relation() {
    let all = Catalogues::builtin();
    let places = places(&all);
    for year in 2566..=2569 {
        for (here, there, kind) in [
            (year, year - 1, RelationKind::MergedInto),
            (year - 1, year, RelationKind::SplitFrom),
        ] {
            let tied = |a: &str, b: &str| {
                all.crosswalk
                    .relations(a)
                    .iter()
                    .any(|r| r.year == year && r.kind == kind && r.target.as_deref() == Some(b))
            };
            for item in &all.years[&here].items {
                let mut left: BTreeSet<&str> = item
                    .topics
                    .iter()
                    .map(|t| &**t)
                    .filter(|t| kind == RelationKind::MergedInto || at(&places, t, there).is_some())
                    .collect();
                let mut todo: Vec<&str> = left.pop_first().into_iter().collect();
                while let Some(a) = todo.pop() {
                    let reached =
                        |b: &&str| tied(a, b) || tied(b, a) || shared(&places, a, b, there);
                    let (next, rest): (BTreeSet<&str>, _) = left.into_iter().partition(reached);
                    left = rest;
                    todo.extend(next);
                }
                assert!(
                    left.is_empty(),
                    "{year} {} lacks {} for {left:?}",
                    item.id,
                    kind.id()
                );
            }
        }
    }
}

#[test]
fn a_relation_names_a_target_where_it_needs_one_and_only_there() {
    let codes = |text: &str| {
        let (table, _) = crate::fields::parse_toml("x.toml", text, 0..text.len());
        let found = crate::fields::Findings::default();
        let topics: Vec<TopicId> = Catalogues::builtin()
            .topics
            .iter()
            .map(|t| t.id.clone())
            .collect();
        crosswalk::read_relation(
            &crate::fields::Fields::new(&table, "x.toml", &found),
            &topics,
        );
        found.into_vec().iter().map(|d| d.code).collect::<Vec<_>>()
    };
    let target = "target = \"structure\"\n";
    let merged = "year = 2568\nkind = \"merged_into\"\nconfidence = \"high\"\n";
    assert_eq!(codes(merged), ["relation-target"]);
    assert_eq!(codes(&format!("{merged}{target}")), [""; 0]);
    let new = merged.replace("merged_into", "added");
    assert_eq!(codes(&new), [""; 0]);
    assert_eq!(codes(&format!("{new}{target}")), ["relation-target"]);
}
