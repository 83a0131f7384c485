//! All shown accounts at one moment, as the window reads them.

use std::collections::{BTreeMap, vec_deque};
use std::sync::Arc;

use super::merge;
use crate::engine::{AccountLabel, Connection, EngineWarning, HomeEvent, Record, Snapshot, WriteState};
use crate::home::{DeviceTree, Node, Slot};

/// Names an opened account in this run. An account that is opened again gets another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(u32);

impl AccountId {
    /// The account with this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }
}

/// Names a record, batch or notice by its account and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId {
    pub account: AccountId,
    /// The number in that account. A newer entry has a higher number.
    pub number: u64,
}

/// One account of the view.
#[derive(Debug, Clone)]
pub struct AccountSnapshot {
    pub id: AccountId,
    /// The id in the settings.
    pub key: String,
    /// The present name and place.
    pub label: Arc<AccountLabel>,
    /// The last snapshot of its engine.
    pub snapshot: Arc<Snapshot>,
}

impl AccountSnapshot {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
            && self.label == other.label
            && self.key == other.key
            && Arc::ptr_eq(&self.snapshot, &other.snapshot)
    }

    /// The connection to its service.
    pub fn connection(&self) -> &Connection {
        &self.snapshot.connection
    }

    pub(super) fn entry(&self, number: u64) -> EntryId {
        EntryId { account: self.id, number }
    }
}

/// A journal record with its account.
#[derive(Debug, Clone, Copy)]
pub struct JournalEntry<'a> {
    pub account: AccountId,
    pub record: &'a Record,
}

impl JournalEntry<'_> {
    /// The name of the record in all accounts.
    pub fn id(&self) -> EntryId {
        EntryId { account: self.account, number: self.record.id }
    }
}

/// The highest number of each account that a reader has handled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handled(BTreeMap<AccountId, u64>);

impl Handled {
    /// Notes an entry and all older ones of its account.
    pub fn note(&mut self, entry: EntryId) {
        let last = self.0.entry(entry.account).or_default();
        *last = entry.number.max(*last);
    }

    /// True if the entry was not noted.
    pub fn is_new(&self, entry: EntryId) -> bool {
        self.0.get(&entry.account).is_none_or(|last| entry.number > *last)
    }
}

/// All shown accounts at one moment. Cloning is cheap: large parts are shared.
#[derive(Debug, Clone)]
pub struct AccountsView {
    /// Increases with each change of an account, by the number of publications of the engines.
    pub version: u64,
    /// The accounts in the user's order.
    pub accounts: Vec<AccountSnapshot>,
    /// The best of the connections: an offline account does not affect the others.
    pub connection: Connection,
    /// The confirmed homes.
    pub confirmed: Arc<DeviceTree>,
    /// The confirmed homes with every pending write applied: the values that controls show.
    pub shown: Arc<DeviceTree>,
}

impl AccountsView {
    /// Merges the accounts. A device or structure in two accounts is that of the first one.
    pub fn new(version: u64, accounts: Vec<AccountSnapshot>) -> Self {
        Self {
            version,
            connection: merge::best_connection(&accounts),
            confirmed: merge::device_tree(&accounts, |snapshot| &snapshot.confirmed),
            shown: merge::device_tree(&accounts, |snapshot| &snapshot.shown),
            accounts,
        }
    }

    /// A single account.
    pub fn of_one(key: &str, snapshot: Arc<Snapshot>) -> Self {
        let (id, key, label) = (AccountId::new(0), key.to_owned(), Arc::clone(&snapshot.account));
        Self::new(snapshot.version, vec![AccountSnapshot { id, key, label, snapshot }])
    }

    /// The account, if it is the only one.
    pub fn only(&self) -> Option<&AccountSnapshot> {
        if let [only] = self.accounts.as_slice() { Some(only) } else { None }
    }

    /// True if several accounts are shown, so that messages have to name theirs.
    pub fn has_several(&self) -> bool {
        self.accounts.len() > 1
    }

    /// True if the simulated home is the only account.
    pub fn is_simulated(&self) -> bool {
        self.only().is_some_and(|account| account.label.is_simulated())
    }

    /// The account with this id.
    pub fn account(&self, id: AccountId) -> Option<&AccountSnapshot> {
        self.accounts.iter().find(|account| account.id == id)
    }

    /// The account of a device or structure: the first one that has it.
    pub fn owner(&self, node: &Node) -> Option<&AccountSnapshot> {
        self.accounts.iter().find(|account| account.snapshot.confirmed.has(node))
    }

    /// The account of a device or structure, if several are shown, so that its name is worth showing.
    pub fn named_owner(&self, node: &Node) -> Option<&AccountSnapshot> {
        self.owner(node).filter(|_| self.has_several())
    }

    /// The account whose name distinguishes a device or structure from one of the same name in another account.
    pub fn told_apart_by(&self, node: &Node, name: &str) -> Option<&AccountLabel> {
        let owner = self.owner(node)?;
        let mut others = self.accounts.iter().filter(|account| account.id != owner.id);
        others.any(|account| account.snapshot.confirmed.has_name(name)).then_some(&*owner.label)
    }

    /// The journal records of all accounts, newest first by the time of the request.
    pub fn records(&self) -> impl Iterator<Item = JournalEntry<'_>> {
        let mut journals: Vec<_> =
            self.accounts.iter().map(|account| (account.id, account.snapshot.journal.iter())).collect();
        std::iter::from_fn(move || {
            let newest =
                |(_, records): &&mut (_, vec_deque::Iter<'_, Record>)| records.clone().next().map(|record| record.at);
            let (account, records) = journals.iter_mut().max_by_key(newest)?;
            Some(JournalEntry { account: *account, record: records.next()? })
        })
    }

    /// The alarms and the events of cameras of all accounts, newest first.
    pub fn events(&self) -> impl Iterator<Item = (EntryId, &HomeEvent)> {
        let mut logs: Vec<_> = self.accounts.iter().map(|account| (account, account.snapshot.events.iter())).collect();
        std::iter::from_fn(move || {
            let newest = |(_, events): &&mut (_, vec_deque::Iter<'_, Arc<HomeEvent>>)| {
                events.clone().next().map(|event| event.at)
            };
            let (account, events) = logs.iter_mut().max_by_key(newest)?;
            let event = events.next()?;
            Some((account.entry(event.id), &**event))
        })
    }

    /// The records since the last call with the same `handled`, oldest first. The first journal of an account is
    /// history.
    pub fn new_records(&self, handled: &mut Handled) -> Vec<JournalEntry<'_>> {
        handled.0.retain(|id, _| self.account(*id).is_some());
        let mut new = Vec::new();
        // Version 0 has no journal yet.
        for account in self.accounts.iter().filter(|account| account.snapshot.version > 0) {
            let journal = &account.snapshot.journal;
            let newest = journal.iter().map(|record| record.id).max().unwrap_or_default();
            let Some(last) = handled.0.insert(account.id, newest) else { continue };
            let records = journal.iter().filter(|record| record.id > last);
            new.extend(records.rev().map(|record| JournalEntry { account: account.id, record }));
        }
        new.sort_by_key(|entry| entry.record.at);
        new
    }

    /// The notices of all accounts.
    pub fn notices(&self) -> impl Iterator<Item = (EntryId, &EngineWarning)> {
        self.accounts.iter().flat_map(|account| {
            account.snapshot.notices.iter().map(|notice| (account.entry(notice.id), &notice.warning))
        })
    }

    /// The pending and failed writes. For a device of two accounts, the first one comes first.
    pub fn writes(&self) -> impl Iterator<Item = (&Slot, &WriteState)> {
        self.accounts.iter().flat_map(|account| &account.snapshot.writes)
    }

    /// The state of the newest pending write for a slot.
    pub fn write_state(&self, slot: &Slot) -> Option<&WriteState> {
        self.accounts.iter().find_map(|account| account.snapshot.writes.get(slot))
    }
}
