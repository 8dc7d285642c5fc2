//! The quality of texts that were pasted from reports, scans and old
//! programs: letters that look right and are not, words and numbers that
//! stand twice.

mod doubled;
mod letters;
mod numbering;
mod words;

use rayon::prelude::*;

use crate::content::FOLDER;
use crate::files::Entry;

use super::context::Context;
use super::finding::Found;
use words::Words;

pub fn check(context: &Context<'_>, found: &mut Found) {
    let files = context.site.files.as_ref();
    let of_files: Vec<Found> = context
        .site
        .content
        .listing
        .entries
        .par_iter()
        .filter(|entry| is_judged(context, entry))
        .map(|entry| {
            let mut found = Found::default();
            let texts = words::of_file(files, &entry.path);
            letters::check(&texts, &mut found);
            for text in &texts {
                doubled::check(text, &mut found);
            }
            numbering::check(files, &entry.path, &mut found);
            found
        })
        .collect();
    for one in of_files {
        found.merge(one);
    }
}

/// Files of the whole site, and of the years that are judged.
fn is_judged(context: &Context<'_>, entry: &Entry) -> bool {
    let Some(inside) = entry.path.strip_dir(FOLDER) else {
        return false;
    };
    let inside = inside.strip_prefix("en/").unwrap_or(inside);
    let folder = inside.split('/').next().unwrap_or_default();
    let year = folder.parse().ok().filter(|y| (2500..2700).contains(y));
    year.is_none_or(|year: u16| context.years.contains(&year))
}
