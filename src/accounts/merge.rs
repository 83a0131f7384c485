//! Merges several snapshots into one; cached until one of them changes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::SignedDuration;

use super::numbering::Numbering;
use crate::engine::{
    AccountLabel, AccountName, Batch, Connection, EngineNotice, Member, Origin, Record, Snapshot, WriteState,
};
use crate::home::{Capabilities, DeviceTree, Metadata, Node};

/// The maximum distance between the parts of one batch, which are requested one after the other without a pause.
const ASKED_TOGETHER: SignedDuration = SignedDuration::from_millis(500);

/// The snapshot of one account.
#[derive(Debug, Clone)]
pub(super) struct AccountSnapshot {
    /// Identifies the account in this run; never used again.
    pub number: u32,
    /// The id in the settings.
    pub key: String,
    /// The present name and place.
    pub label: Arc<AccountLabel>,
    /// The last snapshot of its engine.
    pub snapshot: Arc<Snapshot>,
}

impl AccountSnapshot {
    fn is_same(&self, other: &Self) -> bool {
        self.number == other.number
            && self.label == other.label
            && self.key == other.key
            && Arc::ptr_eq(&self.snapshot, &other.snapshot)
    }
}

/// Caches the last merge and its numbering.
#[derive(Debug, Default)]
pub(super) struct SnapshotMerger {
    parts: Vec<AccountSnapshot>,
    merged: Option<Arc<Snapshot>>,
    version: u64,
    records: Numbering,
    batches: Numbering,
    /// Batches that are parts of one, by the number of the whole.
    joined: BTreeMap<u64, u64>,
    notices: Numbering,
}

/// The subject of a number in the merged snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbered {
    Record(u64),
    Batch(u64),
    Notice(u64),
}

impl SnapshotMerger {
    /// Merges the snapshots. A single one is passed on unchanged, except for its name.
    pub(super) fn merge(&mut self, parts: Vec<AccountSnapshot>) -> Arc<Snapshot> {
        if let Some(merged) = &self.merged
            && parts.len() == self.parts.len()
            && parts.iter().zip(&self.parts).all(|(new, old)| new.is_same(old))
        {
            return Arc::clone(merged);
        }
        let merged = match parts.as_slice() {
            [only] if only.snapshot.account == only.label => Arc::clone(&only.snapshot),
            [only] => Arc::new(Snapshot { account: Arc::clone(&only.label), ..(*only.snapshot).clone() }),
            several => Arc::new(self.several(several)),
        };
        self.parts = parts;
        self.merged = Some(Arc::clone(&merged));
        merged
    }

    /// The accounts of a number, with the number in each; a batch may belong to several accounts.
    pub(super) fn own(&self, numbered: Numbered) -> Vec<(u32, u64)> {
        match numbered {
            Numbered::Record(number) => self.records.own(number).into_iter().collect(),
            Numbered::Batch(number) => {
                let others = self.joined.iter().filter(|(_, all)| **all == number).map(|(part, _)| *part);
                others.chain([number]).filter_map(|part| self.batches.own(part)).collect()
            }
            Numbered::Notice(number) => self.notices.own(number).into_iter().collect(),
        }
    }

    fn several(&mut self, parts: &[AccountSnapshot]) -> Snapshot {
        self.version += 1;
        for part in parts.iter().filter(|part| part.snapshot.version > 0) {
            self.number(part);
        }
        // Batches go first, because records and writes name them by number.
        let batches = self.batches_of(parts);
        let journals = parts.iter().map(|part| self.records_of(part)).collect();
        let mut writes = BTreeMap::new();
        for part in parts {
            for (slot, state) in &part.snapshot.writes {
                // For a device that two accounts have, only the first is shown.
                writes.entry(slot.clone()).or_insert_with(|| self.state(part.number, state));
            }
        }
        Snapshot {
            version: self.version,
            account: Arc::new(AccountLabel { name: AccountName::Several(parts.len()), place: String::new() }),
            connection: best_line(parts),
            confirmed: Arc::new(home_of(parts, |snapshot| &snapshot.confirmed)),
            shown: Arc::new(home_of(parts, |snapshot| &snapshot.shown)),
            writes,
            batches: Arc::new(batches),
            journal: Arc::new(by_time(journals)),
            writes_left: parts.iter().map(|part| part.snapshot.writes_left).sum(),
            notices: Arc::new(parts.iter().flat_map(|part| self.notices_of(part)).collect()),
            members: Arc::new(parts.iter().map(member).collect()),
        }
    }

    fn number(&mut self, part: &AccountSnapshot) {
        let AccountSnapshot { number, snapshot, .. } = part;
        let records: Vec<u64> = snapshot.journal.iter().map(|record| record.id).collect();
        self.records.add_entries(*number, &records);
        let of_batches = snapshot.batches.iter().map(|batch| batch.label.id);
        let of_records = snapshot.journal.iter().filter_map(|record| Some(record.batch.as_ref()?.id));
        let mut batches: Vec<u64> = of_batches.chain(of_records).collect();
        batches.sort_unstable_by(|a, b| b.cmp(a));
        batches.dedup();
        self.batches.add_entries(*number, &batches);
        let notices: Vec<u64> = snapshot.notices.iter().map(|notice| notice.id).rev().collect();
        self.notices.add_entries(*number, &notices);
    }

    fn state(&mut self, number: u32, state: &WriteState) -> WriteState {
        let mut state = state.clone();
        if let Some(label) = &mut state.batch {
            label.id = self.batch(number, label.id);
        }
        state.undoes = state.undoes.map(|id| self.records.number(number, id));
        state
    }

    fn records_of(&mut self, part: &AccountSnapshot) -> VecDeque<Record> {
        let renumbered = part.snapshot.journal.iter().map(|record| {
            let mut record = record.clone();
            record.id = self.records.number(part.number, record.id);
            record.undoes = record.undoes.map(|id| self.records.number(part.number, id));
            if let Some(label) = &mut record.batch {
                label.id = self.batch(part.number, label.id);
            }
            record
        });
        renumbered.collect()
    }

    /// All batches, newest first. A batch that was split between accounts is one again.
    fn batches_of(&mut self, parts: &[AccountSnapshot]) -> VecDeque<Batch> {
        let mut all: Vec<(u32, Batch)> = Vec::new();
        for part in parts {
            for batch in part.snapshot.batches.iter() {
                let mut batch = batch.clone();
                batch.label.id = self.batches.number(part.number, batch.label.id);
                all.push((part.number, batch));
            }
        }
        all.sort_by_key(|(_, batch)| std::cmp::Reverse(batch.label.id));
        let mut joined: Vec<(BTreeSet<u32>, Batch)> = Vec::new();
        for (member, batch) in all {
            match joined.iter_mut().find(|(members, whole)| !members.contains(&member) && is_part(&batch, whole)) {
                Some((members, whole)) => {
                    members.insert(member);
                    self.joined.insert(batch.label.id, whole.label.id);
                    whole.items.extend(batch.items);
                }
                None => joined.push((BTreeSet::from([member]), batch)),
            }
        }
        joined.into_iter().map(|(_, batch)| batch).collect()
    }

    fn batch(&mut self, member: u32, own: u64) -> u64 {
        let number = self.batches.number(member, own);
        self.joined.get(&number).copied().unwrap_or(number)
    }

    fn notices_of(&mut self, part: &AccountSnapshot) -> Vec<EngineNotice> {
        let renumbered = part.snapshot.notices.iter().map(|notice| {
            let id = self.notices.number(part.number, notice.id);
            EngineNotice { id, warning: notice.warning.clone() }
        });
        renumbered.collect()
    }
}

/// True if two accounts got the same request at the same moment.
fn is_part(batch: &Batch, whole: &Batch) -> bool {
    let apart = batch.at.duration_since(whole.at).abs();
    // Another process asks one account alone, under a name that all such changes share.
    let is_of_all = match batch.origin {
        Origin::Window | Origin::Tray | Origin::Rule => true,
        Origin::Cli | Origin::Bridge | Origin::Elsewhere | Origin::AfterAway | Origin::AfterHome => false,
    };
    is_of_all
        && batch.label.name == whole.label.name
        && batch.origin == whole.origin
        && batch.kind == whole.kind
        && apart <= ASKED_TOGETHER
}

fn member(part: &AccountSnapshot) -> Member {
    Member {
        key: part.key.clone(),
        label: Arc::clone(&part.label),
        connection: part.snapshot.connection.clone(),
        writes_left: part.snapshot.writes_left,
        confirmed: Arc::clone(&part.snapshot.confirmed),
    }
}

/// The best connection: an offline account does not affect the others, and its own line shows the problem.
fn best_line(parts: &[AccountSnapshot]) -> Connection {
    let rank = |connection: &Connection| match connection {
        Connection::Live => 0,
        Connection::Stale { .. } => 1,
        Connection::Connecting => 2,
        Connection::Reconnecting { .. } => 3,
        Connection::SignedOut { .. } => 4,
        Connection::Closed => 5,
    };
    let lines = parts.iter().map(|part| &part.snapshot.connection);
    lines.min_by_key(|connection| rank(connection)).cloned().unwrap_or(Connection::Closed)
}

/// The device trees as one. A node in two accounts is that of the first one.
fn home_of(parts: &[AccountSnapshot], of: impl Fn(&Snapshot) -> &Arc<DeviceTree>) -> DeviceTree {
    let mut all = DeviceTree::default();
    for part in parts {
        let home = of(&part.snapshot);
        let lacks = (home.capabilities != Capabilities::default()).then_some(home.capabilities);
        for (id, structure) in &home.structures {
            if !all.structures.contains_key(id) {
                all.structures.insert(id.clone(), Arc::clone(structure));
                note(&mut all, Node::Structure(id.clone()), lacks);
            }
        }
        for (id, thermostat) in &home.thermostats {
            if !all.thermostats.contains_key(id) {
                all.thermostats.insert(id.clone(), Arc::clone(thermostat));
                note(&mut all, Node::Thermostat(id.clone()), lacks);
            }
        }
        for (id, camera) in &home.cameras {
            if !all.cameras.contains_key(id) {
                all.cameras.insert(id.clone(), Arc::clone(camera));
                note(&mut all, Node::Camera(id.clone()), lacks);
            }
        }
        for (id, protect) in &home.protects {
            all.protects.entry(id.clone()).or_insert_with(|| Arc::clone(protect));
        }
        for (path, value) in &home.extra {
            all.extra.entry(path.clone()).or_insert_with(|| value.clone());
        }
    }
    // Tokens and versions belong to a single account.
    all.metadata = Metadata::default();
    all
}

fn note(all: &mut DeviceTree, node: Node, lacks: Option<Capabilities>) {
    if let Some(capabilities) = lacks {
        all.lacking.insert(node, capabilities);
    }
}

/// The journals as one, newest first by the time of the request; the order within each stays.
fn by_time(mut journals: Vec<VecDeque<Record>>) -> VecDeque<Record> {
    let mut all = VecDeque::with_capacity(journals.iter().map(VecDeque::len).sum());
    loop {
        let newest = journals.iter_mut().filter(|journal| !journal.is_empty());
        let Some(journal) = newest.max_by_key(|journal| journal.front().map(|record| record.at)) else {
            return all;
        };
        all.extend(journal.pop_front());
    }
}
