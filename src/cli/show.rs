//! Messages on the terminal: the source line, a mark under the right letters,
//! what to write instead.

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer as Draw, Snippet, renderer::DecorStyle,
};
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{At, Diagnostic, Diagnostics, Lang, Severity, column_name};
use crate::files::{Excerpt, Sources};

use super::lay::{Screen, hanging, wrap};

/// All messages for people, ready to print.
pub fn human(
    diagnostics: &Diagnostics,
    sources: &mut Sources<'_>,
    lang: Lang,
    screen: Screen,
) -> String {
    let draw = if screen.colour {
        Draw::styled()
    } else {
        Draw::plain()
    };
    // Long lines are cut here, between letters that belong together.
    let draw = draw.decor_style(DecorStyle::Unicode).term_width(1_000);
    diagnostics
        .iter()
        .map(|d| one(d, sources, lang, screen, &draw) + "\n\n")
        .collect()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::NOTE,
    }
}

/// Its name, and its colour on a terminal.
pub fn severity(severity: Severity, lang: Lang) -> (&'static str, &'static str) {
    match (severity, lang) {
        (Severity::Error, Lang::Th) => ("ผิดพลาด", "1;31"),
        (Severity::Error, Lang::En) => ("error", "1;31"),
        (Severity::Warning, Lang::Th) => ("เตือน", "1;33"),
        (Severity::Warning, Lang::En) => ("warning", "1;33"),
        (Severity::Advice, Lang::Th) => ("แนะนำ", "1;32"),
        (Severity::Advice, Lang::En) => ("advice", "1;32"),
    }
}

fn title(diagnostic: &Diagnostic, lang: Lang, screen: Screen) -> String {
    let (name, style) = severity(diagnostic.severity, lang);
    let label = format!("{name}[{}]", diagnostic.code);
    let text = format!("{label}: {}", diagnostic.message.get(lang));
    let text = hanging(&text, screen.width, 2);
    match text.strip_prefix(&label) {
        Some(rest) => {
            let rest: Vec<String> = rest.split('\n').map(|l| screen.paint("1", l)).collect();
            screen.paint(style, &label) + &rest.join("\n")
        }
        None => text,
    }
}

fn one(
    diagnostic: &Diagnostic,
    sources: &mut Sources<'_>,
    lang: Lang,
    screen: Screen,
    draw: &Draw,
) -> String {
    let mut excerpts = Vec::new();
    if let Some(place) = &diagnostic.place {
        excerpts.push((place, AnnotationKind::Primary, ""));
    }
    for (place, say) in &diagnostic.labels {
        excerpts.push((place, AnnotationKind::Context, say.get(lang)));
    }
    let excerpts: Vec<_> = excerpts
        .into_iter()
        .map(|(place, kind, label)| (place, kind, label, sources.excerpt(place)))
        .collect();
    let last_line = excerpts
        .iter()
        .filter_map(|e| Some(e.3.as_ref()?.line))
        .max();
    let margin = last_line.map_or(0, |n| n.to_string().len()) + 3;
    let mut group = Group::with_level(level(diagnostic.severity));
    // The drawing counts columns in the part of a line that it is given.
    let mut origins = Vec::new();
    for (place, kind, label, excerpt) in excerpts {
        let path = crate::thai::mask_citizen_numbers(&place.file).into_owned();
        let Some(excerpt) = excerpt else {
            group = group.element(Origin::path(path));
            continue;
        };
        // A label stands after its mark, on the line below.
        let room = screen
            .width
            .saturating_sub(margin + label.width().min(screen.width / 2));
        let (text, span) = window(&excerpt, room);
        let shown = text.get(..span.start).map_or(0, |t| t.chars().count()) + 1;
        let drawn = format!("{path}:{}:{shown}", excerpt.line);
        match &excerpt.cell {
            // A cell's path says all: no line and column beside it.
            Some(cell) if excerpt.text.is_empty() => {
                group = group.element(Origin::path(format!("{path} {cell}")));
                continue;
            }
            Some(cell) => origins.push((drawn, format!("{path} {cell}"))),
            None => {
                let real = format!("{path}:{}:{}", excerpt.line, excerpt.column);
                origins.push((drawn, real));
            }
        }
        let mut mark = kind.span(span);
        if !label.is_empty() {
            mark = mark.label(label.to_string());
        }
        let snippet = Snippet::source(text).line_start(excerpt.line).path(path);
        group = group.element(snippet.fold(true).annotation(mark));
    }
    for hint in &diagnostic.hints {
        let name = if lang == Lang::Th {
            "วิธีแก้"
        } else {
            "help"
        };
        let room = screen.width.saturating_sub(margin + name.width() + 2);
        let text = wrap(hint.get(lang), room).join("\n");
        group = group.element(Level::HELP.with_name(name).message(text));
    }
    let title = title(diagnostic, lang, screen);
    if group.is_empty() {
        return title;
    }
    let mut drawing = draw.render(&[group]);
    for (drawn, real) in origins.iter().filter(|(drawn, real)| drawn != real) {
        drawing = drawing.replacen(drawn, real, 1);
    }
    format!("{title}\n{drawing}")
}

/// The part of a line around its mark that fits, between letters that belong
/// together.
fn window(excerpt: &Excerpt, room: usize) -> (String, std::ops::Range<usize>) {
    let (text, mark) = (excerpt.text.as_str(), excerpt.mark.clone());
    let room = room.max(16);
    if text.width() <= room {
        return (text.to_string(), mark);
    }
    let clusters: Vec<(usize, &str)> = {
        let mut at = 0;
        let place = |c: &'_ str| {
            let start = at;
            at += c.len();
            start
        };
        let mut place = place;
        crate::thai::clusters(text).map(|c| (place(c), c)).collect()
    };
    let end_of = |i: usize| clusters.get(i).map_or(text.len(), |(at, _)| *at);
    let of = |byte: usize| clusters.partition_point(|(at, c)| at + c.len() <= byte);
    // The mark, or as much of it as fits, with some words before it.
    let (mut from, mut to) = (of(mark.start), of(mark.start));
    let mut used = 2;
    let width = |i: usize| clusters.get(i).map_or(0, |(_, c)| c.width());
    while to < clusters.len() && end_of(to) < mark.end && used + width(to) <= room {
        used += width(to);
        to += 1;
    }
    while from > 0 && used + width(from - 1) <= room && used < room * 2 / 3 {
        from -= 1;
        used += width(from);
    }
    while to < clusters.len() && used + width(to) <= room {
        used += width(to);
        to += 1;
    }
    while from > 0 && used + width(from - 1) <= room {
        from -= 1;
        used += width(from);
    }
    let (start, end) = (end_of(from), end_of(to));
    let before = if start > 0 { "…" } else { "" };
    let after = if end < text.len() { "…" } else { "" };
    let shift = |byte: usize| byte.clamp(start, end) - start + before.len();
    let span = shift(mark.start)..shift(mark.end);
    let shown = text.get(start..end).unwrap_or_default();
    (format!("{before}{shown}{after}"), span)
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
