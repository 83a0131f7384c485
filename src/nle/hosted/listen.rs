//! The hosted server as a service: scheduled polls, and calls.
//!
//! ```text
//! connecting -> list, each thermostat -> live ─ one thermostat after another, within the allowance
//!                  ^                       ├── a change was sent: read that thermostat
//!                  │                       └── now and then: the list
//!                  └─ pause ── the list cannot be read: lost
//! ```
//!
//! If the server asks to wait, the connection is not lost: polling continues after that time.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};

use super::super::commands::adjusted;
use super::super::home::{HOSTED, NleState};
use super::client::HostedClient;
use super::commands::{HostedCall, HostedStep, SCHEDULE, steps};
use super::poll_schedule::{Poll, PollSchedule};
use super::wire::Listed;
use crate::home::{Checked, DeviceId, DeviceSchedule, DeviceTree, Field, Temperature, Thermostat, Write};
use crate::service::{
    Backoff, ConnectionEnd, Failure, FailureKind, Reason, ReconnectLoop, Service, StoredSchedule, Update,
};

/// Intervals and time limits of the service.
#[derive(Debug, Clone, Copy)]
pub struct HostedTimes {
    /// Interval between two reads of a thermostat.
    pub poll: Duration,
    /// The shortest time between two polls: ten per minute are half of the rate limit of the key.
    pub between: Duration,
    /// Interval between two reads of the list.
    pub list: Duration,
    /// The age up to which a new connection reuses the last reading of a thermostat.
    pub fresh: Duration,
    /// Time until the next read of a thermostat that does not show a change yet.
    pub again: Duration,
    /// The pause if the server asks to wait without a time.
    pub busy: Duration,
    /// Time within which an accepted change should be confirmed.
    pub confirm: Duration,
    /// The first pause after the list cannot be read; it doubles.
    pub first_pause: Duration,
    pub longest_pause: Duration,
}

impl Default for HostedTimes {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(15),
            between: Duration::from_secs(6),
            list: Duration::from_mins(10),
            fresh: Duration::from_mins(2),
            again: Duration::from_secs(3),
            busy: Duration::from_mins(1),
            confirm: Duration::from_mins(1),
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_mins(2),
        }
    }
}

/// The thermostats of an API key as a [`Service`].
pub struct HostedService {
    client: Arc<HostedClient>,
    /// The user's name for the account: the server has no name for a home.
    name: String,
    times: HostedTimes,
    state: Mutex<NleState>,
    schedule: Mutex<PollSchedule>,
    poke: Notify,
}

impl HostedService {
    /// Creates a service on a client, for an account with this name.
    pub fn new(client: impl Into<Arc<HostedClient>>, name: impl Into<String>, times: HostedTimes) -> Arc<Self> {
        let client = client.into();
        let state = Mutex::new(NleState::of(client.base()));
        let (schedule, poke) = (Mutex::default(), Notify::new());
        Arc::new(Self { client, name: name.into(), times, state, schedule, poke })
    }

    fn state(&self) -> MutexGuard<'_, NleState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn schedule(&self) -> MutexGuard<'_, PollSchedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn home(&self) -> DeviceTree {
        let mut state = self.state();
        state.forget_applied(Instant::now());
        state.home(&self.name, HOSTED)
    }

    async fn read_list(&self) -> Result<(), Failure> {
        let listed = self.client.devices().await?;
        let mut schedule = self.schedule();
        schedule.set_list(listed);
        self.state().readings.retain(|serial, _| schedule.listed(serial).is_some());
        Ok(())
    }

    async fn read_one(&self, serial: &DeviceId) -> Result<(), Failure> {
        let Some(listed) = self.schedule().listed(serial) else { return Ok(()) };
        let read = self.client.status(&listed).await;
        let is_answered = read.as_ref().map_or_else(|failure| failure.kind == FailureKind::Gone, |_| true);
        self.schedule().was_asked(serial, is_answered.then(Instant::now));
        match read {
            Ok(reading) => {
                self.state().readings.insert(serial.clone(), reading);
                Ok(())
            }
            // The thermostat comes back at its next poll, or the next list no longer contains it.
            Err(Failure { kind: FailureKind::Gone, reason }) => {
                tracing::info!(%serial, %reason, "a thermostat cannot be read");
                self.state().readings.remove(serial);
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    /// Reads the list and each stale thermostat. A thermostat that fails alone is skipped; any other failure, or
    /// no reading at all, fails the whole. If there are more thermostats than calls in a minute, it takes
    /// several tries, and each one continues after the thermostats that are already fresh.
    async fn read_all(&self) -> Result<(), Failure> {
        self.read_list().await?;
        let stale = self.schedule().stale(Instant::now(), self.times.fresh);
        let mut broken = None;
        for serial in stale {
            match self.read_one(&serial).await {
                Err(failure) if is_of_one(&failure) => {
                    tracing::info!(%serial, %failure, "a thermostat cannot be read");
                    broken = Some(failure);
                }
                read => read?,
            }
        }
        let has_none = self.state().readings.is_empty();
        broken.filter(|_| has_none).map_or(Ok(()), Err)
    }

    /// Polls one thermostat. If it cannot be read, the connection is lost only if the list cannot be read
    /// either.
    async fn turn(&self, serial: &DeviceId) -> Result<(), Failure> {
        match self.read_one(serial).await {
            Err(failure) if is_of_one(&failure) => {
                tracing::info!(%serial, %failure, "a thermostat cannot be read");
                self.schedule().was_asked(serial, Some(Instant::now()));
                self.read_list().await
            }
            read => read,
        }
    }

    /// The thermostat on the list, which a single command has not read yet.
    async fn listed(&self, serial: &DeviceId) -> Result<Listed, Failure> {
        let is_listed = self.schedule().listed(serial).is_some();
        if !is_listed {
            self.read_list().await?;
        }
        let listed = self.schedule().listed(serial);
        listed.ok_or_else(|| Failure::new(FailureKind::Gone, Reason::DeviceGone))
    }

    async fn replace_schedule(&self, serial: DeviceId, schedule: &DeviceSchedule) -> Result<(), Failure> {
        let value = super::super::schedule::to_value(schedule);
        let value = value.ok_or_else(|| Failure::of_program("a schedule without a start"))?;
        let call = HostedCall { serial, path: SCHEDULE, body: serde_json::json!({ "schedule": value }) };
        self.client.send(&self.listed(&call.serial).await?, &call).await
    }

    async fn send_write(&self, write: &Write) -> Result<(), Failure> {
        let is_empty = self.state().readings.is_empty();
        if is_empty {
            // A single command does not listen, so nothing is read yet.
            self.read_all().await?;
        }
        let write = &self.schedule().completed(write);
        let steps = steps(&self.state(), write)?;
        let mut changed = BTreeSet::new();
        for step in steps {
            match step {
                HostedStep::HostedCall(call) => {
                    let listed = self.schedule().listed(&call.serial);
                    let gone = || Failure::new(FailureKind::Gone, Reason::DeviceGone);
                    let sent = self.client.send(&listed.ok_or_else(gone)?, &call).await;
                    if sent.as_ref().is_err_and(|failure| failure.kind == FailureKind::Offline) {
                        // Read now, so that a dead connection is found before the next poll.
                        self.look_soon(&call.serial, Duration::ZERO);
                    }
                    sent?;
                    if let Some(eco) = call.eco() {
                        self.state().request_eco(call.serial.clone(), eco, Instant::now());
                    }
                    changed.insert(call.serial);
                }
                HostedStep::FanMinutes(id, minutes) => self.state().keep_fan_minutes(&id, minutes),
            }
        }
        self.schedule().accepted(write);
        // The answers do not contain the stored values.
        let made = match changed.first() {
            Some(only) if changed.len() == 1 => self.read_back(only, write).await,
            Some(_) | None => {
                for serial in &changed {
                    self.look_soon(serial, self.times.again);
                }
                Ok(())
            }
        };
        self.poke.notify_one();
        made
    }

    /// Reads a thermostat after a change. Fails if the thermostat shows another value than the written one.
    async fn read_back(&self, serial: &DeviceId, write: &Write) -> Result<(), Failure> {
        let known = || self.state().readings.get(serial).map(|reading| reading.thermostat.clone());
        let before = known();
        if let Err(failure) = self.read_one(serial).await {
            tracing::info!(%serial, %failure, "the result of a change cannot be read yet");
        }
        let (Some(before), Some(after)) = (before, known()) else { return Ok(()) };
        if before == after {
            self.look_soon(serial, self.times.again);
            return Ok(());
        }
        self.schedule().shown(serial);
        // Ignore an unchanged temperature: the thermostat may not show the new one yet.
        let stored = |key: &str| target(&after, key).filter(|_| target(&after, key) != target(&before, key));
        adjusted(write, |key| stored(key).map(Temperature::celsius)).map_or(Ok(()), Err)
    }

    fn look_soon(&self, serial: &DeviceId, after: Duration) {
        self.schedule().poll_at(serial, Instant::now() + after);
        self.poke.notify_one();
    }

    async fn run(&self, updates: &mpsc::Sender<Update>) {
        let backoff = Backoff { first: self.times.first_pause, longest: self.times.longest_pause };
        let mut line = ReconnectLoop::new(backoff);
        while line.connecting(updates).await {
            let end = self.connected(updates, &mut line).await;
            if !line.wait_to_reconnect(updates, end).await {
                return;
            }
        }
    }

    async fn connected(&self, updates: &mpsc::Sender<Update>, line: &mut ReconnectLoop) -> ConnectionEnd {
        if let Err(failure) = self.read_all().await {
            return ConnectionEnd::Lost(failure);
        }
        line.answered();
        let mut shown = self.home();
        if updates.send(Update::Home(Box::new(shown.clone()))).await.is_err() {
            return ConnectionEnd::ReceiverGone;
        }
        let mut list_at = Instant::now() + self.times.list;
        let mut not_before = Instant::now() + self.times.between;
        loop {
            let spared = self.client.next_poll().max(not_before);
            let (at, look) = self.schedule().next(list_at, spared, self.times.poll);
            let read = tokio::select! {
                () = self.poke.notified() => None,
                () = sleep_until(at) => Some(match look {
                    Poll::List => {
                        list_at = Instant::now() + self.times.list;
                        self.read_list().await
                    }
                    Poll::One(serial) => self.turn(&serial).await,
                }),
            };
            let is_heard = match read {
                None => false,
                Some(Ok(())) => {
                    not_before = Instant::now() + self.times.between;
                    true
                }
                Some(Err(Failure { kind: FailureKind::Busy(wait), reason })) => {
                    tracing::info!(%reason, "the thermostats are read later");
                    not_before = Instant::now() + wait.unwrap_or(self.times.busy);
                    false
                }
                Some(Err(failure)) => return ConnectionEnd::Lost(failure),
            };
            let home = self.home();
            let update = match (home == shown, is_heard) {
                (true, false) => continue,
                (true, true) => Update::Alive,
                (false, _) => Update::Home(Box::new(home.clone())),
            };
            shown = home;
            if updates.send(update).await.is_err() {
                return ConnectionEnd::ReceiverGone;
            }
        }
    }
}

/// True if a failure may concern a single thermostat and not the key.
fn is_of_one(failure: &Failure) -> bool {
    match failure.kind {
        FailureKind::Offline | FailureKind::Bug | FailureKind::Refused | FailureKind::Gone => true,
        FailureKind::Busy(_) | FailureKind::SignIn => false,
    }
}

/// The temperature of a thermostat by its name on the server.
fn target(thermostat: &Thermostat, key: &str) -> Option<Temperature> {
    match key {
        "target_temperature" => thermostat.target_temperature,
        "target_temperature_low" => thermostat.target_temperature_low,
        "target_temperature_high" => thermostat.target_temperature_high,
        _ => None,
    }
}

impl Service for HostedService {
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()> {
        Box::pin(async move { self.run(&updates).await })
    }

    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move { self.send_write(write.write()).await })
    }

    /// The server allows twenty calls a minute, so the thermostats are read one after another.
    fn confirms_within(&self) -> Duration {
        self.times.confirm
    }

    fn kept_here(&self) -> &'static [Field] {
        Field::KEPT_BY_PROGRAM
    }

    fn device_schedule(self: Arc<Self>, thermostat: DeviceId) -> BoxFuture<'static, Result<StoredSchedule, Failure>> {
        Box::pin(async move { self.client.schedule(&self.listed(&thermostat).await?).await })
    }

    fn set_device_schedule(
        self: Arc<Self>,
        thermostat: DeviceId,
        schedule: DeviceSchedule,
    ) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move { self.replace_schedule(thermostat, &schedule).await })
    }

    fn fetch(self: Arc<Self>) -> BoxFuture<'static, Result<DeviceTree, Failure>> {
        Box::pin(async move {
            self.read_all().await?;
            Ok(self.home())
        })
    }
}
