//! Rules to begin with.

use egui::Ui;

use super::surroundings::scale_of;
use super::{RulesState, icons};
use crate::automation::rule::{RuleEdit, Rules, Template};
use crate::automation::schedule::ScheduleEdit;
use crate::ui::intent::{AppIntent, AutomationIntent};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, plain_row_ui};

fn about(template: Template) -> &'static str {
    match template {
        Template::SaveEnergy => "rule-template-save-energy-about",
        Template::Amiss => "rule-template-amiss-about",
        Template::Welcome => "rule-template-welcome-about",
        Template::Night => "rule-template-night-about",
        Template::Window => "rule-template-window-about",
    }
}

/// Draws the templates that are not in use.
pub(super) fn templates_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut RulesState, all: &Rules) {
    let scale = scale_of(view);
    let is_used = |template: &Template| all.rule(&view.i18n.localize(template)).is_some();
    let offered: Vec<Template> = Template::ALL.into_iter().filter(|template| !is_used(template)).collect();
    if offered.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text(if all.rules.is_empty() { "rule-none" } else { "rule-templates" })));
        if all.rules.is_empty() {
            ui.label(small(view.text("rule-none-about")).color(view.colors.muted));
        }
        for template in offered {
            let name = view.i18n.localize(&template);
            plain_row_ui(ui, view, &name, &view.text(about(template)), |ui, view| {
                let adds = view.i18n.format("rule-template-add-of", [("name", name.as_str().into())]);
                let label = format!("{} {}", icons::PLUS, view.text("rule-template-add"));
                if button_ui(ui, label, &adds).clicked() {
                    let known = &view.automation.schedules.content;
                    let levels = template.levels(view.i18n, scale).into_iter();
                    let levels = levels.filter(|level| known.level(&level.name).is_none());
                    let edits: Vec<ScheduleEdit> = levels
                        .map(|level| ScheduleEdit::Level { name: level.name.clone(), level: Some(level) })
                        .collect();
                    if !edits.is_empty() {
                        view.send(AppIntent::Automation(AutomationIntent::Schedules(edits)));
                    }
                    state.edit(view, template.rules(view.i18n, scale).into_iter().map(RuleEdit::put).collect());
                }
            });
        }
    });
}
