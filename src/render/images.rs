//! A picture of the content on a page: its true size, so that nothing jumps,
//! and where there are sizes of it, those for the browser to choose from.

use crate::content::agency::Reference;
use crate::content::pictures::size_path;
use crate::imaging::{Format, Picture, Size};
use crate::site::address::Target;

use super::format::Page;
use super::html::attribute;
use super::links::Linker;

/// Where on a page a picture stands: how wide it is shown there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slot {
    /// In a square of this many px, whole.
    Logo(u32),
    /// In a frame of 8 by 10 rem, filling it.
    Portrait,
    /// In a column of text.
    Column,
    /// In a frame of 4 by 3, filling it, in a grid of columns.
    Grid,
    /// As wide as the page.
    Wide,
}

impl Slot {
    /// How wide the picture will be, for `sizes`: a browser chooses before it
    /// knows the styles.
    fn sizes(self, picture: &Picture) -> String {
        let ratio = f64::from(picture.width) / f64::from(picture.height.max(1));
        match self {
            Slot::Logo(side) => format!("{side}px"),
            Slot::Portrait => format!("{:.1}rem", (10.0 * ratio).clamp(8.0, 40.0)),
            Slot::Column => "(min-width:44em) 42rem, calc(100vw - 2rem)".into(),
            // What a wider picture has more than the frame is cut off.
            Slot::Grid => {
                let more = (ratio * 3.0 / 4.0).clamp(1.0, 3.0);
                format!(
                    "(min-width:40em) {:.1}rem, calc({more:.2} * (100vw - 2rem))",
                    22.0 * more
                )
            }
            Slot::Wide => "(min-width:70em) 68rem, calc(100vw - 2rem)".into(),
        }
    }

    /// Width and height, px, for the attributes.
    fn dimensions(self, picture: &Picture, widest: Option<&Size>) -> (u32, u32) {
        let (width, height) = match widest {
            Some(size) => (size.width, size.height),
            None => (picture.width, picture.height),
        };
        let Slot::Logo(side) = self else {
            return (width, height);
        };
        let share = |of: u32, by: u32| {
            let scaled = (u64::from(of) * u64::from(side)).div_ceil(u64::from(by.max(1)));
            u32::try_from(scaled).unwrap_or(side).max(1)
        };
        if width >= height {
            (side, share(height, width))
        } else {
            (share(width, height), side)
        }
    }
}

/// Writes a picture up to the words of its `alt`, which are yet to come; what
/// ends it is returned. `path` is the picture's own.
pub fn open(
    out: &mut String,
    linker: &Linker,
    path: &str,
    picture: &Picture,
    slot: Slot,
) -> &'static str {
    let sizes = picture.sizes();
    let (modern, old): (Vec<&Size>, Vec<&Size>) =
        sizes.iter().partition(|s| s.format == Format::WebP);
    let (width, height) = slot.dimensions(picture, modern.last().copied());
    let file = |size: &Size| linker.file(&size_path(picture, size));
    if !modern.is_empty() {
        let all: Vec<String> = modern
            .iter()
            .map(|size| format!("{} {}w", file(size), size.width))
            .collect();
        out.push_str("<picture><source type=\"image/webp\"");
        attribute(out, "srcset", &all.join(", "));
        attribute(out, "sizes", &slot.sizes(picture));
        out.push('>');
    }
    out.push_str("<img");
    let own = || linker.file(path);
    let src = old.first().map_or_else(own, |size| file(size));
    attribute(out, "src", &src);
    out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    if !matches!(slot, Slot::Logo(_)) {
        out.push_str(LAZY);
    }
    out.push_str(" decoding=\"async\" alt=\"");
    if modern.is_empty() {
        "\">"
    } else {
        "\"></picture>"
    }
}

const LAZY: &str = " loading=\"lazy\"";

/// As many letters as a phone shows before anybody scrolls.
const FIRST_VIEW: usize = 400;

/// A page whose first picture is seen without scrolling asks for it at once:
/// waiting for the layout would only show it later.
pub fn hurry_first(html: String) -> String {
    let Some(main) = html.find("<main") else {
        return html;
    };
    let Some(lazy) = html[main..].find(LAZY).map(|at| main + at) else {
        return html;
    };
    let mut letters = 0;
    let mut in_tag = false;
    for c in html[main..lazy].chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag && !c.is_whitespace() => letters += 1,
            _ => {}
        }
    }
    if letters > FIRST_VIEW {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    out.push_str(&html[..lazy]);
    out.push_str(&html[lazy + LAZY.len()..]);
    out
}

impl Page<'_> {
    /// A picture that a field names; `None` where it is none, which loading
    /// has told.
    pub fn picture(&self, reference: &Reference, slot: Slot, alt: &str) -> Option<String> {
        let target = self.target(reference)?;
        let picture = self.site.picture(&target).ok()?;
        let Target::File { path } = &target else {
            return None;
        };
        let mut out = String::new();
        let end = open(&mut out, &self.linker, path, picture, slot);
        super::html::escape(&mut out, alt);
        out.push_str(end);
        Some(out)
    }

    /// The agency's logo, beside its name.
    pub fn logo(&self, side: u32) -> Option<String> {
        let logo = self.site.content.settings.agency.logo.as_ref()?;
        self.picture(logo, Slot::Logo(side), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_picture_of_the_first_view_is_hurried() {
        let page = |words: usize| {
            let words = "ก".repeat(words);
            format!("<body><main id=\"main\"><p>{words}</p><img{LAZY}><img{LAZY}></main>")
        };
        assert_eq!(hurry_first(page(10)).matches(LAZY).count(), 1);
        assert_eq!(hurry_first(page(1000)).matches(LAZY).count(), 2);
        assert_eq!(hurry_first("<p>".into()), "<p>");
    }
}
