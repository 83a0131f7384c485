//! The poll schedule of the thermostats, and accepted ranges that the thermostats do not show yet.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::wire::Listed;
use crate::home::{DeviceId, Write};

/// The next poll.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Poll {
    List,
    One(DeviceId),
}

/// The schedule of the listed thermostats.
#[derive(Debug, Default)]
pub(super) struct PollSchedule {
    listed: BTreeMap<DeviceId, Listed>,
    read_at: BTreeMap<DeviceId, Instant>,
    /// Thermostats after a change, with the time of their next read.
    told: BTreeMap<DeviceId, Instant>,
    /// Accepted ranges that the thermostats do not show yet.
    ranges: BTreeMap<DeviceId, Write>,
}

impl PollSchedule {
    /// Replaces the list and forgets thermostats that it does not contain.
    pub(super) fn set_list(&mut self, listed: Vec<Listed>) {
        self.listed = listed.into_iter().map(|listed| (listed.serial.clone(), listed)).collect();
        let Self { listed, read_at, told, ranges } = self;
        read_at.retain(|serial, _| listed.contains_key(serial));
        told.retain(|serial, _| listed.contains_key(serial));
        ranges.retain(|serial, _| listed.contains_key(serial));
    }

    pub(super) fn listed(&self, serial: &DeviceId) -> Option<Listed> {
        self.listed.get(serial).cloned()
    }

    /// Returns the thermostats whose last read is at least `fresh` ago, or that were never read.
    pub(super) fn stale(&self, now: Instant, fresh: Duration) -> Vec<DeviceId> {
        let is_stale = |serial: &&DeviceId| self.read_at.get(*serial).is_none_or(|at| now.duration_since(*at) >= fresh);
        self.listed.keys().filter(is_stale).cloned().collect()
    }

    /// Records a poll, with the time of its answer if there was one.
    pub(super) fn was_asked(&mut self, serial: &DeviceId, answered: Option<Instant>) {
        self.told.remove(serial);
        if let Some(at) = answered {
            self.read_at.insert(serial.clone(), at);
        }
    }

    /// Schedules a read of this thermostat, regardless of its turn.
    pub(super) fn poll_at(&mut self, serial: &DeviceId, at: Instant) {
        self.told.insert(serial.clone(), at);
    }

    /// Returns the next poll and its time: a thermostat after a change as soon as it is due, the others every
    /// `poll`, the list at `list_at`. The last two wait until `allowed`.
    pub(super) fn next(&self, list_at: Instant, allowed: Instant, poll: Duration) -> (Instant, Poll) {
        let read_at = |serial: &DeviceId| self.read_at.get(serial).copied();
        let turn = self.listed.keys().min_by_key(|serial| read_at(serial)).map(|serial| {
            let at = read_at(serial).map_or(allowed, |read_at| allowed.max(read_at + poll));
            (at, Poll::One(serial.clone()))
        });
        let told = self.told.iter().min_by_key(|(_, at)| **at).map(|(serial, at)| (*at, Poll::One(serial.clone())));
        let list = (allowed.max(list_at), Poll::List);
        // Ties go to the list poll, so that it is not starved.
        [Some(list), told, turn].into_iter().flatten().min_by_key(|(at, _)| *at).unwrap_or((list_at, Poll::List))
    }

    /// Completes a range with the other end of the last accepted one: a call sends both ends, and the end that
    /// the write leaves out must not restore the value before that.
    pub(super) fn completed(&self, write: &Write) -> Write {
        let Write::Range { thermostat, low, high } = write else { return write.clone() };
        let Some(Write::Range { low: last_low, high: last_high, .. }) = self.ranges.get(thermostat) else {
            return write.clone();
        };
        Write::Range { thermostat: thermostat.clone(), low: low.or(*last_low), high: high.or(*last_high) }
    }

    /// Records an accepted write.
    pub(super) fn accepted(&mut self, write: &Write) {
        if let Write::Range { thermostat, .. } = write {
            self.ranges.insert(thermostat.clone(), write.clone());
        }
    }

    /// Forgets the accepted range: the thermostat shows a new value, so its own range counts again.
    pub(super) fn shown(&mut self, serial: &DeviceId) {
        self.ranges.remove(serial);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::Setpoint;

    const POLL: Duration = Duration::from_secs(15);

    fn schedule(serials: &[&str]) -> PollSchedule {
        let entries: Vec<String> =
            serials.iter().map(|serial| format!("{{\"id\":\"{serial}\",\"serial\":\"{serial}\"}}")).collect();
        let body = format!("{{\"devices\":[{}]}}", entries.join(","));
        let mut schedule = PollSchedule::default();
        schedule.set_list(super::super::wire::devices(body.as_bytes()).expect("a list"));
        schedule
    }

    #[test]
    fn thermostats_are_polled_in_turn_after_changed_ones() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let one = |serial: &str| Poll::One(serial.into());
        let mut schedule = schedule(&["a", "b"]);
        schedule.was_asked(&"a".into(), Some(at(0)));
        assert_eq!(schedule.next(at(600), at(6), POLL), (at(6), one("b")), "it was never read");
        schedule.was_asked(&"b".into(), Some(at(6)));
        assert_eq!(schedule.next(at(600), at(12), POLL), (at(15), one("a")));
        assert_eq!(schedule.next(at(600), at(40), POLL), (at(40), one("a")), "not before looking is allowed");
        assert_eq!(schedule.next(at(10), at(12), POLL), (at(12), Poll::List));
        schedule.poll_at(&"b".into(), at(9));
        assert_eq!(schedule.next(at(600), at(40), POLL), (at(9), one("b")));
        schedule.was_asked(&"b".into(), Some(at(9)));
        assert_eq!(schedule.next(at(600), at(12), POLL), (at(15), one("a")));
        assert_eq!(schedule.stale(at(20), Duration::from_secs(15)), ["a".into()]);
        schedule.set_list(Vec::new());
        assert_eq!(schedule.next(at(600), at(12), POLL), (at(600), Poll::List));
    }

    #[test]
    fn one_end_of_a_range_does_not_bring_the_other_back() {
        let mut schedule = schedule(&["a"]);
        let range = |low: Option<f64>, high: Option<f64>| {
            let (low, high) = (low.map(Setpoint::celsius), high.map(Setpoint::celsius));
            Write::Range { thermostat: "a".into(), low, high }
        };
        schedule.accepted(&range(Some(20.0), None));
        assert_eq!(schedule.completed(&range(None, Some(26.0))), range(Some(20.0), Some(26.0)));
        assert_eq!(schedule.completed(&range(Some(19.0), None)), range(Some(19.0), None));
        schedule.shown(&"a".into());
        assert_eq!(schedule.completed(&range(None, Some(26.0))), range(None, Some(26.0)));
    }
}
