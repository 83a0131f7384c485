//! The settable fields of a device or home, by name.

use jiff::Timestamp;

use super::values::{Typed, eta, mode, no_value, on_off, range, temperature};
use super::{Expected, ParseError, ValueSubject};
use crate::home::{Away, DeviceTree, Field, FieldValue, Node, Scale, Setpoint, Slot, Thermostat, ValueKind, Write};

/// The words of the settable fields of a node.
pub fn fields(node: &Node) -> Vec<&'static str> {
    Field::of_node(node).iter().map(|field| field.word()).collect()
}

pub(super) fn find_field(node: &Node, text: &str) -> Result<Field, ParseError> {
    let wanted = text.to_lowercase();
    // target_temperature_f and _c name the scale of the value.
    let wanted = wanted.strip_suffix("_f").or_else(|| wanted.strip_suffix("_c")).unwrap_or(&wanted);
    let all = Field::of_node(node);
    let exact = all.iter().find(|field| field.entry().words.contains(&wanted));
    let mut starting = all.iter().filter(|field| field.entry().words.iter().any(|word| word.starts_with(wanted)));
    let unique = exact.or_else(|| match (starting.next(), starting.next()) {
        (Some(one), None) if !wanted.is_empty() => Some(one),
        _ => None,
    });
    unique.copied().ok_or_else(|| ParseError::NoSuchField {
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
    understand_in(home, node, field, value, now, None)
}

/// The same, with the scale of temperatures that name none; `None` takes that of the thermostat.
pub(super) fn understand_in(
    home: &DeviceTree,
    node: &Node,
    field: &str,
    value: &str,
    now: Timestamp,
    preferred: Option<Scale>,
) -> Result<Write, ParseError> {
    let slot = Slot { node: node.clone(), field: find_field(node, field)? };
    let scale = match field.to_lowercase() {
        f if f.ends_with("_f") => Some(Scale::Fahrenheit),
        f if f.ends_with("_c") => Some(Scale::Celsius),
        _ => None,
    };
    let wrong = |expected| no_value(value, ValueSubject::Field(slot.field), expected);
    let plain = value.trim().to_lowercase();
    let value = match slot.field.entry().kind {
        ValueKind::Presence => FieldValue::Presence(match plain.as_str() {
            "home" | "off" | "no" | "false" => Away::Home,
            "away" | "on" | "yes" | "true" => Away::Away,
            _ => return Err(wrong(Expected::HomeAway)),
        }),
        ValueKind::Text => FieldValue::Text(value.to_owned()),
        ValueKind::Arrival => FieldValue::Arrival(eta(value, now)?),
        ValueKind::Setpoint => FieldValue::Setpoint(match scale {
            Some(scale) => setpoint(home, node, value, scale, true)?,
            None => setpoint(home, node, value, preferred.unwrap_or_else(|| scale_of(home, node)), false)?,
        }),
        ValueKind::Range => {
            let shown = scale.or(preferred).unwrap_or_else(|| scale_of(home, node));
            let (low, high) = range(value, shown).ok_or_else(|| wrong(Expected::TwoTemperatures))?;
            FieldValue::Range(Some(low.rounded()), Some(high.rounded()))
        }
        ValueKind::Mode => FieldValue::Mode(mode(value)?),
        ValueKind::Switch => FieldValue::Switch(on_off(ValueSubject::Field(slot.field), value)?),
        ValueKind::Minutes => {
            let number = value.trim().trim_end_matches("min").trim();
            FieldValue::Minutes(number.parse().map_err(|_err| wrong(Expected::Minutes))?)
        }
        ValueKind::Scale => FieldValue::Scale(match plain.trim_start_matches('°') {
            "c" | "celsius" => Scale::Celsius,
            "f" | "fahrenheit" => Scale::Fahrenheit,
            _ => return Err(wrong(Expected::Scale)),
        }),
    };
    // The table gives every field of a node a value of its kind.
    slot.write(value).ok_or_else(|| ParseError::NoSuchField { field: field.to_owned(), known: Vec::new() })
}

fn thermostat_of<'a>(home: &'a DeviceTree, node: &Node) -> Option<&'a Thermostat> {
    let Node::Thermostat(id) = node else { return None };
    home.thermostats.get(id).map(|thermostat| &**thermostat)
}

fn scale_of(home: &DeviceTree, node: &Node) -> Scale {
    thermostat_of(home, node).map(Thermostat::scale).unwrap_or_default()
}

/// Parses a temperature. `is_named` is true if the field names the scale, so that no number is of the other.
fn setpoint(home: &DeviceTree, node: &Node, value: &str, scale: Scale, is_named: bool) -> Result<Setpoint, ParseError> {
    let about = ValueSubject::Field(Field::Target);
    let typed = temperature(value, scale);
    let setpoint = match typed.ok_or_else(|| no_value(value, about, Expected::Temperature))? {
        Typed::Absolute(setpoint) if !is_named && is_of_other_scale(value, setpoint) => {
            let value = value.trim().to_owned();
            return Err(ParseError::OtherScale { value, scale: setpoint.scale });
        }
        Typed::Absolute(setpoint) => setpoint,
        Typed::Step(step) => {
            let present = thermostat_of(home, node).and_then(|t| t.target_temperature).map(|t| t.setpoint(step.scale));
            let present = present.ok_or(ParseError::NoPresentValue(Field::Target))?;
            Setpoint { degrees: present.degrees + step.degrees, scale: step.scale }
        }
    };
    Ok(setpoint.rounded())
}

/// True if a number without a unit is no setpoint in its scale and would be one in the other.
fn is_of_other_scale(value: &str, setpoint: Setpoint) -> bool {
    let other = setpoint.scale.other();
    let has_no_unit = matches!(temperature(value, other), Some(Typed::Absolute(read)) if read.scale == other);
    let degrees = setpoint.degrees;
    has_no_unit && !setpoint.scale.range().contains(&degrees) && other.range().contains(&degrees)
}
