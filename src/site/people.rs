//! Who is in office, and whether what stands for a person shows that person.

use crate::content::FOLDER;
use crate::content::agency::{Person, Reference, Role};
use crate::diagnostic::Lang;
use crate::files::{SitePath, digest};
use crate::thai::{Substance, fold_key, substance};

use super::address::Target;
use super::currency::last_day;
use super::refer::From;
use super::{Site, vouch};

/// Whether somebody's time in office ended before the year did, or before
/// today.
pub fn has_left(site: &Site, year: u16, person: &Person) -> bool {
    let today = site.options.today;
    let seen = last_day(year).map_or(today, |last| today.min(last));
    let until = person.until.as_ref();
    !person.vacant && until.is_some_and(|d| d.value < seen)
}

/// The posts of a year that are held, or are said to be vacant.
pub fn listed(site: &Site, year: u16) -> impl Iterator<Item = &Person> {
    let all = site.people_of(year).iter();
    all.filter(move |p| !has_left(site, year, p))
}

/// Those who lead now: the head, deputies, the permanent head and deputies.
pub fn leads(site: &Site, year: u16) -> impl Iterator<Item = &Person> {
    listed(site, year).filter(|p| !p.vacant && matches!(p.role, Role::Head | Role::Deputy))
}

/// Words that stand for a name where nobody holds the post.
const NOBODY: &[&str] = &["ว่าง", "ตำแหน่งว่าง", "(ว่าง)", "vacant", "ไม่มี"];

pub fn has_name(person: &Person) -> bool {
    let name = person.name.as_ref().map_or("", |n| n.th.trim());
    let nobody = NOBODY.iter().any(|word| fold_key(word) == fold_key(name));
    !nobody && !substance(name).is_empty()
}

/// A number has digits, an address has its sign.
pub fn has_contact(person: &Person) -> bool {
    let phone = person.phone.as_deref().unwrap_or_default();
    let email = person.email.as_deref().unwrap_or_default();
    phone.chars().filter(|c| c.is_numeric()).count() >= 3
        || (email.contains('@') && substance(email) == Substance::Words)
}

/// What stands for the photograph of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Photo {
    Good,
    None,
    NotThere,
    /// Empty, or no picture.
    Damaged,
    /// Of one colour.
    Blank,
    Logo,
    /// The picture of another person, by that one's post.
    Of(String),
}

/// Looks at the photograph of a person, among all of that year.
pub fn photo(site: &Site, year: u16, person: &Person) -> Photo {
    let Some(own) = &person.photo else {
        return Photo::None;
    };
    let Some(path) = file_of(site, year, own) else {
        return Photo::NotThere;
    };
    if vouch::is_dead(site, &path) {
        return Photo::Damaged;
    }
    if vouch::is_logo(site, &path) {
        return Photo::Logo;
    }
    // One who acts in another post has one face.
    let name = |p: &Person| p.name.as_ref().map(|n| fold_key(&n.th));
    let others = site.people_of(year).iter();
    let before = others
        .take_while(|p| p.place != person.place)
        .filter(|p| name(p) != name(person));
    for other in before {
        let Some(reference) = &other.photo else {
            continue;
        };
        if file_of(site, year, reference).is_some_and(|of| same(site, &of, &path)) {
            return Photo::Of(other.position.th.clone());
        }
    }
    if is_blank(site, &path) {
        return Photo::Blank;
    }
    Photo::Good
}

fn file_of(site: &Site, year: u16, reference: &Reference) -> Option<String> {
    let from = From {
        file: &reference.place.file,
        year,
        lang: Lang::Th,
    };
    match site.resolve(reference, from) {
        Ok(Target::File { path }) => Some(path),
        _ => None,
    }
}

/// One file, or two of the same content; only those of one size are read.
fn same(site: &Site, a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let path = |inside: &str| SitePath::new(&format!("{FOLDER}/{inside}")).ok();
    let (Some(a), Some(b)) = (path(a), path(b)) else {
        return false;
    };
    let listing = &site.content.listing;
    let size = |p: &SitePath| listing.get(p).map(|entry| entry.size);
    if size(&a) != size(&b) {
        return false;
    }
    let of = |p: &SitePath| {
        let known = site.files.digest(p);
        known.or_else(|| site.files.read(p).ok().map(|bytes| digest(&bytes)))
    };
    of(&a).is_some_and(|digest| of(&b) == Some(digest))
}

/// A picture of one colour packs into next to nothing: far fewer bytes than
/// the smallest photograph of its size, at any quality, has. Below this many
/// pixels it proves nothing.
const LEAST_PIXELS: u64 = 4096;

fn is_blank(site: &Site, inside: &str) -> bool {
    let Ok(path) = SitePath::new(&format!("{FOLDER}/{inside}")) else {
        return false;
    };
    if path.extension().as_deref() == Some("svg") {
        return is_blank_drawing(site, &path);
    }
    let Some(size) = site.content.listing.get(&path).map(|entry| entry.size) else {
        return false;
    };
    // Beyond this size no picture of one colour is.
    const SUSPECT: u64 = 256 * 1024;
    if size > SUSPECT {
        return false;
    }
    let Ok(bytes) = site.files.read(&path) else {
        return false;
    };
    let Ok(dimensions) = imagesize::blob_size(&bytes) else {
        return false;
    };
    let pixels = dimensions.width as u64 * dimensions.height as u64;
    // Bytes for a thousand pixels, beside those of the file's own head.
    let (head, thousand) = match imagesize::image_type(&bytes) {
        Ok(imagesize::ImageType::Jpeg) => (800, 16),
        Ok(imagesize::ImageType::Webp) => (100, 2),
        _ => (200, 4),
    };
    pixels >= LEAST_PIXELS && size < head + pixels * thousand / 1000
}

/// A drawing without a shape but rectangles.
fn is_blank_drawing(site: &Site, path: &SitePath) -> bool {
    const SHAPES: &[&str] = &[
        "<path",
        "<circle",
        "<ellipse",
        "<polygon",
        "<polyline",
        "<line",
        "<image",
        "<text",
        "<use",
        "<foreignObject",
        ":path",
        ":circle",
        ":ellipse",
        ":polygon",
        ":image",
        ":text",
    ];
    let Ok(bytes) = site.files.read(path) else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    text.matches("<rect").count() <= 1 && !SHAPES.iter().any(|shape| text.contains(shape))
}
