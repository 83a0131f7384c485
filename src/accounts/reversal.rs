//! Undo and redo over all accounts, and the batches that one request made in several of them.

use std::collections::BTreeMap;

use super::view::{AccountId, AccountSnapshot, AccountsView, EntryId, Handled, JournalEntry};
use crate::engine::{Batch, BatchGroup, BatchItem, ChangeKind, ItemState, Reversal, UndoStatus};
use crate::home::Write;

/// A change, or an undo, that can be reversed, with its part in each account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsReversal {
    parts: Vec<(AccountId, Reversal)>,
}

impl AccountsReversal {
    /// The reversal of one record.
    pub fn of_record(record: EntryId) -> Self {
        Self { parts: vec![(record.account, Reversal::Record(record.number))] }
    }

    /// The reversal of the batches of one request.
    pub fn of_batch(parts: impl Iterator<Item = EntryId>) -> Self {
        Self { parts: parts.map(|id| (id.account, Reversal::Batch(id.number))).collect() }
    }

    /// The parts, one for each account.
    pub fn parts(&self) -> &[(AccountId, Reversal)] {
        &self.parts
    }

    /// True if it reverses a batch.
    pub fn is_of_batch(&self) -> bool {
        self.parts.iter().any(|(_, part)| matches!(part, Reversal::Batch(_)))
    }
}

/// The batches of one request, one for each of its accounts; never empty.
#[derive(Debug, Clone)]
pub struct BatchParts<'a> {
    first: (EntryId, &'a Batch),
    others: Vec<(EntryId, &'a Batch)>,
}

impl<'a> BatchParts<'a> {
    fn all(&self) -> impl Iterator<Item = (EntryId, &'a Batch)> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The name of each part.
    pub fn ids(&self) -> impl Iterator<Item = EntryId> {
        self.all().map(|(id, _)| id)
    }

    /// The name that the user knows.
    pub fn name(&self) -> &'a str {
        &self.first.1.label.name
    }

    /// Distinguishes a change from an undo or redo.
    pub fn kind(&self) -> ChangeKind {
        self.first.1.kind
    }

    /// The writes of all parts.
    pub fn items(&self) -> impl Iterator<Item = &'a BatchItem> {
        self.all().flat_map(|(_, batch)| &batch.items)
    }

    /// True if no item is pending any more.
    pub fn is_over(&self) -> bool {
        self.all().all(|(_, batch)| batch.is_over())
    }

    /// The reversal of all parts.
    pub fn reversal(&self) -> AccountsReversal {
        AccountsReversal::of_batch(self.ids())
    }
}

impl AccountsView {
    /// The change that Ctrl+Z reverses: the newest one of all accounts.
    pub fn next_undo(&self) -> Option<AccountsReversal> {
        self.newest(|account| account.snapshot.next_undo())
    }

    /// The undo that Ctrl+Shift+Z reverses, unless another change was made in any account since.
    pub fn next_redo(&self) -> Option<AccountsReversal> {
        let redo = self.newest(|account| account.snapshot.next_redo())?;
        let undone_at = self.reversed_records(&redo).iter().map(|entry| entry.record.at).max();
        // The engines of the redo compared their own changes by order, which needs no clock.
        let is_other = |account: &&AccountSnapshot| redo.parts.iter().all(|(id, _)| *id != account.id);
        let others = self.accounts.iter().filter(is_other);
        let changed_at = others.filter_map(|account| account.snapshot.newest_change()).max();
        (changed_at <= undone_at).then_some(redo)
    }

    fn newest(&self, next: impl Fn(&AccountSnapshot) -> Option<Reversal>) -> Option<AccountsReversal> {
        let candidate = |account: &AccountSnapshot| {
            let reversal = next(account)?;
            let at = account.snapshot.reversed_records(reversal).first().map(|record| record.at);
            Some((at, account.id, reversal))
        };
        let newest = self.accounts.iter().filter_map(candidate).max_by_key(|(at, ..)| *at);
        newest.map(|(_, account, reversal)| self.in_all_accounts(account, reversal))
    }

    /// Adds the parts that other accounts have of the same batch.
    fn in_all_accounts(&self, account: AccountId, reversal: Reversal) -> AccountsReversal {
        let mut parts = vec![(account, reversal)];
        if let Reversal::Batch(id) = reversal
            && let Some(group) = self.account(account).and_then(|account| group_of(account, id))
        {
            let others = self.accounts.iter().filter(|other| other.id != account);
            let part = |other: &AccountSnapshot| Some((other.id, Reversal::Batch(batch_in(other, group)?)));
            parts.extend(others.filter_map(part));
        }
        AccountsReversal { parts }
    }

    /// The records that a reversal undoes, newest first within each account.
    pub fn reversed_records(&self, reversal: &AccountsReversal) -> Vec<JournalEntry<'_>> {
        let of_part = |(id, part): &(AccountId, Reversal)| {
            let records = self.account(*id).map(|account| account.snapshot.reversed_records(*part));
            let entry = |record| JournalEntry { account: *id, record };
            records.unwrap_or_default().into_iter().map(entry).collect::<Vec<_>>()
        };
        reversal.parts.iter().flat_map(of_part).collect()
    }

    /// The writes that restore the values from before, also those of writes in flight, which have no record yet.
    pub fn writes_of_reversal(&self, reversal: &AccountsReversal) -> Vec<Write> {
        let recorded = self.reversed_records(reversal).into_iter().filter_map(|entry| entry.record.undo.clone());
        let in_flight = reversal.parts.iter().flat_map(|(id, part)| {
            let snapshot = self.account(*id).map(|account| &account.snapshot);
            let is_meant = |batch: &&Batch| *part == Reversal::Batch(batch.label.id);
            let items = snapshot.into_iter().flat_map(move |snapshot| {
                let batch = snapshot.batches.iter().find(is_meant);
                let is_sent = |item: &&BatchItem| matches!(item.state, ItemState::Sending | ItemState::Confirming);
                let items = batch.into_iter().flat_map(|batch| &batch.items).filter(is_sent);
                items.filter_map(|item| item.slot.present(&snapshot.confirmed, item.write.scale()))
            });
            items.collect::<Vec<_>>()
        });
        recorded.chain(in_flight).collect()
    }

    /// The state of each of our changes.
    pub fn standings(&self) -> BTreeMap<EntryId, UndoStatus> {
        let of = |account: &AccountSnapshot| {
            let standings = account.snapshot.standings().into_iter();
            standings.map(|(number, status)| (account.entry(number), status)).collect::<Vec<_>>()
        };
        self.accounts.iter().flat_map(of).collect()
    }

    /// The newest batch of all accounts.
    pub fn latest_batch(&self) -> Option<BatchParts<'_>> {
        let fronts = self.accounts.iter().filter_map(|account| Some((account, account.snapshot.batches.front()?)));
        let (account, batch) = fronts.max_by_key(|(_, batch)| batch.at)?;
        let part = |other: &'_ &AccountSnapshot| other.id != account.id && batch.label.group.is_some();
        let others = self.accounts.iter().filter(part).filter_map(|other| {
            let part = other.snapshot.batches.iter().find(|part| part.label.group == batch.label.group)?;
            Some((other.entry(part.label.id), part))
        });
        Some(BatchParts { first: (account.entry(batch.label.id), batch), others: others.collect() })
    }

    /// All batches that exist now.
    pub fn present_batches(&self) -> Handled {
        let mut present = Handled::default();
        for account in &self.accounts {
            account.snapshot.batches.iter().for_each(|batch| present.note(account.entry(batch.label.id)));
        }
        present
    }

    /// True if a part of a batch is pending or can be undone.
    pub fn can_reverse(&self, parts: &BatchParts<'_>) -> bool {
        parts
            .all()
            .any(|(id, batch)| self.account(id.account).is_some_and(|account| account.snapshot.can_reverse(batch)))
    }
}

fn group_of(account: &AccountSnapshot, batch: u64) -> Option<BatchGroup> {
    labels(account).find(|label| label.id == batch)?.group
}

fn batch_in(account: &AccountSnapshot, group: BatchGroup) -> Option<u64> {
    labels(account).find(|label| label.group == Some(group)).map(|label| label.id)
}

/// The labels of the batches that the snapshot knows: of those without a record yet, and of its journal.
fn labels(account: &AccountSnapshot) -> impl Iterator<Item = &crate::engine::BatchLabel> {
    let of_batches = account.snapshot.batches.iter().map(|batch| &batch.label);
    of_batches.chain(account.snapshot.journal.iter().filter_map(|record| record.batch.as_ref()))
}
