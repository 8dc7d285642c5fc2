//! Records that are complete, and yet can't be all or can't be right: a month
//! of complaints without a row, a table on the page that counts otherwise than
//! its records; with what is told of purchases and of spending.

use std::collections::BTreeSet;

use crate::catalogue::{Item, TopicKind, heading_serves};
use crate::content::ledger::{ComplaintCount, ComplaintKind};
use crate::content::sheet::is_total;
use crate::diagnostic::Severity;
use crate::site::ledgers::Counts;
use crate::site::prove::shows_purchases;
use crate::site::{Site, TopicPage};
use crate::thai::{Baht, Month};

use super::context::Context;
use super::finding::{Finding, Found, finding};
use super::{purchases, spending};

/// One of the sums of counts.
type Pick = fn(&Counts) -> i64;

/// Months that a message names; of more it tells how many.
const MOST_NAMED: usize = 3;

pub fn check(context: &Context<'_>, found: &mut Found) {
    let site = context.site;
    for &year in &context.years {
        let Some(of_year) = site.years.get(&year) else {
            continue;
        };
        // Several items show the same ledger.
        let mut seen = BTreeSet::new();
        for topic in of_year.topics.iter().filter(|t| t.is_published()) {
            let Some(item) = site.item(year, topic.item) else {
                continue;
            };
            let mut of_topic = Vec::new();
            match topic.kind {
                TopicKind::ComplaintStatistics => {
                    of_topic.extend(complaints(site, item, year));
                    of_topic.extend(tables(site, year, item, topic));
                }
                TopicKind::Procurement if shows_purchases(&topic.topic) => {
                    of_topic.extend(purchases::check(site, item, year));
                }
                _ => {}
            }
            of_topic.extend(spending::check(site, year, item, topic));
            for one in of_topic {
                let key = (one.diagnostic.code, format!("{:?}", one.diagnostic.place));
                if seen.insert(key) {
                    found.push(one.of_item(year, item.id.to_string()));
                }
            }
        }
    }
}

/// Months that are over and have no row of a kind that others have one of.
fn complaints(site: &Site, item: &Item, year: u16) -> Vec<Finding> {
    let fiscal = Site::record_year(year, item.period_kind);
    let Some(complaints) = site.complaints.get(&fiscal) else {
        return Vec::new();
    };
    let until = complaints
        .as_of
        .map_or(site.options.today, |as_of| as_of.min(site.options.today));
    let kinds = [
        (ComplaintKind::Corruption, "การทุจริต", "corruption"),
        (ComplaintKind::General, "ทั่วไป", "general"),
    ];
    let mut found = Vec::new();
    for (kind, th, en) in kinds {
        let rows: Vec<&ComplaintCount> = complaints.of_kind(kind).collect();
        let have: Option<BTreeSet<Month>> = rows.iter().map(|r| r.month).collect();
        // Counts of a whole year have no months.
        let Some(have) = have.filter(|have| !have.is_empty()) else {
            continue;
        };
        let lacking: Vec<Month> = Month::months_of_fiscal_year(fiscal)
            .into_iter()
            .filter(|m| {
                item.period_kind.asks_for(Some(*m)) && m.last_day() <= until && !have.contains(m)
            })
            .collect();
        let (Some(first), Some(row)) = (lacking.first(), rows.first()) else {
            continue;
        };
        let before = rows.iter().rfind(|r| r.month.is_some_and(|m| m < *first));
        let place = before.unwrap_or(row).place.clone();
        let named = |word: &dyn Fn(&Month) -> String, more: &str| {
            let some: Vec<String> = lacking.iter().take(MOST_NAMED).map(word).collect();
            let rest = lacking.len().saturating_sub(MOST_NAMED);
            let more = if rest > 0 {
                more.replace('N', &rest.to_string())
            } else {
                String::new()
            };
            some.join(", ") + &more
        };
        let mut one = finding(
            "month-without-complaints",
            format!(
                "ไม่มีแถวเรื่องร้องเรียน{th}ของเดือน {}",
                named(&|m| m.thai_long(), " และอีก N เดือน")
            ),
            format!(
                "no row of {en} complaints for {}",
                named(&|m| m.english_long(), " and N more months")
            ),
        )
        .at(place.clone());
        // A single row may stand for the whole year.
        if have.len() == 1 {
            one.diagnostic.severity = Severity::Advice;
        }
        found.push(if place.file.ends_with(".toml") {
            one.hint_typing(
                "เพิ่มท้ายไฟล์ (ถ้ามีเรื่อง ให้ใส่จำนวนจริง):",
                "add to the end of the file (with the true counts, where there were any):",
                &format!(
                    "[[count]]\nmonth = \"{}\"\nkind = \"{en}\"\nreceived = 0\nfinished = 0\nin_progress = 0",
                    first.thai_long()
                ),
            )
        } else {
            one.hint(
                "เพิ่มแถวของเดือนนั้น เดือนที่ไม่มีเรื่องให้ใส่ 0 ทุกช่อง",
                "add a row for the month, with 0 in each column where there was nothing",
            )
        });
    }
    found
}

/// Tables that the webmaster wrote beside the records: their columns of counts
/// against the sums of the records.
fn tables(site: &Site, year: u16, item: &Item, topic: &TopicPage) -> Vec<Finding> {
    let fiscal = Site::record_year(year, item.period_kind);
    let (Some(complaints), Some(page)) =
        (site.complaints.get(&fiscal), site.topic_text(year, topic))
    else {
        return Vec::new();
    };
    let of = |kind| {
        let rows = complaints.of_kind(kind);
        Counts::of(rows.filter(|r| item.period_kind.asks_for(r.month)))
    };
    let (corruption, general) = (of(ComplaintKind::Corruption), of(ComplaintKind::General));
    let mut found = Vec::new();
    for table in &page.extras.tables {
        let grid = table.grid();
        let Some((head, rows)) = grid.rows.split_first() else {
            continue;
        };
        // One row for each year counts more than this one.
        if head.first().is_some_and(|first| first.contains("ปี")) {
            continue;
        }
        let rows: Vec<&Vec<String>> = rows.iter().filter(|row| !is_total(row)).collect();
        for (column, heading) in head.iter().enumerate() {
            let picks: [(&str, Pick); 3] = [
                ("total", |c| c.received),
                ("completed", |c| c.finished),
                ("in_progress", |c| c.in_progress),
            ];
            let Some((_, pick)) = picks.iter().find(|(f, _)| heading_serves(heading, f)) else {
                continue;
            };
            let cells = rows.iter().filter_map(|row| row.get(column));
            let counts: Option<Vec<i64>> = cells.map(|cell| whole(cell)).collect();
            let Some(sum) = counts
                .filter(|c| !c.is_empty())
                .map(|c| c.iter().copied().fold(0, i64::saturating_add))
            else {
                continue;
            };
            let (of_corruption, of_general) = (pick(&corruption), pick(&general));
            let both = of_corruption.saturating_add(of_general);
            // It may count one kind, or both.
            if [of_corruption, of_general, both].contains(&sum) {
                continue;
            }
            let place = table.cell_place(0, column);
            found.push(
                finding(
                    "table-differs-from-records",
                    format!("คอลัมน์ “{heading}” ของตารางนี้รวมได้ {sum} แต่ข้อมูลรายเดือนรวมได้ {of_corruption}"),
                    format!("the column “{heading}” of this table adds up to {sum}, the records of the months to {of_corruption}"),
                )
                .at(place),
            );
            break;
        }
    }
    found
}

/// A count; a mark alone is none.
fn whole(cell: &str) -> Option<i64> {
    if matches!(cell.trim(), "" | "-" | "–" | "—") {
        return Some(0);
    }
    let amount = Baht::parse(cell).ok()?;
    (amount.0 % 100 == 0).then_some(amount.0 / 100)
}
