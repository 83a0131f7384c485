//! The store across processes, crashes and damage.

use super::*;
use crate::automation::executor::AppliedState;
use crate::automation::hold::HoldEnd;
use crate::automation::run::{Skip, Trigger};
use crate::home::{Setpoint, Thermostat, Write};
use std::sync::Arc;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(2_000_000_000 + second).expect("a time")
}

fn target(celsius: f64) -> Write {
    Write::Target("t1".into(), Setpoint::celsius(celsius))
}

fn hold(celsius: f64, before: f64) -> Hold {
    Hold {
        thermostat: "t1".into(),
        name: "Hallway".to_owned(),
        write: target(celsius),
        before: Some(target(before)),
        began: at(0),
        ends: HoldEnd::At(at(3_600)),
        mode: None,
        rule: None,
    }
}

fn run(second: i64, outcome: RunOutcome) -> Run {
    Run {
        trigger: Trigger::HoldEnd,
        thermostat: "t1".into(),
        name: "Hallway".to_owned(),
        due: at(second),
        at: at(second),
        write: Some(target(20.0)),
        before: Some(target(21.0)),
        ends_hold: Some(at(0)),
        outcome,
    }
}

fn store(folder: &tempfile::TempDir) -> AutomationStore {
    AutomationStore::open(&AutomationStore::file_in(folder.path())).expect("opened").store
}

#[test]
fn a_hold_ends_with_its_run_and_stays_if_that_was_not_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut own, mut other) = (store(&folder), store(&folder));
    let version = own.foreign_version().expect("a version");
    let mut home = DeviceTree::default();
    let thermostat =
        |celsius| Thermostat { target_temperature: Setpoint::celsius(celsius).temperature(), ..Thermostat::default() };
    home.thermostats.insert("t1".into(), Arc::new(thermostat(21.0)));
    other.put_hold(hold(21.0, 18.0), &home, at(1)).expect("stored");
    other.put_hold(hold(22.0, 21.0), &home, at(2)).expect("stored");
    assert_ne!(own.foreign_version().expect("a version"), version);
    let kept = own.holds().expect("read");
    assert_eq!(kept[&DeviceId::from("t1")], hold(22.0, 18.0), "the value from before the first one stays");

    let applied = Applied { schedule: "Week".to_owned(), since: at(0), start: at(9), state: AppliedState::LeftAlone };
    let step = Step { run: run(10, RunOutcome::Open), applied: Some(applied.clone()) };
    let id = own.add(&step).expect("stored");
    // A crash here leaves the run open, and the hold.
    drop(own);
    let mut again = store(&folder);
    let loaded = again.load().expect("read");
    assert_eq!(loaded.open, BTreeMap::from([(id, step.run.clone())]));
    assert_eq!((loaded.holds.len(), &loaded.applied[&DeviceId::from("t1")]), (1, &applied));
    let waiting = Applied { state: AppliedState::Waiting(Skip::NotSent), ..applied };
    again.resolve(id, &run(10, RunOutcome::NotSent), Some(&waiting)).expect("stored");
    let loaded = again.load().expect("read");
    assert_eq!((loaded.open.len(), loaded.holds.len(), &loaded.applied[&DeviceId::from("t1")]), (0, 1, &waiting));

    let id = again.add(&Step { run: run(20, RunOutcome::Open), applied: None }).expect("stored");
    again.resolve(id, &run(20, RunOutcome::Done), None).expect("stored");
    assert_eq!(again.load().expect("read").holds.len(), 0);
    let runs: Vec<RunOutcome> = again.runs(None, 10).expect("read").into_iter().map(|(_, run)| run.outcome).collect();
    assert_eq!(runs, [RunOutcome::Done, RunOutcome::NotSent]);
    assert_eq!(again.runs(Some(at(20)), 10).expect("read").len(), 1);
}

#[test]
fn a_damaged_store_is_kept_and_a_newer_one_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = AutomationStore::file_in(folder.path());
    fs::write(&path, "this is no database, and it is longer than a header of SQLite would be; one hundred bytes")
        .expect("written");
    let opened = AutomationStore::open(&path).expect("opened");
    assert!(matches!(opened.damaged, Some(Quarantined::Kept(_))));
    let newer = Connection::open(&path).expect("opened");
    newer.pragma_update(None, "user_version", 9).expect("set");
    drop(opened);
    assert_eq!(AutomationStore::open(&path).map(drop), Err(StoreError::Newer(9)));
    assert!(AutomationStore::open(folder.path()).is_err());
}

#[cfg(unix)]
#[test]
fn the_file_is_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    drop(store(&folder));
    let mode = fs::metadata(AutomationStore::file_in(folder.path())).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_that_was_replaced_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = AutomationStore::file_in(folder.path());
    let open = store(&folder);
    assert!(open.is_in_place(&path));
    fs::remove_file(&path).expect("removed");
    assert!(!open.is_in_place(&path));
    // The removed file is still open, so its number is not given to another one.
    drop(store(&folder));
    assert_eq!(open.is_in_place(&path), cfg!(not(unix)));
}

#[test]
fn the_value_from_before_is_that_of_the_first_hold_while_it_is_in_force() {
    let mut home = DeviceTree::default();
    let shows = |home: &mut DeviceTree, celsius| {
        let thermostat =
            Thermostat { target_temperature: Setpoint::celsius(celsius).temperature(), ..Thermostat::default() };
        home.thermostats.insert("t1".into(), Arc::new(thermostat));
    };
    let before = |home: &DeviceTree, now| hold(23.0, 20.0).after(Some(&hold(22.0, 18.0)), home, now).before;
    shows(&mut home, 22.0);
    assert_eq!(before(&home, at(10)), Some(target(18.0)));
    assert_eq!(before(&home, at(3_600)), Some(target(20.0)), "the first one is over");
    shows(&mut home, 20.0);
    assert_eq!(before(&home, at(10)), Some(target(20.0)), "somebody chose another value meanwhile");
}
