//! The settings portal, `org.freedesktop.portal.Settings`, on the session bus.
//!
//! ```text
//! connect -> listen for changes and for owners of the name -> read all -+-> change: take it
//!    |                                                     ^            |
//!    +-> no bus: end                                       +-- owner ---+-> no answer: once more later
//! ```
//!
//! The portal may start later than this program and may restart. A new owner is read again; until then the last
//! values remain.
//!
//! mundy 0.2 does not replace this: it connects once, so a portal that starts later or restarts is never heard, its
//! calls have no time limit, and on Windows it needs the event loop of a window, which this program closes.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::time::{Instant, sleep_until, timeout};
use zbus::proxy::CacheProperties;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Message, Proxy};

use super::{ColorScheme, Preferences, Shared};
use crate::platform::bus::Bus;

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const INTERFACE: &str = "org.freedesktop.portal.Settings";

/// The settings that all desktops share.
const APPEARANCE: &str = "org.freedesktop.appearance";
/// GNOME's own settings, which have reduced motion; the shared ones have it only since recently.
const GNOME: &str = "org.gnome.desktop.interface";

/// Number of attempts at a portal that exists but does not answer.
const TRIES: u32 = 4;

/// The time limits for the portal.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    /// The maximum wait for an answer.
    pub(super) answer: Duration,
    /// The pause before a silent portal is asked again.
    pub(super) retry: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self { answer: Duration::from_secs(5), retry: Duration::from_secs(30) }
    }
}

/// Namespace, key and value, the form of the `ReadAll` answer.
type All = HashMap<String, HashMap<String, OwnedValue>>;

/// Follows the portal until the bus is gone.
pub(super) async fn follow(bus: Bus, times: Times, shared: Arc<Shared>) {
    if let Err(err) = attempt(bus, times, &shared).await {
        tracing::debug!(%err, "what the desktop prefers is not known");
    }
    shared.mark_settled();
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
    // Subscribe before reading, so that no change is missed.
    let listen = async { Ok((proxy.receive_owner_changed().await?, proxy.receive_signal("SettingChanged").await?)) };
    let (mut owners, mut changes) = timeout(times.answer, listen).await.unwrap_or_else(|_late| Err(late()))?;

    let mut settings = PortalSettings::default();
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
                        settings = PortalSettings::default();
                        settings.read_all(&all);
                        shared.publish(settings.preferences());
                        None
                    }
                    Err(err) => {
                        tracing::debug!(%err, tries, "the desktop's settings portal did not answer");
                        shared.mark_settled();
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

/// The raw settings of the portal; `None` if it has no value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PortalSettings {
    scheme: Option<u32>,
    contrast: Option<u32>,
    reduced_motion: Option<u32>,
    animations: Option<bool>,
}

impl PortalSettings {
    fn read_all(&mut self, all: &All) {
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

    /// Applies a change message; returns true if it concerned one of these settings.
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

    /// Interprets the settings. Numbers that no version of the portal defines are ignored.
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

/// Unwraps a variant; some portals nest it twice.
fn plain<'a>(value: &'a Value<'a>) -> &'a Value<'a> {
    if let Value::Value(inner) = value { inner } else { value }
}
