//! What is worth a word while nobody looks at the window: smoke, visitors, changes that were
//! refused, a sign-in that is needed, devices that stay away.
//!
//! What is news is worked out from one snapshot to the next ([`News`]); the desktop's notification
//! server shows it (`server`). Smoke and carbon monoxide are urgent and always alone; of the rest a
//! burst becomes one.

mod news;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "server.rs"]
mod platform;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;

#[cfg(test)]
mod news_tests;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod server_tests;

pub use news::{News, NewsOf};
pub use platform::Notifier;

use crate::desktop::Call;

/// One thing that is worth a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// Whether it stays until somebody has read it, whatever the hour.
    pub is_urgent: bool,
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub body: String,
    /// What a click does.
    pub open: Call,
    /// One more thing to do, with its label.
    pub action: Option<(String, Call)>,
}
