//! The expected OIT score of a year, and what would raise it most.
//!
//! An item scores 100 or 0; groups are means of items, indicators of groups,
//! the instrument of indicators, by the rules of the year's catalogue. Where
//! only a person can judge, or the catalogue itself is not sure, the score is
//! a range.

use std::collections::BTreeSet;

use crate::catalogue::{Catalogue, InstrumentId};
use crate::site::address::Address;
use crate::site::{ElementState, ItemState, Site};

/// A point of a score. Means are kept this fine, and rounded when shown.
pub const POINT: i64 = 1_000_000;

/// A score to two decimals.
pub fn rounded(score: i64) -> String {
    let hundredths = (score * 100 + POINT / 2).div_euclid(POINT);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// From the lowest to the highest that is possible, in parts of a [`POINT`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub low: i64,
    pub high: i64,
}

impl Range {
    const FULL: i64 = 100 * POINT;

    /// One hundred points, for certain.
    pub const WHOLE: Range = Range {
        low: Range::FULL,
        high: Range::FULL,
    };

    /// The mean of ranges; none of nothing.
    fn mean(all: impl IntoIterator<Item = Range>) -> Option<Range> {
        let all: Vec<Range> = all.into_iter().collect();
        let count = i64::try_from(all.len()).ok().filter(|n| *n > 0)?;
        let mean = |sum: i64| (sum + count / 2) / count;
        Some(Range {
            low: mean(all.iter().map(|r| r.low).sum()),
            high: mean(all.iter().map(|r| r.high).sum()),
        })
    }

    pub fn is_certain(self) -> bool {
        self.low == self.high
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_certain() {
            f.write_str(&rounded(self.low))
        } else {
            write!(f, "{}–{}", rounded(self.low), rounded(self.high))
        }
    }
}

#[derive(Clone, Debug)]
pub struct ItemStanding {
    /// Index into the catalogue's items.
    pub index: usize,
    /// `O18`.
    pub code: String,
    pub title_th: String,
    pub title_en: String,
    pub group: String,
    pub state: ItemState,
    pub shown: usize,
    pub needed: usize,
    pub doubtful: usize,
    /// Missing elements only advise.
    pub advisory: bool,
    pub score: Range,
    pub address: Address,
    /// What making it whole would add to the lowest score of the instrument,
    /// in parts of a [`POINT`].
    pub gain: i64,
}

#[derive(Clone, Debug)]
pub struct GroupScore {
    pub id: String,
    pub title_th: String,
    pub title_en: String,
    pub score: Range,
}

/// How a year stands.
#[derive(Clone, Debug)]
pub struct Readiness {
    pub year: u16,
    pub items: Vec<ItemStanding>,
    /// Indicators of the instrument OIT.
    pub indicators: Vec<GroupScore>,
    pub groups: Vec<GroupScore>,
    pub score: Range,
    /// Errors that stand against no item: as long as there are any, the site
    /// can't be built, and the score is the most that it can be.
    pub blocked: usize,
}

/// Errors of a check by the items that they stand against.
#[derive(Clone, Debug, Default)]
pub struct Errors {
    pub items: BTreeSet<(u16, String)>,
    pub elsewhere: usize,
}

impl Errors {
    fn is_against(&self, year: u16, item: &str) -> bool {
        self.items.iter().any(|(y, i)| *y == year && i == item)
    }
}

impl Readiness {
    /// Items that score in full for certain.
    pub fn complete(&self) -> usize {
        let is_whole = |i: &&ItemStanding| i.score == Range::WHOLE;
        self.items.iter().filter(is_whole).count()
    }

    /// Items that are not whole for certain.
    pub fn open(&self) -> impl Iterator<Item = &ItemStanding> {
        self.items.iter().filter(|i| i.score != Range::WHOLE)
    }

    /// Items whose completion adds most; of equal ones those that lack least.
    pub fn next(&self) -> Vec<&ItemStanding> {
        let mut open: Vec<&ItemStanding> = self.items.iter().filter(|i| i.gain > 0).collect();
        open.sort_by_key(|i| (-i.gain, i.needed - i.shown, i.index));
        open
    }
}

/// Judges the items of a year; `None` for a year without a folder or a
/// catalogue. `errors` are what stands against items; one that is whole but
/// for them is doubtful, as nobody knows what its page will show.
pub fn readiness(site: &Site, year: u16, errors: &Errors) -> Option<Readiness> {
    let catalogue = site.catalogue(year)?;
    let of_year = site.years.get(&year)?;
    let mut items: Vec<ItemStanding> = of_year
        .disclosures
        .iter()
        .filter_map(|disclosure| {
            let item = catalogue.items.get(disclosure.item)?;
            let count = |test: fn(&ElementState) -> bool| {
                disclosure.checks.iter().filter(|c| test(&c.state)).count()
            };
            let doubtful = count(|s| matches!(s, ElementState::Doubtful));
            let code = item.id.to_string();
            let state = match disclosure.state {
                state if state.is_complete() && errors.is_against(year, &code) => {
                    ItemState::Doubtful
                }
                state => state,
            };
            Some(ItemStanding {
                index: disclosure.item,
                code,
                title_th: item.title_th.clone(),
                title_en: item.title_en.clone(),
                group: item.group.clone(),
                state,
                shown: disclosure.satisfied(),
                needed: disclosure.checks.len(),
                doubtful,
                advisory: disclosure.advisory,
                score: score(state),
                address: disclosure.address.clone(),
                gain: 0,
            })
        })
        .collect();
    let now = Scores::of(catalogue, &items)?;
    let gains: Vec<i64> = (0..items.len())
        .map(|at| {
            let mut with = items.clone();
            if let Some(item) = with.get_mut(at) {
                item.score = Range {
                    low: Range::FULL,
                    high: Range::FULL,
                };
            }
            Scores::of(catalogue, &with).map_or(0, |s| s.total.low - now.total.low)
        })
        .collect();
    for (item, gain) in items.iter_mut().zip(gains) {
        item.gain = gain;
    }
    Some(Readiness {
        year,
        items,
        indicators: now.indicators,
        groups: now.groups,
        score: now.total,
        blocked: errors.elsewhere,
    })
}

/// 100 or 0, or both are possible: where a person must look, and where the
/// catalogue is not sure of what it asks for.
fn score(state: ItemState) -> Range {
    match state {
        ItemState::Published | ItemState::NoneStated => Range::WHOLE,
        ItemState::Doubtful => Range {
            low: 0,
            high: Range::FULL,
        },
        ItemState::Outdated | ItemState::Incomplete | ItemState::Missing => Range::default(),
    }
}

struct Scores {
    indicators: Vec<GroupScore>,
    groups: Vec<GroupScore>,
    total: Range,
}

impl Scores {
    fn of(catalogue: &Catalogue, items: &[ItemStanding]) -> Option<Scores> {
        let groups: Vec<(String, GroupScore)> = catalogue
            .groups
            .iter()
            .filter_map(|group| {
                let of = items.iter().filter(|i| i.group == group.id);
                let score = Range::mean(of.map(|i| i.score))?;
                let standing = GroupScore {
                    id: group.id.clone(),
                    title_th: group.title_th.clone(),
                    title_en: group.title_en.clone(),
                    score,
                };
                Some((group.indicator.clone(), standing))
            })
            .collect();
        let indicators: Vec<GroupScore> = catalogue
            .indicators
            .iter()
            .filter(|i| i.instrument == InstrumentId::Oit)
            .filter_map(|indicator| {
                let of = groups.iter().filter(|(of, _)| *of == indicator.id);
                Some(GroupScore {
                    id: indicator.id.clone(),
                    title_th: indicator.title_th.clone(),
                    title_en: indicator.title_en.clone(),
                    score: Range::mean(of.map(|(_, g)| g.score))?,
                })
            })
            .collect();
        Some(Scores {
            total: Range::mean(indicators.iter().map(|i| i.score))?,
            indicators,
            groups: groups.into_iter().map(|(_, g)| g).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_shown_as_one_number_where_it_is_one() {
        let range = |low, high| Range { low, high }.to_string();
        assert_eq!(
            range(83 * POINT + POINT / 2, 83 * POINT + POINT / 2),
            "83.50"
        );
        assert_eq!(range(0, 100 * POINT), "0.00–100.00");
        // 8 of 19 items, and half of that: 21.0526, rounded once.
        let items = (0..19).map(|n| {
            if n < 8 {
                Range::WHOLE
            } else {
                Range::default()
            }
        });
        let indicator = Range::mean(items).expect("some");
        let score = Range::mean([indicator, Range::default()]).expect("some");
        assert_eq!(score.to_string(), "21.05");
        assert_eq!(Range::mean([]), None);
    }

    #[test]
    fn only_doubt_makes_a_range() {
        for state in ItemState::ALL {
            let range = score(state);
            let is_range = !range.is_certain();
            assert_eq!(is_range, state == ItemState::Doubtful, "{}", state.id());
            assert_eq!(range == Range::WHOLE, state.is_complete(), "{}", state.id());
        }
    }
}
