//! The colours of a site: two are given, the others are derived from them in
//! OKLCH (Ottosson 2020, CSS Color 4) so that every pair of text and ground
//! has the contrast of WCAG 2.2, in light and in dark.

use crate::content::agency::{Settings, SiteColour};
use crate::diagnostic::{Diagnostic, Say};

/// sRGB, eight bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// Contrast of text: WCAG 2.2, 1.4.3.
pub const TEXT: f64 = 4.5;
/// Contrast of what is no text but has a meaning: WCAG 2.2, 1.4.11.
pub const SHAPE: f64 = 3.0;

const WHITE: Colour = Colour([255; 3]);
/// Where the webmaster gives none.
const BRAND: Colour = Colour([0x17, 0x49, 0x8a]);
const ACCENT: Colour = Colour([0x0e, 0x2f, 0x5c]);

/// Words for what a colour is used for, with its colour.
pub type Scheme = Vec<(&'static str, Colour)>;

/// What must be told from what, and how well: `(colour, ground, contrast)`.
/// Tags and notices stand on their own tints only.
pub const PAIRS: &[(&str, &str, f64)] = &[
    ("text", "page", TEXT),
    ("text", "surface", TEXT),
    ("text", "head", TEXT),
    ("quiet", "page", TEXT),
    ("quiet", "surface", TEXT),
    ("quiet", "head", TEXT),
    ("link", "page", TEXT),
    ("link", "surface", TEXT),
    ("visited", "page", TEXT),
    ("visited", "surface", TEXT),
    ("title", "page", TEXT),
    ("title", "surface", TEXT),
    ("title", "head", TEXT),
    ("on-bar", "bar", TEXT),
    ("on-focus", "focus", TEXT),
    ("edge", "page", SHAPE),
    ("edge", "surface", SHAPE),
    ("plan", "page", SHAPE),
    ("actual", "page", SHAPE),
    ("part-done", "page", SHAPE),
    ("part-doing", "page", SHAPE),
    ("part-todo", "page", SHAPE),
    ("green", "green-tint", TEXT),
    ("amber", "amber-tint", TEXT),
    ("grey", "grey-tint", TEXT),
    ("red", "red-tint", TEXT),
    ("violet", "violet-tint", TEXT),
    // Words and links in a notice that warns.
    ("text", "amber-tint", TEXT),
    ("text", "red-tint", TEXT),
    ("link", "amber-tint", TEXT),
    ("link", "red-tint", TEXT),
    ("title", "amber-tint", TEXT),
    ("visited", "amber-tint", TEXT),
];

pub struct Palette {
    pub light: Scheme,
    pub dark: Scheme,
}

impl Palette {
    /// The palette of a site, and what is wrong with the colours given: one
    /// that can't be read is refused, with the nearest that can.
    pub fn of(settings: &Settings) -> (Palette, Vec<Diagnostic>) {
        let mut found = Vec::new();
        let given = |colour: &Option<SiteColour>, fallback| {
            colour
                .as_ref()
                .and_then(|c| Colour::read(&c.hex))
                .unwrap_or(fallback)
        };
        let (brand, accent) = (
            given(&settings.brand, BRAND),
            given(&settings.accent, ACCENT),
        );
        let refusals = Palette::refusals(brand, accent);
        let uses = [
            (&settings.brand, "brand", "ลิงก์", "links"),
            (
                &settings.accent,
                "accent",
                "หัวข้อและแถบเมนู",
                "headings and the menu bar",
            ),
        ];
        for ((written, key, use_th, use_en), refusal) in uses.into_iter().zip(refusals) {
            if let (Some(written), Some((contrast, near))) = (written, refusal) {
                found.push(refused(written, key, (use_th, use_en), contrast, near));
            }
        }
        (Palette::derive(brand, accent), found)
    }

    /// What is wrong with each of two colours. The second is judged on the
    /// grounds that the first will give once it is mended, so that who changes
    /// what is told is not told again.
    fn refusals(brand: Colour, accent: Colour) -> [Option<(f64, Colour)>; 2] {
        let of_brand = Palette::derive(brand, accent).refusal(brand, "link");
        let mended = of_brand.map_or(brand, |(_, near)| near);
        let of_accent = Palette::derive(mended, accent).refusal(accent, "title");
        [of_brand, of_accent]
    }

    /// From any two colours; those that are too light to be read stay as they
    /// are (see [`Palette::of`]).
    pub fn derive(brand: Colour, accent: Colour) -> Palette {
        Palette {
            light: light(brand, accent),
            dark: dark(brand, accent),
        }
    }

    /// The lowest contrast of a given colour in the light scheme when it is
    /// too low, and the nearest darker colour that can be read everywhere.
    fn refusal(&self, colour: Colour, name: &str) -> Option<(f64, Colour)> {
        let grounds: Vec<Colour> = PAIRS
            .iter()
            .filter(|(text, ..)| *text == name)
            .filter_map(|(_, ground, _)| get(&self.light, ground))
            .collect();
        let lowest = |c: Colour| {
            grounds
                .iter()
                .map(|g| contrast(c, *g))
                .fold(f64::INFINITY, f64::min)
        };
        let contrast = lowest(colour);
        // The grounds take the brand's tone: with another brand they are a
        // trace darker.
        let good = |c| lowest(c) >= TEXT + 0.15;
        (contrast < TEXT).then(|| (contrast, step(colour, -0.004, good)))
    }

    /// Custom properties: light, dark on screens that ask for it, and more
    /// contrast where that is asked for.
    pub fn css(&self) -> String {
        let rules = |scheme: &Scheme| -> String {
            scheme
                .iter()
                .map(|(name, colour)| format!("--{name}:{};", colour.hex()))
                .collect()
        };
        let same = |one: &(&str, Colour)| get(&self.light, one.0) == Some(one.1);
        let changed: Scheme = self.dark.iter().filter(|c| !same(c)).copied().collect();
        format!(
            ":root{{color-scheme:light dark;{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n@media (prefers-contrast:more){{:root{{--quiet:var(--text);--rule:var(--edge)}}}}\n",
            rules(&self.light),
            rules(&changed)
        )
    }
}

pub fn get(scheme: &Scheme, name: &str) -> Option<Colour> {
    scheme.iter().find(|(n, _)| *n == name).map(|(_, c)| *c)
}

fn refused(
    written: &SiteColour,
    key: &str,
    (use_th, use_en): (&str, &str),
    contrast: f64,
    near: Colour,
) -> Diagnostic {
    let (hex, near) = (&written.hex, near.hex());
    // 4.499 must not be told as 4.50.
    let shown = (contrast * 100.0).floor() / 100.0;
    Diagnostic::error(
        "poor-contrast",
        Say::new(
            format!("สี {hex} ของ{use_th}ต่างจากพื้นเพียง {shown:.2} เท่า ต้อง 4.5 ขึ้นไปจึงจะอ่านออก"),
            format!("{hex} for {use_en} has a contrast of only {shown:.2} with its ground; text needs 4.5"),
        ),
    )
    .at(written.place.clone())
    .hint(Say::new(
        format!("สีใกล้กันที่อ่านออก: {key} = \"{near}\""),
        format!("a near colour that can be read: {key} = \"{near}\""),
    ))
}

fn fixed(list: &[(&'static str, u32)]) -> Scheme {
    list.iter()
        .map(|(name, rgb)| {
            let [_, r, g, b] = rgb.to_be_bytes();
            (*name, Colour([r, g, b]))
        })
        .collect()
}

fn light(brand: Colour, accent: Colour) -> Scheme {
    let hue = Lch::of(brand);
    let tint = |lightness: f64, chroma: f64| hue.with(lightness, chroma.min(hue.c)).colour();
    let page = WHITE;
    let mut scheme = vec![
        ("page", page),
        ("surface", tint(0.972, 0.008)),
        ("head", tint(0.935, 0.018)),
        ("rule", tint(0.82, 0.02)),
        ("edge", tint(0.52, 0.03)),
        ("link", brand),
        ("title", accent),
        ("bar", accent),
        ("on-bar", WHITE),
        ("actual", accent),
        // As far from what was paid as the page allows.
        (
            "plan",
            step(tint(0.75, 0.07), -0.004, |c| contrast(c, page) >= SHAPE),
        ),
    ];
    scheme.extend(fixed(&[
        ("text", 0x14181d),
        ("quiet", 0x4a5662),
        ("visited", 0x5a2d82),
        ("trim", 0xc79a2b),
        ("focus", 0xffd100),
        ("on-focus", 0x14181d),
        ("part-done", 0x1f7a4d),
        ("part-doing", 0xb57908),
        ("part-todo", 0x8593a1),
        ("green", 0x0b4a2c),
        ("green-tint", 0xd6efe0),
        ("amber", 0x5a3d00),
        ("amber-tint", 0xfdeec2),
        ("grey", 0x2c3640),
        ("grey-tint", 0xe4e9ee),
        ("red", 0x7c1612),
        ("red-tint", 0xfbdedb),
        ("violet", 0x3d3a66),
        ("violet-tint", 0xe6e4f4),
    ]));
    scheme
}

fn dark(brand: Colour, accent: Colour) -> Scheme {
    let (hue, second) = (Lch::of(brand), Lch::of(accent));
    let tint = |lightness: f64, chroma: f64| hue.with(lightness, chroma.min(hue.c)).colour();
    let (page, head) = (tint(0.2, 0.015), tint(0.305, 0.022));
    let white = Colour([0xee, 0xf2, 0xf6]);
    let grounds = [
        page,
        head,
        Colour([0x42, 0x32, 0x10]),
        Colour([0x4d, 0x1b, 0x18]),
    ];
    let readable =
        |c: Colour| grounds.iter().all(|g| contrast(c, *g) >= TEXT) && contrast(c, page) >= 7.0;
    let mut scheme = vec![
        ("page", page),
        ("surface", tint(0.245, 0.018)),
        ("head", head),
        ("rule", tint(0.4, 0.022)),
        ("edge", tint(0.68, 0.03)),
        (
            "link",
            step(hue.with(0.7, hue.c.min(0.12)).colour(), 0.004, readable),
        ),
        (
            "title",
            step(
                second.with(0.88, second.c.min(0.05)).colour(),
                0.004,
                readable,
            ),
        ),
        (
            "bar",
            step(
                second.with(0.36, second.c.min(0.08)).colour(),
                -0.004,
                |c| contrast(c, white) >= TEXT,
            ),
        ),
        ("on-bar", white),
        (
            "actual",
            step(
                second.with(0.8, second.c.min(0.09)).colour(),
                0.004,
                readable,
            ),
        ),
        (
            "plan",
            step(tint(0.5, 0.05), 0.004, |c| contrast(c, page) >= SHAPE),
        ),
    ];
    scheme.extend(fixed(&[
        ("text", 0xeef2f6),
        ("quiet", 0xb7c2cd),
        ("visited", 0xcfb2f0),
        ("trim", 0xc79a2b),
        ("focus", 0xffd100),
        ("on-focus", 0x14181d),
        ("part-done", 0x5cc08d),
        ("part-doing", 0xe0b04a),
        ("part-todo", 0x7d8b99),
        ("green", 0xb9ecd0),
        ("green-tint", 0x12392a),
        ("amber", 0xffe3a3),
        ("amber-tint", 0x423210),
        ("grey", 0xdbe3ea),
        ("grey-tint", 0x303a44),
        ("red", 0xffcdc8),
        ("red-tint", 0x4d1b18),
        ("violet", 0xd9d6ff),
        ("violet-tint", 0x302d55),
    ]));
    scheme
}

/// The first colour of `from`'s hue that is good enough, going lighter or
/// darker; black or white when none is.
fn step(from: Colour, by: f64, good: impl Fn(Colour) -> bool) -> Colour {
    let start = Lch::of(from);
    if good(from) {
        return from;
    }
    let mut lightness = start.l + by;
    while (0.0..=1.0).contains(&lightness) {
        let colour = start.with(lightness, start.c).colour();
        if good(colour) {
            return colour;
        }
        lightness += by;
    }
    if by < 0.0 { Colour([0; 3]) } else { WHITE }
}

/// Relative luminance: WCAG 2.2, Definitions.
fn luminance(Colour(rgb): Colour) -> f64 {
    let [r, g, b] = rgb.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The light of one part of an sRGB colour, 0 to 1.
fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}

pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Colour {
    /// `#rrggbb`
    pub fn read(text: &str) -> Option<Colour> {
        let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6)?;
        let part = |range| u8::from_str_radix(digits.get(range)?, 16).ok();
        Some(Colour([part(0..2)?, part(2..4)?, part(4..6)?]))
    }

    pub fn hex(self) -> String {
        let Colour([r, g, b]) = self;
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

/// OKLCH: lightness 0 to 1, chroma, hue in radians.
#[derive(Clone, Copy)]
struct Lch {
    l: f64,
    c: f64,
    h: f64,
}

impl Lch {
    fn of(Colour(rgb): Colour) -> Lch {
        let [r, g, b] = rgb.map(linear);
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
        let x = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
        let y = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
        Lch {
            l: lightness,
            c: x.hypot(y),
            h: y.atan2(x),
        }
    }

    fn with(self, l: f64, c: f64) -> Lch {
        Lch { l, c, h: self.h }
    }

    /// sRGB; chroma that a screen can't show is taken away.
    fn colour(self) -> Colour {
        let mut chroma = self.c;
        loop {
            let light = self.light(chroma);
            if chroma <= 0.001 || light.iter().all(|p| (-0.0005..=1.0005).contains(p)) {
                return Colour(light.map(encode));
            }
            chroma *= 0.95;
        }
    }

    fn light(self, chroma: f64) -> [f64; 3] {
        let (x, y) = (chroma * self.h.cos(), chroma * self.h.sin());
        let l = (self.l + 0.396_337_777_4 * x + 0.215_803_757_3 * y).powi(3);
        let m = (self.l - 0.105_561_345_8 * x - 0.063_854_172_8 * y).powi(3);
        let s = (self.l - 0.089_484_177_5 * x - 1.291_485_548 * y).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ]
    }
}

fn encode(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let part = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (part * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let with_white = |rgb| contrast(Colour(rgb), WHITE);
        assert!((with_white([0, 0, 0]) - 21.0).abs() < 0.001);
        assert!((with_white([0x77, 0x77, 0x77]) - 4.48).abs() < 0.005);
        assert!((with_white([0x76, 0x76, 0x76]) - 4.54).abs() < 0.005);
        assert!((with_white([255, 0, 0]) - 4.0).abs() < 0.005);
    }

    /// Fails where a pair of the scheme can't be read.
    fn judge(name: &str, scheme: &Scheme) -> Result<(), TestCaseError> {
        for (colour, ground, needed) in PAIRS {
            let (one, other) = (get(scheme, colour), get(scheme, ground));
            let (Some(one), Some(other)) = (one, other) else {
                return Err(TestCaseError::fail(format!(
                    "{colour} or {ground} is no colour"
                )));
            };
            let ratio = contrast(one, other);
            prop_assert!(
                ratio >= *needed,
                "{name}: {colour} {} on {ground} {} is {ratio:.2}",
                one.hex(),
                other.hex()
            );
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        /// Any two colours: refused, or every pair of both schemes can be read.
        #[test]
        fn every_pair_can_be_read_whatever_two_colours_are_given(one: [u8; 3], other: [u8; 3]) {
            let palette = Palette::derive(Colour(one), Colour(other));
            judge("dark", &palette.dark)?;
            let near = |c, refusal: Option<(f64, Colour)>| refusal.map_or(c, |(_, near)| near);
            let [of_brand, of_accent] = Palette::refusals(Colour(one), Colour(other));
            let (brand, accent) = (near(Colour(one), of_brand), near(Colour(other), of_accent));
            // What is proposed instead is taken.
            let mended = Palette::derive(brand, accent);
            prop_assert!(mended.refusal(brand, "link").is_none(), "{} is refused", brand.hex());
            prop_assert!(mended.refusal(accent, "title").is_none(), "{} is refused", accent.hex());
            judge("light", &mended.light)?;
        }

        #[test]
        fn a_colour_survives_the_way_there_and_back(rgb: [u8; 3]) {
            prop_assert_eq!(Lch::of(Colour(rgb)).colour(), Colour(rgb));
        }
    }
}
