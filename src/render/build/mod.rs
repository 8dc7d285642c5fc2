//! Routes → page views, a file for each family of pages.

mod agency;
mod analysis;
mod budget;
mod complaints;
mod data;
mod disclosures;
mod eit;
mod measures;
mod parts;
mod poster;
mod procurement;
mod progress;
mod scores;
mod search;
mod years;

use crate::diagnostic::Diagnostic;
use crate::site::address::{Kind, Route};

pub use disclosures::{click_path_of as click_path, standing};
pub use parts::year_title;
pub use poster::poster;

use super::format::Page;
use super::metadata;
use super::view::{PageView, Section};

/// How a page lies on paper: across when it is as good as one wide table with
/// words about it. What is short after the wide tables of any other, as is its
/// foot, goes on their sheets.
fn sheets(view: &PageView) -> &'static str {
    let mut tables = 0;
    let only = view.sections.iter().all(|section| match section {
        Section::Table(table) => {
            tables += 1;
            table.wide
        }
        Section::Prose { parts, .. } => parts.iter().all(|p| !p.html.contains("<table")),
        Section::None { .. }
        | Section::Notice { .. }
        | Section::Links { .. }
        | Section::Files { .. }
        | Section::Filter { .. }
        | Section::Data { .. } => true,
        _ => false,
    });
    // No sheet of its own for what is short; links and filters are not printed.
    let wide = |s: &Section| matches!(s, Section::Table(table) if table.wide);
    let short = |s: &Section| {
        matches!(
            s,
            Section::Files { .. }
                | Section::Data { .. }
                | Section::Notice { .. }
                | Section::None { .. }
                | Section::Links { .. }
                | Section::Filter { .. }
        )
    };
    let mut from_first = view.sections.iter().skip_while(|s| !wide(s)).peekable();
    let ends_across = from_first.peek().is_some() && from_first.all(|s| wide(s) || short(s));
    match (view.cover.is_some(), only && tables == 1, ends_across) {
        (true, _, true) => "document ends-across",
        (true, ..) => "document",
        (_, true, _) => "landscape",
        (.., true) => "ends-across",
        _ => "",
    }
}

/// The view of a page. Posters and redirects have templates of their own.
pub fn view(page: &Page<'_>, route: &Route, found: &mut Vec<Diagnostic>) -> PageView {
    let mut view = match &route.kind {
        Kind::Home => agency::home(page, found),
        Kind::Contact => agency::contact(page),
        Kind::People => agency::people(page),
        Kind::NewsList => agency::news_list(page),
        Kind::News(index) => agency::news(page, *index, found),
        Kind::Free(index) => agency::free(page, *index, found),
        Kind::NotFound => agency::not_found(page),
        Kind::Archive => years::archive(page),
        Kind::Search => search::search(page),
        Kind::Data => data::index(page),
        Kind::YearIndex(year) => years::index(page, *year),
        Kind::Eit(year) => eit::eit(page, *year),
        Kind::Item(year, item) => disclosures::item(page, *year, *item),
        Kind::Topic(year, topic) => disclosures::topic(page, *year, *topic, found),
        Kind::YearPage(year, index) => disclosures::year_page(page, *year, *index, found),
        Kind::Progress(year) => progress::progress(page, *year),
        Kind::Procurement(year) => procurement::year(page, *year),
        Kind::ProcurementMonth(year, month) => procurement::month(page, *year, *month),
        Kind::Poster(_) | Kind::Redirect(_) => PageView::default(),
    };
    view.sections.extend(data::beside(page, route));
    view.has_data = view.sections.iter().any(|section| match section {
        Section::Table(table) => table.data.is_some(),
        Section::Prose { parts, .. } => parts.iter().any(|p| p.data.is_some()),
        _ => false,
    }) || view.intro.iter().any(|p| p.data.is_some());
    view.sheets = sheets(&view);
    parts::frame(page, route, &mut view);
    metadata::describe(page, route, &mut view);
    view
}
