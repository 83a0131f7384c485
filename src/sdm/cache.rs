//! The list of devices on disk, for commands in quick succession: Google allows five lists a minute, and each
//! command would need one.
//!
//! The file also contains values that a command changed, so that the next command does not see the old ones.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::commands::SdmCommand;
use crate::clock::Clock;
use crate::files;
use crate::home::DeviceId;

/// The age up to which a list counts as fresh.
const FRESH: SignedDuration = SignedDuration::from_secs(20);

/// The last answers of Google.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Lists {
    at: Timestamp,
    pub(super) devices: Value,
    pub(super) structures: Value,
}

/// The cached lists of one account.
pub struct Cache {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    lists: Mutex<Option<Lists>>,
}

impl Cache {
    /// Creates a cache in a file of the account's own folder.
    pub fn new(path: PathBuf, clock: Arc<dyn Clock>) -> Self {
        Self { path, clock, lists: Mutex::new(None) }
    }

    /// Returns the lists of another command if they are fresh.
    pub(super) fn fresh(&self) -> Option<Lists> {
        let lists: Lists = serde_json::from_slice(&files::read(&self.path).ok()?).ok()?;
        let age = self.clock.now().duration_since(lists.at);
        let is_fresh = (SignedDuration::ZERO..=FRESH).contains(&age);
        let lists = Some(lists).filter(|_| is_fresh)?;
        *self.lists.lock().unwrap_or_else(PoisonError::into_inner) = Some(lists.clone());
        Some(lists)
    }

    /// Stores the lists that Google returned.
    pub(super) fn put(&self, devices: &Value, structures: &Value) {
        let lists = Lists { at: self.clock.now(), devices: devices.clone(), structures: structures.clone() };
        self.save(lists);
    }

    /// Stores one device that Google returned.
    pub(super) fn put_device(&self, device: &Value) {
        self.change(|known| {
            if known.get("name") == device.get("name") {
                known.clone_from(device);
            }
        });
    }

    /// Stores the values of a command that Google accepted.
    pub(super) fn assume(&self, command: &SdmCommand) {
        let Some((name, _)) = command.name.split_once('.') else { return };
        let key = format!("sdm.devices.traits.{name}");
        let fields: Map<String, Value> = command.params.as_object().cloned().unwrap_or_default();
        self.change(|known| {
            let is_meant = known.get("name").and_then(Value::as_str).is_some_and(|name| is_of(name, &command.device));
            if let Some(known) =
                known.pointer_mut("/traits").filter(|_| is_meant).and_then(|traits| traits.get_mut(&key))
                && let Some(known) = known.as_object_mut()
            {
                known.extend(fields.clone());
            }
        });
    }

    fn change(&self, mut change: impl FnMut(&mut Value)) {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(mut lists) = lists else { return };
        let before = lists.clone();
        if let Some(devices) = lists.devices.get_mut("devices").and_then(Value::as_array_mut) {
            devices.iter_mut().for_each(&mut change);
        }
        if lists != before {
            self.save(lists);
        }
    }

    fn save(&self, lists: Lists) {
        let saved = serde_json::to_vec(&lists).map_err(std::io::Error::other);
        if let Err(err) = saved.and_then(|bytes| files::replace(&self.path, &bytes)) {
            tracing::info!(%err, path = %self.path.display(), "the list of devices cannot be stored");
        }
        *self.lists.lock().unwrap_or_else(PoisonError::into_inner) = Some(lists);
    }
}

/// True if `enterprises/PROJECT/devices/ID` names this device.
fn is_of(name: &str, device: &DeviceId) -> bool {
    name.rsplit('/').next() == Some(device.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    struct At(Mutex<Timestamp>);

    impl Clock for At {
        fn now(&self) -> Timestamp {
            *self.0.lock().expect("not poisoned")
        }
    }

    #[test]
    fn a_recent_list_is_reused_with_later_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(At(Mutex::new("2026-11-28T12:00:00Z".parse().expect("a time"))));
        let pass = |by: SignedDuration| *clock.0.lock().expect("not poisoned") += by;
        let cache = || Cache::new(folder.path().join("lists.json"), Arc::clone(&clock) as Arc<dyn Clock>);
        assert_eq!(cache().fresh(), None);
        let mode = |word: &str| json!({"sdm.devices.traits.ThermostatMode": {"mode": word}});
        let list = |word: &str| json!({"devices": [{"name": "enterprises/p/devices/t", "traits": mode(word)}]});
        let first = cache();
        first.put(&list("HEAT"), &json!({"structures": []}));
        let command =
            SdmCommand { device: "t".into(), name: "ThermostatMode.SetMode", params: json!({"mode": "COOL"}) };
        first.assume(&command);
        assert_eq!(cache().fresh().map(|lists| lists.devices), Some(list("COOL")));
        first.put_device(&json!({"name": "enterprises/p/devices/t", "traits": mode("OFF")}));
        assert_eq!(cache().fresh().map(|lists| lists.devices), Some(list("OFF")));
        pass(SignedDuration::from_secs(21));
        assert_eq!(cache().fresh(), None);
        // A list from the future is not fresh: the clock was set back, and the list would stay fresh for too
        // long.
        pass(SignedDuration::from_hours(-1));
        assert_eq!(cache().fresh(), None);
    }
}
