//! Cameras' pictures: loaded aside, kept within bounds, handed to whoever draws.
//!
//! The window asks for a picture whenever it draws one, and gets at once what there is: nothing
//! waits, and the last good picture stays on show while a newer one is loaded or cannot be. The
//! addresses come from the service and carry keys; they are asked only of the service's own hosts
//! (`address`), within limits (`limits`), and are never logged.
//!
//! ```text
//!            want: new, too old, or failed long enough ago
//! Loading <----------------------------------------------- Ready, Failed
//!    |                                                         ^
//!    +---------------------------------------------------------+
//!      a picture came, or a PictureError; the waker is woken
//! ```
//!
//! It knows no toolkit: frames are bytes, and whoever draws gives it a [`Waker`].

mod address;
mod animation;
mod aside;
mod clip;
mod decode;
mod error;
mod fetch;
mod fmp4;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod image_cache;
mod limits;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use url::Url;

pub use animation::{Showing, showing};
pub use aside::{Clips, answer as decode_clip};
pub use error::PictureError;
pub use limits::Limits;

use self::fetch::Loader;
use self::image_cache::{ImageCache, Load};
use crate::clock::Clock;
use crate::home::Confidential;

/// A decoded picture, ready to be drawn. A new one never takes the place of another: two with the
/// same [`Picture::id`] are the same.
#[derive(PartialEq, Eq)]
pub struct Picture {
    /// Tells the pictures of one [`Pictures`] apart, for textures and the like.
    pub id: u64,
    /// At least one frame; more when it moves.
    pub frames: Vec<Frame>,
    /// Width and height of each frame in pixels; large pictures are scaled down.
    pub size: [u32; 2],
    /// Width and height in pixels of the picture as it was sent.
    pub original_size: [u32; 2],
    /// Whether it moves for longer than its frames show: the rest was too much, or did not arrive.
    pub is_cut: bool,
    /// When it came.
    pub loaded_at: Timestamp,
}

/// One frame of a picture.
#[derive(PartialEq, Eq)]
pub struct Frame {
    /// Red, green, blue and alpha (not multiplied in), a byte each, row by row from the top left.
    pub rgba: Vec<u8>,
    /// How long it is shown; zero when the picture does not move.
    pub delay: Duration,
}

impl Picture {
    /// Whether there is more than one frame.
    pub fn moves(&self) -> bool {
        self.frames.len() > 1
    }

    /// Which frame is on show so long after the first one was, and when the next one is due.
    pub fn showing(&self, since_start: Duration) -> Showing {
        showing(&self.frames, since_start)
    }

    /// Bytes of pixels in all frames.
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

/// What there is of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is being asked for.
    Loading {
        /// The last good one, to stay on show meanwhile.
        previous: Option<Arc<Picture>>,
    },
    /// It is here and young enough.
    Ready(Arc<Picture>),
    /// It could not be loaded; that is tried again after a pause.
    Failed {
        /// Why.
        error: PictureError,
        /// The last good one.
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

    /// Why there is no newer one.
    pub fn error(&self) -> Option<&PictureError> {
        match self {
            Self::Failed { error, .. } => Some(error),
            Self::Ready(_) | Self::Loading { .. } => None,
        }
    }

    /// Whether it is being asked for.
    pub fn is_loading(&self) -> bool {
        match self {
            Self::Loading { .. } => true,
            Self::Ready(_) | Self::Failed { .. } => false,
        }
    }
}

/// The answer to [`Pictures::get_or_load`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// What there is.
    pub state: State,
    /// When it should be asked for again, so that it is loaded anew. `None` while it is loaded
    /// (the waker is woken at the end of that) and when nothing more will come by itself.
    pub look_again_in: Option<Duration>,
}

/// The pictures of one account. Dropping it stops all loading.
pub struct Pictures {
    shared: Arc<Shared>,
    runtime: Handle,
    loads: Mutex<JoinSet<()>>,
}

struct Shared {
    shelf: Mutex<ImageCache>,
    loader: Loader,
    clock: Arc<dyn Clock>,
    waker: Mutex<Option<Waker>>,
}

impl Pictures {
    /// Pictures of the account with this base URL. Nothing is asked for until it is wanted.
    pub fn start(runtime: Handle, account: Url, limits: Limits, clips: Clips, clock: Arc<dyn Clock>) -> Self {
        let shelf = Mutex::new(ImageCache::new(limits.clone()));
        let shared = Shared { shelf, loader: Loader::new(account, limits, clips), clock, waker: Mutex::new(None) };
        Self { shared: Arc::new(shared), runtime, loads: Mutex::new(JoinSet::new()) }
    }

    /// Who is to be woken when a picture came or failed.
    pub fn wake(&self, waker: Waker) {
        *lock(&self.shared.waker) = Some(waker);
    }

    /// What there is of a picture now. Begins to load it when it is new, older than `max_age`
    /// ([`Duration::MAX`] for one that never changes), or failed a while ago. Never blocks; meant
    /// to be called each time that the picture is drawn, which also keeps it from being put away.
    pub fn get_or_load(&self, url: &Confidential, max_age: Duration) -> Lookup {
        let now = self.shared.clock.now();
        let (wanted, load) = lock(&self.shared.shelf).want(url, max_age, now);
        if let Some(load) = load {
            self.begin(url, load);
        }
        wanted
    }

    /// Loads a picture now, however young it is and however lately it failed.
    pub fn retry(&self, url: &Confidential) {
        lock(&self.shared.shelf).expire(url);
        self.get_or_load(url, Duration::MAX);
    }

    fn begin(&self, url: &Confidential, load: Load) {
        let mut loads = lock(&self.loads);
        while loads.try_join_next().is_some() {}
        let (shared, url) = (Arc::clone(&self.shared), url.clone());
        loads.spawn_on(async move { shared.load(&url, load).await }, &self.runtime);
    }
}

impl Shared {
    async fn load(&self, url: &Confidential, load: Load) {
        let result = self.loader.load(url).await;
        if let Err(err) = &result {
            tracing::debug!(error = %err, "no picture");
        }
        lock(&self.shelf).finish(url, load, result, self.clock.now());
        let waker = lock(&self.waker).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
