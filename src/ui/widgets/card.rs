//! A card: a surface with a hairline around it.

use egui::{Color32, CornerRadius, Frame, InnerResponse, Margin, Response, Sense, Stroke, Ui, Vec2};

use crate::ui::theme::tokens::{radius, size};
use crate::ui::theme::{colors, regular};

pub(crate) fn card_frame(ui: &Ui) -> Frame {
    let colors = colors(ui);
    Frame::new()
        .fill(colors.surface)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::symmetric(18, 16))
}

/// Draws a card of the available width around contents.
pub(crate) fn card_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    card_frame(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        contents(ui)
    })
}

/// Draws a small dot before a word. It is decorative; the word has the same meaning.
pub(crate) fn dot_ui(ui: &mut Ui, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::SMALL), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.5, color);
    response
}

/// Draws an icon beside a text of the same meaning. Screen readers skip it.
pub(crate) fn icon_ui(ui: &mut Ui, icon: &str, points: f32, color: Color32) -> Response {
    let galley = ui.painter().layout_no_wrap(icon.to_owned(), regular(points), color);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, color);
    response
}

/// Draws a text with an icon before it.
pub(crate) fn icon_label_ui(ui: &mut Ui, icon: &str, words: egui::RichText) -> Response {
    let color = colors(ui).text;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = size::TITLE;
        ui.spacing_mut().item_spacing.x = 6.0;
        icon_ui(ui, icon, size::TITLE, color);
        ui.label(words)
    })
    .inner
}
