//! One slot's pending write, with what was sent for it and what comes after it.

use tokio::time::Instant;

use crate::engine::pending::{CompletedWrite, Completion, PendingWrite, Stage, WaitReason};
use crate::home::Write;
use crate::service::Reason;

/// A pending write of which no answer came is sent so often again before the service has shown its value.
const MOST_RESENDS: u32 = 1;

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) pending: PendingWrite,
    pub(super) seq: u64,
    pub(super) stage: Stage,
    /// A newer pending write that came while this one was in flight.
    pub(super) next: Option<Next>,
    /// Values that were sent for this slot: the stream may still echo them.
    pub(super) sent: Vec<Write>,
    pub(super) attempts: u32,
    /// A write before it was sent, and may have moved this value as well.
    pub(super) moved: bool,
    /// Somebody took it back while it was in flight: it is not sent a second time.
    pub(super) is_withdrawn: bool,
    /// Why it is not known whether the pending write itself arrived when it was sent.
    pub(super) unanswered: Option<Reason>,
    /// The service has shown it while it was in flight.
    pub(super) was_shown: bool,
    /// How often it was sent without an answer.
    pub(super) open_sends: u32,
    /// By then the service has shown the last of those, if that arrived.
    pub(super) shown_by: Option<Instant>,
}

#[derive(Debug)]
pub(super) struct Next {
    pub(super) pending: PendingWrite,
    pub(super) due: Instant,
    pub(super) seq: u64,
}

impl Entry {
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

    /// Puts a pending write in the place of one that was sent, and gives that one back.
    pub(super) fn succeed(&mut self, next: Next) -> PendingWrite {
        let Next { pending, due, seq } = next;
        self.stage = first_stage(&pending, due);
        (self.seq, self.moved, self.is_withdrawn) = (seq, false, false);
        (self.unanswered, self.was_shown, self.open_sends) = (None, false, 0);
        std::mem::replace(&mut self.pending, pending)
    }

    /// True when a shown value tells that the pending write, of which no answer came, has arrived. One that
    /// was shown before it was sent tells nothing.
    pub(super) fn has_arrived(&self) -> bool {
        self.unanswered.is_some() && self.pending.base.as_ref() != Some(&self.pending.write)
    }

    /// The end of a pending write that is given up: `otherwise`, unless it may have arrived.
    pub(super) fn end_of_giving_up(&self, otherwise: Completion) -> Completion {
        self.unanswered.clone().map_or(otherwise, Completion::MayHaveArrived)
    }

    /// Forgets the settling time, and the pause after a broken line.
    pub(super) fn hurry(&mut self, now: Instant) {
        if let Stage::Waiting { due, reason: WaitReason::Settling | WaitReason::Offline } = &mut self.stage {
            *due = now;
        }
        if let Some(next) = &mut self.next {
            next.due = now;
        }
    }

    /// Until when one more send could apply the pending write a third time: the service has not had its time to
    /// show what it did.
    pub(super) fn is_held_until(&self) -> Option<Instant> {
        self.shown_by.filter(|_| self.open_sends > MOST_RESENDS)
    }

    pub(super) fn newest(&self) -> &PendingWrite {
        self.next.as_ref().map_or(&self.pending, |next| &next.pending)
    }

    pub(super) fn is_accepted(&self) -> bool {
        matches!(self.stage, Stage::Accepted { .. })
    }

    /// The value was sent, so the stream may show it from now on.
    pub(super) fn may_echo(&mut self) {
        if !self.sent.contains(&self.pending.write) {
            self.sent.push(self.pending.write.clone());
        }
    }

    /// True when the pending write itself was sent, and nothing else.
    pub(super) fn was_sent(&self) -> bool {
        !self.sent.is_empty() && self.sent.iter().all(|sent| *sent == self.pending.write)
    }

    /// A newer pending write in place of one that waits. What was confirmed when the person began is what
    /// a conflict is measured by, unless it was said in another scale. Gives the older one back.
    pub(super) fn replace(&mut self, newer: PendingWrite) -> CompletedWrite {
        let same_scale = newer.write.scale() == self.pending.write.scale();
        let base = if same_scale { self.pending.base.clone() } else { newer.base };
        let end = self.end_of_giving_up(Completion::Replaced);
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
