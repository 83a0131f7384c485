//! The reasons why the history cannot be read or written.

use std::io;

use rusqlite::ErrorCode;

use crate::files::FileError;
use crate::i18n::{Message, ToMessage, display_english, message};

/// The reason why the history cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryError {
    File(FileError),
    /// The disk is full; nothing was changed.
    Full,
    /// Another program is writing.
    Locked,
    ReadOnly,
    /// The version of a file that a newer program wrote.
    Newer(i64),
    Damaged,
    /// No thermostat has this name.
    NoDevice(String),
    SeveralDevices {
        name: String,
        /// Their ids, separated by commas.
        among: String,
    },
    /// The first already tells of the second.
    Circle(String, String),
    /// SQLite says why, in English.
    Other(String),
}

impl ToMessage for HistoryError {
    fn to_message(&self) -> Message {
        match self {
            Self::File(why) => message!("history-file", why = why.to_message()),
            Self::Full => message!("history-full"),
            Self::Locked => message!("history-locked"),
            Self::ReadOnly => message!("history-read-only"),
            Self::Newer(version) => message!("history-newer", version = *version),
            Self::Damaged => message!("history-damaged"),
            Self::NoDevice(name) => message!("history-no-device", name = name),
            Self::SeveralDevices { name, among } => message!("history-several", name = name, among = among),
            Self::Circle(one, other) => message!("history-circle", one = one, other = other),
            Self::Other(why) => message!("history-other", why = why),
        }
    }
}

display_english!(HistoryError);

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
