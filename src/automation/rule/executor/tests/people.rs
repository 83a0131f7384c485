//! People, holds, limits and rates that stand in the way of a rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;

use super::{LEFT, World, at, temperature, told};
use crate::automation::executor::HeardChange;
use crate::automation::hold::{Hold, HoldEnd};
use crate::automation::rule::check::chasing;
use crate::automation::rule::{KeptRules, RuleExecutor};
use crate::automation::run::{RunId, RunOutcome};
use crate::home::{Away, HvacMode, Thermostat, Write};

#[test]
fn a_person_wins_until_the_next_start_and_who_leaves_decides_anew() {
    let mut world = World::new(
        "[[rule]]\nname = \"Warm\"\nwhen = [{ room = \"Hallway\", above = 21 }]\nthen = [{ command = \"hallway 19\" }]\n\
         [[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 16\" }]",
    );
    world.start = Some(world.now);
    world.look();
    world.now += SignedDuration::from_hours(3);
    world.by_hand(23.0);
    world.room(21.5);
    assert_eq!(told(&world.pass(1)), ["Hallway 19.0 °C: Skipped(ChangedByHand)"]);
    world.room(20.0);
    world.pass(1);
    world.start = Some(world.now);
    world.room(21.5);
    assert_eq!(told(&world.pass(1)), ["Hallway 19.0 °C"], "a start of the schedule has passed");
    world.by_hand(23.0);
    world.pass(1);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway 16.0 °C"]);
    // Without a schedule it is two hours.
    world.start = None;
    world.by_hand(23.0);
    for (minutes, expected) in [(100, "Hallway 19.0 °C: Skipped(ChangedByHand)"), (60, "Hallway 19.0 °C")] {
        world.room(20.0);
        world.pass(minutes);
        world.room(21.5);
        assert_eq!(told(&world.pass(1)), [expected]);
    }
}

#[test]
fn a_hold_of_a_person_wins_and_one_of_a_rule_is_replaced_and_ended() {
    let mut world = World::new(
        "[[rule]]\nname = \"Home\"\nwhen = [{ presence = \"home\" }]\nthen = [{ command = \"hallway 22 for 2h\" }]\n\
         [[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ resume = \"Hallway\" }]",
    );
    world.look();
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["end Hallway: Skipped(AlreadySo)"]);
    world.presence(Away::Home);
    assert_eq!(told(&world.pass(1)), ["Hallway 22.0 °C"]);
    let hold = world.holds.values().next().expect("a hold").clone();
    assert_eq!(
        (hold.rule.as_deref(), hold.ends),
        (Some("Home"), HoldEnd::At(world.now + SignedDuration::from_hours(2)))
    );
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["end Hallway"]);
    assert!(world.holds.is_empty());
    world.holds.insert("t1".into(), Hold { rule: None, ..hold });
    world.presence(Away::Home);
    assert_eq!(told(&world.pass(1)), ["Hallway 22.0 °C: Skipped(Held)"]);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["end Hallway: Skipped(Held)"]);
}

#[test]
fn no_rule_crosses_the_limits_or_lets_a_cold_room_freeze() {
    let mut world = World::new(
        "[limits]\nlowest = 12\n[[rule]]\nname = \"Off\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway off\" }]",
    );
    world.look();
    for (room, expected) in [
        (Some(14.5), "Hallway Off: Skipped(TooCold)"),
        (None, "Hallway Off: Skipped(TooCold)"),
        (Some(15.0), "Hallway Off"),
    ] {
        world.thermostat(|it| it.ambient_temperature = room.and_then(temperature));
        world.presence(Away::Away);
        assert_eq!(told(&world.pass(1)), [expected]);
        world.presence(Away::Home);
        world.pass(1);
    }
    let mut world = World::new(
        "[limits]\nlowest = 12\n[[rule]]\nname = \"Low\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 11\" }]",
    );
    world.look();
    let problem = world.executor.states().get("Low").and_then(|state| state.problem.clone());
    let problem = problem.map(|problem| problem.to_string());
    assert_eq!(
        problem.as_deref(),
        Some("rule “Low”: 11.0 °C is outside of the limits of all rules, 12.0 °C to 30.0 °C")
    );
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), [] as [&str; 0]);
    // A preset may change later, so it is judged when it is due.
    let mut world = World::new(
        "[limits]\nhighest = 22\n[[rule]]\nname = \"High\"\nwhen = [{ presence = \"away\" }]\nthen = [{ preset = \"cosy\" }]",
    );
    world.look();
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway 22.5 °C: Skipped(BeyondLimits)"]);
}

#[test]
fn a_rule_does_not_set_off_another_one() {
    let mut world = World::new(
        "[[rule]]\nname = \"One\"\nwhen = [{ presence = \"home\" }]\nthen = [{ command = \"away\" }]\n\
         [[rule]]\nname = \"Other\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"home\" }]",
    );
    world.look();
    let pairs = world.present(|executor, present| chasing(executor.rules(), present));
    assert_eq!(pairs, [("One".to_owned(), "Other".to_owned())]);
    world.presence(Away::Away);
    let write = Write::Away("s1".into(), Away::Away);
    world.executor.hear(&HeardChange { at: world.now, write, is_by_hand: true });
    let told = told(&world.pass(10));
    assert_eq!(told, ["Cabin home", "One: ByRule(\"Other\")"]);
}

#[test]
fn a_rule_that_acts_too_often_pauses_and_its_occasion_waits() {
    let mut world = World::new(
        "[[rule]]\nname = \"Damp\"\nwhen = [{ humidity = \"Hallway\", above = 60 }]\nthen = [{ notify = \"damp\" }]\nrate = 2",
    );
    world.look();
    let mut all = Vec::new();
    for _ in 0..3 {
        world.thermostat(|it| it.humidity = Some(70));
        all.extend(world.pass(1));
        world.thermostat(|it| it.humidity = Some(50));
        all.extend(world.pass(1));
    }
    assert_eq!(told(&all), ["damp", "damp", "Damp: Missed"]);
    world.thermostat(|it| it.humidity = Some(70));
    assert_eq!(told(&world.pass(1)), [] as [&str; 0]);
    let paused = world.executor.states().get("Damp").and_then(|state| state.paused_until);
    assert_eq!(paused, Some(at("2026-11-27T13:01:00Z")));
    world.restart();
    assert_eq!(told(&world.pass(60)), ["damp"], "not dropped");
    assert!(world.executor.states().get("Damp").is_none_or(|state| state.paused_until.is_none()));
}

#[test]
fn a_rule_that_a_home_cannot_carry_out_says_why_and_the_others_go_on() {
    let mut world = World::new(
        r#"
[[rule]]
name = "Gone"
when = [{ room = "Cellar", above = 20 }]
then = [{ notify = "x" }]
[[rule]]
name = "Misspelt"
when = [{ presence = "away" }]
then = [{ command = "halway 20" }]
[[rule]]
name = "Night"
when = [{ sun = "sunset" }]
then = [{ preset = "Night" }]
[[rule]]
name = "Preset"
when = [{ presence = "away" }]
then = [{ preset = "Night" }]
[[rule]]
name = "Program"
when = [{ presence = "away" }]
then = [{ program = "lights" }]
[[rule]]
name = "Good"
when = [{ presence = "away" }]
then = [{ preset = "cosy" }]
"#,
    );
    world.look();
    let problems: Vec<String> =
        world.executor.states().values().filter_map(|state| Some(state.problem.as_ref()?.to_string())).collect();
    assert_eq!(
        problems,
        [
            "rule “Gone”: there is no “Cellar” here, or more than one",
            "rule “Misspelt”: “halway 20”: There is no device or home called “halway”; there are: Cabin, Hallway, Door",
            "rule “Night”: sunrise and sunset need a place; tell its latitude and longitude",
            "rule “Preset”: there is no preset “Night”",
            "rule “Program”: the settings have no “lights”",
        ]
    );
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(2)), ["Hallway 22.5 °C"]);
    // A thermostat that was replaced is found by its name.
    let cellar = Thermostat { name: Some("Cellar".to_owned()), ..Thermostat::default() };
    world.home.thermostats.insert("t9".into(), Arc::new(cellar));
    world.look();
    assert!(!world.executor.states().contains_key("Gone"));
}

#[test]
fn a_device_without_the_field_breaks_the_rule_until_it_has_it() {
    let mut world = World::new(
        r#"
[[rule]]
name = "Damp"
when = [{ humidity = "Hallway", above = 60 }]
then = [{ notify = "damp" }]
[[rule]]
name = "Fan"
when = [{ presence = "away" }]
then = [{ command = "hallway fan on" }]
[[rule]]
name = "Good"
when = [{ presence = "away" }]
then = [{ command = "hallway 18" }]
"#,
    );
    world.thermostat(|it| (it.humidity, it.has_fan) = (None, Some(false)));
    world.look();
    let problems = |world: &World| -> Vec<String> {
        world.executor.states().values().filter_map(|state| Some(state.problem.as_ref()?.to_string())).collect()
    };
    assert_eq!(
        problems(&world),
        [
            "rule “Damp”: Hallway tells no humidity",
            "rule “Fan”: “hallway fan on”: This thermostat does not control a fan",
        ]
    );
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway 18.0 °C"], "the others go on");
    world.thermostat(|it| (it.humidity, it.has_fan) = (Some(65), Some(true)));
    assert_eq!(told(&world.pass(2)), ["damp"]);
    assert_eq!(problems(&world), [] as [&str; 0]);
}

#[test]
fn a_rule_of_any_device_goes_on_with_those_that_can_do_it() {
    let mut world = World::new(
        "[[rule]]\nname = \"Air\"\nwhen = [{ room = \"any\", above = 24 }]\nthen = [{ command = \"{device} fan on\" }]",
    );
    let attic = Thermostat {
        has_fan: Some(false),
        name: Some("Attic".to_owned()),
        ..world.home.thermostats["t1"].as_ref().clone()
    };
    world.home.thermostats.insert("t0".into(), Arc::new(attic));
    world.thermostat(|it| it.has_fan = Some(true));
    world.look();
    assert!(!world.executor.states().contains_key("Air"));
    world.room(25.0);
    assert_eq!(told(&world.pass(1)), ["Hallway on"]);
}

#[test]
fn a_rule_of_ten_thousand_devices_is_bounded_by_its_rate() {
    let mut world = World::new(
        "[[rule]]\nname = \"Cold\"\nwhen = [{ room = \"any\", below = 10 }]\nthen = [{ notify = \"{device}\" }]\nrate = 5\n\
         [[rule]]\nname = \"Other\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 18\" }]",
    );
    for number in 0..10_000 {
        let thermostat = Thermostat {
            name: Some(format!("Room {number}")),
            structure_id: Some("s1".into()),
            hvac_mode: Some(HvacMode::Heat),
            is_online: Some(true),
            ambient_temperature: temperature(20.0),
            ..Thermostat::default()
        };
        world.home.thermostats.insert(format!("n{number}").as_str().into(), Arc::new(thermostat));
    }
    world.look();
    for number in 0..10_000 {
        let id: crate::home::DeviceId = format!("n{number}").as_str().into();
        world.home.thermostat_mut(&id).expect("a thermostat").ambient_temperature = temperature(8.0);
    }
    let mut runs = 0;
    for _ in 0..10 {
        runs += world.pass(1).len();
    }
    assert_eq!(runs, 5, "the rest waits for the next hour");
    assert!(world.executor.states().get("Cold").is_some_and(|state| state.paused_until.is_some()));
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway 18.0 °C"], "the others go on");
}

#[test]
fn a_rule_follows_a_preset_that_became_a_comfort_level() {
    let mut world =
        World::new("[[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ preset = \"away\" }]");
    world.look();
    assert!(!world.executor.states().contains_key("Left"));
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Hallway 18.5 °C"]);
}

#[test]
fn a_thermostat_out_of_reach_is_waited_for() {
    let mut world =
        World::new("[[rule]]\nname = \"Night\"\nwhen = [{ time = \"22:30\" }]\nthen = [{ command = \"hallway 17\" }]");
    world.now = at("2026-11-27T21:00:00Z");
    world.look();
    world.thermostat(|it| it.is_online = Some(false));
    assert_eq!(told(&world.pass(40)), [] as [&str; 0]);
    world.thermostat(|it| it.is_online = Some(true));
    assert_eq!(told(&world.pass(1)), ["Hallway 17.0 °C"]);
    world.now = at("2026-11-28T21:00:00Z");
    world.thermostat(|it| it.is_online = Some(false));
    assert_eq!(told(&world.pass(62)), ["Night: Late { earlier: 0 }"]);
}

#[test]
fn a_rule_that_is_switched_off_or_changed_begins_anew() {
    let mut world = World::new(LEFT);
    world.look();
    let mut rules = world.executor.rules().clone();
    rules.rule_mut("left").expect("a rule").is_on = false;
    world.executor.set_rules(rules.clone());
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(2)), [] as [&str; 0]);
    assert_eq!(world.executor.take_removed().len(), 1);
    rules.rule_mut("left").expect("a rule").is_on = true;
    world.executor.set_rules(rules);
    assert_eq!(told(&world.pass(2)), [] as [&str; 0], "it is away already");
}

#[test]
fn an_open_act_of_an_earlier_process_is_told_by_the_journal_or_by_the_home() {
    let mut world = World::new(LEFT);
    world.look();
    world.presence(Away::Away);
    let steps = world.present(|executor, present| executor.due(present));
    let run = steps[0].run.clone().expect("a run");
    let open = BTreeMap::from([(RunId(1), run.clone())]);
    let rules = world.executor.rules().clone();
    let mut restored = RuleExecutor::restored(KeptRules { open, ..KeptRules::default() });
    restored.set_rules(rules);
    world.executor = restored;
    let recheck = |world: &mut World, keeps_queue: bool, recorded: Option<RunOutcome>, is_pending: bool| {
        world.present(|executor, present| {
            executor.recheck(present, keeps_queue, |_| is_pending, |_, _| recorded.clone())
        })
    };
    let of_write = |told: Vec<(RunId, usize, Option<RunOutcome>)>| {
        told.into_iter().find(|(_, place, _)| *place == 0).map(|(.., outcome)| outcome)
    };
    assert_eq!(of_write(recheck(&mut world, true, None, true)), None, "it is pending");
    assert_eq!(of_write(recheck(&mut world, true, None, false)), Some(None), "it is sent now");
    assert_eq!(of_write(recheck(&mut world, false, None, false)), Some(Some(RunOutcome::MayHaveArrived)));
    let unconfirmed = Some(RunOutcome::Unconfirmed);
    assert_eq!(of_write(recheck(&mut world, true, unconfirmed.clone(), false)), Some(unconfirmed));
    world.now += SignedDuration::from_mins(31);
    assert_eq!(of_write(recheck(&mut world, true, None, false)), Some(Some(RunOutcome::NotSent)), "it is too late");
    world.by_hand(22.0);
    let write = Write::Mode("t1".into(), HvacMode::Heat);
    world.executor.hear(&HeardChange { at: world.now, write, is_by_hand: true });
    assert_eq!(of_write(recheck(&mut world, true, None, false)), Some(Some(RunOutcome::Superseded)));
    world.thermostat(|it| it.hvac_mode = Some(HvacMode::Eco));
    assert_eq!(of_write(recheck(&mut world, true, None, false)), Some(Some(RunOutcome::Done)));
    assert_eq!(told(&world.look()), [] as [&str; 0], "the rule waits for its run");
    assert!(world.executor.resolved(RunId(1), 0, &RunOutcome::Done).expect("open").is_open());
    assert!(!world.executor.resolved(RunId(1), 1, &RunOutcome::MayHaveArrived).expect("open").is_open());
    assert!(world.executor.open().is_empty());
}

#[test]
fn a_rule_waits_for_a_thermostat_that_is_away_and_not_for_one_of_several() {
    let mut world = World::new(LEFT);
    world.look();
    world.thermostat(|it| it.is_online = Some(false));
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(20)), [] as [&str; 0]);
    // What was so before the restart is so since then.
    world.restart();
    world.now += SignedDuration::from_mins(1);
    assert_eq!(told(&world.pass(8)), [] as [&str; 0]);
    assert_eq!(told(&world.pass(3)), ["Hallway Eco: Skipped(Offline), Everybody has left"], "after half an hour");
    world.presence(Away::Home);
    world.pass(1);
    let second = world.home.thermostats.values().next().map(|it| crate::home::Thermostat {
        name: Some("Attic".to_owned()),
        is_online: Some(true),
        ..(**it).clone()
    });
    world.home.thermostats.insert("t2".into(), std::sync::Arc::new(second.expect("a thermostat")));
    world.pass(1);
    world.presence(Away::Away);
    assert_eq!(told(&world.pass(1)), ["Attic Eco, Hallway Eco: Skipped(Offline), Everybody has left"]);
}

#[test]
fn a_change_by_hand_counts_after_a_restart_and_one_that_nobody_saw_as_well() {
    let rule = "[[rule]]\nname = \"Night\"\nwhen = [{ time = \"13:30\" }]\nthen = [{ command = \"hallway 17\" }]";
    let left_alone = ["Hallway 17.0 °C: Skipped(ChangedByHand)"];
    let mut world = World::new(rule);
    world.pass(2);
    world.by_hand(23.0);
    world.pass(1);
    world.restart();
    assert_eq!(told(&world.pass(40)), left_alone, "it was told before the restart");
    let mut world = World::new(rule);
    world.pass(2);
    world.restart();
    world.thermostat(|it| it.target_temperature = temperature(23.0));
    assert_eq!(told(&world.pass(40)), left_alone, "no log tells of it");
    // A change of this program is none, and neither is what stays as it was.
    let mut world = World::new(rule);
    world.pass(2);
    world.restart();
    let write = Write::Target("t1".into(), crate::home::Setpoint::celsius(23.0));
    write.apply_optimistic(&mut world.home);
    world.executor.hear(&HeardChange { at: world.now, write, is_by_hand: false });
    assert_eq!(told(&world.pass(40)), ["Hallway 17.0 °C"]);
}

#[test]
fn a_mode_does_not_bring_back_a_set_point_beyond_the_limits() {
    let mut world = World::new(
        "[limits]\nlowest = 16\nhighest = 20\n[[rule]]\nname = \"Home\"\nwhen = [{ presence = \"home\" }]\n\
         then = [{ command = \"hallway heat\" }]",
    );
    world.presence(Away::Away);
    world.thermostat(|it| {
        it.hvac_mode = Some(HvacMode::Off);
        it.target_temperature = temperature(29.0);
    });
    world.pass(2);
    world.presence(Away::Home);
    assert_eq!(told(&world.pass(1)), ["Hallway Heat: Skipped(BeyondLimits)"]);
}

#[test]
fn what_passes_during_a_pause_leaves_a_trace() {
    let mut world = World::new(&LEFT.replace("then =", "rate = 1\nthen ="));
    world.pass(1);
    for _ in 0..2 {
        world.presence(Away::Away);
        world.pass(2);
        world.presence(Away::Home);
        world.thermostat(|it| it.hvac_mode = Some(HvacMode::Heat));
        world.pass(2);
    }
    assert_eq!(told(&world.runs), ["Hallway Eco, Everybody has left", "Left: Missed"]);
}
