//! What could be taken back, and what could be done again: read from the journal.
//!
//! An undo is a change that names the record which it takes back, and a redo is an undo of an
//! undo. A batch counts as one change.

use std::collections::BTreeSet;

use super::Request;
use super::journal::{Outcome, Record, Who};
use super::snapshot::Snapshot;

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

/// What a record is to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Change,
    Undo,
    Redo,
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
        let mut reversed = self.being_reversed();
        for record in self.ours() {
            self.note_reversal(record, &mut reversed);
            if self.kind(record) != Kind::Undo
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
        let mut reversed = self.being_reversed();
        for record in self.ours() {
            self.note_reversal(record, &mut reversed);
            match self.kind(record) {
                Kind::Change if changed_something(&record.outcome) => return None,
                Kind::Change | Kind::Redo => {}
                Kind::Undo => {
                    if let Some(reversal) = self.reversible(record, &reversed) {
                        return Some(reversal);
                    }
                }
            }
        }
        None
    }

    /// The records that a reversal takes back, newest first.
    pub fn reversed_records(&self, reversal: Reversal) -> Vec<&Record> {
        let belongs = |record: &&Record| match reversal {
            Reversal::Record(id) => record.id == id,
            Reversal::Batch(id) => record.batch.as_ref().is_some_and(|label| label.id == id),
        };
        self.journal.iter().filter(belongs).collect()
    }

    fn ours(&self) -> impl Iterator<Item = &Record> {
        self.journal.iter().filter(|record| record.who != Who::Elsewhere)
    }

    fn find_record(&self, id: u64) -> Option<&Record> {
        self.journal.iter().find(|record| record.id == id)
    }

    fn kind(&self, record: &Record) -> Kind {
        let mut kind = Kind::Change;
        let mut undoes = record.undoes;
        // As many steps as there are records: a file may hold anything.
        for _ in 0..=self.journal.len() {
            let Some(id) = undoes else { break };
            kind = match kind {
                Kind::Change | Kind::Redo => Kind::Undo,
                Kind::Undo => Kind::Redo,
            };
            undoes = self.find_record(id).and_then(|record| record.undoes);
        }
        kind
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
        if record.outcome != Outcome::Done || reversed.records.contains(&record.id) || is_so_already {
            return None;
        }
        match &record.batch {
            None => Some(Reversal::Record(record.id)),
            Some(label) => (!reversed.batches.contains(&label.id)).then_some(Reversal::Batch(label.id)),
        }
    }
}

fn changed_something(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Done | Outcome::Accepted | Outcome::Unconfirmed => true,
        Outcome::Refused(_) | Outcome::Expired | Outcome::Discarded => false,
    }
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
