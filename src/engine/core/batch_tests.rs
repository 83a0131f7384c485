//! Batches in whole scenarios: order, refusals, crashes, undo.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::*;
use crate::engine::core::ToDisk;
use crate::engine::snapshot::{AccountLabel, AccountName, FailureCause, Snapshot};
use crate::engine::storage::Stored;
use crate::engine::undo::Reversal;
use crate::engine::{Debounce, Request};
use crate::home::{Camera, Checked, DeviceTree, HvacMode, Setpoint, Temperature, Thermostat};
use crate::service::{Failure, FailureKind, Reason, Update, WriteLimits};

/// An account with two thermostats and a camera, on a service that applies every write.
pub(super) struct BatchScenario {
    pub(super) core: Core,
    pub(super) start: Instant,
    pub(super) millis: u64,
    pub(super) home: DeviceTree,
    /// The target that a switch to heat also sets, as a device with a stored target does.
    pub(super) heat_brings: Option<f64>,
}

fn thermostat(name: &str, mode: HvacMode) -> Arc<Thermostat> {
    Arc::new(Thermostat {
        name: Some(name.to_owned()),
        hvac_mode: Some(mode),
        can_heat: Some(true),
        can_cool: Some(false),
        has_fan: Some(true),
        fan_timer_active: Some(false),
        target_temperature: Temperature::from_celsius(20.0),
        ..Thermostat::default()
    })
}

fn home() -> DeviceTree {
    let mut home = DeviceTree::default();
    home.thermostats.insert("a".into(), thermostat("Attic", HvacMode::Eco));
    home.thermostats.insert("b".into(), thermostat("Bath", HvacMode::Heat));
    let camera = Camera { name: Some("Door".to_owned()), is_streaming: Some(true), ..Camera::default() };
    home.cameras.insert("c".into(), Arc::new(camera));
    home
}

pub(super) fn mode(id: &str, mode: HvacMode) -> Write {
    Write::Mode(id.into(), mode)
}

pub(super) fn target(id: &str, celsius: f64) -> Write {
    Write::Target(id.into(), Setpoint::celsius(celsius))
}

fn night() -> Vec<Write> {
    vec![target("a", 17.0), mode("a", HvacMode::Heat), target("b", 17.0), Write::Streaming("c".into(), true)]
}

pub(super) fn refused() -> Failure {
    Failure::new(FailureKind::Refused, Reason::service_text("no"))
}

impl BatchScenario {
    pub(super) fn with(stored: Stored, home: DeviceTree) -> Self {
        let start = Instant::now();
        let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let wall = Timestamp::from_second(1_700_000_000).expect("in range");
        let core = Core::new(
            Arc::new(label),
            WriteLimits::REAL,
            super::super::tests::FACTS,
            stored,
            Clocks { instant: start, wall },
        );
        Self { core, start, millis: 0, home, heat_brings: None }
    }

    pub(super) fn live() -> Self {
        let mut scenario = Self::with(Stored::default(), home());
        scenario.report();
        scenario
    }

    pub(super) fn now(&self) -> Clocks {
        let wall = Timestamp::from_second(1_700_000_000).expect("in range");
        let passed = SignedDuration::from_millis(i64::try_from(self.millis).expect("small"));
        Clocks { instant: self.start + Duration::from_millis(self.millis), wall: wall + passed }
    }

    pub(super) fn request(&mut self, request: Request) {
        let now = self.now();
        self.core.request(request, now);
    }

    pub(super) fn apply(&mut self, writes: Vec<Write>) {
        self.request(Request::Apply { name: "Night".to_owned(), writes, origin: Origin::Window });
    }

    pub(super) fn report(&mut self) {
        let now = self.now();
        self.core.update(Update::Home(Box::new(self.home.clone())), now);
    }

    pub(super) fn lose_the_line(&mut self) {
        let now = self.now();
        self.core.update(
            Update::Lost { failure: Failure::offline(Reason::service_text("gone")), retry_in: Duration::ZERO },
            now,
        );
    }

    pub(super) fn sent(&mut self) -> Vec<Write> {
        let now = self.now();
        self.core.tick(now).into_iter().map(Checked::into_write).collect()
    }

    pub(super) fn answer(&mut self, write: &Write, answer: Result<(), Failure>) {
        let now = self.now();
        self.core.answered(&write.slot(), answer, now);
    }

    /// Accepts a write and reports it.
    pub(super) fn serve(&mut self, write: &Write) {
        write.apply_optimistic(&mut self.home);
        if let (Write::Mode(id, HvacMode::Heat), Some(celsius)) = (write, self.heat_brings) {
            let thermostat = self.home.thermostat_mut(id).expect("there");
            thermostat.target_temperature = Temperature::from_celsius(celsius);
        }
        self.answer(write, Ok(()));
        self.report();
    }

    /// Sends and serves everything; returns the writes in the order of sending.
    pub(super) fn serve_all(&mut self) -> Vec<Write> {
        let mut all = Vec::new();
        for _ in 0..50 {
            let sent = self.sent();
            for write in &sent {
                self.serve(write);
            }
            if sent.is_empty() {
                return all;
            }
            all.extend(sent);
        }
        panic!("no end: {all:?}");
    }

    pub(super) fn snapshot(&mut self) -> Snapshot {
        let now = self.now();
        self.core.snapshot(now)
    }

    pub(super) fn states(&mut self) -> Vec<(String, ItemState)> {
        let snapshot = self.snapshot();
        let batch = snapshot.batches.front().expect("a batch");
        batch.items.iter().map(|item| (item.name.clone(), item.state.clone())).collect()
    }

    pub(super) fn undo(&mut self) -> Vec<Write> {
        let reversal = self.snapshot().next_undo().expect("something to undo");
        self.request(reversal.request());
        self.serve_all()
    }

    pub(super) fn redo(&mut self) -> Vec<Write> {
        let reversal = self.snapshot().next_redo().expect("something to redo");
        self.request(reversal.request());
        self.serve_all()
    }

    pub(super) fn queue(&mut self) -> Vec<StoredWrite> {
        let jobs = self.core.take_to_disk().into_iter();
        let queues = jobs.filter_map(|job| match job {
            ToDisk::Queue(pending) => Some(pending),
            ToDisk::Record(_) | ToDisk::Event(_) | ToDisk::Budget(_) => None,
        });
        let queue = queues.last().expect("a queue was saved");
        let json = serde_json::to_string(&queue).expect("plain data");
        serde_json::from_str(&json).expect("its own form")
    }
}

fn item(name: &str, state: ItemState) -> (String, ItemState) {
    (name.to_owned(), state)
}

#[test]
fn a_mode_is_confirmed_before_its_target_is_sent_and_other_devices_do_not_wait() {
    let mut scenario = BatchScenario::live();
    scenario.apply(night());
    assert_eq!(scenario.sent(), [mode("a", HvacMode::Heat), target("b", 17.0)]);
    assert_eq!(
        scenario.states(),
        [
            item("Attic", ItemState::Sending),
            item("Attic", ItemState::Waiting(WaitReason::Turn)),
            item("Bath", ItemState::Sending),
            item("Door", ItemState::Unchanged),
        ]
    );
    scenario.answer(&mode("a", HvacMode::Heat), Ok(()));
    assert_eq!(scenario.sent(), [], "the stream has not shown the mode");
    scenario.serve(&target("b", 17.0));
    mode("a", HvacMode::Heat).apply_optimistic(&mut scenario.home);
    scenario.report();
    assert_eq!(scenario.sent(), [target("a", 17.0)]);
    scenario.serve(&target("a", 17.0));
    let snapshot = scenario.snapshot();
    assert!(snapshot.batches.front().is_some_and(Batch::is_over) && snapshot.writes.is_empty());
    assert!(snapshot.journal.iter().all(|record| record.batch.as_ref().is_some_and(|label| label.name == "Night")));
    assert_eq!(snapshot.journal.len(), 3, "what was unchanged is no record");
}

#[test]
fn one_refused_write_stops_no_other() {
    let mut scenario = BatchScenario::live();
    scenario.apply(vec![
        mode("a", HvacMode::Cool),
        target("a", 19.0),
        target("b", 99.0),
        Write::Streaming("c".into(), false),
    ]);
    assert_eq!(scenario.sent(), [Write::Streaming("c".into(), false)]);
    let states = scenario.states();
    let reason = |index: usize| {
        let ItemState::Refused(why) = &states[index].1 else { panic!("{states:?}") };
        why.to_string()
    };
    let reasons = [reason(0), reason(1), reason(2)];
    assert!(
        reasons[0].contains("cooling") && reasons[1].contains("Eco") && reasons[2].contains("too high"),
        "{reasons:?}"
    );
    assert_eq!(scenario.snapshot().journal.len(), 3, "each refusal is written down");
}

#[test]
fn writes_after_a_failed_one_are_still_sent() {
    let mut scenario = BatchScenario::live();
    scenario.apply(vec![mode("a", HvacMode::Heat), target("a", 19.0), Write::FanTimer("a".into(), true)]);
    assert_eq!(scenario.sent(), [mode("a", HvacMode::Heat)]);
    scenario.answer(&mode("a", HvacMode::Heat), Err(refused()));
    assert_eq!(scenario.sent(), [], "the rules refuse a target in eco, and its place is free at once");
    assert_eq!(scenario.sent(), [Write::FanTimer("a".into(), true)]);
    let states = scenario.states();
    assert_eq!(states[0].1, ItemState::Refused(FailureCause::Refused(Reason::service_text("no"))));
    assert!(matches!(&states[1].1, ItemState::Refused(why) if why.to_string().contains("Eco")), "{states:?}");
}

#[test]
fn a_setpoint_changed_by_a_mode_is_not_external_and_can_be_undone() {
    let mut scenario = BatchScenario::live();
    scenario.heat_brings = Some(22.0);
    scenario.apply(vec![mode("a", HvacMode::Heat), target("a", 17.0)]);
    assert_eq!(scenario.serve_all(), [mode("a", HvacMode::Heat), target("a", 17.0)]);
    assert_eq!(scenario.states(), [item("Attic", ItemState::Done), item("Attic", ItemState::Done)]);
    assert_eq!(scenario.undo(), [target("a", 22.0), mode("a", HvacMode::Eco)]);
}

#[test]
fn an_equal_setpoint_is_sent_again_when_a_new_mode_moves_it_and_only_then() {
    let mut moved = BatchScenario::live();
    moved.heat_brings = Some(22.0);
    moved.apply(vec![mode("a", HvacMode::Heat), target("a", 20.0)]);
    assert_eq!(moved.serve_all(), [mode("a", HvacMode::Heat), target("a", 20.0)]);
    let mut kept = BatchScenario::live();
    kept.apply(vec![mode("a", HvacMode::Heat), target("a", 20.0)]);
    assert_eq!(kept.serve_all(), [mode("a", HvacMode::Heat)]);
    assert_eq!(kept.states(), [item("Attic", ItemState::Done), item("Attic", ItemState::Unchanged)]);
}

#[test]
fn an_external_change_before_sending_is_a_conflict() {
    let mut scenario = BatchScenario::live();
    scenario.lose_the_line();
    scenario.apply(vec![mode("a", HvacMode::Heat), target("a", 17.0)]);
    target("a", 25.0).apply_optimistic(&mut scenario.home);
    scenario.report();
    assert_eq!(scenario.serve_all(), [mode("a", HvacMode::Heat)]);
    assert_eq!(scenario.states(), [item("Attic", ItemState::Done), item("Attic", ItemState::Conflict)]);
    scenario.request(Request::KeepMine(target("a", 0.0).slot()));
    assert_eq!(scenario.serve_all(), [target("a", 17.0)]);
}

#[test]
fn a_batch_continues_after_a_crash() {
    let mut scenario = BatchScenario::live();
    scenario.apply(night());
    assert_eq!(scenario.sent().len(), 2);
    let unanswered = scenario.queue();
    scenario.answer(&mode("a", HvacMode::Heat), Ok(()));
    scenario.answer(&target("b", 17.0), Ok(()));
    assert_eq!(scenario.sent(), []);
    let queue = scenario.queue();
    let kept: Vec<Write> = queue.iter().map(|kept| kept.pending.write.clone()).collect();
    let all = [mode("a", HvacMode::Heat), target("a", 17.0), target("b", 17.0)];
    assert_eq!(kept, all, "also what was accepted and is not shown yet");
    // The mode has arrived: only the target is left to send.
    let mut home = home();
    mode("a", HvacMode::Heat).apply_optimistic(&mut home);
    let mut again = BatchScenario::with(Stored { queue: queue.clone(), ..Stored::default() }, home);
    assert_eq!(again.sent(), []);
    again.report();
    assert_eq!(again.serve_all(), [target("a", 17.0)]);
    assert_eq!(
        again.states(),
        [item("Attic", ItemState::Done), item("Attic", ItemState::Done), item("Bath", ItemState::Confirming),]
    );
    // Nothing has arrived: everything is sent, in order, once nothing can be on its way any more.
    let mut lost = BatchScenario::with(Stored { queue: unanswered, ..Stored::default() }, super::tests::home());
    lost.report();
    assert_eq!(lost.serve_all(), []);
    lost.millis += 5_000;
    assert_eq!(lost.serve_all(), [mode("a", HvacMode::Heat), target("b", 17.0), target("a", 17.0)]);
    // The next batch gets a new id.
    lost.apply(vec![target("b", 23.0)]);
    assert_eq!(lost.snapshot().batches.iter().map(|batch| batch.label.id).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_batch_asked_for_before_the_first_home_waits_for_it_in_order() {
    let mut scenario = BatchScenario::with(Stored::default(), home());
    scenario.apply(night());
    assert_eq!(scenario.sent(), []);
    scenario.report();
    assert_eq!(scenario.serve_all(), [mode("a", HvacMode::Heat), target("b", 17.0), target("a", 17.0)]);
    assert!(scenario.snapshot().batches.front().is_some_and(Batch::is_over));
}

#[test]
fn the_rate_limit_holds_for_a_batch_too() {
    let mut scenario = BatchScenario::live();
    let many: Vec<Arc<Thermostat>> = (0..30).map(|n| thermostat(&n.to_string(), HvacMode::Heat)).collect();
    for (n, thermostat) in many.into_iter().enumerate() {
        scenario.home.thermostats.insert(format!("t{n:02}").into(), thermostat);
    }
    scenario.report();
    scenario.apply((0..30).map(|n| mode(&format!("t{n:02}"), HvacMode::Eco)).collect());
    assert_eq!(scenario.serve_all().len(), 20);
    assert_eq!(
        scenario.states().iter().filter(|(_, state)| *state == ItemState::Waiting(WaitReason::RateLimited)).count(),
        10
    );
    scenario.millis += 31_000;
    assert_eq!(scenario.serve_all().len(), 1);
    scenario.millis += 15 * 60 * 1000;
    scenario.sent();
    let states = scenario.states();
    assert_eq!(states.iter().filter(|(_, state)| *state == ItemState::Expired).count(), 9, "{states:?}");
}

#[test]
fn a_refused_item_is_retried_within_its_batch() {
    let mut scenario = BatchScenario::live();
    scenario.apply(vec![target("b", 22.0)]);
    scenario.sent();
    scenario.answer(&target("b", 22.0), Err(refused()));
    assert_eq!(
        scenario.states(),
        [item("Bath", ItemState::Refused(FailureCause::Refused(Reason::service_text("no"))))]
    );
    scenario.request(Request::Retry(target("b", 0.0).slot()));
    assert_eq!(scenario.sent(), [target("b", 22.0)]);
    assert_eq!(scenario.states(), [item("Bath", ItemState::Sending)]);
    scenario.serve(&target("b", 22.0));
    assert_eq!(scenario.states(), [item("Bath", ItemState::Done)]);
    assert_eq!(scenario.snapshot().next_undo(), Some(Reversal::Batch(1)));
}

#[test]
fn a_newer_request_replaces_an_item() {
    let mut scenario = BatchScenario::live();
    scenario.apply(night());
    scenario.sent();
    let write = target("a", 23.0);
    mode("a", HvacMode::Heat).apply_optimistic(&mut scenario.home);
    scenario.request(Request::Set { write, debounce: Debounce::Step, origin: Origin::Window, seen: None });
    assert_eq!(scenario.states()[1], item("Attic", ItemState::Replaced));
}

#[test]
fn only_the_newest_batches_are_kept() {
    let mut scenario = BatchScenario::live();
    for _ in 0..12 {
        scenario.apply(vec![Write::Streaming("c".into(), true)]);
    }
    let ids: Vec<u64> = scenario.snapshot().batches.iter().map(|batch| batch.label.id).collect();
    assert_eq!(ids, (3..=12).rev().collect::<Vec<_>>());
}

#[path = "batch_undo_tests.rs"]
mod undo;
