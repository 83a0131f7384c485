//! A key that opens the quick launcher from anywhere on the desktop, while the program runs.
//!
//! ```text
//!   chosen ──> Asking ──> Held: a press calls Call::Launcher
//!                │  └───> Denied: another program has the keys, the person said no
//!                └──────> Unavailable: nobody on this desktop gives keys away
//! ```
//!
//! On X11 the key is grabbed from the server (`x11`); on Wayland the desktop is asked through its
//! `GlobalShortcuts` portal (`portal`), which asks the person and may give other keys. Elsewhere
//! there is none yet. Every desktop can also be told to start `setpoint launcher` by a key.

#[cfg(all(unix, not(target_os = "macos")))]
mod portal;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests;
#[cfg(all(unix, not(target_os = "macos")))]
mod x11;

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::Caller;
use crate::settings::Combination;

/// How the wish for a key stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nobody wants one.
    #[default]
    Off,
    /// The desktop was asked.
    Asking,
    /// A press opens the launcher.
    Held {
        /// The keys in the desktop's own words, where it chose them.
        keys: Option<String>,
    },
    /// Another program has the keys, or the person told the desktop no.
    Denied,
    /// Nobody on this desktop gives keys away.
    Unavailable,
}

/// Holds the key that is wished for. Dropping it lets go.
pub struct Hotkey {
    wish: watch::Sender<Option<Combination>>,
    standing: Reporter,
}

impl Hotkey {
    /// Begins without a key; a press is called for.
    pub fn start(runtime: &Handle, caller: Caller, bell: Waker) -> Self {
        let (wish, wishes) = watch::channel(None);
        let standing = Reporter { standing: Arc::default(), bell };
        follow(runtime, wishes, caller, standing.clone());
        Self { wish, standing }
    }

    /// From now on it is this key, or none.
    pub fn want(&self, keys: Option<Combination>) {
        self.wish.send_if_modified(|wish| {
            let changed = *wish != keys;
            *wish = keys;
            changed
        });
    }

    /// How the wish stands.
    pub fn standing(&self) -> Standing {
        self.standing.look()
    }
}

/// Where it is told how the wish stands.
#[derive(Clone)]
struct Reporter {
    standing: Arc<Mutex<Standing>>,
    bell: Waker,
}

impl Reporter {
    fn look(&self) -> Standing {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell(&self, standing: Standing) {
        tracing::debug!(?standing, "the key for the launcher");
        let mut told = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *told != standing;
        *told = standing;
        drop(told);
        if is_new {
            self.bell.wake_by_ref();
        }
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn follow(runtime: &Handle, wishes: watch::Receiver<Option<Combination>>, caller: Caller, reporter: Reporter) {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // On Wayland there is often an X server as well, whose grabs see X11 windows only.
    if !is_set("WAYLAND_DISPLAY") && is_set("DISPLAY") {
        runtime.spawn(x11::follow(None, wishes, caller, reporter));
    } else {
        runtime.spawn(portal::follow(super::bus::Bus::Session, wishes, caller, reporter));
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn follow(runtime: &Handle, mut wishes: watch::Receiver<Option<Combination>>, _caller: Caller, reporter: Reporter) {
    runtime.spawn(async move {
        while wishes.changed().await.is_ok() {
            let is_wanted = wishes.borrow_and_update().is_some();
            reporter.tell(if is_wanted { Standing::Unavailable } else { Standing::Off });
        }
    });
}
