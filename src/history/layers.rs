//! One account of a span of time where several sources tell of it. Pure.
//!
//! A recording of five minutes and an import of fifteen may cover the same time, and nothing may count twice. For the
//! equipment, the room and the outdoors apart, each stretch of overlapping intervals is told by the source that
//! covers most of it. This does not depend on the order in which the intervals were stored.

use super::interval::{Interval, IntervalSource};

/// A stored interval, with the thermostat that it was stored for: an import may be joined to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInterval {
    pub device: i64,
    pub interval: Interval,
}

/// The values that are told by one source for each stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// Seconds of the equipment.
    EquipmentPart,
    /// Temperature and humidity of the room, targets, mode.
    Room,
    Outdoor,
}

impl Layer {
    /// The seconds of the interval that it tells of.
    fn seconds(self, interval: &Interval) -> u32 {
        let is_told = match self {
            Self::EquipmentPart => return if interval.run.is_known() { interval.covered_s } else { 0 },
            Self::Room => interval.room.is_some() || interval.humidity.is_some(),
            Self::Outdoor => interval.outdoor.is_some(),
        };
        if is_told { interval.width_s } else { 0 }
    }
}

/// The precedence of sources that cover a stretch equally: the finer and the more exact first.
fn rank(source: IntervalSource, layer: Layer) -> u8 {
    match (source, layer) {
        (IntervalSource::Recorded, _) => 0,
        (IntervalSource::TakeoutSummary, Layer::EquipmentPart) | (IntervalSource::TakeoutSensors, Layer::Room) => 1,
        (IntervalSource::TakeoutRuntime, _) => 2,
        (IntervalSource::TakeoutSensors | IntervalSource::TakeoutSummary | IntervalSource::Simulated, _) => 3,
    }
}

/// The intervals that tell a layer, none of which overlap. `stored` is ordered by start.
pub fn layer(stored: &[StoredInterval], layer: Layer) -> Vec<&Interval> {
    let mut told = Vec::with_capacity(stored.len());
    let mut stretch: Vec<&StoredInterval> = Vec::new();
    let mut end = i64::MIN;
    for one in stored.iter().filter(|one| layer.seconds(&one.interval) > 0) {
        if one.interval.start >= end {
            best(&stretch, layer, &mut told);
            stretch.clear();
        }
        end = end.max(one.interval.end());
        stretch.push(one);
    }
    best(&stretch, layer, &mut told);
    told
}

/// Adds the intervals of the source that covers most of a stretch.
fn best<'a>(stretch: &[&'a StoredInterval], layer: Layer, told: &mut Vec<&'a Interval>) {
    if let [only] = stretch {
        told.push(&only.interval);
        return;
    }
    let mut tellers: Vec<(u64, u8, i64, IntervalSource)> = Vec::new();
    for one in stretch {
        let (device, source) = (one.device, one.interval.source);
        if !tellers.iter().any(|teller| (teller.2, teller.3) == (device, source)) {
            let own = apart(stretch, device, source);
            let covered = own.iter().map(|interval| u64::from(layer.seconds(interval))).sum();
            tellers.push((covered, rank(source, layer), device, source));
        }
    }
    let order = |teller: &&(u64, u8, i64, IntervalSource)| (std::cmp::Reverse(teller.0), teller.1, teller.2);
    if let Some((_, _, device, source)) = tellers.iter().min_by_key(order) {
        told.extend(apart(stretch, *device, *source));
    }
}

/// The intervals of one source, without those that overlap an earlier one: an export may have both cycles and days.
fn apart<'a>(stretch: &[&'a StoredInterval], device: i64, source: IntervalSource) -> Vec<&'a Interval> {
    let mut end = i64::MIN;
    let own = stretch.iter().filter(|one| one.device == device && one.interval.source == source);
    own.map(|one| &one.interval)
        .filter(|interval| {
            let is_apart = interval.start >= end;
            if is_apart {
                end = interval.end();
            }
            is_apart
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::history::interval::EquipmentPart;

    fn stored(device: i64, start: i64, width_s: u32, covered_s: u32, source: IntervalSource) -> StoredInterval {
        let mut interval = Interval { covered_s, ..Interval::new(start, width_s, source) };
        interval.run.set(EquipmentPart::Heat, Some(covered_s / 2));
        StoredInterval { device, interval }
    }

    fn starts(stored: &[StoredInterval]) -> Vec<(i64, u32)> {
        layer(stored, Layer::EquipmentPart).into_iter().map(|one| (one.start, one.width_s)).collect()
    }

    #[test]
    fn whoever_covers_more_of_a_stretch_tells_it() {
        let import = |start| stored(1, start, 900, 900, IntervalSource::TakeoutRuntime);
        let recorded = |start, covered| stored(1, start, 300, covered, IntervalSource::Recorded);
        // The program ran for a third of the first quarter of an hour, and for all of the second.
        let all =
            [import(0), recorded(300, 300), import(900), recorded(900, 300), recorded(1200, 300), recorded(1500, 300)];
        assert_eq!(starts(&all), [(0, 900), (900, 300), (1200, 300), (1500, 300)]);
    }

    #[test]
    fn what_is_not_told_covers_nothing() {
        let sensors = StoredInterval { device: 1, interval: Interval::new(0, 900, IntervalSource::TakeoutSensors) };
        assert_eq!(layer(&[sensors], Layer::EquipmentPart), Vec::<&Interval>::new());
    }

    proptest! {
        #[test]
        fn nothing_counts_twice_whatever_is_stored(
            spans in proptest::collection::vec((0_i64..40, 1_u32..5, 1_u8..=4, 0_i64..3, 0_u32..=300), 0..40)
        ) {
            let mut all: Vec<StoredInterval> = spans
                .into_iter()
                .map(|(start, width, source, device, covered)| {
                    let source = IntervalSource::of_number(source).expect("a source");
                    stored(device, start * 300, width * 300, covered.min(width * 300), source)
                })
                .collect();
            all.sort_by_key(|one| (one.interval.start, one.device, one.interval.source as u8, one.interval.width_s));
            let told = layer(&all, Layer::EquipmentPart);
            for pair in told.windows(2) {
                prop_assert!(pair[0].end() <= pair[1].start, "{pair:?}");
            }
            if let (Some(first), Some(last)) = (told.first(), told.last()) {
                let covered: i64 = told.iter().map(|one| i64::from(one.covered_s)).sum();
                prop_assert!(covered <= last.end() - first.start, "coverage exceeds the clock");
            }
        }
    }
}
