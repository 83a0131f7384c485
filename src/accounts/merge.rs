//! The device trees and connections of several accounts as one, cached until one of them changes.

use std::sync::Arc;

use super::view::{AccountSnapshot, AccountsView};
use crate::engine::{Connection, Snapshot};
use crate::home::DeviceTree;

/// Caches the last view.
#[derive(Debug, Default)]
pub(super) struct SnapshotMerger {
    view: Option<Arc<AccountsView>>,
    version: u64,
    /// The sum of the versions of the engines.
    published: u64,
}

impl SnapshotMerger {
    /// The view of the accounts; the last one if nothing changed.
    pub(super) fn merge(&mut self, accounts: Vec<AccountSnapshot>) -> Arc<AccountsView> {
        if let Some(view) = &self.view
            && accounts.len() == view.accounts.len()
            && accounts.iter().zip(&view.accounts).all(|(new, old)| new.is_same(old))
        {
            return Arc::clone(view);
        }
        // A reader that waits for two publications must not miss those between two calls.
        let published = accounts.iter().map(|account| account.snapshot.version).sum();
        self.version += u64::saturating_sub(published, self.published).max(1);
        self.published = published;
        let view = Arc::new(AccountsView::new(self.version, accounts));
        self.view = Some(Arc::clone(&view));
        view
    }
}

/// The best connection: an offline account does not affect the others, and its own line shows the problem.
pub(super) fn best_connection(accounts: &[AccountSnapshot]) -> Connection {
    let rank = |connection: &Connection| match connection {
        Connection::Live => 0,
        Connection::Stale { .. } => 1,
        Connection::Connecting => 2,
        Connection::Reconnecting { .. } => 3,
        Connection::SignedOut { .. } => 4,
        Connection::Closed => 5,
    };
    let connections = accounts.iter().map(AccountSnapshot::connection);
    connections.min_by_key(|connection| rank(connection)).cloned().unwrap_or(Connection::Closed)
}

/// The device trees as one; that of a single account unchanged. A node in two accounts is that of the first one.
pub(super) fn device_tree(accounts: &[AccountSnapshot], of: impl Fn(&Snapshot) -> &Arc<DeviceTree>) -> Arc<DeviceTree> {
    if let [only] = accounts {
        return Arc::clone(of(&only.snapshot));
    }
    Arc::new(DeviceTree::joined(accounts.iter().map(|account| &**of(&account.snapshot))))
}
