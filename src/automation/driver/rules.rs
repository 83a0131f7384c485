//! The rules of the loop: their file, their occasions, and their acts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::accounts::outcome_of_resolution;
use super::worker::{OpenState, Worker};
use super::{AutomationNews, Message, RuleChange};
use crate::automation::executor::HeardChange;
use crate::automation::outside::{OutsideAct, OutsideKind};
use crate::automation::problem::FormProblem;
use crate::automation::rule::{
    Act, ActKind, LoadedRules, RuleExecutor, RulePresent, RuleRun, RuleStep, Subject, reason_message,
};
use crate::automation::run::{RunId, RunOutcome};
use crate::automation::store::StoreError;
use crate::engine::{Origin, Resolution};
use crate::home::{Slot, Write};
use crate::i18n::english;

/// Number of runs of rules that the window shows.
pub(super) const SHOWN_RULE_RUNS: usize = 300;
/// Most rounds of a look: an occasion of one trigger comes before that of the next one.
const MOST_ROUNDS: usize = 8;

/// The rules as they were read, and the problems that were told.
#[derive(Default)]
pub(super) struct RuleFileState {
    pub(super) loaded: Arc<LoadedRules>,
    stamp: Option<(std::time::SystemTime, u64)>,
    pub(super) is_read: bool,
    /// The problems that were told, by rule.
    told: BTreeMap<String, FormProblem>,
    paused: BTreeMap<String, jiff::Timestamp>,
}

impl Worker {
    pub(super) fn read_rules(&mut self) {
        let path = self.setup.files.rules.path();
        let found = std::fs::metadata(path).ok();
        let stamp = found.and_then(|found| Some((found.modified().ok()?, found.len())));
        if self.rules.is_read && stamp == self.rules.stamp {
            return;
        }
        self.rules.is_read = true;
        self.rules.stamp = stamp;
        let loaded = match self.setup.files.rules.load() {
            Ok(loaded) => loaded,
            // Somebody may be editing the file: what was in force goes on.
            Err(problem) => LoadedRules { problems: vec![problem], ..(*self.rules.loaded).clone() },
        };
        let is_new = |problem: &&FormProblem| !self.rules.loaded.problems.contains(problem);
        for problem in loaded.problems.iter().filter(is_new) {
            self.shared.tell(AutomationNews::Form(problem.clone()));
        }
        self.rules.loaded = Arc::new(loaded);
        if let Some(open) = &mut self.open {
            open.rules.set_rules(self.rules.loaded.content.clone());
        }
    }

    pub(super) fn change_rules(&mut self, change: RuleChange) {
        let in_force = || self.rules.loaded.content.clone();
        match self.setup.files.rules.update_from(in_force, change) {
            Ok(loaded) => {
                self.rules.is_read = false;
                for problem in loaded.problems.into_iter().filter(|it| matches!(it, FormProblem::SetAside(_))) {
                    self.shared.tell(AutomationNews::Form(problem));
                }
            }
            Err(problem) => self.shared.tell(AutomationNews::Form(problem)),
        }
    }

    pub(super) fn hear_for_rules(&mut self, changes: &[HeardChange], failures: Vec<(jiff::Timestamp, String)>) {
        let Some(open) = &mut self.open else { return };
        for change in changes {
            open.rules.hear(change);
        }
        for (at, name) in failures {
            open.rules.hear_failure(at, name);
        }
    }

    /// Judges the rules, stores what is due, and acts.
    pub(super) fn try_rules(&mut self) -> Result<(), StoreError> {
        self.recheck_rules()?;
        for _ in 0..MOST_ROUNDS {
            let steps = self.with_rules(|rules, present| rules.due(present)).unwrap_or_default();
            self.tell_states();
            let Some(open) = &mut self.open else { return Ok(()) };
            let notes = open.rules.take_notes();
            if !notes.is_empty() {
                open.store.note_slots(&notes)?;
            }
            let removed = open.rules.take_removed();
            if !removed.is_empty() {
                open.store.forget_watched(&removed)?;
            }
            if steps.is_empty() {
                return Ok(());
            }
            let ids = open.store.add_rules(&steps)?;
            for (id, step) in ids.iter().zip(&steps) {
                open.rules.stored(*id, step);
            }
            if steps.iter().any(|step| !step.holds.is_empty() || !step.ended_holds.is_empty()) {
                let holds = open.store.holds()?;
                open.executor.set_holds(holds);
            }
            let acted = steps.iter().any(|step| step.run.is_some());
            for (id, step) in ids.into_iter().zip(steps) {
                if let (Some(id), RuleStep { run: Some(run), .. }) = (id, step) {
                    self.act_of_rule(id, &run)?;
                }
            }
            if !acted {
                return Ok(());
            }
            self.reread_rule_runs()?;
        }
        Ok(())
    }

    fn recheck_rules(&mut self) -> Result<(), StoreError> {
        let keeps_queue = self.setup.keeps_queue;
        let told = self.with_rules_and(|rules, present, worker| {
            let is_pending = |slot: &Slot| worker.accounts.is_pending_slot(slot);
            rules.recheck(present, keeps_queue, is_pending, |write, at| worker.accounts.recorded_write(write, at))
        });
        let mut again: BTreeMap<RunId, Vec<usize>> = BTreeMap::new();
        for (id, place, outcome) in told.unwrap_or_default() {
            match outcome {
                Some(outcome) => self.resolve_rule(id, place, &outcome)?,
                None => again.entry(id).or_default().push(place),
            }
        }
        for (id, places) in again {
            let Some(open) = &mut self.open else { return Ok(()) };
            let Some(run) = open.rules.open().get(&id).cloned() else { continue };
            open.rules.resumed(id);
            let writes = places.into_iter().filter_map(|place| {
                let ActKind::Write(write) = &run.acts.get(place)?.kind else { return None };
                Some((place, write.clone()))
            });
            self.submit(id, &run.rule, writes.collect())?;
        }
        Ok(())
    }

    /// Tells once what rules cannot do.
    fn tell_states(&mut self) {
        let Some(open) = &self.open else { return };
        let states = open.rules.states();
        for (rule, state) in states {
            if let Some(problem) = &state.problem
                && self.rules.told.get(rule) != Some(problem)
            {
                self.rules.told.insert(rule.clone(), problem.clone());
                self.shared.tell(AutomationNews::Form(problem.clone()));
            }
            if let Some(until) = state.paused_until
                && !self.rules.paused.contains_key(rule)
            {
                self.rules.paused.insert(rule.clone(), until);
                self.shared.tell(AutomationNews::RulePaused { rule: rule.clone(), until });
            }
        }
        self.rules.told.retain(|rule, _| states.get(rule).is_some_and(|state| state.problem.is_some()));
        self.rules.paused.retain(|rule, _| states.get(rule).is_some_and(|state| state.paused_until.is_some()));
    }

    /// Makes the acts of a stored run.
    fn act_of_rule(&mut self, id: RunId, run: &RuleRun) -> Result<(), StoreError> {
        let mut writes = Vec::new();
        for (place, act) in run.acts.iter().enumerate() {
            self.tell_refusal(run, act);
            if act.outcome != RunOutcome::Open {
                continue;
            }
            if let ActKind::Write(write) = &act.kind {
                writes.push((place, write.clone()));
                continue;
            }
            if let Some(outcome) = self.other_act(id, place, run, &act.kind) {
                self.resolve_rule(id, place, &outcome)?;
            }
        }
        self.submit(id, &run.rule, writes)
    }

    /// Sends writes of a run, with the places of their acts.
    fn submit(&mut self, id: RunId, rule: &str, all: Vec<(usize, Write)>) -> Result<(), StoreError> {
        // The writes of one account go together, so that a mode comes before its set point.
        let mut by_engine: BTreeMap<Option<usize>, Vec<(usize, Write)>> = BTreeMap::new();
        for (place, write) in all {
            let engine = self.accounts.engine_of(&write.slot().node);
            by_engine.entry(engine).or_default().push((place, write));
        }
        for (engine, writes) in by_engine {
            let access = engine.and_then(|engine| self.accounts.access_at(engine));
            let (places, writes): (Vec<usize>, Vec<Write>) = writes.into_iter().unzip();
            let slots: Vec<(Slot, usize)> = writes.iter().map(Write::slot).zip(places).collect();
            let Some(mut handle) = access.and_then(|access| access.submit(rule.to_owned(), writes, Origin::Rule))
            else {
                for (_, place) in slots {
                    self.resolve_rule(id, place, &RunOutcome::NotSent)?;
                }
                continue;
            };
            let results = self.results.clone();
            self.setup.runtime.spawn(async move {
                while let Some(resolved) = handle.next().await {
                    for (_, place) in slots.iter().filter(|(slot, _)| *slot == resolved.slot) {
                        // The thread has ended if nobody receives it; the next one rechecks the run.
                        results.send(Message::RuleResolved(id, *place, resolved.resolution.clone())).ok();
                    }
                }
                results.send(Message::RuleEnded(id)).ok();
            });
        }
        Ok(())
    }

    /// Makes an act that is no write. `None` while its outcome is not known.
    fn other_act(&self, id: RunId, place: usize, run: &RuleRun, kind: &ActKind) -> Option<RunOutcome> {
        let (kind, name) = match kind {
            ActKind::Notify(text) => {
                let (rule, text, subject) = (run.rule.clone(), text.clone(), run.subject.clone());
                let trigger = Box::new(run.trigger.clone());
                self.shared.tell(AutomationNews::RuleNotifies { rule, text, subject, trigger });
                return Some(RunOutcome::Done);
            }
            ActKind::Program(name) => (OutsideKind::Program, name.clone()),
            ActKind::Request(name) => (OutsideKind::Request, name.clone()),
            ActKind::Write(_)
            | ActKind::EndHold(_)
            | ActKind::Level(_)
            | ActKind::EndEco(_)
            | ActKind::Command(_)
            | ActKind::Preset(_) => {
                tracing::warn!(?kind, "an act of a rule that is not made here");
                return Some(RunOutcome::NotSent);
            }
        };
        let made = self.setup.outside.make(OutsideAct {
            kind,
            name,
            rule: run.rule.clone(),
            subject: run.subject.clone(),
            reason: english().localize(&reason_message(&run.trigger, &run.subject)),
            at: run.at,
        });
        let results = self.results.clone();
        self.setup.runtime.spawn(async move {
            // The thread has ended if nobody receives it; the next one rechecks the run.
            results.send(Message::RuleDone(id, place, made.await)).ok();
        });
        None
    }

    fn tell_refusal(&self, run: &RuleRun, act: &Act) {
        if let RunOutcome::Refused(why) = &act.outcome {
            let thermostat = if act.name.is_empty() { run.rule.clone() } else { act.name.clone() };
            self.shared.tell(AutomationNews::Refused { thermostat, why: why.clone() });
        }
    }

    pub(super) fn rule_resolved(&mut self, id: RunId, place: usize, resolution: &Resolution) {
        self.rule_done(id, place, &outcome_of_resolution(resolution));
    }

    pub(super) fn rule_done(&mut self, id: RunId, place: usize, outcome: &RunOutcome) {
        if let Err(error) = self.resolve_rule(id, place, outcome) {
            self.fail(error);
        }
    }

    fn resolve_rule(&mut self, id: RunId, place: usize, outcome: &RunOutcome) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let Some(run) = open.rules.resolved(id, place, outcome) else { return Ok(()) };
        open.store.resolve_rule(id, &run)?;
        if let (RunOutcome::Refused(_), Some(act)) = (outcome, run.acts.get(place)) {
            self.tell_refusal(&run, act);
        }
        self.reread_rule_runs()
    }

    fn reread_rule_runs(&mut self) -> Result<(), StoreError> {
        if let Some(open) = &mut self.open {
            open.rule_runs = Arc::new(open.store.rule_runs(None, SHOWN_RULE_RUNS)?);
        }
        Ok(())
    }

    /// Calls a function with the rules and the present, if the store is open.
    pub(super) fn with_rules<T>(&mut self, f: impl FnOnce(&mut RuleExecutor, &RulePresent<'_>) -> T) -> Option<T> {
        self.with_rules_and(|rules, present, _| f(rules, present))
    }

    fn with_rules_and<T>(&mut self, f: impl FnOnce(&mut RuleExecutor, &RulePresent<'_>, &Self) -> T) -> Option<T> {
        let mut rules = std::mem::take(&mut self.open.as_mut()?.rules);
        let result = if rules.is_idle() { None } else { self.with_present(&mut rules, f) };
        if let Some(open) = &mut self.open {
            open.rules = rules;
        }
        result
    }

    fn with_present<T>(
        &self,
        rules: &mut RuleExecutor,
        f: impl FnOnce(&mut RuleExecutor, &RulePresent<'_>, &Self) -> T,
    ) -> Option<T> {
        let OpenState { executor, .. } = self.open.as_ref()?;
        let accounts = self.accounts.states();
        let (programs, requests) = (self.setup.outside.programs(), self.setup.outside.requests());
        let result = self.present(|present| {
            let of_rules = RulePresent {
                now: present.now,
                zone: present.zone,
                home: present.home,
                accounts: &accounts,
                is_live: &|subject: &Subject| self.accounts.is_live_subject(subject),
                presets: &self.setup.presets,
                levels: &self.loaded.content.levels,
                holds: &executor.kept().holds,
                start_in_force: &|id| executor.start_in_force(id, present),
                programs: &programs,
                requests: &requests,
            };
            f(rules, &of_rules, self)
        });
        Some(result)
    }
}
