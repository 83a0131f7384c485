//! The two setpoints of heat-cool, kept apart by the deadband.

use egui::{RangeSlider, RichText, SliderClamping, Ui};

use crate::engine::Settle;
use crate::home::{DeviceId, Setpoint, Thermostat, Write};
use crate::ui::theme::colors;
use crate::ui::theme::tokens::size;
use crate::ui::view::{Draft, View};

/// Draws the control of a thermostat's range.
pub(crate) fn pair_slider_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str) {
    let scale = thermostat.scale();
    let Some((low, high)) = thermostat.target_temperature_low.zip(thermostat.target_temperature_high) else {
        ui.label("unknown");
        return;
    };
    let at = |degrees: f64| Setpoint { degrees, scale }.rounded();
    let slot = Write::Range { thermostat: id.clone(), low: None, high: None }.slot();
    let (mut low, mut high) = match view.drafts.of(&slot) {
        Some(Draft::Pair(low, high)) => (*low, *high),
        Some(Draft::Number(_) | Draft::Text(_)) | None => (low.view(scale), high.view(scale)),
    };
    let colors = colors(ui.visuals());
    let reading = |ui: &mut Ui, degrees: f64, color| {
        ui.label(RichText::new(at(degrees).short()).size(size::TITLE).color(color));
    };
    ui.spacing_mut().slider_width = (ui.available_width() - 130.0).clamp(80.0, 560.0);
    ui.visuals_mut().widgets.inactive.bg_fill = colors.tick;
    reading(ui, low, colors.heat);
    let slider = RangeSlider::new(&mut low, &mut high, thermostat.setpoint_range(scale))
        .min_separation(scale.min_gap())
        .step_by(scale.step())
        .clamping(SliderClamping::Edits)
        .show_value(false);
    let response = ui.add(slider).accessible_name(name);
    // Each handle is a node of its own and needs a name of its own.
    for (handle, end) in [("low", "lower end"), ("high", "upper end")] {
        let label = format!("{name}, {end}");
        ui.ctx().accesskit_node_builder(response.id.with(handle), |node| node.set_label(label));
    }
    reading(ui, high, colors.cool);
    let wish = Write::Range { thermostat: id.clone(), low: Some(at(low)), high: Some(at(high)) };
    if response.dragged() {
        view.drafts.begin(&slot, || slot.present(&view.snapshot.confirmed, Some(scale)));
        view.drafts.keep(slot, Draft::Pair(low, high));
    } else if response.drag_stopped() {
        view.drafts.keep(slot, Draft::Pair(low, high));
        view.want(wish, Settle::Drag);
    } else if response.changed() {
        view.drafts.keep(slot, Draft::Pair(low, high));
        view.want(wish, Settle::Step);
    }
}
