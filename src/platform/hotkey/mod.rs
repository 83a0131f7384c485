//! A global hotkey that opens the quick launcher while the program runs.
//!
//! ```text
//!   chosen ──> Asking ──> Held: a press sends DesktopEvent::Launcher
//!                │  └───> Denied: another program has the keys, the user declined
//!                └──────> Unavailable: nobody on this desktop gives keys away
//! ```
//!
//! On X11 the key is grabbed from the server (`x11`). On Wayland the desktop is asked through its
//! `GlobalShortcuts` portal (`portal`), which asks the user and may assign other keys (both `linux`). Windows
//! and macOS use a crate (`elsewhere`). Every desktop can also bind `setpoint launcher` to a key.

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

/// The status of the requested hotkey.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HotkeyStatus {
    /// No hotkey is requested.
    #[default]
    Off,
    /// The desktop was asked and has not answered.
    Asking,
    /// A press opens the launcher.
    Held {
        /// The keys in the words of the desktop, if it chose them.
        keys: Option<String>,
    },
    /// Another program has the keys, or the user declined.
    Denied,
    /// This desktop provides no hotkeys.
    Unavailable,
}
