//! The week as a table: a row for each start, with its time, its level and its value.

use egui::Ui;

use super::now::short_value;
use super::selected::{add_ui, copy_ui, start_fields_ui};
use super::week::add_start;
use super::{ScheduleState, ShownWeek, StartPlace, day_name};
use crate::automation::schedule::WEEK;
use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::card_ui;

/// Draws a card for each day.
pub(super) fn table_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        for (lane, weekday) in WEEK.into_iter().enumerate() {
            if lane > 0 {
                ui.separator();
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                ui.label(title(day_name(view.i18n, weekday)));
                if add_ui(ui, view, lane) {
                    let mut schedule = week.schedule.clone();
                    let fallback = week.all.levels.first().map(|level| level.name.clone()).unwrap_or_default();
                    if add_start(&mut schedule, lane, &fallback).is_some() {
                        state.put(view, schedule);
                    }
                }
                copy_ui(ui, view, state, week, lane);
            });
            let starts = week.schedule.day(weekday).to_vec();
            if starts.is_empty() {
                let carried = week.schedule.at_midnight(weekday).unwrap_or_default();
                let text = view.i18n.format("schedule-goes-on", [("level", carried.into())]);
                ui.label(small(text).color(view.colors.muted));
            }
            for (index, start) in starts.iter().enumerate() {
                ui.push_id((lane, index), |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = space::S;
                        start_fields_ui(ui, view, state, week, (StartPlace { lane, index }, start));
                        ui.label(small(short_value(view, week, &start.level)).color(view.colors.muted));
                    });
                });
            }
        }
    });
}
