//! Wakes whoever is in front: the window while one is open, else the thread that waits for one.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

/// A bell that anybody may ring, from any thread.
pub struct Bell {
    window: Mutex<Option<egui::Context>>,
    elsewhere: Box<dyn Fn() + Send + Sync>,
}

impl Bell {
    /// A bell that does this while no window is open.
    pub fn new(elsewhere: impl Fn() + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self { window: Mutex::new(None), elsewhere: Box::new(elsewhere) })
    }

    /// From now on this window is woken; with `None` no window is open any more.
    pub(super) fn window(&self, window: Option<egui::Context>) {
        *self.window.lock().unwrap_or_else(PoisonError::into_inner) = window;
    }

    /// For those who take a waker.
    pub fn waker(self: &Arc<Self>) -> Waker {
        Waker::from(Arc::clone(self))
    }

    /// Wakes whoever is in front.
    pub fn ring(&self) {
        let window = self.window.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match window {
            Some(window) => window.request_repaint(),
            None => (self.elsewhere)(),
        }
    }
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.ring();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ring();
    }
}
