//! Where a picture was taken, as the camera wrote it into the file.

use std::io::Cursor;

use exif::{In, Tag, Value};

use crate::imaging;

use super::Document;

/// Judges what is published: a photograph's copy is without its place. TIFF,
/// HEIC and what is damaged are published as they are.
pub fn picture(bytes: &[u8]) -> Document {
    let mut document = Document::default();
    let published = imaging::clean(bytes);
    match location(published.as_deref().unwrap_or(bytes)) {
        Some(has_location) => document.has_location = has_location,
        None => {
            document = Document::unread(
                "อ่านข้อมูลที่ฝังในภาพไม่ได้ จึงไม่รู้ว่ามีพิกัดสถานที่หรือไม่",
                "what is embedded in the picture can't be read, so it may tell a location",
            );
        }
    }
    document
}

/// Whether a picture tells a location; `None` where that can't be seen.
pub fn location(bytes: &[u8]) -> Option<bool> {
    // Programs for pictures write a second copy, as text.
    if memchr::memmem::find(bytes, b"exif:GPSLatitude").is_some() {
        return Some(true);
    }
    // A third way, packed, of one program for pictures.
    if memchr::memmem::find(bytes, b"Raw profile type").is_some() {
        return None;
    }
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let mut is_whole = true;
    let read = reader
        .read_from_container(&mut Cursor::new(bytes))
        .or_else(|e| e.distill_partial_result(|_| is_whole = false));
    match read {
        Ok(exif) => {
            let place = exif
                .get_field(Tag::GPSLatitude, In::PRIMARY)
                .is_some_and(|field| tells(&field.value));
            (place || is_whole).then_some(place)
        }
        Err(exif::Error::NotFound(_) | exif::Error::BlankValue(_)) => Some(false),
        Err(_) => None,
    }
}

/// Phones without a signal write zeros, or nothing divided by nothing.
fn tells(value: &Value) -> bool {
    match value {
        Value::Rational(parts) => parts.iter().any(|p| p.denom != 0 && p.num != 0),
        _ => false,
    }
}
