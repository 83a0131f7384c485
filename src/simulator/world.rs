//! The simulated home: the device tree that clients see, and the hidden state.
//!
//! Time advances in steps of any length. The device tree changes only if something visible does: a difference of
//! a hundredth of a degree is not visible.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::build::HomeBuilder;
use super::cameras::{CameraLife, EventKind, event};
use super::physics::{Build, HvacAction, RoomClimate, RoomTarget, minutes_to_target, outside_at, step};
use crate::home::{
    Away, Camera, DeviceId, DeviceTree, HvacMode, HvacState, Precision, SecurityState, StructureId, Temperature,
    Thermostat, TimeToTarget,
};

/// Targets at or beyond these save energy, so that the thermostat shows the leaf.
const LEAF_HEAT_C: f64 = 16.5;
const LEAF_COOL_C: f64 = 29.0;
/// Longer steps are split into parts of this length in seconds, so that nights are colder than days.
const OUTSIDE_CHANGES_S: f64 = 1800.0;
const MOST_PARTS: f64 = 48.0;

/// The room of a thermostat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) room: RoomClimate,
    pub(super) build: Build,
}

/// The state of the simulation.
pub(super) struct World {
    pub(super) home: DeviceTree,
    pub(super) units: BTreeMap<DeviceId, Unit>,
    pub(super) cameras: BTreeMap<DeviceId, CameraLife>,
    /// Thermostats that went to eco when the structure was set to away. They leave eco when it is set to home.
    pub(super) eco_by_away: BTreeSet<DeviceId>,
    /// Simulated seconds in a real second.
    pub(super) speed: f64,
    weather: Weather,
    seconds: f64,
    last_look: Timestamp,
}

struct Weather {
    mean: f64,
    first_hour: f64,
    fixed: Option<f64>,
}

impl Weather {
    fn at(&self, seconds: f64) -> f64 {
        self.fixed.unwrap_or_else(|| outside_at((self.first_hour + seconds / 3600.0) % 24.0, self.mean))
    }
}

impl World {
    pub(super) fn new(builder: HomeBuilder, climate: u64, speed: f64, now: Timestamp) -> Self {
        let HomeBuilder { home, units, cameras, .. } = builder;
        let mean = 3.0 + (climate % 9) as f64;
        Self::in_weather((home, units, cameras), mean, speed, now)
    }

    /// The world of a home on a winter day, at the speed of the times that it is given.
    pub(super) fn of(
        home: DeviceTree,
        units: BTreeMap<DeviceId, Unit>,
        cameras: BTreeMap<DeviceId, CameraLife>,
        now: Timestamp,
    ) -> Self {
        const WINTER_C: f64 = 4.0;
        Self::in_weather((home, units, cameras), WINTER_C, 1.0, now)
    }

    fn in_weather(
        (home, units, cameras): (DeviceTree, BTreeMap<DeviceId, Unit>, BTreeMap<DeviceId, CameraLife>),
        mean: f64,
        speed: f64,
        now: Timestamp,
    ) -> Self {
        let mut world = Self {
            weather: Weather { mean, first_hour: first_hour(&home, now), fixed: None },
            home,
            units,
            cameras,
            eco_by_away: BTreeSet::new(),
            speed,
            seconds: 0.0,
            last_look: now,
        };
        world.warm_and_cool(0.0, now);
        world
    }

    /// Advances the time to `now`; true if anything visible changed.
    pub(super) fn pass(&mut self, now: Timestamp) -> bool {
        let real = now.duration_since(self.last_look).as_secs_f64().max(0.0);
        self.last_look = now;
        let seconds = real * self.speed;
        let warmer = self.warm_and_cool(seconds, now);
        self.seconds += seconds;
        let fans = self.stop_fans(now);
        let seen = self.watch(now);
        warmer || fans || seen
    }

    /// Simulated hours since midnight.
    pub(super) fn hour(&self) -> f64 {
        (self.weather.first_hour + self.seconds / 3600.0).rem_euclid(24.0)
    }

    /// The outdoor temperature in degrees Celsius.
    pub(super) fn outdoor(&self) -> f64 {
        self.weather.at(self.seconds)
    }

    pub(super) fn is_outdoor_fixed(&self) -> bool {
        self.weather.fixed.is_some()
    }

    pub(super) fn set_outside(&mut self, celsius: Option<f64>) {
        self.weather.fixed = celsius.filter(|celsius| celsius.is_finite()).map(|celsius| celsius.clamp(-40.0, 50.0));
    }

    /// Returns the real time after a length of simulated time from `now`.
    pub(super) fn moment_after(&self, simulated_s: f64, now: Timestamp) -> Timestamp {
        let real = SignedDuration::try_from_secs_f64(simulated_s / self.speed).unwrap_or(SignedDuration::MAX);
        now.checked_add(real).unwrap_or(Timestamp::MAX)
    }

    /// Sets the speed of time and moves the ends of running fan timers accordingly.
    pub(super) fn set_speed(&mut self, speed: f64, now: Timestamp) {
        self.pass(now);
        let factor = self.speed / speed;
        self.speed = speed;
        for thermostat in self.home.thermostats.values_mut().filter(|t| t.fan_timer_active == Some(true)) {
            let thermostat = Arc::make_mut(thermostat);
            let left = thermostat.fan_timer_timeout.map(|end| end.duration_since(now).as_secs_f64() * factor);
            let left = left.and_then(|left| SignedDuration::try_from_secs_f64(left).ok());
            thermostat.fan_timer_timeout = left.and_then(|left| now.checked_add(left).ok());
        }
    }

    fn warm_and_cool(&mut self, seconds: f64, now: Timestamp) -> bool {
        let parts = (seconds / OUTSIDE_CHANGES_S).ceil().clamp(1.0, MOST_PARTS);
        let part = seconds / parts;
        let outside: Vec<f64> =
            (0..parts as u32).map(|n| self.weather.at(self.seconds + part * (f64::from(n) + 0.5))).collect();
        let last = outside.last().copied().unwrap_or_default();
        let mut changed = Vec::new();
        // Both maps have the same keys in the same order.
        for ((id, thermostat), unit) in self.home.thermostats.iter().zip(self.units.values_mut()) {
            let demand = demand(thermostat);
            for outside in &outside {
                step(&mut unit.room, &unit.build, demand, *outside, part);
            }
            if let Some(reading) = SensorReading::new(thermostat, unit, demand, last).if_new(thermostat) {
                changed.push((id.clone(), reading));
            }
        }
        let any = !changed.is_empty();
        for (id, reading) in changed {
            if let Some(thermostat) = self.home.thermostat_mut(&id) {
                reading.show(thermostat, now);
            }
        }
        any
    }

    /// Shows the effect of a write on a room at once.
    pub(super) fn look_at(&mut self, id: &DeviceId, now: Timestamp) {
        let outside = self.weather.at(self.seconds);
        let (Some(thermostat), Some(unit)) = (self.home.thermostat_mut(id), self.units.get_mut(id)) else { return };
        let demand = demand(thermostat);
        step(&mut unit.room, &unit.build, demand, outside, 0.0);
        if let Some(reading) = SensorReading::new(thermostat, unit, demand, outside).if_new(thermostat) {
            reading.show(thermostat, now);
        }
    }

    fn stop_fans(&mut self, now: Timestamp) -> bool {
        let over = |t: &Thermostat| {
            t.fan_timer_active == Some(true) && t.fan_timer_timeout.is_none_or(|timeout| timeout <= now)
        };
        let mut stopped = false;
        for thermostat in self.home.thermostats.values_mut().filter(|thermostat| over(thermostat)) {
            stop_fan(Arc::make_mut(thermostat));
            stopped = true;
        }
        stopped
    }

    /// Starts and ends the due events of cameras; true if there were any.
    fn watch(&mut self, now: Timestamp) -> bool {
        let mut happened: Vec<(DeviceId, EventKind)> = Vec::new();
        let mut over: Vec<DeviceId> = Vec::new();
        for ((id, camera), life) in self.home.cameras.iter().zip(self.cameras.values_mut()) {
            if !sees(camera) {
                // The camera is off: skip events that were due.
                if life.next_s <= self.seconds {
                    life.next_s = self.seconds + life.pause_s();
                }
                if life.ends_s.take().is_some() {
                    over.push(id.clone());
                }
                continue;
            }
            if life.ends_s.is_some_and(|end| end <= self.seconds) {
                life.ends_s = None;
                over.push(id.clone());
            }
            if life.next_s <= self.seconds {
                let (kind, length) = life.draw();
                life.ends_s = Some(self.seconds + length);
                life.next_s = self.seconds + length + life.pause_s();
                happened.push((id.clone(), kind));
            }
        }
        let any = !happened.is_empty() || !over.is_empty();
        for id in over {
            self.end_event(&id, now);
        }
        for (id, kind) in happened {
            self.begin_event(&id, kind, now);
        }
        any
    }

    /// Starts an event of a camera for a while.
    pub(super) fn stage(&mut self, id: &DeviceId, kind: EventKind, now: Timestamp) -> bool {
        const STAGED_S: f64 = 20.0;
        let Some(life) = self.cameras.get_mut(id) else { return false };
        if !self.home.cameras.get(id).is_some_and(|camera| sees(camera)) {
            return false;
        }
        life.ends_s = Some(self.seconds + STAGED_S);
        self.begin_event(id, kind, now);
        true
    }

    fn begin_event(&mut self, id: &DeviceId, kind: EventKind, now: Timestamp) {
        let Some(life) = self.cameras.get(id) else { return };
        let Some(camera) = self.home.camera_mut(id) else { return };
        camera.last_event = Some(event(life, kind, now));
        let structure = camera.structure_id.clone();
        if kind == EventKind::Person {
            self.note_person(structure.as_ref());
        }
    }

    fn note_person(&mut self, structure: Option<&StructureId>) {
        if let Some(structure) = structure.and_then(|id| self.home.structure_mut(id))
            && structure.away == Some(Away::Away)
        {
            structure.wwn_security_state = Some(SecurityState::Deter);
        }
    }

    pub(super) fn end_event(&mut self, id: &DeviceId, now: Timestamp) {
        if let Some(life) = self.cameras.get_mut(id) {
            life.ends_s = None;
        }
        let event = self.home.camera_mut(id).and_then(|camera| camera.last_event.as_mut());
        if let Some(event) = event.filter(|event| event.is_going_on()) {
            event.end_time = Some(now);
        }
    }
}

impl World {
    /// Takes a device offline or online; `false` if it does not exist.
    pub(super) fn set_online(&mut self, id: &DeviceId, online: bool, now: Timestamp) -> bool {
        if let Some(thermostat) = self.home.thermostat_mut(id) {
            thermostat.is_online = Some(online);
            if online {
                thermostat.last_connection = Some(now);
            }
            return true;
        }
        if let Some(camera) = self.home.camera_mut(id) {
            if camera.is_online != Some(online) {
                camera.is_online = Some(online);
                camera.last_is_online_change = Some(now);
            }
            if !online {
                self.end_event(id, now);
            }
            return true;
        }
        self.change_protect(id, now, |protect| protect.is_online = Some(online))
    }
}

/// True if a camera is on and reachable.
fn sees(camera: &Camera) -> bool {
    camera.is_streaming == Some(true) && camera.is_reachable()
}

pub(super) fn stop_fan(thermostat: &mut Thermostat) {
    thermostat.fan_timer_active = Some(false);
    thermostat.fan_timer_timeout = Some(Timestamp::UNIX_EPOCH);
}

/// Returns the hour of the day in the time zone of the home.
fn first_hour(home: &DeviceTree, now: Timestamp) -> f64 {
    let zone = home.structures.values().find_map(|structure| structure.zone()).unwrap_or(jiff::tz::TimeZone::UTC);
    let local = now.to_zoned(zone);
    f64::from(local.hour()) + f64::from(local.minute()) / 60.0
}

pub(super) fn demand(thermostat: &Thermostat) -> RoomTarget {
    let heat =
        |limit: Option<Temperature>| limit.filter(|_| thermostat.can_heat == Some(true)).map(Temperature::celsius);
    let cool =
        |limit: Option<Temperature>| limit.filter(|_| thermostat.can_cool == Some(true)).map(Temperature::celsius);
    let t = thermostat;
    match &t.hvac_mode {
        Some(HvacMode::Heat) => RoomTarget { heat_below: heat(t.target_temperature), cool_above: None },
        Some(HvacMode::Cool) => RoomTarget { heat_below: None, cool_above: cool(t.target_temperature) },
        Some(HvacMode::HeatCool) => {
            RoomTarget { heat_below: heat(t.target_temperature_low), cool_above: cool(t.target_temperature_high) }
        }
        Some(HvacMode::Eco) => {
            RoomTarget { heat_below: heat(t.eco_temperature_low), cool_above: cool(t.eco_temperature_high) }
        }
        Some(HvacMode::Off | HvacMode::Other(_)) | None => RoomTarget::default(),
    }
}

fn has_leaf(thermostat: &Thermostat) -> bool {
    let at_most = |t: Option<Temperature>| t.is_some_and(|t| t.celsius() <= LEAF_HEAT_C);
    let at_least = |t: Option<Temperature>| t.is_some_and(|t| t.celsius() >= LEAF_COOL_C);
    match &thermostat.hvac_mode {
        Some(HvacMode::Heat) => at_most(thermostat.target_temperature),
        Some(HvacMode::Cool) => at_least(thermostat.target_temperature),
        Some(HvacMode::HeatCool) => {
            at_most(thermostat.target_temperature_low) && at_least(thermostat.target_temperature_high)
        }
        Some(HvacMode::Eco) => true,
        Some(HvacMode::Off | HvacMode::Other(_)) | None => false,
    }
}

/// The values of a room that a thermostat shows.
struct SensorReading {
    ambient: Option<Temperature>,
    humidity: i64,
    state: HvacState,
    time: TimeToTarget,
    leaf: bool,
}

impl SensorReading {
    fn new(thermostat: &Thermostat, unit: &Unit, demand: RoomTarget, outside: f64) -> Self {
        let room = &unit.room;
        let state = match room.action {
            HvacAction::Idle => HvacState::Off,
            HvacAction::Heating => HvacState::Heating,
            HvacAction::Cooling => HvacState::Cooling,
        };
        Self {
            ambient: Temperature::from_celsius(room.celsius),
            humidity: room.humidity.round() as i64,
            state,
            time: time_to_target(minutes_to_target(room, &unit.build, demand, outside)),
            leaf: has_leaf(thermostat),
        }
    }

    /// Returns the reading if it differs from the shown values.
    fn if_new(self, thermostat: &Thermostat) -> Option<Self> {
        let views = |t: Option<Temperature>| t.map(|t| (t.celsius_view(), t.fahrenheit_view()));
        let same = views(self.ambient) == views(thermostat.ambient_temperature)
            && thermostat.humidity == Some(self.humidity)
            && thermostat.hvac_state.as_ref() == Some(&self.state)
            && thermostat.time_to_target == Some(self.time)
            && thermostat.has_leaf == Some(self.leaf);
        (!same).then_some(self)
    }

    fn show(self, thermostat: &mut Thermostat, now: Timestamp) {
        thermostat.ambient_temperature = self.ambient;
        thermostat.humidity = Some(self.humidity);
        thermostat.hvac_state = Some(self.state);
        thermostat.time_to_target = Some(self.time);
        thermostat.has_leaf = Some(self.leaf);
        if thermostat.is_reachable() {
            thermostat.last_connection = Some(now);
        }
    }
}

/// Rounds to steps of five minutes, so that the value is not a countdown.
fn time_to_target(minutes: Option<f64>) -> TimeToTarget {
    let about = |minutes| TimeToTarget { precision: Precision::About, minutes };
    match minutes {
        None => about(0),
        Some(minutes) if minutes > 120.0 => TimeToTarget { precision: Precision::MoreThan, minutes: 120 },
        Some(minutes) => about(((minutes / 5.0).round() as u32 * 5).max(5)),
    }
}

#[cfg(test)]
#[path = "world_tests.rs"]
mod tests;
