//! Devices, structures and rooms in the form of the API. A device is a set of traits; unknown traits are kept,
//! and any trait may be missing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::home::{CameraEvent, DeviceId, LONGEST_ID, LONGEST_TEXT, StructureId};

/// The prefix of the name of each trait.
pub(super) const TRAITS: &str = "sdm.devices.traits.";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeviceKind {
    Thermostat,
    /// A camera, a doorbell, or a display with a camera.
    Camera,
    /// A device that this program has no page for.
    Other,
}

/// A device with its traits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Device {
    pub(super) kind: DeviceKind,
    /// The user's name of the room.
    pub(super) room: Option<String>,
    pub(super) structure: Option<StructureId>,
    /// The traits by their short names, such as `Fan`.
    pub(super) traits: BTreeMap<String, Map<String, Value>>,
    /// The time of the last report of each trait, by the clock of the service: events arrive in any order.
    pub(super) told_at: BTreeMap<String, Timestamp>,
    pub(super) last_event: Option<CameraEvent>,
    /// The sessions of the camera, which group its events. The last one is the session of `last_event`; earlier
    /// ones are over, even if further events of them arrive.
    pub(super) sessions: Vec<String>,
}

impl Device {
    /// A field of a trait.
    pub(super) fn get(&self, of: &str, field: &str) -> Option<&Value> {
        self.traits.get(of)?.get(field)
    }

    pub(super) fn text(&self, of: &str, field: &str) -> Option<&str> {
        self.get(of, field)?.as_str().filter(|text| is_text(text))
    }

    pub(super) fn number(&self, of: &str, field: &str) -> Option<f64> {
        self.get(of, field)?.as_f64()
    }

    /// True if the trait offers this mode; `None` if it does not list its modes.
    pub(super) fn offers(&self, of: &str, word: &str) -> Option<bool> {
        let list = self.get(of, "availableModes")?.as_array()?;
        Some(list.iter().any(|mode| mode.as_str() == Some(word)))
    }
}

/// Returns the last part of a resource name, which is an id.
pub(super) fn last_part(name: &str) -> Option<&str> {
    name.rsplit('/').next().filter(|part| (1..=LONGEST_ID).contains(&part.len()))
}

/// Returns the part of a name after a collection: `S` of `enterprises/P/structures/S/rooms/R`.
fn part_behind<'a>(name: &'a str, collection: &str) -> Option<&'a str> {
    let mut parts = name.split('/');
    parts.find(|part| *part == collection)?;
    parts.next().filter(|part| (1..=LONGEST_ID).contains(&part.len()))
}

/// Parses a list of devices and leaves out entries that are none. `None` if the answer is no list: for an
/// account without devices it is an object without one.
pub(super) fn devices(answer: &Value) -> Option<BTreeMap<DeviceId, Device>> {
    match answer.as_object()?.get("devices") {
        None => Some(BTreeMap::new()),
        Some(list) => Some(list.as_array()?.iter().filter_map(device).collect()),
    }
}

fn is_text(text: &str) -> bool {
    (1..=LONGEST_TEXT).contains(&text.len())
}

/// Parses one device.
pub(super) fn device(value: &Value) -> Option<(DeviceId, Device)> {
    let id = last_part(value.get("name")?.as_str()?)?;
    let kind = match value.get("type").and_then(Value::as_str).and_then(|kind| kind.rsplit('.').next()) {
        Some("THERMOSTAT") => DeviceKind::Thermostat,
        Some("CAMERA" | "DOORBELL" | "DISPLAY") => DeviceKind::Camera,
        Some(_) | None => DeviceKind::Other,
    };
    let parents = value.get("parentRelations").and_then(Value::as_array);
    let parent = parents.and_then(|parents| parents.first());
    let named = |key: &str| parent.and_then(|parent| parent.get(key)?.as_str()).filter(|text| is_text(text));
    let device = Device {
        kind,
        room: named("displayName").map(str::to_owned),
        structure: named("parent").and_then(|name| part_behind(name, "structures")).map(StructureId::new),
        traits: value.get("traits").map(traits).unwrap_or_default(),
        told_at: BTreeMap::new(),
        last_event: None,
        sessions: Vec::new(),
    };
    Some((DeviceId::new(id), device))
}

/// Returns the traits of a device or an event by their short names. A trait that is not an object has no fields.
pub(super) fn traits(value: &Value) -> BTreeMap<String, Map<String, Value>> {
    let traits = value.as_object().into_iter().flatten();
    let short = |name: &String| name.strip_prefix(TRAITS).unwrap_or(name).to_owned();
    traits.map(|(name, fields)| (short(name), fields.as_object().cloned().unwrap_or_default())).collect()
}

/// Parses a list of structures: ids and the user's names for them.
pub(super) fn structures(answer: &Value) -> BTreeMap<StructureId, Option<String>> {
    let list = answer.get("structures").and_then(Value::as_array).into_iter().flatten();
    let read = |value: &Value| {
        let id = StructureId::new(last_part(value.get("name")?.as_str()?)?);
        let name = value.pointer("/traits/sdm.structures.traits.Info/customName").and_then(Value::as_str);
        Some((id, name.filter(|name| is_text(name)).map(str::to_owned)))
    };
    list.filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_device_with_an_endless_id_is_left_out() {
        let list = |id: String| json!({"devices": [{"name": format!("enterprises/p/devices/{id}")}]});
        let count = |answer: Value| devices(&answer).expect("a list").len();
        assert_eq!(count(list("a".repeat(256))), 1);
        assert_eq!(count(list("a".repeat(257))), 0);
    }
}
