//! How a wish ends: what is shown of it, its record, and what those are told who asked for it.

use super::{Core, Moment, ToDisk};
use crate::engine::batch::ItemState;
use crate::engine::journal::{Outcome, Record};
use crate::engine::request::{Resolution, Resolved};
use crate::engine::snapshot::{Phase, Why, WriteState};
use crate::engine::wish::{End, Ended, Wish};
use crate::home::Write;

impl Core {
    pub(super) fn end(&mut self, ended: Ended, now: Moment) {
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
            End::MayHaveArrived(reason) => {
                self.fail(&wish, Why::MayHaveArrived(reason.clone()), now);
                Outcome::MayHaveArrived(reason)
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
                self.resolve(&wish, &Resolution::NoOp);
                return;
            }
            End::Replaced => {
                self.resolve(&wish, &Resolution::Superseded);
                return;
            }
        };
        if let Some(label) = &wish.batch {
            self.batches.note(label, &wish.write.slot(), ItemState::of_outcome(&outcome));
        }
        self.record(wish, outcome, now);
    }

    /// Shows why a wish came to no good end, unless a newer one is on its way.
    pub(super) fn fail(&mut self, wish: &Wish, why: Why, now: Moment) {
        if self.writes.has(&wish.write.slot()) {
            return;
        }
        self.failed.insert(wish.write.slot(), WriteState::of(wish, Phase::Failed { why, at: now.wall }));
    }

    pub(super) fn record(&mut self, wish: Wish, outcome: Outcome, now: Moment) {
        let slot = wish.write.slot();
        let record = Record {
            id: 0,
            at: wish.made_at,
            who: wish.who,
            name: slot.node.name(&self.confirmed).to_owned(),
            from: wish.base.as_ref().map(Write::value_text),
            to: wish.write.value_text(),
            outcome,
            undo: wish.base.clone(),
            wish: Some(wish.write.clone()),
            batch: wish.batch.clone(),
            undoes: wish.undoes,
            slot,
        };
        let record = self.journal.add(record);
        self.resolve(&wish, &Resolution::Record(Box::new(record.clone())));
        self.watch(wish, &record, now);
        self.to_disk.push(ToDisk::Record(Box::new(record)));
    }

    /// Tells those who asked for a wish what became of it.
    pub(super) fn resolve(&mut self, wish: &Wish, resolution: &Resolution) {
        let slot = wish.write.slot();
        let told = wish.requests.iter().map(|request| Resolved {
            request: *request,
            slot: slot.clone(),
            resolution: resolution.clone(),
        });
        self.resolved.extend(told);
    }

    /// Ends of requests since this was called last.
    pub(in crate::engine) fn take_resolved(&mut self) -> Vec<Resolved> {
        std::mem::take(&mut self.resolved)
    }
}
