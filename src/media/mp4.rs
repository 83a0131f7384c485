//! The boxes of an MP4 file (ISO/IEC 14496-12), with tables and with fragments: recordings that are sent while they
//! are made locate the frames of each part in a `moof`. Tables and fragments may contain any numbers, and are
//! followed only as far as there are bytes in the file.
//!
//! mp4-atom decodes the tables. This module walks to them itself, because the crate refuses a whole movie for one
//! odd box that no picture needs, and follows boxes within boxes to any depth.

use mp4_atom::{
    Atom as _, Avcc, Co64, Decode as _, FourCC, Header, Mdhd, Stco, Stsc, Stsz, StszSamples, Stts, Tfhd, Tkhd, Trex,
    Trun,
};

use super::error::PictureError;

/// The bytes of a sample entry before its boxes: those of every entry, and those of a picture.
const SAMPLE_ENTRY: usize = 78;

/// An encoded frame, and the time that it is shown in the time scale of its track.
pub(super) struct Sample<'f> {
    pub(super) data: &'f [u8],
    pub(super) ticks: u32,
}

/// A track with H.264.
pub(super) struct VideoTrack<'f> {
    file: &'f [u8],
    id: u32,
    timescale: u32,
    config: Avcc,
    size: [u32; 2],
    times: Stts,
    chunks: Stsc,
    /// The positions of the chunks.
    offsets: Vec<u64>,
    sizes: Stsz,
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
    /// Finds the first track with H.264.
    pub(super) fn find(file: &'f [u8]) -> Result<Self, PictureError> {
        let movie = child(file, *b"moov").ok_or(PictureError::Broken)?;
        let is_video =
            |track: &&[u8]| at(track, &[*b"mdia", *b"hdlr"]).is_some_and(|hdlr| hdlr.get(8..12) == Some(b"vide"));
        let track = boxes(movie).filter(|found| found.is(*b"trak")).map(|found| found.body).find(is_video);
        let track = track.ok_or(PictureError::NotAPicture)?;
        let mut read = Self::of_track(file, track)?;
        let extended = boxes(child(movie, *b"mvex").unwrap_or_default()).filter(|found| found.is(*b"trex"));
        let mut trex = extended.filter_map(|found| Trex::decode_body(&mut &*found.body).ok());
        if let Some(trex) = trex.find(|trex| trex.track_id == read.id) {
            read.usual = Usual { ticks: trex.default_sample_duration, size: trex.default_sample_size };
        }
        Ok(read)
    }

    fn of_track(file: &'f [u8], track: &[u8]) -> Result<Self, PictureError> {
        let tables = at(track, &[*b"mdia", *b"minf", *b"stbl"]).ok_or(PictureError::Broken)?;
        let entries = child(tables, *b"stsd").and_then(|stsd| stsd.get(8..)).ok_or(PictureError::Broken)?;
        let entry = boxes(entries).find(|found| found.is(*b"avc1") || found.is(*b"avc3"));
        let (config, size) = h264(entry.ok_or(PictureError::NotAPicture)?.body).ok_or(PictureError::Broken)?;
        let header = child(track, *b"tkhd").and_then(|mut body| Tkhd::decode_body(&mut body).ok());
        let media = at(track, &[*b"mdia", *b"mdhd"]).and_then(|mut body| Mdhd::decode_body(&mut body).ok());
        let short = child(tables, *b"stco").and_then(|mut body| Stco::decode_body(&mut body).ok());
        let long = child(tables, *b"co64").and_then(|mut body| Co64::decode_body(&mut body).ok());
        let short = short.into_iter().flat_map(|table| table.entries).map(u64::from);
        Ok(Self {
            file,
            id: header.ok_or(PictureError::Broken)?.track_id,
            timescale: media.map_or(0, |media| media.timescale),
            config,
            size,
            times: child(tables, *b"stts").and_then(|mut body| Stts::decode_body(&mut body).ok()).unwrap_or_default(),
            chunks: child(tables, *b"stsc").and_then(|mut body| Stsc::decode_body(&mut body).ok()).unwrap_or_default(),
            offsets: short.chain(long.into_iter().flat_map(|table| table.entries)).collect(),
            sizes: child(tables, *b"stsz").and_then(|mut body| Stsz::decode_body(&mut body).ok()).unwrap_or_default(),
            usual: Usual::default(),
        })
    }

    /// The configuration of the decoder.
    pub(super) fn config(&self) -> &Avcc {
        &self.config
    }

    /// The size of the picture.
    pub(super) fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Ticks per second; 0 if the file has none.
    pub(super) fn timescale(&self) -> u32 {
        self.timescale
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
        let mut found = Vec::new();
        // Chunks count from 1. The loop reads the runs once, in any number.
        let (mut runs, mut per_chunk) = (self.chunks.entries.iter().peekable(), 0);
        for (chunk, offset) in (1..).zip(&self.offsets) {
            while let Some(run) = runs.next_if(|run| run.first_chunk <= chunk) {
                per_chunk = run.samples_per_chunk;
            }
            let mut at = usize::try_from(*offset).unwrap_or(usize::MAX);
            for _ in 0..per_chunk {
                let number = found.len();
                let size = match &self.sizes.samples {
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
        for run in &self.times.entries {
            let count = usize::try_from(run.sample_count).unwrap_or(usize::MAX);
            if left < count {
                return run.sample_delta;
            }
            left -= count;
        }
        0
    }

    fn add_fragments(&self, found: &mut Vec<Sample<'f>>, most: usize) {
        // A truncated last fragment ends the clip.
        for moof in boxes(self.file).filter(|found| found.is(*b"moof")) {
            for traf in boxes(moof.body).filter(|found| found.is(*b"traf")) {
                if self.add_fragment(traf.body, moof.start, found, most).is_none() || found.len() >= most {
                    return;
                }
            }
        }
    }

    /// Adds the frames of a fragment; `None` if it leads out of the file.
    fn add_fragment(&self, traf: &[u8], moof: usize, found: &mut Vec<Sample<'f>>, most: usize) -> Option<()> {
        let header = Tfhd::decode_body(&mut child(traf, *b"tfhd")?).ok()?;
        if header.track_id != self.id {
            return Some(());
        }
        let base = header.base_data_offset.map_or(Ok(moof), usize::try_from).ok()?;
        let mut at = base;
        for run in boxes(traf).filter(|found| found.is(*b"trun")) {
            let run = Trun::decode_body(&mut &*run.body).ok()?;
            if let Some(offset) = run.data_offset {
                at = base.checked_add_signed(isize::try_from(offset).ok()?)?;
            }
            for entry in run.samples.iter().take(most.saturating_sub(found.len())) {
                // Cameras store frames in the order in which they are shown, so the composition time is not used.
                let size = entry.size.or(header.default_sample_size).unwrap_or(self.usual.size);
                let ticks = entry.duration.or(header.default_sample_duration).unwrap_or(self.usual.ticks);
                let data = part(self.file, at, size)?;
                found.push(Sample { data, ticks });
                at += data.len();
            }
        }
        Some(())
    }
}

/// The configuration and the size in a sample entry.
fn h264(entry: &[u8]) -> Option<(Avcc, [u32; 2])> {
    let side = |from: usize| Some(u32::from(u16::from_be_bytes(entry.get(from..from + 2)?.try_into().ok()?)));
    let config = child(entry.get(SAMPLE_ENTRY..)?, *b"avcC")?;
    Some((Avcc::decode_body(&mut &*config).ok()?, [side(24)?, side(26)?]))
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

impl Box<'_> {
    fn is(&self, name: [u8; 4]) -> bool {
        self.kind == FourCC::new(&name)
    }
}

/// The content of the first box of this name.
fn child(within: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    boxes(within).find(|found| found.is(name)).map(|found| found.body)
}

/// The content of a box within boxes.
fn at<'f>(within: &'f [u8], path: &[[u8; 4]]) -> Option<&'f [u8]> {
    path.iter().try_fold(within, |within, name| child(within, *name))
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
