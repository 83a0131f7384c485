//! Many writes under one name, such as a preset, and what became of each of them.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::journal::{Origin, Outcome};
use super::pending::WaitReason;
use super::snapshot::{FailureCause, Phase};
use super::undo::ChangeKind;
use crate::home::{Slot, Write};

/// How many batches are kept for a window to show.
const KEPT: usize = 10;

/// Names a batch in the queue and in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLabel {
    /// Counts up; unique within one account.
    pub id: u64,
    /// As a person knows it: `Night`.
    pub name: String,
}

/// Many writes that were asked for together.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Which one.
    pub label: BatchLabel,
    /// When it was asked for.
    pub at: Timestamp,
    /// By whom.
    pub origin: Origin,
    /// Whether it takes another one back, under the same name.
    pub kind: ChangeKind,
    /// Its writes, in the order in which they are sent.
    pub items: Vec<BatchItem>,
}

impl Batch {
    /// Whether nothing of it is on its way any more.
    pub fn is_over(&self) -> bool {
        self.items.iter().all(|item| !item.state.is_open())
    }
}

/// One write of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchItem {
    /// Which value.
    pub slot: Slot,
    /// The device or structure, as it was called then.
    pub name: String,
    /// The value asked for.
    pub write: Write,
    /// What became of it.
    pub state: ItemState,
}

/// What became of one write of a batch.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemState {
    /// Not sent yet; until when is in the [`super::Snapshot::writes`] of its slot.
    Waiting(WaitReason),
    /// On the wire.
    Sending,
    /// Accepted, waiting for the stream.
    Confirming,
    /// Somebody else changed the value meanwhile; a person has to choose.
    Conflict,
    /// The service shows it.
    Done,
    /// It was so already, and nothing was sent.
    Unchanged,
    /// Refused, with the reason.
    Refused(FailureCause),
    /// Accepted, and not shown yet.
    Unconfirmed,
    /// Sent, and nobody knows whether it was applied.
    MayHaveArrived,
    /// Waited too long.
    Expired,
    /// Taken back by a person.
    Discarded,
    /// A newer pending write took its place.
    Replaced,
}

impl ItemState {
    /// Whether something may still become of it.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Waiting(_) | Self::Sending | Self::Confirming | Self::Conflict => true,
            Self::Done
            | Self::Unchanged
            | Self::Refused(_)
            | Self::Unconfirmed
            | Self::MayHaveArrived
            | Self::Expired
            | Self::Discarded
            | Self::Replaced => false,
        }
    }

    pub(super) fn of_outcome(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::Done,
            Outcome::Accepted => Self::Replaced,
            Outcome::Refused(reason) => Self::Refused(FailureCause::Refused(reason.clone())),
            Outcome::Unconfirmed => Self::Unconfirmed,
            Outcome::MayHaveArrived(_) => Self::MayHaveArrived,
            Outcome::Expired => Self::Expired,
            Outcome::Discarded => Self::Discarded,
        }
    }

    /// The phase of an open item; `None` when its slot belongs to a newer pending write.
    fn of_phase(phase: Option<&Phase>) -> Self {
        match phase {
            Some(Phase::Waiting { reason, .. }) => Self::Waiting(*reason),
            Some(Phase::Sending) => Self::Sending,
            Some(Phase::Confirming) => Self::Confirming,
            Some(Phase::Conflict { .. }) => Self::Conflict,
            Some(Phase::Failed { .. }) | None => Self::Replaced,
        }
    }
}

/// The newest batches, newest first.
#[derive(Debug, Default)]
pub(super) struct BatchLog {
    recent: Arc<VecDeque<Batch>>,
    last_id: u64,
}

impl BatchLog {
    /// Goes on counting behind batches that the journal or the queue knows.
    pub(super) fn after(ids: impl Iterator<Item = u64>) -> Self {
        Self { recent: Arc::default(), last_id: ids.max().unwrap_or_default() }
    }

    /// A label that no batch had before.
    pub(super) fn label(&mut self, name: String) -> BatchLabel {
        self.last_id = self.last_id.saturating_add(1);
        BatchLabel { id: self.last_id, name }
    }

    /// Shows a batch.
    pub(super) fn add(&mut self, batch: Batch) {
        let recent = Arc::make_mut(&mut self.recent);
        recent.push_front(batch);
        recent.truncate(KEPT);
    }

    /// Notes what became of an item.
    pub(super) fn note(&mut self, label: &BatchLabel, slot: &Slot, state: ItemState) {
        let recent = Arc::make_mut(&mut self.recent);
        let batch = recent.iter_mut().find(|batch| batch.label.id == label.id);
        if let Some(item) = batch.and_then(|batch| batch.items.iter_mut().find(|item| item.slot == *slot)) {
            item.state = state;
        }
    }

    /// Asks where each open item is.
    pub(super) fn refresh<'a>(&mut self, phase: impl Fn(&BatchLabel, &Slot) -> Option<&'a Phase>) {
        let state = |label: &BatchLabel, item: &BatchItem| {
            // A pending write that was replaced while it was sent stands again when the newer one is dropped.
            let may_move = item.state.is_open() || item.state == ItemState::Replaced;
            let now = may_move.then(|| ItemState::of_phase(phase(label, &item.slot)));
            now.filter(|now| *now != item.state)
        };
        // Snapshots share the list, so it is copied only when something is different.
        let same = |batch: &Batch| batch.items.iter().all(|item| state(&batch.label, item).is_none());
        if self.recent.iter().all(same) {
            return;
        }
        for batch in Arc::make_mut(&mut self.recent) {
            let Batch { label, items, .. } = batch;
            for item in items {
                if let Some(now) = state(label, item) {
                    item.state = now;
                }
            }
        }
    }

    /// A record of a batch turned out to be done after all.
    pub(super) fn confirm(&mut self, label: &BatchLabel, slot: &Slot) {
        let is_late = |item: &BatchItem| matches!(item.state, ItemState::Unconfirmed | ItemState::MayHaveArrived);
        let known = self.find(label.id).and_then(|batch| batch.items.iter().find(|item| item.slot == *slot));
        if known.is_some_and(is_late) {
            self.note(label, slot, ItemState::Done);
        }
    }

    /// Names the devices of batches that were restored before their home was known.
    pub(super) fn rename(&mut self, name: impl Fn(&Slot) -> String) {
        for batch in Arc::make_mut(&mut self.recent) {
            batch.items.iter_mut().for_each(|item| item.name = name(&item.slot));
        }
    }

    /// A batch by its id.
    pub(super) fn find(&self, id: u64) -> Option<&Batch> {
        self.recent.iter().find(|batch| batch.label.id == id)
    }

    /// The batches, newest first; cheap to keep.
    pub(super) fn recent(&self) -> Arc<VecDeque<Batch>> {
        Arc::clone(&self.recent)
    }
}
