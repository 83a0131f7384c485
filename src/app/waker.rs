//! Wakes the open window, or the main thread while no window is open.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

/// Wakes the open window, or else the main thread. Any thread may call it.
pub struct RepaintWaker {
    window: Mutex<Option<egui::Context>>,
    elsewhere: Box<dyn Fn() + Send + Sync>,
}

impl RepaintWaker {
    /// Creates a waker that calls `elsewhere` while no window is open.
    pub fn new(elsewhere: impl Fn() + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { window: Mutex::new(None), elsewhere: Box::new(elsewhere) })
    }

    /// Sets the window to wake; `None` if no window is open any more.
    pub(super) fn window(&self, window: Option<egui::Context>) {
        *self.window.lock().unwrap_or_else(PoisonError::into_inner) = window;
    }

    /// The same as a [`Waker`].
    pub fn waker(self: &Arc<Self>) -> Waker {
        Waker::from(Arc::clone(self))
    }

    /// Requests a repaint of the open window, or calls `elsewhere`.
    pub fn wake_now(&self) {
        let window = self.window.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match window {
            Some(window) => window.request_repaint(),
            None => (self.elsewhere)(),
        }
    }
}

impl Wake for RepaintWaker {
    fn wake(self: Arc<Self>) {
        self.wake_now();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_now();
    }
}
