//! The text form of rules, by hand and by the program.

use super::*;
use crate::automation::form_file::Form as _;
use crate::i18n::english;

const GOOD: &str = r#"
version = 1
scale = "F"
[place]
latitude = 52.52
longitude = 13
[limits]
lowest = "12 C"
[[rule]]
name = "Save energy"
when = [{ presence = "away", home = "Cabin" }, { arrival = true }]
if = [{ room = "Hallway", above = 60 }, { presence = "away" }, { device = "Hallway", online = false }]
then = [{ command = "all eco" }, { notify = "Everybody has left" }, { resume = "any" }, { level = "Home" },
  { level = "Sleep", of = "Hallway" }, { end-eco = "any" }]
[[rule]]
name = "Night"
on = false
when = [
  { time = "22:30", days = ["Monday", "friday"] }, { sun = "sunset", offset = "-30 min" }, { sun = "sunrise" },
]
if = [{ from = "22:00", to = "06:00" }, { first = 2026-10-01, last = "2027-04-01" }, { mode = "heat", of = "Hallway" }]
then = [{ preset = "Night" }, { program = "lights" }, { request = "hook" }]
late = "2 h"
rate = 1
[[rule]]
name = "Amiss"
when = [
  { room = { name = "Hallway", id = "x" }, below = "7.5 C", for = "1 h 30 min" }, { humidity = "any", above = 60 },
  { camera = "any", sees = "person" }, { alarm = "smoke", of = "Hallway", over = true }, { alarm = "any" },
  { offline = "any", for = "30 min" }, { no-effect = "Hallway", for = "2 h" }, { window-open = "any", over = true },
  { signed-out = "any" }, { signed-out = "Home" }, { failed-change = true },
]
if = [{ humidity = "Hallway", below = 30 }, { camera = "Front door", on = false }]
then = [{ notify = "Something is amiss" }]
"#;

fn problems(text: &str) -> Vec<String> {
    match Rules::parse(text) {
        Ok(loaded) => loaded.problems.iter().map(|problem| english().localize(problem)).collect(),
        Err(problem) => vec![english().localize(&problem)],
    }
}

#[test]
fn a_file_by_hand_is_read_and_written_back() {
    let loaded = Rules::parse(GOOD).expect("read");
    assert_eq!(loaded.problems, []);
    let all = loaded.content;
    let counts = |rule: &Rule| (rule.triggers.len(), rule.conditions.len(), rule.actions.len());
    assert_eq!(all.rules.iter().map(counts).collect::<Vec<_>>(), [(2, 3, 6), (3, 3, 3), (11, 2, 1)]);
    let night = all.rule("night").expect("a rule");
    assert_eq!((night.is_on, night.late, night.rate), (false, SignedDuration::from_hours(2), 1));
    let [RuleTrigger::Time { days, .. }, RuleTrigger::Sun { offset, .. }, ..] = night.triggers.as_slice() else {
        panic!("{night:?}")
    };
    assert_eq!(days.0, [true, false, false, false, true, false, false]);
    assert_eq!(*offset, SignedDuration::from_mins(-30));
    let [RuleTrigger::Room { is, lasts, .. }, ..] = all.rules[2].triggers.as_slice() else { panic!("no room") };
    assert_eq!((*is, *lasts), (Beyond::Below(Setpoint::celsius(7.5)), SignedDuration::from_mins(90)));
    assert_eq!(all.limits.lowest, Setpoint::celsius(12.0));
    let again = Rules::parse(&all.to_text()).expect("written");
    assert_eq!((again.content, again.problems), (all, Vec::new()));
}

#[test]
fn a_rule_with_a_problem_is_told_and_kept_and_the_others_go_on() {
    let with =
        |rule: &str| format!("[[rule]]\nname = \"Broken\"\n{rule}\n{}", &GOOD[GOOD.find("[[rule]]").expect("one")..]);
    let then = "then = [{ notify = \"x\" }]";
    for (rule, expected) in [
        (
            format!("when = [{{ presence = \"gone\" }}]\n{then}"),
            "rule “Broken”: “gone” is not known; known are home, away",
        ),
        (
            format!("when = [{{ time = \"25:00\" }}]\n{then}"),
            "rule “Broken”: “25:00” is no time of day; write it as 06:30",
        ),
        (
            format!("when = [{{ room = \"Hall\", above = 20, below = 10 }}]\n{then}"),
            "rule “Broken”: “below” is not known; known are above",
        ),
        (format!("when = [{{ room = \"Hall\" }}]\n{then}"), "rule “Broken”: “above” is missing"),
        (
            format!("when = [{{ room = \"Hall\", above = 20, for = \"soon\" }}]\n{then}"),
            "rule “Broken”: “soon” is no length of time up to a week; write 10 min or 2 h",
        ),
        (
            format!("when = [{{ offline = \"Hall\", for = \"-2 h\" }}]\n{then}"),
            "rule “Broken”: “-2 h” is no length of time up to a week; write 10 min or 2 h",
        ),
        (
            format!("when = [{{ humidity = \"Hall\", above = 101 }}]\n{then}"),
            "rule “Broken”: 101 is no number that fits here",
        ),
        (format!("when = []\n{then}"), "rule “Broken”: “when” is missing"),
        ("when = [{ arrival = true }]".to_owned(), "rule “Broken”: “then” is missing"),
        (
            format!("when = [{{ arrival = false }}]\n{then}"),
            "rule “Broken”: “arrival” has a value of another kind than expected",
        ),
        (
            format!("when = [{{ arrival = true }}]\n{then}\nspeed = 3"),
            "rule “Broken”: “speed” is not known; known are name, on, when, if, then, late, rate",
        ),
        (
            "when = [{ arrival = true }]\nthen = [{ shell = \"rm\" }]".to_owned(),
            "rule “Broken”: “shell” is not known; known are command, level, end-eco, resume, preset, notify, program, request",
        ),
        (
            "when = [{ arrival = true }]\nthen = [{ notify = \"\" }]".to_owned(),
            "rule “Broken”: the text of “notify” must have 1 to 500 visible characters",
        ),
        (
            format!("when = [{{ arrival = true }}]\nif = [{{ first = 2026-02-02, last = 2026-02-01 }}]\n{then}"),
            "rule “Broken”: the last day is before the first one",
        ),
        (format!("when = [{{ arrival = true }}]\n{then}\nrate = 0"), "rule “Broken”: 0 is no number that fits here"),
    ] {
        let text = with(&rule);
        assert_eq!(problems(&text), [expected], "{text}");
        let loaded = Rules::parse(&text).expect("read");
        assert_eq!(loaded.content.rules.len(), 3, "the others go on");
        let again = Rules::parse(&loaded.content.to_text()).expect("written");
        assert_eq!((again.content, again.problems.len()), (loaded.content, 1), "nothing is lost");
    }
}

#[test]
fn a_file_that_is_no_form_says_where() {
    assert_eq!(problems("version = 2"), ["the file: a newer version of Setpoint wrote it"]);
    assert_eq!(
        problems("[limits]\nlowest = 31\nhighest = 20"),
        ["the limits: heating would begin above the temperature for cooling"]
    );
    assert_eq!(problems("[place]\nlatitude = 91\nlongitude = 0"), ["the place: 91 is no number that fits here"]);
    assert_eq!(problems("colour = 1").len(), 1);
    let kept = Rules::parse("colour = 1\n[place]\nlatitude = 91\nlongitude = 0").expect("read").content.to_text();
    assert!(kept.contains("colour = 1") && kept.contains("latitude = 91"), "{kept}");
}

#[test]
fn limits_with_a_mistake_stop_the_rules_that_change_a_home() {
    let text =
        format!("scale = \"f\"\n[limits]\nhighest = 20\nlowset = 12\n{}", &GOOD[GOOD.find("[[rule]]").expect("one")..]);
    let loaded = Rules::parse(&text).expect("read");
    assert!(loaded.content.bad_limits.is_some());
    // Nothing of it is lost when the file is written anew, and new limits replace the mistake.
    let again = Rules::parse(&loaded.content.to_text()).expect("written");
    assert_eq!(again.problems, loaded.problems);
    let mut all = loaded.content;
    all.set_limits(Limits::default());
    assert!(Rules::parse(&all.to_text()).expect("written").content.bad_limits.is_none());
}

#[test]
fn a_corrected_rule_replaces_the_broken_one() {
    let broken = "[[rule]]\nname = \"A\"\nwhen = [{ time = \"25:00\" }]\nthen = [{ notify = \"x\" }]\n";
    let mut all = Rules::parse(broken).expect("read").content;
    assert!(!all.to_text().is_empty());
    let good = Rules::parse(&broken.replace("25:00", "23:00")).expect("read").content.rules.remove(0);
    all.put(good);
    assert_eq!(Rules::parse(&all.to_text()).expect("written").problems, []);
    let mut all = Rules::parse(broken).expect("read").content;
    assert!(all.remove("a") && !all.remove("a"));
    assert_eq!(Rules::parse(&all.to_text()).expect("written").problems, []);
}

#[test]
fn a_length_of_time_is_written_as_it_is_read() {
    for (text, written) in
        [("30 s", "30 s"), ("90 s", "1 min 30 s"), ("-2 h", "-2 h"), ("1h 1s", "1 h 1 s"), ("0 s", "0 min")]
    {
        let span = super::form_part::time_span(text).expect("a span");
        assert_eq!(super::span_text(span), written);
    }
    assert_eq!(super::form_part::time_span("1500ms"), None);
}
