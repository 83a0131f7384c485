//! The preferences of the desktop: dark or light, high contrast, reduced motion.
//!
//! On Linux and the BSDs the settings portal on the session bus reports them, and their changes (`portal`).
//! Elsewhere nothing is read: the toolkit knows the theme there. A missing bus, a missing portal, or one that
//! never answers counts as no preference, without a warning.

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

/// The preferences of the desktop. The default is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences {
    /// Dark or light.
    pub scheme: ColorScheme,
    /// True if the desktop asks for high contrast.
    pub high_contrast: bool,
    /// True if the desktop asks for reduced motion.
    pub reduced_motion: bool,
}

/// Dark or light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorScheme {
    /// The desktop has no preference.
    #[default]
    NoPreference,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// Follows the preferences until it is dropped.
pub struct DesktopPreferences {
    shared: Arc<Shared>,
    follower: AbortHandle,
}

impl DesktopPreferences {
    /// Starts to follow the desktop of this session.
    pub fn start(runtime: &Handle) -> Self {
        let shared = Arc::new(Shared::default());
        let follower = follow(runtime, &shared);
        Self { shared, follower }
    }

    /// The preferences known so far, without waiting.
    pub fn current(&self) -> Preferences {
        self.shared.lock().preferences
    }

    /// The same, after waiting for the desktop's first answer for at most `within`. Called before the first
    /// frame, so that a window does not visibly change its colours. Must not be called on the runtime.
    pub fn first(&self, within: Duration) -> Preferences {
        let seen = self.shared.lock();
        let seen = self.shared.answered.wait_timeout_while(seen, within, |seen| !seen.is_settled);
        seen.unwrap_or_else(PoisonError::into_inner).0.preferences
    }

    /// Sets the waker that is called when the preferences change.
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
    let following = portal::follow(crate::platform::bus::Bus::Session, portal::Times::default(), Arc::clone(shared));
    runtime.spawn(following).abort_handle()
}

/// Nothing to follow on this platform.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn follow(runtime: &Handle, shared: &Arc<Shared>) -> AbortHandle {
    let shared = Arc::clone(shared);
    runtime.spawn(async move { shared.publish(Preferences::default()) }).abort_handle()
}

#[derive(Default)]
struct Shared {
    seen: Mutex<ReadPreferences>,
    answered: Condvar,
}

#[derive(Default)]
struct ReadPreferences {
    preferences: Preferences,
    /// True after the first answer, or when none will come.
    is_settled: bool,
    waker: Option<Waker>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, ReadPreferences> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the wait for the first answer.
    fn mark_settled(&self) {
        self.lock().is_settled = true;
        self.answered.notify_all();
    }

    /// Publishes new preferences.
    fn publish(&self, preferences: Preferences) {
        let mut seen = self.lock();
        let changed = seen.preferences != preferences;
        seen.preferences = preferences;
        let waker = seen.waker.clone().filter(|_| changed);
        drop(seen);
        self.mark_settled();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
