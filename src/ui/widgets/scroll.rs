//! What scrolls follows the focus.

use egui::{Id, Ui};

/// Brings the control that has just got the focus into sight. To be called at the end of what
/// scrolls: keys move the focus out of sight as well, and nothing else scrolls there.
pub(crate) fn follow_focus(ui: &Ui) {
    let focused = ui.memory(|memory| memory.focused());
    let followed = ui.data_mut(|data| {
        let last = data.get_temp_mut_or_default::<Option<Id>>(Id::unique("followed focus"));
        std::mem::replace(last, focused)
    });
    if followed == focused {
        return;
    }
    // Asked for as a rectangle: a response would be an interaction more, in which a click beside a
    // control takes the focus from it.
    let widget = ui.ctx().viewport(|viewport| viewport.this_pass.widgets.get(focused?).copied());
    // What is seen as a whole stays where it is, as does what is no part of the page.
    if let Some(widget) = widget.filter(|widget| widget.layer_id == ui.layer_id())
        && widget.interact_rect != widget.rect
    {
        ui.scroll_to_rect(widget.rect.expand(8.0), None);
    }
}
