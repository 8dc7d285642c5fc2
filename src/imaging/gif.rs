//! The blocks of a GIF (CompuServe, Graphics Interchange Format 89a).

pub fn is(bytes: &[u8]) -> bool {
    bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")
}

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const TRAILER: u8 = 0x3B;
const GRAPHIC_CONTROL: u8 = 0xF9;
const PLAIN_TEXT: u8 = 0x01;
const APPLICATION: u8 = 0xFF;

/// Applications whose words belong to the picture: how often it is played, and
/// its colour profile. XMP, which may tell a place, is another.
const OF_PICTURE: &[&[u8]] = &[b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Without comments, words of other programs and whatever follows the end;
/// `None` where a length leads astray or the end is missing.
pub fn clean(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 13 + colours(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        match *bytes.get(at)? {
            TRAILER => {
                out.push(TRAILER);
                return Some(out);
            }
            IMAGE => {
                // The frame, its own colours, the size of the first code.
                at = after_parts(bytes, at + 11 + colours(*bytes.get(at + 9)?))?;
                out.extend(bytes.get(start..at)?);
            }
            EXTENSION => {
                let name = *bytes.get(at + 1)?;
                at = after_parts(bytes, at + 2)?;
                let kept = match name {
                    GRAPHIC_CONTROL | PLAIN_TEXT => true,
                    APPLICATION => {
                        let of = bytes.get(start + 3..start + 14);
                        of.is_some_and(|of| OF_PICTURE.contains(&of))
                    }
                    _ => false,
                };
                if kept {
                    out.extend(bytes.get(start..at)?);
                }
            }
            _ => return None,
        }
    }
}

/// How many bytes the table of colours takes that this byte announces.
fn colours(packed: u8) -> usize {
    if packed & 0x80 == 0 {
        return 0;
    }
    3 << ((packed & 7) + 1)
}

/// The place after parts that begin with their length and end with none.
fn after_parts(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One point, shown for a moment.
    fn gif(more: &[u8]) -> Vec<u8> {
        let mut all = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
        all.extend(more);
        all.extend(b"\x21\xf9\x04\0\0\0\0\0");
        all.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b");
        all
    }

    #[test]
    fn words_beside_the_picture_go_and_the_picture_stays() {
        let plain = gif(b"");
        assert_eq!(clean(&plain).as_deref(), Some(plain.as_slice()));
        let comment = gif(b"\x21\xfe\x05hello\0");
        assert_eq!(clean(&comment).as_deref(), Some(plain.as_slice()));
        let xmp = gif(b"\x21\xff\x0bXMP DataXMP\x04abcd\0");
        assert_eq!(clean(&xmp).as_deref(), Some(plain.as_slice()));
        let plays = gif(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
        assert_eq!(clean(&plays).as_deref(), Some(plays.as_slice()));
        let mut longer = plain.clone();
        longer.extend(b"what follows");
        assert_eq!(clean(&longer).as_deref(), Some(plain.as_slice()));
        for cut in 6..plain.len() {
            assert_eq!(clean(&plain[..cut]), None, "{cut}");
        }
        assert!(imagesize::blob_size(&plain).is_ok());
    }
}
