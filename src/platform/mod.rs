//! The desktop around the window: its preferences, its tray, its autostart, and its events ([`DesktopEvent`]). This
//! module knows no toolkit and no engine: the program passes a [`Waker`](std::task::Waker), and menus and
//! notifications carry events of the program ([`ProgramEvent`]).

pub mod autostart;
#[cfg(all(unix, not(target_os = "macos")))]
mod bus;
mod event;
pub mod hotkey;
pub mod identity;
pub mod monitor;
pub mod notifications;
pub mod preferences;
pub mod sleep;
pub mod terminal;
pub mod tray;
pub mod user_service;
#[cfg(test)]
#[cfg(all(unix, not(target_os = "macos")))]
mod x_server;

pub use event::{DesktopEvent, EventSender, ProgramEvent};

/// True on an X11 desktop. A Wayland desktop often has an X server too, which knows windows and pointer of X11
/// programs only.
#[cfg(all(unix, not(target_os = "macos")))]
fn is_x11() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_set("WAYLAND_DISPLAY") && is_set("DISPLAY")
}
