//! The requests of Google Device Access: resources of a project, and commands to devices.

use serde_json::{Value, json};

use crate::home::{DeviceTree, HvacMode, Refusal, Setpoint, SetpointField, Write};
use crate::http::{DecodeError, ExampleThermostat, Method, RawApi, RawRequest, known_thermostat, range_of};

/// The prefix of every command.
const PREFIX: &str = "sdm.devices.commands.";

/// The API of a project.
#[derive(Debug)]
pub struct ProjectApi {
    /// The project, the first part of every path.
    pub project: String,
}

impl RawApi for ProjectApi {
    fn methods(&self) -> &'static [Method] {
        &[Method::Get, Method::Post]
    }

    fn decode(&self, home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, DecodeError> {
        command(home, path, body)
    }

    fn examples(&self, home: &DeviceTree) -> Vec<RawRequest> {
        let ExampleThermostat { id, has_fan, celsius, cools, mode } = ExampleThermostat::of(home);
        let project = &self.project;
        let devices = format!("/enterprises/{project}/devices");
        let command = |name: &str, params: Value| {
            let body = json!({ "command": format!("{PREFIX}{name}"), "params": params });
            RawRequest::with_body(Method::Post, format!("{devices}/{id}:executeCommand"), &body)
        };
        let mut all = vec![
            RawRequest::get(devices.clone()),
            RawRequest::get(format!("/enterprises/{project}/structures")),
            RawRequest::get(format!("{devices}/{id}")),
            if cools {
                command("ThermostatTemperatureSetpoint.SetCool", json!({ "coolCelsius": celsius }))
            } else {
                command("ThermostatTemperatureSetpoint.SetHeat", json!({ "heatCelsius": celsius }))
            },
            command("ThermostatMode.SetMode", json!({ "mode": mode.as_str().to_uppercase() })),
            command("ThermostatEco.SetMode", json!({ "mode": "MANUAL_ECO" })),
        ];
        let fan = json!({ "timerMode": "ON", "duration": "900s" });
        all.extend(has_fan.then(|| command("Fan.SetTimer", fan)));
        all
    }
}

fn command(home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, DecodeError> {
    let device = match path {
        ["enterprises", _, "devices", device] => device.strip_suffix(":executeCommand"),
        _ => None,
    };
    let (id, thermostat) = known_thermostat(home, device.ok_or(DecodeError::NotUnderstood)?)?;
    let params = body.get("params").unwrap_or(&Value::Null);
    let text = |key: &str| params.get(key).and_then(Value::as_str);
    let degrees = |key: &str| params.get(key).and_then(Value::as_f64).map(Setpoint::celsius);
    let target = |key: &str, mode: HvacMode| match (&thermostat.hvac_mode, degrees(key)) {
        (_, None) => Err(DecodeError::WrongType),
        (Some(present), Some(setpoint)) if *present == mode => Ok(Write::Target(id.clone(), setpoint)),
        (present, Some(_)) => {
            let mode = present.clone().unwrap_or(HvacMode::Off);
            Err(DecodeError::Refused(Refusal::ModeForbids { field: SetpointField::Target, mode }))
        }
    };
    let command = body.get("command").and_then(Value::as_str).and_then(|name| name.strip_prefix(PREFIX));
    let write = match command.ok_or(DecodeError::NotUnderstood)? {
        "ThermostatMode.SetMode" => Write::Mode(
            id.clone(),
            match text("mode").ok_or(DecodeError::WrongType)? {
                "HEATCOOL" => HvacMode::HeatCool,
                word => HvacMode::from_word(&word.to_lowercase()),
            },
        ),
        "ThermostatEco.SetMode" => match text("mode") {
            Some("MANUAL_ECO") => Write::Mode(id.clone(), HvacMode::Eco),
            Some("OFF") => {
                let before = thermostat.mode_before_eco().cloned().ok_or(DecodeError::NotUnderstood)?;
                Write::Mode(id.clone(), before)
            }
            Some(_) | None => return Err(DecodeError::WrongType),
        },
        "ThermostatTemperatureSetpoint.SetHeat" => target("heatCelsius", HvacMode::Heat)?,
        "ThermostatTemperatureSetpoint.SetCool" => target("coolCelsius", HvacMode::Cool)?,
        "ThermostatTemperatureSetpoint.SetRange" => range_of(id, degrees("heatCelsius"), degrees("coolCelsius"))?,
        "Fan.SetTimer" => match (text("timerMode"), text("duration")) {
            (Some("OFF"), _) => Write::FanTimer(id.clone(), false),
            (Some("ON"), None) => Write::FanTimer(id.clone(), true),
            (Some("ON"), Some(duration)) => {
                let seconds = duration.strip_suffix('s').and_then(|seconds| seconds.parse::<i64>().ok());
                return Ok(thermostat.fan_for(id, seconds.ok_or(DecodeError::WrongType)? / 60));
            }
            (Some(_) | None, _) => return Err(DecodeError::WrongType),
        },
        _ => return Err(DecodeError::NotUnderstood),
    };
    Ok(vec![write])
}
