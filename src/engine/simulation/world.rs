//! The world of a scenario: the real engine, and everything around it, on one clock.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::action::{Action, THERMOSTATS};
use super::ledger::{Ledger, name_of};
use super::model::{self, Disk, Fate};
use super::owner::Owner;
use crate::engine::core::{Clocks, Core, ServiceFacts, ToDisk};
use crate::engine::{AccountLabel, AccountName, Debounce, Origin, Request, RequestId, Resolved, Snapshot};
use crate::home::{DeviceTree, Setpoint, Slot, Write};
use crate::service::{Failure, Reason, Update, WriteLimits};

const FACTS: ServiceFacts = ServiceFacts { confirm_within: Duration::from_secs(8), kept_here: &[] };
/// The time at the beginning, in seconds.
const BEGIN: i64 = 1_700_000_000;
/// The slowest disk that the engine still waits for, in milliseconds.
const SLOW_DISK: u64 = 1900;

/// A future event.
pub(super) enum Event {
    /// The disk writes the waiting jobs.
    Flush { run: u64 },
    /// The service applies a write.
    Apply(Write),
    /// An answer arrives.
    Answer { run: u64, slot: Slot, answer: Result<(), Failure> },
    /// The stream delivers an update.
    Said { stream: u64, update: Update },
    /// A new stream is opened.
    Open { stream: u64 },
    /// The program starts.
    Start,
    /// The bridge checks if it has to own the account.
    Serve,
    /// A request of another process reaches the owner.
    Asked { run: u64, write: Write, origin: Origin },
    /// A requester stops waiting.
    Withdraw { run: u64, request: RequestId },
    /// A command that owns the account ends.
    Leave { run: u64 },
}

/// A run of the engine.
pub(super) struct Run {
    pub(super) core: Core,
    /// Jobs that wait for the disk, and the writes that wait for those jobs.
    to_disk: Vec<ToDisk>,
    to_send: Vec<Write>,
    /// Sent and not answered.
    in_flight: Vec<Write>,
    /// Resolutions that wait for the disk.
    undelivered: Vec<Resolved>,
    pub(super) owner: Owner,
}

pub(super) struct World {
    seed: u64,
    /// Number of sends of each value.
    sends: BTreeMap<String, u64>,
    start: Instant,
    pub(super) millis: u64,
    /// The lead of the wall clock over the monotonic clock, in milliseconds.
    ahead: i64,
    events: BTreeMap<(u64, u64), Event>,
    last_event: u64,
    pub(super) home: DeviceTree,
    disk: Disk,
    pub(super) run: Option<Run>,
    pub(super) runs: u64,
    /// True while a bridge runs, as the owner or not.
    pub(super) is_serving: bool,
    stream: u64,
    /// The stream delivers homes in order.
    last_said: u64,
    strangers: usize,
    is_calm: bool,
    pub(super) ledger: Ledger,
    /// A line per event, if the scenario is to be printed.
    pub(super) diary: Option<Vec<String>>,
}

impl World {
    pub(super) fn new(seed: u64, has_diary: bool) -> Self {
        let mut world = Self {
            seed,
            sends: BTreeMap::new(),
            start: Instant::now(),
            millis: 0,
            ahead: 0,
            events: BTreeMap::new(),
            last_event: 0,
            home: model::home(),
            disk: Disk::default(),
            run: None,
            runs: 0,
            is_serving: false,
            stream: 0,
            last_said: 0,
            strangers: 0,
            is_calm: false,
            ledger: Ledger::default(),
            diary: has_diary.then(Vec::new),
        };
        for thermostat in 0..THERMOSTATS {
            let first = Write::Target(model::thermostat(thermostat), Setpoint::celsius(20.0));
            world.ledger.shown.insert((first.slot(), first.value_text()));
        }
        world.begin(Owner::Program);
        world.pass(2000);
        world
    }

    fn now(&self) -> Clocks {
        let wall = i64::try_from(self.millis).expect("a short story") + self.ahead;
        let begin = Timestamp::from_second(BEGIN).expect("in range");
        Clocks {
            instant: self.start + Duration::from_millis(self.millis),
            wall: begin + SignedDuration::from_millis(wall),
        }
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        let at = self.millis as f64 / 1000.0;
        if let Some(diary) = &mut self.diary {
            diary.push(format!("  {at:>10.3} s  {}", what()));
        }
    }

    /// Randomness from the seed and the subject, not from earlier events: a scenario with fewer actions remains
    /// the same in the rest.
    pub(super) fn chance(&self, about: impl Hash) -> Rng {
        let mut hasher = DefaultHasher::new();
        (self.seed, about).hash(&mut hasher);
        Rng::with_seed(hasher.finish())
    }

    pub(super) fn later(&mut self, after: u64, event: Event) {
        self.last_event += 1;
        self.events.insert((self.millis + after, self.last_event), event);
    }

    pub(super) fn snapshot(&mut self) -> Option<Snapshot> {
        let now = self.now();
        self.run.as_mut().map(|run| run.core.snapshot(now))
    }

    pub(super) fn records(&self) -> Vec<crate::engine::Record> {
        self.disk.records()
    }

    /// Makes a process the owner, with the present files.
    pub(super) fn begin(&mut self, owner: Owner) {
        let label = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let core = Core::new(Arc::new(label), WriteLimits::REAL, FACTS, self.disk.load(), self.now());
        self.runs += 1;
        self.run = Some(Run {
            core,
            to_disk: Vec::new(),
            to_send: Vec::new(),
            in_flight: Vec::new(),
            undelivered: Vec::new(),
            owner,
        });
        self.open(0);
        self.lock_file();
    }

    /// Opens a new stream after a while; the old one delivers nothing more.
    fn open(&mut self, after: u64) {
        self.stream += 1;
        let opens = after + self.chance(self.millis).u64(20..800);
        self.later(after, Event::Said { stream: self.stream, update: Update::Connecting });
        self.later(opens, Event::Open { stream: self.stream });
    }

    /// The service reports its present home.
    fn report(&mut self) {
        // Within the confirmation time of the service, however slow it is.
        let mut chance = self.chance(self.millis);
        let takes = if chance.u8(..6) == 0 { chance.u64(1500..6000) } else { chance.u64(5..1500) };
        let at = (self.millis + takes).max(self.last_said + 1);
        self.last_said = at;
        let update = Update::Home(Box::new(self.home.clone()));
        self.later(at - self.millis, Event::Said { stream: self.stream, update });
    }

    /// One turn of the engine's loop.
    fn lock_file(&mut self) {
        let (now, runs) = (self.now(), self.runs);
        let Some(run) = &mut self.run else { return };
        let due = run.core.tick(now);
        let jobs = run.core.take_to_disk();
        run.to_send.extend(due.into_iter().map(crate::home::Checked::into_write));
        let is_idle = run.to_disk.is_empty();
        run.to_disk.extend(jobs);
        let has_work = !run.to_disk.is_empty();
        run.undelivered.extend(run.core.take_resolved());
        if has_work && is_idle {
            let mut chance = self.chance(self.millis);
            let takes = if chance.u8(..20) == 0 { SLOW_DISK } else { chance.u64(1..40) };
            self.later(takes, Event::Flush { run: runs });
        } else if !has_work {
            self.tell_ends();
            self.send();
        }
    }

    /// Delivers the resolutions that are on disk.
    fn tell_ends(&mut self) {
        let Some(run) = &mut self.run else { return };
        for resolved in std::mem::take(&mut run.undelivered) {
            self.ledger.note_resolution(resolved);
        }
    }

    /// Sends the writes that waited for the disk.
    fn send(&mut self) {
        let Some(run) = &mut self.run else { return };
        let writes = std::mem::take(&mut run.to_send);
        run.in_flight.extend(writes.iter().cloned());
        for write in writes {
            let about = format!("{:?} {}", write.slot(), write.value_text());
            let sent = self.sends.entry(about.clone()).or_default();
            *sent += 1;
            let about = (about, *sent);
            let fate = if self.is_calm { Fate::good() } else { Fate::any(&mut self.chance(about)) };
            self.note(|| format!("sent {}: {fate:?}", write.value_text()));
            let Fate { applied_after, answer, answered_after, doubled_after, is_lie } = fate;
            if let (true, Some(named)) = (is_lie, self.ledger.of(&write)) {
                named.lies += 1;
            }
            if let Some(after) = applied_after {
                self.later(after, Event::Apply(write.clone()));
                if let Some(again) = doubled_after {
                    self.later(after + again, Event::Apply(write.clone()));
                    if let Some(named) = self.ledger.of(&write) {
                        named.doubled += 1;
                    }
                }
            }
            self.later(answered_after, Event::Answer { run: self.runs, slot: write.slot(), answer });
        }
    }

    fn flush(&mut self) {
        let Some(run) = &mut self.run else { return };
        let jobs = std::mem::take(&mut run.to_disk);
        if self.disk.write(&jobs, usize::MAX, false) {
            self.ledger.kept(&jobs);
        }
        self.tell_ends();
        self.send();
    }

    fn happen(&mut self, event: Event) {
        let now = self.now();
        match event {
            Event::Flush { run } if run == self.runs => self.flush(),
            Event::Apply(write) => {
                self.note(|| format!("applied {}", write.value_text()));
                model::apply(&mut self.home, &write);
                self.ledger.shown.insert((write.slot(), write.value_text()));
                if let Some(named) = self.ledger.of(&write) {
                    named.applied += 1;
                }
                self.report();
            }
            Event::Answer { run, slot, answer } if run == self.runs => {
                self.note(|| format!("answered {answer:?}"));
                if let Some(run) = &mut self.run {
                    if answer.is_ok() {
                        let answered = run.in_flight.iter().filter(|write| write.slot() == slot);
                        self.ledger.accepted.extend(answered.map(|write| (write.slot(), write.value_text())));
                    }
                    run.in_flight.retain(|write| write.slot() != slot);
                    run.core.answered(&slot, answer, now);
                }
            }
            Event::Said { stream, update } if stream == self.stream => {
                self.note(|| describe(&update));
                if let Some(run) = &mut self.run {
                    run.core.update(update, now);
                }
            }
            Event::Open { stream } if stream == self.stream => self.report(),
            Event::Start => self.start(),
            Event::Serve => self.serve(),
            Event::Asked { run, write, origin } if run == self.runs => self.asked(write, origin),
            Event::Withdraw { run, request } if run == self.runs => self.ask(Request::Withdraw(request)),
            Event::Leave { run } if run == self.runs => self.leave(),
            // Events of a run or a stream that has ended.
            Event::Flush { .. }
            | Event::Answer { .. }
            | Event::Said { .. }
            | Event::Open { .. }
            | Event::Asked { .. }
            | Event::Withdraw { .. }
            | Event::Leave { .. } => {}
        }
        self.lock_file();
    }

    pub(super) fn pass(&mut self, millis: u64) {
        let until = self.millis + millis;
        loop {
            let next = self.events.first_key_value().map(|((at, _), _)| *at);
            let now = self.now();
            let wake = self.run.as_ref().and_then(|run| run.core.wake_at(now)).map(|at| {
                let ahead = at.saturating_duration_since(now.instant).as_millis();
                self.millis + u64::try_from(ahead).expect("a short story").max(1)
            });
            let Some(at) = next.into_iter().chain(wake).min().filter(|at| *at <= until) else { break };
            self.millis = self.millis.max(at);
            if next == Some(at) {
                if let Some((_, event)) = self.events.pop_first() {
                    self.happen(event);
                }
            } else {
                self.lock_file();
            }
        }
        self.millis = self.millis.max(until);
    }

    pub(super) fn ask(&mut self, request: Request) {
        self.request(request);
    }

    /// Sends a request to the engine; a change gets an id for its resolutions.
    pub(super) fn request(&mut self, request: Request) -> Option<RequestId> {
        let now = self.now();
        let mut id = None;
        if let Some(run) = &mut self.run {
            id = matches!(request, Request::Set { .. } | Request::Apply { .. }).then(RequestId::next);
            if let Some(id) = id {
                self.ledger.note_request(id, &request);
            }
            run.core.submit(request, id, now);
        }
        self.lock_file();
        id
    }

    fn want(&mut self, write: Write, debounce: Debounce) {
        self.ask(Request::Set { write, debounce, origin: Origin::Window, seen: None });
    }

    /// Ends the owner after this many disk steps.
    pub(super) fn end(&mut self, steps: usize, is_torn: bool) {
        if let Some(run) = self.run.take() {
            if self.disk.write(&run.to_disk, steps, is_torn) {
                self.ledger.kept(&run.to_disk);
            }
            for write in &run.in_flight {
                if let Some(named) = self.ledger.of(write) {
                    named.ended_in_flight += 1;
                }
            }
            self.ledger.open.clear();
            self.runs += 1;
        }
    }

    pub(super) fn act(&mut self, action: &Action) {
        if !matches!(action, Action::Pass(_)) {
            self.note(|| format!("{action:?}"));
        }
        let (now, seed_name) = (self.now(), |number: usize| format!("n{number}"));
        let target = |thermostat, halves: u8| {
            Write::Target(model::thermostat(thermostat), Setpoint::celsius(f64::from(halves) / 2.0))
        };
        let label = |thermostat, number| Write::Label(model::thermostat(thermostat), seed_name(number));
        let slot = |thermostat, is_name: bool| {
            if is_name { label(thermostat, 0).slot() } else { target(thermostat, 40).slot() }
        };
        match *action {
            Action::Pass(millis) => self.pass(millis),
            Action::Name { thermostat, number, debounce } => self.want(label(thermostat, number), debounce),
            Action::Target { thermostat, halves, debounce } => self.want(target(thermostat, halves), debounce),
            Action::Preset { number, halves } => {
                let names = (0..THERMOSTATS).map(|thermostat| label(thermostat, number - thermostat));
                let writes = names.chain((0..THERMOSTATS).map(|thermostat| target(thermostat, halves))).collect();
                self.ask(Request::Apply { name: "Preset".to_owned(), writes, origin: Origin::Tray });
            }
            Action::Discard { thermostat, is_name } => self.ask(Request::Discard(slot(thermostat, is_name))),
            Action::SendNow { thermostat } => self.ask(Request::SendNow(slot(thermostat, true))),
            Action::Retry { thermostat, is_name } => self.again(&slot(thermostat, is_name), Request::Retry),
            Action::Decide { thermostat, is_ours: true } => self.again(&slot(thermostat, true), Request::KeepMine),
            Action::Decide { thermostat, is_ours: false } => self.ask(Request::TakeTheirs(slot(thermostat, true))),
            Action::Undo => {
                let records = self.records();
                let is_target =
                    |record: &&crate::engine::Record| record.undo.as_ref().is_some_and(|undo| name_of(undo).is_none());
                if let Some(record) = records.iter().rev().find(is_target) {
                    self.ask(Request::Undo(record.id));
                }
            }
            Action::Stranger { thermostat, is_name } => {
                self.strangers += 1;
                let name = Write::Label(model::thermostat(thermostat), format!("stranger {}", self.strangers));
                let halves = 18 + u8::try_from(self.strangers % 46).expect("small");
                let write = if is_name { name } else { target(thermostat, halves) };
                model::apply(&mut self.home, &write);
                self.ledger.shown.insert((write.slot(), write.value_text()));
                self.report();
            }
            Action::Cut(millis) => {
                if let Some(run) = &mut self.run {
                    let retry_in = Duration::from_millis(millis);
                    run.core.update(Update::Lost { failure: Failure::offline(Reason::Closed), retry_in }, now);
                    self.open(millis);
                }
            }
            Action::Silence => {
                if let Some(run) = &mut self.run {
                    run.core.update(Update::Stalled, now);
                }
            }
            Action::Kill { steps, is_torn, away } => self.stop(steps, is_torn, away),
            Action::Quit { away } => self.quit(away),
            Action::Other { thermostat, number, is_client } => self.other(label(thermostat, number), is_client),
            Action::Serve => {
                self.is_serving = true;
                self.later(500, Event::Serve);
            }
            Action::Sleep(millis) => self.ahead += i64::try_from(millis).expect("small"),
            Action::SetClock(millis) => self.ahead += millis,
        }
    }

    /// A request that sends a name again.
    fn again(&mut self, slot: &Slot, request: fn(Slot) -> Request) {
        let snapshot = self.snapshot();
        let pending = snapshot.and_then(|snapshot| snapshot.write_state(slot).map(|state| state.write.clone()));
        if let Some(named) = pending.and_then(|pending| self.ledger.named.get_mut(name_of(&pending)?)) {
            named.again += 1;
        }
        self.ask(request(slot.clone()));
    }

    /// Ends all faults and actions, and runs until everything has an outcome.
    pub(super) fn come_to_rest(&mut self) {
        self.is_calm = true;
        self.pass(200_000);
        self.act(&Action::Cut(100));
        self.pass(7_200_000);
        for thermostat in 0..THERMOSTATS {
            for is_name in [true, false] {
                let label = Write::Label(model::thermostat(thermostat), String::new()).slot();
                let target = Write::Target(model::thermostat(thermostat), Setpoint::celsius(20.0)).slot();
                self.ask(Request::TakeTheirs(if is_name { label } else { target }));
            }
        }
        self.pass(600_000);
    }
}

/// A short description of an update.
fn describe(update: &Update) -> String {
    let Update::Home(home) = update else { return format!("stream: {update:?}") };
    let values = home.thermostats.values().map(|thermostat| {
        let target = thermostat.target_temperature.map(crate::home::Temperature::celsius_view);
        format!("{} {}", thermostat.label.as_deref().unwrap_or_default(), target.unwrap_or_default())
    });
    format!("stream: {}", values.collect::<Vec<_>>().join(", "))
}
