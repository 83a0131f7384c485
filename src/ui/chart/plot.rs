//! The drawing of a curve: runs of the equipment, targets, the room, and what is not known.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rangef, Rect, Shape, Stroke, pos2, vec2};
use jiff::tz::TimeZone;

use super::axis::{TickLabel, TimeTick, time_ticks, value_ticks};
use crate::history::{CentiCelsius, Curve, RoomPoint};
use crate::home::Scale;
use crate::i18n::Localizer;
use crate::ui::theme::regular;
use crate::ui::theme::tokens::{Colors, size, space};

/// The place of times and temperatures on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) rect: Rect,
    /// Seconds since 1970.
    pub(super) from: i64,
    pub(super) to: i64,
    /// The temperatures at the lower and the upper edge, in the shown scale.
    low: f64,
    high: f64,
    scale: Scale,
}

/// Space below and left of the plot for the labels of its axes, in points.
const BELOW: f32 = 22.0;
const LEFT: f32 = 34.0;
/// Width of a label of the axis of time with the space around it, in points.
const LABEL: f32 = 62.0;
/// The shortest range of temperatures, in degrees.
const LEAST_RANGE: f64 = 3.0;

/// Distance from the room within which a target is in sight, in degrees.
const NEAR: f64 = 2.5;

fn bounds(values: impl Iterator<Item = f64> + Clone) -> Option<(f64, f64)> {
    Some((values.clone().reduce(f64::min)?, values.reduce(f64::max)?))
}

impl Plot {
    /// A plot in a place, for the temperatures of a curve.
    pub(super) fn new(place: Rect, (from, to): (i64, i64), curve: &Curve, scale: Scale, shows_outdoor: bool) -> Self {
        let rect = Rect::from_min_max(pos2(place.left() + LEFT, place.top()), place.max - vec2(0.0, BELOW));
        Self::within(rect, (from, to), curve, scale, shows_outdoor)
    }

    /// A plot without room for axes.
    pub(super) fn bare(rect: Rect, span: (i64, i64), curve: &Curve, scale: Scale) -> Self {
        Self::within(rect, span, curve, scale, false)
    }

    fn within(rect: Rect, (from, to): (i64, i64), curve: &Curve, scale: Scale, shows_outdoor: bool) -> Self {
        let celsius = |degrees: CentiCelsius| in_scale(degrees, scale);
        let rooms = curve.room.iter().filter_map(|point| point.room).flat_map(|room| [room.least, room.most]);
        let outdoors = curve.outdoor.iter().filter(|_| shows_outdoor).map(|point| point.outdoor);
        let all: Vec<f64> = rooms.chain(outdoors).map(celsius).collect();
        let (mut least, mut most) = bounds(all.into_iter()).unwrap_or((18.0, 22.0));
        // A target far from the room, such as that of cooling in winter, would flatten the curve.
        let targets = curve.room.iter().flat_map(|point| point.low_target.into_iter().chain(point.high_target));
        let near: Vec<f64> =
            targets.map(celsius).filter(|target| (least - NEAR..=most + NEAR).contains(target)).collect();
        if let Some(targets) = bounds(near.into_iter()) {
            (least, most) = (least.min(targets.0), most.max(targets.1));
        }
        let pad = ((most - least) * 0.08).max((LEAST_RANGE - (most - least)) / 2.0).max(0.3);
        Self { rect, from, to, low: least - pad, high: most + pad, scale }
    }

    pub(super) fn x(&self, at: i64) -> f32 {
        let share = (at - self.from) as f64 / (self.to - self.from).max(1) as f64;
        self.rect.left() + share as f32 * self.rect.width()
    }

    /// The time at a place, within the span.
    pub(super) fn time(&self, x: f32) -> i64 {
        let share = f64::from((x - self.rect.left()) / self.rect.width()).clamp(0.0, 1.0);
        (self.from + (share * (self.to - self.from) as f64) as i64).min(self.to - 1)
    }

    pub(super) fn y(&self, degrees: CentiCelsius) -> f32 {
        self.height(in_scale(degrees, self.scale))
    }

    fn height(&self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low);
        self.rect.bottom() - share as f32 * self.rect.height()
    }

    fn center(&self, start: i64, end: i64) -> f32 {
        self.x(start + (end - start) / 2)
    }
}

/// A temperature as a number of a scale.
pub(super) fn in_scale(degrees: CentiCelsius, scale: Scale) -> f64 {
    match scale {
        Scale::Celsius => degrees.celsius(),
        Scale::Fahrenheit => degrees.celsius() * 1.8 + 32.0,
    }
}

/// The choices of a drawing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing<'a> {
    pub(super) colors: &'a Colors,
    pub(super) i18n: &'a Localizer,
    pub(super) zone: &'a TimeZone,
    pub(super) shows_outdoor: bool,
    pub(super) shows_humidity: bool,
}

impl Drawing<'_> {
    /// Draws axes and curve.
    pub(super) fn paint(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let inside = painter.with_clip_rect(plot.rect.intersect(painter.clip_rect()));
        self.gaps(&inside, plot, curve);
        self.runs(&inside, plot, curve);
        self.presence(&inside, plot, curve);
        self.values(painter, plot);
        self.times(painter, plot);
        if self.shows_outdoor {
            let points = curve.outdoor.iter().map(|one| (one.start, one.end, one.outdoor));
            Self::line(&inside, plot, points, Stroke::new(1.5, self.colors.muted));
        }
        if self.shows_humidity {
            self.humidity(&inside, plot, curve);
        }
        self.targets(&inside, plot, curve);
        self.room(&inside, plot, curve);
    }

    /// Draws a curve without axes.
    pub(super) fn paint_bare(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let inside = painter.with_clip_rect(plot.rect.intersect(painter.clip_rect()));
        self.gaps(&inside, plot, curve);
        self.runs(&inside, plot, curve);
        self.targets(&inside, plot, curve);
        self.room(&inside, plot, curve);
    }

    /// Hatches what is not known.
    fn gaps(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        const DISTANCE: f32 = 8.0;
        let stroke = Stroke::new(1.0, self.colors.line);
        let mut narrow = Mesh::default();
        for (from, to) in &curve.gaps {
            let (left, right) = (plot.x(*from).max(plot.rect.left()), plot.x(*to).min(plot.rect.right()));
            if right - left < 0.5 {
                continue;
            }
            let gap = Rect::from_x_y_ranges(left..=right, plot.rect.y_range());
            let inside = painter.with_clip_rect(gap.intersect(painter.clip_rect()));
            if gap.width() < DISTANCE {
                // Too narrow for a line that can be seen as such.
                narrow.add_colored_rect(gap, self.colors.line);
                continue;
            }
            // The lines of all gaps lie on one grid, so that neighbours fit.
            let height = gap.height();
            let first = ((left - height) / DISTANCE).floor() as i64;
            let last = (right / DISTANCE).ceil() as i64;
            for n in first..=last {
                let x = n as f32 * DISTANCE;
                inside.line_segment([pos2(x, gap.bottom()), pos2(x + height, gap.top())], stroke);
            }
            let words = self.i18n.text("chart-no-data");
            let text = painter.layout_no_wrap(words.into_owned(), regular(size::TICK), self.colors.muted);
            if text.size().x + 2.0 * space::S <= gap.width() {
                let place = Align2::CENTER_TOP.anchor_size(gap.center_top() + vec2(0.0, space::XS), text.size());
                painter.rect_filled(place.expand2(vec2(space::XS, 1.0)), 2.0, self.colors.surface);
                painter.galley(place.min, text, self.colors.muted);
            }
        }
        painter.add(Shape::mesh(narrow));
    }

    fn values(&self, painter: &Painter, plot: &Plot) {
        let most = (plot.rect.height() / 34.0) as usize;
        let (ticks, decimals) = value_ticks((plot.low, plot.high), most);
        for value in ticks {
            let y = plot.height(value);
            painter.hline(plot.rect.x_range(), y, Stroke::new(1.0, self.colors.line.gamma_multiply(0.7)));
            let text = format!("{}°", self.i18n.decimal(value, decimals));
            let at = pos2(plot.rect.left() - space::S, y);
            painter.text(at, Align2::RIGHT_CENTER, text, regular(size::TICK), self.colors.muted);
        }
    }

    fn times(&self, painter: &Painter, plot: &Plot) {
        let most = (plot.rect.width() / LABEL) as i64;
        let mut free = plot.rect.left() - LEFT;
        for tick in time_ticks((plot.from, plot.to), self.zone, most) {
            let x = plot.x(tick.at);
            let text = self.tick_text(&tick);
            let galley = painter.layout_no_wrap(text, regular(size::TICK), self.colors.muted);
            let left = (x - galley.size().x / 2.0).min(plot.rect.right() - galley.size().x);
            if left < free {
                continue;
            }
            free = left + galley.size().x + space::S;
            let below = plot.rect.bottom();
            painter.vline(x, below..=below + space::XS, Stroke::new(1.0, self.colors.tick));
            painter.galley(pos2(left, below + space::XS + 2.0), galley, self.colors.muted);
        }
        painter.hline(plot.rect.x_range(), plot.rect.bottom(), Stroke::new(1.0, self.colors.tick));
    }

    fn tick_text(&self, tick: &TimeTick) -> String {
        match tick.label {
            TickLabel::Time(hour, minute) => format!("{hour:02}:{minute:02}"),
            TickLabel::Weekday(date) => self.i18n.weekday_and_day(date),
            TickLabel::Day(date) => self.i18n.day_and_month(date),
            TickLabel::Month(date) => self.i18n.month(date),
            TickLabel::Year(year) => year.to_string(),
        }
    }

    /// Draws the targets as dashed steps, and as nothing while there is none. Where the steps are too narrow for that,
    /// draws the range from the lowest to the highest target of each place.
    fn targets(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let each = plot.rect.width() / curve.room.len().max(1) as f32;
        for (target, color) in [
            ((|point| point.low_target) as fn(&RoomPoint) -> Option<CentiCelsius>, self.colors.heat),
            (|point| point.high_target, self.colors.cool),
        ] {
            if each < NARROW_STEP {
                painter.add(Shape::mesh(target_ranges(plot, curve, target, color.gamma_multiply(0.3))));
            } else {
                painter.extend(target_steps(plot, curve, target, color));
            }
        }
    }

    /// Draws the mean of the room, and a band from its lowest to its highest temperature where they differ visibly.
    fn room(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let columns = columns(plot, curve);
        let fill = self.colors.text.gamma_multiply(0.22);
        let mut band = Mesh::default();
        for run in columns.chunk_by(|one, next| next.follows(one)) {
            if let [only] = run {
                painter.circle_filled(pos2(only.x, plot.y(only.mean)), 1.5, self.colors.text);
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
            painter.line(line, Stroke::new(2.0, self.colors.text));
        }
        painter.add(Shape::mesh(band));
    }

    fn line(painter: &Painter, plot: &Plot, points: impl Iterator<Item = (i64, i64, CentiCelsius)>, stroke: Stroke) {
        let points: Vec<_> = points.collect();
        for run in points.chunk_by(|one, next| next.0 <= one.1) {
            let line = run.iter().map(|(start, end, degrees)| pos2(plot.center(*start, *end), plot.y(*degrees)));
            painter.line(line.collect(), stroke);
        }
    }

    /// Draws the humidity from the lower edge for none to the upper edge for 100 %.
    fn humidity(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let told = curve.room.iter().filter_map(|point| Some((point.start, point.end, point.humidity?)));
        let told: Vec<_> = told.collect();
        for run in told.chunk_by(|one, next| next.0 <= one.1) {
            let y = |tenths: i32| plot.rect.bottom() - tenths as f32 / 1_000.0 * plot.rect.height();
            let line: Vec<Pos2> =
                run.iter().map(|(start, end, tenths)| pos2(plot.center(*start, *end), y(*tenths))).collect();
            painter.extend(Shape::dotted_line(&line, self.colors.tick, 3.0, 1.0));
        }
    }
}

/// Width of a point below which the steps of a target cannot be told apart, in points.
const NARROW_STEP: f32 = 2.5;

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
    use super::*;
    use crate::history::RoomTemperatures;

    fn point(start: i64, celsius: i32) -> RoomPoint {
        let degrees = CentiCelsius(celsius);
        let room = RoomTemperatures { least: degrees, mean: degrees, most: degrees };
        RoomPoint { start, end: start + 300, room: Some(room), humidity: None, low_target: None, high_target: None }
    }

    #[test]
    fn points_at_one_pixel_keep_their_extremes_and_a_hole_stays_a_hole() {
        let room = vec![point(0, 2_000), point(300, 2_300), point(600, 1_900), point(40_000, 2_100)];
        let curve = Curve { room, ..Curve::default() };
        let place = Rect::from_min_size(Pos2::ZERO, vec2(LEFT + 100.0, 100.0 + BELOW));
        let plot = Plot::new(place, (0, 86_400), &curve, Scale::Celsius, false);
        let columns = columns(&plot, &curve);
        assert_eq!(columns.len(), 2);
        assert_eq!((columns[0].least.0, columns[0].most.0), (1_900, 2_300));
        assert!(!columns[1].follows(&columns[0]));
        // The extremes are inside of the plot.
        assert!(plot.y(CentiCelsius(2_300)) > plot.rect.top() && plot.y(CentiCelsius(1_900)) < plot.rect.bottom());
    }
}
