//! The end of a hold survives any crash: the process that carries it out is killed again and again, between the mark
//! and the act, and between the act and its answer. The server counts what arrived: never twice, and never nothing.
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
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use secrecy::SecretString;
use serde_json::{Value, json};
use setpoint::automation::AutomationStore;
use setpoint::automation::driver::{Automation, AutomationFiles, AutomationSetup};
use setpoint::automation::hold::Hold;
use setpoint::automation::outside::NothingOutside;
use setpoint::automation::run::RunOutcome;
use setpoint::clock::{Clock as _, SystemClock};
use setpoint::engine::{AccountLabel, AccountName, Engine, Setup, StoragePaths};
use setpoint::home::{DeviceTree, HoldEnd, Setpoint, Write};
use setpoint::service::WriteLimits;
use setpoint::wwn::client::{Client, StreamTimes, WwnService};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The number of holds, unless `SETPOINT_HOLDS` says another one. Each meets some two kills.
const HOLDS: u32 = 40;
const FOLDER: &str = "SETPOINT_TEST_AUTOMATION";
const SERVER: &str = "SETPOINT_TEST_SERVER";
/// The longest life of a process that is not killed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server with one thermostat, which takes its time for a write.
#[derive(Clone)]
struct SlowServer {
    url: String,
    target: watch::Sender<f64>,
    puts: Arc<Mutex<Vec<f64>>>,
}

impl SlowServer {
    async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let server = Self { url, target: watch::Sender::new(20.0), puts: Arc::default() };
        let router = Router::new()
            .route("/", get(stream))
            .route("/devices/thermostats/{id}", put(write))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }
}

fn document(target: f64) -> Value {
    let fahrenheit = (target * 1.8 + 32.0).round();
    json!({
        "devices": {"thermostats": {"t1": {
            "device_id": "t1", "name": "Hallway", "name_long": "Hallway Thermostat", "structure_id": "s1",
            "is_online": true, "can_heat": true, "can_cool": false, "hvac_mode": "heat", "hvac_state": "off",
            "temperature_scale": "C", "target_temperature_c": target, "target_temperature_f": fahrenheit,
            "ambient_temperature_c": 20.0, "ambient_temperature_f": 68.0,
        }}},
        "structures": {"s1": {"structure_id": "s1", "name": "Home", "away": "home", "thermostats": ["t1"]}},
        "metadata": {"access_token": "c.token", "client_version": 1},
    })
}

async fn stream(State(server): State<SlowServer>) -> Response {
    let mut changes = server.target.subscribe();
    changes.mark_changed();
    let events = events_of(changes);
    Response::builder()
        .header(header::CONTENT_TYPE, "text/event-stream")
        .body(Body::from_stream(events))
        .expect("a response")
}

fn events_of(changes: watch::Receiver<f64>) -> impl futures_util::Stream<Item = Result<String, Infallible>> {
    futures_util::stream::unfold(changes, |mut changes| async move {
        changes.changed().await.ok()?;
        let target = *changes.borrow_and_update();
        let data = json!({"path": "/", "data": document(target)});
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
        server.target.send_replace(celsius);
        tokio::time::sleep(Duration::from_millis(20)).await;
    });
    made.await.expect("no panic");
    body
}

fn store(folder: &Path) -> AutomationStore {
    AutomationStore::open(&AutomationStore::file_in(folder)).expect("opened").store
}

/// True once nothing is held and no run is open.
fn is_over(folder: &Path) -> bool {
    let kept = store(folder).load().expect("read");
    kept.holds.is_empty() && kept.open.is_empty()
}

/// The process that carries out holds; started by the test below.
#[test]
#[ignore = "the other side of a_hold_ends_once_whatever_is_killed"]
fn carries_out_until_it_is_killed() {
    let (Some(folder), Ok(url)) = (std::env::var_os(FOLDER).map(PathBuf::from), std::env::var(SERVER)) else { return };
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
            clock: SystemClock::shared(),
        },
        WwnService::new(client, times),
    );
    let mut automation = Automation::start(AutomationSetup {
        files: AutomationFiles::new(&folder, &folder),
        is_new_home: false,
        keeps_queue: true,
        clock: SystemClock::shared(),
        zone: TimeZone::UTC,
        runtime: runtime.handle().clone(),
        presets: Vec::new(),
        outside: Arc::new(NothingOutside),
        waker: Waker::noop().clone(),
    });
    automation.follow(vec![engine.access()]);
    let began = Instant::now();
    while !is_over(&folder) && began.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn child(folder: &Path, url: &str) -> Child {
    Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "automation_crash::carries_out_until_it_is_killed", "--ignored"])
        .env(FOLDER, folder)
        .env(SERVER, url)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_ends_once_whatever_is_killed() {
    let holds = std::env::var("SETPOINT_HOLDS").ok().and_then(|text| text.parse().ok()).unwrap_or(HOLDS);
    let folder = tempfile::tempdir().expect("a folder");
    let server = SlowServer::start().await;
    let mut chance = fastrand::Rng::with_seed(18);
    let (mut kills, mut longest) = (0, Duration::from_millis(150));
    for number in 0..holds {
        // A person turned to 25° an hour ago, from another value each time.
        let before = 10.0 + f64::from(number % 28) / 2.0;
        server.target.send_replace(25.0);
        server.puts.lock().expect("not poisoned").clear();
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
        store(folder.path()).put_hold(hold, &DeviceTree::default(), now).expect("stored");
        for _ in 0..chance.u32(0..4) {
            let mut process = child(folder.path(), &server.url);
            tokio::time::sleep(longest.mul_f64(chance.f64())).await;
            process.kill().expect("killed");
            process.wait().expect("ended");
            kills += 1;
        }
        let began = Instant::now();
        let mut process = child(folder.path(), &server.url);
        let status = tokio::task::spawn_blocking(move || process.wait()).await.expect("no panic").expect("ended");
        assert!(status.success());
        // Kills hit each moment of a whole life.
        longest = longest.max(began.elapsed().min(Duration::from_secs(1)));
        assert!(is_over(folder.path()), "hold {number} does not end");
        let runs = store(folder.path()).runs(None, 5).expect("read");
        let puts = server.puts.lock().expect("not poisoned").clone();
        assert_eq!(puts, [before], "hold {number}: {runs:?}");
        assert_eq!(*server.target.borrow(), before);
        let newest = runs.first().map(|(_, run)| run.outcome.clone());
        assert_eq!(newest, Some(RunOutcome::Done), "hold {number}: {runs:?}");
    }
    println!("{holds} holds, {kills} kills");
    assert!(kills > 0 || holds < 5);
}
