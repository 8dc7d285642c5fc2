//! Readers who hear a page, enlarge it or see it badly: what content alone
//! decides. What the theme makes of it is the theme's own matter.

mod colours;
mod headings;
mod language;
mod pictures;
mod tables;

use super::context::Context;
use super::finding::Found;
use super::judged;

pub fn check(context: &Context<'_>, found: &mut Found) {
    for text in judged::judged(context) {
        headings::check(&text, found);
        pictures::check(&text, found);
        tables::check(&text, found);
        language::check(&text, found);
        if &*text.file == "content/site.toml" {
            colours::check(context, &text, found);
        }
    }
    tables::check_own(context, found);
}
