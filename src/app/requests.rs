//! The requests of the API console on disk: their file, changes to them, and changes by others.

use std::sync::Arc;

use super::App;
use super::file_watch::FileWatch;
use crate::files::FileError;
use crate::requests::{History, HistoryFile};
use crate::ui::notice::Notice;

/// The state of the file of requests.
#[derive(Default)]
pub(super) struct RequestsOnDisk {
    /// The history as it was read or written last.
    base: History,
    watch: Option<FileWatch>,
}

impl App {
    fn history_file(&self) -> Option<HistoryFile> {
        Some(HistoryFile::in_folder(&self.setup.places.as_ref()?.data))
    }

    /// Loads the saved and the sent requests, and watches their file.
    pub(super) fn load_requests(&mut self) {
        let Some(file) = self.history_file() else { return };
        let waker = Arc::clone(&self.setup.channels.waker);
        let watch = FileWatch::start(file.path().to_owned(), &self.setup.runtime, waker);
        let (history, quarantined) = file.load();
        self.window.console.history.clone_from(&history);
        self.library.requests = RequestsOnDisk { base: history, watch: Some(watch) };
        self.setup.notices.extend(quarantined.map(Notice::RequestsSetAside));
    }

    /// Merges the changes of this process into the file. If that fails, they stay in the list and are saved with
    /// the next change.
    pub(super) fn save_requests(&mut self) {
        let Some(file) = self.history_file() else { return };
        match file.merge(&self.library.requests.base, &self.window.console.history) {
            Ok((history, quarantined)) => {
                self.window.console.history.clone_from(&history);
                self.library.requests.base = history;
                self.setup.notices.extend(quarantined.map(Notice::RequestsSetAside));
            }
            Err(err) => self.notice(Notice::RequestsNotSaved(FileError::from(&err))),
        }
    }

    /// Takes over changes that another process made in the file.
    pub(super) fn follow_requests(&mut self) {
        if !self.library.requests.watch.as_ref().is_some_and(FileWatch::take_change) {
            return;
        }
        // If the file cannot be read now, keep the present list.
        let Some(theirs) = self.history_file().and_then(|file| file.reload()) else { return };
        if theirs == self.library.requests.base {
            return;
        }
        let mut merged = theirs.clone();
        merged.take_changes(&self.library.requests.base, &self.window.console.history);
        self.window.console.history = merged;
        self.library.requests.base = theirs;
        self.setup.channels.waker.wake_now();
    }
}
