//! The commands for a write.

use serde_json::{Value, json};

use super::home::{SdmState, is_eco, plain_mode};
use super::wire::Device;
use crate::home::{DeviceId, HvacMode, Refusal, ServiceKind, Setpoint, Temperature, Write};
use crate::service::{Failure, FailureKind, Reason};

/// One command of a device.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SdmCommand {
    pub(super) device: DeviceId,
    /// The name after `sdm.devices.commands.`.
    pub(super) name: &'static str,
    pub(super) params: Value,
}

/// One step of a write.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SdmStep {
    /// A command for the service.
    Call(SdmCommand),
    /// A duration that this program keeps for the next start of the fan.
    FanMinutes(DeviceId, i64),
}

pub(super) fn steps(state: &SdmState, write: &Write) -> Result<Vec<SdmStep>, Failure> {
    match write {
        Write::Target(id, setpoint) => {
            let degrees = celsius(*setpoint)?;
            match plain_mode(&device(state, id)?) {
                Some(HvacMode::Cool) => {
                    Ok(call(id, "ThermostatTemperatureSetpoint.SetCool", json!({ "coolCelsius": degrees })))
                }
                Some(HvacMode::Heat) | None => {
                    Ok(call(id, "ThermostatTemperatureSetpoint.SetHeat", json!({ "heatCelsius": degrees })))
                }
                Some(mode @ (HvacMode::HeatCool | HvacMode::Off | HvacMode::Eco | HvacMode::Other(_))) => {
                    let field = crate::home::SetpointField::Target;
                    Err(Failure::refused(Refusal::ModeForbids { field, mode }))
                }
            }
        }
        Write::Range { thermostat, low, high } => {
            let device = device(state, thermostat)?;
            let low = end(&device, *low, "heatCelsius")?;
            let high = end(&device, *high, "coolCelsius")?;
            let params = json!({ "heatCelsius": low, "coolCelsius": high });
            Ok(call(thermostat, "ThermostatTemperatureSetpoint.SetRange", params))
        }
        Write::Mode(id, mode) => set_mode(&device(state, id)?, id, mode),
        Write::FanTimer(id, true) => {
            device(state, id)?;
            let seconds = state.fan_minutes(id).saturating_mul(60);
            Ok(call(id, "Fan.SetTimer", json!({ "timerMode": "ON", "duration": format!("{seconds}s") })))
        }
        Write::FanTimer(id, false) => {
            device(state, id)?;
            Ok(call(id, "Fan.SetTimer", json!({ "timerMode": "OFF" })))
        }
        Write::FanDuration(id, minutes) => {
            device(state, id)?;
            Ok(vec![SdmStep::FanMinutes(id.clone(), *minutes)])
        }
        Write::Away(..)
        | Write::StructureName(..)
        | Write::Eta(..)
        | Write::Scale(..)
        | Write::Label(..)
        | Write::Streaming(..) => {
            let field = write.slot().field;
            Err(Failure::refused(Refusal::ServiceLacks { service: ServiceKind::DeviceAccess, field }))
        }
    }
}

fn device(state: &SdmState, id: &DeviceId) -> Result<Device, Failure> {
    state.expected(id).ok_or_else(|| Failure::new(FailureKind::Gone, Reason::DeviceGone))
}

fn call(id: &DeviceId, name: &'static str, params: Value) -> Vec<SdmStep> {
    vec![SdmStep::Call(SdmCommand { device: id.clone(), name, params })]
}

/// Eco is a trait of its own: the command to leave Eco comes before another mode. The service refuses to set the
/// same Eco mode again, so this sends no such command. It always sends any other mode: the known mode may be
/// outdated, and setting it twice does no harm.
fn set_mode(device: &Device, id: &DeviceId, mode: &HvacMode) -> Result<Vec<SdmStep>, Failure> {
    let eco = |word: &str| call(id, "ThermostatEco.SetMode", json!({ "mode": word }));
    let word = match mode {
        HvacMode::Eco if is_eco(device) => return Ok(Vec::new()),
        HvacMode::Eco => return Ok(eco("MANUAL_ECO")),
        HvacMode::Heat => "HEAT",
        HvacMode::Cool => "COOL",
        HvacMode::HeatCool => "HEATCOOL",
        HvacMode::Off => "OFF",
        HvacMode::Other(word) => return Err(Failure::refused(Refusal::UnknownMode(word.to_string()))),
    };
    let mut steps = if is_eco(device) { eco("OFF") } else { Vec::new() };
    steps.extend(call(id, "ThermostatMode.SetMode", json!({ "mode": word })));
    Ok(steps)
}

fn celsius(setpoint: Setpoint) -> Result<f64, Failure> {
    let refusal = || Failure::refused(Refusal::NotATemperature(setpoint.degrees.to_string()));
    // Round: 67 °F has no finite decimal form in Celsius.
    let hundredths = |temperature: Temperature| (temperature.celsius() * 100.0).round() / 100.0;
    setpoint.temperature().map(hundredths).ok_or_else(refusal)
}

/// Returns one end of a range. A command needs both ends, so an end that the write leaves out keeps its known
/// value.
fn end(device: &Device, wanted: Option<Setpoint>, field: &str) -> Result<f64, Failure> {
    match (wanted, device.number("ThermostatTemperatureSetpoint", field)) {
        (Some(wanted), _) => celsius(wanted),
        (None, Some(known)) => Ok(known),
        (None, None) => Err(Failure::new(FailureKind::Refused, Reason::Unexplained)),
    }
}
