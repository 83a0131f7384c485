//! The settings: the appearance and the list of accounts. They never contain a secret.
//!
//! Loading never fails: an unusable value becomes the default with a warning, and a file that is not TOML is
//! quarantined. Saving replaces the file atomically. Unknown keys are kept.

mod account;
mod combination;
mod energy;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzzing;
mod notice;
mod notify;
mod places;
mod rebase;
mod rules;
mod window;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use account::account;
pub use account::{Account, AccountNameError};
pub use combination::{Combination, Held, HotkeyKey, WrongKeys};
pub use energy::{CostSettings, EnergySettings, FilterSettings, NightPrice};
pub use notice::{Setting, SettingsWarning};
pub use notify::{CameraNews, Notify};
pub use places::Places;
pub use rules::{
    LONGEST_BODY, MOST_ARGUMENTS, MOST_OUTSIDE, RuleMethod, RuleProgram, RuleRequest, RuleSettings, UnusableOutside,
};
pub use window::{TextSize, WindowPlace};

use crate::files::FileError;
use crate::home::{Scale, ServiceKind};

/// The version of the file format.
const VERSION: i64 = 1;

/// The theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Appearance {
    /// The theme of the desktop.
    #[default]
    System,
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

/// The effect of closing the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnClose {
    /// The program stays in the tray, if there is one.
    Stay,
    /// The program quits.
    Quit,
}

/// The choices of the user.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Settings {
    /// The theme.
    pub appearance: Appearance,
    /// True for high contrast; `None` follows the desktop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high_contrast: Option<bool>,
    /// True for reduced motion; `None` follows the desktop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reduced_motion: Option<bool>,
    /// The code of a language such as `de`; `None` follows the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The size of texts and controls.
    #[serde(skip_serializing_if = "TextSize::is_usual")]
    pub text_size: TextSize,
    /// The scale of all temperatures; `None` shows each thermostat's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// True to show the pages and menus for developers; `None` shows them for the simulated home only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub developer: Option<bool>,
    /// The window when it was closed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<WindowPlace>,
    /// The page that the window showed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The effect of closing the window; `None` until the user has chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_close: Option<OnClose>,
    /// True after the user was told that this desktop has no tray.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub knows_of_no_tray: bool,
    /// True if the wheel over the tray icon moves the first pinned setpoint.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub tray_scrolls: bool,
    /// The global hotkey of the launcher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hotkey: Option<Combination>,
    /// The pinned devices in order, by account id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub pinned: BTreeMap<String, Vec<String>>,
    /// The order of the devices that the user gave, by account id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub order: BTreeMap<String, Vec<String>>,
    /// True for small cards on the overview of a large home.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub compact: bool,
    #[serde(skip_serializing_if = "EnergySettings::is_usual")]
    pub energy: EnergySettings,
    /// The wanted notifications.
    #[serde(skip_serializing_if = "Notify::is_usual")]
    pub notify: Notify,
    /// Programs and requests of rules.
    #[serde(skip_serializing_if = "RuleSettings::is_usual")]
    pub rules: RuleSettings,
    /// The programming language for requests as code, by its name on the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_language: Option<String>,
    /// The accounts in their order.
    pub accounts: Vec<Account>,
    /// Keys that this version does not know.
    #[serde(flatten)]
    other: Table,
}

/// Settings with warnings about their file.
#[derive(Debug, Default)]
pub struct LoadedSettings {
    /// The settings, always usable.
    pub settings: Settings,
    /// The warnings.
    pub notices: Vec<SettingsWarning>,
}

impl Settings {
    /// Reads a file; never fails.
    pub fn load(path: &Path) -> LoadedSettings {
        Self::reload(path).unwrap_or_else(|err| {
            let notice = SettingsWarning::Unreadable { path: path.to_owned(), error: FileError::from(&err) };
            LoadedSettings { notices: vec![notice], ..LoadedSettings::default() }
        })
    }

    /// Reads a file. Fails if it exists and cannot be read; nothing may replace it then.
    pub fn reload(path: &Path) -> io::Result<LoadedSettings> {
        let text = match crate::files::read(path) {
            Ok(bytes) => bytes,
            Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(LoadedSettings::default()),
            Err(err) => return Err(err),
        };
        let table = String::from_utf8(text).ok().and_then(|text| text.parse::<Table>().ok());
        Ok(match table {
            Some(table) => Self::from_table(table),
            None => LoadedSettings {
                notices: vec![SettingsWarning::SetAside(crate::files::quarantine(path))],
                ..LoadedSettings::default()
            },
        })
    }

    /// Reads, changes and replaces the file under its lock. Returns the new settings.
    pub fn update(path: &Path, change: impl FnOnce(&mut Self)) -> io::Result<LoadedSettings> {
        let _turn = crate::files::lock_file(path)?;
        let mut loaded = Self::reload(path)?;
        let before = loaded.settings.clone();
        change(&mut loaded.settings);
        if loaded.settings != before || !path.exists() {
            loaded.settings.save(path)?;
        }
        Ok(loaded)
    }

    fn from_table(table: Table) -> LoadedSettings {
        let mut file = LenientTable { table, warnings: Vec::new() };
        if file.take_quietly("version").is_some_and(|version: i64| version > VERSION) {
            file.warnings.push(SettingsWarning::Newer);
        }
        let settings = Self {
            appearance: file.take(Setting::Appearance).unwrap_or_default(),
            high_contrast: file.take(Setting::HighContrast),
            reduced_motion: file.take(Setting::ReducedMotion),
            language: file.take(Setting::Language),
            text_size: file.take(Setting::TextSize).unwrap_or_default(),
            scale: file.take(Setting::Scale),
            developer: file.take(Setting::Developer),
            window: file.take_quietly("window"),
            page: file.take_quietly("page"),
            on_close: file.take(Setting::OnClose),
            knows_of_no_tray: file.take(Setting::KnowsOfNoTray).unwrap_or_default(),
            tray_scrolls: file.take(Setting::TrayScrolls).unwrap_or_default(),
            hotkey: file.take(Setting::Hotkey),
            pinned: file.table.remove("pinned").map(device_lists).unwrap_or_default(),
            order: file.table.remove("order").map(device_lists).unwrap_or_default(),
            compact: file.take_quietly("compact").unwrap_or_default(),
            energy: file.take_quietly("energy").map(|energy| EnergySettings::from_table(&energy)).unwrap_or_default(),
            notify: file.take_quietly("notify").map(|notify| Notify::from_table(&notify)).unwrap_or_default(),
            rules: file.take_quietly("rules").map(RuleSettings::from_table).unwrap_or_default(),
            code_language: file.take_quietly("code_language"),
            accounts: file.take_accounts(),
            other: Table::new(),
        };
        LoadedSettings { settings: Self { other: file.table, ..settings }, notices: file.warnings }
    }

    /// Replaces the file.
    fn save(&self, path: &Path) -> io::Result<()> {
        crate::files::replace(path, self.to_text()?.as_bytes())
    }

    fn to_text(&self) -> io::Result<String> {
        let mut settings = self.clone();
        settings.pinned.retain(|_, list| !list.is_empty());
        let mut table = Table::try_from(settings).map_err(io::Error::other)?;
        table.insert("version".to_owned(), Value::Integer(VERSION));
        toml::to_string_pretty(&table).map_err(io::Error::other)
    }

    /// The account with this name or id, in any case.
    pub fn account(&self, name: &str) -> Option<&Account> {
        let same = |text: &str| text.eq_ignore_ascii_case(name);
        self.accounts.iter().find(|account| same(&account.id) || same(&account.name))
    }

    /// A name that no account of another home has.
    pub fn free_name(&self, name: &str, kind: ServiceKind, url: &str, project: Option<&str>) -> String {
        let is_free = |name: &str| self.account(name).is_none_or(|account| account.is_at(kind, url, project));
        let numbered = (2_usize..).map(|number| format!("{name} {number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| is_free(name)).unwrap_or_else(|| name.to_owned())
    }

    /// Renames an account.
    pub fn rename_account(&mut self, id: &str, name: &str) -> Result<(), AccountNameError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(AccountNameError::Missing);
        }
        if self.account(name).is_some_and(|other| other.id != id) {
            return Err(AccountNameError::Taken(name.to_owned()));
        }
        if let Some(account) = self.accounts.iter_mut().find(|account| account.id == id) {
            name.clone_into(&mut account.name);
        }
        Ok(())
    }

    /// Moves an account by one place.
    pub fn move_account(&mut self, id: &str, up: bool) {
        let Some(at) = self.accounts.iter().position(|account| account.id == id) else { return };
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        if let Some(to) = to.filter(|to| *to < self.accounts.len()) {
            self.accounts.swap(at, to);
        }
    }

    /// Adds an account, or replaces the one with its id.
    pub fn put_account(&mut self, account: Account) {
        match self.accounts.iter_mut().find(|other| other.id == account.id) {
            Some(other) => *other = account,
            None => self.accounts.push(account),
        }
    }
}

/// A table in which an unusable value is left out, with a warning.
struct LenientTable {
    table: Table,
    warnings: Vec<SettingsWarning>,
}

impl LenientTable {
    fn take<T: DeserializeOwned>(&mut self, setting: Setting) -> Option<T> {
        let value = self.table.remove(setting.key())?;
        let read = value.clone().try_into().ok();
        if read.is_none() {
            self.warnings.push(SettingsWarning::unknown(setting, &value));
        }
        read
    }

    /// The same without a warning.
    fn take_quietly<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        self.table.remove(key)?.try_into().ok()
    }

    /// Unusable accounts stay in the file under another key.
    fn take_accounts(&mut self) -> Vec<Account> {
        let listed = match self.table.remove("accounts") {
            Some(Value::Array(list)) => list,
            Some(other) => vec![other],
            None => Vec::new(),
        };
        let (mut accounts, mut unusable): (Vec<Account>, Vec<Value>) = Default::default();
        for value in listed {
            match account(&value).filter(|account| accounts.iter().all(|other| other.id != account.id)) {
                Some(account) => accounts.push(account),
                None => unusable.push(value),
            }
        }
        if !unusable.is_empty() {
            self.warnings.push(SettingsWarning::UnusableAccounts(unusable.len()));
            self.table.insert("unusable_accounts".to_owned(), Value::Array(unusable));
        }
        accounts
    }
}

/// The pinned devices or the order of devices by account, without empty lists.
fn device_lists(value: Value) -> BTreeMap<String, Vec<String>> {
    let Value::Table(lists) = value else { return BTreeMap::new() };
    let lists = lists.into_iter().filter_map(|(id, list)| Some((id, texts(&list)?)));
    lists.filter(|(_, list)| !list.is_empty()).collect()
}

/// A list of texts, without other values.
fn texts(value: &Value) -> Option<Vec<String>> {
    Some(value.as_array()?.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect())
}

/// The settings file in a folder.
pub fn settings_file(config: &Path) -> PathBuf {
    config.join("settings.toml")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn load(text: &[u8]) -> (LoadedSettings, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = settings_file(folder.path());
        fs::write(&path, text).expect("written");
        (Settings::load(&path), folder)
    }

    fn sample() -> Account {
        Account {
            id: "mill-lane".to_owned(),
            name: "Mill Lane".to_owned(),
            url: "https://example.org/".to_owned(),
            token_url: Some("https://example.org/oauth2/access_token".to_owned()),
            is_sealed: true,
            has_token: true,
            ..Account::default()
        }
    }

    #[test]
    fn settings_round_trip_and_unknown_keys_stay() {
        let (loaded, folder) =
            load(b"appearance = \"dark\"\nhigh_contrast = true\nlanguage = \"de\"\ncode_language = \"go\"\ntext_size = 125\nscale = \"F\"\ndeveloper = true\npage = \"activity\"\nhotkey = \"ctrl+alt+n\"\n[future]\nkey = 1\n");
        assert_eq!(loaded.notices, Vec::new());
        let mut settings = loaded.settings;
        assert_eq!((settings.text_size.percent(), settings.scale), (125, Some(Scale::Fahrenheit)));
        settings.window = Some(WindowPlace { at: Some([-30_000, 4]), size: [480, 700], is_maximized: true });
        settings.put_account(sample());
        let by_address = |kind: &ServiceKind| !matches!(kind, ServiceKind::WorksWithNest | ServiceKind::DeviceAccess);
        let kind = ServiceKind::CHOICES.into_iter().find(by_address).expect("a kind");
        for (id, has_token) in [("attic", true), ("cellar", false)] {
            settings.put_account(Account { id: id.to_owned(), kind, has_token, is_sealed: false, ..sample() });
        }
        let text = |text: &str| Some(text.to_owned());
        settings.put_account(Account {
            id: "google".to_owned(),
            kind: ServiceKind::DeviceAccess,
            project: text("p"),
            subscription: text("projects/c/subscriptions/s"),
            events_url: text("http://127.0.0.1:9/v1"),
            ..sample()
        });
        let path = settings_file(folder.path());
        settings.save(&path).expect("saved");
        let again = Settings::load(&path);
        assert_eq!((again.settings, again.notices), (settings, Vec::new()));
        assert!(fs::read_to_string(&path).expect("read").contains("[future]"));
    }

    #[test]
    fn a_name_is_shared_with_no_other_home() {
        let account = Account {
            id: "home-1".to_owned(),
            name: "Home".to_owned(),
            kind: ServiceKind::WorksWithNest,
            url: "https://nest.example".to_owned(),
            ..Account::default()
        };
        let settings = Settings { accounts: vec![account], ..Settings::default() };
        let (wwn, other) = (ServiceKind::WorksWithNest, ServiceKind::DeviceAccess);
        assert_eq!(settings.free_name("Home", wwn, "https://nest.example/", None), "Home", "it is signed in to again");
        assert_eq!(settings.free_name("home", wwn, "https://other.example", None), "home 2");
        assert_eq!(settings.free_name("Home", other, "https://nest.example", None), "Home 2");
        assert_eq!(settings.free_name("Cabin", other, "https://nest.example", None), "Cabin");
        // All homes at Google have one address.
        const GOOGLE: &str = "https://google.example/v1";
        let google = |project| Account {
            id: "home-2".to_owned(),
            name: "Home".to_owned(),
            kind: ServiceKind::DeviceAccess,
            url: GOOGLE.to_owned(),
            project: Some(str::to_owned(project)),
            ..Account::default()
        };
        let settings = Settings { accounts: vec![google("one")], ..Settings::default() };
        let sdm = ServiceKind::DeviceAccess;
        assert_eq!(settings.free_name("Home", sdm, GOOGLE, Some("one")), "Home");
        assert_eq!(settings.free_name("Home", sdm, GOOGLE, Some("other")), "Home 2");
    }

    #[test]
    fn a_missing_file_gives_defaults() {
        let loaded = Settings::load(Path::new("/nonexistent/settings.toml"));
        assert_eq!((loaded.settings, loaded.notices), (Settings::default(), Vec::new()));
    }

    #[test]
    fn a_wrong_value_becomes_the_default_with_a_warning() {
        for text in [
            "appearance = \"pink\"",
            "appearance = 7",
            "high_contrast = \"very\"",
            "reduced_motion = 1",
            "language = 4",
            "hotkey = \"N\"",
            "hotkey = 3",
            "text_size = 5",
            "text_size = 100000",
            "scale = \"K\"",
            "developer = \"yes\"",
            "[[accounts]]\nid = \"../x\"\nurl = \"u\"",
            "[[accounts]]\nname = 1",
            "[[accounts]]\nid = \"x\"\nurl = \"u\"\nkind = \"zigbee\"",
        ] {
            let (loaded, _folder) = load(text.as_bytes());
            assert_eq!(loaded.notices.len(), 1, "{text}");
            assert_eq!((loaded.settings.appearance, loaded.settings.accounts.len()), (Appearance::System, 0));
        }
    }

    #[test]
    fn a_damaged_file_is_quarantined() {
        for bytes in [&b"appearance = "[..], b"\0\0\0\0", b"\xff\xfe"] {
            let (loaded, folder) = load(bytes);
            let notice = loaded.notices.first().expect("a notice");
            assert!(notice.to_string().contains(".corrupt"), "{notice}");
            let kept = fs::read(folder.path().join("settings.toml.corrupt")).expect("kept");
            assert_eq!(kept, bytes);
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_an_error_to_show() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        fs::write(&file, "in the way").expect("written");
        assert!(Settings::default().save(&file.join("settings.toml")).is_err());
    }
}
