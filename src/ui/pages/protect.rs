//! A Protect: smoke, carbon monoxide and battery. Nothing of it can be changed.

use egui::{Color32, RichText, Ui};

use super::{fact_ui, gone_ui, heading_ui, scrolling};
use crate::home::{AlarmState, BatteryHealth, DeviceId, Protect};
use crate::ui::theme::colors;
use crate::ui::theme::tokens::{Colors, size};
use crate::ui::view::View;
use crate::ui::widgets::{card_ui, dot_ui};

/// Draws the page.
pub(super) fn protect_ui(ui: &mut Ui, view: &mut View<'_>, id: &DeviceId) {
    let Some(protect) = view.snapshot.shown.protects.get(id).cloned() else {
        gone_ui(ui, view, "Protect");
        return;
    };
    let name = protect.name.clone().unwrap_or_else(|| "Protect".to_owned());
    heading_ui(ui, view, protect.structure_id.as_ref(), &format!("{name} Protect"));
    scrolling(ui, "protect", |ui| {
        card_ui(ui, |ui| {
            let (color, words) = summary(&protect, colors(ui.visuals()));
            ui.horizontal(|ui| {
                dot_ui(ui, color);
                ui.label(RichText::new(words).size(size::HEADING).color(color));
            });
        });
        card_ui(ui, |ui| {
            let alarm = |state: Option<&AlarmState>| state.map_or("unknown", AlarmState::as_str).to_owned();
            fact_ui(ui, "Smoke", &alarm(protect.smoke_alarm_state.as_ref()));
            fact_ui(ui, "Carbon monoxide", &alarm(protect.co_alarm_state.as_ref()));
            fact_ui(ui, "Battery", protect.battery_health.as_ref().map_or("unknown", BatteryHealth::as_str));
            if protect.is_manual_test_active == Some(true) {
                fact_ui(ui, "Test", "running");
            }
            if let Some(at) = protect.last_manual_test_time.filter(|at| *at != jiff::Timestamp::UNIX_EPOCH) {
                fact_ui(ui, "Last test", &view.clock(at));
            }
            if let Some(at) = protect.last_connection {
                fact_ui(ui, "Last heard of", &view.clock(at));
            }
            if let Some(version) = &protect.software_version {
                fact_ui(ui, "Software", version);
            }
        });
    });
}

/// The worst of it in words, with the colour for it.
pub(super) fn summary(protect: &Protect, colors: &Colors) -> (Color32, String) {
    let of = |state: &Option<AlarmState>, wanted: &AlarmState| state.as_ref() == Some(wanted);
    for (state, color, word) in
        [(AlarmState::Emergency, colors.alarm, "Emergency"), (AlarmState::Warning, colors.warning, "Warning")]
    {
        let what = match (of(&protect.smoke_alarm_state, &state), of(&protect.co_alarm_state, &state)) {
            (true, true) => "smoke and carbon monoxide",
            (true, false) => "smoke",
            (false, true) => "carbon monoxide",
            (false, false) => continue,
        };
        return (color, format!("{word}: {what}"));
    }
    if protect.is_online == Some(false) {
        return (colors.warning, "Offline".to_owned());
    }
    if protect.battery_health == Some(BatteryHealth::Replace) {
        return (colors.warning, "Battery low: replace it".to_owned());
    }
    match protect.worst_alarm() {
        AlarmState::Other(word) => (colors.warning, format!("Unknown state: {word}")),
        AlarmState::Ok | AlarmState::Warning | AlarmState::Emergency => (colors.eco, "All clear".to_owned()),
    }
}
