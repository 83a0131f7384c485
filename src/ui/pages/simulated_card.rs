//! A trial on a simulated day in a copy of the home, which runs six hundred times as fast as time.

use std::time::Duration;

use egui::{Color32, Label, ProgressBar, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};
use jiff::{SignedDuration, Timestamp};

use super::rules::{reason_text, short_text};
use crate::automation::FormProblem;
use crate::automation::simulated_trial::{
    RoomPoint, SimulatedTrial, SimulatedTrialRequest, TrialEvent, TrialLine, happening_message,
};
use crate::home::{DeviceId, Node};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{button_ui, card_ui, quiet_button_ui};

/// Simulated seconds in a second.
const SPEED: f64 = 600.0;
/// Time between two frames of the day.
const FRAME: Duration = Duration::from_millis(50);
/// A frame that comes later than this, in seconds, moves the day by no more: the page was not shown.
const LONGEST_FRAME: f64 = 0.5;
/// Most lines that are listed, the newest.
const LISTED: usize = 12;
/// Height of the curve, in points.
const CURVE: f32 = 72.0;
/// The least range of the curve, in degrees Celsius.
const LEAST_RANGE: f64 = 4.0;

/// The trial that was asked for.
pub(super) struct SimulatedCard {
    trial: Result<Box<SimulatedTrial>, FormProblem>,
    /// The room of the curve; the first one if it is not known.
    thermostat: Option<DeviceId>,
    is_paused: bool,
    /// The time of the last frame, in seconds.
    drawn: Option<f64>,
    /// The part of a second that has not passed in the day yet.
    rest_s: f64,
}

impl SimulatedCard {
    /// Begins a trial.
    pub(super) fn begin(request: SimulatedTrialRequest, thermostat: Option<DeviceId>) -> Self {
        let trial = SimulatedTrial::begin(request).map(Box::new);
        Self { trial, thermostat, is_paused: false, drawn: None, rest_s: 0.0 }
    }

    /// Draws the card; `true` when it closes.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &ViewContext<'_>) -> bool {
        self.pass(ui);
        let mut is_closed = false;
        card_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            match &mut self.trial {
                Err(problem) => {
                    let label = ui.add(Label::new(title(view.i18n.localize(problem))).wrap());
                    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
                }
                Ok(trial) => {
                    head_ui(ui, view, trial);
                    curve_ui(ui, view, trial, self.thermostat.as_ref());
                    for line in trial.lines().rev().take(LISTED) {
                        line_ui(ui, view, trial, line);
                    }
                }
            }
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                if let Ok(trial) = &mut self.trial
                    && !trial.is_over()
                {
                    let key = if self.is_paused { "simulated-go-on" } else { "simulated-pause" };
                    if button_ui(ui, view.text(key), &view.text(key)).clicked() {
                        self.is_paused = !self.is_paused;
                    }
                    let end = view.text("simulated-to-the-end");
                    if button_ui(ui, end.as_str(), &end).clicked() {
                        trial.pass(Timestamp::MAX);
                    }
                }
                is_closed = quiet_button_ui(ui, view.text("dismiss"), &view.text("rule-trial-close")).clicked();
            });
        });
        is_closed
    }

    /// Lets the day go on by the time since the last frame.
    fn pass(&mut self, ui: &Ui) {
        let now = ui.input(|input| input.time);
        let elapsed = self.drawn.replace(now).map_or(0.0, |drawn| (now - drawn).clamp(0.0, LONGEST_FRAME));
        let Ok(trial) = &mut self.trial else { return };
        if self.is_paused || trial.is_over() {
            return;
        }
        self.rest_s += elapsed * SPEED;
        let whole = self.rest_s.floor();
        self.rest_s -= whole;
        let by = SignedDuration::try_from_secs_f64(whole).unwrap_or_default();
        if let Ok(until) = trial.now().checked_add(by) {
            trial.pass(until);
        }
        ui.ctx().request_repaint_after(FRAME);
    }
}

fn head_ui(ui: &mut Ui, view: &ViewContext<'_>, trial: &SimulatedTrial) {
    let time = trial.now().to_zoned(trial.zone().clone()).strftime("%H:%M").to_string();
    let count = i64::try_from(trial.acted()).unwrap_or(i64::MAX);
    if trial.is_over() {
        let text = view.i18n.format("simulated-over", [("count", count.into())]);
        let label = ui.add(Label::new(title(text)).wrap());
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    } else {
        let text = view.i18n.format("simulated-runs", [("time", time.into()), ("count", count.into())]);
        ui.add(Label::new(title(text)).wrap());
    }
    let about = view.text("simulated-about");
    ui.add(Label::new(small(about).color(view.colors.muted)).wrap());
    let bar = ProgressBar::new(trial.share() as f32).desired_width(ui.available_width()).desired_height(4.0);
    let bar = ui.add(bar.fill(view.colors.accent));
    let name = view.text("simulated-progress");
    bar.widget_info(|| WidgetInfo::labeled(egui::Role::ProgressIndicator, true, name.as_str()));
}

/// Draws the temperature of a room, with its set point dashed.
fn curve_ui(ui: &mut Ui, view: &ViewContext<'_>, trial: &SimulatedTrial, thermostat: Option<&DeviceId>) {
    let known = thermostat.and_then(|id| trial.rooms().get_key_value(id));
    let Some((id, points)) = known.or_else(|| trial.rooms().first_key_value()) else { return };
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    let node = Node::Thermostat(id.clone());
    let name = view.i18n.disambiguate(view.snapshot, &node, node.name(trial.home()));
    let degrees = |celsius: f64| {
        let scale = trial.home().thermostats.get(id).map(|it| view.i18n.scale_of(it)).unwrap_or_default();
        let temperature = crate::home::Temperature::from_celsius(celsius);
        temperature.map_or_else(String::new, |it| view.i18n.degrees(it.setpoint(scale)))
    };
    let text = view.i18n.format("simulated-room", [("name", name.into()), ("room", degrees(last.room).into())]);
    ui.add(Label::new(small(text.as_str())).wrap());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CURVE), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, text.as_str()));
    let values = || points.iter().flat_map(|point| [Some(point.room), point.target]).flatten();
    let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let middle = f64::midpoint(least, most);
    let half = ((most - least) / 2.0 + 0.5).max(LEAST_RANGE / 2.0);
    let place = |at: Timestamp, celsius: f64| {
        let share = at.duration_since(first.at).as_secs_f64() / 86_400.0;
        let height = (celsius - (middle - half)) / (2.0 * half);
        pos2(egui::lerp(rect.x_range(), share as f32), egui::lerp(rect.bottom()..=rect.top(), height as f32))
    };
    paint(ui, rect, view.colors.line);
    let targets: Vec<_> = points.iter().filter_map(|point| Some(place(point.at, point.target?))).collect();
    ui.painter().extend(Shape::dashed_line(&targets, Stroke::new(1.5, view.colors.heat), 4.0, 3.0));
    let rooms: Vec<_> = points.iter().map(|point: &RoomPoint| place(point.at, point.room)).collect();
    ui.painter().line(rooms, Stroke::new(1.5, view.colors.text));
}

fn paint(ui: &Ui, rect: Rect, color: Color32) {
    let ends = [rect.left_bottom(), rect.right_bottom()];
    ui.painter().line_segment(ends, Stroke::new(1.0, color));
}

fn line_ui(ui: &mut Ui, view: &ViewContext<'_>, trial: &SimulatedTrial, line: &TrialLine) {
    let home = trial.home();
    let time = line.at.to_zoned(trial.zone().clone()).strftime("%H:%M").to_string();
    let (text, is_act) = match &line.what {
        TrialEvent::Happened(happening) => (view.i18n.localize(&happening_message(home, happening)), false),
        TrialEvent::Ran(run) => {
            (format!("{} · {} → {}", run.rule, reason_text(view, run), short_text(view, run)), true)
        }
        TrialEvent::Started { level, write, refused } => {
            let value = match (write, refused) {
                (Some(write), None) => view.value(write),
                (_, Some(refusal)) => view.i18n.localize(refusal),
                (None, None) => view.text("simulated-no-setpoint"),
            };
            (view.i18n.format("simulated-started", [("level", level.into()), ("value", value.into())]), true)
        }
        TrialEvent::HoldEnded { thermostat, write } => {
            let name = Node::Thermostat(thermostat.clone()).name(home).to_owned();
            let value = write.as_ref().map_or_else(String::new, |write| view.value(write));
            (view.i18n.format("simulated-hold-ended", [("name", name.into()), ("value", value.into())]), true)
        }
    };
    let color = if is_act { view.colors.text } else { view.colors.muted };
    ui.add(Label::new(small(format!("{time}  {text}")).color(color)).wrap());
}
