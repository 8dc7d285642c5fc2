//! Titles that name another year than their document: the measures of a former
//! year under a new folder, or a title that nobody changed.

use crate::content::FOLDER;
use crate::content::markdown::shorten;
use crate::site::Site;
use crate::site::measures::MeasuresDocument;
use crate::thai::year_mentions;

use super::{Found, field, file_of, finding};

pub fn check(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    let own = &file.document;
    let folder = document.year;
    // A report may be that of the year before; the analysed result is named
    // in many titles.
    let before = document.is_report.then(|| folder.saturating_sub(1));
    // A document of another year was told as that.
    let first = before.unwrap_or(folder);
    if own
        .fiscal_year
        .is_some_and(|year| !(first..=folder).contains(&year))
    {
        return;
    }
    let mut years: Vec<u16> = match own.fiscal_year {
        Some(year) => vec![year],
        None => [Some(folder), before].into_iter().flatten().collect(),
    };
    years.extend(own.analysed_year);
    let said = own.fiscal_year.unwrap_or(folder);
    let place = file_of(document);
    let texts = [
        ("title", Some(&own.title)),
        ("heading", own.heading.as_ref()),
    ];
    for (name, text) in texts {
        // Which result a document rests on is the last one before.
        let rests = text.is_some_and(|text| ANALYSED.iter().any(|word| text.contains(word)));
        let last = years
            .first()
            .filter(|_| rests)
            .map(|year| year.saturating_sub(1));
        let known: Vec<u16> = years.iter().copied().chain(last).collect();
        if let Some((text, other)) = text.and_then(|text| speaks_of_another(text, &known)) {
            found.push(
                finding(
                    "year-contradicts-folder",
                    format!("“{text}” พูดถึงปี {other} แต่เอกสารนี้เป็นของปี {said}"),
                    format!("“{text}” speaks of {other}, but the document is of {said}"),
                )
                .at(field(site, &place, &["document", name]))
                .of_year(folder),
            );
        }
    }
}

/// Words of the result that a document analyses.
const ANALYSED: &[&str] = &["ผลการประเมิน", "วิเคราะห์"];

/// The ordinance of a budget, as the record of its year names it.
pub fn ordinance(site: &Site, year: u16, found: &mut Found) {
    let record = site.content.years.get(&year).map(|y| &y.record);
    let Some(ordinance) = record.and_then(|r| r.ordinance.as_ref()) else {
        return;
    };
    if let Some((text, other)) = speaks_of_another(&ordinance.th, &[year]) {
        let file = format!("{FOLDER}/{year}/year.toml");
        found.push(
            finding(
                "year-contradicts-folder",
                format!("“{text}” พูดถึงปี {other} แต่งบประมาณในโฟลเดอร์นี้เป็นของปี {year}"),
                format!("“{text}” speaks of {other}, but the budget of this folder is of {year}"),
            )
            .at(field(site, &file, &["budget", "ordinance"]))
            .of_year(year),
        );
    }
}

/// The text, shortened, and its last year, where it names years and none of
/// these.
fn speaks_of_another(text: &str, years: &[u16]) -> Option<(String, u16)> {
    let mentions = year_mentions(text);
    let fits = |year: &u16| mentions.iter().any(|m| (m.first..=m.last).contains(year));
    if years.iter().any(fits) {
        return None;
    }
    let last = mentions.iter().map(|m| m.last).max()?;
    Some((shorten(text, 60), last))
}
