//! The quick launcher: a small window with the command field of the palette and, below it, the controls of
//! pinned devices. It is made for the keyboard; Esc closes it.

use egui::{Align, Frame, Label, Layout, Margin, Panel, RichText, ScrollArea, Separator, Ui, vec2};

use super::intent::{Page, UiIntent};
use super::palette::Palette;
use super::theme::tokens::{measure, size, space};
use super::theme::{icons, small};
use super::view::ViewContext;
use super::widgets::climate::{degrees, doing, range_steps_ui};
use super::widgets::{at_the_right, closed_scope, focus_ring, round_button_ui, status_text, toggle_ui};
use crate::engine::Debounce;
use crate::home::{Camera, DeviceId, HvacMode, Node, Setpoint, Slot, Thermostat, Write, first_by_name};
use crate::presets::Presets;
use jiff::Timestamp;

/// Size of the launcher in points.
pub const LAUNCHER_SIZE: [f32; 2] = [520.0, 460.0];
/// Thermostats and cameras that are shown while no device is pinned, of each kind.
const UNPINNED: usize = 3;
/// Homes that fit below the thermostats.
const MOST_HOMES: usize = 3;

/// The reason why the launcher closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LauncherEnd {
    /// The user closed it.
    Done,
    /// The intent needs the main window.
    InWindow,
}

/// The state of the launcher.
#[derive(Debug, Default)]
pub struct Launcher {
    palette: Palette,
    /// The time of the last command.
    asked_at: Option<Timestamp>,
    /// True once its window had the focus.
    pub(crate) had_focus: bool,
}

impl Launcher {
    /// Creates a launcher with a typed text.
    pub fn typed(text: impl Into<String>) -> Self {
        Self { palette: Palette::typed(text), ..Self::default() }
    }

    /// Creates a launcher that took a command at some time.
    #[cfg(test)]
    pub(super) fn asked(at: Timestamp) -> Self {
        Self { asked_at: Some(at), ..Self::default() }
    }

    /// Draws the launcher; `true` when it closes.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        view: &mut ViewContext<'_>,
        presets: &Presets,
        pinned: &[DeviceId],
    ) -> bool {
        let frame = Frame::new().fill(view.colors.surface).inner_margin(Margin::same(14));
        let whole = ui.max_rect();
        let mut is_done = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
        super::pages::alarms_ui(ui, view);
        Panel::bottom("launcher foot").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.add(Label::new(small(view.text("launcher-keys")).color(view.colors.muted)).truncate());
                at_the_right(ui, "open", |ui| {
                    let text = RichText::new(view.text("tray-open")).size(size::SMALL);
                    let response = ui.button(text);
                    focus_ring(ui, &response);
                    if response.clicked() {
                        view.send(UiIntent::Go(Page::Overview));
                        is_done = true;
                    }
                });
            });
        });
        egui::CentralPanel::default().frame(frame).show(ui, |ui| {
            if self.palette.inline_ui(ui, view, presets) {
                // The launcher stays open with an empty field, because the user may go on with another command.
                self.palette = Palette::default();
                self.asked_at = Some(view.now);
            }
            if self.palette.is_empty() {
                self.outcome_ui(ui, view);
                if !presets.list().is_empty() || !view.levels().is_empty() {
                    ui.add_space(space::S);
                    ui.horizontal(|ui| super::pages::chips_ui(ui, view));
                }
                pinned_ui(ui, view, pinned);
            }
        });
        // Without an edge it would run into a window behind it.
        let edge = egui::Stroke::new(1.0, view.colors.tick);
        ui.ctx().layer_painter(ui.layer_id()).rect_stroke(whole, 0.0, edge, egui::StrokeKind::Inside);
        is_done
    }
}

impl Launcher {
    /// Begins a command, for the user to complete.
    pub(super) fn type_text(&mut self, text: String) {
        self.palette = Palette::typed(text);
    }

    /// Draws what became of the last command: the change that is on its way, or else the newest one.
    fn outcome_ui(&self, ui: &mut Ui, view: &ViewContext<'_>) {
        let Some(asked_at) = self.asked_at else { return };
        let open = view.snapshot.writes().find(|(_, state)| state.is_open() && state.since >= asked_at);
        let text = match open {
            Some((slot, state)) => {
                let name = slot.node.name(&view.snapshot.shown);
                format!("{name}: {}", status_text(view, state).1)
            }
            // A change by somebody else is no outcome of the command.
            None => match view.snapshot.records().find(|entry| entry.record.origin.is_us()) {
                Some(entry) if entry.record.at < asked_at => return,
                Some(entry) => super::pages::outcome_line(view, entry.record),
                None => return,
            },
        };
        ui.add_space(space::S);
        let label = ui.add(Label::new(small(text).color(view.colors.muted)).truncate());
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
}

/// The devices to show: the pinned ones that still exist, or else the first few by name.
fn shown<T>(
    all: &std::collections::BTreeMap<DeviceId, std::sync::Arc<T>>,
    pinned: &[DeviceId],
    is_pinned: bool,
    name: impl Fn(&T) -> Option<&str>,
) -> Vec<(DeviceId, std::sync::Arc<T>)> {
    if is_pinned {
        let found =
            pinned.iter().filter_map(|id| all.get(id).map(|device| (id.clone(), std::sync::Arc::clone(device))));
        found.collect()
    } else {
        let first = first_by_name(all.iter(), |(_, device)| name(device).unwrap_or_default(), UNPINNED);
        first.into_iter().map(|(id, device)| (id.clone(), std::sync::Arc::clone(device))).collect()
    }
}

fn pinned_ui(ui: &mut Ui, view: &mut ViewContext<'_>, pinned: &[DeviceId]) {
    let home = std::sync::Arc::clone(&view.snapshot.shown);
    let is_pinned = pinned.iter().any(|id| home.thermostats.contains_key(id) || home.cameras.contains_key(id));
    let thermostats = shown(&home.thermostats, pinned, is_pinned, |t| t.name.as_deref());
    let cameras = shown(&home.cameras, pinned, is_pinned, |c| c.name.as_deref());
    ui.add_space(space::S);
    let title = view.text(if is_pinned { "launcher-pinned" } else { "launcher-first" });
    ui.label(small(title).color(view.colors.muted));
    ScrollArea::vertical().id_salt("pinned").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        // Leave room for the scroll bar.
        ui.set_max_width(ui.available_width() - space::S);
        for (id, thermostat) in &thermostats {
            ui.add(Separator::default().spacing(3.0));
            thermostat_ui(ui, view, id, thermostat);
        }
        for (id, structure) in home.structures.iter().take(MOST_HOMES) {
            ui.add(Separator::default().spacing(3.0));
            let name = named(view, structure.name.as_deref(), "structure", &Node::Structure(id.clone()));
            line_ui(ui, view, &name, None, |ui, view| super::pages::away_ui(ui, view, id, structure, &name));
        }
        for (id, camera) in &cameras {
            ui.add(Separator::default().spacing(3.0));
            camera_ui(ui, view, id, camera);
        }
    });
}

/// Draws a name with its facts, and the control at the right.
fn line_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    name: &str,
    facts: Option<(egui::Color32, String)>,
    control: impl FnOnce(&mut Ui, &mut ViewContext<'_>),
) {
    // All lines have one height, so that names align with any control at the right.
    let size = vec2(ui.available_width(), measure::LARGE_CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = space::S;
        let room = ui.available_width() - 235.0;
        ui.scope(|ui| {
            ui.set_max_width(room.max(120.0));
            ui.add(Label::new(RichText::new(name).size(size::BODY)).truncate());
            if let Some((color, facts)) = facts {
                ui.add(Label::new(small(facts.as_str()).color(color)).truncate()).on_hover_text(facts);
            }
        });
        at_the_right(ui, ("launcher", name), |ui| control(ui, view));
    });
}

fn named(view: &ViewContext<'_>, name: Option<&str>, kind: &str, node: &Node) -> String {
    view.i18n.disambiguate(view.snapshot, node, &view.name_or(name, kind))
}

/// The state of a pending write of the device, or else its activity.
fn facts(
    view: &ViewContext<'_>,
    node: &Node,
    otherwise: impl FnOnce() -> (egui::Color32, String),
) -> (egui::Color32, String) {
    let of_node = view.snapshot.writes().find(|(slot, _)| slot.node == *node);
    of_node.map_or_else(otherwise, |(_, state)| status_text(view, state))
}

fn reason(view: &ViewContext<'_>, slot: &Slot) -> Option<String> {
    view.blocked(slot).map(|refusal| view.i18n.localize(&refusal))
}

fn thermostat_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let name = named(view, thermostat.name.as_deref(), "thermostat", &Node::Thermostat(id.clone()));
    let does = doing(view, id, thermostat);
    let held = view.automation.holds.get(id).filter(|held| held.hold.is_shown_by(&view.snapshot.shown));
    let held = held.map(|held| super::pages::hold_end_text(view, held.hold.ends, held.ends));
    let facts = facts(view, &Node::Thermostat(id.clone()), || {
        let room = degrees(view, thermostat, thermostat.ambient_temperature);
        // The end of a hold says more than that the temperature is reached.
        let words = held.unwrap_or_else(|| does.words.to_lowercase());
        (does.color, format!("{room}, {words}"))
    });
    line_ui(ui, view, &name, Some(facts), |ui, view| {
        target_ui(ui, view, id, thermostat, &name);
        super::pages::hold_menu_ui(ui, view, (id, thermostat, &name));
    });
}

/// Draws the target of a thermostat: a setpoint with step buttons, or text.
fn target_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str) {
    let scale = view.i18n.scale_of(thermostat);
    match &thermostat.hvac_mode {
        Some(HvacMode::Heat | HvacMode::Cool) => {
            let Some(target) = thermostat.target_temperature else { return };
            let present = target.setpoint(scale);
            let range = thermostat.setpoint_range(scale);
            let step = |by: f64| {
                let degrees = (present.degrees + by).clamp(*range.start(), *range.end());
                Write::Target(id.clone(), Setpoint { degrees, scale }.rounded())
            };
            let why = reason(view, &step(0.0).slot());
            closed_scope(ui, why.as_deref(), |ui| {
                let ways = [(icons::MINUS, "card-cooler", -scale.step()), (icons::PLUS, "card-warmer", scale.step())];
                for (icon, label, by) in ways {
                    if by > 0.0 {
                        ui.label(RichText::new(view.i18n.degrees(present)).size(size::BODY));
                    }
                    let label = view.i18n.format(label, [("device", name.into())]);
                    if round_button_ui(ui, icon, &label, step(by) != step(0.0)).clicked() {
                        view.request(step(by), Debounce::Step);
                    }
                }
            });
        }
        Some(HvacMode::HeatCool) => {
            range_steps_ui(ui, view, id, thermostat, name, size::BODY);
        }
        Some(mode @ (HvacMode::Eco | HvacMode::Off | HvacMode::Other(_))) => {
            ui.label(RichText::new(view.i18n.localize(mode)).size(size::BODY).color(view.colors.muted));
        }
        None => {}
    }
}

fn camera_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, camera: &Camera) {
    let name = named(view, camera.name.as_deref(), "camera", &Node::Camera(id.clone()));
    let slot = Write::Streaming(id.clone(), false).slot();
    let why = reason(view, &slot);
    let words = facts(view, &Node::Camera(id.clone()), || {
        (
            view.colors.muted,
            why.clone().unwrap_or_else(|| {
                let word = if camera.is_streaming == Some(true) { "camera-on" } else { "camera-off" };
                view.text(word).to_lowercase()
            }),
        )
    });
    line_ui(ui, view, &name, Some(words), |ui, view| {
        closed_scope(ui, why.as_deref(), |ui| {
            let mut on = camera.is_streaming == Some(true);
            let label = view.i18n.format("camera-switch", [("device", name.as_str().into())]);
            if toggle_ui(ui, &mut on, &label).changed() {
                view.request(Write::Streaming(id.clone(), on), Debounce::Now);
            }
        });
    });
}
