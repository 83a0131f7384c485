//! Global hotkeys on Linux and the BSDs: from the X server, or from the desktop's portal.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::{HotkeyStatus, portal, x11};
use crate::desktop::bus::Bus;
use crate::desktop::{EventSender, is_x11};
use crate::settings::Combination;

/// Holds the requested hotkey. Dropping it releases the key.
pub struct Hotkey {
    wish: watch::Sender<Option<Combination>>,
    standing: Reporter,
}

impl Hotkey {
    /// Starts without a hotkey; a press sends an event.
    pub fn start(runtime: &Handle, events: EventSender, bell: Waker) -> Self {
        let (wish, wishes) = watch::channel(None);
        let standing = Reporter { standing: Arc::default(), bell };
        follow(runtime, wishes, events, standing.clone());
        Self { wish, standing }
    }

    /// Requests another hotkey, or none.
    pub fn want(&self, keys: Option<Combination>) {
        self.wish.send_if_modified(|wish| {
            let changed = *wish != keys;
            *wish = keys;
            changed
        });
    }

    /// The present status.
    pub fn standing(&self) -> HotkeyStatus {
        self.standing.look()
    }
}

/// Receives changes of the status.
#[derive(Clone)]
pub(super) struct Reporter {
    pub(super) standing: Arc<Mutex<HotkeyStatus>>,
    pub(super) bell: Waker,
}

impl Reporter {
    pub(super) fn look(&self) -> HotkeyStatus {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn tell(&self, standing: HotkeyStatus) {
        tracing::debug!(?standing, "the key for the launcher"); // the benchmark waits for this line
        let mut told = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *told != standing;
        *told = standing;
        drop(told);
        if is_new {
            self.bell.wake_by_ref();
        }
    }
}

fn follow(runtime: &Handle, wishes: watch::Receiver<Option<Combination>>, events: EventSender, reporter: Reporter) {
    if is_x11() {
        runtime.spawn(x11::follow(None, wishes, events, reporter));
    } else {
        runtime.spawn(portal::follow(Bus::Session, wishes, events, reporter));
    }
}
