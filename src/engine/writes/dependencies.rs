//! Dependencies within a batch: a write to a device waits until the write before it has ended.
//!
//! While a write waits, it is not compared with the values of the service, because a new mode may change
//! setpoints too. When its turn comes, it takes the value of that moment as the value that it replaces. Cycles
//! cannot form: a write waits only for one that was requested with it, or for a newer one in the same slot. A
//! stored queue may contain a cycle; it is broken on load.

use std::collections::BTreeSet;

use super::{SlotEntry, Writes};
use crate::engine::pending::Stage;
use crate::home::{DeviceTree, Field, Node, Slot, Write};

impl Writes {
    /// True if the write that has to go first is still pending.
    pub(super) fn is_blocked(&self, slot: &Slot) -> bool {
        let after = self.entries.get(slot).and_then(|entry| entry.pending.after.as_ref());
        after.is_some_and(|after| self.entries.contains_key(after))
    }

    /// The slots that wait for another one.
    pub(super) fn blocked(&self) -> BTreeSet<Slot> {
        let waits = |slot: &&Slot| self.is_blocked(slot);
        self.entries.keys().filter(waits).cloned().collect()
    }

    /// Notes that a sent write may change values for which other writes of its device wait.
    pub(super) fn moves_others(&mut self, sent: &Slot) {
        let first = Slot { node: sent.node.clone(), field: Field::FIRST };
        for (slot, entry) in self.entries.range_mut(first..).take_while(|(slot, _)| slot.node == sent.node) {
            entry.moved |= slot != sent && entry.pending.after.is_some();
        }
    }

    /// Releases the writes whose predecessor has ended.
    pub(super) fn free_turns(&mut self, home: &DeviceTree) {
        let free: Vec<Slot> = self
            .entries
            .iter()
            .filter(|(slot, entry)| entry.pending.after.is_some() && !self.is_blocked(slot))
            .map(|(slot, _)| slot.clone())
            .collect();
        for slot in free {
            let Some(entry) = self.entries.get_mut(&slot) else { continue };
            entry.pending.after = None;
            if std::mem::take(&mut entry.moved) && matches!(entry.stage, Stage::Waiting { .. }) {
                entry.pending.base = slot.present(home, entry.pending.write.scale()).or(entry.pending.base.take());
            }
        }
    }

    /// The newest pending writes for other values of the same device or structure, except those that come after
    /// `slot`: the state that the write will find on arrival.
    pub(in crate::engine) fn overlay_before(&self, slot: &Slot) -> impl Iterator<Item = &Write> {
        let others = self.of_node(&slot.node).filter(move |(other, _)| *other != slot);
        others.filter(move |(other, _)| !self.comes_after(other, slot)).map(|(_, entry)| &entry.newest().write)
    }

    /// The pending writes for one device or structure.
    pub(super) fn of_node(&self, node: &Node) -> impl Iterator<Item = (&Slot, &SlotEntry)> {
        let first = Slot { node: node.clone(), field: Field::FIRST };
        self.entries.range(first..).take_while(move |(slot, _)| slot.node == *node)
    }

    /// Breaks cycles by releasing one write of each.
    pub(super) fn break_circles(&mut self) {
        let slots: Vec<Slot> = self.entries.keys().cloned().collect();
        for slot in slots {
            if self.comes_after(&slot, &slot)
                && let Some(entry) = self.entries.get_mut(&slot)
            {
                entry.pending.after = None;
            }
        }
    }

    fn comes_after(&self, slot: &Slot, first: &Slot) -> bool {
        let mut at = slot;
        // Bounded by the number of pending writes: a stored queue may contain anything.
        for _ in 0..self.entries.len() {
            match self.entries.get(at).and_then(|entry| entry.newest().after.as_ref()) {
                Some(before) if before == first => return true,
                Some(before) => at = before,
                None => return false,
            }
        }
        false
    }
}
