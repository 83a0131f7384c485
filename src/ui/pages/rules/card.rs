//! The card of a rule: its switch, its sentences, what became of its last occasion, and its buttons.

use egui::{Label, Ui};

use super::editor::RuleEditor;
use super::log::{reason_text, short_text};
use super::trial::{begin_simulated, begin_trial};
use super::{RulesState, icons};
use crate::automation::rule::{Rule, RuleEdit};
use crate::i18n::ToMessage;
use crate::ui::theme::small;
use crate::ui::theme::tokens::space;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_or_why_ui, button_ui, card_ui, icon_label_ui, plain_row_ui, quiet_button_ui, toggle_ui,
};

/// Draws the card.
pub(super) fn rule_card_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState, rule: &Rule) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        plain_row_ui(ui, view, &rule.name, "", |ui, view| {
            let mut on = rule.is_on;
            if toggle_ui(ui, &mut on, &rule.name).changed() {
                state.edit(view, vec![RuleEdit::put(Rule { is_on: on, ..rule.clone() })]);
            }
        });
        for line in lines(view, rule) {
            ui.add(Label::new(line).wrap());
        }
        state_ui(ui, view, rule);
        ui.add_space(space::XS);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let named = |key| view.i18n.format(key, [("rule", rule.name.as_str().into())]);
            let (edits, tries, removes) = (named("rule-edit-of"), named("rule-try-of"), named("rule-remove-of"));
            if button_ui(ui, format!("{} {}", icons::PENCIL, view.text("rule-edit")), &edits).clicked() {
                state.editor = Some(RuleEditor::of(rule));
            }
            let why = (!view.curves.has_history()).then(|| view.text("schedule-try-no-history"));
            if button_or_why_ui(ui, view.text("rule-try"), &tries, why.as_deref()).clicked() {
                begin_trial(view, state, rule);
            }
            if button_ui(ui, view.text("simulated-try"), &named("simulated-try-of")).clicked() {
                begin_simulated(view, state, rule);
            }
            if quiet_button_ui(ui, icons::TRASH, &removes).on_hover_text(&removes).clicked() {
                state.edit(view, vec![RuleEdit::Rule { name: rule.name.clone(), rule: None }]);
            }
        });
    });
}

/// The sentences of a rule, a part on each line.
fn lines(view: &ViewContext<'_>, rule: &Rule) -> Vec<String> {
    fn put<T: ToMessage>(
        view: &ViewContext<'_>,
        lines: &mut Vec<String>,
        parts: &[T],
        [first, next]: [&'static str; 2],
    ) {
        for (place, part) in parts.iter().enumerate() {
            let key = if place == 0 { first } else { next };
            lines.push(view.i18n.format(key, [("what", view.i18n.localize(part).into())]));
        }
    }
    let mut lines = Vec::new();
    put(view, &mut lines, &rule.triggers, ["rule-line-when", "rule-line-or"]);
    put(view, &mut lines, &rule.conditions, ["rule-line-if", "rule-line-and"]);
    put(view, &mut lines, &rule.actions, ["rule-line-then", "rule-line-and"]);
    lines
}

/// Draws why the rule does not act, or its last occasion.
fn state_ui(ui: &mut Ui, view: &ViewContext<'_>, rule: &Rule) {
    let known = view.automation.rule_states.get(&rule.name);
    let problem = known.and_then(|state| state.problem.as_ref()).map(|problem| view.i18n.localize(&problem.why()));
    let paused = known.and_then(|state| state.paused_until).map(|until| {
        view.i18n
            .format("rule-paused-until", [("rule", rule.name.as_str().into()), ("until", view.clock(until).into())])
    });
    if let Some(text) = problem.or(paused).filter(|_| rule.is_on) {
        let label = icon_label_ui(ui, icons::WARNING, small(text).color(view.colors.warning));
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        return;
    }
    let last = view.automation.rule_runs.iter().map(|(_, run)| run).find(|run| run.rule == rule.name);
    let text = match last {
        Some(run) => {
            let arguments = [("time", view.clock(run.at).into()), ("reason", reason_text(view, run).into())];
            let what = view.i18n.format("rule-last", arguments);
            format!("{what} → {}", short_text(view, run))
        }
        None if rule.is_on => view.text("rule-never"),
        None => view.text("rule-off"),
    };
    ui.add(Label::new(small(text).color(view.colors.muted)).wrap());
}
