//! The user's requests as values. Views return intents and have no side effects.

mod automation;

use std::path::PathBuf;

use jiff::Timestamp;

use super::action::Action;
use super::console::ConsoleIntent;
use super::pages::SettingsSection;
use crate::accounts::settings::{
    Appearance, Combination, CostSettings, FilterSettings, Notify, OnClose, RuleSettings, TextSize,
};
use crate::accounts::{AccountsReversal, EntryId};
use crate::engine::{Debounce, Origin, Request};
use crate::history::DegreeDayBase;
use crate::home::{
    AlarmState, BatteryHealth, Confidential, DeviceId, DeviceTree, Node, Scale, Setpoint, Slot, StructureId, Write,
};
use crate::http::Method;
use crate::i18n::Language;
use crate::platform::terminal::Script;
use crate::simulator::EventKind;
use crate::snippet;
use crate::wwn::wire;

pub(crate) use self::automation::{AutomationIntent, DeviceScheduleIntent, HoldLength};

/// The page of the window.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Page {
    /// All homes and devices.
    #[default]
    Overview,
    /// One home.
    Structure(StructureId),
    Thermostat(DeviceId),
    Camera(DeviceId),
    Protect(DeviceId),
    /// The log of changes.
    Activity,
    /// Hours of heating and cooling, and what the house tells.
    Energy,
    /// Weekly schedules.
    Schedule,
    Rules,
    /// Named sets of writes.
    Presets,
    /// The API console.
    Console,
    /// The controls of the simulated home.
    Simulator,
    /// The whole JSON document of the home, as the API has it.
    Explorer,
    /// Accounts, appearance and the other settings.
    Settings,
    /// The way to a home of one's own.
    Connect,
}

impl Page {
    /// The page of the structure or device.
    pub fn of(node: &Node) -> Self {
        match node {
            Node::Structure(id) => Self::Structure(id.clone()),
            Node::Thermostat(id) => Self::Thermostat(id.clone()),
            Node::Camera(id) => Self::Camera(id.clone()),
        }
    }
}

impl Page {
    /// True unless the page is of a device or home that the tree does not have.
    pub fn is_in(&self, home: &DeviceTree) -> bool {
        match self {
            Self::Structure(id) => home.structures.contains_key(id),
            Self::Thermostat(id) => home.thermostats.contains_key(id),
            Self::Camera(id) => home.cameras.contains_key(id),
            Self::Protect(id) => home.protects.contains_key(id),
            Self::Overview
            | Self::Activity
            | Self::Energy
            | Self::Schedule
            | Self::Rules
            | Self::Presets
            | Self::Console
            | Self::Simulator
            | Self::Explorer
            | Self::Settings
            | Self::Connect => true,
        }
    }

    /// The page as a word of the settings file, such as `activity` or `thermostat/abc`.
    pub fn to_word(&self) -> String {
        match self {
            Self::Structure(id) => format!("home/{id}"),
            Self::Thermostat(id) => format!("thermostat/{id}"),
            Self::Camera(id) => format!("camera/{id}"),
            Self::Protect(id) => format!("protect/{id}"),
            Self::Overview => "overview".to_owned(),
            Self::Activity => "activity".to_owned(),
            Self::Energy => "energy".to_owned(),
            Self::Schedule => "schedule".to_owned(),
            Self::Rules => "rules".to_owned(),
            Self::Presets => "presets".to_owned(),
            Self::Console => "console".to_owned(),
            Self::Simulator => "simulator".to_owned(),
            Self::Explorer => "explorer".to_owned(),
            Self::Settings => "settings".to_owned(),
            Self::Connect => "connect".to_owned(),
        }
    }

    /// Reads a word of [`Self::to_word`].
    pub fn from_word(word: &str) -> Option<Self> {
        if let Some((kind, id)) = word.split_once('/') {
            return match kind {
                "home" => Some(Self::Structure(id.into())),
                "thermostat" => Some(Self::Thermostat(id.into())),
                "camera" => Some(Self::Camera(id.into())),
                "protect" => Some(Self::Protect(id.into())),
                _ => None,
            };
        }
        let pages = [
            Self::Overview,
            Self::Activity,
            Self::Energy,
            Self::Schedule,
            Self::Rules,
            Self::Presets,
            Self::Console,
            Self::Simulator,
            Self::Explorer,
            Self::Settings,
            Self::Connect,
        ];
        pages.into_iter().find(|page| page.to_word() == word)
    }
}

/// A request of the user, made in the window, a menu or the palette.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// The window carries it out.
    Ui(UiIntent),
    /// The program carries it out.
    App(AppIntent),
}

impl From<UiIntent> for Intent {
    fn from(intent: UiIntent) -> Self {
        Self::Ui(intent)
    }
}

impl From<AppIntent> for Intent {
    fn from(intent: AppIntent) -> Self {
        Self::App(intent)
    }
}

/// A picture of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraPicture {
    /// The present one.
    Now,
    /// The one of the last event.
    LastEvent,
    /// The kept one of the event that began then.
    Event(Timestamp),
}

/// An intent that the window carries out.
#[derive(Debug, Clone, PartialEq)]
pub enum UiIntent {
    /// An action of a menu, a key or the palette.
    Action(Action),
    /// Show another page.
    Go(Page),
    /// Show the previous page.
    Back,
    /// Show a part of the settings.
    ShowSettings(SettingsSection),
    /// Show one home, or all of them.
    ShowHome(Option<StructureId>),
    /// Show the page of a text, with the focus in its field.
    EditText(Slot),
    /// Show a picture of a camera in the whole window.
    Enlarge { camera: DeviceId, picture: CameraPicture },
    /// Open the palette with a text that the user completes.
    Type(String),
    /// Show a request as code.
    AsCode(CodeRequest),
}

/// An intent that the program carries out.
#[derive(Debug, Clone, PartialEq)]
pub enum AppIntent {
    Engine(Request),
    /// Reverse a change, or an undo.
    Reverse(AccountsReversal),
    /// Dismiss a warning of an engine.
    DismissWarning(EntryId),
    /// Dismiss the notice at this index of the notices about the program itself.
    DismissNotice(usize),
    /// Load a camera's picture now.
    LoadPicture(Confidential),
    /// Change a preference.
    Prefer(Preference),
    Automation(AutomationIntent),
    /// The schedule that a thermostat keeps itself.
    DeviceSchedule(DeviceScheduleIntent),
    /// Switch on or off that the program starts with the desktop.
    StartWithDesktop(bool),
    /// Change or apply presets.
    Presets(PresetIntent),
    /// An intent of the API console.
    Console(ConsoleIntent),
    /// Trigger an event in the simulated home.
    Simulate(SimulatorCommand),
    /// Sign in with the contents of the form.
    SignIn,
    /// Sign in at the service's page, in the browser.
    SignInByBrowser,
    /// Check the set-up at Google in the form.
    CheckGoogle {
        /// True to create the missing parts.
        make: bool,
    },
    /// Open the sealed file with the passphrase that was typed.
    Unseal,
    /// An intent for the account with this id in the settings.
    Account(String, AccountIntent),
    /// Open the simulated home.
    OpenSimulated,
    /// Open all accounts of the settings.
    OpenAccounts,
    /// Try again to open the account.
    Reopen,
    /// Answer the question of the closing window.
    Closing(ClosingAnswer),
    /// Open a script in the desktop's terminal.
    InTerminal(Script),
    /// Change the history.
    History(HistoryIntent),
    /// Save a file into a folder of the user.
    SaveFile(FileToSave),
    /// Pin a device to the tray and the launcher, or unpin it.
    Pin(DeviceId, bool),
    /// Put the devices of a section in this order.
    Arrange(Vec<DeviceId>),
    /// Close the window, as the close button of its frame does.
    CloseWindow,
    /// End the program.
    Quit,
}

/// A change of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryIntent {
    /// Look for exports in the folder of downloads.
    FindExports,
    /// Take in an export of Google: zips, folders or files.
    Import(Vec<PathBuf>),
    /// End the running import; nothing of it is kept.
    CancelImport,
    /// Close the report of the last import.
    CloseImport,
    /// Count an export, by its id in the history, to a thermostat with this id and name; `None` keeps it apart.
    Join { export: String, to: Option<(String, String)> },
    /// Save every interval of a thermostat, by its id there, under this name.
    Export { key: String, name: String },
    /// Delete a thermostat from the history, by its id there, with what was joined to it; `None` deletes all.
    Forget(Option<String>),
}

/// A file that the user wants to keep.
#[derive(Debug, Clone, PartialEq)]
pub enum FileToSave {
    Text {
        /// The name without its ending.
        name: String,
        ending: &'static str,
        text: String,
    },
    Bytes {
        /// The name without its ending.
        name: String,
        ending: &'static str,
        bytes: Vec<u8>,
    },
    /// A part of the window as it is shown now.
    Picture {
        /// The name without its ending.
        name: String,
        /// The place in the window, in points.
        area: egui::Rect,
    },
}

/// A request to show as code: of the Works with Nest API, unless `other_api` is set.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeRequest {
    pub method: Method,
    /// The path as in the documentation of the API: `/structures/…`.
    pub path: String,
    /// The JSON body, if the request has one.
    pub body: Option<serde_json::Value>,
    /// The id of the receiving account, if several are shown.
    pub account: Option<String>,
    pub other_api: Option<OtherApi>,
}

/// The API of a service that does not speak Works with Nest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherApi {
    /// The base address.
    pub address: String,
    /// True if the request bypasses the rules of the program.
    pub is_raw: bool,
}

impl CodeRequest {
    /// Builds the request that makes a write.
    pub fn of_write(write: &Write, account: Option<String>) -> Self {
        let wire::WriteRequest { path, body } = wire::request(write);
        Self { method: Method::Put, path, body: Some(body), account, other_api: None }
    }
}

/// An intent for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountIntent {
    /// Revoke its token and delete the account from the settings.
    SignOut,
    /// Connect to its service again.
    Reopen,
    /// Show the sign-in form with the data of the account.
    Edit,
    Rename(String),
    /// Move it by one place in the order of the accounts.
    Move {
        up: bool,
    },
}

/// The answer of a user who closes the window for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingAnswer {
    /// Keep the program in the tray, now and later.
    Stay,
    /// End the program, now and later.
    Quit,
    /// Keep the window open.
    Cancel,
}

/// A preference of the user; `None` follows the desktop unless stated otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preference {
    /// Light or dark.
    Appearance(Appearance),
    /// True for more contrast of edges and text.
    HighContrast(Option<bool>),
    ReducedMotion(Option<bool>),
    /// The language of the program.
    Language(Option<Language>),
    /// The size of texts and controls.
    TextSize(TextSize),
    /// The scale of all temperatures; `None` shows each thermostat's own.
    Scale(Option<Scale>),
    /// True to show the pages and menus for developers; `None` shows them for the simulated home only.
    Developer(Option<bool>),
    /// The behaviour of the program when its window closes; `None` asks the user.
    OnClose(Option<OnClose>),
    /// True if the wheel over the tray icon moves the favourite's setpoint.
    TrayScrolls(bool),
    /// The system-wide hotkey of the launcher; `None` for none.
    Hotkey(Option<Combination>),
    /// The kinds of notifications that are on.
    Notify(Notify),
    /// The programs and requests that rules may name.
    Rules(RuleSettings),
    /// True for small cards on the overview of a large home.
    Compact(bool),
    /// The base of degree days.
    DegreeDayBase(DegreeDayBase),
    /// The figures for the estimate of cost.
    Cost(CostSettings),
    /// The air filter; `None` counts no hours of it.
    Filter(Option<FilterSettings>),
    /// The years for which the history is kept; `None` keeps all of it.
    KeepHistory(Option<u32>),
    /// The programming language in which requests are shown.
    CodeLanguage(snippet::CodeLanguage),
}

/// An intent for the presets.
#[derive(Debug, Clone, PartialEq)]
pub enum PresetIntent {
    /// Request all writes of a preset.
    Apply { name: String, writes: Vec<Write> },
    /// Save a new preset, or replace the one with this id.
    Save {
        /// The id of the preset; `None` for a new one.
        id: Option<u64>,
        name: String,
        writes: Vec<Write>,
    },
    /// Delete the preset with this id.
    Remove(u64),
    /// Restore the preset that was deleted last.
    PutBack,
    /// Move a preset by one place in the list.
    Move { id: u64, up: bool },
}

/// A command to the simulated home.
#[derive(Debug, Clone, PartialEq)]
pub enum SimulatorCommand {
    /// Set the outdoor temperature in degrees Celsius; `None` returns to the simulated weather.
    Outdoor(Option<f64>),
    /// Set the speed of simulated time, as a multiple of real time.
    Speed(f64),
    /// Trigger an event of a camera.
    Event(DeviceId, EventKind),
    /// Set the smoke alarm of a Protect.
    Smoke(DeviceId, AlarmState),
    /// Set the carbon monoxide alarm of a Protect.
    Co(DeviceId, AlarmState),
    /// Set the battery health of a Protect.
    Battery(DeviceId, BatteryHealth),
    /// Set whether a device is online.
    Online(DeviceId, bool),
    /// Lock a thermostat between two setpoints; `None` unlocks it.
    Lock(DeviceId, Option<(Setpoint, Setpoint)>),
    /// Switch emergency heat of a heat pump on or off.
    EmergencyHeat(DeviceId, bool),
    /// Begin an energy rush hour of this many hours; 0 cancels it.
    RushHour(StructureId, u32),
}

impl AppIntent {
    /// Builds the request of a control. `seen` is the confirmed value when the user began to edit.
    pub fn set(write: Write, debounce: Debounce, seen: Option<Write>) -> Self {
        Self::Engine(Request::Set { write, debounce, origin: Origin::Window, seen })
    }

    /// Builds the request without a debounce.
    pub fn wanting(write: Write) -> Self {
        Self::set(write, Debounce::Now, None)
    }
}
