//! Updates from the service: its connection and its home.

use super::{Clocks, Core, ToDisk};
use crate::engine::snapshot::Connection;
use crate::home::{DeviceTree, Slot};
use crate::service::{FailureKind, Update};

impl Core {
    /// Handles an update from the service.
    pub(in crate::engine) fn update(&mut self, update: Update, now: Clocks) {
        if matches!(self.connection, Connection::SignedOut { .. }) && !matches!(update, Update::Home(_)) {
            // Only a new sign-in, which starts a new engine, restores the account.
            return;
        }
        match update {
            Update::Connecting => {
                if let Connection::Reconnecting { retry_at, .. } = &mut self.connection {
                    *retry_at = None;
                } else if !matches!(self.connection, Connection::Connecting) {
                    self.connection = Connection::Reconnecting { since: now.wall, retry_at: None, why: None };
                }
            }
            Update::Home(home) => self.home(*home, now),
            Update::Alive => self.online(now),
            Update::Stalled => {
                if self.connection == Connection::Live {
                    self.connection = Connection::Stale { since: now.wall };
                }
            }
            Update::Lost { failure, retry_in } => {
                if matches!(failure.kind, FailureKind::Busy(_)) {
                    self.not_before = Some(now.instant + retry_in);
                }
                let since = match self.connection {
                    Connection::Reconnecting { since, .. } | Connection::Stale { since } => since,
                    Connection::Connecting | Connection::Live | Connection::SignedOut { .. } | Connection::Closed => {
                        now.wall
                    }
                };
                let retry_at = Some(now.wall_at(now.instant + retry_in));
                self.connection = Connection::Reconnecting { since, retry_at, why: Some(failure.reason) };
            }
            Update::SignedOut(failure) => self.connection = Connection::SignedOut { why: failure.reason },
        }
    }

    pub(super) fn home(&mut self, home: DeviceTree, now: Clocks) {
        let before = self.has_home.then(|| self.confirmed.clone());
        let changes = self.confirmed.adopt(home);
        if !std::mem::replace(&mut self.has_home, true) {
            self.batches.rename(|slot| slot.node.name(&self.confirmed).to_owned());
        }
        let known = before.is_some().then_some(changes.as_slice());
        let noted = self.events.note(&self.confirmed, known, now.wall);
        self.to_disk.extend(noted.into_iter().map(ToDisk::Event));
        let ended = self.writes.reported(&self.confirmed);
        let confirmed_late = self.confirm_late(now);
        if let Some(before) = before {
            let ours: Vec<Slot> = ended.iter().map(|ended| ended.pending.write.slot()).chain(confirmed_late).collect();
            self.note_external_changes(&before, &changes, &ended, &ours, now);
        }
        for ended in ended {
            self.end(ended, now);
        }
        self.online(now);
    }

    pub(super) fn online(&mut self, now: Clocks) {
        // A signed-out account stays so, whatever its old stream still sends.
        if !self.has_home || matches!(self.connection, Connection::SignedOut { .. }) {
            return;
        }
        if self.connection != Connection::Live {
            self.connection = Connection::Live;
            self.writes.release(now.instant);
        }
    }
}
