//! A request in progress, for the window: reading it never waits.

use std::sync::Arc;
use std::task::Waker;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::exchange::Exchange;
use super::send::{ExchangeLimits, send};
use crate::http::Api;
use crate::http::RawRequest;

/// A request in progress. Dropping it ends it.
pub struct RunningRequest {
    seen: watch::Receiver<Exchange>,
    sending: Option<AbortHandle>,
}

impl RunningRequest {
    /// Sends a raw request and wakes the waker whenever more of its answer arrives.
    pub fn start(runtime: &Handle, api: Arc<dyn Api>, draft: RawRequest, limits: ExchangeLimits, waker: Waker) -> Self {
        let (shown, seen) = watch::channel(Exchange::default());
        let sending = runtime.spawn(async move { send(&*api, &draft, &limits, &shown).await });
        let mut progress = seen.clone();
        runtime.spawn(async move {
            // The sender is dropped when the request ends, for whatever reason.
            while progress.changed().await.is_ok() {
                waker.wake_by_ref();
            }
            waker.wake_by_ref();
        });
        Self { seen, sending: Some(sending.abort_handle()) }
    }

    /// A finished request.
    pub fn standing(exchange: Exchange) -> Self {
        let (_, seen) = watch::channel(exchange);
        Self { seen, sending: None }
    }

    /// A request in progress without news.
    #[cfg(test)]
    pub(crate) fn going_on(exchange: Exchange) -> Self {
        let (shown, seen) = watch::channel(exchange);
        // For the duration of the test.
        std::mem::forget(shown);
        Self { seen, sending: None }
    }

    /// The answer so far. Cheap, whatever its size.
    pub fn now(&self) -> Exchange {
        self.seen.borrow().clone()
    }

    /// True after the end of the answer.
    pub fn is_over(&self) -> bool {
        self.seen.borrow().end.is_some() || self.seen.has_changed().is_err()
    }

    /// Ends the request.
    pub fn stop(&self) {
        if let Some(sending) = &self.sending {
            sending.abort();
        }
    }
}

impl Drop for RunningRequest {
    fn drop(&mut self) {
        self.stop();
    }
}
