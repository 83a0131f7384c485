//! Warnings that belong to no control, mostly about files.

use crate::files::{FileError, Quarantined};
use crate::i18n::{Message, ToMessage, display_english, message};

/// A warning that is shown until the user dismisses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineNotice {
    /// Increases with each notice; names it for [`super::Request::DismissNotice`].
    pub id: u64,
    pub warning: EngineWarning,
}

/// A problem apart from the service. Displays as an English sentence without a full stop, for the log; the
/// window has its own messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EngineWarning {
    /// The queue file of an earlier run is damaged.
    QueueSetAside(Quarantined),
    /// The queue file of an earlier run cannot be opened.
    QueueUnreadable(FileError),
    /// The journal cannot be opened.
    JournalUnreadable(FileError),
    /// The queue cannot be written: pending writes would not survive the end of the program.
    QueueNotSaved(FileError),
    /// The journal cannot be written: new records would not survive the end of the program.
    JournalNotSaved(FileError),
    /// The lock of the account's folder cannot be taken, so another process may use the files.
    NotLocked(FileError),
}

impl ToMessage for EngineWarning {
    fn to_message(&self) -> Message {
        match self {
            Self::QueueSetAside(aside) => aside.message_of("queue-set-aside", "queue-stuck"),
            Self::QueueUnreadable(error) => message!("queue-unreadable", why = error.to_message()),
            Self::JournalUnreadable(error) => message!("journal-unreadable", why = error.to_message()),
            Self::QueueNotSaved(error) => message!("queue-not-saved", why = error.to_message()),
            Self::JournalNotSaved(error) => message!("journal-not-saved", why = error.to_message()),
            Self::NotLocked(error) => message!("not-locked", why = error.to_message()),
        }
    }
}

display_english!(EngineWarning);
