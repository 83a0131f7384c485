//! Pictures of cameras: loaded in the background, kept within bounds, returned for drawing.
//!
//! The window requests a picture each time it draws one, and gets the current state at once: nothing blocks, and
//! the last good picture stays while a newer one is loaded or fails. The addresses come from the service and
//! carry keys; the program sends them only to the service's own hosts (`address`), within limits (`limits`), and
//! never logs them.
//!
//! ```text
//!            want: new, too old, or failed long enough ago
//! Loading <----------------------------------------------- Ready, Failed
//!    |                                                         ^
//!    +---------------------------------------------------------+
//!      a picture came, or a PictureError; the waker is woken
//! ```
//!
//! The module knows no UI toolkit: frames are bytes, and the window gives it a [`Waker`].

mod address;
mod animation;
mod clip;
mod decode;
mod decoder_process;
mod error;
mod event_pictures;
mod fetch;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod image_cache;
mod limits;
mod mp4;

use std::fmt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Waker;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use url::Url;

pub use animation::{Showing, showing};
pub use decoder_process::{Clips, answer as decode_clip};
pub use error::PictureError;
pub use event_pictures::{CameraEventId, delete_event_pictures};
pub use limits::Limits;

use self::decode::Decoded;
use self::event_pictures::EventPictures;
use self::fetch::Loader;
use self::image_cache::{ImageCache, Load};
use crate::clock::Clock;
use crate::home::Confidential;

/// A decoded picture, ready to be drawn. A picture never changes: two with the same [`Picture::id`] are the
/// same.
#[derive(PartialEq, Eq)]
pub struct Picture {
    /// Identifies the picture among those of one [`Pictures`], for textures and the like.
    pub id: u64,
    /// At least one frame; more if it moves.
    pub frames: Vec<Frame>,
    /// Width and height of each frame in pixels; large pictures are scaled down.
    pub size: [u32; 2],
    /// Width and height in pixels of the picture in the file.
    pub original_size: [u32; 2],
    /// True if frames are missing at the end: they exceeded a limit, or did not arrive.
    pub is_cut: bool,
    /// The time of the load.
    pub loaded_at: Timestamp,
}

/// One frame of a picture.
#[derive(PartialEq, Eq)]
pub struct Frame {
    /// Red, green, blue and alpha (not multiplied in), a byte each, row by row from the top left.
    pub rgba: Vec<u8>,
    /// The time that the frame is shown; zero if the picture does not move.
    pub delay: Duration,
}

impl Picture {
    /// True if there is more than one frame.
    pub fn moves(&self) -> bool {
        self.frames.len() > 1
    }

    /// Returns the frame at a time since the first one was shown, and the time until the next one.
    pub fn showing(&self, since_start: Duration) -> Showing {
        showing(&self.frames, since_start)
    }

    /// The size of the pixels of all frames, in bytes.
    pub fn bytes(&self) -> usize {
        self.frames.iter().map(|frame| frame.rgba.len()).sum()
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, frames, size, .. } = self;
        write!(f, "Picture {{ id: {id}, frames: {}, size: {size:?} }}", frames.len())
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame {{ bytes: {}, delay: {:?} }}", self.rgba.len(), self.delay)
    }
}

/// The state of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The picture is being loaded.
    Loading {
        /// The last good picture, to show meanwhile.
        previous: Option<Arc<Picture>>,
    },
    /// The picture is loaded and recent enough.
    Ready(Arc<Picture>),
    /// The load failed; a retry follows after a pause.
    Failed {
        /// The reason.
        error: PictureError,
        /// The last good picture.
        previous: Option<Arc<Picture>>,
    },
}

impl State {
    /// The picture to show, new or old.
    pub fn picture(&self) -> Option<&Arc<Picture>> {
        match self {
            Self::Ready(picture) => Some(picture),
            Self::Loading { previous } | Self::Failed { previous, .. } => previous.as_ref(),
        }
    }

    /// The reason that there is no newer picture.
    pub fn error(&self) -> Option<&PictureError> {
        match self {
            Self::Failed { error, .. } => Some(error),
            Self::Ready(_) | Self::Loading { .. } => None,
        }
    }

    /// True while the picture is being loaded.
    pub fn is_loading(&self) -> bool {
        match self {
            Self::Loading { .. } => true,
            Self::Ready(_) | Self::Failed { .. } => false,
        }
    }
}

/// The result of [`Pictures::get_or_load`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The state of the picture.
    pub state: State,
    /// Time until the caller should request the picture again, so that it is reloaded. `None` during a load (the
    /// waker is woken at its end) and if no change follows by itself.
    pub look_again_in: Option<Duration>,
}

/// The place that a picture comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PictureSource {
    /// A link of the service.
    Url(Confidential),
    /// The kept picture of an event.
    Event(CameraEventId),
}

impl From<&Confidential> for PictureSource {
    fn from(url: &Confidential) -> Self {
        Self::Url(url.clone())
    }
}

/// Pauses before each attempt to load the picture of an event: a camera may need a while to store it.
const ATTEMPTS: [Duration; 4] =
    [Duration::ZERO, Duration::from_secs(3), Duration::from_secs(10), Duration::from_secs(30)];

/// The pictures of one account. Dropping it stops all loading.
pub struct Pictures {
    shared: Arc<CacheState>,
    runtime: Handle,
    loads: Mutex<JoinSet<()>>,
}

struct CacheState {
    cache: Mutex<ImageCache>,
    loader: Loader,
    clock: Arc<dyn Clock>,
    waker: Mutex<Option<Waker>>,
    /// The kept pictures of events, once their folder was read.
    events: OnceLock<EventPictures>,
    /// True when the pictures of events were deleted for good.
    is_deleted: AtomicBool,
}

impl Pictures {
    /// Creates the image cache of the account with this base URL. It loads nothing until the first request.
    pub fn start(runtime: Handle, account: Url, limits: Limits, clips: Clips, clock: Arc<dyn Clock>) -> Self {
        let cache = Mutex::new(ImageCache::new(limits.clone()));
        let loader = Loader::new(account, limits, clips);
        let shared = CacheState {
            cache,
            loader,
            clock,
            waker: Mutex::new(None),
            events: OnceLock::new(),
            is_deleted: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared), runtime, loads: Mutex::new(JoinSet::new()) }
    }

    /// Sets the waker that is woken when a load succeeds or fails.
    pub fn wake(&self, waker: Waker) {
        *lock(&self.shared.waker) = Some(waker);
    }

    /// Keeps pictures of events in a folder. Reads the folder in the background.
    pub fn keep_events_in(&self, folder: PathBuf) {
        let shared = Arc::clone(&self.shared);
        self.runtime.spawn_blocking(move || {
            let now = shared.clock.now();
            shared.events.get_or_init(|| EventPictures::open(folder, now));
            shared.wake();
        });
    }

    /// Deletes the pictures of events, and keeps none from now on: not even one that is being loaded.
    pub fn delete_events(&self, folder: PathBuf) {
        self.shared.is_deleted.store(true, Ordering::SeqCst);
        self.runtime.spawn_blocking(move || {
            if let Err(err) = delete_event_pictures(&folder) {
                tracing::warn!(%err, folder = %folder.display(), "pictures of events cannot be deleted");
            }
        });
    }

    /// True once the folder of [`Self::keep_events_in`] was read.
    pub fn keeps_events(&self) -> bool {
        self.shared.events.get().is_some()
    }

    /// Loads the picture of an event and keeps it on disk. Repeated calls for the newest event of a camera do nothing.
    pub fn keep_event(&self, event: &CameraEventId, url: &Confidential) {
        if self.shared.events.get().is_some_and(|events| events.begin(event, self.shared.clock.now())) {
            let (shared, event, url) = (Arc::clone(&self.shared), event.clone(), url.clone());
            self.spawn(async move { shared.keep_event(event, &url).await });
        }
    }

    /// The file of the kept picture of an event; `None` if there is none, or if it is older than a week.
    pub fn event_file(&self, event: &CameraEventId) -> Option<PathBuf> {
        let events = self.shared.events.get()?;
        events.has(event, self.shared.clock.now()).then(|| events.path(event))
    }

    /// Returns the current state of a picture. Starts a load if the picture is new, older than `max_age`
    /// ([`Duration::MAX`] for one that never changes), or failed a while ago. Never blocks; call it each time
    /// the picture is drawn, which also protects it from eviction.
    pub fn get_or_load(&self, url: &Confidential, max_age: Duration) -> Lookup {
        self.get_or_load_from(&url.into(), max_age)
    }

    /// The same for any source.
    pub fn get_or_load_from(&self, source: &PictureSource, max_age: Duration) -> Lookup {
        let now = self.shared.clock.now();
        let (wanted, load) = lock(&self.shared.cache).get_or_load(source, max_age, now);
        if let Some(load) = load {
            let (shared, source) = (Arc::clone(&self.shared), source.clone());
            self.spawn(async move { shared.load(&source, load).await });
        }
        wanted
    }

    /// Loads a picture now, regardless of its age and of its last failure.
    pub fn retry(&self, url: &Confidential) {
        lock(&self.shared.cache).expire(&url.into());
        self.get_or_load(url, Duration::MAX);
    }

    fn spawn(&self, load: impl Future<Output = ()> + Send + 'static) {
        let mut loads = lock(&self.loads);
        while loads.try_join_next().is_some() {}
        loads.spawn_on(load, &self.runtime);
    }
}

impl CacheState {
    async fn load(self: &Arc<Self>, source: &PictureSource, load: Load) {
        let result = match source {
            PictureSource::Url(url) => self.loader.load(url).await,
            PictureSource::Event(event) => self.read_event(event.clone()).await,
        };
        if let Err(err) = &result {
            tracing::debug!(error = %err, "no picture");
        }
        lock(&self.cache).finish(source, load, result, self.clock.now());
        self.wake();
    }

    async fn read_event(self: &Arc<Self>, event: CameraEventId) -> Result<Decoded, PictureError> {
        let shared = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || shared.events.get()?.read(&event).ok());
        let file = reading.await.ok().flatten().ok_or(PictureError::NotFound)?;
        self.loader.decode(file.into()).await
    }

    async fn keep_event(self: Arc<Self>, event: CameraEventId, url: &Confidential) {
        for pause in ATTEMPTS {
            tokio::time::sleep(pause).await;
            match self.loader.load(url).await {
                Ok(decoded) => {
                    let shared = Arc::clone(&self);
                    let keeping = tokio::task::spawn_blocking(move || {
                        let events = shared.events.get()?;
                        if let Err(err) = events.keep(&event, decoded, shared.clock.now()) {
                            return Some(err);
                        }
                        // The deletion may have come before this file.
                        shared.is_deleted.load(Ordering::SeqCst).then(|| events.delete(&event))?.err()
                    });
                    match keeping.await {
                        Ok(None) => self.wake(),
                        Ok(Some(err)) => tracing::warn!(%err, "the picture of an event cannot be kept"),
                        Err(err) => tracing::warn!(%err, "the picture of an event cannot be kept"),
                    }
                    return;
                }
                Err(err) if err.is_lasting() => return,
                Err(err) => tracing::debug!(error = %err, "no picture of an event yet"),
            }
        }
    }

    fn wake(&self) {
        let waker = lock(&self.waker).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
