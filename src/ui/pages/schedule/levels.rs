//! The comfort levels: their names and set points, which all schedules share.

use egui::{Key, TextEdit, Ui};

use super::{ScheduleState, ShownWeek};
use crate::automation::schedule::{ComfortLevel, MOST_OF_KIND, ScheduleEdit, check_new_level};
use crate::command::{Typed, temperature};
use crate::home::Setpoint;
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, quiet_button_ui};

/// Widths of the fields, in points.
const NAME: f32 = 130.0;
const VALUE: f32 = 72.0;

/// The typed fields of the card.
#[derive(Debug, Default)]
pub(super) struct LevelsForm {
    /// The fields with the focus: the level and the three texts.
    typed: Option<(String, [String; 3])>,
}

/// Draws the card.
pub(super) fn levels_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text("levels")));
        ui.label(small(view.text("levels-about")).color(view.colors.muted));
        for level in &week.all.levels {
            ui.push_id(&level.name, |ui| level_ui(ui, view, state, week, level));
        }
        let label = format!("{} {}", icons::PLUS, view.text("level-add"));
        if button_ui(ui, label, &view.text("level-add")).clicked() {
            let base = view.text("level-new");
            let numbered = |number: usize| if number == 1 { base.clone() } else { format!("{base} {number}") };
            let free =
                (1..=MOST_OF_KIND + 1).map(numbered).find(|name| week.all.level(name).is_none()).unwrap_or_default();
            let like = week.all.levels.first();
            let level = ComfortLevel {
                name: free.clone(),
                heat: like.map_or(Some(Setpoint::celsius(20.0)), |level| level.heat),
                cool: like.and_then(|level| level.cool),
            };
            state.edit(view, vec![ScheduleEdit::Level { name: free, level: Some(level) }]);
        }
    });
}

fn level_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    level: &ComfortLevel,
) {
    let text = |setpoint: Option<Setpoint>| setpoint.map_or_else(String::new, |it| view.i18n.number(it));
    let present = [level.name.clone(), text(level.heat), text(level.cool)];
    let typed = state.levels.typed.take_if(|(name, _)| *name == level.name);
    let mut texts = typed.map_or_else(|| present.clone(), |(_, texts)| texts);
    let names = ["level-name", "level-heat", "level-cool"]
        .map(|key| view.i18n.format(key, [("level", level.name.as_str().into())]));
    let (mut has_focus, mut is_left) = (false, false);
    let name_width = NAME.min(ui.available_width() * 0.28);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let hints = [String::new(), view.text("mode-heat"), view.text("mode-cool")];
        for ((text, name), (width, hint)) in
            texts.iter_mut().zip(&names).zip([name_width, VALUE, VALUE].iter().zip(&hints))
        {
            if !hint.is_empty() {
                ui.label(small(hint.as_str()).color(view.colors.muted));
            }
            let field = ui.add(TextEdit::singleline(text).desired_width(*width)).accessible_name(name.as_str());
            has_focus |= field.has_focus();
            is_left |= field.lost_focus();
        }
        let removes = view.i18n.format("level-remove", [("level", level.name.as_str().into())]);
        if quiet_button_ui(ui, icons::TRASH, &removes).on_hover_text(&removes).clicked() {
            remove(view, state, week, level);
        }
    });
    let is_cancelled = ui.input(|input| input.key_pressed(Key::Escape));
    if texts == present || is_cancelled {
        return;
    }
    if is_left && (!has_focus || ui.input(|input| input.key_pressed(Key::Enter))) {
        save(view, state, week, (level, &texts));
    } else if has_focus {
        state.levels.typed = Some((level.name.clone(), texts));
    }
}

fn save(
    view: &mut ViewContext<'_>,
    state: &mut ScheduleState,
    week: &ShownWeek<'_>,
    (level, [name, heat, cool]): (&ComfortLevel, &[String; 3]),
) {
    let scale = level.heat.or(level.cool).map_or(view.i18n.scale_of(week.thermostat), |setpoint| setpoint.scale);
    let parsed = |text: &String| match text.trim() {
        "" => Ok(None),
        typed => match temperature(typed, scale) {
            Some(Typed::Absolute(setpoint)) => Ok(Some(setpoint.rounded())),
            Some(Typed::Step(_)) | None => Err(view.i18n.format("schedule-no-temperature", [("text", typed.into())])),
        },
    };
    let (heat, cool) = match (parsed(heat), parsed(cool)) {
        (Ok(heat), Ok(cool)) => (heat, cool),
        (Err(why), _) | (_, Err(why)) => {
            state.remark = Some(why);
            return;
        }
    };
    let new = ComfortLevel { name: name.trim().to_owned(), heat, cool };
    let is_taken = week.all.level(&new.name).is_some_and(|other| other.name != level.name);
    match check_new_level(&new) {
        Ok(()) if is_taken => state.remark = Some(view.text("schedule-name-in-use")),
        Ok(()) => state.edit(view, vec![ScheduleEdit::Level { name: level.name.clone(), level: Some(new) }]),
        Err(problem) => state.remark = Some(view.i18n.localize(&problem)),
    }
}

/// Removes a level that no start needs.
fn remove(view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>, level: &ComfortLevel) {
    let user = week.all.schedules.iter().find(|schedule| {
        schedule.days.iter().flatten().any(|start| start.level.to_lowercase() == level.name.to_lowercase())
    });
    match user {
        Some(schedule) => {
            let arguments = [("level", level.name.as_str().into()), ("schedule", schedule.name.as_str().into())];
            state.remark = Some(view.i18n.format("level-in-use", arguments));
        }
        None => state.edit(view, vec![ScheduleEdit::Level { name: level.name.clone(), level: None }]),
    }
}
