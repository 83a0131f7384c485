//! One setpoint: a slider between a step down and a step up.

use egui::{Button, Key, Slider, SliderClamping, Ui};

use crate::engine::{Phase, Request, Settle};
use crate::home::{DeviceId, Setpoint, Thermostat, Write};
use crate::ui::intent::Intent;
use crate::ui::theme::colors;
use crate::ui::view::{Draft, View};
use crate::ui::widgets::typed_setpoint::typed_setpoint_ui;

/// Draws the control of a thermostat's target.
///
/// A drag sends nothing until it is released; steps, keys and assistive technology settle a
/// little longer, because another step may follow.
pub(crate) fn setpoint_slider_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str) {
    let scale = thermostat.scale();
    let Some(shown) = thermostat.target_temperature else {
        ui.label("unknown");
        return;
    };
    let slot = Write::Target(id.clone(), Setpoint { degrees: 0.0, scale }).slot();
    let mut value = match view.drafts.of(&slot) {
        Some(Draft::Number(value)) => *value,
        Some(Draft::Pair(..) | Draft::Text(_)) | None => shown.view(scale),
    };
    let range = thermostat.setpoint_range(scale);
    let step = scale.step();
    let write = |degrees| Write::Target(id.clone(), Setpoint { degrees, scale }.rounded());
    let nudged = |value: f64, by: f64| (value + by).clamp(*range.start(), *range.end());

    ui.spacing_mut().slider_width = (ui.available_width() - 190.0).clamp(80.0, 560.0);
    // The rail has to be seen: it is where a hand goes.
    ui.visuals_mut().widgets.inactive.bg_fill = colors(ui.visuals()).tick;
    let down = ui.add_enabled(value > *range.start(), Button::new("−")).accessible_name(format!("Lower {name}"));
    if down.clicked() {
        step_to(view, &write, nudged(value, -step));
    }
    let slider = Slider::new(&mut value, range.clone()).step_by(step).clamping(SliderClamping::Edits).show_value(false);
    let response = ui.add(slider).accessible_name(name);
    let shown = Setpoint { degrees: value, scale };
    ui.scope(|ui| typed_setpoint_ui(ui, view, id, &slot, shown, name));
    let up = ui.add_enabled(value < *range.end(), Button::new("+")).accessible_name(format!("Raise {name}"));
    if up.clicked() {
        step_to(view, &write, nudged(value, step));
    }
    // Enter sends what settles at once, Esc takes it back.
    let waits = view.state(&slot).is_some_and(|state| matches!(state.phase, Phase::Waiting { .. }));
    if waits && (response.has_focus() || response.lost_focus()) {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            view.ask(Intent::Engine(Request::SendNow(slot.clone())));
        } else if ui.input(|input| input.key_pressed(Key::Escape)) {
            view.drafts.drop(&slot);
            view.ask(Intent::Engine(Request::Discard(slot.clone())));
        }
    }
    if response.dragged() {
        view.drafts.begin(&slot, || slot.present(&view.snapshot.confirmed, Some(scale)));
        view.drafts.keep(slot, Draft::Number(value));
    } else if response.drag_stopped() {
        // The value of the last frame of the drag, even when this frame changed nothing.
        view.drafts.keep(slot, Draft::Number(value));
        view.want(write(value), Settle::Drag);
    } else if response.changed() {
        step_to(view, &write, value);
    }
}

fn step_to(view: &mut View<'_>, write: &impl Fn(f64) -> Write, degrees: f64) {
    let wish = write(degrees);
    view.drafts.keep(wish.slot(), Draft::Number(degrees));
    view.want(wish, Settle::Step);
}
