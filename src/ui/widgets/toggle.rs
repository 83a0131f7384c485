//! A toggle switch.

use egui::{Response, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use super::closed::{explain, reason};
use crate::ui::theme::colors;
use crate::ui::theme::tokens::measure;

const SIZE: Vec2 = Vec2::new(42.0, 24.0);

/// Draws a switch; the response is `changed` when the user flips it.
pub(crate) fn toggle_ui(ui: &mut Ui, on: &mut bool, name: &str) -> Response {
    let closed = reason(ui);
    let sense = if closed.is_some() { Sense::focusable_noninteractive() } else { Sense::click() };
    let (rect, mut response) = ui.allocate_exact_size(Vec2::new(SIZE.x, measure::CONTROL), sense);
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let is_on = *on;
    response.widget_info(|| WidgetInfo::selected(Role::Switch, closed.is_none(), is_on, name));
    if ui.is_rect_visible(rect) {
        let colors = colors(ui);
        let track = egui::Rect::from_center_size(rect.center(), SIZE);
        // Animate the knob; with reduced motion it jumps.
        let way = ui.ctx().animate_bool(response.id, is_on);
        let fill = if is_on { colors.accent } else { colors.tick };
        let knob = if is_on { colors.on_accent } else { colors.surface };
        let x = egui::lerp(track.left() + 12.0..=track.right() - 12.0, way);
        ui.painter().rect_filled(track, 12.0, fill);
        ui.painter().circle_filled(pos2(x, track.center().y), 9.0, knob);
        if response.has_focus() {
            let ring = egui::Stroke::new(2.0, colors.accent);
            ui.painter().rect_stroke(track.expand(3.0), 15.0, ring, egui::StrokeKind::Outside);
        }
    }
    if let Some(closed) = closed {
        explain(ui, &response, &closed);
    }
    response
}
