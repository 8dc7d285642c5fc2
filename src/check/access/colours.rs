//! The site's own colours: can their text be read? Contrast is that of WCAG
//! 2.2, success criterion 1.4.3.

use crate::check::context::Context;
use crate::check::finding::{Found, finding};
use crate::content::Reread;
use crate::fields::Value;

const ENOUGH: f64 = 4.5;
const WHITE: Colour = [255, 255, 255];
/// The light grey on which the default theme sets its footer, notices and
/// the tasks of the home page.
const SURFACE: Colour = [0xf2, 0xf5, 0xf9];

type Colour = [u8; 3];

/// Links have the brand's colour; headings, the menu and buttons the accent's,
/// as text on white and under white text.
pub fn check(context: &Context<'_>, text: &Reread, found: &mut Found) {
    let settings = &context.site.content.settings;
    // Another theme has surfaces of its own.
    let ground = if settings.theme == "default" {
        SURFACE
    } else {
        WHITE
    };
    let Some(Value::Table(table)) = text.fields.get("colours").map(|n| &n.value) else {
        return;
    };
    for (key, use_th, use_en) in [
        ("brand", "ลิงก์", "links"),
        ("accent", "หัวข้อและเมนู", "headings and the menu"),
    ] {
        let Some(node) = table.get(key) else { continue };
        let Value::Text(written) = &node.value else {
            continue;
        };
        let Some(colour) = read(written) else {
            continue;
        };
        let contrast = contrast(colour, ground);
        if contrast >= ENOUGH {
            continue;
        }
        let near = write(darker(colour, ground));
        found.push(
            finding(
                "poor-contrast",
                format!("สี {written} ของ{use_th}ต่างจากพื้นเพียง {contrast:.2} เท่า ต้อง 4.5 ขึ้นไปจึงจะอ่านออก"),
                format!("{written} for {use_en} has a contrast of only {contrast:.2} with its ground; text needs 4.5"),
            )
            .hint(
                format!("สีใกล้กันที่อ่านออก: {key} = \"{near}\""),
                format!("a near colour that can be read: {key} = \"{near}\""),
            )
            .at(text.place_at(&node.at)),
        );
    }
}

fn read(text: &str) -> Option<Colour> {
    let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6)?;
    let part = |range| {
        digits
            .get(range)
            .and_then(|d| u8::from_str_radix(d, 16).ok())
    };
    Some([part(0..2)?, part(2..4)?, part(4..6)?])
}

fn write([r, g, b]: Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Relative luminance: WCAG 2.2, Definitions.
fn luminance(colour: Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The lightest shade of a colour that can be read on a light ground.
fn darker(colour: Colour, ground: Colour) -> Colour {
    (0..=100u16)
        .rev()
        .map(|percent| colour.map(|part| (u16::from(part) * percent / 100) as u8))
        .find(|shade| contrast(*shade, ground) >= ENOUGH)
        .unwrap_or([0, 0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast([0, 0, 0], WHITE) - 21.0).abs() < 0.001);
        assert!((contrast([0x77, 0x77, 0x77], WHITE) - 4.48).abs() < 0.005);
        assert!((contrast([0x76, 0x76, 0x76], WHITE) - 4.54).abs() < 0.005);
        assert!((contrast([255, 0, 0], WHITE) - 4.0).abs() < 0.005);
    }

    #[test]
    fn the_near_colour_passes_and_is_the_lightest() {
        for colour in [
            [0x4a, 0x90, 0xd9],
            [255, 204, 0],
            [0, 200, 0],
            [255, 255, 255],
        ] {
            let near = darker(colour, SURFACE);
            assert!(contrast(near, SURFACE) >= ENOUGH);
            assert!(contrast(near, SURFACE) < 4.75, "{near:?}");
        }
    }
}
