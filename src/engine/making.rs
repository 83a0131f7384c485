//! Writes for those who wait for the answer: a command, an old client. Everybody else asks, and
//! looks at the snapshots.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, timeout_at};

use super::{Access, Hold, ItemState, Phase, Record, Request, Settle, Snapshot, Who};
use crate::home::{Slot, Write};

/// What became of writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Those that came to an end.
    pub records: Vec<Record>,
    /// Those that were so already.
    pub unchanged: Vec<Slot>,
    /// Those that still wait, with the reason and until when.
    pub waiting: Vec<Waiting>,
}

/// A write that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// Of which value.
    pub slot: Slot,
    /// Why it waits, in words.
    pub why: String,
    /// What it waits for, in this process.
    #[serde(skip)]
    pub hold: Option<Hold>,
    /// When it is given up.
    pub expires: Option<jiff::Timestamp>,
}

impl Access {
    /// Asks for writes in somebody's name and waits for what becomes of them, at most so long.
    /// `None` when the engine is stuck or gone and did not take them.
    pub async fn make(&self, name: String, mut writes: Vec<Write>, who: Who, within: Duration) -> Option<Made> {
        let mut access = self.clone();
        let before = access.snapshot();
        let slots: Vec<Slot> = writes.iter().map(Write::slot).collect();
        let last_record = before.journal.front().map_or(0, |record| record.id);
        let last_batch = before.batches.front().map_or(0, |batch| batch.label.id);
        let single = if writes.len() == 1 { writes.pop() } else { None };
        let request = match &single {
            Some(write) => Request::Want { write: write.clone(), settle: Settle::Now, who, seen: None },
            None => Request::Apply { name: name.clone(), writes, who },
        };
        if !access.request(request) {
            return None;
        }
        let deadline = Instant::now() + within;
        loop {
            let is_late = !matches!(timeout_at(deadline, access.changed()).await, Ok(true));
            let snapshot = access.snapshot();
            let ours = |record: &&Record| record.id > last_record && record.who == who;
            let records: Vec<Record> = if let Some(write) = &single {
                let own = |record: &&Record| ours(record) && record.wish.as_ref() == Some(write);
                snapshot.journal.iter().filter(own).take(1).cloned().collect()
            } else {
                let of_batch = |record: &&Record| {
                    ours(record)
                        && record.batch.as_ref().is_some_and(|batch| batch.id > last_batch && batch.name == name)
                };
                snapshot.journal.iter().filter(of_batch).cloned().collect()
            };
            // What the journal has of it was no mere confirmation.
            let unchanged = match &single {
                Some(_) if !records.is_empty() => Vec::new(),
                single => unchanged(&snapshot, single.as_ref(), last_batch, &name),
            };
            let is_ended = |slot: &Slot| records.iter().any(|record| record.slot == *slot) || unchanged.contains(slot);
            let open: Vec<&Slot> = slots.iter().filter(|slot| !is_ended(slot)).collect();
            let waiting: Vec<Waiting> = open.iter().filter_map(|slot| waiting(&snapshot, slot)).collect();
            // What waits for the service or the clock may wait for long; what is under way may not.
            if open.is_empty() || is_late || (waiting.len() == open.len() && waiting.iter().all(is_for_long)) {
                return Some(Made { records, unchanged, waiting });
            }
        }
    }
}

fn is_for_long(waiting: &Waiting) -> bool {
    waiting.expires.is_some()
}

/// Those that were so already, for which there is no record.
fn unchanged(snapshot: &Snapshot, single: Option<&Write>, last_batch: u64, name: &str) -> Vec<Slot> {
    match single {
        Some(write) => {
            let slot = write.slot();
            let is_open = snapshot.write_state(&slot).is_some();
            if !is_open && write.is_no_op_in(&snapshot.confirmed) { vec![slot] } else { Vec::new() }
        }
        None => snapshot
            .batches
            .iter()
            .filter(|batch| batch.label.id > last_batch && batch.label.name == name)
            .flat_map(|batch| &batch.items)
            .filter(|item| item.state == ItemState::Unchanged)
            .map(|item| item.slot.clone())
            .collect(),
    }
}

/// Why a value is not written yet; with a time when that is not a matter of moments.
fn waiting(snapshot: &Snapshot, slot: &Slot) -> Option<Waiting> {
    let state = snapshot.write_state(slot)?;
    let hold = if let Phase::Waiting { hold, .. } = &state.phase { Some(*hold) } else { None };
    let said = |why: &str, expires| Some(Waiting { slot: slot.clone(), why: why.to_owned(), hold, expires });
    match &state.phase {
        Phase::Waiting { hold, expires, .. } => match hold {
            Hold::Offline => said("the service cannot be reached", Some(*expires)),
            Hold::SignIn => said("somebody has to sign in first", Some(*expires)),
            Hold::RateLimited => said("the service asks to wait", Some(*expires)),
            Hold::Settling | Hold::Turn => said("it is about to be sent", None),
        },
        Phase::Sending | Phase::Confirming => said("the service has not shown it yet", None),
        Phase::Conflict { .. } => said("somebody else changed it meanwhile; choose in the window", Some(state.since)),
        Phase::Failed { .. } => None,
    }
}
