//! The values of thermostats between two processes: a change that no log tells is somebody's.

use super::{RuleExecutor, RulePresent, Subject};
use crate::automation::executor::HeardChange;
use crate::home::{Field, HvacMode, Node, Slot, Write};

/// The fields of a thermostat in which a person's wish is heeded.
pub(in crate::automation::rule) const CLIMATE: [Field; 3] = [Field::Target, Field::Range, Field::Mode];

/// Values and changes that are new since the last call, to be stored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlotNotes {
    /// The values as they were seen last.
    pub seen: Vec<(Slot, Write)>,
    pub by_hand: Vec<HeardChange>,
}

impl SlotNotes {
    /// True if there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.by_hand.is_empty()
    }
}

impl RuleExecutor {
    /// Takes what is new.
    pub fn take_notes(&mut self) -> SlotNotes {
        std::mem::take(&mut self.notes)
    }

    /// Notes a change of any value.
    pub fn hear(&mut self, change: &HeardChange) {
        let slot = change.write.slot();
        self.newest.insert(slot.clone(), change.write.clone());
        if !change.is_by_hand {
            return;
        }
        self.by_rule.remove(&slot);
        if self.by_hand.get(&slot).is_none_or(|known| known.at < change.at) {
            self.note_by_hand(change.clone());
        }
    }

    fn note_by_hand(&mut self, change: HeardChange) {
        self.notes.by_hand.push(change.clone());
        self.by_hand.insert(change.write.slot(), change);
    }

    /// Notes the present values. One that changed between two processes, and of which no log tells, counts as a change
    /// by hand of this moment.
    pub(super) fn note_values(&mut self, present: &RulePresent<'_>) {
        for (id, thermostat) in &present.home.thermostats {
            if !thermostat.is_reachable() || !(present.is_live)(&Subject::Device(id.clone())) {
                continue;
            }
            for field in CLIMATE {
                let slot = Slot { node: Node::Thermostat(id.clone()), field };
                let Some(value) = slot.present(present.home, Some(thermostat.scale())) else { continue };
                let is_first = self.met.insert(slot.clone());
                let known = self.seen.get(&slot);
                if known == Some(&value) {
                    continue;
                }
                let is_told = self.newest.get(&slot) == Some(&value);
                // Services set Eco by themselves when everybody leaves, and end it.
                let is_eco = |write: &Write| matches!(write, Write::Mode(_, HvacMode::Eco));
                if is_first && !is_told && known.is_some_and(|known| !is_eco(known)) && !is_eco(&value) {
                    self.note_by_hand(HeardChange { at: present.now, write: value.clone(), is_by_hand: true });
                }
                self.notes.seen.push((slot.clone(), value.clone()));
                self.seen.insert(slot, value);
            }
        }
    }
}
