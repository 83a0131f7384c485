//! A sentence with a mark before it and buttons after it, or below it where the line is too short.

use egui::text::LayoutJob;
use egui::{Button, Color32, Id, Response, Ui, UiBuilder, vec2};

use super::card::{MARK_SPACE, dot_ui, hanging_ui, icon_ui};
use super::row::at_the_right;
use crate::ui::theme::tokens::size;
use crate::ui::theme::{regular, small};

/// The mark before a sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bullet {
    Dot(Color32),
    Icon(&'static str, Color32),
}

/// A sentence with buttons.
#[derive(Debug)]
pub(crate) struct ActionLine<'a> {
    pub(crate) bullet: Bullet,
    pub(crate) text: &'a str,
    pub(crate) color: Color32,
    /// The label of each button, and its accessible name.
    pub(crate) buttons: &'a [(String, String)],
    /// True if the buttons stand at the right edge.
    pub(crate) is_wide: bool,
}

/// Draws a sentence with buttons. Returns the label, and the index of a button that was pressed. The buttons have the
/// same ids beside the sentence and below it, so the focus stays when the sentence changes.
pub(crate) fn action_line_ui(ui: &mut Ui, id: Id, line: &ActionLine<'_>) -> (Response, Option<usize>) {
    let ActionLine { text, color, buttons, is_wide, .. } = *line;
    let width = |label: &str| ui.painter().layout_no_wrap(label.to_owned(), regular(size::SMALL), color).size().x;
    let spacing = ui.spacing();
    let around = 2.0 * spacing.button_padding.x + spacing.item_spacing.x;
    let needed: f32 = buttons.iter().map(|(label, _)| width(label) + around).sum();
    let indent = size::SMALL + MARK_SPACE;
    let job = LayoutJob::simple(text.to_owned(), regular(size::SMALL), color, f32::INFINITY);
    let mark = |ui: &mut Ui| match line.bullet {
        Bullet::Dot(color) => drop(dot_ui(ui, color)),
        Bullet::Icon(icon, color) => drop(icon_ui(ui, icon, size::SMALL, color)),
    };
    let pressed = |ui: &mut Ui| {
        let builder = UiBuilder::new().scope_id(id.with("buttons"));
        ui.scope_builder(builder, |ui| buttons_ui(ui, buttons)).inner
    };
    if buttons.is_empty() {
        return (hanging_ui(ui, job, size::SMALL, mark), None);
    }
    if indent + width(text) + needed <= ui.available_width() {
        return ui
            .horizontal(|ui| {
                ui.spacing_mut().interact_size.y = BUTTON;
                let label = ui.horizontal(|ui| hanging_ui(ui, job, size::SMALL, mark)).inner;
                let pressed = if is_wide { at_the_right(ui, id, pressed) } else { pressed(ui) };
                (label, pressed)
            })
            .inner;
    }
    let label = hanging_ui(ui, job, size::SMALL, mark);
    let pressed = ui
        .horizontal_wrapped(|ui| {
            ui.add_space(indent);
            pressed(ui)
        })
        .inner;
    (label, pressed)
}

fn buttons_ui(ui: &mut Ui, buttons: &[(String, String)]) -> Option<usize> {
    let mut pressed = None;
    for (index, (label, name)) in buttons.iter().enumerate() {
        let button = Button::new(small(label)).min_size(vec2(0.0, BUTTON));
        if ui.add(button).accessible_name(name.as_str()).clicked() {
            pressed = Some(index);
        }
    }
    pressed
}

/// Height of the buttons, in points.
const BUTTON: f32 = 26.0;
