//! What the desktop prefers: dark or light, high contrast, less movement.
//!
//! On Linux and the BSDs it is read from the settings portal on the session bus, and followed
//! while it changes (`portal`). Elsewhere nothing is read: the toolkit knows the theme there. No
//! bus, no portal, or one that never answers are all the same as no preference, which is not worth
//! a word to a person.

#[cfg(all(unix, not(target_os = "macos")))]
mod portal;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

/// What the desktop prefers. The default is no preference at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Dark or light.
    pub scheme: ColorScheme,
    /// Whether colours should differ more than usual.
    pub high_contrast: bool,
    /// Whether things should move less than usual.
    pub reduced_motion: bool,
}

/// Dark or light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorScheme {
    /// The desktop does not say.
    #[default]
    NoPreference,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// Follows what the desktop prefers. Dropping it ends that.
pub struct DesktopPreferences {
    shared: Arc<Shared>,
    follower: AbortHandle,
}

impl DesktopPreferences {
    /// Begins to follow the desktop of this session.
    pub fn start(runtime: &Handle) -> Self {
        let shared = Arc::new(Shared::default());
        let follower = follow(runtime, &shared);
        Self { shared, follower }
    }

    /// What the desktop prefers as far as is known now; never waits.
    pub fn current(&self) -> Preferences {
        self.shared.lock().preferences
    }

    /// The same, but waits for the desktop's first answer for at most so long. For the time before
    /// the first frame, so that a window does not change its colours before everybody's eyes; not
    /// to be called on the runtime.
    pub fn first(&self, within: Duration) -> Preferences {
        let seen = self.shared.lock();
        let seen = self.shared.answered.wait_timeout_while(seen, within, |seen| !seen.is_settled);
        seen.unwrap_or_else(PoisonError::into_inner).0.preferences
    }

    /// Who is to be woken when the preferences change.
    pub fn wake(&self, waker: Waker) {
        self.shared.lock().waker = Some(waker);
    }
}

impl Drop for DesktopPreferences {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

/// Follows the settings portal.
#[cfg(all(unix, not(target_os = "macos")))]
fn follow(runtime: &Handle, shared: &Arc<Shared>) -> AbortHandle {
    let following = portal::follow(crate::desktop::bus::Bus::Session, portal::Times::default(), Arc::clone(shared));
    runtime.spawn(following).abort_handle()
}

/// There is nothing to follow.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn follow(runtime: &Handle, shared: &Arc<Shared>) -> AbortHandle {
    let shared = Arc::clone(shared);
    runtime.spawn(async move { shared.publish(Preferences::default()) }).abort_handle()
}

#[derive(Default)]
struct Shared {
    seen: Mutex<Seen>,
    answered: Condvar,
}

#[derive(Default)]
struct Seen {
    preferences: Preferences,
    /// Whether the first answer came, or will not come.
    is_settled: bool,
    waker: Option<Waker>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody needs to wait for a first answer any more.
    fn settle(&self) {
        self.lock().is_settled = true;
        self.answered.notify_all();
    }

    /// The preferences are these now.
    fn publish(&self, preferences: Preferences) {
        let mut seen = self.lock();
        let changed = seen.preferences != preferences;
        seen.preferences = preferences;
        let waker = seen.waker.clone().filter(|_| changed);
        drop(seen);
        self.settle();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
