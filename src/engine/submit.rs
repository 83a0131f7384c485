//! Writes for those who wait for the answer: a command, an old client. Everybody else asks, and
//! looks at the snapshots.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::request::{RequestId, Resolution, Resolved, WriteHandle};
use super::{Access, Connection, Debounce, Origin, Phase, Record, Request, Snapshot, WaitReason};
use crate::home::{Slot, Write};

/// The ends of writes, as far as they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SubmitOutcome {
    /// Those that came to an end.
    pub records: Vec<Record>,
    /// Those that were so already.
    pub unchanged: Vec<Slot>,
    /// Those in whose place a newer request came before they were sent.
    pub superseded: Vec<Slot>,
    /// Those that still wait, with the reason and until when.
    pub waiting: Vec<Waiting>,
}

/// A write that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Of which value.
    pub slot: Slot,
    /// Why it waits, in words.
    pub why: String,
    /// The service accepted it, and only has not shown it yet.
    #[serde(default)]
    pub is_accepted: bool,
    /// The same as a value, in this process.
    #[serde(skip)]
    pub reason: Option<WaitReason>,
    /// When it is tried next, as far as that is known.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// When it is given up.
    pub expires: Option<Timestamp>,
}

/// How long to wait for what becomes of writes.
#[derive(Debug, Clone, Copy)]
pub struct WaitLimits {
    /// For everything together.
    pub within: Duration,
    /// For a service that is away or asks to wait, where it is known for how long.
    pub for_service: Duration,
}

impl Access {
    /// Asks for writes in somebody's name. `None` when the engine is stuck or gone and did not take them.
    pub fn submit(&self, name: String, mut writes: Vec<Write>, origin: Origin) -> Option<WriteHandle> {
        let (handle, ticket) = WriteHandle::new(writes.iter().map(Write::slot));
        let single = if writes.len() == 1 { writes.pop() } else { None };
        let request = match single {
            Some(write) => Request::Set { write, debounce: Debounce::Now, origin, seen: None },
            None => Request::Apply { name, writes, origin },
        };
        self.hand_in(request, Some(ticket)).then_some(handle)
    }

    /// Waits for what becomes of writes. What still waits then goes on waiting.
    pub async fn outcome(&self, handle: &mut WriteHandle, patience: WaitLimits) -> SubmitOutcome {
        let mut access = self.clone();
        access.snapshot();
        let began = self.clock.now();
        let deadline = Instant::now() + patience.within;
        let mut outcome = SubmitOutcome::default();
        loop {
            let snapshot = access.snapshot_now();
            outcome.waiting = handle.open().iter().filter_map(|slot| waiting(&snapshot, slot, handle.id())).collect();
            let is_long = |waiting: &Waiting| waiting.is_longer_than(began, patience.for_service);
            let all_wait = outcome.waiting.len() == handle.open().len();
            if handle.open().is_empty() || (all_wait && outcome.waiting.iter().all(is_long)) {
                return outcome;
            }
            tokio::select! {
                resolved = handle.next() => match resolved {
                    Some(resolved) => outcome.take(resolved),
                    // The engine has ended.
                    None => return outcome,
                },
                changed = access.changed() => if !changed { return outcome },
                () = sleep_until(deadline) => return outcome,
            }
        }
    }

    /// Takes back what of a request was not sent, and waits a moment for the end of the rest. What had no
    /// end by then stays in `outcome` as waiting.
    pub async fn withdraw(&self, handle: &mut WriteHandle, outcome: &mut SubmitOutcome, within: Duration) {
        self.request(Request::Withdraw(handle.id()));
        let deadline = Instant::now() + within;
        while let Ok(Some(resolved)) = timeout_at(deadline, handle.next()).await {
            outcome.take(resolved);
        }
    }

    /// Asks for writes and waits for what becomes of them. `None` when the engine is stuck or gone and
    /// did not take them.
    pub async fn submit_and_wait(
        &self,
        name: String,
        writes: Vec<Write>,
        origin: Origin,
        patience: WaitLimits,
    ) -> Option<SubmitOutcome> {
        let mut handle = self.submit(name, writes, origin)?;
        Some(self.outcome(&mut handle, patience).await)
    }
}

impl SubmitOutcome {
    fn take(&mut self, resolved: Resolved) {
        match resolved.resolution {
            Resolution::Record(record) => self.records.push(*record),
            Resolution::NoOp => self.unchanged.push(resolved.slot),
            Resolution::Superseded => self.superseded.push(resolved.slot),
        }
    }
}

impl Waiting {
    /// True when it waits for somebody, or for longer than this.
    fn is_longer_than(&self, began: Timestamp, patience: Duration) -> bool {
        let is_soon = |at: Timestamp| Duration::try_from(at.duration_since(began)).unwrap_or_default() <= patience;
        match self.reason {
            Some(WaitReason::Offline | WaitReason::RateLimited | WaitReason::ServiceAsks | WaitReason::Unanswered) => {
                !self.until.is_some_and(is_soon)
            }
            Some(WaitReason::SignIn) => true,
            Some(WaitReason::Settling | WaitReason::Turn) => false,
            // In a conflict somebody has to choose.
            None => self.expires.is_some(),
        }
    }
}

/// Why a value is not written yet, as far as the newest pending write for it is of this request.
fn waiting(snapshot: &Snapshot, slot: &Slot, request: RequestId) -> Option<Waiting> {
    let state = snapshot.write_state(slot).filter(|state| state.requests.contains(&request))?;
    let plain = |why: &str| Waiting {
        slot: slot.clone(),
        why: why.to_owned(),
        is_accepted: false,
        reason: None,
        until: None,
        expires: None,
    };
    match &state.phase {
        Phase::Waiting { reason, until, expires } => {
            let why = match reason {
                WaitReason::Offline => "the service cannot be reached",
                WaitReason::Unanswered => "it was sent and the service did not answer; it may have arrived",
                WaitReason::SignIn => "somebody has to sign in first",
                WaitReason::RateLimited => "the limit of the service is reached",
                WaitReason::ServiceAsks => "the service asks to wait",
                WaitReason::Settling | WaitReason::Turn => "it is about to be sent",
            };
            let is_short = matches!(reason, WaitReason::Settling | WaitReason::Turn);
            let until = until.or_else(|| next_try(snapshot)).filter(|_| !is_short);
            let expires = (!is_short).then_some(*expires);
            Some(Waiting { reason: Some(*reason), until, expires, ..plain(why) })
        }
        Phase::Sending => Some(plain("the service has not answered yet")),
        Phase::Confirming => Some(Waiting { is_accepted: true, ..plain("the service has not shown it yet") }),
        Phase::Conflict { .. } => {
            let why = "somebody else changed it meanwhile; choose in the window";
            Some(Waiting { expires: Some(state.since), ..plain(why) })
        }
        Phase::Failed { .. } => None,
    }
}

/// When the connection is tried next.
fn next_try(snapshot: &Snapshot) -> Option<Timestamp> {
    match &snapshot.connection {
        Connection::Reconnecting { retry_at, since, .. } => Some(retry_at.unwrap_or(*since)),
        // The first try is under way, or what waits goes at once.
        Connection::Connecting | Connection::Live | Connection::Stale { .. } => Some(Timestamp::MIN),
        Connection::SignedOut { .. } | Connection::Closed => None,
    }
}
