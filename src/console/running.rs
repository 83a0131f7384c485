//! A request on its way, for whoever draws: it never waits.

use std::sync::Arc;
use std::task::Waker;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::draft::Draft;
use super::exchange::Exchange;
use super::send::{Limits, send};
use crate::http::Api;

/// A request on its way. Dropping it ends it.
pub struct Running {
    seen: watch::Receiver<Exchange>,
    sending: Option<AbortHandle>,
}

impl Running {
    /// Sends a request past all rules, and wakes somebody whenever there is more of its answer.
    pub fn start(runtime: &Handle, api: Arc<dyn Api>, draft: Draft, limits: Limits, waker: Waker) -> Self {
        let (shown, seen) = watch::channel(Exchange::default());
        let sending = runtime.spawn(async move { send(&*api, &draft, &limits, &shown).await });
        let mut told = seen.clone();
        runtime.spawn(async move {
            // The sender is gone when the request has ended, whichever way.
            while told.changed().await.is_ok() {
                waker.wake_by_ref();
            }
            waker.wake_by_ref();
        });
        Self { seen, sending: Some(sending.abort_handle()) }
    }

    /// One of which no more comes.
    pub fn standing(exchange: Exchange) -> Self {
        let (_, seen) = watch::channel(exchange);
        Self { seen, sending: None }
    }

    /// One that goes on, and of which nothing new comes.
    #[cfg(test)]
    pub(crate) fn going_on(exchange: Exchange) -> Self {
        let (shown, seen) = watch::channel(exchange);
        // As long as the test lasts.
        std::mem::forget(shown);
        Self { seen, sending: None }
    }

    /// What there is of the answer. Cheap, however large that is.
    pub fn now(&self) -> Exchange {
        self.seen.borrow().clone()
    }

    /// Whether no more will come.
    pub fn is_over(&self) -> bool {
        self.seen.borrow().end.is_some() || self.seen.has_changed().is_err()
    }

    /// Ends it.
    pub fn stop(&self) {
        if let Some(sending) = &self.sending {
            sending.abort();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}
