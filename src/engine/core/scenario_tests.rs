//! The state machine in whole scenarios; no runtime, disk or service.

use super::*;
use crate::engine::journal::Outcome;
use crate::engine::snapshot::AccountName;
use crate::engine::snapshot::{Phase, Snapshot};
use crate::home::{Away, Camera, HvacMode, Scale, Setpoint, Structure, Temperature, Thermostat};
use crate::service::Reason;
use crate::service::Update;

/// The properties of Works with Nest.
pub(super) const FACTS: ServiceFacts = ServiceFacts { confirm_within: Duration::from_secs(8), kept_here: &[] };

pub(super) struct Scenario {
    pub(super) core: Core,
    start: Instant,
    millis: u64,
    /// The disk jobs so far.
    disk: Vec<ToDisk>,
}

pub(super) fn showing(celsius: f64) -> Box<DeviceTree> {
    let thermostat = Thermostat {
        name: Some("Hallway".to_owned()),
        is_online: Some(true),
        hvac_mode: Some(HvacMode::Heat),
        can_heat: Some(true),
        target_temperature: Temperature::from_celsius(celsius),
        ..Thermostat::default()
    };
    let mut home = DeviceTree::default();
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    Box::new(home)
}

pub(super) fn target(celsius: f64) -> Write {
    Write::Target("t".into(), Setpoint::celsius(celsius))
}

fn slot() -> Slot {
    target(0.0).slot()
}

impl Scenario {
    pub(super) fn with(stored: Stored) -> Self {
        let start = Instant::now();
        let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let now = Clocks { instant: start, wall: Timestamp::from_second(1_700_000_000).expect("in range") };
        Self {
            core: Core::new(Arc::new(label), WriteLimits::REAL, FACTS, stored, now),
            start,
            millis: 0,
            disk: Vec::new(),
        }
    }

    /// A connected account that shows 20 °C.
    pub(super) fn live() -> Self {
        let mut scenario = Self::with(Stored::default());
        scenario.report(20.0);
        scenario
    }

    pub(super) fn now(&self) -> Clocks {
        let wall = Timestamp::from_second(1_700_000_000).expect("in range");
        let passed = SignedDuration::from_millis(i64::try_from(self.millis).expect("small"));
        Clocks { instant: self.start + Duration::from_millis(self.millis), wall: wall + passed }
    }

    pub(super) fn pass(&mut self, millis: u64) -> Vec<Write> {
        self.millis += millis;
        let now = self.now();
        self.core.tick(now).into_iter().map(Checked::into_write).collect()
    }

    pub(super) fn report(&mut self, celsius: f64) {
        let now = self.now();
        self.core.update(Update::Home(showing(celsius)), now);
    }

    pub(super) fn want(&mut self, write: Write, debounce: Debounce) {
        let now = self.now();
        self.core.request(Request::Set { write, debounce, origin: Origin::Window, seen: None }, now);
    }

    pub(super) fn answer(&mut self, answer: Result<(), Failure>) {
        let now = self.now();
        self.core.answered(&slot(), answer, now);
    }

    pub(super) fn snapshot(&mut self) -> Snapshot {
        let now = self.now();
        self.core.snapshot(now)
    }

    /// All disk jobs so far.
    pub(super) fn all_to_disk(&mut self) -> &[ToDisk] {
        self.disk.extend(self.core.take_to_disk());
        &self.disk
    }

    pub(super) fn queue_on_disk(&mut self) -> Vec<StoredWrite> {
        let newest = self.all_to_disk().iter().rev().find_map(|job| match job {
            ToDisk::Queue(queue) => Some(queue.clone()),
            ToDisk::Record(_) | ToDisk::Event(_) | ToDisk::Budget(_) => None,
        });
        newest.unwrap_or_default()
    }

    pub(super) fn records_on_disk(&mut self) -> Vec<(u64, Outcome)> {
        let record = |job: &ToDisk| match job {
            ToDisk::Queue(_) | ToDisk::Event(_) | ToDisk::Budget(_) => None,
            ToDisk::Record(record) => Some((record.id, record.outcome.clone())),
        };
        self.all_to_disk().iter().filter_map(record).collect()
    }

    fn shown(&mut self) -> Option<f64> {
        self.snapshot().shown.thermostats.get("t")?.target_temperature.map(Temperature::celsius_view)
    }

    pub(super) fn phase(&mut self) -> Option<Phase> {
        self.snapshot().write_state(&slot()).map(|state| state.phase.clone())
    }

    pub(super) fn outcomes(&mut self) -> Vec<(Origin, String, Outcome)> {
        let journal = self.snapshot().journal;
        journal.iter().map(|record| (record.origin, record.to.clone(), record.outcome.clone())).collect()
    }
}

#[test]
fn a_write_is_shown_sent_confirmed_and_recorded() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Drag);
    assert_eq!(scenario.shown(), Some(21.5));
    assert_eq!(scenario.pass(599), []);
    assert_eq!(scenario.pass(1), [target(21.5)]);
    assert_eq!(scenario.phase(), Some(Phase::Sending));
    scenario.answer(Ok(()));
    assert_eq!(scenario.phase(), Some(Phase::Confirming));
    scenario.report(20.0);
    assert_eq!(scenario.shown(), Some(21.5), "an older echo pulls nothing back");
    scenario.report(21.5);
    assert_eq!(scenario.phase(), None);
    assert_eq!(scenario.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
    let journal = scenario.snapshot().journal;
    let record = journal.front().expect("a record");
    assert_eq!((record.from.as_deref(), &record.undo), (Some("20.0 °C"), &Some(target(20.0))));
}

#[test]
fn the_stream_may_be_faster_than_the_answer() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    assert_eq!(scenario.pass(0), [target(21.5)]);
    scenario.report(21.5);
    assert_eq!(scenario.phase(), Some(Phase::Sending));
    scenario.answer(Ok(()));
    assert_eq!(scenario.phase(), None);
}

#[test]
fn a_refusal_rolls_back_with_its_reason() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Err(Failure::new(FailureKind::Refused, Reason::service_text("Thermostat is not online"))));
    assert_eq!(scenario.shown(), Some(20.0));
    assert!(
        matches!(scenario.phase(), Some(Phase::Failed { why, .. }) if why.to_string() == "Thermostat is not online")
    );
    let refused = Outcome::Refused(Reason::service_text("Thermostat is not online"));
    assert_eq!(scenario.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), refused)]);
    let now = scenario.now();
    scenario.core.request(Request::Retry(slot()), now);
    assert_eq!(scenario.pass(0), [target(21.5)]);
}

#[test]
fn the_rules_refuse_before_a_call_is_spent() {
    let mut scenario = Scenario::live();
    scenario.want(target(40.0), Debounce::Now);
    assert_eq!(scenario.pass(60_000), []);
    assert!(matches!(scenario.phase(), Some(Phase::Failed { why, .. }) if why.to_string().contains("too high")));
}

#[test]
fn a_pending_mode_counts_for_the_setpoint_after_it() {
    let mut scenario = Scenario::live();
    scenario.want(Write::Mode("t".into(), HvacMode::Eco), Debounce::Now);
    scenario.want(target(21.5), Debounce::Now);
    assert!(matches!(scenario.phase(), Some(Phase::Failed { why, .. }) if why.to_string().contains("Eco")));
}

#[test]
fn offline_writes_are_sent_after_reconnecting() {
    let mut scenario = Scenario::live();
    let lost =
        Update::Lost { failure: Failure::offline(Reason::service_text("gone")), retry_in: Duration::from_secs(2) };
    let now = scenario.now();
    scenario.core.update(lost, now);
    scenario.want(target(21.5), Debounce::Now);
    assert_eq!(scenario.pass(10_000), []);
    assert!(matches!(scenario.phase(), Some(Phase::Waiting { reason: crate::engine::WaitReason::Offline, .. })));
    assert_eq!(scenario.shown(), Some(21.5));
    scenario.report(20.0);
    assert_eq!(scenario.pass(0), [target(21.5)]);
}

#[test]
fn an_offline_write_does_not_overwrite_an_external_change() {
    let mut scenario = Scenario::live();
    let lost =
        Update::Lost { failure: Failure::offline(Reason::service_text("gone")), retry_in: Duration::from_secs(2) };
    let now = scenario.now();
    scenario.core.update(lost, now);
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(10_000);
    scenario.report(18.0);
    assert_eq!(scenario.pass(0), []);
    assert_eq!(scenario.phase(), Some(Phase::Conflict { theirs: target(18.0) }));
    let now = scenario.now();
    scenario.core.request(Request::TakeTheirs(slot()), now);
    assert_eq!((scenario.shown(), scenario.phase()), (Some(18.0), None));
}

#[test]
fn old_offline_writes_expire() {
    let mut scenario = Scenario::live();
    let lost =
        Update::Lost { failure: Failure::offline(Reason::service_text("gone")), retry_in: Duration::from_secs(2) };
    let now = scenario.now();
    scenario.core.update(lost, now);
    scenario.want(target(26.0), Debounce::Now);
    scenario.pass(15 * 60 * 1000);
    scenario.report(20.0);
    assert_eq!(scenario.pass(0), []);
    assert_eq!(scenario.outcomes(), [(Origin::Window, "26.0 °C".to_owned(), Outcome::Expired)]);
    assert!(matches!(scenario.phase(), Some(Phase::Failed { .. })), "and it is said");
}

#[test]
fn restored_writes_wait_for_the_first_home() {
    let mut scenario = Scenario::live();
    let now = scenario.now();
    scenario.core.update(
        Update::Lost { failure: Failure::offline(Reason::service_text("gone")), retry_in: Duration::ZERO },
        now,
    );
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(1_000);
    let queues: Vec<Vec<StoredWrite>> = scenario
        .core
        .take_to_disk()
        .into_iter()
        .filter_map(|job| match job {
            ToDisk::Queue(pending) => Some(pending),
            ToDisk::Record(_) | ToDisk::Event(_) | ToDisk::Budget(_) => None,
        })
        .collect();
    let queue = queues.last().cloned().expect("saved");
    let mut again = Scenario::with(Stored { queue, ..Stored::default() });
    assert_eq!(again.pass(0), []);
    again.report(20.0);
    assert_eq!(again.pass(0), [target(21.5)]);
}

#[test]
fn external_changes_are_recorded() {
    let mut scenario = Scenario::live();
    scenario.report(23.0);
    assert_eq!(scenario.outcomes(), [(Origin::Elsewhere, "23.0 °C".to_owned(), Outcome::Done)]);
}

#[test]
fn external_changes_are_recorded_with_the_old_value() {
    let mut before = *showing(20.0);
    let structure = Structure { away: Some(Away::Home), ..Structure::default() };
    before.structures.insert("s".into(), Arc::new(structure));
    before.cameras.insert("c".into(), Arc::new(Camera { is_streaming: Some(true), ..Camera::default() }));
    let mut scenario = Scenario::with(Stored::default());
    let now = scenario.now();
    let arrival = now.wall + SignedDuration::from_mins(30);
    let mut after = before.clone();
    Write::Away("s".into(), Away::Away).apply_optimistic(&mut after);
    Write::Mode("t".into(), HvacMode::Eco).apply_optimistic(&mut after);
    Write::Streaming("c".into(), false).apply_optimistic(&mut after);
    after.structure_mut(&"s".into()).expect("there").eta_begin = Some(arrival);
    scenario.core.update(Update::Home(Box::new(before.clone())), now);
    scenario.core.update(Update::Home(Box::new(after.clone())), now);
    let words = |scenario: &mut Scenario| -> Vec<String> {
        let journal = scenario.snapshot().journal;
        let words = journal.iter().map(|r| format!("{:?} {} {}", r.slot.field, r.from.as_deref().unwrap_or("?"), r.to));
        let mut words: Vec<String> = words.collect();
        words.sort();
        words
    };
    let expected = ["Away home away", "Eta ? 2023-11-14 22:43 UTC", "Mode Heat Eco", "Streaming on off"];
    assert_eq!(words(&mut scenario), expected);
    // An arrival that expires is no change, and a new scale changes no temperature.
    let later = Clocks { wall: arrival + SignedDuration::from_mins(1), ..now };
    after.structure_mut(&"s".into()).expect("there").eta_begin = None;
    Write::Scale("t".into(), Scale::Fahrenheit).apply_optimistic(&mut after);
    scenario.core.update(Update::Home(Box::new(after)), later);
    let journal = scenario.snapshot().journal;
    assert_eq!(journal.len(), 4, "a scale that was never known cannot be compared: {journal:?}");
}

#[test]
fn the_debounce_has_a_begin_and_an_end() {
    let mut scenario = Scenario::live();
    scenario.pass(5_000);
    scenario.want(target(21.5), Debounce::Step);
    let state = scenario.snapshot().write_state(&slot()).cloned().expect("on its way");
    let Phase::Waiting { until: Some(until), .. } = state.phase else { panic!("{state:?}") };
    let settles = until.duration_since(state.since);
    assert_eq!((state.since, settles), (scenario.now().wall, SignedDuration::from_millis(900)));
}

#[test]
fn undo_restores_the_value_before() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Ok(()));
    scenario.report(21.5);
    let journal = scenario.snapshot().journal;
    let id = journal.front().expect("a record").id;
    let now = scenario.now();
    scenario.core.request(Request::Undo(id), now);
    assert_eq!(scenario.pass(0), [target(20.0)]);
}

#[test]
fn a_sign_out_keeps_pending_writes_unsent() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Err(Failure::new(FailureKind::SignIn, Reason::service_text("unauthorized"))));
    assert_eq!(scenario.pass(60_000), []);
    let snapshot = scenario.snapshot();
    assert!(matches!(snapshot.connection, Connection::SignedOut { .. }));
    let now = scenario.now();
    scenario.core.update(Update::Alive, now);
    scenario.report(20.0);
    assert_eq!(scenario.pass(60_000), [], "the old stream does not sign the account in again");
    assert!(matches!(scenario.phase(), Some(Phase::Waiting { reason: crate::engine::WaitReason::SignIn, .. })));
}

#[test]
fn the_eleventh_change_of_an_hour_waits() {
    let mut scenario = Scenario::live();
    for step in 1..=10_i32 {
        let celsius = 20.0 + 0.5 * f64::from(step);
        scenario.want(target(celsius), Debounce::Now);
        assert_eq!(scenario.pass(0), [target(celsius)]);
        scenario.answer(Ok(()));
        scenario.report(celsius);
    }
    scenario.want(target(25.5), Debounce::Now);
    assert_eq!(scenario.pass(0), []);
    assert!(matches!(
        scenario.phase(),
        Some(Phase::Waiting { reason: crate::engine::WaitReason::RateLimited, until: Some(_), .. })
    ));
    assert_eq!(scenario.pass(6 * 60 * 1000 + 10), [target(25.5)]);
}

#[test]
fn a_second_write_waits_for_the_first_without_spinning() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.want(Write::Label("t".into(), "x".to_owned()), Debounce::Now);
    assert_eq!(scenario.pass(0).len(), 1, "one write per device at a time");
    let now = scenario.now();
    let wake = scenario.core.wake_at(now).expect("an expiry");
    assert!(wake > now.instant + Duration::from_secs(1), "the engine would wake at once, again and again");
}

#[test]
fn a_write_that_arrived_before_the_connection_broke_is_ours() {
    let offline = || Failure::offline(Reason::service_text("the answer broke off"));
    // The user returns to the old value, which the home still shows: it has to be sent.
    let mut back = Scenario::live();
    back.want(target(22.0), Debounce::Now);
    back.pass(0);
    back.answer(Err(offline()));
    back.want(target(20.0), Debounce::Now);
    assert_eq!(back.pass(60_000), [target(20.0)]);
    // The user chooses a third value: the echo of the first is no conflict.
    let mut on = Scenario::live();
    on.want(target(22.0), Debounce::Now);
    on.pass(0);
    on.answer(Err(offline()));
    on.want(target(23.0), Debounce::Drag);
    on.report(22.0);
    assert_eq!(on.pass(60_000), [target(23.0)]);
    // The user does nothing: the value that arrived is confirmed and not sent again.
    let mut rest = Scenario::live();
    rest.want(target(22.0), Debounce::Now);
    rest.pass(0);
    rest.answer(Err(offline()));
    rest.report(22.0);
    assert_eq!(rest.pass(60_000), []);
    assert_eq!(rest.outcomes(), [(Origin::Window, "22.0 °C".to_owned(), Outcome::Done)]);
}

#[test]
fn a_service_that_asks_to_wait_gets_no_other_value() {
    let mut scenario = Scenario::live();
    scenario.want(target(22.0), Debounce::Now);
    scenario.pass(0);
    scenario
        .answer(Err(Failure::new(FailureKind::Busy(Some(Duration::from_secs(40))), Reason::service_text("blocked"))));
    scenario.want(target(23.0), Debounce::Now);
    scenario.want(Write::Label("t".into(), "x".to_owned()), Debounce::Now);
    assert_eq!(scenario.pass(39_000), []);
    assert_eq!(scenario.pass(1_000), [target(23.0)]);
}

#[test]
fn an_external_change_during_a_drag_is_a_conflict() {
    let mut scenario = Scenario::live();
    scenario.report(17.0);
    let now = scenario.now();
    let want = Request::Set {
        write: target(21.0),
        debounce: Debounce::Drag,
        origin: Origin::Window,
        seen: Some(target(20.0)),
    };
    scenario.core.request(want, now);
    assert_eq!(scenario.phase(), Some(Phase::Conflict { theirs: target(17.0) }));
    assert_eq!(scenario.pass(60_000), []);
    // The new request was made with the other value on display.
    scenario.want(target(22.0), Debounce::Drag);
    scenario.report(17.0);
    assert_eq!(scenario.pass(600), [target(22.0)]);
}

#[test]
fn the_connection_state_follows_updates() {
    let mut scenario = Scenario::with(Stored::default());
    assert_eq!(scenario.snapshot().connection, Connection::Connecting);
    scenario.report(20.0);
    assert_eq!(scenario.snapshot().connection, Connection::Live);
    let now = scenario.now();
    scenario.core.update(Update::Stalled, now);
    assert!(matches!(scenario.snapshot().connection, Connection::Stale { .. }));
    scenario.core.update(Update::Alive, now);
    assert_eq!(scenario.snapshot().connection, Connection::Live);
    scenario.core.update(
        Update::Lost { failure: Failure::offline(Reason::service_text("gone")), retry_in: Duration::from_secs(2) },
        now,
    );
    let connection = scenario.snapshot().connection;
    assert!(matches!(connection, Connection::Reconnecting { retry_at: Some(_), .. }), "{connection:?}");
    scenario.core.update(Update::Connecting, now);
    let connection = scenario.snapshot().connection;
    assert!(matches!(connection, Connection::Reconnecting { retry_at: None, .. }), "{connection:?}");
}

#[test]
fn one_end_of_a_range_moves_despite_a_lock_on_the_other() {
    let celsius = Temperature::from_celsius;
    let range = |low: Option<f64>, high: Option<f64>| Write::Range {
        thermostat: "t".into(),
        low: low.map(Setpoint::celsius),
        high: high.map(Setpoint::celsius),
    };
    let mut home = *showing(20.0);
    let thermostat = home.thermostat_mut(&"t".into()).expect("there");
    (thermostat.hvac_mode, thermostat.can_cool) = (Some(HvacMode::HeatCool), Some(true));
    (thermostat.target_temperature_low, thermostat.target_temperature_high) = (celsius(16.0), celsius(21.0));
    (thermostat.is_locked, thermostat.locked_temp_min, thermostat.locked_temp_max) =
        (Some(true), celsius(18.0), celsius(23.0));
    let mut scenario = Scenario::with(Stored::default());
    let mut serve = |scenario: &mut Scenario, sent: &Write| {
        sent.apply_optimistic(&mut home);
        let now = scenario.now();
        scenario.core.answered(&sent.slot(), Ok(()), now);
        scenario.core.update(Update::Home(Box::new(home.clone())), now);
    };
    serve(&mut scenario, &range(None, None));
    let pending = range(Some(16.0), Some(22.0));
    scenario.want(pending.clone(), Debounce::Now);
    let sent = scenario.pass(0);
    assert_eq!(sent, [range(None, Some(22.0))], "the end that stays is not said");
    serve(&mut scenario, &sent[0]);
    assert_eq!(scenario.outcomes(), [(Origin::Window, pending.value_text(), Outcome::Done)]);
    // It does not block the undo either.
    let (now, reversal) = (scenario.now(), scenario.snapshot().next_undo().expect("the way back"));
    scenario.core.request(reversal.request(), now);
    assert_eq!(scenario.pass(0), [range(None, Some(21.0))]);
}
