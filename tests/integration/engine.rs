//! The engine, the client and the simulated home together, over real sockets.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use crate::support;
use setpoint::service::WriteLimits;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use setpoint::clock::SystemClock;
use setpoint::engine::{
    AccountLabel, AccountName, Connection, Debounce, Engine, ItemState, Origin, Outcome, Phase, Request, Reversal,
    Setup, Snapshot, StoragePaths,
};
use setpoint::home::{Away, DeviceId, DeviceTree, Eta, HvacMode, Scale, Setpoint, StructureId, Write};
use setpoint::simulator::{Options, Simulation};
use setpoint::wwn::client::{Client, StreamTimes, WwnService};
use support::{simulation, until};

const TIMES: StreamTimes = StreamTimes {
    silent: Duration::from_secs(45),
    dead: Duration::from_secs(75),
    first_pause: Duration::from_millis(50),
    longest_pause: Duration::from_millis(100),
};

fn engine(simulation: &Simulation, storage: Option<StoragePaths>) -> Engine {
    let token = SecretString::from(simulation.token());
    let client = Client::new(simulation.url().clone(), &token).expect("a client");
    let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
    let setup =
        Setup { account, limits: WriteLimits::SIMULATED, storage, notices: Vec::new(), clock: SystemClock::shared() };
    Engine::start(setup, WwnService::new(client, TIMES))
}

async fn live(engine: &Engine) -> Arc<Snapshot> {
    until("the connection", || Some(engine.snapshot()).filter(|s| s.connection == Connection::Live)).await
}

fn thermostat(home: &DeviceTree, name: &str) -> DeviceId {
    let found = home.thermostats.iter().find(|(_, t)| t.name.as_deref() == Some(name));
    found.map(|(id, _)| id.clone()).expect(name)
}

fn structure(home: &DeviceTree) -> StructureId {
    home.structures.keys().next().cloned().expect("a structure")
}

fn want(engine: &Engine, write: Write) {
    assert!(engine.request(Request::Set { write, debounce: Debounce::Now, origin: Origin::Window, seen: None }));
}

/// Every write of the vendor's guide and the remaining writes, from the request to the journal.
#[tokio::test]
async fn every_write_arrives_is_confirmed_and_recorded() {
    let simulation = simulation(Options::default()).await;
    let engine = engine(&simulation, None);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let hallway = thermostat(&home, "Hallway");
    let bedroom = thermostat(&home, "Bedroom");
    let place = structure(&home);
    let camera = home.cameras.keys().next().cloned().expect("a camera");
    let on = home.cameras[&camera].is_streaming == Some(true);
    let soon = |minutes| SystemNow::now().checked_add(SignedDuration::from_mins(minutes)).expect("in range");
    let writes = [
        Write::Target(hallway.clone(), Setpoint::celsius(22.5)),
        Write::Scale(hallway.clone(), Scale::Fahrenheit),
        Write::Target(hallway.clone(), Setpoint::fahrenheit(70.0)),
        Write::Label(hallway.clone(), "Kate's “Room” 2 🔥\nupstairs".to_owned()),
        Write::FanDuration(hallway.clone(), 30),
        Write::FanTimer(hallway.clone(), true),
        Write::Range {
            thermostat: bedroom.clone(),
            low: Some(Setpoint::celsius(17.0)),
            high: Some(Setpoint::celsius(25.0)),
        },
        Write::Mode(hallway.clone(), HvacMode::Off),
        Write::Streaming(camera, !on),
        Write::StructureName(place.clone(), "Elm Street".to_owned()),
        Write::Away(place.clone(), Away::Away),
        Write::Eta(place.clone(), Eta { trip_id: "t".to_owned(), window: Some((soon(30), soon(45))) }),
        Write::Eta(place.clone(), Eta { trip_id: "t".to_owned(), window: None }),
        Write::Away(place.clone(), Away::Home),
    ];
    for write in writes {
        let before = engine.snapshot().journal.len();
        want(&engine, write.clone());
        until(&format!("{write:?}"), || {
            let snapshot = engine.snapshot();
            if let Some(state) = snapshot.write_state(&write.slot())
                && let Phase::Failed { why, .. } = &state.phase
            {
                panic!("{write:?} was refused: {why}");
            }
            (write.is_shown_by(&snapshot.confirmed) && snapshot.writes.is_empty() && snapshot.journal.len() > before)
                .then_some(())
        })
        .await;
        let journal = Arc::clone(&engine.snapshot().journal);
        let ours = journal.iter().find(|record| record.origin == Origin::Window).expect("a record");
        assert_eq!((&ours.slot, &ours.outcome), (&write.slot(), &Outcome::Done), "{write:?}");
    }
    let of_server = simulation.home().borrow().clone();
    assert_eq!(of_server.structures[&place].name.as_deref(), Some("Elm Street"), "the server has it too");
    engine.shut_down(Duration::from_secs(2)).await;
    simulation.stop().await;
}

/// A preset on a simulated home: writes to many devices at once, in order on each device, and the undo.
#[tokio::test]
async fn a_batch_arrives_and_is_undone() {
    let simulation = simulation(Options::default()).await;
    let engine = engine(&simulation, None);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let (hallway, bedroom) = (thermostat(&home, "Hallway"), thermostat(&home, "Bedroom"));
    want(&engine, Write::Mode(hallway.clone(), HvacMode::Eco));
    until("eco", || engine.snapshot().writes.is_empty().then(|| engine.snapshot().next_undo()).flatten()).await;
    let before = Arc::clone(&engine.snapshot().confirmed);
    let writes = vec![
        Write::Target(hallway.clone(), Setpoint::celsius(17.0)),
        Write::Mode(hallway.clone(), HvacMode::Heat),
        Write::Mode(bedroom.clone(), HvacMode::Off),
        Write::Range { thermostat: bedroom.clone(), low: Some(Setpoint::celsius(40.0)), high: None },
    ];
    assert!(engine.request(Request::Apply { name: "Night".to_owned(), writes: writes.clone(), origin: Origin::Tray }));
    let is_over = |id: u64| {
        let batch = engine.snapshot().batches.front().cloned();
        batch.filter(|batch| batch.label.id == id && batch.is_over())
    };
    let batch = until("the batch", || is_over(1)).await;
    for write in &writes {
        let item = batch.items.iter().find(|item| item.write == *write).expect("an item");
        let is_refused = matches!(item.state, ItemState::Refused(_));
        assert_eq!(is_refused, matches!(write, Write::Range { .. }), "{item:?}");
        assert!(is_refused || item.state == ItemState::Done, "{item:?}");
    }
    assert_eq!(engine.snapshot().next_undo(), Some(Reversal::Batch(1)));
    assert!(engine.request(Reversal::Batch(1).request()));
    until("the batch that takes it back", || is_over(2)).await;
    let after = engine.snapshot();
    let settings = |home: &DeviceTree, id| {
        let t = &home.thermostats[id];
        (t.hvac_mode.clone(), t.target_temperature.map(|target| target.celsius_view()))
    };
    for id in [&hallway, &bedroom] {
        assert_eq!(settings(&after.confirmed, id), settings(&before, id));
    }
    assert_eq!(after.next_redo(), Some(Reversal::Batch(2)));
    engine.shut_down(Duration::from_secs(2)).await;
    simulation.stop().await;
}

struct SystemNow;

impl SystemNow {
    fn now() -> Timestamp {
        setpoint::clock::Clock::now(&SystemClock)
    }
}

#[tokio::test]
async fn a_refusal_by_the_rules_sends_nothing() {
    let simulation = simulation(Options::default()).await;
    let engine = engine(&simulation, None);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let studio = thermostat(&home, "Studio");
    let write = Write::Mode(studio, HvacMode::Cool);
    want(&engine, write.clone());
    let why = until("the refusal", || {
        let snapshot = engine.snapshot();
        match &snapshot.write_state(&write.slot())?.phase {
            Phase::Failed { why, .. } => Some(why.to_string()),
            Phase::Waiting { .. } | Phase::Sending | Phase::Confirming | Phase::Conflict { .. } => None,
        }
    })
    .await;
    assert!(why.contains("cooling"), "{why}");
    engine.shut_down(Duration::from_secs(2)).await;
    simulation.stop().await;
}

#[tokio::test]
async fn an_offline_write_is_sent_by_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = StoragePaths::in_folder(folder.path());
    let simulation = simulation(Options::default()).await;
    let first = engine(&simulation, Some(paths.clone()));
    let home = Arc::clone(&live(&first).await.confirmed);
    let hallway = thermostat(&home, "Hallway");
    let write = Write::Target(hallway.clone(), Setpoint::celsius(23.0));
    // The debounce is long enough that the write is unsent when the test drops the engine, as in a crash.
    assert!(first.request(Request::Set {
        write: write.clone(),
        debounce: Debounce::Step,
        origin: Origin::Window,
        seen: None
    }));
    until("the queue on disk", || folder.path().join("queue.json").exists().then_some(())).await;
    drop(first);
    let second = engine(&simulation, Some(paths.clone()));
    until("the wish", || write.is_shown_by(&second.snapshot().confirmed).then_some(())).await;
    until("an empty queue", || (!folder.path().join("queue.json").exists()).then_some(())).await;
    assert_eq!(second.shut_down(Duration::from_secs(2)).await, 0);
    let records = paths.load().journal;
    assert!(records.iter().any(|record| record.to == "23.0 °C" && record.outcome == Outcome::Done), "{records:?}");
    simulation.stop().await;
}

#[tokio::test]
async fn quitting_sends_debounced_writes() {
    let simulation = simulation(Options::default()).await;
    let engine = engine(&simulation, None);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let hallway = thermostat(&home, "Hallway");
    let write = Write::Target(hallway, Setpoint::celsius(24.0));
    assert!(engine.request(Request::Set {
        write: write.clone(),
        debounce: Debounce::Step,
        origin: Origin::Window,
        seen: None
    }));
    assert_eq!(engine.shut_down(Duration::from_secs(5)).await, 0);
    assert!(write.is_shown_by(&simulation.home().borrow()));
    simulation.stop().await;
}

#[tokio::test]
async fn a_revoked_token_stops_the_account_and_says_so() {
    let simulation = simulation(Options::default()).await;
    let engine = engine(&simulation, None);
    live(&engine).await;
    assert!(simulation.controls().revoke(simulation.token()));
    let why = until("the sign-out", || match &engine.snapshot().connection {
        Connection::SignedOut { why } => Some(why.to_string()),
        Connection::Connecting
        | Connection::Live
        | Connection::Stale { .. }
        | Connection::Reconnecting { .. }
        | Connection::Closed => None,
    })
    .await;
    assert!(!why.contains(simulation.token()), "the token is in no message");
    engine.shut_down(Duration::from_millis(100)).await;
    simulation.stop().await;
}

#[tokio::test]
async fn the_engine_survives_a_stream_that_drops_repeatedly() {
    let faults = vec!["drop-stream=300ms".parse().expect("a fault")];
    let simulation = simulation(Options { faults, ..Options::default() }).await;
    let engine = engine(&simulation, None);
    let home = Arc::clone(&live(&engine).await.confirmed);
    let hallway = thermostat(&home, "Hallway");
    for celsius in [22.0, 23.0, 24.0] {
        let write = Write::Target(hallway.clone(), Setpoint::celsius(celsius));
        want(&engine, write.clone());
        until("the wish", || write.is_shown_by(&engine.snapshot().confirmed).then_some(())).await;
    }
    engine.shut_down(Duration::from_secs(2)).await;
    simulation.stop().await;
}
