//! Requests to the engine, and the handles that report their outcome.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;

use super::batch::BatchGroup;
use super::journal::{Origin, Record};
use crate::home::{Slot, Write};

/// The time for which a pending write waits for further changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Debounce {
    /// After the release of a drag: 600 ms.
    Drag,
    /// After a step, which another may follow: 900 ms.
    Step,
    /// After Enter or a choice from a list: none.
    Now,
}

impl Debounce {
    /// The length of the wait.
    pub fn duration(self) -> Duration {
        match self {
            Self::Drag => Duration::from_millis(600),
            Self::Step => Duration::from_millis(900),
            Self::Now => Duration::ZERO,
        }
    }
}

/// A request to the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Change one value.
    Set {
        /// The requested value.
        write: Write,
        /// The time for further changes.
        debounce: Debounce,
        /// The source of the request.
        origin: Origin,
        /// The value that was shown when the user began, if that was earlier: it may have changed elsewhere
        /// meanwhile.
        seen: Option<Write>,
    },
    /// Change several values under one name: a preset, or everything to Eco. Writes to one device are sent one
    /// after the other, in an order that the rules allow.
    Apply {
        /// The name of the batch.
        name: String,
        /// The writes, in any order. Of two writes to one value the last one counts.
        writes: Vec<Write>,
        /// The source of the request.
        origin: Origin,
    },
    /// The part of a request to several accounts; a batch that it makes belongs to the group.
    Shared {
        group: BatchGroup,
        /// This account's part.
        request: Box<Self>,
    },
    /// Send a waiting write at once.
    SendNow(Slot),
    /// Discard a pending write, or dismiss its failure.
    Discard(Slot),
    /// Discard the unsent writes of an earlier request.
    Withdraw(RequestId),
    /// Retry a failed write.
    Retry(Slot),
    /// Resolve a conflict: send our value.
    KeepMine(Slot),
    /// Resolve a conflict: accept the other value.
    TakeTheirs(Slot),
    /// Restore the value from before a journal record.
    Undo(u64),
    /// Restore the values from before a batch, as a new batch, and discard its unsent writes.
    UndoBatch(u64),
    DismissNotice(u64),
    /// End every debounce, because the program is about to quit.
    Hurry,
}

impl Request {
    /// The writes that the request contains. A reversal has its writes in the journal.
    pub fn writes(&self) -> Vec<&Write> {
        match self {
            Self::Set { write, .. } => vec![write],
            Self::Apply { writes, .. } => writes.iter().collect(),
            Self::Shared { request, .. } => request.writes(),
            Self::SendNow(_)
            | Self::Discard(_)
            | Self::Withdraw(_)
            | Self::Retry(_)
            | Self::KeepMine(_)
            | Self::TakeTheirs(_)
            | Self::Undo(_)
            | Self::UndoBatch(_)
            | Self::DismissNotice(_)
            | Self::Hurry => Vec::new(),
        }
    }
}

/// Names one request; unique within this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(u64);

impl RequestId {
    /// A new id.
    pub fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }
}

/// The outcome of one write of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// An outcome with a journal record.
    Record(Box<Record>),
    /// The value was already set; nothing was sent.
    NoOp,
    /// A newer request for the same value replaced it before it was sent.
    Superseded,
}

/// The outcome of one write of a request, with its identity.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    pub request: RequestId,
    /// The value.
    pub slot: Slot,
    /// The outcome.
    pub resolution: Resolution,
}

/// The sending end of a [`WriteHandle`].
#[derive(Debug)]
pub(super) struct Ticket {
    pub(super) id: RequestId,
    pub(super) sender: mpsc::Sender<Resolved>,
}

/// Receives the outcome of each write of a request. Each write resolves exactly once while the engine lives.
/// Dropping the handle withdraws nothing.
#[derive(Debug)]
pub struct WriteHandle {
    id: RequestId,
    /// The values without an outcome.
    open: BTreeSet<Slot>,
    receiver: mpsc::Receiver<Resolved>,
}

impl WriteHandle {
    pub(super) fn new(slots: impl IntoIterator<Item = Slot>) -> (Self, Ticket) {
        let open: BTreeSet<Slot> = slots.into_iter().collect();
        let (sender, receiver) = mpsc::channel(open.len().max(1));
        let id = RequestId::next();
        (Self { id, open, receiver }, Ticket { id, sender })
    }

    /// The id of the request.
    pub fn id(&self) -> RequestId {
        self.id
    }

    /// The values without an outcome.
    pub fn open(&self) -> &BTreeSet<Slot> {
        &self.open
    }

    /// The next outcome; `None` when every write has one, or when the engine has ended.
    pub async fn next(&mut self) -> Option<Resolved> {
        if self.open.is_empty() {
            return None;
        }
        let resolved = self.receiver.recv().await?;
        self.open.remove(&resolved.slot);
        Some(resolved)
    }
}
