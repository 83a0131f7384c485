//! The curve of a thermostat over a span of time, reduced to few points for a chart. Pure.

use std::collections::BTreeMap;

use super::interval::{CentiCelsius, EquipmentPart, Interval, RoomTemperatures};
use super::layers::{Layer, StoredInterval, layer};
use super::sums::{Mean, Sums, sum_up};

/// The part of the past that a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurveSpan {
    /// Seconds since 1970.
    pub from: i64,
    /// The end, which is not part of the span.
    pub to: i64,
    /// The width to which finer intervals are reduced, in seconds.
    pub step_s: u32,
}

/// The widths of points that divide an hour or a day.
const STEPS: [u32; 8] = [300, 900, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400];
/// Most points of a curve: more than a chart has pixels on most screens.
const MOST_POINTS: i64 = 2_100;

impl CurveSpan {
    /// A span with the finest step that needs no more points than a chart can show.
    pub fn new(from: i64, to: i64) -> Self {
        let fits = |step: &u32| (to - from) / i64::from(*step) <= MOST_POINTS;
        let step_s = STEPS.into_iter().find(fits).unwrap_or(86_400);
        Self { from, to, step_s }
    }

    /// The earliest begin of an interval that reaches into the span.
    pub fn earliest(&self) -> i64 {
        self.from.saturating_sub(LONGEST)
    }
}

/// The equipment over a width of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunPoint {
    /// Seconds since 1970.
    pub start: i64,
    pub end: i64,
    pub covered_s: u32,
    pub heat_s: u32,
    pub cool_s: u32,
    pub fan_s: u32,
    pub away_s: u32,
    pub eco_s: u32,
}

/// The room over a width of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomPoint {
    /// Seconds since 1970.
    pub start: i64,
    pub end: i64,
    pub room: Option<RoomTemperatures>,
    /// Relative humidity in tenths of a percent.
    pub humidity: Option<i32>,
    pub low_target: Option<CentiCelsius>,
    pub high_target: Option<CentiCelsius>,
}

/// The outdoor temperature over a width of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutdoorPoint {
    /// Seconds since 1970.
    pub start: i64,
    pub end: i64,
    pub outdoor: CentiCelsius,
}

/// The curve of a thermostat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Curve {
    pub run: Vec<RunPoint>,
    pub room: Vec<RoomPoint>,
    pub outdoor: Vec<OutdoorPoint>,
    /// Stretches of which nothing is known, as seconds since 1970.
    pub gaps: Vec<(i64, i64)>,
    /// The sums of the intervals that begin within the span.
    pub sums: Sums,
}

/// The time before a span in which an interval may begin that reaches into it, in seconds: a day with a repeated hour.
const LONGEST: i64 = 25 * 3_600;
/// Time after which an interval is complete and written, in seconds.
const UNFINISHED: i64 = 600;

impl Curve {
    /// Reduces intervals, which are ordered by start. Nothing of the time after `now` is a gap, nor of the last minutes
    /// before it, of which an interval is not complete yet.
    pub fn new(stored: &[StoredInterval], span: CurveSpan, now: i64) -> Self {
        let within = |interval: &&&Interval| interval.end() > span.from && interval.start < span.to;
        let of = |kind| layer(stored, kind);
        let (run, room, outdoor) = (of(Layer::EquipmentPart), of(Layer::Room), of(Layer::Outdoor));
        let mut told: Vec<(i64, i64)> = Vec::with_capacity(run.len() + room.len());
        let is_run = |interval: &&&Interval| interval.covered_s > 0;
        told.extend(run.iter().filter(is_run).map(|interval| (interval.start, interval.end())));
        told.extend(room.iter().filter(|one| one.room.is_some()).map(|interval| (interval.start, interval.end())));
        let begin = stored.partition_point(|one| one.interval.start < span.from);
        let end = stored.partition_point(|one| one.interval.start < span.to);
        Self {
            run: run_points(run.iter().filter(within).copied(), span),
            room: room_points(room.iter().filter(within).copied(), span),
            outdoor: outdoor_points(outdoor.iter().filter(within).copied(), span),
            gaps: gaps(told, (span.from, span.to.min(now.saturating_sub(UNFINISHED)))),
            sums: sum_up(stored.get(begin..end).unwrap_or_default()),
        }
    }

    /// The lowest and the highest temperature of the room; `None` if nothing tells it.
    pub fn room_range(&self) -> Option<(CentiCelsius, CentiCelsius)> {
        let rooms = || self.room.iter().filter_map(|point| point.room);
        Some((rooms().map(|room| room.least).min()?, rooms().map(|room| room.most).max()?))
    }

    /// True if nothing is known of the span.
    pub fn is_empty(&self) -> bool {
        self.run.is_empty() && self.room.is_empty() && self.outdoor.is_empty()
    }
}

/// The key of a point: the begin of its step, or of an interval that is wider than a step.
fn place(interval: &Interval, step_s: u32) -> i64 {
    if interval.width_s >= step_s {
        return interval.start;
    }
    interval.start.div_euclid(i64::from(step_s)) * i64::from(step_s)
}

fn run_points<'a>(intervals: impl Iterator<Item = &'a Interval>, span: CurveSpan) -> Vec<RunPoint> {
    let mut points: BTreeMap<i64, RunPoint> = BTreeMap::new();
    for interval in intervals.filter(|interval| interval.covered_s > 0) {
        let start = place(interval, span.step_s);
        let end = interval.end();
        let empty = RunPoint { start, end, covered_s: 0, heat_s: 0, cool_s: 0, fan_s: 0, away_s: 0, eco_s: 0 };
        let point = points.entry(start).or_insert(empty);
        point.end = point.end.max(end);
        point.covered_s += interval.covered_s;
        point.heat_s += interval.run.get(EquipmentPart::Heat).unwrap_or_default();
        point.cool_s += interval.run.get(EquipmentPart::Cool).unwrap_or_default();
        point.fan_s += interval.run.get(EquipmentPart::Fan).unwrap_or_default();
        point.away_s += interval.away_s.unwrap_or_default();
        point.eco_s += interval.eco_s.unwrap_or_default();
    }
    points.into_values().collect()
}

fn room_points<'a>(intervals: impl Iterator<Item = &'a Interval>, span: CurveSpan) -> Vec<RoomPoint> {
    let mut points: BTreeMap<i64, (RoomPoint, Mean, Mean)> = BTreeMap::new();
    for interval in intervals {
        let start = place(interval, span.step_s);
        let (point, room, humidity) = points.entry(start).or_insert_with(|| {
            let point =
                RoomPoint { start, end: start, room: None, humidity: None, low_target: None, high_target: None };
            (point, Mean::default(), Mean::default())
        });
        point.end = point.end.max(interval.end());
        if let Some(told) = interval.room {
            let known = point.room.unwrap_or(told);
            room.add(told.mean.0, interval.width_s);
            let mean = CentiCelsius(room.value().unwrap_or(told.mean.0));
            point.room =
                Some(RoomTemperatures { least: known.least.min(told.least), mean, most: known.most.max(told.most) });
        }
        if let Some(told) = interval.humidity {
            humidity.add(told, interval.width_s);
            point.humidity = humidity.value();
        }
        // The last target of a step stands: a target is a setting, so a mean of two was never set.
        point.low_target = interval.low_target;
        point.high_target = interval.high_target;
    }
    points.into_values().map(|(point, ..)| point).collect()
}

fn outdoor_points<'a>(intervals: impl Iterator<Item = &'a Interval>, span: CurveSpan) -> Vec<OutdoorPoint> {
    let mut points: BTreeMap<i64, (i64, Mean)> = BTreeMap::new();
    for interval in intervals {
        let Some(outdoor) = interval.outdoor else { continue };
        let (end, mean) = points.entry(place(interval, span.step_s)).or_default();
        *end = interval.end().max(*end);
        mean.add(outdoor.0, interval.width_s);
    }
    let point = |(start, (end, mean)): (i64, (i64, Mean))| {
        Some(OutdoorPoint { start, end, outdoor: CentiCelsius(mean.value()?) })
    };
    points.into_iter().filter_map(point).collect()
}

/// The stretches of a span that nothing tells of.
fn gaps(mut told: Vec<(i64, i64)>, (from, to): (i64, i64)) -> Vec<(i64, i64)> {
    told.sort_unstable();
    let mut gaps = Vec::new();
    let mut at = from;
    for (start, end) in told {
        let start = start.min(to);
        if start > at {
            gaps.push((at, start));
        }
        at = at.max(end);
    }
    if to > at {
        gaps.push((at, to));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::history::interval::IntervalSource;

    const BEGIN: i64 = 1_743_465_600;

    fn told(start: i64, width_s: u32, celsius: f64) -> StoredInterval {
        let degrees = CentiCelsius::of(celsius).expect("a temperature");
        let mut interval = Interval { covered_s: width_s, ..Interval::new(start, width_s, IntervalSource::Recorded) };
        interval.run.set(EquipmentPart::Heat, Some(width_s / 2));
        interval.room = Some(RoomTemperatures { least: degrees, mean: degrees, most: degrees });
        StoredInterval { device: 1, interval }
    }

    #[test]
    fn the_step_grows_with_the_span() {
        let step = |days: i64| CurveSpan::new(BEGIN, BEGIN + days * 86_400).step_s;
        assert_eq!(
            [step(1), step(7), step(31), step(366), step(4_000)],
            [300, 300, 1_800, 21_600, 86_400].map(|it| it)
        );
    }

    #[test]
    fn a_step_keeps_the_extremes_and_adds_up_the_equipment() {
        let hour: Vec<StoredInterval> =
            (0..12_i32).map(|n| told(BEGIN + i64::from(n) * 300, 300, 20.0 + f64::from(n) / 10.0)).collect();
        let span = CurveSpan { from: BEGIN, to: BEGIN + 3_600, step_s: 3_600 };
        let curve = Curve::new(&hour, span, i64::MAX);
        let room = curve.room[0].room.expect("a room");
        assert_eq!((room.least.0, room.mean.0, room.most.0), (2_000, 2_055, 2_110));
        assert_eq!((curve.run[0].heat_s, curve.run[0].covered_s, curve.run[0].end), (1_800, 3_600, BEGIN + 3_600));
        assert_eq!((curve.room.len(), curve.run.len(), curve.gaps), (1, 1, Vec::new()));
    }

    #[test]
    fn silence_is_a_gap_but_the_future_is_none() {
        let stored = [told(BEGIN, 900, 20.0), told(BEGIN + 1_800, 900, 20.0)];
        let span = CurveSpan::new(BEGIN - 600, BEGIN + 7_200);
        let curve = Curve::new(&stored, span, BEGIN + 3_600 + UNFINISHED);
        assert_eq!(curve.gaps, [(BEGIN - 600, BEGIN), (BEGIN + 900, BEGIN + 1_800), (BEGIN + 2_700, BEGIN + 3_600)]);
        // An interval that is wider than a step keeps its width.
        assert_eq!(curve.room.iter().map(|point| point.end - point.start).collect::<Vec<_>>(), [900, 900]);
    }

    proptest! {
        #[test]
        fn reducing_loses_no_second_and_no_extreme(
            spans in proptest::collection::vec((0_i64..2_000, 1_u32..4, -10.0_f64..35.0), 1..60),
            step in proptest::sample::select(STEPS.to_vec()),
        ) {
            let mut stored: Vec<StoredInterval> =
                spans.into_iter().map(|(start, width, celsius)| told(BEGIN + start * 300, width * 300, celsius)).collect();
            stored.sort_by_key(|one| (one.interval.start, one.interval.width_s));
            let span = CurveSpan { from: BEGIN, to: BEGIN + 2_010 * 300, step_s: step };
            let curve = Curve::new(&stored, span, i64::MAX);
            let exact = layer(&stored, Layer::EquipmentPart);
            let covered: u32 = exact.iter().map(|one| one.covered_s).sum();
            prop_assert_eq!(curve.run.iter().map(|point| point.covered_s).sum::<u32>(), covered);
            prop_assert_eq!(curve.sums.covered_s, u64::from(covered));
            let rooms = layer(&stored, Layer::Room);
            let least = rooms.iter().filter_map(|one| one.room).map(|room| room.least).min();
            prop_assert_eq!(curve.room_range().map(|(least, _)| least), least);
            for pair in curve.room.windows(2) {
                prop_assert!(pair[0].start < pair[1].start);
            }
            let unknown: i64 = curve.gaps.iter().map(|(from, to)| to - from).sum();
            prop_assert!(unknown + i64::from(covered) <= span.to - span.from);
        }
    }
}
