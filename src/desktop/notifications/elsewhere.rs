//! Where there is no such server nothing is shown yet.

use tokio::runtime::Handle;

use super::Notification;
use crate::desktop::Caller;

/// Shows nothing.
pub struct Notifier;

impl Notifier {
    /// Begins to show nothing.
    pub fn start(_runtime: &Handle, _caller: Caller) -> Self {
        Self
    }

    /// Nothing comes of it.
    pub fn show(&self, _notification: Notification) {}
}
