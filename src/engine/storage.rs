//! The files of the engine: the queue, the journal, and the rest of the budget.
//!
//! A separate thread writes, so that a slow disk delays nothing. The queue is replaced atomically; the journal
//! grows line by line. External changes have a file of their own, so that they cannot push out the user's own
//! records. A line with the id of an earlier one replaces it. A file that cannot be read is quarantined with a
//! warning, never overwritten.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::budget::KeptBudget;
use super::core::ToDisk;
use super::event_log::HomeEvent;
use super::journal::Record;
use super::notice::EngineWarning;
use super::pending::{Progress, StoredWrite};
use crate::files::{FileError, append_line, quarantine, read, read_end, replace};

/// The size at which the journal starts a new file; the previous file is kept.
const JOURNAL_BYTES: u64 = 8 * 1024 * 1024;
/// The same limit for external changes.
const ELSEWHERE_BYTES: u64 = 2 * 1024 * 1024;
/// The same limit for alarms, and for events of cameras.
const EVENT_BYTES: u64 = 4 * 1024 * 1024;
/// The number of bytes read from the end of each file: more records than memory keeps.
const READ_BYTES: u64 = 2 * 1024 * 1024;
/// The number of records that may wait for a disk that hangs; half as many for external changes.
const WAITING_RECORDS: usize = 1024;

/// The stored state of an earlier run.
#[derive(Debug, Default)]
pub struct Stored {
    /// Pending writes without a known outcome.
    pub queue: Vec<StoredWrite>,
    /// Journal records, oldest first.
    pub journal: Vec<Record>,
    /// Alarms and events of cameras, oldest first.
    pub events: Vec<HomeEvent>,
    /// The rest of the budget.
    pub(super) budget: Option<KeptBudget>,
    /// Warnings about the files.
    pub notices: Vec<EngineWarning>,
}

#[derive(Serialize, Deserialize)]
struct QueueFile {
    version: u32,
    #[serde(rename = "wishes")]
    pending: Vec<StoredWrite>,
}

/// The paths of one account's files.
#[derive(Debug, Clone)]
pub struct StoragePaths {
    queue: PathBuf,
    journal: PathBuf,
    elsewhere: PathBuf,
    alarms: PathBuf,
    camera_events: PathBuf,
    budget: PathBuf,
}

impl StoragePaths {
    /// The paths below an account's folder.
    pub fn in_folder(folder: &Path) -> Self {
        let file = |name: &str| folder.join(name);
        Self {
            queue: file("queue.json"),
            journal: file("journal.jsonl"),
            elsewhere: file("elsewhere.jsonl"),
            alarms: file("alarms.jsonl"),
            camera_events: file("camera_events.jsonl"),
            budget: file("budget.json"),
        }
    }

    /// Reads the stored state; never fails.
    pub fn load(&self) -> Stored {
        let mut stored = Stored::default();
        match read(&self.queue) {
            Ok(bytes) => match queue_of(&bytes) {
                Some(pending) => stored.queue = pending,
                None => stored.notices.push(EngineWarning::QueueSetAside(quarantine(&self.queue))),
            },
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => stored.notices.push(EngineWarning::QueueUnreadable(FileError::from(&err))),
        }
        let mut records = BTreeMap::new();
        let mut events = BTreeMap::new();
        for path in [&self.journal, &self.elsewhere] {
            stored.note_read(path, read_journal(path, &mut records));
        }
        for path in [&self.alarms, &self.camera_events] {
            stored.note_read(path, read_events(path, &mut events));
        }
        stored.journal = records.into_values().collect();
        stored.events = events.into_values().collect();
        stored.events.sort_by_key(|event: &HomeEvent| (event.at, event.id));
        // A budget that cannot be read is ignored; the service enforces its own limits.
        stored.budget = read(&self.budget).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        stored.forget_ended();
        stored
    }
}

impl Stored {
    fn note_read(&mut self, path: &Path, read: io::Result<usize>) {
        match read {
            Ok(0) => {}
            Ok(broken) => tracing::warn!(broken, path = %path.display(), "unreadable lines in the journal"),
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => self.notices.push(EngineWarning::JournalUnreadable(FileError::from(&err))),
        }
    }

    /// Drops pending writes that have a journal record: the program ended before it stored the queue without
    /// them.
    pub(super) fn forget_ended(&mut self) {
        let journal = &self.journal;
        let has_ended = |kept: &StoredWrite| {
            let pending = &kept.pending;
            journal.iter().any(|record| {
                let is_same = record.at == pending.made_at && record.origin == pending.origin;
                is_same && record.write.as_ref() == Some(&pending.write)
            })
        };
        self.queue.retain(|kept| matches!(kept.progress, Progress::Ended(_)) || !has_ended(kept));
    }
}

/// Parses a queue file; `None` if it is damaged.
pub(super) fn queue_of(text: &[u8]) -> Option<Vec<StoredWrite>> {
    serde_json::from_slice::<QueueFile>(text).ok().filter(|file| file.version == 1).map(|file| file.pending)
}

/// Adds the newest records of a file, each in its last version. Returns the number of broken lines.
fn read_journal(path: &Path, records: &mut BTreeMap<u64, Record>) -> io::Result<usize> {
    Ok(read_lines(&read_end(path, READ_BYTES)?, records))
}

fn read_events(path: &Path, events: &mut BTreeMap<u64, HomeEvent>) -> io::Result<usize> {
    Ok(read_entries(&read_end(path, READ_BYTES)?, |event: HomeEvent| drop(events.insert(event.id, event))))
}

pub(super) fn read_lines(lines: &[u8], records: &mut BTreeMap<u64, Record>) -> usize {
    read_entries(lines, |record: Record| drop(records.insert(record.id, record)))
}

/// Parses the lines of a file. Returns the number of broken lines.
fn read_entries<T: DeserializeOwned>(lines: &[u8], mut add: impl FnMut(T)) -> usize {
    let mut broken = 0;
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<T>(line) {
            Ok(entry) => add(entry),
            Err(_) => broken += 1,
        }
    }
    broken
}

fn append(paths: &StoragePaths, record: &Record) -> io::Result<()> {
    let line = serde_json::to_vec(record).map_err(io::Error::other)?;
    if record.origin.is_us() {
        append_line(&paths.journal, &line, JOURNAL_BYTES)
    } else {
        append_line(&paths.elsewhere, &line, ELSEWHERE_BYTES)
    }
}

fn append_event(paths: &StoragePaths, event: &HomeEvent) -> io::Result<()> {
    let line = serde_json::to_vec(event).map_err(io::Error::other)?;
    let path = if event.kind.is_alarm() { &paths.alarms } else { &paths.camera_events };
    append_line(path, &line, EVENT_BYTES)
}

/// Jobs that wait for the disk. Of queues only the newest counts.
#[derive(Default)]
struct Pending {
    records: Vec<Record>,
    events: Vec<Arc<HomeEvent>>,
    queue: Option<Vec<StoredWrite>>,
    budget: Option<KeptBudget>,
    /// Number of records that found no room while the disk hung.
    lost: usize,
    /// Number of jobs handed over.
    sent: u64,
    is_over: bool,
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.events.is_empty() && self.queue.is_none() && self.budget.is_none()
    }
}

/// The thread that writes the files.
pub(super) struct DiskThread {
    pending: Arc<(Mutex<Pending>, Condvar)>,
    written: watch::Receiver<u64>,
    thread: Option<JoinHandle<()>>,
}

impl DiskThread {
    /// Starts the thread; `report` receives each failure.
    pub(super) fn start(paths: StoragePaths, report: impl Fn(EngineWarning) + Send + 'static) -> io::Result<Self> {
        let pending: Arc<(Mutex<Pending>, Condvar)> = Arc::default();
        let (done, written) = watch::channel(0_u64);
        let inbox = Arc::clone(&pending);
        let thread = std::thread::Builder::new().name("setpoint-disk".to_owned()).spawn(move || {
            while let Some(taken) = next_jobs(&inbox) {
                if taken.lost > 0 {
                    tracing::error!(lost = taken.lost, "the disk hangs; records of the activity log were lost");
                }
                // Records are written before the queue without their pending writes. After a crash between the
                // two, the next start recognizes the pending write by its record and repeats nothing.
                for record in taken.records {
                    note(append(&paths, &record), EngineWarning::JournalNotSaved, &report);
                }
                for event in taken.events {
                    note(append_event(&paths, &event), EngineWarning::JournalNotSaved, &report);
                }
                if let Some(queue) = taken.queue {
                    note(save_queue(&paths.queue, &queue), EngineWarning::QueueNotSaved, &report);
                }
                if let Some(budget) = taken.budget {
                    note(save_budget(&paths.budget, &budget), EngineWarning::QueueNotSaved, &report);
                }
                done.send_replace(taken.sent);
            }
        })?;
        Ok(Self { pending, written, thread: Some(thread) })
    }

    /// Hands over a job without waiting.
    pub(super) fn send(&self, job: ToDisk) {
        let (pending, wake) = &*self.pending;
        let mut pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
        match job {
            ToDisk::Queue(queue) => pending.queue = Some(queue),
            ToDisk::Budget(budget) => pending.budget = Some(budget),
            ToDisk::Record(record) => {
                let room = if record.origin.is_us() { WAITING_RECORDS } else { WAITING_RECORDS / 2 };
                if pending.records.len() < room { pending.records.push(*record) } else { pending.lost += 1 }
            }
            ToDisk::Event(event) => {
                if pending.events.len() < WAITING_RECORDS {
                    pending.events.push(event);
                } else {
                    pending.lost += 1;
                }
            }
        }
        pending.sent += 1;
        wake.notify_one();
    }

    /// Number of jobs handed over so far.
    pub(super) fn handed_over(&self) -> u64 {
        self.pending.0.lock().unwrap_or_else(PoisonError::into_inner).sent
    }

    /// Number of jobs written; all of them after the thread has ended, because none will follow.
    pub(super) fn written(&self) -> u64 {
        if self.written.has_changed().is_err() { u64::MAX } else { *self.written.borrow() }
    }

    /// Waits until this many jobs are written.
    pub(super) fn until(&self, count: u64) -> impl Future<Output = ()> + Send + use<> {
        let mut written = self.written.clone();
        async move {
            // An error means that the thread has ended, and nothing more is written.
            written.wait_for(|written| *written >= count).await.ok();
        }
    }

    /// Waits until everything handed over so far is written.
    pub(super) fn barrier(&self) -> impl Future<Output = ()> + Send + use<> {
        self.until(self.handed_over())
    }

    /// Waits until everything is written, and ends the thread.
    pub(super) fn finish(mut self) {
        self.end();
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the disk thread has panicked");
        }
    }

    fn end(&self) {
        let (pending, wake) = &*self.pending;
        pending.lock().unwrap_or_else(PoisonError::into_inner).is_over = true;
        wake.notify_one();
    }
}

impl Drop for DiskThread {
    fn drop(&mut self) {
        self.end();
    }
}

/// Waits for a job; `None` when everything is written and no more will come.
fn next_jobs((pending, wake): &(Mutex<Pending>, Condvar)) -> Option<Pending> {
    let has_none = |pending: &mut Pending| !pending.is_over && pending.is_empty();
    let pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
    let mut pending = wake.wait_while(pending, has_none).unwrap_or_else(PoisonError::into_inner);
    if pending.is_empty() {
        return None;
    }
    let (sent, is_over) = (pending.sent, pending.is_over);
    Some(std::mem::replace(&mut *pending, Pending { sent, is_over, ..Pending::default() }))
}

fn note(done: io::Result<()>, warning: fn(FileError) -> EngineWarning, report: &impl Fn(EngineWarning)) {
    if let Err(err) = done {
        report(warning(FileError::from(&err)));
    }
}

fn save_budget(path: &Path, budget: &KeptBudget) -> io::Result<()> {
    replace(path, &serde_json::to_vec(budget).map_err(io::Error::other)?)
}

fn save_queue(path: &Path, pending: &[StoredWrite]) -> io::Result<()> {
    if pending.is_empty() {
        return match std::fs::remove_file(path) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            Ok(()) | Err(_) => Ok(()),
        };
    }
    let file = QueueFile { version: 1, pending: pending.to_vec() };
    replace(path, &serde_json::to_vec(&file).map_err(io::Error::other)?)
}

#[cfg(test)]
#[path = "storage_tests.rs"]
mod tests;
