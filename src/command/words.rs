//! The subject of a text and the expected value. Each displays as the words that are typed.

use std::fmt;

use crate::home::{Field, Node};

/// A kind of device, or homes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Thermostats.
    Thermostat,
    /// Thermostats that control a fan.
    Fan,
    /// Cameras.
    Camera,
    /// Homes.
    Home,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Thermostat => "thermostat",
            Self::Fan => "fan",
            Self::Camera => "camera",
            Self::Home => "home",
        }
    }

    pub(super) fn of_plural(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "thermostats" => Some(Self::Thermostat),
            "fans" => Some(Self::Fan),
            "cameras" => Some(Self::Camera),
            "homes" | "structures" => Some(Self::Home),
            _ => None,
        }
    }

    pub(super) fn of_singular(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "thermostat" => Some(Self::Thermostat),
            "fan" => Some(Self::Fan),
            "camera" => Some(Self::Camera),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The subject of an expected value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSubject {
    /// A device or home, without a field.
    Kind(Kind),
    /// One of its fields.
    Field(Field),
}

impl fmt::Display for ValueSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind(kind) => kind.word(),
            Self::Field(Field::Away) => "away",
            Self::Field(Field::Name) => "name",
            Self::Field(Field::Eta) => "eta",
            Self::Field(Field::Scale) => "scale",
            Self::Field(Field::Target) => "target",
            Self::Field(Field::Range) => "range",
            Self::Field(Field::Mode) => "mode",
            Self::Field(Field::FanTimer) => "fan",
            Self::Field(Field::FanDuration) => "fan-duration",
            Self::Field(Field::Label) => "label",
            Self::Field(Field::Streaming) => "streaming",
        })
    }
}

/// The expected form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// On or off.
    OnOff,
    /// A temperature in either scale, or a step.
    Temperature,
    /// The two ends of a range.
    TwoTemperatures,
    /// A mode of a thermostat.
    Mode,
    /// A value that a thermostat accepts without a field.
    OfThermostat,
    /// On, off or a duration.
    OnOffMinutes,
    /// A duration.
    Minutes,
    /// A time until the arrival, or its cancellation.
    Arrival,
    /// Celsius or Fahrenheit.
    Scale,
    /// Home or away.
    HomeAway,
    /// A value that a home accepts without a field.
    OfHome,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnOff => "on or off",
            Self::Temperature => "a temperature, such as 21.5, 70F or +1",
            Self::TwoTemperatures => "two temperatures, such as 18-24",
            Self::Mode => "heat, cool, heat-cool, eco or off",
            Self::OfThermostat => "a temperature, a range, a mode, or fan on",
            Self::OnOffMinutes => "on, off or minutes",
            Self::Minutes => "minutes, such as 30",
            Self::Arrival => "minutes from now, such as 30, or cancel",
            Self::Scale => "C or F",
            Self::HomeAway => "home or away",
            Self::OfHome => "home, away, or eta 30",
        })
    }
}

/// An example value for a device or home.
pub(super) fn example(node: &Node) -> &'static str {
    match node {
        Node::Structure(_) => "away",
        Node::Thermostat(_) => "21.5",
        Node::Camera(_) => "off",
    }
}

/// An example value for all of a kind.
pub(super) fn kind_example(kind: Kind) -> &'static str {
    match kind {
        Kind::Thermostat => "thermostats eco",
        Kind::Fan => "fans off",
        Kind::Camera => "cameras off",
        Kind::Home => "away",
    }
}
