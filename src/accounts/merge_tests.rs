//! Several accounts in one snapshot, and the accounts of its numbers.

use std::sync::Arc;

use jiff::Timestamp;

use super::merge::{AccountSnapshot, Numbered, SnapshotMerger};
use crate::engine::{
    AccountLabel, AccountName, Batch, BatchItem, BatchLabel, ChangeKind, Connection, ItemState, Origin, Outcome, Phase,
    Record, Reversal, Snapshot, WriteState,
};
use crate::home::{Capabilities, Field, Node, Refusal, ServiceName, Setpoint, Structure, Thermostat, Write, blocked};

const LACKING: Capabilities = Capabilities::lacking(ServiceName::DeviceAccess, &[Field::Label, Field::Away]);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time")
}

/// A live account with one thermostat of a given name.
fn account(name: &str, capabilities: Capabilities) -> Snapshot {
    let label = AccountLabel { name: AccountName::Own(name.to_owned()), place: "example.org".to_owned() };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    let mut home = crate::home::DeviceTree { capabilities, ..crate::home::DeviceTree::default() };
    home.structures.insert(name.into(), Arc::new(Structure { name: Some(name.to_owned()), ..Structure::default() }));
    home.thermostats.insert(
        format!("{name}-hall").as_str().into(),
        Arc::new(Thermostat { name: Some(format!("{name} hall")), ..Thermostat::default() }),
    );
    snapshot.version = 1;
    snapshot.connection = Connection::Live;
    snapshot.writes_left = 5;
    snapshot.confirmed = Arc::new(home);
    snapshot.shown = Arc::clone(&snapshot.confirmed);
    snapshot
}

fn part(number: u32, snapshot: &Arc<Snapshot>) -> AccountSnapshot {
    let label = Arc::clone(&snapshot.account);
    AccountSnapshot { number, key: format!("key-{number}"), label, snapshot: Arc::clone(snapshot) }
}

fn record(id: u64, device: &str, second: i64) -> Record {
    let write = Write::Target(device.into(), Setpoint::celsius(21.0));
    Record {
        id,
        at: at(second),
        origin: Origin::Window,
        slot: write.slot(),
        name: device.to_owned(),
        from: None,
        to: write.value_text(),
        outcome: Outcome::Done,
        write: Some(write),
        undo: Some(Write::Target(device.into(), Setpoint::celsius(20.0))),
        batch: None,
        undoes: None,
    }
}

fn with_records(mut snapshot: Snapshot, newest_first: Vec<Record>) -> Arc<Snapshot> {
    snapshot.journal = Arc::new(newest_first.into());
    Arc::new(snapshot)
}

fn batch(id: u64, device: &str, second: i64) -> Batch {
    let wish = Write::Target(device.into(), Setpoint::celsius(17.0));
    let item = BatchItem { slot: wish.slot(), name: device.to_owned(), write: wish, state: ItemState::Done };
    let label = BatchLabel { id, name: "Night".to_owned() };
    Batch { label, at: at(second), origin: Origin::Window, kind: ChangeKind::Change, items: vec![item] }
}

#[test]
fn a_single_account_is_passed_on_unchanged() {
    let snapshot = Arc::new(account("mill", Capabilities::default()));
    let mut merger = SnapshotMerger::default();
    assert!(Arc::ptr_eq(&merger.merge(vec![part(3, &snapshot)]), &snapshot));
    let label = AccountLabel { name: AccountName::Own("Mill Lane".to_owned()), ..(*snapshot.account).clone() };
    let renamed = merger.merge(vec![AccountSnapshot { label: Arc::new(label), ..part(3, &snapshot) }]);
    assert_eq!(renamed.account.name, AccountName::Own("Mill Lane".to_owned()));
    assert!(renamed.members.is_empty() && Arc::ptr_eq(&renamed.shown, &snapshot.shown));
}

#[test]
fn merged_homes_keep_the_capabilities_of_each_service() {
    let (mill, google) = (Arc::new(account("mill", Capabilities::default())), Arc::new(account("google", LACKING)));
    let merged = SnapshotMerger::default().merge(vec![part(0, &mill), part(1, &google)]);
    assert_eq!((merged.shown.structures.len(), merged.shown.thermostats.len()), (2, 2));
    let label = |device: &str| Write::Label(device.into(), "x".to_owned()).slot();
    let lacks = Refusal::ServiceLacks { service: ServiceName::DeviceAccess, field: Field::Label };
    assert_eq!(blocked(&merged.shown, &label("google-hall")), Some(lacks));
    assert_ne!(
        blocked(&merged.shown, &label("mill-hall")),
        Some(Refusal::ServiceLacks { service: ServiceName::DeviceAccess, field: Field::Label })
    );
    let owner = merged.member_of(&Node::Thermostat("google-hall".into())).expect("an owner");
    assert_eq!((owner.key.as_str(), owner.writes_left), ("key-1", 5));
    assert_eq!(merged.account.name, AccountName::Several(2));
}

#[test]
fn an_offline_account_does_not_affect_the_others() {
    let mill = Arc::new(account("mill", Capabilities::default()));
    let mut away = account("google", LACKING);
    away.connection = Connection::Reconnecting { since: at(0), retry_at: None, why: None };
    let merged = SnapshotMerger::default().merge(vec![part(0, &Arc::new(away.clone())), part(1, &mill)]);
    assert_eq!(merged.connection, Connection::Live);
    let lines: Vec<bool> = merged.accounts().iter().map(|account| account.connection.is_online()).collect();
    assert_eq!(lines, [false, true]);
}

#[test]
fn a_device_in_two_accounts_belongs_to_the_first() {
    let mut first = account("mill", Capabilities::default());
    let second = account("mill", LACKING);
    let wish = Write::Target("mill-hall".into(), Setpoint::celsius(22.0));
    first.writes.insert(wish.slot(), WriteState::new(wish.clone(), Phase::Sending, at(1)));
    let mut other = second;
    other.writes.insert(wish.slot(), WriteState::new(wish.clone(), Phase::Confirming, at(1)));
    let merged = SnapshotMerger::default().merge(vec![part(0, &Arc::new(first)), part(1, &Arc::new(other))]);
    assert_eq!(merged.shown.thermostats.len(), 1);
    assert!(merged.shown.lacking.is_empty());
    assert_eq!(merged.write_state(&wish.slot()).map(|state| &state.phase), Some(&Phase::Sending));
}

#[test]
fn journals_are_merged_by_time_and_undo_is_routed() {
    let mill = with_records(
        account("mill", Capabilities::default()),
        vec![record(2, "mill-hall", 30), record(1, "mill-hall", 10)],
    );
    let google = with_records(account("google", LACKING), vec![record(1, "google-hall", 20)]);
    let mut merger = SnapshotMerger::default();
    let merged = merger.merge(vec![part(0, &mill), part(7, &google)]);
    let names: Vec<&str> = merged.journal.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, ["mill-hall", "google-hall", "mill-hall"]);
    let owners: Vec<_> = merged.journal.iter().flat_map(|record| merger.own(Numbered::Record(record.id))).collect();
    assert_eq!(owners, [(0, 2), (7, 1), (0, 1)]);
    // A change of the second account is the newest one now.
    let newest = merged.journal.iter().map(|record| record.id).max().expect("records");
    let google =
        with_records(account("google", LACKING), vec![record(2, "google-hall", 40), record(1, "google-hall", 20)]);
    let merged = merger.merge(vec![part(0, &mill), part(7, &google)]);
    let front = merged.journal.front().expect("a record");
    assert!(front.id > newest && front.name == "google-hall");
    assert_eq!(merged.next_undo(), Some(Reversal::Record(front.id)));
    assert_eq!(merger.own(Numbered::Record(front.id)), [(7, 2)]);
}

#[test]
fn an_undo_names_its_record_even_if_that_is_hidden() {
    let mut undo = record(9, "mill-hall", 30);
    undo.undoes = Some(4);
    let mill = with_records(account("mill", Capabilities::default()), vec![undo]);
    let google = Arc::new(account("google", LACKING));
    let mut merger = SnapshotMerger::default();
    let merged = merger.merge(vec![part(0, &mill), part(1, &google)]);
    let front = merged.journal.front().expect("a record");
    let undone = front.undoes.expect("a number");
    assert!(undone < front.id);
    assert_eq!(merger.own(Numbered::Record(undone)), [(0, 4)]);
}

#[test]
fn a_preset_over_two_accounts_is_one_list_and_is_undone_as_one() {
    let with_batch = |name: &str, batch: Option<Batch>| {
        let mut snapshot = account(name, Capabilities::default());
        snapshot.batches = Arc::new(batch.into_iter().collect());
        Arc::new(snapshot)
    };
    let mut merger = SnapshotMerger::default();
    merger.merge(vec![part(0, &with_batch("mill", None)), part(1, &with_batch("google", None))]);
    let (mill, google) =
        (with_batch("mill", Some(batch(1, "mill-hall", 5))), with_batch("google", Some(batch(1, "google-hall", 5))));
    let merged = merger.merge(vec![part(0, &mill), part(1, &google)]);
    let batches: Vec<usize> = merged.batches.iter().map(|batch| batch.items.len()).collect();
    assert_eq!(batches, [2]);
    let id = merged.batches.front().expect("a batch").label.id;
    let mut owners = merger.own(Numbered::Batch(id));
    owners.sort_unstable();
    assert_eq!(owners, [(0, 1), (1, 1)]);
    // The same name a minute later is another batch.
    let google = with_batch("google", Some(batch(2, "google-hall", 65)));
    let merged = merger.merge(vec![part(0, &mill), part(1, &google)]);
    assert_eq!(merged.batches.len(), 2);
}

#[test]
fn unchanged_snapshots_are_not_merged_again() {
    let (mill, google) = (Arc::new(account("mill", Capabilities::default())), Arc::new(account("google", LACKING)));
    let mut merger = SnapshotMerger::default();
    let first = merger.merge(vec![part(0, &mill), part(1, &google)]);
    assert!(Arc::ptr_eq(&first, &merger.merge(vec![part(0, &mill), part(1, &google)])));
    let turned = merger.merge(vec![part(1, &google), part(0, &mill)]);
    assert!(!Arc::ptr_eq(&first, &turned) && turned.version > first.version);
    assert_eq!(turned.accounts()[0].key, "key-1", "the order is the person's");
}

#[test]
fn bridge_changes_of_two_accounts_are_undone_separately() {
    let with_batch = |name: &str, origin: Origin| {
        let mut snapshot = account(name, Capabilities::default());
        let batch = Batch { origin, ..batch(1, &format!("{name}-hall"), 5) };
        snapshot.batches = Arc::new([batch].into_iter().collect());
        Arc::new(snapshot)
    };
    for origin in [Origin::Bridge, Origin::Cli] {
        let mut merger = SnapshotMerger::default();
        let merged = merger.merge(vec![part(0, &with_batch("mill", origin)), part(1, &with_batch("google", origin))]);
        let owners: Vec<usize> =
            merged.batches.iter().map(|batch| merger.own(Numbered::Batch(batch.label.id)).len()).collect();
        assert_eq!(owners, [1, 1], "{origin:?}");
    }
}

#[test]
fn devices_of_one_name_are_distinguished_by_account() {
    let (mut mill, google) = (account("mill", Capabilities::default()), account("google", LACKING));
    let mut home = (*mill.confirmed).clone();
    let hall = Thermostat { name: Some("google hall".to_owned()), ..Thermostat::default() };
    home.thermostats.insert("mill-other".into(), Arc::new(hall));
    mill.confirmed = Arc::new(home);
    mill.shown = Arc::clone(&mill.confirmed);
    let merged = SnapshotMerger::default().merge(vec![part(0, &Arc::new(mill)), part(1, &Arc::new(google))]);
    let apart = |id: &str, name| {
        let label = merged.told_apart_by(&Node::Thermostat(id.into()), name);
        label.map(|label| label.name.clone())
    };
    assert_eq!(apart("mill-other", "google hall"), Some(AccountName::Own("mill".to_owned())));
    assert_eq!(apart("google-hall", "google hall"), Some(AccountName::Own("google".to_owned())));
    assert_eq!(apart("mill-hall", "mill hall"), None, "no other account has one");
    assert_eq!(apart("nobody", "google hall"), None);
}
