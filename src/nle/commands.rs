//! What is to be sent for a write: one command of the server, sometimes two, sometimes none.

use serde_json::{Value, json};

use super::home::State;
use crate::home::{Away, DeviceId, HvacMode, Refusal, Scale, Setpoint, Slot, StructureId, Temperature, Write};
use crate::service::{Failure, FailureKind, Reason};

/// What the server rounds on its way is no difference; its clamp is.
const SAME_WITHIN: f64 = 0.01;

/// One command.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub(super) serial: DeviceId,
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// What a write becomes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Sent to the server.
    Call(Command),
    /// Shown as requested from then on, until the thermostats report it.
    Requested(StructureId, bool),
    /// Kept here for the next start of the fan.
    FanMinutes(DeviceId, i64),
}

/// The steps of a write. The server takes commands for thermostats that it has never seen, and
/// makes them up: a serial number that is not on its list is not sent.
pub(super) fn steps(state: &State, write: &Write) -> Result<Vec<Step>, Failure> {
    match write {
        Write::Away(structure, away) => set_eco(state, structure, *away == Away::Away),
        Write::Target(id, setpoint) => call(state, id, "set_temperature", json!(celsius(*setpoint)?)),
        Write::Range { thermostat, low, high } => {
            let known = &reading(state, thermostat)?.thermostat;
            let low = end(*low, known.target_temperature_low)?;
            let high = end(*high, known.target_temperature_high)?;
            call(state, thermostat, "set_temperature", json!({ "high": high, "low": low }))
        }
        Write::Mode(id, mode) => set_mode(state, id, mode),
        Write::Scale(id, scale) => {
            call(state, id, "set_device_setting", json!({ "temperature_scale": scale.letter() }))
        }
        Write::FanTimer(id, true) => call(state, id, "set_fan", json!(state.fan_minutes(id).saturating_mul(60))),
        Write::FanTimer(id, false) => call(state, id, "set_fan", json!("auto")),
        Write::FanDuration(id, minutes) => {
            // The server has it for a fan that is switched on at the thermostat, and does not say it.
            let mut steps = call(state, id, "set_device_setting", json!({ "fan_timer_duration_minutes": minutes }))?;
            steps.push(Step::FanMinutes(id.clone(), *minutes));
            Ok(steps)
        }
        Write::StructureName(..) | Write::Eta(..) | Write::Label(..) | Write::Streaming(..) => {
            Err(lacks(&write.slot()))
        }
    }
}

/// The rules refuse these before they come here.
fn lacks(slot: &Slot) -> Failure {
    let service = crate::home::ServiceName::NoLongerEvil;
    Failure::refused(Refusal::ServiceLacks { service, field: slot.field })
}

pub(super) fn reading<'a>(state: &'a State, id: &DeviceId) -> Result<&'a super::wire::Reading, Failure> {
    state.readings.get(id).ok_or_else(|| Failure::new(FailureKind::Gone, Reason::DeviceGone))
}

fn call(state: &State, id: &DeviceId, name: &'static str, value: Value) -> Result<Vec<Step>, Failure> {
    reading(state, id)?;
    Ok(vec![Step::Call(Command { serial: id.clone(), name, value })])
}

/// Eco is switched for the whole home, by a command to any of its thermostats.
fn set_eco(state: &State, structure: &StructureId, eco: bool) -> Result<Vec<Step>, Failure> {
    let any = state.of_structure(structure).next();
    let any = any.ok_or_else(|| Failure::new(FailureKind::Gone, Reason::DeviceGone))?;
    let command = Command { serial: any.serial.clone(), name: "set_away", value: json!(eco) };
    Ok(vec![Step::Call(command), Step::Requested(structure.clone(), eco)])
}

fn set_mode(state: &State, id: &DeviceId, mode: &HvacMode) -> Result<Vec<Step>, Failure> {
    let reading = reading(state, id)?;
    let structure = state.structure_of(reading);
    let Some(word) = mode_word(mode)? else { return set_eco(state, &structure, true) };
    let mut steps = if state.is_eco(reading) { set_eco(state, &structure, false)? } else { Vec::new() };
    steps.extend(call(state, id, "set_mode", json!(word))?);
    Ok(steps)
}

/// A mode in the server's words; `None` for Eco, which is none there.
pub(super) fn mode_word(mode: &HvacMode) -> Result<Option<&'static str>, Failure> {
    match mode {
        HvacMode::Eco => Ok(None),
        HvacMode::Heat => Ok(Some("heat")),
        HvacMode::Cool => Ok(Some("cool")),
        HvacMode::HeatCool => Ok(Some("heat-cool")),
        HvacMode::Off => Ok(Some("off")),
        HvacMode::Other(word) => Err(Failure::refused(Refusal::UnknownMode(word.to_string()))),
    }
}

/// All temperatures are in degrees Celsius there, whatever the thermostat shows.
pub(super) fn celsius(setpoint: Setpoint) -> Result<f64, Failure> {
    let temperature = setpoint.temperature();
    let refusal = || Failure::refused(Refusal::NotATemperature(setpoint.degrees.to_string()));
    temperature.map(Temperature::celsius).ok_or_else(refusal)
}

/// One end of a range; both are sent, so one that is not asked for stays as it is.
pub(super) fn end(asked: Option<Setpoint>, known: Option<Temperature>) -> Result<f64, Failure> {
    match (asked, known) {
        (Some(asked), _) => celsius(asked),
        (None, Some(known)) => Ok(known.celsius()),
        (None, None) => Err(Failure::new(FailureKind::Refused, Reason::Unexplained)),
    }
}

/// The server moves a temperature into its limits without a word. Compares what it stored, by the
/// names that it has for it, with what was asked for.
pub(super) fn adjusted(write: &Write, stored: impl Fn(&str) -> Option<f64>) -> Option<Failure> {
    let scale = write.scale().unwrap_or(Scale::Celsius);
    let ends = match write {
        Write::Target(_, asked) => vec![("target_temperature", Some(*asked))],
        Write::Range { low, high, .. } => vec![("target_temperature_low", *low), ("target_temperature_high", *high)],
        Write::Away(..)
        | Write::StructureName(..)
        | Write::Eta(..)
        | Write::Scale(..)
        | Write::Mode(..)
        | Write::FanTimer(..)
        | Write::FanDuration(..)
        | Write::Label(..)
        | Write::Streaming(..) => return None,
    };
    ends.into_iter().find_map(|(key, asked)| {
        let asked = asked?.temperature()?.celsius();
        let became = stored(key)?;
        if (became - asked).abs() <= SAME_WITHIN {
            return None;
        }
        let to = Temperature::from_celsius(became)?.setpoint(scale);
        Some(Failure::new(FailureKind::Refused, Reason::Adjusted { to }))
    })
}
