//! The desktop's notification server, `org.freedesktop.Notifications`, on the session bus.
//!
//! The server may be missing, start later, or hang. Each call to it has a time limit, and a notification that
//! cannot be shown is logged.
//!
//! notify-rust 4.19 does not replace this: it needs zbus 6 beside the 5 of the tray, opens a connection for each
//! notification, has no time limit, and occupies a task for each button that may be pressed.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::time::timeout;
use url::Url;
use zbus::Proxy;
use zbus::proxy::{CacheProperties, SignalStream};
use zbus::zvariant::Value;

use super::Notification;
use crate::platform::bus::Bus;
use crate::platform::{EventSender, ProgramEvent};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The time limit of a call to the server.
const PATIENCE: Duration = Duration::from_secs(5);
/// The maximum number of notifications that wait for the server.
const WAITING: usize = 64;
/// The number of shown notifications whose clicks are handled.
const REMEMBERED: usize = 200;

/// Shows notifications until it is dropped.
pub struct Notifier<E> {
    queue: mpsc::Sender<Notification<E>>,
}

impl<E: ProgramEvent> Notifier<E> {
    /// Starts on the session bus; clicks become events.
    pub fn start(runtime: &Handle, events: EventSender<E>) -> Self {
        Self::on(runtime, Bus::Session, PATIENCE, events)
    }

    /// Starts on a bus, with a time limit for each call.
    pub(super) fn on(runtime: &Handle, bus: Bus, patience: Duration, events: EventSender<E>) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        runtime.spawn(run(waiting, Desk { bus, patience, events }));
        Self { queue }
    }

    /// Queues a notification without waiting.
    pub fn show(&self, notification: Notification<E>) {
        if let Err(err) = self.queue.try_send(notification) {
            tracing::warn!(%err, "a notification cannot be shown");
        }
    }
}

/// The bus, the time limit, and the sender of click events.
struct Desk<E> {
    bus: Bus,
    patience: Duration,
    events: EventSender<E>,
}

/// A notification whose clicks are handled.
struct Shown<E> {
    /// The id that the server gave.
    id: u32,
    subject: Option<String>,
    /// The events of its buttons, by key.
    events: Vec<(String, E)>,
    /// True when it is not visible any more. A click may be reported after that.
    is_closed: bool,
}

/// A report of the server about a notification.
enum Report {
    /// A button of this key was pressed.
    Clicked {
        id: u32,
        key: String,
    },
    Closed {
        id: u32,
    },
}

/// A connection to the server, while the bus exists.
struct Server {
    proxy: Proxy<'static>,
    clicks: SignalStream<'static>,
    closes: SignalStream<'static>,
    has_actions: bool,
}

async fn run<E: ProgramEvent>(mut waiting: mpsc::Receiver<Notification<E>>, desk: Desk<E>) {
    let mut server: Option<Server> = None;
    let mut shown: Vec<Shown<E>> = Vec::new();
    loop {
        let notification = tokio::select! {
            notification = waiting.recv() => match notification {
                Some(notification) => notification,
                None => return,
            },
            report = report(&mut server) => {
                match report {
                    Some(report) => desk.handle(report, &mut shown),
                    // The bus is gone; the next notification connects again.
                    None => server = None,
                }
                continue;
            }
        };
        if server.is_none() {
            server = desk.connect().await;
        }
        let Some(found) = &server else { continue };
        let is_about_the_same = |shown: &&Shown<E>| shown.subject.is_some() && shown.subject == notification.subject;
        let earlier = shown.iter().find(is_about_the_same);
        if notification.only_completes && earlier.is_none_or(|earlier| earlier.is_closed) {
            continue;
        }
        let replaces = earlier.map_or(0, |shown| shown.id);
        match notify(found, &notification, replaces, desk.patience).await {
            Ok(id) => {
                // The server may give another id, if the user dismissed the earlier one.
                shown.retain(|shown| shown.id != id && shown.id != replaces);
                let mut events = vec![("default".to_owned(), notification.open)];
                events.extend(notification.action.map(|(_, event)| ("action".to_owned(), event)));
                shown.push(Shown { id, subject: notification.subject, events, is_closed: false });
                if shown.len() > REMEMBERED {
                    shown.remove(0);
                }
            }
            Err(err) => {
                tracing::warn!(%err, "the desktop did not show a notification");
                server = None;
            }
        }
    }
}

impl<E: ProgramEvent> Desk<E> {
    fn handle(&self, report: Report, shown: &mut [Shown<E>]) {
        match report {
            Report::Clicked { id, key } => {
                let events = shown.iter().find(|shown| shown.id == id).map(|shown| &shown.events);
                if let Some((_, event)) = events.into_iter().flatten().find(|(known, _)| *known == key) {
                    self.events.send(event.clone());
                }
            }
            Report::Closed { id } => {
                if let Some(shown) = shown.iter_mut().find(|shown| shown.id == id) {
                    shown.is_closed = true;
                }
            }
        }
    }

    async fn connect(&self) -> Option<Server> {
        let attempt = async {
            let connection = self.bus.connect().await?;
            let proxy = zbus::proxy::Builder::<'_, Proxy<'_>>::new(&connection)
                .destination(NAME)?
                .path(PATH)?
                .interface(NAME)?
                .cache_properties(CacheProperties::No)
                .build()
                .await?;
            let clicks = proxy.receive_signal("ActionInvoked").await?;
            let closes = proxy.receive_signal("NotificationClosed").await?;
            let capabilities: Vec<String> = proxy.call("GetCapabilities", &()).await?;
            let has_actions = capabilities.iter().any(|capability| capability == "actions");
            Ok::<Server, zbus::Error>(Server { proxy, clicks, closes, has_actions })
        };
        match timeout(self.patience, attempt).await {
            Ok(Ok(server)) => Some(server),
            Ok(Err(err)) => {
                tracing::warn!(%err, "this desktop shows no notifications");
                None
            }
            Err(_late) => {
                tracing::warn!("the notification server does not answer");
                None
            }
        }
    }
}

/// Shows a notification in place of the one with the id `replaces`; 0 for none. Returns its id.
async fn notify<E>(
    server: &Server,
    notification: &Notification<E>,
    replaces: u32,
    patience: Duration,
) -> Result<u32, String> {
    let mut actions: Vec<&str> = Vec::new();
    if server.has_actions {
        actions.extend(["default", ""]);
        if let Some((label, _)) = &notification.action {
            actions.extend(["action", label.as_str()]);
        }
    }
    let urgency: u8 = if notification.is_urgent { 2 } else { 1 };
    let mut hints: HashMap<&str, Value<'_>> =
        HashMap::from([("urgency", Value::U8(urgency)), ("desktop-entry", Value::from("setpoint"))]);
    let picture = notification.picture.as_ref().and_then(|path| Url::from_file_path(path).ok());
    if let Some(picture) = picture {
        hints.insert("image-path", Value::from(String::from(picture)));
    }
    if notification.only_completes {
        hints.insert("suppress-sound", Value::from(true));
    }
    // An urgent notification stays until it is dismissed.
    let expires: i32 = if notification.is_urgent { 0 } else { -1 };
    // Servers may parse the body as markup.
    let body = notification.body.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let arguments = ("Setpoint", replaces, "setpoint", notification.title.as_str(), body, actions, hints, expires);
    match timeout(patience, server.proxy.call("Notify", &arguments)).await {
        Ok(Ok(id)) => Ok(id),
        Ok(Err(err)) => Err(err.to_string()),
        Err(_late) => Err("it does not answer".to_owned()),
    }
}

/// Waits for the next report; `None` when the bus is gone. Without a server it waits for ever.
async fn report(server: &mut Option<Server>) -> Option<Report> {
    let Some(server) = server else { return std::future::pending().await };
    loop {
        tokio::select! {
            click = server.clicks.next() => {
                if let Ok((id, key)) = click?.body().deserialize::<(u32, String)>() {
                    return Some(Report::Clicked { id, key });
                }
            }
            close = server.closes.next() => {
                if let Ok((id, _reason)) = close?.body().deserialize::<(u32, u32)>() {
                    return Some(Report::Closed { id });
                }
            }
        }
    }
}
