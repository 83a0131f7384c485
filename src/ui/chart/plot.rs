//! The place of a curve on the screen, and its axes.

use std::sync::Arc;

use egui::{Align2, Painter, Rect, Stroke, pos2, vec2};
use jiff::tz::TimeZone;

use super::axis::{TickLabel, TimeTick, time_ticks, value_ticks};
use crate::history::{CentiCelsius, Curve};
use crate::home::Scale;
use crate::i18n::Localizer;
use crate::ui::theme::regular;
use crate::ui::theme::tokens::{Colors, size, space};

/// The place of times and temperatures on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// Distance from the room within which a target is in sight, in hundredths of a degree Celsius.
const NEAR: i32 = 250;

/// A range that has a temperature as well.
fn widened(range: Option<(CentiCelsius, CentiCelsius)>, by: CentiCelsius) -> (CentiCelsius, CentiCelsius) {
    let (least, most) = range.unwrap_or((by, by));
    (least.min(by), most.max(by))
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
        let mut rooms: Option<(CentiCelsius, CentiCelsius)> = None;
        for room in curve.room.iter().filter_map(|point| point.room) {
            rooms = Some(widened(Some(widened(rooms, room.least)), room.most));
        }
        for point in curve.outdoor.iter().filter(|_| shows_outdoor) {
            rooms = Some(widened(rooms, point.outdoor));
        }
        let (least, most) = rooms.unwrap_or((CentiCelsius(1_800), CentiCelsius(2_200)));
        // A target far from the room, such as that of cooling in winter, would flatten the curve.
        let near = least.0.saturating_sub(NEAR)..=most.0.saturating_add(NEAR);
        let mut seen = (least, most);
        for target in curve.room.iter().flat_map(|point| point.low_target.into_iter().chain(point.high_target)) {
            if near.contains(&target.0) {
                seen = widened(Some(seen), target);
            }
        }
        let (least, most) = (in_scale(seen.0, scale), in_scale(seen.1, scale));
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

    pub(super) fn center(&self, start: i64, end: i64) -> f32 {
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

/// The axes of a plot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axes<'a> {
    pub(super) colors: &'a Colors,
    pub(super) i18n: &'a Localizer,
    pub(super) zone: &'a TimeZone,
}

impl Axes<'_> {
    /// Draws the axes with their labels, below the curve.
    pub(super) fn paint(&self, painter: &Painter, plot: &Plot) {
        self.values(painter, plot);
        self.times(painter, plot);
    }

    /// Says in each gap with room for it that nothing is known of it, above the curve.
    pub(super) fn paint_gaps(&self, painter: &Painter, plot: &Plot, curve: &Curve) {
        let words = self.i18n.text("chart-no-data");
        let text = painter.layout_no_wrap(words.into_owned(), regular(size::TICK), self.colors.muted);
        for (from, to) in &curve.gaps {
            let (left, right) = (plot.x(*from).max(plot.rect.left()), plot.x(*to).min(plot.rect.right()));
            if text.size().x + 2.0 * space::S <= right - left {
                let gap = Rect::from_x_y_ranges(left..=right, plot.rect.y_range());
                let place = Align2::CENTER_TOP.anchor_size(gap.center_top() + vec2(0.0, space::XS), text.size());
                painter.rect_filled(place.expand2(vec2(space::XS, 1.0)), 2.0, self.colors.surface);
                painter.galley(place.min, Arc::clone(&text), self.colors.muted);
            }
        }
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
}
