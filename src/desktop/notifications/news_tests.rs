//! Snapshots that cause a notification, and snapshots that cause none.

use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{News, NewsOf, Notification};
use crate::desktop::Call;
use crate::engine::{
    AccountLabel, AccountName, Connection, FIRST_OF_SEVERAL, Member, Origin, Outcome, Record, Request, Snapshot,
};
use crate::home::{AlarmState, Camera, CameraEvent, Home, Node, Protect, Setpoint, Thermostat, Write};
use crate::i18n::{Language, Localizer};
use crate::service::Reason;
use crate::settings::{CameraNews, Notify};

struct Bench {
    news: News,
    snapshot: Snapshot,
    wanted: Notify,
    is_watched: bool,
    now: Timestamp,
}

impl Bench {
    /// A policy that has seen the home once.
    fn new() -> Self {
        let mut bench = Self::begun();
        assert_eq!(bench.look(), []);
        bench
    }

    fn begun() -> Self {
        let account = AccountLabel { name: AccountName::Simulated, place: String::new() };
        let mut snapshot = Snapshot::empty(Arc::new(account));
        snapshot.version = 1;
        snapshot.connection = Connection::Live;
        let mut home = Home::default();
        let thermostat =
            Thermostat { name: Some("Hallway".to_owned()), is_online: Some(true), ..Thermostat::default() };
        home.thermostats.insert("t".into(), Arc::new(thermostat));
        home.cameras.insert("c".into(), Arc::new(camera(None)));
        let protect = Protect { name: Some("Kitchen".to_owned()), ..Protect::default() };
        home.protects.insert("p".into(), Arc::new(protect));
        snapshot.confirmed = Arc::new(home);
        let now = "2026-11-24T12:00:00Z".parse().expect("a time");
        Self { news: News::default(), snapshot, wanted: Notify::default(), is_watched: false, now }
    }

    fn change(&mut self, change: impl FnOnce(&mut Home)) {
        let mut home = (*self.snapshot.confirmed).clone();
        change(&mut home);
        self.snapshot.confirmed = Arc::new(home);
    }

    fn look(&mut self) -> Vec<Notification> {
        self.news.look(NewsOf {
            snapshot: &self.snapshot,
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

impl Bench {
    /// Renumbers the records, the oldest with this number.
    fn renumber(&mut self, oldest: u64) {
        let mut journal = (*self.snapshot.journal).clone();
        for (number, record) in (oldest..).zip(journal.iter_mut().rev()) {
            record.id = number;
        }
        self.snapshot.journal = Arc::new(journal);
    }
}

fn camera(last_event: Option<CameraEvent>) -> Camera {
    Camera { name: Some("Front door".to_owned()), is_online: Some(true), last_event, ..Camera::default() }
}

fn refused() -> Outcome {
    Outcome::Refused(Reason::said("It is asleep"))
}

#[test]
fn smoke_is_urgent_whatever_the_hour_and_told_once() {
    let mut bench = Bench::new();
    bench.wanted.quiet = Some((0, 23));
    bench.is_watched = true;
    bench.smoke(AlarmState::Emergency);
    let news = bench.look();
    let [alarm] = &news[..] else { panic!("{news:?}") };
    assert!(alarm.is_urgent && alarm.title.contains("Kitchen"), "{alarm:?}");
    assert_eq!(bench.look(), []);
    bench.smoke(AlarmState::Ok);
    assert_eq!(bench.look(), []);
    bench.smoke(AlarmState::Warning);
    assert_eq!(bench.look().len(), 1, "it began again");
    // The same after a start during the alarm.
    let mut late = Bench::begun();
    late.smoke(AlarmState::Emergency);
    assert_eq!(late.look().len(), 1);
}

#[test]
fn alarms_are_never_part_of_a_burst() {
    let mut bench = Bench::new();
    bench.smoke(AlarmState::Emergency);
    bench.records(5, Origin::Tray, &refused());
    let news = bench.look();
    assert_eq!(news.len(), 2, "{news:?}");
    assert!(news[0].is_urgent && !news[1].is_urgent && news[1].title.starts_with('5'), "{news:?}");
}

#[test]
fn visitors_are_news_and_history_is_not() {
    let mut bench = Bench::begun();
    bench.event(-30, true);
    assert_eq!(bench.look(), [], "that was before the start");
    bench.event(0, false);
    assert_eq!(bench.look(), [], "plain movement was not asked for");
    bench.event(1, true);
    let news = bench.look();
    assert_eq!(news.len(), 1);
    assert_eq!(news[0].open, Call::Open(Some(Node::Camera("c".into()))));
    assert_eq!(bench.look(), []);
    bench.event(0, true);
    assert_eq!(bench.look(), [], "an older event is no news");
    bench.wanted.motion = true;
    bench.event(3, false);
    assert_eq!(bench.look().len(), 1);
}

#[test]
fn one_camera_may_be_silent_and_another_told_of_in_full() {
    for (news, is_person, told) in [
        (CameraNews::Nothing, true, 0),
        (CameraNews::People, true, 1),
        (CameraNews::People, false, 0),
        (CameraNews::Movement, false, 1),
    ] {
        let mut bench = Bench::new();
        bench.wanted.motion = true;
        bench.wanted.cameras.insert("c".to_owned(), news);
        bench.event(1, is_person);
        assert_eq!(bench.look().len(), told, "{news:?}, a person: {is_person}");
    }
}

#[test]
fn quiet_hours_and_a_watched_window_keep_the_rest_silent() {
    for (quiet, is_watched, told) in [
        (None, false, 1),
        (None, true, 0),
        (Some((11, 13)), false, 0),
        (Some((22, 7)), false, 1),
        (Some((13, 12)), false, 1),
    ] {
        let mut bench = Bench::new();
        (bench.wanted.quiet, bench.is_watched) = (quiet, is_watched);
        bench.event(1, true);
        assert_eq!(bench.look().len(), told, "{quiet:?}, watched: {is_watched}");
    }
    let mut night = Bench::new();
    night.wanted.quiet = Some((22, 7));
    night.now = "2026-11-24T23:30:00Z".parse().expect("a time");
    night.event(1, true);
    assert_eq!(night.look(), []);
}

#[test]
fn a_change_that_was_not_made_offers_another_try() {
    let mut bench = Bench::new();
    bench.records(1, Origin::Tray, &refused());
    let news = bench.look();
    let [one] = &news[..] else { panic!("{news:?}") };
    assert_eq!(one.body, "It is asleep");
    let slot = Write::Target("t".into(), Setpoint::celsius(21.0)).slot();
    assert_eq!(one.action, Some(("Retry".to_owned(), Call::Ask(Request::Retry(slot)))));
    bench.records(1, Origin::Elsewhere, &refused());
    bench.records(1, Origin::Window, &Outcome::Done);
    assert_eq!(bench.look(), []);
    // Records from before the start are not notified.
    let mut later = Bench::begun();
    later.records(4, Origin::Tray, &refused());
    assert_eq!(later.look(), []);
}

#[test]
fn a_device_is_told_of_after_ten_minutes_away_and_once() {
    let mut bench = Bench::new();
    let offline = |home: &mut Home, online| {
        let mut thermostat = (*home.thermostats["t"]).clone();
        thermostat.is_online = Some(online);
        home.thermostats.insert("t".into(), Arc::new(thermostat));
    };
    bench.change(|home| offline(home, false));
    assert_eq!(bench.look(), []);
    let due = bench.news.look_again_at().expect("time alone makes news");
    bench.now = due.checked_sub(SignedDuration::from_secs(1)).expect("a time");
    assert_eq!(bench.look(), []);
    bench.now = due;
    assert_eq!(bench.look().len(), 1);
    assert_eq!((bench.look(), bench.news.look_again_at()), (Vec::new(), None));
    bench.change(|home| offline(home, true));
    assert_eq!(bench.look(), []);
    // A device that is offline at the start is never notified.
    let mut late = Bench::begun();
    late.change(|home| offline(home, false));
    late.look();
    late.now = late.now.checked_add(SignedDuration::from_hours(1)).expect("a time");
    assert_eq!(late.look(), []);
}

#[test]
fn a_sign_in_is_asked_for_once() {
    let mut bench = Bench::new();
    bench.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    assert_eq!(bench.look().len(), 1);
    assert_eq!(bench.look(), []);
    bench.snapshot.connection = Connection::Live;
    bench.look();
    bench.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    assert_eq!(bench.look().len(), 1);
}

#[test]
fn what_is_not_wanted_is_not_told() {
    let mut bench = Bench::new();
    let none = Notify {
        alarms: false,
        people: false,
        motion: false,
        refused: false,
        sign_in: false,
        offline: false,
        ..Notify::default()
    };
    bench.wanted = none;
    bench.smoke(AlarmState::Emergency);
    bench.event(1, true);
    bench.records(1, Origin::Tray, &refused());
    bench.snapshot.connection = Connection::SignedOut { why: Reason::TokenRefused { said: None } };
    assert_eq!(bench.look(), []);
}

#[test]
fn a_journal_that_is_read_after_the_first_look_is_history() {
    let mut bench = Bench::begun();
    let open = bench.snapshot.clone();
    bench.snapshot = Snapshot::empty(Arc::clone(&open.account));
    assert_eq!(bench.look(), [], "nothing is open yet");
    bench.snapshot = open;
    bench.records(2, Origin::Tray, &refused());
    assert_eq!(bench.look(), [], "that was in the file");
    bench.records(1, Origin::Tray, &refused());
    assert_eq!(bench.look().len(), 1);
    // One of several accounts may be open long before another.
    let mut several = Bench::begun();
    several.snapshot.members = Arc::new(vec![member("one", &Home::default()), member("other", &Home::default())]);
    assert_eq!(several.look(), []);
    several.records(2, Origin::Tray, &refused());
    several.renumber(FIRST_OF_SEVERAL - 9);
    assert_eq!(several.look(), [], "the other account's file is read");
    several.records(1, Origin::Tray, &refused());
    several.renumber(FIRST_OF_SEVERAL - 2);
    assert_eq!(several.look().len(), 1);
}

#[test]
fn a_device_of_two_accounts_is_told_of_once_though_one_is_behind() {
    let mut bench = Bench::begun();
    bench.event(-5, true);
    let behind = (*bench.snapshot.confirmed).clone();
    bench.snapshot.members = Arc::new(vec![member("one", &behind), member("other", &behind)]);
    assert_eq!(bench.look(), []);
    bench.smoke(AlarmState::Emergency);
    bench.event(1, true);
    let ahead = (*bench.snapshot.confirmed).clone();
    bench.snapshot.members = Arc::new(vec![member("one", &ahead), member("other", &behind)]);
    assert_eq!(bench.look().len(), 2);
    for _ in 0..3 {
        assert_eq!(bench.look(), []);
    }
}

fn member(key: &str, home: &Home) -> Member {
    let label = AccountLabel { name: AccountName::Own(key.to_owned()), place: String::new() };
    let (label, confirmed) = (Arc::new(label), Arc::new(home.clone()));
    Member { key: key.to_owned(), label, connection: Connection::Live, writes_left: 1, confirmed }
}
