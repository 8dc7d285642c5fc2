//! The chunks of a WebP (RFC 9649).

use super::{Frame, Kind, orientation};

const EXIF_FLAG: u8 = 0b0000_1000;
const XMP_FLAG: u8 = 0b0000_0100;
const ALPHA_FLAG: u8 = 0b0001_0000;
const ANIMATION_FLAG: u8 = 0b0000_0010;

pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

struct Chunk<'b> {
    name: [u8; 4],
    body: &'b [u8],
}

/// The chunks within the length that the file gives itself; `None` where the
/// file is shorter.
fn chunks(bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let number = |at: usize| -> Option<usize> {
        let word = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(word)).ok()
    };
    let end = number(4)?.checked_add(8)?;
    let mut chunks = Vec::new();
    let mut at = 12;
    while at + 8 <= end {
        let length = number(at + 4)?;
        let name = bytes.get(at..at + 4)?.try_into().ok()?;
        let body = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
        chunks.push(Chunk { name, body });
        at = at + 8 + length + length % 2;
    }
    Some(chunks)
}

fn orientation_of(chunks: &[Chunk<'_>]) -> u8 {
    let exif = chunks.iter().find(|c| &c.name == b"EXIF");
    // Some programs write the head that belongs to JPEG.
    exif.map_or(1, |c| {
        orientation::read(c.body.strip_prefix(b"Exif\0\0").unwrap_or(c.body))
    })
}

pub fn frame(bytes: &[u8]) -> Option<Frame> {
    let chunks = chunks(bytes)?;
    let (mut width, mut height) = (0, 0);
    let (mut is_transparent, mut is_animated) = (false, false);
    for chunk in &chunks {
        let body = chunk.body;
        match &chunk.name {
            b"VP8X" => {
                let flags = *body.first()?;
                is_transparent |= flags & ALPHA_FLAG != 0;
                is_animated |= flags & ANIMATION_FLAG != 0;
                let side = |at: usize| {
                    let b = body.get(at..at + 3)?;
                    Some(u32::from_le_bytes([b[0], b[1], b[2], 0]) + 1)
                };
                (width, height) = (side(4)?, side(7)?);
            }
            b"VP8 " if width == 0 => {
                if body.get(3..6)? != [0x9D, 0x01, 0x2A] {
                    return None;
                }
                let side = |at: usize| {
                    let pair = body.get(at..at + 2)?.try_into().ok()?;
                    Some(u32::from(u16::from_le_bytes(pair) & 0x3FFF))
                };
                (width, height) = (side(6)?, side(8)?);
            }
            b"VP8L" => {
                if *body.first()? != 0x2F {
                    return None;
                }
                let bits = u32::from_le_bytes(body.get(1..5)?.try_into().ok()?);
                is_transparent |= bits >> 28 & 1 == 1;
                if width == 0 {
                    (width, height) = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
                }
            }
            _ => {}
        }
    }
    let has = |name: &[u8; 4]| chunks.iter().any(|c| &c.name == name);
    if !(has(b"VP8 ") || has(b"VP8L") || has(b"ANMF")) {
        return None;
    }
    Some(Frame {
        kind: Kind::WebP,
        width,
        height,
        orientation: orientation_of(&chunks),
        is_transparent,
        is_animated,
    })
}

pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let chunks = chunks(bytes)?;
    let has_head = chunks.iter().any(|c| &c.name == b"VP8X");
    // The simple form has no place for an orientation.
    let turned = orientation::write(orientation_of(&chunks)).filter(|_| has_head);
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut put = |name: &[u8; 4], body: &[u8]| {
        out.extend(name);
        out.extend((body.len() as u32).to_le_bytes());
        out.extend(body);
        if body.len() % 2 == 1 {
            out.push(0);
        }
    };
    for chunk in &chunks {
        match &chunk.name {
            b"VP8X" => {
                let mut head = chunk.body.to_vec();
                let flags = head.first_mut()?;
                *flags &= !(EXIF_FLAG | XMP_FLAG);
                if turned.is_some() {
                    *flags |= EXIF_FLAG;
                }
                put(&chunk.name, &head);
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {
                put(&chunk.name, chunk.body);
            }
            _ => {}
        }
    }
    if let Some(exif) = &turned {
        put(b"EXIF", exif);
    }
    let length = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(out)
}
