//! Where to edit what a page shows: the file and line that a webmaster would
//! open.

use crate::catalogue::TopicKind;
use crate::content::page::Page;
use crate::content::{FOLDER, read_source_text};
use crate::diagnostic::{Lang, Place};
use crate::files::SitePath;
use crate::site::address::{Kind, Route};
use crate::site::link::page_of;
use crate::site::{Site, TopicPage};

/// The place of a page's own text or records; of what is yet to be written,
/// the file that it would be.
pub fn of_page(site: &Site, route: &Route) -> Option<Place> {
    if let Some(page) = text_of(site, route) {
        return Some(Place::file(page.file.clone()));
    }
    let path = match &route.kind {
        Kind::Home => "index.md".into(),
        Kind::People => dataset(site, "people")?,
        Kind::Contact => "channels.toml".into(),
        Kind::YearIndex(year) | Kind::Eit(year) => format!("{year}/year.toml"),
        Kind::Progress(year) => format!("{year}/measures-report.toml"),
        Kind::Procurement(year) | Kind::ProcurementMonth(year, _) => {
            dataset(site, &format!("{year}/procurement"))?
        }
        Kind::Topic(year, index) => {
            let topic = site.years.get(year)?.topics.get(*index)?;
            return Some(of_topic(site, *year, topic));
        }
        Kind::Item(year, index) => {
            let topic = site.years.get(year)?.topics.iter();
            return Some(of_topic(
                site,
                *year,
                topic.clone().find(|t| t.item == *index)?,
            ));
        }
        Kind::Redirect(_) => dataset(site, "redirects")?,
        _ => return None,
    };
    Some(Place::file(format!("{FOLDER}/{path}")))
}

/// Where an element of a topic is vouched for, or stands (at `anchor` of the
/// topic's page), or its topic is written.
pub fn of_element(
    site: &Site,
    year: u16,
    topic: &str,
    element: &str,
    anchor: Option<&str>,
) -> Option<Place> {
    let topic = site.topic_page(year, topic)?;
    let in_text = site.topic_text(year, topic).and_then(|text| {
        let vouched = text.extras.shows.iter().find(|s| s.element == element);
        match vouched {
            Some(shows) => Some(shows.key_place.clone()),
            None => heading(site, text, anchor?),
        }
    });
    Some(in_text.unwrap_or_else(|| of_topic(site, year, topic)))
}

/// The line of a heading by the id that links use.
fn heading(site: &Site, text: &Page, anchor: &str) -> Option<Place> {
    let heading = text.outline.headings.iter().find(|h| h.id == anchor)?;
    let path = SitePath::new(&text.file).ok()?;
    let source = read_source_text(site.files.as_ref(), &path, &mut Vec::new())?;
    let body = source.get(text.body.clone())?;
    let given = format!("{{#{anchor}}}");
    let (at, length) = [given.as_str(), heading.text.as_str()]
        .into_iter()
        .find_map(|words| Some((body.find(words)?, words.len())))?;
    let start = text.body.start + at;
    Some(Place::span(text.file.clone(), start..start + length))
}

fn text_of<'s>(site: &'s Site, route: &Route) -> Option<&'s Page> {
    let thai = page_of(site, &route.kind);
    if route.lang == Lang::En {
        let thai = thai.or_else(|| {
            let thai = site.routes.counterpart(route)?;
            page_of(site, &thai.kind)
        })?;
        let key = thai
            .file
            .strip_prefix(FOLDER)?
            .strip_prefix('/')?
            .strip_suffix(".md")?;
        return site.english(key).or(Some(thai));
    }
    thai
}

fn of_topic(site: &Site, year: u16, topic: &TopicPage) -> Place {
    if let Some(text) = site.topic_text(year, topic) {
        return Place::file(text.file.clone());
    }
    let record_year = site
        .item(year, topic.item)
        .map_or(year, |item| Site::record_year(year, item.period_kind));
    let name = match topic.kind {
        TopicKind::People => Some("people".to_string()),
        TopicKind::Contact | TopicKind::Social | TopicKind::ComplaintChannels => {
            Some("channels".to_string())
        }
        TopicKind::Budget => Some(format!("{record_year}/budget")),
        TopicKind::Procurement => Some(format!("{record_year}/procurement")),
        TopicKind::ComplaintStatistics => Some(format!("{record_year}/complaints")),
        TopicKind::Measures => Some(format!("{year}/measures")),
        TopicKind::MeasuresReport => Some(format!("{year}/measures-report")),
        _ => None,
    };
    let data = name.and_then(|name| dataset(site, &name));
    let path = data.unwrap_or_else(|| format!("{year}/{}.md", topic.topic));
    Place::file(format!("{FOLDER}/{path}"))
}

/// The file that holds a dataset, in whichever form the webmaster keeps it.
fn dataset(site: &Site, name: &str) -> Option<String> {
    ["toml", "xlsx", "csv"].iter().find_map(|extension| {
        let path = format!("{name}.{extension}");
        let file = SitePath::new(&format!("{FOLDER}/{path}")).ok()?;
        site.content.listing.get(&file).map(|_| path)
    })
}
