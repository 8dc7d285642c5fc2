//! For machines that watch the site: sitemap, Atom feed, robots.

use crate::diagnostic::Lang;
use crate::render::html::escaped;
use crate::render::links::encode_path;
use crate::site::Site;
use crate::site::address::{Kind, Route};
use crate::site::link::page_of;
use crate::thai::Date;

/// How many entries the feed holds.
const ENTRIES: usize = 50;

/// When a page's content last changed: never the time of the build.
fn last_changed(site: &Site, route: &Route) -> Option<Date> {
    let text = page_of(site, &route.kind);
    let updated = text.and_then(|p| p.updated.as_ref()).map(|d| d.value);
    updated.or_else(|| match &route.kind {
        Kind::News(index) => site.news_item(*index).map(|n| n.date),
        Kind::NewsList => site.news.first().map(|n| n.date),
        Kind::Procurement(fy) | Kind::ProcurementMonth(fy, _) => site.procurement.get(fy)?.as_of,
        _ => None,
    })
}

/// sitemaps.org 0.9.
pub fn sitemap(site: &Site) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let pages = site
        .routes_of(Lang::Th)
        .chain(site.routes_of(Lang::En))
        .filter(|r| !matches!(r.kind, Kind::NotFound | Kind::Poster(_)));
    for route in pages {
        xml.push_str("<url><loc>");
        xml.push_str(&escaped(&format!(
            "{}/{}",
            site.base_url,
            encode_path(&route.address)
        )));
        xml.push_str("</loc>");
        if let Some(date) = last_changed(site, route) {
            xml.push_str(&format!("<lastmod>{}</lastmod>", date.iso()));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The host and path of the site, for ids that never change (RFC 4151).
fn tag_host(site: &Site) -> String {
    let rest = site.base_url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split('/').next().unwrap_or("").to_string()
}

fn moment(date: Date) -> String {
    format!("{}T00:00:00+07:00", date.iso())
}

/// Atom (RFC 4287) of the news, newest first.
pub fn atom(site: &Site) -> String {
    let name = &site.content.settings.agency.name.th;
    let newest = site.news.first().map(|n| n.date);
    let updated = newest
        .or_else(|| Date::new(2000, 1, 1))
        .map(moment)
        .unwrap_or_default();
    let host = tag_host(site);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"th\">\n<title>{0}</title>\n<id>{1}/</id>\n<link rel=\"self\" href=\"{1}/feed.xml\"/>\n<link href=\"{1}/\"/>\n<updated>{updated}</updated>\n<author><name>{0}</name></author>\n",
        escaped(name),
        escaped(&site.base_url)
    );
    for item in site.news.iter().take(ENTRIES) {
        let Some(file) = site.content.news.get(item.page) else {
            continue;
        };
        let title = file
            .page
            .title
            .clone()
            .unwrap_or_else(|| file.key.to_string());
        let summary = file
            .page
            .description
            .as_ref()
            .unwrap_or(&file.page.outline.summary);
        let changed = file
            .page
            .updated
            .as_ref()
            .map_or(item.date, |d| d.value.max(item.date));
        xml.push_str(&format!(
            "<entry><title>{}</title><id>tag:{host},{}:{}</id><link href=\"{}/{}\"/><published>{}</published><updated>{}</updated><summary>{}</summary></entry>\n",
            escaped(&title),
            item.date.iso(),
            escaped(&item.address),
            escaped(&site.base_url),
            encode_path(&item.address),
            moment(item.date),
            moment(changed),
            escaped(summary)
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

pub fn robots(site: &Site) -> String {
    format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}/sitemap.xml\n",
        site.base_url
    )
}
