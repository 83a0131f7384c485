//! A Protect: smoke, carbon monoxide and battery. All of it is read-only.

use egui::{Color32, Ui};

use super::{fact_ui, gone_ui, heading_ui, scrolling};
use crate::home::{AlarmState, BatteryHealth, DeviceId, Protect};
use crate::ui::theme::tokens::size;
use crate::ui::theme::{icons, semibold};
use crate::ui::view::ViewContext;
use crate::ui::widgets::{card_ui, icon_ui};

/// Draws the page.
pub(super) fn protect_ui(ui: &mut Ui, view: &mut ViewContext<'_>, id: &DeviceId) {
    let Some(protect) = view.snapshot.shown.protects.get(id).cloned() else {
        gone_ui(ui, view, "protect");
        return;
    };
    let name = protect_name(view, &protect);
    heading_ui(ui, view, protect.structure_id.as_ref(), &name, None);
    scrolling(ui, view.is_fresh, id, |ui| {
        card_ui(ui, |ui| {
            let Summary { color, icon, words } = summary(view, &protect);
            ui.horizontal_wrapped(|ui| {
                icon_ui(ui, icon, size::TARGET, color);
                ui.label(egui::RichText::new(words).font(semibold(size::TARGET)).color(color));
            });
            ui.label(crate::ui::theme::small(view.text("protect-about")).color(view.colors.muted));
        });
        card_ui(ui, |ui| {
            let i18n = view.i18n;
            fact_ui(ui, view, icons::FLAME, "fact-smoke", &i18n.localize(&protect.smoke_alarm_state));
            fact_ui(ui, view, icons::DROP, "fact-co", &i18n.localize(&protect.co_alarm_state));
            fact_ui(ui, view, icons::MOTION, "fact-battery", &i18n.localize(&protect.battery_health));
            if protect.is_manual_test_active == Some(true) {
                fact_ui(ui, view, icons::PLAY, "fact-test", &view.text("fact-test-runs"));
            }
            if let Some(at) = protect.last_manual_test_time.filter(|at| *at != jiff::Timestamp::UNIX_EPOCH) {
                fact_ui(ui, view, icons::CHECK, "fact-last-test", &view.clock(at));
            }
            if let Some(at) = protect.last_connection {
                fact_ui(ui, view, icons::CLOCK, "fact-last-connection", &view.clock(at));
            }
            if let Some(version) = &protect.software_version {
                fact_ui(ui, view, icons::SETTINGS, "fact-software", version);
            }
        });
    });
}

/// The Protects that warn of smoke or carbon monoxide now, emergencies first, each with colour and text.
pub(in crate::ui) fn alarms(view: &ViewContext<'_>) -> Vec<(DeviceId, Color32, String)> {
    let known = view.summary.alarmed().iter().filter_map(|id| view.snapshot.shown.protects.get_key_value(id));
    known
        .map(|(id, protect)| {
            let Summary { color, words, .. } = summary(view, protect);
            (id.clone(), color, format!("{} · {words}", protect_name(view, protect)))
        })
        .collect()
}

/// The name of a Protect: `Kitchen Protect`.
pub(super) fn protect_name(view: &ViewContext<'_>, protect: &Protect) -> String {
    match protect.name.as_deref() {
        Some(name) => view.i18n.format("protect-of", [("place", name.into())]),
        None => view.text("protect"),
    }
}

/// The most severe state of a Protect, as colour, icon and text.
pub(super) struct Summary {
    pub(super) color: Color32,
    pub(super) icon: &'static str,
    pub(super) words: String,
}

/// Returns the most severe state of a Protect.
pub(super) fn summary(view: &ViewContext<'_>, protect: &Protect) -> Summary {
    let colors = view.colors;
    let of = |state: &Option<AlarmState>, wanted: &AlarmState| state.as_ref() == Some(wanted);
    let warning = |words| Summary { color: colors.warning, icon: icons::WARNING, words };
    for (state, color, both, smoke, co) in [
        (AlarmState::Emergency, colors.alarm, "emergency-both", "emergency-smoke", "emergency-co"),
        (AlarmState::Warning, colors.warning, "warning-both", "warning-smoke", "warning-co"),
    ] {
        let id = match (of(&protect.smoke_alarm_state, &state), of(&protect.co_alarm_state, &state)) {
            (true, true) => both,
            (true, false) => smoke,
            (false, true) => co,
            (false, false) => continue,
        };
        return Summary { color, icon: icons::WARNING, words: view.text(id) };
    }
    if protect.is_online == Some(false) {
        return Summary { color: colors.warning, icon: icons::OFFLINE, words: view.text("offline") };
    }
    if protect.battery_health == Some(BatteryHealth::Replace) {
        return warning(view.text("battery-low"));
    }
    match protect.worst_alarm() {
        AlarmState::Other(word) => warning(view.i18n.format("alarm-unknown", [("word", word.to_string().into())])),
        AlarmState::Ok | AlarmState::Warning | AlarmState::Emergency => {
            Summary { color: colors.eco, icon: icons::CHECK, words: view.text("all-clear") }
        }
    }
}
