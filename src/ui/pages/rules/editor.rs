//! The editor of a rule: its name and its parts, which are checked when it is saved.

use egui::{Label, Ui};

use super::fields::{TextField, Texts, span_ui, text_ui};
use super::surroundings::Named;
use super::{RulesState, action_form, condition_form, icons, trigger_form};
use crate::automation::rule::{
    Action, Condition, MOST_PARTS, Rule, RuleEdit, RuleTrigger, Rules, USUAL_LATE, USUAL_RATE, has_device, span_text,
};
use crate::automation::schedule::check_name;
use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, icon_label_ui, main_button_ui, plain_row_ui, quiet_button_ui};

/// Width of the field of the name, in points.
const NAME: f32 = 320.0;

/// A rule that is edited.
#[derive(Debug)]
pub(super) struct RuleEditor {
    /// The name before; `None` of a new rule.
    original: Option<String>,
    rule: Rule,
    texts: Texts,
    /// The reason why it was not saved.
    problem: Option<String>,
}

impl RuleEditor {
    pub(super) fn of(rule: &Rule) -> Self {
        Self { original: Some(rule.name.clone()), rule: rule.clone(), texts: Texts::default(), problem: None }
    }

    pub(super) fn empty() -> Self {
        let rule = Rule {
            name: String::new(),
            is_on: true,
            triggers: Vec::new(),
            conditions: Vec::new(),
            actions: Vec::new(),
            late: USUAL_LATE,
            rate: USUAL_RATE,
        };
        Self { original: None, rule, texts: Texts::default(), problem: None }
    }

    /// The name of the rule before; `None` of a new one.
    pub(super) fn original(&self) -> Option<&str> {
        self.original.as_deref()
    }
}

/// Draws the choices of a part by its number.
type PartUi<'a, T> = &'a mut dyn FnMut(&mut Ui, usize, &mut T);

/// An edit of the parts of a section.
#[derive(Debug, Clone, Copy)]
enum PartEdit {
    Remove(usize),
    Replace(usize, &'static str),
    Add(&'static str),
}

/// Draws the card of the editor, and returns it while it is open.
pub(super) fn editor_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut RulesState,
    all: &Rules,
    mut editor: RuleEditor,
) -> Option<RuleEditor> {
    let mut is_open = true;
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        let heading = if editor.original.is_some() { "rule-edit" } else { "rule-new" };
        ui.label(title(view.text(heading)));
        let name = view.text("rule-name");
        ui.horizontal_wrapped(|ui| {
            ui.label(small(name.as_str()).color(view.colors.muted));
            let field =
                TextField { key: ("name", 0, "name"), name: &name, present: editor.rule.name.clone(), width: NAME };
            let rule = &mut editor.rule;
            text_ui(ui, view, &mut editor.texts, &field, |text| {
                rule.name = check_name(text).map_err(|problem| view.i18n.localize(&problem.why()))?;
                Ok(())
            });
        });
        triggers_ui(ui, view, &mut editor);
        conditions_ui(ui, view, &mut editor);
        actions_ui(ui, view, &mut editor);
        more_ui(ui, view, &mut editor);
        if let Some(problem) = &editor.problem {
            let label = icon_label_ui(ui, icons::WARNING, small(problem.as_str()).color(view.colors.alarm));
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            if main_button_ui(ui, view.text("save"), &view.text("rule-save"), None).clicked() {
                match checked(view, all, &editor) {
                    Ok(rule) => {
                        let name = editor.original.clone().unwrap_or_else(|| rule.name.clone());
                        state.edit(view, vec![RuleEdit::Rule { name, rule: Some(Box::new(rule)) }]);
                        is_open = false;
                    }
                    Err(problem) => editor.problem = Some(problem),
                }
            }
            if button_ui(ui, view.text("cancel"), &view.text("rule-cancel")).clicked() {
                is_open = false;
            }
        });
    });
    is_open.then_some(editor)
}

/// The rule, if it can be saved.
fn checked(view: &ViewContext<'_>, all: &Rules, editor: &RuleEditor) -> Result<Rule, String> {
    if let Some(bad) = editor.texts.first_bad() {
        return Err(bad.clone());
    }
    let rule = editor.rule.clone();
    check_name(&rule.name).map_err(|problem| view.i18n.localize(&problem.why()))?;
    let is_own = |name: &str| editor.original.as_deref().is_some_and(|own| own.to_lowercase() == name.to_lowercase());
    if all.rule(&rule.name).is_some_and(|other| !is_own(&other.name)) {
        return Err(view.text("schedule-name-in-use"));
    }
    if rule.triggers.is_empty() || rule.actions.is_empty() {
        return Err(view.text("rule-needs-parts"));
    }
    match Named::of(view).check(view, |surroundings| surroundings.problem_of(&rule, all)) {
        Some(problem) => Err(view.i18n.localize(&problem.why())),
        None => Ok(rule),
    }
}

fn triggers_ui(ui: &mut Ui, view: &ViewContext<'_>, editor: &mut RuleEditor) {
    let RuleEditor { rule, texts, .. } = editor;
    let edit = section_ui(
        ui,
        view,
        ("when", "rule-section-when", "rule-add-trigger"),
        &trigger_form::KINDS,
        &mut rule.triggers,
        (trigger_form::kind_of, &mut |ui: &mut Ui, at, part: &mut RuleTrigger| {
            trigger_form::trigger_ui(ui, view, texts, at, part);
        }),
    );
    apply(edit, "when", &mut editor.rule.triggers, &mut editor.texts, |kind| trigger_form::first_of(kind, view));
}

fn conditions_ui(ui: &mut Ui, view: &ViewContext<'_>, editor: &mut RuleEditor) {
    let RuleEditor { rule, texts, .. } = editor;
    let has_it = !rule.triggers.is_empty() && rule.triggers.iter().all(has_device);
    let edit = section_ui(
        ui,
        view,
        ("if", "rule-section-if", "rule-add-condition"),
        &condition_form::KINDS,
        &mut rule.conditions,
        (condition_form::kind_of, &mut |ui: &mut Ui, at, part: &mut Condition| {
            condition_form::condition_ui(ui, view, texts, (at, has_it), part);
        }),
    );
    apply(edit, "if", &mut editor.rule.conditions, &mut editor.texts, |kind| condition_form::first_of(kind, view));
}

fn actions_ui(ui: &mut Ui, view: &ViewContext<'_>, editor: &mut RuleEditor) {
    let RuleEditor { rule, texts, .. } = editor;
    let has_it = !rule.triggers.is_empty() && rule.triggers.iter().all(has_device);
    let edit = section_ui(
        ui,
        view,
        ("then", "rule-section-then", "rule-add-action"),
        &action_form::KINDS,
        &mut rule.actions,
        (action_form::kind_of, &mut |ui: &mut Ui, at, part: &mut Action| {
            action_form::action_ui(ui, view, texts, (at, has_it), part);
        }),
    );
    apply(edit, "then", &mut editor.rule.actions, &mut editor.texts, |kind| action_form::first_of(kind, view));
}

/// Draws the parts of a section, each with its kind, its choices, and a button that removes it.
fn section_ui<T>(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    (section, heading, adds): (&'static str, &'static str, &'static str),
    kinds: &[&'static str],
    parts: &mut [T],
    (kind_of, part_ui): (fn(&T) -> &'static str, PartUi<'_, T>),
) -> Option<PartEdit> {
    let mut edit = None;
    ui.separator();
    ui.label(title(view.text(heading)));
    for (at, part) in parts.iter_mut().enumerate() {
        ui.push_id((section, at), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                let kind = kind_of(part);
                let number = i64::try_from(at).unwrap_or_default() + 1;
                let name = format!("{} {number}", view.text(heading));
                let title = |kind: &&'static str| view.text(kind);
                if let Some(picked) = choice_ui(ui, &name, Some(&kind), kinds, title) {
                    edit = Some(PartEdit::Replace(at, picked));
                }
                let removes = view.i18n.format("rule-remove-part", [("what", view.text(kind).into())]);
                if quiet_button_ui(ui, icons::TRASH, &removes).on_hover_text(&removes).clicked() {
                    edit = Some(PartEdit::Remove(at));
                }
                part_ui(ui, at, part);
            });
            if let Some(about) = action_form::about(kind_of(part)) {
                ui.add(Label::new(small(view.text(about)).color(view.colors.muted)).wrap());
            }
        });
    }
    if parts.len() < MOST_PARTS {
        ui.push_id((section, "add"), |ui| {
            let title = |kind: &&'static str| view.text(kind);
            if let Some(picked) = choice_ui(ui, &view.text(heading), Some(&adds), kinds, title) {
                edit = Some(PartEdit::Add(picked));
            }
        });
    }
    edit
}

fn apply<T>(
    edit: Option<PartEdit>,
    section: &'static str,
    parts: &mut Vec<T>,
    texts: &mut Texts,
    first_of: impl FnOnce(&str) -> T,
) {
    match edit {
        Some(PartEdit::Remove(at)) if at < parts.len() => {
            parts.remove(at);
            texts.removed(section, at);
        }
        Some(PartEdit::Replace(at, kind)) => {
            if let Some(part) = parts.get_mut(at) {
                *part = first_of(kind);
                texts.replaced(section, at);
            }
        }
        Some(PartEdit::Add(kind)) => parts.push(first_of(kind)),
        Some(PartEdit::Remove(_)) | None => {}
    }
}

/// Draws how late an occasion may be, and how often the rule acts.
fn more_ui(ui: &mut Ui, view: &mut ViewContext<'_>, editor: &mut RuleEditor) {
    ui.separator();
    let (late, rate) = (view.text("rule-late"), view.text("rule-rate"));
    plain_row_ui(ui, view, &late, "", |ui, _| {
        let minutes = [5, 15, 30, 60, 120, 360, 1_440];
        span_ui(ui, &late, &minutes, &mut editor.rule.late, |span| span_text(*span));
    });
    plain_row_ui(ui, view, &rate, "", |ui, _| {
        let mut rates = vec![1, 2, 4, 6, 12, 30, 60];
        if !rates.contains(&editor.rule.rate) {
            rates.push(editor.rule.rate);
        }
        let title = |rate: &u32| rate.to_string();
        if let Some(picked) = choice_ui(ui, &rate, Some(&editor.rule.rate), &rates, title) {
            editor.rule.rate = picked;
        }
    });
}
