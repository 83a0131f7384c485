//! The hours of the air filter since it was changed, and the reminder.

use egui::Ui;

use super::Shown;
use crate::accounts::settings::FilterSettings;
use crate::ui::intent::{AppIntent, Preference};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{light, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, plain_row_ui, section_heading, toggle_ui};

/// The hours after which filters are due: thin ones after a month of winter, thick ones after a year.
const HOURS: [u32; 6] = [200, 300, 500, 750, 1_000, 2_000];
/// Size of the hours, in points.
const VALUE: f32 = 26.0;

/// Draws the card: the hours of the thermostat whose equipment ran longest.
pub(super) fn filter_ui(ui: &mut Ui, view: &mut ViewContext<'_>, shown: &Shown<'_>) {
    let today = view.now.to_zoned(shown.period.zone.clone()).date();
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let words = view.text("filter-title");
        let heading = ui.label(title(&words));
        section_heading(ui, &heading, &words);
        let changed_today = view.text("filter-changed");
        let Some(filter) = view.filter else {
            ui.label(small(view.text("filter-about")).color(view.colors.muted));
            if button_ui(ui, changed_today.as_str(), &changed_today).clicked() {
                send(view, Some(FilterSettings::changed_on(today)));
            }
            return;
        };
        let hours = shown.reports.iter().filter_map(|report| report.filter_s).max().unwrap_or_default() / 3_600;
        let is_due = hours >= u64::from(filter.hours);
        let values =
            [("hours", i64::try_from(hours).unwrap_or(i64::MAX).into()), ("all", i64::from(filter.hours).into())];
        let color = if is_due { view.colors.warning } else { view.colors.text };
        let words = view.i18n.format("filter-hours", values);
        ui.label(egui::RichText::new(words).font(light(VALUE)).color(color));
        let day = format!("{} {}", view.i18n.full_day(filter.changed), filter.changed.year());
        let since = view.i18n.format("filter-since", [("day", day.into())]);
        let words = if is_due { format!("{} · {since}", view.text("filter-due")) } else { since };
        ui.label(small(words).color(if is_due { view.colors.warning } else { view.colors.muted }));
        choices_ui(ui, view, filter);
        ui.horizontal_wrapped(|ui| {
            if button_ui(ui, changed_today.as_str(), &changed_today).clicked() {
                send(view, Some(FilterSettings { changed: today, ..filter }));
            }
            let none = view.text("filter-none");
            if button_ui(ui, none.as_str(), &none).clicked() {
                send(view, None);
            }
        });
    });
}

fn choices_ui(ui: &mut Ui, view: &mut ViewContext<'_>, filter: FilterSettings) {
    let name = view.text("filter-life");
    plain_row_ui(ui, view, &name, "", |ui, view| {
        let word = |hours: &u32| view.i18n.format("duration-h", [("hours", i64::from(*hours).into())]);
        if let Some(hours) = choice_ui(ui, &name, Some(&filter.hours), &HOURS, word) {
            send(view, Some(FilterSettings { hours, ..filter }));
        }
    });
    let name = view.text("filter-of-heating");
    plain_row_ui(ui, view, &name, "", |ui, view| {
        let mut is_on = filter.is_forced_air;
        if toggle_ui(ui, &mut is_on, &name).changed() {
            send(view, Some(FilterSettings { is_forced_air: is_on, ..filter }));
        }
    });
}

fn send(view: &mut ViewContext<'_>, filter: Option<FilterSettings>) {
    view.send(AppIntent::Prefer(Preference::Filter(filter)));
}
