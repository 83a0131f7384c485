//! A day in a copy of any home, step by step and without a server: people leave and come back, a window is opened, a
//! device is out of reach, an alarm warns.

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::cameras::{CameraLife, EventKind};
use super::physics::{Build, HvacAction, RoomClimate};
use super::world::{Unit, World};
use crate::home::{
    AlarmState, Away, DeviceId, DeviceTree, HvacMode, HvacState, Refusal, StructureId, Temperature, Write,
};

/// The length of the day.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The longest step: rooms are read once a minute.
const STEP: SignedDuration = SignedDuration::from_mins(1);
/// An open window multiplies the loss of heat by this.
const WINDOW: f64 = 20.0;
/// The temperature of a room that nobody knows, in degrees Celsius.
const USUAL_C: f64 = 20.0;

/// A happening of the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    Leaves(StructureId),
    Returns(StructureId),
    WindowOpens(DeviceId),
    WindowCloses(DeviceId),
    /// A person before a camera.
    Person(DeviceId),
    Offline(DeviceId),
    Online(DeviceId),
    SmokeBegins(DeviceId),
    SmokeEnds(DeviceId),
}

/// The day.
pub struct SimulatedDay {
    world: World,
    now: Timestamp,
    ends: Timestamp,
    planned: VecDeque<(Timestamp, Happening)>,
    /// The loss of heat of the room with an open window.
    closed: BTreeMap<DeviceId, f64>,
}

impl SimulatedDay {
    /// A day from an instant on in a copy of a home, in which everybody is at home and everything in reach.
    pub fn of(home: &DeviceTree, seed: u64, begins: Timestamp) -> Self {
        let mut chance = fastrand::Rng::with_seed(seed);
        let mut copy = home.clone();
        let mut units = BTreeMap::new();
        for id in home.thermostats.keys() {
            let Some(thermostat) = copy.thermostat_mut(id) else { continue };
            thermostat.is_online = Some(true);
            thermostat.last_connection = Some(begins);
            thermostat.is_using_emergency_heat = None;
            if thermostat.can_heat.is_none() && thermostat.can_cool.is_none() {
                thermostat.can_heat = Some(true);
            }
            if thermostat.hvac_mode.is_none() {
                thermostat.hvac_mode = Some(HvacMode::Heat);
            }
            let celsius = thermostat.ambient_temperature.map_or(USUAL_C, Temperature::celsius);
            thermostat.ambient_temperature = Temperature::from_celsius(celsius);
            thermostat.hvac_state = Some(HvacState::Off);
            let build = Build::random(&mut chance);
            let room = RoomClimate { celsius, humidity: build.humidity, action: HvacAction::Idle };
            units.insert(id.clone(), Unit { room, build });
        }
        for id in home.structures.keys() {
            if let Some(structure) = copy.structure_mut(id) {
                structure.away = Some(Away::Home);
                structure.eta_begin = None;
            }
        }
        for id in home.protects.keys() {
            if let Some(protect) = copy.protect_mut(id) {
                (protect.smoke_alarm_state, protect.co_alarm_state) = (Some(AlarmState::Ok), Some(AlarmState::Ok));
                protect.is_online = Some(true);
            }
        }
        let mut cameras = BTreeMap::new();
        for id in home.cameras.keys() {
            if let Some(camera) = copy.camera_mut(id) {
                (camera.is_streaming, camera.is_online, camera.last_event) = (Some(true), Some(true), None);
            }
            cameras.insert(id.clone(), quiet(&mut chance));
        }
        let ends = begins.checked_add(DAY).unwrap_or(Timestamp::MAX);
        let planned = plan(&copy, begins);
        let world = World::of(copy, units, cameras, begins);
        Self { world, now: begins, ends, planned, closed: BTreeMap::new() }
    }

    /// The present of the day.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The end of the day.
    pub fn ends(&self) -> Timestamp {
        self.ends
    }

    /// The home as it is now.
    pub fn home(&self) -> &DeviceTree {
        &self.world.home
    }

    /// Goes on to the next minute or the next happening, at most to `until`; returns what happened. The first value is
    /// false if `until` or the end of the day is reached already.
    pub fn step(&mut self, until: Timestamp) -> (bool, Option<Happening>) {
        let until = until.min(self.ends);
        if self.now >= until {
            return (false, None);
        }
        let next = self.now.checked_add(STEP).unwrap_or(until).min(until);
        let due = self.planned.front().map(|(at, _)| *at).filter(|at| *at <= next);
        self.now = due.unwrap_or(next).max(self.now);
        self.world.pass(self.now);
        let happening = due.and_then(|_| self.planned.pop_front()).map(|(_, happening)| happening);
        if let Some(happening) = &happening {
            self.happen(happening);
        }
        (true, happening)
    }

    /// Makes a write as the simulated home does.
    ///
    /// # Errors
    /// The home refuses it.
    pub fn write(&mut self, write: &Write) -> Result<(), Refusal> {
        self.world.write(std::slice::from_ref(write), self.now)
    }

    fn happen(&mut self, happening: &Happening) {
        let now = self.now;
        match happening {
            Happening::Leaves(id) => self.presence(id, Away::Away),
            Happening::Returns(id) => self.presence(id, Away::Home),
            Happening::WindowOpens(id) => {
                if let Some(unit) = self.world.units.get_mut(id) {
                    self.closed.insert(id.clone(), unit.build.leak);
                    unit.build.leak *= WINDOW;
                }
            }
            Happening::WindowCloses(id) => {
                if let (Some(unit), Some(leak)) = (self.world.units.get_mut(id), self.closed.remove(id)) {
                    unit.build.leak = leak;
                }
            }
            Happening::Person(id) => {
                self.world.stage(id, EventKind::Person, now);
            }
            Happening::Offline(id) => {
                self.world.set_online(id, false, now);
            }
            Happening::Online(id) => {
                self.world.set_online(id, true, now);
            }
            Happening::SmokeBegins(id) => self.smoke(id, AlarmState::Warning),
            Happening::SmokeEnds(id) => self.smoke(id, AlarmState::Ok),
        }
    }

    /// A Works with Nest home puts its thermostats into Eco when everybody leaves; the others only tell of it.
    fn presence(&mut self, id: &StructureId, away: Away) {
        let structure = self.world.home.structures.get(id);
        let service = structure.and_then(|structure| structure.capabilities.service());
        let write = Write::Away(id.clone(), away);
        if service.is_none() && self.world.write(std::slice::from_ref(&write), self.now).is_ok() {
            return;
        }
        write.apply_optimistic(&mut self.world.home);
    }

    fn smoke(&mut self, id: &DeviceId, state: AlarmState) {
        if let Some(protect) = self.world.home.protect_mut(id) {
            protect.smoke_alarm_state = Some(state);
        }
    }
}

/// A camera that sees nothing by itself.
fn quiet(chance: &mut fastrand::Rng) -> CameraLife {
    CameraLife {
        key: String::new(),
        scene: 0,
        chance: chance.fork(),
        next_s: f64::INFINITY,
        ends_s: None,
        pictures: String::new(),
    }
}

/// The happenings of a day that begins at an instant, in the order of time: hours and minutes after the begin.
fn plan(home: &DeviceTree, begins: Timestamp) -> VecDeque<(Timestamp, Happening)> {
    let at = |hours: i64, minutes: i64| begins.checked_add(SignedDuration::from_mins(hours * 60 + minutes)).ok();
    let mut all: Vec<(Option<Timestamp>, Happening)> = Vec::new();
    for id in home.structures.keys() {
        all.push((at(3, 30), Happening::Leaves(id.clone())));
        all.push((at(12, 30), Happening::Returns(id.clone())));
    }
    if let Some(id) = home.cameras.keys().next() {
        all.push((at(6, 0), Happening::Person(id.clone())));
    }
    if let Some(id) = home.thermostats.keys().next_back() {
        all.push((at(9, 0), Happening::Offline(id.clone())));
        all.push((at(10, 0), Happening::Online(id.clone())));
    }
    if let Some(id) = home.thermostats.keys().next() {
        all.push((at(13, 30), Happening::WindowOpens(id.clone())));
        all.push((at(14, 10), Happening::WindowCloses(id.clone())));
    }
    if let Some(id) = home.protects.keys().next() {
        all.push((at(15, 0), Happening::SmokeBegins(id.clone())));
        all.push((at(15, 10), Happening::SmokeEnds(id.clone())));
    }
    let mut all: Vec<(Timestamp, Happening)> =
        all.into_iter().filter_map(|(at, happening)| Some((at?, happening))).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::home::{Camera, Protect, Setpoint, Structure, Thermostat};

    fn home() -> DeviceTree {
        let mut home = DeviceTree::default();
        let thermostats = Some(vec!["t1".into()]);
        home.structures.insert("s".into(), Arc::new(Structure { thermostats, ..Structure::default() }));
        let thermostat = Thermostat {
            structure_id: Some("s".into()),
            hvac_mode: Some(HvacMode::Heat),
            can_heat: Some(true),
            ambient_temperature: Temperature::from_celsius(20.0),
            target_temperature: Temperature::from_celsius(20.0),
            ..Thermostat::default()
        };
        home.thermostats.insert("t1".into(), Arc::new(thermostat));
        home.cameras.insert("c".into(), Arc::new(Camera::default()));
        home.protects.insert("p".into(), Arc::new(Protect::default()));
        home
    }

    #[test]
    fn everything_of_the_plan_happens_once_and_the_day_ends() {
        let mut day = SimulatedDay::of(&home(), 7, Timestamp::UNIX_EPOCH);
        let (mut happened, mut steps) = (Vec::new(), 0);
        loop {
            let (goes_on, happening) = day.step(Timestamp::MAX);
            if !goes_on {
                break;
            }
            steps += 1;
            happened.extend(happening.map(|happening| (day.now().as_second() / 60, happening)));
        }
        let minutes: Vec<i64> = happened.iter().map(|(minute, _)| *minute).collect();
        assert_eq!(minutes, [210, 360, 540, 600, 750, 810, 850, 900, 910]);
        assert_eq!(day.now().as_second(), 86_400);
        assert!((1_440..1_460).contains(&steps), "{steps}");
    }

    #[test]
    fn the_home_behaves_as_a_home() {
        let mut day = SimulatedDay::of(&home(), 7, Timestamp::UNIX_EPOCH);
        let room = |day: &SimulatedDay| day.home().thermostats["t1"].ambient_temperature.expect("one").celsius();
        let until = |day: &mut SimulatedDay, minutes: i64| {
            let at = Timestamp::from_second(minutes * 60).expect("a time");
            while day.step(at).0 {}
        };
        until(&mut day, 211);
        let home = day.home();
        assert_eq!(home.structures["s"].away, Some(Away::Away));
        assert_eq!(home.thermostats["t1"].hvac_mode, Some(HvacMode::Eco), "as Works with Nest does");
        until(&mut day, 760);
        assert_eq!(day.home().thermostats["t1"].hvac_mode, Some(HvacMode::Heat));
        until(&mut day, 805);
        let before = room(&day);
        until(&mut day, 835);
        assert!(room(&day) < before - 0.8, "an open window: {} after {before}", room(&day));
        until(&mut day, 905);
        assert_eq!(day.home().protects["p"].smoke_alarm_state, Some(AlarmState::Warning));
        let target = Write::Target("t1".into(), Setpoint::celsius(23.0));
        assert_eq!(day.write(&target), Ok(()));
        assert!(target.is_shown_by(day.home()));
        assert!(day.write(&Write::Target("gone".into(), Setpoint::celsius(23.0))).is_err());
    }
}
