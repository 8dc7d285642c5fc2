//! Totals that an author wrote under a table of a page: prongsai adds up the
//! tables of records itself, but shows those of pages as they are.

use crate::check::Finding;
use crate::check::finding::finding;
use crate::content::sheet::{is_grand_total, is_total};
use crate::thai::{Baht, fold_key};

/// Headings of columns that nobody adds up: shares, averages, rates, numbers
/// of rows, years.
const NOT_ADDED: &[&str] = &[
    "ร้อยละ",
    "%",
    "เฉลี่ย",
    "อัตรา",
    "ลำดับ",
    "ปี",
    "percent",
    "average",
    "rate",
    "year",
    "no.",
];

/// Each figure in the last row that its column does not make: the row, the
/// column, and what to say. A table with sums of parts is left to its readers.
pub fn differing(head: &[String], rows: &[&[String]]) -> Vec<(usize, usize, Finding)> {
    let filled = |row: &&&[String]| row.iter().any(|c| !is_blank(c));
    let Some(last) = rows.iter().rposition(|row| filled(&row)) else {
        return Vec::new();
    };
    let (parts, total) = (&rows[..last], rows[last]);
    let plain = is_grand_total(total) && !parts.iter().any(|row| is_total(row));
    if !plain {
        return Vec::new();
    }
    (0..total.len())
        .filter(|column| !head.get(*column).is_some_and(|h| is_not_added(h)))
        .filter_map(|column| {
            let written = Baht::parse(&total[column]).ok()?;
            let sum = sum(parts.iter().filter_map(|row| row.get(column)))?;
            // Parts that were rounded need not make the whole to the last place.
            let slack = if written.0 % 100 == 0 && sum % 100 == 0 {
                0
            } else {
                i64::try_from(parts.len()).unwrap_or(i64::MAX)
            };
            ((sum - written.0).abs() > slack).then(|| {
                let sum = shown(Baht(sum), &total[column]);
                let written = total[column].trim();
                let differs = finding(
                    "total-differs",
                    format!("แถวรวมเขียนไว้ {written} แต่รวมจากทุกแถวได้ {sum}"),
                    format!("the row of totals says {written}, but the rows add up to {sum}"),
                );
                (last, column, differs)
            })
        })
        .collect()
}

fn is_blank(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "–")
}

fn is_not_added(heading: &str) -> bool {
    let heading = fold_key(heading);
    NOT_ADDED.iter().any(|n| heading.contains(&fold_key(n)))
}

/// `None` where a cell is no figure, or fewer than two are.
fn sum<'c>(cells: impl Iterator<Item = &'c String>) -> Option<i64> {
    let (mut sum, mut figures) = (0i64, 0);
    for cell in cells.filter(|c| !is_blank(c)) {
        sum = sum.checked_add(Baht::parse(cell).ok()?.0)?;
        figures += 1;
    }
    (figures > 1).then_some(sum)
}

/// With decimals where the author has them.
fn shown(sum: Baht, like: &str) -> String {
    if sum.0 % 100 == 0 && !like.contains('.') {
        crate::thai::group_digits(sum.0 / 100)
    } else {
        sum.to_string()
    }
}
