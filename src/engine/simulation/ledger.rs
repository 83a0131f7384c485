//! Everything that was asked, sent, applied and said, for the end of a story.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::core::ToDisk;
use crate::engine::{Request, RequestId, Resolution, Resolved};
use crate::home::{Slot, Write};

/// The life of one name, which nobody else asks for.
#[derive(Debug)]
pub(super) struct Named {
    /// Of which thermostat.
    pub(super) slot: Slot,
    /// In which run of the program it was asked for.
    pub(super) run: u64,
    /// A queue with it was written once at least.
    pub(super) is_kept: bool,
    /// How often a person asked for it again.
    pub(super) again: usize,
    pub(super) applied: usize,
    /// How often the network brought it once more than it was sent.
    pub(super) doubled: usize,
    /// How often the program ended between sending it and the answer.
    pub(super) ended_in_flight: usize,
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
    pub(super) wrong: Vec<String>,
}

pub(super) fn name_of(write: &Write) -> Option<&str> {
    if let Write::Label(_, label) = write { Some(label) } else { None }
}

impl Ledger {
    pub(super) fn asked(&mut self, id: RequestId, request: &Request, run: u64) {
        let writes = if let Request::Want { write, .. } = request {
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
                    run,
                    is_kept: false,
                    again: 0,
                    applied: 0,
                    doubled: 0,
                    ended_in_flight: 0,
                    without_record: 0,
                };
                self.named.insert(name.to_owned(), named);
            }
        }
    }

    /// True when a later run was asked for another name of the same thermostat: that one takes the place of
    /// the one that an earlier run left, whose asker is gone and is told nothing.
    pub(super) fn is_replaced_later(&self, named: &Named) -> bool {
        self.named.values().any(|other| other.slot == named.slot && other.run > named.run)
    }

    pub(super) fn of(&mut self, write: &Write) -> Option<&mut Named> {
        self.named.get_mut(name_of(write)?)
    }

    /// The newest queue of these jobs was written.
    pub(super) fn kept(&mut self, jobs: &[ToDisk]) {
        let newest = jobs.iter().rev().find_map(|job| if let ToDisk::Queue(queue) = job { Some(queue) } else { None });
        for kept in newest.into_iter().flatten() {
            if let Some(named) = self.of(&kept.wish.write) {
                named.is_kept = true;
            }
        }
    }

    pub(super) fn resolved(&mut self, resolved: Resolved) {
        let Resolved { request, slot, resolution } = resolved;
        let Some(write) = self.open.remove(&(request, slot)) else {
            self.wrong.push(format!("{request:?} resolves more than once"));
            return;
        };
        if matches!(resolution, Resolution::NoOp | Resolution::Superseded)
            && let Some(named) = self.of(&write)
        {
            named.without_record += 1;
        }
    }
}
