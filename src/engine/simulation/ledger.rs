//! Everything that was asked, sent, applied and said, for the end of a story.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::core::ToDisk;
use crate::engine::{Record, Request, RequestId, Resolution, Resolved};
use crate::home::{Slot, Write};

/// The life of one name, which nobody else asks for.
#[derive(Debug)]
pub(super) struct Named {
    /// Of which thermostat.
    pub(super) slot: Slot,
    /// Counts the names in the order in which they were asked for.
    pub(super) place: usize,
    /// A queue with it was written once at least.
    pub(super) is_kept: bool,
    /// How often a person asked for it again.
    pub(super) again: usize,
    pub(super) applied: usize,
    /// How often the network brought it once more than it was sent.
    pub(super) doubled: usize,
    /// How often the program ended between sending it and the answer.
    pub(super) ended_in_flight: usize,
    /// Answers of the service that said something else of it than was done.
    pub(super) lies: usize,
    /// How often it was replaced or changed nothing, as its asker was told.
    pub(super) without_record: usize,
}

#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) named: BTreeMap<String, Named>,
    /// Writes of requests of the run that goes on which have no end yet.
    pub(super) open: BTreeMap<(RequestId, Slot), Write>,
    /// Every value that the service had, since the beginning.
    pub(super) shown: BTreeSet<(Slot, String)>,
    /// Every value that the service said yes to.
    pub(super) accepted: BTreeSet<(Slot, String)>,
    /// Records that those who asked were told of.
    pub(super) told: Vec<Record>,
    pub(super) wrong: Vec<String>,
}

pub(super) fn name_of(write: &Write) -> Option<&str> {
    if let Write::Label(_, label) = write { Some(label) } else { None }
}

impl Ledger {
    pub(super) fn asked(&mut self, id: RequestId, request: &Request) {
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
                let named = Named {
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

    /// True when another name of the same thermostat was asked for later: it takes the place of this one,
    /// and whoever asked for this one may be gone by the time.
    pub(super) fn is_replaced_later(&self, named: &Named) -> bool {
        self.named.values().any(|other| other.slot == named.slot && other.place > named.place)
    }

    pub(super) fn of(&mut self, write: &Write) -> Option<&mut Named> {
        self.named.get_mut(name_of(write)?)
    }

    /// The newest queue of these jobs was written.
    pub(super) fn kept(&mut self, jobs: &[ToDisk]) {
        let newest = jobs.iter().rev().find_map(|job| if let ToDisk::Queue(queue) = job { Some(queue) } else { None });
        for kept in newest.into_iter().flatten() {
            if let Some(named) = self.of(&kept.pending.write) {
                named.is_kept = true;
            }
        }
    }

    /// Tells an asker of an end.
    pub(super) fn tell(&mut self, resolved: Resolved) {
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
