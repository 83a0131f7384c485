//! Why a write is refused, with a sentence for a person.
//!
//! What the vendor's server answers in each case is in `wwn`; here is what to tell somebody who
//! wonders why a control does nothing.

use serde::{Deserialize, Serialize};

use super::abilities::ServiceName;
use super::units::{Scale, Setpoint};
use super::words::HvacMode;
use super::write::Field;

/// Which setpoint a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetpointField {
    /// The setpoint of heat and cool.
    Target,
    /// The lower one of heat-cool.
    Low,
    /// The upper one of heat-cool.
    High,
}

/// What a mode needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Equipment {
    /// Something that heats.
    Heating,
    /// Something that cools.
    Cooling,
}

/// Why a write is refused. Its JSON is in the journal of every account: a variant may be added,
/// but none renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// There is no such device or structure.
    Unknown(String),
    /// The device cannot be reached by the service.
    Offline,
    /// The setpoint does not exist in the present mode.
    ModeForbids {
        /// Which setpoint.
        field: SetpointField,
        /// The present mode.
        mode: HvacMode,
    },
    /// The mode needs equipment that is not there.
    EquipmentLacks {
        /// The mode asked for.
        mode: HvacMode,
        /// What is missing.
        lacks: Equipment,
    },
    /// The mode is not one of the vendor's words.
    UnknownMode(String),
    /// Above what the vendor allows.
    TooHigh(Setpoint),
    /// Below what the vendor allows.
    TooLow(Setpoint),
    /// Above the lock's limit.
    AboveLock(Setpoint, Setpoint),
    /// Below the lock's limit.
    BelowLock(Setpoint, Setpoint),
    /// The lower setpoint is above the upper one.
    LowAboveHigh(Setpoint, Setpoint),
    /// The two setpoints are too close.
    TooClose(Scale),
    /// Not a finite number.
    NotATemperature(String),
    /// The heat pump runs on emergency heat.
    EmergencyHeat,
    /// Smoke or carbon monoxide was found: the fan must not spread it.
    SafetyShutoff,
    /// The fan cannot run by itself.
    NoFan,
    /// Google does not start the fan of a thermostat that is off.
    FanNeedsMode,
    /// Not one of the fan timer's durations.
    FanDurationNotOffered(i64),
    /// A label of 256 characters or more.
    LabelTooLong(usize),
    /// A structure needs a name.
    NameMissing,
    /// Away takes `home` and `away`.
    NotAnAwayState(String),
    /// An arrival only makes sense while nobody is at home.
    NotAway,
    /// An arrival prepares a thermostat; there is none.
    NoThermostat,
    /// An arrival that lies in the past.
    ArrivalInThePast,
    /// An arrival that ends before it begins.
    ArrivalEndsBeforeItBegins,
    /// The service behind the home has no way to do it.
    ServiceLacks {
        /// Which service.
        service: ServiceName,
        /// What it cannot change.
        field: Field,
    },
}

impl Refusal {
    /// What to tell a person, with what they can do about it where something can be done.
    pub fn sentence(&self) -> String {
        match self {
            Self::Unknown(id) => format!("There is no such device or home in this account: {id}"),
            Self::Offline => "The device is offline; it can be changed when it is back".to_owned(),
            Self::ModeForbids { mode, .. } => mode_sentence(mode).to_owned(),
            Self::EquipmentLacks { mode, lacks } => {
                let equipment = match lacks {
                    Equipment::Heating => "heating",
                    Equipment::Cooling => "cooling",
                };
                format!("{} needs {equipment}, and this thermostat has none", mode.title())
            }
            Self::UnknownMode(mode) => format!("“{mode}” is not a mode; choose heat, cool, heat-cool, eco or off"),
            Self::TooHigh(setpoint) => {
                format!("{setpoint} is too high; the highest is {}", limit(*setpoint, *setpoint.scale.range().end()))
            }
            Self::TooLow(setpoint) => {
                format!("{setpoint} is too low; the lowest is {}", limit(*setpoint, *setpoint.scale.range().start()))
            }
            Self::AboveLock(setpoint, lock) => {
                format!("{setpoint} is above the lock on the thermostat, which ends at {lock}")
            }
            Self::BelowLock(setpoint, lock) => {
                format!("{setpoint} is below the lock on the thermostat, which starts at {lock}")
            }
            Self::LowAboveHigh(low, high) => format!("The lower setpoint ({low}) is above the upper one ({high})"),
            Self::TooClose(Scale::Celsius) => "Keep the two setpoints at least 1.5 °C apart".to_owned(),
            Self::TooClose(Scale::Fahrenheit) => "Keep the two setpoints at least 3 °F apart".to_owned(),
            Self::NotATemperature(text) => format!("“{text}” is not a temperature"),
            Self::EmergencyHeat => "Emergency heat is on; switch it off on the thermostat first".to_owned(),
            Self::SafetyShutoff => "The fan stays off while a Protect warns of smoke or carbon monoxide".to_owned(),
            Self::NoFan => "This thermostat does not control a fan".to_owned(),
            Self::FanNeedsMode => "The fan cannot start while the thermostat is off; choose a mode first".to_owned(),
            Self::FanDurationNotOffered(minutes) => {
                format!("{minutes} minutes is not offered; choose 15, 30, 45, 60, 120, 240, 480 or 720")
            }
            Self::LabelTooLong(chars) => format!("The label has {chars} characters; the most is 255"),
            Self::NameMissing => "A home needs a name".to_owned(),
            Self::NotAnAwayState(word) => format!("“{word}” is neither home nor away"),
            Self::NotAway => "An arrival can be announced only while the home is set to away".to_owned(),
            Self::NoThermostat => "An arrival prepares a thermostat, and this home has none".to_owned(),
            Self::ArrivalInThePast => "The arrival lies in the past".to_owned(),
            Self::ArrivalEndsBeforeItBegins => "The arrival ends before it begins".to_owned(),
            Self::ServiceLacks { service, field } => {
                let service = service.title();
                match field {
                    Field::Away => {
                        format!("{service} cannot set home or away; Eco on every thermostat comes closest")
                    }
                    Field::Name | Field::Label => format!("{service} cannot change names"),
                    Field::Eta => format!("{service} knows no arrivals"),
                    Field::Scale => format!("{service} cannot change the scale of a thermostat"),
                    Field::Streaming => format!("{service} cannot switch cameras on or off"),
                    Field::Target | Field::Range | Field::Mode | Field::FanTimer | Field::FanDuration => {
                        format!("{service} cannot change this")
                    }
                }
            }
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Refusal {}

fn mode_sentence(mode: &HvacMode) -> &'static str {
    match mode {
        HvacMode::Eco => "Eco is on and keeps its own limits; choose another mode to set a temperature",
        HvacMode::Off => "The thermostat is off; choose a mode to set a temperature",
        HvacMode::HeatCool => "Heat · Cool keeps a range; set its lower and upper temperature",
        HvacMode::Heat | HvacMode::Cool => "A range needs the mode Heat · Cool",
        HvacMode::Other(_) => "The present mode is unknown to this program, so it takes no temperature",
    }
}

fn limit(of: Setpoint, degrees: f64) -> Setpoint {
    Setpoint { degrees, scale: of.scale }
}
