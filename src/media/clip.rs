//! Clips of camera events: MP4 files with H.264 of Google's newer cameras and doorbells.

use std::time::Duration;

use image::{DynamicImage, RgbaImage};
use mp4_atom::Avcc;
use openh264::decoder::Decoder;
use openh264::formats::YUVSource as _;

use super::decode::{Decoded, check_size, fitting};
use super::error::PictureError;
use super::limits::Limits;
use super::mp4::VideoTrack;
use super::{Frame, animation};

/// The start code before each unit for the decoder. The file has the length of the unit there.
const START: [u8; 4] = [0, 0, 0, 1];
/// The time scale (ticks per second) of a clip whose file has none.
const USUAL_TIMESCALE: u64 = 1000;

/// True if a file begins like an MP4.
pub(super) fn is_clip(file: &[u8]) -> bool {
    file.get(4..8) == Some(b"ftyp")
}

/// Decodes the first frames of a clip.
pub(super) fn decode(file: &[u8], limits: &Limits) -> Result<Decoded, PictureError> {
    let track = VideoTrack::find(file)?;
    let (config, size) = (track.config(), track.size());
    check_size(size, limits)?;
    let samples = track.samples(limits.frames + 1);
    let mut clip = Clip { decoder: Decoder::new().map_err(|_unknown| PictureError::Broken)?, limits, bytes: 0 };
    let mut decoded = Decoded { frames: Vec::new(), size: [0, 0], original_size: size, is_cut: false };
    let mut packet = parameters(config);
    // Decode at most as many bytes as the file has: its tables may name a byte many times.
    let mut left = file.len();
    for sample in samples {
        let Some(after) = left.checked_sub(sample.data.len()) else {
            decoded.is_cut = true;
            break;
        };
        left = after;
        append_units(&mut packet, sample.data, usize::from(config.length_size));
        let frame = clip.frame(&packet);
        packet.clear();
        match frame {
            Ok(None) => {}
            Ok(Some(pixels)) if clip.has_room(&decoded, &pixels) => {
                decoded.size = [pixels.width(), pixels.height()];
                let delay = animation::delay(shown_for(&track, sample.ticks));
                decoded.frames.push(Frame { rgba: pixels.into_raw(), delay });
            }
            Err(err) if decoded.frames.is_empty() => return Err(err),
            Ok(Some(_)) | Err(_) => {
                decoded.is_cut = true;
                break;
            }
        }
    }
    if decoded.frames.is_empty() { Err(PictureError::Broken) } else { Ok(decoded) }
}

struct Clip<'a> {
    decoder: Decoder,
    limits: &'a Limits,
    /// The size of the kept pixels, in bytes.
    bytes: usize,
}

impl Clip<'_> {
    /// Returns the frame that this packet completes.
    fn frame(&mut self, packet: &[u8]) -> Result<Option<RgbaImage>, PictureError> {
        let picture = self.decoder.decode(packet).map_err(|_broken| PictureError::Broken)?;
        let Some(picture) = picture else { return Ok(None) };
        let (width, height) = picture.dimensions();
        // The stream has its own size, which may differ from the one in the file.
        let size = [u32::try_from(width), u32::try_from(height)];
        let [Ok(width), Ok(height)] = size else { return Err(PictureError::Broken) };
        check_size([width, height], self.limits)?;
        let mut pixels = RgbaImage::new(width, height);
        picture.write_rgba8(&mut pixels);
        Ok(Some(fitting(DynamicImage::from(pixels), self.limits).into_rgba8()))
    }

    /// True if the limits allow another frame. All frames of a clip have one size.
    fn has_room(&mut self, before: &Decoded, pixels: &RgbaImage) -> bool {
        self.bytes = self.bytes.saturating_add(pixels.as_raw().len());
        before.frames.is_empty()
            || before.frames.len() < self.limits.frames
                && self.bytes <= self.limits.frame_bytes
                && before.size == [pixels.width(), pixels.height()]
    }
}

/// The parameter sets, with start codes for the decoder.
fn parameters(config: &Avcc) -> Vec<u8> {
    let sets = config.sequence_parameter_sets.iter().chain(&config.picture_parameter_sets);
    sets.flat_map(|set| START.iter().chain(set)).copied().collect()
}

fn shown_for(track: &VideoTrack<'_>, ticks: u32) -> Duration {
    let timescale = Some(u64::from(track.timescale())).filter(|scale| *scale > 0).unwrap_or(USUAL_TIMESCALE);
    Duration::from_millis(u64::from(ticks) * 1000 / timescale)
}

/// Appends the units of a frame, with start codes in place of lengths for the decoder.
fn append_units(packet: &mut Vec<u8>, mut sample: &[u8], length_bytes: usize) {
    while let Some((length, rest)) = sample.split_at_checked(length_bytes) {
        let length = length.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let Some((unit, rest)) = rest.split_at_checked(length) else { return };
        packet.extend_from_slice(&START);
        packet.extend_from_slice(unit);
        sample = rest;
    }
}

#[cfg(test)]
#[path = "clip_tests.rs"]
mod tests;
