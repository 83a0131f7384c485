//! Tests with clips that an encoder made, whole and damaged.

use std::time::Duration;

use openh264::encoder::Encoder;
use openh264::formats::{RgbSliceU8, YUVBuffer};

use super::super::decode;
use super::*;

const SIZE: [u16; 2] = [64, 48];

/// A box of an MP4 file.
fn boxed(name: &str, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let length = u32::try_from(body.len() + 8).expect("small");
    [&length.to_be_bytes()[..], name.as_bytes(), &body].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Encodes frames of one colour each: the parameter sets, and a sample for each frame.
fn encoded(colors: &[[u8; 3]]) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let mut encoder = Encoder::new().expect("an encoder");
    let (mut sets, mut samples) = (Vec::new(), Vec::new());
    for color in colors {
        let pixels = color.repeat(usize::from(SIZE[0]) * usize::from(SIZE[1]));
        let rgb = RgbSliceU8::new(&pixels, (usize::from(SIZE[0]), usize::from(SIZE[1])));
        let stream = encoder.encode(&YUVBuffer::from_rgb8_source(rgb)).expect("encoded");
        let mut sample = Vec::new();
        for layer in (0..stream.num_layers()).filter_map(|number| stream.layer(number)) {
            for unit in (0..layer.nal_count()).filter_map(|number| layer.nal_unit(number)) {
                let unit = unit.strip_prefix(&START).or(unit.strip_prefix(&START[1..])).expect("a unit");
                match unit[0] & 0x1f {
                    7 | 8 if sets.len() < 2 => sets.push(unit.to_vec()),
                    7 | 8 => {}
                    _ => {
                        sample.extend(words(&[u32::try_from(unit.len()).expect("small")]));
                        sample.extend(unit);
                    }
                }
            }
        }
        samples.push(sample);
    }
    (sets, samples)
}

/// A clip as a file, with `delay` milliseconds for each frame.
fn file(colors: &[[u8; 3]], delay: u32) -> Vec<u8> {
    let (sets, samples) = encoded(colors);
    let count = u32::try_from(samples.len()).expect("few");
    let sizes: Vec<u32> = samples.iter().map(|sample| u32::try_from(sample.len()).expect("small")).collect();
    let mdat = boxed("mdat", &[&samples.concat()]);
    let offset = u32::try_from(ftyp().len() + 8).expect("small");
    let tables = [
        boxed("stts", &[&words(&[0, 1, count, delay])]),
        boxed("stsc", &[&words(&[0, 1, 1, count, 1])]),
        boxed("stsz", &[&words(&[0, 0, count]), &words(&sizes)]),
        boxed("stco", &[&words(&[0, 1, offset])]),
    ];
    [ftyp(), mdat, movie(&sets, &tables.concat(), delay * count, &[])].concat()
}

/// The way that a fragment locates its frames.
#[derive(Debug, Clone, Copy)]
enum Says {
    /// By their position in the fragment, with a size and a time for each frame.
    EachFrame,
    /// By their position in the file; the time is the same for all frames.
    PlaceInFile,
    /// By the defaults of the movie for all frames.
    Movie,
}

/// The same clip with a fragment for each of its frames.
fn in_fragments(colors: &[[u8; 3]], delay: u32, says: Says) -> Vec<u8> {
    let (sets, samples) = encoded(colors);
    let sizes: Vec<u32> = samples.iter().map(|sample| u32::try_from(sample.len()).expect("small")).collect();
    let none = [
        boxed("stts", &[&words(&[0, 0])]),
        boxed("stsc", &[&words(&[0, 0])]),
        boxed("stsz", &[&words(&[0, 0, 0])]),
        boxed("stco", &[&words(&[0, 0])]),
    ];
    let usual = |size| boxed("mvex", &[&boxed("trex", &[&words(&[0, 1, 1, delay, size, 0])])]);
    // Frames of one size: the shorter ones are filled with a unit without meaning.
    let longest = sizes.iter().max().expect("a frame") + 5;
    let mvex = usual(if matches!(says, Says::Movie) { longest } else { 0 });
    let mut file = [ftyp(), movie(&sets, &none.concat(), 0, &mvex)].concat();
    for (number, (sample, size)) in samples.iter().zip(sizes).enumerate() {
        let mut sample = sample.clone();
        if matches!(says, Says::Movie) {
            let filler = longest - size - 4;
            sample.extend(words(&[filler]));
            sample.push(12);
            sample.resize(usize::try_from(longest).expect("small"), 0xff);
        }
        // A box of another track before it, which is no video.
        let sound = boxed("traf", &[&boxed("tfhd", &[&words(&[0, 2])]), &boxed("trun", &[&words(&[1, 1, 8])])]);
        let moof = |offset: u32| {
            let (tfhd, trun) = match says {
                Says::EachFrame => (words(&[0x02_0000, 1]), words(&[0x701, 1, offset, delay, size, 0])),
                Says::PlaceInFile => {
                    let at = u32::try_from(file.len()).expect("small") + offset;
                    (words(&[0x9, 1, 0, at, delay]), words(&[0x200, 1, size]))
                }
                Says::Movie => (words(&[0x02_0000, 1]), words(&[0x5, 1, offset, 0])),
            };
            let traf = boxed("traf", &[&boxed("tfhd", &[&tfhd]), &boxed("trun", &[&trun])]);
            let number = u32::try_from(number).expect("few");
            boxed("moof", &[&boxed("mfhd", &[&words(&[0, number + 1])]), &sound, &traf])
        };
        let length = u32::try_from(moof(0).len()).expect("small");
        let fragment = [moof(length + 8), boxed("mdat", &[&sample])].concat();
        file.extend(fragment);
    }
    file
}

fn ftyp() -> Vec<u8> {
    boxed("ftyp", &[b"isom", &words(&[512]), b"isomavc1"])
}

/// The `moov` box of a file with one track, number 1.
fn movie(sets: &[Vec<u8>], tables: &[u8], duration: u32, rest: &[u8]) -> Vec<u8> {
    let set =
        |number: usize| [&u16::try_from(sets[number].len()).expect("small").to_be_bytes()[..], &sets[number]].concat();
    let avcc = [&[1, sets[0][1], sets[0][2], sets[0][3], 0xff, 0xe1][..], &set(0), &[1], &set(1)].concat();
    let [width, height] = SIZE.map(u16::to_be_bytes);
    let entry = boxed(
        "avc1",
        &[
            &[0; 6],
            &[0, 1],
            &[0; 16],
            &width,
            &height,
            &words(&[0x0048_0000, 0x0048_0000, 0]),
            &[0, 1],
            &[0; 32],
            &[0, 24, 0xff, 0xff],
            &boxed("avcC", &[&avcc]),
        ],
    );
    let stbl = boxed("stbl", &[&boxed("stsd", &[&words(&[0, 1]), &entry]), tables]);
    let matrix = words(&[0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000]);
    let dinf = boxed("dinf", &[&boxed("dref", &[&words(&[0, 1]), &boxed("url ", &[&words(&[1])])])]);
    let minf = boxed("minf", &[&boxed("vmhd", &[&words(&[1, 0, 0])]), &dinf, &stbl]);
    let hdlr = boxed("hdlr", &[&words(&[0, 0]), b"vide", &[0; 12], b"\0"]);
    let mdhd = boxed("mdhd", &[&words(&[0, 0, 0, 1000, duration, 0])]);
    let sides = words(&[u32::from(SIZE[0]) << 16, u32::from(SIZE[1]) << 16]);
    let tkhd = boxed("tkhd", &[&words(&[7, 0, 0, 1, 0, duration, 0, 0, 0, 0]), &matrix, &sides]);
    let mvhd = boxed(
        "mvhd",
        &[&words(&[0, 0, 0, 1000, duration, 0x1_0000]), &[1, 0], &[0; 10], &matrix, &[0; 24], &words(&[2])],
    );
    let trak = boxed("trak", &[&tkhd, &boxed("mdia", &[&mdhd, &hdlr, &minf])]);
    boxed("moov", &[&mvhd, &trak, rest])
}

const COLORS: [[u8; 3]; 3] = [[200, 30, 30], [30, 180, 40], [40, 60, 200]];

fn is_near(pixel: &[u8], color: [u8; 3]) -> bool {
    pixel.iter().zip(color).all(|(is, was)| is.abs_diff(was) < 30)
}

#[test]
fn the_frames_of_a_clip_have_their_colours_and_times() {
    assert_shown(&file(&COLORS, 250));
}

#[test]
fn a_clip_in_fragments_is_shown_as_one_with_tables() {
    for says in [Says::EachFrame, Says::PlaceInFile, Says::Movie] {
        assert_shown(&in_fragments(&COLORS, 250, says));
    }
    let few = Limits { frames: 2, ..Limits::default() };
    let decoded = decode::decode(&in_fragments(&COLORS, 250, Says::EachFrame), &few).expect("a clip");
    assert_eq!((decoded.frames.len(), decoded.is_cut), (2, true));
    // The last fragment is truncated.
    let whole = in_fragments(&COLORS, 250, Says::EachFrame);
    let decoded = decode::decode(&whole[..whole.len() - 4], &Limits::default()).expect("its beginning");
    assert_eq!(decoded.frames.len(), 2);
}

fn assert_shown(file: &[u8]) {
    let decoded = decode::decode(file, &Limits::default()).expect("a clip");
    assert_eq!((decoded.size, decoded.original_size, decoded.is_cut), ([64, 48], [64, 48], false));
    assert_eq!(decoded.frames.len(), COLORS.len());
    for (frame, color) in decoded.frames.iter().zip(COLORS) {
        assert_eq!(frame.delay, Duration::from_millis(250));
        let middle = &frame.rgba[(24 * 64 + 32) * 4..][..4];
        assert!(is_near(middle, color), "{middle:?} for {color:?}");
    }
}

#[test]
fn a_long_clip_keeps_its_beginning() {
    let few = Limits { frames: 2, ..Limits::default() };
    let decoded = decode::decode(&file(&COLORS, 250), &few).expect("a clip");
    assert_eq!((decoded.frames.len(), decoded.is_cut), (2, true));
    let small = Limits { frame_bytes: 64 * 48 * 4, ..Limits::default() };
    let decoded = decode::decode(&file(&COLORS, 250), &small).expect("a clip");
    assert_eq!((decoded.frames.len(), decoded.is_cut), (1, true));
    let shown = Limits { shown_side: 32, ..Limits::default() };
    assert_eq!(decode::decode(&file(&COLORS, 250), &shown).expect("a clip").size, [32, 24]);
    let tiny = Limits { pixels: 100, ..Limits::default() };
    let refused = decode::decode(&file(&COLORS, 250), &tiny).err();
    assert_eq!(refused, Some(PictureError::TooManyPixels { width: 64, height: 48 }));
}

#[test]
fn a_clip_without_a_picture_is_refused() {
    let whole = file(&COLORS, 250);
    let end = whole.len() - 40;
    assert!(decode::decode(&whole[..end], &Limits::default()).is_err(), "its tables are not whole");
    let at = whole.windows(4).position(|name| name == b"vide").expect("it says that it is a video");
    let other = [&whole[..at], b"text", &whole[at + 4..]].concat();
    assert!(decode::decode(&other, &Limits::default()).is_err(), "no track is a video");
}

#[test]
fn a_clip_whose_entry_has_another_name_for_h264_is_shown() {
    let whole = file(&COLORS, 250);
    let at = whole.windows(8).position(|found| found[..4] == *b"avc1" && found[4..] == [0; 4]).expect("an entry");
    assert_shown(&[&whole[..at], b"avc3", &whole[at + 4..]].concat());
}

#[test]
fn boxes_within_boxes_to_any_depth_are_refused() {
    let depth = 200_000_usize;
    let size = |level: usize| u32::try_from(8 * (depth - level)).expect("small").to_be_bytes();
    let nested: Vec<u8> = (0..depth).flat_map(|level| [size(level), *b"trak"].concat()).collect();
    let whole = [ftyp(), boxed("moov", &[&nested])].concat();
    assert!(decode::decode(&whole, &Limits::default()).is_err());
}

/// Tables that lead nowhere are read once, not once for each part of a clip.
#[test]
fn endless_tables_are_bounded() {
    let (sets, samples) = encoded(&COLORS);
    let many = |count: u32, entry: &[u32]| words(&[&[0, count], entry.repeat(count as usize).as_slice()].concat());
    let tables = [
        boxed("stts", &[&words(&[0, 0])]),
        boxed("stsc", &[&many(200_000, &[1, 0, 1])]),
        boxed("stsz", &[&words(&[0, 0, 0])]),
        boxed("stco", &[&many(400_000, &[8])]),
    ];
    let file = [ftyp(), boxed("mdat", &[&samples.concat()]), movie(&sets, &tables.concat(), 0, &[])].concat();
    assert_eq!(decode::decode(&file, &Limits::default()).err(), Some(PictureError::Broken));
}

/// Two hundred frames that each span the whole file would take minutes to decode.
#[test]
fn decoding_stops_at_the_end_of_a_clip() {
    let (sets, samples) = encoded(&COLORS[..1]);
    let size = u32::try_from(samples[0].len()).expect("small");
    let offset = u32::try_from(ftyp().len() + 8).expect("small");
    let tables = [
        boxed("stts", &[&words(&[0, 1, 150, 100])]),
        boxed("stsc", &[&words(&[0, 1, 1, 1, 1])]),
        boxed("stsz", &[&words(&[0, size, 150])]),
        boxed("stco", &[&words(&[0, 150]), &words(&[offset; 150])]),
    ];
    let file = [ftyp(), boxed("mdat", &[&samples.concat()]), movie(&sets, &tables.concat(), 0, &[])].concat();
    let decoded = decode::decode(&file, &Limits::default()).expect("a clip");
    assert!(decoded.is_cut && decoded.frames.len() <= file.len() / samples[0].len(), "{}", decoded.frames.len());
}

/// Every change of a file ends in frames or an error, within bounds: the tables may claim four thousand million
/// frames.
#[test]
fn damaged_clips_end_in_frames_or_an_error() {
    let in_fragments = [Says::EachFrame, Says::PlaceInFile, Says::Movie].map(|says| in_fragments(&COLORS, 250, says));
    for whole in std::iter::once(file(&COLORS, 250)).chain(in_fragments) {
        damage(&whole);
    }
}

fn damage(whole: &[u8]) {
    let mut state = 0x2545_f491_u32;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        usize::try_from(state).expect("at least 32 bits")
    };
    let limits = Limits { frames: 5, ..Limits::default() };
    let mut shown = 0;
    for _ in 0..1000 {
        let mut damaged = whole.to_vec();
        for _ in 0..=next() % 4 {
            let at = next() % damaged.len();
            damaged[at] = [0, 0xff, 0x7f, 0x80, next().to_le_bytes()[1]][next() % 5];
        }
        if let Ok(decoded) = decode::decode(&damaged, &limits) {
            assert!(decoded.frames.len() <= limits.frames && decoded.frames.iter().all(|frame| !frame.rgba.is_empty()));
            shown += 1;
        }
    }
    assert!(shown > 0, "some damage is to a colour only");
}
