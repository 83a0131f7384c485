//! Tests against our own portal on our own bus.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, fdo, interface};

use super::portal::{self, PortalSettings, Times};
use super::{ColorScheme, DesktopPreferences, Preferences, Shared};
use crate::platform::bus::{Bus, PrivateBus};

const PATIENCE: Duration = Duration::from_secs(20);
const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const APPEARANCE: &str = "org.freedesktop.appearance";
const GNOME: &str = "org.gnome.desktop.interface";

/// Serves a portal with these settings until the connection is dropped.
async fn serve(bus: &PrivateBus, portal: Portal) -> Connection {
    let connection = bus.connect().await;
    connection.object_server().at(PATH, portal).await.expect("served");
    connection.request_name(NAME).await.expect("its name");
    connection
}

fn follow_on(bus: &PrivateBus, answer: Duration) -> DesktopPreferences {
    follow(bus.bus(), Times { answer, retry: Duration::from_millis(200) })
}

fn follow(bus: Bus, times: Times) -> DesktopPreferences {
    let shared = Arc::new(Shared::default());
    let following = portal::follow(bus, times, Arc::clone(&shared));
    DesktopPreferences { shared, follower: tokio::spawn(following).abort_handle() }
}

type Answers = HashMap<String, HashMap<String, OwnedValue>>;

#[derive(Default)]
struct Portal {
    settings: Answers,
    /// True if the portal never answers.
    is_silent: bool,
    asked: Arc<AtomicUsize>,
    namespaces: Arc<Mutex<Vec<String>>>,
}

#[interface(name = "org.freedesktop.portal.Settings")]
impl Portal {
    async fn read_all(&self, namespaces: Vec<String>) -> fdo::Result<Answers> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        *self.namespaces.lock().expect("not poisoned") = namespaces;
        if self.is_silent {
            std::future::pending::<()>().await;
        }
        Ok(self.settings.iter().map(|(name, settings)| (name.clone(), copy(settings))).collect())
    }

    #[zbus(signal)]
    async fn setting_changed(
        emitter: &SignalEmitter<'_>,
        namespace: &str,
        key: &str,
        value: Value<'_>,
    ) -> zbus::Result<()>;
}

fn copy(settings: &HashMap<String, OwnedValue>) -> HashMap<String, OwnedValue> {
    settings.iter().map(|(key, value)| (key.clone(), value.try_clone().expect("no file in it"))).collect()
}

impl Portal {
    fn with(settings: &[(&str, &str, Value<'_>)]) -> Self {
        let mut portal = Self::default();
        for (namespace, key, value) in settings {
            let value = value.try_to_owned().expect("no file in it");
            portal.settings.entry((*namespace).to_owned()).or_default().insert((*key).to_owned(), value);
        }
        portal
    }
}

async fn change(portal: &Connection, namespace: &str, key: &str, value: Value<'_>) {
    let emitter = SignalEmitter::new(portal, PATH).expect("a path");
    Portal::setting_changed(&emitter, namespace, key, value).await.expect("sent");
}

async fn until(desktop: &DesktopPreferences, wanted: Preferences) {
    let start = Instant::now();
    while desktop.current() != wanted {
        assert!(start.elapsed() < PATIENCE, "wanted {wanted:?}, it is {:?}", desktop.current());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn first(desktop: DesktopPreferences) -> (DesktopPreferences, Preferences) {
    let waiting = move || {
        let first = desktop.first(PATIENCE);
        (desktop, first)
    };
    tokio::task::spawn_blocking(waiting).await.expect("no panic")
}

fn dark() -> Preferences {
    Preferences { scheme: ColorScheme::Dark, ..Preferences::default() }
}

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn meaning(settings: &[(&str, &str, Value<'_>)]) -> Preferences {
    let mut read = PortalSettings::default();
    for (namespace, key, value) in settings {
        read.set(namespace, key, value);
    }
    read.preferences()
}

#[test]
fn settings_of_the_portal_are_interpreted() {
    let scheme = |value: Value<'_>| meaning(&[(APPEARANCE, "color-scheme", value)]).scheme;
    assert_eq!(scheme(Value::U32(0)), ColorScheme::NoPreference);
    assert_eq!(scheme(Value::U32(1)), ColorScheme::Dark);
    assert_eq!(scheme(Value::U32(2)), ColorScheme::Light);
    assert_eq!(scheme(Value::U32(3)), ColorScheme::NoPreference, "of a later version");
    assert_eq!(scheme(Value::from("dark")), ColorScheme::NoPreference, "of another type");
    assert_eq!(scheme(Value::Value(Box::new(Value::U32(1)))), ColorScheme::Dark, "in two boxes");
    assert!(meaning(&[(APPEARANCE, "contrast", Value::U32(1))]).high_contrast);
    assert!(!meaning(&[(APPEARANCE, "contrast", Value::U32(0))]).high_contrast);
    assert!(meaning(&[(APPEARANCE, "reduced-motion", Value::U32(1))]).reduced_motion);
    assert!(meaning(&[(GNOME, "enable-animations", Value::Bool(false))]).reduced_motion);
    let both = [(APPEARANCE, "reduced-motion", Value::U32(0)), (GNOME, "enable-animations", Value::Bool(false))];
    assert!(meaning(&both).reduced_motion);
    assert!(!meaning(&[(GNOME, "enable-animations", Value::Bool(true))]).reduced_motion);
    assert_eq!(meaning(&[(GNOME, "color-scheme", Value::from("prefer-dark"))]), Preferences::default());
}

#[tokio::test]
async fn preferences_follow_the_portal() {
    let Some(bus) = PrivateBus::start() else { return };
    let settings = Portal::with(&[
        (APPEARANCE, "color-scheme", Value::U32(1)),
        (APPEARANCE, "contrast", Value::U32(1)),
        (GNOME, "enable-animations", Value::Bool(false)),
        (GNOME, "font-name", Value::from("Cantarell 11")),
    ]);
    let asked = Arc::clone(&settings.namespaces);
    let portal = serve(&bus, settings).await;
    let (desktop, first) = first(follow_on(&bus, PATIENCE)).await;
    assert_eq!(first, Preferences { scheme: ColorScheme::Dark, high_contrast: true, reduced_motion: true });
    assert_eq!(*asked.lock().expect("not poisoned"), [APPEARANCE, GNOME]);

    let woken = Arc::new(Count::default());
    desktop.wake(Waker::from(Arc::clone(&woken)));
    change(&portal, APPEARANCE, "color-scheme", Value::U32(2)).await;
    until(&desktop, Preferences { scheme: ColorScheme::Light, ..first }).await;
    change(&portal, GNOME, "enable-animations", Value::Bool(true)).await;
    until(&desktop, Preferences { scheme: ColorScheme::Light, high_contrast: true, reduced_motion: false }).await;
    // An unchanged or unrelated value wakes nobody; the last change proves that all were read.
    change(&portal, APPEARANCE, "color-scheme", Value::U32(2)).await;
    change(&portal, GNOME, "font-name", Value::from("Ubuntu 11")).await;
    change(&portal, APPEARANCE, "contrast", Value::U32(0)).await;
    until(&desktop, Preferences { scheme: ColorScheme::Light, ..Preferences::default() }).await;
    let start = Instant::now();
    while woken.0.load(Ordering::SeqCst) < 3 && start.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(woken.0.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn without_a_portal_there_is_no_preference_until_one_comes() {
    let Some(bus) = PrivateBus::start() else { return };
    let (desktop, first) = first(follow_on(&bus, PATIENCE)).await;
    assert_eq!(first, Preferences::default());
    let portal = serve(&bus, Portal::with(&[(APPEARANCE, "color-scheme", Value::U32(1))])).await;
    until(&desktop, dark()).await;
    change(&portal, APPEARANCE, "contrast", Value::U32(1)).await;
    until(&desktop, Preferences { high_contrast: true, ..dark() }).await;
}

#[tokio::test]
async fn a_portal_that_restarts_is_read_again_and_nothing_changes_meanwhile() {
    let Some(bus) = PrivateBus::start() else { return };
    let portal = serve(&bus, Portal::with(&[(APPEARANCE, "color-scheme", Value::U32(1))])).await;
    let (desktop, first) = first(follow_on(&bus, PATIENCE)).await;
    assert_eq!(first, dark());
    portal.release_name(NAME).await.expect("released");
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(desktop.current(), dark());
    let portal = serve(&bus, Portal::with(&[(APPEARANCE, "contrast", Value::U32(1))])).await;
    until(&desktop, Preferences { high_contrast: true, ..Preferences::default() }).await;
    change(&portal, APPEARANCE, "color-scheme", Value::U32(2)).await;
    until(&desktop, Preferences { high_contrast: true, scheme: ColorScheme::Light, ..Preferences::default() }).await;
}

#[tokio::test]
async fn a_silent_portal_is_retried_without_blocking() {
    let Some(bus) = PrivateBus::start() else { return };
    let silent = Portal { is_silent: true, ..Portal::default() };
    let asked = Arc::clone(&silent.asked);
    let _portal = serve(&bus, silent).await;
    let (desktop, first) = first(follow_on(&bus, Duration::from_millis(100))).await;
    assert_eq!(first, Preferences::default());
    let start = Instant::now();
    while asked.load(Ordering::SeqCst) < 4 {
        assert!(start.elapsed() < PATIENCE, "asked {} times", asked.load(Ordering::SeqCst));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(asked.load(Ordering::SeqCst), 4, "and then no more");
    assert_eq!(desktop.current(), Preferences::default());
}

#[tokio::test]
async fn without_a_bus_there_is_no_preference() {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("unix:path={}", folder.path().join("nobody").display());
    let times = Times { answer: PATIENCE, retry: PATIENCE };
    let desktop = follow(Bus::Address(address), times);
    let start = Instant::now();
    let (_desktop, first) = first(desktop).await;
    assert_eq!(first, Preferences::default());
    assert!(start.elapsed() < PATIENCE, "nothing is waited for");
}
