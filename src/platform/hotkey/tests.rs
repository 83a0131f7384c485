//! Tests against our own portal on our own bus, and against our own X server.
#![expect(clippy::used_underscore_binding, reason = "the macro of an interface names all arguments")]

use std::collections::HashMap;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::task::Waker;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, interface};

use super::platform::Reporter;
use super::portal::{ID, NAME, PATH, trigger};
use super::{HotkeyStatus, portal, x11};
use crate::accounts::settings::Combination;
use crate::platform::bus::{Bus, PrivateBus};
use crate::platform::x_server::XServer;
use crate::platform::{DesktopEvent, EventSender};

const PATIENCE: Duration = Duration::from_secs(20);

fn keys(text: &str) -> Combination {
    text.parse().expect("keys")
}

/// A requested hotkey with its status and events.
struct RequestedHotkey {
    keys: watch::Sender<Option<Combination>>,
    reporter: Reporter,
    events: Receiver<DesktopEvent>,
}

impl RequestedHotkey {
    fn new(start: impl FnOnce(watch::Receiver<Option<Combination>>, EventSender<DesktopEvent>, Reporter)) -> Self {
        let (keys, requests) = watch::channel(None);
        let (sender, events) = EventSender::channel();
        let reporter = Reporter { status: Arc::default(), waker: Waker::noop().clone() };
        start(requests, sender, reporter.clone());
        Self { keys, reporter, events }
    }

    fn on_bus(bus: Bus) -> Self {
        Self::new(|requests, events, reporter| {
            tokio::spawn(portal::follow(bus, requests, events, reporter));
        })
    }

    fn on_screen(display: &str) -> Self {
        let display = Some(display.to_owned());
        Self::new(|requests, events, reporter| {
            tokio::spawn(x11::follow(display, requests, events, reporter));
        })
    }

    async fn stands(&self, wanted: HotkeyStatus) {
        let start = Instant::now();
        while self.reporter.status() != wanted {
            assert!(start.elapsed() < PATIENCE, "wanted {wanted:?}, it is {:?}", self.reporter.status());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

#[test]
fn triggers_follow_the_specification() {
    for (text, written) in
        [("Ctrl+Alt+N", "CTRL+ALT+n"), ("Super+Shift+Space", "SHIFT+LOGO+space"), ("F9", "F9"), ("Alt+7", "ALT+7")]
    {
        assert_eq!(trigger(keys(text)), written);
    }
}

#[derive(Default, Clone)]
struct Portal {
    /// The answer of the user; 0 is yes.
    answer: u32,
    triggers: Arc<Mutex<Vec<String>>>,
}

async fn respond(connection: &Connection, request: &str, answer: u32, results: HashMap<&str, Value<'_>>) {
    let (interface, body) = ("org.freedesktop.portal.Request", (answer, results));
    connection.emit_signal(None::<&str>, request, interface, "Response", &body).await.expect("sent");
}

fn request_of(header: &Header<'_>, options: &HashMap<String, OwnedValue>) -> String {
    let sender = header.sender().expect("a sender").trim_start_matches(':').replace('.', "_");
    let token: String = options["handle_token"].try_clone().expect("a token").try_into().expect("a text");
    format!("/org/freedesktop/portal/desktop/request/{sender}/{token}")
}

const SESSION: &str = "/org/freedesktop/portal/desktop/session/1";

#[interface(name = "org.freedesktop.portal.GlobalShortcuts")]
impl Portal {
    async fn create_session(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
        options: HashMap<String, OwnedValue>,
    ) -> OwnedObjectPath {
        let request = request_of(&header, &options);
        respond(connection, &request, 0, HashMap::from([("session_handle", Value::from(SESSION))])).await;
        OwnedObjectPath::try_from(request).expect("a path")
    }

    async fn bind_shortcuts(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
        session: OwnedObjectPath,
        shortcuts: Vec<(String, HashMap<String, OwnedValue>)>,
        _parent: String,
        options: HashMap<String, OwnedValue>,
    ) -> OwnedObjectPath {
        assert_eq!((session.as_str(), shortcuts[0].0.as_str(), shortcuts.len()), (SESSION, ID, 1));
        let wanted = shortcuts[0].1["preferred_trigger"].try_clone().expect("a trigger");
        self.triggers.lock().expect("not poisoned").push(wanted.try_into().expect("a text"));
        let request = request_of(&header, &options);
        let about = HashMap::from([("trigger_description", Value::from("Meta+F5"))]);
        let results = HashMap::from([("shortcuts", Value::from(vec![(ID, about)]))]);
        respond(connection, &request, self.answer, results).await;
        OwnedObjectPath::try_from(request).expect("a path")
    }

    #[zbus(signal)]
    async fn activated(
        emitter: &SignalEmitter<'_>,
        session: ObjectPath<'_>,
        id: &str,
        at: u64,
        options: HashMap<&str, Value<'_>>,
    ) -> zbus::Result<()>;
}

async fn serve(bus: &PrivateBus, portal: Portal) -> Connection {
    let connection = bus.connect().await;
    connection.object_server().at(PATH, portal).await.expect("served");
    connection.request_name(NAME).await.expect("its name");
    connection
}

#[tokio::test]
async fn a_portal_gives_keys_and_only_their_press_opens_the_launcher() {
    let Some(bus) = PrivateBus::start() else { return };
    let portal = Portal::default();
    let connection = serve(&bus, portal.clone()).await;
    let requested = RequestedHotkey::on_bus(bus.bus());
    requested.stands(HotkeyStatus::Off).await;
    requested.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
    requested.stands(HotkeyStatus::Held { keys: Some("Meta+F5".to_owned()) }).await;
    assert_eq!(*portal.triggers.lock().expect("not poisoned"), ["CTRL+ALT+n"]);
    let emitter = SignalEmitter::new(&connection, PATH).expect("a path");
    for (session, id) in [("/other/session", ID), (SESSION, "other"), (SESSION, ID)] {
        let session = ObjectPath::try_from(session).expect("a path");
        Portal::activated(&emitter, session, id, 1, HashMap::new()).await.expect("sent");
    }
    let start = Instant::now();
    while requested.events.try_recv() != Ok(DesktopEvent::Launcher) {
        assert!(start.elapsed() < PATIENCE, "the press was not heard");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(requested.events.try_recv().is_err(), "a press of something else opened it as well");
    requested.keys.send(None).expect("followed");
    requested.stands(HotkeyStatus::Off).await;
}

#[tokio::test]
async fn a_portal_that_is_replaced_or_ends_the_session_is_asked_once_more() {
    let Some(bus) = PrivateBus::start() else { return };
    let portal = Portal::default();
    let connection = serve(&bus, portal.clone()).await;
    let requested = RequestedHotkey::on_bus(bus.bus());
    let held = HotkeyStatus::Held { keys: Some("Meta+F5".to_owned()) };
    requested.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
    requested.stands(held.clone()).await;
    connection.release_name(NAME).await.expect("released");
    requested.stands(HotkeyStatus::Unavailable).await;
    connection.request_name(NAME).await.expect("its name again");
    requested.stands(held.clone()).await;
    assert_eq!(portal.triggers.lock().expect("not poisoned").len(), 2);
    // A portal that closes the session at once again is left alone until the next request.
    let details: HashMap<&str, Value<'_>> = HashMap::new();
    let sent = connection.emit_signal(None::<&str>, SESSION, portal::SESSION, "Closed", &(details,)).await;
    sent.expect("sent");
    requested.stands(HotkeyStatus::Unavailable).await;
    requested.keys.send(Some(keys("Ctrl+Alt+M"))).expect("followed");
    requested.stands(held).await;
    assert_eq!(portal.triggers.lock().expect("not poisoned").len(), 3);
}

#[tokio::test]
async fn denial_missing_portal_and_dead_bus_are_distinguished() {
    let Some(bus) = PrivateBus::start() else { return };
    let requested = RequestedHotkey::on_bus(bus.bus());
    requested.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
    requested.stands(HotkeyStatus::Unavailable).await;
    let no = serve(&bus, Portal { answer: 1, ..Portal::default() }).await;
    requested.keys.send(Some(keys("Ctrl+Alt+M"))).expect("followed");
    requested.stands(HotkeyStatus::Denied).await;
    drop(no);
    let _yes = serve(&bus, Portal::default()).await;
    requested.keys.send(Some(keys("Ctrl+Alt+B"))).expect("followed");
    requested.stands(HotkeyStatus::Held { keys: Some("Meta+F5".to_owned()) }).await;
    drop(bus);
    requested.stands(HotkeyStatus::Unavailable).await;
}

#[tokio::test]
async fn a_grab_is_exclusive_until_it_is_released_or_the_server_dies() {
    let Some(screen) = XServer::start() else { return };
    let (one, other) = (RequestedHotkey::on_screen(&screen.display), RequestedHotkey::on_screen(&screen.display));
    one.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
    one.stands(HotkeyStatus::Held { keys: None }).await;
    other.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
    other.stands(HotkeyStatus::Denied).await;
    other.keys.send(Some(keys("Ctrl+Alt+M"))).expect("followed");
    other.stands(HotkeyStatus::Held { keys: None }).await;
    one.keys.send(None).expect("followed");
    one.stands(HotkeyStatus::Off).await;
    // The server releases the key after it has read the end of the connection.
    let start = Instant::now();
    loop {
        other.keys.send(None).expect("followed");
        other.stands(HotkeyStatus::Off).await;
        other.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
        tokio::time::sleep(Duration::from_millis(20)).await;
        if other.reporter.status() == (HotkeyStatus::Held { keys: None }) {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "the keys are still held");
    }
    drop(screen);
    other.stands(HotkeyStatus::Unavailable).await;
}

#[tokio::test]
async fn without_a_server_the_hotkey_is_unavailable() {
    let requested = RequestedHotkey::on_screen(":4711");
    requested.keys.send(Some(keys("Ctrl+Alt+N"))).expect("followed");
    requested.stands(HotkeyStatus::Unavailable).await;
}
