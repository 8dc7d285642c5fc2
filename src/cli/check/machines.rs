//! The check's report for machines: JSON, SARIF, GitHub's annotations.

use serde_json::{Value, json};

use crate::check::{Checked, Finding, POINT, Range};
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::files::{Excerpt, Files, Sources};
use crate::render::Renderer;

use super::super::show;

fn range(range: Range) -> Value {
    let points = |n: i64| n as f64 / POINT as f64;
    json!({ "low": points(range.low), "high": points(range.high) })
}

pub fn place(finding: &Finding, sources: &mut Sources<'_>) -> (Option<String>, Option<Excerpt>) {
    let place = finding.diagnostic.place.as_ref();
    let file = place.map(|p| crate::thai::mask_citizen_numbers(&p.file).into_owned());
    (file, place.and_then(|p| sources.excerpt(p)))
}

/// One object; `check.schema.json` in the documentation describes it.
pub fn json(checked: &Checked, renderer: &Renderer, files: &dyn Files) -> String {
    let mut sources = Sources::new(files);
    let findings: Vec<Value> = checked
        .findings
        .iter()
        .map(|finding| {
            let mut one = Diagnostics::default();
            one.push(finding.diagnostic.clone());
            let mut object = match show::json(&one, &mut sources) {
                Value::Array(mut list) => list.pop().unwrap_or_default(),
                other => other,
            };
            if let Some(map) = object.as_object_mut() {
                map.insert("year".into(), json!(finding.year));
                map.insert("item".into(), json!(finding.item));
                map.insert("family".into(), json!(finding.rule.map(|r| r.family.id())));
                map.insert(
                    "confidence".into(),
                    json!(finding.rule.map(|r| r.confidence.as_str())),
                );
                map.insert("fingerprint".into(), json!(finding.fingerprint));
            }
            object
        })
        .collect();
    let base = &renderer.site.base_url;
    let whole = checked.limited_to.is_empty();
    let years: Vec<Value> = checked
        .years
        .iter()
        .map(|year| {
            let groups = |all: &[crate::check::GroupScore]| -> Vec<Value> {
                all.iter()
                    .map(|g| json!({ "id": g.id, "title": { "th": g.title_th, "en": g.title_en }, "score": range(g.score) }))
                    .collect()
            };
            json!({
                "year": year.year,
                // A score of a part would mislead.
                "score": whole.then(|| range(year.score)),
                "complete": whole.then(|| year.complete()),
                "items": checked.items(year).map(|item| json!({
                    "code": item.code,
                    "title": { "th": item.title_th, "en": item.title_en },
                    "group": item.group,
                    "state": item.state.id(),
                    "shown": item.shown,
                    "needed": item.needed,
                    "doubtful": item.doubtful,
                    "score": range(item.score),
                    "gain": item.gain as f64 / POINT as f64,
                    "url": format!("{base}/{}", crate::render::links::encode_path(&item.address)),
                })).collect::<Vec<_>>(),
                "indicators": if whole { groups(&year.indicators) } else { Vec::new() },
                "groups": if whole { groups(&year.groups) } else { Vec::new() },
            })
        })
        .collect();
    let not_checked: Vec<Value> = checked
        .not_checked
        .iter()
        .map(|n| json!({ "file": n.file, "why": { "th": n.why_th, "en": n.why_en } }))
        .collect();
    let report = json!({
        "schema": 1,
        "program": crate::build::PROGRAM.split(' ').next(),
        "limited_to": checked.limited_to,
        "findings": findings,
        "years": years,
        "not_checked": not_checked,
        "allowed": checked.allowed,
        "counts": {
            "error": checked.count(Severity::Error),
            "warning": checked.count(Severity::Warning),
            "advice": checked.count(Severity::Advice),
        },
    });
    format!("{report:#}\n")
}

/// A cell, to stand before a message: other programs know lines alone.
fn before(excerpt: Option<&Excerpt>) -> String {
    let cell = excerpt.and_then(|e| e.cell.as_ref());
    cell.map_or(String::new(), |cell| format!("{cell}: "))
}

/// Whether the rows of a file are lines, too.
fn is_text(file: &str) -> bool {
    file.to_ascii_lowercase().ends_with(".csv")
}

fn region(file: &str, excerpt: &Excerpt) -> Option<Value> {
    if excerpt.cell.is_none() {
        return Some(json!({ "startLine": excerpt.line, "startColumn": excerpt.column }));
    }
    is_text(file).then(|| json!({ "startLine": excerpt.line }))
}

/// SARIF 2.1.0, for programs that collect findings of many tools.
pub fn sarif(checked: &Checked, files: &dyn Files, lang: Lang) -> String {
    let mut sources = Sources::new(files);
    let level = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    };
    let mut codes: Vec<&Finding> = checked.findings.iter().collect();
    codes.sort_by_key(|f| f.diagnostic.code);
    codes.dedup_by_key(|f| f.diagnostic.code);
    let rules: Vec<Value> = codes
        .iter()
        .map(|finding| {
            let text = |say: Option<&crate::diagnostic::Say>| {
                say.map_or(String::new(), |s| s.get(lang).to_string())
            };
            json!({
                "id": finding.diagnostic.code,
                "shortDescription": { "text": text(finding.rule.map(|r| &r.title)) },
                "fullDescription": { "text": text(finding.rule.map(|r| &r.why)) },
                "help": { "text": text(finding.rule.map(|r| &r.fix)) },
            })
        })
        .collect();
    let results: Vec<Value> = checked
        .findings
        .iter()
        .map(|finding| {
            let (file, excerpt) = place(finding, &mut sources);
            let cell_before = before(excerpt.as_ref());
            let mut location = json!([]);
            if let Some(file) = file {
                let uri = crate::render::links::encode_path(&file);
                let mut physical = json!({ "artifactLocation": { "uri": uri } });
                let cell = excerpt.as_ref().and_then(|e| e.cell.clone());
                if let Some(excerpt) = &excerpt
                    && let Some(map) = physical.as_object_mut()
                    && let Some(region) = region(&file, excerpt)
                {
                    map.insert("region".into(), region);
                }
                let mut one = json!({ "physicalLocation": physical });
                if let (Some(cell), Some(map)) = (cell, one.as_object_mut()) {
                    let name = json!([{ "fullyQualifiedName": cell, "kind": "cell" }]);
                    map.insert("logicalLocations".into(), name);
                }
                location = json!([one]);
            }
            let index = codes
                .iter()
                .position(|f| f.diagnostic.code == finding.diagnostic.code);
            json!({
                "ruleId": finding.diagnostic.code,
                "ruleIndex": index,
                "level": level(finding.diagnostic.severity),
                "message": { "text": format!("{cell_before}{}", finding.diagnostic.message.get(lang)) },
                "locations": location,
            })
        })
        .collect();
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "prongsai",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{report:#}\n")
}

/// Workflow commands of GitHub Actions: an annotation a line.
pub fn github(checked: &Checked, files: &dyn Files, lang: Lang) -> String {
    let mut sources = Sources::new(files);
    let data = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for finding in &checked.findings {
        let command = match finding.diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        let (file, excerpt) = place(finding, &mut sources);
        let mut properties = vec![format!("title={}", property(finding.diagnostic.code))];
        if let Some(file) = &file {
            properties.push(format!("file={}", property(file)));
        }
        let is_rows = file.as_deref().is_some_and(is_text);
        match &excerpt {
            Some(e) if e.cell.is_none() => {
                properties.push(format!("line={},col={}", e.line, e.column));
            }
            Some(e) if is_rows => properties.push(format!("line={}", e.line)),
            _ => {}
        }
        let message = finding.diagnostic.message.get(lang);
        let mut text = format!("{}{message}", before(excerpt.as_ref()));
        for hint in &finding.diagnostic.hints {
            text.push('\n');
            text.push_str(hint.get(lang));
        }
        out.push_str(&format!(
            "::{command} {}::{}\n",
            properties.join(","),
            data(&text)
        ));
    }
    out
}
