//! The writable fields in one table: their names, their kind of value and their treatment.

use super::write::{Eta, Field, Node, Slot, Write};
use super::{Away, HvacMode, Scale, Setpoint};
use crate::i18n::{Message, ToMessage};

/// The kind of value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// Home or away.
    Presence,
    Text,
    Arrival,
    Scale,
    Setpoint,
    /// Two setpoints.
    Range,
    Mode,
    /// On or off.
    Switch,
    Minutes,
}

/// Fields that belong together for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldGroup {
    Home,
    Arrival,
    /// Names and the like.
    Settings,
    Climate,
    Fan,
    Camera,
}

/// The facts of a field.
#[derive(Debug)]
pub struct FieldEntry {
    pub kind: ValueKind,
    pub group: FieldGroup,
    /// The words in commands; messages show the first one.
    pub words: &'static [&'static str],
    /// The keys in the Works with Nest API. Those of temperatures go on with `_c` or `_f`.
    pub keys: &'static [&'static str],
    /// The id of its name.
    message: &'static str,
    /// The id of the refusal of a service that lacks it.
    pub(super) lacking: &'static str,
    /// The time after which a change is not sent any more, in minutes.
    pub minutes_to_live: i64,
    /// The place among the writes of one device.
    pub rank: u8,
}

impl Field {
    /// The fields of a structure.
    const OF_STRUCTURE: &'static [Self] = &[Self::Away, Self::Name, Self::Eta];
    /// The fields of a thermostat.
    const OF_THERMOSTAT: &'static [Self] =
        &[Self::Target, Self::Range, Self::Mode, Self::FanTimer, Self::FanDuration, Self::Label, Self::Scale];
    const OF_CAMERA: &'static [Self] = &[Self::Streaming];
    /// The fields of the fan, in the order in which they are written.
    pub const FAN: &'static [Self] = &[Self::FanDuration, Self::FanTimer];
    /// Fields that only Works with Nest stores; for other services, this program does.
    pub const KEPT_BY_PROGRAM: &'static [Self] = &[Self::FanDuration];

    /// The fields of a device or structure, in the order of display.
    pub fn of_node(node: &Node) -> &'static [Self] {
        match node {
            Node::Structure(_) => Self::OF_STRUCTURE,
            Node::Thermostat(_) => Self::OF_THERMOSTAT,
            Node::Camera(_) => Self::OF_CAMERA,
        }
    }

    /// The facts of the field.
    pub fn entry(self) -> &'static FieldEntry {
        match self {
            Self::Away => &AWAY,
            Self::Name => &NAME,
            Self::Eta => &ETA,
            Self::Target => &TARGET,
            Self::Range => &RANGE,
            Self::Mode => &MODE,
            Self::FanTimer => &FAN_TIMER,
            Self::FanDuration => &FAN_DURATION,
            Self::Label => &LABEL,
            Self::Scale => &SCALE,
            Self::Streaming => &STREAMING,
        }
    }

    /// The word in commands.
    pub fn word(self) -> &'static str {
        self.entry().words.first().copied().unwrap_or_default()
    }

    /// The group of the field.
    pub fn group(self) -> FieldGroup {
        self.entry().group
    }
}

const DAY: i64 = 24 * 60;

/// A setting of the heating, which is out of date after a quarter of an hour.
const BASE: FieldEntry = FieldEntry {
    kind: ValueKind::Switch,
    group: FieldGroup::Climate,
    words: &[],
    keys: &[],
    message: "",
    lacking: "refused-service",
    minutes_to_live: 15,
    rank: 1,
};

const AWAY: FieldEntry = FieldEntry {
    kind: ValueKind::Presence,
    group: FieldGroup::Home,
    words: &["away", "presence"],
    keys: &["away"],
    message: "field-away",
    lacking: "refused-service-away",
    minutes_to_live: 30,
    rank: 0,
};

const NAME: FieldEntry = FieldEntry {
    kind: ValueKind::Text,
    group: FieldGroup::Home,
    words: &["name"],
    keys: &["name"],
    message: "field-name",
    lacking: "refused-service-names",
    minutes_to_live: DAY,
    rank: 4,
};

const ETA: FieldEntry = FieldEntry {
    kind: ValueKind::Arrival,
    group: FieldGroup::Arrival,
    words: &["eta", "arrival"],
    keys: &["eta"],
    message: "field-eta",
    lacking: "refused-service-eta",
    minutes_to_live: 30,
    ..BASE
};

const TARGET: FieldEntry = FieldEntry {
    kind: ValueKind::Setpoint,
    words: &["target", "temperature", "target_temperature", "setpoint"],
    keys: &["target_temperature"],
    message: "field-target",
    ..BASE
};

const RANGE: FieldEntry = FieldEntry {
    kind: ValueKind::Range,
    words: &["range", "between"],
    keys: &["target_temperature_low", "target_temperature_high"],
    message: "field-range",
    ..BASE
};

const MODE: FieldEntry = FieldEntry {
    kind: ValueKind::Mode,
    words: &["mode", "hvac_mode"],
    keys: &["hvac_mode"],
    message: "field-mode",
    rank: 0,
    ..BASE
};

const FAN_TIMER: FieldEntry = FieldEntry {
    kind: ValueKind::Switch,
    group: FieldGroup::Fan,
    words: &["fan", "fan_timer_active"],
    keys: &["fan_timer_active"],
    message: "field-fan",
    rank: 3,
    ..BASE
};

const FAN_DURATION: FieldEntry = FieldEntry {
    kind: ValueKind::Minutes,
    group: FieldGroup::Fan,
    words: &["fan-duration", "fan_timer_duration", "duration"],
    keys: &["fan_timer_duration"],
    message: "field-fan-duration",
    rank: 2,
    ..BASE
};

const LABEL: FieldEntry = FieldEntry {
    kind: ValueKind::Text,
    group: FieldGroup::Settings,
    words: &["label"],
    keys: &["label"],
    message: "field-label",
    lacking: "refused-service-names",
    minutes_to_live: DAY,
    rank: 4,
};

const SCALE: FieldEntry = FieldEntry {
    kind: ValueKind::Scale,
    group: FieldGroup::Settings,
    words: &["scale", "temperature_scale"],
    keys: &["temperature_scale"],
    message: "field-scale",
    lacking: "refused-service-scale",
    minutes_to_live: DAY,
    rank: 4,
};

const STREAMING: FieldEntry = FieldEntry {
    kind: ValueKind::Switch,
    group: FieldGroup::Camera,
    words: &["streaming", "is_streaming", "camera", "power"],
    keys: &["is_streaming"],
    message: "field-streaming",
    lacking: "refused-service-streaming",
    minutes_to_live: 5,
    rank: 3,
};

impl ToMessage for Field {
    fn to_message(&self) -> Message {
        Message::new(self.entry().message)
    }
}

/// True if a key names a writable field of some device or structure; false for most keys of a document, at little
/// cost.
pub fn is_field_key(key: &str) -> bool {
    let name = key.strip_suffix("_c").or_else(|| key.strip_suffix("_f")).unwrap_or(key);
    let all = [Field::OF_STRUCTURE, Field::OF_THERMOSTAT, Field::OF_CAMERA];
    all.into_iter().flatten().any(|field| field.entry().keys.contains(&name))
}

/// A field of a device or structure by its key in the API. A temperature has a scale, and one of a range is its
/// lower or upper end.
pub fn field_of_key(node: &Node, key: &str) -> Option<(Field, Option<Scale>)> {
    let scales = [("_c", Scale::Celsius), ("_f", Scale::Fahrenheit)];
    let in_scale = scales.into_iter().find_map(|(suffix, scale)| Some((key.strip_suffix(suffix)?, scale)));
    Field::of_node(node).iter().find_map(|field| {
        let FieldEntry { keys, kind, .. } = field.entry();
        match (kind, in_scale) {
            (ValueKind::Setpoint | ValueKind::Range, Some((name, scale))) => {
                keys.contains(&name).then_some((*field, Some(scale)))
            }
            (ValueKind::Setpoint | ValueKind::Range, None) => None,
            (_, _) => keys.contains(&key).then_some((*field, None)),
        }
    })
}

/// The value of a write.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldValue {
    Presence(Away),
    Text(String),
    Arrival(Eta),
    Scale(Scale),
    Setpoint(Setpoint),
    /// The lower and the upper setpoint; `None` leaves one as it is.
    Range(Option<Setpoint>, Option<Setpoint>),
    Mode(HvacMode),
    Switch(bool),
    Minutes(i64),
}

impl Write {
    /// The requested value.
    pub fn value(&self) -> FieldValue {
        match self {
            Self::Away(_, away) => FieldValue::Presence(away.clone()),
            Self::StructureName(_, text) | Self::Label(_, text) => FieldValue::Text(text.clone()),
            Self::Eta(_, eta) => FieldValue::Arrival(eta.clone()),
            Self::Scale(_, scale) => FieldValue::Scale(*scale),
            Self::Target(_, setpoint) => FieldValue::Setpoint(*setpoint),
            Self::Range { low, high, .. } => FieldValue::Range(*low, *high),
            Self::Mode(_, mode) => FieldValue::Mode(mode.clone()),
            Self::FanTimer(_, on) | Self::Streaming(_, on) => FieldValue::Switch(*on),
            Self::FanDuration(_, minutes) => FieldValue::Minutes(*minutes),
        }
    }
}

impl Slot {
    /// The write of a value; `None` if the field has another kind of value.
    pub fn write(&self, value: FieldValue) -> Option<Write> {
        Some(match (&self.node, self.field, value) {
            (Node::Structure(id), Field::Away, FieldValue::Presence(away)) => Write::Away(id.clone(), away),
            (Node::Structure(id), Field::Name, FieldValue::Text(name)) => Write::StructureName(id.clone(), name),
            (Node::Structure(id), Field::Eta, FieldValue::Arrival(eta)) => Write::Eta(id.clone(), eta),
            (Node::Thermostat(id), Field::Scale, FieldValue::Scale(scale)) => Write::Scale(id.clone(), scale),
            (Node::Thermostat(id), Field::Target, FieldValue::Setpoint(target)) => Write::Target(id.clone(), target),
            (Node::Thermostat(id), Field::Range, FieldValue::Range(low, high)) => {
                Write::Range { thermostat: id.clone(), low, high }
            }
            (Node::Thermostat(id), Field::Mode, FieldValue::Mode(mode)) => Write::Mode(id.clone(), mode),
            (Node::Thermostat(id), Field::FanTimer, FieldValue::Switch(on)) => Write::FanTimer(id.clone(), on),
            (Node::Thermostat(id), Field::FanDuration, FieldValue::Minutes(minutes)) => {
                Write::FanDuration(id.clone(), minutes)
            }
            (Node::Thermostat(id), Field::Label, FieldValue::Text(label)) => Write::Label(id.clone(), label),
            (Node::Camera(id), Field::Streaming, FieldValue::Switch(on)) => Write::Streaming(id.clone(), on),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::english;

    fn nodes() -> [Node; 3] {
        [Node::Structure("s".into()), Node::Thermostat("t".into()), Node::Camera("c".into())]
    }

    fn value(kind: ValueKind) -> FieldValue {
        match kind {
            ValueKind::Presence => FieldValue::Presence(Away::Away),
            ValueKind::Text => FieldValue::Text("Den".to_owned()),
            ValueKind::Arrival => FieldValue::Arrival(Eta { trip_id: "trip".to_owned(), window: None }),
            ValueKind::Scale => FieldValue::Scale(Scale::Fahrenheit),
            ValueKind::Setpoint => FieldValue::Setpoint(Setpoint::celsius(21.0)),
            ValueKind::Range => FieldValue::Range(Some(Setpoint::celsius(19.0)), None),
            ValueKind::Mode => FieldValue::Mode(HvacMode::Eco),
            ValueKind::Switch => FieldValue::Switch(true),
            ValueKind::Minutes => FieldValue::Minutes(30),
        }
    }

    #[test]
    fn a_write_of_each_field_has_its_slot_and_value() {
        let mut count = 0;
        for node in nodes() {
            for field in Field::of_node(&node) {
                let slot = Slot { node: node.clone(), field: *field };
                let wanted = value(field.entry().kind);
                let write = slot.write(wanted.clone()).expect("a value of its kind");
                assert_eq!((write.slot(), write.value()), (slot, wanted));
                count += 1;
            }
        }
        assert_eq!(count, 11, "every field belongs to one kind of node");
    }

    #[test]
    fn names_lead_to_one_field_of_a_node() {
        for node in nodes() {
            let fields = Field::of_node(&node);
            let words: Vec<&str> = fields.iter().flat_map(|field| field.entry().words).copied().collect();
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len(), "{words:?}");
            for field in fields {
                assert!(!field.word().is_empty() && !english().localize(field).is_empty());
                for key in field.entry().keys {
                    let in_scales = matches!(field.entry().kind, ValueKind::Setpoint | ValueKind::Range);
                    let found = |key: &str| field_of_key(&node, key);
                    if in_scales {
                        assert_eq!(found(&format!("{key}_f")), Some((*field, Some(Scale::Fahrenheit))));
                        assert_eq!(found(key), None, "{key} has no scale");
                    } else {
                        assert_eq!(found(key), Some((*field, None)));
                    }
                    assert!(is_field_key(key));
                }
            }
        }
        assert_eq!(field_of_key(&Node::Camera("c".into()), "label"), None);
        assert!(is_field_key("target_temperature_low_f") && !is_field_key("hvac_state") && !is_field_key(""));
    }
}
