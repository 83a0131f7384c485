//! The card with the chart of a thermostat: its span, the chart itself, its summary, and what can be done with it.

use egui::accesskit::Live;
use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use jiff::tz::TimeZone;

use super::curve_shapes::CurveDrawing;
use super::drawn_curve::paint_curve;
use super::markers::{count_fact, drawn, markers, paint, places, pointed};
use super::period::ChartSpan;
use super::period_choice::{PeriodChoice, dates_button_ui, open_dates_ui};
use super::plot::{Axes, Plot};
use super::table::curve_table_ui;
use super::words::{csv, facts, readout, title};
use crate::history::{Curve, PeriodKind};
use crate::home::{DeviceId, Scale, Thermostat};
use crate::ui::curves::{CurvePlace, CurveRequest, ReadCurve, ShownCurve};
use crate::ui::intent::{AppIntent, FileToSave};
use crate::ui::theme::tokens::{radius, space};
use crate::ui::theme::{self, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{at_the_right, button_ui, card_ui, section_heading};

/// The state of a chart, which egui keeps while the program runs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ChartView {
    span: ChartSpan,
    /// The time at the cursor of the keys.
    cursor: Option<i64>,
    shows_outdoor: bool,
    shows_humidity: bool,
    is_table: bool,
}

/// The chart of one thermostat.
struct Subject<'a> {
    device: &'a DeviceId,
    id: Id,
    name: &'a str,
    scale: Scale,
    zone: TimeZone,
    /// Seconds since 1970.
    now: i64,
}

/// Height of the plot with its axis of time, in points.
const HEIGHT: f32 = 230.0;

/// Draws the card; nothing if there is no history.
pub(in crate::ui) fn history_card_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    device: &DeviceId,
    thermostat: &Thermostat,
    name: &str,
) {
    if !view.curves.has_history() {
        return;
    }
    let structure = thermostat.structure_id.as_ref().and_then(|id| view.snapshot.shown.structures.get(id));
    let id = Id::unique(("history", device));
    let subject = Subject {
        device,
        id,
        name,
        scale: view.i18n.scale_of(thermostat),
        zone: structure.and_then(|structure| structure.zone()).unwrap_or_else(|| view.zone.clone()),
        now: view.now.as_second(),
    };
    let today = ChartSpan::around(PeriodKind::Day, subject.now, &subject.zone);
    let usual = ChartView { span: today, cursor: None, shows_outdoor: false, shows_humidity: false, is_table: false };
    let mut chart: ChartView = ui.data(|data| data.get_temp(id)).unwrap_or(usual);
    let request = CurveRequest {
        span: chart.span.curve_span(&subject.zone),
        rows: chart.span.rows(&subject.zone),
        has_changes: true,
    };
    let (accounts, now) = (view.snapshot, view.now);
    let shown = view.curves.get_or_read(ui.ctx(), (accounts, now), (CurvePlace::Page, device), request.clone());
    card_ui(ui, |ui| {
        let top = ui.cursor().min;
        heading_ui(ui, view, &subject, &mut chart);
        ui.add_space(space::XS);
        body_ui(ui, view, &subject, &mut chart, (&shown, &request));
        let area = Rect::from_min_max(top, ui.min_rect().max).expand(space::S);
        actions_ui(ui, view, &subject, &mut chart, (&shown, &request), area);
    });
    ui.data_mut(|data| data.insert_temp(id, chart));
}

/// Draws the title, the kinds of periods, and the buttons to the span before and after.
fn heading_ui(ui: &mut Ui, view: &ViewContext<'_>, subject: &Subject<'_>, chart: &mut ChartView) {
    let words = title(view.i18n, chart.span, subject.now, &subject.zone);
    let kinds = PeriodChoice::width(ui, view);
    let is_one_row = ui.available_width() > kinds + 3.0 * STEP + 190.0;
    let is_menu = ui.available_width() < kinds + 3.0 * STEP;
    let dates = subject.id.with("dates");
    let periods_ui = |ui: &mut Ui, chart: &mut ChartView| {
        let choice = PeriodChoice { span: chart.span, zone: &subject.zone, now: subject.now };
        let kind = choice.kinds_ui(ui, view, is_menu);
        let earlier = choice.step_ui(ui, view, false);
        let later = choice.step_ui(ui, view, true);
        dates_button_ui(ui, view, choice, dates);
        if let Some(span) = kind.or(earlier).or(later) {
            chart.span = span;
            chart.cursor = None;
        }
    };
    ui.horizontal(|ui| {
        let heading = ui.label(theme::title(&words));
        section_heading(ui, &heading, &words);
        if is_one_row {
            at_the_right(ui, "periods", |ui| periods_ui(ui, chart));
        }
    });
    if !is_one_row {
        ui.horizontal(|ui| periods_ui(ui, chart));
    }
    let choice = PeriodChoice { span: chart.span, zone: &subject.zone, now: subject.now };
    if let Some(span) = open_dates_ui(ui, view, choice, dates) {
        chart.span = span;
        chart.cursor = None;
    }
}

/// Width of the button to the span before, and of the two beside it, in points.
const STEP: f32 = 40.0;

fn body_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    subject: &Subject<'_>,
    chart: &mut ChartView,
    (shown, request): (&ShownCurve, &CurveRequest),
) {
    let read: &ReadCurve = &shown.read;
    if let Some(failed) = &shown.failed {
        ui.label(
            small(view.i18n.format("chart-failed", [("reason", view.i18n.localize(failed).into())]))
                .color(view.colors.warning),
        );
    }
    if chart.is_table && !shown.is_reading {
        curve_table_ui(ui, view, chart.span, (&request.rows, &read.rows), (subject.scale, &subject.zone));
    } else {
        chart_ui(ui, view, subject, chart, shown);
    }
}

/// Draws the choices and buttons below the chart. `area` is the place of the chart with its title and its summary.
fn actions_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    subject: &Subject<'_>,
    chart: &mut ChartView,
    (shown, request): (&ShownCurve, &CurveRequest),
    area: Rect,
) {
    let read: &ReadCurve = &shown.read;
    let file_name = || {
        let span = title(view.i18n, chart.span, i64::MAX / 2, &subject.zone);
        format!("{} {span}", subject.name)
    };
    let has_history = !shown.is_reading;
    ui.horizontal_wrapped(|ui| {
        let has_outdoor = !read.curve.outdoor.is_empty();
        let has_humidity = read.curve.room.iter().any(|point| point.humidity.is_some());
        if !chart.is_table {
            for (is_there, id, is_on) in [
                (has_outdoor, "chart-outdoor", &mut chart.shows_outdoor),
                (has_humidity, "chart-humidity", &mut chart.shows_humidity),
            ] {
                if is_there {
                    ui.checkbox(is_on, view.text(id));
                }
            }
        }
        let other = view.text(if chart.is_table { "chart-as-chart" } else { "chart-as-table" });
        if button_ui(ui, other.as_str(), &other).clicked() {
            chart.is_table = !chart.is_table;
        }
        if !has_history {
            return;
        }
        let copy = view.text("chart-copy");
        if button_ui(ui, copy.as_str(), &copy).on_hover_text(view.text("chart-copy-about")).clicked() {
            ui.ctx().copy_text(csv(&request.rows, &read.rows, &subject.zone));
        }
        let picture = view.text("chart-picture");
        if button_ui(ui, picture.as_str(), &picture).clicked() {
            let name = file_name();
            view.send(AppIntent::SaveFile(FileToSave::Picture { name, area }));
        }
    });
}

/// Draws the chart with its summary, or the values at the pointer or the cursor, below.
fn chart_ui(ui: &mut Ui, view: &ViewContext<'_>, subject: &Subject<'_>, chart: &mut ChartView, shown: &ShownCurve) {
    let curve = &shown.read.curve;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let id = subject.id.with("chart");
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let (from, to) = chart.span.bounds(&subject.zone);
    let plot = Plot::new(rect, (from, to), curve, subject.scale, chart.shows_outdoor);
    point(ui, &response, &plot, subject, chart);
    press_keys(ui, &response, &plot, subject, chart, curve);
    let drawing = CurveDrawing {
        colors: view.colors,
        shows_outdoor: chart.shows_outdoor,
        shows_humidity: chart.shows_humidity,
        is_bare: false,
    };
    let axes = Axes { colors: view.colors, i18n: view.i18n, zone: &subject.zone };
    let all = markers(view, subject.device, (from, to), if shown.is_reading { &[] } else { &shown.read.changes });
    let markers = drawn(&all);
    let places = places(&plot, curve, markers);
    if ui.is_rect_visible(rect) {
        axes.paint(ui.painter(), &plot);
        paint_curve(ui, drawing, &plot, &shown.read);
        axes.paint_gaps(ui.painter(), &plot, curve);
        paint(ui.painter(), view, &plot, markers, &places);
        if response.has_focus() {
            let corner = egui::CornerRadius::same(radius::CONTROL);
            let edge = Stroke::new(2.0, view.colors.accent);
            ui.painter().rect_stroke(rect.expand(4.0), corner, edge, egui::StrokeKind::Inside);
        }
    }
    let hovered = response.hover_pos().filter(|at| plot.rect.contains(*at)).map(|at| plot.time(at.x));
    let at = hovered.or(chart.cursor);
    // The curve of another span must not be told as that of this one.
    let facts = if shown.is_reading {
        vec![view.text("chart-reading")]
    } else {
        facts(view.i18n, curve, subject.scale).into_iter().chain(count_fact(view.i18n, &all)).collect()
    };
    let marker = response.hover_pos().and_then(|at| markers.get(pointed(markers, &places, at)?));
    let words = match (at, shown.is_reading) {
        (_, true) => view.text("chart-reading"),
        (Some(_), false) if marker.is_some() => marker.map(|marker| marker.words.clone()).unwrap_or_default(),
        (Some(at), false) => {
            cursor(ui, view, &plot, curve, at);
            let values = readout(view.i18n, curve, at, subject.scale, (to - from, &subject.zone));
            // The cursor of the keys passes no change by.
            let passed = all.iter().rev().filter(|marker| (at..at + cursor_step(&plot)).contains(&marker.at));
            let passed = passed.filter(|_| hovered.is_none()).take(MOST_SPOKEN).map(|marker| marker.words.clone());
            std::iter::once(values).chain(passed).collect::<Vec<_>>().join(" · ")
        }
        (None, false) => facts.join(" · "),
    };
    let label = ui.label(small(&words).color(view.colors.muted));
    if chart.cursor.is_some() && hovered.is_none() {
        // The cursor of the keys speaks.
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
    }
    // Only screen readers need these words, so they are made for them alone.
    response.widget_info(|| {
        let span = title(view.i18n, chart.span, subject.now, &subject.zone);
        let said = view.i18n.format(
            "chart-said",
            [("device", subject.name.into()), ("span", span.into()), ("facts", facts.join(", ").into())],
        );
        WidgetInfo::labeled(Role::Image, true, said)
    });
    ui.ctx().accesskit_node_builder(id, |node| node.set_description(view.text("chart-keys")));
}

/// Moves and zooms with the pointer: by dragging, with Ctrl and the wheel, by pinching, with a horizontal wheel.
fn point(ui: &Ui, response: &Response, plot: &Plot, subject: &Subject<'_>, chart: &mut ChartView) {
    let seconds = |points: f32| {
        let share = f64::from(points) / f64::from(plot.rect.width().max(1.0));
        (share * (plot.to - plot.from) as f64).round() as i64
    };
    if response.dragged() && response.drag_delta().x != 0.0 {
        chart.span = chart.span.panned(-seconds(response.drag_delta().x), &subject.zone);
    }
    if response.clicked() {
        response.request_focus();
        chart.cursor = response.interact_pointer_pos().map(|at| plot.time(at.x));
    }
    let Some(at) = response.hover_pos() else { return };
    let (zoom, sideways) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta.x));
    if zoom != 1.0 {
        let share = (at.x - plot.rect.left()) / plot.rect.width().max(1.0);
        chart.span = chart.span.zoomed(f64::from(zoom), f64::from(share), &subject.zone);
    } else if sideways != 0.0 {
        chart.span = chart.span.panned(-seconds(sideways), &subject.zone);
    }
}

/// Most changes that the cursor reads at once.
const MOST_SPOKEN: usize = 3;

/// Seconds between two places of the cursor: a share of the span, in whole intervals.
fn cursor_step(plot: &Plot) -> i64 {
    const STEPS: i64 = 96;
    ((plot.to - plot.from) / STEPS).max(300) / 300 * 300
}

/// The arrow keys move the cursor, Page Up and Page Down the span, plus and minus zoom around the cursor.
fn press_keys(ui: &Ui, response: &Response, plot: &Plot, subject: &Subject<'_>, chart: &mut ChartView, curve: &Curve) {
    if !response.has_focus() {
        chart.cursor = None;
        return;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| {
        let count = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        i64::try_from(count).unwrap_or_default()
    };
    let step = cursor_step(plot);
    // The newest value: the minutes after it are not recorded yet.
    let newest = curve.room.last().map_or(subject.now, |point| point.start);
    let last = (plot.to - 1).min(newest).max(plot.from);
    let by = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
    if by != 0 {
        let at = chart.cursor.map_or(last, |at| at + by * step);
        chart.cursor = Some(at.clamp(plot.from, last));
    }
    if pressed(Key::Home) > 0 {
        chart.cursor = Some(plot.from);
    }
    if pressed(Key::End) > 0 {
        chart.cursor = Some(last);
    }
    let pages = pressed(Key::PageDown) - pressed(Key::PageUp);
    if pages < 0 || (pages > 0 && plot.to <= subject.now) {
        chart.span = chart.span.moved(pages > 0);
        chart.cursor = None;
    }
    let zoom = pressed(Key::Plus) + pressed(Key::Equals) - pressed(Key::Minus);
    if zoom != 0 {
        let share = |at: i64| (at - plot.from) as f64 / (plot.to - plot.from).max(1) as f64;
        let share = chart.cursor.map_or(0.5, share);
        chart.span = chart.span.zoomed(if zoom > 0 { 2.0 } else { 0.5 }, share, &subject.zone);
    }
}

/// Draws a line at a time, and a dot on the room.
fn cursor(ui: &Ui, view: &ViewContext<'_>, plot: &Plot, curve: &Curve, at: i64) {
    let x = plot.x(at);
    let range: std::ops::RangeInclusive<f32> = plot.rect.top()..=plot.rect.bottom();
    ui.painter().vline(x, range, Stroke::new(1.0, view.colors.tick));
    let room = curve.room.iter().find(|point| (point.start..point.end).contains(&at)).and_then(|point| point.room);
    if let Some(room) = room {
        let center = egui::pos2(x, plot.y(room.mean));
        ui.painter().circle(center, 4.0, view.colors.surface, Stroke::new(2.0, view.colors.text));
    }
}
