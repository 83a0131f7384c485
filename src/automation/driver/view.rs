//! The state of holds, schedules and rules for the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::automation::executor::{AppliedState, Executor, Present};
use crate::automation::hold::Hold;
use crate::automation::rule::{LoadedRules, RuleRun, RuleState};
use crate::automation::run::{Run, RunId};
use crate::automation::schedule::{ComfortLevel, LoadedSchedules};
use crate::automation::store::StoreError;
use crate::home::DeviceId;

/// A hold with the instant of its end.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownHold {
    pub hold: Hold,
    /// `None` if it lasts until it is cancelled.
    pub ends: Option<Timestamp>,
    /// The level of the schedule at the end; without one the value from before comes back.
    pub then: Option<ComfortLevel>,
}

/// The level of a schedule that is in force on a thermostat.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownLevel {
    /// The schedule of today.
    pub schedule: String,
    pub level: ComfortLevel,
    pub since: Timestamp,
    /// The next start with its level.
    pub next: Option<(Timestamp, ComfortLevel)>,
    /// What became of the start; `None` while it is due.
    pub state: Option<AppliedState>,
}

/// All holds and schedules at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AutomationView {
    pub holds: BTreeMap<DeviceId, ShownHold>,
    pub in_force: BTreeMap<DeviceId, ShownLevel>,
    pub schedules: Arc<LoadedSchedules>,
    /// The reason why nothing is carried out.
    pub error: Option<StoreError>,
    /// The newest runs, the newest first.
    pub runs: Arc<Vec<(RunId, Run)>>,
    pub rules: Arc<LoadedRules>,
    /// The rules that are not simply on or off, by name.
    pub rule_states: BTreeMap<String, RuleState>,
    /// The newest runs of rules, the newest first.
    pub rule_runs: Arc<Vec<(RunId, RuleRun)>>,
}

impl AutomationView {
    pub(super) fn of(executor: &Executor, present: &Present<'_>) -> Self {
        let holds = executor.kept().holds.iter().map(|(id, hold)| {
            let ends = executor.end_of(hold, present);
            let then = ends.and_then(|ends| {
                let of = executor.schedules().of(id, present.home)?;
                Some(of.last_boundary(ends, &present.zone_of(id))?.level.clone())
            });
            (id.clone(), ShownHold { hold: hold.clone(), ends, then })
        });
        let in_force = executor.in_force_now(present).into_iter().map(|(id, active, in_force)| {
            let applied = executor.kept().applied.get(id);
            let applied = applied.filter(|it| it.schedule == active && it.start == in_force.now.at);
            let shown = ShownLevel {
                schedule: in_force.now.schedule.name.clone(),
                level: in_force.now.level.clone(),
                since: in_force.now.at,
                next: in_force.next.map(|next| (next.at, next.level.clone())),
                state: applied.map(|applied| applied.state.clone()),
            };
            (id.clone(), shown)
        });
        Self { holds: holds.collect(), in_force: in_force.collect(), ..Self::default() }
    }
}
