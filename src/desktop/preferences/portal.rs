//! The settings portal, `org.freedesktop.portal.Settings`, on the session bus.
//!
//! ```text
//! connect -> listen for changes and for owners of the name -> read all -+-> change: take it
//!    |                                                     ^            |
//!    +-> no bus: end                                       +-- owner ---+-> no answer: once more later
//! ```
//!
//! The portal may come later than this program and may be restarted; a new owner is read anew, and
//! until then what the last one said stays in force.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::{Instant, sleep_until, timeout};
use zbus::proxy::CacheProperties;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Message, Proxy};

use super::{ColorScheme, Preferences, Shared};
use crate::desktop::bus::Bus;

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const INTERFACE: &str = "org.freedesktop.portal.Settings";

/// Settings that every desktop shares.
const APPEARANCE: &str = "org.freedesktop.appearance";
/// GNOME's own, which says about movement what the shared ones only lately say.
const GNOME: &str = "org.gnome.desktop.interface";

/// A portal that is there but does not answer is asked this often.
const TRIES: u32 = 4;

/// How long the desktop is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// Each answer takes at most this long.
    pub(super) answer: Duration,
    /// A portal that is there and did not answer is asked again after this time.
    pub(super) retry: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self { answer: Duration::from_secs(5), retry: Duration::from_secs(30) }
    }
}

/// Namespace, key, value, as `ReadAll` answers.
type All = HashMap<String, HashMap<String, OwnedValue>>;

/// Follows the portal of a bus until the bus is gone.
pub(super) async fn follow(bus: Bus, times: Times, shared: Arc<Shared>) {
    if let Err(err) = attempt(bus, times, &shared).await {
        tracing::debug!(%err, "what the desktop prefers is not known");
    }
    shared.settle();
}

async fn attempt(bus: Bus, times: Times, shared: &Shared) -> zbus::Result<()> {
    let connection = timeout(times.answer, bus.connect()).await.unwrap_or_else(|_late| Err(late()))?;
    let proxy = zbus::proxy::Builder::<'_, Proxy<'_>>::new(&connection)
        .destination(NAME)?
        .path(PATH)?
        .interface(INTERFACE)?
        .cache_properties(CacheProperties::No)
        .build();
    let proxy = timeout(times.answer, proxy).await.unwrap_or_else(|_late| Err(late()))?;
    // Listening comes before reading, so that no change falls in between.
    let listen = async { Ok((proxy.receive_owner_changed().await?, proxy.receive_signal("SettingChanged").await?)) };
    let (mut owners, mut changes) = timeout(times.answer, listen).await.unwrap_or_else(|_late| Err(late()))?;

    let mut settings = Settings::default();
    let mut tries = 0;
    let mut read_at = Some(Instant::now());
    loop {
        tokio::select! {
            biased;
            owner = owners.next() => match owner {
                Some(Some(_new)) => (tries, read_at) = (0, Some(Instant::now())),
                Some(None) => {}
                None => return Ok(()),
            },
            change = changes.next() => match change {
                Some(change) if settings.change(&change) => shared.publish(settings.preferences()),
                Some(_) => {}
                None => return Ok(()),
            },
            () = due(read_at) => {
                tries += 1;
                read_at = match read(&proxy, times).await {
                    Ok(all) => {
                        settings = Settings::default();
                        settings.take(&all);
                        shared.publish(settings.preferences());
                        None
                    }
                    Err(err) => {
                        tracing::debug!(%err, tries, "the desktop's settings portal did not answer");
                        shared.settle();
                        (tries < TRIES && is_late(&err)).then(|| Instant::now() + times.retry)
                    }
                };
            }
        }
    }
}

async fn read(proxy: &Proxy<'_>, times: Times) -> zbus::Result<All> {
    let namespaces = [APPEARANCE, GNOME].as_slice();
    timeout(times.answer, proxy.call("ReadAll", &(namespaces,))).await.unwrap_or_else(|_late| Err(late()))
}

async fn due(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

fn late() -> zbus::Error {
    zbus::Error::InputOutput(Arc::new(std::io::ErrorKind::TimedOut.into()))
}

fn is_late(err: &zbus::Error) -> bool {
    matches!(err, zbus::Error::InputOutput(err) if err.kind() == std::io::ErrorKind::TimedOut)
}

/// The settings as the portal has them; `None` where it has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Settings {
    scheme: Option<u32>,
    contrast: Option<u32>,
    reduced_motion: Option<u32>,
    animations: Option<bool>,
}

impl Settings {
    fn take(&mut self, all: &All) {
        for (namespace, key) in [
            (APPEARANCE, "color-scheme"),
            (APPEARANCE, "contrast"),
            (APPEARANCE, "reduced-motion"),
            (GNOME, "enable-animations"),
        ] {
            if let Some(value) = all.get(namespace).and_then(|settings| settings.get(key)) {
                self.set(namespace, key, value);
            }
        }
    }

    /// Takes the message of a change; says whether it concerned one of these.
    fn change(&mut self, message: &Message) -> bool {
        let body = message.body();
        match body.deserialize::<(&str, &str, Value<'_>)>() {
            Ok((namespace, key, value)) => self.set(namespace, key, &value),
            Err(_not_a_change) => false,
        }
    }

    pub(super) fn set(&mut self, namespace: &str, key: &str, value: &Value<'_>) -> bool {
        match (namespace, key) {
            (APPEARANCE, "color-scheme") => self.scheme = number(value),
            (APPEARANCE, "contrast") => self.contrast = number(value),
            (APPEARANCE, "reduced-motion") => self.reduced_motion = number(value),
            (GNOME, "enable-animations") => self.animations = bool::try_from(plain(value)).ok(),
            _ => return false,
        }
        true
    }

    /// What they mean. Numbers that no version of the portal has named yet mean nothing.
    pub(super) fn preferences(self) -> Preferences {
        Preferences {
            scheme: match self.scheme {
                Some(1) => ColorScheme::Dark,
                Some(2) => ColorScheme::Light,
                Some(_) | None => ColorScheme::NoPreference,
            },
            high_contrast: self.contrast == Some(1),
            reduced_motion: self.reduced_motion == Some(1) || self.animations == Some(false),
        }
    }
}

fn number(value: &Value<'_>) -> Option<u32> {
    u32::try_from(plain(value)).ok()
}

/// The value in the box; some portals put it in a second one.
fn plain<'a>(value: &'a Value<'a>) -> &'a Value<'a> {
    if let Value::Value(inner) = value { inner } else { value }
}
