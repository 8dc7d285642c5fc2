//! Pictures drawn at build as PNG: the card that chat programs show for a
//! link (Open Graph), and the site's icons. Same site, same bytes; each is
//! drawn only when it is asked for.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use crate::content::agency::Words;
use crate::diagnostic::Lang;
use crate::files::SitePath;
use crate::site::Site;
use crate::site::address::Target;
use crate::site::refer::From;

use super::html::escaped;

/// Width and height of a card, px, as chat programs ask for.
pub const CARD: (u32, u32) = (1200, 630);

/// Thai and Latin of Sarabun Bold (OFL), out of the theme's web fonts.
static FONT: &[u8] = include_bytes!("../../themes/default/card/sarabun-bold.ttf");

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// A picture of every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    Card(Lang),
    /// Its side in px.
    Icon(u32),
    Favicon,
}

impl Picture {
    pub const ALL: &[Picture] = &[
        Picture::Card(Lang::Th),
        Picture::Card(Lang::En),
        Picture::Favicon,
        Picture::Icon(180),
        Picture::Icon(192),
        Picture::Icon(512),
    ];

    pub fn path(self) -> String {
        match self {
            Picture::Card(lang) => format!("assets/card-{}.png", lang.id()),
            // Where browsers look without being told.
            Picture::Favicon => "favicon.ico".into(),
            Picture::Icon(180) => "apple-touch-icon.png".into(),
            Picture::Icon(size) => format!("assets/icon-{size}.png"),
        }
    }

    pub fn bytes(self, site: &Site) -> Option<Vec<u8>> {
        match self {
            Picture::Card(lang) => card(site, lang),
            Picture::Icon(size) => icon(site, size),
            Picture::Favicon => favicon(site),
        }
    }
}

/// PNG of an SVG; `None` when it can't be read. Looks at nothing but the SVG:
/// no files, no fonts of the machine.
fn draw(svg: &[u8], size: (u32, u32)) -> Option<Vec<u8>> {
    let mut options = usvg::Options {
        fontdb: FONTS.clone(),
        font_family: "Sarabun".into(),
        ..usvg::Options::default()
    };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(svg, &options).ok()?;
    let mut picture = Pixmap::new(size.0, size.1)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = (size.0 as f32 / width).min(size.1 as f32 / height);
    let transform = Transform::from_scale(scale, scale).post_translate(
        (size.0 as f32 - width * scale) / 2.0,
        (size.1 as f32 - height * scale) / 2.0,
    );
    resvg::render(&tree, transform, &mut picture.as_mut());
    picture.encode_png().ok()
}

/// The agency's logo: its bytes and media type.
fn logo(site: &Site) -> Option<(Vec<u8>, &'static str)> {
    let reference = site.content.settings.agency.logo.as_ref()?;
    let from = From {
        file: &reference.place.file,
        year: site.current_year,
        lang: Lang::Th,
    };
    let Ok(Target::File { path }) = site.resolve(reference, from) else {
        return None;
    };
    let path = SitePath::new(&format!("{}/{path}", crate::content::FOLDER)).ok()?;
    let kind = match path.extension().as_deref()? {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => return None,
    };
    Some((site.files.read(&path).ok()?, kind))
}

fn colours(site: &Site) -> (&str, &str) {
    let settings = &site.content.settings;
    (
        settings
            .brand
            .as_ref()
            .map_or("#17498a", |c| c.hex.as_str()),
        settings
            .accent
            .as_ref()
            .map_or("#0e2f5c", |c| c.hex.as_str()),
    )
}

fn said(words: &Words, lang: Lang) -> &str {
    match (lang, &words.en) {
        (Lang::En, Some(en)) => en,
        _ => &words.th,
    }
}

/// A size, px, at which a line stays within `room` px: Thai marks above and
/// below take no room of their own, a letter about six tenths of the size.
fn size_for(line: &str, largest: u32, room: u32) -> u32 {
    let letters = line
        .chars()
        .filter(|c| !matches!(c, '\u{0E31}' | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}'))
        .count()
        .max(1);
    let letters = u32::try_from(letters).unwrap_or(u32::MAX);
    (room.saturating_mul(10) / letters.saturating_mul(6).max(1)).clamp(24, largest)
}

/// The card of the site in one language.
fn card(site: &Site, lang: Lang) -> Option<Vec<u8>> {
    let agency = &site.content.settings.agency;
    let (brand, accent) = colours(site);
    let (width, height) = CARD;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><rect width=\"{width}\" height=\"{height}\" fill=\"{accent}\"/><rect y=\"{}\" width=\"{width}\" height=\"24\" fill=\"{brand}\"/><rect y=\"{}\" width=\"{width}\" height=\"6\" fill=\"#c79a2b\"/>",
        height - 24,
        height - 30,
    );
    if let Some((bytes, kind)) = logo(site) {
        svg.push_str(&format!(
            "<image x=\"80\" y=\"72\" width=\"150\" height=\"150\" href=\"data:{kind};base64,{}\"/>",
            base64(&bytes)
        ));
    }
    let name = said(&agency.name, lang);
    let area: Vec<&str> = agency
        .district
        .iter()
        .chain([&agency.province])
        .map(|w| said(w, lang))
        .collect();
    let purpose = match lang {
        Lang::Th => "ข้อมูลสาธารณะและการเปิดเผยข้อมูล (OIT)",
        Lang::En => "Public information and disclosure (OIT)",
    };
    for (text, y, largest, fill) in [
        (name, 350, 84, "#fff"),
        (&area.join(" "), 434, 44, "#fff"),
        (purpose, 536, 36, "#f3d98b"),
    ] {
        svg.push_str(&format!(
            "<text x=\"80\" y=\"{y}\" font-family=\"Sarabun\" font-weight=\"700\" font-size=\"{}\" fill=\"{fill}\">{}</text>",
            size_for(text, largest, width - 160),
            escaped(text)
        ));
    }
    svg.push_str("</svg>");
    draw(svg.as_bytes(), CARD)
}

/// The site's icon, `size` px square: the logo, or the first consonant of the
/// agency's name on its colour.
fn icon(site: &Site, size: u32) -> Option<Vec<u8>> {
    let drawn = logo(site).and_then(|(bytes, kind)| {
        let svg = if kind == "image/svg+xml" {
            bytes
        } else {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"512\" height=\"512\"><image width=\"512\" height=\"512\" href=\"data:{kind};base64,{}\"/></svg>",
                base64(&bytes)
            )
            .into_bytes()
        };
        draw(&svg, (size, size))
    });
    drawn.or_else(|| {
        let agency = &site.content.settings.agency;
        let own = agency.name.th.trim_start_matches(agency.kind.thai());
        let letter = own
            .chars()
            .find(|c| matches!(c, '\u{0E01}'..='\u{0E2E}'))
            .unwrap_or('ป');
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"512\" height=\"512\"><rect width=\"512\" height=\"512\" rx=\"96\" fill=\"{}\"/><text x=\"256\" y=\"366\" text-anchor=\"middle\" font-family=\"Sarabun\" font-weight=\"700\" font-size=\"360\" fill=\"#fff\">{letter}</text></svg>",
            colours(site).0
        );
        draw(svg.as_bytes(), (size, size))
    })
}

/// `favicon.ico`: one PNG of 48 px in the frame of the format.
fn favicon(site: &Site) -> Option<Vec<u8>> {
    const SIZE: u8 = 48;
    let png = icon(site, u32::from(SIZE))?;
    // ICONDIR, then one ICONDIRENTRY: width, height, colours, reserved,
    // planes, bits, length and place of the picture.
    let mut ico = vec![0, 0, 1, 0, 1, 0, SIZE, SIZE, 0, 0, 1, 0, 32, 0];
    ico.extend(u32::try_from(png.len()).ok()?.to_le_bytes());
    ico.extend(22u32.to_le_bytes());
    ico.extend(png);
    Some(ico)
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
