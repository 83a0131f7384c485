//! The devices of the account as a device tree.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::commands::SdmCommand;
use super::images::{ImageKind, ImageRequest};
use super::wire::{Device, DeviceKind};
use crate::home::{
    Camera, Capabilities, Confidential, DeviceId, DeviceTree, Field, HvacMode, HvacState, Scale, ServiceKind,
    Structure, StructureId, Temperature, Thermostat, UnknownFields, humidity_percent,
};

/// The fields that the API cannot change.
const CAPABILITIES: Capabilities = Capabilities::lacking(
    ServiceKind::DeviceAccess,
    &[Field::Away, Field::Name, Field::Eta, Field::Scale, Field::Label, Field::Streaming],
);

/// The fan duration in minutes if the user chose none: the default of the API.
const FAN_MINUTES: i64 = 15;

/// The tolerance between the clock of the lists and the clock of the events: an event from shortly before a list
/// may be news.
const CLOCKS_APART: Duration = Duration::from_secs(30);

/// The number of remembered message ids. Pub/Sub delivers a message at least once.
const REMEMBERED: usize = 1000;

/// The known state of an account.
#[derive(Debug, Default)]
pub(super) struct SdmState {
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) structures: BTreeMap<StructureId, Option<String>>,
    /// The fan duration of each thermostat. The API starts the fan for a duration and stores none for the next
    /// start, so this program does.
    fan_minutes: BTreeMap<DeviceId, i64>,
    seen: VecDeque<String>,
    /// The time of the service when this connection read the list; older events are history.
    news_since: Option<Timestamp>,
    /// The time of the service when the last list was read.
    listed_at: Option<Timestamp>,
    /// The trait values of accepted commands until the service reports them: the next command may come first.
    /// The device tree does not show them.
    assumed: BTreeMap<DeviceId, BTreeMap<String, Map<String, Value>>>,
    /// Devices in events that the list does not contain.
    strangers: BTreeSet<DeviceId>,
    /// Clips that arrived before their event, with the session: the last one of each camera.
    pub(super) early_clips: BTreeMap<DeviceId, (String, Confidential)>,
    /// Pictures of events to fetch.
    pub(super) images_wanted: Vec<ImageRequest>,
    /// The time of the last picture request to each camera.
    pub(super) image_asked: BTreeMap<DeviceId, Instant>,
}

impl SdmState {
    /// Replaces the whole list; `at` is the time of the service.
    pub(super) fn take_all(&mut self, devices: BTreeMap<DeviceId, Device>, at: Option<Timestamp>) {
        self.listed_at = at.and_then(|at| at.checked_sub(CLOCKS_APART).ok());
        let mut old = std::mem::replace(&mut self.devices, devices);
        for (id, device) in &mut self.devices {
            tell(device, at, old.remove(id));
        }
        self.assumed.clear();
    }

    /// Replaces one device.
    pub(super) fn add_device(&mut self, id: DeviceId, mut device: Device, at: Option<Timestamp>) {
        tell(&mut device, at, self.devices.remove(&id));
        self.assumed.remove(&id);
        self.devices.insert(id, device);
    }

    /// Stores the values of an accepted command as if they were applied.
    pub(super) fn assume(&mut self, command: &SdmCommand) {
        let Some((name, _)) = command.name.split_once('.').filter(|(name, _)| name.starts_with("Thermostat")) else {
            return;
        };
        let assumed = self.assumed.entry(command.device.clone()).or_default().entry(name.to_owned()).or_default();
        assumed.extend(command.params.as_object().cloned().unwrap_or_default());
    }

    /// Forgets the assumed values of a trait, because the service reported it.
    pub(super) fn no_longer_assume(&mut self, device: &DeviceId, name: &str) {
        if let Some(assumed) = self.assumed.get_mut(device) {
            assumed.remove(name);
        }
    }

    /// Returns a device as it will be once all accepted commands are applied.
    pub(super) fn expected(&self, id: &DeviceId) -> Option<Device> {
        let mut device = self.devices.get(id)?.clone();
        for (name, fields) in self.assumed.get(id).into_iter().flatten() {
            device.traits.entry(name.clone()).or_default().extend(fields.clone());
        }
        Some(device)
    }

    /// True if the list should be read for a device that it does not contain: true once for each device.
    pub(super) fn is_new(&mut self, stranger: &DeviceId) -> bool {
        self.strangers.insert(stranger.clone())
    }

    /// Forgets the unknown devices, because devices were added or removed.
    pub(super) fn forget_strangers(&mut self) {
        self.strangers.clear();
    }

    /// Marks the start of a connection: only events after the last list are news.
    pub(super) fn news_since_last_list(&mut self) {
        self.news_since = self.listed_at;
    }

    /// True if an event is older than this connection. If the service does not give its time, every event is
    /// news.
    pub(super) fn is_history(&self, at: Timestamp) -> bool {
        self.news_since.is_some_and(|since| at < since)
    }

    /// True if a message arrives for the first time.
    pub(super) fn is_first(&mut self, message: &str) -> bool {
        if self.seen.iter().any(|seen| seen == message) {
            return false;
        }
        self.seen.push_back(message.to_owned());
        if self.seen.len() > REMEMBERED {
            self.seen.pop_front();
        }
        true
    }

    /// Stores a picture of the last event; `false` if a newer event exists.
    pub(super) fn show_image(&mut self, request: &ImageRequest, link: Confidential) -> bool {
        let device = self.devices.get_mut(&request.device);
        let device = device.filter(|device| device.sessions.last() == Some(&request.session));
        let Some(event) = device.and_then(|device| device.last_event.as_mut()) else { return false };
        match request.kind {
            ImageKind::Still(_) => event.image_url = Some(link),
            ImageKind::Clip(_) => event.animated_image_url = Some(link),
        }
        true
    }

    pub(super) fn keep_fan_minutes(&mut self, thermostat: &DeviceId, minutes: i64) {
        self.fan_minutes.insert(thermostat.clone(), minutes);
    }

    pub(super) fn fan_minutes(&self, thermostat: &DeviceId) -> i64 {
        self.fan_minutes.get(thermostat).copied().unwrap_or(FAN_MINUTES)
    }

    /// Returns the device tree; `name` is the user's name for the account.
    pub(super) fn home(&self, name: &str) -> DeviceTree {
        let mut home = DeviceTree::default();
        let mut structures: BTreeMap<StructureId, Structure> = BTreeMap::new();
        for (id, custom) in &self.structures {
            let name = custom.clone().unwrap_or_else(|| name.to_owned());
            structures.insert(id.clone(), Structure { name: Some(name), ..Structure::default() });
        }
        for (id, device) in &self.devices {
            let structure = device.structure.clone();
            if let Some(structure) = structure.and_then(|id| structures.get_mut(&id)) {
                let list = match device.kind {
                    DeviceKind::Thermostat => structure.thermostats.get_or_insert_default(),
                    DeviceKind::Camera => structure.cameras.get_or_insert_default(),
                    DeviceKind::Other => continue,
                };
                list.push(id.clone());
            }
            match device.kind {
                DeviceKind::Thermostat => {
                    let thermostat = thermostat(device, self.fan_minutes(id));
                    home.thermostats.insert(id.clone(), Arc::new(thermostat));
                }
                DeviceKind::Camera => drop(home.cameras.insert(id.clone(), Arc::new(camera(device)))),
                DeviceKind::Other => {}
            }
        }
        home.structures = structures.into_iter().map(|(id, structure)| (id, Arc::new(structure))).collect();
        home.with_capabilities(CAPABILITIES)
    }
}

/// Keeps the events and times that a list does not contain, and sets the time of its traits.
fn tell(device: &mut Device, at: Option<Timestamp>, before: Option<Device>) {
    if let Some(before) = before {
        (device.last_event, device.sessions) = (before.last_event, before.sessions);
        device.told_at = before.told_at;
    }
    if let Some(at) = at.and_then(|at| at.checked_sub(CLOCKS_APART).ok()) {
        device.told_at = device.traits.keys().map(|name| (name.clone(), at)).collect();
    }
}

/// Returns the name of a device: its own, else that of its room.
fn name(device: &Device, otherwise: &str) -> String {
    let own = device.text("Info", "customName").map(str::to_owned);
    own.or_else(|| device.room.clone()).unwrap_or_else(|| otherwise.to_owned())
}

fn online(device: &Device) -> Option<bool> {
    match device.text("Connectivity", "status") {
        Some("ONLINE") => Some(true),
        Some("OFFLINE") => Some(false),
        Some(_) | None => None,
    }
}

/// Returns the mode, ignoring Eco.
pub(super) fn plain_mode(device: &Device) -> Option<HvacMode> {
    Some(match device.text("ThermostatMode", "mode")? {
        "HEAT" => HvacMode::Heat,
        "COOL" => HvacMode::Cool,
        "HEATCOOL" => HvacMode::HeatCool,
        "OFF" => HvacMode::Off,
        other => HvacMode::Other(other.to_lowercase().into()),
    })
}

pub(super) fn is_eco(device: &Device) -> bool {
    device.text("ThermostatEco", "mode").is_some_and(|mode| mode != "OFF")
}

fn thermostat(device: &Device, fan_minutes: i64) -> Thermostat {
    let celsius = |of: &str, field: &str| device.number(of, field).and_then(Temperature::from_celsius);
    let offers = |word: &str| device.offers("ThermostatMode", word);
    let either = |one: Option<bool>, other: Option<bool>| match (one, other) {
        (None, None) => None,
        (one, other) => Some(one == Some(true) || other == Some(true)),
    };
    let mode = plain_mode(device);
    let setpoint = |field: &str| celsius("ThermostatTemperatureSetpoint", field);
    // The other values of the setpoint trait belong to an earlier mode.
    let (target, low, high) = match &mode {
        Some(HvacMode::Heat) => (setpoint("heatCelsius"), None, None),
        Some(HvacMode::Cool) => (setpoint("coolCelsius"), None, None),
        Some(HvacMode::HeatCool) => (None, setpoint("heatCelsius"), setpoint("coolCelsius")),
        Some(HvacMode::Off | HvacMode::Eco | HvacMode::Other(_)) | None => (None, None, None),
    };
    // The trait of a thermostat without a fan is empty.
    let has_fan = device.traits.get("Fan").is_some_and(|fan| !fan.is_empty());
    let mut thermostat = Thermostat {
        structure_id: device.structure.clone(),
        where_name: device.room.clone(),
        name: Some(name(device, "Thermostat")),
        name_long: Some(name(device, "Thermostat")),
        is_online: online(device),
        can_heat: either(offers("HEAT"), offers("HEATCOOL")),
        can_cool: either(offers("COOL"), offers("HEATCOOL")),
        has_fan: Some(has_fan),
        fan_timer_active: has_fan.then(|| device.text("Fan", "timerMode") == Some("ON")),
        fan_timer_duration: has_fan.then_some(fan_minutes),
        fan_timer_timeout: device.text("Fan", "timerTimeout").and_then(|text| text.parse().ok()),
        temperature_scale: match device.text("Settings", "temperatureScale") {
            Some("CELSIUS") => Some(Scale::Celsius),
            Some("FAHRENHEIT") => Some(Scale::Fahrenheit),
            Some(_) | None => None,
        },
        target_temperature: target,
        target_temperature_low: low,
        target_temperature_high: high,
        eco_temperature_low: celsius("ThermostatEco", "heatCelsius"),
        eco_temperature_high: celsius("ThermostatEco", "coolCelsius"),
        hvac_state: device.text("ThermostatHvac", "status").and_then(|status| match status {
            "HEATING" => Some(HvacState::Heating),
            "COOLING" => Some(HvacState::Cooling),
            "OFF" => Some(HvacState::Off),
            _ => None,
        }),
        ambient_temperature: celsius("Temperature", "ambientTemperatureCelsius"),
        humidity: device.number("Humidity", "ambientHumidityPercent").and_then(humidity_percent),
        hvac_mode: mode,
        ..Thermostat::default()
    };
    if is_eco(device) {
        thermostat.previous_hvac_mode = thermostat.hvac_mode.replace(HvacMode::Eco);
    }
    keep_unknown(device, &mut thermostat.extra);
    thermostat
}

fn camera(device: &Device) -> Camera {
    let mut camera = Camera {
        structure_id: device.structure.clone(),
        where_name: device.room.clone(),
        name: Some(name(device, "Camera")),
        name_long: Some(name(device, "Camera")),
        is_online: online(device),
        last_event: device.last_event.clone(),
        ..Camera::default()
    };
    keep_unknown(device, &mut camera.extra);
    camera
}

/// The traits that the model holds.
const KNOWN: [&str; 17] = [
    "Info",
    "Connectivity",
    "Settings",
    "Temperature",
    "Humidity",
    "ThermostatMode",
    "ThermostatEco",
    "ThermostatHvac",
    "ThermostatTemperatureSetpoint",
    "Fan",
    "CameraImage",
    "CameraEventImage",
    "CameraMotion",
    "CameraPerson",
    "CameraSound",
    "CameraClipPreview",
    "DoorbellChime",
];

/// Keeps unknown traits under their own names.
fn keep_unknown(device: &Device, extra: &mut UnknownFields) {
    for (name, fields) in device.traits.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())) {
        extra.insert(&format!("sdm_{name}"), &Value::Object(fields.clone()));
    }
}
