//! Spending that is over and of which the records tell nothing: a quarter
//! whose cells are blank, or in which nothing at all was paid, though salaries
//! are paid every month.

use crate::catalogue::{Element, Item, PeriodKind, TopicKind, heading_serves};
use crate::content::ledger::BudgetLine;
use crate::content::sheet::is_total;
use crate::diagnostic::{Place, Severity};
use crate::site::ledgers::Budget;
use crate::site::prove::quarters_asked;
use crate::site::{Site, TopicPage};
use crate::thai::{Baht, Month, Substance, substance, to_arabic};

use super::finding::{Finding, finding};

/// What is paid in every quarter, in the names of lines and kinds of budget.
const PAID_ALWAYS: &[&str] = &["งบบุคลากร", "เงินเดือน", "ค่าตอบแทน", "ค่าจ้าง", "เบี้ยยังชีพ"];

/// Fewer lines may well have paid nothing in half a year.
const FEW_LINES: usize = 3;

pub fn check(site: &Site, year: u16, item: &Item, topic: &TopicPage) -> Vec<Finding> {
    let asks = |e: &&Element| topic.serves(e) && e.fields().any(|field| field == "spent");
    let Some(element) = item.elements.iter().find(asks) else {
        return Vec::new();
    };
    let fiscal = Site::record_year(year, element.period_kind);
    let asked = quarters_asked(element.period_kind);
    // Only those that are over can have been paid in full.
    let due: Vec<usize> = (0..asked)
        .filter(|quarter| {
            let months = Month::months_of_fiscal_year(fiscal);
            let last = months.get(quarter * 3 + 2);
            last.is_some_and(|m| m.last_day() < site.options.today)
        })
        .collect();
    let mut found = Vec::new();
    if topic.kind == TopicKind::Budget
        && let Some(budget) = site.budgets.get(&fiscal)
    {
        found.extend(of_budget(budget, &due));
    }
    let is_over = matches!(
        element.period_kind,
        PeriodKind::FirstHalf | PeriodKind::PreviousYear
    ) && due.len() == asked;
    if is_over {
        found.extend(of_tables(site, year, topic, &due));
    }
    found
}

/// Quarters as a message names them: `1, 2`.
fn named(quarters: &[usize]) -> String {
    let all: Vec<String> = quarters.iter().map(|q| (q + 1).to_string()).collect();
    all.join(", ")
}

fn tell(th: String, en: String) -> Finding {
    finding("spending-of-nothing", th, en)
}

/// The quarters of the budget's own lines.
fn of_budget(budget: &Budget, due: &[usize]) -> Vec<Finding> {
    let lines = &budget.lines;
    let paid = |line: &BudgetLine, quarter: usize| line.quarters.get(quarter).copied().flatten();
    let is_known = |quarter: usize| lines.iter().any(|l| paid(l, quarter).is_some());
    let blank = |quarter: usize| {
        let cells = lines
            .iter()
            .filter_map(move |l| l.blank_quarters.get(quarter));
        cells.flatten()
    };
    // A table without columns of quarters, or without a figure of any, is a
    // plan; one whose columns are there was to be filled in.
    let any_known = due.iter().any(|q| is_known(*q));
    let is_open =
        |quarter: &usize| !is_known(*quarter) && (any_known || blank(*quarter).next().is_some());
    let open: Vec<usize> = due.iter().copied().filter(is_open).collect();
    let first = lines.first().map(|l| &l.place);
    let mut found = Vec::new();
    if let Some(place) = open.iter().find_map(|q| blank(*q).next()).or(first)
        && !open.is_empty()
    {
        let quarters = named(&open);
        found.push(
            tell(
                format!("ไตรมาส {quarters} สิ้นสุดแล้ว แต่ไม่มียอดเบิกจ่ายสักแถว"),
                format!(
                    "no row tells what was paid in quarter {quarters}, though that time is over"
                ),
            )
            .at(place.clone()),
        );
    }
    let known: Vec<usize> = due.iter().copied().filter(|q| is_known(*q)).collect();
    let is_zero = |quarter: &usize| {
        let mut all = lines.iter().filter_map(|l| paid(l, *quarter));
        all.all(|amount| amount.0 == 0)
    };
    let zero: Vec<usize> = known.iter().copied().filter(is_zero).collect();
    let is_certain = lines.iter().any(pays_always);
    let in_all = zero.len() == known.len() && lines.len() >= FEW_LINES;
    if let Some(place) = first
        && budget.total.adjusted() > 0
        && !zero.is_empty()
        && (is_certain || in_all)
    {
        let quarters = named(&zero);
        let mut one = tell(
            format!("ไตรมาส {quarters} เบิกจ่าย 0 บาททุกแถว"),
            format!("every row paid 0 baht in quarter {quarters}"),
        )
        .at(place.clone());
        if !is_certain {
            one.diagnostic.severity = Severity::Advice;
        }
        found.push(one);
    }
    let rows = lines.iter().filter(|line| {
        let is_blank = |q: &&usize| line.blank_quarters.get(**q).is_some_and(Option::is_some);
        known.iter().find(is_blank).is_some()
    });
    let count = rows.count();
    if let Some(place) = known.iter().find_map(|q| blank(*q).next()) {
        let mut one = tell(
            format!("ยอดเบิกจ่ายของไตรมาสที่สิ้นสุดแล้วว่าง {count} แถว อ่านไม่ออกว่าไม่ได้จ่ายหรือยังไม่ใส่"),
            format!("what was paid in a quarter that is over is blank in {count} rows: nothing, or not filled in?"),
        )
        .at(place.clone());
        one.diagnostic.severity = Severity::Advice;
        found.push(one);
    }
    found
}

fn pays_always(line: &BudgetLine) -> bool {
    let kind = line.budget_type.as_deref().unwrap_or_default();
    let says = |text: &str| PAID_ALWAYS.iter().any(|word| text.contains(word));
    line.approved.0 > 0 && (says(kind) || says(&line.item))
}

/// Tables of the page: columns of money that was paid, of a budget that is
/// more than nothing.
fn of_tables(site: &Site, year: u16, topic: &TopicPage, due: &[usize]) -> Vec<Finding> {
    let Some(page) = site.topic_text(year, topic) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for table in &page.extras.tables {
        let grid = table.grid();
        let Some((head, rows)) = grid.rows.split_first() else {
            continue;
        };
        if let Some((column, heading)) = paid_nothing(head, rows, due) {
            let place = table.cell_place(0, column);
            found.push(of_column(heading).at(place));
        }
    }
    for table in &page.outline.tables {
        let head: Vec<String> = table.header().into_iter().map(str::to_string).collect();
        if let Some((_, heading)) = paid_nothing(&head, &table.rows, due) {
            let at = page.body.start + table.start;
            found.push(of_column(heading).at(Place::span(page.file.clone(), at..at + 1)));
        }
    }
    found
}

fn of_column(heading: &str) -> Finding {
    tell(
        format!("คอลัมน์ “{heading}” ว่างหรือเป็น 0 ทุกแถว ทั้งที่ช่วงเวลานั้นสิ้นสุดแล้ว"),
        format!("the column “{heading}” is blank or 0 in every row, though that time is over"),
    )
}

/// Parts of what was paid, and what makes another thing of it.
const PAID: &[&str] = &["เบิกจ่าย", "จ่ายจริง"];
const NOT_PAID: &[&str] = &["ร้อยละ", "เหลือ", "ค้าง", "ไม่", "แผน", "เป้า"];

fn is_paid(heading: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    (heading_serves(heading, "spent") || says(PAID)) && !says(NOT_PAID)
}

/// The first column of money paid that holds none, where all do, or where it
/// is that of a quarter that is over.
fn paid_nothing<'t>(
    head: &'t [String],
    rows: &[Vec<String>],
    due: &[usize],
) -> Option<(usize, &'t str)> {
    let rows: Vec<&Vec<String>> = rows.iter().filter(|row| !is_total(row)).collect();
    if rows.len() < FEW_LINES {
        return None;
    }
    let holds = |column: usize, test: &dyn Fn(&str) -> bool| {
        let mut cells = rows.iter().filter_map(|row| row.get(column));
        cells.any(|cell| test(cell))
    };
    let columns = || {
        head.iter()
            .enumerate()
            .map(|(at, heading)| (at, heading.as_str()))
    };
    let has_money = columns().any(|(at, heading)| {
        let is_budget = heading_serves(heading, "budget") || heading.starts_with("งบประมาณ");
        is_budget
            && !is_paid(heading)
            && holds(at, &|cell| Baht::parse(cell).is_ok_and(|b| b.0 > 0))
    });
    if !has_money {
        return None;
    }
    // Words in place of a sum tell why there is none.
    let says = |cell: &str| match Baht::parse(cell) {
        Ok(amount) => amount.0 != 0,
        Err(_) => substance(cell) != Substance::Nothing,
    };
    let mut paid = columns().filter(|(_, heading)| is_paid(heading)).peekable();
    let first = paid.peek().copied()?;
    let empty: Vec<(usize, &str)> = paid.clone().filter(|(at, _)| !holds(*at, &says)).collect();
    if empty.len() == paid.count() {
        return Some(first);
    }
    let is_due = |heading: &str| {
        let after = heading.split_once("ไตรมาส").map(|(_, rest)| rest);
        let number =
            after.map(|rest| to_arabic(rest.trim_start_matches("ที่").trim_start()).into_owned());
        let quarter = number.and_then(|n| n.chars().next()?.to_digit(10));
        quarter.is_some_and(|q| due.iter().any(|d| *d + 1 == q as usize))
    };
    empty.into_iter().find(|(_, heading)| is_due(heading))
}
