//! The size of a drawing, from its own words.

use quick_xml::Reader;
use quick_xml::events::Event;

pub enum Read {
    /// Width and height, px, as a browser takes them.
    Size((u32, u32)),
    /// A drawing that no browser can read to its end.
    Broken,
    Foreign,
}

/// What browsers take where a drawing says nothing (CSS Images 3).
const DEFAULT: (u32, u32) = (300, 150);

pub fn size(bytes: &[u8]) -> Read {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Read::Foreign;
    };
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut size = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if size.is_none() => {
                if tag.local_name().as_ref() != "svg" {
                    return Read::Foreign;
                }
                let attribute = |name: &str| {
                    let found = tag.try_get_attribute(name).ok().flatten()?;
                    Some(found.value.into_owned())
                };
                size = Some(from(
                    attribute("width").as_deref().and_then(length),
                    attribute("height").as_deref().and_then(length),
                    attribute("viewBox").as_deref().and_then(view_box),
                ));
            }
            Ok(Event::Eof) => {
                return size.map_or(Read::Foreign, Read::Size);
            }
            Ok(_) => {}
            Err(_) if size.is_some() => return Read::Broken,
            Err(_) => return Read::Foreign,
        }
    }
}

/// Programs for drawings that write about themselves: where the file lay, who
/// drew it, what was open.
const PROGRAMS: &[&str] = &["sodipodi", "inkscape"];

/// Without `<metadata>` and what drawing programs write for themselves; no
/// browser shows any of it. `None` for what is no whole drawing.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    if !matches!(size(bytes), Read::Size(_)) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(&text[mark..]);
    let mut out = text[..mark].to_string();
    // How deep inside an element that is left out.
    let mut inside = 0;
    loop {
        let from = mark + usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let to = mark + usize::try_from(reader.buffer_position()).ok()?;
        let raw = text.get(from..to)?;
        match event {
            Event::Eof => return Some(out.into_bytes()),
            Event::Start(_) | Event::End(_) if inside > 0 => {
                inside = match event {
                    Event::Start(_) => inside + 1,
                    _ => inside - 1,
                };
            }
            _ if inside > 0 => {}
            Event::Start(tag) if tells(tag.name().as_ref()) => inside = 1,
            Event::Empty(tag) if tells(tag.name().as_ref()) => {}
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let all: Vec<_> = tag.attributes().collect::<Result<_, _>>().ok()?;
                let is_told = |key: &str| tells(key) && !key.starts_with("metadata");
                if !all.iter().any(|a| is_told(a.key.as_ref())) {
                    out.push_str(raw);
                    continue;
                }
                out.push('<');
                out.push_str(tag.name().as_ref());
                for attribute in all.iter().filter(|a| !is_told(a.key.as_ref())) {
                    let quote = if attribute.value.contains('"') {
                        '\''
                    } else {
                        '"'
                    };
                    let (key, value) = (attribute.key.as_ref(), &attribute.value);
                    out.push_str(&format!(" {key}={quote}{value}{quote}"));
                }
                out.push_str(if raw.ends_with("/>") { "/>" } else { ">" });
            }
            _ => out.push_str(raw),
        }
    }
}

/// Whether an element or attribute of this name tells of the file, not of the
/// picture.
fn tells(name: &str) -> bool {
    match name.split_once(':') {
        Some((program, _)) if PROGRAMS.contains(&program) => true,
        Some((_, local)) => local == "metadata",
        None => name == "metadata",
    }
}

/// A length in px; `None` for shares of what surrounds the drawing.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let value: f64 = digits.trim().parse().ok()?;
    // CSS Values 4: 96 px are an inch.
    let px = match text.get(digits.len()..)?.trim() {
        "" | "px" => 1.0,
        "pt" => 4.0 / 3.0,
        "pc" => 16.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 9.6 / 2.54,
        "em" => 16.0,
        _ => return None,
    };
    Some(value * px).filter(|v| *v > 0.0)
}

fn view_box(text: &str) -> Option<(f64, f64)> {
    let numbers: Vec<f64> = text
        .split([' ', ',', '\n', '\t'])
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => Some((*width, *height)),
        _ => None,
    }
}

fn from(width: Option<f64>, height: Option<f64>, box_: Option<(f64, f64)>) -> (u32, u32) {
    let whole = |v: f64| v.round().clamp(1.0, 100_000.0) as u32;
    let (w, h) = match (width, height, box_) {
        (Some(w), Some(h), _) => (w, h),
        (Some(w), None, Some((bw, bh))) => (w, w * bh / bw),
        (None, Some(h), Some((bw, bh))) => (h * bw / bh, h),
        (None, None, Some(size)) => size,
        (w, h, None) => (w.unwrap_or(DEFAULT.0.into()), h.unwrap_or(DEFAULT.1.into())),
    };
    (whole(w), whole(h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_browsers_take_them() {
        for (head, wanted) in [
            ("viewBox=\"0 0 640 480\"", (640, 480)),
            ("width=\"10\" height=\"20px\"", (10, 20)),
            ("width=\"1in\" viewBox=\"0 0 2 1\"", (96, 48)),
            (
                "width=\"100%\" height=\"100%\" viewBox=\"0,0,30,40\"",
                (30, 40),
            ),
            ("", DEFAULT),
        ] {
            let svg = format!("<?xml version=\"1.0\"?><!-- x --><svg {head}><g/></svg>");
            assert!(
                matches!(size(svg.as_bytes()), Read::Size(s) if s == wanted),
                "{head}"
            );
        }
        assert!(matches!(size(b"<svg><g></svg>"), Read::Broken));
        assert!(matches!(size(b"<html></html>"), Read::Foreign));
        assert!(matches!(size(b"text"), Read::Foreign));
    }

    #[test]
    fn a_drawing_tells_nothing_of_its_program() {
        let told = "\u{feff}<?xml version='1.0'?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"i\" xmlns:sodipodi=\"s\" viewBox=\"0 0 1 1\" sodipodi:docname=\"C:\\Users\\x\\a.svg\" inkscape:version='1'>\n<sodipodi:namedview id=\"v\"><inkscape:grid/></sodipodi:namedview><metadata><rdf:RDF><dc:creator>x</dc:creator></rdf:RDF></metadata><g inkscape:label='a' fill='\"#fff\"'><path d=\"M0 0\"/></g></svg>";
        let clean_text =
            |text: &str| clean(text.as_bytes()).and_then(|c| String::from_utf8(c).ok());
        let clean_once = clean_text(told).expect("a drawing");
        assert_eq!(
            clean_once,
            "\u{feff}<?xml version='1.0'?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:inkscape=\"i\" xmlns:sodipodi=\"s\" viewBox=\"0 0 1 1\">\n<g fill='\"#fff\"'><path d=\"M0 0\"/></g></svg>"
        );
        assert_eq!(clean_text(&clean_once).as_deref(), Some(&*clean_once));
        let plain = "<svg viewBox=\"0 0 1 1\"><!-- a --><title>b &amp; c</title></svg>\n";
        assert_eq!(clean_text(plain).as_deref(), Some(plain));
        assert_eq!(clean_text("<svg><g></svg>"), None);
    }
}
