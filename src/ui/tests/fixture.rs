//! A made-up home at a fixed moment.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::engine::{AccountLabel, Connection, Outcome, Phase, Record, Snapshot, Who, WriteState};
use crate::home::{
    AlarmState, Away, BatteryHealth, Camera, CameraEvent, Home, HvacMode, HvacState, Protect, Scale, Setpoint,
    Structure, Temperature, Thermostat, TimeToTarget, Write,
};

/// 2026-11-22, 14:32.
pub(super) fn now() -> Timestamp {
    Timestamp::from_second(1_795_357_920).expect("in range")
}

fn ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

fn thermostat(name: &str, mode: HvacMode, ambient: f64, target: f64) -> Thermostat {
    let celsius = |degrees| Temperature::from_celsius(degrees);
    Thermostat {
        structure_id: Some("s".into()),
        name: Some(name.to_owned()),
        is_online: Some(true),
        can_heat: Some(true),
        can_cool: Some(true),
        has_fan: Some(true),
        fan_timer_active: Some(false),
        fan_timer_duration: Some(15),
        temperature_scale: Some(Scale::Celsius),
        hvac_mode: Some(mode),
        hvac_state: Some(HvacState::Off),
        ambient_temperature: celsius(ambient),
        target_temperature: celsius(target),
        target_temperature_low: celsius(18.0),
        target_temperature_high: celsius(24.0),
        eco_temperature_low: celsius(12.5),
        eco_temperature_high: celsius(24.5),
        humidity: Some(48),
        last_connection: Some(ago(1)),
        software_version: Some("5.9.4-5".to_owned()),
        ..Thermostat::default()
    }
}

/// Three thermostats, three cameras, three Protects.
pub(super) fn home() -> Home {
    let mut home = Home::default();
    let hallway = Thermostat {
        hvac_state: Some(HvacState::Heating),
        time_to_target: TimeToTarget::parse("~20"),
        ..thermostat("Hallway", HvacMode::Heat, 20.5, 21.5)
    };
    let studio = Thermostat {
        is_online: Some(false),
        can_cool: Some(false),
        ..thermostat("Studio", HvacMode::Heat, 17.5, 19.0)
    };
    let bedroom = thermostat("Bedroom", HvacMode::HeatCool, 19.0, 20.0);
    for (id, thermostat) in [("hallway", hallway), ("bedroom", bedroom), ("studio", studio)] {
        home.thermostats.insert(id.into(), Arc::new(thermostat));
    }
    for (id, name, on) in [("door", "Front door", true), ("garden", "Garden", true), ("nursery", "Nursery", false)] {
        let event = CameraEvent {
            has_person: Some(on),
            has_motion: Some(true),
            start_time: Some(ago(2)),
            end_time: Some(ago(1)),
            ..CameraEvent::default()
        };
        let camera = Camera {
            structure_id: Some("s".into()),
            name: Some(name.to_owned()),
            is_online: Some(true),
            is_streaming: Some(on),
            last_event: Some(event),
            ..Camera::default()
        };
        home.cameras.insert(id.into(), Arc::new(camera));
    }
    for (id, name, battery) in [
        ("kitchen", "Kitchen", BatteryHealth::Ok),
        ("cellar", "Cellar", BatteryHealth::Ok),
        ("bed", "Bedroom", BatteryHealth::Replace),
    ] {
        let protect = Protect {
            structure_id: Some("s".into()),
            name: Some(name.to_owned()),
            is_online: Some(true),
            battery_health: Some(battery),
            smoke_alarm_state: Some(AlarmState::Ok),
            co_alarm_state: Some(AlarmState::Ok),
            ..Protect::default()
        };
        home.protects.insert(id.into(), Arc::new(protect));
    }
    let structure = Structure {
        name: Some("Maple Street".to_owned()),
        away: Some(Away::Home),
        thermostats: Some(home.thermostats.keys().cloned().collect()),
        smoke_alarm_state: Some(AlarmState::Ok),
        co_alarm_state: Some(AlarmState::Ok),
        time_zone: Some("Europe/London".to_owned()),
        ..Structure::default()
    };
    home.structures.insert("s".into(), Arc::new(structure));
    home
}

/// Connected, with nothing on its way.
pub(super) fn snapshot() -> Snapshot {
    let label =
        AccountLabel { name: "Simulated home".to_owned(), place: "127.0.0.1:9553".to_owned(), is_simulated: true };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    snapshot.connection = Connection::Live;
    snapshot.confirmed = Arc::new(home());
    snapshot.shown = Arc::clone(&snapshot.confirmed);
    snapshot.writes_left = 600;
    let target = |celsius| Write::Target("hallway".into(), Setpoint::celsius(celsius));
    let record = |id: u64, minutes, who, from: Write, to: Write, outcome| Record {
        id,
        at: ago(minutes),
        who,
        slot: to.slot(),
        name: "Hallway".to_owned(),
        from: Some(from.value_text()),
        to: to.value_text(),
        outcome,
        undo: Some(from),
    };
    let mode = |mode| Write::Mode("hallway".into(), mode);
    let refused = Outcome::Refused("Thermostat is not online".to_owned());
    snapshot.journal = Arc::new(
        [
            record(3, 1, Who::Window, target(20.0), target(21.5), Outcome::Done),
            record(2, 40, Who::Cli, target(20.0), target(25.0), refused),
            record(1, 450, Who::Elsewhere, mode(HvacMode::Eco), mode(HvacMode::Heat), Outcome::Done),
        ]
        .into(),
    );
    snapshot
}

/// Changes one thermostat of a snapshot.
pub(super) fn change(snapshot: &mut Snapshot, id: &str, change: impl FnOnce(&mut Thermostat)) {
    let mut home = (*snapshot.shown).clone();
    change(home.thermostat_mut(&id.into()).expect("a thermostat of the fixture"));
    snapshot.shown = Arc::new(home);
    snapshot.confirmed = Arc::clone(&snapshot.shown);
}

/// Puts a wish on its way.
pub(super) fn pending(snapshot: &mut Snapshot, wish: Write, phase: Phase) {
    let mut home = (*snapshot.confirmed).clone();
    if !matches!(phase, Phase::Failed { .. }) {
        wish.paint(&mut home);
    }
    snapshot.shown = Arc::new(home);
    snapshot.writes = BTreeMap::from([(wish.slot(), WriteState { wish, phase })]);
}
