//! Writes for callers that wait for the outcome: a command, or a client of the bridge. The window sends requests
//! and reads snapshots instead.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::request::{RequestId, Resolution, Resolved, WriteHandle};
use super::{Access, Connection, Debounce, Origin, Phase, Record, Request, Snapshot, WaitReason};
use crate::home::{Slot, Write};

/// The outcomes of several writes, as far as they are known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SubmitOutcome {
    /// Writes with a journal record.
    pub records: Vec<Record>,
    /// Values that were already set.
    pub unchanged: Vec<Slot>,
    /// Values for which a newer request came before they were sent.
    pub superseded: Vec<Slot>,
    /// Writes that still wait.
    pub waiting: Vec<Waiting>,
}

/// A write that still waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// The value.
    pub slot: Slot,
    /// The reason as text.
    pub why: String,
    /// True if the service accepted it and has not shown it yet.
    #[serde(default)]
    pub is_accepted: bool,
    /// The reason, within this process.
    #[serde(skip)]
    pub reason: Option<WaitReason>,
    /// The time of the next attempt, if it is known.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// The time of expiry.
    pub expires: Option<Timestamp>,
}

/// The maximum waits for outcomes.
#[derive(Debug, Clone, Copy)]
pub struct WaitLimits {
    /// For all writes together.
    pub within: Duration,
    /// For a service that is offline or asks to wait, if the length of its wait is known.
    pub for_service: Duration,
}

impl Access {
    /// Requests several writes under a name. `None` if the engine is stuck or gone.
    pub fn submit(&self, name: String, mut writes: Vec<Write>, origin: Origin) -> Option<WriteHandle> {
        let (handle, ticket) = WriteHandle::new(writes.iter().map(Write::slot));
        let single = if writes.len() == 1 { writes.pop() } else { None };
        let request = match single {
            Some(write) => Request::Set { write, debounce: Debounce::Now, origin, seen: None },
            None => Request::Apply { name, writes, origin },
        };
        self.hand_in(request, Some(ticket)).then_some(handle)
    }

    /// Waits for the outcomes. Writes that still wait afterwards stay pending.
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
                    Some(resolved) => outcome.add_resolution(resolved),
                    // The engine has ended.
                    None => return outcome,
                },
                changed = access.changed() => if !changed { return outcome },
                () = sleep_until(deadline) => return outcome,
            }
        }
    }

    /// Withdraws the unsent writes of a request and waits a moment for the outcome of the others. Writes without
    /// one remain in `outcome` as waiting.
    pub async fn withdraw(&self, handle: &mut WriteHandle, outcome: &mut SubmitOutcome, within: Duration) {
        self.request(Request::Withdraw(handle.id()));
        let deadline = Instant::now() + within;
        while let Ok(Some(resolved)) = timeout_at(deadline, handle.next()).await {
            outcome.add_resolution(resolved);
        }
    }

    /// Requests writes and waits for their outcomes. `None` if the engine is stuck or gone.
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
    fn add_resolution(&mut self, resolved: Resolved) {
        match resolved.resolution {
            Resolution::Record(record) => self.records.push(*record),
            Resolution::NoOp => self.unchanged.push(resolved.slot),
            Resolution::Superseded => self.superseded.push(resolved.slot),
        }
    }
}

impl Waiting {
    /// True if it waits for the user, or for longer than `patience`.
    fn is_longer_than(&self, began: Timestamp, patience: Duration) -> bool {
        let is_soon = |at: Timestamp| Duration::try_from(at.duration_since(began)).unwrap_or_default() <= patience;
        match self.reason {
            Some(WaitReason::Offline | WaitReason::RateLimited | WaitReason::ServiceAsks | WaitReason::Unanswered) => {
                !self.until.is_some_and(is_soon)
            }
            Some(WaitReason::SignIn) => true,
            Some(WaitReason::Settling | WaitReason::Turn) => false,
            // A conflict waits for the user.
            None => self.expires.is_some(),
        }
    }
}

/// The reason why a value is not written yet, if its newest pending write belongs to this request.
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

/// The time of the next connection attempt.
fn next_try(snapshot: &Snapshot) -> Option<Timestamp> {
    match &snapshot.connection {
        Connection::Reconnecting { retry_at, since, .. } => Some(retry_at.unwrap_or(*since)),
        // The first attempt is running, or waiting writes are sent at once.
        Connection::Connecting | Connection::Live | Connection::Stale { .. } => Some(Timestamp::MIN),
        Connection::SignedOut { .. } | Connection::Closed => None,
    }
}
