//! The parts of a trigger.

use egui::Ui;
use jiff::SignedDuration;
use jiff::civil::time;

use super::fields::{
    Kind, TextKey, Texts, days_ui, home_ui, humidity_ui, lasts_ui, room_ui, span_ui, time_ui, which_ui,
};
use super::surroundings::scale_of;
use crate::automation::rule::{Beyond, Danger, RuleTrigger, Seen, SunEvent, Weekdays, Which, span_text};
use crate::home::{Away, Scale, Setpoint};
use crate::ui::view::ViewContext;
use crate::ui::widgets::choice_ui;

/// The message ids of the kinds, in the order in which they are offered.
pub(super) const KINDS: [&str; 13] = [
    "rule-kind-presence",
    "rule-kind-arrival",
    "rule-kind-time",
    "rule-kind-sun",
    "rule-kind-room",
    "rule-kind-humidity",
    "rule-kind-camera",
    "rule-kind-alarm",
    "rule-kind-offline",
    "rule-kind-no-effect",
    "rule-kind-window",
    "rule-kind-signed-out",
    "rule-kind-failed",
];

/// The kind of a trigger.
pub(super) fn kind_of(trigger: &RuleTrigger) -> &'static str {
    match trigger {
        RuleTrigger::Presence { .. } => "rule-kind-presence",
        RuleTrigger::Arrival { .. } => "rule-kind-arrival",
        RuleTrigger::Time { .. } => "rule-kind-time",
        RuleTrigger::Sun { .. } => "rule-kind-sun",
        RuleTrigger::Room { .. } => "rule-kind-room",
        RuleTrigger::Humidity { .. } => "rule-kind-humidity",
        RuleTrigger::Camera { .. } => "rule-kind-camera",
        RuleTrigger::Alarm { .. } => "rule-kind-alarm",
        RuleTrigger::Offline { .. } => "rule-kind-offline",
        RuleTrigger::NoEffect { .. } => "rule-kind-no-effect",
        RuleTrigger::WindowOpen { .. } => "rule-kind-window",
        RuleTrigger::SignedOut { .. } => "rule-kind-signed-out",
        RuleTrigger::FailedChange => "rule-kind-failed",
    }
}

/// A set point to begin with.
pub(super) fn first_setpoint(view: &ViewContext<'_>) -> Setpoint {
    match scale_of(view) {
        Scale::Celsius => Setpoint::celsius(25.0),
        Scale::Fahrenheit => Setpoint::fahrenheit(77.0),
    }
}

/// A trigger of a kind to begin with.
pub(super) fn first_of(kind: &str, view: &ViewContext<'_>) -> RuleTrigger {
    let any = || Which::Any;
    match kind {
        "rule-kind-arrival" => RuleTrigger::Arrival { home: None },
        "rule-kind-time" => RuleTrigger::Time { at: time(22, 0, 0, 0), days: Weekdays::default() },
        "rule-kind-sun" => {
            RuleTrigger::Sun { event: SunEvent::Sunset, offset: SignedDuration::ZERO, days: Weekdays::default() }
        }
        "rule-kind-room" => RuleTrigger::Room {
            of: any(),
            is: Beyond::Above(first_setpoint(view)),
            lasts: SignedDuration::from_mins(10),
        },
        "rule-kind-humidity" => {
            RuleTrigger::Humidity { of: any(), is: Beyond::Above(60), lasts: SignedDuration::from_mins(30) }
        }
        "rule-kind-camera" => RuleTrigger::Camera { of: any(), sees: Seen::Person },
        "rule-kind-alarm" => RuleTrigger::Alarm { of: any(), danger: Danger::Any, is_over: false },
        "rule-kind-offline" => RuleTrigger::Offline { of: any(), lasts: SignedDuration::from_mins(30) },
        "rule-kind-no-effect" => RuleTrigger::NoEffect { of: any(), lasts: SignedDuration::from_hours(2) },
        "rule-kind-window" => RuleTrigger::WindowOpen { of: any(), is_over: false },
        "rule-kind-signed-out" => RuleTrigger::SignedOut { account: None },
        "rule-kind-failed" => RuleTrigger::FailedChange,
        _ => RuleTrigger::Presence { home: None, becomes: Away::Away },
    }
}

/// Draws the choices of a trigger.
pub(super) fn trigger_ui(ui: &mut Ui, view: &ViewContext<'_>, texts: &mut Texts, at: usize, trigger: &mut RuleTrigger) {
    let key = |field| -> TextKey { ("when", at, field) };
    match trigger {
        RuleTrigger::Presence { home, becomes } => {
            pick_ui(
                ui,
                view,
                "rule-kind-presence",
                becomes,
                [(Away::Away, "rule-when-away"), (Away::Home, "rule-when-home")],
            );
            home_ui(ui, view, home);
        }
        RuleTrigger::Arrival { home } => home_ui(ui, view, home),
        RuleTrigger::Time { at, days } => {
            let name = view.text("rule-kind-time");
            time_ui(ui, view, texts, (key("time"), &name), at);
            days_ui(ui, view, days);
        }
        RuleTrigger::Sun { event, offset, days } => {
            pick_ui(
                ui,
                view,
                "rule-kind-sun",
                event,
                [(SunEvent::Sunrise, "rule-sunrise"), (SunEvent::Sunset, "rule-sunset")],
            );
            let minutes = [-120, -90, -60, -45, -30, -15, 0, 15, 30, 45, 60, 90, 120];
            let title = |span: &SignedDuration| {
                let key = match (span.is_zero(), span.is_negative()) {
                    (true, _) => "rule-no-offset",
                    (false, true) => "rule-before",
                    (false, false) => "rule-after",
                };
                view.i18n.format(key, [("time", span_text(span.abs()).into())])
            };
            span_ui(ui, &view.text("rule-offset"), &minutes, offset, title);
            days_ui(ui, view, days);
        }
        RuleTrigger::Room { of, is, lasts } => {
            which_ui(ui, view, (Kind::Thermostat, "rule-any-room"), false, of);
            room_ui(ui, view, texts, key("value"), is);
            lasts_ui(ui, view, lasts);
        }
        RuleTrigger::Humidity { of, is, lasts } => {
            which_ui(ui, view, (Kind::Thermostat, "rule-any-room"), false, of);
            humidity_ui(ui, view, texts, key("value"), is);
            lasts_ui(ui, view, lasts);
        }
        RuleTrigger::Camera { of, sees } => {
            which_ui(ui, view, (Kind::Camera, "rule-any-camera"), false, of);
            pick_ui(
                ui,
                view,
                "rule-kind-camera",
                sees,
                [
                    (Seen::Person, "rule-sees-person"),
                    (Seen::Motion, "rule-sees-motion"),
                    (Seen::Sound, "rule-hears-sound"),
                    (Seen::Anything, "rule-sees-anything"),
                ],
            );
        }
        RuleTrigger::Alarm { of, danger, is_over } => {
            which_ui(ui, view, (Kind::Protect, "rule-any-alarm"), false, of);
            pick_ui(
                ui,
                view,
                "rule-kind-alarm",
                danger,
                [
                    (Danger::Any, "rule-danger-any"),
                    (Danger::Smoke, "rule-danger-smoke"),
                    (Danger::CarbonMonoxide, "rule-danger-co"),
                ],
            );
            pick_ui(ui, view, "rule-phase", is_over, [(false, "rule-begins"), (true, "rule-is-over")]);
        }
        RuleTrigger::Offline { of, lasts } => {
            which_ui(ui, view, (Kind::Every, "rule-any-device"), false, of);
            lasts_ui(ui, view, lasts);
        }
        RuleTrigger::NoEffect { of, lasts } => {
            which_ui(ui, view, (Kind::Thermostat, "rule-any-thermostat"), false, of);
            lasts_ui(ui, view, lasts);
        }
        RuleTrigger::WindowOpen { of, is_over } => {
            which_ui(ui, view, (Kind::Thermostat, "rule-any-room"), false, of);
            pick_ui(ui, view, "rule-phase", is_over, [(false, "rule-begins"), (true, "rule-is-over")]);
        }
        RuleTrigger::SignedOut { account } => {
            let names = view.snapshot.accounts.iter().map(|it| view.i18n.localize(&it.label.name));
            let options: Vec<Option<String>> = std::iter::once(None).chain(names.map(Some)).collect();
            let title = |name: &Option<String>| name.clone().unwrap_or_else(|| view.text("rule-any-account"));
            if let Some(picked) = choice_ui(ui, &view.text("rule-account"), Some(&*account), &options, title) {
                *account = picked;
            }
        }
        RuleTrigger::FailedChange => {}
    }
}

/// Draws a choice of some options by their messages.
pub(super) fn pick_ui<T: Clone + PartialEq, const N: usize>(
    ui: &mut Ui,
    view: &ViewContext<'_>,
    name: &'static str,
    chosen: &mut T,
    options: [(T, &'static str); N],
) {
    let (values, words): (Vec<T>, Vec<&'static str>) = options.into_iter().unzip();
    let title = |value: &T| {
        let word = values.iter().position(|option| option == value).and_then(|at| words.get(at));
        word.map_or_else(String::new, |word| view.text(word))
    };
    if let Some(picked) = choice_ui(ui, &view.text(name), Some(&*chosen), &values, title) {
        *chosen = picked;
    }
}
