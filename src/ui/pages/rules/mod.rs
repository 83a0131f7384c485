//! The rules: a card for each one, templates, an editor of parts, the trial, and the log.

mod action_form;
mod card;
mod condition_form;
mod editor;
mod fields;
mod log;
mod surroundings;
mod templates;
mod trial;
mod trigger_form;

use egui::Ui;

use self::card::rule_card_ui;
use self::editor::{RuleEditor, editor_ui};
use self::log::log_ui;
pub(super) use self::log::{reason_text, short_text};
use self::surroundings::{Named, surroundings_ui};
use self::templates::templates_ui;
use self::trial::{RuleTrialCard, trial_ui};
use super::as_text::{AsText, as_text_ui};
use super::form_edits::FormEdits;
use super::{GUTTER, column_ui, page_area};
use crate::automation::Form as _;
use crate::automation::rule::{RuleEdit, Rules, rule_edits_between};
use crate::ui::action::Action;
use crate::ui::intent::{AppIntent, AutomationIntent, UiIntent};
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{heading, icons, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_or_why_ui, button_ui, card_ui, follow_focus, icon_label_ui, page_heading_ui, segmented_ui,
};

/// The state of the page.
#[derive(Default)]
pub struct RulesState {
    edits: FormEdits<Rules>,
    /// The rules that were compared last, and the names of those that trigger each other.
    compared: Option<(Rules, Vec<(String, String)>)>,
    editor: Option<RuleEditor>,
    trial: Option<RuleTrialCard>,
    simulated: Option<trial::SimulatedRule>,
    /// The typed place and limits.
    surroundings: surroundings::SurroundingsForm,
    text: AsText,
}

impl RulesState {
    /// The rules with the edits that are on their way.
    fn rules(&mut self, view: &ViewContext<'_>) -> Rules {
        self.edits.content(&view.automation.rules)
    }

    /// Makes edits, which can be undone.
    fn edit(&mut self, view: &mut ViewContext<'_>, edits: Vec<RuleEdit>) {
        self.edits.remember(&view.automation.rules);
        self.send(view, edits);
    }

    /// True if an edit can be undone.
    pub fn can_undo(&self) -> bool {
        self.edits.can_undo()
    }

    /// Undoes the last edit in the next frame.
    pub fn wants_undo(&mut self) {
        self.edits.wants_undo();
    }

    /// The names of rules that trigger each other, compared anew when the rules change: that takes a while for many.
    fn chasing(&mut self, view: &ViewContext<'_>, all: &Rules) -> &[(String, String)] {
        if self.compared.as_ref().is_none_or(|(compared, _)| compared != all) {
            let pairs = Named::of(view).check(view, |surroundings| surroundings.chasing(all));
            self.compared = Some((all.clone(), pairs));
        }
        self.compared.as_ref().map_or(&[], |(_, pairs)| pairs)
    }

    fn undo(&mut self, view: &mut ViewContext<'_>) {
        let present = self.rules(view);
        if let Some(before) = self.edits.take_before() {
            self.send(view, rule_edits_between(&present, &before));
        }
    }

    fn send(&mut self, view: &mut ViewContext<'_>, edits: Vec<RuleEdit>) {
        let mut local = self.rules(view);
        for edit in edits.iter().cloned() {
            edit.apply(&mut local);
        }
        self.edits.show(&view.automation.rules, local);
        view.send(AppIntent::Automation(AutomationIntent::Rules(edits)));
    }
}

/// Draws the buttons that lead from the schedules to the rules and back.
pub(super) fn automation_pages_ui(ui: &mut Ui, view: &mut ViewContext<'_>, here: Action) {
    let pages = [(Action::Schedule, view.text("schedule")), (Action::Rules, view.text("rules"))];
    if let Some(picked) = segmented_ui(ui, &view.text("automation-pages"), Some(&here), &pages) {
        view.send(UiIntent::Action(picked));
    }
}

/// Draws the page.
pub(in crate::ui) fn rules_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState) {
    if state.edits.take_wants_undo() {
        state.undo(view);
    }
    let all = state.rules(view);
    header_ui(ui, view, state);
    page_area(view.is_fresh, "rules").show(ui, |ui| {
        let width = (ui.available_width() - measure::BAR).min(2.0 * measure::PAGE + GUTTER);
        ui.spacing_mut().item_spacing.y = space::M;
        let is_empty = all.rules.is_empty() && state.editor.is_none();
        if width < measure::TWO_COLUMNS || is_empty {
            column_ui(ui, width.min(measure::PAGE), |ui| {
                list_ui(ui, view, state, &all);
                others_ui(ui, view, state, &all);
            });
        } else {
            let half = ((width - GUTTER) / 2.0).floor();
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = GUTTER;
                column_ui(ui, half, |ui| list_ui(ui, view, state, &all));
                column_ui(ui, half, |ui| others_ui(ui, view, state, &all));
            });
        }
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// Draws the rules, each one with its editor or its trial.
fn list_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState, all: &Rules) {
    problems_ui(ui, view, state.chasing(view, all));
    if let Some(editor) = state.editor.take_if(|editor| editor.original().is_none()) {
        state.editor = editor_ui(ui, view, state, all, editor);
    }
    for rule in &all.rules {
        ui.push_id(&rule.name, |ui| {
            let is_edited = state.editor.as_ref().is_some_and(|it| it.original() == Some(rule.name.as_str()));
            match state.editor.take_if(|_| is_edited) {
                Some(editor) => state.editor = editor_ui(ui, view, state, all, editor),
                None => rule_card_ui(ui, view, state, rule),
            }
            trial_ui(ui, view, state, rule);
            trial::simulated_ui(ui, view, state, rule);
        });
    }
}

fn others_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState, all: &Rules) {
    templates_ui(ui, view, state, all);
    surroundings_ui(ui, view, state, all);
    log_ui(ui, view);
    text_ui(ui, view, state, all);
}

/// Draws the rules as text.
fn text_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState, all: &Rules) {
    let mut form = std::mem::take(&mut state.text);
    let words = ("as-text", "rule-as-text-about");
    as_text_ui(
        ui,
        view,
        &mut form,
        words,
        || all.to_text(),
        |view, text| {
            let loaded = Rules::parse(text).map_err(|problem| view.i18n.localize(&problem))?;
            let mut whole = all.clone();
            let new = loaded.content.rules;
            for rule in &new {
                whole.put(rule.clone());
            }
            let of_home = || new.iter().find_map(|rule| Named::of(view).check(view, |it| it.problem_of(rule, &whole)));
            if let Some(problem) = loaded.problems.into_iter().next().or_else(of_home) {
                return Err(view.i18n.localize(&problem));
            }
            if new.is_empty() {
                return Err(view.text("as-text-nothing"));
            }
            state.edit(view, new.into_iter().map(RuleEdit::put).collect());
            Ok(view.text("as-text-taken"))
        },
    );
    state.text = form;
}

fn header_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        page_heading_ui(ui, view, heading(view.text("rules")));
        automation_pages_ui(ui, view, Action::Rules);
        let label = view.text("rule-new");
        if button_ui(ui, format!("{} {label}", icons::PLUS), &label).clicked() {
            state.editor = Some(RuleEditor::empty());
        }
        let why = (!state.can_undo()).then(|| view.text("schedule-nothing-to-undo"));
        let label = format!("{} {}", icons::UNDO, view.text("undo"));
        if button_or_why_ui(ui, label, &view.text("rule-undo"), why.as_deref()).clicked() {
            state.undo(view);
        }
    });
    ui.add_space(space::S);
}

/// Draws what is wrong in the file, and the rules that trigger each other.
fn problems_ui(ui: &mut Ui, view: &ViewContext<'_>, pairs: &[(String, String)]) {
    let mut texts: Vec<String> =
        view.automation.rules.problems.iter().map(|problem| view.i18n.localize(problem)).collect();
    texts.extend(view.automation.error.iter().map(|error| view.i18n.localize(error)));
    texts.extend(pairs.iter().map(|(one, other)| {
        view.i18n.format("rule-chases", [("one", one.as_str().into()), ("other", other.as_str().into())])
    }));
    if texts.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        for text in texts {
            let label = icon_label_ui(ui, icons::WARNING, small(text).color(view.colors.warning));
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        }
    });
}
