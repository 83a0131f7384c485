//! The requests that a reader may make of the engine, and how whoever asks hears of their end.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;

use super::journal::{Origin, Record};
use crate::home::{Slot, Write};

/// The time that a pending write waits for further changes before it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Debounce {
    /// A drag was released: 600 ms.
    Drag,
    /// A step was made, and another may follow: 900 ms.
    Step,
    /// Somebody pressed Enter or picked from a list.
    Now,
}

impl Debounce {
    /// The time.
    pub fn duration(self) -> Duration {
        match self {
            Self::Drag => Duration::from_millis(600),
            Self::Step => Duration::from_millis(900),
            Self::Now => Duration::ZERO,
        }
    }
}

/// A reader's request.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Change a value.
    Set {
        /// The change.
        write: Write,
        /// The time that it may settle.
        debounce: Debounce,
        /// The one who asks.
        origin: Origin,
        /// The value that was shown when they began, where that was earlier: somebody else may
        /// have changed it while a hand was on the control.
        seen: Option<Write>,
    },
    /// Change many values as one, under a name: a preset, everything to eco. Writes to one device
    /// are sent one after the other, in an order that the rules allow.
    Apply {
        /// The name that a person gave it.
        name: String,
        /// The changes; their order does not matter, and of two writes to one value the last one counts.
        writes: Vec<Write>,
        /// The one who asks.
        origin: Origin,
    },
    /// Send what is settling at once.
    SendNow(Slot),
    /// Take a pending write back, or dismiss its failure.
    Discard(Slot),
    /// Take back what of an earlier request was not sent yet.
    Withdraw(RequestId),
    /// Try a failed pending write again.
    Retry(Slot),
    /// Of two values, send ours.
    KeepMine(Slot),
    /// Of two values, take theirs.
    TakeTheirs(Slot),
    /// Restore the value before a record of the journal.
    Undo(u64),
    /// Restore the values before a batch, as a new batch; what waits of it is taken back.
    UndoBatch(u64),
    /// A notice was read.
    DismissNotice(u64),
    /// Send everything that is settling: the program is about to end.
    Hurry,
}

/// Names one request; unique within this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(u64);

impl RequestId {
    /// One that no request of this process had before.
    pub fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }
}

/// The end that one write of a request came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// An end that the journal has.
    Record(Box<Record>),
    /// The value was so already; nothing was sent.
    NoOp,
    /// A newer request for the same value took its place before it was sent.
    Superseded,
}

/// The end of one write of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// Of which request.
    pub request: RequestId,
    /// Of which value.
    pub slot: Slot,
    /// The end of it.
    pub resolution: Resolution,
}

/// Where whoever submitted a request hears of its writes.
#[derive(Debug)]
pub(super) struct Ticket {
    pub(super) id: RequestId,
    pub(super) sender: mpsc::Sender<Resolved>,
}

/// Tells the end of each write of a request. Each of its writes resolves exactly once, as long as the
/// engine lives; dropping the handle withdraws nothing.
#[derive(Debug)]
pub struct WriteHandle {
    id: RequestId,
    /// The values of which nothing was heard yet.
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

    /// The request.
    pub fn id(&self) -> RequestId {
        self.id
    }

    /// The values of which nothing was heard yet.
    pub fn open(&self) -> &BTreeSet<Slot> {
        &self.open
    }

    /// The next end; `None` when every write has one, or when the engine is gone.
    pub async fn next(&mut self) -> Option<Resolved> {
        if self.open.is_empty() {
            return None;
        }
        let resolved = self.receiver.recv().await?;
        self.open.remove(&resolved.slot);
        Some(resolved)
    }
}
