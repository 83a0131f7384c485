//! Two windows on one account must not share its queue: the second keeps its own in memory.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;

/// Holds the files of an account for as long as it lives.
#[derive(Debug)]
pub(super) struct Guard {
    _file: File,
}

/// Takes the files of an account, or says why they cannot be used.
pub(super) fn take(folder: &Path) -> Result<Guard, String> {
    let opened = fs::create_dir_all(folder)
        .and_then(|()| OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock")));
    let file = opened.map_err(|err| {
        format!("Changes that wait for the service cannot be saved ({err}); they are kept only while Setpoint runs")
    })?;
    match file.try_lock() {
        Ok(()) => Ok(Guard { _file: file }),
        Err(TryLockError::WouldBlock) => Err("Setpoint is already open for this account. Changes made in this \
             window that wait for the service are kept only while it is open"
            .to_owned()),
        Err(TryLockError::Error(err)) => {
            Err(format!("The files of this account cannot be locked ({err}); changes that wait are kept in memory"))
        }
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
        assert!(second.contains("already open"), "{second}");
        drop(first);
        take(&account).expect("free again");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_said_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "in the way").expect("written");
        let notice = take(&file.join("below")).expect_err("no folder");
        assert!(notice.contains("cannot be saved"), "{notice}");
    }
}
