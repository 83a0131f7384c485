//! A thermostat: the dial, and all other settings.

use egui::{Align, Layout, Ui, vec2};

use super::hold::hold_card_ui;
use super::{Columns, PageParts, columns_ui, fact_ui, gone_ui, heading_ui, recent_ui};
use crate::engine::Debounce;
use crate::home::{DeviceId, FAN_DURATIONS_MIN, Field, HvacMode, Node, Refusal, Scale, Slot, Thermostat, Write};
use crate::ui::chart::history_card_ui;
use crate::ui::theme::tokens::{measure, size};
use crate::ui::theme::{icons, regular, small};
use crate::ui::view::ViewContext;
use crate::ui::widgets::climate::{degrees, fan_until, limits};
use crate::ui::widgets::{below_ui, card_ui, choice_ui, dial_ui, row_ui, segmented_ui, text_field_ui, toggle_ui};

/// Draws the page.
pub(super) fn thermostat_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
    let Some(thermostat) = view.snapshot.shown.thermostats.get(id).cloned() else {
        gone_ui(ui, view, "thermostat");
        return;
    };
    let name = view.name_or(thermostat.name.as_deref(), "thermostat");
    heading_ui(ui, view, thermostat.structure_id.as_ref(), &name, Some(id));
    let dial = |ui: &mut Ui, view: &mut ViewContext<'_>| dial_column_ui(ui, view, id, &thermostat, &name);
    let settings = |ui: &mut Ui, view: &mut ViewContext<'_>| settings_ui(ui, view, id, &thermostat);
    let curve = |ui: &mut Ui, view: &mut ViewContext<'_>| history_card_ui(ui, view, id, &thermostat, &name);
    let recent = |ui: &mut Ui, view: &mut ViewContext<'_>| recent_ui(ui, view, &Node::Thermostat(id.clone()));
    columns_ui(
        ui,
        view,
        id,
        Columns::Dial,
        PageParts {
            main: Box::new(dial),
            controls: Box::new(settings),
            curve: Some(Box::new(curve)),
            lists: Box::new(recent),
        },
    );
}

fn dial_column_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat, name: &str) {
    dial_ui(ui, view, id, thermostat, name);
    let field = if is_range(thermostat) { Field::Range } else { Field::Target };
    let slot = Slot { node: Node::Thermostat(id.clone()), field };
    let refusal = view.blocked(&slot);
    let remarked = view.remark.as_ref().is_some_and(|(remarked, _)| *remarked == slot);
    if refusal.is_some() || remarked || view.state(&slot).is_some() {
        if refusal != Some(Refusal::Offline) || view.state(&slot).is_some() {
            // As wide as the dial, and so under its axis.
            let width = ui.available_width().min(measure::DIAL);
            ui.vertical_centered(|ui| {
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    card_ui(ui, |ui| below_ui(ui, view, &slot));
                });
            });
        }
    } else if is_range(thermostat) {
        let gap = view.i18n.temperature(view.i18n.scale_of(thermostat).gap());
        let text = view.i18n.format("dial-keeps-apart", [("gap", gap.into())]);
        ui.vertical_centered(|ui| ui.label(small(text).color(view.colors.muted)));
    }
    hold_card_ui(ui, view, id, thermostat, name);
}

fn is_range(thermostat: &Thermostat) -> bool {
    thermostat.hvac_mode == Some(HvacMode::HeatCool)
}

fn settings_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let slot = |field| Slot { node: Node::Thermostat(id.clone()), field };
    super::offline_ui(ui, view, thermostat.is_reachable());
    let room = ui.available_width();
    row_ui(ui, view, &slot(Field::Mode), &mode_about(view, thermostat), |ui, view| {
        if let Some(mode) = mode_ui(ui, view, thermostat, room) {
            view.request(Write::Mode(id.clone(), mode), Debounce::Now);
        }
    });
    if thermostat.has_fan != Some(false) {
        fan_row_ui(ui, view, id, thermostat);
    }
    row_ui(ui, view, &slot(Field::Scale), &view.text("scale-about"), |ui, view| {
        let options = [(Scale::Celsius, "°C".to_owned()), (Scale::Fahrenheit, "°F".to_owned())];
        let name = view.text("scale");
        if let Some(scale) = segmented_ui(ui, &name, thermostat.temperature_scale.as_ref(), &options) {
            view.request(Write::Scale(id.clone(), scale), Debounce::Now);
        }
    });
    row_ui(ui, view, &slot(Field::Label), &view.text("label-about"), |ui, view| {
        let confirmed = thermostat.label.clone().unwrap_or_default();
        let name = view.text("field-label");
        text_field_ui(ui, view, &slot(Field::Label), &name, &confirmed);
    });
    facts_ui(ui, view, thermostat);
}

/// Draws the modes that the equipment supports: side by side, or as a list in a narrow window.
fn mode_ui(ui: &mut Ui, view: &ViewContext<'_>, thermostat: &Thermostat, room: f32) -> Option<HvacMode> {
    /// Horizontal space around the text of a mode, in points.
    const PADDING: f32 = 26.0;
    /// Width of the row's margins and its name, in points.
    const REST: f32 = 190.0;
    let modes = thermostat.modes();
    let name = view.text("field-mode");
    let chosen = thermostat.hvac_mode.as_ref();
    let options: Vec<(HvacMode, String)> = modes.iter().map(|mode| (mode.clone(), view.i18n.localize(mode))).collect();
    let width = |title: &String| {
        ui.painter().layout_no_wrap(title.clone(), regular(size::BODY), view.colors.text).size().x + PADDING
    };
    let wide: f32 = options.iter().map(|(_, title)| width(title)).sum();
    if wide + REST > room {
        return choice_ui(ui, &name, chosen, &modes, |mode| view.i18n.localize(mode));
    }
    segmented_ui(ui, &name, chosen, &options)
}

/// A line for each mode, so that the card has the same height in all of them.
fn mode_about(view: &ViewContext<'_>, thermostat: &Thermostat) -> String {
    match (&thermostat.hvac_mode, thermostat.mode_before_eco()) {
        (Some(HvacMode::Eco), Some(before)) => {
            view.i18n.format("mode-before-eco", [("mode", view.i18n.localize(before).into())])
        }
        (Some(HvacMode::Eco), None) => view.text("mode-eco-about"),
        (Some(HvacMode::Heat), _) => view.text("mode-heat-about"),
        (Some(HvacMode::Cool), _) => view.text("mode-cool-about"),
        (Some(HvacMode::HeatCool), _) => view.text("mode-heat-cool-about"),
        (Some(HvacMode::Off), _) => view.text("mode-off-about"),
        (Some(HvacMode::Other(_)) | None, _) => view.text("mode-unknown-about"),
    }
}

fn fan_row_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let slot = |field| Slot { node: Node::Thermostat(id.clone()), field };
    let runs = thermostat.fan_timer_active == Some(true);
    let about = match (runs, fan_until(view, thermostat)) {
        (true, Some(until)) => view.i18n.format("fan-runs-until", [("time", view.clock(until).into())]),
        (true, None) => view.text("fan-runs"),
        (false, _) => view.text("fan-about"),
    };
    row_ui(ui, view, &slot(Field::FanTimer), &about, |ui, view| {
        let options = FAN_DURATIONS_MIN.map(i64::from);
        let chosen = thermostat.fan_timer_duration;
        let name = view.text("field-fan-duration");
        let picked = choice_ui(ui, &name, chosen.as_ref(), &options, |minutes| view.i18n.minutes(*minutes));
        if let Some(minutes) = picked {
            view.request(Write::FanDuration(id.clone(), minutes), Debounce::Now);
        }
        let mut on = runs;
        let name = view.text("field-fan");
        if toggle_ui(ui, &mut on, &name).changed() {
            view.request(Write::FanTimer(id.clone(), on), Debounce::Now);
        }
    });
    // The fan duration has no row of its own, so show its write state here.
    if view.state(&slot(Field::FanDuration)).is_some() {
        card_ui(ui, |ui| below_ui(ui, view, &slot(Field::FanDuration)));
    }
}

fn facts_ui(ui: &mut Ui, view: &ViewContext<'_>, thermostat: &Thermostat) {
    let facts = facts(view, thermostat);
    // Do not draw an empty card.
    if facts.is_empty() {
        return;
    }
    card_ui(ui, |ui| {
        for (icon, key, value) in facts {
            fact_ui(ui, view, icon, key, &value);
        }
    });
}

/// Read-only facts of a thermostat: the icon, the message id of the name, and the value.
fn facts(view: &ViewContext<'_>, thermostat: &Thermostat) -> Vec<(&'static str, &'static str, String)> {
    let percent = |humidity: i64| view.i18n.format("percent", [("value", humidity.into())]);
    let locked = (thermostat.is_locked == Some(true)).then(|| {
        let bound = |bound| degrees(view, thermostat, bound);
        format!("{}–{}", bound(thermostat.locked_temp_min), bound(thermostat.locked_temp_max))
    });
    let emergency = (thermostat.is_using_emergency_heat == Some(true)).then(|| view.text("on"));
    let facts = [
        (icons::DROP, "fact-humidity", thermostat.humidity.map(percent)),
        (icons::LEAF, "fact-eco", limits(view, thermostat)),
        (icons::LOCK, "fact-lock", locked),
        (icons::WARNING, "fact-emergency-heat", emergency),
        (icons::CLOCK, "fact-last-connection", thermostat.last_connection.map(|at| view.clock(at))),
        (icons::SETTINGS, "fact-software", thermostat.software_version.clone()),
    ];
    facts.into_iter().filter_map(|(icon, key, value)| Some((icon, key, value?))).collect()
}
