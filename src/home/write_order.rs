//! The order of several writes, and a preview of their effect.
//!
//! A setpoint is accepted only in a mode that has one, so a write of the mode goes before or after it. Writes to
//! different devices are independent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::model::DeviceTree;
use super::refusal::Refusal;
use super::rules::check_request;
use super::write::{Field, Node, Slot, Write};

/// The expected result of a write.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Allowed by the rules.
    Allowed,
    /// The value is already set.
    Unchanged,
    /// Refused by the rules.
    Refused(Refusal),
}

/// The preview of one write.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewLine {
    /// The device or structure.
    pub node: Node,
    /// The name of the device or structure, or its id if it has no name or is gone.
    pub name: String,
    /// The value.
    pub slot: Slot,
    /// The present value, if it is known.
    pub from: Option<Write>,
    /// The requested value.
    pub to: Write,
    /// The expected result.
    pub verdict: Verdict,
}

/// Previews several writes, in the order in which they would be sent.
pub fn preview(home: &DeviceTree, writes: &[Write], now: Timestamp) -> Vec<PreviewLine> {
    judge(home, &in_order(home, writes, now), now)
}

/// Orders writes so that they bring about the state that they describe: a mode before the setpoint that needs
/// it, a fan's duration before its start. Of two writes to one slot the last one counts.
pub fn in_order(home: &DeviceTree, writes: &[Write], now: Timestamp) -> Vec<Write> {
    let mut sorted = writes.to_vec();
    sorted.sort_by_key(|write| write.slot().field.entry().rank);
    arrange(home, &sorted, now)
}

/// Keeps the given order, except for a setpoint that is accepted only on the other side of its device's mode.
/// Writes to one device stand together, in the order of their first mention.
pub fn arrange(home: &DeviceTree, writes: &[Write], now: Timestamp) -> Vec<Write> {
    let mut by_node: BTreeMap<Node, Vec<Write>> = BTreeMap::new();
    let mut order: Vec<Node> = Vec::new();
    let mut seen = BTreeSet::new();
    // From the back, so that the last write to a slot remains.
    let mut last_of_each: Vec<&Write> = writes.iter().rev().filter(|write| seen.insert(write.slot())).collect();
    last_of_each.reverse();
    for write in last_of_each {
        let node = write.slot().node;
        let list = by_node.entry(node.clone()).or_insert_with(|| {
            order.push(node);
            Vec::new()
        });
        list.push(write.clone());
    }
    order.iter().filter_map(|node| by_node.remove(node)).flat_map(|list| around_mode(home, list, now)).collect()
}

/// Checks each write against the home as it will be after the writes before it.
pub fn judge(home: &DeviceTree, writes: &[Write], now: Timestamp) -> Vec<PreviewLine> {
    let mut after = home.clone();
    let mut new_mode = BTreeSet::new();
    let mut lines = Vec::with_capacity(writes.len());
    for write in writes {
        let slot = write.slot();
        // A new mode may change a setpoint, so an equal one has to be sent again.
        let may_move = matches!(slot.field, Field::Target | Field::Range) && new_mode.contains(&slot.node);
        let is_so = !may_move && write.is_no_op_in(&after);
        let is_shown = !may_move && write.is_shown_by(&after);
        let verdict = match check_request(&after, write, now) {
            // A setpoint that the mode keeps in the background is not in effect.
            Err(refusal @ Refusal::ModeForbids { .. }) => Verdict::Refused(refusal),
            Ok(_) if is_so => Verdict::Unchanged,
            Ok(_) => Verdict::Allowed,
            Err(_) if is_shown => Verdict::Unchanged,
            Err(refusal) => Verdict::Refused(refusal),
        };
        if verdict == Verdict::Allowed {
            write.apply_optimistic(&mut after);
            if slot.field == Field::Mode {
                new_mode.insert(slot.node.clone());
            }
        }
        lines.push(PreviewLine {
            node: slot.node.clone(),
            name: slot.node.name(home).to_owned(),
            from: slot.present(home, write.scale()),
            to: write.clone(),
            slot,
            verdict,
        });
    }
    lines
}

/// Moves the setpoints of one device to the side of its mode on which they are accepted.
fn around_mode(home: &DeviceTree, writes: Vec<Write>, now: Timestamp) -> Vec<Write> {
    let Some(at) = writes.iter().position(|write| write.slot().field == Field::Mode) else { return writes };
    let Some(Node::Thermostat(id)) = writes.get(at).map(|mode| mode.slot().node) else { return writes };
    // The rules for setpoints read only the thermostat.
    let mut before = DeviceTree::default();
    before.thermostats.extend(home.thermostats.get(&id).map(|thermostat| (id, std::sync::Arc::clone(thermostat))));
    let mut after = before.clone();
    if let Some(mode) = writes.get(at) {
        mode.apply_optimistic(&mut after);
    }
    let (mut first, mut modes, mut then) = (Vec::new(), Vec::new(), Vec::new());
    for (index, write) in writes.into_iter().enumerate() {
        if index == at {
            modes.push(write);
            continue;
        }
        let stands_before = index < at;
        let is_setpoint = matches!(write.slot().field, Field::Target | Field::Range);
        let (here, there) = if stands_before { (&before, &after) } else { (&after, &before) };
        let moves =
            is_setpoint && check_request(here, &write, now).is_err() && check_request(there, &write, now).is_ok();
        if stands_before == moves { then.push(write) } else { first.push(write) }
    }
    first.extend(modes);
    first.extend(then);
    first
}

#[cfg(test)]
#[path = "write_order_tests.rs"]
mod tests;
