//! The quality of texts that were pasted from reports, scans and old
//! programs: letters that look right and are not, words and numbers that
//! stand twice.

mod doubled;
mod letters;
mod numbering;
mod words;

use rayon::prelude::*;

use crate::content::FOLDER;

use super::context::Context;
use super::finding::Found;
use super::judged::is_judged;
use words::Words;

pub fn check(context: &Context<'_>, found: &mut Found) {
    let files = context.site.files.as_ref();
    let of_files: Vec<Found> = context
        .site
        .content
        .listing
        .entries
        .par_iter()
        .filter(|entry| entry.path.starts_with_dir(FOLDER) && is_judged(context, &entry.path))
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
