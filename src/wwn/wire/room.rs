//! Bounds of a document: what is read of it costs at most about four times the text.

use std::cell::Cell;

use crate::home::LONGEST_ID;

/// A record of the model takes about as much memory as so many bytes of text, times four.
const BYTES_PER_RECORD: usize = 256;
/// The same for one entry of a list within a record.
const BYTES_PER_ITEM: usize = 64;
/// So many are read in any case.
const ALWAYS: usize = 1000;
/// Nodes that the model has no place for.
const UNKNOWN_NODES: usize = 1000;

/// The rest of a document that may be read.
pub(super) struct Room {
    records: Cell<usize>,
    items: Cell<usize>,
    unknown: Cell<usize>,
    left_out: Cell<usize>,
}

impl Room {
    /// For a document of so many bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self {
            records: Cell::new(ALWAYS + bytes / BYTES_PER_RECORD),
            items: Cell::new(ALWAYS + bytes / BYTES_PER_ITEM),
            unknown: Cell::new(UNKNOWN_NODES),
            left_out: Cell::new(0),
        }
    }

    /// Takes the place of one record; `false` when there is none left or the id is too long.
    pub(super) fn record(&self, id: &str) -> bool {
        self.take(&self.records, 1, id.len() <= LONGEST_ID)
    }

    /// Takes the place of a node that the model does not hold.
    pub(super) fn unknown_node(&self, path: &str) -> bool {
        self.take(&self.unknown, 1, path.len() <= 2 * LONGEST_ID)
    }

    /// Takes places for the entries of a list or an object; `false` when it is to be kept as text.
    pub(super) fn items(&self, json: &str) -> bool {
        let commas = json.bytes().filter(|byte| *byte == b',').count();
        let items = self.items.get().checked_sub(commas + 1);
        if let Some(items) = items {
            self.items.set(items);
        }
        items.is_some()
    }

    fn take(&self, places: &Cell<usize>, count: usize, is_fit: bool) -> bool {
        let rest = places.get().checked_sub(count).filter(|_| is_fit);
        match rest {
            Some(rest) => places.set(rest),
            None => self.left_out.set(self.left_out.get() + 1),
        }
        rest.is_some()
    }

    /// Counts the records and nodes that found no place.
    pub(super) fn left_out(&self) -> usize {
        self.left_out.get()
    }
}
