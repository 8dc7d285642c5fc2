//! The content files whose words are judged, opened once for all rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::page::{PageTable, TableSource};
use crate::content::sheet::{Grid, read_csv};
use crate::content::{FOLDER, Reread, folder_year, is_dataset, read_all_sheets, reread};
use crate::diagnostic::At;
use crate::fields::Value;
use crate::files::{Files, SitePath};
use crate::site::Site;

use super::context::Context;

/// What the webmaster wrote, in the judged years and for the whole site.
pub struct Judged {
    /// Markdown and TOML files; not drafts, and not catalogues, whose words the
    /// webmaster did not choose.
    pub texts: Vec<Reread>,
    /// What is read as a table: CSV files, workbooks of records, and those that
    /// pages show.
    pub sheets: Vec<Sheet>,
}

pub struct Sheet {
    pub file: Arc<str>,
    pub grid: Grid,
}

impl Judged {
    pub fn of(site: &Site, years: &[u16]) -> Judged {
        let files = site.files.as_ref();
        let entries = &site.content.listing.entries;
        let paths = || {
            entries
                .par_iter()
                .map(|entry| &entry.path)
                .filter(|path| path.starts_with_dir(FOLDER) && is_of(years, path))
        };
        let texts = paths()
            .filter(|path| path.file_name() != "catalogue.toml")
            .filter_map(|path| reread(files, path))
            .filter(|text| {
                let draft = text.fields.get("draft").map(|n| &n.value);
                site.options.drafts || !matches!(draft, Some(Value::Bool(true)))
            })
            .collect();
        let mut sheets: Vec<Sheet> = paths().flat_map_iter(|path| sheets(files, path)).collect();
        sheets.extend(shown_workbooks(site, years));
        Judged { texts, sheets }
    }
}

/// The sheets of a file that is read as a table.
fn sheets(files: &dyn Files, path: &SitePath) -> Vec<Sheet> {
    let file: Arc<str> = path.as_str().into();
    let grids = match path.extension().as_deref() {
        Some("csv") => {
            let text = files.read_text(path).ok();
            let grid = text.and_then(|decoded| read_csv(&file, &decoded.text).ok());
            grid.into_iter().collect()
        }
        Some("xlsx") if is_dataset(path) => {
            let bytes = files.read(path).ok();
            bytes
                .and_then(|bytes| read_all_sheets(&file, &bytes).ok())
                .unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let of_file = |grid| Sheet {
        file: file.clone(),
        grid,
    };
    grids.into_iter().map(of_file).collect()
}

/// The sheets of workbooks that pages show as tables, each once.
fn shown_workbooks(site: &Site, years: &[u16]) -> Vec<Sheet> {
    let tables = site.pages_written().flat_map(|page| &page.extras.tables);
    let shown: BTreeMap<(&SitePath, At), &Grid> = tables
        .filter_map(workbook)
        // Records were read with their files.
        .filter(|(path, _)| is_of(years, path) && !is_dataset(path))
        .map(|(path, grid)| ((path, grid.at(0, 0)), grid))
        .collect();
    let sheet = |((path, _), grid): ((&SitePath, At), &Grid)| Sheet {
        file: path.as_str().into(),
        grid: grid.clone(),
    };
    shown.into_iter().map(sheet).collect()
}

fn workbook(table: &PageTable) -> Option<(&SitePath, &Grid)> {
    match &table.source {
        TableSource::File {
            file: Some(path),
            grid,
            ..
        } if path.extension().as_deref() == Some("xlsx") => Some((path, grid)),
        _ => None,
    }
}

/// The assessment year in whose folder a content file lies.
pub fn year_of(path: &SitePath) -> Option<u16> {
    let inside = path.strip_dir(FOLDER)?;
    let inside = inside.strip_prefix("en/").unwrap_or(inside);
    folder_year(inside.split_once('/')?.0)
}

/// Whether a file belongs to a judged year, or to no year.
pub fn is_judged(context: &Context<'_>, path: &SitePath) -> bool {
    is_of(&context.years, path)
}

fn is_of(years: &[u16], path: &SitePath) -> bool {
    year_of(path).is_none_or(|year| years.contains(&year))
}
