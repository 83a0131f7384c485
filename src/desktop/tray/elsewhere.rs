//! Where there is no `StatusNotifierItem` there is no tray yet.

use super::face::Face;
use crate::desktop::Caller;

/// No tray.
pub struct Tray(std::convert::Infallible);

impl Tray {
    /// There is none.
    pub fn start(_runtime: &tokio::runtime::Handle, _caller: &Caller, _face: Face) -> Option<Self> {
        None
    }

    /// Shows another face, on a dark or a light panel.
    pub fn show(&self, _face: Face, _is_dark: bool) {
        match self.0 {}
    }
}
