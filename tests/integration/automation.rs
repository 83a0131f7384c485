//! Holds and schedules against a simulated home over real sockets: the thread, its store, and an engine.
#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use std::path::Path;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use setpoint::automation::driver::{Automation, AutomationFiles, AutomationNews, AutomationSetup};
use setpoint::automation::hold::Hold;
use setpoint::automation::outside::NothingOutside;
use setpoint::automation::run::{Run, RunOutcome, Skip, Trigger};
use setpoint::automation::{AutomationStore, StoreError};
use setpoint::clock::Clock;
use setpoint::engine::{AccountLabel, AccountName, Connection, Debounce, Engine, Origin, Request, Setup, StoragePaths};
use setpoint::home::{DeviceId, HoldEnd, HvacMode, Setpoint, Write};
use setpoint::service::WriteLimits;
use setpoint::simulator::{Options, Simulation};
use setpoint::wwn::client::{Client, StreamTimes, WwnService};

use crate::support::{simulation, until};

const TIMES: StreamTimes = StreamTimes {
    silent: Duration::from_secs(45),
    dead: Duration::from_secs(75),
    first_pause: Duration::from_millis(50),
    longest_pause: Duration::from_millis(100),
};

/// A clock that began at a time of the test's choice and goes on from there.
struct ClockFrom {
    begin: Timestamp,
    started: Instant,
}

impl Clock for ClockFrom {
    fn now(&self) -> Timestamp {
        self.begin + SignedDuration::try_from(self.started.elapsed()).expect("a moment")
    }
}

/// A home, its engine and the automation, with their files in a folder.
pub(crate) struct Trial {
    simulation: Simulation,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) engine: Engine,
    pub(crate) automation: Automation,
    pub(crate) hallway: DeviceId,
}

fn clock(begin: &str) -> Arc<dyn Clock> {
    Arc::new(ClockFrom { begin: begin.parse().expect("a time"), started: Instant::now() })
}

fn engine(simulation: &Simulation, folder: &Path, clock: &Arc<dyn Clock>) -> Engine {
    let token = SecretString::from(simulation.token());
    let client = Client::new(simulation.url().clone(), &token).expect("a client");
    let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
    let storage = Some(StoragePaths::in_folder(&folder.join("engine")));
    let clock = Arc::clone(clock);
    let setup = Setup { account, limits: WriteLimits::SIMULATED, storage, notices: Vec::new(), clock };
    Engine::start(setup, WwnService::new(client, TIMES))
}

fn automation(folder: &Path, clock: &Arc<dyn Clock>, presets: Vec<(String, Vec<Write>)>) -> Automation {
    Automation::start(AutomationSetup {
        files: AutomationFiles::new(folder, folder),
        is_new_home: false,
        keeps_queue: true,
        clock: Arc::clone(clock),
        zone: TimeZone::UTC,
        runtime: tokio::runtime::Handle::current(),
        presets,
        outside: Arc::new(NothingOutside),
        waker: Waker::noop().clone(),
    })
}

pub(crate) async fn trial(folder: &Path, begin: &str) -> Trial {
    trial_with(folder, begin, |_| Vec::new()).await
}

/// The same with presets for the hallway.
pub(crate) async fn trial_with(
    folder: &Path,
    begin: &str,
    presets: impl FnOnce(&DeviceId) -> Vec<(String, Vec<Write>)>,
) -> Trial {
    let (simulation, clock) = (simulation(Options::default()).await, clock(begin));
    let engine = engine(&simulation, folder, &clock);
    let live = || Some(engine.snapshot()).filter(|snapshot| snapshot.connection == Connection::Live);
    let home = Arc::clone(&until("the connection", live).await.confirmed);
    let named = |name: &str| home.thermostats.iter().find(|(_, t)| t.name.as_deref() == Some(name));
    let hallway = named("Hallway").map(|(id, _)| id.clone()).expect("the hallway");
    let mut automation = automation(folder, &clock, presets(&hallway));
    automation.follow(vec![engine.access()]);
    Trial { simulation, clock, engine, automation, hallway }
}

impl Trial {
    pub(crate) fn target(&self, celsius: f64) -> Write {
        Write::Target(self.hallway.clone(), Setpoint::celsius(celsius))
    }

    pub(crate) fn want(&self, write: Write) {
        let origin = Origin::Window;
        assert!(self.engine.request(Request::Set { write, debounce: Debounce::Now, origin, seen: None }));
    }

    pub(crate) async fn shows(&self, celsius: f64) {
        let wanted = self.target(celsius);
        until(&format!("{wanted:?}"), || wanted.is_shown_by(&self.engine.snapshot().confirmed).then_some(())).await;
    }

    pub(crate) fn hold(&self, celsius: f64, ends: HoldEnd) {
        let (write, before) = (self.target(celsius), self.target(celsius).slot());
        self.automation.hold(Hold {
            thermostat: self.hallway.clone(),
            name: "Hallway".to_owned(),
            before: before.present(&self.engine.snapshot().confirmed, None),
            write: write.clone(),
            began: self.clock.now(),
            ends,
            mode: None,
            rule: None,
        });
        self.want(write);
    }

    fn runs(&self) -> Vec<Run> {
        self.automation.view().runs.iter().map(|(_, run)| run.clone()).collect()
    }

    /// The newest run, once it has an outcome.
    async fn outcome(&self, count: usize) -> Run {
        until("a run", || {
            let runs = self.runs();
            runs.first().filter(|run| runs.len() >= count && run.outcome != RunOutcome::Open).cloned()
        })
        .await
    }

    pub(crate) async fn end(self) {
        drop(self.automation);
        self.engine.shut_down(Duration::from_secs(2)).await;
        self.simulation.stop().await;
    }
}

const SCHEDULES: &str = r#"
version = 1
[levels]
Home = { heat = 22.5, cool = 26 }
Sleep = { heat = 16.5, cool = 27 }
[[schedule]]
name = "Week"
thursday = ["06:30 Home", "22:00 Sleep"]
[[thermostat]]
name = "hallway"
schedule = "Week"
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_ends_with_the_value_from_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let trial = trial(folder.path(), "2026-03-05T12:00:00Z").await;
    trial.shows(21.0).await;
    trial.hold(23.0, HoldEnd::At(trial.clock.now() + SignedDuration::from_secs(2)));
    trial.shows(23.0).await;
    until("the hold", || trial.automation.view().holds.contains_key(&trial.hallway).then_some(())).await;
    trial.shows(21.0).await;
    let run = trial.outcome(1).await;
    assert_eq!((run.trigger, run.outcome), (Trigger::HoldEnd, RunOutcome::Done));
    assert!(trial.automation.view().holds.is_empty());
    let journal = Arc::clone(&trial.engine.snapshot().journal);
    let origins: Vec<Origin> = journal.iter().map(|record| record.origin).collect();
    assert_eq!(origins, [Origin::Hold, Origin::Window]);

    // A value that somebody changed meanwhile stays.
    trial.hold(24.0, HoldEnd::At(trial.clock.now() + SignedDuration::from_secs(2)));
    trial.shows(24.0).await;
    trial.want(trial.target(19.0));
    let run = trial.outcome(2).await;
    assert_eq!(run.outcome, RunOutcome::Skipped(Skip::ChangedByHand));
    assert!(trial.automation.view().holds.is_empty());
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    trial.shows(19.0).await;
    trial.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_applies_what_is_in_force_at_its_begin_and_at_each_start() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("schedules.toml"), SCHEDULES).expect("written");
    // A Thursday, four seconds before a start.
    let mut trial = trial(folder.path(), "2026-03-05T06:29:56Z").await;
    trial.shows(16.5).await;
    trial.shows(22.5).await;
    let run = trial.outcome(2).await;
    assert_eq!((run.outcome.clone(), run.due.to_string()), (RunOutcome::Done, "2026-03-05T06:30:00Z".to_owned()));
    assert!(run.at.duration_since(run.due) < SignedDuration::from_secs(1), "late: {run:?}");
    let level = trial.automation.view().in_force[&trial.hallway].clone();
    assert_eq!((level.level.name.as_str(), level.next.expect("a next").1.name.as_str()), ("Home", "Sleep"));

    // A change by hand stays until the next start, also for a process that starts later.
    trial.want(trial.target(18.0));
    trial.shows(18.0).await;
    drop(std::mem::replace(&mut trial.automation, automation(folder.path(), &trial.clock, Vec::new())));
    trial.automation.follow(vec![trial.engine.access()]);
    tokio::time::sleep(Duration::from_millis(500)).await;
    trial.shows(18.0).await;
    // An edit of the level in force applies, unless the value was changed by hand.
    let edited = SCHEDULES.replace("heat = 22.5", "heat = 23.5");
    std::fs::write(folder.path().join("schedules.toml"), edited).expect("written");
    trial.automation.wake();
    let run = trial.outcome(3).await;
    assert_eq!(run.outcome, RunOutcome::Skipped(Skip::ChangedByHand));
    trial.shows(18.0).await;
    // A hold until now: the level comes back.
    trial.hold(20.0, HoldEnd::At(trial.clock.now() + SignedDuration::from_secs(1)));
    trial.shows(23.5).await;
    let origins: Vec<Origin> =
        trial.engine.snapshot().journal.iter().filter(|it| it.origin != Origin::Window).map(|it| it.origin).collect();
    assert_eq!(origins, [Origin::Hold, Origin::Schedule, Origin::Schedule]);
    trial.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thermostat_in_eco_gets_its_level_when_it_heats_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let trial = trial(folder.path(), "2026-03-05T12:00:00Z").await;
    trial.want(Write::Mode(trial.hallway.clone(), HvacMode::Eco));
    let is_eco = || {
        let home = &trial.engine.snapshot().confirmed;
        home.thermostats[&trial.hallway].hvac_mode.clone().filter(|mode| *mode == HvacMode::Eco)
    };
    until("eco", is_eco).await;
    std::fs::write(folder.path().join("schedules.toml"), SCHEDULES).expect("written");
    trial.automation.wake();
    let run = trial.outcome(1).await;
    assert_eq!(run.outcome, RunOutcome::Skipped(Skip::NoSetpoint));
    trial.want(Write::Mode(trial.hallway.clone(), HvacMode::Heat));
    trial.shows(22.5).await;
    assert_eq!(trial.outcome(2).await.outcome, RunOutcome::Done);
    trial.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_cannot_be_used_is_told_once_and_nothing_is_carried_out() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("schedules.toml"), SCHEDULES).expect("written");
    std::fs::create_dir(AutomationStore::file_in(folder.path())).expect("in the way");
    let trial = trial(folder.path(), "2026-03-05T12:00:00Z").await;
    let news = until("news", || Some(trial.automation.take_news()).filter(|news| !news.is_empty())).await;
    assert!(matches!(news.as_slice(), [AutomationNews::Store(StoreError::File(_))]), "{news:?}");
    trial.automation.wake();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(trial.automation.take_news(), []);
    trial.shows(21.0).await;
    // A mistake in the file of schedules is told, and the others go on.
    std::fs::write(folder.path().join("schedules.toml"), format!("{SCHEDULES}[[schedule]]\nname = \"Bad\"\n"))
        .expect("written");
    trial.automation.wake();
    let news = until("news", || Some(trial.automation.take_news()).filter(|news| !news.is_empty())).await;
    assert!(matches!(news.as_slice(), [AutomationNews::Form(_)]), "{news:?}");
    trial.end().await;
}
