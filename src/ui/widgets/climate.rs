//! What a thermostat does, in colour, glyph and words: said alike on cards and on the dial.

use egui::Color32;

use crate::home::{HvacMode, HvacState, Setpoint, Temperature, Thermostat, Training};
use crate::ui::theme::icons;
use crate::ui::view::View;

/// What the equipment does.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Doing {
    /// For the words, on every surface.
    pub(crate) color: Color32,
    /// A glyph that says the same without colour.
    pub(crate) icon: &'static str,
    /// `Heating`, `Holding`, `Offline`.
    pub(crate) words: String,
    /// Before the number on the dial: `Heating to`.
    pub(crate) lead: String,
    /// `about 20 min`, while it is known; `last connected 14:02`.
    pub(crate) more: Option<String>,
    /// The disc of the dial, while something runs or is saved.
    pub(crate) disc: Option<Color32>,
}

/// What a thermostat does just now.
pub(crate) fn doing(view: &View<'_>, thermostat: &Thermostat) -> Doing {
    let colors = view.colors;
    let say = |id: &str| view.i18n.text(id).into_owned();
    let plain = |color, icon, words: String| Doing { color, icon, lead: words.clone(), words, more: None, disc: None };
    if !thermostat.is_reachable() {
        // The service says when it was last connected, and not since when it is gone.
        let last = thermostat.last_connection;
        let more = last.map(|at| view.i18n.format("last-connection", [("time", view.clock(at).into())]));
        return Doing { more, ..plain(colors.warning, icons::OFFLINE, say("offline")) };
    }
    // While it still learns how fast the room warms, its estimate means nothing.
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
        (_, Some(HvacMode::Heat | HvacMode::Cool | HvacMode::HeatCool)) => {
            plain(colors.eco, icons::CHECK, say("doing-holding"))
        }
        (_, Some(HvacMode::Other(_)) | None) => plain(colors.muted, icons::HELP, say("unknown")),
    }
}

/// The limits of eco: `17.0–24.0°`.
pub(crate) fn limits(view: &View<'_>, thermostat: &Thermostat) -> Option<String> {
    let at = |t: Temperature| t.setpoint(thermostat.scale());
    let (low, high) = thermostat.eco_limits();
    match (low.map(at), high.map(at)) {
        (Some(low), Some(high)) => Some(span(view, low, high)),
        (Some(low), None) => Some(view.i18n.format("value-from", [("low", view.i18n.degrees(low).into())])),
        (None, Some(high)) => Some(view.i18n.format("value-to", [("high", view.i18n.degrees(high).into())])),
        (None, None) => None,
    }
}

/// `18.0–24.0°`.
pub(crate) fn span(view: &View<'_>, low: Setpoint, high: Setpoint) -> String {
    format!("{}–{}", view.i18n.number(low), view.i18n.degrees(high))
}

/// `20.5°` in the thermostat's scale, or a dash.
pub(crate) fn degrees(view: &View<'_>, thermostat: &Thermostat, temperature: Option<Temperature>) -> String {
    temperature.map_or_else(|| "–".to_owned(), |t| view.i18n.degrees(t.setpoint(thermostat.scale())))
}

/// When the fan stops; the service says the epoch while it does not run.
pub(crate) fn fan_until(view: &View<'_>, thermostat: &Thermostat) -> Option<jiff::Timestamp> {
    let runs = thermostat.fan_timer_active == Some(true);
    thermostat.fan_timer_timeout.filter(|until| runs && *until > view.now)
}
