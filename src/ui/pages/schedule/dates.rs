//! Days on which another schedule is in force: a vacation, or guests.

use egui::{TextEdit, Ui};
use jiff::civil::Date;

use super::{ScheduleState, ShownWeek};
use crate::automation::schedule::{DateSpan, ScheduleEdit, check_name};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, choice_ui, quiet_button_ui};

/// Widths of the fields, in points.
const NAME: f32 = 130.0;
const DAY: f32 = 124.0;

/// The form for new dates.
#[derive(Debug, Default)]
pub(super) struct DatesForm {
    name: String,
    from: String,
    to: String,
    schedule: Option<String>,
}

/// Draws the card.
pub(super) fn dates_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    card_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::S;
        ui.label(title(view.text("dates")));
        ui.label(small(view.text("dates-about")).color(view.colors.muted));
        for span in &week.all.dates {
            let text = view.i18n.format(
                "dates-line",
                [
                    ("name", span.name.as_str().into()),
                    ("from", span.from.to_string().into()),
                    ("to", span.to.to_string().into()),
                    ("schedule", span.schedule.as_str().into()),
                ],
            );
            ui.horizontal_wrapped(|ui| {
                ui.label(text);
                let names: Vec<&str> = span.thermostats.iter().map(|device| device.name.as_str()).collect();
                if !names.is_empty() {
                    ui.label(small(names.join(", ")).color(view.colors.muted));
                }
                let removes = view.i18n.format("dates-remove", [("name", span.name.as_str().into())]);
                if quiet_button_ui(ui, icons::TRASH, &removes).on_hover_text(&removes).clicked() {
                    state.edit(view, vec![ScheduleEdit::Dates { name: span.name.clone(), span: None }]);
                }
            });
        }
        form_ui(ui, view, state, week);
    });
}

fn form_ui(ui: &mut Ui, view: &mut ViewContext<'_>, state: &mut ScheduleState, week: &ShownWeek<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let form = &mut state.dates;
        let fields = [
            (&mut form.name, "dates-name", NAME, String::new()),
            (&mut form.from, "dates-from", DAY, "2026-12-20".to_owned()),
            (&mut form.to, "dates-to", DAY, "2027-01-03".to_owned()),
        ];
        for (text, key, width, hint) in fields {
            let name = view.text(key);
            ui.label(small(name.as_str()).color(view.colors.muted));
            ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(width)).accessible_name(name);
        }
        let names: Vec<String> = week.all.schedules.iter().map(|schedule| schedule.name.clone()).collect();
        let chosen =
            form.schedule.clone().filter(|name| names.contains(name)).unwrap_or_else(|| week.schedule.name.clone());
        if let Some(picked) = choice_ui(ui, &view.text("dates-schedule"), Some(&chosen), &names, |name| name.clone()) {
            form.schedule = Some(picked);
        }
        let label = format!("{} {}", icons::PLUS, view.text("dates-add"));
        if button_ui(ui, label, &view.text("dates-add")).clicked() {
            match typed(view, &state.dates, week, chosen) {
                Ok(span) => {
                    state.edit(view, vec![ScheduleEdit::Dates { name: span.name.clone(), span: Some(span) }]);
                    state.dates = DatesForm::default();
                }
                Err(why) => state.remark = Some(why),
            }
        }
    });
}

fn typed(view: &ViewContext<'_>, form: &DatesForm, week: &ShownWeek<'_>, schedule: String) -> Result<DateSpan, String> {
    let name = check_name(&form.name).map_err(|problem| view.i18n.localize(&problem))?;
    let day = |text: &str| -> Result<Date, String> {
        text.trim().parse().map_err(|_no_date| view.i18n.format("schedule-no-date", [("text", text.trim().into())]))
    };
    let (from, to) = (day(&form.from)?, day(&form.to)?);
    if to < from {
        return Err(view.text("schedule-backwards"));
    }
    if week.all.dates.iter().any(|span| span.name.to_lowercase() == name.to_lowercase()) {
        return Err(view.text("schedule-name-in-use"));
    }
    Ok(DateSpan { name, from, to, schedule, thermostats: Vec::new() })
}
