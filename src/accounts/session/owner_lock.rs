//! One owner of an account's engine per user: the process that holds the lock of its files. Another process may
//! ask the owner to hand over.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::engine::EngineWarning;
use crate::files::{FileError, make_own, open_lock};

/// The interval of attempts at the lock.
const BETWEEN: Duration = Duration::from_millis(50);

/// The way in which a process becomes the owner.
#[derive(Debug, Clone, Copy)]
pub struct Ownership {
    /// True if it asks the owner to hand over.
    pub asks: bool,
    /// The maximum wait.
    pub within: Duration,
}

impl Ownership {
    /// For the program with its window and tray: a bridge hands over to it.
    pub const PROGRAM: Self = Self { asks: true, within: Duration::from_secs(20) };
    /// For a long-running command: it can use the present owner, so it waits only for short ones.
    pub const BRIDGE: Self = Self { asks: false, within: Duration::from_secs(5) };
    /// For a short command: between attempts it checks if it can use the present owner.
    pub const COMMAND: Self = Self { asks: false, within: Duration::from_millis(300) };
}

/// The lock of an account's files, held until it is dropped.
#[derive(Debug)]
pub(super) struct OwnerLock {
    _file: File,
    wanted: PathBuf,
}

/// The reason why the lock was not taken.
#[derive(Debug, PartialEq)]
pub(super) enum OwnerLockError {
    /// Another process has it.
    InUse,
    /// The lock file cannot be used.
    Unknown(EngineWarning),
}

impl OwnerLock {
    /// True while another process asks for the files.
    pub(super) fn is_wanted(&self) -> bool {
        is_locked(&self.wanted)
    }
}

/// A waiting process holds a lock of its own, which ends with that process.
fn is_locked(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}

/// Takes the lock if it is free, and if no process with precedence asks for it.
fn try_take(folder: &Path, asks: bool) -> Result<OwnerLock, OwnerLockError> {
    let wanted = folder.join("wanted");
    if !asks && is_locked(&wanted) {
        return Err(OwnerLockError::InUse);
    }
    let opened = open_lock(&folder.join("lock")).and_then(|file| make_own(folder).map(|()| file));
    let file = opened.map_err(|err| OwnerLockError::Unknown(EngineWarning::QueueNotSaved(FileError::from(&err))))?;
    match file.try_lock() {
        Ok(()) => Ok(OwnerLock { _file: file, wanted }),
        Err(TryLockError::WouldBlock) => Err(OwnerLockError::InUse),
        Err(TryLockError::Error(err)) => Err(OwnerLockError::Unknown(EngineWarning::NotLocked(FileError::from(&err)))),
    }
}

/// Takes the lock as soon as it is free.
pub(super) async fn acquire(folder: &Path, ownership: Ownership) -> Result<OwnerLock, OwnerLockError> {
    let deadline = Instant::now() + ownership.within;
    // Held until the lock is taken or given up.
    let mut asking = None;
    loop {
        match try_take(folder, ownership.asks) {
            Err(OwnerLockError::InUse) if Instant::now() < deadline => {
                if ownership.asks && asking.is_none() {
                    asking = open_lock(&folder.join("wanted")).ok().filter(|file| file.try_lock().is_ok());
                }
                sleep(BETWEEN).await;
            }
            taken => return taken,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT_ONCE: Ownership = Ownership { asks: false, within: Duration::ZERO };

    #[tokio::test]
    async fn a_second_process_waits_for_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let account = folder.path().join("accounts/a");
        let first = acquire(&account, AT_ONCE).await.expect("free");
        assert_eq!(acquire(&account, AT_ONCE).await.expect_err("taken"), OwnerLockError::InUse);
        let waiting = tokio::spawn(async move { acquire(&account, Ownership::PROGRAM).await.map(drop) });
        while !first.is_wanted() {
            sleep(Duration::from_millis(5)).await;
        }
        drop(first);
        waiting.await.expect("no panic").expect("handed over");
        let account = folder.path().join("accounts/a");
        assert!(!acquire(&account, AT_ONCE).await.expect("free again").is_wanted(), "nobody asks any more");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_created_is_reported() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "in the way").expect("written");
        let notice = acquire(&file.join("below"), AT_ONCE).await.expect_err("no folder");
        assert_eq!(notice, OwnerLockError::Unknown(EngineWarning::QueueNotSaved(FileError::InTheWay)));
    }
}
