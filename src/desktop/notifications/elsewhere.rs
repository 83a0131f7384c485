//! Platforms without a notification server: nothing is shown yet.

use tokio::runtime::Handle;

use super::Notification;
use crate::desktop::EventSender;

/// Shows nothing.
pub struct Notifier;

impl Notifier {
    /// Does nothing.
    pub fn start(_runtime: &Handle, _events: EventSender) -> Self {
        Self
    }

    /// Does nothing.
    pub fn show(&self, _notification: Notification) {}
}
