//! The first and the last day of a span, as typed.

use egui::accesskit::Live;
use egui::{Id, Key, TextEdit, Ui};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::period::{ChartSpan, LONGEST, date_of, midnight};
use crate::history::PeriodKind;
use crate::i18n::{Language, Localizer};
use crate::ui::theme::small;
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, quiet_button_ui};

/// Width of a field, in points.
const FIELD: f32 = 118.0;

/// Width of the name beside a field, with the space around it, in points.
const NAME: f32 = 60.0;

/// The fields while they are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TypedDates {
    first: String,
    last: String,
    wrong: Option<WrongDates>,
    /// True in the first frame.
    is_new: bool,
}

/// The reason why typed days are no span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WrongDates {
    NoDate,
    Order,
    Long,
    Future,
}

impl TypedDates {
    /// The fields with the days of a span.
    pub(super) fn of(i18n: &Localizer, span: ChartSpan, zone: &TimeZone) -> Self {
        let (from, to) = span.bounds(zone);
        let [first, last] = [from, to - 1].map(|at| i18n.numeric_date(date_of(at, zone)));
        Self { first, last, wrong: None, is_new: true }
    }

    fn span(&self, i18n: &Localizer, zone: &TimeZone, now: i64) -> Result<ChartSpan, WrongDates> {
        let first = i18n.typed_days(&self.first).ok_or(WrongDates::NoDate)?;
        let last = i18n.typed_days(&self.last).ok_or(WrongDates::NoDate)?;
        if first == last
            && let Some(kind) = period_of(first)
        {
            return check(ChartSpan::Period(kind, first.0), zone, now);
        }
        let after = last.1.tomorrow().map_err(|_no_day| WrongDates::NoDate)?;
        check(ChartSpan::Free { from: midnight(first.0, zone), to: midnight(after, zone) }, zone, now)
    }
}

fn check(span: ChartSpan, zone: &TimeZone, now: i64) -> Result<ChartSpan, WrongDates> {
    let (from, to) = span.bounds(zone);
    match to - from {
        ..=0 => Err(WrongDates::Order),
        length if length > LONGEST => Err(WrongDates::Long),
        _ if from > now => Err(WrongDates::Future),
        _ => Ok(span),
    }
}

/// The kind of the period that has just these days.
fn period_of((first, last): (Date, Date)) -> Option<PeriodKind> {
    let kinds = [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Year];
    kinds.into_iter().find(|kind| kind.first(first) == first && kind.next(first).yesterday().ok() == Some(last))
}

impl Localizer {
    /// A day in figures, as the language writes it; in English as in ISO 8601, because Americans and Britons differ.
    fn numeric_date(&self, date: Date) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        match self.language() {
            Language::English => date.to_string(),
            Language::German => format!("{day}.{month}.{year}"),
            Language::French | Language::Spanish => format!("{day:02}/{month:02}/{year}"),
        }
    }

    /// The first and the last of the typed days: of a day, a month or a year, in ISO 8601 or as the language writes it.
    fn typed_days(&self, text: &str) -> Option<(Date, Date)> {
        let is_own = |c: char| c == '.' || (c == '/' && self.language() != Language::English);
        let text = text.trim();
        let parts: Vec<&str> = match text.find(is_own) {
            Some(_) => text.split(is_own).rev().map(str::trim).collect(),
            None => text.split('-').map(str::trim).collect(),
        };
        let (year, rest) = parts.split_first()?;
        let year: i16 = year.parse().ok().filter(|year| (2000..2100).contains(year))?;
        let numbers = rest.iter().map(|part| part.parse().ok()).collect::<Option<Vec<i8>>>()?;
        match numbers.as_slice() {
            [] => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            [month] => {
                let first = Date::new(year, *month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            [month, day] => {
                let date = Date::new(year, *month, *day).ok()?;
                Some((date, date))
            }
            _ => None,
        }
    }
}

/// Draws the fields, and returns the span once it is complete. `typed` becomes `None` when they close.
pub(super) fn dates_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    (id, typed): (Id, &mut Option<TypedDates>),
    (zone, now): (&TimeZone, i64),
) -> Option<ChartSpan> {
    let mut dates = typed.take()?;
    let (mut is_done, mut is_closed) = (false, false);
    ui.horizontal_wrapped(|ui| {
        ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
        for (text, name, is_first) in [(&mut dates.first, "chart-from", true), (&mut dates.last, "chart-to", false)] {
            let words = view.text(name);
            let edit = TextEdit::singleline(text).id(id.with(name)).desired_width(FIELD);
            // A name and its field stay on one line.
            if ui.available_size_before_wrap().x < FIELD + NAME {
                ui.end_row();
            }
            let field = ui.horizontal(|ui| {
                ui.label(small(words.as_str()).color(view.colors.muted));
                ui.add(edit.align(egui::Align2::LEFT_CENTER)).accessible_name(&words)
            });
            let field = field.inner;
            if is_first && dates.is_new {
                field.request_focus();
            }
            if field.changed() {
                dates.wrong = None;
            }
            if field.lost_focus() {
                is_done |= ui.input(|input| input.key_pressed(Key::Enter));
                is_closed |= ui.input(|input| input.key_pressed(Key::Escape));
            }
        }
        let show = view.text("chart-show");
        is_done |= button_ui(ui, show.as_str(), &show).clicked();
        let cancel = view.text("cancel");
        is_closed |= quiet_button_ui(ui, cancel.as_str(), &cancel).clicked();
    });
    dates.is_new = false;
    let mut span = None;
    if is_done {
        match dates.span(view.i18n, zone, now) {
            Ok(shown) => span = Some(shown),
            Err(wrong) => dates.wrong = Some(wrong),
        }
    }
    if let Some(wrong) = dates.wrong {
        let example = view.i18n.numeric_date(date_of(now, zone));
        let words = match wrong {
            WrongDates::NoDate => view.i18n.format("chart-no-date", [("day", example.into())]),
            WrongDates::Order => view.text("chart-dates-order"),
            WrongDates::Long => view.text("chart-dates-long"),
            WrongDates::Future => view.text("chart-dates-future"),
        };
        let label = ui.label(small(words).color(view.colors.warning));
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
    }
    if span.is_none() && !is_closed {
        *typed = Some(dates);
    }
    span
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_read_as_each_language_writes_them() {
        let read = |language, text: &str| Localizer::new(language).typed_days(text);
        let day = Some((date(2026, 3, 5), date(2026, 3, 5)));
        assert_eq!(read(Language::English, " 2026-03-05 "), day);
        assert_eq!(read(Language::German, "5.3.2026"), day);
        assert_eq!(read(Language::French, "05/03/2026"), day);
        assert_eq!(read(Language::Spanish, "2026-3-5"), day);
        assert_eq!(read(Language::English, "2024-02"), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(read(Language::German, "02.2024"), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(read(Language::English, "2025"), Some((date(2025, 1, 1), date(2025, 12, 31))));
        for text in ["", "-", "2026-02-30", "5/3/2026", "1999", "2026-1-1-1", "tomorrow", "2026-03-05T12:00", "٢٠٢٦"]
        {
            assert_eq!(read(Language::English, text), None, "{text}");
        }
        for language in [Language::English, Language::German, Language::French, Language::Spanish] {
            let i18n = Localizer::new(language);
            assert_eq!(
                i18n.typed_days(&i18n.numeric_date(date(2026, 11, 2))).map(|days| days.0),
                Some(date(2026, 11, 2))
            );
        }
    }

    #[test]
    fn typed_days_are_a_span_or_say_why_not() {
        let i18n = Localizer::new(Language::English);
        let now = midnight(date(2026, 11, 22), &TimeZone::UTC) + 3_600;
        let span = |first: &str, last: &str| {
            let dates = TypedDates { first: first.to_owned(), last: last.to_owned(), wrong: None, is_new: false };
            dates.span(&i18n, &TimeZone::UTC, now)
        };
        let free =
            |from, to| Ok(ChartSpan::Free { from: midnight(from, &TimeZone::UTC), to: midnight(to, &TimeZone::UTC) });
        assert_eq!(span("2026-11-01", "2026-11-22"), free(date(2026, 11, 1), date(2026, 11, 23)));
        assert_eq!(span("2024", "2025-03"), free(date(2024, 1, 1), date(2025, 4, 1)));
        assert_eq!(span("2025", "2025"), Ok(ChartSpan::Period(PeriodKind::Year, date(2025, 1, 1))));
        assert_eq!(span("2026-11-22", "2026-11-01"), Err(WrongDates::Order));
        assert_eq!(span("2000", "2026"), Err(WrongDates::Long));
        assert_eq!(span("2027-01-01", "2027-01-02"), Err(WrongDates::Future));
        assert_eq!(span("yesterday", "2027-01-02"), Err(WrongDates::NoDate));
    }
}
