//! Events from outside the window.

use crate::accounts::AccountsReversal;
use crate::command::link::Link;
use crate::engine::Request;
use crate::home::Node;
use crate::ipc::IpcEvent;
use crate::platform::DesktopEvent;
use crate::ui::intent::AutomationIntent;

/// An event from outside the window: from the desktop, another process, a signal.
#[derive(Debug, Clone, PartialEq)]
pub enum AppEvent {
    /// Something may have changed.
    Poll,
    /// Open or raise the window, on the page of this device or home if there is one.
    Open(Option<Node>),
    /// Open the quick launcher, or close it if it is open.
    Launcher,
    /// Send a request to the engine. A request that switches a camera on asks for consent in the window first.
    Request(Request),
    /// Reverse a change, or an undo.
    Reverse(AccountsReversal),
    /// Begin, move or end a hold.
    Hold(AutomationIntent),
    /// Apply a preset, by its id.
    Preset(u64),
    /// Show what a link would do, and ask.
    Link(Link),
    /// The tray appeared or disappeared.
    Tray(bool),
    /// Another process changed a hold or a schedule.
    Automation,
    /// The computer woke up from sleep.
    Awake,
    /// Give way to a program with a window.
    Yield,
    /// Send pending changes, and quit.
    Quit,
}

impl From<DesktopEvent> for AppEvent {
    fn from(event: DesktopEvent) -> Self {
        match event {
            DesktopEvent::Window => Self::Open(None),
            DesktopEvent::Launcher => Self::Launcher,
            DesktopEvent::Tray(is_there) => Self::Tray(is_there),
            DesktopEvent::Awake => Self::Awake,
        }
    }
}

impl From<IpcEvent> for AppEvent {
    fn from(event: IpcEvent) -> Self {
        match event {
            IpcEvent::Window => Self::Open(None),
            IpcEvent::Launcher => Self::Launcher,
            IpcEvent::Link(link) => Self::Link(link),
            IpcEvent::Automation => Self::Automation,
            IpcEvent::Yield => Self::Yield,
            IpcEvent::Quit => Self::Quit,
        }
    }
}
