//! Requests for batches, and their undo.

use std::collections::BTreeMap;

use super::{Clocks, Core};
use crate::engine::Debounce;
use crate::engine::batch::{Batch, BatchItem, BatchLabel, ItemState};
use crate::engine::journal::{Origin, Outcome, Record};
use crate::engine::pending::{PendingWrite, Progress, Stage, StoredWrite, WaitReason};
use crate::engine::request::Resolution;
use crate::engine::snapshot::FailureCause;
use crate::engine::undo::{ChangeKind, UndoChains};
use crate::home::{Node, PreviewLine, Slot, Verdict, Write, arrange, in_order, judge};
use crate::service::Reason;

impl Core {
    /// Requests several writes under one name.
    pub(super) fn apply(&mut self, name: String, writes: &[Write], origin: Origin, now: Clocks) {
        if writes.is_empty() {
            return;
        }
        let ordered = in_order(&self.shown(), writes, now.wall);
        self.start_batch(name, &ordered, &BTreeMap::new(), origin, ChangeKind::Change, now);
    }

    /// Restores the value from before a journal record.
    pub(super) fn undo(&mut self, id: u64, now: Clocks) {
        let Some(undo) = self.journal.find(id).and_then(|record| record.undo.clone()) else { return };
        let base = undo.slot().present(&self.confirmed, undo.scale());
        let pending = PendingWrite { undoes: Some(id), ..PendingWrite::new(undo, Origin::Window, now.wall, base) };
        self.enqueue(pending, Debounce::Now, now);
    }

    /// Restores the value that each write of a batch replaced, discards the writes that were not sent yet, and
    /// dismisses its failures.
    pub(super) fn undo_batch(&mut self, id: u64, now: Clocks) {
        let is_of_batch = |label: Option<&BatchLabel>| label.is_some_and(|label| label.id == id);
        // The person who takes a batch back has seen its failures.
        self.failed.retain(|_, state| !is_of_batch(state.batch.as_ref()));
        let open: Vec<(Slot, PendingWrite, bool)> = self
            .writes
            .stages()
            .filter(|(_, pending, _)| is_of_batch(pending.batch.as_ref()))
            .map(|(slot, pending, stage)| {
                let is_sent = matches!(stage, Stage::InFlight | Stage::Accepted { .. });
                (slot.clone(), pending.clone(), is_sent)
            })
            .collect();
        let records = self.journal.records();
        let past = UndoChains::of(&records);
        // A value that we changed again since stays as it is.
        let superseded = past.superseded(&records, &self.shown());
        let done: Vec<&Record> = records
            .iter()
            .filter(|record| is_of_batch(record.batch.as_ref()) && record.outcome.may_stand())
            .filter(|record| !self.is_taken_back(record.id) && !superseded.contains(&record.id))
            .collect();
        let Some(label) = open.iter().find_map(|(_, pending, _)| pending.batch.clone()).or_else(|| {
            let known = done.iter().find_map(|record| record.batch.clone());
            known.or_else(|| self.batches.find(id).map(|batch| batch.label.clone()))
        }) else {
            return;
        };
        let known = self.batches.find(id).map(|batch| batch.kind);
        let kind = known.or_else(|| done.first().map(|record| past.kind(record.id))).unwrap_or(ChangeKind::Change);
        let mut back = Vec::new();
        for (slot, pending, is_sent) in open {
            if is_sent {
                back.extend(pending.base);
            } else if let Some(ended) = self.writes.discard(&slot) {
                self.end(ended, now);
            }
        }
        let mut undoes = BTreeMap::new();
        // Newest first, so that each value is restored under the conditions under which it was changed.
        for record in done {
            if let Some(undo) = &record.undo {
                undoes.insert(record.slot.clone(), record.id);
                back.push(undo.clone());
            }
        }
        let ordered = arrange(&self.shown(), &back, now.wall);
        if !ordered.is_empty() {
            self.start_batch(label.name, &ordered, &undoes, Origin::Window, kind.reversed(), now);
        }
    }

    fn start_batch(
        &mut self,
        name: String,
        ordered: &[Write],
        undoes: &BTreeMap<Slot, u64>,
        origin: Origin,
        kind: ChangeKind,
        now: Clocks,
    ) {
        let label = self.batches.label(name, self.group);
        let mut lines = judge(&self.shown(), ordered, now.wall);
        if !self.has_home {
            // An unknown home cannot refuse a write; the pending writes wait for it.
            for line in &mut lines {
                line.verdict = Verdict::Allowed;
            }
        }
        let items = lines.iter().map(item).collect();
        self.batches.add(Batch { label: label.clone(), at: now.wall, origin, kind, items });
        let mut last: BTreeMap<Node, Slot> = BTreeMap::new();
        for line in lines {
            let PreviewLine { node, slot, to, verdict, .. } = line;
            let base = slot.present(&self.confirmed, to.scale());
            let pending = PendingWrite {
                batch: Some(label.clone()),
                undoes: undoes.get(&slot).copied(),
                requests: self.request.into_iter().collect(),
                ..PendingWrite::new(to, origin, now.wall, base)
            };
            match verdict {
                Verdict::Unchanged => self.resolve(&pending, &Resolution::NoOp),
                Verdict::Refused(refusal) => self.refuse(pending, &refusal, now),
                Verdict::Allowed => {
                    self.failed.remove(&slot);
                    self.late.remove(&slot);
                    let pending = PendingWrite { after: last.insert(node, slot), ..pending };
                    if let Some(ended) = self.writes.add(pending, Debounce::Now.duration(), now.instant) {
                        self.end(ended, now);
                    }
                }
            }
        }
    }

    /// True if a record was undone, or its undo is pending.
    fn is_taken_back(&self, id: u64) -> bool {
        let undone = |record: &Record| record.undoes == Some(id) && record.outcome == Outcome::Done;
        self.journal.records().iter().any(undone)
            || self.writes.stages().any(|(_, pending, _)| pending.undoes == Some(id))
    }

    /// Shows the batches that an earlier run left unfinished, as far as the queue contains them.
    pub(super) fn show_restored(&mut self, queue: &[StoredWrite]) {
        let past = UndoChains::of(&self.journal.records());
        let mut batches: BTreeMap<u64, Batch> = BTreeMap::new();
        for StoredWrite { pending, progress, .. } in queue {
            if matches!(progress, Progress::Ended(_)) {
                continue;
            }
            let Some(label) = &pending.batch else { continue };
            let batch = batches.entry(label.id).or_insert_with(|| Batch {
                label: label.clone(),
                at: pending.made_at,
                origin: pending.origin,
                kind: pending.undoes.map_or(ChangeKind::Change, |id| past.kind(id).reversed()),
                items: Vec::new(),
            });
            let slot = pending.write.slot();
            let name = slot.node.name(&self.confirmed).to_owned();
            let state = ItemState::Waiting(WaitReason::Offline);
            batch.items.push(BatchItem { slot, name, write: pending.write.clone(), state });
        }
        for batch in batches.into_values() {
            self.batches.add(batch);
        }
    }
}

fn item(line: &PreviewLine) -> BatchItem {
    let state = match &line.verdict {
        Verdict::Allowed => ItemState::Waiting(WaitReason::Turn),
        Verdict::Unchanged => ItemState::Unchanged,
        Verdict::Refused(refusal) => ItemState::Refused(FailureCause::Refused(Reason::Rule(refusal.clone()))),
    };
    BatchItem { slot: line.slot.clone(), name: line.name.clone(), write: line.to.clone(), state }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "batch_property_tests.rs"]
mod property_tests;
