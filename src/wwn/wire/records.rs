//! The fields of each kind of node, with the names of the service.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeSeed as _;
use serde_json::{Map, Value};

use super::object::AsRecord;
use super::record::{JsonRecord as _, record};
use super::room::ReadBounds;
use crate::home::{
    ActivityZone, Camera, CameraEvent, DeviceId, Metadata, Protect, Structure, Thermostat, Where, WhereId,
};

record!(Thermostat {
    leaf {
        structure_id, where_id, where_name, name, name_long, label, locale, software_version,
        last_connection, is_online, can_cool, can_heat, is_using_emergency_heat, has_fan,
        fan_timer_active, fan_timer_duration, fan_timer_timeout, has_leaf, temperature_scale,
        is_locked, hvac_mode, previous_hvac_mode, hvac_state, humidity,
        sunlight_correction_enabled, sunlight_correction_active, time_to_target,
        time_to_target_training,
    }
    temperature {
        target_temperature, target_temperature_high, target_temperature_low,
        eco_temperature_high, eco_temperature_low, away_temperature_high, away_temperature_low,
        locked_temp_min, locked_temp_max, ambient_temperature,
    }
    other {}
});

record!(Camera {
    leaf {
        structure_id, where_id, where_name, name, name_long, software_version, is_online,
        is_streaming, is_audio_input_enabled, last_is_online_change, is_video_history_enabled,
        web_url, app_url, is_public_share_enabled, public_share_url, snapshot_url,
    }
    temperature {}
    other {
        activity_zones: read_zones, write_zones;
        last_event: read_event, write_event;
    }
});

record!(CameraEvent {
    leaf {
        has_sound, has_motion, has_person, start_time, end_time, urls_expire_time, web_url,
        app_url, image_url, animated_image_url,
    }
    temperature {}
    other { activity_zone_ids: read_texts, write_texts; }
});

record!(Protect {
    leaf {
        structure_id, where_id, where_name, name, name_long, locale, software_version,
        last_connection, is_online, battery_health, co_alarm_state, smoke_alarm_state,
        is_manual_test_active, last_manual_test_time, ui_color_state,
    }
    temperature {}
    other {}
});

record!(Structure {
    leaf {
        name, away, country_code, postal_code, time_zone, peak_period_start_time,
        peak_period_end_time, rhr_enrollment, eta_begin, co_alarm_state, smoke_alarm_state,
        wwn_security_state,
    }
    temperature {}
    other {
        thermostats: read_devices, write_devices;
        smoke_co_alarms: read_devices, write_devices;
        cameras: read_devices, write_devices;
        wheres: read_wheres, write_wheres;
    }
});

record!(Metadata {
    leaf { access_token, client_version, user_id }
    temperature {}
    other {}
});

fn read_texts(json: &str) -> Option<Vec<String>> {
    serde_json::from_str(json).ok()
}

#[expect(clippy::ptr_arg, reason = "the macro hands over what the field holds")]
fn write_texts(texts: &Vec<String>) -> Value {
    texts.iter().map(String::as_str).collect()
}

fn read_devices(json: &str) -> Option<Vec<DeviceId>> {
    let ids: Vec<Cow<'_, str>> = serde_json::from_str(json).ok()?;
    Some(ids.iter().map(|id| DeviceId::from(&**id)).collect())
}

#[expect(clippy::ptr_arg, reason = "the macro hands over what the field holds")]
fn write_devices(ids: &Vec<DeviceId>) -> Value {
    ids.iter().map(DeviceId::as_str).collect()
}

fn read_zones(json: &str) -> Option<Vec<ActivityZone>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Zone {
        id: i64,
        name: String,
    }
    let zones: Vec<Zone> = serde_json::from_str(json).ok()?;
    Some(zones.into_iter().map(|Zone { id, name }| ActivityZone { id, name }).collect())
}

#[expect(clippy::ptr_arg, reason = "the macro hands over what the field holds")]
fn write_zones(zones: &Vec<ActivityZone>) -> Value {
    zones.iter().map(|zone| serde_json::json!({"id": zone.id, "name": zone.name})).collect()
}

/// A longer event stays text: its fields that the model does not hold become values when the event is written.
const LONGEST_EVENT: usize = 64 * 1024;

fn read_event(json: &str) -> Option<CameraEvent> {
    if json.len() > LONGEST_EVENT {
        return None;
    }
    let room = ReadBounds::of(json.len());
    let mut reader = serde_json::Deserializer::from_str(json);
    AsRecord::place(&room, None).deserialize(&mut reader).ok()?.ok()
}

fn write_event(event: &CameraEvent) -> Value {
    let mut fields = event.known();
    fields.extend(event.unknown().to_map());
    Value::Object(fields)
}

/// Reads `wheres`. The model keeps a place only if it is just an id and a name.
fn read_wheres(json: &str) -> Option<BTreeMap<WhereId, Where>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct WhereRecord {
        where_id: String,
        name: String,
    }
    let places: BTreeMap<String, WhereRecord> = serde_json::from_str(json).ok()?;
    let place = |(id, place): (String, WhereRecord)| {
        (place.where_id == id).then(|| (WhereId::from(id.as_str()), Where { name: place.name }))
    };
    places.into_iter().map(place).collect()
}

fn write_wheres(wheres: &BTreeMap<WhereId, Where>) -> Value {
    let place = |(id, place): (&WhereId, &Where)| {
        let fields = serde_json::json!({"where_id": id.as_str(), "name": place.name});
        (id.as_str().to_owned(), fields)
    };
    Value::Object(wheres.iter().map(place).collect::<Map<_, _>>())
}
