//! Measures joined with the reports on them, and scores by instrument.

use std::collections::BTreeMap;

use crate::catalogue::Catalogue;
use crate::content::agency::Reference;
use crate::content::measures::{MeasureRow, MeasuresFile, Point, Scores, Status};
use crate::thai::{Score, Substance, is_placeholder, substance};

/// A measures document or report, its rows completed from the measures that
/// they report on.
#[derive(Debug)]
pub struct MeasuresDocument {
    /// The folder that holds it.
    pub year: u16,
    pub is_report: bool,
    /// Each row with the year and index of the measure it reports on.
    pub rows: Vec<JoinedRow>,
}

/// A printed row: fields of the report first, the measure's where the report
/// has none.
#[derive(Debug)]
pub struct JoinedRow {
    /// Index into the file's rows.
    pub row: usize,
    /// Year folder and row index of the measure.
    pub measure: Option<(u16, usize)>,
}

/// One printed row with both halves at hand.
#[derive(Clone, Copy, Debug)]
pub struct RowView<'a> {
    pub own: &'a MeasureRow,
    pub measure: Option<&'a MeasureRow>,
}

impl<'a> RowView<'a> {
    /// Longer texts: the row's own, then the measure's.
    pub fn narratives(&self) -> impl Iterator<Item = &'a Reference> {
        let measure = self.measure.and_then(|m| m.narrative.as_ref());
        self.own.narrative.iter().chain(measure)
    }
}

macro_rules! either_list {
    ($($name:ident: $type:ty),* $(,)?) => {
        $(pub fn $name(&self) -> &'a [$type] {
            if self.own.$name.is_empty() {
                self.measure.map_or(&[], |m| &m.$name)
            } else {
                &self.own.$name
            }
        })*
    };
}

impl<'a> RowView<'a> {
    either_list! {
        indicators: u8,
        approach: crate::content::measures::Point,
        steps: crate::content::measures::Point,
        monitoring: crate::content::measures::Point,
        result: crate::content::measures::Point,
        outcome: crate::content::measures::Point,
        recommendations: crate::content::measures::Point,
        evidence: crate::content::measures::Evidence,
        recurring: String,
        note: String,
    }

    pub fn no(&self) -> Option<&'a str> {
        self.own
            .no
            .as_deref()
            .or(self.measure.and_then(|m| m.no.as_deref()))
    }

    pub fn title(&self) -> Option<&'a str> {
        self.own
            .title
            .as_deref()
            .or(self.measure.and_then(|m| m.title.as_deref()))
    }

    pub fn group(&self) -> Option<&'a str> {
        let group = |m: &'a MeasureRow| m.group.as_ref().map(|g| g.raw.as_str());
        group(self.own).or(self.measure.and_then(group))
    }

    pub fn responsible(&self) -> Option<&'a crate::content::measures::Responsible> {
        self.own
            .responsible
            .as_ref()
            .or(self.measure.and_then(|m| m.responsible.as_ref()))
    }

    pub fn period(&self) -> Option<&'a crate::thai::Period> {
        self.own
            .period
            .as_ref()
            .or(self.measure.and_then(|m| m.period.as_ref()))
    }

    /// Whether the row has something for a field that each row must have, and
    /// not a mark such as `-` in its place.
    pub fn fills(&self, field: &str) -> bool {
        match field {
            "responsible" => self.responsible().is_some_and(|r| {
                let mut names = r.heading.iter().chain(&r.units);
                names.any(|name| !is_placeholder(name))
            }),
            "steps" => says(self.steps(), is_placeholder),
            "monitoring" => says(self.monitoring(), is_placeholder),
            "schedule" => self.period().is_some_and(|p| !is_placeholder(&p.raw)),
            // That something is under way is a result.
            "result" => says(self.result(), is_mark),
            "outcome" => says(self.outcome(), is_mark),
            "status" => self.status().is_some(),
            _ => false,
        }
    }

    pub fn status(&self) -> Option<Status> {
        self.own.status.or(self.measure.and_then(|m| m.status))
    }

    /// The row's anchor: its id, or the measure's.
    pub fn id(&self) -> Option<&'a str> {
        self.own
            .id
            .as_deref()
            .or(self.measure.and_then(|m| m.id.as_deref()))
    }
}

/// Whether any of the points is more than what `is_nothing` tells.
fn says(points: &[Point], is_nothing: fn(&str) -> bool) -> bool {
    points
        .iter()
        .any(|p| !is_nothing(&p.text) || says(&p.points, is_nothing))
}

fn is_mark(text: &str) -> bool {
    matches!(substance(text), Substance::Nothing | Substance::Garbled)
}

/// Scores of one assessment by the rules of its year, in ten-thousandths of
/// a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recomputed {
    /// Instrument id and the mean of its indicators.
    pub instruments: Vec<(&'static str, i64)>,
    pub total: Option<i64>,
}

/// instrument = mean of its indicators; total = weighted sum. `None` for a
/// total while an indicator of some instrument lacks its score.
pub fn recompute(catalogue: &Catalogue, scores: &Scores) -> Recomputed {
    let mut out = Recomputed::default();
    let mut weighted: i128 = 0;
    let mut weights: i128 = 0;
    let mut complete = true;
    for instrument in &catalogue.scoring.instruments {
        let of: Vec<u8> = catalogue
            .indicators
            .iter()
            .filter(|i| i.instrument == instrument.id)
            .filter_map(|i| i.id.parse().ok())
            .collect();
        let values: Vec<i64> = of
            .iter()
            .filter_map(|n| scores.scores.iter().find(|(s, _)| s == n))
            .map(|(_, w)| w.value.ten_thousandths())
            .collect();
        if of.is_empty() || values.len() < of.len() {
            complete = false;
            continue;
        }
        let sum: i64 = values.iter().sum();
        let count = values.len() as i64;
        out.instruments
            .push((instrument.id.id(), round_div(sum, count)));
        weighted += i128::from(sum) * i128::from(instrument.weight) * 1000 / i128::from(count);
        weights += i128::from(instrument.weight);
    }
    if complete && weights > 0 {
        out.total = i64::try_from((weighted / weights + 500) / 1000).ok();
    }
    out
}

fn round_div(a: i64, b: i64) -> i64 {
    if b == 0 { 0 } else { (a + b / 2) / b }
}

/// A hand-written total agrees when it is the computed one rounded to the
/// decimals that were written, or to one or two decimals.
pub fn agrees(written: Score, computed: i64) -> bool {
    let decimals = written.decimals();
    let value = Score::from_ten_thousandths(computed, 4);
    value.rounded(decimals).ten_thousandths() == written.ten_thousandths()
}

/// The level that a total and instruments reach by the year's rules: the
/// first that fits, from best to worst.
pub fn level<'c>(catalogue: &'c Catalogue, recomputed: &Recomputed) -> Option<&'c str> {
    let total = recomputed.total?;
    let points = |n: u8| i64::from(n) * 10_000;
    catalogue
        .scoring
        .levels
        .iter()
        .find(|l| {
            total >= points(l.min_total)
                && l.min_each_instrument.is_none_or(|min| {
                    recomputed
                        .instruments
                        .iter()
                        .all(|(_, s)| *s >= points(min))
                })
        })
        .map(|l| l.title_th.as_str())
}

/// How many rows have each status, and how many none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    pub done: usize,
    pub in_progress: usize,
    pub not_started: usize,
    pub unstated: usize,
}

impl StatusCounts {
    pub fn of(statuses: impl IntoIterator<Item = Option<Status>>) -> StatusCounts {
        let mut counts = StatusCounts::default();
        for status in statuses {
            match status {
                Some(Status::Done) => counts.done += 1,
                Some(Status::InProgress) => counts.in_progress += 1,
                Some(Status::NotStarted) => counts.not_started += 1,
                None => counts.unstated += 1,
            }
        }
        counts
    }

    pub fn total(&self) -> usize {
        self.done + self.in_progress + self.not_started + self.unstated
    }
}

/// How far the measures of each responsible unit are, in the order in which
/// units first come; `None` for measures that name no unit. A unit spelled
/// three ways is one.
pub fn by_unit(
    site: &super::Site,
    rows: &[RowView<'_>],
) -> Vec<(Option<crate::content::agency::Words>, StatusCounts)> {
    type Of = (
        Option<crate::content::agency::Words>,
        String,
        Vec<Option<Status>>,
    );
    let mut units: Vec<Of> = Vec::new();
    for row in rows {
        let written = row
            .responsible()
            .and_then(|r| r.heading.clone().or_else(|| r.units.first().cloned()));
        let name = written.map(|written| match site.unit(&written) {
            Some(unit) => unit.name.clone(),
            None => crate::content::agency::Words {
                th: written,
                en: None,
            },
        });
        let key = name
            .as_ref()
            .map_or_else(String::new, |n| crate::thai::fold_key(&n.th));
        match units.iter_mut().find(|(_, k, _)| *k == key) {
            Some((.., statuses)) => statuses.push(row.status()),
            None => units.push((name, key, vec![row.status()])),
        }
    }
    units
        .into_iter()
        .map(|(name, _, statuses)| (name, StatusCounts::of(statuses)))
        .collect()
}

impl MeasuresDocument {
    pub fn file<'a>(&self, site: &'a super::Site) -> Option<&'a MeasuresFile> {
        file_of(site, self.year, self.is_report)
    }

    pub fn views<'a>(&'a self, site: &'a super::Site) -> impl Iterator<Item = RowView<'a>> {
        let own = self.file(site);
        self.rows.iter().filter_map(move |joined| {
            let row = own?.rows.get(joined.row)?;
            let measure = joined
                .measure
                .and_then(|(year, index)| file_of(site, year, false)?.rows.get(index));
            Some(RowView { own: row, measure })
        })
    }

    /// The year of the measures that most rows report on, and the indexes of
    /// those without a row.
    pub fn left_out(&self, site: &super::Site) -> Option<(u16, Vec<usize>)> {
        let mut rows_of: BTreeMap<u16, usize> = BTreeMap::new();
        for (year, _) in self.rows.iter().filter_map(|r| r.measure) {
            *rows_of.entry(year).or_default() += 1;
        }
        let (&year, _) = rows_of.iter().max_by_key(|(_, rows)| **rows)?;
        let has_row = |index: usize| self.rows.iter().any(|r| r.measure == Some((year, index)));
        let all = file_of(site, year, false)?.rows.len();
        Some((year, (0..all).filter(|index| !has_row(*index)).collect()))
    }
}

fn file_of(site: &super::Site, year: u16, is_report: bool) -> Option<&MeasuresFile> {
    let folder = site.content.years.get(&year)?;
    if is_report {
        folder.report.as_ref()
    } else {
        folder.measures.as_ref()
    }
}
