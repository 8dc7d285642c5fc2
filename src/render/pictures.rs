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

/// Plan and actual, one pair of bars a row.
pub struct PairOfBars {
    pub label: String,
    pub plan: i64,
    pub plan_text: String,
    pub actual: i64,
    pub actual_text: String,
}

/// Bars that share one scale; the longest leaves room for its figure.
pub fn paired_bars(rows: &[PairOfBars]) -> String {
    let longest = rows.iter().map(|r| r.plan.max(r.actual)).max().unwrap_or(0);
    let scale = longest.saturating_add(longest / 3);
    rows.iter()
        .map(|row| {
            let (plan, actual) = (share(row.plan, scale), share(row.actual, scale));
            format!(
                "<p>{}<svg width=\"100%\" height=\"40\" aria-hidden=\"true\"><rect class=\"plan\" width=\"{plan}%\" height=\"17\"/><text x=\"{plan}%\" y=\"14\" dx=\"6\">{}</text><rect class=\"actual\" y=\"19\" width=\"{actual}%\" height=\"17\"/><text x=\"{actual}%\" y=\"33\" dx=\"6\">{}</text></svg></p>",
                escaped(&row.label),
                escaped(&row.plan_text),
                escaped(&row.actual_text)
            )
        })
        .collect()
}

/// One bar: how much of the whole.
pub fn part_bar(part: i64, of: i64, height: u8) -> String {
    format!(
        "<svg class=\"bar\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\"><rect class=\"rest\" width=\"100%\" height=\"{height}\"/><rect class=\"actual\" width=\"{}%\" height=\"{height}\"/></svg>",
        share(part, of)
    )
}

/// One bar of several parts, each with its class.
pub fn stacked_bar(parts: &[(&str, usize)]) -> String {
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
            format!("<rect class=\"{class}\" x=\"{x}%\" width=\"{width}%\" height=\"36\"/>")
        })
        .collect();
    format!("<svg width=\"100%\" height=\"36\" aria-hidden=\"true\">{rects}</svg>")
}
