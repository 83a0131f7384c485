//! Notifications of the desktop.

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "server.rs"]
mod platform;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;

#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod server_tests;

use std::path::PathBuf;

pub use platform::Notifier;

/// One notification.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification<E> {
    /// True if it stays until it is dismissed, at any hour.
    pub is_urgent: bool,
    /// The title, a few words.
    pub title: String,
    /// The body, a sentence.
    pub body: String,
    /// The event of a click.
    pub open: E,
    /// A further action with its label.
    pub action: Option<(String, E)>,
    /// Names what it is about: a later notification with the same subject takes its place.
    pub subject: Option<String>,
    /// The file of a picture.
    pub picture: Option<PathBuf>,
    /// True if it only completes what is still shown with the same subject: nothing appears if the user closed that.
    pub only_completes: bool,
}
