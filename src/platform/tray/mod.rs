//! The icon in the system tray: its contents ([`TrayState`]), and the platform's tray that shows them.
//!
//! On Linux and the BSDs it is a `StatusNotifierItem` (`linux`), on Windows and macOS the system's
//! own (`elsewhere`).

mod pixels;
mod state;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "linux.rs"]
mod platform;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;

pub use platform::{NEEDS_WINDOW, Tray};
pub use state::{MenuEntry, Steps, TrayIcon, TrayState};
