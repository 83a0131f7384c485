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
pub(in crate::automation) mod simulation;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::hold::{Hold, HoldEnd};
use super::run::{Run, RunId, RunOutcome, Skip};
use super::schedule::{Boundary, InForce, ScheduleOf, Schedules};
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

/// A change of a value that a log told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Computed starts, by thermostat.
    starts: RefCell<BTreeMap<DeviceId, KnownStarts>>,
}

impl Executor {
    /// Continues with what was stored, from `now` on.
    pub fn restored(kept: KeptState, now: Timestamp) -> Self {
        let orphans = kept.open.keys().copied().collect();
        Self {
            schedules: Schedules::default(),
            kept,
            began: now,
            by_hand: BTreeMap::new(),
            orphans,
            starts: RefCell::default(),
        }
    }

    /// Replaces the schedules.
    pub fn set_schedules(&mut self, schedules: Schedules) {
        self.schedules = schedules;
        self.starts.borrow_mut().clear();
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

    /// Notes a change; only those of set points concern holds and schedules.
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
        let thermostats = self.thermostats(present.home);
        thermostats.iter().filter_map(|(id, schedule)| self.judge(id, schedule.as_ref(), present)).collect()
    }

    /// Takes over a step that was stored under `id`. Its write, if the run is open, has to be made now.
    pub fn stored(&mut self, id: RunId, step: Step) {
        let Step { run, applied } = step;
        if let Some(applied) = applied {
            self.kept.applied.insert(run.thermostat.clone(), applied);
        }
        if run.outcome == RunOutcome::Open {
            self.kept.open.insert(id, run);
        } else {
            self.end_hold(&run);
        }
    }

    /// Forgets the hold that a run ends, unless a person has begun another one meanwhile.
    fn end_hold(&mut self, run: &Run) {
        let held = self.kept.holds.get(&run.thermostat);
        if run.ends_hold.is_some() && held.map(|hold| hold.began) == run.ends_hold {
            self.kept.holds.remove(&run.thermostat);
        }
    }

    /// The outcomes of open runs of an earlier process that can be told now. `recorded` finds the journal record of a
    /// run's write. An engine that `keeps_queue` stores a write before its first byte leaves, so one without a record that
    /// is not pending was never sent; of another engine nobody knows.
    pub fn recheck(
        &self,
        present: &Present<'_>,
        keeps_queue: bool,
        recorded: impl Fn(&Run) -> Option<RunOutcome>,
    ) -> Vec<(RunId, RunOutcome)> {
        let outcome = |id: &RunId| {
            let run = self.kept.open.get(id)?;
            if let Some(outcome) = recorded(run) {
                return Some((*id, outcome));
            }
            let is_known = (present.is_live)(&run.thermostat) && !(present.is_pending)(&run.thermostat);
            let is_shown = run.write.as_ref().is_some_and(|write| write.is_shown_by(present.home));
            let outcome = match (is_shown, keeps_queue) {
                (true, _) => RunOutcome::Done,
                (false, true) => RunOutcome::NotSent,
                (false, false) => RunOutcome::MayHaveArrived,
            };
            is_known.then_some((*id, outcome))
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
        if *outcome != RunOutcome::NotSent {
            self.end_hold(&run);
        }
    }

    /// The time of the next start or end of a hold after the present.
    pub fn wake_at(&self, present: &Present<'_>) -> Option<Timestamp> {
        let thermostats = self.thermostats(present.home);
        let next = thermostats.iter().filter_map(|(id, schedule)| {
            let end = self.kept.holds.get(*id).and_then(|hold| self.end_of(hold, present));
            let start = schedule.as_ref().and_then(|of| {
                let found = self.in_force(id, of, present.now, &present.zone_of(id));
                found.map_or_else(|| of.next_boundary(present.now, &present.zone_of(id)), |found| found.next)
            });
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

    /// The begin of the level in force on a thermostat; `None` without a schedule.
    pub fn start_in_force(&self, id: &DeviceId, present: &Present<'_>) -> Option<Timestamp> {
        let of = self.schedule_of(id, present)?;
        Some(self.in_force(id, &of, present.now, &present.zone_of(id))?.now.at)
    }

    fn schedule_of(&self, id: &DeviceId, present: &Present<'_>) -> Option<ScheduleOf<'_>> {
        self.schedules.of(id, present.home)
    }

    /// The thermostats with a schedule or a hold, each with its schedule.
    pub(super) fn thermostats<'a>(&'a self, home: &'a DeviceTree) -> BTreeMap<&'a DeviceId, Option<ScheduleOf<'a>>> {
        let held = self.kept.holds.keys().filter(|id| home.thermostats.contains_key(*id));
        let mut all: BTreeMap<&DeviceId, Option<ScheduleOf<'a>>> = held.map(|id| (id, None)).collect();
        // Of two entries for a thermostat the first one counts.
        for assigned in self.schedules.thermostats.iter().rev() {
            let Some(id) = assigned.thermostat.find(home) else { continue };
            // A thermostat that keeps a schedule gets no set points at the starts of another one.
            let active = assigned.schedule.as_deref().filter(|_| !home.keeps_schedule(id));
            let active = active.and_then(|name| self.schedules.schedule(name));
            all.insert(id, active.map(|active| self.schedules.as_active(active, id, home)));
        }
        all
    }

    /// The level in force on each thermostat with a schedule, with the name of the active schedule.
    pub fn in_force_now<'a>(&'a self, present: &Present<'a>) -> Vec<(&'a DeviceId, &'a str, InForce<'a>)> {
        let thermostats = self.thermostats(present.home).into_iter();
        let found = thermostats.filter_map(|(id, schedule)| {
            let of = schedule?;
            Some((id, of.active.name.as_str(), self.in_force(id, &of, present.now, &present.zone_of(id))?))
        });
        found.collect()
    }

    /// The level in force on a thermostat. The last answer is kept until its next start, because each event of a home
    /// asks for it.
    pub(super) fn in_force<'a>(
        &'a self,
        id: &DeviceId,
        of: &ScheduleOf<'a>,
        at: Timestamp,
        zone: &TimeZone,
    ) -> Option<InForce<'a>> {
        if let Some(known) = self.starts.borrow().get(id)
            && known.active == of.active.name
            && known.zone == *zone
            && known.now.at <= at
            && known.next.as_ref().is_none_or(|next| at < next.at)
            // A schedule without a next start is looked at again, so that nothing is kept for ever.
            && known.next.is_some()
            && let Some(now) = known.now.resolve(&self.schedules)
        {
            return Some(InForce { now, next: known.next.as_ref().and_then(|next| next.resolve(&self.schedules)) });
        }
        let found = of.in_force(at, zone)?;
        let known = KnownStarts {
            active: of.active.name.clone(),
            zone: zone.clone(),
            now: KnownStart::of(&found.now),
            next: found.next.as_ref().map(KnownStart::of),
        };
        self.starts.borrow_mut().insert(id.clone(), known);
        Some(found)
    }
}

/// The start in force on a thermostat and the next one, as they were computed last.
#[derive(Debug)]
struct KnownStarts {
    active: String,
    zone: TimeZone,
    now: KnownStart,
    next: Option<KnownStart>,
}

#[derive(Debug)]
struct KnownStart {
    at: Timestamp,
    planned: DateTime,
    level: String,
    schedule: String,
}

impl KnownStart {
    fn of(boundary: &Boundary<'_>) -> Self {
        let (level, schedule) = (boundary.level.name.clone(), boundary.schedule.name.clone());
        Self { at: boundary.at, planned: boundary.planned, level, schedule }
    }

    fn resolve<'a>(&self, all: &'a Schedules) -> Option<Boundary<'a>> {
        let (level, schedule) = (all.level(&self.level)?, all.schedule(&self.schedule)?);
        Some(Boundary { at: self.at, planned: self.planned, level, schedule })
    }
}
