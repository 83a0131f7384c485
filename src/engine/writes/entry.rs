//! One slot's wish, with what was sent for it and what comes after it.

use tokio::time::Instant;

use crate::engine::wish::{End, Ended, Hold, Stage, Wish};
use crate::home::Write;
use crate::service::Reason;

/// A wish of which no answer came is sent so often again before the service has shown its value.
const MOST_RESENDS: u32 = 1;

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) wish: Wish,
    pub(super) seq: u64,
    pub(super) stage: Stage,
    /// A newer wish that came while this one was in flight.
    pub(super) next: Option<Next>,
    /// Values that were sent for this slot: the stream may still echo them.
    pub(super) sent: Vec<Write>,
    pub(super) attempts: u32,
    /// A write before it was sent, and may have moved this value as well.
    pub(super) moved: bool,
    /// Somebody took it back while it was in flight: it is not sent a second time.
    pub(super) is_withdrawn: bool,
    /// Why it is not known whether the wish itself arrived when it was sent.
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
    pub(super) wish: Wish,
    pub(super) due: Instant,
    pub(super) seq: u64,
}

impl Entry {
    pub(super) fn new(wish: Wish, seq: u64, due: Instant) -> Self {
        let stage = first_stage(&wish, due);
        Self {
            wish,
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

    /// Puts a wish in the place of one that was sent, and gives that one back.
    pub(super) fn succeed(&mut self, next: Next) -> Wish {
        let Next { wish, due, seq } = next;
        self.stage = first_stage(&wish, due);
        (self.seq, self.moved, self.is_withdrawn) = (seq, false, false);
        (self.unanswered, self.was_shown, self.open_sends) = (None, false, 0);
        std::mem::replace(&mut self.wish, wish)
    }

    /// Whether a value that is shown tells that the wish, of which no answer came, has arrived. One that
    /// was shown before it was sent tells nothing.
    pub(super) fn has_arrived(&self) -> bool {
        self.unanswered.is_some() && self.wish.base.as_ref() != Some(&self.wish.write)
    }

    /// How the wish ends when it is given up: `otherwise`, unless it may have arrived.
    pub(super) fn end_of_giving_up(&self, otherwise: End) -> End {
        self.unanswered.clone().map_or(otherwise, End::MayHaveArrived)
    }

    /// Forgets the settling time, and the pause after a broken line.
    pub(super) fn hurry(&mut self, now: Instant) {
        if let Stage::Waiting { due, hold: Hold::Settling | Hold::Offline } = &mut self.stage {
            *due = now;
        }
        if let Some(next) = &mut self.next {
            next.due = now;
        }
    }

    /// Until when one more send could apply the wish a third time: the service has not had its time to
    /// show what it did.
    pub(super) fn is_held_until(&self) -> Option<Instant> {
        self.shown_by.filter(|_| self.open_sends > MOST_RESENDS)
    }

    pub(super) fn newest(&self) -> &Wish {
        self.next.as_ref().map_or(&self.wish, |next| &next.wish)
    }

    pub(super) fn is_accepted(&self) -> bool {
        matches!(self.stage, Stage::Accepted { .. })
    }

    /// The value was sent, so the stream may show it from now on.
    pub(super) fn may_echo(&mut self) {
        if !self.sent.contains(&self.wish.write) {
            self.sent.push(self.wish.write.clone());
        }
    }

    /// Whether the wish itself was sent, and nothing else.
    pub(super) fn was_sent(&self) -> bool {
        !self.sent.is_empty() && self.sent.iter().all(|sent| *sent == self.wish.write)
    }

    /// A newer wish in place of one that waits. What was confirmed when the person began is what
    /// a conflict is measured by, unless it was said in another scale. Gives the older one back.
    pub(super) fn replace(&mut self, newer: Wish) -> Ended {
        let same_scale = newer.write.scale() == self.wish.write.scale();
        let base = if same_scale { self.wish.base.clone() } else { newer.base };
        let end = self.end_of_giving_up(End::Replaced);
        if self.unanswered.take().is_some() {
            // The service may still show it.
            self.may_echo();
        }
        (self.was_shown, self.open_sends) = (false, 0);
        let wish = std::mem::replace(&mut self.wish, Wish { base, ..newer });
        Ended { wish, end }
    }
}

/// Where a new wish begins.
pub(super) fn first_stage(wish: &Wish, due: Instant) -> Stage {
    let hold = if wish.after.is_some() { Hold::Turn } else { Hold::Settling };
    Stage::Waiting { due, hold }
}
