//! The life of each pending write: a pure state machine with one entry per slot.
//!
//! ```text
//! want -> waiting (settling, offline, rate limited, signed out)
//!           | due, online, within the budget
//!           v
//!         in flight -> accepted -> confirmed        (the stream shows the pending write)
//!           |             \-> unconfirmed           (the service's time to confirm passed)
//!           |-> waiting again                       (offline, busy)
//!           |-> may have arrived                    (no answer that tells, and not sent again)
//!           \-> rejected                            (refused, gone)
//! waiting -> conflict   (somebody else changed the value meanwhile: ask, do not overwrite)
//! waiting -> expired    (nobody wants "heat to 26" at 3 a.m.)
//! ```
//!
//! At most one write per slot and per device is in flight, so that a mode arrives before the setpoint that needs
//! it. Within a batch a write also waits until the write before it has ended ([`dependencies`]). The newest
//! request wins. Time is passed in: `Instant` for waits, `Timestamp` for expiry, because a suspended machine
//! stops only the former.

mod dependencies;
mod entry;
mod kept;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use self::entry::{Next, SlotEntry, first_stage};
use crate::engine::pending::{CompletedWrite, EndCause, PendingWrite, Stage, WaitReason};
use crate::engine::request::RequestId;
use crate::home::{DeviceTree, Slot, Write};
use crate::service::{Failure, FailureKind};

/// The first wait after a `Busy` without a time; doubles with each.
pub(super) const BUSY_FLOOR: Duration = Duration::from_mins(1);
/// The first wait after a lost connection; doubles with each.
const OFFLINE_FLOOR: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(5);

/// All pending writes of an account.
#[derive(Debug)]
pub(super) struct Writes {
    entries: BTreeMap<Slot, SlotEntry>,
    last_seq: u64,
    /// The time for which an accepted write is shown without a confirmation by the stream.
    confirm_within: Duration,
}

impl Writes {
    /// Starts without pending writes. `confirm_within` is the time in which the service shows an accepted write.
    pub(super) fn new(confirm_within: Duration) -> Self {
        Self { entries: BTreeMap::new(), last_seq: 0, confirm_within }
    }

    /// Adds a pending write; it replaces one of the same slot that still waits. Returns the write that ends by
    /// that.
    pub(super) fn add(&mut self, pending: PendingWrite, debounce: Duration, now: Instant) -> Option<CompletedWrite> {
        self.last_seq += 1;
        let seq = self.last_seq;
        let slot = pending.write.slot();
        let due = now + debounce;
        let waiting = first_stage(&pending, due);
        let Some(entry) = self.entries.get_mut(&slot) else {
            self.entries.insert(slot, SlotEntry::new(pending, seq, due));
            return None;
        };
        match entry.stage {
            Stage::InFlight => {
                let replaced = entry
                    .next
                    .take()
                    .map(|next| CompletedWrite { pending: next.pending, completion: EndCause::Replaced });
                // An equal write is pending already, unless another write has to go first.
                if pending.write == entry.pending.write && pending.after.is_none() {
                    entry.pending.requests.extend(pending.requests);
                } else {
                    entry.next = Some(Next { pending, due, seq });
                }
                replaced
            }
            Stage::Accepted { .. } => {
                entry.may_echo();
                let old = entry.succeed(Next { pending, due, seq });
                Some(CompletedWrite { pending: old, completion: EndCause::Superseded })
            }
            Stage::Waiting { due: earlier, reason } => {
                let replaced = entry.replace(pending);
                // A service that asked to wait is not asked sooner for another value.
                let limited = matches!(reason, WaitReason::RateLimited | WaitReason::ServiceAsks) && earlier > due;
                entry.stage = if limited { Stage::Waiting { due: earlier, reason } } else { waiting };
                entry.seq = seq;
                Some(replaced)
            }
            Stage::Conflict { .. } => {
                // The new request was made with the other value on display, so it resolves the conflict.
                let end = entry.end_of_giving_up(EndCause::Replaced);
                let old = entry.succeed(Next { pending, due, seq });
                (entry.stage, entry.seq) = (waiting, seq);
                Some(CompletedWrite { pending: old, completion: end })
            }
        }
    }

    /// Releases the writes whose turn has come, and ends those that the home shows already and that are not in
    /// flight.
    pub(super) fn prepare(&mut self, now: Instant, home: &DeviceTree) -> Vec<CompletedWrite> {
        let mut ended = Vec::new();
        // Each round but the last ends at least one pending write.
        loop {
            self.free_turns(home);
            let before = ended.len();
            self.entries.retain(|_, entry| {
                let unneeded = matches!(entry.stage, Stage::Waiting { due, .. } if due <= now)
                    && entry.pending.after.is_none()
                    && entry.sent.is_empty()
                    && entry.pending.base.is_some()
                    && entry.pending.write.is_no_op_in(home);
                if unneeded {
                    ended.push(CompletedWrite { pending: entry.pending.clone(), completion: EndCause::NoOp });
                }
                !unneeded
            });
            if ended.len() == before {
                return ended;
            }
        }
    }

    /// Takes the writes to send now, oldest first. `allow` asks the budget; its `Err` has the time of the next
    /// try and the reason.
    pub(super) fn take_due(
        &mut self,
        now: Instant,
        online: bool,
        mut allow: impl FnMut(&Slot) -> Result<(), (Instant, WaitReason)>,
    ) -> Vec<PendingWrite> {
        let mut due: Vec<(u64, Slot)> = self
            .entries
            .iter()
            .filter(|(_, entry)| matches!(entry.stage, Stage::Waiting { due, .. } if due <= now))
            .filter(|(_, entry)| entry.is_held_until().is_none_or(|until| until <= now))
            .map(|(slot, entry)| (entry.seq, slot.clone()))
            .collect();
        due.sort_unstable();
        let mut taken = Vec::new();
        for (_, slot) in due {
            let busy = self.is_busy(&slot);
            let waits_its_turn = self.is_blocked(&slot);
            let Some(entry) = self.entries.get_mut(&slot) else { continue };
            let Stage::Waiting { due, reason } = &mut entry.stage else { continue };
            if !online {
                if *reason != WaitReason::SignIn {
                    *reason = WaitReason::Offline;
                }
            } else if waits_its_turn {
                *reason = WaitReason::Turn;
            } else if !busy {
                match allow(&slot) {
                    Ok(()) => {
                        entry.stage = Stage::InFlight;
                        taken.push(entry.pending.clone());
                        self.moves_others(&slot);
                    }
                    Err(wait) => (*due, *reason) = wait,
                }
            }
        }
        taken
    }

    /// The service accepted a write.
    pub(super) fn accepted(&mut self, slot: &Slot, now: Instant) -> Option<CompletedWrite> {
        let confirm_within = self.confirm_within;
        let entry = self.in_flight(slot)?;
        entry.attempts = 0;
        if let Some(next) = entry.next.take() {
            entry.may_echo();
            let old = entry.succeed(next);
            return Some(CompletedWrite { pending: old, completion: EndCause::Superseded });
        }
        (entry.unanswered, entry.open_sends) = (None, 0);
        entry.stage = Stage::Accepted { until: now + confirm_within };
        None
    }

    /// The service refused a write, or did not answer.
    pub(super) fn failed(&mut self, slot: &Slot, failure: Failure, now: Instant) -> Option<CompletedWrite> {
        let confirm_within = self.confirm_within;
        let entry = self.in_flight(slot)?;
        let attempt = entry.attempts.min(16);
        entry.attempts += 1;
        let doubling = |floor: Duration| floor.saturating_mul(1 << attempt).min(LONGEST_WAIT);
        let again = match failure.kind {
            FailureKind::Offline => Some((now + doubling(OFFLINE_FLOOR), WaitReason::Offline)),
            FailureKind::Busy(service_wait) => {
                Some((now + service_wait.unwrap_or_else(|| doubling(BUSY_FLOOR)), WaitReason::ServiceAsks))
            }
            FailureKind::SignIn => Some((now, WaitReason::SignIn)),
            FailureKind::Refused | FailureKind::Gone | FailureKind::Bug => None,
        };
        if failure.leaves_open() {
            entry.may_echo();
            entry.unanswered = Some(failure.reason.clone());
            entry.open_sends += 1;
            entry.shown_by = Some(now + confirm_within);
        }
        let next = entry.next.take();
        if entry.was_shown && failure.leaves_open() {
            // The value was shown; no answer is needed.
            let pending = match next {
                Some(next) => entry.succeed(next),
                None => self.entries.remove(slot)?.pending,
            };
            return Some(CompletedWrite { pending, completion: EndCause::Confirmed });
        }
        match (again, next) {
            (Some((due, reason)), None) if !entry.is_withdrawn => {
                entry.stage = Stage::Waiting { due, reason };
                None
            }
            (Some(_), None) => {
                let end = entry.end_of_giving_up(EndCause::Discarded);
                let entry = self.entries.remove(slot)?;
                Some(CompletedWrite { pending: entry.pending, completion: end })
            }
            (Some((due, reason)), Some(next)) => {
                let ended = entry.replace(next.pending);
                entry.seq = next.seq;
                entry.stage = Stage::Waiting { due, reason };
                Some(ended)
            }
            (None, next) => {
                // This send was refused, but an earlier one without an answer may have arrived.
                let end = entry.end_of_giving_up(EndCause::Rejected(failure));
                let pending = match next {
                    Some(next) => entry.succeed(next),
                    None => self.entries.remove(slot)?.pending,
                };
                Some(CompletedWrite { pending, completion: end })
            }
        }
    }

    /// Ends a pending write that the rules refuse at the moment of sending.
    pub(super) fn refused(&mut self, slot: &Slot, failure: Failure) -> Option<CompletedWrite> {
        let entry = self.entries.remove(slot)?;
        let end = entry.end_of_giving_up(EndCause::Rejected(failure));
        Some(CompletedWrite { pending: entry.pending, completion: end })
    }

    /// Compares the pending writes with a reported home: a shown value is confirmed, a foreign value is a
    /// conflict, and an earlier value of ours changes nothing.
    pub(super) fn reported(&mut self, home: &DeviceTree) -> Vec<CompletedWrite> {
        let mut ended = Vec::new();
        let blocked = self.blocked();
        self.entries.retain(|slot, entry| {
            let waits_its_turn = blocked.contains(slot);
            if waits_its_turn && entry.moved {
                // The write before it may change this value too; that is no conflict.
                return true;
            }
            if entry.pending.write.is_shown_by(home) {
                let end = match entry.stage {
                    Stage::Accepted { .. } => EndCause::Confirmed,
                    // The answer is still to come; the value may change again before it does.
                    Stage::InFlight => {
                        entry.was_shown |= entry.pending.base.as_ref() != Some(&entry.pending.write);
                        return true;
                    }
                    // The user is still changing the value.
                    Stage::Waiting { reason: WaitReason::Settling, .. } => return true,
                    // A send that had seemed lost has arrived.
                    Stage::Waiting { .. } | Stage::Conflict { .. } if entry.was_sent() || entry.has_arrived() => {
                        EndCause::Confirmed
                    }
                    Stage::Waiting { .. } if !entry.sent.is_empty() || waits_its_turn => return true,
                    Stage::Waiting { .. } if !entry.pending.write.is_no_op_in(home) => return true,
                    Stage::Waiting { .. } | Stage::Conflict { .. } => EndCause::NoOp,
                };
                ended.push(CompletedWrite { pending: entry.pending.clone(), completion: end });
                return false;
            }
            let waits = matches!(entry.stage, Stage::Waiting { .. } | Stage::Conflict { .. });
            let theirs = slot.present(home, entry.pending.write.scale());
            if let (true, Some(base), Some(theirs)) = (waits, &entry.pending.base, theirs) {
                let echo = theirs == *base || entry.sent.iter().any(|sent| sent.is_shown_by(home));
                if !echo {
                    entry.stage = Stage::Conflict { theirs };
                }
            }
            true
        });
        ended
    }

    /// Ends the writes that have expired.
    pub(super) fn expire(&mut self, now: Instant, wall: Timestamp) -> Vec<CompletedWrite> {
        let mut ended = Vec::new();
        self.entries.retain(|_, entry| {
            let end = match entry.stage {
                Stage::Accepted { until } if until <= now => EndCause::Unconfirmed,
                Stage::Waiting { .. } | Stage::Conflict { .. } if entry.pending.expires_at() <= wall => {
                    entry.end_of_giving_up(EndCause::Expired)
                }
                Stage::Accepted { .. } | Stage::Waiting { .. } | Stage::Conflict { .. } | Stage::InFlight => {
                    return true;
                }
            };
            ended.push(CompletedWrite { pending: entry.pending.clone(), completion: end });
            false
        });
        ended
    }

    /// Sends a waiting write as soon as possible even if the service asked to wait; the budget still applies.
    /// Returns true if the service had asked.
    pub(super) fn send_now(&mut self, slot: &Slot, now: Instant) -> bool {
        let Some(entry) = self.entries.get_mut(slot) else { return false };
        entry.hurry(now);
        if let Stage::Waiting { due, reason: WaitReason::ServiceAsks } = &mut entry.stage {
            *due = now;
            return true;
        }
        false
    }

    /// Discards a pending write. A write in flight cannot be stopped, but its successor can.
    pub(super) fn discard(&mut self, slot: &Slot) -> Option<CompletedWrite> {
        let entry = self.entries.get_mut(slot)?;
        match entry.stage {
            Stage::InFlight => {
                entry.is_withdrawn |= entry.next.is_none();
                entry.next.take().map(|next| CompletedWrite { pending: next.pending, completion: EndCause::Discarded })
            }
            Stage::Accepted { .. } => None,
            Stage::Waiting { .. } | Stage::Conflict { .. } => {
                let entry = self.entries.remove(slot)?;
                let end = entry.end_of_giving_up(EndCause::Discarded);
                Some(CompletedWrite { pending: entry.pending, completion: end })
            }
        }
    }

    /// Discards the unsent writes of a request.
    pub(super) fn withdraw(&mut self, request: RequestId) -> Vec<CompletedWrite> {
        let is_of = |pending: &PendingWrite| pending.requests.contains(&request);
        let own: Vec<Slot> =
            self.entries.iter().filter(|(_, entry)| is_of(entry.newest())).map(|(slot, _)| slot.clone()).collect();
        own.iter().filter_map(|slot| self.discard(slot)).collect()
    }

    /// Resolves a conflict in favour of the pending write.
    pub(super) fn keep_mine(&mut self, slot: &Slot, now: Instant, wall: Timestamp) {
        let Some(entry) = self.entries.get_mut(slot) else { return };
        if let Stage::Conflict { theirs } = &entry.stage {
            entry.pending.base = Some(theirs.clone());
            entry.pending.made_at = wall;
            entry.stage = Stage::Waiting { due: now, reason: WaitReason::Settling };
        }
    }

    /// Makes the writes due that waited for the connection.
    pub(super) fn release(&mut self, now: Instant) {
        for entry in self.entries.values_mut() {
            if let Stage::Waiting { due, reason: WaitReason::Offline | WaitReason::SignIn } = &mut entry.stage {
                *due = (*due).min(now);
                // Sends without an answer still count: the first report of the new stream may be older than what
                // is in flight.
                entry.attempts = 0;
            }
        }
    }

    /// Ends every debounce before the program quits.
    pub(super) fn hurry(&mut self, now: Instant) {
        self.entries.values_mut().for_each(|entry| entry.hurry(now));
    }

    /// The writes to show in place of confirmed values.
    pub(super) fn overlay(&self) -> impl Iterator<Item = &Write> {
        self.entries.values().map(|entry| &entry.newest().write)
    }

    /// Each slot with its newest pending write and stage.
    pub(super) fn stages(&self) -> impl Iterator<Item = (&Slot, &PendingWrite, &Stage)> {
        self.entries.iter().map(|(slot, entry)| (slot, entry.newest(), &entry.stage))
    }

    /// True if the pending write of a slot was sent and got no answer.
    pub(super) fn is_unanswered(&self, slot: &Slot) -> bool {
        self.entries.get(slot).is_some_and(|entry| entry.unanswered.is_some() && entry.next.is_none())
    }

    /// The time of the next necessary call without other events.
    pub(super) fn wake_at(&self, now: Instant, online: bool) -> Option<Instant> {
        let at = |(slot, entry): (&Slot, &SlotEntry)| match entry.stage {
            // A write that waits for another one is handled when that one ends.
            Stage::Waiting { .. } if self.is_blocked(slot) => None,
            Stage::Waiting { due, .. } if due > now => Some(due),
            Stage::Waiting { due, .. } if online && !self.is_busy(slot) => Some(entry.is_held_until().unwrap_or(due)),
            Stage::Accepted { until } => Some(until),
            Stage::Waiting { .. } | Stage::InFlight | Stage::Conflict { .. } => None,
        };
        self.entries.iter().filter_map(at).min()
    }

    /// The next expiry on the wall clock.
    pub(super) fn next_expiry(&self) -> Option<Timestamp> {
        let expires = |entry: &SlotEntry| match entry.stage {
            Stage::Waiting { .. } | Stage::Conflict { .. } => Some(entry.pending.expires_at()),
            Stage::InFlight | Stage::Accepted { .. } => None,
        };
        self.entries.values().filter_map(expires).min()
    }

    /// The number of pending writes that the service has not accepted.
    pub(super) fn unsent(&self) -> usize {
        self.entries.values().filter(|entry| !entry.is_accepted()).count()
    }

    /// True if a write for the slot is pending.
    pub(super) fn has(&self, slot: &Slot) -> bool {
        self.entries.contains_key(slot)
    }

    /// True if no write is pending.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// True if another write to the same device or structure is in flight.
    fn is_busy(&self, slot: &Slot) -> bool {
        self.of_node(&slot.node).any(|(_, entry)| entry.stage == Stage::InFlight)
    }

    fn in_flight(&mut self, slot: &Slot) -> Option<&mut SlotEntry> {
        self.entries.get_mut(slot).filter(|entry| entry.stage == Stage::InFlight)
    }
}

#[cfg(test)]
#[path = "writes_tests.rs"]
mod tests;
