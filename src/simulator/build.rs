//! Builds device trees: structures, places and devices with every field of the real service.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::cameras::{CameraLife, EventKind, event};
use super::ids::{Series, chance, id};
use super::physics::{Build, HvacAction, RoomClimate};
use super::world::Unit;
use crate::home::{
    ActivityZone, AlarmState, Away, BatteryHealth, Camera, Capabilities, Confidential, DeviceId, DeviceTree, HvacMode,
    HvacState, Protect, RingColor, RunningParts, Scale, SecurityState, Structure, StructureId, Temperature, Thermostat,
    TimeToTarget, Training, Where, WhereId,
};
use crate::home::{Precision, UnknownFields};

/// The default places of every structure.
const PRESETS: [&str; 29] = [
    "Attic",
    "Back door",
    "Backyard",
    "Basement",
    "Bathroom",
    "Bedroom",
    "Deck",
    "Den",
    "Dining room",
    "Downstairs",
    "Driveway",
    "Entryway",
    "Family room",
    "Front door",
    "Front yard",
    "Garage",
    "Guest house",
    "Guest room",
    "Hallway",
    "Kids room",
    "Kitchen",
    "Living room",
    "Main room",
    "Office",
    "Outside",
    "Patio",
    "Shed",
    "Side door",
    "Upstairs",
];

/// A device tree under construction.
pub(super) struct HomeBuilder {
    pub(super) home: DeviceTree,
    pub(super) units: BTreeMap<DeviceId, Unit>,
    pub(super) cameras: BTreeMap<DeviceId, CameraLife>,
    seed: u64,
    now: Timestamp,
    /// The base URL of pictures, without a slash at the end.
    pictures: String,
    wheres: u64,
}

/// The equipment and settings of a thermostat.
pub(super) struct ThermostatPlan {
    pub(super) place: String,
    pub(super) label: &'static str,
    pub(super) can_heat: bool,
    pub(super) can_cool: bool,
    pub(super) has_fan: bool,
    pub(super) mode: HvacMode,
    pub(super) scale: Scale,
    pub(super) target: f64,
    pub(super) range: (f64, f64),
    pub(super) ambient: f64,
    pub(super) training: Training,
}

impl HomeBuilder {
    pub(super) fn new(seed: u64, now: Timestamp, pictures: String) -> Self {
        Self {
            home: DeviceTree::default(),
            units: BTreeMap::new(),
            cameras: BTreeMap::new(),
            seed,
            now,
            pictures,
            wheres: 0,
        }
    }

    /// Adds a structure with the default places.
    pub(super) fn structure(&mut self, name: &str, place: (&str, &str, &str)) -> StructureId {
        let structure_id = StructureId::new(id(self.seed, Series::Structure, self.home.structures.len() as u64));
        let (country, postal_code, time_zone) = place;
        let structure = Structure {
            name: Some(name.to_owned()),
            away: Some(Away::Home),
            country_code: Some(country.to_owned()),
            postal_code: Some(postal_code.to_owned()),
            time_zone: Some(time_zone.to_owned()),
            rhr_enrollment: Some(false),
            eta_begin: Some(Timestamp::UNIX_EPOCH),
            co_alarm_state: Some(AlarmState::Ok),
            smoke_alarm_state: Some(AlarmState::Ok),
            wwn_security_state: Some(SecurityState::Ok),
            wheres: Some(BTreeMap::new()),
            ..Structure::default()
        };
        self.home.structures.insert(structure_id.clone(), Arc::new(structure));
        for preset in PRESETS {
            self.place(&structure_id, preset);
        }
        structure_id
    }

    /// Returns the place with this name. Adds it if the structure has none.
    fn place(&mut self, structure: &StructureId, name: &str) -> WhereId {
        let number = self.wheres;
        let new = WhereId::new(id(self.seed, Series::Where, number));
        let Some(wheres) = self.home.structure_mut(structure).and_then(|structure| structure.wheres.as_mut()) else {
            return new;
        };
        if let Some((known, _)) = wheres.iter().find(|(_, place)| place.name == name) {
            return known.clone();
        }
        wheres.insert(new.clone(), Where { name: name.to_owned() });
        self.wheres += 1;
        new
    }

    pub(super) fn thermostat(&mut self, structure: &StructureId, plan: &ThermostatPlan) -> DeviceId {
        let number = self.units.len() as u64;
        let device_id = DeviceId::new(id(self.seed, Series::Thermostat, number));
        let where_id = self.place(structure, &plan.place);
        let mut chance = chance(self.seed, Series::Room, number);
        let build = Build::random(&mut chance);
        let room = RoomClimate { celsius: plan.ambient, humidity: build.humidity, action: HvacAction::Idle };
        let thermostat = Thermostat {
            capabilities: Capabilities::default(),
            structure_id: Some(structure.clone()),
            where_id: Some(where_id),
            where_name: Some(plan.place.clone()),
            name: Some(short_name(&plan.place, plan.label)),
            name_long: Some(long_name(&plan.place, "Thermostat", plan.label)),
            label: Some(plan.label.to_owned()),
            locale: Some("en-GB".to_owned()),
            software_version: Some("5.9.4-5".to_owned()),
            last_connection: Some(self.now),
            is_online: Some(true),
            can_cool: Some(plan.can_cool),
            can_heat: Some(plan.can_heat),
            is_using_emergency_heat: Some(false),
            has_fan: Some(plan.has_fan),
            fan_timer_active: Some(false),
            fan_timer_duration: Some(15),
            fan_timer_timeout: Some(Timestamp::UNIX_EPOCH),
            has_leaf: Some(false),
            temperature_scale: Some(plan.scale),
            target_temperature: Temperature::from_celsius(plan.target),
            target_temperature_low: Temperature::from_celsius(plan.range.0),
            target_temperature_high: Temperature::from_celsius(plan.range.1),
            eco_temperature_low: Temperature::from_fahrenheit(55.0),
            eco_temperature_high: Temperature::from_fahrenheit(76.0),
            away_temperature_low: Temperature::from_fahrenheit(55.0),
            away_temperature_high: Temperature::from_fahrenheit(76.0),
            is_locked: Some(false),
            locked_temp_min: Temperature::from_celsius(20.0),
            locked_temp_max: Temperature::from_celsius(22.0),
            hvac_mode: Some(plan.mode.clone()),
            previous_hvac_mode: Some(HvacMode::from_word("")),
            hvac_state: Some(HvacState::Off),
            running_parts: RunningParts::default(),
            ambient_temperature: Temperature::from_celsius(plan.ambient),
            humidity: Some(build.humidity.round() as i64),
            sunlight_correction_enabled: Some(true),
            sunlight_correction_active: Some(false),
            time_to_target: Some(TimeToTarget { precision: Precision::About, minutes: 0 }),
            time_to_target_training: Some(plan.training.clone()),
            extra: UnknownFields::default(),
        };
        self.home.thermostats.insert(device_id.clone(), Arc::new(thermostat));
        self.units.insert(device_id.clone(), Unit { room, build });
        self.list(structure, &device_id, |structure| &mut structure.thermostats);
        device_id
    }

    pub(super) fn camera(&mut self, structure: &StructureId, place: &str, streaming: bool) -> DeviceId {
        let number = self.cameras.len() as u64;
        let device_id = DeviceId::new(id(self.seed, Series::Camera, number));
        let where_id = self.place(structure, place);
        let mut life = CameraLife {
            key: id(self.seed, Series::Secret, number),
            scene: number,
            chance: chance(self.seed, Series::CameraLife, number),
            next_s: 0.0,
            ends_s: None,
            pictures: format!("{}/pictures/{device_id}", self.pictures),
        };
        life.next_s = life.pause_s();
        let link = |text: String| Some(Confidential::new(text));
        let zones = [(0, "Path"), (1, "Lawn")];
        let started = self.now.checked_sub(SignedDuration::from_hours(2)).unwrap_or(self.now);
        let mut last = event(&life, EventKind::Motion, started);
        last.end_time = started.checked_add(SignedDuration::from_secs(25)).ok();
        let camera = Camera {
            capabilities: Capabilities::default(),
            structure_id: Some(structure.clone()),
            where_id: Some(where_id),
            where_name: Some(place.to_owned()),
            name: Some(place.to_owned()),
            name_long: Some(long_name(place, "Camera", "")),
            software_version: Some("205-600055".to_owned()),
            is_online: Some(true),
            is_streaming: Some(streaming),
            is_audio_input_enabled: Some(true),
            last_is_online_change: self.now.checked_sub(SignedDuration::from_hours(72)).ok(),
            is_video_history_enabled: Some(true),
            web_url: link(format!("{}/snapshot.png?auth={}", life.pictures, life.key)),
            app_url: link(format!("nestmobile://cameras/{device_id}?auth={}", life.key)),
            is_public_share_enabled: Some(false),
            public_share_url: None,
            snapshot_url: link(format!("{}/snapshot.png?auth={}", life.pictures, life.key)),
            activity_zones: Some(zones.map(|(id, name)| ActivityZone { id, name: name.to_owned() }).to_vec()),
            last_event: Some(last),
            extra: UnknownFields::default(),
        };
        self.home.cameras.insert(device_id.clone(), Arc::new(camera));
        self.cameras.insert(device_id.clone(), life);
        self.list(structure, &device_id, |structure| &mut structure.cameras);
        device_id
    }

    pub(super) fn protect(&mut self, structure: &StructureId, place: &str, battery: BatteryHealth) -> DeviceId {
        let device_id = DeviceId::new(id(self.seed, Series::Protect, self.home.protects.len() as u64));
        let where_id = self.place(structure, place);
        let protect = Protect {
            structure_id: Some(structure.clone()),
            where_id: Some(where_id),
            where_name: Some(place.to_owned()),
            name: Some(place.to_owned()),
            name_long: Some(long_name(place, "Nest Protect", "")),
            locale: Some("en-GB".to_owned()),
            software_version: Some("3.1.4rc3".to_owned()),
            last_connection: Some(self.now),
            is_online: Some(true),
            ui_color_state: Some(if battery == BatteryHealth::Ok { RingColor::Green } else { RingColor::Yellow }),
            battery_health: Some(battery),
            co_alarm_state: Some(AlarmState::Ok),
            smoke_alarm_state: Some(AlarmState::Ok),
            is_manual_test_active: Some(false),
            last_manual_test_time: Some(Timestamp::UNIX_EPOCH),
            extra: UnknownFields::default(),
        };
        self.home.protects.insert(device_id.clone(), Arc::new(protect));
        self.list(structure, &device_id, |structure| &mut structure.smoke_co_alarms);
        device_id
    }

    fn list(
        &mut self,
        structure: &StructureId,
        device: &DeviceId,
        ids: impl Fn(&mut Structure) -> &mut Option<Vec<DeviceId>>,
    ) {
        if let Some(structure) = self.home.structure_mut(structure) {
            ids(structure).get_or_insert_default().push(device.clone());
        }
    }
}

/// `Driveway`, or `Driveway (94C7)` with a label.
pub(super) fn short_name(place: &str, label: &str) -> String {
    if label.is_empty() { place.to_owned() } else { format!("{place} ({label})") }
}

/// `Driveway Thermostat (94C7)`.
pub(super) fn long_name(place: &str, kind: &str, label: &str) -> String {
    short_name(&format!("{place} {kind}"), label)
}
