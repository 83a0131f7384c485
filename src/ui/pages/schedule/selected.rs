//! The selected start: its time, its level, and copies of its day.

use egui::{Key, TextEdit, Ui};
use jiff::civil::Time;

use super::week::remove;
use super::{ScheduleState, ShownWeek, StartPlace, day_name};
use crate::automation::schedule::{Schedule, Start, WEEK};
use crate::automation::time_of_day;
use crate::i18n::Localizer;
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, quiet_button_ui};

/// Width of a field for a time, in points.
const FIELD: f32 = 62.0;

/// The days to which a day is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CopyTo {
    /// The choice before one is made.
    Nothing,
    WorkDays,
    Weekend,
    All,
    Day(usize),
}

/// Draws the card of the selected start; nothing while there is none.
pub(super) fn selected_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    let Some(place) = state.selected else { return };
    let Some(weekday) = WEEK.get(place.lane).copied() else { return };
    let Some(start) = week.schedule.day(weekday).get(place.index).cloned() else {
        state.selected = None;
        return;
    };
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.label(title(day_name(view.i18n, weekday)));
            start_fields_ui(ui, view, state, week, (place, &start));
            copy_ui(ui, view, state, week, place.lane);
        });
    });
}

/// Draws the time, the level and the button that removes a start.
pub(super) fn start_fields_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    (place, start): (StartPlace, &Start),
) {
    let day = WEEK.get(place.lane).map(|weekday| day_name(view.i18n, *weekday)).unwrap_or_default();
    let present = start.at.strftime("%H:%M").to_string();
    let named = |key: &str| view.i18n.format(key, [("day", day.as_str().into()), ("time", present.as_str().into())]);
    let (time_name, level_name, remove_name) =
        (named("schedule-start-time"), named("schedule-start-level"), named("schedule-start-remove"));
    if let Some(at) = time_ui(ui, view, state, &present, &time_name) {
        set(view, state, week, (place, Start { at, level: start.level.clone() }));
    }
    let levels: Vec<String> = week.all.levels.iter().map(|level| level.name.clone()).collect();
    if let Some(level) = choice_ui(ui, &level_name, Some(&start.level), &levels, |name| name.clone()) {
        set(view, state, week, (place, Start { at: start.at, level }));
    }
    if quiet_button_ui(ui, icons::TRASH, &remove_name).on_hover_text(&remove_name).clicked() {
        remove(view, state, week, place);
    }
}

/// Draws a field with a time; returns one that was typed and entered.
fn time_ui(ui: &mut Ui, view: &ViewContext<'_>, state: &mut ScheduleState, present: &str, name: &str) -> Option<Time> {
    let id = ui.make_persistent_id(("typed time", name));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| present.to_owned());
    let field = ui.add(TextEdit::singleline(&mut text).desired_width(FIELD)).accessible_name(name);
    if field.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
        return None;
    }
    ui.data_mut(|data| data.remove::<String>(id));
    let is_cancelled = ui.input(|input| input.key_pressed(Key::Escape));
    if !field.lost_focus() || is_cancelled || text == present {
        return None;
    }
    let typed = time_of_day(text.trim());
    if typed.is_none() {
        state.remark = Some(view.i18n.format("schedule-no-time", [("text", text.into())]));
    }
    typed
}

/// Replaces a start, in the order of time.
fn set(
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    (place, start): (StartPlace, Start),
) {
    let mut schedule = week.schedule.clone();
    let Some(day) = schedule.days.get_mut(place.lane) else { return };
    let is_taken = day.iter().enumerate().any(|(index, other)| index != place.index && other.at == start.at);
    if is_taken {
        let time = start.at.strftime("%H:%M").to_string();
        state.remark = Some(view.i18n.format("schedule-time-taken", [("time", time.into())]));
        return;
    }
    if let Some(known) = day.get_mut(place.index) {
        *known = start.clone();
    }
    day.sort_by_key(|start| start.at);
    let index = day.iter().position(|other| other.at == start.at).unwrap_or_default();
    state.selected = Some(StartPlace { index, ..place });
    state.put(view, schedule);
}

/// Draws the list of days to which the starts of a day are copied.
pub(super) fn copy_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    from: usize,
) {
    let Some(weekday) = WEEK.get(from) else { return };
    let name = view.i18n.format("schedule-copy", [("day", day_name(view.i18n, *weekday).into())]);
    let mut options = vec![CopyTo::Nothing, CopyTo::WorkDays, CopyTo::Weekend, CopyTo::All];
    options.extend((0..WEEK.len()).filter(|day| *day != from).map(CopyTo::Day));
    let picked = choice_ui(ui, &name, Some(&CopyTo::Nothing), &options, |to| copy_text(view.i18n, *to));
    let Some(picked) = picked else { return };
    let mut schedule: Schedule = week.schedule.clone();
    let Some(starts) = schedule.days.get(from).cloned() else { return };
    for (index, day) in schedule.days.iter_mut().enumerate() {
        let is_wanted = match picked {
            CopyTo::Nothing => false,
            CopyTo::WorkDays => index < 5,
            CopyTo::Weekend => index >= 5,
            CopyTo::All => true,
            CopyTo::Day(day) => index == day,
        };
        if is_wanted {
            day.clone_from(&starts);
        }
    }
    if schedule.is_empty() {
        state.remark = Some(view.text("schedule-last-start"));
    } else if schedule != *week.schedule {
        state.put(view, schedule);
    }
}

fn copy_text(i18n: &Localizer, to: CopyTo) -> String {
    match to {
        CopyTo::Nothing => i18n.text("schedule-copy-to").into_owned(),
        CopyTo::WorkDays => i18n.text("schedule-work-days").into_owned(),
        CopyTo::Weekend => i18n.text("schedule-weekend").into_owned(),
        CopyTo::All => i18n.text("schedule-all-days").into_owned(),
        CopyTo::Day(day) => WEEK.get(day).map(|weekday| day_name(i18n, *weekday)).unwrap_or_default(),
    }
}

/// Draws the button that adds a start to a day.
pub(super) fn add_ui(ui: &mut Ui, view: &ViewContext<'_>, day: usize) -> bool {
    let Some(weekday) = WEEK.get(day) else { return false };
    let name = view.i18n.format("schedule-add-on", [("day", day_name(view.i18n, *weekday).into())]);
    button_ui(ui, icons::PLUS, &name).on_hover_text(&name).clicked()
}
