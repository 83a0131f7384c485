//! Conversion between writes and requests.

use serde_json::{Map, Value, json};

use super::lenient::time_text;
use crate::home::{
    Away, DeviceTree, Eta, Field, FieldEntry, FieldValue, HvacMode, Node, Refusal, Scale, Setpoint, Slot, ValueKind,
    Write, field_of_key,
};

/// The path and body of a write request.
#[derive(Debug, Clone, PartialEq)]
pub struct WriteRequest {
    /// The path, such as `/devices/thermostats/<id>`.
    pub path: String,
    /// The fields to write.
    pub body: Value,
}

/// Returns the request for a write.
pub fn request(write: &Write) -> WriteRequest {
    let path = match write.slot().node {
        Node::Structure(id) => format!("/structures/{id}"),
        Node::Thermostat(id) => format!("/devices/thermostats/{id}"),
        Node::Camera(id) => format!("/devices/cameras/{id}"),
    };
    let keys = write.slot().field.entry().keys;
    let key = keys.first().copied().unwrap_or_default();
    let plain = |value: Value| Map::from_iter([(key.to_owned(), value)]);
    let body = match write.value() {
        FieldValue::Presence(away) => plain(away.as_str().into()),
        FieldValue::Text(text) => plain(text.into()),
        FieldValue::Arrival(eta) => plain(eta_value(&eta)),
        FieldValue::Scale(scale) => plain(scale.letter().into()),
        FieldValue::Setpoint(setpoint) => Map::from_iter([setpoint_field(key, setpoint)]),
        FieldValue::Range(low, high) => {
            let ends = keys.iter().zip([low, high]);
            ends.filter_map(|(key, end)| Some(setpoint_field(key, end?))).collect()
        }
        FieldValue::Mode(mode) => plain(mode.as_str().into()),
        FieldValue::Switch(on) => plain(on.into()),
        FieldValue::Minutes(minutes) => plain(minutes.into()),
    };
    let body = Value::Object(body);
    WriteRequest { path, body }
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
        ["structures", id, field @ ..] if field.len() <= 1 => {
            let (id, _) = home.structures.get_key_value(*id).ok_or(Incoming::NotFound)?;
            node_writes(&Node::Structure(id.clone()), field, body)
        }
        ["devices", "thermostats", id, field @ ..] if field.len() <= 1 => {
            let unknown = || Incoming::Refused(Refusal::Unknown((*id).to_owned()));
            let (id, _) = home.thermostats.get_key_value(*id).ok_or_else(unknown)?;
            node_writes(&Node::Thermostat(id.clone()), field, body)
        }
        ["devices", "cameras", id, field @ ..] if field.len() <= 1 => {
            let (id, _) = home.cameras.get_key_value(*id).ok_or(Incoming::NotFound)?;
            node_writes(&Node::Camera(id.clone()), field, body)
        }
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

fn keys(body: &Value) -> Vec<String> {
    body.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}

/// The writes of a body, or of the value of a single field.
fn node_writes(node: &Node, field: &[&str], body: &Value) -> Result<Vec<Write>, Incoming> {
    let values = match (field, body) {
        ([field, ..], value) => Map::from_iter([((*field).to_owned(), value.clone())]),
        ([], Value::Object(values)) if !values.is_empty() => values.clone(),
        ([], _) => return Err(Incoming::NotWritable),
    };
    let is_writable = |key: &str| field_of_key(node, key).is_some();
    let others: Vec<String> = values.keys().filter(|key| !is_writable(key)).cloned().collect();
    if !others.is_empty() {
        return Err(Incoming::NoPermission(others));
    }
    let mut fields = Field::of_node(node).to_vec();
    fields.sort_by_key(|field| place(field.entry().kind));
    let mut writes = Vec::new();
    for field in fields {
        if let Some(value) = field_value(&values, field.entry())? {
            writes.extend(Slot { node: node.clone(), field }.write(value));
        }
    }
    Ok(writes)
}

/// The mode comes before the setpoints, so that one request can hold both, and the duration of the fan before its
/// start, which uses it.
fn place(kind: ValueKind) -> u8 {
    match kind {
        ValueKind::Scale => 0,
        ValueKind::Text => 1,
        ValueKind::Mode | ValueKind::Presence => 2,
        ValueKind::Minutes => 3,
        ValueKind::Switch => 4,
        ValueKind::Setpoint => 5,
        ValueKind::Range => 6,
        ValueKind::Arrival => 7,
    }
}

/// The value of a field in a body, if it is there.
fn field_value(values: &Map<String, Value>, entry: &FieldEntry) -> Result<Option<FieldValue>, Incoming> {
    let key = entry.keys.first().copied().unwrap_or_default();
    if let (ValueKind::Range, [low, high]) = (entry.kind, entry.keys) {
        let (low, high) = (setpoint(values, low)?, setpoint(values, high)?);
        return Ok((low.is_some() || high.is_some()).then_some(FieldValue::Range(low, high)));
    }
    if entry.kind == ValueKind::Setpoint {
        return Ok(setpoint(values, key)?.map(FieldValue::Setpoint));
    }
    let Some(value) = values.get(key) else { return Ok(None) };
    let word = |refusal: fn(String) -> Refusal| value.as_str().ok_or_else(|| Incoming::Refused(refusal(plain(value))));
    Ok(Some(match entry.kind {
        ValueKind::Presence => FieldValue::Presence(Away::from_word(word(Refusal::NotAnAwayState)?)),
        ValueKind::Mode => FieldValue::Mode(HvacMode::from_word(word(Refusal::UnknownMode)?)),
        ValueKind::Text => FieldValue::Text(text(value)?),
        ValueKind::Arrival => FieldValue::Arrival(decode_eta(value)?),
        ValueKind::Switch => FieldValue::Switch(value.as_bool().ok_or(Incoming::Unspecified)?),
        ValueKind::Minutes => {
            let not_offered = || Incoming::Refused(Refusal::FanDurationNotOffered(-1));
            FieldValue::Minutes(value.as_i64().ok_or_else(not_offered)?)
        }
        ValueKind::Scale => FieldValue::Scale(match value.as_str() {
            Some("C") => Scale::Celsius,
            Some("F") => Scale::Fahrenheit,
            Some(_) | None => return Err(Incoming::Unspecified),
        }),
        ValueKind::Setpoint | ValueKind::Range => return Ok(None),
    }))
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

/// Returns a string without its quotes, any other value as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
