//! The desktop around the window: what it prefers, its tray, what it starts by itself, and what it
//! asks of the program ([`Call`]). It knows no toolkit: whoever draws gives it a [`Waker`](std::task::Waker).

pub mod autostart;
#[cfg(all(unix, not(target_os = "macos")))]
mod bus;
mod call;
pub mod hotkey;
pub mod identity;
pub mod instance;
pub mod link;
pub mod notifications;
pub mod preferences;
mod start;
pub mod tray;

pub use call::{Call, Caller};
pub use start::{Start, With};
