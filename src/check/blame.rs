//! Which items an error stands against. A message of reading a file knows its
//! file alone; the item is that whose page is made of the file.

use crate::content::FOLDER;
use crate::content::handed_in::HandedInItem;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::site::{Site, TopicPage};

use super::finding::{Finding, finding};
use super::readiness::Errors;

/// The items that a finding is about: the one that it names, else those whose
/// pages are made of the file that it stands in.
pub fn items(site: &Site, years: &[u16], finding: &Finding) -> Vec<(u16, String)> {
    if let (Some(year), Some(item)) = (finding.year, &finding.item) {
        return vec![(year, item.clone())];
    }
    let place = finding.diagnostic.place.as_ref();
    place.map_or_else(Vec::new, |place| items_of(site, years, &place.file))
}

/// The items that a finding is shown with: an address that was handed in for
/// an item is of interest to it, and says nothing against its page.
pub fn shown_with(site: &Site, years: &[u16], finding: &Finding) -> Vec<(u16, String)> {
    let place = finding.diagnostic.place.as_ref();
    place
        .and_then(|place| handed_in(site, years, place))
        .unwrap_or_else(|| items(site, years, finding))
}

/// The item for which an address was handed in.
pub fn handed_in(site: &Site, years: &[u16], place: &Place) -> Option<Vec<(u16, String)>> {
    years.iter().find_map(|year| {
        let record = site.content.years.get(year)?.handed_in.as_ref()?;
        let has = |item: &&HandedInItem| item.addresses.iter().any(|a| a.place == *place);
        let item = record.items.iter().find(has)?;
        Some(vec![(*year, item.code.clone())])
    })
}

pub fn errors<'f>(site: &Site, years: &[u16], found: impl Iterator<Item = &'f Finding>) -> Errors {
    let mut errors = Errors::default();
    for finding in found {
        let against = items(site, years, finding);
        // What lies above the folders of years is shown beyond one item.
        if against.is_empty() || finding.item.is_none() {
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
    let Some(inside) = file
        .strip_prefix(FOLDER)
        .and_then(|path| path.strip_prefix('/'))
    else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for &year in years {
        let Some(of_year) = site.years.get(&year) else {
            continue;
        };
        let text = inside.strip_prefix("en/").unwrap_or(inside);
        let text = text.strip_prefix(&format!("{year}/"));
        // `structure.md`, or a page of the folder `structure`.
        let named = text
            .filter(|path| path.ends_with(".md"))
            .and_then(|path| path.split(['.', '/']).next());
        let reads = |topic: &TopicPage| {
            let records = site.records_of(year, topic);
            let rest = records.and_then(|records| inside.strip_prefix(&records));
            rest.is_some_and(|rest| rest.starts_with(['.', '/']))
        };
        for topic in &of_year.topics {
            let shows = named.is_some_and(|name| {
                *topic.topic == *name || topic.covers.iter().any(|covered| **covered == *name)
            });
            if (shows || reads(topic))
                && let Some(item) = site.item(year, topic.item)
            {
                all.push((year, item.id.to_string()));
            }
        }
    }
    all.dedup();
    all
}
