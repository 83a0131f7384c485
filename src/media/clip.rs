//! Clips of camera events: MP4 files with H.264 of Google's newer cameras and doorbells. The sample tables come
//! from the service and may contain any numbers, so the decoder follows them only as far as there are frames to
//! keep and bytes in the file.

use std::time::Duration;

use image::{DynamicImage, RgbaImage};
use mp4parse::{SampleEntry, SampleToChunk, Track, TrackType, VideoCodecSpecific};
use openh264::decoder::Decoder;
use openh264::formats::YUVSource as _;

use super::decode::{Decoded, check_size, fitting};
use super::error::PictureError;
use super::fmp4::{before_fragments, fragments};
use super::limits::Limits;
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
    let mut reader = before_fragments(file);
    let movie = mp4parse::read_mp4(&mut reader).map_err(|_broken| PictureError::Broken)?;
    let track = movie.tracks.iter().find(|track| track.track_type == TrackType::Video);
    let track = track.ok_or(PictureError::NotAPicture)?;
    let (config, size) = h264(track).ok_or(PictureError::NotAPicture)?;
    check_size(size, limits)?;
    let most = limits.frames + 1;
    let mut samples = samples(file, track, most);
    if let (true, Some(id)) = (samples.len() < most, track.track_id) {
        let more = fragments(file, id, most - samples.len()).into_iter();
        samples.extend(more.map(|part| Sample { data: part.data, delay: shown_for(track, part.ticks) }));
    }
    let mut clip = Clip { decoder: Decoder::new().map_err(|_unknown| PictureError::Broken)?, limits, bytes: 0 };
    let mut decoded = Decoded { frames: Vec::new(), size: [0, 0], original_size: size, is_cut: false };
    let mut packet = config.parameters();
    // Decode at most as many bytes as the file has: its tables may name a byte many times.
    let mut left = file.len();
    for sample in samples {
        let Some(after) = left.checked_sub(sample.data.len()) else {
            decoded.is_cut = true;
            break;
        };
        left = after;
        append_units(&mut packet, sample.data, config.length_bytes);
        let frame = clip.frame(&packet);
        packet.clear();
        match frame {
            Ok(None) => {}
            Ok(Some(pixels)) if clip.has_room(&decoded, &pixels) => {
                decoded.size = [pixels.width(), pixels.height()];
                let delay = animation::delay(sample.delay);
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

/// The content of an `avcC` box (ISO/IEC 14496-15, 5.3.3.1).
struct Config<'a> {
    /// The number of bytes in the length of each unit.
    length_bytes: usize,
    sets: Vec<&'a [u8]>,
}

impl<'a> Config<'a> {
    fn read(avcc: &'a [u8]) -> Option<Self> {
        let length_bytes = usize::from(avcc.get(4)? & 3) + 1;
        let mut rest = avcc.get(5..)?;
        let mut sets = Vec::new();
        // First the sequence parameter sets, then the picture parameter sets.
        for count_bits in [0x1f, 0xff] {
            let (count, after) = rest.split_first()?;
            rest = after;
            for _ in 0..count & count_bits {
                let (length, after) = rest.split_first_chunk()?;
                let (set, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
                sets.push(set);
                rest = after;
            }
        }
        Some(Self { length_bytes, sets })
    }

    fn parameters(&self) -> Vec<u8> {
        self.sets.iter().flat_map(|set| START.iter().chain(*set)).copied().collect()
    }
}

fn h264(track: &Track) -> Option<(Config<'_>, [u32; 2])> {
    track.stsd.as_ref()?.descriptions.iter().find_map(|entry| match entry {
        SampleEntry::Video(video) => match &video.codec_specific {
            VideoCodecSpecific::AVCConfig(avcc) => {
                Some((Config::read(avcc)?, [u32::from(video.width), u32::from(video.height)]))
            }
            VideoCodecSpecific::VPxConfig(_)
            | VideoCodecSpecific::AV1Config(_)
            | VideoCodecSpecific::ESDSConfig(_)
            | VideoCodecSpecific::H263Config(_) => None,
        },
        SampleEntry::Audio(_) | SampleEntry::Unknown => None,
    })
}

/// An encoded frame.
struct Sample<'f> {
    data: &'f [u8],
    delay: Duration,
}

/// Returns the first frames of a track, at most `most`, as far as they are in the file.
fn samples<'f>(file: &'f [u8], track: &Track, most: usize) -> Vec<Sample<'f>> {
    let (Some(chunks), Some(offsets), Some(sizes)) = (&track.stsc, &track.stco, &track.stsz) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // Chunks count from 0 here and from 1 in the file. The loop reads the runs once, in any number.
    let (mut runs, mut per_chunk) = (chunks.samples.iter().peekable(), 0);
    for (chunk, offset) in offsets.offsets.iter().enumerate() {
        let begins = |run: &&SampleToChunk| usize::try_from(run.first_chunk).is_ok_and(|first| first <= chunk + 1);
        while let Some(run) = runs.next_if(begins) {
            per_chunk = run.samples_per_chunk;
        }
        let mut at = usize::try_from(*offset).unwrap_or(usize::MAX);
        for _ in 0..per_chunk {
            let number = found.len();
            let fixed = Some(sizes.sample_size).filter(|size| *size > 0 && sizes.sample_sizes.is_empty());
            let size = sizes.sample_sizes.get(number).copied().or(fixed);
            let end = size.and_then(|size| at.checked_add(usize::try_from(size).ok()?));
            let data = end.and_then(|end| file.get(at..end));
            let (Some(data), Some(end), true) = (data, end, number < most) else { return found };
            found.push(Sample { data, delay: delay(track, number) });
            at = end;
        }
        if found.len() >= most {
            break;
        }
    }
    found
}

/// Returns the time that a frame is shown.
fn delay(track: &Track, number: usize) -> Duration {
    let mut left = number;
    for run in track.stts.iter().flat_map(|table| table.samples.iter()) {
        let count = usize::try_from(run.sample_count).unwrap_or(usize::MAX);
        if left < count {
            return shown_for(track, run.sample_delta);
        }
        left -= count;
    }
    Duration::ZERO
}

fn shown_for(track: &Track, ticks: u32) -> Duration {
    let timescale = track.timescale.map_or(0, |scale| scale.0);
    let timescale = if timescale == 0 { USUAL_TIMESCALE } else { timescale };
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
