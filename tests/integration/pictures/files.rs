//! Pictures made for the tests: valid ones, and some with false headers.

use std::convert::Infallible;
use std::io::Cursor;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, ImageFormat, Rgba, RgbaImage};

use super::RED;

pub(crate) fn encoded(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let image = image::DynamicImage::from(RgbaImage::from_pixel(width, height, Rgba(RED))).into_rgb8();
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).expect("encoded");
    file.into_inner()
}

/// An animated picture whose frames get darker.
pub(crate) fn animation(frames: u8, width: u32, height: u32, delay_ms: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut file, 30);
    for frame in 0..frames {
        let image = RgbaImage::from_pixel(width, height, Rgba([250 - frame, 0, 0, 255]));
        encoder.encode_frame(Frame::from_parts(image, 0, 0, Delay::from_numer_denom_ms(delay_ms, 1))).expect("a frame");
    }
    drop(encoder);
    file
}

/// The beginning of a PNG that claims a size, with good checksums and some data.
pub(crate) fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut file = encoded(ImageFormat::Png, 8, 8);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

/// A body of 50 MB in pieces; counts the sent bytes.
pub(crate) fn flood(sent: &Arc<AtomicU64>) -> Body {
    const PIECE: u64 = 64 * 1024;
    let sent = Arc::clone(sent);
    let pieces = stream::iter(0..50 * 1024 * 1024 / PIECE).map(move |_| {
        sent.fetch_add(PIECE, Ordering::SeqCst);
        Ok::<_, Infallible>(Bytes::from(vec![0x89; PIECE as usize]))
    });
    Body::from_stream(pieces)
}
