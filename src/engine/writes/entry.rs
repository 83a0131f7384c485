//! The pending write of one slot, with the values sent for it and its successor.

use tokio::time::Instant;

use crate::engine::pending::{CompletedWrite, EndCause, PendingWrite, Stage, WaitReason};
use crate::home::Write;
use crate::service::Reason;

/// Number of times that an unanswered write is sent again before the service has shown its value.
const MOST_RESENDS: u32 = 1;

#[derive(Debug)]
pub(super) struct SlotEntry {
    pub(super) pending: PendingWrite,
    pub(super) seq: u64,
    pub(super) stage: Stage,
    /// A newer pending write that was requested while this one was in flight.
    pub(super) next: Option<Next>,
    /// Values that were sent for this slot: the stream may still report them.
    pub(super) sent: Vec<Write>,
    pub(super) attempts: u32,
    /// A write before it was sent and may have changed this value as well.
    pub(super) moved: bool,
    /// True if it was withdrawn while it was in flight; it is not sent again.
    pub(super) is_withdrawn: bool,
    /// The reason why its arrival is unknown.
    pub(super) unanswered: Option<Reason>,
    /// True if the service showed the value while the write was in flight.
    pub(super) was_shown: bool,
    /// Number of sends without an answer.
    pub(super) open_sends: u32,
    /// The time at which the service would have shown the last of those sends.
    pub(super) shown_by: Option<Instant>,
}

#[derive(Debug)]
pub(super) struct Next {
    pub(super) pending: PendingWrite,
    pub(super) due: Instant,
    pub(super) seq: u64,
}

impl SlotEntry {
    pub(super) fn new(pending: PendingWrite, seq: u64, due: Instant) -> Self {
        let stage = first_stage(&pending, due);
        Self {
            pending,
            seq,
            stage,
            next: None,
            sent: Vec::new(),
            attempts: 0,
            moved: false,
            is_withdrawn: false,
            unanswered: None,
            was_shown: false,
            open_sends: 0,
            shown_by: None,
        }
    }

    /// Replaces a sent write by its successor and returns the sent one.
    pub(super) fn succeed(&mut self, next: Next) -> PendingWrite {
        let Next { pending, due, seq } = next;
        self.stage = first_stage(&pending, due);
        (self.seq, self.moved, self.is_withdrawn) = (seq, false, false);
        (self.unanswered, self.was_shown, self.open_sends) = (None, false, 0);
        std::mem::replace(&mut self.pending, pending)
    }

    /// True if a shown value proves that the unanswered write has arrived. A value that was shown before the
    /// send proves nothing.
    pub(super) fn has_arrived(&self) -> bool {
        self.unanswered.is_some() && self.pending.base.as_ref() != Some(&self.pending.write)
    }

    /// The completion of a write that is given up: `otherwise`, unless the write may have arrived.
    pub(super) fn end_of_giving_up(&self, otherwise: EndCause) -> EndCause {
        self.unanswered.clone().map_or(otherwise, EndCause::MayHaveArrived)
    }

    /// Ends the debounce, and the pause after a lost connection.
    pub(super) fn hurry(&mut self, now: Instant) {
        if let Stage::Waiting { due, reason: WaitReason::Settling | WaitReason::Offline } = &mut self.stage {
            *due = now;
        }
        if let Some(next) = &mut self.next {
            next.due = now;
        }
    }

    /// Holds the next send back until then, unless the service shows the value before.
    pub(super) fn hold_until(&mut self, until: Instant) {
        (self.open_sends, self.shown_by) = (MOST_RESENDS + 1, Some(until));
    }

    /// The end of the time in which another send could apply the write a third time, because the service may not
    /// have shown the earlier ones yet.
    pub(super) fn is_held_until(&self) -> Option<Instant> {
        self.shown_by.filter(|_| self.open_sends > MOST_RESENDS)
    }

    pub(super) fn newest(&self) -> &PendingWrite {
        self.next.as_ref().map_or(&self.pending, |next| &next.pending)
    }

    pub(super) fn is_accepted(&self) -> bool {
        matches!(self.stage, Stage::Accepted { .. })
    }

    /// Notes that the value was sent, so that the stream may report it.
    pub(super) fn may_echo(&mut self) {
        if !self.sent.contains(&self.pending.write) {
            self.sent.push(self.pending.write.clone());
        }
    }

    /// True if the present value itself was sent, and no other.
    pub(super) fn was_sent(&self) -> bool {
        !self.sent.is_empty() && self.sent.iter().all(|sent| *sent == self.pending.write)
    }

    /// Replaces a waiting write by a newer one and returns the older one. The value that was confirmed when the
    /// user began remains the base for conflicts, unless it is in another scale.
    pub(super) fn replace(&mut self, newer: PendingWrite) -> CompletedWrite {
        let same_scale = newer.write.scale() == self.pending.write.scale();
        let base = if same_scale { self.pending.base.clone() } else { newer.base };
        let end = self.end_of_giving_up(EndCause::Replaced);
        if self.unanswered.take().is_some() {
            // The service may still show it.
            self.may_echo();
        }
        (self.was_shown, self.open_sends) = (false, 0);
        let pending = std::mem::replace(&mut self.pending, PendingWrite { base, ..newer });
        CompletedWrite { pending, completion: end }
    }
}

/// The first stage of a new pending write.
pub(super) fn first_stage(pending: &PendingWrite, due: Instant) -> Stage {
    let reason = if pending.after.is_some() { WaitReason::Turn } else { WaitReason::Settling };
    Stage::Waiting { due, reason }
}
