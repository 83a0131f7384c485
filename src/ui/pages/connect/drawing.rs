//! Drawings of thermostats, so that a user recognizes the own one. They are decorative: a text says the same.

use egui::{Align2, Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::ui::theme::light;
use crate::ui::theme::tokens::Colors;

/// The subject of a drawing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Drawing {
    /// Thermostats of today: one with a thin ring, and behind it the flat one with a mirror.
    NewThermostats,
    /// A thermostat of the first generations: a thick steel ring around a small screen.
    OldThermostat,
    Server,
}

/// Draws thermostats or a server.
pub(super) fn draw(painter: &Painter, rect: Rect, drawing: Drawing, colors: &Colors) {
    let side = rect.width().min(rect.height());
    let center = rect.center();
    match drawing {
        Drawing::NewThermostats => {
            let radius = side * 0.36;
            flat(painter, center + vec2(radius * 0.57, 0.0), radius * 0.82, colors);
            let front = center - vec2(radius * 0.39, 0.0);
            painter.circle(front, radius, colors.raised, Stroke::new(radius * 0.07, colors.tick));
            painter.circle_filled(front, radius * 0.86, colors.disc_heat);
            number(painter, front, radius, colors.on_disc);
        }
        Drawing::OldThermostat => {
            let radius = side * 0.42;
            painter.circle(center, radius, colors.raised, Stroke::new(1.0, colors.line));
            painter.circle_stroke(center, radius * 0.88, Stroke::new(radius * 0.2, colors.tick));
            painter.circle_filled(center, radius * 0.7, colors.disc_cool);
            number(painter, center, radius * 0.85, colors.on_disc);
        }
        Drawing::Server => {
            for shelf in 0..3_u8 {
                let size = vec2(side * 0.9, side * 0.22);
                let at = center + vec2(0.0, side * 0.28 * (f32::from(shelf) - 1.0));
                let rect = Rect::from_center_size(at, size);
                let edge = Stroke::new(1.5, colors.tick);
                painter.rect(rect, CornerRadius::same(6), colors.raised, edge, StrokeKind::Inside);
                let light = rect.left_center() + vec2(side * 0.1, 0.0);
                painter.circle_filled(light, side * 0.03, if shelf == 0 { colors.eco } else { colors.tick });
                let from = rect.left_center() + vec2(side * 0.22, 0.0);
                let to = rect.right_center() - vec2(side * 0.12, 0.0);
                painter.line_segment([from, to], Stroke::new(2.0, colors.line));
            }
        }
    }
}

fn flat(painter: &Painter, center: Pos2, radius: f32, colors: &Colors) {
    painter.circle(center, radius, colors.surface, Stroke::new(1.5, colors.tick));
    painter.circle_stroke(center, radius * 0.92, Stroke::new(1.0, colors.line));
    painter.text(center, Align2::CENTER_CENTER, "20", light(radius * 0.7), colors.muted);
}

fn number(painter: &Painter, center: Pos2, radius: f32, color: Color32) {
    painter.text(center, Align2::CENTER_CENTER, "21", light(radius * 0.8), color);
    // Ticks along the upper arc, as on the device.
    for tick in 0..=12_u8 {
        let angle = std::f32::consts::PI * (1.15 - 1.3 * f32::from(tick) / 12.0);
        let way = Vec2::new(angle.cos(), -angle.sin());
        let width = if tick == 8 { 2.0 } else { 1.0 };
        let line = [center + way * radius * 0.62, center + way * radius * 0.76];
        painter.line_segment(line, Stroke::new(width, color.gamma_multiply(if tick == 8 { 1.0 } else { 0.6 })));
    }
}

/// Draws a house, with light in its window if it `is_found`.
pub(super) fn home(painter: &Painter, rect: Rect, is_found: bool, colors: &Colors) {
    let at = |x: f32, y: f32| pos2(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    let edge = Stroke::new(3.0, if is_found { colors.eco } else { colors.tick });
    let walls = Rect::from_two_pos(at(0.2, 0.48), at(0.8, 0.92));
    painter.rect(walls, CornerRadius::same(4), colors.raised, edge, StrokeKind::Inside);
    painter.add(Shape::convex_polygon(vec![at(0.08, 0.5), at(0.5, 0.1), at(0.92, 0.5)], colors.raised, edge));
    let window = Rect::from_center_size(at(0.5, 0.7), vec2(rect.width() * 0.22, rect.height() * 0.22));
    let light = if is_found { colors.heat } else { colors.line };
    painter.rect_filled(window, CornerRadius::same(3), light);
    if is_found {
        let tick = [at(0.44, 0.36), at(0.49, 0.42), at(0.58, 0.29)];
        painter.add(Shape::line(tick.to_vec(), Stroke::new(4.0, colors.eco)));
    }
}
