//! Warnings that belong to no control, mostly about files.

use crate::files::{FileError, Quarantined};

/// A warning that is shown until the user dismisses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineNotice {
    /// Increases with each notice; names it for [`super::Request::DismissNotice`].
    pub id: u64,
    /// The warning.
    pub warning: EngineWarning,
}

/// A problem apart from the service. Displays as an English sentence without a full stop, for the log; the
/// window has its own messages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineWarning {
    /// The queue file of an earlier run is damaged.
    #[error("The list of unsent changes {0}")]
    QueueSetAside(Quarantined),
    /// The queue file of an earlier run cannot be opened.
    #[error("The list of unsent changes cannot be read: {0}")]
    QueueUnreadable(FileError),
    /// The journal cannot be opened.
    #[error("The activity log cannot be read: {0}")]
    JournalUnreadable(FileError),
    /// The queue cannot be written: pending writes would not survive the end of the program.
    #[error("Changes that wait for the service cannot be saved ({0}); they are kept only while Setpoint runs")]
    QueueNotSaved(FileError),
    /// The journal cannot be written: new records would not survive the end of the program.
    #[error("The activity log cannot be saved ({0}); it is kept only while Setpoint runs")]
    JournalNotSaved(FileError),
    /// The lock of the account's folder cannot be taken, so another process may use the files.
    #[error("The files of this account cannot be locked ({0}); changes that wait are kept only while Setpoint runs")]
    NotLocked(FileError),
}
