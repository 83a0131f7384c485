//! A pending write, where it is on its way, and how it ends.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::batch::BatchLabel;
use super::journal::Origin;
use super::request::RequestId;
use crate::home::{Field, Slot, Write};
use crate::service::{Failure, Reason};

/// A write that somebody wants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PendingWrite {
    /// What.
    pub write: Write,
    /// Who.
    #[serde(rename = "who")]
    pub origin: Origin,
    /// When they said so.
    pub made_at: Timestamp,
    /// The confirmed value at that time; `None` when it was unknown.
    pub base: Option<Write>,
    /// The batch that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchLabel>,
    /// The record that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// The write of the same batch that has to end first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Slot>,
    /// The requests of this process that ask for it.
    #[serde(skip)]
    pub requests: Vec<RequestId>,
}

/// The progress of a pending write when it was written to disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing of it was sent.
    #[default]
    Waiting,
    /// Sent, without an answer that tells whether it was applied.
    Sent,
    /// The service accepted it and has not shown it.
    Accepted,
    /// Ended in the record with this id, and the service may still show it.
    Ended(u64),
}

impl Progress {
    fn is_waiting(&self) -> bool {
        *self == Self::Waiting
    }
}

/// A pending write as it is kept on disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredWrite {
    /// The pending write.
    #[serde(flatten)]
    pub pending: PendingWrite,
    /// How far it came.
    #[serde(default, skip_serializing_if = "Progress::is_waiting")]
    pub progress: Progress,
    /// Other values that were sent for its slot: the service may still show them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<Write>,
}

impl From<PendingWrite> for StoredWrite {
    fn from(pending: PendingWrite) -> Self {
        Self { pending, progress: Progress::Waiting, sent: Vec::new() }
    }
}

impl PendingWrite {
    /// A pending write that stands alone.
    pub fn new(write: Write, origin: Origin, made_at: Timestamp, base: Option<Write>) -> Self {
        Self { write, origin, made_at, base, batch: None, undoes: None, after: None, requests: Vec::new() }
    }

    /// After this it is not sent any more.
    pub fn expires_at(&self) -> Timestamp {
        self.made_at.saturating_add(time_to_live(self.write.slot().field)).unwrap_or(Timestamp::MAX)
    }
}

/// The time that a pending write may wait for the service to come back.
fn time_to_live(field: Field) -> SignedDuration {
    SignedDuration::from_mins(match field {
        Field::Target | Field::Range | Field::Mode | Field::FanTimer | Field::FanDuration => 15,
        Field::Away | Field::Eta => 30,
        Field::Streaming => 5,
        Field::Label | Field::Name | Field::Scale => 24 * 60,
    })
}

/// Why a pending write waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The person may go on changing it.
    Settling,
    /// The service cannot be reached.
    Offline,
    /// The budget asks to wait.
    RateLimited,
    /// The service asks to wait; a person may send all the same.
    ServiceAsks,
    /// Somebody has to sign in first.
    SignIn,
    /// Another write of the same batch goes first.
    Turn,
    /// Sent without an answer: the home that the service shows next tells whether it arrived.
    Unanswered,
}

/// The stage of a pending write.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stage {
    /// Not sent yet.
    Waiting {
        /// Not before this.
        due: Instant,
        /// Why.
        reason: WaitReason,
    },
    /// Sent, no answer yet.
    InFlight,
    /// The service said yes; the stream has not shown it.
    Accepted {
        /// Shown until then at most.
        until: Instant,
    },
    /// Somebody else changed the value while the pending write waited.
    Conflict {
        /// To this.
        theirs: Write,
    },
}

/// The end that a pending write came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Completion {
    /// The stream shows it.
    Confirmed,
    /// Accepted, and replaced by a newer pending write before the stream showed it.
    Superseded,
    /// The service or the rules refused it.
    Rejected(Failure),
    /// Accepted, but the stream did not show it in time.
    Unconfirmed,
    /// Too old to be sent.
    Expired,
    /// Taken back by a person.
    Discarded,
    /// Somebody else made the same change first.
    NoOp,
    /// Sent, and nobody knows whether it was applied: the answer does not tell, or there was none.
    MayHaveArrived(Reason),
    /// A newer pending write took its place before it was sent.
    Replaced,
}

/// A pending write with its end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CompletedWrite {
    /// The pending write.
    pub pending: PendingWrite,
    /// Its end.
    pub completion: Completion,
}
