//! The tables for catalogues: DCAT 3 (with what DCAT-AP 3.0.1 demands), and
//! the fourteen fields of the Thai government's data catalogue (GD Catalog),
//! whose words are those of its form.

use crate::content::agency::AgencyKind;
use crate::thai::{Date, Month};

use super::super::json::Object;
use super::super::sets::url;
use super::super::{Column, Data, Format, Set, Sheet, Value};

/// How often a table is brought up to date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    Monthly,
    Quarterly,
    Yearly,
}

impl Pace {
    fn of(slug: &str) -> Pace {
        match slug {
            "procurement" | "procurement-months" | "procurement-methods" | "complaints" => {
                Pace::Monthly
            }
            "budget" | "spending" => Pace::Quarterly,
            _ => Pace::Yearly,
        }
    }

    /// As the form of the government's catalogue has it.
    fn thai(self) -> &'static str {
        match self {
            Pace::Monthly => "เดือน",
            Pace::Quarterly => "ไตรมาส",
            Pace::Yearly => "ปี",
        }
    }

    /// In the frequencies of the EU's vocabularies, which DCAT-AP asks for.
    fn code(self) -> &'static str {
        match self {
            Pace::Monthly => "MONTHLY",
            Pace::Quarterly => "QUARTERLY",
            Pace::Yearly => "ANNUAL",
        }
    }
}

/// What a catalogue lists: a table with its history, or one of a page.
fn listed(data: &Data) -> impl Iterator<Item = &Set> {
    let has_history = |s: &Set| data.get(&s.slug, None).is_some();
    data.sets()
        .iter()
        .filter(move |s| !s.is_month() && (s.year.is_none() || !has_history(s)))
}

/// Its files: the whole history first, then each year, newest first; months of
/// purchases behind their year.
fn parts<'d>(data: &'d Data, set: &'d Set) -> Vec<&'d Set> {
    if set.year.is_some() {
        return vec![set];
    }
    let mut parts = vec![set];
    for year in data.years_of(&set.slug) {
        parts.extend(data.get(&set.slug, Some(year)));
        if set.slug == "procurement" {
            let months = data.sets().iter();
            parts.extend(months.filter(|s| s.year == Some(year) && s.is_month()));
        }
    }
    parts
}

fn keywords(data: &Data, set: &Set) -> Vec<String> {
    let agency = &data.site().content.settings.agency;
    let mut words = vec!["ความโปร่งใส".to_string(), "ITA".into(), "OIT".into()];
    words.push(match set.slug.split('-').next() {
        Some("budget" | "spending") => "งบประมาณ".into(),
        Some("procurement") => "จัดซื้อจัดจ้าง".into(),
        Some("complaints" | "channels") => "เรื่องร้องเรียน".into(),
        Some("measures" | "progress" | "analysis") => "มาตรการส่งเสริมคุณธรรม".into(),
        Some("people" | "units") => "โครงสร้างหน่วยงาน".into(),
        _ => "เปิดเผยข้อมูลสาธารณะ".into(),
    });
    words.push(agency.name.th.clone());
    words
}

/// The first and last day that a table speaks of: its fiscal years.
fn temporal(set: &Set) -> Option<(Date, Date)> {
    let years = || set.years.iter().copied().chain(set.year);
    let first = Month::months_of_fiscal_year(years().min()?)
        .first()
        .copied()?;
    let last = Month::months_of_fiscal_year(years().max()?)
        .last()
        .copied()?;
    Some((first.first_day(), last.last_day()))
}

const DATA_TYPE_COUNTS: &str = "ข้อมูลสถิติ";
const DATA_TYPE_RECORDS: &str = "ข้อมูลระเบียน";

fn data_type(set: &Set) -> &'static str {
    match set.slug.as_str() {
        "complaints"
        | "spending"
        | "progress"
        | "ita-result"
        | "analysis"
        | "procurement-months"
        | "procurement-methods" => DATA_TYPE_COUNTS,
        _ => DATA_TYPE_RECORDS,
    }
}

fn coverage(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::ProvincialOrganisation => "จังหวัด",
        AgencyKind::Other => "อื่นๆ",
        _ => "เทศบาล/อบต.",
    }
}

fn licence_id(url: Option<&str>) -> &'static str {
    let has = |part: &str| url.is_some_and(|u| u.contains(part));
    if has("/by-sa/") {
        "Creative Commons Attribution Share-Alike"
    } else if has("/by-nc") {
        "Creative Commons Non-Commercial (Any)"
    } else if has("creativecommons.org/licenses/by/") {
        "Creative Commons Attributions"
    } else if has("opendatacommons.org") {
        "Open Data Common"
    } else {
        "License not specified"
    }
}

const OBJECTIVE: &str = "กฎหมายที่เกี่ยวข้อง";
const CATEGORY: &str = "ข้อมูลสาธารณะ";

/// One row a table: the fourteen mandatory fields by their names in the
/// catalogue, then a few of the others.
pub fn government(data: &Data) -> Sheet {
    let site = data.site();
    let settings = &site.content.settings;
    let agency = &settings.agency;
    let columns = [
        ("data_type", 18),
        ("title", 34),
        ("owner_org", 26),
        ("maintainer", 26),
        ("maintainer_email", 26),
        ("tag_string", 34),
        ("notes", 44),
        ("objective", 20),
        ("update_frequency_unit", 14),
        ("geo_coverage", 14),
        ("data_source", 34),
        ("data_format", 14),
        ("data_category", 16),
        ("license_id", 26),
        ("update_frequency_interval", 10),
        ("data_language", 10),
        ("last_updated_date", 14),
        ("url", 44),
    ];
    let text = |text: &str| Value::from(text);
    Sheet {
        name: "GD Catalog".into(),
        columns: columns
            .into_iter()
            .map(|(heading, width)| Column {
                heading: heading.into(),
                width,
            })
            .collect(),
        rows: listed(data)
            .map(|set| {
                let page = set.page.clone().unwrap_or_else(|| "data/".into());
                vec![
                    text(data_type(set)),
                    text(&set.title.th),
                    text(&agency.name.th),
                    text(&agency.name.th),
                    agency.email.clone().into(),
                    keywords(data, set).join(",").into(),
                    text(&set.about.th),
                    text(OBJECTIVE),
                    text(Pace::of(&set.slug).thai()),
                    text(coverage(agency.kind)),
                    url(site, &page).into(),
                    // Its form has no word for XLSX but XLS.
                    text("CSV,XLS,JSON"),
                    text(CATEGORY),
                    text(licence_id(settings.licence_url.as_deref())),
                    Value::Integer(1),
                    text("ไทย"),
                    set.as_of.into(),
                    url(site, &set.path(Format::Csv)).into(),
                ]
            })
            .collect(),
        ..Sheet::default()
    }
}

fn iri(id: &str) -> Object {
    Object::new().text("@id", id)
}

fn typed(value: &str, kind: &str) -> Object {
    Object::new().text("@value", value).text("@type", kind)
}

fn in_languages(words: &crate::content::agency::Words) -> Vec<Object> {
    let text = |text: &str, lang: &str| Object::new().text("@value", text).text("@language", lang);
    std::iter::once(text(&words.th, "th"))
        .chain(words.en.as_ref().map(|en| text(en, "en")))
        .collect()
}

/// The vocabularies stand in the file: a reader needs no other.
fn context(own: &str) -> Object {
    Object::new()
        .text("dcat", "http://www.w3.org/ns/dcat#")
        .text("dct", "http://purl.org/dc/terms/")
        .text("foaf", "http://xmlns.com/foaf/0.1/")
        .text("vcard", "http://www.w3.org/2006/vcard/ns#")
        .text("spdx", "http://spdx.org/rdf/terms#")
        .text("xsd", "http://www.w3.org/2001/XMLSchema#")
        .text("gd", own)
}

pub fn dcat(data: &Data) -> Vec<u8> {
    let site = data.site();
    let settings = &site.content.settings;
    let agency = &settings.agency;
    let home = url(site, "");
    let page = url(site, "data/");
    // Terms of the government's catalogue, which has none of its own on the web.
    let own = format!("{page}#");
    let publisher = Object::new()
        .text("@id", &format!("{home}#agency"))
        .text("@type", "foaf:Agent")
        .list("foaf:name", &in_languages(&agency.name))
        .object("foaf:homepage", &iri(&home));
    let mut contact = Object::new()
        .text("@id", &format!("{home}#contact"))
        .text("@type", "vcard:Organization")
        .text("vcard:fn", &agency.name.th)
        .text("vcard:hasTelephone", &agency.phone);
    if let Some(email) = &agency.email {
        contact = contact.object("vcard:hasEmail", &iri(&format!("mailto:{email}")));
    }
    let licence = settings.licence_url.as_deref();
    let datasets: Vec<Object> = listed(data)
        .map(|set| {
            let id = format!("{page}#{}", set.stem());
            let pace = Pace::of(&set.slug);
            let mut dataset = Object::new()
                .text("@id", &id)
                .text("@type", "dcat:Dataset")
                .list("dct:title", &in_languages(&set.title))
                .list("dct:description", &in_languages(&set.about))
                .text("dct:identifier", &set.stem())
                .texts("dcat:keyword", &keywords(data, set))
                .object("dct:publisher", &iri(&format!("{home}#agency")))
                .object("dcat:contactPoint", &iri(&format!("{home}#contact")))
                .object(
                    "dct:accrualPeriodicity",
                    &iri(&format!(
                        "http://publications.europa.eu/resource/authority/frequency/{}",
                        pace.code()
                    )),
                )
                .object(
                    "dct:language",
                    &iri("http://publications.europa.eu/resource/authority/language/THA"),
                )
                .text("gd:data_type", data_type(set))
                .text("gd:owner_org", &agency.name.th)
                .text("gd:objective", OBJECTIVE)
                .text("gd:update_frequency_unit", pace.thai())
                .text("gd:geo_coverage", coverage(agency.kind))
                .text(
                    "gd:data_source",
                    &url(site, set.page.as_deref().unwrap_or("data/")),
                )
                .texts("gd:data_format", &["CSV", "XLS", "JSON"])
                .text("gd:data_category", CATEGORY)
                .text("gd:license_id", licence_id(licence));
            if let Some(date) = set.as_of {
                dataset = dataset.object("dct:modified", &typed(&date.iso(), "xsd:date"));
            }
            if let Some(page) = &set.page {
                dataset = dataset.object("dcat:landingPage", &iri(&url(site, page)));
            }
            if let Some((from, to)) = temporal(set) {
                let period = Object::new()
                    .text("@type", "dct:PeriodOfTime")
                    .object("dcat:startDate", &typed(&from.iso(), "xsd:date"))
                    .object("dcat:endDate", &typed(&to.iso(), "xsd:date"));
                dataset = dataset.object("dct:temporal", &period);
            }
            let distributions: Vec<Object> = parts(data, set)
                .into_iter()
                .flat_map(|part| distributions(data, part, licence))
                .collect();
            dataset.list("dcat:distribution", &distributions)
        })
        .collect();
    let title = crate::content::agency::Words {
        th: format!("ข้อมูลเปิดของ{}", agency.name.th),
        en: agency.name.en.as_ref().map(|n| format!("Open data of {n}")),
    };
    let about = crate::content::agency::Words {
        th: "ตารางทุกตารางที่เว็บไซต์นี้แสดง เป็นไฟล์ CSV, XLSX และ JSON".into(),
        en: Some("Every table that this site shows, as CSV, XLSX and JSON".into()),
    };
    let mut catalogue = Object::new()
        .object("@context", &context(&own))
        .text("@id", &page)
        .text("@type", "dcat:Catalog")
        .list("dct:title", &in_languages(&title))
        .list("dct:description", &in_languages(&about))
        .object("dct:publisher", &publisher)
        .object("dcat:contactPoint", &contact)
        .object("foaf:homepage", &iri(&page));
    if let Some(date) = data.newest() {
        catalogue = catalogue.object("dct:modified", &typed(&date.iso(), "xsd:date"));
    }
    if let Some(licence) = licence {
        catalogue = catalogue.object("dct:license", &iri(licence));
    }
    catalogue.list("dcat:dataset", &datasets).file()
}

fn distributions(data: &Data, set: &Set, licence: Option<&str>) -> Vec<Object> {
    let site = data.site();
    let landing = url(site, set.page.as_deref().unwrap_or("data/"));
    data.files(set)
        .iter()
        .map(|file| {
            let address = url(site, &file.path);
            let year = set.year.map_or_else(String::new, |y| format!(" {y}"));
            let checksum = Object::new()
                .text("@type", "spdx:Checksum")
                .object(
                    "spdx:algorithm",
                    &iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
                )
                .object("spdx:checksumValue", &typed(&file.sha256, "xsd:hexBinary"));
            let mut distribution = Object::new()
                .text("@id", &format!("{address}#file"))
                .text("@type", "dcat:Distribution")
                .text(
                    "dct:title",
                    &format!("{}{year} ({})", set.title.th, file.format.name()),
                )
                .object("dcat:accessURL", &iri(&landing))
                .object("dcat:downloadURL", &iri(&address))
                .object(
                    "dcat:mediaType",
                    &iri(&format!(
                        "https://www.iana.org/assignments/media-types/{}",
                        file.format.media_type()
                    )),
                )
                .object(
                    "dcat:byteSize",
                    &typed(&file.bytes.len().to_string(), "xsd:nonNegativeInteger"),
                )
                .object("spdx:checksum", &checksum);
            if let Some(date) = set.as_of {
                distribution = distribution.object("dct:modified", &typed(&date.iso(), "xsd:date"));
            }
            if file.format == Format::Json {
                distribution =
                    distribution.object("dct:conformsTo", &iri(&url(site, &set.schema())));
            }
            if let Some(licence) = licence {
                distribution = distribution.object("dct:license", &iri(licence));
            }
            distribution
        })
        .collect()
}
