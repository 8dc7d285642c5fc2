//! Pictures of the content: what they are, without what they tell besides the
//! picture, and in the sizes that pages show.
//!
//! Bytes in, facts or bytes out. Looking at a picture ([`inspect`]) and
//! cleaning it ([`clean`]) read its frame alone; only [`sizes`] decodes, once
//! for each content ever, as what it makes is kept by the hash of its source.

mod gif;
mod jpeg;
mod kept;
mod orientation;
mod png;
mod riff;
mod sizes;
mod svg;

use std::borrow::Cow;

use imagesize::{Compression, ImageType};

use crate::diagnostic::{Diagnostic, Place, Say};
use crate::files::{Digest, digest, quietly};

pub use kept::{keep_only, made};
pub use sizes::{Format, Size, WIDTHS, sizes};

/// The largest file that is looked at as a picture, in bytes.
pub const MAX_BYTES: u64 = 100 * 1024 * 1024;

/// More points than any phone's camera that stores what it says it takes; 24
/// bits each are 600 MB.
const MAX_POINTS: u64 = 200_000_000;

/// A picture that browsers show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub kind: Kind,
    /// As it is shown, px: turned as its orientation says.
    pub width: u32,
    pub height: u32,
    /// Of the file.
    pub digest: Digest,
    /// Of the file, in bytes.
    pub bytes: u64,
    pub is_transparent: bool,
    pub is_animated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Avif,
    Svg,
}

/// Why a file can't be shown as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// What iPhones save: no browser of Windows or Android shows it.
    Heic,
    /// A picture that browsers don't show, by the name of its format.
    Foreign(&'static str),
    /// Cut off, or damaged.
    Broken,
    TooLarge {
        width: u64,
        height: u64,
    },
    TooManyBytes,
    /// Nothing that is known as a picture.
    Unknown,
    /// It was exchanged while the site was made.
    Changed,
}

/// What there is to know of a file that should be a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    pub picture: Result<Picture, Fault>,
    /// The size of its copy without what [`clean`] takes out, in bytes, where
    /// that is another.
    pub cleaned: Option<u64>,
}

impl Inspected {
    pub fn fault(fault: Fault) -> Inspected {
        Inspected {
            picture: Err(fault),
            cleaned: None,
        }
    }
}

/// Whether a file is meant as a picture, by the end of its name.
pub fn is_picture_name(extension: &str) -> bool {
    matches!(
        extension,
        "jpg"
            | "jpeg"
            | "jfif"
            | "png"
            | "webp"
            | "gif"
            | "svg"
            | "avif"
            | "heic"
            | "heif"
            | "tif"
            | "tiff"
            | "bmp"
    )
}

/// Looks at the frame of a picture: its kind (by content, whatever its name),
/// size, whether it is whole. Nothing is decoded.
pub fn inspect(bytes: &[u8]) -> Inspected {
    let cleaned = match clean(bytes) {
        Some(Cow::Owned(clean)) => Some(clean.len() as u64),
        _ => None,
    };
    let picture = quietly(|| look(bytes)).unwrap_or(Err(Fault::Broken));
    Inspected { picture, cleaned }
}

fn look(bytes: &[u8]) -> Result<Picture, Fault> {
    if !(jpeg::is(bytes) || png::is(bytes) || riff::is(bytes)) {
        return other(bytes);
    }
    let frame = frame(bytes).ok_or(Fault::Broken)?;
    let points = u64::from(frame.width) * u64::from(frame.height);
    if points == 0 {
        return Err(Fault::Broken);
    }
    if points > MAX_POINTS {
        return Err(Fault::TooLarge {
            width: frame.width.into(),
            height: frame.height.into(),
        });
    }
    let (width, height) = if frame.orientation >= 5 {
        (frame.height, frame.width)
    } else {
        (frame.width, frame.height)
    };
    Ok(Picture {
        kind: frame.kind,
        width,
        height,
        digest: digest(bytes),
        bytes: bytes.len() as u64,
        is_transparent: frame.is_transparent,
        is_animated: frame.is_animated,
    })
}

/// `None` for what is no whole photograph.
fn frame(bytes: &[u8]) -> Option<Frame> {
    if jpeg::is(bytes) {
        jpeg::frame(bytes)
    } else if png::is(bytes) {
        png::frame(bytes)
    } else {
        riff::frame(bytes)
    }
}

/// Pictures that are published as they are, and what no browser shows.
fn other(bytes: &[u8]) -> Result<Picture, Fault> {
    let as_it_is = |kind, (width, height): (u32, u32)| Picture {
        kind,
        width,
        height,
        digest: digest(bytes),
        bytes: bytes.len() as u64,
        is_transparent: true,
        is_animated: kind == Kind::Gif,
    };
    let known = match imagesize::image_type(bytes) {
        Ok(known) => known,
        Err(_) => {
            return match svg::size(bytes) {
                svg::Read::Size(size) => Ok(as_it_is(Kind::Svg, size)),
                svg::Read::Broken => Err(Fault::Broken),
                svg::Read::Foreign => Err(Fault::Unknown),
            };
        }
    };
    let kind = match known {
        ImageType::Gif => Kind::Gif,
        ImageType::Heif(Compression::Av1) => Kind::Avif,
        ImageType::Heif(_) => return Err(Fault::Heic),
        ImageType::Tiff => return Err(Fault::Foreign("TIFF")),
        ImageType::Bmp => return Err(Fault::Foreign("BMP")),
        ImageType::Psd => return Err(Fault::Foreign("PSD")),
        ImageType::Jxl => return Err(Fault::Foreign("JPEG XL")),
        _ => return Err(Fault::Unknown),
    };
    let size = imagesize::blob_size(bytes).map_err(|_| Fault::Broken)?;
    let fits = |side| u32::try_from(side).ok().filter(|s| *s > 0);
    match (fits(size.width), fits(size.height)) {
        (Some(width), Some(height)) => Ok(as_it_is(kind, (width, height))),
        _ => Err(Fault::Broken),
    }
}

/// The picture without what its file tells besides: place, camera, owner,
/// programs, thumbnails (EXIF, XMP, IPTC, comments, whatever follows its end).
/// Only what is known to belong to the picture stays: its points as they are,
/// its colour profile, and which way up it is. `None` for kinds of files that
/// can't be cleaned, and damaged ones.
pub fn clean(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let clean = quietly(|| {
        if jpeg::is(bytes) {
            jpeg::clean(bytes)
        } else if png::is(bytes) {
            png::clean(bytes)
        } else if riff::is(bytes) {
            riff::clean(bytes)
        } else if gif::is(bytes) {
            gif::clean(bytes)
        } else {
            svg::clean(bytes)
        }
    })??;
    Some(if clean == bytes {
        Cow::Borrowed(bytes)
    } else {
        Cow::Owned(clean)
    })
}

/// What the frame of a photograph says.
struct Frame {
    kind: Kind,
    /// As it is stored.
    width: u32,
    height: u32,
    /// As EXIF counts: 1 is upright, from 5 on it lies on its side.
    orientation: u8,
    is_transparent: bool,
    is_animated: bool,
}

impl Fault {
    /// A file that a page shows and can't be shown: what to do about it.
    /// `name` is the file's, `place` where it is asked for.
    pub fn diagnostic(&self, name: &str, place: Place) -> Diagnostic {
        let (code, message, hint) = match self {
            Fault::Heic => (
                "picture-heic",
                Say::new(
                    format!("ภาพ “{name}” เป็นชนิด HEIC ของ iPhone ซึ่งเบราว์เซอร์ส่วนใหญ่เปิดไม่ได้"),
                    format!(
                        "the picture “{name}” is HEIC, as iPhones save it, which most browsers can't show"
                    ),
                ),
                Say::new(
                    "เปิดภาพในโปรแกรม Photos ของ Windows แล้วเลือก บันทึกเป็น > .jpg (หรือส่งภาพจาก iPhone ทางอีเมล จะได้ .jpg) แล้วใช้ไฟล์ใหม่แทน ภาพต่อไป: ใน iPhone ตั้งค่า > กล้อง > รูปแบบ > รองรับมากที่สุด",
                    "open it in Photos of Windows and save it as .jpg (a picture mailed from the iPhone is one too), and use that file; for pictures to come: iPhone Settings > Camera > Formats > Most Compatible",
                ),
            ),
            Fault::Foreign(format) => (
                "picture-kind",
                Say::new(
                    format!("ภาพ “{name}” เป็นชนิด {format} ซึ่งเบราว์เซอร์เปิดไม่ได้"),
                    format!("the picture “{name}” is {format}, which browsers can't show"),
                ),
                Say::new(
                    "เปิดภาพในโปรแกรม Paint หรือ Photos แล้วบันทึกเป็น .jpg (ภาพถ่าย) หรือ .png (ภาพวาด) แล้วใช้ไฟล์ใหม่แทน",
                    "open it in Paint or Photos, save it as .jpg (a photograph) or .png (a drawing), and use that file",
                ),
            ),
            Fault::Unknown => (
                "picture-kind",
                Say::new(
                    format!("“{name}” ไม่ใช่ไฟล์ภาพที่รู้จัก"),
                    format!("“{name}” is no picture that is known"),
                ),
                Say::new(
                    "ใช้ไฟล์ภาพ .jpg .png .webp .gif .avif หรือ .svg ถ้าเป็นเอกสารให้ทำเป็นลิงก์แทน: [ชื่อเอกสาร](ไฟล์)",
                    "use a .jpg, .png, .webp, .gif, .avif or .svg picture; link to a document instead: [its title](file)",
                ),
            ),
            Fault::Broken => (
                "picture-broken",
                Say::new(
                    format!("ไฟล์ภาพ “{name}” เสียหรือไม่ครบ เปิดดูไม่ได้"),
                    format!("the picture “{name}” is damaged or cut off"),
                ),
                Say::new(
                    "คัดลอกภาพจากต้นฉบับมาใหม่ (การคัดลอกอาจหยุดกลางคัน) หรือเปิดในโปรแกรม Paint แล้วบันทึกเป็น .jpg ใหม่",
                    "copy it again from where it came (copying may have stopped midway), or open it in Paint and save it anew as .jpg",
                ),
            ),
            Fault::TooLarge { width, height } => (
                "picture-too-large",
                Say::new(
                    format!("ภาพ “{name}” ใหญ่เกินไป ({width}×{height} จุด)"),
                    format!("the picture “{name}” is too large ({width}×{height} points)"),
                ),
                Say::new(
                    "ย่อภาพให้กว้างไม่เกิน 10000 จุด (ใน Paint: ปรับขนาด) แล้วใช้ไฟล์ใหม่แทน",
                    "make it at most 10000 points wide (Resize in Paint) and use that file",
                ),
            ),
            Fault::TooManyBytes => (
                "picture-too-large",
                Say::new(
                    format!("ไฟล์ภาพ “{name}” ใหญ่เกิน 100 เมกะไบต์"),
                    format!("the picture “{name}” has more than 100 megabytes"),
                ),
                Say::new(
                    "เปิดในโปรแกรม Paint หรือ Photos ย่อให้เล็กลง แล้วบันทึกเป็น .jpg",
                    "make it smaller in Paint or Photos and save it as .jpg",
                ),
            ),
            Fault::Changed => (
                "picture-changed",
                Say::new(
                    format!("ไฟล์ภาพ “{name}” เปลี่ยนไประหว่างสร้างเว็บไซต์"),
                    format!("the picture “{name}” was exchanged while the site was made"),
                ),
                Say::new("สั่งสร้างเว็บไซต์อีกครั้ง", "build again"),
            ),
        };
        Diagnostic::error(code, message).at(place).hint(hint)
    }
}
