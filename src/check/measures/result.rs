//! The analysed result: its level, and whether every weak indicator has a
//! measure.

use std::collections::BTreeSet;

use crate::catalogue::Catalogue;
use crate::content::FOLDER;
use crate::content::measures::{MeasuresFile, Scores};
use crate::site::Site;
use crate::site::measures::{MeasuresDocument, level, recompute};
use crate::thai::{Score, fold_key};

use super::{Found, field, file_of, finding};

/// Written levels against those that the written scores reach.
pub fn levels(site: &Site, year: u16, found: &mut Found) {
    let Some(folder) = site.content.years.get(&year) else {
        return;
    };
    if let Some(result) = &folder.record.result {
        let file = format!("{FOLDER}/{year}/year.toml");
        level_of(site, year, year, result, &file, "result", found);
    }
    let documents = [
        (&folder.measures, "measures.toml"),
        (&folder.report, "measures-report.toml"),
    ];
    for (document, name) in documents {
        let Some((document, analysis)) = document
            .as_ref()
            .and_then(|d| Some((d, d.analysis.as_ref()?)))
        else {
            continue;
        };
        let of = analysed_year(document, year);
        let file = format!("{FOLDER}/{year}/{name}");
        level_of(site, year, of, &analysis.scores, &file, "analysis", found);
    }
}

/// Scores that the analysis gives otherwise than the result of that year, such
/// as two that changed places, which no total tells.
pub fn differing_scores(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    let analysed = analysed_year(file, document.year);
    let result = site
        .content
        .years
        .get(&analysed)
        .and_then(|y| y.record.result.as_ref());
    let (Some(result), Some(analysis)) = (result, &file.analysis) else {
        return;
    };
    for (number, score) in &analysis.scores.scores {
        let of_result = result.scores.iter().find(|(other, _)| other == number);
        let Some((_, announced)) = of_result else {
            continue;
        };
        // A document may round what was announced.
        let decimals = score.value.decimals().min(announced.value.decimals());
        if score.value.rounded(decimals).ten_thousandths()
            == announced.value.rounded(decimals).ten_thousandths()
        {
            continue;
        }
        let (said, announced) = (&score.raw, &announced.raw);
        found.push(
            finding(
                "score-of-other-result",
                format!("ตัวชี้วัดที่ {number} เขียนไว้ {said} แต่ผลการประเมินปี {analysed} ใน year.toml คือ {announced}"),
                format!("indicator {number} is written as {said}, but the result of {analysed} in year.toml is {announced}"),
            )
            .at(field(
                site,
                &file_of(document),
                &["analysis", "scores", &number.to_string()],
            ))
            .of_year(document.year),
        );
    }
}

fn analysed_year(document: &MeasuresFile, folder: u16) -> u16 {
    document
        .document
        .analysed_year
        .unwrap_or(folder.saturating_sub(1))
}

fn level_of(
    site: &Site,
    folder: u16,
    year: u16,
    scores: &Scores,
    file: &str,
    table: &str,
    found: &mut Found,
) {
    let (Some(written), Some(catalogue)) = (&scores.level, site.catalogue(year)) else {
        return;
    };
    let Some(reached) = level(catalogue, &recompute(catalogue, scores)) else {
        return;
    };
    // A level of another list, or one in other words, can't be judged.
    let Some(said) = known_level(catalogue, written) else {
        return;
    };
    if said == reached {
        return;
    }
    found.push(
        finding(
            "level-differs",
            format!("ระดับเขียนไว้ “{written}” แต่คะแนนที่เขียนได้ระดับ “{reached}” ตามเกณฑ์ปี {year}"),
            format!("the level is written as “{written}”, but the scores reach “{reached}” by the rules of {year}"),
        )
        .at(field(site, file, &[table, "level"]))
        .of_year(folder),
    );
}

fn known_level<'c>(catalogue: &'c Catalogue, written: &str) -> Option<&'c str> {
    let key = fold_key(written);
    let key = key.strip_prefix("ระดับ").unwrap_or(&key);
    catalogue
        .scoring
        .levels
        .iter()
        .find(|l| {
            [&l.title_th, &l.title_en, &l.id]
                .iter()
                .any(|name| fold_key(name) == key)
        })
        .map(|l| l.title_th.as_str())
}

/// Every indicator below the target asks for a measure.
pub fn weak_indicators(site: &Site, document: &MeasuresDocument, found: &mut Found) {
    let Some(file) = document.file(site) else {
        return;
    };
    let year = document.year;
    let answered = answered(file);
    // A document that names no indicators ties its measures by words alone.
    if answered.is_empty() {
        return;
    }
    let analysed = analysed_year(file, year);
    let own = file
        .analysis
        .as_ref()
        .map(|a| &a.scores)
        .filter(|s| !s.scores.is_empty());
    let result = site
        .content
        .years
        .get(&analysed)
        .and_then(|y| y.record.result.as_ref());
    let (scores, place_file, table) = match (own, result) {
        (Some(own), _) => (own, file_of(document), "analysis"),
        (None, Some(result)) => (result, format!("{FOLDER}/{analysed}/year.toml"), "result"),
        (None, None) => return,
    };
    let Some(target) = target(site, year) else {
        return;
    };
    for (number, score) in &scores.scores {
        if score.value.ten_thousandths() >= target.ten_thousandths() || answered.contains(number) {
            continue;
        }
        let name = site.catalogue(year).and_then(|c| {
            let of = c.indicators.iter().find(|i| i.id == number.to_string())?;
            Some((of.title_th.clone(), of.title_en.clone()))
        });
        let (th, en) = name.unwrap_or_default();
        found.push(
            finding(
                "weak-indicator-without-measure",
                format!(
                    "ตัวชี้วัดที่ {number} {th} ได้ {} ต่ำกว่าเป้าหมาย {target} แต่ไม่มีมาตรการใดระบุตัวชี้วัดนี้",
                    score.raw
                ),
                format!(
                    "indicator {number} ({en}) scored {}, below the target of {target}, and no measure names it",
                    score.raw
                ),
            )
            .at(field(
                site,
                &place_file,
                &[table, "scores", &number.to_string()],
            ))
            .of_year(year),
        );
    }
}

fn answered(file: &MeasuresFile) -> BTreeSet<u8> {
    let of_groups = file.rows.iter().flat_map(|row| {
        let group = row.group.as_ref().filter(|_| row.indicators.is_empty());
        file.groups
            .iter()
            .filter(move |g| group.is_some_and(|r| r.raw == g.id))
            .flat_map(|g| g.indicators.iter().copied())
    });
    let of_rows = file.rows.iter().flat_map(|r| r.indicators.iter().copied());
    of_rows.chain(of_groups).collect()
}

fn target(site: &Site, year: u16) -> Option<Score> {
    let own = site.content.years.get(&year)?.record.target.as_ref();
    own.map(|t| t.value).or_else(|| {
        let points = i64::from(site.catalogue(year)?.scoring.target_total);
        Some(Score::from_ten_thousandths(points * 10_000, 0))
    })
}
