//! The answers of the hosted server: the list of devices, and a thermostat in the buckets of the vendor's own
//! protocol. The buckets are converted to the status format of a self-hosted server.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::wire::{NleMalformed, Reading, id, reading, text};
use crate::home::DeviceId;
use crate::http::json_value;

/// A device of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// The id in calls.
    pub(super) id: String,
    pub(super) serial: DeviceId,
    name: Option<String>,
}

/// Parses `/devices`. Leaves out entries without an id and a serial.
pub(super) fn devices(body: &[u8]) -> Result<Vec<Listed>, NleMalformed> {
    let value: Value = json_value(body)?;
    let list = value.get("devices").and_then(Value::as_array).ok_or(NleMalformed::NoDevices)?;
    let listed = |entry: &Value| {
        let (id, serial) = (id(entry, "id")?, id(entry, "serial")?);
        Some(Listed { id, serial: DeviceId::new(serial), name: text(entry, "name") })
    };
    Ok(list.iter().filter_map(listed).collect())
}

/// Parses `/thermostat/ID/status`.
pub(super) fn status(body: &[u8], listed: &Listed) -> Result<Reading, NleMalformed> {
    let value: Value = json_value(body)?;
    let state = value.get("state").and_then(Value::as_object).ok_or(NleMalformed::NoDevices)?;
    let (shared, device) = (Bucket::of(state, "shared", listed), Bucket::of(state, "device", listed));
    if shared.values.is_null() && device.values.is_null() {
        return Err(NleMalformed::NoDevices);
    }
    reading(&as_of_own_server(listed, &shared, &device)).ok_or(NleMalformed::NoDevices)
}

/// One of the two buckets of a thermostat.
struct Bucket {
    values: Value,
    /// The time of the last write.
    at: Option<Timestamp>,
}

impl Bucket {
    fn of(state: &Map<String, Value>, kind: &str, listed: &Listed) -> Self {
        let object = state.get(&format!("{kind}.{}", listed.serial));
        let at = object.and_then(|object| object.get("object_timestamp")?.as_i64());
        let values = object.and_then(|object| object.get("value")).filter(|values| values.is_object());
        Self {
            values: values.cloned().unwrap_or(Value::Null),
            at: at.and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok()),
        }
    }

    fn get(&self, key: &str) -> Value {
        self.values.get(key).cloned().unwrap_or(Value::Null)
    }
}

/// Converts the buckets. The names are those from which a self-hosted server makes its status.
fn as_of_own_server(listed: &Listed, shared: &Bucket, device: &Bucket) -> Value {
    let seen = shared.at.max(device.at);
    let timeout = device.values.get("fan_timer_timeout").and_then(Value::as_i64);
    let runs = timeout.map(|until| until > seen.map_or(0, Timestamp::as_second));
    let named = text(&shared.values, "name").or_else(|| listed.name.clone());
    json!({
        "serial": listed.serial.as_str(),
        "last_seen": seen.map(|at| at.to_string()),
        "name": named,
        "current_temperature": shared.get("current_temperature"),
        "target_temperature": shared.get("target_temperature"),
        "target_temperature_high": shared.get("target_temperature_high"),
        "target_temperature_low": shared.get("target_temperature_low"),
        "humidity": device.get("current_humidity"),
        "mode": shared.get("target_temperature_type"),
        "hvac": {
            "heater": shared.get("hvac_heater_state"), "heat_x2": shared.get("hvac_heat_x2_state"),
            "heat_x3": shared.get("hvac_heat_x3_state"), "aux_heat": shared.get("hvac_aux_heater_state"),
            "alt_heat": shared.get("hvac_alt_heat_state"), "emer_heat": shared.get("hvac_emer_heat_state"),
            "ac": shared.get("hvac_ac_state"), "cool_x2": shared.get("hvac_cool_x2_state"),
            "cool_x3": shared.get("hvac_cool_x3_state"), "fan": shared.get("hvac_fan_state"),
        },
        "fan_timer_active": runs,
        "fan_timer_timeout": timeout,
        "eco_temperatures": {"high": device.get("away_temperature_high"), "low": device.get("away_temperature_low")},
        "is_online": device.get("is_online"),
        "has_leaf": device.get("leaf"),
        "software_version": device.get("current_version"),
        "temperature_scale": device.get("temperature_scale"),
        "capabilities": {"can_heat": shared.get("can_heat"), "can_cool": shared.get("can_cool"),
                         "has_fan": device.get("has_fan")},
        "eco_mode": device.values.get("eco").and_then(|eco| eco.get("mode")),
        "time_to_target": device.get("time_to_target"),
        "time_to_target_training_status": device.get("time_to_target_training"),
        "structure_id": text(&shared.values, "structure_id").or_else(|| text(&device.values, "structure_id")),
        "away": shared.get("away"),
    })
}
