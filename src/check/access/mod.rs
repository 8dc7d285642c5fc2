//! Readers who hear a page, enlarge it or see it badly: what content alone
//! decides. What the theme makes of it is the theme's own matter.

mod broken;
mod headings;
mod language;
mod pictures;
mod sections;
mod tables;
mod totals;

use crate::content::TakenApart;

use super::context::Context;
use super::finding::Found;

pub fn of_text(context: &Context<'_>, text: &TakenApart<'_>, found: &mut Found) {
    headings::check(text, found);
    sections::check(context, text, found);
    pictures::check(text, found);
    tables::check(text, found);
    broken::check(text, found);
    language::check(text, found);
}

/// Tables of pages that stand beside their texts.
pub fn check(context: &Context<'_>, found: &mut Found) {
    tables::check_own(context, found);
}
