//! Scores of the assessment: of one year by indicator, and over the years.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::content::measures::Scores;
use crate::diagnostic::Lang;
use crate::render::format::{Page, cell, figure, head};
use crate::render::html::escaped;
use crate::render::pictures::{Bars, bars, swatch};
use crate::render::view::*;
use crate::site::Site;
use crate::site::measures::{agrees, recompute};
use crate::thai::Score;

use super::parts::*;

/// Full marks, in ten-thousandths of a point.
const FULL: i64 = 1_000_000;

/// Every assessment whose scores the site knows: from the year's own result,
/// else from the analysis of a measures document.
fn known(site: &Site) -> BTreeMap<u16, &Scores> {
    let mut known = BTreeMap::new();
    for folder in site.content.years.values() {
        for file in [&folder.measures, &folder.report].into_iter().flatten() {
            if let (Some(of), Some(analysis)) = (file.document.analysed_year, &file.analysis) {
                known.insert(of, &analysis.scores);
            }
        }
    }
    for (year, folder) in &site.content.years {
        if let Some(result) = &folder.record.result {
            known.insert(*year, result);
        }
    }
    known.retain(|_, scores| !scores.scores.is_empty() || scores.total.is_some());
    known
}

fn score_of(scores: &Scores, indicator: u8) -> Option<Score> {
    let of = |(n, _): &&(u8, _)| *n == indicator;
    scores.scores.iter().find(of).map(|(_, s)| s.value)
}

/// As announced; else what the indicators add up to.
fn total_of(site: &Site, year: u16, scores: &Scores) -> Option<Score> {
    let announced = scores.total.as_ref().map(|t| t.value);
    announced.or_else(|| {
        let computed = recompute(site.catalogue(year)?, scores).total?;
        Some(Score::from_ten_thousandths(computed, 2))
    })
}

/// Points of a hundred with at least two decimals, as the NACC prints them.
pub fn points(page: &Page<'_>, score: Score) -> String {
    let two = Score::from_ten_thousandths(score.ten_thousandths(), score.decimals().max(2));
    page.digits(&two.to_string())
}

/// A level of the year's rules in the reader's language; any other as written.
fn level_name(page: &Page<'_>, catalogue: &Catalogue, written: &str) -> String {
    let known = catalogue.scoring.levels.iter();
    let known = known.clone().find(|l| l.title_th == written);
    known.map_or_else(
        || written.to_string(),
        |l| page.say(&l.title_th, &l.title_en),
    )
}

/// `คะแนนรวม (ระดับผ่านดี)`, the head of a row of totals.
pub fn total_with_level(page: &Page<'_>, catalogue: &Catalogue, level: Option<&str>) -> String {
    let total = page.say("คะแนนรวม", "Total");
    let Some(level) = level else { return total };
    let level = page.thai(&level_name(page, catalogue, level));
    page.say(
        &format!("{total} (ระดับ{level})"),
        &format!("{total} (level: {level})"),
    )
}

/// How the total comes from the indicators, and what it would be where that is
/// not what was announced.
fn how_computed(page: &Page<'_>, catalogue: &Catalogue, scores: &Scores) -> Option<String> {
    let computed = recompute(catalogue, scores).total?;
    let weights: Vec<String> = catalogue
        .scoring
        .instruments
        .iter()
        .map(|i| {
            let weight = page.digits(&i.weight.to_string());
            page.say(
                &format!("{} ร้อยละ {weight}", i.id.id()),
                &format!("{} {weight} %", i.id.id()),
            )
        })
        .collect();
    let weights = weights.join(" ");
    let mut note = page.say(
        &format!("คะแนนรวมคือค่าเฉลี่ยของตัวชี้วัดในแต่ละเครื่องมือ ถ่วงน้ำหนัก {weights}"),
        &format!("The total is the mean of each instrument's indicators, weighted {weights}"),
    );
    let total = scores.total.as_ref();
    if total.is_some_and(|t| !agrees(t.value, computed)) {
        let sum = points(page, Score::from_ten_thousandths(computed, 2));
        note.push_str(&page.say(
            &format!(" ซึ่งคำนวณได้ {sum} ไม่ตรงกับที่ประกาศ"),
            &format!(", which gives {sum} and not what was announced"),
        ));
    }
    Some(note)
}

/// Indicators of a year's catalogue: number, name, instrument.
fn indicators(page: &Page<'_>, catalogue: &Catalogue) -> Vec<(u8, String, &'static str)> {
    let one = |i: &crate::catalogue::Indicator| {
        let number = i.id.parse().ok()?;
        Some((
            number,
            page.say(&i.title_th, &i.title_en),
            i.instrument.id(),
        ))
    };
    catalogue.indicators.iter().filter_map(one).collect()
}

/// The result of a year beside that of the year before: bars, and the same
/// figures in a table. Nothing before it is announced.
pub fn result(page: &Page<'_>, year: u16) -> Vec<Section> {
    let site = page.site;
    let record = site.content.years.get(&year).map(|f| &f.record);
    let (Some(record), Some(catalogue)) = (record, site.catalogue(year)) else {
        return Vec::new();
    };
    let Some(scores) = &record.result else {
        return Vec::new();
    };
    let known = known(site);
    let before = known.get(&(year.saturating_sub(1))).copied();
    let before = before.filter(|b| !b.scores.is_empty());
    let rows = indicators(page, catalogue);
    let mut sections = Vec::new();
    if !scores.scores.is_empty() {
        let target = record.target.as_ref().map(|t| t.value);
        sections.push(Section::Chart(chart(
            page, year, scores, before, target, &rows,
        )));
    }
    sections.push(Section::Table(table(
        page, year, catalogue, scores, before, &rows,
    )));
    sections
}

/// `ปี 2568 ได้ 92.41 คะแนน ระดับผ่านดี เพิ่มขึ้น 5.66 คะแนนจากปีก่อน ต่ำสุดคือ …`
fn finding(
    page: &Page<'_>,
    year: u16,
    scores: &Scores,
    before: Option<&Scores>,
    rows: &[(u8, String, &'static str)],
) -> String {
    let mut parts = Vec::new();
    let label = page.year(year);
    let total = total_of(page.site, year, scores);
    if let Some(total) = total {
        let shown = points(page, total);
        parts.push(page.say(
            &format!("ปี {label} ได้ {shown} คะแนน"),
            &format!("{label}: {shown} points"),
        ));
    }
    if let (Some(level), Some(catalogue)) = (&scores.level, page.site.catalogue(year)) {
        let level = level_name(page, catalogue, level);
        parts.push(page.say(&format!("ระดับ{level}"), &format!("level “{level}”")));
    }
    let last = before.and_then(|b| total_of(page.site, year.saturating_sub(1), b));
    if let (Some(total), Some(last)) = (total, last) {
        let difference = total
            .ten_thousandths()
            .saturating_sub(last.ten_thousandths());
        let shown = points(
            page,
            Score::from_ten_thousandths(difference.abs(), 2).rounded(2),
        );
        parts.push(match (page.lang, difference.signum()) {
            (Lang::Th, 1) => format!("เพิ่มขึ้น {shown} คะแนนจากปีก่อน"),
            (Lang::Th, -1) => format!("ลดลง {shown} คะแนนจากปีก่อน"),
            (Lang::Th, _) => "เท่ากับปีก่อน".into(),
            (Lang::En, 1) => format!("{shown} more than the year before"),
            (Lang::En, -1) => format!("{shown} less than the year before"),
            (Lang::En, _) => "as in the year before".into(),
        });
    }
    let lowest = rows
        .iter()
        .filter_map(|(n, name, _)| Some((score_of(scores, *n)?, n, name)))
        .min_by_key(|(score, n, _)| (score.ten_thousandths(), **n));
    if let Some((score, n, name)) = lowest {
        let (score, n) = (points(page, score), page.digits(&n.to_string()));
        parts.push(page.say(
            &format!("ต่ำสุดคือตัวชี้วัดที่ {n} {name} {score}"),
            &format!("lowest is indicator {n}, {name}, with {score}"),
        ));
    }
    parts.join(if page.lang == Lang::Th { " " } else { ", " })
}

fn chart(
    page: &Page<'_>,
    year: u16,
    scores: &Scores,
    before: Option<&Scores>,
    target: Option<Score>,
    rows: &[(u8, String, &'static str)],
) -> Chart {
    let id = "score-chart";
    let drawn: Vec<Bars> = rows
        .iter()
        .map(|(n, name, instrument)| {
            let one = |class, scores: &Scores| {
                let score = score_of(scores, *n)?;
                Some((class, score.ten_thousandths(), points(page, score)))
            };
            let last = before.and_then(|b| one("plan", b));
            Bars {
                label: format!(
                    "{}. {} ({instrument})",
                    page.digits(&n.to_string()),
                    escaped(name)
                ),
                bars: last.into_iter().chain(one("actual", scores)).collect(),
            }
        })
        .collect();
    let mut key = Vec::new();
    if before.is_some() {
        key.push((swatch(id, "plan"), year_title(page, year.saturating_sub(1))));
    }
    key.push((swatch(id, "actual"), year_title(page, year)));
    if let Some(target) = target {
        let line = "<svg width=\"18\" height=\"18\" aria-hidden=\"true\"><line class=\"mark\" x1=\"9\" x2=\"9\" y2=\"18\"/></svg>";
        let target = page.digits(&target.to_string());
        key.push((
            line.into(),
            page.say(&format!("เป้าหมาย {target}"), &format!("Target {target}")),
        ));
    }
    Chart {
        id: id.into(),
        heading: Some(page.say("ผลการประเมินของปีนี้", "Result of this year")),
        title: escaped(&finding(page, year, scores, before, rows)),
        svg: bars(id, &drawn, Some(FULL), target.map(Score::ten_thousandths)),
        key,
    }
}

fn table(
    page: &Page<'_>,
    year: u16,
    catalogue: &Catalogue,
    scores: &Scores,
    before: Option<&Scores>,
    rows: &[(u8, String, &'static str)],
) -> Table {
    let shown =
        |score: Option<Score>| figure(score.map_or_else(|| "–".into(), |s| points(page, s)));
    let last_year = year.saturating_sub(1);
    let body = rows
        .iter()
        .map(|(n, name, instrument)| {
            let mut cells = vec![
                head(format!(
                    "{}. {}",
                    page.digits(&n.to_string()),
                    escaped(name)
                )),
                cell((*instrument).to_string()),
            ];
            cells.extend(before.map(|b| shown(score_of(b, *n))));
            cells.push(shown(score_of(scores, *n)));
            Row {
                cells,
                ..Row::default()
            }
        })
        .collect();
    let total = scores.total.as_ref().map(|total| {
        let level = scores.level.as_deref();
        let label = total_with_level(page, catalogue, level);
        let mut cells = vec![head(label), cell(String::new())];
        cells.extend(before.map(|b| shown(total_of(page.site, last_year, b))));
        cells.push(shown(Some(total.value)));
        cells
    });
    let mut columns = vec![
        page.column("ตัวชี้วัด", "Indicator", "long"),
        page.column("เครื่องมือ", "Instrument", ""),
    ];
    let of_year = |y: u16| Column {
        label: year_title(page, y),
        class: "n",
    };
    columns.extend(before.map(|_| of_year(last_year)));
    columns.push(of_year(year));
    let announced = page
        .site
        .content
        .years
        .get(&year)
        .and_then(|f| f.record.announced.as_ref())
        .map(|d| page.written_day(d).text);
    let label = page.year(year);
    Table {
        id: "result".into(),
        // With scores of indicators the chart above has the heading.
        title: scores
            .scores
            .is_empty()
            .then(|| page.say("ผลการประเมินของปีนี้", "Result of this year")),
        caption: page.say(
            &format!(
                "คะแนน ITA ปี {label} ตามตัวชี้วัด{}",
                announced
                    .as_ref()
                    .map(|a| format!(" (ประกาศเมื่อ {a})"))
                    .unwrap_or_default()
            ),
            &format!(
                "ITA scores of {label} by indicator{}",
                announced
                    .as_ref()
                    .map(|a| format!(" (announced on {a})"))
                    .unwrap_or_default()
            ),
        ),
        columns,
        groups: vec![RowGroup::of(body)],
        total,
        note: how_computed(page, catalogue, scores),
        data: super::data::links(page, "ita-result", Some(year)),
        ..Table::default()
    }
}

/// Totals of every known year as bars, and each indicator in a table. One
/// year alone has nothing to be compared with.
pub fn over_years(page: &Page<'_>) -> Vec<Section> {
    let site = page.site;
    let known = known(site);
    let totals: Vec<(u16, Score, &Scores)> = known
        .iter()
        .filter_map(|(year, scores)| Some((*year, total_of(site, *year, scores)?, *scores)))
        .collect();
    let (Some((first, from, _)), Some((last, to, scores))) = (totals.first(), totals.last()) else {
        return Vec::new();
    };
    let Some(catalogue) = site.catalogue(*last).filter(|_| first < last) else {
        return Vec::new();
    };
    let id = "years-chart";
    let drawn: Vec<Bars> = totals
        .iter()
        .map(|(year, total, scores)| {
            let of_year = site.catalogue(*year).unwrap_or(catalogue);
            let level = scores.level.as_ref();
            let level = level.map(|l| format!(" {}", level_name(page, of_year, l)));
            let level = level.unwrap_or_default();
            Bars {
                label: format!("{}{}", year_title(page, *year), escaped(&level)),
                bars: vec![("actual", total.ten_thousandths(), points(page, *total))],
            }
        })
        .collect();
    let (from, to) = (points(page, *from), points(page, *to));
    let (first, last) = (
        page.digits(&first.to_string()),
        page.digits(&last.to_string()),
    );
    let chart = Chart {
        id: id.into(),
        heading: Some(page.say("คะแนน ITA ในแต่ละปี", "ITA scores over the years")),
        title: page.say(
            &format!("คะแนน ITA จาก {from} ในปี {first} เป็น {to} ในปี {last}"),
            &format!("ITA score: from {from} in {first} to {to} in {last}"),
        ),
        svg: bars(id, &drawn, Some(FULL), None),
        key: Vec::new(),
    };
    let with_indicators: Vec<&(u16, Score, &Scores)> = totals
        .iter()
        .filter(|(_, _, s)| !s.scores.is_empty())
        .collect();
    let mut sections = vec![Section::Chart(chart)];
    if scores.scores.is_empty() {
        return sections;
    }
    let mut columns = vec![page.column("ตัวชี้วัด", "Indicator", "long")];
    columns.extend(with_indicators.iter().map(|(year, ..)| Column {
        label: year_title(page, *year),
        class: "n",
    }));
    let shown =
        |score: Option<Score>| figure(score.map_or_else(|| "–".into(), |s| points(page, s)));
    let rows = indicators(page, catalogue)
        .into_iter()
        .map(|(n, name, _)| Row {
            cells: std::iter::once(head(format!(
                "{}. {}",
                page.digits(&n.to_string()),
                escaped(&name)
            )))
            .chain(
                with_indicators
                    .iter()
                    .map(|(_, _, s)| shown(score_of(s, n))),
            )
            .collect(),
            ..Row::default()
        })
        .collect();
    let total = std::iter::once(head(page.say("คะแนนรวม", "Total")))
        .chain(
            with_indicators
                .iter()
                .map(|(_, total, _)| shown(Some(*total))),
        )
        .collect();
    sections.push(Section::Table(Table {
        id: "scores".into(),
        caption: page.say(
            "คะแนน ITA ทุกตัวชี้วัดในแต่ละปี",
            "ITA score of each indicator in each year",
        ),
        wide: columns.len() > 6,
        columns,
        groups: vec![RowGroup::of(rows)],
        total: Some(total),
        data: super::data::links(page, "ita-result", None),
        ..Table::default()
    }));
    sections
}
