//! Parsing a home of a thousand devices, against reading the same bytes as plain JSON.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use setpoint::clock::SystemClock;
use setpoint::engine::{AccountLabel, AccountName, Connection, Engine, Setup};
use setpoint::home::{Checked, DeviceTree};
use setpoint::service::{Failure, Service, Update, WriteLimits};
use setpoint::simulator::{HomePlan, Options};
use setpoint::wwn::wire::{parse, render};
use tokio::sync::mpsc;

use crate::timing::{median, ratio, timed};

/// A simulated estate with this number of thermostats and their other devices.
pub(crate) fn estate(thermostats: u32) -> DeviceTree {
    let runtime = runtime();
    runtime.block_on(async {
        let options = Options { home: HomePlan::Estate(thermostats), ..Options::default() };
        let Ok(simulation) = setpoint::simulator::start(options, SystemClock::shared()).await else {
            return DeviceTree::default();
        };
        let home = DeviceTree::clone(&simulation.home().borrow());
        simulation.stop().await;
        home
    })
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    built.unwrap_or_else(|err| {
        crate::timing::say("no runtime", &err.to_string());
        std::process::abort()
    })
}

/// A service that reports the given updates.
struct Given(std::sync::Mutex<Option<mpsc::Receiver<Update>>>);

impl Service for Given {
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> futures_util::future::BoxFuture<'static, ()> {
        let given = self.0.lock().ok().and_then(|mut given| given.take());
        Box::pin(async move {
            let Some(mut given) = given else { return };
            while let Some(update) = given.recv().await {
                updates.send(update).await.ok();
            }
        })
    }

    fn write(self: Arc<Self>, _: Checked) -> futures_util::future::BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async { Ok(()) })
    }

    fn fetch(self: Arc<Self>) -> futures_util::future::BoxFuture<'static, Result<DeviceTree, Failure>> {
        Box::pin(async { Ok(DeviceTree::default()) })
    }
}

/// A home as text, before and after a change of one value.
pub(crate) fn two_documents(mut home: DeviceTree) -> [String; 2] {
    let before = render(&home);
    if let Some(thermostat) = home.thermostats.keys().next().cloned().and_then(|id| home.thermostat_mut(&id)) {
        thermostat.humidity = Some(99);
    }
    [before, render(&home)]
}

pub(crate) fn run() {
    let home = estate(600);
    let devices = home.device_count();
    let [before, after] = two_documents(home);
    let baseline = median(15, || timed(|| serde_json::from_slice::<Value>(before.as_bytes()).ok()));
    let ours = engine_time(&[&before, &after]);
    ratio(&format!("parse, diff and publish {devices} devices / JSON alone"), ours, baseline, 1.0);
}

/// The median time in which an engine takes a document, of two that it is given in turn.
pub(crate) fn engine_time([before, after]: &[&str; 2]) -> Duration {
    let runtime = runtime();
    runtime.block_on(async {
        let (give, given) = mpsc::channel(1);
        let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let setup = Setup {
            account,
            limits: WriteLimits::SIMULATED,
            storage: None,
            notices: Vec::new(),
            clock: SystemClock::shared(),
        };
        let engine = Engine::start(setup, Arc::new(Given(std::sync::Mutex::new(Some(given)))));
        let mut snapshots = engine.snapshots();
        let mut times = Vec::new();
        for round in 0..16 {
            let text = if round % 2 == 0 { before } else { after };
            snapshots.mark_unchanged();
            let started = Instant::now();
            let Ok(home) = parse(text.as_bytes()) else { break };
            give.send(Update::Home(Box::new(home))).await.ok();
            while snapshots.changed().await.is_ok() {
                if snapshots.borrow().connection == Connection::Live {
                    break;
                }
            }
            times.push(started.elapsed());
        }
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    })
}
