//! Dates: what is due, what is stale, what speaks of another year, who is in
//! office, what was spent.

pub mod deadlines;
mod future;
mod office;
mod pages;

use crate::site::currency::last_day;

use super::context::Context;
use super::finding::{Finding, Found, finding};
use super::places::{field, text_of};

pub fn check(context: &Context<'_>, found: &mut Found) {
    for &year in &context.years {
        if !context.site.years.contains_key(&year) {
            continue;
        }
        deadlines::check(context.site, year, found);
        pages::check(context.site, year, found);
        overspent(context, year, found);
    }
    office::check(context, found);
    future::check(context, found);
}

/// Lines that spent more than they had.
fn overspent(context: &Context<'_>, year: u16, found: &mut Found) {
    let Some(budget) = context.site.budgets.get(&year) else {
        return;
    };
    for line in budget.lines.iter().filter(|l| l.is_readable) {
        let amounts = crate::site::ledgers::Amounts::of([line]);
        let (spent, had) = (amounts.spent(4), amounts.adjusted());
        if spent <= had {
            continue;
        }
        let (spent, had) = (crate::thai::Baht(spent), crate::thai::Baht(had));
        found.push(
            finding(
                "overspent",
                format!(
                    "“{}” เบิกจ่าย {spent} บาท มากกว่างบประมาณหลังโอน {had} บาท",
                    line.item
                ),
                format!(
                    "“{}” spent {spent} baht of a budget of {had} baht",
                    line.item
                ),
            )
            .at(line.place.clone())
            .of_year(year),
        );
    }
}
