//! The text form of schedules, by hand and by the program.

use crate::automation::schedule::{ComfortLevel, LoadedSchedules, Schedules, SchedulesFile};
use crate::automation::{Form as _, FormProblem, Place};
use crate::files::Quarantined;
use crate::home::Setpoint;
use crate::i18n::english;

const GOOD: &str = r#"
version = 1
[levels]
Home = { heat = 20.5, cool = "77 F" }
Sleep = { heat = 17 }
[[schedule]]
name = "Weekdays"
monday = ["22:30 sleep", "6:30 Home"]
[[schedule]]
name = "Vacation"
sunday = ["00:00 Sleep"]
[[thermostat]]
name = "Hallway"
id = "peyiJNo0IldT2YlIVtYaGQ"
schedule = "weekdays"
[[dates]]
name = "Christmas"
from = 2026-12-20
to = "2027-01-03"
schedule = "Vacation"
thermostats = ["Hallway", { name = "Bedroom", id = "b" }]
"#;

fn problems(text: &str) -> Vec<String> {
    let localize = |problem: &FormProblem| english().localize(problem);
    match Schedules::parse(text) {
        Ok(loaded) => loaded.problems.iter().map(localize).collect(),
        Err(problem) => vec![localize(&problem)],
    }
}

#[test]
fn a_file_by_hand_is_read_and_written_back() {
    let loaded = Schedules::parse(GOOD).expect("read");
    assert_eq!(loaded.problems, []);
    let all = &loaded.content;
    let home = ComfortLevel {
        name: "Home".to_owned(),
        heat: Some(Setpoint::celsius(20.5)),
        cool: Some(Setpoint::fahrenheit(77.0)),
    };
    assert_eq!(all.level("HOME"), Some(&home));
    let monday: Vec<String> =
        all.schedules[0].days[0].iter().map(|start| format!("{} {}", start.at, start.level)).collect();
    assert_eq!(monday, ["06:30:00 Home", "22:30:00 Sleep"]);
    assert_eq!(all.thermostats[0].schedule.as_deref(), Some("Weekdays"));
    assert_eq!((all.dates[0].from.to_string(), all.dates[0].thermostats.len()), ("2026-12-20".to_owned(), 2));
    let again = Schedules::parse(&all.to_text()).expect("read again");
    assert_eq!(again, loaded);
    // Days and keys stay in their order.
    let text = all.to_text();
    assert!(text.find("[levels").expect("levels") < text.find("[[schedule]]").expect("schedules"), "{text}");
}

#[test]
fn an_entry_with_a_mistake_is_told_in_a_sentence_kept_and_the_others_go_on() {
    let mistakes = [
        ("monday = [\"25:00 Home\"]", "schedule “Bad”: “25:00” is no time of day; write it as 06:30"),
        ("monday = [\"06:60 Home\"]", "schedule “Bad”: “06:60” is no time of day; write it as 06:30"),
        ("monday = [\"0630\"]", "schedule “Bad”: “0630” is no start; write a time and a level, as in 06:30 Home"),
        ("monday = [\"06:30 Guests\"]", "schedule “Bad”: there is no level “Guests”"),
        ("monday = \"06:30 Home\"", "schedule “Bad”: “monday” has a value of another kind than expected"),
        ("monday = [\"06:30 Home\", \"6:30 Sleep\"]", "schedule “Bad”: monday has two starts at 06:30"),
        ("", "schedule “Bad”: there is no start on any day"),
        (
            "munday = [\"06:30 Home\"]",
            "schedule “Bad”: “munday” is not known; known are name, monday, tuesday, wednesday, thursday, friday, \
             saturday, sunday",
        ),
    ];
    for (line, sentence) in mistakes {
        let text = format!("{GOOD}[[schedule]]\nname = \"Bad\"\n{line}\n");
        assert_eq!(problems(&text), [sentence], "{line}");
        let loaded = Schedules::parse(&text).expect("read");
        assert_eq!(loaded.content.schedules.len(), 2, "the others go on");
        let kept = loaded.content.to_text();
        assert!(kept.contains("Bad") && kept.contains(line.split(' ').next().expect("a word")), "{kept}");
        assert_eq!(problems(&kept), [sentence]);
    }
    let other = [
        (
            "[levels.Hot]\nheat = 80",
            "level “Hot”: “80.0 °C” is no set point; it is between 9 and 32 °C, or 50 and 90 °F",
        ),
        ("[levels.Odd]\nheat = 22\ncool = 20", "level “Odd”: heating would begin above the temperature for cooling"),
        ("[levels.None]", "level “None”: it has neither a set point for heat nor one for cool"),
        (
            "[levels.Bad]\nheat = \"warm\"",
            "level “Bad”: “warm” is no set point; it is between 9 and 32 °C, or 50 and 90 °F",
        ),
        ("[[thermostat]]\nname = \"Den\"\nschedule = \"Summer\"", "thermostat “Den”: there is no schedule “Summer”"),
        (
            "[[dates]]\nname = \"X\"\nfrom = 2026-02-30\nto = 2026-03-01\nschedule = \"Vacation\"",
            "the file: line 24 is not as it should be: invalid date, expected day between 01 and 28",
        ),
        (
            "[[dates]]\nname = \"X\"\nfrom = \"2026-02-30\"\nto = 2026-03-01\nschedule = \"Vacation\"",
            "dates “X”: “2026-02-30” is no date; write it as 2026-12-20",
        ),
        (
            "[[dates]]\nname = \"X\"\nfrom = 2026-03-02\nto = 2026-03-01\nschedule = \"Vacation\"",
            "dates “X”: the last day is before the first one",
        ),
        ("[[dates]]\nname = \"X\"\nto = 2026-03-01", "dates “X”: “from” is missing"),
        ("[[schedule]]\nmonday = [\"06:30 Home\"]", "entry 3 of “schedule”: “name” is missing"),
        ("[[schedule]]\nname = \"WEEKDAYS\"", "schedule “WEEKDAYS”: another one has the name"),
    ];
    for (lines, sentence) in other {
        let text = format!("{GOOD}{lines}\n");
        assert_eq!(problems(&text), [sentence], "{lines}");
    }
}

#[test]
fn a_file_of_another_kind_is_refused_whole() {
    assert_eq!(problems("version = 2"), ["the file: a newer version of Setpoint wrote it"]);
    assert_eq!(
        problems("version = 1\nlevels = ["),
        ["the file: line 2 is not as it should be: unclosed array, expected `]`"]
    );
    assert_eq!(problems("schedule = 5"), ["the file: “schedule” has a value of another kind than expected"]);
    assert_eq!(Schedules::parse("").expect("empty"), LoadedSchedules::default());
    assert_eq!(Place::File, *FormProblem::Newer.place());
}

#[test]
fn a_change_replaces_the_file_and_a_damaged_one_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = SchedulesFile::in_folder(folder.path());
    assert_eq!(file.load().expect("none yet"), LoadedSchedules::default());
    let good = Schedules::parse(GOOD).expect("read").content;
    let levels = good.levels.clone();
    file.update(|all| all.levels = levels).expect("written");
    let read = file.load().expect("read");
    assert_eq!(read.content.levels, good.levels);
    assert!(std::fs::read_to_string(file.path()).expect("text").starts_with("# The schedules of Setpoint."));
    std::fs::write(file.path(), "levels = [").expect("damaged");
    let updated = file.update(|all| all.levels = good.levels).expect("written");
    assert!(matches!(updated.problems.as_slice(), [FormProblem::SetAside(Quarantined::Kept(_))]));
    assert_eq!(std::fs::read_to_string(folder.path().join("schedules.toml.corrupt")).expect("kept"), "levels = [");
    std::fs::write(file.path(), "version = 9").expect("newer");
    assert_eq!(file.update(|_| {}), Err(FormProblem::Newer));
    assert_eq!(std::fs::read_to_string(file.path()).expect("text"), "version = 9");
}

#[test]
fn what_is_not_known_and_the_scale_survive_a_change() {
    let text = "version = 1\nscale = \"F\"\nnote = \"mine\"\n[extra]\nkey = 1\n[levels]\nHome = { heat = 68 }\nCold = { heat = \"9 C\" }\n\
                Bad = { heat = 666 }\n";
    let loaded = Schedules::parse(text).expect("read");
    assert_eq!(loaded.problems.len(), 2);
    let written = loaded.content.to_text();
    let again = Schedules::parse(&written).expect("read again");
    assert_eq!(again.content, loaded.content, "{written}");
    for kept in ["note = \"mine\"", "[extra]", "scale = \"F\"", "heat = 68", "heat = \"9.0 °C\"", "666"] {
        assert!(written.contains(kept), "{kept} is not in {written}");
    }
}

#[test]
fn names_that_a_command_could_not_mean_are_refused() {
    let reserved = format!("{GOOD}[[schedule]]\nname = \"Off\"\nmonday = [\"06:30 Home\"]\n");
    assert_eq!(problems(&reserved), ["schedule “Off”: a name has 1 to 40 characters that can be shown"]);
    let twice =
        format!("{GOOD}[[dates]]\nname = \"christmas\"\nfrom = 2026-03-01\nto = 2026-03-02\nschedule = \"Vacation\"\n");
    assert_eq!(problems(&twice), ["dates “christmas”: another one has the name"]);
}

#[test]
fn an_import_keeps_the_order_of_dates_and_replaces_what_has_the_name() {
    let of = |text: &str| Schedules::parse(text).expect("read").content;
    let dates = |name: &str| {
        format!("[[dates]]\nname = \"{name}\"\nfrom = 2026-03-01\nto = 2026-03-02\nschedule = \"Vacation\"\n")
    };
    let mut all = of(&format!("{GOOD}{}{}", dates("B"), dates("a")));
    let new = of(&format!("{GOOD}{}{}", dates("A"), dates("B")));
    let names = |all: &Schedules| all.dates.iter().map(|span| span.name.clone()).collect::<Vec<_>>();
    all.import(&new, true);
    assert_eq!(names(&all), ["Christmas", "A", "B"]);
    all.import(&of(GOOD), false);
    assert_eq!(names(&all), ["Christmas", "A", "B"]);
    all.import(&of(GOOD), true);
    assert_eq!(names(&all), ["Christmas"]);
}

#[test]
fn a_file_that_could_not_be_read_again_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = SchedulesFile::in_folder(folder.path());
    file.update(|all| *all = Schedules::parse(GOOD).expect("read").content).expect("written");
    let before = std::fs::read_to_string(file.path()).expect("text");
    let many = |all: &mut Schedules| {
        let one = all.thermostats[0].clone();
        all.thermostats = vec![one; 40_000];
    };
    assert!(matches!(file.update(many), Err(FormProblem::Unreadable(_))));
    assert_eq!(std::fs::read_to_string(file.path()).expect("text"), before);
}

#[test]
fn a_scale_that_is_none_is_told_and_written_back() {
    let loaded = Schedules::parse("scale = \"f\"\n[levels]\nHome = { heat = 20 }").expect("read");
    assert_eq!(loaded.problems.len(), 1);
    let again = Schedules::parse(&loaded.content.to_text()).expect("written");
    assert_eq!((again.problems, again.content), (loaded.problems, loaded.content));
}
