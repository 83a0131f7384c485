//! The decision about one thermostat.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Applied, AppliedState, CLOCK_TOLERANCE, Executor, HOLD_SHOWN_AFTER, OFFLINE_AFTER, Present, Step};
use crate::automation::hold::Hold;
use crate::automation::run::{Run, RunOutcome, Skip, Trigger};
use crate::automation::schedule::{Boundary, LevelWrite, ScheduleOf};
use crate::home::{DeviceId, Thermostat, Write};

impl Executor {
    pub(super) fn judge(
        &self,
        id: &DeviceId,
        schedule: Option<&ScheduleOf<'_>>,
        present: &Present<'_>,
    ) -> Option<Step> {
        let thermostat = present.home.thermostats.get(id)?;
        // An earlier run decides first if its write was made.
        if self.kept.open.values().any(|run| run.thermostat == *id) {
            return None;
        }
        let zone = present.zone_of(id);
        let subject = Subject { id, thermostat, present, zone: &zone };
        let start = schedule.and_then(|of| {
            let start = self.in_force(id, of, present.now, &zone)?.now;
            let known = self.kept.applied.get(id).filter(|applied| applied.schedule == of.active.name);
            Some(DueStart { of, start, known })
        });
        match (self.kept.holds.get(id), &start) {
            (Some(hold), start) => self.judge_hold(&subject, hold, start.as_ref()),
            (None, Some(start)) => self.judge_start(&subject, start),
            (None, None) => None,
        }
    }

    fn judge_hold(&self, subject: &Subject<'_>, hold: &Hold, start: Option<&DueStart<'_>>) -> Option<Step> {
        let Subject { id, present, .. } = *subject;
        let ended = |run: Run| Run { ends_hold: Some(hold.began), ..run };
        let changed = self.by_hand.get(id).filter(|change| change.at > hold.began && change.write != hold.write);
        if let Some(change) = changed {
            let run = subject.run(Trigger::HoldEnd, change.at, RunOutcome::Skipped(Skip::ChangedByHand));
            return Some(Step { run: ended(run), applied: None });
        }
        let is_lost = subject.can_be_set()
            && !hold.is_shown_by(present.home)
            && present.now.duration_since(hold.began) >= HOLD_SHOWN_AFTER;
        if is_lost {
            // The change was made while nobody listened.
            let run = subject.run(Trigger::HoldEnd, present.now, RunOutcome::Skipped(Skip::OtherValue));
            return Some(Step { run: ended(run), applied: None });
        }
        let Some(end) = self.end_of(hold, present).filter(|end| *end <= present.now) else {
            return start.and_then(|start| held(subject, start));
        };
        if !subject.can_be_set() {
            return None;
        }
        let trigger = || start.map_or(Trigger::HoldEnd, |start| trigger_of(&start.start));
        // The hold was a choice for a time, so it does not count as a change by hand any more.
        let applied = |state: AppliedState| {
            start.map(|start| Applied { since: present.now, ..start.applied(state, present.now) })
        };
        let skipped = |skip: Skip, applied: Option<Applied>| {
            let outcome = RunOutcome::Skipped(skip);
            Some(Step { run: ended(subject.run(trigger(), end, outcome)), applied })
        };
        // The level applies when the thermostat has a set point again.
        let waits = |skip: Skip| skipped(skip.clone(), applied(AppliedState::Waiting(skip)));
        if !hold.is_shown_by(present.home) {
            return skipped(Skip::OtherValue, None);
        }
        let write = match start.map(|start| start.start.level.on(id, subject.thermostat)) {
            Some(LevelWrite::Write(write)) => write,
            Some(LevelWrite::NoSetpoint) => return waits(Skip::NoSetpoint),
            Some(LevelWrite::Lacking(_)) => return waits(Skip::LacksLevel),
            None if hold.mode.is_some() && hold.mode != subject.thermostat.hvac_mode => {
                return skipped(Skip::OtherMode, None);
            }
            None => match &hold.before {
                Some(before) => before.clone(),
                None => return skipped(Skip::NothingBefore, None),
            },
        };
        let applied = applied(AppliedState::Set(write.clone()));
        Some(Step { run: ended(subject.run_of_write(trigger(), end, write)), applied })
    }

    fn judge_start(&self, subject: &Subject<'_>, due: &DueStart<'_>) -> Option<Step> {
        let Subject { id, thermostat, present, .. } = *subject;
        let start = &due.start;
        // A start that was met a moment ahead of a corrected clock is not undone.
        let is_ahead = |last: Timestamp| last > start.at && last <= present.now + CLOCK_TOLERANCE;
        if due.known.is_some_and(|known| is_ahead(known.start)) {
            return None;
        }
        if let Some(missed) = missed(subject, due) {
            return Some(missed);
        }
        let state = due.known.filter(|known| known.start == start.at).map(|known| &known.state);
        let write = match (start.level.on(id, thermostat), state) {
            (LevelWrite::Write(write), Some(AppliedState::Set(set))) if write == *set => return None,
            (_, Some(AppliedState::LeftAlone))
            | (LevelWrite::NoSetpoint | LevelWrite::Lacking(_), Some(AppliedState::Set(_))) => return None,
            (LevelWrite::Write(write), _) => write,
            (LevelWrite::NoSetpoint, _) => return due.wait(subject, Skip::NoSetpoint),
            (LevelWrite::Lacking(_), _) => return due.wait(subject, Skip::LacksLevel),
        };
        if !subject.is_reachable() {
            let waited = present.now.duration_since(start.at.max(self.began));
            return if waited >= OFFLINE_AFTER { due.wait(subject, Skip::Offline) } else { None };
        }
        let since = due.known.map(|known| known.since.max(start.at));
        if since.is_some_and(|since| self.by_hand.get(id).is_some_and(|change| change.at >= since)) {
            let run = subject.run(trigger_of(start), start.at, RunOutcome::Skipped(Skip::ChangedByHand));
            return Some(Step { run, applied: Some(due.applied(AppliedState::LeftAlone, present.now)) });
        }
        if (present.is_pending)(id) {
            return None;
        }
        let applied = due.applied(AppliedState::Set(write.clone()), present.now);
        Some(Step { run: subject.run_of_write(trigger_of(start), start.at, write), applied: Some(applied) })
    }
}

/// The start in force, and the last one that was handled.
struct DueStart<'a> {
    of: &'a ScheduleOf<'a>,
    start: Boundary<'a>,
    /// `None` if the schedule was not active before.
    known: Option<&'a Applied>,
}

impl DueStart<'_> {
    fn applied(&self, state: AppliedState, now: Timestamp) -> Applied {
        let since = self.known.map_or(now, |known| known.since);
        Applied { schedule: self.of.active.name.clone(), since, start: self.start.at, state }
    }

    /// Notes once that the start cannot be applied yet.
    fn wait(&self, subject: &Subject<'_>, skip: Skip) -> Option<Step> {
        let state = AppliedState::Waiting(skip.clone());
        let is_noted = self.known.is_some_and(|known| known.start == self.start.at && known.state == state);
        let run = subject.run(trigger_of(&self.start), self.start.at, RunOutcome::Skipped(skip));
        (!is_noted).then(|| Step { run, applied: Some(self.applied(state, subject.present.now)) })
    }
}

/// A start that passes while a hold lasts.
fn held(subject: &Subject<'_>, due: &DueStart<'_>) -> Option<Step> {
    // A schedule that became active meanwhile is applied when the hold ends.
    if due.known?.start >= due.start.at {
        return None;
    }
    if let Some(missed) = missed(subject, due) {
        return Some(missed);
    }
    let run = subject.run(trigger_of(&due.start), due.start.at, RunOutcome::Skipped(Skip::Held));
    Some(Step { run, applied: Some(due.applied(AppliedState::LeftAlone, subject.present.now)) })
}

/// A note about the starts between the last one that was handled and the present one.
fn missed(subject: &Subject<'_>, due: &DueStart<'_>) -> Option<Step> {
    let (zone, start) = (subject.zone, &due.start);
    let last = due.known.filter(|known| known.start < start.at)?;
    let next = due.of.next_boundary(last.start, zone).filter(|next| next.at < start.at)?;
    let before = start.at - SignedDuration::from_nanos(1);
    let newest = due.of.last_boundary(before, zone)?;
    let count = due.of.boundaries_between(last.start, before, zone).len();
    let skip = Skip::Asleep(u64::try_from(count).unwrap_or(u64::MAX));
    let run = subject.run(trigger_of(&next), next.at, RunOutcome::Skipped(skip));
    let applied = Applied { start: newest.at, ..due.applied(AppliedState::LeftAlone, subject.present.now) };
    Some(Step { run, applied: Some(applied) })
}

/// A thermostat at the present.
struct Subject<'a> {
    id: &'a DeviceId,
    thermostat: &'a Thermostat,
    present: &'a Present<'a>,
    zone: &'a TimeZone,
}

impl Subject<'_> {
    fn is_reachable(&self) -> bool {
        self.thermostat.is_reachable() && (self.present.is_live)(self.id)
    }

    fn can_be_set(&self) -> bool {
        self.is_reachable() && !(self.present.is_pending)(self.id)
    }

    fn run(&self, trigger: Trigger, due: Timestamp, outcome: RunOutcome) -> Run {
        Run {
            trigger,
            thermostat: self.id.clone(),
            name: self.thermostat.name.clone().unwrap_or_else(|| self.id.as_str().to_owned()),
            due,
            at: self.present.now,
            write: None,
            before: None,
            ends_hold: None,
            outcome,
        }
    }

    /// The run of a write, which is made unless the thermostat shows its value.
    fn run_of_write(&self, trigger: Trigger, due: Timestamp, write: Write) -> Run {
        let home = self.present.home;
        let is_shown = write.is_shown_by(home);
        let outcome = if is_shown { RunOutcome::Skipped(Skip::AlreadySo) } else { RunOutcome::Open };
        let before = write.slot().present(home, write.scale());
        Run { write: Some(write), before, ..self.run(trigger, due, outcome) }
    }
}

fn trigger_of(start: &Boundary<'_>) -> Trigger {
    Trigger::Start { schedule: start.schedule.name.clone(), level: start.level.name.clone() }
}
