//! Two windows on one account must not share its queue: the second keeps its own in memory.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

use crate::engine::Trouble;
use crate::files::FileError;

/// Holds the files of an account for as long as it lives.
#[derive(Debug)]
pub(super) struct Guard {
    _file: File,
}

/// Takes the files of an account, or says why they cannot be used.
pub(super) fn take(folder: &Path) -> Result<Guard, Trouble> {
    let opened = fs::create_dir_all(folder)
        .and_then(|()| OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock")));
    let file = opened.map_err(|err| Trouble::QueueNotSaved(FileError::from(&err)))?;
    match file.try_lock() {
        Ok(()) => Ok(Guard { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Trouble::AlreadyOpen),
        Err(TryLockError::Error(err)) => Err(Trouble::NotLocked(FileError::from(&err))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_start_is_told_and_the_files_are_free_again_at_the_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let account = folder.path().join("accounts/a");
        let first = take(&account).expect("free");
        let second = take(&account).expect_err("taken");
        assert_eq!(second, Trouble::AlreadyOpen);
        drop(first);
        take(&account).expect("free again");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_said_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "in the way").expect("written");
        let notice = take(&file.join("below")).expect_err("no folder");
        assert_eq!(notice, Trouble::QueueNotSaved(FileError::InTheWay));
    }
}
