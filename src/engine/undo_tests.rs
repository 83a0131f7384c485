//! The reversals that a journal offers; scenarios with batches are in `core`.

use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::engine::batch::BatchLabel;
use crate::engine::journal::Origin;
use crate::engine::snapshot::{AccountLabel, AccountName};
use crate::home::{Setpoint, Write};
use crate::service::Reason;

fn record(id: u64, origin: Origin, outcome: Outcome, undoes: Option<u64>) -> Record {
    let write = Write::Target("t".into(), Setpoint::celsius(21.0));
    Record {
        id,
        at: Timestamp::UNIX_EPOCH,
        origin,
        slot: write.slot(),
        name: "Hallway".to_owned(),
        from: Some("20.0 °C".to_owned()),
        to: write.value_text(),
        outcome,
        undo: Some(Write::Target("t".into(), Setpoint::celsius(20.0))),
        write: None,
        batch: None,
        undoes,
    }
}

fn done(id: u64, undoes: Option<u64>) -> Record {
    record(id, Origin::Window, Outcome::Done, undoes)
}

fn offers(oldest_first: Vec<Record>) -> (Option<Reversal>, Option<Reversal>) {
    let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    snapshot.journal = Arc::new(oldest_first.into_iter().rev().collect());
    (snapshot.next_undo(), snapshot.next_redo())
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what is offered")]
fn one(id: u64) -> Option<Reversal> {
    Some(Reversal::Record(id))
}

#[test]
fn each_undo_goes_one_step_further_back_and_each_redo_one_forth() {
    assert_eq!(offers(vec![]), (None, None));
    let mut journal = vec![done(1, None), done(2, None)];
    let steps = [
        (Some(2), (one(1), one(3))),
        (Some(1), (None, one(4))),
        (Some(4), (one(5), one(3))),
        (Some(3), (one(6), None)),
        (Some(6), (one(5), one(7))),
    ];
    assert_eq!(offers(journal.clone()), (one(2), None));
    for (id, (undoes, expected)) in (3..).zip(steps) {
        journal.push(done(id, undoes));
        assert_eq!(offers(journal.clone()), expected, "after record {id}");
    }
    journal.push(done(8, None));
    assert_eq!(offers(journal), (one(8), None), "a new change ends the redoing");
}

#[test]
fn only_our_changes_can_be_undone() {
    let refused = Outcome::Refused(Reason::service_text("no"));
    let mut unknown = done(4, None);
    unknown.undo = None;
    let journal = vec![
        done(1, None),
        record(2, Origin::Elsewhere, Outcome::Done, None),
        record(3, Origin::Window, refused.clone(), None),
        unknown,
        record(5, Origin::Window, Outcome::Unconfirmed, None),
    ];
    assert_eq!(offers(journal), (one(5), None), "what was accepted may have changed something");
    let journal = vec![done(1, None), record(2, Origin::Window, refused.clone(), Some(1))];
    assert_eq!(offers(journal), (one(1), None), "a refused undo undid nothing");
    let journal = vec![done(1, None), done(2, Some(1)), record(3, Origin::Window, refused, None)];
    assert_eq!(offers(journal), (None, one(2)), "a refused change changed nothing");
}

#[test]
fn a_batch_is_one_undo_step() {
    let in_batch =
        |record: Record, id| Record { batch: Some(BatchLabel { id, name: "Night".to_owned(), group: None }), ..record };
    let mut journal = vec![done(1, None), in_batch(done(2, None), 7), in_batch(done(3, None), 7)];
    assert_eq!(offers(journal.clone()).0, Some(Reversal::Batch(7)));
    journal.push(done(4, Some(3)));
    assert_eq!(offers(journal.clone()).0, Some(Reversal::Batch(7)), "one of it was undone alone");
    journal.pop();
    journal.push(in_batch(done(4, Some(3)), 8));
    journal.push(in_batch(record(5, Origin::Window, Outcome::Refused(Reason::service_text("no")), Some(2)), 8));
    assert_eq!(offers(journal), (one(1), Some(Reversal::Batch(8))));
}

/// The state of each record, oldest first.
fn standings(oldest_first: Vec<Record>) -> Vec<UndoStatus> {
    let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    snapshot.journal = Arc::new(oldest_first.into_iter().rev().collect());
    snapshot.standings().into_values().collect()
}

#[test]
fn only_the_newest_change_of_a_value_can_be_undone() {
    use UndoStatus::{Nothing, Stands, Superseded, Undid, Undone};
    let other = |record: Record| Record { slot: Write::Target("u".into(), Setpoint::celsius(1.0)).slot(), ..record };
    let mut journal = vec![done(1, None), other(done(2, None)), done(3, None)];
    assert_eq!(standings(journal.clone()), [Superseded, Stands, Stands]);
    journal.push(done(4, Some(3)));
    assert_eq!(standings(journal.clone()), [Stands, Stands, Undone, Undid]);
    journal.push(done(5, Some(1)));
    assert_eq!(standings(journal.clone()), [Undone, Stands, Undone, Nothing, Undid], "in the order of redoing");
    journal.push(done(6, Some(5)));
    assert_eq!(standings(journal.clone()), [Undone, Stands, Undone, Undid, Undone, Stands]);
    journal.push(done(7, Some(4)));
    assert_eq!(standings(journal), [Undone, Stands, Undone, Undone, Undone, Superseded, Stands]);
    let refused = record(2, Origin::Window, Outcome::Refused(Reason::service_text("no")), None);
    let stranger = record(3, Origin::Elsewhere, Outcome::Done, None);
    assert_eq!(standings(vec![done(1, None), refused, stranger]), [Stands, Nothing], "a stranger's has none");
}

#[test]
fn a_journal_with_circular_undos_is_read() {
    let journal = vec![done(1, Some(2)), done(2, Some(1)), done(3, Some(3))];
    offers(journal.clone());
    standings(journal);
}
