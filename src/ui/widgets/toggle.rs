//! A switch with the word for its state beside it.

use egui::{Response, RichText, Role, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::ui::theme::colors;
use crate::ui::theme::tokens::{measure, size};

/// Draws a switch; `changed` when it was flipped.
pub(crate) fn toggle_ui(ui: &mut Ui, on: &mut bool, name: &str) -> Response {
    let word = if *on { "On" } else { "Off" };
    ui.label(RichText::new(word).size(size::BODY));
    let (rect, mut response) = ui.allocate_exact_size(Vec2::new(42.0, measure::CONTROL), Sense::click());
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let is_on = *on;
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), is_on, name));
    if ui.is_rect_visible(rect) {
        let colors = colors(ui.visuals());
        let track = egui::Rect::from_center_size(rect.center(), Vec2::new(42.0, 24.0));
        let fade = if ui.is_enabled() { 1.0 } else { 0.5 };
        let fill = if is_on { colors.accent } else { colors.tick }.gamma_multiply(fade);
        let knob = if is_on { colors.on_accent } else { colors.surface };
        let x = if is_on { track.right() - 12.0 } else { track.left() + 12.0 };
        ui.painter().rect_filled(track, 12.0, fill);
        ui.painter().circle_filled(pos2(x, track.center().y), 9.0, knob);
        if response.has_focus() {
            let ring = egui::Stroke::new(2.0, colors.accent);
            ui.painter().rect_stroke(track.expand(3.0), 15.0, ring, egui::StrokeKind::Outside);
        }
    }
    response
}
