//! Parses thermostats of the server. Almost any value may be null or of another type: each one is read
//! separately, and an unreadable one is unknown.
//!
//! The answer also holds the device's own secret (`api_key`), which is not read.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::home::{
    DeviceId, HvacMode, HvacState, LONGEST_ID, LONGEST_TEXT, Precision, RunningParts, Scale, Temperature, Thermostat,
    TimeToTarget, Training, humidity_percent,
};
use crate::http::json_value;

/// A thermostat as the server reports it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) serial: DeviceId,
    /// The structure of the thermostat; `None` if the server has only one.
    pub(super) structure: Option<String>,
    /// True if the thermostat reports that nobody is at home.
    pub(super) away: Option<bool>,
    /// True if the thermostat reports that the user switched Eco on; `None` if it does not report this.
    pub(super) manual_eco: Option<bool>,
    /// The other fields. The mode is the one apart from Eco.
    pub(super) thermostat: Thermostat,
    /// True if the thermostat is in Eco, by hand or because nobody is at home.
    pub(super) is_eco: bool,
}

/// The reason that an answer contains no thermostats.
#[derive(Debug, thiserror::Error)]
pub(super) enum NleMalformed {
    #[error(transparent)]
    NotJson(#[from] serde_json::Error),
    #[error("no list of devices")]
    NoDevices,
}

/// Parses `/api/devices`. Leaves out entries without a serial.
pub(super) fn devices(body: &[u8]) -> Result<Vec<Reading>, NleMalformed> {
    let value: Value = json_value(body)?;
    let list = value.get("devices").and_then(Value::as_array).ok_or(NleMalformed::NoDevices)?;
    Ok(list.iter().filter_map(reading).collect())
}

/// Parses `/status`.
pub(super) fn status(body: &[u8]) -> Result<Reading, NleMalformed> {
    reading(&json_value(body)?).ok_or(NleMalformed::NoDevices)
}

/// Returns the thermostat of a change event; `None` for anything else on the stream.
pub(super) fn bell(data: &str) -> Option<DeviceId> {
    let value: Value = json_value(data.as_bytes()).ok()?;
    id(&value, "serial").map(DeviceId::new)
}

pub(super) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::trim).filter(|text| (1..=LONGEST_TEXT).contains(&text.len())).map(str::to_owned)
}

/// Returns a text that is short enough for an id.
pub(super) fn id(value: &Value, key: &str) -> Option<String> {
    text(value, key).filter(|id| id.len() <= LONGEST_ID)
}

fn flag(value: &Value, key: &str) -> Option<bool> {
    value.get(key)?.as_bool()
}

fn celsius(value: &Value, key: &str) -> Option<Temperature> {
    Temperature::from_celsius(value.get(key)?.as_f64()?)
}

pub(super) fn reading(status: &Value) -> Option<Reading> {
    let serial = id(status, "serial")?;
    let null = Value::Null;
    let part = |key: &str| status.get(key).unwrap_or(&null);
    let (can, eco, hvac) = (part("capabilities"), part("eco_temperatures"), part("hvac"));
    let eco_mode = text(status, "eco_mode");
    let (mode, is_emergency) = mode(text(status, "mode").as_deref());
    // The server reports the serial number if the user gave no name.
    let name = text(status, "name").filter(|name| *name != serial).unwrap_or_else(|| unnamed(&serial));
    let thermostat = Thermostat {
        name: Some(name.clone()),
        name_long: Some(name),
        software_version: text(status, "software_version"),
        last_connection: text(status, "last_seen").and_then(|text| moment(&text)),
        is_online: online(flag(status, "is_available"), flag(status, "is_online")),
        can_heat: flag(can, "can_heat"),
        can_cool: flag(can, "can_cool"),
        has_fan: flag(can, "has_fan"),
        is_using_emergency_heat: (is_emergency || flag(hvac, "emer_heat") == Some(true)).then_some(true),
        fan_timer_active: flag(status, "fan_timer_active"),
        fan_timer_timeout: status.get("fan_timer_timeout").and_then(Value::as_i64).and_then(seconds),
        has_leaf: flag(status, "has_leaf"),
        temperature_scale: text(status, "temperature_scale").and_then(|text| match text.as_str() {
            "C" => Some(Scale::Celsius),
            "F" => Some(Scale::Fahrenheit),
            _ => None,
        }),
        target_temperature: celsius(status, "target_temperature"),
        target_temperature_high: celsius(status, "target_temperature_high"),
        target_temperature_low: celsius(status, "target_temperature_low"),
        eco_temperature_high: celsius(eco, "high"),
        eco_temperature_low: celsius(eco, "low"),
        hvac_mode: mode,
        hvac_state: state(hvac),
        running_parts: running_parts(hvac),
        ambient_temperature: celsius(status, "current_temperature"),
        humidity: status.get("humidity").and_then(Value::as_f64).and_then(humidity_percent),
        time_to_target: time_to_target(status),
        time_to_target_training: training(text(status, "time_to_target_training_status").as_deref()),
        ..Thermostat::default()
    };
    Some(Reading {
        structure: id(status, "structure_id"),
        away: flag(status, "away"),
        manual_eco: eco_mode.as_deref().map(|word| word == "manual-eco"),
        is_eco: eco_mode.as_deref().is_some_and(|word| word.ends_with("-eco")),
        serial: DeviceId::new(serial),
        thermostat,
    })
}

/// The name of a thermostat that the user gave none: it ends with the end of the serial number.
fn unnamed(serial: &str) -> String {
    let end = serial.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    format!("Thermostat {}", serial.get(end..).unwrap_or(serial))
}

/// The server derives `is_available` from the thermostat's own connection. `is_online` is a field of the
/// `device` bucket that no recorded firmware (3.5 to 5.9.4) sends, and the server answers `false` for it
/// then, so a `false` there says nothing while `is_available` is known.
fn online(is_available: Option<bool>, is_online: Option<bool>) -> Option<bool> {
    is_available.or(is_online)
}

/// Parses the server's name of a mode. The second value is true for emergency heat.
fn mode(word: Option<&str>) -> (Option<HvacMode>, bool) {
    match word {
        Some("heat") => (Some(HvacMode::Heat), false),
        Some("cool") => (Some(HvacMode::Cool), false),
        Some("range" | "heat-cool" | "auto") => (Some(HvacMode::HeatCool), false),
        Some("off") => (Some(HvacMode::Off), false),
        Some("emergency") => (Some(HvacMode::Heat), true),
        Some(other) => (Some(HvacMode::Other(other.into())), false),
        None => (None, false),
    }
}

fn state(hvac: &Value) -> Option<HvacState> {
    let any = |keys: &[&str]| keys.iter().any(|key| flag(hvac, key) == Some(true));
    if any(&["heater", "heat_x2", "heat_x3", "aux_heat", "alt_heat", "emer_heat"]) {
        Some(HvacState::Heating)
    } else if any(&["ac", "cool_x2", "cool_x3"]) {
        Some(HvacState::Cooling)
    } else {
        hvac.is_object().then_some(HvacState::Off)
    }
}

fn running_parts(hvac: &Value) -> RunningParts {
    RunningParts {
        heat_stage2: flag(hvac, "heat_x2"),
        heat_stage3: flag(hvac, "heat_x3"),
        alternate_heat: flag(hvac, "alt_heat"),
        auxiliary_heat: flag(hvac, "aux_heat"),
        emergency_heat: flag(hvac, "emer_heat"),
        cool_stage2: flag(hvac, "cool_x2"),
        cool_stage3: flag(hvac, "cool_x3"),
        fan: flag(hvac, "fan"),
        humidifier: flag(hvac, "humidifier"),
    }
}

/// Converts seconds since the epoch. The server uses 0 for no time, the model uses the epoch.
fn seconds(unix: i64) -> Option<Timestamp> {
    Timestamp::from_second(unix).ok()
}

/// Parses `2026-11-22T19:43:09.239221`: the server writes times in UTC without a zone.
fn moment(text: &str) -> Option<Timestamp> {
    let with_zone = text.parse::<Timestamp>().ok();
    with_zone.or_else(|| Some(text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp()))
}

/// Converts the time of arrival, which the thermostat gives, to minutes from its last report, which the model
/// holds.
fn time_to_target(status: &Value) -> Option<TimeToTarget> {
    let arrival = status.get("time_to_target").and_then(Value::as_i64)?;
    let seen = text(status, "last_seen").and_then(|text| moment(&text))?;
    let minutes = u32::try_from((arrival - seen.as_second()).max(0) / 60).ok()?;
    // No thermostat estimates more than a day, so a larger value means something else.
    (minutes <= 24 * 60).then_some(TimeToTarget { precision: Precision::About, minutes })
}

fn training(word: Option<&str>) -> Option<Training> {
    match word? {
        "ready" => Some(Training::Ready),
        "training" => Some(Training::Training),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn m10_a_thermostat_with_an_endless_serial_is_left_out() {
        let list = |serial: String| json!({"devices": [{"serial": serial}, {"serial": "02AA"}]}).to_string();
        let serials = |body: String| devices(body.as_bytes()).expect("a list").len();
        assert_eq!(serials(list("0".repeat(256))), 2);
        assert_eq!(serials(list("0".repeat(257))), 1);
        assert_eq!(bell(&json!({"serial": "0".repeat(257)}).to_string()), None);
        assert!(bell(&json!({"serial": "02AA"}).to_string()).is_some());
    }

    /// Findings of real homes, low table 3: the server never leaves a name empty, it uses the serial number
    /// instead.
    #[test]
    fn a_l3_an_unnamed_thermostat_is_named_by_its_serial() {
        let name = |name: Value| {
            let status = json!({"serial": "02AA01AC33140F61", "name": name});
            reading(&status).and_then(|reading| reading.thermostat.name)
        };
        for unnamed in [json!("02AA01AC33140F61"), json!(""), json!(null)] {
            assert_eq!(name(unnamed.clone()).as_deref(), Some("Thermostat 0F61"), "{unnamed}");
        }
        assert_eq!(name(json!("Hallway")).as_deref(), Some("Hallway"));
    }

    #[test]
    fn the_parts_that_run_are_told_apart() {
        let status =
            json!({"serial": "02AA", "hvac": {"heater": true, "heat_x2": true, "aux_heat": false, "fan": null}});
        let parts = reading(&status).expect("a thermostat").thermostat.running_parts;
        let told = RunningParts { heat_stage2: Some(true), auxiliary_heat: Some(false), ..RunningParts::default() };
        assert_eq!(parts, told);
    }

    /// Findings L13: some of these are infinite in °F.
    #[test]
    fn l13_temperatures_that_no_room_has_are_unknown() {
        for absurd in [json!(1e308), json!(-1e308), json!(1000.0), json!(-273.2)] {
            let status = json!({
                "serial": "02AA", "mode": "heat", "current_temperature": absurd, "target_temperature": absurd,
                "eco_temperatures": {"high": absurd, "low": absurd}
            });
            let thermostat = reading(&status).expect("a thermostat").thermostat;
            let read = [
                thermostat.ambient_temperature,
                thermostat.target_temperature,
                thermostat.eco_temperature_low,
                thermostat.eco_temperature_high,
            ];
            assert_eq!(read, [None; 4], "{absurd}");
        }
        let status = json!({"serial": "02AA", "current_temperature": -40.0});
        assert_eq!(reading(&status).expect("one").thermostat.ambient_temperature, Temperature::from_celsius(-40.0));
    }
}
