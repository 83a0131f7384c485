//! Undo and redo of batches.

use super::*;

#[test]
fn the_undo_of_a_batch_dismisses_its_failures_and_no_others() {
    let mut scenario = BatchScenario::live();
    scenario.apply(vec![target("b", 99.0), Write::Streaming("c".into(), false)]);
    assert_eq!(scenario.serve_all(), [Write::Streaming("c".into(), false)]);
    let write = target("a", 99.0);
    scenario.request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Window, seen: None });
    assert_eq!(scenario.snapshot().writes.len(), 2, "both failures are shown");
    scenario.undo();
    let snapshot = scenario.snapshot();
    assert_eq!(snapshot.writes.keys().collect::<Vec<_>>(), [&target("a", 99.0).slot()]);
}

#[test]
fn undo_and_redo_go_back_and_forth_over_batches_and_single_changes() {
    let mut scenario = BatchScenario::live();
    let want = Request::Set { write: target("b", 21.0), debounce: Debounce::Now, origin: Origin::Window, seen: None };
    scenario.request(want);
    scenario.serve_all();
    scenario.apply(night());
    scenario.serve_all();
    assert!(matches!(scenario.snapshot().next_undo(), Some(Reversal::Batch(1))));
    assert_eq!(scenario.snapshot().next_redo(), None);
    let mut before = scenario.undo();
    before.sort_by_key(Write::slot);
    assert_eq!(before, [target("a", 20.0), mode("a", HvacMode::Eco), target("b", 21.0)]);
    assert_eq!(scenario.snapshot().batches.front().map(|batch| batch.label.name.clone()).as_deref(), Some("Night"));
    assert_eq!(scenario.undo(), [target("b", 20.0)], "the single change before it");
    assert_eq!(scenario.snapshot().next_undo(), None);
    assert_eq!(scenario.redo(), [target("b", 21.0)]);
    let again = scenario.redo();
    assert_eq!(again, [mode("a", HvacMode::Heat), target("b", 17.0), target("a", 17.0)]);
    assert_eq!(scenario.snapshot().next_redo(), None);
    assert_eq!(scenario.undo().len(), 3);
    let want = Request::Set { write: target("b", 25.0), debounce: Debounce::Now, origin: Origin::Window, seen: None };
    scenario.request(want);
    assert_eq!(scenario.snapshot().next_redo(), None, "something else was changed since");
    scenario.serve_all();
    assert_eq!(scenario.snapshot().next_redo(), None);
    assert_eq!(scenario.undo(), [target("b", 21.0)]);
}

#[test]
fn undoing_a_batch_keeps_later_changes() {
    let kinds =
        |scenario: &mut BatchScenario| scenario.snapshot().batches.iter().map(|batch| batch.kind).collect::<Vec<_>>();
    let mut scenario = BatchScenario::live();
    scenario.apply(vec![target("b", 17.0), Write::Streaming("c".into(), false)]);
    scenario.serve_all();
    scenario.request(Request::UndoBatch(1));
    scenario.serve_all();
    scenario.request(Request::UndoBatch(2));
    scenario.serve_all();
    assert_eq!(kinds(&mut scenario), [ChangeKind::Redo, ChangeKind::Undo, ChangeKind::Change]);
    let want = Request::Set { write: target("b", 23.0), debounce: Debounce::Now, origin: Origin::Window, seen: None };
    scenario.request(want);
    scenario.serve_all();
    let batch = scenario.snapshot().batches[0].clone();
    assert!(scenario.snapshot().can_reverse(&batch));
    scenario.request(Request::UndoBatch(3));
    assert_eq!(scenario.serve_all(), [Write::Streaming("c".into(), true)], "the newer target stays");
    assert_eq!(kinds(&mut scenario)[0], ChangeKind::Undo);
}

#[test]
fn undoing_a_running_batch_reverts_all_of_it() {
    let mut scenario = BatchScenario::live();
    scenario.apply(night());
    let sent = scenario.sent();
    scenario.serve(&sent[1]);
    let id = scenario.snapshot().batches[0].label.id;
    // The mode is in flight, its target waits, the other target is done.
    scenario.request(Request::UndoBatch(id));
    scenario.serve(&sent[0]);
    scenario.serve_all();
    assert_eq!(scenario.home, home());
    let first = scenario.snapshot().batches[1].items.iter().map(|item| item.state.clone()).collect::<Vec<_>>();
    assert_eq!(first, [ItemState::Replaced, ItemState::Discarded, ItemState::Done, ItemState::Unchanged]);
}

#[test]
fn a_pending_undo_is_not_offered_again() {
    let mut scenario = BatchScenario::live();
    for celsius in [21.0, 22.0] {
        let write = target("b", celsius);
        scenario.request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Window, seen: None });
        scenario.serve_all();
    }
    let first = scenario.snapshot().next_undo().expect("the newest");
    let taken_back = |snapshot: &Snapshot| snapshot.reversed_records(first).first().map(|record| record.to.clone());
    assert_eq!(taken_back(&scenario.snapshot()).as_deref(), Some("22.0 °C"));
    scenario.request(first.request());
    let second = scenario.snapshot().next_undo().expect("the one before");
    assert_ne!(first, second);
    let sent = scenario.sent();
    scenario.answer(&sent[0], Err(refused()));
    assert_eq!(scenario.snapshot().next_undo(), Some(first), "it was not undone after all");
}

#[test]
fn values_restored_externally_are_not_offered_for_undo() {
    let mut scenario = BatchScenario::live();
    scenario.apply(vec![target("b", 22.0)]);
    scenario.serve_all();
    assert!(scenario.snapshot().next_undo().is_some());
    target("b", 20.0).apply_optimistic(&mut scenario.home);
    scenario.report();
    assert_eq!(scenario.snapshot().next_undo(), None, "Ctrl+Z would do nothing, again and again");
}
