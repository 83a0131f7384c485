//! Memory bounds of a document: reading it costs at most about four times its text.

use std::cell::Cell;

use crate::home::LONGEST_ID;

/// Bytes of text for each record. A record of the model takes about four times as much memory.
const BYTES_PER_RECORD: usize = 256;
/// Bytes of text for each entry of a list within a record.
const BYTES_PER_ITEM: usize = 64;
/// Records and entries that are read in any case.
const ALWAYS: usize = 1000;
/// The largest number of nodes that the model does not hold.
const UNKNOWN_NODES: usize = 1000;

/// The remaining bounds while a document is read.
pub(super) struct ReadBounds {
    records: Cell<usize>,
    items: Cell<usize>,
    unknown: Cell<usize>,
    left_out: Cell<usize>,
}

impl ReadBounds {
    /// Returns the bounds for a document of `bytes` bytes.
    pub(super) fn of(bytes: usize) -> Self {
        Self {
            records: Cell::new(ALWAYS + bytes / BYTES_PER_RECORD),
            items: Cell::new(ALWAYS + bytes / BYTES_PER_ITEM),
            unknown: Cell::new(UNKNOWN_NODES),
            left_out: Cell::new(0),
        }
    }

    /// Reserves one record; `false` if none is left or the id is too long.
    pub(super) fn record(&self, id: &str) -> bool {
        self.take(&self.records, 1, id.len() <= LONGEST_ID)
    }

    /// Reserves one node that the model does not hold; `false` if none is left or the path is too long.
    pub(super) fn unknown_node(&self, path: &str) -> bool {
        self.take(&self.unknown, 1, path.len() <= 2 * LONGEST_ID)
    }

    /// Reserves the entries of a list or an object; `false` if the list must stay text.
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

    /// The number of records and nodes that were left out.
    pub(super) fn left_out(&self) -> usize {
        self.left_out.get()
    }
}
