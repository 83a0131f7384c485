//! Snapshots that cause a notification, and snapshots that cause none.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{AppEvent, Notification, NotificationPolicy, PolicyInput};
use crate::accounts::settings::{CameraNews, Notify};
use crate::accounts::{AccountId, AccountSnapshot, AccountsView};
use crate::engine::{AccountLabel, AccountName, Connection, Origin, Outcome, Record, Request, Snapshot};
use crate::home::{AlarmState, Camera, CameraEvent, DeviceTree, Node, Protect, Setpoint, Thermostat, Write};
use crate::i18n::{Language, Localizer};
use crate::service::Reason;

struct PolicyFixture {
    news: NotificationPolicy,
    snapshot: Snapshot,
    /// The accounts after the first.
    others: Vec<Snapshot>,
    wanted: Notify,
    is_watched: bool,
    now: Timestamp,
    /// The picture of each event.
    picture: Option<PathBuf>,
}

impl PolicyFixture {
    /// A policy that has seen the home once.
    fn new() -> Self {
        let mut fixture = Self::begun();
        assert_eq!(fixture.update(), []);
        fixture
    }

    fn begun() -> Self {
        let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let mut snapshot = Snapshot::empty(Arc::new(account));
        snapshot.version = 1;
        snapshot.connection = Connection::Live;
        let mut home = DeviceTree::default();
        let thermostat =
            Thermostat { name: Some("Hallway".to_owned()), is_online: Some(true), ..Thermostat::default() };
        home.thermostats.insert("t".into(), Arc::new(thermostat));
        home.cameras.insert("c".into(), Arc::new(camera(None)));
        let protect = Protect { name: Some("Kitchen".to_owned()), ..Protect::default() };
        home.protects.insert("p".into(), Arc::new(protect));
        snapshot.confirmed = Arc::new(home);
        let now = "2026-11-24T12:00:00Z".parse().expect("a time");
        Self {
            news: NotificationPolicy::default(),
            snapshot,
            others: Vec::new(),
            wanted: Notify::default(),
            is_watched: false,
            now,
            picture: None,
        }
    }

    fn change(&mut self, change: impl FnOnce(&mut DeviceTree)) {
        let mut home = (*self.snapshot.confirmed).clone();
        change(&mut home);
        self.snapshot.confirmed = Arc::new(home);
    }

    fn update(&mut self) -> Vec<Notification<AppEvent>> {
        let account = |(number, snapshot): (u32, &Snapshot)| {
            let (label, snapshot) = (Arc::clone(&snapshot.account), Arc::new(snapshot.clone()));
            AccountSnapshot { id: AccountId::new(number), key: format!("key-{number}"), label, snapshot }
        };
        let accounts = (0..).zip(std::iter::once(&self.snapshot).chain(&self.others)).map(account).collect();
        self.news.update(PolicyInput {
            picture: &|_| self.picture.clone(),
            snapshot: &AccountsView::new(0, accounts),
            wanted: &self.wanted,
            is_watched: self.is_watched,
            i18n: &Localizer::new(Language::English),
            now: self.now,
            zone: &TimeZone::UTC,
        })
    }

    fn smoke(&mut self, state: AlarmState) {
        self.change(|home| home.protect_mut(&"p".into()).expect("there").smoke_alarm_state = Some(state));
    }

    fn event(&mut self, minutes: i64, is_person: bool) {
        let at = self.now.checked_add(SignedDuration::from_mins(minutes)).expect("a time");
        let event = CameraEvent {
            has_person: Some(is_person),
            has_motion: Some(true),
            start_time: Some(at),
            ..CameraEvent::default()
        };
        self.change(|home| drop(home.cameras.insert("c".into(), Arc::new(camera(Some(event))))));
    }

    fn records(&mut self, count: u64, origin: Origin, outcome: &Outcome) {
        let mut journal = (*self.snapshot.journal).clone();
        for _ in 0..count {
            let write = Write::Target("t".into(), Setpoint::celsius(21.0));
            journal.push_front(Record {
                id: journal.front().map_or(0, |record: &Record| record.id) + 1,
                at: self.now,
                origin,
                slot: write.slot(),
                name: "Hallway".to_owned(),
                from: None,
                to: write.value_text(),
                outcome: outcome.clone(),
                write: Some(write),
                undo: None,
                batch: None,
                undoes: None,
            });
        }
        self.snapshot.journal = Arc::new(journal);
    }
}

fn camera(last_event: Option<CameraEvent>) -> Camera {
    Camera { name: Some("Front door".to_owned()), is_online: Some(true), last_event, ..Camera::default() }
}

fn refused() -> Outcome {
    Outcome::Refused(Reason::service_text("It is asleep"))
}

#[test]
fn smoke_is_urgent_at_any_hour_and_notified_once() {
    let mut fixture = PolicyFixture::new();
    fixture.wanted.quiet = Some((0, 23));
    fixture.is_watched = true;
    fixture.smoke(AlarmState::Emergency);
    let news = fixture.update();
    let [alarm] = &news[..] else { panic!("{news:?}") };
    assert!(alarm.is_urgent, "{alarm:?}");
    assert_eq!(alarm.title, "Smoke in the Kitchen since 12:00");
    assert_eq!(alarm.body, "Leave and call the fire brigade.");
    let subject = alarm.subject.clone();
    assert_eq!(fixture.update(), []);
    // Its end takes the place of the alarm, and goes by itself.
    fixture.now = fixture.now.checked_add(SignedDuration::from_mins(2)).expect("a time");
    fixture.smoke(AlarmState::Ok);
    let news = fixture.update();
    let [over] = &news[..] else { panic!("{news:?}") };
    assert_eq!((over.title.as_str(), over.body.as_str()), ("Over: Smoke in the Kitchen", "12:00–12:02"));
    assert_eq!((over.is_urgent, &over.subject), (false, &subject));
    assert_eq!(fixture.update(), []);
    fixture.smoke(AlarmState::Warning);
    let news = fixture.update();
    assert_eq!(news.len(), 1, "it began again");
    assert_eq!(news[0].title, "Warning: Smoke in the Kitchen since 12:02");
    // The same after a start during the alarm.
    let mut late = PolicyFixture::begun();
    late.smoke(AlarmState::Emergency);
    assert_eq!(late.update().len(), 1);
}

#[test]
fn a_second_danger_is_notified_and_the_end_names_the_last_one() {
    let mut fixture = PolicyFixture::new();
    let co = |fixture: &mut PolicyFixture, state| {
        fixture.change(|home| home.protect_mut(&"p".into()).expect("there").co_alarm_state = Some(state));
    };
    let mut titles = Vec::new();
    let mut tell = |fixture: &mut PolicyFixture| {
        titles.extend(fixture.update().into_iter().map(|news| (news.title, news.subject)));
        fixture.now += SignedDuration::from_mins(1);
    };
    fixture.smoke(AlarmState::Emergency);
    tell(&mut fixture);
    co(&mut fixture, AlarmState::Emergency);
    tell(&mut fixture);
    tell(&mut fixture);
    fixture.smoke(AlarmState::Ok);
    tell(&mut fixture);
    co(&mut fixture, AlarmState::Other("x".into()));
    tell(&mut fixture);
    co(&mut fixture, AlarmState::Ok);
    tell(&mut fixture);
    let subject = Some("alarm p".to_owned());
    let expected = [
        "Smoke in the Kitchen since 12:00",
        "Smoke and carbon monoxide in the Kitchen since 12:00",
        "Carbon monoxide in the Kitchen since 12:01",
        "Over: Carbon monoxide in the Kitchen",
    ];
    assert_eq!(titles, expected.map(|title| (title.to_owned(), subject.clone())));
}

#[test]
fn alarms_are_never_part_of_a_burst() {
    let mut fixture = PolicyFixture::new();
    fixture.smoke(AlarmState::Emergency);
    fixture.records(5, Origin::Tray, &refused());
    let news = fixture.update();
    assert_eq!(news.len(), 2, "{news:?}");
    assert!(news[0].is_urgent && !news[1].is_urgent && news[1].title.starts_with('5'), "{news:?}");
}

#[test]
fn new_camera_events_are_notified_and_old_ones_are_not() {
    let mut fixture = PolicyFixture::begun();
    fixture.event(-30, true);
    assert_eq!(fixture.update(), [], "that was before the start");
    fixture.event(0, false);
    assert_eq!(fixture.update(), [], "plain movement was not asked for");
    fixture.event(1, true);
    let news = fixture.update();
    assert_eq!(news.len(), 1);
    assert_eq!(news[0].open, AppEvent::Open(Some(Node::Camera("c".into()))));
    assert_eq!(fixture.update(), []);
    fixture.event(0, true);
    assert_eq!(fixture.update(), [], "an older event is no news");
    fixture.wanted.motion = true;
    fixture.event(3, false);
    assert_eq!(fixture.update().len(), 1);
}

#[test]
fn the_picture_of_an_event_completes_its_notification_once() {
    let mut fixture = PolicyFixture::new();
    fixture.event(0, true);
    let news = fixture.update();
    assert!(news[0].picture.is_none() && !news[0].only_completes && news[0].subject.is_some(), "{news:?}");
    assert!(fixture.news.awaits_picture());
    assert_eq!(fixture.update(), []);
    fixture.picture = Some(PathBuf::from("/kept.jpg"));
    let completed = Notification { picture: fixture.picture.clone(), only_completes: true, ..news[0].clone() };
    assert_eq!(fixture.update(), [completed]);
    assert!(!fixture.news.awaits_picture());
    // A picture that is there already comes along.
    fixture.event(1, true);
    let news = fixture.update();
    assert!(news[0].picture.is_some() && !news[0].only_completes && !fixture.news.awaits_picture(), "{news:?}");
    // One that comes too late is not shown.
    fixture.picture = None;
    fixture.event(2, true);
    assert_eq!(fixture.update().len(), 1);
    fixture.now += SignedDuration::from_mins(1);
    fixture.picture = Some(PathBuf::from("/kept.jpg"));
    assert_eq!(fixture.update(), []);
    // What was not notified is not completed.
    for is_burst in [false, true] {
        let mut fixture = PolicyFixture::new();
        fixture.is_watched = !is_burst;
        fixture.event(0, true);
        fixture.records(if is_burst { 5 } else { 0 }, Origin::Tray, &refused());
        fixture.update();
        assert!(!fixture.news.awaits_picture());
    }
}

#[test]
fn each_camera_has_its_own_notification_setting() {
    for (news, is_person, told) in [
        (CameraNews::Nothing, true, 0),
        (CameraNews::People, true, 1),
        (CameraNews::People, false, 0),
        (CameraNews::Movement, false, 1),
    ] {
        let mut fixture = PolicyFixture::new();
        fixture.wanted.motion = true;
        fixture.wanted.cameras.insert("c".to_owned(), news);
        fixture.event(1, is_person);
        assert_eq!(fixture.update().len(), told, "{news:?}, a person: {is_person}");
    }
}

#[test]
fn quiet_hours_and_a_watched_window_suppress_notifications() {
    for (quiet, is_watched, told) in [
        (None, false, 1),
        (None, true, 0),
        (Some((11, 13)), false, 0),
        (Some((22, 7)), false, 1),
        (Some((13, 12)), false, 1),
    ] {
        let mut fixture = PolicyFixture::new();
        (fixture.wanted.quiet, fixture.is_watched) = (quiet, is_watched);
        fixture.event(1, true);
        assert_eq!(fixture.update().len(), told, "{quiet:?}, watched: {is_watched}");
    }
    let mut night = PolicyFixture::new();
    night.wanted.quiet = Some((22, 7));
    night.now = "2026-11-24T23:30:00Z".parse().expect("a time");
    night.event(1, true);
    assert_eq!(night.update(), []);
}

#[test]
fn a_failed_change_offers_a_retry() {
    let mut fixture = PolicyFixture::new();
    fixture.records(1, Origin::Tray, &refused());
    let news = fixture.update();
    let [one] = &news[..] else { panic!("{news:?}") };
    assert_eq!(one.body, "It is asleep");
    let slot = Write::Target("t".into(), Setpoint::celsius(21.0)).slot();
    assert_eq!(one.action, Some(("Retry".to_owned(), AppEvent::Request(Request::Retry(slot)))));
    fixture.records(1, Origin::Elsewhere, &refused());
    fixture.records(1, Origin::Window, &Outcome::Done);
    assert_eq!(fixture.update(), []);
    // Records from before the start are not notified.
    let mut later = PolicyFixture::begun();
    later.records(4, Origin::Tray, &refused());
    assert_eq!(later.update(), []);
}

#[test]
fn a_device_is_notified_once_after_ten_minutes_offline() {
    let mut fixture = PolicyFixture::new();
    let offline = |home: &mut DeviceTree, online| {
        let mut thermostat = (*home.thermostats["t"]).clone();
        thermostat.is_online = Some(online);
        home.thermostats.insert("t".into(), Arc::new(thermostat));
    };
    fixture.change(|home| offline(home, false));
    assert_eq!(fixture.update(), []);
    let due = fixture.news.look_again_at().expect("time alone makes news");
    fixture.now = due.checked_sub(SignedDuration::from_secs(1)).expect("a time");
    assert_eq!(fixture.update(), []);
    fixture.now = due;
    assert_eq!(fixture.update().len(), 1);
    assert_eq!((fixture.update(), fixture.news.look_again_at()), (Vec::new(), None));
    fixture.change(|home| offline(home, true));
    assert_eq!(fixture.update(), []);
    // A device that is offline at the start is never notified.
    let mut late = PolicyFixture::begun();
    late.change(|home| offline(home, false));
    late.update();
    late.now = late.now.checked_add(SignedDuration::from_hours(1)).expect("a time");
    assert_eq!(late.update(), []);
}

#[test]
fn a_needed_sign_in_is_notified_once() {
    let mut fixture = PolicyFixture::new();
    fixture.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    assert_eq!(fixture.update().len(), 1);
    assert_eq!(fixture.update(), []);
    fixture.snapshot.connection = Connection::Live;
    fixture.update();
    fixture.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    assert_eq!(fixture.update().len(), 1);
}

#[test]
fn disabled_kinds_are_not_notified() {
    let mut fixture = PolicyFixture::new();
    let none = Notify {
        alarms: false,
        people: false,
        motion: false,
        refused: false,
        sign_in: false,
        offline: false,
        ..Notify::default()
    };
    fixture.wanted = none;
    fixture.smoke(AlarmState::Emergency);
    fixture.event(1, true);
    fixture.records(1, Origin::Tray, &refused());
    fixture.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    assert_eq!(fixture.update(), []);
}

#[test]
fn a_journal_loaded_late_is_history() {
    let mut fixture = PolicyFixture::begun();
    let open = fixture.snapshot.clone();
    fixture.snapshot = Snapshot::empty(Arc::clone(&open.account));
    assert_eq!(fixture.update(), [], "nothing is open yet");
    fixture.snapshot = open;
    fixture.records(2, Origin::Tray, &refused());
    assert_eq!(fixture.update(), [], "that was in the file");
    fixture.records(1, Origin::Tray, &refused());
    assert_eq!(fixture.update().len(), 1);
    // One of several accounts may be open long before another.
    let mut several = PolicyFixture::begun();
    let other = several.snapshot.clone();
    several.others = vec![Snapshot::empty(Arc::clone(&other.account))];
    assert_eq!(several.update(), []);
    several.records(2, Origin::Tray, &refused());
    let read = Snapshot { journal: Arc::clone(&several.snapshot.journal), ..other };
    several.snapshot.journal = Arc::default();
    several.others = vec![read];
    assert_eq!(several.update(), [], "the other account's file is read");
    several.records(1, Origin::Tray, &refused());
    assert_eq!(several.update().len(), 1);
}

#[test]
fn a_device_in_two_accounts_is_notified_once() {
    let mut fixture = PolicyFixture::begun();
    fixture.event(-5, true);
    fixture.others = vec![fixture.snapshot.clone()];
    assert_eq!(fixture.update(), []);
    fixture.smoke(AlarmState::Emergency);
    fixture.event(1, true);
    assert_eq!(fixture.update().len(), 2);
    for _ in 0..3 {
        assert_eq!(fixture.update(), []);
    }
}
