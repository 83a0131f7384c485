//! Names that the program does not control, on one line.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Ui};

/// Lays out a text on one line and cuts it at a width in points, so that no name moves a control out of view. A
/// screen reader reads the whole text.
pub(in crate::ui) fn one_line(ui: &Ui, text: &str, font: FontId, color: Color32, most: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(most);
    ui.painter().layout_job(job)
}
