//! The check's report for machines: JSON, SARIF, GitHub's annotations, and a
//! page of HTML.

use serde_json::{Value, json};

use crate::check::{Checked, Finding, POINT, Range, rounded};
use crate::diagnostic::{Diagnostics, Lang, Severity};
use crate::files::{Excerpt, Files, Sources};
use crate::render::Renderer;
use crate::render::html::escaped;

use super::super::show;

fn range(range: Range) -> Value {
    let points = |n: i64| n as f64 / POINT as f64;
    json!({ "low": points(range.low), "high": points(range.high) })
}

fn place(finding: &Finding, sources: &mut Sources<'_>) -> (Option<String>, Option<Excerpt>) {
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
                "score": range(year.score),
                "complete": year.complete(),
                "items": year.items.iter().map(|item| json!({
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
                "indicators": groups(&year.indicators),
                "groups": groups(&year.groups),
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
            let mut location = json!([]);
            if let Some(file) = file {
                let uri = crate::render::links::encode_path(&file);
                let mut physical = json!({ "artifactLocation": { "uri": uri } });
                if let Some(excerpt) = excerpt.filter(|e| e.cell.is_none())
                    && let Some(map) = physical.as_object_mut()
                {
                    map.insert(
                        "region".into(),
                        json!({ "startLine": excerpt.line, "startColumn": excerpt.column }),
                    );
                }
                location = json!([{ "physicalLocation": physical }]);
            }
            json!({
                "ruleId": finding.diagnostic.code,
                "level": level(finding.diagnostic.severity),
                "message": { "text": finding.diagnostic.message.get(lang) },
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
        if let Some(file) = file {
            properties.push(format!("file={}", property(&file)));
        }
        if let Some(excerpt) = excerpt.filter(|e| e.cell.is_none()) {
            properties.push(format!("line={},col={}", excerpt.line, excerpt.column));
        }
        let mut text = finding.diagnostic.message.get(lang).to_string();
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

/// A page to keep or to send: states, score and findings.
pub fn html(checked: &Checked, files: &dyn Files, lang: Lang) -> String {
    let th = lang == Lang::Th;
    let say = |a: &'static str, b: &'static str| if th { a } else { b };
    let mut sources = Sources::new(files);
    let mut body = String::new();
    for year in &checked.years {
        body.push_str(&format!(
            "<h2>{} {}</h2><p class=\"score\">{}: <b>{}</b></p><table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
            say("ปี", "B.E."),
            year.year,
            say("คะแนน OIT ที่คาดไว้", "Expected OIT score"),
            year.score,
            say("รายการ OIT", "OIT items"),
            say("ข้อ", "Item"),
            say("รายการ", "Title"),
            say("มี/ต้องมี", "Elements"),
            say("คะแนน", "Score"),
        ));
        for item in &year.items {
            let title = if th { &item.title_th } else { &item.title_en };
            body.push_str(&format!(
                "<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}/{}</td><td>{}</td></tr>",
                item.state.id(),
                item.code,
                escaped(title),
                item.shown,
                item.needed,
                item.score,
            ));
        }
        body.push_str("</tbody></table>");
        body.push_str(&format!(
            "<h3>{}</h3><ul>",
            say("คะแนนตามตัวชี้วัด", "Score by indicator")
        ));
        for indicator in &year.indicators {
            let title = if th {
                &indicator.title_th
            } else {
                &indicator.title_en
            };
            body.push_str(&format!(
                "<li>{} {}: <b>{}</b></li>",
                indicator.id,
                escaped(title),
                indicator.score
            ));
        }
        body.push_str("</ul>");
        let next = year.next();
        if !next.is_empty() {
            body.push_str(&format!(
                "<h3>{}</h3><ol>",
                say(
                    "ทำข้อใดก่อนจึงได้คะแนนเพิ่มมากที่สุด",
                    "What would raise the score most"
                )
            ));
            for item in next.into_iter().take(5) {
                let title = if th { &item.title_th } else { &item.title_en };
                body.push_str(&format!(
                    "<li>{} {} (+{})</li>",
                    item.code,
                    escaped(title),
                    rounded(item.gain)
                ));
            }
            body.push_str("</ol>");
        }
    }
    body.push_str(&format!("<h2>{}</h2>", say("สิ่งที่พบ", "Findings")));
    if checked.findings.is_empty() {
        body.push_str(&format!(
            "<p>{}</p>",
            say("ไม่พบสิ่งที่ต้องแก้", "Nothing to mend.")
        ));
    }
    body.push_str("<ol>");
    for finding in &checked.findings {
        let (file, excerpt) = place(finding, &mut sources);
        let place = match (file, &excerpt) {
            (Some(file), Some(e)) => match &e.cell {
                Some(cell) => format!("{file} {cell}"),
                None => format!("{file}:{}:{}", e.line, e.column),
            },
            (Some(file), None) => file,
            (None, _) => String::new(),
        };
        let mark = excerpt
            .map(|e| {
                let part = |r: std::ops::Range<usize>| escaped(e.text.get(r).unwrap_or_default());
                format!(
                    "<pre>{}<mark>{}</mark>{}</pre>",
                    part(0..e.mark.start),
                    part(e.mark.clone()),
                    part(e.mark.end..e.text.len())
                )
            })
            .unwrap_or_default();
        let hints: String = finding
            .diagnostic
            .hints
            .iter()
            .map(|h| format!("<p>{}</p>", escaped(h.get(lang))))
            .collect();
        body.push_str(&format!(
            "<li class=\"{}\"><h3>{}</h3><p><code>{}</code> · {}</p>{mark}{hints}</li>",
            finding.diagnostic.severity.id(),
            escaped(finding.diagnostic.message.get(lang)),
            escaped(finding.diagnostic.code),
            escaped(&place),
        ));
    }
    body.push_str("</ol>");
    if !checked.not_checked.is_empty() {
        body.push_str(&format!(
            "<h2>{}</h2><ul>",
            say("ไฟล์ที่ตรวจเนื้อหาไม่ได้", "Not checked")
        ));
        for file in &checked.not_checked {
            let why = if th { &file.why_th } else { &file.why_en };
            body.push_str(&format!(
                "<li>{}: {}</li>",
                escaped(&file.file),
                escaped(why)
            ));
        }
        body.push_str("</ul>");
    }
    let title = say("ความพร้อมสำหรับการประเมิน ITA", "Readiness for the ITA");
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>{body}</main></body></html>\n",
        lang.id()
    )
}

const STYLE: &str = "body{font:17px/1.7 Sarabun,'Noto Sans Thai','Leelawadee UI',Tahoma,sans-serif;margin:0;color:#14181d;background:#fff}main{max-width:60rem;margin:auto;padding:1rem}table{border-collapse:collapse;width:100%}caption{text-align:start;font-weight:700}th,td{border-bottom:1px solid #b8c2cc;padding:.3rem .6rem;text-align:start;vertical-align:top}.missing th,.incomplete th{color:#8f1813}pre{background:#f2f5f9;padding:.5rem;white-space:pre-wrap}mark{background:#fbdedb;border-bottom:2px solid #8f1813}.error{border-inline-start:4px solid #8f1813;padding-inline-start:1rem}.warning{border-inline-start:4px solid #5a3d00;padding-inline-start:1rem}.advice{border-inline-start:4px solid #3d3a66;padding-inline-start:1rem}ol{list-style:none;padding:0}li{margin-block:1rem}.score{font-size:1.2em}@media print{main{max-width:none}}";
