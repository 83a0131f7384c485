//! A card: a surface with a hairline around it.

use egui::{Color32, CornerRadius, Frame, InnerResponse, Margin, Response, Sense, Stroke, Ui, Vec2};

use crate::ui::theme::colors;
use crate::ui::theme::tokens::{radius, size};

/// Draws a card around contents.
pub(crate) fn card_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let colors = colors(ui.visuals());
    Frame::new()
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(16))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui)
        })
}

/// A small round mark before a word; decorative, the word says the same.
pub(crate) fn dot_ui(ui: &mut Ui, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::SMALL), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.5, color);
    response
}
