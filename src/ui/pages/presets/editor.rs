//! The editor of a preset: its name and its values.

use egui::{Align2, Checkbox, Key, Modifiers, Popup, ScrollArea, Stroke, TextEdit, Ui};

use crate::home::{Away, FAN_DURATIONS_MIN, FieldValue, HvacMode, Node, Setpoint, Write};
use crate::presets::{Preset, Presets, Scope, capture};
use crate::ui::intent::{AppIntent, PresetIntent};
use crate::ui::theme::tokens::{measure, size, space};
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    at_the_right, button_ui, card_ui, choice_ui, follow_focus, main_button_ui, segmented_ui, toggle_ui,
};

/// A preset in the editor. Nothing is stored before the user saves it.
#[derive(Debug)]
pub(super) struct Editor {
    id: Option<u64>,
    name: String,
    /// Every possible value, and true if the preset sets it.
    values: Vec<(Write, bool)>,
    /// True if the editor was just opened, so that the name field takes the focus.
    is_fresh: bool,
}

impl Editor {
    /// Creates a preset from the current state.
    pub(super) fn captured(view: &ViewContext<'_>) -> Self {
        let values = all(view).into_iter().map(|write| {
            // A preset seldom means to set Home or Away.
            let is_in = !matches!(write, Write::Away(..));
            (write, is_in)
        });
        Self { id: None, name: String::new(), values: values.collect(), is_fresh: true }
    }

    /// Opens an existing preset.
    pub(super) fn of(view: &ViewContext<'_>, preset: &Preset) -> Self {
        Self { id: Some(preset.id), ..Self::suggested(view, &preset.name, &preset.writes) }
    }

    /// Creates a preset from a suggestion.
    pub(super) fn suggested(view: &ViewContext<'_>, name: &str, writes: &[Write]) -> Self {
        let mut values: Vec<(Write, bool)> = writes.iter().map(|write| (write.clone(), true)).collect();
        for write in all(view) {
            if !values.iter().any(|(known, _)| known.slot() == write.slot()) {
                values.push((write, false));
            }
        }
        values.sort_by_key(|(write, _)| write.slot());
        Self { id: None, name: name.to_owned(), values, is_fresh: true }
    }

    /// Draws the editor; `true` when it closes.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>, presets: &Presets) -> bool {
        let mut done = false;
        ScrollArea::vertical().id_salt("preset editor").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width((ui.available_width() - measure::BAR).min(measure::PAGE));
            ui.spacing_mut().item_spacing.y = space::M;
            done = self.head_ui(ui, view, presets);
            self.values_ui(ui, view);
            // The list is long, so its end has the buttons as well.
            ui.push_id("foot", |ui| {
                ui.horizontal_wrapped(|ui| {
                    let why_not = self.why_not(view, presets);
                    let (what, save, cancel) = (view.text("palette-preset"), view.text("save"), view.text("cancel"));
                    let named = |id: &str| view.i18n.format(id, [("what", what.as_str().into())]);
                    let (save_name, cancel_name) = (named("save-what"), named("cancel-what"));
                    let pressed = main_button_ui(ui, &save, &save_name, why_not.as_deref()).clicked();
                    done |= self.save(view, pressed && why_not.is_none());
                    done |= button_ui(ui, cancel, &cancel_name).clicked();
                });
            });
            ui.add_space(space::XL);
            follow_focus(ui);
        });
        done
    }

    /// Draws the name and the buttons; `true` when the editor closes.
    fn head_ui(&mut self, ui: &mut Ui, view: &mut ViewContext<'_>, presets: &Presets) -> bool {
        let mut done = false;
        card_ui(ui, |ui| {
            let name = view.text("preset-name");
            ui.label(small(name.as_str()));
            let response = ui
                .scope(|ui| {
                    ui.visuals_mut().widgets.inactive.bg_stroke.color = view.colors.tick;
                    let edit = TextEdit::singleline(&mut self.name)
                        .hint_text(view.text("preset-name-hint"))
                        .align(Align2::LEFT_CENTER)
                        .desired_width(260.0);
                    ui.add(edit).accessible_name(name)
                })
                .inner;
            if std::mem::take(&mut self.is_fresh) {
                response.request_focus();
            }
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let why_not = self.why_not(view, presets);
            if let Some(why) = why_not.as_ref().filter(|_| !self.name.is_empty()) {
                ui.label(small(why).color(view.colors.alarm));
            }
            if entered && why_not.is_some() {
                response.request_focus();
            }
            ui.horizontal_wrapped(|ui| {
                let save = view.text("save");
                let pressed = main_button_ui(ui, &save, &save, why_not.as_deref()).clicked();
                done = self.save(view, (pressed || entered) && why_not.is_none());
                let now = view.text("preset-recapture");
                if button_ui(ui, format!("{} {now}", icons::REFRESH), &now).clicked() {
                    self.recapture(view);
                }
                done |= cancel_ui(ui, view);
            });
        });
        done
    }

    /// The reason why the preset cannot be saved.
    fn why_not(&self, view: &ViewContext<'_>, presets: &Presets) -> Option<String> {
        match presets.free_name(&self.name, self.id) {
            Err(err) => Some(view.i18n.localize(&err)),
            Ok(_) => self.values.iter().all(|(_, is_in)| !is_in).then(|| view.text("preset-sets-nothing")),
        }
    }

    /// Saves the preset if it is wanted; returns that.
    fn save(&self, view: &mut ViewContext<'_>, is_wanted: bool) -> bool {
        if is_wanted {
            let chosen = self.values.iter().filter(|(_, is_in)| *is_in);
            let writes = chosen.map(|(write, _)| write.clone()).collect();
            let (id, name) = (self.id, self.name.trim().to_owned());
            view.send(AppIntent::Presets(PresetIntent::Save { id, name, writes }));
        }
        is_wanted
    }

    /// Replaces the values by the current ones, for the devices that the preset sets already.
    fn recapture(&mut self, view: &ViewContext<'_>) {
        let present = all(view);
        let gone: Vec<Node> = self.values.iter().map(|(write, _)| write.slot().node).collect();
        let is_in = |write: &Write, values: &[(Write, bool)]| {
            values.iter().any(|(known, is_in)| *is_in && known.slot().node == write.slot().node)
        };
        let old = std::mem::take(&mut self.values);
        self.values = present.into_iter().map(|write| (write.clone(), is_in(&write, &old))).collect();
        // Keep the values of devices that no longer exist.
        let kept = old.into_iter().filter(|(write, _)| {
            gone.contains(&write.slot().node)
                && !self.values.iter().any(|(known, _)| known.slot().node == write.slot().node)
        });
        let kept: Vec<(Write, bool)> = kept.collect();
        self.values.extend(kept);
    }

    fn values_ui(&mut self, ui: &mut Ui, view: &ViewContext<'_>) {
        let mut nodes: Vec<Node> = Vec::new();
        for (write, _) in &self.values {
            let node = write.slot().node;
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        for node in nodes {
            card_ui(ui, |ui| {
                let device = node_name(view, &node);
                ui.label(title(device.as_str()));
                for (write, is_in) in self.values.iter_mut().filter(|(write, _)| write.slot().node == node) {
                    let slot = write.slot();
                    ui.push_id(&slot, |ui| value_ui(ui, view, &device, write, is_in));
                }
            });
        }
    }
}

/// Draws the button that closes the editor, as Esc does; `true` when it closes.
fn cancel_ui(ui: &mut Ui, view: &ViewContext<'_>) -> bool {
    let cancel = view.text("cancel");
    // While a dialog or a list is open, Esc belongs to it.
    let is_on_top = ui.memory(|memory| memory.top_modal_layer().is_none()) && !Popup::is_any_open(ui.ctx());
    let escaped = is_on_top && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    button_ui(ui, &cancel, &cancel).clicked() || escaped
}

fn all(view: &ViewContext<'_>) -> Vec<Write> {
    let mut writes = capture(&view.snapshot.confirmed, &everything());
    writes.sort_by_key(Write::slot);
    writes
}

fn everything() -> Scope {
    Scope { climate: true, fans: true, cameras: true, away: true, only: None }
}

fn node_name(view: &ViewContext<'_>, node: &Node) -> String {
    let home = &view.snapshot.shown;
    let (name, kind) = match node {
        Node::Structure(id) => (home.structures.get(id).map(|s| s.name.clone()), "structure"),
        Node::Thermostat(id) => (home.thermostats.get(id).map(|t| t.name.clone()), "thermostat"),
        Node::Camera(id) => (home.cameras.get(id).map(|c| c.name.clone()), "camera"),
    };
    match name {
        Some(name) => view.name_or(name.as_deref(), kind),
        None => view.text("preset-device-gone"),
    }
}

/// Draws a value: a switch for its use, and a control for the value.
fn value_ui(ui: &mut Ui, view: &ViewContext<'_>, device: &str, write: &mut Write, is_in: &mut bool) {
    let field = view.i18n.localize(&write.slot().field);
    let name = format!("{field}, {device}");
    ui.horizontal(|ui| {
        let label = view.i18n.format("preset-includes", [("what", name.as_str().into())]);
        ui.spacing_mut().icon_width = size::ICON;
        ui.spacing_mut().icon_width_inner = size::SMALL;
        // An empty box is visible only by its edge.
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::new(1.5, view.colors.tick);
        ui.add(Checkbox::new(is_in, field)).accessible_name(label);
        at_the_right(ui, "value", |ui| {
            if !*is_in {
                ui.multiply_opacity(0.6);
            }
            let slot = write.slot();
            let mut value = write.value();
            match &mut value {
                FieldValue::Mode(mode) => {
                    let home = &view.snapshot.shown;
                    let modes = match &slot.node {
                        Node::Thermostat(id) => home.thermostats.get(id).map(|t| t.modes()).unwrap_or_default(),
                        Node::Structure(_) | Node::Camera(_) => Vec::new(),
                    };
                    let title = |mode: &HvacMode| view.i18n.localize(mode);
                    if let Some(picked) = choice_ui(ui, &name, Some(mode), &modes, title) {
                        *mode = picked;
                    }
                }
                FieldValue::Minutes(minutes) => {
                    let options = FAN_DURATIONS_MIN.map(i64::from);
                    let title = |minutes: &i64| view.i18n.minutes(*minutes);
                    if let Some(picked) = choice_ui(ui, &name, Some(minutes), &options, title) {
                        *minutes = picked;
                    }
                }
                FieldValue::Setpoint(setpoint) => setpoint_ui(ui, view, &name, setpoint),
                FieldValue::Range(Some(low), Some(high)) => {
                    setpoint_ui(ui, view, &view.i18n.format("lower-end", [("what", name.as_str().into())]), low);
                    setpoint_ui(ui, view, &view.i18n.format("upper-end", [("what", name.as_str().into())]), high);
                }
                FieldValue::Switch(on) => {
                    toggle_ui(ui, on, &name);
                }
                FieldValue::Presence(away) => {
                    let options = [Away::Home, Away::Away].map(|away| (away.clone(), view.i18n.localize(&away)));
                    if let Some(picked) = segmented_ui(ui, &name, Some(away), &options) {
                        *away = picked;
                    }
                }
                FieldValue::Range(..) | FieldValue::Text(_) | FieldValue::Arrival(_) | FieldValue::Scale(_) => {
                    ui.label(view.value(write));
                }
            }
            if let Some(changed) = slot.write(value) {
                *write = changed;
            }
        });
    });
}

fn setpoint_ui(ui: &mut Ui, view: &ViewContext<'_>, name: &str, setpoint: &mut Setpoint) {
    let shown = view.i18n.in_scale(*setpoint);
    let range = shown.scale.range();
    for (icon, id, by) in
        [(icons::MINUS, "dial-lower", -shown.scale.step()), (icons::PLUS, "dial-raise", shown.scale.step())]
    {
        if by > 0.0 {
            ui.label(view.i18n.degrees(shown));
        }
        let label = view.i18n.format(id, [("what", name.into())]);
        if button_ui(ui, icon, &label).clicked() {
            let degrees = (shown.degrees + by).clamp(*range.start(), *range.end());
            *setpoint = Setpoint { degrees, ..shown };
        }
    }
}
