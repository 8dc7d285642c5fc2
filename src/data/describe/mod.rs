//! What tells machines about the tables: schemas, Data Packages, catalogues,
//! releases of the Open Contracting Data Standard, the index of the site,
//! checksums. All computed from the same tables.

mod catalogue;
mod contracting;
mod index;
mod package;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use crate::content::agency::Words;
use crate::site::Site;
use crate::thai::Date;

use super::json::Object;
use super::sets::url;
use super::{Data, FOLDER, Field, Set};

pub use package::SPECIFICATION;

/// A file that describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// Of the whole site.
    Index,
    /// Data Package of a year, or of the tables without one.
    Package(Option<u16>),
    /// DCAT, in JSON-LD.
    Catalogue,
    /// One row a table, in the fields of the government's data catalogue.
    GovernmentCsv,
    GovernmentXlsx,
    /// OCDS releases of a fiscal year's purchases.
    Contracting(u16),
    /// JSON Schema of a table's JSON, by its slug.
    Schema(String),
    IndexSchema,
    /// As `sha256sum --check` reads it.
    Checksums,
}

/// The index of the site.
pub const INDEX: &str = "prongsai.json";

pub fn files(site: &Site, sets: &[Set]) -> BTreeMap<String, File> {
    let mut files = BTreeMap::new();
    files.insert(INDEX.to_string(), File::Index);
    files.insert(format!("{FOLDER}/datapackage.json"), File::Package(None));
    let years: BTreeSet<u16> = sets.iter().filter_map(|s| s.year).collect();
    for year in years {
        files.insert(
            format!("{FOLDER}/{year}/datapackage.json"),
            File::Package(Some(year)),
        );
    }
    files.insert(format!("{FOLDER}/catalog.jsonld"), File::Catalogue);
    files.insert(format!("{FOLDER}/gdcatalog.csv"), File::GovernmentCsv);
    files.insert(format!("{FOLDER}/gdcatalog.xlsx"), File::GovernmentXlsx);
    if site.content.settings.open_data.ocid_prefix.is_some() {
        for procurement in site.procurement.values() {
            if !procurement.rows.is_empty() {
                let year = procurement.fiscal_year;
                files.insert(contracting_path(year), File::Contracting(year));
            }
        }
    }
    for set in sets {
        let path = set.schema();
        let slug = path
            .rsplit('/')
            .next()
            .and_then(|name| name.strip_suffix(".schema.json"))
            .unwrap_or("")
            .to_string();
        files.insert(path, File::Schema(slug));
    }
    files.insert(
        format!("{FOLDER}/schema/prongsai.schema.json"),
        File::IndexSchema,
    );
    files.insert(format!("{FOLDER}/SHA256SUMS.txt"), File::Checksums);
    files
}

pub fn contracting_path(year: u16) -> String {
    format!("{FOLDER}/{year}/ocds.json")
}

pub fn bytes(data: &Data, path: &str, file: &File) -> Vec<u8> {
    match file {
        File::Index => index::index(data),
        File::Package(year) => package::package(data, *year),
        File::Catalogue => catalogue::dcat(data),
        File::GovernmentCsv => catalogue::government(data).csv(),
        File::GovernmentXlsx => {
            let author = &data.site().content.settings.agency.name.th;
            let sheet = catalogue::government(data);
            super::sheet::xlsx("GD Catalog", author, &[sheet]).unwrap_or_default()
        }
        File::Contracting(year) => contracting::package(data, *year, path),
        File::Schema(slug) => schema::schema(data, slug, path),
        File::IndexSchema => include_bytes!("../../../docs/prongsai.schema.json").to_vec(),
        File::Checksums => checksums(data, path),
    }
}

/// `hash  path`, paths from the folder that the list lies in.
fn checksums(data: &Data, own: &str) -> Vec<u8> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for set in data.sets() {
        for file in data.files(set) {
            lines.push((file.path.clone(), file.sha256.clone()));
        }
    }
    for path in data.named.described.keys() {
        if path != own
            && let Some(bytes) = data.bytes(path)
        {
            lines.push((path.clone(), super::sha256(&bytes)));
        }
    }
    lines.sort();
    lines
        .into_iter()
        .filter_map(|(path, hash)| {
            let inside = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
            Some(format!("{hash}  {inside}\n"))
        })
        .collect::<String>()
        .into_bytes()
}

fn both(words: &Words) -> Object {
    Object::new()
        .text("th", &words.th)
        .maybe("en", words.en.as_deref())
}

/// A day as a moment in Thailand.
fn moment(date: Date) -> String {
    format!("{}T00:00:00+07:00", date.iso())
}

fn licence(data: &Data) -> Option<Object> {
    let settings = &data.site().content.settings;
    if settings.licence.is_none() && settings.licence_url.is_none() {
        return None;
    }
    Some(
        Object::new()
            .maybe("name", licence_name(data))
            .maybe("path", settings.licence_url.as_deref())
            .maybe("title", settings.licence.as_ref().map(|l| l.th.as_str())),
    )
}

/// The name that opendefinition.org gives, for the licences that have one.
fn licence_name(data: &Data) -> Option<&'static str> {
    let url = data.site().content.settings.licence_url.as_deref()?;
    [
        ("/licenses/by/4.0", "CC-BY-4.0"),
        ("/licenses/by-sa/4.0", "CC-BY-SA-4.0"),
        ("/publicdomain/zero/1.0", "CC0-1.0"),
        ("opendatacommons.org/licenses/by/", "ODC-BY-1.0"),
        ("opendatacommons.org/licenses/odbl/", "ODbL-1.0"),
        ("opendatacommons.org/licenses/pddl/", "PDDL-1.0"),
    ]
    .into_iter()
    .find_map(|(part, name)| url.contains(part).then_some(name))
}

/// A table as JSON: what it is, then its rows as objects.
pub fn table(data: &Data, set: &Set) -> Vec<u8> {
    let site = data.site();
    let depth = set.stem().matches('/').count();
    let schema = set.schema();
    let inside = schema.strip_prefix("data/").unwrap_or(&schema);
    let rows: Vec<String> = set
        .table
        .rows
        .iter()
        .map(|row| {
            let members: Vec<String> = set
                .table
                .fields
                .iter()
                .zip(row)
                .map(|(field, value)| {
                    format!("{}:{}", super::json::string(&field.name), value.json())
                })
                .collect();
            format!("{{{}}}", members.join(","))
        })
        .collect();
    let mut file = Object::new()
        .text(
            "$schema",
            &format!("{}{inside}", "../".repeat(depth.saturating_sub(1))),
        )
        .text("name", &set.slug)
        .raw(
            "year_be",
            set.year.map_or_else(|| "null".into(), |y| y.to_string()),
        )
        .object("title", &both(&set.title))
        .object("about", &both(&set.about))
        .object("publisher", &both(&site.content.settings.agency.name))
        .raw(
            "as_of",
            set.as_of
                .map_or_else(|| "null".into(), |d| super::json::string(&d.iso())),
        );
    if let Some(licence) = licence(data) {
        file = file.object("licence", &licence);
    }
    let page = set.page.as_ref().map(|p| url(site, p));
    file.maybe("page", page.as_deref())
        .list("fields", &fields(&set.table.fields))
        .raw("rows", super::json::array(&rows))
        .file()
}

fn fields(fields: &[Field]) -> Vec<Object> {
    fields
        .iter()
        .map(|field| {
            Object::new()
                .text("name", &field.name)
                .text("type", package::kind(field.kind))
                .text("th", &field.th)
                .text("en", &field.en)
        })
        .collect()
}
