//! A home as the history tells of it, which moves through time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::history::{
    CentiCelsius, Change, ChangeKind, EquipmentPart, Interval, IntervalMode, Layer, StoredInterval, layer,
};
use crate::home::{AlarmState, Away, CameraEvent, DeviceId, DeviceTree, HvacMode, HvacState, Temperature, Write};

/// Seconds that a reading is known beyond its interval, so that two neighbours leave no gap.
const SLACK: i64 = 60;
/// The widest interval that tells if the equipment runs at its end.
const WIDEST_RUN: u32 = 3_600;

/// The values of a thermostat that an interval tells, known from its end on.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The end of the interval, in seconds since 1970.
    at: i64,
    /// The time until which nothing newer is needed.
    until: i64,
    room: Option<CentiCelsius>,
    /// Percent.
    humidity: Option<i64>,
    mode: Option<HvacMode>,
    low: Option<CentiCelsius>,
    high: Option<CentiCelsius>,
    is_away: Option<bool>,
    state: Option<HvacState>,
    /// True for the reading of the equipment, false for that of the room.
    is_equipment: bool,
}

/// The readings of a thermostat, in the order of time.
pub fn readings_of(stored: &[StoredInterval]) -> Vec<Reading> {
    let room = layer(stored, Layer::Room).into_iter().map(|interval| reading(interval, false));
    let equipment = layer(stored, Layer::EquipmentPart).into_iter().filter(|it| it.width_s <= WIDEST_RUN);
    let mut readings: Vec<Reading> = room.chain(equipment.map(|interval| reading(interval, true))).collect();
    readings.sort_by_key(|reading| reading.at);
    readings
}

fn reading(interval: &Interval, is_equipment: bool) -> Reading {
    let end = interval.end();
    let covered = interval.covered_s.max(1);
    let mostly = |seconds: Option<u32>| seconds.map(|seconds| seconds.saturating_mul(2) > covered);
    let runs = |part| mostly(interval.run.get(part));
    let state = match (runs(EquipmentPart::Heat), runs(EquipmentPart::Cool)) {
        (Some(true), _) => Some(HvacState::Heating),
        (_, Some(true)) => Some(HvacState::Cooling),
        (None, None) => None,
        (_, _) => Some(HvacState::Off),
    };
    let mode = match interval.mode {
        _ if mostly(interval.eco_s) == Some(true) => Some(HvacMode::Eco),
        Some(IntervalMode::Off) => Some(HvacMode::Off),
        Some(IntervalMode::Heat) => Some(HvacMode::Heat),
        Some(IntervalMode::Cool) => Some(HvacMode::Cool),
        Some(IntervalMode::HeatCool) => Some(HvacMode::HeatCool),
        None => None,
    };
    // One in which somebody left or came says nothing of its end.
    let is_away = match interval.away_s {
        Some(0) => Some(false),
        Some(away) if away >= covered => Some(true),
        Some(_) | None => None,
    };
    Reading {
        at: end,
        until: end.saturating_add(interval.width_s.into()).saturating_add(SLACK),
        room: interval.room.map(|room| room.mean),
        humidity: interval.humidity.map(|tenths| i64::from(tenths) / 10),
        mode,
        low: interval.low_target,
        high: interval.high_target,
        is_away,
        state,
        is_equipment,
    }
}

/// A point in time at which the history tells something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    /// Milliseconds since 1970.
    pub(super) at: i64,
    what: EventPlace,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EventPlace {
    /// The end of the span of a change.
    End(u32),
    /// The number of the thermostat, and that of its reading.
    Reading(u32, u32),
    Change(u32),
}

/// The recorded history of homes.
pub(super) struct Replay<'a> {
    pub(super) home: DeviceTree,
    readings: Vec<(&'a DeviceId, &'a [Reading])>,
    changes: &'a [Change],
    known_until: BTreeMap<&'a DeviceId, i64>,
    offline: BTreeSet<DeviceId>,
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        home: &DeviceTree,
        readings: &'a BTreeMap<DeviceId, Vec<Reading>>,
        changes: &'a [Change],
    ) -> Self {
        let mut past = home.clone();
        for id in home.thermostats.keys() {
            let Some(thermostat) = past.thermostat_mut(id) else { continue };
            (thermostat.ambient_temperature, thermostat.humidity, thermostat.hvac_state) = (None, None, None);
            (thermostat.hvac_mode, thermostat.is_online) = (None, Some(true));
        }
        for id in home.structures.keys() {
            let Some(structure) = past.structure_mut(id) else { continue };
            (structure.away, structure.eta_begin) = (None, None);
        }
        for id in home.cameras.keys() {
            if let Some(camera) = past.camera_mut(id) {
                camera.last_event = None;
            }
        }
        for id in home.protects.keys() {
            let Some(protect) = past.protect_mut(id) else { continue };
            (protect.smoke_alarm_state, protect.co_alarm_state) = (Some(AlarmState::Ok), Some(AlarmState::Ok));
        }
        let readings = readings.iter().map(|(id, readings)| (id, readings.as_slice())).collect();
        Self { home: past, readings, changes, known_until: BTreeMap::new(), offline: BTreeSet::new() }
    }

    /// The events until a time, in their order.
    pub(super) fn events(&self, to: Timestamp) -> Vec<Event> {
        let to = to.as_millisecond();
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let mut events = Vec::new();
        for (device, (_, readings)) in self.readings.iter().enumerate() {
            let times = readings.iter().enumerate().map(|(place, reading)| (reading.at.saturating_mul(1000), place));
            events.extend(
                times.map(|(at, place)| Event { at, what: EventPlace::Reading(number(device), number(place)) }),
            );
        }
        for (place, change) in self.changes.iter().enumerate() {
            events.push(Event { at: change.at.as_millisecond(), what: EventPlace::Change(number(place)) });
            let ends = change.until.map(|until| until.as_millisecond());
            events.extend(ends.map(|at| Event { at, what: EventPlace::End(number(place)) }));
        }
        events.retain(|event| event.at < to);
        events.sort_unstable();
        events
    }

    /// Takes over what an event tells; returns the change, if it is one.
    pub(super) fn apply(&mut self, event: Event) -> Option<&'a Change> {
        let get = |place: u32| self.changes.get(place as usize);
        match event.what {
            EventPlace::Reading(device, place) => {
                let (id, readings) = *self.readings.get(device as usize)?;
                self.read(id, readings.get(place as usize)?);
                None
            }
            EventPlace::Change(place) => {
                let change = get(place)?;
                self.change(change, true);
                Some(change)
            }
            EventPlace::End(place) => {
                let change = get(place)?;
                self.change(change, false);
                None
            }
        }
    }

    /// True if the history tells of a thermostat at this time.
    pub(super) fn is_known(&self, id: &DeviceId, now: Timestamp) -> bool {
        !self.home.thermostats.contains_key(id)
            || self.offline.contains(id)
            || self.known_until.get(id).is_some_and(|until| *until >= now.as_second())
    }

    /// True if it tells of a home.
    pub(super) fn is_known_home(&self, id: &crate::home::StructureId, now: Timestamp) -> bool {
        let thermostats = self.home.thermostats.iter().filter(|(_, it)| it.structure_id.as_ref() == Some(id));
        thermostats.map(|(id, _)| id).any(|id| self.is_known(id, now))
    }

    fn read(&mut self, id: &'a DeviceId, reading: &Reading) {
        self.known_until.insert(id, reading.until);
        self.offline.remove(id);
        let Some(thermostat) = self.home.thermostat_mut(id) else { return };
        let temperature = |it: Option<CentiCelsius>| it.and_then(|it| Temperature::from_celsius(it.celsius()));
        thermostat.is_online = Some(true);
        if reading.is_equipment {
            thermostat.hvac_state.clone_from(&reading.state);
            return;
        }
        thermostat.ambient_temperature = temperature(reading.room).or(thermostat.ambient_temperature);
        thermostat.humidity = reading.humidity.or(thermostat.humidity);
        if let Some(mode) = &reading.mode {
            let (low, high) = (temperature(reading.low), temperature(reading.high));
            if *mode == HvacMode::Eco && thermostat.hvac_mode != Some(HvacMode::Eco) {
                thermostat.previous_hvac_mode = thermostat.hvac_mode.take();
            }
            thermostat.hvac_mode = Some(mode.clone());
            if *mode == HvacMode::HeatCool {
                (thermostat.target_temperature_low, thermostat.target_temperature_high) = (low, high);
            } else if let Some(target) = low.or(high) {
                thermostat.target_temperature = Some(target);
            }
        }
        let structure = thermostat.structure_id.clone();
        if let (Some(is_away), Some(structure)) = (reading.is_away, structure)
            && let Some(structure) = self.home.structure_mut(&structure)
        {
            structure.away = Some(if is_away { Away::Away } else { Away::Home });
        }
    }

    /// Takes over a change, or the end of its span.
    fn change(&mut self, change: &Change, begins: bool) {
        let id: DeviceId = change.node.as_str().into();
        let alarm = || if begins { AlarmState::Warning } else { AlarmState::Ok };
        let (has_person, has_motion, has_sound) = match change.kind {
            ChangeKind::Mode | ChangeKind::Target | ChangeKind::Range | ChangeKind::Presence => {
                if let Some(write) = crate::automation::recorded::write_of(change).filter(|_| begins) {
                    if let (Write::Mode(id, HvacMode::Eco), home) = (&write, &mut self.home)
                        && let Some(thermostat) = home.thermostat_mut(id)
                        && thermostat.hvac_mode != Some(HvacMode::Eco)
                    {
                        thermostat.previous_hvac_mode = thermostat.hvac_mode.clone();
                    }
                    write.apply_optimistic(&mut self.home);
                }
                return;
            }
            ChangeKind::Arrival => {
                let text = change.after.as_deref().filter(|_| begins).unwrap_or_default();
                let eta =
                    text.strip_suffix(" UTC").and_then(|text| format!("{text}:00Z").replace(' ', "T").parse().ok());
                if let Some(structure) = self.home.structure_mut(&change.node.as_str().into()) {
                    structure.eta_begin = eta;
                }
                return;
            }
            ChangeKind::Offline => {
                if begins {
                    self.offline.insert(id.clone());
                } else {
                    self.offline.remove(&id);
                }
                if let Some(thermostat) = self.home.thermostat_mut(&id) {
                    thermostat.is_online = Some(!begins);
                }
                return;
            }
            ChangeKind::Smoke => {
                if let Some(protect) = self.home.protect_mut(&id) {
                    protect.smoke_alarm_state = Some(alarm());
                }
                return;
            }
            ChangeKind::CarbonMonoxide => {
                if let Some(protect) = self.home.protect_mut(&id) {
                    protect.co_alarm_state = Some(alarm());
                }
                return;
            }
            ChangeKind::Fan | ChangeKind::Setting | ChangeKind::Heating | ChangeKind::Cooling => return,
            ChangeKind::Person => (true, false, false),
            ChangeKind::Motion => (false, true, false),
            ChangeKind::Sound => (false, false, true),
            ChangeKind::Activity => (false, false, false),
        };
        if let Some(camera) = self.home.camera_mut(&id).filter(|_| begins) {
            camera.last_event = Some(CameraEvent {
                has_person: Some(has_person),
                has_motion: Some(has_motion),
                has_sound: Some(has_sound),
                start_time: Some(change.at),
                ..CameraEvent::default()
            });
        }
    }
}
