//! The reasons why the history cannot be read or written.

use std::io;

use rusqlite::ErrorCode;

use crate::files::FileError;

/// The reason why the history cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    #[error("the history cannot be opened: {0}")]
    File(FileError),
    #[error("the disk is full; nothing was changed")]
    Full,
    #[error("another program is writing to the history; try again when it is done")]
    Locked,
    #[error("the history cannot be changed: its file or folder is read-only")]
    ReadOnly,
    #[error("the history was written by a newer Setpoint (version {0} of its file), so this one leaves it alone")]
    Newer(i64),
    #[error("the file of the history is damaged")]
    Damaged,
    #[error("there is no thermostat {0:?} in the history; `setpoint history info` lists them")]
    NoDevice(String),
    #[error("{name:?} may be any of {among}; say more of its name")]
    SeveralDevices { name: String, among: String },
    #[error("{0} already tells of {1}, so the two cannot be joined")]
    Circle(String, String),
    #[error("the history cannot be used: {0}")]
    Other(String),
}

impl From<rusqlite::Error> for HistoryError {
    fn from(err: rusqlite::Error) -> Self {
        match err.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::File(FileError::Denied),
            Some(_) | None => Self::Other(err.to_string()),
        }
    }
}

impl From<&io::Error> for HistoryError {
    fn from(err: &io::Error) -> Self {
        match FileError::from(err) {
            FileError::Full => Self::Full,
            FileError::ReadOnly => Self::ReadOnly,
            other @ (FileError::Missing
            | FileError::Denied
            | FileError::InTheWay
            | FileError::NotPlain
            | FileError::Other(_)) => Self::File(other),
        }
    }
}
