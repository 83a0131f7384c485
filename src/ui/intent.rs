//! What a person asked for. Views return these and do nothing themselves.

use super::action::Action;
use super::console::ConsoleIntent;
use crate::desktop::terminal::Script;
use crate::engine::{Debounce, Origin, Request};
use crate::home::{AlarmState, BatteryHealth, Confidential, DeviceId, Node, Setpoint, StructureId, Write};
use crate::i18n::Language;
use crate::settings::{Appearance, Combination, Notify, OnClose};
use crate::simulator::EventKind;
use crate::snippet::{self, Method};
use crate::wwn::wire;

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
    /// Named sets of writes.
    Presets,
    /// Requests to the API of an account.
    Console,
    /// A hand on the simulated home.
    Simulator,
    /// The whole document of the home, as the API has it.
    Explorer,
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
    /// Something that a menu, a key or the palette also asks for.
    Do(Action),
    /// Show another page.
    Go(Page),
    /// Show the page before.
    Back,
    /// Show one home, or all of them.
    ShowHome(Option<StructureId>),
    /// A notice about the program itself was read.
    DismissNotice(usize),
    /// Load a camera's picture now.
    LoadPicture(Confidential),
    /// Change how the window looks and speaks.
    Prefer(Preference),
    /// Whether the program starts with the desktop.
    StartWithDesktop(bool),
    /// Something about the presets.
    Presets(PresetIntent),
    /// Something about requests to the API.
    Console(ConsoleIntent),
    /// Something happens in the simulated home.
    Simulate(Happening),
    /// Sign in with what was typed.
    SignIn,
    /// Sign in at the service's page, in the browser.
    SignInByBrowser,
    /// Check the set-up at Google that was typed.
    CheckGoogle {
        /// Whether to make what is missing of it.
        make: bool,
    },
    /// Open the sealed file with the passphrase that was typed.
    Unseal,
    /// Something about an account of the settings, by its id.
    Account(String, AccountIntent),
    /// Open the simulated home.
    OpenSimulated,
    /// Open all accounts of the settings.
    OpenAccounts,
    /// Try again to open the account.
    Reopen,
    /// What becomes of the program now that its window is to be closed.
    Closing(ClosingAnswer),
    /// Show a request as code.
    AsCode(CodeRequest),
    /// Show a script in the desktop's terminal.
    InTerminal(Script),
    /// Keep a device at hand in the tray and the launcher, or no longer.
    Pin(DeviceId, bool),
    /// Close the window, as its frame does.
    CloseWindow,
    /// End the program.
    Quit,
}

/// A request that is to be shown as code: of the Works with Nest API, unless it says otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeRequest {
    /// What is done at the path.
    pub method: Method,
    /// As in the documentation of the API: `/structures/…`.
    pub path: String,
    /// What is written.
    pub body: Option<serde_json::Value>,
    /// The id of the account that it goes to, where several are shown.
    pub account: Option<String>,
    /// The other API in whose words the request is.
    pub other_api: Option<OtherApi>,
}

/// The API of a service that does not speak Works with Nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherApi {
    /// Its address.
    pub address: String,
    /// Whether the request goes past the rules of the program.
    pub is_raw: bool,
}

impl CodeRequest {
    /// The request that makes a write.
    pub fn of_write(write: &Write, account: Option<String>) -> Self {
        let wire::Request { path, body } = wire::request(write);
        Self { method: Method::Put, path, body: Some(body), account, other_api: None }
    }
}

/// What is done with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountIntent {
    /// Give its token back and forget it.
    SignOut,
    /// Connect to its service again.
    Reopen,
    /// Fill in the form to sign in with what is known of it.
    Edit,
    /// Call it something else.
    Rename(String),
    /// Show it before the one above it, or after the one below.
    Move {
        /// Which.
        up: bool,
    },
}

/// What a person answers who closes the window for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingAnswer {
    /// The program lives on in the tray, now and later.
    Stay,
    /// The program ends, now and later.
    Quit,
    /// The window stays open.
    Cancel,
}

/// How the window looks and speaks; `None` as the desktop has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preference {
    /// Light or dark.
    Appearance(Appearance),
    /// Whether edges and words stand out more.
    HighContrast(Option<bool>),
    /// Whether nothing moves that need not.
    ReducedMotion(Option<bool>),
    /// In which language it speaks.
    Language(Option<Language>),
    /// What becomes of the program when its window is closed; `None` asks.
    OnClose(Option<OnClose>),
    /// Whether the wheel over the tray's icon moves the favourite's setpoint.
    TrayScrolls(bool),
    /// The keys that open the launcher from anywhere; `None` for none.
    Hotkey(Option<Combination>),
    /// What is notified of.
    Notify(Notify),
    /// In which programming language requests are shown.
    CodeLanguage(snippet::Language),
}

/// What a person does with presets.
#[derive(Debug, Clone, PartialEq)]
pub enum PresetIntent {
    /// Set everything in it.
    Apply {
        /// What it is called.
        name: String,
        /// What it sets.
        writes: Vec<Write>,
    },
    /// Keep a new one, or replace the one with this id.
    Save {
        /// Which one; `None` for a new one.
        id: Option<u64>,
        /// What it is called.
        name: String,
        /// What it sets.
        writes: Vec<Write>,
    },
    /// Forget one.
    Remove(u64),
    /// Bring back the one that was forgotten last.
    PutBack,
    /// Show one earlier or later in the list.
    Move {
        /// Which one.
        id: u64,
        /// Whether earlier.
        up: bool,
    },
}

/// What can happen in the simulated home.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// It is so warm outside, in degrees Celsius; `None` lets the weather be.
    Outdoor(Option<f64>),
    /// Time goes so many times as fast.
    Speed(f64),
    /// Something happens in front of a camera.
    Event(DeviceId, EventKind),
    /// A Protect finds smoke, or none any more.
    Smoke(DeviceId, AlarmState),
    /// A Protect finds carbon monoxide, or none any more.
    Co(DeviceId, AlarmState),
    /// A Protect's battery.
    Battery(DeviceId, BatteryHealth),
    /// A device can be reached, or cannot.
    Online(DeviceId, bool),
    /// A thermostat is locked between two setpoints, or is not.
    Lock(DeviceId, Option<(Setpoint, Setpoint)>),
    /// A heat pump runs on emergency heat, or does not.
    EmergencyHeat(DeviceId, bool),
    /// An energy rush hour of so many hours begins; 0 calls it off.
    RushHour(StructureId, u32),
}

impl Intent {
    /// A change that a control asks for.
    pub fn want(write: Write, debounce: Debounce, seen: Option<Write>) -> Self {
        Self::Engine(Request::Set { write, debounce, origin: Origin::Window, seen })
    }

    /// The same at once.
    pub fn wanting(write: Write) -> Self {
        Self::want(write, Debounce::Now, None)
    }
}
