//! Several accounts in one view, and the accounts of its entries.

use std::sync::Arc;

use jiff::Timestamp;

use super::merge::SnapshotMerger;
use super::{AccountId, AccountSnapshot, AccountsReversal, EntryId, Handled};
use crate::engine::{
    AccountLabel, AccountName, Batch, BatchGroup, BatchItem, BatchLabel, ChangeKind, Connection, ItemState, Origin,
    Outcome, Phase, Record, Reversal, Snapshot, WriteState,
};
use crate::home::{Capabilities, Field, Node, Refusal, ServiceKind, Setpoint, Structure, Thermostat, Write, blocked};

const LACKING: Capabilities = Capabilities::lacking(ServiceKind::DeviceAccess, &[Field::Label, Field::Away]);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).expect("a time")
}

/// A live account with one thermostat of a given name.
fn account(name: &str, capabilities: Capabilities) -> Snapshot {
    let label = AccountLabel { name: AccountName::Own(name.to_owned()), place: "example.org".to_owned() };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    let mut home = crate::home::DeviceTree::default();
    home.structures.insert(name.into(), Arc::new(Structure { name: Some(name.to_owned()), ..Structure::default() }));
    home.thermostats.insert(
        format!("{name}-hall").as_str().into(),
        Arc::new(Thermostat { name: Some(format!("{name} hall")), ..Thermostat::default() }),
    );
    snapshot.version = 1;
    snapshot.connection = Connection::Live;
    snapshot.writes_left = 5;
    snapshot.confirmed = Arc::new(home.with_capabilities(capabilities));
    snapshot.shown = Arc::clone(&snapshot.confirmed);
    snapshot
}

fn part(number: u32, snapshot: &Arc<Snapshot>) -> AccountSnapshot {
    let (id, label) = (AccountId::new(number), Arc::clone(&snapshot.account));
    AccountSnapshot { id, key: format!("key-{number}"), label, snapshot: Arc::clone(snapshot) }
}

fn entry(account: u32, number: u64) -> EntryId {
    EntryId { account: AccountId::new(account), number }
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

fn batch(id: u64, group: Option<BatchGroup>, device: &str, second: i64) -> Batch {
    let wish = Write::Target(device.into(), Setpoint::celsius(17.0));
    let item = BatchItem { slot: wish.slot(), name: device.to_owned(), write: wish, state: ItemState::Done };
    let label = BatchLabel { id, name: "Night".to_owned(), group };
    Batch { label, at: at(second), origin: Origin::Window, kind: ChangeKind::Change, items: vec![item] }
}

#[test]
fn the_homes_of_a_single_account_are_shared() {
    let snapshot = Arc::new(account("mill", Capabilities::default()));
    let mut merger = SnapshotMerger::default();
    let view = merger.merge(vec![part(3, &snapshot)]);
    assert!(Arc::ptr_eq(&view.shown, &snapshot.shown) && Arc::ptr_eq(&view.confirmed, &snapshot.confirmed));
    let label = AccountLabel { name: AccountName::Own("Mill Lane".to_owned()), ..(*snapshot.account).clone() };
    let renamed = merger.merge(vec![AccountSnapshot { label: Arc::new(label), ..part(3, &snapshot) }]);
    let only = renamed.only().expect("one account");
    assert_eq!(only.label.name, AccountName::Own("Mill Lane".to_owned()));
    assert!(renamed.version > view.version && !renamed.has_several());
}

#[test]
fn merged_homes_keep_the_capabilities_of_each_service() {
    let (mill, google) = (Arc::new(account("mill", Capabilities::default())), Arc::new(account("google", LACKING)));
    let merged = SnapshotMerger::default().merge(vec![part(0, &mill), part(1, &google)]);
    assert_eq!((merged.shown.structures.len(), merged.shown.thermostats.len()), (2, 2));
    let label = |device: &str| Write::Label(device.into(), "x".to_owned()).slot();
    let lacks = Refusal::ServiceLacks { service: ServiceKind::DeviceAccess, field: Field::Label };
    assert_eq!(blocked(&merged.shown, &label("google-hall")), Some(lacks));
    assert_ne!(
        blocked(&merged.shown, &label("mill-hall")),
        Some(Refusal::ServiceLacks { service: ServiceKind::DeviceAccess, field: Field::Label })
    );
    let owner = merged.owner(&Node::Thermostat("google-hall".into())).expect("an owner");
    assert_eq!((owner.key.as_str(), owner.snapshot.writes_left), ("key-1", 5));
    assert!(merged.has_several() && merged.only().is_none());
}

#[test]
fn an_offline_account_does_not_affect_the_others() {
    let mill = Arc::new(account("mill", Capabilities::default()));
    let mut away = account("google", LACKING);
    away.connection = Connection::Reconnecting { since: at(0), retry_at: None, why: None };
    let merged = SnapshotMerger::default().merge(vec![part(0, &Arc::new(away.clone())), part(1, &mill)]);
    assert_eq!(merged.connection, Connection::Live);
    let lines: Vec<bool> = merged.accounts.iter().map(|account| account.connection().is_online()).collect();
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
    assert_eq!(merged.shown.capabilities_of(&wish.slot().node), Capabilities::default());
    assert_eq!(merged.write_state(&wish.slot()).map(|state| &state.phase), Some(&Phase::Sending));
}

#[test]
fn journals_are_merged_by_time_and_undo_has_its_account() {
    let mill = with_records(
        account("mill", Capabilities::default()),
        vec![record(2, "mill-hall", 30), record(1, "mill-hall", 10)],
    );
    let google = with_records(account("google", LACKING), vec![record(1, "google-hall", 20)]);
    let mut merger = SnapshotMerger::default();
    let merged = merger.merge(vec![part(0, &mill), part(7, &google)]);
    let ids: Vec<EntryId> = merged.records().map(|entry| entry.id()).collect();
    assert_eq!(ids, [entry(0, 2), entry(7, 1), entry(0, 1)]);
    assert_eq!(merged.next_undo(), Some(AccountsReversal::of_record(entry(0, 2))));
    // A change of the second account is the newest one now.
    let google =
        with_records(account("google", LACKING), vec![record(2, "google-hall", 40), record(1, "google-hall", 20)]);
    let merged = merger.merge(vec![part(0, &mill), part(7, &google)]);
    let undo = merged.next_undo().expect("an undo");
    assert_eq!(undo, AccountsReversal::of_record(entry(7, 2)));
    assert_eq!(merged.reversed_records(&undo)[0].id(), entry(7, 2));
    let restored = Write::Target("google-hall".into(), Setpoint::celsius(20.0));
    assert_eq!(merged.writes_of_reversal(&undo), [restored]);
    let standing: Vec<EntryId> = merged.standings().into_keys().collect();
    assert_eq!(standing, [entry(0, 1), entry(0, 2), entry(7, 1), entry(7, 2)]);
}

#[test]
fn an_undo_of_one_account_is_redone_only_if_no_account_changed_since() {
    let undone = |second| {
        let change = record(1, "mill-hall", second);
        let (write, undo) = (change.undo.clone(), change.write.clone());
        let undo = Record { id: 2, at: at(second + 5), write, undo, undoes: Some(1), ..change.clone() };
        with_records(account("mill", Capabilities::default()), vec![undo, change])
    };
    let google = with_records(account("google", LACKING), vec![record(1, "google-hall", 20)]);
    let redo =
        |mill: &Arc<Snapshot>| SnapshotMerger::default().merge(vec![part(0, mill), part(1, &google)]).next_redo();
    assert_eq!(redo(&undone(30)), Some(AccountsReversal::of_record(entry(0, 2))));
    assert_eq!(redo(&undone(10)), None);
    // A clock that was set back between the two hides no redo of the same account.
    let mut set_back = (*undone(60)).clone();
    let mut journal = (*set_back.journal).clone();
    journal[0].at = at(30);
    set_back.journal = Arc::new(journal);
    assert_eq!(redo(&Arc::new(set_back)), Some(AccountsReversal::of_record(entry(0, 2))));
    // A change that is on its way counts as well.
    let mut busy = (*google).clone();
    let write = Write::Target("google-hall".into(), Setpoint::celsius(22.0));
    busy.writes.insert(write.slot(), WriteState::new(write, Phase::Sending, at(60)));
    let merged = SnapshotMerger::default().merge(vec![part(0, &undone(30)), part(1, &Arc::new(busy))]);
    assert_eq!(merged.next_redo(), None);
}

#[test]
fn only_records_after_the_first_journal_of_an_account_are_new() {
    let new = |view: &super::AccountsView, handled: &mut Handled| {
        view.new_records(handled).iter().map(|entry| entry.id()).collect::<Vec<_>>()
    };
    let (mut merger, mut handled) = (SnapshotMerger::default(), Handled::default());
    let unread = Arc::new(Snapshot { version: 0, ..account("google", LACKING) });
    let mill = |records| with_records(account("mill", Capabilities::default()), records);
    let before = mill(vec![record(5, "mill-hall", 10)]);
    assert_eq!(new(&merger.merge(vec![part(0, &before), part(1, &unread)]), &mut handled), []);
    let read = with_records(account("google", LACKING), vec![record(9, "google-hall", 50)]);
    let after = mill(vec![record(7, "mill-hall", 40), record(6, "mill-hall", 30), record(5, "mill-hall", 10)]);
    let news = new(&merger.merge(vec![part(0, &after), part(1, &read)]), &mut handled);
    assert_eq!(news, [entry(0, 6), entry(0, 7)], "the other journal was read just now");
    let again = merger.merge(vec![part(0, &after), part(1, &read)]);
    assert_eq!(new(&again, &mut handled), []);
    // An account that is opened again has another id, and its journal is history.
    assert_eq!(new(&merger.merge(vec![part(2, &after), part(1, &read)]), &mut handled), []);
}

fn with_batch(name: &str, batch: Option<Batch>) -> Arc<Snapshot> {
    let batches = Arc::new(batch.into_iter().collect());
    Arc::new(Snapshot { batches, ..account(name, Capabilities::default()) })
}

#[test]
fn a_preset_over_two_accounts_is_one_list_and_is_undone_as_one() {
    let first = Some(BatchGroup::after(None, at(5)));
    let second = Some(BatchGroup::after(first, at(5)));
    assert_ne!(first, second, "the clock stands");
    let merged = |group, other| {
        let (mill, google) = (batch(1, group, "mill-hall", 6), batch(1, other, "google-hall", 5));
        SnapshotMerger::default()
            .merge(vec![part(0, &with_batch("mill", Some(mill))), part(1, &with_batch("google", Some(google)))])
    };
    let view = merged(first, first);
    let latest = view.latest_batch().expect("a batch");
    assert_eq!((latest.items().count(), latest.is_over()), (2, true));
    assert_eq!(latest.ids().collect::<Vec<_>>(), [entry(0, 1), entry(1, 1)]);
    let parts = [(AccountId::new(0), Reversal::Batch(1)), (AccountId::new(1), Reversal::Batch(1))];
    assert_eq!(latest.reversal().parts(), parts);
    let mut closed = Handled::default();
    latest.ids().for_each(|id| closed.note(id));
    assert_eq!(closed, view.present_batches());
    assert!(latest.ids().all(|id| !closed.is_new(id)));
    // Changes of two clients have one name, and each belongs to its account.
    for others in [second, None] {
        let view = merged(first, others);
        let latest = view.latest_batch().expect("a batch");
        assert_eq!(latest.ids().collect::<Vec<_>>(), [entry(0, 1)]);
    }
    assert_eq!(merged(None, None).latest_batch().expect("a batch").ids().count(), 1);
}

#[test]
fn ctrl_z_undoes_a_batch_in_all_its_accounts() {
    let group = Some(BatchGroup::after(None, at(5)));
    let part_of = |id: u64, name: &str, group| {
        let device = format!("{name}-hall");
        let label = BatchLabel { id, name: "Night".to_owned(), group };
        let records = vec![Record { batch: Some(label), ..record(id, &device, 5) }];
        with_records(account(name, Capabilities::default()), records)
    };
    let undo = |other| {
        let parts = vec![part(0, &part_of(4, "mill", group)), part(1, &part_of(9, "google", other))];
        SnapshotMerger::default().merge(parts).next_undo().expect("an undo")
    };
    let mut parts = undo(group).parts().to_vec();
    parts.sort_by_key(|(account, _)| *account);
    assert_eq!(parts, [(AccountId::new(0), Reversal::Batch(4)), (AccountId::new(1), Reversal::Batch(9))]);
    assert!(undo(group).is_of_batch());
    assert_eq!(undo(None).parts().len(), 1);
}

#[test]
fn the_undo_of_a_batch_in_flight_restores_what_is_confirmed() {
    let sent = batch(1, None, "mill-hall", 5);
    let sent = Batch { items: vec![BatchItem { state: ItemState::Confirming, ..sent.items[0].clone() }], ..sent };
    let mut snapshot = (*with_batch("mill", Some(sent))).clone();
    let mut home = (*snapshot.confirmed).clone();
    let hall = home.thermostat_mut(&"mill-hall".into()).expect("there");
    hall.target_temperature = crate::home::Temperature::from_celsius(21.0);
    snapshot.confirmed = Arc::new(home);
    let view = SnapshotMerger::default().merge(vec![part(0, &Arc::new(snapshot))]);
    let reversal = view.latest_batch().expect("a batch").reversal();
    let before = Write::Target("mill-hall".into(), Setpoint::celsius(21.0));
    assert_eq!(view.writes_of_reversal(&reversal), [before], "it has no record yet");
}

#[test]
fn every_publication_of_an_engine_counts() {
    let mut merger = SnapshotMerger::default();
    let at = |version| Arc::new(Snapshot { version, ..account("mill", Capabilities::default()) });
    let first = merger.merge(vec![part(0, &at(4))]).version;
    assert_eq!(merger.merge(vec![part(0, &at(7))]).version, first + 3, "two were never seen");
    // An account that is opened again begins anew.
    assert_eq!(merger.merge(vec![part(1, &at(1))]).version, first + 4);
}

#[test]
fn unchanged_snapshots_are_not_merged_again() {
    let (mill, google) = (Arc::new(account("mill", Capabilities::default())), Arc::new(account("google", LACKING)));
    let mut merger = SnapshotMerger::default();
    let first = merger.merge(vec![part(0, &mill), part(1, &google)]);
    assert!(Arc::ptr_eq(&first, &merger.merge(vec![part(0, &mill), part(1, &google)])));
    let turned = merger.merge(vec![part(1, &google), part(0, &mill)]);
    assert!(!Arc::ptr_eq(&first, &turned) && turned.version > first.version);
    assert_eq!(turned.accounts[0].key, "key-1", "the order is the person's");
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

#[test]
fn the_group_of_a_batch_is_on_disk_and_older_files_have_none() {
    let group = BatchGroup::after(None, at(5));
    let label = BatchLabel { id: 4, name: "Night".to_owned(), group: Some(group) };
    let json = serde_json::to_string(&label).expect("JSON");
    assert_eq!(serde_json::from_str::<BatchLabel>(&json).expect("a label"), label);
    let older = serde_json::from_str::<BatchLabel>(r#"{"id":4,"name":"Night"}"#).expect("a label");
    assert_eq!(older, BatchLabel { group: None, ..label });
}
