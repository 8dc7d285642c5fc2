//! Tables that pages bring along, in their own Thai columns.

use std::borrow::Cow;

use crate::content::agency::Words;
use crate::content::page::{Page, PageTable};
use crate::site::Site;
use crate::site::address::Kind as Place;
use crate::thai::Baht;

use super::super::{Field, Kind, Set, Value};
use super::set;

pub fn all(site: &Site) -> Vec<Set> {
    let mut sets = Vec::new();
    let mut folders: Vec<(Option<u16>, &crate::content::PageFile)> = Vec::new();
    for (year, folder) in &site.content.years {
        folders.extend(folder.pages.iter().map(|p| (Some(*year), p)));
    }
    folders.extend(site.content.pages.iter().map(|p| (None, p)));
    folders.extend(site.content.news.iter().map(|p| (None, p)));
    for (year, file) in folders {
        if !site.is_visible(&file.page) || file.page.extras.tables.is_empty() {
            continue;
        }
        let full = match year {
            Some(year) => format!("{year}/{}", file.key),
            None => file.key.to_string(),
        };
        let Some(address) = site.address_of_key(&full) else {
            continue;
        };
        if !site
            .routes
            .get(&address)
            .is_some_and(|r| !matches!(r.kind, Place::Redirect(_)))
        {
            continue;
        }
        for table in &file.page.extras.tables {
            sets.extend(of_table(year, &file.key, &file.page, table, &address));
        }
    }
    sets
}

/// `tables/structure-steps`: the page's place in its folder and the table's id.
pub fn slug(key: &str, table: &str) -> String {
    let key = key.strip_suffix("/index").unwrap_or(key);
    format!("tables/{}-{table}", key.replace('/', "-"))
}

fn of_table(
    year: Option<u16>,
    key: &str,
    page: &Page,
    table: &PageTable,
    address: &str,
) -> Option<Set> {
    let grid = table.grid();
    let (header, rows) = grid.rows.split_first()?;
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
        title: table.title.clone(),
        as_of: page.updated.as_ref().map(|d| d.value),
        page: Some(format!("{address}#{}", table.id)),
        ..set(&slug(key, &table.id), year, ("", ""), ("", ""))
    })
    .map(|set| Set {
        about: Words {
            th: format!("ตาราง “{}” ของหน้า /{address}", table.title.th),
            en: Some(format!(
                "The table “{}” of the page /{address}",
                table.title.th
            )),
        },
        ..set
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
