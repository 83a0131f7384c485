//! The dial in every mode and state.

use std::sync::Arc;

use egui::Ui;

use super::fields::{on_its_way, phases};
use super::{GalleryState, cells_ui, sample};
use crate::engine::Snapshot;
use crate::home::{Field, HvacMode, HvacState, Node, Scale, Slot, Temperature, Thermostat, TimeToTarget};
use crate::ui::view::Draft;
use crate::ui::widgets::{below_ui, dial_ui};

const WIDTH: f32 = 360.0;
const SMALL: f32 = 180.0;

/// Draws the group.
pub(super) fn ui(ui: &mut Ui, stage: &mut GalleryState) {
    cells_ui(ui, "Dial", WIDTH, &states(), |ui, caption, snapshot| one_ui(ui, stage, caption, snapshot, None));
    let phases: Vec<(&str, Snapshot)> =
        phases().into_iter().map(|(caption, phase)| (caption, on_its_way(phase))).collect();
    cells_ui(ui, "With a pending write", WIDTH, &phases, |ui, caption, snapshot| {
        one_ui(ui, stage, caption, snapshot, None);
    });
    let typed = [("a temperature", "23.5"), ("too high", "99"), ("no temperature", "2abc")];
    cells_ui(ui, "Being typed", WIDTH, &typed, |ui, caption, text| {
        one_ui(ui, stage, caption, &sample::snapshot(), Some(text));
    });
    let small: Vec<(String, Snapshot)> =
        states().into_iter().map(|(caption, snapshot)| (format!("{caption}, small"), snapshot)).collect();
    let small: Vec<(&str, &Snapshot)> = small.iter().map(|(caption, snapshot)| (caption.as_str(), snapshot)).collect();
    cells_ui(ui, "Small", SMALL, &small, |ui, caption, snapshot| one_ui(ui, stage, caption, snapshot, None));
}

fn one_ui(ui: &mut Ui, stage: &mut GalleryState, caption: &str, snapshot: &Snapshot, typed: Option<&str>) {
    let Some((id, thermostat)) = snapshot.shown.thermostats.get_key_value("hallway") else { return };
    let is_range = thermostat.hvac_mode == Some(HvacMode::HeatCool);
    let field = if is_range { Field::Range } else { Field::Target };
    let slot = Slot { node: Node::Thermostat(id.clone()), field };
    let draft = typed.map(|text| (slot.clone(), Draft::Text(text.to_owned())));
    stage.view_of_draft(ui, caption, snapshot, draft, |ui, view| {
        dial_ui(ui, view, id, thermostat, caption);
        below_ui(ui, view, &slot);
    });
}

type Change = fn(&mut Thermostat);

/// Every mode and state, with its caption.
fn states() -> Vec<(&'static str, Snapshot)> {
    let celsius = Temperature::from_celsius;
    let lock: Change = |t| {
        t.is_locked = Some(true);
        (t.locked_temp_min, t.locked_temp_max) = (Temperature::from_celsius(18.0), Temperature::from_celsius(22.0));
    };
    let states: [(&str, Change); 14] = [
        ("heating", |_| {}),
        ("cooling", |t| {
            (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Cool), Some(HvacState::Cooling));
            t.time_to_target = TimeToTarget::parse(">120");
        }),
        ("holding", |t| t.hvac_state = Some(HvacState::Off)),
        ("holding, with a leaf", |t| (t.hvac_state, t.has_leaf) = (Some(HvacState::Off), Some(true))),
        ("heating, with a leaf", |t| t.has_leaf = Some(true)),
        ("range", |t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::HeatCool), Some(HvacState::Off))),
        ("eco", |t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Eco), Some(HvacState::Off))),
        ("off", |t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Off), Some(HvacState::Off))),
        ("offline", |t| t.is_online = Some(false)),
        ("locked", lock),
        ("emergency heat", |t| t.is_using_emergency_heat = Some(true)),
        ("unknown mode", |t| (t.hvac_mode, t.hvac_state) = (Some(HvacMode::Other("new".into())), None)),
        ("°F", |t| t.temperature_scale = Some(Scale::Fahrenheit)),
        ("°F, range", |t| {
            t.temperature_scale = Some(Scale::Fahrenheit);
            (t.hvac_mode, t.hvac_state) = (Some(HvacMode::HeatCool), Some(HvacState::Off));
        }),
    ];
    states
        .into_iter()
        .map(|(caption, change)| {
            let mut snapshot = sample::snapshot();
            sample::change(&mut snapshot, "hallway", |t| {
                t.ambient_temperature = celsius(20.5);
                change(t);
            });
            (caption, snapshot)
        })
        .collect()
}

/// A thermostat of every state, for the cards.
pub(super) fn thermostats() -> Vec<(&'static str, Arc<Thermostat>)> {
    let one = |(caption, snapshot): (&'static str, Snapshot)| {
        let hallway = snapshot.shown.thermostats.get("hallway")?;
        let named = Thermostat { name: Some(caption.to_owned()), ..(**hallway).clone() };
        Some((caption, Arc::new(named)))
    };
    states().into_iter().filter_map(one).collect()
}
