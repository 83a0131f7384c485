//! The options of a start of the program.

use crate::command::link::Link;

/// The options of a start of the program with its window.
#[derive(Debug, Clone, PartialEq)]
pub struct LaunchOptions {
    /// The account by name; `None` for all.
    pub account: Option<String>,
    /// True to open the simulated home whatever accounts exist.
    pub is_simulated: bool,
    /// The first view.
    pub with: InitialView,
}

/// The view that opens at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum InitialView {
    Window,
    /// Only the tray.
    Tray,
    /// Neither window nor tray: schedules, holds and recording, until a program with a window takes over.
    Service,
    /// The quick launcher.
    Launcher,
    /// The window with the proposal of a link.
    Link(Link),
}
