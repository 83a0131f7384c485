//! The part of the pending writes that survives a crash, and its restoration.
//!
//! A pending write is stored, marked as sent, before its first byte is sent. A later run therefore knows which
//! writes may have arrived, and compares them with the values of the service before it sends anything again.

use std::time::Duration;

use tokio::time::Instant;

use super::{SlotEntry, Writes};
use crate::engine::pending::{CompletedWrite, EndCause, PendingWrite, Progress, Stage, StoredWrite, WaitReason};
use crate::home::Write;
use crate::service::Reason;

/// The time that a service may need for a request whose sender was killed. Sent again earlier, the write would arrive
/// twice, although the first home does not show it yet.
const ON_ITS_WAY: Duration = Duration::from_secs(5);

impl Writes {
    /// The writes to store, oldest first: each whose outcome is unknown, with its progress.
    pub(in crate::engine) fn to_keep(&self) -> Vec<StoredWrite> {
        let mut kept: Vec<(u64, StoredWrite)> = Vec::new();
        for entry in self.entries.values() {
            kept.push((entry.seq, keep(&entry.pending, progress(entry), &entry.sent)));
            if let Some(next) = &entry.next {
                kept.push((next.seq, keep(&next.pending, Progress::Waiting, &[])));
            }
        }
        kept.sort_unstable_by_key(|(seq, _)| *seq);
        kept.into_iter().map(|(_, pending)| pending).collect()
    }

    /// Restores the writes of an earlier run; they wait for the first home. Returns those that end because a
    /// newer one was stored behind them.
    pub(in crate::engine) fn restore(&mut self, kept: Vec<StoredWrite>, now: Instant) -> Vec<CompletedWrite> {
        let mut ended = Vec::new();
        for StoredWrite { pending, progress, sent } in kept {
            let slot = pending.write.slot();
            self.last_seq += 1;
            let stage = match progress {
                Progress::Accepted => Stage::Accepted { until: now + self.confirm_within },
                Progress::Waiting | Progress::Sent | Progress::Ended(_) => {
                    Stage::Waiting { due: now, reason: WaitReason::Offline }
                }
            };
            let before = self.entries.remove(&slot);
            let mut entry = SlotEntry::new(pending, self.last_seq, now);
            (entry.stage, entry.sent) = (stage, sent);
            if progress == Progress::Sent {
                entry.may_echo();
                entry.unanswered = Some(Reason::ProgramEnded);
                entry.hold_until(now + ON_ITS_WAY);
            }
            if let Some(mut before) = before {
                let was_accepted = before.is_accepted();
                if was_accepted || before.unanswered.is_some() {
                    before.may_echo();
                }
                entry.sent.extend(
                    before.sent.iter().filter(|sent| !entry.sent.contains(sent)).cloned().collect::<Vec<Write>>(),
                );
                let end = if was_accepted { EndCause::Superseded } else { before.end_of_giving_up(EndCause::Replaced) };
                ended.push(CompletedWrite { pending: before.pending, completion: end });
            }
            self.entries.insert(slot, entry);
        }
        self.break_circles();
        ended
    }
}

fn keep(pending: &PendingWrite, progress: Progress, sent: &[Write]) -> StoredWrite {
    let other = sent.iter().filter(|sent| **sent != pending.write).cloned().collect();
    StoredWrite { pending: PendingWrite { requests: Vec::new(), ..pending.clone() }, progress, sent: other }
}

fn progress(entry: &SlotEntry) -> Progress {
    match entry.stage {
        Stage::InFlight => Progress::Sent,
        Stage::Accepted { .. } => Progress::Accepted,
        Stage::Waiting { .. } | Stage::Conflict { .. } if entry.unanswered.is_some() => Progress::Sent,
        Stage::Waiting { .. } | Stage::Conflict { .. } => Progress::Waiting,
    }
}
