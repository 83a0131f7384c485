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

/// Puts one thermostat into Eco, or takes it out.
const SET_AWAY: &str = "set_away";

impl Command {
    /// Eco on or off, for the command that switches it.
    pub(super) fn eco(&self) -> Option<bool> {
        (self.name == SET_AWAY).then(|| self.value.as_bool())?
    }
}

/// What a write becomes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// Sent to the server.
    Call(Command),
    /// The server stored this duration; it does not report it.
    FanMinutes(DeviceId, i64),
}

/// The steps of a write. The server takes commands for thermostats that it has never seen, and
/// makes them up: a serial number that is not on its list is not sent.
pub(super) fn steps(state: &State, write: &Write) -> Result<Vec<Step>, Failure> {
    match write {
        Write::Away(structure, away) => set_away(state, structure, *away == Away::Away),
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
        // Without a number the fan runs for the minutes that the server stores for this thermostat.
        Write::FanTimer(id, true) => call(state, id, "set_fan", json!("on")),
        Write::FanTimer(id, false) => call(state, id, "set_fan", json!("auto")),
        Write::FanDuration(id, minutes) => {
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

/// The server keeps `structure.default` per serial number and tells only that thermostat, so away is one
/// command to each thermostat of the home.
fn set_away(state: &State, structure: &StructureId, away: bool) -> Result<Vec<Step>, Failure> {
    let steps: Vec<Step> = state.of_structure(structure).map(|reading| set_eco(&reading.serial, away)).collect();
    if steps.is_empty() {
        return Err(Failure::new(FailureKind::Gone, Reason::DeviceGone));
    }
    Ok(steps)
}

fn set_eco(serial: &DeviceId, eco: bool) -> Step {
    Step::Call(Command { serial: serial.clone(), name: SET_AWAY, value: json!(eco) })
}

fn set_mode(state: &State, id: &DeviceId, mode: &HvacMode) -> Result<Vec<Step>, Failure> {
    let reading = reading(state, id)?;
    let Some(word) = mode_word(mode)? else { return Ok(vec![set_eco(id, true)]) };
    let mut steps: Vec<Step> = state.is_eco(reading).then(|| set_eco(id, false)).into_iter().collect();
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
