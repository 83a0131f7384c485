//! Tests against our own notification servers on our own bus: a normal one, one that hangs, one that starts
//! late, and a bus that dies.
#![expect(clippy::used_underscore_binding, reason = "the macro of an interface names all arguments")]

use std::collections::HashMap;
use std::future::pending;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::OwnedValue;
use zbus::{Connection, interface};

use super::Notification;
use super::platform::Notifier;
use crate::platform::bus::PrivateBus;
use crate::platform::{DesktopEvent, EventSender};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The time limit of the program for the server.
const SHORT: Duration = Duration::from_millis(200);
/// The time limit of the test for the program.
const LONG: Duration = Duration::from_secs(20);

/// The title and the actions.
type Came = (String, Vec<String>);

#[derive(Clone, Default)]
struct Server {
    /// True if the server accepts calls and never answers.
    is_stuck: Arc<AtomicBool>,
    came: Arc<Mutex<Vec<Came>>>,
    /// The ids that calls replaced; 0 for none.
    replaced: Arc<Mutex<Vec<u32>>>,
    /// The pictures of the calls, as URLs.
    pictures: Arc<Mutex<Vec<Option<String>>>>,
}

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    async fn get_capabilities(&self) -> Vec<String> {
        self.wait().await;
        vec!["body".to_owned(), "actions".to_owned()]
    }

    #[expect(clippy::too_many_arguments, reason = "the interface has them")]
    async fn notify(
        &self,
        _program: String,
        replaces: u32,
        _icon: String,
        title: String,
        _body: String,
        actions: Vec<String>,
        mut hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        self.wait().await;
        let mut came = self.came.lock().expect("not poisoned");
        came.push((title, actions));
        self.replaced.lock().expect("not poisoned").push(replaces);
        let picture = hints.remove("image-path").map(|url| String::try_from(url).expect("a text"));
        self.pictures.lock().expect("not poisoned").push(picture);
        if replaces > 0 {
            return replaces;
        }
        u32::try_from(came.len()).expect("few")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(emitter: &SignalEmitter<'_>, id: u32, reason: u32) -> zbus::Result<()>;
}

impl Server {
    async fn wait(&self) {
        if self.is_stuck.load(Ordering::SeqCst) {
            pending::<()>().await;
        }
    }

    async fn serve(&self, bus: &PrivateBus) -> Connection {
        let connection = bus.connect().await;
        connection.object_server().at(PATH, self.clone()).await.expect("served");
        connection.request_name(NAME).await.expect("its name");
        connection
    }

    fn titles(&self) -> Vec<String> {
        self.came.lock().expect("not poisoned").iter().map(|(title, _)| title.clone()).collect()
    }
}

fn notification(title: &str) -> Notification<DesktopEvent> {
    Notification {
        is_urgent: false,
        title: title.to_owned(),
        body: "A <b>sentence</b>".to_owned(),
        open: DesktopEvent::Window,
        action: Some(("Retry".to_owned(), DesktopEvent::Launcher)),
        subject: None,
        picture: None,
        only_completes: false,
    }
}

fn begin(bus: &PrivateBus) -> (Notifier<DesktopEvent>, Receiver<DesktopEvent>) {
    let (sender, events) = EventSender::channel();
    (Notifier::on(&Handle::current(), bus.bus(), SHORT, sender), events)
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < LONG, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn news_about_the_same_subject_replaces_what_is_shown() {
    let Some(bus) = PrivateBus::start() else { return };
    let server = Server::default();
    let _connection = server.serve(&bus).await;
    let (notifier, _events) = begin(&bus);
    let about = |title: &str, subject: &str| Notification { subject: Some(subject.to_owned()), ..notification(title) };
    for (title, subject) in [("smoke", "cellar"), ("smoke", "attic"), ("over", "cellar"), ("over", "attic")] {
        notifier.show(about(title, subject));
    }
    notifier.show(notification("something else"));
    until("the notifications", || server.titles().len() == 5).await;
    assert_eq!(*server.replaced.lock().expect("not poisoned"), [0, 0, 1, 2, 0]);
}

#[tokio::test]
async fn a_picture_completes_only_what_is_still_shown() {
    let Some(bus) = PrivateBus::start() else { return };
    let server = Server::default();
    let connection = server.serve(&bus).await;
    let (notifier, events) = begin(&bus);
    let about = |subject: &str| Notification { subject: Some(subject.to_owned()), ..notification(subject) };
    let completing = |subject: &str| Notification {
        picture: Some("/pictures of/ä.jpg".into()),
        only_completes: true,
        ..about(subject)
    };
    for subject in ["open", "closed"] {
        notifier.show(about(subject));
    }
    until("the notifications", || server.titles() == ["open", "closed"]).await;
    let emitter = SignalEmitter::new(&connection, PATH).expect("a path");
    // The click after it shows that the program has heard of the end. Both may precede the answer to the call.
    let start = Instant::now();
    while events.try_recv().is_err() {
        Server::notification_closed(&emitter, 2, 2).await.expect("sent");
        Server::action_invoked(&emitter, 2, "action").await.expect("sent");
        assert!(start.elapsed() < LONG, "a click was not heard");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for subject in ["closed", "never", "open"] {
        notifier.show(completing(subject));
    }
    until("the picture", || server.titles().len() == 3).await;
    notifier.show(notification("last"));
    until("the last one", || server.titles() == ["open", "closed", "open", "last"]).await;
    assert_eq!(*server.replaced.lock().expect("not poisoned"), [0, 0, 1, 0]);
    let picture = Some("file:///pictures%20of/%C3%A4.jpg".to_owned());
    assert_eq!(*server.pictures.lock().expect("not poisoned"), [None, None, picture, None]);
}

#[tokio::test]
async fn clicks_send_their_events_and_forged_ones_do_not() {
    let Some(bus) = PrivateBus::start() else { return };
    let server = Server::default();
    let connection = server.serve(&bus).await;
    let (notifier, events) = begin(&bus);
    notifier.show(notification("one"));
    until("the notification", || server.titles() == ["one"]).await;
    let actions = server.came.lock().expect("not poisoned")[0].1.clone();
    assert_eq!(actions, ["default", "", "action", "Retry"]);
    let emitter = SignalEmitter::new(&connection, PATH).expect("a path");
    // A click right after the call may arrive before the answer to the call.
    let start = Instant::now();
    let heard = loop {
        for (id, key) in [(9, "default"), (1, "erase"), (1, "action")] {
            Server::action_invoked(&emitter, id, key).await.expect("sent");
        }
        if let Ok(event) = events.try_recv() {
            break event;
        }
        assert!(start.elapsed() < LONG, "a click was not heard");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(heard, DesktopEvent::Launcher);
    assert!(events.try_iter().all(|event| event == DesktopEvent::Launcher), "a click that was forged did something");
}

#[tokio::test]
async fn a_stuck_server_does_not_block_later_notifications() {
    let Some(bus) = PrivateBus::start() else { return };
    let server = Server::default();
    let _connection = server.serve(&bus).await;
    server.is_stuck.store(true, Ordering::SeqCst);
    let (notifier, _calls) = begin(&bus);
    let start = Instant::now();
    for number in 0..200 {
        notifier.show(notification(&number.to_string()));
    }
    assert!(start.elapsed() < Duration::from_secs(5), "the program was held up for {:?}", start.elapsed());
    server.is_stuck.store(false, Ordering::SeqCst);
    until("the server to be used again", || {
        notifier.show(notification("after"));
        server.titles().contains(&"after".to_owned())
    })
    .await;
}

#[tokio::test]
async fn a_late_server_is_found() {
    let Some(bus) = PrivateBus::start() else { return };
    let (notifier, _calls) = begin(&bus);
    notifier.show(notification("nobody is there"));
    let server = Server::default();
    let _connection = server.serve(&bus).await;
    until("the server to be found", || {
        notifier.show(notification("late"));
        server.titles().contains(&"late".to_owned())
    })
    .await;
}

#[tokio::test]
async fn a_dead_bus_is_ignored() {
    let Some(bus) = PrivateBus::start() else { return };
    let server = Server::default();
    let _connection = server.serve(&bus).await;
    let (notifier, events) = begin(&bus);
    notifier.show(notification("before"));
    until("the notification", || server.titles() == ["before"]).await;
    drop(bus);
    let start = Instant::now();
    for number in 0..100 {
        notifier.show(notification(&number.to_string()));
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert!(start.elapsed() < Duration::from_secs(10), "the program was held up");
    assert_eq!(server.titles(), ["before"]);
    assert!(events.try_recv().is_err(), "the death of the bus is no click");
}
