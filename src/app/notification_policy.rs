//! Notifications while the window is not in view: smoke, persons at cameras, changes that were refused, a needed
//! sign-in, devices that stay offline.
//!
//! A policy compares successive views of the accounts. Smoke and carbon monoxide are urgent and always separate; a
//! burst of others becomes one notification.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::event::AppEvent;
use crate::accounts::settings::Notify;
use crate::accounts::{AccountSnapshot, AccountsView, Handled, JournalEntry};
use crate::engine::{AlarmLevel, Connection, Outcome, Request};
use crate::home::{AlarmState, DeviceId, DeviceTree, Node, Protect};
use crate::i18n::Localizer;
use crate::media::CameraEventId;
use crate::platform::notifications::Notification;

/// The time for which a device has to be offline before it is notified: routers restart.
const AWAY_FOR: SignedDuration = SignedDuration::from_mins(10);
/// The number of simultaneous notifications above which they become one.
const BURST: usize = 3;
/// The time after an event in which its picture is added to its notification.
const PICTURE_AWAITED: SignedDuration = SignedDuration::from_mins(1);

#[derive(Clone, Copy)]
pub(super) struct PolicyInput<'a> {
    /// Returns the file with the picture of an event.
    pub(super) picture: &'a dyn Fn(&CameraEventId) -> Option<PathBuf>,
    /// The present snapshot.
    pub(super) snapshot: &'a AccountsView,
    /// The user's choice of notifications.
    pub(super) wanted: &'a Notify,
    /// True while the window is in view, which shows the same.
    pub(super) is_watched: bool,
    /// The localizer of the user's language.
    pub i18n: &'a Localizer,
    /// The present time.
    pub(super) now: Timestamp,
    /// The time zone of the user.
    pub(super) zone: &'a TimeZone,
}

/// Remembers earlier notifications.
#[derive(Debug, Default)]
pub(super) struct NotificationPolicy {
    /// Accounts whose first home was seen. Everything in the first home and the first journal is history.
    have_homes: BTreeSet<String>,
    handled: Handled,
    /// The alarms that go on.
    alarms: BTreeMap<DeviceId, Alarm>,
    events: BTreeMap<DeviceId, Timestamp>,
    away: BTreeMap<DeviceId, Away>,
    were_signed_out: BTreeSet<String>,
    awaited: Vec<AwaitedPicture>,
}

/// The notification of an event that was shown before its picture was there.
#[derive(Debug)]
struct AwaitedPicture {
    notification: Notification<AppEvent>,
    event: CameraEventId,
    until: Timestamp,
    is_shown: bool,
}

/// The dangers that go on at a Protect: smoke, and carbon monoxide.
type Dangers = [Option<(AlarmLevel, Timestamp)>; 2];

#[derive(Debug, Clone)]
struct Alarm {
    /// The level of each danger, with its begin.
    begun: Dangers,
    /// The dangers and their place, as text.
    what: String,
}

impl Alarm {
    fn levels_of(begun: &Dangers) -> [Option<AlarmLevel>; 2] {
        begun.map(|danger| danger.map(|(level, _)| level))
    }

    /// The begin of the worst danger, and of the earlier one of two equal ones.
    fn since_of(begun: &Dangers) -> Option<Timestamp> {
        let worst = begun.iter().flatten().map(|(level, _)| *level).max()?;
        begun.iter().flatten().filter(|(level, _)| *level == worst).map(|(_, since)| *since).min()
    }
}

#[derive(Debug, Clone, Copy)]
struct Away {
    since: Timestamp,
    is_told: bool,
}

impl NotificationPolicy {
    /// The notifications since the last call.
    pub(super) fn update(&mut self, of: PolicyInput<'_>) -> Vec<Notification<AppEvent>> {
        let completed = self.completed(of);
        let mut urgent = Vec::new();
        let mut rest = Vec::new();
        let accounts = &of.snapshot.accounts;
        let online = |account: &&AccountSnapshot| account.connection().is_online();
        for (index, account) in accounts.iter().enumerate() {
            if account.connection().is_online() {
                let earlier: Vec<&DeviceTree> =
                    accounts.iter().take(index).filter(online).map(|account| &*account.snapshot.confirmed).collect();
                let home = &*without(&account.snapshot.confirmed, &earlier);
                let has_home = self.have_homes.contains(&account.key);
                self.alarms(of, home, &mut urgent);
                self.events(of, home, has_home, &mut rest);
                self.away(of, home, has_home, &mut rest);
                self.have_homes.insert(account.key.clone());
            }
            self.sign_in(of, account, &mut rest);
        }
        self.records(of, &mut rest);
        if of.is_watched || is_quiet(of) {
            rest.clear();
        }
        urgent.extend(together(of, rest));
        // What is not shown, or only with others, has no picture.
        self.awaited.retain(|awaited| awaited.is_shown || urgent.contains(&awaited.notification));
        self.awaited.iter_mut().for_each(|awaited| awaited.is_shown = true);
        urgent.extend(completed);
        urgent
    }

    /// True while the picture of an event that was notified is missing.
    pub(super) fn awaits_picture(&self) -> bool {
        !self.awaited.is_empty()
    }

    /// Notifications whose picture has come.
    fn completed(&mut self, of: PolicyInput<'_>) -> Vec<Notification<AppEvent>> {
        self.awaited.retain(|awaited| awaited.until > of.now);
        let come = self.awaited.extract_if(.., |awaited| {
            awaited.notification.picture = (of.picture)(&awaited.event);
            awaited.notification.picture.is_some()
        });
        come.map(|awaited| Notification { only_completes: true, ..awaited.notification }).collect()
    }

    /// The time of the next necessary call if nothing changes.
    pub(super) fn look_again_at(&self) -> Option<Timestamp> {
        let waiting = self.away.values().filter(|away| !away.is_told);
        waiting.filter_map(|away| away.since.checked_add(AWAY_FOR).ok()).min()
    }

    /// Smoke and carbon monoxide, including alarms from before the start. A second danger is notified too, and the end of
    /// an alarm takes the place of its notification.
    fn alarms(&mut self, of: PolicyInput<'_>, home: &DeviceTree, news: &mut Vec<Notification<AppEvent>>) {
        for (id, protect) in &home.protects {
            let before = self.alarms.remove(id);
            let states = [&protect.smoke_alarm_state, &protect.co_alarm_state];
            let begun = std::array::from_fn(|danger| {
                let known = before.as_ref().and_then(|before| before.begun[danger]);
                match (AlarmLevel::of(states[danger].as_ref()), states[danger]) {
                    (Some(level), _) => Some((level, known.map_or(of.now, |(_, since)| since))),
                    (None, Some(AlarmState::Ok)) => None,
                    // No news, or a state that is not known, does not say that the alarm is over.
                    (None, _) => known,
                }
            });
            let is_new =
                before.as_ref().is_none_or(|before| Alarm::levels_of(&before.begun) != Alarm::levels_of(&begun));
            let clock = |at| of.i18n.clock(at, of.now, of.zone);
            let (title, body, is_urgent) = match (of.i18n.alarm(protect, Alarm::since_of(&begun).map(clock)), before) {
                (Some(alarm), _) => {
                    self.alarms.insert(id.clone(), Alarm { begun, what: what(of.i18n, protect) });
                    (alarm.title, alarm.advice, true)
                }
                (None, Some(before)) if begun == [None, None] => {
                    let title = of.i18n.format("alarm-over", [("what", before.what.as_str().into())]);
                    let since = Alarm::since_of(&before.begun).unwrap_or(of.now);
                    (title, format!("{}–{}", clock(since), clock(of.now)), false)
                }
                (None, Some(before)) => {
                    self.alarms.insert(id.clone(), before);
                    continue;
                }
                (None, None) => continue,
            };
            if is_new && of.wanted.alarms {
                news.push(Notification {
                    is_urgent,
                    title,
                    body,
                    open: AppEvent::Open(None),
                    action: None,
                    subject: Some(format!("alarm {id}")),
                    picture: None,
                    only_completes: false,
                });
            }
        }
    }

    /// Persons and motion at cameras, without events from before the start.
    fn events(
        &mut self,
        of: PolicyInput<'_>,
        home: &DeviceTree,
        has_home: bool,
        news: &mut Vec<Notification<AppEvent>>,
    ) {
        for (id, camera) in &home.cameras {
            let Some(event) = &camera.last_event else { continue };
            let Some(at) = event.start_time else { continue };
            let before = self.events.insert(id.clone(), at);
            let is_news = has_home && before.is_none_or(|before| at > before);
            let is_person = event.has_person == Some(true);
            let is_wanted = if is_person {
                of.wanted.wants_people_at(id.as_str())
            } else {
                event.has_motion == Some(true) && of.wanted.wants_motion_at(id.as_str())
            };
            if !(is_news && is_wanted) {
                continue;
            }
            let event_id = CameraEventId { camera: id.clone(), at };
            let notification = Notification {
                is_urgent: false,
                title: camera.name.clone().unwrap_or_else(|| of.i18n.text("camera").into_owned()),
                body: format!("{} · {}", of.i18n.localize(event), of.i18n.clock(at, of.now, of.zone)),
                open: AppEvent::Open(Some(Node::Camera(id.clone()))),
                action: None,
                subject: Some(format!("event {id} {at}")),
                picture: (of.picture)(&event_id),
                only_completes: false,
            };
            if notification.picture.is_none() {
                let until = of.now.checked_add(PICTURE_AWAITED).unwrap_or(of.now);
                self.awaited.push(AwaitedPicture {
                    notification: notification.clone(),
                    event: event_id,
                    until,
                    is_shown: false,
                });
            }
            news.push(notification);
        }
    }

    /// Devices that stay offline for longer than a restart of the router takes.
    fn away(&mut self, of: PolicyInput<'_>, home: &DeviceTree, has_home: bool, news: &mut Vec<Notification<AppEvent>>) {
        let thermostats =
            home.thermostats.iter().map(|(id, t)| (id, t.is_online, &t.name, Some(Node::Thermostat(id.clone()))));
        let cameras = home.cameras.iter().map(|(id, c)| (id, c.is_online, &c.name, Some(Node::Camera(id.clone()))));
        let protects = home.protects.iter().map(|(id, p)| (id, p.is_online, &p.name, None));
        for (id, is_online, name, page) in thermostats.chain(cameras).chain(protects) {
            if is_online != Some(false) {
                self.away.remove(id);
                continue;
            }
            // A device that was offline before the start is not notified.
            let away = self.away.entry(id.clone()).or_insert(Away { since: of.now, is_told: !has_home });
            if away.is_told || of.now.duration_since(away.since) < AWAY_FOR {
                continue;
            }
            away.is_told = true;
            if of.wanted.offline {
                let time = of.i18n.clock(away.since, of.now, of.zone);
                news.push(Notification {
                    is_urgent: false,
                    title: name.clone().unwrap_or_else(|| id.to_string()),
                    body: of.i18n.format("offline-since", [("time", time.into())]),
                    open: AppEvent::Open(page),
                    action: None,
                    subject: None,
                    picture: None,
                    only_completes: false,
                });
            }
        }
    }

    /// Failed changes of ours.
    fn records(&mut self, of: PolicyInput<'_>, news: &mut Vec<Notification<AppEvent>>) {
        let new = of.snapshot.new_records(&mut self.handled).into_iter().map(|JournalEntry { record, .. }| record);
        let failed = new.filter(|record| record.origin.is_us() && came_to_nothing(&record.outcome));
        for record in failed.filter(|_| of.wanted.refused) {
            let field = of.i18n.localize(&record.slot.field);
            let body = match &record.outcome {
                Outcome::Refused(why) | Outcome::MayHaveArrived(why) => of.i18n.localize(why),
                Outcome::Expired | Outcome::Unconfirmed | Outcome::Done | Outcome::Accepted | Outcome::Discarded => {
                    of.i18n.text("notify-expired").into_owned()
                }
            };
            let may_have_arrived = matches!(record.outcome, Outcome::MayHaveArrived(_));
            let title = if may_have_arrived { "notify-may-have-arrived" } else { "notify-not-set" };
            let device = of.i18n.disambiguate(of.snapshot, &record.slot.node, &record.name);
            let title = of.i18n.format(title, [("device", device.into()), ("field", field.into())]);
            let retry = of.i18n.text("retry").into_owned();
            news.push(Notification {
                is_urgent: false,
                title,
                body,
                open: AppEvent::Open(Some(record.slot.node.clone())),
                action: Some((retry, AppEvent::Request(Request::Retry(record.slot.clone())))),
                subject: None,
                picture: None,
                only_completes: false,
            });
        }
    }

    fn sign_in(&mut self, of: PolicyInput<'_>, account: &AccountSnapshot, news: &mut Vec<Notification<AppEvent>>) {
        let Connection::SignedOut { why } = account.connection() else {
            self.were_signed_out.remove(&account.key);
            return;
        };
        if self.were_signed_out.insert(account.key.clone()) && of.wanted.sign_in {
            news.push(Notification {
                is_urgent: false,
                title: of.i18n.text("tray-sign-in").into_owned(),
                body: if of.snapshot.has_several() {
                    format!("{}: {}", of.i18n.localize(&account.label.name), of.i18n.localize(why))
                } else {
                    of.i18n.localize(why)
                },
                open: AppEvent::Open(None),
                action: None,
                subject: None,
                picture: None,
                only_completes: false,
            });
        }
    }
}

/// The danger and the place of an alarm: `Smoke in the Kitchen`.
fn what(i18n: &Localizer, protect: &Protect) -> String {
    let has = |state: &Option<AlarmState>| matches!(state, Some(AlarmState::Warning | AlarmState::Emergency));
    let danger = match (has(&protect.smoke_alarm_state), has(&protect.co_alarm_state)) {
        (true, true) => "alarm-both",
        (false, true) => "alarm-co",
        (_, false) => "alarm-smoke",
    };
    i18n.alarm_place(danger, protect.name.as_deref())
}

/// The home without devices of earlier accounts: a device in two accounts is notified once, by the first of
/// them. The other may lag, so that each would differ from the other again and again.
fn without<'a>(home: &'a DeviceTree, earlier: &[&DeviceTree]) -> Cow<'a, DeviceTree> {
    let is_new = |id: &DeviceId| earlier.iter().all(|earlier| !earlier.has_device(id));
    let ids = home.thermostats.keys().chain(home.cameras.keys()).chain(home.protects.keys());
    if ids.into_iter().all(is_new) {
        return Cow::Borrowed(home);
    }
    let mut own = home.clone();
    own.thermostats.retain(|id, _| is_new(id));
    own.cameras.retain(|id, _| is_new(id));
    own.protects.retain(|id, _| is_new(id));
    Cow::Owned(own)
}

fn came_to_nothing(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Refused(_) | Outcome::Expired | Outcome::MayHaveArrived(_) => true,
        // An accepted value that is not shown yet may still appear, and its control says so.
        Outcome::Done | Outcome::Accepted | Outcome::Unconfirmed | Outcome::Discarded => false,
    }
}

/// True during quiet hours.
fn is_quiet(of: PolicyInput<'_>) -> bool {
    let Some((from, until)) = of.wanted.quiet else { return false };
    let hour = of.now.to_zoned(of.zone.clone()).hour().unsigned_abs();
    if from <= until { (from..until).contains(&hour) } else { hour >= from || hour < until }
}

/// Combines a burst into one notification.
fn together(of: PolicyInput<'_>, news: Vec<Notification<AppEvent>>) -> Vec<Notification<AppEvent>> {
    if news.len() <= BURST {
        return news;
    }
    let count = i64::try_from(news.len()).unwrap_or(i64::MAX);
    let lines: Vec<String> = news.iter().take(BURST).map(|one| format!("{}: {}", one.title, one.body)).collect();
    vec![Notification {
        is_urgent: false,
        title: of.i18n.format("notify-burst", [("count", count.into())]),
        body: format!("{}\n…", lines.join("\n")),
        open: AppEvent::Open(None),
        action: None,
        subject: None,
        picture: None,
        only_completes: false,
    }]
}

#[cfg(test)]
#[path = "notification_policy_tests.rs"]
mod tests;
