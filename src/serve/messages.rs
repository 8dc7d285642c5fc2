//! Everything that the newest files have to say, ready for every page to show.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Diagnostics, Lang, Place, Severity};
use crate::files::{Files, Sources};
use crate::output::Found;

/// As many as a page shows; the count tells of the rest.
const MOST_SHOWN: usize = 50;

#[derive(Default)]
pub struct Messages {
    /// What was found on pages, for as long as they are not looked at again.
    pub of_pages: Vec<Found>,
    pub errors: usize,
    pub warnings: usize,
    /// All of it, once each, in order.
    pub all: Diagnostics,
    list: Vec<Message>,
}

struct Message {
    page: Option<String>,
    file: Option<String>,
    severity: Severity,
    json: Value,
}

impl Messages {
    pub fn new(files: &dyn Files, loaded: &Diagnostics, of_pages: Vec<Found>, lang: Lang) -> Self {
        let mut all = loaded.clone();
        all.extend(of_pages.iter().map(|f| f.diagnostic.clone()));
        let all = all.sorted();
        let mut sources = Sources::new(files);
        let mut list: Vec<Message> = all
            .iter()
            .map(|diagnostic| Message {
                page: of_pages
                    .iter()
                    .find(|f| f.diagnostic == *diagnostic)
                    .and_then(|f| f.page.clone()),
                file: diagnostic.place.as_ref().map(|p| p.file.to_string()),
                severity: diagnostic.severity,
                json: describe(diagnostic, &mut sources, lang),
            })
            .collect();
        list.sort_by_key(|m| m.severity);
        Messages {
            errors: all.count(Severity::Error),
            warnings: all.count(Severity::Warning),
            all,
            of_pages,
            list,
        }
    }

    /// For the page in this file of the website, written in that file of the
    /// content. `stale` says that an older site is on screen.
    pub fn for_page(&self, page: &str, source: Option<&str>, stale: bool) -> Value {
        let is_here = |m: &Message| {
            m.page.as_deref() == Some(page) || (m.file.is_some() && m.file.as_deref() == source)
        };
        // What keeps the whole site back keeps each page back.
        let is_of_all = |m: &Message| m.page.is_none() && m.severity == Severity::Error;
        let rank = |m: &Message| (!is_here(m), !is_of_all(m));
        let mut sorted: Vec<&Message> = self.list.iter().collect();
        sorted.sort_by_key(|m| rank(m));
        let errors_here = sorted
            .iter()
            .filter(|m| m.severity == Severity::Error && (is_here(m) || is_of_all(m)))
            .count();
        let shown: Vec<Value> = sorted
            .into_iter()
            .take(MOST_SHOWN)
            .map(|m| {
                let mut json = m.json.clone();
                if let Some(object) = json.as_object_mut() {
                    object.insert("here".into(), is_here(m).into());
                    object.insert("site".into(), is_of_all(m).into());
                }
                json
            })
            .collect();
        json!({
            "errors": self.errors,
            "warnings": self.warnings,
            "stale": stale,
            "here": errors_here,
            "more": self.list.len().saturating_sub(MOST_SHOWN),
            "list": shown,
        })
    }
}

fn describe(diagnostic: &Diagnostic, sources: &mut Sources<'_>, lang: Lang) -> Value {
    let first = diagnostic.place.iter().map(|place| (place, ""));
    let others = diagnostic
        .labels
        .iter()
        .map(|(place, say)| (place, say.get(lang)));
    let places: Vec<Value> = first
        .chain(others)
        .map(|(place, label)| place_json(place, label, sources))
        .collect();
    json!({
        "severity": diagnostic.severity.id(),
        "word": word(diagnostic.severity, lang),
        "code": diagnostic.code,
        "message": diagnostic.message.get(lang),
        "places": places,
        "hints": diagnostic.hints.iter().map(|h| h.get(lang)).collect::<Vec<_>>(),
    })
}

fn word(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Th) => "ผิดพลาด",
        (Severity::Error, Lang::En) => "Error",
        (Severity::Warning, Lang::Th) => "เตือน",
        (Severity::Warning, Lang::En) => "Warning",
        (Severity::Advice, Lang::Th) => "แนะนำ",
        (Severity::Advice, Lang::En) => "Advice",
    }
}

/// `from` and `to` count as JavaScript does, in UTF-16 units.
fn place_json(place: &Place, label: &str, sources: &mut Sources<'_>) -> Value {
    let Some(excerpt) = sources.excerpt(place) else {
        return json!({ "file": &*place.file, "label": label });
    };
    let units = |bytes: usize| {
        let text = excerpt.text.get(..bytes).unwrap_or(&excerpt.text);
        text.encode_utf16().count()
    };
    json!({
        "file": &*place.file,
        "line": excerpt.line,
        "column": excerpt.column,
        "cell": excerpt.cell,
        "text": excerpt.text,
        "from": units(excerpt.mark.start),
        "to": units(excerpt.mark.end),
        "label": label,
    })
}

/// File and line of a place, to be opened in an editor; `exists` is false for
/// a file that is yet to be written.
pub fn edit_json(place: &Place, files: &dyn Files, sources: &mut Sources<'_>) -> Value {
    let path = crate::files::SitePath::new(&place.file).ok();
    let exists = path.is_some_and(|path| files.digest(&path).is_some());
    let line = sources.excerpt(place).map_or(1, |e| e.line);
    json!({ "file": &*place.file, "line": line, "exists": exists })
}
