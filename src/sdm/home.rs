//! The devices of the account as a home.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::commands::Command;
use super::images::{Wish, WishKind};
use super::wire::{Device, Kind};
use crate::home::{
    Abilities, Camera, Confidential, DeviceId, Field, Home, HvacMode, HvacState, Scale, ServiceName, Structure,
    StructureId, Temperature, Thermostat, UnknownFields, humidity_percent,
};

/// What the API has no way to change.
const ABILITIES: Abilities = Abilities::lacking(
    ServiceName::DeviceAccess,
    &[Field::Away, Field::Name, Field::Eta, Field::Scale, Field::Label, Field::Streaming],
);

/// How long the fan runs when nobody chose a duration, as the API has it.
const FAN_MINUTES: i64 = 15;

/// The clock of what is read and that of events are not one: an event from so shortly before a list
/// may be news.
const CLOCKS_APART: Duration = Duration::from_secs(30);

/// So many messages are remembered: they come at least once.
const REMEMBERED: usize = 1000;

/// All that is known.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) devices: BTreeMap<DeviceId, Device>,
    pub(super) structures: BTreeMap<StructureId, Option<String>>,
    /// The API starts the fan for a time, and keeps none for the next start: this program does.
    fan_minutes: BTreeMap<DeviceId, i64>,
    seen: VecDeque<String>,
    /// By the service's clock, when the list of this connection was read; what is older is history.
    news_since: Option<Timestamp>,
    /// The same of the last list.
    listed_at: Option<Timestamp>,
    /// What commands that were accepted made of traits, until the service tells of them itself: the
    /// next command may come first. It is shown to nobody.
    assumed: BTreeMap<DeviceId, BTreeMap<String, Map<String, Value>>>,
    /// Devices that events spoke of and the list does not have.
    strangers: BTreeSet<DeviceId>,
    /// Clips that came before what they are of, with its session: the last of each camera.
    pub(super) early_clips: BTreeMap<DeviceId, (String, Confidential)>,
    /// Pictures of events that are to be fetched.
    pub(super) images_wanted: Vec<Wish>,
    /// When each camera was asked for one last.
    pub(super) image_asked: BTreeMap<DeviceId, Instant>,
}

impl State {
    /// Takes the whole list, as it was at a moment of the service's clock.
    pub(super) fn take_all(&mut self, devices: BTreeMap<DeviceId, Device>, at: Option<Timestamp>) {
        self.listed_at = at.and_then(|at| at.checked_sub(CLOCKS_APART).ok());
        let mut old = std::mem::replace(&mut self.devices, devices);
        for (id, device) in &mut self.devices {
            tell(device, at, old.remove(id));
        }
        self.assumed.clear();
    }

    /// Takes one device that was read.
    pub(super) fn take(&mut self, id: DeviceId, mut device: Device, at: Option<Timestamp>) {
        tell(&mut device, at, self.devices.remove(&id));
        self.assumed.remove(&id);
        self.devices.insert(id, device);
    }

    /// Takes it that a command which was accepted is done.
    pub(super) fn assume(&mut self, command: &Command) {
        let Some((name, _)) = command.name.split_once('.').filter(|(name, _)| name.starts_with("Thermostat")) else {
            return;
        };
        let assumed = self.assumed.entry(command.device.clone()).or_default().entry(name.to_owned()).or_default();
        assumed.extend(command.params.as_object().cloned().unwrap_or_default());
    }

    /// The service told of a trait itself.
    pub(super) fn no_longer_assume(&mut self, device: &DeviceId, name: &str) {
        if let Some(assumed) = self.assumed.get_mut(device) {
            assumed.remove(name);
        }
    }

    /// A device as it is when all that was accepted is done.
    pub(super) fn expected(&self, id: &DeviceId) -> Option<Device> {
        let mut device = self.devices.get(id)?.clone();
        for (name, fields) in self.assumed.get(id).into_iter().flatten() {
            device.traits.entry(name.clone()).or_default().extend(fields.clone());
        }
        Some(device)
    }

    /// Whether the list is worth reading for a device that it does not have: once it is.
    pub(super) fn is_new(&mut self, stranger: &DeviceId) -> bool {
        self.strangers.insert(stranger.clone())
    }

    /// Devices came or went.
    pub(super) fn forget_strangers(&mut self) {
        self.strangers.clear();
    }

    /// A connection begins: only what happens after the list that was just read is news.
    pub(super) fn news_since_last_list(&mut self) {
        self.news_since = self.listed_at;
    }

    /// True when something happened before this connection. Where the service does not tell its time,
    /// everything is news.
    pub(super) fn is_history(&self, at: Timestamp) -> bool {
        self.news_since.is_some_and(|since| at < since)
    }

    /// Whether a message came for the first time.
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

    /// Shows a picture of the last event; `false` when something else has happened since.
    pub(super) fn show_image(&mut self, wish: &Wish, link: Confidential) -> bool {
        let device = self.devices.get_mut(&wish.device);
        let device = device.filter(|device| device.sessions.last() == Some(&wish.session));
        let Some(event) = device.and_then(|device| device.last_event.as_mut()) else { return false };
        match wish.kind {
            WishKind::Still(_) => event.image_url = Some(link),
            WishKind::Clip(_) => event.animated_image_url = Some(link),
        }
        true
    }

    pub(super) fn keep_fan_minutes(&mut self, thermostat: &DeviceId, minutes: i64) {
        self.fan_minutes.insert(thermostat.clone(), minutes);
    }

    pub(super) fn fan_minutes(&self, thermostat: &DeviceId) -> i64 {
        self.fan_minutes.get(thermostat).copied().unwrap_or(FAN_MINUTES)
    }

    /// The home that is shown; `name` is what its owner calls the account.
    pub(super) fn home(&self, name: &str) -> Home {
        let mut home = Home { abilities: ABILITIES, ..Home::default() };
        let mut structures: BTreeMap<StructureId, Structure> = BTreeMap::new();
        for (id, custom) in &self.structures {
            let name = custom.clone().unwrap_or_else(|| name.to_owned());
            structures.insert(id.clone(), Structure { name: Some(name), ..Structure::default() });
        }
        for (id, device) in &self.devices {
            let structure = device.structure.clone();
            if let Some(structure) = structure.and_then(|id| structures.get_mut(&id)) {
                let list = match device.kind {
                    Kind::Thermostat => structure.thermostats.get_or_insert_default(),
                    Kind::Camera => structure.cameras.get_or_insert_default(),
                    Kind::Other => continue,
                };
                list.push(id.clone());
            }
            match device.kind {
                Kind::Thermostat => {
                    let thermostat = thermostat(device, self.fan_minutes(id));
                    home.thermostats.insert(id.clone(), Arc::new(thermostat));
                }
                Kind::Camera => drop(home.cameras.insert(id.clone(), Arc::new(camera(device)))),
                Kind::Other => {}
            }
        }
        home.structures = structures.into_iter().map(|(id, structure)| (id, Arc::new(structure))).collect();
        home
    }
}

/// Keeps what a list does not say, and remembers when it was said.
fn tell(device: &mut Device, at: Option<Timestamp>, before: Option<Device>) {
    if let Some(before) = before {
        (device.last_event, device.sessions) = (before.last_event, before.sessions);
        device.told_at = before.told_at;
    }
    if let Some(at) = at.and_then(|at| at.checked_sub(CLOCKS_APART).ok()) {
        device.told_at = device.traits.keys().map(|name| (name.clone(), at)).collect();
    }
}

/// What a device is called: its own name, else its room's.
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

/// The mode apart from Eco.
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
    // What the setpoint trait says beyond its mode is of an earlier one.
    let (target, low, high) = match &mode {
        Some(HvacMode::Heat) => (setpoint("heatCelsius"), None, None),
        Some(HvacMode::Cool) => (setpoint("coolCelsius"), None, None),
        Some(HvacMode::HeatCool) => (None, setpoint("heatCelsius"), setpoint("coolCelsius")),
        Some(HvacMode::Off | HvacMode::Eco | HvacMode::Other(_)) | None => (None, None, None),
    };
    // A thermostat without a fan has the trait with nothing in it.
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

/// The traits that the model has a place for.
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

/// Traits of a later day are kept, under their own names.
fn keep_unknown(device: &Device, extra: &mut UnknownFields) {
    for (name, fields) in device.traits.iter().filter(|(name, _)| !KNOWN.contains(&name.as_str())) {
        extra.insert(&format!("sdm_{name}"), &Value::Object(fields.clone()));
    }
}
