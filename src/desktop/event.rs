//! Events from outside the window: a click in the tray, a second start, a signal.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Waker;

use super::link::Link;
use crate::accounts::AccountsReversal;
use crate::engine::Request;
use crate::home::Node;

/// An event from outside the window.
#[derive(Debug, Clone, PartialEq)]
pub enum AppEvent {
    /// Something may have changed.
    Poll,
    /// Open or raise the window, on the page of this device or home if there is one.
    Open(Option<Node>),
    /// Open the quick launcher, or close it if it is open.
    Launcher,
    /// Send a request to the engine. A request that switches a camera on asks for consent in the window first.
    Request(Request),
    /// Reverse a change, or an undo.
    Reverse(AccountsReversal),
    /// Apply a preset, by its id.
    Preset(u64),
    /// Show what a link would do, and ask.
    Link(Link),
    /// The tray appeared or disappeared.
    Tray(bool),
    /// Send pending changes, and quit.
    Quit,
}

/// Sends events from any thread.
#[derive(Debug, Clone)]
pub struct EventSender {
    sender: Sender<AppEvent>,
    waker: Waker,
}

impl EventSender {
    /// Sends to a channel and wakes a waker after each event.
    pub fn new(sender: Sender<AppEvent>, waker: Waker) -> Self {
        Self { sender, waker }
    }

    /// A sender with its receiver, for tests.
    pub fn channel() -> (Self, Receiver<AppEvent>) {
        let (sender, events) = channel();
        (Self::new(sender, Waker::noop().clone()), events)
    }

    /// Sends an event. It is ignored if the program has ended.
    pub fn send(&self, event: AppEvent) {
        if self.sender.send(event).is_ok() {
            self.waker.wake_by_ref();
        }
    }
}
