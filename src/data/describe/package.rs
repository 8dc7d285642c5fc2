//! Data Package 2.0 (datapackage.org): the CSV files with their columns.

use super::super::json::Object;
use super::super::sets::url;
use super::super::{Data, Field, Format, Kind, Set};
use super::{licence, moment};

/// The profile that a package follows.
pub const SPECIFICATION: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The name of a column's type.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Choice(_) | Kind::Url => "string",
        Kind::Integer => "integer",
        Kind::Money | Kind::Number => "number",
        Kind::Date => "date",
        Kind::Month => "yearmonth",
        Kind::Flag => "boolean",
    }
}

fn field(field: &Field) -> Object {
    let mut constraints = Object::new();
    if field.required {
        constraints = constraints.raw("required", "true");
    }
    if let Kind::Choice(words) = field.kind {
        constraints = constraints.texts("enum", words);
    }
    let object = Object::new()
        .text("name", &field.name)
        .text("type", kind(field.kind))
        .text("title", &field.th)
        .text("description", &field.en);
    if constraints.is_empty() {
        object
    } else {
        object.object("constraints", &constraints)
    }
}

/// A name of small letters, digits and dashes, as readers of packages want.
fn name(set: &Set, at: usize) -> String {
    let plain = set
        .slug
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '/'));
    if plain {
        set.slug.replace('/', "-")
    } else {
        format!("table-{}", at + 1)
    }
}

/// The package of a year; without one, of the tables that span the site.
pub fn package(data: &Data, year: Option<u16>) -> Vec<u8> {
    let site = data.site();
    let agency = &site.content.settings.agency;
    let sets: Vec<&Set> = data.sets().iter().filter(|s| s.year == year).collect();
    let host = site.base_url.split("://").nth(1).unwrap_or("");
    let slug: String = host
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let (package, title) = match year {
        Some(year) => (
            format!("{slug}-{year}"),
            format!("ข้อมูลเปิดปี {year} {}", agency.name.th),
        ),
        None => (slug, format!("ข้อมูลเปิดของ{}", agency.name.th)),
    };
    let prefix = match year {
        Some(year) => format!("data/{year}/"),
        None => "data/".to_string(),
    };
    let resources: Vec<Object> = sets
        .iter()
        .enumerate()
        .filter_map(|(at, set)| {
            let csv = data.files(set).iter().find(|f| f.format == Format::Csv)?;
            let fields: Vec<Object> = set.table.fields.iter().map(field).collect();
            let mut schema = Object::new().list("fields", &fields);
            if !set.key.is_empty() {
                schema = schema.texts("primaryKey", set.key);
            }
            schema = schema.texts("missingValues", &[""]);
            let object = Object::new()
                .text("name", &name(set, at))
                .text("title", &set.title.th)
                .text("description", &set.about.th)
                .text("path", csv.path.strip_prefix(&prefix).unwrap_or(&csv.path))
                .text("type", "table")
                .text("format", "csv")
                .text("mediatype", Format::Csv.media_type())
                .text("encoding", "utf-8")
                .raw("bytes", csv.bytes.len().to_string())
                .text("hash", &format!("sha256:{}", csv.sha256))
                .object("schema", &schema);
            let page = set.page.as_ref().map(|p| {
                Object::new()
                    .text("title", &set.title.th)
                    .text("path", &url(site, p))
            });
            Some(match page {
                Some(page) => object.list("sources", &[page]),
                None => object,
            })
        })
        .collect();
    let newest = sets.iter().filter_map(|s| s.as_of).max();
    let mut object = Object::new()
        .text("$schema", SPECIFICATION)
        .text("name", &package)
        .text("title", &title)
        .text("homepage", &url(site, "data/"));
    if let Some(date) = newest {
        object = object
            .text("created", &moment(date))
            .text("version", &date.iso());
    }
    if let Some(licence) = licence(data) {
        object = object.list("licenses", &[licence]);
    }
    let publisher = Object::new()
        .text("title", &agency.name.th)
        .text("path", &url(site, ""))
        .maybe("email", agency.email.as_deref())
        .texts("roles", &["publisher"]);
    object
        .list("contributors", &[publisher])
        .list("resources", &resources)
        .file()
}
