//! A model of a service with its values and its treatment of a write, and a model of a disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use fastrand::Rng;

use super::action::THERMOSTATS;
use crate::engine::core::ToDisk;
use crate::engine::journal::Record;
use crate::engine::storage::{Stored, read_lines};
use crate::home::{DeviceId, DeviceTree, HvacMode, Node, Temperature, Thermostat, Write};
use crate::service::{Cause, Failure, FailureKind, Reason};

pub(super) fn thermostat(index: usize) -> DeviceId {
    format!("t{index}").as_str().into()
}

/// The initial home of the service.
pub(super) fn home() -> DeviceTree {
    let mut home = DeviceTree::default();
    for index in 0..THERMOSTATS {
        let thermostat_of_it = Thermostat {
            name: Some(format!("Room {index}")),
            label: Some(format!("first {index}")),
            is_online: Some(true),
            hvac_mode: Some(HvacMode::Heat),
            can_heat: Some(true),
            target_temperature: Temperature::from_celsius(20.0),
            ..Thermostat::default()
        };
        home.thermostats.insert(thermostat(index), Arc::new(thermostat_of_it));
    }
    home
}

/// Applies a write to the home of the service.
pub(super) fn apply(home: &mut DeviceTree, write: &Write) {
    let Node::Thermostat(id) = write.slot().node else { return };
    let Some(thermostat) = home.thermostats.get_mut(&id).map(Arc::make_mut) else { return };
    if let Write::Label(_, label) = write {
        thermostat.label = Some(label.clone());
    } else if let Write::Target(_, target) = write {
        thermostat.target_temperature = Temperature::from_celsius(target.degrees);
    }
}

/// The fate of a write: the delay until it is applied, the answer, and the delay of the answer, in milliseconds.
#[derive(Debug)]
pub(super) struct Fate {
    pub(super) applied_after: Option<u64>,
    pub(super) answer: Result<(), Failure>,
    pub(super) answered_after: u64,
    /// The network delivers the write again after this delay.
    pub(super) doubled_after: Option<u64>,
    /// The answer contradicts the effect.
    pub(super) is_lie: bool,
}

impl Fate {
    pub(super) fn good() -> Self {
        Self::of(Some(40), Ok(()), 80)
    }

    fn of(applied_after: Option<u64>, answer: Result<(), Failure>, answered_after: u64) -> Self {
        Self { applied_after, answer, answered_after, doubled_after: None, is_lie: false }
    }

    pub(super) fn any(rng: &mut Rng) -> Self {
        let there = rng.u64(5..2000);
        let back = there + rng.u64(5..2000);
        let lost = |reason| Err(Failure::offline(reason));
        let (applied_after, answer, answered_after) = match rng.u8(..20) {
            0..9 => (Some(there), Ok(()), back),
            // Lost on the way there, or on the way back.
            9 | 10 => (None, lost(Reason::NoAnswer), 30_000),
            11 | 12 => (Some(there), lost(Reason::NoAnswer), 30_000),
            13 => (Some(back + rng.u64(..1500)), lost(Reason::BrokeOff(Cause::HungUp)), back),
            14 => (None, lost(Reason::BrokeOff(Cause::HungUp)), back),
            15 => (None, Err(Failure::new(FailureKind::Refused, Reason::service_text("no"))), back),
            16 => (rng.bool().then_some(there), lost(Reason::ServerFailed { status: 502, said: None }), back),
            17 => (
                None,
                Err(Failure::new(FailureKind::Busy(Some(seconds(rng))), Reason::service_text("slow down"))),
                back,
            ),
            18 => (None, lost(Reason::Unreachable { host: "h".to_owned(), cause: Cause::Refused }), there),
            // Accepted but never applied, or refused but applied.
            19 if rng.bool() => return Self { is_lie: true, ..Self::of(None, Ok(()), back) },
            19 if rng.bool() => {
                let no = Err(Failure::new(FailureKind::Refused, Reason::service_text("no")));
                return Self { is_lie: true, ..Self::of(Some(there), no, back) };
            }
            // The device sleeps, and applies the write when it wakes.
            _ => (Some(there + rng.u64(..20_000)), Ok(()), there),
        };
        let is_doubled = applied_after.is_some() && rng.u8(..25) == 0;
        let doubled_after = is_doubled.then(|| rng.u64(1..4000));
        Self { doubled_after, ..Self::of(applied_after, answer, answered_after) }
    }
}

fn seconds(rng: &mut Rng) -> std::time::Duration {
    std::time::Duration::from_secs(rng.u64(..60))
}

/// The files of an account, after each disk step.
#[derive(Debug, Default)]
pub(super) struct Disk {
    queue: Option<String>,
    journal: Vec<u8>,
    budget: Option<String>,
}

impl Disk {
    /// Writes jobs like the disk thread: records one by one, then the newest queue, then the newest budget. A
    /// crash may follow after `steps`, with the next record half written. Returns true if the queue was written.
    pub(super) fn write(&mut self, jobs: &[ToDisk], steps: usize, is_torn: bool) -> bool {
        let records: Vec<&Record> = jobs
            .iter()
            .filter_map(|job| if let ToDisk::Record(record) = job { Some(&**record) } else { None })
            .collect();
        for record in records.iter().take(steps) {
            self.append(&serde_json::to_vec(record).expect("plain data"), true);
        }
        if let (Some(torn), true) = (records.get(steps), is_torn) {
            let line = serde_json::to_vec(torn).expect("plain data");
            self.append(&line[..line.len() / 2], false);
        }
        let steps = steps.saturating_sub(records.len());
        let queue = jobs.iter().rev().find_map(|job| if let ToDisk::Queue(queue) = job { Some(queue) } else { None });
        let budget =
            jobs.iter().rev().find_map(|job| if let ToDisk::Budget(budget) = job { Some(budget) } else { None });
        if steps > 1
            && let Some(budget) = budget
        {
            self.budget = Some(serde_json::to_string(budget).expect("plain data"));
        }
        let queue = queue.filter(|_| steps > 0).map(|queue| serde_json::to_string(queue).expect("plain data"));
        let has_queue = queue.is_some();
        self.queue = queue.or(self.queue.take());
        has_queue
    }

    /// Appends a line; a half-written line before it is ended first.
    fn append(&mut self, line: &[u8], is_whole: bool) {
        if self.journal.last().is_some_and(|last| *last != b'\n') {
            self.journal.push(b'\n');
        }
        self.journal.extend_from_slice(line);
        if is_whole {
            self.journal.push(b'\n');
        }
    }

    pub(super) fn records(&self) -> Vec<Record> {
        let mut records = BTreeMap::new();
        read_lines(&self.journal, &mut records);
        records.into_values().collect()
    }

    pub(super) fn load(&self) -> Stored {
        let parsed = |text: &String| serde_json::from_str(text).expect("its own form");
        let mut stored = Stored {
            events: Vec::new(),
            queue: self.queue.as_ref().map(parsed).unwrap_or_default(),
            journal: self.records(),
            budget: self.budget.as_ref().map(|text| serde_json::from_str(text).expect("its own form")),
            notices: Vec::new(),
        };
        stored.forget_ended();
        stored
    }
}
