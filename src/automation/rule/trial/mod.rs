//! A rule tried on recorded history: when it would have acted, and against whose wishes.
//!
//! The history goes on as it was: an act of the trial does not change the rooms after it. What nobody recorded is
//! unknown, and a rule does not act on what is unknown.

mod replay;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use self::replay::Replay;
pub use self::replay::{Reading, readings_of};
use super::{AccountState, ActKind, Rule, RuleExecutor, RulePresent, RuleRun, RuleTrigger, Rules, Subject};
use crate::automation::executor::HeardChange;
use crate::automation::hold::{Hold, HoldEnd};
use crate::automation::problem::FormProblem;
use crate::automation::recorded::{is_by_hand, write_of};
use crate::automation::run::{RunId, RunOutcome};
use crate::automation::schedule::{LoadedSchedules, Schedules};
use crate::history::{Change, ChangeCause, ChangeQuery, HistoryError, HistoryStore};
use crate::home::{DeviceId, DeviceTree, Node, Write};

/// A change by hand within this time after an act is one against it.
const AGAINST: SignedDuration = SignedDuration::from_hours(2);
/// The widest interval of the history, and a little more: less than this without a reading counts as known.
const GAP: SignedDuration = SignedDuration::from_mins(16);
/// The time before a trial in which changes tell how it begins.
const STATE_BEFORE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// The longest time between two looks, so that an occasion that waits is given up in time.
const LONGEST_STEP: SignedDuration = SignedDuration::from_mins(30);
/// Most changes that are read.
const MOST_CHANGES: usize = 1_000_000;
/// Most runs that are kept, the newest ones.
const MOST_RUNS: usize = 2_000;
/// Most looks at one instant.
const MOST_ROUNDS: usize = 8;

/// The recorded values and changes of a home.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecordedHome {
    pub readings: BTreeMap<DeviceId, Vec<Reading>>,
    /// Changes before the time of a trial tell how it begins.
    pub changes: Vec<Change>,
}

impl RecordedHome {
    /// Reads a time of the history of all thermostats of a home.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn read(
        store: &HistoryStore,
        home: &DeviceTree,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Self, HistoryError> {
        let mut readings = BTreeMap::new();
        for id in home.thermostats.keys() {
            if let Some(device) = store.keyed(id.as_str())? {
                readings.insert(id.clone(), readings_of(&store.intervals(&device, from.as_second(), to.as_second())?));
            }
        }
        Ok(Self { readings, changes: store.changes(&Self::changes_of((from, to)))? })
    }

    /// The changes of a time, with those before it that tell how it begins.
    pub fn changes_of((from, to): (Timestamp, Timestamp)) -> ChangeQuery {
        let before = from.checked_sub(STATE_BEFORE).unwrap_or(from);
        ChangeQuery { node: None, kinds: &[], from: Some(before), to: Some(to), most: MOST_CHANGES }
    }
}

/// The history on which a rule is tried.
pub struct RuleHistory<'a> {
    pub from: Timestamp,
    pub to: Timestamp,
    /// The present home: names, equipment, zones.
    pub home: &'a DeviceTree,
    pub zone: &'a TimeZone,
    pub recorded: &'a RecordedHome,
    pub presets: &'a [(String, Vec<Write>)],
    /// The schedules that are active now, which give the level that a change by hand concerns.
    pub schedules: &'a Schedules,
    pub programs: &'a [String],
    pub requests: &'a [String],
}

/// A rule to be tried, with everything that its trial needs beside the history.
#[derive(Debug, Clone)]
pub struct RuleTrialRequest {
    pub rule: Rule,
    pub rules: Rules,
    pub from: Timestamp,
    pub to: Timestamp,
    pub home: Arc<DeviceTree>,
    pub zone: TimeZone,
    pub presets: Vec<(String, Vec<Write>)>,
    pub schedules: Arc<LoadedSchedules>,
    pub programs: Vec<String>,
    pub requests: Vec<String>,
}

impl RuleTrialRequest {
    /// Tries the rule.
    ///
    /// # Errors
    /// The rule cannot be carried out in this home.
    pub fn run(&self, recorded: &RecordedHome) -> Result<RuleTrial, FormProblem> {
        let history = RuleHistory {
            from: self.from,
            to: self.to,
            home: &self.home,
            zone: &self.zone,
            recorded,
            presets: &self.presets,
            schedules: &self.schedules.content,
            programs: &self.programs,
            requests: &self.requests,
        };
        try_rule(&self.rule, &self.rules, &history)
    }
}

/// A change by hand soon after an act of a rule, to another value.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleAgainst {
    /// The time of the act, and what it would have set.
    pub acted: Timestamp,
    pub planned: Write,
    pub at: Timestamp,
    pub name: String,
    pub chosen: Write,
    pub by: ChangeCause,
}

/// The result of a trial.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RuleTrial {
    /// The number of occasions on which something would have been done.
    pub acted: usize,
    /// The number of those on which nothing would have been.
    pub skipped: usize,
    /// The newest ones of both, in the order of time.
    pub runs: VecDeque<RuleRun>,
    pub against: Vec<RuleAgainst>,
    /// The first time of which anything is known; `None` without any history.
    pub since: Option<Timestamp>,
    /// True if a trigger is of a kind that no history tells.
    pub has_unseen: bool,
}

/// Tries a rule.
///
/// # Errors
/// The rule cannot be carried out in this home.
pub fn try_rule(rule: &Rule, all: &Rules, history: &RuleHistory<'_>) -> Result<RuleTrial, FormProblem> {
    let rules = Rules { rules: vec![Rule { is_on: true, ..rule.clone() }], ..all.clone() };
    let mut executor = RuleExecutor::on_history(rules, GAP);
    let mut replay = Replay::new(history.home, &history.recorded.readings, &history.recorded.changes);
    let events = replay.events(history.to);
    let first = events.iter().find(|event| event.at >= history.from.as_millisecond());
    let is_unseen =
        |trigger: &RuleTrigger| matches!(trigger, RuleTrigger::SignedOut { .. } | RuleTrigger::FailedChange);
    let mut trial = Trial {
        result: RuleTrial {
            since: first.and_then(|event| Timestamp::from_millisecond(event.at).ok()),
            has_unseen: rule.triggers.iter().any(is_unseen),
            ..RuleTrial::default()
        },
        holds: BTreeMap::new(),
        by_hand: Vec::new(),
    };
    // Before the first record nothing is known, so that nothing would have been done.
    let Some(since) = trial.result.since else { return problem(rule, &mut executor, &replay, history, trial) };
    let mut events = events.into_iter().peekable();
    let mut now = since.max(history.from);
    loop {
        while let Some(event) = events.next_if(|event| event.at <= now.as_millisecond()) {
            if let Some(change) = replay.apply(event) {
                trial.hear(change, &mut executor);
            }
        }
        trial.look(&mut executor, &replay, history, now);
        if let Some(problem) = executor.states().get(&rule.name).and_then(|state| state.problem.clone()) {
            return Err(problem);
        }
        let next = events.peek().and_then(|event| Timestamp::from_millisecond(event.at).ok());
        let next = next.into_iter().chain(executor.wake_at(now)).chain(trial.next_end(now));
        let next = next.chain(now.checked_add(LONGEST_STEP)).min();
        match next.filter(|next| *next < history.to) {
            Some(next) => now = next.max(now),
            None => break,
        }
    }
    trial.find_against();
    Ok(trial.result)
}

/// The result without any history: the problem of the rule, if it has one.
fn problem(
    rule: &Rule,
    executor: &mut RuleExecutor,
    replay: &Replay<'_>,
    history: &RuleHistory<'_>,
    mut trial: Trial,
) -> Result<RuleTrial, FormProblem> {
    trial.look(executor, replay, history, history.from);
    let found = executor.states().get(&rule.name).and_then(|state| state.problem.clone());
    found.map_or(Ok(trial.result), Err)
}

struct Trial {
    result: RuleTrial,
    holds: BTreeMap<DeviceId, Hold>,
    /// The changes by hand, in the order of time.
    by_hand: Vec<(Timestamp, Write, String, ChangeCause)>,
}

impl Trial {
    fn hear(&mut self, change: &Change, executor: &mut RuleExecutor) {
        let (Some(write), Some(by)) = (write_of(change), change.cause.filter(|by| is_by_hand(*by))) else { return };
        executor.hear(&HeardChange { at: change.at, write: write.clone(), is_by_hand: true });
        if let Node::Thermostat(id) = write.slot().node {
            // A person ends the hold of a rule.
            self.holds.remove(&id);
        }
        self.by_hand.push((change.at, write, change.name.clone(), by));
    }

    /// The next end of a hold.
    fn next_end(&self, now: Timestamp) -> Option<Timestamp> {
        let end = |hold: &Hold| if let HoldEnd::At(end) = hold.ends { Some(end) } else { None };
        self.holds.values().filter_map(end).filter(|end| *end > now).min()
    }

    fn look(&mut self, executor: &mut RuleExecutor, replay: &Replay<'_>, history: &RuleHistory<'_>, now: Timestamp) {
        self.holds.retain(|_, hold| !matches!(hold.ends, HoldEnd::At(end) if end <= now));
        let accounts = [AccountState { name: String::new(), is_signed_out: false, is_live: true }];
        let is_live = |subject: &Subject| match subject {
            Subject::Device(id) => replay.is_known(id, now),
            Subject::Home(id) => replay.is_known_home(id, now),
            Subject::Clock | Subject::Account(_) => true,
        };
        for _ in 0..MOST_ROUNDS {
            let present = RulePresent {
                now,
                zone: history.zone,
                home: &replay.home,
                accounts: &accounts,
                is_live: &is_live,
                presets: history.presets,
                levels: &history.schedules.levels,
                holds: &self.holds,
                start_in_force: &|id| {
                    let zone = replay.home.structure_of(id).and_then(|(_, structure)| structure.zone());
                    let zone = zone.unwrap_or_else(|| history.zone.clone());
                    Some(history.schedules.of(id, &replay.home)?.in_force(now, &zone)?.now.at)
                },
                programs: history.programs,
                requests: history.requests,
            };
            let steps = executor.due(&present);
            if steps.is_empty() {
                return;
            }
            for step in steps {
                let id = RunId(i64::try_from(self.result.acted + self.result.skipped).unwrap_or(i64::MAX));
                executor.stored(Some(id), &step);
                for ended in &step.ended_holds {
                    self.holds.remove(ended);
                }
                self.holds.extend(step.holds.into_iter().map(|hold| (hold.thermostat.clone(), hold)));
                let Some(mut run) = step.run else { continue };
                for place in 0..run.acts.len() {
                    let is_open = run.acts.get(place).is_some_and(|act| act.outcome == RunOutcome::Open);
                    if let Some(resolved) = is_open.then(|| executor.resolved(id, place, &RunOutcome::Done)).flatten() {
                        run = resolved;
                    }
                }
                self.keep(run);
            }
        }
    }

    fn keep(&mut self, run: RuleRun) {
        if run.acted() {
            self.result.acted += 1;
        } else {
            self.result.skipped += 1;
        }
        if self.result.runs.len() >= MOST_RUNS {
            self.result.runs.pop_front();
        }
        self.result.runs.push_back(run);
    }

    /// Finds the changes by hand that followed the acts.
    fn find_against(&mut self) {
        self.by_hand.sort_by_key(|(at, ..)| *at);
        let mut against = Vec::new();
        for run in &self.result.runs {
            let done = run.acts.iter().filter(|act| act.outcome == RunOutcome::Done);
            for (act, planned) in done.filter_map(|act| {
                let ActKind::Write(write) = &act.kind else { return None };
                Some((act, write))
            }) {
                let first = self.by_hand.partition_point(|(at, ..)| *at <= run.at);
                let later = self.by_hand.get(first..).unwrap_or_default();
                let mut soon = later.iter().take_while(|(at, ..)| at.duration_since(run.at) <= AGAINST);
                let (slot, group) = (planned.slot(), planned.slot().field.group());
                let is_against = |chosen: &Write| {
                    let other = chosen.slot();
                    other.node == slot.node && other.field.group() == group && chosen != planned
                };
                if let Some((at, chosen, _, by)) = soon.find(|(_, chosen, ..)| is_against(chosen)) {
                    against.push(RuleAgainst {
                        acted: run.at,
                        planned: planned.clone(),
                        at: *at,
                        name: act.name.clone(),
                        chosen: chosen.clone(),
                        by: *by,
                    });
                }
            }
        }
        self.result.against = against;
    }
}
