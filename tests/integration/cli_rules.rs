//! `setpoint rule`, run by a user or a script.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{Simulator, User, code, err, out};

#[test]
fn rules_are_added_listed_switched_tried_and_removed() {
    let (user, server) = (User::new(), Simulator::start(&["--seed", "5"]));
    let run = |arguments: &[&str]| user.run_at(&server, &[&["rule"], arguments].concat());
    let json = |arguments: &[&str]| -> Value {
        let answer = run(&[arguments, &["--json"]].concat());
        assert_eq!(code(&answer), 0, "{}", err(&answer));
        serde_json::from_str(&out(&answer)).expect("JSON")
    };
    assert!(out(&run(&["list"])).contains("rule add --template"), "it says how to begin");
    for template in ["save-energy", "amiss", "welcome", "night", "window"] {
        let added = run(&["add", "--template", template]);
        assert_eq!(code(&added), 0, "{}", err(&added));
        assert!(err(&added).contains("no Setpoint is running"), "{}", err(&added));
    }
    assert_eq!(json(&["list"]).as_array().map(Vec::len), Some(6));
    assert!(out(&run(&["show", "night"])).contains("when at 22:30, every day\n  then put all thermostats on Sleep"));
    // The level that the night needs came with it, and the file can be edited by hand.
    assert!(out(&user.run_at(&server, &["schedule", "export"])).contains("Sleep"));
    assert_eq!(json(&["disable", "NIGHT"])["on"], false);
    assert_eq!(json(&["show", "Night"])["on"], false);
    assert_eq!(json(&["enable", "night"])["on"], true);
    let tried = json(&["try", "night"]);
    assert_eq!((tried["acted"].as_u64(), tried["since"].as_str()), (Some(0), None), "nothing was recorded");
    let day = json(&["try", "night", "--simulated"]);
    assert_eq!(day["acted"], 1);
    let day = out(&run(&["try", "night", "--simulated"]));
    assert!(day.contains("(Everybody leaves Maple Street)") && day.contains("22:30  Night"), "{day}");
    assert_eq!(code(&run(&["try", "night", "--simulated", "--days", "3"])), 2);
    assert!(json(&["log"]).as_array().is_some_and(Vec::is_empty));
    assert_eq!(json(&["remove", "night"])["removed"], "Night");
    assert_eq!(code(&run(&["show", "night"])), 2);
}

#[test]
fn a_rule_that_cannot_be_carried_out_is_not_added() {
    let (user, server) = (User::new(), Simulator::start(&["--seed", "5"]));
    let file = user.home.path().join("new.toml");
    let add = |text: &str| {
        fs::write(&file, text).expect("written");
        user.run_at(&server, &["rule", "add", file.to_str().expect("a path")])
    };
    let rule = |when: &str, then: &str| format!("[[rule]]\nname = \"A\"\nwhen = [{when}]\nthen = [{then}]\n");
    let tell = "{ notify = \"x\" }";
    for (text, expected) in [
        (rule("{ room = \"Cellarr\", above = 20 }", tell), "there is no “Cellarr” here"),
        (rule("{ time = \"25:00\" }", tell), "“25:00” is no time of day"),
        (rule("{ sun = \"sunset\" }", tell), "sunrise and sunset need a place"),
        (rule("{ time = \"07:00\" }", "{ command = \"hallway 35 °C\" }"), "outside of the limits of all rules"),
        (rule("{ time = \"07:00\" }", "{ command = \"hallway sideways\" }"), "“hallway sideways”"),
        (rule("{ time = \"07:00\" }", "{ notify = \"{device}\", x = 1 }"), "“x” is not known"),
        (rule("{ time = \"07:00\" }", "{ notify = \"{device}\" }"), "needs triggers that are about a device"),
        (rule("{ time = \"07:00\" }", "{ program = \"lights\" }"), "the settings have no “lights”"),
        ("# nothing".to_owned(), "there is no [[rule]]"),
        ("[[rule".to_owned(), "line 1 is not as it should be"),
    ] {
        let refused = add(&text);
        assert_eq!(code(&refused), 2, "{text}");
        assert!(err(&refused).contains(expected), "{text}: {}", err(&refused));
    }
    let place = user.run_at(&server, &["rule", "place", "--", "-54.8", "-68.3"]);
    assert_eq!(code(&place), 0, "{}", err(&place));
    assert_eq!(code(&add(&rule("{ sun = \"sunset\", offset = \"-30 min\" }", tell))), 0);
    let two = format!(
        "{}{}",
        rule("{ room = \"Hallway\", above = 20 }", "{ command = \"hallway 19\" }"),
        rule("{ room = \"Hallway\", below = 20.5 }", "{ command = \"hallway 22\" }").replace("\"A\"", "\"B\"")
    );
    let chasing = add(&two);
    assert_eq!(code(&chasing), 0);
    assert!(err(&chasing).contains("“A” and “B” trigger each other"), "{}", err(&chasing));
    for (latitude, longitude) in [("91", "0"), ("NaN", "0"), ("0", "-181")] {
        assert_eq!(code(&user.run_at(&server, &["rule", "place", "--", latitude, longitude])), 2);
    }
    for (one, other) in
        [("level = \"Home\"", "level = \"Away\""), ("command = \"{device} 22\"", "command = \"{device} 17\"")]
    {
        let two = format!(
            "{}{}",
            rule("{ room = \"any\", below = 20 }", &format!("{{ {one} }}")),
            rule("{ room = \"any\", above = 19 }", &format!("{{ {other} }}")).replace("\"A\"", "\"B\"")
        );
        let added = user.run_at(&server, &["rule", "add", "--template", "night"]);
        assert_eq!(code(&added), 0);
        let levels = "[levels]\nHome = { heat = 21, cool = 25 }\nAway = { heat = 16, cool = 28 }\n";
        fs::write(user.home.path().join("week.toml"), levels).expect("written");
        let file = user.home.path().join("week.toml");
        let imported = user.run_at(&server, &["schedule", "import", file.to_str().expect("a path")]);
        assert_eq!(code(&imported), 0, "{}", err(&imported));
        let chasing = add(&two);
        assert!(err(&chasing).contains("trigger each other"), "{one}: {}", err(&chasing));
    }
    let list = out(&user.run_at(&server, &["rule", "list"]));
    assert!(list.contains("Night"), "{list}");
    // A file that is no TOML is not replaced by a command.
    let path = walk(user.home.path(), "rules.toml").expect("the file");
    fs::write(&path, "[[[").expect("written");
    for command in [&["rule", "place", "1", "2"][..], &["rule", "disable", "night"]] {
        assert_eq!(code(&user.run_at(&server, command)), 5);
    }
    assert_eq!(fs::read_to_string(&path).expect("text"), "[[[");
}

/// The file of a name in a folder, or below it.
fn walk(folder: &Path, name: &str) -> Option<PathBuf> {
    fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).find_map(|path| {
        if path.is_dir() { walk(&path, name) } else { path.file_name().is_some_and(|it| it == name).then_some(path) }
    })
}
