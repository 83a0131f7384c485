//! The changes that can be undone or redone, read from the journal.
//!
//! An undo is a change that names the record which it reverses; a redo is an undo of an undo. A batch counts as
//! one change.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::Timestamp;

use super::Request;
use super::batch::Batch;
use super::journal::{Outcome, Record};
use super::snapshot::Snapshot;
use crate::home::{DeviceTree, Slot};

/// A change, or an undo, that can be reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reversal {
    /// One value, by the id of its record.
    Record(u64),
    /// All changes of a batch, by its id.
    Batch(u64),
}

impl Reversal {
    /// The request that performs it.
    pub fn request(self) -> Request {
        match self {
            Self::Record(id) => Request::Undo(id),
            Self::Batch(id) => Request::UndoBatch(id),
        }
    }
}

/// The relation of a change to earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A new change.
    Change,
    Undo,
    /// A redo: an undo of an undo.
    Redo,
}

impl ChangeKind {
    /// The kind of its reversal.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Change | Self::Redo => Self::Undo,
            Self::Undo => Self::Redo,
        }
    }
}

/// The present state of one of our changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoStatus {
    /// In effect; can be undone.
    Stands,
    /// An undo; can be redone.
    Undid,
    Undone,
    /// We changed the same value again since.
    Superseded,
    /// Nothing to undo: it changed nothing, its undo is pending, or the earlier value is shown again already.
    Nothing,
}

/// The journal as chains: each change with its undo, the redo of that, and so on.
pub(super) struct UndoChains {
    kinds: BTreeMap<u64, ChangeKind>,
    /// The first change of the chain that a record belongs to.
    roots: BTreeMap<u64, u64>,
    /// The records of a chain except the last.
    undone: BTreeSet<u64>,
}

impl UndoChains {
    /// Reads a journal, newest first.
    pub(super) fn of(journal: &VecDeque<Record>) -> Self {
        let mut past = Self { kinds: BTreeMap::new(), roots: BTreeMap::new(), undone: BTreeSet::new() };
        for record in journal.iter().rev() {
            let (kind, root) = match record.undoes {
                None => (ChangeKind::Change, record.id),
                // The reversed record may be older than the journal, and a file may contain anything.
                Some(id) => (past.kind(id).reversed(), past.roots.get(&id).copied().unwrap_or(id)),
            };
            past.kinds.insert(record.id, kind);
            past.roots.insert(record.id, root);
            if record.outcome == Outcome::Done {
                past.undone.extend(record.undoes);
            }
        }
        past
    }

    /// The kind of a record.
    pub(super) fn kind(&self, id: u64) -> ChangeKind {
        self.kinds.get(&id).copied().unwrap_or(ChangeKind::Change)
    }

    /// The records whose value we changed again since, with a change that is in effect: that one has to be
    /// undone first.
    pub(super) fn superseded(&self, journal: &VecDeque<Record>, shown: &DeviceTree) -> BTreeSet<u64> {
        let root = |record: &Record| self.roots.get(&record.id).copied().unwrap_or(record.id);
        let done = || ours(journal).filter(|record| record.outcome.may_stand());
        let mut newest: BTreeMap<&Slot, u64> = BTreeMap::new();
        for record in done() {
            let stands = self.kind(record.id) != ChangeKind::Undo && !self.undone.contains(&record.id);
            if stands && record.undo.as_ref().is_some_and(|undo| !undo.is_shown_by(shown)) {
                let newest = newest.entry(&record.slot).or_default();
                *newest = root(record).max(*newest);
            }
        }
        let is_before = |record: &&Record| newest.get(&record.slot).is_some_and(|newest| *newest > root(record));
        done().filter(is_before).map(|record| record.id).collect()
    }
}

fn ours(journal: &VecDeque<Record>) -> impl Iterator<Item = &Record> {
    journal.iter().filter(|record| record.origin.is_us())
}

/// Records that are undone, or whose undo is pending.
#[derive(Debug, Default)]
struct Reversed {
    records: BTreeSet<u64>,
    batches: BTreeSet<u64>,
}

impl Snapshot {
    /// The change that Ctrl+Z reverses: the newest of ours that was done and not undone, and whose earlier value
    /// is not shown again already.
    pub fn next_undo(&self) -> Option<Reversal> {
        let past = UndoChains::of(&self.journal);
        let mut reversed = self.being_reversed();
        for record in ours(&self.journal) {
            self.note_reversal(record, &mut reversed);
            if past.kind(record.id) != ChangeKind::Undo
                && let Some(reversal) = self.reversible(record, &reversed)
            {
                return Some(reversal);
            }
        }
        None
    }

    /// The undo that Ctrl+Shift+Z reverses: the newest of ours that was not redone, unless another change was
    /// made since.
    pub fn next_redo(&self) -> Option<Reversal> {
        if self.writes.values().any(|state| state.is_open() && state.undoes.is_none()) {
            return None;
        }
        let past = UndoChains::of(&self.journal);
        let mut reversed = self.being_reversed();
        for record in ours(&self.journal) {
            self.note_reversal(record, &mut reversed);
            match past.kind(record.id) {
                ChangeKind::Change if record.outcome.may_stand() => return None,
                ChangeKind::Change | ChangeKind::Redo => {}
                ChangeKind::Undo => {
                    if let Some(reversal) = self.reversible(record, &reversed) {
                        return Some(reversal);
                    }
                }
            }
        }
        None
    }

    /// The time of our newest change that is neither an undo nor refused; nothing older can be redone. A pending
    /// change counts.
    pub fn newest_change(&self) -> Option<Timestamp> {
        let past = UndoChains::of(&self.journal);
        let is_change = |record: &&Record| past.kind(record.id) == ChangeKind::Change && record.outcome.may_stand();
        let recorded = ours(&self.journal).find(is_change).map(|record| record.at);
        let pending = self.writes.values().filter(|state| state.is_open() && state.undoes.is_none());
        pending.map(|state| state.since).max().max(recorded)
    }

    /// The relation of a change of ours to earlier ones, by the id of its record.
    pub fn kind_of(&self, id: u64) -> ChangeKind {
        UndoChains::of(&self.journal).kind(id)
    }

    /// The state of each of our changes, by the id of its record.
    pub fn standings(&self) -> BTreeMap<u64, UndoStatus> {
        let past = UndoChains::of(&self.journal);
        let superseded = past.superseded(&self.journal, &self.shown);
        let being_reversed = self.being_reversed();
        let mut undid: BTreeSet<&Slot> = BTreeSet::new();
        let standing = |record: &Record| {
            let undo = record.undo.as_ref().filter(|undo| !undo.is_shown_by(&self.shown));
            if !record.outcome.may_stand() {
                UndoStatus::Nothing
            } else if past.undone.contains(&record.id) {
                UndoStatus::Undone
            } else if superseded.contains(&record.id) {
                UndoStatus::Superseded
            } else if undo.is_none() || being_reversed.records.contains(&record.id) {
                UndoStatus::Nothing
            } else {
                match past.kind(record.id) {
                    ChangeKind::Change | ChangeKind::Redo => UndoStatus::Stands,
                    ChangeKind::Undo => UndoStatus::Undid,
                }
            }
        };
        let mut standings = BTreeMap::new();
        for record in ours(&self.journal) {
            let standing = match standing(record) {
                // Of several undone changes of a slot, the last undone one is redone first.
                UndoStatus::Undid if !undid.insert(&record.slot) => UndoStatus::Nothing,
                standing @ (UndoStatus::Stands
                | UndoStatus::Undid
                | UndoStatus::Undone
                | UndoStatus::Superseded
                | UndoStatus::Nothing) => standing,
            };
            standings.insert(record.id, standing);
        }
        standings
    }

    /// True if a part of a batch is pending or can be undone.
    pub fn can_reverse(&self, batch: &Batch) -> bool {
        let standings = self.standings();
        let mut standing = self
            .reversed_records(Reversal::Batch(batch.label.id))
            .into_iter()
            .filter_map(|record| standings.get(&record.id));
        !batch.is_over()
            || standing.any(|standing| match standing {
                UndoStatus::Stands | UndoStatus::Undid => true,
                UndoStatus::Undone | UndoStatus::Superseded | UndoStatus::Nothing => false,
            })
    }

    /// The records that a reversal undoes, newest first.
    pub fn reversed_records(&self, reversal: Reversal) -> Vec<&Record> {
        let belongs = |record: &&Record| match reversal {
            Reversal::Record(id) => record.id == id,
            Reversal::Batch(id) => record.batch.as_ref().is_some_and(|label| label.id == id),
        };
        self.journal.iter().filter(belongs).collect()
    }

    fn find_record(&self, id: u64) -> Option<&Record> {
        self.journal.iter().find(|record| record.id == id)
    }

    fn being_reversed(&self) -> Reversed {
        let mut reversed = Reversed::default();
        for state in self.writes.values().filter(|state| state.is_open()) {
            self.note(state.undoes, state.batch.is_some(), &mut reversed);
        }
        reversed
    }

    fn note_reversal(&self, record: &Record, reversed: &mut Reversed) {
        if record.outcome == Outcome::Done {
            self.note(record.undoes, record.batch.is_some(), reversed);
        }
    }

    /// A batch that undoes another one undoes all of it, as far as possible.
    fn note(&self, undoes: Option<u64>, is_batch: bool, reversed: &mut Reversed) {
        let Some(id) = undoes else { return };
        reversed.records.insert(id);
        if is_batch && let Some(label) = self.find_record(id).and_then(|record| record.batch.as_ref()) {
            reversed.batches.insert(label.id);
        }
    }

    fn reversible(&self, record: &Record, reversed: &Reversed) -> Option<Reversal> {
        let undo = record.undo.as_ref()?;
        let is_so_already = undo.is_shown_by(&self.shown);
        if !record.outcome.may_stand() || reversed.records.contains(&record.id) || is_so_already {
            return None;
        }
        match &record.batch {
            None => Some(Reversal::Record(record.id)),
            Some(label) => (!reversed.batches.contains(&label.id)).then_some(Reversal::Batch(label.id)),
        }
    }
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
