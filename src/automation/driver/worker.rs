//! The loop of the thread.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use jiff::{SignedDuration, Timestamp};

use super::accounts::{EngineAccounts, HeardRecords, outcome_of_resolution};
use super::rules::{RuleFileState, SHOWN_RULE_RUNS};
use super::view::AutomationView;
use super::{AutomationNews, AutomationSetup, Message, ScheduleChange, SharedState};
use crate::automation::FormProblem;
use crate::automation::executor::{Executor, Present};
use crate::automation::hold::{Hold, HoldEnd};
use crate::automation::rule::{RuleExecutor, RuleRun};
use crate::automation::run::{Run, RunId, RunOutcome};
use crate::automation::schedule::LoadedSchedules;
use crate::automation::store::{AutomationStore, OpenedStore, StoreError};
use crate::engine::{Origin, Phase, Request};
use crate::home::DeviceId;

/// Longest time between two looks. A computer that slept is noticed by it, and a file that another program changed.
const LOOK: Duration = Duration::from_secs(30);
/// Time between two attempts to open a store that could not be opened.
const RETRY: Duration = Duration::from_secs(10);
/// A time between two looks that is longer than this was a sleep.
const PAUSE: SignedDuration = SignedDuration::from_secs(45);
/// The time after a sleep in which services tell what happened meanwhile.
const REST: Duration = Duration::from_secs(20);
/// Number of runs that the window shows.
const SHOWN_RUNS: usize = 300;

pub(super) struct Worker {
    pub(super) setup: AutomationSetup,
    pub(super) shared: Arc<SharedState>,
    pub(super) results: Sender<Message>,
    pub(super) accounts: EngineAccounts,
    /// `None` until the store could be opened.
    pub(super) open: Option<OpenState>,
    tried: Option<Instant>,
    error: Option<StoreError>,
    pub(super) loaded: Arc<LoadedSchedules>,
    /// Time and size of the file of schedules when it was read.
    stamp: Option<(SystemTime, u64)>,
    is_read: bool,
    /// The last look on both clocks.
    last_look: Option<(Instant, Timestamp)>,
    /// Nothing is decided until then.
    rests_until: Option<Instant>,
    pub(super) rules: RuleFileState,
}

pub(super) struct OpenState {
    pub(super) store: AutomationStore,
    pub(super) executor: Executor,
    pub(super) rules: RuleExecutor,
    foreign_version: i64,
    runs: Arc<Vec<(RunId, Run)>>,
    pub(super) rule_runs: Arc<Vec<(RunId, RuleRun)>>,
}

impl Worker {
    pub(super) fn new(setup: AutomationSetup, shared: Arc<SharedState>, results: Sender<Message>) -> Self {
        Self {
            setup,
            shared,
            results,
            accounts: EngineAccounts::default(),
            open: None,
            tried: None,
            error: None,
            loaded: Arc::default(),
            stamp: None,
            is_read: false,
            last_look: None,
            rests_until: None,
            rules: RuleFileState::default(),
        }
    }

    pub(super) fn run(mut self, receiver: &Receiver<Message>) {
        self.work();
        loop {
            let mut next = match receiver.recv_timeout(self.pause()) {
                Ok(message) => Some(message),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            while let Some(message) = next {
                if matches!(message, Message::Stop) {
                    return;
                }
                self.handle(message);
                next = receiver.try_recv().ok();
            }
            self.work();
        }
    }

    /// The time until something is due, or until the next look.
    fn pause(&self) -> Duration {
        if let Some(until) = self.rests_until {
            return until.saturating_duration_since(Instant::now()) + Duration::from_millis(5);
        }
        let Some(open) = &self.open else { return RETRY };
        let next = self.present(|present| open.executor.wake_at(present)).into_iter();
        let next = next.chain(open.rules.wake_at(self.setup.clock.now())).min();
        let ahead = next.map(|next| next.duration_since(self.setup.clock.now()));
        let ahead = ahead.map(|ahead| Duration::try_from(ahead).unwrap_or_default());
        // A moment later, so that the clock has surely reached it.
        ahead.map_or(LOOK, |ahead| (ahead + Duration::from_millis(5)).min(LOOK))
    }

    fn handle(&mut self, message: Message) {
        match message {
            Message::Wake => self.shared.is_woken.store(false, Ordering::Release),
            Message::Accounts(accounts) => self.accounts.replace(accounts),
            Message::Hold(hold) => {
                let (home, now) = (self.accounts.shared_home(), self.setup.clock.now());
                self.change_store(|store| store.put_hold(*hold, &home, now));
            }
            Message::EndHold(id) => self.move_hold(&id, HoldEnd::At(self.setup.clock.now())),
            Message::MoveHold(id, ends) => self.move_hold(&id, ends),
            Message::Schedules(change) => self.change_schedules(change),
            Message::Resolved(id, Some(resolution)) => self.resolve(id, &outcome_of_resolution(&resolution)),
            // The engine ended: the next one, or the journal, tells the outcome.
            Message::Resolved(id, None) => {
                if let Some(open) = &mut self.open {
                    open.executor.orphan(id);
                }
            }
            Message::Rules(change) => self.change_rules(change),
            Message::Presets(presets) => self.setup.presets = presets,
            Message::RuleResolved(id, place, resolution) => self.rule_resolved(id, place, &resolution),
            Message::RuleDone(id, place, outcome) => self.rule_done(id, place, &outcome),
            Message::RuleEnded(id) => {
                if let Some(open) = &mut self.open {
                    open.rules.orphan(id);
                }
            }
            Message::Stop => {}
        }
    }

    fn move_hold(&mut self, id: &DeviceId, ends: HoldEnd) {
        self.change_store(|store| store.change_hold(id, |hold| Some(Hold { ends, ..hold? })));
    }

    fn change_store(&mut self, change: impl FnOnce(&mut AutomationStore) -> Result<(), StoreError>) {
        self.ensure_open();
        let Some(open) = &mut self.open else {
            let error = self.error.clone().unwrap_or(StoreError::Damaged);
            return self.shared.tell(AutomationNews::Store(error));
        };
        let changed = change(&mut open.store).and_then(|()| open.store.holds());
        match changed {
            Ok(holds) => open.executor.set_holds(holds),
            Err(error) => self.shared.tell(AutomationNews::Store(error)),
        }
    }

    fn change_schedules(&mut self, change: ScheduleChange) {
        match self.setup.files.schedules.update(change) {
            Ok(_) => self.is_read = false,
            Err(problem) => self.shared.tell(AutomationNews::Form(problem)),
        }
    }

    fn ensure_open(&mut self) {
        if self.open.is_some() || self.tried.is_some_and(|tried| tried.elapsed() < RETRY) {
            return;
        }
        self.tried = Some(Instant::now());
        let opened = AutomationStore::open(&self.setup.files.store).and_then(|OpenedStore { store, damaged }| {
            if let Some(damaged) = damaged {
                self.shared.tell(AutomationNews::SetAside(damaged));
            }
            if self.setup.is_new_home && self.open.is_none() && self.error.is_none() {
                store.forget_state()?;
            }
            let mut executor = Executor::restored(store.load()?, self.setup.clock.now());
            executor.set_schedules(self.loaded.content.clone());
            let mut rules = RuleExecutor::restored(store.load_rules(self.setup.clock.now())?);
            rules.set_rules(self.rules.loaded.content.clone());
            let (foreign_version, runs) = (store.foreign_version()?, Arc::new(store.runs(None, SHOWN_RUNS)?));
            let rule_runs = Arc::new(store.rule_runs(None, SHOWN_RULE_RUNS)?);
            Ok(OpenState { store, executor, rules, foreign_version, runs, rule_runs })
        });
        match opened {
            Ok(open) => {
                self.open = Some(open);
                self.error = None;
                self.accounts.hear_again();
            }
            Err(error) => self.fail(error),
        }
    }

    /// Tells once why nothing is carried out, and opens the store anew later.
    pub(super) fn fail(&mut self, error: StoreError) {
        self.open = None;
        if self.error.as_ref() != Some(&error) {
            tracing::warn!(%error, path = %self.setup.files.store.display(), "the store of the automation");
            self.shared.tell(AutomationNews::Store(error.clone()));
        }
        self.error = Some(error);
    }

    fn work(&mut self) {
        self.notice_pause();
        self.read_schedules();
        self.read_rules();
        if self.open.as_ref().is_some_and(|open| !open.store.is_in_place(&self.setup.files.store)) {
            tracing::warn!(path = %self.setup.files.store.display(), "the store was replaced; it is opened anew");
            (self.open, self.tried) = (None, None);
        }
        self.ensure_open();
        if let Err(error) = self.try_work() {
            self.fail(error);
        }
        self.show();
    }

    /// Notices that this process did not run for a while: the computer slept. What the engines show is older than that,
    /// and the news of their services are only on their way.
    fn notice_pause(&mut self) {
        let (instant, wall) = (Instant::now(), self.setup.clock.now());
        if let Some((last, last_wall)) = self.last_look.replace((instant, wall)) {
            let ran = SignedDuration::try_from(instant.duration_since(last)).unwrap_or(SignedDuration::MAX);
            let passed = wall.duration_since(last_wall);
            if ran.max(passed) > PAUSE {
                tracing::info!(?passed, "the computer slept, or this process stood still");
                self.rests_until = Some(instant + REST);
            }
        }
        self.rests_until = self.rests_until.filter(|until| *until > instant);
    }

    fn read_schedules(&mut self) {
        let path = self.setup.files.schedules.path();
        let found = std::fs::metadata(path).ok();
        let stamp = found.and_then(|found| Some((found.modified().ok()?, found.len())));
        if self.is_read && stamp == self.stamp {
            return;
        }
        self.is_read = true;
        self.stamp = stamp;
        let loaded = match self.setup.files.schedules.load() {
            Ok(loaded) => loaded,
            // Somebody may be editing the file: what was in force goes on.
            Err(problem) => LoadedSchedules { problems: vec![problem], ..(*self.loaded).clone() },
        };
        let is_new = |problem: &&FormProblem| !self.loaded.problems.contains(problem);
        for problem in loaded.problems.iter().filter(is_new) {
            self.shared.tell(AutomationNews::Form(problem.clone()));
        }
        self.loaded = Arc::new(loaded);
        if let Some(open) = &mut self.open {
            open.executor.set_schedules(self.loaded.content.clone());
        }
    }

    fn try_work(&mut self) -> Result<(), StoreError> {
        let HeardRecords { changes, failures } = self.accounts.refresh();
        self.hear_for_rules(&changes, failures);
        let Some(open) = &mut self.open else { return Ok(()) };
        let version = open.store.foreign_version()?;
        if version != open.foreign_version {
            open.foreign_version = version;
            open.executor.set_holds(open.store.holds()?);
        }
        for change in changes {
            open.executor.hear(change);
        }
        self.yield_to_people();
        if self.rests_until.is_some() {
            return Ok(());
        }
        let outcomes = match &self.open {
            Some(open) => {
                let keeps_queue = self.setup.keeps_queue;
                self.present(|present| open.executor.recheck(present, keeps_queue, |run| self.accounts.recorded(run)))
            }
            None => Vec::new(),
        };
        for (id, outcome) in outcomes {
            self.try_resolve(id, &outcome)?;
        }
        // Each step may make another one due: a note about what passed comes before what is in force.
        for _ in 0..4 {
            let Some(open) = &self.open else { return Ok(()) };
            let steps = self.present(|present| open.executor.due(present));
            if steps.is_empty() {
                break;
            }
            for step in steps {
                let Some(open) = &mut self.open else { return Ok(()) };
                let id = open.store.add(&step)?;
                let run = step.run.clone();
                open.executor.stored(id, step);
                self.act(id, &run);
            }
            self.reread_runs()?;
        }
        self.try_rules()
    }

    /// A value that somebody else chose while ours waited wins.
    fn yield_to_people(&self) {
        let Some(open) = &self.open else { return };
        for run in open.executor.kept().open.values() {
            if let Some((slot, Phase::Conflict { .. })) = self.accounts.pending(&run.thermostat)
                && let Some(access) = self.accounts.access(&run.thermostat)
            {
                access.request(Request::TakeTheirs(slot));
            }
        }
    }

    /// Requests the write of a stored run.
    fn act(&mut self, id: RunId, run: &Run) {
        let Some(write) = run.write.clone().filter(|_| run.outcome == RunOutcome::Open) else { return };
        let origin = if run.ends_hold.is_some() { Origin::Hold } else { Origin::Schedule };
        let access = self.accounts.access(&run.thermostat);
        let Some(mut handle) = access.and_then(|access| access.submit(run.name.clone(), vec![write], origin)) else {
            return self.resolve(id, &RunOutcome::NotSent);
        };
        let results = self.results.clone();
        self.setup.runtime.spawn(async move {
            let resolved = handle.next().await;
            // The thread has ended if nobody receives it; the next one rechecks the run.
            results.send(Message::Resolved(id, resolved.map(|resolved| resolved.resolution))).ok();
        });
    }

    fn resolve(&mut self, id: RunId, outcome: &RunOutcome) {
        if let Err(error) = self.try_resolve(id, outcome) {
            self.fail(error);
        }
    }

    fn try_resolve(&mut self, id: RunId, outcome: &RunOutcome) -> Result<(), StoreError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        let Some(run) = open.executor.kept().open.get(&id) else { return Ok(()) };
        let run = Run { outcome: outcome.clone(), ..run.clone() };
        let applied = open.executor.applied_after(id, outcome);
        open.store.resolve(id, &run, applied.as_ref())?;
        open.executor.resolved(id, outcome);
        if let RunOutcome::Refused(why) = outcome {
            self.shared.tell(AutomationNews::Refused { thermostat: run.name, why: why.clone() });
        }
        self.reread_runs()
    }

    fn reread_runs(&mut self) -> Result<(), StoreError> {
        if let Some(open) = &mut self.open {
            open.runs = Arc::new(open.store.runs(None, SHOWN_RUNS)?);
        }
        Ok(())
    }

    pub(super) fn present<T>(&self, f: impl FnOnce(&Present<'_>) -> T) -> T {
        f(&Present {
            now: self.setup.clock.now(),
            zone: &self.setup.zone,
            home: self.accounts.home(),
            is_live: &|id| self.accounts.is_live(id),
            is_pending: &|id| self.accounts.pending(id).is_some(),
        })
    }

    fn show(&self) {
        let of_executor = |open: &OpenState| {
            let view = self.present(|present| AutomationView::of(&open.executor, present));
            AutomationView {
                runs: Arc::clone(&open.runs),
                rule_runs: Arc::clone(&open.rule_runs),
                rule_states: open.rules.states().clone(),
                ..view
            }
        };
        let view = self.open.as_ref().map(of_executor).unwrap_or_default();
        self.shared.show(AutomationView {
            schedules: Arc::clone(&self.loaded),
            rules: Arc::clone(&self.rules.loaded),
            error: self.error.clone(),
            ..view
        });
    }
}
