//! The engine owns the state of an account: the connection, the pending writes, the budget and the journal.
//! Readers receive [`Snapshot`]s and send [`Request`]s; only the engine changes the state.
//!
//! The engine is a task around a state machine ([`core`](self)) without runtime or disk. Requests, updates,
//! answers and time wake the task, which publishes a new snapshot each time. The engine knows no toolkit: its
//! readers pass a [`Waker`].

mod batch;
mod budget;
mod core;
mod delivery;
mod event_log;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod journal;
mod notice;
mod pending;
mod request;
#[cfg(test)]
mod simulation;
mod snapshot;
mod storage;
mod submit;
mod undo;
mod writes;

use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

pub use batch::{Batch, BatchGroup, BatchItem, BatchLabel, ItemState};
pub use event_log::{AlarmLevel, EventKind, HomeEvent};
pub use journal::{Origin, Outcome, Record};
pub use notice::{EngineNotice, EngineWarning};
pub use pending::WaitReason;
pub use request::{Debounce, Request, RequestId, Resolution, Resolved, WriteHandle};
pub use snapshot::{AccountLabel, AccountName, Connection, FailureCause, Phase, Snapshot, WriteState};
pub use storage::{StoragePaths, Stored};
pub use submit::{SubmitOutcome, WaitLimits, Waiting};
pub use undo::{ChangeKind, Reversal, UndoStatus};

use self::core::{Clocks, Core, ServiceFacts};
use self::delivery::Delivery;
use self::request::Ticket;
use self::storage::DiskThread;
use crate::clock::Clock;
use crate::home::Slot;
use crate::service::{Failure, Service, Update, WriteLimits};

/// The parameters of an engine.
pub struct Setup {
    /// Name and place of the account.
    pub account: AccountLabel,
    /// The limits of its service.
    pub limits: WriteLimits,
    /// The files of the queue and the journal; `None` keeps nothing.
    pub storage: Option<StoragePaths>,
    /// Warnings to show from the start.
    pub notices: Vec<EngineWarning>,
    /// The wall clock.
    pub clock: Arc<dyn Clock>,
}

/// Capacity of the request channel.
const WAITING_REQUESTS: usize = 256;
/// The maximum delay of a write or a resolution by a disk that hangs.
const DISK_PATIENCE: Duration = Duration::from_secs(2);
/// Capacity of the channel from the service.
const WAITING_UPDATES: usize = 64;

/// A request with the ticket that its resolutions go to.
type Inbound = (Request, Option<Ticket>);

/// A running engine. Dropping it stops it.
pub struct Engine {
    clock: Arc<dyn Clock>,
    requests: mpsc::Sender<Inbound>,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    wakers: watch::Sender<Option<Waker>>,
    stop: Option<oneshot::Sender<Duration>>,
    task: Option<JoinHandle<usize>>,
}

impl Engine {
    /// Starts an engine on the current runtime.
    pub fn start(setup: Setup, service: Arc<dyn Service>) -> Self {
        let (requests, inbox) = mpsc::channel(WAITING_REQUESTS);
        let first = Snapshot::empty(Arc::new(setup.account.clone()));
        let (publish, snapshots) = watch::channel(Arc::new(first));
        let (wakers, waker) = watch::channel(None);
        let (stop, stopped) = oneshot::channel();
        let clock = Arc::clone(&setup.clock);
        let task = tokio::spawn(run(setup, service, inbox, publish, waker, stopped));
        Self { clock, requests, snapshots, wakers, stop: Some(stop), task: Some(task) }
    }

    /// The newest snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshots.borrow())
    }

    /// A receiver of all later snapshots.
    pub fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.clone()
    }

    /// Sets the waker that is called after each new snapshot.
    pub fn wake(&self, waker: Waker) {
        self.wakers.send_replace(Some(waker));
    }

    /// Sends a request; `false` if the engine is stuck or gone.
    pub fn request(&self, request: Request) -> bool {
        let taken = self.requests.try_send((request, None)).is_ok();
        if !taken {
            tracing::error!("the engine did not take a request");
        }
        taken
    }

    /// A handle for readers that do not own the engine.
    pub fn access(&self) -> Access {
        let clock = Arc::clone(&self.clock);
        Access { clock, requests: self.requests.clone(), snapshots: self.snapshots.clone() }
    }

    /// Sends pending writes for at most `within`, and ends. Returns the number of writes left.
    pub async fn shut_down(mut self, within: Duration) -> usize {
        let (Some(stop), Some(task)) = (self.stop.take(), self.task.take()) else { return 0 };
        stop.send(within).ok();
        task.await.unwrap_or_default()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// A handle to an engine: the newest snapshot, and requests.
#[derive(Clone)]
pub struct Access {
    clock: Arc<dyn Clock>,
    requests: mpsc::Sender<Inbound>,
    snapshots: watch::Receiver<Arc<Snapshot>>,
}

impl Access {
    /// The newest snapshot; marks it as seen for [`Access::changed`].
    pub fn snapshot(&mut self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshots.borrow_and_update())
    }

    /// The newest snapshot, without marking it as seen.
    pub fn snapshot_now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshots.borrow())
    }

    /// Waits for a snapshot that is newer than the last seen one; `false` if the engine has ended.
    pub async fn changed(&mut self) -> bool {
        self.snapshots.changed().await.is_ok()
    }

    /// Sends a request; `false` if the engine is stuck or gone.
    pub fn request(&self, request: Request) -> bool {
        self.hand_in(request, None)
    }

    fn hand_in(&self, request: Request, ticket: Option<Ticket>) -> bool {
        self.requests.try_send((request, ticket)).is_ok()
    }
}

type WriteResult = (Slot, Result<(), Failure>);

async fn run(
    setup: Setup,
    service: Arc<dyn Service>,
    mut requests: mpsc::Receiver<Inbound>,
    publish: watch::Sender<Arc<Snapshot>>,
    waker: watch::Receiver<Option<Waker>>,
    mut stop: oneshot::Receiver<Duration>,
) -> usize {
    let Setup { account, limits, storage, notices, clock } = setup;
    let now = || Clocks { instant: Instant::now(), wall: clock.now() };
    let (problems, mut problem) = mpsc::channel(8);
    let mut stored = storage.as_ref().map(StoragePaths::load).unwrap_or_default();
    stored.notices.extend(notices);
    let facts = ServiceFacts { confirm_within: service.confirms_within(), kept_here: service.kept_here() };
    let mut core = Core::new(Arc::new(account), limits, facts, stored, now());
    let mut delivery = Delivery::default();
    let disk = storage.and_then(|paths| {
        let report = move |warning| {
            // If the channel is full, the same warning is already on its way.
            problems.try_send(warning).ok();
        };
        DiskThread::start(paths, report).inspect_err(|err| tracing::error!("no disk thread: {err}")).ok()
    });
    let (updates, mut heard) = mpsc::channel(WAITING_UPDATES);
    let listener = tokio::spawn(Arc::clone(&service).listen(updates));
    let (answers, mut answered) = mpsc::channel::<WriteResult>(WAITING_REQUESTS);
    let mut deadline: Option<Instant> = None;
    let mut listening = true;
    loop {
        let moment = now();
        let due = core.tick(moment);
        let to_disk = core.take_to_disk();
        if let Some(disk) = &disk {
            for job in to_disk {
                disk.send(job);
            }
        }
        for checked in due {
            // A write is stored as sent before its first byte leaves, because a later run has to know.
            let barrier = disk.as_ref().map(DiskThread::barrier);
            send(&service, checked, &answers, barrier);
        }
        delivery.add_resolutions(core.take_resolved(), disk.as_ref(), DISK_PATIENCE);
        publish.send_replace(Arc::new(core.snapshot(moment)));
        if let Some(waker) = &*waker.borrow() {
            waker.wake_by_ref();
        }
        if deadline.is_some_and(|deadline| core.has_nothing_to_send() || deadline <= moment.instant) {
            break;
        }
        let wake_at = [core.wake_at(moment), deadline].into_iter().flatten().min();
        tokio::select! {
            request = requests.recv(), if deadline.is_none() => match request {
                Some((request, ticket)) => take_request(&mut core, &mut delivery, request, ticket, now()),
                None => break,
            },
            update = heard.recv(), if listening => match update {
                Some(update) => take_updates(&mut core, update, &mut heard, &now),
                None => listening = false,
            },
            Some((slot, answer)) = answered.recv() => core.answered(&slot, answer, now()),
            Some(warning) = problem.recv() => core.notice(warning),
            () = delivery.ready(disk.as_ref()) => {}
            within = &mut stop, if deadline.is_none() => match within {
                Ok(within) => {
                    // Requests that were made just before the end still count.
                    while let Ok((request, ticket)) = requests.try_recv() {
                        take_request(&mut core, &mut delivery, request, ticket, now());
                    }
                    core.submit(Request::Hurry, None, now());
                    deadline = Some(Instant::now() + within);
                }
                Err(_dropped) => break,
            },
            () = sleep_until(wake_at) => {}
        }
    }
    listener.abort();
    let left = core.unsent();
    if let Some(disk) = disk {
        for job in core.take_to_disk() {
            disk.send(job);
        }
        tokio::task::spawn_blocking(|| disk.finish()).await.ok();
    }
    delivery.finish(core.take_resolved());
    left
}

/// Handles all waiting updates at once, so that a flood of them costs one snapshot.
fn take_updates(core: &mut Core, first: Update, heard: &mut mpsc::Receiver<Update>, now: &impl Fn() -> Clocks) {
    core.update(first, now());
    for _ in 0..WAITING_UPDATES {
        match heard.try_recv() {
            Ok(update) => core.update(update, now()),
            Err(_) => return,
        }
    }
}

fn take_request(core: &mut Core, delivery: &mut Delivery, request: Request, ticket: Option<Ticket>, now: Clocks) {
    let id = ticket.map(|ticket| delivery.register(ticket));
    core.submit(request, id, now);
}

fn send(
    service: &Arc<dyn Service>,
    checked: crate::home::Checked,
    answers: &mpsc::Sender<WriteResult>,
    barrier: Option<impl Future<Output = ()> + Send + 'static>,
) {
    let slot = checked.write().slot();
    let (service, answers) = (Arc::clone(service), answers.clone());
    tokio::spawn(async move {
        if let Some(barrier) = barrier {
            tokio::time::timeout(DISK_PATIENCE, barrier).await.ok();
        }
        // A separate task: if the service panics, the write must not stay in flight for ever.
        let answer = tokio::spawn(service.write(checked)).await;
        let answer = answer.unwrap_or_else(|panicked| Err(Failure::of_program(panicked)));
        answers.send((slot, answer)).await.ok();
    });
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
