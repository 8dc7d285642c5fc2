//! Pictures drawn at build: QR codes and bars, as SVG that needs no script.

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};

use super::html::escaped;

/// A QR code with its quiet zone of four modules (ISO/IEC 18004), dark on
/// white, error correction M. `None` when the text is too long for one.
pub fn qr(text: &str, label: &str) -> Option<String> {
    const QUIET: usize = 4;
    let code: QRCode = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let size = code.size;
    let full = size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code[y][x].value() {
                x += 1;
            }
            if x > start {
                path.push_str(&format!(
                    "M{} {}h{}v1h-{}z",
                    start + QUIET,
                    y + QUIET,
                    x - start,
                    x - start
                ));
            } else {
                x += 1;
            }
        }
    }
    Some(format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {full} {full}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{full}v{full}H0z\"/><path d=\"{path}\"/></svg>",
        escaped(label)
    ))
}

/// Share of `of` in percent with two decimals, for a width.
fn share(part: i64, of: i64) -> String {
    if of <= 0 {
        return "0".into();
    }
    let hundredths = i128::from(part.clamp(0, of)) * 10_000 / i128::from(of);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Stripes and dots in the colour of the page, laid over a bar so that it is
/// told from its neighbour without colour too. `chart` makes the ids unique.
fn textures(chart: &str) -> String {
    format!(
        "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs><pattern id=\"{chart}-stripes\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"on\" width=\"2\" height=\"7\"/></pattern><pattern id=\"{chart}-dots\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\"><circle class=\"on\" cx=\"3\" cy=\"3\" r=\"1.4\"/></pattern></defs></svg>"
    )
}

/// How the bars of a class differ besides their colour.
fn texture(class: &str) -> Option<&'static str> {
    match class {
        "plan" | "doing" => Some("stripes"),
        "todo" => Some("dots"),
        _ => None,
    }
}

/// A bar, at `x` and of `width` percent.
fn bar(chart: &str, class: &str, x: &str, y: u32, width: &str, height: u32) -> String {
    let place = format!("x=\"{x}%\" y=\"{y}\" width=\"{width}%\" height=\"{height}\"");
    let over = texture(class).map_or_else(String::new, |t| {
        format!("<rect {place} fill=\"url(#{chart}-{t})\"/>")
    });
    format!("<rect class=\"{class}\" {place}/>{over}")
}

/// What a bar of this class looks like, for the key.
pub fn swatch(chart: &str, class: &str) -> String {
    format!(
        "<svg width=\"18\" height=\"18\" aria-hidden=\"true\">{}</svg>",
        bar(chart, class, "0", 0, "100", 18)
    )
}

/// A row of a chart: what it is about, and its bars, each with its class, its
/// length and the figure written at its end.
pub struct Bars {
    /// As HTML.
    pub label: String,
    pub bars: Vec<(&'static str, i64, String)>,
}

/// Rows of bars on one scale, each with its figure at its end. With `whole`,
/// bars are parts of it; `mark` draws a line across (a target), which goes on
/// behind the figures.
pub fn bars(chart: &str, rows: &[Bars], whole: Option<i64>, mark: Option<i64>) -> String {
    let longest = rows
        .iter()
        .flat_map(|r| &r.bars)
        .map(|b| b.1)
        .max()
        .unwrap_or(0);
    let longest = whole.unwrap_or(longest);
    let scale = longest.saturating_add(longest / if whole.is_some() { 4 } else { 3 });
    let lines: String = rows
        .iter()
        .map(|row| {
            let height = row.bars.len() * 20;
            let mut figures = String::new();
            let drawn: String = (0u32..)
                .zip(&row.bars)
                .map(|(n, (class, length, figure))| {
                    // A mark that is nearly reached stays in sight: the figure
                    // stands behind it.
                    let near = mark.filter(|m| (0..=scale / 20).contains(&m.saturating_sub(*length)));
                    let end = share(near.unwrap_or(*length), scale);
                    figures.push_str(&format!(
                        "<text x=\"{end}%\" dx=\"6\" y=\"{}\">{}</text>",
                        n * 20 + 14,
                        escaped(figure)
                    ));
                    bar(chart, class, "0", n * 20, &share(*length, scale), 17)
                })
                .collect();
            let line = mark.map_or_else(String::new, |m| {
                let x = share(m, scale);
                format!("<line class=\"mark\" x1=\"{x}%\" x2=\"{x}%\" y1=\"-4\" y2=\"{}\"/>", height + 1)
            });
            format!(
                "<p>{}<svg width=\"100%\" height=\"{height}\" aria-hidden=\"true\">{drawn}{line}{figures}</svg></p>",
                row.label,
            )
        })
        .collect();
    textures(chart) + &lines
}

/// One bar: how much of the whole.
pub fn part_bar(part: i64, of: i64, height: u8) -> String {
    format!(
        "<svg class=\"bar\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\"><rect class=\"rest\" width=\"100%\" height=\"{height}\"/><rect class=\"actual\" width=\"{}%\" height=\"{height}\"/></svg>",
        share(part, of)
    )
}

/// One bar of several parts, each with its class.
pub fn stacked_bar(chart: &str, parts: &[(&str, usize)], height: u32) -> String {
    let total: usize = parts.iter().map(|(_, n)| n).sum();
    let mut at = 0usize;
    let rects: String = parts
        .iter()
        .filter(|(_, n)| *n > 0)
        .map(|(class, n)| {
            let (x, width) = (
                share(at as i64, total as i64),
                share(*n as i64, total as i64),
            );
            at += n;
            bar(chart, class, &x, 0, &width, height)
        })
        .collect();
    format!(
        "{}<svg width=\"100%\" height=\"{height}\" aria-hidden=\"true\">{rects}</svg>",
        textures(chart)
    )
}
