//! What cameras see and hear.
//!
//! A camera that is on waits, then something happens for a while, then it waits again. When and
//! what is drawn from a source of its own, in simulated time, so that it does not depend on how
//! often anybody looks.

use jiff::{SignedDuration, Timestamp};

use crate::home::{CameraEvent, Confidential};

/// Something to see or hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A person.
    Person,
    /// Something moves.
    Motion,
    /// A noise.
    Sound,
}

impl EventKind {
    /// What a camera recorded, from its event.
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

/// How a camera spends its day; moments are simulated seconds.
#[derive(Debug)]
pub(super) struct CameraLife {
    /// What the links to its pictures carry.
    pub(super) key: String,
    /// Which scene it looks at.
    pub(super) scene: u64,
    pub(super) chance: fastrand::Rng,
    /// When something happens next.
    pub(super) next_s: f64,
    /// When what happens now is over.
    pub(super) ends_s: Option<f64>,
    /// Where its pictures are, without a slash at the end.
    pub(super) pictures: String,
}

impl CameraLife {
    /// How long nothing happens: half an hour on average, never under a minute.
    pub(super) fn pause_s(&mut self) -> f64 {
        const MEAN_S: f64 = 1800.0;
        60.0 - MEAN_S * (1.0 - self.chance.f64()).max(1e-6).ln()
    }

    /// What happens, and for how many seconds.
    pub(super) fn draw(&mut self) -> (EventKind, f64) {
        let kind = match self.chance.u8(0..10) {
            0..=2 => EventKind::Person,
            3..=7 => EventKind::Motion,
            _ => EventKind::Sound,
        };
        (kind, 8.0 + 50.0 * self.chance.f64())
    }
}

/// An event that begins now.
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
