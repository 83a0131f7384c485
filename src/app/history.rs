//! The recording of the present: a thread hears the views of the accounts and writes complete intervals. The simulated
//! home has a file of its own, so that nobody takes its figures for those of a real one.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jiff::Span;
use jiff::tz::TimeZone;

use super::history_changes::Changes;
use crate::accounts::AccountsView;
use crate::clock::Clock;
use crate::engine::Connection;
use crate::files::Quarantined;
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
    shared: Arc<SharedHistory>,
    sender: Option<SyncSender<Arc<AccountsView>>>,
    thread: Option<JoinHandle<()>>,
    heard: Option<Arc<AccountsView>>,
}

impl HistoryThread {
    /// Starts to record into the files.
    pub(super) fn start(files: HistoryFiles, clock: Arc<dyn Clock>, waker: Waker) -> Self {
        let shared = Arc::new(SharedHistory { keep_years: AtomicU32::new(0), news: Mutex::default(), waker });
        let told = Arc::clone(&shared);
        let (sender, receiver) = mpsc::sync_channel(MOST_WAITING);
        let thread = std::thread::Builder::new().name("setpoint-history".to_owned());
        let thread = thread.spawn(move || {
            let own = HistoryRecording::new(files.own, Arc::clone(&clock), Arc::clone(&told), false);
            run(&mut [own, HistoryRecording::new(files.simulated, clock, told, true)], &receiver);
        });
        let thread = thread.inspect_err(|err| tracing::warn!(%err, "the present is not recorded")).ok();
        Self { shared, sender: Some(sender), thread, heard: None }
    }

    /// Sets the years for which the history is kept; `None` keeps all of it.
    pub(super) fn keep(&self, years: Option<u32>) {
        self.shared.keep_years.store(years.unwrap_or_default(), Ordering::SeqCst);
    }

    /// Takes what the user should know of the file.
    pub(super) fn take_news(&self) -> Vec<HistoryNews> {
        std::mem::take(&mut *self.shared.news.lock().unwrap_or_else(PoisonError::into_inner))
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

/// News of the file that the user should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HistoryNews {
    /// Intervals wait in memory until the file can be written.
    NotWritten(HistoryError),
    /// A damaged file was kept aside.
    SetAside(Quarantined),
}

/// The part of the thread that the program reads and sets.
#[derive(Debug)]
struct SharedHistory {
    /// 0 for ever.
    keep_years: AtomicU32,
    news: Mutex<Vec<HistoryNews>>,
    waker: Waker,
}

impl SharedHistory {
    fn tell(&self, news: HistoryNews) {
        let mut all = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&news) {
            all.push(news);
            self.waker.wake_by_ref();
        }
    }
}

/// The files of the history.
#[derive(Debug, Clone)]
pub(super) struct HistoryFiles {
    /// The history of the user's own thermostats.
    pub(super) own: PathBuf,
    /// The history of the simulated home while the program ran.
    pub(super) simulated: PathBuf,
}

impl HistoryFiles {
    /// The files in a data folder.
    pub(super) fn in_folder(data: &Path) -> Self {
        Self { own: HistoryStore::file_in(data), simulated: data.join("history-simulated.sqlite3") }
    }
}

/// Records until no view can come any more.
fn run(recordings: &mut [HistoryRecording], receiver: &Receiver<Arc<AccountsView>>) {
    loop {
        let view = match receiver.recv_timeout(LOOK) {
            Ok(view) => Some(view),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        for recording in &mut *recordings {
            let complete = match &view {
                Some(view) => recording.hear(view),
                None => recording.recorder.pass(recording.now()),
            };
            recording.write(complete);
        }
    }
    for recording in recordings {
        let mut last = recording.recorder.pass(recording.now());
        last.extend(recording.recorder.end());
        recording.write(last);
    }
}

struct HistoryRecording {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    shared: Arc<SharedHistory>,
    /// True to record the simulated home, and nothing else.
    is_simulated: bool,
    /// The day on which the oldest intervals were deleted last, in days since 1970.
    trimmed: i64,
    recorder: Recorder,
    /// The history, from the first interval on.
    history: Option<HistoryStore>,
    unwritten: Vec<Recorded>,
    changes: Changes,
    /// The error that was logged last, so that it is logged once.
    failed: Option<HistoryError>,
}

impl HistoryRecording {
    fn new(path: PathBuf, clock: Arc<dyn Clock>, shared: Arc<SharedHistory>, is_simulated: bool) -> Self {
        Self {
            path,
            clock,
            shared,
            is_simulated,
            trimmed: 0,
            recorder: Recorder::default(),
            history: None,
            unwritten: Vec::new(),
            changes: Changes::default(),
            failed: None,
        }
    }

    fn now(&self) -> Moment {
        Moment { wall: self.clock.now(), instant: Instant::now() }
    }

    fn hear(&mut self, view: &AccountsView) -> Vec<Recorded> {
        let now = self.now();
        let accounts = view.accounts.iter().filter(|account| account.label.is_simulated() == self.is_simulated);
        let heard: Vec<Heard<'_>> = accounts
            .map(|account| Heard {
                home: &account.snapshot.confirmed,
                is_live: *account.connection() == Connection::Live,
            })
            .collect();
        let complete = self.recorder.hear(&heard, now);
        self.changes.hear(view, self.is_simulated);
        complete
    }

    fn write(&mut self, complete: Vec<Recorded>) {
        self.unwritten.extend(complete);
        self.changes.add(self.recorder.take_spans());
        if self.unwritten.is_empty() && self.changes.unwritten().is_empty() {
            return;
        }
        match self.try_write() {
            Ok(()) => {
                self.unwritten.clear();
                self.changes.clear();
                self.failed = None;
            }
            Err(err) => {
                if self.failed.as_ref() != Some(&err) {
                    self.shared.tell(HistoryNews::NotWritten(err.clone()));
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
                self.shared.tell(HistoryNews::SetAside(damaged));
            }
            self.history = Some(opened.history);
        }
        let before = self.trim_before();
        let Some(history) = &mut self.history else { return Ok(()) };
        let devices = if before.is_some() { history.own_devices()? } else { Vec::new() };
        let writer = history.write()?;
        for recorded in &self.unwritten {
            writer.record(recorded)?;
        }
        for change in self.changes.unwritten() {
            writer.put_change(change)?;
        }
        if let Some((before, today)) = before {
            for device in &devices {
                writer.forget_before(device, before)?;
            }
            writer.forget_all_changes(Some(before))?;
            self.trimmed = today;
        }
        writer.commit()?;
        if let Err(err) = history.compact_if_due(self.clock.now().as_second()) {
            tracing::warn!(%err, path = %self.path.display(), "the history could not be compacted");
        }
        Ok(())
    }

    /// The time before which everything is deleted, as seconds since 1970, and the present day: once a day, if the user
    /// keeps some years only.
    fn trim_before(&self) -> Option<(i64, i64)> {
        let years = self.shared.keep_years.load(Ordering::SeqCst);
        let now = self.clock.now();
        let today = now.as_second().div_euclid(86_400);
        if years == 0 || today == self.trimmed {
            return None;
        }
        let years = Span::new().try_years(years).ok()?;
        let before = now.to_zoned(TimeZone::UTC).checked_sub(years).ok()?;
        Some((before.timestamp().as_second(), today))
    }
}
