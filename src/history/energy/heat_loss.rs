//! The loss of heat of a house: how fast a room follows the outdoors while nothing heats or cools it.
//!
//! For stretches without equipment, `dT/dt = (outdoor − room) / τ + gain` is fitted by least squares, where τ is the
//! time constant. beestat fits the slope against the outdoor temperature alone (`api/profile.php`); with the difference
//! to the room the constant does not depend on the setpoint. Long stretches come from still and sunny days more often,
//! which makes houses look tighter than they are; the spread does not show that.

use crate::history::interval::{EquipmentPart, Interval};
use crate::history::layers::{Layer, StoredInterval, layer};

/// Time after the equipment stopped until the room follows the outdoors alone, in seconds: beestat waits as long.
const SETTLES_S: i64 = 1_800;
/// The shortest and the longest stretch of a sample, in seconds.
const SHORTEST_S: i64 = 3_600;
const LONGEST_S: i64 = 7_200;
/// Fewest stretches, and the least range of differences in degrees, that tell a constant.
const LEAST_STRETCHES: usize = 30;
const LEAST_RANGE: f64 = 4.0;
/// The constant must exceed its standard error by this factor.
const LEAST_CERTAINTY: f64 = 3.0;

/// The loss of heat of a house, with the standard errors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatLoss {
    /// Hours until a difference to the outdoors has fallen to 37 %.
    pub time_constant_h: f64,
    pub time_constant_error_h: f64,
    /// Degrees that sun, people and machines add in an hour.
    pub gain_per_h: f64,
    /// The outdoor temperature in degrees Celsius at which the rooms keep their temperature without heating.
    pub balance_point_c: f64,
    pub balance_point_error_c: f64,
    pub stretches: usize,
}

impl HeatLoss {
    /// Degrees that a room of 20 °C loses in an hour at an outdoor temperature.
    pub fn loss_per_h(&self, room_c: f64, outdoor_c: f64) -> f64 {
        (room_c - outdoor_c) / self.time_constant_h - self.gain_per_h
    }
}

/// The reason why nothing is said of a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooFewStretches {
    /// The number of stretches that were found, and of those that are needed.
    Few { found: usize, needed: usize },
    /// The weather was too even, or the room follows other things more than the outdoors.
    Unclear,
}

/// A stretch without equipment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    /// The mean of the outdoors less that of the room, in degrees.
    difference: f64,
    /// Degrees that the room gained in an hour.
    slope: f64,
    room: f64,
}

/// Collects the stretches of a past that is given part by part.
#[derive(Debug, Clone, Default)]
pub struct HeatLossFit {
    stretches: Vec<Stretch>,
}

/// Most stretches that are kept: those of several years.
const MOST_STRETCHES: usize = 50_000;

impl HeatLossFit {
    /// Adds the stretches of intervals, which are ordered by start.
    pub fn add(&mut self, stored: &[StoredInterval]) {
        let run = layer(stored, Layer::EquipmentPart);
        let (rooms, outdoors) = (layer(stored, Layer::Room), layer(stored, Layer::Outdoor));
        let is_off = |interval: &&&Interval| {
            let seconds = |part| interval.run.get(part).unwrap_or_default();
            interval.covered_s == interval.width_s
                && seconds(EquipmentPart::Heat) == 0
                && seconds(EquipmentPart::Cool) == 0
        };
        let off: Vec<&Interval> = run.iter().filter(is_off).copied().collect();
        for quiet in off.chunk_by(|one, next| next.start == one.end()) {
            let (Some(first), Some(last)) = (quiet.first(), quiet.last()) else { continue };
            let mut from = first.start + SETTLES_S;
            while last.end() - from >= SHORTEST_S && self.stretches.len() < MOST_STRETCHES {
                let to = (from + LONGEST_S).min(last.end());
                self.stretches.extend(stretch(&rooms, &outdoors, (from, to)));
                from = to;
            }
        }
    }

    /// The result.
    pub fn finish(&self) -> Result<HeatLoss, TooFewStretches> {
        let found = self.stretches.len();
        if found < LEAST_STRETCHES {
            return Err(TooFewStretches::Few { found, needed: LEAST_STRETCHES });
        }
        let differences = self.stretches.iter().map(|one| one.difference);
        let least = differences.clone().fold(f64::MAX, f64::min);
        let most = differences.fold(f64::MIN, f64::max);
        let Some(line) = Line::fit(&self.stretches).filter(|_| most - least >= LEAST_RANGE) else {
            return Err(TooFewStretches::Unclear);
        };
        if line.slope < LEAST_CERTAINTY * line.slope_error {
            return Err(TooFewStretches::Unclear);
        }
        let time_constant_h = 1.0 / line.slope;
        let room = self.stretches.iter().map(|one| one.room).sum::<f64>() / found as f64;
        // The rooms keep their temperature where the line crosses zero.
        let crossing = -line.intercept / line.slope;
        Ok(HeatLoss {
            time_constant_h,
            time_constant_error_h: time_constant_h * line.slope_error / line.slope,
            gain_per_h: line.intercept,
            balance_point_c: room + crossing,
            balance_point_error_c: line.crossing_error(crossing),
            stretches: found,
        })
    }
}

/// The stretch of a time; `None` if room or outdoors are not known throughout.
fn stretch(rooms: &[&Interval], outdoors: &[&Interval], (from, to): (i64, i64)) -> Option<Stretch> {
    let within = |intervals: &[&Interval]| {
        let first = intervals.partition_point(|interval| interval.start < from);
        let end = intervals.partition_point(|interval| interval.end() <= to);
        first..end.max(first)
    };
    let room: Vec<(i64, f64)> = rooms
        .get(within(rooms))?
        .iter()
        .filter_map(|interval| Some((interval.start + i64::from(interval.width_s) / 2, interval.room?.mean.celsius())))
        .collect();
    let ((begin, first), (end, last)) = (*room.first()?, *room.last()?);
    // Both ends must be known: a gap would be a slope of something else.
    let has_gap = room.windows(2).any(|pair| matches!(pair, [one, next] if next.0 - one.0 > 1_800));
    if has_gap || end - begin < (to - from) / 2 {
        return None;
    }
    let outdoor: Vec<f64> =
        outdoors.get(within(outdoors))?.iter().filter_map(|interval| Some(interval.outdoor?.celsius())).collect();
    if outdoor.is_empty() {
        return None;
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let temperatures: Vec<f64> = room.iter().map(|(_, celsius)| *celsius).collect();
    let room = mean(&temperatures);
    let hours = (end - begin) as f64 / 3_600.0;
    Some(Stretch { difference: mean(&outdoor) - room, slope: (last - first) / hours, room })
}

/// A line of least squares.
#[derive(Debug, Clone, Copy)]
struct Line {
    slope: f64,
    intercept: f64,
    slope_error: f64,
    intercept_error: f64,
    /// The covariance of slope and intercept.
    covariance: f64,
}

impl Line {
    fn fit(stretches: &[Stretch]) -> Option<Self> {
        let n = stretches.len() as f64;
        let mean_x = stretches.iter().map(|one| one.difference).sum::<f64>() / n;
        let mean_y = stretches.iter().map(|one| one.slope).sum::<f64>() / n;
        let xx: f64 = stretches.iter().map(|one| (one.difference - mean_x).powi(2)).sum();
        let xy: f64 = stretches.iter().map(|one| (one.difference - mean_x) * (one.slope - mean_y)).sum();
        let slope = xy / xx;
        let intercept = mean_y - slope * mean_x;
        let rest: f64 =
            stretches.iter().map(|one| (one.slope - slope * one.difference - intercept).powi(2)).sum::<f64>()
                / (n - 2.0);
        let slope_error = (rest / xx).sqrt();
        let intercept_error = (rest * (1.0 / n + mean_x.powi(2) / xx)).sqrt();
        let line = Self { slope, intercept, slope_error, intercept_error, covariance: -rest * mean_x / xx };
        (slope > 0.0 && slope_error.is_finite()).then_some(line)
    }

    /// The standard error of the place where the line crosses zero.
    fn crossing_error(&self, crossing: f64) -> f64 {
        let variance = self.intercept_error.powi(2)
            + crossing.powi(2) * self.slope_error.powi(2)
            + 2.0 * crossing * self.covariance;
        variance.max(0.0).sqrt() / self.slope
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{CentiCelsius, IntervalSource, RoomTemperatures};

    /// A room that loses heat with a time constant, without equipment.
    fn room(days: i64, constant_h: f64, gain: f64) -> Vec<StoredInterval> {
        let mut celsius = 20.0;
        let interval = |n: i64| {
            let hour = n as f64 / 12.0;
            let outdoor = 8.0 + 6.0 * (hour / 24.0 * std::f64::consts::TAU).sin() - (hour / 100.0).sin() * 4.0;
            let heating = if n % 288 < 30 { 3.0 } else { 0.0 };
            celsius += ((outdoor - celsius) / constant_h + gain + heating) / 12.0;
            let mut one =
                Interval { covered_s: 300, ..Interval::new(1_767_225_600 + n * 300, 300, IntervalSource::Recorded) };
            one.run.set(EquipmentPart::Heat, Some(if n % 288 < 30 { 300 } else { 0 }));
            one.room = CentiCelsius::of(celsius).map(|it| RoomTemperatures { least: it, mean: it, most: it });
            one.outdoor = CentiCelsius::of(outdoor);
            StoredInterval { device: 1, interval: one }
        };
        (0..days * 288).map(interval).collect()
    }

    #[test]
    fn a_known_constant_is_found() {
        let mut fit = HeatLossFit::default();
        fit.add(&room(20, 30.0, 0.2));
        let loss = fit.finish().expect("a result");
        assert!((loss.time_constant_h - 30.0).abs() < 2.0, "{loss:?}");
        assert!((loss.gain_per_h - 0.2).abs() < 0.05, "{loss:?}");
        assert!(loss.time_constant_error_h < 3.0 && loss.balance_point_error_c < 1.0, "{loss:?}");
        // Six degrees below the room the gain makes up for the loss.
        let mean = fit.stretches.iter().map(|one| one.room).sum::<f64>() / fit.stretches.len() as f64;
        assert!((loss.balance_point_c - (mean - 6.0)).abs() < 1.0, "{loss:?}");
    }

    #[test]
    fn too_little_is_refused_with_the_number() {
        let mut fit = HeatLossFit::default();
        fit.add(&room(1, 30.0, 0.2));
        assert!(matches!(fit.finish(), Err(TooFewStretches::Few { found: 1..30, needed: 30 })), "{:?}", fit.finish());
        // A room that somebody keeps warm does not follow the outdoors.
        let mut fit = HeatLossFit::default();
        let mut even = room(20, 30.0, 0.2);
        for (index, one) in (0_i32..).zip(&mut even) {
            let celsius = CentiCelsius(2_000 + (index % 97 * 7919) % 9);
            one.interval.room = Some(RoomTemperatures { least: celsius, mean: celsius, most: celsius });
        }
        fit.add(&even);
        assert_eq!(fit.finish(), Err(TooFewStretches::Unclear));
    }
}
