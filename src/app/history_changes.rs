//! The changes that the log of each account tells, with who made them, for the history.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::SignedDuration;

use crate::accounts::{AccountId, AccountsView, cause_of};
use crate::engine::{EventKind, HomeEvent, Outcome, Record};
use crate::history::{Change, ChangeCause, ChangeKind};
use crate::home::{Field, FieldGroup, Node};

/// Most changes that wait for a disk that is full or locked.
const MOST_UNWRITTEN: usize = 9_000;

/// The changes that are not written yet.
#[derive(Debug, Default)]
pub(super) struct Changes {
    heard: BTreeMap<AccountId, HeardLogs>,
    unwritten: Vec<Change>,
    /// The newest changes with their accounts, as they were written.
    newest: VecDeque<(AccountId, Change)>,
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
/// The newest events of an account, among which that of a camera may still get its end.
const MOST_RECENT: u64 = 20;
/// Most changes that are compared with those of other accounts.
const MOST_NEWEST: usize = 60;
/// The time within which two accounts tell of one change.
const SAME: SignedDuration = SignedDuration::from_secs(60);

/// True if two accounts tell of the same change.
fn is_same(one: &Change, other: &Change) -> bool {
    one.node == other.node
        && one.kind == other.kind
        && one.after == other.after
        && one.at.duration_since(other.at).abs() <= SAME
}

/// True if a change tells who made it, or its end, and its twin does not.
fn tells_more(change: &Change, twin: &Change) -> bool {
    let is_here = |change: &Change| change.cause.is_some_and(ChangeCause::is_here);
    is_here(change) && !is_here(twin) || change.until.is_some() && twin.until.is_none()
}

impl Changes {
    /// Adds what the logs of the accounts tell since the last call.
    pub(super) fn hear(&mut self, view: &AccountsView, is_simulated: bool) {
        for account in view.accounts.iter().filter(|account| account.label.is_simulated() == is_simulated) {
            let heard = self.heard.entry(account.id).or_default();
            let mut told: Vec<Change> = Vec::new();
            let records = account.snapshot.journal.iter();
            for record in news(records, |one| one.id, &mut heard.record, &heard.undecided) {
                if is_decided(&record.outcome) {
                    heard.undecided.remove(&record.id);
                    told.extend(change_of_record(record));
                } else {
                    keep_open(&mut heard.undecided, record.id);
                }
            }
            let events = account.snapshot.events.iter().map(|event| &**event);
            for event in news(events, |one| one.id, &mut heard.event, &heard.lasting) {
                let is_new = !heard.lasting.contains(&event.id);
                // Of a camera, the end may never be told.
                let is_recent = event.id + MOST_RECENT > heard.event.unwrap_or_default();
                let goes_on = event.until.is_none() && (event.kind.is_alarm() || is_recent);
                if is_new || event.until.is_some() {
                    told.push(change_of_event(event));
                }
                if goes_on {
                    keep_open(&mut heard.lasting, event.id);
                } else {
                    heard.lasting.remove(&event.id);
                }
            }
            // Both logs begin with the newest.
            told.sort_by_key(|change| change.at);
            for change in told {
                self.tell(account.id, change);
            }
        }
        self.bound();
    }

    /// Adds a change of an account. Where another account told of it before, only what that did not know is added, in
    /// the place of the former one.
    fn tell(&mut self, account: AccountId, change: Change) {
        let twins = self.newest.iter().filter(|(other, twin)| *other != account && is_same(twin, &change));
        // Of several motions within a minute, the nearest is the same.
        let twin = twins.min_by_key(|(_, twin)| twin.at.duration_since(change.at).abs());
        let change = match twin {
            Some((_, twin)) if !tells_more(&change, twin) => return,
            Some((_, twin)) => Change { at: twin.at, ..change },
            None => change,
        };
        self.newest.push_back((account, change.clone()));
        if self.newest.len() > MOST_NEWEST {
            self.newest.pop_front();
        }
        self.unwritten.push(change);
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
        (FieldGroup::Arrival, _) => ChangeKind::Arrival,
        (FieldGroup::Settings | FieldGroup::Camera, _) => ChangeKind::Setting,
    };
    Some(Change {
        before: record.from.clone(),
        after: Some(record.to.clone()),
        cause: Some(cause_of(record.origin)),
        ..Change::span(node, &record.name, kind, record.at, None)
    })
}

/// The alarm, or the event of a camera, that an event tells.
fn change_of_event(event: &HomeEvent) -> Change {
    let kind = match event.kind {
        EventKind::Smoke(_) => ChangeKind::Smoke,
        EventKind::CarbonMonoxide(_) => ChangeKind::CarbonMonoxide,
        EventKind::Person => ChangeKind::Person,
        EventKind::Motion => ChangeKind::Motion,
        EventKind::Sound => ChangeKind::Sound,
        EventKind::Activity => ChangeKind::Activity,
    };
    Change::span(event.device.as_str(), &event.name, kind, event.at, event.until)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Entry(u64);

    #[test]
    fn two_motions_within_a_minute_stay_two_with_their_own_ends() {
        let at = |second: i64| jiff::Timestamp::from_second(2_000_000_000 + second).expect("a time");
        let motion = |from, to: Option<i64>| Change::span("door", "Door", ChangeKind::Motion, at(from), to.map(at));
        let (one, other) = (AccountId::new(1), AccountId::new(2));
        let mut changes = Changes::default();
        changes.tell(one, motion(0, None));
        changes.tell(one, motion(30, None));
        changes.tell(other, motion(0, Some(10)));
        changes.tell(other, motion(30, Some(40)));
        let ended: Vec<(i64, i64)> = changes
            .unwritten()
            .iter()
            .filter_map(|change| {
                Some((change.at.as_second() - 2_000_000_000, change.until?.as_second() - 2_000_000_000))
            })
            .collect();
        assert_eq!(ended, [(0, 10), (30, 40)]);
    }

    #[test]
    fn a_change_that_two_accounts_tell_is_kept_once_with_who_made_it() {
        let at = |second: i64| jiff::Timestamp::from_second(2_000_000_000 + second).expect("a time");
        let change = |second, after: &str, cause| Change {
            after: Some(after.to_owned()),
            cause: Some(cause),
            ..Change::span("hallway", "Hallway", ChangeKind::Target, at(second), None)
        };
        let (one, other) = (AccountId::new(1), AccountId::new(2));
        let mut changes = Changes::default();
        // The stream of the other account is quicker than the answer to this one.
        changes.tell(other, change(0, "21.0 °C", ChangeCause::Elsewhere));
        changes.tell(one, change(2, "21.0 °C", ChangeCause::Window));
        changes.tell(one, change(10, "22.0 °C", ChangeCause::Cli));
        changes.tell(other, change(11, "22.0 °C", ChangeCause::Elsewhere));
        changes.tell(one, change(300, "21.0 °C", ChangeCause::Elsewhere));
        changes.tell(one, change(301, "21.0 °C", ChangeCause::Elsewhere));
        let kept: Vec<(i64, Option<ChangeCause>)> =
            changes.unwritten().iter().map(|change| (change.at.as_second() - 2_000_000_000, change.cause)).collect();
        // The second has the key of the first, and replaces it.
        let expected = [
            (0, ChangeCause::Elsewhere),
            (0, ChangeCause::Window),
            (10, ChangeCause::Cli),
            (300, ChangeCause::Elsewhere),
            (301, ChangeCause::Elsewhere),
        ];
        assert_eq!(kept, expected.map(|(at, cause)| (at, Some(cause))));
    }

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
