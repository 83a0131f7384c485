//! The parts of a condition.

use egui::Ui;
use jiff::civil::time;

use super::fields::{
    Kind, TextKey, Texts, date_ui, days_ui, device_ui, first_device, home_ui, humidity_ui, room_ui, time_ui,
};
use super::trigger_form::{first_setpoint, pick_ui};
use crate::automation::rule::{Beyond, Condition, Weekdays};
use crate::home::{Away, HvacMode};
use crate::ui::theme::small;
use crate::ui::view::ViewContext;
use crate::ui::widgets::choice_ui;

/// The message ids of the kinds, in the order in which they are offered.
pub(super) const KINDS: [&str; 8] = [
    "rule-kind-presence",
    "rule-kind-between",
    "rule-kind-dates",
    "rule-kind-mode",
    "rule-kind-room",
    "rule-kind-humidity",
    "rule-kind-online",
    "rule-kind-camera-on",
];

/// The kind of a condition.
pub(super) fn kind_of(condition: &Condition) -> &'static str {
    match condition {
        Condition::Presence { .. } => "rule-kind-presence",
        Condition::Between { .. } => "rule-kind-between",
        Condition::Dates { .. } => "rule-kind-dates",
        Condition::Mode { .. } => "rule-kind-mode",
        Condition::Room { .. } => "rule-kind-room",
        Condition::Humidity { .. } => "rule-kind-humidity",
        Condition::Online { .. } => "rule-kind-online",
        Condition::Camera { .. } => "rule-kind-camera-on",
    }
}

/// A condition of a kind to begin with.
pub(super) fn first_of(kind: &str, view: &ViewContext<'_>) -> Condition {
    let thermostat = || first_device(view, Kind::Thermostat);
    let today = view.now.to_zoned(view.zone.clone()).date();
    match kind {
        "rule-kind-between" => {
            Condition::Between { from: time(22, 0, 0, 0), to: time(6, 0, 0, 0), days: Weekdays::default() }
        }
        "rule-kind-dates" => Condition::Dates { first: today, last: today },
        "rule-kind-mode" => Condition::Mode { of: thermostat(), is: HvacMode::Heat },
        "rule-kind-room" => Condition::Room { of: thermostat(), is: Beyond::Above(first_setpoint(view)) },
        "rule-kind-humidity" => Condition::Humidity { of: thermostat(), is: Beyond::Above(60) },
        "rule-kind-online" => Condition::Online { of: first_device(view, Kind::Every), is: true },
        "rule-kind-camera-on" => Condition::Camera { of: first_device(view, Kind::Camera), is_on: true },
        _ => Condition::Presence { home: None, is: Away::Home },
    }
}

/// Draws the choices of a condition.
pub(super) fn condition_ui(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    texts: &mut Texts,
    (at, has_it): (usize, bool),
    condition: &mut Condition,
) {
    let key = |field| -> TextKey { ("if", at, field) };
    match condition {
        Condition::Presence { home, is } => {
            pick_ui(ui, view, "rule-kind-presence", is, [(Away::Home, "rule-if-home"), (Away::Away, "rule-if-away")]);
            home_ui(ui, view, home);
        }
        Condition::Between { from, to, days } => {
            let names = [view.text("rule-from"), view.text("rule-to")];
            time_ui(ui, view, texts, (key("from"), &names[0]), from);
            ui.label(small("–"));
            time_ui(ui, view, texts, (key("to"), &names[1]), to);
            days_ui(ui, view, days);
        }
        Condition::Dates { first, last } => {
            let names = [view.text("dates-from"), view.text("dates-to")];
            date_ui(ui, view, texts, (key("first"), &names[0]), first);
            ui.label(small("–"));
            date_ui(ui, view, texts, (key("last"), &names[1]), last);
        }
        Condition::Mode { of, is } => {
            device_ui(ui, view, Kind::Thermostat, has_it, of);
            let title = |mode: &HvacMode| view.i18n.localize(mode);
            if let Some(picked) = choice_ui(ui, &view.text("rule-kind-mode"), Some(&*is), HvacMode::KNOWN, title) {
                *is = picked;
            }
        }
        Condition::Room { of, is } => {
            device_ui(ui, view, Kind::Thermostat, has_it, of);
            room_ui(ui, view, texts, key("value"), is);
        }
        Condition::Humidity { of, is } => {
            device_ui(ui, view, Kind::Thermostat, has_it, of);
            humidity_ui(ui, view, texts, key("value"), is);
        }
        Condition::Online { of, is } => {
            device_ui(ui, view, Kind::Every, has_it, of);
            pick_ui(ui, view, "rule-kind-online", is, [(true, "rule-is-online"), (false, "rule-is-offline")]);
        }
        Condition::Camera { of, is_on } => {
            device_ui(ui, view, Kind::Camera, has_it, of);
            pick_ui(ui, view, "rule-kind-camera-on", is_on, [(true, "rule-is-on"), (false, "rule-is-off")]);
        }
    }
}
