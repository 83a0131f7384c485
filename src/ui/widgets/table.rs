//! A table of short texts: the first column at the left, figures at the right of theirs.

use egui::{Align, Layout, ScrollArea, TextWrapMode, Ui, vec2};

use crate::ui::theme::tokens::{Colors, size, space};
use crate::ui::theme::{regular, small};

/// Height from which on a table scrolls by itself, in points.
const HEIGHT: f32 = 480.0;
/// Space between two columns, in points.
const GAP: f32 = space::M;

/// Draws a table. One that is wider than its place scrolls sideways.
pub(crate) fn table_ui(ui: &mut Ui, colors: &Colors, id: &str, head: &[String], rows: &[Vec<String>]) {
    let widths = widths(ui, head, rows);
    let scroll = ScrollArea::both().id_salt(id).max_height(HEIGHT).min_scrolled_height(HEIGHT);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        ui.spacing_mut().item_spacing = vec2(GAP, space::XS);
        for (cells, color) in std::iter::once((head, colors.muted)).chain(rows.iter().map(|row| (&**row, colors.text)))
        {
            ui.horizontal(|ui| {
                for (index, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                    let layout = if index == 0 {
                        Layout::left_to_right(Align::Center)
                    } else {
                        Layout::right_to_left(Align::Center)
                    };
                    let height = ui.text_style_height(&egui::TextStyle::Body);
                    ui.allocate_ui_with_layout(vec2(*width, height), layout, |ui| {
                        ui.set_min_width(*width);
                        ui.label(small(cell.as_str()).color(color));
                    });
                }
            });
        }
    });
}

/// The width of each column: that of its widest text, in points.
fn widths(ui: &Ui, head: &[String], rows: &[Vec<String>]) -> Vec<f32> {
    let width = |text: &String| {
        let galley = ui.painter().layout_no_wrap(text.clone(), regular(size::SMALL), egui::Color32::PLACEHOLDER);
        galley.size().x.ceil()
    };
    let mut widths: Vec<f32> = head.iter().map(width).collect();
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = widest.max(width(cell));
        }
    }
    widths
}
