//! Which items an error stands against. A message of reading a file knows its
//! file alone; the item is that whose page is made of the file.

use crate::catalogue::TopicKind;
use crate::content::FOLDER;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::site::{Site, TopicPage};

use super::finding::{Finding, finding};
use super::readiness::Errors;

pub fn errors<'f>(site: &Site, years: &[u16], found: impl Iterator<Item = &'f Finding>) -> Errors {
    let mut errors = Errors::default();
    for finding in found {
        let against = match (finding.year, &finding.item) {
            (Some(year), Some(item)) => vec![(year, item.clone())],
            _ => finding
                .diagnostic
                .place
                .as_ref()
                .map_or_else(Vec::new, |place| items_of(site, years, &place.file)),
        };
        if against.is_empty() {
            errors.elsewhere += 1;
        }
        errors.items.extend(against);
    }
    errors
}

/// Where site.toml can't be read and so does not say which year is meant, or
/// names one that is not there: the year must be asked for.
pub fn unknown_year(site: &Site, loaded: &Diagnostics) -> Option<Finding> {
    let file = format!("{FOLDER}/site.toml");
    let broken = loaded.iter().any(|d| {
        let here = d.place.as_ref().is_some_and(|p| *p.file == *file);
        d.code == "no-year"
            || here
                && site.content.settings.current_year.is_none()
                && matches!(
                    d.code,
                    "bad-year" | "toml-syntax" | "missing-field" | "missing-table" | "wrong-kind"
                )
    });
    let years: Vec<String> = site.years.keys().map(ToString::to_string).collect();
    let newest = years.last()?;
    broken.then(|| {
        finding(
            "year-unknown",
            "ยังไม่ตรวจรายการของปีใด เพราะ site.toml ไม่บอกปีที่อ่านได้",
            "no year was judged, as site.toml does not tell which one can be",
        )
        .at(Place::file(file))
        .hint(
            format!(
                "แก้ site.toml ก่อน หรือระบุปีเอง เช่น prongsai check --year {newest} (มีปี {})",
                years.join(", ")
            ),
            format!(
                "mend site.toml first, or name the year: prongsai check --year {newest} (there are {})",
                years.join(", ")
            ),
        )
    })
}

/// Links to pages of the current year fail when that is not known.
pub fn follows_year(diagnostic: &Diagnostic) -> bool {
    matches!(diagnostic.code, "broken-link" | "missing-anchor")
}

/// The items whose pages are made of a file.
fn items_of(site: &Site, years: &[u16], file: &str) -> Vec<(u16, String)> {
    let mut all = Vec::new();
    for &year in years {
        let Some(of_year) = site.years.get(&year) else {
            continue;
        };
        let record = file.strip_prefix(&format!("{FOLDER}/{year}/"));
        let shows = |topic: &TopicPage| {
            let page = site.topic_text(year, topic);
            page.is_some_and(|p| *p.file == *file)
                || record.is_some_and(|name| reads(topic.kind, name))
        };
        for topic in of_year.topics.iter().filter(|t| t.is_published()) {
            if shows(topic)
                && let Some(item) = site.item(year, topic.item)
            {
                all.push((year, item.id.to_string()));
            }
        }
    }
    all
}

/// Whether pages of a kind are made of this record of the year's folder.
fn reads(kind: TopicKind, name: &str) -> bool {
    let stem = name.split(['.', '/']).next().unwrap_or_default();
    match kind {
        TopicKind::Measures => stem == "measures",
        TopicKind::MeasuresReport => stem == "measures-report",
        TopicKind::Budget => stem == "budget",
        TopicKind::Procurement => stem == "procurement",
        TopicKind::ComplaintStatistics => stem == "complaints",
        TopicKind::People => stem == "people",
        _ => false,
    }
}
