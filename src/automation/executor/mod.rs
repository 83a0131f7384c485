//! The executor of holds and schedules, without a clock, a disk or a service: the present goes in, and steps come out.
//!
//! ```text
//!   present ──> due ──> step ──stored──> stored() ──> the write goes to the engine ──> resolved()
//!                        │                    a crash here: the run is open, and recheck decides
//!                        └── a note: stored, and nothing else happens
//! ```
//!
//! Each step is stored before it is acted upon, so that no crash makes a change twice. Everything is decided from the
//! state at the present: what is in force now is applied once, and starts that passed meanwhile are only noted.

mod judge;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::hold::{Hold, HoldEnd};
use super::run::{Run, RunId, RunOutcome, Skip};
use super::schedule::{ScheduleOf, Schedules};
use crate::home::{DeviceId, DeviceTree, Write};

/// The time for which a thermostat may be out of reach before that is noted, after a start or after the begin of the
/// program.
const OFFLINE_AFTER: SignedDuration = SignedDuration::from_mins(2);

/// The time after which a thermostat shows a held value, or has another one. A sleeping thermostat needs ten minutes.
const HOLD_SHOWN_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// The clock may be behind a start that was met by so much before that counts as a clock that was set back.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(10);

/// The present, as far as it concerns the executor.
pub struct Present<'a> {
    pub now: Timestamp,
    /// The zone of homes that tell none.
    pub zone: &'a TimeZone,
    /// The confirmed homes.
    pub home: &'a DeviceTree,
    /// True if the service of a thermostat is connected, so that its state is the present one.
    pub is_live: &'a dyn Fn(&DeviceId) -> bool,
    /// True while a write of a set point of a thermostat is pending.
    pub is_pending: &'a dyn Fn(&DeviceId) -> bool,
}

impl Present<'_> {
    /// The zone in which the schedule of a thermostat is read: that of its home.
    pub fn zone_of(&self, thermostat: &DeviceId) -> TimeZone {
        let structure = self.home.structure_of(thermostat);
        structure.and_then(|(_, structure)| structure.zone()).unwrap_or_else(|| self.zone.clone())
    }
}

/// The last start that was handled on a thermostat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Applied {
    /// The schedule that was active.
    pub schedule: String,
    /// The time since when it has been active: changes by hand before do not count.
    pub since: Timestamp,
    pub start: Timestamp,
    pub state: AppliedState,
}

/// What became of a start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppliedState {
    /// The value was set, or is being set.
    Set(Write),
    /// The start is over: it was skipped.
    LeftAlone,
    /// The start stays due.
    Waiting(Skip),
}

/// The state that survives the process.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeptState {
    pub holds: BTreeMap<DeviceId, Hold>,
    pub applied: BTreeMap<DeviceId, Applied>,
    /// Runs without an outcome.
    pub open: BTreeMap<RunId, Run>,
}

/// A step: everything that is stored at once, and the write that follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub run: Run,
    /// The new last start of the thermostat.
    pub applied: Option<Applied>,
}

/// A change of a set point that a log told.
#[derive(Debug, Clone, PartialEq)]
pub struct HeardChange {
    pub at: Timestamp,
    pub write: Write,
    /// True if somebody else than this executor made it.
    pub is_by_hand: bool,
}

/// The executor.
#[derive(Debug)]
pub struct Executor {
    schedules: Schedules,
    kept: KeptState,
    began: Timestamp,
    /// The last change by hand of each thermostat.
    by_hand: BTreeMap<DeviceId, HeardChange>,
    /// Open runs of an earlier process, whose outcome nobody reports.
    orphans: BTreeSet<RunId>,
}

impl Executor {
    /// Continues with what was stored, from `now` on.
    pub fn restored(kept: KeptState, now: Timestamp) -> Self {
        let orphans = kept.open.keys().copied().collect();
        Self { schedules: Schedules::default(), kept, began: now, by_hand: BTreeMap::new(), orphans }
    }

    /// Replaces the schedules.
    pub fn set_schedules(&mut self, schedules: Schedules) {
        self.schedules = schedules;
    }

    /// The schedules that are executed.
    pub fn schedules(&self) -> &Schedules {
        &self.schedules
    }

    /// The stored state.
    pub fn kept(&self) -> &KeptState {
        &self.kept
    }

    /// Replaces the holds, which another process may change.
    pub fn set_holds(&mut self, holds: BTreeMap<DeviceId, Hold>) {
        self.kept.holds = holds;
    }

    /// Notes a change of a set point.
    pub fn hear(&mut self, change: HeardChange) {
        if !change.is_by_hand {
            return;
        }
        let Some(id) = super::hold::holdable(&change.write).cloned() else { return };
        let is_newer = self.by_hand.get(&id).is_none_or(|known| known.at <= change.at);
        if is_newer {
            self.by_hand.insert(id, change);
        }
    }

    /// The steps that are due at the present, at most one for each thermostat.
    pub fn due(&self, present: &Present<'_>) -> Vec<Step> {
        self.thermostats(present.home).filter_map(|id| self.judge(id, present)).collect()
    }

    /// Takes over a step that was stored under `id`. Its write, if the run is open, has to be made now.
    pub fn stored(&mut self, id: RunId, step: Step) {
        let Step { run, applied } = step;
        if let Some(applied) = applied {
            self.kept.applied.insert(run.thermostat.clone(), applied);
        }
        if run.outcome == RunOutcome::Open {
            self.kept.open.insert(id, run);
        } else if run.ends_hold {
            self.kept.holds.remove(&run.thermostat);
        }
    }

    /// The outcomes of open runs of an earlier process that can be told now. `recorded` finds the journal record of a
    /// run's write. The engine stores a write before its first byte leaves, so one without a record that is not pending
    /// was never sent.
    pub fn recheck(
        &self,
        present: &Present<'_>,
        recorded: impl Fn(&Run) -> Option<RunOutcome>,
    ) -> Vec<(RunId, RunOutcome)> {
        let outcome = |id: &RunId| {
            let run = self.kept.open.get(id)?;
            if let Some(outcome) = recorded(run) {
                return Some((*id, outcome));
            }
            let is_known = (present.is_live)(&run.thermostat) && !(present.is_pending)(&run.thermostat);
            let is_shown = run.write.as_ref().is_some_and(|write| write.is_shown_by(present.home));
            is_known.then_some((*id, if is_shown { RunOutcome::Done } else { RunOutcome::NotSent }))
        };
        self.orphans.iter().filter_map(outcome).collect()
    }

    /// The last start after a run had an outcome, to be stored with it: one that was not sent stays due.
    pub fn applied_after(&self, id: RunId, outcome: &RunOutcome) -> Option<Applied> {
        let run = self.kept.open.get(&id).filter(|_| *outcome == RunOutcome::NotSent)?;
        let applied = self.kept.applied.get(&run.thermostat)?;
        Some(Applied { state: AppliedState::Waiting(Skip::NotSent), ..applied.clone() })
    }

    /// Notes that nobody reports the outcome of a run any more.
    pub fn orphan(&mut self, id: RunId) {
        self.orphans.insert(id);
    }

    /// Takes over the outcome of a run, after it was stored.
    pub fn resolved(&mut self, id: RunId, outcome: &RunOutcome) {
        let applied = self.applied_after(id, outcome);
        self.orphans.remove(&id);
        let Some(run) = self.kept.open.remove(&id) else { return };
        if let Some(applied) = applied {
            self.kept.applied.insert(run.thermostat.clone(), applied);
        }
        if run.ends_hold && *outcome != RunOutcome::NotSent {
            self.kept.holds.remove(&run.thermostat);
        }
    }

    /// The time of the next start or end of a hold after the present.
    pub fn wake_at(&self, present: &Present<'_>) -> Option<Timestamp> {
        let next = self.thermostats(present.home).filter_map(|id| {
            let end = self.kept.holds.get(id).and_then(|hold| self.end_of(hold, present));
            let start = self.schedule_of(id, present);
            let start = start.and_then(|of| of.next_boundary(present.now, &present.zone_of(id)));
            [end.filter(|end| *end > present.now), start.map(|start| start.at)].into_iter().flatten().min()
        });
        next.min()
    }

    /// The instant at which a hold ends; `None` if it is held until it is cancelled.
    pub fn end_of(&self, hold: &Hold, present: &Present<'_>) -> Option<Timestamp> {
        match hold.ends {
            HoldEnd::At(end) => Some(end),
            HoldEnd::Never => None,
            HoldEnd::NextStart => {
                let of = self.schedule_of(&hold.thermostat, present)?;
                Some(of.next_boundary(hold.began, &present.zone_of(&hold.thermostat))?.at)
            }
        }
    }

    fn schedule_of(&self, id: &DeviceId, present: &Present<'_>) -> Option<ScheduleOf<'_>> {
        self.schedules.of(id, present.home)
    }

    /// The thermostats with a schedule or a hold.
    fn thermostats<'a>(&'a self, home: &'a DeviceTree) -> impl Iterator<Item = &'a DeviceId> {
        let scheduled = self.schedules.thermostats.iter().filter_map(|assigned| assigned.thermostat.find(home));
        let held = self.kept.holds.keys().filter(|id| home.thermostats.contains_key(*id));
        let all: BTreeSet<&DeviceId> = scheduled.chain(held).collect();
        all.into_iter()
    }
}
