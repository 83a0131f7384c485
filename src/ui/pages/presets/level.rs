//! Comfort levels beside the presets, and presets that are better a level.

use egui::Ui;

use super::lines_ui;
use crate::automation::schedule::{ComfortLevel, MOST_OF_KIND, ScheduleEdit, check_new_level};
use crate::home::{Write, preview};
use crate::presets::Preset;
use crate::ui::intent::{AppIntent, AutomationIntent, Page, PresetIntent, UiIntent};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{at_the_right, button_ui, card_ui, icon_label_ui, main_button_ui, quiet_button_ui};

/// Draws the card of a level, which puts all thermostats on it.
pub(super) fn level_ui(ui: &mut Ui, view: &mut ViewContext<'_>, name: &str, writes: &[Write]) {
    let lines = preview(&view.snapshot.shown, writes, view.now);
    card_ui(ui, |ui| {
        ui.horizontal(|ui| {
            icon_label_ui(ui, icons::CALENDAR, title(name));
            at_the_right(ui, "actions", |ui| {
                let named = |key: &str| view.i18n.format(key, [("name", name.into())]);
                let (edit, apply) = (named("preset-edit"), named("preset-apply"));
                if quiet_button_ui(ui, icons::PENCIL, &edit).on_hover_text(&edit).clicked() {
                    view.send(UiIntent::Go(Page::Schedule));
                }
                if main_button_ui(ui, view.text("apply"), &apply, None).clicked() {
                    let (name, writes) = (name.to_owned(), writes.to_vec());
                    view.send(AppIntent::Presets(PresetIntent::Apply { name, writes }));
                }
            });
        });
        lines_ui(ui, view, &lines);
    });
}

/// Offers to make a preset of set points alone a comfort level, which schedules and rules know as well, and to remove the
/// preset once the level is there.
pub(super) fn become_level_ui(ui: &mut Ui, view: &mut ViewContext<'_>, preset: &Preset) {
    let all = &view.automation.schedules.content;
    let level = ComfortLevel::of_writes(&preset.name, &preset.writes, &view.snapshot.shown);
    let Some(level) = level.filter(|level| check_new_level(level).is_ok()) else { return };
    let named = |key: &str| view.i18n.format(key, [("name", preset.name.as_str().into())]);
    match all.level(&level.name) {
        None if all.levels.len() < MOST_OF_KIND => {
            ui.label(small(view.text("preset-level-about")).color(view.colors.muted));
            if button_ui(ui, view.text("preset-level"), &named("preset-level-name")).clicked() {
                let edit = ScheduleEdit::Level { name: level.name.clone(), level: Some(level) };
                view.send(AppIntent::Automation(AutomationIntent::Schedules(vec![edit])));
            }
        }
        // The file has the level, so that nothing is lost with the preset.
        Some(kept) if (kept.heat, kept.cool) == (level.heat, level.cool) => {
            ui.label(small(view.text("preset-level-there")).color(view.colors.muted));
            if button_ui(ui, view.text("preset-level-instead"), &named("preset-level-instead-name")).clicked() {
                view.send(AppIntent::Presets(PresetIntent::Remove(preset.id)));
            }
        }
        None | Some(_) => {}
    }
}
