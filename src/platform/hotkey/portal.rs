//! The `GlobalShortcuts` portal, `org.freedesktop.portal.GlobalShortcuts`, on the session bus.
//!
//! ```text
//! CreateSession -> Response -> BindShortcuts -> (the desktop may ask the person) -> Response
//!                                                                   -> Activated, again and again
//!                                                                   -> Closed, or the portal is gone
//! ```
//!
//! A session belongs to a connection, so closing it releases the key. A portal that was replaced, for example by
//! an update, is asked once more.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};
use zbus::proxy::{CacheProperties, OwnerChangedStream, SignalStream};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, Proxy};

use super::HotkeyStatus;
use super::platform::Reporter;
use crate::accounts::settings::{Combination, HotkeyKey};
use crate::platform::bus::Bus;
use crate::platform::{DesktopEvent, EventSender, ProgramEvent};

pub(super) const NAME: &str = "org.freedesktop.portal.Desktop";
pub(super) const PATH: &str = "/org/freedesktop/portal/desktop";
const INTERFACE: &str = "org.freedesktop.portal.GlobalShortcuts";
const REQUEST: &str = "org.freedesktop.portal.Request";
pub(super) const SESSION: &str = "org.freedesktop.portal.Session";
/// The id of the shortcut at the portal.
pub(super) const ID: &str = "launcher";
/// The maximum wait for an answer that needs no user.
const PATIENCE: Duration = Duration::from_secs(5);
/// The pause after a loss before the portal is asked again.
const AGAIN: Duration = Duration::from_secs(5);
/// A key that was held for less is not requested a third time, because each request may ask the user.
const HELD_WELL: Duration = Duration::from_mins(1);

type Results = HashMap<String, OwnedValue>;

/// Follows the requests until their sender is gone.
pub(super) async fn follow<E: ProgramEvent>(
    bus: Bus,
    mut requests: watch::Receiver<Option<Combination>>,
    events: EventSender<E>,
    reporter: Reporter,
) {
    let mut is_second = false;
    loop {
        let requested = *requests.borrow_and_update();
        let Some(keys) = requested else {
            is_second = false;
            reporter.report(HotkeyStatus::Off);
            if requests.changed().await.is_err() {
                return;
            }
            continue;
        };
        reporter.report(HotkeyStatus::Asking);
        let begun = Instant::now();
        tokio::select! {
            changed = requests.changed() => {
                is_second = false;
                if changed.is_err() {
                    return;
                }
            }
            ended = hold(&bus, keys, &events, &reporter) => {
                let mut again = None;
                match ended {
                    Err(PortalError::Denied) => reporter.report(HotkeyStatus::Denied),
                    Err(PortalError::Bus(err)) => {
                        tracing::info!(%err, "this desktop provides no hotkeys");
                        reporter.report(HotkeyStatus::Unavailable);
                    }
                    Err(PortalError::Late | PortalError::Gone) => {
                        tracing::warn!("the portal for keys does not answer");
                        reporter.report(HotkeyStatus::Unavailable);
                    }
                    // The key was held, and the portal closed the session.
                    Ok(()) => {
                        reporter.report(HotkeyStatus::Unavailable);
                        let is_worth_it = !is_second || begun.elapsed() > HELD_WELL;
                        again = is_worth_it.then_some(AGAIN);
                    }
                }
                let changed = match again {
                    Some(pause) => timeout(pause, requests.changed()).await,
                    None => Ok(requests.changed().await),
                };
                is_second = changed.is_err();
                if matches!(changed, Ok(Err(_nobody_can_wish))) {
                    return;
                }
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum PortalError {
    #[error("the user declined")]
    Denied,
    #[error("it does not answer")]
    Late,
    #[error("it went away, or ended the session, while it was asked")]
    Gone,
    #[error(transparent)]
    Bus(#[from] zbus::Error),
}

/// Holds the key while the future is polled.
async fn hold<E: ProgramEvent>(
    bus: &Bus,
    keys: Combination,
    events: &EventSender<E>,
    reporter: &Reporter,
) -> Result<(), PortalError> {
    let begin = async {
        let connection = bus.connect().await?;
        let portal = proxy(&connection, NAME, PATH, INTERFACE).await?;
        let activated = portal.receive_signal("Activated").await?;
        let owners = portal.receive_owner_changed().await?;
        let options = HashMap::from([("session_handle_token", Value::from("setpoint"))]);
        let made = ask(&connection, &portal, "CreateSession", |token| {
            let mut options = options.clone();
            options.insert("handle_token", Value::from(token));
            (options,)
        });
        let made = made.await?;
        Ok::<_, PortalError>((connection, portal, activated, owners, made))
    };
    let (connection, portal, mut activated, owners, made) =
        timeout(PATIENCE, begin).await.map_err(|_late| PortalError::Late)??;
    let session = made.get("session_handle").map(|value| text(value)).unwrap_or_default();
    let session = OwnedObjectPath::try_from(session).map_err(zbus::Error::from)?;
    let closed = proxy(&connection, NAME, session.as_str(), SESSION).await?.receive_signal("Closed").await?;
    let lost = lost(owners, closed);
    tokio::pin!(lost);

    let trigger = trigger(keys);
    let about = HashMap::from([
        ("description", Value::from("Open the quick launcher of Setpoint")),
        ("preferred_trigger", Value::from(trigger.as_str())),
    ]);
    // The portal may ask the user, which takes time.
    let binding = ask(&connection, &portal, "BindShortcuts", |token| {
        let options = HashMap::from([("handle_token", Value::from(token))]);
        let session = ObjectPath::from(session.clone());
        (session, vec![(ID, about.clone())], "", options)
    });
    let bound = tokio::select! {
        bound = binding => bound?,
        () = &mut lost => return Err(PortalError::Gone),
    };
    reporter.report(HotkeyStatus::Held { keys: description(&bound) });

    loop {
        let message = tokio::select! {
            Some(message) = activated.next() => message,
            () = &mut lost => return Ok(()),
            else => return Ok(()),
        };
        let body = message.body();
        let Ok((of, id, _at, _options)) = body.deserialize::<(OwnedObjectPath, String, u64, Results)>() else {
            continue;
        };
        if of == session && id == ID {
            events.send(DesktopEvent::Launcher);
        }
    }
}

/// Waits until the portal has left the bus or closed the session.
async fn lost(mut owners: OwnerChangedStream<'_>, mut closed: SignalStream<'_>) {
    loop {
        tokio::select! {
            owner = owners.next() => match owner {
                // The portal was started for the first call.
                Some(Some(_owner)) => {}
                Some(None) | None => return,
            },
            _closed = closed.next() => return,
        }
    }
}

async fn proxy<'a>(
    connection: &Connection,
    name: &'a str,
    path: &'a str,
    interface: &'a str,
) -> zbus::Result<Proxy<'a>> {
    zbus::proxy::Builder::new(connection)
        .destination(name)?
        .path(path)?
        .interface(interface)?
        .cache_properties(CacheProperties::No)
        .build()
        .await
}

/// Calls a method that answers by a signal on an object named after the caller and a token. The subscription
/// precedes the call, so that no answer is missed.
async fn ask<B>(
    connection: &Connection,
    portal: &Proxy<'_>,
    method: &str,
    arguments: impl FnOnce(String) -> B,
) -> Result<Results, PortalError>
where
    B: serde::Serialize + zbus::zvariant::DynamicType,
{
    let token = format!("setpoint_{}", method.to_lowercase());
    let own = connection.unique_name().map(|name| name.trim_start_matches(':').replace('.', "_")).unwrap_or_default();
    let path = format!("/org/freedesktop/portal/desktop/request/{own}/{token}");
    let mut answers: SignalStream<'_> =
        proxy(connection, NAME, &path, REQUEST).await?.receive_signal("Response").await?;
    let _handle: OwnedObjectPath = portal.call(method, &arguments(token)).await?;
    let Some(answer) = answers.next().await else { return Err(PortalError::Late) };
    match answer.body().deserialize::<(u32, Results)>() {
        Ok((0, results)) => Ok(results),
        Ok((_no, _)) => Err(PortalError::Denied),
        Err(err) => Err(err.into()),
    }
}

fn text(value: &Value<'_>) -> String {
    if let Value::Str(text) = value {
        text.to_string()
    } else if let Value::ObjectPath(path) = value {
        path.to_string()
    } else {
        String::new()
    }
}

/// The assigned keys in the words of the desktop.
fn description(bound: &Results) -> Option<String> {
    let shortcuts: Vec<(String, Results)> = bound.get("shortcuts")?.try_clone().ok()?.try_into().ok()?;
    let (_, about) = shortcuts.into_iter().find(|(id, _)| id == ID)?;
    about.get("trigger_description").map(|value| text(value)).filter(|text| !text.is_empty())
}

/// The keys in the form of the shortcuts specification.
pub(super) fn trigger(keys: Combination) -> String {
    let held = keys.held;
    let names = [(held.ctrl, "CTRL"), (held.alt, "ALT"), (held.shift, "SHIFT"), (held.logo, "LOGO")];
    let key = match keys.key {
        HotkeyKey::Letter(letter) => letter.to_ascii_lowercase().to_string(),
        HotkeyKey::Space => "space".to_owned(),
        HotkeyKey::Function(number) => format!("F{number}"),
    };
    let held = names.into_iter().filter(|(is_held, _)| *is_held).map(|(_, name)| name);
    held.chain([key.as_str()]).collect::<Vec<_>>().join("+")
}
