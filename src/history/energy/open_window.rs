//! Times at which a room fell so fast that a window may have been open.

use crate::history::interval::{CentiCelsius, EquipmentPart, Interval};
use crate::history::layers::{Layer, StoredInterval, layer};

/// A fall of a room that no wall explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenWindow {
    /// Seconds since 1970.
    pub from: i64,
    pub to: i64,
    pub before: CentiCelsius,
    pub after: CentiCelsius,
}

impl OpenWindow {
    /// Degrees Celsius that the room lost in an hour.
    pub fn fall_per_h(&self) -> f64 {
        (self.before.celsius() - self.after.celsius()) / ((self.to - self.from).max(1) as f64 / 3_600.0)
    }
}

/// The fall of a room within a time that tells an open window: the steepest of a house with a time constant of twelve
/// hours, 30 degrees warmer than the outdoors, is half of it.
const LEAST_FALL: i32 = 120;
const LONGEST_S: i64 = 1_800;
/// The widest interval whose mean still shows a fall.
const WIDEST_S: u32 = 900;

/// The times at which a room, whose intervals are ordered by start, fell that fast. The outdoors must be colder, where
/// they are known.
pub fn open_windows(stored: &[StoredInterval]) -> Vec<OpenWindow> {
    let rooms: Vec<&Interval> = layer(stored, Layer::Room).into_iter().filter(|one| one.width_s <= WIDEST_S).collect();
    let mut found: Vec<OpenWindow> = Vec::new();
    let mut begin = 0;
    for (index, now) in rooms.iter().enumerate() {
        let Some(after) = now.room.map(|room| room.mean) else { continue };
        while rooms.get(begin).is_some_and(|one| now.start - one.start > LONGEST_S) {
            begin += 1;
        }
        let span = rooms.get(begin..index).unwrap_or_default();
        // Cooling makes a room fall as fast.
        let is_cooled = |one: &&Interval| one.run.get(EquipmentPart::Cool).unwrap_or_default() > 0;
        if is_cooled(now) || span.iter().any(is_cooled) {
            continue;
        }
        let whole = span.windows(2).all(|pair| matches!(pair, [one, next] if next.start <= one.end()));
        let warmest = span.iter().filter_map(|one| Some((one.room?.mean, one.start))).max();
        let Some((before, from)) = warmest.filter(|(before, _)| whole && before.0 - after.0 >= LEAST_FALL) else {
            continue;
        };
        if now.outdoor.is_some_and(|outdoor| outdoor > after) {
            continue;
        }
        let to = now.end();
        match found.last_mut() {
            // It goes on falling.
            Some(last) if from <= last.to => (last.to, last.after) = (to, last.after.min(after)),
            Some(_) | None => found.push(OpenWindow { from, to, before, after }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::interval::{IntervalSource, RoomTemperatures};

    fn rooms(celsius: &[f64]) -> Vec<StoredInterval> {
        let interval = |(n, celsius): (i64, &f64)| {
            let mut one = Interval::new(1_767_225_600 + n * 300, 300, IntervalSource::Recorded);
            one.room = CentiCelsius::of(*celsius).map(|it| RoomTemperatures { least: it, mean: it, most: it });
            one.outdoor = CentiCelsius::of(3.0);
            StoredInterval { device: 1, interval: one }
        };
        (0..).zip(celsius).map(interval).collect()
    }

    #[test]
    fn a_steep_fall_is_one_open_window_and_a_night_is_none() {
        let opened = open_windows(&rooms(&[20.0, 20.0, 19.4, 18.9, 18.3, 17.9, 17.8, 17.9, 18.0]));
        let [window] = opened.as_slice() else { panic!("{opened:?}") };
        assert_eq!((window.before.0, window.after.0), (2_000, 1_780));
        assert!(window.fall_per_h() > 3.0, "{window:?}");
        let mut cooled = rooms(&[24.0, 24.0, 23.4, 22.9, 22.3, 21.9]);
        for one in &mut cooled {
            one.interval.run.set(EquipmentPart::Cool, Some(300));
        }
        assert_eq!(open_windows(&cooled), []);
        let night: Vec<f64> = (0..100).map(|n| 21.0 - f64::from(n) * 0.05).collect();
        assert_eq!(open_windows(&rooms(&night)), []);
        assert_eq!(open_windows(&[]), []);
    }
}
