//! Builds the snapshot: the confirmed home, the home with every pending write applied, and the phase of each
//! pending write.

use std::sync::Arc;

use super::{Clocks, Core};
use crate::engine::pending::{Stage, WaitReason};
use crate::engine::snapshot::{Phase, Snapshot, WriteState};
use crate::home::{DeviceTree, Slot};

impl Core {
    /// The home as a write to `slot` will find it on arrival.
    pub(super) fn found_by(&self, slot: &Slot) -> DeviceTree {
        let mut found = self.confirmed.clone();
        self.writes.overlay_before(slot).for_each(|write| write.apply_optimistic(&mut found));
        found
    }

    /// The confirmed home with every pending write applied.
    pub(super) fn shown(&self) -> DeviceTree {
        let mut shown = self.confirmed.clone();
        self.writes.overlay().for_each(|write| write.apply_optimistic(&mut shown));
        shown
    }

    /// The present state as a new snapshot.
    pub(in crate::engine) fn snapshot(&mut self, now: Clocks) -> Snapshot {
        self.version += 1;
        let confirmed = Arc::new(self.confirmed.clone());
        let shown = if self.writes.is_empty() { Arc::clone(&confirmed) } else { Arc::new(self.shown()) };
        let mut writes = self.failed.clone();
        for (slot, pending, stage) in self.writes.stages() {
            let phase = match stage {
                Stage::Waiting { due, reason } => {
                    let until = (*due > now.instant).then(|| now.wall_at(*due));
                    let is_unanswered = *reason == WaitReason::Offline && self.writes.is_unanswered(slot);
                    let reason = if is_unanswered { WaitReason::Unanswered } else { *reason };
                    Phase::Waiting { reason, until, expires: pending.expires_at() }
                }
                Stage::InFlight => Phase::Sending,
                Stage::Accepted { .. } => Phase::Confirming,
                Stage::Conflict { theirs } => Phase::Conflict { theirs: theirs.clone() },
            };
            writes.insert(slot.clone(), WriteState::of(pending, phase));
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
            events: self.events.events(),
            writes_left: self.budget.account_left(now.instant),
            notices: Arc::clone(&self.notices),
        }
    }
}
