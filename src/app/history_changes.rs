//! The changes that the log of each account tells, with who made them, for the history.

use std::collections::{BTreeMap, BTreeSet};

use crate::accounts::{AccountId, AccountsView};
use crate::engine::{EventKind, HomeEvent, Origin, Outcome, Record};
use crate::history::{Change, ChangeCause, ChangeKind};
use crate::home::{Field, FieldGroup, Node};

/// Most changes that wait for a disk that is full or locked.
const MOST_UNWRITTEN: usize = 9_000;

/// The changes that are not written yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    heard: BTreeMap<AccountId, HeardLogs>,
    unwritten: Vec<Change>,
}

/// The part of the logs of an account that was heard.
#[derive(Debug, Default)]
struct HeardLogs {
    /// The newest record and the newest event.
    record: Option<u64>,
    event: Option<u64>,
    /// Records that a late confirmation may still decide, and alarms that go on.
    undecided: BTreeSet<u64>,
    lasting: BTreeSet<u64>,
}

/// Most records and alarms of an account that are looked at again.
const MOST_OPEN: usize = 200;

impl Changes {
    /// Adds what the logs of the accounts tell since the last call.
    pub(super) fn hear(&mut self, view: &AccountsView, is_simulated: bool) {
        for account in view.accounts.iter().filter(|account| account.label.is_simulated() == is_simulated) {
            let heard = self.heard.entry(account.id).or_default();
            // Both logs begin with the newest.
            let records = account.snapshot.journal.iter();
            for record in news(records, |one| one.id, &mut heard.record, &heard.undecided) {
                if is_decided(&record.outcome) {
                    heard.undecided.remove(&record.id);
                    self.unwritten.extend(change_of_record(record));
                } else {
                    keep_open(&mut heard.undecided, record.id);
                }
            }
            let events = account.snapshot.events.iter().map(|event| &**event);
            for event in news(events, |one| one.id, &mut heard.event, &heard.lasting) {
                let is_new = !heard.lasting.contains(&event.id);
                let goes_on = event.until.is_none() && event.kind.is_alarm();
                if is_new || !goes_on {
                    self.unwritten.extend(change_of_event(event));
                }
                if goes_on {
                    keep_open(&mut heard.lasting, event.id);
                } else {
                    heard.lasting.remove(&event.id);
                }
            }
        }
        self.bound();
    }

    /// Adds spans of the recorder.
    pub(super) fn add(&mut self, spans: Vec<Change>) {
        self.unwritten.extend(spans);
        self.bound();
    }

    pub(super) fn unwritten(&self) -> &[Change] {
        &self.unwritten
    }

    pub(super) fn clear(&mut self) {
        self.unwritten.clear();
    }

    fn bound(&mut self) {
        let over = self.unwritten.len().saturating_sub(MOST_UNWRITTEN);
        if over > 0 {
            tracing::warn!(over, "the oldest changes were dropped, because they cannot be written");
            self.unwritten.drain(..over);
        }
    }
}

/// The entries of a log that are newer than the newest known one, which they replace, and those that are still open.
fn news<'a, T>(
    log: impl Iterator<Item = &'a T>,
    id: impl Fn(&T) -> u64,
    newest: &mut Option<u64>,
    open: &BTreeSet<u64>,
) -> Vec<&'a T> {
    // An open entry that the log no longer has is not waited for.
    let oldest = open.first().copied().or(newest.map(|newest| newest + 1)).unwrap_or_default();
    let known = *newest;
    let is_wanted = |one: &&T| known.is_none_or(|known| id(one) > known) || open.contains(&id(one));
    let wanted: Vec<&T> = log.take_while(|one| id(one) >= oldest).filter(is_wanted).collect();
    *newest = wanted.first().map(|one| id(one)).max(known);
    wanted
}

fn keep_open(open: &mut BTreeSet<u64>, id: u64) {
    open.insert(id);
    if open.len() > MOST_OPEN {
        open.pop_first();
    }
}

/// False while a late confirmation may still change the outcome.
fn is_decided(outcome: &Outcome) -> bool {
    !matches!(outcome, Outcome::Unconfirmed | Outcome::MayHaveArrived(_))
}

/// The change that a record tells; `None` of one that was not made, or that concerns no value of the climate.
fn change_of_record(record: &Record) -> Option<Change> {
    if !matches!(record.outcome, Outcome::Done | Outcome::Accepted) {
        return None;
    }
    let node = match &record.slot.node {
        Node::Structure(id) => id.as_str(),
        Node::Thermostat(id) | Node::Camera(id) => id.as_str(),
    };
    let kind = match (record.slot.field.group(), record.slot.field) {
        (FieldGroup::Climate, Field::Mode) => ChangeKind::Mode,
        (FieldGroup::Climate, Field::Range) => ChangeKind::Range,
        (FieldGroup::Climate, _) => ChangeKind::Target,
        (FieldGroup::Home, _) => ChangeKind::Presence,
        (FieldGroup::Fan, _) => ChangeKind::Fan,
        (FieldGroup::Arrival | FieldGroup::Settings | FieldGroup::Camera, _) => ChangeKind::Setting,
    };
    Some(Change {
        before: record.from.clone(),
        after: Some(record.to.clone()),
        cause: Some(cause(record.origin)),
        ..Change::span(node, &record.name, kind, record.at, None)
    })
}

fn cause(origin: Origin) -> ChangeCause {
    match origin {
        Origin::Window => ChangeCause::Window,
        Origin::Tray => ChangeCause::Tray,
        Origin::Cli => ChangeCause::Cli,
        Origin::Bridge => ChangeCause::Bridge,
        Origin::Rule => ChangeCause::Rule,
        Origin::Elsewhere => ChangeCause::Elsewhere,
        Origin::AfterAway | Origin::AfterHome => ChangeCause::Presence,
    }
}

/// The alarm that an event tells. The events of cameras have a list of their own, with pictures.
fn change_of_event(event: &HomeEvent) -> Option<Change> {
    let kind = match event.kind {
        EventKind::Smoke(_) => ChangeKind::Smoke,
        EventKind::CarbonMonoxide(_) => ChangeKind::CarbonMonoxide,
        EventKind::Person | EventKind::Motion | EventKind::Sound | EventKind::Activity => return None,
    };
    Some(Change::span(event.device.as_str(), &event.name, kind, event.at, event.until))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Entry(u64);

    #[test]
    fn an_open_entry_is_looked_at_again_and_the_others_are_not() {
        let log: Vec<Entry> = (0..10).rev().map(Entry).collect();
        let mut newest = None;
        let ids = |found: Vec<&Entry>| found.into_iter().map(|one| one.0).collect::<Vec<_>>();
        let open: BTreeSet<u64> = [3].into();
        assert_eq!(ids(news(log.iter().skip(5), |one| one.0, &mut newest, &BTreeSet::new())), [4, 3, 2, 1, 0]);
        assert_eq!(newest, Some(4));
        assert_eq!(ids(news(log.iter(), |one| one.0, &mut newest, &open)), [9, 8, 7, 6, 5, 3]);
        assert_eq!(ids(news(log.iter(), |one| one.0, &mut newest, &open)), [3]);
        assert_eq!(ids(news(log.iter(), |one| one.0, &mut newest, &BTreeSet::new())), Vec::<u64>::new());
        assert_eq!(newest, Some(9));
    }
}
