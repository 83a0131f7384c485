//! The thermostats that bells rang for, and when each is to be read.
//!
//! The server rings several times for one change, and a busy thermostat rings all the time: a reading
//! waits for the end of a flurry, but never longer than [`Patience::longest`]. One thermostat that
//! rings does not put off another.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use crate::home::DeviceId;

/// How long a reading is put off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// So long after the last bell.
    pub(super) quiet: Duration,
    /// And so long after the first at most.
    pub(super) longest: Duration,
}

/// The first and the last bell of a flurry.
#[derive(Debug, Clone, Copy)]
struct Flurry {
    first: Instant,
    last: Instant,
}

impl Flurry {
    fn due(self, patience: Patience) -> Instant {
        (self.last + patience.quiet).min(self.first + patience.longest)
    }
}

/// One flurry for each thermostat of the list, and one for the list itself.
#[derive(Debug)]
pub(super) struct Rung {
    patience: Patience,
    thermostats: BTreeMap<DeviceId, Flurry>,
    list: Option<Flurry>,
}

/// The reading that is due.
#[derive(Debug, PartialEq)]
pub(super) enum Due {
    /// The whole list.
    List,
    /// These thermostats of it.
    Thermostats(BTreeSet<DeviceId>),
}

impl Rung {
    pub(super) fn new(patience: Patience) -> Self {
        Self { patience, thermostats: BTreeMap::new(), list: None }
    }

    /// A bell. Names that are not on the list are not kept, however many come: all of them mean that
    /// the list is to be read.
    pub(super) fn ring(&mut self, serial: DeviceId, is_listed: bool, now: Instant) {
        let flurry = if is_listed {
            self.thermostats.entry(serial).or_insert(Flurry { first: now, last: now })
        } else {
            self.list.get_or_insert(Flurry { first: now, last: now })
        };
        flurry.last = now;
    }

    /// When the next reading is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.thermostats.values().chain(&self.list).map(|flurry| flurry.due(self.patience)).min()
    }

    /// Takes out what is due; everything, when the list is.
    pub(super) fn take(&mut self, now: Instant) -> Due {
        if self.list.is_some_and(|flurry| flurry.due(self.patience) <= now) {
            self.clear();
            return Due::List;
        }
        let patience = self.patience;
        let due = self.thermostats.extract_if(.., |_, flurry| flurry.due(patience) <= now);
        Due::Thermostats(due.map(|(serial, _)| serial).collect())
    }

    /// Takes one thermostat out, which is read for another reason.
    pub(super) fn remove(&mut self, serial: &DeviceId) {
        self.thermostats.remove(serial);
    }

    /// Forgets all of them, as after the list was read.
    pub(super) fn clear(&mut self) {
        self.thermostats.clear();
        self.list = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience { quiet: Duration::from_millis(250), longest: Duration::from_secs(2) };

    fn only(serial: &str) -> Due {
        Due::Thermostats([serial.into()].into())
    }

    #[test]
    fn m10_one_thermostat_that_rings_all_the_time_puts_off_no_reading() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut rung = Rung::new(PATIENCE);
        rung.ring("quiet".into(), true, at(0));
        for ms in (0..=1900).step_by(100) {
            rung.ring("busy".into(), true, at(ms));
        }
        assert_eq!(rung.next(), Some(at(250)));
        assert_eq!(rung.take(at(250)), only("quiet"));
        assert_eq!(rung.next(), Some(at(2000)));
        assert_eq!(rung.take(at(1999)), Due::Thermostats(BTreeSet::new()));
        assert_eq!(rung.take(at(2000)), only("busy"));
        assert_eq!(rung.next(), None);
    }

    #[test]
    fn m10_names_that_nobody_knows_are_not_kept() {
        let start = Instant::now();
        let mut rung = Rung::new(PATIENCE);
        for index in 0..10_000_u64 {
            rung.ring(format!("{index:0>20000}").as_str().into(), false, start + Duration::from_millis(index));
        }
        assert!(rung.thermostats.is_empty());
        assert_eq!(rung.next(), Some(start + PATIENCE.longest));
        rung.ring("known".into(), true, start);
        assert_eq!(rung.take(start + PATIENCE.longest), Due::List);
        assert_eq!(rung.next(), None);
    }
}
