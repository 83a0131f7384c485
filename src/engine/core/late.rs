//! Wishes that ended without anybody knowing whether they were applied: accepted and not shown in time,
//! or sent without an answer. When the service shows one later, its record becomes done, and what was
//! said of it is cleared.

use jiff::{SignedDuration, Timestamp};

use super::{Core, Moment};
use crate::engine::journal::{Outcome, Record};
use crate::engine::wish::{KeptWish, Progress, Wish};
use crate::home::Slot;

/// So long after its end a wish may still be shown: a thermostat that sleeps wakes within minutes.
const WATCHED_FOR: SignedDuration = SignedDuration::from_hours(1);

/// One such wish.
#[derive(Debug, Clone)]
pub(super) struct Late {
    wish: Wish,
    /// The record that it ended in.
    record: u64,
    until: Timestamp,
}

impl Core {
    /// Takes up what an earlier run left.
    pub(super) fn restore(&mut self, queue: Vec<KeptWish>, now: Moment) {
        let mut open = Vec::new();
        for mut kept in queue {
            // A wish from a time when the clock was wrong must not live longer for it.
            kept.wish.made_at = kept.wish.made_at.min(now.wall);
            match kept.progress {
                Progress::Ended(record) => self.watch_until(kept.wish, record, now),
                Progress::Waiting | Progress::Sent | Progress::Accepted => open.push(kept),
            }
        }
        self.show_restored(&open);
        for ended in self.writes.restore(open, now.instant) {
            self.end(ended, now);
        }
    }

    /// Everything that must survive a crash.
    pub(super) fn to_keep(&self) -> Vec<KeptWish> {
        let late = self.late.values().map(|late| KeptWish {
            wish: Wish { requests: Vec::new(), ..late.wish.clone() },
            progress: Progress::Ended(late.record),
            sent: Vec::new(),
        });
        self.writes.to_keep().into_iter().chain(late).collect()
    }

    /// Watches for a late confirmation of what ended in a record that does not know.
    pub(super) fn watch(&mut self, wish: Wish, record: &Record, now: Moment) {
        let is_open = matches!(record.outcome, Outcome::Unconfirmed | Outcome::MayHaveArrived(_));
        // What is shown already when the wish ends cannot be told from what was shown before.
        if is_open && !wish.write.is_shown_by(&self.confirmed) && !self.writes.has(&record.slot) {
            self.watch_until(wish, record.id, now);
        }
    }

    fn watch_until(&mut self, wish: Wish, record: u64, now: Moment) {
        let until = wish.made_at.max(now.wall).saturating_add(WATCHED_FOR).unwrap_or(Timestamp::MAX);
        let slot = wish.write.slot();
        self.late.insert(slot, Late { wish, record, until });
    }

    /// The service shows what was given up: its record is done. Says of which values.
    pub(super) fn confirm_late(&mut self, now: Moment) -> Vec<Slot> {
        let shown = self.late.iter().filter(|(_, late)| late.wish.write.is_shown_by(&self.confirmed));
        let slots: Vec<Slot> = shown.map(|(slot, _)| slot.clone()).collect();
        for slot in &slots {
            let Some(late) = self.late.remove(slot) else { continue };
            if self.failed.get(slot).is_some_and(|state| state.wish == late.wish.write) {
                self.failed.remove(slot);
            }
            if let Some(label) = &late.wish.batch {
                self.batches.confirm(label, slot);
            }
            if let crate::home::Write::Away(home, away) = &late.wish.write {
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

    /// Forgets what will not be shown any more.
    pub(super) fn forget_late(&mut self, now: Moment) {
        self.late.retain(|_, late| late.until > now.wall);
    }
}
