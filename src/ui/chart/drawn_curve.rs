//! The shapes of a curve as one mesh, made once and kept while nothing of it changes: a year has thousands of them.

use std::sync::Arc;

use egui::epaint::Tessellator;
use egui::{Id, Mesh, Shape, Ui};

use super::curve_shapes::CurveDrawing;
use super::plot::Plot;
use crate::ui::curves::ReadCurve;

/// A mesh, and everything that it was made of.
#[derive(Clone)]
struct DrawnCurve {
    read: Arc<ReadCurve>,
    plot: Plot,
    drawing: CurveDrawing,
    pixels_per_point: f32,
    mesh: Arc<Mesh>,
}

/// Draws the curve of a page inside of its plot. Its mesh is kept until another one is drawn.
pub(super) fn paint_curve(ui: &Ui, drawing: CurveDrawing, plot: &Plot, read: &Arc<ReadCurve>) {
    let id = Id::unique("drawn curve");
    let pixels_per_point = ui.pixels_per_point();
    let known = ui.data(|data| data.get_temp::<DrawnCurve>(id)).filter(|known| {
        Arc::ptr_eq(&known.read, read)
            && (known.plot, known.drawing, known.pixels_per_point) == (*plot, drawing, pixels_per_point)
    });
    let drawn = known.unwrap_or_else(|| {
        let options = ui.ctx().tessellation_options(|options| *options);
        // None of the shapes is a text or a picture, so the texture does not matter.
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        let mut mesh = Mesh::default();
        for shape in drawing.shapes(plot, &read.curve) {
            tessellator.tessellate_shape(shape, &mut mesh);
        }
        let (read, plot, mesh) = (Arc::clone(read), *plot, Arc::new(mesh));
        let drawn = DrawnCurve { read, plot, drawing, pixels_per_point, mesh };
        ui.data_mut(|data| data.insert_temp(id, drawn.clone()));
        drawn
    });
    let inside = ui.painter().with_clip_rect(plot.rect.intersect(ui.painter().clip_rect()));
    inside.add(Shape::Mesh(drawn.mesh));
}
