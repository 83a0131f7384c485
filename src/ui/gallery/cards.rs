//! The cards of the overview, for a home with every kind of device.

use std::sync::Arc;

use egui::Ui;

use super::fields::phases;
use super::{GalleryState, dials, sample};
use crate::engine::{Snapshot, WriteState};
use crate::home::{AlarmState, BatteryHealth, Camera, DeviceTree, Protect, Setpoint, Write};
use crate::ui::pages::Overview;

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &mut GalleryState, overview: &mut Overview) {
    let snapshot = everything();
    stage.view(ui, "cards", &snapshot, |ui, view| overview.ui(ui, view));
}

fn everything() -> Snapshot {
    let mut snapshot = sample::snapshot();
    let mut home = DeviceTree { structures: snapshot.shown.structures.clone(), ..DeviceTree::default() };
    for (caption, thermostat) in dials::thermostats() {
        home.thermostats.insert(caption.into(), thermostat);
    }
    for (caption, camera) in cameras() {
        home.cameras.insert(caption.into(), Arc::new(camera));
    }
    for (caption, protect) in protects() {
        home.protects.insert(caption.into(), Arc::new(protect));
    }
    let pending = phases().into_iter().map(|(caption, phase)| {
        let id = format!("write: {caption}");
        let mut thermostat = sample::thermostat(&id, crate::home::HvacMode::Heat, 20.5, 23.0);
        thermostat.hvac_state = Some(crate::home::HvacState::Heating);
        home.thermostats.insert(id.as_str().into(), Arc::new(thermostat));
        let write = Write::Target(id.as_str().into(), Setpoint::celsius(23.0));
        (write.slot(), WriteState::new(write, phase, sample::now()))
    });
    snapshot.writes = pending.collect();
    snapshot.shown = Arc::new(home);
    snapshot.confirmed = Arc::clone(&snapshot.shown);
    snapshot
}

fn cameras() -> Vec<(&'static str, Camera)> {
    let on = |name: &str| sample::camera(name, name, true);
    vec![
        ("picture", on("Picture")),
        ("off", sample::camera("off", "Off", false)),
        ("offline", Camera { is_online: Some(false), last_is_online_change: Some(sample::ago(90)), ..on("Offline") }),
        ("error", on("Error")),
        ("error-kept", on("Error, the last one kept")),
        ("loading", on("Loading")),
        ("none", Camera { snapshot_url: None, last_event: None, ..on("No picture") }),
    ]
}

fn protects() -> Vec<(&'static str, Protect)> {
    let smoke = |state| Protect { smoke_alarm_state: Some(state), ..sample::protect("Kitchen") };
    vec![
        ("ok", sample::protect("Kitchen")),
        ("warning", smoke(AlarmState::Warning)),
        ("emergency", Protect { co_alarm_state: Some(AlarmState::Emergency), ..smoke(AlarmState::Emergency) }),
        ("battery", Protect { battery_health: Some(BatteryHealth::Replace), ..sample::protect("Cellar") }),
        ("offline", Protect { is_online: Some(false), ..sample::protect("A room with a very long name indeed") }),
        ("unknown", smoke(AlarmState::Other("steam".into()))),
    ]
}
