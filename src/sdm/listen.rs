//! The account as a service: the list of devices, events by pull, and commands.
//!
//! ```text
//! connecting -> list -> live ── events: take, acknowledge
//!                  ^              ├── a command was sent: read that device, since events may be late
//!                  │              ├── now and then: read the list
//!                  └─ pause ── the list cannot be read: lost
//! ```
//!
//! Google publishes events only after a read of the list. Events from before that read are history: they fetch
//! no pictures and cause no read of the list.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::{Notify, mpsc};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

use super::cache::Cache;
use super::client::SdmClient;
use super::commands::{SdmStep, steps};
use super::events::{Then, apply_message, messages};
use super::home::SdmState;
use super::wire;
use crate::home::{Checked, DeviceId, DeviceTree, Field, Write};
use crate::service::{Backoff, ConnectionEnd, Failure, FailureKind, Reason, ReconnectLoop, Service, Update};

/// Intervals and time limits of the service.
#[derive(Debug, Clone, Copy)]
pub struct SdmTimes {
    /// Time limit of a pull for events.
    pub pull: Duration,
    /// Time from a command to the read of its device.
    pub after_command: Duration,
    /// Time from that read to a second one, because thermostats take time to react.
    pub again_after_command: Duration,
    /// The shortest time between two reads of the list that events cause; the API allows five a minute.
    pub list_gap: Duration,
    /// Interval between two reads of the list with events.
    pub poll: Duration,
    /// Interval between two reads of the list without events; the API allows five a minute.
    pub poll_alone: Duration,
    /// Time from a failed pull to the next one.
    pub events_again: Duration,
    /// The shortest time between two picture requests to a camera, which accepts a hundred commands an hour.
    pub image_gap: Duration,
    /// Time within which an accepted change should be confirmed.
    pub confirm: Duration,
    /// The first pause after the list cannot be read; it doubles.
    pub first_pause: Duration,
    pub longest_pause: Duration,
}

impl Default for SdmTimes {
    fn default() -> Self {
        Self {
            pull: Duration::from_mins(2),
            after_command: Duration::from_millis(1500),
            again_after_command: Duration::from_secs(5),
            list_gap: Duration::from_secs(15),
            poll: Duration::from_mins(15),
            poll_alone: Duration::from_secs(60),
            events_again: Duration::from_secs(30),
            image_gap: Duration::from_secs(40),
            confirm: Duration::from_secs(30),
            first_pause: Duration::from_secs(5),
            longest_pause: Duration::from_mins(5),
        }
    }
}

/// An account at Google Device Access as a [`Service`].
pub struct SdmService {
    pub(super) client: Arc<SdmClient>,
    /// The user's name for the account: a structure may have no name.
    name: String,
    pub(super) times: SdmTimes,
    state: Mutex<SdmState>,
    /// Devices that were sent a command, and the time of their next read.
    told: Mutex<BTreeSet<(Instant, DeviceId)>>,
    pub(super) poke: Notify,
    /// The lists on disk, if the account has files.
    cache: Option<Cache>,
    has_listed: AtomicBool,
}

impl SdmService {
    /// Creates a service on a client, for an account with this name.
    pub fn new(client: impl Into<Arc<SdmClient>>, name: impl Into<String>, times: SdmTimes) -> Arc<Self> {
        Self::with_cache(client, name, times, None)
    }

    /// Like [`SdmService::new`], with lists that outlive the process.
    pub fn with_cache(
        client: impl Into<Arc<SdmClient>>,
        name: impl Into<String>,
        times: SdmTimes,
        cache: Option<Cache>,
    ) -> Arc<Self> {
        let client = client.into();
        let (state, told, poke) = (Mutex::default(), Mutex::default(), Notify::new());
        let has_listed = AtomicBool::new(false);
        Arc::new(Self { client, name: name.into(), times, state, told, poke, cache, has_listed })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, SdmState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn told(&self) -> MutexGuard<'_, BTreeSet<(Instant, DeviceId)>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn home(&self) -> DeviceTree {
        self.state().home(&self.name)
    }

    /// Reads everything. The first read may use the fresh lists of another command.
    async fn read_all(&self) -> Result<(), Failure> {
        let is_first = !self.has_listed.swap(true, Ordering::Relaxed);
        let cached = self.cache.as_ref().filter(|_| is_first).and_then(Cache::fresh);
        if let Some(lists) = cached
            && let Some(devices) = wire::devices(&lists.devices)
        {
            let mut state = self.state();
            state.structures = wire::structures(&lists.structures);
            state.take_all(devices, None);
            return Ok(());
        }
        let (list, at) = self.client.list("devices").await?;
        let devices = wire::devices(&list).ok_or_else(|| Failure::bug(Reason::NotAHome))?;
        // The names of structures are optional: an account may not have the right to read them.
        match self.client.list("structures").await {
            Ok((structures, _)) => {
                self.state().structures = wire::structures(&structures);
                if let Some(cache) = &self.cache {
                    cache.put(&list, &structures);
                }
            }
            Err(failure) => tracing::info!(%failure, "the names of the homes are not known"),
        }
        self.state().take_all(devices, at);
        Ok(())
    }

    async fn read_one(&self, id: &DeviceId) -> Result<(), Failure> {
        match self.client.device(id).await {
            Ok((value, at)) => {
                if let Some(cache) = &self.cache {
                    cache.put_device(&value);
                }
                if let Some((id, device)) = wire::device(&value) {
                    self.state().add_device(id, device, at);
                }
                Ok(())
            }
            Err(failure) if failure.kind == FailureKind::Gone => self.read_all().await,
            Err(failure) => {
                let is_lost = match failure.kind {
                    FailureKind::SignIn => true,
                    // A server error may concern only this device.
                    FailureKind::Offline => !matches!(failure.reason, Reason::ServerFailed { .. }),
                    FailureKind::Busy(_) | FailureKind::Refused | FailureKind::Gone | FailureKind::Bug => false,
                };
                if is_lost {
                    return Err(failure);
                }
                tracing::info!(%id, %failure, "a device cannot be read now");
                Ok(())
            }
        }
    }

    /// Schedules two reads of a device: soon, and once more later.
    fn read_later(&self, id: &DeviceId) {
        let soon = Instant::now() + self.times.after_command;
        let mut told = self.told();
        told.retain(|(_, other)| other != id);
        told.insert((soon, id.clone()));
        told.insert((soon + self.times.again_after_command, id.clone()));
    }

    /// Removes and returns the devices whose read is due.
    fn due(&self) -> BTreeSet<DeviceId> {
        let now = Instant::now();
        self.told().extract_if(.., |(at, _)| *at <= now).map(|(_, id)| id).collect()
    }

    async fn send_write(&self, write: &Write) -> Result<(), Failure> {
        let is_empty = self.state().devices.is_empty();
        if is_empty {
            // A single command does not listen, so nothing is read yet.
            self.read_all().await?;
        }
        let steps = steps(&self.state(), write)?;
        for step in steps {
            match step {
                SdmStep::Call(command) => {
                    let sent = self.client.command(&command).await;
                    // Read also after a refusal: it means that the known state is wrong.
                    self.read_later(&command.device);
                    self.poke.notify_one();
                    sent?;
                    if let Some(cache) = &self.cache {
                        cache.assume(&command);
                    }
                    self.state().assume(&command);
                }
                SdmStep::FanMinutes(id, minutes) => self.state().keep_fan_minutes(&id, minutes),
            }
        }
        self.poke.notify_one();
        Ok(())
    }

    async fn run(self: &Arc<Self>, updates: &mpsc::Sender<Update>) {
        let backoff = Backoff { first: self.times.first_pause, longest: self.times.longest_pause };
        let mut line = ReconnectLoop::new(backoff);
        while line.connecting(updates).await {
            let end = self.connected(updates, &mut line).await;
            if !line.wait_to_reconnect(updates, end).await {
                return;
            }
        }
    }

    async fn connected(self: &Arc<Self>, updates: &mpsc::Sender<Update>, line: &mut ReconnectLoop) -> ConnectionEnd {
        if let Err(failure) = self.read_all().await {
            return ConnectionEnd::Lost(failure);
        }
        line.answered();
        // Waiting events contain no news of devices, and their pictures have expired.
        self.state().news_since_last_list();
        let mut fetching = JoinSet::new();
        let mut shown = self.home();
        if updates.send(Update::Home(Box::new(shown.clone()))).await.is_err() {
            return ConnectionEnd::ReceiverGone;
        }
        let has_events = self.client.config().subscription.is_some();
        let mut events = self.events();
        let usual = if has_events { self.times.poll } else { self.times.poll_alone };
        let mut read_at = Instant::now();
        let mut poll_at = read_at + usual;
        loop {
            let due = self.told().first().map(|(at, _)| *at);
            let (is_heard, read) = tokio::select! {
                Some(pulled) = events.pulled.recv() => match pulled {
                    Ok(Some(answer)) => {
                        if self.take_events(&answer).await == Then::ReadAll {
                            poll_at = poll_at.min(read_at + self.times.list_gap);
                        }
                        self.fetch_images(&mut fetching);
                        (true, Ok(()))
                    }
                    // The pull got no answer. Read the list to see if the service is reachable.
                    Ok(None) => {
                        poll_at = poll_at.min(Instant::now());
                        (false, Ok(()))
                    }
                    Err(failure) => {
                        tracing::warn!(%failure, "no events; the devices are read more often");
                        poll_at = poll_at.min(read_at + self.times.poll_alone);
                        (false, Ok(()))
                    }
                },
                () = self.poke.notified() => (false, Ok(())),
                () = until(due) => {
                    let mut read = Ok(());
                    for id in self.due() {
                        read = read.and(self.read_one(&id).await);
                    }
                    (true, read)
                }
                () = sleep_until(poll_at) => {
                    let read = self.read_all().await;
                    read_at = Instant::now();
                    poll_at = read_at + usual;
                    match read {
                        Err(Failure { kind: FailureKind::Busy(wait), reason }) => {
                            tracing::info!(%reason, "the devices are read later");
                            poll_at = read_at + wait.unwrap_or(self.times.poll_alone);
                            (false, Ok(()))
                        }
                        read => (true, read),
                    }
                }
            };
            if let Err(failure) = read {
                return ConnectionEnd::Lost(failure);
            }
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

    /// Starts to pull events on a task of its own: a cancelled pull may already have received messages, which
    /// the service then sends again only much later.
    fn events(self: &Arc<Self>) -> Events {
        let (sender, pulled) = mpsc::channel(1);
        let service = Arc::clone(self);
        let puller = tokio::spawn(async move {
            if service.client.config().subscription.is_none() {
                return;
            }
            loop {
                let answer = service.client.pull(service.times.pull).await;
                let is_well = answer.is_ok();
                if sender.send(answer).await.is_err() {
                    return;
                }
                if !is_well {
                    tokio::time::sleep(service.times.events_again).await;
                }
            }
        });
        Events { pulled, puller: puller.abort_handle() }
    }

    async fn take_events(&self, answer: &Value) -> Then {
        let messages = messages(answer);
        let mut then = Then::Nothing;
        for message in &messages {
            if apply_message(&mut self.state(), message) == Then::ReadAll {
                then = Then::ReadAll;
            }
        }
        let acks: Vec<String> = messages.into_iter().map(|message| message.ack).collect();
        if let Err(failure) = self.client.acknowledge(&acks).await {
            tracing::info!(%failure, "the acknowledgement failed, so the events will be delivered again");
        }
        then
    }
}

/// The pulled events. Dropping it stops the pull.
struct Events {
    pulled: mpsc::Receiver<Result<Option<Value>, Failure>>,
    puller: AbortHandle,
}

impl Drop for Events {
    fn drop(&mut self) {
        self.puller.abort();
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

impl Service for SdmService {
    fn listen(self: Arc<Self>, updates: mpsc::Sender<Update>) -> BoxFuture<'static, ()> {
        Box::pin(async move { self.run(&updates).await })
    }

    fn write(self: Arc<Self>, write: Checked) -> BoxFuture<'static, Result<(), Failure>> {
        Box::pin(async move { self.send_write(write.write()).await })
    }

    /// Changes arrive as events, which users of Home Assistant saw 12 to 26 s late (core#68309, #85551).
    fn confirms_within(&self) -> Duration {
        self.times.confirm
    }

    fn kept_here(&self) -> &'static [Field] {
        Field::KEPT_BY_PROGRAM
    }

    fn fetch(self: Arc<Self>) -> BoxFuture<'static, Result<DeviceTree, Failure>> {
        Box::pin(async move {
            self.read_all().await?;
            Ok(self.home())
        })
    }
}
