//! Writable fields at a path, and example requests.

use serde_json::Value;

use super::problem::segments;
use crate::home::{
    Away, DeviceTree, FAN_DURATIONS_MIN, Field, FieldEntry, MAX_LABEL_CHARS, Node, Refusal, Scale, Slot, Thermostat,
    ValueKind, blocked,
};
use crate::i18n::{Argument, Message, ToMessage, message};
use crate::wwn::wire;

/// The allowed values of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Holds {
    Words(Vec<String>),
    /// Degrees in a range, in steps.
    Degrees {
        /// The minimum.
        low: f64,
        /// The maximum.
        high: f64,
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
    pub name: String,
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
    let (node, only) = match path.as_slice() {
        ["structures", id, only @ ..] => (Node::Structure((*id).into()), only),
        ["devices", "thermostats", id, only @ ..] => (Node::Thermostat((*id).into()), only),
        ["devices", "cameras", id, only @ ..] => (Node::Camera((*id).into()), only),
        _ => return Vec::new(),
    };
    if !home.has(&node) {
        return Vec::new();
    }
    let fields = Field::of_node(&node).iter().flat_map(|field| keys(home, &node, *field));
    let is_meant = |name: &str| only.first().is_none_or(|only| *only == name);
    let meant = fields.into_iter().filter(|(name, _, _)| is_meant(name));
    let node_path = path.get(..path.len() - only.len()).unwrap_or_default();
    let present = wire::node(home, node_path);
    meant
        .map(|(name, field, holds)| {
            let closed = blocked(home, &Slot { node: node.clone(), field });
            let now = present.as_ref().and_then(|present| present.get(&name)).cloned();
            FieldHint { name, holds, now, closed }
        })
        .collect()
}

/// The keys of a field with their allowed values.
fn keys(home: &DeviceTree, node: &Node, field: Field) -> Vec<(String, Field, Holds)> {
    let FieldEntry { keys, kind, .. } = field.entry();
    let unknown = Thermostat::default();
    let thermostat = match node {
        Node::Thermostat(id) => home.thermostats.get(id).map_or(&unknown, |thermostat| thermostat),
        Node::Structure(_) | Node::Camera(_) => &unknown,
    };
    let of_words = |words: &[&str]| Holds::Words(words.iter().map(|word| (*word).to_owned()).collect());
    let holds = match kind {
        ValueKind::Setpoint | ValueKind::Range => {
            let in_scale = |key: &str, scale: Scale| {
                let range = thermostat.setpoint_range(scale);
                let holds = Holds::Degrees { low: *range.start(), high: *range.end(), step: scale.step() };
                (format!("{key}_{}", scale.letter().to_lowercase()), field, holds)
            };
            let scales = |key| [Scale::Fahrenheit, Scale::Celsius].map(|scale| in_scale(key, scale));
            return keys.iter().flat_map(|key| scales(*key)).collect();
        }
        ValueKind::Presence => of_words(&[Away::Home.as_str(), Away::Away.as_str()]),
        ValueKind::Text => Holds::Text((field == Field::Label).then_some(MAX_LABEL_CHARS)),
        ValueKind::Arrival => Holds::Trip,
        ValueKind::Scale => of_words(&[Scale::Celsius.letter(), Scale::Fahrenheit.letter()]),
        ValueKind::Mode => Holds::Words(thermostat.modes().iter().map(|mode| mode.as_str().to_owned()).collect()),
        ValueKind::Switch => Holds::Truth,
        ValueKind::Minutes => Holds::Minutes(&FAN_DURATIONS_MIN),
    };
    keys.iter().map(|key| ((*key).to_owned(), field, holds.clone())).collect()
}
