//! Ends a pending write: shows its outcome, records it, and resolves the requests for it.

use super::{Clocks, Core, ToDisk};
use crate::engine::batch::ItemState;
use crate::engine::journal::{Outcome, Record};
use crate::engine::pending::{CompletedWrite, EndCause, PendingWrite};
use crate::engine::request::{Resolution, Resolved};
use crate::engine::snapshot::{FailureCause, Phase, WriteState};
use crate::home::Write;

impl Core {
    pub(super) fn end(&mut self, ended: CompletedWrite, now: Clocks) {
        let CompletedWrite { pending, completion: end } = ended;
        let outcome = match end {
            EndCause::Confirmed => {
                if let Write::Away(home, away) = &pending.write {
                    self.away_set.insert(home.clone(), (away.clone(), now.instant));
                }
                Outcome::Done
            }
            EndCause::Superseded => Outcome::Accepted,
            EndCause::Rejected(failure) => {
                self.fail(&pending, FailureCause::Refused(failure.reason.clone()), now);
                Outcome::Refused(failure.reason)
            }
            EndCause::Unconfirmed => {
                let shown = pending.write.slot().present(&self.confirmed, pending.write.scale());
                self.fail(&pending, FailureCause::NotShown(shown), now);
                Outcome::Unconfirmed
            }
            EndCause::MayHaveArrived(reason) => {
                self.fail(&pending, FailureCause::MayHaveArrived(reason.clone()), now);
                Outcome::MayHaveArrived(reason)
            }
            EndCause::Expired => {
                self.fail(&pending, FailureCause::TooLong, now);
                Outcome::Expired
            }
            EndCause::Discarded => Outcome::Discarded,
            EndCause::NoOp => {
                if let Some(label) = &pending.batch {
                    self.batches.note(label, &pending.write.slot(), ItemState::Unchanged);
                }
                self.resolve(&pending, &Resolution::NoOp);
                return;
            }
            EndCause::Replaced => {
                self.resolve(&pending, &Resolution::Superseded);
                return;
            }
        };
        if let Some(label) = &pending.batch {
            self.batches.note(label, &pending.write.slot(), ItemState::of_outcome(&outcome));
        }
        self.record(pending, outcome, now);
    }

    /// Shows the failure of a pending write, unless a newer one is pending for the slot.
    pub(super) fn fail(&mut self, pending: &PendingWrite, why: FailureCause, now: Clocks) {
        if self.writes.has(&pending.write.slot()) {
            return;
        }
        self.failed.insert(pending.write.slot(), WriteState::of(pending, Phase::Failed { why, at: now.wall }));
    }

    pub(super) fn record(&mut self, pending: PendingWrite, outcome: Outcome, now: Clocks) {
        let slot = pending.write.slot();
        let record = Record {
            id: 0,
            at: pending.made_at,
            origin: pending.origin,
            name: slot.node.name(&self.confirmed).to_owned(),
            from: pending.base.as_ref().map(Write::value_text),
            to: pending.write.value_text(),
            outcome,
            undo: pending.base.clone(),
            write: Some(pending.write.clone()),
            batch: pending.batch.clone(),
            undoes: pending.undoes,
            slot,
        };
        let record = self.journal.add(record);
        self.resolve(&pending, &Resolution::Record(Box::new(record.clone())));
        self.watch(pending, &record, now);
        self.to_disk.push(ToDisk::Record(Box::new(record)));
    }

    /// Resolves the requests for a pending write.
    pub(super) fn resolve(&mut self, pending: &PendingWrite, resolution: &Resolution) {
        let slot = pending.write.slot();
        let resolved = pending.requests.iter().map(|request| Resolved {
            request: *request,
            slot: slot.clone(),
            resolution: resolution.clone(),
        });
        self.resolved.extend(resolved);
    }

    /// Takes the resolved requests since the last call.
    pub(in crate::engine) fn take_resolved(&mut self) -> Vec<Resolved> {
        std::mem::take(&mut self.resolved)
    }
}
