//! Records that prove an element by themselves: a month with its purchases
//! needs no `shows`.

use crate::catalogue::{Element, Evidence, PeriodKind, TopicKind, heading_serves};
use crate::content::agency::{Purpose, Role, Side};
use crate::content::ledger::{ComplaintCount, ComplaintKind, Purchase};
use crate::content::page::Page;
use crate::thai::{Period, is_placeholder};

use super::hosts::{host, path};
use super::people::{self, Photo};
use super::{Site, TopicPage};

pub enum Proof {
    /// An anchor on the topic's own page.
    At(String),
    /// A place on another page.
    Page(String, Option<String>),
    /// The element is for when there is nothing to report, and there is.
    NotNeeded,
}

/// Anchors that the theme's topic pages have for records.
pub mod anchor {
    pub const FACTS: &str = "facts";
    pub const UNITS: &str = "units";
    pub const PEOPLE: &str = "people";
    pub const CONTACT: &str = "contact";
    pub const CHANNELS: &str = "channels";
    pub const CORRUPTION: &str = "corruption";
    pub const GENERAL: &str = "general";
    pub const PROTECTION: &str = "protection";
    pub const BUDGET: &str = "budget";
    pub const SPENDING: &str = "spending";
    pub const PROCUREMENT: &str = "procurement";
    pub const STATISTICS: &str = "statistics";
    pub const ANALYSIS: &str = "analysis";
    pub const WEAKNESSES: &str = "weaknesses";
    pub const IMPROVEMENTS: &str = "improvements";
    pub const MEASURES: &str = "measures";
    pub const NEWS: &str = "news";
    pub const QUESTIONS: &str = "questions";
    pub const FILES: &str = "files";
    pub const LINKS: &str = "links";

    pub const ALL: &[&str] = &[
        FACTS,
        UNITS,
        PEOPLE,
        CONTACT,
        CHANNELS,
        CORRUPTION,
        GENERAL,
        PROTECTION,
        BUDGET,
        SPENDING,
        PROCUREMENT,
        STATISTICS,
        ANALYSIS,
        WEAKNESSES,
        IMPROVEMENTS,
        MEASURES,
        NEWS,
        QUESTIONS,
        FILES,
        LINKS,
    ];
}

/// A proof of `element` on a topic's page, if its records or tables give one.
pub fn prove(site: &Site, year: u16, topic: &TopicPage, element: &Element) -> Option<Proof> {
    let at = |a: &str| Some(Proof::At(a.to_string()));
    // prongsai links these pages from the home page and the year's index.
    if element.id == "reachable-from-main-site" {
        return Some(Proof::Page(String::new(), None));
    }
    let record_year = Site::record_year(year, element.period_kind);
    let page = site.topic_text(year, topic);
    for evidence in &element.evidence {
        let proof = match evidence {
            Evidence::Field(field) => page
                .and_then(|p| field_of_page(p, field, element, year))
                .map(|a| Proof::At(a.to_string()))
                .or_else(|| page.and_then(|p| column_of_page(p, field)).map(Proof::At))
                .or_else(|| {
                    field_of_records(site, year, record_year, topic, field, element).and_then(at)
                }),
            Evidence::Table | Evidence::Link => {
                records_as_table(site, record_year, topic, element).and_then(at)
            }
            Evidence::StatementNoneAllowed if element.only_none() => {
                something_to_report(site, record_year, element.period_kind, topic, page)
                    .then_some(Proof::NotNeeded)
            }
            _ => None,
        };
        if proof.is_some() {
            return proof;
        }
    }
    if element.id == "separate-channel" && separate_channels(site) {
        return at(anchor::CORRUPTION);
    }
    if element.id == "reporter-protected" && has_protection(site) {
        return at(anchor::PROTECTION);
    }
    if element.id == "two-way" && has_two_way(site) {
        return at(anchor::CHANNELS);
    }
    None
}

/// Fields of the page's own head.
fn field_of_page(page: &Page, field: &str, element: &Element, year: u16) -> Option<&'static str> {
    let extras = &page.extras;
    let period_year = Site::record_year(year, element.period_kind);
    let found = match field {
        "period" => extras
            .period
            .as_ref()
            .is_some_and(|p| period_fits(p, element, year)),
        "date" => extras
            .date
            .as_ref()
            .is_some_and(|d| d.value.fiscal_year() == period_year),
        "fiscal_year" => {
            extras.fiscal_year == Some(period_year)
                || extras
                    .period
                    .as_ref()
                    .is_some_and(|p| p.covers(period_year))
        }
        "signed_by" => extras.signed_by.is_some(),
        _ => false,
    };
    found.then_some(anchor::FACTS)
}

/// Whether a period is the one that an element of an assessment year asks for.
pub fn period_fits(period: &Period, element: &Element, year: u16) -> bool {
    let year = Site::record_year(year, element.period_kind);
    if period.problem.is_some() {
        return false;
    }
    if element.id == "longer-than-one-year" {
        return period.months().is_some_and(|m| m > 12);
    }
    if element.period_kind == PeriodKind::FirstHalf {
        let half = crate::thai::Month::months_of_fiscal_year(year);
        return match (period.from, period.to, half.first(), half.get(5)) {
            (Some(from), Some(to), Some(first), Some(last)) => {
                from <= first.first_day() && to >= last.last_day()
            }
            _ => false,
        };
    }
    period.covers(year)
}

/// A table on the page with a column that can hold the field and is filled in
/// every row.
fn column_of_page(page: &Page, field: &str) -> Option<String> {
    let own = page.extras.tables.iter().find(|table| {
        let columns = table.grid().fillings();
        columns
            .iter()
            .any(|(heading, filling)| filling.is_full(field) && heading_serves(heading, field))
    });
    if let Some(table) = own {
        return Some(table.id.clone());
    }
    page.outline
        .tables
        .iter()
        .find(|t| {
            t.columns
                .iter()
                .any(|(heading, filling)| filling.is_full(field) && heading_serves(heading, field))
        })
        .map(|t| t.id.clone())
}

/// The fields that each row of a topic's records has to fill.
fn fields_of_rows(kind: TopicKind) -> &'static [&'static str] {
    match kind {
        TopicKind::People => &["name", "position", "photo", "phone", "email"],
        TopicKind::Procurement => &[
            "item_name",
            "allocated_budget",
            "budget_source",
            "status",
            "method",
            "reference_price",
            "agreed_price",
            "supplier",
            "egp_project_no",
            "month",
        ],
        TopicKind::ComplaintStatistics => &["total", "completed", "in_progress"],
        TopicKind::Measures => &["responsible", "steps", "monitoring", "schedule"],
        TopicKind::MeasuresReport => &["result", "outcome", "status"],
        TopicKind::Budget => &["budget"],
        _ => &[],
    }
}

/// Whether a topic has records with at least one row.
fn has_rows(site: &Site, year: u16, record_year: u16, topic: &TopicPage) -> bool {
    match topic.kind {
        TopicKind::People => site.people_of(year).iter().any(|p| !p.vacant),
        TopicKind::Procurement => {
            let purchases = site.procurement.get(&record_year);
            shows_purchases(&topic.topic) && purchases.is_some_and(|p| !p.rows.is_empty())
        }
        TopicKind::ComplaintStatistics => site
            .complaints
            .get(&record_year)
            .is_some_and(|c| c.of_kind(ComplaintKind::Corruption).next().is_some()),
        TopicKind::Measures | TopicKind::MeasuresReport => {
            site.years.get(&year).is_some_and(|of_year| {
                let document = match topic.kind {
                    TopicKind::Measures => &of_year.measures,
                    _ => &of_year.report,
                };
                document.as_ref().is_some_and(|d| !d.rows.is_empty())
            })
        }
        TopicKind::Budget => site.budgets.contains_key(&record_year),
        _ => false,
    }
}

/// The file, in the content folder, whose rows would show the element by
/// themselves, where there is none of it.
pub fn absent_records(
    site: &Site,
    year: u16,
    topic: &TopicPage,
    element: &Element,
) -> Option<String> {
    let record_year = Site::record_year(year, element.period_kind);
    let asked = |field| fields_of_rows(topic.kind).contains(&field);
    let is_form =
        topic.kind == TopicKind::Procurement && element.evidence.contains(&Evidence::Table);
    let of_rows = is_form || element.fields().any(asked);
    if !of_rows || has_rows(site, year, record_year, topic) {
        return None;
    }
    Some(match topic.kind {
        TopicKind::People => "people.toml".into(),
        TopicKind::Procurement if shows_purchases(&topic.topic) => {
            format!("{record_year}/procurement.csv")
        }
        TopicKind::ComplaintStatistics => format!("{record_year}/complaints.csv"),
        TopicKind::Measures => format!("{year}/measures.toml"),
        TopicKind::MeasuresReport => format!("{year}/measures-report.toml"),
        TopicKind::Budget => format!("{record_year}/budget.csv"),
        _ => return None,
    })
}

/// Whether the records of a topic speak against the element: they are there,
/// and a row of them lacks what the element asks for. No word of the
/// webmaster's makes up for that.
pub fn contradicted(site: &Site, year: u16, topic: &TopicPage, element: &Element) -> bool {
    let record_year = Site::record_year(year, element.period_kind);
    let mut asked = element
        .fields()
        .filter(|f| fields_of_rows(topic.kind).contains(f))
        .peekable();
    has_rows(site, year, record_year, topic)
        && asked.peek().is_some()
        && asked
            .all(|field| field_of_records(site, year, record_year, topic, field, element).is_none())
}

/// Whether the records of a topic count some of what the element says there is
/// none of; any of it without an element.
pub fn counts_some(site: &Site, year: u16, topic: &TopicPage, element: Option<&Element>) -> bool {
    let item = site.item(year, topic.item);
    let period = element
        .map(|e| e.period_kind)
        .or(item.map(|i| i.period_kind));
    let record_year = period.map_or(year, |period| Site::record_year(year, period));
    match topic.kind {
        TopicKind::ComplaintStatistics => {
            let is_asked = |field: &str| element.is_none_or(|e| e.fields().any(|f| f == field));
            let counts = |row: &ComplaintCount| {
                [
                    ("total", row.received),
                    ("completed", row.finished),
                    ("in_progress", row.in_progress),
                ]
                .iter()
                .any(|(field, count)| is_asked(field) && count.is_some_and(|n| n > 0))
            };
            let complaints = site.complaints.get(&record_year);
            complaints.is_some_and(|c| c.of_kind(ComplaintKind::Corruption).any(counts))
        }
        TopicKind::Procurement => {
            let in_time = |r: &Purchase| period.is_none_or(|period| period.asks_for(r.month));
            let purchases = site.procurement.get(&record_year);
            shows_purchases(&topic.topic) && purchases.is_some_and(|p| p.rows.iter().any(in_time))
        }
        _ => false,
    }
}

fn field_of_records(
    site: &Site,
    year: u16,
    record_year: u16,
    topic: &TopicPage,
    field: &str,
    element: &Element,
) -> Option<&'static str> {
    match topic.kind {
        TopicKind::People => of_people(site, year, field),
        TopicKind::Contact if &*topic.topic == "contact" => contact(site, field),
        TopicKind::Contact | TopicKind::Faq | TopicKind::Social | TopicKind::EService => {
            channel_field(site, topic, field)
        }
        TopicKind::News => news(site, record_year, topic, field),
        TopicKind::Budget => budget(site, record_year, field, element),
        TopicKind::Procurement => procurement(site, record_year, element, topic, field),
        TopicKind::ComplaintChannels => {
            (field == "channel_url" && corruption_online(site)).then_some(anchor::CORRUPTION)
        }
        TopicKind::ComplaintStatistics => complaints(site, record_year, field),
        TopicKind::Measures => measures(site, year, field, false),
        TopicKind::MeasuresReport => measures(site, year, field, true),
        TopicKind::Prose if &*topic.topic == "structure" => structure(site, field, element),
        _ => None,
    }
}

/// The table of units proves that there are units, and their posts where it
/// names the head of each. It does not show the political side, so that both
/// sides are there only a person can tell.
fn structure(site: &Site, field: &str, element: &Element) -> Option<&'static str> {
    let units = &site.content.units;
    let asks_posts = element.id == "key-posts-and-units";
    let shown = field == "org_units"
        && !units.is_empty()
        && (!asks_posts || units.iter().all(|u| u.head.is_some()));
    shown.then_some(anchor::UNITS)
}

fn both_sides(site: &Site, year: u16) -> bool {
    let has = |side| people::listed(site, year).any(|p| p.side == Some(side));
    has(Side::Political) && has(Side::Permanent)
}

fn of_people(site: &Site, year: u16, field: &str) -> Option<&'static str> {
    let of = |role| {
        let mut listed = people::listed(site, year);
        // The permanent side has a head and deputies of its own.
        listed.any(|p| p.role == role && p.side == Some(Side::Political))
    };
    let present: Vec<_> = people::listed(site, year).filter(|p| !p.vacant).collect();
    if present.is_empty() {
        return None;
    }
    let mut leads = people::leads(site, year);
    let shown = match field {
        "head" => of(Role::Head),
        "deputies" => of(Role::Deputy),
        "name" => present.iter().all(|p| p.name.is_some()) && leads.all(people::has_name),
        "position" => present.iter().all(|p| !p.position.th.is_empty()),
        "photo" => {
            leads.all(|p| people::photo(site, year, p) == Photo::Good)
                && present.iter().any(|p| p.photo.is_some())
        }
        "phone" | "email" => leads.all(people::has_contact),
        "side" => both_sides(site, year),
        _ => false,
    };
    shown.then_some(anchor::PEOPLE)
}

fn contact(site: &Site, field: &str) -> Option<&'static str> {
    let agency = &site.content.settings.agency;
    let shown = match field {
        "address" => !is_placeholder(&agency.address.th),
        "phone" => has_number(&agency.phone),
        "email" => agency.email.as_ref().is_some_and(|e| e.contains('@')),
        "fax" => agency.fax.as_ref().is_some_and(|f| has_number(f)),
        "map" => agency
            .map
            .as_ref()
            .is_some_and(|m| leads_to_a_place(&m.raw)),
        "social_accounts" => channels(site, Purpose::Social) > 0,
        _ => false,
    };
    shown.then_some(anchor::CONTACT)
}

/// A number that can be called: of emergencies three digits are enough.
fn has_number(text: &str) -> bool {
    text.chars().filter(|c| c.is_numeric()).count() >= 3
}

/// Not the start page of a map service, nor the page that it stands on.
fn leads_to_a_place(raw: &str) -> bool {
    let Some(host) = host(raw) else {
        return !raw.trim_start_matches('#').is_empty();
    };
    let is_service = host.contains("google.") || host.contains("maps.");
    let start = matches!(path(raw).trim_matches('/'), "" | "maps" | "map");
    !(is_service && start)
}

pub fn channels(site: &Site, purpose: Purpose) -> usize {
    site.content
        .channels
        .iter()
        .filter(|c| c.purpose == Some(purpose))
        .count()
}

/// The purpose whose channels a topic shows by itself.
pub fn purpose_of_topic(topic: &TopicPage) -> Option<Purpose> {
    match (&*topic.topic, topic.kind) {
        ("opinion-channels", _) => Some(Purpose::Opinion),
        (_, TopicKind::Faq) => Some(Purpose::Question),
        (_, TopicKind::Social) => Some(Purpose::Social),
        (_, TopicKind::EService) => Some(Purpose::Service),
        _ => None,
    }
}

fn channel_field(site: &Site, topic: &TopicPage, field: &str) -> Option<&'static str> {
    let purpose = purpose_of_topic(topic)?;
    let linked = site
        .content
        .channels
        .iter()
        .any(|c| c.purpose == Some(purpose) && c.url.is_some());
    matches!(
        field,
        "channel_url" | "service_url" | "social_accounts" | "service_channel"
    )
    .then_some(())
    .filter(|()| linked)
    .map(|()| anchor::CHANNELS)
}

fn has_two_way(site: &Site) -> bool {
    site.content
        .channels
        .iter()
        .any(|c| c.purpose == Some(Purpose::Question) && c.two_way)
}

fn corruption_online(site: &Site) -> bool {
    site.content
        .channels
        .iter()
        .any(|c| c.purpose == Some(Purpose::Corruption) && c.url.is_some())
}

/// A channel for corruption of its own, beside a general one elsewhere.
fn separate_channels(site: &Site) -> bool {
    let urls = |purpose| {
        site.content
            .channels
            .iter()
            .filter(move |c| c.purpose == Some(purpose))
            .filter_map(|c| c.url.as_ref().map(|u| u.raw.as_str()))
    };
    let general: Vec<&str> = urls(Purpose::Complaint).collect();
    let has_general = channels(site, Purpose::Complaint) > 0;
    has_general && urls(Purpose::Corruption).any(|u| !general.contains(&u))
}

fn has_protection(site: &Site) -> bool {
    site.content
        .channels
        .iter()
        .any(|c| c.purpose == Some(Purpose::Corruption) && c.protects.is_some())
}

/// News of the fiscal year that serve the topic.
pub fn news_of<'s>(
    site: &'s Site,
    fiscal_year: u16,
    topic: &'s str,
) -> impl Iterator<Item = &'s super::NewsItem> {
    site.news.iter().filter(move |n| {
        n.date.fiscal_year() == fiscal_year
            && (topic == "news"
                || site
                    .content
                    .news
                    .get(n.page)
                    .is_some_and(|p| p.page.extras.topics.iter().any(|t| t.raw == topic)))
    })
}

fn news(site: &Site, fiscal_year: u16, topic: &TopicPage, field: &str) -> Option<&'static str> {
    (field == "date" && news_of(site, fiscal_year, &topic.topic).next().is_some())
        .then_some(anchor::NEWS)
}

fn budget(site: &Site, fiscal_year: u16, field: &str, element: &Element) -> Option<&'static str> {
    let budget = site.budgets.get(&fiscal_year)?;
    let every =
        |test: &dyn Fn(&crate::content::ledger::BudgetLine) -> bool| budget.lines.iter().all(test);
    match field {
        "budget" => every(&|l| l.is_readable).then_some(anchor::BUDGET),
        "period" if element.period_kind == PeriodKind::FirstHalf => {
            (budget.total.known_quarters() >= 2).then_some(anchor::SPENDING)
        }
        "period" | "fiscal_year" => Some(anchor::BUDGET),
        "budget_source" => every(&|l| l.source.is_some()).then_some(anchor::BUDGET),
        "spending_type" => every(&|l| l.budget_type.is_some()).then_some(anchor::BUDGET),
        "spent" | "progress" | "result" => {
            let known = budget.total.known_quarters();
            (known >= quarters_asked(element.period_kind)).then_some(anchor::SPENDING)
        }
        _ => None,
    }
}

/// How many quarters a report on spending has to tell of.
pub fn quarters_asked(period: PeriodKind) -> usize {
    match period {
        PeriodKind::FirstHalf => 2,
        PeriodKind::PreviousYear => 4,
        PeriodKind::Current | PeriodKind::Year => 1,
    }
}

fn procurement(
    site: &Site,
    fiscal_year: u16,
    element: &Element,
    topic: &TopicPage,
    field: &str,
) -> Option<&'static str> {
    if !shows_purchases(&topic.topic) {
        return None;
    }
    let procurement = site.procurement.get(&fiscal_year)?;
    let rows: Vec<_> = if element.period_kind == PeriodKind::FirstHalf {
        procurement.first_half().collect()
    } else {
        procurement.rows.iter().collect()
    };
    if rows.is_empty() {
        return None;
    }
    let today = site.options.today;
    let every_month = || {
        let mut empty = procurement.empty_months(element.period_kind, today);
        empty.next().is_none()
    };
    if field == "month" && !every_month() {
        return None;
    }
    let filled = rows.iter().all(|r| purchase_tells(r, field) == Some(true));
    filled.then_some(anchor::PROCUREMENT)
}

/// Whether a purchase tells what a field asks for: by its value, or by a note
/// that names what there was none of (`ไม่มีราคากลาง เพราะ…`). `None` for a field
/// that purchases don't have.
pub fn purchase_tells(purchase: &Purchase, field: &str) -> Option<bool> {
    let r = purchase;
    let (has_value, none_of) = match field {
        "item_name" => (!r.item_name.is_empty(), ""),
        "allocated_budget" => (r.allocated_budget.is_some(), ""),
        "purchase_budget" | "budget" => (
            r.purchase_budget.is_some() || r.allocated_budget.is_some(),
            "",
        ),
        "budget_source" => (r.budget_source.is_some(), ""),
        "status" | "progress" => (r.status.is_some(), ""),
        "method" => (!r.method.is_empty(), ""),
        "reference_price" => (r.reference_price.is_some(), "ไม่มีราคากลาง"),
        "agreed_price" => (r.agreed_price.is_some(), ""),
        "supplier" | "winner" => (r.supplier.is_some(), ""),
        "bidders" => (r.bidders.is_some(), "ไม่มีผู้เสนอราคา"),
        "reason" => (r.reason.is_some(), ""),
        "contract" => (
            r.contract_no.is_some() || r.contract_date.is_some(),
            "ไม่มีสัญญา",
        ),
        "egp_project_no" => (r.egp_project_no.is_some(), "ไม่มีเลขที่โครงการ"),
        "month" => (r.month.is_some(), ""),
        _ => return None,
    };
    let note = r.note.as_deref().unwrap_or_default();
    let note: String = note.split_whitespace().collect();
    Some(has_value || (!none_of.is_empty() && note.contains(none_of)))
}

/// Topics whose pages show the purchases themselves; plans and announcements
/// are documents of their own.
pub fn shows_purchases(topic: &str) -> bool {
    matches!(
        topic,
        "procurement-list"
            | "procurement-progress"
            | "procurement-monthly-summary"
            | "procurement-annual-report"
    )
}

fn complaints(site: &Site, fiscal_year: u16, field: &str) -> Option<&'static str> {
    let complaints = site.complaints.get(&fiscal_year)?;
    let rows: Vec<_> = complaints.of_kind(ComplaintKind::Corruption).collect();
    if rows.is_empty() {
        return None;
    }
    let filled = match field {
        "total" => rows.iter().all(|r| r.received.is_some()),
        "completed" => rows.iter().all(|r| r.finished.is_some()),
        "in_progress" => rows.iter().all(|r| r.in_progress.is_some()),
        _ => false,
    };
    filled.then_some(anchor::STATISTICS)
}

fn measures(site: &Site, year: u16, field: &str, report: bool) -> Option<&'static str> {
    let of_year = site.years.get(&year)?;
    let document = if report {
        of_year.report.as_ref()
    } else {
        of_year.measures.as_ref()
    }?;
    let file = document.file(site)?;
    let analysis = file.analysis.as_ref();
    let views: Vec<_> = document.views(site).collect();
    let every = |test: &dyn Fn(&super::measures::RowView<'_>) -> bool| {
        !views.is_empty() && views.iter().all(test)
    };
    let shown = match field {
        "analysis" => analysis.is_some_and(|a| !a.scores.scores.is_empty() || !a.issues.is_empty()),
        "weaknesses" => analysis.is_some_and(|a| !a.weaknesses.is_empty() || !a.issues.is_empty()),
        "improvements" => {
            analysis.is_some_and(|a| !a.improvements.is_empty() || !a.issues.is_empty())
        }
        "measures" => !views.is_empty(),
        "measures_ref" => views.iter().any(|v| v.measure.is_some()),
        "progress" => every(&|v| v.fills("status")),
        "responsible" | "steps" | "monitoring" | "schedule" | "result" | "outcome" | "status" => {
            every(&|v| v.fills(field))
        }
        "recommendations" => views.iter().any(|v| !v.recommendations().is_empty()),
        _ => false,
    };
    // Where none are listed, the issues of the analysis say them.
    let place = match field {
        "weaknesses" if analysis.is_some_and(|a| !a.weaknesses.is_empty()) => anchor::WEAKNESSES,
        "improvements" if analysis.is_some_and(|a| !a.improvements.is_empty()) => {
            anchor::IMPROVEMENTS
        }
        "analysis" | "weaknesses" | "improvements" => anchor::ANALYSIS,
        _ => anchor::MEASURES,
    };
    shown.then_some(place)
}

/// Records that are a table or a link by themselves.
fn records_as_table(
    site: &Site,
    record_year: u16,
    topic: &TopicPage,
    element: &Element,
) -> Option<&'static str> {
    match topic.kind {
        // The form's own columns: agency, district, province, ministry, kind.
        TopicKind::Procurement
            if element.id == "form-identity-columns"
                && (site.content.settings.agency.district.is_none()
                    || site.content.settings.agency.ministry.is_none()) =>
        {
            None
        }
        TopicKind::Procurement if shows_purchases(&topic.topic) => site
            .procurement
            .get(&record_year)
            .filter(|p| !p.rows.is_empty())
            .map(|_| anchor::PROCUREMENT),
        TopicKind::Budget => {
            let budget = site.budgets.get(&record_year)?;
            if element.fields().any(|f| f == "spent" || f == "progress") {
                return (budget.total.known_quarters() > 0).then_some(anchor::SPENDING);
            }
            let asks_amounts = element.fields().any(|f| f == "budget");
            let readable = budget.lines.iter().all(|l| l.is_readable);
            (readable || !asks_amounts).then_some(anchor::BUDGET)
        }
        _ => None,
    }
}

/// Whether there is something to report, so that no statement of none is due.
fn something_to_report(
    site: &Site,
    record_year: u16,
    period: PeriodKind,
    topic: &TopicPage,
    page: Option<&Page>,
) -> bool {
    match topic.kind {
        TopicKind::ComplaintStatistics => site
            .complaints
            .get(&record_year)
            .is_some_and(|c| c.of_kind(ComplaintKind::Corruption).next().is_some()),
        TopicKind::Procurement => site.procurement.get(&record_year).is_some_and(|p| {
            let mut empty = p.empty_months(period, site.options.today);
            empty.next().is_none()
        }),
        _ => page.is_some_and(|p| {
            p.extras.none.is_empty()
                && (!p.extras.tables.is_empty()
                    || !p.outline.tables.is_empty()
                    || !p.extras.files.is_empty())
        }),
    }
}
