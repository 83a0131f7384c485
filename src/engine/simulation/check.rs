//! The invariants at the end of every scenario.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::{NameHistory, name_of};
use super::world::World;
use crate::engine::{Outcome, Phase, Record};

/// Each violated invariant as a sentence.
pub(super) fn wrongs(world: &mut World) -> Vec<String> {
    let mut wrong = std::mem::take(&mut world.ledger.wrong);
    let Some(snapshot) = world.snapshot() else { return vec!["the program is not running".to_owned()] };
    if snapshot.shown.thermostats != world.home.thermostats {
        wrong.push("the window shows another home than the service has".to_owned());
    }
    for (slot, state) in &snapshot.writes {
        if !matches!(state.phase, Phase::Failed { .. }) {
            wrong.push(format!("{slot:?} has no end: {:?}", state.phase));
        }
    }
    for write in world.ledger.open.values() {
        wrong.push(format!("{write:?} was asked for and never resolved"));
    }
    let mut by_name: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let records = world.records();
    for told in &world.ledger.told {
        // Only an uncertain outcome may change later.
        let is_open = matches!(told.outcome, Outcome::MayHaveArrived(_) | Outcome::Unconfirmed | Outcome::Accepted);
        let kept = records.iter().find(|record| record.id == told.id && record.write == told.write);
        if !kept.is_some_and(|kept| is_open || kept.outcome == told.outcome) {
            wrong.push(format!("somebody was told {told:?}, and kept is {kept:?}"));
        }
    }
    for record in records.into_iter().filter(|record| record.origin.is_us()) {
        let value = record.write.as_ref().map(|pending| (pending.slot(), pending.value_text()));
        let is_among = |values: &BTreeSet<_>| value.as_ref().is_some_and(|value| values.contains(value));
        let (shown, accepted) = (is_among(&world.ledger.shown), is_among(&world.ledger.accepted));
        if record.outcome == Outcome::Done && !shown {
            wrong.push(format!("the service never had what is said to be done: {record:?}"));
        }
        if record.outcome == Outcome::Accepted && !shown && !accepted {
            wrong.push(format!("the service never said yes to what is said to be accepted: {record:?}"));
        }
        if let Some(name) = record.write.as_ref().and_then(name_of) {
            by_name.entry(name.to_owned()).or_default().push(record);
        }
    }
    for (name, named) in &world.ledger.named {
        let records = by_name.get(name).map(Vec::as_slice).unwrap_or_default();
        wrong.extend(
            wrongs_of(named, world.ledger.is_replaced_later(named), records)
                .into_iter()
                .map(|what| format!("{name}: {what} ({named:?})")),
        );
    }
    wrong
}

fn wrongs_of(named: &NameHistory, is_replaced: bool, records: &[Record]) -> Vec<String> {
    let mut wrong = Vec::new();
    let outcomes: Vec<&Outcome> = records.iter().map(|record| &record.outcome).collect();
    // A request that was never on disk when the program was killed is lost with it, and was never sent.
    let is_lost = records.is_empty() && named.without_record == 0;
    if is_lost && (named.applied > 0 || named.is_kept && !is_replaced) {
        wrong.push("it was kept and has no record".to_owned());
    }
    if records.len() > 1 + named.again {
        wrong.push(format!("it has too many records: {outcomes:?}"));
    }
    let at_most = 2 * (1 + named.again) + named.ended_in_flight + named.doubled;
    if named.applied > at_most {
        wrong.push(format!("it was applied {} times: {outcomes:?}", named.applied));
    }
    let is_never = |outcome: &&Outcome| matches!(outcome, Outcome::Refused(_) | Outcome::Expired | Outcome::Discarded);
    if named.applied > 0 && named.lies == 0 && !outcomes.is_empty() && outcomes.iter().all(is_never) {
        wrong.push(format!("it was applied, and the records say {outcomes:?}"));
    }
    let is_said = |outcome: &&Outcome| match outcome {
        Outcome::Done => true,
        Outcome::Accepted => named.lies == 0,
        Outcome::Refused(_)
        | Outcome::Unconfirmed
        | Outcome::MayHaveArrived(_)
        | Outcome::Expired
        | Outcome::Discarded => false,
    };
    if named.applied == 0 && outcomes.iter().any(is_said) {
        wrong.push(format!("it was never applied, and the records say {outcomes:?}"));
    }
    wrong
}
