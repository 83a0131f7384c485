//! Fuzz targets for pictures and clips.

use super::decode::decode;
use super::{Limits, clip};

/// Small limits, so that the fuzzer tests many pictures per second.
fn limits() -> Limits {
    Limits { side: 512, pixels: 128 * 128, shown_side: 128, frames: 4, frame_bytes: 1024 * 1024, ..Limits::default() }
}

/// Checks that a decoded picture has the stated size and is within the limits.
pub(crate) fn picture(data: &[u8]) {
    // Clips are slow, so they have their own target.
    if !clip::is_clip(data) {
        check(data);
    }
}

/// Checks the same for clips.
pub(crate) fn clip(data: &[u8]) {
    if clip::is_clip(data) {
        check(data);
    }
}

fn check(data: &[u8]) {
    let limits = limits();
    let Ok(decoded) = decode(data, &limits) else { return };
    let [width, height] = decoded.size;
    let bytes = u64::from(width) * u64::from(height) * 4;
    assert!((1..=limits.frames).contains(&decoded.frames.len()));
    assert!(width.max(height) <= limits.shown_side);
    assert!(decoded.frames.iter().all(|frame| frame.rgba.len() as u64 == bytes));
}
