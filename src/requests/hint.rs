//! Writable fields at a path, and example requests.

use serde_json::Value;

use super::problem::segments;
use crate::home::{
    Away, DeviceTree, FAN_DURATIONS_MIN, Field, MAX_LABEL_CHARS, Node, Refusal, Scale, Slot, Thermostat, blocked,
};
use crate::i18n::{Argument, Message, ToMessage, message};
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

impl ToMessage for Holds {
    fn to_message(&self) -> Message {
        let number = |number: f64| {
            let decimals = usize::from(number.fract() != 0.0);
            Argument::Decimal { number, decimals, unit: "" }
        };
        match self {
            Self::Words(words) => Message::verbatim(words.join(" | ")),
            Self::Degrees { low, high, step } => {
                message!("holds-degrees", low = number(*low), high = number(*high), step = number(*step))
            }
            Self::Minutes(minutes) => {
                Message::verbatim(minutes.iter().map(u32::to_string).collect::<Vec<_>>().join(" | "))
            }
            Self::Truth => Message::verbatim("true | false"),
            Self::Text(None) => message!("holds-text"),
            Self::Text(Some(most)) => message!("holds-text-most", most = *most),
            Self::Trip => Message::verbatim("trip_id, estimated_arrival_window_begin, estimated_arrival_window_end"),
        }
    }
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
