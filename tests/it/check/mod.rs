//! `prongsai check`: each rule by a site that breaks it and a twin that does
//! not.

mod access;
mod advice;
mod breaks;
mod calendar;
mod command;
mod documents;
mod elements;
mod explain;
mod external;
mod frozen;
mod ledgers;
mod measures;
mod mutation;
mod pairs;
mod personal;
mod personal_law;
mod quirks;
mod reach;
mod remedies;
mod reports;
mod slips;
mod substance;
mod text;
mod years;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use prongsai::check::{Checked, Finding, Request, run};
use prongsai::files::{Files, FrozenFiles, MemoryFiles, Sources};
use prongsai::output;
use prongsai::render::Renderer;
use prongsai::site::{Options, load};
use prongsai::thai::Date;

use crate::help::options;

/// The day on which sites are checked: all of the example's year is there.
pub const DAY: &str = "2569-01-15";

/// The whole municipality of the example, whose year 2568 is complete.
pub fn example() -> MemoryFiles {
    let mut files = MemoryFiles::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for (path, bytes) in crate::help::tree(&root) {
        files.put(format!("content/{path}"), bytes);
    }
    files
}

/// Checks these years of a site; the current one without any.
pub fn check_years(files: &MemoryFiles, years: &[u16]) -> Checked {
    check_on(files, years, DAY)
}

/// The same on another day.
pub fn check_on(files: &MemoryFiles, years: &[u16], day: &str) -> Checked {
    let request = Request {
        years: years.to_vec(),
        ..Request::default()
    };
    check_as_asked_on(files, &request, day)
}

/// Checks a site as the command line does.
pub fn check_as_asked(files: &MemoryFiles, request: &Request) -> Checked {
    check_as_asked_on(files, request, DAY)
}

fn check_as_asked_on(files: &MemoryFiles, request: &Request, day: &str) -> Checked {
    let files: Arc<dyn Files> = Arc::new(FrozenFiles::take(Arc::new(files.clone())));
    let options = Options {
        today: Date::parse(day).expect("a day"),
        ..options()
    };
    let loaded = load(files, options);
    let mut messages = loaded.diagnostics;
    let whole = !messages.has_errors();
    let (renderer, of_theme) = Renderer::new(Arc::new(loaded.site));
    let renderer = renderer.without_files();
    messages.extend(of_theme);
    let outputs = output::list(&renderer);
    let pages = Mutex::new(prongsai::check::Pages::default());
    let base = renderer.site.base_path();
    let visit = |page: &str, scan: &output::scan::Scan| {
        pages
            .lock()
            .expect("alive")
            .see(&base, page, scan, &outputs);
    };
    let found = output::survey(&renderer, &outputs, whole, &|| true, &visit).expect("to the end");
    messages.extend(found.into_iter().map(|f| f.diagnostic));
    let pages = pages.into_inner().expect("alive");
    run(&renderer, &outputs, pages, &messages.sorted(), request)
}

pub fn check(files: &MemoryFiles) -> Checked {
    check_years(files, &[])
}

/// Code, file, line (or cell) and message of a finding.
pub fn shown(files: &MemoryFiles, finding: &Finding) -> String {
    let mut sources = Sources::new(files);
    let place = finding.diagnostic.place.as_ref();
    let at = place.map_or(String::new(), |place| match sources.excerpt(place) {
        Some(e) => format!("{}:{}", place.file, e.cell.unwrap_or(e.line.to_string())),
        None => place.file.to_string(),
    });
    format!(
        "{} {at} {}",
        finding.diagnostic.code, finding.diagnostic.message.en
    )
}

fn all(files: &MemoryFiles, checked: &Checked) -> BTreeSet<String> {
    checked.findings.iter().map(|f| shown(files, f)).collect()
}

/// The broken site has findings of this rule, and of no other, that the good
/// one has not; the first of them stands at `place` (`content/x.md:3`).
#[track_caller]
pub fn assert_breaks(code: &str, place: &str, good: &MemoryFiles, broken: &MemoryFiles) {
    assert_breaks_on(DAY, code, place, good, broken);
}

#[track_caller]
pub fn assert_breaks_on(
    day: &str,
    code: &str,
    place: &str,
    good: &MemoryFiles,
    broken: &MemoryFiles,
) {
    let before = all(good, &check_on(good, &[], day));
    let of_rule = |line: &&String| line.split(' ').next() == Some(code);
    assert!(
        !before.iter().any(|l| of_rule(&l)),
        "the good twin is not silent: {before:#?}"
    );
    let after = all(broken, &check_on(broken, &[], day));
    let new: Vec<&String> = after.difference(&before).collect();
    assert!(!new.is_empty(), "{code} was not reported");
    assert!(new.iter().all(of_rule), "more than {code}: {new:#?}");
    assert!(
        new.iter().any(|l| l.split(' ').nth(1) == Some(place)),
        "not at {place}: {new:#?}"
    );
    assert!(
        prongsai::check::rule(code).is_some(),
        "{code} is not explained"
    );
}
