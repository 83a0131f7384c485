//! The focus around a dialog: what had it before gets it back when the dialog is closed.

use egui::{Id, Ui};

/// Where the focus of the page is while a dialog is open.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum FocusBehind {
    /// No dialog is open.
    #[default]
    Nowhere,
    /// A dialog is open, and this had the focus before.
    On(Option<Id>),
    /// It was just closed.
    Closed {
        /// What had the focus before.
        before: Option<Id>,
        /// What had it in the dialog.
        within: Option<Id>,
    },
}

impl FocusBehind {
    /// Follows the dialogs; at the end of each frame.
    pub(super) fn follow(&mut self, ui: &Ui, is_dialog_open: bool) {
        let focused = ui.memory(|memory| memory.focused());
        *self = match (*self, is_dialog_open) {
            (Self::Nowhere, true) => Self::On(focused),
            (Self::On(before) | Self::Closed { before, .. }, true) => Self::On(before),
            (Self::Nowhere, false) => Self::Nowhere,
            (Self::On(before), false) => {
                // For one more frame nothing behind the dialog may take the focus.
                ui.ctx().request_repaint();
                Self::Closed { before, within: focused }
            }
            (Self::Closed { before, within }, false) => {
                // What took the focus meanwhile, such as a search, keeps it.
                if let Some(id) = before.filter(|_| focused.is_none() || focused == within) {
                    ui.memory_mut(|memory| memory.request_focus(id));
                    ui.ctx().request_repaint();
                }
                Self::Nowhere
            }
        };
        reserve_keys(ui);
    }
}

/// Draws the frame once more if the focus has just moved; at the end of each frame.
///
/// A slider or a text field reserves its arrow keys in the pass after the one in which the focus came to
/// it. Without that pass a key pressed before the next frame would also move the focus away, as it does on
/// a slow machine.
pub(super) fn reserve_keys(ui: &Ui) {
    if ui.memory(|memory| memory.focused().is_some_and(|id| !memory.had_focus_last_frame(id))) {
        ui.ctx().request_discard("what got the focus reserves its keys in the next pass");
    }
}

/// How many frames a dialog takes to get hold of the focus.
const OPENING_FRAMES: u64 = 3;

/// Whether a dialog was opened just now: in its first frames it takes the focus, and later leaves
/// it to whoever goes round in it.
pub(super) fn opens(ui: &Ui, dialog: &'static str) -> bool {
    let id = Id::unique(dialog);
    let now = ui.ctx().cumulative_frame_nr();
    let drawn: Option<(u64, u64)> = ui.data(|data| data.get_temp(id));
    let first = drawn.filter(|(_, last)| now <= last + 1).map_or(now, |(first, _)| first);
    ui.data_mut(|data| data.insert_temp(id, (first, now)));
    let opens = now < first + OPENING_FRAMES;
    if opens {
        ui.ctx().request_repaint();
    }
    opens
}
