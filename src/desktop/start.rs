//! How the program begins.

use super::link::Link;

/// What lives until somebody quits.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Which account, by name; `None` for the first one.
    pub account: Option<String>,
    /// The simulated home, whatever accounts there are.
    pub is_simulated: bool,
    /// What opens.
    pub with: With,
}

/// What opens at the start.
#[derive(Debug, Clone, PartialEq)]
pub enum With {
    /// The window.
    Window,
    /// Nothing; the tray is enough.
    Tray,
    /// The quick launcher.
    Launcher,
    /// The window, with what a link proposes.
    Link(Link),
}
