//! The reasons why the store cannot be read or written.

use std::io;

use rusqlite::ErrorCode;

use crate::files::FileError;
use crate::i18n::{Message, ToMessage, display_english, message};

/// The reason why holds and runs cannot be read or written. Nothing that must be kept first is done meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    File(FileError),
    /// The disk is full, or there are too many holds.
    Full,
    /// Another process is writing.
    Locked,
    /// The version of a file that a newer program wrote.
    Newer(i64),
    Damaged,
    /// SQLite says why, in English.
    Other(String),
}

impl ToMessage for StoreError {
    fn to_message(&self) -> Message {
        match self {
            Self::File(why) => message!("automation-store-file", why = why.to_message()),
            Self::Full => message!("automation-store-file", why = FileError::Full.to_message()),
            Self::Locked => message!("automation-store-locked"),
            Self::Newer(version) => message!("automation-store-newer", version = *version),
            Self::Damaged => message!("automation-store-damaged"),
            Self::Other(why) => message!("automation-store-file", why = why),
        }
    }
}

display_english!(StoreError);

impl From<rusqlite::Error> for StoreError {
    fn from(err: rusqlite::Error) -> Self {
        match err.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly) => Self::File(FileError::ReadOnly),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::File(FileError::Denied),
            Some(_) | None => Self::Other(err.to_string()),
        }
    }
}

impl From<rusqlite::types::FromSqlError> for StoreError {
    fn from(err: rusqlite::types::FromSqlError) -> Self {
        Self::Other(err.to_string())
    }
}

impl From<&io::Error> for StoreError {
    fn from(err: &io::Error) -> Self {
        let error = FileError::from(err);
        if error == FileError::Full { Self::Full } else { Self::File(error) }
    }
}

impl From<io::Error> for StoreError {
    fn from(err: io::Error) -> Self {
        Self::from(&err)
    }
}
