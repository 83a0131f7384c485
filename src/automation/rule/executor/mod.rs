//! The executor of rules, without a clock, a disk or a service: the present goes in, and runs come out.
//!
//! ```text
//!   present ──> due ──> step ──stored──> stored() ──> the acts are made ──> resolved()
//! ```
//!
//! A trigger that describes a state is watched: since when it has been so, and if the rule was judged for it. One of the
//! clock has the last instant that was handled. Both are stored together with the run, before it is acted upon, so that
//! each occasion is judged once, whatever ends in between.

mod compile;
mod look;
mod slots;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod year_tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use self::compile::CompiledRule;
use self::look::Looked;
pub(super) use self::slots::CLIMATE;
pub use self::slots::SlotNotes;
use super::levels::RoomTracks;
use super::plan::ChangesByHand;
use super::{ActKind, Rule, RulePresent, RuleRun, RuleSkip, Rules, Subject, USUAL_LATE};
use crate::automation::executor::HeardChange;
use crate::automation::hold::Hold;
use crate::automation::problem::FormProblem;
use crate::automation::run::{RunId, RunOutcome};
use crate::home::{DeviceId, Node, Slot, Write};

/// A time without knowledge that is shorter than this counts as known: a restart.
const GAP: SignedDuration = SignedDuration::from_mins(2);
/// The clock may be behind a handled instant by so much before that counts as a clock that was set back.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(10);
/// The time for which runs are counted against the rate.
const RATE_TIME: SignedDuration = SignedDuration::from_hours(1);
/// The number of times that all rules together act within that time.
const SHARED_RATE: usize = 120;
/// Time after which a state that goes on is stored again, so that a restart knows until when it was so.
const STORE_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Most failed changes that wait to be judged.
const MOST_FAILURES: usize = 100;

/// The key of a watched trigger in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WatchKey {
    pub rule: String,
    /// Another trigger has another key, so that a changed rule begins anew.
    pub trigger: String,
    pub subject: String,
}

/// The knowledge about a trigger that survives the process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watched {
    /// The last instant that was handled, of a trigger of the clock, the log or a camera.
    Handled(Timestamp),
    NotSo,
    So {
        /// The time since when it has been so, moved by the time in which nobody knew.
        since: Timestamp,
        /// The last time at which it was so.
        seen: Timestamp,
        /// True if the rule was judged for it.
        is_done: bool,
    },
}

/// A step: everything that is stored at once, and the acts that follow.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleStep {
    pub watched: Vec<(WatchKey, Watched)>,
    pub run: Option<RuleRun>,
    /// Holds that begin.
    pub holds: Vec<Hold>,
    /// Holds that end now.
    pub ended_holds: Vec<DeviceId>,
}

/// The state of rules that survives the process.
#[derive(Debug, Default)]
pub struct KeptRules {
    pub watched: BTreeMap<WatchKey, Watched>,
    pub open: BTreeMap<RunId, RuleRun>,
    /// The times at which each rule acted within the last hour.
    pub recent: Vec<(String, Timestamp)>,
    /// The last change by hand of each value.
    pub by_hand: BTreeMap<Slot, HeardChange>,
    /// The values of thermostats as they were seen last.
    pub seen: BTreeMap<Slot, Write>,
}

/// The state of a rule for the window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RuleState {
    /// The reason why it is not carried out.
    pub problem: Option<FormProblem>,
    /// The end of a pause because it acted too often.
    pub paused_until: Option<Timestamp>,
}

/// The executor of rules.
#[derive(Debug, Default)]
pub struct RuleExecutor {
    rules: Rules,
    compiled: Vec<CompiledRule>,
    /// The names and devices for which the rules were compiled.
    compiled_for: Option<u64>,
    watched: BTreeMap<WatchKey, Watched>,
    removed: Vec<WatchKey>,
    open: BTreeMap<RunId, RuleRun>,
    orphans: BTreeSet<RunId>,
    tracks: RoomTracks,
    tracked: BTreeSet<DeviceId>,
    by_hand: ChangesByHand,
    by_rule: BTreeMap<Slot, (String, Write)>,
    failures: VecDeque<(Timestamp, String)>,
    recent: BTreeMap<String, VecDeque<Timestamp>>,
    states: BTreeMap<String, RuleState>,
    /// The time without knowledge that counts as known; `None` for that of a restart.
    gap: Option<SignedDuration>,
    seen: BTreeMap<Slot, Write>,
    /// The values that were met in this process.
    met: BTreeSet<Slot>,
    /// The newest change of each value that a log told in this process.
    newest: BTreeMap<Slot, Write>,
    notes: SlotNotes,
    /// The last time at which a rule missed an occasion: one trace within an hour is enough.
    missed: BTreeMap<String, Timestamp>,
}

impl RuleExecutor {
    /// An executor for recorded history, which tells something at least after each `gap`, of a home that stays the same.
    pub(super) fn on_history(rules: Rules, gap: SignedDuration) -> Self {
        Self { rules, gap: Some(gap), ..Self::default() }
    }

    /// Continues with what was stored.
    pub fn restored(kept: KeptRules) -> Self {
        let mut recent: BTreeMap<String, VecDeque<Timestamp>> = BTreeMap::new();
        for (rule, at) in kept.recent {
            recent.entry(rule).or_default().push_back(at);
        }
        let orphans = kept.open.keys().copied().collect();
        Self {
            watched: kept.watched,
            open: kept.open,
            orphans,
            recent,
            by_hand: kept.by_hand,
            seen: kept.seen,
            ..Self::default()
        }
    }

    /// Replaces the rules. Those that stay as they are go on.
    pub fn set_rules(&mut self, rules: Rules) {
        self.rules = rules;
        self.compiled_for = None;
    }

    /// The rules that are executed.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The state of each rule that is not simply on or off.
    pub fn states(&self) -> &BTreeMap<String, RuleState> {
        &self.states
    }

    /// The runs without an outcome.
    pub fn open(&self) -> &BTreeMap<RunId, RuleRun> {
        &self.open
    }

    /// True if there is anything to look at.
    pub fn is_idle(&self) -> bool {
        self.open.is_empty() && !self.rules.rules.iter().any(|rule| rule.is_on)
    }

    /// The keys of triggers that are watched no more, since the last call.
    pub fn take_removed(&mut self) -> Vec<WatchKey> {
        std::mem::take(&mut self.removed)
    }

    /// Notes a change that was refused or never sent.
    pub fn hear_failure(&mut self, at: Timestamp, name: String) {
        if self.failures.len() >= MOST_FAILURES {
            self.failures.pop_front();
        }
        self.failures.push_back((at, name));
    }

    /// The next instant at which the clock alone makes something due.
    pub fn wake_at(&self, now: Timestamp) -> Option<Timestamp> {
        let mut next: Option<Timestamp> = None;
        for compiled in &self.compiled {
            let Some(rule) = self.rules.rules.get(compiled.index) else { continue };
            for trigger in &compiled.triggers {
                let Some(of) = rule.triggers.get(trigger.index) else { continue };
                let due = trigger.keys.iter().filter_map(|key| {
                    let Some(Watched::So { since, is_done: false, .. }) = self.watched.get(key) else { return None };
                    since.checked_add(of.lasts()).ok()
                });
                let due = due.chain(trigger.next).filter(|at| *at > now).min();
                next = next.into_iter().chain(due).min();
            }
        }
        next
    }

    /// The steps that are due at the present.
    pub fn due(&mut self, present: &RulePresent<'_>) -> Vec<RuleStep> {
        self.compile_if_needed(present);
        if self.gap.is_none() {
            self.note_values(present);
        }
        for id in &self.tracked {
            if let Some(thermostat) = present.home.thermostats.get(id) {
                let is_known = thermostat.is_reachable() && (present.is_live)(&Subject::Device(id.clone()));
                self.tracks.entry(id.clone()).or_default().observe(thermostat, is_known, present.now);
            }
        }
        self.pass_time(present.now);
        let (mut steps, mut paused) = (Vec::new(), Vec::new());
        let mut compiled = std::mem::take(&mut self.compiled);
        for of in &mut compiled {
            let Some(rule) = self.rules.rules.get(of.index) else { continue };
            // A run that is on its way is finished first.
            if self.open.values().any(|run| run.rule == rule.name) {
                continue;
            }
            let looked = Looked { executor: self, rule, present };
            let Some((step, is_paused)) = looked.look(of) else { continue };
            if is_paused {
                paused.push((rule.name.clone(), self.paused_until(rule)));
            }
            if step.run.is_some() || !step.watched.is_empty() {
                steps.push(step);
            }
        }
        self.compiled = compiled;
        for (name, until) in paused {
            self.states.entry(name).or_default().paused_until = until;
        }
        steps
    }

    fn pass_time(&mut self, now: Timestamp) {
        for times in self.recent.values_mut() {
            // Times after the present are those of a clock that was wrong.
            times.retain(|at| now.duration_since(*at) < RATE_TIME && *at <= now + CLOCK_TOLERANCE);
        }
        self.recent.retain(|_, times| !times.is_empty());
        let (rules, recent) = (&self.rules, &self.recent);
        let shared: usize = recent.values().map(VecDeque::len).sum();
        for (name, state) in &mut self.states {
            let rate = rules.rule(name).map_or(usize::MAX, |rule| rule.rate as usize);
            let is_spent = recent.get(name).is_some_and(|times| times.len() >= rate) || shared >= SHARED_RATE;
            if !is_spent {
                state.paused_until = None;
            }
        }
        self.states.retain(|_, state| *state != RuleState::default());
    }

    /// The end of the pause of a rule that acted too often.
    fn paused_until(&self, rule: &Rule) -> Option<Timestamp> {
        let own = self.recent.get(&rule.name).filter(|times| times.len() >= rule.rate as usize);
        let shared = || {
            let mut all: Vec<Timestamp> = self.recent.values().flatten().copied().collect();
            all.sort_unstable();
            (all.len() >= SHARED_RATE).then(|| all.first().copied()).flatten()
        };
        own.and_then(|times| times.front().copied()).or_else(shared)?.checked_add(RATE_TIME).ok()
    }

    /// Takes over a step that was stored, with the id of its run.
    pub fn stored(&mut self, id: Option<RunId>, step: &RuleStep) {
        for (key, watched) in &step.watched {
            self.watched.insert(key.clone(), watched.clone());
            if let Watched::Handled(last) = watched {
                self.move_on(key, *last);
            }
        }
        let Some(run) = &step.run else { return };
        if run.skip == Some(RuleSkip::Missed) {
            self.missed.insert(run.rule.clone(), run.at);
        }
        if run.acted() {
            self.recent.entry(run.rule.clone()).or_default().push_back(run.at);
        }
        for act in &run.acts {
            if let (ActKind::Write(write), RunOutcome::Open) = (&act.kind, &act.outcome) {
                self.by_rule.insert(write.slot(), (run.rule.clone(), write.clone()));
            }
        }
        if let Some(id) = id.filter(|_| run.is_open()) {
            self.open.insert(id, run.clone());
        }
    }

    /// Lets the next instant of a trigger be looked for anew.
    fn move_on(&mut self, key: &WatchKey, last: Timestamp) {
        for trigger in self.compiled.iter_mut().flat_map(|of| &mut of.triggers) {
            if trigger.keys.first() == Some(key) {
                // The look at the present finds the one after it.
                trigger.next = trigger.next.map(|_| last);
            }
        }
    }

    /// The run with the outcome of an act; `None` if it is not open.
    pub fn resolved(&mut self, id: RunId, act: usize, outcome: &RunOutcome) -> Option<RuleRun> {
        let run = self.open.get_mut(&id)?;
        if let Some(act) = run.acts.get_mut(act) {
            act.outcome = outcome.clone();
        }
        let run = run.clone();
        if !run.is_open() {
            self.open.remove(&id);
            self.orphans.remove(&id);
        }
        Some(run)
    }

    /// Notes that nobody reports the outcome of a run any more.
    pub fn orphan(&mut self, id: RunId) {
        if self.open.contains_key(&id) {
            self.orphans.insert(id);
        }
    }

    /// Notes that a write of an earlier process is on its way again.
    pub fn resumed(&mut self, id: RunId) {
        self.orphans.remove(&id);
    }

    /// The outcomes of acts of an earlier process that can be told now: a run, the place of its act, and the outcome;
    /// `None` for a write that was never sent, and is not too late yet.
    pub fn recheck(
        &self,
        present: &RulePresent<'_>,
        keeps_queue: bool,
        is_pending: impl Fn(&Slot) -> bool,
        recorded: impl Fn(&Write, Timestamp) -> Option<RunOutcome>,
    ) -> Vec<(RunId, usize, Option<RunOutcome>)> {
        let mut told = Vec::new();
        for (id, run) in self.orphans.iter().filter_map(|id| Some((id, self.open.get(id)?))) {
            for (place, act) in run.acts.iter().enumerate().filter(|(_, act)| act.outcome == RunOutcome::Open) {
                // Nobody knows if another act was seen, or ran; a second time would be worse than none.
                let outcome = match &act.kind {
                    ActKind::Write(write) if recorded(write, run.at).is_some() => Some(recorded(write, run.at)),
                    ActKind::Write(write) => {
                        let slot = write.slot();
                        let is_known = !is_pending(&slot) && (present.is_live)(&subject_of(&slot.node));
                        let is_changed = self.by_hand.get(&slot).is_some_and(|change| change.at >= run.at);
                        let late = self.rules.rule(&run.rule).map_or(USUAL_LATE, |rule| rule.late);
                        let is_late = present.now.duration_since(run.at) > late;
                        let outcome = match (write.is_shown_by(present.home), keeps_queue) {
                            (true, _) => Some(RunOutcome::Done),
                            (false, _) if is_changed => Some(RunOutcome::Superseded),
                            // The log on the disk has no trace of it.
                            (false, true) if !is_late => None,
                            (false, true) => Some(RunOutcome::NotSent),
                            (false, false) => Some(RunOutcome::MayHaveArrived),
                        };
                        is_known.then_some(outcome)
                    }
                    ActKind::EndHold(_)
                    | ActKind::Level(_)
                    | ActKind::EndEco(_)
                    | ActKind::Notify(_)
                    | ActKind::Program(_)
                    | ActKind::Request(_)
                    | ActKind::Command(_)
                    | ActKind::Preset(_) => Some(Some(RunOutcome::MayHaveArrived)),
                };
                told.extend(outcome.map(|outcome| (*id, place, outcome)));
            }
        }
        told
    }
}

fn subject_of(node: &Node) -> Subject {
    match node {
        Node::Structure(id) => Subject::Home(id.clone()),
        Node::Thermostat(id) | Node::Camera(id) => Subject::Device(id.clone()),
    }
}
