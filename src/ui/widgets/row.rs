//! A card with a name and an explanation on the left and a control on the right; below each
//! other where there is no room.

use egui::{RichText, Ui};

use super::card::card_ui;
use super::status::status_ui;
use crate::home::Slot;
use crate::ui::theme::colors;
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::view::View;

/// Draws a row for one value: its name, a line about it, the control, what became of the last
/// wish, and why the control is closed.
pub fn row_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    slot: &Slot,
    about: &str,
    control: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    let closed = view.closed(slot);
    card_ui(ui, |ui| {
        let muted = colors(ui.visuals()).muted;
        let words = |ui: &mut Ui| {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                ui.label(RichText::new(slot.field.title()).size(size::TITLE));
                if !about.is_empty() {
                    ui.label(RichText::new(about).size(size::SMALL).color(muted));
                }
            });
        };
        let enabled = closed.is_none();
        if ui.available_width() < measure::NARROW - 2.0 * space::XL {
            words(ui);
            ui.add_enabled_ui(enabled, |ui| ui.horizontal_wrapped(|ui| control(ui, view)));
        } else {
            egui::Sides::new().height(measure::CONTROL).show(
                ui,
                |ui| words(ui),
                |ui| {
                    ui.add_enabled_ui(enabled, |ui| control(ui, view));
                },
            );
        }
        if let Some(refusal) = &closed {
            ui.label(RichText::new(refusal.sentence()).size(size::SMALL).color(muted));
        }
        status_ui(ui, view, slot);
    });
}
