//! The published state of an account: everything that a reader needs, at one moment.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::batch::{Batch, BatchLabel};
use super::event_log::HomeEvent;
use super::journal::Record;
use super::notice::EngineNotice;
use super::pending::{PendingWrite, WaitReason};
use super::request::RequestId;
use crate::home::{DeviceTree, Node, Slot, Write};
use crate::i18n::{Message, ToMessage, display_english, message};
use crate::service::Reason;

/// An account at one moment. Cloning is cheap: large parts are shared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Increases with each publication.
    pub version: u64,
    /// Name and place of the account.
    pub account: Arc<AccountLabel>,
    /// The connection to the service.
    pub connection: Connection,
    /// The confirmed home.
    pub confirmed: Arc<DeviceTree>,
    /// The confirmed home with every pending write applied: the values that controls show.
    pub shown: Arc<DeviceTree>,
    /// Pending and failed writes, by slot.
    pub writes: BTreeMap<Slot, WriteState>,
    /// The newest batches, newest first, with the state of each write.
    pub batches: Arc<VecDeque<Batch>>,
    /// The newest journal records, newest first.
    pub journal: Arc<VecDeque<Record>>,
    /// The newest alarms and events of cameras, newest first.
    pub events: Arc<VecDeque<Arc<HomeEvent>>>,
    /// Number of writes that the budget allows now.
    pub writes_left: u32,
    /// Problems apart from the service, such as a full disk.
    pub notices: Arc<Vec<EngineNotice>>,
}

/// Name and place of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLabel {
    pub name: AccountName,
    /// The address for display, such as `127.0.0.1:8080`.
    pub place: String,
}

impl AccountLabel {
    /// True for the simulated home.
    pub fn is_simulated(&self) -> bool {
        self.name == AccountName::Simulated
    }
}

/// The name of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountName {
    /// The simulated home of this program.
    Simulated,
    /// A server named by the environment for one run.
    Environment,
    /// A name chosen by the user.
    Own(String),
}

impl ToMessage for AccountName {
    fn to_message(&self) -> Message {
        match self {
            Self::Simulated => message!("simulated-home"),
            Self::Environment => message!("account-environment"),
            Self::Own(name) => Message::verbatim(name),
        }
    }
}

/// The connection to a service.
#[derive(Debug, Clone, PartialEq)]
pub enum Connection {
    /// The first attempt.
    Connecting,
    /// The stream is open and delivered something recently.
    Live,
    /// The stream is open, but silent for longer than usual.
    Stale {
        /// The time at which it stalled.
        since: Timestamp,
    },
    /// Lost; another attempt follows.
    Reconnecting {
        /// The time of the loss.
        since: Timestamp,
        /// The time of the next attempt; `None` during an attempt.
        retry_at: Option<Timestamp>,
        /// The reason; `None` if the service merely reconnects.
        why: Option<Reason>,
    },
    /// The account has to be signed in again.
    SignedOut { why: Reason },
    /// The account could not be opened; the error is kept by its opener.
    Closed,
}

impl Connection {
    /// True while writes are sent.
    pub fn is_online(&self) -> bool {
        match self {
            Self::Live | Self::Stale { .. } => true,
            Self::Connecting | Self::Reconnecting { .. } | Self::SignedOut { .. } | Self::Closed => false,
        }
    }
}

/// The state of the newest pending write for a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteState {
    /// The requested value.
    pub write: Write,
    /// The present phase.
    pub phase: Phase,
    /// The time of the request or of its last change; the debounce starts there.
    pub since: Timestamp,
    /// The batch that it belongs to.
    pub batch: Option<BatchLabel>,
    /// The journal record that it reverses.
    pub undoes: Option<u64>,
    /// The requests of this process that asked for it.
    pub requests: Vec<RequestId>,
}

impl WriteState {
    /// The state of a pending write outside a batch.
    pub fn new(pending: Write, phase: Phase, since: Timestamp) -> Self {
        Self { write: pending, phase, since, batch: None, undoes: None, requests: Vec::new() }
    }

    pub(super) fn of(pending: &PendingWrite, phase: Phase) -> Self {
        Self {
            write: pending.write.clone(),
            phase,
            since: pending.made_at,
            batch: pending.batch.clone(),
            undoes: pending.undoes,
            requests: pending.requests.clone(),
        }
    }

    /// True while the write has no outcome.
    pub fn is_open(&self) -> bool {
        match self.phase {
            Phase::Waiting { .. } | Phase::Sending | Phase::Confirming | Phase::Conflict { .. } => true,
            Phase::Failed { .. } => false,
        }
    }
}

/// The phase of a pending write, as the user sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Not sent yet.
    Waiting {
        reason: WaitReason,
        /// The end of the wait, if it is known.
        until: Option<Timestamp>,
        /// The time of expiry.
        expires: Timestamp,
    },
    /// In flight.
    Sending,
    /// Accepted, not confirmed by the stream yet.
    Confirming,
    /// The value was changed elsewhere meanwhile.
    Conflict {
        /// The value from elsewhere.
        theirs: Write,
    },
    /// Failed; shown until it is dismissed or replaced.
    Failed {
        why: FailureCause,
        /// The time of the failure.
        at: Timestamp,
    },
}

/// The cause of a failed write.
#[derive(Debug, Clone, PartialEq)]
pub enum FailureCause {
    /// Refused by a rule or the service, or the service was unreachable.
    Refused(Reason),
    /// Accepted, but the service shows this value. A thermostat may need more time.
    NotShown(Option<Write>),
    /// Sent without an answer.
    MayHaveArrived(Reason),
    /// Expired while it waited for the service.
    TooLong,
}

impl ToMessage for FailureCause {
    fn to_message(&self) -> Message {
        match self {
            Self::Refused(reason) => reason.to_message(),
            Self::NotShown(shown) => {
                let shown =
                    shown.as_ref().map_or(message!("value-none"), |write| Message::verbatim(write.value_text()));
                message!("why-not-shown", shown = shown)
            }
            Self::MayHaveArrived(reason) => message!("why-may-have-arrived", why = reason.to_message()),
            Self::TooLong => message!("why-too-long"),
        }
    }
}

display_english!(FailureCause);

impl Snapshot {
    /// A snapshot without any data.
    pub fn empty(account: Arc<AccountLabel>) -> Self {
        Self {
            version: 0,
            account,
            connection: Connection::Connecting,
            confirmed: Arc::default(),
            shown: Arc::default(),
            writes: BTreeMap::new(),
            batches: Arc::default(),
            journal: Arc::default(),
            events: Arc::default(),
            writes_left: 0,
            notices: Arc::default(),
        }
    }

    /// The state of the newest pending write for a slot.
    pub fn write_state(&self, slot: &Slot) -> Option<&WriteState> {
        self.writes.get(slot)
    }

    /// True if a write to the node is pending.
    pub fn is_busy(&self, node: &Node) -> bool {
        self.writes.iter().any(|(slot, state)| slot.node == *node && state.is_open())
    }
}
