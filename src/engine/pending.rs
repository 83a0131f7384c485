//! A pending write, its stages, and its completion.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::batch::BatchLabel;
use super::journal::Origin;
use super::request::RequestId;
use crate::home::{Slot, Write};
use crate::service::{Failure, Reason};

/// A requested write that has no outcome yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingWrite {
    /// The requested value.
    pub write: Write,
    /// The source of the request.
    #[serde(rename = "who")]
    pub origin: Origin,
    /// The time of the request.
    pub made_at: Timestamp,
    /// The confirmed value at that time; `None` if it was unknown.
    pub base: Option<Write>,
    /// The batch that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchLabel>,
    /// The record that it reverses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// The write of the same batch that has to end first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Slot>,
    /// The requests of this process that asked for it.
    #[serde(skip)]
    pub requests: Vec<RequestId>,
}

/// The progress of a pending write at the time it was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing was sent.
    #[default]
    Waiting,
    /// Sent without a conclusive answer.
    Sent,
    /// Accepted, but not shown yet.
    Accepted,
    /// Ended in the record with this id; the service may still show the value.
    Ended(u64),
}

impl Progress {
    fn is_waiting(&self) -> bool {
        *self == Self::Waiting
    }
}

/// A pending write as it is stored on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredWrite {
    #[serde(flatten)]
    pub pending: PendingWrite,
    #[serde(default, skip_serializing_if = "Progress::is_waiting")]
    pub progress: Progress,
    /// Other values that were sent for its slot, which the service may still show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<Write>,
}

impl From<PendingWrite> for StoredWrite {
    fn from(pending: PendingWrite) -> Self {
        Self { pending, progress: Progress::Waiting, sent: Vec::new() }
    }
}

impl PendingWrite {
    /// A pending write outside a batch.
    pub fn new(write: Write, origin: Origin, made_at: Timestamp, base: Option<Write>) -> Self {
        Self { write, origin, made_at, base, batch: None, undoes: None, after: None, requests: Vec::new() }
    }

    /// The time after which the write is not sent any more.
    pub fn expires_at(&self) -> Timestamp {
        let to_live = SignedDuration::from_mins(self.write.slot().field.entry().minutes_to_live);
        self.made_at.saturating_add(to_live).unwrap_or(Timestamp::MAX)
    }
}

/// The reason why a pending write waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The debounce: the user may change the value again.
    Settling,
    /// The service cannot be reached.
    Offline,
    /// The budget is used up.
    RateLimited,
    /// The service asked to wait; the user may send nevertheless.
    ServiceAsks,
    /// The account is signed out.
    SignIn,
    /// Another write of the same batch goes first.
    Turn,
    /// Sent without an answer: the next home from the service shows if it arrived.
    Unanswered,
}

/// The stage of a pending write.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// Not sent yet.
    Waiting {
        /// The earliest time to send it.
        due: Instant,
        reason: WaitReason,
    },
    /// Sent, no answer yet.
    InFlight,
    /// Accepted by the service, not shown by the stream yet.
    Accepted {
        /// The end of the time for a confirmation.
        until: Instant,
    },
    /// The value was changed elsewhere while the write waited.
    Conflict {
        /// The value from elsewhere.
        theirs: Write,
    },
}

/// The reason why a pending write ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum EndCause {
    /// The stream shows the value.
    Confirmed,
    /// Accepted, and replaced by a newer request before the stream showed it.
    Superseded,
    /// Refused by the service or the rules.
    Rejected(Failure),
    /// Accepted, but the stream did not show it in time.
    Unconfirmed,
    /// Expired before it was sent.
    Expired,
    /// Discarded by the user.
    Discarded,
    /// The value was already set.
    NoOp,
    /// Sent, with no answer or an inconclusive one.
    MayHaveArrived(Reason),
    /// Replaced by a newer request before it was sent.
    Replaced,
}

/// A pending write with its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CompletedWrite {
    pub pending: PendingWrite,
    pub completion: EndCause,
}
