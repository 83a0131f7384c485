//! The icon in the system tray: its state for a snapshot ([`TrayState`]), and the platform's tray that shows it.
//!
//! On Linux and the BSDs it is a `StatusNotifierItem` (`linux`), on Windows and macOS the system's
//! own (`elsewhere`).

mod menu;
mod pixels;
mod state;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "linux.rs"]
mod platform;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;

#[cfg(test)]
mod state_tests;

pub use menu::MenuEntry;
pub use platform::Tray;
pub use state::{TrayIcon, TrayInput, TrayState, tray_state};
