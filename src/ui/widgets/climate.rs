//! The activity of a thermostat in colour, icon and text, and the steps of its range, shared by cards and launcher.

use egui::{Button, Color32, RichText, Ui};

use super::{focus_ring, round_button_ui, value_scope};
use crate::engine::Debounce;
use crate::home::{DeviceId, HvacMode, HvacState, Node, Setpoint, Temperature, Thermostat, Training, Write};
use crate::ui::theme::icons;
use crate::ui::theme::tokens::size::BODY;
use crate::ui::theme::tokens::space;
use crate::ui::view::ViewContext;

/// The activity of the equipment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Doing {
    /// The colour of the text, for every surface.
    pub(crate) color: Color32,
    /// An icon with the same meaning, for readers who do not see the colour.
    pub(crate) icon: &'static str,
    /// The text: `Heating`, `Holding`, `Offline`.
    pub(crate) words: String,
    /// The text before the number on the dial: `Heating to`.
    pub(crate) lead: String,
    /// More text: `about 20 min` if known, or `last connected 14:02`.
    pub(crate) more: Option<String>,
    /// The colour of the dial's disc, while the equipment runs or eco is on.
    pub(crate) disc: Option<Color32>,
}

/// The current activity of a thermostat.
pub(crate) fn doing(view: &ViewContext<'_>, id: &DeviceId, thermostat: &Thermostat) -> Doing {
    let colors = view.colors;
    let say = |id: &str| view.i18n.text(id).into_owned();
    let plain = |color, icon, words: String| Doing { color, icon, lead: words.clone(), words, more: None, disc: None };
    if let Some(words) = view.outdated(&Node::Thermostat(id.clone())) {
        return plain(colors.muted, icons::OFFLINE, words);
    }
    if !thermostat.is_reachable() {
        // The service gives the time of the last connection, not the time since when it is offline.
        let last = thermostat.last_connection;
        let more = last.map(|at| view.i18n.format("last-connection", [("time", view.clock(at).into())]));
        return Doing { more, ..plain(colors.warning, icons::OFFLINE, say("offline")) };
    }
    // While the thermostat still learns how fast the room warms, its estimate is meaningless.
    let more = match thermostat.time_to_target_training {
        Some(Training::Training) => Some(say("time-learning")),
        Some(Training::Ready | Training::Other(_)) | None => {
            thermostat.time_to_target.and_then(|time| view.i18n.time_to_target(time))
        }
    };
    match (&thermostat.hvac_state, &thermostat.hvac_mode) {
        (Some(HvacState::Heating), _) => Doing {
            color: colors.heat,
            icon: icons::FLAME,
            words: say("doing-heating"),
            lead: say("doing-heating-to"),
            more,
            disc: Some(colors.disc_heat),
        },
        (Some(HvacState::Cooling), _) => Doing {
            color: colors.cool,
            icon: icons::SNOW,
            words: say("doing-cooling"),
            lead: say("doing-cooling-to"),
            more,
            disc: Some(colors.disc_cool),
        },
        (_, Some(HvacMode::Eco)) => {
            let words = match limits(view, thermostat) {
                Some(limits) => view.i18n.format("doing-eco-between", [("limits", limits.into())]),
                None => say("mode-eco"),
            };
            Doing {
                color: colors.eco,
                icon: icons::LEAF,
                lead: say("mode-eco"),
                words,
                more: None,
                disc: Some(colors.disc_eco),
            }
        }
        (_, Some(HvacMode::Off)) => plain(colors.muted, icons::MINUS, say("mode-off")),
        // A tick would say that all is well, beside a room that is too cold.
        (_, Some(HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool)) if thermostat.is_content() == Some(false) => {
            plain(colors.muted, icons::MINUS, say("doing-idle"))
        }
        (_, Some(HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool)) => {
            plain(colors.eco, icons::CHECK, say("doing-holding"))
        }
        (_, Some(HvacMode::Other(_)) | None) => plain(colors.muted, icons::HELP, say("unknown")),
    }
}

/// The eco limits: `17.0–24.0°`.
pub(crate) fn limits(view: &ViewContext<'_>, thermostat: &Thermostat) -> Option<String> {
    let at = |t: Temperature| t.setpoint(view.i18n.scale_of(thermostat));
    let (low, high) = thermostat.eco_limits();
    match (low.map(at), high.map(at)) {
        (Some(low), Some(high)) => Some(span(view, low, high)),
        (Some(low), None) => Some(view.i18n.format("value-from", [("low", view.i18n.degrees(low).into())])),
        (None, Some(high)) => Some(view.i18n.format("value-to", [("high", view.i18n.degrees(high).into())])),
        (None, None) => None,
    }
}

/// A range of setpoints: `18.0–24.0°`.
pub(crate) fn span(view: &ViewContext<'_>, low: Setpoint, high: Setpoint) -> String {
    format!("{}–{}", view.i18n.number(low), view.i18n.degrees(high))
}

/// A temperature in the thermostat's scale, such as `20.5°`, or a dash.
pub(crate) fn degrees(view: &ViewContext<'_>, thermostat: &Thermostat, temperature: Option<Temperature>) -> String {
    temperature.map_or_else(|| "–".to_owned(), |t| view.i18n.degrees(t.setpoint(view.i18n.scale_of(thermostat))))
}

/// The time when the fan stops; `None` while it does not run, for which the service reports the epoch.
pub(crate) fn fan_until(view: &ViewContext<'_>, thermostat: &Thermostat) -> Option<jiff::Timestamp> {
    let runs = thermostat.fan_timer_active == Some(true);
    thermostat.fan_timer_timeout.filter(|until| runs && *until > view.now)
}

/// The end of a range that the step buttons move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RangeEnd {
    Low,
    High,
}

/// Draws a range with its step buttons. A press on a number chooses the end that they move; at first that is the end
/// that the room is nearer to.
pub(crate) fn range_steps_ui(
    ui: &mut Ui,
    view: &mut ViewContext<'_>,
    id: &DeviceId,
    thermostat: &Thermostat,
    name: &str,
    size: f32,
) {
    let scale = view.i18n.scale_of(thermostat);
    let ends = thermostat.target_temperature_low.zip(thermostat.target_temperature_high);
    let Some((low, high)) = ends.map(|(low, high)| (low.setpoint(scale), high.setpoint(scale))) else { return };
    let chosen_id = ui.make_persistent_id(("range end", id));
    let nearer = thermostat.ambient_temperature.map_or(RangeEnd::Low, |room| {
        let room = room.view(scale);
        if room - low.degrees > high.degrees - room { RangeEnd::High } else { RangeEnd::Low }
    });
    let mut end: RangeEnd = ui.data(|data| data.get_temp(chosen_id)).unwrap_or(nearer);
    let range = thermostat.setpoint_range(scale);
    let step = |end: RangeEnd, by: f64| {
        let within = |degrees: f64, least: f64, most: f64| {
            Setpoint { degrees: degrees.clamp(least, most.max(least)), scale }.rounded()
        };
        let (low, high) = match end {
            RangeEnd::Low => (within(low.degrees + by, *range.start(), high.degrees - scale.min_gap()), high),
            RangeEnd::High => (low, within(high.degrees + by, low.degrees + scale.min_gap(), *range.end())),
        };
        Write::Range { thermostat: id.clone(), low: Some(low), high: Some(high) }
    };
    let names = ["dial-heat-to", "dial-cool-to"].map(|what| format!("{name}, {}", view.text(what)));
    let end_name = |end: RangeEnd| {
        let [low, high] = &names;
        if end == RangeEnd::Low { low.clone() } else { high.clone() }
    };
    let present = step(end, 0.0);
    value_scope(ui, view, &present.slot(), |ui, view| {
        // Beside small numbers the card has little room.
        ui.spacing_mut().item_spacing.x = if size > BODY { space::XS } else { space::XS / 2.0 };
        let cooler = view.i18n.format("card-cooler", [("device", end_name(end).into())]);
        let down = step(end, -scale.step());
        if round_button_ui(ui, icons::MINUS, &cooler, down != present).clicked() {
            view.request(down, Debounce::Step);
        }
        let is_outdated = view.outdated(&Node::Thermostat(id.clone())).is_some();
        let color = |color| if is_outdated { view.colors.muted } else { color };
        let ways = [(RangeEnd::Low, low, color(view.colors.heat)), (RangeEnd::High, high, color(view.colors.cool))];
        for (this, setpoint, color) in ways {
            if this == RangeEnd::High {
                ui.label(RichText::new("–").size(size));
            }
            let text = RichText::new(view.i18n.degrees(setpoint)).size(size).color(color);
            // The line marks the end that the buttons move.
            let text = if this == end { text.underline() } else { text };
            ui.spacing_mut().button_padding.x = 0.0;
            let response = ui.add(Button::new(text).frame(false)).accessible_name(format!(
                "{}: {}",
                end_name(this),
                view.i18n.degrees(setpoint)
            ));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(this == end));
            focus_ring(ui, &response);
            if response.clicked() {
                end = this;
                ui.data_mut(|data| data.insert_temp(chosen_id, end));
            }
        }
        let warmer = view.i18n.format("card-warmer", [("device", end_name(end).into())]);
        let up = step(end, scale.step());
        if round_button_ui(ui, icons::PLUS, &warmer, up != present).clicked() {
            view.request(up, Debounce::Step);
        }
    });
}
