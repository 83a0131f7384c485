//! Events of the home that nobody asked for: alarms of Protects, and persons, motion and sound at cameras.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::home::{AlarmState, Camera, Change, DeviceId, DeviceTree, Protect};

/// Number of alarms in memory; the file keeps more.
const KEPT_ALARMS: usize = 500;
/// Number of events in memory for each camera.
const KEPT_OF_CAMERA: usize = 200;
/// Number of events in memory for all cameras.
const KEPT_OF_CAMERAS: usize = 5000;
/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 256;

/// The kind of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Smoke; the level is the worst that was reported.
    Smoke(AlarmLevel),
    /// Carbon monoxide; the level is the worst that was reported.
    CarbonMonoxide(AlarmLevel),
    Person,
    Motion,
    Sound,
    /// A camera reported an event without its kind.
    Activity,
}

impl EventKind {
    /// True for smoke and carbon monoxide.
    pub fn is_alarm(self) -> bool {
        match self {
            Self::Smoke(_) | Self::CarbonMonoxide(_) => true,
            Self::Person | Self::Motion | Self::Sound | Self::Activity => false,
        }
    }
}

/// The level of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlarmLevel {
    Warning,
    Emergency,
}

impl AlarmLevel {
    /// The level of a reported state; `None` if there is no alarm, or a state that is not known.
    pub fn of(state: Option<&AlarmState>) -> Option<Self> {
        match state? {
            AlarmState::Warning => Some(Self::Warning),
            AlarmState::Emergency => Some(Self::Emergency),
            AlarmState::Ok | AlarmState::Other(_) => None,
        }
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeEvent {
    /// Unique within one account. A later line of the file with the same id replaces an earlier one.
    pub id: u64,
    /// The begin: of an alarm, when it was first heard of.
    pub at: Timestamp,
    /// The end; `None` while it goes on, and for an event whose end was never reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    pub device: DeviceId,
    /// The name of the device at that time.
    pub name: String,
    pub kind: EventKind,
}

/// The newest events, newest first, each with its last change.
#[derive(Debug, Clone, Default)]
pub(super) struct EventLog {
    events: Arc<VecDeque<Arc<HomeEvent>>>,
    last_id: u64,
    /// The alarms that go on: true for carbon monoxide.
    going_on: BTreeMap<(DeviceId, bool), u64>,
    /// The newest event of each camera.
    newest: BTreeMap<DeviceId, (Timestamp, u64)>,
}

impl EventLog {
    /// Starts with the events of the files, oldest first.
    pub(super) fn from_events(events: Vec<HomeEvent>) -> Self {
        let mut log = Self::default();
        for event in events {
            log.last_id = log.last_id.max(event.id);
            log.index(&event);
            Arc::make_mut(&mut log.events).push_front(Arc::new(event));
        }
        trim(Arc::make_mut(&mut log.events));
        log
    }

    /// The events, newest first. Cloning the result is cheap.
    pub(super) fn events(&self) -> Arc<VecDeque<Arc<HomeEvent>>> {
        Arc::clone(&self.events)
    }

    /// Notes what a new home reports, from its changes if an earlier home is known. Returns the new and the changed
    /// events.
    pub(super) fn note(
        &mut self,
        home: &DeviceTree,
        changes: Option<&[Change]>,
        now: Timestamp,
    ) -> Vec<Arc<HomeEvent>> {
        let mut noted = Vec::new();
        let Some(changes) = changes else {
            home.protects.iter().for_each(|(id, protect)| self.protect(id, protect, now, &mut noted));
            home.cameras.iter().for_each(|(id, camera)| self.camera(id, camera, &mut noted));
            return noted;
        };
        for change in changes {
            match change {
                Change::Protect(id, Some(protect)) => self.protect(id, protect, now, &mut noted),
                Change::Camera(id, Some(camera)) => self.camera(id, camera, &mut noted),
                Change::Metadata(_)
                | Change::Structure(..)
                | Change::Thermostat(..)
                | Change::Camera(_, None)
                | Change::Protect(_, None)
                | Change::Extra(..) => {}
            }
        }
        noted
    }

    fn protect(&mut self, id: &DeviceId, protect: &Protect, now: Timestamp, noted: &mut Vec<Arc<HomeEvent>>) {
        type Kind = fn(AlarmLevel) -> EventKind;
        let states: [(bool, Option<&AlarmState>, Kind); 2] = [
            (false, protect.smoke_alarm_state.as_ref(), EventKind::Smoke),
            (true, protect.co_alarm_state.as_ref(), EventKind::CarbonMonoxide),
        ];
        for (is_co, state, kind) in states {
            let key = (id.clone(), is_co);
            let known = self.going_on.get(&key).copied();
            match (AlarmLevel::of(state), known) {
                (Some(level), None) => {
                    let name = protect.name.as_deref().unwrap_or_default();
                    noted.push(self.add(id, name, kind(level), now, None));
                }
                (Some(level), Some(known)) => noted.extend(self.amend(known, |event| {
                    event.kind = event.kind.max(kind(level));
                })),
                // A missing or unknown state does not say that the alarm is over.
                (None, Some(known)) if state == Some(&AlarmState::Ok) => {
                    noted.extend(self.amend(known, |event| event.until = Some(now)));
                    self.going_on.remove(&key);
                }
                (None, _) => {}
            }
        }
    }

    fn camera(&mut self, id: &DeviceId, camera: &Camera, noted: &mut Vec<Arc<HomeEvent>>) {
        let Some(event) = &camera.last_event else { return };
        let Some(at) = event.start_time else { return };
        let kind = if event.has_person == Some(true) {
            EventKind::Person
        } else if event.has_motion == Some(true) {
            EventKind::Motion
        } else if event.has_sound == Some(true) {
            EventKind::Sound
        } else {
            EventKind::Activity
        };
        let until = event.end_time.filter(|end| *end >= at);
        match self.newest.get(id).copied() {
            // A camera may recognize a person only while the event goes on.
            Some((known_at, known)) if known_at == at => noted.extend(self.amend(known, |event| {
                event.kind = event.kind.min(kind);
                event.until = until;
            })),
            Some((known_at, _)) if known_at > at => {}
            Some(_) | None => {
                let name = camera.name.as_deref().unwrap_or_default();
                noted.push(self.add(id, name, kind, at, until));
            }
        }
    }

    fn add(
        &mut self,
        device: &DeviceId,
        name: &str,
        kind: EventKind,
        at: Timestamp,
        until: Option<Timestamp>,
    ) -> Arc<HomeEvent> {
        self.last_id = self.last_id.saturating_add(1);
        let name: String = name.chars().take(LONGEST_NAME).collect();
        let event = Arc::new(HomeEvent { id: self.last_id, at, until, device: device.clone(), name, kind });
        self.index(&event);
        let events = Arc::make_mut(&mut self.events);
        events.push_front(Arc::clone(&event));
        trim(events);
        event
    }

    fn index(&mut self, event: &HomeEvent) {
        match event.kind {
            EventKind::Smoke(_) | EventKind::CarbonMonoxide(_) => {
                let key = (event.device.clone(), matches!(event.kind, EventKind::CarbonMonoxide(_)));
                if event.until.is_none() {
                    self.going_on.insert(key, event.id);
                } else {
                    self.going_on.remove(&key);
                }
            }
            EventKind::Person | EventKind::Motion | EventKind::Sound | EventKind::Activity => {
                let newest = self.newest.entry(event.device.clone()).or_insert((event.at, event.id));
                *newest = (event.at, event.id).max(*newest);
            }
        }
    }

    /// Changes an event; `None` if nothing changes, or if the event is too old to be in memory.
    fn amend(&mut self, id: u64, change: impl FnOnce(&mut HomeEvent)) -> Option<Arc<HomeEvent>> {
        let at = self.events.iter().position(|event| event.id == id)?;
        let mut event = HomeEvent::clone(self.events.get(at)?);
        change(&mut event);
        if **self.events.get(at)? == event {
            return None;
        }
        let event = Arc::new(event);
        *Arc::make_mut(&mut self.events).get_mut(at)? = Arc::clone(&event);
        Some(event)
    }
}

/// Drops the oldest events beyond the limits.
fn trim(newest_first: &mut VecDeque<Arc<HomeEvent>>) {
    if newest_first.len() <= KEPT_OF_CAMERA {
        return;
    }
    let (mut alarms, mut cameras) = (0, 0);
    let mut of_camera: BTreeMap<DeviceId, usize> = BTreeMap::new();
    newest_first.retain(|event| {
        if event.kind.is_alarm() {
            alarms += 1;
            // An alarm that goes on is never dropped.
            return alarms <= KEPT_ALARMS || event.until.is_none();
        }
        cameras += 1;
        let own = of_camera.entry(event.device.clone()).or_default();
        *own += 1;
        *own <= KEPT_OF_CAMERA && cameras <= KEPT_OF_CAMERAS
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::home::CameraEvent;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn home(smoke: Option<AlarmState>, event: Option<CameraEvent>) -> DeviceTree {
        let mut home = DeviceTree::default();
        let name = Some("Cellar".to_owned());
        let protect = Protect { name, smoke_alarm_state: smoke, ..Protect::default() };
        home.protects.insert("cellar".into(), Arc::new(protect));
        let camera = Camera { name: Some("Door".to_owned()), last_event: event, ..Camera::default() };
        home.cameras.insert("door".into(), Arc::new(camera));
        home
    }

    fn seen(start: i64, end: Option<i64>, has_person: bool) -> CameraEvent {
        CameraEvent {
            has_motion: Some(true),
            has_person: Some(has_person),
            start_time: Some(at(start)),
            end_time: end.map(at),
            ..CameraEvent::default()
        }
    }

    fn note(log: &mut EventLog, home: &DeviceTree, second: i64) -> usize {
        log.note(home, None, at(second)).len()
    }

    #[test]
    fn an_alarm_has_its_begin_its_worst_level_and_its_end() {
        let mut log = EventLog::default();
        assert_eq!(note(&mut log, &home(Some(AlarmState::Ok), None), 10), 0);
        assert_eq!(note(&mut log, &home(Some(AlarmState::Warning), None), 20), 1);
        assert_eq!(note(&mut log, &home(Some(AlarmState::Warning), None), 25), 0, "nothing new");
        assert_eq!(note(&mut log, &home(Some(AlarmState::Emergency), None), 30), 1);
        assert_eq!(note(&mut log, &home(Some(AlarmState::Warning), None), 35), 0, "the worst stays");
        assert_eq!(note(&mut log, &home(None, None), 36), 0, "no news is no end");
        assert_eq!(note(&mut log, &home(Some(AlarmState::Other("x".into())), None), 37), 0);
        assert_eq!(note(&mut log, &home(Some(AlarmState::Ok), None), 40), 1);
        let events = log.events();
        assert_eq!(events.len(), 1, "{events:?}");
        let event = events.front().expect("an event");
        assert_eq!((event.at, event.until), (at(20), Some(at(40))));
        assert_eq!((event.kind, event.name.as_str()), (EventKind::Smoke(AlarmLevel::Emergency), "Cellar"));
        // The next one is another event.
        assert_eq!(note(&mut log, &home(Some(AlarmState::Emergency), None), 50), 1);
        assert_eq!(log.events().len(), 2);
    }

    #[test]
    fn an_alarm_of_an_earlier_run_ends_in_this_one() {
        let mut log = EventLog::default();
        note(&mut log, &home(Some(AlarmState::Emergency), None), 20);
        let kept = log.events().iter().map(|event| HomeEvent::clone(event)).collect();
        let mut log = EventLog::from_events(kept);
        assert_eq!(note(&mut log, &home(Some(AlarmState::Emergency), None), 100), 0, "the same alarm");
        assert_eq!(note(&mut log, &home(Some(AlarmState::Ok), None), 120), 1);
        let events = log.events();
        let event = events.front().expect("an event");
        assert_eq!((event.id, event.at, event.until), (1, at(20), Some(at(120))));
    }

    #[test]
    fn an_event_of_a_camera_is_noted_once_and_amended() {
        let mut log = EventLog::default();
        assert_eq!(note(&mut log, &home(None, Some(seen(10, None, false))), 11), 1);
        assert_eq!(note(&mut log, &home(None, Some(seen(10, Some(14), true))), 15), 1, "a person, and the end");
        assert_eq!(note(&mut log, &home(None, Some(seen(10, Some(14), true))), 16), 0);
        assert_eq!(note(&mut log, &home(None, Some(seen(5, Some(6), true))), 17), 0, "older than what is known");
        assert_eq!(note(&mut log, &home(None, None), 18), 0);
        let events = log.events();
        let event = events.front().expect("an event");
        assert_eq!((event.kind, event.until), (EventKind::Person, Some(at(14))));
    }

    #[test]
    fn memory_is_bounded_and_a_going_alarm_stays() {
        let mut log = EventLog::default();
        note(&mut log, &home(Some(AlarmState::Emergency), None), 1);
        for second in 2..1500 {
            note(&mut log, &home(Some(AlarmState::Emergency), Some(seen(second, None, false))), second);
        }
        let events = log.events();
        assert_eq!(events.len(), KEPT_OF_CAMERA + 1);
        assert_eq!(events.front().map(|event| event.at), Some(at(1499)));
        assert!(events.iter().any(|event| event.kind.is_alarm()));
        let long = "ä".repeat(100_000);
        let mut home = home(None, Some(seen(9000, None, false)));
        Arc::make_mut(home.cameras.get_mut(&DeviceId::from("door")).expect("a camera")).name = Some(long);
        note(&mut log, &home, 9000);
        assert_eq!(log.events().front().map(|event| event.name.chars().count()), Some(LONGEST_NAME));
    }
}
