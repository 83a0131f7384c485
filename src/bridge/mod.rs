//! The Works with Nest API in front of an account of any service, for old clients and the lines of the vendor's
//! guide.
//!
//! ```text
//! old client -> wwn::server -> Bridge -> engine (rules, budget, coalescing, journal) -> service
//! ```
//!
//! A client waits for the outcome of its write, as long as the service may take. An accepted write is answered
//! with 200. A write that cannot be sent in time is withdrawn and refused. A write that may have arrived is
//! answered with 504.

mod several;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::task::AbortHandle;

pub use several::JoinedBackend;
pub use tokens::{TokenFileError, bridge_tokens};

use crate::clock::Clock;
use crate::engine::{
    Access, Connection, Origin, Outcome, Record, Request, WaitLimits, WaitReason, Waiting, WriteHandle,
};
use crate::home::{DeviceTree, Verdict, Write, preview};
use crate::service::Reason;
use crate::wwn::error::WwnError;
use crate::wwn::server::{Backend, EncodedPicture, PictureRequest};

/// The maximum wait of a client for the service.
const WITHIN: Duration = Duration::from_secs(20);
/// The maximum wait for the outcome of withdrawn writes.
const LAST: Duration = Duration::from_secs(2);

/// Makes all of these writes or none, and returns the answer for the client. Dropping the future withdraws
/// unsent writes.
pub async fn write(access: Access, clock: Arc<dyn Clock>, writes: Vec<Write>) -> Result<(), WwnError> {
    let snapshot = access.snapshot_now();
    if matches!(snapshot.connection, Connection::SignedOut { .. } | Connection::Closed) {
        return Err(WwnError::unavailable());
    }
    // All or none: the rules decide before anything is sent.
    for line in preview(&snapshot.confirmed, &writes, clock.now()) {
        if let Verdict::Refused(refusal) = &line.verdict {
            return Err(WwnError::from(refusal));
        }
    }
    let handle = access.submit("bridge".to_owned(), writes, Origin::Bridge).ok_or_else(WwnError::unavailable)?;
    // Also when the client disconnects and this future is dropped.
    let mut withdrawal = Withdrawal { access: &access, handle };
    let patience = WaitLimits { within: WITHIN, for_service: WITHIN };
    let mut outcome = access.outcome(&mut withdrawal.handle, patience).await;
    if let Some(refused) = outcome.records.iter().find_map(refused) {
        return Err(refused);
    }
    // An accepted write will appear, however late.
    let Some(unsent) = outcome.waiting.iter().find(|waiting| !waiting.is_accepted).map(unsent) else {
        return Ok(());
    };
    // Withdrawn before the answer: after a crash in between, a refused write would be sent.
    let before = outcome.records.len();
    access.withdraw(&mut withdrawal.handle, &mut outcome, LAST).await;
    let ends = outcome.records.get(before..).unwrap_or_default();
    let is_taken_back = |record: &&Record| record.outcome == Outcome::Discarded;
    let is_done = withdrawal.handle.open().is_empty() && !ends.iter().any(|end| is_taken_back(&end));
    match ends.iter().filter(|end| !is_taken_back(end)).find_map(refused) {
        Some(refused) => Err(refused),
        // The last one succeeded at the last moment.
        None if is_done => Ok(()),
        None => Err(unsent),
    }
}

/// The same for a client of another process: `None` on success, else the error as JSON.
pub async fn write_remote(access: Access, clock: Arc<dyn Clock>, writes: Vec<Write>) -> Option<String> {
    let error = write(access, clock, writes).await.err()?;
    // An error consists of texts and a number, so this cannot fail.
    Some(serde_json::to_string(&error).unwrap_or_default())
}

/// Parses the answer of another process to a write.
pub fn parse_outcome(said: Option<&str>) -> Result<(), WwnError> {
    match said {
        None => Ok(()),
        Some(json) => Err(serde_json::from_str(json).unwrap_or_else(|_not_an_error| WwnError::internal())),
    }
}

/// An account as a home that can be served.
pub struct Bridge {
    access: Access,
    clock: Arc<dyn Clock>,
    home: watch::Receiver<Arc<DeviceTree>>,
    follower: AbortHandle,
}

impl Bridge {
    /// Creates a bridge to an open account. Must be called on a runtime.
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
        Self { access, clock, home, follower: follower.abort_handle() }
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.follower.abort();
    }
}

impl Backend for Bridge {
    fn home(&self) -> watch::Receiver<Arc<DeviceTree>> {
        self.home.clone()
    }

    fn write(&self, writes: Vec<Write>) -> BoxFuture<'_, Result<(), WwnError>> {
        Box::pin(write(self.access.clone(), Arc::clone(&self.clock), writes))
    }

    fn picture(&self, _wanted: PictureRequest) -> BoxFuture<'_, Result<EncodedPicture, WwnError>> {
        // Links in the document are those of the service itself; none leads here.
        Box::pin(async { Err(WwnError::not_found()) })
    }
}

/// Withdraws unsent writes when it is dropped.
struct Withdrawal<'a> {
    access: &'a Access,
    handle: WriteHandle,
}

impl Drop for Withdrawal<'_> {
    fn drop(&mut self) {
        if !self.handle.open().is_empty() {
            self.access.request(Request::Withdraw(self.handle.id()));
        }
    }
}

/// The error for a record without success.
fn refused(record: &Record) -> Option<WwnError> {
    match &record.outcome {
        // An accepted write counts, even if the device has not shown it yet.
        Outcome::Done | Outcome::Accepted | Outcome::Unconfirmed => None,
        Outcome::Refused(Reason::Rule(refusal)) => Some(WwnError::from(refusal)),
        Outcome::Refused(Reason::Busy { .. }) => Some(WwnError::blocked()),
        Outcome::Refused(why) => Some(WwnError::refused(why.to_string())),
        Outcome::MayHaveArrived(_) => Some(WwnError::unanswered()),
        Outcome::Expired | Outcome::Discarded => Some(WwnError::unavailable()),
    }
}

/// The error for a write that still waits.
fn unsent(waiting: &Waiting) -> WwnError {
    match waiting.reason {
        Some(WaitReason::RateLimited | WaitReason::ServiceAsks) => WwnError::blocked(),
        // The write is in flight, or was.
        Some(WaitReason::Unanswered) => WwnError::unanswered(),
        None if waiting.expires.is_none() => WwnError::unanswered(),
        Some(WaitReason::Settling | WaitReason::Offline | WaitReason::SignIn | WaitReason::Turn) | None => {
            WwnError::unavailable()
        }
    }
}
