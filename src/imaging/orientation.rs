//! Which way up a photograph is: the one thing of EXIF that belongs to it.

use image::metadata::Orientation;

/// 1 to 8, as EXIF counts; 1 where it says nothing that can be read.
pub fn read(exif: &[u8]) -> u8 {
    // Camera makers write kilobytes; a file of a stranger may hold anything.
    let exif = exif.get(..1 << 20).unwrap_or(exif);
    Orientation::from_exif_chunk(exif).map_or(1, Orientation::to_exif)
}

/// EXIF (a TIFF directory) that says nothing else; `None` for what is upright.
pub fn write(orientation: u8) -> Option<Vec<u8>> {
    if !(2..=8).contains(&orientation) {
        return None;
    }
    // Byte order, 42, directory at 8; one entry: tag 0x0112, SHORT, one value.
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    Some(exif)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for orientation in 2..=8 {
            let exif = write(orientation).expect("turned");
            assert_eq!(read(&exif), orientation);
        }
        assert_eq!(write(1), None);
        assert_eq!(write(9), None);
        assert_eq!(read(b"MM"), 1);
    }
}
