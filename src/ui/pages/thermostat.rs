//! A thermostat: the room, what the equipment does, and everything that can be set.

use egui::{RichText, Ui};

use super::{fact_ui, gone_ui, heading_ui, scrolling};
use crate::engine::Settle;
use crate::home::{
    DeviceId, FAN_DURATIONS_MIN, Field, HvacMode, HvacState, Node, Scale, Slot, Temperature, Thermostat, Write,
};
use crate::ui::theme::colors;
use crate::ui::theme::tokens::{Colors, size, space};
use crate::ui::view::View;
use crate::ui::widgets::{
    card_ui, choice_ui, dot_ui, pair_slider_ui, row_ui, segmented_ui, setpoint_slider_ui, text_field_ui, toggle_ui,
    wide_row_ui,
};

/// Draws the page.
pub(super) fn thermostat_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId) {
    let Some(thermostat) = view.snapshot.shown.thermostats.get(id).cloned() else {
        gone_ui(ui, view, "Thermostat");
        return;
    };
    let name = thermostat.name.clone().unwrap_or_else(|| "Thermostat".to_owned());
    heading_ui(ui, view, thermostat.structure_id.as_ref(), &name);
    scrolling(ui, "thermostat", |ui| {
        reading_ui(ui, view, &thermostat);
        let slot = |field| Slot { node: Node::Thermostat(id.clone()), field };
        let is_range = thermostat.hvac_mode == Some(HvacMode::HeatCool);
        if is_range {
            let about = match thermostat.scale() {
                Scale::Celsius => "Keeps at least 1.5 °C between the two",
                Scale::Fahrenheit => "Keeps at least 3 °F between the two",
            };
            wide_row_ui(ui, view, &slot(Field::Range), about, |ui, view| {
                pair_slider_ui(ui, view, id, &thermostat, &format!("{name} target range"));
            });
        } else {
            wide_row_ui(ui, view, &slot(Field::Target), "", |ui, view| {
                setpoint_slider_ui(ui, view, id, &thermostat, &format!("{name} target temperature"));
            });
        }
        row_ui(ui, view, &slot(Field::Mode), &mode_about(&thermostat), |ui, view| {
            let modes = thermostat.modes();
            let picked = choice_ui(ui, "Mode", thermostat.hvac_mode.as_ref(), &modes, |mode| mode.title().to_owned());
            if let Some(mode) = picked {
                view.want(Write::Mode(id.clone(), mode), Settle::Now);
            }
        });
        fan_rows_ui(ui, view, id, &thermostat);
        row_ui(ui, view, &slot(Field::Scale), "What the device itself shows", |ui, view| {
            let options = [(Scale::Celsius, "°C"), (Scale::Fahrenheit, "°F")];
            if let Some(scale) = segmented_ui(ui, "Scale", thermostat.temperature_scale.as_ref(), &options) {
                view.want(Write::Scale(id.clone(), scale), Settle::Now);
            }
        });
        row_ui(ui, view, &slot(Field::Label), "A nickname, shown after the name of the place", |ui, view| {
            let confirmed = thermostat.label.clone().unwrap_or_default();
            let slot = slot(Field::Label);
            text_field_ui(ui, view, &slot, "Label", &confirmed, |label| Write::Label(id.clone(), label));
        });
        facts_ui(ui, view, &thermostat);
    });
}

fn reading_ui(ui: &mut Ui, view: &View<'_>, thermostat: &Thermostat) {
    let colors = colors(ui.visuals());
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let room = degrees(thermostat, thermostat.ambient_temperature);
            ui.label(RichText::new(room).size(size::LARGE_READING));
            ui.add_space(space::L);
            ui.vertical(|ui| {
                ui.add_space(space::S);
                ui.horizontal(|ui| {
                    let (color, words) = doing(thermostat, colors);
                    dot_ui(ui, color);
                    ui.label(RichText::new(words).size(size::TITLE).color(color));
                });
                let mut facts = Vec::new();
                let works = thermostat.hvac_state.as_ref().is_some_and(|state| *state != HvacState::Off);
                if works && thermostat.is_reachable() {
                    facts.extend(thermostat.time_to_target.and_then(|time| time.in_words()));
                }
                facts.extend(thermostat.humidity.map(|humidity| format!("{humidity} % humidity")));
                if thermostat.has_leaf == Some(true) {
                    facts.push("saves energy".to_owned());
                }
                if let Some(until) = fan_until(view, thermostat) {
                    facts.push(format!("fan on until {}", view.clock(until)));
                }
                ui.label(RichText::new(facts.join(" · ")).color(colors.muted));
            });
        });
    });
}

/// What the equipment does, with the colour for it.
pub(super) fn doing(thermostat: &Thermostat, colors: &Colors) -> (egui::Color32, String) {
    if !thermostat.is_reachable() {
        return (colors.warning, "Offline".to_owned());
    }
    match (&thermostat.hvac_state, &thermostat.hvac_mode) {
        (Some(HvacState::Heating), _) => (colors.heat, "Heating".to_owned()),
        (Some(HvacState::Cooling), _) => (colors.cool, "Cooling".to_owned()),
        (_, Some(HvacMode::Eco)) => {
            let low = degrees(thermostat, thermostat.eco_temperature_low);
            let high = degrees(thermostat, thermostat.eco_temperature_high);
            (colors.eco, format!("Eco {low}–{high}"))
        }
        (_, Some(HvacMode::Off)) => (colors.muted, "Off".to_owned()),
        (_, Some(HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool)) => (colors.eco, "Holding".to_owned()),
        (_, Some(HvacMode::Other(_)) | None) => (colors.muted, "Unknown".to_owned()),
    }
}

/// `20.5°`, in the thermostat's scale.
pub(super) fn degrees(thermostat: &Thermostat, temperature: Option<Temperature>) -> String {
    temperature.map_or_else(|| "–".to_owned(), |temperature| temperature.setpoint(thermostat.scale()).short())
}

/// When the fan stops; the service says the epoch while it does not run.
fn fan_until(view: &View<'_>, thermostat: &Thermostat) -> Option<jiff::Timestamp> {
    let runs = thermostat.fan_timer_active == Some(true);
    thermostat.fan_timer_timeout.filter(|until| runs && *until > view.now)
}

fn mode_about(thermostat: &Thermostat) -> String {
    match (&thermostat.hvac_mode, thermostat.mode_before_eco()) {
        (Some(HvacMode::Eco), Some(before)) => format!("Was {} before Eco", before.title()),
        _ => String::new(),
    }
}

fn fan_rows_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId, thermostat: &Thermostat) {
    let slot = |field| Slot { node: Node::Thermostat(id.clone()), field };
    let runs = thermostat.fan_timer_active == Some(true);
    let about = match (runs, fan_until(view, thermostat)) {
        (true, Some(until)) => format!("Runs until {}", view.clock(until)),
        (true, None) => "Runs".to_owned(),
        (false, _) => "Runs for the chosen time".to_owned(),
    };
    row_ui(ui, view, &slot(Field::FanTimer), &about, |ui, view| {
        let mut on = runs;
        if toggle_ui(ui, &mut on, "Fan").changed() {
            view.want(Write::FanTimer(id.clone(), on), Settle::Now);
        }
    });
    row_ui(ui, view, &slot(Field::FanDuration), "", |ui, view| {
        let options = FAN_DURATIONS_MIN.map(i64::from);
        let title = |minutes: &i64| match minutes {
            0..60 => format!("{minutes} min"),
            _ if minutes % 60 == 0 => format!("{} h", minutes / 60),
            _ => format!("{} h {} min", minutes / 60, minutes % 60),
        };
        let chosen = thermostat.fan_timer_duration;
        if let Some(minutes) = choice_ui(ui, "Fan duration", chosen.as_ref(), &options, title) {
            view.want(Write::FanDuration(id.clone(), minutes), Settle::Now);
        }
    });
}

fn facts_ui(ui: &mut Ui, view: &View<'_>, thermostat: &Thermostat) {
    card_ui(ui, |ui| {
        let range = |low, high| format!("{} to {}", degrees(thermostat, low), degrees(thermostat, high));
        fact_ui(ui, "Eco", &range(thermostat.eco_temperature_low, thermostat.eco_temperature_high));
        if thermostat.is_locked == Some(true) {
            fact_ui(ui, "Locked on the device", &range(thermostat.locked_temp_min, thermostat.locked_temp_max));
        }
        if thermostat.is_using_emergency_heat == Some(true) {
            fact_ui(ui, "Emergency heat", "on");
        }
        if let Some(at) = thermostat.last_connection {
            fact_ui(ui, "Last heard of", &view.clock(at));
        }
        if let Some(version) = &thermostat.software_version {
            fact_ui(ui, "Software", version);
        }
        for (field, value) in &thermostat.extra {
            fact_ui(ui, field, &value.to_string());
        }
    });
}
