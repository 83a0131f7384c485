//! The part of the pending writes that survives a crash, and how it is taken up again.
//!
//! A pending write is on disk before its first byte is sent, marked as sent. So a later run knows which pending writes may
//! have arrived, and compares them with what the service shows before it sends anything again.

use tokio::time::Instant;

use super::{Entry, Writes};
use crate::engine::pending::{CompletedWrite, Completion, PendingWrite, Progress, Stage, StoredWrite, WaitReason};
use crate::home::Write;
use crate::service::Reason;

impl Writes {
    /// What must survive a crash, oldest first: everything whose end is not known, each with how far it
    /// came.
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

    /// Takes up what an earlier run left; it waits for the first home to be compared with. Gives back
    /// what has to end since something newer was kept behind it.
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
            let mut entry = Entry::new(pending, self.last_seq, now);
            (entry.stage, entry.sent) = (stage, sent);
            if progress == Progress::Sent {
                entry.may_echo();
                entry.unanswered = Some(Reason::ProgramEnded);
            }
            if let Some(mut before) = before {
                let was_accepted = before.is_accepted();
                if was_accepted || before.unanswered.is_some() {
                    before.may_echo();
                }
                entry.sent.extend(
                    before.sent.iter().filter(|sent| !entry.sent.contains(sent)).cloned().collect::<Vec<Write>>(),
                );
                let end =
                    if was_accepted { Completion::Superseded } else { before.end_of_giving_up(Completion::Replaced) };
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

fn progress(entry: &Entry) -> Progress {
    match entry.stage {
        Stage::InFlight => Progress::Sent,
        Stage::Accepted { .. } => Progress::Accepted,
        Stage::Waiting { .. } | Stage::Conflict { .. } if entry.unanswered.is_some() => Progress::Sent,
        Stage::Waiting { .. } | Stage::Conflict { .. } => Progress::Waiting,
    }
}
