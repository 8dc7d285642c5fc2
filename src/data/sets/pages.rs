//! Tables that pages bring along or have in their text, in their own columns.
//! They are named at once and read when somebody asks.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::PageFile;
use crate::content::agency::Words;
use crate::content::markdown::{TableOutline, note_name, outline};
use crate::content::page::Page;
use crate::content::read_note;
use crate::content::sheet::is_total;
use crate::diagnostic::Lang;
use crate::site::Site;
use crate::site::address::Kind as Route;
use crate::thai::{Baht, Date, Month};

use super::super::{Field, Kind, Set, Table, Value};
use super::set;

/// Every table that a page brings along in its head or has in its text, in
/// each language of the page.
pub fn all(site: &Site) -> Vec<Set> {
    let content = &site.content;
    let of_years = content.years.iter().flat_map(|(year, folder)| {
        let files = folder.pages.iter();
        files.flat_map(|file| of_both(site, Some(*year), file))
    });
    let others = content.pages.iter().chain(&content.news);
    let others = others.flat_map(|file| of_both(site, None, file));
    let home = content
        .home
        .iter()
        .map(|page| (None, "index", Lang::Th, page));
    let english = content.english.get("index").into_iter();
    let english = english.map(|page| (None, "index", Lang::En, page));
    let pages: Vec<Place<'_>> = of_years.chain(others).chain(home).chain(english).collect();
    let mut sets: Vec<Set> = pages
        .into_par_iter()
        .flat_map_iter(|place| of_page(site, place))
        .collect();
    sets.extend(site.years.keys().flat_map(|&year| of_notes(site, year)));
    // Two names may run together; each table keeps files of its own.
    let mut taken = HashSet::new();
    for set in &mut sets {
        while !taken.insert((set.year, set.slug.clone())) {
            set.slug.push_str("-2");
        }
    }
    sets
}

/// A page of a year or of none, by its place in its folder.
type Place<'s> = (Option<u16>, &'s str, Lang, &'s Arc<Page>);

/// `tables/structure-steps`, or `tables/en/structure-steps` for the English
/// page: the page's place in its folder and the table's id.
pub fn slug(key: &str, table: &str, lang: Lang) -> String {
    let key = key.strip_suffix("/index").unwrap_or(key);
    let folder = match lang {
        Lang::Th => "",
        Lang::En => "en/",
    };
    format!("tables/{folder}{}-{table}", key.replace('/', "-"))
}

fn of_both<'s>(
    site: &'s Site,
    year: Option<u16>,
    file: &'s PageFile,
) -> impl Iterator<Item = Place<'s>> {
    let english = match year {
        Some(year) => site.content.english.get(&*format!("{year}/{}", file.key)),
        None => site.content.english.get(&file.key),
    };
    let both = [(Lang::Th, Some(&file.page)), (Lang::En, english)];
    both.into_iter()
        .filter_map(move |(lang, page)| Some((year, &*file.key, lang, page?)))
}

fn of_page(site: &Site, (year, key, lang, page): Place<'_>) -> Vec<Set> {
    let has_tables = !page.extras.tables.is_empty() || !page.outline.tables.is_empty();
    if !has_tables || !site.is_visible(page) {
        return Vec::new();
    }
    let folder = match lang {
        Lang::Th => "",
        Lang::En => "en/",
    };
    let full = match year {
        Some(year) => format!("{folder}{year}/{key}"),
        None => format!("{folder}{key}"),
    };
    let Some(address) = site.address_of_key(&full) else {
        return Vec::new();
    };
    if !site
        .routes
        .get(&address)
        .is_some_and(|r| !matches!(r.kind, Route::Redirect(_)))
    {
        return Vec::new();
    }
    let title = title(site, year, page, &address, lang);
    let set_of = |(which, name): (Which, Words)| {
        let id = which.id(page);
        let of = page.clone();
        Set {
            table: Table::later(move || read(&which.header(&of), which.rows(&of))),
            as_of: page.updated.as_ref().map(|d| d.value),
            page: Some(format!("{address}#{id}")),
            about: about(&name, &address),
            title: name,
            lang: Some(lang),
            ..set(&slug(key, id, lang), year, ("", ""), ("", ""))
        }
    };
    names(page, &title, lang).into_iter().map(set_of).collect()
}

/// A table of a note, by its id in the page that shows the note.
pub fn note_slug(id: &str) -> String {
    format!("tables/{id}")
}

/// Tables in the notes of a year's measures: of the page that shows the note
/// first.
fn of_notes(site: &Site, year: u16) -> Vec<Set> {
    let mut shown = HashSet::new();
    let mut sets = Vec::new();
    let Some(of_year) = site.years.get(&year) else {
        return sets;
    };
    let documents = [
        ("integrity-measures", &of_year.measures),
        ("integrity-measures-report", &of_year.report),
    ];
    for (topic, document) in documents {
        let page = site.topic_page(year, topic).filter(|t| t.is_published());
        let (Some(document), Some(page)) = (document, page) else {
            continue;
        };
        for row in document.views(site) {
            for reference in row.narratives() {
                // A note that can't be read is told by the page that shows it.
                let note = read_note(site.files.as_ref(), reference, &mut Vec::new());
                let Some((path, full, body)) = note else {
                    continue;
                };
                if !shown.insert(path.clone()) {
                    continue;
                }
                let tables = outline(full.get(body).unwrap_or_default()).tables;
                let title = row.title().unwrap_or_else(|| path.file_name());
                let named: Vec<Words> = called(&tables, title, Lang::Th).collect();
                for (table, title) in tables.into_iter().zip(named) {
                    let id = format!("{}-{}", note_name(&path), table.id);
                    let at = format!("{}#{id}", page.address);
                    sets.push(Set {
                        as_of: super::measures::date(site, year, document),
                        about: about(&title, &page.address),
                        page: Some(at),
                        title,
                        lang: Some(Lang::Th),
                        table: Table::later(move || read(&table.header(), &table.rows)),
                        ..set(&note_slug(&id), Some(year), ("", ""), ("", ""))
                    });
                }
            }
        }
    }
    sets
}

fn about(table: &Words, address: &str) -> Words {
    Words {
        th: format!("ตาราง “{}” ของหน้า /{address}", table.th),
        en: Some(format!(
            "The table “{}” of the page /{address}",
            table.en.as_ref().unwrap_or(&table.th)
        )),
    }
}

/// A table of a page, by its place among those of the head or of the text.
#[derive(Clone, Copy)]
enum Which {
    Head(usize),
    Text(usize),
}

impl Which {
    fn id(self, page: &Page) -> &str {
        match self {
            Which::Head(at) => &page.extras.tables[at].id,
            Which::Text(at) => &page.outline.tables[at].id,
        }
    }

    fn header(self, page: &Page) -> Vec<&str> {
        match self {
            Which::Head(at) => {
                let header = page.extras.tables[at].grid().rows.first();
                header.into_iter().flatten().map(String::as_str).collect()
            }
            Which::Text(at) => page.outline.tables[at].header(),
        }
    }

    fn rows(self, page: &Page) -> &[Vec<String>] {
        match self {
            Which::Head(at) => page.extras.tables[at].grid().rows.get(1..).unwrap_or(&[]),
            Which::Text(at) => &page.outline.tables[at].rows,
        }
    }
}

/// The cells of a table as its author wrote them, in kinds.
fn read(header: &[&str], all: &[Vec<String>]) -> Table {
    // Who adds the rows up would count a row of totals twice.
    let rows: Vec<&Vec<String>> = all.iter().filter(|r| !is_total(r)).collect();
    let column = |at: usize| {
        rows.iter()
            .filter_map(move |r| r.get(at))
            .map(String::as_str)
    };
    let kinds: Vec<Kind> = (0..header.len()).map(|at| kind(column(at))).collect();
    let mut names: Vec<String> = Vec::new();
    for (at, label) in header.iter().enumerate() {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = match label.as_str() {
            "" => format!("column_{}", at + 1),
            taken if names.iter().any(|n| n == taken) => format!("{taken} ({})", at + 1),
            _ => label,
        };
        names.push(name);
    }
    let field = |(name, kind): (String, &Kind)| Field {
        th: Cow::Owned(name.clone()),
        en: Cow::Owned(name.clone()),
        name: Cow::Owned(name),
        ..Field::new("", "", "", *kind)
    };
    let cell = |(at, kind): (usize, &Kind), row: &[String]| {
        value(*kind, row.get(at).map_or("", String::as_str))
    };
    Table {
        fields: names.into_iter().zip(&kinds).map(field).collect(),
        rows: rows
            .iter()
            .map(|row| kinds.iter().enumerate().map(|k| cell(k, row)).collect())
            .collect(),
    }
}

/// The page's own title, or that of the item which it shows.
fn title(site: &Site, year: Option<u16>, page: &Page, address: &str, lang: Lang) -> String {
    let own = match lang {
        Lang::Th => page.title.as_ref(),
        Lang::En => page.title_en.as_ref().or(page.title.as_ref()),
    };
    let of_item = || {
        let year = year?;
        let address = address.strip_prefix("en/").unwrap_or(address);
        let topics = &site.years.get(&year)?.topics;
        let topic = topics.iter().find(|t| *t.address == *address)?;
        let item = site.item(year, topic.item)?;
        Some(match lang {
            Lang::Th => item.title_th.clone(),
            Lang::En => item.title_en.clone(),
        })
    };
    own.cloned()
        .or_else(of_item)
        .unwrap_or_else(|| format!("/{address}"))
}

/// The tables of the head, then those of the text, which are called by the
/// heading that they stand under. One without columns is none.
fn names(page: &Page, title: &str, lang: Lang) -> Vec<(Which, Words)> {
    let heads = page.extras.tables.iter().enumerate();
    let own = heads.map(|(at, table)| (Which::Head(at), table.title.clone()));
    let in_text = called(&page.outline.tables, title, lang).enumerate();
    let in_text = in_text.map(|(at, words)| (Which::Text(at), words));
    own.chain(in_text)
        .filter(|(which, _)| !which.header(page).is_empty())
        .collect()
}

/// What tables of a text are called: by the heading that they stand under, else
/// as the text.
fn called<'t>(
    tables: &'t [TableOutline],
    text: &'t str,
    lang: Lang,
) -> impl Iterator<Item = Words> + 't {
    let mut under = HashMap::<&str, usize>::new();
    tables.iter().map(move |table| {
        let heading = table.under.as_deref().unwrap_or(text);
        let count = under.entry(heading).or_default();
        *count += 1;
        let title = match *count {
            1 => heading.to_string(),
            n => format!("{heading} ({n})"),
        };
        Words {
            en: (lang == Lang::En).then(|| title.clone()),
            th: title,
        }
    })
}

fn is_blank(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "–")
}

/// A column whose every filled cell is a number, a day or a month is one of
/// those; any other keeps its cells as they were written.
fn kind<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Kind {
    let filled = || cells.clone().filter(|c| !is_blank(c));
    if filled().next().is_none() {
        return Kind::Text;
    }
    if filled().all(is_number) {
        return Kind::Number;
    }
    if filled().all(|cell| day(cell).is_some()) {
        return Kind::Date;
    }
    if filled().all(|cell| month(cell).is_some()) {
        return Kind::Month;
    }
    Kind::Text
}

/// The day that a cell says, where it says nothing besides.
fn day(cell: &str) -> Option<Date> {
    let day = Date::parse(cell).ok()?;
    let (year, month, of_month) = (day.year_be(), day.month(), day.day());
    let forms = [
        day.thai_long(),
        day.thai_short(),
        day.english_long(),
        day.iso(),
        format!("{year}-{month:02}-{of_month:02}"),
        format!("{of_month}/{month}/{year}"),
        format!("{of_month:02}/{month:02}/{year}"),
    ];
    forms
        .iter()
        .any(|form| squeezed(form) == squeezed(cell))
        .then_some(day)
}

/// The month of a year that a cell says, where it says nothing besides.
fn month(cell: &str) -> Option<Month> {
    // No year is filled in: one of its own stands in each form.
    let month = Month::parse_in_fiscal_year(cell, 0).ok()?;
    let forms = [month.thai_long(), month.thai_short(), month.english_long()];
    forms
        .iter()
        .any(|form| squeezed(form) == squeezed(cell))
        .then_some(month)
}

fn squeezed(text: &str) -> String {
    let text = crate::thai::to_arabic(text);
    text.split_whitespace().collect()
}

/// Digits that stay the same when they are read as a number: not a telephone
/// number or a code that begins with zero, nor one too long for a spreadsheet.
fn is_number(cell: &str) -> bool {
    let plain = crate::thai::to_arabic(cell.trim()).replace(',', "");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let whole = digits.split('.').next().unwrap_or("");
    let led_by_zero = whole.len() > 1 && whole.starts_with('0');
    !led_by_zero
        && (1..=10).contains(&whole.len())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && Baht::parse(cell).is_ok()
}

fn value(kind: Kind, cell: &str) -> Value {
    match kind {
        Kind::Number if is_blank(cell) => Value::Empty,
        Kind::Number => match Baht::parse(cell) {
            Ok(number) if number.0 % 100 == 0 => Value::Number((number.0 / 100).to_string()),
            Ok(number) => Value::Number(number.plain()),
            Err(_) => Value::from(cell),
        },
        Kind::Date | Kind::Month if is_blank(cell) => Value::Empty,
        Kind::Date => day(cell).map_or_else(|| Value::from(cell), Value::from),
        Kind::Month => month(cell).map_or_else(|| Value::from(cell), Value::from),
        _ => Value::from(cell),
    }
}
