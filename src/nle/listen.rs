//! The self-hosted server as a service: change events, polls and commands.
//!
//! ```text
//! connecting -> list -> live ─ change event of one thermostat: read it, a moment after the last event
//!                  ^      ├── nothing for long: read the list, since a dead connection is silent
//!                  │      └── a command was sent: read that thermostat
//!                  └─ pause ── the list cannot be read: lost
//! ```
//!
//! The stream only says that something changed at a thermostat, several times for one change, and sends no
//! keep-alives. The service works without it, but reads the list more often.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use reqwest::Response;
use serde_json::Value;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};

use super::change_debounce::{ChangeDebounce, DebounceTimes, Due};
use super::client::NleClient;
use super::commands::{NleCommand, NleStep, adjusted, steps};
use super::home::{NleState, OWN_SERVER};
use super::wire;
use crate::home::{Checked, DeviceId, DeviceSchedule, DeviceTree};
use crate::http::Decoder;
use crate::service::{Backoff, ConnectionEnd, Failure, FailureKind, ReconnectLoop, Service, StoredSchedule, Update};

/// Limit in bytes. A change event has about fifty bytes.
const LONGEST_BELL: usize = 64 * 1024;

/// Intervals and time limits of the service.
#[derive(Debug, Clone, Copy)]
pub struct NleTimes {
    /// Time from the last change event of a burst to the read of the thermostat.
    pub debounce: Duration,
    /// The longest time from the first change event of a burst to the read.
    pub debounce_at_most: Duration,
    /// Interval between two reads of the list while the stream is open.
    pub poll: Duration,
    /// Interval between two reads of the list without the stream.
    pub poll_alone: Duration,
    /// Time until the next try to open the stream of change events.
    pub bells_again: Duration,
    /// The first pause after the list cannot be read; it doubles.
    pub first_pause: Duration,
    pub longest_pause: Duration,
}

impl Default for NleTimes {
    fn default() -> Self {
        Self {
            debounce: Duration::from_millis(250),
            debounce_at_most: Duration::from_secs(2),
            poll: Duration::from_secs(60),
            poll_alone: Duration::from_secs(20),
            bells_again: Duration::from_secs(30),
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_mins(2),
        }
    }
}

/// A self-hosted server with its thermostats as a [`Service`].
pub struct NleService {
    client: NleClient,
    /// The user's name for the account: the server has no name for a home.
    name: String,
    times: NleTimes,
    state: Mutex<NleState>,
    /// Thermostats that were sent a command and must be read again.
    told: Mutex<BTreeSet<DeviceId>>,
    poke: Notify,
}

impl NleService {
    /// Creates a service on a client, for an account with this name.
    pub fn new(client: NleClient, name: impl Into<String>, times: NleTimes) -> Arc<Self> {
        let state = Mutex::new(NleState::of(client.base()));
        let (told, poke) = (Mutex::default(), Notify::new());
        Arc::new(Self { client, name: name.into(), times, state, told, poke })
    }

    fn state(&self) -> MutexGuard<'_, NleState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn home(&self) -> DeviceTree {
        let mut state = self.state();
        state.forget_applied(Instant::now());
        state.home(&self.name, OWN_SERVER)
    }

    async fn read_all(&self) -> Result<(), Failure> {
        let readings = self.client.devices().await?;
        self.state().replace_all(readings);
        Ok(())
    }

    async fn send_write(&self, write: &crate::home::Write) -> Result<(), Failure> {
        let is_empty = self.state().readings.is_empty();
        if is_empty {
            // A single command does not listen, so nothing is read yet.
            self.read_all().await?;
        }
        let steps = steps(&self.state(), write)?;
        // If one thermostat of a home refuses away, still send it to the others.
        let goes_on = matches!(write, crate::home::Write::Away(..));
        let mut made = Ok(());
        for step in steps {
            match step {
                NleStep::Call(command) => match self.call(&command).await {
                    Ok(stored) => {
                        if let Some(failure) = adjusted(write, |key| stored.get(key)?.as_f64()) {
                            made = Err(failure);
                        }
                    }
                    Err(failure) if goes_on && matches!(failure.kind, FailureKind::Refused | FailureKind::Gone) => {
                        made = made.and(Err(failure));
                    }
                    Err(failure) => return Err(failure),
                },
                NleStep::FanMinutes(id, minutes) => self.state().keep_fan_minutes(&id, minutes),
            }
        }
        self.poke.notify_one();
        made
    }

    /// Sends one command and stores the values that the server returns.
    async fn call(&self, command: &NleCommand) -> Result<Value, Failure> {
        let stored = self.client.command(command).await;
        if stored.as_ref().is_err_and(|failure| failure.kind == FailureKind::Offline) {
            // Read now, so that a dead connection is found before the next poll.
            self.poke.notify_one();
        }
        let stored = stored?;
        let mut state = self.state();
        state.echo(&command.serial, &stored);
        if let Some(eco) = command.eco() {
            state.request_eco(command.serial.clone(), eco, Instant::now());
        }
        drop(state);
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(command.serial.clone());
        Ok(stored)
    }

    async fn replace_schedule(&self, serial: DeviceId, schedule: &DeviceSchedule) -> Result<(), Failure> {
        let is_known = self.state().readings.contains_key(&serial);
        if !is_known {
            // The server would create a thermostat that it does not know.
            self.read_all().await?;
            super::commands::reading(&self.state(), &serial)?;
        }
        let value = super::schedule::to_value(schedule);
        let value = value.ok_or_else(|| Failure::of_program("a schedule without a start"))?;
        self.client.command(&NleCommand { serial, name: "set_schedule", value }).await?;
        Ok(())
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
        let mut changes = ChangeEvents::new(self.times.bells_again);
        let mut debounce =
            ChangeDebounce::new(DebounceTimes { quiet: self.times.debounce, longest: self.times.debounce_at_most });
        let mut poll_at = Instant::now() + self.times.poll_alone;
        loop {
            let read = tokio::select! {
                serial = changes.next(&self.client) => {
                    if let Some(serial) = serial {
                        let is_listed = self.state().readings.contains_key(&serial);
                        debounce.ring(serial, is_listed, Instant::now());
                    } else {
                        // If the stream opened: read the list, because earlier changes sent no event. If it
                        // closed: read the list more often.
                        let soon = if changes.are_heard() { Duration::ZERO } else { self.times.poll_alone };
                        poll_at = poll_at.min(Instant::now() + soon);
                    }
                    continue;
                }
                () = self.poke.notified() => {
                    let told = std::mem::take(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner));
                    for serial in &told {
                        debounce.remove(serial);
                    }
                    if told.is_empty() { self.read_all().await } else { self.read_some(told).await }
                }
                () = until(debounce.next()) => match debounce.next_due(Instant::now()) {
                    Due::List => self.read_all().await,
                    Due::Thermostats(serials) => self.read_some(serials).await,
                },
                () = sleep_until(poll_at) => {
                    debounce.clear();
                    poll_at = Instant::now() + if changes.are_heard() { self.times.poll } else { self.times.poll_alone };
                    self.read_all().await
                }
            };
            if let Err(failure) = read {
                return ConnectionEnd::Lost(failure);
            }
            let home = self.home();
            let update = if home == shown { Update::Alive } else { Update::Home(Box::new(home.clone())) };
            shown = home;
            if updates.send(update).await.is_err() {
                return ConnectionEnd::ReceiverGone;
            }
        }
    }

    /// Reads thermostats again. Reads the whole list if one of them is not on it.
    async fn read_some(&self, serials: BTreeSet<DeviceId>) -> Result<(), Failure> {
        let is_known = serials.iter().all(|serial| self.state().readings.contains_key(serial));
        if !is_known {
            return self.read_all().await;
        }
        for serial in serials {
            match self.client.status(&serial).await {
                Ok(Some(reading)) => self.state().replace(reading),
                Ok(None) => return self.read_all().await,
                // If one thermostat cannot be read, the connection is lost only if the list cannot be read
                // either.
                Err(failure) => {
                    tracing::info!(%serial, %failure, "a thermostat cannot be read alone");
                    return self.read_all().await;
                }
            }
        }
        Ok(())
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// The stream of change events, if it is open.
struct ChangeEvents {
    stream: Option<(Response, Decoder)>,
    waiting: Vec<DeviceId>,
    again: Duration,
    try_at: Instant,
}

impl ChangeEvents {
    fn new(again: Duration) -> Self {
        Self { stream: None, waiting: Vec::new(), again, try_at: Instant::now() }
    }

    fn are_heard(&self) -> bool {
        self.stream.is_some()
    }

    /// Returns the next thermostat with a change event; `None` if the stream opened or closed. Cancel-safe.
    async fn next(&mut self, client: &NleClient) -> Option<DeviceId> {
        loop {
            if let Some(serial) = self.waiting.pop() {
                return Some(serial);
            }
            let Some((response, decoder)) = &mut self.stream else {
                sleep_until(self.try_at).await;
                let opened = client.changes().await;
                self.try_at = Instant::now() + self.again;
                match opened {
                    Ok(response) => self.stream = Some((response, Decoder::new(LONGEST_BELL))),
                    Err(failure) => tracing::debug!(%failure, "no bells; the list is read more often"),
                }
                return None;
            };
            let mut events = Vec::new();
            let is_well = match response.chunk().await {
                Ok(Some(bytes)) => decoder.push(&bytes, &mut events).is_ok(),
                Ok(None) | Err(_) => false,
            };
            self.waiting.extend(events.iter().filter_map(|event| wire::bell(&event.data)));
            if !is_well {
                self.stream = None;
                self.try_at = Instant::now() + self.again;
                return None;
            }
        }
    }
}

impl Service for NleService {
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()> {
        Box::pin(async move { self.run(&updates).await })
    }

    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move { self.send_write(write.write()).await })
    }

    fn device_schedule(self: Arc<Self>, thermostat: DeviceId) -> BoxFuture<'static, Result<StoredSchedule, Failure>> {
        Box::pin(async move { self.client.schedule(&thermostat).await })
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
