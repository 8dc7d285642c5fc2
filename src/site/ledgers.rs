//! Money and complaints of a fiscal year, added up. Amounts are in satang;
//! every number that a page shows is computed here from the rows.

use crate::catalogue::PeriodKind;
use crate::content::ledger::{BudgetLine, ComplaintCount, ComplaintKind, Purchase};
use crate::thai::{Baht, Date, Month, Percent, percent};

/// Sums of budget lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    pub approved: i64,
    pub transfer: i64,
    /// Paid in each quarter; `None` while no line has that quarter.
    pub quarters: [Option<i64>; 4],
}

impl Amounts {
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a BudgetLine>) -> Amounts {
        let mut sum = Amounts::default();
        for line in lines {
            sum.approved = sum.approved.saturating_add(line.approved.0);
            sum.transfer = sum
                .transfer
                .saturating_add(line.transfer.map_or(0, |b| b.0));
            for (total, part) in sum.quarters.iter_mut().zip(line.quarters) {
                if let Some(part) = part {
                    *total = Some(total.unwrap_or(0).saturating_add(part.0));
                }
            }
        }
        sum
    }

    /// What may be spent: approved and transferred.
    pub fn adjusted(&self) -> i64 {
        self.approved.saturating_add(self.transfer)
    }

    /// Paid so far, in the first `quarters` quarters.
    pub fn spent(&self, quarters: usize) -> i64 {
        self.quarters
            .iter()
            .take(quarters)
            .flatten()
            .fold(0i64, |sum, q| sum.saturating_add(*q))
    }

    /// How many quarters have figures, counted from the first.
    pub fn known_quarters(&self) -> usize {
        self.quarters.iter().take_while(|q| q.is_some()).count()
    }

    pub fn percent_spent(&self, quarters: usize) -> Option<Percent> {
        percent(self.spent(quarters), self.adjusted())
    }
}

/// The budget of one fiscal year by plan group (แผนงาน), in the order of the
/// ordinance.
#[derive(Debug)]
pub struct Budget {
    pub fiscal_year: u16,
    pub lines: Vec<BudgetLine>,
    pub groups: Vec<PlanGroup>,
    pub total: Amounts,
    pub as_of: Option<Date>,
    pub as_of_raw: Option<String>,
    pub ordinance: Option<crate::content::agency::Words>,
}

#[derive(Debug)]
pub struct PlanGroup {
    pub name: String,
    pub area: Option<String>,
    /// Indexes into `lines`.
    pub lines: Vec<usize>,
    pub amounts: Amounts,
}

impl Budget {
    pub fn new(fiscal_year: u16, lines: Vec<BudgetLine>) -> Budget {
        let mut groups: Vec<PlanGroup> = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let key = crate::thai::fold_key(&line.plan_group);
            match groups
                .iter_mut()
                .find(|g| crate::thai::fold_key(&g.name) == key)
            {
                Some(group) => group.lines.push(index),
                None => groups.push(PlanGroup {
                    name: line.plan_group.clone(),
                    area: line.area.clone(),
                    lines: vec![index],
                    amounts: Amounts::default(),
                }),
            }
        }
        for group in &mut groups {
            group.amounts = Amounts::of(group.lines.iter().filter_map(|&i| lines.get(i)));
        }
        let total = Amounts::of(&lines);
        Budget {
            fiscal_year,
            lines,
            groups,
            total,
            as_of: None,
            as_of_raw: None,
            ordinance: None,
        }
    }
}

/// A month of purchases: rows, or a statement that there were none, or
/// neither (which an assessor marks as missing).
#[derive(Debug)]
pub struct MonthOfPurchases {
    pub month: Month,
    /// Indexes into `rows`.
    pub rows: Vec<usize>,
    pub total: i64,
    pub none: Option<(String, Option<String>)>,
}

/// The purchases of one fiscal year.
#[derive(Debug)]
pub struct Procurement {
    pub fiscal_year: u16,
    pub rows: Vec<Purchase>,
    /// October to September.
    pub months: Vec<MonthOfPurchases>,
    pub as_of: Option<Date>,
    pub as_of_raw: Option<String>,
}

impl Procurement {
    pub fn new(fiscal_year: u16, rows: Vec<Purchase>) -> Procurement {
        let months = Month::months_of_fiscal_year(fiscal_year)
            .into_iter()
            .map(|month| {
                let of_month: Vec<usize> = rows
                    .iter()
                    .enumerate()
                    .filter(|(_, r)| r.month == Some(month))
                    .map(|(i, _)| i)
                    .collect();
                let total = sum_agreed(of_month.iter().filter_map(|&i| rows.get(i)));
                MonthOfPurchases {
                    month,
                    rows: of_month,
                    total,
                    none: None,
                }
            })
            .collect();
        Procurement {
            fiscal_year,
            rows,
            months,
            as_of: None,
            as_of_raw: None,
        }
    }

    /// Months within the time that is asked for and over by `today`, with
    /// neither purchases nor a statement that there were none.
    pub fn empty_months(
        &self,
        period: PeriodKind,
        today: Date,
    ) -> impl Iterator<Item = &MonthOfPurchases> {
        let last = if period == PeriodKind::FirstHalf {
            6
        } else {
            12
        };
        self.months.iter().filter(move |m| {
            let is_due = m.month.fiscal_index() <= last && m.month.last_day() < today;
            is_due && m.rows.is_empty() && m.none.is_none()
        })
    }

    /// Rows of October to March.
    pub fn first_half(&self) -> impl Iterator<Item = &Purchase> {
        self.rows
            .iter()
            .filter(|r| PeriodKind::FirstHalf.asks_for(r.month))
    }

    pub fn total(&self) -> i64 {
        sum_agreed(&self.rows)
    }

    /// Each method (วิธี) with how many purchases and their agreed prices, in
    /// the order in which they first come.
    pub fn methods(&self) -> Vec<(&str, usize, i64)> {
        let mut methods: Vec<(&str, usize, i64)> = Vec::new();
        for row in &self.rows {
            let price = row.agreed_price.as_ref().map_or(0, |p| p.value.0);
            match methods.iter_mut().find(|(m, ..)| *m == row.method) {
                Some((_, count, sum)) => {
                    *count += 1;
                    *sum = sum.saturating_add(price);
                }
                None => methods.push((&row.method, 1, price)),
            }
        }
        methods
    }
}

pub fn sum_agreed<'a>(rows: impl IntoIterator<Item = &'a Purchase>) -> i64 {
    rows.into_iter()
        .filter_map(|r| r.agreed_price.as_ref())
        .fold(0i64, |sum, price| sum.saturating_add(price.value.0))
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub received: i64,
    pub finished: i64,
    pub in_progress: i64,
}

impl Counts {
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a ComplaintCount>) -> Counts {
        rows.into_iter().fold(Counts::default(), |sum, row| Counts {
            received: sum.received.saturating_add(row.received.unwrap_or(0)),
            finished: sum.finished.saturating_add(row.finished.unwrap_or(0)),
            in_progress: sum.in_progress.saturating_add(row.in_progress.unwrap_or(0)),
        })
    }
}

/// Complaints of one fiscal year.
#[derive(Debug)]
pub struct Complaints {
    pub fiscal_year: u16,
    pub rows: Vec<ComplaintCount>,
    /// Rows whose counts are not shown, since a small one could point at a
    /// person (see [`protected`]).
    pub hidden: Vec<bool>,
    pub as_of: Option<Date>,
    pub as_of_raw: Option<String>,
    pub counted: Option<crate::content::agency::Words>,
}

impl Complaints {
    pub fn of_kind(&self, kind: ComplaintKind) -> impl Iterator<Item = &ComplaintCount> {
        self.rows.iter().filter(move |r| r.kind == kind)
    }

    pub fn counts(&self, kind: ComplaintKind) -> Counts {
        Counts::of(self.of_kind(kind))
    }

    /// Each row with whether its counts are hidden.
    pub fn shown(&self) -> impl Iterator<Item = (&ComplaintCount, bool)> {
        let hidden = self.hidden.iter().copied().chain(std::iter::repeat(false));
        self.rows.iter().zip(hidden)
    }
}

/// Which rows are hidden so that no count from 1 to `below` − 1 can be read or
/// worked out. The totals of each kind, of the year and of each half of it,
/// stay true and shown: so within a kind and half never a single row is
/// hidden, nor rows that can only be ones; where other rows don't suffice, all
/// are hidden. A row is hidden whole, since its counts add up.
pub fn protected(rows: &[ComplaintCount], below: i64) -> Vec<bool> {
    let mut hidden = vec![false; rows.len()];
    let counts = |row: &ComplaintCount| [row.received, row.finished, row.in_progress];
    let is_small = |row: &ComplaintCount| {
        counts(row)
            .into_iter()
            .flatten()
            .any(|n| (1..below).contains(&n))
    };
    for kind in [ComplaintKind::Corruption, ComplaintKind::General] {
        for half in [false, true] {
            let part: Vec<usize> = (0..rows.len())
                .filter(|&i| {
                    rows.get(i).is_some_and(|r| {
                        r.kind == kind && r.month.is_some_and(|m| m.fiscal_index() > 6) == half
                    })
                })
                .collect();
            let row = |i: &usize| rows.get(*i);
            let mut hide: Vec<usize> = part
                .iter()
                .copied()
                .filter(|i| row(i).is_some_and(is_small))
                .collect();
            if hide.is_empty() {
                continue;
            }
            if hide.len() == 1 {
                // Another month with cases, the one with the fewest.
                let next = part
                    .iter()
                    .copied()
                    .filter(|i| !hide.contains(i))
                    .filter(|i| row(i).and_then(|r| r.received).is_some_and(|n| n > 0))
                    .min_by_key(|i| row(i).and_then(|r| r.received));
                hide.extend(next);
            }
            let all_ones = hide
                .iter()
                .filter_map(row)
                .all(|r| r.received.unwrap_or(0) <= 1);
            if hide.len() == 1 || all_ones {
                hide = part;
            }
            for i in hide {
                if let Some(mark) = hidden.get_mut(i) {
                    *mark = true;
                }
            }
        }
    }
    hidden
}

pub fn baht(satang: i64) -> Baht {
    Baht(satang)
}
