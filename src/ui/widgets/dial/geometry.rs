//! Geometry of the dial: temperatures along an arc of 270 degrees with its gap at the bottom. Pure.

use std::f32::consts::{PI, TAU};
use std::ops::RangeInclusive;

use egui::{Pos2, Vec2};

/// Start of the arc in radians clockwise from three o'clock: half past seven.
const START: f32 = 0.75 * PI;
/// Length of the arc in radians.
const SWEEP: f32 = 1.5 * PI;

/// The arc of the temperatures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arc {
    /// The centre of the circle.
    pub(super) center: Pos2,
    /// Radius to the middle of the track.
    pub(super) radius: f32,
    /// The temperatures at both ends, in degrees of the thermostat's scale.
    pub(super) range: RangeInclusive<f64>,
}

impl Arc {
    /// The angle of a temperature, in radians clockwise from three o'clock. Clamped to the ends.
    pub(super) fn angle(&self, degrees: f64) -> f32 {
        let (start, end) = (*self.range.start(), *self.range.end());
        let share = if end > start { ((degrees - start) / (end - start)).clamp(0.0, 1.0) } else { 0.0 };
        START + SWEEP * share as f32
    }

    /// The point of a temperature, `outward` points outside of the middle of the track.
    pub(super) fn at(&self, degrees: f64, outward: f32) -> Pos2 {
        self.center + Vec2::angled(self.angle(degrees)) * (self.radius + outward)
    }

    /// The temperature nearest to a point. In the gap this is the nearer end.
    pub(super) fn degrees(&self, point: Pos2) -> f64 {
        let angle = (point - self.center).angle();
        let along = (angle - START).rem_euclid(TAU);
        let share = if along <= SWEEP {
            along / SWEEP
        } else if along < SWEEP + (TAU - SWEEP) / 2.0 {
            1.0
        } else {
            0.0
        };
        let (start, end) = (*self.range.start(), *self.range.end());
        start + f64::from(share) * (end - start)
    }

    /// True if a point is on the track, or at most `reach` beside it.
    pub(super) fn is_on_track(&self, point: Pos2, reach: f32) -> bool {
        let offset = point - self.center;
        let along = (offset.angle() - START).rem_euclid(TAU);
        // The round ends of the track extend a little into the gap.
        let slack = reach / self.radius.max(1.0);
        let within = along <= SWEEP + slack || along >= TAU - slack;
        within && (offset.length() - self.radius).abs() <= reach
    }

    /// Points along the track between two temperatures, close enough for a smooth line.
    pub(super) fn line(&self, from: f64, to: f64, outward: f32) -> Vec<Pos2> {
        const RADIANS_A_POINT: f32 = 0.035;
        let (from, to) = (self.angle(from), self.angle(to));
        let count = (((to - from).abs() / RADIANS_A_POINT).ceil() as usize).max(1);
        (0..=count)
            .map(|index| {
                let angle = from + (to - from) * index as f32 / count as f32;
                self.center + Vec2::angled(angle) * (self.radius + outward)
            })
            .collect()
    }

    /// Whole degrees with a tick; `true` marks a long tick. A small dial has fewer ticks.
    pub(super) fn ticks(&self) -> Vec<(f64, bool)> {
        let (start, end) = (self.range.start().ceil() as i64, self.range.end().floor() as i64);
        let every = if end - start > 30 { 2 } else { 1 };
        let (every, long) = if self.radius < 90.0 { (5, 5) } else { (every, 5 * every) };
        (start..=end).filter(|degrees| degrees % every == 0).map(|d| (d as f64, d % long == 0)).collect()
    }
}

/// True if the high handle is nearer to a temperature than the low one. If both are equally near, the handle
/// that can move there counts as nearer.
pub(super) fn is_nearer_to_high(degrees: f64, low: f64, high: f64) -> bool {
    let (to_low, to_high) = ((degrees - low).abs(), (degrees - high).abs());
    to_high < to_low || (to_high == to_low && degrees > high)
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};
    use proptest::prelude::*;

    use super::*;

    fn arc() -> Arc {
        Arc { center: pos2(100.0, 100.0), radius: 80.0, range: 9.0..=32.0 }
    }

    #[test]
    fn the_ends_are_at_half_past_seven_and_half_past_four_and_the_middle_on_top() {
        let arc = arc();
        let (start, middle, end) = (arc.at(9.0, 0.0), arc.at(20.5, 0.0), arc.at(32.0, 0.0));
        assert!(start.x < 100.0 && start.y > 100.0, "{start}");
        assert!((middle - pos2(100.0, 20.0)).length() < 0.01, "{middle}");
        assert!(end.x > 100.0 && end.y > 100.0, "{end}");
    }

    #[test]
    fn a_point_in_the_gap_means_the_nearer_end() {
        let arc = arc();
        assert_eq!(arc.degrees(arc.center + vec2(-5.0, 80.0)), 9.0);
        assert_eq!(arc.degrees(arc.center + vec2(5.0, 80.0)), 32.0);
    }

    #[test]
    fn only_the_track_is_the_track() {
        let arc = arc();
        assert!(arc.is_on_track(arc.at(21.0, 0.0), 24.0));
        assert!(arc.is_on_track(arc.at(21.0, 20.0), 24.0));
        assert!(!arc.is_on_track(arc.center, 24.0));
        assert!(!arc.is_on_track(arc.at(21.0, 40.0), 24.0));
        assert!(!arc.is_on_track(arc.center + vec2(0.0, 80.0), 24.0), "the gap");
    }

    #[test]
    fn a_small_dial_has_few_ticks() {
        assert_eq!(arc().ticks().len(), 5, "10, 15, 20, 25 and 30");
        let large = Arc { radius: 180.0, ..arc() };
        assert_eq!(large.ticks().len(), 24);
        assert_eq!(large.ticks().iter().filter(|(_, long)| *long).count(), 5);
        let fahrenheit = Arc { radius: 180.0, range: 50.0..=90.0, ..arc() };
        assert_eq!(fahrenheit.ticks().len(), 21);
    }

    #[test]
    fn the_nearer_handle_is_taken() {
        assert!(!is_nearer_to_high(19.0, 18.0, 24.0));
        assert!(is_nearer_to_high(23.0, 18.0, 24.0));
        assert!(is_nearer_to_high(25.0, 20.0, 20.0));
        assert!(!is_nearer_to_high(15.0, 20.0, 20.0));
    }

    proptest! {
        #[test]
        fn temperatures_round_trip_through_points(degrees in 9.0_f64..32.0, outward in -30.0_f32..30.0) {
            let arc = arc();
            let found = arc.degrees(arc.at(degrees, outward));
            prop_assert!((found - degrees).abs() < 0.01, "{found}");
        }

        #[test]
        fn every_point_is_within_the_range(x in -500.0_f32..500.0, y in -500.0_f32..500.0) {
            let found = arc().degrees(pos2(x, y));
            prop_assert!((9.0..=32.0).contains(&found), "{found}");
        }
    }
}
