//! Messages on the terminal: the source line, a mark under the right letters,
//! what to write instead.

use annotate_snippets::{AnnotationKind, Level, Renderer as Draw, Snippet, renderer::DecorStyle};

use crate::diagnostic::{At, Diagnostic, Diagnostics, Lang, Severity, column_name};
use crate::files::Sources;

/// All messages for people, ready to print.
pub fn human(
    diagnostics: &Diagnostics,
    sources: &mut Sources<'_>,
    lang: Lang,
    colour: bool,
) -> String {
    let draw = if colour {
        Draw::styled()
    } else {
        Draw::plain()
    };
    let draw = draw.decor_style(DecorStyle::Unicode);
    diagnostics
        .iter()
        .map(|d| one(d, sources, lang, &draw) + "\n\n")
        .collect()
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    let (level, th) = match severity {
        Severity::Error => (Level::ERROR, "ผิดพลาด"),
        Severity::Warning => (Level::WARNING, "เตือน"),
        Severity::Advice => (Level::NOTE, "แนะนำ"),
    };
    match lang {
        Lang::Th => level.with_name(th),
        Lang::En => level,
    }
}

fn one(diagnostic: &Diagnostic, sources: &mut Sources<'_>, lang: Lang, draw: &Draw) -> String {
    let title = level(diagnostic.severity, lang)
        .primary_title(diagnostic.message.get(lang).to_string())
        .id(diagnostic.code);
    let mut group = annotate_snippets::Group::with_title(title);
    let mut excerpts = Vec::new();
    if let Some(place) = &diagnostic.place {
        excerpts.push((place, AnnotationKind::Primary, String::new()));
    }
    for (place, say) in &diagnostic.labels {
        excerpts.push((place, AnnotationKind::Context, say.get(lang).to_string()));
    }
    for (place, kind, label) in excerpts {
        let path = crate::thai::mask_citizen_numbers(&place.file).into_owned();
        let Some(excerpt) = sources.excerpt(place) else {
            group = group.element(annotate_snippets::Origin::path(path));
            continue;
        };
        let mut mark = kind.span(excerpt.mark);
        if !label.is_empty() {
            mark = mark.label(label);
        }
        let snippet = Snippet::source(excerpt.text.clone()).line_start(excerpt.line);
        match excerpt.cell {
            // A cell's path says all: no line and column beside it.
            Some(cell) => {
                group = group.element(annotate_snippets::Origin::path(format!("{path} {cell}")));
                if !excerpt.text.is_empty() {
                    group = group.element(snippet.annotation(mark));
                }
            }
            None => group = group.element(snippet.path(path).fold(true).annotation(mark)),
        }
    }
    for hint in &diagnostic.hints {
        let help = Level::HELP;
        let help = if lang == Lang::Th {
            help.with_name("วิธีแก้")
        } else {
            help
        };
        group = group.element(help.message(hint.get(lang).to_string()));
    }
    draw.render(&[group])
}

/// All messages for machines: one JSON object.
pub fn json(diagnostics: &Diagnostics, sources: &mut Sources<'_>) -> serde_json::Value {
    let list: Vec<serde_json::Value> = diagnostics
        .iter()
        .map(|d| {
            let place = d.place.as_ref().map(|place| {
                let (line, column) = sources
                    .excerpt(place)
                    .filter(|e| e.cell.is_none())
                    .map_or((None, None), |e| (Some(e.line), Some(e.column)));
                let (sheet, cell) = match &place.at {
                    At::Cell { sheet, row, column, .. } => (
                        sheet.as_ref().map(ToString::to_string),
                        Some(format!("{}{row}", column_name(*column))),
                    ),
                    _ => (None, None),
                };
                serde_json::json!({
                    "file": crate::thai::mask_citizen_numbers(&place.file), "line": line, "column": column, "sheet": sheet, "cell": cell,
                })
            });
            serde_json::json!({
                "code": d.code,
                "severity": d.severity.id(),
                "message": { "th": d.message.th, "en": d.message.en },
                "place": place,
                "hints": d.hints.iter().map(|h| serde_json::json!({ "th": h.th, "en": h.en })).collect::<Vec<_>>(),
            })
        })
        .collect();
    serde_json::Value::Array(list)
}
