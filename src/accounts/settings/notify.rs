//! The settings of notifications.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use toml::{Table, Value};

/// The wanted notifications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notify {
    /// Smoke and carbon monoxide.
    pub alarms: bool,
    /// A person at a camera.
    pub people: bool,
    /// Any motion at a camera.
    pub motion: bool,
    /// A failed change of ours.
    pub refused: bool,
    /// An account that has to be signed in.
    pub sign_in: bool,
    /// A device that stays offline.
    pub offline: bool,
    /// Start and end hour of the quiet time with alarms only; `None` if there is none.
    pub quiet: Option<(u8, u8)>,
    /// Cameras with a setting of their own, by device id.
    pub cameras: BTreeMap<String, CameraNews>,
}

/// The notifications of one camera, in place of the general setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameraNews {
    People,
    /// People and any motion.
    Movement,
    Nothing,
}

impl CameraNews {
    /// All variants, in increasing order.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::People, Self::Movement];

    fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Movement => "movement",
            Self::Nothing => "nothing",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.word() == word)
    }
}

impl Default for Notify {
    /// Everything except plain motion, which cats and the wind cause too.
    fn default() -> Self {
        Self {
            alarms: true,
            people: true,
            motion: false,
            refused: true,
            sign_in: true,
            offline: true,
            quiet: None,
            cameras: BTreeMap::new(),
        }
    }
}

impl Notify {
    /// True if a person at this camera is notified.
    pub fn wants_people_at(&self, camera: &str) -> bool {
        match self.cameras.get(camera) {
            Some(CameraNews::People | CameraNews::Movement) => true,
            Some(CameraNews::Nothing) => false,
            None => self.people,
        }
    }

    /// True if motion at this camera is notified.
    pub fn wants_motion_at(&self, camera: &str) -> bool {
        match self.cameras.get(camera) {
            Some(CameraNews::Movement) => true,
            Some(CameraNews::People | CameraNews::Nothing) => false,
            None => self.motion,
        }
    }

    /// Reads the given keys; the others have their defaults.
    pub(super) fn from_table(table: &Table) -> Self {
        let usual = Self::default();
        let flag = |key: &str, usual: bool| table.get(key).and_then(Value::as_bool).unwrap_or(usual);
        let hour = |key: &str| {
            let hour = table.get(key).and_then(Value::as_integer)?;
            u8::try_from(hour).ok().filter(|hour| *hour < 24)
        };
        let cameras = table.get("cameras").and_then(Value::as_table).into_iter().flatten();
        Self {
            alarms: flag("alarms", usual.alarms),
            people: flag("people", usual.people),
            motion: flag("motion", usual.motion),
            refused: flag("refused", usual.refused),
            sign_in: flag("sign_in", usual.sign_in),
            offline: flag("offline", usual.offline),
            quiet: hour("quiet_from").zip(hour("quiet_until")).filter(|(from, until)| from != until),
            cameras: cameras
                .filter_map(|(id, word)| Some((id.clone(), CameraNews::of_word(word.as_str()?)?)))
                .collect(),
        }
    }

    /// True if nothing was chosen.
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    fn to_table(&self) -> Table {
        let flags = [
            ("alarms", self.alarms),
            ("people", self.people),
            ("motion", self.motion),
            ("refused", self.refused),
            ("sign_in", self.sign_in),
            ("offline", self.offline),
        ];
        let mut table: Table = flags.into_iter().map(|(key, on)| (key.to_owned(), Value::Boolean(on))).collect();
        if let Some((from, until)) = self.quiet {
            table.insert("quiet_from".to_owned(), Value::Integer(from.into()));
            table.insert("quiet_until".to_owned(), Value::Integer(until.into()));
        }
        if !self.cameras.is_empty() {
            let cameras = self.cameras.iter().map(|(id, news)| (id.clone(), Value::from(news.word())));
            table.insert("cameras".to_owned(), Value::Table(cameras.collect()));
        }
        table
    }
}

impl Serialize for Notify {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_table().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_values_are_read_and_wrong_ones_are_defaults() {
        let mut notify = Notify { motion: true, quiet: Some((23, 6)), ..Notify::default() };
        notify.cameras.insert("c".to_owned(), CameraNews::Movement);
        assert_eq!(Notify::from_table(&notify.to_table()), notify);
        let wrong = "alarms = 1\nquiet_from = 30\nquiet_until = 7\n[cameras]\nc = \"all\"\nd = 4\ne = \"nothing\"";
        let read = Notify::from_table(&wrong.parse().expect("a table"));
        assert!(!read.wants_people_at("e"));
        assert_eq!(Notify { cameras: BTreeMap::new(), ..read }, Notify::default());
    }

    #[test]
    fn a_camera_may_have_its_own_setting() {
        for (news, people, motion) in [
            (None, true, false),
            (Some(CameraNews::Nothing), false, false),
            (Some(CameraNews::People), true, false),
            (Some(CameraNews::Movement), true, true),
        ] {
            let cameras = news.map(|news| ("c".to_owned(), news)).into_iter().collect();
            let notify = Notify { cameras, ..Notify::default() };
            assert_eq!((notify.wants_people_at("c"), notify.wants_motion_at("c")), (people, motion), "{news:?}");
            assert_eq!((notify.wants_people_at("d"), notify.wants_motion_at("d")), (true, false));
        }
    }
}
