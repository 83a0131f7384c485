//! Keyboard focus around a dialog: when the dialog closes, the focus returns to the widget that had it before.

use egui::{Id, Key, Modifiers, Rect, Ui};

/// The focus of the page while a dialog is open.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum FocusBehind {
    /// No dialog is open.
    #[default]
    Nowhere,
    /// A dialog is open. Holds the widget that had the focus before.
    On(Option<Id>),
    /// A dialog was closed in the last frame.
    Closed {
        /// The widget that had the focus before the dialog.
        before: Option<Id>,
        /// The widget that had the focus in the dialog.
        within: Option<Id>,
    },
}

impl FocusBehind {
    /// Gives the focus to the heading of a page that a dialog opened, instead of to a widget that goes with the page
    /// before. Returns that widget, to which *Back* returns.
    pub(super) fn page_opened(&mut self, heading: Id) -> Option<Id> {
        match self {
            Self::Nowhere => None,
            Self::On(before) | Self::Closed { before, .. } => before.replace(heading),
        }
    }

    /// Follows the opening and closing of dialogs. Call it at the end of each frame.
    pub(super) fn follow(&mut self, ui: &Ui, is_dialog_open: bool) {
        let focused = ui.memory(|memory| memory.focused());
        *self = match (*self, is_dialog_open) {
            (Self::Nowhere, true) => Self::On(focused),
            (Self::On(before) | Self::Closed { before, .. }, true) => Self::On(before),
            (Self::Nowhere, false) => Self::Nowhere,
            (Self::On(before), false) => {
                // egui lets no widget behind the dialog take the focus for one more frame.
                ui.ctx().request_repaint();
                Self::Closed { before, within: focused }
            }
            (Self::Closed { before, within }, false) => {
                // If another widget, such as a search field, took the focus meanwhile, it keeps the focus.
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

/// Moves the focus to the first control of the next region of the window with F6, of the one before with Shift+F6.
pub(super) fn move_between_regions(ui: &Ui, regions: [Rect; 3]) {
    let is_pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::F6));
    // The longer shortcut first.
    let by = if is_pressed(Modifiers::SHIFT) {
        regions.len() - 1
    } else if is_pressed(Modifiers::NONE) {
        1
    } else {
        return;
    };
    let focused = ui.memory(|memory| memory.focused());
    let layer = ui.layer_id();
    let next = ui.ctx().viewport(|viewport| {
        let widgets = &viewport.this_pass.widgets;
        let at = focused.and_then(|id| widgets.get(id)).map(|widget| widget.rect.center());
        let here = at.and_then(|at| regions.iter().position(|region| region.contains(at)));
        let from = here.unwrap_or(regions.len() - 1);
        // A region without a control is passed over.
        (1..=regions.len()).find_map(|step| {
            let region = regions.get((from + step * by) % regions.len())?;
            let mut inside = widgets.get_layer(layer).filter(|widget| {
                widget.sense.is_focusable()
                    && widget.interact_rect.is_positive()
                    && region.contains(widget.rect.center())
            });
            inside.next().map(|widget| widget.id)
        })
    });
    if let Some(id) = next {
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.ctx().request_repaint();
    }
}

/// Hides everything drawn so far from screen readers, because a dialog stands before it.
pub(super) fn hide_from_readers(ui: &Ui) {
    let layer = ui.layer_id();
    let ids: Vec<Id> =
        ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get_layer(layer).map(|it| it.id).collect());
    for id in ids {
        if ui.ctx().has_accesskit_node(id) {
            ui.ctx().accesskit_node_builder(id, |node| node.set_hidden());
        }
    }
}

/// Draws the frame once more if the focus has just moved. Call it at the end of each frame.
///
/// A slider or a text field reserves its arrow keys in the pass after the one in which the focus came to
/// it. Without that pass a key pressed before the next frame would also move the focus away, as it does on
/// a slow machine.
pub(super) fn reserve_keys(ui: &Ui) {
    if ui.memory(|memory| memory.focused().is_some_and(|id| !memory.had_focus_last_frame(id))) {
        ui.ctx().request_discard("what got the focus reserves its keys in the next pass");
    }
}

/// Frames that a dialog needs to take the focus.
const OPENING_FRAMES: u64 = 3;

/// True in the first frames of a dialog, in which it takes the focus. Later the user moves the focus.
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
