//! Where a field stands in its file. Records keep the places that loading
//! speaks of; for all others the file is read again, once there is something
//! to tell.

use crate::diagnostic::Place;
use crate::fields::{Table, Value, parse_toml, split_front_matter};
use crate::files::SitePath;
use crate::site::Site;
use crate::thai::to_arabic;

/// The text of a file as it was decoded.
pub fn text_of(site: &Site, file: &str) -> Option<String> {
    let path = SitePath::new(file).ok()?;
    site.files.read_text(&path).ok().map(|decoded| decoded.text)
}

fn table_of(site: &Site, file: &str) -> Option<Table> {
    let text = text_of(site, file)?;
    let range = if file.ends_with(".toml") {
        0..text.len()
    } else {
        split_front_matter(&text).ok()?.toml
    };
    Some(parse_toml(file, &text, range).0)
}

/// The place of a field, by the names that lead to it (a number picks an entry
/// of a list); the file where it can't be found.
pub fn field(site: &Site, file: &str, names: &[&str]) -> Place {
    let at = || {
        let root = table_of(site, file)?;
        let mut table = &root;
        let mut at = None;
        let mut names = names.iter().peekable();
        while let Some(name) = names.next() {
            let entry = table.entries.iter().find(|e| to_arabic(&e.key) == *name)?;
            let mut node = &entry.node;
            while let (Value::List(list), Some(index)) = (
                &node.value,
                names.peek().and_then(|n| n.parse::<usize>().ok()),
            ) {
                names.next();
                node = list.get(index)?;
            }
            at = Some(node.at.clone());
            match &node.value {
                Value::Table(inner) => table = inner,
                _ => break,
            }
        }
        at
    };
    match at() {
        Some(at) => Place {
            file: file.into(),
            at,
        },
        None => Place::file(file),
    }
}
