//! The catalogues that come with prongsai.

use std::sync::OnceLock;

use super::Catalogues;
use super::crosswalk::Crosswalk;
use super::topic::TopicId;
use crate::diagnostic::Diagnostic;
use crate::fields::{Fields, Findings, parse_toml};

const TOPICS: &str = include_str!("data/topics.toml");
const CROSSWALK: &str = include_str!("data/crosswalk.toml");

/// To add a year, add its file here and its numbers to the crosswalk.
pub(super) const YEARS: &[(u16, &str)] = &[
    (2565, include_str!("data/2565.toml")),
    (2566, include_str!("data/2566.toml")),
    (2567, include_str!("data/2567.toml")),
    (2568, include_str!("data/2568.toml")),
    (2569, include_str!("data/2569.toml")),
];

impl Catalogues {
    /// The built-in years. They are read once; every call after the first
    /// copies.
    pub fn builtin() -> Catalogues {
        static READ: OnceLock<Catalogues> = OnceLock::new();
        READ.get_or_init(|| read().0).clone()
    }
}

/// Reads the built-in data by the reader of a site's own files. A test sees to
/// it that no message comes of it.
pub(super) fn read() -> (Catalogues, Vec<Diagnostic>) {
    let mut all = Catalogues::default();
    let mut problems = Vec::new();
    let found = Findings::default();

    let (table, errors) = parse_toml("topics.toml", TOPICS, 0..TOPICS.len());
    problems.extend(errors);
    let root = Fields::new(&table, "topics.toml", &found);
    all.add_topics(&root);
    root.finish();

    for (year, text) in YEARS {
        let file = format!("{year}.toml");
        let (table, errors) = parse_toml(&file, text, 0..text.len());
        problems.extend(errors);
        all.read_year(*year, Fields::new(&table, file, &found), None);
    }

    let (table, errors) = parse_toml("crosswalk.toml", CROSSWALK, 0..CROSSWALK.len());
    problems.extend(errors);
    let root = Fields::new(&table, "crosswalk.toml", &found);
    let ids: Vec<TopicId> = all.topics.iter().map(|t| t.id.clone()).collect();
    all.crosswalk = Crosswalk::read(&root, &ids);
    root.finish();

    problems.extend(found.into_vec());
    (all, problems)
}
