//! Changes: what became of a thermostat or a home at a moment, and who caused it; and spans, such as a run of the
//! heating or a time offline.

use jiff::Timestamp;

/// The kind of a change. The words are stored and keep their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The setpoint of heat or cool.
    Target,
    /// The setpoints of heat-cool.
    Range,
    Mode,
    /// Home or away.
    Presence,
    Fan,
    /// An announced arrival.
    Arrival,
    /// Any other value that was set.
    Setting,
    /// A run of the heating, from its begin to its end.
    Heating,
    Cooling,
    /// A time without word from the device.
    Offline,
    Smoke,
    CarbonMonoxide,
    /// A camera saw or heard something.
    Person,
    Motion,
    Sound,
    Activity,
}

impl ChangeKind {
    /// All kinds, in the order in which filters list them.
    pub const ALL: [Self; 16] = [
        Self::Target,
        Self::Range,
        Self::Mode,
        Self::Presence,
        Self::Fan,
        Self::Arrival,
        Self::Setting,
        Self::Heating,
        Self::Cooling,
        Self::Offline,
        Self::Smoke,
        Self::CarbonMonoxide,
        Self::Person,
        Self::Motion,
        Self::Sound,
        Self::Activity,
    ];

    /// The word in the store and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Range => "range",
            Self::Mode => "mode",
            Self::Presence => "presence",
            Self::Fan => "fan",
            Self::Arrival => "arrival",
            Self::Setting => "setting",
            Self::Heating => "heating",
            Self::Cooling => "cooling",
            Self::Offline => "offline",
            Self::Smoke => "smoke",
            Self::CarbonMonoxide => "carbon-monoxide",
            Self::Person => "person",
            Self::Motion => "motion",
            Self::Sound => "sound",
            Self::Activity => "activity",
        }
    }

    /// The kind with a stored word; `None` for one of a newer program.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The cause of a change. The words are stored and keep their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeCause {
    /// A control in the window.
    Window,
    Tray,
    /// The command line.
    Cli,
    /// An old client, through the bridge.
    Bridge,
    /// A rule of this program.
    Rule,
    /// A schedule that this program keeps.
    Schedule,
    /// The end of a hold.
    Hold,
    /// The device itself, another app, or a schedule of the service.
    Elsewhere,
    /// The service, following *away* or *home* that was set from here.
    Presence,
}

impl ChangeCause {
    const ALL: [Self; 9] = [
        Self::Window,
        Self::Tray,
        Self::Cli,
        Self::Bridge,
        Self::Rule,
        Self::Schedule,
        Self::Hold,
        Self::Elsewhere,
        Self::Presence,
    ];

    /// The word in the store and in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Tray => "tray",
            Self::Cli => "command-line",
            Self::Bridge => "bridge",
            Self::Rule => "rule",
            Self::Schedule => "schedule",
            Self::Hold => "hold",
            Self::Elsewhere => "elsewhere",
            Self::Presence => "presence",
        }
    }

    /// True if this program was asked for the change.
    pub fn is_here(self) -> bool {
        match self {
            Self::Window | Self::Tray | Self::Cli | Self::Bridge | Self::Rule | Self::Schedule | Self::Hold => true,
            Self::Elsewhere | Self::Presence => false,
        }
    }

    /// The cause with a stored word; `None` for one of a newer program.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.word() == word)
    }
}

/// A change, or a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The id of the device or home at its service.
    pub node: String,
    /// Its name at that time.
    pub name: String,
    pub kind: ChangeKind,
    pub at: Timestamp,
    /// The end of a span; `None` while it goes on, and for one whose end nobody heard.
    pub until: Option<Timestamp>,
    /// The values before and after as text, in the spelling of the log.
    pub before: Option<String>,
    pub after: Option<String>,
    /// `None` of what happens by itself, and of what nobody knows the cause.
    pub cause: Option<ChangeCause>,
}

impl Change {
    /// A span of a device that has no values.
    pub fn span(node: &str, name: &str, kind: ChangeKind, at: Timestamp, until: Option<Timestamp>) -> Self {
        let (node, name) = (node.to_owned(), name.to_owned());
        Self { node, name, kind, at, until, before: None, after: None, cause: None }
    }
}

/// The part of the changes to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeQuery {
    /// Only of this device or home.
    pub node: Option<String>,
    /// Only of these kinds; none for all of them.
    pub kinds: &'static [ChangeKind],
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    /// The largest number, the newest first.
    pub most: usize,
}

impl ChangeQuery {
    /// The newest changes of everything, up to a number.
    pub fn newest(most: usize) -> Self {
        Self { node: None, kinds: &[], from: None, to: None, most }
    }
}
