//! Keeps the focused control of a scrolling page in sight.

use egui::{Id, Ui, Vec2};

/// The page still moves so long after a wheel or a finger, in seconds.
const HAND_SECS: f64 = 1.0;

/// The control that was followed last.
#[derive(Clone, Copy, Default)]
struct Followed {
    focused: Option<Id>,
    is_in_sight: bool,
    /// When a hand scrolled last, by the clock of the input.
    hand_at: Option<f64>,
}

/// Scrolls to the control that has just got the focus, and to one that the page pushed out of sight, as a
/// message above it does. A hand that scrolls away from it is left alone. To be called at the end of what
/// scrolls: keys move the focus out of sight as well, and nothing else scrolls there.
pub(crate) fn follow_focus(ui: &Ui) {
    let focused = ui.memory(|memory| memory.focused());
    let widget = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(focused?).copied());
    let widget = widget.filter(|widget| widget.layer_id == ui.layer_id());
    let (now, is_by_hand) =
        ui.input(|input| (input.time, input.smooth_scroll_delta() != Vec2::ZERO || input.pointer.any_down()));
    let id = Id::unique("followed focus");
    let last: Followed = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    // What is seen as a whole stays where it is, as does what is no part of the page.
    let is_in_sight = widget.is_none_or(|widget| widget.interact_rect == widget.rect);
    let hand_at = if is_by_hand { Some(now) } else { last.hand_at };
    ui.data_mut(|data| data.insert_temp(id, Followed { focused, is_in_sight, hand_at }));
    let is_new = focused != last.focused;
    let was_pushed_out = last.is_in_sight && hand_at.is_none_or(|at| now - at > HAND_SECS);
    // Asked for as a rectangle: a response would be an interaction more, in which a click beside a
    // control takes the focus from it.
    if let Some(widget) = widget.filter(|_| !is_in_sight && (is_new || was_pushed_out)) {
        ui.scroll_to_rect(widget.rect.expand(8.0), None);
    }
}
