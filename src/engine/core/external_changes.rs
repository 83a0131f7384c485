//! Journal records for changes that were not requested here. A thermostat that follows home or away set here is
//! distinguished from a change by others.

use std::time::Duration;

use jiff::Timestamp;

use super::{Clocks, Core};
use crate::engine::journal::{Origin, Outcome};
use crate::engine::pending::{CompletedWrite, EndCause, PendingWrite, Stage};
use crate::home::{
    Away, Change, DeviceId, DeviceTree, Eta, Field, HvacMode, Node, Slot, Structure, StructureId, Write,
};

/// The time after a confirmed home or away in which thermostats are expected to follow it.
const FOLLOW_WITHIN: Duration = Duration::from_secs(10);

impl Core {
    /// Records writable values that changed without a pending write. `ours` are the slots that changed by one;
    /// `ended` are the pending writes that this change ends.
    pub(super) fn note_external_changes(
        &mut self,
        before: &DeviceTree,
        changes: &[Change],
        ended: &[CompletedWrite],
        ours: &[Slot],
        now: Clocks,
    ) {
        for change in changes {
            for slot in slots_of(change) {
                let is_ours = ours.contains(&slot) || self.writes.stages().any(|(wanted, ..)| *wanted == slot);
                if is_ours {
                    continue;
                }
                let pair = match (&slot.node, slot.field) {
                    (Node::Structure(id), Field::Eta) => arrivals(before, &self.confirmed, id, now.wall),
                    (node, _) => {
                        // Compare in the present scale: a new scale alone changes no temperature.
                        let scale = match node {
                            Node::Thermostat(id) => self.confirmed.thermostats.get(id).map(|t| t.scale()),
                            Node::Structure(_) | Node::Camera(_) => None,
                        };
                        slot.present(before, scale).zip(slot.present(&self.confirmed, scale))
                    }
                };
                let Some((from, to)) = pair else { continue };
                if from.value_text() == to.value_text() {
                    continue;
                }
                let base = (slot.field != Field::Eta).then(|| from.clone());
                let origin = self.who_did(&slot, before, ended, now);
                self.record(PendingWrite::new(to, origin, now.wall, base), Outcome::Done, now);
            }
        }
    }

    /// The origin of a change that was not requested here.
    fn who_did(&self, slot: &Slot, before: &DeviceTree, ours: &[CompletedWrite], now: Clocks) -> Origin {
        let Node::Thermostat(id) = &slot.node else { return Origin::Elsewhere };
        if !matches!(slot.field, Field::Mode | Field::Target | Field::Range) {
            return Origin::Elsewhere;
        }
        let Some(away) = self.away_just_set(id, ours, now) else { return Origin::Elsewhere };
        // Only Eco, and the way back from it, follows from home and away.
        let is_eco =
            |home: &DeviceTree| home.thermostats.get(id).and_then(|t| t.hvac_mode.clone()) == Some(HvacMode::Eco);
        match (away, is_eco(before), is_eco(&self.confirmed)) {
            (Away::Away, _, true) => Origin::AfterAway,
            (Away::Home, true, false) => Origin::AfterHome,
            (Away::Home | Away::Away | Away::AutoAway | Away::Unknown | Away::Other(_), _, _) => Origin::Elsewhere,
        }
    }

    /// Home or away as it was set from here a moment ago, for the structure of a thermostat.
    fn away_just_set(&self, thermostat: &DeviceId, ours: &[CompletedWrite], now: Clocks) -> Option<Away> {
        let (home, _) = self.confirmed.structure_of(thermostat)?;
        let of_home = |write: &Write| {
            let Write::Away(id, away) = write else { return None };
            (id == home).then(|| away.clone())
        };
        let under_way = self.writes.stages().find_map(|(_, pending, stage)| {
            let has_arrived = match stage {
                Stage::Accepted { .. } => true,
                // The stream may be faster than the answer.
                Stage::InFlight => pending.write.is_shown_by(&self.confirmed),
                Stage::Waiting { .. } | Stage::Conflict { .. } => false,
            };
            of_home(&pending.write).filter(|_| has_arrived)
        });
        let ended = || {
            let mut confirmed = ours.iter().rev().filter(|ended| ended.completion == EndCause::Confirmed);
            confirmed.find_map(|ended| of_home(&ended.pending.write))
        };
        let lately = || {
            let (away, at) = self.away_set.get(home)?;
            (now.instant.saturating_duration_since(*at) <= FOLLOW_WITHIN).then(|| away.clone())
        };
        under_way.or_else(ended).or_else(lately)
    }
}

/// Old and new arrival as writes, for display. Expired arrivals are ignored. An arrival cannot be undone,
/// because the API does not return the trip id.
fn arrivals(before: &DeviceTree, after: &DeviceTree, id: &StructureId, now: Timestamp) -> Option<(Write, Write)> {
    let begin = |structure: &Structure| structure.eta_begin.filter(|begin| *begin > now);
    let value = |home: &DeviceTree| {
        let window = begin(home.structures.get(id)?).map(|begin| (begin, begin));
        Some(Write::Eta(id.clone(), Eta { trip_id: String::new(), window }))
    };
    value(before).zip(value(after))
}

fn slots_of(change: &Change) -> Vec<Slot> {
    let slots = |node: Node| {
        let mut fields = Field::of_node(&node).to_vec();
        fields.sort_by_key(|field| field.entry().rank);
        fields.into_iter().map(|field| Slot { node: node.clone(), field }).collect::<Vec<_>>()
    };
    match change {
        Change::Structure(id, Some(_)) => slots(Node::Structure(id.clone())),
        Change::Thermostat(id, Some(_)) => slots(Node::Thermostat(id.clone())),
        Change::Camera(id, Some(_)) => slots(Node::Camera(id.clone())),
        Change::Structure(_, None)
        | Change::Thermostat(_, None)
        | Change::Camera(_, None)
        | Change::Metadata(_)
        | Change::Protect(..)
        | Change::Extra(..) => Vec::new(),
    }
}

#[cfg(test)]
#[path = "external_changes_tests.rs"]
mod tests;
