//! Rules with the devices that they name, found once for each set of names.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::Timestamp;

use super::{RuleExecutor, RulePresent, Subject, WatchKey, Watched};
use crate::automation::problem::FormProblem;
use crate::automation::rule::RuleTrigger;
use crate::automation::rule::check::problem_of;
use crate::automation::rule::moments::MomentClock;
use crate::automation::rule::resolve::subjects;

#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) index: usize,
    pub(super) triggers: Vec<CompiledTrigger>,
}

#[derive(Debug)]
pub(super) struct CompiledTrigger {
    pub(super) index: usize,
    pub(super) subjects: Vec<Subject>,
    pub(super) keys: Vec<WatchKey>,
    /// The next instant of a trigger of the clock.
    pub(super) next: Option<Timestamp>,
}

impl RuleExecutor {
    pub(super) fn compile_if_needed(&mut self, present: &RulePresent<'_>) {
        if self.gap.is_some() && self.compiled_for.is_some() {
            return;
        }
        let fingerprint = fingerprint(present);
        if self.compiled_for == Some(fingerprint) {
            return;
        }
        self.compiled_for = Some(fingerprint);
        let clock_zone = present.clock_zone();
        let clock = MomentClock { zone: &clock_zone, place: self.rules.place };
        let mut compiled = Vec::new();
        self.tracked.clear();
        for (index, rule) in self.rules.rules.iter().enumerate().filter(|(_, rule)| rule.is_on) {
            let problem = problem_of(rule, &self.rules, present);
            // A history may begin without a reading that comes later.
            let is_gap = |problem: &FormProblem| matches!(problem, FormProblem::NoHumidity { .. });
            let problem = problem.filter(|problem| !(self.gap.is_some() && is_gap(problem)));
            let is_broken = problem.is_some();
            match problem {
                Some(problem) => self.states.entry(rule.name.clone()).or_default().problem = Some(problem),
                None => {
                    if let Some(state) = self.states.get_mut(&rule.name) {
                        state.problem = None;
                    }
                }
            }
            let mut triggers = Vec::new();
            for (index, trigger) in rule.triggers.iter().enumerate() {
                let subjects = subjects(trigger, present).unwrap_or_default();
                if matches!(trigger, RuleTrigger::NoEffect { .. } | RuleTrigger::WindowOpen { .. }) {
                    self.tracked.extend(subjects.iter().filter_map(|subject| {
                        let Subject::Device(id) = subject else { return None };
                        Some(id.clone())
                    }));
                }
                let of = trigger_key(trigger);
                let own = subjects.iter().map(|subject| WatchKey {
                    rule: rule.name.clone(),
                    trigger: of.clone(),
                    subject: subject.key(),
                });
                let own: Vec<WatchKey> = own.collect();
                let handled = own.first().and_then(|key| self.watched.get(key));
                let last = if let Some(Watched::Handled(last)) = handled { *last } else { present.now };
                let next = clock.next_after(trigger, last);
                triggers.push(CompiledTrigger { index, subjects, keys: own, next });
            }
            if !is_broken {
                compiled.push(CompiledRule { index, triggers });
            }
        }
        let rules = &self.rules;
        self.states.retain(|name, _| rules.rule(name).is_some_and(|rule| rule.is_on));
        // A device that is away for a while keeps its watch; a rule that is off or changed does not.
        let triggers: BTreeSet<(String, String)> = self
            .rules
            .rules
            .iter()
            .filter(|rule| rule.is_on)
            .flat_map(|rule| rule.triggers.iter().map(|it| (rule.name.clone(), trigger_key(it))))
            .collect();
        let is_over = |key: &WatchKey| !triggers.contains(&(key.rule.clone(), key.trigger.clone()));
        let gone: Vec<WatchKey> = self.watched.keys().filter(|key| is_over(key)).cloned().collect();
        for key in &gone {
            self.watched.remove(key);
        }
        self.removed.extend(gone);
        self.compiled = compiled;
    }
}

/// A number for the devices, names and accounts that rules may name.
fn fingerprint(present: &RulePresent<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let home = present.home;
    for (id, it) in &home.structures {
        (id, &it.name, &it.time_zone).hash(&mut hasher);
    }
    for (id, it) in &home.thermostats {
        (id, &it.name).hash(&mut hasher);
        // The fields and the equipment that a rule may need.
        let tells = it.is_reachable() && it.ambient_temperature.is_some() && it.humidity.is_none();
        (tells, it.can_heat, it.can_cool, it.has_fan).hash(&mut hasher);
    }
    for (id, it) in &home.cameras {
        (id, &it.name).hash(&mut hasher);
    }
    for (id, it) in &home.protects {
        (id, &it.name).hash(&mut hasher);
    }
    for account in present.accounts {
        (&account.name, account.is_live).hash(&mut hasher);
    }
    for (name, _) in present.presets {
        name.hash(&mut hasher);
    }
    for level in present.levels {
        level.name.hash(&mut hasher);
    }
    (present.programs, present.requests).hash(&mut hasher);
    hasher.finish()
}

fn trigger_key(trigger: &RuleTrigger) -> String {
    serde_json::to_string(trigger).unwrap_or_default()
}
