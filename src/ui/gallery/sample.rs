//! An invented home at a fixed moment, for the gallery and for the tests of the window.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::engine::{
    AccountLabel, AccountName, AlarmLevel, Connection, EventKind, HomeEvent, Origin, Outcome, Phase, Record, Snapshot,
    WriteState,
};
use crate::home::{
    ActivityZone, AlarmState, Away, BatteryHealth, Camera, CameraEvent, Confidential, DeviceTree, HvacMode, HvacState,
    Protect, Scale, Setpoint, Structure, Temperature, Thermostat, TimeToTarget, Write,
};
use crate::media::{Frame, Lookup, Picture, PictureError, State};
use crate::service::Reason;

/// The fixed moment: 2026-11-22, 14:32.
pub(in crate::ui) fn now() -> Timestamp {
    Timestamp::constant(1_795_357_920, 0)
}

pub(super) fn ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

pub(super) fn thermostat(name: &str, mode: HvacMode, ambient: f64, target: f64) -> Thermostat {
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

pub(super) fn camera(id: &str, name: &str, on: bool) -> Camera {
    let event = CameraEvent {
        has_person: Some(on),
        has_motion: Some(true),
        start_time: Some(ago(2)),
        end_time: Some(ago(1)),
        image_url: Some(Confidential::new(format!("https://home.nest.com/{id}/event"))),
        activity_zone_ids: Some(vec!["1".to_owned()]),
        ..CameraEvent::default()
    };
    Camera {
        structure_id: Some("s".into()),
        name: Some(name.to_owned()),
        is_online: Some(true),
        is_streaming: Some(on),
        last_event: Some(event),
        snapshot_url: Some(Confidential::new(format!("https://home.nest.com/{id}"))),
        activity_zones: Some(vec![ActivityZone { id: 1, name: "Path".to_owned() }]),
        is_audio_input_enabled: Some(true),
        is_video_history_enabled: Some(true),
        is_public_share_enabled: Some(false),
        software_version: Some("205-600055".to_owned()),
        ..Camera::default()
    }
}

pub(super) fn protect(name: &str) -> Protect {
    Protect {
        structure_id: Some("s".into()),
        name: Some(name.to_owned()),
        is_online: Some(true),
        battery_health: Some(BatteryHealth::Ok),
        smoke_alarm_state: Some(AlarmState::Ok),
        co_alarm_state: Some(AlarmState::Ok),
        ..Protect::default()
    }
}

/// Three thermostats, three cameras, three Protects.
pub(in crate::ui) fn home() -> DeviceTree {
    let mut home = DeviceTree::default();
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
    let bedroom = Thermostat { has_leaf: Some(true), ..thermostat("Bedroom", HvacMode::HeatCool, 19.0, 20.0) };
    for (id, thermostat) in [("hallway", hallway), ("bedroom", bedroom), ("studio", studio)] {
        home.thermostats.insert(id.into(), Arc::new(thermostat));
    }
    for (id, name, on) in [("door", "Front door", true), ("garden", "Garden", true), ("nursery", "Nursery", false)] {
        home.cameras.insert(id.into(), Arc::new(camera(id, name, on)));
    }
    for (id, name, battery) in [
        ("kitchen", "Kitchen", BatteryHealth::Ok),
        ("cellar", "Cellar", BatteryHealth::Ok),
        ("bed", "Bedroom", BatteryHealth::Replace),
    ] {
        home.protects.insert(id.into(), Arc::new(Protect { battery_health: Some(battery), ..protect(name) }));
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

/// A snapshot of the home: connected, without pending writes.
pub(in crate::ui) fn snapshot() -> Snapshot {
    let label = AccountLabel { name: AccountName::Simulated, place: "127.0.0.1:9553".to_owned() };
    let mut snapshot = Snapshot::empty(Arc::new(label));
    snapshot.version = 1;
    snapshot.connection = Connection::Live;
    snapshot.confirmed = Arc::new(home());
    snapshot.shown = Arc::clone(&snapshot.confirmed);
    snapshot.writes_left = 600;
    let target = |celsius| Write::Target("hallway".into(), Setpoint::celsius(celsius));
    let record = |id: u64, minutes, origin, from: Write, to: Write, outcome| Record {
        id,
        at: ago(minutes),
        origin,
        slot: to.slot(),
        name: "Hallway".to_owned(),
        from: Some(from.value_text()),
        to: to.value_text(),
        outcome,
        undo: Some(from),
        write: Some(to),
        batch: None,
        undoes: None,
    };
    let mode = |mode| Write::Mode("hallway".into(), mode);
    let refused = Outcome::Refused(Reason::service_text("Thermostat is not online"));
    snapshot.journal = Arc::new(
        [
            record(3, 1, Origin::Window, target(20.0), target(21.5), Outcome::Done),
            record(2, 40, Origin::Cli, target(20.0), target(25.0), refused),
            record(1, 450, Origin::Elsewhere, mode(HvacMode::Eco), mode(HvacMode::Heat), Outcome::Done),
        ]
        .into(),
    );
    let event = |id, minutes, lasts: Option<i64>, device: &str, name: &str, kind| {
        let until = lasts.map(|lasts| ago(minutes - lasts));
        Arc::new(HomeEvent { id, at: ago(minutes), until, device: device.into(), name: name.to_owned(), kind })
    };
    snapshot.events = Arc::new(
        [
            event(3, 2, None, "door", "Front door", EventKind::Person),
            event(2, 55, Some(3), "garden", "Garden", EventKind::Motion),
            event(1, 1500, Some(2), "kitchen", "Kitchen", EventKind::Smoke(AlarmLevel::Warning)),
        ]
        .into(),
    );
    snapshot
}

/// Adds a pending write in a phase.
pub(in crate::ui) fn pending(snapshot: &mut Snapshot, write: Write, phase: Phase) {
    let mut home = (*snapshot.confirmed).clone();
    if !matches!(phase, Phase::Failed { .. }) {
        write.apply_optimistic(&mut home);
    }
    snapshot.shown = Arc::new(home);
    snapshot.writes = BTreeMap::from([(write.slot(), WriteState::new(write, phase, now()))]);
}

pub(in crate::ui) fn change(snapshot: &mut Snapshot, id: &str, change: impl FnOnce(&mut Thermostat)) {
    let mut home = (*snapshot.shown).clone();
    if let Some(thermostat) = home.thermostat_mut(&id.into()) {
        change(thermostat);
    }
    snapshot.shown = Arc::new(home);
    snapshot.confirmed = Arc::clone(&snapshot.shown);
}

/// The drawn scene, or an error or loading state if the name of the camera says so.
pub(super) fn picture_or_error(url: &Confidential, max_age: Duration) -> Lookup {
    let address = url.reveal();
    let previous = || match picture(url, max_age).state {
        State::Ready(picture) => Some(picture),
        State::Loading { .. } | State::Failed { .. } => None,
    };
    let failed = |previous| State::Failed { error: PictureError::TimedOut("home.nest.com".to_owned()), previous };
    let state = if address.ends_with("/Error") {
        failed(None)
    } else if address.ends_with("kept") {
        failed(previous())
    } else if address.ends_with("/Loading") {
        State::Loading { previous: None }
    } else {
        return picture(url, max_age);
    };
    Lookup { state, look_again_in: None }
}

/// A drawn scene instead of a camera's picture.
pub(in crate::ui) fn picture(url: &Confidential, _max_age: Duration) -> Lookup {
    const SIZE: [u32; 2] = [320, 180];
    let night = url.reveal().ends_with("garden");
    let pixel = |x: u32, y: u32| {
        let (x, y) = (f64::from(x) / f64::from(SIZE[0]), f64::from(y) / f64::from(SIZE[1]));
        let hill = 0.62 + 0.06 * (x * 7.0).sin();
        let house = (0.55..0.8).contains(&x) && y > 0.38 + (x - 0.675).abs() * 0.9 && y < 0.72;
        let colour = match (y > hill, house) {
            (_, true) if (0.65..0.7).contains(&x) && y > 0.58 => [190.0, 160.0, 110.0],
            (_, true) => [96.0, 84.0, 78.0],
            (true, _) => [70.0 - 30.0 * y, 104.0 - 40.0 * y, 76.0 - 30.0 * y],
            (false, _) => [70.0 + 60.0 * y, 100.0 + 70.0 * y, 130.0 + 50.0 * y],
        };
        let light = if night { 0.55 } else { 1.0 };
        let [red, green, blue] = colour.map(|part: f64| (part * light) as u8);
        [red, green, blue, 255]
    };
    let rgba = (0..SIZE[1]).flat_map(|y| (0..SIZE[0]).flat_map(move |x| pixel(x, y))).collect();
    let id = url.reveal().bytes().fold(0, |id: u64, byte| id.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let picture = Picture {
        id,
        frames: vec![Frame { rgba, delay: Duration::ZERO }],
        size: SIZE,
        original_size: SIZE,
        is_cut: false,
        loaded_at: now(),
    };
    Lookup { state: State::Ready(Arc::new(picture)), look_again_in: None }
}
