//! A server and its clients, and input from other users and broken programs.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream as BlockingStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::mpsc;

use super::protocol::{AccountKey, IpcRequest, IpcResponse, mark};
use super::{
    Acquire, Bridged, Codec, Peer, PeerError, SharedAccounts, acquire, folder_in, notify_running, serve, socket_of,
};
use crate::clock::SystemClock;
use crate::engine::{AccountLabel, AccountName, Engine, Origin, Outcome, Setup, WaitLimits};
use crate::home::{Checked, DeviceTree, HvacMode, Setpoint, Temperature, Thermostat, Write};
use crate::ipc::IpcEvent;
use crate::platform::EventSender;
use crate::service::{Failure, Service, Update, WriteLimits};

/// A service that applies each write at once.
struct Obedient(mpsc::Sender<Write>, std::sync::Mutex<Option<mpsc::Receiver<Write>>>);

impl Service for Obedient {
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()> {
        let mut asked = self.1.lock().expect("not poisoned").take().expect("one listener");
        Box::pin(async move {
            let mut home = home();
            while updates.send(Update::Home(Box::new(home.clone()))).await.is_ok() {
                let Some(write) = asked.recv().await else { return };
                write.apply_optimistic(&mut home);
            }
        })
    }

    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move {
            self.0.send(write.into_write()).await.expect("the listener is there");
            Ok(())
        })
    }

    fn fetch(self: Arc<Self>) -> BoxFuture<'static, Result<DeviceTree, Failure>> {
        Box::pin(async { Ok(home()) })
    }
}

fn home() -> DeviceTree {
    let mut home = DeviceTree::default();
    let thermostat = Thermostat {
        name: Some("Hallway".to_owned()),
        is_online: Some(true),
        can_heat: Some(true),
        hvac_mode: Some(HvacMode::Heat),
        target_temperature: Temperature::from_celsius(20.0),
        target_temperature_low: Temperature::from_celsius(18.0),
        target_temperature_high: Temperature::from_celsius(24.0),
        ..Thermostat::default()
    };
    home.thermostats.insert("t".into(), Arc::new(thermostat));
    home
}

struct Running {
    socket: PathBuf,
    calls: Receiver<IpcEvent>,
    shared: SharedAccounts,
    engine: Engine,
    _folder: tempfile::TempDir,
}

const PATIENCE: WaitLimits = WaitLimits { within: Duration::from_secs(20), for_service: Duration::from_secs(20) };

async fn running() -> Running {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("run/s.sock");
    let Acquire::First(seat) = acquire(&socket).expect("a seat") else { panic!("taken") };
    let (events, calls) = EventSender::<IpcEvent>::channel();
    let shared = SharedAccounts::default();
    let (tell, asked) = mpsc::channel(16);
    let service = Arc::new(Obedient(tell, std::sync::Mutex::new(Some(asked))));
    let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
    let setup = Setup {
        account,
        limits: WriteLimits::SIMULATED,
        storage: None,
        notices: Vec::new(),
        clock: SystemClock::shared(),
    };
    let engine = Engine::start(setup, service);
    shared.show(vec![(AccountKey::Simulated, engine.access())]);
    let bridged: Bridged = Arc::new(|access, writes| {
        Box::pin(async move {
            let made = access.submit_and_wait("bridge".to_owned(), writes, Origin::Bridge, PATIENCE).await;
            if made.is_some_and(|made| made.waiting.is_empty()) { None } else { Some("no".to_owned()) }
        })
    });
    let wire = Codec { render: |_home| "{}".to_owned(), bridged, is_service: false };
    tokio::spawn(serve(seat, shared.clone(), events, wire));
    for _ in 0..200 {
        if socket.exists() && engine.snapshot().connection.is_online() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Running { socket, calls, shared, engine, _folder: folder }
}

async fn ask(running: &Running, ask: IpcRequest) -> IpcResponse {
    Peer::reach(&running.socket).await.expect("reached").ask(ask).await.expect("answered")
}

#[tokio::test]
async fn a_second_start_reaches_the_first() {
    let running = running().await;
    assert!(matches!(acquire(&running.socket), Ok(Acquire::Taken)));
    assert!(matches!(ask(&running, IpcRequest::Window).await, IpcResponse::Done));
    assert!(matches!(ask(&running, IpcRequest::Launcher).await, IpcResponse::Done));
    let socket = running.socket.clone();
    tokio::task::spawn_blocking(move || notify_running(&socket, IpcRequest::Quit)).await.expect("ran").expect("told");
    let heard: Vec<IpcEvent> = running.calls.try_iter().collect();
    assert_eq!(heard, [IpcEvent::Window, IpcEvent::Launcher, IpcEvent::Quit]);
}

#[tokio::test]
async fn the_lock_is_released_when_its_process_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let socket = folder.path().join("run/s.sock");
    let first = acquire(&socket).expect("a seat");
    assert!(matches!(acquire(&socket), Ok(Acquire::Taken)));
    drop(first);
    assert!(matches!(acquire(&socket), Ok(Acquire::First(_))));
    assert!(matches!(Peer::reach(&socket).await.err(), Some(PeerError::Nobody)));
}

#[tokio::test]
async fn a_write_goes_through_the_running_engine() {
    let running = running().await;
    let write = Write::Target("t".into(), Setpoint::celsius(21.0));
    let set = |writes: Vec<Write>| IpcRequest::Set { account: AccountKey::Simulated, name: "two".to_owned(), writes };
    let IpcResponse::Set { records, unchanged, waiting, .. } = ask(&running, set(vec![write.clone()])).await else {
        panic!("not set")
    };
    assert_eq!((unchanged.len(), waiting.len()), (0, 0));
    let record = records.first().expect("a record");
    assert_eq!((record.origin, &record.outcome, record.write.as_ref()), (Origin::Cli, &Outcome::Done, Some(&write)));
    assert_eq!(running.engine.snapshot().journal.front().map(|record| record.id), Some(record.id), "the same journal");
    // The same value again changes nothing, and two writes are one batch.
    let IpcResponse::Set { records, unchanged, .. } = ask(&running, set(vec![write.clone()])).await else {
        panic!("not set")
    };
    assert_eq!((records.len(), unchanged), (0, vec![write.slot()]));
    let eco = Write::Mode("t".into(), HvacMode::Eco);
    let hot = Write::Target("t".into(), Setpoint::celsius(90.0));
    let IpcResponse::Set { records, .. } = ask(&running, set(vec![hot, eco.clone()])).await else { panic!("not set") };
    assert!(records.iter().any(|record| record.write.as_ref() == Some(&eco)), "{records:?}");
    assert!(records.iter().any(|record| matches!(record.outcome, Outcome::Refused(_))), "{records:?}");
}

#[tokio::test]
async fn only_shared_accounts_are_accessible() {
    let running = running().await;
    assert!(matches!(ask(&running, IpcRequest::Home(AccountKey::Simulated)).await, IpcResponse::Home(_)));
    let others = [
        AccountKey::Account("a".to_owned()),
        AccountKey::Environment { url: "http://127.0.0.1:1/".to_owned(), mark: mark("http://127.0.0.1:1/", "c.x") },
    ];
    for other in others {
        assert!(matches!(ask(&running, IpcRequest::Home(other)).await, IpcResponse::NotOpen));
    }
    running.shared.show(Vec::new());
    assert!(matches!(ask(&running, IpcRequest::Home(AccountKey::Simulated)).await, IpcResponse::NotOpen));
    assert_ne!(mark("u", "a"), mark("u", "b"));
    assert_ne!(mark("ua", ""), mark("u", "a"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_messages_are_ignored_and_the_next_client_is_served() {
    let running = running().await;
    let socket = running.socket.clone();
    tokio::task::spawn_blocking(move || {
        for forged in [
            b"\n".to_vec(),
            b"GET / HTTP/1.1\r\n\r\n".to_vec(),
            b"{\"protocol\":1,\"ask\":\"reboot\"}\n".to_vec(),
            b"{\"protocol\":999,\"ask\":\"quit\"}\n".to_vec(),
            b"{\"protocol\":1,\"ask\":{\"set\":{\"account\":\"simulated\",\"name\":\"\",\"writes\":[]}}}\n".to_vec(),
            b"{\"protocol\":1,\"ask\":{\"link\":\"https://example.org\"}}\n".to_vec(),
            vec![0xff; 4096],
            vec![b'['; 2 * 1024 * 1024],
        ] {
            let mut stream = BlockingStream::connect(&socket).expect("connected");
            stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
            // The server may close before everything is written.
            stream.write_all(&forged).ok();
            stream.shutdown(std::net::Shutdown::Write).ok();
            let mut said = String::new();
            stream.read_to_string(&mut said).ok();
            assert!(said.is_empty() || said.contains("wrong"), "{said}");
        }
    })
    .await
    .expect("ran");
    assert_eq!(running.calls.try_iter().count(), 0, "nothing was called for");
    assert!(matches!(ask(&running, IpcRequest::Window).await, IpcResponse::Done));
}

/// Findings L8: watchers leave places for other clients.
#[tokio::test]
async fn l8_watchers_leave_places_for_other_clients() {
    let running = running().await;
    let mut watching = Vec::new();
    for number in 0..40 {
        let mut peer = Peer::reach(&running.socket).await.expect("reached");
        peer.send(IpcRequest::Watch(AccountKey::Simulated)).await.expect("asked");
        let first = tokio::time::timeout(PATIENCE.within, peer.next()).await.expect("in time");
        assert!(matches!(first, Ok(Some(IpcResponse::Home(_)))), "{number}");
        watching.push(peer);
    }
    assert!(matches!(ask(&running, IpcRequest::Home(AccountKey::Simulated)).await, IpcResponse::Home(_)));
    let write = Write::Target("t".into(), Setpoint::celsius(21.0));
    let set = IpcRequest::Set { account: AccountKey::Simulated, name: "one".to_owned(), writes: vec![write] };
    assert!(matches!(ask(&running, set).await, IpcResponse::Set { records, .. } if records.len() == 1));
}

#[test]
fn a_folder_open_to_others_is_not_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = folder.path().join("run");
    std::fs::create_dir(&open).expect("made");
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o777)).expect("set");
    assert!(acquire(&open.join("s.sock")).is_err());
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o700)).expect("set");
    assert!(acquire(&open.join("s.sock")).is_ok());
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&open, &link).expect("made");
    assert!(acquire(&link.join("s.sock")).is_err(), "a link may lead anywhere");
}

#[test]
fn each_configuration_has_a_socket_of_its_own() {
    let data = PathBuf::from("/data");
    let one = socket_of(&PathBuf::from("/a/setpoint"), &data);
    assert_eq!(one, socket_of(&PathBuf::from("/a/setpoint"), &data));
    let other = socket_of(&PathBuf::from("/b/setpoint"), &data);
    assert!(one != other || one.starts_with("/data"));
}

#[test]
fn every_run_of_a_flatpak_uses_the_same_folder() {
    let runtime = PathBuf::from("/run/user/1000");
    assert_eq!(folder_in(&runtime, None), PathBuf::from("/run/user/1000/setpoint"));
    let shared = folder_in(&runtime, Some("org.example.Setpoint".to_owned()));
    assert_eq!(shared, PathBuf::from("/run/user/1000/app/org.example.Setpoint/setpoint"));
}
