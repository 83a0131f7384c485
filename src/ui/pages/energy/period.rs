//! The shown period of the energy page, with those that it is compared with: the one before, and a year before.

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::history::{DayEnergy, DegreeDayBase, PeriodKind};
use crate::home::Scale;
use crate::ui::chart::{ChartSpan, date_of, midnight};
use crate::ui::energy_reports::PeriodReport;

/// A period that the shown one is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Comparison {
    /// The one just before.
    Previous,
    #[default]
    YearBefore,
}

impl Comparison {
    pub(super) const ALL: [Self; 2] = [Self::Previous, Self::YearBefore];
}

/// A period that the shown one is compared with, as far as that is past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ComparedPeriod {
    pub(super) span: ChartSpan,
    /// The first day that has no counterpart yet; `None` if the shown period is over.
    pub(super) until: Option<Date>,
}

impl ComparedPeriod {
    /// The days that have a counterpart in the shown period.
    pub(super) fn days<'a>(&self, report: &'a PeriodReport) -> &'a [DayEnergy] {
        let Some(until) = self.until else { return &report.days };
        let end = report.days.partition_point(|day| day.date < until);
        report.days.get(..end).unwrap_or_default()
    }
}

/// The shown period with everything that its parts need.
pub(super) struct Period {
    pub(super) span: ChartSpan,
    /// In the order of [`Comparison::ALL`].
    pub(super) compared: [ComparedPeriod; 2],
    pub(super) zone: TimeZone,
    pub(super) base: DegreeDayBase,
    pub(super) scale: Scale,
    /// Seconds since 1970.
    pub(super) now: i64,
}

impl Period {
    /// The period of a comparison.
    pub(super) fn compared(&self, comparison: Comparison) -> ComparedPeriod {
        let [previous, year_before] = self.compared;
        if comparison == Comparison::Previous { previous } else { year_before }
    }

    /// The comparisons without repetition: the year before a year is the period before.
    pub(super) fn comparisons(&self) -> &'static [Comparison] {
        let [previous, year_before] = self.compared;
        if previous.span == year_before.span { &[Comparison::YearBefore] } else { &Comparison::ALL }
    }
}

/// The period of a comparison with a span.
pub(super) fn compared(span: ChartSpan, comparison: Comparison, now: i64, zone: &TimeZone) -> ComparedPeriod {
    let today = date_of(now, zone);
    let span_before = match comparison {
        Comparison::Previous => span.moved(false),
        Comparison::YearBefore => year_before(span, zone),
    };
    let (from, to) = span.bounds(zone);
    if to <= midnight(today, zone) {
        return ComparedPeriod { span: span_before, until: None };
    }
    let past = date_of(from, zone).until(today).map_or(0, |past| past.get_days());
    let first = date_of(span_before.bounds(zone).0, zone);
    ComparedPeriod { span: span_before, until: first.checked_add(Span::new().days(past + 1)).ok() }
}

fn year_before(span: ChartSpan, zone: &TimeZone) -> ChartSpan {
    let earlier = |date: Date| date.checked_sub(Span::new().years(1)).unwrap_or(date);
    match span {
        // The same weekdays.
        ChartSpan::Period(PeriodKind::Week, date) => {
            let before = date.checked_sub(Span::new().weeks(52)).unwrap_or(date);
            ChartSpan::Period(PeriodKind::Week, before)
        }
        ChartSpan::Period(kind, date) => ChartSpan::Period(kind, kind.first(earlier(date))),
        ChartSpan::Free { from, to } => {
            let [from, to] = [from, to].map(|at| midnight(earlier(date_of(at, zone)), zone));
            ChartSpan::Free { from, to }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(span: ChartSpan, comparison: Comparison) -> ComparedPeriod {
        // Thursday, 26 November 2026.
        let now = midnight(date(2026, 11, 26), &TimeZone::UTC) + 43_200;
        compared(span, comparison, now, &TimeZone::UTC)
    }

    #[test]
    fn a_period_that_goes_on_is_compared_with_the_same_days() {
        let november = ChartSpan::Period(PeriodKind::Month, date(2026, 11, 1));
        let previous = of(november, Comparison::Previous);
        assert_eq!(previous.span, ChartSpan::Period(PeriodKind::Month, date(2026, 10, 1)));
        assert_eq!(previous.until, Some(date(2026, 10, 27)));
        assert_eq!(of(november, Comparison::YearBefore).until, Some(date(2025, 11, 27)));
        let october = ChartSpan::Period(PeriodKind::Month, date(2026, 10, 1));
        assert_eq!(of(october, Comparison::Previous).until, None);
    }

    #[test]
    fn a_week_is_compared_with_the_same_weekdays() {
        let week = ChartSpan::Period(PeriodKind::Week, date(2026, 11, 16));
        let before = of(week, Comparison::YearBefore);
        assert_eq!(before.span, ChartSpan::Period(PeriodKind::Week, date(2025, 11, 17)));
        let leap = ChartSpan::Period(PeriodKind::Day, date(2024, 2, 29));
        assert_eq!(of(leap, Comparison::YearBefore).span, ChartSpan::Period(PeriodKind::Day, date(2023, 2, 28)));
    }
}
