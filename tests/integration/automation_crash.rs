//! The end of a hold, and the act of a rule, survive any crash: the process that carries them out is killed again and
//! again, between the mark and the act, and between the act and its answer. The server counts what arrived: never twice,
//! and never nothing.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::Response;
use axum::routing::{get, put};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::automation::driver::{Automation, AutomationFiles, AutomationSetup};
use setpoint::automation::hold::Hold;
use setpoint::automation::outside::NothingOutside;
use setpoint::automation::rule::{Rules, Watched};
use setpoint::automation::run::RunOutcome;
use setpoint::automation::{AutomationStore, Form as _};
use setpoint::clock::{Clock, SystemClock};
use setpoint::engine::{AccountLabel, AccountName, Engine, Setup, StoragePaths};
use setpoint::home::{DeviceTree, HoldEnd, Setpoint, Write};
use setpoint::service::WriteLimits;
use setpoint::wwn::client::{Client, StreamTimes, WwnService};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The number of holds, unless `SETPOINT_HOLDS` says another one. Each meets some two kills.
const HOLDS: u32 = 40;
/// The number of times that everybody leaves, unless the same says another one.
const DEPARTURES: u32 = 20;
const FOLDER: &str = "SETPOINT_TEST_AUTOMATION";
const SERVER: &str = "SETPOINT_TEST_SERVER";
/// The longest life of a process that is not killed.
const PATIENCE: Duration = Duration::from_secs(20);

/// The hours by which the clock of the process is ahead, so that a rule does not act too often.
const AHEAD: &str = "SETPOINT_TEST_AHEAD";
/// The goal of the process, from the environment.
const GOAL: &str = "SETPOINT_TEST_GOAL";

/// The clock of the machine, some hours ahead.
struct ClockAhead(SignedDuration);

impl Clock for ClockAhead {
    fn now(&self) -> Timestamp {
        SystemClock.now() + self.0
    }
}

/// The state of the home: the target, and `home` or `away`.
type Shown = (f64, &'static str);

/// A server with one thermostat, which takes its time for a write.
#[derive(Clone)]
struct SlowServer {
    url: String,
    shown: watch::Sender<Shown>,
    puts: Arc<Mutex<Vec<f64>>>,
}

impl SlowServer {
    async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let server = Self { url, shown: watch::Sender::new((20.0, "home")), puts: Arc::default() };
        let router = Router::new()
            .route("/", get(stream))
            .route("/devices/thermostats/{id}", put(write))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    fn shows(&self, target: f64, away: &'static str) {
        self.shown.send_replace((target, away));
        self.puts.lock().expect("not poisoned").clear();
    }

    fn puts(&self) -> Vec<f64> {
        self.puts.lock().expect("not poisoned").clone()
    }
}

fn document((target, away): Shown) -> Value {
    let fahrenheit = (target * 1.8 + 32.0).round();
    json!({
        "devices": {"thermostats": {"t1": {
            "device_id": "t1", "name": "Hallway", "name_long": "Hallway Thermostat", "structure_id": "s1",
            "is_online": true, "can_heat": true, "can_cool": false, "hvac_mode": "heat", "hvac_state": "off",
            "temperature_scale": "C", "target_temperature_c": target, "target_temperature_f": fahrenheit,
            "ambient_temperature_c": 20.0, "ambient_temperature_f": 68.0,
        }}},
        "structures": {"s1": {"structure_id": "s1", "name": "Home", "away": away, "thermostats": ["t1"]}},
        "metadata": {"access_token": "c.token", "client_version": 1},
    })
}

async fn stream(State(server): State<SlowServer>) -> Response {
    let mut changes = server.shown.subscribe();
    changes.mark_changed();
    let events = events_of(changes);
    Response::builder()
        .header(header::CONTENT_TYPE, "text/event-stream")
        .body(Body::from_stream(events))
        .expect("a response")
}

fn events_of(changes: watch::Receiver<Shown>) -> impl futures_util::Stream<Item = Result<String, Infallible>> {
    futures_util::stream::unfold(changes, |mut changes| async move {
        changes.changed().await.ok()?;
        let shown = *changes.borrow_and_update();
        let data = json!({"path": "/", "data": document(shown)});
        Some((Ok(format!("event: put\ndata: {data}\n\n")), changes))
    })
}

async fn write(State(server): State<SlowServer>, body: String) -> String {
    let wanted: Value = serde_json::from_str(&body).expect("JSON");
    let celsius = wanted["target_temperature_c"].as_f64().expect("a target");
    // A service goes on with a request whose sender is gone.
    let made = tokio::spawn(async move {
        server.puts.lock().expect("not poisoned").push(celsius);
        tokio::time::sleep(Duration::from_millis(20)).await;
        server.shown.send_modify(|shown| shown.0 = celsius);
        tokio::time::sleep(Duration::from_millis(20)).await;
    });
    made.await.expect("no panic");
    body
}

fn store(folder: &Path) -> AutomationStore {
    AutomationStore::open(&AutomationStore::file_in(folder)).expect("opened").store
}

/// True once there is nothing more to do.
fn is_over(folder: &Path, goal: &str) -> bool {
    let store = store(folder);
    if goal == HOLDS_END {
        let kept = store.load().expect("read");
        return kept.holds.is_empty() && kept.open.is_empty();
    }
    let kept = store.load_rules(SystemClock.now()).expect("read");
    let is_judged = kept.watched.values().any(|watched| match watched {
        Watched::So { is_done, .. } => goal == RULE_ACTS && *is_done,
        Watched::NotSo => goal == RULE_LOOKS,
        Watched::Handled(_) => false,
    });
    is_judged && kept.open.is_empty()
}

/// The goals: nothing is held, the rule knows that somebody is home, and it has acted because everybody has left.
const HOLDS_END: &str = "holds";
const RULE_LOOKS: &str = "home";
const RULE_ACTS: &str = "away";

/// The process that carries out holds; started by the test below.
#[test]
#[ignore = "the other side of a_hold_ends_once_whatever_is_killed"]
fn carries_out_until_it_is_killed() {
    let (Some(folder), Ok(url)) = (std::env::var_os(FOLDER).map(PathBuf::from), std::env::var(SERVER)) else { return };
    let goal = std::env::var(GOAL).expect("a goal");
    let hours = std::env::var(AHEAD).ok().and_then(|text| text.parse().ok()).unwrap_or_default();
    let clock: Arc<dyn Clock> = Arc::new(ClockAhead(SignedDuration::from_hours(hours)));
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let _inside = runtime.enter();
    let client = Client::new(url.parse().expect("a URL"), &SecretString::from("c.token")).expect("a client");
    let times = StreamTimes {
        silent: Duration::from_secs(45),
        dead: Duration::from_secs(75),
        first_pause: Duration::from_millis(20),
        longest_pause: Duration::from_millis(50),
    };
    let engine = Engine::start(
        Setup {
            account: AccountLabel { name: AccountName::Simulated, place: String::new() },
            limits: WriteLimits::SIMULATED,
            storage: Some(StoragePaths::in_folder(&folder.join("engine"))),
            notices: Vec::new(),
            clock: Arc::clone(&clock),
        },
        WwnService::new(client, times),
    );
    let mut automation = Automation::start(AutomationSetup {
        files: AutomationFiles::new(&folder, &folder),
        is_new_home: false,
        keeps_queue: true,
        clock,
        zone: TimeZone::UTC,
        runtime: runtime.handle().clone(),
        presets: Vec::new(),
        outside: Arc::new(NothingOutside),
        waker: Waker::noop().clone(),
    });
    automation.follow(vec![engine.access()]);
    let began = Instant::now();
    while !is_over(&folder, &goal) && began.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn child(folder: &Path, url: &str, (goal, hours): (&str, u32)) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "automation_crash::carries_out_until_it_is_killed", "--ignored"])
        .env(FOLDER, folder)
        .env(SERVER, url)
        .env(GOAL, goal)
        .env(AHEAD, hours.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started")
}

/// Processes that are killed, and one that comes to its end.
struct Lives {
    folder: tempfile::TempDir,
    server: SlowServer,
    chance: fastrand::Rng,
    kills: u32,
    longest: Duration,
    /// The hours by which the clocks of the processes are ahead.
    hours: u32,
}

impl Lives {
    async fn new(seed: u64) -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
            server: SlowServer::start().await,
            chance: fastrand::Rng::with_seed(seed),
            kills: 0,
            longest: Duration::from_millis(150),
            hours: 0,
        }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    async fn kill_some(&mut self, goal: &str) {
        for _ in 0..self.chance.u32(0..4) {
            let mut process = child(self.folder.path(), &self.server.url, (goal, self.hours));
            tokio::time::sleep(self.longest.mul_f64(self.chance.f64())).await;
            process.kill().expect("killed");
            process.wait().expect("ended");
            self.kills += 1;
        }
    }

    async fn live(&mut self, goal: &str) {
        let began = Instant::now();
        let mut process = child(self.folder.path(), &self.server.url, (goal, self.hours));
        let status = tokio::task::spawn_blocking(move || process.wait()).await.expect("no panic").expect("ended");
        assert!(status.success());
        // Kills hit each moment of a whole life.
        self.longest = self.longest.max(began.elapsed().min(Duration::from_secs(1)));
        assert!(is_over(self.folder.path(), goal), "it does not come to its end");
    }
}

fn occasions(usual: u32) -> u32 {
    std::env::var("SETPOINT_HOLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_ends_once_whatever_is_killed() {
    let holds = occasions(HOLDS);
    let mut lives = Lives::new(18).await;
    for number in 0..holds {
        // A person turned to 25° an hour ago, from another value each time.
        let before = 10.0 + f64::from(number % 28) / 2.0;
        lives.server.shows(25.0, "home");
        let target = |celsius| Write::Target("t1".into(), Setpoint::celsius(celsius));
        let now = SystemClock.now();
        let hold = Hold {
            thermostat: "t1".into(),
            name: "Hallway".to_owned(),
            write: target(25.0),
            before: Some(target(before)),
            began: now - SignedDuration::from_mins(5),
            ends: HoldEnd::At(now),
            mode: None,
            rule: None,
        };
        store(lives.folder()).put_hold(hold, &DeviceTree::default(), now).expect("stored");
        lives.kill_some(HOLDS_END).await;
        lives.live(HOLDS_END).await;
        let runs = store(lives.folder()).runs(None, 5).expect("read");
        assert_eq!(lives.server.puts(), [before], "hold {number}: {runs:?}");
        assert_eq!(lives.server.shown.borrow().0, before);
        let newest = runs.first().map(|(_, run)| run.outcome.clone());
        assert_eq!(newest, Some(RunOutcome::Done), "hold {number}: {runs:?}");
    }
    println!("{holds} holds, {} kills", lives.kills);
    assert!(lives.kills > 0 || holds < 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_acts_once_whatever_is_killed() {
    let departures = occasions(DEPARTURES);
    let mut lives = Lives::new(19).await;
    let rule = "[[rule]]\nname = \"Left\"\nwhen = [{ presence = \"away\" }]\nthen = [{ command = \"hallway 16\" }]\n";
    std::fs::write(lives.folder().join(Rules::FILE), rule).expect("written");
    for number in 0..departures {
        lives.hours = number;
        lives.server.shows(18.0 + f64::from(number % 14) / 2.0, "home");
        lives.live(RULE_LOOKS).await;
        assert_eq!(lives.server.puts(), [] as [f64; 0], "nobody has left");
        lives.server.shown.send_modify(|shown| shown.1 = "away");
        lives.kill_some(RULE_ACTS).await;
        lives.live(RULE_ACTS).await;
        let runs = store(lives.folder()).rule_runs(None, 2_000).expect("read");
        assert_eq!(lives.server.puts(), [16.0], "departure {number}: {:?}", runs.first());
        assert_eq!(runs.len(), number as usize + 1, "one run for each departure: {:?}", runs.first());
        let newest = runs.first().and_then(|(_, run)| Some(run.acts.first()?.outcome.clone()));
        assert_eq!(newest, Some(RunOutcome::Done), "departure {number}: {:?}", runs.first());
    }
    println!("{departures} departures, {} kills", lives.kills);
    assert!(lives.kills > 0 || departures < 5);
}
