//! Conversion between writes and requests.

use serde_json::{Map, Value, json};

use super::lenient::time_text;
use crate::home::{Away, DeviceTree, Eta, HvacMode, Node, Refusal, Scale, Setpoint, Write};

/// The path and body of a write request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The path, such as `/devices/thermostats/<id>`.
    pub path: String,
    /// The fields to write.
    pub body: Value,
}

/// Returns the request for a write.
pub fn request(write: &Write) -> Request {
    let path = match write.slot().node {
        Node::Structure(id) => format!("/structures/{id}"),
        Node::Thermostat(id) => format!("/devices/thermostats/{id}"),
        Node::Camera(id) => format!("/devices/cameras/{id}"),
    };
    let body = match write {
        Write::Away(_, away) => json!({"away": away.as_str()}),
        Write::StructureName(_, name) => json!({"name": name}),
        Write::Eta(_, eta) => json!({"eta": eta_value(eta)}),
        Write::Scale(_, scale) => json!({"temperature_scale": scale.letter()}),
        Write::Target(_, setpoint) => Value::Object(Map::from_iter([setpoint_field("target_temperature", *setpoint)])),
        Write::Range { low, high, .. } => {
            let low = low.map(|low| setpoint_field("target_temperature_low", low));
            let high = high.map(|high| setpoint_field("target_temperature_high", high));
            Value::Object(low.into_iter().chain(high).collect())
        }
        Write::Mode(_, mode) => json!({"hvac_mode": mode.as_str()}),
        Write::FanTimer(_, active) => json!({"fan_timer_active": active}),
        Write::FanDuration(_, minutes) => json!({"fan_timer_duration": minutes}),
        Write::Label(_, label) => json!({"label": label}),
        Write::Streaming(_, on) => json!({"is_streaming": on}),
    };
    Request { path, body }
}

fn setpoint_field(name: &str, setpoint: Setpoint) -> (String, Value) {
    let (suffix, degrees) = match setpoint.scale {
        // Fahrenheit is an integer on the wire.
        Scale::Fahrenheit if setpoint.degrees.fract() == 0.0 => ("f", Value::from(setpoint.degrees as i64)),
        Scale::Fahrenheit => ("f", Value::from(setpoint.degrees)),
        Scale::Celsius => ("c", Value::from(setpoint.degrees)),
    };
    (format!("{name}_{suffix}"), degrees)
}

fn eta_value(eta: &Eta) -> Value {
    match eta.window {
        Some((begin, end)) => json!({
            "trip_id": eta.trip_id,
            "estimated_arrival_window_begin": time_text(begin),
            "estimated_arrival_window_end": time_text(end),
        }),
        None => json!({"trip_id": eta.trip_id, "estimated_arrival_window_begin": 0}),
    }
}

/// Errors that a server finds in a request before it checks any rule of the home.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// The path names no node.
    NotFound,
    /// The path names a node that takes no writes, or several devices at once.
    NotWritable,
    /// These fields do not exist or are read-only.
    NoPermission(Vec<String>),
    /// A value has a wrong type or is an unknown word.
    Refused(Refusal),
    /// A temperature that is not a number: field, value.
    WrongFormat(String, String),
    /// A value has a wrong type, and no error text of the vendor is known for it.
    Unspecified,
}

/// Decodes a request of a client into writes, in the order in which to check and make them.
///
/// `path` is split at slashes, without `.json`.
pub fn decode(home: &DeviceTree, path: &[&str], body: &Value) -> Result<Vec<Write>, Incoming> {
    match path {
        ["structures", id] => structure_writes(home, id, fields(body)?),
        ["structures", id, "eta"] => structure_writes(home, id, &single("eta", body)),
        ["structures", id, field] => structure_writes(home, id, &single(field, body)),
        ["devices", "thermostats", id] => thermostat_writes(home, id, fields(body)?),
        ["devices", "thermostats", id, field] => thermostat_writes(home, id, &single(field, body)),
        ["devices", "cameras", id] => camera_writes(home, id, fields(body)?),
        ["devices", "cameras", id, field] => camera_writes(home, id, &single(field, body)),
        ["devices", "smoke_co_alarms", id, rest @ ..] => {
            if !home.protects.contains_key(*id) {
                return Err(Incoming::NotFound);
            }
            let named = rest.first().map(|field| vec![(*field).to_owned()]);
            Err(Incoming::NoPermission(named.unwrap_or_else(|| keys(body))))
        }
        [] | ["devices" | "structures"] | ["devices", "thermostats" | "cameras" | "smoke_co_alarms"] => {
            Err(Incoming::NotWritable)
        }
        ["metadata", ..] => Err(Incoming::NotWritable),
        _ => Err(Incoming::NotFound),
    }
}

fn fields(body: &Value) -> Result<&Map<String, Value>, Incoming> {
    body.as_object().filter(|fields| !fields.is_empty()).ok_or(Incoming::NotWritable)
}

fn keys(body: &Value) -> Vec<String> {
    body.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}

fn single(field: &str, value: &Value) -> Map<String, Value> {
    Map::from_iter([(field.to_owned(), value.clone())])
}

fn structure_writes(home: &DeviceTree, id: &str, fields: &Map<String, Value>) -> Result<Vec<Write>, Incoming> {
    let (id, _) = home.structures.get_key_value(id).ok_or(Incoming::NotFound)?;
    only(fields, &["away", "name", "eta"])?;
    let mut writes = Vec::new();
    if let Some(name) = fields.get("name") {
        writes.push(Write::StructureName(id.clone(), text(name)?));
    }
    if let Some(away) = fields.get("away") {
        let word = away.as_str().ok_or_else(|| refused(Refusal::NotAnAwayState(plain(away))))?;
        writes.push(Write::Away(id.clone(), Away::from_word(word)));
    }
    if let Some(eta) = fields.get("eta") {
        writes.push(Write::Eta(id.clone(), decode_eta(eta)?));
    }
    Ok(writes)
}

fn decode_eta(eta: &Value) -> Result<Eta, Incoming> {
    let trip_id = eta.get("trip_id").map(text).transpose()?.ok_or(Incoming::Unspecified)?;
    let begin = eta.get("estimated_arrival_window_begin").ok_or(Incoming::Unspecified)?;
    if begin.as_i64() == Some(0) {
        return Ok(Eta { trip_id, window: None });
    }
    let begin = moment(begin)?;
    let end = eta.get("estimated_arrival_window_end").map(moment).transpose()?;
    Ok(Eta { trip_id, window: Some((begin, end.unwrap_or(begin))) })
}

/// Parses a time. A time without a zone is UTC.
fn moment(value: &Value) -> Result<jiff::Timestamp, Incoming> {
    let text = value.as_str().ok_or(Incoming::Unspecified)?;
    let without_zone = || {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    };
    text.parse().ok().or_else(without_zone).ok_or(Incoming::Unspecified)
}

fn camera_writes(home: &DeviceTree, id: &str, fields: &Map<String, Value>) -> Result<Vec<Write>, Incoming> {
    let (id, _) = home.cameras.get_key_value(id).ok_or(Incoming::NotFound)?;
    only(fields, &["is_streaming"])?;
    let streaming = |value: &Value| Ok(Write::Streaming(id.clone(), truth(value)?));
    fields.get("is_streaming").map(streaming).into_iter().collect()
}

fn thermostat_writes(home: &DeviceTree, id: &str, fields: &Map<String, Value>) -> Result<Vec<Write>, Incoming> {
    let Some((id, _)) = home.thermostats.get_key_value(id) else {
        return Err(refused(Refusal::Unknown(id.to_owned())));
    };
    only(fields, &WRITABLE)?;
    let mut writes = Vec::new();
    if let Some(scale) = fields.get("temperature_scale") {
        let scale = match scale.as_str() {
            Some("C") => Scale::Celsius,
            Some("F") => Scale::Fahrenheit,
            _ => return Err(Incoming::Unspecified),
        };
        writes.push(Write::Scale(id.clone(), scale));
    }
    if let Some(label) = fields.get("label") {
        writes.push(Write::Label(id.clone(), text(label)?));
    }
    // The mode comes before the setpoints, so that one request can hold both.
    if let Some(mode) = fields.get("hvac_mode") {
        let word = mode.as_str().ok_or_else(|| refused(Refusal::UnknownMode(plain(mode))))?;
        writes.push(Write::Mode(id.clone(), HvacMode::from_word(word)));
    }
    // The duration comes before the start, which uses it.
    if let Some(minutes) = fields.get("fan_timer_duration") {
        let minutes = minutes.as_i64().ok_or_else(|| refused(Refusal::FanDurationNotOffered(-1)))?;
        writes.push(Write::FanDuration(id.clone(), minutes));
    }
    if let Some(active) = fields.get("fan_timer_active") {
        writes.push(Write::FanTimer(id.clone(), truth(active)?));
    }
    if let Some(setpoint) = setpoint(fields, "target_temperature")? {
        writes.push(Write::Target(id.clone(), setpoint));
    }
    let low = setpoint(fields, "target_temperature_low")?;
    let high = setpoint(fields, "target_temperature_high")?;
    if low.is_some() || high.is_some() {
        writes.push(Write::Range { thermostat: id.clone(), low, high });
    }
    Ok(writes)
}

const WRITABLE: [&str; 11] = [
    "temperature_scale",
    "label",
    "hvac_mode",
    "fan_timer_duration",
    "fan_timer_active",
    "target_temperature_c",
    "target_temperature_f",
    "target_temperature_low_c",
    "target_temperature_low_f",
    "target_temperature_high_c",
    "target_temperature_high_f",
];

/// Refuses the whole request if it names a field that is not writable.
fn only(fields: &Map<String, Value>, writable: &[&str]) -> Result<(), Incoming> {
    let others: Vec<String> = fields.keys().filter(|key| !writable.contains(&key.as_str())).cloned().collect();
    if others.is_empty() { Ok(()) } else { Err(Incoming::NoPermission(others)) }
}

fn setpoint(fields: &Map<String, Value>, name: &str) -> Result<Option<Setpoint>, Incoming> {
    for (suffix, scale) in [("c", Scale::Celsius), ("f", Scale::Fahrenheit)] {
        let field = format!("{name}_{suffix}");
        if let Some(value) = fields.get(&field) {
            let degrees = value.as_f64().ok_or_else(|| Incoming::WrongFormat(field, plain(value)))?;
            return Ok(Some(Setpoint { degrees, scale }));
        }
    }
    Ok(None)
}

fn text(value: &Value) -> Result<String, Incoming> {
    value.as_str().map(str::to_owned).ok_or(Incoming::Unspecified)
}

fn truth(value: &Value) -> Result<bool, Incoming> {
    value.as_bool().ok_or(Incoming::Unspecified)
}

fn refused(refusal: Refusal) -> Incoming {
    Incoming::Refused(refusal)
}

/// Returns a string without its quotes, any other value as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
