//! The findings of 2026-11-28 about the truth of every change, each test named by its number; no runtime, disk
//! or service.

use super::tests::{Scenario, target};
use super::*;
use crate::engine::journal::Outcome;
use crate::engine::request::Resolution;
use crate::engine::snapshot::{FailureCause, Phase};
use crate::service::{Reason, Update};

/// The next run of the program, which restores what this one left on disk.
fn next_run(scenario: &mut Scenario) -> Scenario {
    scenario.pass(0);
    let mut stored = Stored::default();
    for job in scenario.all_to_disk() {
        match job {
            ToDisk::Queue(queue) => stored.queue = queue.clone(),
            ToDisk::Budget(budget) => stored.budget = Some(budget.clone()),
            ToDisk::Event(event) => stored.events.push((**event).clone()),
            ToDisk::Record(record) => {
                stored.journal.retain(|known| known.id != record.id);
                stored.journal.push((**record).clone());
            }
        }
    }
    let json = serde_json::to_string(&stored.queue).expect("plain data");
    stored.queue = serde_json::from_str(&json).expect("its own form");
    stored.forget_ended();
    Scenario::with(stored)
}

fn broken() -> Failure {
    Failure::offline(Reason::NoAnswer)
}

fn outcome_of(scenario: &mut Scenario) -> Option<Outcome> {
    scenario.snapshot().journal.front().map(|record| record.outcome.clone())
}

/// A late confirmation makes a record done and clears the earlier failure.
#[test]
fn g1_l1_a_late_confirmation_clears_the_failure_and_is_not_external() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Ok(()));
    scenario.pass(8_001);
    assert_eq!(outcome_of(&mut scenario), Some(Outcome::Unconfirmed));
    assert!(matches!(scenario.phase(), Some(Phase::Failed { why: FailureCause::NotShown(_), .. })));
    scenario.pass(60_000);
    scenario.report(21.5);
    assert_eq!(scenario.phase(), None);
    assert_eq!(scenario.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
    // The file has one more line with the same id, which is the final outcome.
    let ids: Vec<(u64, Outcome)> = scenario.records_on_disk();
    assert_eq!(ids, [(1, Outcome::Unconfirmed), (1, Outcome::Done)]);
}

#[test]
fn h3_accepted_writes_are_kept_until_their_outcome_is_known() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Ok(()));
    // The service shows the value after the next start.
    let mut shown = next_run(&mut scenario);
    shown.report(21.5);
    assert_eq!(shown.pass(0), [], "it is not sent again");
    assert_eq!(shown.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
    // The service never shows it: the failure is shown and can be retried.
    let mut never = next_run(&mut scenario);
    never.report(20.0);
    never.pass(8_001);
    assert_eq!(never.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Unconfirmed)]);
    assert!(matches!(never.phase(), Some(Phase::Failed { .. })));
    // After one more start it still may.
    let mut later = next_run(&mut never);
    later.report(20.0);
    later.report(21.5);
    assert_eq!(later.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
}

#[test]
fn m1_a_newer_request_behind_our_own_is_no_conflict() {
    let mut scenario = Scenario::live();
    scenario.want(target(20.5), Debounce::Now);
    assert_eq!(scenario.pass(0), [target(20.5)]);
    scenario.want(target(21.0), Debounce::Now);
    // The program ends; the first write had arrived.
    let mut again = next_run(&mut scenario);
    again.report(20.5);
    assert_eq!(again.pass(0), [target(21.0)]);
    again.answer(Ok(()));
    again.report(21.0);
    let outcomes = again.outcomes();
    assert_eq!(outcomes.first(), Some(&(Origin::Window, "21.0 °C".to_owned(), Outcome::Done)));
    assert!(matches!(outcomes.get(1), Some((_, value, Outcome::MayHaveArrived(_))) if value == "20.5 °C"));
}

#[test]
fn m2_an_unanswered_write_is_never_called_refused() {
    for failure in [
        broken(),
        Failure::offline(Reason::ServerFailed { status: 500, said: None }),
        Failure::bug(Reason::UnexpectedStatus { status: 418, said: None }),
        Failure::bug(Reason::not_understood(&"a page of a hotel", &crate::service::Secrets::none())),
    ] {
        let mut scenario = Scenario::live();
        scenario.want(target(21.5), Debounce::Now);
        scenario.pass(0);
        scenario.answer(Err(failure.clone()));
        if failure.kind == FailureKind::Offline {
            assert!(
                matches!(scenario.phase(), Some(Phase::Waiting { reason: WaitReason::Unanswered, .. })),
                "{failure}"
            );
            let now = scenario.now();
            scenario.core.submit(Request::Discard(target(0.0).slot()), None, now);
        }
        assert_eq!(outcome_of(&mut scenario), Some(Outcome::MayHaveArrived(failure.reason.clone())), "{failure}");
        assert!(scenario.snapshot().next_undo().is_none(), "the value before is still shown");
        // The service shows the value next: the write is done and can be undone.
        scenario.report(21.5);
        assert_eq!(scenario.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)], "{failure}");
        assert!(scenario.snapshot().next_undo().is_some());
    }
    // Without a connection nothing was sent.
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    let cause = crate::service::Cause::Refused;
    scenario.answer(Err(Failure::offline(Reason::Unreachable { host: "home".to_owned(), cause })));
    assert!(matches!(scenario.phase(), Some(Phase::Waiting { reason: WaitReason::Offline, .. })));
    let now = scenario.now();
    scenario.core.submit(Request::Discard(target(0.0).slot()), None, now);
    assert_eq!(outcome_of(&mut scenario), Some(Outcome::Discarded));
}

#[test]
fn m2_an_unanswered_write_is_resent_once() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    assert_eq!(scenario.pass(0), [target(21.5)]);
    scenario.answer(Err(broken()));
    assert_eq!(scenario.pass(1_000), [target(21.5)]);
    scenario.answer(Err(broken()));
    assert_eq!(scenario.pass(7_900), [], "it may have been applied twice already");
    // The confirmation time has passed without the value.
    assert_eq!(scenario.pass(200), [target(21.5)]);
    scenario.answer(Ok(()));
    scenario.report(21.5);
    assert_eq!(scenario.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
}

#[test]
fn m4_accepted_and_uncertain_writes_can_be_undone() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Ok(()));
    scenario.pass(8_001);
    assert_eq!(scenario.snapshot().next_undo(), None, "nothing has changed as far as anybody knows");
    // A third value is shown now, whoever set it.
    scenario.report(23.0);
    assert!(scenario.snapshot().next_undo().is_some());
}

#[test]
fn m5_a_write_that_arrived_before_a_crash_has_its_record() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    assert_eq!(scenario.pass(0), [target(21.5)]);
    let mut again = next_run(&mut scenario);
    again.report(21.5);
    assert_eq!(again.pass(0), []);
    assert_eq!(again.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
    assert!(again.snapshot().next_undo().is_some());
    // The run after that one finds nothing.
    let mut last = next_run(&mut again);
    last.report(21.5);
    assert_eq!(last.outcomes().len(), 1);
}

#[test]
fn a_crash_between_the_record_and_the_queue_writes_no_second_record() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    let queue = scenario.queue_on_disk();
    scenario.answer(Ok(()));
    scenario.report(21.5);
    scenario.pass(0);
    let journal = scenario.snapshot().journal.iter().cloned().collect();
    let mut stored = Stored { queue, journal, ..Stored::default() };
    stored.forget_ended();
    let mut again = Scenario::with(stored);
    again.report(21.5);
    assert_eq!(again.outcomes().len(), 1);
}

#[test]
fn each_request_is_resolved_once_with_what_the_journal_has() {
    let mut scenario = Scenario::live();
    let (first, second, third, same) = (RequestId::next(), RequestId::next(), RequestId::next(), RequestId::next());
    let submit = |scenario: &mut Scenario, write: Write, id| {
        let now = scenario.now();
        let request = Request::Set { write, debounce: Debounce::Now, origin: Origin::Cli, seen: None };
        scenario.core.submit(request, Some(id), now);
    };
    submit(&mut scenario, target(21.0), first);
    submit(&mut scenario, target(22.0), second);
    scenario.pass(0);
    submit(&mut scenario, target(22.0), same);
    submit(&mut scenario, target(23.0), third);
    scenario.answer(Ok(()));
    scenario.pass(0);
    scenario.answer(Ok(()));
    scenario.report(23.0);
    let resolved = scenario.core.take_resolved();
    let of = |id| resolved.iter().filter(|one| one.request == id).map(|one| &one.resolution).collect::<Vec<_>>();
    assert_eq!(of(first), [&Resolution::Superseded]);
    let outcomes = |id: RequestId| -> Vec<Outcome> {
        let outcome = |resolution: &&Resolution| match resolution {
            Resolution::Record(record) => record.outcome.clone(),
            Resolution::NoOp | Resolution::Superseded => panic!("{resolution:?}"),
        };
        of(id).iter().map(outcome).collect()
    };
    assert_eq!(outcomes(second), [Outcome::Accepted]);
    assert_eq!(outcomes(same), [Outcome::Accepted], "an equal wish that is on its way is the same one");
    assert_eq!(outcomes(third), [Outcome::Done]);
    // A value that is already set needs no record.
    submit(&mut scenario, target(23.0), first);
    scenario.pass(0);
    assert_eq!(scenario.core.take_resolved().pop().map(|one| one.resolution), Some(Resolution::NoOp));
}

/// A damaged queue may contain writes that wait for each other or for themselves; they are sent nevertheless.
#[test]
fn l10_writes_of_a_stored_queue_that_wait_for_each_other_are_sent() {
    let now = Scenario::with(Stored::default()).now().wall;
    let label = Write::Label("t".into(), "Hall".to_owned());
    for (first, second) in [(label.slot(), target(0.0).slot()), (target(0.0).slot(), label.slot())] {
        let kept = |write: Write, after: &Slot| {
            StoredWrite::from(PendingWrite {
                after: Some(after.clone()),
                ..PendingWrite::new(write, Origin::Cli, now, None)
            })
        };
        let queue = vec![kept(target(21.5), &first), kept(label.clone(), &second)];
        let mut scenario = Scenario::with(Stored { queue, ..Stored::default() });
        scenario.report(20.0);
        let mut sent = scenario.pass(1000);
        for write in sent.clone() {
            let now = scenario.now();
            scenario.core.answered(&write.slot(), Ok(()), now);
        }
        sent.extend(scenario.pass(60_000));
        assert!(sent.contains(&target(21.5)) && sent.contains(&label), "{sent:?}");
    }
}

/// Found by the simulation: the value was shown and changed again before the answer arrived. The write is done
/// and is not sent again over the newer value.
#[test]
fn a_value_shown_in_flight_is_done_even_without_an_answer() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    assert_eq!(scenario.pass(0), [target(21.5)]);
    scenario.report(21.5);
    scenario.report(23.0);
    scenario.answer(Err(broken()));
    assert_eq!(scenario.pass(60_000), []);
    assert!(
        scenario.outcomes().contains(&(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)),
        "{:?}",
        scenario.outcomes()
    );
}

/// Found by the simulation: another value appeared before ours, which had seemed lost, and the request ended
/// without a record.
#[test]
fn a_late_value_after_an_external_one_is_done() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Err(broken()));
    scenario.report(23.0);
    assert!(matches!(scenario.phase(), Some(Phase::Conflict { .. })));
    scenario.report(21.5);
    assert_eq!(scenario.phase(), None);
    assert!(
        scenario.outcomes().contains(&(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)),
        "{:?}",
        scenario.outcomes()
    );
}

/// Found by the simulation: a stream that resumed after a silence caused an early third send of an unanswered
/// write.
#[test]
fn a_resumed_stream_does_not_hasten_a_third_send() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    scenario.answer(Err(broken()));
    assert_eq!(scenario.pass(60_000), [target(21.5)], "once more");
    scenario.answer(Err(broken()));
    let now = scenario.now();
    scenario.core.update(Update::Stalled, now);
    scenario.report(20.0);
    assert_eq!(scenario.pass(7_900), [], "the service has eight seconds to show it");
    assert_eq!(scenario.pass(60_000), [target(21.5)]);
}

/// A service may ask to wait for a day; the user can send nevertheless. A debounce that ends, or a program that
/// quits, does not overrule the service.
#[test]
fn l4_the_user_overrules_a_service_that_asks_to_wait() {
    let mut scenario = Scenario::live();
    scenario.want(target(21.5), Debounce::Now);
    scenario.pass(0);
    let asked = Duration::from_secs(600);
    scenario.answer(Err(Failure::new(FailureKind::Busy(Some(asked)), Reason::service_text("slow down"))));
    assert_eq!(scenario.pass(1000), []);
    assert!(matches!(scenario.phase(), Some(Phase::Waiting { reason: WaitReason::ServiceAsks, until: Some(_), .. })));
    let label = Write::Label("t".into(), "Hall".to_owned());
    scenario.want(label.clone(), Debounce::Step);
    for request in [Request::SendNow(label.slot()), Request::Hurry] {
        let now = scenario.now();
        scenario.core.submit(request, None, now);
        assert_eq!(scenario.pass(0), []);
    }
    let now = scenario.now();
    scenario.core.submit(Request::SendNow(target(21.5).slot()), None, now);
    assert_eq!(scenario.pass(0), [target(21.5)]);
}
