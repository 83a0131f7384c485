//! The life of a pending write, case by case; no timer, no runtime.

use std::sync::Arc;

use super::*;
use crate::engine::journal::Origin;
use crate::home::Field;
use crate::home::{DeviceId, HvacMode, Setpoint, Temperature, Thermostat};
use crate::service::Reason;

const CONFIRM_WITHIN: Duration = Duration::from_secs(8);
const SETTLE: Duration = Duration::from_millis(600);

struct WritesFixture {
    writes: Writes,
    start: Instant,
    home: DeviceTree,
}

fn wall(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + seconds).expect("in range")
}

fn showing(celsius: f64) -> DeviceTree {
    let thermostat = Thermostat {
        target_temperature: Temperature::from_celsius(celsius),
        hvac_mode: Some(HvacMode::Heat),
        ..Thermostat::default()
    };
    let mut home = DeviceTree::default();
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    home
}

fn target(celsius: f64) -> Write {
    Write::Target("t".into(), Setpoint::celsius(celsius))
}

fn slot() -> Slot {
    target(0.0).slot()
}

impl WritesFixture {
    fn new() -> Self {
        Self { writes: Writes::new(CONFIRM_WITHIN), start: Instant::now(), home: showing(20.0) }
    }

    fn at(&self, millis: u64) -> Instant {
        self.start + Duration::from_millis(millis)
    }

    fn want(&mut self, write: Write, millis: u64) -> Option<CompletedWrite> {
        let base = write.slot().present(&self.home, write.scale());
        let pending = PendingWrite::new(write, Origin::Window, wall(0), base);
        self.writes.add(pending, SETTLE, self.at(millis))
    }

    fn due(&mut self, millis: u64) -> Vec<Write> {
        let at = self.at(millis);
        self.writes.prepare(at, &self.home);
        self.writes.take_due(at, true, |_| Ok(())).into_iter().map(|pending| pending.write).collect()
    }

    fn report(&mut self, celsius: f64) -> Vec<EndCause> {
        self.home = showing(celsius);
        self.writes.reported(&self.home).into_iter().map(|ended| ended.completion).collect()
    }

    fn stage(&self) -> Option<&Stage> {
        self.writes.stages().next().map(|(_, _, stage)| stage)
    }
}

#[test]
fn ten_clicks_make_one_request_with_the_last_value() {
    let mut fixture = WritesFixture::new();
    for click in 1..=10_u64 {
        fixture.want(target(20.0 + 0.5 * click as f64), click * 100);
        assert_eq!(fixture.due(click * 100), []);
    }
    assert_eq!(fixture.due(1_599), []);
    assert_eq!(fixture.due(1_600), [target(25.0)]);
    assert_eq!(fixture.due(10_000), [], "it is in flight");
}

#[test]
fn a_write_is_shown_until_the_stream_confirms_it() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.due(600);
    assert_eq!(fixture.writes.accepted(&slot(), fixture.at(700)), None);
    assert_eq!(fixture.report(20.0), [], "an older echo pulls nothing back");
    assert_eq!(fixture.writes.overlay().collect::<Vec<_>>(), [&target(22.0)]);
    assert_eq!(fixture.report(22.0), [EndCause::Confirmed]);
    assert!(fixture.writes.is_empty());
}

#[test]
fn an_unconfirmed_write_rolls_back_after_eight_seconds() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.due(600);
    fixture.writes.accepted(&slot(), fixture.at(700));
    assert_eq!(fixture.writes.wake_at(fixture.at(700), true), Some(fixture.at(8_700)));
    assert_eq!(fixture.writes.expire(fixture.at(8_699), wall(8)), []);
    let ended = fixture.writes.expire(fixture.at(8_700), wall(8));
    assert_eq!(ended.into_iter().map(|ended| ended.completion).collect::<Vec<_>>(), [EndCause::Unconfirmed]);
}

#[test]
fn a_newer_request_in_flight_is_sent_afterwards() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.due(600);
    fixture.want(target(23.0), 700);
    assert_eq!(fixture.due(5_000), [], "never two in flight for one slot");
    assert_eq!(fixture.writes.overlay().collect::<Vec<_>>(), [&target(23.0)]);
    let ended = fixture.writes.accepted(&slot(), fixture.at(5_000)).expect("the first has ended");
    assert_eq!((ended.pending.write, ended.completion), (target(22.0), EndCause::Superseded));
    assert_eq!(fixture.report(22.0), [], "the echo of the first is no conflict");
    assert_eq!(fixture.due(5_000), [target(23.0)]);
}

#[test]
fn returning_to_the_confirmed_value_is_sent_if_another_is_in_flight() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.due(600);
    fixture.writes.accepted(&slot(), fixture.at(700));
    fixture.want(target(20.0), 800);
    assert_eq!(fixture.due(2_000), [target(20.0)], "the home still shows 20, but 22 will arrive");
}

#[test]
fn returning_to_the_confirmed_value_before_sending_sends_nothing() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.want(target(20.0), 100);
    assert_eq!(fixture.due(2_000), []);
    assert!(fixture.writes.is_empty());
}

#[test]
fn an_external_value_while_waiting_is_a_conflict() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    assert_eq!(fixture.report(18.0), []);
    assert_eq!(fixture.stage(), Some(&Stage::Conflict { theirs: target(18.0) }));
    assert_eq!(fixture.due(60_000), [], "nothing is overwritten unasked");
    fixture.writes.keep_mine(&slot(), fixture.at(60_000), wall(60));
    assert_eq!(fixture.due(60_000), [target(22.0)]);
}

#[test]
fn an_equal_external_change_ends_the_pending_write() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.report(18.0);
    assert_eq!(fixture.report(22.0), [EndCause::NoOp]);
}

#[test]
fn offline_writes_wait_and_expire() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    let at = fixture.at(1_000);
    assert_eq!(fixture.writes.take_due(at, false, |_| Ok(())), []);
    assert!(matches!(fixture.stage(), Some(Stage::Waiting { reason: WaitReason::Offline, .. })));
    assert_eq!(fixture.writes.wake_at(at, false), None, "no timer runs while offline");
    assert_eq!(fixture.writes.unsent(), 1);
    assert_eq!(fixture.writes.expire(at, wall(15 * 60 - 1)), []);
    let ended = fixture.writes.expire(at, wall(15 * 60));
    assert_eq!(ended.into_iter().map(|ended| ended.completion).collect::<Vec<_>>(), [EndCause::Expired]);
}

#[test]
fn a_restored_write_is_compared_before_sending() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    let kept = fixture.writes.to_keep();
    let mut again = WritesFixture::new();
    again.writes.restore(kept.clone(), again.start);
    again.report(20.0);
    again.writes.release(again.start);
    assert_eq!(again.due(0), [target(22.0)]);
    let mut changed = WritesFixture::new();
    changed.writes.restore(kept, changed.start);
    changed.report(19.0);
    assert_eq!(changed.due(0), []);
    assert_eq!(changed.stage(), Some(&Stage::Conflict { theirs: target(19.0) }));
}

#[test]
fn a_rate_limit_waits_and_a_refusal_rolls_back() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.due(600);
    let busy = Failure::new(FailureKind::Busy(Some(Duration::from_secs(40))), Reason::service_text("blocked"));
    assert_eq!(fixture.writes.failed(&slot(), busy, fixture.at(700)), None);
    assert_eq!(fixture.due(40_699), []);
    assert_eq!(fixture.due(40_700), [target(22.0)]);
    let refused = Failure::new(FailureKind::Refused, Reason::service_text("Thermostat is not online"));
    let ended = fixture.writes.failed(&slot(), refused.clone(), fixture.at(41_000)).expect("ended");
    assert_eq!(ended.completion, EndCause::Rejected(refused));
    assert!(fixture.writes.is_empty());
}

#[test]
fn busy_without_a_time_waits_a_minute_and_then_longer() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.due(600);
    let busy = || Failure::new(FailureKind::Busy(None), Reason::service_text("blocked"));
    fixture.writes.failed(&slot(), busy(), fixture.at(1_000));
    assert_eq!(fixture.due(60_999), []);
    assert_eq!(fixture.due(61_000), [target(22.0)]);
    fixture.writes.failed(&slot(), busy(), fixture.at(61_000));
    assert_eq!(fixture.due(180_999), []);
    assert_eq!(fixture.due(181_000), [target(22.0)]);
}

#[test]
fn the_budget_delays_writes() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    let (at, until) = (fixture.at(600), fixture.at(9_000));
    assert_eq!(fixture.writes.take_due(at, true, |_| Err((until, WaitReason::RateLimited))), []);
    assert_eq!(fixture.stage(), Some(&Stage::Waiting { due: until, reason: WaitReason::RateLimited }));
}

#[test]
fn one_device_gets_one_write_at_a_time_in_the_order_of_the_pending_writes() {
    let mut fixture = WritesFixture::new();
    fixture.want(Write::Mode("t".into(), HvacMode::Cool), 0);
    fixture.want(target(22.0), 1);
    assert_eq!(fixture.due(1_000), [Write::Mode("t".into(), HvacMode::Cool)]);
    assert_eq!(fixture.due(1_000), []);
    let mode = Slot { node: slot().node, field: Field::Mode };
    fixture.writes.accepted(&mode, fixture.at(1_100));
    assert_eq!(fixture.due(1_100), [target(22.0)]);
}

#[test]
fn a_write_can_be_discarded_until_it_is_sent() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    assert_eq!(fixture.writes.discard(&slot()).map(|ended| ended.completion), Some(EndCause::Discarded));
    fixture.want(target(22.0), 0);
    fixture.due(600);
    assert_eq!(fixture.writes.discard(&slot()), None, "it is in flight");
    assert!(!fixture.writes.is_empty());
}

#[test]
fn enter_sends_at_once() {
    let mut fixture = WritesFixture::new();
    fixture.want(target(22.0), 0);
    fixture.writes.send_now(&slot(), fixture.at(10));
    assert_eq!(fixture.due(10), [target(22.0)]);
}

#[test]
fn stored_writes_keep_their_format() {
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
