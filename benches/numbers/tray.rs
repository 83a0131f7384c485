//! The program without a window: memory and processor time in the tray, and the time from the hotkey to the
//! launcher.

use std::fs;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::processes::{IDLE, PROGRAM, Running, Server, idle_ticks, lines_of, quiet, resident_kib, simulate};
use crate::timing::{limit, median, say};

/// Memory target without a window, in MiB.
const MOST_MIB: f64 = 30.0;
/// Target for the time from the hotkey to the launcher on the screen.
const SOON: Duration = Duration::from_millis(100);
/// The longest time of a step before the measurement gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program in the tray, with its log lines.
struct Hidden {
    running: Running,
    said: Receiver<String>,
    _config: tempfile::TempDir,
}

impl Hidden {
    /// Starts the program, and waits until it holds the hotkey.
    fn start(server: &Server) -> Option<Self> {
        let config = tempfile::tempdir().ok()?;
        let folder = config.path().join("setpoint");
        fs::create_dir_all(&folder).ok()?;
        fs::write(folder.join("settings.toml"), "hotkey = \"Ctrl+Alt+N\"\n").ok()?;
        let mut command = Command::new(PROGRAM);
        command.arg("--hidden").env("SETPOINT_LOG", "setpoint=debug").env("XDG_CONFIG_HOME", config.path());
        command.env("SETPOINT_URL", &server.url).env("SETPOINT_TOKEN", &server.token);
        let (running, mut lines) = lines_of(&mut command)?;
        let (sender, said) = channel();
        let reading = move || {
            while let Some(Ok(line)) = lines.next() {
                if sender.send(line).is_err() {
                    return;
                }
            }
        };
        std::thread::Builder::new().name("said".to_owned()).spawn(reading).ok()?;
        let hidden = Self { running, said, _config: config };
        hidden.wait("the key for the launcher status=Held")?;
        Some(hidden)
    }

    /// Waits until a log line contains these words.
    fn wait(&self, words: &str) -> Option<()> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if self.said.recv_timeout(PATIENCE).ok()?.contains(words) {
                return Some(());
            }
        }
        None
    }
}

pub(crate) fn run() {
    let what = "resident memory without a window";
    if std::env::var_os("DISPLAY").is_none() {
        return say(what, "needs an X display: xvfb-run cargo bench");
    }
    let Some(server) = simulate("estate:12") else { return say(what, "the simulated home did not start") };
    let Some(hidden) = Hidden::start(&server) else { return say(what, "the program did not start") };
    std::thread::sleep(Duration::from_secs(1));
    let mib = resident_kib(hidden.running.id()).unwrap_or_default() / 1024.0;
    let met = if mib <= MOST_MIB { "met" } else { "missed" };
    say(what, &format!("{mib:.1} MiB (target {MOST_MIB:.0}) {met}"));
    // Without a tray the program opens its window after a quarter of a minute; the measurement ends before that.
    let spent = idle_ticks([hidden.running.id()]);
    say("idle for 10 s without a window, stream connected", &format!("{} ticks {IDLE}", spent[0]));
    drop(hidden);

    let what = "from the keys to the launcher's first frame";
    let mut failed = false;
    let took = median(5, || {
        let Some(hidden) = Hidden::start(&server) else {
            failed = true;
            return Duration::ZERO;
        };
        std::thread::sleep(Duration::from_millis(900));
        let pressed = Instant::now();
        let is_there = quiet(Command::new("xdotool").args(["key", "ctrl+alt+n"]));
        let is_there = is_there && hidden.wait("launcher painted").is_some();
        failed |= !is_there;
        pressed.elapsed()
    });
    if failed {
        say(what, "needs xdotool");
    } else {
        limit(what, took, SOON);
    }
}
