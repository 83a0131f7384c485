//! The settable fields of a device or home, by name.

use jiff::Timestamp;

use super::values::{Typed, eta, mode, no_value, on_off, range, temperature};
use super::{Expected, ParseError, ValueSubject};
use crate::home::{Away, DeviceId, DeviceTree, Field, Node, Scale, Setpoint, StructureId, Write};

/// Fields with their aliases; messages show the first name.
const THERMOSTAT_FIELDS: [&[&str]; 7] = [
    &["target", "temperature", "target_temperature", "setpoint"],
    &["range", "between"],
    &["mode", "hvac_mode"],
    &["fan", "fan_timer_active"],
    &["fan-duration", "fan_timer_duration", "duration"],
    &["label"],
    &["scale", "temperature_scale"],
];
const CAMERA_FIELDS: [&[&str]; 1] = [&["streaming", "is_streaming", "camera", "power"]];
const STRUCTURE_FIELDS: [&[&str]; 3] = [&["away", "presence"], &["name"], &["eta", "arrival"]];

/// The settable fields of a node.
pub fn fields(node: &Node) -> Vec<&'static str> {
    field_lists(node).iter().filter_map(|names| names.first().copied()).collect()
}

fn field_lists(node: &Node) -> &'static [&'static [&'static str]] {
    match node {
        Node::Structure(_) => &STRUCTURE_FIELDS,
        Node::Thermostat(_) => &THERMOSTAT_FIELDS,
        Node::Camera(_) => &CAMERA_FIELDS,
    }
}

pub(super) fn find_field(node: &Node, text: &str) -> Result<&'static str, ParseError> {
    let wanted = text.to_lowercase();
    // target_temperature_f and _c name the scale of the value.
    let wanted = wanted.strip_suffix("_f").or_else(|| wanted.strip_suffix("_c")).unwrap_or(&wanted);
    let lists = field_lists(node);
    let exact = lists.iter().find(|names| names.contains(&wanted));
    let mut starting = lists.iter().filter(|names| names.iter().any(|name| name.starts_with(wanted)));
    let unique = exact.or_else(|| match (starting.next(), starting.next()) {
        (Some(one), None) if !wanted.is_empty() => Some(one),
        _ => None,
    });
    let found = unique.and_then(|names| names.first().copied());
    found.ok_or_else(|| ParseError::NoSuchField {
        field: text.to_owned(),
        known: fields(node).into_iter().map(str::to_owned).collect(),
    })
}

/// Parses `node field value` into a write.
pub fn understand(
    home: &DeviceTree,
    node: &Node,
    field: &str,
    value: &str,
    now: Timestamp,
) -> Result<Write, ParseError> {
    let canonical = find_field(node, field)?;
    let scale_of_field = match field.to_lowercase() {
        f if f.ends_with("_f") => Some(Scale::Fahrenheit),
        f if f.ends_with("_c") => Some(Scale::Celsius),
        _ => None,
    };
    match node {
        Node::Structure(id) => structure_write(id, canonical, value, now),
        Node::Thermostat(id) => thermostat_write(home, id, canonical, value, scale_of_field),
        Node::Camera(id) => Ok(Write::Streaming(id.clone(), on_off(ValueSubject::Field(Field::Streaming), value)?)),
    }
}

fn structure_write(id: &StructureId, field: &str, value: &str, now: Timestamp) -> Result<Write, ParseError> {
    let id = id.clone();
    match field {
        "name" => Ok(Write::StructureName(id, value.to_owned())),
        "away" => match value.trim().to_lowercase().as_str() {
            "home" | "off" | "no" | "false" => Ok(Write::Away(id, Away::Home)),
            "away" | "on" | "yes" | "true" => Ok(Write::Away(id, Away::Away)),
            _ => Err(no_value(value, ValueSubject::Field(Field::Away), Expected::HomeAway)),
        },
        _ => Ok(Write::Eta(id, eta(value, now)?)),
    }
}

fn thermostat_write(
    home: &DeviceTree,
    id: &DeviceId,
    field: &str,
    value: &str,
    scale_of_field: Option<Scale>,
) -> Result<Write, ParseError> {
    let thermostat = home.thermostats.get(id);
    let scale = scale_of_field.or_else(|| thermostat.map(|t| t.scale())).unwrap_or_default();
    let id = id.clone();
    match field {
        "target" => {
            let about = ValueSubject::Field(Field::Target);
            let number = temperature(value, scale).ok_or_else(|| no_value(value, about, Expected::Temperature))?;
            let setpoint = match number {
                Typed::Absolute(setpoint) if scale_of_field.is_none() && is_of_other_scale(value, setpoint) => {
                    let value = value.trim().to_owned();
                    return Err(ParseError::OtherScale { value, scale: setpoint.scale });
                }
                Typed::Absolute(setpoint) => setpoint,
                Typed::Step(step) => {
                    let present = thermostat.and_then(|t| t.target_temperature).map(|t| t.setpoint(step.scale));
                    let present = present.ok_or(ParseError::NoPresentValue(Field::Target))?;
                    Setpoint { degrees: present.degrees + step.degrees, scale: step.scale }
                }
            };
            Ok(Write::Target(id, setpoint.rounded()))
        }
        "range" => {
            let about = ValueSubject::Field(Field::Range);
            let (low, high) = range(value, scale).ok_or_else(|| no_value(value, about, Expected::TwoTemperatures))?;
            Ok(Write::Range { thermostat: id, low: Some(low.rounded()), high: Some(high.rounded()) })
        }
        "mode" => Ok(Write::Mode(id, mode(value)?)),
        "fan" => Ok(Write::FanTimer(id, on_off(ValueSubject::Field(Field::FanTimer), value)?)),
        "fan-duration" => {
            let about = ValueSubject::Field(Field::FanDuration);
            let number = value.trim().trim_end_matches("min").trim();
            let minutes = number.parse().map_err(|_err| no_value(value, about, Expected::Minutes))?;
            Ok(Write::FanDuration(id, minutes))
        }
        "label" => Ok(Write::Label(id, value.to_owned())),
        _ => match value.trim().to_lowercase().trim_start_matches('°') {
            "c" | "celsius" => Ok(Write::Scale(id, Scale::Celsius)),
            "f" | "fahrenheit" => Ok(Write::Scale(id, Scale::Fahrenheit)),
            _ => Err(no_value(value, ValueSubject::Field(Field::Scale), Expected::Scale)),
        },
    }
}

/// True if a number without a unit is no setpoint in its scale and would be one in the other.
fn is_of_other_scale(value: &str, setpoint: Setpoint) -> bool {
    let other = setpoint.scale.other();
    let has_no_unit = matches!(temperature(value, other), Some(Typed::Absolute(read)) if read.scale == other);
    let degrees = setpoint.degrees;
    has_no_unit && !setpoint.scale.range().contains(&degrees) && other.range().contains(&degrees)
}
