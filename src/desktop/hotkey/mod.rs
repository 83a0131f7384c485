//! A key that opens the quick launcher from anywhere on the desktop, while the program runs.
//!
//! ```text
//!   chosen ──> Asking ──> Held: a press calls Call::Launcher
//!                │  └───> Denied: another program has the keys, the person said no
//!                └──────> Unavailable: nobody on this desktop gives keys away
//! ```
//!
//! On X11 the key is grabbed from the server (`x11`); on Wayland the desktop is asked through its
//! `GlobalShortcuts` portal (`portal`), which asks the person and may give other keys (both `linux`). Windows
//! and macOS have a crate for it (`elsewhere`). Every desktop can also be told to start `setpoint launcher` by a key.

#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;
#[cfg(all(unix, not(target_os = "macos")))]
#[path = "linux.rs"]
mod platform;
#[cfg(all(unix, not(target_os = "macos")))]
mod portal;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod tests;
#[cfg(all(unix, not(target_os = "macos")))]
mod x11;

pub use platform::Hotkey;

/// How the wish for a key stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HotkeyStatus {
    /// Nobody wants one.
    #[default]
    Off,
    /// The desktop was asked.
    Asking,
    /// A press opens the launcher.
    Held {
        /// The keys in the desktop's own words, where it chose them.
        keys: Option<String>,
    },
    /// Another program has the keys, or the person told the desktop no.
    Denied,
    /// Nobody on this desktop gives keys away.
    Unavailable,
}
