//! One slot's wish, with what was sent for it and what comes after it.

use tokio::time::Instant;

use crate::engine::wish::{Hold, Stage, Wish};
use crate::home::Write;

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
        Self { wish, seq, stage, next: None, sent: Vec::new(), attempts: 0, moved: false, is_withdrawn: false }
    }

    /// Puts a wish in the place of one that was sent, and gives that one back.
    pub(super) fn succeed(&mut self, next: Next) -> Wish {
        let Next { wish, due, seq } = next;
        self.stage = first_stage(&wish, due);
        (self.seq, self.moved, self.is_withdrawn) = (seq, false, false);
        std::mem::replace(&mut self.wish, wish)
    }

    pub(super) fn newest(&self) -> &Wish {
        self.next.as_ref().map_or(&self.wish, |next| &next.wish)
    }

    pub(super) fn newest_seq(&self) -> u64 {
        self.next.as_ref().map_or(self.seq, |next| next.seq)
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
    /// a conflict is measured by, unless it was said in another scale.
    pub(super) fn replace(&mut self, newer: Wish) {
        let same_scale = newer.write.scale() == self.wish.write.scale();
        let base = if same_scale { self.wish.base.take() } else { newer.base };
        self.wish = Wish { base, ..newer };
    }
}

/// Where a new wish begins.
pub(super) fn first_stage(wish: &Wish, due: Instant) -> Stage {
    let hold = if wish.after.is_some() { Hold::Turn } else { Hold::Settling };
    Stage::Waiting { due, hold }
}
