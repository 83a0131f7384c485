//! The part of the past that a chart shows: a day, a week, a month, a year, or any span. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use crate::history::{CurveSpan, PeriodKind};

/// The shown part of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChartSpan {
    /// The civil period that begins on this day.
    Period(PeriodKind, Date),
    /// Any span, as seconds since 1970.
    Free { from: i64, to: i64 },
}

/// The shortest and the longest span, in seconds: an hour, and twenty years.
const SHORTEST: i64 = 3_600;
pub(super) const LONGEST: i64 = 20 * 366 * 86_400;
/// The longest spans whose tables have a row for each hour, and for each day, in seconds.
const BY_HOUR: i64 = 3 * 86_400;
const BY_DAY: i64 = 100 * 86_400;

impl ChartSpan {
    /// The period of a kind that has a time in it.
    pub(crate) fn around(kind: PeriodKind, at: i64, zone: &TimeZone) -> Self {
        Self::Period(kind, kind.first(date_of(at, zone)))
    }

    /// The kind of the period; `None` for a free span.
    pub(crate) fn kind(self) -> Option<PeriodKind> {
        match self {
            Self::Period(kind, _) => Some(kind),
            Self::Free { .. } => None,
        }
    }

    /// The begin and the end, as seconds since 1970.
    pub(crate) fn bounds(self, zone: &TimeZone) -> (i64, i64) {
        match self {
            Self::Period(kind, first) => (midnight(first, zone), midnight(kind.next(first), zone)),
            Self::Free { from, to } => (from, to),
        }
    }

    /// The span as the history reads it.
    pub(crate) fn curve_span(self, zone: &TimeZone) -> CurveSpan {
        let (from, to) = self.bounds(zone);
        CurveSpan::new(from, to)
    }

    /// The span before, or after, of the same length.
    pub(crate) fn moved(self, is_later: bool) -> Self {
        match self {
            Self::Period(kind, first) if is_later => Self::Period(kind, kind.next(first)),
            Self::Period(kind, first) => {
                let before = first.checked_sub(Span::new().days(1)).unwrap_or(first);
                Self::Period(kind, kind.first(before))
            }
            Self::Free { from, to } => {
                let by = if is_later { to - from } else { from - to };
                Self::Free { from: from + by, to: to + by }
            }
        }
    }

    /// The span moved by seconds.
    pub(crate) fn panned(self, by: i64, zone: &TimeZone) -> Self {
        let (from, to) = self.bounds(zone);
        Self::Free { from: from + by, to: to + by }
    }

    /// The span with its length divided by a factor; the time at `share` of it stays where it is.
    pub(crate) fn zoomed(self, factor: f64, share: f64, zone: &TimeZone) -> Self {
        let (from, to) = self.bounds(zone);
        let length = (to - from) as f64;
        let new = (length / factor.clamp(0.01, 100.0)).clamp(SHORTEST as f64, LONGEST as f64);
        let from = from + ((length - new) * share.clamp(0.0, 1.0)).round() as i64;
        Self::Free { from, to: from + new.round() as i64 }
    }

    /// The bounds of the rows of a table, as seconds since 1970: of hours, days or months.
    pub(crate) fn rows(self, zone: &TimeZone) -> Vec<i64> {
        let (from, to) = self.bounds(zone);
        let mut bounds = vec![from];
        if to - from <= BY_HOUR {
            bounds.extend(((from / 3_600 + 1) * 3_600..to).step_by(3_600));
        } else {
            let kind = if to - from <= BY_DAY { PeriodKind::Day } else { PeriodKind::Month };
            let mut date = kind.next(kind.first(date_of(from, zone)));
            while midnight(date, zone) < to {
                bounds.push(midnight(date, zone));
                date = kind.next(date);
            }
        }
        bounds.push(to);
        bounds.dedup();
        bounds
    }

    /// The kind of the rows: `None` for hours.
    pub(crate) fn row_kind(self, zone: &TimeZone) -> Option<PeriodKind> {
        let (from, to) = self.bounds(zone);
        let length = to - from;
        if length <= BY_HOUR {
            return None;
        }
        Some(if length <= BY_DAY { PeriodKind::Day } else { PeriodKind::Month })
    }
}

/// The civil day of a time.
pub(in crate::ui) fn date_of(second: i64, zone: &TimeZone) -> Date {
    Timestamp::from_second(second).unwrap_or_default().to_zoned(zone.clone()).date()
}

/// The begin of a civil day, as seconds since 1970.
pub(in crate::ui) fn midnight(date: Date, zone: &TimeZone) -> i64 {
    date.to_zoned(zone.clone()).map_or(i64::MAX / 2, |at| at.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    #[test]
    fn a_day_with_a_repeated_hour_has_25_rows() {
        let at = jiff::civil::date(2026, 10, 25).to_zoned(zone()).expect("a time").timestamp().as_second();
        let day = ChartSpan::around(PeriodKind::Day, at + 7_200, &zone());
        let (from, to) = day.bounds(&zone());
        assert_eq!((from, to - from), (at, 25 * 3_600));
        assert_eq!(day.rows(&zone()).len(), 26);
        let week = ChartSpan::around(PeriodKind::Week, at, &zone());
        assert_eq!(week.rows(&zone()).len(), 8);
        let year = ChartSpan::around(PeriodKind::Year, at, &zone());
        assert_eq!((year.rows(&zone()).len(), year.row_kind(&zone())), (13, Some(PeriodKind::Month)));
    }

    #[test]
    fn the_period_before_and_after_are_neighbours() {
        for kind in [PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Year] {
            let shown = ChartSpan::around(kind, 1_795_357_920, &zone());
            assert_eq!(shown.moved(false).bounds(&zone()).1, shown.bounds(&zone()).0);
            assert_eq!(shown.moved(false).moved(true), shown);
        }
    }

    #[test]
    fn zooming_keeps_the_time_under_the_pointer_and_has_an_end() {
        let day = ChartSpan::Free { from: 0, to: 86_400 };
        assert_eq!(day.zoomed(2.0, 0.5, &zone()), ChartSpan::Free { from: 21_600, to: 64_800 });
        let (from, to) = (0..50).fold(day, |span, _| span.zoomed(3.0, 0.25, &zone())).bounds(&zone());
        assert_eq!(to - from, SHORTEST);
        let (from, to) = (0..50).fold(day, |span, _| span.zoomed(0.1, 0.25, &zone())).bounds(&zone());
        assert_eq!(to - from, LONGEST);
    }
}
