//! What the last build published and this one does not: withdrawn data is
//! news, and only the webmaster can say why. Outputs know no former state, so
//! they carry the statement (`[[withdrawn]]` in `site.toml`); this compares
//! with the website that is about to be replaced, and asks for one.

use std::collections::BTreeSet;
use std::path::Path;

use crate::content::agency::Withdrawal;
use crate::data::{Data, FOLDER, Format, Set};
use crate::diagnostic::{Diagnostic, Place, Say};
use crate::output::{Outputs, resolve};
use crate::write::{Manifest, ManifestFile};

/// Tables whose rows are told when they are gone.
const WATCHED: &[&str] = &["procurement", "complaints"];

/// How many files, and rows of a table, are named.
const NAMED: usize = 10;

pub fn vanished(
    output: &Path,
    before: &Manifest,
    data: &Data,
    outputs: &Outputs,
) -> Vec<Diagnostic> {
    let stated = &data.site().content.settings.open_data.withdrawn;
    let gone = before
        .files()
        .iter()
        .map(|f| f.path.as_str())
        .filter(|path| is_data(path) && resolve(outputs, path).is_none())
        .filter(|path| !is_stated(stated, path));
    let mut found: Vec<Diagnostic> = gone.take(NAMED).map(file).collect();
    for set in data
        .sets()
        .iter()
        .filter(|s| WATCHED.contains(&s.slug.as_str()))
    {
        let path = set.path(Format::Csv);
        let Some(old) = before.find(&path).and_then(|at| before.files().get(at)) else {
            continue;
        };
        if set.year.is_none() {
            continue;
        }
        let mut ids = rows_gone(output, old, set).unwrap_or_default();
        ids.retain(|id| !is_stated(stated, &format!("{}#{id}", set.stem())));
        if !ids.is_empty() {
            found.push(rows(set, &ids));
        }
    }
    found
}

/// An attachment, or one of the three files of a table.
fn is_data(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or("");
    let of_site = path.starts_with("assets/")
        || matches!(
            extension,
            "html" | "xml" | "json" | "jsonld" | "css" | "js" | "txt" | "webmanifest"
        )
        || path == "_redirects"
        || path.ends_with("SHA256SUMS.txt")
        || path.starts_with("data/gdcatalog.");
    let other_format = path.starts_with("data/") && extension != "csv";
    // One month of purchases goes with its rows, which are told.
    let is_month = path
        .strip_prefix(FOLDER)
        .and_then(|p| p.split_once("/procurement-"))
        .is_some_and(|(_, rest)| rest.starts_with("25"));
    !of_site && !other_format && !is_month
}

fn is_stated(stated: &[Withdrawal], path: &str) -> bool {
    let stem = path.strip_suffix(".csv").unwrap_or(path);
    stated.iter().any(|w| {
        let said = w.path.trim_end_matches('/');
        said == path || said == stem || said.rsplit_once('.').is_some_and(|(s, _)| s == stem)
    })
}

/// The keys of rows that the former file had and the table has not.
fn rows_gone(output: &Path, old: &ManifestFile, set: &Set) -> Option<Vec<String>> {
    let bytes = std::fs::read(output.join(&old.path)).ok()?;
    let hex: String = old.sha256.iter().map(|b| format!("{b:02x}")).collect();
    // Someone else's words are not compared.
    if crate::data::sha256(&bytes) != hex {
        return None;
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(text);
    let header = reader.headers().ok()?.clone();
    let columns: Vec<usize> = set
        .key
        .iter()
        .map(|key| header.iter().position(|h| h == *key))
        .collect::<Option<_>>()?;
    let now: BTreeSet<String> = set.row_ids().collect();
    let mut gone: Vec<String> = reader
        .records()
        .flatten()
        .map(|record| {
            let parts: Vec<&str> = columns.iter().filter_map(|&at| record.get(at)).collect();
            parts.join(" ")
        })
        .filter(|key| !now.contains(key))
        .collect();
    gone.dedup();
    Some(gone)
}

fn statement(path: &str) -> Say {
    Say::new(
        "ถ้าตั้งใจถอน ให้เพิ่มท้ายไฟล์ content/site.toml แล้วใส่คำและวันที่แทน …:",
        "if it was withdrawn on purpose, add to the end of content/site.toml, with your words and date for …:",
    )
    .typing(&format!(
        "[[withdrawn]]\npath = \"{path}\"\ntitle = \"…\"\nreason = \"…\"\ndate = \"…\""
    ))
}

fn file(path: &str) -> Diagnostic {
    Diagnostic::warning(
        "withdrawn-unstated",
        Say::new(
            format!("{path} เคยเผยแพร่ แต่เว็บไซต์ใหม่ไม่มี และไม่มีคำชี้แจง"),
            format!("{path} was published and is not any more, without a word why"),
        ),
    )
    .at(Place::file("content/site.toml"))
    .hint(statement(path))
}

fn rows(set: &Set, ids: &[String]) -> Diagnostic {
    let named: Vec<&str> = ids.iter().take(NAMED).map(String::as_str).collect();
    let more = if ids.len() > NAMED { " …" } else { "" };
    let named = named.join(", ");
    let path = set.path(Format::Csv);
    let first = ids.first().map_or("", String::as_str);
    Diagnostic::warning(
        "withdrawn-unstated",
        Say::new(
            format!("{path} เคยมี {} แถวที่เว็บไซต์ใหม่ไม่มี: {named}{more}", ids.len()),
            format!("{} rows that {path} had are gone: {named}{more}", ids.len()),
        ),
    )
    .at(Place::file("content/site.toml"))
    .hint(statement(&format!("{}#{first}", set.stem())))
}
