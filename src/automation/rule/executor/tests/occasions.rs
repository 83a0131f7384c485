//! The occasions on which a rule acts.

use jiff::SignedDuration;

use super::{LEFT, World, at, temperature, told};
use crate::home::{AlarmState, Away, CameraEvent, HvacMode, HvacState};

#[test]
fn a_rule_acts_once_when_a_home_becomes_away() {
    let mut world = World::new(LEFT);
    assert_eq!(told(&world.pass(3)), [] as [&str; 0]);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(3)), ["Hallway Eco, Everybody has left"]);
    world.presence(Away::Home);
    world.thermostat(|it| it.hvac_mode = Some(HvacMode::Heat));
    world.pass(3);
    world.presence(Away::AutoAway);
    assert_eq!(told(&world.pass(3)).len(), 1);
}

#[test]
fn what_it_begins_with_is_no_change_and_what_changed_meanwhile_is() {
    let mut world = World::new(LEFT);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(3)), [] as [&str; 0], "it was away already");
    world.restart();
    assert_eq!(told(&world.pass(3)), [] as [&str; 0]);
    world.presence(Away::Home);
    world.pass(1);
    world.restart();
    world.now += SignedDuration::from_hours(5);
    world.presence(Away::Away);
    assert_eq!(told(&world.look()), ["Hallway Eco, Everybody has left"], "after the program was away itself");
    world.restart();
    assert_eq!(told(&world.pass(3)), [] as [&str; 0], "once");
}

#[test]
fn nothing_is_known_while_a_service_is_away() {
    let mut world = World::new(LEFT);
    world.look();
    world.is_live = false;
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(3)), [] as [&str; 0]);
    world.is_live = true;
    assert_eq!(told(&world.pass(1)).len(), 1);
}

#[test]
fn a_time_of_the_day_is_due_once_and_not_too_late() {
    let mut world = World::new(
        "[[rule]]\nname = \"Night\"\nwhen = [{ time = \"22:30\" }]\nthen = [{ command = \"hallway 17\" }]\nlate = \"10 min\"",
    );
    world.look();
    assert_eq!(told(&world.pass(9 * 60 + 29)), [] as [&str; 0]);
    assert_eq!(told(&world.pass(30)), ["Hallway 17.0 °C"]);
    assert_eq!(world.runs[0].due, at("2026-11-27T21:30:00Z"));
    // Two evenings asleep, and the third one a little late.
    world.by_hand(21.0);
    world.look();
    world.restart();
    world.now = at("2026-11-29T23:00:00Z");
    assert_eq!(told(&world.pass(1)), ["Night: Late { earlier: 1 }"]);
    world.now = at("2026-11-30T21:38:00Z");
    assert_eq!(told(&world.pass(1)), ["Hallway 17.0 °C"]);
    // A clock that is set back by a day does not stop it for a day.
    world.thermostat(|it| it.target_temperature = temperature(21.0));
    world.now = at("2026-11-29T20:00:00Z");
    assert_eq!(told(&world.pass(100)), ["Hallway 17.0 °C"]);
}

#[test]
fn the_repeated_hour_and_the_skipped_one_are_due_once() {
    for (day, expected) in [("2026-10-24T22:00:00Z", 1), ("2026-03-28T22:00:00Z", 1)] {
        let mut world = World::new(
            "[[rule]]\nname = \"Early\"\nwhen = [{ time = \"02:30\" }]\nthen = [{ notify = \"early\" }]\nrate = 60",
        );
        world.now = at(day);
        world.look();
        assert_eq!(told(&world.pass(8 * 60)).len(), expected, "{day}");
    }
}

#[test]
fn a_condition_that_nobody_knows_is_not_met() {
    let mut world = World::new(&LEFT.replace("then =", "if = [{ room = \"Hallway\", above = 15 }]\nthen ="));
    world.look();
    world.thermostat(|it| it.ambient_temperature = None);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(2)), ["Left: Unknown"]);
    world.presence(Away::Home);
    world.room(14.0);
    world.pass(1);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(2)), ["Left: NotSo"]);
    let judged = &world.runs[1].conditions[0];
    assert_eq!((judged.holds, judged.value.as_deref()), (Some(false), Some("14.0 °C")));
}

#[test]
fn a_state_has_to_last_and_time_that_nobody_saw_does_not_count() {
    let mut world = World::new(
        "[[rule]]\nname = \"Cold\"\nwhen = [{ room = \"any\", below = 12, for = \"30 min\" }]\nthen = [{ notify = \"cold\" }]",
    );
    world.room(11.0);
    world.look();
    assert_eq!(told(&world.pass(20)), [] as [&str; 0]);
    // A value at the edge does not begin anew.
    world.room(12.1);
    assert_eq!(told(&world.pass(2)), [] as [&str; 0]);
    world.room(11.5);
    world.restart();
    world.now += SignedDuration::from_hours(3);
    assert_eq!(told(&world.pass(6)), [] as [&str; 0]);
    assert_eq!(told(&world.pass(4)), ["cold"]);
    assert_eq!(world.runs[0].subject, "Hallway");
    assert_eq!(told(&world.pass(90)), [] as [&str; 0], "once");
    world.room(15.0);
    world.pass(1);
    world.room(11.0);
    assert_eq!(told(&world.pass(31)), ["cold"]);
}

#[test]
fn heating_without_effect_is_told_and_heating_that_works_is_not() {
    let rule =
        "[[rule]]\nname = \"Heat\"\nwhen = [{ no-effect = \"any\", for = \"1 h\" }]\nthen = [{ notify = \"no heat\" }]";
    let mut world = World::new(rule);
    world.thermostat(|it| it.hvac_state = Some(HvacState::Heating));
    for step in 0..8 {
        world.room(18.0 + 0.5 * f64::from(step));
        assert_eq!(told(&world.pass(30)), [] as [&str; 0]);
    }
    world.thermostat(|it| it.hvac_state = Some(HvacState::Off));
    world.pass(120);
    world.thermostat(|it| it.hvac_state = Some(HvacState::Heating));
    world.room(21.0);
    assert_eq!(told(&world.pass(62)), ["no heat"]);
}

#[test]
fn an_open_window_is_a_fall_within_minutes_and_over_when_the_room_comes_back() {
    let mut world = World::new(
        "[[rule]]\nname = \"Open\"\nwhen = [{ window-open = \"Hallway\" }]\nthen = [{ notify = \"open\" }]\n\
         [[rule]]\nname = \"Closed\"\nwhen = [{ window-open = \"Hallway\", over = true }]\nthen = [{ notify = \"closed\" }]",
    );
    world.look();
    // A night is no window.
    for step in 0..10 {
        world.room(21.0 - 0.2 * f64::from(step));
        assert_eq!(told(&world.pass(20)), [] as [&str; 0]);
    }
    for room in [18.6, 18.0, 17.5] {
        world.room(room);
        world.pass(3);
    }
    assert_eq!(told(&world.runs), ["open"]);
    world.room(17.2);
    world.pass(5);
    world.room(17.8);
    world.pass(20);
    assert_eq!(told(&world.runs), ["open", "closed"]);
}

#[test]
fn cameras_alarms_accounts_arrivals_and_failed_changes_are_reasons() {
    let mut world = World::new(
        r#"
[[rule]]
name = "Person"
when = [{ camera = "Door", sees = "person" }]
then = [{ notify = "person" }]
[[rule]]
name = "Smoke"
when = [{ alarm = "smoke" }]
then = [{ notify = "smoke" }]
[[rule]]
name = "Smoke over"
when = [{ alarm = "any", of = "Attic", over = true }]
then = [{ notify = "over" }]
[[rule]]
name = "Offline"
when = [{ offline = "any", for = "10 min" }]
then = [{ notify = "offline" }]
[[rule]]
name = "Account"
when = [{ signed-out = "any" }]
then = [{ notify = "sign in" }]
[[rule]]
name = "Failed"
when = [{ failed-change = true }]
then = [{ notify = "failed" }]
[[rule]]
name = "Coming"
when = [{ arrival = true }]
then = [{ notify = "coming" }]
"#,
    );
    world.executor.hear_failure(world.now - SignedDuration::from_hours(1), "old".to_owned());
    world.look();
    assert_eq!(told(&world.pass(1)), [] as [&str; 0]);
    let start = world.now;
    world.home.camera_mut(&"c1".into()).expect("a camera").last_event =
        Some(CameraEvent { has_motion: Some(true), start_time: Some(start), ..CameraEvent::default() });
    assert_eq!(told(&world.pass(1)), [] as [&str; 0], "motion is no person");
    world.home.camera_mut(&"c1".into()).expect("a camera").last_event =
        Some(CameraEvent { has_person: Some(true), start_time: Some(start), ..CameraEvent::default() });
    assert_eq!(told(&world.pass(2)), ["person"]);
    world.home.protect_mut(&"p1".into()).expect("an alarm").smoke_alarm_state = Some(AlarmState::Emergency);
    assert_eq!(told(&world.pass(2)), ["smoke"]);
    world.home.protect_mut(&"p1".into()).expect("an alarm").smoke_alarm_state = Some(AlarmState::Ok);
    assert_eq!(told(&world.pass(2)), ["over"]);
    world.thermostat(|it| it.is_online = Some(false));
    assert_eq!(told(&world.pass(12)), ["offline"]);
    world.is_signed_out = true;
    assert_eq!(told(&world.pass(2)), ["sign in"]);
    world.is_signed_out = false;
    world.executor.hear_failure(world.now, "Hallway".to_owned());
    assert_eq!(told(&world.pass(2)), ["failed"]);
    world.home.structure_mut(&"s1".into()).expect("a home").eta_begin = Some(world.now + SignedDuration::from_hours(1));
    assert_eq!(told(&world.pass(2)), ["coming"]);
}
