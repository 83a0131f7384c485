//! Everything that was requested, sent, applied and reported in a scenario.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::core::ToDisk;
use crate::engine::{Record, Request, RequestId, Resolution, Resolved};
use crate::home::{Slot, Write};

/// The life of one unique name.
#[derive(Debug)]
pub(super) struct NameHistory {
    /// The slot of its thermostat.
    pub(super) slot: Slot,
    /// The place in the order of requests.
    pub(super) place: usize,
    /// True if a stored queue contained it at least once.
    pub(super) is_kept: bool,
    /// Number of times that the user requested it again.
    pub(super) again: usize,
    pub(super) applied: usize,
    /// Number of duplicates that the network delivered.
    pub(super) doubled: usize,
    /// Number of times that the program ended between the send and the answer.
    pub(super) ended_in_flight: usize,
    /// Number of answers that contradicted the actual effect.
    pub(super) lies: usize,
    /// Number of resolutions as superseded or no-op.
    pub(super) without_record: usize,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) named: BTreeMap<String, NameHistory>,
    /// Writes of the current run without a resolution.
    pub(super) open: BTreeMap<(RequestId, Slot), Write>,
    /// Every value that the service ever had.
    pub(super) shown: BTreeSet<(Slot, String)>,
    /// Every value that the service accepted.
    pub(super) accepted: BTreeSet<(Slot, String)>,
    /// The records in resolutions.
    pub(super) told: Vec<Record>,
    pub(super) wrong: Vec<String>,
}

pub(super) fn name_of(write: &Write) -> Option<&str> {
    if let Write::Label(_, label) = write { Some(label) } else { None }
}

impl Ledger {
    pub(super) fn note_request(&mut self, id: RequestId, request: &Request) {
        let writes = if let Request::Set { write, .. } = request {
            std::slice::from_ref(write)
        } else if let Request::Apply { writes, .. } = request {
            writes.as_slice()
        } else {
            &[]
        };
        self.open.extend(writes.iter().map(|write| ((id, write.slot()), write.clone())));
        for write in writes {
            if let Some(name) = name_of(write) {
                let named = NameHistory {
                    slot: write.slot(),
                    place: self.named.len(),
                    is_kept: false,
                    again: 0,
                    applied: 0,
                    doubled: 0,
                    ended_in_flight: 0,
                    lies: 0,
                    without_record: 0,
                };
                self.named.insert(name.to_owned(), named);
            }
        }
    }

    /// True if another name of the same thermostat was requested later: it replaces this one, and the requester
    /// of this one may be gone by then.
    pub(super) fn is_replaced_later(&self, named: &NameHistory) -> bool {
        self.named.values().any(|other| other.slot == named.slot && other.place > named.place)
    }

    pub(super) fn of(&mut self, write: &Write) -> Option<&mut NameHistory> {
        self.named.get_mut(name_of(write)?)
    }

    /// Notes the names in the newest queue of these jobs as stored.
    pub(super) fn kept(&mut self, jobs: &[ToDisk]) {
        let newest = jobs.iter().rev().find_map(|job| if let ToDisk::Queue(queue) = job { Some(queue) } else { None });
        for kept in newest.into_iter().flatten() {
            if let Some(named) = self.of(&kept.pending.write) {
                named.is_kept = true;
            }
        }
    }

    pub(super) fn note_resolution(&mut self, resolved: Resolved) {
        let Resolved { request, slot, resolution } = resolved;
        let Some(write) = self.open.remove(&(request, slot)) else {
            self.wrong.push(format!("{request:?} resolves more than once"));
            return;
        };
        match resolution {
            Resolution::Record(record) => self.told.push(*record),
            Resolution::NoOp | Resolution::Superseded => {
                if let Some(named) = self.of(&write) {
                    named.without_record += 1;
                }
            }
        }
    }
}
