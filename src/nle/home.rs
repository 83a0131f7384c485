//! The thermostats of the server as a home, with what was asked for and is not reported yet.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;
use url::Url;

use super::wire::Reading;
use crate::home::{Abilities, Away, DeviceId, Field, Home, HvacMode, ServiceName, Structure, StructureId, Temperature};

/// What a server of one's own has no way to change.
pub(super) const OWN_SERVER: Abilities =
    Abilities::lacking(ServiceName::NoLongerEvil, &[Field::Name, Field::Eta, Field::Label, Field::Streaming]);

/// What the hosted one has no way to change.
pub(super) const HOSTED: Abilities = Abilities::lacking(
    ServiceName::HostedNoLongerEvil,
    &[Field::Name, Field::Eta, Field::Label, Field::Streaming, Field::Scale],
);

/// A thermostat wakes after ten minutes at the latest; whoever is silent for longer will not obey.
const OBEYS_WITHIN: Duration = Duration::from_mins(12);

/// The minutes that the hosted server is asked for when nobody chose a duration: the default of a server
/// of one's own.
pub(super) const FAN_MINUTES: i64 = 60;

/// All that is known.
#[derive(Debug)]
pub(super) struct State {
    /// The only home of a server that names none: another one's is not the same.
    only: String,
    pub(super) readings: BTreeMap<DeviceId, Reading>,
    /// Eco of each thermostat as it was asked for, until the thermostat reports the same.
    requested: BTreeMap<DeviceId, (bool, Instant)>,
    /// The fan's duration, where an answer told it: no status of the server does.
    fan_minutes: BTreeMap<DeviceId, i64>,
}

impl State {
    /// Nothing yet of the server at an address.
    pub(super) fn of(base: &Url) -> Self {
        let host = base.host_str().unwrap_or_default().to_lowercase();
        let port = base.port().map(|port| format!("-{port}")).unwrap_or_default();
        let only = format!("home-{host}{port}").replace(|c: char| !c.is_ascii_alphanumeric() && c != '.', "-");
        Self { only, readings: BTreeMap::new(), requested: BTreeMap::new(), fan_minutes: BTreeMap::new() }
    }

    /// The structure that a thermostat is in.
    pub(super) fn structure_of(&self, reading: &Reading) -> StructureId {
        structure_of(reading, &self.only)
    }

    /// Takes the whole list: who is not in it is gone.
    pub(super) fn take_all(&mut self, readings: Vec<Reading>) {
        self.readings = readings.into_iter().map(|reading| (reading.serial.clone(), reading)).collect();
    }

    /// Takes one thermostat, if it is one of the list.
    pub(super) fn take(&mut self, reading: Reading) {
        if let Some(known) = self.readings.get_mut(&reading.serial) {
            *known = reading;
        }
    }

    /// What the server says it stored counts from then on: a second command for the other end of a
    /// range must not bring the first one back.
    pub(super) fn echo(&mut self, serial: &DeviceId, stored: &Value) {
        let Some(reading) = self.readings.get_mut(serial) else { return };
        let thermostat = &mut reading.thermostat;
        for (key, value) in [
            ("target_temperature", &mut thermostat.target_temperature),
            ("target_temperature_low", &mut thermostat.target_temperature_low),
            ("target_temperature_high", &mut thermostat.target_temperature_high),
        ] {
            if let Some(degrees) = stored.get(key).and_then(Value::as_f64).and_then(Temperature::from_celsius) {
                *value = Some(degrees);
            }
        }
    }

    /// Eco is shown as it was asked for until the thermostat reports it.
    pub(super) fn request_eco(&mut self, thermostat: DeviceId, eco: bool, now: Instant) {
        self.requested.insert(thermostat, (eco, now));
    }

    pub(super) fn keep_fan_minutes(&mut self, thermostat: &DeviceId, minutes: i64) {
        self.fan_minutes.insert(thermostat.clone(), minutes);
    }

    pub(super) fn fan_minutes(&self, thermostat: &DeviceId) -> Option<i64> {
        self.fan_minutes.get(thermostat).copied()
    }

    /// The thermostats of a structure.
    pub(super) fn of_structure(&self, structure: &StructureId) -> impl Iterator<Item = &Reading> {
        self.readings.values().filter(move |reading| self.structure_of(reading) == *structure)
    }

    /// Whether a thermostat is shown in Eco: as requested, else as it reports.
    pub(super) fn is_eco(&self, reading: &Reading) -> bool {
        self.requested.get(&reading.serial).map_or(reading.is_eco, |(eco, _)| *eco)
    }

    /// Forgets requests that were obeyed, and those that never will be.
    pub(super) fn settle(&mut self, now: Instant) {
        let Self { readings, requested, .. } = self;
        requested.retain(|serial, (eco, since)| {
            // Eco may also come of the thermostat's own sensor, which says away as well.
            let is_obeyed = readings.get(serial).is_some_and(|reading| {
                if *eco {
                    reading.manual_eco == Some(true)
                } else {
                    reading.manual_eco.is_some() && !reading.is_eco && reading.away != Some(true)
                }
            });
            !is_obeyed && now.duration_since(*since) < OBEYS_WITHIN
        });
    }

    /// The home that is shown; `name` is what its owner calls the account.
    pub(super) fn home(&self, name: &str, abilities: Abilities) -> Home {
        let mut home = Home { abilities, ..Home::default() };
        let mut structures: BTreeMap<StructureId, Structure> = BTreeMap::new();
        for reading in self.readings.values() {
            let id = self.structure_of(reading);
            let structure = structures.entry(id.clone()).or_default();
            structure.thermostats.get_or_insert_default().push(reading.serial.clone());
            let mut thermostat = reading.thermostat.clone();
            thermostat.structure_id = Some(id);
            if thermostat.has_fan == Some(true) {
                thermostat.fan_timer_duration = self.fan_minutes(&reading.serial);
            }
            if self.is_eco(reading) {
                thermostat.previous_hvac_mode = thermostat.hvac_mode.replace(HvacMode::Eco);
            }
            home.thermostats.insert(reading.serial.clone(), Arc::new(thermostat));
        }
        let is_only = structures.len() == 1;
        for (id, mut structure) in structures {
            structure.name = Some(if is_only { name.to_owned() } else { format!("{name} · {id}") });
            structure.away = Some(if self.is_away(&id) { Away::Away } else { Away::Home });
            home.structures.insert(id, Arc::new(structure));
        }
        home
    }

    /// Nobody is at home when a thermostat says so and was not told otherwise, or when all were put into
    /// Eco by hand, which is how the server tells them that nobody is there.
    fn is_away(&self, structure: &StructureId) -> bool {
        let mut all_eco = true;
        for reading in self.of_structure(structure) {
            match self.requested.get(&reading.serial) {
                Some((eco, _)) => all_eco &= *eco,
                None if reading.away == Some(true) => return true,
                None => all_eco &= reading.manual_eco == Some(true),
            }
        }
        all_eco
    }
}

/// The home that a thermostat belongs to.
fn structure_of(reading: &Reading, only: &str) -> StructureId {
    StructureId::new(reading.structure.as_deref().unwrap_or(only))
}
