//! Pending writes that ended without a known outcome: accepted and not shown in time, or sent without an answer.
//! When the service shows the value later, the record becomes done and the failure is cleared.

use jiff::{SignedDuration, Timestamp};

use super::{Clocks, Core};
use crate::engine::journal::{Outcome, Record};
use crate::engine::pending::{PendingWrite, Progress, StoredWrite};
use crate::home::Slot;

/// The time after its end in which a value may still appear. A sleeping thermostat wakes within minutes.
const WATCHED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// A pending write that ended without a known outcome.
#[derive(Debug, Clone)]
pub(super) struct Late {
    pending: PendingWrite,
    /// The id of its journal record.
    record: u64,
    until: Timestamp,
}

impl Core {
    /// Restores the writes of an earlier run.
    pub(super) fn restore(&mut self, queue: Vec<StoredWrite>, now: Clocks) {
        let mut open = Vec::new();
        for mut kept in queue {
            // A write that was made while the clock was wrong must not live longer for it.
            kept.pending.made_at = kept.pending.made_at.min(now.wall);
            match kept.progress {
                Progress::Ended(record) => self.watch_until(kept.pending, record, now),
                Progress::Waiting | Progress::Sent | Progress::Accepted => open.push(kept),
            }
        }
        self.show_restored(&open);
        for ended in self.writes.restore(open, now.instant) {
            self.end(ended, now);
        }
    }

    /// The writes that must survive a crash.
    pub(super) fn to_keep(&self) -> Vec<StoredWrite> {
        let late = self.late.values().map(|late| StoredWrite {
            pending: PendingWrite { requests: Vec::new(), ..late.pending.clone() },
            progress: Progress::Ended(late.record),
            sent: Vec::new(),
        });
        self.writes.to_keep().into_iter().chain(late).collect()
    }

    /// Watches for a late confirmation, if the record leaves the outcome open.
    pub(super) fn watch(&mut self, pending: PendingWrite, record: &Record, now: Clocks) {
        let is_open = matches!(record.outcome, Outcome::Unconfirmed | Outcome::MayHaveArrived(_));
        // A value that is shown when the write ends cannot be distinguished from the value before.
        if is_open && !pending.write.is_shown_by(&self.confirmed) && !self.writes.has(&record.slot) {
            self.watch_until(pending, record.id, now);
        }
    }

    fn watch_until(&mut self, pending: PendingWrite, record: u64, now: Clocks) {
        let until = pending.made_at.max(now.wall).saturating_add(WATCHED_FOR).unwrap_or(Timestamp::MAX);
        let slot = pending.write.slot();
        self.late.insert(slot, Late { pending, record, until });
    }

    /// Marks records as done whose values the service shows now. Returns their slots.
    pub(super) fn confirm_late(&mut self, now: Clocks) -> Vec<Slot> {
        let shown = self.late.iter().filter(|(_, late)| late.pending.write.is_shown_by(&self.confirmed));
        let slots: Vec<Slot> = shown.map(|(slot, _)| slot.clone()).collect();
        for slot in &slots {
            let Some(late) = self.late.remove(slot) else { continue };
            if self.failed.get(slot).is_some_and(|state| state.write == late.pending.write) {
                self.failed.remove(slot);
            }
            if let Some(label) = &late.pending.batch {
                self.batches.confirm(label, slot);
            }
            if let crate::home::Write::Away(home, away) = &late.pending.write {
                self.away_set.insert(home.clone(), (away.clone(), now.instant));
            }
            self.amend(late.record, Outcome::Done);
        }
        slots
    }

    fn amend(&mut self, record: u64, outcome: Outcome) {
        if let Some(record) = self.journal.amend(record, outcome) {
            self.to_disk.push(super::ToDisk::Record(Box::new(record)));
        }
    }

    /// Forgets writes whose time is over.
    pub(super) fn forget_late(&mut self, now: Clocks) {
        self.late.retain(|_, late| late.until > now.wall);
    }
}
