//! Messages on the terminal: the source line, a mark under the right letters,
//! what to write instead.

use std::collections::HashMap;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer as Draw, Snippet, renderer::DecorStyle};

use crate::diagnostic::{At, Diagnostic, Diagnostics, Lang, Place, Severity, column_name};
use crate::files::{Files, SitePath};

/// Reads sources once for all messages about them.
pub struct Sources<'f> {
    files: &'f dyn Files,
    texts: HashMap<Arc<str>, Option<Arc<str>>>,
}

impl<'f> Sources<'f> {
    pub fn new(files: &'f dyn Files) -> Sources<'f> {
        Sources {
            files,
            texts: HashMap::new(),
        }
    }

    fn text(&mut self, file: &Arc<str>) -> Option<Arc<str>> {
        if let Some(text) = self.texts.get(file) {
            return text.clone();
        }
        let text = SitePath::new(file)
            .ok()
            .and_then(|path| self.files.read_text(&path).ok())
            .map(|decoded| Arc::from(decoded.text));
        self.texts.insert(file.clone(), text.clone());
        text
    }

    /// Line and column (in letters) of a place, both from 1.
    pub fn line_column(&mut self, place: &Place) -> Option<(usize, usize)> {
        let At::Span(span) = &place.at else {
            return None;
        };
        let text = self.text(&place.file)?;
        let before = text.get(..(span.start as usize).min(text.len()))?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Some((line, column))
    }
}

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

/// A label on a source text, or on a cell as if it were a line.
struct Excerpt {
    path: String,
    line: usize,
    source: String,
    span: std::ops::Range<usize>,
    cell: bool,
}

fn one(diagnostic: &Diagnostic, sources: &mut Sources<'_>, lang: Lang, draw: &Draw) -> String {
    let title = level(diagnostic.severity, lang)
        .primary_title(diagnostic.message.get(lang).to_string())
        .id(diagnostic.code);
    let mut group = annotate_snippets::Group::with_title(title);
    let mut excerpts = Vec::new();
    if let Some(place) = &diagnostic.place {
        excerpts.push((
            excerpt(place, sources),
            AnnotationKind::Primary,
            String::new(),
        ));
    }
    for (place, say) in &diagnostic.labels {
        excerpts.push((
            excerpt(place, sources),
            AnnotationKind::Context,
            say.get(lang).to_string(),
        ));
    }
    for (excerpt, kind, label) in excerpts {
        match excerpt {
            // A cell's path says all: no line and column beside it.
            Ok(excerpt) if excerpt.cell => {
                let mut mark = kind.span(excerpt.span);
                if !label.is_empty() {
                    mark = mark.label(label);
                }
                group = group.element(annotate_snippets::Origin::path(excerpt.path));
                group = group.element(
                    Snippet::source(excerpt.source)
                        .line_start(excerpt.line)
                        .annotation(mark),
                );
            }
            Ok(excerpt) => {
                let mut mark = kind.span(excerpt.span);
                if !label.is_empty() {
                    mark = mark.label(label);
                }
                group = group.element(
                    Snippet::source(excerpt.source)
                        .line_start(excerpt.line)
                        .path(excerpt.path)
                        .fold(true)
                        .annotation(mark),
                );
            }
            Err(path) => group = group.element(annotate_snippets::Origin::path(path)),
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

fn excerpt(place: &Place, sources: &mut Sources<'_>) -> Result<Excerpt, String> {
    match &place.at {
        At::File => Err(place.file.to_string()),
        At::Cell {
            sheet,
            row,
            column,
            text,
        } => {
            let cell = format!("{}{row}", column_name(*column));
            let sheet = sheet
                .as_ref()
                .map(|s| format!(" [{s}]"))
                .unwrap_or_default();
            let path = format!("{}{sheet} {cell}", place.file);
            let source = text.lines().next().unwrap_or("").to_string();
            if source.is_empty() {
                return Err(path);
            }
            let span = 0..source.len();
            Ok(Excerpt {
                path,
                line: *row as usize,
                source,
                span,
                cell: true,
            })
        }
        At::Span(span) => {
            let text = sources
                .text(&place.file)
                .ok_or_else(|| place.file.to_string())?;
            let range = span.range();
            let start = floor(&text, range.start);
            let end = floor(&text, range.end.max(range.start));
            let first = text[..start].rfind('\n').map_or(0, |n| n + 1);
            // One line is shown, however much is meant.
            let last = text[start..].find('\n').map_or(text.len(), |n| start + n);
            let line = text[..first].matches('\n').count() + 1;
            let source = text[first..last].trim_end_matches('\r').to_string();
            let to = end.min(last).saturating_sub(first).min(source.len());
            let from = (start - first).min(source.len());
            let to = to.max(from);
            Ok(Excerpt {
                path: place.file.to_string(),
                line,
                source,
                span: from..to,
                cell: false,
            })
        }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All messages for machines: one JSON object.
pub fn json(diagnostics: &Diagnostics, sources: &mut Sources<'_>) -> serde_json::Value {
    let list: Vec<serde_json::Value> = diagnostics
        .iter()
        .map(|d| {
            let place = d.place.as_ref().map(|place| {
                let (line, column) = sources.line_column(place).map_or((None, None), |(l, c)| (Some(l), Some(c)));
                let (sheet, cell) = match &place.at {
                    At::Cell { sheet, row, column, .. } => (
                        sheet.as_ref().map(ToString::to_string),
                        Some(format!("{}{row}", column_name(*column))),
                    ),
                    _ => (None, None),
                };
                serde_json::json!({
                    "file": &*place.file, "line": line, "column": column, "sheet": sheet, "cell": cell,
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
