//! The requests of a self-hosted server: commands by serial number.

use serde_json::{Value, json};

use crate::home::{DeviceId, DeviceTree, HvacMode, Scale, Setpoint, Write};
use crate::http::{DecodeError, ExampleThermostat, Method, RawApi, RawRequest, known_thermostat, range_of};

/// The API of a self-hosted server.
#[derive(Debug)]
pub struct OwnServerApi;

impl RawApi for OwnServerApi {
    fn methods(&self) -> &'static [Method] {
        &[Method::Get, Method::Post, Method::Delete]
    }

    /// The server removes the device that the body names.
    fn may_have_body(&self, method: Method) -> bool {
        method.has_body() || method == Method::Delete
    }

    fn decode(&self, home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, DecodeError> {
        if path == ["command"] { command(home, body) } else { Err(DecodeError::NotUnderstood) }
    }

    fn examples(&self, home: &DeviceTree) -> Vec<RawRequest> {
        let ExampleThermostat { id, has_fan, celsius, mode, .. } = ExampleThermostat::of(home);
        let command = |name: &str, value: Value| {
            let body = json!({ "serial": id, "command": name, "value": value });
            RawRequest::with_body(Method::Post, "/command", &body)
        };
        let mut all = vec![
            RawRequest::get("/api/devices"),
            RawRequest::get(format!("/status?serial={id}")),
            RawRequest::stream("/api/events"),
            command("set_temperature", json!(celsius)),
            command("set_mode", json!(mode.as_str())),
            command("set_away", json!(true)),
        ];
        all.extend(has_fan.then(|| command("set_fan", json!(900))));
        all
    }
}

fn command(home: &DeviceTree, body: &Value) -> Result<Vec<Write>, DecodeError> {
    let serial = body.get("serial").and_then(Value::as_str).unwrap_or_default();
    let (id, thermostat) = known_thermostat(home, serial)?;
    let value = body.get("value").unwrap_or(&Value::Null);
    let number = |key: &str| value.get(key).and_then(Value::as_f64).map(Setpoint::celsius);
    let write = match body.get("command").and_then(Value::as_str).unwrap_or_default() {
        "set_temperature" => match value.as_f64() {
            Some(degrees) => Write::Target(id.clone(), Setpoint::celsius(degrees)),
            None => range_of(id, number("low"), number("high"))?,
        },
        "set_mode" => Write::Mode(
            id.clone(),
            match value.as_str().ok_or(DecodeError::WrongType)? {
                "range" | "auto" | "heat-cool" => HvacMode::HeatCool,
                word => HvacMode::from_word(word),
            },
        ),
        // The server puts only the named thermostat into Eco.
        "set_away" if value.as_bool().ok_or(DecodeError::WrongType)? => Write::Mode(id.clone(), HvacMode::Eco),
        "set_away" => {
            let before = thermostat.mode_before_eco().cloned().ok_or(DecodeError::NotUnderstood)?;
            Write::Mode(id.clone(), before)
        }
        "set_fan" => return fan(id, thermostat, value),
        "set_device_setting" => return settings(id, value),
        _ => return Err(DecodeError::NotUnderstood),
    };
    Ok(vec![write])
}

fn fan(id: &DeviceId, thermostat: &crate::home::Thermostat, value: &Value) -> Result<Vec<Write>, DecodeError> {
    match (value.as_str(), value.as_i64()) {
        (Some("auto" | "off"), _) => Ok(vec![Write::FanTimer(id.clone(), false)]),
        (Some("on"), _) => Ok(vec![Write::FanTimer(id.clone(), true)]),
        (_, Some(seconds)) => Ok(thermostat.fan_for(id, seconds / 60)),
        (Some(_) | None, None) => Err(DecodeError::WrongType),
    }
}

fn settings(id: &DeviceId, value: &Value) -> Result<Vec<Write>, DecodeError> {
    let fields = value.as_object().filter(|fields| !fields.is_empty()).ok_or(DecodeError::WrongType)?;
    let write = |(name, value): (&String, &Value)| match name.as_str() {
        "temperature_scale" => {
            let scale = match value.as_str() {
                Some("C") => Scale::Celsius,
                Some("F") => Scale::Fahrenheit,
                Some(_) | None => return Err(DecodeError::WrongType),
            };
            Ok(Write::Scale(id.clone(), scale))
        }
        "fan_timer_duration_minutes" => {
            let [duration, _start] = Write::fan_for(id, value.as_i64().ok_or(DecodeError::WrongType)?);
            Ok(duration)
        }
        _ => Err(DecodeError::NotUnderstood),
    };
    fields.iter().map(write).collect()
}
