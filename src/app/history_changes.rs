//! The changes that the log of each account tells, with who made them, for the history.

use std::collections::BTreeMap;

use crate::accounts::{AccountId, AccountsView};
use crate::engine::{EventKind, HomeEvent, Origin, Outcome, Record};
use crate::history::{Change, ChangeCause, ChangeKind};
use crate::home::{Field, FieldGroup, Node};

/// Most changes that wait for a disk that is full or locked.
const MOST_UNWRITTEN: usize = 9_000;

/// The changes that are not written yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The newest record and the newest event of each account that were heard.
    heard: BTreeMap<AccountId, (Option<u64>, Option<u64>)>,
    unwritten: Vec<Change>,
}

impl Changes {
    /// Adds what the logs of the accounts tell since the last call.
    pub(super) fn hear(&mut self, view: &AccountsView, is_simulated: bool) {
        for account in view.accounts.iter().filter(|account| account.label.is_simulated() == is_simulated) {
            let (record, event) = self.heard.entry(account.id).or_default();
            let snapshot = &account.snapshot;
            // Both logs begin with the newest. One that is undecided may be decided later, so it is read again then.
            let new = snapshot.journal.iter().take_while(|one| record.is_none_or(|known| one.id > known));
            let new: Vec<&Record> = new.collect();
            let decided = new.iter().rev().take_while(|one| is_decided(&one.outcome));
            *record = decided.last().map(|one| one.id).or(*record);
            self.unwritten.extend(new.into_iter().filter_map(change_of_record));
            let new = snapshot.events.iter().take_while(|one| event.is_none_or(|known| one.id > known));
            let new: Vec<&HomeEvent> = new.map(|one| &**one).collect();
            let ended = new.iter().rev().take_while(|one| one.until.is_some() || !one.kind.is_alarm());
            *event = ended.last().map(|one| one.id).or(*event);
            self.unwritten.extend(new.into_iter().filter_map(change_of_event));
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
