//! A schedule tried on recorded changes: how often it would have set a value, and against whose wishes.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Boundary, ScheduleOf};
use crate::automation::recorded::{is_by_hand, write_of};
use crate::history::{Change, ChangeCause, ChangeKind};
use crate::home::{DeviceId, Thermostat, Write};

/// A value that a person chose while another one would have been in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// The begin of the level.
    pub start: Timestamp,
    pub level: String,
    /// The value of the level.
    pub planned: Write,
    /// The time and the value of the change by hand.
    pub at: Timestamp,
    pub chosen: Write,
    /// Who made the change.
    pub by: ChangeCause,
}

/// The result of a trial.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScheduleTrial {
    /// The starts of the time.
    pub starts: usize,
    /// The starts at which another value was in force before, as far as that is known.
    pub sets: usize,
    /// Starts whose level has no set point in the mode of the thermostat.
    pub without_setpoint: usize,
    /// Changes by hand to another value than that of the level, in the order of time.
    pub against: Vec<Against>,
    /// The changes by hand that are known. Without any, the trial rests on the schedule alone.
    pub changes: usize,
}

/// Tries a schedule on the changes of a thermostat between two instants. `changes` may be in any order; those that a
/// schedule, a hold or a rule made do not count. The thermostat is taken in its present mode.
pub fn try_schedule(
    of: &ScheduleOf<'_>,
    (id, thermostat): (&DeviceId, &Thermostat),
    (from, to): (Timestamp, Timestamp),
    zone: &TimeZone,
    changes: &[Change],
) -> ScheduleTrial {
    let mut by_hand: Vec<(Timestamp, Write, ChangeCause)> =
        changes.iter().filter_map(|change| chosen(change, id, (from, to))).collect();
    by_hand.sort_by_key(|(at, ..)| *at);
    let mut trial = ScheduleTrial { changes: by_hand.len(), ..ScheduleTrial::default() };
    let mut by_hand = by_hand.into_iter().peekable();
    let before = of.last_boundary(from, zone);
    let starts: Vec<Boundary<'_>> = before.into_iter().chain(of.boundaries_between(from, to, zone)).collect();
    let mut present: Option<Write> = None;
    for (index, start) in starts.iter().enumerate() {
        let planned = start.level.on(id, thermostat).write();
        if start.at > from {
            trial.starts += 1;
            match &planned {
                Some(planned) if present.as_ref() != Some(planned) => trial.sets += 1,
                Some(_) => {}
                None => trial.without_setpoint += 1,
            }
        }
        present = planned.clone().or(present);
        let end = starts.get(index + 1).map_or(to, |next| next.at);
        while let Some((at, chosen, by)) = by_hand.next_if(|(at, ..)| *at < end) {
            if let Some(planned) = planned.as_ref().filter(|planned| **planned != chosen) {
                let (start, level) = (start.at, start.level.name.clone());
                trial.against.push(Against { start, level, planned: planned.clone(), at, chosen: chosen.clone(), by });
            }
            present = Some(chosen);
        }
    }
    trial
}

/// The value that a change by hand chose.
fn chosen(
    change: &Change,
    id: &DeviceId,
    (from, to): (Timestamp, Timestamp),
) -> Option<(Timestamp, Write, ChangeCause)> {
    let by = change.cause?;
    let is_setpoint = matches!(change.kind, ChangeKind::Target | ChangeKind::Range);
    if change.node != id.as_str() || !is_setpoint || !is_by_hand(by) || !(from..to).contains(&change.at) {
        return None;
    }
    Some((change.at, write_of(change)?, by))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::samples::schedules;
    use super::*;
    use crate::home::{DeviceTree, HvacMode};

    fn at(text: &str) -> Timestamp {
        format!("2026-03-{text}:00Z").parse().expect("a time")
    }

    fn change(text: &str, kind: ChangeKind, after: &str, cause: ChangeCause) -> Change {
        Change {
            after: Some(after.to_owned()),
            cause: Some(cause),
            ..Change::span("t1", "Hallway", kind, at(text), None)
        }
    }

    #[test]
    fn a_trial_counts_what_it_would_set_and_names_other_wishes() {
        let mut home = DeviceTree::default();
        let mode =
            |mode| Thermostat { name: Some("Hallway".to_owned()), hvac_mode: Some(mode), ..Thermostat::default() };
        home.thermostats.insert("t1".into(), Arc::new(mode(HvacMode::Heat)));
        let all = schedules(&["daily 06:30 Home", "daily 08:30 Away", "daily 17:00 Home", "daily 22:30 Sleep"]);
        let of = all.of(&"t1".into(), &home).expect("a schedule");
        let changes = [
            // The value of the level itself is no other wish, and saves the start after it.
            change("02T21:00", ChangeKind::Target, "17.0 °C", ChangeCause::Elsewhere),
            change("02T18:00", ChangeKind::Target, "20.5 °C", ChangeCause::Window),
            change("01T09:00", ChangeKind::Target, "21.0 °C", ChangeCause::Window),
            change("01T09:30", ChangeKind::Target, "30.0 °C", ChangeCause::Schedule),
            change("01T09:40", ChangeKind::Mode, "cool", ChangeCause::Window),
        ];
        let span = (at("01T00:00"), at("03T00:00"));
        let trial =
            |thermostat: &Thermostat| try_schedule(&of, (&"t1".into(), thermostat), span, &TimeZone::UTC, &changes);
        let result = trial(&mode(HvacMode::Heat));
        assert_eq!((result.starts, result.sets, result.changes), (8, 7, 3));
        let against: Vec<(String, String, String)> =
            result.against.iter().map(|one| (one.level.clone(), one.chosen.value_text(), one.at.to_string())).collect();
        assert_eq!(
            against,
            [
                ("Away".to_owned(), "21.0 °C".to_owned(), "2026-03-01T09:00:00Z".to_owned()),
                ("Home".to_owned(), "17.0 °C".to_owned(), "2026-03-02T21:00:00Z".to_owned()),
            ]
        );
        let off = trial(&mode(HvacMode::Off));
        assert_eq!((off.sets, off.without_setpoint, off.against.len()), (0, 8, 0));
    }
}
