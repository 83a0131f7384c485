//! The state machine of the engine, without a runtime: requests, updates, answers and time go in; writes to send
//! and a snapshot to publish come out.

mod batches;
mod ending;
mod external_changes;
mod late;
mod publish;
mod updates;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use self::late::Late;
use crate::engine::batch::{BatchGroup, BatchLog, ItemState};
use crate::engine::budget::{Budget, KeptBudget};
use crate::engine::event_log::{EventLog, HomeEvent};
use crate::engine::journal::{Journal, Origin, Record};
use crate::engine::notice::{EngineNotice, EngineWarning};
use crate::engine::pending::{CompletedWrite, EndCause, PendingWrite, StoredWrite, WaitReason};
use crate::engine::request::{RequestId, Resolved};
use crate::engine::snapshot::{AccountLabel, Connection, WriteState};
use crate::engine::storage::Stored;
use crate::engine::writes::{BUSY_FLOOR, Writes};
use crate::engine::{Debounce, Request};
use crate::home::{Away, Checked, DeviceTree, Field, Refusal, Slot, StructureId, Write, check_request};
use crate::service::{Failure, FailureKind, WriteLimits};

/// The present on both clocks: one for waits, one for display and expiry.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Clocks {
    pub(in crate::engine) instant: Instant,
    pub(in crate::engine) wall: Timestamp,
}

impl Clocks {
    fn wall_at(&self, instant: Instant) -> Timestamp {
        let ahead = instant.saturating_duration_since(self.instant);
        SignedDuration::try_from(ahead).ok().and_then(|ahead| self.wall.checked_add(ahead).ok()).unwrap_or(self.wall)
    }
}

/// A job for the disk thread.
#[derive(Debug, PartialEq)]
pub(in crate::engine) enum ToDisk {
    Queue(Vec<StoredWrite>),
    Budget(KeptBudget),
    Record(Box<Record>),
    Event(Arc<HomeEvent>),
}

/// The properties of a service that the engine needs.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct ServiceFacts {
    /// The time in which the service shows an accepted write.
    pub(in crate::engine) confirm_within: Duration,
    /// Fields that Setpoint keeps itself; they need no call.
    pub(in crate::engine) kept_here: &'static [Field],
}

pub(in crate::engine) struct Core {
    service: ServiceFacts,
    account: Arc<AccountLabel>,
    connection: Connection,
    confirmed: DeviceTree,
    has_home: bool,
    writes: Writes,
    failed: BTreeMap<Slot, WriteState>,
    /// Ended writes without a known outcome, which the service may still show.
    late: BTreeMap<Slot, Late>,
    /// The request that is being handled.
    request: Option<RequestId>,
    /// The group of the batch that the request makes.
    group: Option<BatchGroup>,
    resolved: Vec<Resolved>,
    budget: Budget,
    /// The end of a wait that the service asked for.
    not_before: Option<Instant>,
    journal: Journal,
    events: EventLog,
    batches: BatchLog,
    /// Home or away as last confirmed after it was set from here, with the time.
    away_set: BTreeMap<StructureId, (Away, Instant)>,
    notices: Arc<Vec<EngineNotice>>,
    last_notice: u64,
    version: u64,
    to_disk: Vec<ToDisk>,
    last_queue: Vec<StoredWrite>,
}

impl Core {
    pub(in crate::engine) fn new(
        account: Arc<AccountLabel>,
        limits: WriteLimits,
        service: ServiceFacts,
        stored: Stored,
        now: Clocks,
    ) -> Self {
        let batch_ids = stored.journal.iter().filter_map(|record| record.batch.as_ref());
        let batch_ids = batch_ids.chain(stored.queue.iter().filter_map(|kept| kept.pending.batch.as_ref()));
        let batches = BatchLog::after(batch_ids.map(|label| label.id));
        let mut core = Self {
            service,
            account,
            connection: Connection::Connecting,
            confirmed: DeviceTree::default(),
            has_home: false,
            writes: Writes::new(service.confirm_within),
            failed: BTreeMap::new(),
            late: BTreeMap::new(),
            request: None,
            group: None,
            resolved: Vec::new(),
            budget: Budget::restored(limits, stored.budget, now.instant, now.wall),
            not_before: None,
            journal: Journal::from_records(stored.journal),
            events: EventLog::from_events(stored.events),
            batches,
            away_set: BTreeMap::new(),
            notices: Arc::default(),
            last_notice: 0,
            version: 0,
            to_disk: Vec::new(),
            last_queue: stored.queue.clone(),
        };
        core.restore(stored.queue, now);
        for warning in stored.notices {
            core.notice(warning);
        }
        core.tick(now);
        core
    }

    /// Handles a request. `id` names it in its resolutions.
    pub(in crate::engine) fn submit(&mut self, request: Request, id: Option<RequestId>, now: Clocks) {
        self.request = id;
        self.request(request, now);
        self.request = None;
    }

    fn request(&mut self, request: Request, now: Clocks) {
        match request {
            Request::Set { write, debounce, origin, seen } => self.set_value(write, debounce, origin, seen, now),
            Request::Apply { name, writes, origin } => self.apply(name, &writes, origin, now),
            Request::Shared { group, request } => {
                self.group = Some(group);
                self.request(*request, now);
                self.group = None;
            }
            Request::SendNow(slot) => {
                if self.writes.send_now(&slot, now.instant) {
                    // The user may overrule a service that asked to wait for a day.
                    self.not_before = None;
                }
            }
            Request::Discard(slot) => {
                self.failed.remove(&slot);
                if let Some(ended) = self.writes.discard(&slot) {
                    self.end(ended, now);
                }
            }
            Request::Withdraw(request) => {
                for ended in self.writes.withdraw(request) {
                    self.end(ended, now);
                }
            }
            Request::Retry(slot) => {
                if let Some(failed) = self.failed.remove(&slot) {
                    self.retry(failed, now);
                }
            }
            Request::KeepMine(slot) => self.writes.keep_mine(&slot, now.instant, now.wall),
            Request::TakeTheirs(slot) => {
                if let Some(ended) = self.writes.discard(&slot) {
                    self.end(ended, now);
                }
            }
            Request::Undo(id) => self.undo(id, now),
            Request::UndoBatch(id) => self.undo_batch(id, now),
            Request::DismissNotice(id) => {
                Arc::make_mut(&mut self.notices).retain(|notice| notice.id != id);
            }
            Request::Hurry => self.writes.hurry(now.instant),
        }
    }

    fn set_value(&mut self, write: Write, debounce: Debounce, origin: Origin, seen: Option<Write>, now: Clocks) {
        let changed_meanwhile = seen.as_ref().is_some_and(|seen| !seen.is_shown_by(&self.confirmed));
        let base = seen.or_else(|| write.slot().present(&self.confirmed, write.scale()));
        self.enqueue(PendingWrite::new(write, origin, now.wall, base), debounce, now);
        if changed_meanwhile && self.has_home {
            self.compare(now);
        }
    }

    /// Retries a failed write, as the part of the batch or the undo that it was.
    fn retry(&mut self, failed: WriteState, now: Clocks) {
        let WriteState { write, batch, undoes, .. } = failed;
        if let Some(label) = &batch {
            self.batches.note(label, &write.slot(), ItemState::Waiting(WaitReason::Settling));
        }
        let base = write.slot().present(&self.confirmed, write.scale());
        let pending = PendingWrite { batch, undoes, ..PendingWrite::new(write, Origin::Window, now.wall, base) };
        self.enqueue(pending, Debounce::Now, now);
    }

    /// Checks a single pending write and adds it.
    fn enqueue(&mut self, pending: PendingWrite, debounce: Debounce, now: Clocks) {
        let slot = pending.write.slot();
        let pending = PendingWrite { requests: self.request.into_iter().collect(), ..pending };
        self.failed.remove(&slot);
        self.late.remove(&slot);
        // An unknown home cannot refuse a write; the pending write waits for it.
        if self.has_home
            && let Err(refusal) = check_request(&self.found_by(&slot), &pending.write, now.wall)
        {
            self.refuse(pending, &refusal, now);
            return;
        }
        if let Some(ended) = self.writes.add(pending, debounce.duration(), now.instant) {
            self.end(ended, now);
        }
    }

    fn refuse(&mut self, pending: PendingWrite, refusal: &Refusal, now: Clocks) {
        let end = EndCause::Rejected(Failure::refused(refusal.clone()));
        self.end(CompletedWrite { pending, completion: end }, now);
    }

    /// Compares the pending writes with the values of the service.
    fn compare(&mut self, now: Clocks) {
        for ended in self.writes.reported(&self.confirmed) {
            self.end(ended, now);
        }
    }

    /// Handles the answer of the service to a write.
    pub(in crate::engine) fn answered(&mut self, slot: &Slot, answer: Result<(), Failure>, now: Clocks) {
        let ended = match answer {
            Ok(()) => self.writes.accepted(slot, now.instant),
            Err(failure) => {
                if failure.kind == FailureKind::SignIn {
                    self.connection = Connection::SignedOut { why: failure.reason.clone() };
                }
                if let FailureKind::Busy(wait) = failure.kind {
                    // The limit applies to the account, so its other pending writes wait as well.
                    self.not_before = Some(now.instant + wait.unwrap_or(BUSY_FLOOR));
                }
                self.writes.failed(slot, failure, now.instant)
            }
        };
        if let Some(ended) = ended {
            self.end(ended, now);
        }
        // The stream may have shown the value before the answer arrived.
        if self.has_home {
            self.compare(now);
        }
    }

    /// Advances to `now` and returns the writes to send.
    pub(in crate::engine) fn tick(&mut self, now: Clocks) -> Vec<Checked> {
        for ended in self.writes.expire(now.instant, now.wall) {
            self.end(ended, now);
        }
        for ended in self.writes.prepare(now.instant, &self.confirmed) {
            self.end(ended, now);
        }
        let online = self.connection.is_online() && self.has_home;
        let kept_here = self.service.kept_here;
        let (budget, not_before) = (&mut self.budget, self.not_before.filter(|until| *until > now.instant));
        let allow = |slot: &Slot| match not_before {
            Some(until) => Err((until, WaitReason::ServiceAsks)),
            None if kept_here.contains(&slot.field) => Ok(()),
            None => budget.take(&slot.node, now.instant).map_err(|spent| (spent.until, WaitReason::RateLimited)),
        };
        let due = self.writes.take_due(now.instant, online, allow);
        let mut checked = Vec::new();
        for pending in due {
            let slot = pending.write.slot();
            match check_request(&self.found_by(&slot), &pending.write, now.wall) {
                Ok(write) => checked.push(write),
                Err(refusal) => {
                    if !kept_here.contains(&slot.field) {
                        self.budget.give_back(&slot.node);
                    }
                    let failure = Failure::refused(refusal);
                    if let Some(ended) = self.writes.refused(&slot, failure) {
                        self.end(ended, now);
                    }
                }
            }
        }
        if !checked.is_empty()
            && let Some(budget) = self.budget.to_keep(now.instant, now.wall)
        {
            self.to_disk.push(ToDisk::Budget(budget));
        }
        self.forget_late(now);
        let queue = self.to_keep();
        if queue != self.last_queue {
            self.last_queue.clone_from(&queue);
            self.to_disk.push(ToDisk::Queue(queue));
        }
        checked
    }

    /// The latest time of the next [`Core::tick`].
    pub(in crate::engine) fn wake_at(&self, now: Clocks) -> Option<Instant> {
        let online = self.connection.is_online();
        let by_stage = self.writes.wake_at(now.instant, online);
        let by_expiry = self.writes.next_expiry().map(|at| {
            let ahead = Duration::try_from(at.duration_since(now.wall)).unwrap_or_default();
            // The wall clock may be changed; a check per minute bounds the error.
            now.instant + ahead.min(Duration::from_mins(1)) + Duration::from_millis(1)
        });
        [by_stage, by_expiry].into_iter().flatten().min()
    }

    pub(in crate::engine) fn take_to_disk(&mut self) -> Vec<ToDisk> {
        std::mem::take(&mut self.to_disk)
    }

    pub(in crate::engine) fn notice(&mut self, warning: EngineWarning) {
        if self.notices.iter().any(|notice| notice.warning == warning) {
            return;
        }
        self.last_notice += 1;
        tracing::warn!("{warning}");
        Arc::make_mut(&mut self.notices).push(EngineNotice { id: self.last_notice, warning });
    }

    /// True if waiting is useless: nothing is pending, or nothing can be sent.
    pub(in crate::engine) fn has_nothing_to_send(&self) -> bool {
        self.writes.is_empty() || !self.connection.is_online()
    }

    /// The number of pending writes that are not accepted yet.
    pub(in crate::engine) fn unsent(&self) -> usize {
        self.writes.unsent()
    }
}

#[cfg(test)]
#[path = "scenario_tests.rs"]
mod tests;

#[cfg(test)]
mod findings_tests;
