//! Reasons why a write is refused, each with a sentence for the user.
//!
//! `wwn` has the answer of the vendor's server in each case; the sentences here explain why a control does
//! nothing.

use serde::{Deserialize, Serialize};

use super::service_kind::ServiceKind;
use super::units::{Scale, Setpoint};
use super::vocab::HvacMode;
use super::write::Field;

/// The setpoint that a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetpointField {
    /// The setpoint of heat and cool.
    Target,
    /// The lower setpoint of heat-cool.
    Low,
    /// The upper setpoint of heat-cool.
    High,
}

/// Equipment that a mode needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Equipment {
    /// Heating equipment.
    Heating,
    /// Cooling equipment.
    Cooling,
}

/// The reason of a refusal. Its JSON is in the journal of every account: a variant may be added, but none
/// renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The device or structure does not exist.
    Unknown(String),
    /// The service cannot reach the device.
    Offline,
    /// The setpoint does not exist in the present mode.
    ModeForbids {
        /// The setpoint.
        field: SetpointField,
        /// The present mode.
        mode: HvacMode,
    },
    /// The thermostat lacks the equipment for the mode.
    EquipmentLacks {
        /// The requested mode.
        mode: HvacMode,
        /// The missing equipment.
        lacks: Equipment,
    },
    /// The vendor's API has no such mode.
    UnknownMode(String),
    /// Above the vendor's maximum.
    TooHigh(Setpoint),
    /// Below the vendor's minimum.
    TooLow(Setpoint),
    /// Above the maximum of the lock.
    AboveLock(Setpoint, Setpoint),
    /// Below the minimum of the lock.
    BelowLock(Setpoint, Setpoint),
    /// The lower setpoint is above the upper one.
    LowAboveHigh(Setpoint, Setpoint),
    /// The two setpoints are too close.
    TooClose(Scale),
    /// Not a finite number.
    NotATemperature(String),
    /// The heat pump runs on emergency heat.
    EmergencyHeat,
    /// Smoke or carbon monoxide was detected, and the fan would spread it.
    SafetyShutoff,
    /// The thermostat controls no fan.
    NoFan,
    /// Google does not start the fan of a thermostat that is off.
    FanNeedsMode,
    /// Not one of the durations of the fan timer.
    FanDurationNotOffered(i64),
    /// A label of 256 characters or more.
    LabelTooLong(usize),
    /// The name of a structure is empty.
    NameMissing,
    /// Not `home` or `away`.
    NotAnAwayState(String),
    /// An arrival needs a structure that is away.
    NotAway,
    /// An arrival needs a thermostat to prepare.
    NoThermostat,
    /// The arrival is in the past.
    ArrivalInThePast,
    /// The arrival ends before it begins.
    ArrivalEndsBeforeItBegins,
    /// The service cannot change the field.
    ServiceLacks {
        /// The service.
        service: ServiceKind,
        /// The field.
        field: Field,
    },
}

impl Refusal {
    /// A sentence for the user, with a remedy if there is one.
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
                    Field::Eta => format!("{service} does not support arrivals"),
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
