//! The last day of a thermostat as a strip on its card: without axes, with a name for screen readers.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::curve_shapes::CurveDrawing;
use super::plot::Plot;
use super::words::facts;
use crate::history::CurveSpan;
use crate::home::{DeviceId, Thermostat};
use crate::ui::curves::{CurvePlace, CurveRequest};
use crate::ui::theme::regular;
use crate::ui::theme::tokens::{measure, size};
use crate::ui::view::ViewContext;

/// Width of the points of a strip, in seconds.
const STEP_S: u32 = 1_800;
const DAY_S: i64 = 86_400;

/// Draws the strip; nothing of a card that is out of sight.
pub(in crate::ui) fn day_strip_ui(ui: &mut Ui, view: &mut ViewContext<'_>, device: &DeviceId, thermostat: &Thermostat) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), measure::STRIP), Sense::hover());
    if !view.curves.has_history() || !ui.is_rect_visible(rect) {
        return;
    }
    let now = view.now.as_second();
    let step = i64::from(STEP_S);
    let to = (now.div_euclid(step) + 1) * step;
    let span = CurveSpan { from: to - DAY_S, to, step_s: STEP_S };
    let request = CurveRequest { span, rows: Vec::new(), has_changes: false };
    let (accounts, time) = (view.snapshot, view.now);
    let shown = view.curves.get_or_read(ui.ctx(), (accounts, time), (CurvePlace::Card, device), request);
    let curve = &shown.read.curve;
    if curve.is_empty() {
        if !shown.is_reading {
            let words = view.text("card-no-history");
            let font = regular(size::TICK);
            ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, &words, font, view.colors.muted);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        }
        return;
    }
    let scale = view.i18n.scale_of(thermostat);
    let drawing = CurveDrawing { colors: view.colors, shows_outdoor: false, shows_humidity: false, is_bare: true };
    let plot = Plot::bare(rect, (span.from, span.to), curve, scale);
    let inside = ui.painter().with_clip_rect(plot.rect.intersect(ui.painter().clip_rect()));
    inside.extend(drawing.shapes(&plot, curve));
    let facts = facts(view.i18n, curve, scale).join(", ");
    let said = view.i18n.format("card-day", [("facts", facts.into())]);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    response.on_hover_text(said);
}
