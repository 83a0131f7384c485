//! The boxes of an MP4 file (ISO/IEC 14496-12), with tables and with fragments: recordings that are sent while they
//! are made locate the frames of each part in a `moof`. Tables and fragments may contain any numbers, and are
//! followed only as far as there are bytes in the file.

use super::error::PictureError;
use mp4_atom::{Atom as _, Avcc, Codec, Decode as _, FourCC, Header, Moof, Mvex, StszSamples, Traf, Trak};

/// An encoded frame, and the time that it is shown in the time scale of its track.
pub(super) struct Sample<'f> {
    pub(super) data: &'f [u8],
    pub(super) ticks: u32,
}

/// A track with H.264.
pub(super) struct VideoTrack<'f> {
    file: &'f [u8],
    track: Trak,
    /// The defaults for frames of fragments.
    usual: Usual,
}

/// The defaults for a frame without values of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Usual {
    ticks: u32,
    size: u32,
}

impl<'f> VideoTrack<'f> {
    /// Finds the first track with H.264. A track that cannot be read is skipped, because a clip may have sound of
    /// any kind.
    pub(super) fn find(file: &'f [u8]) -> Result<Self, PictureError> {
        let movie = boxes(file).find(|found| found.kind == FourCC::new(b"moov")).ok_or(PictureError::Broken)?.body;
        let (mut found, mut is_damaged) = (None, false);
        for track in boxes(movie).filter(|found| found.kind == Trak::KIND) {
            match Trak::decode_body(&mut &*track.body) {
                Ok(track) => found = found.or(Some(track).filter(|track| avc(track).is_some())),
                Err(_broken) => is_damaged = true,
            }
        }
        let missing = if is_damaged { PictureError::Broken } else { PictureError::NotAPicture };
        let track = found.ok_or(missing)?;
        let mvex = boxes(movie).find(|found| found.kind == Mvex::KIND);
        let mvex = mvex.and_then(|found| Mvex::decode_body(&mut &*found.body).ok());
        let trex = mvex.into_iter().flat_map(|mvex| mvex.trex).find(|trex| trex.track_id == track.tkhd.track_id);
        let usual = trex.map(|trex| Usual { ticks: trex.default_sample_duration, size: trex.default_sample_size });
        Ok(Self { file, track, usual: usual.unwrap_or_default() })
    }

    /// The configuration of the decoder, and the size of the picture.
    pub(super) fn config(&self) -> Option<(&Avcc, [u32; 2])> {
        avc(&self.track)
    }

    /// Ticks per second; 0 if the file has none.
    pub(super) fn timescale(&self) -> u32 {
        self.track.mdia.mdhd.timescale
    }

    /// The first frames, at most `most`, as far as they are in the file.
    pub(super) fn samples(&self, most: usize) -> Vec<Sample<'f>> {
        let mut samples = self.of_tables(most);
        if samples.len() < most {
            self.add_fragments(&mut samples, most);
        }
        samples
    }

    fn of_tables(&self, most: usize) -> Vec<Sample<'f>> {
        let tables = &self.track.mdia.minf.stbl;
        let short = tables.stco.iter().flat_map(|table| table.entries.iter().map(|offset| u64::from(*offset)));
        let offsets = short.chain(tables.co64.iter().flat_map(|table| table.entries.iter().copied()));
        let mut found = Vec::new();
        // Chunks count from 1. The loop reads the runs once, in any number.
        let (mut runs, mut per_chunk) = (tables.stsc.entries.iter().peekable(), 0);
        for (chunk, offset) in (1..).zip(offsets) {
            while let Some(run) = runs.next_if(|run| run.first_chunk <= chunk) {
                per_chunk = run.samples_per_chunk;
            }
            let mut at = usize::try_from(offset).unwrap_or(usize::MAX);
            for _ in 0..per_chunk {
                let number = found.len();
                let size = match &tables.stsz.samples {
                    StszSamples::Identical { size, .. } => Some(*size),
                    StszSamples::Different { sizes } => sizes.get(number).copied(),
                };
                let data = size.and_then(|size| part(self.file, at, size)).filter(|_| number < most);
                let Some(data) = data else { return found };
                found.push(Sample { data, ticks: self.ticks(number) });
                at += data.len();
            }
            if found.len() >= most {
                break;
            }
        }
        found
    }

    fn ticks(&self, number: usize) -> u32 {
        let mut left = number;
        for run in &self.track.mdia.minf.stbl.stts.entries {
            let count = usize::try_from(run.sample_count).unwrap_or(usize::MAX);
            if left < count {
                return run.sample_delta;
            }
            left -= count;
        }
        0
    }

    fn add_fragments(&self, found: &mut Vec<Sample<'f>>, most: usize) {
        for moof in boxes(self.file).filter(|found| found.kind == Moof::KIND) {
            // A truncated last fragment ends the clip.
            let Ok(parts) = Moof::decode_body(&mut &*moof.body) else { return };
            for traf in parts.traf.iter().filter(|traf| traf.tfhd.track_id == self.track.tkhd.track_id) {
                if self.add_fragment(traf, moof.start, found, most).is_none() || found.len() >= most {
                    return;
                }
            }
        }
    }

    /// Adds the frames of a fragment; `None` if it leads out of the file.
    fn add_fragment(&self, traf: &Traf, moof: usize, found: &mut Vec<Sample<'f>>, most: usize) -> Option<()> {
        let base = traf.tfhd.base_data_offset.map_or(Ok(moof), usize::try_from).ok()?;
        let mut at = base;
        for run in &traf.trun {
            if let Some(offset) = run.data_offset {
                at = base.checked_add_signed(isize::try_from(offset).ok()?)?;
            }
            for entry in run.samples.iter().take(most - found.len()) {
                // Cameras store frames in the order in which they are shown, so the composition time is not used.
                let size = entry.size.or(traf.tfhd.default_sample_size).unwrap_or(self.usual.size);
                let ticks = entry.duration.or(traf.tfhd.default_sample_duration).unwrap_or(self.usual.ticks);
                let data = part(self.file, at, size)?;
                found.push(Sample { data, ticks });
                at += data.len();
            }
        }
        Some(())
    }
}

/// The configuration and size of a video track with H.264.
fn avc(track: &Trak) -> Option<(&Avcc, [u32; 2])> {
    if track.mdia.hdlr.handler != FourCC::new(b"vide") {
        return None;
    }
    track.mdia.minf.stbl.stsd.codecs.iter().find_map(|codec| {
        if let Codec::Avc1(avc) = codec {
            Some((&avc.avcc, [u32::from(avc.visual.width), u32::from(avc.visual.height)]))
        } else {
            None
        }
    })
}

fn part(file: &[u8], at: usize, size: u32) -> Option<&[u8]> {
    file.get(at..at.checked_add(usize::try_from(size).ok()?)?)
}

struct Box<'f> {
    kind: FourCC,
    /// The position of its header.
    start: usize,
    body: &'f [u8],
}

/// The boxes of a file or of another box, up to the first that is not whole.
fn boxes(within: &[u8]) -> impl Iterator<Item = Box<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let mut rest = within.get(start..)?;
        let header = Header::decode(&mut rest).ok()?;
        let body = match header.size {
            Some(size) => rest.get(..size)?,
            None => rest,
        };
        at = within.len() - rest.len() + body.len();
        Some(Box { kind: header.kind, start, body })
    })
}
