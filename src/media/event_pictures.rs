//! Pictures of camera events on disk, for a week.
//!
//! A service drops the picture of an event after minutes or days. The program loads it once, scales it down and keeps
//! it as a JPEG that only the user may read. The name of a file says when its event began, so nothing else is stored,
//! and the folder can be deleted at any time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::{fs, io};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageError, RgbaImage};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::decode::Decoded;
use super::lock;
use crate::files::{read, replace};
use crate::home::DeviceId;

/// Time after the begin of an event for which its picture is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Number of pictures for each camera.
const KEPT_OF_CAMERA: usize = 200;
/// Size of all pictures of an account, in bytes.
const KEPT_BYTES: u64 = 128 * 1024 * 1024;
/// The largest width or height of a picture, in pixels.
const SIDE: u32 = 800;
/// The quality of a JPEG, from 1 to 100.
const QUALITY: u8 = 82;

/// The event of a camera that a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CameraEventId {
    pub camera: DeviceId,
    /// The begin of the event.
    pub at: Timestamp,
}

/// The name of a file. Names sort by the begin of their events.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct FileName {
    /// Milliseconds since 1970.
    at: i64,
    /// A digest of the camera's id, which is foreign text.
    camera: String,
}

impl FileName {
    fn of(event: &CameraEventId) -> Self {
        let digest = Sha256::digest(event.camera.as_str().as_bytes());
        let start = digest.first_chunk().copied().unwrap_or_default();
        let camera = format!("{:016x}", u64::from_be_bytes(start));
        Self { at: event.at.as_millisecond(), camera }
    }

    /// Reads a name that [`Self::text`] wrote; `None` for the file of somebody else.
    fn from_text(name: &str) -> Option<Self> {
        let (at, camera) = name.strip_suffix(".jpg")?.split_once('-')?;
        let file = Self { at: at.parse().ok()?, camera: camera.to_owned() };
        (file.text() == name).then_some(file)
    }

    fn text(&self) -> String {
        format!("{:013}-{}.jpg", self.at, self.camera)
    }
}

/// The kept pictures of one account.
pub(super) struct EventPictures {
    folder: PathBuf,
    state: Mutex<Index>,
}

#[derive(Default)]
struct Index {
    /// The files with their sizes in bytes.
    files: BTreeMap<FileName, u64>,
    /// The event of each camera whose picture was asked for last.
    asked: BTreeMap<DeviceId, Timestamp>,
}

impl EventPictures {
    /// Lists the pictures of a folder, which may be missing, and deletes those that are too old.
    pub(super) fn open(folder: PathBuf, now: Timestamp) -> Self {
        let mut index = Index::default();
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_str().and_then(FileName::from_text);
            if let (Some(name), Ok(about)) = (name, entry.metadata()) {
                index.files.insert(name, about.len());
            }
        }
        let pictures = Self { folder, state: Mutex::new(index) };
        pictures.trim(now);
        pictures
    }

    /// True if the picture of an event is there, and not too old.
    pub(super) fn has(&self, event: &CameraEventId, now: Timestamp) -> bool {
        is_recent(event.at, now) && lock(&self.state).files.contains_key(&FileName::of(event))
    }

    /// The file of the picture of an event.
    pub(super) fn path(&self, event: &CameraEventId) -> PathBuf {
        self.folder.join(FileName::of(event).text())
    }

    /// Reads the file of a picture.
    pub(super) fn read(&self, event: &CameraEventId) -> io::Result<Vec<u8>> {
        read(&self.path(event))
    }

    /// True once for each event whose picture should be loaded now.
    pub(super) fn begin(&self, event: &CameraEventId, now: Timestamp) -> bool {
        if !is_recent(event.at, now) {
            return false;
        }
        let mut state = lock(&self.state);
        if state.asked.get(&event.camera) == Some(&event.at) {
            return false;
        }
        state.asked.insert(event.camera.clone(), event.at);
        !state.files.contains_key(&FileName::of(event))
    }

    /// Keeps the first frame of a picture, and deletes others beyond the limits.
    pub(super) fn keep(&self, event: &CameraEventId, picture: Decoded, now: Timestamp) -> io::Result<()> {
        let file = jpeg(picture).map_err(io::Error::other)?;
        replace(&self.path(event), &file)?;
        lock(&self.state).files.insert(FileName::of(event), file.len() as u64);
        self.trim(now);
        Ok(())
    }

    /// Deletes one picture, and the folder if it was the last one.
    pub(super) fn delete(&self, event: &CameraEventId) -> io::Result<()> {
        lock(&self.state).files.remove(&FileName::of(event));
        fs::remove_file(self.path(event))?;
        // A folder that is not empty stays.
        fs::remove_dir(&self.folder).ok();
        Ok(())
    }

    /// Deletes the pictures that are too old, and the oldest beyond the limits.
    fn trim(&self, now: Timestamp) {
        let surplus = lock(&self.state).surplus(now);
        for name in surplus {
            match fs::remove_file(self.folder.join(name.text())) {
                Ok(()) => {}
                Err(err) if err.kind() == io::ErrorKind::NotFound => {}
                Err(err) => {
                    tracing::warn!(%err, folder = %self.folder.display(), "an old picture cannot be deleted");
                    continue;
                }
            }
            lock(&self.state).files.remove(&name);
        }
    }
}

impl Index {
    /// The files that exceed a limit.
    fn surplus(&self, now: Timestamp) -> Vec<FileName> {
        let mut of_camera: BTreeMap<&str, usize> = BTreeMap::new();
        let mut bytes = 0;
        let mut surplus = Vec::new();
        for (name, size) in self.files.iter().rev() {
            let count = of_camera.entry(&name.camera).or_default();
            *count += 1;
            bytes += size;
            let is_old = Timestamp::from_millisecond(name.at).map_or(true, |at| !is_recent(at, now));
            if is_old || *count > KEPT_OF_CAMERA || bytes > KEPT_BYTES {
                surplus.push(name.clone());
            }
        }
        surplus
    }
}

/// True while the picture of an event that began then is kept.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) < KEPT_FOR
}

/// The first frame, scaled down.
fn jpeg(picture: Decoded) -> Result<Vec<u8>, ImageError> {
    let [width, height] = picture.size;
    let pixels = picture.frames.into_iter().next().and_then(|frame| RgbaImage::from_raw(width, height, frame.rgba));
    let image = DynamicImage::ImageRgba8(pixels.unwrap_or_default());
    let image = if width.max(height) > SIDE { image.thumbnail(SIDE, SIDE) } else { image };
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY).encode_image(&image.into_rgb8())?;
    Ok(file)
}

/// Deletes the kept pictures of an account.
///
/// # Errors
///
/// Fails if a file or the folder cannot be deleted. A missing folder is no error.
pub fn delete_event_pictures(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::media::decode::decode;
    use crate::media::{Frame, Limits};

    const DAY: SignedDuration = SignedDuration::from_hours(24);

    fn now() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().expect("a time")
    }

    fn event(camera: &str, ago: SignedDuration) -> CameraEventId {
        CameraEventId { camera: camera.into(), at: now() - ago }
    }

    fn picture([width, height]: [u32; 2]) -> Decoded {
        let rgba = [200, 100, 50, 255].repeat((width * height) as usize);
        let frame = |_| Frame { rgba: rgba.clone(), delay: Duration::ZERO };
        Decoded { frames: (0..2).map(frame).collect(), size: [width, height], original_size: [1, 1], is_cut: false }
    }

    #[test]
    fn a_picture_is_kept_small_and_found_after_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("event_pictures");
        let pictures = EventPictures::open(folder.clone(), now());
        // The id of a device is foreign text.
        let door = event("../../door\n", SignedDuration::from_mins(2));
        assert!(pictures.begin(&door, now()) && !pictures.begin(&door, now()), "asked once");
        assert!(!pictures.has(&door, now()));
        pictures.keep(&door, picture([1600, 900]), now()).expect("kept");
        let pictures = EventPictures::open(folder.clone(), now());
        assert!(pictures.has(&door, now()) && !pictures.begin(&door, now()));
        assert!(!pictures.has(&event("yard", SignedDuration::from_mins(2)), now()));
        let file = pictures.read(&door).expect("a file");
        let decoded = decode(&file, &Limits::default()).expect("a picture");
        assert_eq!((decoded.size, decoded.frames.len()), ([800, 450], 1));
        let [red, green, blue, _] = decoded.frames[0].rgba[..4] else { panic!("a pixel") };
        assert!(red.abs_diff(200) < 6 && green.abs_diff(100) < 6 && blue.abs_diff(50) < 6);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&folder), mode(&pictures.path(&door))), (0o700, 0o600));
        }
        pictures.delete(&door).expect("deleted");
        assert!(!pictures.has(&door, now()) && !folder.exists(), "the last one goes with its folder");
        pictures.keep(&door, picture([16, 9]), now()).expect("kept");
        delete_event_pictures(&folder).expect("deleted");
        delete_event_pictures(&folder).expect("nothing to delete");
        assert!(!folder.exists());
    }

    #[test]
    fn a_picture_is_deleted_after_a_week_and_the_file_of_somebody_else_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = EventPictures::open(folder.path().to_owned(), now());
        let (old, new) = (event("door", DAY * 6), event("door", DAY));
        for event in [&old, &new] {
            pictures.keep(event, picture([16, 9]), now()).expect("kept");
        }
        let foreign = ["note.txt", "0000000000001.jpg", "1-zz.jpg"].map(|name| folder.path().join(name));
        for path in &foreign {
            fs::write(path, "x").expect("written");
        }
        let later = now() + DAY * 2;
        assert!(!pictures.has(&old, later), "not shown, deleted or not");
        assert!(!pictures.begin(&old, later), "nor loaded again");
        let pictures = EventPictures::open(folder.path().to_owned(), later);
        assert!(!pictures.path(&old).exists() && pictures.has(&new, later));
        assert!(foreign.iter().all(|path| path.exists()));
    }

    #[test]
    fn pictures_are_bounded_in_number_and_in_bytes() {
        let mut index = Index::default();
        let name = |camera: &str, second: i64| FileName::of(&event(camera, SignedDuration::from_secs(second)));
        for second in 0..300 {
            index.files.insert(name("door", second), 1000);
        }
        index.files.insert(name("yard", 1000), 1000);
        let surplus = index.surplus(now());
        assert_eq!(surplus.len(), 100);
        assert!(surplus.contains(&name("door", 299)) && !surplus.contains(&name("yard", 1000)));
        for second in 2000..2100 {
            index.files.insert(name(&format!("camera {second}"), second), 4 * 1024 * 1024);
        }
        let surplus = index.surplus(now());
        let kept: u64 = index.files.iter().filter(|(name, _)| !surplus.contains(name)).map(|(_, size)| size).sum();
        assert!(kept <= KEPT_BYTES && surplus.contains(&name("camera 2099", 2099)), "the oldest go");
        assert!(!surplus.contains(&name("camera 2000", 2000)));
    }
}
