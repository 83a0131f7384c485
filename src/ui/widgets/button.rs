//! Buttons.

use egui::{Align2, Button, IntoAtoms, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::closed::{explain, focus_ring, reason};
use crate::ui::theme::tokens::{measure, size};
use crate::ui::theme::{colors, regular};

/// Draws a button; `name` is its accessible name, for labels that are too short.
pub(crate) fn button_ui<'a>(ui: &mut Ui, label: impl IntoAtoms<'a>, name: &str) -> Response {
    finish(ui, Button::new(label), name, None)
}

/// Draws a button that is blocked if there is a reason.
pub(crate) fn button_or_why_ui<'a>(
    ui: &mut Ui,
    label: impl IntoAtoms<'a>,
    name: &str,
    closed: Option<&str>,
) -> Response {
    finish(ui, Button::new(label), name, closed.map(str::to_owned))
}

/// Draws the main button of a dialog or form.
pub(crate) fn main_button_ui(ui: &mut Ui, label: impl Into<String>, name: &str, closed: Option<&str>) -> Response {
    let colors = colors(ui);
    let open = closed.is_none() && reason(ui).is_none();
    let text = egui::RichText::new(label).color(if open { colors.on_accent } else { colors.muted });
    let fill = if open { colors.accent } else { colors.raised };
    let response = finish(ui, Button::new(text).fill(fill), name, closed.map(str::to_owned));
    // The edge of this button has the colour of its fill, so draw a separate focus ring.
    focus_ring(ui, &response);
    response
}

/// Draws a button without a frame, such as a link or an icon.
pub(crate) fn quiet_button_ui<'a>(ui: &mut Ui, label: impl IntoAtoms<'a>, name: &str) -> Response {
    finish(ui, Button::new(label).frame_when_inactive(false), name, None)
}

fn finish(ui: &mut Ui, button: Button<'_>, name: &str, closed: Option<String>) -> Response {
    let closed = closed.or_else(|| reason(ui));
    let sense = if closed.is_some() { Sense::focusable_noninteractive() } else { Sense::click() };
    let faded = closed.is_some();
    let opacity = ui.opacity();
    if faded && reason(ui).is_none() {
        ui.multiply_opacity(0.6);
    }
    // `Extend` moves a button that does not fit to the next line as a whole.
    let response = ui.add(button.wrap_mode(egui::TextWrapMode::Extend).sense(sense)).accessible_name(name);
    ui.set_opacity(opacity);
    if let Some(closed) = closed {
        explain(ui, &response, &closed);
        return response.on_hover_text(closed);
    }
    response
}

/// Draws a round button with an icon, large enough for a finger.
pub(crate) fn round_button_ui(ui: &mut Ui, icon: &str, name: &str, can: bool) -> Response {
    let closed = reason(ui);
    let open = can && closed.is_none();
    let sense = if open { Sense::click() } else { Sense::focusable_noninteractive() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(measure::LARGE_CONTROL), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, open, name));
    if !open {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_disabled());
    }
    if let Some(closed) = closed {
        explain(ui, &response, &closed);
    }
    if ui.is_rect_visible(rect) {
        let colors = colors(ui);
        let edge = if response.has_focus() {
            Stroke::new(2.0, colors.accent)
        } else if response.hovered() && open {
            Stroke::new(1.0, colors.tick)
        } else {
            Stroke::new(1.0, colors.line)
        };
        let radius = rect.width() / 2.0;
        ui.painter().circle(rect.center(), radius - 1.0, colors.raised, edge);
        let color = if open { colors.text } else { colors.tick };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, regular(size::ICON), color);
    }
    response
}
