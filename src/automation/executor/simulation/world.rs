//! A thermostat, a service and a process that is killed, sleeps and comes back, on a clock of its own.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};

use super::calendar::YearClock;
use crate::automation::executor::{Executor, HeardChange, KeptState, Present, Step};
use crate::automation::hold::{Hold, HoldEnd};
use crate::automation::run::{Run, RunId, RunOutcome, Skip};
use crate::automation::schedule::Schedules;
use crate::home::{DeviceId, DeviceTree, HvacMode, Setpoint, Thermostat, Write};

/// The chance of a crash after each step that is stored or sent.
const CRASH: f64 = 0.01;
/// The time after which a write that could not be sent expires.
const EXPIRY: SignedDuration = SignedDuration::from_mins(15);

/// Everything that survives a crash.
#[derive(Default)]
pub(super) struct Disk {
    kept: KeptState,
    /// Every run with its last outcome.
    pub(super) runs: BTreeMap<RunId, Run>,
    /// The engine's queue: one write, its run, and when it was requested.
    queue: Option<QueuedWrite>,
    /// The engine's journal of writes of the executor.
    journal: Vec<(Timestamp, Write, RunOutcome)>,
    /// The last change by hand in the engine's journal.
    by_hand: Option<HeardChange>,
}

struct QueuedWrite {
    run: RunId,
    write: Write,
    at: Timestamp,
    arrives: Timestamp,
}

/// Something that happens to the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Event {
    ByHand(f64),
    Hold(f64, HoldKind),
    CancelHold,
    Mode(bool),
    Online(bool),
    Live(bool),
    Sleep(SignedDuration),
    Kill(SignedDuration),
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum HoldKind {
    For(SignedDuration),
    NextStart,
    Never,
}

pub(super) struct World {
    pub(super) clock: Arc<YearClock>,
    pub(super) now: Timestamp,
    pub(super) disk: Disk,
    pub(super) executor: Option<Executor>,
    pub(super) schedules: Schedules,
    pub(super) home: DeviceTree,
    pub(super) is_live: bool,
    rng: Rng,
    /// The process neither runs nor hears until then.
    pub(super) absent_until: Timestamp,
    next_run: i64,
    /// The value that a process saw last, to notice changes.
    seen: f64,
    /// Writes that the thermostat took: the run, and its value.
    pub(super) arrived: Vec<(RunId, f64)>,
    /// The last time at which anything but the schedule concerned the value.
    pub(super) disturbed: Timestamp,
    /// The last change by hand that a running process heard.
    pub(super) heard_by_hand: Option<Timestamp>,
    pub(super) problems: Vec<String>,
    /// The last events, for a failure.
    pub(super) diary: VecDeque<String>,
    /// Steps that were stored, and kills within one.
    pub(super) steps: u64,
    pub(super) kills: u64,
    /// The begin of the time in which nothing was in the way of the executor.
    pub(super) clear_since: Timestamp,
}

pub(super) fn id() -> DeviceId {
    "t1".into()
}

impl World {
    pub(super) fn new(clock: Arc<YearClock>, schedules: Schedules, seed: u64) -> Self {
        let mut home = DeviceTree::default();
        let thermostat = Thermostat {
            name: Some("Hallway".to_owned()),
            can_heat: Some(true),
            is_online: Some(true),
            hvac_mode: Some(HvacMode::Heat),
            target_temperature: Setpoint::celsius(15.0).temperature(),
            ..Thermostat::default()
        };
        home.thermostats.insert(id(), Arc::new(thermostat));
        let now = clock.begin;
        let mut world = Self {
            clock,
            now,
            disk: Disk::default(),
            executor: None,
            schedules,
            home,
            is_live: true,
            rng: Rng::with_seed(seed),
            absent_until: now,
            next_run: 0,
            seen: 15.0,
            arrived: Vec::new(),
            disturbed: Timestamp::MIN,
            heard_by_hand: None,
            problems: Vec::new(),
            diary: VecDeque::new(),
            steps: 0,
            kills: 0,
            clear_since: now,
        };
        world.begin();
        world
    }

    pub(super) fn thermostat(&self) -> &Thermostat {
        self.home.thermostats.get(&id()).expect("the thermostat")
    }

    fn change(&mut self, change: impl FnOnce(&mut Thermostat)) {
        change(self.home.thermostat_mut(&id()).expect("the thermostat"));
    }

    pub(super) fn target(&self) -> f64 {
        self.thermostat().target_temperature.map_or(f64::NAN, |target| target.celsius())
    }

    pub(super) fn set_target(&mut self, celsius: f64) {
        self.change(|thermostat| thermostat.target_temperature = Setpoint::celsius(celsius).temperature());
    }

    fn begin(&mut self) {
        let kept = KeptState { open: self.open_runs(), ..self.disk.kept.clone() };
        let mut executor = Executor::restored(kept, self.now);
        executor.set_schedules(self.schedules.clone());
        if let Some(change) = self.disk.by_hand.clone() {
            executor.hear(change);
        }
        self.executor = Some(executor);
        self.seen = self.target();
        self.clear_since = Timestamp::MAX;
    }

    fn open_runs(&self) -> BTreeMap<RunId, Run> {
        let open = self.disk.runs.iter().filter(|(_, run)| run.outcome == RunOutcome::Open);
        open.map(|(id, run)| (*id, run.clone())).collect()
    }

    /// True while nothing is in the way of the executor.
    pub(super) fn is_clear(&self) -> bool {
        self.executor.is_some()
            && self.is_live
            && self.thermostat().is_reachable()
            && self.thermostat().hvac_mode == Some(HvacMode::Heat)
    }

    pub(super) fn is_present(&self) -> bool {
        self.executor.is_some() && self.now >= self.absent_until
    }

    fn note(&mut self, text: &str) {
        self.diary.push_back(format!("{}: {text}", self.now));
        if self.diary.len() > 25 {
            self.diary.pop_front();
        }
    }

    pub(super) fn happen(&mut self, event: Event) {
        self.note(&format!("{event:?}"));
        match event {
            Event::ByHand(celsius) => {
                self.set_target(celsius);
                self.disturbed = self.now;
            }
            Event::Hold(celsius, kind) => self.hold(celsius, kind),
            Event::CancelHold => {
                if self.is_present() {
                    let now = self.now;
                    for hold in self.disk.kept.holds.values_mut() {
                        hold.ends = HoldEnd::At(now);
                    }
                    self.disturbed = now;
                    self.show_holds();
                }
            }
            Event::Mode(is_heat) => {
                let mode = if is_heat { HvacMode::Heat } else { HvacMode::Eco };
                self.change(|thermostat| thermostat.hvac_mode = Some(mode));
            }
            Event::Online(is_online) => self.change(|thermostat| thermostat.is_online = Some(is_online)),
            Event::Live(is_live) => self.is_live = is_live,
            Event::Sleep(time) => self.absent_until = self.now + time,
            Event::Kill(time) => {
                if self.is_present() {
                    self.kill(time);
                }
            }
            Event::Nothing => {}
        }
        if !self.is_clear() || !self.is_present() {
            self.clear_since = Timestamp::MAX;
        } else if self.clear_since == Timestamp::MAX {
            self.clear_since = self.now;
        }
    }

    /// A person holds a value in the window: the write is confirmed, and the hold is stored.
    fn hold(&mut self, celsius: f64, kind: HoldKind) {
        if !self.is_present() || !self.is_clear() || self.disk.queue.is_some() || celsius == self.target() {
            return;
        }
        let before = Write::Target(id(), Setpoint::celsius(self.target()));
        let write = Write::Target(id(), Setpoint::celsius(celsius));
        let ends = match kind {
            HoldKind::For(time) => HoldEnd::At(self.now + time),
            HoldKind::NextStart => HoldEnd::NextStart,
            HoldKind::Never => HoldEnd::Never,
        };
        let name = "Hallway".to_owned();
        let hold = Hold {
            thermostat: id(),
            name,
            write: write.clone(),
            before: Some(before),
            began: self.now,
            ends,
            mode: None,
            rule: None,
        };
        let hold = hold.after(self.disk.kept.holds.get(&id()), &self.home, self.now);
        self.disk.kept.holds.insert(id(), hold);
        self.show_holds();
        self.set_target(celsius);
        self.disturbed = self.now;
    }

    fn show_holds(&mut self) {
        if let Some(executor) = &mut self.executor {
            executor.set_holds(self.disk.kept.holds.clone());
        }
    }

    fn crash(&mut self) {
        let time = SignedDuration::from_secs(self.rng.i64(1..3_600));
        self.kill(time);
    }

    fn kill(&mut self, time: SignedDuration) {
        self.executor = None;
        self.kills += 1;
        self.note("killed");
        self.absent_until = self.now + time;
        self.clear_since = Timestamp::MAX;
    }

    /// Lets the engine and the executor do what is due now.
    pub(super) fn settle(&mut self) {
        if self.now < self.absent_until {
            return;
        }
        if self.executor.is_none() {
            self.begin();
        }
        if self.clear_since == Timestamp::MAX && self.is_clear() {
            self.clear_since = self.now;
        }
        self.hear();
        self.deliver();
        self.recheck();
        for _ in 0..50 {
            let Some(step) = self.due() else { return };
            self.take(step);
            if self.executor.is_none() {
                return;
            }
        }
        self.problems.push(format!("{}: the executor does not come to rest", self.now));
    }

    /// A running engine notices that the value changed.
    fn hear(&mut self) {
        if !self.is_live || self.target() == self.seen {
            return;
        }
        self.seen = self.target();
        let write = Write::Target(id(), Setpoint::celsius(self.seen));
        let change = HeardChange { at: self.now, write, is_by_hand: true };
        self.heard_by_hand = Some(self.now);
        // The engine knows when it noticed a change, not when that was made.
        self.disturbed = self.now;
        self.disk.by_hand = Some(change.clone());
        if let Some(executor) = &mut self.executor {
            executor.hear(change);
        }
    }

    /// The engine sends what waits, or gives it up.
    fn deliver(&mut self) {
        let Some(queued) = &self.disk.queue else { return };
        let can_send = self.is_live && self.thermostat().is_reachable() && self.now >= queued.arrives;
        let expires = self.now >= queued.at + EXPIRY;
        if !can_send && !expires {
            return;
        }
        let Some(QueuedWrite { run, write, at, .. }) = self.disk.queue.take() else { return };
        let outcome = if can_send { RunOutcome::Done } else { RunOutcome::NotSent };
        if let (true, Write::Target(_, setpoint)) = (can_send, &write) {
            self.set_target(setpoint.degrees);
            self.seen = setpoint.degrees;
            self.arrived.push((run, setpoint.degrees));
            self.note(&format!("{} arrived", setpoint.degrees));
        }
        self.disk.journal.push((at, write, outcome.clone()));
        if self.rng.f64() < CRASH {
            return self.crash();
        }
        self.resolve(run, &outcome);
    }

    fn resolve(&mut self, run: RunId, outcome: &RunOutcome) {
        let Some(executor) = &mut self.executor else { return };
        // Of an earlier process, the journal tells the outcome.
        if !executor.kept().open.contains_key(&run) {
            return;
        }
        executor.resolved(run, outcome);
        self.disk.kept = executor.kept().clone();
        if let Some(run) = self.disk.runs.get_mut(&run) {
            run.outcome = outcome.clone();
        }
    }

    fn recheck(&mut self) {
        let Some(executor) = &self.executor else { return };
        let recorded = |run: &Run| {
            let of_run =
                |(at, write, _): &&(Timestamp, Write, RunOutcome)| *at >= run.at && Some(write) == run.write.as_ref();
            self.disk.journal.iter().find(of_run).map(|(.., outcome)| outcome.clone())
        };
        for (run, outcome) in self.present(|present| executor.recheck(present, true, recorded)) {
            self.resolve(run, &outcome);
        }
    }

    pub(super) fn present<T>(&self, f: impl FnOnce(&Present<'_>) -> T) -> T {
        f(&Present {
            now: self.now,
            zone: &self.clock.zone,
            home: &self.home,
            is_live: &|_| self.is_live,
            is_pending: &|_| self.disk.queue.is_some(),
        })
    }

    fn due(&self) -> Option<Step> {
        let executor = self.executor.as_ref()?;
        self.present(|present| executor.due(present)).into_iter().next()
    }

    /// Stores a step and acts upon it, unless the process is killed in between.
    fn take(&mut self, step: Step) {
        let run = RunId(self.next_run);
        self.next_run += 1;
        self.steps += 1;
        self.note(&format!("{:?} due {} {:?}", step.run.outcome, step.run.due, step.run.write));
        let is_lost = matches!(step.run.outcome, RunOutcome::Skipped(Skip::ChangedByHand | Skip::OtherValue));
        if step.run.ends_hold.is_some() && is_lost {
            self.disturbed = self.now;
        }
        let write = step.run.write.clone().filter(|_| step.run.outcome == RunOutcome::Open);
        self.disk.runs.insert(run, step.run.clone());
        let Some(executor) = &mut self.executor else { return };
        executor.stored(run, step);
        self.disk.kept = executor.kept().clone();
        let Some(write) = write else { return };
        // Killed between the mark and the act.
        if self.rng.f64() < CRASH {
            return self.crash();
        }
        let arrives = self.now + SignedDuration::from_secs(self.rng.i64(1..20));
        self.disk.queue = Some(QueuedWrite { run, write, at: self.now, arrives });
        // Killed between the act and its answer.
        if self.rng.f64() < CRASH {
            self.crash();
        }
    }

    /// The next moment at which something is due by itself.
    pub(super) fn next_wake(&self) -> Option<Timestamp> {
        if self.now < self.absent_until {
            return Some(self.absent_until);
        }
        let executor = self.executor.as_ref()?;
        let start = self.present(|present| executor.wake_at(present));
        let queue = self
            .disk
            .queue
            .as_ref()
            .map(|queued| if queued.arrives > self.now { queued.arrives } else { queued.at + EXPIRY });
        [start, queue].into_iter().flatten().filter(|at| *at > self.now).min()
    }
}
