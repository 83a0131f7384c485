//! Notifications while the window is not in view: smoke, persons at cameras, changes that were refused, a needed
//! sign-in, devices that stay offline.
//!
//! A policy compares successive snapshots ([`NotificationPolicy`]), and the desktop's notification server shows the result
//! (`server`). Smoke and carbon monoxide are urgent and always separate; a burst of others becomes one
//! notification.

mod policy;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "server.rs"]
mod platform;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;

#[cfg(test)]
mod policy_tests;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod server_tests;

pub use platform::Notifier;
pub use policy::{NotificationPolicy, PolicyInput};

use crate::desktop::AppEvent;

/// One notification.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// True if it stays until it is dismissed, at any hour.
    pub is_urgent: bool,
    /// The title, a few words.
    pub title: String,
    /// The body, a sentence.
    pub body: String,
    /// The event of a click.
    pub open: AppEvent,
    /// A further action with its label.
    pub action: Option<(String, AppEvent)>,
}
