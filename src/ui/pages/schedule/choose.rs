//! The choice of a schedule, its name, and whether it is active.

use egui::{TextEdit, Ui};

use super::device::{Keeper, put_row_ui};
use super::trial::{simulated_button_ui, trial_button_ui};
use super::{ScheduleState, ShownWeek};
use crate::automation::schedule::{DeviceRef, MOST_OF_KIND, Schedule, ScheduleEdit, Start, check_name, first_levels};
use crate::home::{DeviceId, Thermostat};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, main_button_ui, plain_row_ui, quiet_button_ui, toggle_ui};
use jiff::civil::time;

fn device(id: &DeviceId, thermostat: &Thermostat) -> DeviceRef {
    let name = thermostat.name.clone().unwrap_or_else(|| id.as_str().to_owned());
    DeviceRef { name, id: Some(id.clone()) }
}

/// Draws the card with the name of the schedule and its switch.
pub(super) fn chooser_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            let names: Vec<String> = week.all.schedules.iter().map(|schedule| schedule.name.clone()).collect();
            let chosen = week.schedule.name.clone();
            let list = view.text("schedule-shown");
            if let Some(picked) = choice_ui(ui, &list, Some(&chosen), &names, |name| name.clone()) {
                state.schedule = Some(picked);
                state.selected = None;
            }
            let new = format!("{} {}", icons::PLUS, view.text("schedule-new"));
            if button_ui(ui, new, &view.text("schedule-new-name")).clicked() {
                add(view, state, week);
            }
            trial_button_ui(ui, view, state, week);
            simulated_button_ui(ui, view, state, week);
            let renames = view.i18n.format("schedule-rename", [("name", chosen.as_str().into())]);
            if quiet_button_ui(ui, icons::PENCIL, &renames).on_hover_text(&renames).clicked() {
                state.new_name = Some(chosen.clone());
            }
            let removes = view.i18n.format("schedule-delete", [("name", chosen.as_str().into())]);
            if quiet_button_ui(ui, icons::TRASH, &removes).on_hover_text(&removes).clicked() {
                state.selected = None;
                state.edit(view, vec![ScheduleEdit::Schedule { name: chosen.clone(), schedule: None }]);
            }
        });
        rename_ui(ui, view, state, week);
        if let Some(keeper) = Keeper::of(view, week.id, week.thermostat) {
            put_row_ui(ui, view, week, keeper);
            return;
        }
        let name = week.thermostat.name.clone().unwrap_or_default();
        let label = view.i18n.format("schedule-active", [("name", name.into())]);
        plain_row_ui(ui, view, &label, &view.text("schedule-active-about"), |ui, view| {
            let mut on = week.is_active;
            if toggle_ui(ui, &mut on, &label).changed() {
                let schedule = on.then(|| week.schedule.name.clone());
                let thermostat = device(week.id, week.thermostat);
                state.edit(view, vec![ScheduleEdit::Assign { thermostat, schedule }]);
            }
        });
    });
}

fn rename_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let Some(mut name) = state.new_name.take() else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let field = ui.add(TextEdit::singleline(&mut name).desired_width(200.0));
        let field = field.accessible_name(view.text("schedule-name"));
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let saved = button_ui(ui, view.text("save"), &view.text("schedule-save-name")).clicked();
        let cancelled = button_ui(ui, view.text("cancel"), &view.text("cancel")).clicked();
        if cancelled {
            return;
        }
        if !(entered || saved) {
            state.new_name = Some(name);
            return;
        }
        let former = week.schedule.name.clone();
        let is_taken = week.all.schedule(&name).is_some_and(|other| other.name != former);
        match check_name(&name) {
            Ok(_) if is_taken => {
                state.remark = Some(view.text("schedule-name-in-use"));
                state.new_name = Some(name);
            }
            Ok(name) => {
                let schedule = Schedule { name: name.clone(), ..week.schedule.clone() };
                state.edit(view, vec![ScheduleEdit::Schedule { name: former, schedule: Some(schedule) }]);
                state.schedule = Some(name);
            }
            Err(problem) => {
                state.remark = Some(view.i18n.localize(&problem));
                state.new_name = Some(name);
            }
        }
    });
}

/// Adds a copy of the shown schedule under a free name.
fn add(view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let base = view.text("schedule-new-default");
    let numbered = |number: usize| if number == 1 { base.clone() } else { format!("{base} {number}") };
    let free =
        (1..=MOST_OF_KIND + 1).map(numbered).find(|name| week.all.schedule(name).is_none()).unwrap_or(base.clone());
    let schedule = Schedule { name: free.clone(), ..week.schedule.clone() };
    state.edit(view, vec![ScheduleEdit::Schedule { name: free.clone(), schedule: Some(schedule) }]);
    state.schedule = Some(free.clone());
    state.new_name = Some(free);
}

/// Draws the invitation to a first schedule.
pub(super) fn starter_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    id: &DeviceId,
    thermostat: &Thermostat,
) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text("schedule-none")));
        ui.label(small(view.text("schedule-none-about")).color(view.colors.muted));
        let label = view.text("schedule-begin");
        if main_button_ui(ui, label.as_str(), &label, None).clicked() {
            let edits = first_edits(view, id, thermostat);
            state.edit(view, edits);
        }
    });
}

/// Three levels and a week of work days and weekends, which is not active yet.
fn first_edits(view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) -> Vec<ScheduleEdit> {
    let levels = first_levels(view.i18n, view.i18n.scale_of(thermostat));
    let [at_home, away, sleep] = levels.clone().map(|level| level.name);
    let start = |hour, minute, level: &String| Start { at: time(hour, minute, 0, 0), level: level.clone() };
    let work = vec![start(6, 30, &at_home), start(8, 30, &away), start(17, 0, &at_home), start(22, 30, &sleep)];
    let free = vec![start(8, 0, &at_home), start(23, 0, &sleep)];
    let name = view.text("schedule-first");
    let days = [0, 1, 2, 3, 4, 5, 6].map(|day| if day < 5 { work.clone() } else { free.clone() });
    let levels = levels.map(|level| ScheduleEdit::Level { name: level.name.clone(), level: Some(level) });
    let mut edits = Vec::from(levels);
    edits.push(ScheduleEdit::Schedule { name: name.clone(), schedule: Some(Schedule { name, days }) });
    edits.push(ScheduleEdit::Assign { thermostat: device(id, thermostat), schedule: None });
    edits
}
