//! The recording of the present: a thread hears the views of the accounts and writes complete intervals.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::accounts::AccountsView;
use crate::clock::Clock;
use crate::engine::Connection;
use crate::history::{Heard, HistoryError, HistoryStore, Moment, Recorded, Recorder};

/// Time between two looks without news.
const LOOK: Duration = Duration::from_secs(30);
/// Most views that wait for the thread. Each replaces the one before, so a full queue loses none of the newest values.
const MOST_WAITING: usize = 64;
/// Most intervals that wait for a disk that is full or locked: a day of thirty thermostats.
const MOST_UNWRITTEN: usize = 9_000;

/// The thread that records. Dropping it writes what has begun, and waits for that.
#[derive(Debug)]
pub(super) struct HistoryThread {
    sender: Option<SyncSender<Arc<AccountsView>>>,
    thread: Option<JoinHandle<()>>,
    heard: Option<Arc<AccountsView>>,
}

impl HistoryThread {
    /// Starts to record into a file.
    pub(super) fn start(path: PathBuf, clock: Arc<dyn Clock>) -> Self {
        let (sender, receiver) = mpsc::sync_channel(MOST_WAITING);
        let thread = std::thread::Builder::new().name("setpoint-history".to_owned());
        let thread = thread.spawn(move || HistoryRecording::new(path, clock).run(&receiver));
        let thread = thread.inspect_err(|err| tracing::warn!(%err, "the present is not recorded")).ok();
        Self { sender: Some(sender), thread, heard: None }
    }

    /// Tells the thread of a view, if it is a new one.
    pub(super) fn hear(&mut self, view: &Arc<AccountsView>) {
        if self.heard.as_ref().is_some_and(|heard| Arc::ptr_eq(heard, view)) {
            return;
        }
        let Some(sender) = &self.sender else { return };
        match sender.try_send(Arc::clone(view)) {
            Ok(()) => self.heard = Some(Arc::clone(view)),
            // The next call tells it again.
            Err(TrySendError::Full(_)) => tracing::debug!("the recording is behind"),
            Err(TrySendError::Disconnected(_)) => self.sender = None,
        }
    }
}

impl Drop for HistoryThread {
    fn drop(&mut self) {
        self.sender = None;
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("the recording ended early");
        }
    }
}

struct HistoryRecording {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    recorder: Recorder,
    /// The history, from the first interval on.
    history: Option<HistoryStore>,
    unwritten: Vec<Recorded>,
    /// The error that was logged last, so that it is logged once.
    failed: Option<HistoryError>,
}

impl HistoryRecording {
    fn new(path: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { path, clock, recorder: Recorder::default(), history: None, unwritten: Vec::new(), failed: None }
    }

    fn run(mut self, receiver: &Receiver<Arc<AccountsView>>) {
        loop {
            let complete = match receiver.recv_timeout(LOOK) {
                Ok(view) => self.hear(&view),
                Err(RecvTimeoutError::Timeout) => self.recorder.pass(self.now()),
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.write(complete);
        }
        let mut last = self.recorder.pass(self.now());
        last.extend(self.recorder.end());
        self.write(last);
    }

    fn now(&self) -> Moment {
        Moment { wall: self.clock.now(), instant: Instant::now() }
    }

    fn hear(&mut self, view: &AccountsView) -> Vec<Recorded> {
        let now = self.now();
        // The simulated home has no present that is worth keeping.
        let real = view.accounts.iter().filter(|account| !account.label.is_simulated());
        let heard: Vec<Heard<'_>> = real
            .map(|account| Heard {
                home: &account.snapshot.confirmed,
                is_live: *account.connection() == Connection::Live,
            })
            .collect();
        self.recorder.hear(&heard, now)
    }

    fn write(&mut self, complete: Vec<Recorded>) {
        self.unwritten.extend(complete);
        if self.unwritten.is_empty() {
            return;
        }
        match self.try_write() {
            Ok(()) => {
                self.unwritten.clear();
                self.failed = None;
            }
            Err(err) => {
                if self.failed.as_ref() != Some(&err) {
                    tracing::warn!(%err, path = %self.path.display(), "intervals are kept in memory until they can be written");
                }
                self.failed = Some(err);
                // The file may be damaged; opening it anew keeps it aside.
                self.history = None;
                let over = self.unwritten.len().saturating_sub(MOST_UNWRITTEN);
                if over > 0 {
                    tracing::warn!(over, "the oldest intervals were dropped, because they cannot be written");
                    self.unwritten.drain(..over);
                }
            }
        }
    }

    fn try_write(&mut self) -> Result<(), HistoryError> {
        // A file that somebody deleted would take intervals that nobody finds again.
        if self.history.is_none() || !self.path.exists() {
            let opened = HistoryStore::open(&self.path)?;
            if let Some(damaged) = opened.damaged {
                tracing::warn!(?damaged, "the history was damaged; a new one begins");
            }
            self.history = Some(opened.history);
        }
        let Some(history) = &mut self.history else { return Ok(()) };
        let writer = history.write()?;
        for recorded in &self.unwritten {
            writer.record(recorded)?;
        }
        writer.commit()
    }
}
