//! Pictures and clips, as the fuzzer makes them.

use super::decode::decode;
use super::{Limits, clip};

/// Small, so that a second has many pictures.
fn limits() -> Limits {
    Limits { side: 512, pixels: 128 * 128, shown_side: 128, frames: 4, frame_bytes: 1024 * 1024, ..Limits::default() }
}

/// A decoded picture is as large as it says, and within the limits.
pub(crate) fn picture(data: &[u8]) {
    // Clips have a target of their own: they are slow.
    if !clip::is_clip(data) {
        check(data);
    }
}

/// The same of clips.
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
