//! Sizes of a photograph: WebP in as many widths as screens differ, and one
//! file of an older kind for browsers before 2020.
//!
//! Why WebP and not AVIF: of three photographs AVIF was 5 to 39 per cent
//! smaller, and mostly took five to thirty times as long to make.

use std::io::Cursor;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageBuffer, ImageDecoder, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{Fault, Kind, Picture};
use crate::files::quietly;

/// Counts changes of what is made: a size kept by an older program is not
/// taken for one of this.
pub(super) const RECIPE: &str = "sizes 1";

/// Widths in px: a portrait in a list; a phone's column at single, double and
/// triple density; a desk's at double.
pub const WIDTHS: [u32; 4] = [320, 640, 960, 1600];

/// Below this many bytes a file is published as it is.
const SMALL: u64 = 24 * 1024;

/// The longest side that WebP knows (RFC 9649).
const MAX_SIDE: u32 = 16_383;

/// For browsers that know no WebP.
const JPEG_WIDTH: u32 = 960;
/// Transparent pictures are drawings; as PNG a wide one is heavy.
const PNG_WIDTH: u32 = 640;

const WEBP_QUALITY: f32 = 72.0;
const JPEG_QUALITY: u8 = 72;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    WebP,
    Jpeg,
    Png,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::WebP => "webp",
            Format::Jpeg => "jpg",
            Format::Png => "png",
        }
    }
}

/// A file that is made of a photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    pub format: Format,
}

impl Picture {
    /// The files that are made of it: WebP from narrow to wide, none wider
    /// than it is, then the one for old browsers. Empty for what is shown as
    /// it is: drawings, animations, small files.
    pub fn sizes(&self) -> Vec<Size> {
        let is_photograph = matches!(self.kind, Kind::Jpeg | Kind::Png | Kind::WebP);
        if !is_photograph || self.is_animated || self.bytes <= SMALL {
            return Vec::new();
        }
        // A width just below its own is not worth a file.
        let own = self.width.min(WIDTHS[WIDTHS.len() - 1]);
        let mut widths: Vec<u32> = WIDTHS
            .into_iter()
            .filter(|w| *w == own || w * 6 <= own * 5)
            .collect();
        if !widths.contains(&own) {
            widths.push(own);
        }
        let mut sizes: Vec<Size> = widths
            .into_iter()
            .map(|width| self.size(width, Format::WebP))
            .filter(|s| s.height <= MAX_SIDE)
            .collect();
        let (format, width) = if self.is_transparent {
            (Format::Png, PNG_WIDTH)
        } else {
            (Format::Jpeg, JPEG_WIDTH)
        };
        sizes.push(self.size(width.min(self.width), format));
        sizes
    }

    fn size(&self, width: u32, format: Format) -> Size {
        let height = u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2;
        let height = height / u64::from(self.width.max(1));
        Size {
            width,
            height: u32::try_from(height).unwrap_or(u32::MAX).max(1),
            format,
        }
    }
}

/// Makes all [`Picture::sizes`] of a photograph, in their order.
pub fn sizes(bytes: &[u8], picture: &Picture) -> Result<Vec<Vec<u8>>, Fault> {
    let wanted = picture.sizes();
    quietly(|| make(bytes, picture, &wanted))
        .flatten()
        .ok_or(Fault::Broken)
}

fn make(bytes: &[u8], picture: &Picture, wanted: &[Size]) -> Option<Vec<Vec<u8>>> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 << 30);
    let mut reader = ImageReader::new(Cursor::new(bytes));
    reader.limits(limits);
    let mut decoder = reader.with_guessed_format().ok()?.into_decoder().ok()?;
    let profile = decoder.icc_profile().ok().flatten();
    let orientation = super::frame(bytes)?.orientation;
    let whole = DynamicImage::from_decoder(decoder).ok()?;
    let whole = Points::of(whole, picture.is_transparent);
    let is_lying = orientation >= 5;
    let turn = Orientation::from_exif(orientation)?;
    let to_srgb = profile
        .as_deref()
        .and_then(|p| srgb(p, picture.is_transparent));
    // From wide to narrow: each is made from the one before.
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(wanted.get(*at).map_or(0, |s| s.width)));
    let mut made = vec![Vec::new(); wanted.len()];
    let mut before = whole;
    for at in order {
        let size = *wanted.get(at)?;
        let (width, height) = if is_lying {
            (size.height, size.width)
        } else {
            (size.width, size.height)
        };
        before = before.resized(width, height)?;
        let mut shown = before.clone();
        if let Some(to_srgb) = &to_srgb {
            let mut converted = vec![0; shown.bytes.len()];
            to_srgb.transform(&shown.bytes, &mut converted).ok()?;
            shown.bytes = converted;
        }
        let shown = shown.turned(turn)?;
        *made.get_mut(at)? = shown.encoded(size.format, picture.kind == Kind::Png)?;
    }
    Some(made)
}

/// What turns the colours of a profile into those that browsers take where a
/// file says nothing; `None` where they are those already.
fn srgb(
    profile: &[u8],
    is_transparent: bool,
) -> Option<std::sync::Arc<moxcms::Transform8BitExecutor>> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = if is_transparent {
        Layout::Rgba
    } else {
        Layout::Rgb
    };
    profile
        .create_transform_8bit(
            layout,
            &ColorProfile::new_srgb(),
            layout,
            TransformOptions::default(),
        )
        .ok()
}

/// Eight bits for each of red, green, blue, and where needed opacity.
#[derive(Clone)]
struct Points {
    width: u32,
    height: u32,
    bytes: Vec<u8>,
    is_transparent: bool,
}

impl Points {
    fn of(image: DynamicImage, is_transparent: bool) -> Points {
        Points {
            width: image.width(),
            height: image.height(),
            bytes: if is_transparent {
                image.into_rgba8().into_raw()
            } else {
                image.into_rgb8().into_raw()
            },
            is_transparent,
        }
    }

    fn resized(self, width: u32, height: u32) -> Option<Points> {
        if (width, height) == (self.width, self.height) {
            return Some(self);
        }
        let kind = if self.is_transparent {
            PixelType::U8x4
        } else {
            PixelType::U8x3
        };
        let from = ImageRef::new(self.width, self.height, &self.bytes, kind).ok()?;
        let mut to = Image::new(width, height, kind);
        Resizer::new().resize(&from, &mut to, None).ok()?;
        Some(Points {
            width,
            height,
            bytes: to.into_vec(),
            is_transparent: self.is_transparent,
        })
    }

    fn image(self) -> Option<DynamicImage> {
        let (width, height) = (self.width, self.height);
        Some(if self.is_transparent {
            DynamicImage::ImageRgba8(ImageBuffer::from_raw(width, height, self.bytes)?)
        } else {
            DynamicImage::ImageRgb8(ImageBuffer::from_raw(width, height, self.bytes)?)
        })
    }

    fn turned(self, turn: Orientation) -> Option<Points> {
        if turn == Orientation::NoTransforms {
            return Some(self);
        }
        let is_transparent = self.is_transparent;
        let mut image = self.image()?;
        image.apply_orientation(turn);
        Some(Points::of(image, is_transparent))
    }

    /// `is_drawn`: it may be a drawing of few colours, which without loss is
    /// smaller.
    fn encoded(&self, format: Format, is_drawn: bool) -> Option<Vec<u8>> {
        match format {
            Format::WebP => {
                let with_loss = self.webp(false)?;
                if !is_drawn {
                    return Some(with_loss);
                }
                let without = self.webp(true)?;
                Some(if without.len() <= with_loss.len() {
                    without
                } else {
                    with_loss
                })
            }
            Format::Jpeg => {
                let mut out = Vec::new();
                let mut encoder = jpeg_encoder::Encoder::new(&mut out, JPEG_QUALITY);
                encoder.set_progressive(true);
                encoder.set_optimized_huffman_tables(true);
                encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_2_0);
                encoder
                    .encode(
                        &self.bytes,
                        u16::try_from(self.width).ok()?,
                        u16::try_from(self.height).ok()?,
                        jpeg_encoder::ColorType::Rgb,
                    )
                    .ok()?;
                Some(out)
            }
            Format::Png => {
                let mut out = Cursor::new(Vec::new());
                let image = self.clone().image()?;
                image.write_to(&mut out, image::ImageFormat::Png).ok()?;
                Some(out.into_inner())
            }
        }
    }

    fn webp(&self, is_lossless: bool) -> Option<Vec<u8>> {
        let encoder = if self.is_transparent {
            webp::Encoder::from_rgba(&self.bytes, self.width, self.height)
        } else {
            webp::Encoder::from_rgb(&self.bytes, self.width, self.height)
        };
        let mut config = webp::WebPConfig::new().ok()?;
        config.lossless = i32::from(is_lossless);
        config.quality = WEBP_QUALITY;
        Some(encoder.encode_advanced(&config).ok()?.to_vec())
    }
}
