//! Where to edit what a page shows: the file and line that a webmaster would
//! open.

use crate::content::page::Page;
use crate::content::{FOLDER, read_source_text};
use crate::diagnostic::{Lang, Place};
use crate::files::SitePath;
use crate::site::address::{Kind, Route, Target};
use crate::site::link::page_of;
use crate::site::{ElementState, Site, TopicPage};

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

/// Where an element of an item is vouched for, or stands, or would be written.
pub fn of_element(site: &Site, year: u16, item: usize, element: &str) -> Option<Place> {
    let of_year = site.years.get(&year)?;
    let element = site.item(year, item)?.element(element)?;
    let serving: Vec<&TopicPage> = of_year
        .topics
        .iter()
        .filter(|t| t.item == item)
        .filter(|t| element.serves(&t.topic) || t.covers.iter().any(|c| element.serves(c)))
        .collect();
    let vouched = serving.iter().find_map(|topic| {
        let text = site.topic_text(year, topic)?;
        let shows = text.extras.shows.iter().find(|s| s.element == element.id)?;
        Some(shows.key_place.clone())
    });
    if vouched.is_some() {
        return vouched;
    }
    let spots = of_year
        .disclosures
        .iter()
        .find(|d| d.item == item)?
        .checks
        .iter()
        .find(|c| {
            site.item(year, item)
                .and_then(|i| i.elements.get(c.element))
                == Some(element)
        })
        .map(|c| match &c.state {
            ElementState::Shown(spots) => spots.as_slice(),
            ElementState::NoneStated { spot, .. } => std::slice::from_ref(spot),
            _ => &[],
        });
    for spot in spots.into_iter().flatten() {
        let Target::Page { address, anchor } = &spot.target else {
            continue;
        };
        let Some(topic) = of_year.topics.iter().find(|t| *t.address == **address) else {
            continue;
        };
        let anchor = anchor.as_deref().unwrap_or_default();
        let text = site.topic_text(year, topic);
        if let Some(place) = text.and_then(|text| heading(site, text, anchor)) {
            return Some(place);
        }
        // What the program shows by itself comes from the records.
        if is_of_records(anchor)
            && let Some(file) = records_of(site, year, topic)
        {
            return Some(Place::file(format!("{FOLDER}/{file}")));
        }
        return Some(of_topic(site, year, topic));
    }
    // What is missing is written where nothing is yet, or else where words are.
    let open = serving.iter().find(|t| !t.is_published());
    open.or(serving.first())
        .map(|topic| of_topic(site, year, topic))
}

fn is_of_records(found: &str) -> bool {
    use crate::site::prove::anchor;
    anchor::ALL.contains(&found)
        && !matches!(
            found,
            anchor::FACTS | anchor::FILES | anchor::LINKS | anchor::QUESTIONS
        )
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
    let data = records_of(site, year, topic);
    let path = data.unwrap_or_else(|| format!("{year}/{}.md", topic.topic));
    Place::file(format!("{FOLDER}/{path}"))
}

/// The file of the records that a topic shows.
fn records_of(site: &Site, year: u16, topic: &TopicPage) -> Option<String> {
    dataset(site, &site.records_of(year, topic)?)
}

/// The file that holds a dataset, in whichever form the webmaster keeps it.
fn dataset(site: &Site, name: &str) -> Option<String> {
    ["toml", "xlsx", "csv"].iter().find_map(|extension| {
        let path = format!("{name}.{extension}");
        let file = SitePath::new(&format!("{FOLDER}/{path}")).ok()?;
        site.content.listing.get(&file).map(|_| path)
    })
}
