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
pub mod monitor;
pub mod notifications;
pub mod preferences;
mod start;
pub mod terminal;
pub mod tray;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod x_server;

pub use call::{Call, Caller};
pub use start::{Start, With};

/// Whether the desktop is one of X11. On Wayland there is often an X server as well, which knows
/// of the windows and of the pointer only what concerns X11 programs.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_x11() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_set("WAYLAND_DISPLAY") && is_set("DISPLAY")
}
