//! Files → typed records, every field with its place. Records know nothing of
//! each other; the site room links them.

pub mod agency;
pub mod contact;
pub mod handed_in;
pub mod ledger;
pub mod markdown;
pub mod measures;
mod memo;
pub mod page;
pub mod pictures;
mod reread;
pub mod sheet;
mod skr1;
mod source;
mod unused;
mod workbook;
pub mod year;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::catalogue::{Catalogues, ItemId};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Say, nearest};
use crate::fields::{Fields, Findings};
use crate::files::{Entry, Files, Listing, SitePath};
use crate::imaging::{Inspected, is_picture_name};
use crate::thai;

use agency::{Channel, Person, Redirect, Settings, Unit};
use handed_in::HandedIn;
use ledger::{BudgetLine, ComplaintCount, Purchase};
use measures::MeasuresFile;
use page::{Page, TableSource, read_page};
use pictures::Pictures;
use sheet::{Column, Grid, rows_as_tables};
use source::{file_diagnostic, read_grid, read_markdown, read_text, read_toml};
use year::YearRecord;

pub use memo::Memo;
pub use reread::{Reread, TakenApart, reread};
pub use source::{read_note, read_text as read_source_text};
pub use unused::{is_dataset, unused};
pub use workbook::{MAX_UNPACKED, read_all_sheets};

/// The folder of a site that holds what the webmaster writes.
pub const FOLDER: &str = "content";

/// A Markdown page and where it lives: its path under `content/` without the
/// extension (`2568/complaint-channels`, `pages/history`), English pages
/// without their leading `en/`.
#[derive(Clone, Debug)]
pub struct PageFile {
    pub key: Arc<str>,
    pub page: Arc<Page>,
}

/// What one year's folder holds.
#[derive(Debug, Default)]
pub struct YearFolder {
    pub record: YearRecord,
    /// Topic pages and pages under them; keys without the year.
    pub pages: Vec<PageFile>,
    pub measures: Option<MeasuresFile>,
    pub report: Option<MeasuresFile>,
    pub budget: Vec<BudgetLine>,
    pub purchases: Vec<Purchase>,
    pub complaints: Vec<ComplaintCount>,
    pub people: Option<Vec<Person>>,
    /// The addresses that were handed in for the assessment.
    pub handed_in: Option<HandedIn>,
    /// Measures written one a file, in the order of their names.
    measure_files: Vec<measures::MeasureRow>,
}

/// Everything that a content folder says.
#[derive(Debug, Default)]
pub struct Content {
    pub settings: Settings,
    pub people: Vec<Person>,
    pub units: Vec<Unit>,
    pub channels: Vec<Channel>,
    pub redirects: Vec<Redirect>,
    pub years: BTreeMap<u16, YearFolder>,
    pub home: Option<Arc<Page>>,
    pub pages: Vec<PageFile>,
    pub news: Vec<PageFile>,
    /// English pages by the key of their Thai counterpart.
    pub english: BTreeMap<Arc<str>, Arc<Page>>,
    pub catalogues: Catalogues,
    pub pictures: Pictures,
    pub listing: Listing,
}

/// What a file turned out to be.
#[derive(Clone)]
enum Record {
    Settings(Box<Settings>),
    People(Option<u16>, Vec<Person>),
    Units(Vec<Unit>),
    Channels(Vec<Channel>),
    Redirects(Vec<Redirect>),
    Year(u16, YearRecord),
    HandedIn(u16, HandedIn),
    Catalogue(u16, String, String),
    Measures(u16, MeasuresFile),
    MeasureRow(u16, measures::MeasureRow),
    Report(u16, MeasuresFile),
    Budget(u16, Vec<BudgetLine>),
    Purchases(u16, Vec<Purchase>),
    Complaints(u16, Vec<ComplaintCount>),
    Home(Arc<Page>),
    Page(PageFile),
    News(PageFile),
    YearPage(u16, PageFile),
    English(Arc<str>, Arc<Page>),
    Picture(SitePath, Arc<Inspected>),
    /// Documents and spreadsheets that pages name.
    Attachment,
    Unknown,
}

/// A file's record for this load alone, or one that later loads may use.
enum Read {
    Once(Box<Record>, Vec<Diagnostic>),
    Kept(Arc<memo::Kept>),
}

/// Reads every file of `content/`, in parallel, going on after each error.
pub fn read(files: &dyn Files, memo: &mut Memo) -> (Content, Diagnostics) {
    let listing = files.list();
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(listing.problems.iter().map(file_diagnostic));
    let read: Vec<(&SitePath, Read)> = listing
        .entries
        .par_iter()
        .filter(|entry| entry.path.starts_with_dir(FOLDER))
        .map(|entry| {
            if let Some(kept) = memo.get(files, &entry.path) {
                return (&entry.path, Read::Kept(kept.clone()));
            }
            let noting = memo::Noting::new(files);
            let mut found = Vec::new();
            let record = read_entry(&noting, entry, &mut found);
            let read = match noting.sources(&entry.path) {
                Some(from) => Read::Kept(Arc::new(memo::Kept {
                    from,
                    record,
                    found,
                })),
                None => Read::Once(Box::new(record), found),
            };
            (&entry.path, read)
        })
        .collect();
    memo.replace(read.iter().filter_map(|(path, read)| match read {
        Read::Kept(kept) => Some(((*path).clone(), kept.clone())),
        Read::Once(..) => None,
    }));
    let read: Vec<Read> = read.into_iter().map(|(_, read)| read).collect();
    let mut content = Content {
        catalogues: Catalogues::builtin(),
        listing,
        ..Content::default()
    };
    let mut has_settings = false;
    for read in read {
        let (record, found) = match read {
            Read::Once(record, found) => (*record, found),
            Read::Kept(kept) => (kept.record.clone(), kept.found.clone()),
        };
        diagnostics.extend(found);
        has_settings |= matches!(record, Record::Settings(_));
        content.take(record, &mut diagnostics);
    }
    // The order of files is not that of keys: `a-b.md` comes before `a.md`.
    content.pages.sort_by(|a, b| a.key.cmp(&b.key));
    content.news.sort_by(|a, b| a.key.cmp(&b.key));
    for folder in content.years.values_mut() {
        let rows = std::mem::take(&mut folder.measure_files);
        if !rows.is_empty() {
            folder
                .measures
                .get_or_insert_with(MeasuresFile::default)
                .rows
                .extend(rows);
        }
    }
    let mut diagnostics = gathered(without_followers(diagnostics));
    report_twins(&content.listing, &mut diagnostics);
    if !has_settings {
        diagnostics.push(no_site(&content.listing));
    }
    (content, diagnostics)
}

fn no_site(listing: &Listing) -> Diagnostic {
    let missing = Diagnostic::error(
        "no-site",
        Say::new(
            "ไม่พบไฟล์ content/site.toml ซึ่งบอกชื่อหน่วยงานและที่อยู่เว็บไซต์",
            "content/site.toml, which names the agency and its address, was not found",
        ),
    );
    // Windows hides the end of a name, and Notepad adds its own: site.toml.txt.
    let misnamed = listing.entries.iter().find(|entry| {
        let name = entry.path.strip_dir(FOLDER).unwrap_or_default();
        name.to_ascii_lowercase().starts_with("site.toml.")
    });
    match misnamed {
        Some(entry) => missing
            .at(Place::file(entry.path.as_str()))
            .hint(Say::new(
                "เปลี่ยนชื่อไฟล์นี้เป็น site.toml (ใน Windows ให้เลือก มุมมอง > แสดง > นามสกุลของชื่อไฟล์ จึงจะเห็นชื่อเต็ม)",
                "rename this file to site.toml (Windows shows the whole name after View > Show > File name extensions)",
            )),
        None => missing
            .at(Place::file("content/site.toml"))
            .hint(Say::new(
                "เปิดหน้าต่างคำสั่งในโฟลเดอร์ที่มี content อยู่ หรือใช้ --root ตามด้วยชื่อโฟลเดอร์นั้น",
                "run prongsai in the folder that holds content, or name it with --root",
            )),
    }
}

impl Content {
    fn take(&mut self, record: Record, diagnostics: &mut Diagnostics) {
        match record {
            Record::Settings(settings) => self.settings = *settings,
            Record::People(None, people) => self.people = people,
            Record::People(Some(year), people) => self.year(year).people = Some(people),
            Record::Units(units) => self.units = units,
            Record::Channels(channels) => self.channels = channels,
            Record::Redirects(redirects) => self.redirects.extend(redirects),
            Record::Year(year, record) => self.year(year).record = record,
            Record::HandedIn(year, record) => self.year(year).handed_in = Some(record),
            Record::Catalogue(year, file, text) => {
                self.year(year);
                diagnostics.extend(self.catalogues.with_site_file(year, &file, &text));
            }
            Record::Measures(year, file) => self.year(year).measures = Some(file),
            Record::MeasureRow(year, row) => self.year(year).measure_files.push(row),
            Record::Report(year, file) => self.year(year).report = Some(file),
            Record::Budget(year, lines) => self.year(year).budget = lines,
            Record::Purchases(year, rows) => self.year(year).purchases = rows,
            Record::Complaints(year, rows) => self.year(year).complaints = rows,
            Record::Home(page) => self.home = Some(page),
            Record::Page(page) => self.pages.push(page),
            Record::News(page) => self.news.push(page),
            Record::YearPage(year, page) => self.year(year).pages.push(page),
            Record::English(key, page) => {
                self.english.insert(key, page);
            }
            Record::Picture(path, inspected) => self.pictures.take(path, inspected),
            Record::Attachment | Record::Unknown => {}
        }
    }

    fn year(&mut self, year: u16) -> &mut YearFolder {
        self.years.entry(year).or_default()
    }
}

/// What a file lacks can't be told while its text can't be read: a field may
/// stand in the broken line.
fn without_followers(diagnostics: Diagnostics) -> Diagnostics {
    let broken: std::collections::BTreeSet<Arc<str>> = diagnostics
        .iter()
        .filter(|d| d.code == "toml-syntax")
        .filter_map(|d| d.place.as_ref().map(|p| p.file.clone()))
        .collect();
    // A value that can't be read is told as that; that TOML can't read it
    // either says nothing more.
    let told: std::collections::BTreeSet<(Arc<str>, u32)> = diagnostics
        .iter()
        .filter(|d| d.code != "toml-syntax")
        .filter_map(start_of)
        .collect();
    let mut kept = Diagnostics::default();
    kept.extend(diagnostics.into_iter().filter(|d| {
        if d.code == "toml-syntax" && start_of(d).is_some_and(|s| told.contains(&s)) {
            return false;
        }
        let follows = matches!(d.code, "missing-field" | "wrong-kind");
        !(follows && d.place.as_ref().is_some_and(|p| broken.contains(&p.file)))
    }));
    kept
}

/// As many messages of one cause are one: a folder that was copied, a table
/// whose rows are all of another year.
fn gathered(diagnostics: Diagnostics) -> Diagnostics {
    const MANY: usize = 3;
    let key = |d: &Diagnostic| -> Option<String> {
        let file = &d.place.as_ref()?.file;
        match d.code {
            "month-outside-year" => Some(file.to_string()),
            "unknown-file" => {
                let (folder, _) = file.strip_prefix("content/")?.split_once('/')?;
                Some(format!("content/{folder}"))
            }
            _ => None,
        }
        .map(|at| format!("{} {at}", d.code))
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in diagnostics.iter().filter_map(key) {
        *counts.entry(key).or_default() += 1;
    }
    let mut told = std::collections::BTreeSet::new();
    let mut kept = Diagnostics::default();
    for one in diagnostics {
        let many = key(&one).and_then(|key| Some((counts.get(&key).copied()?, key)));
        let Some((count, key)) = many.filter(|(count, _)| *count >= MANY) else {
            kept.push(one);
            continue;
        };
        if !told.insert(key.clone()) {
            continue;
        }
        match key.strip_prefix("unknown-file ") {
            Some(folder) => kept.push(unknown_folder(folder, count)),
            None => kept.push(Diagnostic {
                message: Say::new(
                    format!("{} และอีก {} แถวในไฟล์นี้", one.message.th, count - 1),
                    format!(
                        "{}, and so do {} more rows of this file",
                        one.message.en,
                        count - 1
                    ),
                ),
                ..one
            }),
        }
    }
    kept
}

fn unknown_folder(folder: &str, count: usize) -> Diagnostic {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let one = Diagnostic::error(
        "unknown-file",
        Say::new(
            format!("prongsai ไม่รู้จักโฟลเดอร์นี้ จึงไม่เผยแพร่ {count} ไฟล์ที่อยู่ข้างใน"),
            format!(
                "prongsai does not know this folder, so the {count} files in it are not published"
            ),
        ),
    )
    .at(Place::file(folder));
    let year = name
        .get(..4)
        .and_then(folder_year)
        .filter(|_| name.len() > 4);
    let meant = thai::be_year(name).filter(|y| year.is_none() && (2550..2600).contains(y));
    if let Some(meant) = meant {
        return one.hint(Say::new(
            format!("โฟลเดอร์ของปีใช้ชื่อเป็น พ.ศ. สี่หลัก: เปลี่ยนชื่อเป็น {meant}"),
            format!("folders of years are named by four digits of the Buddhist era: rename it to {meant}"),
        ));
    }
    match year {
        Some(year) => one.hint(Say::new(
            format!("ดูเหมือนสำเนาของโฟลเดอร์ {year} ลบทิ้ง หรือย้ายออกไปนอกโฟลเดอร์ content"),
            format!("it looks like a copy of the folder {year}: delete it, or move it out of content"),
        )),
        None => one.hint(Say::new(
            "หน้าทั่วไปอยู่ใน pages/ ข่าวอยู่ใน news/ หน้าของแต่ละปีอยู่ในโฟลเดอร์ปี เช่น 2568/",
            "free pages go into pages/, news into news/, a year's pages into its folder, such as 2568/",
        )),
    }
}

/// The file and byte at which a message stands.
fn start_of(diagnostic: &Diagnostic) -> Option<(Arc<str>, u32)> {
    let place = diagnostic.place.as_ref()?;
    match &place.at {
        crate::diagnostic::At::Span(span) => Some((place.file.clone(), span.start)),
        _ => None,
    }
}

/// The same table as TOML and as a spreadsheet would be two truths.
fn report_twins(listing: &Listing, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<String, &Entry> = BTreeMap::new();
    for entry in &listing.entries {
        let extension = entry.path.extension();
        if !matches!(extension.as_deref(), Some("toml" | "csv" | "xlsx")) {
            continue;
        }
        if !DATASETS.contains(&entry.path.stem()) {
            continue;
        }
        let key = format!(
            "{}/{}",
            entry
                .path
                .parent()
                .map_or_else(String::new, |p| p.to_string()),
            entry.path.stem()
        );
        if let Some(other) = first.get(&key) {
            diagnostics.push(
                Diagnostic::error(
                    "same-table-twice",
                    Say::new(
                        format!("ข้อมูลชุดนี้มีสองไฟล์ อีกไฟล์คือ {}", other.path),
                        format!("this dataset is also in {}", other.path),
                    ),
                )
                .at(Place::file(entry.path.as_str()))
                .hint(Say::new(
                    "เก็บไว้ไฟล์เดียว แล้วลบหรือย้ายอีกไฟล์ออกจากโฟลเดอร์ content",
                    "keep one of them and move the other out of content",
                )),
            );
        } else {
            first.insert(key, entry);
        }
    }
}

const DATASETS: &[&str] = &[
    "people",
    "units",
    "channels",
    "redirects",
    "budget",
    "procurement",
    "complaints",
    "measures",
    "measures-report",
];
const YEAR_FILES: &[&str] = &[
    "year.toml",
    "handed-in.toml",
    "catalogue.toml",
    "people.toml",
    "budget.toml",
    "procurement.toml",
    "complaints.toml",
    "measures.toml",
    "measures-report.toml",
];
const SITE_FILES: &[&str] = &[
    "site.toml",
    "people.toml",
    "units.toml",
    "channels.toml",
    "redirects.toml",
    "index.md",
];

fn read_entry(files: &dyn Files, entry: &Entry, found: &mut Vec<Diagnostic>) -> Record {
    let path = &entry.path;
    let inside = path.strip_dir(FOLDER).unwrap_or_default();
    let extension = path.extension().unwrap_or_default();
    let parts: Vec<&str> = inside.split('/').collect();
    if is_picture_name(&extension) {
        return pictures::look(files, entry).map_or(Record::Attachment, |inspected| {
            Record::Picture(path.clone(), inspected)
        });
    }
    if parts.contains(&"files") && parts.len() > 1 {
        return Record::Attachment;
    }
    match (parts.as_slice(), extension.as_str()) {
        (["en", rest @ ..], "md") if !rest.is_empty() => {
            let key = rest.join("/");
            let key = key.strip_suffix(".md").unwrap_or(&key).into();
            page(files, path, found).map_or(Record::Unknown, |p| Record::English(key, p))
        }
        (["index.md"], _) => page(files, path, found).map_or(Record::Unknown, Record::Home),
        (["pages", _, ..], "md") => page_file(files, path, inside, found, Record::Page),
        (["news", _], "md") => page_file(files, path, inside, found, Record::News),
        ([year, rest @ ..], _) if folder_year(year).is_some() && !rest.is_empty() => {
            let year = folder_year(year).unwrap_or_default();
            read_year_file(files, path, year, rest, &extension, found)
        }
        ([name], _) if extension != "md" => read_site_file(files, path, name, found),
        (_, "md" | "toml") => {
            unknown_file(path, &[], found);
            Record::Unknown
        }
        _ => Record::Attachment,
    }
}

/// The assessment year that a folder of this name holds.
pub fn folder_year(name: &str) -> Option<u16> {
    let year: u16 = name.parse().ok()?;
    (2500..2700).contains(&year).then_some(year)
}

fn read_site_file(
    files: &dyn Files,
    path: &SitePath,
    name: &str,
    found: &mut Vec<Diagnostic>,
) -> Record {
    let stem = path.stem();
    let extension = path.extension().unwrap_or_default();
    let tabular = matches!(extension.as_str(), "toml" | "csv" | "xlsx");
    match stem {
        "site" if extension == "toml" => read_with(files, path, found, Settings::read)
            .map_or(Record::Unknown, |s| Record::Settings(Box::new(s))),
        "people" if tabular => Record::People(
            None,
            rows(files, path, "person", Person::COLUMNS, found, Person::read),
        ),
        "units" if extension == "toml" => {
            Record::Units(rows(files, path, "unit", &[], found, Unit::read))
        }
        "channels" if extension == "toml" => {
            Record::Channels(rows(files, path, "channel", &[], found, Channel::read))
        }
        "redirects" if tabular => Record::Redirects(
            rows(
                files,
                path,
                "redirect",
                Redirect::COLUMNS,
                found,
                Redirect::read,
            )
            .into_iter()
            .flatten()
            .collect(),
        ),
        _ if tabular || name.ends_with(".md") => {
            unknown_file(path, SITE_FILES, found);
            Record::Unknown
        }
        _ => Record::Attachment,
    }
}

fn read_year_file(
    files: &dyn Files,
    path: &SitePath,
    year: u16,
    rest: &[&str],
    extension: &str,
    found: &mut Vec<Diagnostic>,
) -> Record {
    let tabular = matches!(extension, "toml" | "csv" | "xlsx");
    match (rest, path.stem()) {
        (["notes", ..], _) => Record::Attachment,
        (["measures", _], _) if extension == "md" => measure_file(files, path, found)
            .map_or(Record::Unknown, |row| Record::MeasureRow(year, row)),
        ([_], "year") if extension == "toml" => {
            read_with(files, path, found, |f| YearRecord::read(f, year))
                .map_or(Record::Unknown, |r| Record::Year(year, r))
        }
        ([_], "handed-in") if extension == "toml" => read_with(files, path, found, HandedIn::read)
            .map_or(Record::Unknown, |r| Record::HandedIn(year, r)),
        ([_], "catalogue") if extension == "toml" => read_text(files, path, found)
            .map_or(Record::Unknown, |text| {
                Record::Catalogue(year, path.to_string(), text)
            }),
        ([_], "measures") if extension == "toml" => {
            read_with(files, path, found, |f| MeasuresFile::read(f, false))
                .map_or(Record::Unknown, |m| Record::Measures(year, m))
        }
        ([_], "measures-report") if extension == "toml" => {
            read_with(files, path, found, |f| MeasuresFile::read(f, true))
                .map_or(Record::Unknown, |m| Record::Report(year, m))
        }
        ([_], "budget") if tabular => Record::Budget(
            year,
            rows(
                files,
                path,
                "line",
                BudgetLine::COLUMNS,
                found,
                BudgetLine::read,
            ),
        ),
        ([_], "procurement") if tabular => Record::Purchases(
            year,
            rows(files, path, "purchase", Purchase::COLUMNS, found, |f| {
                Purchase::read(f, year)
            }),
        ),
        ([_], "complaints") if tabular => Record::Complaints(
            year,
            rows(files, path, "count", ComplaintCount::COLUMNS, found, |f| {
                ComplaintCount::read(f, year)
            }),
        ),
        ([_], "people") if tabular => Record::People(
            Some(year),
            rows(files, path, "person", Person::COLUMNS, found, Person::read),
        ),
        (_, _) if extension == "md" => {
            let inside = rest.join("/");
            page_file(files, path, &inside, found, |p| Record::YearPage(year, p))
        }
        (_, _) if extension == "toml" => {
            unknown_file(path, YEAR_FILES, found);
            Record::Unknown
        }
        _ => Record::Attachment,
    }
}

fn unknown_file(path: &SitePath, known: &[&str], found: &mut Vec<Diagnostic>) {
    let mut diagnostic = Diagnostic::error(
        "unknown-file",
        Say::new(
            "prongsai ไม่รู้จักไฟล์นี้ จึงไม่เผยแพร่",
            "prongsai does not know this file, so it is not published",
        ),
    )
    .at(Place::file(path.as_str()));
    if let Some(near) = nearest(path.file_name(), known.iter().copied()) {
        diagnostic = diagnostic.hint(Say::new(
            format!("ตั้งชื่อใหม่เป็น {near} หรือไม่"),
            format!("did you mean {near}?"),
        ));
    } else if known.is_empty() {
        diagnostic = diagnostic.hint(Say::new(
            "หน้าทั่วไปอยู่ใน pages/ ข่าวอยู่ใน news/ หน้าของแต่ละปีอยู่ในโฟลเดอร์ปี เช่น 2568/",
            "free pages go into pages/, news into news/, a year's pages into its folder, such as 2568/",
        ));
    } else {
        diagnostic = diagnostic.hint(Say::new(
            format!("ไฟล์ที่ใช้ได้ที่นี่: {}", known.join(", ")),
            format!("files that can stand here: {}", known.join(", ")),
        ));
    }
    found.push(diagnostic);
}

fn read_with<T>(
    files: &dyn Files,
    path: &SitePath,
    found: &mut Vec<Diagnostic>,
    read: impl Fn(Fields<'_>) -> T,
) -> Option<T> {
    let table = read_toml(files, path, found)?;
    let findings = Findings::default();
    let record = read(Fields::new(&table, path.as_str(), &findings));
    found.extend(findings.into_vec());
    Some(record)
}

/// The rows of a dataset: `[[key]]` of a TOML file, or the lines under the
/// heading row of a spreadsheet. One reader for both.
fn rows<T>(
    files: &dyn Files,
    path: &SitePath,
    key: &'static str,
    columns: &[Column],
    found: &mut Vec<Diagnostic>,
    read: impl Fn(Fields<'_>) -> T,
) -> Vec<T> {
    let findings = Findings::default();
    let file: Arc<str> = path.as_str().into();
    let records = if path.extension().as_deref() == Some("toml") {
        let Some(table) = read_toml(files, path, found) else {
            return Vec::new();
        };
        let f = Fields::new(&table, file, &findings);
        let records = f.tables(key).into_iter().map(&read).collect();
        f.finish();
        records
    } else {
        let Some(grid) = read_grid(files, path, None, found) else {
            return Vec::new();
        };
        match rows_as_tables(&file, &grid, columns, &findings) {
            Some((header, tables)) => tables
                .iter()
                .map(|table| read(Fields::new(table, file.clone(), &findings).under(&header)))
                .collect(),
            None => Vec::new(),
        }
    };
    found.extend(findings.into_vec());
    records
}

fn measure_file(
    files: &dyn Files,
    path: &SitePath,
    found: &mut Vec<Diagnostic>,
) -> Option<measures::MeasureRow> {
    let file = read_markdown(files, path, found)?;
    let findings = Findings::default();
    let f = Fields::new(&file.front, path.as_str(), &findings);
    let mut row = measures::MeasureRow::read(f, false);
    if row.narrative.is_none() && !file.text[file.body.clone()].trim().is_empty() {
        // The text under the fields is the measure's own narrative.
        row.narrative = Some(agency::Reference {
            raw: format!("/{}", path.strip_dir(FOLDER).unwrap_or_default()),
            place: Place::file(path.as_str()),
        });
    }
    found.extend(findings.into_vec());
    Some(row)
}

fn page_file(
    files: &dyn Files,
    path: &SitePath,
    inside: &str,
    found: &mut Vec<Diagnostic>,
    wrap: impl Fn(PageFile) -> Record,
) -> Record {
    let key: Arc<str> = inside.strip_suffix(".md").unwrap_or(inside).into();
    let mut of_page = Vec::new();
    let page = page(files, path, &mut of_page);
    // `O1.md` without an item in its head is told as no topic, with its names.
    let by_item = key.parse::<ItemId>().is_ok()
        && path
            .strip_dir(FOLDER)
            .and_then(|p| folder_year(p.split('/').next()?))
            .is_some()
        && page.as_ref().is_some_and(|p| p.extras.item.is_none());
    if !by_item {
        report_unfit_name(path, &key, found);
    }
    found.append(&mut of_page);
    page.map_or(Record::Unknown, |page| wrap(PageFile { key, page }))
}

/// Names of pages become addresses; a Thai letter in one becomes nine
/// characters of percent signs on posters and in chats.
fn report_unfit_name(path: &SitePath, key: &str, found: &mut Vec<Diagnostic>) {
    if key.split('/').all(crate::files::ascii_slug_ok) {
        return;
    }
    let name = path.file_name();
    if crate::files::looks_like_copy(name) {
        found.push(
            Diagnostic::error(
                "unfit-name",
                Say::new(
                    format!("“{key}” ดูเหมือนสำเนาของอีกไฟล์หนึ่ง"),
                    format!("“{key}” looks like a copy of another file"),
                ),
            )
            .at(Place::file(path.as_str()))
            .hint(Say::new(
                "เปรียบเทียบกับไฟล์ต้นฉบับ เก็บไว้ไฟล์เดียว แล้วลบหรือย้ายสำเนาออกจากโฟลเดอร์ content",
                "compare it with the original, keep one of them, and move the copy out of content",
            )),
        );
        return;
    }
    let hint = match crate::files::suggest_ascii(name) {
        Some(better) => Say::new(
            format!("เปลี่ยนชื่อไฟล์เป็น {better}"),
            format!("rename the file to {better}"),
        ),
        None => Say::new(
            "ตั้งชื่อไฟล์เป็นภาษาอังกฤษตัวเล็ก ตัวเลข และขีดกลาง เช่น annual-report.md",
            "name the file with small letters a-z, digits and dashes, such as annual-report.md",
        ),
    };
    found.push(
        Diagnostic::error(
            "unfit-name",
            Say::new(
                format!("ชื่อ “{key}” ใช้เป็นที่อยู่เว็บไม่ได้"),
                format!("“{key}” can't be an address on the web"),
            ),
        )
        .at(Place::file(path.as_str()))
        .hint(hint),
    );
}

fn page(files: &dyn Files, path: &SitePath, found: &mut Vec<Diagnostic>) -> Option<Arc<Page>> {
    let file = read_markdown(files, path, found)?;
    let findings = Findings::default();
    let body = file.text.get(file.body.clone()).unwrap_or_default();
    // Nobody asks for the headings of a free page or of news: where the head
    // gives title and summary, and the text has no table, it is parsed once,
    // when it is rendered.
    let inside = path.strip_dir(FOLDER).unwrap_or_default();
    let in_lists_only = inside.starts_with("pages/") || inside.starts_with("news/");
    let told = |key: &str| file.front.get(key).is_some();
    let told_all = told("title") && (told("description") || told("summary"));
    let outline = if in_lists_only && told_all && !markdown::may_have_table(body) {
        markdown::Outline {
            is_empty: body.trim().is_empty(),
            ..markdown::Outline::default()
        }
    } else {
        markdown::outline(body)
    };
    let f = Fields::new(&file.front, path.as_str(), &findings);
    let mut page = read_page(f, file.body.clone(), outline);
    found.extend(findings.into_vec());
    if !page.extras.tables.is_empty() {
        for table in &mut Arc::make_mut(&mut page.extras).tables {
            load_table(files, path, table, found);
        }
    }
    Some(Arc::new(page))
}

/// Reads the spreadsheet that a page's table names.
fn load_table(
    files: &dyn Files,
    page: &SitePath,
    table: &mut page::PageTable,
    found: &mut Vec<Diagnostic>,
) {
    let TableSource::File {
        path: reference,
        sheet,
        grid,
        file,
    } = &mut table.source
    else {
        return;
    };
    let Some(path) = beside(page, &reference.raw) else {
        found.push(missing_file(reference, &[]));
        return;
    };
    if !matches!(path.extension().as_deref(), Some("csv" | "xlsx")) {
        found.push(
            Diagnostic::error(
                "bad-spreadsheet",
                Say::new(
                    "ตารางอ่านได้จากไฟล์ .csv หรือ .xlsx เท่านั้น",
                    "a table is read from a .csv or .xlsx file",
                ),
            )
            .at(reference.place.clone()),
        );
        return;
    }
    if files.disk_path(&path).is_none() && files.read(&path).is_err() {
        found.push(missing_file(reference, &[]));
        return;
    }
    if let Some(cells) = read_grid(files, &path, sheet.as_deref(), found) {
        *grid = trim_grid(cells);
        *file = Some(path);
    }
}

/// Leaves out empty rows and columns at the edges, and titles above the
/// heading row (a row with one filled cell is no heading row).
fn trim_grid(mut grid: Grid) -> Grid {
    let filled = |row: &Vec<String>| row.iter().filter(|c| !c.trim().is_empty()).count();
    let width = grid.rows.iter().map(filled).max().unwrap_or(0);
    let header = grid
        .rows
        .iter()
        .position(|row| filled(row) * 2 > width)
        .unwrap_or(0);
    grid.rows.drain(..header);
    grid.above = header as u32;
    grid.rows.retain(|row| filled(row) > 0);
    for row in &mut grid.rows {
        for cell in row.iter_mut() {
            *cell = thai::mask_citizen_numbers(&thai::normalise(cell.trim())).into_owned();
        }
    }
    grid
}

/// The path that a reference names: beside the file, or from `content/` when
/// it starts with `/`.
pub fn beside(file: &SitePath, raw: &str) -> Option<SitePath> {
    match raw.strip_prefix('/') {
        Some(from_root) => SitePath::new(FOLDER).ok()?.join(from_root).ok(),
        None => file.sibling(raw).ok(),
    }
}

/// A file that is named but is not there.
pub fn missing_file(reference: &agency::Reference, near: &[&str]) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        "missing-file",
        Say::new(
            format!("ไม่พบไฟล์ “{}”", reference.raw),
            format!("there is no file “{}”", reference.raw),
        ),
    )
    .at(reference.place.clone());
    if let Some(near) = near.first() {
        diagnostic = diagnostic.hint(Say::new(
            format!("หมายถึง “{near}” หรือไม่ (ตัวพิมพ์เล็กใหญ่ต้องตรงกัน)"),
            format!("did you mean “{near}”? (capitals count)"),
        ));
    }
    diagnostic
}

/// An attachment or theme file that can't be read.
pub fn unreadable(path: &SitePath, error: &std::io::Error) -> Diagnostic {
    file_diagnostic(&crate::files::FileProblem::from_io(path, error))
}
