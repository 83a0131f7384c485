//! The Works with Nest API in front of a live account of any kind: old clients, and every line of
//! the vendor's guide, work on a real home again.
//!
//! ```text
//! old client -> wwn::server -> Bridge -> engine (rules, budget, coalescing, journal) -> service
//! ```
//!
//! A client waits for the answer to its write. What cannot be sent within that time is refused and
//! taken back: a client that was told no must not find out later that it was a yes.

mod tokens;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::task::AbortHandle;

pub use tokens::{TokenFileError, bridge_tokens};

use crate::engine::{Access, Made, Outcome, Record, Request, Waiting, Who};
use crate::home::{Home, Slot, Write};
use crate::service::Reason;
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, Picture, PictureRequest};

/// A client waits no longer for the service.
const WITHIN: Duration = Duration::from_secs(20);

/// An account as a home that can be served.
pub struct Bridge {
    access: Access,
    home: watch::Receiver<Arc<Home>>,
    follower: AbortHandle,
}

impl Bridge {
    /// A bridge to an account that is open. To be called on a runtime.
    pub fn new(mut access: Access) -> Self {
        let (sender, home) = watch::channel(Arc::clone(&access.snapshot().confirmed));
        let mut following = access.clone();
        let follower = tokio::spawn(async move {
            while following.changed().await {
                let confirmed = Arc::clone(&following.snapshot().confirmed);
                sender.send_if_modified(|home| {
                    let is_new = *home != confirmed;
                    *home = confirmed;
                    is_new
                });
            }
        });
        Self { access, home, follower: follower.abort_handle() }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Backend for Bridge {
    fn home(&self) -> watch::Receiver<Arc<Home>> {
        self.home.clone()
    }

    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
        Box::pin(async move {
            let slots: Vec<Slot> = writes.iter().map(Write::slot).collect();
            let made = self.access.make("bridge".to_owned(), writes, Who::Bridge, WITHIN).await;
            let Made { records, unchanged, waiting } = made.ok_or_else(WwnError::unavailable)?;
            if let Some(refused) = records.iter().find_map(refused) {
                return Err(refused);
            }
            let is_done = |slot: &Slot| unchanged.contains(slot) || records.iter().any(|record| record.slot == *slot);
            if slots.iter().all(is_done) {
                return Ok(());
            }
            for slot in slots.iter().filter(|slot| !is_done(slot)) {
                self.access.request(Request::Discard(slot.clone()));
            }
            Err(waiting.first().map_or_else(WwnError::unavailable, unsent))
        })
    }

    fn picture(&self, _wanted: PictureRequest) -> BoxFuture<'_, Result<Picture, WwnError>> {
        // The links in the document are those of the service itself; none leads here.
        Box::pin(async { Err(WwnError::not_found()) })
    }
}

/// Why a write came to no good end.
fn refused(record: &Record) -> Option<WwnError> {
    match &record.outcome {
        Outcome::Done | Outcome::Accepted => None,
        Outcome::Refused(Reason::Rule(refusal)) => Some(WwnError::from(refusal)),
        Outcome::Refused(Reason::Busy { .. }) => Some(WwnError::blocked()),
        Outcome::Refused(why) => Some(WwnError::refused(why.to_string())),
        Outcome::Unconfirmed | Outcome::Expired | Outcome::Discarded => Some(WwnError::unavailable()),
    }
}

/// Why a write was not sent.
fn unsent(waiting: &Waiting) -> WwnError {
    match waiting.hold {
        Some(crate::engine::Hold::RateLimited) => WwnError::blocked(),
        Some(_) | None => WwnError::unavailable(),
    }
}
