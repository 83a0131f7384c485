//! The choice of a period: its kind, and the buttons to the span before and after.

use egui::{Id, RichText, Ui};
use jiff::tz::TimeZone;

use super::dates::{TypedDates, dates_ui};
use super::period::ChartSpan;
use crate::history::PeriodKind;
use crate::ui::theme::icons;
use crate::ui::theme::tokens::size;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{choice_ui, closed_scope, quiet_button_ui, segmented_ui, segments_width};

/// A shown span that can be changed.
#[derive(Debug, Clone, Copy)]
pub(in crate::ui) struct PeriodChoice<'a> {
    pub(in crate::ui) span: ChartSpan,
    pub(in crate::ui) zone: &'a TimeZone,
    /// Seconds since 1970. No span that begins after it can be chosen.
    pub(in crate::ui) now: i64,
}

impl PeriodChoice<'_> {
    /// Width of the kinds side by side, in points.
    pub(in crate::ui) fn width(ui: &Ui, view: &ViewContext<'_>) -> f32 {
        segments_width(ui, kinds(view).iter().map(|(_, title)| title.as_str()))
    }

    /// Draws the kinds side by side, or as a menu where that is too wide, and returns the period that was chosen.
    pub(in crate::ui) fn kinds_ui(self, ui: &mut Ui, view: &ViewContext<'_>, is_menu: bool) -> Option<ChartSpan> {
        let (kinds, name, shown) = (kinds(view), view.text("chart-period"), self.span.kind());
        let kind = if is_menu {
            let title = |kind: &PeriodKind| kinds.iter().find(|(of, _)| of == kind).map(|(_, title)| title.clone());
            let all = kinds.each_ref().map(|(kind, _)| *kind);
            choice_ui(ui, &name, shown.as_ref(), &all, |kind| title(kind).unwrap_or_default())
        } else {
            segmented_ui(ui, &name, shown.as_ref(), &kinds)
        }?;
        // The period around the end of what was shown, but none that is still to come.
        let end = self.span.bounds(self.zone).1 - 1;
        Some(ChartSpan::around(kind, end.min(self.now), self.zone))
    }

    /// Draws the button to the span before or after, and returns that span once it is pressed.
    pub(in crate::ui) fn step_ui(self, ui: &mut Ui, view: &ViewContext<'_>, is_later: bool) -> Option<ChartSpan> {
        let (icon, id) = if is_later { (icons::FORWARD, "chart-later") } else { (icons::BACK, "chart-earlier") };
        let is_last = is_later && self.span.bounds(self.zone).1 > self.now;
        let name = view.text(id);
        let newest = is_last.then(|| view.text("chart-newest"));
        let mut is_pressed = false;
        closed_scope(ui, newest.as_deref(), |ui| {
            let icon = RichText::new(icon).size(size::TITLE);
            is_pressed = quiet_button_ui(ui, icon, &name).on_hover_text(&name).clicked();
        });
        is_pressed.then(|| self.span.moved(is_later))
    }
}

/// Draws the button that opens the fields for the first and the last day.
pub(in crate::ui) fn dates_button_ui(ui: &mut Ui, view: &ViewContext<'_>, choice: PeriodChoice<'_>, id: Id) {
    let name = view.text("chart-dates");
    let icon = RichText::new(icons::CALENDAR).size(size::TITLE);
    if quiet_button_ui(ui, icon, &name).on_hover_text(&name).clicked() {
        let is_open = ui.data(|data| data.get_temp::<TypedDates>(id)).is_some();
        if is_open {
            ui.data_mut(|data| data.remove::<TypedDates>(id));
        } else {
            let dates = TypedDates::of(view.i18n, choice.span, choice.zone);
            ui.data_mut(|data| data.insert_temp(id, dates));
        }
    }
}

/// Draws the fields for the first and the last day while they are open, and returns the span that was typed.
pub(in crate::ui) fn open_dates_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    choice: PeriodChoice<'_>,
    id: Id,
) -> Option<ChartSpan> {
    let mut typed = ui.data(|data| data.get_temp::<TypedDates>(id));
    typed.as_ref()?;
    let span = dates_ui(ui, view, (id, &mut typed), (choice.zone, choice.now));
    ui.data_mut(|data| {
        if let Some(typed) = typed {
            data.insert_temp(id, typed);
        } else {
            data.remove::<TypedDates>(id);
        }
    });
    span
}

fn kinds(view: &ViewContext<'_>) -> [(PeriodKind, String); 4] {
    [
        (PeriodKind::Day, "chart-day"),
        (PeriodKind::Week, "chart-week"),
        (PeriodKind::Month, "chart-month"),
        (PeriodKind::Year, "chart-year"),
    ]
    .map(|(kind, id)| (kind, view.text(id)))
}
