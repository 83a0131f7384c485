//! The thread that carries out holds, schedules and rules while the program runs.
//!
//! ```text
//!   engines ──changed──┐
//!   commands ──────────┼──> worker: hear, recheck, due ──> store ──> engine
//!   time, files ───────┘                │                              │
//!                                       └──> AutomationView            └── outcome ──> store
//! ```
//!
//! The thread follows the engines by itself, because a window that is covered or hidden polls seldom.

mod accounts;
mod rules;
mod view;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;
use std::thread::JoinHandle;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

pub use self::view::{AutomationView, ShownHold, ShownLevel};
use self::worker::Worker;
use super::device_schedule::ScheduleBackups;
use super::hold::{Hold, HoldEnd};
use super::outside::OutsideActs;
use super::problem::FormProblem;
use super::rule::{RuleTrigger, Rules, RulesFile};
use super::run::{RunId, RunOutcome};
use super::schedule::{Schedules, SchedulesFile};
use super::store::{AutomationStore, StoreError};
use crate::clock::Clock;
use crate::engine::{Access, Resolution};
use crate::files::Quarantined;
use crate::home::{DeviceId, Write};

/// The files of the automation.
#[derive(Debug, Clone)]
pub struct AutomationFiles {
    pub schedules: SchedulesFile,
    pub rules: RulesFile,
    /// The file of [`AutomationStore`].
    pub store: PathBuf,
    /// The schedules that thermostats kept before they were replaced.
    pub backups: ScheduleBackups,
}

impl AutomationFiles {
    /// The files of one set of accounts: the schedules, which people edit, and the store.
    pub fn new(schedules: &Path, store: &Path) -> Self {
        Self {
            schedules: SchedulesFile::in_folder(schedules),
            rules: RulesFile::in_folder(schedules),
            store: AutomationStore::file_in(store),
            backups: ScheduleBackups::in_folder(store),
        }
    }
}

/// What the thread needs of the program.
pub struct AutomationSetup {
    pub files: AutomationFiles,
    /// True if the home begins anew with each start: its former holds and starts concern another one.
    pub is_new_home: bool,
    /// True if the engines keep their queue and journal on disk, so that a write without a trace there was never sent.
    pub keeps_queue: bool,
    pub clock: Arc<dyn Clock>,
    /// The zone of homes that tell none.
    pub zone: TimeZone,
    /// The runtime that waits for outcomes.
    pub runtime: Handle,
    /// The presets by name, which rules may apply. [`Automation::set_presets`] replaces them.
    pub presets: Vec<(String, Vec<Write>)>,
    /// The programs and requests that rules may name.
    pub outside: Arc<dyn OutsideActs>,
    /// Called after each new view.
    pub waker: Waker,
}

/// News that the user should know.
#[derive(Debug, Clone, PartialEq)]
pub enum AutomationNews {
    /// Nothing is carried out until the store can be used.
    Store(StoreError),
    /// A damaged file was kept aside.
    SetAside(Quarantined),
    /// An entry of the schedules or of the rules is not carried out.
    Form(FormProblem),
    /// A rule acted too often, and waits.
    RulePaused { rule: String, until: Timestamp },
    /// A rule has something to say about a device, home or account; about nothing if that is empty.
    RuleNotifies { rule: String, text: String, subject: String, trigger: Box<RuleTrigger> },
    /// The service refused a value of a schedule or of a hold's end: the thermostat, and why.
    Refused { thermostat: String, why: String },
}

/// A change of the schedules.
pub type ScheduleChange = Box<dyn FnOnce(&mut Schedules) + Send>;

/// A change of the rules.
pub type RuleChange = Box<dyn FnOnce(&mut Rules) + Send>;

enum Message {
    /// Something may have changed.
    Wake,
    Accounts(Vec<Access>),
    /// A person chose a value for a time. The write itself is requested beside it.
    Hold(Box<Hold>),
    /// The hold ends now: what is in force applies.
    EndHold(DeviceId),
    MoveHold(DeviceId, HoldEnd),
    Schedules(ScheduleChange),
    Resolved(RunId, Option<Resolution>),
    Rules(RuleChange),
    /// The presets by name, which rules may apply.
    Presets(Vec<(String, Vec<Write>)>),
    /// The outcome of the act at a place of a run of a rule.
    RuleResolved(RunId, usize, Resolution),
    /// The outcome of a program or request of a run.
    RuleDone(RunId, usize, RunOutcome),
    /// Nobody reports outcomes of the run any more.
    RuleEnded(RunId),
    Stop,
}

/// The part that thread and program share.
struct SharedState {
    view: Mutex<Arc<AutomationView>>,
    news: Mutex<Vec<AutomationNews>>,
    is_woken: AtomicBool,
    /// Counts the views.
    version: AtomicU64,
    waker: Waker,
}

impl SharedState {
    fn tell(&self, news: AutomationNews) {
        let mut all = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        /// News that wait for a window that nobody opens.
        const MOST: usize = 100;
        if !all.contains(&news) && all.len() < MOST {
            all.push(news);
            drop(all);
            self.waker.wake_by_ref();
        }
    }

    fn show(&self, view: AutomationView) {
        let mut shown = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        if **shown != view {
            *shown = Arc::new(view);
            self.version.fetch_add(1, Ordering::AcqRel);
            drop(shown);
            self.waker.wake_by_ref();
        }
    }
}

/// The running automation. Dropping it ends the thread; holds and schedules go on at the next start.
pub struct Automation {
    sender: Sender<Message>,
    shared: Arc<SharedState>,
    runtime: Handle,
    followers: Vec<AbortHandle>,
    thread: Option<JoinHandle<()>>,
}

impl Automation {
    /// Starts the thread.
    pub fn start(setup: AutomationSetup) -> Self {
        // Unbounded: one wake waits at a time, an outcome belongs to an open run, and a person makes the rest.
        let (sender, receiver) = mpsc::channel();
        let shared = Arc::new(SharedState {
            view: Mutex::default(),
            news: Mutex::default(),
            is_woken: AtomicBool::new(false),
            version: AtomicU64::new(0),
            waker: setup.waker.clone(),
        });
        let runtime = setup.runtime.clone();
        let (own, results) = (Arc::clone(&shared), sender.clone());
        let thread = std::thread::Builder::new().name("setpoint-automation".to_owned());
        let thread = thread.spawn(move || Worker::new(setup, own, results).run(&receiver));
        let thread = thread.inspect_err(|err| tracing::error!(%err, "holds and schedules are not carried out")).ok();
        Self { sender, shared, runtime, followers: Vec::new(), thread }
    }

    /// Replaces the accounts whose thermostats are controlled.
    pub fn follow(&mut self, accounts: Vec<Access>) {
        for follower in self.followers.drain(..) {
            follower.abort();
        }
        for mut access in accounts.clone() {
            let (sender, shared) = (self.sender.clone(), Arc::clone(&self.shared));
            let task = self.runtime.spawn(async move {
                while access.changed().await {
                    access.snapshot();
                    wake(&sender, &shared);
                }
            });
            self.followers.push(task.abort_handle());
        }
        self.send(Message::Accounts(accounts));
    }

    /// The newest view.
    pub fn view(&self) -> Arc<AutomationView> {
        Arc::clone(&self.shared.view.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The number of the newest view.
    pub fn version(&self) -> u64 {
        self.shared.version.load(Ordering::Acquire)
    }

    /// Takes what the user should know.
    pub fn take_news(&self) -> Vec<AutomationNews> {
        std::mem::take(&mut *self.shared.news.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at files and time again, because another process changed something.
    pub fn wake(&self) {
        wake(&self.sender, &self.shared);
    }

    /// Keeps a hold. The write of its value has to be requested beside it.
    pub fn hold(&self, hold: Hold) {
        self.send(Message::Hold(Box::new(hold)));
    }

    /// Ends a hold now: what is in force applies.
    pub fn end_hold(&self, thermostat: DeviceId) {
        self.send(Message::EndHold(thermostat));
    }

    /// Moves the end of a hold.
    pub fn move_hold(&self, thermostat: DeviceId, ends: HoldEnd) {
        self.send(Message::MoveHold(thermostat, ends));
    }

    /// Changes the schedules in their file.
    pub fn change_schedules(&self, change: ScheduleChange) {
        self.send(Message::Schedules(change));
    }

    /// Changes the rules in their file.
    pub fn change_rules(&self, change: RuleChange) {
        self.send(Message::Rules(change));
    }

    /// Tells the presets, which rules may apply.
    pub fn set_presets(&self, presets: Vec<(String, Vec<Write>)>) {
        self.send(Message::Presets(presets));
    }

    fn send(&self, message: Message) {
        if self.sender.send(message).is_err() {
            tracing::error!("the automation has ended");
        }
    }
}

fn wake(sender: &Sender<Message>, shared: &SharedState) {
    if !shared.is_woken.swap(true, Ordering::AcqRel) {
        // The thread has ended if nobody receives it.
        sender.send(Message::Wake).ok();
    }
}

impl Drop for Automation {
    fn drop(&mut self) {
        for follower in self.followers.drain(..) {
            follower.abort();
        }
        self.sender.send(Message::Stop).ok();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the automation ended early");
        }
    }
}
