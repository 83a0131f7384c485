//! A card: a surface with a hairline around it.

use egui::{
    Align, Color32, CornerRadius, FontSelection, Frame, InnerResponse, Layout, Margin, Response, Sense, Stroke, Ui,
    Vec2, vec2,
};

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

/// Draws a text with an icon of its colour before it. The lines of a long text stand below each other.
pub(crate) fn icon_label_ui(ui: &mut Ui, icon: &str, words: egui::RichText) -> Response {
    let text = colors(ui).text;
    let mut job = egui::text::LayoutJob::default();
    words.append_to(&mut job, ui.style(), FontSelection::Default, Align::Center);
    let color = job.sections.first().map_or(text, |section| section.format.color);
    let color = if color == Color32::PLACEHOLDER { text } else { color };
    hanging_ui(ui, job, size::TITLE, |ui| drop(icon_ui(ui, icon, size::TITLE, color)))
}

/// Draws a mark of some height and a text beside it, whose lines stand below each other.
pub(super) fn hanging_ui(
    ui: &mut Ui,
    mut job: egui::text::LayoutJob,
    height: f32,
    mark: impl FnOnce(&mut Ui),
) -> Response {
    job.wrap.max_width = (ui.available_width() - height - MARK_SPACE).max(60.0);
    let galley = ui.painter().layout_job(job);
    let is_single = galley.rows.len() < 2;
    let layout = if is_single { Layout::left_to_right(Align::Center) } else { Layout::left_to_right(Align::Min) };
    let room = vec2(ui.available_width(), galley.size().y.max(height));
    let line = |ui: &mut Ui| {
        ui.spacing_mut().interact_size.y = height;
        ui.spacing_mut().item_spacing.x = MARK_SPACE;
        mark(ui);
        ui.label(galley)
    };
    if is_single { ui.horizontal(line).inner } else { ui.allocate_ui_with_layout(room, layout, line).inner }
}

/// Space between a mark and its text, in points.
pub(super) const MARK_SPACE: f32 = 6.0;
