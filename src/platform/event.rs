//! Events from the desktop around the window: a click in the tray, a key, a notification.

use std::fmt::Debug;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Waker;

/// An event that every desktop has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DesktopEvent {
    /// Open or raise the window.
    Window,
    /// Open the quick launcher, or close it if it is open.
    Launcher,
    /// The tray appeared or disappeared.
    Tray(bool),
    /// The computer woke up from sleep.
    Awake,
}

/// An event of the program, which entries of menus and notifications carry.
pub trait ProgramEvent: Debug + Clone + PartialEq + Send + Sync + From<DesktopEvent> + 'static {}

impl<E: Debug + Clone + PartialEq + Send + Sync + From<DesktopEvent> + 'static> ProgramEvent for E {}

/// Sends events from any thread.
#[derive(Debug)]
pub struct EventSender<E> {
    sender: Sender<E>,
    waker: Waker,
}

// Not derived, because an event need not be cloned.
impl<E> Clone for EventSender<E> {
    fn clone(&self) -> Self {
        Self { sender: self.sender.clone(), waker: self.waker.clone() }
    }
}

impl<E> EventSender<E> {
    /// Sends to a channel and wakes a waker after each event.
    pub fn new(sender: Sender<E>, waker: Waker) -> Self {
        Self { sender, waker }
    }

    /// A sender with its receiver, for tests.
    pub fn channel() -> (Self, Receiver<E>) {
        let (sender, events) = channel();
        (Self::new(sender, Waker::noop().clone()), events)
    }

    /// Sends an event. It is ignored if the program has ended.
    pub fn send(&self, event: impl Into<E>) {
        if self.sender.send(event.into()).is_ok() {
            self.waker.wake_by_ref();
        }
    }
}
