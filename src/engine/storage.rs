//! What the engine keeps on disk: the queue of unsent wishes and the journal.
//!
//! A thread of its own writes, so that a slow disk delays nobody. The queue is replaced as a
//! whole and atomically; the journal only grows, line by line, so that several processes may
//! append to it. A file that cannot be read is kept aside and said so, never overwritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use super::core::ToDisk;
use super::journal::Record;
use super::notice::Trouble;
use super::wish::Wish;
use crate::files::{FileError, keep_aside, read, replace};

/// The journal starts a new file beyond this size; the one before is kept.
const JOURNAL_BYTES: u64 = 8 * 1024 * 1024;
/// Jobs that may wait for the disk.
const WAITING_JOBS: usize = 256;

/// What an earlier run left.
#[derive(Debug, Default)]
pub struct Stored {
    /// Wishes that were not sent.
    pub queue: Vec<Wish>,
    /// Records, oldest first.
    pub journal: Vec<Record>,
    /// What a person should know about the files.
    pub notices: Vec<Trouble>,
}

#[derive(Serialize, Deserialize)]
struct QueueFile {
    version: u32,
    wishes: Vec<Wish>,
}

/// Where one account's files are.
#[derive(Debug, Clone)]
pub struct StoragePaths {
    queue: PathBuf,
    journal: PathBuf,
}

impl StoragePaths {
    /// Files of an account below a folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { queue: folder.join("queue.json"), journal: folder.join("journal.jsonl") }
    }

    /// Reads what an earlier run left; never fails.
    pub fn load(&self) -> Stored {
        let mut stored = Stored::default();
        match read(&self.queue) {
            Ok(bytes) => match serde_json::from_slice::<QueueFile>(&bytes) {
                Ok(file) if file.version == 1 => stored.queue = file.wishes,
                Ok(_) | Err(_) => stored.notices.push(Trouble::QueueSetAside(keep_aside(&self.queue))),
            },
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => stored.notices.push(Trouble::QueueUnreadable(FileError::from(&err))),
        }
        match read_journal(&self.journal) {
            Ok((records, broken)) => {
                stored.journal = records;
                if broken > 0 {
                    tracing::warn!(broken, path = %self.journal.display(), "unreadable lines in the journal");
                }
            }
            Err(err) if err.kind() == io::ErrorKind::NotFound => {}
            Err(err) => stored.notices.push(Trouble::JournalUnreadable(FileError::from(&err))),
        }
        stored
    }

    /// Appends one record from a process that runs no engine.
    pub fn append(&self, record: &Record) -> io::Result<()> {
        append(&self.journal, record)
    }
}

fn read_journal(path: &Path) -> io::Result<(Vec<Record>, usize)> {
    let mut records = Vec::new();
    let mut broken = 0;
    for line in BufReader::new(File::open(path)?).split(b'\n') {
        match serde_json::from_slice(&line?) {
            Ok(record) => records.push(record),
            Err(_) => broken += 1,
        }
    }
    Ok((records, broken))
}

fn append(path: &Path, record: &Record) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(path).is_ok_and(|file| file.len() > JOURNAL_BYTES) {
        fs::rename(path, path.with_extension("1.jsonl"))?;
    }
    let mut line = serde_json::to_vec(record).map_err(io::Error::other)?;
    line.push(b'\n');
    // One write call per line keeps lines of several processes apart.
    OpenOptions::new().create(true).append(true).open(path)?.write_all(&line)
}

/// The thread that writes.
pub(super) struct DiskThread {
    jobs: mpsc::SyncSender<ToDisk>,
    thread: JoinHandle<()>,
}

impl DiskThread {
    /// Starts it; `report` is told of the first failure and of each new kind of failure.
    pub(super) fn start(paths: StoragePaths, report: impl Fn(Trouble) + Send + 'static) -> io::Result<Self> {
        let (jobs, inbox) = mpsc::sync_channel(WAITING_JOBS);
        let thread = std::thread::Builder::new().name("setpoint-disk".to_owned()).spawn(move || {
            while let Ok(job) = inbox.recv() {
                let (done, trouble): (_, fn(FileError) -> Trouble) = match &job {
                    ToDisk::Queue(wishes) => (save_queue(&paths.queue, wishes), Trouble::QueueNotSaved),
                    ToDisk::Record(record) => (append(&paths.journal, record), Trouble::JournalNotSaved),
                };
                if let Err(err) = done {
                    report(trouble(FileError::from(&err)));
                }
            }
        })?;
        Ok(Self { jobs, thread })
    }

    /// Hands over a job; when the disk is far behind, the job waits for it.
    pub(super) fn send(&self, job: ToDisk) {
        if self.jobs.send(job).is_err() {
            tracing::error!("the disk thread has ended");
        }
    }

    /// Waits until everything is written.
    pub(super) fn finish(self) {
        drop(self.jobs);
        if self.thread.join().is_err() {
            tracing::error!("the disk thread has panicked");
        }
    }
}

fn save_queue(path: &Path, wishes: &[Wish]) -> io::Result<()> {
    if wishes.is_empty() {
        return match fs::remove_file(path) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
            Ok(()) | Err(_) => Ok(()),
        };
    }
    let file = QueueFile { version: 1, wishes: wishes.to_vec() };
    replace(path, &serde_json::to_vec_pretty(&file).map_err(io::Error::other)?)
}

#[cfg(test)]
#[path = "storage_tests.rs"]
mod tests;
