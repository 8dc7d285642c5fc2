//! Readers who hear a page, enlarge it or see it badly: what content alone
//! decides. What the theme makes of it is the theme's own matter.

mod broken;
mod headings;
mod language;
mod pictures;
mod sections;
mod tables;
mod totals;

use rayon::prelude::*;

use super::context::Context;
use super::finding::Found;

pub fn check(context: &Context<'_>, found: &mut Found) {
    let of_files: Vec<Found> = context
        .judged
        .texts
        .par_iter()
        .map(|text| {
            let mut found = Found::default();
            headings::check(text, &mut found);
            sections::check(context, text, &mut found);
            pictures::check(text, &mut found);
            tables::check(text, &mut found);
            broken::check(text, &mut found);
            language::check(text, &mut found);
            found
        })
        .collect();
    for one in of_files {
        found.merge(one);
    }
    tables::check_own(context, found);
}
