//! What the desktop asks of the program: a click in the tray, a second start, a signal.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::Waker;

use super::link::Link;
use crate::engine::Request;
use crate::home::Node;

/// Something that is asked of the program from outside of its window.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// There may be something new to receive.
    Look,
    /// Open the window, or raise it, on the page of this device or home, or where it was.
    Open(Option<Node>),
    /// Open the quick launcher, or close it when it is open.
    Launcher,
    /// Something for the engine. What switches a camera on is asked about in the window first.
    Ask(Request),
    /// Apply a preset, by its id.
    Preset(u64),
    /// Show what a link would do, and ask.
    Link(Link),
    /// The tray appeared, or went away.
    Tray(bool),
    /// Send what can be sent, and end.
    Quit,
}

/// Calls from any thread.
#[derive(Debug, Clone)]
pub struct Caller {
    sender: Sender<Call>,
    bell: Waker,
}

impl Caller {
    /// A caller that also rings a bell, for who waits for something else than calls.
    pub fn new(sender: Sender<Call>, bell: Waker) -> Self {
        Self { sender, bell }
    }

    /// One with the end at which its calls arrive, for tests.
    pub fn listened() -> (Self, Receiver<Call>) {
        let (sender, calls) = channel();
        (Self::new(sender, Waker::noop().clone()), calls)
    }

    /// Calls; a program that has ended hears nothing, which needs no word.
    pub fn call(&self, call: Call) {
        if self.sender.send(call).is_ok() {
            self.bell.wake_by_ref();
        }
    }
}
