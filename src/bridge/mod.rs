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
use tokio::sync::{Mutex, watch};
use tokio::task::AbortHandle;

pub use tokens::{TokenFileError, bridge_tokens};

use crate::clock::Clock;
use crate::engine::{Access, Made, Outcome, Record, Request, Waiting, Who};
use crate::home::{Home, Slot, Verdict, Write, preview};
use crate::service::Reason;
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, Picture, PictureRequest};

/// A client waits no longer for the service.
const WITHIN: Duration = Duration::from_secs(20);

/// Where writes of old clients come in, one after another: each is to hear what became of its own.
pub struct Door {
    clock: Arc<dyn Clock>,
    turn: Mutex<()>,
}

impl Door {
    /// A door that nobody has come through yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, turn: Mutex::new(()) }
    }

    /// Makes all of these writes or none. Dropped halfway, it takes back what was not sent.
    pub async fn write(&self, access: Access, writes: Vec<Write>) -> Result<(), WwnError> {
        let _turn = self.turn.lock().await;
        let snapshot = access.look();
        if !snapshot.connection.is_online() {
            return Err(WwnError::unavailable());
        }
        // All of them or none: what the rules refuse is known before anything is sent.
        for line in preview(&snapshot.confirmed, &writes, self.clock.now()) {
            if let Verdict::Refused(refusal) = &line.verdict {
                return Err(WwnError::from(refusal));
            }
        }
        let slots: Vec<Slot> = writes.iter().map(Write::slot).collect();
        // Also when the client hangs up, and this is dropped halfway.
        let mut withdrawal = Withdrawal { access: &access, slots: slots.clone() };
        let made = access.make("bridge".to_owned(), writes, Who::Bridge, WITHIN).await;
        let Made { records, unchanged, waiting } = made.ok_or_else(WwnError::unavailable)?;
        let is_done = |slot: &Slot| unchanged.contains(slot) || records.iter().any(|record| record.slot == *slot);
        withdrawal.slots.retain(|slot| !is_done(slot));
        if let Some(refused) = records.iter().find_map(refused) {
            return Err(refused);
        }
        if slots.iter().all(is_done) {
            return Ok(());
        }
        Err(waiting.first().map_or_else(WwnError::unavailable, unsent))
    }

    /// The same for who asks from another process: `None` when all was done, else the error as JSON.
    pub async fn write_for_another(&self, access: Access, writes: Vec<Write>) -> Option<String> {
        let error = self.write(access, writes).await.err()?;
        // An error is made of texts and a number, which JSON can always say.
        Some(serde_json::to_string(&error).unwrap_or_default())
    }
}

/// What another process said of a write.
pub fn heard_of_a_write(said: Option<&str>) -> Result<(), WwnError> {
    match said {
        None => Ok(()),
        Some(json) => Err(serde_json::from_str(json).unwrap_or_else(|_not_an_error| WwnError::internal())),
    }
}

/// An account as a home that can be served.
pub struct Bridge {
    access: Access,
    door: Door,
    home: watch::Receiver<Arc<Home>>,
    follower: AbortHandle,
}

impl Bridge {
    /// A bridge to an account that is open. To be called on a runtime.
    pub fn new(mut access: Access, clock: Arc<dyn Clock>) -> Self {
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
        Self { access, door: Door::new(clock), home, follower: follower.abort_handle() }
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
        Box::pin(self.door.write(self.access.clone(), writes))
    }

    fn picture(&self, _wanted: PictureRequest) -> BoxFuture<'_, Result<Picture, WwnError>> {
        // The links in the document are those of the service itself; none leads here.
        Box::pin(async { Err(WwnError::not_found()) })
    }
}

/// Takes back what was not sent, when it is dropped.
struct Withdrawal<'a> {
    access: &'a Access,
    slots: Vec<Slot>,
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        for slot in self.slots.drain(..) {
            self.access.request(Request::Discard(slot));
        }
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
