//! The icon in the system tray: its state for a snapshot ([`Face`]), and the platform's tray that shows it.
//!
//! On Linux and the BSDs it is a `StatusNotifierItem` (`linux`), on Windows and macOS the system's
//! own (`elsewhere`).

mod face;
mod menu;
mod pixels;

#[cfg(all(unix, not(target_os = "macos")))]
#[path = "linux.rs"]
mod platform;
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[path = "elsewhere.rs"]
mod platform;

#[cfg(test)]
mod face_tests;

pub use face::{Face, FaceOf, Sign, face};
pub use menu::Entry;
pub use platform::Tray;
