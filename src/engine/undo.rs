//! What could be taken back, and what could be done again: read from the journal.
//!
//! An undo is a change that names the record which it takes back, and a redo is an undo of an
//! undo. A batch counts as one change.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Request;
use super::batch::Batch;
use super::journal::{Outcome, Record};
use super::snapshot::Snapshot;
use crate::home::{Home, Slot};

/// A change that can be taken back, or a taking back that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reversal {
    /// The change of one value, by the id of its record.
    Record(u64),
    /// All changes of a batch, by its id.
    Batch(u64),
}

impl Reversal {
    /// What to ask of the engine.
    pub fn request(self) -> Request {
        match self {
            Self::Record(id) => Request::Undo(id),
            Self::Batch(id) => Request::UndoBatch(id),
        }
    }
}

/// What a change is to the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A change of its own.
    Change,
    /// It took a change back.
    Undo,
    /// It took the taking back of a change back.
    Redo,
}

impl ChangeKind {
    /// What taking it back is.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Change | Self::Redo => Self::Undo,
            Self::Undo => Self::Redo,
        }
    }
}

/// What became of a change of ours since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoStatus {
    /// It stands, and can be taken back.
    Stands,
    /// It took something back that can be done again.
    Undid,
    /// It was taken back.
    Undone,
    /// We changed the same value again since.
    Superseded,
    /// Nothing can be taken back: it changed nothing, it is being taken back, or the value before
    /// it is shown again anyway.
    Nothing,
}

/// The journal as chains: each change with its undo, the redo of that, and so on.
pub(super) struct UndoChains {
    kinds: BTreeMap<u64, ChangeKind>,
    /// The change that a chain began with.
    roots: BTreeMap<u64, u64>,
    /// All but the last of a chain.
    undone: BTreeSet<u64>,
}

impl UndoChains {
    /// Reads a journal, newest first as it is kept.
    pub(super) fn of(journal: &VecDeque<Record>) -> Self {
        let mut past = Self { kinds: BTreeMap::new(), roots: BTreeMap::new(), undone: BTreeSet::new() };
        for record in journal.iter().rev() {
            let (kind, root) = match record.undoes {
                None => (ChangeKind::Change, record.id),
                // What it took back may be older than what is kept, and a file may hold anything.
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

    /// What a record is to the ones before it.
    pub(super) fn kind(&self, id: u64) -> ChangeKind {
        self.kinds.get(&id).copied().unwrap_or(ChangeKind::Change)
    }

    /// The records whose value we changed again since, and that change stands: it has to be taken
    /// back first.
    pub(super) fn superseded(&self, journal: &VecDeque<Record>, shown: &Home) -> BTreeSet<u64> {
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

/// What was taken back already, or is being taken back.
#[derive(Debug, Default)]
struct Reversed {
    records: BTreeSet<u64>,
    batches: BTreeSet<u64>,
}

impl Snapshot {
    /// What Ctrl+Z takes back: the newest change of ours that was done, was not undone, and whose
    /// value before is not shown again anyway.
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

    /// What Ctrl+Shift+Z does again: the newest undo of ours that was not redone, unless
    /// something else was changed since.
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

    /// What became of each change of ours since, by the id of its record.
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
                // Of several that were undone, the one that was undone last is done again first.
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

    /// Whether something of a batch is on its way or can be taken back.
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

    /// The records that a reversal takes back, newest first.
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

    /// A batch that takes something back takes back all of a batch, as far as it could.
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
