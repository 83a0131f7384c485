//! What the person wants to be notified of.

use toml::{Table, Value};

/// What the person wants to be notified of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notify {
    /// Smoke and carbon monoxide.
    pub alarms: bool,
    /// A person in front of a camera.
    pub people: bool,
    /// Any movement in front of a camera.
    pub motion: bool,
    /// A change of ours that came to nothing.
    pub refused: bool,
    /// An account that wants to be signed in.
    pub sign_in: bool,
    /// A device that stays away for long.
    pub offline: bool,
    /// From which hour until which only alarms are told; `None` for all day.
    pub quiet: Option<(u8, u8)>,
}

impl Default for Notify {
    /// All but plain movement, which a cat and the wind make too.
    fn default() -> Self {
        Self { alarms: true, people: true, motion: false, refused: true, sign_in: true, offline: true, quiet: None }
    }
}

impl Notify {
    /// Reads what is there; the rest is as usual.
    pub(super) fn from_table(table: &Table) -> Self {
        let usual = Self::default();
        let flag = |key: &str, usual: bool| table.get(key).and_then(Value::as_bool).unwrap_or(usual);
        let hour = |key: &str| {
            let hour = table.get(key).and_then(Value::as_integer)?;
            u8::try_from(hour).ok().filter(|hour| *hour < 24)
        };
        Self {
            alarms: flag("alarms", usual.alarms),
            people: flag("people", usual.people),
            motion: flag("motion", usual.motion),
            refused: flag("refused", usual.refused),
            sign_in: flag("sign_in", usual.sign_in),
            offline: flag("offline", usual.offline),
            quiet: hour("quiet_from").zip(hour("quiet_until")).filter(|(from, until)| from != until),
        }
    }

    pub(super) fn to_table(self) -> Table {
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
        table
    }
}
