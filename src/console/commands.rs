//! Commands of services without a document, parsed back into writes, so that rules, budget and activity log
//! apply.

use serde_json::Value;

use super::draft::Problem;
use crate::home::{DeviceId, DeviceTree, HvacMode, Refusal, Scale, Setpoint, SetpointField, Thermostat, Write};

/// The prefix of every command at Google.
const GOOGLE: &str = "sdm.devices.commands.";

/// Parses a command to a No Longer Evil server.
pub(super) fn no_longer_evil(home: &DeviceTree, body: &Value) -> Result<Vec<Write>, Problem> {
    let serial = body.get("serial").and_then(Value::as_str).unwrap_or_default();
    let (id, thermostat) = thermostat(home, serial)?;
    let value = body.get("value").unwrap_or(&Value::Null);
    let number = |key: &str| value.get(key).and_then(Value::as_f64).map(Setpoint::celsius);
    let write = match body.get("command").and_then(Value::as_str).unwrap_or_default() {
        "set_temperature" => match value.as_f64() {
            Some(degrees) => Write::Target(id.clone(), Setpoint::celsius(degrees)),
            None => range(id, number("low"), number("high"))?,
        },
        "set_mode" => Write::Mode(
            id.clone(),
            match value.as_str().ok_or(Problem::WrongKind)? {
                "range" | "auto" | "heat-cool" => HvacMode::HeatCool,
                word => HvacMode::from_word(word),
            },
        ),
        // The server puts only the named thermostat into Eco.
        "set_away" if value.as_bool().ok_or(Problem::WrongKind)? => Write::Mode(id.clone(), HvacMode::Eco),
        "set_away" => {
            let before = thermostat.mode_before_eco().cloned().ok_or(Problem::NotUnderstood)?;
            Write::Mode(id.clone(), before)
        }
        "set_fan" => return fan(id, thermostat, value),
        "set_device_setting" => return settings(id, value),
        _ => return Err(Problem::NotUnderstood),
    };
    Ok(vec![write])
}

fn fan(id: &DeviceId, thermostat: &Thermostat, value: &Value) -> Result<Vec<Write>, Problem> {
    match (value.as_str(), value.as_i64()) {
        (Some("auto" | "off"), _) => Ok(vec![Write::FanTimer(id.clone(), false)]),
        (Some("on"), _) => Ok(vec![Write::FanTimer(id.clone(), true)]),
        (_, Some(seconds)) => Ok(fan_for(id, thermostat, seconds)),
        (Some(_) | None, None) => Err(Problem::WrongKind),
    }
}

/// The duration goes before the start, which uses it.
fn fan_for(id: &DeviceId, thermostat: &Thermostat, seconds: i64) -> Vec<Write> {
    let minutes = seconds / 60;
    let set = (thermostat.fan_timer_duration != Some(minutes)).then(|| Write::FanDuration(id.clone(), minutes));
    set.into_iter().chain([Write::FanTimer(id.clone(), true)]).collect()
}

fn settings(id: &DeviceId, value: &Value) -> Result<Vec<Write>, Problem> {
    let fields = value.as_object().filter(|fields| !fields.is_empty()).ok_or(Problem::WrongKind)?;
    let write = |(name, value): (&String, &Value)| match name.as_str() {
        "temperature_scale" => {
            let scale = match value.as_str() {
                Some("C") => Scale::Celsius,
                Some("F") => Scale::Fahrenheit,
                Some(_) | None => return Err(Problem::WrongKind),
            };
            Ok(Write::Scale(id.clone(), scale))
        }
        "fan_timer_duration_minutes" => Ok(Write::FanDuration(id.clone(), value.as_i64().ok_or(Problem::WrongKind)?)),
        _ => Err(Problem::NotUnderstood),
    };
    fields.iter().map(write).collect()
}

/// Parses a command to a device at Google; `path` is split into segments.
pub(super) fn device_access(home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, Problem> {
    let device = match path {
        ["enterprises", _, "devices", device] => device.strip_suffix(":executeCommand"),
        _ => None,
    };
    let (id, thermostat) = thermostat(home, device.ok_or(Problem::NotUnderstood)?)?;
    let params = body.get("params").unwrap_or(&Value::Null);
    let text = |key: &str| params.get(key).and_then(Value::as_str);
    let degrees = |key: &str| params.get(key).and_then(Value::as_f64).map(Setpoint::celsius);
    let target = |key: &str, mode: HvacMode| match (&thermostat.hvac_mode, degrees(key)) {
        (_, None) => Err(Problem::WrongKind),
        (Some(present), Some(setpoint)) if *present == mode => Ok(Write::Target(id.clone(), setpoint)),
        (present, Some(_)) => {
            let mode = present.clone().unwrap_or(HvacMode::Off);
            Err(Problem::Refused(Refusal::ModeForbids { field: SetpointField::Target, mode }))
        }
    };
    let command = body.get("command").and_then(Value::as_str).and_then(|name| name.strip_prefix(GOOGLE));
    let write = match command.ok_or(Problem::NotUnderstood)? {
        "ThermostatMode.SetMode" => Write::Mode(
            id.clone(),
            match text("mode").ok_or(Problem::WrongKind)? {
                "HEATCOOL" => HvacMode::HeatCool,
                word => HvacMode::from_word(&word.to_lowercase()),
            },
        ),
        "ThermostatEco.SetMode" => match text("mode") {
            Some("MANUAL_ECO") => Write::Mode(id.clone(), HvacMode::Eco),
            Some("OFF") => {
                let before = thermostat.mode_before_eco().cloned().ok_or(Problem::NotUnderstood)?;
                Write::Mode(id.clone(), before)
            }
            Some(_) | None => return Err(Problem::WrongKind),
        },
        "ThermostatTemperatureSetpoint.SetHeat" => target("heatCelsius", HvacMode::Heat)?,
        "ThermostatTemperatureSetpoint.SetCool" => target("coolCelsius", HvacMode::Cool)?,
        "ThermostatTemperatureSetpoint.SetRange" => range(id, degrees("heatCelsius"), degrees("coolCelsius"))?,
        "Fan.SetTimer" => match (text("timerMode"), text("duration")) {
            (Some("OFF"), _) => Write::FanTimer(id.clone(), false),
            (Some("ON"), None) => Write::FanTimer(id.clone(), true),
            (Some("ON"), Some(duration)) => {
                let seconds = duration.strip_suffix('s').and_then(|seconds| seconds.parse().ok());
                return Ok(fan_for(id, thermostat, seconds.ok_or(Problem::WrongKind)?));
            }
            (Some(_) | None, _) => return Err(Problem::WrongKind),
        },
        _ => return Err(Problem::NotUnderstood),
    };
    Ok(vec![write])
}

fn range(id: &DeviceId, low: Option<Setpoint>, high: Option<Setpoint>) -> Result<Write, Problem> {
    match (low, high) {
        (None, None) => Err(Problem::WrongKind),
        (low, high) => Ok(Write::Range { thermostat: id.clone(), low, high }),
    }
}

fn thermostat<'h>(home: &'h DeviceTree, id: &str) -> Result<(&'h DeviceId, &'h Thermostat), Problem> {
    let found = home.thermostats.get_key_value(id);
    let (id, thermostat) = found.ok_or_else(|| Problem::Refused(Refusal::Unknown(id.to_owned())))?;
    Ok((id, thermostat))
}
