//! Reports → the measures that they report on.

use crate::content::agency::Reference;
use crate::content::measures::{MeasuresFile, Scores};
use crate::diagnostic::{Diagnostic, Place, Say, nearest};
use crate::site::Site;
use crate::site::measures::{JoinedRow, MeasuresDocument, agrees, recompute};
use crate::thai::Score;
use std::collections::BTreeMap;

use super::Linker;

impl Linker {
    pub(super) fn measures(&mut self, site: &mut Site) {
        let years: Vec<u16> = site.years.keys().copied().collect();
        for year in years {
            let Some(folder) = site.content.years.get(&year) else {
                continue;
            };
            let measures = folder.measures.as_ref().map(|file| MeasuresDocument {
                year,
                is_report: false,
                rows: (0..file.rows.len())
                    .map(|row| JoinedRow { row, measure: None })
                    .collect(),
            });
            let mut problems = Vec::new();
            // What can't be read may hold the measure that is missed.
            let unread = self.found.iter().any(|d| {
                let of_measures =
                    |p: &Place| p.file.ends_with("/measures.toml") || p.file.contains("/measures/");
                d.code == "toml-syntax" && d.place.as_ref().is_some_and(of_measures)
            });
            let report = folder.report.as_ref().map(|file| MeasuresDocument {
                year,
                is_report: true,
                rows: file
                    .rows
                    .iter()
                    .enumerate()
                    .map(|(row, r)| JoinedRow {
                        row,
                        measure: r.measure.as_ref().and_then(|m| {
                            let known = find_measure(site, year, m);
                            if known.is_none() && !unread {
                                problems.push(unknown_measure(site, year, m));
                            }
                            known
                        }),
                    })
                    .collect(),
            });
            for file in folder.measures.iter().chain(&folder.report) {
                problems.extend(repeated_ids(file));
                problems.extend(unknown_groups(site, file));
                if let Some(analysis) = &file.analysis {
                    let analysed = file
                        .document
                        .analysed_year
                        .unwrap_or(year.saturating_sub(1));
                    problems.extend(score_differs(site, analysed, &analysis.scores));
                }
            }
            if let Some(result) = &folder.record.result {
                problems.extend(score_differs(site, year, result));
            }
            self.found.extend(problems);
            if let Some(of_year) = site.years.get_mut(&year) {
                of_year.measures = measures;
                of_year.report = report;
            }
        }
    }
}

/// The measure that a report names: of its own year, the year before, or the
/// year it says.
fn find_measure(site: &Site, year: u16, reference: &Reference) -> Option<(u16, usize)> {
    let (years, id): (Vec<u16>, &str) = match reference.raw.split_once('/') {
        Some((y, id)) => (vec![crate::thai::be_year(y)?], id),
        None => (vec![year, year.saturating_sub(1)], reference.raw.as_str()),
    };
    years.into_iter().find_map(|y| {
        let file = site.content.years.get(&y)?.measures.as_ref()?;
        let row = file.rows.iter().position(|r| r.id.as_deref() == Some(id))?;
        Some((y, row))
    })
}

fn unknown_measure(site: &Site, year: u16, reference: &Reference) -> Diagnostic {
    let known: Vec<String> = [year, year.saturating_sub(1)]
        .iter()
        .filter_map(|y| Some((y, site.content.years.get(y)?.measures.as_ref()?)))
        .flat_map(|(y, f)| {
            f.rows
                .iter()
                .filter_map(move |r| r.id.as_ref().map(|id| format!("{y}/{id}")))
        })
        .collect();
    let near = nearest(&reference.raw, known.iter().map(String::as_str)).or_else(|| {
        nearest(
            &reference.raw,
            known.iter().filter_map(|k| k.split('/').nth(1)),
        )
    });
    let mut diagnostic = Diagnostic::error(
        "unknown-measure",
        Say::new(
            format!("ไม่มีมาตรการรหัส “{}”", reference.raw),
            format!("there is no measure “{}”", reference.raw),
        ),
    )
    .at(reference.place.clone());
    if let Some(near) = near {
        diagnostic = diagnostic.hint(Say::new(
            format!("หมายถึง “{near}” หรือไม่"),
            format!("did you mean “{near}”?"),
        ));
    } else if !known.is_empty() {
        diagnostic = diagnostic.hint(Say::new(
            format!("มาตรการที่มี: {}", known.join(", ")),
            format!("there are: {}", known.join(", ")),
        ));
    }
    diagnostic
}

/// A row stands below the heading of its group. Where a file names no groups,
/// `group` is that heading itself.
fn unknown_groups(site: &Site, file: &MeasuresFile) -> Vec<Diagnostic> {
    if file.groups.is_empty() {
        return Vec::new();
    }
    let years = site.content.years.values();
    let others = years.filter_map(|y| y.measures.as_ref());
    let known: Vec<&str> = std::iter::once(file)
        .chain(others)
        .flat_map(|file| &file.groups)
        .map(|group| group.id.as_str())
        .collect();
    file.rows
        .iter()
        .filter_map(|row| row.group.as_ref())
        .filter(|group| !known.contains(&group.raw.as_str()))
        .map(|group| {
            let id = &group.raw;
            let one = Diagnostic::error(
                "unknown-measure-group",
                Say::new(
                    format!("ไม่มี [[group]] ที่มี id = \"{id}\""),
                    format!("there is no [[group]] with id = \"{id}\""),
                ),
            )
            .at(group.place.clone());
            match nearest(id, known.iter().copied()) {
                Some(near) => one.hint(Say::new(
                    format!("หมายถึง \"{near}\" หรือไม่"),
                    format!("did you mean \"{near}\"?"),
                )),
                None => one,
            }
        })
        .collect()
}

fn repeated_ids(file: &crate::content::measures::MeasuresFile) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, &Place> = BTreeMap::new();
    let mut problems = Vec::new();
    for row in &file.rows {
        let Some(id) = &row.id else { continue };
        if let Some(other) = first.insert(id, &row.place) {
            problems.push(
                Diagnostic::error(
                    "repeated-id",
                    Say::new(
                        format!("รหัส “{id}” ใช้ซ้ำ แต่ละมาตรการต้องมีรหัสของตัวเอง"),
                        format!("the id “{id}” is used twice; each measure has its own"),
                    ),
                )
                .at(row.place.clone())
                .label(other.clone(), Say::new("ใช้ครั้งแรกที่นี่", "first used here")),
            );
        }
    }
    problems
}

/// A written total must be what the indicators add up to by the year's rules.
fn score_differs(site: &Site, year: u16, scores: &Scores) -> Option<Diagnostic> {
    let written = scores.total.as_ref()?;
    let catalogue = site.catalogue(year)?;
    let computed = recompute(catalogue, scores).total?;
    if agrees(written.value, computed) {
        return None;
    }
    let shown = Score::from_ten_thousandths(computed, 2);
    let diagnostic = Diagnostic::warning(
        "score-differs",
        Say::new(
            format!("คะแนนรวมเขียนไว้ {} แต่คำนวณจากตัวชี้วัดตามเกณฑ์ปี {year} ได้ {shown}", written.raw),
            format!("the total is written as {}, but the indicators make {shown} by the rules of {year}", written.raw),
        ),
    )
    .hint(Say::new(
        "ตรวจคะแนนรายตัวชี้วัดและคะแนนรวมกับผลที่ ป.ป.ช. ประกาศ",
        "compare the scores with the published result",
    ));
    Some(match &scores.place {
        Some(place) => diagnostic.at(place.clone()),
        None => diagnostic,
    })
}
