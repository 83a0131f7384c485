//! One rule at the present: the occasions that are due.

use jiff::{SignedDuration, Timestamp};

use super::compile::CompiledRule;
use super::{CLOCK_TOLERANCE, GAP, RATE_TIME, RuleExecutor, RuleStep, STORE_AGAIN, Watched};
use crate::automation::hold::{Hold, holdable};
use crate::automation::rule::conditions::judge;
use crate::automation::rule::levels::level;
use crate::automation::rule::moments::MomentClock;
use crate::automation::rule::plan::Plan;
use crate::automation::rule::subject::with_device;
use crate::automation::rule::{Act, ActKind, Rule, RulePresent, RuleRun, RuleSkip, RuleTrigger, Seen, Subject};
use crate::automation::run::{RunOutcome, Skip};
use crate::home::{CameraEvent, DeviceId, Field, Node, Slot};

/// One rule at the present.
pub(super) struct Looked<'a> {
    pub(super) executor: &'a RuleExecutor,
    pub(super) rule: &'a Rule,
    pub(super) present: &'a RulePresent<'a>,
}

/// An occasion of a rule.
struct Occasion {
    subject: String,
    /// The device of the trigger.
    device: Option<DeviceId>,
    due: Timestamp,
    /// Instants before it that passed unnoticed.
    earlier: u64,
    by_rule: Option<String>,
    /// True for a state that was over before the rule was judged.
    is_over: bool,
    /// True for an instant that passed before another one that is due: it is told, and not made up for.
    is_passed: bool,
}

/// The fate of an occasion. One that waits or is paused stays due.
enum Judged {
    Acted,
    /// A device is out of reach.
    Waits,
    /// The rule acted too often.
    Paused,
}

impl Looked<'_> {
    /// The step of the rule, and true if an occasion waits because the rule acted too often.
    pub(super) fn look(&self, of: &mut CompiledRule) -> Option<(RuleStep, bool)> {
        let mut step = RuleStep { watched: Vec::new(), run: None, holds: Vec::new(), ended_holds: Vec::new() };
        let mut is_paused = false;
        for compiled in &mut of.triggers {
            let trigger = self.rule.triggers.get(compiled.index)?;
            for at in 0..compiled.subjects.len() {
                let (Some(subject), Some(key)) = (compiled.subjects.get(at), compiled.keys.get(at)) else { continue };
                let known = self.executor.watched.get(key);
                let looked = match trigger {
                    RuleTrigger::Time { .. } | RuleTrigger::Sun { .. } => {
                        self.look_at_clock(trigger, known, &mut compiled.next)
                    }
                    RuleTrigger::Camera { sees, .. } => self.look_at_camera(subject, *sees, known),
                    RuleTrigger::FailedChange => self.look_at_failures(known),
                    RuleTrigger::Presence { .. }
                    | RuleTrigger::Arrival { .. }
                    | RuleTrigger::Room { .. }
                    | RuleTrigger::Humidity { .. }
                    | RuleTrigger::Alarm { .. }
                    | RuleTrigger::Offline { .. }
                    | RuleTrigger::NoEffect { .. }
                    | RuleTrigger::WindowOpen { .. }
                    | RuleTrigger::SignedOut { .. } => self.look_at_state(trigger, subject, known),
                };
                let (watched, occasion) = looked;
                if let Some(occasion) = occasion {
                    let judged = self.act(trigger, occasion, &mut step);
                    is_paused |= matches!(judged, Judged::Paused);
                    if !matches!(judged, Judged::Acted) {
                        step.watched.extend(watched.and_then(|it| waiting(known, &it)).map(|it| (key.clone(), it)));
                        continue;
                    }
                    step.watched.extend(watched.map(|watched| (key.clone(), watched)));
                    // One occasion at a time: the next look finds the others.
                    return Some((step, is_paused));
                }
                step.watched.extend(watched.map(|watched| (key.clone(), watched)));
            }
        }
        Some((step, is_paused))
    }

    fn look_at_clock(
        &self,
        trigger: &RuleTrigger,
        known: Option<&Watched>,
        next: &mut Option<Timestamp>,
    ) -> (Option<Watched>, Option<Occasion>) {
        let now = self.present.now;
        let zone = self.present.clock_zone();
        let clock = MomentClock { zone: &zone, place: self.executor.rules.place };
        let handled = if let Some(Watched::Handled(last)) = known { Some(*last) } else { None };
        // The first look, or a clock that was set back.
        let Some(last) = handled.filter(|last| *last <= now + CLOCK_TOLERANCE) else {
            *next = clock.next_after(trigger, now);
            return (Some(Watched::Handled(now)), None);
        };
        if next.is_some_and(|next| next > now) {
            return (None, None);
        }
        let Some((due, earlier)) = clock.last_between(trigger, last, now) else {
            *next = clock.next_after(trigger, now.max(last));
            return (None, None);
        };
        // Those before one that is still in time leave a trace of their own.
        let is_in_time = now.duration_since(due) <= self.rule.late;
        let before = due.checked_sub(SignedDuration::from_secs(1)).ok().filter(|_| earlier > 0 && is_in_time);
        let passed = before.and_then(|before| clock.last_between(trigger, last, before));
        let is_passed = passed.is_some();
        let (due, earlier) = passed.unwrap_or((due, earlier));
        let (subject, device, by_rule) = (String::new(), None, None);
        let occasion = Occasion { subject, device, due, earlier, by_rule, is_over: false, is_passed };
        (Some(Watched::Handled(due)), Some(occasion))
    }

    fn look_at_camera(
        &self,
        subject: &Subject,
        sees: Seen,
        known: Option<&Watched>,
    ) -> (Option<Watched>, Option<Occasion>) {
        let now = self.present.now;
        let Some(Watched::Handled(last)) = known else { return (Some(Watched::Handled(now)), None) };
        let Subject::Device(id) = subject else { return (None, None) };
        let event = self.present.home.cameras.get(id).and_then(|camera| camera.last_event.as_ref());
        let begun = event.filter(|event| is_seen(event, sees)).and_then(|event| event.start_time);
        match begun.filter(|begun| begun > last) {
            Some(due) => {
                let subject = subject.name(self.present.home);
                let device = Some(id.clone());
                (
                    Some(Watched::Handled(due)),
                    Some(Occasion {
                        subject,
                        device,
                        due,
                        earlier: 0,
                        by_rule: None,
                        is_over: false,
                        is_passed: false,
                    }),
                )
            }
            None => (None, None),
        }
    }

    fn look_at_failures(&self, known: Option<&Watched>) -> (Option<Watched>, Option<Occasion>) {
        let Some(Watched::Handled(last)) = known else { return (Some(Watched::Handled(self.present.now)), None) };
        match self.executor.failures.iter().find(|(at, _)| at > last) {
            Some((due, name)) => {
                let occasion = Occasion {
                    subject: name.clone(),
                    device: None,
                    due: *due,
                    earlier: 0,
                    by_rule: None,
                    is_over: false,
                    is_passed: false,
                };
                (Some(Watched::Handled(*due)), Some(occasion))
            }
            None => (None, None),
        }
    }

    fn look_at_state(
        &self,
        trigger: &RuleTrigger,
        subject: &Subject,
        known: Option<&Watched>,
    ) -> (Option<Watched>, Option<Occasion>) {
        let now = self.present.now;
        let was = matches!(known, Some(Watched::So { .. }));
        let Some(is_so) = level(trigger, subject, was, &self.executor.tracks, self.present) else {
            return (None, None);
        };
        if !is_so {
            // One that was due, and that the rule was not judged for, leaves a trace.
            let last = self.executor.missed.get(&self.rule.name);
            let is_new = last.is_none_or(|last| now.duration_since(*last) >= RATE_TIME);
            let missed = known.and_then(|known| missed(trigger, known)).filter(|_| is_new).map(|due| {
                let device = if let Subject::Device(id) = subject { Some(id.clone()) } else { None };
                let subject = subject.name(self.present.home);
                Occasion { subject, device, due, earlier: 0, by_rule: None, is_over: true, is_passed: false }
            });
            return ((known != Some(&Watched::NotSo)).then_some(Watched::NotSo), missed);
        }
        let (since, seen, is_done) = match known {
            // A state that it begins with is no change.
            None => (now, now, needs_change(trigger)),
            Some(Watched::NotSo | Watched::Handled(_)) => (now, now, false),
            Some(Watched::So { since, seen, is_done }) => {
                let gap = now.duration_since(*seen);
                let unknown = if gap > self.executor.gap.unwrap_or(GAP) { gap } else { SignedDuration::ZERO };
                // A clock that was set back begins anew.
                let since = since.checked_add(unknown).unwrap_or(now).min(now);
                (since, *seen, *is_done)
            }
        };
        let due = since.checked_add(trigger.lasts()).unwrap_or(now);
        if !is_done && due <= now {
            let subject_name = subject.name(self.present.home);
            let is_presence = matches!(trigger, RuleTrigger::Presence { .. });
            let by_rule = self.cause(subject).filter(|_| is_presence);
            let device = if let Subject::Device(id) = subject { Some(id.clone()) } else { None };
            let occasion =
                Occasion { subject: subject_name, device, due, earlier: 0, by_rule, is_over: false, is_passed: false };
            return (Some(Watched::So { since, seen: now, is_done: true }), Some(occasion));
        }
        let is_new = !was || (!is_done && now.duration_since(seen).abs() >= STORE_AGAIN);
        (is_new.then_some(Watched::So { since, seen: now, is_done }), None)
    }

    /// The rule that brought about the presence of a home.
    fn cause(&self, subject: &Subject) -> Option<String> {
        let Subject::Home(id) = subject else { return None };
        let slot = Slot { node: Node::Structure(id.clone()), field: Field::Away };
        let (rule, write) = self.executor.by_rule.get(&slot)?;
        write.is_shown_by(self.present.home).then(|| rule.clone())
    }

    /// Judges an occasion.
    fn act(&self, trigger: &RuleTrigger, occasion: Occasion, step: &mut RuleStep) -> Judged {
        let now = self.present.now;
        let late = now.duration_since(occasion.due);
        let mut run = RuleRun {
            rule: self.rule.name.clone(),
            trigger: trigger.clone(),
            subject: occasion.subject,
            due: occasion.due,
            at: now,
            conditions: Vec::new(),
            acts: Vec::new(),
            skip: None,
        };
        let rule = with_device(self.rule, occasion.device.as_ref(), self.present.home);
        let is_moment = matches!(
            trigger,
            RuleTrigger::Time { .. } | RuleTrigger::Sun { .. } | RuleTrigger::Camera { .. } | RuleTrigger::FailedChange
        );
        run.skip = match occasion.by_rule {
            _ if occasion.is_over => Some(RuleSkip::Missed),
            _ if occasion.is_passed => Some(RuleSkip::Late { earlier: occasion.earlier }),
            Some(rule) => Some(RuleSkip::ByRule(rule)),
            None if is_moment && late > self.rule.late => Some(RuleSkip::Late { earlier: occasion.earlier }),
            None => {
                run.conditions = rule.conditions.iter().map(|it| judge(it, self.present)).collect();
                let holds = |holds: Option<bool>| run.conditions.iter().any(|it| it.holds == holds);
                if holds(Some(false)) {
                    Some(RuleSkip::NotSo)
                } else if holds(None) {
                    Some(RuleSkip::Unknown)
                } else {
                    None
                }
            }
        };
        if run.skip.is_none() {
            if self.executor.paused_until(self.rule).is_some() {
                return Judged::Paused;
            }
            let limits = self.executor.rules.limits;
            let by_hand = &self.executor.by_hand;
            let (rule, due, present) = (&*rule, run.due, self.present);
            run.acts = Plan { rule, trigger, due, limits, by_hand, present }.acts();
            // Where one of several devices can be reached, nobody waits for the others.
            let mut writes = run.acts.iter().filter(|act| matches!(act.kind, ActKind::Write(_))).peekable();
            let has_writes = writes.peek().is_some();
            let is_offline = |act: &Act| act.outcome == RunOutcome::Skipped(Skip::Offline);
            if has_writes && writes.all(is_offline) && late <= self.rule.late {
                return Judged::Waits;
            }
            step.ended_holds = run.acts.iter().filter_map(ended_hold).collect();
            step.holds = run.acts.iter().filter_map(|act| self.begun_hold(act)).collect();
        }
        step.run = Some(run);
        Judged::Acted
    }

    fn begun_hold(&self, act: &Act) -> Option<Hold> {
        let ActKind::Write(write) = &act.kind else { return None };
        let is_set = matches!(act.outcome, RunOutcome::Open | RunOutcome::Skipped(Skip::AlreadySo));
        let (ends, thermostat) = (act.holds_until.filter(|_| is_set)?, holdable(write)?);
        let hold = Hold {
            thermostat: thermostat.clone(),
            name: act.name.clone(),
            write: write.clone(),
            before: act.before.clone(),
            began: self.present.now,
            ends,
            mode: self.present.home.thermostats.get(thermostat).and_then(|it| it.hvac_mode.clone()),
            rule: Some(self.rule.name.clone()),
        };
        Some(hold.after(self.present.holds.get(thermostat), self.present.home, self.present.now))
    }
}

/// The time at which a state was due whose occasion still waits.
fn missed(trigger: &RuleTrigger, known: &Watched) -> Option<Timestamp> {
    let Watched::So { since, seen, is_done: false } = known else { return None };
    let due = since.checked_add(trigger.lasts()).ok()?;
    (due <= *seen).then_some(due)
}

/// The knowledge about a state whose occasion waits: it has been so since then, and the rule was not judged for it.
fn waiting(known: Option<&Watched>, judged: &Watched) -> Option<Watched> {
    let Watched::So { since, seen, .. } = *judged else { return None };
    let is_new = match known {
        Some(Watched::So { seen: last, is_done: false, .. }) => seen.duration_since(*last).abs() >= STORE_AGAIN,
        Some(Watched::So { is_done: true, .. } | Watched::NotSo | Watched::Handled(_)) | None => true,
    };
    is_new.then_some(Watched::So { since, seen, is_done: false })
}

fn ended_hold(act: &Act) -> Option<DeviceId> {
    let ActKind::EndHold(id) = &act.kind else { return None };
    (act.outcome == RunOutcome::Done).then(|| id.clone())
}

/// True for a trigger that is a change, so that what it begins with is no reason.
fn needs_change(trigger: &RuleTrigger) -> bool {
    if let RuleTrigger::Alarm { is_over, .. } | RuleTrigger::WindowOpen { is_over, .. } = trigger {
        return *is_over;
    }
    matches!(trigger, RuleTrigger::Presence { .. })
}

fn is_seen(event: &CameraEvent, sees: Seen) -> bool {
    match sees {
        Seen::Person => event.has_person == Some(true),
        Seen::Motion => event.has_motion == Some(true),
        Seen::Sound => event.has_sound == Some(true),
        Seen::Anything => true,
    }
}
