//! Changes that nobody here asked for: they go to the journal as well.

use jiff::Timestamp;

use super::{Core, Moment};
use crate::engine::journal::{Outcome, Who};
use crate::engine::wish::{Ended, Wish};
use crate::home::{Change, Eta, Field, Home, Node, Slot, Structure, StructureId, Write};

impl Core {
    /// Writable values that changed without a wish of ours.
    pub(super) fn note_strangers(&mut self, before: &Home, changes: &[Change], ours: &[Ended], now: Moment) {
        for change in changes {
            for slot in slots_of(change) {
                let is_ours = ours.iter().any(|ended| ended.wish.write.slot() == slot)
                    || self.writes.stages().any(|(wanted, ..)| *wanted == slot);
                if is_ours {
                    continue;
                }
                let pair = match (&slot.node, slot.field) {
                    (Node::Structure(id), Field::Eta) => arrivals(before, &self.confirmed, id, now.wall),
                    (node, _) => {
                        // Both in the scale of today: a new scale alone moves no temperature.
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
                self.record(Wish::new(to, Who::Elsewhere, now.wall, base), Outcome::Done);
            }
        }
    }
}

/// An arrival before and now, as writes that say it in words. One that has just passed is no
/// news, and no arrival can be restored: what the trip was called is unknown.
fn arrivals(before: &Home, after: &Home, id: &StructureId, now: Timestamp) -> Option<(Write, Write)> {
    let begin = |structure: &Structure| structure.eta_begin.filter(|begin| *begin > now);
    let said = |home: &Home| {
        let window = begin(home.structures.get(id)?).map(|begin| (begin, begin));
        Some(Write::Eta(id.clone(), Eta { trip_id: String::new(), window }))
    };
    said(before).zip(said(after))
}

fn slots_of(change: &Change) -> Vec<Slot> {
    let slots = |node: Node, fields: &[Field]| {
        fields.iter().map(|field| Slot { node: node.clone(), field: *field }).collect::<Vec<_>>()
    };
    match change {
        Change::Structure(id, Some(_)) => slots(Node::Structure(id.clone()), &[Field::Away, Field::Name, Field::Eta]),
        Change::Thermostat(id, Some(_)) => slots(
            Node::Thermostat(id.clone()),
            &[
                Field::Mode,
                Field::Target,
                Field::Range,
                Field::FanTimer,
                Field::FanDuration,
                Field::Label,
                Field::Scale,
            ],
        ),
        Change::Camera(id, Some(_)) => slots(Node::Camera(id.clone()), &[Field::Streaming]),
        Change::Structure(_, None)
        | Change::Thermostat(_, None)
        | Change::Camera(_, None)
        | Change::Metadata(_)
        | Change::Protect(..)
        | Change::Extra(..) => Vec::new(),
    }
}
