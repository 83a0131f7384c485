//! The controls of the simulated home: weather, visitors, smoke, failures, and the speed of time.

use std::sync::Arc;

use egui::{RichText, Slider, Ui};

use super::{api_bar_ui, cards_ui};
use crate::home::{AlarmState, BatteryHealth, DeviceId, DeviceTree, Scale, Setpoint};
use crate::simulator::{Conditions, EventKind};
use crate::ui::action::Action;
use crate::ui::intent::{AppIntent, SimulatorCommand};
use crate::ui::theme::tokens::space;
use crate::ui::theme::{icons, small, title};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{
    button_or_why_ui, button_ui, card_ui, choice_ui, icon_label_ui, plain_row_ui, segmented_ui, toggle_ui,
};

/// The limits of a lock that this page sets, in degrees Celsius.
const LOCK: (f64, f64) = (18.0, 22.0);

/// Smallest and largest width of a slider, in points.
const SLIDER: (f32, f32) = (120.0, 220.0);
/// Width of the number beside a slider, in points.
const NUMBER: f32 = 80.0;

/// Draws the page; `conditions` is `None` if the account is not simulated.
pub(in crate::ui) fn simulator_ui(ui: &mut Ui, view: &mut ViewContext<'_>, conditions: Option<Conditions>) {
    api_bar_ui(ui, view, Action::Simulator);
    ui.add_space(space::XS);
    let Some(conditions) = conditions else {
        super::message_ui(ui, view, icons::SIMULATOR, "simulator-not-here", "simulator-not-here-about");
        return;
    };
    ui.label(small(view.text("simulator-about")).color(view.colors.muted));
    ui.add_space(space::XS);
    let home = Arc::clone(&view.snapshot.confirmed);
    let events = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        weather_ui(ui, view, conditions);
        cameras_ui(ui, view, &home);
        protects_ui(ui, view, &home);
    };
    let equipment = |ui: &mut Ui, view: &mut ViewContext<'_>| {
        thermostats_ui(ui, view, &home);
        homes_ui(ui, view, &home);
    };
    cards_ui(ui, view, "simulator", [Box::new(events), Box::new(equipment)]);
}

fn happen(view: &mut ViewContext<'_>, happening: SimulatorCommand) {
    view.send(AppIntent::Simulate(happening));
}

fn weather_ui(ui: &mut Ui, view: &mut ViewContext<'_>, conditions: Conditions) {
    card_ui(ui, |ui| {
        let name = view.text("simulator-outdoor");
        let outdoor = view.i18n.temperature(Setpoint::celsius(conditions.outdoor_celsius));
        let about = if conditions.is_outdoor_fixed {
            view.i18n.format("simulator-outdoor-fixed", [("degrees", outdoor.into())])
        } else {
            view.i18n.format("simulator-outdoor-free", [("degrees", outdoor.into())])
        };
        plain_row_ui(ui, view, &name, &about, |ui, view| {
            // The slider takes the width that its number leaves.
            ui.spacing_mut().slider_width = (ui.available_width() - NUMBER).clamp(SLIDER.0, SLIDER.1);
            let mut celsius = conditions.outdoor_celsius.round();
            let i18n = view.i18n;
            let slider = Slider::new(&mut celsius, -20.0..=40.0)
                .step_by(1.0)
                .suffix(" °C")
                .custom_formatter(|celsius, _| i18n.decimal(celsius, 0))
                .custom_parser(|typed| typed.replace(',', ".").parse().ok())
                .update_while_editing(false);
            if ui.add(slider).accessible_name(&name).changed() {
                happen(view, SimulatorCommand::Outdoor(Some(celsius)));
            }
            let free = view.text("simulator-outdoor-release");
            let why_not = (!conditions.is_outdoor_fixed).then(|| view.text("simulator-outdoor-is-free"));
            if button_or_why_ui(ui, &free, &free, why_not.as_deref()).clicked() {
                happen(view, SimulatorCommand::Outdoor(None));
            }
        });
        ui.separator();
        let name = view.text("simulator-speed");
        let minutes = (conditions.hour * 60.0) as u32;
        let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let about = view.i18n.format("simulator-time", [("time", time.into())]);
        plain_row_ui(ui, view, &name, &about, |ui, view| {
            let options: Vec<(u32, String)> =
                [1, 10, 60, 600].map(|speed: u32| (speed, format!("{speed}×"))).into_iter().collect();
            let present = conditions.speed.round() as u32;
            if let Some(speed) = segmented_ui(ui, &name, Some(&present), &options) {
                happen(view, SimulatorCommand::Speed(f64::from(speed)));
            }
        });
    });
}

fn cameras_ui(ui: &mut Ui, view: &mut ViewContext<'_>, home: &DeviceTree) {
    for (id, camera) in &home.cameras {
        card_ui(ui, |ui| {
            let name = view.name_or(camera.name.as_deref(), "camera");
            icon_label_ui(ui, icons::CAMERA, title(name.as_str()));
            let is_dark = camera.is_streaming != Some(true) || !camera.is_reachable();
            let why_not = is_dark.then(|| view.text("simulator-camera-dark"));
            ui.horizontal_wrapped(|ui| {
                for (icon, text, kind) in [
                    (icons::PERSON, "event-person", EventKind::Person),
                    (icons::MOTION, "event-motion", EventKind::Motion),
                    (icons::SOUND, "event-sound", EventKind::Sound),
                ] {
                    let event = view.text(text);
                    let label = view.i18n.format(
                        "simulator-event-name",
                        [("event", event.as_str().into()), ("device", name.as_str().into())],
                    );
                    if button_or_why_ui(ui, format!("{icon} {event}"), &label, why_not.as_deref()).clicked() {
                        happen(view, SimulatorCommand::Event(id.clone(), kind));
                    }
                }
                online_ui(ui, view, id, &name, camera.is_reachable());
            });
        });
    }
}

fn protects_ui(ui: &mut Ui, view: &mut ViewContext<'_>, home: &DeviceTree) {
    for (id, protect) in &home.protects {
        card_ui(ui, |ui| {
            let name = super::protect::protect_name(view, protect);
            icon_label_ui(ui, icons::SHIELD, title(name.as_str()));
            for (text, state, make) in [
                (
                    "fact-smoke",
                    &protect.smoke_alarm_state,
                    SimulatorCommand::Smoke as fn(DeviceId, AlarmState) -> SimulatorCommand,
                ),
                ("fact-co", &protect.co_alarm_state, SimulatorCommand::Co),
            ] {
                let what = view.text(text);
                plain_row_ui(ui, view, &what, "", |ui, view| {
                    let options = [AlarmState::Ok, AlarmState::Warning, AlarmState::Emergency]
                        .map(|state| (state.clone(), view.i18n.localize(&state)));
                    if let Some(state) = segmented_ui(ui, &format!("{name}, {what}"), state.as_ref(), &options) {
                        happen(view, make(id.clone(), state));
                    }
                });
            }
            ui.horizontal_wrapped(|ui| {
                let low = protect.battery_health == Some(BatteryHealth::Replace);
                let (text, next) = if low {
                    ("simulator-battery-full", BatteryHealth::Ok)
                } else {
                    ("simulator-battery-low", BatteryHealth::Replace)
                };
                let label = view.text(text);
                if button_ui(ui, &label, &format!("{label}, {name}")).clicked() {
                    happen(view, SimulatorCommand::Battery(id.clone(), next));
                }
                online_ui(ui, view, id, &name, protect.is_online != Some(false));
            });
        });
    }
}

fn thermostats_ui(ui: &mut Ui, view: &mut ViewContext<'_>, home: &DeviceTree) {
    for (id, thermostat) in &home.thermostats {
        card_ui(ui, |ui| {
            let name = view.name_or(thermostat.name.as_deref(), "thermostat");
            icon_label_ui(ui, icons::FLAME, title(name.as_str()));
            let scale = thermostat.scale();
            let at = |celsius: f64| match scale {
                Scale::Celsius => Setpoint::celsius(celsius),
                Scale::Fahrenheit => Setpoint::fahrenheit(celsius * 1.8 + 32.0).rounded(),
            };
            let (low, high) = (at(LOCK.0), at(LOCK.1));
            let about = view.i18n.format(
                "simulator-lock-about",
                [("low", view.i18n.degrees(low).into()), ("high", view.i18n.degrees(high).into())],
            );
            let lock = view.text("simulator-lock");
            plain_row_ui(ui, view, &lock, &about, |ui, view| {
                let mut on = thermostat.is_locked == Some(true);
                if toggle_ui(ui, &mut on, &format!("{lock}, {name}")).changed() {
                    happen(view, SimulatorCommand::Lock(id.clone(), on.then_some((low, high))));
                }
            });
            let emergency = view.text("fact-emergency-heat");
            plain_row_ui(ui, view, &emergency, "", |ui, view| {
                let mut on = thermostat.is_using_emergency_heat == Some(true);
                if toggle_ui(ui, &mut on, &format!("{emergency}, {name}")).changed() {
                    happen(view, SimulatorCommand::EmergencyHeat(id.clone(), on));
                }
            });
            online_ui(ui, view, id, &name, thermostat.is_reachable());
        });
    }
}

fn homes_ui(ui: &mut Ui, view: &mut ViewContext<'_>, home: &DeviceTree) {
    for (id, structure) in &home.structures {
        card_ui(ui, |ui| {
            let name = view.name_or(structure.name.as_deref(), "structure");
            icon_label_ui(ui, icons::HOME, title(name.as_str()));
            let rush_hour = view.text("fact-rush-hour");
            plain_row_ui(ui, view, &rush_hour, &view.text("simulator-rush-hour-about"), |ui, view| {
                let lasts = structure.peak_period_start_time.zip(structure.peak_period_end_time);
                let hours = lasts.map_or(0, |(start, end)| end.duration_since(start).as_hours() as u32);
                let title = |hours: &u32| match hours {
                    0 => view.text("off"),
                    hours => view.i18n.minutes(i64::from(*hours) * 60),
                };
                let label = format!("{rush_hour}, {name}");
                if let Some(hours) = choice_ui(ui, &label, Some(&hours), &[0, 1, 2, 4], title) {
                    happen(view, SimulatorCommand::RushHour(id.clone(), hours));
                }
            });
        });
    }
}

fn online_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId, name: &str, online: bool) {
    let text = if online { "simulator-take-offline" } else { "simulator-bring-online" };
    let label = view.text(text);
    let icon = if online { icons::OFFLINE } else { icons::CHECK };
    if button_ui(ui, RichText::new(format!("{icon} {label}")), &format!("{label}, {name}")).clicked() {
        happen(view, SimulatorCommand::Online(id.clone(), !online));
    }
}
