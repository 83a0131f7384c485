//! What a person should know that is about no control: mostly what is wrong with the files.

use crate::files::{Aside, FileError};

/// Something that was noticed, until somebody has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineNotice {
    /// Counts up, so that one can be dismissed.
    pub id: u64,
    /// What happened.
    pub warning: EngineWarning,
}

/// What went wrong beside the service. Displays as an English sentence without a full stop, for
/// the log; the window has its own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineWarning {
    /// The queue of an earlier run is no queue.
    #[error("The list of unsent changes {0}")]
    QueueSetAside(Aside),
    /// The queue of an earlier run cannot be opened.
    #[error("The list of unsent changes cannot be read: {0}")]
    QueueUnreadable(FileError),
    /// The journal cannot be opened.
    #[error("The activity log cannot be read: {0}")]
    JournalUnreadable(FileError),
    /// What waits would not survive the end of the program.
    #[error("Changes that wait for the service cannot be saved ({0}); they are kept only while Setpoint runs")]
    QueueNotSaved(FileError),
    /// What was done would not survive the end of the program.
    #[error("The activity log cannot be saved ({0}); it is kept only while Setpoint runs")]
    JournalNotSaved(FileError),
    /// Nobody can tell whether another window has the files.
    #[error("The files of this account cannot be locked ({0}); changes that wait are kept only while Setpoint runs")]
    NotLocked(FileError),
}
