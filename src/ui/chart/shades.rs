//! The shades of a chart: runs of the equipment over its whole height, and away and Eco as bands above its axis.

use egui::{Color32, Mesh, Rangef, Rect, Shape};

use super::plot::Plot;
use crate::history::{Curve, RunPoint};
use crate::ui::theme::tokens::Colors;

/// Height of a band, and the space below it, in points.
const BAND: f32 = 5.0;
const SPACE: f32 = 2.0;
/// Steps in which the share of a state within a point is shown.
const STEPS: f64 = 8.0;

/// The seconds of a point in a state.
type SecondsOf = fn(&RunPoint) -> u32;

/// The time in a state, as rectangles whose colour tells the share: neighbours of the same share are one of them. A mesh
/// without soft edges, because a year has a thousand of them.
fn shades((plot, y): (&Plot, Rangef), curve: &Curve, seconds: SecondsOf, color: impl Fn(u8) -> Color32) -> Mesh {
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

/// Shades of the time in which the equipment ran, the darker the longer it did.
pub(super) fn runs(colors: &Colors, plot: &Plot, curve: &Curve) -> Vec<Shape> {
    let parts: [(SecondsOf, Color32); 2] = [(|point| point.heat_s, colors.heat), (|point| point.cool_s, colors.cool)];
    let shade = |(seconds, color): (SecondsOf, Color32)| {
        let color = |step| color.gamma_multiply(0.06 + 0.034 * f32::from(step));
        Shape::mesh(shades((plot, plot.rect.y_range()), curve, seconds, color))
    };
    parts.map(shade).into()
}

/// The time away and the time in Eco as bands above the axis.
pub(super) fn presence(colors: &Colors, plot: &Plot, curve: &Curve) -> Vec<Shape> {
    let states: [(SecondsOf, Color32); 2] = [(|point| point.away_s, colors.muted), (|point| point.eco_s, colors.eco)];
    let mut bottom = plot.rect.bottom() - SPACE;
    let mut bands = Vec::new();
    for (seconds, color) in states {
        let shade = |step| color.gamma_multiply(f32::from(step) / STEPS as f32);
        let band = shades((plot, Rangef::new(bottom - BAND, bottom)), curve, seconds, shade);
        if !band.is_empty() {
            bands.push(Shape::mesh(band));
            bottom -= BAND + SPACE;
        }
    }
    bands
}
