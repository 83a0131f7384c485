//! The weekly schedules: seven lanes or a table, comfort levels, other dates, and who keeps it.

mod choose;
mod dates;
mod device;
mod levels;
mod now;
mod selected;
mod table;
mod trial;
mod week;

use std::sync::Arc;

use egui::Ui;
use jiff::civil::Weekday;

use self::choose::{chooser_ui, starter_ui};
use self::dates::{DatesForm, dates_ui};
use self::device::{Keeper, device_ui, read_if_new};
use self::levels::{LevelsForm, levels_ui};
use self::now::now_ui;
use self::selected::selected_ui;
use self::table::table_ui;
use self::trial::{TrialCard, trial_ui};
use self::week::week_ui;
use super::as_text::{AsText, as_text_ui};
use super::form_edits::FormEdits;
use super::page_area;
use super::rules::automation_pages_ui;
use crate::automation::Form as _;
use crate::automation::schedule::{Schedule, ScheduleEdit, Schedules, edits_between, lane, warnings};
use crate::home::{DeviceId, Thermostat, by_name};
use crate::i18n::Localizer;
use crate::ui::action::Action;
use crate::ui::intent::{AppIntent, AutomationIntent};
use crate::ui::theme::tokens::{measure, space};
use crate::ui::theme::{heading, icons, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_or_why_ui, card_ui, choice_ui, follow_focus, icon_label_ui, page_heading_ui, segmented_ui,
};

/// The form in which a week is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WeekForm {
    Lanes,
    Table,
}

/// A start by its place: the lane of its day, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StartPlace {
    lane: usize,
    index: usize,
}

/// The state of the page.
#[derive(Default)]
pub struct ScheduleState {
    thermostat: Option<DeviceId>,
    /// The name of the shown schedule; `None` for the active one.
    schedule: Option<String>,
    form: Option<WeekForm>,
    selected: Option<StartPlace>,
    edits: FormEdits<Schedules>,
    /// The week while a start is dragged.
    dragged: Option<Schedule>,
    new_name: Option<String>,
    trial: Option<TrialCard>,
    simulated: Option<trial::SimulatedSchedule>,
    levels: LevelsForm,
    dates: DatesForm,
    /// The reason why the last typed value was not taken.
    remark: Option<String>,
    text: AsText,
}

impl ScheduleState {
    /// The schedules with the edits that are on their way.
    fn schedules(&mut self, view: &ViewContext<'_>) -> Schedules {
        self.edits.content(&view.automation.schedules)
    }

    /// Makes edits, which can be undone.
    fn edit(&mut self, view: &mut ViewContext<'_>, edits: Vec<ScheduleEdit>) {
        self.edits.remember(&view.automation.schedules);
        self.send(view, edits);
    }

    /// Shows the schedule of a thermostat.
    pub fn show(&mut self, thermostat: DeviceId) {
        self.thermostat = Some(thermostat);
        (self.schedule, self.selected) = (None, None);
    }

    /// True if an edit can be undone.
    pub fn can_undo(&self) -> bool {
        self.edits.can_undo()
    }

    /// Undoes the last edit in the next frame.
    pub fn wants_undo(&mut self) {
        self.edits.wants_undo();
    }

    fn undo(&mut self, view: &mut ViewContext<'_>) {
        let present = self.schedules(view);
        if let Some(before) = self.edits.take_before() {
            self.selected = None;
            self.send(view, edits_between(&present, &before));
        }
    }

    fn send(&mut self, view: &mut ViewContext<'_>, edits: Vec<ScheduleEdit>) {
        let mut local = self.schedules(view);
        for edit in edits.iter().cloned() {
            edit.apply(&mut local);
        }
        self.remark = None;
        self.edits.show(&view.automation.schedules, local);
        view.send(AppIntent::Automation(AutomationIntent::Schedules(edits)));
    }

    /// Replaces the shown schedule.
    fn put(&mut self, view: &mut ViewContext<'_>, schedule: Schedule) {
        let name = schedule.name.clone();
        self.edit(view, vec![ScheduleEdit::Schedule { name, schedule: Some(schedule) }]);
    }
}

/// The parts of the page that its cards read.
struct ShownWeek<'a> {
    all: &'a Schedules,
    schedule: &'a Schedule,
    id: &'a DeviceId,
    thermostat: &'a Thermostat,
    /// True if the schedule is the active one of the thermostat.
    is_active: bool,
}

/// Draws the page.
pub(in crate::ui) fn schedule_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState) {
    let home = Arc::clone(&view.snapshot.shown);
    let devices: Vec<DeviceId> =
        by_name(&home.thermostats, |thermostat| thermostat.name.as_deref()).into_iter().cloned().collect();
    let is_there = |id: &&DeviceId| home.thermostats.contains_key(*id);
    let Some(id) = state.thermostat.as_ref().filter(is_there).or(devices.first()).cloned() else {
        page_heading_ui(ui, view, heading(view.text("schedule")));
        super::message_ui(ui, view, icons::CALENDAR, "schedule-empty", "schedule-empty-about");
        return;
    };
    let Some(thermostat) = home.thermostats.get(&id).cloned() else { return };
    let all = state.schedules(view);
    let active = all.of(&id, &home).map(|of| of.active.name.clone());
    let is_known = |name: &&String| all.schedule(name).is_some();
    let shown = state.schedule.clone().filter(|name| is_known(&name)).or_else(|| active.clone());
    let shown = shown.or_else(|| all.schedules.first().map(|schedule| schedule.name.clone()));
    let schedule = shown.as_deref().and_then(|name| all.schedule(name)).cloned();
    let schedule = state.dragged.clone().or(schedule);
    header_ui(ui, view, state, (&devices, &id), &all);
    if state.edits.take_wants_undo() {
        state.undo(view);
    }
    let keeper = Keeper::of(view, &id, &thermostat);
    if let Some(keeper) = keeper {
        read_if_new(view, keeper);
    }
    let Some(schedule) = schedule else {
        page_area(view.is_fresh, "schedule").show(ui, |ui| {
            ui.set_max_width(ui.available_width() - measure::BAR);
            ui.spacing_mut().item_spacing.y = space::M;
            starter_ui(ui, view, state, &id, &thermostat);
            if let Some(keeper) = keeper {
                device_ui(ui, view, state, &all, keeper);
            }
            follow_focus(ui);
        });
        return;
    };
    let is_active = active.as_deref() == Some(schedule.name.as_str());
    let week = ShownWeek { all: &all, schedule: &schedule, id: &id, thermostat: &thermostat, is_active };
    page_area(view.is_fresh, "schedule").show(ui, |ui| {
        let width = ui.available_width() - measure::BAR;
        ui.set_max_width(width.min(2.0 * measure::PAGE));
        ui.spacing_mut().item_spacing.y = space::M;
        now_ui(ui, view, &week);
        chooser_ui(ui, view, state, &week);
        trial_ui(ui, view, state, &week);
        trial::simulated_ui(ui, view, state, &week);
        let is_narrow = ui.available_width() < measure::NARROW;
        let form = state.form.unwrap_or(if is_narrow { WeekForm::Table } else { WeekForm::Lanes });
        match form {
            WeekForm::Lanes => {
                week_ui(ui, view, state, &week);
                selected_ui(ui, view, state, &week);
            }
            WeekForm::Table => table_ui(ui, view, state, &week),
        }
        warnings_ui(ui, view, state, &week);
        if let Some(keeper) = keeper {
            device_ui(ui, view, state, &all, keeper);
        }
        levels_ui(ui, view, state, &week);
        dates_ui(ui, view, state, &week);
        text_ui(ui, view, state, &all);
        ui.add_space(space::XL);
        follow_focus(ui);
    });
}

/// Draws the schedules as text.
fn text_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, all: &Schedules) {
    let mut form = std::mem::take(&mut state.text);
    let words = ("as-text", "schedule-as-text-about");
    as_text_ui(
        ui,
        view,
        &mut form,
        words,
        || all.to_text(),
        |view, text| {
            let loaded = Schedules::parse(text).map_err(|problem| view.i18n.localize(&problem))?;
            if let Some(problem) = loaded.problems.first() {
                return Err(view.i18n.localize(problem));
            }
            let mut new = all.clone();
            new.import(&loaded.content, false);
            let edits = edits_between(all, &new);
            if edits.is_empty() || new == *all {
                return Err(view.text("as-text-nothing"));
            }
            state.edit(view, edits);
            Ok(view.text("as-text-taken"))
        },
    );
    state.text = form;
}

fn header_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    (devices, id): (&[DeviceId], &DeviceId),
    all: &Schedules,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        page_heading_ui(ui, view, heading(view.text("schedule")));
        automation_pages_ui(ui, view, Action::Schedule);
        if devices.len() > 1 {
            let home = Arc::clone(&view.snapshot.shown);
            let title = |id: &DeviceId| {
                let thermostat = home.thermostats.get(id);
                view.name_or(thermostat.and_then(|it| it.name.as_deref()), "thermostat")
            };
            let picked = choice_ui(ui, &view.text("thermostat"), Some(id), devices, title);
            if let Some(picked) = picked {
                state.show(picked);
            }
        }
        if !all.schedules.is_empty() {
            let is_narrow = ui.available_width() < measure::NARROW;
            let form = state.form.unwrap_or(if is_narrow { WeekForm::Table } else { WeekForm::Lanes });
            let options =
                [(WeekForm::Lanes, view.text("schedule-week")), (WeekForm::Table, view.text("schedule-table"))];
            if let Some(picked) = segmented_ui(ui, &view.text("schedule-form"), Some(&form), &options) {
                state.form = Some(picked);
            }
        }
        let why = (!state.can_undo()).then(|| view.text("schedule-nothing-to-undo"));
        let label = format!("{} {}", icons::UNDO, view.text("undo"));
        if button_or_why_ui(ui, label, &view.text("schedule-undo"), why.as_deref()).clicked() {
            state.undo(view);
        }
    });
    ui.add_space(space::S);
}

/// Draws the problems of the file, what was not taken, and what is seldom meant.
fn warnings_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &ScheduleState, week: &ShownWeek<'_>) {
    let mut texts: Vec<String> = state.remark.iter().cloned().collect();
    texts.extend(view.automation.schedules.problems.iter().map(|problem| view.i18n.localize(problem)));
    texts.extend(warnings(week.all, week.schedule, Some(week.thermostat)).iter().map(|one| view.i18n.localize(one)));
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

/// The name of a weekday.
fn day_name(i18n: &Localizer, weekday: Weekday) -> String {
    let number = i64::try_from(lane(weekday) + 1).unwrap_or(1);
    i18n.format("weekday-long", [("weekday", number.into())])
}
