//! Intervals from what was heard: coverage, gaps, clocks, several accounts.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::home::{RunningParts, Structure, StructureId};

const START: i64 = 1_743_465_600;

struct Scenario {
    recorder: Recorder,
    began: Instant,
    /// Milliseconds since the begin by the clock that nobody sets.
    passed: u64,
    /// Milliseconds that the clock of the wall was set forth.
    ahead: i64,
    complete: Vec<Recorded>,
}

fn home(change: impl FnOnce(&mut Thermostat)) -> DeviceTree {
    let mut thermostat = Thermostat {
        name: Some("Hallway".to_owned()),
        structure_id: Some("s".into()),
        is_online: Some(true),
        hvac_mode: Some(HvacMode::Heat),
        hvac_state: Some(HvacState::Heating),
        ambient_temperature: Temperature::from_celsius(20.0),
        target_temperature: Temperature::from_celsius(21.0),
        humidity: Some(45),
        ..Thermostat::default()
    };
    change(&mut thermostat);
    let mut home = DeviceTree::default();
    home.thermostats.insert("a".into(), Arc::new(thermostat));
    let structure =
        Structure { time_zone: Some("Europe/Berlin".to_owned()), away: Some(Away::Home), ..Structure::default() };
    home.structures.insert(StructureId::from("s"), Arc::new(structure));
    home
}

impl Scenario {
    fn new() -> Self {
        Self { recorder: Recorder::default(), began: Instant::now(), passed: 0, ahead: 0, complete: Vec::new() }
    }

    fn now(&self) -> Moment {
        let wall = START * 1000 + i64::try_from(self.passed).expect("small") + self.ahead;
        let wall = Timestamp::from_millisecond(wall).expect("in range");
        Moment { wall, instant: self.began + Duration::from_millis(self.passed) }
    }

    fn hear(&mut self, home: &DeviceTree, is_live: bool) {
        let complete = self.recorder.hear(&[Heard { home, is_live }], self.now());
        self.complete.extend(complete);
    }

    /// Lets time pass, with a look each half minute.
    fn wait(&mut self, seconds: u64) {
        let until = self.passed + seconds * 1000;
        while self.passed < until {
            self.passed = until.min(self.passed + 30_000);
            let complete = self.recorder.pass(self.now());
            self.complete.extend(complete);
        }
    }

    fn end(mut self) -> Vec<Interval> {
        let complete = self.recorder.end();
        self.complete.extend(complete);
        self.complete.into_iter().map(|it| it.interval).collect()
    }
}

#[test]
fn what_is_heard_holds_until_the_next_word() {
    let mut scenario = Scenario::new();
    scenario.hear(&home(|_| {}), true);
    scenario.wait(120);
    scenario.hear(
        &home(|t| {
            t.hvac_state = Some(HvacState::Off);
            t.ambient_temperature = Temperature::from_celsius(21.0);
        }),
        true,
    );
    scenario.wait(300);
    let first = scenario.complete[0].clone();
    assert_eq!((first.name.as_str(), first.zone.as_deref()), ("Hallway", Some("Europe/Berlin")));
    let interval = &first.interval;
    assert_eq!((interval.start, interval.width_s, interval.covered_s), (START, 300, 300));
    assert_eq!((interval.run.get(EquipmentPart::Heat), interval.run.get(EquipmentPart::Cool)), (Some(120), Some(0)));
    let room = interval.room.expect("a room");
    assert_eq!((room.least.0, room.mean.0, room.most.0), (2000, 2060, 2100));
    assert_eq!((interval.mode, interval.away_s, interval.humidity), (Some(IntervalMode::Heat), Some(0), Some(450)));
    let rest = scenario.end();
    assert_eq!((rest[1].start, rest[1].covered_s), (START + 300, 120), "what has begun is told at the end");
}

#[test]
fn silence_is_uncovered_and_never_off() {
    type Change = fn(&mut Scenario);
    let offline: Change = |it| it.hear(&home(|t| t.is_online = Some(false)), true);
    let disconnected: Change = |it| it.hear(&home(|_| {}), false);
    let gone: Change = |it| it.hear(&DeviceTree::default(), true);
    for change in [offline, disconnected, gone] {
        let mut scenario = Scenario::new();
        scenario.hear(&home(|_| {}), true);
        scenario.wait(60);
        change(&mut scenario);
        scenario.wait(120);
        scenario.hear(&home(|_| {}), true);
        scenario.wait(120);
        let [interval] = scenario.end().try_into().expect("one interval");
        assert_eq!((interval.covered_s, interval.run.get(EquipmentPart::Heat)), (180, Some(180)));
    }
}

#[test]
fn stages_and_the_fan_of_the_equipment_are_recorded_where_they_are_told() {
    let mut scenario = Scenario::new();
    let runs = |parts: RunningParts| home(move |t| (t.running_parts, t.fan_timer_active) = (parts, Some(false)));
    let first = RunningParts { heat_stage2: Some(false), humidifier: Some(true), ..RunningParts::default() };
    scenario.hear(&runs(first), true);
    scenario.wait(100);
    let second = RunningParts { heat_stage2: Some(true), fan: Some(true), ..first };
    scenario.hear(&runs(second), true);
    scenario.wait(200);
    let [interval] = scenario.end().try_into().expect("one interval");
    let ran = |part| interval.run.get(part);
    assert_eq!((ran(EquipmentPart::Heat), ran(EquipmentPart::HeatStage2)), (Some(300), Some(200)));
    assert_eq!((ran(EquipmentPart::Humidifier), ran(EquipmentPart::AuxiliaryHeat)), (Some(300), None));
    assert_eq!(ran(EquipmentPart::Fan), Some(200), "the fan of the equipment, and the timer where no other is told");
}

#[test]
fn a_sleep_and_a_clock_that_is_set_end_a_span() {
    type Change = fn(&mut Scenario);
    // While a computer sleeps, only the clock of the wall goes on.
    let sleep: Change = |it| it.ahead += 3_600_000;
    let back: Change = |it| it.ahead -= 3_600_000;
    let year: Change = |it| it.ahead += 365 * 86_400_000;
    let stopped: Change = |it| it.passed += 1_000_000;
    for change in [sleep, back, year, stopped] {
        let mut scenario = Scenario::new();
        scenario.hear(&home(|_| {}), true);
        scenario.wait(60);
        change(&mut scenario);
        scenario.wait(60);
        let covered: Vec<u32> = scenario.end().iter().map(|it| it.covered_s).collect();
        // The first look after the change tells that something happened; what came before it is not known.
        assert_eq!(covered, [60, 30]);
    }
}

#[test]
fn a_thermostat_of_two_accounts_is_recorded_once() {
    let mut scenario = Scenario::new();
    let (one, other) = (home(|_| {}), home(|t| t.hvac_state = Some(HvacState::Off)));
    let now = scenario.now();
    let heard = [Heard { home: &one, is_live: true }, Heard { home: &other, is_live: true }];
    scenario.recorder.hear(&heard, now);
    scenario.wait(300);
    let intervals = scenario.end();
    assert_eq!(intervals.len(), 1);
    assert_eq!(intervals[0].run.get(EquipmentPart::Heat), Some(300), "the first account tells");
}

proptest! {
    #[test]
    fn coverage_never_exceeds_the_clock(
        steps in proptest::collection::vec((0_u64..700, 0_u8..6, -5000_i64..5000), 1..40)
    ) {
        let mut scenario = Scenario::new();
        let mut passed = 0;
        for (seconds, what, jump) in steps {
            match what {
                0 => scenario.hear(&home(|_| {}), true),
                1 => scenario.hear(&home(|t| t.hvac_state = Some(HvacState::Cooling)), true),
                2 => scenario.hear(&home(|_| {}), false),
                3 => scenario.ahead += jump,
                4 => scenario.hear(&home(|t| t.hvac_mode = Some(HvacMode::Eco)), true),
                _ => {}
            }
            scenario.wait(seconds);
            passed += seconds;
        }
        let intervals = scenario.end();
        let covered: u64 = intervals.iter().map(|it| u64::from(it.covered_s)).sum();
        // Each interval is rounded to a second.
        prop_assert!(covered <= passed + intervals.len() as u64, "{covered} of {passed}");
        for interval in &intervals {
            prop_assert_eq!(interval.check(), Ok(()));
            prop_assert_eq!(interval.start % 300, 0);
        }
    }
}

#[test]
fn a_run_is_kept_with_both_ends_and_a_lost_one_without() {
    let mut scenario = Scenario::new();
    let heats = |state| home(|thermostat| thermostat.hvac_state = Some(state));
    // The begin of the first run was not heard, so nobody knows it.
    scenario.hear(&heats(HvacState::Heating), true);
    scenario.wait(60);
    scenario.hear(&heats(HvacState::Off), true);
    scenario.wait(60);
    let begin = scenario.now().wall;
    scenario.hear(&heats(HvacState::Heating), true);
    scenario.wait(120);
    let end = scenario.now().wall;
    scenario.hear(&heats(HvacState::Off), true);
    let run = Change::span("a", "Hallway", ChangeKind::Heating, begin, Some(end));
    assert_eq!(scenario.recorder.take_spans(), [run]);
    scenario.hear(&heats(HvacState::Heating), true);
    let begin = scenario.now().wall;
    scenario.wait(30);
    scenario.hear(&heats(HvacState::Heating), false);
    let lost = Change::span("a", "Hallway", ChangeKind::Heating, begin, None);
    assert_eq!(scenario.recorder.take_spans(), [lost]);
    scenario.hear(&home(|thermostat| thermostat.is_online = Some(false)), true);
    scenario.hear(&heats(HvacState::Off), true);
    assert_eq!(scenario.recorder.take_spans(), [], "it was offline when the connection came back");
}
