//! The calls for a write: calls of the hosted server, sometimes several, sometimes none.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::commands::{celsius, end, mode_word, reading};
use super::super::home::{FAN_MINUTES, NleState};
use crate::home::{
    Away, DeviceId, Field, HvacMode, Refusal, ServiceKind, SetpointField, StructureId, Thermostat, Write,
};
use crate::service::{Failure, FailureKind, Reason};

/// A call for one thermostat.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HostedCall {
    pub(super) serial: DeviceId,
    /// The path after that of the thermostat.
    pub(super) path: &'static [&'static str],
    pub(super) body: Value,
}

/// The path of the schedule of a thermostat, after that of the thermostat.
pub(super) const SCHEDULE: &[&str] = &["schedule"];

impl HostedCall {
    /// A schedule is replaced; everything else is a command.
    pub(super) fn method(&self) -> Method {
        if self.path == SCHEDULE { Method::PUT } else { Method::POST }
    }

    /// The Eco state that the call sets, if it sets one.
    pub(super) fn eco(&self) -> Option<bool> {
        (self.path == ["away"]).then(|| self.body.get("away")?.as_bool())?
    }
}

/// One step of a write.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum HostedStep {
    /// A call to the server.
    HostedCall(HostedCall),
    /// A duration that this program keeps for the next start of the fan.
    FanMinutes(DeviceId, i64),
}

/// Returns the steps of a write. Refuses a thermostat that is not on the list.
pub(super) fn steps(state: &NleState, write: &Write) -> Result<Vec<HostedStep>, Failure> {
    match write {
        Write::Away(structure, away) => set_away(state, structure, *away == Away::Away),
        Write::Target(id, setpoint) => {
            let mode = word_of_target(&reading(state, id)?.thermostat)?;
            let body = json!({ "value": celsius(*setpoint)?, "mode": mode, "scale": "C" });
            call(state, id, &["temperature"], body)
        }
        Write::Range { thermostat, low, high } => {
            let known = &reading(state, thermostat)?.thermostat;
            let low = end(*low, known.target_temperature_low)?;
            let high = end(*high, known.target_temperature_high)?;
            let body = json!({ "low": low, "high": high, "scale": "C" });
            call(state, thermostat, &["temperature", "range"], body)
        }
        Write::Mode(id, mode) => set_mode(state, id, mode),
        Write::FanTimer(id, true) => {
            let seconds = state.fan_minutes(id).unwrap_or(FAN_MINUTES).saturating_mul(60);
            call(state, id, &["fan"], json!({ "duration": seconds }))
        }
        Write::FanTimer(id, false) => call(state, id, &["fan"], json!({ "mode": "auto" })),
        Write::FanDuration(id, minutes) => {
            reading(state, id)?;
            Ok(vec![HostedStep::FanMinutes(id.clone(), *minutes)])
        }
        Write::Scale(..) | Write::StructureName(..) | Write::Eta(..) | Write::Label(..) | Write::Streaming(..) => {
            Err(lacks(write.slot().field))
        }
    }
}

/// The failure for fields that the rules already refuse.
fn lacks(field: Field) -> Failure {
    Failure::refused(Refusal::ServiceLacks { service: ServiceKind::HostedNoLongerEvil, field })
}

fn call(
    state: &NleState,
    id: &DeviceId,
    path: &'static [&'static str],
    body: Value,
) -> Result<Vec<HostedStep>, Failure> {
    reading(state, id)?;
    Ok(vec![HostedStep::HostedCall(HostedCall { serial: id.clone(), path, body })])
}

/// Returns the mode that the server needs beside a temperature.
fn word_of_target(thermostat: &Thermostat) -> Result<&'static str, Failure> {
    match &thermostat.hvac_mode {
        Some(HvacMode::Heat) => Ok("heat"),
        Some(HvacMode::Cool) => Ok("cool"),
        Some(mode @ (HvacMode::HeatCool | HvacMode::Eco | HvacMode::Off | HvacMode::Other(_))) => {
            Err(Failure::refused(Refusal::ModeForbids { field: SetpointField::Target, mode: mode.clone() }))
        }
        None => Err(Failure::new(FailureKind::Refused, Reason::Unexplained)),
    }
}

/// Away is one call to each thermostat of the home. The documentation does not say whether one call affects all
/// thermostats; a self-hosted server keeps away per thermostat.
fn set_away(state: &NleState, structure: &StructureId, away: bool) -> Result<Vec<HostedStep>, Failure> {
    let steps: Vec<HostedStep> = state.of_structure(structure).map(|reading| set_eco(&reading.serial, away)).collect();
    if steps.is_empty() {
        return Err(Failure::new(FailureKind::Gone, Reason::DeviceGone));
    }
    Ok(steps)
}

fn set_eco(serial: &DeviceId, eco: bool) -> HostedStep {
    HostedStep::HostedCall(HostedCall { serial: serial.clone(), path: &["away"], body: json!({ "away": eco }) })
}

fn set_mode(state: &NleState, id: &DeviceId, mode: &HvacMode) -> Result<Vec<HostedStep>, Failure> {
    let reading = reading(state, id)?;
    let Some(word) = mode_word(mode)? else { return Ok(vec![set_eco(id, true)]) };
    let mut steps: Vec<HostedStep> = state.is_eco(reading).then(|| set_eco(id, false)).into_iter().collect();
    steps.extend(call(state, id, &["mode"], json!({ "mode": word }))?);
    Ok(steps)
}
