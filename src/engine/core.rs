//! The engine's state and what changes it, without a runtime: requests, updates, answers and the
//! passing of time go in; writes to send and a snapshot to publish come out.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::budget::{Budget, Limits};
use super::journal::{Journal, Outcome, Record, Who};
use super::snapshot::{AccountLabel, Connection, Notice, Phase, Snapshot, WriteState};
use super::storage::Stored;
use super::wish::{End, Ended, Stage, Wish};
use super::writes::{BUSY_FLOOR, Writes};
use super::{Request, Settle};
use crate::home::{Change, Checked, Field, Home, Node, Slot, Write, check};
use crate::service::{Failure, FailureKind, Update};

/// The present on both clocks: one for waiting, one for people.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) instant: Instant,
    pub(super) wall: Timestamp,
}

impl Moment {
    fn wall_at(&self, instant: Instant) -> Timestamp {
        let ahead = instant.saturating_duration_since(self.instant);
        SignedDuration::try_from(ahead).ok().and_then(|ahead| self.wall.checked_add(ahead).ok()).unwrap_or(self.wall)
    }
}

/// What is to be written to disk.
#[derive(Debug, PartialEq)]
pub(super) enum ToDisk {
    Queue(Vec<Wish>),
    Record(Box<Record>),
}

pub(super) struct Core {
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
    notices: Arc<Vec<Notice>>,
    last_notice: u64,
    version: u64,
    to_disk: Vec<ToDisk>,
    last_queue: Vec<Wish>,
}

impl Core {
    pub(super) fn new(account: Arc<AccountLabel>, limits: Limits, stored: Stored, now: Moment) -> Self {
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
            notices: Arc::default(),
            last_notice: 0,
            version: 0,
            to_disk: Vec::new(),
            last_queue: stored.queue.clone(),
        };
        // A wish from a time when the clock was wrong must not live longer for it.
        let clamped = stored.queue.into_iter().map(|wish| Wish { made_at: wish.made_at.min(now.wall), ..wish });
        core.writes.restore(clamped.collect(), now.instant);
        for text in stored.notices {
            core.notice(text);
        }
        core.tick(now);
        core
    }

    /// Somebody wants something.
    pub(super) fn request(&mut self, request: Request, now: Moment) {
        match request {
            Request::Want { write, settle, who, seen } => self.want(write, settle, who, seen, now),
            Request::SendNow(slot) => self.writes.send_now(&slot, now.instant),
            Request::Discard(slot) => {
                self.failed.remove(&slot);
                if let Some(ended) = self.writes.discard(&slot) {
                    self.end(ended, now);
                }
            }
            Request::Retry(slot) => {
                if let Some(WriteState { wish, .. }) = self.failed.remove(&slot) {
                    self.want(wish, Settle::Now, Who::Window, None, now);
                }
            }
            Request::KeepMine(slot) => self.writes.keep_mine(&slot, now.instant, now.wall),
            Request::TakeTheirs(slot) => {
                if let Some(ended) = self.writes.discard(&slot) {
                    self.end(ended, now);
                }
            }
            Request::Undo(id) => {
                if let Some(undo) = self.journal.find(id).and_then(|record| record.undo.clone()) {
                    self.want(undo, Settle::Now, Who::Window, None, now);
                }
            }
            Request::DismissNotice(id) => {
                Arc::make_mut(&mut self.notices).retain(|notice| notice.id != id);
            }
            Request::Hurry => self.writes.hurry(now.instant),
        }
    }

    fn want(&mut self, write: Write, settle: Settle, who: Who, seen: Option<Write>, now: Moment) {
        let slot = write.slot();
        self.failed.remove(&slot);
        let changed_meanwhile = seen.as_ref().is_some_and(|seen| !seen.is_shown_by(&self.confirmed));
        let base = seen.or_else(|| slot.present(&self.confirmed, write.scale()));
        let wish = Wish { write, who, made_at: now.wall, base };
        // A home that was never seen cannot refuse anything; the wish waits for it.
        if self.has_home
            && let Err(refusal) = check(&self.shown_without(&slot), &wish.write, now.wall)
        {
            let failure = Failure::new(FailureKind::Refused, refusal.sentence());
            self.end(Ended { wish, end: End::Rejected(failure) }, now);
            return;
        }
        if let Some(ended) = self.writes.want(wish, settle.duration(), now.instant) {
            self.end(ended, now);
        }
        if changed_meanwhile && self.has_home {
            self.compare(now);
        }
    }

    /// Compares what waits with what the service shows.
    fn compare(&mut self, now: Moment) {
        for ended in self.writes.reported(&self.confirmed) {
            self.end(ended, now);
        }
    }

    /// The service said something.
    pub(super) fn update(&mut self, update: Update, now: Moment) {
        if matches!(self.connection, Connection::SignedOut { .. }) && !matches!(update, Update::Home(_)) {
            // Only a new sign-in, with an engine of its own, brings the account back.
            return;
        }
        match update {
            Update::Connecting => {
                if let Connection::Reconnecting { retry_at, .. } = &mut self.connection {
                    *retry_at = None;
                } else if !matches!(self.connection, Connection::Connecting) {
                    let why = "connecting again".to_owned();
                    self.connection = Connection::Reconnecting { since: now.wall, retry_at: None, why };
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
                    Connection::Connecting | Connection::Live | Connection::SignedOut { .. } => now.wall,
                };
                let retry_at = Some(now.wall_at(now.instant + retry_in));
                self.connection = Connection::Reconnecting { since, retry_at, why: failure.message };
            }
            Update::SignedOut(failure) => self.connection = Connection::SignedOut { why: failure.message },
        }
    }

    fn home(&mut self, home: Home, now: Moment) {
        let before = self.has_home.then(|| self.confirmed.clone());
        let changes = self.confirmed.adopt(home);
        self.has_home = true;
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

    /// Writable values that changed without a wish of ours go to the journal too.
    fn note_strangers(&mut self, before: &Home, changes: &[Change], ours: &[Ended], now: Moment) {
        for change in changes {
            for slot in slots_of(change) {
                let is_ours = ours.iter().any(|ended| ended.wish.write.slot() == slot)
                    || self.writes.stages().any(|(wanted, ..)| *wanted == slot);
                let pair = (slot.present(before, None), slot.present(&self.confirmed, None));
                let (Some(from), Some(to)) = pair else { continue };
                if is_ours || from.value_text() == to.value_text() {
                    continue;
                }
                self.record(Who::Elsewhere, &to, Some(from), Outcome::Done, now.wall);
            }
        }
    }

    /// The service answered a write.
    pub(super) fn answered(&mut self, slot: &Slot, answer: Result<(), Failure>, now: Moment) {
        let ended = match answer {
            Ok(()) => self.writes.accepted(slot, now.instant),
            Err(failure) => {
                if failure.kind == FailureKind::SignIn {
                    self.connection = Connection::SignedOut { why: failure.message.clone() };
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
    pub(super) fn tick(&mut self, now: Moment) -> Vec<Checked> {
        for ended in self.writes.expire(now.instant, now.wall) {
            self.end(ended, now);
        }
        let online = self.connection.is_online() && self.has_home;
        let (budget, not_before) = (&mut self.budget, self.not_before.filter(|until| *until > now.instant));
        let allow = |slot: &Slot| match not_before {
            Some(until) => Err(until),
            None => budget.take(&slot.node, now.instant).map_err(|spent| spent.until),
        };
        let due = self.writes.take_due(now.instant, online, &self.confirmed, allow);
        let mut checked = Vec::new();
        for wish in due {
            let slot = wish.write.slot();
            match check(&self.shown_without(&slot), &wish.write, now.wall) {
                Ok(write) => checked.push(write),
                Err(refusal) => {
                    self.budget.give_back(&slot.node);
                    let failure = Failure::new(FailureKind::Refused, refusal.sentence());
                    if let Some(ended) = self.writes.refused(&slot, failure) {
                        self.end(ended, now);
                    }
                }
            }
        }
        let queue = self.writes.unsent();
        if queue != self.last_queue {
            self.last_queue.clone_from(&queue);
            self.to_disk.push(ToDisk::Queue(queue));
        }
        checked
    }

    /// When [`Core::tick`] should be called at the latest.
    pub(super) fn wake_at(&self, now: Moment) -> Option<Instant> {
        let online = self.connection.is_online();
        let by_stage = self.writes.wake_at(now.instant, online);
        let by_expiry = self.writes.next_expiry().map(|at| {
            let ahead = Duration::try_from(at.duration_since(now.wall)).unwrap_or_default();
            // The wall clock may be set; looking once a minute bounds the surprise.
            now.instant + ahead.min(Duration::from_mins(1)) + Duration::from_millis(1)
        });
        [by_stage, by_expiry].into_iter().flatten().min()
    }

    pub(super) fn take_to_disk(&mut self) -> Vec<ToDisk> {
        std::mem::take(&mut self.to_disk)
    }

    pub(super) fn notice(&mut self, text: String) {
        if self.notices.iter().any(|notice| notice.text == text) {
            return;
        }
        self.last_notice += 1;
        tracing::warn!("{text}");
        Arc::make_mut(&mut self.notices).push(Notice { id: self.last_notice, text });
    }

    /// Whether waiting is of no use: nothing is on its way, or nothing can be sent.
    pub(super) fn has_nothing_to_send(&self) -> bool {
        self.writes.is_empty() || !self.connection.is_online()
    }

    /// How many wishes are not yet accepted.
    pub(super) fn unsent(&self) -> usize {
        self.writes.unsent().len()
    }

    fn end(&mut self, ended: Ended, now: Moment) {
        let Ended { wish, end } = ended;
        let outcome = match end {
            End::Confirmed => Outcome::Done,
            End::Superseded => Outcome::Accepted,
            End::Rejected(failure) => {
                self.fail(&wish, failure.message.clone(), now);
                Outcome::Refused(failure.message)
            }
            End::Unconfirmed => {
                let shown = wish.write.slot().present(&self.confirmed, wish.write.scale());
                let shows = shown.map_or_else(|| "nothing".to_owned(), |write| write.value_text());
                self.fail(&wish, format!("The service accepted it, but still shows {shows}"), now);
                Outcome::Unconfirmed
            }
            End::Expired => {
                self.fail(&wish, "It waited too long for the service and was given up".to_owned(), now);
                Outcome::Expired
            }
            End::Discarded => Outcome::Discarded,
            End::AlreadySo => return,
        };
        self.record(wish.who, &wish.write, wish.base, outcome, wish.made_at);
    }

    fn fail(&mut self, wish: &Wish, why: String, now: Moment) {
        let state = WriteState { wish: wish.write.clone(), phase: Phase::Failed { why, at: now.wall } };
        self.failed.insert(wish.write.slot(), state);
    }

    fn record(&mut self, who: Who, to: &Write, from: Option<Write>, outcome: Outcome, at: Timestamp) {
        let slot = to.slot();
        let name = slot.node.name(&self.confirmed).to_owned();
        let record = Record {
            id: 0,
            at,
            who,
            name,
            from: from.as_ref().map(Write::value_text),
            to: to.value_text(),
            outcome,
            undo: from,
            slot,
        };
        let record = self.journal.add(record);
        self.to_disk.push(ToDisk::Record(Box::new(record)));
    }

    /// The home with every wish painted over it but the one for `slot`.
    fn shown_without(&self, slot: &Slot) -> Home {
        let mut shown = self.confirmed.clone();
        for write in self.writes.overlay().filter(|write| write.slot() != *slot) {
            write.paint(&mut shown);
        }
        shown
    }

    /// Everything as it is now.
    pub(super) fn snapshot(&mut self, now: Moment) -> Snapshot {
        self.version += 1;
        let confirmed = Arc::new(self.confirmed.clone());
        let shown = if self.writes.is_empty() {
            Arc::clone(&confirmed)
        } else {
            let mut shown = self.confirmed.clone();
            self.writes.overlay().for_each(|write| write.paint(&mut shown));
            Arc::new(shown)
        };
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
            writes.insert(slot.clone(), WriteState { wish: wish.write.clone(), phase });
        }
        Snapshot {
            version: self.version,
            account: Arc::clone(&self.account),
            connection: self.connection.clone(),
            confirmed,
            shown,
            writes,
            journal: self.journal.records(),
            writes_left: self.budget.account_left(now.instant),
            notices: Arc::clone(&self.notices),
        }
    }
}

fn slots_of(change: &Change) -> Vec<Slot> {
    let slots = |node: Node, fields: &[Field]| {
        fields.iter().map(|field| Slot { node: node.clone(), field: *field }).collect::<Vec<_>>()
    };
    match change {
        Change::Structure(id, Some(_)) => slots(Node::Structure(id.clone()), &[Field::Away, Field::Name]),
        Change::Thermostat(id, Some(_)) => slots(
            Node::Thermostat(id.clone()),
            &[
                Field::Mode,
                Field::Target,
                Field::Range,
                Field::FanTimer,
                Field::FanDuration,
                Field::Label,
                Field::Scale,
            ],
        ),
        Change::Camera(id, Some(_)) => slots(Node::Camera(id.clone()), &[Field::Streaming]),
        Change::Structure(_, None)
        | Change::Thermostat(_, None)
        | Change::Camera(_, None)
        | Change::Metadata(_)
        | Change::Protect(..)
        | Change::Extra(..) => Vec::new(),
    }
}

#[cfg(test)]
#[path = "core_tests.rs"]
mod tests;
