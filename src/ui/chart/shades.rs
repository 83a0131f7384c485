//! The shades of a chart: runs of the equipment over its whole height, and away and Eco as bands above its axis.

use egui::{Color32, Mesh, Painter, Rangef, Rect, Shape};

use super::plot::{Drawing, Plot};
use crate::history::{Curve, RunPoint};

/// Height of a band, and the space below it, in points.
const BAND: f32 = 5.0;
const SPACE: f32 = 2.0;
/// Steps in which the share of a state within a point is shown.
const STEPS: f64 = 8.0;

/// The time in a state, as rectangles whose colour tells the share: neighbours of the same share are one of them. A mesh
/// without soft edges, because a year has a thousand of them.
fn shades(
    (plot, y): (&Plot, Rangef),
    curve: &Curve,
    seconds: fn(&RunPoint) -> u32,
    color: impl Fn(u8) -> Color32,
) -> Mesh {
    let mut open: Option<(i64, i64, u8)> = None;
    let mut mesh = Mesh::default();
    let mut close = |open: Option<(i64, i64, u8)>| {
        let Some((start, end, step)) = open.filter(|(.., step)| *step > 0) else { return };
        let place = Rect::from_x_y_ranges(plot.x(start)..=plot.x(end), y);
        mesh.add_colored_rect(place, color(step));
    };
    for point in &curve.run {
        let share = f64::from(seconds(point)) / (point.end - point.start).max(1) as f64;
        let step = (share * STEPS).ceil() as u8;
        match &mut open {
            Some((_, end, known)) if *known == step && *end == point.start => *end = point.end,
            _ => close(open.replace((point.start, point.end, step))),
        }
    }
    close(open);
    mesh
}

impl Drawing<'_> {
    /// Shades the time in which the equipment ran, the more the longer it did.
    pub(super) fn runs(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        for (seconds, color) in [
            ((|point| point.heat_s) as fn(&RunPoint) -> u32, self.colors.heat),
            (|point| point.cool_s, self.colors.cool),
        ] {
            let shade = |step| color.gamma_multiply(0.06 + 0.034 * f32::from(step));
            painter.add(Shape::mesh(shades((plot, plot.rect.y_range()), curve, seconds, shade)));
        }
    }

    /// Draws the time away and the time in Eco as bands above the axis.
    pub(super) fn presence(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let mut bottom = plot.rect.bottom() - SPACE;
        for (seconds, color) in [
            ((|point| point.away_s) as fn(&RunPoint) -> u32, self.colors.muted),
            (|point| point.eco_s, self.colors.eco),
        ] {
            let shade = |step| color.gamma_multiply(f32::from(step) / STEPS as f32);
            let band = shades((plot, Rangef::new(bottom - BAND, bottom)), curve, seconds, shade);
            if !band.is_empty() {
                painter.add(Shape::mesh(band));
                bottom -= BAND + SPACE;
            }
        }
    }
}
