//! One of several: a drop-down list, or buttons side by side when there are few.

use egui::{
    Align2, Button, ComboBox, CornerRadius, Frame, Margin, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::closed::{explain, reason};
use crate::ui::theme::tokens::{radius, size};
use crate::ui::theme::{colors, icons, regular};

/// Draws a drop-down list; `Some` when another entry was picked.
pub(crate) fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&T>,
    options: &[T],
    title: impl Fn(&T) -> String,
) -> Option<T> {
    let mut picked = None;
    let shown = chosen.map_or_else(|| "–".to_owned(), &title);
    let full_name = format!("{name}: {shown}");
    if let Some(closed) = reason(ui) {
        let label = (shown, icons::DOWN);
        let response = ui.add(Button::new(label).sense(Sense::focusable_noninteractive())).accessible_name(full_name);
        explain(ui, &response, &closed);
        return None;
    }
    let inner = ComboBox::from_id_salt(name).selected_text(&shown).icon(arrow).show_ui(ui, |ui| {
        for option in options {
            if ui.selectable_label(chosen == Some(option), title(option)).clicked() && chosen != Some(option) {
                picked = Some(option.clone());
                // A pick by keyboard closes the list as one by mouse does.
                ui.close();
            }
        }
    });
    if picked.is_some() {
        inner.response.request_focus();
    }
    inner.response.accessible_name(full_name);
    picked
}

fn arrow(ui: &Ui, rect: egui::Rect, visuals: &egui::style::WidgetVisuals, _open: bool) {
    let at = rect.center();
    ui.painter().text(at, Align2::CENTER_CENTER, icons::DOWN, regular(size::SMALL), visuals.fg_stroke.color);
}

/// Draws buttons side by side; `Some` when another one was pressed.
pub(crate) fn segmented_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: Option<&T>,
    options: &[(T, String)],
) -> Option<T> {
    let mut picked = None;
    let colors = colors(ui);
    let frame = Frame::new()
        .fill(colors.raised)
        .corner_radius(CornerRadius::same(radius::CONTROL + 2))
        .inner_margin(Margin::same(2));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        // Rows grow from the right, so the last option is drawn first there.
        let from_right = ui.layout().prefer_right_to_left();
        let ordered: Vec<&(T, String)> =
            if from_right { options.iter().rev().collect() } else { options.iter().collect() };
        for (option, title) in ordered {
            let is_chosen = chosen == Some(option);
            if segment_ui(ui, title, &format!("{name}: {title}"), is_chosen).clicked() && !is_chosen {
                picked = Some(option.clone());
            }
        }
    });
    picked
}

fn segment_ui(ui: &mut Ui, title: &str, name: &str, is_chosen: bool) -> Response {
    let colors = colors(ui);
    let closed = reason(ui);
    let galley = ui.painter().layout_no_wrap(title.to_owned(), regular(size::BODY), colors.text);
    let height = ui.spacing().interact_size.y - 4.0;
    let sense = if closed.is_some() { Sense::focusable_noninteractive() } else { Sense::click() };
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 24.0, height), sense);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, closed.is_none(), is_chosen, name));
    if ui.is_rect_visible(rect) {
        let corner = CornerRadius::same(radius::CONTROL);
        if is_chosen {
            ui.painter().rect_filled(rect, corner, colors.surface);
        }
        let edge = if response.has_focus() {
            Some(Stroke::new(2.0, colors.accent))
        } else if is_chosen || (response.hovered() && closed.is_none()) {
            Some(Stroke::new(1.0, if is_chosen { colors.tick } else { colors.line }))
        } else {
            None
        };
        if let Some(edge) = edge {
            ui.painter().rect_stroke(rect, corner, edge, egui::StrokeKind::Inside);
        }
        let color = if is_chosen { colors.text } else { colors.muted };
        ui.painter().galley_with_override_text_color(rect.center() - galley.size() / 2.0, galley, color);
    }
    if let Some(closed) = closed {
        explain(ui, &response, &closed);
    }
    response
}
