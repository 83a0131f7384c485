//! Each rule of the service, with a refused and an accepted write.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::home::{Camera, Protect, Scale, Temperature};

fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("in range")
}

fn id() -> DeviceId {
    DeviceId::new("t")
}

fn home(change: impl FnOnce(&mut Thermostat)) -> DeviceTree {
    let mut thermostat = Thermostat {
        structure_id: Some("s".into()),
        is_online: Some(true),
        can_heat: Some(true),
        can_cool: Some(true),
        has_fan: Some(true),
        hvac_mode: Some(HvacMode::Heat),
        target_temperature: Temperature::from_celsius(20.0),
        target_temperature_low: Temperature::from_celsius(19.0),
        target_temperature_high: Temperature::from_celsius(24.0),
        locked_temp_min: Temperature::from_celsius(20.0),
        locked_temp_max: Temperature::from_celsius(22.0),
        ..Thermostat::default()
    };
    change(&mut thermostat);
    let structure = Structure { thermostats: Some(vec![id()]), away: Some(Away::Home), ..Structure::default() };
    let mut home = DeviceTree::default();
    home.thermostats.insert(id(), Arc::new(thermostat));
    home.structures.insert("s".into(), Arc::new(structure));
    home.cameras.insert("c".into(), Arc::new(Camera::default()));
    home
}

fn refusal(home: &DeviceTree, write: &Write) -> Option<Refusal> {
    check(home, write, now()).err()
}

fn target(degrees: f64) -> Write {
    Write::Target(id(), Setpoint::celsius(degrees))
}

fn range(low: f64, high: f64) -> Write {
    Write::Range { thermostat: id(), low: Some(Setpoint::celsius(low)), high: Some(Setpoint::celsius(high)) }
}

#[test]
fn a_target_needs_heat_or_cool() {
    for mode in [HvacMode::Heat, HvacMode::Cool] {
        assert_eq!(refusal(&home(|t| t.hvac_mode = Some(mode)), &target(21.0)), None);
    }
    for mode in [HvacMode::HeatCool, HvacMode::Eco, HvacMode::Off] {
        let expected = Refusal::ModeForbids { field: SetpointField::Target, mode: mode.clone() };
        assert_eq!(refusal(&home(|t| t.hvac_mode = Some(mode)), &target(21.0)), Some(expected));
    }
}

#[test]
fn a_range_needs_heat_cool() {
    assert_eq!(refusal(&home(|t| t.hvac_mode = Some(HvacMode::HeatCool)), &range(19.0, 24.0)), None);
    for mode in [HvacMode::Heat, HvacMode::Cool, HvacMode::Eco, HvacMode::Off] {
        let expected = Refusal::ModeForbids { field: SetpointField::Low, mode: mode.clone() };
        assert_eq!(refusal(&home(|t| t.hvac_mode = Some(mode)), &range(19.0, 24.0)), Some(expected));
    }
}

#[test]
fn setpoints_have_limits_in_both_scales() {
    let home = home(|_| {});
    for (setpoint, high) in [
        (Setpoint::celsius(32.5), true),
        (Setpoint::fahrenheit(91.0), true),
        (Setpoint::celsius(8.5), false),
        (Setpoint::fahrenheit(49.0), false),
        (Setpoint::celsius(1e300), true),
    ] {
        let expected = if high { Refusal::TooHigh(setpoint) } else { Refusal::TooLow(setpoint) };
        assert_eq!(refusal(&home, &Write::Target(id(), setpoint)), Some(expected));
    }
    for degrees in [f64::NAN, f64::INFINITY] {
        let refused = refusal(&home, &Write::Target(id(), Setpoint::celsius(degrees)));
        assert!(matches!(refused, Some(Refusal::NotATemperature(_))), "for {degrees}: {refused:?}");
    }
    for setpoint in [Setpoint::celsius(9.0), Setpoint::celsius(32.0), Setpoint::fahrenheit(50.0)] {
        assert_eq!(refusal(&home, &Write::Target(id(), setpoint)), None);
    }
}

#[test]
fn a_lock_limits_setpoints_only_while_it_is_on() {
    assert_eq!(refusal(&home(|_| {}), &target(25.0)), None);
    let locked = home(|t| t.is_locked = Some(true));
    let (low, high) = (Setpoint::celsius(20.0), Setpoint::celsius(22.0));
    assert_eq!(refusal(&locked, &target(22.5)), Some(Refusal::AboveLock(Setpoint::celsius(22.5), high)));
    assert_eq!(refusal(&locked, &target(19.5)), Some(Refusal::BelowLock(Setpoint::celsius(19.5), low)));
    assert_eq!(refusal(&locked, &target(22.0)), None);
}

#[test]
fn an_end_outside_a_new_lock_does_not_block_the_other() {
    // Locked from 20 to 22, while the range is 19 to 24.
    let locked = home(|t| (t.hvac_mode, t.is_locked) = (Some(HvacMode::HeatCool), Some(true)));
    let sent = |low, high| check_request(&locked, &range(low, high), now()).map(Checked::into_write);
    let only = |low: Option<f64>, high: Option<f64>| Write::Range {
        thermostat: id(),
        low: low.map(Setpoint::celsius),
        high: high.map(Setpoint::celsius),
    };
    assert_eq!(sent(20.5, 24.0), Ok(only(Some(20.5), None)));
    assert_eq!(sent(19.0, 21.0), Ok(only(None, Some(21.0))));
    // A pair within the lock is sent as a pair.
    assert_eq!(sent(20.0, 22.0), Ok(range(20.0, 22.0)));
    // A value outside the lock is refused, and so is a pair of which nothing would remain.
    for (low, high) in [(18.0, 21.0), (20.5, 23.0), (19.0, 24.0)] {
        assert!(matches!(sent(low, high), Err(Refusal::AboveLock(..) | Refusal::BelowLock(..))), "{low} to {high}");
    }
    // The two ends keep their distance.
    let near = home(|t| {
        (t.hvac_mode, t.is_locked) = (Some(HvacMode::HeatCool), Some(true));
        t.target_temperature_low = Temperature::from_celsius(19.5);
    });
    let refused = check_request(&near, &range(19.5, 20.5), now()).err();
    assert_eq!(refused, Some(Refusal::TooClose(Scale::Celsius)));
    // The service itself checks every field.
    assert!(matches!(refusal(&locked, &range(20.5, 24.0)), Some(Refusal::AboveLock(..))));
}

#[test]
fn the_pair_keeps_its_order_and_its_deadband() {
    let home = home(|t| t.hvac_mode = Some(HvacMode::HeatCool));
    let reversed = Refusal::LowAboveHigh(Setpoint::celsius(24.0), Setpoint::celsius(20.0));
    assert_eq!(refusal(&home, &range(24.0, 20.0)), Some(reversed));
    assert_eq!(refusal(&home, &range(20.0, 21.0)), Some(Refusal::TooClose(Scale::Celsius)));
    assert_eq!(refusal(&home, &range(20.0, 21.5)), None);
    let fahrenheit = |low, high| Write::Range {
        thermostat: id(),
        low: Some(Setpoint::fahrenheit(low)),
        high: Some(Setpoint::fahrenheit(high)),
    };
    assert_eq!(refusal(&home, &fahrenheit(70.0, 72.0)), Some(Refusal::TooClose(Scale::Fahrenheit)));
    assert_eq!(refusal(&home, &fahrenheit(70.0, 73.0)), None);
    // A single end is compared with the other one as it stands (19.0 and 24.0).
    let low_only = |low| Write::Range { thermostat: id(), low: Some(Setpoint::celsius(low)), high: None };
    assert_eq!(refusal(&home, &low_only(23.0)), Some(Refusal::TooClose(Scale::Celsius)));
    assert_eq!(refusal(&home, &low_only(22.5)), None);
}

#[test]
fn a_mode_must_fit_the_equipment() {
    let heat_only = home(|t| t.can_cool = Some(false));
    for mode in [HvacMode::Cool, HvacMode::HeatCool] {
        let expected = Refusal::EquipmentLacks { mode: mode.clone(), lacks: Equipment::Cooling };
        assert_eq!(refusal(&heat_only, &Write::Mode(id(), mode)), Some(expected));
    }
    let cool_only = home(|t| t.can_heat = Some(false));
    let expected = Refusal::EquipmentLacks { mode: HvacMode::Heat, lacks: Equipment::Heating };
    assert_eq!(refusal(&cool_only, &Write::Mode(id(), HvacMode::Heat)), Some(expected));
    for mode in [HvacMode::Eco, HvacMode::Off, HvacMode::Heat] {
        assert_eq!(refusal(&heat_only, &Write::Mode(id(), mode)), None);
    }
    let blah = Write::Mode(id(), HvacMode::from_word("blah"));
    assert_eq!(refusal(&heat_only, &blah), Some(Refusal::UnknownMode("blah".to_owned())));
}

#[test]
fn writes_to_an_offline_device_are_refused() {
    let offline = home(|t| t.is_online = Some(false));
    for write in [target(21.0), Write::Label(id(), "x".to_owned()), Write::FanTimer(id(), true)] {
        assert_eq!(refusal(&offline, &write), Some(Refusal::Offline));
    }
    let mut home = home(|_| {});
    home.camera_mut(&"c".into()).expect("camera").is_online = Some(false);
    assert_eq!(refusal(&home, &Write::Streaming("c".into(), false)), Some(Refusal::Offline));
}

#[test]
fn emergency_heat_forbids_setpoints_and_modes_but_not_a_label() {
    let home = home(|t| t.is_using_emergency_heat = Some(true));
    assert_eq!(refusal(&home, &target(21.0)), Some(Refusal::EmergencyHeat));
    assert_eq!(refusal(&home, &Write::Mode(id(), HvacMode::Off)), Some(Refusal::EmergencyHeat));
    assert_eq!(refusal(&home, &Write::Label(id(), "x".to_owned())), None);
}

#[test]
fn the_fan_does_not_start_in_smoke_but_may_be_stopped() {
    let mut home = home(|t| t.fan_timer_active = Some(true));
    let protect = Protect {
        structure_id: Some("s".into()),
        smoke_alarm_state: Some(AlarmState::Emergency),
        ..Protect::default()
    };
    home.protects.insert("p".into(), Arc::new(protect));
    assert_eq!(refusal(&home, &Write::FanTimer(id(), true)), Some(Refusal::SafetyShutoff));
    assert_eq!(refusal(&home, &Write::FanTimer(id(), false)), None);
    let slot = Write::FanTimer(id(), true).slot();
    assert_eq!(blocked(&home, &slot), None, "a running fan can be stopped");
    home.thermostat_mut(&id()).expect("thermostat").fan_timer_active = Some(false);
    assert_eq!(blocked(&home, &slot), Some(Refusal::SafetyShutoff));
}

#[test]
fn the_fan_needs_a_fan_and_one_of_its_durations() {
    let without = home(|t| t.has_fan = Some(false));
    assert_eq!(refusal(&without, &Write::FanTimer(id(), true)), Some(Refusal::NoFan));
    assert_eq!(refusal(&without, &Write::FanDuration(id(), 15)), Some(Refusal::NoFan));
    let with = home(|_| {});
    for minutes in FAN_DURATIONS_MIN {
        assert_eq!(refusal(&with, &Write::FanDuration(id(), i64::from(minutes))), None);
    }
    for minutes in [-15, 0, 16, 960, i64::MAX] {
        let expected = Refusal::FanDurationNotOffered(minutes);
        assert_eq!(refusal(&with, &Write::FanDuration(id(), minutes)), Some(expected));
    }
}

#[test]
fn a_label_has_at_most_255_characters_of_any_kind() {
    let home = home(|_| {});
    for label in ["", "Kate's “Room”\n2 🔥", &"é".repeat(255)] {
        assert_eq!(refusal(&home, &Write::Label(id(), label.to_owned())), None);
    }
    let long = Write::Label(id(), "é".repeat(256));
    assert_eq!(refusal(&home, &long), Some(Refusal::LabelTooLong(256)));
}

#[test]
fn away_takes_two_words_and_a_structure_needs_a_name() {
    let home = home(|_| {});
    assert_eq!(refusal(&home, &Write::Away("s".into(), Away::Away)), None);
    let unknown = Write::Away("s".into(), Away::Unknown);
    assert_eq!(refusal(&home, &unknown), Some(Refusal::NotAnAwayState("unknown".to_owned())));
    let nameless = Write::StructureName("s".into(), "  ".to_owned());
    assert_eq!(refusal(&home, &nameless), Some(Refusal::NameMissing));
}

#[test]
fn an_arrival_is_for_an_empty_home_and_lies_ahead() {
    let mut home = home(|_| {});
    let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).expect("in range");
    let eta = |window| Write::Eta("s".into(), Eta { trip_id: "trip".to_owned(), window });
    assert_eq!(refusal(&home, &eta(Some((at(60), at(120))))), Some(Refusal::NotAway));
    assert_eq!(refusal(&home, &eta(None)), None, "cancelling is always possible");
    home.structure_mut(&"s".into()).expect("structure").away = Some(Away::Away);
    assert_eq!(refusal(&home, &eta(Some((at(60), at(120))))), None);
    assert_eq!(refusal(&home, &eta(Some((at(-60), at(120))))), Some(Refusal::ArrivalInThePast));
    assert_eq!(refusal(&home, &eta(Some((at(60), at(30))))), Some(Refusal::ArrivalEndsBeforeItBegins));
    home.structure_mut(&"s".into()).expect("structure").thermostats = None;
    assert_eq!(refusal(&home, &eta(Some((at(60), at(120))))), Some(Refusal::NoThermostat));
}

#[test]
fn unknown_ids_are_refused_by_name() {
    let write = Write::Target("nobody".into(), Setpoint::celsius(20.0));
    assert_eq!(refusal(&home(|_| {}), &write), Some(Refusal::Unknown("nobody".to_owned())));
}

proptest! {
    /// An accepted pair is within the vendor's limits and keeps the deadband.
    #[test]
    fn accepted_pairs_respect_all_limits(low in -100.0_f64..200.0, high in -100.0_f64..200.0, f: bool) {
        let scale = if f { Scale::Fahrenheit } else { Scale::Celsius };
        let home = home(|t| t.hvac_mode = Some(HvacMode::HeatCool));
        let setpoint = |degrees| Some(Setpoint { degrees, scale });
        let write = Write::Range { thermostat: id(), low: setpoint(low), high: setpoint(high) };
        if check(&home, &write, now()).is_ok() {
            prop_assert!(scale.range().contains(&low) && scale.range().contains(&high));
            prop_assert!(high - low >= scale.min_gap());
        }
    }
}

/// Findings of real homes, low table 13: Google refuses to start a fan in the mode off.
#[test]
fn a_l13_a_fan_at_google_starts_only_in_a_mode() {
    use crate::home::{Capabilities, ServiceKind};

    let mut off = home(|t| t.hvac_mode = Some(HvacMode::Off));
    assert!(check(&off, &Write::FanTimer(id(), true), now()).is_ok(), "other services start it");
    let google = Capabilities::lacking(ServiceKind::DeviceAccess, &[]);
    off = off.with_capabilities(google);
    assert_eq!(check(&off, &Write::FanTimer(id(), true), now()), Err(Refusal::FanNeedsMode));
    assert!(check(&off, &Write::FanTimer(id(), false), now()).is_ok(), "it may be stopped");
    let heats = home(|_| {}).with_capabilities(google);
    assert!(check(&heats, &Write::FanTimer(id(), true), now()).is_ok());
}
