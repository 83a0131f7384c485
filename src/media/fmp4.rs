//! Fragmented clips, such as recordings that are sent while they are made: each `moof` locates the frames of its
//! part (ISO/IEC 14496-12, 8.8). mp4parse skips these boxes, so this module reads them. They may contain any
//! numbers, and are followed only as far as there are bytes in the file.

/// An encoded frame, and the time that it is shown in the time scale of its track.
pub(super) struct Fragment<'f> {
    pub(super) data: &'f [u8],
    pub(super) ticks: u32,
}

/// Returns the file up to the first `moof` box. A truncated last fragment would make the parser fail.
pub(super) fn before_fragments(file: &[u8]) -> &[u8] {
    let first = boxes(file).find(|found| found.name == *b"moof");
    first.and_then(|moof| file.get(..moof.start)).unwrap_or(file)
}

/// Returns the first fragmented frames of a track, at most `most`.
pub(super) fn fragments(file: &[u8], track: u32, most: usize) -> Vec<Fragment<'_>> {
    let mut found = Found { file, most, fragments: Vec::new() };
    let usual = Usual::of_movie(file, track);
    for moof in boxes(file).filter(|found| found.name == *b"moof") {
        for traf in within(moof.body, *b"traf") {
            if found.take(traf, track, moof.start, usual).is_none() || found.is_full() {
                return found.fragments;
            }
        }
    }
    found.fragments
}

/// The defaults for a frame without values of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Usual {
    ticks: u32,
    size: u32,
}

impl Usual {
    /// Reads the defaults in the `trex` of the track.
    fn of_movie(file: &[u8], track: u32) -> Self {
        let movie = boxes(file).find(|found| found.name == *b"moov").map_or(&[][..], |found| found.body);
        let mut all = within(movie, *b"mvex").flat_map(|mvex| within(mvex, *b"trex"));
        all.find_map(|trex| {
            let mut fields = Fields(trex);
            fields.flags()?;
            let is_of_it = fields.u32()? == track;
            let _description = fields.u32()?;
            let (ticks, size) = (fields.u32()?, fields.u32()?);
            is_of_it.then_some(Self { ticks, size })
        })
        .unwrap_or_default()
    }
}

struct Found<'f> {
    file: &'f [u8],
    most: usize,
    fragments: Vec<Fragment<'f>>,
}

impl Found<'_> {
    fn is_full(&self) -> bool {
        self.fragments.len() >= self.most
    }

    /// Reads a `traf`; `None` if it leads nowhere.
    fn take(&mut self, traf: &[u8], track: u32, moof: usize, usual: Usual) -> Option<()> {
        let (base, usual) = match header(within(traf, *b"tfhd").next()?, track, usual)? {
            Header::OfAnother => return Some(()),
            Header::OfIt { base, usual } => (base.unwrap_or(moof), usual),
        };
        let mut at = base;
        for trun in within(traf, *b"trun") {
            at = self.run(trun, base, at, usual)?;
            if self.is_full() {
                break;
            }
        }
        Some(())
    }

    /// Reads a `trun` and returns its end.
    fn run(&mut self, trun: &[u8], base: usize, at: usize, usual: Usual) -> Option<usize> {
        let mut fields = Fields(trun);
        let flags = fields.flags()?;
        let count = fields.u32()?;
        let mut at = match flags & 0x1 {
            0 => at,
            _ => base.checked_add_signed(isize::try_from(fields.u32()?.cast_signed()).ok()?)?,
        };
        fields.skip(flags, &[0x4])?;
        for _ in 0..count {
            let ticks = if flags & 0x100 == 0 { usual.ticks } else { fields.u32()? };
            let size = if flags & 0x200 == 0 { usual.size } else { fields.u32()? };
            // Skip the flags and the composition time: cameras store frames in the order in which they are
            // shown.
            fields.skip(flags, &[0x400, 0x800])?;
            let end = at.checked_add(usize::try_from(size).ok()?)?;
            self.fragments.push(Fragment { data: self.file.get(at..end)?, ticks });
            at = end;
            if self.is_full() {
                break;
            }
        }
        Some(at)
    }
}

enum Header {
    OfAnother,
    OfIt {
        /// The base of positions, unless it is the beginning of the `moof`.
        base: Option<usize>,
        usual: Usual,
    },
}

/// Reads a `tfhd`.
fn header(tfhd: &[u8], track: u32, usual: Usual) -> Option<Header> {
    let mut fields = Fields(tfhd);
    let flags = fields.flags()?;
    if fields.u32()? != track {
        return Some(Header::OfAnother);
    }
    let base = if flags & 0x1 == 0 { None } else { Some(usize::try_from(fields.u64()?).ok()?) };
    fields.skip(flags, &[0x2])?;
    let ticks = if flags & 0x8 == 0 { usual.ticks } else { fields.u32()? };
    let size = if flags & 0x10 == 0 { usual.size } else { fields.u32()? };
    Some(Header::OfIt { base, usual: Usual { ticks, size } })
}

/// A sequence of big-endian numbers.
struct Fields<'f>(&'f [u8]);

impl Fields<'_> {
    fn u32(&mut self) -> Option<u32> {
        let (field, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*field))
    }

    fn u64(&mut self) -> Option<u64> {
        Some(u64::from(self.u32()?) << 32 | u64::from(self.u32()?))
    }

    /// Reads the flags, which say which fields follow.
    fn flags(&mut self) -> Option<u32> {
        Some(self.u32()? & 0x00ff_ffff)
    }

    /// Skips those of `fields` that are present.
    fn skip(&mut self, flags: u32, fields: &[u32]) -> Option<()> {
        for field in fields {
            if flags & field != 0 {
                self.u32()?;
            }
        }
        Some(())
    }
}

struct Atom<'f> {
    name: [u8; 4],
    /// The offset of its first byte.
    start: usize,
    body: &'f [u8],
}

/// Returns the boxes in a sequence.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = Atom<'_>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..)?;
        let mut fields = Fields(rest);
        let (size, name) = (fields.u32()?, fields.u32()?.to_be_bytes());
        let size = match size {
            // The box extends to the end.
            0 => rest.len(),
            1 => usize::try_from(fields.u64()?).ok()?,
            size => usize::try_from(size).ok()?,
        };
        let head = rest.len() - fields.0.len();
        let found = Atom { name, start, body: rest.get(head..size)? };
        start += size;
        Some(found)
    })
}

/// Returns the bodies of the boxes with this name.
fn within(bytes: &[u8], name: [u8; 4]) -> impl Iterator<Item = &[u8]> {
    boxes(bytes).filter(move |found| found.name == name).map(|found| found.body)
}
