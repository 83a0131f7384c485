//! The engines as the executor sees them: one tree of thermostats, the pending writes, and the changes in the logs.

use std::sync::Arc;

use jiff::Timestamp;

use crate::automation::executor::HeardChange;
use crate::automation::rule::{AccountState, Subject};
use crate::automation::run::{Run, RunOutcome, Skip};
use crate::engine::{Access, Connection, Outcome, Phase, Record, Resolution, Snapshot};
use crate::home::{DeviceId, DeviceTree, Field, Node, Slot, Write};
use crate::i18n::english;

/// The engines with their newest snapshots.
#[derive(Default)]
pub(super) struct EngineAccounts {
    engines: Vec<FollowedEngine>,
    /// The devices and homes of all accounts. One in several accounts is that of the first.
    home: Arc<DeviceTree>,
}

struct FollowedEngine {
    access: Access,
    snapshot: Arc<Snapshot>,
    /// The newest journal record that was heard.
    heard: Option<u64>,
}

impl EngineAccounts {
    pub(super) fn replace(&mut self, accounts: Vec<Access>) {
        self.engines = accounts
            .into_iter()
            .map(|access| FollowedEngine { snapshot: access.snapshot_now(), access, heard: None })
            .collect();
        self.merge();
    }

    /// Reads the newest snapshots, and returns what the journals told since the last call, oldest first.
    pub(super) fn refresh(&mut self) -> HeardRecords {
        let mut is_new = false;
        let (mut changes, mut failures) = (Vec::new(), Vec::new());
        for engine in &mut self.engines {
            let snapshot = engine.access.snapshot_now();
            is_new |= !Arc::ptr_eq(&snapshot.confirmed, &engine.snapshot.confirmed);
            engine.snapshot = snapshot;
            let known = engine.heard;
            let records = engine.snapshot.journal.iter();
            let new: Vec<&Record> = records.take_while(|record| known.is_none_or(|known| record.id > known)).collect();
            engine.heard = new.first().map(|record| record.id).max(known);
            failures.extend(new.iter().rev().filter_map(|record| failure_of(record)));
            changes.extend(new.into_iter().rev().filter_map(change_of));
        }
        if is_new {
            self.merge();
        }
        changes.sort_by_key(|change| change.at);
        HeardRecords { changes, failures }
    }

    /// Lets the next refresh tell all changes again that the journals have.
    pub(super) fn hear_again(&mut self) {
        for engine in &mut self.engines {
            engine.heard = None;
        }
    }

    fn merge(&mut self) {
        self.home = match self.engines.as_slice() {
            [only] => Arc::clone(&only.snapshot.confirmed),
            several => {
                let mut home = DeviceTree::default();
                // Later ones do not replace those of the first account.
                for engine in several.iter().rev() {
                    let of = &engine.snapshot.confirmed;
                    home.thermostats.extend(of.thermostats.iter().map(|(id, it)| (id.clone(), Arc::clone(it))));
                    home.structures.extend(of.structures.iter().map(|(id, it)| (id.clone(), Arc::clone(it))));
                    home.cameras.extend(of.cameras.iter().map(|(id, it)| (id.clone(), Arc::clone(it))));
                    home.protects.extend(of.protects.iter().map(|(id, it)| (id.clone(), Arc::clone(it))));
                }
                Arc::new(home)
            }
        };
    }

    pub(super) fn home(&self) -> &DeviceTree {
        &self.home
    }

    pub(super) fn shared_home(&self) -> Arc<DeviceTree> {
        Arc::clone(&self.home)
    }

    fn owner(&self, thermostat: &DeviceId) -> Option<&FollowedEngine> {
        self.engines.iter().find(|engine| engine.snapshot.confirmed.thermostats.contains_key(thermostat))
    }

    /// The engine of a thermostat.
    pub(super) fn access(&self, thermostat: &DeviceId) -> Option<&Access> {
        self.owner(thermostat).map(|engine| &engine.access)
    }

    pub(super) fn is_live(&self, thermostat: &DeviceId) -> bool {
        self.owner(thermostat).is_some_and(|engine| engine.snapshot.connection == Connection::Live)
    }

    fn owner_of(&self, subject: &Subject) -> Option<&FollowedEngine> {
        self.engines.iter().find(|engine| {
            let home = &engine.snapshot.confirmed;
            match subject {
                Subject::Home(id) => home.structures.contains_key(id),
                Subject::Device(id) => home.has_device(id),
                Subject::Account(name) => english().localize(&engine.snapshot.account.name) == *name,
                Subject::Clock => false,
            }
        })
    }

    /// True if the service of a home or device is connected.
    pub(super) fn is_live_subject(&self, subject: &Subject) -> bool {
        *subject == Subject::Clock
            || self.owner_of(subject).is_some_and(|engine| engine.snapshot.connection == Connection::Live)
    }

    /// The number of the engine of a node.
    pub(super) fn engine_of(&self, node: &Node) -> Option<usize> {
        self.engines.iter().position(|engine| engine.snapshot.confirmed.has(node))
    }

    /// The engine with a number.
    pub(super) fn access_at(&self, number: usize) -> Option<&Access> {
        self.engines.get(number).map(|engine| &engine.access)
    }

    /// The accounts as rules see them.
    pub(super) fn states(&self) -> Vec<AccountState> {
        let states = self.engines.iter().map(|engine| AccountState {
            name: english().localize(&engine.snapshot.account.name),
            is_signed_out: matches!(engine.snapshot.connection, Connection::SignedOut { .. }),
            is_live: engine.snapshot.connection == Connection::Live,
        });
        states.collect()
    }

    /// True while a write of a slot is pending in any account.
    pub(super) fn is_pending_slot(&self, slot: &Slot) -> bool {
        let states = self.engines.iter().filter_map(|engine| engine.snapshot.write_state(slot));
        states.into_iter().any(|state| !matches!(state.phase, Phase::Failed { .. }))
    }

    /// The pending write of a set point of a thermostat, in any account.
    pub(super) fn pending(&self, thermostat: &DeviceId) -> Option<(Slot, &Phase)> {
        let slots =
            [Field::Target, Field::Range].map(|field| Slot { node: Node::Thermostat(thermostat.clone()), field });
        self.engines.iter().find_map(|engine| {
            let pending = |slot: &Slot| {
                let phase = &engine.snapshot.write_state(slot)?.phase;
                (!matches!(phase, Phase::Failed { .. })).then(|| (slot.clone(), phase))
            };
            slots.iter().find_map(pending)
        })
    }

    /// The outcome of the write of a run, as a journal has it.
    pub(super) fn recorded(&self, run: &Run) -> Option<RunOutcome> {
        self.recorded_write(run.write.as_ref()?, run.at)
    }

    /// The outcome of a write that was requested at a time, as a journal has it.
    pub(super) fn recorded_write(&self, write: &Write, at: Timestamp) -> Option<RunOutcome> {
        let is_of_run =
            |record: &&Record| record.at >= at && !record.origin.is_by_hand() && record.write.as_ref() == Some(write);
        let records = self.engines.iter().flat_map(|engine| engine.snapshot.journal.iter());
        records.filter(is_of_run).min_by_key(|record| record.at).map(|record| outcome_of(&record.outcome))
    }
}

/// The news of the journals.
pub(super) struct HeardRecords {
    pub(super) changes: Vec<HeardChange>,
    /// Changes that were refused or never sent: the time, and the name of the device or home.
    pub(super) failures: Vec<(Timestamp, String)>,
}

/// The change that a record tells; `None` of one that was not made.
fn change_of(record: &Record) -> Option<HeardChange> {
    let write = record.write.clone()?;
    let change = HeardChange { at: record.at, write, is_by_hand: record.origin.is_by_hand() };
    record.outcome.may_stand().then_some(change)
}

fn failure_of(record: &Record) -> Option<(Timestamp, String)> {
    let is_failed = matches!(record.outcome, Outcome::Refused(_) | Outcome::Expired);
    (is_failed && record.origin.is_us()).then(|| (record.at, record.name.clone()))
}

/// The outcome of a run whose write was resolved.
pub(super) fn outcome_of_resolution(resolution: &Resolution) -> RunOutcome {
    match resolution {
        Resolution::Record(record) => outcome_of(&record.outcome),
        Resolution::NoOp => RunOutcome::Skipped(Skip::AlreadySo),
        Resolution::Superseded => RunOutcome::Superseded,
    }
}

fn outcome_of(outcome: &Outcome) -> RunOutcome {
    match outcome {
        Outcome::Done => RunOutcome::Done,
        Outcome::Refused(reason) => RunOutcome::Refused(reason.to_string()),
        Outcome::Unconfirmed => RunOutcome::Unconfirmed,
        Outcome::MayHaveArrived(_) => RunOutcome::MayHaveArrived,
        Outcome::Expired => RunOutcome::NotSent,
        // A person discarded it, or asked for another value.
        Outcome::Accepted | Outcome::Discarded => RunOutcome::Superseded,
    }
}
