//! For machines that watch the site: sitemap, Atom feed, robots.

use std::cmp::Ordering;

use crate::data::Data;
use crate::diagnostic::Lang;
use crate::render::html::escaped;
use crate::render::links::encode_path;
use crate::site::Site;
use crate::site::address::Kind;
use crate::site::dates::page_updated;
use crate::thai::Date;

/// How many entries the feed holds.
const ENTRIES: usize = 50;

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
        if let Some(date) = page_updated(site, &route.kind) {
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

/// Where the feeds of the open data lie.
pub const PURCHASES: &str = "data/procurement.xml";
pub const CHANGES: &str = "data/changes.xml";

struct Entry {
    /// Never changes.
    id: String,
    title: String,
    href: String,
    updated: Date,
    summary: String,
}

fn newest_first(a: &Entry, b: &Entry) -> Ordering {
    (b.updated, &a.id).cmp(&(a.updated, &b.id))
}

/// As many as a reader of feeds needs.
fn newest(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by(newest_first);
    entries.truncate(ENTRIES);
    entries
}

/// Atom (RFC 4287), newest first.
fn atom_of(site: &Site, path: &str, title: &str, mut entries: Vec<Entry>) -> String {
    entries.sort_by(newest_first);
    let name = &site.content.settings.agency.name.th;
    let updated = entries
        .first()
        .map(|e| e.updated)
        .or_else(|| Date::new(2000, 1, 1))
        .map(moment)
        .unwrap_or_default();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"th\">\n<title>{}</title>\n<id>{1}/{path}</id>\n<link rel=\"self\" href=\"{1}/{path}\"/>\n<link href=\"{1}/data/\"/>\n<updated>{updated}</updated>\n<author><name>{2}</name></author>\n",
        escaped(&format!("{title} {name}")),
        escaped(&site.base_url),
        escaped(name),
    );
    for entry in entries {
        xml.push_str(&format!(
            "<entry><title>{}</title><id>{}</id><link href=\"{}\"/><updated>{}</updated><summary>{}</summary></entry>\n",
            escaped(&entry.title),
            escaped(&entry.id),
            escaped(&entry.href),
            moment(entry.updated),
            escaped(&entry.summary)
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

/// Purchases, by the day of their contracts.
pub fn purchases(site: &Site) -> String {
    let host = tag_host(site);
    let entries = site
        .procurement
        .values()
        .flat_map(|of_year| {
            let ids = crate::data::purchase_ids(of_year);
            let fy = of_year.fiscal_year;
            of_year.rows.iter().zip(ids).filter_map(move |(row, id)| {
                let contract = row.contract_date.as_ref().map(|d| d.value);
                let month = row.month?;
                let mut summary = row.method.clone();
                for part in row.supplier.iter() {
                    summary.push_str(&format!(" {part}"));
                }
                if let Some(price) = &row.agreed_price {
                    summary.push_str(&format!(" {} บาท", price.value));
                }
                Some((fy, id, row.item_name.clone(), contract, month, summary))
            })
        })
        .map(|(fy, id, title, contract, month, summary)| Entry {
            id: format!("tag:{host},2000:data/{fy}/procurement/{id}"),
            title,
            href: format!("{}/{fy}/procurement/{}/", site.base_url, month.key()),
            updated: contract.unwrap_or_else(|| month.last_day()),
            summary,
        });
    atom_of(site, PURCHASES, "การจัดซื้อจัดจ้าง", newest(entries))
}

/// Each table at the day that its figures speak of, and what was withdrawn.
pub fn changes(data: &Data) -> String {
    let site = data.site();
    let host = tag_host(site);
    let url = |path: &str| match path.split_once('#') {
        Some((path, anchor)) => format!("{}/{}#{anchor}", site.base_url, encode_path(path)),
        None => format!("{}/{}", site.base_url, encode_path(path)),
    };
    let tables = data
        .sets()
        .iter()
        .filter(|s| !s.is_month() && s.slug != "withdrawn")
        .filter(|s| s.year.is_some() || s.years.is_empty())
        .filter_map(|set| {
            let date = set.as_of?;
            let year = set.year.map_or_else(String::new, |y| format!(" ปี {y}"));
            Some(Entry {
                id: format!("tag:{host},2000:{}", encode_path(&set.stem())),
                title: format!("{}{year}", set.title.th),
                href: url(set.page.as_deref().unwrap_or("data/")),
                updated: date,
                summary: format!(
                    "ข้อมูล ณ {} {} แถว",
                    date.thai_long().replace('\u{a0}', " "),
                    set.table.rows.len()
                ),
            })
        });
    let withdrawn = site.content.settings.open_data.withdrawn.iter();
    let withdrawn = withdrawn.filter_map(|w| {
        let date = w.date.as_ref()?.value;
        Some(Entry {
            id: format!(
                "tag:{host},{}:withdrawn/{}",
                date.iso(),
                encode_path(&w.path)
            ),
            title: format!("ถอนออก: {}", w.title.th),
            href: url("data/#withdrawn"),
            updated: date,
            summary: w.reason.th.clone(),
        })
    });
    // What was withdrawn stays news, however many tables came after it.
    let entries = newest(tables).into_iter().chain(withdrawn).collect();
    atom_of(site, CHANGES, "ข้อมูลที่เปลี่ยนแปลงและถอนออก", entries)
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
