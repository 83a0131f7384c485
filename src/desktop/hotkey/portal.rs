//! The `GlobalShortcuts` portal, `org.freedesktop.portal.GlobalShortcuts`, on the session bus.
//!
//! ```text
//! CreateSession -> Response -> BindShortcuts -> (the desktop may ask the person) -> Response
//!                                                                   -> Activated, again and again
//! ```
//!
//! A session belongs to a connection: letting go of the key is closing it.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::sync::watch;
use tokio::time::timeout;
use zbus::proxy::{CacheProperties, SignalStream};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, Proxy};

use super::Standing;
use super::platform::Reporter;
use crate::desktop::bus::Bus;
use crate::desktop::{Call, Caller};
use crate::settings::{Combination, Key};

pub(super) const NAME: &str = "org.freedesktop.portal.Desktop";
pub(super) const PATH: &str = "/org/freedesktop/portal/desktop";
const INTERFACE: &str = "org.freedesktop.portal.GlobalShortcuts";
const REQUEST: &str = "org.freedesktop.portal.Request";
/// How the portal names the one shortcut.
pub(super) const ID: &str = "launcher";
/// How long a portal is waited for where nobody is asked.
const PATIENCE: Duration = Duration::from_secs(5);

type Results = HashMap<String, OwnedValue>;

/// Follows the wishes until nobody can wish any more.
pub(super) async fn follow(
    bus: Bus,
    mut wishes: watch::Receiver<Option<Combination>>,
    caller: Caller,
    reporter: Reporter,
) {
    loop {
        let wish = *wishes.borrow_and_update();
        let Some(keys) = wish else {
            reporter.tell(Standing::Off);
            if wishes.changed().await.is_err() {
                return;
            }
            continue;
        };
        reporter.tell(Standing::Asking);
        tokio::select! {
            changed = wishes.changed() => if changed.is_err() {
                return;
            },
            ended = hold(&bus, keys, &caller, &reporter) => {
                match ended {
                    Err(PortalError::Denied) => reporter.tell(Standing::Denied),
                    Err(PortalError::Bus(err)) => {
                        tracing::info!(%err, "this desktop gives no keys away");
                        reporter.tell(Standing::Unavailable);
                    }
                    Err(PortalError::Late) => {
                        tracing::warn!("the portal for keys does not answer");
                        reporter.tell(Standing::Unavailable);
                    }
                    // The session was closed from the other side.
                    Ok(()) => reporter.tell(Standing::Unavailable),
                }
                if wishes.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum PortalError {
    #[error("the person said no")]
    Denied,
    #[error("it does not answer")]
    Late,
    #[error(transparent)]
    Bus(#[from] zbus::Error),
}

/// Holds the key for as long as this is polled.
async fn hold(bus: &Bus, keys: Combination, caller: &Caller, reporter: &Reporter) -> Result<(), PortalError> {
    let begin = async {
        let connection = bus.connect().await?;
        let portal = proxy(&connection, NAME, PATH, INTERFACE).await?;
        let activated = portal.receive_signal("Activated").await?;
        let options = HashMap::from([("session_handle_token", Value::from("setpoint"))]);
        let made = ask(&connection, &portal, "CreateSession", |token| {
            let mut options = options.clone();
            options.insert("handle_token", Value::from(token));
            (options,)
        });
        let made = made.await?;
        Ok::<_, PortalError>((connection, portal, activated, made))
    };
    let (connection, portal, mut activated, made) =
        timeout(PATIENCE, begin).await.map_err(|_late| PortalError::Late)??;
    let session = made.get("session_handle").map(|value| text(value)).unwrap_or_default();
    let session = OwnedObjectPath::try_from(session).map_err(zbus::Error::from)?;

    let trigger = trigger(keys);
    let about = HashMap::from([
        ("description", Value::from("Open the quick launcher of Setpoint")),
        ("preferred_trigger", Value::from(trigger.as_str())),
    ]);
    // The person may be asked, and may take a while.
    let bound = ask(&connection, &portal, "BindShortcuts", |token| {
        let options = HashMap::from([("handle_token", Value::from(token))]);
        let session = ObjectPath::from(session.clone());
        (session, vec![(ID, about.clone())], "", options)
    })
    .await?;
    reporter.tell(Standing::Held { keys: description(&bound) });

    while let Some(message) = activated.next().await {
        let body = message.body();
        let Ok((of, id, _at, _options)) = body.deserialize::<(OwnedObjectPath, String, u64, Results)>() else {
            continue;
        };
        if of == session && id == ID {
            caller.call(Call::Launcher);
        }
    }
    Ok(())
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

/// Calls a method that answers by a signal on an object named after the caller and a token, which
/// is listened to before the call, so that no answer is missed.
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

/// The keys that the desktop gave, in its own words.
fn description(bound: &Results) -> Option<String> {
    let shortcuts: Vec<(String, Results)> = bound.get("shortcuts")?.try_clone().ok()?.try_into().ok()?;
    let (_, about) = shortcuts.into_iter().find(|(id, _)| id == ID)?;
    about.get("trigger_description").map(|value| text(value)).filter(|text| !text.is_empty())
}

/// As the specification of shortcuts writes them.
pub(super) fn trigger(keys: Combination) -> String {
    let held = keys.held;
    let names = [(held.ctrl, "CTRL"), (held.alt, "ALT"), (held.shift, "SHIFT"), (held.logo, "LOGO")];
    let key = match keys.key {
        Key::Letter(letter) => letter.to_ascii_lowercase().to_string(),
        Key::Space => "space".to_owned(),
        Key::Function(number) => format!("F{number}"),
    };
    let held = names.into_iter().filter(|(is_held, _)| *is_held).map(|(_, name)| name);
    held.chain([key.as_str()]).collect::<Vec<_>>().join("+")
}
