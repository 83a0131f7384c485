//! The files of the engine: the queue of unsent pending writes, the journal, and what is left of the limits.
//!
//! A thread of its own writes, so that a slow disk delays nobody. The queue is replaced as a
//! whole and atomically; the journal only grows, line by line. Changes that somebody else made are in a
//! file of their own: however many they are, they push out no record of a person's. A line with the id of an earlier one
//! replaces that one: more became known of the change. A file that cannot be read is kept aside and said
//! so, never overwritten.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::budget::KeptBudget;
use super::core::ToDisk;
use super::journal::Record;
use super::notice::EngineWarning;
use super::pending::{Progress, StoredWrite};
use crate::files::{FileError, append_line, keep_aside, read, read_end, replace};

/// The journal starts a new file beyond this size; the one before is kept.
const JOURNAL_BYTES: u64 = 8 * 1024 * 1024;
/// The same for changes that somebody else made.
const ELSEWHERE_BYTES: u64 = 2 * 1024 * 1024;
/// So much of the end of each is read: more records than are kept in memory.
const READ_BYTES: u64 = 2 * 1024 * 1024;
/// So many records wait for a disk that hangs; of others' changes half as many.
const WAITING_RECORDS: usize = 1024;

/// What an earlier run left.
#[derive(Debug, Default)]
pub struct Stored {
    /// Wishes whose end is not known.
    pub queue: Vec<StoredWrite>,
    /// Records, oldest first.
    pub journal: Vec<Record>,
    /// The rest of the limits.
    pub(super) budget: Option<KeptBudget>,
    /// What a person should know about the files.
    pub notices: Vec<EngineWarning>,
}

#[derive(Serialize, Deserialize)]
struct QueueFile {
    version: u32,
    #[serde(rename = "wishes")]
    pending: Vec<StoredWrite>,
}

/// Where one account's files are.
#[derive(Debug, Clone)]
pub struct StoragePaths {
    queue: PathBuf,
    journal: PathBuf,
    elsewhere: PathBuf,
    budget: PathBuf,
}

impl StoragePaths {
    /// Files of an account below a folder.
    pub fn in_folder(folder: &Path) -> Self {
        let file = |name: &str| folder.join(name);
        Self {
            queue: file("queue.json"),
            journal: file("journal.jsonl"),
            elsewhere: file("elsewhere.jsonl"),
            budget: file("budget.json"),
        }
    }

    /// Reads what an earlier run left; never fails.
    pub fn load(&self) -> Stored {
        let mut stored = Stored::default();
        match read(&self.queue) {
            Ok(bytes) => match queue_of(&bytes) {
                Some(pending) => stored.queue = pending,
                None => stored.notices.push(EngineWarning::QueueSetAside(keep_aside(&self.queue))),
            },
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => stored.notices.push(EngineWarning::QueueUnreadable(FileError::from(&err))),
        }
        let mut records = BTreeMap::new();
        for path in [&self.journal, &self.elsewhere] {
            match read_journal(path, &mut records) {
                Ok(0) => {}
                Ok(broken) => tracing::warn!(broken, path = %path.display(), "unreadable lines in the journal"),
                Err(err) if err.kind() == io::ErrorKind::NotFound => {}
                Err(err) => stored.notices.push(EngineWarning::JournalUnreadable(FileError::from(&err))),
            }
        }
        stored.journal = records.into_values().collect();
        // One that cannot be read says nothing; the service has limits of its own.
        stored.budget = read(&self.budget).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        stored.forget_ended();
        stored
    }
}

impl Stored {
    /// Leaves out pending writes that the journal has a record of: the program ended before it wrote the queue
    /// without them.
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

/// The pending writes in the text of a queue's file; `None` for anything else.
pub(super) fn queue_of(text: &[u8]) -> Option<Vec<StoredWrite>> {
    serde_json::from_slice::<QueueFile>(text).ok().filter(|file| file.version == 1).map(|file| file.pending)
}

/// Adds the newest records of a file, each as it was written last; tells how many lines are broken.
fn read_journal(path: &Path, records: &mut BTreeMap<u64, Record>) -> io::Result<usize> {
    Ok(read_lines(&read_end(path, READ_BYTES)?, records))
}

pub(super) fn read_lines(lines: &[u8], records: &mut BTreeMap<u64, Record>) -> usize {
    let mut broken = 0;
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Record>(line) {
            Ok(record) => drop(records.insert(record.id, record)),
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

/// Jobs that wait for the disk: of queues only the newest one counts.
#[derive(Default)]
struct Pending {
    records: Vec<Record>,
    queue: Option<Vec<StoredWrite>>,
    budget: Option<KeptBudget>,
    /// Records that found no room, since the disk hangs.
    lost: usize,
    /// Counts what was handed over.
    sent: u64,
    is_over: bool,
}

impl Pending {
    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.queue.is_none() && self.budget.is_none()
    }
}

/// The thread that writes.
pub(super) struct DiskThread {
    pending: Arc<(Mutex<Pending>, Condvar)>,
    written: watch::Receiver<u64>,
    thread: Option<JoinHandle<()>>,
}

impl DiskThread {
    /// Starts it; `report` is told of each failure.
    pub(super) fn start(paths: StoragePaths, report: impl Fn(EngineWarning) + Send + 'static) -> io::Result<Self> {
        let pending: Arc<(Mutex<Pending>, Condvar)> = Arc::default();
        let (done, written) = watch::channel(0_u64);
        let inbox = Arc::clone(&pending);
        let thread = std::thread::Builder::new().name("setpoint-disk".to_owned()).spawn(move || {
            while let Some(taken) = take(&inbox) {
                if taken.lost > 0 {
                    tracing::error!(lost = taken.lost, "the disk hangs; records of the activity log were lost");
                }
                // A record is on disk before the queue forgets its pending write: a crash between the two repeats
                // nothing, as the next start knows the pending write by its record.
                for record in taken.records {
                    note(append(&paths, &record), EngineWarning::JournalNotSaved, &report);
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

    /// Hands over a job; never waits.
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
        }
        pending.sent += 1;
        wake.notify_one();
    }

    /// Counts the jobs that were handed over so far.
    pub(super) fn handed_over(&self) -> u64 {
        self.pending.0.lock().unwrap_or_else(PoisonError::into_inner).sent
    }

    /// So many of the jobs are written; all of them once the thread has ended, as none will be.
    pub(super) fn written(&self) -> u64 {
        if self.written.has_changed().is_err() { u64::MAX } else { *self.written.borrow() }
    }

    /// Waits until so many jobs are written.
    pub(super) fn until(&self, count: u64) -> impl Future<Output = ()> + Send + use<> {
        let mut written = self.written.clone();
        async move {
            // An error says that the thread has ended, and then nothing more is written.
            written.wait_for(|written| *written >= count).await.ok();
        }
    }

    /// Waits until everything that was handed over so far is written.
    pub(super) fn barrier(&self) -> impl Future<Output = ()> + Send + use<> {
        self.until(self.handed_over())
    }

    /// Waits until everything is written.
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

/// Waits for something to write; `None` once everything is written and nothing more will come.
fn take((pending, wake): &(Mutex<Pending>, Condvar)) -> Option<Pending> {
    let has_none = |pending: &mut Pending| !pending.is_over && pending.is_empty();
    let pending = pending.lock().unwrap_or_else(PoisonError::into_inner);
    let mut pending = wake.wait_while(pending, has_none).unwrap_or_else(PoisonError::into_inner);
    if pending.is_empty() {
        return None;
    }
    let (sent, is_over) = (pending.sent, pending.is_over);
    Some(std::mem::replace(&mut *pending, Pending { sent, is_over, ..Pending::default() }))
}

fn note(done: io::Result<()>, trouble: fn(FileError) -> EngineWarning, report: &impl Fn(EngineWarning)) {
    if let Err(err) = done {
        report(trouble(FileError::from(&err)));
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
