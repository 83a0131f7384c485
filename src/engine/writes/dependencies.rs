//! Dependencies within a batch: a write to a device waits until the one before it has ended.
//!
//! A write that waits is not compared with what the service shows once one before it was sent: a
//! new mode may bring setpoints along. When its turn comes it takes the value of that moment as
//! the one that it replaces. Waiting cannot go round in circles: a write only ever waits for one
//! that was asked for with it or for a newer one in that one's place; and of a stored queue, which may
//! hold anything, a circle is broken when it is taken up.

use std::collections::BTreeSet;

use super::{Entry, Writes};
use crate::engine::pending::Stage;
use crate::home::{Field, Home, Node, Slot, Write};

impl Writes {
    /// Whether the write that has to go first is still on its way.
    pub(super) fn is_blocked(&self, slot: &Slot) -> bool {
        let after = self.entries.get(slot).and_then(|entry| entry.pending.after.as_ref());
        after.is_some_and(|after| self.entries.contains_key(after))
    }

    /// All slots that wait for another one.
    pub(super) fn blocked(&self) -> BTreeSet<Slot> {
        let waits = |slot: &&Slot| self.is_blocked(slot);
        self.entries.keys().filter(waits).cloned().collect()
    }

    /// A write was sent: it may move values that others of its device wait to set.
    pub(super) fn moves_others(&mut self, sent: &Slot) {
        let first = Slot { node: sent.node.clone(), field: Field::FIRST };
        for (slot, entry) in self.entries.range_mut(first..).take_while(|(slot, _)| slot.node == sent.node) {
            entry.moved |= slot != sent && entry.pending.after.is_some();
        }
    }

    /// Ends the waiting of those whose turn has come.
    pub(super) fn free_turns(&mut self, home: &Home) {
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

    /// The newest pending writes for other values of the same device or structure, but for those that
    /// come after `slot`: what it finds when it arrives.
    pub(in crate::engine) fn overlay_before(&self, slot: &Slot) -> impl Iterator<Item = &Write> {
        let others = self.of_node(&slot.node).filter(move |(other, _)| *other != slot);
        others.filter(move |(other, _)| !self.comes_after(other, slot)).map(|(_, entry)| &entry.newest().write)
    }

    /// All pending writes for one device or structure.
    pub(super) fn of_node(&self, node: &Node) -> impl Iterator<Item = (&Slot, &Entry)> {
        let first = Slot { node: node.clone(), field: Field::FIRST };
        self.entries.range(first..).take_while(move |(slot, _)| slot.node == *node)
    }

    /// Breaks circles of waiting: a write of one goes without its turn.
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
        // As many steps as there are pending writes: a stored queue may hold anything.
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
