//! Batches: many writes asked for at once, and taking them back.

use std::collections::BTreeMap;

use super::{Core, Moment};
use crate::engine::Settle;
use crate::engine::batch::{Batch, BatchItem, BatchLabel, ItemState};
use crate::engine::journal::{Outcome, Record, Who};
use crate::engine::request::Resolution;
use crate::engine::snapshot::Why;
use crate::engine::undo::{ChangeKind, Past};
use crate::engine::wish::{Hold, KeptWish, Progress, Stage, Wish};
use crate::home::{Node, PreviewLine, Slot, Verdict, Write, arrange, in_order, judge};
use crate::service::Reason;

impl Core {
    /// Asks for many writes under one name.
    pub(super) fn apply(&mut self, name: String, writes: &[Write], who: Who, now: Moment) {
        if writes.is_empty() {
            return;
        }
        let ordered = in_order(&self.shown(), writes, now.wall);
        self.start_batch(name, &ordered, &BTreeMap::new(), who, ChangeKind::Change, now);
    }

    /// Restores the value before a record of the journal.
    pub(super) fn undo(&mut self, id: u64, now: Moment) {
        let Some(undo) = self.journal.find(id).and_then(|record| record.undo.clone()) else { return };
        let base = undo.slot().present(&self.confirmed, undo.scale());
        let wish = Wish { undoes: Some(id), ..Wish::new(undo, Who::Window, now.wall, base) };
        self.take_wish(wish, Settle::Now, now);
    }

    /// Restores what each write of a batch replaced; what was not sent yet is taken back.
    pub(super) fn undo_batch(&mut self, id: u64, now: Moment) {
        let is_of_batch = |label: Option<&BatchLabel>| label.is_some_and(|label| label.id == id);
        let open: Vec<(Slot, Wish, bool)> = self
            .writes
            .stages()
            .filter(|(_, wish, _)| is_of_batch(wish.batch.as_ref()))
            .map(|(slot, wish, stage)| {
                let is_sent = matches!(stage, Stage::InFlight | Stage::Accepted { .. });
                (slot.clone(), wish.clone(), is_sent)
            })
            .collect();
        let records = self.journal.records();
        let past = Past::of(&records);
        // What we set to something else since stays so.
        let superseded = past.superseded(&records, &self.shown());
        let done: Vec<&Record> = records
            .iter()
            .filter(|record| is_of_batch(record.batch.as_ref()) && record.outcome.may_stand())
            .filter(|record| !self.is_taken_back(record.id) && !superseded.contains(&record.id))
            .collect();
        let Some(label) = open.iter().find_map(|(_, wish, _)| wish.batch.clone()).or_else(|| {
            let known = done.iter().find_map(|record| record.batch.clone());
            known.or_else(|| self.batches.find(id).map(|batch| batch.label.clone()))
        }) else {
            return;
        };
        let known = self.batches.find(id).map(|batch| batch.kind);
        let kind = known.or_else(|| done.first().map(|record| past.kind(record.id))).unwrap_or(ChangeKind::Change);
        let mut back = Vec::new();
        for (slot, wish, is_sent) in open {
            if is_sent {
                back.extend(wish.base);
            } else if let Some(ended) = self.writes.discard(&slot) {
                self.end(ended, now);
            }
        }
        let mut undoes = BTreeMap::new();
        // Newest first: each value goes back under the conditions under which it was changed.
        for record in done {
            if let Some(undo) = &record.undo {
                undoes.insert(record.slot.clone(), record.id);
                back.push(undo.clone());
            }
        }
        let ordered = arrange(&self.shown(), &back, now.wall);
        if !ordered.is_empty() {
            self.start_batch(label.name, &ordered, &undoes, Who::Window, kind.reversed(), now);
        }
    }

    fn start_batch(
        &mut self,
        name: String,
        ordered: &[Write],
        undoes: &BTreeMap<Slot, u64>,
        who: Who,
        kind: ChangeKind,
        now: Moment,
    ) {
        let label = self.batches.label(name);
        let mut lines = judge(&self.shown(), ordered, now.wall);
        if !self.has_home {
            // A home that was never seen cannot refuse anything; the wishes wait for it.
            for line in &mut lines {
                line.verdict = Verdict::Allowed;
            }
        }
        let items = lines.iter().map(item).collect();
        self.batches.add(Batch { label: label.clone(), at: now.wall, who, kind, items });
        let mut last: BTreeMap<Node, Slot> = BTreeMap::new();
        for line in lines {
            let PreviewLine { node, slot, to, verdict, .. } = line;
            let base = slot.present(&self.confirmed, to.scale());
            let wish = Wish {
                batch: Some(label.clone()),
                undoes: undoes.get(&slot).copied(),
                requests: self.request.into_iter().collect(),
                ..Wish::new(to, who, now.wall, base)
            };
            match verdict {
                Verdict::Unchanged => self.resolve(&wish, &Resolution::NoOp),
                Verdict::Refused(refusal) => self.refuse(wish, &refusal, now),
                Verdict::Allowed => {
                    self.failed.remove(&slot);
                    self.late.remove(&slot);
                    let wish = Wish { after: last.insert(node, slot), ..wish };
                    if let Some(ended) = self.writes.want(wish, Settle::Now.duration(), now.instant) {
                        self.end(ended, now);
                    }
                }
            }
        }
    }

    /// Whether a record was undone, or its undo is on its way.
    fn is_taken_back(&self, id: u64) -> bool {
        let undone = |record: &Record| record.undoes == Some(id) && record.outcome == Outcome::Done;
        self.journal.records().iter().any(undone) || self.writes.stages().any(|(_, wish, _)| wish.undoes == Some(id))
    }

    /// Batches that an earlier run did not finish are shown again, as far as the queue knows them.
    pub(super) fn show_restored(&mut self, queue: &[KeptWish]) {
        let past = Past::of(&self.journal.records());
        let mut batches: BTreeMap<u64, Batch> = BTreeMap::new();
        for KeptWish { wish, progress, .. } in queue {
            if matches!(progress, Progress::Ended(_)) {
                continue;
            }
            let Some(label) = &wish.batch else { continue };
            let batch = batches.entry(label.id).or_insert_with(|| Batch {
                label: label.clone(),
                at: wish.made_at,
                who: wish.who,
                kind: wish.undoes.map_or(ChangeKind::Change, |id| past.kind(id).reversed()),
                items: Vec::new(),
            });
            let slot = wish.write.slot();
            let name = slot.node.name(&self.confirmed).to_owned();
            let state = ItemState::Waiting(Hold::Offline);
            batch.items.push(BatchItem { slot, name, wish: wish.write.clone(), state });
        }
        for batch in batches.into_values() {
            self.batches.add(batch);
        }
    }
}

fn item(line: &PreviewLine) -> BatchItem {
    let state = match &line.verdict {
        Verdict::Allowed => ItemState::Waiting(Hold::Turn),
        Verdict::Unchanged => ItemState::Unchanged,
        Verdict::Refused(refusal) => ItemState::Refused(Why::Refused(Reason::Rule(refusal.clone()))),
    };
    BatchItem { slot: line.slot.clone(), name: line.name.clone(), wish: line.to.clone(), state }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "batch_property_tests.rs"]
mod property_tests;
