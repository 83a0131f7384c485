//! The life of a pending write, case by case; no timer, no runtime.

use std::sync::Arc;

use super::*;
use crate::engine::journal::Origin;
use crate::home::Field;
use crate::home::{DeviceId, HvacMode, Setpoint, Temperature, Thermostat};
use crate::service::Reason;

const CONFIRM_WITHIN: Duration = Duration::from_secs(8);
const SETTLE: Duration = Duration::from_millis(600);

struct Bench {
    writes: Writes,
    start: Instant,
    home: Home,
}

fn wall(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).expect("in range")
}

fn showing(celsius: f64) -> Home {
    let thermostat = Thermostat {
        target_temperature: Temperature::from_celsius(celsius),
        hvac_mode: Some(HvacMode::Heat),
        ..Thermostat::default()
    };
    let mut home = Home::default();
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    home
}

fn target(celsius: f64) -> Write {
    Write::Target("t".into(), Setpoint::celsius(celsius))
}

fn slot() -> Slot {
    target(0.0).slot()
}

impl Bench {
    fn new() -> Self {
        Self { writes: Writes::new(CONFIRM_WITHIN), start: Instant::now(), home: showing(20.0) }
    }

    fn at(&self, millis: u64) -> Instant {
        self.start + Duration::from_millis(millis)
    }

    fn want(&mut self, write: Write, millis: u64) -> Option<CompletedWrite> {
        let base = write.slot().present(&self.home, write.scale());
        let pending = PendingWrite::new(write, Origin::Window, wall(0), base);
        self.writes.want(pending, SETTLE, self.at(millis))
    }

    fn due(&mut self, millis: u64) -> Vec<Write> {
        let at = self.at(millis);
        self.writes.prepare(at, &self.home);
        self.writes.take_due(at, true, |_| Ok(())).into_iter().map(|pending| pending.write).collect()
    }

    fn report(&mut self, celsius: f64) -> Vec<Completion> {
        self.home = showing(celsius);
        self.writes.reported(&self.home).into_iter().map(|ended| ended.completion).collect()
    }

    fn stage(&self) -> Option<&Stage> {
        self.writes.stages().next().map(|(_, _, stage)| stage)
    }
}

#[test]
fn ten_clicks_make_one_request_with_the_last_value() {
    let mut bench = Bench::new();
    for click in 1..=10_u64 {
        bench.want(target(20.0 + 0.5 * click as f64), click * 100);
        assert_eq!(bench.due(click * 100), []);
    }
    assert_eq!(bench.due(1_599), []);
    assert_eq!(bench.due(1_600), [target(25.0)]);
    assert_eq!(bench.due(10_000), [], "it is in flight");
}

#[test]
fn the_wish_is_shown_until_the_stream_confirms_it() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.due(600);
    assert_eq!(bench.writes.accepted(&slot(), bench.at(700)), None);
    assert_eq!(bench.report(20.0), [], "an older echo pulls nothing back");
    assert_eq!(bench.writes.overlay().collect::<Vec<_>>(), [&target(22.0)]);
    assert_eq!(bench.report(22.0), [Completion::Confirmed]);
    assert!(bench.writes.is_empty());
}

#[test]
fn an_unconfirmed_wish_rolls_back_after_eight_seconds() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.due(600);
    bench.writes.accepted(&slot(), bench.at(700));
    assert_eq!(bench.writes.wake_at(bench.at(700), true), Some(bench.at(8_700)));
    assert_eq!(bench.writes.expire(bench.at(8_699), wall(8)), []);
    let ended = bench.writes.expire(bench.at(8_700), wall(8));
    assert_eq!(ended.into_iter().map(|ended| ended.completion).collect::<Vec<_>>(), [Completion::Unconfirmed]);
}

#[test]
fn a_newer_wish_during_flight_is_sent_after_it() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.due(600);
    bench.want(target(23.0), 700);
    assert_eq!(bench.due(5_000), [], "never two in flight for one slot");
    assert_eq!(bench.writes.overlay().collect::<Vec<_>>(), [&target(23.0)]);
    let ended = bench.writes.accepted(&slot(), bench.at(5_000)).expect("the first has ended");
    assert_eq!((ended.pending.write, ended.completion), (target(22.0), Completion::Superseded));
    assert_eq!(bench.report(22.0), [], "the echo of the first is no conflict");
    assert_eq!(bench.due(5_000), [target(23.0)]);
}

#[test]
fn going_back_to_the_confirmed_value_is_sent_when_something_else_is_on_its_way() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.due(600);
    bench.writes.accepted(&slot(), bench.at(700));
    bench.want(target(20.0), 800);
    assert_eq!(bench.due(2_000), [target(20.0)], "the home still shows 20, but 22 will arrive");
}

#[test]
fn going_back_before_anything_was_sent_sends_nothing() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.want(target(20.0), 100);
    assert_eq!(bench.due(2_000), []);
    assert!(bench.writes.is_empty());
}

#[test]
fn a_strangers_value_while_waiting_is_asked_about() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    assert_eq!(bench.report(18.0), []);
    assert_eq!(bench.stage(), Some(&Stage::Conflict { theirs: target(18.0) }));
    assert_eq!(bench.due(60_000), [], "nothing is overwritten unasked");
    bench.writes.keep_mine(&slot(), bench.at(60_000), wall(60));
    assert_eq!(bench.due(60_000), [target(22.0)]);
}

#[test]
fn a_stranger_who_made_the_same_change_ends_the_pending_write() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.report(18.0);
    assert_eq!(bench.report(22.0), [Completion::NoOp]);
}

#[test]
fn offline_wishes_wait_and_expire() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    let at = bench.at(1_000);
    assert_eq!(bench.writes.take_due(at, false, |_| Ok(())), []);
    assert!(matches!(bench.stage(), Some(Stage::Waiting { reason: WaitReason::Offline, .. })));
    assert_eq!(bench.writes.wake_at(at, false), None, "no timer runs while offline");
    assert_eq!(bench.writes.unsent(), 1);
    assert_eq!(bench.writes.expire(at, wall(15 * 60 - 1)), []);
    let ended = bench.writes.expire(at, wall(15 * 60));
    assert_eq!(ended.into_iter().map(|ended| ended.completion).collect::<Vec<_>>(), [Completion::Expired]);
}

#[test]
fn a_wish_that_survived_a_crash_is_compared_before_it_is_sent() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    let kept = bench.writes.to_keep();
    let mut again = Bench::new();
    again.writes.restore(kept.clone(), again.start);
    again.report(20.0);
    again.writes.release(again.start);
    assert_eq!(again.due(0), [target(22.0)]);
    let mut changed = Bench::new();
    changed.writes.restore(kept, changed.start);
    changed.report(19.0);
    assert_eq!(changed.due(0), []);
    assert_eq!(changed.stage(), Some(&Stage::Conflict { theirs: target(19.0) }));
}

#[test]
fn a_rate_limit_waits_as_told_and_a_refusal_rolls_back() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.due(600);
    let busy = Failure::new(FailureKind::Busy(Some(Duration::from_secs(40))), Reason::said("blocked"));
    assert_eq!(bench.writes.failed(&slot(), busy, bench.at(700)), None);
    assert_eq!(bench.due(40_699), []);
    assert_eq!(bench.due(40_700), [target(22.0)]);
    let refused = Failure::new(FailureKind::Refused, Reason::said("Thermostat is not online"));
    let ended = bench.writes.failed(&slot(), refused.clone(), bench.at(41_000)).expect("ended");
    assert_eq!(ended.completion, Completion::Rejected(refused));
    assert!(bench.writes.is_empty());
}

#[test]
fn busy_without_a_time_waits_a_minute_and_then_longer() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.due(600);
    let busy = || Failure::new(FailureKind::Busy(None), Reason::said("blocked"));
    bench.writes.failed(&slot(), busy(), bench.at(1_000));
    assert_eq!(bench.due(60_999), []);
    assert_eq!(bench.due(61_000), [target(22.0)]);
    bench.writes.failed(&slot(), busy(), bench.at(61_000));
    assert_eq!(bench.due(180_999), []);
    assert_eq!(bench.due(181_000), [target(22.0)]);
}

#[test]
fn the_budget_is_asked_and_heeded() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    let (at, until) = (bench.at(600), bench.at(9_000));
    assert_eq!(bench.writes.take_due(at, true, |_| Err((until, WaitReason::RateLimited))), []);
    assert_eq!(bench.stage(), Some(&Stage::Waiting { due: until, reason: WaitReason::RateLimited }));
}

#[test]
fn one_device_gets_one_write_at_a_time_in_the_order_of_the_pending_writes() {
    let mut bench = Bench::new();
    bench.want(Write::Mode("t".into(), HvacMode::Cool), 0);
    bench.want(target(22.0), 1);
    assert_eq!(bench.due(1_000), [Write::Mode("t".into(), HvacMode::Cool)]);
    assert_eq!(bench.due(1_000), []);
    let mode = Slot { node: slot().node, field: Field::Mode };
    bench.writes.accepted(&mode, bench.at(1_100));
    assert_eq!(bench.due(1_100), [target(22.0)]);
}

#[test]
fn a_wish_can_be_taken_back_until_it_is_sent() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    assert_eq!(bench.writes.discard(&slot()).map(|ended| ended.completion), Some(Completion::Discarded));
    bench.want(target(22.0), 0);
    bench.due(600);
    assert_eq!(bench.writes.discard(&slot()), None, "it is in flight");
    assert!(!bench.writes.is_empty());
}

#[test]
fn enter_sends_at_once() {
    let mut bench = Bench::new();
    bench.want(target(22.0), 0);
    bench.writes.send_now(&slot(), bench.at(10));
    assert_eq!(bench.due(10), [target(22.0)]);
}

#[test]
fn stored_wishes_keep_their_form() {
    let write = Write::Range {
        thermostat: DeviceId::new("t"),
        low: Some(Setpoint::celsius(18.5)),
        high: Some(Setpoint::fahrenheit(75.0)),
    };
    let base = Some(Write::Mode("t".into(), HvacMode::HeatCool));
    let pending = PendingWrite::new(write, Origin::Window, wall(0), base);
    let json = serde_json::to_string(&pending).expect("plain data");
    assert_eq!(
        json,
        r#"{"write":{"range":{"thermostat":"t","low":{"degrees":18.5,"scale":"C"},"high":{"degrees":75.0,"scale":"F"}}},"who":"window","made_at":"2023-11-14T22:13:20Z","base":{"mode":["t","heat-cool"]}}"#
    );
    assert_eq!(serde_json::from_str::<PendingWrite>(&json).expect("its own form"), pending);
}
