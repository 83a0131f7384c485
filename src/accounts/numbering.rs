//! One sequence of numbers for records, batches and notices, which each account numbers separately.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::FIRST_OF_SEVERAL;

/// Numbers that increase for new entries and decrease for older ones, so that a reader that remembers the
/// highest number does not take history for news.
#[derive(Debug)]
pub(super) struct Numbering {
    next: u64,
    before: u64,
    numbers: BTreeMap<(u32, u64), u64>,
    own: BTreeMap<u64, (u32, u64)>,
    begun: BTreeSet<u32>,
}

impl Default for Numbering {
    fn default() -> Self {
        let (next, before) = (FIRST_OF_SEVERAL, FIRST_OF_SEVERAL - 1);
        Self { next, before, numbers: BTreeMap::new(), own: BTreeMap::new(), begun: BTreeSet::new() }
    }
}

impl Numbering {
    /// Numbers the entries of an account, newest first. Its first entries are history.
    pub(super) fn add_entries(&mut self, member: u32, newest_first: &[u64]) {
        if self.begun.insert(member) {
            for own in newest_first {
                self.of_history(member, *own);
            }
            return;
        }
        for own in newest_first.iter().rev() {
            if !self.numbers.contains_key(&(member, *own)) {
                self.assign(member, *own, self.next);
                self.next += 1;
            }
        }
    }

    /// The number of an entry; an unknown one is older than everything.
    pub(super) fn number(&mut self, member: u32, own: u64) -> u64 {
        self.of_history(member, own)
    }

    /// The account of a number, and the number there.
    pub(super) fn own(&self, number: u64) -> Option<(u32, u64)> {
        self.own.get(&number).copied()
    }

    fn of_history(&mut self, member: u32, own: u64) -> u64 {
        if let Some(known) = self.numbers.get(&(member, own)) {
            return *known;
        }
        let number = self.before;
        self.before -= 1;
        self.assign(member, own, number);
        number
    }

    fn assign(&mut self, member: u32, own: u64, number: u64) {
        self.numbers.insert((member, own), number);
        self.own.insert(number, (member, own));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_history_are_lower_and_of_news_higher() {
        let mut numbering = Numbering::default();
        numbering.add_entries(0, &[3, 2, 1]);
        let numbers: Vec<u64> = [1, 2, 3].map(|own| numbering.number(0, own)).into();
        assert!(numbers.is_sorted(), "{numbers:?}");
        numbering.add_entries(1, &[9, 8]);
        assert!(numbering.number(1, 9) < numbers[0], "another account's history is no news");
        assert!(numbering.number(1, 8) < numbering.number(1, 9));
        numbering.add_entries(0, &[5, 4, 3, 2, 1]);
        assert!(numbering.number(0, 4) > numbers[2] && numbering.number(0, 5) > numbering.number(0, 4));
        assert_eq!(numbering.number(0, 3), numbers[2], "a number stays");
    }

    #[test]
    fn equal_numbers_of_two_accounts_are_distinguished() {
        let mut numbering = Numbering::default();
        numbering.add_entries(0, &[]);
        numbering.add_entries(7, &[]);
        numbering.add_entries(0, &[1]);
        numbering.add_entries(7, &[1]);
        let (one, other) = (numbering.number(0, 1), numbering.number(7, 1));
        assert_eq!((numbering.own(one), numbering.own(other)), (Some((0, 1)), Some((7, 1))));
        assert_eq!(numbering.own(1), None);
    }
}
