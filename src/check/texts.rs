//! What is judged text by text and sheet by sheet, each opened and taken apart
//! once for all the rules that read it.

use rayon::prelude::*;

use super::context::Context;
use super::finding::Found;
use super::text::Spelling;
use super::{access, blanks, text};

pub fn check(context: &Context<'_>, found: &mut Found) {
    let spelling = Spelling::of(context.site);
    let of_texts = context.judged.texts.par_iter().map(|one| {
        let mut found = Found::default();
        let one = one.taken_apart();
        access::of_text(context, &one, &mut found);
        text::of_text(&one, &spelling, &mut found);
        blanks::of_text(context, &one, &mut found);
        found
    });
    let of_sheets = context.judged.sheets.par_iter().map(|sheet| {
        let mut found = Found::default();
        text::of_sheet(sheet, &spelling, &mut found);
        blanks::of_sheet(context, sheet, &mut found);
        found
    });
    for one in of_texts.chain(of_sheets).collect::<Vec<Found>>() {
        found.merge(one);
    }
}
