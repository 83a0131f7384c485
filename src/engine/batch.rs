//! Batches: several writes under one name, such as a preset, with the state of each.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::journal::{Origin, Outcome};
use super::pending::WaitReason;
use super::snapshot::{FailureCause, Phase};
use super::undo::ChangeKind;
use crate::home::{Slot, Write};

/// Number of batches that a snapshot contains.
const KEPT: usize = 10;

/// The identity of a batch in the queue and in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchLabel {
    /// Unique within one account; increases with each batch.
    pub id: u64,
    /// The name that the user knows, such as `Night`.
    pub name: String,
    /// Equal in the parts of one request to several accounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<BatchGroup>,
}

/// Names a request whose batches are in several accounts. Unique in all runs, because journals contain it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BatchGroup(i64);

impl BatchGroup {
    /// A group that differs from `last` even if the clock stands.
    pub fn after(last: Option<Self>, now: Timestamp) -> Self {
        Self(last.map_or(i64::MIN, |last| last.0.saturating_add(1)).max(now.as_microsecond()))
    }
}

/// Several writes that were requested together.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Id and name.
    pub label: BatchLabel,
    /// The time of the request.
    pub at: Timestamp,
    /// The part of the program, or the client, that requested it.
    pub origin: Origin,
    /// Distinguishes a change from an undo or redo, which have the name of the batch that they reverse.
    pub kind: ChangeKind,
    /// Its writes, in the order in which they are sent.
    pub items: Vec<BatchItem>,
}

impl Batch {
    /// True if no item is pending any more.
    pub fn is_over(&self) -> bool {
        self.items.iter().all(|item| !item.state.is_open())
    }
}

/// One write of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct BatchItem {
    /// The value that is written.
    pub slot: Slot,
    /// The name of the device or structure at the time of the request.
    pub name: String,
    /// The requested value.
    pub write: Write,
    /// The present state of the write.
    pub state: ItemState,
}

/// The state of one write of a batch.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemState {
    /// Not sent yet. [`super::Snapshot::writes`] has the time, by slot.
    Waiting(WaitReason),
    /// In flight.
    Sending,
    /// Accepted, not confirmed by the stream yet.
    Confirming,
    /// The value was changed elsewhere meanwhile; the user has to choose.
    Conflict,
    /// Confirmed by the service.
    Done,
    /// The value was already set; nothing was sent.
    Unchanged,
    /// Refused, with the reason.
    Refused(FailureCause),
    /// Accepted, but not shown by the service in time.
    Unconfirmed,
    /// Sent without an answer.
    MayHaveArrived,
    /// Not sent before its expiry.
    Expired,
    /// Discarded by the user.
    Discarded,
    /// Replaced by a newer pending write.
    Replaced,
}

impl ItemState {
    /// True if the state can still change.
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

    /// The state for the phase of an open item; `None` means that the slot belongs to a newer pending write.
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
    /// Continues the numbering after the ids that the journal and the queue contain.
    pub(super) fn after(ids: impl Iterator<Item = u64>) -> Self {
        Self { recent: Arc::default(), last_id: ids.max().unwrap_or_default() }
    }

    /// Returns a label with a new id.
    pub(super) fn label(&mut self, name: String, group: Option<BatchGroup>) -> BatchLabel {
        self.last_id = self.last_id.saturating_add(1);
        BatchLabel { id: self.last_id, name, group }
    }

    /// Adds a batch and drops the oldest one beyond the limit.
    pub(super) fn add(&mut self, batch: Batch) {
        let recent = Arc::make_mut(&mut self.recent);
        recent.push_front(batch);
        recent.truncate(KEPT);
    }

    /// Sets the state of an item.
    pub(super) fn note(&mut self, label: &BatchLabel, slot: &Slot, state: ItemState) {
        let recent = Arc::make_mut(&mut self.recent);
        let batch = recent.iter_mut().find(|batch| batch.label.id == label.id);
        if let Some(item) = batch.and_then(|batch| batch.items.iter_mut().find(|item| item.slot == *slot)) {
            item.state = state;
        }
    }

    /// Updates the state of each open item from the phase of its pending write.
    pub(super) fn refresh<'a>(&mut self, phase: impl Fn(&BatchLabel, &Slot) -> Option<&'a Phase>) {
        let state = |label: &BatchLabel, item: &BatchItem| {
            // A pending write that was replaced while it was in flight counts again when the newer one is
            // discarded.
            let may_move = item.state.is_open() || item.state == ItemState::Replaced;
            let now = may_move.then(|| ItemState::of_phase(phase(label, &item.slot)));
            now.filter(|now| *now != item.state)
        };
        // Snapshots share the list; copy it only if an item changed.
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

    /// Marks an item as done after a late confirmation.
    pub(super) fn confirm(&mut self, label: &BatchLabel, slot: &Slot) {
        let is_late = |item: &BatchItem| matches!(item.state, ItemState::Unconfirmed | ItemState::MayHaveArrived);
        let known = self.find(label.id).and_then(|batch| batch.items.iter().find(|item| item.slot == *slot));
        if known.is_some_and(is_late) {
            self.note(label, slot, ItemState::Done);
        }
    }

    /// Sets the device names of batches that were restored before the home was known.
    pub(super) fn rename(&mut self, name: impl Fn(&Slot) -> String) {
        for batch in Arc::make_mut(&mut self.recent) {
            batch.items.iter_mut().for_each(|item| item.name = name(&item.slot));
        }
    }

    pub(super) fn find(&self, id: u64) -> Option<&Batch> {
        self.recent.iter().find(|batch| batch.label.id == id)
    }

    /// The batches, newest first. Cloning the result is cheap.
    pub(super) fn recent(&self) -> Arc<VecDeque<Batch>> {
        Arc::clone(&self.recent)
    }
}
