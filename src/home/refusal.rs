//! Reasons why a write is refused, each with a sentence for the user.
//!
//! `wwn` has the answer of the vendor's server in each case; the sentences here explain why a control does
//! nothing.

use serde::{Deserialize, Serialize};

use super::service_kind::ServiceKind;
use super::units::{Scale, Setpoint};
use super::vocab::HvacMode;
use super::write::Field;
use crate::i18n::{Message, ToMessage, display_english, message};

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
    Heating,
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
    ArrivalInThePast,
    ArrivalEndsBeforeItBegins,
    /// The service cannot change the field.
    ServiceLacks {
        service: ServiceKind,
        field: Field,
    },
}

impl ToMessage for Refusal {
    fn to_message(&self) -> Message {
        match self {
            Self::Unknown(id) => message!("refused-unknown", id = id),
            Self::Offline => message!("refused-offline"),
            Self::ModeForbids { mode, .. } => match mode {
                HvacMode::Eco => message!("refused-eco"),
                HvacMode::Off => message!("refused-off"),
                HvacMode::HeatCool => message!("refused-wants-range"),
                HvacMode::Heat | HvacMode::Cool => message!("refused-wants-one"),
                HvacMode::Other(_) => message!("refused-unknown-mode"),
            },
            Self::EquipmentLacks { mode, lacks: Equipment::Cooling } => {
                message!("refused-lacks-cooling", mode = mode.to_message())
            }
            Self::EquipmentLacks { mode, lacks: Equipment::Heating } => {
                message!("refused-lacks-heating", mode = mode.to_message())
            }
            Self::UnknownMode(word) => message!("refused-no-mode", word = word),
            Self::TooHigh(asked) => {
                message!("refused-too-high", asked = *asked, limit = limit(*asked, *asked.scale.range().end()))
            }
            Self::TooLow(asked) => {
                message!("refused-too-low", asked = *asked, limit = limit(*asked, *asked.scale.range().start()))
            }
            Self::AboveLock(asked, lock) => message!("refused-above-lock", asked = *asked, limit = *lock),
            Self::BelowLock(asked, lock) => message!("refused-below-lock", asked = *asked, limit = *lock),
            Self::LowAboveHigh(low, high) => message!("refused-low-above-high", asked = *low, limit = *high),
            Self::TooClose(scale) => message!("refused-too-close", gap = scale.gap()),
            Self::NotATemperature(word) => message!("refused-no-temperature", word = word),
            Self::EmergencyHeat => message!("refused-emergency-heat"),
            Self::SafetyShutoff => message!("refused-safety"),
            Self::NoFan => message!("refused-no-fan"),
            Self::FanNeedsMode => message!("refused-fan-off"),
            Self::FanDurationNotOffered(minutes) => message!("refused-fan-minutes", minutes = *minutes),
            Self::LabelTooLong(chars) => message!("refused-label-too-long", chars = *chars),
            Self::NameMissing => message!("refused-name-missing"),
            Self::NotAnAwayState(word) => message!("refused-no-away", word = word),
            Self::NotAway => message!("refused-not-away"),
            Self::NoThermostat => message!("refused-no-thermostat"),
            Self::ArrivalInThePast => message!("refused-arrival-past"),
            Self::ArrivalEndsBeforeItBegins => message!("refused-arrival-ends"),
            Self::ServiceLacks { service, field } => {
                Message::new(field.entry().lacking).with("service", service.title())
            }
        }
    }
}

display_english!(Refusal);

fn limit(of: Setpoint, degrees: f64) -> Setpoint {
    Setpoint { degrees, scale: of.scale }
}
