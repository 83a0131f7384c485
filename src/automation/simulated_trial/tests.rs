//! The templates, a hold and a schedule on a simulated day.

use super::*;
use crate::automation::form_file::Form as _;
use crate::automation::rule::{Template, reason_message};
use crate::automation::schedule::{LoadedSchedules, Schedules};
use crate::home::{
    Camera, Capabilities, HvacMode, HvacState, Protect, Scale, ServiceKind, Structure, Temperature, Thermostat,
};

/// A home whose service only tells that somebody left.
fn home() -> DeviceTree {
    let mut home = DeviceTree::default();
    let structure = Structure {
        name: Some("Cabin".to_owned()),
        thermostats: Some(vec!["t1".into(), "t2".into()]),
        ..Structure::default()
    };
    home.structures.insert("s1".into(), Arc::new(structure));
    for (id, name) in [("t1", "Hallway"), ("t2", "Bedroom")] {
        let thermostat = Thermostat {
            name: Some(name.to_owned()),
            structure_id: Some("s1".into()),
            hvac_mode: Some(HvacMode::Heat),
            hvac_state: Some(HvacState::Off),
            can_heat: Some(true),
            can_cool: Some(true),
            ambient_temperature: Temperature::from_celsius(20.0),
            target_temperature: Temperature::from_celsius(20.5),
            eco_temperature_low: Temperature::from_celsius(15.0),
            ..Thermostat::default()
        };
        home.thermostats.insert(id.into(), Arc::new(thermostat));
    }
    home.cameras.insert("c1".into(), Arc::new(Camera { name: Some("Door".to_owned()), ..Camera::default() }));
    home.protects.insert("p1".into(), Arc::new(Protect { name: Some("Attic".to_owned()), ..Protect::default() }));
    home.with_capabilities(Capabilities::lacking(ServiceKind::DeviceAccess, &[]))
}

fn request(tried: Tried, schedules: &str) -> SimulatedTrialRequest {
    let schedules: LoadedSchedules = Schedules::parse(schedules).expect("schedules");
    SimulatedTrialRequest {
        tried,
        home: Arc::new(home()),
        zone: TimeZone::UTC,
        presets: Vec::new(),
        schedules: Arc::new(schedules),
        programs: Vec::new(),
        requests: Vec::new(),
        now: "2026-11-27T18:20:00Z".parse().expect("a time"),
        seed: 3,
    }
}

const LEVELS: &str = "[levels]\nHome = { heat = 20.5, cool = 25 }\nSleep = { heat = 17, cool = 26 }\n";

/// The lines of a whole day, each as its time and its words.
fn day(request: SimulatedTrialRequest) -> Result<Vec<String>, FormProblem> {
    let mut trial = SimulatedTrial::begin(request)?;
    // Frames of any length tell the same.
    while !trial.is_over() {
        let until = trial.now().checked_add(jiff::SignedDuration::from_secs(997)).expect("a time");
        trial.pass(until);
    }
    assert!((trial.share() - 1.0).abs() < 1e-9);
    let words = trial.lines().map(|line| {
        let time = line.at.strftime("%H:%M");
        match &line.what {
            TrialEvent::Happened(happening) => format!("{time} {happening:?}"),
            TrialEvent::Ran(run) => {
                let reason = english().localize(&reason_message(&run.trigger, &run.subject));
                let acts: Vec<String> = run
                    .acts
                    .iter()
                    .map(|act| match &act.kind {
                        ActKind::Write(write) => format!("{} {} {:?}", act.name, write.value_text(), act.outcome),
                        ActKind::Notify(_) => "tell".to_owned(),
                        ActKind::EndHold(_)
                        | ActKind::EndEco(_)
                        | ActKind::Level(_)
                        | ActKind::Program(_)
                        | ActKind::Request(_)
                        | ActKind::Command(_)
                        | ActKind::Preset(_) => format!("{:?}", act.outcome),
                    })
                    .collect();
                format!("{time} {reason}: {} {:?}", acts.join(", "), run.skip)
            }
            TrialEvent::Started { level, write, refused } => {
                format!("{time} {level} {} {refused:?}", write.as_ref().map_or_else(String::new, Write::value_text))
            }
            TrialEvent::HoldEnded { write, .. } => {
                format!("{time} end {}", write.as_ref().map_or_else(String::new, Write::value_text))
            }
        }
    });
    Ok(words.filter(|words| !words.contains("(\"")).collect())
}

fn rule(text: &str) -> Result<Vec<String>, FormProblem> {
    let loaded = Rules::parse(text).expect("rules");
    let rule = Box::new(loaded.content.rules.first().expect("a rule").clone());
    day(request(Tried::Rule { rule, all: Box::new(loaded.content) }, LEVELS))
}

#[test]
fn every_template_acts_on_the_day() {
    let mut all = Rules::default();
    for template in Template::ALL {
        all.rules.extend(template.rules(english(), Scale::Celsius));
    }
    // Whoever comes home ends Eco only after somebody has left.
    for rule in all.rules.clone() {
        let tried = Tried::Rule { rule: Box::new(rule.clone()), all: Box::new(all.clone()) };
        let mut trial = SimulatedTrial::begin(request(tried, LEVELS)).expect("a trial");
        trial.pass(Timestamp::MAX);
        let has_run = |line: &TrialLine| matches!(&line.what, TrialEvent::Ran(run) if run.rule == rule.name);
        assert!(trial.lines().any(has_run), "{}", rule.name);
        // A simulated room does not warm up by itself once its window is closed, so the pause ends by its time.
        assert_eq!(trial.acted() == 0, rule.name == "Heat again once the window is closed", "{}", rule.name);
    }
}

#[test]
fn a_rule_changes_the_simulated_rooms_and_says_what_it_did() {
    let text = "[[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 16\" }]";
    assert_eq!(rule(text).expect("a day"), ["08:30 everybody has left: Hallway 16.0 °C Done None"]);
    let text =
        "[[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 16 for 2h\" }]";
    let lines = rule(text).expect("a day");
    assert_eq!(lines, ["08:30 everybody has left: Hallway 16.0 °C Done None", "10:30 end 20.5 °C"]);
    let refused =
        rule("[[rule]]\nname = \"A\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"cellar 16\" }]");
    assert!(refused.is_err(), "{refused:?}");
}

#[test]
fn a_hold_that_a_rule_ends_brings_the_value_back() {
    let text = "[[rule]]\nname = \"A\"\nwhen = [{ time = \"07:00\" }]\nthen = [{ command = \"hallway 12 for 8h\" }]\n\
                [[rule]]\nname = \"B\"\nwhen = [{ time = \"08:00\" }]\nthen = [{ resume = \"Hallway\" }]\n";
    let lines = rule(text).expect("a day");
    assert_eq!(lines.last().map(String::as_str), Some("08:00 end 20.5 °C"), "{lines:?}");
    assert_eq!(lines.len(), 3, "{lines:?}");
}

#[test]
fn the_day_is_that_of_the_home() {
    let text = "[[rule]]\nname = \"A\"\nwhen = [{ time = \"06:00\" }]\nthen = [{ command = \"hallway 12\" }]\n";
    let all = Rules::parse(text).expect("rules").content;
    let rule = Box::new(all.rules.first().expect("a rule").clone());
    let mut request = request(Tried::Rule { rule, all: Box::new(all) }, LEVELS);
    let mut home = home();
    home.structure_mut(&"s1".into()).expect("a home").time_zone = Some("Asia/Tokyo".to_owned());
    request.home = Arc::new(home);
    let lines = day(request).expect("a day");
    assert!(lines.iter().any(|line| line.starts_with("21:00 ") && line.contains("12.0 °C Done")), "{lines:?}");
}

#[test]
fn what_the_home_does_not_take_is_told() {
    let text = "[[rule]]\nname = \"A\"\nwhen = [{ time = \"14:30\" }]\nthen = [{ command = \"bedroom 16\" }]\nlate = \"5 min\"";
    let lines = rule(text).expect("a day");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains("Done")), "the bedroom is out of reach then: {lines:?}");
}

#[test]
fn a_schedule_sets_its_starts_of_the_day() {
    let week = format!("{LEVELS}[[schedule]]\nname = \"Week\"\nfriday = [\"06:30 Home\", \"22:30 Sleep\"]\n");
    let schedule = Schedules::parse(&week).expect("schedules").content.schedule("Week").expect("a week").clone();
    let lines = day(request(Tried::Schedule { schedule, thermostat: "t1".into() }, &week)).expect("a day");
    assert_eq!(lines, ["05:00 Sleep 17.0 °C None", "06:30 Home 20.5 °C None", "22:30 Sleep 17.0 °C None"]);
}

#[test]
fn the_curves_and_lines_are_bounded() {
    let text = "[[rule]]\nname = \"A\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 16\" }]";
    let loaded = Rules::parse(text).expect("rules");
    let rule = Box::new(loaded.content.rules.first().expect("a rule").clone());
    let mut trial =
        SimulatedTrial::begin(request(Tried::Rule { rule, all: Box::new(loaded.content) }, LEVELS)).expect("a trial");
    trial.pass(Timestamp::MAX);
    let points = trial.rooms()["t1"].len();
    assert!((285..=MOST_POINTS).contains(&points), "{points}");
    let last = trial.rooms()["t1"].last().copied().expect("a point");
    assert_eq!(last.target, Some(16.0));
    assert!(trial.lines().len() < MOST_LINES);
}
