//! Scrolls the focused control of a page into view.

use egui::{Id, Ui, Vec2};

/// Seconds after a wheel or touch event during which the page may still move.
const HAND_SECS: f64 = 1.0;

/// The control that had the focus in the last frame.
#[derive(Clone, Copy, Default)]
struct Followed {
    focused: Option<Id>,
    is_in_sight: bool,
    /// Time of the user's last scroll, by the clock of the input.
    hand_at: Option<f64>,
}

/// Scrolls to a control that just got the focus, and to a focused control that the page itself moved out of
/// view, for example by a new message above it. It does not undo a scroll of the user. Call it at the end of
/// each scroll area, because keys move the focus out of view as well.
pub(crate) fn follow_focus(ui: &Ui) {
    let focused = ui.memory(|memory| memory.focused());
    let widget = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(focused?).copied());
    // Beside this area there may be another one.
    let is_above_or_below = |widget: &egui::WidgetRect| ui.max_rect().x_range().contains(widget.rect.center().x);
    let widget = widget.filter(|widget| widget.layer_id == ui.layer_id() && is_above_or_below(widget));
    let (now, is_by_hand) =
        ui.input(|input| (input.time, input.smooth_scroll_delta() != Vec2::ZERO || input.pointer.any_down()));
    let id = ui.scope_id().with("followed focus");
    let last: Followed = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    // Do not scroll for a widget that is completely visible or not part of the page.
    let is_in_sight = widget.is_none_or(|widget| widget.interact_rect == widget.rect);
    let hand_at = if is_by_hand { Some(now) } else { last.hand_at };
    ui.data_mut(|data| data.insert_temp(id, Followed { focused, is_in_sight, hand_at }));
    let is_new = focused != last.focused;
    let was_pushed_out = last.is_in_sight && hand_at.is_none_or(|at| now - at > HAND_SECS);
    // Scroll to the rectangle; a second response would add an interaction, with which a click beside a control
    // takes its focus away.
    if let Some(widget) = widget.filter(|_| !is_in_sight && (is_new || was_pushed_out)) {
        ui.scroll_to_rect(widget.rect.expand(8.0), None);
    }
}
