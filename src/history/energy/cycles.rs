//! Cycles of the equipment: how often it starts, and hours in which it starts too often.

use crate::history::interval::{EquipmentPart, Interval};
use crate::history::layers::{Layer, StoredInterval, layer};

/// A run of the equipment whose begin and end were heard, as seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EquipmentRun {
    pub from: i64,
    pub to: i64,
}

/// A time in which the equipment started often and ran briefly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortCycles {
    /// Seconds since 1970.
    pub from: i64,
    pub to: i64,
    pub runs: usize,
    /// The longest of the runs, in seconds.
    pub longest_s: i64,
}

/// Usual are three to eight starts an hour of ten to twenty minutes; these are shorter and more.
const SHORT_S: i64 = 360;
const LEAST_RUNS: usize = 4;
const HOUR_S: i64 = 3_600;

/// The times in which at least four runs of less than six minutes began within an hour. `runs` are in order.
pub fn short_cycles(runs: &[EquipmentRun]) -> Vec<ShortCycles> {
    let mut found: Vec<ShortCycles> = Vec::new();
    // A long run between two short ones ends the series.
    for series in runs.chunk_by(|one, next| is_short(one) && is_short(next) && next.from - one.from <= HOUR_S) {
        if series.len() < LEAST_RUNS || !series.iter().all(is_short) {
            continue;
        }
        let is_dense = |part: &[EquipmentRun]| matches!(part, [first, .., last] if last.from - first.from <= HOUR_S);
        let (Some(first), Some(last)) = (series.first(), series.last()) else { continue };
        if series.windows(LEAST_RUNS).any(is_dense) {
            let longest_s = series.iter().map(|run| run.to - run.from).max().unwrap_or_default();
            found.push(ShortCycles { from: first.from, to: last.to, runs: series.len(), longest_s });
        }
    }
    found
}

fn is_short(run: &EquipmentRun) -> bool {
    run.to - run.from < SHORT_S
}

/// The fewest starts of a part of the equipment that sums can tell: one for each stretch of intervals in which it ran.
pub fn least_starts(stored: &[StoredInterval], part: EquipmentPart) -> usize {
    let seconds = |interval: &Interval| interval.run.get(part).unwrap_or_default();
    let mut before: Option<&Interval> = None;
    let mut starts = 0;
    for interval in layer(stored, Layer::EquipmentPart) {
        let went_on = before.is_some_and(|before| before.end() == interval.start && seconds(before) > 0);
        starts += usize::from(seconds(interval) > 0 && !went_on);
        before = Some(interval);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::IntervalSource;

    fn runs(lengths: &[(i64, i64)]) -> Vec<EquipmentRun> {
        lengths.iter().map(|(minute, length)| EquipmentRun { from: minute * 60, to: (minute + length) * 60 }).collect()
    }

    #[test]
    fn many_short_runs_within_an_hour_are_found_and_usual_ones_are_not() {
        let short = runs(&[(0, 3), (12, 2), (25, 4), (40, 3), (55, 2)]);
        assert_eq!(short_cycles(&short), [ShortCycles { from: 0, to: 57 * 60, runs: 5, longest_s: 240 }]);
        assert_eq!(short_cycles(&runs(&[(0, 12), (20, 12), (40, 12), (60, 12)])), []);
        assert_eq!(short_cycles(&runs(&[(0, 3), (50, 3), (100, 3), (150, 3)])), [], "they are far apart");
        assert_eq!(short_cycles(&[]), []);
    }

    #[test]
    fn sums_tell_the_fewest_starts() {
        let interval = |n: i64, heat| {
            let mut one = Interval { covered_s: 900, ..Interval::new(n * 900, 900, IntervalSource::TakeoutRuntime) };
            one.run.set(EquipmentPart::Heat, Some(heat));
            StoredInterval { device: 1, interval: one }
        };
        let stored = [interval(0, 60), interval(1, 60), interval(2, 0), interval(3, 900), interval(5, 10)];
        assert_eq!(least_starts(&stored, EquipmentPart::Heat), 3);
    }
}
