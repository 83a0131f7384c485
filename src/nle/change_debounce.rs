//! Debounces change events: the thermostats with change events, and the time of each read.
//!
//! The server sends several events for one change, and a busy thermostat sends events all the time: a read waits
//! for the end of a burst, but never longer than [`DebounceTimes::longest`]. The events of one thermostat do not
//! delay another one.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use crate::home::DeviceId;

/// The delays of a read.
#[derive(Debug, Clone, Copy)]
pub(super) struct DebounceTimes {
    /// Time after the last event of a burst.
    pub(super) quiet: Duration,
    /// The longest time after the first event of a burst.
    pub(super) longest: Duration,
}

/// The times of the first and the last event of a burst.
#[derive(Debug, Clone, Copy)]
struct Burst {
    first: Instant,
    last: Instant,
}

impl Burst {
    fn due(self, patience: DebounceTimes) -> Instant {
        (self.last + patience.quiet).min(self.first + patience.longest)
    }
}

/// One burst for each thermostat of the list, and one for the list itself.
#[derive(Debug)]
pub(super) struct ChangeDebounce {
    patience: DebounceTimes,
    thermostats: BTreeMap<DeviceId, Burst>,
    list: Option<Burst>,
}

/// The read that is due.
#[derive(Debug, PartialEq)]
pub(super) enum Due {
    /// The whole list.
    List,
    /// These thermostats of the list.
    Thermostats(BTreeSet<DeviceId>),
}

impl ChangeDebounce {
    pub(super) fn new(patience: DebounceTimes) -> Self {
        Self { patience, thermostats: BTreeMap::new(), list: None }
    }

    /// Records an event. Does not store serial numbers that are not on the list, so that they cannot fill the
    /// memory: all of them cause one read of the list.
    pub(super) fn ring(&mut self, serial: DeviceId, is_listed: bool, now: Instant) {
        let flurry = if is_listed {
            self.thermostats.entry(serial).or_insert(Burst { first: now, last: now })
        } else {
            self.list.get_or_insert(Burst { first: now, last: now })
        };
        flurry.last = now;
    }

    /// The time of the next read.
    pub(super) fn next(&self) -> Option<Instant> {
        self.thermostats.values().chain(&self.list).map(|flurry| flurry.due(self.patience)).min()
    }

    /// Removes and returns the due read. A read of the list replaces all others.
    pub(super) fn next_due(&mut self, now: Instant) -> Due {
        if self.list.is_some_and(|flurry| flurry.due(self.patience) <= now) {
            self.clear();
            return Due::List;
        }
        let patience = self.patience;
        let due = self.thermostats.extract_if(.., |_, flurry| flurry.due(patience) <= now);
        Due::Thermostats(due.map(|(serial, _)| serial).collect())
    }

    /// Removes one thermostat, which is read for another reason.
    pub(super) fn remove(&mut self, serial: &DeviceId) {
        self.thermostats.remove(serial);
    }

    /// Removes everything, after a read of the list.
    pub(super) fn clear(&mut self) {
        self.thermostats.clear();
        self.list = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: DebounceTimes =
        DebounceTimes { quiet: Duration::from_millis(250), longest: Duration::from_secs(2) };

    fn only(serial: &str) -> Due {
        Due::Thermostats([serial.into()].into())
    }

    #[test]
    fn m10_constant_changes_of_one_thermostat_delay_no_other() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut debounce = ChangeDebounce::new(PATIENCE);
        debounce.ring("quiet".into(), true, at(0));
        for ms in (0..=1900).step_by(100) {
            debounce.ring("busy".into(), true, at(ms));
        }
        assert_eq!(debounce.next(), Some(at(250)));
        assert_eq!(debounce.next_due(at(250)), only("quiet"));
        assert_eq!(debounce.next(), Some(at(2000)));
        assert_eq!(debounce.next_due(at(1999)), Due::Thermostats(BTreeSet::new()));
        assert_eq!(debounce.next_due(at(2000)), only("busy"));
        assert_eq!(debounce.next(), None);
    }

    #[test]
    fn m10_unknown_serials_are_not_kept() {
        let start = Instant::now();
        let mut debounce = ChangeDebounce::new(PATIENCE);
        for index in 0..10_000_u64 {
            debounce.ring(format!("{index:0>20000}").as_str().into(), false, start + Duration::from_millis(index));
        }
        assert!(debounce.thermostats.is_empty());
        assert_eq!(debounce.next(), Some(start + PATIENCE.longest));
        debounce.ring("known".into(), true, start);
        assert_eq!(debounce.next_due(start + PATIENCE.longest), Due::List);
        assert_eq!(debounce.next(), None);
    }
}
