//! Whole processes: a command against curl, the window against a minimal window of the same toolkit.

use std::io::{BufRead as _, BufReader, Lines, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::timing::{median, plain, ratio, say, timed};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_setpoint");

/// A process that is killed when it is dropped.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

pub(crate) struct Server {
    _running: Running,
    pub(crate) url: String,
    pub(crate) token: String,
}

pub(crate) fn simulate(home: &str) -> Option<Server> {
    let mut child = Command::new(PROGRAM)
        .args(["simulate", "--home", home])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    let ready: Value = serde_json::from_str(&line).ok()?;
    let text = |key: &str| Some(ready.get(key)?.as_str()?.to_owned());
    Some(Server { url: text("url")?, token: text("token")?, _running: Running(child) })
}

pub(crate) fn quiet(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

pub(crate) fn run() {
    command_against_curl();
    window_against_hello();
}

fn command_against_curl() {
    let what = "setpoint set / curl with the same 307";
    let Some(server) = simulate("house") else { return say(what, "the simulated home did not start") };
    let read = Command::new(PROGRAM)
        .args(["status", "--json"])
        .env("SETPOINT_URL", &server.url)
        .env("SETPOINT_TOKEN", &server.token)
        .output();
    let id = read.ok().and_then(|output| {
        let status: Value = serde_json::from_slice(&output.stdout).ok()?;
        let thermostats = status.get("thermostats")?.as_array()?;
        let hallway = thermostats.iter().find(|t| t.get("name").is_some_and(|name| name == "Hallway"))?;
        Some(hallway.get("id")?.as_str()?.to_owned())
    });
    let Some(id) = id else { return say(what, "the simulated home has no hallway") };
    let mut step = 0;
    let mut next = || {
        step += 1;
        20.0 + f64::from(step % 10) / 2.0
    };
    let ours = median(15, || {
        let degrees = next().to_string();
        let mut command = Command::new(PROGRAM);
        command.args(["set", "hallway", "target", &degrees]);
        command.env("SETPOINT_URL", &server.url).env("SETPOINT_TOKEN", &server.token);
        timed(|| quiet(&mut command))
    });
    let baseline = median(15, || {
        let body = format!("{{\"target_temperature_c\": {}}}", next());
        let mut command = Command::new("curl");
        command.args(["-sf", "--location-trusted", "-X", "PUT", "-H", "Content-Type: application/json", "-d", &body]);
        // The token may be visible in the process list here: it is invented and lives for seconds. Elsewhere it
        // goes by a file descriptor.
        command.arg("-H").arg(format!("Authorization: Bearer {}", server.token));
        command.arg(format!("{}/devices/thermostats/{id}", server.url.trim_end_matches('/')));
        timed(|| quiet(&mut command))
    });
    ratio(what, ours, baseline, 1.5);
}

fn window_against_hello() {
    let what = "start to the first frame of the overview / hello";
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return say(what, "needs a display: xvfb-run cargo bench");
    }
    let Some(hello) = hello() else { return say(what, "needs the example: cargo build --release --example hello") };
    // Without another client an X server starts anew when a program closes its first connection, which takes longer
    // than all that is measured. A desktop has other clients.
    let _other = painted(&mut Command::new(&hello), "first frame");
    let Some(server) = simulate("estate:12") else { return say(what, "the simulated home did not start") };
    let window = |simulated: bool| {
        let mut command = Command::new(PROGRAM);
        command.env("SETPOINT_LOG", "setpoint=info");
        if simulated {
            command.arg("--simulated");
        } else {
            command.env("SETPOINT_URL", &server.url).env("SETPOINT_TOKEN", &server.token);
        }
        command
    };
    let first = |command: &mut Command, line: &str| {
        let started = Instant::now();
        let running = painted(command, line);
        (started.elapsed(), running)
    };
    let ours = median(5, || first(&mut window(true), "overview painted").0);
    let baseline = median(5, || first(&mut Command::new(&hello), "first frame").0);
    ratio(what, ours, baseline, 1.5);

    let (_, ours) = first(&mut window(false), "overview painted");
    let (_, baseline) = first(&mut Command::new(&hello), "first frame");
    let (Some(ours), Some(baseline)) = (ours, baseline) else { return say("memory and idling", "no window") };
    std::thread::sleep(Duration::from_secs(2));
    let mib = |running: &Running| resident_kib(running.id()).unwrap_or_default() / 1024.0;
    plain("resident memory, window open, about 20 devices / hello", mib(&ours), mib(&baseline), "MiB", 1.25);
    let spent = idle_ticks([ours.id(), baseline.id()]);
    say("idle for 10 s, window open, stream connected", &format!("{} ticks, hello {} {IDLE}", spent[0], spent[1]));
    drop((ours, baseline));
    idle_on_a_dial();
}

pub(crate) const IDLE: &str = "(target 0, at most 1)";

/// Measures the page that draws most, with the simulated home in its own process.
fn idle_on_a_dial() {
    let what = "idle for 10 s, a dial on screen, stream connected";
    let Some(server) = simulate("house") else { return say(what, "the simulated home did not start") };
    let mut command = Command::new(PROGRAM);
    command.env("SETPOINT_LOG", "setpoint=info");
    command.env("SETPOINT_URL", &server.url).env("SETPOINT_TOKEN", &server.token);
    let Some(window) = painted(&mut command, "overview painted") else { return say(what, "no window") };
    let pid = window.id().to_string();
    // The keyboard opens the page: the palette opens every page by name.
    let keys = ["search", "--sync", "--onlyvisible", "--pid", &pid, "--name", "^Setpoint$", "windowfocus", "--sync"];
    let typed = ["key", "ctrl+k", "sleep", "0.5", "type", "--delay", "30", "open hallway"];
    let entered = ["sleep", "0.5", "key", "Return"];
    if !quiet(Command::new("xdotool").args(keys).args(typed)) || !quiet(Command::new("xdotool").args(entered)) {
        return say(what, "needs xdotool and X11");
    }
    std::thread::sleep(Duration::from_secs(2));
    let spent = idle_ticks([window.id()]);
    say(what, &format!("{} ticks {IDLE}", spent[0]));
}

/// The clock ticks that the processes use in ten seconds.
pub(crate) fn idle_ticks<const N: usize>(pids: [u32; N]) -> [u64; N] {
    let before = pids.map(ticks);
    std::thread::sleep(Duration::from_secs(10));
    std::array::from_fn(|index| {
        let of = |ticks: Option<u64>| ticks.unwrap_or_default();
        of(ticks(pids[index])) - of(before[index])
    })
}

fn hello() -> Option<PathBuf> {
    let built = Path::new(PROGRAM).parent()?.join("examples/hello");
    built.exists().then_some(built)
}

/// Starts a program and returns the lines of its standard error.
pub(crate) fn lines_of(command: &mut Command) -> Option<(Running, Lines<BufReader<ChildStderr>>)> {
    // Colour codes would separate the words.
    let mut child = command.env("NO_COLOR", "1").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?;
    let err = child.stderr.take()?;
    Some((Running(child), BufReader::new(err).lines()))
}

/// Starts a program and waits for a line of its standard error.
fn painted(command: &mut Command, line: &str) -> Option<Running> {
    let (running, mut lines) = lines_of(command)?;
    lines.by_ref().map_while(Result::ok).find(|said| said.contains(line))?;
    // Later output must not block the program.
    std::thread::Builder::new().name("rest".to_owned()).spawn(move || lines.count()).ok()?;
    Some(running)
}

pub(crate) fn resident_kib(pid: u32) -> Option<f64> {
    let mut status = String::new();
    std::fs::File::open(format!("/proc/{pid}/status")).ok()?.read_to_string(&mut status).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Processor time in clock ticks.
fn ticks(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold spaces; the fields after it are counted from there.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let of = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(of(11)? + of(12)?)
}
