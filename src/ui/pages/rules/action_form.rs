//! The parts of an action.

use egui::Ui;

use super::fields::{Kind, TextField, TextKey, Texts, text_ui, which_ui};
use crate::automation::rule::{Action, MOST_TEXT_CHARS, THE_REASON, Which};
use crate::ui::view::ViewContext;
use crate::ui::widgets::choice_ui;

/// The message ids of the kinds, in the order in which they are offered.
pub(super) const KINDS: [&str; 8] = [
    "rule-kind-command",
    "rule-kind-level",
    "rule-kind-end-eco",
    "rule-kind-resume",
    "rule-kind-preset",
    "rule-kind-notify",
    "rule-kind-program",
    "rule-kind-request",
];

/// The kind of an action.
pub(super) fn kind_of(action: &Action) -> &'static str {
    match action {
        Action::Command(_) => "rule-kind-command",
        Action::Level { .. } => "rule-kind-level",
        Action::EndEco(_) => "rule-kind-end-eco",
        Action::Resume(_) => "rule-kind-resume",
        Action::Preset(_) => "rule-kind-preset",
        Action::Notify(_) => "rule-kind-notify",
        Action::Program(_) => "rule-kind-program",
        Action::Request(_) => "rule-kind-request",
    }
}

/// The names of the comfort levels.
fn levels(view: &ViewContext<'_>) -> Vec<String> {
    view.automation.schedules.content.levels.iter().map(|level| level.name.clone()).collect()
}

fn presets(view: &ViewContext<'_>) -> Vec<String> {
    view.presets.list().iter().map(|preset| preset.name.clone()).collect()
}

fn programs(view: &ViewContext<'_>) -> Vec<String> {
    view.outside.programs.iter().map(|program| program.name.clone()).collect()
}

fn requests(view: &ViewContext<'_>) -> Vec<String> {
    view.outside.requests.iter().map(|request| request.name.clone()).collect()
}

/// An action of a kind to begin with.
pub(super) fn first_of(kind: &str, view: &ViewContext<'_>) -> Action {
    match kind {
        "rule-kind-level" => {
            Action::Level { of: Which::Any, level: levels(view).into_iter().next().unwrap_or_default() }
        }
        "rule-kind-end-eco" => Action::EndEco(Which::Any),
        "rule-kind-resume" => Action::Resume(Which::Any),
        "rule-kind-preset" => Action::Preset(presets(view).into_iter().next().unwrap_or_default()),
        "rule-kind-program" => Action::Program(programs(view).into_iter().next().unwrap_or_default()),
        "rule-kind-request" => Action::Request(requests(view).into_iter().next().unwrap_or_default()),
        "rule-kind-notify" => Action::Notify(THE_REASON.to_owned()),
        _ => Action::Command("all eco".to_owned()),
    }
}

/// Draws the choices of an action.
pub(super) fn action_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    (at, has_it): (usize, bool),
    action: &mut Action,
) {
    let key = |field| -> TextKey { ("then", at, field) };
    let thermostats = (Kind::Thermostat, "rule-all-thermostats");
    match action {
        Action::Command(text) => words_ui(ui, view, texts, (key("command"), "rule-kind-command"), text),
        Action::Notify(text) => words_ui(ui, view, texts, (key("notify"), "rule-kind-notify"), text),
        Action::Level { of, level } => {
            which_ui(ui, view, thermostats, has_it, of);
            name_ui(ui, view, "rule-kind-level", &levels(view), level);
        }
        Action::EndEco(of) | Action::Resume(of) => which_ui(ui, view, thermostats, has_it, of),
        Action::Preset(name) => name_ui(ui, view, "rule-kind-preset", &presets(view), name),
        Action::Program(name) => name_ui(ui, view, "rule-kind-program", &programs(view), name),
        Action::Request(name) => name_ui(ui, view, "rule-kind-request", &requests(view), name),
    }
}

/// The explanation of a kind that has one.
pub(super) fn about(kind: &str) -> Option<&'static str> {
    match kind {
        "rule-kind-command" => Some("rule-command-about"),
        "rule-kind-notify" => Some("rule-notify-about"),
        "rule-kind-program" | "rule-kind-request" => Some("rule-outside-about"),
        _ => None,
    }
}

fn words_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    (key, name): (TextKey, &'static str),
    text: &mut String,
) {
    let name = view.text(name);
    let field = TextField { key, name: &name, present: text.clone(), width: 320.0 };
    text_ui(ui, view, texts, &field, |typed| {
        let typed = typed.trim();
        if typed.is_empty() || typed.chars().count() > MOST_TEXT_CHARS {
            let most = i64::try_from(MOST_TEXT_CHARS).unwrap_or(i64::MAX);
            return Err(view.i18n.format("rule-bad-text", [("key", name.as_str().into()), ("most", most.into())]));
        }
        typed.clone_into(text);
        Ok(())
    });
}

fn name_ui(ui: &mut Ui, view: &ViewContext<'_>, kind: &'static str, names: &[String], name: &mut String) {
    let chosen = names.iter().find(|known| known.to_lowercase() == name.to_lowercase()).unwrap_or(name).clone();
    if let Some(picked) = choice_ui(ui, &view.text(kind), Some(&chosen), names, |name| name.clone()) {
        *name = picked;
    }
}
