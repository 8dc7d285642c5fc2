//! The chunks of a PNG (W3C Portable Network Graphics, third edition).

use super::{Frame, Kind, orientation};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE)
}

struct Chunk<'b> {
    name: [u8; 4],
    body: &'b [u8],
    all: &'b [u8],
    is_sound: bool,
}

/// The chunks to the end of the picture; `None` where a length leads astray or
/// the end is missing.
fn chunks(bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut chunks = Vec::new();
    let mut at = SIGNATURE.len();
    loop {
        let word = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at + 4)?.try_into().ok() };
        let length = usize::try_from(u32::from_be_bytes(word(at)?)).ok()?;
        let name = word(at + 4)?;
        let end = at.checked_add(8)?.checked_add(length)?;
        let sum = u32::from_be_bytes(word(end)?);
        chunks.push(Chunk {
            name,
            body: bytes.get(at + 8..end)?,
            all: bytes.get(at..end + 4)?,
            is_sound: crc32fast::hash(bytes.get(at + 4..end)?) == sum,
        });
        if &name == b"IEND" {
            return Some(chunks);
        }
        at = end + 4;
    }
}

fn orientation_of(chunks: &[Chunk<'_>]) -> u8 {
    let exif = chunks.iter().find(|c| &c.name == b"eXIf");
    exif.map_or(1, |c| orientation::read(c.body))
}

pub fn frame(bytes: &[u8]) -> Option<Frame> {
    let chunks = chunks(bytes)?;
    let head = chunks.first().filter(|c| &c.name == b"IHDR")?.body;
    let has = |name: &[u8; 4]| chunks.iter().any(|c| &c.name == name);
    // Damage outside the picture is taken out with what it damaged.
    let of_picture = |c: &&Chunk<'_>| is_critical(c.name);
    if !has(b"IDAT") || !chunks.iter().filter(of_picture).all(|c| c.is_sound) {
        return None;
    }
    let side = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    Some(Frame {
        kind: Kind::Png,
        width: side(0)?,
        height: side(4)?,
        orientation: orientation_of(&chunks),
        is_transparent: matches!(head.get(9)?, 4 | 6) || has(b"tRNS"),
        is_animated: has(b"acTL"),
    })
}

fn is_critical(name: [u8; 4]) -> bool {
    name[0].is_ascii_uppercase()
}

pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: &[&[u8; 4]] = &[
        b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD",
        b"pHYs", b"acTL", b"fcTL", b"fdAT",
    ];
    let chunks = chunks(bytes)?;
    let mut turned = orientation::write(orientation_of(&chunks));
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(SIGNATURE);
    for chunk in &chunks {
        if &chunk.name == b"IDAT"
            && let Some(exif) = turned.take()
        {
            out.extend((exif.len() as u32).to_be_bytes());
            let from = out.len();
            out.extend(b"eXIf");
            out.extend(exif);
            let sum = crc32fast::hash(&out[from..]);
            out.extend(sum.to_be_bytes());
        }
        if is_critical(chunk.name) || KEPT.contains(&&chunk.name) {
            out.extend(chunk.all);
        }
    }
    Some(out)
}
