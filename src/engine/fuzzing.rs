//! The engine's files, as the fuzzer makes them: whatever they hold, the engine starts and comes to rest.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::core::{Clocks, Core, ServiceFacts};
use super::storage::{Stored, queue_of, read_lines};
use super::{AccountLabel, AccountName, Record};
use crate::home::{Camera, DeviceTree, Node, Structure, Thermostat};
use crate::service::{Update, WriteLimits};

const FACTS: ServiceFacts = ServiceFacts { confirm_within: Duration::from_secs(8), kept_here: &[] };
/// More than any of what is in a file needs.
const MOST: usize = 50;

/// Records are written as they were read, and an engine starts with them.
pub(crate) fn journal(data: &[u8]) {
    let mut records = BTreeMap::new();
    read_lines(data, &mut records);
    for record in records.values().take(MOST) {
        let line = serde_json::to_vec(record).unwrap_or_default();
        let again: Option<Record> = serde_json::from_slice(&line).ok();
        assert_eq!(again.as_ref(), Some(record));
    }
    let stored = Stored { journal: records.into_values().collect(), ..Stored::default() };
    come_to_rest(stored, &DeviceTree::default());
}

/// Wishes of an earlier run come to an end, each of them.
pub(crate) fn queue(data: &[u8]) {
    let Some(queue) = queue_of(data).filter(|queue| queue.len() <= MOST) else { return };
    let mut home = DeviceTree::default();
    for kept in &queue {
        match kept.pending.write.slot().node {
            Node::Structure(id) => drop(home.structures.insert(id, Arc::new(Structure::default()))),
            Node::Thermostat(id) => drop(home.thermostats.insert(id, Arc::new(Thermostat::default()))),
            Node::Camera(id) => drop(home.cameras.insert(id, Arc::new(Camera::default()))),
        }
    }
    let mut stored = Stored { queue, ..Stored::default() };
    stored.forget_ended();
    come_to_rest(stored, &home);
}

fn come_to_rest(stored: Stored, home: &DeviceTree) {
    let (start, wall) = (Instant::now(), Timestamp::from_second(1_700_000_000).unwrap_or_default());
    let at = |seconds: u64| {
        let ahead = SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX));
        Clocks { instant: start + Duration::from_secs(seconds), wall: wall.saturating_add(ahead).unwrap_or(wall) }
    };
    let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
    let mut core = Core::new(Arc::new(label), WriteLimits::REAL, FACTS, stored, at(0));
    core.update(Update::Home(Box::new(home.clone())), at(1));
    for step in 0..200 {
        // A minute each, and in the end more than the longest a pending write may wait.
        let moment = at(if step < 190 { 2 + step * 60 } else { 40 * 86_400 + step });
        for due in core.tick(moment) {
            core.answered(&due.write().slot(), Ok(()), moment);
        }
        core.take_to_disk();
        core.take_resolved();
    }
    core.snapshot(at(41 * 86_400));
    assert_eq!(core.unsent(), 0, "a write never ends");
}
