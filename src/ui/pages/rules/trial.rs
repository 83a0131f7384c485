//! The trial of a rule on the last thirty days.

use std::sync::Arc;

use egui::Ui;
use jiff::SignedDuration;
use poll_promise::Promise;

use super::RulesState;
use super::log::{reason_text, short_text};
use super::surroundings::Named;
use crate::automation::rule::{Rule, RuleTrial, RuleTrialRequest};
use crate::automation::simulated_trial::{SimulatedTrialRequest, TRIAL_SEED, Tried};
use crate::ui::curves::TriedRule;
use crate::ui::pages::simulated_card::SimulatedCard;
use crate::ui::pages::trial_card::{finished, trial_card_ui};
use crate::ui::view::ViewContext;
use crate::ui::widgets::quiet_button_ui;

/// The tried time.
const TRIED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Most occasions and other wishes that are listed, each.
const LISTED: usize = 12;

/// The trial that was asked for.
pub(super) struct RuleTrialCard {
    /// The rule that it is about.
    about: Rule,
    running: Option<Promise<TriedRule>>,
    result: Option<TriedRule>,
}

/// Begins to try a rule.
pub(super) fn begin_trial(view: &ViewContext<'_>, state: &mut RulesState, rule: &Rule) {
    let Named { presets, programs, requests, .. } = Named::of(view);
    let request = RuleTrialRequest {
        rule: rule.clone(),
        rules: state.rules(view),
        from: view.now.checked_sub(TRIED).unwrap_or(view.now),
        to: view.now,
        home: Arc::clone(&view.snapshot.confirmed),
        zone: view.zone.clone(),
        presets,
        schedules: Arc::clone(&view.automation.schedules),
        programs,
        requests,
    };
    let running = view.curves.try_rule(view.snapshot, request);
    state.trial = Some(RuleTrialCard { about: rule.clone(), running, result: None });
}

/// A rule with its trial on a simulated day.
pub(super) struct SimulatedRule {
    about: Rule,
    card: SimulatedCard,
}

/// Begins to try a rule on a simulated day.
pub(super) fn begin_simulated(view: &ViewContext<'_>, state: &mut RulesState, rule: &Rule) {
    let Named { presets, programs, requests, .. } = Named::of(view);
    let request = SimulatedTrialRequest {
        tried: Tried::Rule { rule: Box::new(rule.clone()), all: Box::new(state.rules(view)) },
        home: Arc::clone(&view.snapshot.confirmed),
        zone: view.zone.clone(),
        presets,
        schedules: Arc::clone(&view.automation.schedules),
        programs,
        requests,
        now: view.now,
        seed: TRIAL_SEED,
    };
    state.simulated = Some(SimulatedRule { about: rule.clone(), card: SimulatedCard::begin(request, None) });
}

/// Draws the simulated day below its rule.
pub(super) fn simulated_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut RulesState, rule: &Rule) {
    let Some(simulated) = state.simulated.as_mut().filter(|it| it.about.name == rule.name) else { return };
    let is_other = (Rule { is_on: rule.is_on, ..simulated.about.clone() }) != *rule;
    if is_other || simulated.card.ui(ui, view) {
        state.simulated = None;
    }
}

/// Draws the result below its rule, while that is the one that was tried.
pub(super) fn trial_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut RulesState, rule: &Rule) {
    let Some(card) = state.trial.as_mut().filter(|card| card.about.name == rule.name) else { return };
    if (Rule { is_on: rule.is_on, ..card.about.clone() }) != *rule {
        state.trial = None;
        return;
    }
    if let Some(result) = finished(ui, &mut card.running) {
        card.result = Some(result);
    }
    let words: Vec<String> = match &card.result {
        None => vec![view.text("schedule-try-reading")],
        Some(Err(err)) => vec![view.i18n.format("chart-failed", [("reason", view.i18n.localize(err).into())])],
        Some(Ok(Err(problem))) => vec![view.i18n.localize(problem)],
        Some(Ok(Ok(trial))) => words(view, trial),
    };
    let mut is_closed = false;
    trial_card_ui(ui, view, &words, |ui| {
        is_closed = quiet_button_ui(ui, view.text("dismiss"), &view.text("rule-trial-close")).clicked();
    });
    if is_closed {
        state.trial = None;
    }
}

fn words(view: &ViewContext<'_>, trial: &RuleTrial) -> Vec<String> {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let Some(since) = trial.since else { return vec![view.text("rule-tried-nothing")] };
    let mut words =
        vec![view.i18n.format(
            "rule-tried",
            [("acted", count(trial.acted).into()), ("against", count(trial.against.len()).into())],
        )];
    let arguments = [("time", view.clock(since).into()), ("skipped", count(trial.skipped).into())];
    words.push(view.i18n.format("rule-tried-on", arguments));
    if trial.has_unseen {
        words.push(view.text("rule-tried-unseen"));
    }
    words.extend(trial.against.iter().rev().take(LISTED).map(|one| {
        view.i18n.format(
            "rule-tried-against",
            [
                ("time", view.clock(one.at).into()),
                ("name", one.name.as_str().into()),
                ("chosen", view.value(&one.chosen).into()),
                ("by", view.text(crate::ui::pages::activity::who_of(one.by)).into()),
                ("acted", view.clock(one.acted).into()),
                ("planned", view.value(&one.planned).into()),
            ],
        )
    }));
    words.extend(
        trial
            .runs
            .iter()
            .rev()
            .take(LISTED)
            .map(|run| format!("{} · {} → {}", view.clock(run.at), reason_text(view, run), short_text(view, run))),
    );
    words
}
