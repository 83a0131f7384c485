//! What a person asked for. Views return these and do nothing themselves.

use crate::engine::{Request, Settle, Who};
use crate::home::{DeviceId, Node, StructureId, Write};
use crate::settings::Appearance;

/// Which page is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Page {
    /// All homes and devices.
    #[default]
    Overview,
    /// One home.
    Structure(StructureId),
    /// One thermostat.
    Thermostat(DeviceId),
    /// One camera.
    Camera(DeviceId),
    /// One Protect.
    Protect(DeviceId),
    /// What was changed.
    Activity,
    /// The account and the appearance.
    Settings,
}

impl Page {
    /// The page of what a write is about.
    pub fn of(node: &Node) -> Self {
        match node {
            Node::Structure(id) => Self::Structure(id.clone()),
            Node::Thermostat(id) => Self::Thermostat(id.clone()),
            Node::Camera(id) => Self::Camera(id.clone()),
        }
    }
}

/// A wish of the person in front of the window.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Something for the engine.
    Engine(Request),
    /// Show another page.
    Go(Page),
    /// A camera is to be switched on: ask for consent first.
    AskConsent(DeviceId),
    /// The answer to that.
    Consent {
        /// The camera.
        camera: DeviceId,
        /// Whether it may be switched on.
        given: bool,
    },
    /// A notice about the program itself was read.
    DismissNotice(usize),
    /// Light, dark or as the desktop has it.
    Appear(Appearance),
    /// Sign in with what was typed.
    SignIn,
    /// Sign in at the service's page, in the browser.
    SignInByBrowser,
    /// Open the sealed file with the passphrase that was typed.
    Unseal,
    /// Give the token back and forget it.
    SignOut,
    /// Open the simulated home.
    OpenSimulated,
    /// Try again to open the account.
    Reopen,
}

impl Intent {
    /// A change that a control asks for.
    pub fn want(write: Write, settle: Settle, seen: Option<Write>) -> Self {
        Self::Engine(Request::Want { write, settle, who: Who::Window, seen })
    }
}
