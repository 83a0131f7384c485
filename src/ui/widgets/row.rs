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
pub(crate) fn row_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    slot: &Slot,
    about: &str,
    control: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    let enabled = view.closed(slot).is_none();
    card_ui(ui, |ui| {
        if ui.available_width() < measure::NARROW - 2.0 * space::XL {
            words_ui(ui, slot, about);
            ui.add_enabled_ui(enabled, |ui| ui.horizontal_wrapped(|ui| control(ui, view)));
        } else {
            ui.horizontal(|ui| {
                words_ui(ui, slot, about);
                at_the_right(ui, slot, |ui| {
                    ui.add_enabled_ui(enabled, |ui| ui.horizontal(|ui| control(ui, view)));
                });
            });
        }
        below_ui(ui, view, slot);
    });
}

/// The same with the control below the words and as wide as the card: for sliders.
pub(crate) fn wide_row_ui(
    ui: &mut Ui,
    view: &mut View<'_>,
    slot: &Slot,
    about: &str,
    control: impl FnOnce(&mut Ui, &mut View<'_>),
) {
    let enabled = view.closed(slot).is_none();
    card_ui(ui, |ui| {
        words_ui(ui, slot, about);
        ui.add_enabled_ui(enabled, |ui| ui.horizontal(|ui| control(ui, view)));
        below_ui(ui, view, slot);
    });
}

/// Draws contents from left to right, so that the keyboard and a screen reader meet them in the
/// order in which they are read, and moves them to the right edge by the width that they had last.
fn at_the_right(ui: &mut Ui, slot: &Slot, contents: impl FnOnce(&mut Ui)) {
    let id = ui.make_persistent_id(("width", slot));
    let last = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    ui.add_space((ui.available_width() - last).max(0.0));
    let width = ui.horizontal(contents).response.rect.width();
    if (width - last).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, width));
        ui.ctx().request_discard("the width of a control became known");
    }
}

fn words_ui(ui: &mut Ui, slot: &Slot, about: &str) {
    let muted = colors(ui.visuals()).muted;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if about.is_empty() {
            // Centred on the control where there is one line only.
            ui.add_space(space::XS + 2.0);
        }
        ui.label(RichText::new(slot.field.title()).size(size::TITLE));
        if !about.is_empty() {
            ui.label(RichText::new(about).size(size::SMALL).color(muted));
        }
    });
}

fn below_ui(ui: &mut Ui, view: &mut View<'_>, slot: &Slot) {
    if let Some(refusal) = view.closed(slot) {
        let muted = colors(ui.visuals()).muted;
        ui.label(RichText::new(refusal.sentence()).size(size::SMALL).color(muted));
    }
    if let Some((_, remark)) = view.remark.take_if(|(remarked, _)| remarked == slot) {
        let alarm = colors(ui.visuals()).alarm;
        ui.label(RichText::new(remark).size(size::SMALL).color(alarm));
    }
    status_ui(ui, view, slot);
}
