//! Batches in random scenarios: no write is lost.

use proptest::prelude::*;

use super::tests::{BatchScenario, mode, refused, target};
use super::*;
use crate::engine::Request;
use crate::home::HvacMode;
use crate::service::{Failure, FailureKind, Reason};

/// One step of a random scenario.
#[derive(Debug, Clone)]
enum Happening {
    Apply(Vec<Write>),
    Want(Write),
    UndoBatch(u64),
    Redo,
    Discard(usize),
    Serve,
    Answer(FailureKind),
    Report,
    Stranger(Write),
    LoseTheLine,
    Pass(u64),
}

fn any_write() -> impl Strategy<Value = Write> {
    let id = || prop::sample::select(vec!["a", "b"]);
    let modes = vec![HvacMode::Heat, HvacMode::Eco, HvacMode::Off, HvacMode::Cool];
    prop_oneof![
        (id(), prop::sample::select(modes)).prop_map(|(id, to)| mode(id, to)),
        (id(), 15_u8..24).prop_map(|(id, degrees)| target(id, f64::from(degrees))),
        (id(), any::<bool>()).prop_map(|(id, on)| Write::FanTimer(id.into(), on)),
        any::<bool>().prop_map(|on| Write::Streaming("c".into(), on)),
    ]
}

fn any_happening() -> impl Strategy<Value = Happening> {
    let failures = vec![FailureKind::Offline, FailureKind::Busy(None), FailureKind::Refused, FailureKind::Gone];
    prop_oneof![
        4 => prop::collection::vec(any_write(), 1..6).prop_map(Happening::Apply),
        2 => any_write().prop_map(Happening::Want),
        1 => (1_u64..4).prop_map(Happening::UndoBatch),
        1 => Just(Happening::Redo),
        1 => (0_usize..4).prop_map(Happening::Discard),
        8 => Just(Happening::Serve),
        2 => prop::sample::select(failures).prop_map(Happening::Answer),
        2 => Just(Happening::Report),
        1 => any_write().prop_map(Happening::Stranger),
        1 => Just(Happening::LoseTheLine),
        2 => (0_u64..120_000).prop_map(Happening::Pass),
    ]
}

impl BatchScenario {
    /// Applies a step. The caller keeps the writes that are in flight.
    fn happen(&mut self, happening: Happening, wire: &mut Vec<Write>) {
        match happening {
            Happening::Apply(writes) => self.apply(writes),
            Happening::Want(write) => {
                self.request(Request::Set { write, debounce: Debounce::Step, origin: Origin::Window, seen: None });
            }
            Happening::UndoBatch(id) => self.request(Request::UndoBatch(id)),
            Happening::Redo => {
                if let Some(reversal) = self.snapshot().next_redo() {
                    self.request(reversal.request());
                }
            }
            Happening::Discard(n) => {
                if let Some(slot) = self.snapshot().writes.keys().nth(n).cloned() {
                    self.request(Request::Discard(slot));
                }
            }
            Happening::Serve => {
                for write in std::mem::take(wire) {
                    self.serve(&write);
                }
            }
            Happening::Answer(kind) => {
                for write in std::mem::take(wire) {
                    self.answer(&write, Err(Failure::new(kind, Reason::service_text("no"))));
                }
            }
            Happening::Report => self.report(),
            Happening::Stranger(write) => {
                write.apply_optimistic(&mut self.home);
                self.report();
            }
            Happening::LoseTheLine => self.lose_the_line(),
            Happening::Pass(millis) => self.millis += millis,
        }
        wire.extend(self.sent());
    }
}

proptest! {
    #[test]
    fn every_item_of_a_random_batch_gets_an_outcome(
        happenings in prop::collection::vec(any_happening(), 1..40),
    ) {
        let mut scenario = BatchScenario::live();
        let mut wire = Vec::new();
        for happening in happenings {
            scenario.happen(happening, &mut wire);
            let snapshot = scenario.snapshot();
            for batch in snapshot.batches.iter() {
                for item in &batch.items {
                    let state = snapshot.write_state(&item.slot);
                    let is_on_its_way = state.is_some_and(|s| s.is_open() && s.batch.as_ref() == Some(&batch.label));
                    prop_assert_eq!(item.state.is_open(), is_on_its_way, "{:?} of {}", item, batch.label.id);
                }
            }
        }
        // No answer arrives any more, and a day passes.
        for write in std::mem::take(&mut wire) {
            scenario.answer(&write, Err(refused()));
        }
        scenario.lose_the_line();
        scenario.millis += 25 * 60 * 60 * 1000;
        prop_assert_eq!(scenario.sent(), []);
        let snapshot = scenario.snapshot();
        prop_assert!(snapshot.batches.iter().all(Batch::is_over), "{:?}", snapshot.batches);
        prop_assert!(snapshot.writes.values().all(|state| !state.is_open()), "{:?}", snapshot.writes);
        for batch in snapshot.batches.iter() {
            for item in &batch.items {
                let recorded = snapshot.journal.iter().any(|record| {
                    record.slot == item.slot && record.batch.as_ref() == Some(&batch.label)
                });
                let needs_none = matches!(item.state, ItemState::Unchanged | ItemState::Replaced);
                prop_assert!(recorded || needs_none, "{:?} left no trace", item);
            }
        }
    }
}
