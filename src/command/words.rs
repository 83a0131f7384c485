//! The subject of a text, the expected value, and the words that are typed.

use crate::home::{Field, Node};
use crate::i18n::{Message, ToMessage, message};

/// A kind of device, or homes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Thermostat,
    /// Thermostats that control a fan.
    Fan,
    Camera,
    Home,
}

impl Kind {
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

/// The subject of an expected value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSubject {
    /// A device or home, without a field.
    Kind(Kind),
    Field(Field),
}

impl ToMessage for ValueSubject {
    fn to_message(&self) -> Message {
        match self {
            Self::Field(field) => field.to_message(),
            Self::Kind(Kind::Thermostat) => message!("thermostat"),
            Self::Kind(Kind::Fan) => message!("field-fan"),
            Self::Kind(Kind::Camera) => message!("camera"),
            Self::Kind(Kind::Home) => message!("structure"),
        }
    }
}

/// The expected form of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
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
    HomeAway,
    /// A value that a home accepts without a field.
    OfHome,
}

impl ToMessage for Expected {
    fn to_message(&self) -> Message {
        match self {
            Self::OnOff => message!("expected-on-off"),
            Self::Temperature => message!("expected-temperature"),
            Self::TwoTemperatures => message!("expected-two-temperatures"),
            Self::Mode => message!("expected-mode"),
            Self::OfThermostat => message!("expected-of-thermostat"),
            Self::OnOffMinutes => message!("expected-on-off-minutes"),
            Self::Minutes => message!("expected-minutes"),
            Self::Arrival => message!("expected-arrival"),
            Self::Scale => message!("expected-scale"),
            Self::HomeAway => message!("expected-home-away"),
            Self::OfHome => message!("expected-of-home"),
        }
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

/// The plural of a kind, and an example command for all of it.
pub(super) fn kind_example(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Thermostat => ("thermostats", "thermostats eco"),
        Kind::Fan => ("fans", "fans off"),
        Kind::Camera => ("cameras", "cameras off"),
        Kind::Home => ("homes", "away"),
    }
}
