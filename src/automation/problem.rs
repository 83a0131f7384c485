//! Problems of the files of schedules and rules, as sentences.

use crate::files::{FileError, Quarantined};
use crate::i18n::{Message, ToMessage, display_english, message};

/// The entry of the file that a problem concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    Level(String),
    Schedule(String),
    Thermostat(String),
    Dates(String),
    Rule(String),
    /// The limits of all rules.
    Limits,
    /// The place for sunrise and sunset.
    Coordinates,
    /// An entry without a name: the table, and the number of the entry from 1 on.
    Entry(&'static str, usize),
}

impl ToMessage for Place {
    fn to_message(&self) -> Message {
        match self {
            Self::File => message!("schedule-place-file"),
            Self::Level(name) => message!("schedule-place-level", name = name),
            Self::Schedule(name) => message!("schedule-place-schedule", name = name),
            Self::Thermostat(name) => message!("schedule-place-thermostat", name = name),
            Self::Dates(name) => message!("schedule-place-dates", name = name),
            Self::Rule(name) => message!("schedule-place-rule", name = name),
            Self::Limits => message!("schedule-place-limits"),
            Self::Coordinates => message!("schedule-place-coordinates"),
            Self::Entry(table, number) => message!("schedule-place-entry", table = *table, number = *number),
        }
    }
}

/// A problem of an entry. The entry is not used and stays in the file; the others go on.
#[derive(Debug, Clone, PartialEq)]
pub enum FormProblem {
    Unreadable(FileError),
    /// The file is not TOML; with the line, and the parser's words.
    NotToml {
        line: usize,
        why: String,
    },
    SetAside(Quarantined),
    /// A newer version wrote the file.
    Newer,
    UnknownKey {
        place: Place,
        key: String,
        known: &'static str,
    },
    Missing {
        place: Place,
        key: &'static str,
    },
    /// A value of another kind, such as a number instead of a text.
    WrongKind {
        place: Place,
        key: String,
    },
    BadName {
        place: Place,
    },
    NameTaken {
        place: Place,
    },
    TooMany {
        place: Place,
        most: usize,
    },
    NoSuchTemperature {
        place: Place,
        text: String,
    },
    /// Heating would begin above the temperature at which cooling does.
    Crossed {
        place: Place,
    },
    NoSetpoint {
        place: Place,
    },
    /// A start that is not written as `06:30 Home`.
    NoSuchStart {
        place: Place,
        text: String,
    },
    NoSuchTime {
        place: Place,
        text: String,
    },
    NoSuchLevel {
        place: Place,
        level: String,
    },
    /// Two starts at the same time of a day.
    SameTime {
        place: Place,
        day: &'static str,
        time: String,
    },
    NoStart {
        place: Place,
    },
    NoSuchSchedule {
        place: Place,
        schedule: String,
    },
    NoSuchDate {
        place: Place,
        text: String,
    },
    /// The last day is before the first one.
    Backwards {
        place: Place,
    },
    /// No home has the thermostat, or two have its name.
    NoSuchThermostat {
        place: Place,
        name: String,
    },
    /// A number outside of its range, or none.
    NoSuchNumber {
        place: Place,
        text: String,
    },
    /// A word that is none of the known ones.
    NoSuchWord {
        place: Place,
        text: String,
        known: String,
    },
    /// Not a length of time.
    NoSuchSpan {
        place: Place,
        text: String,
    },
    /// An empty, too long or unprintable text.
    BadText {
        place: Place,
        key: &'static str,
        most: usize,
    },
    /// No account has the device or home, or two have its name.
    NoSuchDevice {
        place: Place,
        name: String,
    },
    /// A command that cannot be understood, or that the service will refuse.
    BadCommand {
        place: Place,
        command: String,
        why: Message,
    },
    /// A set point outside of the limits of all rules.
    BeyondLimits {
        place: Place,
        setpoint: String,
        lowest: String,
        highest: String,
    },
    NoSuchPreset {
        place: Place,
        name: String,
    },
    /// The thermostat tells no humidity.
    NoHumidity {
        place: Place,
        name: String,
    },
    /// The settings have no program or request of the name.
    NotInSettings {
        place: Place,
        name: String,
    },
    /// A rule speaks of the device of its trigger, and a trigger is about none.
    NoDeviceOfTrigger {
        place: Place,
    },
    /// Sunrise and sunset need a place.
    NoPlace {
        place: Place,
    },
}

impl FormProblem {
    /// The entry that is not used.
    pub fn place(&self) -> &Place {
        match self {
            Self::Unreadable(_) | Self::NotToml { .. } | Self::SetAside(_) | Self::Newer => &Place::File,
            Self::UnknownKey { place, .. }
            | Self::Missing { place, .. }
            | Self::WrongKind { place, .. }
            | Self::BadName { place }
            | Self::NameTaken { place }
            | Self::TooMany { place, .. }
            | Self::NoSuchTemperature { place, .. }
            | Self::Crossed { place }
            | Self::NoSetpoint { place }
            | Self::NoSuchStart { place, .. }
            | Self::NoSuchTime { place, .. }
            | Self::NoSuchLevel { place, .. }
            | Self::SameTime { place, .. }
            | Self::NoStart { place }
            | Self::NoSuchSchedule { place, .. }
            | Self::NoSuchDate { place, .. }
            | Self::Backwards { place }
            | Self::NoSuchThermostat { place, .. }
            | Self::NoSuchNumber { place, .. }
            | Self::NoSuchWord { place, .. }
            | Self::NoSuchSpan { place, .. }
            | Self::BadText { place, .. }
            | Self::NoSuchDevice { place, .. }
            | Self::BadCommand { place, .. }
            | Self::BeyondLimits { place, .. }
            | Self::NoSuchPreset { place, .. }
            | Self::NoHumidity { place, .. }
            | Self::NotInSettings { place, .. }
            | Self::NoDeviceOfTrigger { place }
            | Self::NoPlace { place } => place,
        }
    }

    /// The problem alone, where the place is in sight.
    pub fn why(&self) -> Message {
        match self {
            Self::Unreadable(error) => error.to_message(),
            Self::NotToml { line, why } => message!("schedule-not-toml", line = *line, why = why),
            Self::SetAside(aside) => aside.message_of("schedule-set-aside", "schedule-stuck"),
            Self::Newer => message!("schedule-newer"),
            Self::UnknownKey { key, known, .. } => message!("schedule-unknown-key", key = key, known = *known),
            Self::Missing { key, .. } => message!("schedule-missing", key = *key),
            Self::WrongKind { key, .. } => message!("schedule-wrong-kind", key = key),
            Self::BadName { .. } => message!("schedule-bad-name", most = super::form::MAX_NAME_CHARS),
            Self::NameTaken { .. } => message!("schedule-name-taken"),
            Self::TooMany { most, .. } => message!("schedule-too-many", most = *most),
            Self::NoSuchTemperature { text, .. } => message!("schedule-no-temperature", text = text),
            Self::Crossed { .. } => message!("schedule-crossed"),
            Self::NoSetpoint { .. } => message!("schedule-no-setpoint"),
            Self::NoSuchStart { text, .. } => message!("schedule-no-start-text", text = text),
            Self::NoSuchTime { text, .. } => message!("schedule-no-time", text = text),
            Self::NoSuchLevel { level, .. } => message!("schedule-no-level", level = level),
            Self::SameTime { day, time, .. } => message!("schedule-same-time", day = *day, time = time),
            Self::NoStart { .. } => message!("schedule-no-start"),
            Self::NoSuchSchedule { schedule, .. } => message!("schedule-no-schedule", schedule = schedule),
            Self::NoSuchDate { text, .. } => message!("schedule-no-date", text = text),
            Self::Backwards { .. } => message!("schedule-backwards"),
            Self::NoSuchThermostat { name, .. } => message!("schedule-no-thermostat", name = name),
            Self::NoSuchNumber { text, .. } => message!("rule-no-number", text = text),
            Self::NoSuchWord { text, known, .. } => message!("rule-no-word", text = text, known = known),
            Self::NoSuchSpan { text, .. } => message!("rule-no-span", text = text),
            Self::BadText { key, most, .. } => message!("rule-bad-text", key = *key, most = *most),
            Self::NoSuchDevice { name, .. } => message!("rule-no-device", name = name),
            Self::BadCommand { command, why, .. } => message!("rule-bad-command", command = command, why = why.clone()),
            Self::BeyondLimits { setpoint, lowest, highest, .. } => {
                message!("rule-beyond-limits", setpoint = setpoint, lowest = lowest, highest = highest)
            }
            Self::NoSuchPreset { name, .. } => message!("rule-no-preset", name = name),
            Self::NoHumidity { name, .. } => message!("rule-no-humidity", name = name),
            Self::NotInSettings { name, .. } => message!("rule-not-in-settings", name = name),
            Self::NoDeviceOfTrigger { .. } => message!("rule-no-device-of-trigger"),
            Self::NoPlace { .. } => message!("rule-no-place"),
        }
    }
}

impl ToMessage for FormProblem {
    fn to_message(&self) -> Message {
        message!("schedule-problem", place = self.place().to_message(), why = self.why())
    }
}

display_english!(FormProblem);
