//! Suggested presets, which are never stored.

use jiff::Timestamp;

use crate::home::{
    Away, DeviceId, DeviceTree, HvacMode, Refusal, Scale, Setpoint, Thermostat, Verdict, Write, preview,
};

/// The purpose of a suggested preset.
///
/// A device that is off is off for a reason: the night switches nothing on, neither a thermostat nor a camera in
/// a bedroom. Only the preset for an empty home includes cameras, and the window names each that is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Starter {
    /// For sleeping.
    Night,
    /// For an empty home.
    Away,
    /// For switching everything off.
    EverythingOff,
}

impl Starter {
    /// All purposes, in the order of display.
    pub const ALL: [Self; 3] = [Self::Night, Self::Away, Self::EverythingOff];
}

impl ToMessage for Starter {
    fn to_message(&self) -> Message {
        match self {
            Self::Night => message!("starter-night"),
            Self::Away => message!("starter-away"),
            Self::EverythingOff => message!("starter-everything-off"),
        }
    }
}

/// A suggested preset for a home.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The purpose.
    pub starter: Starter,
    /// The writes for this home.
    pub writes: Vec<Write>,
}

/// The suggestions for a home, without writes that its equipment does not support.
pub fn suggestions(home: &DeviceTree, now: Timestamp) -> Vec<Suggestion> {
    let all = Starter::ALL.into_iter().map(|starter| Suggestion { starter, writes: writes(home, starter, now) });
    all.filter(|suggestion| !suggestion.writes.is_empty()).collect()
}

fn writes(home: &DeviceTree, starter: Starter, now: Timestamp) -> Vec<Write> {
    let mut writes = Vec::new();
    for (id, thermostat) in &home.thermostats {
        match starter {
            Starter::Night => writes.extend(night(id, thermostat)),
            // Away brings the thermostats of its home to Eco, which heats when it gets cold.
            Starter::Away if is_off(thermostat) || has_home(home, thermostat) => {}
            Starter::Away => writes.push(Write::Mode(id.clone(), HvacMode::Eco)),
            Starter::EverythingOff => writes.push(Write::Mode(id.clone(), HvacMode::Off)),
        }
        if thermostat.has_fan == Some(true) {
            writes.push(Write::FanTimer(id.clone(), false));
        }
    }
    if starter == Starter::Away {
        writes.extend(home.structures.keys().map(|id| Write::Away(id.clone(), Away::Away)));
    }
    let cameras = match starter {
        Starter::Night => None,
        Starter::Away => Some(true),
        Starter::EverythingOff => Some(false),
    };
    writes
        .extend(cameras.into_iter().flat_map(|on| home.cameras.keys().map(move |id| Write::Streaming(id.clone(), on))));
    let lines = preview(home, &writes, now).into_iter();
    lines.filter(|line| is_possible(&line.verdict)).map(|line| line.to).collect()
}

/// True if the write is allowed now, or will be when a temporary obstacle is gone.
fn is_possible(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Allowed | Verdict::Unchanged => true,
        Verdict::Refused(refusal) => {
            matches!(refusal, Refusal::Offline | Refusal::EmergencyHeat | Refusal::SafetyShutoff)
        }
    }
}

fn has_home(home: &DeviceTree, thermostat: &Thermostat) -> bool {
    thermostat.structure_id.as_ref().is_some_and(|id| home.structures.contains_key(id))
}

fn is_off(thermostat: &Thermostat) -> bool {
    thermostat.hvac_mode == Some(HvacMode::Off)
}

/// Targets for sleeping: a range in heat-cool, else a low heating or a high cooling target.
fn night(id: &DeviceId, thermostat: &Thermostat) -> Vec<Write> {
    let scale = thermostat.scale();
    let limits = thermostat.setpoint_range(scale);
    let (low, high) = match scale {
        Scale::Celsius => (17.0_f64, 24.0_f64),
        Scale::Fahrenheit => (62.0, 75.0),
    };
    let within = |degrees: f64| Setpoint { degrees: degrees.clamp(*limits.start(), *limits.end()), scale };
    if is_off(thermostat) {
        return Vec::new();
    }
    let modes = thermostat.modes();
    let keeps_range = thermostat.hvac_mode == Some(HvacMode::HeatCool);
    let mode = if keeps_range {
        HvacMode::HeatCool
    } else if thermostat.hvac_mode == Some(HvacMode::Cool) || !modes.contains(&HvacMode::Heat) {
        HvacMode::Cool
    } else {
        HvacMode::Heat
    };
    if !modes.contains(&mode) {
        return Vec::new();
    }
    let setpoint = match mode {
        HvacMode::HeatCool => Write::Range { thermostat: id.clone(), low: Some(within(low)), high: Some(within(high)) },
        HvacMode::Cool => Write::Target(id.clone(), within(high)),
        HvacMode::Heat | HvacMode::Eco | HvacMode::Off | HvacMode::Other(_) => Write::Target(id.clone(), within(low)),
    };
    vec![Write::Mode(id.clone(), mode), setpoint]
}

#[cfg(test)]
#[path = "suggest_tests.rs"]
mod tests;
use crate::i18n::{Message, ToMessage, message};
