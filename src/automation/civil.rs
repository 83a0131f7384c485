//! Instants of civil times, across the days on which clocks are changed.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// The one instant at which something happens that is due at a civil time: a time that the clock skips is due when it
/// jumps, and of a time that it shows twice the first one counts. `None` beyond the years of the calendar.
///
/// cron(8) does the same for jobs that run less often than hourly.
pub(super) fn instant_of(civil: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(civil).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(civil).ok(),
        AmbiguousOffset::Gap { before, .. } => {
            // In the old offset, the skipped time is that long after the jump.
            let after_jump = before.to_timestamp(civil).ok()?;
            let later = after_jump.checked_add(SignedDuration::from_secs(1)).ok()?;
            zone.preceding(later).next().map(|jump| jump.timestamp())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn instant(zone: &str, civil: DateTime) -> String {
        let zone = TimeZone::get(zone).expect("a zone");
        let at = instant_of(civil, &zone).expect("an instant");
        at.to_zoned(zone).datetime().to_string() + &format!(" = {at}")
    }

    #[test]
    fn a_skipped_time_is_due_at_the_jump_and_a_repeated_one_once() {
        let night = date(2026, 3, 29);
        for (hour, minute) in [(2, 0), (2, 30), (2, 59), (3, 0)] {
            let found = instant("Europe/Berlin", night.at(hour, minute, 0, 0));
            assert_eq!(found, "2026-03-29T03:00:00 = 2026-03-29T01:00:00Z", "{hour}:{minute}");
        }
        let autumn = date(2026, 10, 25).at(2, 30, 0, 0);
        assert_eq!(instant("Europe/Berlin", autumn), "2026-10-25T02:30:00 = 2026-10-25T00:30:00Z");
        // Half an hour on Lord Howe Island.
        let spring = date(2026, 10, 4).at(2, 15, 0, 0);
        assert_eq!(instant("Australia/Lord_Howe", spring), "2026-10-04T02:30:00 = 2026-10-03T15:30:00Z");
        // The 30th of December 2011 was skipped on Samoa.
        for hour in [0, 12, 23] {
            let found = instant("Pacific/Apia", date(2011, 12, 30).at(hour, 0, 0, 0));
            assert_eq!(found, "2011-12-31T00:00:00 = 2011-12-30T10:00:00Z", "{hour}");
        }
    }
}
