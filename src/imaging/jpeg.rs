//! The segments of a JPEG (ITU-T T.81 annex B).

use super::{Frame, Kind, orientation};

const SOI: [u8; 2] = [0xFF, 0xD8];
const EOI: [u8; 2] = [0xFF, 0xD9];
const EXIF: &[u8] = b"Exif\0\0";

pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xD8, 0xFF])
}

/// A marker with what belongs to it.
struct Segment<'b> {
    marker: u8,
    /// Its parameters, without their length.
    body: &'b [u8],
    /// The whole of it from its marker, with the points that follow a scan's.
    all: &'b [u8],
}

impl Segment<'_> {
    fn is_scan(&self) -> bool {
        self.marker == 0xDA && is_of_picture(self)
    }
}

struct Walk<'b> {
    segments: Vec<Segment<'b>>,
    /// The end of the picture was reached.
    is_whole: bool,
}

/// Goes over the picture to its end, and not beyond: phones append more
/// pictures, each with a place of its own. `None` where a length leads astray.
fn walk(bytes: &[u8]) -> Option<Walk<'_>> {
    let mut segments = Vec::new();
    let mut at = 2;
    loop {
        // Any number of fill bytes may stand before a marker.
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        let (Some(0xFF), Some(&marker)) = (bytes.get(at), bytes.get(at + 1)) else {
            let is_whole = false;
            let has_points = segments.iter().any(Segment::is_scan);
            return has_points.then_some(Walk { segments, is_whole });
        };
        match marker {
            0xD9 => {
                let is_whole = true;
                return Some(Walk { segments, is_whole });
            }
            0x01 | 0xD0..=0xD7 => at += 2,
            _ => {
                let length = bytes.get(at + 2..at + 4)?;
                let length = usize::from(u16::from_be_bytes(length.try_into().ok()?));
                let body = bytes.get(at + 4..at + 2 + length)?;
                let mut end = at + 2 + length;
                if marker == 0xDA {
                    end = scan_end(bytes, end);
                }
                segments.push(Segment {
                    marker,
                    body,
                    all: bytes.get(at..end)?,
                });
                at = end;
            }
        }
    }
}

/// Where the points of a scan end: at the next marker that is none of theirs.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(next) = memchr::memchr(0xFF, bytes.get(at..).unwrap_or_default()) {
        at += next;
        match bytes.get(at + 1) {
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

impl Walk<'_> {
    fn orientation(&self) -> u8 {
        self.segments
            .iter()
            .filter(|s| s.marker == 0xE1)
            .find_map(|s| s.body.strip_prefix(EXIF))
            .map_or(1, orientation::read)
    }
}

pub fn frame(bytes: &[u8]) -> Option<Frame> {
    let walk = walk(bytes).filter(|w| w.is_whole)?;
    let of_frame = |s: &&Segment<'_>| {
        matches!(s.marker, 0xC0..=0xCF) && !matches!(s.marker, 0xC4 | 0xC8 | 0xCC)
    };
    let size = walk.segments.iter().find(of_frame)?.body.get(1..5)?;
    walk.segments.iter().find(|s| s.is_scan())?;
    let side = |at: usize| {
        let pair = size.get(at..at + 2)?;
        Some(u32::from(u16::from_be_bytes(pair.try_into().ok()?)))
    };
    Some(Frame {
        kind: Kind::Jpeg,
        height: side(0)?,
        width: side(2)?,
        orientation: walk.orientation(),
        is_transparent: false,
        is_animated: false,
    })
}

/// Whether decoders need it, by what it is and how it is made (T.81 B.2): text
/// under any other marker, reserved ones too, is none of the picture.
fn is_of_picture(segment: &Segment<'_>) -> bool {
    let body = segment.body;
    // Tables of one byte of class and number each, with `length` after it.
    let tables = |highest: u8, length: &dyn Fn(u8, &[u8]) -> Option<usize>| {
        let mut rest = body;
        while let Some((&kind, after)) = rest.split_first() {
            let next = length(kind, after).and_then(|l| after.get(l..));
            match next {
                Some(next) if kind >> 4 <= 1 && kind & 15 <= highest => rest = next,
                _ => return false,
            }
        }
        !body.is_empty()
    };
    match segment.marker {
        // Huffman tables: 16 counts, then as many values.
        0xC4 => tables(3, &|_, after| {
            let counts = after.get(..16)?;
            Some(16 + counts.iter().map(|c| usize::from(*c)).sum::<usize>())
        }),
        0xDB => tables(3, &|kind, _| Some(64 << (kind >> 4))),
        // Arithmetic conditioning.
        0xCC => tables(3, &|_, _| Some(1)),
        0xC8 => false,
        // A frame and a scan tell their components after 6 and 1 bytes.
        0xC0..=0xCF => body
            .get(5)
            .is_some_and(|n| body.len() == 6 + 3 * usize::from(*n)),
        0xDA => body
            .first()
            .is_some_and(|n| body.len() == 4 + 2 * usize::from(*n)),
        // The lines of a picture, and the restart interval.
        0xDC | 0xDD => body.len() == 2,
        _ => false,
    }
}

pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let walk = walk(bytes)?;
    let turned = orientation::write(walk.orientation());
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(SOI);
    let is_jfif = |s: &Segment<'_>| s.marker == 0xE0 && s.body.starts_with(b"JFIF\0");
    // JFIF comes first, then EXIF.
    let mut segments = walk.segments.iter();
    if let Some(first) = walk.segments.first().filter(|s| is_jfif(s)) {
        segments.next();
        // Without its thumbnail.
        out.extend([0xFF, 0xE0, 0, 16]);
        out.extend(first.body.get(..12)?);
        out.extend([0, 0]);
    }
    if let Some(exif) = &turned {
        let length = u16::try_from(2 + EXIF.len() + exif.len()).ok()?;
        out.extend([0xFF, 0xE1]);
        out.extend(length.to_be_bytes());
        out.extend(EXIF);
        out.extend(exif);
    }
    for segment in segments {
        let stays = match segment.marker {
            0xE2 => segment.body.starts_with(b"ICC_PROFILE\0"),
            // How its colours are to be read.
            0xEE => segment.body.starts_with(b"Adobe"),
            _ => is_of_picture(segment),
        };
        if stays {
            out.extend(segment.all);
        }
    }
    if walk.is_whole {
        out.extend(EOI);
    }
    Some(out)
}
