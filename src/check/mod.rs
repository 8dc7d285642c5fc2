//! The readiness check: what an assessor would mark as missing, before the
//! assessor does.
//!
//! Rules come in families, one file each; what a rule is, why, and how it is
//! mended stands as data in `rules/`, and is what `explain` and the reference
//! pages show. A rule looks at the linked site and reports [`Finding`]s;
//! files are read through the site's own door, and other hosts are asked only
//! by the [`Fetch`] that it is handed.

mod access;
mod answers;
mod blame;
mod blanks;
mod calendar;
mod checklist;
mod context;
pub mod documents;
mod elements;
mod explain;
mod finding;
pub mod ics;
mod judged;
mod ledgers;
mod measures;
mod objections;
mod personal;
mod places;
mod purchases;
mod reach;
mod readiness;
mod records;
mod rules;
mod spending;
mod text;
mod texts;

use std::sync::Arc;

use crate::diagnostic::{Diagnostics, Severity};
use crate::output::{Numbers, Outputs};
use crate::render::Renderer;

pub use answers::{Answer, answers, sheet};
pub use checklist::{Required, Standing, checklist};
pub use context::{Context, Links, Pages};
pub use explain::{nearest_code, reference};
pub use finding::{Finding, Found, NotChecked};
pub use reach::{Fetch, Reply};
pub use readiness::{GroupScore, ItemStanding, POINT, Range, Readiness, readiness, rounded};
pub use rules::{Family, Rule, all as all_rules, rule};

/// What a run is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Years to judge; the current one when empty.
    pub years: Vec<u16>,
    /// Codes, families (`personal`) or items (`O18`) to which the report is
    /// limited; all when empty.
    pub only: Vec<String>,
    /// Who asks other hosts whether the addresses that content links to still
    /// answer; nobody is asked without one.
    pub external: Option<Arc<dyn Fetch>>,
}

/// The outcome of a check.
pub struct Checked {
    /// In the order of severity, year, item and place.
    pub findings: Vec<Finding>,
    /// How each judged year stands.
    pub years: Vec<Readiness>,
    pub not_checked: Vec<NotChecked>,
    /// Findings that an `[[allow]]` of site.toml lets pass, with its reason.
    pub allowed: usize,
    /// What the report was asked to be limited to: codes, families, items.
    /// A score of a part would mislead, so none is shown then.
    pub limited_to: Vec<String>,
}

impl Checked {
    /// The items of a year that the report shows.
    pub fn items<'y>(&'y self, year: &'y Readiness) -> impl Iterator<Item = &'y ItemStanding> {
        let wanted = |code: &str| self.limited_to.iter().any(|w| w == code);
        year.items
            .iter()
            .filter(move |item| self.limited_to.is_empty() || wanted(&item.code))
    }

    pub fn count(&self, severity: Severity) -> usize {
        let of = |f: &&Finding| f.diagnostic.severity == severity;
        self.findings.iter().filter(of).count()
    }

    /// The worst finding.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|f| f.diagnostic.severity).min()
    }
}

type Check = fn(&Context<'_>, &mut Found);

/// One function for each family; `texts` serves those that judge text by text.
const FAMILIES: &[Check] = &[
    elements::check,
    ledgers::check,
    measures::check,
    calendar::check,
    reach::check,
    access::check,
    personal::check,
    texts::check,
];

/// Judges a site. `loaded` is what loading and the survey of its pages had to
/// say; those messages are findings too.
pub fn run(
    renderer: &Renderer,
    outputs: &Outputs,
    pages: Pages,
    loaded: &Diagnostics,
    request: &Request,
) -> Checked {
    let site = &renderer.site;
    let unknown_year = blame::unknown_year(site, loaded);
    let year_unknown = unknown_year.is_some();
    // A year that was asked for is judged, whatever site.toml says.
    let unknown = unknown_year.filter(|_| request.years.is_empty());
    let years = match (request.years.as_slice(), &unknown) {
        ([], Some(_)) => Vec::new(),
        ([], None) => vec![site.current_year],
        (asked, _) => asked.to_vec(),
    };
    let context = Context {
        site,
        renderer,
        outputs,
        pages,
        judged: judged::Judged::of(site, &years),
        years,
        external: request.external.clone(),
    };
    let mut found = Found::default();
    for diagnostic in loaded.iter() {
        if !year_unknown || !blame::follows_year(diagnostic) {
            found.take(diagnostic.clone());
        }
    }
    // Without the year there is nothing to judge; what is said of pages would
    // be of another year than the one that is meant.
    if !context.years.is_empty() {
        for check in FAMILIES {
            check(&context, &mut found);
        }
    }
    found.extend(unknown);
    let settings = &site.content.settings;
    found.apply(&settings.rules, &settings.allowed);
    let items = |finding: &Finding| blame::items(site, &context.years, finding);
    found.place(items);
    let errors = blame::errors(site, &context.years, found.errors());
    // After the items were judged: an address says nothing against a page.
    found.place(|finding| {
        let place = finding.diagnostic.place.as_ref();
        let item = place.and_then(|place| blame::handed_in(site, &context.years, place));
        item.unwrap_or_default()
    });
    found.limit(&request.only, |finding| {
        blame::shown_with(site, &context.years, finding)
    });
    let years: Vec<Readiness> = context
        .years
        .iter()
        .filter_map(|year| readiness(site, *year, &errors))
        .collect();
    let mut checked = found.finish(years);
    checked.limited_to = request.only.clone();
    checked
}

/// Rules whose findings stop a build too: what must never be published. No
/// setting of the site turns them off or down; an allowance lets one thing pass
/// that it names by its fingerprint.
///
/// `pages` are the numbers that the finished pages show. `None` as soon as
/// `go_on` says no, which is asked before each file.
pub fn gate(
    renderer: &Renderer,
    outputs: &Outputs,
    pages: &Numbers,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Option<Diagnostics> {
    let settings = &renderer.site.content.settings;
    let mut found = Found::default();
    let what = personal::What::Stops;
    personal::look(renderer, outputs, pages, what, go_on, &mut found);
    if !go_on() {
        return None;
    }
    found.limit_to(personal::STOPS);
    found.settle(&settings.rules, &settings.allowed);
    found.powerless(&settings.rules, &settings.allowed);
    let mut diagnostics = Diagnostics::default();
    let findings = found.finish(Vec::new()).findings;
    diagnostics.extend(findings.into_iter().map(|f| f.diagnostic));
    Some(diagnostics)
}
