//! Open data: every table that the site shows as typed rows, the files that
//! hold them, and what describes them to machines.
//!
//! A [`Set`] is one table of one year, or of the whole site. Its rows come
//! from the linked site alone; its files (CSV, XLSX, JSON) are made when they
//! are first asked for, so that a page can tell their size and a preview makes
//! only what it shows.

pub mod describe;
pub mod json;
mod sets;
pub mod sheet;
pub mod value;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, OnceLock};

use sha2::{Digest as _, Sha256};

use crate::content::agency::Words;
use crate::diagnostic::Lang;
use crate::site::Site;
use crate::thai::Date;

pub use sets::pages::{note_slug, slug as page_slug};
pub use sets::procurement::ids as purchase_ids;
pub use sheet::{Column, Sheet};
pub use value::{Field, Kind, Value};

/// Where the files lie, in the website.
pub const FOLDER: &str = "data";

/// The formats of every table, as extensions.
pub const FORMATS: [Format; 3] = [Format::Csv, Format::Xlsx, Format::Json];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Json => "json",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Json => "application/json",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "CSV",
            Format::Xlsx => "XLSX",
            Format::Json => "JSON",
        }
    }
}

/// A file of a table.
#[derive(Debug)]
pub struct File {
    /// In the website: `data/2568/budget.csv`.
    pub path: String,
    pub format: Format,
    pub bytes: Vec<u8>,
    /// In hex.
    pub sha256: String,
}

/// What a workbook holds besides the rows as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Book {
    /// One sheet with the rows.
    #[default]
    Rows,
    /// The yearly form of sixteen columns, and สขร.1 for each month.
    Purchases(u16),
    /// สขร.1 of one month (1 is October).
    Month(u16, u8),
}

/// Columns, and rows with a value for each.
#[derive(Debug, Default)]
pub struct Table {
    pub fields: Vec<Field>,
    pub rows: Vec<Vec<Value>>,
}

/// A table that may be yet to be read. A site has thousands of pages with
/// tables of their own, and a preview shows few of them: those are read when
/// somebody asks.
type Lazy = LazyLock<Table, Box<dyn FnOnce() -> Table + Send>>;

impl Table {
    fn of(fields: &[Field], rows: Vec<Vec<Value>>) -> Lazy {
        let fields = fields.to_vec();
        Self::later(move || Table { fields, rows })
    }

    fn later(read: impl FnOnce() -> Table + Send + 'static) -> Lazy {
        LazyLock::new(Box::new(read))
    }
}

/// One table of the open data.
#[derive(Debug)]
pub struct Set {
    /// `budget`, or `tables/structure-steps` for a table of a page.
    pub slug: String,
    /// Buddhist; `None` holds for the whole site or all its years.
    pub year: Option<u16>,
    pub title: Words,
    pub about: Words,
    pub table: Lazy,
    /// Fields that tell rows apart.
    pub key: &'static [&'static str],
    /// Fields that may be added up.
    pub totals: &'static [&'static str],
    /// The day that its figures speak of.
    pub as_of: Option<Date>,
    /// The page that shows it.
    pub page: Option<String>,
    pub book: Book,
    /// The language of its columns; `None` where they have both.
    pub lang: Option<Lang>,
    /// The years that it holds, when it is the whole history of a table.
    pub years: Vec<u16>,
}

impl Set {
    /// `data/2568/budget`, without an extension.
    pub fn stem(&self) -> String {
        match self.year {
            Some(year) => format!("{FOLDER}/{year}/{}", self.slug),
            None => format!("{FOLDER}/{}", self.slug),
        }
    }

    pub fn path(&self, format: Format) -> String {
        format!("{}.{}", self.stem(), format.extension())
    }

    /// Whether it is a table that a page brought along.
    pub fn is_of_page(&self) -> bool {
        self.slug.starts_with("tables/")
    }

    /// Whether it is one month of another table.
    pub fn is_month(&self) -> bool {
        matches!(self.book, Book::Month(..))
    }

    /// What tells its rows apart: the values of its key as files write them,
    /// joined by spaces.
    pub fn row_ids(&self) -> impl Iterator<Item = String> {
        let fields = &self.table.fields;
        let key = self.key.iter();
        let at: Vec<usize> = key
            .filter_map(|key| fields.iter().position(|f| f.name == *key))
            .collect();
        self.table.rows.iter().map(move |row| {
            let values: Vec<_> = at
                .iter()
                .filter_map(|&at| row.get(at).map(Value::plain))
                .collect();
            values.join(" ")
        })
    }

    /// Where the schema of its JSON lies.
    pub fn schema(&self) -> String {
        let name = if self.is_of_page() {
            "tables"
        } else if self.is_month() {
            "procurement"
        } else {
            &self.slug
        };
        format!("{FOLDER}/schema/{name}.schema.json")
    }
}

/// All tables of a site.
pub struct Data {
    site: Arc<Site>,
    /// Files are named and left empty.
    only_names: bool,
    named: Arc<Named>,
    /// The files of each table and of each description, once they were made.
    files: Vec<OnceLock<Vec<File>>>,
    described: BTreeMap<String, OnceLock<Vec<u8>>>,
}

/// What there is, before any file is made.
struct Named {
    sets: Vec<Set>,
    /// Where among the sets, by slug and year.
    index: HashMap<String, BTreeMap<Option<u16>, usize>>,
    described: BTreeMap<String, describe::File>,
}

impl Data {
    pub fn of(site: Arc<Site>) -> Data {
        let mut sets = sets::all(&site);
        sets.extend(histories(&sets));
        let mut index: HashMap<String, BTreeMap<_, _>> = HashMap::new();
        for (at, set) in sets.iter().enumerate() {
            let years = index.entry(set.slug.clone()).or_default();
            years.insert(set.year, at);
        }
        let described = describe::files(&site, &sets);
        let named = Named {
            sets,
            index,
            described,
        };
        Data::none_made(site, Arc::new(named), false)
    }

    fn none_made(site: Arc<Site>, named: Arc<Named>, only_names: bool) -> Data {
        let paths = named.described.keys().cloned();
        Data {
            site,
            only_names,
            files: named.sets.iter().map(|_| OnceLock::new()).collect(),
            described: paths.map(|path| (path, OnceLock::new())).collect(),
            named,
        }
    }

    /// For one who looks at pages and publishes nothing: the check reads what
    /// pages say and where they link to, and needs no file nor its size.
    pub fn without_files(&self) -> Data {
        Data::none_made(self.site.clone(), self.named.clone(), true)
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    pub fn sets(&self) -> &[Set] {
        &self.named.sets
    }

    pub fn get(&self, slug: &str, year: Option<u16>) -> Option<&Set> {
        self.sets().get(self.place(slug, year)?)
    }

    fn place(&self, slug: &str, year: Option<u16>) -> Option<usize> {
        self.named.index.get(slug)?.get(&year).copied()
    }

    /// Years that have a table of this name, newest first.
    pub fn years_of(&self, slug: &str) -> Vec<u16> {
        let mut years: Vec<u16> = self
            .sets()
            .iter()
            .filter(|s| s.slug == slug)
            .filter_map(|s| s.year)
            .collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years
    }

    /// The years that have tables, newest first.
    pub fn years(&self) -> Vec<u16> {
        let years: BTreeSet<u16> = self.sets().iter().filter_map(|s| s.year).collect();
        years.into_iter().rev().collect()
    }

    /// The newest day that any table speaks of.
    pub fn newest(&self) -> Option<Date> {
        self.sets().iter().filter_map(|s| s.as_of).max()
    }

    /// The files of a table, made on the first call.
    pub fn files(&self, set: &Set) -> &[File] {
        let made = self
            .place(&set.slug, set.year)
            .and_then(|at| self.files.get(at));
        let Some(made) = made else {
            return &[];
        };
        made.get_or_init(|| {
            FORMATS
                .iter()
                .map(|format| {
                    let bytes = self.bytes_of(set, *format);
                    File {
                        path: set.path(*format),
                        format: *format,
                        sha256: sha256(&bytes),
                        bytes,
                    }
                })
                .collect()
        })
    }

    fn bytes_of(&self, set: &Set, format: Format) -> Vec<u8> {
        if self.only_names {
            return Vec::new();
        }
        match format {
            Format::Csv => sheet::csv(set.table.fields.iter().map(|f| &*f.name), &set.table.rows),
            Format::Json => describe::table(self, set),
            // Sheets are ours: names and sizes are within the limits.
            Format::Xlsx => {
                let author = &self.site.content.settings.agency.name.th;
                sheet::xlsx(&set.title.th, author, &sets::sheets(&self.site, set))
                    .unwrap_or_default()
            }
        }
    }

    /// Every file of the open data, by its path in the website.
    pub fn paths(&self) -> impl Iterator<Item = String> {
        let tables = self
            .sets()
            .iter()
            .flat_map(|set| FORMATS.iter().map(|format| set.path(*format)));
        tables.chain(self.named.described.keys().cloned())
    }

    /// The bytes of one of [`Data::paths`].
    pub fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        if let Some(file) = self.named.described.get(path) {
            let made = self.described.get(path)?;
            return Some(Cow::Borrowed(
                made.get_or_init(|| describe::bytes(self, path, file)),
            ));
        }
        let (stem, _) = path.rsplit_once('.')?;
        let inside = stem.strip_prefix(FOLDER)?.strip_prefix('/')?;
        let of_year = inside
            .split_once('/')
            .and_then(|(year, slug)| Some((Some(year.parse().ok()?), slug)));
        let (year, slug) = of_year.unwrap_or((None, inside));
        let set = self.get(slug, year)?;
        let file = self.files(set).iter().find(|f| f.path == path)?;
        Some(Cow::Borrowed(&file.bytes))
    }
}

/// In hex.
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

/// All years of each table in one, where the years have the same columns. A
/// table of a page has none: no column of it tells the year.
fn histories(sets: &[Set]) -> Vec<Set> {
    let mut by_slug: BTreeMap<&str, Vec<&Set>> = BTreeMap::new();
    for set in sets
        .iter()
        .filter(|s| s.year.is_some() && !s.is_month() && !s.is_of_page())
    {
        by_slug.entry(&set.slug).or_default().push(set);
    }
    let taken: BTreeSet<&str> = sets
        .iter()
        .filter(|s| s.year.is_none())
        .map(|s| s.slug.as_str())
        .collect();
    by_slug
        .into_iter()
        .filter(|(slug, _)| !taken.contains(slug))
        .filter_map(|(slug, mut all)| {
            all.sort_by_key(|s| s.year);
            let newest = *all.last()?;
            let fields = &newest.table.fields;
            let rows = all.iter().flat_map(|s| s.table.rows.iter().cloned());
            let same = all.iter().all(|s| s.table.fields == *fields);
            same.then(|| Set {
                slug: slug.to_string(),
                year: None,
                title: newest.title.clone(),
                about: newest.about.clone(),
                table: Table::of(fields, rows.collect()),
                key: newest.key,
                totals: &[],
                as_of: all.iter().filter_map(|s| s.as_of).max(),
                page: newest.page.clone(),
                book: Book::Rows,
                lang: newest.lang,
                years: all.iter().filter_map(|s| s.year).collect(),
            })
        })
        .collect()
}
