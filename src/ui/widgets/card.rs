//! A card: a surface with a hairline around it.

use egui::{Color32, CornerRadius, Frame, InnerResponse, Margin, Response, Sense, Stroke, Ui, Vec2};

use crate::ui::theme::colors;
use crate::ui::theme::tokens::{radius, size};

/// The frame of a card.
pub(crate) fn card_frame(ui: &Ui) -> Frame {
    let colors = colors(ui);
    Frame::new()
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::symmetric(18, 16))
}

/// Draws a card around contents, as wide as there is room.
pub(crate) fn card_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    card_frame(ui).show(ui, |ui| {
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
