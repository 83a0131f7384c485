//! Single decisions of the executor.

use std::sync::Arc;

use super::*;
use crate::automation::run::Trigger;
use crate::automation::schedule::samples::schedules;
use crate::home::{HvacMode, Setpoint, Thermostat};

fn id() -> DeviceId {
    "t1".into()
}

fn at(text: &str) -> Timestamp {
    format!("2026-03-{text}Z").parse().expect("a time")
}

fn target(celsius: f64) -> Write {
    Write::Target(id(), Setpoint::celsius(celsius))
}

/// A thermostat that heats to a target.
fn home(celsius: f64) -> DeviceTree {
    let mut home = DeviceTree::default();
    let thermostat = Thermostat {
        name: Some("Hallway".to_owned()),
        hvac_mode: Some(HvacMode::Heat),
        target_temperature: Setpoint::celsius(celsius).temperature(),
        ..Thermostat::default()
    };
    home.thermostats.insert(id(), Arc::new(thermostat));
    home
}

fn executor(now: Timestamp) -> Executor {
    let mut executor = Executor::restored(KeptState::default(), now);
    executor.set_schedules(schedules(&["daily 06:30 Home", "daily 22:30 Sleep"]));
    executor
}

fn due(executor: &Executor, now: Timestamp, celsius: f64) -> Option<Step> {
    let home = home(celsius);
    let present = Present { now, zone: &TimeZone::UTC, home: &home, is_live: &|_| true, is_pending: &|_| false };
    executor.due(&present).into_iter().next()
}

/// Takes the next step over as stored and done; returns what it wrote.
fn done(executor: &mut Executor, now: Timestamp, celsius: f64) -> Option<Write> {
    let step = due(executor, now, celsius)?;
    let write = step.run.write.clone().filter(|_| step.run.outcome == RunOutcome::Open);
    let run = RunId(now.as_nanosecond() as i64);
    executor.stored(run, step);
    executor.resolved(run, &RunOutcome::Done);
    write
}

fn by_hand(executor: &mut Executor, now: Timestamp, celsius: f64) {
    executor.hear(HeardChange { at: now, write: target(celsius), is_by_hand: true });
}

#[test]
fn a_schedule_that_becomes_active_applies_whatever_was_set_before() {
    let mut executor = executor(at("02T12:00:00"));
    by_hand(&mut executor, at("02T11:00:00"), 23.0);
    assert_eq!(done(&mut executor, at("02T12:00:00"), 23.0), Some(target(20.5)));
    assert_eq!(due(&executor, at("02T12:01:00"), 20.5), None);
    // Only a change since then counts.
    by_hand(&mut executor, at("02T13:00:00"), 23.0);
    assert_eq!(due(&executor, at("02T13:00:01"), 23.0), None);
    assert_eq!(done(&mut executor, at("02T22:30:00"), 23.0), Some(target(17.0)));
}

#[test]
fn a_clock_that_is_set_back_repeats_no_start_and_one_that_was_wrong_is_put_right() {
    let mut executor = executor(at("02T12:00:00"));
    assert_eq!(done(&mut executor, at("02T22:30:00"), 20.0), Some(target(17.0)));
    // A correction by a second or by minutes.
    assert_eq!(due(&executor, at("02T22:29:59"), 17.0), None);
    assert_eq!(due(&executor, at("02T22:21:00"), 17.0), None);
    assert_eq!(due(&executor, at("02T22:30:01"), 17.0), None);
    // By a day: what is in force then applies, once.
    assert_eq!(done(&mut executor, at("01T12:00:00"), 17.0), Some(target(20.5)));
    assert_eq!(due(&executor, at("01T12:00:01"), 20.5), None);
    assert_eq!(done(&mut executor, at("01T22:30:00"), 20.5), Some(target(17.0)));
}

#[test]
fn a_refused_value_is_not_asked_for_again_before_the_next_start() {
    let mut executor = executor(at("02T12:00:00"));
    let step = due(&executor, at("02T12:00:00"), 15.0).expect("a step");
    executor.stored(RunId(1), step);
    executor.resolved(RunId(1), &RunOutcome::Refused("locked".to_owned()));
    assert_eq!(due(&executor, at("02T18:00:00"), 15.0), None);
    assert_eq!(done(&mut executor, at("02T22:30:00"), 15.0), Some(target(17.0)));
    // One that was not sent stays due.
    let step = due(&executor, at("03T06:30:00"), 17.0).expect("a step");
    executor.stored(RunId(2), step);
    executor.resolved(RunId(2), &RunOutcome::NotSent);
    assert_eq!(done(&mut executor, at("03T06:50:00"), 17.0), Some(target(20.5)));
}

#[test]
fn a_hold_that_begins_while_another_one_ends_stays() {
    let mut executor = executor(at("02T12:00:00"));
    assert_eq!(done(&mut executor, at("02T12:00:00"), 15.0), Some(target(20.5)));
    let hold = |began: &str, celsius: f64| Hold {
        thermostat: id(),
        name: "Hallway".to_owned(),
        write: target(celsius),
        before: Some(target(20.5)),
        began: at(began),
        ends: HoldEnd::At(at("02T14:00:00")),
        mode: None,
        rule: None,
    };
    executor.set_holds([(id(), hold("02T13:00:00", 22.0))].into());
    let step = due(&executor, at("02T14:00:00"), 22.0).expect("the end");
    assert_eq!((step.run.write.clone(), &step.run.outcome), (Some(target(20.5)), &RunOutcome::Open));
    executor.stored(RunId(1), step);
    let later = Hold { ends: HoldEnd::Never, ..hold("02T14:00:01", 23.0) };
    executor.set_holds([(id(), later.clone())].into());
    executor.resolved(RunId(1), &RunOutcome::Done);
    assert_eq!(executor.kept().holds.get(&id()), Some(&later));
}

#[test]
fn a_thermostat_that_was_replaced_is_found_by_its_name() {
    let mut executor = executor(at("02T12:00:00"));
    let mut all = schedules(&["daily 06:30 Home"]);
    all.thermostats[0].thermostat.id = Some("gone".into());
    executor.set_schedules(all);
    let step = due(&executor, at("02T12:00:00"), 15.0).expect("a step");
    assert_eq!((step.run.thermostat, step.run.write), (id(), Some(target(20.5))));
    assert_eq!(step.run.trigger, Trigger::Start { schedule: "Weekdays".to_owned(), level: "Home".to_owned() });
}
