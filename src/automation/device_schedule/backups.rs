//! The schedules that thermostats had before they were replaced.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::files::{FileError, Quarantined, lock_file, quarantine, read_text, replace};
use crate::home::{DeviceId, DeviceSchedule};

/// The name of the file.
const FILE: &str = "device-schedules.json";
/// Most backups of all thermostats; the oldest go first.
pub const MOST_BACKUPS: usize = 100;
/// The longest original that is kept beside its reading, in bytes; a real one has 8,000.
const LONGEST_ORIGINAL: usize = 32 * 1024;
/// The longest backup without its original, in bytes: two hundred starts on each day.
const LONGEST_BACKUP: usize = 192 * 1024;
/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = (MOST_BACKUPS * (LONGEST_ORIGINAL + LONGEST_BACKUP)) as u64;
const VERSION: u32 = 1;

/// A schedule that a thermostat had.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScheduleBackup {
    /// The time at which it was replaced.
    pub taken: Timestamp,
    pub thermostat: DeviceId,
    /// The name of the thermostat.
    pub name: String,
    /// `None` if the service had none.
    pub schedule: Option<DeviceSchedule>,
    /// The number of entries that only the original has, because they are not understood.
    #[serde(default)]
    pub unreadable: usize,
    /// The schedule in the words of the service; null if that is too long.
    #[serde(default)]
    pub original: Value,
}

/// The content of the file.
#[derive(Debug, Serialize, Deserialize)]
struct Content {
    version: u32,
    /// The oldest first.
    backups: Vec<ScheduleBackup>,
}

/// The file of the backups, which every process of the user shares.
#[derive(Debug, Clone)]
pub struct ScheduleBackups {
    path: PathBuf,
}

impl ScheduleBackups {
    /// The file in a folder of the program's data.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(FILE) }
    }

    /// Adds a backup. A file that cannot be read is set aside first.
    pub fn keep(&self, mut backup: ScheduleBackup) -> Result<(), FileError> {
        if backup.original.to_string().len() > LONGEST_ORIGINAL {
            backup.original = Value::Null;
        }
        let _lock = lock_file(&self.path).map_err(|err| FileError::from(&err))?;
        let mut content = match self.read() {
            Ok(content) => content,
            Err(Unreadable::File(error)) => return Err(error),
            Err(Unreadable::Content(why)) => {
                let aside = quarantine(&self.path);
                tracing::warn!(why, ?aside, "the backups of schedules cannot be read");
                if let Quarantined::Stuck { error, .. } = aside {
                    return Err(error);
                }
                Content { version: VERSION, backups: Vec::new() }
            }
        };
        content.backups.push(backup);
        let surplus = content.backups.len().saturating_sub(MOST_BACKUPS);
        content.backups.drain(..surplus);
        let text = serde_json::to_string(&content).map_err(|err| FileError::Other(err.to_string()))?;
        if text.len() as u64 > MOST_BYTES {
            return Err(FileError::NotPlain);
        }
        replace(&self.path, text.as_bytes()).map_err(|err| FileError::from(&err))
    }

    /// The backups of a thermostat, the newest first.
    pub fn of(&self, thermostat: &DeviceId) -> Result<Vec<ScheduleBackup>, FileError> {
        let content = self.read().map_err(|unreadable| match unreadable {
            Unreadable::File(error) => error,
            Unreadable::Content(why) => FileError::Other(why),
        })?;
        let mine = content.backups.into_iter().rev().filter(|backup| backup.thermostat == *thermostat);
        Ok(mine.collect())
    }

    fn read(&self) -> Result<Content, Unreadable> {
        let text = match read_text(&self.path, MOST_BYTES) {
            Ok(text) => text,
            Err(err) if err.kind() == io::ErrorKind::NotFound => {
                return Ok(Content { version: VERSION, backups: Vec::new() });
            }
            Err(err) if err.kind() == io::ErrorKind::InvalidData => return Err(Unreadable::Content(err.to_string())),
            Err(err) => return Err(Unreadable::File(FileError::from(&err))),
        };
        let content: Content = serde_json::from_str(&text).map_err(|err| Unreadable::Content(err.to_string()))?;
        if content.version > VERSION {
            return Err(Unreadable::Content(format!("version {} is newer than this program", content.version)));
        }
        Ok(content)
    }
}

/// The reason why the file gives no backups.
enum Unreadable {
    /// The file cannot be opened; what it contains may be good.
    File(FileError),
    Content(String),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn backup(second: i64, thermostat: &str) -> ScheduleBackup {
        ScheduleBackup {
            taken: Timestamp::from_second(second).expect("a time"),
            thermostat: thermostat.into(),
            name: "Hallway".to_owned(),
            schedule: None,
            unreadable: 0,
            original: json!({"ver": 2}),
        }
    }

    fn seconds(backups: &ScheduleBackups, thermostat: &str) -> Vec<i64> {
        let of = backups.of(&thermostat.into()).expect("backups");
        of.iter().map(|backup| backup.taken.as_second()).collect()
    }

    #[test]
    fn the_newest_backups_of_all_thermostats_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let backups = ScheduleBackups::in_folder(folder.path());
        assert!(seconds(&backups, "t1").is_empty());
        backups.keep(backup(1, "t2")).expect("kept");
        for second in 2..=i64::try_from(MOST_BACKUPS).expect("a number") + 1 {
            backups.keep(backup(second, "t1")).expect("kept");
        }
        assert!(seconds(&backups, "t2").is_empty(), "the oldest one went");
        let kept = seconds(&backups, "t1");
        assert_eq!((kept.len(), kept.first(), kept.last()), (MOST_BACKUPS, Some(&101), Some(&2)));
    }

    #[test]
    fn an_endless_original_is_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let backups = ScheduleBackups::in_folder(folder.path());
        backups.keep(ScheduleBackup { original: json!("x".repeat(40_000)), ..backup(1, "t1") }).expect("kept");
        let kept = backups.of(&"t1".into()).expect("backups");
        assert_eq!(kept.first().map(|backup| &backup.original), Some(&Value::Null));
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let backups = ScheduleBackups::in_folder(folder.path());
        let path = folder.path().join(FILE);
        for damaged in ["{", "{\"version\": 2, \"backups\": []}"] {
            std::fs::write(&path, damaged).expect("written");
            assert!(backups.of(&"t1".into()).is_err(), "{damaged}");
            backups.keep(backup(7, "t1")).expect("kept");
            assert_eq!(seconds(&backups, "t1"), [7], "{damaged}");
        }
        let count = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(count, 4, "the file, its lock, and two that were set aside");
        std::fs::write(folder.path().join("file"), "").expect("written");
        let nowhere = ScheduleBackups::in_folder(&folder.path().join("file"));
        assert!(nowhere.keep(backup(1, "t1")).is_err());
    }
}
