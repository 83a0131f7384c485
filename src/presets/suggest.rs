//! Presets to begin with: offered, never stored.

use jiff::Timestamp;

use crate::home::{DeviceId, Home, HvacMode, Refusal, Scale, Setpoint, Thermostat, Verdict, Write, preview};

/// What a preset to begin with is for.
///
/// What is off has a reason to be: a night switches nothing on, no thermostat that is off and no
/// camera in a bedroom. Only while nobody is there do cameras belong to it, and the window says so
/// of each that is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Starter {
    /// Everybody sleeps.
    Night,
    /// Nobody is there.
    Away,
    /// Nothing runs.
    EverythingOff,
}

impl Starter {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Night, Self::Away, Self::EverythingOff];
}

/// A preset that this home could begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Which one.
    pub starter: Starter,
    /// What it would set here.
    pub writes: Vec<Write>,
}

/// What this home could begin with; what its equipment cannot do is left out.
pub fn suggestions(home: &Home, now: Timestamp) -> Vec<Suggestion> {
    let all = Starter::ALL.into_iter().map(|starter| Suggestion { starter, writes: writes(home, starter, now) });
    all.filter(|suggestion| !suggestion.writes.is_empty()).collect()
}

fn writes(home: &Home, starter: Starter, now: Timestamp) -> Vec<Write> {
    let mut writes = Vec::new();
    for (id, thermostat) in &home.thermostats {
        match starter {
            Starter::Night => writes.extend(night(id, thermostat)),
            // Eco heats where it gets cold.
            Starter::Away if is_off(thermostat) => {}
            Starter::Away => writes.push(Write::Mode(id.clone(), HvacMode::Eco)),
            Starter::EverythingOff => writes.push(Write::Mode(id.clone(), HvacMode::Off)),
        }
        if thermostat.has_fan == Some(true) {
            writes.push(Write::FanTimer(id.clone(), false));
        }
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

/// Whether it works now, or will when a passing obstacle is gone.
fn is_possible(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Allowed | Verdict::Unchanged => true,
        Verdict::Refused(refusal) => {
            matches!(refusal, Refusal::Offline | Refusal::EmergencyHeat | Refusal::SafetyShutoff)
        }
    }
}

fn is_off(thermostat: &Thermostat) -> bool {
    thermostat.hvac_mode == Some(HvacMode::Off)
}

/// Cool to sleep in: a range where one is kept, else the lowest warmth or the highest cool.
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
