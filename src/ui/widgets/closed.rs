//! Blocked controls: they keep their place and their focus, and show the reason.

use egui::{InnerResponse, Response, Stroke, StrokeKind, Ui, UiBuilder, UiKind, UiStackInfo};

use crate::ui::theme::colors;
use crate::ui::theme::tokens::radius;

const TAG: &str = "setpoint.closed";
const FADED: f32 = 0.6;

/// Draws contents whose controls are blocked if there is a reason.
pub(crate) fn closed_scope<R>(ui: &mut Ui, reason: Option<&str>, contents: impl FnOnce(&mut Ui) -> R) -> R {
    closed_area(ui, reason, contents).inner
}

/// Draws the same contents and returns their area.
pub(super) fn closed_area<R>(
    ui: &mut Ui,
    reason: Option<&str>,
    contents: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    // Blocked or not, the contents have the same ids, so a control keeps its focus when it is blocked.
    let mut info = UiStackInfo::new(UiKind::GenericArea);
    if let Some(reason) = reason {
        info = info.with_tag_value(TAG, reason.to_owned());
    }
    ui.scope_builder(UiBuilder::new().ui_stack_info(info), |ui| {
        if reason.is_some() {
            ui.multiply_opacity(FADED);
        }
        contents(ui)
    })
}

/// The reason why controls are blocked here; `None` if they are not.
pub(super) fn reason(ui: &Ui) -> Option<String> {
    ui.stack().iter().find_map(|stack| stack.tags().get_downcast::<String>(TAG)).cloned()
}

/// Reports a blocked control and its reason to assistive technology, and draws the focus ring.
pub(super) fn explain(ui: &Ui, response: &Response, reason: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_disabled();
        node.set_description(reason);
    });
    focus_ring(ui, response);
}

/// Draws a focus ring around a widget that has no frame of its own.
pub(crate) fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let ring = Stroke::new(2.0, colors(ui).accent);
        ui.painter().rect_stroke(response.rect.expand(3.0), f32::from(radius::CONTROL), ring, StrokeKind::Outside);
    }
}
