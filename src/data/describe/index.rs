//! `prongsai.json`: what a reader of a thousand such sites needs of one.

use crate::site::dates::item_updated;

use super::super::json::Object;
use super::super::sets::url;
use super::super::{Data, Set};
use super::{both, contracting_path, licence};

/// The version of the format; a member may be added without a new one.
const FORMAT: u32 = 1;

pub fn index(data: &Data) -> Vec<u8> {
    let site = data.site();
    let settings = &site.content.settings;
    let agency = &settings.agency;
    let mut of_agency = Object::new()
        .object("name", &both(&agency.name))
        .text("kind", agency.kind.thai());
    if let Some(district) = &agency.district {
        of_agency = of_agency.object("district", &both(district));
    }
    of_agency = of_agency
        .object("province", &both(&agency.province))
        .text("phone", &agency.phone)
        .maybe("email", agency.email.as_deref());
    let languages: &[&str] = if settings.english {
        &["th", "en"]
    } else {
        &["th"]
    };
    let mut file = Object::new()
        .text("$schema", "data/schema/prongsai.schema.json")
        .raw("format", FORMAT.to_string())
        .text("generator", concat!("prongsai ", env!("CARGO_PKG_VERSION")))
        .text("base_url", &format!("{}/", site.base_url))
        .texts("languages", languages)
        .object("agency", &of_agency)
        .raw("current_year_be", site.current_year.to_string());
    if let Some(date) = data.newest() {
        file = file.text("newest", &date.iso());
    }
    if let Some(licence) = licence(data) {
        file = file.object("licence", &licence);
    }
    let years: Vec<Object> = site.years.keys().rev().map(|y| year(data, *y)).collect();
    let tables: Vec<Object> = data.sets().iter().map(|set| table(data, set)).collect();
    let described = Object::new()
        .text("datapackage", &url(site, "data/datapackage.json"))
        .text("dcat", &url(site, "data/catalog.jsonld"))
        .text("gdcatalog", &url(site, "data/gdcatalog.csv"))
        .text("checksums", &url(site, "data/SHA256SUMS.txt"))
        .text("sitemap", &url(site, "sitemap.xml"))
        .text("news", &url(site, "feed.xml"))
        .text("changes", &url(site, "data/changes.xml"));
    file.object("see", &described)
        .list("years", &years)
        .list("tables", &tables)
        .file()
}

fn year(data: &Data, year: u16) -> Object {
    let site = data.site();
    let (Some(of_year), Some(catalogue)) = (site.years.get(&year), site.catalogue(year)) else {
        return Object::new().raw("year_be", year.to_string());
    };
    let items: Vec<Object> = of_year
        .disclosures
        .iter()
        .filter_map(|d| {
            let item = catalogue.items.get(d.item)?;
            let updated = item_updated(site, year, d.item).map(|d| d.iso());
            Some(
                Object::new()
                    .text("item", &item.id.to_string())
                    .text("title", &item.title_th)
                    .texts("topics", &item.topics)
                    .text("state", d.state.id())
                    .raw("elements_shown", d.satisfied().to_string())
                    .raw("elements", d.checks.len().to_string())
                    .text("url", &url(site, &d.address))
                    .maybe("updated", updated.as_deref()),
            )
        })
        .collect();
    let complete = of_year
        .disclosures
        .iter()
        .filter(|d| d.state.is_complete())
        .count();
    let contracting = data
        .described
        .contains_key(&contracting_path(year))
        .then(|| url(site, &contracting_path(year)));
    let package = data
        .years()
        .contains(&year)
        .then(|| url(site, &format!("data/{year}/datapackage.json")));
    Object::new()
        .raw("year_be", year.to_string())
        .text("url", &url(site, &format!("{year}/")))
        .raw("complete", complete.to_string())
        .maybe("datapackage", package.as_deref())
        .maybe("ocds", contracting.as_deref())
        .list("items", &items)
}

fn table(data: &Data, set: &Set) -> Object {
    let site = data.site();
    let files: Vec<Object> = data
        .files(set)
        .iter()
        .map(|file| {
            Object::new()
                .text("url", &url(site, &file.path))
                .text("type", file.format.media_type())
                .raw("bytes", file.bytes.len().to_string())
                .text("sha256", &file.sha256)
        })
        .collect();
    let as_of = set.as_of.map(|d| d.iso());
    let page = set.page.as_ref().map(|p| url(site, p));
    Object::new()
        .text("name", &set.slug)
        .raw(
            "year_be",
            set.year.map_or_else(|| "null".into(), |y| y.to_string()),
        )
        .object("title", &both(&set.title))
        .raw("rows", set.table.rows.len().to_string())
        .maybe("as_of", as_of.as_deref())
        .maybe("page", page.as_deref())
        .text("schema", &url(site, &set.schema()))
        .list("files", &files)
}
