//! Orders that the service accepts, and previews that match the result.

use std::sync::Arc;

use super::*;
use crate::home::{Camera, HvacMode, Setpoint, Temperature, Thermostat};

fn now() -> Timestamp {
    Timestamp::from_second(1_700_000_000).expect("in range")
}

fn home(mode: HvacMode) -> DeviceTree {
    let thermostat = Thermostat {
        name: Some("Hallway".to_owned()),
        hvac_mode: Some(mode),
        can_heat: Some(true),
        can_cool: Some(false),
        has_fan: Some(true),
        fan_timer_active: Some(false),
        target_temperature: Temperature::from_celsius(20.0),
        ..Thermostat::default()
    };
    let mut home = DeviceTree::default();
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    home.cameras.insert("c".into(), Arc::new(Camera { is_streaming: Some(true), ..Camera::default() }));
    home
}

fn mode(mode: HvacMode) -> Write {
    Write::Mode("t".into(), mode)
}

fn target(celsius: f64) -> Write {
    Write::Target("t".into(), Setpoint::celsius(celsius))
}

#[test]
fn a_mode_goes_before_the_setpoint_that_needs_it_and_a_fan_last() {
    let fan = [Write::FanTimer("t".into(), true), Write::FanDuration("t".into(), 30)];
    let asked = [fan[0].clone(), target(21.0), fan[1].clone(), mode(HvacMode::Heat)];
    let expected = [mode(HvacMode::Heat), target(21.0), fan[1].clone(), fan[0].clone()];
    assert_eq!(in_order(&home(HvacMode::Eco), &asked, now()), expected);
}

#[test]
fn a_setpoint_goes_before_a_mode_that_has_none() {
    let home = home(HvacMode::Heat);
    let asked = [mode(HvacMode::Eco), target(18.0)];
    assert_eq!(in_order(&home, &asked, now()), [target(18.0), mode(HvacMode::Eco)]);
    assert!(preview(&home, &asked, now()).iter().all(|line| line.verdict == Verdict::Allowed));
}

#[test]
fn the_given_order_is_kept_where_it_works() {
    let home = home(HvacMode::Heat);
    let back = [target(24.0), mode(HvacMode::Heat)];
    assert_eq!(arrange(&home, &back, now()), back);
    let from_eco = arrange(&super::tests::home(HvacMode::Eco), &back, now());
    assert_eq!(from_eco, [mode(HvacMode::Heat), target(24.0)]);
}

#[test]
fn of_two_writes_to_one_slot_the_last_one_counts() {
    let asked = [target(21.0), mode(HvacMode::Heat), target(22.0)];
    assert_eq!(in_order(&home(HvacMode::Heat), &asked, now()), [mode(HvacMode::Heat), target(22.0)]);
}

#[test]
fn each_write_is_checked_after_those_before_it() {
    let home = home(HvacMode::Off);
    let verdicts = |writes: &[Write]| -> Vec<Verdict> {
        preview(&home, writes, now()).into_iter().map(|line| line.verdict).collect()
    };
    assert!(matches!(verdicts(&[target(21.0)])[..], [Verdict::Refused(Refusal::ModeForbids { .. })]));
    assert_eq!(verdicts(&[mode(HvacMode::Heat), target(21.0)]), [Verdict::Allowed, Verdict::Allowed]);
    // A refused write does not affect those after it.
    let refused = verdicts(&[mode(HvacMode::Cool), target(21.0), Write::Streaming("c".into(), false)]);
    assert!(
        matches!(
            refused[..],
            [
                Verdict::Refused(Refusal::EquipmentLacks { .. }),
                Verdict::Refused(Refusal::ModeForbids { .. }),
                Verdict::Allowed
            ]
        ),
        "{refused:?}"
    );
}

#[test]
fn unchanged_values_are_marked_unless_a_new_mode_may_move_them() {
    let home = home(HvacMode::Heat);
    let lines = preview(&home, &[mode(HvacMode::Heat), target(20.0), Write::Streaming("c".into(), true)], now());
    assert!(lines.iter().all(|line| line.verdict == Verdict::Unchanged), "{lines:?}");
    let lines = preview(&super::tests::home(HvacMode::Off), &[mode(HvacMode::Heat), target(20.0)], now());
    assert!(lines.iter().all(|line| line.verdict == Verdict::Allowed), "{lines:?}");
    assert_eq!((lines[0].from.clone(), lines[0].name.as_str()), (Some(mode(HvacMode::Off)), "Hallway"));
}

#[test]
fn an_equal_value_is_unchanged_on_a_device_that_is_offline_but_not_in_a_mode_that_ignores_it() {
    let mut offline = home(HvacMode::Heat);
    offline.thermostat_mut(&"t".into()).expect("there").is_online = Some(false);
    assert_eq!(preview(&offline, &[target(20.0)], now())[0].verdict, Verdict::Unchanged);
    let in_eco = preview(&home(HvacMode::Eco), &[target(20.0)], now());
    assert!(matches!(in_eco[0].verdict, Verdict::Refused(Refusal::ModeForbids { .. })), "{in_eco:?}");
}

#[test]
fn a_device_that_is_gone_is_refused_by_its_id() {
    let lines = preview(&home(HvacMode::Heat), &[Write::Streaming("gone".into(), true)], now());
    assert_eq!(lines[0].verdict, Verdict::Refused(Refusal::Unknown("gone".to_owned())));
    assert_eq!((lines[0].name.as_str(), &lines[0].from), ("gone", &None));
}
