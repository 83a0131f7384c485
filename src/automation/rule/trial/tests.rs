//! Rules on a history that the test writes.

use std::sync::Arc;

use super::*;
use crate::automation::Form as _;
use crate::automation::rule::Template;
use crate::automation::schedule::first_levels;
use crate::history::{CentiCelsius, ChangeKind, EquipmentPart, Interval, IntervalMode, IntervalSource};
use crate::history::{RoomTemperatures, StoredInterval};
use crate::home::{Away, Field, HvacMode, Scale, Setpoint, Structure, Thermostat};
use crate::i18n::english;

const WIDTH: u32 = 300;

/// Days of readings of one thermostat, in heat, and the changes beside them.
struct Past {
    home: DeviceTree,
    begin: Timestamp,
    stored: Vec<StoredInterval>,
    changes: Vec<Change>,
}

fn at(text: &str) -> Timestamp {
    format!("2026-11-{text}:00Z").parse().expect("an instant")
}

impl Past {
    /// `room` gives the temperature and the seconds of heat for the minute of the time.
    fn new(days: i64, room: impl Fn(i64) -> (f64, u32)) -> Self {
        let mut home = DeviceTree::default();
        let structure = Structure { name: Some("Cabin".to_owned()), ..Structure::default() };
        home.structures.insert("s1".into(), Arc::new(structure));
        let thermostat = Thermostat {
            name: Some("Hallway".to_owned()),
            structure_id: Some("s1".into()),
            can_heat: Some(true),
            ..Thermostat::default()
        };
        home.thermostats.insert("t1".into(), Arc::new(thermostat));
        let begin = at("01T00:00");
        let intervals = (0..days * 24 * 12).map(|place| {
            let mut interval =
                Interval::new(begin.as_second() + place * i64::from(WIDTH), WIDTH, IntervalSource::Recorded);
            let (celsius, heat) = room(place * 5);
            let room = CentiCelsius::of(celsius).expect("a temperature");
            interval.covered_s = WIDTH;
            interval.room = Some(RoomTemperatures { least: room, mean: room, most: room });
            interval.mode = Some(IntervalMode::Heat);
            interval.low_target = CentiCelsius::of(20.0);
            interval.run.set(EquipmentPart::Heat, Some(heat));
            StoredInterval { device: 1, interval }
        });
        let stored = intervals.collect();
        Self { home, begin, stored, changes: Vec::new() }
    }

    fn change(&mut self, text: &str, write: &Write, cause: ChangeCause) {
        let kinds =
            [(Field::Away, ChangeKind::Presence), (Field::Mode, ChangeKind::Mode), (Field::Target, ChangeKind::Target)];
        let (_, kind) = *kinds.iter().find(|(field, _)| *field == write.slot().field).expect("a kind");
        let node = if kind == ChangeKind::Presence { "s1" } else { "t1" };
        let span = Change::span(node, "Hallway", kind, at(text), None);
        self.changes.push(Change { after: Some(write.value_text()), cause: Some(cause), ..span });
    }

    fn try_on(&self, rule: &Rule) -> Result<RuleTrial, FormProblem> {
        let readings = [("t1".into(), readings_of(&self.stored))].into();
        let recorded = RecordedHome { readings, changes: self.changes.clone() };
        let to = self.stored.last().map_or(self.begin, |last| {
            Timestamp::from_second(last.interval.end()).expect("a time") + SignedDuration::from_mins(1)
        });
        let mut schedules = Schedules::default();
        schedules.levels.extend(first_levels(english(), Scale::Celsius));
        let history = RuleHistory {
            from: self.begin,
            to,
            home: &self.home,
            zone: &TimeZone::UTC,
            recorded: &recorded,
            presets: &[],
            schedules: &schedules,
            programs: &[],
            requests: &[],
        };
        try_rule(rule, &Rules::default(), &history)
    }
}

fn template(template: Template) -> Rule {
    template.rules(english(), Scale::Celsius).remove(0)
}

fn times(trial: &RuleTrial) -> Vec<String> {
    trial.runs.iter().map(|run| run.due.strftime("%d %H:%M").to_string()).collect()
}

#[test]
fn everybody_left_and_somebody_wanted_it_warm() {
    let mut past = Past::new(3, |_| (20.0, 0));
    let away = |away| Write::Away("s1".into(), away);
    past.change("01T08:00", &away(Away::Home), ChangeCause::Elsewhere);
    past.change("01T09:02", &away(Away::Away), ChangeCause::Elsewhere);
    past.change("01T10:00", &Write::Mode("t1".into(), HvacMode::Heat), ChangeCause::Cli);
    past.change("01T17:00", &away(Away::Home), ChangeCause::Window);
    past.change("02T09:00", &away(Away::AutoAway), ChangeCause::Elsewhere);
    past.change("02T17:00", &away(Away::Home), ChangeCause::Window);
    let trial = past.try_on(&template(Template::SaveEnergy)).expect("a trial");
    assert_eq!((trial.acted, trial.skipped, times(&trial)), (2, 0, vec!["01 09:02".to_owned(), "02 09:00".to_owned()]));
    let against: Vec<_> = trial.against.iter().map(|it| (it.at, it.chosen.value_text(), it.by)).collect();
    assert_eq!(against, [(at("01T10:00"), "Heat".to_owned(), ChangeCause::Cli)]);
    assert_eq!(trial.since, Some(at("01T00:05")));
}

#[test]
fn a_window_and_a_cold_furnace_are_found_in_the_readings() {
    // An open window on the first day at noon, and a furnace without effect in the third night.
    let room = |minute: i64| match minute {
        720..=735 => (20.0 - 0.08 * (minute - 720) as f64, 0),
        736..=800 => (18.5, 0),
        3000..=3300 => (19.5, WIDTH),
        _ => (20.0, 0),
    };
    let past = Past::new(3, room);
    let trial = past.try_on(&template(Template::Window)).expect("a trial");
    assert_eq!((trial.acted, times(&trial)), (1, vec!["01 12:20".to_owned()]));
    assert!(trial.runs[0].acts[0].holds_until.is_some());
    let trial = past.try_on(&template(Template::Amiss)).expect("a trial");
    assert_eq!(times(&trial), ["03 04:05"], "two hours after 02:05");
    assert!(trial.has_unseen, "no history tells of accounts");
}

#[test]
fn what_was_not_recorded_is_unknown() {
    let mut past = Past::new(3, |minute| if minute >= 1000 { (25.0, 0) } else { (20.0, 0) });
    // The recording stops before the warmth has lasted, and goes on ten hours later.
    past.stored.retain(|it| !(1020..1620).contains(&((it.interval.start - past.begin.as_second()) / 60)));
    let text = "[[rule]]\nname = \"Warm\"\nwhen = [{ room = \"any\", above = 24, for = \"1 h\" }]\nthen = [{ notify = \"x\" }]";
    let rule = Rules::parse(text).expect("rules").content.rules.remove(0);
    let trial = past.try_on(&rule).expect("a trial");
    // 15 minutes of the first day, and 45 after the gap.
    assert_eq!(trial.acted, 1, "{trial:?}");
    let due = trial.runs[0].due;
    assert!(due > at("02T03:00") && due < at("02T04:10"), "{due}");
    assert_eq!(Past::new(0, |_| (20.0, 0)).try_on(&rule).expect("a trial"), RuleTrial::default());
}

#[test]
fn a_time_of_the_day_comes_each_day_and_yields_to_people() {
    let mut past = Past::new(5, |_| (20.0, 0));
    past.change("02T22:00", &Write::Target("t1".into(), Setpoint::celsius(23.0)), ChangeCause::Elsewhere);
    let trial = past.try_on(&template(Template::Night)).expect("a trial");
    assert_eq!((trial.acted, trial.skipped), (4, 1), "{:?}", trial.runs);
    // Without readings, each evening is there, and no thermostat can be reached.
    past.stored.truncate(1);
    past.stored.extend(Past::new(6, |_| (20.0, 0)).stored.pop());
    let trial = past.try_on(&template(Template::Night)).expect("a trial");
    assert_eq!((trial.acted, trial.skipped), (0, 6), "{:?}", trial.runs);
    let broken = "[[rule]]\nname = \"x\"\nwhen = [{ time = \"07:00\" }]\nthen = [{ level = \"Nowhere\" }]";
    let broken = Rules::parse(broken).expect("rules").content.rules.remove(0);
    assert!(matches!(past.try_on(&broken), Err(FormProblem::NoSuchLevel { .. })));
}
