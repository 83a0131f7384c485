//! `setpoint history` as people and scripts use it, checked by an independent computation in Python, which reads the
//! store too.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use setpoint::history::{DegreeDayBase, HistoryStore, days};

use crate::cli::User;

/// The history of a user.
trait HistoryOf {
    fn json(&self, arguments: &[&str]) -> Value;
    fn store(&self) -> PathBuf;
    fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf;
}

impl HistoryOf for User {
    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    fn store(&self) -> PathBuf {
        self.home.path().join(".local/share/setpoint/history.sqlite3")
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.home.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(&path, contents).expect("written");
        path
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

/// A made-up export: quarters of an hour of two thermostats, in zones whose days have 23 and 25 hours on other dates,
/// with a hole, runs that differ each time, and lines that cannot be read.
fn export() -> String {
    let mut lines = Vec::new();
    for (device, zone, seed) in
        [("MADEUP00000000AB", "America/New_York", 7), ("MADEUP00000000CD", "Australia/Lord_Howe", 13)]
    {
        let first: Timestamp = "2025-02-20T00:00:00Z".parse().expect("a time");
        for quarter in 0..96_i64 * 300 {
            if (2000..2300).contains(&quarter) {
                continue;
            }
            let at = |index: i64| Timestamp::from_second(first.as_second() + index * 900).expect("in range");
            let (heat, cool) = (quarter * seed % 901, quarter * (seed + 4) % 307);
            let room = 19.0 + (quarter % 40) as f64 / 10.0;
            // On both sides of the base of degree days, in halves of a degree.
            let outdoor = 18.0 + ((quarter * seed) % 61 - 30) as f64 / 2.0;
            let object = format!(
                "{{\"device_id\":\"{device}\",\"interval_start\":\"{}\",\"interval_end\":\"{}\",\"heating_time\":{heat},\
                 \"cooling_time\":{cool},\"fan_time\":{cool},\"heat_mode_time\":{},\"off_mode_time\":100,\
                 \"indoor_temp\":{room},\"outdoor_temp\":{outdoor},\"time_zone\":\"{zone}\"}}",
                at(quarter),
                at(quarter + 1),
                800 - quarter % 3 * 100
            );
            // Each form of a line now and then.
            lines.push(match quarter % 4 {
                0 => format!("{object}\n"),
                1 => format!("\"{}\"\r\n", object.replace('"', "\"\"")),
                2 => format!("{{\"value\":{object}}}\n"),
                _ => format!("{}\n", object.replace('"', "\\\"")),
            });
        }
        lines.push("this is no line of an export\n".to_owned());
    }
    lines.concat()
}

fn python() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join("python3")).find(|path| path.is_file())
}

#[test]
fn sums_agree_with_an_independent_computation() {
    let user = User::new();
    let file = user.write("HvacRuntime.jsonl", export());
    let report = user.json(&["history", "import", text(&file), "--json"]);
    assert_eq!((&report["taken"], &report["known"], &report["refused"]), (&57_000.into(), &0.into(), &2.into()));
    let Some(python) = python() else {
        assert!(std::env::var_os("CI").is_none(), "no Python here");
        return;
    };
    for by in ["day", "week", "month", "year"] {
        let sums = user.run(&["history", "runtime", "--by", by, "--json"]);
        let sums = user.write("sums.json", sums.stdout);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/history/sums.py");
        let checked = Command::new(&python).arg(script).args([&file, &sums, &user.store()]).arg(by).output();
        let checked = checked.expect("Python runs");
        assert!(checked.status.success(), "by {by}: {}", String::from_utf8_lossy(&checked.stderr));
        assert!(String::from_utf8_lossy(&checked.stdout).contains("agree"), "by {by}");
    }
}

#[test]
fn degree_days_agree_with_an_independent_computation() {
    let user = User::new();
    let file = user.write("HvacRuntime.jsonl", export());
    user.json(&["history", "import", text(&file), "--json"]);
    let history = HistoryStore::open_to_read(&user.store()).expect("opened").expect("there");
    let base = DegreeDayBase::of_country("FR");
    let mut told = Vec::new();
    for device in history.own_devices().expect("read") {
        let stored = history.intervals(&device, i64::MIN, i64::MAX).expect("read");
        let days = days(&stored, base, &device.time_zone()).into_iter();
        told.extend(days.map(|day| {
            let degree_days = day.degree_days;
            (device.name.clone(), day.date.to_string(), degree_days.heating, degree_days.cooling, degree_days.known_s)
        }));
    }
    let told = user.write("days.json", serde_json::to_string(&told).expect("JSON"));
    let Some(python) = python() else {
        assert!(std::env::var_os("CI").is_none(), "no Python here");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/history/degree_days.py");
    let checked = Command::new(python).arg(script).args([&file, &told]).arg(base.0.celsius().to_string()).output();
    let checked = checked.expect("Python runs");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    assert!(String::from_utf8_lossy(&checked.stdout).contains("days agree"));
}

#[test]
fn an_import_that_is_killed_takes_nothing_and_damages_nothing() {
    let user = User::new();
    let before = user.write("before/HvacRuntime.jsonl", export().lines().take(10).collect::<Vec<_>>().join("\n"));
    assert_eq!(user.json(&["history", "import", text(&before), "--json"])["taken"], 10);
    let file = user.write("HvacRuntime.jsonl", export());
    for millis in (5..205).step_by(20) {
        let mut child = user
            .command(&["history", "import", text(&file)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        std::thread::sleep(Duration::from_millis(millis));
        child.kill().expect("killed");
        if child.wait().expect("ended").success() {
            // A fast machine was done already.
            break;
        }
        let info = user.json(&["history", "info", "--json"]);
        assert_eq!(info[0]["intervals"], 10, "after {millis} ms: {info}");
    }
    let report = user.json(&["history", "import", text(&file), "--json"]);
    let all = report["taken"].as_u64().expect("a number") + report["known"].as_u64().expect("a number");
    assert_eq!(all, 57_000);
}

#[test]
fn mistakes_are_said_and_have_a_code() {
    let user = User::new();
    let fails = |arguments: &[&str], code: i32, words: &str| {
        let output = user.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    };
    fails(&["history", "runtime"], 3, "the history is empty");
    fails(&["history", "import"], 2, "required");
    fails(&["history", "import", "nowhere"], 3, "nowhere");
    let none = user.write("letter.txt", "x");
    fails(&["history", "import", text(&none)], 3, "nothing of a thermostat");
    let file = user.write("HvacRuntime.jsonl", export().lines().take(4).collect::<Vec<_>>().join("\n"));
    assert!(user.run(&["history", "import", text(&file)]).status.success());
    fails(&["history", "runtime", "--device", "Cellar"], 2, "no thermostat \"Cellar\"");
    fails(&["history", "runtime", "--from", "yesterday"], 2, "no day or time");
    fails(&["history", "join", "00AB", "Cellar"], 2, "no thermostat");
    fails(&["history", "forget"], 2, "required");
    fails(&["history", "export"], 2, "required");
    assert_eq!(user.json(&["history", "info", "--json"])[0]["device"], "00AB");
    assert!(user.run(&["history", "forget", "--device", "00AB"]).status.success());
    assert_eq!(user.json(&["history", "info", "--json"]), Value::Array(Vec::new()));
}
