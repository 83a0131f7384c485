//! Decodes the bytes of a file to pixels, within the limits. It blocks, so it runs on a blocking thread.

use std::io::Cursor;
use std::time::Duration;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{AnimationDecoder as _, DynamicImage, ImageDecoder, ImageError, ImageFormat, RgbaImage};

use super::error::PictureError;
use super::limits::Limits;
use super::{Frame, animation, clip};

/// The largest size of the text before the first tag of a page, in bytes: byte order marks, spaces, comments.
const PAGE_HEAD: usize = 512;

/// A decoded picture.
pub(super) struct Decoded {
    /// At least one frame; all have the same size.
    pub(super) frames: Vec<Frame>,
    /// Width and height of the frames in pixels.
    pub(super) size: [u32; 2],
    /// Width and height of the file's picture in pixels, before scaling.
    pub(super) original_size: [u32; 2],
    /// True if later frames were left out.
    pub(super) is_cut: bool,
}

/// Decodes a PNG, a JPEG, a GIF or a clip. Checks sizes before it decodes any pixel.
pub(super) fn decode(file: &[u8], limits: &Limits) -> Result<Decoded, PictureError> {
    if let Some(size) = claimed_size(file) {
        check_size(size, limits)?;
    }
    let allowed = decoder_limits(limits);
    let reader = Cursor::new(file);
    let format = image::guess_format(file).ok();
    if format == Some(ImageFormat::Png) {
        still(PngDecoder::with_limits(reader, allowed).map_err(|_broken| PictureError::Broken)?, limits)
    } else if format == Some(ImageFormat::Jpeg) {
        if !has_end(file) {
            return Err(PictureError::Broken);
        }
        still(JpegDecoder::new(reader).map_err(|_broken| PictureError::Broken)?, limits)
    } else if format == Some(ImageFormat::Gif) {
        moving(GifDecoder::new(reader).map_err(|_broken| PictureError::Broken)?, limits)
    } else if clip::is_clip(file) {
        clip::decode(file, limits)
    } else if is_page(file) {
        Err(PictureError::Page)
    } else {
        Err(PictureError::NotAPicture)
    }
}

/// True if a body is HTML, regardless of its content type.
pub(super) fn is_page(body: &[u8]) -> bool {
    let head = String::from_utf8_lossy(body.get(..PAGE_HEAD).unwrap_or(body)).to_ascii_lowercase();
    let head = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype html", "<html", "<head", "<body", "<!--"].iter().any(|tag| head.starts_with(tag))
}

/// Returns the size in the header of a PNG or a GIF, at a fixed position; the decoders need more of the file
/// first.
fn claimed_size(file: &[u8]) -> Option<[u32; 2]> {
    if file.starts_with(b"\x89PNG\r\n\x1a\n") {
        let (width, height) = (file.get(16..)?.first_chunk()?, file.get(20..)?.first_chunk()?);
        Some([u32::from_be_bytes(*width), u32::from_be_bytes(*height)])
    } else if file.starts_with(b"GIF8") {
        let (width, height) = (file.get(6..)?.first_chunk()?, file.get(8..)?.first_chunk()?);
        Some([u32::from(u16::from_le_bytes(*width)), u32::from(u16::from_le_bytes(*height))])
    } else {
        None
    }
}

pub(super) fn check_size([width, height]: [u32; 2], limits: &Limits) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Broken);
    }
    let fits = width <= limits.side && height <= limits.side;
    if fits && u64::from(width) * u64::from(height) <= limits.pixels {
        Ok(())
    } else {
        Err(PictureError::TooManyPixels { width, height })
    }
}

fn decoder_limits(limits: &Limits) -> image::Limits {
    let mut allowed = image::Limits::default();
    allowed.max_image_width = Some(limits.side);
    allowed.max_image_height = Some(limits.side);
    allowed.max_alloc = Some(limits.decoder_bytes());
    allowed
}

/// True if a JPEG has an end marker after its last scan. Without it the decoder fills the missing part with grey
/// and reports no error.
fn has_end(file: &[u8]) -> bool {
    let last = |mark: [u8; 2]| file.windows(2).rposition(|pair| pair == mark);
    last([0xff, 0xd9]) > last([0xff, 0xda])
}

fn still(mut decoder: impl ImageDecoder, limits: &Limits) -> Result<Decoded, PictureError> {
    let (width, height) = decoder.dimensions();
    check_size([width, height], limits)?;
    let allowed = decoder_limits(limits);
    let image = decoder.set_limits(allowed).and_then(|()| DynamicImage::from_decoder(decoder));
    let image = image.map_err(|err| error(&err, [width, height]))?;
    let pixels = fitting(image, limits).into_rgba8();
    let size = [pixels.width(), pixels.height()];
    let frames = vec![Frame { rgba: pixels.into_raw(), delay: Duration::ZERO }];
    Ok(Decoded { frames, size, original_size: [width, height], is_cut: false })
}

fn moving(mut decoder: GifDecoder<Cursor<&[u8]>>, limits: &Limits) -> Result<Decoded, PictureError> {
    let (width, height) = decoder.dimensions();
    check_size([width, height], limits)?;
    let allowed = decoder_limits(limits);
    decoder.set_limits(allowed).map_err(|err| error(&err, [width, height]))?;
    let mut decoded = Decoded { frames: Vec::new(), size: [0, 0], original_size: [width, height], is_cut: false };
    let mut bytes = 0_usize;
    for frame in decoder.into_frames() {
        let frame = match frame {
            Ok(frame) if decoded.frames.len() < limits.frames => frame,
            Err(err) if decoded.frames.is_empty() => return Err(error(&err, [width, height])),
            // The iterator would continue forever after an error.
            Ok(_) | Err(_) => {
                decoded.is_cut = true;
                break;
            }
        };
        let delay = animation::delay(Duration::from(frame.delay()));
        let pixels: RgbaImage = fitting(DynamicImage::from(frame.into_buffer()), limits).into_rgba8();
        bytes = bytes.saturating_add(pixels.as_raw().len());
        if !decoded.frames.is_empty() && bytes > limits.frame_bytes {
            decoded.is_cut = true;
            break;
        }
        decoded.size = [pixels.width(), pixels.height()];
        decoded.frames.push(Frame { rgba: pixels.into_raw(), delay });
    }
    if decoded.frames.is_empty() { Err(PictureError::Broken) } else { Ok(decoded) }
}

/// Returns the picture, scaled down if it is larger than the largest shown size.
pub(super) fn fitting(image: DynamicImage, limits: &Limits) -> DynamicImage {
    if image.width() <= limits.shown_side && image.height() <= limits.shown_side {
        image
    } else {
        image.thumbnail(limits.shown_side, limits.shown_side)
    }
}

fn error(err: &ImageError, [width, height]: [u32; 2]) -> PictureError {
    if matches!(err, ImageError::Limits(_)) {
        PictureError::TooManyPixels { width, height }
    } else {
        PictureError::Broken
    }
}
