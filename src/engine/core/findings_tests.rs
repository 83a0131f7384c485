//! The findings of 2026-11-28 about the truth of every change, each test named by its number; no runtime, disk
//! or service.

use super::tests::{Story, target};
use super::*;
use crate::engine::journal::Outcome;
use crate::engine::request::Resolution;
use crate::engine::snapshot::{FailureCause, Phase};
use crate::service::{Reason, Update};

/// The next run of the program, which restores what this one left on disk.
fn next_run(story: &mut Story) -> Story {
    story.pass(0);
    let mut stored = Stored::default();
    for job in story.all_to_disk() {
        match job {
            ToDisk::Queue(queue) => stored.queue = queue.clone(),
            ToDisk::Budget(budget) => stored.budget = Some(budget.clone()),
            ToDisk::Record(record) => {
                stored.journal.retain(|known| known.id != record.id);
                stored.journal.push((**record).clone());
            }
        }
    }
    let json = serde_json::to_string(&stored.queue).expect("plain data");
    stored.queue = serde_json::from_str(&json).expect("its own form");
    stored.forget_ended();
    Story::with(stored)
}

fn broken() -> Failure {
    Failure::offline(Reason::NoAnswer)
}

fn outcome_of(story: &mut Story) -> Option<Outcome> {
    story.snapshot().journal.front().map(|record| record.outcome.clone())
}

/// A late confirmation makes a record done and clears the earlier failure.
#[test]
fn g1_l1_a_late_confirmation_clears_what_was_said_and_is_no_strangers() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    story.answer(Ok(()));
    story.pass(8_001);
    assert_eq!(outcome_of(&mut story), Some(Outcome::Unconfirmed));
    assert!(matches!(story.phase(), Some(Phase::Failed { why: FailureCause::NotShown(_), .. })));
    story.pass(60_000);
    story.report(21.5);
    assert_eq!(story.phase(), None);
    assert_eq!(story.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
    // The file has one more line with the same id, which is the final outcome.
    let ids: Vec<(u64, Outcome)> = story.records_on_disk();
    assert_eq!(ids, [(1, Outcome::Unconfirmed), (1, Outcome::Done)]);
}

#[test]
fn h3_what_was_accepted_is_remembered_until_its_end_is_known() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    story.answer(Ok(()));
    // The service shows the value after the next start.
    let mut shown = next_run(&mut story);
    shown.report(21.5);
    assert_eq!(shown.pass(0), [], "it is not sent again");
    assert_eq!(shown.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
    // The service never shows it: the failure is shown and can be retried.
    let mut never = next_run(&mut story);
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
fn m1_a_newer_wish_behind_one_of_ours_is_no_conflict() {
    let mut story = Story::live();
    story.want(target(20.5), Debounce::Now);
    assert_eq!(story.pass(0), [target(20.5)]);
    story.want(target(21.0), Debounce::Now);
    // The program ends; the first write had arrived.
    let mut again = next_run(&mut story);
    again.report(20.5);
    assert_eq!(again.pass(0), [target(21.0)]);
    again.answer(Ok(()));
    again.report(21.0);
    let outcomes = again.outcomes();
    assert_eq!(outcomes.first(), Some(&(Origin::Window, "21.0 °C".to_owned(), Outcome::Done)));
    assert!(matches!(outcomes.get(1), Some((_, value, Outcome::MayHaveArrived(_))) if value == "20.5 °C"));
}

#[test]
fn m2_what_was_sent_without_an_answer_is_never_called_refused() {
    for failure in [
        broken(),
        Failure::offline(Reason::ServerFailed { status: 500, said: None }),
        Failure::bug(Reason::UnexpectedStatus { status: 418, said: None }),
        Failure::bug(Reason::not_understood(&"a page of a hotel", &crate::service::Secrets::none())),
    ] {
        let mut story = Story::live();
        story.want(target(21.5), Debounce::Now);
        story.pass(0);
        story.answer(Err(failure.clone()));
        if failure.kind == FailureKind::Offline {
            assert!(matches!(story.phase(), Some(Phase::Waiting { reason: WaitReason::Unanswered, .. })), "{failure}");
            let now = story.now();
            story.core.submit(Request::Discard(target(0.0).slot()), None, now);
        }
        assert_eq!(outcome_of(&mut story), Some(Outcome::MayHaveArrived(failure.reason.clone())), "{failure}");
        assert!(story.snapshot().next_undo().is_none(), "the value before is still shown");
        // The service shows the value next: the write is done and can be undone.
        story.report(21.5);
        assert_eq!(story.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)], "{failure}");
        assert!(story.snapshot().next_undo().is_some());
    }
    // Without a connection nothing was sent.
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    let cause = crate::service::Cause::Refused;
    story.answer(Err(Failure::offline(Reason::Unreachable { host: "home".to_owned(), cause })));
    assert!(matches!(story.phase(), Some(Phase::Waiting { reason: WaitReason::Offline, .. })));
    let now = story.now();
    story.core.submit(Request::Discard(target(0.0).slot()), None, now);
    assert_eq!(outcome_of(&mut story), Some(Outcome::Discarded));
}

#[test]
fn m2_one_resend_of_the_same_value_and_no_more_until_the_service_has_told() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    assert_eq!(story.pass(0), [target(21.5)]);
    story.answer(Err(broken()));
    assert_eq!(story.pass(1_000), [target(21.5)]);
    story.answer(Err(broken()));
    assert_eq!(story.pass(7_900), [], "it may have been applied twice already");
    // The confirmation time has passed without the value.
    assert_eq!(story.pass(200), [target(21.5)]);
    story.answer(Ok(()));
    story.report(21.5);
    assert_eq!(story.outcomes(), [(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)]);
}

#[test]
fn m4_what_was_accepted_or_may_have_arrived_can_be_taken_back() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    story.answer(Ok(()));
    story.pass(8_001);
    assert_eq!(story.snapshot().next_undo(), None, "nothing has changed as far as anybody knows");
    // A third value is shown now, whoever set it.
    story.report(23.0);
    assert!(story.snapshot().next_undo().is_some());
}

#[test]
fn m5_a_wish_that_arrived_before_a_crash_has_its_record() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    assert_eq!(story.pass(0), [target(21.5)]);
    let mut again = next_run(&mut story);
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
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    let queue = story.queue_on_disk();
    story.answer(Ok(()));
    story.report(21.5);
    story.pass(0);
    let journal = story.snapshot().journal.iter().cloned().collect();
    let mut stored = Stored { queue, journal, ..Stored::default() };
    stored.forget_ended();
    let mut again = Story::with(stored);
    again.report(21.5);
    assert_eq!(again.outcomes().len(), 1);
}

#[test]
fn each_request_is_resolved_once_with_what_the_journal_has() {
    let mut story = Story::live();
    let (first, second, third, same) = (RequestId::next(), RequestId::next(), RequestId::next(), RequestId::next());
    let submit = |story: &mut Story, write: Write, id| {
        let now = story.now();
        let request = Request::Set { write, debounce: Debounce::Now, origin: Origin::Cli, seen: None };
        story.core.submit(request, Some(id), now);
    };
    submit(&mut story, target(21.0), first);
    submit(&mut story, target(22.0), second);
    story.pass(0);
    submit(&mut story, target(22.0), same);
    submit(&mut story, target(23.0), third);
    story.answer(Ok(()));
    story.pass(0);
    story.answer(Ok(()));
    story.report(23.0);
    let resolved = story.core.take_resolved();
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
    submit(&mut story, target(23.0), first);
    story.pass(0);
    assert_eq!(story.core.take_resolved().pop().map(|one| one.resolution), Some(Resolution::NoOp));
}

/// A damaged queue may contain writes that wait for each other or for themselves; they are sent nevertheless.
#[test]
fn l10_writes_of_a_stored_queue_that_wait_for_each_other_are_sent() {
    let now = Story::with(Stored::default()).now().wall;
    let label = Write::Label("t".into(), "Hall".to_owned());
    for (first, second) in [(label.slot(), target(0.0).slot()), (target(0.0).slot(), label.slot())] {
        let kept = |write: Write, after: &Slot| {
            StoredWrite::from(PendingWrite {
                after: Some(after.clone()),
                ..PendingWrite::new(write, Origin::Cli, now, None)
            })
        };
        let queue = vec![kept(target(21.5), &first), kept(label.clone(), &second)];
        let mut story = Story::with(Stored { queue, ..Stored::default() });
        story.report(20.0);
        let mut sent = story.pass(1000);
        for write in sent.clone() {
            let now = story.now();
            story.core.answered(&write.slot(), Ok(()), now);
        }
        sent.extend(story.pass(60_000));
        assert!(sent.contains(&target(21.5)) && sent.contains(&label), "{sent:?}");
    }
}

/// Found by the simulation: the value was shown and changed again before the answer arrived. The write is done
/// and is not sent again over the newer value.
#[test]
fn a_value_that_was_shown_in_flight_is_done_though_it_is_gone_when_no_answer_comes() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    assert_eq!(story.pass(0), [target(21.5)]);
    story.report(21.5);
    story.report(23.0);
    story.answer(Err(broken()));
    assert_eq!(story.pass(60_000), []);
    assert!(
        story.outcomes().contains(&(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)),
        "{:?}",
        story.outcomes()
    );
}

/// Found by the simulation: another value appeared before ours, which had seemed lost, and the request ended
/// without a record.
#[test]
fn a_value_that_seemed_lost_and_comes_after_a_strangers_is_done() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    story.answer(Err(broken()));
    story.report(23.0);
    assert!(matches!(story.phase(), Some(Phase::Conflict { .. })));
    story.report(21.5);
    assert_eq!(story.phase(), None);
    assert!(
        story.outcomes().contains(&(Origin::Window, "21.5 °C".to_owned(), Outcome::Done)),
        "{:?}",
        story.outcomes()
    );
}

/// Found by the simulation: a stream that resumed after a silence caused an early third send of an unanswered
/// write.
#[test]
fn a_line_that_goes_on_does_not_make_a_third_send_come_sooner() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    story.answer(Err(broken()));
    assert_eq!(story.pass(60_000), [target(21.5)], "once more");
    story.answer(Err(broken()));
    let now = story.now();
    story.core.update(Update::Silent, now);
    story.report(20.0);
    assert_eq!(story.pass(7_900), [], "the service has eight seconds to show it");
    assert_eq!(story.pass(60_000), [target(21.5)]);
}

/// A service may ask to wait for a day; the user can send nevertheless. A debounce that ends, or a program that
/// quits, does not overrule the service.
#[test]
fn l4_a_person_sends_though_the_service_asked_to_wait() {
    let mut story = Story::live();
    story.want(target(21.5), Debounce::Now);
    story.pass(0);
    let asked = Duration::from_secs(600);
    story.answer(Err(Failure::new(FailureKind::Busy(Some(asked)), Reason::said("slow down"))));
    assert_eq!(story.pass(1000), []);
    assert!(matches!(story.phase(), Some(Phase::Waiting { reason: WaitReason::ServiceAsks, until: Some(_), .. })));
    let label = Write::Label("t".into(), "Hall".to_owned());
    story.want(label.clone(), Debounce::Step);
    for request in [Request::SendNow(label.slot()), Request::Hurry] {
        let now = story.now();
        story.core.submit(request, None, now);
        assert_eq!(story.pass(0), []);
    }
    let now = story.now();
    story.core.submit(Request::SendNow(target(21.5).slot()), None, now);
    assert_eq!(story.pass(0), [target(21.5)]);
}
