//! The commands for a write: one command of the server, sometimes two, sometimes none.

use serde_json::{Value, json};

use super::home::NleState;
use crate::home::{Away, DeviceId, HvacMode, Refusal, Scale, Setpoint, Slot, StructureId, Temperature, Write};
use crate::service::{Failure, FailureKind, Reason};

/// Tolerance in degrees Celsius. It hides the rounding of the server, but not its clamp.
const SAME_WITHIN: f64 = 0.01;

/// A command for one thermostat.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NleCommand {
    pub(super) serial: DeviceId,
    pub(super) name: &'static str,
    pub(super) value: Value,
}

/// Puts one thermostat into Eco, or ends Eco.
const SET_AWAY: &str = "set_away";

impl NleCommand {
    /// The Eco state that the command sets, if it sets one.
    pub(super) fn eco(&self) -> Option<bool> {
        (self.name == SET_AWAY).then(|| self.value.as_bool())?
    }
}

/// One step of a write.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NleStep {
    /// A command for the server.
    Call(NleCommand),
    /// A duration that the server stores but does not report.
    FanMinutes(DeviceId, i64),
}

/// Returns the steps of a write. The server accepts commands for thermostats that it has never seen, and creates
/// them, so this refuses a serial number that is not on the server's list.
pub(super) fn steps(state: &NleState, write: &Write) -> Result<Vec<NleStep>, Failure> {
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
            steps.push(NleStep::FanMinutes(id.clone(), *minutes));
            Ok(steps)
        }
        Write::StructureName(..) | Write::Eta(..) | Write::Label(..) | Write::Streaming(..) => {
            Err(lacks(&write.slot()))
        }
    }
}

/// The failure for fields that the rules already refuse.
fn lacks(slot: &Slot) -> Failure {
    let service = crate::home::ServiceKind::NoLongerEvil;
    Failure::refused(Refusal::ServiceLacks { service, field: slot.field })
}

pub(super) fn reading<'a>(state: &'a NleState, id: &DeviceId) -> Result<&'a super::wire::Reading, Failure> {
    state.readings.get(id).ok_or_else(|| Failure::new(FailureKind::Gone, Reason::DeviceGone))
}

fn call(state: &NleState, id: &DeviceId, name: &'static str, value: Value) -> Result<Vec<NleStep>, Failure> {
    reading(state, id)?;
    Ok(vec![NleStep::Call(NleCommand { serial: id.clone(), name, value })])
}

/// The server keeps `structure.default` per serial number and notifies only that thermostat, so away is one
/// command to each thermostat of the home.
fn set_away(state: &NleState, structure: &StructureId, away: bool) -> Result<Vec<NleStep>, Failure> {
    let steps: Vec<NleStep> = state.of_structure(structure).map(|reading| set_eco(&reading.serial, away)).collect();
    if steps.is_empty() {
        return Err(Failure::new(FailureKind::Gone, Reason::DeviceGone));
    }
    Ok(steps)
}

fn set_eco(serial: &DeviceId, eco: bool) -> NleStep {
    NleStep::Call(NleCommand { serial: serial.clone(), name: SET_AWAY, value: json!(eco) })
}

fn set_mode(state: &NleState, id: &DeviceId, mode: &HvacMode) -> Result<Vec<NleStep>, Failure> {
    let reading = reading(state, id)?;
    let Some(word) = mode_word(mode)? else { return Ok(vec![set_eco(id, true)]) };
    let mut steps: Vec<NleStep> = state.is_eco(reading).then(|| set_eco(id, false)).into_iter().collect();
    steps.extend(call(state, id, "set_mode", json!(word))?);
    Ok(steps)
}

/// Returns the server's name of a mode; `None` for Eco, which is not a mode of the server.
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

/// Converts to degrees Celsius. The server uses them for all temperatures, in any display scale of the
/// thermostat.
pub(super) fn celsius(setpoint: Setpoint) -> Result<f64, Failure> {
    let temperature = setpoint.temperature();
    let refusal = || Failure::refused(Refusal::NotATemperature(setpoint.degrees.to_string()));
    temperature.map(Temperature::celsius).ok_or_else(refusal)
}

/// Returns one end of a range. A command sends both ends, so an end that the write leaves out keeps its known
/// value.
pub(super) fn end(wanted: Option<Setpoint>, known: Option<Temperature>) -> Result<f64, Failure> {
    match (wanted, known) {
        (Some(wanted), _) => celsius(wanted),
        (None, Some(known)) => Ok(known.celsius()),
        (None, None) => Err(Failure::new(FailureKind::Refused, Reason::Unexplained)),
    }
}

/// The server clamps a temperature to its limits without an error. Compares the stored values, by their names on
/// the server, with the written ones.
pub(super) fn adjusted(write: &Write, stored: impl Fn(&str) -> Option<f64>) -> Option<Failure> {
    let scale = write.scale().unwrap_or(Scale::Celsius);
    let ends = if let Write::Target(_, wanted) = write {
        vec![("target_temperature", Some(*wanted))]
    } else if let Write::Range { low, high, .. } = write {
        vec![("target_temperature_low", *low), ("target_temperature_high", *high)]
    } else {
        return None;
    };
    ends.into_iter().find_map(|(key, wanted)| {
        let wanted = wanted?.temperature()?.celsius();
        let became = stored(key)?;
        if (became - wanted).abs() <= SAME_WITHIN {
            return None;
        }
        let to = Temperature::from_celsius(became)?.setpoint(scale);
        Some(Failure::new(FailureKind::Refused, Reason::Adjusted { to }))
    })
}
