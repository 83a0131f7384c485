//! What the engine publishes: everything that a reader needs, at one moment.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::batch::{Batch, BatchLabel};
use super::journal::Record;
use super::notice::EngineNotice;
use super::pending::{PendingWrite, WaitReason};
use super::request::RequestId;
use crate::home::{Home, Node, Slot, Write};
use crate::service::Reason;

/// Where several accounts are shown as one, what happened since is numbered from here on, and what
/// they had before below; in the middle, so that there is room on both sides.
pub const FIRST_OF_SEVERAL: u64 = 1 << 40;

/// One account at one moment. Cheap to keep: what is large is shared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Counts up with each publication.
    pub version: u64,
    /// Which account this is.
    pub account: Arc<AccountLabel>,
    /// The line to the service.
    pub connection: Connection,
    /// What the service confirmed.
    pub confirmed: Arc<Home>,
    /// The same with every pending write painted over it: what controls show.
    pub shown: Arc<Home>,
    /// What is on its way or was just refused, by slot.
    pub writes: BTreeMap<Slot, WriteState>,
    /// The newest batches, newest first, with what became of each write.
    pub batches: Arc<VecDeque<Batch>>,
    /// The newest changes, newest first.
    pub journal: Arc<VecDeque<Record>>,
    /// Writes that the account may still make just now.
    pub writes_left: u32,
    /// What went wrong beside the service, such as a disk that is full.
    pub notices: Arc<Vec<EngineNotice>>,
    /// The accounts that this is made of, in their order; empty for one that stands alone.
    pub members: Arc<Vec<Member>>,
}

/// One of several accounts that are shown as one.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its id in the settings.
    pub key: String,
    /// Which account it is.
    pub label: Arc<AccountLabel>,
    /// The line to its service.
    pub connection: Connection,
    /// Writes that it may still make just now.
    pub writes_left: u32,
    /// What its service confirmed.
    pub confirmed: Arc<Home>,
}

/// Which service is live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLabel {
    /// What it is called.
    pub name: AccountName,
    /// Where it is, for a person: `127.0.0.1:8080`.
    pub place: String,
}

impl AccountLabel {
    /// Whether nobody lives there.
    pub fn is_simulated(&self) -> bool {
        self.name == AccountName::Simulated
    }
}

/// What an account is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountName {
    /// The home in this program.
    Simulated,
    /// A server that the environment names for one run.
    Environment,
    /// As its owner calls it.
    Own(String),
    /// So many accounts at once.
    Several(usize),
}

/// The line to the service.
#[derive(Debug, Clone, PartialEq)]
pub enum Connection {
    /// The first try.
    Connecting,
    /// The stream is open and was heard of lately.
    Live,
    /// The stream is open, but silent for longer than usual.
    Stale {
        /// Since when.
        since: Timestamp,
    },
    /// Gone; another try follows.
    Reconnecting {
        /// Since when.
        since: Timestamp,
        /// When the next try comes; `None` while one is being made.
        retry_at: Option<Timestamp>,
        /// Why; `None` when the service merely begins anew.
        why: Option<Reason>,
    },
    /// The account has to be signed in again.
    SignedOut {
        /// Why.
        why: Reason,
    },
    /// The account was not opened at all; whoever tried knows why.
    Closed,
}

impl Connection {
    /// Whether writes are sent.
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
    /// The pending write.
    pub write: Write,
    /// Where it is.
    pub phase: Phase,
    /// When it was asked for, or last changed: where settling began.
    pub since: Timestamp,
    /// The batch that it is a part of.
    pub batch: Option<BatchLabel>,
    /// The record of the journal that it takes back.
    pub undoes: Option<u64>,
    /// The requests of this process that ask for it.
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

    /// Whether it is still on its way.
    pub fn is_open(&self) -> bool {
        match self.phase {
            Phase::Waiting { .. } | Phase::Sending | Phase::Confirming | Phase::Conflict { .. } => true,
            Phase::Failed { .. } => false,
        }
    }
}

/// The phase of a pending write, as a person sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// Not sent yet.
    Waiting {
        /// Why.
        reason: WaitReason,
        /// Until when, as far as known.
        until: Option<Timestamp>,
        /// When it is given up.
        expires: Timestamp,
    },
    /// On the wire.
    Sending,
    /// Accepted, waiting for the stream.
    Confirming,
    /// Somebody else changed the value meanwhile.
    Conflict {
        /// To this.
        theirs: Write,
    },
    /// Refused or given up; shown until dismissed or replaced.
    Failed {
        /// Why.
        why: FailureCause,
        /// When.
        at: Timestamp,
    },
}

/// Why a pending write was not carried out. Displays as a sentence without a full stop.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FailureCause {
    /// A rule, the service or the way to it was against it.
    #[error("{0}")]
    Refused(Reason),
    /// The service accepted it and shows this; a thermostat may take its time.
    #[error("The service accepted it and still shows {}; a late confirmation will be noted", .0.as_ref().map_or_else(|| "nothing".to_owned(), Write::value_text))]
    NotShown(Option<Write>),
    /// Sent, and nobody knows whether it was applied.
    #[error("It may have arrived: {0}")]
    MayHaveArrived(Reason),
    /// It waited too long for the service.
    #[error("It waited too long for the service and was given up")]
    TooLong,
}

impl Snapshot {
    /// Before anything is known.
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
            writes_left: 0,
            notices: Arc::default(),
            members: Arc::default(),
        }
    }

    /// The accounts in it: those that it is made of, or itself.
    pub fn accounts(&self) -> Cow<'_, [Member]> {
        if !self.members.is_empty() {
            return Cow::Borrowed(&self.members);
        }
        Cow::Owned(vec![Member {
            key: String::new(),
            label: Arc::clone(&self.account),
            connection: self.connection.clone(),
            writes_left: self.writes_left,
            confirmed: Arc::clone(&self.confirmed),
        }])
    }

    /// The number of the newest record: those above are news for who looked now. `None` as long as
    /// nothing is known, as the first journal is history.
    pub fn newest_record(&self) -> Option<u64> {
        let newest = self.journal.iter().map(|record| record.id).max().unwrap_or_default();
        match (self.version, self.members.is_empty()) {
            (0, true) => None,
            (_, true) => Some(newest),
            // One whose journal is not read yet has history as well.
            (_, false) => Some(newest.max(FIRST_OF_SEVERAL - 1)),
        }
    }

    /// Which of several accounts a device or structure belongs to: the first that has it. `None`
    /// where there is only one, and for what nobody has.
    pub fn member_of(&self, node: &Node) -> Option<&Member> {
        self.members.iter().find(|member| member.confirmed.has(node))
    }

    /// The account that a device or structure has to be called by as well, since another account has
    /// one of the same name.
    pub fn told_apart_by(&self, node: &Node, name: &str) -> Option<&AccountLabel> {
        let owner = self.member_of(node)?;
        let others = self.members.iter().filter(|member| member.key != owner.key);
        others.into_iter().any(|member| member.confirmed.has_name(name)).then_some(&*owner.label)
    }

    /// The state of the newest pending write for a value of a node.
    pub fn write_state(&self, slot: &Slot) -> Option<&WriteState> {
        self.writes.get(slot)
    }

    /// Whether anything of a node is on its way.
    pub fn is_busy(&self, node: &Node) -> bool {
        self.writes.iter().any(|(slot, state)| slot.node == *node && state.is_open())
    }
}
