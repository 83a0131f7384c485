//! Events of the simulated cameras.
//!
//! While a camera is on, pauses and events alternate. Each camera draws their times and kinds from its own
//! random generator, in simulated time, so that they do not depend on the number of requests.

use jiff::{SignedDuration, Timestamp};

use crate::home::{CameraEvent, Confidential};

/// The kind of a camera event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    Person,
    Motion,
    /// A noise.
    Sound,
}

impl EventKind {
    /// Returns the kind of a recorded event.
    pub(super) fn of(event: &CameraEvent) -> Self {
        if event.has_person == Some(true) {
            Self::Person
        } else if event.has_motion == Some(true) {
            Self::Motion
        } else {
            Self::Sound
        }
    }
}

/// The event schedule of a camera; times are in simulated seconds.
#[derive(Debug)]
pub(super) struct CameraLife {
    /// The key in the links to its pictures.
    pub(super) key: String,
    /// The number of the scene that the camera shows.
    pub(super) scene: u64,
    pub(super) chance: fastrand::Rng,
    /// The time of the next event.
    pub(super) next_s: f64,
    /// The end of the current event.
    pub(super) ends_s: Option<f64>,
    /// The base URL of its pictures, without a slash at the end.
    pub(super) pictures: String,
}

impl CameraLife {
    /// Draws the pause before the next event: half an hour on average, never under a minute.
    pub(super) fn pause_s(&mut self) -> f64 {
        const MEAN_S: f64 = 1800.0;
        60.0 - MEAN_S * (1.0 - self.chance.f64()).max(1e-6).ln()
    }

    /// Draws the kind of an event and its length in seconds.
    pub(super) fn draw(&mut self) -> (EventKind, f64) {
        let kind = match self.chance.u8(0..10) {
            0..=2 => EventKind::Person,
            3..=7 => EventKind::Motion,
            _ => EventKind::Sound,
        };
        (kind, 8.0 + 50.0 * self.chance.f64())
    }
}

/// Creates an event that begins now.
pub(super) fn event(life: &CameraLife, kind: EventKind, start: Timestamp) -> CameraEvent {
    const LINKS_LIVE: SignedDuration = SignedDuration::from_hours(240);
    let name = start.as_millisecond();
    let link = |suffix: &str| Some(Confidential::new(format!("{}/{suffix}?auth={}", life.pictures, life.key)));
    let seen = kind != EventKind::Sound;
    CameraEvent {
        has_sound: Some(kind == EventKind::Sound),
        has_motion: Some(seen),
        has_person: Some(kind == EventKind::Person),
        start_time: Some(start),
        end_time: None,
        urls_expire_time: start.checked_add(LINKS_LIVE).ok(),
        web_url: link(&format!("event-{name}.png")),
        app_url: Some(Confidential::new(format!("nestmobile://cameras/event/{name}?auth={}", life.key))),
        image_url: link(&format!("event-{name}.png")),
        animated_image_url: link(&format!("event-{name}.gif")),
        activity_zone_ids: seen.then(|| vec!["0".to_owned()]),
        ..CameraEvent::default()
    }
}
