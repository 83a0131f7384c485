//! Edits of a file that the program keeps: shown at once, sent as intents, and undone step by step.

use std::sync::Arc;

use crate::automation::Loaded;

/// Most steps that can be undone.
const MOST_UNDO: usize = 50;

/// The edits of one file.
#[derive(Debug)]
pub(super) struct FormEdits<T> {
    /// The content with the edits that the program has not shown yet, and the file that it showed when they were made.
    local: Option<(Arc<Loaded<T>>, T)>,
    /// The content before each of the last edits.
    undo: Vec<T>,
    wants_undo: bool,
}

impl<T> Default for FormEdits<T> {
    fn default() -> Self {
        Self { local: None, undo: Vec::new(), wants_undo: false }
    }
}

impl<T: Clone> FormEdits<T> {
    /// The content with the edits that are on their way. `shown` is the file as the program shows it.
    pub(super) fn content(&mut self, shown: &Arc<Loaded<T>>) -> T {
        if self.local.as_ref().is_some_and(|(seen, _)| !Arc::ptr_eq(seen, shown)) {
            self.local = None;
        }
        self.local.as_ref().map_or_else(|| shown.content.clone(), |(_, local)| local.clone())
    }

    /// Notes the present content, to which an undo leads.
    pub(super) fn remember(&mut self, shown: &Arc<Loaded<T>>) {
        let before = self.content(shown);
        self.undo.push(before);
        if self.undo.len() > MOST_UNDO {
            self.undo.remove(0);
        }
    }

    /// Shows a content until the program does.
    pub(super) fn show(&mut self, shown: &Arc<Loaded<T>>, local: T) {
        self.local = Some((Arc::clone(shown), local));
    }

    /// True if an edit can be undone.
    pub(super) fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Lets the next frame undo the last edit.
    pub(super) fn wants_undo(&mut self) {
        self.wants_undo = true;
    }

    /// True once after [`Self::wants_undo`].
    pub(super) fn take_wants_undo(&mut self) -> bool {
        std::mem::take(&mut self.wants_undo)
    }

    /// Takes the content before the last edit.
    pub(super) fn take_before(&mut self) -> Option<T> {
        self.undo.pop()
    }
}
