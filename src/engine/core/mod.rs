//! The engine's state and what changes it, without a runtime: requests, updates, answers and the
//! passing of time go in; writes to send and a snapshot to publish come out.

mod batches;
mod strangers;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use crate::engine::batch::{BatchLog, ItemState};
use crate::engine::budget::{Budget, Limits};
use crate::engine::journal::{Journal, Outcome, Record, Who};
use crate::engine::notice::{Notice, Trouble};
use crate::engine::snapshot::{AccountLabel, Connection, Phase, Snapshot, Why, WriteState};
use crate::engine::storage::Stored;
use crate::engine::wish::{End, Ended, Hold, Stage, Wish};
use crate::engine::writes::{BUSY_FLOOR, Writes};
use crate::engine::{Request, Settle};
use crate::home::{Away, Checked, Home, Refusal, Slot, StructureId, Write, check_wish};
use crate::service::{Failure, FailureKind, Update};

/// The present on both clocks: one for waiting, one for people.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Moment {
    pub(in crate::engine) instant: Instant,
    pub(in crate::engine) wall: Timestamp,
}

impl Moment {
    fn wall_at(&self, instant: Instant) -> Timestamp {
        let ahead = instant.saturating_duration_since(self.instant);
        SignedDuration::try_from(ahead).ok().and_then(|ahead| self.wall.checked_add(ahead).ok()).unwrap_or(self.wall)
    }
}

/// What is to be written to disk.
#[derive(Debug, PartialEq)]
pub(in crate::engine) enum ToDisk {
    Queue(Vec<Wish>),
    Record(Box<Record>),
}

pub(in crate::engine) struct Core {
    account: Arc<AccountLabel>,
    connection: Connection,
    confirmed: Home,
    has_home: bool,
    writes: Writes,
    failed: BTreeMap<Slot, WriteState>,
    budget: Budget,
    /// The service asked to wait until then.
    not_before: Option<Instant>,
    journal: Journal,
    batches: BatchLog,
    /// Home or away as it was confirmed last after it was set from here, and when.
    away_set: BTreeMap<StructureId, (Away, Instant)>,
    notices: Arc<Vec<Notice>>,
    last_notice: u64,
    version: u64,
    to_disk: Vec<ToDisk>,
    last_queue: Vec<Wish>,
}

impl Core {
    pub(in crate::engine) fn new(account: Arc<AccountLabel>, limits: Limits, stored: Stored, now: Moment) -> Self {
        let batch_ids = stored.journal.iter().filter_map(|record| record.batch.as_ref());
        let batch_ids = batch_ids.chain(stored.queue.iter().filter_map(|wish| wish.batch.as_ref()));
        let batches = BatchLog::after(batch_ids.map(|label| label.id));
        let mut core = Self {
            account,
            connection: Connection::Connecting,
            confirmed: Home::default(),
            has_home: false,
            writes: Writes::default(),
            failed: BTreeMap::new(),
            budget: Budget::new(limits, now.instant),
            not_before: None,
            journal: Journal::from_records(stored.journal),
            batches,
            away_set: BTreeMap::new(),
            notices: Arc::default(),
            last_notice: 0,
            version: 0,
            to_disk: Vec::new(),
            last_queue: stored.queue.clone(),
        };
        // A wish from a time when the clock was wrong must not live longer for it.
        let clamped = stored.queue.into_iter().map(|wish| Wish { made_at: wish.made_at.min(now.wall), ..wish });
        let queue: Vec<Wish> = clamped.collect();
        core.show_restored(&queue);
        core.writes.restore(queue, now.instant);
        for trouble in stored.notices {
            core.notice(trouble);
        }
        core.tick(now);
        core
    }

    /// Somebody wants something.
    pub(in crate::engine) fn request(&mut self, request: Request, now: Moment) {
        match request {
            Request::Want { write, settle, who, seen } => self.want(write, settle, who, seen, now),
            Request::Apply { name, writes, who } => self.apply(name, &writes, who, now),
            Request::SendNow(slot) => self.writes.send_now(&slot, now.instant),
            Request::Discard(slot) => {
                self.failed.remove(&slot);
                if let Some(ended) = self.writes.discard(&slot) {
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

    fn want(&mut self, write: Write, settle: Settle, who: Who, seen: Option<Write>, now: Moment) {
        let changed_meanwhile = seen.as_ref().is_some_and(|seen| !seen.is_shown_by(&self.confirmed));
        let base = seen.or_else(|| write.slot().present(&self.confirmed, write.scale()));
        self.take_wish(Wish::new(write, who, now.wall, base), settle, now);
        if changed_meanwhile && self.has_home {
            self.compare(now);
        }
    }

    /// Tries a failed wish again, as the part of a batch or the undo that it was.
    fn retry(&mut self, failed: WriteState, now: Moment) {
        let WriteState { wish: write, batch, undoes, .. } = failed;
        if let Some(label) = &batch {
            self.batches.note(label, &write.slot(), ItemState::Waiting(Hold::Settling));
        }
        let base = write.slot().present(&self.confirmed, write.scale());
        let wish = Wish { batch, undoes, ..Wish::new(write, Who::Window, now.wall, base) };
        self.take_wish(wish, Settle::Now, now);
    }

    /// Checks a wish that stands alone and puts it on its way.
    fn take_wish(&mut self, wish: Wish, settle: Settle, now: Moment) {
        let slot = wish.write.slot();
        self.failed.remove(&slot);
        // A home that was never seen cannot refuse anything; the wish waits for it.
        if self.has_home
            && let Err(refusal) = check_wish(&self.found_by(&slot), &wish.write, now.wall)
        {
            self.refuse(wish, &refusal, now);
            return;
        }
        if let Some(ended) = self.writes.want(wish, settle.duration(), now.instant) {
            self.end(ended, now);
        }
    }

    fn refuse(&mut self, wish: Wish, refusal: &Refusal, now: Moment) {
        let end = End::Rejected(Failure::refused(refusal.clone()));
        self.end(Ended { wish, end }, now);
    }

    /// Compares what waits with what the service shows.
    fn compare(&mut self, now: Moment) {
        for ended in self.writes.reported(&self.confirmed) {
            self.end(ended, now);
        }
    }

    /// The service said something.
    pub(in crate::engine) fn update(&mut self, update: Update, now: Moment) {
        if matches!(self.connection, Connection::SignedOut { .. }) && !matches!(update, Update::Home(_)) {
            // Only a new sign-in, with an engine of its own, brings the account back.
            return;
        }
        match update {
            Update::Connecting => {
                if let Connection::Reconnecting { retry_at, .. } = &mut self.connection {
                    *retry_at = None;
                } else if !matches!(self.connection, Connection::Connecting) {
                    self.connection = Connection::Reconnecting { since: now.wall, retry_at: None, why: None };
                }
            }
            Update::Home(home) => self.home(*home, now),
            Update::Alive => self.online(now),
            Update::Silent => {
                if self.connection == Connection::Live {
                    self.connection = Connection::Stale { since: now.wall };
                }
            }
            Update::Lost { failure, retry_in } => {
                if matches!(failure.kind, FailureKind::Busy(_)) {
                    self.not_before = Some(now.instant + retry_in);
                }
                let since = match self.connection {
                    Connection::Reconnecting { since, .. } | Connection::Stale { since } => since,
                    Connection::Connecting | Connection::Live | Connection::SignedOut { .. } | Connection::Closed => {
                        now.wall
                    }
                };
                let retry_at = Some(now.wall_at(now.instant + retry_in));
                self.connection = Connection::Reconnecting { since, retry_at, why: Some(failure.reason) };
            }
            Update::SignedOut(failure) => self.connection = Connection::SignedOut { why: failure.reason },
        }
    }

    fn home(&mut self, home: Home, now: Moment) {
        let before = self.has_home.then(|| self.confirmed.clone());
        let changes = self.confirmed.adopt(home);
        if !std::mem::replace(&mut self.has_home, true) {
            self.batches.rename(|slot| slot.node.name(&self.confirmed).to_owned());
        }
        let ended = self.writes.reported(&self.confirmed);
        if let Some(before) = before {
            self.note_strangers(&before, &changes, &ended, now);
        }
        for ended in ended {
            self.end(ended, now);
        }
        self.online(now);
    }

    fn online(&mut self, now: Moment) {
        // An account that has to be signed in again stays so, whatever its old stream still says.
        if !self.has_home || matches!(self.connection, Connection::SignedOut { .. }) {
            return;
        }
        if self.connection != Connection::Live {
            self.connection = Connection::Live;
            self.writes.release(now.instant);
        }
    }

    /// The service answered a write.
    pub(in crate::engine) fn answered(&mut self, slot: &Slot, answer: Result<(), Failure>, now: Moment) {
        let ended = match answer {
            Ok(()) => self.writes.accepted(slot, now.instant),
            Err(failure) => {
                if failure.kind == FailureKind::SignIn {
                    self.connection = Connection::SignedOut { why: failure.reason.clone() };
                }
                if let FailureKind::Busy(asked) = failure.kind {
                    // The limit is the account's: its other wishes wait as well.
                    self.not_before = Some(now.instant + asked.unwrap_or(BUSY_FLOOR));
                }
                self.writes.failed(slot, failure, now.instant)
            }
        };
        if let Some(ended) = ended {
            self.end(ended, now);
        }
        // The stream may have shown the wish before the answer came.
        if self.has_home {
            self.compare(now);
        }
    }

    /// Time has passed: writes to send now.
    pub(in crate::engine) fn tick(&mut self, now: Moment) -> Vec<Checked> {
        for ended in self.writes.expire(now.instant, now.wall) {
            self.end(ended, now);
        }
        for ended in self.writes.prepare(now.instant, &self.confirmed) {
            self.end(ended, now);
        }
        let online = self.connection.is_online() && self.has_home;
        let (budget, not_before) = (&mut self.budget, self.not_before.filter(|until| *until > now.instant));
        let allow = |slot: &Slot| match not_before {
            Some(until) => Err(until),
            None => budget.take(&slot.node, now.instant).map_err(|spent| spent.until),
        };
        let due = self.writes.take_due(now.instant, online, allow);
        let mut checked = Vec::new();
        for wish in due {
            let slot = wish.write.slot();
            match check_wish(&self.found_by(&slot), &wish.write, now.wall) {
                Ok(write) => checked.push(write),
                Err(refusal) => {
                    self.budget.give_back(&slot.node);
                    let failure = Failure::refused(refusal);
                    if let Some(ended) = self.writes.refused(&slot, failure) {
                        self.end(ended, now);
                    }
                }
            }
        }
        let queue = self.writes.to_keep();
        if queue != self.last_queue {
            self.last_queue.clone_from(&queue);
            self.to_disk.push(ToDisk::Queue(queue));
        }
        checked
    }

    /// When [`Core::tick`] should be called at the latest.
    pub(in crate::engine) fn wake_at(&self, now: Moment) -> Option<Instant> {
        let online = self.connection.is_online();
        let by_stage = self.writes.wake_at(now.instant, online);
        let by_expiry = self.writes.next_expiry().map(|at| {
            let ahead = Duration::try_from(at.duration_since(now.wall)).unwrap_or_default();
            // The wall clock may be set; looking once a minute bounds the surprise.
            now.instant + ahead.min(Duration::from_mins(1)) + Duration::from_millis(1)
        });
        [by_stage, by_expiry].into_iter().flatten().min()
    }

    pub(in crate::engine) fn take_to_disk(&mut self) -> Vec<ToDisk> {
        std::mem::take(&mut self.to_disk)
    }

    pub(in crate::engine) fn notice(&mut self, trouble: Trouble) {
        if self.notices.iter().any(|notice| notice.trouble == trouble) {
            return;
        }
        self.last_notice += 1;
        tracing::warn!("{trouble}");
        Arc::make_mut(&mut self.notices).push(Notice { id: self.last_notice, trouble });
    }

    /// Whether waiting is of no use: nothing is on its way, or nothing can be sent.
    pub(in crate::engine) fn has_nothing_to_send(&self) -> bool {
        self.writes.is_empty() || !self.connection.is_online()
    }

    /// How many wishes are not yet accepted.
    pub(in crate::engine) fn unsent(&self) -> usize {
        self.writes.unsent()
    }

    fn end(&mut self, ended: Ended, now: Moment) {
        let Ended { wish, end } = ended;
        let outcome = match end {
            End::Confirmed => {
                if let Write::Away(home, away) = &wish.write {
                    self.away_set.insert(home.clone(), (away.clone(), now.instant));
                }
                Outcome::Done
            }
            End::Superseded => Outcome::Accepted,
            End::Rejected(failure) => {
                self.fail(&wish, Why::Refused(failure.reason.clone()), now);
                Outcome::Refused(failure.reason)
            }
            End::Unconfirmed => {
                let shown = wish.write.slot().present(&self.confirmed, wish.write.scale());
                self.fail(&wish, Why::NotShown(shown), now);
                Outcome::Unconfirmed
            }
            End::Expired => {
                self.fail(&wish, Why::TooLong, now);
                Outcome::Expired
            }
            End::Discarded => Outcome::Discarded,
            End::AlreadySo => {
                if let Some(label) = &wish.batch {
                    self.batches.note(label, &wish.write.slot(), ItemState::Unchanged);
                }
                return;
            }
        };
        if let Some(label) = &wish.batch {
            self.batches.note(label, &wish.write.slot(), ItemState::of_outcome(&outcome));
        }
        self.record(wish, outcome);
    }

    fn fail(&mut self, wish: &Wish, why: Why, now: Moment) {
        self.failed.insert(wish.write.slot(), WriteState::of(wish, Phase::Failed { why, at: now.wall }));
    }

    fn record(&mut self, wish: Wish, outcome: Outcome) {
        let Wish { write, who, made_at, base, batch, undoes, after: _ } = wish;
        let slot = write.slot();
        let name = slot.node.name(&self.confirmed).to_owned();
        let record = Record {
            id: 0,
            at: made_at,
            who,
            name,
            from: base.as_ref().map(Write::value_text),
            to: write.value_text(),
            outcome,
            undo: base,
            wish: Some(write),
            batch,
            undoes,
            slot,
        };
        self.keep(record);
    }

    fn keep(&mut self, record: Record) {
        let record = self.journal.add(record);
        self.to_disk.push(ToDisk::Record(Box::new(record)));
    }

    /// The home as a write to `slot` will find it when it arrives.
    fn found_by(&self, slot: &Slot) -> Home {
        let mut found = self.confirmed.clone();
        self.writes.overlay_before(slot).for_each(|write| write.paint(&mut found));
        found
    }

    /// The home with every wish painted over it.
    fn shown(&self) -> Home {
        let mut shown = self.confirmed.clone();
        self.writes.overlay().for_each(|write| write.paint(&mut shown));
        shown
    }

    /// Everything as it is now.
    pub(in crate::engine) fn snapshot(&mut self, now: Moment) -> Snapshot {
        self.version += 1;
        let confirmed = Arc::new(self.confirmed.clone());
        let shown = if self.writes.is_empty() { Arc::clone(&confirmed) } else { Arc::new(self.shown()) };
        let mut writes = self.failed.clone();
        for (slot, wish, stage) in self.writes.stages() {
            let phase = match stage {
                Stage::Waiting { due, hold } => {
                    let until = (*due > now.instant).then(|| now.wall_at(*due));
                    Phase::Waiting { hold: *hold, until, expires: wish.expires_at() }
                }
                Stage::InFlight => Phase::Sending,
                Stage::Accepted { .. } => Phase::Confirming,
                Stage::Conflict { theirs } => Phase::Conflict { theirs: theirs.clone() },
            };
            writes.insert(slot.clone(), WriteState::of(wish, phase));
        }
        self.batches.refresh(|label, slot| {
            writes.get(slot).filter(|state| state.batch.as_ref() == Some(label)).map(|state| &state.phase)
        });
        Snapshot {
            version: self.version,
            account: Arc::clone(&self.account),
            connection: self.connection.clone(),
            confirmed,
            shown,
            writes,
            batches: self.batches.recent(),
            journal: self.journal.records(),
            writes_left: self.budget.account_left(now.instant),
            notices: Arc::clone(&self.notices),
            members: Arc::default(),
        }
    }
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
