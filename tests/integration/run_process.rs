//! `setpoint run` as a process: a schedule, a hold and a rule of commands beside it, its kill, and the next one.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cli::{Simulator, User, code, err, out};

/// The longest wait for something that the process does.
const PATIENCE: Duration = Duration::from_secs(40);

/// A running process, killed when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

struct Trial {
    user: User,
    server: Simulator,
}

impl Trial {
    fn start(&self) -> Running {
        let mut command = self.user.command(&["run"]);
        self.server.environment(&mut command);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        let running = Running(child);
        // It has the account once it answers for it: it then writes what a command asks for.
        until("the process", || {
            let lock = self.user.home.path().join(".local/share/setpoint/run/instance.sock");
            lock.exists().then_some(())
        });
        running
    }

    fn does(&self, arguments: &[&str]) -> String {
        let answer = self.user.run_at(&self.server, arguments);
        assert_eq!(code(&answer), 0, "{arguments:?}: {}", err(&answer));
        out(&answer)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.does(&[arguments, &["--json"]].concat())).expect("JSON")
    }

    fn target(&self) -> f64 {
        let status = self.json(&["status"]);
        let hallway = status["thermostats"].as_array().expect("a list").iter().find(|it| it["name"] == "Hallway");
        hallway.expect("the hallway")["target_c"].as_f64().expect("degrees")
    }

    fn shows(&self, celsius: f64) {
        until(&format!("{celsius} °C"), || ((self.target() - celsius).abs() < 0.01).then_some(()));
    }
}

/// Waits for something, for a bounded time.
fn until<T>(what: &str, mut seen: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = seen() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "{what} did not happen");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_process_without_a_window_keeps_schedules_holds_and_rules_and_another_one_goes_on() {
    let trial = Trial { user: User::new(), server: Simulator::start(&["--seed", "5"]) };
    let week = trial.user.home.path().join("week.toml");
    let text =
        "[levels]\nHome = { heat = 19.0, cool = 25 }\n[[schedule]]\nname = \"Week\"\nmonday = [\"00:00 Home\"]\n";
    std::fs::write(&week, text).expect("written");
    trial.does(&["set", "hallway", "mode", "heat"]);
    let running = trial.start();
    trial.does(&["schedule", "import", week.to_str().expect("a path")]);
    trial.does(&["schedule", "set", "hallway", "Week"]);
    trial.shows(19.0);
    let now = until("the run of the start", || {
        let now = trial.json(&["schedule", "now"]);
        (now[0]["outcome"] == "done").then_some(now)
    });
    assert_eq!((&now[0]["name"], &now[0]["level"]), (&Value::from("Hallway"), &Value::from("Home")));
    trial.does(&["hold", "hallway 22 for 2h"]);
    trial.shows(22.0);

    // Another process takes up the hold of one that was killed, and ends it with what is in force.
    drop(running);
    assert_eq!(trial.json(&["hold"])[0]["name"], "Hallway");
    let running = trial.start();
    trial.does(&["hold", "hallway", "end"]);
    trial.shows(19.0);
    assert_eq!(trial.json(&["hold"]).as_array().map(Vec::len), Some(0));

    trial.does(&["rule", "add", "--template", "save-energy"]);
    let rule = trial.user.home.path().join("rule.toml");
    let text = "[[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"nursery on\" }]\n";
    std::fs::write(&rule, text).expect("written");
    trial.does(&["rule", "add", rule.to_str().expect("a path")]);
    // The first look of a rule at a home is no reason; then an Away is one.
    let done = until("the rule", || {
        trial.does(&["set", "maple", "away", "home"]);
        std::thread::sleep(Duration::from_millis(1_500));
        trial.does(&["set", "maple", "away", "away"]);
        std::thread::sleep(Duration::from_millis(1_500));
        let log = trial.json(&["rule", "log", "Left"]);
        log.as_array()?.first().cloned()
    });
    assert_eq!(done["trigger"], "everybody has left");
    until("the outcome", || {
        let log = trial.json(&["rule", "log", "Left"]);
        (log[0]["acts"][0]["outcome"] == "done").then_some(())
    });
    drop(running);
}
