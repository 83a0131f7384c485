//! Global hotkeys on Linux and the BSDs: from the X server, or from the desktop's portal.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::{HotkeyStatus, portal, x11};
use crate::accounts::settings::Combination;
use crate::platform::bus::Bus;
use crate::platform::{EventSender, ProgramEvent, is_x11};

/// Holds the requested hotkey. Dropping it releases the key.
pub struct Hotkey {
    requested: watch::Sender<Option<Combination>>,
    status: Reporter,
}

impl Hotkey {
    /// Starts without a hotkey; a press sends an event.
    pub fn start<E: ProgramEvent>(runtime: &Handle, events: EventSender<E>, waker: Waker) -> Self {
        let (requested, requests) = watch::channel(None);
        let status = Reporter { status: Arc::default(), waker };
        follow(runtime, requests, events, status.clone());
        Self { requested, status }
    }

    /// Requests another hotkey, or none.
    pub fn request(&self, keys: Option<Combination>) {
        self.requested.send_if_modified(|requested| {
            let changed = *requested != keys;
            *requested = keys;
            changed
        });
    }

    /// The present status.
    pub fn status(&self) -> HotkeyStatus {
        self.status.status()
    }
}

/// Receives changes of the status.
#[derive(Clone)]
pub(super) struct Reporter {
    pub(super) status: Arc<Mutex<HotkeyStatus>>,
    pub(super) waker: Waker,
}

impl Reporter {
    pub(super) fn status(&self) -> HotkeyStatus {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn report(&self, status: HotkeyStatus) {
        tracing::debug!(?status, "the key for the launcher"); // the benchmark waits for this line
        let mut shared = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = *shared != status;
        *shared = status;
        drop(shared);
        if is_new {
            self.waker.wake_by_ref();
        }
    }
}

fn follow<E: ProgramEvent>(
    runtime: &Handle,
    requests: watch::Receiver<Option<Combination>>,
    events: EventSender<E>,
    reporter: Reporter,
) {
    if is_x11() {
        runtime.spawn(x11::follow(None, requests, events, reporter));
    } else {
        runtime.spawn(portal::follow(Bus::Session, requests, events, reporter));
    }
}
