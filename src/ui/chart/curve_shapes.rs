//! The shapes of a curve without its axes: runs of the equipment, bands, targets, the room, and what is not known.

use egui::{Color32, Mesh, Pos2, Rangef, Rect, Shape, Stroke, pos2};

use super::plot::Plot;
use super::shades::{presence, runs};
use crate::history::{CentiCelsius, Curve, RoomPoint};
use crate::ui::theme::tokens::Colors;

/// The choices of a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct CurveDrawing {
    pub(super) colors: &'static Colors,
    pub(super) shows_outdoor: bool,
    pub(super) shows_humidity: bool,
    /// True to leave out what a strip on a card has no room for.
    pub(super) is_bare: bool,
}

/// Distance of the lines that hatch a gap, in points.
const HATCH: f32 = 8.0;

impl CurveDrawing {
    /// The shapes, from below to above. They may reach out of the plot, whose rectangle clips them.
    pub(super) fn shapes(&self, plot: &Plot, curve: &Curve) -> Vec<Shape> {
        let mut shapes = Vec::new();
        self.gaps(&mut shapes, plot, curve);
        shapes.extend(runs(self.colors, plot, curve));
        if !self.is_bare {
            shapes.extend(presence(self.colors, plot, curve));
        }
        if self.shows_outdoor {
            self.outdoor(&mut shapes, plot, curve);
        }
        if self.shows_humidity {
            self.humidity(&mut shapes, plot, curve);
        }
        self.targets(&mut shapes, plot, curve);
        self.room(&mut shapes, plot, curve);
        shapes
    }

    /// Hatches what is not known.
    fn gaps(&self, shapes: &mut Vec<Shape>, plot: &Plot, curve: &Curve) {
        let stroke = Stroke::new(1.0, self.colors.line);
        let mut narrow = Mesh::default();
        for (from, to) in &curve.gaps {
            let (left, right) = (plot.x(*from).max(plot.rect.left()), plot.x(*to).min(plot.rect.right()));
            if right - left < 0.5 {
                continue;
            }
            if right - left < HATCH {
                // Too narrow for a line that can be seen as such.
                narrow.add_colored_rect(Rect::from_x_y_ranges(left..=right, plot.rect.y_range()), self.colors.line);
                continue;
            }
            // The lines of all gaps lie on one grid, so that neighbours fit.
            let (height, bottom) = (plot.rect.height(), plot.rect.bottom());
            let first = ((left - height) / HATCH).floor() as i64;
            let last = (right / HATCH).ceil() as i64;
            for n in first..=last {
                let x = n as f32 * HATCH;
                let (start, end) = (x.max(left), (x + height).min(right));
                if start < end {
                    let line = [pos2(start, bottom - (start - x)), pos2(end, bottom - (end - x))];
                    shapes.push(Shape::line_segment(line, stroke));
                }
            }
        }
        shapes.push(Shape::mesh(narrow));
    }

    /// Draws the targets as dashed steps, and as nothing while there is none. Where the steps are too narrow for that,
    /// draws the range from the lowest to the highest target of each place.
    fn targets(&self, shapes: &mut Vec<Shape>, plot: &Plot, curve: &Curve) {
        for (target, color) in [
            ((|point| point.low_target) as fn(&RoomPoint) -> Option<CentiCelsius>, self.colors.heat),
            (|point| point.high_target, self.colors.cool),
        ] {
            let pairs = curve.room.iter().zip(curve.room.iter().skip(1));
            let steps = pairs.filter(|(one, next)| target(one) != target(next)).count();
            if plot.rect.width() < steps as f32 * NARROW_STEP {
                shapes.push(Shape::mesh(target_ranges(plot, curve, target, color.gamma_multiply(0.3))));
            } else {
                shapes.extend(target_steps(plot, curve, target, color));
            }
        }
    }

    /// Draws the mean of the room, and a band from its lowest to its highest temperature where they differ visibly.
    fn room(&self, shapes: &mut Vec<Shape>, plot: &Plot, curve: &Curve) {
        let columns = columns(plot, curve);
        let fill = self.colors.text.gamma_multiply(0.22);
        let mut band = Mesh::default();
        for run in columns.chunk_by(|one, next| next.follows(one)) {
            if let [only] = run {
                shapes.push(Shape::circle_filled(pos2(only.x, plot.y(only.mean)), 1.5, self.colors.text));
                continue;
            }
            let line: Vec<Pos2> = run.iter().map(|column| pos2(column.x, plot.y(column.mean))).collect();
            if run.iter().any(|column| plot.y(column.least) - plot.y(column.most) > 2.0) {
                add_band(
                    &mut band,
                    run.iter().map(|column| (column.x, plot.y(column.most), plot.y(column.least))),
                    fill,
                );
            }
            shapes.push(Shape::line(line, Stroke::new(2.0, self.colors.text)));
        }
        shapes.push(Shape::mesh(band));
    }

    fn outdoor(&self, shapes: &mut Vec<Shape>, plot: &Plot, curve: &Curve) {
        let stroke = Stroke::new(1.5, self.colors.muted);
        let points: Vec<_> = curve.outdoor.iter().map(|one| (one.start, one.end, one.outdoor)).collect();
        for run in points.chunk_by(|one, next| next.0 <= one.1) {
            let line = run.iter().map(|(start, end, degrees)| pos2(plot.center(*start, *end), plot.y(*degrees)));
            shapes.push(Shape::line(line.collect(), stroke));
        }
    }

    /// Draws the humidity from the lower edge for none to the upper edge for 100 %.
    fn humidity(&self, shapes: &mut Vec<Shape>, plot: &Plot, curve: &Curve) {
        let told = curve.room.iter().filter_map(|point| Some((point.start, point.end, point.humidity?)));
        let told: Vec<_> = told.collect();
        for run in told.chunk_by(|one, next| next.0 <= one.1) {
            let y = |tenths: i32| plot.rect.bottom() - tenths as f32 / 1_000.0 * plot.rect.height();
            let line: Vec<Pos2> =
                run.iter().map(|(start, end, tenths)| pos2(plot.center(*start, *end), y(*tenths))).collect();
            shapes.extend(Shape::dotted_line(&line, self.colors.tick, 3.0, 1.0));
        }
    }
}

/// Width of a step below which the steps of a target cannot be told apart, in points.
const NARROW_STEP: f32 = 4.0;

/// A target as dashed steps.
fn target_steps(
    plot: &Plot,
    curve: &Curve,
    target: fn(&RoomPoint) -> Option<CentiCelsius>,
    color: Color32,
) -> Vec<Shape> {
    let mut line: Vec<Pos2> = Vec::new();
    let mut end = i64::MIN;
    let mut shapes = Vec::new();
    let mut finish = |line: &mut Vec<Pos2>| {
        if line.len() > 1 {
            shapes.extend(Shape::dashed_line(line, Stroke::new(1.5, color), 4.0, 3.0));
        }
        line.clear();
    };
    for point in &curve.room {
        let Some(degrees) = target(point) else {
            finish(&mut line);
            continue;
        };
        if point.start > end {
            finish(&mut line);
        }
        end = point.end;
        let (from, to, y) = (plot.x(point.start), plot.x(point.end), plot.y(degrees));
        match line.last_mut() {
            Some(last) if last.y == y => last.x = to,
            Some(_) | None => line.extend([pos2(from, y), pos2(to, y)]),
        }
    }
    finish(&mut line);
    shapes
}

/// The ranges of a target, a rectangle for each place that is wide enough to be seen.
fn target_ranges(plot: &Plot, curve: &Curve, target: fn(&RoomPoint) -> Option<CentiCelsius>, color: Color32) -> Mesh {
    const PLACE: f32 = 3.0;
    const LEAST_HEIGHT: f32 = 1.5;
    let mut mesh = Mesh::default();
    let told = curve.room.iter().filter_map(|point| Some((plot.x(point.start), plot.x(point.end), target(point)?)));
    let told: Vec<(f32, f32, CentiCelsius)> = told.collect();
    let place = |x: f32| ((x - plot.rect.left()) / PLACE).floor();
    for here in told.chunk_by(|one, next| place(one.0) == place(next.0)) {
        let (Some(first), Some(last)) = (here.first(), here.last()) else { continue };
        let degrees = || here.iter().map(|point| plot.y(point.2));
        let (top, bottom) = (degrees().fold(f32::MAX, f32::min), degrees().fold(f32::MIN, f32::max));
        let y = Rangef::new(top - LEAST_HEIGHT / 2.0, bottom.max(top + LEAST_HEIGHT / 2.0));
        mesh.add_colored_rect(Rect::from_x_y_ranges(first.0..=last.1, y), color);
    }
    mesh
}

/// The room at one pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Column {
    x: f32,
    start: i64,
    end: i64,
    least: CentiCelsius,
    mean: CentiCelsius,
    most: CentiCelsius,
}

impl Column {
    fn follows(&self, before: &Self) -> bool {
        self.start <= before.end
    }
}

/// The room by pixels: several points at one pixel become one, which keeps their extremes.
fn columns(plot: &Plot, curve: &Curve) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for point in &curve.room {
        let Some(room) = point.room else { continue };
        let x = plot.center(point.start, point.end);
        let column =
            Column { x, start: point.start, end: point.end, least: room.least, mean: room.mean, most: room.most };
        match columns.last_mut() {
            Some(last) if last.x.floor() == x.floor() && column.follows(last) => {
                last.end = column.end;
                last.least = last.least.min(column.least);
                last.most = last.most.max(column.most);
                last.mean = CentiCelsius(i32::midpoint(last.mean.0, column.mean.0));
            }
            Some(_) | None => columns.push(column),
        }
    }
    columns
}

/// Adds a band between two lines, each given by its place, its upper and its lower edge.
fn add_band(mesh: &mut Mesh, edges: impl Iterator<Item = (f32, f32, f32)>, color: Color32) {
    let mut before = None;
    for (x, top, bottom) in edges {
        let first = mesh.vertices.len() as u32;
        mesh.colored_vertex(pos2(x, top), color);
        mesh.colored_vertex(pos2(x, bottom), color);
        if let Some(before) = before {
            mesh.add_triangle(before, before + 1, first);
            mesh.add_triangle(before + 1, first, first + 1);
        }
        before = Some(first);
    }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;
    use crate::history::RoomTemperatures;
    use crate::home::Scale;

    fn point(start: i64, celsius: i32) -> RoomPoint {
        let degrees = CentiCelsius(celsius);
        let room = RoomTemperatures { least: degrees, mean: degrees, most: degrees };
        RoomPoint { start, end: start + 300, room: Some(room), humidity: None, low_target: None, high_target: None }
    }

    #[test]
    fn points_at_one_pixel_keep_their_extremes_and_a_hole_stays_a_hole() {
        let room = vec![point(0, 2_000), point(300, 2_300), point(600, 1_900), point(40_000, 2_100)];
        let curve = Curve { room, ..Curve::default() };
        let place = Rect::from_min_size(Pos2::ZERO, vec2(134.0, 122.0));
        let plot = Plot::new(place, (0, 86_400), &curve, Scale::Celsius, false);
        let columns = columns(&plot, &curve);
        assert_eq!(columns.len(), 2);
        assert_eq!((columns[0].least.0, columns[0].most.0), (1_900, 2_300));
        assert!(!columns[1].follows(&columns[0]));
        // The extremes are inside of the plot.
        assert!(plot.y(CentiCelsius(2_300)) > plot.rect.top() && plot.y(CentiCelsius(1_900)) < plot.rect.bottom());
    }
}
