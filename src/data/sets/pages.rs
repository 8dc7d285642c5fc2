//! Tables that pages bring along or have in their text, in their own columns.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::content::PageFile;
use crate::content::agency::Words;
use crate::content::page::Page;
use crate::content::sheet::is_total;
use crate::diagnostic::Lang;
use crate::site::Site;
use crate::site::address::Kind as Place;
use crate::thai::Baht;

use super::super::{Field, Kind, Set, Value};
use super::set;

/// Every table that a page brings along in its head or has in its text, in
/// each language of the page.
pub fn all(site: &Site) -> Vec<Set> {
    let mut sets = Vec::new();
    let mut taken = BTreeSet::new();
    for (year, folder) in &site.content.years {
        for file in &folder.pages {
            of_both(site, Some(*year), file, &mut taken, &mut sets);
        }
    }
    for file in site.content.pages.iter().chain(&site.content.news) {
        of_both(site, None, file, &mut taken, &mut sets);
    }
    if let Some(home) = &site.content.home {
        of_page(site, (None, "index", Lang::Th), home, &mut taken, &mut sets);
    }
    if let Some(home) = site.english("index") {
        of_page(site, (None, "index", Lang::En), home, &mut taken, &mut sets);
    }
    sets
}

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

type Taken = BTreeSet<(Option<u16>, String)>;

fn of_both(
    site: &Site,
    year: Option<u16>,
    file: &PageFile,
    taken: &mut Taken,
    sets: &mut Vec<Set>,
) {
    of_page(site, (year, &file.key, Lang::Th), &file.page, taken, sets);
    let english = match year {
        Some(year) => site.english(&format!("{year}/{}", file.key)),
        None => site.english(&file.key),
    };
    if let Some(page) = english {
        of_page(site, (year, &file.key, Lang::En), page, taken, sets);
    }
}

fn of_page(
    site: &Site,
    (year, key, lang): (Option<u16>, &str, Lang),
    page: &Page,
    taken: &mut Taken,
    sets: &mut Vec<Set>,
) {
    let has_tables = !page.extras.tables.is_empty() || !page.outline.tables.is_empty();
    if !has_tables || !site.is_visible(page) {
        return;
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
        return;
    };
    if !site
        .routes
        .get(&address)
        .is_some_and(|r| !matches!(r.kind, Place::Redirect(_)))
    {
        return;
    }
    let title = title(site, year, page, &address, lang);
    for table in tables(page, &title, lang) {
        let mut slug = slug(key, table.id, lang);
        // Two names may run together; each table keeps files of its own.
        while !taken.insert((year, slug.clone())) {
            slug.push_str("-2");
        }
        sets.extend(set_of(&slug, year, page, table, &address, lang));
    }
}

/// A table as its page shows it.
struct Shown<'p> {
    id: &'p str,
    title: Words,
    header: Vec<&'p str>,
    rows: &'p [Vec<String>],
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

/// Those of the head, then those of the text, which are called by the heading
/// that they stand under.
fn tables<'p>(page: &'p Page, title: &'p str, lang: Lang) -> Vec<Shown<'p>> {
    let own = page.extras.tables.iter().filter_map(|table| {
        let (header, rows) = table.grid().rows.split_first()?;
        Some(Shown {
            id: &table.id,
            title: table.title.clone(),
            header: header.iter().map(String::as_str).collect(),
            rows,
        })
    });
    let mut under = HashMap::<&str, usize>::new();
    let in_text = page.outline.tables.iter().map(|table| {
        let heading = table.under.as_deref().unwrap_or(title);
        let count = under.entry(heading).or_default();
        *count += 1;
        let title = match *count {
            1 => heading.to_string(),
            n => format!("{heading} ({n})"),
        };
        Shown {
            id: &table.id,
            title: Words {
                en: (lang == Lang::En).then(|| title.clone()),
                th: title,
            },
            header: table.columns.iter().map(|(c, _)| c.as_str()).collect(),
            rows: &table.rows,
        }
    });
    own.chain(in_text).collect()
}

fn set_of(
    slug: &str,
    year: Option<u16>,
    page: &Page,
    table: Shown<'_>,
    address: &str,
    lang: Lang,
) -> Option<Set> {
    if table.header.is_empty() {
        return None;
    }
    // Who adds the rows up would count a row of totals twice.
    let rows: Vec<&Vec<String>> = table.rows.iter().filter(|r| !is_total(r)).collect();
    let column = |at: usize| {
        rows.iter()
            .filter_map(move |r| r.get(at))
            .map(String::as_str)
    };
    let kinds: Vec<Kind> = (0..table.header.len()).map(|at| kind(column(at))).collect();
    let mut names: Vec<String> = Vec::new();
    for (at, label) in table.header.iter().enumerate() {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = match label.as_str() {
            "" => format!("column_{}", at + 1),
            taken if names.iter().any(|n| n == taken) => format!("{taken} ({})", at + 1),
            _ => label,
        };
        names.push(name);
    }
    let about = Words {
        th: format!("ตาราง “{}” ของหน้า /{address}", table.title.th),
        en: Some(format!(
            "The table “{}” of the page /{address}",
            table.title.en.as_ref().unwrap_or(&table.title.th)
        )),
    };
    Some(Set {
        fields: names
            .into_iter()
            .zip(&kinds)
            .map(|(name, kind)| {
                let plain = Field::new("", "", "", *kind);
                Field {
                    th: Cow::Owned(name.clone()),
                    en: Cow::Owned(name.clone()),
                    name: Cow::Owned(name),
                    ..plain
                }
            })
            .collect(),
        rows: rows
            .iter()
            .map(|row| {
                kinds
                    .iter()
                    .enumerate()
                    .map(|(at, kind)| value(*kind, row.get(at).map_or("", String::as_str)))
                    .collect()
            })
            .collect(),
        as_of: page.updated.as_ref().map(|d| d.value),
        page: Some(format!("{address}#{}", table.id)),
        title: table.title,
        about,
        lang: Some(lang),
        ..set(slug, year, ("", ""), ("", ""))
    })
}

fn is_blank(cell: &str) -> bool {
    matches!(cell.trim(), "" | "-" | "–")
}

/// A column whose every filled cell is a number is one of numbers.
fn kind<'a>(cells: impl Iterator<Item = &'a str>) -> Kind {
    let mut any = false;
    for cell in cells.filter(|c| !is_blank(c)) {
        if !is_number(cell) {
            return Kind::Text;
        }
        any = true;
    }
    if any { Kind::Number } else { Kind::Text }
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
        _ => Value::from(cell),
    }
}
