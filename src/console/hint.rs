//! Writable fields at a path, and example requests.

use serde_json::{Value, json};

use super::draft::{Draft, segments};
use crate::home::{
    Away, DeviceTree, FAN_DURATIONS_MIN, Field, HvacMode, MAX_LABEL_CHARS, Node, Refusal, Scale, Slot, Thermostat,
    blocked,
};
use crate::http::Dialect;
use crate::snippet::Method;
use crate::wwn::wire;

/// The allowed values of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    /// One of these words.
    Words(Vec<String>),
    /// Degrees in a range, in steps.
    Degrees {
        /// The minimum.
        low: f64,
        /// The maximum.
        high: f64,
        /// The step.
        step: f64,
    },
    /// One of these durations, in minutes.
    Minutes(&'static [u32]),
    /// `true` or `false`.
    Truth,
    /// Text, with its maximum length in characters.
    Text(Option<usize>),
    /// A trip: its id and estimate.
    Trip,
}

/// A writable field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldHint {
    /// The name.
    pub name: &'static str,
    /// The allowed values.
    pub holds: Holds,
    /// The present value.
    pub now: Option<Value>,
    /// The reason why the field is blocked now.
    pub closed: Option<Refusal>,
}

/// The writable fields at a path of the document; one if the path is that of a field. Empty if nothing there is
/// writable.
pub fn hints(home: &DeviceTree, path: &str) -> Vec<FieldHint> {
    let path = segments(path);
    let (node, fields, only) = match path.as_slice() {
        ["structures", id, only @ ..] => match home.structures.get_key_value(*id) {
            Some((id, _)) => (Node::Structure(id.clone()), structure_fields(), only),
            None => return Vec::new(),
        },
        ["devices", "thermostats", id, only @ ..] => match home.thermostats.get_key_value(*id) {
            Some((id, thermostat)) => (Node::Thermostat(id.clone()), thermostat_fields(thermostat), only),
            None => return Vec::new(),
        },
        ["devices", "cameras", id, only @ ..] => match home.cameras.get_key_value(*id) {
            Some((id, _)) => (Node::Camera(id.clone()), vec![("is_streaming", Field::Streaming, Holds::Truth)], only),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let is_meant = |name: &str| only.first().is_none_or(|only| *only == name);
    let meant = fields.into_iter().filter(|(name, _, _)| is_meant(name));
    let node_path = path.get(..path.len() - only.len()).unwrap_or_default();
    let present = wire::node(home, node_path);
    meant
        .map(|(name, field, holds)| {
            let closed = blocked(home, &Slot { node: node.clone(), field });
            FieldHint { name, holds, now: present.as_ref().and_then(|present| present.get(name)).cloned(), closed }
        })
        .collect()
}

fn structure_fields() -> Vec<(&'static str, Field, Holds)> {
    let away = [Away::Home, Away::Away].iter().map(|away| away.as_str().to_owned()).collect();
    vec![
        ("away", Field::Away, Holds::Words(away)),
        ("name", Field::Name, Holds::Text(None)),
        ("eta", Field::Eta, Holds::Trip),
    ]
}

fn thermostat_fields(thermostat: &Thermostat) -> Vec<(&'static str, Field, Holds)> {
    let degrees = |scale: Scale| {
        let range = thermostat.setpoint_range(scale);
        Holds::Degrees { low: *range.start(), high: *range.end(), step: scale.step() }
    };
    let modes = thermostat.modes().iter().map(|mode| mode.as_str().to_owned()).collect();
    let scales = [Scale::Celsius, Scale::Fahrenheit].map(|scale| scale.letter().to_owned()).to_vec();
    vec![
        ("target_temperature_f", Field::Target, degrees(Scale::Fahrenheit)),
        ("target_temperature_c", Field::Target, degrees(Scale::Celsius)),
        ("target_temperature_low_f", Field::Range, degrees(Scale::Fahrenheit)),
        ("target_temperature_low_c", Field::Range, degrees(Scale::Celsius)),
        ("target_temperature_high_f", Field::Range, degrees(Scale::Fahrenheit)),
        ("target_temperature_high_c", Field::Range, degrees(Scale::Celsius)),
        ("hvac_mode", Field::Mode, Holds::Words(modes)),
        ("fan_timer_active", Field::FanTimer, Holds::Truth),
        ("fan_timer_duration", Field::FanDuration, Holds::Minutes(&FAN_DURATIONS_MIN)),
        ("label", Field::Label, Holds::Text(Some(MAX_LABEL_CHARS))),
        ("temperature_scale", Field::Scale, Holds::Words(scales)),
    ]
}

/// Example requests for the existing devices.
pub fn examples(home: &DeviceTree, dialect: &Dialect) -> Vec<Draft> {
    let get = |path: String| Draft { path, ..Draft::default() };
    let write = |method: Method, path: String, body: Value| {
        let body = serde_json::to_string_pretty(&body).unwrap_or_default();
        Draft { method, path, body, wants_stream: false }
    };
    // A thermostat that accepts a single target now, so that each example can be sent.
    let takes_target = |thermostat: &Thermostat| {
        matches!(thermostat.hvac_mode, Some(HvacMode::Heat | HvacMode::Cool)) && thermostat.is_online != Some(false)
    };
    let fitting = home.thermostats.iter().find(|(_, thermostat)| takes_target(thermostat));
    let first = fitting.or_else(|| home.thermostats.iter().next());
    let id = first.map_or("ID", |(id, _)| id.as_str());
    let has_fan = first.is_none_or(|(_, thermostat)| thermostat.has_fan != Some(false));
    let celsius = target(first.map(|(_, thermostat)| &**thermostat));
    match dialect {
        Dialect::WorksWithNest => {
            let thermostat = format!("/devices/thermostats/{id}");
            let mut all = vec![get("/".to_owned()), Draft { wants_stream: true, ..Draft::default() }];
            all.push(get(thermostat.clone()));
            all.push(write(Method::Put, thermostat.clone(), json!({ "target_temperature_c": celsius })));
            all.push(write(Method::Put, thermostat, json!({ "hvac_mode": "heat" })));
            if let Some(structure) = home.structures.keys().next() {
                all.push(write(Method::Put, format!("/structures/{structure}"), json!({ "away": "home" })));
            }
            if let Some(camera) = home.cameras.keys().next() {
                all.push(write(Method::Put, format!("/devices/cameras/{camera}"), json!({ "is_streaming": true })));
            }
            all
        }
        Dialect::NoLongerEvil => {
            let command = |name: &str, value: Value| {
                write(Method::Post, "/command".to_owned(), json!({ "serial": id, "command": name, "value": value }))
            };
            let mut all = vec![
                get("/api/devices".to_owned()),
                get(format!("/status?serial={id}")),
                Draft { path: "/api/events".to_owned(), wants_stream: true, ..Draft::default() },
                command("set_temperature", json!(celsius)),
                command("set_mode", json!("heat")),
                command("set_away", json!(true)),
            ];
            all.extend(has_fan.then(|| command("set_fan", json!(900))));
            all
        }
        Dialect::HostedNoLongerEvil => {
            let body = json!({ "value": celsius, "mode": "heat", "scale": "C" });
            vec![
                get("/devices".to_owned()),
                get("/thermostat/ID/status".to_owned()),
                write(Method::Post, "/thermostat/ID/temperature".to_owned(), body),
            ]
        }
        Dialect::DeviceAccess { project } => {
            let devices = format!("/enterprises/{project}/devices");
            let command = |name: &str, params: Value| {
                let body = json!({ "command": format!("sdm.devices.commands.{name}"), "params": params });
                write(Method::Post, format!("{devices}/{id}:executeCommand"), body)
            };
            let mut all = vec![
                get(devices.clone()),
                get(format!("/enterprises/{project}/structures")),
                get(format!("{devices}/{id}")),
                command("ThermostatTemperatureSetpoint.SetHeat", json!({ "heatCelsius": celsius })),
                command("ThermostatMode.SetMode", json!({ "mode": "HEAT" })),
                command("ThermostatEco.SetMode", json!({ "mode": "MANUAL_ECO" })),
            ];
            let fan = json!({ "timerMode": "ON", "duration": "900s" });
            all.extend(has_fan.then(|| command("Fan.SetTimer", fan)));
            all
        }
    }
}

/// A target near the present one, in degrees Celsius.
fn target(thermostat: Option<&Thermostat>) -> f64 {
    let present = thermostat.filter(|thermostat| thermostat.hvac_mode != Some(HvacMode::Eco));
    let present = present.and_then(|thermostat| thermostat.target_temperature);
    present.map_or(21.0, |temperature| temperature.celsius_view())
}
