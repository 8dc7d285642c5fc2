//! The content files whose words are judged.

use rayon::prelude::*;

use crate::content::{FOLDER, Reread, folder_year, reread};
use crate::fields::Value;
use crate::files::SitePath;

use super::context::Context;

/// The assessment year in whose folder a content file lies.
pub fn year_of(path: &SitePath) -> Option<u16> {
    let inside = path.strip_dir(FOLDER)?;
    let inside = inside.strip_prefix("en/").unwrap_or(inside);
    folder_year(inside.split_once('/')?.0)
}

/// Whether a file belongs to a judged year, or to no year.
pub fn is_judged(context: &Context<'_>, path: &SitePath) -> bool {
    year_of(path).is_none_or(|year| context.years.contains(&year))
}

/// Markdown and TOML files of the judged years and of the whole site; not
/// drafts, and not catalogues, whose words the webmaster did not choose.
pub fn judged(context: &Context<'_>) -> Vec<Reread> {
    let site = context.site;
    site.content
        .listing
        .entries
        .par_iter()
        .filter(|e| e.path.starts_with_dir(FOLDER) && is_judged(context, &e.path))
        .filter(|e| e.path.file_name() != "catalogue.toml")
        .filter_map(|e| reread(site.files.as_ref(), &e.path))
        .filter(|text| {
            let draft = text.fields.get("draft").map(|n| &n.value);
            site.options.drafts || !matches!(draft, Some(Value::Bool(true)))
        })
        .collect()
}
